#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_statistics_context_info
short_description: Read what supervisors want to know of the statistics of Alcatel-Lucent Enterprise O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the contexts of a supervisor, all of them or one.
options:
  supervisor:
    description:
      - Number of the supervisor. Quote it.
    type: raw
    required: true
  label:
    description:
      - Return only contexts of this name.
    type: str
  ctx_id:
    description:
      - Return only the context with this id.
    type: raw
  gather_subset:
    description:
      - What to read besides the contexts. V(schedules) takes a request per context.
    type: list
    elements: str
    choices: [schedules]
    default: []
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.as_options
  - voiceops.telephony.attributes.info
notes:
  - Needs an administrator and the licence C(ROXE_API_CONTACTCENTER_SVCS). The call center features must be switched on
    in O2G.
seealso:
  - module: voiceops.telephony.o2g_statistics_context
"""

EXAMPLES = r"""
- name: The contexts of a supervisor
  voiceops.telephony.o2g_statistics_context_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    supervisor: "70104"
  register: contexts

- name: A spreadsheet of October for each
  voiceops.telephony.o2g_statistics_report:
    supervisor: "70104"
    ctx_id: "{{ item.ctx_id }}"
    begin_date: "2026-10-01"
    end_date: "2026-10-31"
    format: xls
    dest: "/tmp/{{ item.label }}-october.zip"
  loop: "{{ contexts.resources }}"
  loop_control: {label: "{{ item.label }}"}

- name: Which ones nobody gets by mail
  ansible.builtin.debug:
    msg: "{{ contexts.resources | rejectattr('is_scheduled') | map(attribute='label') | join(', ') }}"
"""

RETURN = r"""
resources:
  description: The contexts.
  returned: success
  type: list
  elements: dict
  contains:
    ctx_id:
      description: Id of the context.
      type: str
      returned: always
      sample: "11"
    label:
      description: Name of the context.
      type: str
      returned: always
      sample: Team
    filter:
      description: Of whom, and which figures.
      type: dict
      returned: always
      sample: {agent_filter: {numbers: ["70101"], agent_attributes: [nbPickedUp]}}
    is_scheduled:
      description: Whether a report of it is scheduled.
      type: bool
      returned: with O(as_options=false)
      sample: false
    schedules:
      description: The reports of it that are sent by mail, with the options of M(voiceops.telephony.o2g_statistics_schedule).
      type: list
      elements: dict
      returned: with V(schedules) in O(gather_subset) and O(as_options=false)
      sample: [{name: Monday, recipients: ["lead@example.com"]}]
summary:
  description: How many entries were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.statistics import Context
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(Context)


if __name__ == "__main__":
    main()
