# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules over a whole tenant: what each entry by itself cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from ..apio.dnis import CLI
from ..fields import Values
from ..o2g.common import OfUser, number_of
from ..o2g.pbx_base import segments
from ..o2g.pbx_object import SUBSCRIBER
from ..o2g.routing import always, target, way
from ..owns import SHORTEST_NUMBER, same
from .expand import ANY_DAY, Expanded
from .model import LISTS
from .written import Written

NUMBERED = {
    f"{block}.{name}": resource.numbered
    for block, lists in LISTS.items()
    for name, resource in lists.items()
    if resource.numbered
}
"""The options that give something a number of its own."""

FORWARDING = {
    "apio.route_point_forced_forwarding": "forward_to_phone_number",
    "apio.route_point_overflow": "transfer_phone_number",
    "apio.route_point_bounced_call": "transfer_phone_number",
}
"""The options that send calls of a route point elsewhere."""


@dataclass
class Sound:
    """A tenant with those entries that are right by themselves."""

    tenant: Expanded
    today: date
    entries: dict[str, list[Written]] = field(default_factory=dict)

    def same(self, number: str) -> str:
        """Return the form of a number by which two are compared."""
        return same(number, self.tenant.country)


def errors(sound: Sound) -> list[str]:
    """Return what stops."""
    return [text for rule in ERRORS for text in rule(sound)]


def warnings(sound: Sound) -> list[str]:
    """Return what is listed."""
    return [text for rule in WARNINGS for text in rule(sound)]


# Numbers


def numbers(sound: Sound) -> Iterator[tuple[Any, Written, str]]:
    """Yield each number that something has: who has it, and the entry and option that say so."""
    for name, options in NUMBERED.items():
        for entry in sound.entries.get(name, []):
            for option in options:
                if number := entry.values.get(option):
                    yield (entry.values["node_id"], number) if option == "pilot_number" else id(entry), entry, option


def number_used_twice(sound: Sound) -> Iterator[str]:
    """Each phone number and extension belongs to one resource, on all platforms together."""
    shared = {sound.same(number) for number in sound.tenant.shared}
    first: dict[str, tuple[Any, Written, str]] = {}
    for owner, entry, option in numbers(sound):
        number = entry.values[option]
        if (same := sound.same(number)) in shared:
            continue
        before, other, called = first.setdefault(same, (owner, entry, option))
        if before != owner:
            theirs = other.values[called]
            form = "" if theirs == number else f" as {theirs!r}"
            yield entry.fault(
                f"{number!r} is used already{form}, at {other.place.at(called)}. If both shall have it, "
                f"add it to shared_numbers",
                option,
            )


def belongings(sound: Sound) -> Iterator[tuple[str, Written, str, str]]:
    """Yield each number by which is judged whose something is: the list, the entry, the option and the number."""
    for name, entries in sound.entries.items():
        for entry in entries:
            for option in NUMBERED.get(name, ()):
                if isinstance(number := entry.values.get(option), str) and number:
                    yield name, entry, option, number
            if name == "o2g.pbx_objects" and "/" in str(entry.values.get("path")):
                *_parents, type_, id_ = segments(entry.values["path"])
                if type_ == SUBSCRIBER:
                    yield name, entry, "path", id_


def not_ones_own(sound: Sound) -> Iterator[str]:
    """Where a tenant says which numbers are its own, all that it has is among them."""
    has: dict[int, list[tuple[str, Written, str, str]]] = {}
    for one in belongings(sound):
        has.setdefault(id(one[1]), []).append(one)
    for (name, entry, option, number), *others in has.values():
        block = name.partition(".")[0]
        owns = sound.tenant.owns.get(block)
        if owns and not any(map(owns.has, [number, *(other for _name, _entry, _option, other in others)])):
            yield entry.fault(f"{number!r} is not among what is the tenant's own, {block}.owns", option)


def dnis_without_clid(sound: Sound) -> Iterator[str]:
    """A DNIS that shows its own calling line identity must say which."""
    for entry in sound.entries.get("apio.route_point_dnis", []):
        missing = [name for name in CLI if not entry.values.get(name)]
        if entry.values.get("use_custom_clid_settings") and missing:
            yield entry.fault(
                f"true needs {', '.join(missing)} too: give all of them, or leave it out",
                "use_custom_clid_settings",
            )


def forwarding_to_itself(sound: Sound) -> Iterator[str]:
    """Calls of a route point are not sent back to it, nor does a group call ring itself."""
    own: dict[tuple[Any, ...], dict[str, str]] = {}
    for entry in sound.entries.get("apio.route_point_dnis", []):
        for option in ("phone_number", "extension"):
            if number := entry.values.get(option):
                own.setdefault(_point(entry), {}).setdefault(sound.same(number), f"the DNIS {entry.values['name']!r}")
    for name, option in FORWARDING.items():
        for entry in sound.entries.get(name, []):
            point, target = _point(entry), entry.values.get(option)
            names = {**own.get(point, {}), point[-1].lower(): "its user id"}
            if target and (which := names.get(sound.same(target))):
                yield entry.fault(f"{target!r} is {which} of {point[-1]} itself: the calls would come back", option)
    for entry in sound.entries.get("apio.instant_group_calls", []):
        mine = {sound.same(n) for o in ("phone_number", "extension", "service_user_id") if (n := entry.values.get(o))}
        for target in entry.values.get("destination_phone_numbers") or ():
            if sound.same(target) in mine:
                yield entry.fault(
                    f"{target!r} is the instant group call itself: it would call itself", "destination_phone_numbers"
                )


# Users of O2G

LONGEST_WAY = 12
"""Of how many numbers a way is shown as a whole."""

LEADING = {
    "o2g.devices": ("associate",),
    "o2g.programmable_keys": ("number",),
    "o2g.soft_keys": ("number",),
    "o2g.routing": ("forward.number", "overflow.number"),
}
"""The options that lead calls from a user to a number."""

OF_USERS = tuple(f"o2g.{name}" for name, resource in LISTS["o2g"].items() if issubclass(resource, OfUser))
"""The lists of what belongs to a user."""


def unknown_user(sound: Sound) -> Iterator[str]:
    """Where a tenant says who its users are, something belongs to one of them."""
    users = sound.tenant.entries.get("o2g.users")
    if users is None:
        return
    there = {one for user in users for one in _named(user)}
    told: dict[tuple[Any, Any], tuple[Written, str, set[str]]] = {}
    for name in OF_USERS:
        for entry in sound.entries.get(name, []):
            option = next((o for o in OfUser.whose_options if entry.values.get(o)), OfUser.whose_options[0])
            if not _named(entry) & there:
                told.setdefault((entry.values.get("node_id"), entry.values.get(option)), (entry, option, set()))[2].add(
                    entry.place.at(option)
                )
    for (_node, named), (entry, option, places) in told.items():
        more = f" (and {len(places) - 1} more)" if len(places) > 1 else ""
        text = (
            f"{named!r} is none of o2g.users{more}: a wrong number, or missing there, so that a purge would delete it"
        )
        yield entry.fault(text, option)


def _named(entry: Written) -> set[tuple[str, str]]:
    """Return what names the user of an entry, which may be wrong in any way."""
    names = (number_of(entry.values), entry.values.get("login_name"))
    return {(str(entry.values.get("node_id")), str(name)) for name in names if name}


def numbers_of_nobody(sound: Sound) -> Iterator[str]:
    """Where a tenant says who its users are, keys and forwards lead to a number that somebody has.

    A number that is longer or shorter than those of the users may be anything: a prefix, or a number outside.
    """
    users = [number_of(user.values) for user in sound.tenant.entries.get("o2g.users", [])]
    lengths = {len(sound.same(number)) for number in users if isinstance(number, str)}
    have = {sound.same(number) for number in _had(sound)}
    places: dict[str, dict[str, None]] = {}
    for name, options in LEADING.items():
        for entry in sound.entries.get(name, []):
            for option in options:
                outer, _dot, inner = option.rpartition(".")
                number = ((entry.values.get(outer) or {}) if outer else entry.values).get(inner)
                same = sound.same(number) if number else ""
                if same.isdigit() and len(same) in lengths and len(same) < SHORTEST_NUMBER and same not in have:
                    places.setdefault(number, {})[entry.place.at(option)] = None
    for number, where in places.items():
        first, *more = where
        others = f" and {len(more)} more" if more else ""
        yield f"{first}{others}: nothing in this tenant has the number {number!r}"


def _had(sound: Sound) -> Iterator[str]:
    """Yield each number that something in the tenant has, or that it knows of."""
    yield from sound.tenant.shared
    for _owner, entry, option in numbers(sound):
        yield entry.values[option]
    for name in OF_USERS:
        for entry in sound.entries.get(name, []):
            yield from filter(None, (number_of(entry.values), *map(entry.values.get, ("device_id", "hunting_group"))))
    for entry in sound.entries.get("o2g.pbx_objects", []):
        yield segments(entry.values["path"])[-1]


def _circles(sound: Sound) -> Iterator[tuple[bool, str]]:
    """Yield each circle of forwards, and whether all calls take it."""
    entries = {
        str(number): entry
        for entry in sound.entries.get("o2g.routing", [])
        if (number := number_of(entry.values)) and target(entry.values.get("forward"))
    }
    routes = {number: entry.values["forward"] for number, entry in entries.items()}
    order = {number: n for n, number in enumerate(entries)}
    left = dict(routes)
    for first in entries:
        chain = way(left, first)
        for number in chain:
            left.pop(number, None)
        if circle := chain[chain.index(chain[-1]) : -1]:
            begin = min(circle, key=order.__getitem__)
            chain = way(routes, begin)
            shown = chain if len(chain) <= LONGEST_WAY else [*chain[:LONGEST_WAY], "...", begin]
            certain = always(routes, chain)
            text = f"forwards {'lead' if certain else 'may lead'} calls in a circle: {' -> '.join(shown)}"
            yield certain, entries[begin].fault(text, "forward")


def forwards_in_a_circle(sound: Sound) -> Iterator[str]:
    """Calls that are forwarded at once do not come back."""
    return (text for certain, text in _circles(sound) if certain)


def forwards_that_may_come_back(sound: Sound) -> Iterator[str]:
    """Calls that are forwarded when somebody is busy or does not answer may come back."""
    return (text for certain, text in _circles(sound) if not certain)


def _point(entry: Written) -> tuple[Any, ...]:
    return tuple(entry.values[name] for name in ("tenant_id", "group_id", "route_point_user_id"))


# Calendars


def out_of_order(sound: Sound) -> Iterator[str]:
    """The transitions of a day are written in the order of time, which shows what was meant."""
    shared = (*sound.tenant.weeks.values(), *(h.transitions for h in sound.tenant.holidays.values()))
    for entry in (*shared, *sound.entries.get("o2g.pilot_calendars", [])):
        for section, day, transitions in _days(entry.values):
            times = [t["time"] for t in transitions]
            for before, after in pairwise(times):
                if after < before:
                    text = f"{after} stands after {before}: write the transitions of a day in the order of time"
                    yield entry.fault(text, f"{section}.{day}")
                    break


def unknown_rule(sound: Sound, pilots: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Pilots are among those of the platform, and have the rules that their calendars name."""
    live = {(int(p["node_id"]), str(p["pilot_number"])): p for p in pilots}
    objects = (entry.values for entry in sound.entries.get("o2g.pbx_objects", []))
    made = {(values["node_id"], segments(values["path"])[-1]) for values in objects}
    for name in ("o2g.pilots", "o2g.pilot_calendars"):
        for entry in sound.entries.get(name, []):
            pilot = (entry.values["node_id"], entry.values["pilot_number"])
            if pilot in made - live.keys():
                continue
            if pilot not in live:
                yield entry.fault(f"there is no pilot {pilot[1]} on node {pilot[0]}", "pilot_number")
            elif name == "o2g.pilot_calendars" and (rules := live[pilot].get("rules")) is not None:
                yield from _missing_rules(sound, entry, sorted(int(rule["rule_number"]) for rule in rules))


def _missing_rules(sound: Sound, entry: Written, rules: Sequence[int]) -> Iterator[str]:
    missing: dict[int, list[str]] = {}
    for day, transitions in _whole_calendar(sound, entry):
        for t in transitions:
            # closed by rule 0 is how a calendar closes; no rule routes calls then
            if t["rule_number"] not in rules and not (t["mode"] == "closed" and t["rule_number"] == 0):
                missing.setdefault(t["rule_number"], []).append(f"{day} {t['time']}")
    for rule, days in missing.items():
        more = f" and {len(days) - 3} more" if len(days) > 3 else ""
        there = f"its rules are {', '.join(map(str, rules))}" if rules else "it has none"
        number = entry.values["pilot_number"]
        yield entry.fault(f"pilot {number} has no rule {rule} ({', '.join(days[:3])}{more}); {there}")


def _whole_calendar(sound: Sound, entry: Written) -> Iterator[tuple[str, list[Values]]]:
    """Yield the days of a calendar, its own and those of the names that it uses."""
    own = {f"{section}.{day}": transitions for section, day, transitions in _days(entry.values)}
    yield from own.items()
    for name in entry.uses.get("opening_hours", ()):
        for section, day, transitions in _days(sound.tenant.weeks[name].values):
            if f"{section}.{day}" not in own:
                yield f"{day} of opening_hours.{name}", transitions
    for name in entry.uses.get("holidays", ()):
        transitions = sound.tenant.holidays[name].transitions.values["exceptions"].get(ANY_DAY, [])
        if any(f"exceptions.{day}" not in own for day in sound.tenant.holidays[name].days):
            yield f"holidays.{name}", transitions


def _days(values: Values) -> Iterator[tuple[str, str, list[Values]]]:
    """Yield section, day and transitions of a calendar."""
    for section in ("normal", "exceptions"):
        for day, transitions in (values.get(section) or {}).items():
            yield section, day, transitions


def in_the_past(sound: Sound) -> Iterator[str]:
    """A holiday that is over is probably a file of last year."""
    today = sound.today.isoformat()
    for name, holidays in sound.tenant.holidays.items():
        past = [f"{day} {called}".strip() for day, called in sorted(holidays.days.items()) if day < today]
        if past:
            yield f"holidays.{name}: {_some(past)} in the past"
    places: dict[tuple[str, ...], list[str]] = {}
    for entry in sound.entries.get("o2g.pilot_calendars", []):
        past = sorted(day for section, day, there in _days(entry.values) if section == "exceptions" and there)
        if past := [day for day in past if day < today]:
            places.setdefault(tuple(past), []).append(entry.place.at("exceptions"))
    for days, where in places.items():
        others = f" and {len(where) - 1} more" if len(where) > 1 else ""
        yield f"{where[0]}{others}: {_some(days)} in the past"


def _some(days: Sequence[str]) -> str:
    more = f" and {len(days) - 3} more" if len(days) > 3 else ""
    return f"{', '.join(days[:3])}{more} {'is' if len(days) == 1 else 'are'}"


Rule = Callable[[Sound], Iterable[str]]

ERRORS: tuple[Rule, ...] = (
    number_used_twice,
    not_ones_own,
    dnis_without_clid,
    forwarding_to_itself,
    forwards_in_a_circle,
    out_of_order,
)
WARNINGS: tuple[Rule, ...] = (unknown_user, numbers_of_nobody, forwards_that_may_come_back, in_the_past)
