#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ccs_tenant_product
short_description: Manage the products of Windstream CCS tenants
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Adds products to tenants and takes them away, one or the whole set in one task.
  - A product is given by its name or by its uuid. To the platform, both are the same.
options:
  tenant: &tenant
    description:
      - The tenant by its uuid, by its name on the voice platform, or by its own name. A name must be unique.
      - A uuid is quickest. A name on the voice platform costs one more request per task, and another name one more per
        tenant that the account sees.
      - Given at the top level, it holds for all entries of O(config) that do not say otherwise.
      - Required, here or in each entry of O(config).
    type: raw
  product: &product
    description:
      - The product by its name or uuid. Names and uuids are listed by M(voiceops.telephony.ccs_info).
      - Names are looked up once per task, and only if a product has to be added. If several products have the name,
        the entry fails and lists their uuids.
      - Required, here or in each entry of O(config).
    type: raw
  config:
    description:
      - Many products at once, each with the options of a single one. Cannot stand beside them.
      - With O(purge), it is the whole set of products of each tenant that it names.
    type: list
    elements: dict
    suboptions:
      tenant: *tenant
      product: *product
extends_documentation_fragment:
  - voiceops.telephony.ccs
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.state
  - voiceops.telephony.bulk.purge
  - voiceops.telephony.attributes
notes:
  - The account needs the permissions API and Tenant Edit, and must belong to the telco.
  - In a tenant of which an entry of O(config) names a product that nobody knows, nothing is purged, because the entry
    may mean one that is there.
seealso:
  - module: voiceops.telephony.ccs_info
  - module: voiceops.telephony.ccs_tenant_info
"""

EXAMPLES = r"""
- name: One more product
  voiceops.telephony.ccs_tenant_product:
    url: https://ccs.example.com
    token: "{{ ccs_token }}"
    tenant: Acme Contact Center
    product: Campaign

- name: Exactly these products; others are taken away, but never more than two
  voiceops.telephony.ccs_tenant_product:
    tenant: Acme Contact Center
    purge: true
    max_deletions: 2
    config:
      - product: Campaign
      - product: ECR,ACP
      - product: az123456-7a90-4e41-a91d-19c8e35e81ef

- name: The same product for several tenants, or for none of them
  block:
    - name: Add it
      voiceops.telephony.ccs_tenant_product:
        config:
          - tenant: Acme Contact Center
            product: Campaign
          - tenant: Globex
            product: Campaign
      register: added

    - name: Who has it now, and had it not
      ansible.builtin.debug:
        msg: "{{ added.results | selectattr('changed') | map(attribute='key.tenant') | join(', ') }}"
  rescue:
    - name: Take it away again from those who got it
      voiceops.telephony.ccs_tenant_product:
        config: "{{ ansible_failed_result.results | default([]) | selectattr('changed') | map(attribute='key') }}"
        state: absent

    - name: Say why
      ansible.builtin.fail:
        msg: "{{ ansible_failed_result.msg }}"

- name: Take a product away
  voiceops.telephony.ccs_tenant_product:
    tenant: Acme Contact Center
    product: Campaign
    state: absent

- name: Read what all tenants have
  voiceops.telephony.ccs_tenant_info:
    gather_subset: [details, products]
  register: tenants

- name: What each of them has
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.products | map(attribute='name') | join(', ') }}"
  loop: "{{ tenants.resources }}"
  loop_control: {label: "{{ item.name }}"}

- name: All that have chat get a product, in one task
  voiceops.telephony.ccs_tenant_product:
    config: "{{ dict(chat | map(attribute='uuid') | product(['Campaign'])) | ansible.builtin.dict2items(key_name='tenant', value_name='product') }}"
  vars:
    chat: "{{ tenants.resources | selectattr('chat_licenses', 'gt', 0) }}"
"""

RETURN = r"""
results:
  description: One entry per product, in the order of O(config), and after them what was purged.
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the product.
      type: dict
      returned: always
      sample: {tenant: Acme Contact Center, product: Campaign}
    action:
      description: What it needed, V(create), V(delete) or V(unchanged).
      type: str
      returned: always
      sample: create
    changed:
      description: Whether that was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: The product, with its uuid, name and notes if the tenant had it before.
      type: dict
      returned: always
      sample: {tenant: Acme Contact Center, product: Campaign, uuid: az123456-7a90-4e41-a91d-19c8e35e81ef,
        name: Campaign, notes: R7.3 Feature}
    before:
      description: What was taken away.
      type: dict
      returned: when it was, or in check mode would be
      sample: {tenant: Acme Contact Center, product: Campaign}
    unverified:
      description: Always empty, since nothing of a product has to be compared.
      type: list
      elements: str
      returned: always
      sample: []
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
      sample: "no product is called 'Campain'; this account sees: +AG, Campaign, ECR,ACP"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 2, updated: 0, deleted: 1, unchanged: 17, failed: 0, requests: 6}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.ccs.tenant import TenantProduct
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(TenantProduct)


if __name__ == "__main__":
    main()
