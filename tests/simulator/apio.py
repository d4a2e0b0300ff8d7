# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""APIO: call centers, and the numbers of route points."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable
from typing import Any

from .base import Answer, Call, Platform, RefusalError, handles
from .contract import Problem
from .sessions import Sessions

INVALID = 2
MISSING = 9
EXISTS = 11
GROUP_ADMIN = 8

PROFILE_DEFAULTS: dict[str, Any] = {
    "cliFirstName": "",
    "cliLastName": "",
    "language": "English",
    "timeZone": "Europe/Brussels",
    "phoneNumber": None,
    "department": None,
    "extension": None,
    "cliPhoneNumber": None,
    "publicUserIdentity": None,
}
CALL_CENTER_DEFAULTS: dict[str, Any] = {
    "policy": "Regular",
    "type": "Basic",
    "routingType": "Priority Based",
    "queueLength": 0,
    "enableReporting": False,
    "allowCallerToDialEscapeDigit": True,
    "escapeDigit": "0",
    "resetCallStatisticsUponEntryInQueue": False,
    "allowAgentLogoff": False,
    "allowCallWaitingForAgents": False,
    "allowCallsToAgentsInWrapUp": False,
    "overrideAgentWrapUpTime": False,
    "wrapUpSeconds": None,
    "forceDeliveryOfCalls": False,
    "forceDeliveryWaitTimeSeconds": 1,
    "enableAutomaticStateChangeForAgents": False,
    "agentStateAfterCall": "Available",
    "agentUnavailableCode": None,
    "externalPreferredAudioCodec": "None",
    "internalPreferredAudioCodec": "None",
    "playRingingWhenOfferingCall": True,
    "callCenterQueueThresholdsIsActive": False,
    "networkClassOfService": None,
}
DNIS_DEFAULTS: dict[str, Any] = {
    "phoneNumber": None,
    "extension": None,
    "useCustomCLIDSettings": False,
    "cliPhoneNumber": None,
    "cliLastName": None,
    "cliFirstName": None,
    "useCustomDnisAnnouncementSettings": False,
    "allowOutgoingACDCall": False,
}
CLI_FIELDS = ("cliPhoneNumber", "cliLastName", "cliFirstName")
# The documented examples print unset members in more than one way.
DOCUMENTED_EMPTY: dict[str, Any] = {"cliPhoneNumber": None, "department": None, "wrapUpSeconds": 0}
PHONE_FIELDS = ("phoneNumber", "cliPhoneNumber")


class Apio(Platform):
    name = "apio"

    def reset(self, seed: dict[str, Any]) -> None:
        seed = copy.deepcopy(seed)
        self.country_code: str = str(seed.get("country_code", "32"))
        self.users: list[dict[str, Any]] = seed.get("users", [])
        self.tokens: list[dict[str, Any]] = seed.get("tokens", [])
        self.tenants: dict[str, Any] = {
            tenant_id: {
                "groups": {
                    group_id: _group_from_seed(group, seed.get("domain", "example.com"))
                    for group_id, group in (tenant.get("groups") or {}).items()
                }
            }
            for tenant_id, tenant in seed.get("tenants", {}).items()
        }
        self.sessions = Sessions(self.settings)
        self.random = random.Random(4)

    def snapshot(self) -> dict[str, Any]:
        return {"tenants": self.tenants, "sessions": len(self.sessions)}

    # Access

    def authenticate(self, call: Call) -> dict[str, Any]:
        if call.bearer is not None:
            for account in self.tokens:
                if account["token"] == call.bearer:
                    return account
            raise RefusalError(401, "Invalid token")
        session = self.sessions.use(call.cookie("sessionid"))
        if session is None:
            raise RefusalError(401, "Authentication credentials were not provided or have expired")
        return session.account

    def authorise(self, call: Call) -> None:
        needed = call.operation.extras.get("minimum-level", 0)
        if call.account["level"] < needed:
            raise RefusalError(403, f"User level {needed} is needed")

    def expire(self, call: Call) -> Answer:
        self.sessions.close(call.cookie("sessionid"))
        return self.error(401, [(None, "Session expired")])

    @handles("apioLogin")
    def login(self, call: Call) -> Answer:
        body = call.body
        for user in self.users:
            if (user["username"], user["password"]) == (body["username"], body["password"]):
                break
        else:
            raise RefusalError(401, "Unable to log in with the provided credentials")
        key = self.sessions.open(user)
        places = {"tenant_id", "group_id", "user_id"}
        answer = {
            "ids": {name: value for name, value in user.items() if name in places},
            "profile": {"user_level": user["level"], "is_first_login": bool(user.get("is_first_login", False))},
        }
        return Answer(
            200,
            answer,
            [
                ("Set-Cookie", f"sessionid={key}; HttpOnly; Path=/; SameSite=Lax"),
                ("Set-Cookie", "SERVERID=node1; Path=/"),
            ],
        )

    # Errors

    def error(self, status: int, messages: Iterable[tuple[int | None, str]]) -> Answer:
        items = [{"code": code if code is not None else status, "message": message} for code, message in messages]
        if self.settings["error_form"] == "list":
            return Answer(status, items)
        first = items[0]
        details = {"error_code": first["code"], "level": "Error", "summary": first["message"]}
        return Answer(status, {"details": {**details, "detail": "; ".join(item["message"] for item in items)}})

    def broken(self, problems: list[Problem]) -> Answer:
        status = {"path": 404, "method": 405, "json": 416}.get(problems[0].kind, 400)
        codes = {"missing": MISSING, "value": INVALID, "content_type": INVALID}
        return self.error(status, [(codes.get(problem.kind), problem.message) for problem in problems])

    # Call centers

    @handles("apioListCallCenters")
    def list_call_centers(self, call: Call) -> Answer:
        centers = self._group(call)["call_centers"].values()
        return Answer(200, {"call_centers": [self._call_center_item(center) for center in centers]})

    @handles("apioGetCallCenter")
    def get_call_center(self, call: Call) -> Answer:
        return Answer(200, self._call_center_view(self._call_center(call)))

    @handles("apioCreateCallCenter")
    def create_call_center(self, call: Call) -> Answer:
        group = self._group(call)
        body = call.body
        service_user_id = self._new_id(call, group, body)
        if service_user_id in group["call_centers"]:
            raise RefusalError(400, f"Service user {service_user_id} already exists", EXISTS)
        center = _call_center(service_user_id, active=self.settings["active_on_create"])
        center["templateName"] = body.get("templateName")
        _merge(center, body)
        group["call_centers"][service_user_id] = center
        return Answer(self.settings["create_status"], self._call_center_view(center))

    @handles("apioUpdateCallCenter")
    def update_call_center(self, call: Call) -> Answer:
        group, center = self._group(call), self._call_center(call)
        new_id = self._id_after(call, group, center)
        if new_id != center["serviceUserId"] and new_id in group["call_centers"]:
            raise RefusalError(400, f"Service user {new_id} already exists", EXISTS)
        _merge(center, call.body)
        if new_id != center["serviceUserId"]:
            del group["call_centers"][center["serviceUserId"]]
            center["serviceUserId"] = new_id
            group["call_centers"][new_id] = center
        return Answer(200, self._call_center_view(center))

    @handles("apioDeleteCallCenter")
    def delete_call_center(self, call: Call) -> Answer:
        center = self._call_center(call)
        del self._group(call)["call_centers"][center["serviceUserId"]]
        return Answer(200, {})

    @handles("apioSetCallCentersActive")
    def set_call_centers_active(self, call: Call) -> Answer:
        centers = self._group(call)["call_centers"]
        services = call.body["services"]
        for service in services:
            if service["serviceUserId"] not in centers:
                raise RefusalError(404, f"Call center {service['serviceUserId']} not found")
        for service in services:
            centers[service["serviceUserId"]]["active"] = service["active"]
        return Answer(200, {})

    # DNIS of route points

    @handles("apioListRoutePointDnis")
    def list_dnis(self, call: Call) -> Answer:
        items = [
            {
                "name": dnis["name"],
                **self._shown({name: dnis[name] for name in ("phoneNumber", "extension")}, listed=True),
            }
            for dnis in self._route_point(call)["dnis"].values()
        ]
        return Answer(200, {"dnis": items})

    @handles("apioGetRoutePointDnis")
    def get_dnis(self, call: Call) -> Answer:
        return Answer(200, self._dnis_view(self._dnis(call)))

    @handles("apioCreateRoutePointDnis")
    def create_dnis(self, call: Call) -> Answer:
        route_point = self._route_point(call)
        dnis = _dnis(call.body)
        _refuse_missing_cli(dnis)
        if dnis["name"] in route_point["dnis"]:
            raise _duplicate_dnis()
        route_point["dnis"][dnis["name"]] = dnis
        return Answer(201, {})

    @handles("apioUpdateRoutePointDnis")
    def update_dnis(self, call: Call) -> Answer:
        others, dnis = self._route_point(call)["dnis"], self._dnis(call)
        changed = {**dnis, **_without_empty(call.body)}
        _refuse_missing_cli(changed)
        if changed["name"] != dnis["name"] and changed["name"] in others:
            raise _duplicate_dnis()
        del others[dnis["name"]]
        others[changed["name"]] = changed
        return Answer(200, self._dnis_view(changed))

    @handles("apioDeleteRoutePointDnis")
    def delete_dnis(self, call: Call) -> Answer:
        dnis = self._dnis(call)
        del self._route_point(call)["dnis"][dnis["name"]]
        return Answer(200, {})

    @handles("apioListDnisAgents")
    def list_dnis_agents(self, call: Call) -> Answer:
        dnis = self._route_point(call)["dnis"].get(call.parameters["instance_name"])
        if dnis is None:
            raise RefusalError(400, "DNIS not found", INVALID)
        return Answer(200, {"agents": dnis["agents"]})

    # Finding

    def _group(self, call: Call) -> dict[str, Any]:
        tenant = self.tenants.get(call.parameters["tenant_id"])
        if tenant is None:
            raise RefusalError(404, f"Tenant {call.parameters['tenant_id']} not found")
        group = tenant["groups"].get(call.parameters["group_id"])
        if group is None:
            raise RefusalError(404, f"Group {call.parameters['group_id']} not found")
        return group

    def _call_center(self, call: Call) -> dict[str, Any]:
        center = self._group(call)["call_centers"].get(call.parameters["call_center_name"])
        if center is None:
            raise RefusalError(404, f"Call center {call.parameters['call_center_name']} not found")
        return center

    def _route_point(self, call: Call) -> dict[str, Any]:
        route_point = self._group(call)["route_points"].get(call.parameters["route_point_user_id"])
        if route_point is None:
            raise RefusalError(404, f"Route point {call.parameters['route_point_user_id']} not found")
        return route_point

    def _dnis(self, call: Call) -> dict[str, Any]:
        dnis = self._route_point(call)["dnis"].get(call.parameters["instance_name"])
        if dnis is None:
            status = self.settings["absent_dnis_status"]
            raise RefusalError(status, "DNIS not found", INVALID if status == 400 else None)
        return dnis

    # Ids

    def _new_id(self, call: Call, group: dict[str, Any], body: dict[str, Any]) -> str:
        supplied = body.get("serviceUserId")
        if not self.settings["auto_id"]:
            if not supplied:
                raise RefusalError(400, "serviceUserId is required", MISSING)
            return supplied
        if supplied and self.settings["auto_id_supplied"] == "honoured":
            return supplied
        phone = body["serviceInstanceProfile"].get("phoneNumber")
        if self.settings["rename_on_phone"] and phone:
            return self._id_from_phone(group, phone)
        return self._random_id(call.parameters["group_id"], group)

    def _random_id(self, group_id: str, group: dict[str, Any]) -> str:
        while True:
            made = f"{group_id}_cc{self.random.randrange(10_000):04d}@{group['domain']}"
            if made not in group["call_centers"]:
                return made

    def _id_after(self, call: Call, group: dict[str, Any], center: dict[str, Any]) -> str:
        phone = call.body.get("serviceInstanceProfile", {}).get("phoneNumber")
        if not self.settings["rename_on_phone"] or not phone or phone == center["profile"]["phoneNumber"]:
            return center["serviceUserId"]
        return self._id_from_phone(group, phone)

    def _id_from_phone(self, group: dict[str, Any], phone: str) -> str:
        return f"{self._e164(phone).lstrip('+')}@{group['domain']}"

    # Showing

    def _call_center_view(self, center: dict[str, Any]) -> dict[str, Any]:
        profile = {name: value for name, value in center["profile"].items() if name != "password"}
        return {
            "callCenterInstance": {
                "serviceUserId": center["serviceUserId"],
                "serviceInstanceProfile": self._shown(profile, listed=False),
                **self._shown(center["settings"], listed=False),
            }
        }

    def _call_center_item(self, center: dict[str, Any]) -> dict[str, Any]:
        profile = center["profile"]
        shown = self._shown({name: profile[name] for name in ("phoneNumber", "extension", "department")}, listed=True)
        if shown.get("department"):
            shown["department"] = {**shown["department"], "fullPathName": shown["department"]["departmentName"]}
        return {
            "serviceUserId": center["serviceUserId"],
            "name": profile["name"],
            **shown,
            "active": center["active"],
            "policy": center["settings"]["policy"],
            "type": center["settings"]["type"],
        }

    def _dnis_view(self, dnis: dict[str, Any]) -> dict[str, Any]:
        return self._shown({name: value for name, value in dnis.items() if name != "agents"}, listed=False)

    def _shown(self, values: dict[str, Any], *, listed: bool) -> dict[str, Any]:
        """The values in the forms that the settings ask for."""
        form = self.settings["empty_form"]
        shown: dict[str, Any] = {}
        for name, value in values.items():
            if value is None:
                if form != "absent":
                    shown[name] = None if form == "null" else DOCUMENTED_EMPTY.get(name, "")
            elif name in PHONE_FIELDS and self.settings["phone_form"] == "e164":
                shown[name] = self._e164(value) if listed else self._national(value)
            else:
                shown[name] = value
        return shown

    def _e164(self, number: str) -> str:
        digits = _digits(number)
        if number.startswith("+"):
            return f"+{digits}"
        return f"+{self.country_code}{digits.removeprefix('0')}"

    def _national(self, number: str) -> str:
        prefix = f"+{self.country_code}"
        return f"0{_digits(number.removeprefix(prefix))}" if number.startswith(prefix) else number


def _digits(number: str) -> str:
    return "".join(character for character in number if character.isdigit())


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    """An empty text and a null mean the same: unset."""
    return {name: None if value == "" else value for name, value in values.items()}


def _call_center(service_user_id: str, *, active: bool) -> dict[str, Any]:
    return {
        "serviceUserId": service_user_id,
        "profile": dict(PROFILE_DEFAULTS),
        "settings": dict(CALL_CENTER_DEFAULTS),
        "active": active,
        "templateName": None,
    }


def _merge(center: dict[str, Any], body: dict[str, Any]) -> None:
    center["profile"].update(_without_empty(body.get("serviceInstanceProfile", {})))
    settings = {name: value for name, value in _without_empty(body).items() if name in CALL_CENTER_DEFAULTS}
    center["settings"].update(settings)


def _dnis(body: dict[str, Any]) -> dict[str, Any]:
    return {"name": body["name"], **DNIS_DEFAULTS, "agents": [], **_without_empty(body)}


def _refuse_missing_cli(dnis: dict[str, Any]) -> None:
    missing = [name for name in CLI_FIELDS if dnis[name] is None]
    if dnis["useCustomCLIDSettings"] and missing:
        raise RefusalError(400, f"useCustomCLIDSettings is true, so {', '.join(missing)} must be given", MISSING)


def _duplicate_dnis() -> RefusalError:
    message = "Duplicate name. The specified DNIS name is already being used by another DNIS instance."
    return RefusalError(400, message, EXISTS)


def _group_from_seed(group: dict[str, Any], domain: str) -> dict[str, Any]:
    centers: dict[str, Any] = {}
    for entry in group.get("call_centers", []):
        center = _call_center(entry["serviceUserId"], active=entry.get("active", True))
        _merge(center, entry)
        centers[entry["serviceUserId"]] = center
    return {
        "domain": group.get("domain", domain),
        "call_centers": centers,
        "route_points": {
            route_point_id: {"dnis": {entry["name"]: _dnis(entry) for entry in route_point.get("dnis", [])}}
            for route_point_id, route_point in group.get("route_points", {}).items()
        },
    }
