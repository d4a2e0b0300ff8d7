# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets tests import ansible_collections.voiceops.telephony, and Ansible find it, in a checkout at any path."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COLLECTIONS = ROOT / ".cache/collections"
LINK = COLLECTIONS / "ansible_collections/voiceops/telephony"

LINK.parent.mkdir(parents=True, exist_ok=True)
with suppress(FileExistsError):
    LINK.symlink_to("../../../..")

for name in [name for name in os.environ if name.startswith(("APIO_", "CCS_", "O2G_", "TELEPHONY_"))]:
    del os.environ[name]  # the tests log in as they say, and not as somebody does who tries modules in this terminal

sys.path.insert(0, str(COLLECTIONS))
os.environ["ANSIBLE_COLLECTIONS_PATH"] = str(COLLECTIONS)
os.environ["ANSIBLE_HOME"] = str(ROOT / ".cache/ansible")
os.environ["ANSIBLE_PYTHON_INTERPRETER"] = sys.executable
os.environ["ANSIBLE_DEPRECATION_WARNINGS"] = "true"
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
