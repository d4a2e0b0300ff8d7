#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_device_action
short_description: Pick up and unpark calls, intrude, and press keys at O2G devices
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - What can be done at a device without naming one of its calls.
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
      - The device. By default it is O(device_number). Quote it.
    type: raw
  action: &action
    description:
      - What to do. It must be given.
      - V(pickup) takes a call that rings elsewhere, at O(other_phone_number), or without it at somebody of the own
        group.
      - V(unpark) takes a parked call. V(intrude) enters the call of a called user who is busy.
      - V(press_ith) presses the key MICRO/ITH, which switches the microphone on or off, or without a call the intercom.
        It toggles, and nothing shows what it did.
    type: str
    choices: [pickup, unpark, intrude, press_ith]
  other_phone_number: &other_phone_number
    description:
      - Where the call rings. Goes with O(action=pickup). Quote it.
    type: raw
  other_call_ref: &other_call_ref
    description:
      - Reference of the call. By the document it is not used. Goes with O(action=pickup). Quote it.
    type: raw
  auto_answer: &auto_answer
    description:
      - By the document it is not used. Goes with O(action=pickup).
    type: bool
  un_park_from: &un_park_from
    description:
      - Where the call is parked. By default the own device. Goes with O(action=unpark). Quote it.
    type: raw
  config:
    description:
      - Many devices at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
      device_id: *device_id
      action: *action
      other_phone_number: *other_phone_number
      other_call_ref: *other_call_ref
      auto_answer: *auto_answer
      un_park_from: *un_park_from
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes.action
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user.
seealso:
  - module: voiceops.telephony.o2g_call
"""

EXAMPLES = r"""
- name: Take the call that rings next door
  voiceops.telephony.o2g_device_action:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    device_id: "70101"
    action: pickup
    other_phone_number: "70102"
  register: taken

- name: Tell the colleague
  voiceops.telephony.o2g_mini_message:
    login_name: oxe70101
    recipient: "{{ taken.results[0].resource.other_phone_number }}"
    mini_message: I have taken your call

- name: A call was parked at the own set
  block:
    - name: Take it back
      voiceops.telephony.o2g_device_action:
        device_id: "70101"
        action: unpark
  rescue:
    - name: Read which calls the user has
      voiceops.telephony.o2g_call_info:
        login_name: [oxe70101]
      register: phone

    - name: Say where the call may be
      ansible.builtin.fail:
        msg: "{{ ansible_failed_result.msg }}. Calls of the user: {{ phone.resources[0].calls | map(attribute='state') | join(', ')
          | default('none', true) }}"
"""

RETURN = r"""
results:
  description: One entry per device, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the device.
      type: dict
      returned: always
      sample: {device_id: "70101"}
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
      sample: {device_id: "70101", action: pickup, other_phone_number: "70102"}
    answer:
      description: What the platform answered, which is nothing.
      type: raw
      returned: always
      sample: null
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
      sample: "POST /api/rest/1.0/telephony/devices/70101/pickup answered 400"
summary:
  description: How many entries were done or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {done: 1, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.call import DeviceAction
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(DeviceAction)


if __name__ == "__main__":
    main()
