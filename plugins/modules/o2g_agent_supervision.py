#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_agent_supervision
short_description: Listen to agents, intrude into their calls, and ask a supervisor of O2G for help
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - What a supervisor does with the call of an agent, and how an agent asks the supervisor for help.
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
  action: &action
    description:
      - What to do. It must be given.
      - V(listen) listens to an agent from now on, until V(stop_listening).
      - V(intrude) enters the call of an agent, and V(change_intrusion) changes how, or with O(mode=stop) ends it.
      - V(ask_help) is for an agent. V(cancel_help) takes it back, or as the supervisor refuses it.
    type: str
    choices: [listen, stop_listening, intrude, change_intrusion, ask_help, cancel_help]
  agent_number: &agent_number
    description:
      - Number of the agent. Goes with O(action=listen) and O(action=intrude). Quote it.
    type: raw
  mode: &mode
    description:
      - V(normal) talks with both sides, V(restricted) with the agent only, V(discrete) listens only. V(stop) ends the intrusion,
        and needs O2G 2.7.3.
      - With O(action=change_intrusion), the mode that holds already ends the intrusion.
    type: str
    choices: [normal, restricted, discrete, stop]
  other: &other
    description:
      - Number of the supervisor, or for a supervisor that of the agent. Goes with O(action=cancel_help). Quote it.
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
      action: *action
      agent_number: *agent_number
      mode: *mode
      other: *other
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes.action
notes:
  - Needs the licence C(ROXE_API_CONTACTCENTER_AGENT), one per user.
  - V(stop_listening) needs O2G 2.7.3.
seealso:
  - module: voiceops.telephony.o2g_agent
"""

EXAMPLES = r"""
- name: The supervisor listens
  voiceops.telephony.o2g_agent_supervision:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: oxe70104
    action: listen
    agent_number: "70101"
  register: listening

- name: And does so no longer
  voiceops.telephony.o2g_agent_supervision:
    config: "{{ listening.results | map(attribute='key') | map('combine', {'action': 'stop_listening'}) }}"

- name: An agent has asked for help
  block:
    - name: The supervisor enters the call, heard by the agent only
      voiceops.telephony.o2g_agent_supervision:
        login_name: oxe70104
        action: intrude
        agent_number: "70101"
        mode: restricted
  rescue:
    - name: Say why that was not possible
      ansible.builtin.debug:
        msg: "{{ ansible_failed_result.msg }}"

    - name: Let the agent know
      voiceops.telephony.o2g_mini_message:
        login_name: oxe70104
        recipient: "70101"
        mini_message: I cannot enter your call. Put it on hold and call me
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
      sample: {login_name: oxe70104}
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
      sample: {login_name: oxe70104, action: listen, agent_number: "70101"}
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
      sample: "POST /api/rest/1.0/acd/agent/permanentListening answered 403"
summary:
  description: How many entries were done or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {done: 1, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.agent import AgentSupervision
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(AgentSupervision)


if __name__ == "__main__":
    main()
