#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_user_password
short_description: Change passwords of users of O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Changes a password. The old one is needed, and one that is refused is not tried again.
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
  old_password: &old_password
    description:
      - The password that holds. It must be given. Quote it.
    type: raw
  new_password: &new_password
    description:
      - The new password. It must be given. Quote it. Where O2G itself keeps passwords, it has four digits.
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
      old_password: *old_password
      new_password: *new_password
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes.action
notes:
  - No licence is needed. Where passwords come from a directory (LDAP), O2G refuses to change them.
seealso:
  - module: voiceops.telephony.o2g_user
"""

EXAMPLES = r"""
- name: A new password
  voiceops.telephony.o2g_user_password:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: oxe70101
    old_password: "{{ old }}"
    new_password: "{{ new }}"

- name: First passwords of new users
  block:
    - name: Change them
      voiceops.telephony.o2g_user_password:
        config: "{{ passwords }}"
      register: changed

    - name: Say how many
      ansible.builtin.debug:
        msg: "{{ changed.summary.done }} passwords were changed"
  rescue:
    - name: Who keeps the old one, because it was not the right one, or the new one has not four digits
      ansible.builtin.debug:
        msg: "{{ item.key.login_name }}: {{ item.error }}"
      loop: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') }}"
      loop_control: {label: "{{ item.key.login_name }}"}
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
      sample: {login_name: oxe70101, old_password: "********", new_password: "********"}
    answer:
      description: What the platform answered.
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
      sample: "PUT /api/rest/1.0/users/oxe70101/password answered 403"
summary:
  description: How many entries were done or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {done: 1, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.account import Password
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Password)


if __name__ == "__main__":
    main()
