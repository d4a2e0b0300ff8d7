# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What of a tenant is diverted, or closed for a maintenance window, and must not be built until that ends."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..module_utils.errors import Faults

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
        unknown = "so that nobody can tell what must be left alone. Put it right, or move it away"
        raise Faults([f"{file} is not what the playbook {playbook} saves ({error!r}), {unknown}"]) from error


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


def parted(data: Mapping[str, Mapping[str, Any]], saved: Iterable[Mapping[str, Any]]) -> tuple[Json, list[str]]:
    """Return a tenant without what is held, and a text per file that says what that is.

    C(saved) says where the playbooks save: C(playbook), C(file), and C(override), with which nothing is taken out.
    """
    data, told = dict(data), []
    for one in saved:
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
    return data, told
