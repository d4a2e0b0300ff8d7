# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a module of this collection in Ansible's worker process, where that is the same and much faster.

A module that is shipped to a new Python costs a quarter of a second before its first line. Here, the very same module
runs in the worker, with the arguments that it would be shipped with, and all items of a loop share one session.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from multiprocessing.util import Finalize
from typing import Any
from unittest import mock

from ansible import __version__
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ansible_collections.voiceops.telephony.plugins.module_utils import progress, shell
from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults, TelephonyError
from ansible_collections.voiceops.telephony.plugins.module_utils.fields import Field, Text, model, with_text_keys
from ansible_collections.voiceops.telephony.plugins.plugin_utils import ansible_private
from ansible_collections.voiceops.telephony.plugins.plugin_utils.hopeless import Hopeless
from ansible_collections.voiceops.telephony.plugins.plugin_utils.light import light

try:  # before the workers are forked, so that none of them pays for it
    for needed in (*shell.LIBRARIES, f"{shell.__package__}.engine"):
        importlib.import_module(needed)
    model((Field("any", Text(0, 1, ".", "any", quoted=True)),))  # pydantic imports late what models are made of
    from ansible_collections.voiceops.telephony.plugins.module_utils.session import Client

    LIBRARIES = True
except ImportError:  # the module says so, or runs in another Python that has them
    LIBRARIES = False

COLLECTION = "voiceops.telephony"
MODULES = f"ansible_collections.{COLLECTION}.plugins.modules"
SWITCH = "TELEPHONY_IN_PROCESS"
UNASKED = sys.platform != "darwin"
"""On macOS, a forked process must not look up names nor ask the system for anything: it may die of it (cpython#75999).
So modules are shipped there, unless somebody asks for the other way."""
GOODBYE_SECONDS = 3.0


class Sessions:
    """The sessions of one worker process, kept from one item of a loop to the next."""

    def __init__(self) -> None:
        self._open: dict[Any, Client] = {}
        self._process = 0
        self._goodbye = threading.Lock()

    @contextmanager
    def kept(self, client: type[Client], options: Mapping[str, Any], check_mode: bool) -> Iterator[Client]:
        """Lend the session with these connection options to an item of a loop.

        Items also share what was listed a moment ago, so that a loop takes as few requests as a list.
        """
        session = self._session(client, options, check_mode)
        session.memory = {} if session.memory is None else session.memory
        yield session

    @contextmanager
    def on(self, client: type[Client], options: Mapping[str, Any], check_mode: bool) -> Iterator[Client]:
        """Lend the session with these connection options to one of several modules, of which each looks for itself."""
        yield self._session(client, options, check_mode)

    @contextmanager
    def once(self, client: type[Client], options: Mapping[str, Any], check_mode: bool) -> Iterator[Client]:
        """Lend a session that is closed afterwards."""
        try:
            yield self._session(client, options, check_mode)
        finally:
            self.close()

    def _session(self, client: type[Client], options: Mapping[str, Any], check_mode: bool) -> Client:
        names = sorted(shell.connection_spec(client.platform.lower()))
        key = (client, json.dumps([options.get(name) for name in names], sort_keys=True))
        session = self._open.get(key)
        if session:
            session.begin_again(check_mode)
        else:
            self._watch()
            session = self._open[key] = client(options, check_mode)
        return session

    def close(self) -> None:
        """Log out everywhere."""
        while self._open:
            _key, session = self._open.popitem()
            session.__exit__()

    def _watch(self) -> None:
        """See to it that the sessions are closed when the worker ends, by itself or by a signal."""
        if self._process == os.getpid():
            return
        self._process = os.getpid()
        Finalize(self, self.close, exitpriority=10)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._interrupted(signal.getsignal(number)))

    def _say_goodbye(self) -> None:
        """Close the sessions; a second signal, which Ansible sends at once, waits for what the first one does."""
        with self._goodbye:
            self.close()

    def _interrupted(self, before: Any) -> Any:
        def handle(number: int, frame: Any) -> None:
            # in a thread of its own: the interrupted one may hold a lock of the session
            goodbye = threading.Thread(target=self._say_goodbye, daemon=True)
            goodbye.start()
            goodbye.join(GOODBYE_SECONDS)
            if callable(before):
                before(number, frame)
            else:
                signal.signal(number, signal.SIG_DFL)
                os.kill(os.getpid(), number)

        return handle


SESSIONS = Sessions()


def show(text: str) -> None:
    """Show a line in Ansible's output, beside what a callback makes of standard output: that may be JSON."""
    Display().display(text, stderr=True)


class InProcessAction(ActionBase):
    """The action behind each module: runs it here where that is the same, and ships it otherwise."""

    _supports_check_mode = True
    _supports_async = True

    @property
    def connected(self) -> Callable[..., AbstractContextManager[Client]]:
        """What lends a session to the module."""
        return SESSIONS.kept if self._task.loop else SESSIONS.once

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        with light(self):
            return self._run(tmp, task_vars)

    def _run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result = super().run(tmp, task_vars)
        if self._module.endswith("in_process"):
            return {**result, "failed": True, "msg": "in_process is no task by itself: call the modules themselves"}
        try:
            self._task.args = with_text_keys(self._task.args)
        except Faults as faults:
            return {**result, "failed": True, "msg": str(faults)}
        hopeless = self._hopeless(task_vars or {})
        if hopeless and (why := hopeless.why()):
            told = {"msg": f"Not asked again in this run: {why}", "hopeless": why, "asked": False}
            return {**result, "failed": True, **told}
        if self._here(task_vars or {}):
            result.update(self._run_here(task_vars or {}))
        else:
            apart = bool(self._task.async_val and not self._connection.has_native_async)
            result.update(self._execute_module(task_vars=task_vars, wrap_async=apart))
            if not apart:
                self._remove_tmp_path(self._connection._shell.tmpdir)
        if hopeless and result.get("hopeless"):
            hopeless.keep(str(result["hopeless"]))
        if (task_vars or {}).get("tenant_foretells") and not self._task.diff:  # a diff is shown with a change only
            result["changed"] = False
        return self._kept(result, (task_vars or {}).get("tenant_undo_into"))

    def _kept(self, result: dict[str, Any], into: Mapping[str, Any] | None) -> dict[str, Any]:
        """Keep what a module has done to a tenant, where the role asks for that, so that it can be undone."""
        if not into or self._task.check_mode or not result.get("results"):
            return result
        from ansible_collections.voiceops.telephony.plugins.plugin_utils import undo

        try:
            undo.keep(into, self._module.rpartition(".")[2], self._task.args, result)
        except (OSError, ValueError, TelephonyError) as error:
            told = f"What this task has done cannot be kept in {into['file']}, to undo it: {error}"
            return {**result, "failed": True, "msg": f"{told}. {result.get('msg', '')}"}
        return result

    def _hopeless(self, task_vars: dict[str, Any]) -> Hopeless | None:
        """Return what earlier tasks may have learnt of the platform, unless it is to be asked whatever that was."""
        again = self._task.args.get("ask_again")
        if again in (None, "") or boolean(again, strict=False):
            return None
        host = str(task_vars.get("inventory_hostname", ""))
        platform = self._module.rpartition(".")[2].partition("_")[0]
        return Hopeless(platform, host, self._task.args, self._task.environment)

    @property
    def _module(self) -> str:
        """The module's full name."""
        return self._task.resolved_action or self._task.action

    def _here(self, task_vars: dict[str, Any]) -> bool:
        """Tell whether the module would run on this machine, as this user and in this environment."""
        asked = self._task.args.get("in_process")
        asked = os.environ.get(SWITCH) if asked in (None, "") else asked
        wanted = boolean(UNASKED if asked in (None, "") else asked, strict=False)
        same = (
            LIBRARIES
            and wanted
            and self._connection.transport == "local"
            and not self._task.async_val
            and not self._play_context.become
            and not any(self._task.environment or ())
        )
        if same and (why := ansible_private.rehearse(self, task_vars)):
            Display().warning(
                f"Modules of {COLLECTION} are shipped, which is slower, since this ansible-core ({__version__}) is not "
                f"as they know it: {why}. A newer version of the collection may know it."
            )
            return False
        return same

    def _run_here(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        name = self._module
        module = importlib.import_module(f"{MODULES}.{name.rpartition('.')[2]}")
        with (
            mock.patch.object(shell, "connected", self.connected),
            mock.patch.object(progress, "host", str(task_vars.get("inventory_hostname", ""))),
            mock.patch.object(progress, "show", show),
            ansible_private.running(ansible_private.arguments(self, name, task_vars)) as printed,
        ):
            module.main()
        return ansible_private.parsed(self, printed.getvalue())
