# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write docs/tenant.schema.json, the JSON Schema of a tenant for editors, from what the modules check and document.

Whatever is not text may also be a template: {{ ... }}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / ".cache/collections"))

from ansible_collections.voiceops.telephony.plugins.module_utils.fields import (
    Date,
    Field,
    Kind,
    ListOf,
    MapOf,
    Struct,
    Text,
    settable,
)
from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.calendar import Calendar
from ansible_collections.voiceops.telephony.plugins.module_utils.resource import Resource
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.call_tests import EXPECTED, FIELDS
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import (
    KEYS,
    LISTS,
    NAMES,
    PARENTS,
    PARTS,
    is_single,
    module_of,
    places_of,
)
from ansible_collections.voiceops.telephony.plugins.plugin_utils.described import options_of, prose

FILE = Path(__file__).resolve().parents[2] / "docs/tenant.schema.json"

Schema = dict[str, Any]

JINJA = {"$ref": "#/$defs/template"}
BLOCKS = {
    "apio": "BroadWorks through APIO: a group of a tenant.",
    "ccs": "Contact Center Services: a tenant.",
    "o2g": "OmniPCX Enterprise through O2G: a node.",
}
SHARED = {
    "country": "Country of the phone numbers (ISO 3166, two letters), so that 025551234 and +3225551234 are the same.",
    "owns": "Numbers that are this tenant's own where others live in the same section: 70100, 70100-70199 or 701*.",
    "route_points": "Route points with all that belongs to them, as apio_route_point_info answers with.",
    "opening_hours": "A name of opening_hours, which become the normal days. Days given in normal override it.",
    "holidays": "Names of holidays, which become exceptions. Days given in exceptions override them.",
    "profiles": "Names of profiles, whose keys the device has. Keys that are given for the device override them.",
}
EXAMPLE = {
    "apio": {
        "tenant_id": "acme",
        "group_id": "brussels",
        "country": "BE",
        "route_points": [
            {"route_point_user_id": "rp-sales@acme.example", "dnis": [{"name": "Main", "phone_number": "025552001"}]}
        ],
    },
    "o2g": {
        "node_id": 7,
        "pilot_calendars": [{"pilot_number": "60101", "opening_hours": "office", "holidays": "belgium_2027"}],
    },
    "opening_hours": {"office": {"monday": [{"time": "08:30", "rule_number": 1, "mode": "normal"}]}},
    "holidays": {"belgium_2027": {"days": {"2027-01-01": "New Year's Day"}}},
}


def alone(documented: Mapping[str, Any]) -> dict[str, Any]:
    """Return the documentation of an option without where else it may be given."""
    description = documented.get("description")
    return {**documented, "description": description[:1] if isinstance(description, list) else description}


def told(schema: Schema, description: str) -> Schema:
    return {"description": description, **schema} if description else schema


def templated(schema: Schema) -> Schema:
    """Allow a template too, where it would not fit otherwise."""
    return schema if schema == {"type": "string"} else {"anyOf": [schema, JINJA]}


def shape(kind: Kind, documented: Mapping[str, Any]) -> Schema:
    """Return what a value of a kind looks like."""
    if isinstance(kind, Struct):
        inner = dictionary(kind.fields, documented.get("suboptions") or {})
        required = [f.option for f in kind.fields if f.required]
        return {**inner, "required": required} if required else inner
    if isinstance(kind, ListOf):
        return {"type": "array", "items": templated(shape(kind.kind, documented))}
    if isinstance(kind, MapOf):
        values = {"anyOf": [shape(kind.kind, {}), {"type": "null"}, JINJA]}
        return {"type": "object", "propertyNames": shape(kind.key, {}), "additionalProperties": values}
    if kind.apart:  # only the platform knows its parts; of which not every pydantic says that there may be any
        return {"type": "object"}
    leaf = TypeAdapter(kind.schema()).json_schema()
    pattern = getattr(kind, "pattern", "")
    return {**leaf, "pattern": f"^({pattern})$"} if pattern else leaf


def value(field: Field, documented: Mapping[str, Any]) -> Schema:
    """Return what an option takes."""
    inner = {"type": "string"} if field.secret else shape(field.kind, documented)
    inner = templated(inner)
    if field.nullable:
        inner = {"anyOf": [*inner.get("anyOf", [inner]), {"type": "null"}]}
    return told(inner, prose(documented.get("description")))


def dictionary(fields: Iterable[Field], documented: Mapping[str, Any]) -> Schema:
    properties = {f.option: value(f, documented.get(f.option, {})) for f in settable(fields)}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def entry(block: str, name: str, resource: type[Resource]) -> Schema:
    """Return the definition of an entry of a list."""
    module, documented = module_of(block, name), documented_options(block, name)
    schema = dictionary(resource.options(), documented)
    for f in NAMES.get(resource, ()):
        name_or_names = {"anyOf": [{"type": ["string", "null"]}, {"type": "array", "items": {"type": "string"}}]}
        several = isinstance(f.kind, ListOf)
        schema["properties"][f.option] = told(
            name_or_names if several else {"type": ["string", "null"]}, SHARED[f.option]
        )
    return {"title": f"{resource.noun} ({module})", **schema}


def documented_options(block: str, name: str) -> dict[str, Any]:
    resource, documented = LISTS[block][name], options_of(module_of(block, name))
    return documented | {f.option: alone(documented[f.option]) for f in resource.parents}


def places(name: str, fields: tuple[Field, ...], documented: Mapping[str, Any]) -> Schema:
    """Return what names places in which to purge."""
    bare = [{"type": "string"}] if LISTS["o2g"].get(name, Resource).purge_place else []
    one = {"anyOf": [dictionary(fields, documented), *bare, JINJA]}
    text = f"Where, with tenant_purge, nothing stays that is not in {name}, also if it has no entry there."
    return told(templated({"type": "array", "items": one}), text)


def reference(block: str, name: str) -> Schema:
    return {"$ref": f"#/$defs/{module_of(block, name)}"}


def whole(block: str, name: str, parents: tuple[Field, ...]) -> Schema:
    """Return what stands in a block or a route point under the name of a list."""
    resource = LISTS[block][name]
    if is_single(resource, parents):
        return templated(reference(block, name))
    named = [tuple(names) for names in resource.identity if names]
    groups = [[{"required": list(names)} for names in ways] for ways in (named, [(n,) for n in resource.whose_options])]
    needs = [{"anyOf": ways} for ways in groups if ways]
    one = {"allOf": [reference(block, name), *needs]} if needs else reference(block, name)
    return templated({"type": "array", "items": templated(one)})


def route_point() -> Schema:
    parents = LISTS["apio"]["route_point_dnis"].parents
    documented = options_of("apio_route_point_dnis")
    named = dictionary(parents, {f.option: alone(documented[f.option]) for f in parents})
    parts = {part: whole("apio", name, parents) for part, name in PARTS.items()}
    return {
        **named,
        "title": "route point",
        "properties": {**named["properties"], **parts},
        "required": ["route_point_user_id"],
    }


def profile() -> Schema:
    """Return what a profile looks like: lists of keys without what leads to a device."""
    parts = {}
    for name, resource in KEYS.items():
        key = {**dictionary(resource.fields, options_of(module_of("o2g", name))), "required": ["position"]}
        parts[name] = told(templated({"type": "array", "items": templated(key)}), f"{resource.plural}.".capitalize())
    return {"type": "object", "additionalProperties": False, "properties": parts}


def block_of(block: str) -> Schema:
    lists, parents = LISTS[block], PARENTS[block]
    documented = options_of(module_of(block, next(iter(lists))))
    schema = dictionary(parents, {f.option: alone(documented[f.option]) for f in parents})
    properties = schema["properties"]
    if block == "apio":
        properties["country"] = {"description": SHARED["country"], "type": "string"}
        points = {"type": "array", "items": templated({"$ref": "#/$defs/route_point"})}
        properties["route_points"] = told(templated(points), SHARED["route_points"])
    properties["owns"] = told(templated({"type": "array", "items": {"type": "string"}}), SHARED["owns"])
    for name, resource in lists.items():
        properties[name] = told(whole(block, name, parents), f"{resource.plural or resource.noun}".capitalize() + ".")
        if not is_single(resource, parents):
            properties[f"{name}_from"] = told({"$ref": "#/$defs/files"}, f"Files whose rows are added to {name}.")
        if fields := places_of(block, name):
            properties[f"{name}_purge_in"] = places(name, fields, documented_options(block, name))
    required = [f.option for f in parents]
    return {"description": BLOCKS[block], **templated({**schema, "required": required})}


CALL = {
    "name": "What the test is called in reports.",
    "dial": "The number that the caller dials, in national or international form, or inside of the tenant.",
    "at": "When, in local time: yyyy-mm-dd hh:mm.",
    "end": "Where the call shall end.",
    "rule_number": "The rule of the pilot that shall hold.",
    "number": "The number at which the call shall end.",
    "hop": "What the call shall come past: a number, or a part of a name.",
}


def call_tests() -> Schema:
    """Return what tests of call paths look like."""
    one = dictionary(FIELDS, {name: {"description": text} for name, text in CALL.items()})
    expected = dictionary(EXPECTED, {name: {"description": text} for name, text in CALL.items()})
    ends = {**expected["properties"]["end"], "description": CALL["end"]}
    whole = {**expected, "required": ["end"]}
    one["properties"]["expect"] = told({"anyOf": [ends, whole]}, "Where the call shall end, and what else shall be so.")
    one["required"] = [f.option for f in FIELDS if f.required]
    return templated({"type": "array", "items": templated(one)})


def schema() -> Schema:
    """Return the JSON Schema of the variables that make a tenant."""
    week, exceptions = (f.kind for f in Calendar.fields)
    day = {"type": "string", "pattern": f"^({Date.pattern})$"}
    text = TypeAdapter(Text(1).schema()).json_schema()
    file = {
        "anyOf": [
            text,
            {
                "type": "object",
                "additionalProperties": False,
                "required": ["file"],
                "properties": {
                    "file": {"description": "Path of a CSV or XLSX file, from the inventory's directory.", **text},
                    "sheet": {"description": "Name of the sheet; the first one if not given.", "type": "string"},
                    "columns": {
                        "description": "Headers other than options; null leaves a column out, * all others.",
                        "type": "object",
                        "additionalProperties": {"type": ["string", "null"]},
                    },
                    "values": {
                        "description": "Per option, what it is in each row; {header} stands for a cell.",
                        "type": "object",
                        "additionalProperties": {"type": ["string", "integer", "boolean"]},
                    },
                    "only_with": {
                        "description": "Headers of columns; rows in which one of them is empty are left out.",
                        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
                    },
                },
            },
        ]
    }
    holiday = {
        "type": "object",
        "additionalProperties": False,
        "anyOf": [{"required": ["days"]}, {"required": ["from"]}],
        "properties": {
            "days": {
                "description": "Per date, what it is called.",
                **templated({"type": "object", "propertyNames": day, "additionalProperties": {"type": "string"}}),
            },
            "from": {"$ref": "#/$defs/files", "description": "Files with the columns date and name."},
            "transitions": {
                "description": "What holds on each of these days; if not given, rule 0 closes all day.",
                **templated(shape(exceptions.kind, {})),
            },
        },
    }
    defaults = {
        block: {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: templated(reference(block, name)) for name in lists},
        }
        for block, lists in LISTS.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Telephony tenant",
        "description": "The variables of an inventory host that say what a tenant has on three telephony platforms.",
        "type": "object",
        "properties": {
            **{block: block_of(block) for block in LISTS},
            "opening_hours": {
                "description": "Named weeks: per day, when a pilot changes its rule or mode.",
                **templated({"type": "object", "additionalProperties": templated(shape(week, {}))}),
            },
            "holidays": {
                "description": "Named sets of days.",
                **templated({"type": "object", "additionalProperties": templated(holiday)}),
            },
            "profiles": {
                "description": "Named sets of keys, which users and devices share.",
                **templated({"type": "object", "additionalProperties": templated(profile())}),
            },
            "defaults": {
                "description": "Per list, what each of its entries has unless it says otherwise.",
                **templated({"type": "object", "additionalProperties": False, "properties": defaults}),
            },
            "workbook": {
                "description": "Path of an XLSX file with the tenant or a part of it, from the inventory's directory.",
                "type": ["string", "null"],
            },
            "tenant_time_zone": {
                "description": "Time zone of the tenant's calendars, such as Europe/Brussels; UTC if not given.",
                "type": "string",
            },
            "call_tests": told(call_tests(), "Calls, and where each shall end; see the playbook call_paths."),
            "call_tests_from": {"$ref": "#/$defs/files", "description": "Files whose rows are added to call_tests."},
            "shared_numbers": {
                "description": "Numbers and extensions that several resources shall have.",
                **templated({"type": "array", "items": {"type": "string"}}),
            },
        },
        "examples": [EXAMPLE],
        "$defs": {
            "template": {"type": "string", "pattern": r"\{\{|\{%"},
            "files": {"anyOf": [*file["anyOf"], {"type": "array", "items": file}]},
            "route_point": route_point(),
            **{
                module_of(block, name): entry(block, name, resource)
                for block, lists in LISTS.items()
                for name, resource in lists.items()
            },
        },
    }


def text() -> str:
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    FILE.write_text(text())


if __name__ == "__main__":
    main()
