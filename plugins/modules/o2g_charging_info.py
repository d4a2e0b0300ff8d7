#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_charging_info
short_description: Read what the calls of an OmniPCX Enterprise node cost
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns what calls cost, summed up per user or call by call, and which charging files the node keeps.
options:
  node_id:
    description:
      - Number of the OmniPCX Enterprise node, as O2G knows it.
    type: int
    required: true
  from_date:
    description:
      - First day, as V(2026-11-01) or V(20261101).
    type: raw
  to_date:
    description:
      - Last day.
    type: raw
  files:
    description:
      - Names of charging files to read, 100 at most, as C(gather_subset=files) returns them. Cannot stand beside
        O(from_date) and O(to_date), which the platform would leave out of account.
    type: list
    elements: str
  top:
    description:
      - Return only so many users, those whose calls cost most.
    type: int
  all:
    description:
      - Return each call, also those that cost nothing, rather than a sum per user.
    type: bool
  gather_subset:
    description:
      - What to read, V(charging), the list of V(files), or both. Each costs one request.
    type: list
    elements: str
    choices: [charging, files]
    default: [charging]
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
notes:
  - Needs an administrator, the licence C(ROXE_API_ANALYTICS), and a secured connection between O2G and the node.
  - The platform refuses a period with more than 100 charging files. Ask for shorter ones, or read file by file.
seealso:
  - module: voiceops.telephony.o2g_usage_report
"""

EXAMPLES = r"""
- name: The ten most expensive users of a week
  voiceops.telephony.o2g_charging_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
    from_date: "2026-11-01"
    to_date: "2026-11-07"
    top: 10
  register: week

- name: Who has spent more than a hundred
  ansible.builtin.debug:
    msg: "{{ item.name }} ({{ item.caller }}): {{ item.call_number }} calls for {{ item.cost }}"
  loop: "{{ week.resources[0].chargings | selectattr('cost', 'gt', 100) }}"
  loop_control: {label: "{{ item.caller }}"}

- name: Each call of the week
  voiceops.telephony.o2g_charging_info:
    node_id: 7
    from_date: "2026-11-01"
    to_date: "2026-11-07"
    all: true
  register: calls

- name: For the accountants
  ansible.builtin.copy:
    content: "{{ calls.resources[0].chargings | to_nice_json }}"
    dest: calls-2026-11-01.json
    mode: "0600"
"""

RETURN = r"""
resources:
  description: One entry with what was asked for.
  returned: success
  type: list
  elements: dict
  contains:
    node_id:
      description: The node.
      type: int
      returned: always
      sample: 7
    chargings:
      description: Per user, or per call with O(all), the caller, the units and the cost.
      type: list
      elements: dict
      returned: with V(charging)
      sample: [{caller: "70100", name: Peeters An, call_number: 10, charging_units: 20, cost: 300.5}]
    nb_charging_files:
      description: How many charging files were read.
      type: int
      returned: with V(charging)
      sample: 30
    total_ticket_nb:
      description: How many calls they hold.
      type: int
      returned: with V(charging)
      sample: 60
    valuable_ticket_nb:
      description: How many of them count in the result.
      type: int
      returned: with V(charging)
      sample: 40
    charging_files:
      description: The charging files. The platform writes dates as mm/dd/yy.
      type: list
      elements: dict
      returned: with V(files)
      sample: [{name: /DHS3dyn/account/TAXAA.DAT, date: 11/01/26, time: "16:02:12"}]
summary:
  description: How many entries were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.system import Charging
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(Charging)


if __name__ == "__main__":
    main()
