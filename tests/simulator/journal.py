# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal: what was asked and what was answered, without the secrets."""

from __future__ import annotations

from collections import deque
from typing import Any, NamedTuple

import orjson

from .contract import NO_BODY

CAPACITY = 200_000
MASK = "***"
SECRET_WORDS = ("password", "token", "credential", "secret", "pin_number")


class Line(NamedTuple):
    """An entry, already as JSON text: cheap to keep by the hundred thousand."""

    number: int
    write: bool
    violation: bool
    text: bytes


class Journal:
    def __init__(self) -> None:
        self._lines: deque[Line] = deque(maxlen=CAPACITY)
        self.total = 0

    def clear(self) -> None:
        self._lines.clear()
        self.total = 0

    def add(self, entry: dict[str, Any], body: Any) -> None:
        self.total += 1
        entry = {"n": self.total, **entry, "body": None if body is NO_BODY else masked(body)}
        violation = bool(entry["violation"] or entry["answer_violation"])
        # The copy is as long as the text; orjson's own buffer takes kilobytes, whatever is in it.
        text = bytes(memoryview(orjson.dumps(entry)))
        self._lines.append(Line(self.total, entry["write"], violation, text))

    def as_json(self, writes: bool | None = None, violations: bool | None = None, since: int = 0) -> bytes:
        chosen = (
            line.text
            for line in self._lines
            if line.number > since
            and (writes is None or line.write is writes)
            and (violations is None or line.violation is violations)
        )
        return b'{"total":%d,"entries":[%s]}' % (self.total, b",".join(chosen))


def masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: MASK if inner is not None and _is_secret(name) else masked(inner) for name, inner in value.items()
        }
    if isinstance(value, list):
        return [masked(inner) for inner in value]
    return value


def _is_secret(name: str) -> bool:
    lowered = name.lower()
    return any(word in lowered for word in SECRET_WORDS)
