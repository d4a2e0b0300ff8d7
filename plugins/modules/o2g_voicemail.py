#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_voicemail
short_description: Fetch or delete voice messages of O2G users
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Saves the recording of a message as a wav file, or deletes messages.
  - To delete, messages are named by O(voicemail_id), or chosen by filters of which all must fit, or all of the mailbox
    are meant by O(all=true). Without any of these nothing is done.
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
  mailbox_id: &mailbox_id
    description:
      - The mailbox, as M(voiceops.telephony.o2g_voicemail_info) tells it. By default the user's only one. Quote it.
    type: raw
  mailbox_password: &mailbox_password
    description:
      - Password of the mailbox. The API calls it C(password), which beside the connection is that of the account, but
        is understood within O(config). Quote it.
    type: raw
  with_user_pwd: &with_user_pwd
    description:
      - The password of the user is that of the mailbox. This or O(mailbox_password) must be given.
    type: bool
  voicemail_id: &voicemail_id
    description:
      - Id of a message. Required with O(state=present). Quote it.
    type: raw
  all: &all
    description:
      - All messages of the mailbox. Goes with O(state=absent).
    type: bool
  before_date: &before_date
    description:
      - Messages that are older than this date and time, such as V(2026-11-23) or V(2026-11-23T14:00:00Z). Without a
        zone it is UTC. Goes with O(state=absent).
    type: raw
  after_date: &after_date
    description:
      - Messages that are not older than this date and time. Goes with O(state=absent).
    type: raw
  unread: &unread
    description:
      - V(true) chooses messages that were not read, V(false) those that were. Goes with O(state=absent).
    type: bool
  dest: &dest
    description:
      - Where to save the recording, with the name of the file. Its directory must be there. The file gets the mode
        0600. Required with O(state=present).
    type: str
  config:
    description:
      - Many messages or choices at once, each with the options of a single one. Cannot stand beside them.
      - A mailbox can be in it with one choice.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
      mailbox_id: *mailbox_id
      mailbox_password: *mailbox_password
      with_user_pwd: *with_user_pwd
      voicemail_id: *voicemail_id
      all: *all
      before_date: *before_date
      after_date: *after_date
      unread: *unread
      dest: *dest
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.state
  - voiceops.telephony.attributes
notes:
  - Needs the licence C(ROXE_API_MESSAGING), one per user.
  - Only mailboxes of the voice mail 4645 are within reach, on the own node of the user, and IMAP must be allowed for
    them.
  - To fetch a message may mark it as read on the platform. In check mode it is fetched only to compare it with a file
    that is there.
seealso:
  - module: voiceops.telephony.o2g_voicemail_info
"""

EXAMPLES = r"""
- name: Old messages that were heard go
  voiceops.telephony.o2g_voicemail:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: oxe70100
    mailbox_password: "{{ vault_mailbox_password }}"
    before_date: "{{ '%Y-%m-%d' | ansible.builtin.strftime(now().timestamp() - 30 * 24 * 3600) }}"
    unread: false
    state: absent

- name: Save a message
  voiceops.telephony.o2g_voicemail:
    login_name: oxe70100
    mailbox_password: "{{ vault_mailbox_password }}"
    voicemail_id: "19002"
    dest: /tmp/message.wav
  register: saved

- name: How long it is
  ansible.builtin.debug:
    msg: "{{ saved.results[0].resource.dest }} has {{ saved.results[0].resource.duration }} s"

- name: Read what is in a mailbox
  voiceops.telephony.o2g_voicemail_info:
    login_name: [oxe70100]
    mailbox_password: "{{ vault_mailbox_password }}"
  register: mailbox

- name: Save all messages, and delete what was saved
  block:
    - name: Save them
      voiceops.telephony.o2g_voicemail:
        login_name: oxe70100
        mailbox_password: "{{ vault_mailbox_password }}"
        voicemail_id: "{{ item.voicemail_id }}"
        dest: "/tmp/{{ item.voicemail_id }}.wav"
      loop: "{{ mailbox.resources[0].voicemails }}"
      loop_control: {label: "{{ item.voicemail_id }}"}

    - name: Delete these, and none that has come meanwhile
      voiceops.telephony.o2g_voicemail:
        config: "{{ dict(mailbox.resources[0].voicemails | map(attribute='voicemail_id') | product(['oxe70100']))
          | ansible.builtin.dict2items(key_name='voicemail_id', value_name='login_name')
          | map('combine', {'mailbox_password': vault_mailbox_password}) }}"
        state: absent
  rescue:
    - name: They stay in the mailbox
      ansible.builtin.fail:
        msg: "{{ ansible_failed_task.name }}: {{ ansible_failed_result.results | default([]) | selectattr('failed', 'defined')
          | selectattr('failed') | map(attribute='msg') | join('; ') | default(ansible_failed_result.msg, true) }}"
"""

RETURN = r"""
results:
  description: One entry per message or choice, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name it.
      type: dict
      returned: always
      sample: {login_name: oxe70100, voicemail_id: "19002"}
    action:
      description: V(update) where a file was written, V(delete) or V(unchanged).
      type: str
      returned: always
      sample: update
    changed:
      description: Whether it was changed, or in check mode would be.
      type: bool
      returned: always
      sample: true
    resource:
      description: What was asked for, with what is known of the message, or as C(voicemail_ids) the messages that are deleted.
      type: dict
      returned: always
      sample: {login_name: oxe70100, mailbox_id: 70100-7-MAILBOX, voicemail_id: "19002", duration: 3, dest: /tmp/message.wav}
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
      sample: "there is no voice message '19009' of oxe70100"
summary:
  description: How many entries came to what, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 7}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.voicemail import Voicemail
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Voicemail)


if __name__ == "__main__":
    main()
