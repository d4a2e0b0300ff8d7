# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts and steers the simulator from a test, a demo or a benchmark. Standard library only.

with Simulator.start(tls=True) as sim:
    sim.fault(method="POST", path="/dnis/", cut_after=True)
    ...
    assert not sim.violations()
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

START_SECONDS = 120.0
STOP_SECONDS = 5.0
HERE = Path(__file__).resolve().parent


class SimulatorError(Exception):
    """The simulator did not start, or refused a control request."""


class Simulator:
    """A running simulator. ``url`` is plain HTTP; ``tls_url`` and ``ca_file`` are None without TLS."""

    def __init__(
        self,
        url: str,
        tls_url: str | None = None,
        ca_file: str | None = None,
        process: subprocess.Popen[bytes] | None = None,
        folder: tempfile.TemporaryDirectory[str] | None = None,
    ) -> None:
        self.url = url
        self.tls_url = tls_url
        self.ca_file = ca_file
        self._process = process
        self._folder = folder
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    @classmethod
    def start(cls, tls: bool = False, python: str | None = None, host: str = "127.0.0.1") -> Simulator:
        """Start one on free ports, as a child that ends with this process."""
        folder = tempfile.TemporaryDirectory(prefix="simulator-")
        port_file = Path(folder.name, "ports.json")
        log = Path(folder.name, "log")
        command = [python or sys.executable, str(HERE), "--host", host, "--port", "0"]
        command += ["--port-file", str(port_file), "--parent", str(os.getpid())]
        if tls:
            command += ["--tls-port", "0", "--ca-file", str(Path(folder.name, "ca.pem"))]
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            where = _wait_for(port_file, process, log)
        except BaseException:
            _end(process)
            folder.cleanup()
            raise
        return cls(where["url"], where.get("tls_url"), where.get("ca_file"), process, folder)

    def stop(self) -> None:
        """Stop it; does nothing to one that somebody else started."""
        if self._process is not None:
            _end(self._process)
            self._process = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def __enter__(self) -> Simulator:
        return self

    def __exit__(self, *unused: object) -> None:
        self.stop()

    @property
    def log(self) -> str:
        """What the child printed: empty, unless something is wrong in the simulator itself."""
        return Path(self._folder.name, "log").read_text() if self._folder else ""

    def reset(self, seed: dict[str, Any] | None = None) -> None:
        """Forget content, journal, faults and settings. A platform that the seed lacks gets its default content."""
        self._control("POST", "reset", seed)

    def settings(self, **changes: Any) -> dict[str, Any]:
        """Change settings, as in ``settings(latency_ms=20, apio={"auto_id": True})``; returns all of them."""
        return self._control("PATCH", "settings", changes)

    def fault(self, method: str | None = None, path: str = "", **effect: Any) -> dict[str, Any]:
        """Make the next matching request go wrong, as in ``fault("PUT", "/dnis/", status=503, times=2)``."""
        return self._control("POST", "faults", {"method": method, "path": path, **effect})

    def faults(self) -> list[dict[str, Any]]:
        return self._control("GET", "faults")["faults"]

    def clear_faults(self) -> None:
        self._control("DELETE", "faults")

    def emit(self, name: str, ids: Sequence[str] = (), **fields: Any) -> None:
        """Have those told of an event who have subscribed to it and to one of the ids."""
        self._control("POST", "events", {"name": name, "ids": list(ids), "fields": fields})

    def happen(self, **changes: Any) -> None:
        """Let something happen to O2G that no request can do, as in ``happen(links={"7": "DISCONNECTED"})``."""
        self._control("PATCH", "o2g", changes)

    def events(self, subscription: str) -> list[dict[str, Any]]:
        """Take what waits to be sent to a subscription."""
        return self._control("GET", f"events?subscriptionId={subscription}")["events"]

    def emit_many(self, name: str, times: int, ids: Sequence[str] = (), **fields: Any) -> None:
        """Emit it many times, each with its number as C(n)."""
        self._control("POST", "events", {"name": name, "ids": list(ids), "fields": fields, "times": times})

    def tell_ccs(self, message: Any) -> int:
        """Send a message to all who listen on the WebSocket of CCS; return how many these are."""
        return self._control("POST", "messages", message)["told"]

    def cut_channels(self, end: bool = False) -> int:
        """Cut the channels of events, as if for more than a minute with C(end); return how many were open."""
        return self._control("DELETE", f"channels?end={int(end)}")["cut"]

    def journal(self, writes: bool | None = None, since: int = 0) -> list[dict[str, Any]]:
        """The requests so far: all, only writes, or (False) only what is no write."""
        wanted = "" if writes is None else f"&writes={int(writes)}"
        return self._control("GET", f"journal?since={since}{wanted}")["entries"]

    def clear_journal(self) -> None:
        self._control("DELETE", "journal")

    def violations(self) -> list[dict[str, Any]]:
        """The requests that broke the contract, and those whose answer did."""
        return self._control("GET", "journal?violations=1")["entries"]

    def state(self) -> dict[str, Any]:
        return self._control("GET", "state")

    def coverage(self) -> list[dict[str, Any]]:
        return self._control("GET", "coverage")["operations"]

    def _control(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.url}/_sim/{path}", data, {"Content-Type": "application/json"}, method=method
        )
        try:
            with self._opener.open(request, timeout=START_SECONDS) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise SimulatorError(f"{method} {path}: {error.code} {error.read().decode(errors='replace')}") from error
        except OSError as error:
            ended = self._process.poll() if self._process else None
            why = f"it ended with {ended}:\n{self.log}" if ended is not None else str(error)
            raise SimulatorError(f"{method} {path}: the simulator does not answer: {why}") from error
        return json.loads(text) if text else None


def _wait_for(port_file: Path, process: subprocess.Popen[bytes], log: Path) -> dict[str, Any]:
    """The child writes the file when it answers."""
    deadline = time.monotonic() + START_SECONDS
    while not port_file.exists():
        if process.poll() is not None:
            raise SimulatorError(f"the simulator ended with {process.returncode}:\n{log.read_text()}")
        if time.monotonic() > deadline:
            raise SimulatorError(f"the simulator did not start within {START_SECONDS:.0f} s:\n{log.read_text()}")
        time.sleep(0.02)
    return json.loads(port_file.read_text())


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
