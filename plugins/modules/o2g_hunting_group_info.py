#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_hunting_group_info
short_description: Read the hunting groups of users of O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns to which hunting group users belong, whether they are logged on, and which groups their node has.
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
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.as_options
  - voiceops.telephony.attributes.info
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user.
seealso:
  - module: voiceops.telephony.o2g_hunting_group
"""

EXAMPLES = r"""
- name: The hunting groups of all users of a node
  voiceops.telephony.o2g_hunting_group_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
  register: users

- name: Each group has somebody who takes its calls
  ansible.builtin.assert:
    that: users.resources | selectattr('hunting_group', 'eq', item) | selectattr('logged_on') | length > 0
    fail_msg: "Nobody is logged on in {{ item }}"
  loop: "{{ users.resources[0].groups }}"

- name: Keep who is where as options of o2g_hunting_group
  voiceops.telephony.o2g_hunting_group_info:
    node_id: 7
    as_options: true
  register: before

- name: In a file, to be given back as config
  ansible.builtin.copy:
    content: "{{ before.resources | to_nice_json }}"
    dest: hunting-groups.json
    mode: "0600"
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
      sample: oxe70101
    hunting_group:
      description: Number of the group, or nothing.
      type: str
      returned: always
      sample: "60301"
    logged_on:
      description: Whether calls of the group come to the user.
      type: bool
      returned: always
      sample: true
    groups:
      description: The groups of the node.
      type: raw
      returned: with O(as_options=false)
      sample: ["60301", "60302"]
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

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.hunting_group import HuntingGroupInfo
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(HuntingGroupInfo)


if __name__ == "__main__":
    main()
