# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting and stopping: by the handle, by hand, and when the parent dies."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from simulator.handle import Simulator, SimulatorError

TESTS = Path(__file__).resolve().parents[2]


def answers(url: str) -> bool:
    host, _colon, port = url.rpartition("/")[2].partition(":")
    with socket.socket() as sock:
        return sock.connect_ex((host, int(port))) == 0


def wait_until_silent(url: str) -> bool:
    deadline = time.monotonic() + 10
    while answers(url) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not answers(url)


def test_start_and_stop() -> None:
    with Simulator.start() as sim:
        assert sim.tls_url is None
        assert answers(sim.url)
        url = sim.url
    assert not answers(url)


def test_a_port_that_is_taken_is_told(sim: Simulator) -> None:
    port = sim.url.rpartition(":")[2]
    command = [sys.executable, str(TESTS / "simulator"), "--port", port]
    run = subprocess.run(command, capture_output=True, check=False, text=True)
    assert run.returncode == 1
    assert f"port {port} of 127.0.0.1 is taken" in run.stderr
    assert "make simulator PORT=9000" in run.stderr


def test_tls_is_verified_by_its_ca(sim: Simulator) -> None:
    trusting = ssl.create_default_context(cafile=sim.ca_file)
    for url in (sim.tls_url, str(sim.tls_url).replace("127.0.0.1", "localhost")):
        with urllib.request.urlopen(f"{url}/api/rest", context=trusting) as answer:
            assert answer.status == 200
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urllib.request.urlopen(f"{sim.tls_url}/api/rest")


def test_one_connection_serves_many_requests(sim: Simulator, apio: Any) -> None:
    apio("GET", "/tenants/acme/groups/brussels/services/call_centers/")
    sock = apio.connection.sock
    for _dummy in range(200):
        assert apio("GET", "/tenants/acme/groups/brussels/services/call_centers/").status == 200
    assert apio.connection.sock is sock
    assert len(sim.journal()) == 201


def test_ends_with_its_parent() -> None:
    code = (
        "import os, sys, time; sys.path.insert(0, sys.argv[1])\n"
        "from simulator.handle import Simulator\n"
        "print(Simulator.start().url, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(TESTS)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    url = parent.stdout.readline().strip()
    assert answers(url)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert wait_until_silent(url)


def test_by_hand(tmp_path: Path) -> None:
    ports, authority = tmp_path / "ports", tmp_path / "ca.pem"
    command = [sys.executable, str(TESTS / "simulator"), "--port", "0", "--port-file", str(ports)]
    process = subprocess.Popen(
        [*command, "--tls-port", "0", "--ca-file", str(authority)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    text = "".join(iter(process.stdout.readline, "  Ctrl-C stops it.\n"))
    where = json.loads(ports.read_text())
    assert where["url"] in text
    assert where["tls_url"] in text
    assert "simulator-token" in text
    assert where["ca_file"] == str(authority)
    assert "BEGIN CERTIFICATE" in authority.read_text()
    with urllib.request.urlopen(f"{where['url']}/_sim/health") as answer:
        assert json.load(answer) == {"status": "ok", "platforms": ["apio", "ccs", "o2g"]}
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0
    process.stdout.close()


def test_tls_needs_a_place_for_its_ca() -> None:
    command = [sys.executable, str(TESTS / "simulator"), "--tls-port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--ca-file" in done.stderr


def test_start_that_fails_says_why() -> None:
    with pytest.raises(SimulatorError, match="the simulator ended with"):
        Simulator.start(host="192.0.2.1")


def test_taken_port_is_told(sim: Simulator) -> None:
    port = sim.url.rpartition(":")[2]
    command = [sys.executable, str(TESTS / "simulator"), "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("simulator: ")


def test_one_that_died_is_told() -> None:
    with Simulator.start() as sim:
        assert sim._process is not None
        sim._process.terminate()
        sim._process.wait()
        with pytest.raises(SimulatorError, match=r"(?s)does not answer.*SIGTERM"):
            sim.journal()
