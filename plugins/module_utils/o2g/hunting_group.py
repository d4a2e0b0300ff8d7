# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hunting groups of users, and desk sharing: document 003, lines 3700-3785 and 4000-4235."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import ApiError, Missing
from ..fields import Choice, Field, Flag, ListOf, Text, Values
from ..resource import Entry, Found, Settings, Step
from .common import NUMBER, OfUser, OfUsers, numbered
from .routing import ADVANCED

if TYPE_CHECKING:
    from .client import O2gClient

LOG_ON = "/telephony/huntingGroupLogOn"
MEMBER = "/telephony/huntingGroupMember/{hunting_group}"
GROUPS = "/telephony/huntingGroups"


class HuntingGroup(OfUser, Settings):
    """Which hunting group a user belongs to, and whether calls of the group come to the user."""

    noun = "hunting group"
    licence = ADVANCED
    fields = (
        Field("huntingGroup", NUMBER),
        Field("loggedOn", Flag()),
        Field("groups", ListOf(Text()), read_only=True),
    )

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if not {"hunting_group", "logged_on"} & values.keys():
            yield "hunting_group", "must be given, or logged_on"
        if "hunting_group" in values and not values["hunting_group"] and values.get("logged_on"):
            yield "logged_on", "needs a hunting_group"

    def read(
        self, api: O2gClient, entries: Sequence[Entry], whole: Sequence[Entry]
    ) -> tuple[list[Found], list[Values]]:
        found, others = super().read(api, entries, whole)
        return [self._known(api, entry, there) for entry, there in zip(entries, found, strict=True)], others

    def _known(self, api: O2gClient, entry: Entry, there: Found) -> Found:
        """Refuse a group that is not there."""
        wanted, groups = entry.values.get("hunting_group"), there.get("groups") if isinstance(there, dict) else None
        if not wanted or not groups or wanted in groups:
            return there
        node = entry.values.get("node_id")
        text = f"{wanted!r} is no hunting group of the node: there are {', '.join(groups)}"
        return Missing(text, [] if node is None else [numbered(wanted, node)])

    def current(self, api: O2gClient, values: Values) -> Values:
        there = self.address_of(values)
        query = self.query(api, values)
        if "hunting_group" in values:
            there |= told_groups(api, query)
        if "logged_on" in values:
            there |= logged_on(api, query)
            if values["logged_on"] and there.get("logged_on") is False and "hunting_group" not in values:
                there |= told_groups(api, query)
                if not there["hunting_group"]:
                    raise ApiError("logged_on: the user is in no hunting group. Give hunting_group")
        return there

    def update(self, api: O2gClient, step: Step) -> None:
        query, before, changes = self.query(api, step.values), step.before or {}, step.changes
        wanted = step.entry.values.get("logged_on")
        leaves = "hunting_group" in changes and not changes["hunting_group"]
        if leaves and "logged_on" in changes:  # only a member can log off
            api.request("DELETE", LOG_ON, query=query, replay=True)
        if "hunting_group" in changes:
            if old := before.get("hunting_group"):
                api.request("DELETE", MEMBER, {"hunting_group": old}, query=query)
            if new := changes["hunting_group"]:
                api.request("POST", MEMBER, {"hunting_group": new}, query=query, replay=True)
        if wanted is not None and not leaves:
            api.request("POST" if wanted else "DELETE", LOG_ON, query=query, replay=True)


class HuntingGroupInfo(OfUsers):
    """The hunting groups of the node of users, and those to which they belong."""

    noun = "hunting group"
    licence = ADVANCED
    fields = HuntingGroup.fields

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        def told(login: str) -> Values:
            query = OfUser().query(api, {"login_name": login})
            return {"login_name": login, **told_groups(api, query), **logged_on(api, query)}

        logins = self.logins(api, where)
        return self.readable(logins, api.map(told, logins))


def told_groups(api: O2gClient, query: Any) -> Values:
    """Return the hunting group of a user, and those of the node."""
    body = api.get(GROUPS, query=query)
    return {
        "hunting_group": NUMBER.from_wire(body.get("currentHg")),
        "groups": ListOf(Text()).from_wire(body.get("hgList")),
    }


def logged_on(api: O2gClient, query: Any) -> Values:
    """Tell whether a user is logged on; the example has it as text (line 4036)."""
    told = Flag().from_wire(api.get(LOG_ON, query=query).get("logon"))
    return {} if told is None else {"logged_on": told}


class DeskSharing(OfUser, Settings):
    """On which set a desk sharing user works. It is told only by the devices that the user has."""

    noun = "desk sharing"
    licence = f"{ADVANCED} and ROXE_API_PHONESETPROG"
    fields = (
        Field("state", Choice(("logged_on", "logged_off"))),
        Field("dssDeviceNumber", NUMBER, create_only=True, nullable=False),
    )
    always_there = False
    top_level = ("state",)

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if "state" not in values:
            yield "state", "must be given: logged_on or logged_off"
        if values.get("state") == "logged_on" and not values.get("dss_device_number"):
            yield "dss_device_number", "must be given with state=logged_on"

    def current(self, api: O2gClient, values: Values) -> Values:
        there = self.address_of(values)
        if not (desk := values.get("dss_device_number")):
            return there  # nothing tells a shared set from the user's own: the state is not known
        body = api.get("/users/{login_name}/devices", values) or {}
        on = desk in [str(device.get("id")) for device in body.get("devices") or []]
        return {**there, "state": "logged_on" if on else "logged_off"}

    def update(self, api: O2gClient, step: Step) -> None:
        query = self.query(api, step.values)
        if step.changes["state"] == "logged_on":
            body = {"dssDeviceNumber": step.entry.values["dss_device_number"]}
            api.request("POST", "/telephony/deskSharing", query=query, body=body, replay=False)
        else:
            api.request("DELETE", "/telephony/deskSharing", query=query, replay=False)
