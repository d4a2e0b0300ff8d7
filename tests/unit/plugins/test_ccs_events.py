# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source of CCS, with a queue in the place of the rules."""

from __future__ import annotations

import asyncio
import runpy
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from conftest import LINK
from simulator.handle import Simulator

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Fatal, Faults, Refused
from ansible_collections.voiceops.telephony.plugins.plugin_utils import ccs_events

main: Callable[[Any, dict[str, Any]], Awaitable[None]] = runpy.run_path(
    str(LINK / "extensions/eda/plugins/event_source/ccs_events.py")
)["main"]
Queue = asyncio.Queue[dict[str, Any]]


@pytest.fixture(scope="module")
def running() -> Iterator[Simulator]:
    with Simulator.start() as simulator:
        yield simulator


@pytest.fixture
def sim(running: Simulator) -> Iterator[Simulator]:
    running.reset()
    yield running
    assert [entry["violation"] or entry["answer_violation"] for entry in running.violations()] == []
    assert running.log == ""


def sockets(sim: Simulator) -> int:
    found: int = sim.state()["ccs"]["sockets"]
    return found


async def until(true: Callable[[], Any]) -> None:
    while not true():
        await asyncio.sleep(0.01)


@asynccontextmanager
async def source(sim: Simulator, **more: Any) -> AsyncIterator[tuple[Queue, asyncio.Future[None]]]:
    queue: Queue = asyncio.Queue()
    task = asyncio.ensure_future(main(queue, {"url": sim.url, "token": "simulator-token", **more}))
    try:
        await until(lambda: task.done() or sockets(sim))
        yield queue, task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, Refused):
            await task
        await until(lambda: sockets(sim) == 0)


def go(work: Awaitable[None]) -> None:
    async def limited() -> None:
        async with asyncio.timeout(60):
            await work

    asyncio.run(limited())


def test_messages_are_handed_on_untouched_through_a_break(sim: Simulator) -> None:
    async def work() -> None:
        async with source(sim) as (queue, _task):
            message = {"someThing": {"aB": [1, None]}, "event": "x"}
            assert sim.tell_ccs(message) == 1
            event = await queue.get()
            assert event.pop("received") <= ccs_events.now()
            assert event == {"event": "message", "package": None, "unknown_event": True, "message": message}
            sim.fault("GET", "/6/v2/sock", cut_before=True)
            sim.cut_channels()
            await until(lambda: sockets(sim))
            sim.tell_ccs("no object")
            said, event = await queue.get(), await queue.get()
            assert (said["event"], said["package"], event["message"]) == ("Resubscribed", "source", "no object")
            assert said["reason"].endswith("/6/v2/sock closed the connection (1001)")

    go(work())


@pytest.mark.parametrize("early", [False, True])
def test_a_refused_token_is_never_tried_again(sim: Simulator, early: bool) -> None:
    async def work() -> None:
        if early:
            sim.fault("GET", "/6/v2/sock", status=403)
        with pytest.raises(Refused) as failure:
            await main(asyncio.Queue(), {"url": sim.url, "token": "wrong-token"})
        said = "answered 403" if early else "closed the connection (1008) after the token"
        assert said in str(failure.value)
        assert "wrong-token" not in str(failure.value)
        assert len(sim.journal()) == 1

    go(work())


def test_being_cut_again_and_again_after_the_token_counts_as_a_refusal(sim: Simulator) -> None:
    async def work() -> None:
        async with source(sim) as (queue, task):
            sim.tell_ccs({})
            await queue.get()
            sim.fault("GET", "/6/v2/sock", cut_before=True, times=None)
            sim.cut_channels()
            with pytest.raises(Refused):
                await task
            assert len(sim.journal()) == 1 + ccs_events.MOST_CUTS

    go(work())


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"auth": "basic", "username": "a", "password": "b"}, "token: must be given"),
        ({"token": "t", "packages": ["x"]}, "packages. Supported parameters include"),
        ({"token": "t", "silence": 0}, "silence: must be more than 0"),
    ],
)
def test_wrong_options_are_told_before_the_first_request(more: dict[str, Any], message: str) -> None:
    with pytest.raises(Faults) as failure:
        go(main(asyncio.Queue(), {"url": "http://127.0.0.1:1", **more}))
    assert message in str(failure.value)


def test_what_is_out_of_reach_at_once_is_for_a_person() -> None:
    with pytest.raises(Fatal) as failure:
        go(main(asyncio.Queue(), {"url": "http://127.0.0.1:1", "token": "t"}))
    assert "ws://127.0.0.1:1/6/v2/sock" in str(failure.value)
