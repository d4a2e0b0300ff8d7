# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Says of each place that a fault names what stands there: the entry, and where known the file and the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .expand import TOP
from .model import LISTS, PARTS

PLACE = re.compile(rf"(?<![\w.'\"/])(?:{'|'.join(TOP)})(?:\.[^\s:,;()'\"]*[^\s:,;()'\".]|\[\d+\])+")
ENTRY = re.compile(r"(?P<block>\w+)\.(?P<list>\w+)\[\d+\](?:\.(?P<part>\w+)(?:\[\d+\])?)?")

Origin = tuple[str, int]
"""A file and a line."""


class Told:
    """What a tenant consists of, for those who read its faults."""

    def __init__(
        self, tenant: Mapping[str, Any], base_dir: str, origin_of: Callable[[Any], Origin | None] | None = None
    ) -> None:
        """C(origin_of) says of a value of the tenant where it was written, if that is known."""
        self.tenant = tenant
        self.base_dir = base_dir
        self.origin_of = origin_of or (lambda value: None)

    def __call__(self, text: str) -> str:
        """Return a fault or a warning with what is known of the places that it names."""
        return PLACE.sub(lambda found: self._place(found[0]), text)

    def line_of(self, place: str) -> str:
        """Return a place with its file and line, if they are known."""
        line = self._line([value for _at, value in _way(self.tenant, place)])
        return f"{place}, {line}" if line else place

    def _place(self, place: str) -> str:
        way = list(_way(self.tenant, place))
        known = [self._name(way), self._line([value for _at, value in way])]
        more = ", ".join(part for part in known if part)
        return f"{place} ({more})" if more else place

    def _name(self, way: list[tuple[str, Any]]) -> str:
        """Return what a person calls the innermost entry on the way to a place."""
        outer: Mapping[str, Any] = {}
        name = ""
        for at, value in way:
            found = ENTRY.fullmatch(at)
            if not found or found["block"] not in LISTS or not isinstance(value, Mapping):
                continue
            if found["list"] == "route_points" and not found["part"]:
                outer, name = value, str(value.get("route_point_user_id", ""))
                continue
            listed = PARTS.get(found["part"] or "") if found["list"] == "route_points" else found["list"]
            resource = LISTS[found["block"]].get(str(listed))
            if resource and (listed == found["list"]) == (not found["part"]):
                name = resource.label({**outer, **value})
        return name

    def _line(self, values: list[Any]) -> str:
        for value in reversed(values):
            if origin := self.origin_of(value):
                file, line = origin
                inside = self.base_dir and Path(file).is_relative_to(Path(self.base_dir).resolve())
                return f"{Path(file).relative_to(Path(self.base_dir).resolve()) if inside else file}, line {line}"
        return ""


def _way(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Yield what stands on the way to a place, with its own place, as far as it is there."""
    rest, at = place, ""
    while rest:
        step: str | None = None
        if isinstance(value, Mapping):
            known = {str(name): name for name in value}
            fitting = [name for name in known if re.match(re.escape(name) + r"(?:[.\[]|$)", rest)]
            step = max(fitting, key=len, default=None)
            value = value[known[step]] if step is not None else None
        elif isinstance(value, list) and (index := re.match(r"\[(\d+)\]", rest)) and int(index[1]) < len(value):
            step, value = index[0], value[int(index[1])]
        if step is None:
            return
        at += step if step.startswith("[") or not at else f".{step}"
        rest = rest.removeprefix(step).removeprefix(".")
        yield at, value
