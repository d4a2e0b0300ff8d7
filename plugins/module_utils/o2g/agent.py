# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Agents and supervisors of the call center: document 003, lines 12283-13393."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import ApiError, Missing
from ..fields import Choice, Field, Flag, ListOf, Number, Text, Values, read_text, told
from ..resource import Deed, Deeds, Entry, Settings, Step
from .common import NUMBER, OfUser, OfUsers, number_of, skill_of

if TYPE_CHECKING:
    from .client import O2gClient

AGENT = "ROXE_API_CONTACTCENTER_AGENT"
PATH = "/acd/agent"
OFF = ("LOG_OFF", "LOGGED_OFF")
ON = ("LOG_ON", "LOGGED_ON")
"""Both writings of the main state: the table's and that of the examples (lines 12890, 13175)."""
STATES = {
    "READY": "ready",
    "IDLE": "ready",
    "BUSY": "ready",
    "TRANSACTION_CODE_INPUT": "ready",
    "PAUSE": "pause",
    "WITHDRAW": "withdrawn",
}
"""The state of an agent, by the sub-state (line 13219). Who is busy with a call was ready, and will be again."""
VERBS = {"ready": "/ready", "pause": "/pause", "wrapup": "/wrapUp", "withdrawn": "/withdraw"}


@dataclass(frozen=True, eq=False)
class AgentState(Choice):
    """What an agent is doing; C(logged_on) is the same as any state but C(logged_off)."""

    def same(self, current: Any, wanted: Any, country: str | None) -> bool:
        return current == wanted or (wanted == "logged_on" and current not in (None, "logged_off"))


class Agent(OfUser, Settings):
    """The state that an agent or a supervisor is in."""

    noun = "agent"
    plural = "agents"
    licence = AGENT
    fields = (
        Field("state", AgentState(("logged_off", "logged_on", *VERBS))),
        Field("proAcdDeviceNumber", NUMBER, nullable=False),
        Field("pgGroupNumber", NUMBER),
        Field("headset", Flag(), create_only=True),
        Field("withdrawReason", Text(1), nullable=False),
        Field("subState", Text(), read_only=True),
    )
    always_there = False
    top_level = ("state", "withdraw_reason", "headset")

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if "state" not in values:
            yield "state", f"must be given: one of {', '.join(('logged_off', 'logged_on', *VERBS))}"
        elif values["state"] == "logged_off":
            for option in ("pro_acd_device_number", "pg_group_number", "headset"):
                if values.get(option) is not None:
                    yield option, "does not go with state=logged_off"
        if values.get("withdraw_reason") and values.get("state") != "withdrawn":
            yield "withdraw_reason", "goes with state=withdrawn only"

    def current(self, api: O2gClient, wanted: Values) -> Values:
        """Return the state of one agent, and look up what is wanted of it. Raises ApiError where that cannot be."""
        query = self.query(api, wanted)
        there = {**self.address_of(wanted), **state_of(api.get(f"{PATH}/state", query=query))}
        enters = wanted["state"] != "logged_off" and there["state"] == "logged_off"
        if "pg_group_number" in wanted or (enters and "pro_acd_device_number" not in wanted):
            there["config"] = config = config_of(api.get(f"{PATH}/config", query=query))
            group = wanted.get("pg_group_number")
            if group and group not in config["groups"]:
                raise ApiError(
                    f"{group!r} is no processing group of this agent: there are {', '.join(config['groups'])}"
                )
            if "pg_group_number" in wanted and not group and config["type"] != "SUPERVISOR":
                raise ApiError("an agent is always in a processing group: only a supervisor can be in none")
            if enters and not (wanted.get("pro_acd_device_number") or config["pro_acd"]):
                raise ApiError("pro_acd_device_number must be given to log on: this agent has no set of its own")
        if wanted.get("withdraw_reason"):
            group = wanted.get("pg_group_number") or there.get("pg_group_number")
            group = group or there.get("config", {}).get("preferred")
            wanted["withdraw_reason"] = self._reason(api, group, wanted["withdraw_reason"], query)
        return there

    @staticmethod
    def _reason(api: O2gClient, group: str | None, wanted: str, query: Mapping[str, Any]) -> str:
        """Return the index of a reason that is given by index or label. Raises ApiError if there is no such reason."""
        if not group:
            raise ApiError("withdraw_reason: the group is not known: give pg_group_number")
        listed = api.once(
            ("withdraw reasons", group),
            lambda: reasons_of(api.get(f"{PATH}/withdrawReasons", query={**query, "pgNumber": group})),
            of_others=True,
        )
        labels = {label: index for index, label in reversed(listed.items())}
        if wanted in listed:
            return wanted
        if wanted not in labels:
            known = ", ".join(f"{index} ({label})" for index, label in listed.items()) or "none"
            raise ApiError(f"{wanted!r} is no reason to withdraw from {group}: there are {known}")
        return labels[wanted]

    def update(self, api: O2gClient, step: Step) -> None:
        wanted, query = step.entry.values, self.query(api, step.values)

        def send(verb: str, body: Values | None = None) -> None:
            api.request("POST", PATH + verb, query=query, body=body, replay=False)

        now = dict(step.before or {})
        for verb, body in moves(now, wanted, now.get("config", {})):
            send(verb, body)
            now = {}
        if wanted["state"] in VERBS:
            now = now or self._now(api, step, query)
            given = {name: wanted[name] for name in ("state", "withdraw_reason") if name in wanted}
            if any(now.get(name) != value for name, value in given.items()):
                reason = wanted.get("withdraw_reason")
                body = None if wanted["state"] != "withdrawn" else {"reasonIndex": int(reason)} if reason else {}
                send(VERBS[wanted["state"]], body)
        now = self._now(api, step, query)
        step.after = {**(step.after or {}), **now}
        kind = self.fields[0].kind
        if not kind.same(now["state"], wanted["state"], None):
            step.warnings.append(
                f"{self.label(step.values)}: the server accepted {wanted['state']}, and the agent is {now['state']} "
                f"({now.get('sub_state')})"
            )

    def _now(self, api: O2gClient, step: Step, query: Mapping[str, Any]) -> Values:
        return state_of(api.get(f"{PATH}/state", query=query))


def moves(there: Values, wanted: Values, config: Mapping[str, Any]) -> list[tuple[str, Values | None]]:
    """Return the requests that log an agent on or off or lead into another group, each with its body. Pure.

    C(there) is the state of the agent, C(config) what was read of the configuration, empty where that was not needed.
    """
    if wanted["state"] == "logged_off":
        return [] if there["state"] == "logged_off" else [("/logoff", None)]
    device = wanted.get("pro_acd_device_number") or there.get("pro_acd_device_number") or config.get("pro_acd")
    group = wanted.get("pg_group_number", there.get("pg_group_number"))
    headset = {"headset": wanted["headset"]} if wanted.get("headset") is not None else {}
    log_on = ("/logon", {"proAcdDeviceNumber": device, **({"pgGroupNumber": group} if group else {}), **headset})
    if there["state"] == "logged_off":
        return [log_on]
    if device != there.get("pro_acd_device_number"):
        return [("/logoff", None), log_on]
    if group == there.get("pg_group_number"):
        return []
    if config.get("type") != "SUPERVISOR":
        return [("/logoff", None), log_on]
    left: Any = there.get("pg_group_number")
    leave = [("/exitPG", {"pgGroupNumber": left})] if left else []
    return [*leave, *([("/enterPG", {"pgGroupNumber": group})] if group else [])]


def state_of(body: Any) -> Values:
    """Read the state of an agent. Raises ApiError where the platform does not know it."""
    body = body if isinstance(body, Mapping) else {}
    main, sub = body.get("mainState"), read_text(body.get("subState")) or ""
    if main in OFF:
        return {"state": "logged_off"}
    if main not in ON:
        raise ApiError(f"the state of the agent is not known: GET {PATH}/state answered mainState={main!r}")
    state = "wrapup" if sub.startswith("WRAPUP") else STATES.get(sub, "logged_on")
    group = read_text(body.get("pgNumber") or body.get("pgGroupNumber"))  # the example's name (line 12891)
    reason = read_text(body.get("withdrawReason"))
    return {
        "state": state,
        "sub_state": sub or None,
        "pro_acd_device_number": read_text(body.get("proAcdDeviceNumber")),
        "pg_group_number": group,
        **({"withdraw_reason": reason} if reason is not None else {}),
    }


def config_of(body: Any) -> Values:
    """Read how an agent is configured."""
    body = body if isinstance(body, Mapping) else {}
    groups = body.get("processingGroups") or {}
    return {
        "type": body.get("type"),
        "pro_acd": body.get("proacd") or None,
        "preferred": groups.get("preferred") or None,
        "groups": [str(group) for group in groups.get("groups") or []],
        "skills": [told(skill) for skill in (body.get("skills") or {}).get("skills") or []],
        **{name: Flag().from_wire(body[wire]) for name, wire in FLAGS.items() if wire in body},
    }


FLAGS = {"self_assign": "selfAssign", "headset": "headset", "help": "help", "multiline": "multiline"}


def reasons_of(body: Any) -> dict[str, str]:
    """Read the reasons to withdraw: index to label."""
    listed = (body or {}).get("reasons") or []
    return {str(reason["index"]): str(reason.get("label") or "") for reason in listed}


class AgentInfo(OfUsers):
    """Agents with their state, their configuration, and the reasons for which they can withdraw."""

    noun = "agent"
    plural = "agents"
    licence = AGENT
    flag = "onlyACD"
    fields = Agent.fields
    gatherable = ("state", "config", "withdraw_reasons")
    gathered_by_default = ("state", "config")

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        logins = self.logins(api, where)
        return self.readable(logins, api.map(lambda login: self._told(api, login, gather), logins))

    def _told(self, api: O2gClient, login: str, gather: Sequence[str]) -> Values:
        query = OfUser().query(api, {"login_name": login})
        agent: Values = {"login_name": login}
        if "state" in gather:
            agent |= state_of(api.get(f"{PATH}/state", query=query))
        if {"config", "withdraw_reasons"} & set(gather):
            agent["config"] = config_of(api.get(f"{PATH}/config", query=query))
        if "withdraw_reasons" in gather:
            agent["withdraw_reasons"] = {
                group: api.once(
                    ("withdraw reasons", group),
                    lambda group=group: reasons_of(
                        api.get(f"{PATH}/withdrawReasons", query={**query, "pgNumber": group})
                    ),
                )
                for group in agent["config"]["groups"]
            }
        return agent


SKILLS = ListOf(Number(0, 2147483647), unordered=True)


class AgentSkills(OfUser, Settings):
    """Which of the skills of an agent are active."""

    noun = "skills"
    licence = AGENT
    fields = (
        Field("active", SKILLS, nullable=False),
        Field("inactive", SKILLS, nullable=False),
        Field("skills", ListOf(Text()), read_only=True),
    )
    purgeable = True

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        both = set(values.get("active") or []) & set(values.get("inactive") or [])
        if both:
            yield "inactive", f"names what active names too: {', '.join(map(str, sorted(both)))}"
        if "active" not in values and "inactive" not in values:
            yield "active", "must be given, or inactive"

    def current(self, api: O2gClient, wanted: Values) -> Values:
        skills = config_of(api.get(f"{PATH}/config", query=self.query(api, wanted)))["skills"]
        known = {skill["number"] for skill in skills}
        asked = [*(wanted.get("active") or []), *(wanted.get("inactive") or [])]
        if unknown := [number for number in asked if number not in known]:
            there = ", ".join(map(str, sorted(known))) or "none"
            whose, node = number_of(wanted), wanted.get("node_id")
            awaits = [skill_of(number, whose, node) for number in unknown] if whose and node is not None else []
            raise Missing(f"the agent has no skill {', '.join(map(str, unknown))}: there are {there}", awaits)
        active = sorted(skill["number"] for skill in skills if Flag().from_wire(skill.get("active")))
        return {
            **self.address_of(wanted),
            "active": active,
            "inactive": sorted(known - set(active)),
            "skills": skills,
        }

    def wanted(self, entry: Entry, current: Values | None, purge: bool) -> tuple[Values, int]:
        """Return which skills shall be active in the end; with purge, no other than those that are named as active."""
        if "active" not in (current or {}):  # nothing is known of an agent who is yet to come
            return entry.values, 0
        named, off = set(entry.values.get("active") or []), set(entry.values.get("inactive") or [])
        others = set(current["active"]) - named - off if purge else set()
        active = (set(current["active"]) | named) - off - others
        inactive = {*current["active"], *current["inactive"]} - active
        return {**entry.values, "active": sorted(active), "inactive": sorted(inactive)}, len(others)

    def update(self, api: O2gClient, step: Step) -> None:
        before, query = step.before or {}, self.query(api, step.values)
        for option, verb in (("active", "activate"), ("inactive", "deactivate")):
            if numbers := sorted(set(step.changes.get(option) or []) - set(before[option])):
                body = {"skills": numbers}
                api.request("POST", f"{PATH}/config/skills/{verb}", query=query, body=body, replay=True)


MODES = {mode: mode.upper() for mode in ("normal", "restricted", "discrete", "stop")}
SUPERVISION = {
    "listen": Deed("POST", f"{PATH}/permanentListening", needs=("agent_number",)),
    "stop_listening": Deed("DELETE", f"{PATH}/permanentListening"),
    "intrude": Deed("POST", f"{PATH}/intrusion", needs=("agent_number",), takes=("mode",)),
    "change_intrusion": Deed("PUT", f"{PATH}/intrusion", needs=("mode",)),
    "ask_help": Deed("POST", f"{PATH}/supervisorHelp"),
    "cancel_help": Deed("DELETE", f"{PATH}/supervisorHelp", needs=("other",), asks=("other",)),
}


class AgentSupervision(OfUser, Deeds):
    """What a supervisor does with an agent's calls, and how an agent asks for help."""

    noun = "supervision"
    licence = AGENT
    fields = (
        Field("action", Choice(tuple(SUPERVISION))),
        Field("agentNumber", NUMBER, nullable=False),
        Field("mode", Choice(tuple(MODES), wire=MODES)),
        Field("other", NUMBER, nullable=False),
    )
    deeds = SUPERVISION

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        yield from super().faults(values)
        if values.get("action") == "intrude" and values.get("mode") == "stop":
            yield "mode", "stop goes with action=change_intrusion"
