# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What callers would fall into, found without any test: numbers of nobody, loops, hours without a rule, holidays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from .hours import ALWAYS, Calendar, Interval, in_words
from .paths import Path, Paths

MOVABLE = (-2, 0, 1, 39, 40, 49, 50, 60)
"""How many days after Easter holidays are: from Good Friday to Corpus Christi."""
MOST_NUMBERS = 3
YEAR = timedelta(days=366)


def gaps(paths: Paths, start: datetime, end: datetime) -> list[str]:
    """Return what is wrong with the paths of a tenant from one moment to another, which are a year apart."""
    pilots = [number for kind, number in paths.things if kind == "pilot"]
    calendars = ((number, paths.calendar(number)) for number in pilots)
    return [
        *_on_the_way(paths, start, end),
        *forgotten_holidays(calendars, start.astimezone(paths.zone).date()),
    ]


class _Gap(NamedTuple):
    way: Path
    numbers: dict[str, list[Interval]]
    """From which numbers a call comes there, and when."""


def _on_the_way(paths: Paths, start: datetime, end: datetime) -> Iterator[str]:
    found: dict[tuple[str, ...], _Gap] = {}
    for number in paths.numbers().values():
        for span in paths.timeline(number, start, end):
            for way in span.path.ways():
                if way.gap:
                    things = sorted({*way.circle}) or way.missing
                    gap = found.setdefault((way.gap, *things), _Gap(way, {}))
                    gap.numbers.setdefault(number, []).append((span.start, span.end))
    for (kind, *_what), gap in found.items():
        first, *_others = gap.numbers.values()
        times = in_words(first, paths.zone, (start, end))
        when = "" if times == ALWAYS else f", {times}"
        whose = f"calls to {_some([*gap.numbers])}"
        if kind == "nobody":
            yield f"{whose} may come to {gap.way.number}, and nothing in this tenant has that number{when}"
        elif kind == "loop":
            yield f"{whose} may go in a circle: {' -> '.join(gap.way.circle)}{when}"
        else:
            yield f"{whose} come to a pilot without a rule: nobody knows {gap.way.missing[0]}{when}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NUMBERS
    return ", ".join(names[:MOST_NUMBERS]) + (f" and {more} more" if more > 0 else "")


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches (Oudin)."""
    century, golden = year // 100, year % 19
    epact = (century - century // 4 - (century - (century - 17) // 25) // 3 + 19 * golden + 15) % 30
    epact -= epact // 28 * (1 - epact // 28 * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    sunday = epact - weekday
    month = 3 + (sunday + 40) // 44
    return date(year, month, sunday + 28 - 31 * (month // 4))


def next_year(day: date) -> date | None:
    """Return the day a year later that is the same holiday, if a day is one; None for 29 February."""
    after = (day - easter(day.year)).days
    if after in MOVABLE:
        return easter(day.year + 1) + timedelta(days=after)
    return None if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def forgotten_holidays(calendars: Iterable[tuple[str, Calendar]], today: date) -> Iterator[str]:
    """Yield the holidays of the coming year on which pilots stay open that were closed a year before."""
    open_on: dict[tuple[date, date], list[str]] = {}
    for number, calendar in calendars:
        for written, listed in calendar.exceptions.items():
            day = date.fromisoformat(written)
            if not today - YEAR <= day < today or any(t["mode"] != "closed" for t in listed):
                continue
            again = next_year(day)
            coming = again and today <= again < today + YEAR and again.isoformat() not in calendar.exceptions
            if coming and any(change.state.mode == "normal" for change in calendar.day(again)):
                open_on.setdefault((again, day), []).append(number)
    for (again, day), numbers in sorted(open_on.items()):
        yield (
            f"{again:%A}, {again.day} {again:%B %Y}: nothing closes {'pilot' if len(numbers) == 1 else 'pilots'} "
            f"{_some(numbers)}, closed on the same holiday a year before, {day.isoformat()}"
        )
