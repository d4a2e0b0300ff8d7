# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase

from ansible_collections.voiceops.telephony.plugins.module_utils import files
from ansible_collections.voiceops.telephony.plugins.module_utils.errors import TelephonyError

KINDS: dict[str, tuple[type, Any, str]] = {
    "files": (dict, {}, "a dictionary of paths and texts"),
    "absent": (list, [], "a list of paths"),
    "mode": (str, "0644", "permissions in octal, such as '0600'"),
}


class ActionModule(ActionBase):
    """Writes texts to files on the controller."""

    TRANSFERS_FILES = False
    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result = super().run(tmp, task_vars)
        given = {name: default for name, (_kind, default, _what) in KINDS.items()}
        given |= {name: value for name, value in self._task.args.items() if value is not None}
        faults = [f"{name}: is not an option; there are: {', '.join(KINDS)}" for name in given if name not in KINDS]
        faults += [f"{n}: must be {what}" for n, (kind, _d, what) in KINDS.items() if not isinstance(given[n], kind)]
        if not faults and not re.fullmatch(r"0?[0-7]{3}", given["mode"]):
            faults.append(f"mode: must be {KINDS['mode'][2]}")
        if faults:
            return {**result, "failed": True, "msg": "\n".join(faults)}
        check = bool(self._task.check_mode)
        try:
            removed = [str(path) for path in given["absent"] if _removed(Path(path), check)]
            written = [
                str(path)
                for path, text in given["files"].items()
                if _written(Path(path), str(text), int(given["mode"], 8), check)
            ]
        except (OSError, TelephonyError) as error:
            return {**result, "failed": True, "msg": f"The tenant's files cannot be written: {error}"}
        return {**result, "changed": bool(written or removed), "written": written, "removed": removed}


def _removed(path: Path, check: bool) -> bool:
    there = path.is_file() or path.is_symlink()
    if there and not check:
        path.unlink()
    return there


def _written(path: Path, text: str, mode: int, check: bool) -> bool:
    """Bring a file to its text, and return whether that is, or would be, a change."""
    if check and not path.parent.is_dir():
        return True
    if not path.parent.is_dir():
        path.parent.mkdir(mode=mode | (mode & 0o444) >> 2, parents=True, exist_ok=True)
    return files.replace(str(path), text.encode(), mode, check_mode=check)
