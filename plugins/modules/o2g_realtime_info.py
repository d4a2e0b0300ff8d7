#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_realtime_info
short_description: Read what of the call center of Alcatel-Lucent Enterprise O2G can be watched in real time
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the numbers and names of agents, pilots, queues and processing groups that can be watched.
options:
  gather_subset:
    description:
      - What to list. All of it takes one request, a part of it one request each.
    type: list
    elements: str
    choices: [agents, pilots, queues, pg_agents, pg_others]
    default: [agents, pilots, queues, pg_agents, pg_others]
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
notes:
  - Needs an administrator and the licence C(ROXE_API_CONTACTCENTER_SVCS). The call center features must be switched on
    in O2G.
seealso:
  - module: voiceops.telephony.o2g_realtime_context
"""

EXAMPLES = r"""
- name: The queues and the pilots
  voiceops.telephony.o2g_realtime_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    gather_subset: [queues, pilots]
  register: center

- name: Watch all pilots of sales
  voiceops.telephony.o2g_realtime_context:
    active: true
    filter:
      pilot_filter:
        numbers: "{{ center.resources[0].pilots | selectattr('name', 'match', 'Sales') | map(attribute='number') }}"
        attributes: [ALL]

- name: Names of the queues for the wallboard, by number
  ansible.builtin.copy:
    content: "{{ center.resources[0].queues | items2dict(key_name='number', value_name='name') | to_nice_json }}"
    dest: queues.json
    mode: "0644"
"""

RETURN = r"""
resources:
  description: One entry with the lists.
  returned: success
  type: list
  elements: dict
  contains:
    agents:
      description: The agents, each with C(number) and C(name).
      type: list
      elements: dict
      returned: with V(agents)
      sample: [{number: "60131", name: Queue 1}]
    pilots:
      description: The pilots, each with C(number) and C(name).
      type: list
      elements: dict
      returned: with V(pilots)
      sample: [{number: "60131", name: Queue 1}]
    queues:
      description: The queues, each with C(number) and C(name).
      type: list
      elements: dict
      returned: with V(queues)
      sample: [{number: "60131", name: Queue 1}]
    pg_agents:
      description: The processing groups with agents, each with C(number) and C(name).
      type: list
      elements: dict
      returned: with V(pg_agents)
      sample: [{number: "60131", name: Queue 1}]
    pg_others:
      description: The other processing groups, each with C(number) and C(name).
      type: list
      elements: dict
      returned: with V(pg_others)
      sample: [{number: "60131", name: Queue 1}]
summary:
  description: How many entries were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.realtime import Watchable
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(Watchable)


if __name__ == "__main__":
    main()
