#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_pilot_info
short_description: Read pilots of the OmniPCX Enterprise and their calendars through O2G
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the pilots of a node with state, rules and calendar, all of them or one.
  - RV(resources[].normal) and RV(resources[].exceptions) have the form that
    M(voiceops.telephony.o2g_pilot_calendar) takes.
options:
  node_id:
    description:
      - Number of the OmniPCX Enterprise node, as O2G knows it.
    type: int
    required: true
  pilot_number:
    description:
      - Return only the pilot with this number. Quote it. If there is none, the list is empty.
    type: raw
  gather_subset:
    description:
      - What to read besides the list of pilots.
      - V(calendar) adds the calendars, at one request per pilot.
      - V(transfer) adds whether the user O(login_name) can transfer calls to it, at one request per pilot.
      - An empty list is the quickest, with one request for all pilots.
    type: list
    elements: str
    choices: [calendar, transfer]
    default: [calendar]
  login_name:
    description:
      - Login name of the user who would transfer, for V(transfer) in O(gather_subset). An administrator must give it.
      - An agent, who may not list pilots, can ask for V(transfer) alone about O(pilot_number).
    type: raw
  agent_number:
    description:
      - Number of an agent. With this or one of the following, the pilots are read as they are for a call of such a profile, at
        one request per pilot, and V(transfer) in O(gather_subset) is asked for it. Quote it.
    type: raw
  skills:
    description:
      - Skills that the call needs.
    type: list
    elements: dict
    suboptions:
      skill_number:
        description:
          - Number of the skill. It must be given.
        type: int
      acr_status:
        description:
          - Whether the skill is active.
        type: bool
      expert_eval_level:
        description:
          - Level of the skill.
        type: int
  priority_transfer:
    description:
      - Whether the transfer has priority.
    type: bool
  supervised_transfer:
    description:
      - Whether the transfer is supervised.
    type: bool
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.as_options
  - voiceops.telephony.attributes.info
notes:
  - A profile needs O2G 2.7.4. V(transfer) in O(gather_subset) needs the licence C(ROXE_API_TEL_ADVANCED) for the user.
  - Pilots need O2G 2.7, with the call center features switched on in its configuration, and a licence
    (C(ROXE_API_CONTACTCENTER_SVCS), or C(api-tel-f) under OPEX).
seealso:
  - module: voiceops.telephony.o2g_pilot
  - module: voiceops.telephony.o2g_pilot_calendar
  - module: voiceops.telephony.o2g_pilot_calendar_transition
"""

EXAMPLES = r"""
- name: All pilots of a node with their calendars
  voiceops.telephony.o2g_pilot_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 1
  register: pilots

- name: All of them are open
  ansible.builtin.assert:
    that: item.state == 'opened'
    fail_msg: "{{ item.pilot_number }} is {{ item.state }}{{ ' (' ~ item.detailed_state ~ ')' if item.detailed_state is defined else '' }}"
  loop: "{{ pilots.resources }}"
  loop_control: {label: "{{ item.pilot_number }}"}

- name: Read one pilot
  voiceops.telephony.o2g_pilot_info:
    node_id: 1
    pilot_number: "60141"
  register: model

- name: Give another pilot the same week
  voiceops.telephony.o2g_pilot_calendar:
    node_id: 1
    pilot_number: "60142"
    normal: "{{ model.resources[0].normal }}"
    purge: true

- name: Only the states, in one request
  voiceops.telephony.o2g_pilot_info:
    node_id: 1
    gather_subset: []

- name: How long does somebody wait who needs a skill, and can an agent transfer there
  voiceops.telephony.o2g_pilot_info:
    node_id: 1
    pilot_number: "60141"
    gather_subset: [transfer]
    login_name: oxe60113
    skills:
      - {skill_number: 1, acr_status: true, expert_eval_level: 2}
  register: asked

- name: Say it
  ansible.builtin.debug:
    msg: "{{ 'Yes' if item.transfer.transfer_possible else 'No, it is ' ~ item.transfer.pilot_status }}, and {{ item.transfer.waiting_time }} s"
  loop: "{{ asked.resources }}"
  loop_control: {label: "{{ item.pilot_number }}"}
"""

RETURN = r"""
resources:
  description: The pilots that were found, in the order of the platform.
  returned: success
  type: list
  elements: dict
  contains:
    node_id:
      description: The node that was asked for.
      type: int
      returned: always
      sample: 1
    pilot_number:
      description: Number of the pilot.
      type: str
      returned: always
      sample: "60141"
    name:
      description: Name of the pilot.
      type: str
      returned: if the server shows it
      sample: Sales
    state:
      description: State of the pilot, V(opened), V(closed), V(blocked) or V(unknown).
      type: str
      returned: always
      sample: opened
    detailed_state:
      description:
        - Why the pilot is in its state, V(OPEN), V(BLOCKED), V(BLOCKED_ON_RULE), V(BLOCKED_ON_BLOCKED_RULE),
          V(GENERAL_FORWARDING), V(GENERAL_FORWARDING_ON_RULE), V(BLOCKED_ON_GENERAL_FORWARDING_RULE) or V(OTHER).
      type: str
      returned: if the server shows it
      sample: OPEN
    waiting_time:
      description: How long a call that is transferred to the pilot is expected to wait, as the platform counts it.
      type: int
      returned: if the server shows it
      sample: 0
    saturation:
      description: Whether the queue is full for a call that is transferred to the pilot.
      type: bool
      returned: if the server shows it
      sample: false
    rules:
      description: Rules of the pilot. The active one routes the calls at the moment.
      type: list
      elements: dict
      returned: if the server shows it
      sample:
        - {rule_number: 0, name: DAY, active: true}
        - {rule_number: 1, name: NIGHT, active: false}
    possible_transfer:
      description: Whether a call can be transferred to the pilot.
      type: bool
      returned: if the server shows it
      sample: true
    supervised_transfer:
      description: Whether such a transfer is supervised.
      type: bool
      returned: if the server shows it
      sample: false
    normal:
      description: Per day of the week, the transitions in the order of time. Days without any are left out.
      type: dict
      returned: with V(calendar) in O(gather_subset)
      sample:
        monday:
          - {time: "08:00", rule_number: 0, mode: normal}
          - {time: "18:00", rule_number: 1, mode: closed}
    exceptions:
      description: Per date (yyyy-mm-dd), the transitions in the order of time.
      type: dict
      returned: with V(calendar) in O(gather_subset)
      sample:
        "2026-12-25":
          - {time: "00:00", rule_number: 1, mode: closed}
    transfer:
      description: Whether calls can be transferred to the pilot, with C(transfer_possible), C(pilot_status), C(supervised_transfer),
        C(waiting_time) in seconds and C(saturation).
      type: dict
      returned: with V(transfer) in O(gather_subset)
      sample: {transfer_possible: true, pilot_status: OPEN, supervised_transfer: false, waiting_time: 12, saturation: false}
summary:
  description: How many pilots were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.pilot import Pilot
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(Pilot)


if __name__ == "__main__":
    main()
