#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_statistics_scope_info
short_description: Read whose statistics a supervisor may see with Alcatel-Lucent Enterprise O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the scope of a supervisor, or nothing for whom has none.
options:
  supervisor:
    description:
      - Number of the supervisor. Quote it. It must be given, as O2G cannot list supervisors.
    type: raw
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.as_options
  - voiceops.telephony.attributes.info
notes:
  - Needs an administrator and the licence C(ROXE_API_CONTACTCENTER_SVCS). The call center features must be switched on
    in O2G.
seealso:
  - module: voiceops.telephony.o2g_statistics_scope
"""

EXAMPLES = r"""
- name: Whose statistics may the supervisor see
  voiceops.telephony.o2g_statistics_scope_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    supervisor: "70104"
  register: scope

- name: Give another supervisor the same
  voiceops.telephony.o2g_statistics_scope:
    supervisor: "70103"
    agents: "{{ scope.resources[0].agents }}"
  when: scope.resources | length > 0
"""

RETURN = r"""
resources:
  description: The scope, in a list; an empty one for whom has none.
  returned: success
  type: list
  elements: dict
  contains:
    supervisor:
      description: Number of the supervisor.
      type: str
      returned: always
      sample: "70104"
    language:
      description: Language of the reports.
      type: str
      returned: always
      sample: EN
    timezone:
      description: Offset of the supervisor's time from UTC.
      type: str
      returned: always
      sample: "+01:00"
    agents:
      description: Numbers of the agents.
      type: list
      elements: str
      returned: always
      sample: ["70101", "70102"]
summary:
  description: How many entries were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.statistics import Scope
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(Scope)


if __name__ == "__main__":
    main()
