#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_instant_group_call_info
short_description: Read BroadWorks instant group calls through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the instant group calls of a group, all of them or those with an id or a name.
  - The fields have the names of the options of M(voiceops.telephony.apio_instant_group_call).
  - An answer can be its O(voiceops.telephony.apio_instant_group_call#module:config) with O(as_options=true).
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
  service_user_id:
    description:
      - Return only the instant group call with this user id. If there is none, the list is empty.
    type: str
  name:
    description:
      - Return only the instant group calls with this name, up to 30 characters. Several can have the same.
    type: raw
  gather_subset:
    description:
      - What to read besides the list, which shows id, name, number, extension and department.
      - V(details) adds all other fields, at one request per instant group call.
      - An empty list is the quickest.
    type: list
    elements: str
    choices: [details]
    default: [details]
extends_documentation_fragment:
  - voiceops.telephony.apio
  - voiceops.telephony.connection
  - voiceops.telephony.as_options
  - voiceops.telephony.attributes.info
seealso:
  - module: voiceops.telephony.apio_instant_group_call
"""

EXAMPLES = r"""
- name: All instant group calls of a group
  voiceops.telephony.apio_instant_group_call_info:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
  register: calls

- name: Each of them reaches somebody
  ansible.builtin.assert:
    that: item.destination_phone_numbers | length > 0
    fail_msg: "{{ item.name }} calls nobody"
    success_msg: "{{ item.name }} calls {{ item.destination_phone_numbers | join(', ') }}"
  loop: "{{ calls.resources }}"
  loop_control: {label: "{{ item.name }}"}

- name: The same in a form that can be given back
  voiceops.telephony.apio_instant_group_call_info:
    tenant_id: acme
    group_id: brussels
    as_options: true
  register: settings

- name: Let all of them give up after five minutes
  voiceops.telephony.apio_instant_group_call:
    config: "{{ settings.resources | map('combine', limit) }}"
  vars:
    limit: {answer_timeout_enabled: true, answer_timeout_minutes: 5}

- name: Only ids, names and numbers, in one request
  voiceops.telephony.apio_instant_group_call_info:
    tenant_id: acme
    group_id: brussels
    gather_subset: []
"""

RETURN = r"""
resources:
  description:
    - The instant group calls that were found, in the order of the platform, under the names of the options of
      M(voiceops.telephony.apio_instant_group_call).
    - What is not set is V(none). Passwords and the name of the template are never returned.
    - C(active) is there only if the server is set up to return it.
  returned: success
  type: list
  elements: dict
  sample:
    - tenant_id: acme
      group_id: brussels
      service_user_id: igc-fire@acme.example
      name: Fire brigade
      department: {tenant_id: acme, group_id: brussels, department_name: Safety, full_path_name: Staff \ Safety}
      cli_first_name: Alarm
      cli_last_name: Acme
      language: English
      time_zone: Europe/Brussels
      phone_number: "+3225126799"
      extension: "6799"
      answer_timeout_minutes: 5
      answer_timeout_enabled: true
      destination_phone_numbers: ["+32471112233", "+32471112244"]
      active: true
summary:
  description: How many instant group calls were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.instant_group_call import InstantGroupCall
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(InstantGroupCall)


if __name__ == "__main__":
    main()
