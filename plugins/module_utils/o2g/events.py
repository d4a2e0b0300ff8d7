# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Subscriptions to events, and snapshots sent as events.

Document 003: lines 2087-2420, 4561, 7497, 12903 and 15115.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import ApiError
from ..fields import Choice, Field, ListOf, Struct, Text, Values, to_wire
from ..resource import Deed, Deeds, Step
from .common import SERVICES, OfUser, client

if TYPE_CHECKING:
    from .client import O2gClient

PATH = "/subscriptions"
VERSION = "1.0"
SUBSCRIBE = Deed("POST", PATH, needs=("selectors", "webhook_url"))
CHANGE = Deed("PUT", PATH, needs=("selectors",))
UNSUBSCRIBE = Deed("DELETE", PATH + "/{subscription_id}", needs=("subscription_id",))
OF_THE_SYSTEM = (
    "system",
    "OnLicenseExpiration",
    "OnPbxLoaded",
    "OnCtiLinkDown",
    "OnCtiLinkUp",
    "pbxManagement",
    "OnPbxObjectInstanceCreated",
    "OnPbxObjectInstanceModified",
    "OnPbxObjectInstanceDeleted",
)
"""Packages that belong to nobody, and their events: they go without ids (line 2100)."""


class Subscription(Deeds):
    """A subscription whose events are sent to a URL. No request lists them, so who makes one keeps its id."""

    platform = "o2g"
    connect = staticmethod(client)
    noun = "subscription"
    plural = "subscriptions"
    licence = "ROXE_API_TEL_ADVANCED or ROXE_API_CONTACTCENTER_AGENT"
    fields = (
        Field("subscriptionId", Text(1), nullable=False),
        Field(
            "filter.selectors",
            ListOf(
                Struct(
                    (
                        Field("ids", ListOf(Text(1, quoted=True)), nullable=False),
                        Field("names", ListOf(Text(1)), nullable=False),
                    )
                )
            ),
            nullable=False,
        ),
        Field("webHookUrl", Text(1, None, r"https?://\S+", "an address with http or https"), "webhook_url"),
        Field("state", Choice(("present", "absent"))),
    )
    identity = (("subscription_id",), ())
    deeds = {"present": SUBSCRIBE, "absent": UNSUBSCRIBE}
    chooser = "state"

    def deed(self, values: Values) -> Deed:
        """Return the request: what has an id already is changed."""
        if values.get("state") == "absent":
            return UNSUBSCRIBE
        return CHANGE if values.get("subscription_id") else SUBSCRIBE

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        yield from super().faults({**values, "state": values.get("state") or "present"})
        if values.get("selectors") == []:
            yield "selectors", "must name some events"
        for n, selector in enumerate(values.get("selectors") or []):
            names = selector.get("names") or []
            whose = f"selectors[{n}].ids"
            if not names:
                yield f"selectors[{n}].names", "must name a package, or events of one"
            elif all(name in OF_THE_SYSTEM for name in names):
                if "ids" in selector:
                    yield whose, f"does not go with {', '.join(names)}, whose events belong to nobody"
            elif selector.get("ids") == []:
                yield whose, 'must name some, or ["*"] for all'

    def act(self, api: O2gClient, step: Step) -> None:
        deed = self.deed(step.values)
        if deed is UNSUBSCRIBE:
            super().act(api, step)
            return
        wanted = to_wire(self.fields, {name: step.values[name] for name in deed.needs})
        if deed is CHANGE:
            api.request("PUT", PATH, body=wanted["filter"], replay=False)
            step.warnings.append("The platform is not told which subscription it shall change, but takes the account's")
            return
        answer = api.request("POST", PATH, body={**wanted, "version": VERSION}, replay=False)
        answer = answer if isinstance(answer, Mapping) else {}
        if answer.get("status") != "ACCEPTED" or not answer.get("subscriptionId"):
            why = answer.get("message") or "without telling why"
            raise ApiError(f"POST {api.base}{PATH} answered {answer.get('status') or 'without a status'}: {why}")
        step.answer = {"subscription_id": answer["subscriptionId"]}


SNAPSHOTS = {
    "telephony": Deed("POST", "/telephony/state/snapshot"),
    "routing": Deed("POST", "/routing/state/snapshot"),
    "agents": Deed("POST", "/acd/agent/state/snapshot"),
    "realtime": Deed("POST", "/acd/rti/snapshot"),
}


class Snapshot(OfUser, Deeds):
    """What is the case now, sent as events to those who have subscribed to them."""

    noun = "snapshot"
    plural = "snapshots"
    licence = (
        f"ROXE_API_TEL_ADVANCED (telephony, routing), ROXE_API_CONTACTCENTER_AGENT (agents) or {SERVICES} (realtime)"
    )
    fields = (Field("of", Choice(tuple(SNAPSHOTS))),)
    deeds = SNAPSHOTS
    chooser = "of"

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        yield from super().faults(values)
        if values.get("of") == "realtime":
            for name in ("login_name", "device_number"):
                if values.get(name):
                    yield name, "does not go with of=realtime, which sends all that is watched"

    def whose(self, values: Values) -> Values | None:
        return values if values.get("login_name") or values.get("device_number") else None

    def query(self, api: O2gClient, values: Values) -> Mapping[str, Any]:
        return super().query(api, values) if values.get("login_name") else {}
