# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant with each field of each list, and in them what a spreadsheet program could make something else of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ansible_collections.voiceops.telephony.plugins.module_utils.fields import (
    Field,
    Flag,
    Kind,
    ListOf,
    MapOf,
    Number,
    Struct,
    settable,
)
from ansible_collections.voiceops.telephony.plugins.module_utils.resource import Resource
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import (
    KEYS,
    LISTS,
    NAMES,
    PARENTS,
    PARTS,
    is_single,
)

AWKWARD = [
    "", " ", "=1+1", "=HYPERLINK(\"http://x\")", "+32 2 555", "-1", "@SUM(A1)", "0255", "0", "007", "1e3", "1,5",
    "true", "TRUE", "no", "null", "none", "json", "json null", "json {", "2027-12-24", "12:30", "08:30 rule 1 normal",
    "a; b", ";", " a", "a ", "a\nb", "a\r\nb", "\t", "\x00\x07", "_x000D_", "#N/A", "'", '"', "é\u0301", "\u00a0",
    "\ufffe", "\ud800", "𝄞", "{{ x }}", "[1]", "{}", "<a>&amp;", "x" * 300,
]  # fmt: skip


def awkward(kind: Kind, turn: int) -> Any:
    """Return one of the awkward values for a field, another each turn."""
    if isinstance(kind, Struct):
        return {f.option: awkward(f.kind, turn + n) for n, f in enumerate(settable(kind.fields)) if not f.secret}
    if isinstance(kind, ListOf):
        return [awkward(kind.kind, turn + n) for n in range(turn % 3)]
    if isinstance(kind, MapOf):
        return {"monday": awkward(kind.kind, turn + 1), AWKWARD[turn % len(AWKWARD)]: [], "2027-12-24": None}
    if kind.apart:
        return {"Annu_Name": AWKWARD[turn % len(AWKWARD)], "Many": ["1", 2], "On": True, "Number": turn}
    fitting_ones = {Flag: True, Number: turn}.get(type(kind))
    odd = (None, [], {}, False, -1, fitting_ones)
    return odd[turn // 7 % len(odd)] if turn % 7 == 0 else AWKWARD[turn % len(AWKWARD)]


def everything() -> dict[str, Any]:
    """Return a tenant with each field of each list, in whose rows each awkward text is somewhere."""
    turns = iter(range(10**6))

    def one(fields: Iterable[Field], without: Iterable[str] = ()) -> dict[str, Any]:
        kept = [f for f in settable(fields) if not f.secret and f.option not in without]
        return {f.option: awkward(f.kind, next(turns)) for f in kept}

    def several(resource: type[Resource], parents: Any, without: Iterable[str] = ()) -> Any:
        fields = [*resource.options(), *NAMES.get(resource, ())]
        return one(fields, without) if is_single(resource, parents) else [one(fields, without) for _n in range(3)]

    blocks = {block: {name: several(r, PARENTS[block]) for name, r in lists.items()} for block, lists in LISTS.items()}
    points = LISTS["apio"]["route_point_dnis"].parents
    point = {part: several(LISTS["apio"][name], points, [f.option for f in points]) for part, name in PARTS.items()}
    blocks["apio"] |= {
        "route_points": [{"route_point_user_id": text, **point} for text in AWKWARD[1:9] if text.strip()]
    }
    names = [text for text in AWKWARD if text]
    day = [{"time": "08:30", "rule_number": 1, "mode": "normal"}, {"time": "17:30", "rule_number": 0, "mode": "closed"}]
    return {
        **blocks,
        "opening_hours": {name: {"monday": day, "tuesday": [], "friday": None} for name in names},
        "holidays": {
            name: {"days": dict.fromkeys(names, name), "from": names, "transitions": day} for name in names[:5]
        },
        "profiles": {name: {part: [one(r.fields)] for part, r in KEYS.items()} for name in names[:9]},
        "defaults": {b: {n: one(r.options()) for n, r in lists.items()} for b, lists in LISTS.items()},
        "shared_numbers": names,
    }
