# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lists of a tenant as runs of their modules: which, in which order, and with which options."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean

from ..module_utils.apio.disposition_code import DispositionCode, DispositionCodesConfig
from ..module_utils.o2g.calendar import Calendar
from ..module_utils.resource import Resource
from ..module_utils.shell import bulk_spec
from ..module_utils.tenant.model import LISTS, PARENTS, module_of, places_of
from .plan import merge, said, undone

Json = dict[str, Any]
Result = Mapping[str, Any]

CHAINS = (("o2g", "apio"), ("ccs",))
"""The order that platforms need whose calls lead to one another. What is in another chain needs none."""
TAKEN_BACK = (Calendar, DispositionCodesConfig)
"""What stays on its platform when a tenant goes, and shall not keep what the tenant said of it."""
IN_TWO = (DispositionCode,)
"""What is made before the lists after it refer to it, and goes or is switched off only after those."""
PASSED_ON = ("read_deleted", "max_deletions", "update_password", "write_unreadable")


@dataclass(frozen=True)
class Step:
    """A run of a module with the entries of a list."""

    name: str
    module: str
    options: Json


def steps(block: str, data: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[Step]:
    """Yield the runs that bring a block to its state, in the order that its platform needs.

    C(data) is the block as the modules take it, and C(asked) says how: with the options of the module tenant_lists.
    """
    if asked["state"] == "absent":
        yield from _taken_down(block, data, asked)
        return
    after = []
    for name, resource in LISTS[block].items():
        if name not in data:
            continue
        entries, whole = data[name], _options(block, name, data, asked)
        if not issubclass(resource, IN_TWO):
            yield Step(name, module_of(block, name), {**whole, "config": entries})
            continue
        on = [entry for entry in entries if boolean(entry.get("active", True), strict=False)]
        part = {option: whole[option] for option in whole if option not in ("purge", "purge_in")}
        both = {"list_unchanged": True}  # the results of two runs become one
        yield Step(name, module_of(block, name), {**part, **both, "config": on})
        if len(on) < len(entries) or whole["purge"]:
            after.append(Step(name, module_of(block, name), {**whole, **both, "config": entries}))
    yield from after


def _taken_down(block: str, data: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[Step]:
    for name, resource in reversed(LISTS[block].items()):
        if name not in data or not (resource.lifecycle or issubclass(resource, TAKEN_BACK)):
            continue
        options = _options(block, name, data, {**asked, "purge": False, "max_deletions": None})  # all of it is meant
        if resource.lifecycle:
            yield Step(name, module_of(block, name), {**options, "state": "absent", "config": data[name]})
        else:
            yield Step(name, module_of(block, name), {**options, "config": undone(data[name])})


def _options(block: str, name: str, data: Mapping[str, Any], asked: Mapping[str, Any]) -> Json:
    """Return the options of a list's module, as far as it has them."""
    resource = LISTS[block][name]
    spec = {**bulk_spec(resource), **resource.spec()}
    written = asked.get("written") or {}
    return {
        option: value
        for option, value in {
            **{f.option: data.get(f.option) for f in PARENTS[block]},
            **{option: asked.get(option) for option in (*PASSED_ON, "list_unchanged")},
            **written,
            **_purging(name, resource, bool(places_of(block, name)), data, asked["purge"]),
            "country": data.get("country"),
        }.items()
        if option in spec and value not in (None, "", [])
    }


def _purging(name: str, resource: type[Resource], placed: bool, data: Mapping[str, Any], purge: bool) -> Json:
    """Return where a list is purged: a list of no entries names no place; PBX objects only where it is said."""
    places = (data.get("purge_in") or {}).get(name) if purge else None
    somewhere = not placed or bool(places or data[name])
    return {
        "purge": bool(purge and somewhere and not resource.purge_place),
        "purge_in": places,
        "purge_only": data.get("owns"),
    }


def foreseen(
    block: str, data: Mapping[str, Any], asked: Mapping[str, Any], run: Callable[[Step], Result]
) -> list[Result]:
    """Return what the modules of a block say in check mode, up to the first one that would change something.

    That one is not among them; one that fails is the last.
    """
    seen: list[Result] = []
    for step in steps(block, data, asked):
        result = run(step)
        if not result.get("changed") or result.get("failed"):
            seen.append(result)
        if result.get("changed") or result.get("failed"):
            break
    return seen


def run_block(
    block: str,
    data: Mapping[str, Any],
    asked: Mapping[str, Any],
    run: Callable[[Step], Result],
    seen: Sequence[Result] = (),
) -> tuple[Json, list[Result]]:
    """Run the modules of a block, and return per list what they said, and all results.

    It ends with the first list that fails, unless C(asked.go_on). C(seen) is what the first ones said a moment ago.
    """
    results: dict[str, Result] = {}
    heard = []
    for n, step in enumerate(steps(block, data, asked)):
        result = seen[n] if n < len(seen) else run(step)
        heard.append(result)
        results[step.name] = merge(results[step.name], result) if step.name in results else result
        if result.get("failed") and not asked["go_on"]:
            break
    return said(results, asked["list_unchanged"] or asked["foretold"]), heard
