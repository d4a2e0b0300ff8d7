#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_pilot_monitoring
short_description: Have events of pilots of O2G told or not
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Asks the platform to tell the events of pilots, or not to any more.
  - Nothing shows whether a pilot is monitored. So it is asked in each run, and each run is reported as changed. To ask
    twice does no harm.
options:
  node_id: &node_id
    description:
      - Number of the node. With it, the form of the request is used that the document calls deprecated, and that O2G
        before 2.7.2 needs.
    type: int
  pilot_number: &pilot_number
    description:
      - Number of the pilot. Quote it.
      - Required, here or in each entry of O(config).
    type: raw
  state: &state
    description:
      - V(monitored) asks for the events. V(unmonitored) ends that, unless another session still asks for them. It must
        be given.
    type: str
    choices: [monitored, unmonitored]
  config:
    description:
      - Many pilots at once, each with the options of a single one. Cannot stand beside them, except for O(node_id) and
        O(state).
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      pilot_number: *pilot_number
      state: *state
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes.action
notes:
  - Needs an administrator, and the licence C(ROXE_API_CONTACTCENTER_SVCS).
seealso:
  - module: voiceops.telephony.o2g_pilot_info
"""

EXAMPLES = r"""
- name: Events of two pilots
  voiceops.telephony.o2g_pilot_monitoring:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    state: monitored
    config:
      - pilot_number: "60101"
      - pilot_number: "60102"

- name: Read which pilots a node has
  voiceops.telephony.o2g_pilot_info:
    node_id: 7
    gather_subset: []
  register: pilots

- name: Events of all of them
  block:
    - name: Ask for them
      voiceops.telephony.o2g_pilot_monitoring:
        config: "{{ dict(pilots.resources | map(attribute='pilot_number') | product(['monitored']))
          | ansible.builtin.dict2items(key_name='pilot_number', value_name='state') }}"
      register: monitored

    - name: Say of how many
      ansible.builtin.debug:
        msg: "{{ monitored.summary.done }} pilots are monitored"
  rescue:
    - name: Of which ones a wallboard will show nothing
      ansible.builtin.debug:
        msg: "{{ item.key.pilot_number }}: {{ item.error }}"
      loop: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') }}"
      loop_control: {label: "{{ item.key.pilot_number }}"}
"""

RETURN = r"""
results:
  description: One entry per pilot, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the pilot.
      type: dict
      returned: always
      sample: {pilot_number: "60101"}
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
      sample: {pilot_number: "60101", state: monitored}
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
      sample: "POST /api/rest/1.0/acd/pilotmonitoring/60109 answered 404"
summary:
  description: How many entries were done or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {done: 1, failed: 0, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.pilot_monitoring import PilotMonitoring
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(PilotMonitoring)


if __name__ == "__main__":
    main()
