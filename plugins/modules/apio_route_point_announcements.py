#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_route_point_announcements
short_description: Set what callers hear in the queues of BroadWorks route points through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Sets the media on hold for queued calls of route points, one or hundreds in one task.
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
      audio_message_selection: *audio_message_selection
      audio_file_list: *audio_file_list
extends_documentation_fragment:
  - voiceops.telephony.apio
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.present
  - voiceops.telephony.attributes
seealso:
  - module: voiceops.telephony.apio_route_point_dnis_announcements
  - module: voiceops.telephony.apio_route_point_info
"""

EXAMPLES = r"""
- name: One route point
  voiceops.telephony.apio_route_point_announcements:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
    audio_message_selection: File
    audio_file_list: [Welcome to sales, Music]

- name: Two route points; the second one goes back to the platform's own music
  voiceops.telephony.apio_route_point_announcements:
    tenant_id: acme
    group_id: brussels
    config:
      - route_point_user_id: rp-sales@acme.example
        audio_message_selection: File
        audio_file_list: [Welcome to sales, null, Music]
      - route_point_user_id: rp-support@acme.example
        audio_message_selection: Default

- name: Tell all who wait about the outage, and keep what they heard before
  voiceops.telephony.apio_route_point_announcements:
    tenant_id: acme
    group_id: brussels
    config:
      - {route_point_user_id: rp-sales@acme.example, audio_message_selection: File, audio_file_list: [Outage]}
      - {route_point_user_id: rp-support@acme.example, audio_message_selection: File, audio_file_list: [Outage]}
  register: outage

- name: Once it is over, they hear that again
  voiceops.telephony.apio_route_point_announcements:
    config: "{{ outage.results | selectattr('changed') | map(attribute='before') }}"

- name: New announcements, of which a file may be missing on the platform
  block:
    - name: Set them
      voiceops.telephony.apio_route_point_announcements:
        tenant_id: acme
        group_id: brussels
        config: "{{ announcements }}"
  rescue:
    - name: Where they were refused, play the platform's own music
      voiceops.telephony.apio_route_point_announcements:
        config: "{{ refused | map(attribute='key') | map('combine', {'audio_message_selection': 'Default'}) }}"
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
      description: The options that name the announcements.
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
      description: The announcements under the names of the options, as far as it was read or written.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example,
        audio_message_selection: File, audio_file_list: [Welcome to sales, Music]}
    before:
      description: The announcements before the change, as options that can be given back.
      type: dict
      returned: for an update
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example,
        audio_message_selection: Default, audio_file_list: []}
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
      sample: "announcements of rp-sales@acme.example: the platform refused it"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.route_point_settings import Announcements
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Announcements)


if __name__ == "__main__":
    main()
