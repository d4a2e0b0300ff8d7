# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures of the start page, docs/pictures: the example tenant is built, edited, planned and compared."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from simulator.handle import Simulator  # noqa: E402
from simulator.settings import TRIED  # noqa: E402

EDITS = {
    "host_vars/acme/apio.yml": ("queue_length: 25", "queue_length: 40"),
    "group_vars/all.yml": ('time: "16:00", rule_number: 0', 'time: "15:00", rule_number: 0'),
}
STYLE = """<style>body {font: 15px/1.5 system-ui, sans-serif; margin: 2em; max-width: 60em}
table {border-collapse: collapse} td, th {border: 1px solid #ccd; padding: .3em .7em; text-align: left}</style>"""


def play(sim: Simulator, folder: Path, *arguments: str) -> None:
    command = ["ansible-playbook", "-i", "inventory", *arguments]
    subprocess.run(command, cwd=folder, check=True, env={**os.environ, "SIMULATOR_URL": sim.url})


def photograph(page: Path, picture: str, size: str) -> None:
    target = ROOT / "docs/pictures" / picture
    target.parent.mkdir(exist_ok=True)
    flags = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={size}", f"--screenshot={target}"]
    subprocess.run(["chromium", *flags, page.as_uri()], check=True, capture_output=True)


def main() -> None:
    with Simulator.start() as sim, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sim.settings(**TRIED)
        shutil.copytree(ROOT / "playbooks/inventory", folder / "inventory")
        play(sim, folder, "voiceops.telephony.build")
        for file, (old, new) in EDITS.items():
            path = folder / "inventory" / file
            path.write_text(path.read_text().replace(old, new, 1))
        play(sim, folder, "voiceops.telephony.plan", "-e", "plan_gate=false")
        play(sim, folder, "voiceops.telephony.drift")
        html = MarkdownIt("commonmark", {"html": True}).enable("table").render((folder / "plans/acme.md").read_text())
        (folder / "plan.html").write_text(STYLE + html)
        photograph(folder / "plan.html", "plan.png", "900,700")
        photograph(folder / "drift/acme.html", "drift.png", "1000,1100")


if __name__ == "__main__":
    main()
