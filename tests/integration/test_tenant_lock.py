# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two builds of one tenant at the same time: one works, the other says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from plays import PLAYBOOKS, connections, inventory, play
from simulator.handle import Simulator

from ansible_collections.voiceops.telephony.plugins.action.tenant_lock import Lock, started

ACME = {"o2g": {"node_id": 7, "pilots": [{"pilot_number": "60101", "state": "closed"}]}}


@pytest.fixture
def where(sim: Simulator, tmp_path: Path) -> Path:
    return inventory(tmp_path, {"acme": ACME}, **connections(sim))


def hold(folder: Path, pid: int) -> Path:
    """Leave the lock of a run."""
    lock = Lock(folder / ".acme.lock")
    lock.me |= {"pid": pid, "started": started(pid)}
    assert not lock.take()
    return lock.path


def test_the_second_of_two_builds_says_who_is_at_it(sim: Simulator, where: Path) -> None:
    path = hold(where.parent, os.getpid())
    held = path.read_text()
    built = play("build.yml", where, tenant_lock_wait="")
    assert built.failed
    assert "acme is being worked on by" in built.text
    assert sim.journal() == []
    assert path.read_text() == held
    assert not play("build.yml", where, "--check").failed
    assert path.read_text() == held


@pytest.mark.long
def test_the_lock_of_a_run_that_is_no_more_is_taken_over_and_none_is_left(sim: Simulator, where: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    path = hold(where.parent, ended.pid)
    sim.fault("PUT", "/pilots", status=500)
    sim.fault("POST", "/pilots", status=500)
    assert play("build.yml", where).failed
    assert not path.exists()
    sim.reset()
    assert not play("build.yml", where).failed
    assert sim.journal(writes=True)
    assert not path.exists()


@pytest.mark.long
def test_a_build_can_wait_for_another(sim: Simulator, where: Path) -> None:
    elsewhere = where.parent / "locks"
    elsewhere.mkdir()
    asked: dict[str, Any] = {"tenant_lock_dir": str(elsewhere), "tenant_lock_wait": 600}
    command = ["ansible-playbook", "-i", str(where), "-e", json.dumps(asked), str(PLAYBOOKS / "build.yml")]
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        path = hold(elsewhere, other.pid)
        with subprocess.Popen(command, cwd=where.parent, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as build:
            assert build.stderr
            assert any(b"waiting up to 600 s" in line for line in build.stderr)
            assert sim.journal() == []
            other.communicate(b"\n")
            build.stderr.read()
    assert build.returncode == 0
    assert sim.journal(writes=True)
    assert not path.exists()


@pytest.mark.long
def test_a_folder_that_is_asked_for_must_be_there(sim: Simulator, where: Path) -> None:
    built = play("build.yml", where, tenant_lock_dir="nowhere")
    assert built.failed
    assert "nowhere/.acme.lock cannot be written" in built.text
    assert sim.journal() == []


@pytest.mark.long
def test_holidays_and_undo_keep_out_of_the_way_of_a_build(sim: Simulator, where: Path) -> None:
    assert not play("build.yml", where).failed
    (undo,) = (where.parent / "undo").glob("acme-*.json")
    days = where.parent / "days.csv"
    days.write_text("date,name\n2030-01-01,New Year\n")
    path = hold(where.parent, os.getpid())
    held = path.read_text()
    for playbook, order in (
        ("undo.yml", {"undo_file": str(undo)}),
        ("holidays.yml", {"holidays_file": str(days), "holidays_pilots": "60101"}),
    ):
        sim.clear_journal()
        refused = play(playbook, where, **order)
        assert refused.failed
        assert "acme is being worked on by" in refused.text, refused.text
        assert sim.journal(writes=True) == []
        assert path.read_text() == held
        assert not play(playbook, where, "--check", **order).failed
    path.unlink()
    assert not play("undo.yml", where, undo_file=str(undo)).failed
    assert sim.journal(writes=True)
    assert not path.exists()
