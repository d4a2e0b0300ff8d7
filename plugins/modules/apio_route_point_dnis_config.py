#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_route_point_dnis_config
short_description: Set whether agents of BroadWorks route points see the DNIS, through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Sets the DNIS display of route points, one or hundreds in one task.
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
  display_dnis_number: &display_dnis_number
    description:
      - Whether agents see the number of the DNIS that was called, in place of the caller's number.
    type: bool
  display_dnis_name: &display_dnis_name
    description:
      - Whether agents see the name of the DNIS that was called, in place of the caller's name.
    type: bool
  config:
    description:
      - The settings of many route points at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      tenant_id: *tenant_id
      group_id: *group_id
      route_point_user_id: *route_point_user_id
      display_dnis_number: *display_dnis_number
      display_dnis_name: *display_dnis_name
extends_documentation_fragment:
  - voiceops.telephony.apio
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.present
  - voiceops.telephony.attributes
seealso:
  - module: voiceops.telephony.apio_route_point_dnis
  - module: voiceops.telephony.apio_route_point_info
"""

EXAMPLES = r"""
- name: One route point
  voiceops.telephony.apio_route_point_dnis_config:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
    display_dnis_name: true

- name: Two route points
  voiceops.telephony.apio_route_point_dnis_config:
    tenant_id: acme
    group_id: brussels
    config:
      - {route_point_user_id: rp-sales@acme.example, display_dnis_name: true, display_dnis_number: false}
      - {route_point_user_id: rp-support@acme.example, display_dnis_name: false, display_dnis_number: false}

- name: New agents see which number was called, for their first week
  voiceops.telephony.apio_route_point_dnis_config:
    tenant_id: acme
    group_id: brussels
    config:
      - {route_point_user_id: rp-sales@acme.example, display_dnis_name: true, display_dnis_number: true}
      - {route_point_user_id: rp-support@acme.example, display_dnis_name: true, display_dnis_number: true}
  register: shown

- name: Keep how it was, to give it back as config after that week
  ansible.builtin.copy:
    content: "{{ shown.results | selectattr('changed') | map(attribute='before') | to_nice_json }}"
    dest: dnis-display.json
    mode: "0600"
"""

RETURN = r"""
results:
  description: One entry per route point, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the DNIS display.
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
      description: The DNIS display under the names of the options, as far as it was read or written.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, display_dnis_number:
        false, display_dnis_name: true}
    before:
      description: The DNIS display before the change, as options that can be given back.
      type: dict
      returned: for an update
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, display_dnis_number:
        false, display_dnis_name: false}
    unverified:
      description: Options that could not be compared, because the platform did not return them.
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
      sample: "DNIS display of rp-sales@acme.example: the platform refused it"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.route_point_settings import DnisConfig
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(DnisConfig)


if __name__ == "__main__":
    main()
