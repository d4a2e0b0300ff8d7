# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls of O2G: which call is meant, what is told of those that are gone, and that every action does what it says."""

from __future__ import annotations

from typing import Any

import pytest
from modules import Output, run_module
from simulator.handle import Simulator

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.call import DEEDS

ADMIN = {"username": "admin", "password": "simulator"}
USER = {"username": "oxe70100", "password": "1234"}


def run(
    sim: Simulator, module: str, login: dict[str, str] | None = None, check: bool = False, **options: Any
) -> Output:
    account = login or ADMIN
    return run_module(f"o2g_{module}", {"url": sim.url, "retries": 0, **account, **options}, check=check)


def done(sim: Simulator, module: str, **options: Any) -> dict[str, Any]:
    output = run(sim, module, **options)
    assert not output.failed, output["msg"]
    result: dict[str, Any] = output["results"][0]
    assert result["changed"]
    return result


def failure(output: Output) -> str:
    assert output.failed
    message: str = output["msg"]
    return message


def dial(sim: Simulator, device: str, callee: str, **options: Any) -> str:
    answer = done(sim, "dial", device_id=device, callee=callee, auto_answer=True, **options)["answer"]
    ref: str = answer["call_ref"]
    return ref


def act(sim: Simulator, action: str, whose: str, **options: Any) -> dict[str, Any]:
    return done(sim, "call", action=action, login_name=f"oxe{whose}", **options)


def calls(sim: Simulator, number: str, **options: Any) -> list[dict[str, Any]]:
    output = run(sim, "call_info", login_name=[f"oxe{number}"], **options)
    assert not output.failed, output["msg"]
    found: list[dict[str, Any]] = output["resources"][0]["calls"]
    return found


def states(sim: Simulator, *numbers: str) -> list[list[str]]:
    return [[call["state"] for call in calls(sim, number)] for number in numbers]


def talk(sim: Simulator, device: str, callee: str) -> str:
    ref = dial(sim, device, callee)
    act(sim, "answer", callee)
    return ref


def test_a_call_from_ringing_to_its_end(sim: Simulator) -> None:
    ref = dial(sim, "70101", "70102")
    [call] = calls(sim, "70102")
    assert call["call_ref"] == ref
    assert call["state"] == "RINGING_INCOMING"
    assert call["initial_called"]["login_name"] == "oxe70102"
    assert call["legs"] == [{"device_id": "70102", "state": "RINGING_INCOMING", "capabilities": ["answer", "drop"]}]
    assert call["participants"][0]["phone_number"] == "70101"
    assert call["participants"][0]["type"] == "USER"
    answered = act(sim, "answer", "70102")
    assert answered["resource"]["call_ref"] == ref
    assert answered["resource"]["device_id"] == "70102"
    assert states(sim, "70101", "70102") == [["ACTIVE"], ["ACTIVE"]]
    act(sim, "hold", "70101")
    assert states(sim, "70101", "70102") == [["HELD"], ["ACTIVE"]]
    act(sim, "retrieve", "70101")
    act(sim, "drop_me", "70101")
    assert states(sim, "70101", "70102") == [[], []]


def test_a_call_that_is_gone_is_told_as_such(sim: Simulator) -> None:
    ref = dial(sim, "70101", "70102")
    act(sim, "release", "70101")
    for action in ({"action": "answer", "device_id": "70102"}, {"action": "release"}, {"action": "redirect"}):
        more = {"redirect_to": "70100"} if action["action"] == "redirect" else {}
        message = failure(run(sim, "call", login_name="oxe70102", call_ref=ref, **action, **more))
        assert f"there is no call {ref} any more" in message
        assert "404" not in message
    message = failure(run(sim, "call", call_ref=ref, action="answer", device_id="70102"))
    assert f"there is no call {ref} any more" in message
    message = failure(run(sim, "call", login_name="oxe70102", call_ref=ref, action="answer"))
    assert f"oxe70102 has no call {ref} any more: there are none" in message
    assert calls(sim, "70102", call_ref=ref) == []
    message = failure(run(sim, "call", USER, call_ref=ref, action="answer", device_id="70100"))
    assert f"there is no call {ref} any more" in message


def test_whatever_is_to_be_done_with_a_call_that_is_gone_is_told_as_such(sim: Simulator) -> None:
    ref = dial(sim, "70101", "70102")
    act(sim, "release", "70101")
    given = {
        "participant_id": "1",
        "transfer_to": "70100",
        "redirect_to": "70100",
        "record_action": "start",
        "number": "1",
        "account_info": "1",
        "other_device_id": "70100",
        "device_id": "70102",
        "held_call_ref": "1",
        "enquiry_call_ref": "1",
        "associated_data": "x",
    }
    for action, deed in DEEDS.items():
        options = {name: given[name] for name in given if name in (*deed.needs, *deed.takes)}
        message = failure(run(sim, "call", login_name="oxe70102", call_ref=ref, action=action, **options))
        assert f"there is no call {ref} any more" in message, action
        assert "404" not in message, action


def test_a_call_that_is_there_but_in_another_state_is_not_told_as_gone(sim: Simulator) -> None:
    ref = dial(sim, "70101", "70102")
    message = failure(run(sim, "call", login_name="oxe70102", call_ref=ref, action="hold", device_id="70102"))
    assert "70102 is RINGING_INCOMING, and not ACTIVE" in message
    assert "any more" not in message


def test_which_call_is_meant_must_be_clear(sim: Simulator) -> None:
    message = failure(run(sim, "call", login_name="oxe70102", action="answer"))
    assert "oxe70102 has no call that is RINGING_INCOMING: there are none" in message
    first = talk(sim, "70101", "70102")
    second = dial(sim, "70102", "70100")
    message = failure(run(sim, "call", login_name="oxe70102", action="drop_me"))
    assert "oxe70102 has 2 calls that can be meant" in message
    assert f"{first} (HELD with 70101), {second} (RINGING_OUTGOING with 70100)" in message
    assert "call_ref" in message
    message = failure(run(sim, "call", login_name="oxe70100", action="answer"))
    assert "is at several devices: 70100 (RINGING_INCOMING), 71100 (RINGING_INCOMING)" in message
    act(sim, "answer", "70100", device_id="71101")
    act(sim, "transfer", "70102")
    assert states(sim, "70100", "70101", "70102") == [["ACTIVE"], ["ACTIVE"], []]


def test_the_device_says_whose_call_it_is(sim: Simulator) -> None:
    dial(sim, "70101", "70100")
    assert done(sim, "call", action="answer", device_id="71100")["resource"]["login_name"] == "oxe70100"
    assert states(sim, "70100") == [["ACTIVE"]]
    done(sim, "call", action="move_to_device", device_number="71100", other_device_id="70100")
    assert calls(sim, "70100")[0]["legs"][0]["device_id"] == "70100"


def test_consultation(sim: Simulator) -> None:
    first = talk(sim, "70101", "70102")
    second = dial(sim, "70102", "70100")
    act(sim, "answer", "70100", device_id="70100")
    act(sim, "alternate", "70102")
    assert {c["call_ref"]: c["state"] for c in calls(sim, "70102")} == {first: "ACTIVE", second: "HELD"}
    reconnected = act(sim, "reconnect", "70102")
    assert reconnected["resource"]["enquiry_call_ref"] == first
    assert {c["call_ref"]: c["state"] for c in calls(sim, "70102")} == {second: "ACTIVE"}
    third = dial(sim, "70102", "70101")
    act(sim, "answer", "70101")
    act(sim, "merge", "70102")
    [call] = calls(sim, "70102", gather_subset=["participants", "legs"])
    assert call["call_ref"] == third
    assert {one["phone_number"] for one in call["participants"]} == {"70100", "70101"}
    leaves = next(one for one in call["participants"] if one["phone_number"] == "70100")
    [named] = calls(sim, "70102", participant_id=leaves["participant_id"], device_id="70102")
    assert [one["phone_number"] for one in named["participants"]] == ["70100"]
    assert [leg["device_id"] for leg in named["legs"]] == ["70102"]
    act(sim, "drop_participant", "70102", participant_id=leaves["participant_id"])
    assert states(sim, "70100", "70101", "70102") == [[], ["ACTIVE"], ["ACTIVE"]]


def test_calls_that_go_elsewhere(sim: Simulator) -> None:
    dial(sim, "70101", "70102")
    act(sim, "redirect", "70102", redirect_to="70100")
    [call] = calls(sim, "70100")
    assert call["last_redirecting"]["phone_number"] == "70102"
    act(sim, "callback", "70101")
    act(sim, "overflow_to_voicemail", "70101")
    [call] = calls(sim, "70101")
    assert call["state"] == "ACTIVE"
    assert [one["type"] for one in call["participants"]] == ["SERVICE"]
    act(sim, "release", "70101")
    talk(sim, "70101", "70102")
    act(sim, "blind_transfer", "70102", transfer_to="70100")
    assert states(sim, "70100", "70101", "70102") == [["RINGING_INCOMING"], ["RINGING_OUTGOING"], []]
    done(sim, "device_action", device_id="70102", action="pickup", other_phone_number="70100")
    act(sim, "park", "70102")
    done(sim, "device_action", device_id="71100", action="unpark", un_park_from="70102")
    assert states(sim, "70100", "70101", "70102") == [["ACTIVE"], ["ACTIVE"], []]


def test_who_is_busy_can_be_intruded(sim: Simulator) -> None:
    dial(sim, "70101", "70103")
    assert states(sim, "70101") == [["RELEASING"]]
    done(sim, "device_action", device_id="70101", action="intrude")
    [call] = calls(sim, "70101")
    assert call["state"] == "ACTIVE"
    assert len(call["participants"]) == 2


def test_recording_keys_and_data(sim: Simulator) -> None:
    for what, now in (("start", "RECORDING"), ("pause", "PAUSED"), ("resume", "RECORDING"), ("stop", None)):
        act(sim, "record", "70103", record_action=what)
        assert calls(sim, "70103")[0].get("record_state") == now
    act(sim, "send_dtmf", "70103", number="1")
    act(sim, "send_account_info", "70103", account_info="0042")
    act(sim, "attach_data", "70103", hexa_binary_associated_data="f1a2")
    [call] = calls(sim, "70103")
    assert call["account_info"] == "0042"
    assert call["hexa_binary_associated_data"] == "f1a2"
    act(sim, "attach_data", "70103", associated_data="ticket 7")
    assert calls(sim, "70103")[0]["associated_data"] == "ticket 7"


def test_without_the_licence_the_simple_form_works(sim: Simulator) -> None:
    sim.settings(o2g={"missing_licence": "ROXE_API_TEL_ADVANCED"})
    message = failure(run(sim, "dial", device_id="70101", callee="70102"))
    assert "see whether O2G has the licence ROXE_API_TEL_ADVANCED" in message
    assert done(sim, "dial", device_id="70120", callee="70102", basic=True)["answer"] == {"call_ref": None}
    ref = done(sim, "dial", device_id="70101", callee="70102", basic=True)["answer"]["call_ref"]
    done(sim, "call", action="answer", basic=True, device_id="70101")
    assert any(one["ref"] == ref for one in sim.state()["o2g"]["calls"])
    act(sim, "drop_me", "70101", basic=True)
    assert not any(one["ref"] == ref for one in sim.state()["o2g"]["calls"])


def test_a_users_own_session_needs_no_name_and_may_name_no_other(sim: Simulator) -> None:
    assert run(sim, "dial", USER, device_id="70100", callee="70102", auto_answer=True)["changed"]
    assert run(sim, "call", USER, action="drop_me")["changed"]
    assert states(sim, "70100", "70102") == [[], []]
    message = failure(run(sim, "call", USER, action="answer", login_name="oxe70102"))
    assert "this is the session of 'oxe70100'" in message
    assert all("loginName" not in str(entry["query"]) for entry in sim.journal(writes=True)[:2])


def test_check_mode_awaits_the_call_of_an_earlier_task(sim: Simulator) -> None:
    output = run(sim, "call", login_name="oxe70102", action="answer", check=True)
    assert not output.failed
    assert output["results"][0]["awaits"] == ["a call of oxe70102 for action=answer"]
    dial(sim, "70101", "70102")
    sim.clear_journal()
    output = run(sim, "call", login_name="oxe70102", action="answer", check=True)
    assert output["changed"]
    assert "awaits" not in output["results"][0]
    assert sim.journal(writes=True) == []


def test_a_reference_that_is_not_told_is_null(sim: Simulator) -> None:
    sim.settings(o2g={"call_answer": "nothing"})
    assert done(sim, "dial", device_id="70101", callee="70102")["answer"] == {"call_ref": None}


def test_private_and_business_calls(sim: Simulator) -> None:
    output = run(sim, "dial", device_id="70101", callee="70102", pin="01222", secret_code="01247")
    assert not output.failed
    assert "01222" not in output.text
    assert "01247" not in output.text
    assert not run(sim, "dial", device_id="70102", callee="70101", business_code="998811").failed
    sent = [entry["body"] for entry in sim.journal(writes=True)]
    assert set(sent[0]) == {"deviceId", "callee", "pin", "secretCode"}


def test_an_agent_calls_the_supervisor(sim: Simulator) -> None:
    supervised = {"acd_call": {"call_to_supervisor": True, "skills": [{"skill_number": 44, "acr_status": True}]}}
    done(sim, "dial", device_id="70101", auto_answer=True, **supervised)
    assert sim.journal(writes=True)[-1]["body"]["acdCall"] == {
        "callToSupervisor": True,
        "skills": {"skills": [{"skillNumber": 44, "acrStatus": True}]},
    }


def test_devices_and_what_they_can_do(sim: Simulator) -> None:
    output = run(sim, "call_info", device_number=["71100"], gather_subset=["devices", "capabilities"])
    user = output["resources"][0]
    assert [one["device_id"] for one in user["devices"]] == ["70100", "71100", "71101"]
    assert user["devices"][0]["state"] == "IN_SERVICE"
    assert user["device_capabilities"][0] == {"device_id": "70100", "capabilities": ["make_call"]}
    assert user["user_state"] is None
    output = run(sim, "call_info", login_name=["oxe70100"], gather_subset=["devices"], device_id="71101")
    assert [one["device_id"] for one in output["resources"][0]["devices"]] == ["71101"]


@pytest.mark.parametrize("retries", [0, 3])
def test_a_key_that_toggles_is_pressed_once(sim: Simulator, retries: int) -> None:
    sim.fault(method="PUT", path="ithmicro", cut_after=True)
    options = {"device_id": "70101", "action": "press_ith", "retries": retries}
    output = run_module("o2g_device_action", {"url": sim.url, **ADMIN, **options})
    assert "not asked a second time" in failure(output)
    assert sim.state()["o2g"]["micro"] == {"70101": False}
