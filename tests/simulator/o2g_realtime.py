# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: what can be watched of the call center, and what an administrator watches."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from typing import Any

from .base import NO_BODY, Answer, Area, Call, RefusalError, handles
from .o2g_agent import Agents
from .o2g_calls import ACTIVE, CALLS, HELD, ORDER, RINGS, Calls

Named = list[dict[str, str]]
LISTS = {
    "agentFilter": "agents",
    "pilotFilter": "pilots",
    "queueFilter": "queues",
    "pgAgentFilter": "pgAgents",
    "pgOtherFilter": "pgOthers",
}
ATTRIBUTES = {
    "agentFilter": ["AssociatedSet", "CurrentPG", "PhoneState", "LogonDate"],
    "pilotFilter": ["State", "ServiceLevel", "NbOfWaitingCalls"],
    "queueFilter": ["State", "NbOfAgentsInDistribution"],
    "pgAgentFilter": ["State", "NbOfWithdrawnAgents"],
    "pgOtherFilter": ["State", "NbOfACDCalls"],
}


EVENT_OF = {
    "agents": "OnAgentRtiChanged",
    "pilots": "OnPilotRtiChanged",
    "queues": "OnQueueRtiChanged",
    "pgAgents": "OnPGAgentRtiChanged",
    "pgOthers": "OnPGOtherRtiChanged",
}
TYPES: dict[str, dict[str, str]] = {
    "agents": {"type": "Normal"},
    "pilots": {},
    "queues": {"type": "Normal"},
    "pgAgents": {"type": "Agent"},
    "pgOthers": {"type": "Guide"},
}
MISSPELT = {"nbOfWidthdrawnAgents": "NbOfWithdrawnAgents"}
"""Fields of events that are not called as their attribute (lines 15282 and 15436)."""
Values = dict[str, Any]


class Realtime(Area):
    def reset(self, seed: dict[str, Any]) -> None:
        self.contexts: dict[str, dict[str, Any]] = {}

    def snapshot(self) -> dict[str, Any]:
        return {"realtime": self.contexts}

    def watchable(self) -> dict[str, Named]:
        nodes = self.platform.nodes.values()
        agents = self.platform.area(Agents)
        subscribers = {number: one for node in nodes for number, one in node["subscribers"].items()}
        return {
            "agents": [
                {"number": n, "name": subscribers[n]["lastName"], "firstName": subscribers[n]["firstName"]}
                for n in agents.agents
            ],
            "pilots": [{"number": n, "name": one["name"]} for node in nodes for n, one in node["pilots"].items()],
            "queues": [{"number": f"6013{at}", "name": f"Queue {at}"} for at in (1, 2)],
            "pgAgents": [{"number": number, "name": f"Group {number}"} for number in agents.groups],
            "pgOthers": [{"number": "60290", "name": "Guide"}],
        }

    # What is told as events: names and numbers always, the rest where a context asks for it

    def watched(self) -> dict[tuple[str, str, str], dict[str, Any]]:
        """What each account has asked for: by login, kind and number."""
        active = {login: one for login, one in self.contexts.items() if one["active"]}
        if not active:
            return {}
        there, values = self.watchable(), self._values()
        return {
            (login, kind, named["number"]): {
                "named": {**named, **TYPES[kind]},
                "values": {n: v for n, v in values[kind](named["number"]).items() if _asks(part, n)},
            }
            for login, context in active.items()
            for name, part in context.get("filter", {}).items()
            for kind in [LISTS[name]]
            for named in there[kind]
            if {"*", named["number"]} & set(part.get("numbers", []))
        }

    def _values(self) -> dict[str, Callable[[str], Values]]:
        """How to find out what is the case, by kind."""
        self.platform.area(Calls).settle()
        return {
            "agents": self._agent,
            "pilots": self._pilot,
            "queues": self._queue,
            "pgAgents": self._group,
            "pgOthers": self._guide,
        }

    def _agent(self, number: str) -> Values:
        state = self.platform.area(Agents).agents[number]["state"]
        service = "LoggedOut" if state["mainState"] == "LOG_OFF" else "Assigned" if "pgNumber" in state else "LoggedIn"
        return {
            "serviceState": "Withdrawn" if state.get("subState") == "WITHDRAW" else service,
            "phoneState": self._phone_state(number, state),
            "currentPG": state.get("pgNumber", ""),
            "associatedSet": state.get("proAcdDeviceNumber", ""),
            "withdrawReason": state.get("withdrawReason", 0),
        }

    def _phone_state(self, number: str, state: dict[str, Any]) -> str:
        legs = [
            (one, leg)
            for one in self.platform.area(Calls).calls.values()
            for party in one["parties"]
            if party["number"] == number
            for leg in party["legs"].values()
        ]
        for one, leg in sorted(legs, key=lambda pair: ORDER.index(pair[1])):
            acd = "pilot" in one["data"]
            outside = any(self.platform.subscriber(party["number"]) is None for party in one["parties"])
            private = "PrivateExternalConversation" if outside else "PrivateLocalConversation"
            return {
                RINGS: "AcdRinging" if acd else "PrivateRinging",
                ACTIVE: "AcdConversation" if acd else private,
                HELD: "Held",
                CALLS: "Dialing",
            }.get(leg, "BusyTone")
        if state["mainState"] == "LOG_OFF":
            return "LoggedOut"
        return {"PAUSE": "Pause", "WRAPUP": "WrapUp"}.get(state.get("subState", ""), "Idle")

    def _pilot(self, number: str) -> Values:
        there = {n: one for node in self.platform.nodes.values() for n, one in node["pilots"].items()}
        calls = [one for one in self.platform.area(Calls).calls.values() if one["data"].get("pilot") == number]
        return {
            "state": there[number]["state"],
            "nbOfRunningCalls": len(calls),
            "nbOfWaitingCalls": sum("queue" in one for one in calls),
            "nbOfRingingACDCalls": sum(_is_at_agent(one, RINGS) for one in calls),
            "nbOfCallsInConversation": sum(_is_at_agent(one, ACTIVE, HELD) for one in calls),
            "nbOfDissuadedCalls": sum("guide" in one for one in calls),
        }

    def _queue(self, number: str) -> Values:
        waiting = [one for one in self.platform.area(Calls).queued() if one["queue"] == number]
        agents = self.platform.area(Agents).agents.values()
        return {
            "state": "Opened",
            "nbOfAgentsInDistribution": sum(one["state"].get("subState") == "READY" for one in agents),
            "nbOfWaitingCalls": len(waiting),
            "currentWaitingTime": int(max((time.monotonic() - one["since"] for one in waiting), default=0)),
        }

    def _group(self, number: str) -> Values:
        agents = self.platform.area(Agents).agents
        states = {n: one["state"] for n, one in agents.items() if one["state"].get("pgNumber") == number}
        phones = {n: self._phone_state(n, state) for n, state in states.items()}
        withdrawn = {n for n, state in states.items() if state["subState"] == "WITHDRAW"}
        free = {n for n, phone in phones.items() if phone == "Idle"}
        return {
            "state": "Opened",
            "nbOfLoggedOnAgents": len(states),
            "nbOfWidthdrawnAgents": len(withdrawn),
            "nbOfAgentsInPause": sum(state["subState"] == "PAUSE" for state in states.values()),
            "nbOfAgentsInACDRinging": sum(phone == "AcdRinging" for phone in phones.values()),
            "nbOfAgentsInACDConv": sum(phone == "AcdConversation" for phone in phones.values()),
            "nbOfFreeAgents": len(free),
            "nbOfIdleAgents": len(free - withdrawn),
        }

    def _guide(self, number: str) -> Values:
        """It is heard by those whose pilot is closed."""
        heard = sum("guide" in one for one in self.platform.area(Calls).calls.values())
        return {"state": "Opened", "nbOfACDCalls": heard}

    # What may be watched

    def _list(self, name: str) -> Answer:
        return Answer(200, {name: self.watchable()[name]})

    @handles("o2gListWatchable")
    def everything(self, call: Call) -> Answer:
        return Answer(200, self.watchable())

    @handles("o2gListWatchableAgents")
    def agents(self, call: Call) -> Answer:
        return self._list("agents")

    @handles("o2gListWatchablePilots")
    def pilots(self, call: Call) -> Answer:
        return self._list("pilots")

    @handles("o2gListWatchableQueues")
    def queues(self, call: Call) -> Answer:
        return self._list("queues")

    @handles("o2gListWatchableAgentGroups")
    def agent_groups(self, call: Call) -> Answer:
        return self._list("pgAgents")

    @handles("o2gListWatchableOtherGroups")
    def other_groups(self, call: Call) -> Answer:
        return self._list("pgOthers")

    # The context: one per administrator

    def _context(self, call: Call) -> dict[str, Any]:
        context = self.contexts.get(call.account["login"])
        if context is None:
            raise RefusalError(404, "there is no context")
        return context

    @handles("o2gGetRealtimeContext")
    def get_context(self, call: Call) -> Answer:
        context = copy.deepcopy(self._context(call))
        if call.query.get("extended") == "true":
            there = self.watchable()
            for name, part in context.get("filter", {}).items():
                if part.get("numbers") == ["*"]:
                    part["numbers"] = [one["number"] for one in there[LISTS[name]]]
                if part.get("attributes") == ["ALL"]:
                    part["attributes"] = ATTRIBUTES[name]
        return Answer(200, context)

    @handles("o2gSetRealtimeContext")
    def set_context(self, call: Call) -> Answer:
        if call.body is NO_BODY:
            self._context(call)["active"] = True
            return Answer(204)
        begins = self.settings["rti_begins"] == "active"
        there = self.contexts.get(call.account["login"], {"active": begins, "obsPeriod": 15, "notifFrequency": 5})
        self.contexts[call.account["login"]] = self._changed(there, call.body)
        return Answer(204)

    @handles("o2gUpdateRealtimeContext")
    def update_context(self, call: Call) -> Answer:
        self.contexts[call.account["login"]] = self._changed(self._context(call), call.body)
        return Answer(204)

    def _changed(self, there: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
        """What a request leads to; C(active) is only to be read."""
        known = self.watchable()
        for name, part in wanted.get("filter", {}).items():
            numbers = {one["number"] for one in known[LISTS[name]]} | {"*"}
            if unknown := [number for number in part.get("numbers", []) if number not in numbers]:
                raise RefusalError(400, f"{name}: unknown number {unknown[0]}")
        return {**there, **{name: value for name, value in wanted.items() if name != "active"}}

    @handles("o2gDeleteRealtimeContext")
    def delete_context(self, call: Call) -> Answer:
        self._context(call)
        del self.contexts[call.account["login"]]
        return Answer(204)


def _asks(part: dict[str, Any], field: str) -> bool:
    """Whether a filter has the attribute of a field."""
    attribute = MISSPELT.get(field, field[0].upper() + field[1:])
    return bool({"ALL", attribute} & set(part.get("attributes", ["ALL"])))


def _is_at_agent(one: dict[str, Any], *states: str) -> bool:
    """Whether the agent to whom a call was given has it in one of some states."""
    agent = one.get("agent")
    return any(party["number"] == agent and set(states) & set(party["legs"].values()) for party in one["parties"])
