#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_call_info
short_description: Read the calls of O2G users
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the calls of users with their own devices and the other parties, the states of devices, and what they can
    do.
  - With C(until) and C(retries), a task waits until a phone rings, or until a call is over.
options:
  node_id:
    description:
      - Number of the node. By itself it means all users of the node.
    type: int
  device_number:
    description:
      - Numbers of users, main or secondary ones. Quote them.
    type: list
    elements: raw
  login_name:
    description:
      - Login names of users. In the session of a user nobody else can be meant, and it need not be given.
    type: list
    elements: raw
  call_ref:
    description:
      - Reference of a call. Return only this one. If it is not there any more, the list of calls is empty. Quote it.
    type: raw
  device_id:
    description:
      - Number of a device of the user. Of the calls, only this leg is returned, and with V(devices) in O(gather_subset)
        only its state. Quote it.
    type: raw
  participant_id:
    description:
      - Id of a participant. Of the calls, only this participant is returned.
    type: str
  gather_subset:
    description:
      - What to read. Each takes a request per user, V(legs) and V(participants) one per call.
      - V(legs) and V(participants) ask for them by themselves. V(calls) tells them too where the server does.
      - V(devices) tells which devices are in service, V(capabilities) what they can do.
    type: list
    elements: str
    choices: [calls, legs, participants, devices, capabilities]
    default: [calls]
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user.
seealso:
  - module: voiceops.telephony.o2g_call
  - module: voiceops.telephony.o2g_dial
"""

EXAMPLES = r"""
- name: Wait until the phone of a colleague rings
  voiceops.telephony.o2g_call_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: [oxe70102]
  register: phone
  until: phone.resources[0].calls | selectattr('state', 'eq', 'RINGING_INCOMING') | length > 0
  retries: 10
  delay: 1

- name: Which devices of a node are out of service
  voiceops.telephony.o2g_call_info:
    node_id: 7
    gather_subset: [devices]
  register: phones

- name: None of them
  ansible.builtin.assert:
    that: down | length == 0
    fail_msg: "Out of service: {{ down | join(', ') }}"
  vars:
    down: "{{ phones.resources | map(attribute='devices') | flatten | selectattr('state', 'eq', 'OUT_OF_SERVICE') | map(attribute='device_id') }}"
"""

RETURN = r"""
resources:
  description: One entry per user.
  returned: success
  type: list
  elements: dict
  contains:
    login_name:
      description: Login name of the user.
      type: str
      returned: always
      sample: oxe70102
    calls:
      description: The calls of the user.
      type: list
      elements: dict
      returned: with V(calls), V(legs) or V(participants) in O(gather_subset)
      contains:
        call_ref:
          description: Reference of the call, the same for all its parties.
          type: str
          returned: always
          sample: 49bfa0564a030100
        state:
          description: What the call is for this user. One of V(UNKNOWN), V(OFF_HOOK), V(IDLE), V(RELEASING), V(DIALING), V(HELD),
            V(RINGING_INCOMING), V(RINGING_OUTGOING), V(ACTIVE).
          type: str
          returned: always
          sample: RINGING_INCOMING
        initial_called:
          description: Whom the call was meant for, with C(phone_number), C(login_name), C(first_name), C(last_name) and C(type).
          type: dict
          returned: always, V(null) where it is not told
          sample: {login_name: oxe70102, phone_number: "70102", first_name: Jo, last_name: Maes, type: USER, sub_type: pbx}
        last_redirecting:
          description: Who sent the call on, likewise.
          type: dict
          returned: always, V(null) where nobody did
        legs:
          description: The devices of the user that are part of the call, each with C(device_id), C(state), C(ringing_remote) and
            C(capabilities), the names of what can be done there.
          type: list
          elements: dict
          returned: always
          sample: [{device_id: "70102", state: RINGING_INCOMING, capabilities: [answer, drop]}]
        participants:
          description: The other parties, each with C(participant_id), C(phone_number), C(login_name), names and C(type). The state is
            told in calls of three and more only.
          type: list
          elements: dict
          returned: always
          sample: [{participant_id: 49bfa0564a030100-1, login_name: oxe70101, phone_number: "70101", type: USER}]
        capabilities:
          description: The names of what can be done with the call.
          type: list
          elements: str
          returned: always
          sample: [redirect, redirect_to_voice_mail, picked_up, reject, drop_me]
        associated_data:
          description: Data that was attached to the call. Bytes are under C(hexa_binary_associated_data).
          type: str
          returned: where there is any
        acd_call_data:
          description: What the call center knows of the call, such as C(pilot_number).
          type: dict
          returned: for a call by a pilot
          sample: {pilot_number: "60101"}
        record_state:
          description: V(RECORDING) or V(PAUSED).
          type: str
          returned: while the call is recorded
    devices:
      description: Devices of the user, each with C(device_id), C(state), one of V(IN_SERVICE), V(OUT_OF_SERVICE), V(UNKNOWN), and
        where the server tells it, C(cause).
      type: list
      elements: dict
      returned: with V(devices) in O(gather_subset)
      sample: [{device_id: "70102", state: IN_SERVICE}]
    device_capabilities:
      description: Devices of the user, each with C(device_id) and C(capabilities), the names of what it can do.
      type: list
      elements: dict
      returned: with V(capabilities) in O(gather_subset)
      sample: [{device_id: "70102", capabilities: [make_call]}]
    user_state:
      description: V(FREE), V(BUSY) or V(UNKNOWN).
      type: str
      returned: with V(capabilities) in O(gather_subset); V(null) where the server does not tell it
unread:
  description:
    - Users of whom it could not be read, each with the reason, such as a licence that is missing. There is a warning too.
    - If nobody can be read, the module fails.
  returned: if there are any, beside others who could be read
  type: list
  elements: dict
  contains:
    login_name:
      description: Login name of the user.
      type: str
      returned: always
      sample: oxe70101
    error:
      description: Why it could not be read.
      type: str
      returned: always
      sample: GET /routing/state answered 403
summary:
  description: How many users were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.call import CallInfo
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(CallInfo)


if __name__ == "__main__":
    main()
