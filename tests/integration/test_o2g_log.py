# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Callbacks, messages, directory, log, voice mail and counters of O2G: what is found, and that nothing goes unseen."""

from __future__ import annotations

import io
import wave
from pathlib import Path
from typing import Any

import pytest
from modules import Output, run_module
from simulator.handle import Simulator

ADMIN = {"username": "admin", "password": "simulator"}
USER = {"username": "oxe70100", "password": "1234"}
ME = {"login_name": "oxe70100"}
OPEN = {"mailbox_password": "1234"}


def run(
    sim: Simulator, module: str, login: dict[str, str] | None = None, check: bool = False, **options: Any
) -> Output:
    account = login or ADMIN
    return run_module(f"o2g_{module}", {"url": sim.url, "retries": 0, **account, **options}, check=check)


def done(sim: Simulator, module: str, **options: Any) -> Output:
    output = run(sim, module, **options)
    assert not output.failed, output["msg"]
    return output


def failure(output: Output) -> str:
    assert output.failed
    message: str = output["msg"]
    return message


def found(sim: Simulator, module: str, **options: Any) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = done(sim, f"{module}_info", **options)["resources"]
    return listed


def sent(sim: Simulator) -> list[str]:
    return [f"{r['method']} {r['path'].removeprefix('/api/rest/1.0')}?{r['query']}" for r in sim.journal(writes=True)]


# Callbacks and messages


def test_callbacks_are_asked_for_each_time_and_removed_once(sim: Simulator) -> None:
    for _n in range(2):
        asked = done(sim, "callback", login_name="oxe70101", state="requested", callee="70102")
        assert asked["results"][0]["action"] == "act"
    there = found(sim, "callback", login_name=["oxe70102"])
    assert [one["party_info"]["login_name"] for one in there] == ["oxe70101", "oxe70101"]
    gone = {"login_name": "oxe70102", "state": "absent", "callback_id": there[0]["callback_id"]}
    assert done(sim, "callback", **gone, check=True)["changed"]
    assert done(sim, "callback", **gone)["changed"]
    assert not done(sim, "callback", **gone)["changed"]
    rest = {"login_name": "oxe70102", "state": "absent", "all": True}
    assert done(sim, "callback", **rest)["results"][0]["resource"]["callback_ids"] == [there[1]["callback_id"]]
    sim.clear_journal()
    again = done(sim, "callback", **rest)
    assert not again["changed"]
    assert again["summary"]["unchanged"] == 1
    assert sent(sim) == []
    message = failure(run(sim, "callback", login_name="oxe70102", state="absent"))
    assert "callback_id: or all=true must be given" in message


def test_of_many_callbacks_only_those_that_act_are_never_sent_twice(sim: Simulator) -> None:
    ask = {"login_name": "oxe70101", "state": "requested", "callee": "70102"}
    drop = {"login_name": "oxe70100", "state": "absent", "all": True}
    for method in ("POST", "DELETE"):
        sim.fault(method=method, path="Callbacks", cut_after=True)
    output = run_module("o2g_callback", {"url": sim.url, "retries": 2, **ADMIN, "config": [ask, drop]})
    assert "not asked a second time" in failure(output)
    assert [r["changed"] for r in output["results"]] == [False, True]
    assert (output["summary"]["failed"], output["summary"]["updated"]) == (1, 1)
    assert len([one for one in sent(sim) if "outgoing" in one]) == 1


def test_a_message_is_read_once_and_never_in_check_mode(sim: Simulator) -> None:
    done(sim, "mini_message", login_name="oxe70101", recipient="70100", message="second")
    output = run(sim, "mini_message_info", login_name=["oxe70100"], check=True)
    assert output["resources"] == []
    assert "would erase it" in output.warned[0]
    assert [one["message"] for one in found(sim, "mini_message", login_name=["oxe70100"])] == ["second"]
    assert found(sim, "mini_message", login_name=["oxe70100"])[0]["sender"] == "70110"
    assert found(sim, "mini_message", login_name=["oxe70100"]) == []
    assert "400" in failure(run(sim, "mini_message_info", login_name=["oxe79999"]))


def test_a_message_whose_answer_is_lost_is_not_asked_for_again(sim: Simulator) -> None:
    sim.fault(method="GET", path="miniMessages", cut_after=True)
    options = {"url": sim.url, **ADMIN, "login_name": ["oxe70100"], "retries": 3}
    assert "may have carried it out" in failure(run_module("o2g_mini_message_info", options))
    assert len([r for r in sim.journal() if r["path"].endswith("miniMessages")]) == 1


# Directory


@pytest.mark.parametrize("polls", [0, 3])
def test_a_search_is_read_until_its_end_and_stopped(sim: Simulator, polls: int) -> None:
    sim.settings(o2g={"search_polls": polls})
    criterion = {
        "operation": "AND",
        "operand": [
            {"field": "id.phoneNumber", "operation": "BEGIN_WITH", "operand": "7012"},
            {"operation": "OR", "operand": [{"field": "lastName", "operation": "CONTAIN", "operand": "e"}]},
        ],
    }
    there = found(sim, "directory", filter=criterion)
    assert {one["phone_number"][:4] for one in there} == {"7012"}
    assert sim.state()["o2g"]["searches"] == 0
    by_keys = found(sim, "directory", last_name="2", keyboard_type="ITU", limit=3, login_name="oxe70101")
    assert len(by_keys) == 3
    assert {one["last_name"][0] for one in by_keys} <= set("ABC")


def test_a_search_that_does_not_end_is_stopped(sim: Simulator) -> None:
    criterion = {"field": "lastName", "operation": "BEGIN_WITH", "operand": "P"}
    sim.settings(o2g={"search_polls": 1000})
    message = failure(run(sim, "directory_info", filter=criterion, timeout=0.5))
    assert "the search has not ended within 0.5 seconds" in message
    assert sim.state()["o2g"]["searches"] == 0
    sim.settings(o2g={"search_polls": 0, "search_end": "TIMEOUT"})
    assert "contacts may be missing" in done(sim, "directory_info", filter=criterion).warned[0]
    sim.fault(method="GET", path="directory/search", status=500, times=1)
    assert "500" in failure(run(sim, "directory_info", filter=criterion))
    assert sim.state()["o2g"]["searches"] == 0


def test_a_search_must_be_clear_before_any_request(sim: Simulator) -> None:
    name = {"field": "lastName", "operation": "BEGIN_WITH", "operand": "P"}
    for options, text in (
        ({}, "filter: must be given, or last_name"),
        ({"filter": name, "last_name": "7", "keyboard_type": "ITU"}, "and not both"),
        ({"last_name": "7"}, "last_name: and keyboard_type must be given together"),
        ({"filter": {**name, "field": "name"}}, "filter: field must be one of lastName"),
        ({"filter": {**name, "operand": 7}}, "filter: operand must be text"),
        (
            {"filter": {"operation": "AND", "operand": [name, {**name, "operation": "IS"}]}},
            "operand[1]: operation must",
        ),
        ({"filter": {**name, "operation": "OR"}}, "filter: operand must be a list of criteria"),
        ({"filter": name, "limit": 101}, "limit: must be from 1 to 100"),
    ):
        assert text in failure(run(sim, "directory_info", **options))
    assert sim.journal() == []


# Log


@pytest.mark.parametrize("form", ["table", "example"])
def test_old_records_go_and_no_others(sim: Simulator, form: str) -> None:
    sim.settings(o2g={"comlog_form": form})
    there = found(sim, "comm_record", login_name=["oxe70100"])
    assert [one["record_id"] for one in there] == [10003, 10002, 10001, 10000]
    assert [one["acknowledged"] for one in there] == [False, True, True, False]
    assert there[0]["role"] == "CALLEE"
    old = {**ME, "before_date": "2026-10-01", "state": "absent"}
    predicted = done(sim, "comm_record", **old, check=True)
    gone = done(sim, "comm_record", **old)
    assert predicted["diff"] == gone["diff"]
    assert gone["results"][0]["resource"]["record_ids"] == [10001, 10000]
    assert sent(sim) == ["DELETE /comlog/records?loginName=oxe70100&recordIdList=10001%2C10000"]
    assert not done(sim, "comm_record", **old)["changed"]
    unseen = {**ME, "unacknowledged": True, "after_date": "2026-11-20T17:01:00+01:00", "state": "absent"}
    assert done(sim, "comm_record", **unseen)["results"][0]["resource"]["record_ids"] == [10003]
    assert [one["record_id"] for one in found(sim, "comm_record", login_name=["oxe70100"])] == [10002]
    assert len(found(sim, "comm_record", login_name=["oxe70101"])) == 4


def test_all_records_go_only_if_that_is_said(sim: Simulator) -> None:
    for options in ({}, {"all": False}, {"unanswered": False}, {"unacknowledged": False}):
        output = run(sim, "comm_record", **ME, state="absent", **options)
        assert "record_id: must be given" in failure(output) or "means all records" in failure(output)
    assert sim.journal() == []
    sim.clear_journal()
    done(sim, "comm_record", **ME, all=True, state="absent")
    assert sent(sim) == ["DELETE /comlog/records?loginName=oxe70100&recordIdList=10000%2C10001%2C10002%2C10003"]
    sim.clear_journal()
    assert not done(sim, "comm_record", **ME, all=True, state="absent")["changed"]
    assert sent(sim) == []


def test_one_record_goes_and_another_is_acknowledged(sim: Simulator) -> None:
    assert done(sim, "comm_record", **ME, record_id=10001, state="absent")["changed"]
    assert not done(sim, "comm_record", **ME, record_id=10001, state="absent")["changed"]
    assert "there is no communication record '10001'" in failure(
        run(sim, "comm_record", **ME, record_id=10001, acknowledged=True)
    )
    assert "is of no missed call" in failure(run(sim, "comm_record", **ME, record_id=10002, acknowledged=False))
    assert done(sim, "comm_record", **ME, unacknowledged=True, acknowledged=True)["changed"]
    assert not done(sim, "comm_record", **ME, all=True, acknowledged=True)["changed"]
    there = found(sim, "comm_record", login_name=["oxe70100"], record_id=10003)
    assert [one["acknowledged"] for one in there] == [True]
    assert found(sim, "comm_record", login_name=["oxe70100"], record_id=99999) == []
    assert found(sim, "comm_record", login_name=["oxe70100"], limit=1, offset=1)[0]["record_id"] == 10002
    one = {"unanswered": True, "role": "CALLEE", "remote_party_id": "70110"}
    assert [r["record_id"] for r in found(sim, "comm_record", login_name=["oxe70100"], **one)] == [10003]


def test_calls_are_written_down(sim: Simulator) -> None:
    dialled = {"device_id": "70101", "callee": "70102", "auto_answer": True}
    done(sim, "dial", **dialled)
    done(sim, "call", login_name="oxe70101", action="release")
    newest = {n: found(sim, "comm_record", login_name=[f"oxe{n}"])[0] for n in ("70101", "70102")}
    assert [(one["role"], one["answered"], one["acknowledged"]) for one in newest.values()] == [
        ("CALLER", False, True),
        ("CALLEE", False, False),
    ]
    [counters] = done(sim, "event_summary_info", login_name=["oxe70102"])["resources"]
    assert counters["missed_calls_nb"] == 3


# Voice mail and counters


def test_a_recording_is_saved_for_nobody_else(sim: Simulator, tmp_path: Path) -> None:
    dest = tmp_path / "message.wav"
    fetch = {**ME, **OPEN, "voicemail_id": "19002", "dest": str(dest)}
    predicted = done(sim, "voicemail", **fetch, check=True)
    assert predicted["changed"]
    assert not dest.exists()
    saved = done(sim, "voicemail", **fetch)
    assert saved["diff"] == predicted["diff"]
    assert dest.stat().st_mode & 0o777 == 0o600
    with wave.open(io.BytesIO(dest.read_bytes())) as sound:
        assert sound.getnframes() / sound.getframerate() == saved["results"][0]["resource"]["duration"] == 3
    assert not done(sim, "voicemail", **fetch)["changed"]
    dest.write_bytes(b"RIFF something else")
    assert done(sim, "voicemail", **fetch)["changed"]
    assert "there is no directory" in failure(run(sim, "voicemail", **{**fetch, "dest": str(tmp_path / "no/x.wav")}))
    assert "there is no voice message '7' of oxe70100" in failure(
        run(sim, "voicemail", **{**fetch, "voicemail_id": "7"})
    )
    sim.fault(method="GET", path="voicemails/19002", not_json=True)
    assert "is not a wav file" in failure(run(sim, "voicemail", **fetch))
    assert "1234" not in saved["results"][0]["resource"].values()


def test_old_messages_that_were_heard_go_and_no_others(sim: Simulator) -> None:
    [box] = found(sim, "voicemail", login_name=["oxe70100"], **OPEN)
    assert [one["voicemail_id"] for one in box["voicemails"]] == ["19001", "19002", "19003"]
    assert (box["total_voice_msg"], box["new_voice_msg"], box["storage_usage"]) == (3, 2, None)
    [news] = found(sim, "voicemail", login_name=["oxe70100"], **OPEN, new_only=True)
    assert len(news["voicemails"]) == 2
    heard = {**ME, **OPEN, "before_date": "2026-10-01", "unread": False, "state": "absent"}
    assert done(sim, "voicemail", **heard)["results"][0]["resource"]["voicemail_ids"] == ["19001"]
    assert not done(sim, "voicemail", **heard)["changed"]
    assert sent(sim)[-1] == "DELETE /messaging/mailboxes/70100-7-MAILBOX/voicemails?loginName=oxe70100&msgIds=19001"
    for nothing in ({}, {"all": False}):
        message = failure(run(sim, "voicemail", **ME, **OPEN, state="absent", **nothing))
        assert "voicemail_id: must be given, or one of before_date" in message
    one = {**ME, **OPEN, "voicemail_id": "19003", "state": "absent"}
    assert done(sim, "voicemail", **one)["changed"]
    assert not done(sim, "voicemail", **one)["changed"]
    assert done(sim, "voicemail", **ME, **OPEN, all=True, state="absent")["changed"]
    assert sim.state()["o2g"]["voicemails"]["70100"] == []
    assert len(sim.state()["o2g"]["voicemails"]["70103"]) == 3


def test_how_a_mailbox_is_opened(sim: Simulator) -> None:
    gone = {**ME, "voicemail_id": "19001", "state": "absent"}
    assert "mailbox_password: or with_user_pwd=true must be given" in failure(run(sim, "voicemail", **gone))
    output = run(sim, "voicemail", **gone, mailbox_password="4711-wrong")
    assert "cannot be connected. Check its password" in failure(output)
    assert "4711-wrong" not in output.text
    assert "has no mailboxes" in failure(run(sim, "voicemail", **{**gone, **OPEN, "login_name": "oxe70101"}))
    assert done(sim, "voicemail", **gone, with_user_pwd=True)["changed"]
    assert [box["mailbox_id"] for box in found(sim, "voicemail", login_name=["oxe70100", "oxe70101"])] == [
        "70100-7-MAILBOX"
    ]
    assert run(sim, "voicemail_info", USER, with_user_pwd=True)["resources"][0]["total_voice_msg"] == 2


def test_many_messages_of_many_users_share_one_connection_each(sim: Simulator) -> None:
    rows = [
        {"login_name": f"oxe{n}", "voicemail_id": v}
        for n, v in (("70100", "19001"), ("70100", "19002"), ("70103", "19004"))
    ]
    output = done(sim, "voicemail", **OPEN, state="absent", config=rows)
    assert output["summary"]["deleted"] == 3
    connected = [r for r in sim.journal() if r["method"] == "POST" and "mailboxes" in r["path"]]
    assert len(connected) == 2


def test_names_that_modules_may_not_declare_are_understood(sim: Simulator) -> None:
    """Ansible keeps message for itself, and password beside the connection is that of the account."""
    rows = [{"login_name": "oxe70101", "recipient": "70102", "message": "one"}]
    done(sim, "mini_message", config=rows)
    done(sim, "mini_message", **{**rows[0], "message": "two"})
    assert [m["message"] for m in sim.state()["o2g"]["mini_messages"]["70102"]] == ["one", "two"]
    both = failure(run(sim, "mini_message", **rows[0], mini_message="two"))
    assert "message" in both
    gone = {**ME, "voicemail_id": "19001", "password": "1234"}
    output = done(sim, "voicemail", state="absent", config=[gone])
    assert output["changed"]
    assert "1234" not in str(output["invocation"])


def test_a_counter_that_is_not_told_is_unknown(sim: Simulator) -> None:
    [counters] = done(sim, "event_summary_info", **{"login_name": ["oxe70100"]})["resources"]
    assert counters["voice_messages_nb"] == 2
    assert counters["call_back_requests_nb"] == 1
    assert counters["fax_nb"] == 0
    assert counters["old_text_nb"] is None
    assert counters["event_waiting"] is True
    sim.settings(o2g={"voice_counter": "absent"})
    [counters] = done(sim, "event_summary_info", **{"login_name": ["oxe70100"]})["resources"]
    assert counters["voice_messages_nb"] is None


# Pilots


def test_pilots_are_monitored_in_both_forms(sim: Simulator) -> None:
    done(
        sim,
        "pilot_monitoring",
        state="monitored",
        config=[{"pilot_number": "60101"}, {"pilot_number": "60102", "node_id": 7}],
    )
    assert sim.state()["o2g"]["monitored_pilots"] == {"60101": 1, "60102": 1}
    for options in ({"pilot_number": "60101"}, {"pilot_number": "60102", "node_id": 7}):
        assert done(sim, "pilot_monitoring", state="unmonitored", **options)["changed"]
    assert sim.state()["o2g"]["monitored_pilots"] == {"60101": 0, "60102": 0}


@pytest.mark.parametrize("form", ["table", "example"])
def test_whether_a_call_can_be_transferred_to_a_pilot(sim: Simulator, form: str) -> None:
    sim.settings(o2g={"pilot_state": form})
    done(sim, "pilot", node_id=7, pilot_number="60102", state="closed")
    profile = {"skills": [{"skill_number": 1, "acr_status": True}], "supervised_transfer": True}
    asked = {"node_id": 7, "gather_subset": ["transfer"], "login_name": "oxe70101", **profile}
    sim.clear_journal()
    output = run(sim, "pilot_info", **asked, check=True)
    assert sim.journal(writes=True) == []
    pilots = {one["pilot_number"]: one for one in output["resources"]}
    assert pilots["60101"]["waiting_time"] == 12
    assert pilots["60101"]["state"] == "opened"
    assert pilots["60101"]["transfer"]["transfer_possible"] is True
    assert pilots["60101"]["transfer"]["supervised_transfer"] is True
    assert pilots["60102"]["transfer"]["transfer_possible"] is False
    assert "login_name: must be given" in failure(run(sim, "pilot_info", node_id=7, gather_subset=["transfer"]))


def test_an_agent_asks_about_one_pilot(sim: Simulator) -> None:
    output = run(sim, "pilot_info", USER, node_id=7, pilot_number="60101", gather_subset=["transfer"])
    assert output["resources"][0]["transfer"]["transfer_possible"] is True
