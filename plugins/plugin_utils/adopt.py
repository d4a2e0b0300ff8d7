# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The entries that make code of what is live: what a drift report tells, as a person would write it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from textwrap import indent
from typing import Any

from ..module_utils.fields import MASK, Field, ListOf, MapOf, Values
from ..module_utils.resource import Resource
from ..module_utils.tenant.model import LISTS, PARENTS, is_single
from .export import accepted
from .plan import block_of
from .yaml_text import printable, yaml_text

INTRODUCTION = """
Entries that make code of what is live, as drift has found it. Take them over, and drift finds nothing.

- changed: give the entry in the code these values. What it says besides stays.
- added: a new entry of its list.
""".strip()


@dataclass
class Adopted:
    """What is to be taken over of one resource."""

    resource: type[Resource]
    key: Values
    said: str
    whole: bool
    """Whether it is an entry of its own, and not a part of one."""
    values: Values = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def take(self, told: Mapping[str, Any]) -> None:
        """Take over one field as it is live."""
        name, _dot, inner = str(told["field"]).partition(".")
        f = next(f for f in self.resource.options() if f.option == name)
        live = told.get("live")
        if live == MASK:
            self.notes.append(f"a secret, which no platform tells: {told['field']}")
        elif "live" not in told:
            self.notes.append(f"not told by the platform: {told['field']}")
        elif live is None and not _can_be_nothing(f, inner):
            self.notes.append(f"leave out, since it has no value there: {told['field']}")
        elif inner:
            self.values.setdefault(name, {})[inner] = _nothing(f, inner) if live is None else live
        else:
            self.values[name] = _nothing(f, inner) if live is None else live

    def entry(self, parents: Iterable[str]) -> Values:
        """Return the entry, without what its block says and what the module would refuse."""
        values, refused = accepted(self.resource, {**self.key, **self.values}, part=not self.whole)
        self.notes += [f"no module takes it: {text}" for text in refused]
        order = [f.option for f in self.resource.options() if f.option not in parents]
        kept = {option: values[option] for option in order if option in values}
        return kept if self.whole or kept.keys() & self.values.keys() else {}


def _can_be_nothing(f: Field, inner: str) -> bool:
    return bool(f.nullable) or isinstance(f.kind, ListOf | MapOf) or bool(inner and f.kind.apart)


def _nothing(f: Field, inner: str) -> Any:
    """Return what means that there is nothing: a day without transitions, an empty list, no value."""
    if isinstance(f.kind, MapOf):
        return [] if inner else {}
    return [] if isinstance(f.kind, ListOf) else None


def adopted(drift: Mapping[str, Any]) -> str:
    """Return a drift's live side as YAML: per list the entries to take over, and in comments what is to be removed."""
    lists: dict[str, dict[str, Adopted]] = {}
    gone = []
    for one in drift["differences"]:
        place = f"{one['name']} ({one['where']})" if one.get("where") else one["name"]
        if one["kind"] == "missing":
            gone.append(f"{one['list']}: {place}")
            continue
        block, _dot, name = one["list"].partition(".")
        whole = one["kind"] == "added" and LISTS[block][name].lifecycle  # or within what is there on both sides
        said = f"{'added' if whole else 'changed'}: {place}"
        made = lists.setdefault(one["list"], {}).setdefault(
            json.dumps(one["key"], sort_keys=True), Adopted(LISTS[block][name], one["key"], said, whole)
        )
        for told in one["fields"]:
            made.take(told)
    introduction = [f"Tenant {drift['tenant']}, {drift['made']}.", *INTRODUCTION.splitlines()]
    if gone:
        introduction += ["", "In the code and not live, so remove:", *(f"  {line}" for line in gone)]
    if not lists:
        introduction += ["", "There is nothing to take over."]
    text = "---\n" + _comment(introduction)
    for block in dict.fromkeys(map(block_of, lists)):
        listed = [_list(name, found.values()) for name, found in lists.items() if block_of(name) == block]
        text += f"\n{block}:\n" + "".join(listed)
    return text if lists else f"{text}{{}}\n"


def _list(where: str, found: Iterable[Adopted]) -> str:
    """Return a list with its entries, each below what is to be said of it."""
    block, _dot, name = where.partition(".")
    lines, entries = "", []
    for one in found:
        entry = one.entry({f.option for f in PARENTS[block]})
        lines += indent(_comment([one.said, *one.notes]), "    ")
        if entry:
            single = is_single(one.resource, PARENTS[block])
            lines += indent(yaml_text(entry if single else [entry]), "    ")
            entries.append(entry)
    return f"  {name}:{'' if entries else ' []'}\n{lines}"


def _comment(lines: Iterable[str]) -> str:
    return "".join(f"# {printable(line)}".rstrip() + "\n" for line in lines)
