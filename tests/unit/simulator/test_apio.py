# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""APIO: log-in, call centers, DNIS; how it refuses; its odd forms."""

from __future__ import annotations

from typing import Any

import pytest
from simulator.handle import Simulator

GROUP = "/tenants/acme/groups/brussels/services"
CENTERS = f"{GROUP}/call_centers/"
DNIS = f"{GROUP}/route_points/rp-support@acme.example/dnis/"
PROFILE = {"name": "Desk", "cliLastName": "Desk", "cliFirstName": "Acme", "password": "s3cret"}
SWITCHES = {
    "useCustomCLIDSettings": False,
    "useCustomDnisAnnouncementSettings": False,
    "allowOutgoingACDCall": True,
}
CLI = {"cliPhoneNumber": "025550199", "cliLastName": "Desk", "cliFirstName": "Acme"}


def center(service_user_id: str = "desk@acme.example", **more: Any) -> dict[str, Any]:
    profile = {**PROFILE, **more.pop("profile", {})}
    return {"serviceUserId": service_user_id, "policy": "Regular", "serviceInstanceProfile": profile, **more}


def dnis(name: str = "Main", **more: Any) -> dict[str, Any]:
    return {"name": name, **SWITCHES, **more}


def codes(reply: Any) -> list[int]:
    return [item["code"] for item in reply.body]


# Access


def test_login_sets_the_cookies_that_later_requests_need(sim: Simulator, client: Any) -> None:
    assert client("GET", f"/api/v1{CENTERS}").status == 401
    reply = client("POST", "/api/v1/login/", {"username": "admin", "password": "simulator"})
    assert reply.body["profile"]["user_level"] == 8
    cookies = [value.partition(";")[0] for value in reply.headers.get_all("Set-Cookie")]
    assert len(cookies) == 2
    assert client("GET", f"/api/v1{CENTERS}", Cookie="; ".join(cookies)).status == 200


@pytest.mark.parametrize("user", ["admin", "nobody"])
def test_wrong_password(client: Any, user: str) -> None:
    assert client("POST", "/api/v1/login/", {"username": user, "password": "wrong"}).status == 401


def test_wrong_token(apio: Any) -> None:
    assert apio("GET", CENTERS, Authorization="Bearer other").status == 401


def test_end_user_may_read_call_centers_but_not_write_them(sim: Simulator, client: Any, apio: Any) -> None:
    reply = client("POST", "/api/v1/login/", {"username": "enduser", "password": "simulator"})
    cookie = reply.headers["Set-Cookie"].partition(";")[0]
    assert client("GET", f"/api/v1{CENTERS}", Cookie=cookie).status == 200
    assert client("POST", f"/api/v1{CENTERS}", center(), Cookie=cookie).status == 403
    assert client("GET", f"/api/v1{DNIS}", Cookie=cookie).status == 403
    assert apio("GET", CENTERS).body == {"call_centers": []}


def login(client: Any) -> str:
    reply = client("POST", "/api/v1/login/", {"username": "admin", "password": "simulator"})
    return reply.headers["Set-Cookie"].partition(";")[0]


def test_session_ends_after_a_number_of_requests(sim: Simulator, client: Any) -> None:
    sim.settings(apio={"session_requests": 2})
    cookie = login(client)
    assert [client("GET", f"/api/v1{CENTERS}", Cookie=cookie).status for _dummy in range(3)] == [200, 200, 401]


def test_session_ends_after_a_time(sim: Simulator, client: Any) -> None:
    cookie = login(client)
    assert client("GET", f"/api/v1{CENTERS}", Cookie=cookie).status == 200
    sim.settings(apio={"session_ttl": 0})
    assert client("GET", f"/api/v1{CENTERS}", Cookie=cookie).status == 401


# Call centers


def test_created_call_center_reads_back_without_its_secrets(sim: Simulator, apio: Any) -> None:
    reply = apio("POST", CENTERS, center(templateName="basic", queueLength=20))
    assert reply.status == 201
    assert reply.body == apio("GET", f"{CENTERS}desk@acme.example/").body
    made = reply.body["callCenterInstance"]
    assert made["queueLength"] == 20
    assert made["type"] == "Basic"
    assert "templateName" not in made
    assert "active" not in made
    assert "password" not in made["serviceInstanceProfile"]
    kept = sim.state()["apio"]["tenants"]["acme"]["groups"]["brussels"]["call_centers"]["desk@acme.example"]
    assert kept["profile"]["password"] == "s3cret"
    assert kept["templateName"] == "basic"


def test_update_merges_inside_the_profile_too(apio: Any) -> None:
    apio("POST", CENTERS, center(queueLength=20, profile={"phoneNumber": "025550101"}))
    reply = apio("PUT", f"{CENTERS}desk@acme.example/", {"serviceInstanceProfile": {"language": "French"}})
    changed = reply.body["callCenterInstance"]
    assert changed["serviceInstanceProfile"]["language"] == "French"
    assert changed["serviceInstanceProfile"]["phoneNumber"] == "025550101"
    assert changed["serviceInstanceProfile"]["name"] == "Desk"
    assert changed["queueLength"] == 20


def test_list_has_few_fields_and_the_active_state(apio: Any) -> None:
    department = {"tenantId": "acme", "groupId": "brussels", "departmentName": "Sales"}
    apio("POST", CENTERS, center(profile={"department": department}))
    apio("POST", CENTERS, center("other@acme.example"))
    services = [{"serviceUserId": "desk@acme.example", "active": False}]
    assert apio("PUT", f"{CENTERS}active_instance/", {"services": services}).body == {}
    first, second = apio("GET", CENTERS).body["call_centers"]
    assert first == {
        "serviceUserId": "desk@acme.example",
        "name": "Desk",
        "phoneNumber": "",
        "extension": "",
        "department": {**department, "fullPathName": "Sales"},
        "active": False,
        "policy": "Regular",
        "type": "Basic",
    }
    assert second["active"] is True


def test_active_call_is_all_or_nothing(apio: Any) -> None:
    apio("POST", CENTERS, center())
    services = [{"serviceUserId": one, "active": False} for one in ("desk@acme.example", "absent@acme.example")]
    assert apio("PUT", f"{CENTERS}active_instance/", {"services": services}).status == 404
    assert apio("GET", CENTERS).body["call_centers"][0]["active"] is True


def test_deleted_call_center_is_gone(apio: Any) -> None:
    apio("POST", CENTERS, center())
    assert apio("DELETE", f"{CENTERS}desk@acme.example/").body == {}
    assert apio("DELETE", f"{CENTERS}desk@acme.example/").status == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "path",
    [
        f"{CENTERS}absent@acme.example/",
        "/tenants/other/groups/brussels/services/call_centers/desk@acme.example/",
        "/tenants/acme/groups/other/services/call_centers/desk@acme.example/",
    ],
)
def test_what_does_not_exist_is_404(sim: Simulator, apio: Any, method: str, path: str) -> None:
    apio("POST", CENTERS, center())
    assert apio(method, path, *([{"queueLength": 1}] if method == "PUT" else [])).status == 404
    assert sim.violations() == []


def test_taken_id(sim: Simulator, apio: Any) -> None:
    apio("POST", CENTERS, center())
    reply = apio("POST", CENTERS, center())
    assert (reply.status, codes(reply)) == (400, [11])
    assert sim.violations() == []


def test_missing_id(apio: Any) -> None:
    body = center()
    del body["serviceUserId"]
    reply = apio("POST", CENTERS, body)
    assert (reply.status, codes(reply)) == (400, [9])


# DNIS


def test_dnis_list_has_three_fields(apio: Any) -> None:
    reply = apio("POST", DNIS, dnis(phoneNumber="025550101", extension="0101"))
    assert (reply.status, reply.body) == (201, {})
    assert apio("GET", DNIS).body == {"dnis": [{"name": "Main", "phoneNumber": "025550101", "extension": "0101"}]}
    assert apio("GET", f"{DNIS}Main/").body["allowOutgoingACDCall"] is True


def test_dnis_can_be_renamed(apio: Any) -> None:
    apio("POST", DNIS, dnis("Old name"))
    assert apio("PUT", f"{DNIS}Old%20name/", {"name": "New/name"}).body["name"] == "New/name"
    assert apio("GET", f"{DNIS}Old%20name/").status == 404
    assert apio("GET", f"{DNIS}New%2Fname/").status == 200


def test_dnis_names_are_unique(apio: Any) -> None:
    apio("POST", DNIS, dnis("One"))
    apio("POST", DNIS, dnis("Two"))
    for reply in (apio("POST", DNIS, dnis("One")), apio("PUT", f"{DNIS}Two/", {"name": "One"})):
        assert (reply.status, codes(reply)) == (400, [11])
    assert [entry["name"] for entry in apio("GET", DNIS).body["dnis"]] == ["One", "Two"]


def test_custom_clid_needs_the_cli_fields_given_or_there(apio: Any) -> None:
    reply = apio("POST", DNIS, dnis(useCustomCLIDSettings=True))
    assert (reply.status, codes(reply)) == (400, [9, 9, 9])
    assert apio("POST", DNIS, dnis(**CLI)).status == 201
    assert apio("PUT", f"{DNIS}Main/", {"useCustomCLIDSettings": True}).status == 200
    reply = apio("PUT", f"{DNIS}Main/", {"cliLastName": None})
    assert (reply.status, codes(reply)) == (400, [9])


def test_unknown_route_point(apio: Any) -> None:
    assert apio("GET", DNIS.replace("rp-support", "rp-absent")).status == 404


def test_agents(apio: Any) -> None:
    sales = DNIS.replace("support", "sales")
    assert apio("GET", f"{sales}Main/agents/").body["agents"][0]["userId"] == "an.aerts@acme.example"
    assert apio("GET", f"{sales}Absent/agents/").status == 400


# Refusals by contract


@pytest.mark.parametrize(
    ("body", "code", "why"),
    [
        (center(surprise=1), 2, "surprise"),
        (center(profile={"surprise": 1}), 2, "serviceInstanceProfile: "),
        (center(queueLength=526), 2, "queueLength"),
        (center(queueLength="10"), 2, "queueLength"),
        (center(active=True), 2, "active"),
        (center(policy="Random"), 2, "policy"),
        (center("no-domain"), 2, "serviceUserId"),
        (center(profile={"name": "x" * 31}), 2, "name"),
        ({"serviceUserId": "desk@acme.example", "serviceInstanceProfile": PROFILE}, 9, "policy"),
        ({"serviceUserId": "desk@acme.example", "policy": "Regular", "serviceInstanceProfile": {}}, 9, "name"),
        ([], 2, "object"),
    ],
)
def test_bad_call_center(sim: Simulator, apio: Any, body: Any, code: int, why: str) -> None:
    reply = apio("POST", CENTERS, body)
    assert reply.status == 400
    assert code in codes(reply)
    (entry,) = sim.violations()
    assert why in entry["violation"]
    assert apio("GET", CENTERS).body["call_centers"] == []


def test_violation_does_not_tell_the_password(sim: Simulator, apio: Any) -> None:
    reply = apio("POST", CENTERS, center(profile={"password": "hush" * 20}))
    assert reply.status == 400
    assert "hush" not in reply.text
    assert "hush" not in str(sim.journal())


@pytest.mark.parametrize(
    ("method", "path", "status", "why"),
    [
        ("GET", CENTERS.rstrip("/"), 404, "trailing slash is missing"),
        ("GET", f"{GROUP}/call_centres/", 404, "unknown path"),
        ("GET", f"{GROUP}/call_centers//", 404, "unknown path"),
        ("PATCH", CENTERS, 405, "PATCH"),
        ("DELETE", CENTERS, 405, "DELETE"),
        ("GET", f"{CENTERS}?page=2", 400, "page"),
        ("GET", f"/tenants/{'t' * 31}/groups/brussels/services/call_centers/", 400, "tenant_id"),
    ],
)
def test_bad_request_line(sim: Simulator, apio: Any, method: str, path: str, status: int, why: str) -> None:
    assert apio(method, path).status == status
    (entry,) = sim.violations()
    assert why in entry["violation"]


def test_bad_bodies(sim: Simulator, apio: Any) -> None:
    assert apio("POST", CENTERS, b"{").status == 416
    assert apio("POST", CENTERS).status == 416
    assert apio("POST", CENTERS, center(), Content_Type="text/plain").status == 400
    assert apio("POST", CENTERS, center(), Content_Type='"application/json"').status == 400
    assert apio("GET", CENTERS, {"filter": "x"}).status == 400
    assert apio("PUT", f"{CENTERS}desk@acme.example/", {}).status == 400
    assert len(sim.violations()) == 6


@pytest.mark.parametrize(
    "body",
    [
        dnis(surprise=1),
        {"name": "Main"},
        dnis("x" * 41),
        dnis(""),
        dnis(extension="1"),
        dnis(phoneNumber=25550101),
    ],
)
def test_bad_dnis(sim: Simulator, apio: Any, body: Any) -> None:
    assert apio("POST", DNIS, body).status == 400
    assert len(sim.violations()) == 1
    assert apio("GET", DNIS).body == {"dnis": []}


# Odd forms


def test_details_error_form(sim: Simulator, apio: Any) -> None:
    sim.settings(apio={"error_form": "details"})
    reply = apio("POST", CENTERS, center(queueLength=-1))
    assert reply.body["details"]["error_code"] == 2


def test_server_makes_ids(sim: Simulator, apio: Any) -> None:
    sim.settings(apio={"auto_id": True})
    body = center()
    supplied = apio("POST", CENTERS, body).body["callCenterInstance"]["serviceUserId"]
    del body["serviceUserId"]
    made = apio("POST", CENTERS, body).body["callCenterInstance"]["serviceUserId"]
    for service_user_id in (supplied, made):
        name, _at, domain = service_user_id.partition("@")
        assert name.startswith("brussels_cc")
        assert len(name) == len("brussels_cc0000")
        assert domain == "acme.example"
    assert supplied != made
    sim.settings(apio={"auto_id_supplied": "honoured"})
    assert apio("POST", CENTERS, center()).body["callCenterInstance"]["serviceUserId"] == "desk@acme.example"


def test_new_phone_number_renames(sim: Simulator, apio: Any) -> None:
    sim.settings(apio={"rename_on_phone": True})
    apio("POST", CENTERS, center())
    change = {"serviceInstanceProfile": {"phoneNumber": "025550101"}}
    renamed = apio("PUT", f"{CENTERS}desk@acme.example/", change).body["callCenterInstance"]["serviceUserId"]
    assert renamed == "3225550101@acme.example"
    assert apio("GET", f"{CENTERS}desk@acme.example/").status == 404
    assert apio("PUT", f"{CENTERS}{renamed}/", change).body["callCenterInstance"]["serviceUserId"] == renamed


def test_lists_in_e164_details_in_national_form(sim: Simulator, apio: Any) -> None:
    sim.settings(apio={"phone_form": "e164"})
    apio("POST", CENTERS, center(profile={"phoneNumber": "+3225550101"}))
    apio("POST", DNIS, dnis(phoneNumber="025550102"))
    assert apio("GET", CENTERS).body["call_centers"][0]["phoneNumber"] == "+3225550101"
    detail = apio("GET", f"{CENTERS}desk@acme.example/").body["callCenterInstance"]
    assert detail["serviceInstanceProfile"]["phoneNumber"] == "025550101"
    assert apio("GET", DNIS).body["dnis"][0]["phoneNumber"] == "+3225550102"
    assert apio("GET", f"{DNIS}Main/").body["phoneNumber"] == "025550102"


def test_forms_of_unset_members(sim: Simulator, apio: Any) -> None:
    apio("POST", CENTERS, center(profile={"extension": ""}))

    def read() -> dict[str, Any]:
        return apio("GET", f"{CENTERS}desk@acme.example/").body["callCenterInstance"]

    documented = read()
    assert documented["serviceInstanceProfile"]["extension"] == ""
    assert documented["serviceInstanceProfile"]["cliPhoneNumber"] is None
    assert documented["wrapUpSeconds"] == 0
    sim.settings(apio={"empty_form": "null"})
    assert read()["serviceInstanceProfile"]["extension"] is None
    assert read()["wrapUpSeconds"] is None
    sim.settings(apio={"empty_form": "absent"})
    assert "extension" not in read()["serviceInstanceProfile"]
    assert "wrapUpSeconds" not in read()
    assert "phoneNumber" not in apio("GET", CENTERS).body["call_centers"][0]


def test_other_settings(sim: Simulator, apio: Any) -> None:
    sim.settings(apio={"absent_dnis_status": 400, "active_on_create": False, "create_status": 200})
    assert apio("GET", f"{DNIS}Absent/").status == 400
    assert apio("POST", CENTERS, center()).status == 200
    assert apio("GET", CENTERS).body["call_centers"][0]["active"] is False
