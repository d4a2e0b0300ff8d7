# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sessions that a worker process keeps are closed before it ends, however impatiently it is told to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WORKER = """
import os, signal, sys, time
from ansible_collections.voiceops.telephony.plugins.plugin_utils.in_process import SESSIONS

class Slow:
    platform = "o2g"
    memory = None

    def __init__(self, options, check_mode):
        pass

    def begin_again(self, check_mode):
        pass

    def __exit__(self):
        os.kill(os.getpid(), getattr(signal, sys.argv[2]))  # while it says goodbye
        time.sleep(0.5)
        print("closed", flush=True)

with SESSIONS.kept(Slow, {}, False):
    os.kill(os.getpid(), getattr(signal, sys.argv[1]))
    time.sleep(30)
"""


@pytest.mark.parametrize("second", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("first", ["SIGINT", "SIGTERM"])
def test_a_second_signal_does_not_cut_the_goodbye_short(tmp_path: Path, first: str, second: str) -> None:
    script = tmp_path / "worker.py"
    script.write_text(WORKER)
    command = [sys.executable, str(script), first, second]
    environment = {"PYTHONPATH": str(Path(".cache/collections").resolve())}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=20, check=False)
    assert done.stdout == "closed\n", done.stderr
