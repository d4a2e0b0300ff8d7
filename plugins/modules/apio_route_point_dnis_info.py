#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_route_point_dnis_info
short_description: Read the DNIS of a BroadWorks route point through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the DNIS of a route point, all of them or the one with a name.
  - The fields have the names of the options of M(voiceops.telephony.apio_route_point_dnis), so that an answer without
    agents can be its O(voiceops.telephony.apio_route_point_dnis#module:config).
options:
  tenant_id:
    description:
      - The tenant, a service provider or enterprise in BroadWorks, 1 to 30 characters.
      - Quote it if it consists of digits.
    type: raw
    required: true
  group_id:
    description:
      - The group of the tenant, 1 to 30 characters.
      - Quote it if it consists of digits.
    type: raw
    required: true
  route_point_user_id:
    description:
      - User id of the route point, such as V(rp-sales@acme.example).
    type: str
    required: true
  name:
    description:
      - Return only the DNIS with this name, up to 40 characters. If there is none, the list is empty.
    type: raw
  gather_subset:
    description:
      - What to read besides the list, which shows name, phone number and extension.
      - V(details) adds the calling line identity and the flags, at one request per DNIS.
      - V(agents) adds the agents who may call out under the DNIS, at one more request per DNIS.
      - An empty list is the quickest.
    type: list
    elements: str
    choices: [details, agents]
    default: [details]
extends_documentation_fragment:
  - voiceops.telephony.apio
  - voiceops.telephony.connection
  - voiceops.telephony.as_options
  - voiceops.telephony.attributes.info
seealso:
  - module: voiceops.telephony.apio_route_point_dnis
"""

EXAMPLES = r"""
- name: All DNIS of a route point
  voiceops.telephony.apio_route_point_dnis_info:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
  register: sales

- name: The same DNIS on another route point
  voiceops.telephony.apio_route_point_dnis:
    tenant_id: acme
    group_id: brussels
    config: "{{ sales.resources | map('combine', {'route_point_user_id': 'rp-lab@acme.example'}) }}"

- name: Who may call out under one DNIS
  voiceops.telephony.apio_route_point_dnis_info:
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
    name: Main number
    gather_subset: [agents]
  register: main

- name: They are
  ansible.builtin.debug:
    msg: "{{ item.first_name }} {{ item.last_name }}, extension {{ item.extension }}"
  loop: "{{ main.resources | map(attribute='agents') | flatten }}"
  loop_control: {label: "{{ item.user_id }}"}

- name: Only names and numbers, in one request
  voiceops.telephony.apio_route_point_dnis_info:
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
    gather_subset: []
"""

RETURN = r"""
resources:
  description: The DNIS that were found, in the order of the platform.
  returned: success
  type: list
  elements: dict
  contains:
    tenant_id:
      description: The tenant that was asked for.
      type: str
      returned: always
      sample: acme
    group_id:
      description: The group that was asked for.
      type: str
      returned: always
      sample: brussels
    route_point_user_id:
      description: The route point that was asked for.
      type: str
      returned: always
      sample: rp-sales@acme.example
    name:
      description: Name of the DNIS.
      type: str
      returned: always
      sample: Main number
    phone_number:
      description: Number on which the DNIS is called, in national or E.164 form as the server is set up.
      type: str
      returned: always
      sample: "025126770"
    extension:
      description: Extension of the DNIS.
      type: str
      returned: always
      sample: "6770"
    use_custom_clid_settings:
      description: Whether the agents' calls show the calling line identity of this DNIS.
      type: bool
      returned: with V(details) in O(gather_subset)
      sample: true
    cli_phone_number:
      description: Number of the calling line identity.
      type: str
      returned: with V(details) in O(gather_subset)
      sample: "+3225126770"
    cli_last_name:
      description: Last name of the calling line identity.
      type: str
      returned: with V(details) in O(gather_subset)
      sample: Acme
    cli_first_name:
      description: First name of the calling line identity.
      type: str
      returned: with V(details) in O(gather_subset)
      sample: Sales
    use_custom_dnis_announcement_settings:
      description: Whether the DNIS has announcements of its own.
      type: bool
      returned: with V(details) in O(gather_subset)
      sample: false
    allow_outgoing_acd_call:
      description: Whether agents can choose this DNIS for their outgoing ACD calls.
      type: bool
      returned: with V(details) in O(gather_subset)
      sample: false
    agents:
      description: The agents of the DNIS. It is no option, so remove it before the rest is used as one.
      type: list
      elements: dict
      returned: with V(agents) in O(gather_subset)
      sample:
        - user_id: an.peeters@acme.example
          first_name: An
          last_name: Peeters
          phone_number: "+3225126701"
          extension: "6701"
          department: {tenant_id: acme, group_id: brussels, department_name: Sales, full_path_name: Sales}
          email_address: an.peeters@acme.example
summary:
  description: How many DNIS were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 2, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.dnis import Dnis
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(Dnis)


if __name__ == "__main__":
    main()
