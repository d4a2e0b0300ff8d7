# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who notices: for each number of a tenant, how the caller's path changes over the coming year by what a plan does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from itertools import pairwise
from typing import Any

from ..module_utils.o2g.calendar import SECTIONS
from ..module_utils.o2g.common import number_of
from ..module_utils.resource import Resource
from ..module_utils.tenant.hours import ALWAYS, Interval, coming_year, in_words, iso_day, zone_of
from ..module_utils.tenant.model import LISTS, PARENTS
from ..module_utils.tenant.paths import FOLLOWED, LOADS, Path, Paths, Span
from .packed import lists_of, unpacked

Json = dict[str, Any]
Entries = dict[str, list[Json]]

NOTHING = (None, [], {})
NOBODY, IN_USE, NO_OTHER = "a number that nobody has", "in use", "no other way"
DECISIVE = {f"{block}.{name}" for block, lists in FOLLOWED.items() for name in lists}
MOST_GROUPS, MOST_NAMES, MOST_TIMES = 20, 8, 6
"""How much is told of big changes."""


def notices(
    data: Mapping[str, Any],
    resources: Mapping[str, Mapping[str, Any]],
    pilots: Sequence[Mapping[str, Any]],
    time_zone: str | None,
    now: datetime | None = None,
) -> list[Json]:
    """Return what callers notice of a plan: groups of numbers whose paths change in the same way, and how."""
    if not any(told["steps"] for where, told in resources.items() if where in DECISIVE):
        return []
    now, zone = now or datetime.now(UTC), UTC
    with suppress(ValueError):  # a tenant whose time zone is wrong is told so
        zone = zone_of(time_zone)
    was, becomes = sides(unpacked(data), resources)
    before = Paths(_with_states_as_read(was, becomes), zone, pilots, now)
    after = Paths(becomes, zone, pilots, now)
    whole = coming_year(now, zone)
    groups: dict[str, Json] = {}
    for number in {**before.numbers(), **after.numbers()}.values():
        if changes := list(_changes(before, after, number, whole, zone)):
            group = groups.setdefault(json.dumps(changes), {"numbers": [], "changes": changes})
            group["numbers"].append(_shown(number, after.country))
    return sorted(groups.values(), key=lambda group: group["changes"][0]["was"] == NOBODY)


# What was, and what will be


def calendars(
    data: Mapping[str, Any], resources: Mapping[str, Mapping[str, Any]], pilots: Iterable[Mapping[str, Any]]
) -> list[Json]:
    """Return the calendars of the pilots before and after the steps of a plan, each once for all that have it."""
    name = "pilot_calendars"
    steps = {where: told for where, told in resources.items() if where == f"o2g.{name}"}
    node = lists_of(data, "o2g")
    data = {"o2g": {name: node[name]}} if name in node else {}
    sections = [
        {str(entry["pilot_number"]): {section: entry.get(section) for section in SECTIONS} for entry in listed}
        for listed in (side.get("o2g", {}).get(name) or [] for side in sides(data, steps))
    ]
    known = {str(pilot["pilot_number"]): pilot for pilot in pilots}
    alike: dict[str, Json] = {}
    for number in sorted({*sections[0], *sections[1]}):
        pilot = known.get(number, {})
        rules = {str(rule["rule_number"]): rule.get("name") for rule in pilot.get("rules") or ()}
        told = {
            "rules": rules,
            **dict(zip(("before", "after"), (side.get(number, {}) for side in sections), strict=True)),
        }
        group = alike.setdefault(json.dumps(told, sort_keys=True), {"pilots": [], **told})
        group["pilots"].append({"pilot_number": number, "name": pilot.get("name")})
    return list(alike.values())


def sides(data: Mapping[str, Any], resources: Mapping[str, Mapping[str, Any]]) -> tuple[Json, Json]:
    """Return the lists of a tenant before and after the steps of a plan."""
    was, becomes = ({block: dict(lists) for block, lists in data.items()} for _side in range(2))
    for where, told in resources.items():
        block, _dot, name = where.partition(".")
        listed = data.get(block, {}).get(name) or []
        if not isinstance(listed, list):
            continue
        before, after = _sides(block, LISTS[block][name], listed, told["steps"])
        was.setdefault(block, {})[name] = before
        becomes.setdefault(block, {})[name] = after
    return was, becomes


def _with_states_as_read(was: Json, becomes: Json) -> Json:
    """Return what was, with the states that change left to what was read of the pilots.

    A pilot that was read closed may have been closed by its calendar; a state that the plan leaves alone is the code's.
    """
    if not (pilots := was.get("o2g", {}).get("pilots")):
        return was
    states = {str(pilot["pilot_number"]): pilot.get("state") for pilot in becomes["o2g"]["pilots"]}
    kept = [
        pilot
        if pilot.get("state") == states.get(str(pilot["pilot_number"]))
        else {name: value for name, value in pilot.items() if name != "state"}
        for pilot in pilots
    ]
    return {**was, "o2g": {**was["o2g"], "pilots": kept}}


def _sides(
    block: str, resource: type[Resource], listed: Sequence[Json], steps: Iterable[Mapping[str, Any]]
) -> tuple[list[Json], list[Json]]:
    before: dict[int, Json] = dict(enumerate(listed))
    after = dict(before)
    at = {handle: n for n, entry in before.items() for handle in _handles(block, resource, entry)}
    for step in steps:
        if step.get("error") or step["action"] not in ("create", "update", "delete"):
            continue
        n = next((at[handle] for handle in _handles(block, resource, step["key"]) if handle in at), None)
        n = max(before, default=0) + 1 + len(before) if n is None else n
        entry = {**step["key"], **before.get(n, {})}
        before[n], after[n] = (_with(entry, step["changes"], side) for side in ("before", "after"))
        if step["action"] != "update":
            (before if step["action"] == "create" else after).pop(n)
    return list(before.values()), list(after.values())


def _handles(block: str, resource: type[Resource], values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield what names a resource within its tenant, in each way in which it can be named."""
    whose = str(number_of(values) or values.get("login_name")) if resource.whose_options else ""
    skipped = {*(f.option for f in PARENTS[block]), *resource.whose_options}
    place = tuple(str(values.get(f.option)) for f in resource.parents if f.option not in skipped)
    for names in resource.identity:
        if all(values.get(name) is not None for name in names):
            yield (whose, place, names, tuple(str(values[name]) for name in names))


def _with(entry: Mapping[str, Any], changes: Mapping[str, Mapping[str, Any]], side: str) -> Json:
    """Return an entry as it is on one side of its changes, as far as that is known."""
    made = dict(entry)
    for option, change in changes.items():
        if side not in change:
            continue
        outer, _dot, inner = option.partition(".")
        if not inner:
            made[outer] = change[side]
            continue
        parts = {iso_day(name): value for name, value in (made.get(outer) or {}).items()}
        if change[side] in NOTHING:
            parts.pop(iso_day(inner), None)
        else:
            parts[iso_day(inner)] = change[side]
        made[outer] = parts
    return made


# What changes


def _changes(before: Paths, after: Paths, number: str, whole: Interval, zone: tzinfo) -> Iterator[Json]:
    """Yield how the path of a number changes, and when."""
    if before.outline(number) == after.outline(number):
        return
    there = [bool(side.find(number)) for side in (before, after)]
    if not all(there):
        was, becomes = (IN_USE if one else NOBODY for one in there)
        yield {"when": ALWAYS, "was": was, "becomes": becomes}
        return
    times: dict[tuple[str, str, str], list[Interval]] = {}
    spans = (before.timeline(number, *whole), after.timeline(number, *whole))
    lasts = [{span.path.last for span in side} for side in spans]
    if lasts[0] != lasts[1] and all(len(one) == 1 for one in lasts) and any(len(side) > 1 for side in spans):
        was, becomes = (_over_the_year(*side) for side in zip((before, after), spans, strict=True))
        yield {"when": ALWAYS, "was": was, "becomes": becomes}
        return
    edges = sorted({edge for side in spans for span in side for edge in (span.start, span.end)})
    at = [0, 0]
    for start, end in pairwise(edges):
        for n, side in enumerate(spans):
            while side[at[n]].end <= start:
                at[n] += 1
        for change in _differences(before, after, *(side[at[n]].path for n, side in enumerate(spans))):
            held = times.setdefault(change, [])
            if held and held[-1][1] == start:
                held[-1] = (held[-1][0], end)
            else:
                held.append((start, end))
    for (load, was, becomes), intervals in times.items():
        words = in_words(intervals, zone, whole).split("; ")
        more = len(words) - MOST_TIMES
        when = "; ".join(words[:MOST_TIMES]) + (f"; and {more} more times" if more > 0 else "")
        yield {"when": when, **({"if": load} if load else {}), "was": was, "becomes": becomes}


def _differences(before: Paths, after: Paths, old: Path, new: Path) -> Iterator[tuple[str, str, str]]:
    """Yield in what two paths differ for a caller: under which load, and the ends of both."""
    if old.main != new.main:
        yield ("", *_ends(before, after, old, new))
        return
    ways = [{path.under: (when, path) for when, path in side.load} for side in (old, new)]
    for load in dict.fromkeys([*ways[0], *ways[1]]):
        (then, was), (now, becomes) = (side.get(load, ("", None)) for side in ways)
        if was is None or becomes is None:
            ends = [
                NO_OTHER if way is None else _end(before if way is was else after, way, True) for way in (was, becomes)
            ]
            yield (then or now, ends[0], ends[1])
        elif then == now and was.main != becomes.main:
            yield (then, *_ends(before, after, was, becomes))
        elif then != now:
            ends = ("so", "so") if was.main == becomes.main else _ends(before, after, was, becomes)
            yield (LOADS[load], f"{ends[0]} if {then}", f"{ends[1]} if {now}")


def _over_the_year(paths: Paths, spans: Sequence[Span]) -> str:
    """Return where a number leads, whatever the time is."""
    path = spans[0].path
    return _end(paths, path, True) if len(spans) == 1 else f"by the hours of {path.hops[-1].thing.name}"


def _ends(before: Paths, after: Paths, old: Path, new: Path) -> tuple[str, str]:
    apart = old.last != new.last
    return _end(before, old, apart), _end(after, new, apart)


def _end(paths: Paths, path: Path, named: bool) -> str:
    """Return where a path ends, as one says it of a phone; with the name of the thing where that is the difference."""
    thing = path.hops[-1].thing if path.hops else None
    pilot = thing is not None and thing.kind == "pilot"
    whose = f" at {thing.name}" if thing and (named or not pilot) else ""
    rule = (
        f" ({paths.rule(thing.id, path.state.rule_number)})" if pilot and path.state and path.state.rule_number else ""
    )
    if path.end == "reached":
        return f"open{rule}{whose}" if pilot else f"reached{whose}"
    if path.end == "closed":
        return f"closed{whose}"
    if path.end == "announcement":
        return f"a recording{whose}"
    if path.end == "forwarded":
        return f"forwarded{rule} to {path.number}" if path.number else f"forwarded{rule}{whose}"
    return f"unknown{whose}: {'; '.join(path.missing)}"


def _shown(number: str, country: str | None) -> str:
    """Return a number as it is written between people."""
    if not country or len(number) < 7:
        return number
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, country.upper())
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


# In words


def sentences(told: Sequence[Mapping[str, Any]], was: str = "was", becomes: str = "will be") -> list[str]:
    """Return what callers notice, a line for each group of numbers and change; short for big changes."""
    lines = []
    for group in told[:MOST_GROUPS]:
        more = len(group["numbers"]) - MOST_NAMES
        numbers = ", ".join(group["numbers"][:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
        for change in group["changes"]:
            load = f", if {change['if']}" if "if" in change else ""
            lines.append(f"{numbers}: {change['when']}{load}: {was} {change['was']}, {becomes} {change['becomes']}")
    if others := [number for group in told[MOST_GROUPS:] for number in group["numbers"]]:
        lines.append(f"and {len(others)} more numbers, such as {', '.join(others[:MOST_NAMES])}")
    return lines
