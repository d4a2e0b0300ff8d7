# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs ansible-rulebook against the simulator, as a user would."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from simulator.handle import Simulator

PATIENCE = 60.0


def own_subscriptions(sim: Simulator) -> list[dict[str, Any]]:
    """What somebody has subscribed to, beside what the simulator begins with."""
    return [one for key, one in sim.state()["o2g"]["subscriptions"].items() if not key.startswith("SUB-")]


@dataclass
class Rulebook:
    """A running ansible-rulebook."""

    process: subprocess.Popen[str]
    log: Path

    @property
    def output(self) -> str:
        return self.log.read_text()

    def until(self, true: Callable[[], Any], what: str) -> None:
        """Wait for something that this process is to bring about."""
        deadline = time.monotonic() + PATIENCE
        while not true():
            assert self.process.poll() is None, f"ansible-rulebook ended before {what}:\n{self.output}"
            assert time.monotonic() < deadline, f"{what} has not happened:\n{self.output}"
            time.sleep(0.05)

    def until_said(self, text: str, times: int = 1) -> None:
        self.until(lambda: self.output.count(text) >= times, f"{text!r} said {times} times")

    def end(self, number: int) -> int:
        """Send a signal; return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@contextmanager
def running_rulebook(
    sim: Simulator, folder: Path, rulebook: Any, *arguments: str, subscribes: bool = True, **variables: Any
) -> Iterator[Rulebook]:
    """Run a rulebook, given by name or as data, whose sources log in at the simulator; wait until it has subscribed."""
    if not isinstance(rulebook, str):
        (folder / "rulebook.yml").write_text(yaml.safe_dump(rulebook))
        rulebook = str(folder / "rulebook.yml")
    (folder / "inventory.yml").write_text(yaml.safe_dump({"all": {"hosts": {"localhost": LOCAL}}}))
    (folder / "vars.yml").write_text(yaml.safe_dump(variables))
    command = [str(Path(sys.executable).with_name("ansible-rulebook")), "--rulebook", rulebook, *arguments]
    if "--inventory" not in arguments:
        command += ["--inventory", str(folder / "inventory.yml")]
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--vars", str(folder / "vars.yml")],
            cwd=folder,
            env={**os.environ, **o2g_environment(sim)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
    one = Rulebook(process, log)
    try:
        if subscribes:
            one.until(lambda: any(s["channel"] for s in own_subscriptions(sim)), "a channel that is open")
        yield one
    finally:
        process.kill()
        process.wait()


LOCAL = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}


def o2g_environment(sim: Simulator) -> Mapping[str, str]:
    return {"O2G_URL": sim.url, "O2G_USERNAME": "admin", "O2G_PASSWORD": "simulator"}
