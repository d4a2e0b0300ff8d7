# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files on the controller, written by the action tenant_files."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ansible_collections.voiceops.telephony.plugins.action.tenant_files import ActionModule


def run(check: bool = False, **args: Any) -> dict[str, Any]:
    action = object.__new__(ActionModule)
    action._task = SimpleNamespace(args=args, check_mode=check, until=[], retries=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ActionModule.__mro__[1], "run", lambda *_args: {})
        return action.run()


def test_files_are_written_once_with_their_folder(tmp_path: Path) -> None:
    there, secret = tmp_path / "plans/a/acme.md", tmp_path / "divert/acme.json"
    wanted = {str(there): "Ünïcode\n"}
    assert run(check=True, files=wanted) == {"changed": True, "written": [str(there)], "removed": []}
    assert not there.parent.exists()
    assert run(files=wanted) == {"changed": True, "written": [str(there)], "removed": []}
    assert there.read_bytes() == "Ünïcode\n".encode()
    assert run(files=wanted)["changed"] is False
    assert run(files={str(secret): "{}"}, mode="0600")["changed"]
    modes = [path.stat().st_mode & 0o777 for path in (there, there.parent, secret, secret.parent)]
    assert modes == [0o644, 0o755, 0o600, 0o700]
    assert [path.name for path in there.parent.iterdir()] == ["acme.md"]


def test_files_are_taken_away(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("x")
    gone = [str(tmp_path / "old.md"), str(tmp_path / "never.md")]
    assert run(check=True, absent=gone)["removed"] == gone[:1]
    assert run(absent=gone) == {"changed": True, "written": [], "removed": gone[:1]}
    assert run(absent=gone)["changed"] is False


@pytest.mark.parametrize(
    ("args", "text"),
    [
        ({"files": ["x"]}, "files: must be a dictionary of paths and texts"),
        ({"workbooks": {"a.xlsx": {}}}, "workbooks.a.xlsx: must be a dictionary of tenant"),
        (
            {"workbooks": {"a.xlsx": {"tenant": {"o2g": {"users": [{"x": 1}]}}}}},
            "o2g.users.0..x: is not known, and has no",
        ),
        ({"absent": "x"}, "absent: must be a list of paths"),
        ({"mode": "rw"}, "mode: must be permissions in octal"),
        ({"mode": 420}, "mode: must be permissions in octal"),
        ({"file": {}}, "file: is not an option; there are: files, workbooks, absent, mode"),
        ({"files": {"/proc/none/x": "x"}}, "cannot be written: .*/proc/none"),
        ({"files": {"/": "x"}}, "cannot be written: .*'/' is a directory"),
    ],
)
def test_what_cannot_be_written_is_told(args: dict[str, Any], text: str) -> None:
    result = run(**args)
    assert result["failed"]
    assert re.search(text, result["msg"])
