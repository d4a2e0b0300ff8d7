#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ccs_agent_state
short_description: Bring agents of Windstream CCS to a state
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Makes agents ready, sends them on a break or signs them out, one or hundreds in one task.
  - How an agent is addressed follows from whose account it is.
  - An account of the telco gives O(tenant), and O(uuid) or O(extension). The state is read and compared, and O(name) is
    checked against the presence options of the tenant before anything is written.
  - The administrator of a tenant gives O(uuid) or O(extension) alone.
  - An agent's own account gives none of them, and means itself.
  - In the last two ways, the API shows neither the state nor the presence options. So the state is written in each run
    and reported as changed, unless O(write_unreadable=never), and a wrong O(name) is refused by the platform.
options:
  tenant: &tenant
    description:
      - The tenant by its uuid, by its name on the voice platform, or by its own name. A name must be unique.
      - A uuid is quickest. A name on the voice platform costs one more request per task, and another name one more per
        tenant that the account sees.
      - Given at the top level, it holds for all entries of O(config) that do not say otherwise.
      - Leave it out if the account is not of the telco.
    type: raw
  uuid: &uuid
    description:
      - The agent's extension by its uuid.
    type: str
  extension: &extension
    description:
      - The agent's extension by its number. Quote it, so that YAML keeps leading zeros.
      - It is looked up, once per task for all entries. Beside O(uuid) it is not needed, and not looked at.
    type: raw
  name: &name
    description:
      - The state, V(Ready) or the name of a presence option of the tenant, such as V(Lunch Break). Required.
    type: str
  config:
    description:
      - Many agents at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      tenant: *tenant
      uuid: *uuid
      extension: *extension
      name: *name
extends_documentation_fragment:
  - voiceops.telephony.ccs
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.unreadable
  - voiceops.telephony.attributes
attributes:
  idempotent:
    support: partial
    description: A second run with the same options changes nothing.
    details:
      - With O(tenant), the state is read, and an agent who has it is left alone.
      - Without O(tenant), the API does not show the state, so each run writes it and is reported as changed. With
        O(write_unreadable=never), such a run writes nothing.
notes:
  - The account needs the permissions API and Agent Control, and to look up extensions, Tenants View or Tenant Edit. If
    it may not read the presence options, O(name) is not checked before it is written.
  - An agent may change the state at any time, so the one that was read may be over when the task ends.
seealso:
  - module: voiceops.telephony.ccs_tenant_info
  - module: voiceops.telephony.ccs_extension_info
"""

EXAMPLES = r"""
- name: By an account of the telco
  voiceops.telephony.ccs_agent_state:
    url: https://ccs.example.com
    token: "{{ ccs_token }}"
    tenant: Acme Contact Center
    extension: "2001"
    name: Ready

- name: A whole team signs out, by the administrator of the tenant
  voiceops.telephony.ccs_agent_state:
    config:
      - extension: "2001"
        name: Sign Out
      - extension: "2002"
        name: Sign Out

- name: By the agent's own account
  voiceops.telephony.ccs_agent_state:
    token: "{{ my_own_token }}"
    name: Lunch Break

- name: The team has a meeting; keep in which state each of them was
  voiceops.telephony.ccs_agent_state:
    tenant: Acme Contact Center
    config:
      - {extension: "2001", name: Lunch Break}
      - {extension: "2002", name: Lunch Break}
  register: meeting

- name: After it, everybody is again in that state
  voiceops.telephony.ccs_agent_state:
    config: "{{ meeting.results | selectattr('changed') | map(attribute='before') }}"

- name: The shift begins
  block:
    - name: Everybody is ready
      voiceops.telephony.ccs_agent_state:
        tenant: Acme Contact Center
        config: "{{ shift | map('combine', {'name': 'Ready'}) }}"
  rescue:
    - name: Tell the supervisor who is not
      voiceops.telephony.notify_mail:
        host: mail.example.com
        sender: telephony@example.com
        to: [supervisor@example.com]
        subject: "{{ ansible_failed_result.summary.failed | default('All') }} agents of the shift are not ready"
        text: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') | map(attribute='error')
          | join('\n') | default(ansible_failed_result.msg, true) }}"
"""

RETURN = r"""
results:
  description: One entry per agent, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the agent. Empty for the account itself.
      type: dict
      returned: always
      sample: {tenant: Acme Contact Center, uuid: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d, extension: "2001"}
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
      description: The agent and the state, as it was read or written.
      type: dict
      returned: always
      sample: {tenant: Acme Contact Center, uuid: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d, extension: "2001", name: Ready}
    before:
      description: The agent and the state before. Can be given back to the module, if the state could be read.
      type: dict
      returned: when the state is written
      sample: {tenant: Acme Contact Center, uuid: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d, extension: "2001",
        name: Lunch Break}
    unverified:
      description: V(name) if the state could not be read.
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
      sample: "no extension is called '2001'; this account sees: 2002, 2003"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.ccs.agent import AgentState
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(AgentState)


if __name__ == "__main__":
    main()
