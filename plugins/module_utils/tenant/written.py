# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a person wrote something, so that a fault can name it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..fields import MASK, Values
from ..resource import Entry


@dataclass(frozen=True, slots=True)
class Place:
    """A place in YAML, or a row of a file."""

    text: str
    columns: Mapping[str, str] | None = None
    """For a row: per option, the header of its column."""
    inside: str = ""
    """What an option begins with that the writer did not write."""
    sheets: Mapping[str, Place] = field(default_factory=dict)
    """Where places in YAML stand in a workbook, if that is where they come from."""

    def at(self, option: str = "") -> str:
        """Return what a person calls the place of an option."""
        option = option.removeprefix(self.inside).removeprefix(".")
        if self.columns is None:
            path = self.text + ("" if option.startswith("[") or not option or not self.text else ".") + option
            return in_sheets(path, self.sheets)
        for name, rest in _prefixes(option):
            if name in self.columns:
                rest = "" if re.fullmatch(r"\[\d+\]", rest) else rest.removeprefix(".")
                return f"{self.text}, column {self.columns[name]!r}" + (f": {rest}" if rest else "")
        return f"{self.text}: {option}" if option else self.text


def in_sheets(path: str, sheets: Mapping[str, Place]) -> str:
    """Return where a path in YAML stands in a workbook; the path, if it does not."""
    for outer, rest in _prefixes(path) if sheets else ():
        if outer in sheets:
            return replace(sheets[outer], inside="").at(rest.removeprefix("."))
    return path


def _prefixes(path: str) -> Iterator[tuple[str, str]]:
    """Yield what a path begins with, the longest first, each with what follows."""
    end = len(path)
    while end > 0:
        yield path[:end], path[end:]
        end = max(path.rfind(".", 0, end), path.rfind("[", 0, end))


class Written(Entry):
    """A wanted resource with the place where it was written."""

    __slots__ = ("place", "secrets", "uses")

    def __init__(
        self,
        place: Place,
        values: Mapping[str, Any],
        index: int = 0,
        uses: Mapping[str, list[str]] | None = None,
        secrets: tuple[str, ...] = (),
    ) -> None:
        """Take over the values; C(uses) are the names of opening hours and holidays that they refer to.

        C(secrets) are the options whose values no fault may show.
        """
        super().__init__(index, dict(values), place.at())
        self.place = place
        self.uses = uses or {}
        self.secrets = secrets

    def fault(self, text: str, option: str = "") -> str:
        name = option.partition(".")[0]
        value = self.values.get(name) if name in self.secrets else None
        if isinstance(value, int | float):  # what was not quoted is told, and nothing else
            text = text.replace(str(value), MASK)
        return f"{self.place.at(option)}: {text}"


def find(
    entries: Sequence[Written], key: Values, parents: set[str], index: dict[Any, dict[Any, Written]]
) -> Written | None:
    """Return the entry that a key names, first by all of the key; C(index) is empty before the first of several."""
    names = tuple(key)
    if names not in index:
        index[names] = {tuple(str(one.values.get(n)) for n in names): one for one in reversed(entries)}
    exact = index[names].get(tuple(map(str, key.values())))
    return exact or next((one for one in entries if _is_of(one, key, parents)), None)


def _is_of(entry: Written, key: Values, parents: set[str]) -> bool:
    """Tell whether an entry is what a key names, as far as both say it."""
    both = {name for name in key if entry.values.get(name) is not None}
    named = both - parents or not key.keys() - parents
    return bool(named) and all(str(entry.values[name]) == str(key[name]) for name in both)
