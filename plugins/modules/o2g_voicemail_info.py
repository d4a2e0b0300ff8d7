#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_voicemail_info
short_description: Read mailboxes and voice messages of O2G users
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the mailboxes of users, and with a password what is in them.
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
  mailbox_id:
    description:
      - Return only this mailbox. Quote it.
    type: raw
  mailbox_password:
    description:
      - Password of the mailboxes. The API calls it C(password), which here is that of the account. Without it, and
        without O(with_user_pwd), only mailboxes are returned. Quote it.
    type: raw
  with_user_pwd:
    description:
      - The password of the user is that of the mailbox.
    type: bool
  new_only:
    description:
      - Return only messages that were not read.
    type: bool
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
notes:
  - Needs the licence C(ROXE_API_MESSAGING), one per user.
seealso:
  - module: voiceops.telephony.o2g_voicemail
"""

EXAMPLES = r"""
- name: What was not heard yet
  voiceops.telephony.o2g_voicemail_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: [oxe70100]
    mailbox_password: "{{ vault_mailbox_password }}"
    new_only: true
  register: mailbox

- name: Who waits for an answer
  ansible.builtin.debug:
    msg: "{{ item.from.phone_number }} since {{ item.date }}"
  loop: "{{ mailbox.resources[0].voicemails | selectattr('from.phone_number', 'defined') }}"
  loop_control: {label: "{{ item.voicemail_id }}"}

- name: The mailbox has room for more
  ansible.builtin.assert:
    that: item.storage_usage | default(0, true) < 90
    fail_msg: "{{ item.mailbox_id }} is full to {{ item.storage_usage }} percent, with {{ item.total_voice_msg }} messages"
  loop: "{{ mailbox.resources }}"
  loop_control: {label: "{{ item.mailbox_id }}"}
"""

RETURN = r"""
resources:
  description: One entry per mailbox.
  returned: success
  type: list
  elements: dict
  contains:
    login_name:
      description: Login name of the user.
      type: str
      returned: always
      sample: oxe70100
    mailbox_id:
      description: Id of the mailbox.
      type: str
      returned: always
      sample: 70100-7-MAILBOX
    name:
      description: Name of the mailbox.
      type: str
      returned: always
      sample: Embedded
    capabilities:
      description: The names of what the voice mail can do.
      type: list
      elements: str
      returned: always
      sample: [list_messages, get_messages, get_record]
    total_voice_msg:
      description: Number of messages. C(new_voice_msg) are those that were not read.
      type: int
      returned: with a password
      sample: 3
    storage_usage:
      description: How full it is in percent, V(null) where that is not known.
      type: int
      returned: with a password
      sample: 12
    voicemails:
      description: The messages, each with C(voicemail_id), C(from), C(duration) in seconds, C(date), C(unread) and C(high_priority).
      type: list
      elements: dict
      returned: with a password
      sample: [{voicemail_id: "19002", duration: 3, date: "2026-09-14T10:31:00.000Z", unread: true, high_priority: false,
        from: {phone_number: "+33155667788"}}]

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
  description: How many mailboxes were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 6}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.voicemail import VoicemailInfo
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(VoicemailInfo)


if __name__ == "__main__":
    main()
