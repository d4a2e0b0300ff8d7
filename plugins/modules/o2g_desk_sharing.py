#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_desk_sharing
short_description: Log desk sharing users of O2G on a set, or off
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - A desk sharing user works at a set that belongs to nobody. This logs the user on there, or off.
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
      - An administrator gives it, or O(device_number).
    type: raw
  state: &state
    description:
      - Whether the user shall be logged on. It must be given.
    type: str
    choices: [logged_on, logged_off]
  dss_device_number: &dss_device_number
    description:
      - Number of the shared set. It must be given to log on. Quote it.
      - Given with O(state=logged_off), the devices of the user tell whether the user is there. Without it nothing tells, so that
        the user is logged off in each run, and RV(results[].unverified) says so.
    type: raw
  config:
    description:
      - Many users at once, each with the options of a single one. Cannot stand beside them, except for O(state).
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      device_number: *device_number
      login_name: *login_name
      state: *state
      dss_device_number: *dss_device_number
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes
attributes:
  idempotent:
    support: partial
    description: A second run with the same options changes nothing.
    details:
      - Not with O(state=logged_off) and no O(dss_device_number), where nothing tells the state.
notes:
  - Needs the licence C(ROXE_API_TEL_ADVANCED), and C(ROXE_API_PHONESETPROG) to see the devices, one per user each.
  - The node needs the prefix "Station Features == Desk Sharing Over Logon".
seealso:
  - module: voiceops.telephony.o2g_device_info
"""

EXAMPLES = r"""
- name: A user works at a shared set today
  voiceops.telephony.o2g_desk_sharing:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    login_name: oxe70101
    dss_device_number: "70150"
    state: logged_on
  register: desk

- name: In the evening, the user leaves the set again
  voiceops.telephony.o2g_desk_sharing:
    config: "{{ desk.results | selectattr('changed') | map(attribute='key')
      | map('combine', {'state': 'logged_off', 'dss_device_number': '70150'}) }}"

- name: A user works at one of two shared sets
  block:
    - name: At the one by the window
      voiceops.telephony.o2g_desk_sharing:
        login_name: oxe70102
        dss_device_number: "70150"
        state: logged_on
  rescue:
    - name: Say why not there
      ansible.builtin.debug:
        msg: "{{ ansible_failed_result.msg }}"

    - name: At the one by the door
      voiceops.telephony.o2g_desk_sharing:
        login_name: oxe70102
        dss_device_number: "70151"
        state: logged_on
"""

RETURN = r"""
results:
  description: One entry per user, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the user.
      type: dict
      returned: always
      sample: {login_name: oxe70101}
    action:
      description: What it needed, V(update) or V(unchanged).
      type: str
      returned: always
      sample: update
    changed:
      description: Whether that was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: What is there afterwards, under the names of the options.
      type: dict
      returned: always
      sample: {login_name: oxe70101, state: logged_on}
    before:
      description: What was there before, as options that can be given back.
      type: dict
      returned: when something was there and is changed
      sample: {login_name: oxe70101, state: logged_off}
    unverified:
      description: Options that could not be compared, because the platform did not return them.
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
      sample: "POST /api/rest/1.0/telephony/deskSharing answered 400"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.hunting_group import DeskSharing
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(DeskSharing)


if __name__ == "__main__":
    main()
