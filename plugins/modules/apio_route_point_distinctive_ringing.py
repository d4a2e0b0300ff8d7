#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_route_point_distinctive_ringing
short_description: Set how calls of BroadWorks route points ring, through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Sets the distinctive ringing of route points, by which agents hear that a call comes from the route point, for one
    or hundreds in one task.
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
  distinctive_ringing: &distinctive_ringing
    description:
      - Whether calls of the route point ring by the patterns below.
    type: bool
  ring_pattern_for_route_point: &ring_pattern_for_route_point
    description:
      - How calls of the route point ring.
    type: str
    choices: &patterns [Normal, Long-Long, Short-Short-Long, Short-Long-Short]
  force_delivery_ring_pattern: &force_delivery_ring_pattern
    description:
      - How calls ring that are going to be connected without the agent answering.
    type: str
    choices: *patterns
  config:
    description:
      - The settings of many route points at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      tenant_id: *tenant_id
      group_id: *group_id
      route_point_user_id: *route_point_user_id
      distinctive_ringing: *distinctive_ringing
      ring_pattern_for_route_point: *ring_pattern_for_route_point
      force_delivery_ring_pattern: *force_delivery_ring_pattern
extends_documentation_fragment:
  - voiceops.telephony.apio
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.present
  - voiceops.telephony.attributes
seealso:
  - module: voiceops.telephony.apio_route_point_info
"""

EXAMPLES = r"""
- name: One route point
  voiceops.telephony.apio_route_point_distinctive_ringing:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
    distinctive_ringing: true
    ring_pattern_for_route_point: Long-Long
    force_delivery_ring_pattern: Short-Long-Short

- name: Two route points that can be told apart
  voiceops.telephony.apio_route_point_distinctive_ringing:
    tenant_id: acme
    group_id: brussels
    config:
      - {route_point_user_id: rp-sales@acme.example, ring_pattern_for_route_point: Long-Long}
      - {route_point_user_id: rp-support@acme.example, ring_pattern_for_route_point: Short-Short-Long}

- name: How each of them rings, from a dictionary of route points and patterns
  voiceops.telephony.apio_route_point_distinctive_ringing:
    tenant_id: acme
    group_id: brussels
    config: "{{ patterns | ansible.builtin.dict2items(key_name='route_point_user_id', value_name='ring_pattern_for_route_point') }}"
  vars:
    patterns:
      rp-sales@acme.example: Long-Long
      rp-support@acme.example: Short-Short-Long
  register: ringing

- name: Which agents have to learn another pattern
  ansible.builtin.debug:
    msg: "Calls of {{ item.key.route_point_user_id }} ring {{ item.resource.ring_pattern_for_route_point }},
      and no longer {{ item.before.ring_pattern_for_route_point }}"
  loop: "{{ ringing.results | selectattr('changed') }}"
  loop_control: {label: "{{ item.key.route_point_user_id }}"}
"""

RETURN = r"""
results:
  description: One entry per route point, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the distinctive ringing.
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
      description: The distinctive ringing under the names of the options, as far as it was read or written.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, distinctive_ringing:
        true, ring_pattern_for_route_point: Long-Long, force_delivery_ring_pattern: Short-Long-Short}
    before:
      description: The distinctive ringing before the change, as options that can be given back.
      type: dict
      returned: for an update
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, distinctive_ringing:
        false, ring_pattern_for_route_point: Normal, force_delivery_ring_pattern: Normal}
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
      sample: "distinctive ringing of rp-sales@acme.example: the platform refused it"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.route_point_settings import DistinctiveRinging
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(DistinctiveRinging)


if __name__ == "__main__":
    main()
