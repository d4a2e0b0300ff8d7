#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_pbx_action
short_description: Have objects of an OmniPCX Enterprise do something, through Alcatel-Lucent Enterprise O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Asks for actions of objects of the PBX, such as ReinitMemory of a subscriber.
  - An action that the model of the PBX does not have for the type of the object is refused before anything is done.
options:
  node_id: &node_id
    description:
      - Number of the OmniPCX Enterprise node, as O2G knows it.
      - Given at the top level, it holds for all entries of O(config) that do not say otherwise.
      - Required, here or in each entry of O(config).
    type: int
  path: &path
    description:
      - Which object. Types and ids in turn, such as V(Subscriber/70120). See M(voiceops.telephony.o2g_pbx_object).
      - Required, here or in each entry of O(config).
    type: str
  action: &action
    description:
      - What to do. The model has the actions of each type, see M(voiceops.telephony.o2g_pbx_model_info).
      - What leads to a state is done by M(voiceops.telephony.o2g_pbx_object) instead, such as to delete by force.
      - Required, here or in each entry of O(config).
    type: str
  attributes: &attributes
    description:
      - Attributes that go with the action, if it takes any.
    type: dict
  model_file: &model_file
    description:
      - A file with the model of the PBX, made by M(voiceops.telephony.o2g_pbx_model_info). Then it is not read from the PBX.
    type: path
  config:
    description:
      - Many actions at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      path: *path
      action: *action
      attributes: *attributes
      model_file: *model_file
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes.action
notes:
  - Needs an administrator of O2G and the licence ROXE_API_MANAGEMENT.
seealso:
  - module: voiceops.telephony.o2g_pbx_object
  - module: voiceops.telephony.o2g_pbx_model_info
"""

EXAMPLES = r"""
- name: Set a telephone back to what its subscriber says
  voiceops.telephony.o2g_pbx_action:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
    path: Subscriber/70120
    action: ReinitMemory

- name: The same for several telephones
  voiceops.telephony.o2g_pbx_action:
    node_id: 7
    action: ReinitMemory
    config:
      - path: Subscriber/70120
      - path: Subscriber/70121

- name: Read which subscribers an entity has
  voiceops.telephony.o2g_pbx_object_info:
    node_id: 7
    path: Subscriber
    filter: Entity_Number==1
    attributes: []
  register: found

- name: All telephones of the entity
  block:
    - name: Set them back
      voiceops.telephony.o2g_pbx_action:
        node_id: 7
        action: ReinitMemory
        config: "{{ dict(found.objects | map(attribute='path') | product([7]))
          | ansible.builtin.dict2items(key_name='path', value_name='node_id') }}"
      register: reset

    - name: Say how many these were
      ansible.builtin.debug:
        msg: "{{ reset.summary.done }} telephones start anew"
  rescue:
    - name: Keep which are left, to give them to this task as config once more
      ansible.builtin.copy:
        content: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') | map(attribute='key') | to_nice_json }}"
        dest: telephones-left.json
        mode: "0600"

    - name: Say why
      ansible.builtin.fail:
        msg: "{{ ansible_failed_result.msg }}"
"""

RETURN = r"""
results:
  description: One entry per action, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the object and the action.
      type: dict
      returned: always
      sample: {node_id: 7, path: Subscriber/70120, action: ReinitMemory}
    action:
      description: Always V(act).
      type: str
      returned: always
      sample: act
    changed:
      description: Whether that was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: The options, with secrets masked.
      type: dict
      returned: always
      sample: {node_id: 7, path: Subscriber/70120, action: ReinitMemory}
    answer:
      description: What the platform answered, which is nothing.
      type: raw
      returned: always
      sample:
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
      sample: there is no Subscriber/70999 on node 7
summary:
  description: How many actions were done or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {done: 2, failed: 0, requests: 8}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.pbx_action import PbxAction
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(PbxAction)


if __name__ == "__main__":
    main()
