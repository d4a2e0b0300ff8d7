# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G's switch: calls look alike from both ends, and go where they should."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.handle import Simulator

CALLS = "/telephony/calls"


def of(number: str) -> str:
    return f"?loginName=oxe{number}"


def dial(o2g: Any, device: str, callee: str, **more: Any) -> str:
    reply = o2g("POST", f"{CALLS}{of(device)}", {"deviceId": device, "callee": callee, "autoAnswer": True, **more})
    assert reply.status == 201, reply.text
    location: str = reply.headers["Location"]
    assert location.startswith(f"{o2g.url}/api/rest/1.0/telephony/calls/")
    return location.rpartition("/")[2]


def seen(o2g: Any, number: str) -> list[tuple[str, str, str, list[str]]]:
    """Of each call of a user: reference, state, the own devices, and the others' numbers."""
    return [
        (
            one["callRef"],
            one["callData"]["state"],
            ",".join(leg["deviceId"] for leg in one["legs"]),
            [other["identity"]["id"]["phoneNumber"] for other in one["participants"]],
        )
        for one in o2g("GET", f"{CALLS}{of(number)}").body["calls"]
    ]


def done(reply: Any) -> None:
    assert reply.status == 204, reply.text


def test_ring_answer_hold_release(o2g: Any) -> None:
    ref = dial(o2g, "70101", "70102")
    assert seen(o2g, "70101") == [(ref, "RINGING_OUTGOING", "70101", ["70102"])]
    assert seen(o2g, "70102") == [(ref, "RINGING_INCOMING", "70102", ["70101"])]
    done(o2g("POST", f"{CALLS}/{ref}/answer", {"deviceId": "70102"}))
    assert [seen(o2g, n)[0][1] for n in ("70101", "70102")] == ["ACTIVE", "ACTIVE"]
    done(o2g("POST", f"{CALLS}/{ref}/hold", {"deviceId": "70102"}))
    assert [seen(o2g, n)[0][1] for n in ("70101", "70102")] == ["ACTIVE", "HELD"]
    assert o2g("POST", f"{CALLS}/{ref}/hold", {"deviceId": "70102"}).body["code"] == 1004
    done(o2g("DELETE", f"{CALLS}/{ref}{of('70101')}"))
    assert seen(o2g, "70101") == seen(o2g, "70102") == []
    assert o2g("GET", f"{CALLS}/{ref}{of('70101')}").status == 404
    assert o2g("POST", f"{CALLS}/{ref}/answer", {"deviceId": "70102"}).status == 400  # the document knows no 404 here


def test_the_callers_set_rings_first_unless_it_answers_by_itself(o2g: Any) -> None:
    ref = dial(o2g, "70101", "70102", autoAnswer=False)
    assert seen(o2g, "70101") == [(ref, "RINGING_INCOMING", "70101", [])]
    assert seen(o2g, "70102") == []
    done(o2g("POST", f"{CALLS}/{ref}/answer", {"deviceId": "70101"}))
    assert seen(o2g, "70101") == [(ref, "RINGING_OUTGOING", "70101", ["70102"])]


def test_a_main_number_rings_at_all_devices_and_one_answers(o2g: Any) -> None:
    ref = dial(o2g, "70101", "70100")
    assert seen(o2g, "70100") == [(ref, "RINGING_INCOMING", "70100,71100,71101", ["70101"])]
    done(o2g("POST", f"{CALLS}/{ref}/answer", {"deviceId": "71101"}))
    assert seen(o2g, "70100") == [(ref, "ACTIVE", "71101", ["70101"])]


def test_consultation_and_transfer(o2g: Any) -> None:
    first = dial(o2g, "70101", "70102")
    done(o2g("POST", f"{CALLS}/{first}/answer", {"deviceId": "70102"}))
    second = dial(o2g, "70102", "70100")
    assert [one[1] for one in seen(o2g, "70102")] == ["HELD", "RINGING_OUTGOING"]
    done(o2g("POST", f"{CALLS}/{second}/transfer{of('70102')}", {"heldCallRef": first}))
    assert seen(o2g, "70102") == []
    assert seen(o2g, "70101") == [(second, "RINGING_OUTGOING", "70101", ["70100"])]
    done(o2g("POST", f"{CALLS}/{second}/answer", {"deviceId": "70100"}))
    assert seen(o2g, "70101") == [(second, "ACTIVE", "70101", ["70100"])]
    assert seen(o2g, "70100") == [(second, "ACTIVE", "70100", ["70101"])]


def test_a_conference_goes_on_without_one(o2g: Any) -> None:
    first = dial(o2g, "70101", "70102")
    done(o2g("POST", f"{CALLS}/{first}/answer", {"deviceId": "70102"}))
    second = dial(o2g, "70102", "70100")
    done(o2g("POST", f"{CALLS}/{second}/answer", {"deviceId": "70100"}))
    done(o2g("POST", f"{CALLS}/{second}/merge{of('70102')}", {"heldCallRef": first}))
    assert {other for one in seen(o2g, "70101") for other in one[3]} == {"70100", "70102"}
    done(o2g("POST", f"{CALLS}/{second}/dropme{of('70102')}"))
    assert seen(o2g, "70101") == [(second, "ACTIVE", "70101", ["70100"])]
    done(o2g("POST", f"{CALLS}/{second}/dropme{of('70101')}"))
    assert seen(o2g, "70100") == []


def test_who_is_busy_or_unknown_is_not_reached(o2g: Any) -> None:
    for callee in ("70103", "7999"):
        ref = dial(o2g, "70101", callee)
        assert seen(o2g, "70101") == [(ref, "RELEASING", "70101", [])]
        done(o2g("DELETE", f"{CALLS}/{ref}{of('70101')}"))


def test_a_pilot_leads_to_a_ready_agent_else_to_a_free_user_while_it_is_open(o2g: Any) -> None:
    ref = dial(o2g, "70101", "60101")
    assert seen(o2g, "70100") == [(ref, "RINGING_INCOMING", "70100", ["70101"])]
    assert o2g("GET", f"{CALLS}/{ref}{of('70100')}").body["callData"]["acdCallData"]["pilotNumber"] == "60101"
    done(o2g("DELETE", f"{CALLS}/{ref}{of('70101')}"))
    done(o2g("POST", f"/acd/agent/logon{of('70102')}", {"proAcdDeviceNumber": "70115"}))
    ref = dial(o2g, "70101", "60101")
    assert seen(o2g, "70102") == [(ref, "RINGING_INCOMING", "70115", ["70101"])]
    done(o2g("DELETE", f"{CALLS}/{ref}{of('70101')}"))
    done(o2g("POST", "/acd/7/pilots/60101/close"))
    ref = dial(o2g, "70101", "60101")
    assert seen(o2g, "70101") == [(ref, "RELEASING", "70101", [])]


def test_a_user_acts_with_the_own_devices_only(o2g: Any, o2g_login: Callable[..., Any]) -> None:
    user = o2g_login("oxe70100", "1234")
    reply = user("POST", CALLS, {"deviceId": "70101", "callee": "70102"})
    assert (reply.status, reply.body["code"]) == (400, 1006)
    assert user("PUT", "/telephony/devices/70101/ithmicro").body["code"] == 1002
    assert user("POST", CALLS, {"deviceId": "71100", "callee": "70102"}).status == 201
    assert seen(user, "70101")[0][2] == "71100"  # a user's name in the query does not count


def test_private_calls_have_no_data(o2g: Any) -> None:
    private = {"deviceId": "70101", "callee": "70102", "pin": "01222", "secretCode": "0124"}
    assert o2g("POST", f"{CALLS}{of('70101')}", {**private, "associatedData": "x"}).status == 400
    assert o2g("POST", f"{CALLS}{of('70101')}", {**private, "businessCode": "1"}).status == 400
    assert o2g("POST", f"{CALLS}{of('70101')}", private).status == 201


def test_the_reference_is_not_always_told(sim: Simulator, o2g: Any) -> None:
    assert o2g("POST", "/telephony/basicCall", {"deviceId": "70120", "callee": "70102"}).status == 204
    sim.settings(o2g={"call_answer": "nothing"})
    assert o2g("POST", "/telephony/basicCall", {"deviceId": "70101", "callee": "70102"}).status == 204


def test_the_key_toggles(sim: Simulator, o2g: Any) -> None:
    for expected in (False, True):
        done(o2g("PUT", "/telephony/devices/70100/ithmicro"))
        assert sim.state()["o2g"]["micro"] == {"70100": expected}


def test_messages_are_read_once(o2g: Any) -> None:
    path = f"/telephony/miniMessages{of('70100')}"
    done(o2g("POST", f"/telephony/miniMessages{of('70101')}", {"recipient": "70100", "message": "second"}))
    assert o2g("GET", path).body["message"] == "second"
    assert o2g("GET", path).body["sender"] == "70110"
    assert o2g("GET", path).status == 400


def test_callbacks_arrive_at_the_other_end(o2g: Any) -> None:
    done(o2g("POST", f"/telephony/outgoingCallbacks{of('70102')}", {"callee": "70101"}))
    listed = o2g("GET", f"/telephony/incomingCallbacks{of('70101')}").body["callbacks"]
    assert [one["partyInfo"]["id"]["loginName"] for one in listed] == ["oxe70102"]


def test_a_pilot_is_monitored_until_the_last_asks_no_more(sim: Simulator, o2g: Any) -> None:
    for method in ("POST", "POST", "DELETE"):
        done(o2g(method, "/acd/pilotmonitoring/60101"))
    assert sim.state()["o2g"]["monitored_pilots"] == {"60101": 1}
    assert o2g("POST", "/acd/pilotmonitoring/99999").status == 404


def to(kind: str, number: str = "") -> list[dict[str, Any]]:
    return [{"type": kind, **({"number": number} if number else {})}]


def test_forwards_and_overflows_lead_on(sim: Simulator, o2g: Any) -> None:
    immediate = {"forwardRoute": {"destinations": to("NUMBER", "70100")}}
    done(o2g("POST", f"/routing/forwardroute{of('70102')}", immediate))
    ref = dial(o2g, "70101", "70102")
    assert seen(o2g, "70102") == []
    assert seen(o2g, "70100")[0][1:] == ("RINGING_INCOMING", "70100,71100,71101", ["70101"])
    call = o2g("GET", f"{CALLS}/{ref}{of('70101')}").body["callData"]
    assert call["initialCalled"]["id"]["phoneNumber"] == call["lastRedirecting"]["id"]["phoneNumber"] == "70102"
    done(o2g("DELETE", f"{CALLS}/{ref}{of('70101')}"))
    busy = {"overflowRoutes": [{"overflowType": "BUSY", "destinations": to("VOICEMAIL")}]}
    done(o2g("POST", f"/routing/overflowroute{of('70103')}", busy))
    ref = dial(o2g, "70101", "70103")
    assert seen(o2g, "70101") == [(ref, "ACTIVE", "70101", ["885"])]
    done(o2g("DELETE", f"{CALLS}/{ref}{of('70101')}"))
    assert sim.state()["o2g"]["voicemails"]["70103"][-1]["from"]["id"]["phoneNumber"] == "70101"


def test_a_call_that_nobody_answers_goes_on(sim: Simulator, o2g: Any) -> None:
    late = {"forwardRoute": {"forwardType": "NO_ANSWER", "destinations": to("NUMBER", "70100")}}
    done(o2g("POST", f"/routing/forwardroute{of('70102')}", late))
    ref = dial(o2g, "70101", "70102")
    assert seen(o2g, "70102")[0][1] == "RINGING_INCOMING"
    sim.settings(o2g={"no_answer_after": 0})
    assert seen(o2g, "70102") == []
    assert seen(o2g, "70101") == [(ref, "RINGING_OUTGOING", "70101", ["70100"])]


def test_who_does_not_want_calls_gets_none(o2g: Any) -> None:
    done(o2g("POST", f"/routing/dnd{of('70102')}"))
    ref = dial(o2g, "70101", "70102")
    assert seen(o2g, "70101") == [(ref, "RELEASING", "70101", [])]


def test_a_circle_of_forwards_ends(o2g: Any) -> None:
    for number, other in (("70100", "70102"), ("70102", "70100")):
        forward = {"forwardRoute": {"destinations": to("NUMBER", other)}}
        done(o2g("POST", f"/routing/forwardroute{of(number)}", forward))
    ref = dial(o2g, "70101", "70102")
    assert seen(o2g, "70101") == [(ref, "RELEASING", "70101", [])]


def test_a_call_of_the_own_hunting_group_is_picked_up(o2g: Any) -> None:
    assert o2g("POST", "/telephony/devices/70100/pickup", {}).status == 400
    for number in ("70100", "70102"):
        done(o2g("POST", f"/telephony/huntingGroupMember/60301{of(number)}"))
    ref = dial(o2g, "70101", "70102")
    done(o2g("POST", "/telephony/devices/70100/pickup", {}))
    assert seen(o2g, "70100") == [(ref, "ACTIVE", "70100", ["70101"])]


def test_a_byte_00_ends_the_data(o2g: Any) -> None:
    ref = dial(o2g, "70101", "70102", hexaBinaryAssociatedData="f1f200a0b3")
    assert o2g("GET", f"{CALLS}/{ref}{of('70102')}").body["callData"]["hexaBinaryAssociatedData"] == "f1f2"


def test_a_call_goes_out_and_comes_in_again_as_another(o2g: Any) -> None:
    ref = dial(o2g, "70101", "0025126770")
    assert seen(o2g, "70101") == [(ref, "RINGING_OUTGOING", "70101", ["0025126770"])]
    [inside] = seen(o2g, "70100")
    assert inside[0] != ref
    assert inside[3] == ["+3225126700"]
    done(o2g("POST", f"{CALLS}/{inside[0]}/answer", {"deviceId": "70100"}))
    assert [seen(o2g, n)[0][1] for n in ("70101", "70100")] == ["ACTIVE", "ACTIVE"]
    done(o2g("DELETE", f"{CALLS}/{inside[0]}{of('70100')}"))
    assert seen(o2g, "70101") == seen(o2g, "70100") == []
