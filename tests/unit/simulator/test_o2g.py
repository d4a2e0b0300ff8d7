# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: sessions, users, pilots and their calendars; how it refuses; its odd forms."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from simulator.handle import Simulator

PILOT = "/acd/7/pilots/60101"
MONDAY = f"{PILOT}/calendar/normal/monday/transitions"
XMAS = f"{PILOT}/calendar/exception/20261225/transitions"


def at(time: str, rule: int = 0, mode: str = "normal") -> dict[str, Any]:
    return {"time": time, "ruleNumber": rule, "mode": mode}


def credentials(user: str = "admin", password: str = "simulator") -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def refused(reply: Any) -> tuple[int, int]:
    assert reply.body["httpStatus"].isupper()
    return reply.status, reply.body["code"]


# Access


def test_way_in(sim: Simulator, client: Any) -> None:
    root = client("GET", "/api/rest").body
    assert root["versions"][0]["publicUrl"] == f"{sim.url}/api/rest/authenticate?version=1.0"
    reply = client("GET", "/api/rest/authenticate?version=1.0", **credentials())
    assert reply.body["loginName"] == "admin"
    cookie = f"AlcUserId={reply.body['credential']}"
    assert reply.headers["Set-Cookie"].startswith(f"{cookie};")
    assert refused(client("GET", "/api/rest/1.0/pbxs", Cookie=cookie)) == (403, 1001)
    opened = client("POST", "/api/rest/1.0/sessions", {"applicationName": "tests"}, Cookie=cookie)
    assert opened.body["admin"] is True
    assert opened.body["timeToLive"] == 1800
    assert {"serviceName": "Acd Statistics", "serviceVersion": "1.0", "relativeUrl": "/acd/stats"} in opened.body[
        "services"
    ]
    assert "JSESSIONID=" in opened.headers["Set-Cookie"]
    assert client("GET", "/api/rest/1.0/pbxs", Cookie=cookie).body == {"nodeIds": ["7", "8"]}


def test_wrong_password(client: Any) -> None:
    assert refused(client("GET", "/api/rest/authenticate?version=1.0", **credentials("admin", "no"))) == (401, 1002)
    assert refused(client("GET", "/api/rest/authenticate?version=1.0")) == (401, 1002)


def test_version_is_mandatory(sim: Simulator, client: Any) -> None:
    assert refused(client("GET", "/api/rest/authenticate", **credentials())) == (400, 1006)
    assert refused(client("GET", "/api/rest/authenticate?version=2.0", **credentials())) == (400, 1006)
    assert len(sim.violations()) == 2


def test_root_can_only_be_read(client: Any) -> None:
    assert refused(client("POST", "/api/rest")) == (405, 1005)


def test_no_session(client: Any) -> None:
    assert refused(client("GET", "/api/rest/1.0/pbxs")) == (403, 1001)
    assert refused(client("GET", "/api/rest/1.0/pbxs", Cookie="AlcUserId=made-up")) == (403, 1001)


def test_session_opens_once_and_closes_once(o2g: Any) -> None:
    assert refused(o2g("POST", "/sessions", {"applicationName": "again"})) == (403, 1002)
    assert o2g("POST", "/sessions/keepalive").status == 204
    assert o2g("DELETE", "/sessions").status == 204
    assert refused(o2g("DELETE", "/sessions")) == (403, 1001)
    assert refused(o2g("POST", "/sessions", {"applicationName": "again"})) == (403, 1001)


def test_session_lifetime(sim: Simulator, o2g_login: Callable[..., Any]) -> None:
    first, second = o2g_login(), o2g_login(timeToLive=60)
    info = second("GET", "/sessions").body
    assert info["timeToLive"] == 60
    assert [other["timeToLive"] for other in info["otherSessions"]] == [1800]
    sim.settings(o2g={"session_ttl": 0})
    assert first("POST", "/sessions/keepalive").status == 204  # a client that asks at the very end is in time
    sim.settings(o2g={"session_slack": 0})
    assert refused(first("GET", "/pbxs")) == (403, 1001)
    assert second("GET", "/pbxs").status == 200
    sim.settings(o2g={"session_requests": 1})
    assert refused(second("GET", "/pbxs")) == (403, 1001)


def test_rights(o2g_login: Callable[..., Any]) -> None:
    viewer, user = o2g_login("viewer"), o2g_login("oxe70100", "1234")
    assert viewer("GET", "/acd/7/pilots").status == 200
    assert refused(viewer("POST", f"{PILOT}/close")) == (403, 1002)
    assert viewer("GET", PILOT).body["state"] == "Opened"
    assert refused(user("GET", "/acd/7/pilots")) == (403, 1002)
    assert user("GET", "/sessions").body["admin"] is False


@pytest.mark.parametrize(("kind", "name"), [("LOGIN_NAME", "oxe70101"), ("PHONE_NUMBER", "70101")])
def test_a_supervised_session_is_the_users(o2g_login: Callable[..., Any], kind: str, name: str) -> None:
    session = o2g_login(supervisedAccount={"id": name, "type": kind})
    info = session("GET", "/sessions").body
    assert (info["admin"], info["login"], info["otherSessions"]) == (False, "oxe70101", [])
    assert refused(session("GET", "/usermanagement")) == (403, 1002)
    assert session("GET", "/routing").status == 200
    assert len(o2g_login(supervisedAccount={"id": name, "type": kind})("GET", "/sessions").body["otherSessions"]) == 1


def test_an_administrator_can_be_supervised_too(o2g_login: Callable[..., Any]) -> None:
    info = o2g_login(supervisedAccount={"id": "viewer", "type": "LOGIN_NAME"})("GET", "/sessions").body
    assert (info["admin"], info["login"]) == (True, "viewer")


@pytest.mark.parametrize(
    ("user", "wanted", "answer"),
    [
        ("admin", {"id": "oxe99999", "type": "LOGIN_NAME"}, (400, 1006)),
        ("admin", {"id": "70120", "type": "PHONE_NUMBER"}, (400, 1006)),  # a subscriber who is no user
        ("admin", {"id": "admin", "type": "PHONE_NUMBER"}, (400, 1006)),
        ("viewer", {"id": "oxe70101", "type": "LOGIN_NAME"}, (403, 1002)),
    ],
)
def test_who_cannot_be_supervised(client: Any, user: str, wanted: dict[str, str], answer: tuple[int, int]) -> None:
    credential = client("GET", "/api/rest/authenticate?version=1.0", **credentials(user)).body["credential"]
    body = {"applicationName": "tests", "supervisedAccount": wanted}
    assert refused(client("POST", "/api/rest/1.0/sessions", body, Cookie=f"AlcUserId={credential}")) == answer


def test_example_form_of_a_session(sim: Simulator, o2g: Any) -> None:
    sim.settings(o2g={"session_form": "example", "keep_alive_status": 200})
    info = o2g("GET", "/sessions").body
    assert info["timeToLive"] == "1800"
    assert "services" not in info
    assert info["Services"]
    assert o2g("POST", "/sessions/keepalive").body == {"expirationDate": "2030-12-07"}


def test_a_client_can_follow_the_urls_it_is_handed(sim: Simulator, client: Any) -> None:
    there = client("GET", "/api/rest").body["versions"][0]["internalUrl"].removeprefix(sim.url)
    answer = client("GET", there, **credentials()).body
    cookie = f"AlcUserId={answer['credential']}"
    path = answer["publicUrl"].removeprefix(sim.url)
    assert client("POST", path, {"applicationName": "tests"}, Cookie=cookie).body["publicBaseUrl"].startswith(sim.url)


def test_handed_out_host(sim: Simulator, client: Any) -> None:
    assert client("GET", "/api/rest").body["versions"][0]["internalUrl"].startswith(f"{sim.url}/")
    sim.settings(o2g={"handed_out_host": "https://elsewhere.invalid", "login_key": "login"})
    reply = client("GET", "/api/rest/authenticate?version=1.0", **credentials()).body
    assert reply["publicUrl"] == "https://elsewhere.invalid/api/rest/1.0/sessions"
    assert reply["login"] == "admin"


# Nodes and users


def test_nodes(sim: Simulator, o2g: Any) -> None:
    assert o2g("GET", "/pbxs/7").body == {"nodeId": 7, "fqdn": "oxe7.acme.example"}
    sim.settings(o2g={"pbx_node_as": "string"})
    assert o2g("GET", "/pbxs/7").body["nodeId"] == "7"
    assert refused(o2g("GET", "/pbxs/9")) == (404, 1003)
    assert refused(o2g("GET", "/pbxs/seven")) == (400, 1006)


def test_users_are_listed_by_node_and_device(o2g: Any) -> None:
    seven = [f"oxe7010{digit}" for digit in range(5)]
    eight = [f"oxe8010{digit}" for digit in range(5)]
    assert o2g("GET", "/usermanagement").body["loginNames"] == seven + eight
    assert o2g("GET", "/usermanagement?nodeIds=8").body["loginNames"] == eight
    assert o2g("GET", "/usermanagement?nodeIds=7,8").body["loginNames"] == seven + eight
    assert o2g("GET", "/usermanagement?nodeIds=7%3B8").body["loginNames"] == seven + eight
    assert o2g("GET", "/usermanagement?deviceNumber=71100").body["loginNames"] == ["oxe70100"]
    assert o2g("GET", "/usermanagement?deviceNumber=70120").body["loginNames"] == []
    assert o2g("GET", "/usermanagement?nodeIds=all").status == 400


def test_user_of_a_secondary_device_has_the_main_number(o2g: Any) -> None:
    reply = o2g("POST", "/usermanagement", {"nodeId": 7, "deviceNumbers": ["71120", "70121"]})
    main, other = reply.body["users"]
    assert main["loginName"] == "oxe70120"
    assert main["companyPhone"] == "70120"
    assert main["nodeId"] == "7"
    assert [device["id"] for device in main["devices"]] == ["70120", "71120", "71121"]
    assert other["loginName"] == "oxe70121"
    assert o2g("GET", "/usermanagement/oxe70120").body == main


def test_example_forms_of_a_creation(o2g: Any) -> None:
    reply = o2g("POST", "/usermanagement", {"nodeId": "7", "deviceNumbers": ["70120", 70122]})
    assert [user["loginName"] for user in reply.body["users"]] == ["oxe70120", "oxe70122"]


def test_all_users_answers_null_or_a_list(sim: Simulator, o2g: Any) -> None:
    reply = o2g("POST", "/usermanagement", {"nodeId": 7, "all": True})
    assert (reply.status, reply.text) == (200, "null")
    sim.settings(o2g={"all_users_answer": "users"})
    assert len(o2g("POST", "/usermanagement", {"nodeId": 7, "all": True}).body["users"]) == 60
    assert len(sim.state()["o2g"]["nodes"]["7"]["users"]) == 60


def test_unknown_number_creates_nothing(sim: Simulator, o2g: Any) -> None:
    before = sim.state()["o2g"]["nodes"]
    body = {"nodeId": 7, "deviceNumbers": ["70120", "99999"]}
    assert refused(o2g("POST", "/usermanagement", body)) == (404, 1003)
    assert refused(o2g("POST", "/usermanagement", {"nodeId": 9, "all": True})) == (404, 1003)
    assert sim.state()["o2g"]["nodes"] == before


def test_user_is_removed_and_can_come_back(o2g: Any) -> None:
    assert o2g("DELETE", "/usermanagement/oxe70100").status == 204
    assert refused(o2g("GET", "/usermanagement/oxe70100")) == (404, 1003)
    assert refused(o2g("DELETE", "/usermanagement/oxe70100")) == (404, 1003)
    assert o2g("POST", "/usermanagement", {"nodeId": 7, "deviceNumbers": ["70100"]}).status == 200
    assert o2g("GET", "/usermanagement/oxe70100").status == 200


@pytest.mark.parametrize(
    "body",
    [
        {"nodeId": 7},
        {"nodeId": 7, "all": False},
        {"nodeId": 7, "deviceNumbers": []},
        {"deviceNumbers": ["70120"]},
        {"nodeId": 7, "deviceNumbers": ["70120"], "surprise": 1},
        {"nodeId": 7, "deviceNumbers": "70120"},
    ],
)
def test_bad_creation(sim: Simulator, o2g: Any, body: Any) -> None:
    assert refused(o2g("POST", "/usermanagement", body)) == (400, 1006)
    assert len(sim.violations()) == 1


def test_odd_user_forms(sim: Simulator, o2g: Any) -> None:
    body = {"nodeId": 7, "deviceNumbers": ["70112"]}
    assert o2g("POST", "/usermanagement", body).body["users"][0]["voicemail"]["type"] == "VM_4645"
    sim.settings(o2g={"user_answer": "bare", "voicemail_key": "voicemailtype"})
    user = o2g("POST", "/usermanagement", body).body
    assert user["loginName"] == "oxe70112"
    assert user["voicemail"]["voicemailtype"] == "VM_4645"
    sim.settings(o2g={"user_answer": "null", "absent_user_status": 400})
    assert o2g("POST", "/usermanagement", body).text == "null"
    assert refused(o2g("GET", "/usermanagement/oxe70199")) == (400, 1003)


# Pilots


def test_pilot(o2g: Any) -> None:
    pilots = o2g("GET", "/acd/7/pilots").body["pilotList"]
    assert [pilot["number"] for pilot in pilots] == ["60101", "60102", "60103", "60104"]
    assert pilots[0] == o2g("GET", PILOT).body
    assert pilots[0]["rules"]["ruleList"][0] == {"ruleNumber": "0", "name": "RULE_PIL_0", "active": True}
    assert refused(o2g("GET", "/acd/7/pilots/60199")) == (404, 1003)
    assert refused(o2g("GET", "/acd/9/pilots")) == (404, 1003)


def test_pilot_is_closed_and_opened(sim: Simulator, o2g: Any) -> None:
    assert o2g("POST", f"{PILOT}/close").status == 204
    assert o2g("GET", PILOT).body["state"] == "Closed"
    sim.settings(o2g={"pilot_state": "example"})
    assert o2g("GET", PILOT).body["queueState"] == "s_Closed"
    assert o2g("POST", f"{PILOT}/open").status == 204
    assert o2g("GET", PILOT).body["queueState"] == "s_Opened"
    assert "state" not in o2g("GET", PILOT).body


def test_odd_pilot_forms(sim: Simulator, o2g: Any) -> None:
    sim.settings(o2g={"rule_number_as": "int"})
    assert o2g("GET", PILOT).body["rules"]["ruleList"][1]["ruleNumber"] == 1
    assert o2g("GET", "/acd/8/pilots").body == {"pilotList": []}
    sim.settings(o2g={"pilot_list_null": True})
    assert o2g("GET", "/acd/8/pilots").body == {"pilotList": None}


# Calendars


def monday(o2g: Any) -> dict[int, str]:
    days = o2g("GET", f"{PILOT}/calendar/normal").body["calendar"]
    found = [day["list"] for day in days if day["day"] == "monday"]
    return {entry["number"]: entry["transition"]["time"] for entry in found[0]} if found else {}


def test_transitions_are_numbered_as_they_come(o2g: Any) -> None:
    assert o2g("GET", f"{PILOT}/calendar").body == {"normalDays": {"calendar": []}, "exceptionDays": {"calendar": []}}
    for time in ("17:00", "08:00", "12:00"):
        reply = o2g("POST", MONDAY, at(time))
        assert (reply.status, reply.text) == (204, "")
    assert monday(o2g) == {1: "17:00", 2: "08:00", 3: "12:00"}
    assert o2g("PUT", f"{MONDAY}/2", at("08:30", 3, "forward")).status == 204
    assert monday(o2g) == {1: "17:00", 2: "08:30", 3: "12:00"}


def test_numbers_close_up_after_a_removal(o2g: Any) -> None:
    for time in ("17:00", "08:00", "12:00"):
        o2g("POST", MONDAY, at(time))
    assert o2g("DELETE", f"{MONDAY}/1").status == 204
    assert monday(o2g) == {1: "08:00", 2: "12:00"}
    assert refused(o2g("DELETE", f"{MONDAY}/3")) == (404, 1003)


def test_numbers_can_keep_their_gaps(sim: Simulator, o2g: Any) -> None:
    sim.settings(o2g={"renumber_on_delete": False})
    for time in ("17:00", "08:00", "12:00"):
        o2g("POST", MONDAY, at(time))
    o2g("DELETE", f"{MONDAY}/1")
    assert monday(o2g) == {2: "08:00", 3: "12:00"}
    o2g("POST", MONDAY, at("20:00"))
    assert monday(o2g) == {1: "20:00", 2: "08:00", 3: "12:00"}


def test_day_without_transitions_leaves_the_calendar(o2g: Any) -> None:
    o2g("POST", MONDAY, at("08:00"))
    o2g("DELETE", f"{MONDAY}/1")
    assert o2g("GET", f"{PILOT}/calendar/normal").body == {"calendar": []}


def test_ten_transitions_a_day(o2g: Any) -> None:
    replies = [o2g("POST", MONDAY, at(f"{hour:02d}:00")).status for hour in range(11)]
    assert replies == [204] * 10 + [400]
    assert len(monday(o2g)) == 10


def test_exception_days(sim: Simulator, o2g: Any) -> None:
    o2g("POST", XMAS, at("08:00", 2, "closed"))
    o2g("POST", XMAS.replace("20261225", "20260101"), at("00:00"))
    days = o2g("GET", f"{PILOT}/calendar/exception").body["calendar"]
    assert [day["date"] for day in days] == ["20260101", "20261225"]
    assert days[1]["list"] == [{"number": 1, "transition": at("08:00", 2, "closed")}]
    sim.settings(o2g={"exception_key": "day"})
    assert o2g("GET", f"{PILOT}/calendar").body["exceptionDays"]["calendar"][0]["day"] == "20260101"
    assert refused(o2g("POST", XMAS.replace("20261225", "20261325"), at("08:00"))) == (400, 1006)


def test_week_is_in_order(o2g: Any) -> None:
    for day in ("sunday", "monday", "friday"):
        o2g("POST", MONDAY.replace("monday", day), at("08:00"))
    days = o2g("GET", f"{PILOT}/calendar/normal").body["calendar"]
    assert [day["day"] for day in days] == ["monday", "friday", "sunday"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", MONDAY, at("8:00")),
        ("POST", MONDAY, at("24:00")),
        ("POST", MONDAY, at("08:00", 30)),
        ("POST", MONDAY, {**at("08:00"), "ruleNumber": "1"}),
        ("POST", MONDAY, at("08:00", mode="Normal")),
        ("POST", MONDAY, {"time": "08:00", "mode": "normal"}),
        ("POST", MONDAY, {**at("08:00"), "number": 1}),
        ("POST", MONDAY.replace("monday", "Monday"), at("08:00")),
        ("POST", XMAS.replace("20261225", "2026-12-25"), at("08:00")),
        ("PUT", f"{MONDAY}/0", at("08:00")),
        ("PUT", f"{MONDAY}/11", at("08:00")),
        ("POST", f"{PILOT}/open", {}),
    ],
)
def test_bad_transition(sim: Simulator, o2g: Any, method: str, path: str, body: Any) -> None:
    assert refused(o2g(method, path, body)) == (400, 1006)
    assert len(sim.violations()) == 1
    assert monday(o2g) == {}


def test_unknown_path(sim: Simulator, o2g: Any) -> None:
    assert refused(o2g("POST", f"{PILOT}/calendar/normal/monday", at("08:00"))) == (404, 1003)
    assert refused(o2g("GET", f"{PILOT}/")) == (404, 1003)
    assert [entry["violation"] for entry in sim.violations()] == [
        "unknown path",
        "unknown path: there is a trailing slash too many",
    ]
