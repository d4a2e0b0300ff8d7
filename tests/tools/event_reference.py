# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write docs/o2g_events.md, the reference of O2G's events, from the contract: each as a rule gets it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / ".cache/collections"))

from ansible_collections.voiceops.telephony.plugins.module_utils.fields import snake_case
from ansible_collections.voiceops.telephony.plugins.plugin_utils.o2g_events import as_event

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = ROOT / "docs/contracts/o2g.yaml"
FILE = ROOT / "docs/o2g_events.md"
RECEIVED = "2026-11-27T09:12:00.000+00:00"
HEAD = """\
# The events of O2G

<!-- made by `make runtime` from docs/contracts/o2g.yaml -->

Each event as a rule gets it from the source `voiceops.telephony.o2g_events` ([Events](events.md)): `event` is its name,
`package` the package to subscribe to, `received` when it arrived, and the rest are the fields that O2G has sent, with
their names in snake_case. A field that is not always there is absent where O2G has nothing to say.

An event or a field that is not on this page reaches the rules as well, marked by `unknown_event` or `unknown_fields`.

The vendor's document names {named} events and describes {described} of them. Of the others it tells no fields: all that
O2G sends is passed on. Beside them there are three [ways](#ways-on-which-they-come) on which they come, and
[four rows of CCS](#the-events-of-ccs): 52 in all.
"""
TAIL = """\
## Ways on which they come

| Way | How the source uses it |
| --- | --- |
| channel (an HTTP answer in chunks) | the usual one; `OnChannelInformation` keeps it alive, and is not handed on |
| webhook | with the option [`webhook`](events.md#webhook) |
| WebSocket of the O2G WS agent | not at all: its messages stand in pictures that the document does not show as text |

## The events of CCS

The document of CCS tells of one message that is sent to it and of three groups of events, whose names and fields are in
a sheet that is not published. What comes is handed on by [`ccs_events`](events.md#ccs).

| Row | What becomes of it |
| --- | --- |
| `connect` | sent with the `token` as soon as the WebSocket is open |
| *Agent Events* | come if the account has the permission of that name, as `message` |
| *Call Events* | the same |
| *Inbound Queue Events* | the same |
"""

Schema = Mapping[str, Any]


class Reference:
    """The page, made of a contract."""

    def __init__(self, contract: Mapping[str, Any]) -> None:
        self._events = {name: item["post"] for name, item in contract["webhooks"].items()}
        self._schemas: Mapping[str, Schema] = contract["components"]["schemas"]
        self._used: dict[str, None] = {}
        """The types that have a section of their own, in the order in which they are first mentioned."""

    def text(self) -> str:
        packages: dict[str, list[str]] = {}
        for name, event in self._events.items():
            packages.setdefault(self._package(event), []).append(name)
        described = sum(self._is_described(name) for name in self._events)
        parts = [HEAD.format(named=len(self._events), described=described)]
        parts += [
            "| Package | `ids` are | Events |\n| --- | --- | --- |\n" + "\n".join(self._overview(packages)) + "\n"
        ]
        for package in sorted(packages, key=lambda one: (not one, list(packages).index(one))):
            parts.append(f"## {package or 'In no package'}\n")
            parts += [self._event(name) for name in packages[package]]
        parts.append("## Types\n")
        done = 0
        while done < len(self._used):
            parts.append(self._type(list(self._used)[done]))
            done += 1
        return "\n".join([*parts, TAIL])

    @staticmethod
    def _package(event: Mapping[str, Any]) -> str:
        return event["x-packages"][-1] if event["x-packages"] else ""

    def _overview(self, packages: Mapping[str, Iterable[str]]) -> Iterator[str]:
        every = dict.fromkeys(package for event in self._events.values() for package in event["x-packages"])
        for package in every:
            events = [name for name, event in self._events.items() if package in event["x-packages"]]
            ids = self._events[events[0]].get("x-ids", "of nobody: there are none")
            yield f"| `{package}` | {ids} | {', '.join(f'[{name}](#{name.lower()})' for name in events)} |"

    def _is_described(self, name: str) -> bool:
        return not self._schemas[name].get("additionalProperties")

    def _event(self, name: str) -> str:
        event = self._events[name]
        lines = [f"### {name}\n", f"{event['summary']}.\n"]
        if len(event["x-packages"]) > 1:
            lines.append(f"Also in the package {', '.join(f'`{one}`' for one in event['x-packages'][:-1])}.\n")
        if self._is_described(name):
            lines.append(self._fields({n: s for n, s in self._properties(name).items() if n != "eventName"}, name))
        else:
            lines.append(f"{event['description']}.\n")
        example, _about = as_event(event["requestBody"]["content"]["application/json"]["example"], RECEIVED)
        first = {key: example[key] for key in ("event", "package", "received")}
        return "\n".join([*lines, f"```json\n{json.dumps({**first, **example}, indent=2)}\n```\n"])

    def _properties(self, name: str) -> Mapping[str, Schema]:
        return self._schemas[name]["properties"]

    def _fields(self, fields: Mapping[str, Schema], of: str) -> str:
        required = self._schemas[of].get("required", ())
        lines = ["| Field | Type | Always | |", "| --- | --- | --- | --- |"]
        for name, schema in fields.items():
            about = schema.get("description", "")
            lines.append(f"| `{snake_case(name)}` | {self._kind(schema)} | {'yes' * (name in required)} | {about} |")
        return "\n".join(line.replace("  |", " |") for line in lines) + "\n"

    def _kind(self, schema: Schema) -> str:
        """How a type is called, with a link to what it consists of."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            target = self._schemas[name]
            if "properties" not in target and "enum" not in target:
                return "date-time in UTC" if name == "UtcDateTime" else self._kind(target)
            self._used.setdefault(name)
            return f"[{name}](#{name.lower()})"
        if "enum" in schema and "boolean" not in schema["type"]:
            return " or ".join(f"`{value}`" for value in schema["enum"])
        kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        if "array" in kinds:
            return f"list of {self._kind(schema['items'])}" if "items" in schema else "list"
        if "properties" in schema:
            return (
                f"object: {', '.join(f'`{snake_case(n)}` ({self._kind(s)})' for n, s in schema['properties'].items())}"
            )
        return " or ".join({"string": "text"}.get(kind, kind) for kind in kinds)

    def _type(self, name: str) -> str:
        schema = self._schemas[name]
        lines = [f"### {name}\n"]
        if "description" in schema:
            lines.append(f"{schema['description']}.\n")
        if "enum" in schema:
            lines.append(f"One of {', '.join(f'`{value}`' for value in schema['enum'])}.\n")
        else:
            lines.append(self._fields(schema["properties"], name))
        return "\n".join(lines)


def page() -> str:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Reference(yaml.load(CONTRACT.read_bytes(), Loader=loader)).text()


def main() -> None:
    FILE.write_text(page())


if __name__ == "__main__":
    main()
