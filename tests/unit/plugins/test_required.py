# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a contract requires of a request, the model of its resource type requires too, and nothing else."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from contracts import contract
from modules import MODULES, argument_spec

from ansible_collections.voiceops.telephony.plugins.module_utils.fields import Field, ListOf, Struct
from ansible_collections.voiceops.telephony.plugins.module_utils.resource import Collection, Resource, Settings

ROOT = Path(__file__).resolve().parents[3]
Schema = Mapping[str, Any]

ELSEWHERE = {"CalendarTransition": "o2gAddNormalTransition"}
"""Resource types that are not written at their path, and the operation that their fields are held against."""


def managed() -> dict[str, type[Resource]]:
    """Per module that manages something lasting, its resource type."""
    found = {}
    for file in sorted((ROOT / "plugins/modules").glob("*.py")):
        module = importlib.import_module(f"{MODULES}.{file.stem}")
        run = re.search(r"^    run\((\w+)\)$", file.read_text(), re.MULTILINE)
        if run and not getattr(module, run[1]).acts:
            found[file.stem] = getattr(module, run[1])
    return found


class Contract:
    def __init__(self, platform: str) -> None:
        self.content = contract(platform)

    def plain(self, schema: Schema) -> Schema:
        """Return a schema without references, and without the form null beside its own."""
        while "$ref" in schema:
            target: Any = self.content
            for part in schema["$ref"][2:].split("/"):
                target = target[part]
            schema = target
        forms = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
        return self.plain(forms[0]) if len(forms) == 1 else schema

    def operations(self) -> Iterator[tuple[str, str, Schema]]:
        for path, methods in self.content["paths"].items():
            for method, operation in methods.items():
                if method in ("post", "put"):
                    yield method, re.sub(r"\{\w+\}", "{}", path), operation

    def body(self, resource: type[Resource]) -> Schema | None:
        """Return the schema of what creates a resource, or for settings, of what changes them.

        None if there is no such request of its own: then the suite of all modules shows that what is sent is complete.
        """
        name = ELSEWHERE.get(resource.__name__)
        method = "post" if issubclass(resource, Collection) and resource.lifecycle else "put"
        item = "" if method == "post" or issubclass(resource, Settings) else getattr(resource, "item", "")
        path = re.sub(r"\{\w+\}", "{}", getattr(resource, "path", "") + item).rstrip("/")
        found = [
            operation
            for verb, at, operation in self.operations()
            if (operation["operationId"] == name if name else verb == method and at.rstrip("/").endswith(path))
        ]
        if len(found) != 1 or "requestBody" not in found[0]:
            return None
        return self.plain(self.plain(found[0]["requestBody"])["content"]["application/json"]["schema"])

    def differences(self, schema: Schema, fields: Sequence[Field], said: Iterable[str], at: str = "") -> Iterator[str]:
        """Yield where the required members of an object are not the required fields."""
        members, required = schema.get("properties", {}), schema.get("required", ())
        for name in (*members, *(name for name in required if name not in members)):
            inner = self.plain(members.get(name, {}))
            wrapped = [replace(f, wire=f.wire.partition(".")[2]) for f in fields if f.wire.startswith(f"{name}.")]
            same = [f for f in fields if f.wire == name]
            if wrapped:
                yield from self.differences(inner, wrapped, (), f"{at}{name}.")
            elif not same:
                if name in required and name not in said:
                    yield f"{at}{name} is required, and there is no field for it"
            else:
                own = same[0]
                if (name in required) > (own.required or own.default is not None):
                    yield f"{at}{name} is required by the contract only"
                if own.required > (name in required):
                    yield f"{at}{name} is required by the model only"
                kind = own.kind.kind if isinstance(own.kind, ListOf) else own.kind
                if isinstance(kind, Struct):
                    inner = self.plain(inner["items"]) if isinstance(own.kind, ListOf) else inner
                    yield from self.differences(inner, kind.fields, (), f"{at}{name}.")


def bodies() -> dict[str, tuple[type[Resource], Schema]]:
    """Per module whose requests have the fields of its resource type: that, and the schema of the body."""
    found = {name: (resource, Contract(resource.platform).body(resource)) for name, resource in managed().items()}
    return {name: (resource, body) for name, (resource, body) in found.items() if body is not None}


@pytest.mark.parametrize(("resource", "body"), bodies().values(), ids=bodies())
def test_contract_and_model_require_the_same(resource: type[Resource], body: Schema) -> None:
    said = [*(f.wire for f in resource.parents), "request"]  # a body of CCS says in request what is to be done
    named = resource.identity[0] if len(resource.identity) == 1 else ()
    fields = [replace(f, required=f.required or f.option in named) for f in resource.fields]
    assert not list(Contract(resource.platform).differences(body, fields, said))


@pytest.mark.parametrize(("name", "resource"), managed().items(), ids=managed())
def test_ansible_doc_says_what_is_required(name: str, resource: type[Resource]) -> None:
    """Ansible's own mark would be wrong: what stands in each entry of config may be left out at the top level."""
    options = yaml.safe_load(importlib.import_module(f"{MODULES}.{name}").DOCUMENTATION)["options"]
    alone = resource.identity[0] if len(resource.identity) == 1 else ()
    always = {*(f.option for f in resource.parents if f.required), *alone}
    named = always.union(*resource.identity)
    created = {f.option for f in resource.fields if f.required and f.default is None} - named
    said = {option: " ".join(one["description"]) for option, one in options.items() if option in always | created}
    assert {option for option in always if "Required" not in said[option]} == set()
    assert {option for option in created if not re.search("needed to create|Required", said[option], re.I)} == set()


def tasks(listed: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield tasks, those in blocks too."""
    for task in listed:
        yield task
        for part in ("block", "rescue", "always"):
            yield from tasks(task.get(part, ()))


def test_examples_name_options_that_there_are() -> None:
    known = {}
    for file in sorted((ROOT / "plugins/modules").glob("*.py")):
        module = importlib.import_module(f"{MODULES}.{file.stem}")
        own = yaml.safe_load(module.DOCUMENTATION).get("options", {})
        known[f"voiceops.telephony.{file.stem}"] = (
            argument_spec(file.stem) if "    run" in file.read_text() else own,
            module.EXAMPLES,
        )
    wrong = [
        f"{name}: {task['name']}: {module} has no {option}"
        for name, (_options, examples) in known.items()
        for task in tasks(yaml.safe_load(examples) or ())
        for module in known.keys() & task.keys()
        for row in [task[module], *(task[module].get("config") or ())]
        if isinstance(row, Mapping) and isinstance(task[module].get("config", []), list)
        for option in row
        if option not in known[module][0]
    ]
    assert wrong == []
    shown = {
        word: {name.rpartition(".")[2] for name, (_options, examples) in known.items() if f" {word}:" in examples}
        for word in ("register", "loop", "rescue")
    }
    silent = {"in_process", "notify_mail", "tenant_files", "tenant_lock", "tenant_show"}
    without = {name.rpartition(".")[2] for name in known} - shown["register"]
    assert without == silent, "EXAMPLES need one with register, that shows what to do with a result"
    assert min(len(shown["loop"]), len(shown["rescue"])) >= 40


def test_what_is_created_by_one_request_is_compared() -> None:
    assert {name for name, one in managed().items() if one.platform == "apio"} <= bodies().keys()
