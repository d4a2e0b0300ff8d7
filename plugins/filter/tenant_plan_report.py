# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_plan_report
short_description: Write a tenant's plan for the person who approves it
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Writes the plan as Markdown. Errors and deletions come first, then per list what is changed and created.
  - Names and values of the platforms are escaped, so that they can change nothing of the report's form.
options:
  _input:
    description:
      - The plan, as P(voiceops.telephony.tenant_plan#filter) makes it.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Write the report
  ansible.builtin.copy:
    content: "{{ plan | voiceops.telephony.tenant_plan_report }}"
    dest: plans/acme.md
    mode: "0644"
"""

RETURN = r"""
_value:
  description: The report, in Markdown.
  type: str
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import report


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_plan_report": report}
