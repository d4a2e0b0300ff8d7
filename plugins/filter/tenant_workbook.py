# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_workbook
short_description: A tenant with what its workbook says
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns those variables of a tenant of which its workbook says something, with what that says in them.
  - A workbook that cannot be read says nothing here. M(voiceops.telephony.tenant_validate) tells what is wrong with it.
positional: base_dir
options:
  _input:
    description:
      - The tenant, a dictionary of its variables, of which C(workbook) is the path of an XLSX file.
    type: dict
    required: true
  base_dir:
    description:
      - The directory that the path is relative to, usually C(inventory_dir).
    type: str
    default: ""
seealso:
  - plugin: voiceops.telephony.tenant_data
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Where the tenant lives
  ansible.builtin.debug:
    msg: "{{ ({'workbook': 'acme.xlsx'} | voiceops.telephony.tenant_workbook(inventory_dir)).o2g.node_id }}"
"""

RETURN = r"""
_value:
  description: The variables, such as C(apio), C(ccs), C(o2g) and C(opening_hours).
  type: dict
  sample: {o2g: {node_id: 7}}
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.voiceops.telephony.plugins.module_utils.shell import missing_library
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import plain
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.workbook import merge, read


def tenant_workbook(tenant: Mapping[str, Any], base_dir: str = "") -> dict[str, Any]:
    """Return the variables of a tenant of which its workbook says something."""
    own = plain(tenant)
    if not own.get("workbook"):
        return {}
    try:
        book = read(str(own.get("workbook")), str(base_dir)).tenant
    except ImportError as error:
        raise AnsibleFilterError(missing_library(str(error.name).partition(".")[0])) from error
    both, _contradictions = merge(own, book)
    return wrap_var({name: both[name] for name in book})


class FilterModule:
    """Filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_workbook": tenant_workbook}
