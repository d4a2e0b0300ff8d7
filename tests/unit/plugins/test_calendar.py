# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests that change a day of a calendar, replayed on days whose numbers close up after a removal, and others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.voiceops.telephony.plugins.module_utils.fields import Values
from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.calendar import (
    MOST_PER_DAY,
    Call,
    Transition,
    day_calls,
)

Day = list[Transition]
TIMES = [f"{hour:02d}:00" for hour in range(15)]
WHAT = st.tuples(st.integers(0, 1), st.sampled_from(["normal", "closed"]))


def wish(time: str, what: tuple[int, str]) -> Values:
    return {"time": time, "rule_number": what[0], "mode": what[1]}


WANTED = st.dictionaries(st.sampled_from(TIMES), WHAT, max_size=MOST_PER_DAY).map(
    lambda day: [wish(time, what) for time, what in day.items()]
)


@st.composite
def days(draw: st.DrawFn, most: int = MOST_PER_DAY) -> Day:
    """Up to ten transitions, their numbers in no order and with gaps."""
    there = draw(st.dictionaries(st.sampled_from(TIMES), WHAT, max_size=most))
    numbers = draw(st.lists(st.integers(1, 12), min_size=len(there), max_size=len(there), unique=True))
    return sorted(
        (Transition(number, time, *what) for number, (time, what) in zip(numbers, there.items(), strict=True)),
        key=lambda t: t.time,
    )


class ModelDay:
    """A day as the platform may keep it."""

    def __init__(self, there: Day, closes_up: bool) -> None:
        self.closes_up = closes_up
        self.there = {t.number: t.plain() for t in there}
        self.most = len(self.there)

    def take(self, call: Call) -> None:
        if call.verb == "POST":
            assert call.number is None
            free = next(n for n in range(1, 30) if n not in self.there)
            self.there[free] = dict(call.transition or {})
        else:
            assert call.number in self.there, f"{call} uses a number that is gone"
            if call.verb == "PUT":
                self.there[call.number] = dict(call.transition or {})
            else:
                del self.there[call.number]
                if self.closes_up:
                    self.there = {n - (n > call.number): t for n, t in self.there.items()}
        self.most = max(self.most, len(self.there))
        times = [t["time"] for t in self.there.values()]
        assert len(set(times)) == len(times), "two transitions at one time"

    def shows(self) -> list[Values]:
        return by_time(self.there.values())


def by_time(transitions: Iterator[Values] | list[Values]) -> list[Values]:
    return sorted(transitions, key=lambda t: t["time"])


def fewest(there: Day, wanted: list[Values]) -> int:
    """Let each wanted transition take over one that is there, or none, in every possible way."""
    best = len(there) + len(wanted)
    for taken in product([None, *there], repeat=len(wanted)):
        used = [t for t in taken if t]
        if len({t.number for t in used}) == len(used):
            writes = sum(t is None or t.plain() != want for t, want in zip(taken, wanted, strict=True))
            best = min(best, writes + len(there) - len(used))
    return best


@pytest.mark.parametrize("closes_up", [True, False])
@given(there=days(), wanted=WANTED)
def test_the_wanted_day_is_reached(closes_up: bool, there: Day, wanted: list[Values]) -> None:
    day = ModelDay(there, closes_up)
    for call in day_calls(there, wanted):
        day.take(call)
    assert day.shows() == by_time(wanted)
    assert day.most <= MOST_PER_DAY


@given(days(most=4), WANTED.filter(lambda wanted: len(wanted) <= 4))
def test_with_the_fewest_requests(there: Day, wanted: list[Values]) -> None:
    assert len(day_calls(there, wanted)) == fewest(there, wanted)


@given(days(), st.data())
def test_nothing_is_sent_for_a_day_as_it_is(there: Day, data: st.DataObject) -> None:
    assert day_calls(there, data.draw(st.permutations([t.plain() for t in there]))) == []


@given(days(), WANTED, st.integers(0, 10), st.booleans())
def test_a_run_that_broke_off_is_taken_up_where_it_stopped(
    there: Day, wanted: list[Values], after: int, up: bool
) -> None:
    day = ModelDay(there, up)
    for call in day_calls(there, wanted)[:after]:
        day.take(call)
    left = [Transition(n, t["time"], t["rule_number"], t["mode"]) for n, t in day.there.items()]
    rest = day_calls(left, wanted)
    assert len(rest) == max(0, len(day_calls(there, wanted)) - after)
    for call in rest:
        day.take(call)
    assert day.shows() == by_time(wanted)


def test_two_transitions_at_one_time_are_brought_down_to_one() -> None:
    """The platform should not have them, and what it has is not ours to choose."""
    there = [Transition(1, "08:00", 0, "normal"), Transition(2, "08:00", 1, "closed")]
    assert day_calls(there, [wish("08:00", (1, "closed"))]) == [
        Call("PUT", 1, wish("08:00", (1, "closed"))),
        Call("DELETE", 2, None),
    ]
