# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What numbers somebody owns, where several live on the same platform: single ones, ranges and prefixes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .fields import dialled

SHORTEST_NUMBER = 7
"""Digits of a number that can have a national and an international form; what is shorter is an extension."""

FORM = 'a number ("70100"), a range ("70100-70199") or a prefix ("701*"), in quotes'
WRITTEN = re.compile(r"(\+?\d+)(?:-(\+?\d+)|(\*))?")


def same(number: str, country: str | None) -> str:
    """Return the form of a number by which two are compared."""
    bare = dialled(number, None) or ""
    return bare if len(bare) < SHORTEST_NUMBER else dialled(number, country) or bare


@dataclass(frozen=True)
class Span:
    """Numbers from the first to the last of one length, or all that begin alike."""

    first: str
    last: str
    prefix: bool = False

    def of_length(self, length: int) -> tuple[str, str]:
        """Return the first and the last number of a length."""
        return (self.first.ljust(length, "0"), self.last.ljust(length, "9")) if self.prefix else (self.first, self.last)

    def meets(self, other: Span) -> bool:
        """Tell whether both have a number."""
        length = max(len(self.first), len(other.first))
        (low, high), (first, last) = self.of_length(length), other.of_length(length)
        return len(low) == len(first) and low <= last and first <= high


class Owns:
    """The numbers that somebody owns."""

    def __init__(self, written: Iterable[Any], country: str | None = None) -> None:
        self.written: list[str] = []
        self.faults: list[tuple[int, str]] = []
        """Which of the parts are wrong, and how."""
        self.country = country
        self._spans: list[tuple[str, Span]] = []
        for index, part in enumerate(written):
            if isinstance(part, str) and (spans := self._read(part)):
                self.written.append(part)
                self._spans += [(part, span) for span in spans]
            else:
                self.faults.append((index, f"must be {FORM}, not {part!r}"))

    def _read(self, part: str) -> Sequence[Span]:
        """Return what a part stands for: a number that can be written in two ways, in both."""
        found = WRITTEN.fullmatch(re.sub(r"[\s().\/]", "", part))
        if not found:
            return ()
        low, high, star = found.groups()
        spans = {Span(low, high or low, bool(star))}
        if star:
            spans.add(Span(begun := self._begun(low), begun, True))
        else:
            spans.add(Span(same(low, self.country), same(high or low, self.country)))
        whole = all(len(span.first) == len(span.last) and span.first <= span.last for span in spans)
        return sorted(spans, key=lambda span: span.first) if whole else ()

    def _begun(self, prefix: str) -> str:
        """Return what a number begins with in its international form; only whole numbers can be asked for theirs."""
        if not self.country or prefix.startswith("+"):
            return prefix
        import phonenumbers

        trunk = phonenumbers.ndd_prefix_for_region(self.country.upper(), True) or ""
        code = phonenumbers.country_code_for_region(self.country.upper())
        return f"+{code}{prefix.removeprefix(trunk)}" if prefix.startswith(trunk) else prefix

    def has(self, number: str) -> bool:
        """Tell whether a number is one of them."""
        forms = {dialled(number, None) or "", same(number, self.country)}
        return any(span.meets(Span(form, form)) for form in forms for _part, span in self._spans)

    def overlap(self, other: Owns) -> tuple[str, str] | None:
        """Return the parts of both in which a number is that both have."""
        pairs = ((mine, theirs) for mine in self._spans for theirs in other._spans)
        return next(((mine[0], theirs[0]) for mine, theirs in pairs if mine[1].meets(theirs[1])), None)
