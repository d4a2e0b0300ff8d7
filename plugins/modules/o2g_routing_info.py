#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_routing_info
short_description: Read do not disturb, forwards, overflow and remote extension of users of O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns what users have set for their calls, of those who are named, of all of a node, or of the session's own user.
options:
  node_id:
    description:
      - Number of the node. By itself it means all users of the node.
    type: int
  device_number:
    description:
      - Numbers of users. Quote them.
    type: list
    elements: raw
  login_name:
    description:
      - Login names of users.
    type: list
    elements: raw
  gather_subset:
    description:
      - What to read, V(state) in one request per user, V(capabilities) in one more.
    type: list
    elements: str
    choices: [state, capabilities]
    default: [state]
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.as_options
  - voiceops.telephony.attributes.info
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), one per user.
seealso:
  - module: voiceops.telephony.o2g_routing
"""

EXAMPLES = r"""
- name: Who is forwarded
  voiceops.telephony.o2g_routing_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
  register: routing

- name: Whereto
  ansible.builtin.debug:
    msg: "{{ item.login_name }}: {{ item.forward.number | default(item.forward.destination) }} ({{ item.forward.type }})"
  loop: "{{ routing.resources | rejectattr('forward', 'none') }}"
  loop_control: {label: "{{ item.login_name }}"}

- name: Nobody forwards calls to the outside
  ansible.builtin.assert:
    that: outside | length == 0
    fail_msg: "{{ outside | map(attribute='login_name') | join(', ') }}"
  vars:
    outside: "{{ routing.resources | selectattr('forward') | selectattr('forward.number', 'defined') | selectattr('forward.number', 'match', '0') }}"

- name: How everything is before a maintenance, as options of o2g_routing
  voiceops.telephony.o2g_routing_info:
    node_id: 7
    as_options: true
  register: before

- name: In a file, to be given back as config
  ansible.builtin.copy:
    content: "{{ before.resources | to_nice_json }}"
    dest: routing.json
    mode: "0600"
"""

RETURN = r"""
resources:
  description: One entry per user.
  returned: success
  type: list
  elements: dict
  contains:
    login_name:
      description: Login name of the user.
      type: str
      returned: always
      sample: oxe70101
    dnd:
      description: Whether the user is not to be disturbed.
      type: bool
      returned: with V(state)
      sample: false
    forward:
      description: Where calls are forwarded, or nothing.
      type: dict
      returned: with V(state)
      sample: {type: immediate, destination: number, number: "70110"}
    overflow:
      description: Where calls overflow, or nothing.
      type: dict
      returned: with V(state)
      sample: null
    remote_extension:
      description: Whether the remote extension is in use. Nothing for a user without one.
      type: bool
      returned: with V(state)
      sample: true
    capabilities:
      description: Which of these the user may set.
      type: dict
      returned: with V(capabilities)
      sample: {dnd: true, forward: true, overflow: true, remote_extension: false}
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
  description: How many entries were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.routing import RoutingInfo
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(RoutingInfo)


if __name__ == "__main__":
    main()
