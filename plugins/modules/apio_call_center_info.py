#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_call_center_info
short_description: Read BroadWorks call centers through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the call centers of a group, all of them or those with an id or a name.
  - The fields have the names of the options of M(voiceops.telephony.apio_call_center).
  - An answer can be its O(voiceops.telephony.apio_call_center#module:config) with O(as_options=true), which leaves out what
    cannot be written.
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
      - Return only the call center with this user id. If there is none, the list is empty.
    type: str
  name:
    description:
      - Return only the call centers with this name, up to 30 characters. Several can have the same.
    type: raw
  gather_subset:
    description:
      - What to read besides the list, which shows id, name, number, extension, department, type, policy and whether the
        call center is active.
      - V(details) adds all other fields, at one request per call center.
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
  - module: voiceops.telephony.apio_call_center
"""

EXAMPLES = r"""
- name: All call centers of a group
  voiceops.telephony.apio_call_center_info:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
  register: call_centers

- name: All of them are in service
  ansible.builtin.assert:
    that: call_centers.resources | rejectattr('active') | length == 0
    fail_msg: "Out of service: {{ call_centers.resources | rejectattr('active') | map(attribute='name') | join(', ') }}"

- name: Which ones nobody can call
  ansible.builtin.debug:
    msg: "{{ item.name }} ({{ item.service_user_id }}) has neither a number nor an extension"
  loop: "{{ call_centers.resources | rejectattr('phone_number') | rejectattr('extension') }}"
  loop_control: {label: "{{ item.name }}"}

- name: The same in a form that can be given back
  voiceops.telephony.apio_call_center_info:
    tenant_id: acme
    group_id: brussels
    as_options: true
  register: settings

- name: Write the settings of all of them back, each with a longer queue
  voiceops.telephony.apio_call_center:
    config: "{{ settings.resources | map('combine', {'queue_length': 50}) }}"

- name: One call center by its name, without details
  voiceops.telephony.apio_call_center_info:
    tenant_id: acme
    group_id: brussels
    name: Sales
    gather_subset: []
"""

RETURN = r"""
resources:
  description:
    - The call centers that were found, in the order of the platform, under the names of the options of
      M(voiceops.telephony.apio_call_center).
    - What is not set is V(none). Passwords and the name of the template are never returned.
    - C(call_center_queue_thresholds_is_active) says whether thresholds of the queue are in force. It is no option.
  returned: success
  type: list
  elements: dict
  sample:
    - tenant_id: acme
      group_id: brussels
      service_user_id: cc-sales@acme.example
      name: Sales
      department: {tenant_id: acme, group_id: brussels, department_name: Sales}
      cli_first_name: Sales
      cli_last_name: Acme
      cli_phone_number: null
      language: English
      time_zone: Europe/Brussels
      phone_number: "025126700"
      extension: "6700"
      public_user_identity: null
      type: Standard
      policy: Uniform
      routing_type: Priority Based
      queue_length: 20
      enable_reporting: false
      allow_caller_to_dial_escape_digit: true
      escape_digit: "0"
      reset_call_statistics_upon_entry_in_queue: false
      allow_agent_logoff: false
      allow_call_waiting_for_agents: false
      allow_calls_to_agents_in_wrap_up: false
      override_agent_wrap_up_time: false
      wrap_up_seconds: 30
      force_delivery_of_calls: false
      force_delivery_wait_time_seconds: null
      enable_automatic_state_change_for_agents: true
      agent_state_after_call: Wrap-Up
      agent_unavailable_code: null
      external_preferred_audio_codec: None
      internal_preferred_audio_codec: None
      play_ringing_when_offering_call: true
      call_center_queue_thresholds_is_active: false
      network_class_of_service: null
      active: true
summary:
  description: How many call centers were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.call_center import CallCenter
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(CallCenter)


if __name__ == "__main__":
    main()
