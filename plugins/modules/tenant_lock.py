#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: tenant_lock
short_description: Keep two runs from working on one tenant at the same time
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Two builds of one tenant at the same time find the same things missing, and get in each other's way. A file in a folder
    that both runs see says which one works on the tenant, as whom, where and since when; the other fails with that, or
    waits. The role P(voiceops.telephony.tenant#role) takes it before it builds and gives it back at the end.
  - The lock of a run that has ended without giving it back is taken over. Of a run on another host that cannot be known, so
    the message tells which file to remove.
  - Two runs that see no common folder, such as jobs of AWX in containers of their own, do not see each other.
options:
  dir:
    description:
      - The folder in which the file is, named after the tenant, such as C(.acme.lock). It must be there.
    type: path
    required: true
  state:
    description:
      - V(held) takes the lock, V(released) gives it back, if it is this run's.
    type: str
    choices: [held, released]
    default: held
  wait:
    description:
      - For how many seconds to wait where another run has it.
    type: int
    default: 0
  required:
    description:
      - Whether to fail where the folder cannot be written to. Otherwise the run goes on without a lock.
    type: bool
    default: false
attributes:
  check_mode:
    support: full
    description: Can run in check mode, in which it takes no lock.
  diff_mode:
    support: none
    description: It changes nothing that anybody keeps.
  idempotent:
    support: full
    description: A run may take several times what it has.
  platform:
    support: full
    platforms: posix
    description: Runs on the controller.
seealso:
  - module: voiceops.telephony.tenant_validate
"""

EXAMPLES = r"""
- name: Work on the tenant, alone
  block:
    - name: Lock the tenant
      voiceops.telephony.tenant_lock:
        dir: "{{ inventory_dir }}"
        wait: 60

    - name: Close its pilot
      voiceops.telephony.o2g_pilot:
        node_id: 7
        pilot_number: "60101"
        state: closed
  always:
    - name: Let others work on it
      voiceops.telephony.tenant_lock:
        dir: "{{ inventory_dir }}"
        state: released
"""

RETURN = r"""
held:
  description: Whether this run has the lock now.
  returned: except in check mode
  type: bool
  sample: true
dir:
  description: The folder, for the task that gives the lock back.
  returned: when this run has the lock
  type: str
  sample: /home/an/inventory
msg:
  description: Where the lock is, or why there is none.
  returned: always
  type: str
  sample: acme is locked by /home/an/inventory/.acme.lock
"""
