# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The events of CCS, received on its WebSocket and handed to rules as they are.

Document 002 tells the address (line 6), the first message (lines 16-20), and that an account gets what its permissions
allow (lines 33-38). The events themselves are in a sheet that is no part of it (line 655).
"""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from collections.abc import Mapping
from typing import Any

from ansible_collections.voiceops.telephony.plugins.module_utils.ccs.client import CcsClient
from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Fatal, Faults, Refused, Untrusted

from .events import Outlet, Queue, all_of, ended_in_order, now, pauses, read_options, take_signals

try:
    import aiohttp
except ImportError:
    aiohttp = None

SOCKET = "/6/v2/sock"
PROBATION = 5.0
"""Seconds after which a token counts as accepted, unless the socket was closed: no answer to it is described."""
LOST = (1001, 1006, 1011, 1012, 1013, 1014)
"""Codes of a socket that was not refused: the server goes or is overloaded, or somebody in between has cut it."""
MOST_CUTS = 3
"""How often in a row a socket may be cut before it was accepted: more often, it is taken for a refusal."""
SPEC: dict[str, dict[str, Any]] = {"silence": {"type": "float", "default": 60}}


def options_of(args: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of the source. Raises Faults."""
    options = read_options("ccs", SPEC, args)
    if not options["token"]:
        raise Faults(["token: must be given (or CCS_TOKEN): the WebSocket of CCS knows no other log-in"])
    if options["silence"] <= 0:
        raise Faults(["silence: must be more than 0 seconds"])
    return options


def as_event(message: Any, received: str) -> dict[str, Any]:
    """Return what the rules get: the message untouched, since no document has its names and fields."""
    return {"event": "message", "package": None, "received": received, "unknown_event": True, "message": message}


class CcsSource:
    """One WebSocket, opened again whenever it breaks."""

    def __init__(self, options: Mapping[str, Any], outlet: Outlet, log: logging.Logger) -> None:
        self._options = options
        self._outlet = outlet
        self._log = log
        self._api = CcsClient(options)
        """Sends nothing: it knows the address, TLS, the proxy, and what must not be told."""
        self._where = "ws" + self._api.url.removeprefix("http") + SOCKET
        self._accepted = asyncio.Event()
        self._connected = False
        self._missed: dict[str, str] = {}
        """Since when, and why, events were missed."""
        for warning in self._api.warnings:
            self._warn(warning)

    def _warn(self, text: str) -> None:
        self._log.warning("%s", self._api.scrubbed(text))

    async def run(self) -> None:
        """Receive events until this is cancelled, or nothing more can work."""
        cuts, pause = 0, pauses(30)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            while True:
                self._connected = False
                self._accepted.clear()
                why = await self._listen(session)
                if self._accepted.is_set():
                    cuts, pause = 0, pauses(30)
                    self._missed = {"since": self._outlet.last or now(), "reason": why}
                elif not self._missed:
                    raise Fatal(f"{why}. Check url and the network.")
                else:
                    cuts += self._connected
                if cuts == MOST_CUTS:
                    raise Refused(f"{self._where} was cut {cuts} times after the token, which is not tried again")
                self._warn(f"{why}: opens it again")
                await asyncio.sleep(next(pause))

    async def _listen(self, session: Any) -> str:
        """Receive what one socket brings; return why it ended."""
        proxies = self._api.session.proxies
        scheme = "https" if self._api.tls else "http"
        try:
            async with session.ws_connect(
                self._where,
                headers=self._options["headers"] or {},
                proxy=proxies.get(scheme) or proxies.get("all"),
                ssl=self._api.tls or True,
                heartbeat=self._options["silence"],
                max_msg_size=int(self._options["max_answer_size"] * 2**20),
            ) as socket:
                await socket.send_json({"request": "connect", "token": self._options["token"]})
                self._connected = True
                accepting = asyncio.ensure_future(self._accept(PROBATION))
                try:
                    async for message in socket:
                        if message.type == aiohttp.WSMsgType.ERROR:
                            break
                        await self._accept(0)
                        await self._outlet.put(as_event(_content(message.data), now()))
                finally:
                    accepting.cancel()
                return self._ended(socket.close_code)
        except aiohttp.WSServerHandshakeError as error:
            text = f"{self._where} answered {error.status}"
            if error.status in (401, 403):
                raise Refused(f"{text}. It is not tried again") from None
            return text
        except (aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError) as error:
            raise Untrusted(f"The certificate of {self._where} is not trusted: {error}") from None
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            return f"{self._where}: {self._api.scrubbed(str(error)) or type(error).__name__}"

    async def _accept(self, seconds: float) -> None:
        """Take the token for accepted in some seconds."""
        await asyncio.sleep(seconds)
        if not self._accepted.is_set():
            self._accepted.set()
            take_signals()
            if self._missed:
                await self._outlet.say("Resubscribed", **self._missed)

    def _ended(self, code: int | None) -> str:
        """Return why a socket ended. Raises Refused if the server has closed it instead of accepting the token."""
        if not self._accepted.is_set() and code is not None and code not in LOST:
            raise Refused(
                f"{self._where} closed the connection ({code}) after the token, which means that it is refused. It is "
                f"not tried again, because the platform may lock the account. Check the token and its permissions."
            )
        return f"{self._where} closed the connection ({code})"

    async def close(self) -> None:
        """Nothing is left open: the socket has been closed with the work."""
        self._api.abandon()
        if self._outlet.left:
            self._warn(f"{self._outlet.left} events had not reached the rules")


def _content(data: str | bytes) -> Any:
    """Return a message as it is: an object, or the text of what is none."""
    try:
        return json.loads(data)
    except ValueError:
        return data if isinstance(data, str) else data.decode(errors="replace")


async def listen(queue: Queue, args: Mapping[str, Any]) -> None:
    """Hand the events of CCS to a queue, for ever."""
    log = logging.getLogger("voiceops.telephony.ccs_events")
    if aiohttp is None:
        raise Fatal("ccs_events needs the Python library aiohttp, which ansible-rulebook brings: install it")
    options = options_of(args)
    outlet = Outlet(queue, options, log)
    source = CcsSource(options, outlet, log)
    async with ended_in_order(source.close):
        await all_of(source.run(), outlet.pump(), outlet.release())
