#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_pilot_calendar_transition
short_description: Manage single transitions in the calendars of pilots through O2G
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Adds, changes, moves and removes the times at which a pilot opens, closes, forwards or changes its rule.
  - All other transitions are left alone. To set whole days, use M(voiceops.telephony.o2g_pilot_calendar).
  - Transitions are known by their time. The numbers that the platform gives them play no part, because they are not in
    the order of time.
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
      - Given at the top level, it holds for all entries of O(config) that do not say otherwise.
      - Required, here or in each entry of O(config).
    type: raw
  day: &day
    description:
      - The day of the week. Either this or O(date) must be given.
    type: str
    choices: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]
  date: &date
    description:
      - The date of an exception, as yyyy-mm-dd or yyyymmdd. Quote it.
    type: raw
  time: &time
    description:
      - When the transition happens, V(00:00) to V(23:59). With O(day) or O(date) it identifies the transition.
      - Quote it. YAML turns an unquoted C(12:30) into the number 750, which is turned back with a warning.
    type: raw
  new_time: &new_time
    description:
      - Move the transition to this time. If there is none at O(time) and one at the new time, that one is meant.
    type: raw
  rule_number: &rule_number
    description:
      - The rule of the pilot that routes the calls from then on, 0 to 29. Needed to create a transition.
    type: int
  mode: &mode
    description:
      - What the pilot does from then on. Needed to create a transition.
      - V(normal) takes calls, V(closed) is closed, and V(forward) forwards all calls.
    type: str
    choices: [normal, closed, forward]
  config:
    description:
      - Many transitions at once, each with the options of a single one.
      - Only O(node_id) and O(pilot_number) can stand beside them.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      pilot_number: *pilot_number
      day: *day
      date: *date
      time: *time
      new_time: *new_time
      rule_number: *rule_number
      mode: *mode
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.state
  - voiceops.telephony.attributes
notes:
  - A day can have at most 10 transitions. If it would have more, all entries of this day fail, and nothing is written
    to it.
  - Pilots need O2G 2.7, with the call center features switched on in its configuration, and a licence
    (C(ROXE_API_CONTACTCENTER_SVCS), or C(api-tel-f) under OPEX).
seealso:
  - module: voiceops.telephony.o2g_pilot_calendar
  - module: voiceops.telephony.o2g_pilot_info
  - module: voiceops.telephony.o2g_pilot
"""

EXAMPLES = r"""
- name: Close at six on Mondays
  voiceops.telephony.o2g_pilot_calendar_transition:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 1
    pilot_number: "60141"
    day: monday
    time: "18:00"
    rule_number: 1
    mode: closed

- name: Two pilots close at noon on Christmas Eve
  voiceops.telephony.o2g_pilot_calendar_transition:
    node_id: 1
    config:
      - pilot_number: "60141"
        date: "2026-12-24"
        time: "12:00"
        rule_number: 1
        mode: closed
      - pilot_number: "60142"
        date: "2026-12-24"
        time: "12:00"
        rule_number: 1
        mode: closed

- name: Close half an hour earlier; rule and mode stay
  voiceops.telephony.o2g_pilot_calendar_transition:
    node_id: 1
    pilot_number: "60141"
    day: monday
    time: "18:00"
    new_time: "17:30"

- name: Remove a transition
  voiceops.telephony.o2g_pilot_calendar_transition:
    node_id: 1
    pilot_number: "60141"
    date: "2026-12-24"
    time: "12:00"
    state: absent

- name: Read the pilots of a node
  voiceops.telephony.o2g_pilot_info:
    node_id: 1
    gather_subset: []
  register: pilots

- name: All of them close at four on New Year's Eve
  block:
    - name: Add that to their calendars
      voiceops.telephony.o2g_pilot_calendar_transition:
        node_id: 1
        config: "{{ dict(pilots.resources | map(attribute='pilot_number') | product(['2026-12-31']))
          | ansible.builtin.dict2items(key_name='pilot_number', value_name='date')
          | map('combine', {'time': '16:00', 'rule_number': 1, 'mode': 'closed'}) }}"
      register: evening

    - name: Which ones had closed at four already
      ansible.builtin.debug:
        msg: "{{ evening.results | selectattr('action', 'eq', 'unchanged') | map(attribute='key.pilot_number') | join(', ') }}"
  rescue:
    - name: Which ones somebody has to close by hand
      ansible.builtin.debug:
        msg: "{{ item.key.pilot_number }}: {{ item.error }}"
      loop: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') }}"
      loop_control: {label: "{{ item.key.pilot_number }}"}
"""

RETURN = r"""
results:
  description: One entry per transition, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the transition.
      type: dict
      returned: always
      sample: {node_id: 1, pilot_number: "60141", day: monday, time: "18:00"}
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
      description: The transition under the names of the options.
      type: dict
      returned: always
      sample: {node_id: 1, pilot_number: "60141", day: monday, time: "18:00", rule_number: 1, mode: closed}
    before:
      description: The transition before the change, as options that can be given back.
      type: dict
      returned: for an update or a deletion
      sample: {node_id: 1, pilot_number: "60141", day: monday, time: "18:00", rule_number: 0, mode: normal}
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
      sample: "monday would have 11 transitions, and a day can have 10"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 1, updated: 0, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.calendar import CalendarTransition
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(CalendarTransition)


if __name__ == "__main__":
    main()
