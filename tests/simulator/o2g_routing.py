# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: where the calls of users go, and their hunting groups."""

from __future__ import annotations

import copy
from typing import Any

from .base import Answer, Area, Call, RefusalError, handles

NOTHING: dict[str, Any] = {"dnd": False, "forward": None, "overflow": None, "mobile": False}
GROUPS = ["60301", "60302"]


class Routing(Area):
    def reset(self, seed: dict[str, Any]) -> None:
        self.routes: dict[str, dict[str, Any]] = copy.deepcopy(seed.get("routing", {}))
        self.groups: list[str] = seed.get("hunting_groups", GROUPS)
        self.members: dict[str, str] = {}
        self.logged_on: set[str] = set()

    def snapshot(self) -> dict[str, Any]:
        hunting = {"members": self.members, "logged_on": sorted(self.logged_on)}
        return {"routing": {number: {**NOTHING, **one} for number, one in self.routes.items()}, "hunting": hunting}

    def of(self, number: str) -> dict[str, Any]:
        """The routes of a subscriber."""
        return self.routes.setdefault(number, dict(NOTHING))

    def _own(self, call: Call) -> dict[str, Any]:
        return self._whole(self.platform.whose(call))

    def _whole(self, subscriber: dict[str, Any]) -> dict[str, Any]:
        routes = self.of(subscriber["number"])
        routes.update({**NOTHING, **routes})
        return routes

    def _flag(self, value: bool) -> bool | str:
        return str(value).lower() if self.settings["routing_form"] == "example" else value

    @handles("o2gGetRoutingCapabilities")
    def capabilities(self, call: Call) -> Answer:
        remote = "remote" in self.platform.whose(call)
        return Answer(200, {"presentationRoute": remote, "forwardRoute": True, "overflowRoute": True, "dnd": True})

    @handles("o2gGetRoutingState")
    def state(self, call: Call) -> Answer:
        return Answer(200, self.view(self.platform.whose(call)))

    def view(self, subscriber: dict[str, Any]) -> dict[str, Any]:
        """The state of all routes of a user."""
        routes, remote = self._whole(subscriber), subscriber.get("remote")
        mobile = {"type": "MOBILE", "deviceId": remote, "selected": self._flag(routes["mobile"])}
        office = {"type": "OFFICE", "selected": self._flag(True)}
        shown = {
            "presentationRoutes": [{"destinations": [office, mobile] if remote else [office]}],
            "forwardRoutes": [routes["forward"]] if routes["forward"] else [],
            "overflowRoutes": [routes["overflow"]] if routes["overflow"] else [],
        }
        if self.settings["routing_form"] == "example":
            return {**shown, "currentDeviceId": "32776"}
        return {**shown, "dndState": {"activate": self._flag(routes["dnd"])}}

    @handles("o2gSetRoutes")
    def set_routes(self, call: Call) -> Answer:
        routes = self._own(call)
        for presentation in call.body.get("presentationRoutes", []):
            for destination in presentation["destinations"]:
                if destination["type"] != "MOBILE" or "remote" not in self.platform.whose(call):
                    raise RefusalError(400, "the user has no such remote extension")
                routes["mobile"] = destination.get("selected") in (True, "true")
        for forward in call.body.get("forwardRoutes", []):
            routes["forward"] = self._checked(forward)
        return Answer(204)

    @staticmethod
    def _checked(route: dict[str, Any]) -> dict[str, Any]:
        destinations = route.get("destinations", [])
        if len(destinations) != 1:
            raise RefusalError(400, "one destination must be given")
        if destinations[0]["type"] == "NUMBER" and not destinations[0].get("number"):
            raise RefusalError(400, "the number of the destination is missing")
        return route

    @handles("o2gGetDnd")
    def get_dnd(self, call: Call) -> Answer:
        return Answer(200, {"activate": self._flag(self._own(call)["dnd"])})

    @handles("o2gSetDnd")
    def set_dnd(self, call: Call) -> Answer:
        self._own(call)["dnd"] = True
        return Answer(204)

    @handles("o2gCancelDnd")
    def cancel_dnd(self, call: Call) -> Answer:
        self._own(call)["dnd"] = False
        return Answer(204)

    def _route(self, call: Call, name: str) -> Answer:
        route = self._own(call)[name]
        if route:
            return Answer(200, route)
        if self.settings["no_route"] == 404:
            raise RefusalError(404, f"there is no {name}")
        return Answer(204) if self.settings["no_route"] == "empty" else Answer(200, {})

    @handles("o2gGetForward")
    def get_forward(self, call: Call) -> Answer:
        return self._route(call, "forward")

    @handles("o2gSetForward")
    def set_forward(self, call: Call) -> Answer:
        self._own(call)["forward"] = self._checked(call.body.get("forwardRoute", {}))
        return Answer(204)

    @handles("o2gCancelForward")
    def cancel_forward(self, call: Call) -> Answer:
        self._own(call)["forward"] = None
        return Answer(204)

    @handles("o2gGetOverflow")
    def get_overflow(self, call: Call) -> Answer:
        return self._route(call, "overflow")

    @handles("o2gSetOverflow")
    def set_overflow(self, call: Call) -> Answer:
        self._own(call)["overflow"] = self._checked(call.body["overflowRoutes"][0])
        return Answer(204)

    @handles("o2gCancelOverflow")
    def cancel_overflow(self, call: Call) -> Answer:
        self._own(call)["overflow"] = None
        return Answer(204)

    # Hunting groups

    @handles("o2gListHuntingGroups")
    def hunting_groups(self, call: Call) -> Answer:
        current = self.members.get(self.platform.whose(call)["number"])
        return Answer(200, {"hgList": self.groups or None, "currentHg": current})

    def _group(self, call: Call) -> str:
        group = call.parameters["hgNumber"]
        if group not in self.groups:
            raise RefusalError(404, f"there is no hunting group {group}")
        return group

    @handles("o2gJoinHuntingGroup")
    def join(self, call: Call) -> Answer:
        self.members[self.platform.whose(call)["number"]] = self._group(call)
        return Answer(204)

    @handles("o2gLeaveHuntingGroup")
    def leave(self, call: Call) -> Answer:
        number, group = self.platform.whose(call)["number"], self._group(call)
        if self.members.get(number) == group:
            del self.members[number]
            self.logged_on.discard(number)
        return Answer(204)

    @handles("o2gGetHuntingGroupLogOn")
    def is_logged_on(self, call: Call) -> Answer:
        return Answer(200, {"logon": self._flag(self.platform.whose(call)["number"] in self.logged_on)})

    @handles("o2gHuntingGroupLogOn")
    def log_on(self, call: Call) -> Answer:
        number = self.platform.whose(call)["number"]
        if number not in self.members:
            raise RefusalError(400, "the user is in no hunting group")
        self.logged_on.add(number)
        return Answer(204)

    @handles("o2gHuntingGroupLogOff")
    def log_off(self, call: Call) -> Answer:
        number = self.platform.whose(call)["number"]
        if number not in self.members:
            raise RefusalError(400, "the user is in no hunting group")
        self.logged_on.discard(number)
        return Answer(204)
