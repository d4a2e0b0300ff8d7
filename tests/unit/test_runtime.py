# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import re
import subprocess
import sys

from tools import event_reference
from tools.register import ROOT, RUNTIME, action_only, registrations

LOOKED_UP = """
import sys
from ansible.plugins.loader import action_loader, init_plugin_loader
init_plugin_loader()
action_loader.get("voiceops.telephony.o2g_user", class_only=True)
engine = sys.modules["ansible_collections.voiceops.telephony.plugins.module_utils.engine"]
print(engine.__spec__.cached)
"""
"""What Ansible does with each task before it forks the worker that runs it."""


def test_every_module_is_registered() -> None:
    assert RUNTIME.read_text() == registrations(), "run `make runtime`"


def test_the_reference_of_events_is_that_of_the_contract() -> None:
    assert event_reference.FILE.read_text() == event_reference.page(), "run `make runtime`"


def test_every_action_has_a_module_that_documents_it() -> None:
    assert {path.stem for path in ROOT.glob("plugins/action/*.py")} - {"__init__"} == action_only()


def test_what_modules_need_is_loaded_before_workers_are_forked() -> None:
    environment = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".cache/collections")}
    said = subprocess.check_output([sys.executable, "-c", LOOKED_UP], env=environment, text=True)
    assert re.fullmatch(r".*/module_utils/__pycache__/engine\.\S+\.pyc", said.strip()), "Python keeps it compiled"


def test_readme_names_every_module() -> None:
    readme = (ROOT / "README.md").read_text()
    modules = {path.stem for path in ROOT.glob("plugins/modules/*.py")} - {"in_process"}
    missing = {module for module in modules if f"`{module}`" not in readme}
    assert not missing, "README.md: the table of modules needs a row for each"
