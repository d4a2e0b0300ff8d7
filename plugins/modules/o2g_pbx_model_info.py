#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_pbx_model_info
short_description: Read the model of an OmniPCX Enterprise through Alcatel-Lucent Enterprise O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns which types of objects the PBX has, and what their attributes take. One type with those below it, or all.
  - Writes the model to a file, by which M(voiceops.telephony.o2g_pbx_object) can judge objects without asking the PBX.
  - Compares the model with an older one, and tells what an upgrade has taken away.
options:
  node_id:
    description:
      - Number of the OmniPCX Enterprise node, as O2G knows it.
    type: int
    required: true
  object_name:
    description:
      - Name of a type, such as V(Subscriber). By default the whole model is returned, which is large.
    type: str
  dest:
    description:
      - Also write the model to this file, as JSON. The directory must be there.
      - The task is changed if the file was not like that.
    type: path
  compare_with:
    description:
      - A file that this module wrote earlier, of the same type or of the whole model.
      - It is read before O(dest) is written, so both may be the same file.
    type: path
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.info
attributes:
  check_mode:
    details:
      - The file is not written in check mode. Whether it would change is told.
  idempotent:
    details:
      - A file is written only if its content differs.
notes:
  - Needs an administrator of O2G and the licence ROXE_API_MANAGEMENT.
  - The model of O2G is that of the PBX at the last start of O2G. After an upgrade of the PBX, restart O2G.
seealso:
  - module: voiceops.telephony.o2g_pbx_object
"""

EXAMPLES = r"""
- name: What a subscriber can have
  voiceops.telephony.o2g_pbx_model_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
    object_name: Subscriber
  register: model

- name: Which set types there are
  ansible.builtin.debug:
    msg: "{{ (model.resources[0].attributes | selectattr('name', 'eq', 'Station_Type') | first).allowed_values }}"

- name: Keep the whole model in a file
  voiceops.telephony.o2g_pbx_model_info:
    node_id: 7
    dest: oxe7.json

- name: The PBX was upgraded
  block:
    - name: That has taken nothing away
      voiceops.telephony.o2g_pbx_model_info:
        node_id: 7
        compare_with: oxe7.json
      register: upgraded
      failed_when: upgraded is failed or upgraded.resources[0].taken_away | length > 0
  rescue:
    - name: What it has taken away, and playbooks must not name any more
      ansible.builtin.debug:
        msg: "{{ item.object_name }} {{ item.attribute }} {{ item.change }}"
      loop: "{{ ansible_failed_result.resources | default([]) | map(attribute='taken_away') | flatten }}"
      loop_control: {label: "{{ item.object_name }}"}
"""

RETURN = r"""
resources:
  description: The model, as one entry.
  returned: success
  type: list
  elements: dict
  contains:
    node_id:
      description: The node that was asked for.
      type: int
      returned: always
      sample: 7
    object_name:
      description: The type, or V(Node) for the whole model.
      type: str
      returned: always
      sample: Subscriber
    attributes:
      description:
        - What the attributes take, each with C(name), C(mandatory), C(type_value), C(multi_value), C(allowed_values),
          C(length_value), C(default_value), C(filtering) and C(used_when), as far as the model says it.
      type: list
      elements: dict
      returned: always
      sample: [{name: Annu_Name, mandatory: false, type_value: octetString, multi_value: false, length_value: "30"}]
    objects:
      description: The types below it, in the same form.
      type: list
      elements: dict
      returned: always
      sample: []
    hidden:
      description: Whether it only holds others.
      type: bool
      returned: if the model says it
      sample: false
    create:
      description: Whether objects can be created. C(delete), C(set) and C(get) likewise.
      type: bool
      returned: if the model says it
      sample: true
    other_actions:
      description: What else objects can do, see M(voiceops.telephony.o2g_pbx_action).
      type: list
      elements: str
      returned: always
      sample: [ReinitMemory, FORCED_DELETE]
    taken_away:
      description: What the older model has and this one has not, each with C(object_name), C(attribute) and C(change).
      type: list
      elements: dict
      returned: with O(compare_with)
      sample: [{object_name: Node/Subscriber, attribute: Right_Profile_Name, change: is not there any more}]
summary:
  description: How many models were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.pbx_info import PbxModel
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(PbxModel)


if __name__ == "__main__":
    main()
