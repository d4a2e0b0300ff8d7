#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: tenant_validate
short_description: Check a tenant before any request
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Checks all that is written of a tenant, on the controller and without any request, unless O(read_pilots=true).
  - Each entry is checked as its module would, with the same messages. Files are read.
  - Then come the rules over the whole tenant. No number or extension is used twice, also across platforms. A DNIS that
    shows its own calling line identity says which. What the tenant has is among what it says is its own. The transitions
    of a day are in order. Nothing forwards to itself.
  - All that is wrong is told at once, one fault per line, each with the place where it was written.
  - The tenant is in no output, unless O(with_data=true).
options:
  tenant:
    description:
      - The tenant, a dictionary of C(apio), C(ccs), C(o2g), C(opening_hours), C(holidays), C(profiles), C(defaults),
        C(shared_numbers) and C(workbook), and for P(voiceops.telephony.tenant_call_paths#filter) of C(call_tests),
        C(call_tests_from) and C(tenant_time_zone). Each of them can be left out.
      - By default, what the variables of these names say of the host. With thousands of entries that takes half the time and
        memory, because only what has a template is templated. One that cannot be filled in is a fault with its place.
    type: dict
  base_dir:
    description:
      - The directory that paths of files are relative to, usually C(inventory_dir).
    type: str
    default: ""
  compare_workbook:
    description:
      - The path of a workbook that was sent out and has come back. How it differs from the tenant is told as warnings, each
        with sheet, row and column. What is wrong with it is a fault.
    type: str
    version_added: 0.2.0
  today:
    description:
      - The day from which holidays are in the past, such as V(2027-01-31). By default the day of the run.
    type: str
  pilots:
    description:
      - The pilots that the platform has, RV(voiceops.telephony.o2g_pilot_info#module:resources).
      - If given, a pilot that is not there is an error, and so is a rule number that a pilot does not have. Rule 0 in
        mode V(closed) is how a calendar closes a pilot, and needs no rule of that number.
    type: list
    elements: dict
  other_names:
    description:
      - If given, the variables of the host are looked at too. One that has the name of a list, such as C(route_points),
        is an error, because nothing reads it there. One that nearly has the name of something that is read, such as
        C(apoi) or C(tenant_prge), is a warning, and so is a key that a file in C(host_vars) or C(group_vars) has twice.
      - These are the names of variables that are for something else. An empty list is none.
    type: list
    elements: str
  neighbours:
    description:
      - What is wrong between the tenant and others, as P(voiceops.telephony.tenant_neighbours#filter) says it of the host.
    type: dict
    default: {}
  purge:
    description:
      - Whether the tenant is built with purging, so that what is wrong only then stops it. Otherwise it is a warning.
    type: bool
    default: false
  with_data:
    description:
      - Whether to return RV(data), for the tasks and filters that go on with it.
      - Passwords are in it. A task that asks for it needs C(no_log=true), and therefore shows the warnings by itself.
    type: bool
    default: false
    version_added: 0.2.0
  may_be_empty:
    description:
      - Whether a tenant that declares nothing is only a warning. Otherwise it is a fault.
    type: bool
    default: true
    version_added: 0.2.0
  read_pilots:
    description:
      - Whether to read the pilots of the node, if the tenant is right and has C(pilot_calendars), as
        M(voiceops.telephony.o2g_pilot_info) does. How it reaches the platform is said in C(module_defaults), as for that module.
      - They are returned, and what O(pilots) would find wrong is in RV(live_faults), which does not fail the task. Where they
        cannot be read, nothing is told.
    type: bool
    default: false
    version_added: 0.2.0
  saved:
    description:
      - Where the playbooks C(divert) and C(maintenance) save how things were before, to leave alone what they hold. They save
        what they change, and take the file away when all of it is as before. Until then a build must not undo what they did.
      - With O(with_data=true), the entries for that are not in RV(data), and a warning per file says so.
    type: list
    elements: dict
    default: []
    version_added: 0.2.0
    suboptions:
      playbook:
        description:
          - The name of the playbook.
        type: str
        choices: [divert, maintenance]
        required: true
      file:
        description:
          - The file, which need not be there.
        type: str
        required: true
      override:
        description:
          - Whether to take nothing out.
        type: bool
        default: false
attributes:
  check_mode:
    support: full
    description: Can run in check mode, in which it does the same, because it changes nothing.
  diff_mode:
    support: N/A
    description: Returns what has changed.
  idempotent:
    support: full
    description: Changes nothing.
  platform:
    support: full
    platforms: all
    description: Runs on the controller.
requirements:
  - pydantic >= 2.5
  - phonenumbers >= 8.13, if C(apio.country) is given
  - openpyxl >= 3.1, for XLSX files
seealso:
  - plugin: voiceops.telephony.tenant_data
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Check what the variables of the host say
  voiceops.telephony.tenant_validate:
    base_dir: "{{ inventory_dir }}"

- name: Check the tenant
  voiceops.telephony.tenant_validate:
    tenant:
      apio: "{{ apio }}"
      o2g: "{{ o2g }}"
      opening_hours: "{{ opening_hours }}"
    base_dir: "{{ inventory_dir }}"
  register: checked

- name: How much it is
  ansible.builtin.debug:
    msg: "{{ item.value }} {{ item.key }}"
  loop: "{{ checked.counts | ansible.builtin.dict2items }}"
  loop_control: {label: "{{ item.key }}"}

- name: A workbook has come back from the customer
  block:
    - name: Compare it with the tenant
      voiceops.telephony.tenant_validate:
        tenant:
          o2g: "{{ o2g }}"
        compare_workbook: acme.xlsx
  rescue:
    - name: Send back what is wrong with it
      voiceops.telephony.notify_mail:
        host: mail.example.com
        sender: telephony@example.com
        to: [customer@acme.example]
        subject: What is wrong with your workbook
        text: "{{ ansible_failed_result.msg }}"

- name: Read the pilots
  voiceops.telephony.o2g_pilot_info:
    node_id: 7
    gather_subset: []
  register: live

- name: Check that the pilots have the rules which their calendars name
  voiceops.telephony.tenant_validate:
    tenant:
      o2g: "{{ o2g }}"
    pilots: "{{ live.resources }}"
"""

RETURN = r"""
counts:
  description: How many entries each list has, files and route points included.
  returned: when the options of the task are right
  type: dict
  sample: {apio.call_centers: 3, apio.route_point_dnis: 40}
differences:
  description: How the workbook of O(compare_workbook) differs from the tenant.
  returned: when the options of the task are right
  type: list
  elements: str
  sample: ["acme.xlsx, sheet 'DNIS', row 4, column 'Extension': is '2003', and in the code it is '2002' (DNIS 'Website')"]
warnings_found:
  description: What is listed and does not stop, such as a holiday in the past.
  returned: when the options of the task are right
  type: list
  elements: str
  sample: ["holidays.belgium_2026: 2026-01-01 New Year's Day is in the past"]
data:
  description:
    - The tenant as lists that the modules take, as P(voiceops.telephony.tenant_data#filter) returns them, each block as a text in
      JSON. So Ansible neither looks through thousands of entries in each task nor copies them.
    - M(voiceops.telephony.tenant_lists) and the filters that take a tenant's data take it so, too.
  returned: with O(with_data=true)
  type: dict
  sample: {apio: '{"tenant_id": "acme", "group_id": "brussels", "call_centers": [], "purge_in": {}}'}
pilots:
  description: The pilots that the node has, RV(voiceops.telephony.o2g_pilot_info#module:resources).
  returned: with O(read_pilots=true), when they could be read
  type: list
  elements: dict
  sample: [{node_id: 7, pilot_number: "60101", state: opened, rules: []}]
live_faults:
  description: What is wrong with the tenant in the face of these pilots.
  returned: with O(read_pilots=true), when they could be read
  type: list
  elements: str
  sample: ["o2g.pilot_calendars[0]: pilot 60101 has no rule 4 (normal.friday 08:00); its rules are 1, 2"]
faults:
  description: What is wrong.
  returned: when something is wrong
  type: list
  elements: str
  sample: ["apio.call_centers[0].queue_length: must be a whole number, not 'many'"]
msg:
  description: The same, one fault per line.
  returned: when something is wrong
  type: str
  sample: "apio.call_centers[0].queue_length: must be a whole number, not 'many'"
"""
