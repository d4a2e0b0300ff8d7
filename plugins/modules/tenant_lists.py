#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: tenant_lists
short_description: Bring all lists of a tenant to their state, in one task
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Runs the module of each list that a tenant declares, such as M(voiceops.telephony.o2g_user) for C(o2g.users), in the
    order that the platforms need. The roles of this collection consist of it.
  - A platform is logged in to once for all of its lists. With O(go_on=true) in check mode, the platforms are asked at the
    same time. Otherwise APIO comes after O2G, where its calls go, and is taken down before it; what is as it shall be there
    is looked at meanwhile. CCS needs neither, and is worked on at the same time.
  - The modules take the address of their platform and the log-in from the environment, or from C(module_defaults) of the
    task for their group, as in the examples.
options:
  data:
    description:
      - The lists per block (C(apio), C(ccs), C(o2g)), as P(voiceops.telephony.tenant_data#filter) returns them, or as a text
        in JSON, as M(voiceops.telephony.tenant_validate) does. One of this and O(data_from) must be given.
    type: dict
  data_from:
    description:
      - The name of a variable that holds them, such as V(validated.data). It must hold no templates, because thousands of
        entries are taken as they are.
    type: str
    default: ""
  state:
    description:
      - V(absent) takes down what the lists declare, in the reverse order. What stays on its platform, such as the calendar
        of a pilot, loses what is declared of it.
    type: str
    choices: [present, absent]
    default: present
  purge:
    description:
      - Whether to delete what is not declared, in each list that is.
    type: bool
    default: false
  max_deletions:
    description:
      - A list that would lose more than this by purging is not touched at all.
    type: int
    default: 10
  read_deleted:
    description:
      - Whether each resource is read by itself before it is deleted, so that the results tell all that was there.
    type: bool
    default: false
  update_password:
    description:
      - V(always) writes passwords in each run, as they cannot be compared.
    type: str
    choices: [always, on_create]
    default: on_create
  write_unreadable:
    description:
      - V(never) leaves alone what the platform does not show.
    type: str
    choices: [always, never]
    default: always
  list_unchanged:
    description:
      - Whether the results list entries for which there was nothing to do and nothing to tell, too.
    type: bool
    default: true
  written:
    description:
      - Where to keep what was written last into what the platforms do not show. C(written_file), C(written_again) and
        C(written_key), as the modules take them.
    type: dict
    default: {}
  go_on:
    description:
      - Whether to go on with the next list when one fails, to hear of all that is wrong. The task fails all the same.
    type: bool
    default: false
attributes:
  check_mode:
    support: full
    description: Can run in check mode, in which it predicts the changes and makes none.
  diff_mode:
    support: full
    description: Returns what has changed.
  idempotent:
    support: partial
    details:
      - As far as the modules of the lists are.
    description: Changes nothing in a second run.
  platform:
    support: full
    platforms: all
    description: Runs on the controller.
requirements:
  - requests >= 2.31
  - pydantic >= 2.5
  - phonenumbers >= 8.13, if C(apio.country) is given
seealso:
  - plugin: voiceops.telephony.tenant_data
    plugin_type: filter
  - module: voiceops.telephony.tenant_validate
"""

EXAMPLES = r"""
- name: See that the pilots are open, and users and their calls as they shall be
  voiceops.telephony.tenant_lists:
    data:
      o2g:
        node_id: 7
        users:
          - {device_number: "70110"}
        routing:
          - {device_number: "70110", dnd: false}
        pilots:
          - {pilot_number: "60101", state: opened}
  module_defaults:
    group/voiceops.telephony.o2g:
      url: https://o2g.example
      username: admin
      password: "{{ lookup('ansible.builtin.env', 'O2G_PASSWORD') }}"
  register: done

- name: What was done to each list
  ansible.builtin.debug:
    msg: "{{ item.key }}: {{ item.value.msg }}"
  loop: "{{ done.lists.o2g | ansible.builtin.dict2items }}"
  loop_control: {label: "{{ item.key }}"}
"""

RETURN = r"""
lists:
  description:
    - Per block and list what its module returned.
    - Of a resource that is as it shall be, only which one it is. Warnings and diffs are those of the task.
    - With O(list_unchanged=false), the same of one that was changed. In check mode it has its values.
  returned: when the options are right
  type: dict
  sample: {o2g: {users: {changed: false, msg: nothing to do, results: [], summary: {unchanged: 40}}}}
faults:
  description: What is wrong, each cause once.
  returned: always
  type: list
  elements: str
  sample: ["o2g.users: 1 of 40 entries failed. 70110: O2G refused it (403)"]
msg:
  description: What was done to each list, or what is wrong, one line each.
  returned: always
  type: str
  sample: "o2g.users: 2 created, 38 unchanged"
"""
