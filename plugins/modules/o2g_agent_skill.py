#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_agent_skill
short_description: Activate and deactivate skills of agents of Alcatel-Lucent Enterprise O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Tells which of the skills of an agent are active. Which skills an agent has is configured in the OmniPCX Enterprise.
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
  active: &active
    description:
      - Numbers of the skills that shall be active. Skills that are not named stay as they are, unless O(purge) is set.
    type: list
    elements: int
  inactive: &inactive
    description:
      - Numbers of the skills that shall not be active.
    type: list
    elements: int
  config:
    description:
      - Many agents at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
      active: *active
      inactive: *inactive
  purge:
    description:
      - Make inactive what is active and not named in O(active).
    type: bool
    default: false
  max_deletions:
    description:
      - Refuse the whole run, before its first write, if O(purge) would make more skills inactive than this.
    type: int
    default: 10
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.present
  - voiceops.telephony.attributes
notes:
  - Needs the licence C(ROXE_API_CONTACTCENTER_AGENT), one per user.
  - A skill that the agent does not have is refused before anything is changed for that agent.
seealso:
  - module: voiceops.telephony.o2g_agent
  - module: voiceops.telephony.o2g_agent_info
"""

EXAMPLES = r"""
- name: Two agents speak Dutch now
  voiceops.telephony.o2g_agent_skill:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    config:
      - login_name: oxe70101
        active: [100]
      - device_number: "70102"
        active: [100]
        inactive: [44]

- name: Just this skill, and no other
  voiceops.telephony.o2g_agent_skill:
    purge: true
    login_name: oxe70101
    active: [100]

- name: For the evening, the skills of each agent from a dictionary
  voiceops.telephony.o2g_agent_skill:
    config: "{{ evening | ansible.builtin.dict2items(key_name='login_name', value_name='active') }}"
  vars:
    evening:
      oxe70101: [44, 100]
      oxe70102: [100]
  register: evening_skills

- name: In the morning, the skills that they had
  voiceops.telephony.o2g_agent_skill:
    config: "{{ evening_skills.results | selectattr('changed') | map(attribute='before') }}"

- name: Skills that not all agents may have
  block:
    - name: Activate them
      voiceops.telephony.o2g_agent_skill:
        config: "{{ wanted_skills }}"
  rescue:
    - name: Which skills have to be configured in the OmniPCX Enterprise first; the other agents are done
      ansible.builtin.debug:
        msg: "{{ item.key.login_name }}: {{ item.error }}"
      loop: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') }}"
      loop_control: {label: "{{ item.key.login_name }}"}
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
      sample: {login_name: oxe70101, active: [44, 100], inactive: [101]}
    before:
      description: What was there before, as options that can be given back.
      type: dict
      returned: when something was there and is changed
      sample: {login_name: oxe70101, active: [44], inactive: [100, 101]}
    kept:
      description: The skills as they would be if O(purge) took nothing away.
      type: dict
      returned: if it takes something away
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
      sample: "the agent has no skill 7: there are 44, 100, 101"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.agent import AgentSkills
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(AgentSkills)


if __name__ == "__main__":
    main()
