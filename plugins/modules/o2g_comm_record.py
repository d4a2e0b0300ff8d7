#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_comm_record
short_description: Acknowledge or delete records of O2G users' communications
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Acknowledges records of missed calls, or takes that back, and deletes records.
  - Records are named by O(record_id), or chosen by filters of which all must fit, or all of the user are meant by
    O(all=true). Without any of these nothing is done.
  - What filters choose is read first and then named by ids, so that nothing is deleted that was not seen.
options:
  node_id: &node_id
    description:
      - Number of the node that O(device_number) belongs to. With it, the users of the node are listed once for all
        entries.
    type: int
  device_number: &device_number
    description:
      - Any number of the user, the main one or a secondary one, by which the login name is looked up. Quote it.
    type: raw
  login_name: &login_name
    description:
      - Login name of the user, such as V(oxe70120). In the session of a user it is left out, and nobody else can be
        meant.
      - An administrator gives it, or O(device_number).
    type: raw
  record_id: &record_id
    description:
      - Id of a record.
    type: int
  all: &all
    description:
      - All records of the user.
    type: bool
  unanswered: &unanswered
    description:
      - Only missed calls. V(false) would mean all records, and is refused.
    type: bool
  unacknowledged: &unacknowledged
    description:
      - Only what is not acknowledged. V(false) would mean all records, and is refused.
    type: bool
  after_date: &after_date
    description:
      - Only what is not older than this date and time, such as V(2026-11-23) or V(2026-11-23T14:00:00Z). Without a zone
        it is UTC.
    type: raw
  before_date: &before_date
    description:
      - Only what is older than this date and time.
    type: raw
  role: &role
    description:
      - Only communications in which the user was this.
    type: str
    choices: [CALLER, CALLEE]
  com_ref: &com_ref
    description:
      - Only the communication with this reference.
    type: str
  remote_party_id: &remote_party_id
    description:
      - Only communications with this party, such as its number. Quote it.
    type: raw
  acknowledged: &acknowledged
    description:
      - Whether records of missed calls shall be acknowledged. Required with O(state=present), and not allowed with
        O(state=absent).
    type: bool
  config:
    description:
      - Many records or choices at once, each with the options of a single one. Cannot stand beside them.
      - A user can be in it with one choice.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
      record_id: *record_id
      all: *all
      unanswered: *unanswered
      unacknowledged: *unacknowledged
      after_date: *after_date
      before_date: *before_date
      role: *role
      com_ref: *com_ref
      remote_party_id: *remote_party_id
      acknowledged: *acknowledged
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.state
  - voiceops.telephony.attributes
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user.
  - O2G keeps its own log, of a hundred records per user. Acknowledging does not reach the phones.
seealso:
  - module: voiceops.telephony.o2g_comm_record_info
"""

EXAMPLES = r"""
- name: Records of last quarter go
  voiceops.telephony.o2g_comm_record:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: oxe70100
    before_date: "{{ '%Y-%m-%d' | ansible.builtin.strftime(now().timestamp() - 90 * 24 * 3600) }}"
    state: absent
  register: old

- name: How many these were
  ansible.builtin.debug:
    msg: "{{ old.results[0].resource.record_ids | default([]) | length }} records of {{ old.results[0].key.login_name }} are gone"

- name: Missed calls were seen
  voiceops.telephony.o2g_comm_record:
    login_name: oxe70101
    unacknowledged: true
    acknowledged: true

- name: Records of those who have left
  block:
    - name: Delete them
      voiceops.telephony.o2g_comm_record:
        config: "{{ dict(leavers | product([true])) | ansible.builtin.dict2items(key_name='login_name', value_name='all') }}"
        state: absent
  rescue:
    - name: Whose are still there, for the officer of data protection
      voiceops.telephony.notify_mail:
        host: mail.example.com
        sender: telephony@example.com
        to: [privacy@example.com]
        subject: Records of calls that could not be deleted
        text: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') | map(attribute='key.login_name')
          | join('\n') | default(ansible_failed_result.msg, true) }}"
"""

RETURN = r"""
results:
  description: One entry per record or choice, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name it.
      type: dict
      returned: always
      sample: {login_name: oxe70100}
    action:
      description: V(update), V(delete) or V(unchanged).
      type: str
      returned: always
      sample: delete
    changed:
      description: Whether it was changed, or in check mode would be.
      type: bool
      returned: always
      sample: true
    resource:
      description: What was asked for, and as C(record_ids) the records that are changed or deleted by it.
      type: dict
      returned: always
      sample: {login_name: oxe70100, before_date: "2026-08-25T00:00:00.000Z", record_ids: [10000]}
    before:
      description: What was there, where it is changed or deleted.
      type: dict
      returned: when there was something
    unverified:
      description: Options that could not be compared.
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
      sample: "there is no communication record 10009 of oxe70100"
summary:
  description: How many entries came to what, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 0, deleted: 1, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.comlog import CommRecord
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(CommRecord)


if __name__ == "__main__":
    main()
