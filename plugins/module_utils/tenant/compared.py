# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a workbook that came back differs from a tenant in code: each change with its sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..fields import Field, MapOf, Values
from ..o2g.calendar import DAY_LIST
from .cells import text_of
from .expand import TOP, Expanded, expanded_with_faults, plain
from .model import LISTS, NAMES, PARENTS, PARTS, TESTS
from .workbook import Read, merge, read, without_secrets, words
from .written import Written, find, in_sheets

SHARED = tuple(name for name in TOP if name not in (*LISTS, *TESTS, "workbook"))
"""What is compared as it is written."""
NOTHING: Any = object()


def differences(tenant: Mapping[str, Any], file: str, base_dir: str) -> tuple[list[str], list[str]]:
    """Return how the tenant in a workbook differs from the one in code, and what is wrong with the workbook."""
    book = read(file, base_dir, "compare_workbook")
    own = plain(tenant)
    if own.get("workbook"):
        own, _contradictions = merge(own, read(str(own["workbook"]), base_dir).tenant)
    leading = {block: _leading(block, own[block]) for block in LISTS if isinstance(own.get(block), dict)}
    theirs = expanded_with_faults({**leading, "workbook": file}, base_dir)
    if book.faults or theirs.faults:
        return [], list(dict.fromkeys([*book.faults, *theirs.faults]))
    ours = expanded_with_faults(tenant, base_dir)
    told = [
        *_settings(own, book),
        *(line for block, lists in LISTS.items() for name in lists for line in _list(block, name, ours, theirs, file)),
    ]
    return list(dict.fromkeys(told)), []


def _leading(block: str, values: Values) -> Values:
    """Return what leads to a tenant, which a workbook need not say again."""
    return {f.option: values[f.option] for f in PARENTS[block] if f.option in values}


def _settings(own: Mapping[str, Any], book: Read) -> Iterator[str]:
    """Yield what differs of that which is in no list."""
    for name in [*SHARED, *(name for name in TESTS if name in book.tenant)]:
        ours, theirs = ((_open(t.get(name)) if name == "defaults" else t.get(name)) or {} for t in (own, book.tenant))
        yield from _members(ours, theirs, name, book)
    for block, lists in LISTS.items():
        ours, theirs = (
            {n: v for n, v in (t.get(block) or {}).items() if n not in (*lists, "route_points")}
            for t in (own, book.tenant)
        )
        yield from _members(ours, {**_leading(block, ours), **theirs}, block, book)


def _open(defaults: Any) -> Values:
    """Return defaults without secrets."""
    told: Values = {}
    for block, lists in (defaults or {}).items():
        for name, values in (lists or {}).items():
            known = {f.option: f for f in (*LISTS[block][name].options(), *NAMES.get(LISTS[block][name], ()))}
            said = {n: without_secrets(known[n], v) for n, v in (values or {}).items() if not known[n].secret}
            told.setdefault(block, {})[name] = said
    return told


def _members(ours: Any, theirs: Any, path: str, book: Read) -> Iterator[str]:
    """Yield what differs of two values, as deep as both have members."""
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        for name in dict.fromkeys([*theirs, *ours]):
            yield from _members(ours.get(name, NOTHING), theirs.get(name, NOTHING), f"{path}.{name}", book)
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs) and not _is_day(ours):
        for n, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _members(one, other, f"{path}[{n}]", book)
    elif ours != theirs:
        yield f"{in_sheets(path, book.places)}: {_change(ours, theirs)}"


def _change(ours: Any, theirs: Any) -> str:
    now = "says nothing" if theirs is NOTHING else f"is {_shown(theirs)}"
    return f"{now}, and the code says nothing" if ours is NOTHING else f"{now}, and in the code it is {_shown(ours)}"


def _is_day(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, Mapping) and "time" in one for one in value)


def _shown(value: Any) -> str:
    """Return what a person writes of a value."""
    return text_of(DAY_LIST, value).replace("\n", ", ") if _is_day(value) else repr(value)


def _list(block: str, name: str, ours: Expanded, theirs: Expanded, file: str) -> Iterator[str]:
    """Yield what differs of a list."""
    where, resource = f"{block}.{name}", LISTS[block][name]
    code, book = (each.entries.get(where) for each in (ours, theirs))
    if book is None or code is None:
        if book is not None:
            yield from (f"{one.place.at()}: {resource.label(one.values)} is new" for one in book)
        elif code:
            yield f"{file}, sheet {_title(name, code)!r}: is not there, and the code has {len(code)} {resource.plural}"
        return
    parents = {f.option for f in resource.parents}
    index: dict[Any, dict[Any, Written]] = {}
    met: set[int] = set()
    defaults = [each.defaults[where].values if where in each.defaults else {} for each in (ours, theirs)]
    for entry in book:
        same = find(code, resource.address_of(entry.values), parents, index)
        if same is None:
            yield f"{entry.place.at()}: {resource.label(entry.values)} is new"
            continue
        met.add(id(same))
        fields = [*resource.options(), *NAMES.get(resource, ())]
        for option, was, now in _options(fields, same, entry, defaults, ours.country):
            yield f"{entry.place.at(option)}: {_change(was, now)} ({resource.label(entry.values)})"
    for one in code:
        if id(one) not in met:
            yield f"{file}, sheet {_title(name, code)!r}: {resource.label(one.values)} is not there, and is in the code"


def _title(name: str, entries: Sequence[Written]) -> str:
    part = name.removeprefix("route_point_")
    return words(part if part in PARTS and "route_points" in entries[0].place.text else name)


def _options(
    fields: Iterable[Field], code: Written, book: Written, defaults: Sequence[Values], country: str | None
) -> Iterator[tuple[str, Any, Any]]:
    """Yield the options in which two entries differ; what defaults differ in, is told of those alone."""
    for f in fields:
        if f.secret:
            continue
        was, now = (_said(entry, f) for entry in (code, book))
        if (was, now) == tuple(each.get(f.option, NOTHING) for each in defaults):
            continue
        days = [{} if one is NOTHING else one for one in (was, now)] if isinstance(f.kind, MapOf) else []
        if any(days) and all(isinstance(one, Mapping) for one in days):
            was, now = days
            for key in dict.fromkeys([*now, *was]):
                before, after = was.get(key, NOTHING), now.get(key, NOTHING)
                if before != after:
                    yield f"{f.option}.{key}", before, after
        elif was != now and not _alike(f, was, now, country):
            yield f.option, was, now


def _said(entry: Written, known: Field) -> Any:
    named = entry.uses.get(known.option)
    return named if named is not None else without_secrets(known, entry.values.get(known.option, NOTHING))


def _alike(known: Field, was: Any, now: Any, country: str | None) -> bool:
    """Tell whether two ways of writing mean the same, as two forms of a phone number do."""
    try:
        return NOTHING not in (was, now) and known.kind.same(was, now, country)
    except (TypeError, ValueError, AttributeError):
        return False
