# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CCS: who may do what, its string values, and its ways to refuse."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from simulator.handle import Simulator

TENANT = "/tenants/az100001-53d6-48e2-85cd-000000000001"
GLOBEX = "/tenants/az100002-53d6-48e2-85cd-000000000002"
EXTENSION_ID = "az301000-53d6-48e2-85cd-000000001000"
EXTENSION = f"{TENANT}/extensions/{EXTENSION_ID}"
FIVE = {
    "is_agent": "true",
    "recording_type": "On Demand",
    "monitor": "false",
    "max_chats": "6",
    "is_multimedia_enabled": "true",
}


def test_credentials(client: Any, ccs: Any) -> None:
    reply = client("GET", "/6/v2/api/tenants")
    assert (reply.status, reply.body) == (401, {"status": 401, "reason": "Unauthorized"})
    assert ccs("GET", "/tenants", Authorization="Bearer other").status == 401
    for password, status in (("simulator", 200), ("wrong", 401)):
        token = base64.b64encode(f"admin:{password}".encode()).decode()
        assert ccs("GET", "/tenants", Authorization=f"Basic {token}").status == status
    assert ccs("GET", "/tenants", Authorization="Basic %%%").status == 401


def test_lists_count_in_strings(sim: Simulator, ccs: Any) -> None:
    reply = ccs("GET", "/tenants").body
    assert (reply["total"], reply["success"]) == ("2", True)
    assert [tenant["sil_tenant_name"] for tenant in reply["items"]] == ["AcmeContactCenter", "Globex"]
    sim.settings(ccs={"total_as_int": True})
    assert ccs("GET", "/tenants").body["total"] == 2


def test_tenant_is_flat(ccs: Any) -> None:
    tenant = ccs("GET", TENANT).body
    assert tenant["success"] is True
    assert tenant["name"] == "Acme Contact Center"
    assert (tenant["max_agents"], tenant["max_agents_count"]) == ("100", 8)
    assert "extensions" not in tenant


def test_extensions_and_their_unreadable_settings(sim: Simulator, ccs: Any) -> None:
    items = ccs("GET", f"{TENANT}/extensions").body["items"]
    assert len(items) == 12
    assert set(items[0]) == {"uuid", "lastname", "firstname", "extension"}
    assert len(ccs("GET", f"{GLOBEX}/extensions").body["items"]) == 3
    assert ccs("PUT", EXTENSION, FIVE).body == {"success": True}
    assert ccs("GET", f"{TENANT}/extensions").body["items"] == items
    sim.settings(ccs={"extensions_return_settings": True})
    assert ccs("GET", f"{TENANT}/extensions").body["items"][0] == {**items[0], **FIVE}


def test_extension_is_updated_in_part_with_and_without_slash(sim: Simulator, ccs: Any) -> None:
    ccs("PUT", EXTENSION, {"max_chats": "2"})
    ccs("PUT", f"{EXTENSION}/", {"monitor": "true"})
    kept = sim.state()["ccs"]["tenants"][TENANT.rpartition("/")[2]]["extensions"][EXTENSION_ID]
    assert (kept["max_chats"], kept["monitor"], kept["is_agent"]) == ("2", "true", "false")
    assert {entry["operationId"] for entry in sim.journal(writes=True)} == {"ccsUpdateExtension"}


@pytest.mark.parametrize(
    "body",
    [
        {"is_agent": True},
        {"max_chats": 3},
        {"max_chats": "7"},
        {"max_chats": "03"},
        {"recording_type": "none"},
        {" is_multimedia_enabled": "true"},
        {"extension": "101"},
        {},
    ],
)
def test_bad_settings(sim: Simulator, ccs: Any, body: Any) -> None:
    reply = ccs("PUT", EXTENSION, body)
    assert reply.status == 400
    assert reply.body["success"] is False
    assert len(sim.violations()) == 1


def test_permissions(ccs: Any) -> None:
    readonly = {"Authorization": "Bearer readonly-token"}
    assert ccs("GET", f"{TENANT}/extensions", **readonly).status == 200
    reply = ccs("PUT", EXTENSION, FIVE, **readonly)
    assert (reply.status, reply.body["success"]) == (403, False)
    assert ccs("GET", "/products/", **readonly).status == 403


def test_telco_and_tenant_level_users_have_different_paths(ccs: Any) -> None:
    tenant = {"Authorization": "Bearer tenant-token"}
    assert len(ccs("GET", "/extensions", **tenant).body["items"]) == 12
    assert ccs("GET", f"{TENANT}/extensions", **tenant).status == 403
    assert ccs("GET", "/extensions").status == 403


def test_what_does_not_exist_is_400(sim: Simulator, ccs: Any) -> None:
    assert ccs("GET", "/tenants/az999").status == 400
    assert ccs("GET", "/tenants/az999/extensions").status == 400
    assert ccs("PUT", f"{TENANT}/extensions/az999", FIVE).status == 400
    assert ccs("PUT", f"{GLOBEX}/extensions/{EXTENSION_ID}", FIVE).status == 400
    assert sim.violations() == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/products", 404),
        ("GET", "/tenants/", 404),
        ("GET", "/presence-options", 404),
        ("POST", "/tenants", 405),
        ("GET", "/tenants/az%20999", 400),
        ("GET", "/tenants?page=1", 400),
    ],
)
def test_bad_request_line(sim: Simulator, ccs: Any, method: str, path: str, status: int) -> None:
    assert ccs(method, path).status == status
    assert len(sim.violations()) == 1


def test_server_error_claims_success(sim: Simulator, ccs: Any) -> None:
    sim.fault("GET", "/tenants", status=500)
    reply = ccs("GET", "/tenants")
    assert (reply.status, reply.body["success"]) == (500, True)
