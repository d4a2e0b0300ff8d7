# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator per worker, fresh for each test, that must not have seen a request or an answer outside its contract."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from simulator.handle import Simulator

collect_ignore = [] if find_spec("ansible_runner") else ["test_awx_setup.py", "test_runner.py"]
"""AWX and its tools are for new versions of ansible-core: they are only among the development tools."""
collect_ignore += [] if find_spec("ansible_rulebook") else ["test_events.py"]
"""So is ansible-rulebook. It brings ansible-runner along, which tells AWX's tests that there is one."""

PRELOADED = Path(__file__).resolve().parents[1] / "preloaded"
COVERAGE = Path(__file__).resolve().parents[2] / ".cache/api-coverage"


@pytest.fixture(scope="session")
def running(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    with Simulator.start(tls=True) as simulator:
        yield simulator
        if is_whole(request.config):
            save_coverage(simulator, request.session.testscollected)


def is_whole(config: pytest.Config) -> bool:
    """Whether no file or test was chosen: less than the whole suite would hide what the rest covers."""
    chosen = any(".py" in argument for argument in config.args)
    return not (chosen or config.option.keyword or config.option.lf)


def save_coverage(simulator: Simulator, tests: int) -> None:
    """For make api-coverage."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    result = {"run": run, "workers": workers, "tests": tests, "operations": simulator.coverage()}
    COVERAGE.mkdir(parents=True, exist_ok=True)
    file = COVERAGE / f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.json"
    file.write_text(json.dumps(result))


@pytest.fixture(scope="session", autouse=True)
def preloaded() -> Iterator[None]:
    """Whoever calls ansible-playbook by its name finds it imported; the one beside sys.executable starts anew."""
    if not hasattr(os, "pidfd_open"):
        yield
        return
    with (
        tempfile.TemporaryDirectory() as folder,  # of a short name, as that of a socket must be
        socket.socket(socket.AF_UNIX) as listening,
        pytest.MonkeyPatch.context() as patch,
    ):
        listening.bind(f"{folder}/socket")
        listening.listen()
        os.set_inheritable(listening.fileno(), True)
        serving = subprocess.Popen(
            [sys.executable, PRELOADED / "serve.py", str(listening.fileno())],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=[listening.fileno()],
        )
        patch.setenv("PRELOADED_ANSIBLE", f"{folder}/socket")
        patch.setenv("PATH", str(PRELOADED / "bin"), prepend=os.pathsep)
        yield
        with serving:
            serving.communicate()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Any]:
    """For those who look at pages only: selenium takes its time."""
    from browser import browsing

    with browsing(tmp_path) as chrome:
        yield chrome


@pytest.fixture
def sim(running: Simulator) -> Iterator[Simulator]:
    running.reset()
    yield running
    assert not running.violations()
