# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values of ACD objects that are watched: high at once, low only when they have been so for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .events import Happening, now

HIGH, LOW = "high", "low"
SPEC: dict[str, dict[str, Any]] = {
    "event": {"type": "str", "required": True},
    "field": {"type": "str", "required": True},
    "high": {"type": "float", "required": True},
    "low": {"type": "float", "required": True},
    "hold": {"type": "float", "default": 300},
}


def faults(levels: Iterable[Mapping[str, Any]], events: Iterable[str]) -> Iterable[str]:
    """Yield what is wrong with the options."""
    for n, one in enumerate(levels):
        if one["event"] not in events:
            yield f"levels[{n}].event: must be one of {', '.join(events)}"
        if one["low"] >= one["high"]:
            yield f"levels[{n}].low: must be less than high"
        if one["hold"] < 0:
            yield f"levels[{n}].hold: must be at least 0 seconds"


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
        self._watched: dict[tuple[int, str], _Watched] = {}
        self._more = asyncio.Event()

    def mark(self, event: Happening, time: float) -> None:
        """Add C(level) and C(level_changed) to an event, where one of its values is watched."""
        for n, one in enumerate(self._levels):
            value = event.get(one["field"])
            if event["event"] != one["event"] or not isinstance(value, (int, float)):
                continue
            watched = self._watched.setdefault((n, str(event.get("number"))), _Watched())
            watched.event = event
            before = watched.level
            if value > one["low"]:
                watched.low_since = None
                watched.level = HIGH if value >= one["high"] else before
            elif before != LOW and watched.low_since is None:
                watched.low_since = time
                self._more.set()
            event.update(level=watched.level, level_changed=watched.level != before)

    def ripe(self, time: float) -> tuple[list[Happening], float | None]:
        """Return the events of values that have been low for long enough, and when the next ones will have been."""
        events, due = [], []
        for (n, _number), watched in self._watched.items():
            if watched.low_since is None or watched.event is None:
                continue
            ripens = watched.low_since + self._levels[n]["hold"]
            if ripens > time:
                due.append(ripens)
            else:
                watched.level, watched.low_since = LOW, None
                events.append({**watched.event, "received": now(), "level": LOW, "level_changed": True})
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
                await asyncio.wait_for(self._more.wait(), None if due is None else due - loop.time())
            except TimeoutError:
                continue
