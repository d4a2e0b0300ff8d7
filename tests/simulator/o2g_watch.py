# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: notices what has changed, by whatever request, and has it told as events.

A topic is seen as a whole before and after each request while somebody has subscribed to it. What differs is told.
So an event has no other cause than the state, and cannot be forgotten by the handler of an operation.
"""

from __future__ import annotations

import asyncio
import contextlib
import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .base import Area
from .o2g_agent import Agents
from .o2g_calls import RELEASING, RINGS, Calls
from .o2g_counters import Counters
from .o2g_events import Events, Told
from .o2g_log import Log
from .o2g_phone import Phones
from .o2g_pilots import Pilots
from .o2g_realtime import EVENT_OF, Realtime
from .o2g_routing import Routing
from .o2g_system import DISCONNECTED, System

Seen = dict[Any, Any]
OF_CALLS = ("telephony", "pilot", "rti", "unifiedComLog", "eventSummary")
"""The packages in which something may change because a call waits."""
INTERVAL = 1.0
"""Seconds."""


@dataclass(frozen=True)
class Topic:
    """What may change: all of it by key, and what there is to tell of one that is now another, new or gone (None)."""

    packages: tuple[str, ...]
    see: Callable[[Any], Seen]
    tell: Callable[[Any, Any, Any, Any], Iterator[Told]]


class Watch(Area):
    def reset(self, seed: dict[str, Any]) -> None:
        if getattr(self, "_timer", None):
            self._timer.cancel()
        self._timer: asyncio.TimerHandle | None = None
        self._seen: dict[Topic, Seen] = {}

    def look(self) -> None:
        """Tell of what has changed since the last look, and look again soon where time alone changes something."""
        events, calls = self.platform.area(Events), self.platform.area(Calls)
        if events.wanted(OF_CALLS):
            calls.settle()
            if calls.are_restless() and self._timer is None:
                with contextlib.suppress(RuntimeError):  # without a loop, nobody has subscribed
                    self._timer = asyncio.get_running_loop().call_later(INTERVAL, self._look_again)
        for topic in TOPICS:
            if not events.wanted(topic.packages):
                self._seen.pop(topic, None)
                continue
            now, before = copy.deepcopy(topic.see(self.platform)), self._seen.get(topic)
            self._seen[topic] = now
            for key in {**before, **now} if before is not None else ():
                if before.get(key) != now.get(key):
                    for told in topic.tell(self.platform, key, before.get(key), now.get(key)):
                        events.tell(told)

    def _look_again(self) -> None:
        self._timer = None
        self.look()

    def present(self, what: str, login: str | None, account: str) -> Iterator[Told]:
        """What a snapshot tells: all that is the case, of a user or of all."""
        if what == "realtime":
            for key, seen in self.platform.area(Realtime).watched().items():
                if key[0] == account:
                    yield realtime_event(key, seen, seen["values"])
            return
        calls, routing, agents = (self.platform.area(area) for area in (Calls, Routing, Agents))
        for name, subscriber in _users(self.platform):
            if login not in (None, name):
                continue
            if what == "telephony":
                yield _of_user("OnTelephonyState", name, state=calls.telephonic_state(subscriber))
            elif what == "routing":
                yield _of_user("OnRoutingStateChanged", name, routingState=routing.view(subscriber))
            elif agent := agents.agents.get(subscriber["number"]):
                yield _of_user("OnAgentStateChanged", name, state=agent["state"])


def _users(platform: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for node in platform.nodes.values():
        for login in sorted(node["users"]):
            yield login, node["subscribers"][login.removeprefix("oxe")]


def _of_user(name: str, login: str, **fields: Any) -> Told:
    return Told(name, (login,), {"loginName": login, **fields})


# Users


def _see_users(platform: Any) -> Seen:
    return {login: platform.user_view(subscriber) for login, subscriber in _users(platform)}


def _tell_user(platform: Any, login: str, before: Any, now: Any) -> Iterator[Told]:
    if before is None:
        yield Told("OnUserCreated", (login,), {"user": now})
    elif now is None:
        yield _of_user("OnUserDeleted", login)
    else:
        yield _of_user("OnUserInfoChanged", login, user=now)


def _see_preferences(platform: Any) -> Seen:
    preferences = platform.area(Phones).preferences
    return {login: preferences.get(login, {}) for login, _subscriber in _users(platform)}


def _tell_preferences(platform: Any, login: str, before: Any, now: Any) -> Iterator[Told]:
    if before is not None and now is not None:
        yield _of_user("OnPreferencesChanged", login)


# Telephony


def _see_telephony(platform: Any) -> Seen:
    calls, routing = platform.area(Calls), platform.area(Routing)
    return {
        login: {
            "calls": {one["callRef"]: one for one in calls.listed(subscriber)},
            "capabilities": calls.capabilities(subscriber),
            "devices": calls.device_states(subscriber),
            "logon": subscriber["number"] in routing.logged_on,
        }
        for login, subscriber in _users(platform)
    }


def _tell_telephony(platform: Any, login: str, before: Any, now: Any) -> Iterator[Told]:
    if before is None or now is None:
        return
    able = [one for one in now["capabilities"] if one not in before["capabilities"]]
    for told in _tell_calls(platform.area(Calls), login, before["calls"], now["calls"]):
        yield Told(told.name, told.ids, {**told.fields, **({"deviceCapabilities": able} if able else {})})
    if bool(before["calls"]) != bool(now["calls"]):
        yield _of_user("OnUserStateModified", login, state="BUSY" if now["calls"] else "FREE")
    if states := [one for one in now["devices"] if one not in before["devices"]]:
        yield _of_user("OnDeviceStateModified", login, deviceStates=states)
    if before["logon"] != now["logon"]:
        yield _of_user("OnDynamicStateChanged", login, huntingGroupState={"logon": now["logon"]})


def _tell_calls(calls: Calls, login: str, before: Seen, now: Seen) -> Iterator[Told]:
    became = {calls.calls[ref].get("was"): ref for ref in now if ref not in before}
    for ref, view in before.items():
        if ref not in now and ref not in became:
            yield _of_user("OnCallRemoved", login, callRef=ref, **_end(calls, ref, login, view["callData"]["state"]))
    for ref, view in now.items():
        former = calls.calls[ref].get("was")
        if ref in before or former in before:
            if changes := _changes(before[ref if ref in before else former], view):
                previous = {} if ref in before else {"previousCallRef": former}
                yield _of_user("OnCallModified", login, callRef=ref, **previous, **changes)
        else:
            parts = {name: view[name] for name in ("callData", "legs", "participants")}
            caller = [p["id"] for p in calls.calls[ref]["parties"] if p["number"] == calls.calls[ref]["caller"]]
            others = [one["participantId"] for one in view["participants"]]
            begun = {"initiator": caller[0]} if caller and caller[0] in others else {}
            yield _of_user("OnCallCreated", login, callRef=ref, **parts, **begun)


def _end(calls: Calls, ref: str, login: str, state: str) -> dict[str, Any]:
    """Why a user has no part in a call any more, and where it has gone."""
    one = calls.calls.get(ref)
    if one is None:
        return {"cause": {RINGS: "ABANDONED", RELEASING: "BUSY"}.get(state, "CLEARED")}
    if "parked" in one:
        return {"cause": "PARKED", "newDestination": one["parked"]}
    if one["data"].get("redirecting") == login.removeprefix("oxe"):
        cause = "REDIRECTED" if state == RINGS else "TRANSFERRED"
        return {"cause": cause, "newDestination": one["parties"][-1]["number"]}
    return {"cause": "PARTICIPANT_LEFT"}


def _changes(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """What differs in a call as a user sees it; what does not is absent."""
    legs, were = ({leg["deviceId"]: leg for leg in view["legs"]} for view in (now, before))
    others, had = ({one["participantId"]: one for one in view["participants"]} for view in (now, before))
    changes: dict[str, Any] = {
        "callData": now["callData"] if now["callData"] != before["callData"] else None,
        "modifiedLegs": [leg for device, leg in legs.items() if device in were and leg != were[device]],
        "addedLegs": [leg for device, leg in legs.items() if device not in were],
        "removedLegs": [leg for device, leg in were.items() if device not in legs],
        "modifiedParticipants": [one for name, one in others.items() if name in had and one != had[name]],
        "addedParticipants": [one for name, one in others.items() if name not in had],
        "removedParticipantIds": [name for name in had if name not in others],
    }
    changes = {name: value for name, value in changes.items() if value}
    if len(others) > len(had):
        changes["cause"] = "CONFERENCED"
    elif len(others) < len(had):
        changes["cause"] = "PARTICIPANT_LEFT"
    return changes


# Routes, log, counters


def _see_routes(platform: Any) -> Seen:
    routing = platform.area(Routing)
    return {login: routing.view(subscriber) for login, subscriber in _users(platform)}


def _tell_routes(platform: Any, login: str, before: Any, now: Any) -> Iterator[Told]:
    if before is not None and now is not None:
        yield _of_user("OnRoutingStateChanged", login, routingState=now)


def _see_log(platform: Any) -> Seen:
    records = platform.area(Log).records
    return {
        login: {one["recordId"]: one for one in records.get(subscriber["number"], [])}
        for login, subscriber in _users(platform)
    }


def _tell_log(platform: Any, login: str, before: Any, now: Any) -> Iterator[Told]:
    if before is None or now is None:
        return
    for number, record in now.items():
        if number not in before:
            yield _of_user("OnComRecordCreated", login, record=record)
        elif _but_acknowledged(record) != _but_acknowledged(before[number]):
            yield _of_user("OnComRecordModified", login, record=record)
    turned = [n for n, one in now.items() if n in before and one["acknowledged"] != before[n]["acknowledged"]]
    for name, acknowledged in (("OnComRecordsAck", True), ("OnComRecordsUnAck", False)):
        if ids := [number for number in turned if now[number]["acknowledged"] is acknowledged]:
            yield _of_user(name, login, recordIds=ids)
    if gone := [number for number in before if number not in now]:
        yield _of_user("OnComRecordsDeleted", login, **({"recordIds": gone} if now else {}))


def _but_acknowledged(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "acknowledged"}


def _see_counters(platform: Any) -> Seen:
    counters = platform.area(Counters)
    return {login: counters.of(subscriber["number"]) for login, subscriber in _users(platform)}


def _tell_counters(platform: Any, login: str, before: Any, now: Any) -> Iterator[Told]:
    if before is not None and now is not None:
        yield _of_user("OnEventSummaryUpdated", login, eventSummary=now)


# The call center


def _see_agents(platform: Any) -> Seen:
    agents = platform.area(Agents).agents
    return {login: agents[one["number"]] for login, one in _users(platform) if one["number"] in agents}


def _tell_agent(platform: Any, login: str, before: Any, now: Any) -> Iterator[Told]:
    if before is None or now is None:
        return
    if before["state"] != now["state"]:
        yield _of_user("OnAgentStateChanged", login, state=now["state"])
    if before["skills"] != now["skills"]:
        yield _of_user("OnAgentSkillChanged", login, skills={"skills": now["skills"]})
    if before.get("asks_help") != now.get("asks_help"):
        name = "OnSupervisorHelpRequested" if now.get("asks_help") else "OnSupervisorHelpCancelled"
        number = login.removeprefix("oxe")
        supervisor = platform.area(Agents).supervisor_of(number)
        yield _of_user(name, login, **({"agentNumber": supervisor} if supervisor else {}))
        if supervisor:
            yield _of_user(name, f"oxe{supervisor}", agentNumber=number)


def _see_pilot_calls(platform: Any) -> Seen:
    return {
        ref: {
            "pilot": one["data"]["pilot"],
            "caller": one["caller"],
            "data": {
                "initialCalled": one["data"]["called"],
                "anonymous": bool(one["data"].get("anonymous")),
                **({"associatedData": one["data"]["associateData"]} if "associateData" in one["data"] else {}),
            },
            "queue": one.get("queue"),
            "agent": one.get("agent", ""),
        }
        for ref, one in platform.area(Calls).calls.items()
        if "pilot" in one["data"]
    }


def _tell_pilot_call(platform: Any, ref: str, before: Any, now: Any) -> Iterator[Told]:
    one = now or before
    pilot = one["pilot"]
    about = {"pilot": pilot, "callRef": ref}
    if not platform.area(Pilots).monitored.get(pilot):
        return
    if before is None:
        begun = {**about, "caller": one["caller"], "callData": one["data"]}
        opened = one["queue"] or one["agent"]
        yield Told(
            "OnPilotCallCreated",
            (pilot,),
            {**begun, "cause": "ACD_ENTER_DISTRIBUTION" if opened else "RESOURCES_NOT_AVAILABLE"},
        )
    waited = bool(before and before["queue"])
    if now and now["queue"] and not waited:
        waiting = {"queue": now["queue"], "numberOfQueued": len(platform.area(Calls).queued(pilot))}
        about_it = {**about, "caller": one["caller"], "cause": "NO_AVAILABLE_AGENT"}
        yield Told("OnPilotCallQueued", (pilot,), {**about_it, **waiting})
    if now and now["agent"] and not (before and before["agent"]):
        source = before["queue"] if waited else pilot
        to = {"releasingDevice": source, "newDestination": now["agent"], "cause": "DISTRIBUTED"}
        yield Told("OnPilotCallRemoved", (pilot,), {**about, **to})
    elif now is None and not before["agent"]:
        given_up = {"releasingDevice": one["caller"], "newDestination": "", "cause": "ABANDONED"}
        yield Told("OnPilotCallRemoved", (pilot,), {**about, **given_up})


def _see_realtime(platform: Any) -> Seen:
    return platform.area(Realtime).watched()


def _tell_realtime(platform: Any, key: tuple[str, str, str], before: Any, now: Any) -> Iterator[Told]:
    if before is not None and now is not None:
        yield realtime_event(key, now, {n: v for n, v in now["values"].items() if before["values"].get(n) != v})


def realtime_event(key: tuple[str, str, str], seen: Mapping[str, Any], values: Mapping[str, Any]) -> Told:
    login, kind, number = key
    return Told(EVENT_OF[kind], (number,), {**seen["named"], **values}, only_for=login)


def _see_rsi(platform: Any) -> Seen:
    return {
        ref: {"point": one["rsi"], "digits": one.get("dtmf", "")}
        for ref, one in platform.area(Calls).calls.items()
        if "rsi" in one
    }


def _tell_rsi(platform: Any, ref: str, before: Any, now: Any) -> Iterator[Told]:
    """The document has no fields of these; a number and a call they must have."""
    point = (now or before)["point"]
    names: tuple[str, ...] = ("OnDigitCollected",)
    if before is None:
        names = ("OnRouteRequest", "OnToneGeneratedStart")
    elif now is None:
        names = ("OnToneGeneratedStop", "OnRouteEnd")
    for name in names:
        digits = {"digits": now["digits"]} if name == "OnDigitCollected" else {}
        yield Told(name, (point,), {"rsiNumber": point, "callRef": ref, **digits})


# The system


def _see_system(platform: Any) -> Seen:
    system = platform.area(System)
    links = {("link", node): link for node, link in system.links.items()}
    return {**links, **{("loaded", node): loaded for node, loaded in system.loaded.items()}, "days": system.days_left}


def _tell_system(platform: Any, key: Any, before: Any, now: Any) -> Iterator[Told]:
    if key == "days":
        if now is not None:
            text = f"The licence ends in {now} days" if now >= 0 else f"The licence has ended {-now} days ago"
            yield Told("OnLicenseExpiration", (), {"message": text, "nbDays": now})
        return
    what, node = key
    if what == "loaded":
        names = ("OnPbxLoaded",) if now else ()
    elif (before == DISCONNECTED) == (now == DISCONNECTED):
        names = ()
    else:
        names = ("OnCtiLinkDown",) if now == DISCONNECTED else ("OnCtiLinkUp",)
    for name in names:
        yield Told(name, (), {"nodeId": str(node)})


TOPICS = (
    Topic(("user", "userManagement"), _see_users, _tell_user),
    Topic(("user", "userManagement"), _see_preferences, _tell_preferences),
    Topic(("telephony",), _see_telephony, _tell_telephony),
    Topic(("routingManagement",), _see_routes, _tell_routes),
    Topic(("unifiedComLog",), _see_log, _tell_log),
    Topic(("eventSummary",), _see_counters, _tell_counters),
    Topic(("agent",), _see_agents, _tell_agent),
    Topic(("pilot",), _see_pilot_calls, _tell_pilot_call),
    Topic(("rti",), _see_realtime, _tell_realtime),
    Topic(("rsi",), _see_rsi, _tell_rsi),
    Topic(("system",), _see_system, _tell_system),
)
