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

import contact_center
import pytest
from contact_center import Center
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


@pytest.mark.long
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


def center(sim: Simulator, folder: Path, wanted: Center, tenant: str, there: bool = False) -> Path:
    """Bring a contact center into the simulator; return the variables of the play that builds it."""
    sim.reset(wanted.seed(there=there))
    variables = folder / "variables.json"
    variables.write_text(json.dumps(wanted.variables(tenant)))
    return variables


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("tenant", "look_up"), [(contact_center.TENANT, 0), ("AcmeContactCenter", 1)])
def test_a_contact_center_with_five_hundred_extensions(
    sim: Simulator, tmp_path: Path, tenant: str, look_up: int
) -> None:
    """A tenant given by name costs one look-up per task."""
    wanted = Center()
    variables = center(sim, tmp_path, wanted, tenant)
    sim.settings(ccs=contact_center.SETTINGS)
    look_ups = look_up * wanted.tasks
    assert play(sim, contact_center.PLAYBOOK, variables, "--check")["changed"] == wanted.tasks
    assert not sim.journal(writes=True)
    assert play(sim, contact_center.PLAYBOOK, variables)["changed"] == wanted.tasks
    assert len(sim.journal(writes=True)) == wanted.writes == 521
    assert len(sim.journal()) == wanted.writes + wanted.reads + look_ups
    assert play(sim, contact_center.PLAYBOOK, variables)["changed"] == 0
    assert not sim.journal(writes=True)
    assert len(sim.journal()) == wanted.reads_again + look_ups


def test_a_contact_center_that_hides_its_settings_is_written_again(sim: Simulator, tmp_path: Path) -> None:
    wanted = Center(products=2, extensions=5)
    variables = center(sim, tmp_path, wanted, contact_center.TENANT, there=True)
    assert play(sim, contact_center.PLAYBOOK, variables)["changed"] == 1
    assert len(sim.journal(writes=True)) == wanted.extensions
    sim.settings(ccs=contact_center.SETTINGS)
    assert play(sim, contact_center.PLAYBOOK, variables)["changed"] == 0
