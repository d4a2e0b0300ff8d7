#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_pbx_object
short_description: Manage any object of an OmniPCX Enterprise through Alcatel-Lucent Enterprise O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Creates, changes and deletes objects of the PBX, of whatever type it knows, such as subscribers, entities, cost centers,
    speed dialing numbers or pilots. One object or hundreds of all types in one task.
  - What is wanted is judged by the model of the PBX before anything is written. Attributes and types that are not there,
    with the nearest name; types and lengths of values; values and characters that are not allowed; what a creation
    must give; attributes that are not in use; what the model forbids.
  - Only attributes that are given are compared, and only those that differ are sent. Objects of one type are read with
    one request.
  - Objects are created after those that they are below, and deleted before them. So are types that others name by their
    identifying attribute, such as an entity by C(Entity_Number). Else the order is that of O(config).
  - An object that can only come with the one above it is changed as soon as that one is created.
  - If another administrator changes an object meanwhile, it is read, planned and written again, up to three times.
options:
  node_id: &node_id
    description:
      - Number of the OmniPCX Enterprise node, as O2G knows it.
      - Given at the top level, it holds for all entries of O(config) that do not say otherwise.
      - Required, here or in each entry of O(config).
    type: int
  path: &path
    description:
      - Where the object is, as types and ids in turn, from the top of the PBX down to the id of the object, such as
        V(Subscriber/70120) or V(Entity/1/Cost_Center/5). M(voiceops.telephony.o2g_pbx_info) shows which types there are.
      - Ids may hold any characters, such as V(System_Parameters/1/SubMessage/1/SmLayout/0,6-0). A slash within an id is
        written V(%2F), and a percent sign V(%25) where two digits or letters from A to F follow.
      - The attribute that identifies an object need not be repeated in O(attributes) if it is the first one that the
        model calls mandatory.
      - Required, here or in each entry of O(config).
    type: str
  attributes: &attributes
    description:
      - Attributes by their names in the PBX, which M(voiceops.telephony.o2g_pbx_model_info) shows. Only those that are
        given are compared and written.
      - A value is a text, a number or a boolean, a list of them, a dictionary for an attribute that has members, or
        a list of such dictionaries. Quote what consists of digits and is no number, such as a telephone number.
      - V(null) or an empty text clears an attribute, an empty list clears a list.
      - The order of a list does not matter. Of a dictionary, only the members that are given are compared.
      - To edit a list, whatever else it holds, give a dictionary with C(add), C(remove) or both, each a list of items.
        To remove a dictionary, its identifying members suffice.
      - Members may be written as a dictionary or by their full names, such as C(Submsg_Coupler.Submsg_id).
      - Secrets, which are attributes that the model calls so or that are named like C(Password), C(Secret_Code) or
        C(Pin), are shown nowhere, and written as O(update_password) says.
    type: dict
  force: &force
    description:
      - Delete by the action FORCED_DELETE, which only some types have. It is refused for others.
      - Matters for deletions only.
    type: bool
  model_file: &model_file
    description:
      - A file with the model of the PBX, which M(voiceops.telephony.o2g_pbx_model_info) writes.
      - By default the model is read from the PBX, once per task or loop. With a file it is not read, and what is wrong
        is told before the first request.
    type: path
  config:
    description:
      - Many objects at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      node_id: *node_id
      path: *path
      attributes: *attributes
      force: *force
      model_file: *model_file
  purge:
    description:
      - Delete what exists and is not listed in O(config). Without O(purge_in), in all places where an object of O(config)
        is, such as all subscribers if one is listed.
      - An object of which something below it is listed stays.
      - Goes with O(config) and O(state=present).
    type: bool
    default: false
  purge_in:
    description:
      - The only places in which what is not listed is deleted. Each is a path that ends with a type, such as
        V(Abbreviated_Speed_Dialing) or V(Entity/1/Cost_Center), or a dictionary with C(path), C(node_id) and C(force).
      - O(purge) need not be given beside it.
    type: list
    elements: raw
  purge_only:
    description:
      - Numbers, ranges or prefixes, such as V(70100), V(70100-70199) or V(701*), of what belongs to you, where others
        live on the same platform too.
      - Purging deletes no other subscribers.
      - Objects of other types have no such numbers, and are told apart by O(purge_in).
      - By default it is everything.
    type: list
    elements: raw
  max_deletions:
    description:
      - Refuse the whole run, before its first write, if more would be purged than this. What is below an object that
        is deleted goes with it and is not counted.
    type: int
    default: 10
  update_password:
    description:
      - Secrets are not compared.
      - V(on_create) writes them only when an object is created; V(always) writes them in each run, which then is
        reported as changed.
    type: str
    choices: [always, on_create]
    default: on_create
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.state
  - voiceops.telephony.bulk.unreadable
  - voiceops.telephony.bulk.written
  - voiceops.telephony.attributes
attributes:
  idempotent:
    support: partial
    description: A second run with the same options changes nothing.
    details:
      - Except for attributes that the PBX does not show, with O(write_unreadable=always), and for secrets with
        O(update_password=always). They are written in each run.
      - With O(written_file), what was written there last is not written again.
notes:
  - Needs an administrator of O2G and the licence ROXE_API_MANAGEMENT.
  - The model of O2G is that of the PBX at the last start of O2G. After an upgrade of the PBX, restart O2G.
  - The condition under which an attribute is used has no documented form. Where it reads like a filter, it is judged;
    anything else is left to the PBX.
  - A new subscriber is no user of O2G yet, see M(voiceops.telephony.o2g_user).
seealso:
  - module: voiceops.telephony.o2g_pbx_object_info
  - module: voiceops.telephony.o2g_pbx_model_info
  - module: voiceops.telephony.o2g_pbx_action
  - module: voiceops.telephony.o2g_user
"""

EXAMPLES = r"""
- name: The connection, said once for all tasks of a play or block
  module_defaults:
    group/voiceops.telephony.o2g:
      url: https://o2g.example.com
      username: admin
      password: "{{ o2g_password }}"
  block:
    - name: A subscriber
      voiceops.telephony.o2g_pbx_object:
        node_id: 7
        path: Subscriber/70300
        attributes:
          Annu_Name: Durand
          Annu_First_Name: Gerard
          Station_Type: NOE_C_IP
          Entity_Number: 1
          Secret_Code: "{{ first_code }}"

    - name: An entity with a cost center, and a subscriber of it
      voiceops.telephony.o2g_pbx_object:
        node_id: 7
        config:
          - path: Entity/5
            attributes: {Entity_Name: Warehouse}
          - path: Entity/5/Cost_Center/1
            attributes: {Cost_Center_Name: Parts}
          - path: Subscriber/70301
            attributes: {Annu_Name: Lambert, Station_Type: NOE_C_IP, Entity_Number: 5, Cost_Center_Name: Parts}

    - name: Add one device to those of a multi-device set, and take another away
      voiceops.telephony.o2g_pbx_object:
        node_id: 7
        path: Subscriber/70300
        attributes:
          Attached_MultiTandem:
            add: ["70125"]
            remove: ["70126"]

    - name: The skills of an agent
      voiceops.telephony.o2g_pbx_object:
        node_id: 7
        path: Application_Configuration/1/ACD2/1/ACD2_Operator/1/ACD2_Operator_data/70025
        attributes:
          SkillSet:
            - {Skill_nb: 1, Skill_Level: 5, Skill_Activate: true}
            - {Skill_nb: 2, Skill_Level: 8, Skill_Activate: false}

    - name: Exactly these speed dialing numbers, but never delete more than five
      voiceops.telephony.o2g_pbx_object:
        node_id: 7
        purge_in: [Abbreviated_Speed_Dialing]
        max_deletions: 5
        config:
          - path: Abbreviated_Speed_Dialing/8001
            attributes: {Call_Number: "003225551001", Annu_Name: Taxi}
          - path: Abbreviated_Speed_Dialing/8002
            attributes: {Call_Number: "003225551002", Annu_Name: Lift}

    - name: A subscriber goes, whatever depends on it
      voiceops.telephony.o2g_pbx_object:
        node_id: 7
        path: Subscriber/70301
        state: absent
        force: true

    - name: Make subscribers
      block:
        - name: All of them
          voiceops.telephony.o2g_pbx_object:
            node_id: 7
            config: "{{ subscribers }}"
          register: made

        - name: The new ones are users of O2G, too
          voiceops.telephony.o2g_user:
            node_id: 7
            config: "{{ dict(numbers | product([7])) | ansible.builtin.dict2items(key_name='device_number', value_name='node_id') }}"
          vars:
            numbers: "{{ made.results | selectattr('action', 'eq', 'create') | map(attribute='key.path') | map('basename') }}"
      rescue:
        - name: Name those that were refused; all others are made
          ansible.builtin.debug:
            msg: "{{ which }}: {{ item.error }}"
          loop: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') }}"
          loop_control: {label: "{{ which }}"}
          vars:
            which: "{{ item.key.path | default(item.key.device_number) }}"

    - name: Another name for two entities, on both or on none
      block:
        - name: Change it
          voiceops.telephony.o2g_pbx_object:
            node_id: 7
            config:
              - {path: Entity/1, attributes: {Entity_Name: Sales}}
              - {path: Entity/2, attributes: {Entity_Name: Sales South}}
      rescue:
        - name: Bring the one back that was changed
          voiceops.telephony.o2g_pbx_object:
            config: "{{ ansible_failed_result.results | default([]) | selectattr('changed') | map(attribute='before') }}"
"""

RETURN = r"""
results:
  description: One entry per object, in the order of O(config), and after them what was purged.
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the object.
      type: dict
      returned: always
      sample: {node_id: 7, path: Subscriber/70300}
    action:
      description: What it needed, V(create), V(update), V(delete) or V(unchanged).
      type: str
      returned: always
      sample: update
    changed:
      description: Whether that was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description:
        - The object with the attributes that were given, as texts. For a deletion with all that was read of it.
        - Secrets are masked.
      type: dict
      returned: always
      sample: {node_id: 7, path: Subscriber/70300, attributes: {Annu_Name: Dupont, Entity_Number: "1"}}
    before:
      description: The object before it was changed or deleted, as options that can be given back.
      type: dict
      returned: for an update or a deletion
      sample: {node_id: 7, path: Subscriber/70300, attributes: {Annu_Name: Durand, Entity_Number: "1"}}
    unverified:
      description: Options that could not be compared, because the platform did not return them.
      type: list
      elements: str
      returned: always
      sample: [attributes.Voice_Mail_Dir_No]
    as_written:
      description:
        - Options that the platform does not return, and that were written last as they are wanted, each with when that
          was. They were left alone.
      type: dict
      returned: with O(written_file), if there is any
      sample: {attributes.Secret_Code: "2026-11-26T18:00:00Z"}
    awaits:
      description: In check mode, the object that has to be there to hold this one, and that an earlier task may bring.
      type: list
      elements: str
      returned: if there is any
      sample: [Entity/5 on node 7]
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
      sample: there is no Entity/5 on node 7 to hold it
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 499, failed: 0, requests: 6}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.pbx_object import PbxObject
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(PbxObject)


if __name__ == "__main__":
    main()
