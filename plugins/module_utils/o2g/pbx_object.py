# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects of a PBX as states, of whatever type: document 003, lines 10816-11440."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from ..errors import ApiError, Faults, Outdated
from ..fields import Field, Flag, Values, masked
from ..resource import Entry, Found, Job, Step
from .pbx_base import (
    ATTRIBUTES,
    MODEL_FILE,
    PATH,
    ObjectPath,
    OfModel,
    Place,
    Segments,
    Want,
    address,
    listed,
    listing,
    object_names,
    segments,
    whole_object,
    written,
)
from .pbx_model import FORCED, OPERATIONS, Edit, Judged, Type, empty

if TYPE_CHECKING:
    from ..session import Client


SUBSCRIBER = "Subscriber"
"""The type whose ids are the numbers of the node."""


class PbxObject(OfModel):
    noun = "PBX object"
    plural = "PBX objects"
    fields = (PATH, ATTRIBUTES, Field("force", Flag()), MODEL_FILE)
    identity = (("path",),)
    owned = True
    goes_along = "what nobody may read of it, and the objects below it"
    top_level = ("force", "model_file")
    purge_place = (Field("force", Flag()), MODEL_FILE, Field("path", ObjectPath(objects=True), required=True))

    def __init__(self, state: str = "present", country: str | None = None) -> None:
        super().__init__(state, country)
        self._wants: dict[int, Want | ApiError] = {}
        self._outdated: set[Place] = set()
        """Objects that another has changed meanwhile: only a read of such a one by itself lets it be written again."""
        self._types: dict[Segments, Type] = {}
        self._created: set[Place] = set()
        self._forced: set[Place] = set()
        """Lists whose purged objects are deleted by force."""

    def judged(self, want: Want, values: Values) -> Iterable[tuple[str, str]]:
        if refused := want.type.forbids("get"):
            yield "path", f"{refused}, so that nothing can be compared"
        yield from super().judged(want, values)
        mandatory, id_ = want.type.mandatory, want.parts[-1]
        if len(mandatory) == 1 and not want.type.identified(want.attributes, id_):
            yield f"attributes.{mandatory[0]}", f"is {want.attributes[mandatory[0]]!r}, and the path names {id_!r}"
        elif len(mandatory) == 1 and (text := want.type.of(mandatory[0]).text(id_)) != id_:
            yield "path", f"ends with {id_!r}, which the PBX writes as {text!r}"
        if values.get("force") and self.state == "absent" and (refused := _no_force(want.type)):
            yield "force", refused

    def judged_place(self, type_: Type, values: Values) -> Iterable[tuple[str, str]]:
        if refused := type_.forbids("get") or type_.forbids("delete"):
            yield "", refused
        if values.get("force") and (refused := _no_force(type_)):
            yield "force", refused

    # Reading

    def read(self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        """Read each list once, parents before children, and by themselves only objects of which it does not tell."""
        purged = {_objects_of(entry.values): entry for entry in reversed(whole)}
        self._forced |= {place for place, entry in purged.items() if entry.values.get("force")}
        wants = self.wants(api, entries, purged)
        self._wants |= wants
        self._types |= {object_names(want.parts): want.type for want in wants.values() if isinstance(want, Want)}
        sound = {(e.values["node_id"], w.parts): w for e in entries if isinstance(w := wants[id(e)], Want)}
        found: dict[Place, Values | ApiError | None] = {}
        listed: dict[Place, Mapping[str, Any]] = {}
        depths = {len(parts) for _node, parts in sound} | {len(parts) + 1 for _node, parts in purged}
        for depth in sorted(depths):
            level = {place: want for place, want in sound.items() if len(place[1]) == depth}
            lists = [place for place in purged if len(place[1]) + 1 == depth]
            self._read_level(api, level, lists, found, listed)
        if failed := [
            purged[place].fault(str(there)) for place, there in listed.items() if isinstance(there, ApiError)
        ]:
            raise Faults(failed)
        for place, want in sound.items():
            there = found[place]
            want.there = there if isinstance(there, dict) else None
        missing = self._missing_parents(api, sound, found) if self.state == "present" else {}
        return (
            [self._told(entry, wants[id(entry)], found, missing, api.check_mode) for entry in entries],
            [other for place in purged for other in self._others(place, listed[place], set(sound))],
        )

    def _read_level(
        self,
        api: Client,
        level: Mapping[Place, Want],
        lists: Sequence[Place],
        found: dict[Place, Any],
        listed: dict[Place, Any],
    ) -> None:
        """Read the objects of one depth; of those below what is not there, nothing needs to be read."""
        groups: dict[Place, list[Place]] = {}
        for group in lists:
            if found.get((group[0], group[1][:-1]), {}) is None:
                listed[group] = {}
            else:
                groups[group] = []
        for place, want in level.items():
            node = place[0]
            if found.get((node, want.parent), {}) is None:
                found[place] = None
            else:
                groups.setdefault((node, want.collection), []).append(place)
        many = {group: places for group, places in groups.items() if len(places) > 1 or group in lists}
        read = api.map(lambda group: self._list(api, group, [level[one] for one in many[group]]), many)
        alone = [places[0] for group, places in groups.items() if group not in many]
        for (group, places), there in zip(many.items(), read, strict=True):
            if group in lists:
                listed[group] = there
            for place in places:
                if isinstance(there, ApiError):
                    found[place] = None if there.status == 404 else there
                    continue
                shown = there.get(place[1][-1])
                found[place] = shown
                if shown is not None and (place in self._outdated or not self._suffices(shown, level[place])):
                    alone.append(place)
        for place, there in zip(alone, api.map(lambda one: self._one(api, one, level[one].type), alone), strict=True):
            found[place] = there

    def _suffices(self, shown: Values, want: Want) -> bool:
        """Tell whether a list has shown all that is compared: what it leaves out may be there nevertheless."""
        return self.state == "absent" or all(name in shown for name in want.compared)

    def _list(self, api: Client, place: Place, wants: Sequence[Want]) -> dict[str, Values]:
        """Return by id the objects of a type, with the attributes that the list shows of those that are wanted."""
        compared = list(dict.fromkeys(name for want in wants for name in want.compared))
        needed = sorted(wants[0].type.operands(compared) - set(compared)) if wants else []
        asked = [*compared, *needed] if self.state == "present" else []
        return listing(api, place, wants[0].type if wants else Type(""), asked)

    def _one(self, api: Client, place: Place, type_: Type) -> Values | None:
        body = whole_object(api, place)
        return None if body is None else type_.shown(body.get("attributes") or ())

    def _missing_parents(
        self, api: Client, wants: Mapping[Place, Want], found: Mapping[Place, Any]
    ) -> dict[Place, ApiError | None]:
        """Return for parents of what is not there whether that is because they are not there: None if they are."""
        parents = dict.fromkeys(
            (place[0], want.parent)
            for place, want in wants.items()
            if want.parent and found[place] is None and (place[0], want.parent) not in found
        )

        def missing(parent: Place) -> None:
            if whole_object(api, parent) is None:
                raise ApiError(f"there is no {written(parent[1])} on node {parent[0]} to hold it")

        return dict(zip(parents, api.map(missing, parents), strict=True))

    def _told(
        self,
        entry: Entry,
        want: Want | ApiError,
        found: Mapping[Place, Any],
        missing: Mapping[Place, ApiError | None],
        check_mode: bool,
    ) -> Found:
        """Return what is there for an entry: the attributes that are wanted, and for a deletion all that is known."""
        if isinstance(want, ApiError):
            return want
        node = entry.values["node_id"]
        there = found[node, want.parts]
        error = missing.get((node, want.parent)) if there is None else None
        if error and error.status is None and check_mode:
            entry.awaits.append(self.label({"node_id": node, "path": written(want.parent)}))
        elif error:
            return error
        if not isinstance(there, dict):
            return there
        names = want.attributes if self.state == "present" else there
        shown = want.type.readable({name: there[name] for name in names if name in there})
        return {"node_id": node, "path": entry.values["path"], "attributes": shown}

    @staticmethod
    def _others(place: Place, there: Mapping[str, Values], wanted: set[Place]) -> list[Values]:
        """Return what a list has and nobody wants, neither itself nor something below it."""
        node, parts = place
        kept = {path[: len(parts) + 1] for at, path in wanted if at == node}
        return [
            {"node_id": node, "path": written((*parts, name)), "attributes": {}}
            for name in there
            if (*parts, name) not in kept
        ]

    def whole(self, api: Client, known: Values) -> Values:
        """Return it with all attributes that anybody may read and a new one takes."""
        place = known["node_id"], segments(known["path"])
        type_ = self._types.get(object_names(place[1]), Type(""))
        there = type_.readable(self._one(api, place, type_) or {})
        unused = {name for name, _text in type_.misused(there, there, creation=True)}
        kept = {name: value for name, value in there.items() if name not in unused and not empty(value)}
        return {**known, "attributes": kept}

    def own_numbers(self, api: Client | None, there: Values) -> list[str] | None:
        """Return the number of a subscriber. Objects of other types are told apart by where they are."""
        *_parents, name, id_ = segments(there["path"])
        return [id_] if name == SUBSCRIBER else None

    # Planning

    def wanted(self, entry: Entry, current: Values | None, purge: bool) -> tuple[Values, int]:
        want = cast(Want, self._wants[id(entry)])
        attributes = want.resolved()
        made = current is None and not want.type.forbids("create")
        identifying = want.type.identifying(attributes, want.parts[-1]) if made else None
        if identifying:
            rest = {name: value for name, value in attributes.items() if name != identifying}
            attributes = {identifying: want.type.of(identifying).text(want.parts[-1]), **rest}
        judged = Judged(attributes, [name for name in attributes if want.type.of(name).secret])
        return {"node_id": entry.values["node_id"], "path": entry.values["path"], "attributes": judged}, 0

    def compared(self, step: Step) -> tuple[Values, Values]:
        """Show the attributes that change, each before and after, as a form would."""
        before, after = ((side or {}).get("attributes") or {} for side in (step.before, step.after))
        names = step.changes.get("attributes", {}) if step.action == "update" else {**before, **after}
        sides = ({name: side[name] for name in names if name in side} for side in (before, after))
        old, new = (masked(self.fields, {"attributes": side})["attributes"] for side in sides)
        return old, new

    def refusals(self, steps: Sequence[Step]) -> Iterable[tuple[Step, str]]:
        """Judge the steps by the model; what cannot be created may come with the object above it."""
        judged = [(step, want) for step in steps if isinstance(want := self._wants.get(id(step.entry)), Want)]
        self._created |= {(s.entry.values["node_id"], want.parts) for s, want in judged if s.action == "create"}
        for step, want in judged:
            comes = (step.entry.values["node_id"], want.parent) in self._created
            yield from ((step, f"{self.label(step.entry.values)} {text}") for text in self._refused(step, want, comes))

    @staticmethod
    def _refused(step: Step, want: Want, comes: bool) -> Iterable[str]:
        type_, changes = want.type, step.changes.get("attributes", {})
        operation = {"create": "create", "update": "set", "delete": "delete"}.get(step.action, "")
        refused = type_.forbids(operation) if operation else ""
        if refused and not (comes and operation == "create"):
            yield f"would have to be {OPERATIONS[operation]}, and {refused}"
            return
        if step.action == "create" and not refused:
            missing = [name for name in type_.mandatory if name not in changes]
            if missing:
                yield f"does not exist yet, and to create it needs {', '.join(missing)}"
            elif not type_.identified(changes, want.parts[-1]):
                given = ", ".join(f"{name}={changes[name]!r}" for name in type_.mandatory if name in changes)
                yield f"does not exist yet, and {given} would create another one"
            for name in {*type_.mandatory[:1]} & {*changes}:  # which the path says, if the attributes do not
                yield from (f"cannot be: {name} {text}" for text in type_.of(name).faults(changes[name]))
        if step.action in ("create", "update"):
            known = {**(want.there or {}), **changes}
            misused = type_.misused(changes, known, creation=step.action == "create")
            yield from (f"cannot be: {name} {text}" for name, text in misused)

    # Writing

    def stages(self, steps: Sequence[Step]) -> list[list[Job]]:
        """Write type by type, so that what others need is there before them; delete the other way round, and first."""
        jobs: dict[bool, dict[Segments, list[Job]]] = {True: {}, False: {}}
        for step in steps:
            chain = object_names(segments(step.values["path"]))
            jobs[step.action == "delete"].setdefault(chain, []).append(self._job(step))
        deletions, writes = jobs[True], jobs[False]
        return [
            *(deletions[chain] for chain in reversed(self._ordered(list(deletions)))),
            *(writes[chain] for chain in self._ordered(list(writes))),
        ]

    def _ordered(self, chains: Sequence[Segments]) -> list[Segments]:
        """Return types in an order in which each comes after those that it needs, and else as it was listed."""
        done: list[Segments] = []
        seen: set[Segments] = set()

        def visit(chain: Segments) -> None:
            if chain not in seen:
                seen.add(chain)
                for other in chains:
                    if self._needs(chain, other):
                        visit(other)
                done.append(chain)

        for chain in chains:
            visit(chain)
        return done

    def _needs(self, chain: Segments, other: Segments) -> bool:
        """Tell whether objects of a type are below another, or name it by the attribute that identifies it."""
        if chain[: len(other)] == other or other[: len(chain)] == chain:
            return len(other) < len(chain)
        own, named = (self._types[one].mandatory[:1] if one in self._types else [] for one in (chain, other))
        attributes = self._types[chain].attributes if chain in self._types else None
        return named != own and bool(named) and named[0] in (attributes or ())

    def create(self, api: Client, step: Step) -> None:
        want = self._want_of(step)
        attributes = {name: value for name, value in step.changes["attributes"].items() if not empty(value)}
        node = step.values["node_id"]
        if want.type.forbids("create"):  # it came with the object above it, which was created before
            names = [name for name in attributes if name not in want.type.mandatory[:1]]
            self._send(api, "PUT", (node, want.parts), step, {name: attributes[name] for name in names})
            step.written = True
            return
        self._send(api, "POST", (node, want.collection), step, attributes)
        if want.parts[-1] not in attributes.values() and whole_object(api, (node, want.parts)) is None:
            raise ApiError(
                f"{self.label(step.values)}: the PBX has created an object, but not under this path. Give the "
                f"attributes that identify a {want.type.name}, so that they fit the path"
            )

    def update(self, api: Client, step: Step) -> None:
        """Write what differs; lists that are edited are edited, so that what others put into them stays."""
        want = self._want_of(step)
        changes = step.changes["attributes"]
        edits = {name: edit for name, edit in want.attributes.items() if isinstance(edit, Edit) and name in changes}
        there = {name: listed((want.there or {}).get(name)) for name in edits}
        place = (step.values["node_id"], want.parts)
        self._send(api, "PUT", place, step, {name: one for name, one in changes.items() if name not in edits})
        gone = {name: edit.present(there[name]) for name, edit in edits.items()}
        new = {name: edit.missing(edit.kept(there[name])) for name, edit in edits.items()}
        self._send(api, "PUT", place, step, {name: items for name, items in gone.items() if items}, "delete")
        self._send(api, "PUT", place, step, {name: items for name, items in new.items() if items}, "add")

    def delete(self, api: Client, step: Step) -> None:
        node, parts = step.values["node_id"], segments(step.values["path"])
        path, values = address(node, parts)
        force = step.entry.values.get("force") or (node, parts[:-1]) in self._forced
        try:
            # not sent twice, like other deletions: a list tells for sure what is gone
            api.request("DELETE", path, values, query="force" if force else None, replay=False)
        except ApiError as error:
            if error.status != 404:
                raise

    def _want_of(self, step: Step) -> Want:
        return cast(Want, self._wants[id(step.entry)])

    def _send(self, api: Client, method: str, place: Place, step: Step, attributes: Values, action: str = "") -> None:
        """Send some attributes, if there are any."""
        want = self._want_of(step)
        if method == "PUT" and not attributes:
            return
        path, where = address(*place)
        body = {"attributes": want.type.wire(attributes)}
        query = {"action": action} if action else None
        try:
            api.request(method, path, where, body=body, query=query, replay=method == "PUT" and not action)
        except ApiError as error:
            if error.status != 409:
                raise
            self._outdated.add((place[0], want.parts))
            raise Outdated(str(error), error.status, error.code) from None
        step.written = True


def _objects_of(values: Values) -> Place:
    """Return the list that a path leads to, or that the object which it leads to is in."""
    parts = segments(values["path"])
    return values["node_id"], parts if len(parts) % 2 else parts[:-1]


def _no_force(type_: Type) -> str:
    """Return why objects of a type cannot be deleted by force, or an empty text."""
    if type_.actions is None or FORCED in type_.actions:
        return ""
    return f"the model of the PBX has no {FORCED} for a {type_.name}"
