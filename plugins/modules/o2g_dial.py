#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_dial
short_description: Make calls from phones of O2G users
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Calls a number from a device, one call or many in one task.
  - Unless O(auto_answer=true), the own phone rings first, and the number is called as soon as it is answered.
options:
  node_id: &node_id
    description:
      - Number of the node that O(device_number) belongs to. With it, the users of the node are listed once for all
        entries.
    type: int
  device_number: &device_number
    description:
      - Any number of the user, the main one or a secondary one, by which the login name is looked up. Quote it.
    type: raw
  login_name: &login_name
    description:
      - Login name of the user, such as V(oxe70120). In the session of a user it is left out, and nobody else can be
        meant.
      - An administrator gives it, or O(device_number).
    type: raw
  device_id: &device_id
    description:
      - The device that calls, one of the user's. By default it is O(device_number). By itself, it also tells whose call
        this is. Quote it.
    type: raw
  callee: &callee
    description:
      - The number to call. It must be given, unless the supervisor is called. Quote it.
    type: raw
  auto_answer: &auto_answer
    description:
      - Call at once, without having the own phone ring first.
    type: bool
  inhibit_progress_tone: &inhibit_progress_tone
    description:
      - Let no progress tone be heard, in an external call.
    type: bool
  associated_data: &associated_data
    description:
      - Data for the other end, 32 bytes at most.
    type: str
  hexa_binary_associated_data: &hexa_binary_associated_data
    description:
      - The same as bytes in hexadecimal, such as V(f1f200a0b3) without the byte V(00). Cannot stand beside
        O(associated_data).
    type: str
  pin: &pin
    description:
      - Private identity number, for a private call. Goes with O(secret_code), and with no data, O(business_code) or
        O(acd_call). Quote it.
    type: raw
  secret_code: &secret_code
    description:
      - Secret code of O(pin). Quote it.
    type: raw
  business_code: &business_code
    description:
      - Cost center, for a business call. Goes with no data and no O(acd_call). Quote it.
    type: raw
  calling_number: &calling_number
    description:
      - Another number to show to the other end, in an external call. Quote it.
    type: raw
  secret_identity: &secret_identity
    description:
      - Ask the network to hide the number, in an external call. Goes with O(calling_number).
    type: bool
  acd_call: &acd_call
    description:
      - What an agent says of a call to a pilot.
    type: dict
    suboptions:
      supervised_transfer:
        description:
          - In a consultation, consult the pilot.
        type: bool
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
      call_to_supervisor:
        description:
          - Call the supervisor of the agent. Goes without O(callee).
        type: bool
  basic: &basic
    description:
      - Make the call in the simple form that needs no licence, and also works from a device that is no user's.
      - Then only O(device_id), O(callee) and O(auto_answer) can be given.
    type: bool
  config:
    description:
      - Many calls at once, each with the options of a single one. Cannot stand beside them.
      - A device can be in it once, because the order in which entries are carried out is not defined.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
      device_id: *device_id
      callee: *callee
      auto_answer: *auto_answer
      inhibit_progress_tone: *inhibit_progress_tone
      associated_data: *associated_data
      hexa_binary_associated_data: *hexa_binary_associated_data
      pin: *pin
      secret_code: *secret_code
      business_code: *business_code
      calling_number: *calling_number
      secret_identity: *secret_identity
      acd_call: *acd_call
      basic: *basic
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes.action
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user, and with O(basic=true) none.
seealso:
  - module: voiceops.telephony.o2g_call
  - module: voiceops.telephony.o2g_call_info
"""

EXAMPLES = r"""
- name: Call a colleague
  voiceops.telephony.o2g_dial:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: oxe70101
    device_id: "70101"
    callee: "70102"
    auto_answer: true

- name: A pilot, for somebody with a skill
  voiceops.telephony.o2g_dial:
    device_id: "70102"
    callee: "60101"
    acd_call:
      skills:
        - {skill_number: 44, acr_status: true, expert_eval_level: 1}

- name: From a phone in the lobby
  voiceops.telephony.o2g_dial:
    device_id: "70120"
    callee: "70102"
    basic: true

- name: Does this number still reach somebody
  block:
    - name: Call it
      voiceops.telephony.o2g_dial:
        login_name: oxe70101
        device_id: "70101"
        callee: "70102"
        auto_answer: true
      register: call

    - name: Wait until somebody answers
      voiceops.telephony.o2g_call_info:
        login_name: [oxe70101]
        call_ref: "{{ call.results[0].answer.call_ref }}"
      register: phone
      until: phone.resources[0].calls | selectattr('state', 'eq', 'ACTIVE') | length > 0
      retries: 15
      delay: 2
  rescue:
    - name: Say that nobody does, or why it cannot be called
      ansible.builtin.fail:
        msg: "{{ 'Nobody has answered' if ansible_failed_result.resources is defined else ansible_failed_result.msg }}"
  always:
    - name: Hang up
      voiceops.telephony.o2g_call:
        login_name: oxe70101
        call_ref: "{{ call.results[0].answer.call_ref }}"
        action: release
      when: phone.resources is defined and phone.resources[0].calls | length > 0
"""

RETURN = r"""
results:
  description: One entry per call, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the call.
      type: dict
      returned: always
      sample: {login_name: oxe70101, device_id: "70101"}
    action:
      description: Always V(act), since this is something to do.
      type: str
      returned: always
      sample: act
    changed:
      description: Whether that was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: What was asked for.
      type: dict
      returned: always
      sample: {login_name: oxe70101, device_id: "70101", callee: "70102", auto_answer: true}
    answer:
      description: As C(call_ref) the reference of the call, which is V(null) where the server does not tell it.
      type: dict
      returned: always, V(null) in check mode and where it failed
      sample: {call_ref: 49bfa0564a030100}
    warnings:
      description: What should be looked at, though nothing failed.
      type: list
      elements: str
      returned: if there is any
      sample: []
    error:
      description: Why this entry failed.
      type: str
      returned: when it failed
      sample: "there is no O2G user with the number '70199'"
summary:
  description: How many entries were done or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {done: 1, failed: 0, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.call import Dial
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Dial)


if __name__ == "__main__":
    main()
