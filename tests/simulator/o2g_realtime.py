# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: what can be watched of the call center, and what an administrator watches."""

from __future__ import annotations

import copy
from typing import Any

from .base import NO_BODY, Answer, Area, Call, RefusalError, handles
from .o2g_agent import Agents

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
