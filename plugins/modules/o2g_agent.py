#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_agent
short_description: Log agents of Alcatel-Lucent Enterprise O2G on or off, and bring them into a state
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Brings agents and supervisors of the call center into the state that they shall be in, one or a whole group in one
    task.
  - The state is read first. Who is in it already is left alone.
  - RV(results[].before) can be given back as O(config) later, which brings everybody back to what they were.
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
  state: &state
    description:
      - What the agent shall be doing. It must be given.
      - V(logged_on) is any state of an agent who is logged on. An agent who is busy with a call counts as V(ready).
    type: str
    choices: [logged_off, logged_on, ready, pause, wrapup, withdrawn]
  pro_acd_device_number: &pro_acd_device_number
    description:
      - The set on which the agent works. Quote it.
      - By default the one on which the agent is, or the agent's own. An agent who is on another one is logged off and on again.
    type: raw
  pg_group_number: &pg_group_number
    description:
      - Number of the processing group in which the agent works. By default the one in which the agent is, or as the platform
        decides.
      - For a supervisor, an empty value means to be in none. An agent who is in another one is logged off and on again.
    type: raw
  headset: &headset
    description:
      - Whether the agent works with a headset. It counts when this task logs the agent on, and is not compared.
    type: bool
  withdraw_reason: &withdraw_reason
    description:
      - Why the agent is withdrawn, by index or label, as the processing group knows it. Goes with O(state=withdrawn).
    type: str
  config:
    description:
      - Many agents at once, each with the options of a single one. Cannot stand beside them, except for O(state),
        O(withdraw_reason) and O(headset), which then hold for all entries that do not say otherwise.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
      state: *state
      pro_acd_device_number: *pro_acd_device_number
      pg_group_number: *pg_group_number
      headset: *headset
      withdraw_reason: *withdraw_reason
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes
attributes:
  idempotent:
    support: full
    description: A second run with the same options changes nothing.
    details:
      - Agents and their calls change the state at any time, so the one that was read may be over when the task ends.
notes:
  - Needs the licence C(ROXE_API_CONTACTCENTER_AGENT), one per user.
  - The password of an agent is not needed. An agent who is on a call stays on it.
seealso:
  - module: voiceops.telephony.o2g_agent_info
  - module: voiceops.telephony.o2g_agent_skill
  - module: voiceops.telephony.o2g_pilot
"""

EXAMPLES = r"""
- name: Everybody of the group has lunch
  voiceops.telephony.o2g_agent:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    state: withdrawn
    withdraw_reason: Lunch
    config:
      - login_name: oxe70101
      - login_name: oxe70102
  register: withdrawn

- name: Everybody back to what they were
  voiceops.telephony.o2g_agent:
    config: "{{ withdrawn.results | selectattr('before', 'defined') | map(attribute='before') }}"

- name: An agent logs on at a set
  voiceops.telephony.o2g_agent:
    login_name: oxe70101
    state: ready
    pro_acd_device_number: "70110"
    pg_group_number: "60201"

- name: The early shift begins
  block:
    - name: Everybody logs on
      voiceops.telephony.o2g_agent:
        state: logged_on
        config: "{{ early_shift }}"
  rescue:
    - name: Tell the supervisor on the phone who could not
      voiceops.telephony.o2g_mini_message:
        login_name: oxe70100
        recipient: "70104"
        mini_message: "{{ ('Not logged on: ' ~ missing | default('all', true)) | truncate(128) }}"
      vars:
        missing: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined')
          | map(attribute='key.login_name') | join(', ') }}"
"""

RETURN = r"""
results:
  description: One entry per agent, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the agent.
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
      sample: {login_name: oxe70101, state: withdrawn, sub_state: WITHDRAW, pro_acd_device_number: "70110",
        pg_group_number: "60201", withdraw_reason: "1"}
    before:
      description: What was there before, as options that can be given back.
      type: dict
      returned: when something was there and is changed
      sample: {login_name: oxe70101, state: ready, pro_acd_device_number: "70110", pg_group_number: "60201"}
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
      sample: "'Tea' is no reason to withdraw from 60201: there are 1 (Lunch), 2 (Meeting)"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.agent import Agent
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Agent)


if __name__ == "__main__":
    main()
