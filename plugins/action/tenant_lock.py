# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import fcntl
import getpass
import json
import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ansible_collections.voiceops.telephony.plugins.filter.tenant_name import tenant_name

OPTIONS = ("dir", "state", "wait", "required")
STATES = ("held", "released")
POLL_SECONDS = 0.5


class ActionModule(ActionBase):
    """Keeps two runs of this controller from writing to one tenant at the same time."""

    TRANSFERS_FILES = False
    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result = {**super().run(tmp, task_vars), "changed": False}
        given = {name: value for name, value in self._task.args.items() if value not in (None, "")}
        state, tenant = given.get("state", "held"), str((task_vars or {}).get("inventory_hostname", ""))
        faults = [f"{name}: is not an option; there are: {', '.join(OPTIONS)}" for name in given if name not in OPTIONS]
        faults += [] if given.get("dir") else ["dir: must be given"]
        faults += [] if state in STATES else [f"state: must be one of {', '.join(STATES)}"]
        wait = str(given.get("wait", 0)).strip()
        faults += [] if wait.isdecimal() else ["wait: must be a whole number of seconds, 0 or more"]
        if faults:
            return {**result, "failed": True, "msg": "\n".join(faults)}
        lock = Lock(Path(str(given["dir"])).expanduser() / f".{tenant_name(tenant, 'file')}.lock")
        if self._task.check_mode:
            return {**result, "msg": "nothing is locked in check mode"}
        try:
            if state == "released":
                return {**result, "held": False, "msg": "released" if lock.release() else "not held"}
            if holder := self._waited(lock, tenant, int(wait)):
                return {**result, "failed": True, "held": False, "msg": refused(tenant, holder, lock.path, int(wait))}
        except OSError as error:
            why = f"{lock.path} cannot be written ({error.strerror or error}), so that no other run can see this one"
            failed = {"failed": True} if boolean(given.get("required", False)) else {}
            return {**result, "held": False, "msg": why, **failed}
        return {**result, "held": True, "dir": str(given["dir"]), "msg": f"{tenant} is locked by {lock.path}"}

    @staticmethod
    def _waited(lock: Lock, tenant: str, wait: int) -> Mapping[str, Any]:
        """Take the lock, and return who has it if that cannot be done in time."""
        end = time.monotonic() + wait
        holder = lock.take()
        if holder and wait:
            Display().display(f"{tenant} is being worked on by {told(holder)}: waiting up to {wait} s", stderr=True)
        while holder and time.monotonic() < end:
            time.sleep(POLL_SECONDS)
            holder = lock.take()
        return holder


class Lock:
    """A file that says which run works on a tenant. What tells is the run's process, of which each task is a child."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.me = {"host": socket.gethostname(), "pid": os.getppid(), "started": started(os.getppid())}

    def take(self) -> Mapping[str, Any]:
        """Make it this run's, and return nothing; or return which other run has it."""
        with self._opened(os.O_CREAT) as file:
            holder = content(file)
            if holder and not self._mine(holder) and self._lives(holder):
                return holder
            since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
            os.ftruncate(file, 0)
            os.pwrite(file, json.dumps({**self.me, "user": user(), "since": since}).encode(), 0)
            return {}

    def release(self) -> bool:
        """Take the file away if it is this run's, and return whether it was."""
        try:
            with self._opened(0) as file:
                mine = self._mine(content(file))
                if mine:
                    self.path.unlink()
                return mine
        except FileNotFoundError:
            return False

    def _mine(self, holder: Mapping[str, Any]) -> bool:
        return {name: holder.get(name) for name in self.me} == self.me

    def _lives(self, holder: Mapping[str, Any]) -> bool:
        """Tell whether the run may still be there; of another host that cannot be known."""
        if holder.get("host") != self.me["host"]:
            return True
        try:
            os.kill(int(holder["pid"]), 0)
        except (ProcessLookupError, KeyError, TypeError, ValueError):
            return False
        except PermissionError:  # there is one, of somebody else
            pass
        return holder.get("started") == started(int(holder["pid"]))

    @contextmanager
    def _opened(self, flags: int) -> Iterator[int]:
        """Open the file for nobody else, and see that it is still the one of that name."""
        while True:
            file = os.open(self.path, os.O_RDWR | os.O_NOFOLLOW | flags, 0o666)
            try:
                fcntl.flock(file, fcntl.LOCK_EX)
                with suppress(FileNotFoundError):
                    if self.path.stat().st_ino == os.fstat(file).st_ino:
                        yield file
                        return
            finally:
                os.close(file)


def content(file: int) -> Mapping[str, Any]:
    """Return what a lock file says; nothing where it says nothing that is understood."""
    try:
        told = json.loads(os.pread(file, 4096, 0))
    except ValueError:
        return {}
    return told if isinstance(told, Mapping) else {}


def started(pid: int) -> str:
    """Return what tells a process from a later one with its number, where the system says that."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def user() -> str:
    """Return who runs this, for the message to others."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without that user
        return str(os.getuid())


def told(holder: Mapping[str, Any]) -> str:
    """Return who has a lock, in words."""
    return f"{holder.get('user')} on {holder.get('host')} (process {holder.get('pid')}) since {holder.get('since')}"


def refused(tenant: str, holder: Mapping[str, Any], path: Path, waited: int) -> str:
    """Return why a tenant is left alone, and what to do."""
    so_far = f" This run has waited for {waited} s." if waited else " With tenant_lock_wait=300 a run waits for it."
    return (
        f"{tenant} is being worked on by {told(holder)}, and nothing was done here.{so_far} If that run is no more, "
        f"remove {path}"
    )
