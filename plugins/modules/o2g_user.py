#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_user
short_description: Manage the users of Alcatel-Lucent Enterprise O2G
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Makes subscribers of the OmniPCX Enterprise users of O2G, and removes such users, one or thousands in one task.
  - The subscriber itself must be there, and is not touched. Names, devices and voicemail come from it, so there is
    nothing to change in a user.
  - Up to 100 users of a node are created in one request.
options:
  node_id: &node_id
    description:
      - Number of the OmniPCX Enterprise node, as O2G knows it.
      - Given at the top level, it holds for all entries of O(config) that do not say otherwise.
      - Required, here or in each entry of O(config).
    type: int
  device_number: &device_number
    description:
      - Number of a device of the user, 1 to 30 characters out of digits, V(A) to V(D), C(*), C(+) and C(#). Quote it.
      - The main number or any secondary one. It identifies the user, and is needed to create one.
    type: raw
  login_name: &login_name
    description:
      - Login name of the user. O2G makes it of C(oxe) and the main number, such as V(oxe70120).
      - It identifies a user in place of O(device_number), but cannot create one.
      - Beside O(device_number) it is only checked.
    type: raw
  config:
    description:
      - Many users at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.state
  - voiceops.telephony.bulk.purge
  - voiceops.telephony.bulk.owned
  - voiceops.telephony.attributes
attributes:
  idempotent:
    support: full
    description: A second run with the same options changes nothing.
    details:
      - O2G itself may undo meanwhile what a run did, when it restarts and in its audit at midnight. See the notes.
notes:
  - Users who were made on demand, as this module does, do not survive a restart of O2G. Run the task again after it,
    or use a provisioning file of O2G.
  - Users whom O2G makes by itself, because their subscriber has the A4980 attribute, come back at the audit at midnight
    when they have been deleted. Change the subscriber instead.
  - With O(purge), users whom O2G has made by itself count too. List them, or they are deleted.
  - Needs O2G 2.7.3 and an administrator. No licence is needed.
seealso:
  - module: voiceops.telephony.o2g_user_info
"""

EXAMPLES = r"""
- name: One user
  voiceops.telephony.o2g_user:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
    device_number: "70120"

- name: The connection, said once for all tasks of a play or block
  module_defaults:
    group/voiceops.telephony.o2g:
      url: https://o2g.example.com
      username: admin
      password: "{{ o2g_password }}"
  block:
    - name: Users of three subscribers; the last number is a secondary one
      voiceops.telephony.o2g_user:
        node_id: 7
        config:
          - device_number: "70120"
          - device_number: "70121"
          - device_number: "71130"

    - name: Exactly these users on two nodes; all others of both nodes are removed, but never more than five
      voiceops.telephony.o2g_user:
        purge: true
        max_deletions: 5
        config:
          - node_id: 7
            device_number: "70120"
          - node_id: 7
            device_number: "70124"
          - node_id: 8
            device_number: "80100"

    - name: Remove a user by the login name
      voiceops.telephony.o2g_user:
        node_id: 7
        login_name: oxe70120
        state: absent

    - name: Make the users, and remember which were new
      voiceops.telephony.o2g_user:
        node_id: 7
        config:
          - device_number: "70120"
          - device_number: "70121"
      register: users

    - name: The new ones speak French
      voiceops.telephony.o2g_user_preferences:
        login_name: "{{ item.resource.login_name }}"
        gui_language: fr
      loop: "{{ users.results | selectattr('action', 'eq', 'create') }}"
      loop_control: {label: "{{ item.resource.login_name }}"}

- name: New subscribers become users, of whom some may not be there yet
  block:
    - name: Make them
      voiceops.telephony.o2g_user:
        node_id: 7
        config: "{{ newcomers }}"
  rescue:
    - name: Keep whom O2G has refused, to run it again with them
      ansible.builtin.copy:
        content: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') | map(attribute='key') | to_nice_json }}"
        dest: newcomers-left.json
        mode: "0600"

    - name: Say what is wrong with them
      ansible.builtin.fail:
        msg: "{{ ansible_failed_result.msg }}"
"""

RETURN = r"""
results:
  description: One entry per user, in the order of O(config), and after them what was purged.
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the user.
      type: dict
      returned: always
      sample: {node_id: 7, device_number: "70120", login_name: oxe70120}
    action:
      description: What it needed, V(create), V(delete) or V(unchanged).
      type: str
      returned: always
      sample: create
    changed:
      description: Whether that was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: The user under the names of the options, and after a creation what O2G tells about it.
      type: dict
      returned: always
      sample: {node_id: 7, device_number: "70120", login_name: oxe70120, company_phone: "70120", first_name: An,
        last_name: Peeters, devices: [{type: DESKPHONE, id: "70120", sub_type: NOE_C_Color_IP}],
        voicemail: {number: "885", type: VM_4645}, external_login: an.peeters@acme.example}
    before:
      description: The user before it was deleted, as options that can be given back.
      type: dict
      returned: for a deletion
      sample: {node_id: 7, device_number: "70120", login_name: oxe70120}
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
      sample: "POST /api/rest/1.0/usermanagement answered 404"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 1, updated: 0, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.user import User
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(User)


if __name__ == "__main__":
    main()
