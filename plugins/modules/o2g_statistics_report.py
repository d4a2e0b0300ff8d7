#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_statistics_report
short_description: Fetch statistics of agents or pilots from Alcatel-Lucent Enterprise O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Fetches the figures of a context, of several days or of one day by time slots.
  - As JSON they come into the result, as V(csv) or V(xls) they are saved as a zip file, which is replaced as a whole,
    and only if its content is another one.
options:
  supervisor:
    description:
      - Number of the supervisor. Quote it.
    type: raw
    required: true
  context:
    description:
      - Label of the context.
    type: str
  ctx_id:
    description:
      - Id of the context, in place of O(context).
    type: raw
  begin_date:
    description:
      - First of several days, such as V(2026-11-01), which must be over.
    type: raw
  end_date:
    description:
      - Last of several days, 31 in all at most.
    type: raw
  date:
    description:
      - One day. Without it and without O(begin_date), today is meant.
    type: raw
  slot_type:
    description:
      - Length of the time slots of one day. By default V(aQuarterOfAnHour).
    type: str
    choices: [aQuarterOfAnHour, halfAnHour, anHour]
  format:
    description:
      - V(json) returns the figures, V(csv) and V(xls) save them to O(dest). By default V(json).
    type: str
    choices: [json, csv, xls]
  dest:
    description:
      - Where to save the zip file, with its name. Its directory must be there.
    type: str
  jdata:
    description:
      - Ask for one day by the operation C(oneday/jdata), which the vendor documents for its form only and says not to use.
      - For servers whose other answer cannot be read.
    type: bool
  async_report:
    description:
      - Have the report made in the background, for those that take longer than O(timeout); with O(format=csv) and V(xls).
      - O2G tells by events how far it is, which is shown as the progress of the task. For that a subscription is made, which
        ends with the task.
      - In check mode the report is fetched at once.
    type: bool
  time_limit:
    description:
      - With O(async_report), after how many seconds to give up. The report is then cancelled on the platform, as it is when
        the task is interrupted.
      - 3600 by default.
    type: int
  channel_url:
    description:
      - With O(async_report), where O2G serves its events, such as V(https://o2g.example.com:8016), if that is not where it
        says.
    type: str
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.save
notes:
  - Needs an administrator and the licence C(ROXE_API_CONTACTCENTER_SVCS). The call center features must be switched on
    in O2G.
  - Long reports need a longer O(timeout), or O(async_report). If no answer comes, or the task is interrupted, the request
    is cancelled on the platform.
seealso:
  - module: voiceops.telephony.o2g_statistics_context
  - module: voiceops.telephony.o2g_statistics_schedule
"""

EXAMPLES = r"""
- name: October as a spreadsheet
  voiceops.telephony.o2g_statistics_report:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    supervisor: "70104"
    context: Team
    begin_date: "2026-10-01"
    end_date: "2026-10-31"
    format: xls
    dest: /tmp/team-october.zip

- name: The figures of yesterday
  voiceops.telephony.o2g_statistics_report:
    supervisor: "70104"
    context: Team
    date: "{{ '%Y-%m-%d' | ansible.builtin.strftime(now().timestamp() - 24 * 3600) }}"
    slot_type: anHour
  register: yesterday

- name: Keep them
  ansible.builtin.copy:
    content: "{{ yesterday.resources[0].statistics | to_nice_json }}"
    dest: team-yesterday.json
    mode: "0600"

- name: October of several supervisors
  voiceops.telephony.o2g_statistics_report:
    supervisor: "{{ item.key }}"
    context: "{{ item.value }}"
    begin_date: "2026-10-01"
    end_date: "2026-10-31"
    format: csv
    dest: "/tmp/{{ item.value }}-october.zip"
  loop: "{{ contexts | ansible.builtin.dict2items }}"
  loop_control: {label: "{{ item.value }}"}

- name: A month of a large group
  block:
    - name: Have it made in the background, for an hour at most
      voiceops.telephony.o2g_statistics_report:
        supervisor: "70104"
        context: Everybody
        begin_date: "2026-10-01"
        end_date: "2026-10-31"
        format: csv
        dest: /tmp/everybody-october.zip
        async_report: true
        time_limit: 3600
  rescue:
    - name: Say why there is none
      ansible.builtin.debug:
        msg: "{{ ansible_failed_result.msg }}"

    - name: Fetch the last week of it at least
      voiceops.telephony.o2g_statistics_report:
        supervisor: "70104"
        context: Everybody
        begin_date: "2026-10-25"
        end_date: "2026-10-31"
        format: csv
        dest: /tmp/everybody-last-week.zip
"""

RETURN = r"""
resources:
  description: One entry with the report.
  returned: success
  type: list
  elements: dict
  contains:
    statistics:
      description: The figures, under the platform's names in snake_case.
      type: dict
      returned: with O(format=json)
      sample: {supervisor: "70104", agents_stats: [{rows: [{number: "70101", date: "2026-10-01T00:00", nb_picked_up: 12}]}]}
    dest:
      description: Where the file is.
      type: str
      returned: with V(csv) and V(xls)
      sample: /tmp/team-october.zip
    size:
      description: Its size in bytes.
      type: int
      returned: with V(csv) and V(xls)
      sample: 1234
    checksum:
      description: Its SHA-256 checksum.
      type: str
      returned: with V(csv) and V(xls)
      sample: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    changed:
      description: Whether the file changed, or in check mode would change.
      type: bool
      returned: with V(csv) and V(xls)
      sample: true
summary:
  description: How many entries were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.statistics import Report
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(Report)


if __name__ == "__main__":
    main()
