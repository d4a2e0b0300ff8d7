# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_plan_beyond
short_description: Say what a plan does that was not approved
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Compares a plan with the one that was approved. What is done already is no difference, so that a build that failed
    half-way can be completed.
positional: approved
options:
  _input:
    description:
      - The plan, as P(voiceops.telephony.tenant_plan#filter) makes it.
    type: dict
    required: true
  approved:
    description:
      - The approved plan.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Refuse what was not approved
  ansible.builtin.assert:
    that: plan | voiceops.telephony.tenant_plan_beyond(approved_plan) | length == 0
"""

RETURN = r"""
_value:
  description: Why the plan must not be carried out, one text per reason. Empty if it may.
  type: list
  elements: str
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import beyond


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_plan_beyond": beyond}
