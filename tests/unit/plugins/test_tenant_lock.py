# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One run at a time works on a tenant: who has the lock, who may take it over, and who may give it back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ansible_collections.voiceops.telephony.plugins.action import tenant_lock
from ansible_collections.voiceops.telephony.plugins.action.tenant_lock import ActionModule, Lock, started


def of(path: Path, **who: Any) -> Lock:
    lock = Lock(path)
    lock.me |= who
    return lock


def live(path: Path) -> Lock:
    """The lock of another run on this host: this process itself stands for it."""
    return of(path, pid=os.getpid(), started=started(os.getpid()))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".acme.lock"


def test_one_run_has_it_and_gives_it_back(path: Path) -> None:
    first, second = Lock(path), live(path)
    assert first.take() == {}
    assert first.take() == {}
    holder = second.take()
    assert holder["pid"] == os.getppid()
    assert {"host", "user", "since"} < holder.keys()
    assert not second.release()
    assert first.release()
    assert not path.exists()
    assert not first.release()
    assert second.take() == {}


def test_what_nobody_holds_any_more_is_taken_over(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    for stale in (of(path, pid=ended.pid), of(path, pid=os.getpid(), started="another's"), of(path, pid=None)):
        assert stale.take() == {}
        assert json.loads(path.read_text())["pid"] == stale.me["pid"]
        assert Lock(path).take() == {}
        assert Lock(path).release()
    for nonsense in ("", "[]", "no JSON"):
        path.write_text(nonsense)
        assert Lock(path).take() == {}
    assert of(path, host="elsewhere").take()["pid"] == os.getppid()  # which cannot see whether that process lives


def test_of_many_that_come_at_once_one_gets_it(path: Path) -> None:
    of(path, started="another's").take()
    with ThreadPoolExecutor(16) as pool:
        for _round in range(20):
            locks = [of(path, host=f"host{n}") for n in range(16)]
            path.unlink()
            got = [lock for lock, holder in zip(locks, pool.map(Lock.take, locks), strict=True) if not holder]
            assert len(got) == 1
            assert [lock for lock, was in zip(locks, pool.map(Lock.release, locks), strict=True) if was] == got
            path.touch()


def run(check: bool = False, **args: Any) -> dict[str, Any]:
    action = object.__new__(ActionModule)
    action._task = SimpleNamespace(args=args, check_mode=check)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ActionModule.__mro__[1], "run", lambda *_args: {})
        return action.run(task_vars={"inventory_hostname": "acme/brussels"})


def test_the_action(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / ".acme%2Fbrussels.lock"
    assert run(check=True, dir=str(tmp_path))["msg"] == "nothing is locked in check mode"
    assert not path.exists()
    assert run(dir=str(tmp_path))["held"]
    assert path.exists()
    assert run(dir=str(tmp_path), state="released", wait="")["msg"] == "released"
    live(path).take()
    monkeypatch.setattr(tenant_lock, "POLL_SECONDS", 0)
    refused = run(dir=str(tmp_path))
    assert refused["failed"]
    assert f"(process {os.getpid()}) since " in refused["msg"]
    assert f"remove {path}" in refused["msg"]
    assert "With tenant_lock_wait=300" in refused["msg"]
    assert "has waited for 1 s" in run(dir=str(tmp_path), wait=1)["msg"]


@pytest.mark.parametrize(("required", "fails"), [(True, True), ("false", None), (None, None)])
def test_where_no_file_can_be_there_is_no_lock(tmp_path: Path, required: Any, fails: bool | None) -> None:
    result = run(dir=str(tmp_path / "nowhere"), required=required)
    assert (result["held"], result.get("failed")) == (False, fails)
    assert "nowhere/.acme%2Fbrussels.lock cannot be written (No such file or directory)" in result["msg"]
    assert run(dir=str(tmp_path / "nowhere"), state="released").get("failed") is None


def test_wrong_options_are_named() -> None:
    told = run(state="taken", wait="soon", folder="x")["msg"]
    for name in ("dir: must be given", "state: must be one of", "wait: must be", "folder: is not an option"):
        assert name in told
