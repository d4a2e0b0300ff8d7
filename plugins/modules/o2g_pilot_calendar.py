#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_pilot_calendar
short_description: Manage the calendars of pilots of the OmniPCX Enterprise through O2G
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Sets at which times a pilot opens, closes, forwards and changes its rule, for whole days at once.
  - At least one of O(normal) and O(exceptions) must be given. The other one is left alone.
  - Each pilot has a calendar, so it cannot be created or deleted. It can be emptied.
  - For a single transition, M(voiceops.telephony.o2g_pilot_calendar_transition) is easier.
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
  normal: &normal
    description:
      - The week. Keys are V(monday) to V(sunday), values the list of the day's transitions, at most 10.
      - Each transition has C(time), C(rule_number) and C(mode), and all three are needed.
      - C(time) is from V(00:00) to V(23:59) and can be there once per day. Quote it. YAML turns an unquoted C(12:30)
        into the number 750, which is turned back with a warning.
      - C(rule_number) is the rule of the pilot that routes the calls from then on, 0 to 29.
      - C(mode) is what the pilot does from then on. V(normal) takes calls, V(closed) is closed, and V(forward) forwards
        all calls.
      - The list of a day is complete. What else is there on this day is removed, and an empty list or V(null) removes
        all of it.
      - Days that are not named are left alone, unless O(purge=true).
    type: dict
  exceptions: &exceptions
    description:
      - Dates that differ from the week. Keys are dates as yyyy-mm-dd or yyyymmdd, quoted. Values are lists of
        transitions as in O(normal).
      - An empty list or V(null) removes the exception, so that the week holds again on this date.
      - Dates that are not named are left alone, unless O(purge=true).
    type: dict
  config:
    description:
      - The calendars of many pilots at once, each with the options of a single one.
      - Only O(node_id) and O(pilot_number) can stand beside them.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      pilot_number: *pilot_number
      normal: *normal
      exceptions: *exceptions
  purge:
    description:
      - Remove all transitions of the days and dates that are not named, in those of O(normal) and O(exceptions) that
        are given.
    type: bool
    default: false
  max_deletions:
    description:
      - Refuse the whole run, before its first write, if O(purge) would empty more days and dates than this.
    type: int
    default: 10
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.present
  - voiceops.telephony.attributes
notes:
  - The API changes one transition at a time. The module takes the fewest requests that lead to the wanted day, and
    reads the calendar once more at the end. If it is not as written, the entry fails.
  - While a day is being changed, a call can meet a part of the old and of the new day.
  - Pilots need O2G 2.7, with the call center features switched on in its configuration, and a licence
    (C(ROXE_API_CONTACTCENTER_SVCS), or C(api-tel-f) under OPEX).
seealso:
  - module: voiceops.telephony.o2g_pilot_calendar_transition
  - module: voiceops.telephony.o2g_pilot_info
  - module: voiceops.telephony.o2g_pilot
"""

EXAMPLES = r"""
- name: Monday from eight to six; the other days stay as they are
  voiceops.telephony.o2g_pilot_calendar:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 1
    pilot_number: "60141"
    normal:
      monday:
        - {time: "08:00", rule_number: 0, mode: normal}
        - {time: "18:00", rule_number: 1, mode: closed}

- name: Exactly this week; all other days are emptied, and exceptions stay as they are
  voiceops.telephony.o2g_pilot_calendar:
    node_id: 1
    pilot_number: "60141"
    purge: true
    normal:
      monday: "{{ office_hours }}"
      tuesday: "{{ office_hours }}"
      wednesday: "{{ office_hours }}"
      thursday: "{{ office_hours }}"
      friday:
        - {time: "08:00", rule_number: 0, mode: normal}
        - {time: "16:00", rule_number: 1, mode: forward}
  vars:
    office_hours:
      - {time: "08:00", rule_number: 0, mode: normal}
      - {time: "12:30", rule_number: 2, mode: normal}
      - {time: "13:30", rule_number: 0, mode: normal}
      - {time: "18:00", rule_number: 1, mode: closed}

- name: Public holidays of two pilots
  voiceops.telephony.o2g_pilot_calendar:
    node_id: 1
    config:
      - pilot_number: "60141"
        exceptions:
          "2026-12-25": &closed
            - {time: "00:00", rule_number: 1, mode: closed}
          "2027-01-01": *closed
      - pilot_number: "60142"
        exceptions:
          "2026-12-25": *closed

- name: Work on a date after all
  voiceops.telephony.o2g_pilot_calendar:
    node_id: 1
    pilot_number: "60141"
    exceptions:
      "2026-12-25": []

- name: The same holidays for the pilots of two nodes, one task per node
  voiceops.telephony.o2g_pilot_calendar:
    node_id: "{{ item.node }}"
    config: "{{ dict(item.pilots | product([holidays])) | dict2items(key_name='pilot_number', value_name='exceptions') }}"
  loop:
    - {node: 1, pilots: ["60141", "60142"]}
    - {node: 2, pilots: ["61141"]}
  register: written

- name: How many pilots were written on each
  ansible.builtin.debug:
    msg: "node {{ item.item.node }}: {{ item.summary.updated }} of {{ item.results | length }}"
  loop: "{{ written.results }}"
  loop_control: {label: "{{ item.item.node }}"}

- name: Summer hours of all pilots
  block:
    - name: Write them
      voiceops.telephony.o2g_pilot_calendar:
        node_id: 1
        config: "{{ summer_hours }}"
  rescue:
    - name: Winter hours for all, since callers would not know which pilot has which
      voiceops.telephony.o2g_pilot_calendar:
        purge: true
        config: "{{ ansible_failed_result.results | default([]) | selectattr('changed') | map(attribute='before') }}"

    - name: Say why
      ansible.builtin.fail:
        msg: "{{ ansible_failed_result.msg }}"
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
      description: The calendar under the names of the options, with all days of what was given.
      type: dict
      returned: always
      sample: {node_id: 1, pilot_number: "60141", normal: {monday: [
        {time: "08:00", rule_number: 0, mode: normal}, {time: "18:00", rule_number: 1, mode: closed}]}}
    before:
      description: The calendar before the change, under the names of the options.
      type: dict
      returned: for an update
      sample: {node_id: 1, pilot_number: "60141", normal: {monday: [{time: "08:00", rule_number: 0, mode: normal}]}}
    kept:
      description: The calendar as it would be if O(purge) took nothing away.
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
      sample: "calendar of 60141 was written and reads back differently on normal.monday"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 7}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.calendar import Calendar
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Calendar)


if __name__ == "__main__":
    main()
