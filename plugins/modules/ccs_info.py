#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ccs_info
short_description: Read the catalogues of products and roles of Windstream CCS
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns which products and which roles the platform has, for all tenants alike.
  - What one tenant has is read by M(voiceops.telephony.ccs_tenant_info).
options:
  gather_subset:
    description:
      - Which catalogues to read. Each costs one request.
    type: list
    elements: str
    choices: [products, roles]
    default: [products, roles]
extends_documentation_fragment:
  - voiceops.telephony.ccs
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
notes:
  - The account needs the permissions API and Tenant Edit, and must belong to the telco.
seealso:
  - module: voiceops.telephony.ccs_tenant_info
  - module: voiceops.telephony.ccs_tenant_product
"""

EXAMPLES = r"""
- name: Which products there are
  voiceops.telephony.ccs_info:
    url: https://ccs.example.com
    token: "{{ ccs_token }}"
    gather_subset: [products]
  register: catalogue

- name: What was sold is among them
  ansible.builtin.assert:
    that: sold | difference(names) | length == 0
    fail_msg: "There is no {{ sold | difference(names) | join(' and no ') }}, but {{ names | join(', ') }}"
  vars:
    sold: [Campaign, +AG]
    names: "{{ catalogue.resources[0].products | map(attribute='name') }}"

- name: Read the products and the roles
  voiceops.telephony.ccs_info:
    gather_subset: [products, roles]
  register: catalogue

- name: Keep them for those who order
  ansible.builtin.copy:
    content: "{{ catalogue.resources[0] | to_nice_yaml }}"
    dest: catalogue.yml
    mode: "0644"
"""

RETURN = r"""
resources:
  description: One entry with the catalogues.
  returned: success
  type: list
  elements: dict
  contains:
    products:
      description: The products, each with C(uuid), C(name) and C(notes).
      type: list
      elements: dict
      returned: with V(products)
      sample: [{uuid: az123456-d7ef-4638-9cff-ef6aaba3e77f, name: +AG, notes: R7.3 Feature}]
    roles:
      description: The roles, each with C(uuid) and C(name).
      type: list
      elements: dict
      returned: with V(roles)
      sample: [{uuid: az123456-a5f9-488c-9bb6-e947f3f33d2b, name: Tenant Admin}]
summary:
  description: That there is one entry, and how many requests it took.
  returned: success
  type: dict
  sample: {found: 1, requests: 2}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.ccs.tenant import Catalogue
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(Catalogue)


if __name__ == "__main__":
    main()
