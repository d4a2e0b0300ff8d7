# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of the documentation do what it says, as they stand, in the files that it names."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT
from documents import write
from simulator.handle import Simulator

ENVIRONMENT = {
    **{f"{platform}_USERNAME": "admin" for platform in ("APIO", "O2G")},
    **{f"{platform}_PASSWORD": "simulator" for platform in ("APIO", "O2G")},
    "CCS_TOKEN": "simulator-token",
}


class Shell:
    """A folder with the examples of a document, and what a person does there."""

    def __init__(self, sim: Simulator, folder: Path, document: str) -> None:
        self.sim = sim
        self.folder = folder
        self.text = (ROOT / document).read_text()
        assert write(ROOT / document, folder)

    def commands(self) -> list[str]:
        """The playbooks that the document runs, in their order."""
        return [line.partition("#")[0] for line in re.findall(r"^ {4,}(ansible-playbook .+)$", self.text, re.MULTILINE)]

    def run(self, command: str) -> str:
        """Run a command that must succeed, and return what it prints."""
        urls = {f"{platform}_URL": self.sim.url for platform in ("APIO", "CCS", "O2G")}
        done = subprocess.run(
            command,
            shell=True,
            cwd=self.folder,
            env=os.environ | {"ANSIBLE_NOCOLOR": "1"} | ENVIRONMENT | urls,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            text=True,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def play(self, name: str, *flags: str) -> str:
        return self.run(" ".join(["ansible-playbook -i inventory.yml", f"voiceops.telephony.{name}", *flags]))


def test_the_example_tenant(sim: Simulator, tmp_path: Path) -> None:
    shell = Shell(sim, tmp_path, "docs/tenant.md")
    assert "'apio.route_point_dnis': 3" in re.sub('"', "'", shell.play("validate"))
    shell.play("plan", "-e plan_gate=false")
    assert '"status": "changes"' in (tmp_path / "plans/acme.json").read_text()
    assert "changed=0" not in shell.play("build", "-e approved_plan_dir=plans")
    assert "changed=0" in shell.play("build", "-e tenant_write_unreadable=never")


@pytest.mark.parametrize("document", ["README.md", "docs/export.md"])
def test_adopting_a_tenant_step_by_step(sim: Simulator, tmp_path: Path, document: str) -> None:
    shell = Shell(sim, tmp_path, document)
    export, *others = [command for command in shell.commands() if "awx" not in command]
    shell.run(export)
    if "export_dir" not in export:
        (tmp_path / "export/host_vars").rename(tmp_path / "inventory/host_vars")
    for command in others:
        shell.run(command)
    assert not sim.journal(writes=True)
