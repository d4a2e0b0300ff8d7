#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ccs_tenant_info
short_description: Read Windstream CCS tenants and what they have
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns all tenants that the account sees, or one of them, with what O(gather_subset) asks for.
  - Fields have the platform's names. Limits are numbers, all other values are as the platform sent them.
options:
  tenant:
    description:
      - Return only this tenant, given by its uuid, by its name on the voice platform, or by its own name. A name must
        be unique, and one that no tenant has is an error.
      - A uuid is quickest. A name on the voice platform costs one more request, and another name one more per tenant
        that the account sees.
    type: raw
  level:
    description:
      - Whose account it is, of the V(telco) or of a V(tenant). If not given, one of the telco.
      - An account of a tenant's own level sees neither tenants nor their settings. With V(tenant), the answer is one
        entry without names, and O(gather_subset) must be given, as V(acds), V(extensions) or both.
    type: str
    choices: [telco, tenant]
  gather_subset:
    description:
      - What to read of each tenant. Each costs one request per tenant, but V(products), which come with the tenant.
      - V(details) are all settings, with the limits and how much of each is in use.
      - V(acds) are the queues.
      - V(text_count) is the count of text messages.
      - With an empty list, the answer has what the list of tenants shows.
    type: list
    elements: str
    choices: [details, products, roles, acds, presence_options, extensions, text_count]
    default: [details]
extends_documentation_fragment:
  - voiceops.telephony.ccs
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
notes:
  - The account needs the permission API, and Tenants View or Tenant Edit. V(acds) need Voice IQs View, Voice OQs View,
    Conditional Routes View or VRQs View.
seealso:
  - module: voiceops.telephony.ccs_tenant
  - module: voiceops.telephony.ccs_tenant_product
  - module: voiceops.telephony.ccs_extension_info
  - module: voiceops.telephony.ccs_info
"""

EXAMPLES = r"""
- name: All tenants with their limits
  voiceops.telephony.ccs_tenant_info:
    url: https://ccs.example.com
    token: "{{ ccs_token }}"
  register: tenants

- name: Who is about to run out of agents
  ansible.builtin.debug:
    msg: "{{ item.name }} has {{ item.max_agents_count }} of {{ item.max_agents }} agents"
  loop: "{{ tenants.resources }}"
  loop_control:
    label: "{{ item.name }}"
  when: item.max_agents_count * 10 >= item.max_agents * 9

- name: One tenant with its queues and the states that its agents can have
  voiceops.telephony.ccs_tenant_info:
    tenant: Acme Contact Center
    gather_subset: [acds, presence_options]
  register: acme

- name: Under which numbers its queues are called
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ ([item.extension] + item.alternate_extensions) | join(', ') }}"
  loop: "{{ acme.resources[0].acds }}"
  loop_control: {label: "{{ item.name }}"}

- name: The queues of one's own tenant
  voiceops.telephony.ccs_tenant_info:
    level: tenant
    gather_subset: [acds]
"""

RETURN = r"""
resources:
  description:
    - The tenants that were found, in the order of the platform.
    - Beside what is named here, everything that the platform tells, under its names.
  returned: success
  type: list
  elements: dict
  contains:
    uuid:
      description: Uuid of the tenant.
      type: str
      returned: unless O(level=tenant)
      sample: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d
    name:
      description: The tenant's own name.
      type: str
      returned: with V(details)
      sample: Acme Contact Center
    sil_tenant_name:
      description: Its name on the voice platform.
      type: str
      returned: with V(details), and if all tenants are read
      sample: AcmeContactCenter
    product_name:
      description: Name under which the tenant has the service.
      type: str
      returned: with V(details), and if all tenants are read
      sample: Call Center Services
    max_agents:
      description:
        - How many agents there can be. So are C(max_queues), C(rec_extn_limit), C(monitor_ext_limit),
          C(group_agent_limit), C(chat_licenses) and C(multimedia_licenses).
      type: int
      returned: with V(details)
      sample: 100
    max_agents_count:
      description:
        - How many of these are in use. So are C(max_queues_count), C(rec_extn_count), C(monitor_ext_count),
          C(group_agent_count), C(chat_licenses_count) and C(multimedia_licenses_count).
      type: int
      returned: with V(details)
      sample: 8
    products:
      description: The products of the tenant, each with C(uuid), C(name) and C(notes).
      type: list
      elements: dict
      returned: with V(products)
      sample: [{uuid: az123456-7a90-4e41-a91d-19c8e35e81ef, name: Campaign, notes: ""}]
    roles:
      description: The roles of the tenant, each with C(uuid) and C(name).
      type: list
      elements: dict
      returned: with V(roles)
      sample: [{uuid: az123456-ac4e-4caf-922b-52ef715da6c7, name: Voice Help}]
    acds:
      description:
        - The queues of the tenant, each with C(uuid), C(type), C(tenant_id), C(name), C(extension) and
          C(alternate_extensions).
      type: list
      elements: dict
      returned: with V(acds)
      sample: [{uuid: az123456-0817-40a5-86aa-0f43becbd6f6, type: voice_queues, name: Sales, extension: "386",
        alternate_extensions: []}]
    presence_options:
      description: The states that agents can be brought to beside C(Ready), each with C(uuid), C(type) and C(name).
      type: list
      elements: dict
      returned: with V(presence_options)
      sample: [{uuid: az123456-6227-4ddc-9204-bd3cb9496e23, type: away, name: Coffee Break}]
    extensions:
      description: The extensions, each with C(uuid), C(lastname), C(firstname) and C(extension).
      type: list
      elements: dict
      returned: with V(extensions)
      sample: [{uuid: az123456-7c49-49a8-80fc-ae173a422a36, lastname: Peeters, firstname: An, extension: "2001"}]
    text_count:
      description: What the platform answers about text messages. The form is not documented, so nothing is promised.
      type: dict
      returned: with V(text_count)
      sample: {success: true}
summary:
  description: How many tenants were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 12, requests: 13}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.ccs.tenant import TenantInfo
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(TenantInfo)


if __name__ == "__main__":
    main()
