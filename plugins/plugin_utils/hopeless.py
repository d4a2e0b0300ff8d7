# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tasks of one run have learnt of platforms that refuse the log-in, are not trusted or do not answer.

Each task has a process of its own, which ends with it. What they share is the folder that Ansible makes for a run and
removes after it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ansible import constants

from ansible_collections.voiceops.telephony.plugins.module_utils.shell import connection_spec

FOLDER = "voiceops.telephony.hopeless"


class Hopeless:
    """Why nothing is to be hoped of a platform, for a host, a task's connection options and its environment."""

    def __init__(self, platform: str, host: str, options: Mapping[str, Any], environment: Any = None) -> None:
        given = {name: options[name] for name in connection_spec(platform) if options.get(name) is not None}
        told = json.dumps([platform, host, given, environment], sort_keys=True, default=str)
        self._file = Path(constants.DEFAULT_LOCAL_TMP) / FOLDER / hashlib.sha256(told.encode()).hexdigest()

    def why(self) -> str:
        """Return what an earlier task was told, or an empty text."""
        return self._file.read_text() if self._file.is_file() else ""

    def keep(self, why: str) -> None:
        """Tell it to the tasks that follow."""
        self._file.parent.mkdir(mode=0o700, exist_ok=True)
        beside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        beside.write_text(why)
        beside.replace(self._file)
