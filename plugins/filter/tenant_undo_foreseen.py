# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_undo_foreseen
short_description: Say what an undo could not set back, before a build
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Names, per list of a tenant, what the platforms show to nobody, so that it cannot be set back once a build has
    written or deleted it.
  - This takes no request, so it does not know whether the build will do so. A plan does.
positional: asked, plan
options:
  _input:
    description:
      - The tenant's data, as P(voiceops.telephony.tenant_data#filter) returns it, or
        M(voiceops.telephony.tenant_validate).
    type: dict
    required: true
  asked:
    description:
      - How it is built, C(state), C(purge), C(update_password) and C(write_unreadable).
    type: dict
    required: true
  plan:
    description:
      - A plan that was just made of it. It knows what the build will write or delete.
    type: dict
"""

EXAMPLES = r"""
- name: Say what could not be set back
  ansible.builtin.debug:
    msg: "{{ tenant_data | voiceops.telephony.tenant_undo_foreseen(tenant_asked) }}"
"""

RETURN = r"""
_value:
  description: A text for each list of which something could be lost.
  type: list
  elements: str
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.voiceops.telephony.plugins.plugin_utils.undo import foreseen


class FilterModule:
    """Filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_undo_foreseen": foreseen}
