# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The events of O2G: subscribed to, received on a channel or a webhook, and handed to rules.

Document 003, lines 2087-2420. A subscription ends a minute after its channel; until then the server keeps what happens.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import ssl
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import (
    ApiError,
    Fatal,
    Faults,
    Refused,
    TelephonyError,
    Untrusted,
)
from ansible_collections.voiceops.telephony.plugins.module_utils.fields import snake_case, told
from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.channel import addresses
from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.client import O2gClient
from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.events import PATH, SNAPSHOTS, VERSION

from . import o2g_levels
from .events import CLOSING, Happening, Outlet, Queue, all_of, ended_in_order, now, pauses, read_options, take_signals
from .o2g_event_table import EVENTS, PACKAGES, WHOSE, Event

try:
    import aiohttp
    from aiohttp import web
except ImportError:
    aiohttp = None

T = TypeVar("T")

CHANNEL_INFORMATION = "OnChannelInformation"
GRACE = 60.0
"""Seconds for which a subscription outlives its channel (line 2145)."""
SNAPSHOT_OF = {"telephony": "telephony", "routingManagement": "routing", "agent": "agents", "rti": "realtime"}
"""What to ask for to have the state of a package sent."""
SERVER_START = "OnServerStart"
CHECK = 60.0
"""Seconds between two looks whether a session is still the one that subscribed a webhook."""
PATIENCE = 5.0
"""Seconds for which a webhook makes the server wait until there is room for its event."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")

WEBHOOK: dict[str, dict[str, Any]] = {
    "host": {"type": "str", "default": "127.0.0.1"},
    "port": {"type": "int", "required": True},
    "path": {"type": "str", "default": "/o2g"},
    "url": {"type": "str"},
    "certfile": {"type": "path"},
    "keyfile": {"type": "path", "no_log": False},
    "max_size": {"type": "int", "default": 256},
}
SPEC: dict[str, dict[str, Any]] = {
    "packages": {"type": "list", "elements": "str", "required": True, "choices": list(PACKAGES)},
    "ids": {"type": "list", "elements": "str"},
    "levels": {"type": "list", "elements": "dict", "options": o2g_levels.SPEC, "default": [], **o2g_levels.EITHER},
    "snapshot": {"type": "bool", "default": False},
    "channel_url": {"type": "str"},
    "silence": {"type": "float", "default": 150},
    "webhook": {"type": "dict", "options": WEBHOOK, "required_together": [["certfile", "keyfile"]]},
}


def options_of(args: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of the source. Raises Faults."""
    options = read_options("o2g", SPEC, args)
    kinds = {WHOSE.get(package, "login names") for package in options["packages"]} - {""}
    faults = []
    if not options["packages"]:
        faults.append("packages: must name some")
    if options["ids"] is not None and (not options["ids"] or not kinds):
        faults.append("ids: leave it out for all, and where no package is of somebody")
    if options["ids"] and len(kinds) > 1:
        faults.append(f"ids: these packages are of {' and of '.join(sorted(kinds))}: use a source for each kind")
    faults += o2g_levels.faults(options["levels"])
    if options["silence"] <= 0:
        faults.append("silence: must be more than 0 seconds")
    if options["webhook"] and options["channel_url"]:
        faults.append("channel_url: does not go with webhook, which needs no channel")
    if hook := options["webhook"]:
        if hook["max_size"] < 1:
            faults.append("webhook.max_size: must be at least 1 KiB")
        if not hook["path"].startswith("/"):
            faults.append("webhook.path: must begin with /")
        own = urlsplit(O2gClient.root(options["url"])).hostname
        if not hook["url"] and (hook["host"] in EVERYWHERE or (hook["host"] in LOOPBACK and own not in LOOPBACK)):
            faults.append("webhook.url: must be given, the address by which O2G reaches this machine")
    if faults:
        raise Faults(faults)
    return options


def selectors(packages: Iterable[str], ids: list[str] | None, admin: bool | None) -> list[dict[str, Any]]:
    """Return what to subscribe to: one selector a package (line 2106), without ids where none may be (line 2101)."""
    everybody = None if admin is False else ["*"]
    whose = ids or everybody
    return [
        {"names": [package]} if whose is None or WHOSE.get(package) == "" else {"ids": whose, "names": [package]}
        for package in dict.fromkeys(packages)
    ]


def as_event(sent: Mapping[str, Any], received: str) -> tuple[Happening, Any]:
    """Return an event as the rules get it, and what it is about where one of several is enough.

    What no document has is passed on and marked.
    """
    name = str(sent.get("eventName") or "")
    known = EVENTS.get(name)
    fields = {key: value for key, value in sent.items() if key != "eventName"}
    event: Happening = told(fields)
    event.update(event=name, package=known.package if known else None, received=received)
    if known is None:
        event["unknown_event"] = True
        return event, None
    if known.fields is not None and (unknown := [field for field in fields if field not in known.fields]):
        event["unknown_fields"] = [snake_case(field) for field in unknown]
    return event, _about(name, known, fields)


def _about(name: str, known: Event, fields: Mapping[str, Any]) -> Any:
    if not known.about or any(field not in fields for field in known.about if field != "father"):
        return None
    return (name, *(json.dumps(fields.get(field), sort_keys=True) for field in known.about))


class Lines:
    """The objects in what arrives in pieces, one a line."""

    def __init__(self, longest: float) -> None:
        self._longest = longest
        self._rest = b""
        self._skipping = False
        self.too_long = 0

    def __call__(self, piece: bytes) -> list[bytes]:
        """Return the lines that a piece ends."""
        *lines, self._rest = (self._rest + piece).split(b"\n")
        if lines and self._skipping:
            lines, self._skipping = lines[1:], False
        if len(self._rest) > self._longest:
            self.too_long += not self._skipping
            self._rest, self._skipping = b"", True
        return [line for line in map(bytes.strip, lines) if line]


class _ChannelLost(Exception):
    """A channel that ended, or could not be opened again."""


class _SubscriptionLost(_ChannelLost):
    """A channel that the server does not open, because there is no such subscription any more."""


class O2gSource:
    """One subscription with all that it needs: session, channel or webhook."""

    def __init__(self, options: Mapping[str, Any], outlet: Outlet, log: logging.Logger) -> None:
        self._options = options
        self._outlet = outlet
        self._log = log
        self.levels = o2g_levels.Levels(options["levels"], outlet.put)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="o2g")
        """Requests go one after the other, so that the end waits for what is under way."""
        self._api = O2gClient(options)
        self._key: str | None = None
        self._addresses: list[str] = []
        self._session: Any = None
        self._subscribed_with = 0
        self._has_key = asyncio.Event()
        self._doubt = asyncio.Event()
        """Set when the server has started anew, and may know nothing of the subscription."""

    async def run(self) -> None:
        """Receive events until this is cancelled, or nothing more can work."""
        if self._options["webhook"]:
            await self._run_webhook(self._options["webhook"])
        else:
            await self._run_channel()

    # The subscription

    async def _call(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._worker, work)
        finally:
            while self._api.warnings:
                self._warn(self._api.warnings.pop(0))

    def _warn(self, text: str) -> None:
        self._log.warning("%s", self._api.scrubbed(text))

    async def _subscribed(self) -> None:
        self._has_key.clear()
        await self._call(self._subscribe)
        self._has_key.set()
        take_signals()

    def _subscribe(self) -> None:
        """Subscribe, or again: then the former subscription is given back, if the server still has it."""
        api = self._api
        admin, _login = api.who()
        if self._key:
            with suppress(ApiError):
                api.request("DELETE", PATH + "/{key}", {"key": self._key})
            self._key = None
        wanted = selectors(self._options["packages"], self._options["ids"], admin)
        hook = self._options["webhook"]
        how = {"webHookUrl": self._hook_url(hook)} if hook else {"timeout": 0}
        body = {"filter": {"selectors": wanted}, "version": VERSION, **how}
        answer = api.request("POST", PATH, body=body, replay=False)
        answer = answer if isinstance(answer, Mapping) else {}
        if answer.get("status") != "ACCEPTED" or not answer.get("subscriptionId"):
            why = api.scrubbed(str(answer.get("message") or "without telling why"))
            raise ApiError(f"POST {api.base}{PATH} answered {answer.get('status') or 'without a status'}: {why}")
        self._key = str(answer["subscriptionId"])
        api.hide(self._key)
        self._subscribed_with = api.logins
        self._addresses = self._channel_addresses(answer)

    def _channel_addresses(self, answer: Mapping[str, Any]) -> list[str]:
        url = self._options["channel_url"]
        return addresses(self._api.url, answer, str(self._key), O2gClient.root(url) if url else None)

    def _snapshots(self) -> None:
        """Have what is the case sent as events."""
        for package in dict.fromkeys(self._options["packages"]):
            if package not in SNAPSHOT_OF:
                continue
            deed = SNAPSHOTS[SNAPSHOT_OF[package]]
            ids = self._options["ids"]
            everybody = package == "rti" or ids in (None, ["*"])
            for login in [None] if everybody else ids:
                try:
                    query = {"loginName": login} if login else None
                    self._api.request(deed.method, deed.path, query=query, replay=True)
                except ApiError as error:
                    self._warn(f"What is the case now is not known: {error}")
                except (Refused, Untrusted):
                    raise
                except Fatal as error:
                    raise _SubscriptionLost(str(error)) from None

    async def _subscribe_again(self, why: str) -> None:
        """Subscribe until that works. Raises Refused for a log-in that is refused: it is not tried again."""
        self._warn(f"{why}: subscribes again")
        said = ""
        for pause in pauses(30):
            try:
                await self._subscribed()
                return
            except (Refused, Untrusted, Faults):
                raise
            except TelephonyError as error:
                if str(error) != said:
                    self._warn(f"Could not subscribe, tries on: {error}")
                    said = str(error)
                if isinstance(error, Fatal):  # the client takes that for final, and nobody has to be told at the end
                    self._api.abandon()
                    self._api = O2gClient(self._options)
                    self._api.warnings.clear()
            await asyncio.sleep(pause)

    # The channel

    async def _run_channel(self) -> None:
        await self._subscribed()
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=self._options["timeout"], sock_read=self._options["silence"]
        )
        async with aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as self._session:
            loop = asyncio.get_running_loop()
            pause, began = pauses(10), loop.time()
            why, again = await self._first_channel(), False
            while True:
                since = self._outlet.last or now()
                if loop.time() - began > 10:
                    pause = pauses(10)
                await asyncio.sleep(next(pause))  # a channel that ends as soon as it is open must not be hammered
                began = loop.time()
                if again:
                    await self._subscribe_again(why)
                why, again = await self._listen_again(why, since, again)

    async def _first_channel(self) -> str:
        """Find out where the channel is, and listen to it. What goes wrong at once is for a person."""
        tried = []
        for address in self._addresses:
            try:
                async with self._opened(address) as lines:
                    self._addresses = [address]
                    if self._options["snapshot"]:
                        await self._call(self._snapshots)
                    return await self._listen(lines)
            except _ChannelLost as error:
                tried.append(str(error))
        raise Fatal(
            f"No channel for events could be opened. Tried: {'; '.join(tried)}. Set channel_url to where O2G serves "
            f"/OTEvents, often port 8016"
        )

    async def _listen_again(self, why: str, since: str, subscribed: bool) -> tuple[str, bool]:
        """Open the channel again and listen; return why it ended, and whether the subscription did too."""
        loop = asyncio.get_running_loop()
        ends, last = loop.time() + GRACE, why
        for pause in pauses(10):
            for address in self._addresses:
                try:
                    async with self._opened(address) as lines:
                        self._addresses = [address]
                        if subscribed:
                            await self._outlet.say("Resubscribed", since=since, reason=why)
                            await self._call(self._snapshots)
                        self._warn("The channel is open again")
                        return await self._listen(lines), False
                except _SubscriptionLost as error:
                    if address == self._addresses[-1]:
                        return str(error), True
                except _ChannelLost as error:
                    last = str(error)
            if loop.time() + pause > ends:
                return last, True
            await asyncio.sleep(pause)
        raise AssertionError("unreachable")

    @asynccontextmanager
    async def _opened(self, address: str) -> AsyncIterator[AsyncIterator[bytes]]:
        """Open a channel; yield the lines after the first, which says that it is one. Raises _ChannelLost."""
        where = address.partition("?")[0]
        proxies = self._api.session.proxies
        scheme = urlsplit(address).scheme
        try:
            async with self._session.post(
                address,
                headers=self._options["headers"] or {},
                proxy=proxies.get(scheme) or proxies.get("all"),
                ssl=self._api.tls or True,
                allow_redirects=False,
            ) as answer:
                if answer.status != 200:
                    gone = 400 <= answer.status < 500 and answer.status not in (408, 429)
                    kind = _SubscriptionLost if gone else _ChannelLost
                    raise kind(f"POST {where} answered {answer.status}")
                lines = self._lines(answer.content)
                async with asyncio.timeout(self._options["timeout"]):
                    first = await anext(lines, b"")
                if CHANNEL_INFORMATION.encode() not in first:
                    raise _ChannelLost(f"POST {where} answered with something that is no channel of events")
                yield lines
        except (aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError) as error:
            raise Untrusted(f"The certificate of {where} is not trusted: {error}") from None
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise _ChannelLost(f"POST {where}: {self._api.scrubbed(str(error)) or type(error).__name__}") from None

    async def _lines(self, content: aiohttp.StreamReader) -> AsyncIterator[bytes]:
        lines = Lines(self._options["max_answer_size"] * 2**20)
        async for piece in content.iter_any():
            for line in lines(piece):
                yield line
            for _line in range(lines.too_long):
                self._outlet.drop("it is longer than max_answer_size")
            lines.too_long = 0

    async def _listen(self, lines: AsyncIterator[bytes]) -> str:
        """Hand on what a channel brings until it ends; return why it ended."""
        try:
            async for line in lines:
                await self._take(line)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            return f"The channel broke ({type(error).__name__})"
        return "The channel was closed"

    def _read(self, text: bytes) -> dict[str, Any] | None:
        try:
            sent = json.loads(text)
        except ValueError:
            sent = None
        if isinstance(sent, dict):
            return sent
        self._outlet.drop("it is no JSON object")
        return None

    def _event(self, sent: Mapping[str, Any]) -> tuple[Happening, Any]:
        event, about = as_event(sent, now())
        self.levels.mark(event, asyncio.get_running_loop().time())
        return event, None if event.get("level_changed") else about

    async def _take(self, text: bytes) -> None:
        """Hand on one event, unless it is none."""
        sent = self._read(text)
        if sent and sent.get("eventName") != CHANNEL_INFORMATION:
            await self._outlet.put(*self._event(sent))

    # The webhook

    def _hook_url(self, hook: Mapping[str, Any]) -> str:
        if hook["url"]:
            return str(hook["url"])
        host = f"[{hook['host']}]" if ":" in hook["host"] else hook["host"]
        return f"{'https' if hook['certfile'] else 'http'}://{host}:{hook['port']}{hook['path']}"

    async def _run_webhook(self, hook: Mapping[str, Any]) -> None:
        context = None
        if hook["certfile"]:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            try:
                context.load_cert_chain(hook["certfile"], hook["keyfile"])
            except (OSError, ssl.SSLError) as error:
                raise Faults([f"webhook.certfile: cannot be read with keyfile: {error}"]) from None
        application = web.Application(client_max_size=hook["max_size"] * 1024)
        application.router.add_post(hook["path"], self._receive)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, hook["host"], hook["port"], ssl_context=context).start()
            except OSError as error:
                raise Fatal(f"webhook: cannot listen on {hook['host']}, port {hook['port']}: {error}") from None
            await self._subscribed()
            if self._options["snapshot"]:
                await self._call(self._snapshots)
            await self._watch_session()
        finally:
            await runner.cleanup()

    async def _watch_session(self) -> None:
        """Subscribe again where the session has died, since its subscription has died with it."""
        while True:
            self._doubt.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(CHECK):
                    await self._doubt.wait()
            try:
                await self._call(lambda: self._api.get("/sessions"))
                if self._api.logins == self._subscribed_with:
                    continue
                why = "The session was lost"
            except (Refused, Untrusted):
                raise
            except TelephonyError as error:
                why = str(error)
            since = self._outlet.last or now()
            await self._subscribe_again(why)
            await self._outlet.say("Resubscribed", since=since, reason=why)
            await self._call(self._snapshots)

    async def _receive(self, request: web.Request) -> web.Response:
        with suppress(TimeoutError):  # the first event may be here before the answer to the subscription
            async with asyncio.timeout(PATIENCE):
                await self._has_key.wait()
        if not self._authentic(request.headers.get("Cookie", "")):
            self._warn(f"A call from {request.remote} was refused: its Cookie is not the subscription's")
            return web.Response(status=403)
        try:
            text = await request.read()
        except web.HTTPRequestEntityTooLarge:
            self._outlet.drop("it is larger than webhook.max_size")
            raise
        sent = self._read(text)
        if sent is None:
            return web.Response(status=400)
        if sent.get("eventName") == SERVER_START:
            self._doubt.set()
        if not await self._outlet.offer(*self._event(sent), PATIENCE):
            return web.Response(status=503)
        return web.Response(status=204)

    def _authentic(self, cookie: str) -> bool:
        """Tell whether a call carries what only O2G knows: the subscription's id, or the cookie of the session.

        The text says the one (line 2126), the example shows the other, percent-encoded (line 2254).
        """
        secrets = [self._key or "", self._api.session.cookies.get("AlcUserId") or ""]
        given = [part.strip() for part in unquote(cookie).split(";")]
        given += [part.partition("=")[2] for part in given]
        return any(
            secret and hmac.compare_digest(part.encode(), secret.encode()) for part in given for secret in secrets
        )

    # The end

    async def close(self) -> None:
        """Give back subscription and session."""
        done = self._worker.submit(self._close)
        self._worker.shutdown(wait=False)
        try:
            async with asyncio.timeout(CLOSING):
                await asyncio.shield(asyncio.wrap_future(done))
        except TimeoutError:
            self._warn("The session could not be closed in time")
        if self._outlet.left:
            self._warn(f"{self._outlet.left} events had not reached the rules")

    def _close(self) -> None:
        api = self._api
        api.options = {**api.options, "retries": 0, "timeout": min(api.options["timeout"], CLOSING / 3)}
        if self._key:
            try:
                api.request("DELETE", PATH + "/{key}", {"key": self._key})
            except TelephonyError as error:
                if getattr(error, "status", None) not in (400, 404):  # it has ended by itself
                    api.warn(f"The subscription could not be closed: {error}")
        api.__exit__()
        for warning in api.warnings:
            self._warn(warning)


async def listen(queue: Queue, args: Mapping[str, Any]) -> None:
    """Hand the events of O2G to a queue, for ever."""
    log = logging.getLogger("voiceops.telephony.o2g_events")
    if aiohttp is None:
        raise Fatal("o2g_events needs the Python library aiohttp, which ansible-rulebook brings: install it")
    options = options_of(args)
    outlet = Outlet(queue, options, log)
    source = O2gSource(options, outlet, log)
    async with ended_in_order(source.close):
        await all_of(source.run(), outlet.pump(), outlet.release(), source.levels.release())
