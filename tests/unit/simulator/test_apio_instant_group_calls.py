# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""APIO: instant group calls, whose answers differ from those of call centers."""

from __future__ import annotations

from typing import Any

import pytest
from simulator.handle import Simulator

GROUP = "/tenants/acme/groups/brussels/services"
CALLS = f"{GROUP}/instant_group_calls/"
CALL = f"{CALLS}all@acme.example/"
ACTIVE = f"{GROUP}/instant_group_calls_active/"
DEPARTMENT = {"tenantId": "acme", "groupId": "brussels", "departmentName": "Sales"}
PROFILE = {"name": "All", "cliLastName": "Desk", "cliFirstName": "Acme", "password": "s3cret"}


def group_call(service_user_id: str | None = "all@acme.example", **more: Any) -> dict[str, Any]:
    named = {} if service_user_id is None else {"serviceUserId": service_user_id}
    profile = {**PROFILE, **more.pop("profile", {})}
    return {**named, "answerTimeoutEnabled": True, "serviceInstanceProfile": profile, **more}


def codes(reply: Any) -> list[int]:
    return [item["code"] for item in reply.body]


def kept(sim: Simulator) -> dict[str, Any]:
    return sim.state()["apio"]["tenants"]["acme"]["groups"]["brussels"]["instant_group_calls"]


def test_creation_answers_with_the_id_and_a_read_does_not(sim: Simulator, apio: Any) -> None:
    body = group_call(
        profile={"department": DEPARTMENT},
        answerTimeoutMinutes=5,
        destinationPhoneNumbers=["+3225550111", "sip:desk@acme.example"],
        templateName="basic",
    )
    reply = apio("POST", CALLS, body)
    assert reply.status == 201
    read = apio("GET", CALL).body
    assert reply.body == {"serviceUserId": "all@acme.example", **read}
    assert read == {
        "serviceInstanceProfile": {
            "name": "All",
            "department": DEPARTMENT,
            "cliFirstName": "Acme",
            "cliLastName": "Desk",
            "language": "English",
            "timeZone": "Europe/Brussels",
            "phoneNumber": "",
        },
        "answerTimeoutMinutes": 5,
        "answerTimeoutEnabled": True,
        "destinationPhoneNumbers": ["+3225550111", "sip:desk@acme.example"],
    }
    assert kept(sim)["all@acme.example"]["templateName"] == "basic"
    assert kept(sim)["all@acme.example"]["profile"]["password"] == "s3cret"


def test_list(apio: Any) -> None:
    apio("POST", CALLS, group_call(profile={"department": DEPARTMENT, "phoneNumber": "025550111"}))
    assert apio("GET", CALLS).body == {
        "instantGroupCalls": [
            {
                "serviceUserId": "all@acme.example",
                "name": "All",
                "phoneNumber": "025550111",
                "extension": "",
                "department": {**DEPARTMENT, "fullPathName": "Sales"},
            }
        ]
    }


def test_list_and_read_may_differ_in_the_form_of_a_number(sim: Simulator, apio: Any) -> None:
    sim.settings(apio={"phone_form": "e164"})
    apio("POST", CALLS, group_call(profile={"phoneNumber": "+3225550111"}))
    assert apio("GET", CALLS).body["instantGroupCalls"][0]["phoneNumber"] == "+3225550111"
    assert apio("GET", CALL).body["serviceInstanceProfile"]["phoneNumber"] == "025550111"


def test_update_merges_and_replaces_the_destinations(apio: Any) -> None:
    apio("POST", CALLS, group_call(answerTimeoutMinutes=5, destinationPhoneNumbers=["+3225550111", "+3225550112"]))
    reply = apio("PUT", CALL, {"destinationPhoneNumbers": ["+3225550113"], "serviceInstanceProfile": {"name": "Some"}})
    assert reply.status == 200
    assert reply.body == apio("GET", CALL).body
    assert reply.body["destinationPhoneNumbers"] == ["+3225550113"]
    assert reply.body["answerTimeoutMinutes"] == 5
    assert reply.body["serviceInstanceProfile"]["name"] == "Some"
    assert reply.body["serviceInstanceProfile"]["cliLastName"] == "Desk"
    reply = apio("PUT", CALL, {"destinationPhoneNumbers": None, "answerTimeoutMinutes": None})
    assert reply.body["destinationPhoneNumbers"] == []
    assert reply.body["answerTimeoutMinutes"] is None


def test_profile_shows_the_rest_only_when_set(apio: Any) -> None:
    apio("POST", CALLS, group_call(profile={"extension": "0111", "cliPhoneNumber": "025550199"}))
    profile = apio("GET", CALL).body["serviceInstanceProfile"]
    assert (profile["extension"], profile["cliPhoneNumber"]) == ("0111", "025550199")
    assert "publicUserIdentity" not in profile


def test_active_is_kept_in_three_ways_and_not_readable(sim: Simulator, apio: Any) -> None:
    assert "active" not in apio("POST", CALLS, group_call(active=False)).body
    assert kept(sim)["all@acme.example"]["active"] is False
    assert "active" not in apio("PUT", CALL, {"active": True}).body
    assert kept(sim)["all@acme.example"]["active"] is True
    reply = apio("PUT", ACTIVE, {"services": [{"serviceUserId": "all@acme.example", "active": False}]})
    assert (reply.status, reply.body) == (200, {})
    assert kept(sim)["all@acme.example"]["active"] is False
    assert "active" not in apio("GET", CALL).body
    assert "active" not in apio("GET", CALLS).body["instantGroupCalls"][0]


def test_active_is_returned_where_the_server_looks_it_up(sim: Simulator, apio: Any) -> None:
    sim.settings(apio={"igc_active_returned": True})
    assert apio("POST", CALLS, group_call(active=False)).body["active"] is False
    assert apio("GET", CALL).body["active"] is False
    assert apio("PUT", CALL, {"active": True}).body["active"] is True
    assert "active" not in apio("GET", CALLS).body["instantGroupCalls"][0]


@pytest.mark.parametrize("active", [True, False])
def test_active_on_create(sim: Simulator, apio: Any, active: bool) -> None:
    sim.settings(apio={"active_on_create": active})
    apio("POST", CALLS, group_call())
    assert kept(sim)["all@acme.example"]["active"] is active


def test_bulk_is_all_or_nothing(sim: Simulator, apio: Any) -> None:
    apio("POST", CALLS, group_call(active=True))
    services = [{"serviceUserId": name, "active": False} for name in ("all@acme.example", "none@acme.example")]
    assert apio("PUT", ACTIVE, {"services": services}).status == 404
    assert kept(sim)["all@acme.example"]["active"] is True
    assert apio("PUT", f"{CALLS}active_instance/", {"services": []}).status == 400
    assert len(sim.violations()) == 1


def test_made_up_id(sim: Simulator, apio: Any) -> None:
    assert codes(apio("POST", CALLS, group_call(None))) == [9]
    sim.settings(apio={"auto_id": True, "create_status": 200})
    reply = apio("POST", CALLS, group_call(None))
    assert reply.status == 200
    made = reply.body["serviceUserId"]
    assert made.startswith("brussels_igc")
    assert made.endswith("@acme.example")
    assert apio("GET", f"{CALLS}{made}/").status == 200


def test_phone_number_renames_and_the_answer_does_not_say(sim: Simulator, apio: Any) -> None:
    sim.settings(apio={"rename_on_phone": True})
    apio("POST", CALLS, group_call())
    reply = apio("PUT", CALL, {"serviceInstanceProfile": {"phoneNumber": "025550111"}})
    assert reply.status == 200
    assert "serviceUserId" not in reply.body
    assert apio("GET", CALL).status == 404
    assert apio("GET", f"{CALLS}3225550111@acme.example/").body == reply.body


def test_id_is_unique_among_all_services(apio: Any) -> None:
    assert apio("POST", CALLS, group_call()).status == 201
    assert codes(apio("POST", CALLS, group_call())) == [11]
    assert codes(apio("POST", CALLS, group_call("rp-sales@acme.example"))) == [11]
    center = {"serviceUserId": "all@acme.example", "policy": "Regular", "serviceInstanceProfile": PROFILE}
    assert codes(apio("POST", f"{GROUP}/call_centers/", center)) == [11]


def test_delete(apio: Any) -> None:
    apio("POST", CALLS, group_call())
    assert (apio("DELETE", CALL).status, apio("DELETE", CALL).status) == (200, 404)
    assert (apio("GET", CALL).status, apio("PUT", CALL, {"active": True}).status) == (404, 404)
    assert apio("GET", CALLS).body == {"instantGroupCalls": []}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"answerTimeoutMinutes": 0}, 2),
        ({"answerTimeoutMinutes": 61}, 2),
        ({"answerTimeoutEnabled": "true"}, 2),
        ({"destinationPhoneNumbers": [""]}, 2),
        ({"destinationPhoneNumbers": "+3225550111"}, 2),
        ({"destinationPhoneNumbers": ["1" * 162]}, 2),
        ({"queueLength": 1}, 2),
        ({"serviceInstanceProfile": {"name": "All"}}, 9),
    ],
)
def test_bad_value(sim: Simulator, apio: Any, change: dict[str, Any], code: int) -> None:
    assert code in codes(apio("POST", CALLS, {**group_call(), **change}))
    assert len(sim.violations()) == 1
    assert kept(sim) == {}


@pytest.mark.parametrize("field", ["serviceUserId", "templateName"])
def test_what_only_a_creation_takes(sim: Simulator, apio: Any, field: str) -> None:
    apio("POST", CALLS, group_call())
    assert codes(apio("PUT", CALL, {field: "x@acme.example"})) == [2]


def test_end_user_reads_only(client: Any) -> None:
    reply = client("POST", "/api/v1/login/", {"username": "enduser", "password": "simulator"})
    cookie = reply.headers["Set-Cookie"].partition(";")[0]
    assert client("GET", f"/api/v1{CALLS}", Cookie=cookie).status == 200
    assert client("POST", f"/api/v1{CALLS}", group_call(), Cookie=cookie).status == 403
    assert client("PUT", f"/api/v1{ACTIVE}", {"services": []}, Cookie=cookie).status == 403


def test_seed(sim: Simulator, apio: Any) -> None:
    group = {"instant_group_calls": [group_call(active=False)], "domain": "x.example"}
    tokens = [{"token": "simulator-token", "level": 8}]
    sim.reset({"apio": {"tokens": tokens, "tenants": {"own": {"groups": {"north": group}}}}})
    base = "/tenants/own/groups/north/services/instant_group_calls/"
    assert apio("GET", f"{base}all@acme.example/").body["answerTimeoutEnabled"] is True
    state = sim.state()["apio"]["tenants"]["own"]["groups"]["north"]["instant_group_calls"]
    assert state["all@acme.example"]["active"] is False
