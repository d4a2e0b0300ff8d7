#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ccs_call
short_description: Act on calls of a Windstream CCS tenant
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Ends calls, moves calls that wait in a queue, and starts or stops their suppression, for one call or many in one
    task.
  - Calls and their ids are found by M(voiceops.telephony.ccs_call_info).
options:
  call_id: &call_id
    description:
      - Id of the call. Quote it.
      - Required, here or in each entry of O(config).
    type: raw
  request: &request
    description:
      - What to do with the call. Required.
      - V(kill) ends it.
      - V(start_suppression) and V(stop_suppression) start and stop its suppression.
      - V(wait_transfer) transfers a call that waits to the number O(target).
      - V(wait_redirect) puts a call that waits into the queue O(target).
      - V(wait_kill) ends a call that waits.
    type: str
    choices: [kill, start_suppression, stop_suppression, wait_transfer, wait_redirect, wait_kill]
  target: &target
    description:
      - With O(request=wait_transfer), an extension, the extension of a queue, or a number. Quote it.
      - With O(request=wait_redirect), a queue by its uuid or its name. Names are looked up, once per task.
      - Required with these two, and not allowed with others.
    type: raw
  config:
    description:
      - Many calls at once, each with the options of a single one. Cannot stand beside them.
      - A call can be in it once, because the order in which entries are carried out is not defined.
    type: list
    elements: dict
    suboptions:
      call_id: *call_id
      request: *request
      target: *target
extends_documentation_fragment:
  - voiceops.telephony.ccs
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes.action
notes:
  - The account needs the permissions API and Call Control, and must be of the tenant's own level. Accounts of the telco
    see no calls.
seealso:
  - module: voiceops.telephony.ccs_call_info
  - module: voiceops.telephony.ccs_dial
"""

EXAMPLES = r"""
- name: End a call
  voiceops.telephony.ccs_call:
    url: https://ccs.example.com
    token: "{{ tenant_token }}"
    call_id: 0BS9DD02LEMUI
    request: kill

- name: Two calls that wait go elsewhere
  voiceops.telephony.ccs_call:
    config:
      - call_id: 0BS9DD02LEMUI
        request: wait_transfer
        target: "19735552109"
      - call_id: 0BS9DD02LEMVK
        request: wait_redirect
        target: Support

- name: End calls of which another system knows the ids
  voiceops.telephony.ccs_call:
    config: "{{ dict(call_ids | product(['kill'])) | ansible.builtin.dict2items(key_name='call_id', value_name='request') }}"
  register: ended

- name: Say how many that were
  ansible.builtin.debug:
    msg: "{{ ended.summary.done }} calls were ended"

- name: No caller is lost when a queue closes
  block:
    - name: Put who waits there into another one
      voiceops.telephony.ccs_call:
        config: "{{ waiting | map('combine', {'request': 'wait_redirect', 'target': 'Support'}) }}"
  rescue:
    - name: Whom that queue does not take goes to the front desk
      voiceops.telephony.ccs_call:
        config: "{{ refused | map(attribute='key') | map('combine', {'request': 'wait_transfer', 'target': '19735552109'}) }}"
      vars:
        refused: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') }}"
"""

RETURN = r"""
results:
  description: One entry per call, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The option that names the call.
      type: dict
      returned: always
      sample: {call_id: 0BS9DD02LEMUI}
    action:
      description: Always V(act).
      type: str
      returned: always
      sample: act
    changed:
      description: Whether it was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: What was asked for, and as C(target_uuid) the queue that O(target) names.
      type: dict
      returned: always
      sample: {call_id: 0BS9DD02LEMUI, request: wait_redirect, target: Support,
        target_uuid: az123456-f645-47b6-bd71-e9f493ff8ac9}
    answer:
      description: What the platform answered. The form is not documented, so nothing is promised.
      type: raw
      returned: always, V(null) in check mode and where it failed
      sample: {success: true}
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
      sample: "no queue is called 'Suport'; this account sees: Outbound, Sales, Support"
summary:
  description: How many entries were done or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {done: 2, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.ccs.call import Call
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Call)


if __name__ == "__main__":
    main()
