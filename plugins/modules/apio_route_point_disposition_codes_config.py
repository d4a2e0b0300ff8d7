#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_route_point_disposition_codes_config
short_description: Set how BroadWorks route points use call disposition codes, through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Sets whether agents can or must say by a code what a call was about, for one route point or hundreds in one task.
  - Every route point has these settings, so they can be changed, but neither created nor deleted.
  - Only options that are given are compared and written.
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
  route_point_user_id: &route_point_user_id
    description:
      - User id of the route point, such as V(rp-sales@acme.example), up to 161 characters. It is what identifies the
        settings.
      - Required, here or in each entry of O(config).
    type: str
  enable_call_disposition_codes: &enable_call_disposition_codes
    description:
      - Whether the route point uses codes.
    type: bool
  include_organization_codes: &include_organization_codes
    description:
      - Whether agents can use the codes of the group or the enterprise besides those of the route point.
    type: bool
  force_use_of_call_disposition_codes: &force_use_of_call_disposition_codes
    description:
      - Whether each call must have a code.
      - V(true) needs O(default_call_disposition_code), given or already there.
    type: bool
  default_call_disposition_code: &default_call_disposition_code
    description:
      - The code that a call gets when the agent chooses none. It must exist and be active.
      - V(null) removes it, which is not possible together with O(force_use_of_call_disposition_codes=true).
    type: dict
    suboptions:
      code:
        description: The code, 1 to 10 characters. Quote it.
        type: raw
      level:
        description: Whose code it is, V(CallCenter) for one of the route point itself.
        type: str
        choices: [CallCenter, Group, Enterprise]
  config:
    description:
      - The settings of many route points at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      tenant_id: *tenant_id
      group_id: *group_id
      route_point_user_id: *route_point_user_id
      enable_call_disposition_codes: *enable_call_disposition_codes
      include_organization_codes: *include_organization_codes
      force_use_of_call_disposition_codes: *force_use_of_call_disposition_codes
      default_call_disposition_code: *default_call_disposition_code
extends_documentation_fragment:
  - voiceops.telephony.apio
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.present
  - voiceops.telephony.attributes
notes:
  - The order of tasks counts. Codes are created before the settings that name one as the default, and the default is
    changed or removed before its code is deleted.
  - A task that names a default that does not exist or is not active is refused before its first write. In check mode
    it is only warned of, because an earlier task of the same play may be the one to create it.
seealso:
  - module: voiceops.telephony.apio_route_point_disposition_code
  - module: voiceops.telephony.apio_route_point_info
"""

EXAMPLES = r"""
- name: Create the codes first
  voiceops.telephony.apio_route_point_disposition_code:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
    config:
      - {code: "1001", description: Order placed}
      - {code: "1002", description: Order changed}

- name: Then make one of them the default
  voiceops.telephony.apio_route_point_disposition_codes_config:
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
    enable_call_disposition_codes: true
    force_use_of_call_disposition_codes: true
    default_call_disposition_code: {code: "1001", level: CallCenter}

- name: Two route points do without codes
  voiceops.telephony.apio_route_point_disposition_codes_config:
    tenant_id: acme
    group_id: brussels
    config:
      - route_point_user_id: rp-sales@acme.example
        enable_call_disposition_codes: false
        force_use_of_call_disposition_codes: false
        default_call_disposition_code: null
      - route_point_user_id: rp-support@acme.example
        enable_call_disposition_codes: false

- name: Read the codes of all route points
  voiceops.telephony.apio_route_point_info:
    tenant_id: acme
    group_id: brussels
    route_point_user_id: [rp-sales@acme.example, rp-support@acme.example]
    gather_subset: [disposition_codes]
  register: points

- name: The first code of each is its default
  voiceops.telephony.apio_route_point_disposition_codes_config:
    tenant_id: acme
    group_id: brussels
    route_point_user_id: "{{ item.route_point_user_id }}"
    default_call_disposition_code: {code: "{{ item.disposition_codes[0].code }}", level: CallCenter}
  loop: "{{ points.resources | selectattr('disposition_codes') }}"
  loop_control: {label: "{{ item.route_point_user_id }}"}

- name: Each call must have a code from now on
  block:
    - name: Say so
      voiceops.telephony.apio_route_point_disposition_codes_config:
        tenant_id: acme
        group_id: brussels
        config:
          - {route_point_user_id: rp-sales@acme.example, force_use_of_call_disposition_codes: true}
          - {route_point_user_id: rp-support@acme.example, force_use_of_call_disposition_codes: true}
      register: forced
  rescue:
    - name: Where it cannot be, because there is no default
      ansible.builtin.fail:
        msg: "Agents may still leave out the code. {{ ansible_failed_result.msg }}"
"""

RETURN = r"""
results:
  description: One entry per route point, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the disposition code settings.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example}
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
      description: The disposition code settings under the names of the options, as far as it was read or written.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example,
        enable_call_disposition_codes: true, include_organization_codes: false, force_use_of_call_disposition_codes:
        true, default_call_disposition_code: {code: "1001", level: CallCenter}}
    before:
      description: The disposition code settings before the change, as options that can be given back.
      type: dict
      returned: for an update
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example,
        enable_call_disposition_codes: false, include_organization_codes: false, force_use_of_call_disposition_codes:
        false, default_call_disposition_code: null}
    unverified:
      description: Options that could not be compared, because the platform did not return them.
      type: list
      elements: str
      returned: always
      sample: []
    awaits:
      description: The default code that an earlier task of the same play has to make or to activate first.
      type: list
      elements: str
      returned: in check mode, if there is any
      sample: ["disposition code 'ORDER' of rp-sales@acme.example"]
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
      sample: "disposition code settings of rp-sales@acme.example: the platform refused it"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.disposition_code import DispositionCodesConfig
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(DispositionCodesConfig)


if __name__ == "__main__":
    main()
