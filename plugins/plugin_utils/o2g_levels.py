# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that are watched: high at once, low only when they have been so for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.voiceops.telephony.plugins.module_utils.fields import snake_case

from .events import Happening, now
from .o2g_event_table import EVENTS

HIGH, LOW, BETWEEN = "high", "low", "between"
SPEC: dict[str, dict[str, Any]] = {
    "event": {"type": "str", "required": True},
    "field": {"type": "str", "required": True},
    "high": {"type": "float"},
    "low": {"type": "float"},
    "low_values": {"type": "list", "elements": "str"},
    "hold": {"type": "float", "default": 300},
}
EITHER: dict[str, list[list[str]]] = {
    "required_one_of": [["low", "low_values"]],
    "mutually_exclusive": [["low", "low_values"], ["high", "low_values"]],
    "required_together": [["low", "high"]],
}


def faults(levels: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """Yield what is wrong with the options."""
    events = [name for name, event in EVENTS.items() if event.about]
    for n, one in enumerate(levels):
        if one["event"] not in events:
            yield f"levels[{n}].event: must be one of {', '.join(events)}"
        if one["low_values"] == []:
            yield f"levels[{n}].low_values: must name some"
        if one["low"] is not None and one["low"] >= one["high"]:
            yield f"levels[{n}].low: must be less than high"
        if one["hold"] < 0:
            yield f"levels[{n}].hold: must be at least 0 seconds"


def _level(one: Mapping[str, Any], event: Happening) -> str | None:
    """Return the level of a watched value; None if the event does not tell it."""
    value: Any = event
    for name in one["field"].split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    if one["low_values"] is not None:
        return None if value is None else LOW if str(value) in one["low_values"] else HIGH
    if not isinstance(value, (int, float)):
        return None
    return LOW if value <= one["low"] else HIGH if value >= one["high"] else BETWEEN


@dataclass
class _Watched:
    """A value of one object. Between low and high, its level stays as it was."""

    level: str | None = None
    low_since: float | None = None
    event: Happening | None = None


class Levels:
    """Marks events that carry a watched value with its level, and tells when that has changed."""

    def __init__(self, levels: Iterable[Mapping[str, Any]], put: Callable[[Happening], Awaitable[None]]) -> None:
        self._levels = list(levels)
        self._put = put
        self._watched: dict[tuple[int, tuple[str, ...]], _Watched] = {}
        self._more = asyncio.Event()

    def mark(self, event: Happening, time: float) -> None:
        """Add C(level), C(level_before) and C(level_changed) to an event, where one of its values is watched."""
        for n, one in enumerate(self._levels):
            level = _level(one, event) if event["event"] == one["event"] else None
            if level is None:
                continue
            about = tuple(str(event.get(snake_case(field))) for field in EVENTS[one["event"]].about)
            watched = self._watched.setdefault((n, about), _Watched())
            watched.event, before = event, watched.level
            if level != LOW:
                watched.low_since = None
                watched.level = before if level == BETWEEN else level
            elif before != LOW and watched.low_since is None:
                watched.low_since = time
                self._more.set()
            event.update(level=watched.level, level_before=before, level_changed=watched.level != before)

    def ripe(self, time: float) -> tuple[list[Happening], float | None]:
        """Return the events of values that have been low for long enough, and when the next ones will have been."""
        events, due = [], []
        for (n, _about), watched in self._watched.items():
            if watched.low_since is None or watched.event is None:
                continue
            ripens = watched.low_since + self._levels[n]["hold"]
            if ripens > time:
                due.append(ripens)
            else:
                levels = {"level": LOW, "level_before": watched.level, "level_changed": True}
                watched.level, watched.low_since = LOW, None
                events.append({**watched.event, "received": now(), **levels})
        return events, min(due, default=None)

    async def release(self) -> None:
        """Tell of values that have been low for long enough, for ever."""
        loop = asyncio.get_running_loop()
        while True:
            self._more.clear()
            events, due = self.ripe(loop.time())
            for event in events:
                await self._put(event)
            try:
                async with asyncio.timeout_at(due):
                    await self._more.wait()
            except TimeoutError:
                continue
