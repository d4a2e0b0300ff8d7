# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CCS: products, limits, roles, queues, presence options and the text counter of tenants."""

from __future__ import annotations

from typing import Any

import pytest
from simulator.handle import Simulator

ACME = "az100001-53d6-48e2-85cd-000000000001"
TENANT = f"/tenants/{ACME}"
GLOBEX = "/tenants/az100002-53d6-48e2-85cd-000000000002"
CAMPAIGN, OTHER = ("az900001-53d6-48e2-85cd-000000000001", "az900002-53d6-48e2-85cd-000000000002")
READONLY = {"Authorization": "Bearer readonly-token"}
TENANT_USER = {"Authorization": "Bearer tenant-token"}


def product(request: str, uuid: str) -> dict[str, str]:
    return {"request": request, "product": uuid}


def held(ccs: Any) -> list[str]:
    return [one["uuid"] for one in ccs("GET", TENANT).body["product_id"]]


# Products


def test_products_come_and_go(sim: Simulator, ccs: Any) -> None:
    assert held(ccs) == [CAMPAIGN]
    reply = ccs("POST", TENANT, product("add_product", OTHER))
    assert (reply.status, reply.body) == (200, {"success": True, "uuid": OTHER})
    assert ccs("GET", TENANT).body["product_id"][1] == {"uuid": OTHER, "notes": "", "name": "ECR,ACP"}
    reply = ccs("POST", TENANT, product("delete_product", CAMPAIGN))
    assert (reply.status, reply.body) == (200, {"success": True, "uuid": CAMPAIGN})
    assert held(ccs) == [OTHER]
    assert [one["uuid"] for one in ccs("GET", GLOBEX).body["product_id"]] == [CAMPAIGN]
    assert [entry["operationId"] for entry in sim.journal(writes=True)] == ["ccsAddProduct", "ccsDeleteProduct"]
    assert sim.violations() == []


def test_what_is_there_already_or_not_may_be_refused_or_accepted(sim: Simulator, ccs: Any) -> None:
    again = [product("add_product", CAMPAIGN), product("delete_product", OTHER)]
    for body in again:
        reply = ccs("POST", TENANT, body)
        assert (reply.status, reply.body["success"]) == (400, False)
    sim.settings(ccs={"repeated_product": "accepted"})
    for body in again:
        reply = ccs("POST", TENANT, body)
        assert (reply.status, reply.body) == (200, {"success": True, "uuid": body["product"]})
    assert held(ccs) == [CAMPAIGN]


@pytest.mark.parametrize("request_", ["add_product", "delete_product"])
def test_unknown_product_or_tenant(sim: Simulator, ccs: Any, request_: str) -> None:
    sim.settings(ccs={"repeated_product": "accepted"})
    assert ccs("POST", TENANT, product(request_, "az999")).status == 400
    assert ccs("POST", "/tenants/az999", product(request_, OTHER)).status == 400
    assert held(ccs) == [CAMPAIGN]
    assert sim.violations() == []


@pytest.mark.parametrize(
    "body",
    [
        {"request": "add_products", "product": OTHER},
        {"request": "dial", "product": OTHER},
        {"request": ["add_product"], "product": OTHER},
        {"request": None, "product": OTHER},
        {"product": OTHER},
        {"request": "add_product"},
        {"request": "add_product", "product": [OTHER]},
        {"request": "add_product", "product": OTHER, "products": []},
        [],
        "add_product",
        {},
    ],
)
def test_bad_request(sim: Simulator, ccs: Any, body: Any) -> None:
    reply = ccs("POST", TENANT, body)
    assert (reply.status, reply.body["success"]) == (400, False)
    assert len(sim.violations()) == 1
    assert held(ccs) == [CAMPAIGN]


def test_without_json(sim: Simulator, ccs: Any) -> None:
    for body in (b"", b"{"):
        assert ccs("POST", TENANT, body).status == 400
    assert ccs("POST", TENANT, product("add_product", OTHER), Content_Type="text/plain").status == 400
    assert len(sim.violations()) == 3


def test_bad_request_needs_credentials_nevertheless(client: Any) -> None:
    assert client("POST", f"/6/v2/api{TENANT}", {"request": "nothing"}).status == 401


# Limits


def test_limits_are_changed_in_part_and_billing_is_never_shown(sim: Simulator, ccs: Any) -> None:
    before = ccs("GET", TENANT).body
    reply = ccs("PUT", TENANT, {"max_queues": "50", "product_name": "New", "agent_billing": "Concurrent"})
    assert (reply.status, reply.body) == (200, {"success": True, "uuid": ACME})
    assert ccs("GET", TENANT).body == {**before, "max_queues": "50", "product_name": "New"}
    assert ccs("GET", "/tenants").body["items"][0]["product_name"] == "New"
    assert sim.state()["ccs"]["tenants"][ACME]["agent_billing"] == "Concurrent"
    ccs("PUT", TENANT, {"max_agents": "0"})
    assert sim.state()["ccs"]["tenants"][ACME]["agent_billing"] == "Concurrent"


@pytest.mark.parametrize(
    "limit",
    [
        "rec_extn_limit",
        "monitor_ext_limit",
        "max_queues",
        "max_agents",
        "group_agent_limit",
        "chat_licenses",
        "multimedia_licenses",
    ],
)
def test_limits_below_what_is_used(sim: Simulator, ccs: Any, limit: str) -> None:
    before = ccs("GET", TENANT).body[limit]
    sim.settings(ccs={"limits_below_use": "refused"})
    reply = ccs("PUT", TENANT, {limit: "0", "product_name": "New"})
    assert reply.status == 400
    assert limit in reply.body["reason"]
    assert ccs("GET", TENANT).body[limit] == before
    assert ccs("PUT", TENANT, {limit: "29"}).status == 200
    sim.settings(ccs={"limits_below_use": "accepted"})
    assert ccs("PUT", TENANT, {limit: "0"}).status == 200
    assert ccs("GET", TENANT).body[limit] == "0"


@pytest.mark.parametrize(
    "body",
    [
        {"max_queues": 50},
        {"max_queues": "-1"},
        {"max_queues": ""},
        {"agent_billing": "named"},
        {"product_name": ""},
        {"name": "Acme"},
        {"max_queues_count": "3"},
        {},
    ],
)
def test_bad_limits(sim: Simulator, ccs: Any, body: Any) -> None:
    assert ccs("PUT", TENANT, body).status == 400
    assert len(sim.violations()) == 1


# What is only read


def test_roles(ccs: Any) -> None:
    reply = ccs("GET", "/roles/").body
    assert (reply["total"], reply["success"]) == ("3", True)
    assert [role["name"] for role in reply["items"]] == ["Tenant Admin", "Telco Admin", "API"]
    reply = ccs("GET", f"{TENANT}/roles").body
    assert [role["name"] for role in reply["items"]] == ["Voice Help", "Chat Help"]
    assert ccs("GET", "/roles").status == 404


def test_queues_are_a_list_inside_a_list(sim: Simulator, ccs: Any) -> None:
    for path, user in ((f"{TENANT}/acds", {}), ("/acds", TENANT_USER)):
        nested = ccs("GET", path, **user).body
        assert (nested["total"], nested["success"], len(nested["items"])) == (3, True, 1)
        assert nested["items"][0][0] == {
            "uuid": "az201000-53d6-48e2-85cd-000000001000",
            "type": "voice_queues",
            "tenant_id": ACME,
            "name": "Sales",
            "extension": "386",
            "alternate_extensions": ["486"],
        }
    sim.settings(ccs={"acds_nested": False})
    plain = ccs("GET", f"{TENANT}/acds").body
    assert (plain["total"], plain["items"]) == (3, nested["items"][0])


def test_presence_options(ccs: Any) -> None:
    reply = ccs("GET", f"{TENANT}/presence_options").body
    assert reply["total"] == "4"
    assert [(one["name"], one["type"]) for one in reply["items"]] == [
        ("Sign Out", "sign_out"),
        ("Holiday", "sign_out"),
        ("Coffee Break", "away"),
        ("Lunch Break", "away"),
    ]


def test_text_count(sim: Simulator, ccs: Any) -> None:
    url = f"{TENANT}/text_count"
    assert ccs("GET", url).body == {"success": True, "sms_count": "42", "mms_count": "7"}
    for body in ({"request": "reset"}, {}, {"request": "reset_counter", "count": 0}):
        assert ccs("POST", url, body).status == 400
    assert ccs("GET", url).body["sms_count"] == "42"
    assert ccs("POST", url, {"request": "reset_counter"}, **READONLY).body == {"success": True}
    assert ccs("GET", url).body == {"success": True, "sms_count": "0", "mms_count": "0"}
    assert ccs("GET", f"{GLOBEX}/text_count").body["sms_count"] == "42"
    sim.settings(ccs={"lost_answers": "bare"})
    assert ccs("GET", url).body == {"success": True}


@pytest.mark.parametrize("part", ["roles", "acds", "presence_options", "text_count"])
def test_unknown_tenant(sim: Simulator, ccs: Any, part: str) -> None:
    assert ccs("GET", f"/tenants/az999/{part}").status == 400
    assert sim.violations() == []


def test_permissions(ccs: Any) -> None:
    assert ccs("POST", TENANT, product("add_product", OTHER), **READONLY).status == 403
    assert ccs("PUT", TENANT, {"max_queues": "50"}, **READONLY).status == 403
    assert ccs("GET", "/roles/", **READONLY).status == 403
    assert ccs("GET", f"{TENANT}/acds", **READONLY).status == 403
    assert ccs("GET", f"{TENANT}/roles", **READONLY).status == 200
    assert ccs("GET", f"{TENANT}/presence_options", **READONLY).status == 200
    assert ccs("GET", f"{TENANT}/acds", **TENANT_USER).status == 403
    assert ccs("GET", "/acds").status == 403
    assert ccs("POST", TENANT, product("add_product", OTHER), **TENANT_USER).status == 403


def test_seed_with_less(sim: Simulator, ccs: Any) -> None:
    permissions = ["API", "Tenants View", "Voice IQs View"]
    account = {"token": "simulator-token", "permissions": permissions}
    sim.reset({"ccs": {"accounts": [account], "tenants": [{"uuid": "az1", "name": "One", "status": "enable"}]}})
    assert ccs("GET", "/tenants/az1/acds").body == {"total": 0, "success": True, "items": [[]]}
    assert ccs("GET", "/tenants/az1/roles").body == {"total": "0", "success": True, "items": []}
    assert ccs("GET", "/tenants/az1/text_count").body["sms_count"] == "0"
