#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_device_info
short_description: Read devices of users of O2G, with their keys and what is set at them
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the devices of users who are named, of all users of a node, or of the session's own user.
options:
  node_id:
    description:
      - Number of the node. By itself it means all users of the node.
    type: int
  device_number:
    description:
      - Numbers of users. Quote them.
    type: list
    elements: raw
  login_name:
    description:
      - Login names of users.
    type: list
    elements: raw
  device_id:
    description:
      - Return only this device. Quote it.
    type: raw
  prefix_type:
    description:
      - Type of a prefix to look up, such as V(Station_Facility_Type). Goes with O(prefix_value).
    type: str
  prefix_value:
    description:
      - Value of the prefix, such as V(Do_not_disturb). RV(resources[].prefix) is the number to dial then.
    type: str
  gather_subset:
    description:
      - What to read besides the list of devices. Each takes a request per device.
    type: list
    elements: str
    choices: [state, remote_extension, pin, addons, programmable_keys, soft_keys]
    default: [state]
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.as_options
  - voiceops.telephony.attributes.info
notes:
  - Needs the licence C(ROXE_API_PHONESETPROG), one per user.
  - The digits of a PIN are not returned, though the platform tells them.
seealso:
  - module: voiceops.telephony.o2g_device
  - module: voiceops.telephony.o2g_programmable_key
  - module: voiceops.telephony.o2g_soft_key
"""

EXAMPLES = r"""
- name: All keys of a user
  voiceops.telephony.o2g_device_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: oxe70101
    gather_subset: [programmable_keys, soft_keys]
  register: told

- name: The keys as they were
  voiceops.telephony.o2g_programmable_key:
    config: "{{ told.resources | map(attribute='programmable_keys') | flatten }}"

- name: What to dial so as not to be disturbed
  voiceops.telephony.o2g_device_info:
    login_name: oxe70101
    prefix_type: Station_Facility_Type
    prefix_value: Do_not_disturb
    gather_subset: [state]
  register: phone

- name: Say it, and which of the sets are locked
  ansible.builtin.debug:
    msg: "{{ item.device_id }} ({{ item.type }}): dial {{ item.prefix }}{{ ', once it is unlocked' if item.lock else '' }}"
  loop: "{{ phone.resources }}"
  loop_control: {label: "{{ item.device_id }}"}
"""

RETURN = r"""
resources:
  description: One entry per device.
  returned: success
  type: list
  elements: dict
  contains:
    login_name:
      description: Login name of the user.
      type: str
      returned: always
      sample: oxe70101
    device_id:
      description: Number of the device.
      type: str
      returned: always
      sample: "70101"
    type:
      description: Kind of device.
      type: str
      returned: with O(as_options=false)
      sample: DESKPHONE
    lock:
      description: Whether the set is locked.
      type: bool
      returned: with V(state)
      sample: false
    campon:
      description: Whether callers may camp on.
      type: bool
      returned: with V(state)
      sample: false
    associate:
      description: Number of the associate, or nothing.
      type: str
      returned: with V(state)
      sample: null
    remote_extension_active:
      description: Whether a remote extension is active.
      type: bool
      returned: with V(remote_extension), for a mobile device
      sample: true
    pin:
      description: The PIN, without its digits.
      type: dict
      returned: with V(pin)
      sample: {pin_number: "********", pin_type_of_control: PIN_Category}
    programmable_keys:
      description: The keys that are programmed, as entries of M(voiceops.telephony.o2g_programmable_key).
      type: list
      elements: dict
      returned: with V(programmable_keys)
      sample: [{login_name: oxe70101, device_id: "70101", position: 3, number: "70110", mnemonic: An, locked: false}]
    soft_keys:
      description: The soft keys that are programmed, as entries of M(voiceops.telephony.o2g_soft_key).
      type: list
      elements: dict
      returned: with V(soft_keys)
      sample: [{login_name: oxe70101, device_id: "70101", position: 1, number: "70110", mnemonic: An}]
    addons:
      description: The add-on modules.
      type: raw
      returned: with V(addons)
      sample: [ADDON_40_KEYS]
    prefix:
      description: The number to dial for the prefix that was asked for.
      type: str
      returned: with O(prefix_type)
      sample: "42"
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
  description: How many entries were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.phone import DeviceInfo
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(DeviceInfo)


if __name__ == "__main__":
    main()
