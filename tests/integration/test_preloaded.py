# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ansible-playbook that tests find in PATH cannot be told from the one that starts anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PLAY: dict[str, Any] = {"hosts": "localhost", "connection": "local", "gather_facts": False}
ASKED = {"msg": "{{ lookup('env', 'SAID') }} in {{ lookup('pipe', 'pwd') }}"}
COMMANDS = ("ansible-playbook", str(Path(sys.executable).with_name("ansible-playbook")))


def answers(folder: Path, *tasks: dict[str, Any], **environment: str) -> list[tuple[int, str, str]]:
    """Run tasks both ways, and return how each ended and what it printed."""
    (folder / "play.yml").write_text(json.dumps([{**PLAY, "tasks": tasks}]))
    done = [
        subprocess.run(
            [command, "play.yml"],
            cwd=folder,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
        )
        for command in COMMANDS
    ]
    return [(one.returncode, one.stdout, one.stderr) for one in done]


@pytest.mark.parametrize("module", ["debug", "fail", "no_such_module"])
def test_it_prints_and_ends_alike(tmp_path: Path, module: str) -> None:
    here, anew = answers(tmp_path, {module: ASKED}, SAID="something")
    assert here == anew
    assert (f"something in {tmp_path}" in here[1]) == (module != "no_such_module")


def test_settings_that_were_read_at_the_start_are_heeded(tmp_path: Path) -> None:
    here, anew = answers(tmp_path, {"debug": ASKED}, ANSIBLE_FORCE_COLOR="true")
    assert here == anew
    assert "\x1b[" in here[1]
    (tmp_path / "ansible.cfg").write_text("[defaults]\ndisplay_args_to_stdout = true\nforks = many\n")
    here, anew = answers(tmp_path, {"debug": ASKED})
    assert here == anew
    assert here[0]


def test_a_signal_ends_it(tmp_path: Path) -> None:
    tasks = [{"command": "sleep 60"}]
    (tmp_path / "play.yml").write_text(json.dumps([{**PLAY, "tasks": tasks}]))
    for command in COMMANDS:
        process = subprocess.Popen(
            [command, "play.yml"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert process.stdout
        assert any(b"TASK [command]" in line for line in process.stdout)
        process.terminate()
        assert process.wait(30)
