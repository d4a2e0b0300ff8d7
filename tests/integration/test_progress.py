# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who waits for long work sees how far it is."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from integration.cases import NODE, ROUTE_POINT
from integration.test_in_process import Playbook, task
from simulator.handle import Simulator

MANY = 40
DNIS = {**ROUTE_POINT, "config": [{"name": f"Line {n}"} for n in range(MANY)], "concurrency": 1}
DAYS = {f"2027-01-{day:02d}": [{"time": "00:00", "rule_number": 0, "mode": "closed"}] for day in range(1, MANY // 2)}
CALENDARS = {
    **NODE,
    "config": [{"pilot_number": number, "exceptions": DAYS} for number in ("60101", "60102")],
    "concurrency": 1,
}
LINE = re.compile(r"^acme: ((?:reading|writing) .+), (\d+) of (\d+)$", re.MULTILINE)
SLOW = 120
"""Milliseconds a request."""


def play(sim: Simulator, folder: Path, tasks: list[dict[str, Any]], **environment: str) -> str:
    """Run tasks for the host acme, as a user would; return all that was printed."""
    playbook = Playbook(sim, folder, tasks, hosts="acme", connection="local")
    assert not any(result.get("failed") for result in playbook.run("-i", "acme,", **environment))
    return playbook.output


def shown(text: str) -> dict[str, list[int]]:
    """What was shown: per kind of work and total, the counts."""
    found: dict[str, list[int]] = {}
    for doing, done, total in LINE.findall(text):
        found.setdefault(f"{doing} of {total}", []).append(int(done))
    return found


def rises(counts: list[int], total: int) -> bool:
    return len(counts) > 1 and counts == sorted(set(counts)) and counts[-1] == total


def test_long_work_is_shown_and_quick_work_is_not(sim: Simulator, tmp_path: Path) -> None:
    sim.settings(latency_ms=SLOW)
    quick = task("o2g_user", {**NODE, "device_number": "70110"})
    tasks = [task("apio_route_point_dnis", DNIS), quick, task("o2g_pilot_calendar", CALENDARS)]
    lines = shown(play(sim, tmp_path, tasks))
    days = len(CALENDARS["config"]) * (len(DAYS) + 1)
    assert set(lines) == {f"writing DNIS of {MANY}", f"writing calendars of {days}"}
    assert rises(lines[f"writing DNIS of {MANY}"], MANY)
    assert rises(lines[f"writing calendars of {days}"], days)


@pytest.mark.long
def test_reading_is_shown_in_check_mode_too(sim: Simulator, tmp_path: Path) -> None:
    play(sim, tmp_path, [task("apio_route_point_dnis", DNIS)])
    sim.clear_journal()
    sim.settings(latency_ms=SLOW)
    detailed = {**DNIS, "config": [{**entry, "use_custom_clid_settings": False} for entry in DNIS["config"]]}
    check = task("apio_route_point_dnis", detailed, check_mode=True, diff=True)
    info = task("apio_route_point_dnis_info", {**ROUTE_POINT, "concurrency": 1})
    lines = shown(play(sim, tmp_path, [check, info]))
    assert set(lines) == {f"reading DNIS of {MANY}", f"reading DNIS of {MANY + 2}"}
    assert all(rises(counts, int(kind.split()[-1])) for kind, counts in lines.items())
    assert not sim.journal(writes=True)


@pytest.mark.long
@pytest.mark.parametrize("in_process", ["true", "false"])
def test_a_file_to_follow(sim: Simulator, tmp_path: Path, in_process: str) -> None:
    sim.settings(latency_ms=SLOW)
    file = tmp_path / "progress"
    environment = {"TELEPHONY_PROGRESS_FILE": str(file), "TELEPHONY_IN_PROCESS": in_process}
    output = play(sim, tmp_path, [task("apio_route_point_dnis", DNIS)], **environment)
    whose = "acme: " if in_process == "true" else ""
    stamped = re.compile(rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d {whose}writing DNIS, (\d+) of {MANY}")
    matches = [stamped.fullmatch(line) for line in file.read_text().splitlines()]
    assert rises([int(match[1]) for match in matches if match], MANY)
    assert all(matches)
    assert len(shown(output)) == (in_process == "true")


def test_standard_output_stays_what_the_callback_makes_of_it(sim: Simulator, tmp_path: Path) -> None:
    sim.settings(latency_ms=SLOW)
    file = Playbook(sim, tmp_path, [task("apio_route_point_dnis", DNIS)], hosts="acme", connection="local").file
    done = subprocess.run(["ansible-playbook", "-i", "acme,", file], capture_output=True, check=True, text=True)
    assert not shown(done.stdout)
    assert shown(done.stderr)
