# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""APIO: call centers, instant group calls, and all that belongs to a route point."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable
from typing import Any

from . import apio_route_point
from .apio_errors import EXISTS, INVALID, MISSING
from .base import Answer, Call, Platform, RefusalError, handles
from .contract import Problem
from .sessions import Sessions

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
INSTANT_GROUP_CALL_DEFAULTS: dict[str, Any] = {
    "answerTimeoutMinutes": None,
    "answerTimeoutEnabled": False,
    "destinationPhoneNumbers": [],
}
# An instant group call shows these only when they have a value.
SHOWN_WHEN_SET = ("cliPhoneNumber", "extension", "publicUserIdentity")
SERVICES = ("call_centers", "instant_group_calls")
CLI_FIELDS = ("cliPhoneNumber", "cliLastName", "cliFirstName")
LEFT_OUT = object()
# The documented examples print unset members in more than one way.
DOCUMENTED_EMPTY: dict[str, Any] = {
    "cliPhoneNumber": None,
    "department": None,
    "wrapUpSeconds": 0,
    "forceDeliveryWaitTimeSeconds": None,
    "answerTimeoutMinutes": None,
    "transferPhoneNumber": LEFT_OUT,
    "defaultCallDispositionCode": None,
}
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
        _refuse_taken(group, service_user_id)
        center = _call_center(service_user_id, active=self.settings["active_on_create"])
        center["templateName"] = body.get("templateName")
        _merge(center, body)
        group["call_centers"][service_user_id] = center
        return Answer(self.settings["create_status"], self._call_center_view(center))

    @handles("apioUpdateCallCenter")
    def update_call_center(self, call: Call) -> Answer:
        center = self._call_center(call)
        renamed = self._renamed(call, center)
        _merge(center, call.body)
        self._rename(call, "call_centers", center, renamed)
        return Answer(200, self._call_center_view(center))

    @handles("apioDeleteCallCenter")
    def delete_call_center(self, call: Call) -> Answer:
        center = self._call_center(call)
        del self._group(call)["call_centers"][center["serviceUserId"]]
        return Answer(200, {})

    @handles("apioSetCallCentersActive")
    def set_call_centers_active(self, call: Call) -> Answer:
        return _switch(self._group(call)["call_centers"], call.body["services"], "Call center")

    # Instant group calls

    @handles("apioListInstantGroupCalls")
    def list_instant_group_calls(self, call: Call) -> Answer:
        services = self._group(call)["instant_group_calls"].values()
        return Answer(200, {"instantGroupCalls": [self._service_item(service) for service in services]})

    @handles("apioGetInstantGroupCall")
    def get_instant_group_call(self, call: Call) -> Answer:
        return Answer(200, self._instant_group_call_view(self._instant_group_call(call)))

    @handles("apioCreateInstantGroupCall")
    def create_instant_group_call(self, call: Call) -> Answer:
        group = self._group(call)
        service_user_id = self._new_id(call, group, call.body, "igc")
        _refuse_taken(group, service_user_id)
        service = _instant_group_call(service_user_id, active=self.settings["active_on_create"])
        service["templateName"] = call.body.get("templateName")
        _merge_instant_group_call(service, call.body)
        group["instant_group_calls"][service_user_id] = service
        view = {"serviceUserId": service_user_id, **self._instant_group_call_view(service)}
        return Answer(self.settings["create_status"], view)

    @handles("apioUpdateInstantGroupCall")
    def update_instant_group_call(self, call: Call) -> Answer:
        service = self._instant_group_call(call)
        renamed = self._renamed(call, service)
        _merge_instant_group_call(service, call.body)
        self._rename(call, "instant_group_calls", service, renamed)
        return Answer(200, self._instant_group_call_view(service))

    @handles("apioDeleteInstantGroupCall")
    def delete_instant_group_call(self, call: Call) -> Answer:
        service = self._instant_group_call(call)
        del self._group(call)["instant_group_calls"][service["serviceUserId"]]
        return Answer(200, {})

    @handles("apioSetInstantGroupCallsActive")
    def set_instant_group_calls_active(self, call: Call) -> Answer:
        services = self._group(call)["instant_group_calls"]
        return _switch(services, call.body["services"], "Instant group call")

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
        return Answer(200, {"agents": self._dnis_or_400(call)["agents"]})

    @handles("apioGetDnisAnnouncements")
    def get_dnis_announcements(self, call: Call) -> Answer:
        return self._announcements_answer(self._dnis_or_400(call)["announcements"])

    @handles("apioUpdateDnisAnnouncements")
    def update_dnis_announcements(self, call: Call) -> Answer:
        dnis = self._dnis_or_400(call)
        dnis["announcements"] = self._with_audio(dnis["announcements"], call.body["mediaOnHoldForQueuedCalls"])
        return self._announcements_answer(dnis["announcements"])

    # Settings of route points

    @handles("apioGetAnnouncements")
    def get_announcements(self, call: Call) -> Answer:
        return self._announcements_answer(self._route_point(call)["announcements"])

    @handles("apioUpdateAnnouncements")
    def update_announcements(self, call: Call) -> Answer:
        route_point = self._route_point(call)
        changed = self._with_audio(route_point["announcements"], call.body["mediaOnHoldForQueuedCalls"])
        route_point["announcements"] = changed
        return self._announcements_answer(changed)

    @handles("apioGetOverflow")
    def get_overflow(self, call: Call) -> Answer:
        return self._settings_answer(apio_route_point.audio_view(self._route_point(call)["overflow"]))

    @handles("apioUpdateOverflow")
    def update_overflow(self, call: Call) -> Answer:
        route_point = self._route_point(call)
        changed = self._with_audio(route_point["overflow"], _without_empty(call.body))
        apio_route_point.check_overflow(changed)
        route_point["overflow"] = changed
        return self.get_overflow(call)

    @handles("apioGetBouncedCall")
    def get_bounced_call(self, call: Call) -> Answer:
        bounced_call = self._route_point(call)["bounced_call"]
        if self.settings["bounced_call_unset"] == "absent":
            return Answer(200, {name: value for name, value in bounced_call.items() if value is not None})
        number = bounced_call["transferPhoneNumber"]
        switches = {name: bool(bounced_call[name]) for name in ("enableTransfer", "bounceCallWhenAgentUnavailable")}
        return Answer(200, {**bounced_call, **switches, "transferPhoneNumber": number or ""})

    @handles("apioUpdateBouncedCall")
    def update_bounced_call(self, call: Call) -> Answer:
        route_point = self._route_point(call)
        changed = {**route_point["bounced_call"], **_without_empty(call.body)}
        apio_route_point.check_bounced_call(changed)
        route_point["bounced_call"] = changed
        return self.get_bounced_call(call)

    @handles("apioGetDistinctiveRinging")
    def get_distinctive_ringing(self, call: Call) -> Answer:
        return Answer(200, self._route_point(call)["distinctive_ringing"])

    @handles("apioUpdateDistinctiveRinging")
    def update_distinctive_ringing(self, call: Call) -> Answer:
        self._route_point(call)["distinctive_ringing"].update(call.body)
        return self.get_distinctive_ringing(call)

    @handles("apioGetDnisConfig")
    def get_dnis_config(self, call: Call) -> Answer:
        return Answer(200, self._route_point(call)["dnis_config"])

    @handles("apioUpdateDnisConfig")
    def update_dnis_config(self, call: Call) -> Answer:
        self._route_point(call)["dnis_config"].update(call.body)
        return self.get_dnis_config(call)

    @handles("apioGetForcedForwarding")
    def get_forced_forwarding(self, call: Call) -> Answer:
        return self._settings_answer(apio_route_point.audio_view(self._route_point(call)["forced_forwarding"]))

    @handles("apioUpdateForcedForwarding")
    def update_forced_forwarding(self, call: Call) -> Answer:
        route_point = self._route_point(call)
        changed = self._with_audio(route_point["forced_forwarding"], _without_empty(call.body))
        apio_route_point.check_forced_forwarding(changed)
        route_point["forced_forwarding"] = changed
        return self.get_forced_forwarding(call)

    # Disposition codes of route points

    @handles("apioListDispositionCodes")
    def list_disposition_codes(self, call: Call) -> Answer:
        items = [
            {"code": name, **self._shown(code, listed=True), "level": level}
            for level, codes in self._codes_by_level(call).items()
            for name, code in codes.items()
        ]
        return Answer(200, {"disposition_codes": items})

    @handles("apioCreateDispositionCode")
    def create_disposition_code(self, call: Call) -> Answer:
        apio_route_point.add_code(self._route_point(call), call.body)
        return Answer(201, {})

    @handles("apioGetDispositionCode")
    def get_disposition_code(self, call: Call) -> Answer:
        return Answer(200, self._shown(self._disposition_code(call), listed=False))

    @handles("apioUpdateDispositionCode")
    def update_disposition_code(self, call: Call) -> Answer:
        code = self._disposition_code(call)
        if call.body.get("active") is False:
            apio_route_point.keep_default(self._route_point(call), call.parameters["instance_name"])
        code.update(_without_empty(call.body))
        return Answer(200, {})

    @handles("apioDeleteDispositionCode")
    def delete_disposition_code(self, call: Call) -> Answer:
        route_point, name = self._route_point(call), call.parameters["instance_name"]
        apio_route_point.keep_default(route_point, name)
        route_point["disposition_codes"].pop(name, None)
        return Answer(200, {})

    @handles("apioGetDispositionCodesConfig")
    def get_disposition_codes_config(self, call: Call) -> Answer:
        return self._settings_answer(self._route_point(call)["disposition_codes_config"])

    @handles("apioUpdateDispositionCodesConfig")
    def update_disposition_codes_config(self, call: Call) -> Answer:
        route_point = self._route_point(call)
        changed = {**route_point["disposition_codes_config"], **call.body}
        apio_route_point.check_codes_config(changed, call.body, self._codes_by_level(call))
        route_point["disposition_codes_config"] = changed
        return self.get_disposition_codes_config(call)

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

    def _dnis_or_400(self, call: Call) -> dict[str, Any]:
        """As the page has it for what hangs on a DNIS."""
        dnis = self._route_point(call)["dnis"].get(call.parameters["instance_name"])
        if dnis is None:
            raise RefusalError(400, "DNIS not found", INVALID)
        return dnis

    def _instant_group_call(self, call: Call) -> dict[str, Any]:
        service = self._group(call)["instant_group_calls"].get(call.parameters["service_user_id"])
        if service is None:
            raise RefusalError(404, f"Instant group call {call.parameters['service_user_id']} not found")
        return service

    def _disposition_code(self, call: Call) -> dict[str, Any]:
        """One of the route point's own: those of the group are only listed."""
        code = self._route_point(call)["disposition_codes"].get(call.parameters["instance_name"])
        if code is None:
            raise RefusalError(404, f"Disposition code {call.parameters['instance_name']} not found")
        return code

    def _codes_by_level(self, call: Call) -> dict[str, dict[str, Any]]:
        return {
            apio_route_point.OWN_LEVEL: self._route_point(call)["disposition_codes"],
            "Group": self._group(call)["disposition_codes"],
        }

    # Ids

    def _new_id(self, call: Call, group: dict[str, Any], body: dict[str, Any], kind: str = "cc") -> str:
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
        return self._random_id(call.parameters["group_id"], group, kind)

    def _random_id(self, group_id: str, group: dict[str, Any], kind: str) -> str:
        while True:
            made = f"{group_id}_{kind}{self.random.randrange(10_000):04d}@{group['domain']}"
            if not _is_taken(group, made):
                return made

    def _renamed(self, call: Call, service: dict[str, Any]) -> str:
        """The id of a service after a change: another one, where ids go by the phone number."""
        group = self._group(call)
        phone = call.body.get("serviceInstanceProfile", {}).get("phoneNumber")
        if not self.settings["rename_on_phone"] or not phone or phone == service["profile"]["phoneNumber"]:
            return service["serviceUserId"]
        new_id = self._id_from_phone(group, phone)
        if new_id != service["serviceUserId"]:
            _refuse_taken(group, new_id)
        return new_id

    def _rename(self, call: Call, kind: str, service: dict[str, Any], new_id: str) -> None:
        services = self._group(call)[kind]
        if new_id != service["serviceUserId"]:
            del services[service["serviceUserId"]]
            service["serviceUserId"] = new_id
            services[new_id] = service

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
        settings = center["settings"]
        shown = {"active": center["active"], "policy": settings["policy"], "type": settings["type"]}
        return {**self._service_item(center), **shown}

    def _service_item(self, service: dict[str, Any]) -> dict[str, Any]:
        profile = service["profile"]
        shown = self._shown({name: profile[name] for name in ("phoneNumber", "extension", "department")}, listed=True)
        if shown.get("department"):
            shown["department"] = {**shown["department"], "fullPathName": shown["department"]["departmentName"]}
        return {"serviceUserId": service["serviceUserId"], "name": profile["name"], **shown}

    def _instant_group_call_view(self, service: dict[str, Any]) -> dict[str, Any]:
        profile = {
            name: value
            for name, value in service["profile"].items()
            if name != "password" and (value is not None or name not in SHOWN_WHEN_SET)
        }
        active = {"active": service["active"]} if self.settings["igc_active_returned"] else {}
        return {
            "serviceInstanceProfile": self._shown(profile, listed=False),
            **self._shown(service["settings"], listed=False),
            **active,
        }

    def _dnis_view(self, dnis: dict[str, Any]) -> dict[str, Any]:
        hidden = ("agents", "announcements")
        return self._shown({name: value for name, value in dnis.items() if name not in hidden}, listed=False)

    def _with_audio(self, audio: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
        return apio_route_point.with_audio(audio, wanted, short_list=self.settings["short_audio_list"])

    def _announcements_answer(self, audio: dict[str, Any]) -> Answer:
        return Answer(200, {"mediaOnHoldForQueuedCalls": apio_route_point.audio_view(audio)})

    def _settings_answer(self, settings: dict[str, Any]) -> Answer:
        return Answer(200, self._shown(settings, listed=False))

    def _shown(self, values: dict[str, Any], *, listed: bool) -> dict[str, Any]:
        """The values in the forms that the settings ask for."""
        form = self.settings["empty_form"]
        shown: dict[str, Any] = {}
        for name, value in values.items():
            if value is None:
                empty = {"documented": DOCUMENTED_EMPTY.get(name, ""), "null": None, "absent": LEFT_OUT}[form]
                if empty is not LEFT_OUT:
                    shown[name] = empty
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
    merged = {**center["settings"], **body}
    automatic = merged["enableAutomaticStateChangeForAgents"] and merged["agentStateAfterCall"] == "Unavailable"
    if body.get("agentUnavailableCode") and not automatic:
        raise RefusalError(400, "agentUnavailableCode: agents do not become unavailable by themselves", MISSING)
    center["profile"].update(_without_empty(body.get("serviceInstanceProfile", {})))
    settings = {name: value for name, value in _without_empty(body).items() if name in CALL_CENTER_DEFAULTS}
    center["settings"].update(settings)


def _instant_group_call(service_user_id: str, *, active: bool) -> dict[str, Any]:
    return {
        "serviceUserId": service_user_id,
        "profile": dict(PROFILE_DEFAULTS),
        "settings": dict(INSTANT_GROUP_CALL_DEFAULTS),
        "active": active,
        "templateName": None,
    }


def _merge_instant_group_call(service: dict[str, Any], body: dict[str, Any]) -> None:
    service["profile"].update(_without_empty(body.get("serviceInstanceProfile", {})))
    service["settings"].update({name: body[name] for name in INSTANT_GROUP_CALL_DEFAULTS if name in body})
    service["settings"]["destinationPhoneNumbers"] = service["settings"]["destinationPhoneNumbers"] or []
    service["active"] = body.get("active", service["active"])


def _is_taken(group: dict[str, Any], service_user_id: str) -> bool:
    return any(service_user_id in group[kind] for kind in (*SERVICES, "route_points"))


def _refuse_taken(group: dict[str, Any], service_user_id: str) -> None:
    if _is_taken(group, service_user_id):
        raise RefusalError(400, f"Service user {service_user_id} already exists", EXISTS)


def _switch(services: dict[str, Any], wanted: list[dict[str, Any]], noun: str) -> Answer:
    """All of them or, when one is unknown, none."""
    for service in wanted:
        if service["serviceUserId"] not in services:
            raise RefusalError(404, f"{noun} {service['serviceUserId']} not found")
    for service in wanted:
        services[service["serviceUserId"]]["active"] = service["active"]
    return Answer(200, {})


def _dnis(body: dict[str, Any]) -> dict[str, Any]:
    announcements = copy.deepcopy(apio_route_point.AUDIO)
    return {"name": body["name"], **DNIS_DEFAULTS, "agents": [], "announcements": announcements, **_without_empty(body)}


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
    calls: dict[str, Any] = {}
    for entry in group.get("instant_group_calls", []):
        calls[entry["serviceUserId"]] = _instant_group_call(entry["serviceUserId"], active=entry.get("active", True))
        _merge_instant_group_call(calls[entry["serviceUserId"]], entry)
    return {
        "domain": group.get("domain", domain),
        "call_centers": centers,
        "instant_group_calls": calls,
        "disposition_codes": apio_route_point.codes_from_seed(group.get("disposition_codes", [])),
        "route_points": {
            route_point_id: {
                "dnis": {entry["name"]: _dnis(entry) for entry in route_point.get("dnis", [])},
                **apio_route_point.from_seed(route_point),
            }
            for route_point_id, route_point in group.get("route_points", {}).items()
        },
    }
