#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_mini_message
short_description: Send short messages to phones of O2G users
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Sends a text to the phone of a user.
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
  recipient: &recipient
    description:
      - Number of the one who gets it. Quote it.
      - Required, here or in each entry of O(config).
    type: raw
  mini_message: &mini_message
    description:
      - The text, 128 characters at most. It must be given.
      - The API calls it C(message), which Ansible does not let modules declare. It is understood as well.
    type: str
  config:
    description:
      - Many messages at once, each with the options of a single one. Cannot stand beside them.
      - A recipient can be in it once per sender.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
      recipient: *recipient
      mini_message: *mini_message
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes.action
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user.
seealso:
  - module: voiceops.telephony.o2g_mini_message_info
"""

EXAMPLES = r"""
- name: Tell a colleague
  voiceops.telephony.o2g_mini_message:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: oxe70101
    recipient: "70102"
    mini_message: The window begins at ten

- name: Tell the whole team, and each of them once
  block:
    - name: Send it
      voiceops.telephony.o2g_mini_message:
        config: "{{ dict(team | product(['The window begins at ten'])) | ansible.builtin.dict2items(key_name='recipient', value_name='mini_message')
          | map('combine', {'login_name': 'oxe70101'}) }}"
      register: told

    - name: How many were told
      ansible.builtin.debug:
        msg: "{{ told.summary.done }} of {{ team | length }}"
  rescue:
    - name: Whom to ring up instead
      ansible.builtin.debug:
        msg: "{{ item.key.recipient }}: {{ item.error }}"
      loop: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') }}"
      loop_control: {label: "{{ item.key.recipient }}"}
"""

RETURN = r"""
results:
  description: One entry per message, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the message.
      type: dict
      returned: always
      sample: {login_name: oxe70101, recipient: "70102"}
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
      description: What was sent.
      type: dict
      returned: always
      sample: {login_name: oxe70101, recipient: "70102", mini_message: The window begins at ten}
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
      sample: "POST /api/rest/1.0/telephony/miniMessages answered 400"
summary:
  description: How many entries were done or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {done: 1, failed: 0, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.callback import MiniMessage
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(MiniMessage)


if __name__ == "__main__":
    main()
