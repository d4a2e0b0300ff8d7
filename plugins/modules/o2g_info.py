#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_info
short_description: Read the state and the licences of an Alcatel-Lucent Enterprise O2G server
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns versions of the server and of its API, the session, the state of the server and of its nodes with their CTI
    links, and the licences with what is used of them.
  - Proves before and after a change that all links are up and that licences suffice.
options:
  licences:
    description:
      - Names of licences to test one by one, such as V(ROXE_API_PHONESETPROG). Each costs one request.
    type: list
    elements: str
  gather_subset:
    description:
      - What to read. V(system) and V(licences) share one request, each other one costs one.
    type: list
    elements: str
    choices: [server, session, system, licences]
    default: [server, system, licences]
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
notes:
  - V(system) and V(licences) need an administrator. No licence is needed.
  - Servers differ in how much they tell. What is not there was not told.
seealso:
  - module: voiceops.telephony.o2g_incident_info
  - module: voiceops.telephony.o2g_usage_report
"""

EXAMPLES = r"""
- name: The state of the server
  voiceops.telephony.o2g_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    licences: [ROXE_API_PHONESETPROG]
  register: o2g

- name: All CTI links are up
  ansible.builtin.assert:
    that: o2g.resources[0].system.pbxs | rejectattr('cti_link_state', 'match', 'CONNECTED') | list == []
    fail_msg: "Down: {{ o2g.resources[0].system.pbxs | rejectattr('cti_link_state', 'match', 'CONNECTED')
      | map(attribute='name') | join(', ') }}"

- name: Which licences are nearly used up
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.current_used }} of {{ item.total }}"
  loop: "{{ o2g.resources[0].licences }}"
  loop_control: {label: "{{ item.name }}"}
  when: item.current_used * 10 >= item.total * 9
"""

RETURN = r"""
resources:
  description: One entry, with a part for each member of O(gather_subset).
  returned: success
  type: list
  elements: dict
  contains:
    server:
      description: Product, versions of the product and of the API, and whether high availability is on.
      type: dict
      returned: with V(server)
      sample: {server_info: {product_name: O2G Solution, product_version: {major: "2.7", minor: "004.000"}, ha_mode: false}}
    session:
      description: The session, with the services that it may use and the other sessions of the account.
      type: dict
      returned: with V(session)
      sample: {admin: true, login: admin, time_to_live: 1800}
    system:
      description: Addresses, start, services, and per node the version, the connection and the state of the CTI link.
      type: dict
      returned: with V(system)
      sample: {logical_address: {fqdn: o2g.acme.example}, pbxs: [{name: oxe7, node_id: 7, connected: true,
        cti_link_state: CONNECTED_MAIN}]}
    licences:
      description: The licences, each with its C(name), C(total) and C(current_used).
      type: list
      elements: dict
      returned: with V(licences)
      sample: [{name: ROXE_API_ANALYTICS, total: 2, current_used: 1, expiration: permanent}]
    licences_present:
      description: Per name in O(licences), whether the server has it.
      type: dict
      returned: with O(licences)
      sample: {ROXE_API_PHONESETPROG: true}
summary:
  description: How many entries were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.system import Server
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(Server)


if __name__ == "__main__":
    main()
