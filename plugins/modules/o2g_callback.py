#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_callback
short_description: Ask O2G users to call back, and remove such requests
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Asks a user to call back, or removes requests that have come to a user.
  - To ask is something to do. It is done in each run, and each run is reported as changed. To remove is a state, so a
    second run changes nothing.
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
  state: &state
    description:
      - V(requested) asks O(callee) to call the user back. V(absent) removes what others have asked of the user. It must
        be given.
    type: str
    choices: [requested, absent]
  callee: &callee
    description:
      - Who shall call back. Required with O(state=requested). Quote it.
    type: raw
  callback_id: &callback_id
    description:
      - The request to remove, as M(voiceops.telephony.o2g_callback_info) tells it. This or O(all=true) is required with
        O(state=absent).
    type: str
  all: &all
    description:
      - Remove all requests of the user.
    type: bool
  config:
    description:
      - Many requests at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
      state: *state
      callee: *callee
      callback_id: *callback_id
      all: *all
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes.action
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user.
seealso:
  - module: voiceops.telephony.o2g_callback_info
"""

EXAMPLES = r"""
- name: Ask a colleague to call back
  voiceops.telephony.o2g_callback:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: oxe70101
    state: requested
    callee: "70102"

- name: Nobody waits for a call any more
  voiceops.telephony.o2g_callback:
    login_name: oxe70102
    state: absent
    all: true
  register: removed

- name: How many did
  ansible.builtin.debug:
    msg: "{{ removed.results[0].resource.callback_ids | length }} requests were removed"

- name: Reach a colleague, one way or another
  block:
    - name: Ask to call back
      voiceops.telephony.o2g_callback:
        login_name: oxe70101
        state: requested
        callee: "70103"
  rescue:
    - name: Say why that was not possible
      ansible.builtin.debug:
        msg: "{{ ansible_failed_result.msg }}"

    - name: Leave a message at the phone
      voiceops.telephony.o2g_mini_message:
        login_name: oxe70101
        recipient: "70103"
        mini_message: Please call 70101
"""

RETURN = r"""
results:
  description: One entry per user or request, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name it.
      type: dict
      returned: always
      sample: {login_name: oxe70102}
    action:
      description: V(act) with O(state=requested), V(update) where a request was removed, else V(unchanged).
      type: str
      returned: always
      sample: update
    changed:
      description: Whether it was changed, or in check mode would be.
      type: bool
      returned: always
      sample: true
    resource:
      description: What was asked for, and with O(state=absent) as C(callback_ids) which were there.
      type: dict
      returned: always
      sample: {login_name: oxe70102, state: absent, all: true, callback_ids: [cb9]}
    answer:
      description: What the platform answered, which is nothing.
      type: raw
      returned: with O(state=requested)
    unverified:
      description: Options that could not be compared.
      type: list
      elements: str
      returned: with O(state=absent)
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
      sample: "POST /api/rest/1.0/telephony/outgoingCallbacks answered 400"
summary:
  description: How many entries came to what, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.callback import Callback
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Callback)


if __name__ == "__main__":
    main()
