#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_incident_info
short_description: Read the incidents of an OmniPCX Enterprise node
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the incidents of a node since its last shutdown. A check can choose those of some severity and age, and fail
    if there is any.
options:
  node_id:
    description:
      - Number of the OmniPCX Enterprise node, as O2G knows it.
    type: int
    required: true
  last:
    description:
      - Read only so many incidents, the last ones.
    type: int
  severity:
    description:
      - Return only incidents of these severities, 0 to 5.
    type: list
    elements: int
  max_age:
    description:
      - Return only incidents of the last so many hours, by the clock of this machine. The node's clock should show the
        same time. Needs O(date_order).
    type: int
  date_order:
    description:
      - How the node writes dates, V(dmy) for 24/12/26 or V(mdy) for 12/24/26. The platform does not say it, and it is not
        guessed.
    type: str
    choices: [dmy, mdy]
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
notes:
  - Needs an administrator, the licence C(ROXE_API_ANALYTICS), and a secured connection between O2G and the node.
seealso:
  - module: voiceops.telephony.o2g_info
"""

EXAMPLES = r"""
- name: Severe incidents of the last day
  voiceops.telephony.o2g_incident_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
    severity: [0, 1, 2]
    max_age: 24
    date_order: dmy
  register: incidents
  failed_when: incidents.resources | default([]) != []

- name: The engineers hear of incidents once a day
  block:
    - name: There was none
      voiceops.telephony.o2g_incident_info:
        node_id: 7
        severity: [0, 1, 2]
        max_age: 24
        date_order: dmy
      register: incidents
      failed_when: incidents is failed or incidents.resources | length > 0
  rescue:
    - name: Or these, or they could not be read
      voiceops.telephony.notify_mail:
        host: mail.example.com
        sender: telephony@example.com
        to: [engineers@example.com]
        subject: "Node 7: {{ ansible_failed_result.summary.found | default('no answer about') }} incidents"
        text: |
          {% for one in ansible_failed_result.resources | default([]) %}
          {{ one.date }} {{ one.hour }} {{ one.value }} {{ one.type }}
          {% else %}
          {{ ansible_failed_result.msg }}
          {% endfor %}
"""

RETURN = r"""
resources:
  description: The incidents, in the order in which the platform lists them.
  returned: success
  type: list
  elements: dict
  contains:
    node_id:
      description: The node.
      type: int
      returned: always
      sample: 7
    date:
      description: The day, as the node writes it.
      type: str
      returned: always
      sample: 07/12/26
    hour:
      description: The time of day.
      type: str
      returned: always
      sample: "17:03:09"
    severity:
      description: The severity, 0 to 5.
      type: int
      returned: always
      sample: 4
    value:
      description: The number of the incident.
      type: str
      returned: always
      sample: "0606"
    type:
      description: What happened.
      type: str
      returned: always
      sample: "002=AFE_AG_CSTA: 11"
    nb_occurs:
      description: How often.
      type: int
      returned: always
      sample: 9
summary:
  description: How many entries were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.system import Incidents
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(Incidents)


if __name__ == "__main__":
    main()
