#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_call_center
short_description: Manage BroadWorks call centers through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Creates, changes and deletes call centers, one or hundreds in one task.
  - Only options that are given are compared and written. An option that is V(null) is cleared, where it says so.
  - To create a call center, O(name), O(policy), O(cli_last_name) and O(cli_first_name) are needed. Most servers also
    want O(type), O(service_user_password), and O(service_user_id) unless they make the ids themselves.
options:
  tenant_id: &tenant_id
    description:
      - The tenant, a service provider or enterprise in BroadWorks, 1 to 30 characters.
      - Given at the top level, it holds for all entries of O(config) that do not say otherwise.
      - Required, here or in each entry of O(config).
    type: raw
  group_id: &group_id
    description:
      - The group of the tenant, 1 to 30 characters. Can be given at the top level for all entries.
      - Required, here or in each entry of O(config).
    type: raw
  service_user_id: &service_user_id
    description:
      - User id of the call center with its domain, such as V(cc-sales@acme.example), up to 161 characters.
      - It cannot be changed. If it is left out, an existing call center is found by O(name).
      - Leave it out to create a call center if the server makes the ids itself.
      - If the server has renamed the id, because it is built from a phone number that was changed, the new one is in
        RV(results[].resource).
    type: str
  name: &name
    description:
      - Name of the call center, 1 to 30 characters. Needed to create one.
      - Without O(service_user_id) it identifies the call center. If several have the name, the task fails and lists
        their ids.
      - With O(service_user_id) it can be changed.
    type: raw
  service_user_password: &service_user_password
    description:
      - Password of the call center's own account, 1 to 60 characters, by the password rules of the group. Quote it.
      - The platform never returns it. When it is written is up to O(update_password).
    type: raw
  department: &department
    description:
      - The department that the call center belongs to. V(null) takes it out.
      - Only the members that are given are compared, and the others are kept. Where there is no department yet, all of
        them are needed.
    type: dict
    suboptions:
      tenant_id:
        description: Tenant of the department, 1 to 30 characters.
        type: raw
      group_id:
        description: Group of the department, 1 to 30 characters.
        type: raw
      department_name:
        description: Name of the department, 1 to 50 characters.
        type: str
  cli_first_name: &cli_first_name
    description:
      - First name of the calling line identity, 1 to 30 characters. Needed to create a call center.
    type: str
  cli_last_name: &cli_last_name
    description:
      - Last name of the calling line identity, 1 to 30 characters. Needed to create a call center.
    type: str
  cli_phone_number: &cli_phone_number
    description:
      - Number of the calling line identity, up to 23 characters. Quote it. V(null) clears it.
    type: raw
  language: &language
    description:
      - Language of the announcements, 1 to 40 characters, such as V(English). The server must have it.
    type: str
  time_zone: &time_zone
    description:
      - Time zone by its IANA name, 1 to 127 characters, such as V(Europe/Brussels).
    type: str
  phone_number: &phone_number
    description:
      - Number on which the call center is called, up to 23 characters. It must be assigned to the group and free.
      - Quote it, so that YAML keeps leading zeros and C(+). V(null) clears it.
    type: raw
  extension: &extension
    description:
      - Extension of the call center, 2 to 20 characters. Quote it. V(null) clears it.
    type: raw
  public_user_identity: &public_user_identity
    description:
      - SIP identity of the call center, 1 to 161 characters. V(null) clears it.
    type: str
  type: &type
    description:
      - Edition of the call center. Each has a licence of its own, and many options below need a higher one than
        V(Basic).
    type: str
    choices: [Basic, Standard, Premium]
  policy: &policy
    description:
      - Which agent gets a call. Needed to create a call center.
      - V(Circular) goes on after the agent who had the last call.
      - V(Regular) starts with the first agent of the list each time.
      - V(Simultaneous) offers the call to all agents at once.
      - V(Uniform) takes the agent who has been idle for the longest time.
      - V(Weighted) shares the calls out by percentages.
    type: str
    choices: [Circular, Regular, Simultaneous, Uniform, Weighted]
  routing_type: &routing_type
    description:
      - Whether calls go to agents by priority or by skill. O(type=Premium) only.
    type: str
    choices: [Priority Based, Skill Based]
  queue_length: &queue_length
    description:
      - How many calls can wait, 0 to 525. With V(0) no call waits.
    type: int
  enable_reporting: &enable_reporting
    description:
      - Whether the call center sends its data to the reporting server. Not with O(type=Basic).
    type: bool
  allow_caller_to_dial_escape_digit: &allow_caller_to_dial_escape_digit
    description:
      - Whether callers who wait can leave the queue by dialling O(escape_digit).
    type: bool
  escape_digit: &escape_digit
    description:
      - The key that leads callers out of the queue. Quote it.
    type: str
    choices: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#"]
  reset_call_statistics_upon_entry_in_queue: &reset_call_statistics_upon_entry_in_queue
    description:
      - Whether the statistics of a call start anew when it enters this queue, for example from another one.
    type: bool
  allow_agent_logoff: &allow_agent_logoff
    description:
      - Whether agents may join and leave this call center by themselves.
    type: bool
  allow_call_waiting_for_agents: &allow_call_waiting_for_agents
    description:
      - Whether agents who are on a call are offered another one, if they have call waiting.
    type: bool
  allow_calls_to_agents_in_wrap_up: &allow_calls_to_agents_in_wrap_up
    description:
      - Whether agents are offered calls while they wrap up the last one. Not with O(type=Basic).
    type: bool
  override_agent_wrap_up_time: &override_agent_wrap_up_time
    description:
      - Whether O(wrap_up_seconds) holds in place of the agents' own wrap-up time. Not with O(type=Basic).
    type: bool
  wrap_up_seconds: &wrap_up_seconds
    description:
      - Longest time to wrap up a call, 1 to 3600 seconds. V(null) removes the limit. Not with O(type=Basic).
    type: int
  force_delivery_of_calls: &force_delivery_of_calls
    description:
      - Whether a call is connected to an agent who does not answer it by hand. O(type=Premium) only.
    type: bool
  force_delivery_wait_time_seconds: &force_delivery_wait_time_seconds
    description:
      - How long an agent can answer by hand before O(force_delivery_of_calls) does it, 1 to 10 seconds.
      - V(null) clears it. O(type=Premium) only.
    type: int
  enable_automatic_state_change_for_agents: &enable_automatic_state_change_for_agents
    description:
      - Whether agents are put into O(agent_state_after_call) after each call. Not with O(type=Basic).
    type: bool
  agent_state_after_call: &agent_state_after_call
    description:
      - State of the agents after a call. Not with O(type=Basic).
    type: str
    choices: [Available, Unavailable, Wrap-Up]
  agent_unavailable_code: &agent_unavailable_code
    description:
      - Why agents are unavailable after a call, a code of 1 to 10 characters. Quote it. V(null) clears it.
      - Needs O(enable_automatic_state_change_for_agents=true) and O(agent_state_after_call=Unavailable), given or
        already there. Not with O(type=Basic).
    type: raw
  external_preferred_audio_codec: &external_preferred_audio_codec
    description:
      - Codec to offer first on calls from outside. V(None) leaves it to the devices.
    type: str
    choices: &codecs [None, G711, G722, G729, G726, AMR, AMR-WB, OPUS, EVRC0, EVRCNW, EVRCNW0]
  internal_preferred_audio_codec: &internal_preferred_audio_codec
    description:
      - Codec to offer first on calls from inside. V(None) leaves it to the devices.
    type: str
    choices: *codecs
  play_ringing_when_offering_call: &play_ringing_when_offering_call
    description:
      - Whether callers hear ringing, not the music of the queue, while an agent is rung.
    type: bool
  network_class_of_service: &network_class_of_service
    description:
      - Name of the network class of service, 1 to 40 characters.
    type: str
  template_name: &template_name
    description:
      - Template from which the server fills in what is not given.
      - Used when a call center is created, and ignored for one that exists.
    type: str
  active: &active
    description:
      - Whether the call center is in service.
      - It is written last, for all call centers of a group in one request.
    type: bool
  config:
    description:
      - Many call centers at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      tenant_id: *tenant_id
      group_id: *group_id
      service_user_id: *service_user_id
      name: *name
      service_user_password: *service_user_password
      department: *department
      cli_first_name: *cli_first_name
      cli_last_name: *cli_last_name
      cli_phone_number: *cli_phone_number
      language: *language
      time_zone: *time_zone
      phone_number: *phone_number
      extension: *extension
      public_user_identity: *public_user_identity
      type: *type
      policy: *policy
      routing_type: *routing_type
      queue_length: *queue_length
      enable_reporting: *enable_reporting
      allow_caller_to_dial_escape_digit: *allow_caller_to_dial_escape_digit
      escape_digit: *escape_digit
      reset_call_statistics_upon_entry_in_queue: *reset_call_statistics_upon_entry_in_queue
      allow_agent_logoff: *allow_agent_logoff
      allow_call_waiting_for_agents: *allow_call_waiting_for_agents
      allow_calls_to_agents_in_wrap_up: *allow_calls_to_agents_in_wrap_up
      override_agent_wrap_up_time: *override_agent_wrap_up_time
      wrap_up_seconds: *wrap_up_seconds
      force_delivery_of_calls: *force_delivery_of_calls
      force_delivery_wait_time_seconds: *force_delivery_wait_time_seconds
      enable_automatic_state_change_for_agents: *enable_automatic_state_change_for_agents
      agent_state_after_call: *agent_state_after_call
      agent_unavailable_code: *agent_unavailable_code
      external_preferred_audio_codec: *external_preferred_audio_codec
      internal_preferred_audio_codec: *internal_preferred_audio_codec
      play_ringing_when_offering_call: *play_ringing_when_offering_call
      network_class_of_service: *network_class_of_service
      template_name: *template_name
      active: *active
extends_documentation_fragment:
  - voiceops.telephony.apio
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.state
  - voiceops.telephony.bulk.purge
  - voiceops.telephony.bulk.owned
  - voiceops.telephony.bulk.password
  - voiceops.telephony.bulk.written
  - voiceops.telephony.bulk.country
  - voiceops.telephony.attributes
attributes:
  idempotent:
    support: partial
    description: A second run with the same options changes nothing.
    details:
      - With O(update_password=always) and a password, each run writes the password.
      - A server may accept an option and ignore it, because its mode or licence has no use for it. The task warns of
        each such option, and the next run writes it again.
      - With O(written_file), what was written there last is not written again.
notes:
  - An id that is given and does not exist, while another call center has the O(name), is refused before the first
    write. This is what happens when the server has made an id of its own.
seealso:
  - module: voiceops.telephony.apio_call_center_info
  - module: voiceops.telephony.apio_route_point_dnis
"""

EXAMPLES = r"""
- name: One call center
  voiceops.telephony.apio_call_center:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
    service_user_id: cc-sales@acme.example
    name: Sales
    service_user_password: "{{ sales_password }}"
    cli_last_name: Acme
    cli_first_name: Sales
    type: Standard
    policy: Uniform
    phone_number: "025126700"
    extension: "6700"
    queue_length: 20
    time_zone: Europe/Brussels
    active: true

- name: The connection, said once for all tasks of a play or block
  module_defaults:
    group/voiceops.telephony.apio:
      url: https://apio.example.com
      token: "{{ apio_token }}"
  block:
    - name: All call centers of two groups; those that are not listed are deleted, but never more than two
      voiceops.telephony.apio_call_center:
        tenant_id: acme
        country: BE
        purge: true
        max_deletions: 2
        config:
          - group_id: brussels
            service_user_id: cc-sales@acme.example
            name: Sales
            policy: Uniform
            wrap_up_seconds: 30
            enable_automatic_state_change_for_agents: true
            agent_state_after_call: Wrap-Up
          - group_id: antwerp
            service_user_id: cc-support@acme.example
            name: Support
            cli_last_name: Acme
            cli_first_name: Support
            type: Basic
            policy: Regular
            phone_number: "+3232126700"
            allow_caller_to_dial_escape_digit: true
            escape_digit: "*"
            department:
              tenant_id: acme
              group_id: antwerp
              department_name: Support

    - name: Take a call center out of service, found by its name
      voiceops.telephony.apio_call_center:
        tenant_id: acme
        group_id: brussels
        name: Sales
        active: false

- name: Create a call center on a server that makes the ids itself
  voiceops.telephony.apio_call_center:
    tenant_id: acme
    group_id: brussels
    name: Hotline
    cli_last_name: Acme
    cli_first_name: Hotline
    type: Premium
    policy: Circular
    template_name: premium
  register: hotline

- name: Keep the id that it got, for other plays
  ansible.builtin.copy:
    content: "hotline_id: {{ hotline.results[0].resource.service_user_id }}\n"
    dest: hotline.yml
    mode: "0644"

- name: Clear the number and the wrap-up limit
  voiceops.telephony.apio_call_center:
    tenant_id: acme
    group_id: brussels
    service_user_id: cc-sales@acme.example
    phone_number: null
    wrap_up_seconds: null

- name: Set a new password; such a task is changed each time
  voiceops.telephony.apio_call_center:
    tenant_id: acme
    group_id: brussels
    service_user_id: cc-sales@acme.example
    service_user_password: "{{ new_password }}"
    update_password: always

- name: The same hotline for several tenants, each with a token of its own
  voiceops.telephony.apio_call_center:
    token: "{{ tokens[item] }}"
    tenant_id: "{{ item }}"
    group_id: brussels
    name: Hotline
    cli_last_name: Hotline
    cli_first_name: Free
    policy: Circular
    queue_length: 50
  loop: [acme, globex]

- name: New call centers, all of them or none
  block:
    - name: Make them
      voiceops.telephony.apio_call_center:
        tenant_id: acme
        group_id: brussels
        config: "{{ new_call_centers }}"
  rescue:
    - name: Delete those that were made before one was refused
      voiceops.telephony.apio_call_center:
        config: "{{ made | map(attribute='key') }}"
        state: absent
      vars:
        made: "{{ ansible_failed_result.results | default([]) | selectattr('action', 'eq', 'create') | selectattr('changed') }}"

    - name: Say why there is none
      ansible.builtin.fail:
        msg: "No call center was made: {{ ansible_failed_result.msg }}"

- name: Delete a call center
  voiceops.telephony.apio_call_center:
    tenant_id: acme
    group_id: brussels
    service_user_id: cc-sales@acme.example
    state: absent
"""

RETURN = r"""
results:
  description: One entry per call center, in the order of O(config), and after them what was purged.
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the call center.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, service_user_id: cc-sales@acme.example, name: Sales}
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
      description: The call center under the names of the options, as far as it was read or written, passwords masked.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, service_user_id: cc-sales@acme.example, name: Sales, type: Standard,
        policy: Uniform, phone_number: "025126700", extension: "6700", queue_length: 20, active: true,
        service_user_password: "********"}
    before:
      description:
        - The call center before the change, as options that can be given back.
        - Before a deletion, only what the platform's list shows is known.
      type: dict
      returned: for an update or a deletion
      sample: {tenant_id: acme, group_id: brussels, service_user_id: cc-sales@acme.example, name: Sales, type: Standard,
        policy: Regular, phone_number: null, extension: "6700", queue_length: 10, active: false}
    unverified:
      description: Options that could not be compared, because the platform did not return them.
      type: list
      elements: str
      returned: always
      sample: []
    as_written:
      description:
        - Options that the platform does not return, and that were written last as they are wanted, each with when that
          was. They were left alone.
      type: dict
      returned: with O(written_file), if there is any
      sample: {service_user_password: "2026-11-26T18:00:00Z"}
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
      sample: "call center 'Sales' of brussels: the platform refused it"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 1, updated: 0, deleted: 0, unchanged: 0, failed: 0, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.call_center import CallCenter
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(CallCenter)


if __name__ == "__main__":
    main()
