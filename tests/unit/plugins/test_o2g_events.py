# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source of O2G, with a queue in the place of the rules."""

from __future__ import annotations

import asyncio
import logging
import os
import runpy
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from conftest import LINK
from simulator.handle import Simulator

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Fatal, Faults, Refused
from ansible_collections.voiceops.telephony.plugins.plugin_utils import o2g_events
from ansible_collections.voiceops.telephony.plugins.plugin_utils.o2g_events import (
    Lines,
    O2gSource,
    as_event,
    options_of,
    selectors,
)
from ansible_collections.voiceops.telephony.plugins.plugin_utils.o2g_levels import Levels

main: Callable[[Any, dict[str, Any]], Awaitable[None]] = runpy.run_path(
    str(LINK / "extensions/eda/plugins/event_source/o2g_events.py")
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


def options(sim: Simulator, **more: Any) -> dict[str, Any]:
    return {"url": sim.url, "username": "admin", "password": "simulator", "packages": ["routingManagement"], **more}


def subscriptions(sim: Simulator) -> list[dict[str, Any]]:
    return [one for key, one in sim.state()["o2g"]["subscriptions"].items() if not key.startswith("SUB-")]


async def until(true: Callable[[], Any]) -> None:
    while not true():
        await asyncio.sleep(0.01)


@asynccontextmanager
async def source(sim: Simulator, size: int = 0, **more: Any) -> AsyncIterator[Queue]:
    """A source that is subscribed, and leaves nothing behind when it ends."""
    queue: Queue = asyncio.Queue(size)
    task = asyncio.ensure_future(main(queue, options(sim, **more)))
    listening = "webHookUrl" if "webhook" in more else "channel"
    try:
        await until(lambda: task.done() or any(one[listening] for one in subscriptions(sim)))
        yield queue
    finally:
        ended = task.done()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        if not ended:
            assert subscriptions(sim) == []
            assert sim.state()["o2g"]["sessions"] == 0


def go(work: Awaitable[None]) -> None:
    async def limited() -> None:
        async with asyncio.timeout(60):
            await work

    asyncio.run(limited())


# Options


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"packages": ["telefony"]}, "value of packages must be one or more of"),
        ({"packages": []}, "packages: must name some"),
        ({"packages": ["system"], "ids": ["oxe1"]}, "ids: leave it out"),
        (
            {"packages": ["agent", "rti"], "ids": ["oxe1"]},
            "login names and of numbers of ACD objects: use a source for",
        ),
        ({"pakages": ["agent"]}, "pakages. Supported parameters include"),
        ({"timeout": 0}, "timeout: must be more than 0"),
        ({"buffer": 0}, "buffer: must be at least 1"),
        ({"levels": [{"event": "x", "field": "x", "high": 1, "low": 0}]}, "levels[0].event: must be one of OnUserInfo"),
        (
            {"levels": [{"event": "OnQueueRtiChanged", "field": "x", "high": 1, "low": 1}]},
            "levels[0].low: must",
        ),
        (
            {"levels": [{"event": "OnQueueRtiChanged", "field": "x", "low": 1, "low_values": ["a"]}]},
            "mutually exclusive: low|low_values",
        ),
        ({"levels": [{"event": "OnQueueRtiChanged", "field": "x"}]}, "one of the following is required: low"),
        (
            {"levels": [{"event": "OnQueueRtiChanged", "field": "x", "low_values": []}]},
            "levels[0].low_values: must name some",
        ),
        ({"silence": 0}, "silence: must be more than 0"),
        ({"webhook": {"host": "0.0.0.0", "port": 1}}, "webhook.url: must be given"),
        ({"url": "https://o2g.example.com", "webhook": {"port": 1}}, "webhook.url: must be given"),
        ({"webhook": {"port": 1}, "channel_url": "https://x"}, "channel_url: does not go with webhook"),
    ],
)
def test_wrong_options_are_told_before_the_first_request(more: dict[str, Any], message: str) -> None:
    given = {"url": "http://127.0.0.1:1", "username": "admin", "password": "x", "packages": ["agent"], **more}
    with pytest.raises(Faults) as failure:
        options_of(given)
    assert message in str(failure.value)


def test_the_environment_counts_as_with_the_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("O2G_URL", "https://o2g.example.com")
    monkeypatch.setenv("O2G_RETRIES", "7")
    given = options_of({"packages": ["system"]})
    assert (given["url"], given["retries"]) == ("https://o2g.example.com", 7)


def test_ids_go_only_where_they_may() -> None:
    both = ["agent", "system"]
    assert selectors(both, None, True) == [{"ids": ["*"], "names": ["agent"]}, {"names": ["system"]}]
    assert selectors(both, None, False) == [{"names": ["agent"]}, {"names": ["system"]}]
    assert selectors(both, ["oxe1"], False) == [{"ids": ["oxe1"], "names": ["agent"]}, {"names": ["system"]}]


# Events


def test_events_have_names_like_options_and_unknown_ones_are_marked() -> None:
    sent = {"eventName": "OnCallCreated", "loginName": "oxe1", "callData": {"callUUID": "1"}, "newField": [{"aB": 1}]}
    assert as_event(sent, "now")[0] == {
        "event": "OnCallCreated",
        "package": "telephony",
        "received": "now",
        "login_name": "oxe1",
        "call_data": {"call_uuid": "1"},
        "new_field": [{"a_b": 1}],
        "unknown_fields": ["new_field"],
    }
    assert as_event({"eventName": "OnMoon", "x": 1}, "now")[0] == {
        "event": "OnMoon",
        "package": None,
        "received": "now",
        "x": 1,
        "unknown_event": True,
    }


def test_lines_arrive_in_any_pieces_and_endless_ones_are_skipped() -> None:
    text = b'{"a": 1}\r\n\n{"b": 2}\n' + b"x" * 50 + b'\n{"c": 3}\n'
    for size in (1, 3, 7, 1000):
        lines = Lines(20)
        found = [line for n in range(0, len(text), size) for line in lines(text[n : n + size])]
        assert found[:2] + found[-1:] == [b'{"a": 1}', b'{"b": 2}', b'{"c": 3}']
        assert (lines.too_long, len(found)) == ((1, 3) if size < 30 else (0, 4))


# The channel


def test_a_cut_channel_is_opened_again_and_nothing_is_lost(sim: Simulator) -> None:
    async def work() -> None:
        async with source(sim, ids=["oxe70101"]) as queue:
            sim.emit("OnRoutingStateChanged", ["oxe70101"], loginName="oxe70101", n=1)
            sim.emit("OnRoutingStateChanged", ["oxe70102"], loginName="oxe70102")
            assert (await queue.get())["login_name"] == "oxe70101"
            assert sim.cut_channels() == 1
            sim.emit_many("OnRoutingStateChanged", 200, ["oxe70101"])
            assert [(await queue.get())["n"] for _each in range(200)] == list(range(200))
        opened = [entry["status"] for entry in sim.journal() if entry["path"] == "/OTEvents"]
        assert opened == [200, 200]
        made = [entry for entry in sim.journal() if entry["operationId"] == "o2gSubscribe"]
        assert len(made) == 1

    go(work())


def test_a_subscription_that_has_ended_is_made_again_with_a_snapshot(sim: Simulator) -> None:
    async def work() -> None:
        async with source(sim, packages=["routingManagement", "agent", "rti", "system"]) as queue:
            assert sim.state()["o2g"]["snapshots"] == []
            sim.cut_channels(end=True)
            said = await queue.get()
            assert (said["event"], said["package"]) == ("Resubscribed", "source")
            assert "answered 404" in said["reason"]
            await until(lambda: len(sim.state()["o2g"]["snapshots"]) == 3)
            assert sim.state()["o2g"]["snapshots"] == ["routing *", "agents *", "realtime *"]
            sim.emit("OnCtiLinkDown", nodeId="7")
            while (event := await queue.get())["event"] != "OnCtiLinkDown":
                assert "unknown_event" not in event
            assert (event["node_id"], event["package"]) == ("7", "system")

    go(work())


def test_a_session_that_died_and_a_server_that_is_away_are_got_over(sim: Simulator) -> None:
    async def work() -> None:
        async with source(sim, retries=0) as queue:
            sim.fault("POST", "/OTEvents", cut_before=True)
            sim.fault("POST", "/OTEvents", status=503)
            sim.fault("POST", "/OTEvents", status=404)
            sim.fault(None, "/subscriptions", expire_session=True)
            sim.fault("GET", "/authenticate", cut_before=True)
            sim.fault("POST", "/subscriptions$", status=500)
            sim.cut_channels()
            assert (await queue.get())["event"] == "Resubscribed"
            sim.emit("OnRoutingStateChanged", ["oxe70101"], loginName="oxe70101")
            while (await queue.get()).get("login_name") != "oxe70101":
                pass
        assert [fault["times"] for fault in sim.faults()] == [0] * 6

    go(work())


@pytest.mark.parametrize("again", [False, True])
def test_a_refused_log_in_is_never_tried_again(sim: Simulator, again: bool) -> None:
    async def work() -> None:
        given = options(sim, password="simulator" if again else "wrong")
        task = asyncio.ensure_future(main(asyncio.Queue(), given))
        if again:
            await until(lambda: any(one["channel"] for one in subscriptions(sim)))
            sim.clear_journal()
            sim.fault("GET", "/authenticate", status=401, times=None)
            sim.fault(None, "/subscriptions", expire_session=True)
            sim.fault("POST", "/OTEvents", status=404)
            sim.cut_channels()
        with pytest.raises(Refused) as failure:
            await task
        assert "refused the log-in of 'admin' (401)" in str(failure.value)
        assert [entry["status"] for entry in sim.journal() if "/authenticate" in entry["path"]] == [401]

    go(work())


def test_what_is_wrong_at_once_ends_the_source(sim: Simulator) -> None:
    async def work() -> None:
        sim.fault("POST", "/OTEvents", status=404)
        with pytest.raises(Fatal) as failure:
            await main(asyncio.Queue(), options(sim))
        assert "/OTEvents answered 404. Set channel_url" in str(failure.value)
        assert subscriptions(sim) == []
        assert sim.state()["o2g"]["sessions"] == 0

    go(work())


def test_silence_means_that_the_channel_is_broken(sim: Simulator) -> None:
    async def work() -> None:
        async with source(sim, silence=0.2) as queue:
            await until(lambda: len([e for e in sim.journal() if e["path"] == "/OTEvents"]) == 2)
            sim.settings(o2g={"keepalive": 0.01})
            sim.emit("OnRoutingStateChanged", ["oxe70101"], loginName="oxe70101")
            assert (await queue.get())["login_name"] == "oxe70101"

    go(work())


def test_rules_that_do_not_keep_up_make_the_server_wait(sim: Simulator) -> None:
    async def work() -> None:
        async with source(sim, size=1, buffer=5) as queue:
            sim.emit_many("OnRoutingStateChanged", 2000, ["oxe70101"], much="x" * 10000)
            sent = -1
            while sent != (sent := subscriptions(sim)[0]["sent"]):
                await asyncio.sleep(0.1)
            assert 0 < subscriptions(sim)[0]["waiting"] < 2000
            assert [(await queue.get())["n"] for _each in range(2000)] == list(range(2000))

    go(work())


def test_events_about_the_same_thing_are_made_one(sim: Simulator) -> None:
    async def work() -> None:
        async with source(sim, packages=["rti", "routingManagement"], debounce=0.3) as queue:
            sim.emit("OnQueueRtiChanged", ["60201"], number="60201", nbOfWaitingCalls=1, currentWaitingTime=2)
            sim.emit("OnQueueRtiChanged", ["60202"], number="60202", nbOfWaitingCalls=7)
            sim.emit("OnQueueRtiChanged", ["60201"], number="60201", nbOfWaitingCalls=3)
            first, second = await queue.get(), await queue.get()
            assert (first["number"], first["nb_of_waiting_calls"], first["merged"]) == ("60201", 3, 2)
            assert first["current_waiting_time"] == 2
            assert (second["number"], "merged" in second) == ("60202", False)

    go(work())


def test_a_level_is_high_at_once_and_low_after_a_while() -> None:
    watch = {"event": "OnPilotRtiChanged", "field": "nb_of_waiting_calls", "high": 10, "low": 2, "hold": 60}
    levels = Levels([{**watch, "low_values": None}], None)

    def level(value: int | None, time: float, number: str = "60101") -> tuple[Any, Any]:
        event = {"event": "OnPilotRtiChanged", "number": number, "nb_of_waiting_calls": value}
        levels.mark(event, time)
        return event.get("level"), event.get("level_changed")

    assert level(5, 0) == (None, False)
    assert [level(n, 1) for n in (10, 12, 3, 10)] == [("high", True), ("high", False), ("high", False), ("high", False)]
    assert level(None, 2) == (None, None)
    assert level(1, 10, "60102") == (None, False)
    assert level(2, 100) == ("high", False)
    assert level(3, 130) == ("high", False)  # not calm for long enough
    assert level(0, 140) == ("high", False)
    events, due = levels.ripe(150)
    assert ([event["number"] for event in events], due) == (["60102"], 200)
    events, due = levels.ripe(200)
    assert [(event["number"], event["level"], event["level_changed"]) for event in events] == [("60101", "low", True)]
    assert due is None
    assert level(0, 300) == ("low", False)
    assert levels.ripe(400) == ([], None)
    assert level(11, 500) == ("high", True)


def test_a_level_may_be_one_of_words() -> None:
    watch = {"event": "OnAgentStateChanged", "field": "state.main_state", "low_values": ["LOG_OFF", "LOGGED_OFF"]}
    levels = Levels([{**watch, "hold": 60}], None)

    def level(login: str, state: str | None, time: float) -> tuple[Any, Any, Any]:
        event = {"event": "OnAgentStateChanged", "login_name": login, "state": {"main_state": state}}
        levels.mark(event, time)
        return event.get("level_before"), event.get("level"), event.get("level_changed")

    assert level("oxe1", None, 0) == (None, None, None)
    assert level("oxe1", "LOG_ON", 0) == (None, "high", True)
    assert level("oxe2", "LOGGED_OFF", 0) == (None, None, False)
    assert level("oxe1", "LOG_OFF", 1) == ("high", "high", False)
    assert level("oxe1", "LOG_ON", 59) == ("high", "high", False)  # only another set
    assert level("oxe1", "LOG_OFF", 70) == ("high", "high", False)
    events, _due = levels.ripe(130)
    assert [(one["login_name"], one["level_before"], one["level"]) for one in events] == [
        ("oxe1", "high", "low"),
        ("oxe2", None, "low"),
    ]


# The webhook


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
        return port


@pytest.mark.parametrize("cookie", ["example", "text"])
def test_a_webhook_takes_what_carries_the_cookie(sim: Simulator, cookie: str) -> None:
    aiohttp = pytest.importorskip("aiohttp")
    sim.settings(o2g={"webhook_cookie": cookie})
    port = free_port()
    url = f"http://127.0.0.1:{port}/o2g"

    async def work() -> None:
        async with (
            source(sim, packages=["system"], webhook={"port": port, "max_size": 1}) as queue,
            aiohttp.ClientSession() as somebody,
        ):
            (key,) = set(sim.state()["o2g"]["subscriptions"]) - {"SUB-1", "SUB-2"}
            await asyncio.to_thread(sim.emit, "OnCtiLinkDown", nodeId="7")
            assert (await queue.get())["event"] == "OnCtiLinkDown"

            async def post(text: str, **headers: str) -> int:
                async with somebody.post(url, data=text, headers=headers) as answer:
                    return int(answer.status)

            event = '{"eventName": "OnCtiLinkUp"}'
            assert await post(event) == 403
            assert await post(event, Cookie=f"AlcUserId={key}x") == 403
            assert await post("x" * 2000, Cookie=key) == 413
            assert await post("no JSON", Cookie=key) == 400
            assert await post(event, Cookie=key) == 204
            assert [(await queue.get())["event"] for _each in range(2)] == ["Dropped", "OnCtiLinkUp"]

    go(work())


def test_a_webhook_without_room_says_so_and_counts(sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(o2g_events, "PATIENCE", 0.05)
    port = free_port()

    async def work() -> None:
        async with source(sim, size=1, packages=["system"], webhook={"port": port}, buffer=1) as queue:
            await asyncio.to_thread(sim.emit_many, "OnCtiLinkDown", 10)
            await until(lambda: sum(one["sent"] for one in subscriptions(sim)) == 10)
            numbers = []
            while (event := await queue.get())["event"] != "Dropped":
                numbers.append(event["n"])
            numbers.append((await queue.get())["n"])
            assert numbers == [0, 1, 2]
            assert event["count"] == 7

    go(work())


# The end


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_source_first_and_is_then_passed_on(sim: Simulator, number: int) -> None:
    seen: list[tuple[int, list[Any]]] = []

    def mine(n: int, _frame: Any) -> None:
        seen.append((n, subscriptions(sim)))

    before = signal.signal(number, mine)
    try:

        async def work() -> None:
            async with source(sim):
                await until(lambda: signal.getsignal(number) is not mine)
                os.kill(os.getpid(), number)
                await until(lambda: seen)

        with suppress(asyncio.CancelledError):
            go(work())
    finally:
        signal.signal(number, before)
    assert seen == [(number, [])]


def test_a_source_told_to_end_as_its_channel_opens_ends(sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = O2gSource._lines

    async def told_to_end(self: O2gSource, content: Any) -> AsyncIterator[bytes]:
        async for line in lines(self, content):
            for task in asyncio.all_tasks():
                if getattr(task.get_coro(), "__qualname__", "") == "O2gSource.run":
                    task.cancel()
            yield line

    monkeypatch.setattr(O2gSource, "_lines", told_to_end)

    async def work() -> None:
        with pytest.raises(asyncio.CancelledError):
            async with asyncio.timeout(20):
                await main(asyncio.Queue(), options(sim))

    go(work())
    assert subscriptions(sim) == []


def test_secrets_are_in_no_message(sim: Simulator, caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        async with source(sim) as queue:
            keys = set(sim.state()["o2g"]["subscriptions"]) - {"SUB-1", "SUB-2"}
            sim.cut_channels(end=True)
            said = await queue.get()
            assert not any(secret in caplog.text + str(said) for secret in (*keys, "simulator"))

    with caplog.at_level(logging.DEBUG, "voiceops"):
        go(work())
    assert "subscribes again" in caplog.text
