# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_held
short_description: Leave out of a tenant what is diverted, or closed for a maintenance window
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - C(playbooks/divert.yml) and C(playbooks/maintenance.yml) save how it was before they change it, and move that file
    away when all of it is as before. Until then a build must not undo what they did.
  - Takes the entries for that out of the lists, and says so.
positional: saved
options:
  _input:
    description:
      - The tenant, as P(voiceops.telephony.tenant_data#filter) returns it.
    type: dict
    required: true
  saved:
    description:
      - Where the playbooks save, and whether what is saved there shall be built all the same.
    type: list
    elements: dict
    required: true
    suboptions:
      playbook:
        description:
          - The name of the playbook.
        type: str
        choices: [divert, maintenance]
        required: true
      file:
        description:
          - The file, which need not be there.
        type: str
        required: true
      override:
        description:
          - Whether to take nothing out.
        type: bool
        default: false
"""

EXAMPLES = r"""
- name: Leave alone what is diverted
  ansible.builtin.set_fact:
    held: "{{ tenant_data | voiceops.telephony.tenant_held([{'playbook': 'divert', 'file': 'divert/acme.json'}]) }}"
"""

RETURN = r"""
_value:
  description:
    - C(data) is the tenant without what is left alone. C(told) says what that is, one text per file.
  type: dict
"""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import plain

POINT = ("tenant_id", "group_id", "route_point_user_id")
PILOT = ("node_id", "pilot_number")
SINCE = {"divert": "Diverted", "maintenance": "In a maintenance window"}
WAYS_BACK = {
    "divert": "Restore it with the playbook divert",
    "maintenance": "End the window with the playbook maintenance",
}

Json = dict[str, Any]
Names = set[tuple[str, ...]]


def _read(file: str, playbook: str) -> tuple[Json, Names, Names]:
    """Return what is saved, and which route points and pilots it is about."""
    try:
        saved = json.loads(Path(file).read_text())
        points = {tuple(str(point[name]) for name in POINT) for point in saved.get("forced_forwarding") or ()}
        return saved, points, {(str(saved["node_id"]), str(number)) for number in saved.get("pilots") or {}}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise AnsibleFilterError(
            f"{file} is not what the playbook {playbook} saves ({error!r}), so that nobody can tell what must be left "
            f"alone. Put it right, or move it away"
        ) from error


def _parted(entries: Iterable[Json], names: tuple[str, ...], held: Names) -> tuple[list[Json], list[str]]:
    """Return the entries that are not held, and the names of those that are."""
    free, left = [], []
    for entry in entries:
        key = tuple(str(entry.get(name)) for name in names)
        if key in held:
            left.append(key[-1])
        else:
            free.append(entry)
    return free, left


def tenant_held(data: Mapping[str, Any], saved: Iterable[Mapping[str, Any]]) -> Json:
    """Return a tenant without what is held, and what that is."""
    data, told = plain(data), []
    for one in plain(list(saved)):
        if not Path(one["file"]).is_file():
            continue
        content, points, pilots = _read(one["file"], one["playbook"])
        named = []
        for block, name, key, held, what in (
            ("apio", "route_point_forced_forwarding", POINT, points, "forced forwarding of"),
            ("o2g", "pilots", PILOT, pilots, "state of pilot"),
        ):
            if entries := data.get(block, {}).get(name):
                free, left = _parted(entries, key, held)
                named += [f"{what} {', '.join(left)}"] if left else []
                data[block] = {**data[block], name: entries if one.get("override") else free}
        if named:
            option = f"{one['playbook']}_override"
            end = (
                f"as the code says, because of {option}: {'; '.join(named)}"
                if one.get("override")
                else f"left alone: {'; '.join(named)}. {WAYS_BACK[one['playbook']]}, or say {option}=true"
            )
            told.append(f"{SINCE[one['playbook']]} since {content.get('since')} ({one['file']}), and {end}")
    return wrap_var({"data": data, "told": told})


class FilterModule:
    """Filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_held": tenant_held}
