#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_comm_record_info
short_description: Read records of O2G users' communications
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the records of users that fit the filters, or one of them.
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
  record_id:
    description:
      - Id of a record. Cannot stand beside the filters.
    type: int
  unanswered:
    description:
      - Only missed calls.
    type: bool
  unacknowledged:
    description:
      - Only what is not acknowledged.
    type: bool
  after_date:
    description:
      - Only what is not older than this date and time, such as V(2026-11-23) or V(2026-11-23T14:00:00Z). Without a zone
        it is UTC.
    type: raw
  before_date:
    description:
      - Only what is older than this date and time.
    type: raw
  role:
    description:
      - Only communications in which the user was this.
    type: str
    choices: [CALLER, CALLEE]
  com_ref:
    description:
      - Only the communication with this reference.
    type: str
  remote_party_id:
    description:
      - Only communications with this party, such as its number. Quote it.
    type: raw
  offset:
    description:
      - How many records to skip, per user.
    type: int
  limit:
    description:
      - How many records to return at most, per user. By default all.
    type: int
  optimized:
    description:
      - Have the platform tell a party in full only where it comes first.
    type: bool
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user.
seealso:
  - module: voiceops.telephony.o2g_comm_record
"""

EXAMPLES = r"""
- name: Missed calls of a node that nobody has seen
  voiceops.telephony.o2g_comm_record_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
    unacknowledged: true
  register: missed

- name: How many each user has
  ansible.builtin.debug:
    msg: "{{ item[0] }} has missed {{ item[1] | length }} calls, the last one of {{ item[1] | map(attribute='begin_date', default='?') | max }}"
  loop: "{{ missed.resources | groupby('login_name') }}"
  loop_control: {label: "{{ item[0] }}"}
"""

RETURN = r"""
resources:
  description: The records.
  returned: success
  type: list
  elements: dict
  contains:
    login_name:
      description: Login name of the user whose record it is.
      type: str
      returned: always
      sample: oxe70100
    record_id:
      description: Id of the record.
      type: int
      returned: always
      sample: 10000
    com_ref:
      description: Reference of the communication.
      type: str
      returned: always
      sample: 00002710JP4J3J4987CLKVAC1JB5
    acknowledged:
      description: V(false) for a missed call that nobody has acknowledged.
      type: bool
      returned: always
      sample: false
    role:
      description: What the user was, V(CALLER), V(CALLEE) or V(UNKNOWN).
      type: str
      returned: always
      sample: CALLEE
    answered:
      description: Whether the call was answered.
      type: bool
      returned: always
      sample: false
    begin_date:
      description: When it began, in UTC. Likewise C(conv_date), when it was answered, and C(end_date).
      type: str
      returned: if it is told
      sample: "2026-08-03T09:12:00.000Z"
    participants:
      description: All parties, each with C(phone_number), C(login_name), names and C(type). The user's own entry has C(role) and
        C(answered).
      type: list
      elements: dict
      returned: always
      sample: [{role: CALLEE, answered: false, login_name: oxe70100, phone_number: "70100"}, {phone_number: "+33155667788"}]

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
  description: How many records were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.comlog import CommRecordInfo
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(CommRecordInfo)


if __name__ == "__main__":
    main()
