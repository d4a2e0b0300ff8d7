#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_route_point_overflow
short_description: Set what becomes of calls that BroadWorks route points cannot queue, through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Sets the overflow of route points, one or hundreds in one task.
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
  action: &action
    description:
      - What is done with a call when the queue is full, or by O(overflow_after_timeout).
      - V(Busy) plays the busy tone, V(Ringing) lets it ring until the caller gives up, and V(Transfer) sends it to
        O(transfer_phone_number), which must be given or already there.
    type: str
    choices: [Busy, Transfer, Ringing]
  transfer_phone_number: &transfer_phone_number
    description:
      - Number or SIP address for O(action=Transfer), up to 161 characters. Quote it. V(null) clears it.
    type: raw
  play_announcement_before_overflow_processing: &play_announcement_before_overflow_processing
    description:
      - Whether an announcement is played first.
    type: bool
  overflow_after_timeout: &overflow_after_timeout
    description:
      - Whether a call overflows too when it has waited for O(timeout_seconds).
    type: bool
  timeout_seconds: &timeout_seconds
    description:
      - How long a call waits, 0 to 7200 seconds.
    type: int
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
      action: *action
      transfer_phone_number: *transfer_phone_number
      play_announcement_before_overflow_processing: *play_announcement_before_overflow_processing
      overflow_after_timeout: *overflow_after_timeout
      timeout_seconds: *timeout_seconds
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
  - module: voiceops.telephony.apio_route_point_bounced_call
  - module: voiceops.telephony.apio_route_point_forced_forwarding
  - module: voiceops.telephony.apio_route_point_info
"""

EXAMPLES = r"""
- name: Calls that wait for more than two minutes go to the front desk
  voiceops.telephony.apio_route_point_overflow:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
    action: Transfer
    transfer_phone_number: "+3225126700"
    overflow_after_timeout: true
    timeout_seconds: 120

- name: Two route points, one of which plays an announcement and then the busy tone
  voiceops.telephony.apio_route_point_overflow:
    tenant_id: acme
    group_id: brussels
    config:
      - route_point_user_id: rp-sales@acme.example
        action: Busy
        transfer_phone_number: null
        overflow_after_timeout: false
        play_announcement_before_overflow_processing: true
        audio_message_selection: File
        audio_file_list: [Call again later]
      - route_point_user_id: rp-support@acme.example
        action: Ringing

- name: During a campaign calls wait for a minute only
  voiceops.telephony.apio_route_point_overflow:
    tenant_id: acme
    group_id: brussels
    config: "{{ route_points | map('combine', {'overflow_after_timeout': true, 'timeout_seconds': 60}) }}"
  register: campaign

- name: And after it as long as before
  voiceops.telephony.apio_route_point_overflow:
    config: "{{ campaign.results | selectattr('changed') | map(attribute='before') }}"

- name: Calls that cannot wait go to another site
  block:
    - name: Send them there
      voiceops.telephony.apio_route_point_overflow:
        tenant_id: acme
        group_id: brussels
        config: "{{ route_points | map('combine', {'action': 'Transfer', 'transfer_phone_number': other_site}) }}"
  rescue:
    - name: Where that is refused, let them ring rather than lose them
      voiceops.telephony.apio_route_point_overflow:
        config: "{{ refused | map(attribute='key') | map('combine', {'action': 'Ringing'}) }}"
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
      description: The options that name the overflow.
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
      description: The overflow under the names of the options, as far as it was read or written.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, action: Transfer,
        transfer_phone_number: "+3225126700", overflow_after_timeout: true, timeout_seconds: 120,
        audio_message_selection: Default}
    before:
      description: The overflow before the change, as options that can be given back.
      type: dict
      returned: for an update
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, action: Busy,
        transfer_phone_number: null, overflow_after_timeout: false, timeout_seconds: 30, audio_message_selection:
        Default}
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
      sample: "overflow of rp-sales@acme.example: the platform refused it"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.route_point_settings import Overflow
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Overflow)


if __name__ == "__main__":
    main()
