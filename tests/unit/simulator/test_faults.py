# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every way in which the simulator can be told to misbehave."""

from __future__ import annotations

import http.client
import time
from typing import Any

import pytest
from simulator.handle import Simulator, SimulatorError

DNIS = "/tenants/acme/groups/brussels/services/route_points/rp-support@acme.example/dnis/"
NEW = {
    "name": "Main",
    "useCustomCLIDSettings": False,
    "useCustomDnisAnnouncementSettings": False,
    "allowOutgoingACDCall": True,
}
NO_ANSWER = (ConnectionResetError, http.client.RemoteDisconnected)


def names(apio: Any) -> list[str]:
    apio.connection.close()
    return [entry["name"] for entry in apio("GET", DNIS).body["dnis"]]


def test_status_in_the_platforms_form(sim: Simulator, apio: Any, ccs: Any, o2g: Any) -> None:
    sim.fault(status=503, headers={"Retry-After": "2"}, times=3)
    replies = [apio("POST", DNIS, NEW), ccs("GET", "/tenants"), o2g("GET", "/pbxs")]
    assert [(reply.status, reply.headers["Retry-After"]) for reply in replies] == [(503, "2")] * 3
    assert replies[0].body[0]["code"] == 503
    assert "reason" in replies[1].body
    assert replies[2].body["httpStatus"] == "SERVICE_UNAVAILABLE"
    assert names(apio) == []
    assert sim.violations() == []


def test_status_with_own_body(sim: Simulator, apio: Any) -> None:
    sim.fault(status=502, body="<html>Bad gateway</html>", headers={"Content-Type": "text/html"})
    reply = apio("GET", DNIS)
    assert (reply.status, reply.text) == (502, "<html>Bad gateway</html>")
    assert reply.headers.get_all("Content-Type") == ["text/html"]
    sim.fault(status=207, body=[{"code": 2, "message": "half"}])
    assert apio("GET", DNIS).body == [{"code": 2, "message": "half"}]


def test_status_after_the_effect(sim: Simulator, apio: Any) -> None:
    sim.fault("POST", status=504, after=True)
    assert apio("POST", DNIS, NEW).status == 504
    assert names(apio) == ["Main"]


def test_cut_before_the_effect(sim: Simulator, apio: Any) -> None:
    sim.fault("POST", "/dnis/$", cut_before=True)
    with pytest.raises(NO_ANSWER):
        apio("POST", DNIS, NEW)
    assert names(apio) == []
    assert sim.journal(writes=True)[0]["status"] is None


def test_cut_after_the_effect(sim: Simulator, apio: Any) -> None:
    sim.fault("POST", "/dnis/$", cut_after=True)
    with pytest.raises(NO_ANSWER):
        apio("POST", DNIS, NEW)
    assert names(apio) == ["Main"]
    assert apio("POST", DNIS, NEW).status == 400


def test_not_json(sim: Simulator, apio: Any) -> None:
    sim.fault(not_json=True)
    reply = apio("POST", DNIS, NEW)
    assert reply.status == 200
    assert reply.headers["Content-Type"].startswith("text/html")
    assert reply.text.startswith("<!DOCTYPE")
    assert names(apio) == []


def test_truncated(sim: Simulator, apio: Any) -> None:
    apio("POST", DNIS, NEW)
    sim.fault(truncated=True)
    with pytest.raises(http.client.IncompleteRead):
        apio("GET", DNIS)
    assert names(apio) == ["Main"]


def test_delay(sim: Simulator, apio: Any) -> None:
    sim.fault(delay_ms=150)
    started = time.monotonic()
    assert apio("GET", DNIS).status == 200
    assert time.monotonic() - started >= 0.14
    assert sim.journal()[-1]["ms"] >= 140


def test_latency(sim: Simulator, apio: Any) -> None:
    sim.settings(latency_ms=60)
    started = time.monotonic()
    assert [apio("GET", DNIS).status for _dummy in range(2)] == [200, 200]
    assert time.monotonic() - started >= 0.11


def test_expired_session(sim: Simulator, client: Any, ccs: Any, o2g: Any) -> None:
    login = client("POST", "/api/v1/login/", {"username": "admin", "password": "simulator"})
    cookie = login.headers["Set-Cookie"].partition(";")[0]
    sim.fault(path="^/api/v1/tenants", expire_session=True)
    sim.fault(path="^/6/", expire_session=True)
    sim.fault(path="^/api/rest", expire_session=True)
    assert [client("GET", f"/api/v1{DNIS}", Cookie=cookie).status for _dummy in range(2)] == [401, 401]
    assert [ccs("GET", "/tenants").status for _dummy in range(2)] == [401, 200]
    replies = [o2g("GET", "/pbxs") for _dummy in range(2)]
    assert [(reply.status, reply.body["code"]) for reply in replies] == [(403, 1001)] * 2


def test_times_skip_and_choice(sim: Simulator, apio: Any) -> None:
    sim.fault("GET", "/dnis/$", status=503, skip=1, times=2)
    assert apio("POST", DNIS, NEW).status == 201
    assert apio("GET", f"{DNIS}Main/").status == 200
    assert [apio("GET", DNIS).status for _dummy in range(4)] == [200, 503, 503, 200]
    (rule,) = sim.faults()
    assert (rule["used"], rule["times"], rule["skip"]) == (2, 0, 0)


def test_for_ever_until_cleared(sim: Simulator, apio: Any) -> None:
    sim.fault(status=429, times=None)
    assert [apio("GET", DNIS).status for _dummy in range(3)] == [429] * 3
    sim.clear_faults()
    assert apio("GET", DNIS).status == 200


def test_first_rule_with_something_left_applies(sim: Simulator, apio: Any) -> None:
    sim.fault(status=502)
    sim.fault(status=503)
    assert [apio("GET", DNIS).status for _dummy in range(3)] == [502, 503, 200]


def test_faults_reach_the_log_in(sim: Simulator, client: Any) -> None:
    sim.fault("POST", "/login/", status=503)
    body = {"username": "admin", "password": "simulator"}
    assert [client("POST", "/api/v1/login/", body).status for _dummy in range(2)] == [503, 200]


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"path": "("},
        {"status": 99},
        {"status": 503, "times": 0},
        {"status": 503, "skip": -1},
        {"status": 503, "surprise": 1},
        {"cut_after": "yes"},
        {"delay_ms": -1},
    ],
)
def test_rule_that_cannot_work(sim: Simulator, rule: dict[str, Any]) -> None:
    with pytest.raises(SimulatorError, match="400"):
        sim.fault(**{"status": 503, **rule} if rule.get("path") else rule)
    assert sim.faults() == []
