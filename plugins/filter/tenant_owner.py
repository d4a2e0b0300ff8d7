# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_owner
short_description: Where a tenant names an object of the PBX
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Tells in which lists of a tenant an object of the PBX stands that an event is about, or one that it is a part of.
positional: event
options:
  _input:
    description:
      - A tenant's lists, as P(voiceops.telephony.tenant_data#filter) returns them.
    type: dict
    required: true
  event:
    description:
      - An event of the package C(pbxManagement), as the event source C(voiceops.telephony.o2g_events) hands it on.
    type: dict
    required: true
seealso:
  - plugin: voiceops.telephony.tenant_data
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Whose is it?
  ansible.builtin.debug:
    msg: "{{ {'o2g': o2g} | voiceops.telephony.tenant_data | voiceops.telephony.tenant_owner(ansible_eda.event) }}"
"""

RETURN = r"""
_value:
  description: The lists and the entries that name it, none if the tenant does not.
  type: list
  elements: str
  sample: ["o2g.users 70101", "o2g.pbx_objects Subscriber/70101"]
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

NUMBERS = ("device_number", "pilot_number", "device_id")
"""The options by which entries name what is an object of the PBX."""


def _objects(event: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield name and id of an object, and of those that it is a part of."""
    at: Any = event
    while isinstance(at, Mapping) and at.get("object_id"):
        yield str(at.get("object_name")), str(at["object_id"])
        at = at.get("father")


def tenant_owner(data: Mapping[str, Any], event: Mapping[str, Any]) -> list[str]:
    """Return where a tenant names an object, or the object that it is a part of."""
    paths = {f"{name}/{number}" for name, number in _objects(event)}
    numbers = {number for _name, number in _objects(event)}
    found = []
    for name, entries in (data.get("o2g") or {}).items():
        for entry in entries if isinstance(entries, list) else ():
            path = str(entry.get("path") or "")
            named = [str(entry[option]) for option in NUMBERS if entry.get(option)]
            if path and any(path == one or path.endswith(f"/{one}") for one in paths):
                found.append(f"o2g.{name} {path}")
            elif own := next((one for one in named if one in numbers), ""):
                found.append(f"o2g.{name} {own}")
    return found


class FilterModule:
    """Filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_owner": tenant_owner}
