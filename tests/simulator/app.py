# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The application: takes a request through fault, access, contract, handler and journal."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from . import settings as settings_module
from .apio import Apio
from .base import Answer, Call, Platform, RefusalError, cookie_of
from .ccs import CUT, SOCKET, Ccs
from .contract import NO_BODY, Contract
from .faults import Fault, FaultError, Faults
from .journal import Journal
from .o2g import O2g
from .o2g_events import CHANNEL, Events, Subscription
from .o2g_statistics import FILES, Statistics
from .seed import default_seed

CONTROL = "/_sim/"
COLLECTION = "voiceops.telephony"  # how the User-Agent of its modules begins
PLATFORMS: tuple[type[Platform], ...] = (Apio, Ccs, O2g)
NOT_JSON = b"<!DOCTYPE html><html><head><title>Login</title></head><body>Please sign in</body></html>"


class Verdict(NamedTuple):
    """The answer to a request, and what the journal is to know about it."""

    answer: Answer
    operation_id: str | None = None
    kind: str = "read"
    violation: str | None = None
    answer_violation: str | None = None
    refusal: str | None = None
    body: Any = NO_BODY


class Simulator:
    """An ASGI application; the control API is under ``/_sim/``, everything else belongs to the platforms."""

    def __init__(self, contracts: Path) -> None:
        self.settings = settings_module.defaults()
        self.faults = Faults()
        self.journal = Journal()
        self.seen: Counter[str] = Counter()
        self.succeeded: Counter[str] = Counter()
        self.by_modules: Counter[str] = Counter()
        seed = default_seed()
        self.platforms: list[Platform] = [
            cls(Contract.load(cls.name, contracts), self.settings[cls.name], seed[cls.name]) for cls in PLATFORMS
        ]
        self._control = _control_application(self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        if scope["path"].startswith(CONTROL):
            await self._control(scope, receive, send)
        elif scope["path"] == CHANNEL:
            await self._channel(scope, receive, send)
        elif scope["path"].startswith(FILES):
            await self._file(scope, send)
        else:
            await self._serve(scope, receive, send)

    def reset(self, seed: dict[str, Any] | None) -> None:
        """Forget everything; what the seed does not name gets its default content."""
        whole = {**default_seed(), **(seed or {})}
        for name, value in settings_module.defaults().items():
            if isinstance(value, dict):
                self.settings[name].update(value)
            else:
                self.settings[name] = value
        self.faults.clear()
        for platform in self.platforms:
            platform.begin(whole[platform.name])
        self.journal.clear()

    # A request

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        method: str = scope["method"]
        path: str = scope["raw_path"].decode("latin-1")
        query: str = scope["query_string"].decode("latin-1")
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        body = await _read_body(headers, receive)
        platform = self._platform_of(path)
        fault = self.faults.pick(method, path)

        pause = self.settings["latency_ms"] + (fault.delay_ms if fault else 0)
        if pause:
            await asyncio.sleep(pause / 1000)

        verdict = self._judge(platform, fault, method, path, query, headers, body, scope["scheme"])
        status: int | None = verdict.answer.status
        if fault and (fault.cut_before or fault.cut_after):
            status = None
        self.journal.add(
            {
                "platform": platform.name if platform else None,
                "operationId": verdict.operation_id,
                "method": method,
                "path": path,
                "query": query,
                "status": status,
                "kind": verdict.kind,
                "write": verdict.kind == "write",
                "violation": verdict.violation,
                "answer_violation": verdict.answer_violation,
                "refusal": verdict.refusal,
                "fault": fault.label if fault else None,
                "ms": round((time.perf_counter() - started) * 1000, 2),
            },
            verdict.body,
        )
        if status is None:
            await _cut(scope, receive)
        elif fault and fault.not_json:
            await _send(send, 200, NOT_JSON, [("Content-Type", "text/html; charset=utf-8")])
        elif fault and fault.truncated:
            await _send_half(scope, receive, send, verdict.answer)
        else:
            await _send_answer(send, verdict.answer)

    # A channel of events, which is no operation of the contract

    @property
    def o2g(self) -> O2g:
        return next(one for one in self.platforms if isinstance(one, O2g))

    @property
    def events(self) -> Events:
        return self.o2g.area(Events)

    async def _channel(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send events as they happen, one a line, until one of both ends hangs up."""
        method, query = scope["method"], scope["query_string"].decode("latin-1")
        await _read_body({name.decode(): value.decode() for name, value in scope["headers"]}, receive)
        fault = self.faults.pick(method, CHANNEL)
        violation = None if method == "POST" else f"{method}: a channel is opened with POST"
        entry = {"platform": "o2g", "operationId": "channel", "method": method, "path": CHANNEL, "query": ""}
        entry |= {"kind": "read", "write": False, "violation": violation, "answer_violation": None, "refusal": None}
        entry |= {"status": 200, "fault": fault.label if fault else None, "ms": 0.0}
        if fault and fault.cut_before:
            self.journal.add({**entry, "status": None}, NO_BODY)
            await _cut(scope, receive)
            return
        gone = asyncio.Event()

        def close() -> None:
            gone.set()
            _reset(scope)

        try:
            if violation or (fault and fault.status):
                raise RefusalError(fault.status if fault and fault.status else 405, violation or "injected")
            with self.events.channel(query.partition("subscriptionId=")[2], close) as subscription:
                self.journal.add(entry, NO_BODY)
                await send(
                    {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]}
                )
                await _send_events(send, receive, subscription, self.settings["o2g"], gone)
        except RefusalError as refused:
            self.journal.add({**entry, "status": refused.status, "refusal": refused.message}, NO_BODY)
            await _send_answer(send, Answer(refused.status, {"error": refused.message}))

    async def _file(self, scope: Scope, send: Send) -> None:
        """Send a file of a report, which is no operation of the contract."""
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        answer = self.o2g.area(Statistics).file(scope["path"], cookie_of(headers, "AlcUserId"))
        entry = {
            "platform": "o2g",
            "operationId": "file",
            "method": scope["method"],
            "path": scope["path"],
            "query": "",
        }
        entry |= {"kind": "read", "write": False, "violation": None, "answer_violation": None, "refusal": None}
        self.journal.add({**entry, "status": answer.status, "fault": None, "ms": 0.0}, NO_BODY)
        await _send_answer(send, answer)

    # The WebSocket of CCS, on which it sends its events (document 002, lines 5-20)

    @property
    def ccs(self) -> Ccs:
        return next(one for one in self.platforms if isinstance(one, Ccs))

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # the request to connect
        fault = self.faults.pick("GET", scope["path"])
        self.journal.add(
            {
                "platform": "ccs",
                "operationId": "socket",
                "method": "GET",
                "path": scope["path"],
                "query": "",
                "status": None if fault and fault.cut_before else 101,
                "kind": "read",
                "write": False,
                "violation": None if scope["path"] == SOCKET else "no such WebSocket",
                "answer_violation": None,
                "refusal": None,
                "fault": fault.label if fault else None,
                "ms": 0.0,
            },
            NO_BODY,
        )
        if scope["path"] != SOCKET or (fault and fault.status):
            await send({"type": "websocket.close"})  # answered with 403
            return
        await send({"type": "websocket.accept"})
        message = await receive()
        try:
            said = orjson.loads(message.get("text") or b"")
        except orjson.JSONDecodeError:
            said = None
        ccs = self.ccs
        tokens = [account["token"] for account in ccs.accounts if account.get("token")]
        known = isinstance(said, dict) and said.get("request") == "connect" and said.get("token") in tokens
        if not known or (fault and fault.cut_before):
            await send({"type": "websocket.close", "code": 1012 if known else 1008})
            return
        queue: asyncio.Queue[Any] = asyncio.Queue()
        ccs.sockets.add(queue)

        async def until_the_end() -> None:
            while (await receive())["type"] != "websocket.disconnect":
                pass
            queue.put_nowait(None)

        watch = asyncio.create_task(until_the_end())
        try:
            while (event := await queue.get()) is not None:
                if event is CUT:
                    await send({"type": "websocket.close", "code": 1001})
                    return
                await send({"type": "websocket.send", "text": orjson.dumps(event).decode()})
        finally:
            watch.cancel()
            ccs.sockets.discard(queue)

    def _platform_of(self, path: str) -> Platform | None:
        for platform in self.platforms:
            base = platform.contract.base or "/api/rest"
            if path == base or path.startswith(f"{base}/"):
                return platform
        return None

    def _judge(
        self,
        platform: Platform | None,
        fault: Fault | None,
        method: str,
        path: str,
        query: str,
        headers: dict[str, str],
        body: bytes,
        scheme: str,
    ) -> Verdict:
        if platform is None:
            problem = "unknown path: belongs to no platform"
            answer = Answer(404, {"error": problem})
            return Verdict(answer, kind="read" if method == "GET" else "write", violation=problem)

        operation, segments, problem = platform.contract.find(method, path)
        if operation is None:
            assert problem is not None
            kind = "read" if method == "GET" else "write"
            answer = _faulty(platform, fault) or platform.broken([problem])
            return Verdict(answer, kind=kind, violation=problem.message)

        operation = operation.meant(body)
        self.seen[operation.id] += 1
        value, body_problems = operation.read_body(body, headers.get("content-type", ""))
        about = {"operation_id": operation.id, "kind": operation.kind, "body": value}
        call = Call(operation, headers, f"{scheme}://{headers.get('host', 'localhost')}", body=value)

        if fault and fault.expire_session:
            return Verdict(platform.expire(call), **about)
        before = _faulty(platform, fault)
        if fault and not fault.after and (before is not None or fault.cut_before or fault.not_json):
            return Verdict(before or Answer(200), **about)

        try:
            if operation.security:
                call.account = platform.authenticate(call)
                if not operation.requests:
                    platform.authorise(call)
            call.parameters, parameter_problems = operation.read_parameters(segments)
            call.query, query_problems = operation.read_query(query)
            if problems := [*parameter_problems, *query_problems, *body_problems]:
                violation = "; ".join(problem.message for problem in problems)
                return Verdict(platform.finish(platform.broken(problems), operation), violation=violation, **about)
            answer = platform.carry_out(call)
            refusal = None
        except RefusalError as refused:
            answer = platform.finish(platform.error(refused.status, [(refused.code, refused.message)]), operation)
            refusal = refused.message
        except Exception as error:  # whatever it is, the journal must have it
            traceback.print_exc(file=sys.stderr)
            failed = platform.error(500, [(None, "the simulator failed")])
            return Verdict(failed, answer_violation=f"{type(error).__name__}: {error}", **about)

        if violation := operation.answer_problem(answer.status, answer.body):
            failed = platform.error(500, [(None, "the simulator's answer breaks the contract")])
            return Verdict(failed, answer_violation=violation, **about)
        if answer.status < 400:
            self.succeeded[operation.id] += 1
            self.by_modules[operation.id] += headers.get("user-agent", "").startswith(COLLECTION)
        return Verdict(_faulty(platform, fault) or answer, refusal=refusal, **about)


def _faulty(platform: Platform, fault: Fault | None) -> Answer | None:
    """The answer that a fault puts in the place of the real one."""
    if fault is None or fault.status is None:
        return None
    headers = list(fault.headers.items())
    if fault.body is None:
        answer = platform.error(fault.status, [(None, f"injected: {HTTPStatus(fault.status).phrase}")])
        return Answer(fault.status, answer.body, headers)
    return Answer(fault.status, fault.body, headers)


# The wire


async def _read_body(headers: dict[str, str], receive: Receive) -> bytes:
    if headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers:
        return b""
    chunks: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        chunks.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    return b"".join(chunks)


def _encoded(answer: Answer) -> tuple[bytes, list[tuple[str, str]]]:
    if answer.body is NO_BODY:
        return b"", answer.headers
    if isinstance(answer.body, bytes):  # a file, whose handler says its type
        return answer.body, answer.headers
    if isinstance(answer.body, str):  # only a fault's own text
        body, kind = answer.body.encode(), "text/plain; charset=utf-8"
    else:
        body, kind = orjson.dumps(answer.body), "application/json"
    if any(name.lower() == "content-type" for name, _value in answer.headers):
        return body, answer.headers
    return body, [("Content-Type", kind), *answer.headers]


async def _send_answer(send: Send, answer: Answer) -> None:
    body, headers = _encoded(answer)
    await _send(send, answer.status, body, headers)


async def _send(
    send: Send, status: int, body: bytes, headers: list[tuple[str, str]], length: int | None = None
) -> None:
    lines = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    if status != HTTPStatus.NO_CONTENT:
        lines.append((b"content-length", str(len(body) if length is None else length).encode()))
    await send({"type": "http.response.start", "status": status, "headers": lines})
    await send({"type": "http.response.body", "body": body, "more_body": length is not None})


async def _send_half(scope: Scope, receive: Receive, send: Send, answer: Answer) -> None:
    """Promise the whole body, send half of it and hang up."""
    body, headers = _encoded(answer)
    if not body:
        await _send_answer(send, answer)
        return
    await _send(send, answer.status, body[: len(body) // 2], headers, length=len(body))
    scope["extensions"]["transport"].close()
    await _gone(receive)


async def _send_events(
    send: Send, receive: Receive, one: Subscription, settings: dict[str, Any], gone: asyncio.Event
) -> None:
    async def wait_for_the_end() -> None:
        await _gone(receive)
        gone.set()
        one.news.set()

    watch = asyncio.create_task(wait_for_the_end())
    try:
        lines = [b'{"eventName":"OnChannelInformation","text":"Chunk started"}']
        while not gone.is_set():
            if lines:
                await send({"type": "http.response.body", "body": b"\n".join([*lines, b""]), "more_body": True})
            one.news.clear()
            if not one.waiting:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(settings["keepalive"]):
                        await one.news.wait()
            if gone.is_set():
                break
            lines = [one.waiting.popleft() for _each in range(min(len(one.waiting), 100))]
            one.sent += len(lines)
            lines = lines or [b'{"eventName":"OnChannelInformation","text":"keepalive"}']
    finally:
        watch.cancel()


async def _cut(scope: Scope, receive: Receive) -> None:
    """Reset the TCP connection, so that the client gets no byte and no orderly end."""
    _reset(scope)
    await _gone(receive)


def _reset(scope: Scope) -> None:
    transport: asyncio.Transport = scope["extensions"]["transport"]
    if transport.is_closing():
        return
    sock = transport.get_extra_info("socket")
    with contextlib.suppress(OSError, AttributeError, RuntimeError, ValueError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


# The control API


def _json(value: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json")


async def _json_body(request: Request) -> Any:
    body = await request.body()
    if not body:
        return None
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise HTTPException(400, "the body is not JSON") from error


def _flag(request: Request, name: str) -> bool | None:
    text = request.query_params.get(name)
    return None if text is None else text.lower() in ("1", "true", "yes")


def _control_application(simulator: Simulator) -> Starlette:
    async def health(request: Request) -> Response:
        return _json({"status": "ok", "platforms": [platform.name for platform in simulator.platforms]})

    async def get_journal(request: Request) -> Response:
        since = request.query_params.get("since", "0")
        if not since.isdecimal():
            raise HTTPException(400, "since must be a number")
        text = simulator.journal.as_json(_flag(request, "writes"), _flag(request, "violations"), int(since))
        return Response(text, media_type="application/json")

    async def clear_journal(request: Request) -> Response:
        simulator.journal.clear()
        return Response(status_code=204)

    async def reset(request: Request) -> Response:
        seed = await _json_body(request)
        known = {platform.name for platform in simulator.platforms}
        if seed is not None and (not isinstance(seed, dict) or set(seed) - known):
            raise HTTPException(400, f"a seed is an object with some of {', '.join(sorted(known))}")
        try:
            simulator.reset(seed)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            simulator.reset(None)
            raise HTTPException(400, f"the seed does not fit: {type(error).__name__} {error}") from error
        return Response(status_code=204)

    async def get_state(request: Request) -> Response:
        return _json({platform.name: platform.state() for platform in simulator.platforms})

    async def get_settings(request: Request) -> Response:
        return _json(simulator.settings)

    async def patch_settings(request: Request) -> Response:
        try:
            settings_module.change(simulator.settings, await _json_body(request) or {})
        except settings_module.SettingError as error:
            raise HTTPException(400, str(error)) from error
        return _json(simulator.settings)

    async def get_faults(request: Request) -> Response:
        return _json({"faults": [rule.describe() for rule in simulator.faults.rules]})

    async def add_fault(request: Request) -> Response:
        try:
            return _json(simulator.faults.add(await _json_body(request)).describe(), 201)
        except FaultError as error:
            raise HTTPException(400, str(error)) from error

    async def clear_faults(request: Request) -> Response:
        simulator.faults.clear()
        return Response(status_code=204)

    async def emit(request: Request) -> Response:
        event = await _json_body(request)
        if not isinstance(event, dict) or not event.get("name"):
            raise HTTPException(400, "an event has a name, and may have ids, fields and times")
        for n in range(event.get("times", 1)):
            fields = event.get("fields", {}) | ({"n": n} if "times" in event else {})
            simulator.events.emit(event["name"], event.get("ids", []), **fields)
        return Response(status_code=204)

    async def take_events(request: Request) -> Response:
        key = request.query_params.get("subscriptionId", "")
        if key not in simulator.events.subscriptions:
            raise HTTPException(404, "there is no such subscription")
        return _json({"events": simulator.events.take(key)})

    async def happen(request: Request) -> Response:
        try:
            simulator.o2g.happen(await _json_body(request) or {})
        except RefusalError as refused:
            raise HTTPException(refused.status, refused.message) from refused
        return Response(status_code=204)

    async def cut_channels(request: Request) -> Response:
        ccs = simulator.ccs.tell(CUT)
        return _json({"cut": simulator.events.cut(bool(_flag(request, "end"))) + ccs})

    async def tell(request: Request) -> Response:
        return _json({"told": simulator.ccs.tell(await _json_body(request))})

    async def coverage(request: Request) -> Response:
        operations = [
            {
                "platform": platform.name,
                "operationId": operation.id,
                "method": operation.method,
                "path": operation.path,
                "request": operation.request,
                "source": operation.extras.get("source"),
                "seen": simulator.seen[operation.id],
                "succeeded": simulator.succeeded[operation.id],
                "by_modules": simulator.by_modules[operation.id],
            }
            for platform in simulator.platforms
            for operation in platform.contract.operations.values()
        ]
        return _json({"operations": operations})

    async def problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _json({"error": error.detail}, error.status_code)

    def route(path: str, methods: dict[str, Callable[[Request], Any]]) -> list[Route]:
        return [Route(CONTROL + path, endpoint, methods=[method]) for method, endpoint in methods.items()]

    return Starlette(
        routes=[
            *route("health", {"GET": health}),
            *route("journal", {"GET": get_journal, "DELETE": clear_journal}),
            *route("reset", {"POST": reset}),
            *route("state", {"GET": get_state}),
            *route("settings", {"GET": get_settings, "PATCH": patch_settings}),
            *route("faults", {"GET": get_faults, "POST": add_fault, "DELETE": clear_faults}),
            *route("events", {"GET": take_events, "POST": emit}),
            *route("o2g", {"PATCH": happen}),
            *route("messages", {"POST": tell}),
            *route("channels", {"DELETE": cut_channels}),
            *route("coverage", {"GET": coverage}),
        ],
        exception_handlers={HTTPException: problem},
    )
