# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tests as data: a number, a moment, and where the call shall end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any

from .. import engine
from ..fields import DESTINATION, Choice, Field, Struct, Text, Values
from ..o2g.calendar import RULE
from .hours import moment_of
from .paths import ENDS, Path, Paths
from .sheets import Row
from .written import Place, Written

END = Field("end", Choice(ENDS), required=True)
EXPECTED = (
    END,
    Field("rule_number", RULE.kind),
    Field("number", DESTINATION),
    Field("hop", Text(1, quoted=True)),
)
DIAL = Field("dial", DESTINATION, required=True)
AT = Field("at", Text(1, quoted=True), required=True)
FIELDS = (Field("name", Text(1)), DIAL, AT, Field("expect", Struct(EXPECTED), required=True))


class CallTests:
    """The tests of a tenant, as far as they are right."""

    columns: Mapping[str, Field] = {f.option: f for f in (*FIELDS[:-1], *EXPECTED[1:])} | {"expect": END}
    """Those of a file, in which C(expect) is the end, and what else is expected stands beside it."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.sound: list[Written] = []
        self.faults: list[str] = []

    def add(self, values: Mapping[str, Any], place: Place) -> None:
        """Take over a test; C(expect) may be the end by itself."""
        expect = values.get("expect")
        values = {**values, "expect": {"end": expect}} if isinstance(expect, str) else values
        test = Written(place, values, len(self.sound))
        wrong = engine.invalid(FIELDS, test)
        wrong = wrong or [
            test.fault("must be given", f.option) for f in FIELDS if f.required and test.values.get(f.option) is None
        ]
        if not wrong:
            try:
                moment_of(test.values["at"], self.zone)
            except ValueError as error:
                wrong = [test.fault(str(error), "at")]
        self.faults += wrong
        self.sound += [] if wrong else [test]

    def add_row(self, row: Row) -> None:
        """Take over a row of a file."""
        inner = {f.option: "expect" if f is END else f.option for f in EXPECTED}
        expect = {option: row.values[column] for option, column in inner.items() if column in row.values}
        values = {name: value for name, value in row.values.items() if name not in inner.values()}
        headers = dict(row.place.columns or {})
        headers |= {f"expect.{option}": headers[column] for option, column in inner.items() if column in headers}
        self.add({**values, **({"expect": expect} if expect else {})}, Place(row.place.text, headers))


def tried(paths: Paths, values: Values) -> Values:
    """Return how a call went that a test describes, or that somebody only asks for."""
    path = paths.path(values["dial"], moment_of(values["at"], paths.zone))
    expect = values.get("expect")
    told = {
        "name": values.get("name") or f"{values['dial']} at {values['at']}",
        "dial": values["dial"],
        "at": values["at"],
        "expect": expect,
        "path": path.told(),
    }
    if expect is None:
        return {**told, "ok": None, "wrong": []}
    wrong = list(_wrong(paths, path, expect))
    return {**told, "ok": not wrong, "wrong": wrong}


def _wrong(paths: Paths, path: Path, expect: Values) -> Iterator[str]:
    """Yield in what a path differs from what is expected."""
    if path.end != expect["end"]:
        yield f"is {path.end}"
    rule = path.state.rule_number if path.state else None
    if expect.get("rule_number") is not None and rule != expect["rule_number"]:
        yield f"has {'no rule' if rule is None else f'rule {rule}'}"
    if number := expect.get("number"):
        ends = [path.number, *(path.hops[-1].thing.numbers if path.hops and path.end != "forwarded" else ())]
        if paths.same(number) not in [paths.same(end) for end in ends if end]:
            yield f"ends at {path.number or 'no number'}"
    if hop := expect.get("hop"):
        things = [one.thing for one in path.hops]
        numbers = {paths.same(number) for thing in things for number in (*thing.numbers, thing.id)}
        if paths.same(hop) not in numbers and not any(hop.lower() in thing.name.lower() for thing in things):
            yield f"does not come past {hop}"
