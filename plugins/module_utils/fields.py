# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a resource's fields are.

A field is declared once, by its name on the wire and its kind. Everything else is derived: the option's name, Ansible's
argument spec, the pydantic model that validates entries, the wire form, and how two values are compared.
Pydantic is imported only when entries are validated, so that a module starts fast and its spec can be read without it.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Annotated, Any, Literal

from .errors import ApiError, Faults, unexpected

Values = dict[str, Any]
"""Option name to value, as users write it."""

MASK = "********"

QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def snake_case(wire: str) -> str:
    """Return the option name of an API field: C(useCustomCLIDSettings) gives C(use_custom_clid_settings)."""
    return _HUMP.sub("_", wire).lower()


def folded(name: str) -> str:
    """Return what a person sees of a name: without accents in parts, characters of no width, and blanks at its ends."""
    seen = "".join(one for one in unicodedata.normalize("NFKC", name) if unicodedata.category(one) != "Cf")
    dashes = "".join("-" if unicodedata.category(one) == "Pd" else one for one in seen)
    return " ".join(dashes.translate(QUOTES).split())


def told(value: Any) -> Any:
    """Return what a platform tells, with all names of its objects as option names."""
    if isinstance(value, Mapping):
        return {snake_case(str(name)): told(member) for name, member in value.items()}
    return [told(item) for item in value] if isinstance(value, list) else value


def with_text_keys(value: Any, where: str = "") -> Any:
    """Return a value whose dictionaries have texts as keys, as it was if they had.

    YAML makes dates and numbers of keys without quotes, which neither Ansible nor JSON takes. Raises Faults for those
    of which nobody can tell any more what was written.
    """
    if isinstance(value, list | tuple):
        items = [with_text_keys(item, f"{where}[{n}]") for n, item in enumerate(value)]
        return value if identical(items, value) else items
    if not isinstance(value, Mapping):
        return value
    members: Values = {}
    faults = []
    for written, member in value.items():
        key = _key(written)
        at = f"{where}.{key or written}" if where else str(key or written)
        if key is None:
            faults.append(
                f"{at}: the key {written!r} is no text: YAML has made that of what was written (of on, yes, ~ or 1.10, "
                f"say), so put the key in quotes"
            )
        elif key in members:
            faults.append(f"{at}: this key stands there twice, with quotes and without")
        else:
            members[key] = with_text_keys(member, at)
    if faults:
        raise Faults(faults)
    return value if identical(members, value) and identical(members.values(), value.values()) else members


def identical(some: Iterable[Any], others: Iterable[Any]) -> bool:
    """Tell whether two collections, of which one was made of the other, hold the very same objects."""
    return all(map(operator.is_, some, others))


def _key(written: Any) -> str | None:
    if isinstance(written, str):
        return written
    if isinstance(written, date):
        return written.isoformat()
    return str(int(written)) if isinstance(written, int) and not isinstance(written, bool) else None


class Kind:
    """How one value looks as an option and on the wire, and when two values are the same."""

    spec: dict[str, Any] = {"type": "str"}
    blank = False
    """Whether an absent value and an empty one are the same thing."""
    apart = False
    """Whether it has parts that are compared, written and masked each by itself, like fields."""

    def schema(self) -> Any:
        """Return the type that pydantic validates."""
        raise NotImplementedError

    def to_wire(self, value: Any) -> Any:
        return value

    def from_wire(self, value: Any) -> Any:
        return value

    def comparable(self, value: Any, country: str | None) -> Any:
        """Return what two values have in common that are the same."""
        return value

    def same(self, current: Any, wanted: Any, country: str | None) -> bool:
        return self.comparable(current, country) == self.comparable(wanted, country)

    def merged(self, current: Any, wanted: Any) -> Any:
        """Return what is there once C(wanted) has been written over C(current)."""
        return wanted

    def parts(self, wanted: Any) -> tuple[Field, ...]:
        """Return the fields that the wanted value consists of, where its parts stand by themselves."""
        return ()

    def masked(self, value: Any) -> Any:
        """Return a value with each secret in it replaced by asterisks."""
        return value


def unquoted(number: Any) -> str:
    """Return what is wrong with a number in the place of a text."""
    return (
        f"arrived as the number {number}: YAML drops leading zeros and plus signs, so quote it; "
        f"to a template that calculates, add | string"
    )


def _quoted(value: Any) -> Any:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise ValueError(unquoted(value))
    return value


def _empty_is_none(value: Any) -> Any:
    return None if value == "" else value


def misshapen(pattern: str, like: str, value: str) -> str:
    """Return what is wrong with a text that shall match a pattern, empty if it does; odd characters are named."""
    if re.fullmatch(pattern, value, re.ASCII):
        return ""
    odd = dict.fromkeys(unicodedata.name(one, f"U+{ord(one):04X}") for one in value if not one.isascii())
    return f"must be {like}, not {value!r}" + (f", which holds {', '.join(odd)}" if odd else "")


def _shaped(pattern: str, like: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if fault := misshapen(pattern, like, value):
            raise ValueError(fault)
        return value

    return check


def _blanks(bare: bool) -> Callable[[Any, Any], Any]:
    """Return what tells of blanks and line ends around a text, and with C(bare) takes them away."""

    def told(value: Any, validation: Any) -> Any:
        if not isinstance(value, str) or value in ("", stripped := value.strip()):
            return value
        done = "were left out" if bare else "are a part of it. Take them out where they are not meant"
        validation.context.append(f"{validation.field_name}: the blanks or line ends around the text {done}")
        return stripped if bare else value

    return told


@dataclass(frozen=True, eq=False)
class Text(Kind):
    """A string of C(low) to C(high) characters; C(quoted) refuses what YAML has turned into a number."""

    low: int = 0
    high: int | None = None
    pattern: str = ""
    """A regular expression for the whole of it, and in C(like) what that means to a person."""
    like: str = ""
    quoted: bool = False
    bare: bool = False
    """Whether blanks around it are left out, and told: no number has any."""
    blank = True

    @property
    def spec(self) -> dict[str, Any]:  # type: ignore[override]
        return {"type": "raw" if self.quoted else "str"}

    def schema(self) -> Any:
        from pydantic import AfterValidator, BeforeValidator, StringConstraints

        text = Annotated[str, StringConstraints(min_length=self.low, max_length=self.high)]
        if self.pattern:
            text = Annotated[text, AfterValidator(_shaped(self.pattern, self.like))]
        text = Annotated[text, BeforeValidator(_blanks(self.bare))]
        return Annotated[text, BeforeValidator(_quoted)] if self.quoted else text

    def from_wire(self, value: Any) -> str | None:
        if isinstance(value, (Mapping, list, bool)):
            raise unexpected("", value, "a text")
        return None if value in (None, "") else str(value)

    def comparable(self, value: Any, country: str | None) -> str | None:
        return value or None


@dataclass(frozen=True, eq=False)
class Phone(Text):
    """A phone number, equal in national and E.164 form where the country is known; a longer one may be a SIP address.

    C(dialled) leaves the separators out that it may have.
    """

    low: int = 1
    high: int | None = 23
    pattern: str = r"\+?[0-9*#]([0-9*#().\-/ ]*[0-9*#)])?|\([0-9+*#().\-/ ]*[0-9*#]"
    like: str = "a phone number: 0-9, * and #, a + in front, and between them blanks and ( ) . - /"
    quoted: bool = True
    bare: bool = True

    def comparable(self, value: Any, country: str | None) -> str | None:
        return dialled(value, country)


LONGEST_ADDRESS = 161
DESTINATION = Phone(
    high=LONGEST_ADDRESS,
    pattern=Phone.pattern + r"|[!-?A-~]+@[!-?A-~]+",
    like="a SIP address, user@domain, or " + Phone.like.removeprefix("a "),
)
"""Where calls can go: a phone number or a SIP address."""


def dialled(number: str | None, country: str | None) -> str | None:
    """Return the form of a phone number by which two are compared.

    E.164 where C(country) (ISO 3166, two letters) makes that possible, else the characters without separators.
    """
    if not number:
        return None
    if "@" in number:
        return number.lower()
    bare = re.sub(r"[\s().\-/]", "", number)
    if not country:
        return bare
    import phonenumbers

    try:
        return phonenumbers.format_number(
            phonenumbers.parse(bare, country.upper()), phonenumbers.PhoneNumberFormat.E164
        )
    except phonenumbers.NumberParseException:
        return bare


@dataclass(frozen=True, eq=False)
class Flag(Kind):
    """A boolean; C(as_text) for platforms that want C("true") and C("false")."""

    as_text: bool = False
    spec = {"type": "bool"}

    def schema(self) -> Any:
        return bool

    def to_wire(self, value: bool) -> Any:
        return str(value).lower() if self.as_text else value

    def from_wire(self, value: Any) -> bool | None:
        if value in (None, ""):
            return None
        if isinstance(value, str) and value.lower() in ("true", "false"):
            return value.lower() == "true"
        if not isinstance(value, bool):
            raise unexpected("", value, "true or false")
        return value


@dataclass(frozen=True, eq=False)
class Number(Kind):
    """A whole number from C(low) to C(high); C(empty) is what the platform shows when none is set."""

    low: int
    high: int
    as_text: bool = False
    empty: int | None = None
    spec = {"type": "int"}

    def schema(self) -> Any:
        from pydantic import AfterValidator
        from pydantic import Field as Limits

        limits = Limits(json_schema_extra={"minimum": self.low, "maximum": self.high})
        return Annotated[int, AfterValidator(self._within), limits]

    def _within(self, value: int) -> int:
        from pydantic_core import PydanticCustomError

        if not self.low <= value <= self.high:
            ends = {"low": self.low, "high": self.high}
            raise PydanticCustomError("out_of_range", "must be from {low} to {high}", ends)
        return value

    def to_wire(self, value: int) -> Any:
        return str(value) if self.as_text else value

    def from_wire(self, value: Any) -> int | None:
        if value in (None, ""):
            return None
        if isinstance(value, bool) or not (isinstance(value, (int, float)) or re.fullmatch(r"-?\d+", str(value))):
            raise unexpected("", value, "a whole number")
        return None if int(value) == self.empty else int(value)


@dataclass(frozen=True, eq=False)
class Choice(Kind):
    """One of a few words; C(read_as) maps other spellings that the platform answers with."""

    allowed: tuple[str, ...]
    wire: Mapping[str, str] = field(default_factory=dict)
    read_as: Mapping[str, str] = field(default_factory=dict)

    @property
    def spec(self) -> dict[str, Any]:  # type: ignore[override]
        return {"type": "str", "choices": list(self.allowed)}

    def schema(self) -> Any:
        return Literal[self.allowed]

    def to_wire(self, value: str) -> str:
        return self.wire.get(value, value)

    def from_wire(self, value: Any) -> str | None:
        if not isinstance(value, (str, int, type(None))):
            raise unexpected("", value, "a word")
        return None if value in (None, "") else self.read_as.get(value, value)


def _clock(value: Any, validation: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 24 * 60:
        time = f"{value // 60:02d}:{value % 60:02d}"
        validation.context.append(
            f"YAML turned a time without quotes into the number {value}; it was read as {time!r}. Quote times."
        )
        return time
    if isinstance(value, str) and (said := re.fullmatch(r"\s*([0-9]{1,2}):([0-9]{2})(:00)?\s*", value)):
        return f"{int(said[1]):02d}:{said[2]}"
    return value


@dataclass(frozen=True, eq=False)
class Time(Kind):
    """A time of day as HH:MM; YAML reads an unquoted C(12:30) as 750 minutes, which is turned back."""

    spec = {"type": "raw"}
    pattern = r"([01]?[0-9]|2[0-3]):[0-5][0-9]"

    def schema(self) -> Any:
        from pydantic import AfterValidator, BeforeValidator

        shape = _shaped(self.pattern, "a time from 00:00 to 23:59")
        return Annotated[str, AfterValidator(shape), BeforeValidator(_clock)]


def _iso_date(value: Any) -> str:
    text = str(value)
    try:
        day = date.fromisoformat(text if "-" in text else f"{text[:4]}-{text[4:6]}-{text[6:]}")
    except ValueError:
        raise ValueError(f"{text!r} is not a date: write yyyy-mm-dd or yyyymmdd") from None
    return day.isoformat()


@dataclass(frozen=True, eq=False)
class Date(Kind):
    """A day of the year, yyyy-mm-dd for people and yyyymmdd on the wire; people may write both."""

    spec = {"type": "raw"}
    pattern = r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}"
    """What it looks like; whether there is such a day is a question of its own."""

    def schema(self) -> Any:
        from pydantic import BeforeValidator

        return Annotated[str, BeforeValidator(_iso_date)]

    def to_wire(self, value: str) -> str:
        return value.replace("-", "")

    def from_wire(self, value: Any) -> str | None:
        with suppress(ValueError):
            return _iso_date(value)
        return None if value is None else str(value)


def _utc_moment(value: Any) -> str:
    text = str(value)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no date and time: write 2026-11-23, or 2026-11-23T14:00:00Z") from None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


@dataclass(frozen=True, eq=False)
class Moment(Kind):
    """A date and time as 2026-11-23T14:00:00.000Z; other ISO forms are turned into it, and without a zone it is UTC."""

    spec = {"type": "raw"}

    def schema(self) -> Any:
        from pydantic import BeforeValidator

        return Annotated[str, BeforeValidator(_utc_moment)]


@dataclass(frozen=True, eq=False)
class Struct(Kind):
    """An object of its own fields; only the members that are given are compared.

    C(partial) ones can be given without the members that the platform requires, which are there then.
    """

    fields: tuple[Field, ...]
    partial: bool = False
    blank = True

    @property
    def spec(self) -> dict[str, Any]:  # type: ignore[override]
        return {"type": "dict", "options": argument_spec(self.fields)}

    def schema(self) -> Any:
        return model(self.fields, not self.partial)

    def to_wire(self, value: Values) -> dict[str, Any]:
        return to_wire(self.fields, value)

    def from_wire(self, value: Any) -> Values | None:
        if not isinstance(value, (Mapping, type(None))) and value != "":
            raise unexpected("", value, "an object")
        return from_wire(self.fields, value) if value else None

    def same(self, current: Any, wanted: Any, country: str | None) -> bool:
        nothing = {f.option: None for f in settable(self.fields)}
        return not differing(self.fields, current or {}, wanted or nothing, country)

    def merged(self, current: Any, wanted: Any) -> Any:
        return {**(current or {}), **wanted} if wanted else wanted

    def masked(self, value: Any) -> Any:
        return masked(self.fields, value) if isinstance(value, Mapping) else value


@dataclass(frozen=True, eq=False)
class ListOf(Kind):
    """A list; C(unordered) ones are the same in any order, and C(by) sorts the values of such a list."""

    kind: Kind
    unordered: bool = False
    by: Callable[[Any], Any] | None = None
    blank = True

    @property
    def spec(self) -> dict[str, Any]:  # type: ignore[override]
        inner = self.kind.spec
        return {"type": "list", "elements": inner["type"], **{k: v for k, v in inner.items() if k != "type"}}

    def schema(self) -> Any:
        return list[self.kind.schema()]  # type: ignore[misc]

    def to_wire(self, value: list[Any]) -> list[Any]:
        return [self.kind.to_wire(item) for item in value]

    def from_wire(self, value: Any) -> list[Any]:
        if not isinstance(value, (list, type(None))) and value != "":
            raise unexpected("", value, "a list")
        return [self.kind.from_wire(item) for item in value or []]

    def same(self, current: Any, wanted: Any, country: str | None) -> bool:
        theirs, ours = self._ordered(current, country), self._ordered(wanted, country)
        return len(ours) == len(theirs) and all(
            self.kind.same(t, o, country) for t, o in zip(theirs, ours, strict=True)
        )

    def _ordered(self, values: Any, country: str | None) -> list[Any]:
        if not self.unordered:
            return list(values or [])
        by = self.by or (lambda value: str(self.kind.comparable(value, country)))
        return sorted(values or [], key=by)


def _all_kept(value: Any, validate: Callable[[Any], Any]) -> Any:
    checked = validate(value)
    if len(checked) != len(value):
        raise ValueError(f"{len(value)} keys are written, which mean only these: {', '.join(checked)}")
    return checked


@dataclass(frozen=True, eq=False)
class MapOf(Kind):
    """A dictionary; only the keys that are given are compared."""

    key: Kind
    kind: Kind
    spec = {"type": "dict"}
    blank = True

    def schema(self) -> Any:
        from pydantic import BeforeValidator, WrapValidator

        nothing_is_empty = BeforeValidator(lambda value: [] if value is None else value)
        entries = dict[self.key.schema(), Annotated[self.kind.schema(), nothing_is_empty]]  # type: ignore[misc]
        return Annotated[entries, WrapValidator(_all_kept)]

    def same(self, current: Any, wanted: Any, country: str | None) -> bool:
        return all(self.kind.same((current or {}).get(key), value, country) for key, value in wanted.items())

    def merged(self, current: Any, wanted: Any) -> Any:
        return {**(current or {}), **wanted}


@dataclass(frozen=True, eq=False)
class Field:
    """One field of a resource.

    C(wire) is its name in the API; dots lead through wrapper objects, which users do not see.
    C(option) is derived from it, unless the name would clash with a connection option.
    """

    wire: str
    kind: Kind
    option: str = ""
    required: bool = False
    """Needed to create the resource."""
    default: Any = None
    """What a create says when the user does not, where the platform wants it said."""
    nullable: bool | None = None
    """Whether C(null) clears it; by default text can be cleared and nothing else."""
    secret: bool = False
    """A password or PIN: written by C(update_password), masked everywhere, never compared."""
    create_only: bool = False
    """Written when the resource is created, neither read nor compared afterwards."""
    unreadable: bool = False
    """Documented as never returned: written each time and reported as unverified, unless the server does return it."""
    fixed: bool = False
    """Returned and comparable, but not to be changed."""
    read_only: bool = False
    """Returned by the platform, not an option."""
    in_body: bool = True
    """Whether it is part of the resource's own create and update body."""
    also: str = ""
    """The API's name, where a module may not declare it, because it means something else there or to Ansible; it is
    understood all the same."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "option", self.option or snake_case(self.wire.rpartition(".")[2]))
        if self.nullable is None:
            object.__setattr__(self, "nullable", self.kind.blank and not self.required)

    @property
    def spec(self) -> dict[str, Any]:
        return {**self.kind.spec, "no_log": True} if self.secret else dict(self.kind.spec)

    def schema(self) -> Any:
        from pydantic import BeforeValidator

        kind = self.kind.schema()
        return Annotated[kind | None, BeforeValidator(_empty_is_none)] if self.nullable else kind


def settable(fields: Iterable[Field]) -> list[Field]:
    """Return the fields that are options."""
    return [f for f in fields if not f.read_only]


def argument_spec(fields: Iterable[Field]) -> dict[str, dict[str, Any]]:
    """Return Ansible's argument spec of some fields."""
    return {f.option: f.spec for f in settable(fields)}


@cache
def model(fields: tuple[Field, ...], whole: bool = False) -> Any:
    """Return the pydantic model of some fields, which refuses other options; C(whole) demands the required ones."""
    from pydantic import ConfigDict, create_model
    from pydantic import Field as Member

    members: dict[str, Any] = {
        f.option: (f.schema(), Member(...) if whole and f.required else None) for f in settable(fields)
    }
    # no name is pydantic's own, not even one that begins with model_
    return create_model("Entry", __config__=ConfigDict(extra="forbid", protected_namespaces=()), **members)


def lacking(fields: Iterable[Field], values: Values, where: str = "") -> list[str]:
    """Return the names of required fields that some values do not have, those of objects inside included."""
    missing = []
    for f in settable(fields):
        value = values.get(f.option)
        if value is None and f.required:
            missing.append(where + f.option)
        elif isinstance(f.kind, Struct) and value:
            missing += lacking(f.kind.fields, value, f"{where}{f.option}.")
    return missing


def to_wire(fields: Iterable[Field], values: Values) -> dict[str, Any]:
    """Return the API's object with those of the fields that C(values) has."""
    body: dict[str, Any] = {}
    for f in settable(fields):
        if f.option in values:
            *wrappers, name = f.wire.split(".")
            target = body
            for wrapper in wrappers:
                target = target.setdefault(wrapper, {})
            value = values[f.option]
            target[name] = None if value is None else f.kind.to_wire(value)
    return body


def read_text(value: Any) -> str | None:
    """Return a text or a number of an answer as text, and None for none. Raises ApiError for anything else."""
    return Text().from_wire(value)


def from_wire(fields: Iterable[Field], body: Mapping[str, Any]) -> Values:
    """Return the fields that the API's object has, under their option names."""
    values: Values = {}
    for f in fields:
        *wrappers, name = f.wire.split(".")
        source: Any = body
        for wrapper in wrappers:
            source = source.get(wrapper) if isinstance(source, Mapping) else None
            if source not in (None, "", []) and not isinstance(source, Mapping):
                raise unexpected(f"member {wrapper}", MASK if f.secret else source, "an object")
        if isinstance(source, Mapping) and name in source:
            try:
                values[f.option] = f.kind.from_wire(source[name])
            except ApiError as error:
                shown = MASK if f.secret else error  # the innermost member knows what it is
                raise ApiError(f"{shown} (member {f.wire})") from None
    return values


def as_options(fields: Iterable[Field], values: Values) -> Values:
    """Return what of some values can be given back as options; a secret that is masked cannot."""
    return {
        f.option: as_options(f.kind.fields, value) if isinstance(f.kind, Struct) and value else value
        for f in settable(fields)
        if f.option in values
        and ((value := values[f.option]) is not None or f.nullable)
        and not (f.secret and value == MASK)
    }


def differing(fields: Iterable[Field], current: Values, wanted: Values, country: str | None = None) -> list[Field]:
    """Return the fields that C(wanted) has and whose value is not the current one."""
    return [
        f for f in fields if f.option in wanted and not f.kind.same(current.get(f.option), wanted[f.option], country)
    ]


def flat(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return the fields as answers show them that leave the wrapper objects out."""
    return tuple(replace(f, wire=f.wire.rpartition(".")[2]) for f in fields)


def masked(fields: Iterable[Field], values: Values) -> Values:
    """Return the values with each secret replaced by asterisks."""
    known = {f.option: f for f in fields}

    def shown(name: str, value: Any) -> Any:
        if name not in known or value is None:
            return value
        return MASK if known[name].secret else known[name].kind.masked(value)

    return {name: shown(name, value) for name, value in values.items()}
