# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filters over attributes of PBX objects: document 003, lines 11243 to 11254."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_COMPARISON = re.compile(r"\s*(?P<name>[\w@.\-]+)\s*(?P<operator>==|!=|=ge=|=le=)\s*(?P<value>.*?)\s*", re.DOTALL)
_BARE = re.compile(r"[\w@.+#\-]*\*?[\w@.+#\-]*")
_JOINED = re.compile(r"\s+(and|or)\s+")
_UNFINISHED = re.compile(r"==|!=|=[gl]e=|(^|\s)(and|or)$")
"""What no value is, but the rest of a filter that is not well joined."""


@dataclass(frozen=True)
class Comparison:
    """One attribute against one value, which may begin or end with C(*)."""

    name: str
    operator: str
    value: str

    def holds(self, there: str, text: Callable[[str], str]) -> bool | None:
        """Tell whether it holds for a value; None where that cannot be told. C(text) makes two values comparable."""
        if self.operator in ("==", "!="):
            pattern = ".*".join(re.escape(part) for part in text(self.value).split("*"))
            return bool(re.fullmatch(pattern, there, re.DOTALL)) == (self.operator == "==")
        if not all(re.fullmatch(r"-?\d+", one) for one in (there, self.value)):
            return None
        return int(there) >= int(self.value) if self.operator == "=ge=" else int(there) <= int(self.value)


def parsed(text: str, bare: bool = False) -> list[list[Comparison]] | None:
    """Return the ways in which a filter can be met, each with all that has to hold; None if it is none.

    C(bare) is for texts that may be something else: then values are single words, which may be in quotes.
    """
    ways: list[list[Comparison]] = [[]]
    pieces = _JOINED.split(text)
    for at, piece in enumerate(pieces):
        if at % 2:
            if piece == "or":
                ways.append([])
            continue
        found = _COMPARISON.fullmatch(piece)
        value = _unquoted(found["value"]) if found and bare else found["value"] if found else ""
        if not found or not value or _UNFINISHED.search(value) or (bare and not _BARE.fullmatch(value)):
            return None
        ways[-1].append(Comparison(found["name"], found["operator"], value))
    return ways


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value
