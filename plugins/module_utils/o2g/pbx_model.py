# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The model of a PBX: its types of objects, what their attributes take, and how values compare.

Document 003, lines 11440 to 11640. Nothing here sends a request, so that wanted objects can be judged without a PBX.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from ..errors import ApiError
from ..fields import MASK, Field, Kind, Values, snake_case, unquoted
from .pbx_filter import Comparison, parsed

FORCED = "FORCED_DELETE"
"""The action that deletes an object without looking at what depends on it."""

OPERATIONS = {"create": "created", "set": "changed", "delete": "deleted", "get": "read"}

Fault: TypeAlias = tuple[str, str]
"""Which attribute, and what is wrong with it."""

_SECRET = re.compile(r"(^|_)(password|passwd|pwd|secret|secret_code|pin|pin_code|pin_number)(_?\d+)?$|password")
_NO_SECRET = re.compile(r"^(with|has|use|is)_")
_PLAIN = ("octetstring", "integer", "boolean", "enumerated")
_SPAN = re.compile(r"'(.)'(?:\.\.'(.)')?")
_RANGE = re.compile(r"(-?\d+)\s*\.\.\s*(-?\d+)")


def is_secret(name: str) -> bool:
    """Tell whether an attribute, by its name alone, holds what nobody shall read."""
    own = snake_case(name.rpartition(".")[2])
    return bool(_SECRET.search(own)) and not _NO_SECRET.match(own)


@dataclass(frozen=True)
class Attribute:
    """What the model says of an attribute; C(None) where it says nothing."""

    name: str
    type_value: str = ""
    mandatory: bool = False
    multi: bool | None = None
    allowed: tuple[str, ...] = ()
    """Values, sets of characters such as C({'0'..'9','A'..'Z'}), or ranges of numbers."""
    length: int | None = None
    default: str | None = None
    filtering: bool | None = None
    used_when: str = ""

    @classmethod
    def told(cls, body: Mapping[str, Any]) -> Attribute:
        """Read both forms: that of the table, and that of the examples (lines 11485 and 11543)."""
        values = body.get("allowedValues")
        inner: Mapping[str, Any] = values if isinstance(values, Mapping) else {"values": values}
        length = next((v for v in (body.get("lengthValue"), inner.get("length"), inner.get("lenght")) if v), "")
        default = body.get("defautValue", body.get("defaultValue"))
        mandatory = body.get("mandatory")
        return cls(
            name=str(body.get("name") or ""),
            type_value=str(body.get("typeValue") or inner.get("type") or ""),
            mandatory=_true(mandatory) if mandatory is not None else str(body.get("optional")).lower() == "false",
            multi=None if body.get("multiValue") is None else _true(body["multiValue"]),
            allowed=tuple(str(value) for value in inner.get("values") or ()),
            length=int(length) if str(length).isdecimal() else None,
            default=None if default is None else str(default),
            filtering=None if body.get("filtering") is None else _true(body["filtering"]),
            used_when=str(body.get("usedWhen") or ""),
        )

    @cached_property
    def type(self) -> str:
        """In lower case: octetstring, integer, boolean, ..."""
        return self.type_value.lower()

    @cached_property
    def plain_values(self) -> tuple[str, ...]:
        """The values that are allowed, where the model lists them; not those of a set of characters or a range."""
        odd = any(value.startswith("{") or _RANGE.fullmatch(value) for value in self.allowed)
        return () if odd else self.allowed

    @cached_property
    def secret(self) -> bool:
        """Whether it holds what nobody shall read, by its type or its name."""
        if self.type == "boolean" or self.plain_values:
            return False
        return bool(re.search("password|secret|^pin", self.type)) or is_secret(self.name)

    @property
    def structured(self) -> bool | None:
        """Whether it has members; None where the type does not tell."""
        return False if self.type in _PLAIN else None

    def text(self, value: Any) -> str:
        """Return the text of one value, in the form by which two are compared."""
        text = str(value)
        if text.lower() in ("true", "false") and (self.type == "boolean" or isinstance(value, bool)):
            return text.lower()
        if self.type == "integer" and re.fullmatch(r"[+-]?\d+", text.strip()):
            return str(int(text))
        return text

    def faults(self, value: Any) -> Iterator[str]:
        """Yield what is wrong with one value of it, which is not empty."""
        if isinstance(value, (Mapping, list)):
            if self.structured is False:
                yield f"takes a plain value, not {'members' if isinstance(value, Mapping) else 'a list in a list'}"
            return
        if self.type == "octetstring" and isinstance(value, (int, float)) and not isinstance(value, bool):
            yield unquoted(MASK if self.secret else value)
            return
        text = self.text(value)
        shown = MASK if self.secret else repr(text)
        if self.type == "boolean" and text not in ("true", "false"):
            yield f"must be true or false, not {shown}"
        elif self.type == "integer" and not re.fullmatch(r"-?\d+", text):
            yield f"must be a whole number, not {shown}"
        elif self.length is not None and len(text) > self.length and self.type != "integer":
            yield f"has {len(text)} characters, and can have {self.length}"
        elif self.allowed:
            yield from self._refused(text, shown)

    def _refused(self, text: str, shown: str) -> Iterator[str]:
        """Yield why the allowed values do not have one; nothing where they are in no form that is understood."""
        if text in self.allowed:
            return
        if values := self.plain_values:
            if not (self.type == "boolean" and text in [value.lower() for value in values]):
                yield f"must be {_one_of(values)}, not {shown}{meant(text, values)}"
            return
        ranges = [_RANGE.fullmatch(value) for value in self.allowed]
        sets = [_characters(value) for value in self.allowed]
        if all(ranges) and re.fullmatch(r"-?\d+", text):
            if not any(int(span[1]) <= int(text) <= int(span[2]) for span in ranges if span):
                yield f"must be within {_one_of(self.allowed)}, not {shown}"
        elif all(sets):
            spans = [span for one in sets for span in one or ()]
            bad = sorted({letter for letter in text if not any(low <= letter <= high for low, high in spans)})
            if bad:
                which = "characters that are" if self.secret else f"{', '.join(map(repr, bad))}, which is"
                yield f"has {which} not allowed here; allowed are {', '.join(self.allowed)}"

    def plain(self) -> dict[str, Any]:
        """Return it as the table has it, without what the model does not say."""
        said = {
            "name": self.name,
            "mandatory": self.mandatory,
            "typeValue": self.type_value or None,
            "multiValue": self.multi,
            "allowedValues": list(self.allowed) or None,
            "lengthValue": None if self.length is None else str(self.length),
            "defautValue": self.default,
            "filtering": self.filtering,
            "usedWhen": self.used_when or None,
        }
        return {name: value for name, value in said.items() if value is not None}


UNKNOWN = Attribute("")
"""Stands for an attribute of which the model says nothing."""


@dataclass(frozen=True)
class Edit:
    """What to put into a list and what to take out of it, whatever else it holds."""

    add: list[Any] = field(default_factory=list)
    remove: list[Any] = field(default_factory=list)

    def applied(self, there: list[Any]) -> list[Any]:
        """Return a list after the edit."""
        kept = self.kept(there)
        return kept + self.missing(kept)

    def kept(self, there: Sequence[Any]) -> list[Any]:
        return [item for item in there if not any(covers(item, one) for one in self.remove)]

    def missing(self, there: Sequence[Any]) -> list[Any]:
        return [one for one in self.add if not any(covers(item, one) for item in there)]

    def present(self, there: Sequence[Any]) -> list[Any]:
        return [one for one in self.remove if any(covers(item, one) for item in there)]


@dataclass
class Type:
    """A type of objects: its attributes, the types below it, and what can be done with it; None where unsaid."""

    name: str
    attributes: dict[str, Attribute] | None = None
    objects: dict[str, Type] = field(default_factory=dict)
    hidden: bool | None = None
    allows: dict[str, bool] = field(default_factory=dict)
    """What the model says of create, set, delete and get."""
    actions: tuple[str, ...] | None = None

    @classmethod
    def told(cls, body: Mapping[str, Any]) -> Type:
        """Read C(otherActions) of the table and C(actions) of the examples; a type below may bring its name only."""
        attributes = body.get("attributes")
        actions = body.get("otherActions", body.get("actions"))
        below = [cls.told(one) for one in body.get("objects") or () if isinstance(one, Mapping)]
        return cls(
            name=str(body.get("objectName") or body.get("name") or ""),
            attributes=None if attributes is None else {one.name: one for one in map(Attribute.told, attributes)},
            objects={one.name: one for one in below},
            hidden=None if body.get("hidden") is None else _true(body["hidden"]),
            allows={name: _true(body[name]) for name in OPERATIONS if body.get(name) is not None},
            actions=None if actions is None else tuple(map(str, actions)),
        )

    def plain(self) -> dict[str, Any]:
        """Return it as the table has it."""
        return {
            "objectName": self.name,
            "attributes": [one.plain() for one in (self.attributes or {}).values()],
            "objects": [one.plain() for one in self.objects.values()],
            **({} if self.hidden is None else {"hidden": self.hidden}),
            **self.allows,
            "otherActions": list(self.actions or ()),
        }

    def forbids(self, operation: str) -> str:
        """Return why an operation cannot be, or an empty text."""
        if self.allows.get(operation, True):
            return ""
        return f"the model of the PBX says that no {self.name} can be {OPERATIONS[operation]}"

    # Attributes

    def of(self, name: str) -> Attribute:
        """Return what is known of an attribute, or of a member by its full name."""
        return (self.attributes or {}).get(name) or Attribute(name)

    @cached_property
    def mandatory(self) -> list[str]:
        """The attributes that a creation must give: those without a default, where there are some."""
        marked = [one for one in (self.attributes or {}).values() if one.mandatory]
        return [one.name for one in [one for one in marked if empty(one.default)] or marked]

    def identifying(self, given: Mapping[str, Any], id_: str) -> str | None:
        """Return the attribute that is not given because the id of the path says it.

        The document marks the identifying attribute as mandatory (line 11571), like others that a creation needs; it
        is the first of them. If that were not so, one of the others would be missing, and nothing be created.
        """
        first = self.mandatory[:1]
        return first[0] if first and empty(given.get(first[0])) and not self._names(given, id_) else None

    def identified(self, given: Mapping[str, Any], id_: str) -> bool:
        """Tell whether the attributes that identify an object can make its id (a combined one: line 10931)."""
        texts = [str(value) for name in self.mandatory if not empty(value := given.get(name))]
        return not texts or self._names(given, id_) or (len(texts) > 1 and all(text in id_ for text in texts))

    def _names(self, given: Mapping[str, Any], id_: str) -> bool:
        return any(same(given.get(name), self.of(name).text(id_)) for name in self.mandatory)

    @cached_property
    def secrets(self) -> frozenset[str]:
        """The attributes that nobody shall read."""
        return frozenset(one.name for one in (self.attributes or {}).values() if one.secret)

    def readable(self, values: Mapping[str, Any]) -> Values:
        """Return attributes without those that nobody shall read."""
        return {name: value for name, value in values.items() if not self.of(name).secret}

    def members(self, name: str) -> dict[str, Attribute]:
        """Return what the model says of the members of a sequence."""
        prefix = f"{name}."
        return {n.removeprefix(prefix): a for n, a in (self.attributes or {}).items() if n.startswith(prefix)}

    def arranged(self, given: Mapping[str, Any]) -> Values:
        """Return attributes under the names that the model has.

        A member may be written below its sequence or by its full name (line 11429): where the model has the sequence,
        it goes below it, and where it has the full name only, it goes by that.
        """
        known = self.attributes or {}
        values: Values = {}
        for name, value in given.items():
            parent, dot, member = name.partition(".")
            if dot and parent in known and isinstance(values.setdefault(parent, {}), dict):
                values[parent][member] = value
            elif isinstance(value, Mapping) and name not in known and any(n.startswith(f"{name}.") for n in known):
                values |= {f"{name}.{inner}": one for inner, one in value.items()}
            else:
                values[name] = value
        return values

    def faults(self, given: Mapping[str, Any]) -> Iterator[Fault]:
        """Yield what is wrong with wanted attributes by themselves."""
        for name, value in self.arranged(given).items():
            if self.attributes is None:
                continue
            one = self.attributes.get(name)
            if one is None:
                yield name, f"there is no such attribute{meant(name, self.attributes)}"
            else:
                yield from ((name, text) for text in self._value_faults(one, value))

    def _value_faults(self, one: Attribute, value: Any) -> Iterator[str]:
        edit = as_edit(one, value)
        if edit is None and isinstance(value, Mapping) and {"add", "remove"} >= set(value) and one.multi is False:
            yield "is not a list: give its value"
            return
        items = [*edit.add, *edit.remove] if edit else value if isinstance(value, list) else [value]
        if one.multi is False and isinstance(value, list) and len(value) > 1:
            yield f"takes one value, not {len(value)}"
        for item in items:
            if empty(item):
                continue
            yield from one.faults(item)
            if isinstance(item, Mapping):
                yield from self._member_faults(one.name, item)

    def _member_faults(self, name: str, item: Mapping[str, Any]) -> Iterator[str]:
        members = self.members(name)
        for member, value in item.items():
            if members and member not in members:
                yield f"has no member {member}{meant(member, members)}"
            elif members and not empty(value):
                yield from (f"{member} {text}" for text in self._value_faults(members[member], value))

    def wanted(self, given: Mapping[str, Any]) -> Values:
        """Return sound attributes in the form in which they are compared; L(Edit) for edits of lists."""
        return {name: self._comparable(self.of(name), value) for name, value in self.arranged(given).items()}

    def _comparable(self, one: Attribute, value: Any) -> Any:
        if edit := as_edit(one, value):
            return Edit(*([self._item(one, item) for item in part] for part in (edit.add, edit.remove)))
        items = value if isinstance(value, list) else [] if empty(value) else [value]
        return self._gathered(one, [self._item(one, item) for item in items if not empty(item)])

    def _item(self, one: Attribute, item: Any) -> Any:
        if isinstance(item, Mapping):
            return {name: self._comparable(self.of(f"{one.name}.{name}"), value) for name, value in item.items()}
        return one.text(item)

    @staticmethod
    def _gathered(one: Attribute, items: list[Any]) -> Any:
        """Return the value that some items make: a list where it is one, or where nobody says and there are several."""
        if not items:
            return None
        return items if one.multi or len(items) > 1 else items[0]

    def shown(self, entries: Iterable[Mapping[str, Any]], prefix: str = "") -> Values:
        """Return the attributes of an answer in the form in which they are compared, whichever form it has.

        A value is a text, a list of them, a number or a boolean (line 10859); a sequence is a C(complexValue).
        """
        values: Values = {}
        for entry in entries or ():
            name = str(entry.get("name") or "")
            one = self.of(prefix + name)
            if isinstance(entry.get("complexValue"), list):
                parts = [part.get("attributes") or () for part in entry["complexValue"]]
                values[name] = self._gathered(one, [self.shown(part, f"{prefix}{name}.") for part in parts])
            else:
                value = entry.get("value")
                items = value if isinstance(value, list) else [value]
                values[name] = self._gathered(one, [one.text(item) for item in items if not empty(item)])
        return values if prefix else self.arranged(values)

    def wire(self, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the attributes as requests write them: lists of texts, and C(complexValue) for what has members."""
        return [{"name": name, **_wire_value(name, value, self)} for name, value in values.items()]

    def misused(self, values: Mapping[str, Any], known: Mapping[str, Any], *, creation: bool) -> Iterator[Fault]:
        """Yield the attributes that would be written though they are not in use, as far as that is certain.

        C(known) are the attributes as they will be. Where an expression is no filter, or tells of something that is
        not known, the PBX decides.
        """
        for name, value in values.items():
            one = self.of(name)
            ways = parsed(one.used_when, bare=True) if one.used_when else None
            if not ways or empty(value) or same(value, one.default):
                continue
            verdicts = [_all(self._holds(part, known, creation) for part in way) for way in ways]
            if all(verdict is False for verdict in verdicts):
                operands = dict.fromkeys(part.name for way in ways for part in way)
                now = ", ".join(f"{n} is {self._told(n, known, creation)}" for n in operands)
                yield name, f"is used only when {one.used_when}, and {now}"

    def operands(self, names: Iterable[str]) -> set[str]:
        """Return the attributes on which it depends whether some are in use."""
        ways = [way for name in names if (text := self.of(name).used_when) for way in parsed(text, bare=True) or ()]
        return {part.name for way in ways for part in way if part.name in (self.attributes or {})}

    def _told(self, name: str, known: Mapping[str, Any], creation: bool) -> str:
        return MASK if self.of(name).secret else repr(self._operand(name, known, creation))

    def _operand(self, name: str, known: Mapping[str, Any], creation: bool) -> Any:
        if name in known:
            return known[name]
        return self.of(name).default or None if creation else None

    def _holds(self, part: Comparison, known: Mapping[str, Any], creation: bool) -> bool | None:
        value, values = self._operand(part.name, known, creation), self.of(part.name).plain_values
        strange = values and part.operator in ("==", "!=") and "*" not in part.value and part.value not in values
        if not isinstance(value, str) or strange:
            return None
        return part.holds(value, self.of(part.name).text)


class Model:
    """The types of a PBX that were read: the whole tree below its node, or single types with what is below them."""

    def __init__(self, bodies: Iterable[Mapping[str, Any]], node: str = "Node") -> None:
        """Read them; C(node) is what the top of a whole tree is called (lines 10784 and 11463)."""
        self.roots = [Type.told(body) for body in bodies]
        self._node = node

    def find(self, names: Sequence[str]) -> Type | None:
        """Return the type that a chain of names leads to; None where the model has none."""
        for root in self.roots:
            starts = [(root, at + 1) for at, name in enumerate(names) if name == root.name]
            for start, at in [*starts, *([(root, 0)] if root.name == self._node else [])]:
                found: Type | None = start
                for name in names[at:]:
                    found = found.objects.get(name) if found else None
                if found:
                    return found
        return None

    def unknown(self, names: Sequence[str]) -> str:
        """Return what is wrong with a chain of names that leads to no type."""
        for at, name in enumerate(names):
            if self.find(names[: at + 1]) is None:
                above = self.find(names[:at]) if at else None
                near = above.objects if above else {n: t for root in self.roots for n, t in root.objects.items()}
                near = near or {root.name: root for root in self.roots}
                where = f"below {names[at - 1]} there is no type {name!r}" if at else f"there is no type {name!r}"
                return f"the model of the PBX does not know it: {where}{meant(name, near)}"
        return ""


@lru_cache(maxsize=8)
def _read(path: str, _changed: float) -> Model:
    try:
        body = json.loads(Path(path).read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise ApiError(f"{path!r} is not text in UTF-8") from None
    except ValueError as error:
        raise ApiError(f"{path!r} is not JSON: {error}") from None
    bodies = body if isinstance(body, list) else [body]
    if not all(isinstance(one, Mapping) and one.get("objectName") for one in bodies):
        raise ApiError(f"{path!r} is no model of a PBX: make one with o2g_pbx_model_info")
    return Model(bodies)


def from_file(path: str) -> Model:
    """Return the model that a file holds, read once as long as it does not change. Raises ApiError."""
    try:
        return _read(path, Path(path).stat().st_mtime)
    except OSError as error:
        raise ApiError(f"{path!r} cannot be read: {error.strerror}") from None


def taken_away(before: Type, after: Type, where: str = "") -> Iterator[dict[str, str]]:
    """Yield what a model has and a later one has not: types, attributes, values, what can be done."""
    path = f"{where}/{before.name}".strip("/")

    def lost(what: str, attribute: str = "") -> dict[str, str]:
        return {"object_name": path, **({"attribute": attribute} if attribute else {}), "change": what}

    for name in OPERATIONS:
        if before.allows.get(name, True) and not after.allows.get(name, True):
            yield lost(f"cannot be {OPERATIONS[name]} any more")
    for action in before.actions or ():
        if action not in (after.actions or ()):
            yield lost(f"has no action {action} any more")
    for name, old in (before.attributes or {}).items():
        new = (after.attributes or {}).get(name)
        if new is None:
            yield lost("is not there any more", name)
            continue
        if new.mandatory and not old.mandatory:
            yield lost("has become mandatory", name)
        if new.type != old.type:
            yield lost(f"is of type {new.type_value or 'unknown'}, not {old.type_value or 'unknown'} any more", name)
        if new.length is not None and (old.length is None or new.length < old.length):
            yield lost(f"can have {new.length} characters, not {old.length or 'any number'} any more", name)
        if new.allowed and (gone := [value for value in old.allowed if value not in new.allowed]):
            yield lost(f"does not take {', '.join(gone)} any more", name)
    for name in (after.attributes or {}).keys() - (before.attributes or {}).keys():
        if (after.attributes or {})[name].mandatory:
            yield lost("is new and mandatory", name)
    for name, old_type in before.objects.items():
        if name in after.objects:
            yield from taken_away(old_type, after.objects[name], path)
        else:
            yield {"object_name": f"{path}/{name}", "change": "is not there any more"}


# Values


class Value(Kind):
    """The value of an attribute in the form in which it is compared."""

    def same(self, current: Any, wanted: Any, country: str | None) -> bool:
        return same(wanted, current)

    def merged(self, current: Any, wanted: Any) -> Any:
        """Return members that are given over those that are there: a write replaces the whole value."""
        if isinstance(wanted, dict) and isinstance(current, dict):
            return {**current, **wanted}
        if isinstance(wanted, list) and isinstance(current, list):
            return [self.merged(next((one for one in current if covers(one, item)), None), item) for item in wanted]
        return wanted


def _shape(value: Any) -> Any:
    """Refuse values that no attribute has: what is in a list or has members is plain or has members itself."""
    for name, one in value.items():
        for item in one if isinstance(one, list) else [one]:
            if isinstance(item, list):
                raise ValueError(f"{name} has a list in a list")
    return value


class Judged(dict[str, Any]):
    """Attributes of which the model has told which are secret."""

    def __init__(self, values: Mapping[str, Any], secrets: Iterable[str]) -> None:
        super().__init__(values)
        self.secrets = frozenset(secrets)


@dataclass(frozen=True, eq=False)
class Attributes(Kind):
    """Attributes by name, each compared, written and masked by itself."""

    secrets: set[str] = field(default_factory=set)
    """Those that a model has told to be secret; others tell by their names."""
    spec = {"type": "dict"}
    apart = True

    def schema(self) -> Any:
        from typing import Annotated

        from pydantic import AfterValidator

        return Annotated[dict[str, Any], AfterValidator(_shape)]

    def parts(self, wanted: Any) -> tuple[Field, ...]:
        secrets = wanted.secrets if isinstance(wanted, Judged) else {name for name in wanted if self.hides(name)}
        return tuple(Field(name, Value(), name, secret=name in secrets, nullable=True) for name in wanted)

    def hides(self, name: str) -> bool:
        return name in self.secrets or is_secret(name)

    def masked(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {
                name: MASK if self.hides(str(name)) and not empty(one) else self.masked(one)
                for name, one in value.items()
            }
        return [self.masked(item) for item in value] if isinstance(value, list) else value


def as_edit(one: Attribute, value: Any) -> Edit | None:
    """Return the edit of a list that a value is, if it is one."""
    if not isinstance(value, Mapping) or not value or set(value) - {"add", "remove"} or one.multi is False:
        return None
    parts = [value.get(name) for name in ("add", "remove")]
    return Edit(*([] if part is None else part if isinstance(part, list) else [part] for part in parts))


def empty(value: Any) -> bool:
    """Tell whether a value is none: absent, an empty text and an empty list are one thing."""
    return value is None or value == "" or value == [] or value == [""]


def same(wanted: Any, there: Any) -> bool:
    """Tell whether what is there is what is wanted; of members, only those that are given count, and no order."""
    if empty(wanted) or empty(there):
        return empty(wanted) and empty(there)
    if isinstance(wanted, list) or isinstance(there, list):
        ours = wanted if isinstance(wanted, list) else [wanted]
        rest = list(there) if isinstance(there, list) else [there]
        for item in ours:
            match = next((one for one in rest if covers(one, item)), None)
            if match is None:
                return False
            rest.remove(match)
        return not rest
    return covers(there, wanted)


def covers(there: Any, item: Any) -> bool:
    """Tell whether one thing is another as far as that is told."""
    if isinstance(item, Mapping):
        return isinstance(there, Mapping) and all(same(value, there.get(name)) for name, value in item.items())
    if there == item:
        return True
    return str(there).lower() == str(item).lower() and str(item).lower() in ("true", "false")


def meant(name: str, known: Iterable[str]) -> str:
    """Return a hint at the nearest name, if there is one."""
    by_lower = {one.lower(): one for one in known}
    near = difflib.get_close_matches(name.lower(), by_lower, n=1)
    return f"; did you mean {by_lower[near[0]]}?" if near else ""


def _wire_value(name: str, value: Any, of: Type, full: str = "") -> dict[str, Any]:
    items = value if isinstance(value, list) else [] if empty(value) else [value]
    full = full or name
    if any(isinstance(item, Mapping) for item in items) or of.members(full):
        parts = [[{"name": n, **_wire_value(n, one, of, f"{full}.{n}")} for n, one in item.items()] for item in items]
        return {"complexValue": [{"name": name, "attributes": part} for part in parts]}
    return {"value": [str(item) for item in items]}


def _characters(text: str) -> list[tuple[str, str]] | None:
    """Return the spans of a set of characters, C({'0'..'9',' '}); None if the text is none."""
    inner = re.fullmatch(r"\{(.*)\}", text.strip(), re.DOTALL)
    if not inner:
        return None
    spans = _SPAN.findall(inner[1])
    left = re.sub(r"\s*,?\s*", "", _SPAN.sub("", inner[1]))
    return [(low, high or low) for low, high in spans] if spans and not left else None


def _one_of(values: Sequence[str], most: int = 12) -> str:
    more = f" and {len(values) - most} more" if len(values) > most else ""
    return f"one of {', '.join(values[:most])}{more}"


def _true(value: Any) -> bool:
    return value is True or str(value).lower() == "true"


def _all(verdicts: Iterable[bool | None]) -> bool | None:
    """Return the and of verdicts of which some may be unknown."""
    found = list(verdicts)
    return False if False in found else None if None in found else True


def names_in(text: str) -> list[str]:
    """Return the attributes that a filter names."""
    return [part.name for way in parsed(text) or () for part in way]
