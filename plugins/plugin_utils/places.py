# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a tenant's variables, sheets or workbook say what a plan does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..module_utils.tenant.expand import Expanded, expanded_with_faults
from ..module_utils.tenant.hours import iso_day
from ..module_utils.tenant.model import LISTS
from ..module_utils.tenant.written import Written, find

Json = dict[str, Any]


def entries_of(expanded: Expanded, resources: Mapping[str, Json]) -> Iterator[tuple[str, Json, Written]]:
    """Yield the steps of a plan that something of the tenant stands for: its list, the step, and what that is."""
    for where, listed in resources.items():
        block, _dot, name = where.partition(".")
        parents = {f.option for f in LISTS[block][name].parents}
        entries, index = expanded.entries.get(where, []), {}
        for step in listed["steps"]:
            if step["action"] != "delete" and (entry := find(entries, step["key"], parents, index)):
                yield where, step, entry


def cells(tenant: Mapping[str, Any], resources: Mapping[str, Json], base_dir: str) -> list[Json]:
    """Return the cells of sheets in which that stands which a plan writes, or the rows of what is new."""
    expanded = expanded_with_faults(tenant, base_dir)
    told = []
    for where, step, entry in entries_of(expanded, resources):
        if entry.place.columns is not None:
            options = step["changes"] if step["action"] == "update" else [""]
            at = dict.fromkeys(_cell(expanded, entry, option) for option in options)
            told += [{"list": where, "name": step["name"], "place": place} for place in at]
    return told


def _cell(expanded: Expanded, entry: Written, option: str) -> str:
    """Return the cell of an option, which for a day of a calendar may be that of its opening hours or holidays."""
    section, _dot, day = option.partition(".")
    own = {iso_day(one) for one in entry.values.get(section) or ()} if day else {day}
    if section == "normal" and day not in own:
        return next((expanded.weeks[name].place.at(option) for name in entry.uses.get("opening_hours", ())), "")
    if section == "exceptions" and (iso := iso_day(day)) not in own:
        named = [expanded.holidays[name] for name in reversed(entry.uses.get("holidays", ()))]
        return next((one.transitions.place.at() for one in named if iso in one.days), entry.place.at(option))
    return entry.place.at(option)
