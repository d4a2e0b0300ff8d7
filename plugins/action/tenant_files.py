# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase

from ansible_collections.voiceops.telephony.plugins.module_utils import files
from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults, TelephonyError
from ansible_collections.voiceops.telephony.plugins.plugin_utils.light import light

KINDS: dict[str, tuple[type, Any, str]] = {
    "files": (dict, {}, "a dictionary of paths and texts"),
    "workbooks": (dict, {}, "a dictionary of paths and tenants, each with tenant, name and notes"),
    "absent": (list, [], "a list of paths"),
    "mode": (str, "0644", "permissions in octal, such as '0600'"),
}

BOOK = "a dictionary of tenant (a dictionary), name (text) and notes (a list of texts)"


class ActionModule(ActionBase):
    """Writes texts to files on the controller."""

    TRANSFERS_FILES = False
    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result = super().run(tmp, task_vars)
        with light(self):
            return {**result, **self._done()}

    def _done(self) -> dict[str, Any]:
        given = {name: default for name, (_kind, default, _what) in KINDS.items()}
        given |= {name: value for name, value in self._task.args.items() if value is not None}
        faults = [f"{name}: is not an option; there are: {', '.join(KINDS)}" for name in given if name not in KINDS]
        faults += [f"{n}: must be {what}" for n, (kind, _d, what) in KINDS.items() if not isinstance(given[n], kind)]
        if not faults and not re.fullmatch(r"0?[0-7]{3}", given["mode"]):
            faults.append(f"mode: must be {KINDS['mode'][2]}")
        if not faults:
            faults += [
                f"workbooks.{path}: must be {BOOK}" for path, one in given["workbooks"].items() if not _is_book(one)
            ]
        if faults:
            return {"failed": True, "msg": "\n".join(faults)}
        check = bool(self._task.check_mode)
        try:
            removed = [str(path) for path in given["absent"] if _removed(Path(path), check)]
            contents = {path: str(text).encode() for path, text in given["files"].items()}
            contents |= _workbooks(given["workbooks"]) if given["workbooks"] else {}
            mode = int(given["mode"], 8)
            written = [str(path) for path, one in contents.items() if _written(Path(path), one, mode, check)]
        except (OSError, TelephonyError) as error:
            return {"failed": True, "msg": f"The tenant's files cannot be written: {error}"}
        return {"changed": bool(written or removed), "written": written, "removed": removed}


def _is_book(book: Any) -> bool:
    kinds = {"tenant": dict, "name": str, "notes": list}
    return (
        isinstance(book, dict)
        and "tenant" in book
        and all(name in kinds and isinstance(value, kinds[name]) for name, value in book.items())
    )


def _workbooks(books: dict[str, Any]) -> dict[str, bytes]:
    """Return the content of each workbook. What that needs is loaded by no task that writes none."""
    from ansible_collections.voiceops.telephony.plugins.module_utils.shell import missing_library
    from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import plain
    from ansible_collections.voiceops.telephony.plugins.plugin_utils.workbook import content

    try:
        return {path: content(**plain(book)) for path, book in books.items()}
    except Faults as wrong:
        raise TelephonyError("\n".join(wrong.faults)) from None
    except ImportError as error:
        raise TelephonyError(missing_library(str(error.name).partition(".")[0])) from error


def _removed(path: Path, check: bool) -> bool:
    there = path.is_file() or path.is_symlink()
    if there and not check:
        path.unlink()
    return there


def _written(path: Path, content: bytes, mode: int, check: bool) -> bool:
    """Bring a file to its content, and return whether that is, or would be, a change."""
    if check and not path.parent.is_dir():
        return True
    if not path.parent.is_dir():
        path.parent.mkdir(mode=mode | (mode & 0o444) >> 2, parents=True, exist_ok=True)
    return files.replace(str(path), content, mode, check_mode=check)
