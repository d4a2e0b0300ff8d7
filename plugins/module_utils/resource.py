# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a resource type lives on its platform: where it is read, and which requests bring it to a wanted state.

A resource type is a class. What is alike for all of them stands here, and the class says only what is its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from .errors import ApiError, Faults, Missing, unexpected
from .fields import Field, Values, argument_spec, differing, folded, from_wire, masked, settable, to_wire

if TYPE_CHECKING:
    from .session import Client

Found: TypeAlias = "Values | ApiError | None"
"""What is on the platform for one entry: its values, why they cannot be told, or nothing."""


@dataclass(slots=True)
class Entry:
    """One wanted resource: the option values that were given, parents included."""

    index: int
    values: Values
    where: str = ""
    """How faults name it, C(config[3]); empty for a resource given by top-level options."""
    warnings: list[str] = field(default_factory=list)
    awaits: list[str] = field(default_factory=list)
    """In check mode, what it needs and an earlier task of the same play may be about to bring."""
    missing: str = ""
    """What is wrong if no task brings that."""

    def fault(self, text: str, option: str = "") -> str:
        return ": ".join(part for part in (".".join(p for p in (self.where, option) if p), text) if part)


@dataclass(slots=True)
class Step:
    """What one resource needs: from C(before) to C(after), by writing C(changes)."""

    entry: Entry
    action: str
    """C(create), C(update), C(delete), C(act) or C(unchanged)."""
    before: Values | None
    after: Values | None
    changes: Values = field(default_factory=dict)
    unverified: list[str] = field(default_factory=list)
    as_written: dict[str, str] = field(default_factory=dict)
    """Options that the platform does not show, each with when it was last written, where that was what is wanted."""
    warnings: list[str] = field(default_factory=list)
    error: str = ""
    answer: Any = None
    """What the platform answered to an action."""
    sent: Values = field(default_factory=dict)
    """What of the changes has surely reached the platform."""
    written: bool = False
    """Whether at least one request of it took effect."""
    purged: int = 0
    """How many things it deletes only because they were not listed."""
    kept: Values | None = None
    """What would be there in the end if they stayed."""

    @property
    def values(self) -> Values:
        """What is known of the resource: its current values, and over them the wanted ones."""
        return {**(self.before or {}), **(self.after or {})}

    @property
    def address(self) -> Values:
        """The values that lead to the resource as it is now: before a rename, its old name."""
        return self.before or self.values


@dataclass
class Job:
    """One piece of work that serves one step or many, sent independently of the others of its stage."""

    steps: Sequence[Step]
    run: Callable[[Client, Sequence[Step]], None]


class Resource:
    """A resource type."""

    platform: ClassVar[str]
    noun: ClassVar[str]
    plural: ClassVar[str] = ""
    parents: ClassVar[tuple[Field, ...]] = ()
    """Where it lives; may be given at the top level for all entries."""
    whose_options: ClassVar[tuple[str, ...]] = ()
    """Those of the parents of which one says whose it is, the one first by which people name it."""
    fields: ClassVar[tuple[Field, ...]] = ()
    identity: ClassVar[tuple[tuple[str, ...], ...]] = ((),)
    """Groups of options, each of which names one resource within its parents; one of them must be given."""
    also_in_paths: ClassVar[tuple[str, ...]] = ()
    """Other options that become a segment of a path."""
    rename: ClassVar[tuple[str, ...]] = ()
    """The identifying option and the one that changes it."""
    lifecycle: ClassVar[bool] = True
    """Whether it can be created and deleted."""
    always_there: ClassVar[bool] = False
    """Whether all its parents have it, so that its only state is to be present."""
    numbered: ClassVar[tuple[str, ...]] = ()
    """Options that give it a number of its own."""
    owned: ClassVar[bool] = False
    """Whether its numbers say whose it is, so that a purge can leave alone what belongs to others."""
    top_level: ClassVar[tuple[str, ...]] = ()
    """Options besides the parents that may be given at the top level for all entries."""
    purgeable: ClassVar[bool] = True
    """Whether there is a set that can be declared as a whole."""
    cascades: ClassVar[bool] = False
    """Whether the platform deletes other things with what a step takes away; they count as deletions."""
    purge_place: ClassVar[tuple[Field, ...]] = ()
    """What names a place to purge, where the parents do not suffice; a bare text of C(purge_in) is the last of them."""
    acts: ClassVar[bool] = False
    """Whether it is something to do rather than a state to reach: done each time, and never twice for one answer."""
    comes_with: ClassVar[str] = ""
    """For what cannot be created: where it comes from."""
    info_options: ClassVar[tuple[Field, ...]] = ()
    """What the info module takes besides the parents and filters."""
    gatherable: ClassVar[tuple[str, ...]] = ()
    """What the info module can add on request."""
    gathered_by_default: ClassVar[tuple[str, ...]] = ()
    info_key: ClassVar[str] = "resources"
    """Under which name the info module returns what it has found."""
    info_only: ClassVar[bool] = False
    """Whether no module takes what the info module shows."""
    info_needs_parents: ClassVar[bool] = True
    """Whether the info module cannot do without the required parents."""
    info_filters: ClassVar[tuple[str, ...]] = ()
    """Options by which the info module chooses."""
    goes_along: ClassVar[str] = ""
    """What the platform deletes with it, beside what its options say, as a person calls it."""
    licence: ClassVar[str] = ""
    """What the platform must be licensed for, as its document calls it; empty where nothing is needed."""

    def __init__(self, state: str = "present", country: str | None = None) -> None:
        self.state = state
        self.country = country
        self.unread: list[Values] = []
        """What an info module cannot read beside what it can: whose it is, and why."""

    @classmethod
    def connect(cls) -> type[Client]:
        """Return the platform's client; imported late, because it needs libraries that may be missing."""
        raise NotImplementedError

    # Options

    @classmethod
    @cache
    def options(cls) -> tuple[Field, ...]:
        """Return what can be said of one resource."""
        fields = [*cls.parents, *settable(cls.fields)]
        if cls.rename:
            old = next(f for f in fields if f.option == cls.rename[0])
            fields.insert(fields.index(old) + 1, Field(old.wire, old.kind, cls.rename[1], nullable=False))
        return tuple(fields)

    @classmethod
    def spec(cls) -> dict[str, dict[str, Any]]:
        return argument_spec(cls.options())

    @classmethod
    def names(cls, values: Mapping[str, Any]) -> list[tuple[str, ...]]:
        """Return those identities that the values have all options of."""
        return [names for names in cls.identity if all(values.get(n) is not None for n in names)]

    @classmethod
    def naming(cls, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the options by which people name it: by a uuid only where nothing else is known."""
        known = cls.names(values)
        return next((names for names in known if "uuid" not in names), next(iter(known), ()))

    @classmethod
    def label(cls, values: Mapping[str, Any]) -> str:
        """Return what a person calls this resource: C(DNIS 'main' of rp-sales@acme.example)."""
        own = [str(values[n]) for n in cls.naming(values)]
        parents = [str(values[f.option]) for f in cls.parents if values.get(f.option) is not None]
        if not own:
            return f"{cls.noun} of {parents[-1]}" if parents else cls.noun
        return f"{cls.noun} {' '.join(own)!r}" + (f" of {parents[-1]}" if parents else "")

    @classmethod
    def brings(cls, values: Mapping[str, Any]) -> list[str]:
        """Return what entries of later tasks of a play may await, once this resource is there."""
        return [cls.label(values)]

    @classmethod
    def missing(cls, values: Mapping[str, Any]) -> Missing:
        """Return the error that it is not there, where it cannot be created."""
        why = f": {cls.comes_with}" if cls.comes_with else ""
        return Missing(f"there is no {cls.label(values)}{why}")

    @classmethod
    def place(cls, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the values of the parents."""
        return tuple(values.get(f.option) for f in cls.parents)

    @classmethod
    def address_options(cls) -> list[str]:
        """Return the options that lead to a resource: its parents, and what identifies it."""
        return [*(f.option for f in cls.parents), *dict.fromkeys(n for names in cls.identity for n in names)]

    @classmethod
    @cache
    def in_paths(cls) -> tuple[str, ...]:
        """Return the options that may become segments of a path."""
        places = (f.option for f in cls.purge_place)
        return tuple(dict.fromkeys([*cls.address_options(), *cls.rename, *places, *cls.also_in_paths]))

    @classmethod
    def address_of(cls, values: Values) -> Values:
        """Return those of some values that lead to a resource."""
        return {name: values[name] for name in cls.address_options() if values.get(name) is not None}

    # Rules

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        """Yield (option, text) for what is wrong with an entry by itself, before any request."""
        return ()

    def refusals(self, steps: Sequence[Step]) -> Iterable[tuple[Step, str]]:
        """Yield (step, text) for each rule of the platform that the steps would break, before any write."""
        return ((step, text) for step in steps for text in self.refusal(step))

    def refusal(self, step: Step) -> Iterable[str]:
        """Yield the rules that a step by itself would break."""
        return ()

    def compared(self, step: Step) -> tuple[Values, Values]:
        """Return what a diff shows of a step, before and after, without secrets."""
        return masked(self.fields, step.before or {}), masked(self.fields, step.after or {})

    # Reading

    def own_numbers(self, api: Client | None, there: Values) -> list[str] | None:
        """Return the numbers by which is judged whose something is; None where its place says that."""
        return [str(there[name]) for name in self.numbered if there.get(name)] if self.numbered else None

    def read(self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        """Return what is there for each entry, and what else there is in the parents that C(whole) names."""
        raise NotImplementedError

    def lookalikes(self, values: Values) -> list[str]:
        """Return the names of what was read that look like the one of an entry, and are not the same."""
        return []

    def wanted(self, entry: Entry, current: Values | None, purge: bool) -> tuple[Values, int]:
        """Return the values to reach, and how many things they purge."""
        return entry.values, 0

    def does(self, values: Values) -> bool:
        """Tell whether an entry is something to do, for a resource type in which not all entries are alike."""
        return self.acts

    def find(self, api: Client, where: Values, gather: Sequence[str]) -> list[Values]:
        """Return the resources that an info module asks for."""
        raise NotImplementedError

    def whole(self, api: Client, known: Values) -> Values:
        """Return all that is known of a resource that is there, as far as it takes to make it again."""
        return known

    @classmethod
    def anew(cls, values: Values) -> Values:
        """Return the options that make again what had these options."""
        return values

    def readable(self, logins: Sequence[str], read: Sequence[Any]) -> list[Any]:
        """Return what was read of users. Who cannot be read, say for want of a licence, is noted, unless all cannot.

        An answer that is not understood is no refusal, and is raised.
        """
        errors = [one for one in read if isinstance(one, ApiError)]
        strange = [one for one in errors if one.status == 200]
        if strange or (errors and len(errors) == len(read)):
            raise (strange or errors)[0]
        told = zip(logins, read, strict=True)
        self.unread += [{"login_name": name, "error": str(one)} for name, one in told if isinstance(one, ApiError)]
        return [one for one in read if not isinstance(one, ApiError)]

    def path_values(self, api: Client, values: Values) -> Mapping[str, Any]:
        """Return what fills the path templates."""
        return values

    def query(self, api: Client, values: Values) -> Mapping[str, Any]:
        """Return what goes into the query of each request, beside the path."""
        return {}

    # Writing

    def stages(self, steps: Sequence[Step]) -> list[list[Job]]:
        """Return the jobs that carry out the steps; a stage begins when the one before has ended."""
        by_action = {action: [s for s in steps if s.action == action] for action in ("delete", "update", "create")}
        return [[self._job(step) for step in group] for group in by_action.values()]

    def _job(self, step: Step) -> Job:
        return Job([step], lambda api, steps: getattr(self, steps[0].action)(api, steps[0]))

    def written(self, api: Client, steps: Sequence[Step]) -> None:
        """Take note of what steps have written, where the next run shares what this one has read."""
        api.forget()

    def create(self, api: Client, step: Step) -> None:
        raise NotImplementedError

    def update(self, api: Client, step: Step) -> None:
        raise NotImplementedError

    def delete(self, api: Client, step: Step) -> None:
        raise NotImplementedError

    def confirm(self, step: Step, values: Values) -> None:
        """Take over the identity that the server answered with, and warn of what it did not take over."""
        ids = {n: values[n] for names in self.identity for n in names if values.get(n) is not None}
        step.after = {**(step.after or {}), **ids}
        sent = {
            f.option: step.changes[f.option]
            for f in settable(self.fields)
            if f.option in step.changes and f.option in values and f.in_body and not f.secret
        }
        for f in differing(self.fields, values, sent, self.country):
            step.warnings.append(
                f"{self.label(step.after)}: the server accepted {f.option}={sent[f.option]!r} and "
                f"answered {values[f.option]!r}; it may not apply in this service's mode or licence"
            )


class Listing:
    """What a list shows below some parents: found by name, and kept up to date, without looking at each."""

    def __init__(self, there: Iterable[Values], fields: Sequence[Field], country: str | None) -> None:
        self._there = {id(resource): resource for resource in there}
        self._kinds = {f.option: f.kind for f in fields}
        self._country = country
        self._indexes: dict[str | tuple[str, ...], dict[Any, list[Values]]] = {}
        """Under some options what has the same values of them, under a single one what looks the same."""
        self._believed: set[int] = set()
        """What was written since the list was read, so that the platform may have more to say of it."""

    def __iter__(self) -> Iterator[Values]:
        return iter(self._there.values())

    def __len__(self) -> int:
        return len(self._there)

    def named(self, options: tuple[str, ...], values: Values) -> list[Values]:
        """Return those that have the same values of some options."""
        return self._index(options).get(self._key(options, values), [])

    def alike(self, option: str, name: str) -> list[str]:
        """Return the values of an option that look like a name."""
        return [resource[option] for resource in self._index(option).get(folded(name), ())]

    def is_believed(self, resource: Any) -> bool:
        """Tell whether what is known of a resource is what was written, and was not read."""
        return id(resource) in self._believed

    def add(self, resource: Values) -> None:
        """Add a resource that was written."""
        self._there[id(resource)] = resource
        self._believed.add(id(resource))
        for by, index in self._indexes.items():
            index.setdefault(self._key(by, resource), []).append(resource)

    def drop(self, resource: Values) -> None:
        """Take away one that is here."""
        del self._there[id(resource)]
        self._believed.discard(id(resource))
        for by, index in self._indexes.items():
            key = self._key(by, resource)
            index[key] = [other for other in index[key] if other is not resource]

    def _index(self, by: str | tuple[str, ...]) -> dict[Any, list[Values]]:
        if by not in self._indexes:
            index = self._indexes[by] = {}
            for resource in self:
                index.setdefault(self._key(by, resource), []).append(resource)
        return self._indexes[by]

    def _key(self, by: str | tuple[str, ...], values: Values) -> Any:
        if isinstance(by, str):
            return folded(value) if isinstance(value := values.get(by), str) else None
        return tuple(self._kinds[name].comparable(values.get(name), self._country) for name in by)


class Collection(Resource):
    """Resources that a REST collection lists below its parents."""

    path: ClassVar[str]
    """Of the list, a template over what path_values returns."""
    item: ClassVar[str]
    """What leads from the list to one of them, a template likewise."""
    envelope: ClassVar[str]
    """Under which key the list's answer holds them."""
    wrapper: ClassVar[str] = ""
    """Under which key the answer about a single one holds it."""
    listed: ClassVar[tuple[str, ...]]
    """Options that the list shows; for others a request per resource is needed."""
    list_fields: ClassVar[tuple[Field, ...]] = ()
    """Fields as the list shows them, where it does so in another form."""

    def items(self, body: Any) -> list[Mapping[str, Any]]:
        """Return the list that an answer holds."""
        listed = body.get(self.envelope)
        if listed is None and self.envelope in body:
            return []
        if not isinstance(listed, list) or not all(isinstance(item, Mapping) for item in listed):
            raise unexpected(self.envelope, listed, "a list of objects")
        return listed

    def listing(self, api: Client, parents: Values) -> list[Values]:
        """Return all resources below some parents, with the fields that the list shows."""
        body = api.get(self.path, self.path_values(api, parents), query=self.query(api, parents))
        return [{**parents, **from_wire(self.list_fields or self.fields, item)} for item in self.items(body)]

    def detail(self, api: Client, known: Values) -> Values:
        """Return one resource with all its fields."""
        body = api.get(self.path + self.item, self.path_values(api, known), query=self.query(api, known))
        return {**known, **self.values_of(body)}

    def values_of(self, body: Any) -> Values:
        """Return the fields of the resource that an answer is about."""
        inner = body.get(self.wrapper, body) if self.wrapper and isinstance(body, Mapping) else body
        if inner is not body and not isinstance(inner, Mapping):
            raise unexpected(f"member {self.wrapper}", inner, "an object")
        return from_wire(self.fields, inner) if isinstance(inner, Mapping) else {}

    def match(self, values: Values, there: Listing) -> Values | None:
        """Return the one that an entry names; ApiError if several bear its name."""
        group = self.names(values)[0]
        found = there.named(group, values)
        if self.rename and values.get(self.rename[1]):
            name, new = self.rename
            renamed = there.named(group, {**values, name: values[new]})
            if found and renamed and renamed[0] is not found[0]:
                raise ApiError(f"{self.label(values)} cannot become {values[new]!r}: there is one of that name already")
            found = found or renamed
        if len(found) > 1:
            key = self.identity[0][0]
            raise ApiError(
                f"{len(found)} {self.plural} are called {values[group[0]]!r}: "
                f"{', '.join(str(r.get(key)) for r in found)}. Say by {key} which one is meant"
            )
        return found[0] if found else None

    def read(self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        places = {
            self.place(e.values): {f.option: e.values[f.option] for f in self.parents if f.option in e.values}
            for e in (*entries, *whole)
        }
        recalled = {} if whole else {place: api.recall(self._memory_of(place)) for place in places}
        self.lists = {place: there for place, there in recalled.items() if there is not None}
        for values in (e.values for e in entries if self.lists):
            place = self.place(values)
            if place in self.lists and self.lists[place].is_believed(self._found(values)):
                del self.lists[place]
        fresh = {place: parents for place, parents in places.items() if place not in self.lists}
        lists = dict(zip(fresh, api.map(lambda parents: self.listing(api, parents), fresh.values()), strict=True))
        for place, there in lists.items():
            if not isinstance(there, ApiError):
                self.lists[place] = Listing(there, self.fields, self.country)
                api.remember(self._memory_of(place), self.lists[place])
        failed = {place: there for place, there in lists.items() if isinstance(there, ApiError)}
        if api.check_mode or self.state == "absent":
            for place in [place for place, error in failed.items() if self.above(fresh[place], error)]:
                awaited = self.above(fresh[place], failed.pop(place))
                self.lists[place] = Listing([], self.fields, self.country)
                for entry in entries if self.state == "present" else ():
                    entry.awaits += [awaited] if self.place(entry.values) == place else []
        own = {self.place(e.values) for e in entries}
        if unread := [e.fault(str(failed[p])) for e in whole if (p := self.place(e.values)) in failed and p not in own]:
            raise Faults(unread)
        found = [failed.get(self.place(e.values)) or self._found(e.values) for e in entries]
        refuse_twins(entries, found)
        taken = {id(there) for there in found}
        unclear = {self.place(e.values) for e, there in zip(entries, found, strict=True) if isinstance(there, ApiError)}
        sure = [there for place, there in self.lists.items() if whole and place not in unclear]
        others = [r for there in sure for r in there if id(r) not in taken]
        need = [n for n, entry in enumerate(entries) if isinstance(found[n], dict) and self.needs_detail(entry.values)]
        for n, detail in zip(need, api.map(lambda n: self.detail(api, found[n]), need), strict=True):
            found[n] = detail
        return found, others

    def above(self, parents: Values, error: ApiError) -> str:
        """Return what an error says is not there, though it holds these resources: an earlier task may bring it."""
        return ""

    def _memory_of(self, place: tuple[Any, ...]) -> tuple[Any, ...]:
        return type(self).__name__, self.country, place

    def written(self, api: Client, steps: Sequence[Step]) -> None:
        if api.memory is not None and not all(self._followed(step) for step in steps):
            api.forget()

    def _followed(self, step: Step) -> bool:
        """Bring the list that was read up to date with what a step has written; tell whether it is."""
        there = self.lists.get(self.place(step.address))
        if step.action == "unchanged" and not step.error:
            return True
        if step.error or there is None:
            return False
        if step.action == "create":
            shown = {name: step.values.get(name) for name in (*(f.option for f in self.parents), *self.listed)}
            there.add(shown)
            return all(shown[f.option] is not None for f in self.fields if f.read_only and f.option in self.listed)
        known = there.named(self.names(step.address)[0], step.address)
        if len(known) != 1:
            return False
        there.drop(known[0])
        if step.action != "delete":
            there.add({**known[0], **{name: value for name, value in step.values.items() if name in self.listed}})
        return True

    def _found(self, values: Values) -> Found:
        try:
            return self.match(values, self.lists[self.place(values)])
        except ApiError as error:
            return error

    def lookalikes(self, values: Values) -> list[str]:
        there = self.lists.get(self.place(values))
        named = [(n, values[n]) for n in self.names(values)[0] if isinstance(values[n], str)]
        return [repr(other) for name, value in named if there for other in there.alike(name, value) if other != value]

    def needs_detail(self, values: Values) -> bool:
        """Tell whether an entry gives fields that only a request of its own can show."""
        return self.state != "absent" and any(name in values for name in self.detailed())

    @classmethod
    def detailed(cls) -> list[str]:
        """Return the options that only a request of its own can show."""
        unlisted = [f for f in settable(cls.fields) if f.option not in cls.listed]
        return [f.option for f in unlisted if not f.create_only and not f.secret]

    def whole(self, api: Client, known: Values) -> Values:
        return self.detail(api, known) if self.detailed() else known

    def find(self, api: Client, where: Values, gather: Sequence[str]) -> list[Values]:
        parents = {f.option: where[f.option] for f in self.parents if where.get(f.option) is not None}
        chosen = {name: where[name] for name in self.info_filters if where.get(name) is not None}
        there = [
            r
            for r in self.listing(api, parents)
            if not differing([f for f in self.fields if f.option in chosen], r, chosen, self.country)
        ]
        return self.gathered(api, there, gather)

    def gathered(self, api: Client, there: list[Values], gather: Sequence[str]) -> list[Values]:
        """Return the resources with what the user wants to know besides."""
        if "details" in gather:
            there = unfailed(api.map(lambda known: self.detail(api, known), there))
        return there

    def body(self, step: Step) -> dict[str, Any]:
        """Return what a create or an update sends."""
        return to_wire([f for f in self.fields if f.in_body], step.changes)

    def create(self, api: Client, step: Step) -> None:
        where, query = self.path_values(api, step.values), self.query(api, step.values)
        answer = api.request("POST", self.path, where, body=self.body(step), query=query, replay=False)
        self.confirm(step, self.values_of(answer))

    def update(self, api: Client, step: Step) -> None:
        body = self.body(step)
        if body:
            where, query = self.path_values(api, step.address), self.query(api, step.address)
            replay = not self.renames(step)
            answer = api.request("PUT", self.path + self.item, where, body=body, query=query, replay=replay)
            self.confirm(step, self.values_of(answer))

    def delete(self, api: Client, step: Step) -> None:
        try:
            # not sent twice: for what is gone by then, some servers answer 400, and a list tells for sure
            where, query = self.path_values(api, step.address), self.query(api, step.address)
            api.request("DELETE", self.path + self.item, where, query=query, replay=False)
        except ApiError as error:
            if error.status != 404:
                raise

    def renames(self, step: Step) -> bool:
        """Tell whether an update may give the resource another address."""
        return bool(self.rename) and self.rename[0] in step.changes


class Settings(Resource):
    """What always exists, once, below its parents: it is read and changed, neither created nor deleted."""

    lifecycle = purgeable = False
    always_there = True
    path: ClassVar[str]
    """A template over the parents and the identity."""

    def read(self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        return list(api.map(lambda entry: self.current(api, entry.values), entries)), []

    def current(self, api: Client, values: Values) -> Values:
        """Return the settings as they are, with what leads to them."""
        body = api.get(self.path, self.path_values(api, values), query=self.query(api, values))
        return {**self.address_of(values), **from_wire(self.fields, body)}

    def update(self, api: Client, step: Step) -> None:
        body = to_wire([f for f in self.fields if f.in_body], step.changes)
        where, query = self.path_values(api, step.values), self.query(api, step.values)
        answer = api.request("PUT", self.path, where, body=body, query=query)
        self.confirm(step, from_wire(self.fields, answer or {}))


class Action(Resource):
    """Something to do: nothing is sent in check mode, and the result is always changed."""

    lifecycle = purgeable = False
    acts = True
    path: ClassVar[str]
    request: ClassVar[str]
    """What the body says is to be done."""

    def read(self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        return list(api.map(lambda entry: self.known(api, entry), entries)), []

    def known(self, api: Client, entry: Entry) -> Values:
        """Return the values with all names looked up, those of the path too: check mode shall tell of unknown ones."""
        values = self.resolved(api, entry.values)
        self.path_values(api, values)
        return values

    def stages(self, steps: Sequence[Step]) -> list[list[Job]]:
        return [[self._job(step) for step in steps]]

    def resolved(self, api: Client, values: Values) -> Values:
        """Return the values with what names stand for; ApiError for a name that is not there."""
        return values

    def act(self, api: Client, step: Step) -> None:
        step.answer = api.request(
            "POST", self.path, self.path_values(api, step.values), body=self.body(step.values), replay=False
        )

    def body(self, values: Values) -> dict[str, Any]:
        """Return what is sent."""
        return {"request": self.request}


@dataclass(frozen=True)
class Deed:
    """One of the things that can be done: its request, and the options that belong to it."""

    method: str
    path: str
    """A template over the options."""
    needs: tuple[str, ...] = ()
    """Options that must be given."""
    takes: tuple[str, ...] = ()
    """Options that may be given."""
    query: Mapping[str, str] = field(default_factory=dict)
    """What its query says."""
    asks: tuple[str, ...] = ()
    """Those of its options that go into the query, each under its field's name on the wire; all others that are no
    part of the path go into the body."""
    empty: bool = False
    """Whether it takes an empty object as its body where no option goes into it."""


class Deeds(Action):
    """Something to do, chosen by the option C(action); options that do not belong to what is chosen are refused."""

    deeds: ClassVar[Mapping[str, Deed]]
    """By the value of the option that chooses."""
    chooser: ClassVar[str] = "action"
    """The option that chooses."""

    def deed(self, values: Values) -> Deed:
        """Return what is to be done."""
        return self.deeds[values[self.chooser]]

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        chooser = self.chooser
        chosen = values.get(chooser)
        if not chosen:
            yield chooser, f"must be given: one of {', '.join(self.deeds)}"
            return
        deed = self.deed(values)
        for option in deed.needs:
            if values.get(option) is None:
                yield option, f"must be given with {chooser}={chosen}"
        for f in settable(self.fields):
            option = f.option
            if option in values and option not in (*self.own(), *deed.needs, *deed.takes):
                where = [name for name, other in self.deeds.items() if option in (*other.needs, *other.takes)]
                yield option, f"does not go with {chooser}={chosen}, but with {', '.join(where)}"

    @classmethod
    def own(cls) -> tuple[str, ...]:
        """Return the options that go with everything: what names the thing, and what is to be done."""
        return (cls.chooser, *(name for names in cls.identity for name in names))

    def act(self, api: Client, step: Step) -> None:
        deed = self.deed(step.values)
        given = {name: step.values[name] for name in (*deed.needs, *deed.takes) if step.values.get(name) is not None}
        asked = to_wire([f for f in self.fields if f.option in deed.asks], given)
        in_path = [name for name in given if f"{{{name}}}" in deed.path]
        rest = [f for f in self.fields if f.option in given and f.option not in (*deed.asks, *in_path)]
        body = to_wire(rest, given) if rest or deed.empty else None
        query = {
            **self.query(api, step.values),
            **deed.query,
            **{name: _as_query(value) for name, value in asked.items()},
        }
        where = self.path_values(api, step.values)
        step.answer = api.request(deed.method, deed.path, where, body=body, query=query, replay=False)


def _as_query(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def refuse_twins(entries: Sequence[Entry], found: Sequence[Found]) -> None:
    """Refuse entries that name one and the same resource in two ways."""
    seen: dict[int, Entry] = {}
    faults = []
    for entry, there in zip(entries, found, strict=True):
        if isinstance(there, dict):
            first = seen.setdefault(id(there), entry)
            if first is not entry:
                faults.append(entry.fault(f"is the same resource as {first.where}"))
    if faults:
        raise Faults(faults)


def unfailed(results: Iterable[Any]) -> list[Any]:
    """Return the results, or raise the first error among them."""
    results = list(results)
    for result in results:
        if isinstance(result, ApiError):
            raise result
    return results
