#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ccs_call_info
short_description: Read the calls of a Windstream CCS tenant
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns one call, the calls that a filter finds, or without options all calls of the account's own tenant.
  - The document of the API has lost what the answers look like. They are returned as they came, and nothing is
    promised about them.
options:
  call_id:
    description:
      - Return only the call with this id. Quote it. Cannot stand beside the other options.
    type: raw
  calling_number:
    description:
      - Return only calls from this number. Quote it.
    type: raw
  called_number:
    description:
      - Return only calls to this number. Quote it.
    type: raw
  from_datetime:
    description:
      - Return only calls since this time, in UTC, such as V(2026-11-23T14:00:00).
    type: str
  to_datetime:
    description:
      - Return only calls until this time, in UTC, such as V(2026-11-23T15:00:00).
    type: str
extends_documentation_fragment:
  - voiceops.telephony.ccs
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
notes:
  - The account must be of the tenant's own level. Accounts of the telco see no calls.
  - It needs the permission API, for all calls Calls Listing View, and for one call or a filter Calls View.
  - The fields of a call that rings or waits differ from those of one that was answered.
seealso:
  - module: voiceops.telephony.ccs_call
"""

EXAMPLES = r"""
- name: A maintenance begins when nobody is on the phone
  block:
    - name: Wait for that, ten minutes at most
      voiceops.telephony.ccs_call_info:
        url: https://ccs.example.com
        token: "{{ tenant_token }}"
      register: calls
      until: calls.summary.found == 0
      retries: 20
      delay: 30
  rescue:
    - name: Put it off
      ansible.builtin.fail:
        msg: "{{ calls.summary.found ~ ' calls are left' if calls.resources is defined else ansible_failed_result.msg }}"

- name: One call
  voiceops.telephony.ccs_call_info:
    call_id: 0BS9DD02LEMUI

- name: Calls from one number to another within three minutes
  voiceops.telephony.ccs_call_info:
    calling_number: "501"
    called_number: "101"
    from_datetime: "2026-11-23T14:00:00"
    to_datetime: "2026-11-23T14:03:00"
  register: complaint

- name: Keep them with the complaint
  ansible.builtin.copy:
    content: "{{ complaint.resources | to_nice_json }}"
    dest: complaint-4711.json
    mode: "0600"
"""

RETURN = r"""
resources:
  description:
    - The calls as the platform sent them, without C(total) and C(success). If the answer was no list, it is returned
      as one call.
  returned: success
  type: list
  elements: dict
  sample: []
summary:
  description: How many calls were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 2, requests: 1}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.ccs.call import CallInfo
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(CallInfo)


if __name__ == "__main__":
    main()
