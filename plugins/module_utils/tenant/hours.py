# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the calendar of a pilot says at a moment: local times, and what a change of the clock does to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ..o2g.calendar import DAYS

UNKNOWN = "unknown"
"""The mode where the code does not say what the week is like."""
NOTHING = "nothing"
"""The mode where no transition is in force."""
WEEK = 7


def iso_date(day: str) -> str | None:
    """Return a day as yyyy-mm-dd, or None if it is none."""
    with suppress(ValueError):
        return date.fromisoformat(day).isoformat()
    return None


def iso_day(name: str) -> str:
    """Return what names a day of a calendar: a date as yyyy-mm-dd, anything else as it is."""
    return iso_date(name) or name


class State(NamedTuple):
    """What holds for a pilot."""

    mode: str
    rule_number: int | None
    why: str = ""


class Change(NamedTuple):
    """From which instant on what holds."""

    instant: datetime
    state: State


def zone_of(name: str | None) -> tzinfo:
    """Return a time zone by its name, UTC without one. Raises ValueError for one that is not known."""
    if not name or name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError, TypeError) as error:
        raise ValueError(
            f"{name!r} is no time zone that this machine knows: write one such as Europe/Brussels, and see that the "
            f"machine has the package tzdata"
        ) from error


def moment_of(text: str, zone: tzinfo) -> datetime:
    """Return a moment, written as local time or with its distance from UTC. Raises ValueError."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        moment = None
    if moment is None or len(text.strip()) <= len("yyyy-mm-dd"):
        raise ValueError(f"{text!r} is not a moment: write yyyy-mm-dd hh:mm, in quotes")
    if moment.tzinfo:
        return moment.astimezone(UTC)
    instant = moment.replace(tzinfo=zone).astimezone(UTC)
    if (shown := instant.astimezone(zone).replace(tzinfo=None)) != moment:
        raise ValueError(f"{text!r} does not exist: the clock leaps over it, to {shown:%H:%M} or so")
    return instant


@lru_cache(maxsize=100_000)
def instant_of(day: date, clock: str, zone: tzinfo) -> datetime:
    """Return when a clock first shows a time of a day; where it leaps over it, when it leaps."""
    hours, minutes = clock.split(":")
    wall = datetime.combine(day, time(int(hours), int(minutes)))
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    low, high = sorted((wall.replace(tzinfo=zone, fold=1).astimezone(UTC), instant))
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        low, high = (low, middle) if middle.astimezone(zone).replace(tzinfo=None) > wall else (middle, high)
    return high.replace(microsecond=0)


class Calendar:
    """The calendar of a pilot, as it is written or read."""

    def __init__(self, entry: Mapping[str, Any], zone: tzinfo) -> None:
        self.zone = zone
        normal, exceptions = entry.get("normal"), entry.get("exceptions") or {}
        self.normal = None if normal is None else {day: _sorted(normal[day]) for day in DAYS if normal.get(day)}
        """None where only exceptions are written."""
        self.exceptions = {iso_day(str(day)): _sorted(exceptions[day]) for day in exceptions}
        self.exceptions = {day: self.exceptions[day] for day in sorted(self.exceptions) if self.exceptions[day]}

    def day(self, day: date) -> list[Change]:
        """Return what changes on a day, in the order of time. An exception takes the place of the day of the week."""
        iso, name = day.isoformat(), DAYS[day.weekday()]
        if iso in self.exceptions:
            where, listed = f"exception of {iso}", self.exceptions[iso]
        elif self.normal is None:
            unknown = State(UNKNOWN, None, "the code has the exceptions of its calendar, and not its week")
            return [Change(instant_of(day, "00:00", self.zone), unknown)]
        else:
            where, listed = name, self.normal.get(name, ())
        return [
            Change(
                instant_of(day, t["time"], self.zone),
                State(t["mode"], int(t["rule_number"]), f"{where}, from {t['time']}"),
            )
            for t in listed
        ]

    def at(self, moment: datetime) -> State:
        """Return what holds at a moment: the last change before it goes on."""
        for day in self._backwards(moment.astimezone(self.zone).date()):
            for change in reversed(self.day(day)):
                if change.instant <= moment:
                    return change.state
        return State(NOTHING, None, "nothing in its calendar is in force")

    def _backwards(self, last: date) -> Iterator[date]:
        """Yield the days, the last one first, on which something may change that still holds on the last."""
        if self.normal != {}:
            yield from (last - timedelta(days=back) for back in range(WEEK + 1))
        yield from (date.fromisoformat(day) for day in reversed(self.exceptions) if day <= last.isoformat())

    def changes(self, start: datetime, end: datetime) -> list[Change]:
        """Return what holds from C(start) to C(end), and from when: each change once, the first one at the start."""
        states = {start: self.at(start)}
        day, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        while day <= last:
            states |= {change.instant: change.state for change in self.day(day) if start < change.instant < end}
            day += timedelta(days=1)
        found: list[Change] = []
        for instant, state in states.items():
            if not found or state[:2] != found[-1].state[:2]:
                found.append(Change(instant, state))
        return found


def _sorted(listed: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]]:
    written = [{**t, "time": str(t["time"]).zfill(len("hh:mm"))} for t in listed or ()]
    return sorted(written, key=lambda t: t["time"])


# In words

Interval = tuple[datetime, datetime]

ALWAYS = "at any time"
MOST_DAYS = 6
"""How many days are named one by one."""
SEVERAL = "s"


def in_words(intervals: Sequence[Interval], zone: tzinfo, whole: Interval) -> str:
    """Return when something is so, within a year: the same hours of several days once."""
    if list(intervals) == [whole]:
        return ALWAYS
    same: dict[tuple[str, str, int], list[date]] = {}
    for start, end in intervals:
        since, until = start.astimezone(zone), end.astimezone(zone)
        days = (until.date() - since.date()).days
        if days and until.time() == time():
            days, ending = days - 1, "24:00"
        else:
            ending = f"{until:%H:%M}"
        same.setdefault((f"{since:%H:%M}", ending, days), []).append(since.date())
    bounds = (whole[0].astimezone(zone).date(), whole[1].astimezone(zone).date())
    return "; ".join(_hours(days, since, until, later, bounds) for (since, until, later), days in same.items())


def _hours(days: Sequence[date], since: str, until: str, later: int, bounds: tuple[date, date]) -> str:
    if (since, until) == ("00:00", "24:00"):
        if later and len(days) == 1:
            return f"{_day(days[0])} to {_day(days[0] + timedelta(days=later))}"
        return f"{_days(days, bounds)}{f' and {_count(later)} after' if later else ''}, all day"
    if not later:
        return f"{_days(days, bounds)} {since}-{until}"
    if len(days) == 1:
        return f"{_day(days[0])} {since} to {_day(days[0] + timedelta(days=later))} {until}"
    return f"{_days(days, bounds)} {since} until {until} {_count(later)} later"


def _count(days: int) -> str:
    return f"{days} day" + SEVERAL * (days > 1)


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _days(days: Sequence[date], bounds: tuple[date, date]) -> str:
    if len(days) <= MOST_DAYS:
        months: dict[tuple[int, int], list[date]] = {}
        for day in days:
            months.setdefault((day.year, day.month), []).append(day)
        return _listed([f"{_listed([str(day.day) for day in listed])} {listed[0]:%B}" for listed in months.values()])
    weekdays = sorted({day.weekday() for day in days})
    first, last = bounds
    could = [first + timedelta(days=n) for n in range((last - first).days)]
    if len(days) == sum(day.weekday() in weekdays for day in could):
        return "every day" if len(weekdays) == WEEK else f"every {_weekdays(weekdays)}"
    which = "" if len(weekdays) == WEEK else f" ({_weekdays(weekdays, SEVERAL)})"
    return f"{len(days)} days from {_day(days[0])} to {_day(days[-1])}{which}"


def _weekdays(numbers: Sequence[int], plural: str = "") -> str:
    names = [DAYS[n].capitalize() + plural for n in numbers]
    in_a_row = len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1
    return f"{names[0]} to {names[-1]}" if in_a_row else _listed(names)


def _listed(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def coming_year(now: datetime, zone: tzinfo) -> Interval:
    """Return from when to when the year is that begins today."""
    today = now.astimezone(zone).date()
    last = date(today.year + 1, today.month, min(today.day, 28) if today.month == 2 else today.day)
    return instant_of(today, "00:00", zone), instant_of(last, "00:00", zone)
