# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A number out of range is told with both ends of the range, whatever the module and however deep it stands."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from modules import MODULES

from ansible_collections.voiceops.telephony.plugins.module_utils.engine import invalid
from ansible_collections.voiceops.telephony.plugins.module_utils.fields import (
    Field,
    Kind,
    ListOf,
    MapOf,
    Number,
    Struct,
    settable,
)
from ansible_collections.voiceops.telephony.plugins.module_utils.resource import Entry

ROOT = Path(__file__).resolve().parents[3]


def numbers(kind: Kind) -> Iterator[tuple[Number, Any]]:
    """Yield each number within a kind, with what makes a value of that kind from a value of the number."""
    if isinstance(kind, Number):
        yield kind, lambda value: value
    elif isinstance(kind, ListOf):
        yield from ((number, lambda value, of=of: [of(value)]) for number, of in numbers(kind.kind))
    elif isinstance(kind, MapOf):
        yield from ((number, lambda value, of=of: {"monday": of(value)}) for number, of in numbers(kind.kind))
    elif isinstance(kind, Struct):
        for f in settable(kind.fields):
            yield from ((number, lambda value, of=of, f=f: {f.option: of(value)}) for number, of in numbers(f.kind))


def fields() -> Iterator[tuple[str, Field]]:
    for file in sorted((ROOT / "plugins/modules").glob("*.py")):
        found = re.search(r"^    run(?:_info)?\((\w+)\)$", file.read_text(), re.MULTILINE)
        if found:
            resource = getattr(importlib.import_module(f"{MODULES}.{file.stem}"), found[1])
            asked: Iterable[Field] = {*resource.options(), *resource.info_options}
            yield from ((file.stem, f) for f in sorted(asked, key=lambda f: f.option) if not f.read_only)


CASES = [
    pytest.param(f, number, of, id=f"{module}.{f.option}.{n}")
    for module, f in fields()
    for n, (number, of) in enumerate(numbers(f.kind))
]


@pytest.mark.parametrize(("f", "number", "of"), CASES)
def test_both_ends_are_named(f: Field, number: Number, of: Any) -> None:
    for odd in (number.low - 1, number.high + 1):
        told = invalid((f,), Entry(0, {f.option: of(odd)}))
        assert [one for one in told if f"must be from {number.low} to {number.high}, not {odd}" in one], told
    for edge in (number.low, number.high):
        assert not [one for one in invalid((f,), Entry(0, {f.option: of(edge)})) if "must be from" in one]


def test_there_are_numbers_at_each_depth() -> None:
    names = {str(case.id) for case in CASES}
    assert {"apio_call_center.queue_length.0", "o2g_pilot_calendar.normal.0"} <= names
    assert len(names) > 40
