# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is released works where it is installed, far from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import tarfile
from pathlib import Path

import pytest
from simulator.handle import Simulator

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tarball(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(["ansible-galaxy", "collection", "build", "--output-path", folder], cwd=ROOT, check=True)
    return next(folder.glob("voiceops-telephony-*.tar.gz"))


def test_tarball_holds_no_litter(tarball: Path) -> None:
    with tarfile.open(tarball) as archive:
        names = [Path(name) for name in archive.getnames()]
    assert {Path("plugins/module_utils/engine.py"), Path("docs/skeleton/.gitlab-ci.yml")} <= {*names}
    others = [name for name in names if not name.is_relative_to("docs/skeleton")]
    assert not [name for name in others if name.name.startswith((".", "__pycache__")) or name.suffix == ".pyc"]


def test_installed_collection_runs_with_module_defaults(tarball: Path, sim: Simulator, tmp_path: Path) -> None:
    play = {
        "hosts": "localhost",
        "gather_facts": False,
        "module_defaults": {"group/voiceops.telephony.ccs": {"url": sim.url, "token": "simulator-token"}},
        "tasks": [{"voiceops.telephony.ccs_extension_info": {"tenant": "Acme Contact Center"}}],
    }
    playbook = tmp_path / "playbook.yml"
    playbook.write_text(json.dumps([play]))
    environment = os.environ | {"ANSIBLE_COLLECTIONS_PATH": str(tmp_path)}
    install = ["ansible-galaxy", "collection", "install", "--offline", "--collections-path", tmp_path, tarball]
    subprocess.run(install, env=environment, check=True)
    run = subprocess.run(["ansible-playbook", playbook], env=environment, capture_output=True, check=False, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
