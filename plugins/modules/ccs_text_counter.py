#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ccs_text_counter
short_description: Reset the text message counters of Windstream CCS tenants
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Sets the count of text messages (SMS and MMS) of a tenant back, of one tenant or many in one task.
  - The count is read by M(voiceops.telephony.ccs_tenant_info).
options:
  tenant: &tenant
    description:
      - The tenant by its uuid, by its name on the voice platform, or by its own name. A name must be unique.
      - A uuid is quickest. A name on the voice platform costs one more request per task, and another name one more per
        tenant that the account sees.
      - Required, here or in each entry of O(config).
    type: raw
  config:
    description:
      - Many tenants at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      tenant: *tenant
extends_documentation_fragment:
  - voiceops.telephony.ccs
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes.action
notes:
  - The account needs the permission API, and Tenants View or Tenant Edit.
seealso:
  - module: voiceops.telephony.ccs_tenant_info
"""

EXAMPLES = r"""
- name: Read the count of a tenant
  voiceops.telephony.ccs_tenant_info:
    url: https://ccs.example.com
    token: "{{ ccs_token }}"
    tenant: Acme Contact Center
    gather_subset: [text_count]
  register: month

- name: Keep it for the bill
  ansible.builtin.copy:
    content: "{{ month.resources[0].text_count | to_nice_json }}"
    dest: "acme-{{ '%Y-%m' | ansible.builtin.strftime }}.json"
    mode: "0600"

- name: Start to count anew
  voiceops.telephony.ccs_text_counter:
    tenant: Acme Contact Center

- name: Those of several tenants
  block:
    - name: Start to count anew
      voiceops.telephony.ccs_text_counter:
        config:
          - tenant: Acme Contact Center
          - tenant: Globex
  rescue:
    - name: Whose next bill would count this month a second time
      ansible.builtin.debug:
        msg: "{{ item.key.tenant }}: {{ item.error }}"
      loop: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') }}"
      loop_control: {label: "{{ item.key.tenant }}"}
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
      description: Always V(act).
      type: str
      returned: always
      sample: act
    changed:
      description: Whether it was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: The tenant.
      type: dict
      returned: always
      sample: {tenant: Acme Contact Center}
    answer:
      description: What the platform answered. The form is not documented, so nothing is promised.
      type: raw
      returned: always, V(null) in check mode and where it failed
      sample: {success: true}
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
  description: How many entries were done or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {done: 1, failed: 0, requests: 2}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.ccs.tenant import TextCounter
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(TextCounter)


if __name__ == "__main__":
    main()
