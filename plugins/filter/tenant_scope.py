# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_scope
short_description: Route points, pilots or other things that an order is about
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the route points, the pilots or other things that somebody lists, or else all that a tenant's data names.
positional: what, listed
options:
  _input:
    description: The tenant's data, as P(voiceops.telephony.tenant_data#filter) returns it.
    type: dict
    required: true
  what:
    description: What is asked for. A tenant's data names only route points and pilots, so all else must be listed.
    type: str
    choices: [route_points, pilots, agents, groups, licences, reports, severities, users]
    required: true
  listed:
    description:
      - Those that are meant, as a list, as a text with spaces or commas between them, or as a single number.
      - Without it, or if it is an empty text, those are meant that the tenant's data names.
    type: raw
seealso:
  - plugin: voiceops.telephony.tenant_data
    plugin_type: filter
"""

EXAMPLES = r"""
- name: All pilots of the tenant
  ansible.builtin.debug:
    msg: "{{ tenant_data | voiceops.telephony.tenant_scope('pilots') }}"

- name: Those that the user gives with -e pilots=60101,60102
  ansible.builtin.debug:
    msg: "{{ tenant_data | voiceops.telephony.tenant_scope('pilots', pilots | default('')) }}"
"""

RETURN = r"""
_value:
  description: User ids of route points, numbers of pilots, or what else is asked for, each once.
  type: list
  elements: str
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

NAMES = {"route_points": ("apio", "route_point_user_id"), "pilots": ("o2g", "pilot_number")}
"""Per kind, the block and the option that names one."""


def named(data: Mapping[str, Any], what: str) -> Iterable[str]:
    """Return what the lists of a tenant's data name, and where something may be purged."""
    block, option = NAMES.get(what, ("", ""))
    lists = data.get(block) or {}
    for entries in [*lists.values(), *(lists.get("purge_in") or {}).values()]:
        if isinstance(entries, list):
            yield from (str(entry[option]) for entry in entries if isinstance(entry, Mapping) and option in entry)


def tenant_scope(data: Mapping[str, Any], what: str, listed: Any = None) -> list[str]:
    if isinstance(listed, (str, int)):
        listed = str(listed).replace(",", " ").split() or None
    return list(dict.fromkeys(named(data, what) if listed is None else map(str, listed)))


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_scope": tenant_scope}
