#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: in_process
short_description: How the modules of this collection run fast (nothing to call in a task)
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Behind each module of this collection stands one action. Where it can, it runs the module in Ansible's own process on
    the controller, and lends all items of a loop one session with the platform.
  - It does so for tasks with C(connection=local), without C(become), C(async) and C(environment), if Ansible's Python
    has the libraries. Everywhere else the module is shipped to the managed node, as any module is. The result is the same.
  - Call the modules themselves. As a task by itself, this fails.
options: {}
attributes:
  action:
    support: full
    description: Runs on the controller.
  check_mode:
    support: full
    description: Leaves it to the module.
  diff_mode:
    support: full
    description: Leaves it to the module.
notes:
  - The option C(in_process=false) of a module, or C(TELEPHONY_IN_PROCESS=false) in the environment, turns it off.
seealso:
  - module: voiceops.telephony.o2g_user
"""

EXAMPLES = r"""
- name: A module as usual, in Ansible's own process
  voiceops.telephony.o2g_user:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
    device_number: "70120"

- name: The same, shipped like any other module
  voiceops.telephony.o2g_user:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
    device_number: "70120"
    in_process: false
"""

RETURN = r""" # """
