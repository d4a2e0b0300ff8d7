# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What takes back one step of a module: the entry that brings back how it was, and what no entry brings back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..module_utils.engine import entry_faults
from ..module_utils.fields import MASK, Field, MapOf, as_options
from ..module_utils.resource import Entry, Resource

Json = dict[str, Any]


@dataclass
class Reversal:
    """How to take back a step."""

    key: Json
    """The options that lead to the resource, in the entries that bring either back."""
    left: Json | None
    """The options that the step has left behind, without its key; None where it has deleted the resource."""
    former: Json | None
    """The options that were there before, without its key; None where it was not there."""
    lost: list[str] = field(default_factory=list)
    """What cannot be set back."""


def reversal(resource: type[Resource], step: Mapping[str, Any], country: str | None = None) -> Reversal:
    """Return what takes back a step of a module's result that has changed something."""
    fields = resource.options()
    if step["action"] == "create":
        left, _veiled = _unveiled(as_options(fields, step["resource"] or {}))
        return Reversal(dict(step["key"]), _without(left, step["key"]), None)
    back = _made_again(resource, step) if step["action"] == "delete" else _set_back(resource, step, country)
    if back.former:
        back.former, refused = _allowed(resource, {**back.key, **back.former}, [*back.former], country)
        back.lost = [*dict.fromkeys(back.lost + refused)]
    if back.left is not None:
        back.left = {name: value for name, value in back.left.items() if name in (back.former or {})}
    return back


def _made_again(resource: type[Resource], step: Mapping[str, Any]) -> Reversal:
    there, veiled = _unveiled(as_options(resource.options(), step["resource"] or {}) | (step.get("before") or {}))
    former = resource.anew({**step["key"], **there})
    key = {name: former.pop(name) for name in resource.address_options() if former.get(name) is not None}
    told = {*former, *(step["resource"] or {})} - {name for name in veiled if "." not in name}
    named = {*resource.address_options(), *resource.top_level, *resource.rename}
    unknown = [f.option for f in resource.options() if f.option not in told | named]
    along = [resource.goes_along] if resource.goes_along else []
    return Reversal(key, None, former, [*unknown, *(name for name in veiled if "." in name), *along])


def _set_back(resource: type[Resource], step: Mapping[str, Any], country: str | None) -> Reversal:
    fields, unseen = resource.options(), {*(step.get("unverified") or ())}
    before, shown = step.get("before") or {}, step["resource"] or {}
    after = as_options(fields, shown)
    left: Json = {}
    former: Json = {}
    lost: list[str] = []
    places = {f.option for f in resource.parents}
    for f in fields:
        name = f.option
        if name in places or name not in shown or (f.create_only and name not in before):
            continue
        old, known = _unveiled({name: before[name]} if name in before else {})
        new, _veiled = _unveiled({name: after[name]} if name in after else {})
        if f.secret or name in unseen:
            lost += [name] if name not in known else []
        elif resource.rename and name == resource.rename[0]:
            if (was := before.get(resource.rename[1])) not in (None, after[name]):
                former[resource.rename[1]] = was
        elif isinstance(f.kind, MapOf) or f.kind.apart:
            parts = _parts(f, before.get(name) or {}, after.get(name) or {}, unseen, country)
            lost += parts.lost
            if parts.left:
                former[name], left[name] = parts.former, parts.left
        else:
            lost += [one for one in _unveiled({name: shown[name]})[1] if one not in known]
            if not f.kind.same(old.get(name), new.get(name), country):
                lost += [name] if not old else []
                former |= old
                left |= {name: new.get(name)} if old else {}
    return Reversal(dict(step["key"]), left, former, lost)


def _parts(f: Field, was: Json, becomes: Json, unseen: set[str], country: str | None) -> Reversal:
    """Return what takes back a field whose members stand by themselves."""
    old: Json = {}
    new: Json = {}
    lost = []
    for inner, value in becomes.items():
        kind = f.kind.kind if isinstance(f.kind, MapOf) else f.kind.parts({inner: value})[0].kind
        name = f"{f.option}.{inner}"
        if name in unseen or (_is_veiled(value) and not _is_veiled(was.get(inner))):
            lost.append(name)
        elif not _is_veiled(value) and not kind.same(was.get(inner), value, country):
            old[inner] = was.get(inner, None if f.kind.apart else kind.from_wire(None))
            new[inner] = value
    return Reversal({}, new, old, lost)


def _allowed(
    resource: type[Resource], entry: Json, options: Iterable[str], country: str | None
) -> tuple[Json | None, list[str]]:
    """Return the options of an entry that its module takes, and the others: platforms may hold what it refuses."""
    options, refused = [*options], []
    handler = resource(country=country)
    while options:
        values = {name: value for name, value in entry.items() if name in options or name not in refused}
        faults = entry_faults(handler, resource.options(), Entry(0, values))
        if not faults:
            return {name: entry[name] for name in options}, refused
        named = {re.split(r"[:.\[]", fault, maxsplit=1)[0] for fault in faults}
        new = [name for name in options if name in named] or options
        options, refused = [name for name in options if name not in new], [*refused, *new]
    return {}, refused


def _unveiled(values: Mapping[str, Any], where: str = "") -> tuple[Json, list[str]]:
    """Return values without those that are masked, and the names of these."""
    shown, veiled = {}, []
    for name, value in values.items():
        if isinstance(value, Mapping):
            shown[name], inner = _unveiled(value, f"{where}{name}.")
            veiled += inner
        elif _is_veiled(value):
            veiled.append(where + name)
        else:
            shown[name] = value
    return shown, veiled


def _is_veiled(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_is_veiled, value.values()))
    return any(map(_is_veiled, value)) if isinstance(value, list) else value == MASK


def _without(values: Json, key: Mapping[str, Any]) -> Json:
    return {name: value for name, value in values.items() if name not in key}
