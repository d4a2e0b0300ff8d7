#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_realtime_context
short_description: Say what of the call center of Alcatel-Lucent Enterprise O2G is watched in real time
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - An administrator watches one set of agents, pilots, queues and groups. Events about them are sent to who has
    subscribed to them.
options:
  obs_period: &obs_period
    description:
      - Period over which figures are taken, in minutes, 15 to 60.
    type: int
  notif_frequency: &notif_frequency
    description:
      - Seconds between two events about the quality of a pilot, 5 or more.
    type: int
  filter: &filter
    description:
      - What to watch. An object that is not named is not watched, or if there is a context already, stays as it is.
    type: dict
    suboptions:
      agent_filter:
        description:
          - Agents, and what of them.
        type: dict
        suboptions:
          numbers:
            description:
              - Their numbers, or V(*) for all. Quote them.
            type: list
            elements: raw
          attributes:
            description:
              - Names of attributes in the platform's writing, or V(ALL).
            type: list
            elements: str
      pilot_filter:
        description:
          - Pilots, and what of them.
        type: dict
        suboptions:
          numbers:
            description:
              - Their numbers, or V(*) for all. Quote them.
            type: list
            elements: raw
          attributes:
            description:
              - Names of attributes in the platform's writing, or V(ALL).
            type: list
            elements: str
      queue_filter:
        description:
          - Queues, and what of them.
        type: dict
        suboptions:
          numbers:
            description:
              - Their numbers, or V(*) for all. Quote them.
            type: list
            elements: raw
          attributes:
            description:
              - Names of attributes in the platform's writing, or V(ALL).
            type: list
            elements: str
      pg_agent_filter:
        description:
          - Processing groups with agents, and what of them.
        type: dict
        suboptions:
          numbers:
            description:
              - Their numbers, or V(*) for all. Quote them.
            type: list
            elements: raw
          attributes:
            description:
              - Names of attributes in the platform's writing, or V(ALL).
            type: list
            elements: str
      pg_other_filter:
        description:
          - Other processing groups, and what of them.
        type: dict
        suboptions:
          numbers:
            description:
              - Their numbers, or V(*) for all. Quote them.
            type: list
            elements: raw
          attributes:
            description:
              - Names of attributes in the platform's writing, or V(ALL).
            type: list
            elements: str
  active: &active
    description:
      - Whether the context is in use. With V(true), it is activated if it is not so by itself.
      - It cannot be stopped and kept. Use O(state=absent).
    type: bool
  config:
    description:
      - Many contexts at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      obs_period: *obs_period
      notif_frequency: *notif_frequency
      filter: *filter
      active: *active
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.state
  - voiceops.telephony.attributes
notes:
  - Needs an administrator and the licence C(ROXE_API_CONTACTCENTER_SVCS). The call center features must be switched on
    in O2G.
  - The context belongs to the account that is logged in, so O(config) can have one entry only.
  - The compact form is compared, in which V(*) and V(ALL) stay what was written.
seealso:
  - module: voiceops.telephony.o2g_realtime_info
"""

EXAMPLES = r"""
- name: All pilots, and two agents
  voiceops.telephony.o2g_realtime_context:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    obs_period: 30
    notif_frequency: 10
    active: true
    filter:
      pilot_filter:
        numbers: ["*"]
        attributes: [ALL]
      agent_filter:
        numbers: ["70101", "70102"]
        attributes: [PhoneState, ServiceState]

- name: Read which queues there are
  voiceops.telephony.o2g_realtime_info:
    gather_subset: [queues]
  register: center

- name: Watch the queues too
  block:
    - name: All but the one for tests
      voiceops.telephony.o2g_realtime_context:
        filter:
          queue_filter:
            numbers: "{{ center.resources[0].queues | rejectattr('name', 'eq', 'Test') | map(attribute='number') }}"
            attributes: [ALL]
      register: context

    - name: Say what is watched now
      ansible.builtin.debug:
        msg: "{{ context.results[0].resource.filter | ansible.builtin.dict2items | map(attribute='key') | join(', ') }}"
  rescue:
    - name: The call center features or the licence may be missing
      ansible.builtin.fail:
        msg: "The wallboard stays empty: {{ ansible_failed_result.msg }}"
"""

RETURN = r"""
results:
  description: One entry per context, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the context.
      type: dict
      returned: always
      sample: {}
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
      sample: {obs_period: 30, notif_frequency: 10, active: true, filter: {pilot_filter: {numbers: ["*"], attributes: [ALL]}}}
    before:
      description: What was there before, as options that can be given back.
      type: dict
      returned: when something was there and is changed
      sample: {obs_period: 15}
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
      sample: "GET /api/rest/1.0/acd/rti/ctx answered 403"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.realtime import RealtimeContext
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(RealtimeContext)


if __name__ == "__main__":
    main()
