# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: sessions, nodes, users, and the calendars of pilots."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from .base import Answer, Call, Platform, RefusalError, handles
from .contract import Problem
from .o2g_agent import Agents
from .o2g_calls import Calls
from .o2g_counters import Counters
from .o2g_events import Events, Told
from .o2g_log import Directory, Log, Mailboxes
from .o2g_pbx import PbxObjects
from .o2g_phone import Phones
from .o2g_pilots import Pilots
from .o2g_realtime import Realtime
from .o2g_routing import Routing
from .o2g_statistics import Statistics
from .o2g_system import System
from .o2g_watch import Watch
from .sessions import Session, Sessions

NOT_READY = 1000
INVALID_SESSION = 1001
NOT_ALLOWED = 1002
NOT_FOUND = 1003
NOT_EXPECTED = 1004
NOT_SUPPORTED = 1005
BAD_PARAMETER = 1006
SERVER_PROBLEM = 1007

ERRORS: dict[int, tuple[str, str, bool]] = {
    NOT_READY: ("NOT_READY", "The server is starting. Try again later.", True),
    INVALID_SESSION: ("INVALID_SESSION", "There is no valid session. Log in again.", True),
    NOT_ALLOWED: ("NOT_ALLOWED", "The rights or the credentials do not allow this.", False),
    NOT_FOUND: ("NOT_FOUND", "A parameter is missing or names nothing that exists.", True),
    NOT_EXPECTED: ("NOT_EXPECTED", "The present state does not allow this.", True),
    NOT_SUPPORTED: ("NOT_SUPPORTED", "This is not supported.", False),
    BAD_PARAMETER: ("BAD_PARAMETER", "A parameter is not correct.", True),
    SERVER_PROBLEM: ("SERVER_PROBLEM", "The server has a problem.", False),
}
CODE_OF_STATUS = {
    400: BAD_PARAMETER,
    401: NOT_ALLOWED,
    403: NOT_ALLOWED,
    404: NOT_FOUND,
    405: NOT_SUPPORTED,
    409: NOT_EXPECTED,
    429: NOT_EXPECTED,
    503: NOT_READY,
}
SERVICES = {
    "Users": "/users",
    "Logins": "/logins",
    "UserManagement": "/usermanagement",
    "Telephony": "/telephony/calls",
    "Devices": "/telephony/devices",
    "State": "/telephony/state",
    "Directory": "/directory",
    "EventSummary": "/eventSummary",
    "Routing": "/routing",
    "Subscriptions": "/subscriptions",
    "Comlog": "/comlog/records",
    "Voicemail": "/messaging/mailboxes",
    "Maintenance": "/system",
    "PbxManagement": "/pbxs",
    "PhoneSetProgramming": "/users",
    "AcdPilotMonitoring": "/acd/pilotmonitoring",
    "AcdAgent": "/acd/agent",
    "AcdRsi": "/acd/rsi",
    "AcdManagement": "/acd",
    "AcdRealtime": "/acd/rti",
    "Acd Statistics": "/acd/stats",
    "Analytics": "/usages",
}
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_TRANSITIONS = 10
Transitions = dict[int, dict[str, Any]]


class O2g(Platform):
    name = "o2g"
    areas = (  # in the order in which they begin: each may ask those before it
        Agents,
        Phones,
        Routing,
        Pilots,
        Calls,
        Counters,
        Directory,
        Events,
        Log,
        Mailboxes,
        PbxObjects,
        Realtime,
        Statistics,
        System,
        Watch,
    )

    def reset(self, seed: dict[str, Any]) -> None:
        seed = copy.deepcopy(seed)
        self.accounts: list[dict[str, Any]] = seed.get("accounts", [])
        self.nodes: dict[int, dict[str, Any]] = {
            int(number): _node_from_seed(int(number), node) for number, node in seed.get("nodes", {}).items()
        }
        self.sessions = Sessions(self.settings)

    def snapshot(self) -> dict[str, Any]:
        return {
            "nodes": {
                str(number): {
                    "fqdn": node["fqdn"],
                    "users": sorted(node["users"]),
                    "subscribers": list(node["subscribers"].values()),
                    "pilots": {
                        pilot_number: {
                            **{name: pilot[name] for name in ("number", "name", "state", "rules")},
                            "normal": _days(pilot["normal"], "day"),
                            "exception": _days(pilot["exception"], "date"),
                        }
                        for pilot_number, pilot in node["pilots"].items()
                    },
                }
                for number, node in self.nodes.items()
            },
            "sessions": len(self.sessions),
        }

    def carry_out(self, call: Call) -> Answer:
        try:
            return super().carry_out(call)
        finally:
            self.area(Watch).look()

    def happen(self, changes: dict[str, Any]) -> None:
        """Something happens that nobody has asked for by a request; a RefusalError where that cannot be."""
        self.area(System).happen(changes)
        self.area(Watch).look()

    def present(self, what: str, login: str | None, account: str) -> Iterable[Told]:
        """What a snapshot tells."""
        return self.area(Watch).present(what, login, account)

    # Access

    def authenticate(self, call: Call) -> dict[str, Any]:
        if "basic" in call.operation.security:
            for account in self.accounts:
                if call.basic == (account["login"], account["password"]):
                    return account
            raise RefusalError(401, "bad login or password")
        session = self.sessions.use(call.cookie("AlcUserId"))
        if session is None or (not session.opened and call.operation.id != "o2gOpenSession"):
            raise _no_session()
        return session.account

    def authorise(self, call: Call) -> None:
        role = call.account["role"]
        if call.operation.extras.get("administrator") and role == "user":
            raise RefusalError(403, "only for an administrator", NOT_ALLOWED)
        if call.operation.kind == "write" and role == "viewer":
            raise RefusalError(403, "this account may only read", NOT_ALLOWED)
        missing = self.settings["missing_licence"]
        if missing is not None and call.operation.extras.get("licence") == missing:
            raise RefusalError(403, "a licence is missing", NOT_ALLOWED)

    def expire(self, call: Call) -> Answer:
        self.sessions.close(call.cookie("AlcUserId"))
        return self.error(403, [(INVALID_SESSION, "the session timer has ended")])

    @handles("o2gDescribe")
    def describe(self, call: Call) -> Answer:
        url = f"{self.host(call)}/api/rest/authenticate?version=1.0"
        return Answer(
            200,
            {
                "serverInfo": {
                    "productName": "O2G Solution",
                    "productType": "O2G",
                    "productVersion": {"major": "2.7", "minor": "004.000"},
                    "haMode": False,
                },
                "versions": [{"id": "1.0", "status": "CURRENT", "publicUrl": url, "internalUrl": url}],
                "custoFeatures": [],
            },
        )

    @handles("o2gAuthenticate")
    def authenticate_account(self, call: Call) -> Answer:
        credential = self.sessions.open(call.account, opened=False)
        url = f"{self.host(call)}/api/rest/1.0/sessions"
        body = {
            "credential": credential,
            "publicUrl": url,
            "internalUrl": url,
            self.settings["login_key"]: call.account["login"],
            "expired": False,
        }
        return Answer(200, body, [("Set-Cookie", f"AlcUserId={credential}; Path=/")])

    @handles("o2gOpenSession")
    def open_session(self, call: Call) -> Answer:
        key, session = self._session(call)
        if session.opened:
            raise RefusalError(403, "the session is already open", NOT_ALLOWED)
        if wanted := call.body.get("supervisedAccount"):
            session.account = self._supervised(session.account, **wanted)
        session.opened = True
        session.ttl = call.body.get("timeToLive")
        cookie = ("Set-Cookie", f"JSESSIONID={key[:16].upper()}.tomcat; Path=/api")
        return Answer(200, self._session_info(call, key, session), [cookie])

    @handles("o2gGetSession")
    def get_session(self, call: Call) -> Answer:
        return Answer(200, self._session_info(call, *self._session(call)))

    @handles("o2gCloseSession")
    def close_session(self, call: Call) -> Answer:
        self.sessions.close(call.cookie("AlcUserId"))
        return Answer(204)

    @handles("o2gKeepAlive")
    def keep_alive(self, call: Call) -> Answer:
        if self.settings["keep_alive_status"] == 200:
            return Answer(200, {"expirationDate": "2030-12-07"})
        return Answer(204)

    def _supervised(self, own: dict[str, Any], id: str, type: str) -> dict[str, Any]:
        """The account in whose name an administrator opens a session."""
        if own["role"] != "admin":
            raise RefusalError(403, "only an administrator may supervise", NOT_ALLOWED)
        for account in self.accounts:
            if type == "LOGIN_NAME" and account["login"] == id:
                return account
        for subscriber in (one for node in self.nodes.values() for one in node["subscribers"].values()):
            name = _login(subscriber) if type == "LOGIN_NAME" else subscriber["number"]
            if name == id and self.is_user(subscriber):
                return {"login": _login(subscriber), "role": "user"}
        raise RefusalError(400, f"unknown account {id}")

    def _session(self, call: Call) -> tuple[str, Session]:
        key = call.cookie("AlcUserId") or ""
        session = self.sessions.get(key)
        if session is None:
            raise _no_session()
        return key, session

    def _session_info(self, call: Call, key: str, session: Session) -> dict[str, Any]:
        base = f"{self.host(call)}/api/rest/1.0"
        seconds = int(self.sessions.time_to_live(session) or 0)
        example = self.settings["session_form"] == "example"
        return {
            "admin": session.account["role"] != "user",
            "login": session.account["login"],
            "timeToLive": str(seconds) if example else seconds,
            "publicBaseUrl": base,
            "privateBaseUrl": base,
            "Services" if example else "services": [
                {"serviceName": name, "serviceVersion": "1.0", "relativeUrl": url} for name, url in SERVICES.items()
            ],
            "creationDate": _iso(session.created),
            "otherSessions": [
                {
                    "sessionId": other,
                    "creationDate": _iso(one.created),
                    "timeToLive": int(self.sessions.time_to_live(one) or 0),
                }
                for other, one in self.sessions.others(key, session.account)
            ],
        }

    def whose(self, call: Call) -> dict[str, Any]:
        """The subscriber for whom a request is made: the session's own, or the one that an administrator names.

        The name counts only for an administrator, who must give it.
        """
        login = call.account["login"] if call.account["role"] == "user" else call.query.get("loginName")
        if not login:
            raise RefusalError(400, "loginName is missing")
        return self.user_named(login, 404 if 404 in call.operation.answers else 400)

    def user_named(self, login: str, status: int = 404) -> dict[str, Any]:
        """The subscriber of a user: number, secondary, firstName, lastName, node, and the like."""
        for node in self.nodes.values():
            subscriber = node["subscribers"].get(login.removeprefix("oxe"))
            if login in node["users"] and subscriber:
                return subscriber
        raise RefusalError(status, f"unknown user {login}")

    def subscriber(self, device: str) -> dict[str, Any] | None:
        """The subscriber who has a device, a main one or a secondary one."""
        for node in self.nodes.values():
            main = node["main_numbers"].get(device)
            if main is not None:
                return node["subscribers"][main]
        return None

    def is_user(self, subscriber: dict[str, Any]) -> bool:
        return _login(subscriber) in self.nodes[subscriber["node"]]["users"]

    def identity(self, number: str) -> dict[str, Any]:
        """The card of a party: of a user, a set that is no user's, the voice mail, or somebody outside."""
        subscriber = self.subscriber(number)
        if subscriber is not None:
            user = self.is_user(subscriber)
            login = {"loginName": _login(subscriber)} if user else {}
            return {
                "id": {**login, "phoneNumber": subscriber["number"]},
                "firstName": subscriber["firstName"],
                "lastName": subscriber["lastName"],
                "type": {"main": "USER" if user else "DEVICE", "subType": "pbx"},
            }
        everybody = (one for node in self.nodes.values() for one in node["subscribers"].values())
        service = any(number == one.get("voicemail", {}).get("number") for one in everybody)
        kind = {"main": "SERVICE", "subType": "voicemail"} if service else {"main": "EXTERNAL", "subType": "public"}
        return {"id": {"phoneNumber": number}, "displayName": number, "type": kind}

    def host(self, call: Call) -> str:
        return self.settings["handed_out_host"] or call.origin

    # Errors

    def error(self, status: int, messages: Iterable[tuple[int | None, str]]) -> Answer:
        pairs = list(messages)
        code = pairs[0][0] or CODE_OF_STATUS.get(status, SERVER_PROBLEM)
        kind, help_message, can_retry = ERRORS[code]
        return Answer(
            status,
            {
                "httpStatus": HTTPStatus(status).name,
                "code": code,
                "helpMessage": help_message,
                "type": kind,
                "innerMessage": "; ".join(message for _code, message in pairs),
                "canRetry": can_retry,
            },
        )

    def broken(self, problems: list[Problem]) -> Answer:
        status = {"path": 404, "method": 405}.get(problems[0].kind, 400)
        return self.error(status, [(None, problem.message) for problem in problems])

    # Nodes

    @handles("o2gListPbxs")
    def list_pbxs(self, call: Call) -> Answer:
        return Answer(200, {"nodeIds": [str(number) for number in self.nodes]})

    @handles("o2gGetPbx")
    def get_pbx(self, call: Call) -> Answer:
        number = call.parameters["nodeId"]
        shown = str(number) if self.settings["pbx_node_as"] == "string" else number
        return Answer(200, {"nodeId": shown, "fqdn": self._node(number)["fqdn"]})

    def add_subscriber(self, node: int, subscriber: dict[str, Any]) -> None:
        """Take a subscriber that was made in the PBX; whether it becomes a user is another question."""
        self.nodes[node]["subscribers"][subscriber["number"]] = {**subscriber, "node": node}
        self.nodes[node]["main_numbers"][subscriber["number"]] = subscriber["number"]

    def remove_subscriber(self, node: int, number: str) -> None:
        """Forget a subscriber that is no longer in the PBX, its other devices and its user too."""
        there = self.nodes[node]
        there["users"].discard(_login(there["subscribers"].pop(number)))
        there["main_numbers"] = {device: main for device, main in there["main_numbers"].items() if main != number}

    def _node(self, number: int) -> dict[str, Any]:
        node = self.nodes.get(number)
        if node is None:
            raise RefusalError(404, f"unknown node {number}")
        return node

    # Users

    @handles("o2gListUsers")
    def list_users(self, call: Call) -> Answer:
        node_ids = call.query.get("nodeIds")
        wanted = {int(number) for number in node_ids.replace(";", ",").split(",")} if node_ids else set(self.nodes)
        device = call.query.get("deviceNumber")
        logins = [
            _login(subscriber)
            for number, node in self.nodes.items()
            if number in wanted
            for subscriber in node["subscribers"].values()
            if _login(subscriber) in node["users"] and (device is None or device in _numbers(subscriber))
        ]
        return Answer(200, {"loginNames": logins})

    @handles("o2gCreateUsers")
    def create_users(self, call: Call) -> Answer:
        body = call.body
        node = self._node(int(body["nodeId"]))
        if body.get("all"):
            everybody = list(node["subscribers"].values())
            node["users"].update(_login(subscriber) for subscriber in everybody)
            shown = self.settings["all_users_answer"] == "users"
            return Answer(200, {"users": [self.user_view(one) for one in everybody]} if shown else None)
        chosen: dict[str, dict[str, Any]] = {}
        for device in body["deviceNumbers"]:
            main = node["main_numbers"].get(str(device))
            if main is None:
                raise RefusalError(404, f"unknown device {device} on node {body['nodeId']}")
            chosen[main] = node["subscribers"][main]
        node["users"].update(_login(subscriber) for subscriber in chosen.values())
        return Answer(200, self._created([self.user_view(subscriber) for subscriber in chosen.values()]))

    @handles("o2gGetUser")
    def get_user(self, call: Call) -> Answer:
        _node, subscriber = self._user(call, self.settings["absent_user_status"])
        return Answer(200, self.user_view(subscriber))

    @handles("o2gDeleteUser")
    def delete_user(self, call: Call) -> Answer:
        node, subscriber = self._user(call, 404)
        node["users"].discard(_login(subscriber))
        return Answer(204)

    def _user(self, call: Call, absent_status: int) -> tuple[dict[str, Any], dict[str, Any]]:
        login = call.parameters["loginName"]
        for node in self.nodes.values():
            subscriber = node["subscribers"].get(login.removeprefix("oxe"))
            if subscriber is not None and login in node["users"]:
                return node, subscriber
        raise RefusalError(absent_status, f"unknown user {login}", NOT_FOUND)

    def _created(self, users: list[dict[str, Any]]) -> Any:
        form = self.settings["user_answer"]
        if form == "null":
            return None
        return users[0] if form == "bare" and len(users) == 1 else {"users": users}

    def user_view(self, subscriber: dict[str, Any]) -> dict[str, Any]:
        view = {
            "companyPhone": subscriber["number"],
            "firstName": subscriber["firstName"],
            "lastName": subscriber["lastName"],
            "loginName": _login(subscriber),
            "devices": [
                {"type": "MOBILE", "id": number, "subType": "REMOTE_EXTENSION"}
                if number == subscriber.get("remote")
                else {"type": "DESKPHONE", "id": number, "subType": "NOE_C_Color_IP"}
                for number in _numbers(subscriber)
            ],
            "nodeId": str(subscriber["node"]),
            "externalLogin": subscriber.get("externalLogin", ""),
        }
        voicemail = subscriber.get("voicemail")
        if voicemail:
            view["voicemail"] = {"number": voicemail["number"], self.settings["voicemail_key"]: voicemail["type"]}
        return view

    # Pilots

    @handles("o2gListPilots")
    def list_pilots(self, call: Call) -> Answer:
        pilots = [self.pilot_view(pilot) for pilot in self._node(call.parameters["nodeId"])["pilots"].values()]
        if not pilots and self.settings["pilot_list_null"]:
            return Answer(200, {"pilotList": None})
        return Answer(200, {"pilotList": pilots})

    @handles("o2gGetPilot")
    def get_pilot(self, call: Call) -> Answer:
        return Answer(200, self.pilot_view(self.pilot(call)))

    @handles("o2gOpenPilot")
    def open_pilot(self, call: Call) -> Answer:
        self.pilot(call)["state"] = "Opened"
        return Answer(204)

    @handles("o2gClosePilot")
    def close_pilot(self, call: Call) -> Answer:
        self.pilot(call)["state"] = "Closed"
        return Answer(204)

    def pilot(self, call: Call) -> dict[str, Any]:
        pilot = self._node(call.parameters["nodeId"])["pilots"].get(call.parameters["pilotNumber"])
        if pilot is None:
            raise RefusalError(404, f"unknown pilot {call.parameters['pilotNumber']}")
        return pilot

    def pilot_view(self, pilot: dict[str, Any]) -> dict[str, Any]:
        number_form = int if self.settings["rule_number_as"] == "int" else str
        rules = [{**rule, "ruleNumber": number_form(rule["ruleNumber"])} for rule in pilot["rules"]]
        common = {"number": pilot["number"], "waitingTime": 0, "saturation": False, "rules": {"ruleList": rules}}
        if self.settings["pilot_state"] == "example":
            return {**common, "queueState": f"s_{pilot['state']}"}
        return {
            **common,
            "name": pilot["name"],
            "state": pilot["state"],
            "detailedState": "OPEN" if pilot["state"] == "Opened" else "OTHER",
            "possibleTransfer": pilot["state"] == "Opened",
            "supervisedTransfer": False,
        }

    # Calendars

    @handles("o2gGetPilotCalendar")
    def get_calendar(self, call: Call) -> Answer:
        pilot = self.pilot(call)
        return Answer(200, {"normalDays": self._normal_view(pilot), "exceptionDays": self._exception_view(pilot)})

    @handles("o2gGetPilotNormalCalendar")
    def get_normal_calendar(self, call: Call) -> Answer:
        return Answer(200, self._normal_view(self.pilot(call)))

    @handles("o2gGetPilotExceptionCalendar")
    def get_exception_calendar(self, call: Call) -> Answer:
        return Answer(200, self._exception_view(self.pilot(call)))

    @handles("o2gAddNormalTransition")
    def add_normal(self, call: Call) -> Answer:
        return self._add(self.pilot(call)["normal"], call.parameters["dayOfWeek"], call)

    @handles("o2gUpdateNormalTransition")
    def update_normal(self, call: Call) -> Answer:
        return self._update(self.pilot(call)["normal"], call.parameters["dayOfWeek"], call)

    @handles("o2gDeleteNormalTransition")
    def delete_normal(self, call: Call) -> Answer:
        return self._delete(self.pilot(call)["normal"], call.parameters["dayOfWeek"], call)

    @handles("o2gAddExceptionTransition")
    def add_exception(self, call: Call) -> Answer:
        return self._add(self.pilot(call)["exception"], _real_date(call), call)

    @handles("o2gUpdateExceptionTransition")
    def update_exception(self, call: Call) -> Answer:
        return self._update(self.pilot(call)["exception"], _real_date(call), call)

    @handles("o2gDeleteExceptionTransition")
    def delete_exception(self, call: Call) -> Answer:
        return self._delete(self.pilot(call)["exception"], _real_date(call), call)

    def _normal_view(self, pilot: dict[str, Any]) -> dict[str, Any]:
        return {"calendar": _days(pilot["normal"], "day")}

    def _exception_view(self, pilot: dict[str, Any]) -> dict[str, Any]:
        return {"calendar": _days(pilot["exception"], self.settings["exception_key"])}

    def _add(self, calendar: dict[str, Transitions], day: str, call: Call) -> Answer:
        transitions = calendar.get(day, {})
        if len(transitions) >= MOST_TRANSITIONS:
            raise RefusalError(400, f"{day} already has {MOST_TRANSITIONS} transitions")
        number = next(free for free in range(1, MOST_TRANSITIONS + 1) if free not in transitions)
        calendar.setdefault(day, transitions)[number] = call.body
        return Answer(204)

    def _update(self, calendar: dict[str, Transitions], day: str, call: Call) -> Answer:
        _existing(calendar, day, call)[call.parameters["transitionNbr"]] = call.body
        return Answer(204)

    def _delete(self, calendar: dict[str, Transitions], day: str, call: Call) -> Answer:
        transitions = _existing(calendar, day, call)
        del transitions[call.parameters["transitionNbr"]]
        if self.settings["renumber_on_delete"]:
            transitions = dict(enumerate((transitions[number] for number in sorted(transitions)), start=1))
        calendar[day] = transitions
        if not transitions:
            del calendar[day]
        return Answer(204)


def _no_session() -> RefusalError:
    return RefusalError(403, "no session in the API with this id", INVALID_SESSION)


def _existing(calendar: dict[str, Transitions], day: str, call: Call) -> Transitions:
    transitions = calendar.get(day, {})
    if call.parameters["transitionNbr"] not in transitions:
        raise RefusalError(404, f"no transition {call.parameters['transitionNbr']} on {day}")
    return transitions


def _real_date(call: Call) -> str:
    text: str = call.parameters["date"]
    try:
        datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as error:
        raise RefusalError(400, f"{text} is not a date (yyyymmdd)") from error
    return text


def _days(calendar: dict[str, Transitions], key: str) -> list[dict[str, Any]]:
    """The days in their order; the transitions in the order of their numbers, not of their times."""
    return [
        {
            key: day,
            "list": [
                {"number": number, "transition": transition} for number, transition in sorted(calendar[day].items())
            ],
        }
        for day in sorted(calendar, key=lambda day: (WEEK.index(day) if day in WEEK else 0, day))
    ]


def _iso(moment: float) -> str:
    return datetime.datetime.fromtimestamp(int(moment), datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _login(subscriber: dict[str, Any]) -> str:
    return f"oxe{subscriber['number']}"


def _numbers(subscriber: dict[str, Any]) -> list[str]:
    return [subscriber["number"], *subscriber.get("secondary", [])]


def _node_from_seed(number: int, node: dict[str, Any]) -> dict[str, Any]:
    subscribers = {entry["number"]: {**entry, "node": number} for entry in node.get("subscribers", [])}
    return {
        "fqdn": node["fqdn"],
        "subscribers": subscribers,
        "main_numbers": {device: main for main, entry in subscribers.items() for device in _numbers(entry)},
        "users": {_login(entry) for entry in subscribers.values() if entry.get("user")},
        "pilots": {entry["number"]: _pilot_from_seed(entry) for entry in node.get("pilots", [])},
    }


def _pilot_from_seed(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": entry["number"],
        "name": entry["name"],
        "state": entry.get("state", "Opened"),
        "rules": entry.get("rules", []),
        "normal": _calendar_from_seed(entry.get("normal", {})),
        "exception": _calendar_from_seed(entry.get("exception", {})),
    }


def _calendar_from_seed(days: dict[str, list[dict[str, Any]]]) -> dict[str, Transitions]:
    return {day: dict(enumerate(transitions, start=1)) for day, transitions in days.items() if transitions}
