# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_drift_report
short_description: Write the drift of a tenant as a page, as Markdown, or as entries of code
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Writes what P(voiceops.telephony.tenant_drift#filter) returns for people.
  - The page is one file that loads nothing else. It has tables that filter, the week of each pilot as a chart, and the
    exceptions of a year as a calendar.
  - Names and values of the platforms are escaped, so that they can change nothing of the report's form.
positional: form
options:
  _input:
    description:
      - The drift of a tenant.
    type: dict
    required: true
  form:
    description:
      - V(html) is a page, V(md) is Markdown, V(yml) has the entries that make code of what is live (since 0.2.0).
    type: str
    choices: [html, md, yml]
    default: html
"""

EXAMPLES = r"""
- name: Write the page
  ansible.builtin.copy:
    content: "{{ drift | voiceops.telephony.tenant_drift_report }}"
    dest: drift/acme.html
    mode: "0644"
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

from ansible_collections.voiceops.telephony.plugins.module_utils.shell import missing_library
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import plain
from ansible_collections.voiceops.telephony.plugins.plugin_utils.adopt import adopted
from ansible_collections.voiceops.telephony.plugins.plugin_utils.drift import report

FORMS = ("html", "md", "yml")


def tenant_drift_report(drift: Mapping[str, Any], form: str = "html") -> str:
    """Return the report."""
    if form not in FORMS:
        raise AnsibleFilterError(f"form must be one of {', '.join(FORMS)}, not {form!r}")
    if form != "yml":
        return wrap_var(report(plain(drift), form))
    try:
        return wrap_var(adopted(plain(drift)))
    except ImportError as error:
        raise AnsibleFilterError(missing_library(str(error.name).partition(".")[0])) from error


class FilterModule:
    """Filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_drift_report": tenant_drift_report}
