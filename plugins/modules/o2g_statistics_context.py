#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_statistics_context
short_description: Manage what supervisors want to know of the statistics of Alcatel-Lucent Enterprise O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - A context names agents or pilots and some of their figures. Reports and schedules are made of it.
options:
  supervisor: &supervisor
    description:
      - Number of the supervisor. Quote it.
      - Required, here or in each entry of O(config).
    type: raw
  ctx_id: &ctx_id
    description:
      - Id of the context, which the platform gives. It names a context that is there in place of O(label).
    type: raw
  label: &label
    description:
      - Name of the context. With O(ctx_id) it becomes its name.
    type: str
  description: &description
    description:
      - A text about it.
    type: str
  filter: &filter
    description:
      - Of whom, and which figures. It is needed to create a context, and has one of its members.
    type: dict
    suboptions:
      agent_filter:
        description:
          - Figures of agents.
        type: dict
        suboptions:
          numbers:
            description:
              - Numbers of agents of the scope. Quote them.
            type: list
            elements: raw
          agent_attributes:
            description:
              - Names of figures of the agents in the platform's writing, such as V(nbPickedUp), or V(ALL).
            type: list
            elements: str
          pilot_attributes:
            description:
              - Names of figures of the agents per pilot, such as V(nbCallsServed), or V(ALL).
            type: list
            elements: str
      pilot_filter:
        description:
          - Figures of pilots.
        type: dict
        suboptions:
          numbers:
            description:
              - Numbers of pilots. Quote them.
            type: list
            elements: raw
          attributes:
            description:
              - Names of figures of the pilots, such as V(nbCallsOpen), or V(ALL).
            type: list
            elements: str
  config:
    description:
      - Many contexts at once, each with the options of a single one. Cannot stand beside them, except for
        O(supervisor).
    type: list
    elements: dict
    suboptions:
      supervisor: *supervisor
      ctx_id: *ctx_id
      label: *label
      description: *description
      filter: *filter
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.state
  - voiceops.telephony.bulk.purge
  - voiceops.telephony.attributes
notes:
  - Needs an administrator and the licence C(ROXE_API_CONTACTCENTER_SVCS). The call center features must be switched on
    in O2G.
  - Two contexts may have the same label. Then O(ctx_id) says which one is meant.
  - When O(purge) leaves a supervisor no context, one request removes them all.
seealso:
  - module: voiceops.telephony.o2g_statistics_context_info
  - module: voiceops.telephony.o2g_statistics_scope
  - module: voiceops.telephony.o2g_statistics_report
"""

EXAMPLES = r"""
- name: How much the team answers
  voiceops.telephony.o2g_statistics_context:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    supervisor: "70104"
    label: Team
    filter:
      agent_filter:
        numbers: ["70101", "70102"]
        agent_attributes: [nbPickedUp, nbRingAcd]
  register: team

- name: The figures of yesterday, by the id that the context has got
  voiceops.telephony.o2g_statistics_report:
    supervisor: "70104"
    ctx_id: "{{ team.results[0].resource.ctx_id }}"
    date: "{{ '%Y-%m-%d' | ansible.builtin.strftime(now().timestamp() - 24 * 3600) }}"
    slot_type: anHour

- name: A supervisor who may have no scope yet
  block:
    - name: What that supervisor wants to know
      voiceops.telephony.o2g_statistics_context:
        supervisor: "70103"
        label: Sales
        filter:
          pilot_filter:
            numbers: ["60101"]
            attributes: [nbCallsOpen]
  rescue:
    - name: Say what was wrong
      ansible.builtin.debug:
        msg: "{{ ansible_failed_result.msg }}"

    - name: Make the scope
      voiceops.telephony.o2g_statistics_scope:
        supervisor: "70103"
        agents: ["70101", "70102"]

    - name: And then the context
      voiceops.telephony.o2g_statistics_context:
        supervisor: "70103"
        label: Sales
        filter:
          pilot_filter:
            numbers: ["60101"]
            attributes: [nbCallsOpen]
"""

RETURN = r"""
results:
  description: One entry per context, in the order of O(config), and after them what was purged.
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the context.
      type: dict
      returned: always
      sample: {supervisor: "70104", ctx_id: "11", label: Team}
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
      sample: {supervisor: "70104", ctx_id: "11", label: Team, filter: {agent_filter: {numbers: ["70101", "70102"],
        agent_attributes: [nbPickedUp, nbRingAcd]}}}
    before:
      description: What was there before, as options that can be given back.
      type: dict
      returned: when something was there and is changed
      sample: {supervisor: "70104", ctx_id: "11", label: Team}
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
      sample: "POST /api/rest/1.0/acd/stats/scope/70104/ctx answered 404: there is no scope of 70104"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.statistics import Context
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Context)


if __name__ == "__main__":
    main()
