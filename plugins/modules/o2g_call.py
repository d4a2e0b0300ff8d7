#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_call
short_description: Act on calls of O2G users
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Answers, ends, holds, transfers and records calls, and whatever else can be done with a call.
  - Without O(call_ref), the user's only call in the state that the action needs is meant. If there is none, or more
    than one, the task fails and lists them.
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
  call_ref: &call_ref
    description:
      - Reference of the call, as M(voiceops.telephony.o2g_dial) and M(voiceops.telephony.o2g_call_info) tell it. Quote
        it.
      - For V(alternate) and V(reconnect) it is that of the held call.
    type: raw
  action: &action
    description:
      - What to do with the call. It must be given.
      - V(answer) answers a call that rings.
      - V(release) ends the call for everybody. V(drop_me) leaves it, and V(drop_participant) lets somebody go; with two
        parties these end it too.
      - V(hold) and V(retrieve) put a call on hold and take it back. V(alternate) takes a held call, and holds the
        active one. V(reconnect) takes a held call, and ends the other one.
      - V(transfer) connects the other parties of the active call and of a held one, and V(merge) makes a conference of
        both. V(blind_transfer) connects the other party with O(transfer_to).
      - V(redirect) sends an incoming call on while it rings, V(overflow_to_voicemail) an outgoing one to the voice mail
        of the called user. V(callback) asks that user to call back.
      - V(park) parks the call, from where M(voiceops.telephony.o2g_device_action) takes it. By the document only for
        incoming calls from outside.
      - V(record) starts, stops, pauses or resumes the recording. V(send_dtmf) presses keys.
      - V(send_account_info) sends the transaction code of an agent. V(attach_data) attaches data for the next party.
      - V(move_to_device) moves the call to another device of the same user.
    type: str
    choices:
      - answer
      - release
      - drop_me
      - drop_participant
      - hold
      - retrieve
      - alternate
      - transfer
      - blind_transfer
      - merge
      - reconnect
      - redirect
      - overflow_to_voicemail
      - park
      - callback
      - record
      - send_dtmf
      - send_account_info
      - attach_data
      - move_to_device
  basic: &basic
    description:
      - Answer the call that rings at O(device_id), or leave the call, in the simple form that needs no licence and no
        O(call_ref). Goes with O(action=answer) and O(action=drop_me).
    type: bool
  device_id: &device_id
    description:
      - The device of the user. By default the one at which the call is in the state that the action needs, if it is the
        only one. By itself, it also tells whose call this is. Quote it.
    type: raw
  participant_id: &participant_id
    description:
      - Who shall go, as M(voiceops.telephony.o2g_call_info) tells it. Required with O(action=drop_participant).
    type: str
  held_call_ref: &held_call_ref
    description:
      - The held call, for O(action=transfer) and O(action=merge). By default the user's only one. Quote it.
    type: raw
  enquiry_call_ref: &enquiry_call_ref
    description:
      - The call to end, for O(action=reconnect). By default the user's only one that is active or rings. Quote it.
    type: raw
  transfer_to: &transfer_to
    description:
      - Where to transfer. Required with O(action=blind_transfer). Quote it.
    type: raw
  redirect_to: &redirect_to
    description:
      - Where to send the call, a number or V(VOICEMAIL). Required with O(action=redirect). Quote it.
    type: raw
  anonymous: &anonymous
    description:
      - Hide who calls. Goes with O(action=blind_transfer) and O(action=redirect).
    type: bool
  park_to: &park_to
    description:
      - The device at which to park the call. By default the own one. Quote it.
    type: raw
  record_action: &record_action
    description:
      - What to do with the recording. Required with O(action=record).
    type: str
    choices: [start, stop, pause, resume]
  number: &number
    description:
      - The keys to press. Required with O(action=send_dtmf). Quote them.
    type: raw
  account_info: &account_info
    description:
      - The transaction code, of digits. Required with O(action=send_account_info). Quote it.
    type: raw
  associated_data: &associated_data
    description:
      - The data to attach, 32 bytes at most. This or O(hexa_binary_associated_data) is required with
        O(action=attach_data).
    type: str
  hexa_binary_associated_data: &hexa_binary_associated_data
    description:
      - The same as bytes in hexadecimal, such as V(f0a4f9b3) without the byte V(00).
    type: str
  other_device_id: &other_device_id
    description:
      - The device to which to move the call. Required with O(action=move_to_device). Quote it.
    type: raw
  config:
    description:
      - Many calls at once, each with the options of a single one. Cannot stand beside them.
      - A call can be in it once, because the order in which entries are carried out is not defined.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
      call_ref: *call_ref
      action: *action
      basic: *basic
      device_id: *device_id
      participant_id: *participant_id
      held_call_ref: *held_call_ref
      enquiry_call_ref: *enquiry_call_ref
      transfer_to: *transfer_to
      redirect_to: *redirect_to
      anonymous: *anonymous
      park_to: *park_to
      record_action: *record_action
      number: *number
      account_info: *account_info
      associated_data: *associated_data
      hexa_binary_associated_data: *hexa_binary_associated_data
      other_device_id: *other_device_id
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes.action
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user, and with O(basic=true) none.
  - In check mode a call may be missing that an earlier task would have made. That is no failure, but told as C(awaits).
seealso:
  - module: voiceops.telephony.o2g_call_info
  - module: voiceops.telephony.o2g_dial
  - module: voiceops.telephony.o2g_device_action
"""

EXAMPLES = r"""
- name: The colleague answers
  voiceops.telephony.o2g_call:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: oxe70102
    action: answer
  register: answered

- name: And leaves the same call
  voiceops.telephony.o2g_call:
    login_name: oxe70102
    call_ref: "{{ answered.results[0].resource.call_ref }}"
    action: drop_me

- name: Record two calls
  voiceops.telephony.o2g_call:
    config:
      - login_name: oxe70103
        action: record
        record_action: start
      - login_name: oxe70104
        call_ref: 000000024a030100
        action: record
        record_action: start

- name: Read the calls of a user
  voiceops.telephony.o2g_call_info:
    login_name: [oxe70103]
  register: phone

- name: End all of them, before the set is changed
  voiceops.telephony.o2g_call:
    config: "{{ dict(phone.resources[0].calls | map(attribute='call_ref') | product(['oxe70103']))
      | ansible.builtin.dict2items(key_name='call_ref', value_name='login_name') | map('combine', {'action': 'release'}) }}"

- name: A caller asks for somebody else
  block:
    - name: Connect them
      voiceops.telephony.o2g_call:
        login_name: oxe70104
        action: blind_transfer
        transfer_to: "70110"
  rescue:
    - name: Say why that was not possible
      ansible.builtin.debug:
        msg: "{{ ansible_failed_result.msg }}"

    - name: Then with the pilot, where the caller waits
      voiceops.telephony.o2g_call:
        login_name: oxe70104
        action: blind_transfer
        transfer_to: "60101"
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
      sample: {login_name: oxe70102, call_ref: 49bfa0564a030100}
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
      description: What was asked for, with the call and the device that were meant.
      type: dict
      returned: always
      sample: {login_name: oxe70102, call_ref: 49bfa0564a030100, action: answer, device_id: "70102"}
    answer:
      description: What the platform answered, which is nothing.
      type: raw
      returned: always
      sample: null
    awaits:
      description: In check mode, what is needed and may come by an earlier task of the play.
      type: list
      elements: str
      returned: in check mode, if there is anything
      sample: [a call of oxe70102 for action=answer]
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
      sample: "oxe70102 has no call that is RINGING_INCOMING: there are none"
summary:
  description: How many entries were done or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {done: 1, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.call import CallAction
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(CallAction)


if __name__ == "__main__":
    main()
