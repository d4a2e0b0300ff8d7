#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_routing
short_description: Set do not disturb, forwards, overflow and remote extension of users of O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Brings what users have set for their calls to a wanted state, of one user or of thousands in one task.
  - What is not given stays as it is. One request per user reads what decides.
  - A forward of all calls that would lead in a circle, within the task or with what is live, is refused before anything
    is sent for that user. Where it depends on who is busy or answers whether calls go in a circle, it is a warning.
    Forwards are followed from one main number of a user to the next.
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
  dnd: &dnd
    description:
      - Whether the user is not to be disturbed.
    type: bool
  forward: &forward
    description:
      - Where calls of the user are forwarded. V(null) cancels it.
    type: dict
    suboptions:
      type:
        description:
          - When calls go there. V(immediate) means all calls.
        type: str
        choices: [immediate, busy, no_answer, busy_no_answer]
      destination:
        description:
          - Whether they go to a number or to the voice mail of the user.
        type: str
        choices: [number, voicemail]
      number:
        description:
          - The number. Goes with V(number). Quote it.
        type: raw
  overflow: &overflow
    description:
      - Where calls overflow. V(null) cancels it. It has no effect while a forward is set.
    type: dict
    suboptions:
      type:
        description:
          - When calls go there. All other calls ring as usual.
        type: str
        choices: [busy, no_answer, busy_no_answer]
      destination:
        description:
          - Whether they go to a number or to the voice mail of the user.
        type: str
        choices: [number, voicemail]
      number:
        description:
          - The number. Goes with V(number). Quote it.
        type: raw
  remote_extension: &remote_extension
    description:
      - Whether calls are presented to the remote extension of the user too. The user must have one.
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
      dnd: *dnd
      forward: *forward
      overflow: *overflow
      remote_extension: *remote_extension
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.present
  - voiceops.telephony.attributes
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user.
seealso:
  - module: voiceops.telephony.o2g_routing_info
  - module: voiceops.telephony.o2g_device
"""

EXAMPLES = r"""
- name: A desk is empty, its calls go to a colleague
  voiceops.telephony.o2g_routing:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: oxe70101
    dnd: false
    forward:
      type: immediate
      destination: number
      number: "70110"

- name: Everybody's calls go to the voice mail when nobody answers
  voiceops.telephony.o2g_routing:
    config:
      - device_number: "70101"
        forward: {type: no_answer, destination: voicemail}
      - device_number: "70102"
        forward: {type: no_answer, destination: voicemail}

- name: No forward any more
  voiceops.telephony.o2g_routing:
    login_name: oxe70101
    forward:

- name: Everybody is at a meeting; keep where calls went before
  voiceops.telephony.o2g_routing:
    config: "{{ dict(team | product([{'type': 'immediate', 'destination': 'number', 'number': '70110'}]))
      | ansible.builtin.dict2items(key_name='login_name', value_name='forward') }}"
  register: meeting

- name: After it, calls go there again
  voiceops.telephony.o2g_routing:
    config: "{{ meeting.results | selectattr('changed') | map(attribute='before') }}"

- name: Calls go to those who stand in during the holidays
  block:
    - name: From each to the other, by a dictionary of login names and numbers
      voiceops.telephony.o2g_routing:
        login_name: "{{ item.key }}"
        forward: {type: immediate, destination: number, number: "{{ item.value }}"}
      loop: "{{ stand_ins | ansible.builtin.dict2items }}"
      loop_control: {label: "{{ item.key }}"}
  rescue:
    - name: Where that is refused, as calls would go in a circle, to the voice mail
      voiceops.telephony.o2g_routing:
        config: "{{ dict(refused | product([{'type': 'immediate', 'destination': 'voicemail'}]))
          | ansible.builtin.dict2items(key_name='login_name', value_name='forward') }}"
      vars:
        refused: "{{ ansible_failed_result.results | selectattr('failed') | map(attribute='item.key') }}"
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
      sample: {login_name: oxe70101, dnd: false, forward: {type: immediate, destination: number, number: "70110"}}
    before:
      description: What was there before, as options that can be given back.
      type: dict
      returned: when something was there and is changed
      sample: {login_name: oxe70101, dnd: true, forward: null}
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
      sample: "forward: would lead calls in a circle: 70101 -> 70110 -> 70101"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.routing import Routing
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Routing)


if __name__ == "__main__":
    main()
