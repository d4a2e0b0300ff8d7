#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_soft_key
short_description: Program soft keys of phone sets
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Programs soft keys of devices of users. A soft key is there in any case. With O(state=absent) it is emptied.
  - The soft keys of a device are read once for all entries, and only those that differ are written.
  - With O(purge), all soft keys of the devices in O(config) and O(purge_in) that are not listed are emptied.
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
  position: &position
    description:
      - Position of the key.
      - Required, here or in each entry of O(config).
    type: int
  number: &number
    description:
      - Number that the key dials. Quote it.
    type: raw
  mnemonic: &mnemonic
    description:
      - Text at the key.
    type: str
  config:
    description:
      - Many soft keys at once, each with the options of a single one. Cannot stand beside them, except for
        O(login_name), O(device_number) and O(device_id).
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
      device_id: *device_id
      position: *position
      number: *number
      mnemonic: *mnemonic
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.state
  - voiceops.telephony.bulk.purge
  - voiceops.telephony.attributes
notes:
  - Needs the licence C(ROXE_API_PHONESETPROG), one per user.
seealso:
  - module: voiceops.telephony.o2g_device_info
  - module: voiceops.telephony.o2g_device
"""

EXAMPLES = r"""
- name: Two soft keys of a set, and no other
  voiceops.telephony.o2g_soft_key:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: oxe70101
    device_id: "70101"
    purge: true
    config:
      - position: 3
        number: "70110"
        mnemonic: An
      - position: 4
        number: "70112"

- name: The same soft keys at all sets of a team, whichever of them can be programmed
  block:
    - name: Set by set
      voiceops.telephony.o2g_soft_key:
        login_name: "oxe{{ item }}"
        device_id: "{{ item }}"
        config: "{{ soft_keys_of_the_team }}"
      loop: ["70101", "70102", "70103"]
      register: sets

    - name: Say what was done at each
      ansible.builtin.debug:
        msg: "{{ item.item }}: {{ item.msg }}"
      loop: "{{ sets.results }}"
      loop_control: {label: "{{ item.item }}"}
  rescue:
    - name: At which sets somebody has to do it by hand
      ansible.builtin.debug:
        msg: "{{ item.item }}: {{ item.msg }}"
      loop: "{{ ansible_failed_result.results | selectattr('failed') }}"
      loop_control: {label: "{{ item.item }}"}
"""

RETURN = r"""
results:
  description: One entry per soft key, in the order of O(config), and after them what was purged.
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the soft key.
      type: dict
      returned: always
      sample: {login_name: oxe70101, device_id: "70101", position: 3}
    action:
      description: What it needed, V(create), V(update), V(delete) or V(unchanged).
      type: str
      returned: always
      sample: create
    changed:
      description: Whether that was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: What is there afterwards, under the names of the options.
      type: dict
      returned: always
      sample: {login_name: oxe70101, device_id: "70101", position: 3, number: "70110", mnemonic: An}
    before:
      description: What was there before, as options that can be given back.
      type: dict
      returned: when something was there and is changed
      sample: {login_name: oxe70101, device_id: "70101", position: 3, number: "70111"}
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
      sample: "the device 70101 has no soft key 99"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.phone import SoftKey
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(SoftKey)


if __name__ == "__main__":
    main()
