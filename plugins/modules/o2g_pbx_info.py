#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_pbx_info
short_description: Read the nodes of Alcatel-Lucent Enterprise O2G, and which types of objects they have
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the OmniPCX Enterprise nodes that O2G manages, or one of them.
  - V(tree) in O(gather_subset) adds the types of objects below the node, or below one of its objects.
options:
  node_id:
    description:
      - Number of a node. By default all are returned.
    type: int
  path:
    description:
      - With V(tree), the object whose types are shown, such as V(Subscriber/70120). By default the node itself.
    type: str
  gather_subset:
    description:
      - What to read besides the numbers, each at one request per node.
      - V(fqdn) adds the name of the node in the network.
      - V(tree) adds the types of objects, and the actions of the object above them.
      - An empty list gives the numbers only, which takes no licence.
    type: list
    elements: str
    choices: [fqdn, tree]
    default: [fqdn]
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
notes:
  - Needs the licence ROXE_API_MANAGEMENT, and for V(tree) an administrator of O2G.
seealso:
  - module: voiceops.telephony.o2g_pbx_object_info
  - module: voiceops.telephony.o2g_pbx_model_info
"""

EXAMPLES = r"""
- name: All nodes
  voiceops.telephony.o2g_pbx_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
  register: nodes

- name: The model of each, in a file for o2g_pbx_object
  voiceops.telephony.o2g_pbx_model_info:
    node_id: "{{ item.node_id }}"
    dest: "{{ item.fqdn }}.json"
  loop: "{{ nodes.resources }}"
  loop_control: {label: "{{ item.fqdn }}"}

- name: What a node consists of
  voiceops.telephony.o2g_pbx_info:
    node_id: 7
    gather_subset: [tree]
  register: node

- name: It has all that the playbooks write
  ansible.builtin.assert:
    that: written | difference(node.resources[0].tree) | length == 0
    fail_msg: "Not on node 7: {{ written | difference(node.resources[0].tree) | join(', ') }}"
  vars:
    written: [Subscriber, Entity, Abbreviated_Speed_Dialing]

- name: What there can be below a subscriber
  voiceops.telephony.o2g_pbx_info:
    node_id: 7
    path: Subscriber/70120
    gather_subset: [tree]
"""

RETURN = r"""
resources:
  description: The nodes.
  returned: success
  type: list
  elements: dict
  contains:
    node_id:
      description: The number of the node.
      type: int
      returned: always
      sample: 7
    fqdn:
      description: The name of the node in the network.
      type: str
      returned: with V(fqdn) in O(gather_subset)
      sample: oxe7.acme.example
    tree:
      description: Paths from the object to the types below it. Each can be put after O(path), and leads to objects.
      type: list
      elements: str
      returned: with V(tree) in O(gather_subset)
      sample: [Subscriber, Entity, Abbreviated_Speed_Dialing, Group/1/Pickup_Group]
    software_version:
      description: The version of the PBX.
      type: str
      returned: with V(tree) in O(gather_subset) and without O(path), if the PBX shows it
      sample: R101_1_n2
    actions:
      description: Actions of the object.
      type: list
      elements: str
      returned: with V(tree) in O(gather_subset)
      sample: [Resynchro]
summary:
  description: How many nodes were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 2, requests: 6}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.pbx_info import Pbx
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(Pbx)


if __name__ == "__main__":
    main()
