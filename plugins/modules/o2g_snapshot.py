#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_snapshot
short_description: Have what is the case in Alcatel-Lucent Enterprise O2G sent as events
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Asks O2G to send the present state as events, to those who have subscribed to them. So a listener that has missed
    some is up to date again.
options:
  node_id: &node_id
    description:
      - Number of the node that O(device_number) belongs to. With it, the users of the node are listed once for all entries.
    type: int
  device_number: &device_number
    description:
      - Any number of the user, the main one or a secondary one, by which the login name is looked up. Quote it.
    type: raw
  login_name: &login_name
    description:
      - Login name of the user, such as V(oxe70120). In the session of a user it is left out, and nobody else can be meant.
      - An administrator who gives neither it nor O(device_number) means everybody.
    type: raw
  of: &of
    description:
      - What to send. V(telephony) is the calls of users, V(routing) their routes, V(agents) the states of agents, and
        V(realtime) all that is watched in real time. It must be given.
    type: str
    choices: [telephony, routing, agents, realtime]
  config:
    description:
      - Many snapshots at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
      of: *of
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes.action
notes:
  - Needs the licence of what is sent. This is C(ROXE_API_TEL_ADVANCED) for V(telephony) and V(routing),
    C(ROXE_API_CONTACTCENTER_AGENT) for V(agents), and C(ROXE_API_CONTACTCENTER_SVCS) for V(realtime), which needs an
    administrator, too.
seealso:
  - module: voiceops.telephony.o2g_subscription
  - module: voiceops.telephony.o2g_realtime_context
"""

EXAMPLES = r"""
- name: The routes of everybody
  voiceops.telephony.o2g_snapshot:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    of: routing

- name: The calls of two users
  voiceops.telephony.o2g_snapshot:
    config:
      - {login_name: oxe70101, of: telephony}
      - {login_name: oxe70102, of: telephony}

- name: A listener has missed events
  block:
    - name: Send it all that is the case
      voiceops.telephony.o2g_snapshot:
        of: "{{ item }}"
      loop: [telephony, routing, agents, realtime]
      register: sent

    - name: Say how many requests that took
      ansible.builtin.debug:
        msg: "{{ sent.results | sum(attribute='summary.requests') }}"
  rescue:
    - name: What the listener does not know now, and for which licence
      ansible.builtin.debug:
        msg: "{{ item.item }}: {{ item.msg }}"
      loop: "{{ ansible_failed_result.results | selectattr('failed') }}"
      loop_control: {label: "{{ item.item }}"}
"""

RETURN = r"""
results:
  description: One entry per snapshot, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the snapshot.
      type: dict
      returned: always
      sample: {login_name: oxe70101}
    action:
      description: Always V(act), since this is something to do.
      type: str
      returned: always
      sample: act
    changed:
      description: Whether that was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: What was asked for.
      type: dict
      returned: always
      sample: {login_name: oxe70101, of: telephony}
    answer:
      description: What the platform answered.
      type: raw
      returned: always
      sample: null
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
      sample: "POST /api/rest/1.0/telephony/state/snapshot answered 404"
summary:
  description: How many entries were done or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {done: 1, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.events import Snapshot
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Snapshot)


if __name__ == "__main__":
    main()
