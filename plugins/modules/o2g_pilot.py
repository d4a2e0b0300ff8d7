#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_pilot
short_description: Open and close pilots of the OmniPCX Enterprise through O2G
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Opens and closes pilots of the contact center, one or many in one task.
  - Pilots are made in the OmniPCX Enterprise. This API can neither create nor delete them, and one that is not there is
    an error.
  - The states are read once more at the end. The task warns of each pilot that is not as it was asked to be.
options:
  node_id: &node_id
    description:
      - Number of the OmniPCX Enterprise node, as O2G knows it.
      - Given at the top level, it holds for all entries of O(config) that do not say otherwise.
      - Required, here or in each entry of O(config).
    type: int
  pilot_number: &pilot_number
    description:
      - Number of the pilot, 1 to 30 characters out of digits, V(A) to V(D), C(*), C(+) and C(#). Quote it.
      - Required, here or in each entry of O(config).
    type: raw
  state: &state
    description:
      - Whether the pilot takes calls. It must be given for each pilot.
      - Given at the top level, it holds for all entries of O(config) that do not say otherwise.
    type: str
    choices: [opened, closed]
  config:
    description:
      - Many pilots at once, each with the options of a single one. Only O(node_id) and O(state) can stand beside them.
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
  - voiceops.telephony.attributes
attributes:
  idempotent:
    support: partial
    description: A second run with the same options changes nothing.
    details:
      - A pilot that is blocked, by its rule for example, is neither opened nor closed. Each run tries to change it and
        warns if it stays blocked.
notes:
  - The calendar of a pilot opens and closes it too. To change when it does, see
    M(voiceops.telephony.o2g_pilot_calendar).
  - Pilots need O2G 2.7, with the call center features switched on in its configuration, and a licence
    (C(ROXE_API_CONTACTCENTER_SVCS), or C(api-tel-f) under OPEX).
seealso:
  - module: voiceops.telephony.o2g_pilot_info
  - module: voiceops.telephony.o2g_pilot_calendar
  - module: voiceops.telephony.o2g_pilot_calendar_transition
"""

EXAMPLES = r"""
- name: Close one pilot
  voiceops.telephony.o2g_pilot:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 1
    pilot_number: "60141"
    state: closed

- name: Open three pilots
  voiceops.telephony.o2g_pilot:
    node_id: 1
    state: opened
    config:
      - pilot_number: "60141"
      - pilot_number: "60142"
      - pilot_number: "60143"
  register: opened

- name: Which of them do not take calls nevertheless, and why
  ansible.builtin.debug:
    msg: "{{ item.key.pilot_number }} ({{ item.resource.name }}): {{ item.warnings | join(', ') }}"
  loop: "{{ opened.results | selectattr('warnings', 'defined') }}"
  loop_control: {label: "{{ item.key.pilot_number }}"}

- name: Move the calls from one site to another, or leave them where they are
  block:
    - name: Close the one, and open the other
      voiceops.telephony.o2g_pilot:
        config:
          - node_id: 1
            pilot_number: "60141"
            state: closed
          - node_id: 2
            pilot_number: "61141"
            state: opened
  rescue:
    - name: Set back what was changed
      voiceops.telephony.o2g_pilot:
        config: "{{ ansible_failed_result.results | default([]) | selectattr('changed') | map(attribute='before') }}"

    - name: Say why
      ansible.builtin.fail:
        msg: "{{ ansible_failed_result.msg }}"

- name: Work on a gateway while its pilot is closed, and open it again whatever happens
  block:
    - name: Close it
      voiceops.telephony.o2g_pilot:
        node_id: 1
        pilot_number: "60141"
        state: closed
      register: closed

    - name: The work
      ansible.builtin.include_tasks: work.yml
  rescue:
    - name: Say what went wrong, and go on
      ansible.builtin.debug:
        msg: "{{ ansible_failed_result.msg }}"
  always:
    - name: Open it, unless it was closed before
      voiceops.telephony.o2g_pilot:
        config: "{{ closed.results | default([]) | selectattr('changed') | map(attribute='before') }}"
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
      sample: {node_id: 1, pilot_number: "60141"}
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
      description: The pilot, with the state that was asked for and what the platform told about it before.
      type: dict
      returned: always
      sample: {node_id: 1, pilot_number: "60141", state: closed, name: Sales, detailed_state: OPEN, waiting_time: 0,
        saturation: false}
    before:
      description: The pilot before the change, as options that can be given back.
      type: dict
      returned: for an update
      sample: {node_id: 1, pilot_number: "60141", state: opened}
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
      sample: "there is no pilot '60141' of 1"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 6}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.pilot import Pilot
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Pilot)


if __name__ == "__main__":
    main()
