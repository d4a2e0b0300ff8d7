#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_callback_info
short_description: Read whom O2G users shall call back
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the requests to call back that have come to users.
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
  - module: voiceops.telephony.o2g_callback
"""

EXAMPLES = r"""
- name: Who waits for a call
  voiceops.telephony.o2g_callback_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
  register: callbacks

- name: Say it
  ansible.builtin.debug:
    msg: "{{ item.login_name }} shall call {{ item.party_info.phone_number }}"
  loop: "{{ callbacks.resources }}"
  loop_control: {label: "{{ item.callback_id }}"}

- name: Remove those of one who has left
  voiceops.telephony.o2g_callback:
    config: "{{ dict(theirs | map(attribute='callback_id') | product(['oxe70100']))
      | ansible.builtin.dict2items(key_name='callback_id', value_name='login_name') | map('combine', {'state': 'absent'}) }}"
  vars:
    theirs: "{{ callbacks.resources | selectattr('login_name', 'eq', 'oxe70100') }}"
"""

RETURN = r"""
resources:
  description: One entry per request.
  returned: success
  type: list
  elements: dict
  contains:
    login_name:
      description: Login name of the user who shall call.
      type: str
      returned: always
      sample: oxe70100
    callback_id:
      description: Id of the request.
      type: str
      returned: always
      sample: cb9
    party_info:
      description: Who asks, with C(phone_number), C(login_name), C(first_name), C(last_name) and C(type).
      type: dict
      returned: always
      sample: {phone_number: "70110", first_name: Jo, last_name: Maes, type: DEVICE}

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
  description: How many requests were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.callback import CallbackInfo
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(CallbackInfo)


if __name__ == "__main__":
    main()
