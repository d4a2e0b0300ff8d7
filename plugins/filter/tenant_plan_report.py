# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_plan_report
short_description: Write a tenant's plan for the person who approves it
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Writes the plan as Markdown. Who notices comes first, then errors and deletions, then per list what is changed and
    created.
  - The page is one file that loads nothing else. It shows the same, and the week and year of pilots before and after.
  - Names and values of the platforms are escaped, so that they can change nothing of the report's form.
options:
  _input:
    description:
      - The plan, as P(voiceops.telephony.tenant_plan#filter) makes it.
    type: dict
    required: true
  form:
    description:
      - V(md) is Markdown, V(html) is a page, V(short) is as much of the Markdown as a job hands on, which is
        100,000 characters.
      - V(files) are a plan's files, a dictionary of their paths and contents. The plan itself is among them, as JSON.
    type: str
    choices: [md, html, short, files]
    default: md
    version_added: 0.2.0
  path:
    description:
      - The path of the files without its ending, with O(form=files).
    type: str
    default: plan
    version_added: 0.2.0
"""

EXAMPLES = r"""
- name: Write the report
  ansible.builtin.copy:
    content: "{{ plan | voiceops.telephony.tenant_plan_report }}"
    dest: plans/acme.md
    mode: "0644"
"""

RETURN = r"""
_value:
  description: The report, or a dictionary of reports with O(form=files).
  type: raw
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import plain
from ansible_collections.voiceops.telephony.plugins.plugin_utils.drift import plan_page
from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import report

LONGEST = 100000
REST = "\n\nThe rest is in the output of the job that has made this plan.\n"


def _short(plan: Mapping[str, Any]) -> str:
    text = report(plan)
    return text if len(text) <= LONGEST else text[:LONGEST] + REST


def _json(plan: Mapping[str, Any]) -> str:
    return json.dumps(plan, indent=4) + "\n"


FORMS: dict[str, Callable[[Mapping[str, Any]], str]] = {"md": report, "html": plan_page, "short": _short}
FILES = {".json": _json, ".md": report, ".html": plan_page}


def tenant_plan_report(plan: Mapping[str, Any], form: str = "md", path: str = "plan") -> Any:
    """Return the report. A large plan is made plain once for all files, which takes longer than to write them."""
    if form != "files" and form not in FORMS:
        raise AnsibleFilterError(f"form must be one of {', '.join([*FORMS, 'files'])}, not {form!r}")
    told = plain(plan)
    return wrap_var({path + end: write(told) for end, write in FILES.items()} if form == "files" else FORMS[form](told))


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_plan_report": tenant_plan_report}
