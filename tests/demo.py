# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small voice tenant on the simulator: built, built again, and one edit shown before it is made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.handle import Simulator
from simulator.settings import TRIED

ROOT = Path(__file__).resolve().parents[1]
INVENTORY = ROOT / "playbooks/inventory"
EDITED = Path("host_vars/acme/apio.yml")
OLD, NEW = "      queue_length: 25\n", "      queue_length: 40\n"


def say(text: str) -> None:
    print(f"\n\033[1m{text}\033[0m\n", flush=True)


def build(sim: Simulator, inventory: Path, *flags: str) -> list[str]:
    """Run the playbook, as a user would; return the writes that reached the platforms."""
    sim.clear_journal()
    command = ["ansible-playbook", "-i", str(inventory), "voiceops.telephony.build", *flags]
    print(f"$ {' '.join(command).replace(str(ROOT) + '/', '')}", flush=True)
    subprocess.run(command, check=True, env={**os.environ, "SIMULATOR_URL": sim.url, "ANSIBLE_NOCOWS": "1"})
    requests = sim.journal()
    writes = [f"{r['method']} {r['path']}" for r in requests if r["write"]]
    print(f"The platforms saw {len(requests)} requests, of which {len(writes)} were writes.")
    return writes


@contextmanager
def edited() -> Iterator[Path]:
    """A copy of the inventory in which one call center has a longer queue."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(INVENTORY, Path(folder, "inventory")))
        text = (copy / EDITED).read_text()
        assert OLD in text
        (copy / EDITED).write_text(text.replace(OLD, NEW, 1))
        yield copy


def main() -> int:
    with Simulator.start() as sim:
        say(f"1. The simulator plays APIO, CCS and O2G on {sim.url}")
        sim.settings(**TRIED)
        print(
            "Its CCS returns the settings of extensions. The documented one does not: there, the module writes\n"
            "them in each run and says so (write_unreadable)."
        )
        say("2. First run: the tenant of playbooks/inventory is built")
        first = build(sim, INVENTORY)
        say("3. Second run: nothing to do")
        second = build(sim, INVENTORY)
        say(f"4. One edit in {EDITED}, {OLD.strip()} -> {NEW.strip()}, under --check --diff")
        with edited() as inventory:
            third = build(sim, inventory, "--check", "--diff")
        say("As it should be." if first and not second and not third else "This is not as it should be.")
        return 0 if first and not second and not third else 1


if __name__ == "__main__":
    sys.exit(main())
