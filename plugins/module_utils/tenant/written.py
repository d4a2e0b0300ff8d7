# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a person wrote something, so that a fault can name it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..fields import MASK
from ..resource import Entry


@dataclass(frozen=True)
class Place:
    """A place in YAML, or a row of a file."""

    text: str
    columns: Mapping[str, str] | None = None
    """For a row: per option, the header of its column."""
    inside: str = ""
    """What an option begins with that the writer did not write."""

    def at(self, option: str = "") -> str:
        """Return what a person calls the place of an option."""
        option = option.removeprefix(self.inside).removeprefix(".")
        if self.columns is None:
            return self.text + ("" if option.startswith("[") or not option or not self.text else ".") + option
        name = re.sub(r"\[\d+\]$", "", option)
        if name in self.columns:
            return f"{self.text}, column {self.columns[name]!r}"
        return f"{self.text}: {option}" if option else self.text


class Written(Entry):
    """A wanted resource with the place where it was written."""

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
