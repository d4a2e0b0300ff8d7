#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_directory_info
short_description: Search the phone book of O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Searches by criteria, or by the keys of a phone, and returns all contacts that are found.
  - Results come bit by bit. They are read until the search ends, at the latest after O(timeout) seconds, and the search
    is always stopped.
options:
  login_name:
    description:
      - Login name of the user for whom to search. An administrator may leave it out.
    type: raw
  filter:
    description:
      - What to search, a dictionary with C(field), C(operation) and C(operand).
      - The field is one of C(lastName), C(firstName), C(id.phoneNumber), C(id.loginName), and the operation one of
        C(EQUAL_IGNORE_CASE), C(BEGIN_WITH), C(CONTAIN), C(END_WITH).
      - With the operations C(AND) and C(OR) there is no field, and the operand is a list of such dictionaries.
      - This or O(last_name) must be given.
    type: dict
  last_name:
    description:
      - The last name as keys of a phone, such as V(5) for all that begin with J, K or L. Quote it.
    type: raw
  first_name:
    description:
      - The first name likewise. Goes with O(last_name). Quote it.
    type: raw
  keyboard_type:
    description:
      - The keyboard that O(last_name) is meant for. Required with it.
    type: str
    choices: [CCITT, ITU]
  limit:
    description:
      - How many contacts to return at most, 1 to 100. By default the platform gives 100.
    type: int
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user.
  - The platform has room for a hundred searches at a time.
seealso:
  - module: voiceops.telephony.o2g_user_info
"""

EXAMPLES = r"""
- name: Everybody whose name begins with Pe and number with 701
  voiceops.telephony.o2g_directory_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    filter:
      operation: AND
      operand:
        - {field: lastName, operation: BEGIN_WITH, operand: Pe}
        - {field: id.phoneNumber, operation: BEGIN_WITH, operand: "701"}
  register: found

- name: Nobody is there twice
  ansible.builtin.assert:
    that: item[1] | length == 1
    fail_msg: "{{ item[0] }} is the number of {{ item[1] | map(attribute='last_name') | join(' and of ') }}"
  loop: "{{ found.resources | groupby('phone_number') }}"
  loop_control: {label: "{{ item[0] }}"}

- name: A key for each of them at the set of their secretary
  voiceops.telephony.o2g_programmable_key:
    login_name: oxe70101
    device_id: "70101"
    position: "{{ 3 + at }}"
    number: "{{ item.phone_number }}"
    mnemonic: "{{ item.first_name }}"
  loop: "{{ found.resources }}"
  loop_control: {label: "{{ item.phone_number }}", index_var: at}
"""

RETURN = r"""
resources:
  description: The contacts.
  returned: success
  type: list
  elements: dict
  contains:
    phone_number:
      description: Number of the contact.
      type: str
      returned: if it has one
      sample: "70100"
    login_name:
      description: Login name of the contact.
      type: str
      returned: if it is a user
      sample: oxe70100
    first_name:
      description: First name.
      type: str
      returned: if it has one
      sample: An
    last_name:
      description: Last name.
      type: str
      returned: if it has one
      sample: Peeters

summary:
  description: How many contacts were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 9}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.directory import Directory
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(Directory)


if __name__ == "__main__":
    main()
