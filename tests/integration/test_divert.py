# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An emergency: calls are diverted, and afterwards everything is as it was, whatever went wrong in between."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from modules import run_module
from plays import Played, connections, inventory, play
from simulator.handle import Simulator

SALES, SUPPORT = "rp-sales@acme.example", "rp-support@acme.example"
PASSWORD = "Never-to-be-seen-1"
ACME = {
    "apio": {
        "tenant_id": "acme",
        "group_id": "brussels",
        "country": "BE",
        "call_centers": [{"service_user_id": "cc@acme.example", "service_user_password": PASSWORD}],
        "route_points": [{"route_point_user_id": SALES, "dnis": []}],
        "route_point_overflow": [{"route_point_user_id": SUPPORT, "timeout_seconds": 30}],
    },
    "o2g": {
        "node_id": 7,
        "pilots": [{"pilot_number": "60101", "state": "opened"}],
        "pilot_calendars": [{"pilot_number": "60102", "exceptions": {"2030-01-01": []}}],
    },
}
ELSEWHERE = "+3225550199"


class Emergency:
    """The tenant acme, where one route point has always been forwarded, and one pilot is closed for repairs."""

    def __init__(self, sim: Simulator, folder: Path) -> None:
        self.sim = sim
        self.folder = folder
        self.connections = connections(sim)
        self.file = folder / "divert/acme.json"
        point = {"tenant_id": "acme", "group_id": "brussels", "route_point_user_id": SUPPORT, "active": True}
        point |= {"forward_to_phone_number": "025550123", "play_announcement_before_forwarding": True}
        point |= {"audio_message_selection": "File", "audio_file_list": ["Moved {{ 6 * 7 }}", None, "Music"]}
        pilot = {"node_id": 7, "pilot_number": "60102", "state": "closed"}
        for module, options in (("apio_route_point_forced_forwarding", point), ("o2g_pilot", pilot)):
            account = self.connections["apio_connection"]
            assert not run_module(module, {**account, **options}).failed
        self.before = self.platforms()

    def platforms(self) -> dict[str, Any]:
        """What is on them, without the sessions."""
        state = self.sim.state()
        return {"apio": state["apio"]["tenants"], "o2g": state["o2g"]["nodes"]}

    def forwarded(self) -> dict[str, str | None]:
        """Per route point, where its calls go."""
        points = self.platforms()["apio"]["acme"]["groups"]["brussels"]["route_points"]
        settings = {name: point["forced_forwarding"] for name, point in points.items()}
        return {name: at["forwardToPhoneNumber"] if at["active"] else None for name, at in settings.items()}

    def closed(self) -> list[str]:
        """The pilots that take no calls."""
        return [
            number for number, pilot in self.platforms()["o2g"]["7"]["pilots"].items() if pilot["state"] == "Closed"
        ]

    def run(self, state: str, *flags: str, **extra: Any) -> Played:
        self.sim.clear_journal()
        where = inventory(self.folder, {"acme": ACME}, **self.connections)
        return play("divert.yml", where, *flags, **{"divert_state": state, "divert_to": ELSEWHERE, **extra})

    def saved(self) -> dict[str, Any]:
        return json.loads(self.file.read_text())

    def writes(self) -> int:
        return len(self.sim.journal(writes=True))


@pytest.fixture
def emergency(sim: Simulator, tmp_path: Path) -> Emergency:
    return Emergency(sim, tmp_path)


def test_diverted_and_exactly_restored(emergency: Emergency) -> None:
    assert not emergency.run("diverted", "--check", "--diff").failed
    assert not emergency.writes()
    assert not emergency.file.exists()

    first = emergency.run("diverted", "-vvv")
    assert not first.failed, first.text
    assert PASSWORD not in first.text
    assert emergency.forwarded() == {SALES: ELSEWHERE, SUPPORT: ELSEWHERE}
    assert emergency.closed() == ["60101", "60102"]
    assert emergency.writes() == 3
    text = emergency.file.read_text()
    assert PASSWORD not in text
    assert emergency.file.stat().st_mode & 0o777 == 0o600

    again = emergency.run("diverted")
    assert (again.failed, again.recap["changed"], emergency.writes()) == (False, 0, 0)
    assert emergency.file.read_text() == text

    assert not emergency.run("restored", "--check").failed
    assert emergency.file.read_text() == text
    assert not emergency.writes()
    assert emergency.platforms() != emergency.before

    assert not emergency.run("restored").failed
    assert emergency.platforms() == emergency.before
    assert [file.read_text() for file in emergency.file.parent.iterdir()] == [text]
    assert not emergency.file.exists()


def test_a_build_leaves_alone_what_is_diverted_unless_it_is_told_not_to(emergency: Emergency) -> None:
    off = {"route_point_user_id": SALES, "active": False}
    apio = {"tenant_id": "acme", "group_id": "brussels", "route_point_forced_forwarding": [off]}
    code = {"apio": apio, "o2g": ACME["o2g"]}

    def run(playbook: str, **extra: Any) -> Played:
        emergency.sim.clear_journal()
        return play(playbook, inventory(emergency.folder, {"acme": code}, **emergency.connections), **extra)

    assert not emergency.run("diverted").failed
    diverted = emergency.platforms()
    told = f"left alone: forced forwarding of {SALES}; state of pilot 60101. Restore it with the playbook divert"
    for playbook in ("plan.yml", "build.yml", "drift.yml"):
        done = run(playbook, drift_gate=True)
        assert not done.failed, done.text
        assert told in " ".join(done.text.split())
        assert emergency.platforms() == diverted
    assert told in (emergency.folder / "plans/acme.md").read_text()

    done = run("build.yml", divert_override="true")
    assert not done.failed, done.text
    assert "as the code says, because of divert_override" in done.text
    assert emergency.forwarded()[SALES] is None
    assert emergency.closed() == ["60102"]

    emergency.file.write_text('{"pilots": ')
    assert "is not what the playbook divert saves" in run("plan.yml").text


@pytest.mark.long
def test_a_fault_half_way_loses_nothing(emergency: Emergency) -> None:
    emergency.sim.fault("PUT", f"{SUPPORT}/forced_forwarding", status=400, times=None)
    emergency.sim.fault("POST", "/60103/close", status=400, times=None)
    narrow = {"divert_route_points": SUPPORT, "divert_pilots": ["60102", "60103"]}
    half = emergency.run("diverted", **narrow, holidays={"being_edited": {"from": "nowhere.csv"}})
    assert half.failed
    assert "acme is not completely diverted" in half.text
    assert emergency.platforms() == emergency.before
    assert emergency.saved()["pilots"] == {"60102": "closed", "60103": "opened"}

    emergency.sim.clear_faults()
    wide = {"divert_to": {SALES: "+3225550191", SUPPORT: "+3225550192"}, "divert_pilots": "60101,60103"}
    before = emergency.saved()
    assert not emergency.run("diverted", **wide).failed
    assert emergency.forwarded() == wide["divert_to"]
    assert emergency.closed() == ["60101", "60102", "60103"]
    assert emergency.saved()["forced_forwarding"][0] == before["forced_forwarding"][0]
    assert [point["route_point_user_id"] for point in emergency.saved()["forced_forwarding"]] == [SUPPORT, SALES]
    assert emergency.saved()["pilots"] == {"60101": "opened", "60102": "closed", "60103": "opened"}
    assert emergency.saved()["since"] == before["since"]

    emergency.sim.fault("PUT", f"{SALES}/forced_forwarding", status=400)
    partly = emergency.run("restored")
    assert partly.failed
    assert "acme is not completely restored" in partly.text
    assert emergency.forwarded() == {SALES: "+3225550191", SUPPORT: "025550123"}
    assert emergency.closed() == ["60102"]
    assert not emergency.run("restored").failed
    assert emergency.platforms() == emergency.before


@pytest.mark.long
def test_one_platform_down_does_not_keep_the_other_open(emergency: Emergency) -> None:
    there = emergency.connections["apio_connection"]
    emergency.connections["apio_connection"] = {**there, "url": "http://127.0.0.1:1"}
    down = emergency.run("diverted")
    assert down.failed
    assert "acme is not completely diverted: APIO at http://127.0.0.1:1 cannot be reached" in down.text
    assert emergency.closed() == ["60101", "60102"]
    assert emergency.saved()["forced_forwarding"] == []

    emergency.connections["apio_connection"] = there
    assert not emergency.run("diverted").failed
    assert emergency.forwarded() == {SALES: ELSEWHERE, SUPPORT: ELSEWHERE}
    assert not emergency.run("restored").failed
    assert emergency.platforms() == emergency.before


@pytest.mark.long
def test_what_cannot_be_read_is_not_written(emergency: Emergency) -> None:
    """Nobody could restore it."""
    emergency.sim.fault("GET", f"{SALES}/forced_forwarding", status=500, times=None)
    run = emergency.run("diverted", divert_pilots="60101 60199")
    assert run.failed
    assert "node 7 has no pilot 60199" in run.text
    assert emergency.forwarded() == {SALES: None, SUPPORT: ELSEWHERE}
    assert emergency.closed() == ["60101", "60102"]


@pytest.mark.long
def test_refused_before_any_request(sim: Simulator, tmp_path: Path) -> None:
    orders = {
        "unclear": ({"divert_state": "diverting"}, "divert_state: must be diverted or restored"),
        "nowhere": ({"divert_state": "diverted"}, "divert_to: must be a phone number"),
        "partly": ({"divert_state": "diverted", "divert_to": {SALES: ELSEWHERE}}, "or one for each of"),
        "untouched": ({"divert_state": "restored"}, "Nothing of untouched is saved in"),
        "job": ({"divert_state": "diverted", "awx_job_id": 7}, "would be gone with this job"),
    }
    where = inventory(
        tmp_path, {name: {**ACME, **order} for name, (order, _text) in orders.items()}, **connections(sim)
    )
    run = play("divert.yml", where)
    assert run.recap["failed"] == len(orders)
    for _order, text in orders.values():
        assert text in run.text
    assert not sim.journal()
    assert list(tmp_path.iterdir()) == [where]


@pytest.mark.long
def test_an_order_that_would_fail_or_go_round_is_refused_first(emergency: Emergency) -> None:
    """In check mode and for real alike, with every pilot still open."""
    points = {"route_points": [{"route_point_user_id": SALES, "dnis": [{"name": "Main", "phone_number": "025550101"}]}]}
    apio = {**ACME["apio"], **points}
    for target, told in (
        ("call Bob", "forward_to_phone_number"),
        (SALES, "is its user id of rp-sales@acme.example itself"),
        ("+3225550101", "is the DNIS 'Main' of rp-sales@acme.example itself: the calls would come back"),
    ):
        for flags in (["--check"], []):
            run = emergency.run("diverted", *flags, divert_to=target, apio=apio)
            assert run.failed, target
            assert told in " ".join(run.text.split()), run.text
            assert (emergency.writes(), emergency.file.exists()) == (0, False)
            assert emergency.platforms() == emergency.before


@pytest.mark.long
def test_a_number_is_a_list_and_blank_is_the_default(emergency: Emergency) -> None:
    one = emergency.run("diverted", divert_pilots=60101, divert_route_points=[], divert_dir="")
    assert not one.failed, one.text
    assert emergency.closed() == ["60101", "60102"]
    assert list(emergency.saved()["pilots"]) == ["60101"]
    blank = emergency.run("diverted", divert_pilots=None, divert_route_points="", tenant_base_dir="")
    assert not blank.failed, blank.text
    assert list(emergency.saved()["pilots"]) == ["60101", "60102"]


def test_a_queue_does_not_divert_or_restore_what_a_person_has_diverted(emergency: Emergency) -> None:
    emergency.file.parent.mkdir()
    emergency.file.write_text("{}")
    emergency.sim.clear_journal()
    where = inventory(emergency.folder, {"acme": {**ACME, "queue_divert_to": ELSEWHERE}}, **emergency.connections)
    for level, told in (("high", "acme was diverted by a person, who restores it"), ("low", "acme stays as it is")):
        run = play("queue_divert.yml", where, ansible_eda={"event": {"number": "60101", "level": level}})
        assert not run.failed, run.text
        assert told in run.text
    assert not emergency.sim.journal()
    assert [file.name for file in emergency.file.parent.iterdir()] == ["acme.json"]
