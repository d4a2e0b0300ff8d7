#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_statistics_scope
short_description: Manage whose statistics supervisors may see in Alcatel-Lucent Enterprise O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - A scope gives a supervisor the statistics of some agents. Contexts and reports are made within it.
  - The platform knows no list of scopes, so there is no purge.
options:
  supervisor: &supervisor
    description:
      - Number of the supervisor. Quote it.
      - Required, here or in each entry of O(config).
    type: raw
  language: &language
    description:
      - Language of the names in reports.
    type: str
    choices: [EN, FR, DE]
  timezone: &timezone
    description:
      - Offset of the time in reports, from V(-11:00) to V(+12:00).
    type: str
  agents: &agents
    description:
      - Numbers of all agents of the scope. Quote them.
      - The platform takes an agent who is not listed any more out of all contexts, and deletes contexts that have no agent left.
        Both are told before, and each context that would go counts for O(max_deletions).
    type: list
    elements: raw
  config:
    description:
      - Many scopes at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      supervisor: *supervisor
      language: *language
      timezone: *timezone
      agents: *agents
  max_deletions:
    description:
      - Refuse the whole run, before its first write, if more contexts than this would go with their agents.
    type: int
    default: 10
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.state
  - voiceops.telephony.attributes
notes:
  - Needs an administrator and the licence C(ROXE_API_CONTACTCENTER_SVCS). The call center features must be switched on
    in O2G.
  - A change sends the scope as a whole, with the agents that are there if O(agents) is not given.
seealso:
  - module: voiceops.telephony.o2g_statistics_context
  - module: voiceops.telephony.o2g_statistics_report
"""

EXAMPLES = r"""
- name: The supervisor sees two agents
  voiceops.telephony.o2g_statistics_scope:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    supervisor: "70104"
    language: EN
    timezone: "+01:00"
    agents: ["70101", "70102"]

- name: Supervisors and their teams, from a dictionary
  voiceops.telephony.o2g_statistics_scope:
    config: "{{ teams | ansible.builtin.dict2items(key_name='supervisor', value_name='agents') }}"
  vars:
    teams:
      "70103": ["70101"]
      "70104": ["70101", "70102"]
  register: scopes

- name: Who sees other agents than before
  ansible.builtin.debug:
    msg: "{{ item.key.supervisor }}: {{ item.resource.agents | join(', ') }}"
  loop: "{{ scopes.results | selectattr('changed') }}"
  loop_control: {label: "{{ item.key.supervisor }}"}

- name: An agent leaves the team
  block:
    - name: Take the agent out, unless a context goes with that
      voiceops.telephony.o2g_statistics_scope:
        supervisor: "70104"
        agents: ["70102"]
        max_deletions: 0
  rescue:
    - name: Read which contexts there are
      voiceops.telephony.o2g_statistics_context_info:
        supervisor: "70104"
      register: contexts

    - name: Say which of them want another agent first, because their reports would go too
      ansible.builtin.fail:
        msg: "{{ ansible_failed_result.msg }}. With this agent: {{ concerned | map(attribute='label') | join(', ') }}"
      vars:
        concerned: "{{ contexts.resources | selectattr('filter.agent_filter.numbers', 'defined')
          | selectattr('filter.agent_filter.numbers', 'contains', '70101') }}"
"""

RETURN = r"""
results:
  description: One entry per scope, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the scope.
      type: dict
      returned: always
      sample: {supervisor: "70104"}
    action:
      description: What it needed, V(create), V(update), V(delete) or V(unchanged).
      type: str
      returned: always
      sample: create
    changed:
      description: Whether that was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: What is there afterwards, under the names of the options.
      type: dict
      returned: always
      sample: {supervisor: "70104", language: EN, timezone: "+01:00", agents: ["70101", "70102"]}
    before:
      description: What was there before, as options that can be given back.
      type: dict
      returned: when something was there and is changed
      sample: {supervisor: "70104", agents: ["70101"]}
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
      sample: "POST /api/rest/1.0/acd/stats/scope answered 400: unknown agent"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.statistics import Scope
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Scope)


if __name__ == "__main__":
    main()
