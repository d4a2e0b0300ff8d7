# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: each event of the contract is sent because something has changed, to who has subscribed to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from simulator.contract import Contract
from simulator.handle import Simulator, SimulatorError
from simulator.o2g import O2g
from simulator.o2g_events import Events, Told
from simulator.seed import default_seed
from simulator.settings import defaults

from .conftest import Client

CONTRACT = Contract.load("o2g", Path(__file__).resolve().parents[3] / "docs/contracts")
CALLS = "/telephony/calls"
REF = "0000000a4a030100"
"""The first call after those of the seed."""
RECORDS = "/comlog/records?loginName=oxe70100"
STATISTICS = "/acd/stats/scope/70104/ctx/11/days/data?begindate=2026-11-01%2000:00&enddate=2026-11-02%2000:00"
RULES = {"forwardRoute": {"forwardType": "BUSY", "destinations": [{"type": "NUMBER", "number": "70102"}]}}
NO_ANSWER = {"forwardRoute": {"forwardType": "NO_ANSWER", "destinations": [{"type": "NUMBER", "number": "70100"}]}}
ALL = {"numbers": ["*"], "attributes": ["ALL"]}
CENTER = {"attributes": [{"name": "Cost_Center_Id", "value": ["3"]}, {"name": "Cost_Center_Name", "value": ["Lab"]}]}

Request = tuple[str, ...] | tuple[str, str, Any] | dict[str, Any]
"""Method, path and body; or what happens without a request."""


def me(number: int) -> str:
    return f"?loginName=oxe{number}"


def log_on(number: int) -> Request:
    return "POST", f"/acd/agent/logon{me(number)}", {"proAcdDeviceNumber": str(number), "pgGroupNumber": "60201"}


def dial(device: int, callee: str) -> Request:
    return "POST", f"{CALLS}{me(device)}", {"deviceId": str(device), "callee": callee, "autoAnswer": True}


def answer(device: int) -> Request:
    return "POST", f"{CALLS}/{REF}/answer", {"deviceId": str(device)}


def release(device: int) -> Request:
    return "DELETE", f"{CALLS}/{REF}{me(device)}"


def watch(name: str) -> Request:
    return "POST", "/acd/rti/ctx", {"filter": {name: ALL}}


MONITOR = ("POST", "/acd/pilotmonitoring/60101")
WITHDRAW = ("POST", f"/acd/agent/withdraw{me(70101)}", {"reasonIndex": 2})


class Case(NamedTuple):
    about: str | None
    """The id to subscribe with, if there are ids."""
    before: list[Request]
    """What is there when the subscription is made."""
    does: list[Request]
    tells: dict[str, Any]
    """Fields of the event that it leads to."""


ME, BOTH = {"loginName": "oxe70101"}, {"loginName": "oxe70100"}
CREATE_USER = ("POST", "/usermanagement", {"nodeId": 7, "deviceNumbers": ["70120"]})
CASES = {
    "OnUserCreated": Case("oxe70199", [], [CREATE_USER], {}),
    "OnUserDeleted": Case(
        "oxe70199", [CREATE_USER], [("DELETE", "/usermanagement/oxe70120")], {"loginName": "oxe70120"}
    ),
    "OnUserInfoChanged": Case(
        "oxe70101",
        [],
        [("PUT", "/pbxs/7/instances/Subscriber/70101", {"attributes": [{"name": "Annu_Name", "value": ["Claes"]}]})],
        ME,
    ),
    "OnPreferencesChanged": Case("oxe70101", [], [("POST", "/users/oxe70101/preferences", {"guiLanguage": "fr"})], ME),
    "OnCallCreated": Case("oxe70102", [], [dial(70101, "70102")], {"callRef": REF, "initiator": f"{REF}-1"}),
    "OnCallModified": Case("oxe70101", [dial(70101, "70102")], [answer(70102)], {"callRef": REF}),
    "OnCallRemoved": Case("oxe70101", [dial(70101, "70102"), answer(70102)], [release(70102)], {"cause": "CLEARED"}),
    "OnUserStateModified": Case("oxe70102", [], [dial(70101, "70102")], {"state": "BUSY"}),
    "OnDeviceStateModified": Case(
        "oxe70101",
        [],
        [{"out_of_service": ["70101"]}],
        {**ME, "deviceStates": [{"deviceId": "70101", "state": "OUT_OF_SERVICE"}]},
    ),
    "OnDynamicStateChanged": Case(
        "oxe70101",
        [("POST", f"/telephony/huntingGroupMember/60301{me(70101)}")],
        [("POST", f"/telephony/huntingGroupLogOn{me(70101)}")],
        {"huntingGroupState": {"logon": True}},
    ),
    "OnTelephonyState": Case("oxe70101", [], [("POST", f"/telephony/state/snapshot{me(70101)}")], ME),
    "OnRoutingStateChanged": Case("oxe70101", [], [("POST", f"/routing/forwardroute{me(70101)}", RULES)], ME),
    "OnComRecordCreated": Case("oxe70101", [dial(70101, "70102")], [answer(70102)], ME),
    "OnComRecordModified": Case("oxe70101", [dial(70101, "70102"), answer(70102)], [release(70102)], ME),
    "OnComRecordsAck": Case(
        "oxe70100", [], [("PUT", f"{RECORDS}&acknowledge=true", {"recordIds": [10000]})], {"recordIds": [10000]}
    ),
    "OnComRecordsUnAck": Case(
        "oxe70100",
        [("PUT", f"{RECORDS}&acknowledge=true", {"recordIds": [10000]})],
        [("PUT", f"{RECORDS}&acknowledge=false", {"recordIds": [10000]})],
        {"recordIds": [10000]},
    ),
    "OnComRecordsDeleted": Case(
        "oxe70100", [], [("DELETE", f"{RECORDS}&recordIdList=10000,10001")], {"recordIds": [10000, 10001]}
    ),
    "OnEventSummaryUpdated": Case("oxe70100", [], [("DELETE", f"/telephony/incomingCallbacks{me(70100)}")], BOTH),
    "OnAgentStateChanged": Case("oxe70101", [], [log_on(70101)], ME),
    "OnAgentSkillChanged": Case(
        "oxe70101", [], [("POST", f"/acd/agent/config/skills/activate{me(70101)}", {"skills": [100]})], ME
    ),
    "OnSupervisorHelpRequested": Case(
        "oxe70104", [log_on(70101)], [("POST", f"/acd/agent/supervisorHelp{me(70101)}")], {"agentNumber": "70101"}
    ),
    "OnSupervisorHelpCancelled": Case(
        "oxe70101",
        [log_on(70101), ("POST", f"/acd/agent/supervisorHelp{me(70101)}")],
        [("DELETE", f"/acd/agent/supervisorHelp{me(70104)}&other=70101")],
        {"agentNumber": "70104"},
    ),
    "OnPilotCallCreated": Case(
        "60101", [MONITOR], [dial(70102, "60101")], {"caller": "70102", "cause": "ACD_ENTER_DISTRIBUTION"}
    ),
    "OnPilotCallQueued": Case(
        "60101", [MONITOR, log_on(70101), WITHDRAW], [dial(70102, "60101")], {"queue": "60131", "numberOfQueued": 1}
    ),
    "OnPilotCallRemoved": Case(
        "60101",
        [MONITOR, log_on(70101), WITHDRAW, dial(70102, "60101")],
        [("POST", f"/acd/agent/ready{me(70101)}")],
        {"releasingDevice": "60131", "newDestination": "70101", "cause": "DISTRIBUTED"},
    ),
    "OnAgentRtiChanged": Case(
        "70101",
        [log_on(70101), watch("agentFilter")],
        [WITHDRAW],
        {"firstName": "Bart", "serviceState": "Withdrawn", "withdrawReason": 2},
    ),
    "OnPGAgentRtiChanged": Case(
        "60201", [log_on(70101), watch("pgAgentFilter")], [WITHDRAW], {"nbOfWidthdrawnAgents": 1, "nbOfIdleAgents": 0}
    ),
    "OnPGOtherRtiChanged": Case(
        "60290",
        [("POST", "/acd/7/pilots/60101/close"), watch("pgOtherFilter")],
        [dial(70101, "60101")],
        {"type": "Guide", "nbOfACDCalls": 1},
    ),
    "OnPilotRtiChanged": Case(
        "60101", [watch("pilotFilter")], [("POST", "/acd/7/pilots/60101/close")], {"name": "Sales", "state": "Closed"}
    ),
    "OnQueueRtiChanged": Case(
        "60131",
        [log_on(70101), WITHDRAW, watch("queueFilter")],
        [dial(70102, "60101")],
        {"type": "Normal", "nbOfWaitingCalls": 1},
    ),
    "OnAcdStatsProgress": Case("admin", [], [("GET", f"{STATISTICS}&async=true")], {"step": "COLLECT"}),
    "OnRouteRequest": Case("65000", [], [dial(70101, "65000")], {"callRef": REF}),
    "OnToneGeneratedStart": Case("65000", [], [dial(70101, "65000")], {"callRef": REF}),
    "OnDigitCollected": Case(
        "65000",
        [dial(70101, "65000")],
        [("POST", f"{CALLS}/{REF}/sendDtmf", {"deviceId": "70101", "number": "42"})],
        {"digits": "42"},
    ),
    "OnToneGeneratedStop": Case("65000", [dial(70101, "65000")], [release(70101)], {"callRef": REF}),
    "OnRouteEnd": Case("65000", [dial(70101, "65000")], [release(70101)], {"callRef": REF}),
    "OnCtiLinkDown": Case(None, [], [{"links": {"7": "DISCONNECTED"}}], {"nodeId": "7"}),
    "OnCtiLinkUp": Case(
        None, [{"links": {"7": "DISCONNECTED"}}], [{"links": {"7": "CONNECTED_SECONDARY"}}], {"nodeId": "7"}
    ),
    "OnPbxLoaded": Case(None, [{"loaded": {"8": False}}], [{"loaded": {"8": True}}], {"nodeId": "8"}),
    "OnLicenseExpiration": Case(None, [], [{"days_left": 14}], {"nbDays": 14}),
    "OnServerStart": Case(None, [], [{"server_starts": True}], {"serverId": "O2G-1"}),
    "OnPbxObjectInstanceCreated": Case(
        None,
        [],
        [("POST", "/pbxs/7/instances/Entity/1/Cost_Center", CENTER)],
        {
            "objectName": "Cost_Center",
            "objectId": "3",
            "nodeId": "7",
            "father": {"objectName": "Entity", "objectId": "1"},
        },
    ),
    "OnPbxObjectInstanceModified": Case(
        None,
        [],
        [("PUT", "/pbxs/7/instances/Entity/1", {"attributes": [{"name": "Entity_Name", "value": ["Lab"]}]})],
        {"objectName": "Entity", "objectId": "1", "nodeId": "7"},
    ),
    "OnPbxObjectInstanceDeleted": Case(
        None, [], [("DELETE", "/pbxs/7/instances/Entity/1/Cost_Center/2")], {"objectId": "2"}
    ),
}
IN_NO_PACKAGE = {"OnPreferencesChanged": "user", "OnServerStart": "system"}
"""What to subscribe to for them."""


def carry_out(sim: Simulator, o2g: Client, requests: list[Request]) -> None:
    for request in requests:
        if isinstance(request, dict):
            sim.happen(**request)
        else:
            reply = o2g(*request)
            assert reply.status < 300, (request, reply.text)


def subscribe(o2g: Client, *selectors: dict[str, Any], hook: str | None = None) -> str:
    where = {"webHookUrl": hook} if hook else {}
    reply = o2g("POST", "/subscriptions", {"filter": {"selectors": list(selectors)}, "version": "1.0", **where})
    assert reply.body["status"] == "ACCEPTED", reply.text
    key: str = reply.body["subscriptionId"]
    return key


def test_there_is_a_case_for_each_event() -> None:
    assert set(CASES) == set(CONTRACT.events) - {"OnChannelInformation"}  # which test_o2g_channel.py has


@pytest.mark.parametrize("name", CASES)
def test_an_event_is_sent_because_of_a_change(sim: Simulator, o2g: Client, name: str) -> None:
    case, packages = CASES[name], CONTRACT.events[name].packages
    carry_out(sim, o2g, case.before)
    package = packages[0] if packages else IN_NO_PACKAGE[name]
    ids = {"ids": [case.about]} if case.about else {}
    hook = "https://hook.example.com/" if name == "OnServerStart" else None
    by_package = subscribe(o2g, {"names": [package], **ids}, hook=hook)
    by_name = subscribe(o2g, {"names": [name], **ids}) if packages else by_package
    of_others = subscribe(o2g, {"names": [package], "ids": ["70999"]}) if ids else None
    sim.events(by_name)
    carry_out(sim, o2g, case.does)
    told = [event for event in sim.events(by_package) if event["eventName"] == name]
    assert told, name
    assert [CONTRACT.events[name].problem(event) for event in told] == [""] * len(told)
    assert {key: told[0].get(key) for key in case.tells} == case.tells
    if packages:
        assert sim.events(by_name) == told
    if of_others:
        assert bool(sim.events(of_others)) == (name in ("OnUserCreated", "OnUserDeleted"))


def names(sim: Simulator, key: str) -> list[str]:
    return [event["eventName"] for event in sim.events(key)]


def test_a_call_is_told_from_both_ends_until_it_ends(sim: Simulator, o2g: Client) -> None:
    caller = subscribe(o2g, {"names": ["telephony"], "ids": ["oxe70101"]})
    everybody = subscribe(o2g, {"names": ["OnCallModified"], "ids": ["*"]})
    carry_out(sim, o2g, [dial(70101, "70102")])
    assert names(sim, caller) == ["OnCallCreated", "OnUserStateModified"]
    carry_out(sim, o2g, [answer(70102)])
    ends = sim.events(everybody)
    assert [(one["loginName"], one["callData"]["state"]) for one in ends] == [
        ("oxe70101", "ACTIVE"),
        ("oxe70102", "ACTIVE"),
    ]
    assert [leg["deviceId"] for leg in ends[0]["modifiedLegs"]] == ["70101"]
    assert "addedParticipants" not in ends[0]  # what has not changed is absent
    carry_out(sim, o2g, [release(70102)])
    assert names(sim, caller) == ["OnCallModified", "OnCallRemoved", "OnUserStateModified"]


def test_a_call_that_takes_the_place_of_another_says_so(sim: Simulator, o2g: Client) -> None:
    carry_out(sim, o2g, [dial(70101, "70102"), answer(70102), dial(70102, "70100")])
    key = subscribe(o2g, {"names": ["telephony"], "ids": ["oxe70101", "oxe70102"]})
    second = "0000000b4a030100"
    carry_out(sim, o2g, [("POST", f"{CALLS}/{second}/transfer{me(70102)}", {"heldCallRef": REF})])
    told = [one for one in sim.events(key) if one["eventName"].startswith("OnCall")]
    assert [(one["loginName"], one["eventName"], one["callRef"]) for one in told] == [
        ("oxe70101", "OnCallModified", second),
        ("oxe70102", "OnCallRemoved", REF),
        ("oxe70102", "OnCallRemoved", second),
    ]
    assert told[0]["previousCallRef"] == REF
    assert told[2] | {"cause": "TRANSFERRED"} == told[2]


def test_real_time_events_have_what_has_changed_and_was_asked_for(sim: Simulator, o2g: Client) -> None:
    part = {"numbers": ["70101"], "attributes": ["ServiceState", "CurrentPG"]}
    carry_out(sim, o2g, [("POST", "/acd/rti/ctx", {"filter": {"agentFilter": part}})])
    key = subscribe(o2g, {"names": ["rti"], "ids": ["*"]})
    carry_out(sim, o2g, [log_on(70101), log_on(70102), WITHDRAW])
    named = {
        "eventName": "OnAgentRtiChanged",
        "number": "70101",
        "name": "Bogaert",
        "firstName": "Bart",
        "type": "Normal",
    }
    assert sim.events(key) == [
        {**named, "serviceState": "Assigned", "currentPG": "60201"},
        {**named, "serviceState": "Withdrawn"},
    ]
    carry_out(sim, o2g, [("POST", "/acd/rti/snapshot")])
    assert sim.events(key) == [{**named, "serviceState": "Withdrawn", "currentPG": "60201"}]
    carry_out(sim, o2g, [("DELETE", "/acd/rti/ctx"), ("POST", f"/acd/agent/ready{me(70101)}")])
    assert sim.events(key) == []


@pytest.mark.parametrize(
    ("package", "path", "event", "users"),
    [
        ("telephony", "/telephony/state/snapshot", "OnTelephonyState", 10),
        ("routingManagement", "/routing/state/snapshot", "OnRoutingStateChanged", 10),
        ("agent", "/acd/agent/state/snapshot", "OnAgentStateChanged", 8),
    ],
)
def test_a_snapshot_tells_of_all(sim: Simulator, o2g: Client, package: str, path: str, event: str, users: int) -> None:
    key = subscribe(o2g, {"names": [package], "ids": ["*"]})
    carry_out(sim, o2g, [("POST", path)])
    assert names(sim, key) == [event] * users
    carry_out(sim, o2g, [("POST", f"{path}?loginName=oxe80101")])
    assert [one["loginName"] for one in sim.events(key)] == ["oxe80101"]


def test_what_is_as_it_was_is_not_told(sim: Simulator, o2g: Client) -> None:
    carry_out(sim, o2g, [("POST", f"/routing/forwardroute{me(70101)}", RULES)])
    packages = {package for event in CONTRACT.events.values() for package in event.packages}
    selectors = [
        {"names": [name], **({} if name in ("system", "pbxManagement") else {"ids": ["*"]})} for name in packages
    ]
    key = subscribe(o2g, *selectors)
    carry_out(sim, o2g, [("POST", f"/routing/forwardroute{me(70101)}", RULES), ("GET", "/pbxs/7/instances/Entity/1")])
    assert sim.events(key) == []


def test_what_time_brings_is_told_without_a_request(sim: Simulator, o2g: Client) -> None:
    carry_out(sim, o2g, [("POST", f"/routing/forwardroute{me(70102)}", NO_ANSWER)])
    sim.settings(o2g={"no_answer_after": 0.01})
    subscribe(o2g, {"names": ["telephony"], "ids": ["oxe70102"]})
    key = subscribe(o2g, {"names": ["telephony"], "ids": ["oxe70100"]})
    carry_out(sim, o2g, [dial(70101, "70102")])
    told: list[str] = []
    while "OnCallCreated" not in told:
        told += names(sim, key)
    assert told == ["OnCallCreated", "OnUserStateModified"]


def test_what_happens_must_be_possible(sim: Simulator) -> None:
    with pytest.raises(SimulatorError, match="unknown: weather; known: days_left, links"):
        sim.happen(weather="fine")
    with pytest.raises(SimulatorError, match="unknown node 9"):
        sim.happen(links={"9": "DISCONNECTED"})


def test_an_event_outside_the_contract_is_not_sent() -> None:
    events = O2g(CONTRACT, defaults()["o2g"], default_seed()["o2g"]).area(Events)
    events.tell(Told("OnCtiLinkUp", (), {"nodeId": "7"}))
    with pytest.raises(ValueError, match="OnCtiLinkUp breaks the contract: nodeId: value is not of type"):
        events.tell(Told("OnCtiLinkUp", (), {"nodeId": 7}))
    assert [len(one.waiting) for one in events.subscriptions.values()] == [1, 1]
