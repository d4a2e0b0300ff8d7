# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pilots, open or closed: document 003, lines 13395-14077."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import ApiError, Faults, Missing
from ..fields import Choice, Field, Flag, ListOf, Number, Struct, Text, Values, from_wire, read_text, to_wire
from ..resource import Collection, Job, Step, unfailed
from .calendar import read_calendar
from .common import LOGIN, NODE, NUMBER, SERVICES, SKILLS, client, numbered

if TYPE_CHECKING:
    from ..session import Client
    from .client import O2gClient

RULES = ListOf(Struct((Field("ruleNumber", Number(0, 29)), Field("name", Text()), Field("active", Flag()))))
STATES = {"Opened": "opened", "Closed": "closed", "Blocked": "blocked"}


PROFILE = (
    Field("agentNumber", NUMBER),
    Field("skills.skills", SKILLS, nullable=False),
    Field("priorityTransfer", Flag()),
    Field("supervisedTransfer", Flag()),
)
"""What a call is like that may be transferred to a pilot."""


def transfer_of(body: Any) -> Values:
    """Read whether calls can be transferred, in the form of the table or that of the example (line 4500)."""
    body = body or {}
    info = body.get("transferInfo") or {}
    status = info.get("pilotStatus") or str(body.get("queueState") or "").removeprefix("s_") or None
    return {
        "transfer_possible": info.get("transferPossible", body.get("possibleTransfer")),
        "pilot_status": status,
        "supervised_transfer": body.get("supervisedTransfer"),
        "waiting_time": body.get("waitingTime"),
        "saturation": body.get("saturation"),
    }


class Pilot(Collection):
    platform = "o2g"
    connect = staticmethod(client)
    noun = "pilot"
    plural = "pilots"
    licence = SERVICES
    parents = (NODE,)
    fields = (
        Field("number", NUMBER, "pilot_number", create_only=True),
        Field("state", Choice(("opened", "closed"), read_as=STATES)),
        Field("name", Text(), read_only=True),
        Field("detailedState", Text(), read_only=True),
        Field("waitingTime", Number(0, 2147483647), read_only=True),
        Field("saturation", Flag(), read_only=True),
        Field("rules.ruleList", RULES, "rules", read_only=True),
        Field("possibleTransfer", Flag(), read_only=True),
        Field("supervisedTransfer", Flag(), read_only=True),
    )
    identity = (("pilot_number",),)
    numbered = ("pilot_number",)
    lifecycle = purgeable = False
    top_level = ("state",)
    comes_with = "pilots are made in the OmniPCX Enterprise"
    path = "/acd/{node_id}/pilots"
    item = "/{pilot_number}"
    envelope = "pilotList"
    listed = ("pilot_number", "state")
    gatherable = ("calendar", "transfer")
    gathered_by_default = ("calendar",)
    info_filters = ("pilot_number",)
    info_options = (LOGIN, *PROFILE)

    @classmethod
    def missing(cls, values: Mapping[str, Any]) -> Missing:
        return Missing(str(super().missing(values)), [numbered(values["pilot_number"], values["node_id"])])

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if "state" not in values:
            yield "state", "must be given: opened or closed"

    def items(self, body: Any) -> list[Mapping[str, Any]]:
        """Read the state under both names that the document gives it, C(state) and C(queueState)."""
        pilots = super().items(body)
        states = [read_text(pilot.get("state", pilot.get("queueState"))) or "" for pilot in pilots]
        return [{**pilot, "state": state.removeprefix("s_")} for pilot, state in zip(pilots, states, strict=True)]

    def update(self, api: Client, step: Step) -> None:
        verb = {"opened": "/open", "closed": "/close"}[step.changes["state"]]
        api.request("POST", self.path + self.item + verb, step.address, replay=True)

    def stages(self, steps: Sequence[Step]) -> list[list[Job]]:
        """Look at the end whether the pilots are in the state that was asked for: a blocked one may stay so."""
        nodes: dict[Any, list[Step]] = {}
        for step in steps:
            nodes.setdefault(step.values["node_id"], []).append(step)
        return [*super().stages(steps), [Job(group, self.confirm_states) for group in nodes.values()]]

    def confirm_states(self, api: Client, steps: Sequence[Step]) -> None:
        there = {p["pilot_number"]: p for p in self.listing(api, {"node_id": steps[0].values["node_id"]})}
        for step in steps:
            now = there.get(step.values["pilot_number"], {})
            step.after = {**(step.after or {}), **now}
            if now.get("state") != step.changes["state"]:
                step.warnings.append(
                    f"{self.label(step.values)}: the server accepted {step.changes['state']}, and the "
                    f"pilot is {now.get('state')} ({now.get('detailed_state')})"
                )

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        """Return pilots, as they are for a call of some profile if one is given, and whether it can go there.

        An agent may not list pilots, but asks about the one that is named.
        """
        profile = to_wire(PROFILE, where)
        admin = api.who()[0] is not False
        if admin and "transfer" in gather and "login_name" not in where:
            raise Faults(["login_name: must be given, to say for whom transfers are asked"])
        if not admin and set(gather) == {"transfer"} and "pilot_number" in where:
            there = [{name: where[name] for name in ("node_id", "pilot_number")}]
        else:
            named = self._named(api, where) if "pilot_number" in where else None
            there = self.gathered(api, [named], gather) if named else super().find(api, where, gather)
            if profile:
                there = unfailed(api.map(lambda pilot: self._for(api, pilot, profile), there))
        if "transfer" in gather:
            query = {"loginName": where["login_name"]} if admin else {}
            there = unfailed(api.map(lambda pilot: self._with_transfer(api, pilot, profile, query), there))
        return there

    def _named(self, api: Client, where: Values) -> Values | None:
        """Return one pilot by itself; None if it is not there, or its node is not, which the list tells apart."""
        try:
            body = api.get(self.path + self.item, where)
        except ApiError as error:
            if error.status != 404:
                raise
            return None
        return {"node_id": where["node_id"], **self._shown(where, body)}

    def _shown(self, where: Values, body: Any) -> Values:
        """Return what an answer about one pilot says. Raises ApiError if it is not about that one."""
        [shown] = self.items({self.envelope: [body or {}]})
        known = from_wire(self.fields, shown)
        if known.get("pilot_number") != where["pilot_number"]:
            raise ApiError(f"the answer about pilot {where['pilot_number']} does not name it, but {body!r:.80}")
        return known

    def _for(self, api: Client, pilot: Values, profile: Mapping[str, Any]) -> Values:
        body = api.request("POST", self.path + self.item, pilot, body=profile, read=True)
        return {**pilot, **self._shown(pilot, body)}

    @staticmethod
    def _with_transfer(api: Client, pilot: Values, profile: Mapping[str, Any], query: Mapping[str, Any]) -> Values:
        path = "/telephony/pilots/{node_id}/{pilot_number}/transferInfo"
        body = api.request("POST", path, pilot, query=query, body=profile, read=True)
        return {**pilot, "transfer": transfer_of(body)}

    def gathered(self, api: Client, there: list[Values], gather: Sequence[str]) -> list[Values]:
        if "calendar" in gather:
            calendars = unfailed(api.map(lambda p: read_calendar(api, p, ("normal", "exceptions")), there))
            there = [
                {
                    **pilot,
                    **{
                        name: {day: [t.plain() for t in listed] for day, listed in days.items()}
                        for name, days in calendar.items()
                    },
                }
                for pilot, calendar in zip(there, calendars, strict=True)
            ]
        return there
