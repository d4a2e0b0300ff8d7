# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of what was last written: git can merge it, and a bad one is told and costs nothing but requests."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from unittest import mock

import pytest

from ansible_collections.voiceops.telephony.plugins.module_utils.last_written import LastWritten, digest

URL = "https://ccs.example.com/"


def last(file: Path, **how: str) -> LastWritten:
    return LastWritten(str(file), URL, **how)


def keep(file: Path, name: str, value: object, secret: bool = False) -> None:
    last(file).keep({name: {"limit": (value, secret)}}, {})


def knows(file: Path, name: str, value: object, secret: bool = False) -> bool:
    return bool(last(file).when(name, "limit", value, secret))


def test_digests_are_salted_and_tell_values_apart() -> None:
    for secret in (False, True):
        made = digest("1111", secret)
        assert made != digest("1111", secret)
        assert digest("1111", secret, like=made) == made
        assert digest("1112", secret, like=made) != made
        assert digest("1111", secret, "key", like=made) != made
        assert digest("1111", not secret, like=made) != made
    assert digest(True, like=digest(True)) != digest("True", like=digest(True))


def test_a_secret_that_would_be_easy_to_guess_is_not_kept(tmp_path: Path) -> None:
    with mock.patch.object(hashlib, "scrypt", side_effect=ValueError("not in FIPS mode")):
        keep(tmp_path / "acme.json", "a", "1111", secret=True)
    assert not knows(tmp_path / "acme.json", "a", "1111", secret=True)


def test_two_tasks_share_a_file(tmp_path: Path) -> None:
    file = tmp_path / "acme.json"
    first, second = last(file), last(file)
    first.keep({"a": {"limit": (1, False)}}, {})
    second.keep({"b": {"limit": (2, False)}}, {})
    assert knows(file, "a", 1)
    assert knows(file, "b", 2)
    second.forget({"b": None, "a": {"other": None}})
    assert knows(file, "a", 1)
    assert not knows(file, "b", 2)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is damaged: Expecting value"),
        ('{"a": {"limit": {"at": "2026', "is damaged: Unterminated string"),
        ("[]", "is damaged: "),
        (
            '{"a": {"limit": {"at": "2026-11-26T18:00:00Z", "digest": "md5:1:2"}}, "format": 1}',
            "is damaged: it has dig",
        ),
        ('{"a": {"limit": 3}, "format": 1}', "is damaged: it has digests"),
        ('{"format": 2}', "is of the format 2, and this collection knows 1"),
        ("\udcff", "is damaged: 'utf-8' codec can't decode"),
    ],
)
def test_a_damaged_file_is_told_and_taken_for_none(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "acme.json"
    file.write_text(text, errors="surrogateescape")
    (warning,) = last(file).warnings
    assert why in warning
    assert warning.endswith("What it told is written again")
    keep(file, "a", 1)
    assert knows(file, "a", 1)
    assert not last(file).warnings
    assert (tmp_path / "acme.json.damaged").read_text(errors="surrogateescape") == text


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (warning,) = last(tmp_path).warnings
    assert f"{str(tmp_path)!r} cannot be read: Is a directory" in warning


def git(folder: Path, *words: str) -> int:
    who = ("-c", "user.name=An", "-c", "user.email=an@example.com", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *who, *words], cwd=folder, check=False, capture_output=True).returncode


def test_git_merges_what_two_controllers_have_written(tmp_path: Path) -> None:
    file = tmp_path / "acme.json"
    assert git(tmp_path, "init") == 0
    for name in "bcdefgh":
        keep(file, name, 0)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "build")
    git(tmp_path, "branch", "other")
    for name, value in (("b", 1), ("d", 1)):
        keep(file, name, value)
    git(tmp_path, "commit", "-am", "here")
    git(tmp_path, "checkout", "other")
    for name, value in (("h", 2), ("b", 2)):
        keep(file, name, value)
    git(tmp_path, "commit", "-am", "there")
    assert git(tmp_path, "merge", "main") != 0
    # both have written b: that is in doubt, and nothing else is
    (warning,) = last(file).warnings
    assert "has conflicts of a merge from line 3 on, and the lines within them count for nothing" in warning
    assert not knows(file, "b", 1)
    assert not knows(file, "b", 2)
    assert all(knows(file, name, value) for name, value in (("c", 0), ("d", 1), ("h", 2)))
    keep(file, "b", 3)
    assert json.loads(file.read_text()).keys() == {"about", *"bcdefgh", "format"}
