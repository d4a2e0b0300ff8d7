#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_statistics_schedule
short_description: Manage the statistics reports that Alcatel-Lucent Enterprise O2G sends by mail
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - A schedule sends the report of a context by mail, once or again and again.
options:
  context: &context
    description:
      - Label of the context.
    type: str
  ctx_id: &ctx_id
    description:
      - Id of the context, in place of O(context).
    type: raw
  supervisor: &supervisor
    description:
      - Number of the supervisor. Quote it.
      - Required, here or in each entry of O(config).
    type: raw
  name: &name
    description:
      - Name of the schedule.
      - Required, here or in each entry of O(config).
    type: str
  description: &description
    description:
      - A text about it.
    type: str
  obs_period: &obs_period
    description:
      - Which days a report is about. It is needed to create a schedule.
    type: dict
    suboptions:
      period_type:
        description:
          - Kind of period.
        type: str
        choices: [currentDay, currentWeek, currentMonth, lastDays, lastWeeks, lastMonth, fromDateToDate]
      last_nb:
        description:
          - How many days, weeks or months, up to 31, 4 or 1. Goes with V(lastDays), V(lastWeeks) and V(lastMonth).
        type: int
      begin_date:
        description:
          - First moment, such as V(2026-11-01T00:00). Goes with V(fromDateToDate).
        type: raw
      end_date:
        description:
          - Last moment, at most 31 days after the first.
        type: raw
  frequency: &frequency
    description:
      - When reports are sent. It is needed to create a schedule.
    type: dict
    suboptions:
      periodicity:
        description:
          - How often.
        type: str
        choices: [once, daily, weekly, monthly]
      days_in_week:
        description:
          - On which days. Goes with V(weekly).
        type: list
        elements: str
        choices: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]
      day_in_month:
        description:
          - On which day, 0 for the last one. Goes with V(monthly).
        type: int
  recipients: &recipients
    description:
      - Mail addresses. They are needed to create a schedule.
    type: list
    elements: str
  file_type: &file_type
    description:
      - Format of the report. Needs O2G 2.7.4.
    type: str
    choices: [csv, xls]
  enabled: &enabled
    description:
      - Whether reports are sent. A new schedule is not enabled by itself.
    type: bool
  config:
    description:
      - Many schedules at once, each with the options of a single one. Cannot stand beside them, except for O(context),
        O(ctx_id) and O(supervisor).
    type: list
    elements: dict
    suboptions:
      context: *context
      ctx_id: *ctx_id
      supervisor: *supervisor
      name: *name
      description: *description
      obs_period: *obs_period
      frequency: *frequency
      recipients: *recipients
      file_type: *file_type
      enabled: *enabled
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
  - A change sends the schedule as a whole, with what is there for options that are not given.
seealso:
  - module: voiceops.telephony.o2g_statistics_context
  - module: voiceops.telephony.o2g_statistics_report
"""

EXAMPLES = r"""
- name: The week of the team, each Monday
  voiceops.telephony.o2g_statistics_schedule:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    supervisor: "70104"
    context: Team
    name: Weekly
    obs_period:
      period_type: lastWeeks
      last_nb: 1
    frequency:
      periodicity: weekly
      days_in_week: [monday]
    recipients: [team@acme.example]
    enabled: true

- name: Read which contexts the supervisor has
  voiceops.telephony.o2g_statistics_context_info:
    supervisor: "70104"
  register: contexts

- name: Yesterday of each context, sent every morning
  block:
    - name: Make the schedules
      voiceops.telephony.o2g_statistics_schedule:
        supervisor: "70104"
        config: "{{ dict(contexts.resources | map(attribute='ctx_id') | product(['Daily']))
          | ansible.builtin.dict2items(key_name='ctx_id', value_name='name') | map('combine', daily) }}"
      vars:
        daily:
          obs_period: {period_type: lastDays, last_nb: 1}
          frequency: {periodicity: daily}
          recipients: [team@acme.example]
          enabled: true
      register: schedules

    - name: Say how many are new
      ansible.builtin.debug:
        msg: "{{ schedules.summary.created }} of {{ schedules.results | length }}"
  rescue:
    - name: Do not let a part of the figures be taken for all of them
      voiceops.telephony.o2g_statistics_schedule:
        config: "{{ new | map(attribute='key') }}"
        state: absent
      vars:
        new: "{{ ansible_failed_result.results | default([]) | selectattr('action', 'eq', 'create') | selectattr('changed') }}"

    - name: Say why nothing is sent
      ansible.builtin.fail:
        msg: "{{ ansible_failed_result.msg }}"
"""

RETURN = r"""
results:
  description: One entry per schedule, in the order of O(config), and after them what was purged.
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the schedule.
      type: dict
      returned: always
      sample: {supervisor: "70104", context: Team, name: Weekly}
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
      sample: {supervisor: "70104", context: Team, name: Weekly, obs_period: {period_type: lastWeeks, last_nb: 1},
        frequency: {periodicity: weekly, days_in_week: [monday]}, recipients: [team@acme.example], enabled: true, execution_state: Not_executed}
    before:
      description: What was there before, as options that can be given back.
      type: dict
      returned: when something was there and is changed
      sample: {supervisor: "70104", context: Team, name: Weekly, enabled: false}
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
      sample: "70104 has no context 'Team'"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.statistics import Schedule
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Schedule)


if __name__ == "__main__":
    main()
