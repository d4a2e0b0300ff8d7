# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one text that a value has in a cell of a workbook, and back.

What a person would write is plain: C(0255), C(true), C(a; b), C(08:30 rule 1 normal). What would not come back as it
was, such as an empty text or a dictionary, is C(json) and its JSON. An empty cell says nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ..fields import Field, Flag, Kind, ListOf, MapOf, Number, Struct, Text, Time
from .sheets import ITEMS, Cell, bare, digits, is_empty

JSON = "json "
"""What a cell begins with that holds JSON."""
NONE = "none"
"""The cell of a day without transitions, and of a calendar without days."""
LONGEST = 32767
"""How many characters a cell can hold, counted in UTF-16."""
TRANSITION = re.compile(r"([0-9]{1,2}:[0-9]{2}) +(?:rule +)?([0-9]{1,2}) +([a-z]+)")
_NOT_PLAIN = re.compile(r"[^\n -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_x[0-9A-Fa-f]{4}_")
"""Characters that a file or a spreadsheet program would not keep, and what it takes for one of them."""
_ESCAPED = re.compile(r"[^ -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_(?=x[0-9A-Fa-f]{4}_)")


def is_day(kind: Kind) -> bool:
    """Tell whether values of a kind are the transitions of one day."""
    return isinstance(kind, ListOf) and isinstance(kind.kind, Struct) and isinstance(kind.kind.fields[0].kind, Time)


def text_of(kind: Kind, value: Any) -> str:
    """Return the text of a value; ValueError if no cell can hold it."""
    written = _written(kind, value)
    if (
        written is None
        or _NOT_PLAIN.search(written)
        or is_empty(Cell(written))
        or not _comes_back(kind, written, value)
    ):
        written = JSON + _json(value)
    if len(written.encode("utf-16-le")) // 2 > LONGEST:
        raise ValueError(f"is longer than the {LONGEST} characters that a cell can hold")
    return written


def value_of(known: Field, cell: Cell) -> Any:
    """Return what a cell says; ValueError if nobody can tell."""
    if cell.fault:
        raise ValueError(cell.fault)
    value = bare(cell)
    if isinstance(value, bool):
        value = str(value).lower()
    elif isinstance(value, int | float):
        inner = known.kind.kind if isinstance(known.kind, ListOf) else known.kind
        quoted = isinstance(inner, Text) and inner.quoted
        value = digits(value, cell.number_format, known.secret) if quoted else str(value)
    return _read(known.kind, value)


def _comes_back(kind: Kind, written: str, value: Any) -> bool:
    try:
        return written == written.strip() and same(_read(kind, written), value)
    except ValueError:
        return False


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same, types included."""
    return _json(one) == _json(other)


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return _ESCAPED.sub(lambda found: json.dumps(found[0])[1:-1] if found[0] != "_" else "\\u005f", text)


def _written(kind: Kind, value: Any) -> str | None:
    """Return what a person would write, or None if there is no such thing."""
    if isinstance(value, bool):
        return str(value).lower() if isinstance(kind, Flag) else None
    if isinstance(value, int):
        return str(value) if isinstance(kind, Number) else None
    if isinstance(value, str):
        return value
    if isinstance(value, list) and is_day(kind):
        return "\n".join(map(_transition, value)) or NONE
    if isinstance(value, list) and kind.spec["type"] == "list":
        items = [_written(kind.kind if isinstance(kind, ListOf) else Text(), item or "") for item in value]
        return f"{ITEMS} ".join(item or "" for item in items)
    if isinstance(value, Mapping) and isinstance(kind, MapOf) and is_day(kind.kind):
        days = [f"{day}: {(_written(kind.kind, one) or '').replace(chr(10), ', ')}" for day, one in value.items()]
        return "\n".join(days) or NONE
    return None


def _transition(value: Any) -> str:
    known = value if isinstance(value, Mapping) else {}
    return f"{known.get('time')} rule {known.get('rule_number')} {known.get('mode')}"


def _read(kind: Kind, text: str) -> Any:
    if text.startswith(JSON):
        try:
            return json.loads(text.removeprefix(JSON))
        except ValueError as error:
            raise ValueError(f"begins with {JSON.strip()!r}, and what follows is no JSON: {error}") from None
    if isinstance(kind, Flag):
        return {"true": True, "false": False}.get(text.lower(), text)
    if isinstance(kind, Number):
        return int(text) if re.fullmatch(r"0|-?[1-9][0-9]{0,17}", text) else text
    if is_day(kind):
        return _day(text)
    if isinstance(kind, MapOf) and is_day(kind.kind):
        days = [_dated(line) for line in text.splitlines() if line.strip()] if text != NONE else []
        if twice := [day for n, (day, _one) in enumerate(days) if day in dict(days[:n])]:
            raise ValueError(f"{twice[0]!r} is there twice")
        return dict(days)
    if kind.spec["type"] == "list":
        items = [item.strip() for item in text.split(ITEMS)]
        if isinstance(kind, ListOf):
            return [_read(kind.kind, item) for item in items if item]
        return [item or None for item in items]
    return text


def _day(text: str) -> list[dict[str, Any]]:
    transitions = []
    for line in re.split(r"[\n,]+", text) if text != NONE else ():
        if not (said := TRANSITION.fullmatch(line.strip())):
            raise ValueError(f"{line.strip()!r} is no transition: write '08:30 rule 1 normal', one in each line")
        transitions.append({"time": said[1], "rule_number": int(said[2]), "mode": said[3]})
    return transitions


def _dated(line: str) -> tuple[str, Any]:
    day, colon, rest = line.partition(":")
    if not colon or not rest.strip():
        raise ValueError(f"{line!r} is no day: write '2027-12-24: 08:30 rule 1 normal, 12:00 rule 0 closed'")
    return day.strip(), _day(rest.strip())
