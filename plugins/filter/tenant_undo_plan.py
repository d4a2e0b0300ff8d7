# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_undo_plan
short_description: Compare what a build has done with what is live, and say how to take it back
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Of what the filter P(voiceops.telephony.tenant_undo#filter) has read, tells what is still to be taken back, what
    somebody has changed since, and in which order it is taken back.
positional: said, anyway, blocks
options:
  _input:
    description:
      - What the filter P(voiceops.telephony.tenant_undo#filter) returned.
    type: dict
    required: true
  said:
    description:
      - What the platform roles say in check mode, C(tenant_results), for C(left_present), C(left_absent),
        C(former_present) and C(former_absent).
    type: dict
    required: true
  anyway:
    description:
      - What is taken back although somebody has changed it since, by number or by list and name; a list, or text with
        commas.
    type: raw
    default: []
  blocks:
    description:
      - The tenant's variables C(apio), C(ccs) and C(o2g). They say where the tenant lives, if the file does not.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Say what would be undone
  ansible.builtin.debug:
    msg: "{{ (undo | voiceops.telephony.tenant_undo_plan(said)).todo }}"
"""

RETURN = r"""
_value:
  description:
    - C(todo) lists what is to be taken back, C(foreign) what somebody has changed since and nobody has named, C(wrong)
      what cannot be done, C(errors) what the modules failed with, and C(fault) what is wrong with C(anyway).
    - C(phases) has in their order the state and the data for the platform roles.
  type: dict
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults
from ansible_collections.voiceops.telephony.plugins.plugin_utils import undo


def tenant_undo_plan(
    read: Mapping[str, Any], said: Mapping[str, Any], anyway: Any = (), blocks: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return what is to be taken back and in which order, and what stands against it."""
    told = read["told"]
    sides = ({state: said.get(f"{side}_{state}", {}) for state in ("present", "absent")} for side in ("left", "former"))
    found = undo.judged(told, *sides)
    fault = ""
    try:
        named = undo.chosen(anyway or (), found, told)
    except Faults as faults:
        named, fault = [], str(faults)
    steps = [step for n, step in undo.numbered(told).items() if n in found["todo"]]
    return {
        "todo": [*found["todo"].values()],
        "foreign": [text for n, text in found["foreign"].items() if n not in named],
        "wrong": [*found["wrong"].values()],
        "errors": found["errors"],
        "fault": fault,
        "phases": undo.phases(steps, told["country"], blocks or {}),
    }


class FilterModule:
    """Filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_undo_plan": tenant_undo_plan}
