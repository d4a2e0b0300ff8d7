# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the collection's playbooks over tenants, as a user would: with ansible-playbook and an inventory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import ROOT
from simulator.handle import Simulator

PLAYBOOKS = ROOT / "playbooks"


@dataclass(frozen=True)
class Played:
    """What a playbook printed, and how it ended."""

    failed: bool
    text: str
    recap: dict[str, int]
    """Per word of the recap, the sum over all hosts."""

    @property
    def changes(self) -> int:
        """How often a module has told that it changed, or would change, a list of a tenant."""
        return len(re.findall(r"^[\w.-]+: (?:apio|ccs|o2g)\.\w+: ", self.text, re.MULTILINE))


def connections(sim: Simulator) -> dict[str, Any]:
    """Return the variables that lead to the simulator."""
    account = {"url": sim.url, "username": "admin", "password": "simulator", "retries": 0}
    token = {"url": sim.url, "token": "simulator-token", "retries": 0}
    return {"apio_connection": account, "ccs_connection": token, "o2g_connection": account}


def inventory(folder: Path, tenants: dict[str, dict[str, Any]], **shared: Any) -> Path:
    """Write an inventory of tenants, and of what they share."""
    file = folder / "inventory.json"
    python = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    file.write_text(json.dumps({"telephony_tenants": {"hosts": tenants, "vars": {**python, **shared}}}))
    return file


def play(playbook: str, where: Path, *flags: str, environment: dict[str, str] | None = None, **extra: Any) -> Played:
    """Run a playbook in the inventory's folder."""
    command = ["ansible-playbook", "-i", str(where), "-e", json.dumps(extra), *flags]
    run = subprocess.run(
        [*command, str(PLAYBOOKS / playbook)],
        cwd=where.parent,
        env=os.environ | {"ANSIBLE_NOCOLOR": "1"} | (environment or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
    )
    assert "[DEPRECATION WARNING]" not in run.stderr + run.stdout, run.stderr + run.stdout
    recap: dict[str, int] = {}
    for word, count in re.findall(r"(\w+)=(\d+)", run.stdout.rpartition("PLAY RECAP")[2]):
        recap[word] = recap.get(word, 0) + int(count)
    return Played(run.returncode != 0, run.stdout + run.stderr, recap)


def await_journal(sim: Simulator, condition: Callable[[list[tuple[str, str]]], bool]) -> None:
    """Wait until a condition holds of the requests that a simulator has seen, by method and path."""
    deadline = time.monotonic() + 30
    while not condition([(r["method"], r["path"]) for r in sim.journal()]):
        assert time.monotonic() < deadline
        time.sleep(0.1)
