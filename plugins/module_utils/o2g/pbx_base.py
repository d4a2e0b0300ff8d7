# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What modules on objects of a PBX have in common: paths, models, and reading. Document 003, lines 10665-11760."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from urllib.parse import unquote

from ..errors import ApiError, Faults
from ..fields import Field, Text, Values
from ..resource import Entry, Resource
from .common import NODE, client, numbered, skill_of
from .pbx_model import Attributes, Edit, Model, Type, empty, from_file

if TYPE_CHECKING:
    from ..session import Client

Segments: TypeAlias = tuple[str, ...]
"""Types and ids in turn, as they are, not encoded."""

LICENCE = "ROXE_API_MANAGEMENT"


def segments(path: str) -> Segments:
    """Return the parts of a path as users write it: what is percent-encoded in it is decoded."""
    return tuple(unquote(part) for part in path.split("/"))


def written(parts: Iterable[str]) -> str:
    """Return the path of some parts, in which only what would be read otherwise is encoded."""
    return "/".join(re.sub("%(?=[0-9a-fA-F]{2})", "%25", part).replace("/", "%2F") for part in parts)


def object_names(parts: Segments) -> Segments:
    """Return the types that a path leads through."""
    return parts[::2]


@dataclass(frozen=True, eq=False)
class ObjectPath(Text):
    """A path of types and ids in turn: to an object, to the C(objects) of a type, or to either if that is None."""

    low: int = 1
    objects: bool | None = False
    quoted: bool = True

    @property
    def spec(self) -> dict[str, Any]:  # type: ignore[override]
        return {"type": "str"}

    def schema(self) -> Any:
        from typing import Annotated

        from pydantic import AfterValidator

        return Annotated[super().schema(), AfterValidator(self._sound)]

    def _sound(self, path: str) -> str:
        parts = segments(path)
        if bad := [part for part in parts if part in ("", ".", "..")]:
            what = "an empty part" if bad[0] == "" else f"the part {bad[0]!r}"
            raise ValueError(f"has {what}: write types and ids in turn, such as Subscriber/70120")
        if any(ord(letter) < 32 for letter in path):
            raise ValueError("has a control character")
        if self.objects is not None and len(parts) % 2 != self.objects:
            raise ValueError(
                "must end with a type, such as Subscriber or Entity/1/Cost_Center"
                if self.objects
                else f"must end with the id of an object, such as Subscriber/70120; {path!r} leads to a type"
            )
        return written(parts)


@dataclass(frozen=True, eq=False)
class FilePath(Text):
    """The name of a file on the host that runs the module."""

    spec = {"type": "path"}


PATH = Field("path", ObjectPath(), create_only=True, nullable=False)
ATTRIBUTES = Field("attributes", Attributes())
MODEL_FILE = Field("modelFile", FilePath(1), nullable=False)


def address(node: Any, parts: Segments, base: str = "instances") -> tuple[str, dict[str, Any]]:
    """Return the template of a path and what fills it, each part a segment of its own."""
    names = {f"part{n}": part for n, part in enumerate(parts)}
    return "/".join([f"/pbxs/{{node_id}}/{base}", *(f"{{{name}}}" for name in names)]), {"node_id": node, **names}


class Models:
    """The models that a task needs, read once in a session."""

    def __init__(self, api: Client | None = None) -> None:
        self._api = api

    def of(self, node: Any, chains: Iterable[Segments]) -> Model:
        """Return a model that has the types of some chains, where the PBX knows them. Raises ApiError.

        One type with all below it is read by itself; several, with all others.
        """
        tops = {chain[0] for chain in chains}
        if len(tops) == 1:
            try:
                return self._read(node, tops.pop())
            except ApiError as error:
                if error.status not in (400, 404):
                    raise
        return self._read(node, "")

    def _read(self, node: Any, name: str) -> Model:
        path, where = address(node, (name,) if name else (), "model")
        api = cast("Client", self._api)

        def read() -> Model:
            body = api.get(path, where)
            if not isinstance(body, Mapping) or not body:
                raise ApiError(f"the model of node {node} is empty")
            named = {**body, "objectName": body.get("objectName") or name}
            return Model([named], node="" if name else named["objectName"])

        return api.lasting(("pbx model", node, name), read)

    def type_of(self, node: Any, parts: Segments, model: Model) -> Type:
        """Return the type of an object. Raises Faults for one that the model does not know."""
        chain = object_names(parts)
        found = model.find(chain)
        if found is None:
            raise Faults([model.unknown(chain)])
        if found.attributes is None and self._api:  # the tree names it and says no more
            found = self._read(node, chain[-1]).find(chain) or found
        return found


@dataclass
class Want:
    """What an entry wants, judged by the model."""

    parts: Segments
    type: Type
    attributes: Values
    """In the form in which they are compared; L(Edit) for edits of lists."""
    there: Values | None = None
    """All that is known of the object as it is; None if it is not there."""

    @property
    def collection(self) -> Segments:
        return self.parts[:-1]

    @property
    def parent(self) -> Segments:
        return self.parts[:-2]

    @property
    def compared(self) -> list[str]:
        """The attributes whose value decides."""
        return [name for name in self.attributes if not self.type.of(name).secret]

    def resolved(self) -> Values:
        """Return the attributes to reach, with edits made."""
        there = self.there or {}
        return {
            name: value.applied(listed(there.get(name))) or None if isinstance(value, Edit) else value
            for name, value in self.attributes.items()
        }


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if empty(value) else [value]


Place: TypeAlias = tuple[Any, Segments]
"""A node, and the path to the objects of a type, or to one object."""


class OfModel(Resource):
    """What is done with objects of a PBX, and first judged by its model."""

    platform = "o2g"
    connect = staticmethod(client)
    parents = (NODE,)
    licence = LICENCE

    @classmethod
    def label(cls, values: Mapping[str, Any]) -> str:
        return f"{values.get('path')} on node {values.get('node_id')}"

    @classmethod
    def brings(cls, values: Mapping[str, Any]) -> list[str]:
        """Return the object, the number that it has, if its id is one, and the skills, if it is an agent's."""
        number, node = segments(str(values.get("path")))[-1], values.get("node_id")
        skills = listed((values.get("attributes") or {}).get("SkillSet"))
        skills = [one["Skill_nb"] for one in skills if isinstance(one, Mapping) and "Skill_nb" in one]
        return [cls.label(values), numbered(number, node), *(skill_of(skill, number, node) for skill in skills)]

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        """Judge by the model in a file, where there is one: before any request."""
        if not values.get("model_file"):
            return
        try:
            want = self._want(Models(), values, from_file(values["model_file"]))
        except ApiError as error:
            yield "model_file", str(error)
        except Faults as faults:
            yield "path", str(faults)
        else:
            self.keep_secret(want)
            yield from self.judged(want, values)

    def _want(self, models: Models, values: Values, model: Model) -> Want:
        parts = segments(values["path"])
        type_ = models.type_of(values["node_id"], parts, model)
        return Want(parts, type_, type_.wanted(values.get("attributes") or {}))

    def judged(self, want: Want, values: Values) -> Iterable[tuple[str, str]]:
        """Yield (option, text) for what the model refuses of an entry by itself."""
        for name, text in want.type.faults(values.get("attributes") or {}):
            yield f"attributes.{name}", text

    def judged_place(self, type_: Type, values: Values) -> Iterable[tuple[str, str]]:
        """Yield (option, text) for what the model refuses of a list that is purged."""
        return ()

    def wants(
        self, api: Client, entries: Sequence[Entry], places: Mapping[Place, Entry] | None = None
    ) -> dict[int, Want | ApiError]:
        """Return by id of the entry what each wants, or why that cannot be told; raise Faults for all that is wrong."""
        chains: dict[Any, set[Segments]] = {}
        for entry in (*entries, *(places or {}).values()):
            if not entry.values.get("model_file"):
                chains.setdefault(entry.values["node_id"], set()).add(object_names(segments(entry.values["path"])))
        read = dict(zip(chains, api.map(lambda node: Models(api).of(node, chains[node]), chains), strict=True))
        found: dict[int, Want | ApiError] = {}
        faults: list[str] = []
        for entry in (*entries, *(e for e in (places or {}).values() if e not in entries)):
            file = entry.values.get("model_file")
            model = from_file(file) if file else read[entry.values["node_id"]]
            if isinstance(model, ApiError):
                found[id(entry)] = model
                continue
            try:
                found[id(entry)] = want = self._want(Models(None if file else api), entry.values, model)
                self.keep_secret(want, api)
            except Faults as unknown:
                faults.append(entry.fault(str(unknown), "path"))
            except ApiError as error:
                found[id(entry)] = error
        for entry in entries:
            if isinstance(want := found.get(id(entry)), Want):
                faults += [entry.fault(text, option) for option, text in self.judged(want, entry.values)]
        for entry in (places or {}).values():
            if isinstance(want := found.get(id(entry)), Want):
                faults += [entry.fault(text, option) for option, text in self.judged_place(want.type, entry.values)]
        if faults:
            raise Faults(faults)
        return found

    @staticmethod
    def keep_secret(want: Want, api: Client | None = None) -> None:
        """Have what the model calls secret masked from now on, in options, results, diffs and messages."""
        cast(Attributes, ATTRIBUTES.kind).secrets.update(want.type.secrets)
        for name, value in want.attributes.items():
            if api and want.type.of(name).secret and isinstance(value, str) and len(value) > 3:
                api.hide(value)


def whole_object(api: Client, place: Place) -> Mapping[str, Any] | None:
    """Return what the PBX tells of an object; None if it is not there."""
    try:
        body = api.get(*address(*place))
    except ApiError as error:
        if error.status != 404:
            raise
        return None
    return body if isinstance(body, Mapping) else {}


def listing(api: Client, place: Place, type_: Type, asked: Sequence[str], chosen: str = "") -> dict[str, Values]:
    """Return by id the objects of a type that a filter chooses, with the attributes that the list shows of those asked.

    The ids are C(objectIds) in the table and C(instances) in an example (lines 11285 and 11724).
    """
    query = {**({"filter": chosen} if chosen else {}), **({"attributes": ",".join(asked)} if asked else {})}
    body = api.get(*address(*place), query=query)
    if not isinstance(body, Mapping):
        body = {}
    ids = body.get("objectIds", body.get("instances")) or ()
    shown = {
        str(one.get("objectId")): type_.shown(one.get("attributes") or ())
        for one in body.get("objects") or ()
        if isinstance(one, Mapping)
    }
    return {str(one): shown.get(str(one), {}) for one in ids}
