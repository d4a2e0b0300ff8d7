# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole site, built as a user would: with ansible-playbook, and in few tasks."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from route_points import PLAYBOOK, Build
from simulator.handle import Simulator


def play(sim: Simulator, playbook: Path, variables: Path, *flags: str) -> dict[str, int]:
    """Run a playbook and return its recap."""
    sim.clear_journal()
    command = ["ansible-playbook", "-e", f"@{variables}", "-e", f"url={sim.url}", *flags, str(playbook)]
    run = subprocess.run(
        command, env=os.environ | {"ANSIBLE_NOCOLOR": "1"}, capture_output=True, check=False, text=True
    )
    assert run.returncode == 0, (run.stdout + run.stderr)[-3000:]
    recap = re.findall(r"(\w+)=(\d+)", run.stdout.rpartition("PLAY RECAP")[2])
    return {name: int(count) for name, count in recap}


@pytest.fixture
def build(sim: Simulator, tmp_path: Path) -> tuple[Build, Path]:
    build = Build()
    sim.reset(build.seed())
    variables = tmp_path / "variables.json"
    variables.write_text(json.dumps(build.variables()))
    return build, variables


@pytest.mark.timeout(600)
def test_fifty_route_points_with_all_settings(sim: Simulator, build: tuple[Build, Path]) -> None:
    wanted, variables = build
    assert wanted.tasks == 10
    assert play(sim, PLAYBOOK, variables, "--check")["changed"] == wanted.tasks
    assert not sim.journal(writes=True)
    assert play(sim, PLAYBOOK, variables)["changed"] == wanted.tasks
    assert len(sim.journal(writes=True)) == wanted.writes
    assert len(sim.journal()) == wanted.tasks + wanted.reads + wanted.rules + wanted.writes
    assert play(sim, PLAYBOOK, variables)["changed"] == 0
    assert not sim.journal(writes=True)
    assert len(sim.journal()) == wanted.tasks + wanted.reads_again


def test_what_the_benchmark_calls_built_is_built(sim: Simulator, tmp_path: Path) -> None:
    wanted = Build(points=2, dnis=2)
    sim.reset(wanted.seed(there=True))
    variables = tmp_path / "variables.json"
    variables.write_text(json.dumps(wanted.variables()))
    assert play(sim, PLAYBOOK, variables)["changed"] == 0


@pytest.mark.timeout(600)
def test_divert_and_restore_them_all(sim: Simulator, build: tuple[Build, Path]) -> None:
    wanted, variables = build
    assert play(sim, PLAYBOOK.with_name("emergency.yml"), variables)["changed"] == 2
    assert len(sim.journal(writes=True)) == 2 * wanted.points
