# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_call_paths_report
short_description: Write where callers of a tenant end up
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Writes what P(voiceops.telephony.tenant_call_paths#filter) returns. A test that fails shows the way that the call
    took, hop by hop.
positional: form
options:
  _input:
    description:
      - Where callers end up.
    type: dict
    required: true
  form:
    description:
      - V(md) is Markdown, V(xml) is JUnit with one test case per test, V(txt) is a table for the terminal.
    type: str
    choices: [md, xml, txt]
    default: md
"""

EXAMPLES = r"""
- name: Write the report for those who read JUnit
  voiceops.telephony.tenant_files:
    files: "{{ {inventory_dir ~ '/call_paths/acme.xml': told | voiceops.telephony.tenant_call_paths_report('xml')} }}"
  vars:
    told: "{{ {'o2g': o2g} | voiceops.telephony.tenant_call_paths(inventory_dir, 'acme') }}"
"""

RETURN = r"""
_value:
  description: The report.
  type: str
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import plain
from ansible_collections.voiceops.telephony.plugins.plugin_utils.call_paths import FORMS


def tenant_call_paths_report(told: Mapping[str, Any], form: str = "md") -> str:
    """Return the report."""
    if form not in FORMS:
        raise AnsibleFilterError(f"form must be one of {', '.join(FORMS)}, not {form!r}")
    return wrap_var(FORMS[form](plain(told)))


class FilterModule:
    """The filter voiceops.telephony.tenant_call_paths_report."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_call_paths_report": tenant_call_paths_report}
