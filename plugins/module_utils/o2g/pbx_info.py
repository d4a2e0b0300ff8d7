# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can be read of a PBX: its nodes, its objects, its model. Document 003, lines 10665-11760."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import ApiError, Faults
from ..fields import Field, Flag, ListOf, Text, Values, told
from ..resource import Entry, Resource, unfailed
from .common import ANY_NODE, NODE, client
from .pbx_base import (
    LICENCE,
    MODEL_FILE,
    FilePath,
    Models,
    ObjectPath,
    OfModel,
    Place,
    Segments,
    Want,
    address,
    listing,
    object_names,
    segments,
    whole_object,
    written,
)
from .pbx_filter import parsed
from .pbx_model import Model, Type, from_file, meant, names_in, taken_away

if TYPE_CHECKING:
    from ..session import Client

ANY_TYPE = Type("")
"""Reads answers where no model is needed."""


class OfPbx(Resource):
    """What is only read."""

    platform = "o2g"
    connect = staticmethod(client)
    licence = LICENCE
    info_only = True


class Pbx(OfPbx):
    noun = "node"
    plural = "nodes"
    parents = (ANY_NODE,)
    fields = (Field("path", ObjectPath(), nullable=False),)
    info_filters = ("path",)
    gatherable = ("fqdn", "tree")
    gathered_by_default = ("fqdn",)

    def find(self, api: Client, where: Values, gather: Sequence[str]) -> list[Values]:
        nodes = [where["node_id"]] if "node_id" in where else self._nodes(api)
        found: list[Values] = [{"node_id": node} for node in nodes]
        if "fqdn" in gather:
            bodies = unfailed(api.map(lambda node: api.get("/pbxs/{node_id}", {"node_id": node}) or {}, nodes))
            found = [{**one, "fqdn": body.get("fqdn")} for one, body in zip(found, bodies, strict=True)]
        if "tree" in gather:
            path = segments(where["path"]) if "path" in where else ()
            trees = unfailed(api.map(lambda node: self._tree(api, (node, path)), nodes))
            found = [{**one, **tree} for one, tree in zip(found, trees, strict=True)]
        return found

    @staticmethod
    def _nodes(api: Client) -> list[int]:
        return [int(node) for node in (api.get("/pbxs") or {}).get("nodeIds") or ()]

    @staticmethod
    def _tree(api: Client, place: Place) -> Values:
        """Return the types of objects below an object, or below the node."""
        body = whole_object(api, place)
        if body is None:
            raise ApiError(f"there is no {written(place[1])} on node {place[0]}")
        version = ANY_TYPE.shown(body.get("attributes") or ()).get("@Software_Version")
        return {
            "tree": list(body.get("objectNames") or ()),
            "actions": list(body.get("otherActions", body.get("actions")) or ()),
            **({"software_version": version} if version else {}),
        }


@dataclass(frozen=True, eq=False)
class FilterText(Text):
    """A filter over attributes."""

    low: int = 1

    def schema(self) -> Any:
        from typing import Annotated

        from pydantic import AfterValidator

        return Annotated[super().schema(), AfterValidator(_filter)]


def _filter(text: str) -> str:
    if parsed(text) is None:
        raise ValueError(
            f"{text!r} is no filter: write comparisons with ==, !=, =ge= or =le=, such as "
            f"Annu_Name==De*, joined by ' and ' and ' or '"
        )
    return text


class PbxObjects(OfModel):
    noun = "PBX object"
    plural = "PBX objects"
    parents = (NODE, Field("path", ObjectPath(objects=None), required=True))
    fields = (
        Field("filter", FilterText(), nullable=False),
        Field("attributes", ListOf(Text(1))),
        Field("recurse", Flag()),
        MODEL_FILE,
    )
    identity = (("path",),)
    info_filters = ("filter", "attributes", "recurse", "model_file")
    info_key = "objects"

    def __init__(self, state: str = "present", country: str | None = None) -> None:
        super().__init__(state, country)
        self._model: Model | None = None

    def find(self, api: Client, where: Values, gather: Sequence[str]) -> list[Values]:
        """Read what is asked for; the model tells types of values, which are secret, and whether names are right."""
        place = (where["node_id"], segments(where["path"]))
        chosen, asked, recurse = where.get("filter", ""), where.get("attributes"), bool(where.get("recurse"))
        if chosen and len(place[1]) % 2 == 0:
            raise Faults(["filter: goes with a path that ends with a type"])
        if asked != [] or chosen or recurse:
            entry = Entry(0, where)
            want = self.wants(api, [entry])[id(entry)]
            if isinstance(want, ApiError):
                raise want
        if len(place[1]) % 2 == 0:
            return self._objects(api, [place], {}, asked, recurse)
        shown = listing(api, place, self._type(place[1]), [] if recurse else asked or [], chosen)
        top = {(place[0], (*place[1], name)): values for name, values in shown.items()}
        return self._objects(api, list(top), top, asked, recurse)

    def _type(self, parts: Segments) -> Type:
        return (self._model.find(object_names(parts)) if self._model else None) or ANY_TYPE

    def _objects(
        self,
        api: Client,
        top: Sequence[Place],
        listed: Mapping[Place, Values],
        asked: Sequence[str] | None,
        recurse: bool,
    ) -> list[Values]:
        """Return objects and, with C(recurse), each followed by those below it; a level is read at a time."""
        found: dict[Place, Values] = {}
        below: dict[Place, list[Place]] = {}
        level = list(top)
        while level:
            shown = {place: listed.get(place, {}) for place in level}
            whole = [one for one in level if recurse or asked is None or any(name not in shown[one] for name in asked)]
            bodies = dict(zip(whole, unfailed(api.map(lambda place: whole_object(api, place), whole)), strict=True))
            for place in level:
                body = bodies.get(place, {})
                if body is None:
                    continue  # it has gone since it was listed, or was never there
                type_ = self._type(place[1])
                values = {**shown[place], **type_.shown(body.get("attributes") or ())}
                found[place] = self._told(place, type_.readable(values), asked)
                names = body.get("objectNames") or () if recurse else ()
                below[place] = [(place[0], (*place[1], *name.split("/"))) for name in names]
            level = self._listed(api, below, level)
        return [found[place] for place in self._in_order(top, below) if place in found]

    def _listed(self, api: Client, below: dict[Place, list[Place]], level: Sequence[Place]) -> list[Place]:
        """Put the objects in the place of the lists below those of a level, and return them."""
        lists = [one for place in level for one in below.get(place, ())]
        there = dict(zip(lists, api.map(lambda place: self._ids(api, place), lists), strict=True))
        unfailed(there.values())
        for place in level:
            below[place] = [(one[0], (*one[1], id_)) for one in below.get(place, ()) for id_ in there[one]]
        return [one for place in level for one in below[place]]

    @staticmethod
    def _ids(api: Client, place: Place) -> list[str]:
        try:
            return list(listing(api, place, ANY_TYPE, []))
        except ApiError as error:
            if error.status not in (404, 405):  # there are none, or they cannot be read
                raise
            return []

    def _in_order(self, top: Iterable[Place], below: Mapping[Place, Sequence[Place]]) -> Iterable[Place]:
        for place in top:
            yield place
            yield from self._in_order(below.get(place, ()), below)

    @staticmethod
    def _told(place: Place, values: Values, asked: Sequence[str] | None) -> Values:
        node, parts = place
        return {
            "node_id": node,
            "path": written(parts),
            "object_name": parts[-2],
            "object_id": parts[-1],
            "attributes": values if asked is None else {name: values[name] for name in asked if name in values},
        }

    def _want(self, models: Models, values: Values, model: Model) -> Want:
        self._model = model
        return super()._want(models, {**values, "attributes": {}}, model)

    def judged(self, want: Want, values: Values) -> Iterable[tuple[str, str]]:
        known = want.type.attributes
        if known is None:
            return
        for name in () if values.get("recurse") else values.get("attributes") or ():
            if name not in known:
                yield "attributes", f"{want.type.name} has no attribute {name!r}{meant(name, known)}"
        for name in names_in(values.get("filter", "")):
            if name not in known:
                yield "filter", f"{want.type.name} has no attribute {name!r}{meant(name, known)}"
            elif known[name].filtering is False:
                yield "filter", f"the model of the PBX says that {name} cannot be in a filter"


class PbxModel(OfPbx):
    noun = "model of the PBX"
    plural = "models of the PBX"
    parents = (NODE,)
    fields = (
        Field("objectName", Text(1), nullable=False),
        Field("dest", FilePath(1), nullable=False),
        Field("compareWith", FilePath(1), nullable=False),
    )
    info_filters = ("object_name", "dest", "compare_with")

    def find(self, api: Client, where: Values, gather: Sequence[str]) -> list[Values]:
        older = from_file(where["compare_with"]).roots if "compare_with" in where else []
        name: Segments = (where["object_name"],) if "object_name" in where else ()
        body = api.get(*address(where["node_id"], name, "model"))
        if not isinstance(body, Mapping) or not body:
            raise ApiError(f"the model of node {where['node_id']} is empty")
        type_ = Type.told(body)
        plain = type_.plain()
        if "dest" in where:
            api.save(where["dest"], (json.dumps(plain, indent=1, ensure_ascii=False) + "\n").encode(), 0o644)
        lost = [one for old in older if old.name == type_.name for one in taken_away(old, type_)]
        if older and all(old.name != type_.name for old in older):
            raise Faults([f"compare_with: holds {', '.join(old.name for old in older)}, not {type_.name}"])
        return [{"node_id": where["node_id"], **_well_spelt(told(plain)), **({"taken_away": lost} if older else {})}]


def _well_spelt(model: Values) -> Values:
    """Return a model in which the default is called so; the platform writes C(defautValue) (line 11576)."""
    attributes = [
        {"default_value" if name == "defaut_value" else name: value for name, value in one.items()}
        for one in model["attributes"]
    ]
    return {**model, "attributes": attributes, "objects": [_well_spelt(one) for one in model["objects"]]}
