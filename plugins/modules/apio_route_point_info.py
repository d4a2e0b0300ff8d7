#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_route_point_info
short_description: Read all that is set on BroadWorks route points through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the settings, the DNIS and the disposition codes of one route point or of many.
  - Each part of an answer has the form that the module of that part takes as options, so that it can be given back.
    Give DNIS back before their announcements, and codes before V(disposition_codes_config).
  - The platform has no list of route points, so they must be named.
options:
  tenant_id:
    description:
      - The tenant, a service provider or enterprise in BroadWorks, 1 to 30 characters.
      - Quote it if it consists of digits.
    type: raw
    required: true
  group_id:
    description:
      - The group of the tenant, 1 to 30 characters.
      - Quote it if it consists of digits.
    type: raw
    required: true
  route_point_user_id:
    description:
      - User ids of the route points, such as V(rp-sales@acme.example), each up to 161 characters.
    type: list
    elements: str
    required: true
  gather_subset:
    description:
      - What to read, by default everything.
      - Most parts take one request per route point.
      - V(dnis) and V(dnis_announcements) take one request per DNIS each, and one more per route point to list them.
    type: list
    elements: str
    choices: &parts
      - announcements
      - overflow
      - bounced_call
      - distinctive_ringing
      - forced_forwarding
      - dnis_config
      - disposition_codes
      - disposition_codes_config
      - dnis
      - dnis_announcements
    default: *parts
extends_documentation_fragment:
  - voiceops.telephony.apio
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
seealso:
  - module: voiceops.telephony.apio_route_point_announcements
  - module: voiceops.telephony.apio_route_point_overflow
  - module: voiceops.telephony.apio_route_point_bounced_call
  - module: voiceops.telephony.apio_route_point_distinctive_ringing
  - module: voiceops.telephony.apio_route_point_forced_forwarding
  - module: voiceops.telephony.apio_route_point_dnis_config
  - module: voiceops.telephony.apio_route_point_disposition_code
  - module: voiceops.telephony.apio_route_point_disposition_codes_config
  - module: voiceops.telephony.apio_route_point_dnis
  - module: voiceops.telephony.apio_route_point_dnis_announcements
"""

EXAMPLES = r"""
- name: All that is set on two route points
  voiceops.telephony.apio_route_point_info:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
    route_point_user_id: [rp-sales@acme.example, rp-support@acme.example]
  register: points

- name: Keep it in a file
  ansible.builtin.copy:
    content: "{{ points.resources | to_nice_json }}"
    dest: route_points.json
    mode: "0600"

- name: Give a part of it back; the other parts go to their modules likewise
  voiceops.telephony.apio_route_point_overflow:
    config: "{{ points.resources | map(attribute='overflow') }}"

- name: Parts that are lists are joined
  voiceops.telephony.apio_route_point_dnis:
    config: "{{ points.resources | map(attribute='dnis') | flatten }}"

- name: Which route points are diverted?
  voiceops.telephony.apio_route_point_info:
    tenant_id: acme
    group_id: brussels
    route_point_user_id: "{{ route_points }}"
    gather_subset: [forced_forwarding]
  register: points

- name: These, and whereto
  ansible.builtin.debug:
    msg: "{{ item.route_point_user_id }} is diverted to {{ item.forced_forwarding.forward_to_phone_number }}"
  loop: "{{ points.resources | selectattr('forced_forwarding.active') }}"
  loop_control: {label: "{{ item.route_point_user_id }}"}
"""

RETURN = r"""
resources:
  description:
    - The route points in the order in which they were named. Those parts are there that O(gather_subset) names.
    - Each of the parts holds the ids of tenant, group and route point too, which the samples leave out.
  returned: success
  type: list
  elements: dict
  contains:
    tenant_id:
      description: The tenant that was asked for.
      type: str
      returned: always
      sample: acme
    group_id:
      description: The group that was asked for.
      type: str
      returned: always
      sample: brussels
    route_point_user_id:
      description: The route point.
      type: str
      returned: always
      sample: rp-sales@acme.example
    announcements:
      description: Options of M(voiceops.telephony.apio_route_point_announcements).
      type: dict
      returned: with V(announcements) in O(gather_subset)
      sample: {audio_message_selection: File, audio_file_list: [Welcome to sales, Music]}
    overflow:
      description: Options of M(voiceops.telephony.apio_route_point_overflow).
      type: dict
      returned: with V(overflow) in O(gather_subset)
      sample: {action: Busy, play_announcement_before_overflow_processing: false, overflow_after_timeout: false,
        timeout_seconds: 30, audio_message_selection: Default}
    bounced_call:
      description: Options of M(voiceops.telephony.apio_route_point_bounced_call), as far as the server shows them.
      type: dict
      returned: with V(bounced_call) in O(gather_subset)
      sample: {active: true, number_of_rings_before_bouncing_call: 5}
    distinctive_ringing:
      description: Options of M(voiceops.telephony.apio_route_point_distinctive_ringing).
      type: dict
      returned: with V(distinctive_ringing) in O(gather_subset)
      sample: {distinctive_ringing: true, ring_pattern_for_route_point: Long-Long, force_delivery_ring_pattern: Normal}
    forced_forwarding:
      description: Options of M(voiceops.telephony.apio_route_point_forced_forwarding).
      type: dict
      returned: with V(forced_forwarding) in O(gather_subset)
      sample: {active: false, forward_to_phone_number: null, play_announcement_before_forwarding: false,
        audio_message_selection: Default}
    dnis_config:
      description: Options of M(voiceops.telephony.apio_route_point_dnis_config).
      type: dict
      returned: with V(dnis_config) in O(gather_subset)
      sample: {display_dnis_number: false, display_dnis_name: true}
    disposition_codes:
      description:
        - Options of M(voiceops.telephony.apio_route_point_disposition_code) for each code of the route point.
        - Codes of the group and the enterprise are not among them.
      type: list
      elements: dict
      returned: with V(disposition_codes) in O(gather_subset)
      sample: [{code: "1001", active: true, description: Order placed}]
    disposition_codes_config:
      description: Options of M(voiceops.telephony.apio_route_point_disposition_codes_config).
      type: dict
      returned: with V(disposition_codes_config) in O(gather_subset)
      sample: {enable_call_disposition_codes: true, include_organization_codes: false,
        force_use_of_call_disposition_codes: true, default_call_disposition_code: {code: "1001", level: CallCenter}}
    dnis:
      description: Options of M(voiceops.telephony.apio_route_point_dnis) for each DNIS.
      type: list
      elements: dict
      returned: with V(dnis) in O(gather_subset)
      sample: [{name: Main number, phone_number: "025126770", extension: "6770", use_custom_clid_settings: false,
        use_custom_dnis_announcement_settings: true, allow_outgoing_acd_call: false}]
    dnis_announcements:
      description: Options of M(voiceops.telephony.apio_route_point_dnis_announcements) for each DNIS.
      type: list
      elements: dict
      returned: with V(dnis_announcements) in O(gather_subset)
      sample: [{name: Main number, audio_message_selection: File, audio_file_list: [Welcome to Acme]}]
summary:
  description: How many route points were asked for, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 2, requests: 31}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.route_point import RoutePoint
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(RoutePoint)


if __name__ == "__main__":
    main()
