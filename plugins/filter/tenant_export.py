# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_export
short_description: Write what was found on the platforms as a tenant's variables
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Makes the files of C(host_vars) from the answers of the modules that read, as C(playbooks/export.yml) does.
  - Strings are quoted and templates in them are marked, so that Ansible reads back what the platforms have.
  - What the platforms do not give back, and what a module would refuse, is told and not invented.
positional: tenant
options:
  _input:
    description:
      - Per platform, what was read.
      - Under C(apio), the lists C(call_centers), C(instant_group_calls) and C(route_points).
      - Under C(ccs), the lists C(tenants) with the details and products of the one tenant, and C(extensions).
      - Under C(o2g), the lists C(users) with their details, and C(pilots) with their calendars.
      - Under C(o2g.read), per list the results of the modules that read it, C(user_preferences), C(devices) with keys,
        C(hunting_groups), C(routing), C(agent_skills), C(statistics_scopes), C(statistics_contexts) with schedules, and
        C(pbx_objects). A list without results is not exported, and one that failed is told.
    type: dict
    required: true
  tenant:
    description:
      - The tenant's variables C(apio), C(ccs) and C(o2g), which say where it lives on each platform.
      - A platform whose variable is missing or empty gets no file.
    type: dict
    required: true
  name:
    description:
      - What the tenant is called in the comments.
    type: str
    default: ''
"""

EXAMPLES = r"""
- name: Read the users of a node
  voiceops.telephony.o2g_user_info:
    node_id: 7
  register: users

- name: Show them as a tenant's variables
  ansible.builtin.debug:
    msg: "{{ ({'o2g': {'users': users.resources}}
      | voiceops.telephony.tenant_export({'o2g': {'node_id': 7}}, name='acme')).files['o2g.yml'] }}"
"""

RETURN = r"""
_value:
  description:
    - C(tenant) has the tenant's variables themselves.
    - C(files) has the text of each file by its name, such as C(o2g.yml).
    - The file C(shared_numbers.yml) names the numbers that more than one resource has, so that the rule against it does
      not stop a build.
    - C(not_exported) lists per platform what is not in the file, and why.
    - C(counts) tells per list how many entries there are.
    - C(notes) says both in one list, for the readers of a workbook.
    - C(faults) lists what M(voiceops.telephony.tenant_validate) would say of the files.
  type: dict
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.voiceops.telephony.plugins.module_utils.shell import missing_library
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import plain
from ansible_collections.voiceops.telephony.plugins.plugin_utils.export import export


def tenant_export(found: Mapping[str, Any], tenant: Mapping[str, Any], name: str = "") -> dict[str, Any]:
    """Return the files of a tenant, and what they do not hold."""
    try:
        return wrap_var(export(plain(found), plain(tenant), name))
    except ImportError as error:
        raise AnsibleFilterError(missing_library(str(error.name).partition(".")[0])) from error


class FilterModule:
    """Filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_export": tenant_export}
