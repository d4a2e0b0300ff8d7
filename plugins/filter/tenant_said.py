# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_said
short_description: Keep of the results of tasks what somebody may want to know
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Leaves out the tasks that were skipped.
  - Of a resource that is as it shall be, only says which one it is. What tasks did, would do or failed to do is kept
    as they told it.
  - A fact with the settings of thousands of resources would slow down each task that follows.
options:
  _input:
    description:
      - Per list of a tenant, what its task registered.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Keep what the task said
  ansible.builtin.set_fact:
    results: "{{ {'users': registered_users} | voiceops.telephony.tenant_said }}"
"""

RETURN = r"""
_value:
  description: The results, in the same form.
  type: dict
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import said


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_said": said}
