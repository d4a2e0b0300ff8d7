# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CCS: states of agents, and calls, which only tenant level users see."""

from __future__ import annotations

from typing import Any

import pytest
from simulator.handle import Simulator

from .conftest import Client

TENANT = "/tenants/az100001-53d6-48e2-85cd-000000000001"
GLOBEX = "/tenants/az100002-53d6-48e2-85cd-000000000002"
FIRST, SECOND, THIRD = (f"/extensions/az30{1000 + at}-53d6-48e2-85cd-00000000{1000 + at}" for at in range(3))
SALES, SUPPORT = (f"az2{1000 + at:05d}-53d6-48e2-85cd-{1000 + at:012d}" for at in range(2))
WAITING, ANSWERED, FOREIGN = ("/calls/0BS9DD01LEMUI", "/calls/0BS9DD01LEMVK", "/calls/0BS9DD02LEMUI")
CONTROLS: list[dict[str, str]] = [
    {"request": "startSuppression"},
    {"request": "stopSuppression"},
    {"request": "kill"},
    {"request": "wait_transfer", "target": "102"},
    {"request": "wait_redirect", "target": SUPPORT},
    {"request": "wait_kill"},
]
NAMES = [control["request"] for control in CONTROLS]


@pytest.fixture
def tenant(sim: Simulator) -> Client:
    return Client(sim.url, "/6/v2/api", {"Authorization": "Bearer tenant-token"})


@pytest.fixture
def agent(sim: Simulator) -> Client:
    return Client(sim.url, "/6/v2/api", {"Authorization": "Bearer agent-token"})


def state(name: str) -> dict[str, str]:
    return {"request": "updateAgentState", "name": name}


def agent_state(ccs: Any, extension: str = FIRST) -> dict[str, str]:
    return ccs("GET", f"{TENANT}{extension}/agent_state").body["agent_state"]


# Agents


def test_agent_state(ccs: Any) -> None:
    assert ccs("GET", f"{TENANT}{FIRST}/agent_state").body == {
        "success": True,
        "queue_state": {"state": "None", "queue": "", "duration": "0"},
        "phone_state": {"state": "Idle", "duration": "117:11:18"},
        "consecutive_missed": 0,
        "agent_state": {"state": {"type": "ready", "name": "Ready"}, "duration": "117:56:46"},
    }
    assert agent_state(ccs, THIRD)["state"] == {"type": "sign_out", "name": "Sign Out"}


@pytest.mark.parametrize(
    ("name", "kind"), [("Ready", "ready"), ("Coffee Break", "away"), ("Holiday", "sign_out"), ("Sign Out", "sign_out")]
)
def test_state_is_set_in_three_ways(ccs: Any, tenant: Client, agent: Client, name: str, kind: str) -> None:
    for client, path in ((ccs, f"{TENANT}{FIRST}"), (tenant, FIRST), (agent, "/agent_state")):
        ccs("POST", f"{TENANT}{FIRST}", state("Lunch Break"))
        reply = client("POST", path, state(name))
        assert (reply.status, reply.body) == (200, {"success": True})
        assert agent_state(ccs) == {"state": {"type": kind, "name": name}, "duration": "0"}
        assert agent_state(ccs, SECOND)["duration"] == "03:10:00"


def test_state_that_is_not_there(sim: Simulator, ccs: Any, tenant: Client, agent: Client) -> None:
    for name in ("ready", "Dinner", "az001002-53d6-48e2-85cd-000000001002"):
        for client, path in ((ccs, f"{TENANT}{FIRST}"), (tenant, FIRST), (agent, "/agent_state")):
            reply = client("POST", path, state(name))
            assert (reply.status, reply.body["success"]) == (400, False)
    assert agent_state(ccs)["state"]["name"] == "Ready"
    assert ccs("POST", f"{TENANT}/extensions/az999", state("Ready")).status == 400
    assert ccs("POST", f"{GLOBEX}{FIRST}", state("Ready")).status == 400
    assert ccs("GET", f"{GLOBEX}{FIRST}/agent_state").status == 400
    assert tenant("POST", "/extensions/az302000-53d6-48e2-85cd-000000002000", state("Ready")).status == 400
    assert tenant("POST", "/agent_state", state("Ready")).status == 400
    assert sim.violations() == []


def test_who_may_set_and_read_states(ccs: Any, tenant: Client) -> None:
    assert tenant("POST", f"{TENANT}{FIRST}", state("Ready")).status == 403
    assert tenant("GET", f"{TENANT}{FIRST}/agent_state").status == 403
    assert ccs("POST", FIRST, state("Ready")).status == 403
    assert ccs("POST", "/agent_state", state("Ready")).status == 403
    assert ccs("POST", f"{TENANT}{FIRST}", state("Ready"), Authorization="Bearer readonly-token").status == 403
    assert tenant("GET", f"{FIRST}/agent_state").status == 404
    assert tenant("GET", "/agent_state").status == 405


@pytest.mark.parametrize("body", [{"request": "updateAgentState"}, {"request": "update", "name": "Ready"}, {}])
def test_bad_state_request(sim: Simulator, ccs: Any, agent: Client, body: dict[str, str]) -> None:
    assert ccs("POST", f"{TENANT}{FIRST}", body).status == 400
    assert agent("POST", "/agent_state", body).status == 400
    assert len(sim.violations()) == 2


# Dialling


def test_dial(sim: Simulator, tenant: Client) -> None:
    dial = {"request": "dial", "target": "819735552106"}
    first = tenant("POST", f"{TENANT}{SECOND}", {**dial, "outbound_queue_uuid": SALES})
    second = tenant("POST", f"{TENANT}{SECOND}", dial)
    assert (first.status, second.status) == (200, 200)
    assert first.body["call_id"] != second.body["call_id"]
    made = tenant("GET", f"/calls/{first.body['call_id']}").body
    assert (made["calling_number"], made["called_number"]) == ("102", "819735552106")
    assert made["queue"]["name"] == "Sales"
    assert sim.journal(writes=True)[-1]["operationId"] == "ccsDial"
    assert len(tenant("GET", "/calls").body["items"]) == 4


def test_dial_refused(sim: Simulator, ccs: Any, tenant: Client) -> None:
    dial = {"request": "dial", "target": "819735552106"}
    assert ccs("POST", f"{TENANT}{FIRST}", dial).status == 403
    assert tenant("POST", f"{GLOBEX}/extensions/az302000-53d6-48e2-85cd-000000002000", dial).status == 400
    assert tenant("POST", f"{TENANT}/extensions/az999", dial).status == 400
    assert tenant("POST", f"{TENANT}{FIRST}", {**dial, "outbound_queue_uuid": "az999"}).status == 400
    assert sim.violations() == []
    assert tenant("POST", f"{TENANT}{FIRST}", {"request": "dial"}).status == 400
    assert tenant("POST", f"{TENANT}{FIRST}", {**dial, "name": "Ready"}).status == 400
    assert len(sim.violations()) == 2
    assert len(tenant("GET", "/calls").body["items"]) == 2


def test_telco_user_may_dial_where_it_is_so(sim: Simulator, ccs: Any, tenant: Client) -> None:
    sim.settings(ccs={"dial_user": "any"})
    dial = {"request": "dial", "target": "819735552106"}
    assert ccs("POST", f"{TENANT}{FIRST}", dial).status == 200
    assert tenant("POST", f"{TENANT}{FIRST}", dial).status == 200
    assert tenant("POST", f"{TENANT}{FIRST}", state("Ready")).status == 403


# Calls


def test_calls_are_those_of_the_tenant(sim: Simulator, ccs: Any, tenant: Client) -> None:
    reply = tenant("GET", "/calls").body
    assert (reply["total"], reply["success"]) == ("2", True)
    assert [one["call_id"] for one in reply["items"]] == ["0BS9DD01LEMUI", "0BS9DD01LEMVK"]
    assert tenant("GET", FOREIGN).status == 400
    for path in ("/calls", WAITING, "/calls/filter"):
        assert ccs("GET", path).status == 403
    assert tenant("GET", f"{TENANT}/calls").status == 404


def test_call_in_progress_looks_otherwise_than_an_answered_one(tenant: Client) -> None:
    waiting, answered = tenant("GET", WAITING).body, tenant("GET", ANSWERED).body
    assert (waiting["status"], answered["status"]) == ("progress", "answered")
    assert set(waiting) ^ set(answered) == {"waiting", "answered_by", "talking", "suppressed"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("?calling_number=501", 1),
        ("?calling_number=501&called_number=101", 0),
        ("?called_number=386", 2),
        ("?from_datetime=2021-10-07T07:22:21&to_datetime=2021-10-07T07:22:24&time_z=UTC", 1),
        ("?to_datetime=2021-10-07T07:20:03&time_z=UTC", 1),
        ("?from_datetime=2021-10-07T07:22:22", 0),
    ],
)
def test_filter(tenant: Client, query: str, found: int) -> None:
    reply = tenant("GET", f"/calls/filter{query}")
    assert (reply.status, reply.body["total"]) == (200, str(found))


@pytest.mark.parametrize(
    "query",
    [
        "time_z=CET",
        "from_datetime=2021-10-07",
        "from_datetime=2021-10-07T07:22:21Z",
        "calling_number=",
        "caller=501",
        "calling_number=501&calling_number=502",
    ],
)
def test_bad_filter_says_success(sim: Simulator, tenant: Client, query: str) -> None:
    reply = tenant("GET", f"/calls/filter?{query}")
    assert (reply.status, reply.body["success"]) == (400, True)
    assert len(sim.violations()) == 1


def test_suppression(sim: Simulator, tenant: Client) -> None:
    assert tenant("POST", ANSWERED, {"request": "startSuppression"}).body == {"success": True}
    assert tenant("GET", ANSWERED).body["suppressed"] is True
    tenant("POST", ANSWERED, {"request": "stopSuppression"})
    assert tenant("GET", ANSWERED).body["suppressed"] is False


@pytest.mark.parametrize("request_", ["kill", "wait_kill"])
def test_ended_call_is_gone(tenant: Client, request_: str) -> None:
    assert tenant("POST", WAITING, {"request": request_}).status == 200
    assert tenant("GET", WAITING).status == 400
    assert tenant("POST", WAITING, {"request": request_}).status == 400
    assert [one["call_id"] for one in tenant("GET", "/calls").body["items"]] == ["0BS9DD01LEMVK"]


def test_waiting_call_goes_elsewhere(tenant: Client) -> None:
    tenant("POST", WAITING, {"request": "wait_redirect", "target": SUPPORT})
    assert tenant("GET", WAITING).body["queue"] == {"uuid": SUPPORT, "name": "Support"}
    assert tenant("POST", WAITING, {"request": "wait_redirect", "target": "az999"}).status == 400
    assert tenant("GET", ANSWERED).body["queue"]["name"] == "Sales"
    tenant("POST", WAITING, {"request": "wait_transfer", "target": "19735552109"})
    moved = tenant("GET", WAITING).body
    assert (moved["called_number"], moved["queue"]) == ("19735552109", None)


@pytest.mark.parametrize("control", CONTROLS[3:], ids=NAMES[3:])
def test_answered_call_does_not_wait(sim: Simulator, tenant: Client, control: dict[str, str]) -> None:
    before = tenant("GET", ANSWERED).body
    reply = tenant("POST", ANSWERED, control)
    assert (reply.status, reply.body["success"]) == (400, False)
    assert tenant("GET", ANSWERED).body == before
    assert sim.violations() == []


@pytest.mark.parametrize("control", CONTROLS, ids=NAMES)
def test_control_of_an_unknown_call_and_by_others(ccs: Any, tenant: Client, agent: Client, control: Any) -> None:
    for path in ("/calls/0BS9DD99LEMUI", FOREIGN):
        reply = tenant("POST", path, control)
        # one of the six says success in a 400
        assert (reply.status, reply.body["success"]) == (400, control["request"] == "startSuppression")
    assert ccs("POST", WAITING, control).status == 403
    assert agent("POST", WAITING, control).status == 403
    assert tenant("GET", WAITING).status == 200


@pytest.mark.parametrize(
    "body",
    [
        {"request": "pause"},
        {"request": "wait_transfer"},
        {"request": "wait_transfer", "target": "Sales"},
        {"request": "wait_redirect"},
        {"request": "kill", "target": "102"},
        {"action": "kill"},
    ],
)
def test_bad_control(sim: Simulator, tenant: Client, body: dict[str, str]) -> None:
    assert tenant("POST", WAITING, body).status == 400
    assert len(sim.violations()) == 1
    assert tenant("GET", WAITING).status == 200


def test_filter_is_no_call(tenant: Client) -> None:
    assert tenant("POST", "/calls/filter", {"request": "kill"}).status == 405


def test_answers_that_the_page_lost_may_be_bare(sim: Simulator, tenant: Client) -> None:
    sim.settings(ccs={"lost_answers": "bare"})
    for path in ("/calls", "/calls/filter", WAITING):
        assert tenant("GET", path).body == {"success": True}
    reply = tenant("POST", f"{TENANT}{FIRST}", {"request": "dial", "target": "102"})
    assert reply.body == {"success": True}
