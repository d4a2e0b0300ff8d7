#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_device
short_description: Manage lock, camp-on, associate, remote extension and PIN of phone sets
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Brings what is set at devices of users to a wanted state. What is not given is neither read nor changed.
options:
  node_id: &node_id
    description:
      - Number of the node that O(device_number) belongs to. With it, the users of the node are listed once for all entries.
    type: int
  device_number: &device_number
    description:
      - Any number of the user, the main one or a secondary one, by which the login name is looked up. Quote it.
    type: raw
  login_name: &login_name
    description:
      - Login name of the user, such as V(oxe70120). In the session of a user it is left out, and nobody else can be meant.
      - An administrator gives it, or O(device_number).
    type: raw
  device_id: &device_id
    description:
      - Number of the device, one of those of the user. Quote it.
      - Required, here or in each entry of O(config).
    type: raw
  lock: &lock
    description:
      - Whether the set is locked.
    type: bool
  campon: &campon
    description:
      - Whether callers may camp on to the set while it is busy.
    type: bool
  associate: &associate
    description:
      - Number of the associate. It can be changed, but the API knows no way to clear it. Quote it.
    type: raw
  remote_extension_active: &remote_extension_active
    description:
      - Whether a remote extension is active. Only for such a device.
    type: bool
  pin: &pin
    description:
      - PIN for private calls. Members that are not given stay as they are.
    type: dict
    suboptions:
      pin_number:
        description:
          - The digits. The platform tells them in clear, so they are compared. They are in no output. Quote them.
        type: raw
      with_secret_code:
        description:
          - Whether the secret code of the set has to be dialled before.
        type: bool
      pin_type_of_control:
        description:
          - From which sets the PIN can be used.
        type: str
        choices: [PIN_Category, PIN_Restricted_To_Owner_Set, PIN_Universal_Access, PIN_Group_Control]
      pin_group:
        description:
          - The PIN group.
        type: int
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
      lock: *lock
      campon: *campon
      associate: *associate
      remote_extension_active: *remote_extension_active
      pin: *pin
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.present
  - voiceops.telephony.attributes
notes:
  - Needs the licence C(ROXE_API_PHONESETPROG), one per user.
seealso:
  - module: voiceops.telephony.o2g_device_info
  - module: voiceops.telephony.o2g_programmable_key
"""

EXAMPLES = r"""
- name: Sets in the lobby are locked
  voiceops.telephony.o2g_device:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    config:
      - login_name: oxe70101
        device_id: "70101"
        lock: true
      - login_name: oxe70102
        device_id: "70102"
        lock: true
  register: lobby

- name: In the morning those are unlocked that this has locked
  voiceops.telephony.o2g_device:
    config: "{{ lobby.results | selectattr('changed') | map(attribute='before') }}"

- name: A PIN for private calls
  voiceops.telephony.o2g_device:
    login_name: oxe70101
    device_id: "70101"
    pin:
      pin_number: "{{ pin_of_an }}"
      pin_type_of_control: PIN_Restricted_To_Owner_Set

- name: Read all sets of a node
  voiceops.telephony.o2g_device_info:
    node_id: 7
  register: sets

- name: Nobody can phone during the holidays
  block:
    - name: Lock each set that is not
      voiceops.telephony.o2g_device:
        login_name: "{{ item.login_name }}"
        device_id: "{{ item.device_id }}"
        lock: true
      loop: "{{ sets.resources | rejectattr('lock') }}"
      loop_control: {label: "{{ item.device_id }}"}
  rescue:
    - name: Which sets the guard has to unplug
      ansible.builtin.debug:
        msg: "{{ ansible_failed_result.results | selectattr('failed') | map(attribute='item.device_id') | join(', ') }}"
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
      sample: {login_name: oxe70101, device_id: "70101"}
    action:
      description: What it needed, V(update) or V(unchanged).
      type: str
      returned: always
      sample: update
    changed:
      description: Whether that was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: What is there afterwards, under the names of the options.
      type: dict
      returned: always
      sample: {login_name: oxe70101, device_id: "70101", lock: true}
    before:
      description: What was there before, as options that can be given back.
      type: dict
      returned: when something was there and is changed
      sample: {login_name: oxe70101, device_id: "70101", lock: false}
    unverified:
      description: Options that could not be compared, because the platform did not return them.
      type: list
      elements: str
      returned: always
      sample: []
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
      sample: "GET /api/rest/1.0/users/oxe70101/devices/7/dynamicState answered 404"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.phone import Device
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Device)


if __name__ == "__main__":
    main()
