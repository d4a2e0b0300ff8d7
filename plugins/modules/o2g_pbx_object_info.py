#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_pbx_object_info
short_description: Read objects of an OmniPCX Enterprise through Alcatel-Lucent Enterprise O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns an object of the PBX, or all objects of a type, with their attributes; on request with all below them.
  - With O(attributes), the objects of a type take one request. Without it each is read by itself, as a list shows only
    attributes that are asked for.
  - What is returned with O(as_options=true) can be given to M(voiceops.telephony.o2g_pbx_object).
options:
  node_id:
    description:
      - Number of the OmniPCX Enterprise node, as O2G knows it.
    type: int
    required: true
  path:
    description:
      - Types and ids in turn. With a type at the end, the objects of that type, such as V(Subscriber) or
        V(Entity/1/Cost_Center). With an id at the end, that object, such as V(Subscriber/70120).
      - If there is no such object, the list is empty.
      - Slashes and percent signs within ids are written as M(voiceops.telephony.o2g_pbx_object) says.
    type: str
    required: true
  filter:
    description:
      - Only objects for which this holds, such as V(Annu_Name==De* and Entity_Number==1).
      - The comparisons are C(==), C(!=), C(=ge=) and C(=le=); with C(==), the value may begin or end with C(*). They are
        joined by C(and) and C(or), of which C(and) binds closer.
      - O2G does not check a filter. So it is checked here, and its attributes by the model of the PBX.
      - Goes with a path that ends with a type.
    type: str
  attributes:
    description:
      - Only these attributes. An empty list gives the paths only. By default all are returned.
      - They are checked by the model of the PBX.
    type: list
    elements: str
  recurse:
    description:
      - Whether to return also all objects below those that are found, each after the one that it is below.
      - This takes a request for each object and for each type below it.
    type: bool
  model_file:
    description:
      - A file with the model of the PBX, made by M(voiceops.telephony.o2g_pbx_model_info). Then it is not read from the
        PBX, which takes one request.
    type: path
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.as_options
  - voiceops.telephony.attributes.info
notes:
  - Needs an administrator of O2G and the licence ROXE_API_MANAGEMENT.
  - Secrets are left out, which are attributes that the model calls so or that are named like C(Password),
    C(Secret_Code) or C(Pin).
seealso:
  - module: voiceops.telephony.o2g_pbx_object
  - module: voiceops.telephony.o2g_pbx_info
"""

EXAMPLES = r"""
- name: Who is in the directory under D, and where
  voiceops.telephony.o2g_pbx_object_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
    path: Subscriber
    filter: Annu_Name==D*
    attributes: [Annu_Name, Annu_First_Name, Entity_Number]
  register: found

- name: Say it
  ansible.builtin.debug:
    msg: "{{ item.object_id }} {{ item.attributes.Annu_First_Name }} {{ item.attributes.Annu_Name }}"
  loop: "{{ found.objects }}"
  loop_control:
    label: "{{ item.path }}"

- name: One subscriber with all attributes
  voiceops.telephony.o2g_pbx_object_info:
    node_id: 7
    path: Subscriber/70120

- name: All entities with their cost centers, as options of o2g_pbx_object
  voiceops.telephony.o2g_pbx_object_info:
    node_id: 7
    path: Entity
    recurse: true
    as_options: true
  register: entities

- name: The same entities on another node
  voiceops.telephony.o2g_pbx_object:
    config: "{{ entities.objects | map('combine', {'node_id': 8}) }}"
"""

RETURN = r"""
objects:
  description: The objects that were found, in the order of the PBX.
  returned: success
  type: list
  elements: dict
  contains:
    node_id:
      description: The node that was asked for.
      type: int
      returned: always
      sample: 7
    path:
      description: The path of the object.
      type: str
      returned: always
      sample: Subscriber/70120
    object_name:
      description: The type of the object.
      type: str
      returned: unless O(as_options=true)
      sample: Subscriber
    object_id:
      description: The id of the object.
      type: str
      returned: unless O(as_options=true)
      sample: "70120"
    attributes:
      description:
        - The attributes by their names in the PBX. A value is a text, or V(null) if there is none; several values are
          a list; members are a dictionary.
      type: dict
      returned: always
      sample: {Annu_Name: Devos, Annu_First_Name: Dirk, Entity_Number: "1", Attached_MultiTandem: ["70125", "70126"]}
summary:
  description: How many objects were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 12, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.pbx_info import PbxObjects
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(PbxObjects)


if __name__ == "__main__":
    main()
