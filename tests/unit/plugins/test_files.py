# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that modules write: whole or not at all, for their owner alone, and told truly in check mode."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import ApiError
from ansible_collections.voiceops.telephony.plugins.module_utils.files import replace


def test_a_file_is_written_once(tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    assert replace(str(file), b"a;b", 0o600, check_mode=True)
    assert list(tmp_path.iterdir()) == []
    assert replace(str(file), b"a;b", 0o600)
    assert file.read_bytes() == b"a;b"
    assert file.stat().st_mode & 0o777 == 0o600
    assert not replace(str(file), b"a;b", 0o600)
    assert replace(str(file), b"a;c", 0o600, check_mode=True)
    assert file.read_bytes() == b"a;b"
    assert [path.name for path in tmp_path.iterdir()] == ["report.csv"]


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(ApiError, match="is a directory"):
        replace(str(tmp_path), b"", 0o600)
    with pytest.raises(ApiError, match="there is no directory"):
        replace(str(tmp_path / "missing/report.csv"), b"", 0o600, check_mode=True)
