# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_csv
short_description: What modules return, as text for a spreadsheet
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns a list of dictionaries as CSV with semicolons, the first line being the header.
  - A text that a spreadsheet would take for a formula gets an apostrophe in front.
options:
  _input:
    description: The rows. What a row does not have stays empty, and lists and dictionaries in it are written as JSON.
    type: list
    elements: dict
    required: true
seealso:
  - module: voiceops.telephony.o2g_incident_info
"""

EXAMPLES = r"""
- name: Incidents for a spreadsheet
  ansible.builtin.copy:
    content: "{{ incidents.resources | voiceops.telephony.tenant_csv }}"
    dest: incidents.csv
    mode: "0600"
"""

RETURN = r"""
_value:
  description: The text; an empty one for no rows.
  type: str
  sample: "node_id;severity\n7;4\n"
"""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

FORMULA = re.compile(r"[=@\t\r]|[+-](?![0-9])")


def _cell(value: Any) -> Any:
    if isinstance(value, (Mapping, list, tuple)):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def tenant_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    if names:
        writer = csv.DictWriter(text, names, delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_csv": tenant_csv}
