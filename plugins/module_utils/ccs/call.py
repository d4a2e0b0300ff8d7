# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calls, which only accounts of a tenant's own level see: document 002, sections 4.19 to 4.27."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import Faults
from ..fields import Choice, Field, Text, Values, misshapen
from ..resource import Action, Resource
from .common import TARGET, client

if TYPE_CHECKING:
    from .client import CcsClient

CALL_ID = Field("callId", Text(1, quoted=True), required=True, create_only=True)
FILTER = "filter"
"""Stands in the place of a call id in the address of the filter (line 470)."""

REQUESTS = {
    "kill": "kill",
    "start_suppression": "startSuppression",
    "stop_suppression": "stopSuppression",
    "wait_transfer": "wait_transfer",
    "wait_redirect": "wait_redirect",
    "wait_kill": "wait_kill",
}
WITH_TARGET = ("wait_transfer", "wait_redirect")
MOMENT = Text(19, 19, r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", "a time such as 2026-11-23T14:00:00")


class Call(Action):
    platform = "ccs"
    connect = staticmethod(client)
    noun = "call"
    fields = (
        CALL_ID,
        Field("request", Choice(tuple(REQUESTS))),
        Field("target", Text(1, quoted=True)),
    )
    identity = (("call_id",),)
    path = "/calls/{call_id}"

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        request = values.get("request")
        if not request:
            yield "request", f"must be given: one of {', '.join(REQUESTS)}"
        if values["call_id"] == FILTER:
            yield "call_id", f"{FILTER!r} is not the id of a call"
        if request in WITH_TARGET and not values.get("target"):
            yield "target", f"must be given with {request}"
        target = values.get("target")
        if request == "wait_transfer" and target and (fault := misshapen(TARGET.pattern, TARGET.like, target)):
            yield "target", fault
        if request and request not in WITH_TARGET and values.get("target"):
            yield "target", f"goes with {' and '.join(WITH_TARGET)} only"

    def resolved(self, api: CcsClient, values: Values) -> Values:
        if values["request"] == "wait_redirect":
            return {**values, "target_uuid": api.queue_uuid(values["target"], None)}
        return values

    def body(self, values: Values) -> dict[str, Any]:
        target = values.get("target_uuid") or values.get("target")
        return {"request": REQUESTS[values["request"]], **({"target": target} if target else {})}


class CallInfo(Resource):
    platform = "ccs"
    connect = staticmethod(client)
    noun = "call"
    also_in_paths = ("call_id",)
    fields = (
        Field("callId", Text(1, quoted=True)),
        Field("calling_number", Text(1, quoted=True)),
        Field("called_number", Text(1, quoted=True)),
        Field("from_datetime", MOMENT),
        Field("to_datetime", MOMENT),
    )
    info_only = True
    info_filters = ("call_id", "calling_number", "called_number", "from_datetime", "to_datetime")

    def find(self, api: CcsClient, where: Values, gather: Sequence[str]) -> list[Mapping[str, Any]]:
        """Return what the server tells of one call, of those that a filter finds, or of all that are under way."""
        filters = {name: value for name, value in where.items() if name != "call_id"}
        if "call_id" in where:
            if filters or where["call_id"] == FILTER:
                raise Faults(["call_id: is the id of a call, and cannot stand beside filters"])
            return shown(api.get("/calls/{call_id}", where))
        if filters:
            zone = {"time_z": "UTC"} if {"from_datetime", "to_datetime"} & filters.keys() else {}
            return shown(api.get(f"/calls/{FILTER}", query={**filters, **zone}))
        return shown(api.get("/calls"))


def shown(body: Any) -> list[Mapping[str, Any]]:
    """Return the calls of an answer; its form is not documented, so what is no list is one call."""
    items = (body or {}).get("items")
    if isinstance(items, list):
        return items
    call = {name: value for name, value in (body or {}).items() if name != "success"}
    return [call] if call else []
