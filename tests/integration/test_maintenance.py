# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A maintenance window: agents are withdrawn and pilots closed, and afterwards everybody is what they were."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from plays import Played, connections, inventory, play
from simulator.handle import Simulator
from simulator.seed import default_seed

ON = {"mainState": "LOG_ON", "subState": "READY", "proAcdDeviceNumber": "70110", "pgNumber": "60201"}
OFF = {"mainState": "LOG_OFF"}
STATES = {
    "70101": ON,
    "70102": {**ON, "subState": "PAUSE", "pgNumber": "60202", "proAcdDeviceNumber": "70111"},
    "70103": OFF,
}
ACME = {"o2g": {"node_id": 7, "pilots": [{"pilot_number": n, "state": "opened"} for n in ("60101", "60102")]}}


class Window:
    """The tenant acme with an agent who is ready, one in pause and one who is logged off."""

    def __init__(self, sim: Simulator, folder: Path) -> None:
        self.sim = sim
        self.folder = folder
        self.file = folder / "maintenance/acme.json"
        self.reset()
        self.before = self.platform()

    def reset(self, **system: Any) -> None:
        seed = default_seed()["o2g"]
        agents = {number: {"state": state} for number, state in STATES.items()}
        self.sim.reset({"o2g": {**seed, "agents": agents, "system": system}})

    def platform(self) -> dict[str, Any]:
        state = self.sim.state()["o2g"]
        return {"agents": state["agents"], "pilots": state["nodes"]["7"]["pilots"]}

    def doing(self) -> dict[str, str]:
        return {n: self.platform()["agents"][n]["state"].get("subState", "OFF") for n in STATES}

    def run(self, state: str, *flags: str, **extra: Any) -> Played:
        self.sim.clear_journal()
        where = inventory(self.folder, {"acme": ACME}, **connections(self.sim))
        return play("maintenance.yml", where, *flags, **{"maintenance_state": state, **extra})

    def closed(self) -> list[str]:
        return [number for number, pilot in self.platform()["pilots"].items() if pilot["state"] == "Closed"]

    def writes(self) -> int:
        return len(self.sim.journal(writes=True))


@pytest.fixture
def window(sim: Simulator, tmp_path: Path) -> Window:
    return Window(sim, tmp_path)


def test_into_the_window_and_out_of_it(window: Window) -> None:
    check = window.run("begun", "--check", "--diff", maintenance_reason="Lunch")
    assert not check.failed, check.text
    assert (window.writes(), window.file.exists()) == (0, False)

    begun = window.run("begun", maintenance_reason="Lunch", maintenance_licences="ROXE_API_MANAGEMENT")
    assert not begun.failed, begun.text
    assert window.doing() == {"70101": "WITHDRAW", "70102": "WITHDRAW", "70103": "OFF"}
    assert window.closed() == ["60101", "60102"]
    assert window.file.stat().st_mode & 0o777 == 0o600
    text = window.file.read_text()
    assert [agent["state"] for agent in json.loads(text)["agents"]] == ["ready", "pause"]

    again = window.run("begun", maintenance_reason="Lunch")
    assert (again.failed, again.recap["changed"], window.writes()) == (False, 0, 0), again.text
    assert window.file.read_text() == text

    built = play("build.yml", inventory(window.folder, {"acme": ACME}, **connections(window.sim)))
    assert (built.failed, built.recap["changed"]) == (False, 0), built.text
    assert "left alone: state of pilot 60101, 60102. End the window" in " ".join(built.text.split())

    assert not window.run("ended", "--check").failed
    assert (window.writes(), window.file.read_text()) == (0, text)

    ended = window.run("ended")
    assert not ended.failed, ended.text
    assert window.platform() == window.before
    assert [file.read_text() for file in window.file.parent.iterdir()] == [text]
    assert not window.file.exists()


@pytest.mark.long
def test_agents_and_pilots_can_be_chosen(window: Window) -> None:
    narrow = window.run("begun", maintenance_groups="60202", maintenance_pilots=60101, maintenance_reason="")
    assert not narrow.failed, narrow.text
    assert window.doing() == {"70101": "READY", "70102": "WITHDRAW", "70103": "OFF"}
    assert window.closed() == ["60101"]
    wider = window.run("begun", maintenance_agents=["oxe70101"], maintenance_pilots=[])
    assert not wider.failed, wider.text
    assert window.doing() == {"70101": "WITHDRAW", "70102": "WITHDRAW", "70103": "OFF"}
    ended = window.run("ended")
    assert not ended.failed, ended.text
    assert window.platform() == window.before


@pytest.mark.long
def test_a_fault_half_way_loses_nothing(window: Window) -> None:
    window.sim.fault("POST", "/acd/agent/withdraw", status=400, times=1)
    half = window.run("begun")
    assert half.failed
    assert "window of acme is not completely begun" in " ".join(half.text.split())
    assert not window.run("begun").failed
    window.sim.fault("POST", "/60102/open", status=400, times=None)
    assert window.run("ended").failed
    assert window.file.exists()
    window.sim.clear_faults()
    assert not window.run("ended").failed
    assert window.platform() == window.before


@pytest.mark.long
@pytest.mark.parametrize(
    ("system", "extra", "told"),
    [
        ({"links": {"7": "DISCONNECTED"}}, {}, "nothing was done: the CTI link of node 7 is DISCONNECTED"),
        ({"licences": {"ROXE_API_ANALYTICS": 0}}, {}, "more is in use than there is of licence ROXE_API_ANALYTICS"),
        (
            {"licences": {"ROXE_API_ANALYTICS": 0}},
            {"maintenance_licences": ["ROXE_API_ANALYTICS", "ROXE_API_TEL_BASIC"]},
            "nothing was done: there is no licence ROXE_API_ANALYTICS",
        ),
        ({}, {"maintenance_reason": "Meeting"}, "'Meeting' is no reason to withdraw from 60202"),
        ({}, {"maintenance_state": "over"}, "maintenance_state: must be begun or ended"),
        ({}, {"maintenance_state": "ended"}, "so there is nothing to bring back"),
        ({}, {"awx_job_id": 7}, "would be gone with this job"),
    ],
)
def test_what_is_not_as_it_must_be_stops_it(
    window: Window, system: dict[str, Any], extra: dict[str, Any], told: str
) -> None:
    window.reset(**system)
    for flags in (["--check"], []) if extra else ([],):
        run = window.run("begun", *flags, **(extra))
        assert run.failed, run.text
        assert told in " ".join(run.text.split())
        assert window.writes() == 0
