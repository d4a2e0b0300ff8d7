#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ccs_tenant
short_description: Set the limits and licences of Windstream CCS tenants
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Sets how many extensions, queues, agents and licences a tenant may use, for one tenant or hundreds in one task.
  - Only options that are given are compared, and only those that differ are written.
  - A limit that would be lowered below what is in use is refused before anything is written.
  - The API can neither create nor delete tenants.
options:
  tenant: &tenant
    description:
      - The tenant by its uuid, by its name on the voice platform, or by its own name. A name must be unique.
      - A uuid is quickest. A name on the voice platform costs one more request per task, and another name one more per
        tenant that the account sees.
      - Required, here or in each entry of O(config).
    type: raw
  product_name: &product_name
    description:
      - Name under which the tenant has the service. The products that it can use are set by
        M(voiceops.telephony.ccs_tenant_product).
    type: str
  rec_extn_limit: &rec_extn_limit
    description:
      - How many extensions can be recorded.
    type: int
  monitor_ext_limit: &monitor_ext_limit
    description:
      - How many extensions supervisors can listen to.
    type: int
  max_queues: &max_queues
    description:
      - How many queues there can be.
    type: int
  max_agents: &max_agents
    description:
      - How many agents there can be.
    type: int
  group_agent_limit: &group_agent_limit
    description:
      - How many group agents there can be.
    type: int
  chat_licenses: &chat_licenses
    description:
      - How many licences for chat the tenant has.
    type: int
  multimedia_licenses: &multimedia_licenses
    description:
      - How many licences for other media than voice the tenant has.
    type: int
  agent_billing: &agent_billing
    description:
      - What is billed, V(Named) each agent, V(Concurrent) the agents who are signed in at the same time.
      - The platform never returns it, so it cannot be compared. When it is written is up to O(write_unreadable).
    type: str
    choices: [Named, Concurrent]
  config:
    description:
      - Many tenants at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      tenant: *tenant
      product_name: *product_name
      rec_extn_limit: *rec_extn_limit
      monitor_ext_limit: *monitor_ext_limit
      max_queues: *max_queues
      max_agents: *max_agents
      group_agent_limit: *group_agent_limit
      chat_licenses: *chat_licenses
      multimedia_licenses: *multimedia_licenses
      agent_billing: *agent_billing
extends_documentation_fragment:
  - voiceops.telephony.ccs
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.present
  - voiceops.telephony.bulk.unreadable
  - voiceops.telephony.bulk.written
  - voiceops.telephony.attributes
attributes:
  idempotent:
    support: partial
    description: A second run with the same options changes nothing.
    details:
      - The platform does not return O(agent_billing). With it, each run writes it and is reported as changed, unless
        O(write_unreadable=never).
      - With O(written_file), what was written there last is not written again.
notes:
  - The account needs the permissions API and Tenant Edit, and must belong to the telco.
  - No setting can be cleared with V(null), since each always has a value.
  - A limit that is below what is in use already can be raised in steps, also to one that is still below it.
seealso:
  - module: voiceops.telephony.ccs_tenant_info
  - module: voiceops.telephony.ccs_tenant_product
"""

EXAMPLES = r"""
- name: Room for more agents
  voiceops.telephony.ccs_tenant:
    url: https://ccs.example.com
    token: "{{ ccs_token }}"
    tenant: Acme Contact Center
    max_agents: 120
    chat_licenses: 40

- name: All tenants
  voiceops.telephony.ccs_tenant:
    config:
      - tenant: Acme Contact Center
        product_name: Call Center Services
        rec_extn_limit: 60
        monitor_ext_limit: 20
        max_queues: 45
        max_agents: 120
        group_agent_limit: 0
        chat_licenses: 40
        multimedia_licenses: 10
      - tenant: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d
        max_agents: 30

- name: Bill by the agents who are signed in; such a task is changed each time
  voiceops.telephony.ccs_tenant:
    tenant: Acme Contact Center
    agent_billing: Concurrent

- name: Read how much all tenants use
  voiceops.telephony.ccs_tenant_info:
    gather_subset: [details]
  register: tenants

- name: Whoever has fewer than five agents to spare gets twenty more
  voiceops.telephony.ccs_tenant:
    tenant: "{{ item.uuid }}"
    max_agents: "{{ item.max_agents + 20 }}"
  loop: "{{ tenants.resources }}"
  loop_control: {label: "{{ item.name }}"}
  when: item.max_agents - item.max_agents_count < 5
  register: raised

- name: What has to be billed
  ansible.builtin.debug:
    msg: "{{ item.item.name }}: {{ item.results[0].before.max_agents }} agents were paid for, and now {{ item.results[0].resource.max_agents }}"
  loop: "{{ raised.results | selectattr('changed') }}"
  loop_control: {label: "{{ item.item.name }}"}

- name: A tenant wants to pay for less
  block:
    - name: Lower what it may use
      voiceops.telephony.ccs_tenant:
        tenant: Acme Contact Center
        max_agents: 5
        max_queues: 10
  rescue:
    - name: Say what the tenant has to give up first
      ansible.builtin.debug:
        msg: "{{ ansible_failed_result.msg }}"

    - name: Read what it uses
      voiceops.telephony.ccs_tenant_info:
        tenant: Acme Contact Center
      register: used

    - name: Lower it as far as that allows
      voiceops.telephony.ccs_tenant:
        tenant: Acme Contact Center
        max_agents: "{{ used.resources[0].max_agents_count }}"
        max_queues: "{{ used.resources[0].max_queues_count }}"
"""

RETURN = r"""
results:
  description: One entry per tenant, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the tenant.
      type: dict
      returned: always
      sample: {tenant: Acme Contact Center}
    action:
      description: What it needed, V(update) or V(unchanged).
      type: str
      returned: always
      sample: update
    changed:
      description: Whether that was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: The limits under the names of the options, and how much of each is in use, as numbers.
      type: dict
      returned: always
      sample: {tenant: Acme Contact Center, product_name: Call Center Services, max_agents: 120, max_agents_count: 8,
        max_queues: 45, max_queues_count: 29, rec_extn_limit: 60, rec_extn_count: 7, monitor_ext_limit: 20,
        monitor_ext_count: 2, group_agent_limit: 0, group_agent_count: 0, chat_licenses: 40, chat_licenses_count: 5,
        multimedia_licenses: 10, multimedia_licenses_count: 5}
    before:
      description: The options as they were, in the form in which they can be given back.
      type: dict
      returned: when something differs
      sample: {tenant: Acme Contact Center, max_agents: 100, chat_licenses: 6}
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
      sample: {agent_billing: "2026-11-26T18:00:00Z"}
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
      sample: "no tenant is called 'Acme'; this account sees: Globex, Initech"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.ccs.tenant import Tenant
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Tenant)


if __name__ == "__main__":
    main()
