# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journal, reset, settings and state: what a test steers the simulator with."""

from __future__ import annotations

from typing import Any

import pytest
from simulator.handle import Simulator, SimulatorError

CENTERS = "/tenants/acme/groups/brussels/services/call_centers/"
CENTER = {
    "serviceUserId": "desk@acme.example",
    "policy": "Regular",
    "serviceInstanceProfile": {"name": "Desk", "cliLastName": "D", "cliFirstName": "A", "password": "hush"},
}


def test_journal(sim: Simulator, client: Any, apio: Any) -> None:
    client("POST", "/api/v1/login/", {"username": "admin", "password": "simulator"})
    apio("POST", CENTERS, CENTER)
    apio("GET", f"{CENTERS}desk%40acme.example/?x=1")
    login, write, read = sim.journal()
    assert (login["kind"], login["write"], login["status"]) == ("session", False, 200)
    assert login["body"] == {"username": "admin", "password": "***"}
    assert (write["method"], write["platform"], write["operationId"]) == ("POST", "apio", "apioCreateCallCenter")
    assert (write["kind"], write["write"], write["status"]) == ("write", True, 201)
    assert write["body"]["serviceInstanceProfile"]["password"] == "***"
    assert "hush" not in str(sim.journal())
    assert (read["path"], read["query"]) == (f"/api/v1{CENTERS}desk%40acme.example/", "x=1")
    assert (read["kind"], read["write"], read["body"]) == ("read", False, None)
    assert "'x'" in read["violation"]
    assert read["ms"] >= 0
    assert sim.journal(writes=True) == [write]
    assert sim.journal(writes=False) == [login, read]
    assert sim.journal(since=2) == [read]
    assert sim.violations() == [read]
    sim.clear_journal()
    assert sim.journal() == []


def test_control_requests_are_not_in_the_journal(sim: Simulator) -> None:
    sim.state()
    sim.settings()
    assert sim.journal() == []


def test_path_of_no_platform(sim: Simulator, client: Any) -> None:
    assert client("GET", "/somewhere").status == 404
    assert client("GET", "/api/v11/login/").status == 404
    assert [entry["platform"] for entry in sim.violations()] == [None, None]


def test_reset_forgets_everything(sim: Simulator, apio: Any, client: Any) -> None:
    login = client("POST", "/api/v1/login/", {"username": "admin", "password": "simulator"})
    cookie = login.headers["Set-Cookie"].partition(";")[0]
    apio("POST", CENTERS, CENTER)
    sim.settings(latency_ms=1, apio={"auto_id": True})
    sim.fault(status=503)
    sim.reset()
    assert sim.journal() == []
    assert sim.faults() == []
    assert sim.settings()["latency_ms"] == 0
    assert sim.settings()["apio"]["auto_id"] is False
    assert apio("GET", CENTERS).body == {"call_centers": []}
    assert client("GET", f"/api/v1{CENTERS}", Cookie=cookie).status == 401


def test_reset_with_own_seed(sim: Simulator, apio: Any, ccs: Any) -> None:
    center = {**CENTER, "active": False, "queueLength": 7}
    groups = {"north": {"call_centers": [center], "route_points": {"rp@x.example": {"dnis": []}}}}
    sim.reset({"apio": {"tokens": [{"token": "simulator-token", "level": 8}], "tenants": {"own": {"groups": groups}}}})
    base = "/tenants/own/groups/north/services"
    (listed,) = apio("GET", f"{base}/call_centers/").body["call_centers"]
    assert listed["active"] is False
    detail = apio("GET", f"{base}/call_centers/desk@acme.example/").body["callCenterInstance"]
    assert detail["queueLength"] == 7
    assert apio("GET", f"{base}/route_points/rp@x.example/dnis/").body == {"dnis": []}
    assert apio("GET", CENTERS).status == 404
    assert ccs("GET", "/tenants").body["total"] == "2"


def test_seed_that_does_not_fit(sim: Simulator, apio: Any) -> None:
    for seed in ({"pbx": {}}, {"apio": {"tenants": {"t": {"groups": {"g": {"call_centers": [{}]}}}}}}):
        with pytest.raises(SimulatorError, match="400"):
            sim.reset(seed)
        assert apio("GET", CENTERS).status == 200


def test_settings_are_all_or_nothing(sim: Simulator) -> None:
    for changes in (
        {"latency_ms": 5, "surprise": 1},
        {"latency_ms": 5, "apio": {"surprise": 1}},
        {"latency_ms": 5, "apio": {"auto_id": 1}},
        {"latency_ms": 5, "apio": {"empty_form": "zero"}},
        {"latency_ms": 5, "apio": True},
        {"latency_ms": -5},
        {"latency_ms": 5, "o2g": {"session_ttl": None}},
    ):
        with pytest.raises(SimulatorError, match="400"):
            sim.settings(**changes)
    assert sim.settings()["latency_ms"] == 0
    assert sim.settings(latency_ms=5, apio={"session_ttl": 9})["apio"]["session_ttl"] == 9


def test_state(sim: Simulator, o2g: Any) -> None:
    state = sim.state()
    assert set(state) == {"apio", "ccs", "o2g"}
    assert "60101" in state["o2g"]["nodes"]["7"]["pilots"]
    assert state["o2g"]["sessions"] == 1


def test_unknown_control_path(client: Any) -> None:
    assert client("GET", "/_sim/nothing").status == 404
    assert client("POST", "/_sim/faults", b"{").status == 400
