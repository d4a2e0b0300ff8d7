#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ccs_extension_info
short_description: Read the extensions of a Windstream CCS tenant
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the extensions of a tenant with their uuids and the names of their users, all of them or one.
  - The documented API shows no settings of an extension, neither agent nor recording. If a server does return them,
    they are in the answer.
options:
  tenant:
    description:
      - The tenant by its uuid, by its name on the voice platform, or by its own name. A name must be unique.
      - A uuid is quickest. A name on the voice platform costs one more request, and another name one more per tenant
        that the account sees.
      - Leave it out if the account is of the tenant's own level. It then sees the extensions of that tenant.
    type: raw
  uuid:
    description:
      - Return only the extension with this uuid. If there is none, the list is empty.
    type: str
  extension:
    description:
      - Return only the extension with this number. Quote it. If there is none, the list is empty.
    type: raw
extends_documentation_fragment:
  - voiceops.telephony.ccs
  - voiceops.telephony.connection
  - voiceops.telephony.as_options
  - voiceops.telephony.attributes.info
notes:
  - The account needs the permission API, and Tenants View or Tenant Edit.
seealso:
  - module: voiceops.telephony.ccs_extension
"""

EXAMPLES = r"""
- name: All extensions of a tenant
  voiceops.telephony.ccs_extension_info:
    url: https://ccs.example.com
    token: "{{ ccs_token }}"
    tenant: Acme Contact Center
    as_options: true
  register: acme

- name: All agents of the list have an extension
  ansible.builtin.assert:
    that: missing | length == 0
    fail_msg: "The telephony platform has no {{ missing | join(', ') }} yet"
  vars:
    missing: "{{ agents | map(attribute='extension') | difference(acme.resources | map(attribute='extension')) }}"

- name: Make all of them agents
  voiceops.telephony.ccs_extension:
    tenant: Acme Contact Center
    config: "{{ acme.resources | map('combine', {'is_agent': true}) }}"

- name: The extensions of one's own tenant
  voiceops.telephony.ccs_extension_info:
    token: "{{ tenant_token }}"

- name: One extension by its number
  voiceops.telephony.ccs_extension_info:
    tenant: Acme Contact Center
    extension: "2001"
"""

RETURN = r"""
resources:
  description:
    - The extensions that were found, in the order of the platform.
    - RV(resources[].firstname) and RV(resources[].lastname) are no options of M(voiceops.telephony.ccs_extension), so
      O(as_options) leaves them out.
  returned: success
  type: list
  elements: dict
  contains:
    tenant:
      description: The tenant as it was asked for.
      type: str
      returned: when O(tenant) is given
      sample: Acme Contact Center
    uuid:
      description: Uuid of the extension.
      type: str
      returned: always
      sample: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d
    extension:
      description: Number of the extension.
      type: str
      returned: always
      sample: "2001"
    firstname:
      description: First name of its user.
      type: str
      returned: always
      sample: An
    lastname:
      description: Last name of its user.
      type: str
      returned: always
      sample: Peeters
    is_agent:
      description: Whether the extension is an agent.
      type: bool
      returned: when the server shows it, which is not documented
      sample: true
    recording_type:
      description: Whether calls are recorded, V(None), V(Mandatory) or V(On Demand).
      type: str
      returned: when the server shows it, which is not documented
      sample: On Demand
    monitor:
      description: Whether supervisors can listen to the calls.
      type: bool
      returned: when the server shows it, which is not documented
      sample: false
    max_chats:
      description: How many chats the agent can have at the same time.
      type: int
      returned: when the server shows it, which is not documented
      sample: 3
    is_multimedia_enabled:
      description: Whether the agent gets contacts of other media than voice.
      type: bool
      returned: when the server shows it, which is not documented
      sample: false
summary:
  description: How many extensions were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 12, requests: 2}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.ccs.extension import Extension
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(Extension)


if __name__ == "__main__":
    main()
