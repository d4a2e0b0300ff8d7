# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: subscriptions to events, and what is asked to be sent as events."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
import urllib.request
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from .base import NO_BODY, Answer, Area, Call, RefusalError, handles

PACKAGES: dict[str, tuple[str, ...]] = {
    "telephony": (
        "OnCallCreated",
        "OnCallModified",
        "OnCallRemoved",
        "OnUserStateModified",
        "OnDeviceStateModified",
        "OnTelephonyState",
        "OnDynamicStateChanged",
    ),
    "eventSummary": ("OnEventSummaryUpdated",),
    "unifiedComLog": (
        "OnComRecordCreated",
        "OnComRecordModified",
        "OnComRecordsDeleted",
        "OnComRecordsAck",
        "OnComRecordsUnAck",
    ),
    "user": ("OnUserInfoChanged",),
    "userManagement": ("OnUserCreated", "OnUserDeleted", "OnUserInfoChanged"),
    "routingManagement": ("OnRoutingStateChanged",),
    "agent": (
        "OnAgentStateChanged",
        "OnSupervisorHelpRequested",
        "OnSupervisorHelpCancelled",
        "OnAgentSkillChanged",
    ),
    "rsi": ("OnRouteRequest", "OnRouteEnd", "OnToneGeneratedStart", "OnToneGeneratedStop", "OnDigitCollected"),
    "pilot": ("OnPilotCallCreated", "OnPilotCallQueued", "OnPilotCallRemoved"),
    "system": ("OnLicenseExpiration", "OnPbxLoaded", "OnCtiLinkDown", "OnCtiLinkUp"),
    "pbxManagement": (
        "OnPbxObjectInstanceCreated",
        "OnPbxObjectInstanceModified",
        "OnPbxObjectInstanceDeleted",
    ),
    "rti": (
        "OnAgentRtiChanged",
        "OnPilotRtiChanged",
        "OnPGAgentRtiChanged",
        "OnQueueRtiChanged",
        "OnPGOtherRtiChanged",
    ),
    "acdstats": ("OnAcdStatsProgress",),
}
WITHOUT_IDS = ("system", "pbxManagement")
CHANNEL = "/OTEvents"
"""The path of the addresses that a subscription is answered with (document 003, line 2202)."""
ONLY_TO_HOOKS = ("OnServerStart",)
OF_ALL = ("OnUserCreated", "OnUserDeleted")
"""Nobody looks at the ids where these are subscribed to (line 1567)."""
GOES_WITH = {"OnPreferencesChanged": {"user", "userManagement"}}
"""In no package, so that nobody can subscribe to it: where it would belong."""
LOCAL = ("http://127.0.0.1", "http://localhost", "http://[::1]")


@dataclass(frozen=True, slots=True)
class Told:
    """An event of whom or what it is about, and for one account only where that is said."""

    name: str
    ids: tuple[str, ...]
    fields: dict[str, Any]
    only_for: str | None = None


@dataclass(slots=True)
class Subscription:
    """What somebody wants to be told, and what is not told yet: while no channel is open, it is kept (line 2136)."""

    login: str
    selectors: list[dict[str, Any]]
    hook: str | None = None
    waiting: deque[bytes] = field(default_factory=deque)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    close: Callable[[], None] | None = None  # ends its channel, while one is open
    without_channel_since: float = field(default_factory=time.monotonic)
    sent: int = 0

    def wants(self, name: str, ids: Iterable[str]) -> bool:
        if name in ONLY_TO_HOOKS:
            return self.hook is not None
        for selector in self.selectors:
            names = set(selector["names"])
            packages = GOES_WITH.get(name) or {package for package, events in PACKAGES.items() if name in events}
            if not names & (packages | {name}):
                continue
            wanted = selector.get("ids")
            if packages & set(WITHOUT_IDS) or name in OF_ALL or (wanted and "*" in wanted):
                return True
            if set(wanted or [self.login]) & set(ids):
                return True
        return False

    def touches(self, packages: Iterable[str]) -> bool:
        """Whether there is anything in some packages that it wants."""
        names = {name for selector in self.selectors for name in selector["names"]}
        return any(names & {package, *PACKAGES[package]} for package in packages)


class Events(Area):
    def reset(self, seed: dict[str, Any]) -> None:
        for one in getattr(self, "subscriptions", {}).values():
            if one.close:
                one.close()
        self.subscriptions: dict[str, Subscription] = {
            name: Subscription("admin", [{"names": ["system"]}], "https://hook.example.com/o2g")
            for name in ("SUB-1", "SUB-2")
        }
        self.snapshots: list[str] = []
        self._posts: set[asyncio.Task[None]] = set()

    def snapshot(self) -> dict[str, Any]:
        shown = {
            key: {
                "login": one.login,
                "selectors": one.selectors,
                "webHookUrl": one.hook,
                "channel": one.close is not None,
                "waiting": len(one.waiting),
                "sent": one.sent,
            }
            for key, one in self._living()
        }
        return {"subscriptions": shown, "snapshots": self.snapshots}

    def _living(self) -> list[tuple[str, Subscription]]:
        """The subscriptions, without those that have had no channel for a minute: these end (line 2145)."""
        now, most = time.monotonic(), self.settings["channel_grace"]
        for key, one in list(self.subscriptions.items()):
            if one.hook is None and one.close is None and now - one.without_channel_since > most:
                del self.subscriptions[key]
        return list(self.subscriptions.items())

    # Events

    def wanted(self, packages: Iterable[str]) -> bool:
        return any(one.touches(packages) for _key, one in self._living())

    def tell(self, told: Told) -> None:
        """Tell of a change; what breaks the contract is no event."""
        sent = {"eventName": told.name, **told.fields}
        if problem := self.platform.contract.events[told.name].problem(sent):
            raise ValueError(f"{told.name} breaks the contract: {problem}")
        self._send(orjson.dumps(sent), told)

    def emit(self, name: str, ids: Iterable[str] = (), **fields: Any) -> None:
        """Tell of something made up, whatever the contract says; ``ids`` are whom or what it is about."""
        self._send(orjson.dumps({"eventName": name, **fields}), Told(name, tuple(ids), fields))

    def take(self, key: str) -> list[Any]:
        """What a subscription has waiting, as if a channel had brought it."""
        one = self.subscriptions[key]
        taken = [orjson.loads(text) for text in one.waiting]
        one.waiting.clear()
        return taken

    def _send(self, text: bytes, told: Told) -> None:
        """Have all hear of an event who have subscribed to it."""
        for key, one in self._living():
            if not one.wants(told.name, told.ids) or told.only_for not in (None, one.login):
                continue
            one.waiting.append(text)
            one.news.set()
            if one.hook and one.hook.startswith(LOCAL) and len(one.waiting) == 1:
                task = asyncio.get_running_loop().create_task(self._post(key, one))
                self._posts.add(task)
                task.add_done_callback(self._posts.discard)

    async def _post(self, key: str, one: Subscription) -> None:
        """Send what waits to a webhook, with the cookie as the text or the example has it (lines 2126 and 2254)."""
        cookie = key if self.settings["webhook_cookie"] == "text" else f"AlcUserId%3D{key}"
        headers = {"Cookie": cookie, "Content-Type": "application/json"}
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while one.waiting:
            request = urllib.request.Request(one.hook or "", one.waiting[0], headers)
            with contextlib.suppress(OSError):  # it is sent once, whatever becomes of it
                await asyncio.to_thread(lambda sent=request: opener.open(sent, timeout=10).close())
            one.waiting.popleft()
            one.sent += 1

    @contextlib.contextmanager
    def channel(self, key: str, close: Callable[[], None]) -> Iterator[Subscription]:
        """The subscription of a channel, while it is open; a RefusalError where there is none."""
        one = dict(self._living()).get(key)
        if one is None or one.hook is not None:
            raise RefusalError(404, "there is no such subscription")
        if one.close:
            one.close()
        one.close = close
        one.news.set()
        try:
            yield one
        finally:
            if one.close is close:
                one.close, one.without_channel_since = None, time.monotonic()

    def cut(self, end: bool) -> int:
        """Cut all channels, or end their subscriptions too; return how many were open."""
        opened = {key: one.close for key, one in self.subscriptions.items() if one.close}
        for key, close in opened.items():
            close()
            if end:
                del self.subscriptions[key]
        return len(opened)

    def _refusal(self, call: Call, selectors: list[dict[str, Any]]) -> str:
        """Why selectors are refused, or nothing."""
        for selector in selectors:
            packages = {
                package
                for name in selector["names"]
                for package, events in PACKAGES.items()
                if name == package or name in events
            }
            if unknown := [n for n in selector["names"] if not any(n == p or n in e for p, e in PACKAGES.items())]:
                return f"unknown event {unknown[0]}"
            if len(packages) > 1 and packages != {"user", "userManagement"}:
                return "names of several packages in one selector"
            if packages & set(WITHOUT_IDS):
                if selector.get("ids"):
                    return "ids do not go with this package"
            elif not selector.get("ids") and call.account["role"] != "user":
                return "ids are missing"
        return "" if selectors else "there is no selector"

    @handles("o2gSubscribe")
    def subscribe(self, call: Call) -> Answer:
        selectors = call.body.get("filter", {}).get("selectors", [])
        if why := self._refusal(call, selectors):
            return Answer(200, {"status": "REFUSED", "message": why})
        key = secrets.token_urlsafe(24)
        hook = call.body.get("webHookUrl")
        self.subscriptions[key] = Subscription(call.account["login"], selectors, hook)
        url = f"{self.platform.host(call)}{CHANNEL}?subscriptionId={key}"
        polling = {} if hook else {"publicPollingUrl": url, "privatePollingUrl": url}
        mode = {"mode": "WEBHOOK" if hook else "CHUNK", "format": "JSON"}
        return Answer(200, {"subscriptionId": key, "status": "ACCEPTED", "message": "", **polling, **mode})

    @handles("o2gChangeSubscription")
    def change(self, call: Call) -> Answer:
        own = [one for one in self.subscriptions.values() if one.login == call.account["login"]]
        if not own:
            raise RefusalError(400, "the account has no subscription")
        selectors = call.body.get("selectors", [])
        if why := self._refusal(call, selectors):
            raise RefusalError(400, why)
        own[-1].selectors = selectors
        return Answer(204)

    @handles("o2gUnsubscribe")
    def unsubscribe(self, call: Call) -> Answer:
        ended = self.subscriptions.pop(call.parameters["subscriptionId"], None)
        if ended is None:
            raise RefusalError(400, "there is no such subscription")
        if ended.close:
            ended.close()
        return Answer(204)

    # Snapshots

    def _asked(self, call: Call, what: str) -> Answer:
        login = call.account["login"] if call.account["role"] == "user" else call.query.get("loginName")
        if login:
            self.platform.user_named(login)
        self.snapshots.append(f"{what} {login or '*'}")
        assert call.body is NO_BODY
        for told in self.platform.present(what, login, call.account["login"]):
            self.tell(told)
        return Answer(204)

    @handles("o2gSnapshotTelephony")
    def telephony(self, call: Call) -> Answer:
        return self._asked(call, "telephony")

    @handles("o2gSnapshotRouting")
    def routing(self, call: Call) -> Answer:
        return self._asked(call, "routing")

    @handles("o2gSnapshotAgents")
    def agents(self, call: Call) -> Answer:
        return self._asked(call, "agents")

    @handles("o2gSnapshotRealtime")
    def realtime(self, call: Call) -> Answer:
        return self._asked(call, "realtime")
