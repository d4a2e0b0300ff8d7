#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_mini_message_info
short_description: Take the newest short message of O2G users
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the newest message of each user. The platform gives out each message once, since to read it erases it.
  - So a read whose answer is lost is not tried again, and in check mode nothing is read.
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
  - voiceops.telephony.attributes.take
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user.
seealso:
  - module: voiceops.telephony.o2g_mini_message
"""

EXAMPLES = r"""
- name: The newest message
  voiceops.telephony.o2g_mini_message_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: [oxe70100]
  register: told

- name: Pass it on by mail, since the platform has it no longer
  voiceops.telephony.notify_mail:
    host: mail.example.com
    sender: telephony@example.com
    to: ["{{ item.login_name }}@example.com"]
    subject: "Message of {{ item.sender }}, {{ item.date }}"
    text: "{{ item.message }}"
  loop: "{{ told.resources }}"
  loop_control: {label: "{{ item.login_name }}"}
"""

RETURN = r"""
resources:
  description: One entry per user who had a message.
  returned: success
  type: list
  elements: dict
  contains:
    login_name:
      description: Login name of the user.
      type: str
      returned: always
      sample: oxe70100
    sender:
      description: Number of the sender.
      type: str
      returned: always
      sample: "70110"
    date:
      description: When it was sent, in UTC.
      type: str
      returned: always
      sample: "2026-11-02T07:07:00.000Z"
    message:
      description: The text.
      type: str
      returned: always
      sample: The meeting begins at ten

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
  description: How many messages were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.callback import MiniMessageInfo
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(MiniMessageInfo)


if __name__ == "__main__":
    main()
