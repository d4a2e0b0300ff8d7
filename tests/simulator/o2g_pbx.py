# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: the objects of a PBX and their model. Its subscribers are those of the platform."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .base import Answer, Area, Call, RefusalError, handles
from .o2g_events import Events, Told
from .o2g_pbx_model import ROOT, Attribute, Type, shown

Values = dict[str, list[Any]]
"""Texts by attribute; for a sequence, dictionaries of the same form."""

ENTITIES = {"1": "Head office", "2": "Warehouse"}
COST_CENTERS = {"1": "Sales", "2": "Support"}
ITEM_ACTIONS = ("add", "delete")
COMPARISON = re.compile(r"\s*([^=!\s]+?)\s*(==|!=|=ge=|=le=)\s*(.*?)\s*")


@dataclass(slots=True)
class Thing:
    """One object."""

    type: Type
    id: str
    values: Values
    below: dict[str, dict[str, Thing]] = field(default_factory=dict)
    version: int = 0

    def all(self, path: str) -> Iterator[tuple[str, Thing]]:
        yield path, self
        for name, things in self.below.items():
            for id_, thing in things.items():
                yield from thing.all(f"{path}/{name}/{id_}".lstrip("/"))


class PbxObjects(Area):
    def reset(self, seed: dict[str, Any]) -> None:
        self.actions: list[dict[str, str]] = []
        self._conflicts = 0
        self._seen: dict[tuple[str | None, int], int] = {}
        self.roots: dict[int, Thing] = {}
        for number, node in self.platform.nodes.items():
            self.roots[number] = root = _root(number)
            for subscriber in node["subscribers"].values():
                self._add_subscriber(root, subscriber)
            for pilot in node["pilots"].values():
                acd = root.below["Application_Configuration"]["1"].below["ACD2"]["1"]
                values = {"Directory_Number": [pilot["number"]], "Pilot_Name": [pilot["name"]]}
                _put(acd, acd.type.objects[0], values)
            for path, attributes in seed["nodes"][str(number)].get("objects", {}).items():
                self._from_seed(number, path.split("/"), attributes)

    def snapshot(self) -> dict[str, Any]:
        return {
            "pbx": {
                str(number): {
                    path: {name: value if len(value) != 1 else value[0] for name, value in thing.values.items()}
                    for path, thing in root.all("")
                    if path
                }
                for number, root in self.roots.items()
            },
            "pbx_actions": self.actions,
        }

    def skills(self, number: str) -> list[dict[str, Any]] | None:
        """What the data of an operator says of the skills of an agent, or none where there is no such object."""
        for root in self.roots.values():
            for path, thing in root.all(""):
                if path.endswith(f"/ACD2_Operator_data/{number}"):
                    return [
                        {
                            "number": int(one["Skill_nb"][0]),
                            "level": int(one.get("Skill_Level", ["1"])[0]),
                            "active": one.get("Skill_Activate", ["false"])[0].lower() == "true",
                        }
                        for one in thing.values.get("SkillSet", [])
                    ]
        return None

    def _from_seed(self, number: int, path: list[str], attributes: Mapping[str, Any]) -> None:
        parent, type_ = self._collection(number, path[:-1])
        values = {name: value if isinstance(value, list) else [str(value)] for name, value in attributes.items()}
        self._create(number, parent, type_, {type_.identifying[0]: [path[-1]], **values})

    # Reading

    @handles("o2gGetPbxRoot")
    def get_root(self, call: Call) -> Answer:
        root = self._root(call.parameters["nodeId"])
        return Answer(200, self._object_view(root, None))

    @handles("o2gGetPbxObject")
    def get_object(self, call: Call) -> Answer:
        thing = self._thing(call)
        _allow(thing.type, "get", "read")
        self._seen[self._sight(call, thing)] = thing.version
        return Answer(200, self._object_view(thing, _asked(call)))

    @handles("o2gListPbxObjects")
    def list_objects(self, call: Call) -> Answer:
        parent, type_ = self._collection(call.parameters["nodeId"], call.parameters["objectName"])
        _allow(type_, "get", "read")
        chosen = _filter(call.query.get("filter", ""))
        things = [thing for thing in parent.below.get(type_.name, {}).values() if chosen(thing)]
        body: dict[str, Any] = {"objectName": type_.name, self.settings["pbx_list_key"]: [one.id for one in things]}
        asked = _asked(call)
        form = self.settings["pbx_list_attributes"]
        if asked and form != "none":
            simple = {one.name for one in type_.attributes if not one.members} if form == "simple" else None
            names = [name for name in asked if simple is None or name in simple]
            body["objects"] = [{"objectId": one.id, "attributes": self._attributes(one, names)} for one in things]
        return Answer(200, body)

    def _object_view(self, thing: Thing, asked: list[str] | None) -> dict[str, Any]:
        type_ = thing.type
        view = {
            "objectName": type_.name,
            "objectId": thing.id,
            "attributes": self._attributes(thing, asked),
            "objectNames": list(type_.paths()),
        }
        if asked is None:
            view |= {"create": type_.create, "delete": type_.delete, "set": type_.set, "get": type_.get}
            view[self.settings["pbx_actions_key"]] = list(type_.actions)
        return view

    def _attributes(self, thing: Thing, asked: Iterable[str] | None) -> list[dict[str, Any]]:
        return [
            {"name": one.name, **self._value(one, values)}
            for one in thing.type.attributes
            if (asked is None or one.name in asked) and (not one.hidden or self.settings["pbx_secrets"] == "shown")
            if (values := thing.values.get(one.name, [])) or self.settings["pbx_empty_attributes"] == "shown"
        ]

    def _value(self, one: Attribute, values: list[Any]) -> dict[str, Any]:
        if one.members:
            members = {member.name: member for member in one.members}
            items = [
                [{"name": name, **self._value(members[name], value)} for name, value in item.items()] for item in values
            ]
            return {"complexValue": [{"name": one.name, "attributes": item} for item in items]}
        texts = [self._text(one, value) for value in values]
        return {"value": texts if one.multi or len(texts) != 1 or self.settings["pbx_value_as"] == "list" else texts[0]}

    def _text(self, one: Attribute, value: str) -> Any:
        native = self.settings["pbx_value_as"] == "native"
        if one.type == "boolean":
            return value == "true" if native else value if self.settings["pbx_boolean_as"] == "true" else value.upper()
        return int(value) if native and one.type == "integer" else value

    def _root(self, number: int) -> Thing:
        if number not in self.roots:
            raise RefusalError(404, f"unknown node {number}")
        return self.roots[number]

    def _thing(self, call: Call) -> Thing:
        path = call.parameters["objectNameobjectId"]
        parent, type_ = self._collection(call.parameters["nodeId"], path[:-1])
        thing = parent.below.get(type_.name, {}).get(path[-1])
        if thing is None:
            raise RefusalError(404, f"there is no {type_.name} {path[-1]}")
        return thing

    def _collection(self, number: int, path: list[str]) -> tuple[Thing, Type]:
        """The object that a path of types and ids leads to, and the type below it that comes last."""
        at = self._root(number)
        for name, id_ in zip(path[:-1:2], path[1::2], strict=True):
            found = at.below.get(_type_below(at, name).name, {}).get(id_)
            if found is None:
                raise RefusalError(404, f"there is no {name} {id_}")
            at = found
        return at, _type_below(at, path[-1])

    # Writing

    @handles("o2gCreatePbxObject")
    def create_object(self, call: Call) -> Answer:
        number = call.parameters["nodeId"]
        parent, type_ = self._collection(number, call.parameters["objectName"])
        _allow(type_, "create", "create")
        thing = self._create(number, parent, type_, _given(type_, call.body))
        self._tell("Created", number, thing, parent)
        return Answer(201)

    def _tell(self, what: str, number: int, thing: Thing, parent: Thing) -> None:
        father = {} if parent.type is ROOT else {"father": {"objectName": parent.type.name, "objectId": parent.id}}
        fields = {"objectName": thing.type.name, "objectId": thing.id, "nodeId": str(number), **father}
        self.platform.area(Events).tell(Told(f"OnPbxObjectInstance{what}", (), fields))

    def _create(self, number: int, parent: Thing, type_: Type, given: Values) -> Thing:
        if missing := [one.name for one in type_.attributes if one.mandatory and not given.get(one.name)]:
            raise RefusalError(400, f"to create one, {', '.join(missing)} must be given")
        self._check(number, type_, given, _with_defaults(type_, given))
        id_ = ",".join(given[name][0] for name in type_.identifying)
        if id_ in parent.below.get(type_.name, {}):
            raise RefusalError(409, f"there is a {type_.name} {id_} already")
        thing = _put(parent, type_, given)
        if type_.name == "Subscriber":
            self.platform.add_subscriber(number, {"number": id_, **_names(thing)})
        return thing

    @handles("o2gUpdatePbxObject")
    def update_object(self, call: Call) -> Answer:
        thing = self._thing(call)
        number, action = call.parameters["nodeId"], call.query.get("action", "")
        given = _given(thing.type, call.body)
        if action and action not in ITEM_ACTIONS:
            if action not in thing.type.actions or action == "FORCED_DELETE":
                raise RefusalError(400, f"a {thing.type.name} cannot do {action}")
            path = "/".join(call.parameters["objectNameobjectId"])
            self.actions.append({"node": str(number), "path": path, "action": action})
            return Answer(204)
        _allow(thing.type, "set", "change")
        self._refuse_conflict(call, thing)
        if action:
            given = {name: self._edited(thing, name, items, action) for name, items in given.items()}
        if any(given.get(name, thing.values[name]) != thing.values[name] for name in thing.type.identifying):
            raise RefusalError(400, "what names the object cannot be changed")
        self._check(number, thing.type, given, {**thing.values, **given})
        thing.values.update(given)
        thing.version += 1
        self._seen[self._sight(call, thing)] = thing.version
        if thing.type.name == "Subscriber":
            self.platform.nodes[number]["subscribers"][thing.id].update(_names(thing))
        self._tell("Modified", number, thing, self._collection(number, call.parameters["objectNameobjectId"][:-1])[0])
        return Answer(204)

    @handles("o2gDeletePbxObject")
    def delete_object(self, call: Call) -> Answer:
        number, thing = call.parameters["nodeId"], self._thing(call)
        _allow(thing.type, "delete", "delete")
        if "force" in call.query and "FORCED_DELETE" not in thing.type.actions:
            raise RefusalError(405, f"a {thing.type.name} has no FORCED_DELETE")
        if thing.type.name == "Entity" and self._has_subscribers(number, thing):
            raise RefusalError(400, f"Entity {thing.id} has subscribers")
        parent, _type = self._collection(number, call.parameters["objectNameobjectId"][:-1])
        del parent.below[thing.type.name][thing.id]
        if thing.type.name == "Subscriber":
            self.platform.remove_subscriber(number, thing.id)
        self._tell("Deleted", number, thing, parent)
        return Answer(204)

    def _edited(self, thing: Thing, name: str, items: list[Any], action: str) -> list[Any]:
        """A list after an edit. To add what is there and to delete what is not: the document does not say."""
        there = list(thing.values.get(name, []))
        refuse = self.settings["pbx_list_items"] == "refused"
        for item in items:
            same = [one for one in there if _covers(one, item)]
            if refuse and bool(same) == (action == "add"):
                raise RefusalError(400, f"{name} {'has that already' if same else 'has no such item'}")
            if action == "delete":
                there = [one for one in there if one not in same]
            elif not same:
                there.append(item)
        return there

    def _sight(self, call: Call, thing: Thing) -> tuple[str | None, int]:
        return call.cookie("AlcUserId"), id(thing)

    def _refuse_conflict(self, call: Call, thing: Thing) -> None:
        """A 409 for who has read the object by itself before another changed it; the setting makes up another."""
        sight = self._sight(call, thing)
        if self._conflicts < self.settings["pbx_conflicts"]:
            self._conflicts += 1
            self._seen[sight] = thing.version
            thing.version += 1
        if self._seen.get(sight, thing.version) != thing.version:
            raise RefusalError(409, "another administrator has changed the object: read it again")

    def _check(self, number: int, type_: Type, given: Values, whole: Values) -> None:
        known = {one.name: one for one in type_.attributes}
        for name, values in given.items():
            one = known[name]
            if len(values) > 1 and not one.multi:
                raise RefusalError(400, f"{name} has one value")
            for value in values:
                _check_value(one, value)
            if one.used_when and values not in ([], [one.default]) and not _holds(one.used_when, whole):
                raise RefusalError(400, f"{name} is used when {one.used_when}")
        entity = given.get("Entity_Number", [])
        entities = self.roots[number].below["Entity"]
        if type_.name != "Entity" and entity and entity[0] not in entities:
            raise RefusalError(400, f"there is no Entity {entity[0]}")

    def _has_subscribers(self, number: int, entity: Thing) -> bool:
        subscribers = self.roots[number].below.get("Subscriber", {})
        return any(one.values.get("Entity_Number") == [entity.id] for one in subscribers.values())

    def _add_subscriber(self, root: Thing, subscriber: Mapping[str, Any]) -> None:
        values = {
            "Directory_Number": [subscriber["number"]],
            "Annu_Name": [subscriber["lastName"]],
            "Annu_First_Name": [subscriber["firstName"]],
            "Station_Type": ["NOE_C_Color_IP"],
        }
        _put(root, _type_below(root, "Subscriber"), values)

    # The model

    @handles("o2gGetPbxModel")
    def get_model(self, call: Call) -> Answer:
        self._root(call.parameters["nodeId"])
        return Answer(200, self._model(ROOT))

    @handles("o2gGetPbxTypeModel")
    def get_type_model(self, call: Call) -> Answer:
        self._root(call.parameters["nodeId"])
        found = ROOT.named(call.parameters["objectName"])
        if found is None:
            raise RefusalError(400, f"unknown type {call.parameters['objectName']}")
        return Answer(200, self._model(found))

    def _model(self, type_: Type) -> dict[str, Any]:
        return shown(type_, as_example=self.settings["pbx_model_form"] == "example")


def _root(number: int) -> Thing:
    """A node with what is there once, and a few entities and cost centers."""
    root = Thing(ROOT, str(number), {"Network_Node_Number": [str(number)], "@Software_Version": ["R101_1_n2"]})
    _put_holders(root)
    _put(root, _type_below(root, "Rack"), {"Rack_Number": ["0"]})
    for entity, name in ENTITIES.items():
        there = _put(root, _type_below(root, "Entity"), {"Entity_Number": [entity], "Entity_Name": [name]})
        for center, label in COST_CENTERS.items():
            _put(there, there.type.objects[0], {"Cost_Center_Id": [center], "Cost_Center_Name": [label]})
    return root


def _put_holders(thing: Thing) -> None:
    """What is there without being made: it can be neither created nor deleted, and is numbered 1."""
    for one in thing.type.objects:
        if not one.create and one.name != "Rack":
            _put(thing, one, {one.identifying[0]: ["1"]})


def _put(parent: Thing, type_: Type, given: Values) -> Thing:
    values = _with_defaults(type_, given)
    thing = Thing(type_, ",".join(values[name][0] for name in type_.identifying), values)
    parent.below.setdefault(type_.name, {})[thing.id] = thing
    _put_holders(thing)
    return thing


def _with_defaults(type_: Type, given: Values) -> Values:
    defaults = {one.name: [one.default] for one in type_.attributes if one.default and not one.members}
    return {**defaults, **given}


def _names(thing: Thing) -> dict[str, str]:
    names = {"lastName": "Annu_Name", "firstName": "Annu_First_Name"}
    return {ours: "".join(thing.values.get(theirs, [])) for ours, theirs in names.items()}


def _type_below(thing: Thing, name: str) -> Type:
    found = thing.type.below(name)
    if found is None:
        raise RefusalError(404, f"a {thing.type.name} has no {name}")
    return found


def _allow(type_: Type, flag: str, verb: str) -> None:
    if not getattr(type_, flag):
        raise RefusalError(405, f"nobody can {verb} a {type_.name}")


def _asked(call: Call) -> list[str] | None:
    return call.query["attributes"].split(",") if "attributes" in call.query else None


def _given(type_: Type, body: Mapping[str, Any]) -> Values:
    """The attributes that a request gives; members of a sequence may be given by their full names."""
    known = {one.name: one for one in type_.attributes}
    values: Values = {}
    for entry in body.get("attributes", []):
        name, _dot, member = entry["name"].partition(".")
        if entry["name"] not in known and member and name in known and known[name].members:
            entry = {"name": name, "complexValue": [{"name": name, "attributes": [{**entry, "name": member}]}]}
        if entry["name"] not in known:
            raise RefusalError(400, f"a {type_.name} has no {entry['name']}")
        one = known[entry["name"]]
        if bool(one.members) != ("complexValue" in entry):
            raise RefusalError(400, f"{one.name} takes {'complexValue' if one.members else 'value'}")
        if entry["name"] in values and not member:
            raise RefusalError(400, f"{one.name} is given twice")
        items = [_item(one, item) for item in entry["complexValue"]] if one.members else _plain(one, entry["value"])
        values[one.name] = [{**values[one.name][0], **items[0]}] if one.name in values else items
    return values


def _plain(one: Attribute, texts: list[str]) -> list[str]:
    kept = [text for text in texts if text != ""]
    return [text.lower() for text in kept] if one.type == "boolean" else kept


def _item(one: Attribute, item: Mapping[str, Any]) -> Values:
    members = {member.name: member for member in one.members}
    if item["name"] != one.name or any(
        part["name"] not in members or "value" not in part for part in item["attributes"]
    ):
        raise RefusalError(400, f"{one.name} has {', '.join(members)}")
    return {part["name"]: _plain(members[part["name"]], part["value"]) for part in item["attributes"]}


def _covers(there: Any, item: Any) -> bool:
    return item.items() <= there.items() if isinstance(item, dict) else there == item


def _check_value(one: Attribute, value: Any) -> None:
    if isinstance(value, dict):
        members = {member.name: member for member in one.members}
        for name, texts in value.items():
            for text in texts:
                _check_value(members[name], text)
        return
    if one.length is not None and len(value) > one.length:
        raise RefusalError(400, f"{one.name} has at most {one.length} characters")
    if one.type == "boolean" and value not in ("true", "false"):
        raise RefusalError(400, f"{one.name} is true or false")
    if one.type == "integer" and not re.fullmatch(r"-?[0-9]+", value):
        raise RefusalError(400, f"{one.name} is a number")
    if one.allowed and not any(_allows(rule, value) for rule in one.allowed):
        raise RefusalError(400, f"{one.name} is one of {', '.join(one.allowed)}")


def _allows(rule: str, value: str) -> bool:
    if bounds := re.fullmatch(r"(\d+)\.\.(\d+)", rule):
        return int(bounds[1]) <= int(value) <= int(bounds[2])
    if not rule.startswith("{'"):
        return rule == value
    spans = re.findall(r"'(.)'(?:\.\.'(.)')?", rule)
    return all(any(low <= letter <= (high or low) for low, high in spans) for letter in value)


def _holds(expression: str, values: Values) -> bool:
    """Whether an attribute is in use; an expression that is not a filter is taken to hold."""
    parts = re.split(r" and | or ", expression)
    if not all(COMPARISON.fullmatch(part) for part in parts):
        return True
    return any(all(_compares(part, values) for part in way.split(" and ")) for way in expression.split(" or "))


def _filter(text: str) -> Callable[[Thing], bool]:
    """Which objects a filter chooses. RefusalError for what is none."""
    ways = [way.split(" and ") for way in text.split(" or ")] if text else []
    if any(not COMPARISON.fullmatch(part) for way in ways for part in way):
        raise RefusalError(400, f"{text!r} is not a filter")
    return lambda thing: not ways or any(all(_compares(part, thing.values) for part in way) for way in ways)


def _compares(part: str, values: Values) -> bool:
    name, operator, wanted = COMPARISON.fullmatch(part).groups()  # type: ignore[union-attr]
    texts = [text for text in values.get(name, []) if isinstance(text, str)] or [""]
    if operator in ("==", "!="):
        pattern = ".*".join(re.escape(piece) for piece in wanted.split("*"))
        return any(re.fullmatch(pattern, text) for text in texts) == (operator == "==")
    numbers = all(re.fullmatch(r"-?[0-9]+", text) for text in (*texts, wanted))
    there, limit = ([int(text) for text in texts], int(wanted)) if numbers else (texts, wanted)
    return any(one >= limit if operator == "=ge=" else one <= limit for one in there)  # type: ignore[operator]
