#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_route_point_forced_forwarding
short_description: Divert the calls of BroadWorks route points through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Sends all new calls of route points somewhere else, for example in an emergency, and takes that back, for one or
    hundreds in one task.
  - Calls that already wait in the queue stay there. The night service plays no part in it.
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
  active: &active
    description:
      - Whether new calls are forwarded. V(true) needs O(forward_to_phone_number), given or already there.
    type: bool
  forward_to_phone_number: &forward_to_phone_number
    description:
      - Number or SIP address that calls are forwarded to, up to 161 characters. Quote it, so that YAML keeps leading
        zeros and C(+). V(null) clears it.
    type: raw
  play_announcement_before_forwarding: &play_announcement_before_forwarding
    description:
      - Whether an announcement is played before a call is forwarded.
    type: bool
  audio_message_selection: &audio_message_selection
    description:
      - Which announcement is played, V(Default) the platform's own, V(File) those of O(audio_file_list).
      - V(File) needs O(audio_file_list), given or already there.
    type: str
    choices: [Default, File]
  audio_file_list: &audio_file_list
    description:
      - Names of up to 4 announcements on the platform, 1 to 80 characters each. The order counts.
      - V(null) in the list is an empty position, and positions that are not listed are emptied. V([]) empties all.
      - Needs O(audio_message_selection=File), given or already there.
      - V(Unmodify) is refused, because the platform takes that name for an order to leave a position as it is.
    type: list
    elements: raw
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
      forward_to_phone_number: *forward_to_phone_number
      play_announcement_before_forwarding: *play_announcement_before_forwarding
      audio_message_selection: *audio_message_selection
      audio_file_list: *audio_file_list
extends_documentation_fragment:
  - voiceops.telephony.apio
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.present
  - voiceops.telephony.bulk.country
  - voiceops.telephony.attributes
seealso:
  - module: voiceops.telephony.apio_route_point_overflow
  - module: voiceops.telephony.apio_route_point_info
"""

EXAMPLES = r"""
- name: Divert one route point
  voiceops.telephony.apio_route_point_forced_forwarding:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
    active: true
    forward_to_phone_number: "+3225126700"

- name: Divert all route points of a site in one task, and keep how they were
  voiceops.telephony.apio_route_point_forced_forwarding:
    tenant_id: acme
    group_id: brussels
    config: "{{ route_points | map('combine', emergency) }}"
  vars:
    route_points:
      - route_point_user_id: rp-sales@acme.example
      - route_point_user_id: rp-support@acme.example
    emergency:
      active: true
      forward_to_phone_number: "+3232126700"
      play_announcement_before_forwarding: true
      audio_message_selection: File
      audio_file_list: [We had to leave the building]
  register: diverted

- name: Restore exactly those that were changed, each to what it was
  voiceops.telephony.apio_route_point_forced_forwarding:
    config: "{{ diverted.results | selectattr('changed') | map(attribute='before') | list }}"

- name: Or keep it in a file, to restore it in another run
  ansible.builtin.copy:
    content: "{{ diverted.results | selectattr('changed') | map(attribute='before') | list | to_nice_json }}"
    dest: before-the-emergency.json
    mode: "0600"

- name: Restore from that file
  voiceops.telephony.apio_route_point_forced_forwarding:
    config: "{{ lookup('ansible.builtin.file', 'before-the-emergency.json') | from_json }}"

- name: Nobody is left in the building
  block:
    - name: Divert all that rings there
      voiceops.telephony.apio_route_point_forced_forwarding:
        tenant_id: acme
        group_id: brussels
        config: "{{ route_points | map('combine', {'active': true, 'forward_to_phone_number': '+3232126700'}) }}"
  rescue:
    - name: Page who is on duty with the route points that still ring there; all others are diverted
      ansible.builtin.uri:
        url: https://pager.example.com/alarms
        method: POST
        headers: {Authorization: "Bearer {{ pager_token }}"}
        body_format: json
        body:
          text: "Not diverted: {{ refused | map(attribute='key.route_point_user_id') | join(', ') | default('see why', true) }}"
          why: "{{ ansible_failed_result.msg }}"
      vars:
        refused: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') }}"
"""

RETURN = r"""
results:
  description: One entry per route point, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the forced forwarding.
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
      description: The forced forwarding under the names of the options, as far as it was read or written.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, active: true,
        forward_to_phone_number: "+3225126700", play_announcement_before_forwarding: false, audio_message_selection:
        Default}
    before:
      description: The forced forwarding before the change, as options that can be given back.
      type: dict
      returned: for an update
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, active: false,
        forward_to_phone_number: null, play_announcement_before_forwarding: false, audio_message_selection: Default}
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
      sample: "forced forwarding of rp-sales@acme.example: the platform refused it"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.route_point_settings import ForcedForwarding
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(ForcedForwarding)


if __name__ == "__main__":
    main()
