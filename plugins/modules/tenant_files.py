#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: tenant_files
short_description: Write what was found out about a tenant on the controller
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Writes plans, reports and exports as files on the controller, and takes older ones away, with nothing shipped anywhere.
    M(ansible.builtin.copy) takes a quarter of a second and more for each.
  - Each file is written beside its place and then renamed, so that nobody sees half of it. Its folder is made if need be.
options:
  files:
    description:
      - Per path, the text that the file shall have.
    type: dict
    default: {}
  workbooks:
    description:
      - Per path, the tenant that an XLSX file shall hold, a sheet per list, as docs/workbooks.md tells.
      - C(tenant) is a dictionary of its variables. C(name) and C(notes), a list of texts, stand in the sheet C(Read me).
      - Secrets are left out. The same tenant is the same file, byte for byte.
    type: dict
    default: {}
  absent:
    description:
      - Paths of files that shall not be there.
    type: list
    elements: str
    default: []
  mode:
    description:
      - Permissions of the files, in octal. Folders that are made can be entered by whoever can read the files.
      - A file that has its text already keeps the permissions that it has.
    type: str
    default: "0644"
attributes:
  check_mode:
    support: full
    description: Can run in check mode, in which it writes nothing and tells what it would.
  diff_mode:
    support: none
    description: Returns what has changed.
  idempotent:
    support: full
    description: A file that has its text already is left alone.
  platform:
    support: full
    platforms: all
    description: Runs on the controller.
requirements:
  - openpyxl >= 3.1, for O(workbooks)
seealso:
  - module: ansible.builtin.copy
"""

EXAMPLES = r"""
- name: Take away what was found out before, so that it is not taken for this one
  voiceops.telephony.tenant_files:
    absent:
      - "{{ playbook_dir }}/reports/acme.md"

- name: Write it, also in check mode
  voiceops.telephony.tenant_files:
    files: "{{ {playbook_dir ~ '/reports/acme.md': tenant_plan | voiceops.telephony.tenant_plan_report} }}"
  check_mode: false
  vars:
    tenant_plan: "{{ {} | voiceops.telephony.tenant_plan('acme', {}) }}"

- name: Write a tenant as a workbook
  voiceops.telephony.tenant_files:
    workbooks:
      export/acme.xlsx:
        tenant: {o2g: {node_id: 7, pilots: [{pilot_number: "60101", state: opened}]}}
        name: acme
"""

RETURN = r"""
written:
  description: The files that were written, or in check mode would be.
  returned: success
  type: list
  elements: str
  sample: ["/home/an/plans/acme.md"]
removed:
  description: The files that were taken away, or in check mode would be.
  returned: success
  type: list
  elements: str
  sample: []
"""
