#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_hunting_group
short_description: Manage the hunting group of users of O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Brings users into hunting groups or out of them, and logs them on or off there.
  - A user is in one hunting group at most, and leaves it to join another one.
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
  hunting_group: &hunting_group
    description:
      - Number of the hunting group. An empty value means to be in none. Quote it.
    type: raw
  logged_on: &logged_on
    description:
      - Whether calls of the group come to the user, who must be in one for that.
    type: bool
  config:
    description:
      - Many users at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
      hunting_group: *hunting_group
      logged_on: *logged_on
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.present
  - voiceops.telephony.attributes
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user.
seealso:
  - module: voiceops.telephony.o2g_hunting_group_info
"""

EXAMPLES = r"""
- name: Two users take calls of the group
  voiceops.telephony.o2g_hunting_group:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    config:
      - login_name: oxe70101
        hunting_group: "60301"
        logged_on: true
      - login_name: oxe70102
        hunting_group: "60301"
        logged_on: true
  register: joined

- name: Who has left another group for it
  ansible.builtin.debug:
    msg: "{{ item.key.login_name }} is no longer in {{ item.before.hunting_group }}"
  loop: "{{ joined.results | selectattr('changed') | selectattr('before.hunting_group') }}"
  loop_control: {label: "{{ item.key.login_name }}"}

- name: A whole team moves to another group, or stays
  block:
    - name: Move it
      voiceops.telephony.o2g_hunting_group:
        config: "{{ dict(team | product(['60302'])) | ansible.builtin.dict2items(key_name='login_name', value_name='hunting_group')
          | map('combine', {'logged_on': true}) }}"
  rescue:
    - name: Bring those back who have moved, so that their old group has somebody
      voiceops.telephony.o2g_hunting_group:
        config: "{{ ansible_failed_result.results | default([]) | selectattr('changed') | map(attribute='before') }}"

    - name: Say why
      ansible.builtin.fail:
        msg: "The team was not moved: {{ ansible_failed_result.msg }}"
"""

RETURN = r"""
results:
  description: One entry per user, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the user.
      type: dict
      returned: always
      sample: {login_name: oxe70101}
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
      sample: {login_name: oxe70101, hunting_group: "60301", logged_on: true, groups: ["60301", "60302"]}
    before:
      description: What was there before, as options that can be given back.
      type: dict
      returned: when something was there and is changed
      sample: {login_name: oxe70101, hunting_group: null, logged_on: false}
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
      sample: "'60399' is no hunting group of the node: there are 60301, 60302"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.hunting_group import HuntingGroup
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(HuntingGroup)


if __name__ == "__main__":
    main()
