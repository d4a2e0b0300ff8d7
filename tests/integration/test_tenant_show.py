# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report is shown as it is, in check mode too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TEXT = '# Plan for acme\n\n| List | "Name" |\n'


def shown(folder: Path, options: dict[str, Any], *flags: str) -> subprocess.CompletedProcess[str]:
    play = {"hosts": "localhost", "gather_facts": False, "tasks": [{"voiceops.telephony.tenant_show": options}]}
    (folder / "play.yml").write_text(yaml.safe_dump([play]))
    environment = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".cache/collections"), "ANSIBLE_NOCOLOR": "1"}
    command = [str(Path(sys.executable).with_name("ansible-playbook")), "-i", "localhost,", "play.yml", *flags]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("flags", [(), ("--check",)])
def test_lines_are_not_quoted(tmp_path: Path, flags: tuple[str, ...]) -> None:
    played = shown(tmp_path, {"text": TEXT}, *flags)
    assert played.returncode == 0, played.stdout
    assert TEXT in played.stdout
    assert "changed=0" in played.stdout


@pytest.mark.parametrize("options", [{}, {"text": TEXT, "colour": "red"}])
def test_only_a_text_is_taken(tmp_path: Path, options: dict[str, Any]) -> None:
    played = shown(tmp_path, options)
    assert played.returncode != 0
    assert "text: must be given, as a text, and is the only option" in played.stdout + played.stderr
