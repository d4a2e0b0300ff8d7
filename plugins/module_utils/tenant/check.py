# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks a tenant before any request: each entry as its module would, and the rules over all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .. import engine
from ..fields import Field, Struct, Text, Values
from ..o2g.calendar import Calendar
from ..resource import Resource
from . import rules
from .expand import Expanded, expanded_with_faults
from .gaps import forgotten_holidays
from .hours import Calendar as Hours
from .model import LISTS
from .written import Written


@dataclass
class Report:
    """What was found."""

    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)  # passwords are in it
    """The tenant as lists that the modules take."""
    against: Callable[[Iterable[Mapping[str, Any]]], list[str]] = field(default=lambda _pilots: [], compare=False)
    """Takes the pilots that the platform has, and returns what is wrong with the tenant in the face of them."""


def check(
    tenant: Mapping[str, Any],
    base_dir: str,
    today: date,
    told: Callable[[str], str] = str,
) -> Report:
    """Return all that is wrong with a tenant.

    C(told) adds to a fault what else is known of the places that it names.
    """
    expanded = expanded_with_faults(tenant, base_dir)
    faults = list(expanded.faults)
    faults += _defaults(expanded)
    faults += _shared(expanded)
    sound = rules.Sound(expanded, today)
    for block, lists in LISTS.items():
        for name, resource in lists.items():
            entries = expanded.entries.get(f"{block}.{name}", [])
            found, sound.entries[f"{block}.{name}"] = _entries(resource, entries, expanded.country)
            faults += found
    faults += [
        fault
        for name, places in expanded.places.items()
        for place in places
        for fault in engine.place_faults(LISTS[name.partition(".")[0]][name.partition(".")[2]], place)
    ]
    faults += rules.errors(sound)
    holidays = [] if faults else [f"o2g.pilot_calendars: {text}" for text in _forgotten_holidays(expanded, today)]
    nothing = (
        [] if expanded.entries or faults else ["the tenant declares nothing: none of apio, ccs and o2g has a list"]
    )
    return Report(
        faults=[told(fault) for fault in dict.fromkeys(faults)],
        warnings=[
            told(one) for one in (*nothing, *expanded.warnings, *_taken(expanded), *rules.warnings(sound), *holidays)
        ],
        counts={name: len(entries) for name, entries in expanded.entries.items()},
        data=expanded.data,
        against=lambda pilots: [told(fault) for fault in rules.unknown_rule(sound, pilots)],
    )


def _entries(
    resource: type[Resource], entries: Sequence[Written], country: str | None
) -> tuple[list[str], list[Written]]:
    """Return what is wrong with the entries of a list, and those that are right by themselves."""
    handler, fields = resource(country=country), resource.options()
    faults, sound = [], []
    for entry in entries:
        entry.values = _as_ansible(fields, entry.values)
        wrong = engine.entry_faults(handler, fields, entry) or _whose(resource, entry)
        faults += wrong
        if not wrong:
            sound.append(entry)
    return faults + engine.doubles(resource, sound), sound


def _whose(resource: type[Resource], entry: Written) -> list[str]:
    """Return what is wrong with an entry that does not say whose it is: nobody's session stands behind a tenant."""
    ways = resource.whose_options
    if not ways or any(entry.values.get(name) for name in ways):
        return []
    return [entry.fault(f"must be given, or {', '.join(ways[1:])}", ways[0])]


def _as_ansible(fields: Iterable[Field], values: Values) -> Values:
    """Return the values as Ansible hands them to a module: where it takes text, numbers are text."""
    changed = {}
    for f in fields:
        value = values.get(f.option)
        if isinstance(f.kind, Struct) and isinstance(value, dict):
            changed[f.option] = _as_ansible(f.kind.fields, value)
        elif isinstance(f.kind, Text) and not f.kind.quoted and isinstance(value, int | float):
            changed[f.option] = str(value)
    return {**values, **changed} if changed else values


def _defaults(expanded: Expanded) -> list[str]:
    """Return what is wrong with defaults, and take that out of the entries, which would all repeat it."""
    faults = []
    for name, default in expanded.defaults.items():
        block, _dot, listed = name.partition(".")
        fields = LISTS[block][listed].options()
        for option, value in default.values.items():
            one = Written(default.place, _as_ansible(fields, {option: value}), secrets=default.secrets)
            wrong = engine.invalid(fields, one)
            faults += wrong
            for entry in expanded.entries.get(name, []) if wrong else ():
                if entry.values.get(option) is value:
                    entry.values = {n: v for n, v in entry.values.items() if n != option}
    return faults


def _shared(expanded: Expanded) -> list[str]:
    """Return what is wrong with opening hours and holidays, and empty what is wrong."""
    faults = []
    for entry in (*expanded.weeks.values(), *(h.transitions for h in expanded.holidays.values())):
        wrong = engine.invalid(Calendar.fields, entry)
        wrong = wrong or [entry.fault(text, option) for option, text in Calendar().faults(entry.values)]
        if wrong:
            entry.values = {section: {} for section in entry.values}
        faults += wrong
    return faults


def _forgotten_holidays(expanded: Expanded, today: date) -> Iterable[str]:
    """Return on which holidays nothing closes pilots that closed a year before."""
    entries = expanded.data.get("o2g", {}).get("pilot_calendars", ())
    return forgotten_holidays(((str(e["pilot_number"]), Hours(e, expanded.zone)) for e in entries), today)


def _taken(expanded: Expanded) -> list[str]:
    """Return what the values were taken for, where that is not what was written."""
    shared = (*expanded.weeks.values(), *(h.transitions for h in expanded.holidays.values()))
    entries = (entry for entries in expanded.entries.values() for entry in entries)
    return [f"{entry.where}: {text}" for entry in (*shared, *entries) for text in entry.warnings]
