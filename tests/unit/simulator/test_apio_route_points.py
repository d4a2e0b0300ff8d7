# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""APIO: the settings and the disposition codes of route points, and how they refuse."""

from __future__ import annotations

from typing import Any

import pytest
from simulator.handle import Simulator

POINTS = "/tenants/acme/groups/brussels/services/route_points"
SALES = f"{POINTS}/rp-sales@acme.example"
SUPPORT = f"{POINTS}/rp-support@acme.example"
CODES = f"{SALES}/disposition_codes/"
CONFIG = f"{SALES}/disposition_codes_config/"
DEFAULT = {"code": "SALE", "level": "CallCenter"}
KINDS = (
    "announcements",
    "overflow",
    "bounced_call",
    "distinctive_ringing",
    "dnis_config",
    "forced_forwarding",
    "disposition_codes_config",
)


def codes(reply: Any) -> list[int]:
    assert reply.status == 400
    return [item["code"] for item in reply.body]


def file(*names: str | None) -> dict[str, Any]:
    return {"audioMessageSelection": "File", "audioFileList": [name and {"name": name} for name in names]}


def media(audio: dict[str, Any]) -> dict[str, Any]:
    return {"mediaOnHoldForQueuedCalls": audio}


# What they show


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("announcements", media({"audioMessageSelection": "Default"})),
        (
            "overflow",
            {
                "action": "Busy",
                "playAnnouncementBeforeOverflowProcessing": False,
                "overflowAfterTimeout": False,
                "timeoutSeconds": 30,
                "audioMessageSelection": "Default",
            },
        ),
        ("bounced_call", {"active": False, "numberOfRingsBeforeBouncingCall": 5}),
        (
            "distinctive_ringing",
            {
                "distinctiveRinging": False,
                "ringPatternForRoutePoint": "Normal",
                "forceDeliveryRingPattern": "Normal",
            },
        ),
        ("dnis_config", {"displayDNISNumber": False, "displayDNISName": False}),
        (
            "forced_forwarding",
            {
                "active": False,
                "forwardToPhoneNumber": "",
                "playAnnouncementBeforeForwarding": False,
                "audioMessageSelection": "Default",
            },
        ),
        (
            "disposition_codes_config",
            {
                "enableCallDispositionCodes": False,
                "includeOrganizationCodes": False,
                "forceUseOfCallDispositionCodes": False,
                "defaultCallDispositionCode": None,
            },
        ),
    ],
)
def test_at_the_start(apio: Any, kind: str, shown: dict[str, Any]) -> None:
    reply = apio("GET", f"{SUPPORT}/{kind}/")
    assert (reply.status, reply.body) == (200, shown)


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("overflow", {"action": "Ringing", "timeoutSeconds": 0}, {"overflowAfterTimeout": True}),
        ("bounced_call", {"active": True}, {"numberOfRingsBeforeBouncingCall": 20}),
        ("distinctive_ringing", {"distinctiveRinging": True}, {"forceDeliveryRingPattern": "Short-Long-Short"}),
        ("dnis_config", {"displayDNISNumber": True}, {"displayDNISName": True}),
        ("forced_forwarding", {"forwardToPhoneNumber": "025550111"}, {"playAnnouncementBeforeForwarding": True}),
        ("disposition_codes_config", {"enableCallDispositionCodes": True}, {"includeOrganizationCodes": True}),
    ],
)
def test_change_in_part(apio: Any, kind: str, first: dict[str, Any], second: dict[str, Any]) -> None:
    before = apio("GET", f"{SALES}/{kind}/").body
    for change in (first, second):
        reply = apio("PUT", f"{SALES}/{kind}/", change)
        assert reply.status == 200
    assert reply.body == apio("GET", f"{SALES}/{kind}/").body == {**before, **first, **second}
    assert apio("GET", f"{SUPPORT}/{kind}/").body != reply.body


@pytest.mark.parametrize("kind", KINDS)
def test_unknown_route_point(apio: Any, kind: str) -> None:
    assert apio("GET", f"{POINTS}/none@acme.example/{kind}/").status == 404
    body = media({"audioMessageSelection": "Default"}) if kind == "announcements" else {"active": True}
    body = body if kind in ("announcements", "bounced_call", "forced_forwarding") else None
    if body:
        assert apio("PUT", f"{POINTS}/none@acme.example/{kind}/", body).status == 404


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_end_user_may_read(client: Any, kind: str) -> None:
    reply = client("POST", "/api/v1/login/", {"username": "enduser", "password": "simulator"})
    cookie = reply.headers["Set-Cookie"].partition(";")[0]
    expected = 200 if kind in ("announcements", "overflow") else 403
    assert client("GET", f"/api/v1{SALES}/{kind}/", Cookie=cookie).status == expected
    assert client("PUT", f"/api/v1{SALES}/{kind}/", {}, Cookie=cookie).status == 403
    assert client("GET", f"/api/v1{CODES}", Cookie=cookie).status == 200
    assert client("GET", f"/api/v1{CODES}SALE/", Cookie=cookie).status == 200
    assert client("DELETE", f"/api/v1{CODES}SALE/", Cookie=cookie).status == 403


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("announcements", {}),
        ("announcements", media({})),
        ("announcements", file("A")),
        ("announcements", media(file("A", "B", "C", "D", "E"))),
        ("announcements", media({"audioMessageSelection": "URL"})),
        ("announcements", media(file("A" * 81))),
        ("overflow", {"action": "busy"}),
        ("overflow", {"timeoutSeconds": 7201}),
        ("overflow", {"timeoutSeconds": "30"}),
        ("overflow", {"transferPhoneNumber": "1" * 162}),
        ("overflow", {"active": True}),
        ("bounced_call", {"numberOfRingsBeforeBouncingCall": 0}),
        ("bounced_call", {"numberOfRingsBeforeBouncingCall": 21}),
        ("bounced_call", {"enableTransfer": None}),
        ("distinctive_ringing", {"ringPatternForRoutePoint": "Long"}),
        ("dnis_config", {"displayDnisName": True}),
        ("dnis_config", {}),
        ("forced_forwarding", {"active": None}),
        ("disposition_codes_config", {"defaultCallDispositionCode": True}),
        ("disposition_codes_config", {"defaultCallDispositionCode": {"code": "SALE"}}),
        ("disposition_codes_config", {"defaultCallDispositionCode": {"code": "SALE", "level": "Queue"}}),
    ],
)
def test_bad_value(sim: Simulator, apio: Any, kind: str, body: dict[str, Any]) -> None:
    before = sim.state()["apio"]["tenants"]
    assert set(codes(apio("PUT", f"{SALES}/{kind}/", body))) <= {2, 9}
    assert len(sim.violations()) == 1
    assert sim.state()["apio"]["tenants"] == before


def test_paths_of_the_typos_are_unknown(sim: Simulator, apio: Any) -> None:
    wrong = [
        f"{SALES}/instance_statistics_reporting/",
        SALES.replace("/services/route_points/", "/route_points/call_centers/") + "/disposition_codes_config/",
        SALES.replace("route_points", "route_poi,nts") + "/dnis/Main/agents/",
        f"{SALES}/dnis/Main/announcements/",
    ]
    assert [apio("GET", path).status for path in wrong] == [404] * 4
    assert len(sim.violations()) == 4


# Audio files


def test_files_are_shown_only_with_the_selection_file(apio: Any) -> None:
    url = f"{SALES}/announcements/"
    reply = apio("PUT", url, media(file("Welcome", "Wait")))
    assert reply.body == apio("GET", url).body == media(file("Welcome", "Wait"))
    assert apio("PUT", url, media({"audioMessageSelection": "Default"})).body == media(
        {"audioMessageSelection": "Default"}
    )
    assert apio("PUT", url, media({"audioMessageSelection": "File"})).body == media(file("Welcome", "Wait"))


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (["X", "Unmodify", None, None], ["X", "B"]),
        (["X"], ["X", "B", "C", "D"]),
        ([None, "Unmodify", "Unmodify", None], [None, "B", "C"]),
        (["X", None, "Y", None], ["X", None, "Y"]),
        ([], ["A", "B", "C", "D"]),
        (["Unmodify", "Unmodify", "Unmodify", "Unmodify"], ["A", "B", "C", "D"]),
    ],
)
def test_files_go_by_place(apio: Any, wanted: list[str | None], shown: list[str | None]) -> None:
    url = f"{SALES}/overflow/"
    apio("PUT", url, file("A", "B", "C", "D"))
    assert apio("PUT", url, file(*wanted)).body["audioFileList"] == file(*shown)["audioFileList"]


def test_short_list_may_clear_the_rest(sim: Simulator, apio: Any) -> None:
    sim.settings(apio={"short_audio_list": "clears"})
    url = f"{SALES}/forced_forwarding/"
    apio("PUT", url, file("A", "B", "C"))
    assert apio("PUT", url, file("X", "Unmodify")).body["audioFileList"] == file("X", "B")["audioFileList"]


def test_unmodify_is_never_a_name(sim: Simulator, apio: Any) -> None:
    apio("PUT", f"{SALES}/overflow/", file("A", "Unmodify"))
    assert apio("GET", f"{SALES}/overflow/").body["audioFileList"] == [{"name": "A"}]
    assert "Unmodify" not in str(sim.state()["apio"])


@pytest.mark.parametrize("kind", ["overflow", "forced_forwarding", "announcements"])
def test_files_and_selection_must_fit(sim: Simulator, apio: Any, kind: str) -> None:
    def put(audio: dict[str, Any]) -> Any:
        return apio("PUT", f"{SALES}/{kind}/", media(audio) if kind == "announcements" else audio)

    assert codes(put({"audioFileList": [{"name": "A"}]})) == [2]
    assert codes(put({"audioMessageSelection": "File"})) == [9]
    assert codes(put(file(None, "Unmodify"))) == [9]
    assert put({"audioMessageSelection": "Default", "audioFileList": [None]}).status == 200
    assert put(file("A")).status == 200
    assert codes(put(file(None, None, None, None))) == [9]
    assert put({"audioFileList": [{"name": "B"}]}).status == 200
    assert sim.violations() == []
    assert codes(put({**file("A"), "audioMessageSelection": "Default"})) == [2]


# Conditions


def test_transfer_needs_a_number(sim: Simulator, apio: Any) -> None:
    assert codes(apio("PUT", f"{SALES}/overflow/", {"action": "Transfer"})) == [9]
    assert apio("GET", f"{SALES}/overflow/").body["action"] == "Busy"
    reply = apio("PUT", f"{SALES}/overflow/", {"action": "Transfer", "transferPhoneNumber": "sip:x@acme.example"})
    assert reply.body["transferPhoneNumber"] == "sip:x@acme.example"
    assert codes(apio("PUT", f"{SALES}/overflow/", {"transferPhoneNumber": ""})) == [9]
    assert codes(apio("PUT", f"{SALES}/bounced_call/", {"enableTransfer": True})) == [9]
    assert sim.violations() == []


def test_forwarding_needs_a_number(sim: Simulator, apio: Any) -> None:
    url = f"{SALES}/forced_forwarding/"
    reply = apio("PUT", url, {"active": True})
    assert codes(reply) == [9]
    assert reply.body[0]["message"].startswith("The 'forwardToPhoneNumber' must be set")
    assert apio("PUT", url, {"active": True, "forwardToPhoneNumber": "+3225550111"}).body["active"] is True
    assert codes(apio("PUT", url, {"forwardToPhoneNumber": None})) == [9]
    reply = apio("PUT", url, {"active": False, "forwardToPhoneNumber": None})
    assert reply.body["forwardToPhoneNumber"] == ""
    assert apio("PUT", url, {"forwardToPhoneNumber": "025550111"}).body["active"] is False
    assert sim.violations() == []


def test_bounced_call_leaves_out_what_was_never_set(sim: Simulator, apio: Any) -> None:
    url = f"{SALES}/bounced_call/"
    assert set(apio("GET", url).body) == {"active", "numberOfRingsBeforeBouncingCall"}
    reply = apio("PUT", url, {"bounceCallWhenAgentUnavailable": False})
    assert set(reply.body) == {"active", "numberOfRingsBeforeBouncingCall", "bounceCallWhenAgentUnavailable"}
    sim.settings(apio={"bounced_call_unset": "shown"})
    assert apio("GET", f"{SUPPORT}/bounced_call/").body == {
        "active": False,
        "numberOfRingsBeforeBouncingCall": 5,
        "enableTransfer": False,
        "transferPhoneNumber": "",
        "bounceCallWhenAgentUnavailable": False,
    }


@pytest.mark.parametrize(
    ("form", "forward", "transfer"),
    [("documented", "", "absent"), ("null", None, None), ("absent", "absent", "absent")],
)
def test_unset_numbers(sim: Simulator, apio: Any, form: str, forward: Any, transfer: Any) -> None:
    sim.settings(apio={"empty_form": form})
    assert apio("GET", f"{SALES}/forced_forwarding/").body.get("forwardToPhoneNumber", "absent") == forward
    assert apio("GET", f"{SALES}/overflow/").body.get("transferPhoneNumber", "absent") == transfer
    assert ("defaultCallDispositionCode" in apio("GET", CONFIG).body) is (form != "absent")


# Media on hold of a DNIS


def test_dnis_announcements(sim: Simulator, apio: Any) -> None:
    url = f"{SALES}/dnis_announcements/Main/"
    assert apio("GET", url).body == media({"audioMessageSelection": "Default"})
    assert apio("PUT", url, media(file("Welcome"))).body == apio("GET", url).body == media(file("Welcome"))
    assert apio("GET", f"{SALES}/announcements/").body == media({"audioMessageSelection": "Default"})
    assert "announcements" not in apio("GET", f"{SALES}/dnis/Main/").body
    apio("PUT", f"{SALES}/dnis/Main/", {"name": "Head office"})
    assert codes(apio("GET", url)) == [2]
    assert apio("GET", f"{SALES}/dnis_announcements/Head%20office/").body == media(file("Welcome"))
    assert codes(apio("PUT", url, media(file("Welcome")))) == [2]
    assert sim.violations() == []


# Disposition codes


def test_list_holds_the_codes_of_the_group_too(apio: Any) -> None:
    assert apio("GET", CODES).body == {
        "disposition_codes": [
            {"code": "SALE", "active": True, "description": "Sold", "level": "CallCenter"},
            {"code": "OLD", "active": False, "description": "No longer used", "level": "CallCenter"},
            {"code": "GRP-1", "active": True, "description": "Code of the group", "level": "Group"},
        ]
    }
    (only,) = apio("GET", f"{SUPPORT}/disposition_codes/").body["disposition_codes"]
    assert only["level"] == "Group"


def test_one_code(sim: Simulator, apio: Any) -> None:
    reply = apio("POST", CODES, {"code": "NO", "active": True})
    assert (reply.status, reply.body) == (201, {})
    assert apio("GET", f"{CODES}NO/").body == {"active": True, "description": ""}
    reply = apio("PUT", f"{CODES}NO/", {"description": "Not sold"})
    assert (reply.status, reply.body) == (200, {})
    assert apio("GET", f"{CODES}NO/").body == {"active": True, "description": "Not sold"}
    apio("PUT", f"{CODES}NO/", {"active": False, "description": None})
    assert apio("GET", f"{CODES}NO/").body == {"active": False, "description": ""}
    assert apio("DELETE", f"{CODES}NO/").body == {}
    assert apio("GET", f"{CODES}NO/").status == 404
    assert sim.violations() == []


def test_duplicate_code(apio: Any) -> None:
    reply = apio("POST", CODES, {"code": "SALE", "active": False})
    assert codes(reply) == [11]
    assert reply.body[0]["message"] == "Disposition code name already exists."
    assert apio("GET", f"{CODES}SALE/").body["active"] is True
    assert apio("POST", CODES, {"code": "GRP-1", "active": True}).status == 201
    listed = apio("GET", CODES).body["disposition_codes"]
    assert [entry["level"] for entry in listed if entry["code"] == "GRP-1"] == ["CallCenter", "Group"]


@pytest.mark.parametrize("name", ["NONE", "GRP-1"])
def test_code_that_is_not_there(sim: Simulator, apio: Any, name: str) -> None:
    assert apio("GET", f"{CODES}{name}/").status == 404
    assert apio("PUT", f"{CODES}{name}/", {"active": True}).status == 404
    reply = apio("DELETE", f"{CODES}{name}/")
    assert (reply.status, reply.body) == (200, {})
    assert len(apio("GET", CODES).body["disposition_codes"]) == 3
    assert sim.violations() == []


@pytest.mark.parametrize(
    "body",
    [
        {"code": "A"},
        {"code": "A" * 11, "active": True},
        {"code": "", "active": True},
        {"code": "A", "active": "true"},
        {"code": "A", "active": True, "description": "x" * 41},
        {"code": "A", "active": True, "level": "CallCenter"},
    ],
)
def test_bad_code(sim: Simulator, apio: Any, body: dict[str, Any]) -> None:
    assert apio("POST", CODES, body).status == 400
    assert len(sim.violations()) == 1
    assert apio("PUT", f"{CODES}SALE/", {"code": "OTHER"}).status == 400


def test_default_code_must_exist_and_be_active(sim: Simulator, apio: Any) -> None:
    for default in (
        {"code": "NONE", "level": "CallCenter"},
        {"code": "OLD", "level": "CallCenter"},
        {"code": "SALE", "level": "Group"},
        {"code": "SALE", "level": "Enterprise"},
    ):
        reply = apio("PUT", CONFIG, {"defaultCallDispositionCode": default})
        assert codes(reply) == [2]
        assert reply.body[0]["message"] == "Invalid disposition code."
    for default in (DEFAULT, {"code": "GRP-1", "level": "Group"}):
        reply = apio("PUT", CONFIG, {"defaultCallDispositionCode": default})
        assert reply.body["defaultCallDispositionCode"] == default
    assert sim.violations() == []


def test_forced_use_needs_a_default(sim: Simulator, apio: Any) -> None:
    reply = apio("PUT", CONFIG, {"forceUseOfCallDispositionCodes": True})
    assert codes(reply) == [9]
    assert apio("GET", CONFIG).body["forceUseOfCallDispositionCodes"] is False
    both = {"forceUseOfCallDispositionCodes": True, "defaultCallDispositionCode": DEFAULT}
    assert apio("PUT", CONFIG, both).status == 200
    assert codes(apio("PUT", CONFIG, {"defaultCallDispositionCode": None})) == [9]
    off = {"forceUseOfCallDispositionCodes": False, "defaultCallDispositionCode": None}
    assert apio("PUT", CONFIG, off).body["defaultCallDispositionCode"] is None
    assert sim.violations() == []


def test_default_code_stays(sim: Simulator, apio: Any) -> None:
    apio("PUT", CONFIG, {"defaultCallDispositionCode": DEFAULT})
    assert codes(apio("DELETE", f"{CODES}SALE/")) == [21]
    assert codes(apio("PUT", f"{CODES}SALE/", {"active": False})) == [21]
    assert apio("PUT", f"{CODES}SALE/", {"active": True, "description": "Sold!"}).status == 200
    apio("PUT", CONFIG, {"defaultCallDispositionCode": None})
    assert apio("DELETE", f"{CODES}SALE/").status == 200
    assert sim.violations() == []


def test_group_default_does_not_protect_an_own_code_of_that_name(apio: Any) -> None:
    apio("POST", CODES, {"code": "GRP-1", "active": True})
    apio("PUT", CONFIG, {"defaultCallDispositionCode": {"code": "GRP-1", "level": "Group"}})
    assert apio("DELETE", f"{CODES}GRP-1/").status == 200


def test_seed(sim: Simulator, apio: Any) -> None:
    point = {
        "overflow": {"timeoutSeconds": 7},
        "announcements": {"audioMessageSelection": "File", "audioFileList": ["A", None, None, None]},
        "disposition_codes": [{"code": "X", "active": True}],
    }
    group = {"route_points": {"rp@x.example": point}, "disposition_codes": []}
    tokens = [{"token": "simulator-token", "level": 8}]
    sim.reset({"apio": {"tokens": tokens, "tenants": {"own": {"groups": {"north": group}}}}})
    base = "/tenants/own/groups/north/services/route_points/rp@x.example"
    assert apio("GET", f"{base}/overflow/").body["timeoutSeconds"] == 7
    assert apio("GET", f"{base}/announcements/").body == media(file("A"))
    assert [entry["code"] for entry in apio("GET", f"{base}/disposition_codes/").body["disposition_codes"]] == ["X"]
