# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the event sources have in common: their options, the way to the rules, and an end in good order."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any, Protocol

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import check_bounds, connection_spec

Happening = dict[str, Any]

NOT_FOR_SOURCES = ("in_process", "progress_file")
SOURCE = "source"
"""The package of what a source says itself: that it has subscribed again, and that events were dropped."""
CLOSING = 15.0
"""Seconds that the end may take: whoever stops a process does not wait for ever."""
SIGNALS = (signal.SIGTERM, signal.SIGINT)
SPEC: dict[str, dict[str, Any]] = {
    "buffer": {"type": "int", "default": 10000},
    "debounce": {"type": "float", "default": 0},
}


class Queue(Protocol):
    """What ansible-rulebook hands to a source."""

    async def put(self, event: Happening) -> None:
        """Take an event, as soon as the rules have taken those before it."""


def read_options(platform: str, own: Mapping[str, dict[str, Any]], args: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a source, with what the environment says. Raises Faults with all that is wrong."""
    spec = {name: option for name, option in connection_spec(platform).items() if name not in NOT_FOR_SOURCES}
    given = {name: value for name, value in args.items() if name != "eda_feedback_queue"}
    result = ArgumentSpecValidator({**spec, **SPEC, **own}).validate(given)
    if result.error_messages:
        raise Faults(result.error_messages)
    options = result.validated_parameters
    check_bounds(options)
    lowest = {"buffer": 1, "debounce": 0}
    if faults := [f"{name}: must be at least {low}" for name, low in lowest.items() if options[name] < low]:
        raise Faults(faults)
    return options


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Outlet:
    """The way to the rules. It keeps what they have not taken yet, up to a limit, and drops nothing silently."""

    def __init__(self, queue: Queue, options: Mapping[str, Any], log: logging.Logger) -> None:
        self._queue = queue
        self._log = log
        self._debounce: float = options["debounce"]
        self._waiting: asyncio.Queue[Happening] = asyncio.Queue(options["buffer"])
        self._held: dict[Any, tuple[float, Happening]] = {}
        """What waits for more about the same thing, in the order in which it is due."""
        self._more = asyncio.Event()
        self.dropped = 0
        self.last = ""
        """When the last event was received."""

    async def put(self, event: Happening, about: Any = None) -> None:
        """Hand an event on. Where the rules do not keep up, this waits, and so does whoever sends events."""
        self.last = event["received"]
        if not self._debounce or about is None:
            await self._waiting.put(event)
        elif about in self._held:
            due, before = self._held[about]
            self._held[about] = due, {**before, **event, "merged": before.get("merged", 1) + 1}
        else:
            self._held[about] = asyncio.get_running_loop().time() + self._debounce, event
            self._more.set()

    async def offer(self, event: Happening, about: Any, seconds: float) -> bool:
        """Hand an event on, for which nobody can be made to wait long; tell whether there was room for it."""
        try:
            async with asyncio.timeout(seconds):
                await self.put(event, about)
        except TimeoutError:
            self.drop("the rules do not keep up")
            return False
        return True

    def drop(self, why: str) -> None:
        """Count an event that cannot reach the rules; they are told with the next one that can."""
        self.dropped += 1
        if self.dropped == 1:
            self._log.warning("An event was dropped: %s. The rules are told how many, as Dropped", why)

    async def say(self, name: str, **fields: Any) -> None:
        """Tell the rules something about the source itself."""
        await self._waiting.put({"event": name, "package": SOURCE, "received": now(), **fields})

    async def pump(self) -> None:
        """Hand over what waits, one after the other, for ever."""
        while True:
            event = await self._waiting.get()
            if self.dropped:
                count, self.dropped = self.dropped, 0
                await self._queue.put({"event": "Dropped", "package": SOURCE, "received": now(), "count": count})
            await self._queue.put(event)

    async def release(self) -> None:
        """Let go what has been held back for long enough, for ever."""
        while True:
            if not self._held:
                self._more.clear()
                await self._more.wait()
            about, (due, _event) = next(iter(self._held.items()))
            await asyncio.sleep(due - asyncio.get_running_loop().time())
            await self._waiting.put(self._held.pop(about)[1])

    @property
    def left(self) -> int:
        """How many events have not reached the rules."""
        return self._waiting.qsize() + len(self._held)


def pauses(longest: float) -> Iterator[float]:
    """Yield how long to wait before each next attempt to reach what is out of reach."""
    pause = 0.1
    while True:
        yield pause * random.uniform(0.5, 1)
        pause = min(2 * pause, longest)


# The end

_sources: set[asyncio.Task[Any]] = set()
_handlers: dict[int, Any] = {}
"""What was to happen at each signal before there was a source."""
_stopping: set[asyncio.Task[None]] = set()


def take_signals() -> None:
    """Have the signals that end a process end the sources first.

    The rules of ansible-rulebook run in a Java machine inside its process, which takes these signals when it starts,
    and ends without Python knowing. So this is called when that has happened, and again later.
    """
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        before = signal.getsignal(number)
        with suppress(NotImplementedError, RuntimeError, ValueError):  # not in the main thread, or on Windows
            loop.add_signal_handler(number, _begin_to_stop, number)
            _handlers.setdefault(number, before)


def _begin_to_stop(number: int) -> None:
    if _stopping:
        return
    task = asyncio.get_running_loop().create_task(_stop(number))
    _stopping.add(task)
    task.add_done_callback(_stopping.discard)


async def _stop(number: int) -> None:
    """End all sources of the process, and then do what the signal would have done."""
    ending = set(_sources)
    for task in ending:
        task.cancel()
    if ending:
        await asyncio.wait(ending, timeout=CLOSING)
    _give_back_signals()
    asyncio.get_running_loop().call_soon(os.kill, os.getpid(), number)  # whatever that raises must not end in this task


def _give_back_signals() -> None:
    loop = asyncio.get_running_loop()
    for number, before in list(_handlers.items()):
        loop.remove_signal_handler(number)
        signal.signal(number, signal.SIG_DFL if before is None else before)
        del _handlers[number]


@asynccontextmanager
async def ended_in_order(close: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Close what a source has opened when it ends, however that is; also when the process is told to end."""
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("a source runs in a task")
    _sources.add(task)
    take_signals()
    try:
        yield
    finally:
        try:
            await close()
        finally:
            _sources.discard(task)
            if not _sources and not _stopping:
                _give_back_signals()


async def all_of(*work: Awaitable[Any]) -> None:
    """Run things side by side until one of them ends or fails, and then end the others."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        done, _others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for one in done:
            one.result()
    finally:
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
