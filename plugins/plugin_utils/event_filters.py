# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the event filters do: each is given one event after the other, and returns what goes on to the rules.

What a source says of itself, such as that events were missed, always goes on.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Hashable, Mapping
from fnmatch import fnmatchcase
from itertools import takewhile
from typing import Any

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults
from ansible_collections.voiceops.telephony.plugins.module_utils.fields import snake_case

from .events import SOURCE, Happening
from .o2g_event_table import EVENTS

OF_THE_EVENT = {
    "event",
    "package",
    "received",
    "merged",
    "unknown_event",
    "unknown_fields",
    "meta",
    "level_before",
    "level_changed",
}
"""Keys that are no fields of the platform, and so are not compared."""
IN_PARTS = "rti"
"""The package whose events have only what has changed."""


def _texts(name: str, value: Any) -> list[str]:
    """Return what an option lists; one alone need be no list. Raises Faults."""
    items = value if isinstance(value, list) else [value]
    if not items or any(isinstance(item, bool) or not isinstance(item, str | int) or item == "" for item in items):
        raise Faults([f"{name}: must name some"])
    return [str(item) for item in items]


def only(event: Happening, **options: Any) -> list[Happening]:
    """Let an event go on if it fits all options that are given. Raises Faults."""
    wanted = {name: _texts(name, value) for name, value in options.items() if value is not None}
    if not wanted:
        raise Faults([f"must be told what to let through: {', '.join(options)}"])
    user = event["user"] if isinstance(event.get("user"), Mapping) else {}
    values = {
        "packages": event.get("package"),
        "events": event.get("event"),
        "nodes": event.get("node_id", user.get("node_id")),
        "logins": event.get("login_name", user.get("login_name")),
    }
    fits = all(
        values[name] is not None and any(fnmatchcase(str(values[name]), pattern) for pattern in patterns)
        for name, patterns in wanted.items()
    )
    return [event] if fits or event.get("package") == SOURCE else []


def _subject(event: Happening, by: Any) -> list[str]:
    """Return the fields that say what an event is about, if a later one about the same tells all; none otherwise.

    That is known of the events of O2G. Of others, C(by) must say it.
    """
    known = EVENTS.get(event.get("event", ""))
    fields = [snake_case(field) for field in known.about] if known else []
    if by is not None:
        fields = _texts("by", by)
    there = [field for field in fields if field in event]
    return [] if event.get("package") == SOURCE else there


def _key(event: Happening, subject: list[str], by: Any) -> Hashable | None:
    name = event["event"] if by is None else None
    return (name, *((field, json.dumps(event[field], sort_keys=True)) for field in subject)) if subject else None


def _merged(before: Happening | None, event: Happening) -> Happening:
    if before is None:
        return event
    return {**before, **event, "merged": before.get("merged", 1) + event.get("merged", 1)}


class Burst:
    """Makes few events of many about the same thing."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: dict[Hashable, float] = {}
        """When an event about something went on, the oldest first."""
        self._held: dict[Hashable, Happening] = {}

    def __call__(self, event: Happening, seconds: Any, by: Any = None) -> list[Happening]:
        """Let go on what has been held for long enough, and the event, unless it has to be held. Raises Faults."""
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds <= 0:
            raise Faults(["seconds: must be a number above 0"])
        key, now, going = _key(event, _subject(event, by), by), self._clock(), []
        for about in list(takewhile(lambda one: now >= self._since[one] + seconds, self._since)):
            del self._since[about]
            held = self._held.pop(about, None)
            if about == key:
                event = _merged(held, event)
            elif held is not None:
                self._since[about] = now
                going.append(held)
        if key in self._since:
            self._held[key] = _merged(self._held.get(key), event)
            return going
        if key is not None:
            self._since[key] = now
        return [*going, event]


class Known:
    """Leaves out events that tell what is known."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Happening] = {}

    def __call__(self, event: Happening, merge: Any = False, by: Any = None) -> list[Happening]:
        """Let an event go on unless it repeats what is known, with all that is known on wish. Raises Faults."""
        if not isinstance(merge, bool):
            raise Faults(["merge: must be true or false"])
        subject = _subject(event, by)
        told = {name: value for name, value in event.items() if name not in OF_THE_EVENT}
        key = _key(event, subject, by)
        if key is None or set(told) <= {*subject}:  # it tells that something has happened, which is always new
            return [event]
        before = self._known.get(key, {})
        now = {**before, **told} if event.get("package") == IN_PARTS else told
        if now == before:
            return []
        self._known[key] = now
        if merge and event.get("package") == IN_PARTS:
            return [{**now, **event, "changed": [name for name in told if before.get(name) != told[name]]}]
        return [event]
