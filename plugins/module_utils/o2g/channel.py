# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A channel of events while something is done that tells by events how far it is: document 003, lines 2087-2420."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..errors import ApiError

if TYPE_CHECKING:
    from .client import O2gClient

try:
    from requests.exceptions import RequestException
except ImportError:  # the shell has told the user by the time that a client is made
    RequestException = Exception

SUBSCRIPTIONS = "/subscriptions"
VERSION = "1.0"
CHANNEL_INFORMATION = "OnChannelInformation"
SILENCE = 150.0
"""Seconds without a word after which a channel counts as lost; the server sends one each minute (line 2143)."""


class Late(ApiError):
    """What was waited for has not come in time."""


def addresses(url: str, answer: Mapping[str, Any], key: str, channel_url: str | None = None) -> list[str]:
    """Return where the channel of a subscription may be.

    It is looked for on the host of the user's URL, since others may be out of reach from here.
    """
    handed = [str(answer[name]) for name in ("publicPollingUrl", "privatePollingUrl") if answer.get(name)]
    parts = urlsplit(handed[0] if handed else f"/OTEvents?subscriptionId={key}")
    path = f"{parts.path}?{parts.query}"
    if channel_url:
        root = urlsplit(channel_url)
        return [f"{root.scheme}://{root.netloc}{path}"]
    own = urlsplit(url)
    found = []
    for one in map(urlsplit, handed):
        with suppress(ValueError):  # a port that is none
            if one.port and not (own.scheme == "https" and one.scheme != "https"):  # it is no less secret there
                host = f"[{own.hostname}]" if ":" in str(own.hostname) else own.hostname
                found.append(f"{one.scheme}://{host}:{one.port}{path}")
    return list(dict.fromkeys([*found, f"{url}{path}"]))


@contextmanager
def subscribed(api: O2gClient, package: str, channel_url: str | None = None) -> Iterator[Channel]:
    """Yield the events of a package, of all whom the session may see, and give the subscription back at the end."""
    whose = {"ids": ["*"]} if api.who()[0] is not False else {}
    body = {"filter": {"selectors": [{**whose, "names": [package]}]}, "version": VERSION, "timeout": 0}
    answer = api.request("POST", SUBSCRIPTIONS, body=body, replay=False)
    answer = answer if isinstance(answer, Mapping) else {}
    key = str(answer.get("subscriptionId") or "")
    if answer.get("status") != "ACCEPTED" or not key:
        why = api.scrubbed(str(answer.get("message") or "without telling why"))
        raise ApiError(f"POST {api.base}{SUBSCRIPTIONS} answered {answer.get('status') or 'without a status'}: {why}")
    api.hide(key)
    with api.at_the_end(lambda: api.request("DELETE", SUBSCRIPTIONS + "/{key}", {"key": key})):
        yield Channel(api, addresses(api.url, answer, key, channel_url))


class Channel:
    """An open channel, whose events a thread of its own reads until the server ends it."""

    def __init__(self, api: O2gClient, where: list[str]) -> None:
        self._events: queue.Queue[Mapping[str, Any] | None] = queue.Queue()
        tried = []
        for address in where:
            shown = address.partition("?")[0]
            try:
                self._response = api.session.post(
                    address, timeout=(api.options["timeout"], SILENCE), stream=True, allow_redirects=False
                )
            except RequestException as error:
                tried.append(f"POST {shown}: {api.reason(error)}")
                continue
            if self._response.status_code == 200:
                threading.Thread(target=self._read, daemon=True).start()
                return
            tried.append(f"POST {shown} answered {self._response.status_code}")
            self._response.close()
        raise ApiError(
            f"No channel for events could be opened. Tried: {'; '.join(tried)}. Set channel_url to where O2G serves "
            f"/OTEvents, often port 8016"
        )

    def _read(self) -> None:
        with suppress(RequestException, OSError):
            for line in self._response.iter_lines(chunk_size=None):
                with suppress(ValueError):
                    event = json.loads(line)
                    if isinstance(event, Mapping) and event.get("eventName") != CHANNEL_INFORMATION:
                        self._events.put(event)
        self._events.put(None)
        self._response.close()

    def until(self, end: float) -> Iterator[Mapping[str, Any]]:
        """Yield events until a moment of the monotonic clock. Raises Late then, and ApiError where the channel ends."""
        while True:
            try:
                event = self._events.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise Late("nothing came in time") from None
            if event is None:
                raise ApiError("the channel of events ended")
            yield event
