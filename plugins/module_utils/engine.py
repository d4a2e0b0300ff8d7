# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Validate, read, plan, apply, report: the same for every resource type, and without Ansible.

Nothing here knows a platform. What a platform or a resource type does differently is asked of its class.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .errors import TAKEN, AnswerLost, ApiError, Fatal, Faults, Missing, Outdated, answer_understood, meant
from .fields import MASK, Field, ListOf, MapOf, Struct, Values, as_options, lacking, masked, model, settable
from .last_written import LastWritten
from .owns import Owns
from .progress import Progress
from .resource import Entry, Found, Job, Resource, Step, unfailed

if TYPE_CHECKING:
    from .session import Client

PLAINLY_REFUSED = frozenset({401, 403, 429})
"""Statuses that say why by themselves; any other refusal may mean that somebody else was there first."""

SHOWN_ERRORS = 5
SHOWN_PLACES = 3
LONGEST_MESSAGE = 1900
"""Characters that errors share in C(msg), which stays readable whatever happens; C(results) has all of them."""
COUNTED = {"create": "created", "update": "updated", "delete": "deleted", "act": "done"}
"""Under which word the steps of an action are counted."""
DOTS = (".", "..")
ACTIONS = ("create", "update", "delete", "unchanged", "failed")
FAIL_FAST = "not attempted, because of fail_fast"
TOLD_OF_UNCHANGED = ("error", "unverified", "as_written", "awaits", "missing", "warnings")
"""What may be told of an entry for which there is nothing to do."""
CONFLICTS = 3
"""How often what another has changed meanwhile is read and written again."""


@dataclass(frozen=True)
class Options:
    """How a run behaves, beside what it wants."""

    state: str = "present"
    purge: bool = False
    purge_in: Sequence[Any] = ()
    purge_only: Sequence[str] | None = None
    max_deletions: int = 10
    fail_fast: bool = False
    list_unchanged: bool = True
    update_password: str = "on_create"
    write_unreadable: str = "always"
    read_deleted: bool = False
    written_file: str | None = None
    written_again: bool = False
    written_key: str | None = None
    country: str | None = None
    check_mode: bool = False
    diff: bool = False


# Validate


def read_entries(
    resource: type[Resource], params: Mapping[str, Any], given: Mapping[str, Any], options: Options
) -> list[Entry]:
    """Return the entries that a task gives; raise Faults with all that is wrong with all of them.

    C(params) are the task's options, C(given) the same as the user wrote them: it tells C(null) from not said.
    """
    fields = resource.options()
    shared = [f.option for f in resource.parents] + list(resource.top_level)
    faults = []
    if isinstance(config := params.get("config"), list):
        odd = [n for n, row in enumerate(config) if not isinstance(row, Mapping)]
        if odd:
            raise Faults([f"config[{n}]: must be a dictionary of options" for n in odd])
        faults += [
            f"{f.option}: cannot stand beside config, which says it per entry"
            for f in fields
            if given.get(f.option) is not None and f.option not in shared
        ]
        defaults = {name: params[name] for name in shared if given.get(name) is not None}
        written = given["config"] if isinstance(given["config"], list) else [None] * len(config)  # ad hoc: text
        rows = [
            (f"config[{n}]", {**defaults, **_said(row, raw)})
            for n, (row, raw) in enumerate(zip(config, written, strict=True))
        ]
    else:
        if options.purge and resource.lifecycle:
            faults.append("purge: needs config, the list of all that shall be there")
        rows = [("", _said({f.option: params.get(f.option) for f in fields}, given))]
    if options.purge and options.state == "absent":
        faults.append("purge: goes with state=present only")
    entries = [Entry(n, row, where) for n, (where, row) in enumerate(rows)]
    handler = resource(state=options.state, country=options.country)
    for entry in entries:
        faults += entry_faults(handler, fields, entry)
    faults += doubles(resource, entries) if not faults else []
    if faults:
        raise Faults(faults)
    return entries


def read_places(
    resource: type[Resource], given: Mapping[str, Any], options: Options, entries: Sequence[Entry]
) -> list[Entry]:
    """Return the places in which nothing stays that is not listed; raise Faults if they are wrong.

    These are the parents of the entries, those of C(purge_in), and, where neither names any, those at the top level.
    Where a resource type has places of its own, C(purge_in) says all of them, and that there is something to purge.
    """
    own = resource.purge_place
    if wrong := Owns(options.purge_only or ()).faults:
        raise Faults([f"purge_only[{n}]: {text}" for n, text in wrong])
    if options.purge_in and (options.state == "absent" or not (options.purge or own)):
        raise Faults([f"purge_in: goes with {'state=present' if own else 'purge=true'} only"])
    if not options.purge and not options.purge_in:
        return []
    shared = {f.option: given[f.option] for f in (*resource.parents, *own[:-1]) if given.get(f.option) is not None}
    named = [row if isinstance(row, Mapping) else {own[-1].option: row} if own else row for row in options.purge_in]
    if odd := [n for n, row in enumerate(named) if not isinstance(row, Mapping)]:
        raise Faults([f"purge_in[{n}]: must be a dictionary of options" for n in odd])
    rows = [Entry(n, {**shared, **row}, f"purge_in[{n}]") for n, row in enumerate(named)]
    if resource.lifecycle and not rows and not entries:
        rows = [Entry(0, shared, "purge_in")]
    faults = [fault for place in rows for fault in place_faults(resource, place)]
    if faults:
        raise Faults(faults)
    return rows if rows and own else [*entries, *rows]


def place_faults(resource: type[Resource], place: Entry) -> list[str]:
    """Return what is wrong with a place in which to purge."""
    fields = (*resource.parents, *resource.purge_place)
    missing = [f.option for f in fields if f.required and place.values.get(f.option) is None]
    return (
        invalid(fields, place)
        or unaddressable(resource, place)
        or [place.fault("must be given, to say where to purge", option) for option in missing]
    )


def read_filters(
    resource: type[Resource], fields: Sequence[Field], params: Mapping[str, Any], given: Mapping[str, Any]
) -> Values:
    """Return the parents and filters that an info task gives; raise Faults if they are wrong."""
    asked = {f.option: params[f.option] for f in fields if params.get(f.option) is not None}
    entry = Entry(0, {name: _said_of(value, given.get(name)) for name, value in asked.items()})
    faults = invalid(tuple(fields), entry) or unaddressable(resource, entry)
    faults = faults or [
        entry.fault("must be given", f.option)
        for f in resource.parents
        if f.required and resource.info_needs_parents and f.option not in entry.values
    ]
    if faults:
        raise Faults(faults)
    return entry.values


def _said(values: Mapping[str, Any], given: Any) -> Values:
    names = given if isinstance(given, Mapping) else [name for name, value in values.items() if value is not None]
    return {
        name: _said_of(values[name], given[name] if isinstance(given, Mapping) else None)
        for name in names
        if name in values
    }


def _said_of(value: Any, given: Any) -> Any:
    """Return a value without the C(null) members that Ansible adds for options that were not given."""
    if isinstance(value, Mapping) and isinstance(given, Mapping):
        return _said(value, given)
    if isinstance(value, list) and isinstance(given, list) and len(value) == len(given):
        return [_said_of(v, g) for v, g in zip(value, given, strict=True)]
    return value


def invalid(fields: tuple[Field, ...], entry: Entry) -> list[str]:
    """Validate an entry's values one by one, put them in order, and return what is wrong with them."""
    from pydantic import ValidationError

    try:
        checked = model(fields).model_validate(entry.values, context=entry.warnings)
        entry.values = checked.model_dump(exclude_unset=True)
    except ValidationError as error:
        return [_fault(entry, fields, detail) for detail in error.errors()]
    return []


def entry_faults(handler: Resource, fields: tuple[Field, ...], entry: Entry) -> list[str]:
    """Return what is wrong with an entry by itself."""
    faults = invalid(fields, entry)
    if faults:
        return faults
    faults = [
        entry.fault("must be given", f.option)
        for f in handler.parents
        if f.required and entry.values.get(f.option) is None
    ]
    if not handler.names(entry.values):
        ways = " or ".join(" with ".join(names) for names in handler.identity)
        faults.append(entry.fault(f"needs {ways} to say which {handler.noun} is meant"))
    faults = faults or unaddressable(handler, entry)
    return faults or [entry.fault(text, option) for option, text in handler.faults(entry.values)]


def unaddressable(resource: type[Resource] | Resource, entry: Entry) -> list[str]:
    """Return a fault for each value that cannot be a segment of a path: it would be removed on the way."""
    given = {name: entry.values.get(name) for name in resource.in_paths()}
    return [
        entry.fault(f"cannot be {one!r}: it could never be addressed, since that part of a path is removed", name)
        for name, value in given.items()
        for one in (value if isinstance(value, list) else [value])
        if one in DOTS
    ]


def _fault(entry: Entry, fields: Sequence[Field], detail: Mapping[str, Any]) -> str:
    path = ""
    for part in detail["loc"]:
        if part != "[key]":
            path += f"[{part}]" if isinstance(part, int) else f".{part}"
    option = path[1:]
    secret = _is_secret(fields, [part for part in detail["loc"] if isinstance(part, str)])
    if detail["type"] == "extra_forbidden":
        names = [f.option for f in _fields_at(fields, [part for part in detail["loc"][:-1] if isinstance(part, str)])]
        return entry.fault(f"is not an option; {meant(str(detail['loc'][-1]), names)}", option)
    text = {
        "literal_error": f"must be one of {detail.get('ctx', {}).get('expected')}",
        "string_type": "must be text",
        "int_parsing": "must be a whole number",
        "int_type": "must be a whole number",
        "bool_parsing": "must be true or false",
        "bool_type": "must be true or false",
        "missing": "must be given",
    }.get(detail["type"]) or detail["msg"].removeprefix("Value error, ").replace("Input should", "should")
    text = (
        text.replace("String should", "should").replace("Dictionary should", "should").replace("List should", "should")
    )
    if detail["input"] is None and detail["type"] != "value_error":
        return entry.fault("cannot be empty: leave it out to leave it as it is", option)
    if secret:  # what was not quoted is told, and nothing else
        text = text.replace(str(detail["input"]), MASK) if isinstance(detail["input"], (int, float)) else text
    if secret or detail["type"] in ("missing", "value_error"):
        return entry.fault(text, option)
    return entry.fault(f"{text}, not {_brief(detail['input'])}", option)


def _is_secret(fields: Iterable[Field], path: Sequence[str]) -> bool:
    """Tell whether a path leads to a secret."""
    known = {f.option: f for f in fields}
    for part in path:
        if not (f := known.get(part)):
            return False
        if f.secret:
            return True
        kind = f.kind.kind if isinstance(f.kind, ListOf) else f.kind
        known = {inner.option: inner for inner in kind.fields} if isinstance(kind, Struct) else {}
    return False


def _fields_at(fields: Iterable[Field], path: Sequence[str]) -> list[Field]:
    """Return what can stand at the end of a path, whose parts are options or keys of a map."""
    known = list(fields)
    for part in path:
        kind = next((f.kind for f in known if f.option == part), None)
        while isinstance(kind, ListOf | MapOf):
            kind = kind.kind
        known = [f for f in kind.fields if not f.read_only] if isinstance(kind, Struct) else known
    return known


def _brief(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def doubles(resource: type[Resource], entries: Sequence[Entry]) -> list[str]:
    """Return a fault for each entry that names what an earlier one names, by its old name or its new one."""
    seen: dict[Any, Entry] = {}
    faults = []
    for entry in entries:
        place = resource.place(entry.values)
        names = resource.names(entry.values)[0]
        keys = [(place, names, tuple(entry.values[n] for n in names))]
        if resource.rename and entry.values.get(resource.rename[1]):
            old, new = resource.rename
            keys.append((place, names, tuple(entry.values[new if n == old else n] for n in names)))
        for key in dict.fromkeys(keys):
            first = seen.setdefault(key, entry)
            if first is not entry:
                named = ", ".join(f"{n}={v!r}" for n, v in zip(*key[1:], strict=True)) or resource.label(entry.values)
                faults.append(entry.fault(f"names the same {resource.noun} as {first.where}: {named}"))
                break
    return faults


# Plan


NOTHING_KEPT = LastWritten()


def plan(
    resource: Resource, entry: Entry, current: Values | None, options: Options, last: LastWritten = NOTHING_KEPT
) -> Step:
    """Return what one entry needs. A pure function: it sends nothing and keeps nothing.

    C(last) knows what was last written into that which the platform does not show.
    """
    if options.state == "absent":
        return Step(entry, "unchanged" if current is None else "delete", current, None)
    values, purged = resource.wanted(entry, current, options.purge)
    if resource.rename and resource.rename[1] in values:
        name, new = resource.rename
        values = {**{k: v for k, v in values.items() if k != new}, name: values[new]}
    parents = {f.option for f in resource.parents}
    fields = [f for f in settable(resource.fields) if f.option in values and f.option not in parents]
    if current is None:
        return _creation(resource, entry, values, fields)
    if resource.does(entry.values):
        return Step(entry, "act", None, {**current, **values}, values)
    step = Step(entry, "unchanged", current, current, purged=purged)
    seen = Seen(options, last, last.name(resource.noun, resource.address_of(current)))
    changes = _differences(fields, values, current, seen, step)
    if missing := lacking([replace(f, required=False) for f in fields], changes):
        step.error = f"needs {', '.join(missing)} too, given or already there"
    if step.error:
        step.error = f"{resource.label(current)}: {step.error}"
    if changes:
        step.action, step.changes, step.after = "update", changes, _written_over(fields, current, changes)
    if changes and purged and options.purge:
        kept, _none = resource.wanted(entry, current, False)
        others = _differences(
            [f for f in fields if f.option in kept], kept, current, seen, replace(step, unverified=[], as_written={})
        )
        step.kept = _written_over(fields, current, others)
    return step


@dataclass(frozen=True)
class Seen:
    """How what the platform does not show is judged."""

    options: Options
    last: LastWritten
    name: str
    """Under which the resource is known there."""

    def as_written(self, f: Field, option: str, wanted: Any, step: Step) -> bool:
        """Tell whether a value is the one that was written last, of which the step takes note."""
        value = f.kind.comparable(wanted, self.options.country)
        when = self.last.when(self.name, option, value, f.secret)
        step.as_written |= {option: when} if when else {}
        return bool(when)


def _differences(
    fields: Iterable[Field], values: Values, current: Values, seen: Seen, step: Step, whose: str = ""
) -> Values:
    """Return what of some values has to be written; the step takes note of what cannot be compared or changed."""
    changes: Values = {}
    options = seen.options
    for f in fields:
        wanted, name = values[f.option], whose + f.option
        if f.create_only:
            continue
        if f.secret:
            if options.update_password == "always" and not seen.as_written(f, name, wanted, step):
                changes[f.option] = wanted
        elif f.kind.apart:
            there = current.get(f.option) or {}
            if inner := _differences(f.kind.parts(wanted), wanted, there, seen, step, f"{name}."):
                changes[f.option] = inner
        elif (
            f.option not in current
            and wanted is not None
            and (f.unreadable or not f.kind.blank)
            and not step.entry.awaits  # of what is not there yet, nothing is hidden
        ):
            if not seen.as_written(f, name, wanted, step):
                step.unverified.append(name)
                if options.write_unreadable == "always":
                    changes[f.option] = wanted
        elif not f.kind.same(current.get(f.option), wanted, options.country):
            if f.fixed:
                step.error = f"{name} is {current.get(f.option)!r} and cannot be changed to {wanted!r}"
            changes[f.option] = wanted if wanted is None else f.kind.merged(current.get(f.option), wanted)
    return changes


def _unseen(fields: Iterable[Field], changes: Values, step: Step, whose: str = "") -> Iterator[tuple[str, Field, Any]]:
    """Yield what of some changes the platform does not show afterwards: its name, field and value."""
    for f in fields:
        if f.option not in changes or f.create_only:
            continue
        name, value = whose + f.option, changes[f.option]
        if f.kind.apart:
            yield from _unseen(f.kind.parts(value), value, step, f"{name}.")
        elif f.secret or name in step.unverified or (f.unreadable and step.action == "create"):
            yield name, f, value


def _written_over(fields: Iterable[Field], current: Values, changes: Values) -> Values:
    """Return what is there once the changes are written."""
    apart = {f.option for f in fields if f.kind.apart}
    return {
        **current,
        **{n: {**(current.get(n) or {}), **change} if n in apart else change for n, change in changes.items()},
    }


def _creation(resource: Resource, entry: Entry, values: Values, fields: Sequence[Field]) -> Step:
    defaults = {f.option: f.default for f in resource.fields if f.default is not None}
    changes = {**defaults, **{f.option: values[f.option] for f in fields if values[f.option] is not None}}
    after = {f.option: values[f.option] for f in resource.parents if f.option in values}
    if not resource.lifecycle:
        return Step(entry, "unchanged", None, None, error=str(resource.missing(values)))
    step = Step(entry, "create", None, {**after, **changes}, changes)
    if missing := lacking(resource.fields, changes):
        step.error = f"{resource.label(values)} does not exist yet, and to create it needs {', '.join(missing)}"
    return step


# Run


class Run:
    """One task: its entries, brought to the wanted state on one platform."""

    def __init__(self, resource: type[Resource], api: Client, options: Options) -> None:
        self.resource = resource(state=options.state, country=options.country)
        self.api = api
        self.options = options
        self.last = NOTHING_KEPT
        if file := options.written_file:
            self.last = LastWritten(file, api.options["url"], options.written_again, options.written_key)
        self.steps: list[Step] = []
        self._stop = ""
        """Why nothing more is attempted."""
        self._hopeless = ""
        """What the platform is out of reach for, if it is."""

    def __call__(self, entries: Sequence[Entry], whole: Sequence[Entry] = ()) -> dict[str, Any]:
        """Return the module's result. Raises Faults before any write, Fatal when nothing can work.

        What is there in the places that C(whole) names, and is none of the entries, is deleted.
        """
        with answer_understood():
            found, others = self.resource.read(self.api, entries, whole)
            others = self._owned(others)
        self.steps = [self._planned(entry, there) for entry, there in zip(entries, found, strict=True)]
        self.steps += [
            Step(Entry(index, other, "purge"), "delete", other, None, purged=1)
            for index, other in enumerate(others, start=len(entries))
        ]
        if self.options.read_deleted:
            self._read_deleted()
        self._refuse()
        if self.options.fail_fast and any(step.error for step in self.steps):
            for step in self.steps:
                step.error = step.error or (FAIL_FAST if step.action != "unchanged" else "")
        diffs = {id(s): self._diff(s) for s in self.steps if s.action != "unchanged"} if self.options.diff else {}
        if not self.options.check_mode:
            if self.options.written_file:
                self._forget()
            self._apply()
            self.resource.written(self.api, self.steps)
            if self.options.written_file:
                self._keep()
        if self.steps:
            self.steps[0].warnings += self.last.warnings
        return self.report(diffs)

    def _planned(self, entry: Entry, there: Found) -> Step:
        if there is None and not self.resource.lifecycle:
            there = self.resource.missing(entry.values)
        if isinstance(there, Missing) and there.awaits and self.options.check_mode and self.options.state == "present":
            entry.awaits += there.awaits
            entry.missing = str(there)
            there = None if self.resource.lifecycle else self.resource.address_of(entry.values)
        if isinstance(there, ApiError):
            return Step(entry, "unchanged", None, None, error=str(there))
        step = plan(self.resource, entry, there, self.options, self.last)
        if there is None and self.resource.lifecycle and (alike := self.resource.lookalikes(entry.values)):
            text = f"looks like {', '.join(alike)}, which is there and is another: compare blanks, accents and dashes"
            step.warnings.append(f"{self.resource.label(entry.values)} {text}")
        return step

    def _owned(self, others: Sequence[Values]) -> Sequence[Values]:
        """Return what may be purged: that of which a number is among those that C(purge_only) names."""
        if self.options.purge_only is None:
            return others
        owns = Owns(self.options.purge_only, self.options.country)
        try:
            numbers = unfailed(self.api.map(lambda other: self.resource.own_numbers(self.api, other), others))
        except ApiError as error:
            raise Faults([f"purge_only: cannot tell whose something is: {error}"]) from None
        return [one for one, has in zip(others, numbers, strict=True) if has is None or any(map(owns.has, has))]

    def _read_deleted(self) -> None:
        """Read all of what is to be deleted; what cannot be read whole is deleted all the same."""
        gone = [step for step in self.steps if step.action == "delete" and not step.error]
        read = self.api.map(lambda step: self.resource.whole(self.api, step.address), gone)
        for step, there in zip(gone, read, strict=True):
            step.before = step.before if isinstance(there, ApiError) else there

    def _refuse(self) -> None:
        """Refuse the whole run, before its first write, if a step breaks a rule or too much would be purged."""
        sound = [step for step in self.steps if not step.error]
        faults = [step.entry.fault(text) for step, text in self.resource.refusals(sound)]
        purged = sum(step.purged for step in self.steps)
        if purged > self.options.max_deletions:
            names = ", ".join(self.resource.label(s.before or s.values) for s in self.steps if s.purged)
            option = "purge" if self.options.purge else "max_deletions"
            faults.append(
                f"{option}: {purged} deletions are more than max_deletions={self.options.max_deletions} allows, "
                f"and nothing was changed. Would go: {_shortened(names)}"
            )
        if faults:
            raise Faults(faults)

    # What the platform does not show

    def _name(self, values: Values) -> str:
        return self.last.name(self.resource.noun, self.resource.address_of(values))

    def _forget(self) -> None:
        """Forget what was written where that is about to change, so that a run which ends in between leaves no lie."""
        doubts: dict[str, Mapping[str, Any] | None] = {}
        for step in self.steps:
            if step.action in ("create", "delete"):
                doubts[self._name(step.values)] = None
            elif unseen := {name: f for name, f, _value in _unseen(self.resource.fields, step.changes, step)}:
                doubts[self._name(step.address)] = unseen
        self.last.forget(doubts)

    def _keep(self) -> None:
        """Keep what was written for sure; secrets only where they are written each time."""
        written, moved = {}, {}
        for step in self.steps:
            if step.sent and step.action != "delete":
                old, new = self._name(step.address), self._name(step.values)
                unseen = {
                    name: (f.kind.comparable(value, self.options.country), f.secret)
                    for name, f, value in _unseen(self.resource.fields, step.sent, step)
                    if not f.secret or self.options.update_password == "always"
                }
                written |= {new: unseen} if unseen else {}
                moved |= {old: new} if old != new and step.before is not None else {}
        self.last.keep(written, moved)

    # Apply

    def _apply(self) -> None:
        work = [(step, step) for step in self.steps if step.action != "unchanged" and not step.error]
        for attempt in itertools.count():
            lost = self._carry_out([now for now, _origin in work])
            origins = {id(now): origin for now, origin in work}
            doubted = {id(step) for step, _error in lost}
            for now, origin in work:
                if now.written and not now.error and id(now) not in doubted:
                    origin.sent = now.changes
                if now is not origin:
                    origin.error, origin.written = now.error, origin.written or now.written
                    origin.after, origin.warnings = now.after, origin.warnings + now.warnings
            work = self._still_needed([(origins[id(step)], error) for step, error in lost], attempt) if lost else []
            if not work:
                return

    def _carry_out(self, steps: Sequence[Step]) -> list[tuple[Step, ApiError]]:
        """Send what the steps need; return those of which only another read can tell what is still to do."""
        lost: dict[int, tuple[Step, ApiError]] = {}
        stages = self.resource.stages(steps)
        total = sum(len(job.steps) for stage in stages for job in stage)
        progress = Progress(self.api.teller, f"writing {self.api.subject}", total, lambda job: len(job.steps))
        for stage in stages:
            for job in stage:
                sound = [step for step in job.steps if not step.error and id(step) not in lost]
                progress.add(len(job.steps) - len(sound))
                job.steps = sound
            jobs = [job for job in stage if job.steps]
            for doubts in self.api.map(self._do, jobs, progress):
                lost.update({id(step): (step, error) for step, error in doubts})
        return list(lost.values())

    def _do(self, job: Job) -> list[tuple[Step, ApiError]]:
        """Do a job, and return which of its steps have to be read again, each with the reason."""
        error, taken, refused = self._stop, TAKEN.get(), False
        if not error:
            try:
                job.run(self.api, job.steps)
            except (AnswerLost, Outdated) as unsure:
                self._begun(job, taken)
                return [(step, unsure) for step in job.steps]
            except (ApiError, Fatal) as failure:
                error = str(failure)
                refused = getattr(failure, "status", None) not in (None, *PLAINLY_REFUSED)
                if isinstance(failure, Fatal):
                    self._stop, self._hopeless = f"not attempted: {failure}", str(failure)
            except Exception as failure:  # what was done before and beside must be told all the same
                error = f"this collection did not foresee an answer of the server: {failure!r}"
        self._begun(job, taken)
        doubts = []
        for step in job.steps:
            if step.error and not error:  # the job found out for which of its steps it was refused
                doubts.append((step, ApiError(step.error)))
            elif refused:
                doubts.append((step, ApiError(error)))
            step.error = error or step.error
            step.written = step.written or not step.error
        doubts = [(step, why) for step, why in doubts if step.action in ("create", "delete") and not step.written]
        if self.options.fail_fast and any(step.error for step in job.steps):
            self._stop = self._stop or FAIL_FAST
        return doubts

    @staticmethod
    def _begun(job: Job, taken: int) -> None:
        """Take note that the first of several requests took effect, whatever became of the rest.

        A job of many steps knows by itself which of them a request was for.
        """
        if len(job.steps) == 1 and TAKEN.get() > taken:
            job.steps[0].written = True

    def _still_needed(self, lost: Sequence[tuple[Step, ApiError]], attempt: int) -> list[tuple[Step, Step]]:
        """Read again what became of steps that are in doubt, and return those that are still to do.

        What somebody else has made or removed meanwhile needs that no more. Otherwise, a refusal stands.
        """
        for step, error in lost:
            if step.action == "act":  # nothing to read tells whether it was done
                step.error = (
                    f"{error}, and is not asked a second time. See whether it was done before you run this again"
                )
        lost = [(step, error) for step, error in lost if step.action != "act"]
        if not lost:
            return []
        found: Sequence[Found]
        self.api.forget()
        try:
            found, _others = self.resource.read(self.api, [step.entry for step, _error in lost], ())
        except (Fatal, Faults) as failure:
            found = [ApiError(str(failure))] * len(lost)
        work = []
        for (step, error), there in zip(lost, found, strict=True):
            again = f". It was read and tried again {attempt} times" if isinstance(error, Outdated) else ""
            refused = not isinstance(error, (AnswerLost, Outdated))
            step.error = str(error) if refused else f"{error}{again}: run again, what is done will be seen"
            if refused and (isinstance(there, ApiError) or (step.action == "create") == (there is None)):
                continue
            if isinstance(there, ApiError):
                step.error += f". And then: {there}"
                continue
            if step.purged and step.action == "delete":
                now = Step(step.entry, "delete" if there else "unchanged", step.before, None)
            else:
                now = plan(self.resource, step.entry, there, self.options, self.last)
            if now.action == "unchanged" and not now.error:
                step.written = step.written or isinstance(error, AnswerLost)
                step.action = step.action if step.written else "unchanged"
                step.after, step.error = now.after, ""
            elif step.action == "update" and there is None:
                step.error += f". And then: {self.resource.label(step.values)} is not there any more"
            elif broken := [text for _step, text in self.resource.refusals([now])]:
                step.error += f". And then: {'; '.join(broken)}"
            elif attempt < (self.api.options["retries"] if isinstance(error, AnswerLost) else CONFLICTS):
                step.error = ""
                if step.action == "create" and not isinstance(error, AnswerLost):
                    # somebody else has made it: it is brought to what is wanted
                    step.action, step.before, step.changes = now.action, now.before, now.changes
                work.append((now, step))
        return work

    # Report

    def report(self, diffs: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
        """Return what was done, or in check mode would be done, entry by entry.

        The diffs were made before anything was written: what check mode predicts is what a run shows.
        """
        results = map(self._result, self.steps)
        failed = [step for step in self.steps if step.error]
        came = ["failed" if step.error else step.action for step in self.steps]
        words = ("act", "failed") if self.resource.acts else ("act", *ACTIONS) if "act" in came else ACTIONS
        summary, done = summed_up(came, words)
        result: dict[str, Any] = {
            "changed": any(map(self._changed, self.steps)),
            "results": [*(results if self.options.list_unchanged else filter(_notable, results))],
            "summary": summary,
            "warnings": [w for step in self.steps for w in step.entry.warnings + step.warnings],
        }
        if awaited := dict.fromkeys(label for step in self.steps for label in step.entry.awaits):
            result["warnings"].append(f"An earlier task has to bring, when this runs: {_shortened(', '.join(awaited))}")
        if self.options.diff:
            result["diff"] = [diffs[id(step)] for step in self.steps if self._changed(step)]
        if failed:
            result["failed"] = True
            result |= {"hopeless": self._hopeless} if self._hopeless else {}
            errors = told_once(failed)
            more = f"; and {len(errors) - SHOWN_ERRORS} more, see results" if len(errors) > SHOWN_ERRORS else ""
            share = LONGEST_MESSAGE // min(len(errors), SHOWN_ERRORS)
            shown = "; ".join(_shortened(error.rstrip(". "), share) for error in errors[:SHOWN_ERRORS])
            result["msg"] = f"{shown}{more}. In all: {done}"
        else:
            result["msg"] = done
        return result

    def _changed(self, step: Step) -> bool:
        """Tell whether a step has changed something, or in check mode would."""
        return step.written if not self.options.check_mode else step.action != "unchanged" and not step.error

    def _result(self, step: Step) -> dict[str, Any]:
        resource = step.after if step.action != "delete" else step.before
        values = masked(self.resource.fields, resource or step.values)
        named = values or step.entry.values
        result: dict[str, Any] = {
            "key": {n: named[n] for n in self.resource.address_options() if named.get(n) is not None},
            "action": step.action,
            "changed": self._changed(step),
            "resource": values if resource is not None else None,
            **({"as_written": step.as_written} if step.as_written else {}),
            **({"answer": step.answer} if self.resource.does(step.entry.values) else {"unverified": step.unverified}),
        }
        if step.before is not None and step.action != "unchanged":
            result["before"] = self._before(step, step.before)
        result |= {"kept": masked(self.resource.fields, step.kept)} if step.kept is not None else {}
        result |= {"awaits": step.entry.awaits} if step.entry.awaits else {}
        result |= {"missing": step.entry.missing} if step.entry.missing else {}
        result |= {"warnings": warnings} if (warnings := step.entry.warnings + step.warnings) else {}
        if step.error:
            result["error"] = step.error
        return result

    def _before(self, step: Step, before: Values) -> Values:
        """Return what was there, as options that lead back to it, under the name that it has now."""
        fields = self.resource.options()
        empty = {f.option: f.kind.from_wire(None) for f in fields if f.option in step.changes}
        values = {**empty, **before}
        if step.after:
            values |= {name: step.after[name] for name in self.resource.identity[0] if name in step.after}
        if self.resource.rename and self.resource.rename[0] in step.changes:
            name, new = self.resource.rename
            values[new] = before[name]
        return masked(fields, as_options(fields, values))

    def _diff(self, step: Step) -> dict[str, Any]:
        before, after = self.resource.compared(step)
        return {
            "before_header": self.resource.label(step.before or step.values),
            "after_header": self.resource.label(step.after or step.values),
            "before": before,
            "after": after,
        }


def _notable(result: Mapping[str, Any]) -> bool:
    """Tell whether there is more to say of an entry than that it is as it shall be."""
    return result["action"] != "unchanged" or any(result.get(name) for name in TOLD_OF_UNCHANGED)


def told_once(failed: Sequence[Step]) -> list[str]:
    """Return the errors of some steps, each once: with its entry, or with how many it concerns and the first few."""
    concerned: dict[str, list[str]] = {}
    for step in failed:
        concerned.setdefault(step.error, []).append(step.entry.where)
    errors = []
    for error, places in concerned.items():
        if len(places) == 1:
            errors.append(f"{places[0]}: {error}" if places[0] else error)
        else:
            more = ", ..." if len(places) > SHOWN_PLACES else ""
            errors.append(f"{error.rstrip('. ')} ({len(places)} entries: {', '.join(places[:SHOWN_PLACES])}{more})")
    return errors


def summed_up(came: Iterable[str], actions: Sequence[str] = ACTIONS) -> tuple[dict[str, int], str]:
    """Return how often each action came, under the word for it, and the same in words."""
    counts = Counter(came)
    summary = {COUNTED.get(action, action): counts[action] for action in actions}
    return summary, ", ".join(f"{count} {word}" for word, count in summary.items() if count) or "nothing to do"


def _shortened(text: str, most: int = 300) -> str:
    return text if len(text) <= most else text[: most - 3] + "..."
