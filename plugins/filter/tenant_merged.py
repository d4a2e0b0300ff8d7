# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_merged
short_description: Put the results of two tasks on one list together
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - For a list that takes two tasks of the same module, such as disposition codes, which are made before other settings
    and deleted after them.
  - What both tasks were given is told by the first. A task that was skipped has no say.
positional: then
options:
  _input:
    description:
      - The result of the first task.
    type: dict
    required: true
  then:
    description:
      - The result of the second task.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Show what both tasks did
  ansible.builtin.debug:
    msg: "{{ (codes_made | voiceops.telephony.tenant_merged(codes_deleted)).msg }}"
"""

RETURN = r"""
_value:
  description: A result of the same form.
  type: dict
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import merge


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_merged": merge}
