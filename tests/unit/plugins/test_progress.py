# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of long work, by a clock that the tests move on."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.voiceops.telephony.plugins.module_utils import progress
from ansible_collections.voiceops.telephony.plugins.module_utils.engine import Options, Run
from ansible_collections.voiceops.telephony.plugins.module_utils.errors import ApiError
from ansible_collections.voiceops.telephony.plugins.module_utils.progress import EVERY, Progress, Teller
from ansible_collections.voiceops.telephony.plugins.module_utils.resource import Entry, Job, Resource
from ansible_collections.voiceops.telephony.plugins.module_utils.session import Client


class Clock:
    """C(pace) seconds pass each time that somebody looks."""

    def __init__(self, pace: float) -> None:
        self.now = 0.0
        self.pace = pace
        self.lock = threading.Lock()

    def monotonic(self) -> float:
        with self.lock:
            self.now += self.pace
            return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(0)
    monkeypatch.setattr(progress, "time", clock)
    return clock


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    lines: list[str] = []
    monkeypatch.setattr(progress, "show", lines.append)
    return lines


class Plain(Client):
    """A platform of which nothing is asked."""

    platform = "PLAIN"
    auths = {"none": ()}


def client(subject: str = "DNIS", **options: Any) -> Client:
    api = Plain({"url": "http://localhost", "timeout": 5, "retries": 0, "concurrency": 4, **options})
    api.subject = subject
    return api


def teller(file: str | None = None) -> Teller:
    return Teller(file, pytest.fail)


def test_a_line_every_two_seconds_and_one_at_the_end(clock: Clock, shown: list[str]) -> None:
    count = Progress(teller(), "writing DNIS", 10)
    for _one in range(10):
        clock.now += EVERY / 4
        count.add(1)
    assert shown == ["writing DNIS, 4 of 10", "writing DNIS, 8 of 10", "writing DNIS, 10 of 10"]


def test_quick_work_shows_nothing(clock: Clock, shown: list[str]) -> None:
    with client() as api:
        api.map(lambda n: setattr(clock, "now", clock.now + EVERY / 100), range(90))
    assert shown == []


def test_several_quick_pieces_make_long_work(clock: Clock, shown: list[str]) -> None:
    with client() as api:
        for _piece in range(3):
            clock.now += EVERY / 2
            api.map(lambda n: n, range(5))
    assert shown == ["reading DNIS, 1 of 5", "reading DNIS, 5 of 5"]


def test_a_single_thing_is_no_progress(clock: Clock, shown: list[str]) -> None:
    clock.pace = EVERY
    with client() as api:
        assert api.map(lambda n: n, [1]) == [1]
    assert shown == []


@pytest.mark.parametrize("concurrency", [1, 4])
def test_what_is_done_within_is_not_counted(clock: Clock, shown: list[str], concurrency: int) -> None:
    clock.pace = EVERY
    with client(concurrency=concurrency) as api:
        api.map(lambda n: api.map(lambda m: m, range(10)), range(3))
    assert shown == [f"reading DNIS, {n} of 3" for n in (1, 2, 3)]


def test_the_parts_of_a_single_thing_are_counted(clock: Clock, shown: list[str]) -> None:
    clock.pace = EVERY
    with client() as api:
        api.map(lambda n: api.map(lambda m: m, range(3)), [1])
    assert shown == [f"reading DNIS, {n} of 3" for n in (1, 2, 3)]


def test_what_fails_is_done_too(clock: Clock, shown: list[str]) -> None:
    def refuse(n: int) -> None:
        raise ApiError("refused")

    clock.pace = EVERY
    with client() as api:
        assert len(api.map(refuse, range(3))) == 3
    assert shown[-1] == "reading DNIS, 3 of 3"


def test_a_client_that_knows_no_subject_shows_nothing(clock: Clock, shown: list[str]) -> None:
    clock.pace = EVERY
    with client(subject="") as api:
        api.map(lambda n: n, range(3))
    assert shown == []


class Thing(Resource):
    """A thing that is made three at a time, and then looked at; the second cannot be made."""

    platform = "apio"
    noun, plural = "thing", "things"

    def read(self, api: Client, entries: Any, *_more: Any) -> Any:
        return [None] * len(entries), []

    def stages(self, steps: Any) -> list[list[Job]]:
        def make(api: Client, made: Any) -> None:
            if steps[0] in made:
                raise ApiError("refused")

        together = [Job(steps[n : n + 3], make) for n in range(0, len(steps), 3)]
        return [together, [Job([step], lambda api, seen: None) for step in steps]]


def test_writes_are_counted_over_all_stages_and_by_resource(clock: Clock, shown: list[str]) -> None:
    clock.pace = EVERY
    with client(subject="things", concurrency=1) as api:
        result = Run(Thing, api, Options())([Entry(n, {}) for n in range(6)])
    assert result["summary"]["failed"] == 3
    done = [int(line.removeprefix("writing things, ").removesuffix(" of 12")) for line in shown]
    assert done == sorted(done)
    assert done[:2] == [3, 6]
    assert done[-1] == 12


def test_a_file_gets_the_same_lines_with_the_time(
    clock: Clock, shown: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "host", "acme")
    file = tmp_path / "progress"
    file.write_text("what was there\n")
    clock.pace = EVERY
    with client(progress_file=str(file)) as api:
        api.map(lambda n: n, range(3))
    first, *lines = file.read_text().splitlines()
    assert first == "what was there"
    assert [line.partition(" ")[2] for line in lines] == shown
    assert shown == [f"acme: reading DNIS, {n} of 3" for n in (1, 2, 3)]
    assert all(datetime.fromisoformat(line.partition(" ")[0]).tzinfo for line in lines)


def test_a_file_that_cannot_be_written_is_one_warning(clock: Clock, shown: list[str], tmp_path: Path) -> None:
    clock.pace = EVERY
    with client(progress_file=str(tmp_path)) as api:
        assert api.map(lambda n: n, range(3)) == [0, 1, 2]
    assert api.warnings == [f"progress_file: cannot write to {str(tmp_path)!r}: Is a directory"]
    assert len(shown) == 3


def test_many_threads_count_right(clock: Clock, shown: list[str]) -> None:
    count = Progress(teller(), "reading DNIS", 8000)
    threads = [threading.Thread(target=lambda: [count.add(1) for _n in range(1000)]) for _thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count.done == 8000
