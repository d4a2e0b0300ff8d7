# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compares tenants with each other: where two live in one section of a platform, and what both say is theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ..o2g.pbx_base import segments
from ..o2g.pbx_object import SUBSCRIBER
from ..owns import SHORTEST_NUMBER, same
from .expand import Expanded
from .model import LISTS, PARENTS, places_of
from .rules import Sound, belongings
from .written import Written

PORTS = {"http": 80, "https": 443}
MOST_NAMES = 3


@dataclass
class Tenant:
    """A tenant as the others see it."""

    name: str
    expanded: Expanded
    urls: Mapping[str, str]
    """Per block, where its platform is."""
    deletes: bool = False
    """Whether it is built with purging."""
    faults: list[str] = field(default_factory=list)
    purging: list[str] = field(default_factory=list)
    """What is wrong if it is built with purging, and otherwise to be known."""
    beside: list[str] = field(default_factory=list)
    """Who else is in a section where nothing of theirs is purged: meant, or a copy that was forgotten."""

    @cached_property
    def shared(self) -> set[str]:
        return {same(number, self.expanded.country) for number in self.expanded.shared}


class Section(NamedTuple):
    """What a block names: a group of APIO, a tenant of CCS, a node of O2G."""

    block: str
    url: str
    parents: tuple[str, ...]

    def __str__(self) -> str:
        names = (f"{f.option} {value}" for f, value in zip(PARENTS[self.block], self.parents, strict=True))
        return f"{self.block}: {', '.join(names)}" + (f" of {self.url}" if self.url else "")


class Number(NamedTuple):
    """A number that a tenant has."""

    tenant: Tenant
    section: Section
    listed: str
    entry: Written
    option: str

    @property
    def written(self) -> str:
        value = str(self.entry.values[self.option])
        return segments(value)[-1] if self.option == "path" else value


class Told:
    """What is said of numbers: for each list of a tenant once, with how many it concerns."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], list[tuple[Number, str]]] = {}

    def add(self, number: Number, text: str) -> None:
        self._said.setdefault((number.tenant.name, number.listed), []).append((number, text))

    def hand_over(self) -> None:
        for (_name, listed), said in self._said.items():
            number, text = said[0]
            more = f" (and {len(said) - 1} more of {listed})" if len(said) > 1 else ""
            number.tenant.faults.append(number.entry.fault(f"{number.written!r} {text}{more}", number.option))


def address(url: Any) -> str:
    """Return the form of a platform's URL by which two are compared."""
    parts = urlsplit(str(url or "").strip())
    host = (parts.hostname or "").lower()
    try:
        port = parts.port or PORTS.get(parts.scheme.lower())
    except ValueError:  # the modules refuse it
        return str(url)
    return f"{parts.scheme.lower()}://{host}:{port}{parts.path.rstrip('/')}" if host else ""


def compare(tenants: Sequence[Tenant]) -> None:
    """Leave with each tenant what is wrong between it and the others."""
    sections: dict[Section, list[Tenant]] = {}
    for tenant in tenants:
        for section in _sections(tenant):
            sections.setdefault(section, []).append(tenant)
    shared = {section: members for section, members in sections.items() if len(members) > 1}
    _swept(shared)
    _places(tenants)
    _owned_twice(shared)
    numbers, told = [number for tenant in tenants for number in _numbers(tenant)], Told()
    _used_twice(numbers, told)
    _of_others(numbers, shared, told)
    told.hand_over()


# Sections and places


def _section(tenant: Tenant, block: str, values: Mapping[str, Any]) -> Section:
    parents = tuple(str(values.get(f.option)) for f in PARENTS[block])
    return Section(block, tenant.urls.get(block, ""), parents)


def _blocks(tenant: Tenant) -> Iterator[str]:
    """Yield the blocks that declare something, and say where that is."""
    wrong = tuple(f"{block}.{f.option}: " for block in LISTS for f in PARENTS[block])
    unclear = {fault.partition(".")[0] for fault in tenant.expanded.faults if fault.startswith(wrong)}
    yield from (
        block for block, lists in tenant.expanded.data.items() if block not in unclear and LISTS[block].keys() & lists
    )


def _sections(tenant: Tenant) -> set[Section]:
    """Return the sections in which a tenant has something."""
    found = set()
    for block in _blocks(tenant):
        found.add(_section(tenant, block, tenant.expanded.data[block]))
        for name in LISTS[block]:
            if all(f in LISTS[block][name].parents for f in PARENTS[block]):
                entries = tenant.expanded.entries.get(f"{block}.{name}", ())
                found.update(_section(tenant, block, entry.values) for entry in entries)
    return found


def _swept(shared: Mapping[Section, Sequence[Tenant]]) -> None:
    """Who purges lists of a whole section shares it only with those of whom is known what is theirs."""
    for section, members in shared.items():
        lists = LISTS[section.block]
        swept = {name for name, resource in lists.items() if resource.owned and not places_of(section.block, name)}
        for tenant in members:
            if swept & tenant.expanded.data[section.block].keys():
                _needs_owns(tenant, section.block, members, str(section))
            elif lacking := [one for one in members if section.block not in one.expanded.owns]:
                others = _names(one for one in members if one is not tenant)
                tenant.beside.append(
                    f"{section} is what {others} names too: if that is meant, say in {section.block}.owns of "
                    f"{_names(lacking)} which numbers are its own"
                )


def _needs_owns(tenant: Tenant, block: str, members: Sequence[Tenant], where: str) -> None:
    others = [other for other in members if other is not tenant]
    lacking = [one for one in members if block not in one.expanded.owns and (one is tenant or one.deletes)]
    if lacking:
        tenant.purging.append(
            f"{where} is what {_names(others)} names too, so that purging deletes what belongs to others: "
            f"say in {block}.owns of {_names(lacking)} which numbers are its own"
        )


def _places(tenants: Iterable[Tenant]) -> None:
    """Who purges what belongs to one thing, such as the keys of a set, is the only one who declares that."""
    named: dict[tuple[str, str, tuple[str, ...]], dict[str, Tenant]] = {}
    for tenant in tenants:
        for block in _blocks(tenant):
            for name in LISTS[block]:
                for place in _places_in(tenant, block, name):
                    named.setdefault((f"{block}.{name}", tenant.urls.get(block, ""), place), {})[tenant.name] = tenant
    for (listed, _url, place), having in named.items():
        block, _dot, name = listed.partition(".")
        members, where = list(having.values()), f"{listed}: {' '.join(place[1:] or place)}"
        for tenant in members if len(members) > 1 else ():
            if LISTS[block][name].owned and (name != "pbx_objects" or segments(place[-1])[-1] == SUBSCRIBER):
                _needs_owns(tenant, block, members, where)
            else:
                others = _names(one for one in members if one is not tenant)
                tenant.purging.append(
                    f"{where} is what {others} names too, so that purging deletes what belongs to others: "
                    "let one of them have this list"
                )


def _places_in(tenant: Tenant, block: str, name: str) -> set[tuple[str, ...]]:
    """Return the places in which a list purges, other than the section."""
    resource = LISTS[block][name]
    if not resource.purgeable or (resource.numbered and not places_of(block, name)):
        return set()
    data = tenant.expanded.data[block]
    options = [f.option for f in (*resource.parents, *resource.purge_place[-1:])]
    where = {f.option: data.get(f.option) for f in PARENTS[block]}
    named = [{**where, **place} for place in data["purge_in"].get(name, ())]
    if not resource.purge_place:
        named += [entry.values for entry in tenant.expanded.entries.get(f"{block}.{name}", ())]
    if options == list(where) and name in data:
        named.append(where)
    return {tuple(str(values[o]) for o in options if values.get(o) is not None) for values in named}


# Numbers


def _owned_twice(shared: Mapping[Section, Sequence[Tenant]]) -> None:
    """What is one's own is nobody else's."""
    for section, members in shared.items():
        owning = [(tenant, owns) for tenant in members if (owns := tenant.expanded.owns.get(section.block))]
        for tenant, owns in owning:
            for other, theirs in owning:
                if other is not tenant and (both := owns.overlap(theirs)):
                    text = f"{section.block}.owns: {both[0]!r} is also {other.name}'s, which says {both[1]!r}"
                    tenant.faults.append(text)


def _numbers(tenant: Tenant) -> Iterator[Number]:
    sound = Sound(tenant.expanded, date.min, entries=tenant.expanded.entries)
    blocks = {*_blocks(tenant)}
    for listed, entry, option, _number in belongings(sound):
        block = listed.partition(".")[0]
        if block in blocks:
            yield Number(tenant, _section(tenant, block, entry.values), listed, entry, option)


def _used_twice(numbers: Iterable[Number], told: Told) -> None:
    """A number belongs to one tenant: an extension in its section, a phone number on its platform and on others."""
    had: dict[tuple[str, ...], list[Number]] = {}
    for number in numbers:
        form = same(number.written, number.tenant.expanded.country)
        whole = len(form.lstrip("+")) >= SHORTEST_NUMBER
        had.setdefault((form,) if whole else (form, *map(str, number.section)), []).append(number)
    for (form, *_where), having in had.items():
        alone = all(number.tenant is having[0].tenant for number in having)
        if alone or any(form in number.tenant.shared for number in having):
            continue
        for number in having:
            if other := next((one for one in having if _collide(number, one)), None):
                as_what = "" if other.written == number.written else f" as {other.written!r}"
                told.add(
                    number,
                    f"is used already{as_what}, by {other.tenant.name} at {other.entry.place.at(other.option)}. "
                    "If both shall have it, add it to shared_numbers",
                )


def _collide(number: Number, other: Number) -> bool:
    """Tell whether two may not have the same; on two platforms of one kind they may, such as in a copy to test."""
    (block, url, _parents), (other_block, other_url, _other) = number.section, other.section
    return number.tenant is not other.tenant and (block != other_block or url == other_url)


def _of_others(numbers: Iterable[Number], shared: Mapping[Section, Sequence[Tenant]], told: Told) -> None:
    """Nobody has what another says is its own."""
    for number in numbers:
        block = number.section.block
        for other in shared.get(number.section, ()) if block not in number.tenant.expanded.owns else ():
            if other is not number.tenant and (owns := other.expanded.owns.get(block)) and owns.has(number.written):
                told.add(number, f"is {other.name}'s, according to its {block}.owns")


def _names(tenants: Iterable[Tenant]) -> str:
    names = [tenant.name for tenant in tenants]
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more
