# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A smoke test after a change: real calls, and a readable story of each that went elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from modules import run_module
from plays import Played, connections, inventory, play
from simulator.handle import Simulator
from simulator.seed import default_seed

QUICK = {"dial_test_from": "70101"}


def dialled(sim: Simulator, folder: Path, *tests: dict[str, Any], **extra: Any) -> Played:
    where = inventory(folder, {"acme": {"dial_tests": list(tests)}}, **connections(sim))
    return play("dial_test.yml", where, **{**QUICK, **extra})


def calls_of_users(sim: Simulator) -> list[str]:
    parties = [party["number"] for call in sim.state()["o2g"]["calls"] for party in call["parties"]]
    return [number for number in parties if number in ("70100", "70101", "70102")]


def test_calls_end_where_they_should(sim: Simulator, tmp_path: Path) -> None:
    run = dialled(
        sim,
        tmp_path,
        {"name": "Colleague", "dial": "70102", "rings_at": "70102"},
        {"name": "All sets ring", "dial": "70100", "rings_at": "71101"},
        {"name": "From outside", "dial": "0025126770", "rings_at": "70100"},
        {"name": "Pilot", "dial": "60101", "rings_at": "70100", "answer": False},
        {"name": "Busy", "dial": "70103", "ends": "refused"},
        {"name": "Unknown", "from": "70102", "dial": "7999", "ends": "refused"},
    )
    assert not run.failed, run.text
    assert "Colleague: 70101 dialled 70102, which should ring at 70102, and so it did" in run.text
    assert "Unknown: 70102 dialled 7999, which should be refused, and so it did" in run.text
    assert calls_of_users(sim) == []
    answered = [r["body"]["deviceId"] for r in sim.journal(writes=True) if r["path"].endswith("/answer")]
    assert answered == ["70102", "71101", "70100"]


@pytest.mark.long
def test_a_call_that_goes_elsewhere_is_told(sim: Simulator, tmp_path: Path) -> None:
    account = connections(sim)["o2g_connection"]
    assert not run_module("o2g_pilot", {**account, "node_id": 7, "pilot_number": "60102", "state": "closed"}).failed
    run = dialled(
        sim,
        tmp_path,
        {"name": "Sales", "dial": "60101", "rings_at": "70102", "wait": 1},
        {"name": "Support", "dial": "60102", "rings_at": "70100"},
        {"name": "Fine", "dial": "70102", "rings_at": "70102"},
        {"dial": "70102", "ends": "voicemail", "wait": 1},
        {"dial": "70102", "rings_at": "79999"},
        {"from": "70104", "dial": "70102", "rings_at": "70102"},
    )
    assert run.failed
    assert "5 of 6 calls went wrong" in run.text
    for story in (
        "Sales: 70101 dialled 60101, which should ring at 70102. Instead, after 1 s, it rings at 70100 (",
        "Support: 70101 dialled 60102, which should ring at 70100. Instead, nothing came of it: the number is busy",
        "70101 dialled 70102, which should reach the voice mail. Instead, after 1 s, it rings at 70102 (",
        "70101 dialled 70102, which should ring at 79999. Instead, there is no O2G user with the number '79999'",
        "70104 dialled 70102, which should ring at 70102. Instead, nothing was dialled, because the test set is in",
    ):
        assert story in " ".join(run.text.split()), story
    assert calls_of_users(sim) == []
    assert any(party["number"] == "70104" for call in sim.state()["o2g"]["calls"] for party in call["parties"])


@pytest.mark.long
def test_forwards_are_followed(sim: Simulator, tmp_path: Path) -> None:
    late = {"forwardType": "NO_ANSWER", "destinations": [{"type": "NUMBER", "number": "70102"}]}
    away = {"overflowType": "BUSY", "destinations": [{"type": "VOICEMAIL"}]}
    sim.reset({"o2g": {**default_seed()["o2g"], "routing": {"70100": {"forward": late}, "70103": {"overflow": away}}}})
    sim.settings(o2g={"no_answer_after": 0.5})
    run = dialled(
        sim,
        tmp_path,
        {"name": "After no answer", "dial": "70100", "rings_at": "70102"},
        {"name": "Voice mail", "dial": "70103", "ends": "voicemail"},
        {"name": "Not there", "dial": "70100", "rings_at": "71100", "user": "oxe70102", "wait": 1},
    )
    assert "After no answer: 70101 dialled 70100, which should ring at 70102, and so it did" in run.text
    assert "Voice mail: 70101 dialled 70103, which should reach the voice mail, and so it did" in run.text
    assert "Instead, after 1 s, it rings at 70102 (" in " ".join(run.text.split())
    assert "sent there by 70100" in " ".join(run.text.split())
    assert calls_of_users(sim) == []


def test_an_agents_set_is_named_with_its_user(sim: Simulator, tmp_path: Path) -> None:
    account = connections(sim)["o2g_connection"]
    ready = {"login_name": "oxe70102", "state": "ready", "pro_acd_device_number": "70115"}
    assert not run_module("o2g_agent", {**account, **ready}).failed
    run = dialled(sim, tmp_path, {"dial": "60101", "rings_at": "70115", "user": "oxe70102"})
    assert not run.failed, run.text
    assert calls_of_users(sim) == []


@pytest.mark.long
def test_nothing_is_dialled_in_check_mode_or_with_faults_in_the_data(sim: Simulator, tmp_path: Path) -> None:
    where = inventory(tmp_path, {"acme": {"dial_tests": [{"dial": "70102", "rings_at": "70102"}]}}, **connections(sim))
    assert not play("dial_test.yml", where, "--check", **QUICK).failed
    for wrong in (
        {"dial": 70102, "rings_at": "70102"},
        {"dial": "70102"},
        {"dial": "70102", "rings_at": "70102", "ends": "refused"},
        {"dial": "70102", "ends": "somewhere"},
        {"dial": "70102", "ring_at": "70102"},
    ):
        run = dialled(sim, tmp_path, {"dial": "70102", "rings_at": "70102"}, wrong)
        assert run.failed
        assert "dial_tests[1]: must have dial" in run.text
    assert sim.journal() == []
