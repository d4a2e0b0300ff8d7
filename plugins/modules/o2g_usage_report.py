#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_usage_report
short_description: Save how licences and services of Alcatel-Lucent Enterprise O2G were used
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Fetches a zip file with one file per month, of twelve months at most, and saves it. The file is replaced as a whole, and
    only if its content is another one.
options:
  kind:
    description:
      - What to report, V(licences) for how many were taken each day, or V(services) for how often each operation was used.
      - It must be given.
    type: str
    choices: [licences, services]
  format:
    description:
      - Format of the files in the zip file. By default V(csv).
    type: str
    choices: [csv, xls]
  dest:
    description:
      - Where to save the zip file, with its name. Its directory must be there. It must be given.
    type: str
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.attributes.save
notes:
  - Needs an administrator, and for V(licences) the licence C(ROXE_API_ANALYTICS).
seealso:
  - module: voiceops.telephony.o2g_info
"""

EXAMPLES = r"""
- name: How licences were used
  voiceops.telephony.o2g_usage_report:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    kind: licences
    dest: /tmp/o2g-licences.zip
  register: usage

- name: Keep each one that differs from the last, by its date
  ansible.builtin.copy:
    src: "{{ item.dest }}"
    dest: "/srv/reports/{{ item.kind }}-{{ '%Y-%m-%d' | ansible.builtin.strftime }}.zip"
    remote_src: true
    mode: "0640"
  loop: "{{ usage.resources | selectattr('changed') }}"
  loop_control: {label: "{{ item.kind }}, {{ item.size }} bytes"}
"""

RETURN = r"""
resources:
  description: One entry about the file.
  returned: success
  type: list
  elements: dict
  contains:
    kind:
      description: What it reports.
      type: str
      returned: always
      sample: licences
    format:
      description: Format of the files in it.
      type: str
      returned: always
      sample: csv
    dest:
      description: Where it is.
      type: str
      returned: always
      sample: /tmp/o2g-licences.zip
    size:
      description: Its size in bytes.
      type: int
      returned: always
      sample: 1234
    checksum:
      description: Its SHA-256 checksum.
      type: str
      returned: always
      sample: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    changed:
      description: Whether the file changed, or in check mode would change.
      type: bool
      returned: always
      sample: true
summary:
  description: How many entries were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 4}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.system import UsageReport
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(UsageReport)


if __name__ == "__main__":
    main()
