#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_user_preferences
short_description: Set the languages of users of O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Sets the language of the interface and of the set. What the system of the user does not know is refused before it is
    sent.
  - One request per user reads what is set. Only users with another language take more, to read what their system knows
    and to set it. With O(node_id) and O(device_number), a node is asked once for the languages that it knows.
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
  gui_language: &gui_language
    description:
      - Language of the interface, such as V(en-gb).
    type: str
  oxe_language: &oxe_language
    description:
      - Language of the set, such as V(nl-be).
    type: str
  config:
    description:
      - Many users at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
      gui_language: *gui_language
      oxe_language: *oxe_language
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.present
  - voiceops.telephony.attributes
notes:
  - No licence is needed.
seealso:
  - module: voiceops.telephony.o2g_user
"""

EXAMPLES = r"""
- name: Two users read French
  voiceops.telephony.o2g_user_preferences:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    config:
      - login_name: oxe70101
        gui_language: fr
        oxe_language: fr
      - login_name: oxe70102
        gui_language: fr

- name: Read the languages of all users
  voiceops.telephony.o2g_user_info:
    node_id: 7
    gather_subset: [preferences]
  register: users

- name: The site moves from English to French
  block:
    - name: All who read English read French
      voiceops.telephony.o2g_user_preferences:
        config: "{{ dict(english | map(attribute='login_name') | product(['fr']))
          | ansible.builtin.dict2items(key_name='login_name', value_name='gui_language') }}"
      vars:
        english: "{{ users.resources | selectattr('gui_language', 'match', 'en') }}"
      register: french

    - name: Who has to be told
      ansible.builtin.debug:
        msg: "{{ french.results | selectattr('changed') | map(attribute='key.login_name') | join(', ') }}"
  rescue:
    - name: Say who was refused it, and where the system does not know it, what it knows
      ansible.builtin.fail:
        msg: "{{ ansible_failed_result.msg }}"
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
      sample: {login_name: oxe70101, gui_language: fr, oxe_language: fr}
    before:
      description: What was there before, as options that can be given back.
      type: dict
      returned: when something was there and is changed
      sample: {login_name: oxe70101, gui_language: en-gb, oxe_language: en-gb}
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
      sample: "gui_language: the system of the user does not know 'nl', but en-gb, fr"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.account import Preferences
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Preferences)


if __name__ == "__main__":
    main()
