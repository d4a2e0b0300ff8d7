#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_route_point_bounced_call
short_description: Set what becomes of calls that agents of BroadWorks route points do not answer, through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Sets after how many rings a call bounces off an agent, and where it goes, for one route point or hundreds in one
    task.
  - Every route point has these settings, so they can be changed, but neither created nor deleted.
  - Only options that are given are compared and written.
  - A server may leave O(enable_transfer), O(transfer_phone_number) and O(bounce_call_when_agent_unavailable) out of
    its answers. That does not mean that they are off, so they cannot be compared then. See O(write_unreadable).
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
  active: &active
    description:
      - Whether a call that is not answered bounces, which takes it back to the queue with a higher priority or
        transfers it.
    type: bool
  number_of_rings_before_bouncing_call: &number_of_rings_before_bouncing_call
    description:
      - After how many rings a call bounces, 1 to 20.
    type: int
  enable_transfer: &enable_transfer
    description:
      - Whether a call that bounces is transferred to O(transfer_phone_number) instead of going back to the queue.
    type: bool
  transfer_phone_number: &transfer_phone_number
    description:
      - Number or SIP address for O(enable_transfer), up to 161 characters. Quote it. V(null) clears it.
    type: raw
  bounce_call_when_agent_unavailable: &bounce_call_when_agent_unavailable
    description:
      - Whether a call also bounces when the agent becomes unavailable while it rings.
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
      active: *active
      number_of_rings_before_bouncing_call: *number_of_rings_before_bouncing_call
      enable_transfer: *enable_transfer
      transfer_phone_number: *transfer_phone_number
      bounce_call_when_agent_unavailable: *bounce_call_when_agent_unavailable
extends_documentation_fragment:
  - voiceops.telephony.apio
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.present
  - voiceops.telephony.bulk.unreadable
  - voiceops.telephony.bulk.written
  - voiceops.telephony.bulk.country
  - voiceops.telephony.attributes
attributes:
  idempotent:
    support: partial
    description: A second run with the same options changes nothing.
    details:
      - Options that the server does not return are written in each run, unless O(write_unreadable=never).
      - With O(written_file), what was written there last is not written again.
seealso:
  - module: voiceops.telephony.apio_route_point_overflow
  - module: voiceops.telephony.apio_route_point_info
"""

EXAMPLES = r"""
- name: One route point
  voiceops.telephony.apio_route_point_bounced_call:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
    active: true
    number_of_rings_before_bouncing_call: 5

- name: Two route points, one of which transfers
  voiceops.telephony.apio_route_point_bounced_call:
    tenant_id: acme
    group_id: brussels
    config:
      - route_point_user_id: rp-sales@acme.example
        active: true
        enable_transfer: true
        transfer_phone_number: "+3225126700"
      - route_point_user_id: rp-support@acme.example
        active: false
  register: bounced

- name: What the server does not show, so that it could not be compared
  ansible.builtin.debug:
    msg: "{{ item.key.route_point_user_id }}: {{ item.unverified | join(', ') }}"
  loop: "{{ bounced.results | selectattr('unverified') }}"
  loop_control: {label: "{{ item.key.route_point_user_id }}"}

- name: Calls that bounce go to the front desk, and where that is refused, back to the queue
  block:
    - name: To the front desk
      voiceops.telephony.apio_route_point_bounced_call:
        tenant_id: acme
        group_id: brussels
        config: "{{ route_points | map('combine', {'active': true, 'enable_transfer': true, 'transfer_phone_number': front_desk}) }}"
  rescue:
    - name: Back to the queue
      voiceops.telephony.apio_route_point_bounced_call:
        config: "{{ refused | map(attribute='key') | map('combine', {'active': true, 'enable_transfer': false}) }}"
      vars:
        refused: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') }}"

    - name: Say why
      ansible.builtin.debug:
        msg: "{{ ansible_failed_result.msg }}"
"""

RETURN = r"""
results:
  description: One entry per route point, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the bounced call settings.
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
      description: The bounced call settings under the names of the options, as far as it was read or written.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, active: true,
        number_of_rings_before_bouncing_call: 5}
    before:
      description: The bounced call settings before the change, as options that can be given back.
      type: dict
      returned: for an update
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, active: false,
        number_of_rings_before_bouncing_call: 5}
    unverified:
      description: Options that could not be compared, because the platform did not return them.
      type: list
      elements: str
      returned: always
      sample: []
    as_written:
      description:
        - Options that the platform does not return, and that were written last as they are wanted, each with when that
          was. They were left alone.
      type: dict
      returned: with O(written_file), if there is any
      sample: {enable_transfer: "2026-11-26T18:00:00Z"}
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
      sample: "bounced call settings of rp-sales@acme.example: the platform refused it"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.route_point_settings import BouncedCall
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(BouncedCall)


if __name__ == "__main__":
    main()
