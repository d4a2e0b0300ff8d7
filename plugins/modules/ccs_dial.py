#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ccs_dial
short_description: Make calls from extensions of a Windstream CCS tenant
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Calls a number from an extension (click to call), one call or many in one task.
options:
  tenant: &tenant
    description:
      - The tenant by its uuid. An account that sees tenants can also give its name on the voice platform or its own
        name.
      - Given at the top level, it holds for all entries of O(config) that do not say otherwise.
      - Required, here or in each entry of O(config).
    type: raw
  uuid: &uuid
    description:
      - The extension that calls, by its uuid. Either this or O(extension) must be given.
    type: str
  extension: &extension
    description:
      - The extension that calls, by its number. Quote it, so that YAML keeps leading zeros.
      - It is looked up, once per task for all entries. Beside O(uuid) it is not needed, and not looked at.
    type: raw
  target: &target
    description:
      - The number to call. Quote it. Required.
    type: raw
  outbound_queue: &outbound_queue
    description:
      - The outbound queue through which to call, by its uuid or its name. Names are looked up, once per task.
      - Whether a call can do without one is not documented.
    type: raw
  config:
    description:
      - Many calls at once, each with the options of a single one. Cannot stand beside them.
      - An extension can be in it once.
    type: list
    elements: dict
    suboptions:
      tenant: *tenant
      uuid: *uuid
      extension: *extension
      target: *target
      outbound_queue: *outbound_queue
extends_documentation_fragment:
  - voiceops.telephony.ccs
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes.action
notes:
  - The account needs the permissions API and Call Control, and by the document must be of the tenant's own level. Such
    an account sees no tenants, so it has to give the O(tenant) by uuid.
  - To look up extensions, it needs Tenants View or Tenant Edit, and for queues Voice OQs View.
seealso:
  - module: voiceops.telephony.ccs_call
  - module: voiceops.telephony.ccs_tenant_info
"""

EXAMPLES = r"""
- name: Call back
  voiceops.telephony.ccs_dial:
    url: https://ccs.example.com
    token: "{{ tenant_token }}"
    tenant: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d
    extension: "2001"
    target: "819735552106"
    outbound_queue: Outbound

- name: Two agents call at the same time
  voiceops.telephony.ccs_dial:
    tenant: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d
    config:
      - extension: "2001"
        target: "819735552106"
      - extension: "2002"
        target: "819735552107"

- name: An agent calls back everybody on a list, with time to talk in between
  voiceops.telephony.ccs_dial:
    tenant: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d
    extension: "2001"
    target: "{{ item.number }}"
    outbound_queue: Outbound
  loop: "{{ callbacks }}"
  loop_control: {label: "{{ item.name }}", pause: 300}
  register: calls

- name: Whom that agent has called
  ansible.builtin.debug:
    msg: "{{ calls.results | map(attribute='item.name') | join(', ') }}"

- name: A customer is called in any case
  block:
    - name: By the agent who knows the customer
      voiceops.telephony.ccs_dial:
        tenant: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d
        extension: "2001"
        target: "819735552106"
  rescue:
    - name: Say why it is not that agent
      ansible.builtin.debug:
        msg: "{{ ansible_failed_result.msg }}"

    - name: By another one
      voiceops.telephony.ccs_dial:
        tenant: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d
        extension: "2002"
        target: "819735552106"
"""

RETURN = r"""
results:
  description: One entry per call, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the extension.
      type: dict
      returned: always
      sample: {tenant: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d, uuid: az123456-5cca-4ff1-874e-dc1c92d6de64,
        extension: "2001"}
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
      description: What was asked for, and as C(outbound_queue_uuid) the queue that O(outbound_queue) names.
      type: dict
      returned: always
      sample: {tenant: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d, uuid: az123456-5cca-4ff1-874e-dc1c92d6de64,
        extension: "2001", target: "819735552106", outbound_queue: Outbound,
        outbound_queue_uuid: az123456-c0ed-42b7-8e8c-d50c4991828c}
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
      sample: "no extension is called '2001'; this account sees: 2002, 2003"
summary:
  description: How many entries were done or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {done: 2, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.ccs.agent import Dial
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Dial)


if __name__ == "__main__":
    main()
