# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many events a second get through the event source of O2G, from the simulator, and whether its memory stays flat.

The source runs in a process of its own, with a queue that counts in the place of the rules. `--rulebook` has them go
through ansible-rulebook instead, whose rule counts them by printing a dot.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / ".cache/collections"))

from memory import kilobytes, tree
from simulator.handle import Simulator

COLLECTIONS = Path(__file__).resolve().parents[2] / ".cache/collections"
PER_SECOND = 10
"""In how many portions the events of a second are emitted."""
RULEBOOK = """\
- name: Bench
  hosts: localhost
  sources: [{voiceops.telephony.o2g_events: {packages: [pbxManagement]}}]
  rules:
    - {name: all, condition: event.n is defined, action: {debug: {msg: counted}}}
"""


class Counter:
    """A queue that counts, and notices what is missing or comes twice."""

    def __init__(self, file: Path) -> None:
        self.count = self.wrong = 0
        self.file = file

    async def put(self, event: Mapping[str, Any]) -> None:
        expected = self.count % event["portion_size"]
        self.wrong += event["n"] != expected
        self.count += 1
        if self.count % 1000 == 0:
            self.tell()

    def tell(self) -> None:
        self.file.write_text(json.dumps({"count": self.count, "wrong": self.wrong}))


def listen(file: Path) -> None:
    """Be the process with the source."""
    from ansible_collections.voiceops.telephony.plugins.plugin_utils.o2g_events import listen

    counter = Counter(file)
    try:
        asyncio.run(listen(counter, {"packages": ["pbxManagement"]}))
    finally:
        counter.tell()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rate", type=int, default=1000, help="events a second")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rulebook", action="store_true", help="through ansible-rulebook")
    parser.add_argument("--listen", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.listen:
        listen(options.listen)
        return 0
    with Simulator.start() as simulator, tempfile.TemporaryDirectory() as folder:
        return run(simulator, Path(folder), options)


def run(simulator: Simulator, folder: Path, options: argparse.Namespace) -> int:
    told, log = folder / "told.json", folder / "log"
    (folder / "rulebook.yml").write_text(RULEBOOK)
    command = [sys.executable, __file__, "--listen", str(told)]
    if options.rulebook:
        command = [str(Path(sys.executable).with_name("ansible-rulebook")), "--rulebook", str(folder / "rulebook.yml")]
    account = {"O2G_URL": simulator.url, "O2G_USERNAME": "admin", "O2G_PASSWORD": "simulator"}
    account["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            env={**os.environ, **account, "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    total = options.rate * options.seconds

    def counted() -> int:
        if options.rulebook:
            return log.read_text().count("counted")
        return json.loads(told.read_text())["count"] if told.exists() else 0

    try:
        _until(lambda: any(one["channel"] for one in simulator.state()["o2g"]["subscriptions"].values()), process, log)
        megabytes = []
        began = time.monotonic()
        for portion in range(options.seconds * PER_SECOND):
            time.sleep(max(0.0, began + portion / PER_SECOND - time.monotonic()))
            size = options.rate // PER_SECOND
            about = {"objectName": "Subscriber", "nodeId": "7", "portionSize": size}
            simulator.emit_many("OnPbxObjectInstanceModified", size, **about)
            if portion % PER_SECOND == 0:
                megabytes.append(sum(kilobytes(one) for one in tree(process.pid)) / 1024)
        emitted = time.monotonic() - began
        _until(lambda: counted() >= total, process, log)
        through = time.monotonic() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    wrong = 0 if options.rulebook else json.loads(told.read_text())["wrong"]
    print(f"{total} events emitted in {emitted:.1f} s, all through after {through:.1f} s; lost 0, out of order {wrong}")
    quarter = max(1, len(megabytes) // 4)
    first, last = statistics.mean(megabytes[quarter : 2 * quarter]), statistics.mean(megabytes[-quarter:])
    print(f"memory: {first:.1f} MB in the second quarter, {last:.1f} MB in the last, {max(megabytes):.1f} MB at most")
    return int(bool(wrong))


def _until(true: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while not true():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"It did not get through:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
