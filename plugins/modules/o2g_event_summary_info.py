#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_event_summary_info
short_description: Read the counters of what waits for O2G users
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns how many calls were missed, and how many voice messages, callbacks and texts wait.
options:
  node_id:
    description:
      - Number of the node. By itself it means all users of the node.
    type: int
  device_number:
    description:
      - Numbers of users, main or secondary ones. Quote them.
    type: list
    elements: raw
  login_name:
    description:
      - Login names of users. In the session of a user nobody else can be meant, and it need not be given.
    type: list
    elements: raw
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user.
seealso:
  - module: voiceops.telephony.o2g_comm_record_info
  - module: voiceops.telephony.o2g_voicemail_info
"""

EXAMPLES = r"""
- name: Who has missed calls
  voiceops.telephony.o2g_event_summary_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
  register: waiting

- name: Say it
  ansible.builtin.debug:
    msg: "{{ item.login_name }}: {{ item.missed_calls_nb }} missed calls, {{ item.voice_messages_nb | default('unknown', true) }} voice messages"
  loop: "{{ waiting.resources | selectattr('missed_calls_nb') }}"
  loop_control: {label: "{{ item.login_name }}"}

- name: Nobody at the front desk lets callers wait for an answer
  ansible.builtin.assert:
    that: desk | length == 0
    fail_msg: "To call back: {{ desk | sum(attribute='missed_calls_nb') }} callers"
  vars:
    desk: "{{ waiting.resources | selectattr('login_name', 'in', ['oxe70100', 'oxe70101']) | selectattr('missed_calls_nb') }}"
"""

RETURN = r"""
resources:
  description: One entry per user. What the platform does not know is V(null), and not 0.
  returned: success
  type: list
  elements: dict
  contains:
    login_name:
      description: Login name of the user.
      type: str
      returned: always
      sample: oxe70100
    missed_calls_nb:
      description: Missed calls that are not acknowledged.
      type: int
      returned: always
      sample: 1
    voice_messages_nb:
      description: Unread voice messages.
      type: int
      returned: always
      sample: 2
    call_back_requests_nb:
      description: Requests to call back.
      type: int
      returned: always
      sample: 0
    fax_nb:
      description: Faxes.
      type: int
      returned: always
      sample: 0
    new_text_nb:
      description: New text messages.
      type: int
      returned: always
      sample: 0
    old_text_nb:
      description: Old text messages.
      type: int
      returned: always
      sample: null
    event_waiting:
      description: Whether anything waits.
      type: bool
      returned: always
      sample: true

unread:
  description:
    - Users of whom it could not be read, each with the reason, such as a licence that is missing. There is a warning too.
    - If nobody can be read, the module fails.
  returned: if there are any, beside others who could be read
  type: list
  elements: dict
  contains:
    login_name:
      description: Login name of the user.
      type: str
      returned: always
      sample: oxe70101
    error:
      description: Why it could not be read.
      type: str
      returned: always
      sample: GET /routing/state answered 403
summary:
  description: How many users were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.directory import EventSummary
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(EventSummary)


if __name__ == "__main__":
    main()
