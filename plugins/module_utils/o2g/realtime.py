# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is watched of the call center in real time: document 003, lines 14620-15660."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import ApiError
from ..fields import Field, Flag, ListOf, Number, Struct, Text, Values, from_wire, to_wire, told
from ..resource import Resource, Settings, Step, unfailed
from .common import SERVICES, client

if TYPE_CHECKING:
    from .client import O2gClient

LISTS = {
    "agents": ("/acd/rti/agents", "agents"),
    "pilots": ("/acd/rti/pilots", "pilots"),
    "queues": ("/acd/rti/queues", "queues"),
    "pg_agents": ("/acd/rti/pgAgents", "pgAgents"),
    "pg_others": ("/acd/rti/pgOthers", "pgOthers"),
}
"""Per kind of object, where it is listed and under which key."""

NUMBERS = ListOf(Text(1, quoted=True), unordered=True)
NAMES = ListOf(Text(1), unordered=True)
"""Names of attributes go as they are written: the document has some in two forms (lines 14779, 15155)."""
PART = Struct((Field("numbers", NUMBERS), Field("attributes", NAMES)))
FILTERS = ("agentFilter", "pilotFilter", "queueFilter", "pgAgentFilter", "pgOtherFilter")


class Watchable(Resource):
    """Agents, pilots, queues and groups that can be watched."""

    platform = "o2g"
    connect = staticmethod(client)
    noun = "what can be watched"
    licence = SERVICES
    info_only = True
    gatherable = gathered_by_default = tuple(LISTS)

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        if set(gather) == set(LISTS):
            body = api.get("/acd/rti") or {}
            return [{name: told(body.get(key) or []) for name, (_path, key) in LISTS.items()}]
        bodies = unfailed(api.map(lambda name: api.get(LISTS[name][0]) or {}, gather))
        return [{name: told(body.get(LISTS[name][1]) or []) for name, body in zip(gather, bodies, strict=True)}]


class RealtimeContext(Settings):
    """What the administrator who is logged in watches. There is one context per administrator (line 14740)."""

    platform = "o2g"
    connect = staticmethod(client)
    noun = "real time context"
    licence = SERVICES
    fields = (
        Field("obsPeriod", Number(15, 60)),
        Field("notifFrequency", Number(5, 2147483647)),
        Field("filter", Struct(tuple(Field(name, PART) for name in FILTERS)), nullable=False),
        Field("active", Flag(), in_body=False),
    )
    lifecycle = True
    path = "/acd/rti/ctx"

    def current(self, api: O2gClient, values: Values) -> Values | None:  # type: ignore[override]
        """Return the context in its compact form, in which C(*) and C(ALL) are what was written."""
        try:
            body = api.get(self.path)
        except ApiError as error:
            if error.status == 404:
                return None
            raise
        return from_wire(self.fields, body) if body else None

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if self.state == "present" and not values:
            yield "obs_period", f"must be given, or one of {', '.join(f.option for f in self.fields[1:])}"

    def refusal(self, step: Step) -> Iterable[str]:
        if step.changes.get("active") is False and step.action == "update":
            yield "active: a context cannot be stopped and kept: state=absent removes it"

    def body(self, values: Values) -> dict[str, Any]:
        return to_wire([f for f in self.fields if f.in_body], values)

    def create(self, api: O2gClient, step: Step) -> None:
        api.request("POST", self.path, body=self.body(step.changes), replay=True)
        self._activate(api, step)

    def update(self, api: O2gClient, step: Step) -> None:
        if body := self.body(step.changes):
            api.request("PUT", self.path, body=body)
        if step.changes.get("active"):
            self._activate(api, step)

    def _activate(self, api: O2gClient, step: Step) -> None:
        """Bring the context into use where it is wanted and not so by itself; tell how it is."""
        if step.changes.get("active") and not self._active(api):
            api.request("POST", self.path, replay=True)
        now = self.current(api, {}) or {}
        step.after = {**(step.after or {}), **now}
        if "active" in step.changes and now.get("active") not in (None, step.changes["active"]):
            state = "active" if now["active"] else "not active"
            step.warnings.append(f"the server made the context, and it is {state}")

    def _active(self, api: O2gClient) -> bool:
        return bool((self.current(api, {}) or {}).get("active"))

    def delete(self, api: O2gClient, step: Step) -> None:
        try:
            api.request("DELETE", self.path)
        except ApiError as error:
            if error.status != 404:
                raise
