# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: agents and supervisors of the call center, their groups, states and skills."""

from __future__ import annotations

import copy
from typing import Any

from .base import NO_BODY, Answer, Area, Call, RefusalError, handles
from .o2g_pbx import PbxObjects

NOT_EXPECTED = 1004
NOT_ALLOWED = 1002
OFF: dict[str, Any] = {"mainState": "LOG_OFF"}
ON: dict[str, Any] = {"mainState": "LOG_ON", "subState": "OUT_OF_PG"}
AS_IN_EXAMPLES = {"LOG_ON": "LOGGED_ON", "LOG_OFF": "LOGGED_OFF", "READY": "IDLE"}


class Agents(Area):
    def reset(self, seed: dict[str, Any]) -> None:
        seed = copy.deepcopy(seed)
        self.groups: dict[str, list[str]] = seed.get("groups", GROUPS)
        given = seed.get("agents")
        self.agents: dict[str, dict[str, Any]] = {}
        for node in self.platform.nodes.values():
            for number in sorted(node["subscribers"]):
                wanted = _default(number) if given is None else given.get(number)
                if wanted:
                    self.agents[number] = {**AGENT, "state": dict(OFF), **copy.deepcopy(wanted)}

    def snapshot(self) -> dict[str, Any]:
        return {"agents": self.agents}

    def _agent(self, call: Call) -> dict[str, Any]:
        number = self.platform.whose(call)["number"]
        if number not in self.agents and (skills := self.platform.area(PbxObjects).skills(number)) is not None:
            self.agents[number] = {**copy.deepcopy(AGENT), "state": dict(OFF), "skills": skills}
        if number not in self.agents:
            raise RefusalError(400, f"{number} is no agent", NOT_EXPECTED)
        return self.agents[number]

    def _logged_on(self, call: Call, *, in_group: bool = True) -> dict[str, Any]:
        agent = self._agent(call)
        if agent["state"]["mainState"] != "LOG_ON":
            raise RefusalError(400, "the agent is not logged on", NOT_EXPECTED)
        if in_group and "pgNumber" not in agent["state"]:
            raise RefusalError(400, "the agent is in no processing group", NOT_EXPECTED)
        return agent

    def _supervisor(self, call: Call) -> dict[str, Any]:
        agent = self._agent(call)
        if agent["type"] != "SUPERVISOR":
            raise RefusalError(403, "only for a supervisor", NOT_ALLOWED)
        return agent

    @staticmethod
    def _group(agent: dict[str, Any], body: Any, otherwise: str | None) -> str | None:
        group = (body if isinstance(body, dict) else {}).get("pgGroupNumber") or otherwise
        if group is not None and group not in agent["groups"]:
            raise RefusalError(400, f"{group} is no group of the agent")
        return group

    @handles("o2gGetAgentConfig")
    def config(self, call: Call) -> Answer:
        agent = self._agent(call)
        headset = str(agent["headset"]).lower() if self.settings["agent_form"] == "example" else agent["headset"]
        return Answer(
            200,
            {
                "type": agent["type"],
                "proacd": agent["proacd"],
                "processingGroups": {"preferred": agent["groups"][0], "groups": agent["groups"]},
                "skills": {"skills": agent["skills"]},
                "selfAssign": len(agent["groups"]) > 1,
                "headset": headset,
                "help": agent["type"] == "SUPERVISOR",
                "multiline": True,
            },
        )

    @handles("o2gGetAgentState")
    def state(self, call: Call) -> Answer:
        state = self._agent(call)["state"]
        if self.settings["agent_form"] == "example":
            state = {
                "pgGroupNumber" if name == "pgNumber" else name: AS_IN_EXAMPLES.get(str(value), value)
                for name, value in state.items()
            }
        return Answer(200, state)

    @handles("o2gLogOnAgent")
    def log_on(self, call: Call) -> Answer:
        agent = self._agent(call)
        supervises = agent["type"] == "SUPERVISOR"
        if agent["state"]["mainState"] == "LOG_ON" and not (supervises and "pgNumber" not in agent["state"]):
            raise RefusalError(400, "the agent is logged on already", NOT_EXPECTED)
        group = self._group(agent, call.body, None if supervises else agent["groups"][0])
        device = agent["state"].get("proAcdDeviceNumber", call.body["proAcdDeviceNumber"])
        if not any(device in node["main_numbers"] for node in self.platform.nodes.values()):
            raise RefusalError(400, f"unknown device {device}")
        agent["headset"] = call.body.get("headset", agent["headset"])
        self._enter(agent, device, group)
        return Answer(204)

    def _enter(self, agent: dict[str, Any], device: str, group: str | None) -> None:
        agent["state"] = {"mainState": "LOG_ON", "subState": "READY", "proAcdDeviceNumber": device}
        if group is None:
            agent["state"]["subState"] = "OUT_OF_PG"
        else:
            agent["state"]["pgNumber"] = group
            if self.settings["agent_begins"] == "withdrawn":
                agent["state"] |= {"subState": "WITHDRAW", "withdrawn": True}

    @handles("o2gLogOffAgent")
    def log_off(self, call: Call) -> Answer:
        self._logged_on(call, in_group=False)["state"] = dict(OFF)
        return Answer(204)

    @handles("o2gEnterGroup")
    def enter_group(self, call: Call) -> Answer:
        self._supervisor(call)
        agent = self._logged_on(call, in_group=False)
        self._enter(agent, agent["state"]["proAcdDeviceNumber"], self._group(agent, call.body, agent["groups"][0]))
        return Answer(204)

    @handles("o2gExitGroup")
    def exit_group(self, call: Call) -> Answer:
        self._supervisor(call)
        agent = self._logged_on(call, in_group=False)
        group = self._group(agent, call.body, None)
        if group is None:
            agent["state"] = dict(OFF)
        elif agent["state"].get("pgNumber") != group:
            raise RefusalError(400, f"the supervisor is not in {group}", NOT_EXPECTED)
        else:
            self._enter(agent, agent["state"]["proAcdDeviceNumber"], None)
        return Answer(204)

    def _put(self, call: Call, sub_state: str, **more: Any) -> Answer:
        agent = self._logged_on(call)
        kept = {name: agent["state"][name] for name in ("mainState", "proAcdDeviceNumber", "pgNumber")}
        agent["state"] = {**kept, "subState": sub_state, **more}
        return Answer(204)

    @handles("o2gReadyAgent")
    def ready(self, call: Call) -> Answer:
        return self._put(call, "READY")

    @handles("o2gPauseAgent")
    def pause(self, call: Call) -> Answer:
        return self._put(call, "PAUSE")

    @handles("o2gWrapUpAgent")
    def wrap_up(self, call: Call) -> Answer:
        return self._put(call, "WRAPUP")

    @handles("o2gWithdrawAgent")
    def withdraw(self, call: Call) -> Answer:
        group = self._logged_on(call)["state"]["pgNumber"]
        reason = (call.body if call.body is not NO_BODY else {}).get("reasonIndex")
        reasons = self.groups[group]
        if reason is not None and reason > len(reasons):
            raise RefusalError(400, f"{group} has {len(reasons)} reasons")
        return self._put(call, "WITHDRAW", **({} if reason is None else {"withdrawReason": reason}))

    @handles("o2gListWithdrawReasons")
    def withdraw_reasons(self, call: Call) -> Answer:
        self._agent(call)
        group = call.query["pgNumber"]
        if group not in self.groups:
            raise RefusalError(400, f"unknown group {group}")
        number: Any = str if self.settings["agent_form"] == "example" else int
        labels = self.groups[group]
        reasons = [{"index": number(at), "label": label} for at, label in enumerate(labels, start=1)]
        return Answer(200, {"number": number(len(labels)), "reasons": reasons})

    # Skills

    @handles("o2gActivateSkills")
    def activate(self, call: Call) -> Answer:
        return self._switch(call, True)

    @handles("o2gDeactivateSkills")
    def deactivate(self, call: Call) -> Answer:
        return self._switch(call, False)

    def _switch(self, call: Call, active: bool) -> Answer:
        skills = {skill["number"]: skill for skill in self._agent(call)["skills"]}
        wanted = call.body.get("skills", [])
        if unknown := [number for number in wanted if number not in skills]:
            raise RefusalError(400, f"the agent has no skill {unknown[0]}")
        for number in wanted:
            skills[number]["active"] = active
        return Answer(204)

    # Supervision

    def supervisor_of(self, number: str) -> str | None:
        """The supervisor of an agent: the first on the same node."""
        for node in self.platform.nodes.values():
            if number in node["subscribers"]:
                supervisors = (n for n, one in self.agents.items() if one["type"] == "SUPERVISOR")
                return next((one for one in supervisors if one in node["subscribers"]), None)
        return None

    def _other(self, number: str) -> dict[str, Any]:
        agent = self.agents.get(number)
        if agent is None or agent["state"]["mainState"] != "LOG_ON":
            raise RefusalError(400, f"{number} is no agent who is logged on", NOT_EXPECTED)
        return agent

    @handles("o2gListenToAgent")
    def listen(self, call: Call) -> Answer:
        supervisor = self._supervisor(call)
        self._other(call.body["agentNumber"])
        supervisor["listens_to"] = call.body["agentNumber"]
        return Answer(204)

    @handles("o2gStopListening")
    def stop_listening(self, call: Call) -> Answer:
        if self._supervisor(call).pop("listens_to", None) is None:
            raise RefusalError(400, "the supervisor listens to nobody", NOT_EXPECTED)
        return Answer(204)

    @handles("o2gIntrudeAgent")
    def intrude(self, call: Call) -> Answer:
        supervisor = self._supervisor(call)
        self._other(call.body["agentNumber"])
        supervisor["intrusion"] = {"agent": call.body["agentNumber"], "mode": call.body.get("mode", "NORMAL")}
        return Answer(204)

    @handles("o2gChangeIntrusion")
    def change_intrusion(self, call: Call) -> Answer:
        supervisor = self._supervisor(call)
        if "intrusion" not in supervisor:
            raise RefusalError(400, "there is no intrusion", NOT_EXPECTED)
        if call.body["mode"] in ("STOP", supervisor["intrusion"]["mode"]):  # the same mode again drops the supervisor
            del supervisor["intrusion"]
        else:
            supervisor["intrusion"]["mode"] = call.body["mode"]
        return Answer(204)

    @handles("o2gAskHelp")
    def ask_help(self, call: Call) -> Answer:
        self._logged_on(call)["asks_help"] = True
        return Answer(204)

    @handles("o2gCancelHelp")
    def cancel_help(self, call: Call) -> Answer:
        agent = self._agent(call)
        if agent["type"] == "SUPERVISOR":
            agent = self._other(call.query["other"])
        if not agent.pop("asks_help", None):
            raise RefusalError(400, "nobody asks for help", NOT_EXPECTED)
        return Answer(204)


GROUPS = {"60201": ["Lunch", "Meeting", "Training"], "60202": ["Lunch", "Back office"]}
AGENT: dict[str, Any] = {"type": "AGENT", "proacd": "", "groups": ["60201", "60202"], "headset": False, "skills": []}


def _default(number: str) -> dict[str, Any] | None:
    """The second to the fourth subscriber of a hundred are agents, the fifth is their supervisor, who is logged on."""
    at = int(number) % 100
    if not 1 <= at <= 4:
        return None
    skills = [{"number": skill, "level": 1 + at % 3, "active": skill == 44} for skill in (44, 100, 101)]
    supervisor = {"type": "SUPERVISOR", "state": {**ON, "proAcdDeviceNumber": number}}
    return {"skills": skills, **(supervisor if at == 4 else {})}
