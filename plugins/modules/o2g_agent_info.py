#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_agent_info
short_description: Read agents of Alcatel-Lucent Enterprise O2G, their states and their configuration
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns agents and supervisors of the call center, those who are named, all of a node, or the session's own user.
  - With O(as_options), what M(voiceops.telephony.o2g_agent) takes, so that everybody can be brought back to what they were.
options:
  node_id:
    description:
      - Number of the node. By itself it means all agents and supervisors of the node.
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
  gather_subset:
    description:
      - What to read. V(state) and V(config) take a request per agent, V(withdraw_reasons) one more per processing group.
    type: list
    elements: str
    choices: [state, config, withdraw_reasons]
    default: [state, config]
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.as_options
  - voiceops.telephony.attributes.info
notes:
  - Needs the licence C(ROXE_API_CONTACTCENTER_AGENT), one per user.
seealso:
  - module: voiceops.telephony.o2g_agent
"""

EXAMPLES = r"""
- name: Who is withdrawn
  voiceops.telephony.o2g_agent_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
    gather_subset: [state]
  register: agents

- name: Their lunch is over
  voiceops.telephony.o2g_agent:
    config: "{{ dict(withdrawn | map(attribute='login_name') | product(['ready']))
      | ansible.builtin.dict2items(key_name='login_name', value_name='state') }}"
  vars:
    withdrawn: "{{ agents.resources | selectattr('state', 'eq', 'withdrawn') }}"

- name: For which reasons each of them can withdraw
  voiceops.telephony.o2g_agent_info:
    node_id: 7
    gather_subset: [withdraw_reasons]
  register: reasons

- name: Say it
  ansible.builtin.debug:
    msg: "{{ item.login_name }}: {{ item.withdraw_reasons }}"
  loop: "{{ reasons.resources }}"
  loop_control: {label: "{{ item.login_name }}"}
"""

RETURN = r"""
resources:
  description: The agents.
  returned: success
  type: list
  elements: dict
  contains:
    login_name:
      description: Login name of the agent.
      type: str
      returned: always
      sample: oxe70101
    state:
      description: What the agent is doing, as O(voiceops.telephony.o2g_agent#module:state) says it.
      type: str
      returned: with V(state)
      sample: ready
    sub_state:
      description: The same in the platform's own word.
      type: str
      returned: with V(state), if the agent is logged on
      sample: READY
    pro_acd_device_number:
      description: The set on which the agent works.
      type: str
      returned: with V(state), if the agent is logged on
      sample: "70110"
    pg_group_number:
      description: The processing group in which the agent works.
      type: str
      returned: with V(state), if the agent is logged on
      sample: "60201"
    withdraw_reason:
      description: Index of the reason for which the agent is withdrawn.
      type: str
      returned: with V(state), if the agent is withdrawn
      sample: "1"
    config:
      description: Whether it is an agent or a supervisor, the processing groups, the skills and some abilities.
      type: dict
      returned: with V(config) and V(withdraw_reasons)
      sample: {type: AGENT, pro_acd: null, preferred: "60201", groups: ["60201"], headset: false,
        skills: [{number: 44, level: 2, active: true}]}
    withdraw_reasons:
      description: Per processing group, the reasons by index.
      type: dict
      returned: with V(withdraw_reasons)
      sample: {"60201": {"1": Lunch}}
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
  description: How many agents were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 6}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.agent import AgentInfo
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(AgentInfo)


if __name__ == "__main__":
    main()
