# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""For actions that run modules of this collection themselves, as if each was a task."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ansible.plugins.action import ActionBase

from .in_process import COLLECTION, SESSIONS, InProcessAction

Json = dict[str, Any]


class _Module(InProcessAction):
    """A module that an action runs, whose log-in stays for the next one of its platform."""

    connected = staticmethod(SESSIONS.on)

    @property
    def _module(self) -> str:
        return str(self._task.action)


class ModuleRunner(ActionBase):
    """An action that runs modules. It closes ``SESSIONS`` when it is done."""

    def run_module(
        self, platform: str, module: str, options: Mapping[str, Any], task_vars: Json, foresee: bool = False
    ) -> Json:
        """Return what a module says, with the module_defaults of its platform's action group and its own.

        C(foresee) runs it in check mode, also where the task is not.
        """
        name = f"{COLLECTION}.{module}"
        task = self._task.copy(exclude_parent=True)
        task.action = name
        task.check_mode = task.check_mode or foresee
        task.args = {
            "ask_again": False,
            **self._defaults(f"group/{COLLECTION}.{platform}"),
            **self._defaults(name),
            **options,
        }
        given = {n: getattr(self, f"_{n}") for n in ("connection", "play_context", "loader", "templar")}
        return _Module(task=task, shared_loader_obj=self._shared_loader_obj, **given).run(task_vars=task_vars)

    @cached_property
    def _templated(self) -> dict[str, Json]:
        return {}

    def _defaults(self, name: str) -> Json:
        """Return what module_defaults says of a module or group, as Ansible does for tasks that it resolves itself."""
        if name not in self._templated:
            defaults = ChainMap(*reversed(self._task.module_defaults or [{}]))
            self._templated[name] = self._templar.template(defaults.get(name) or {})
        return self._templated[name]
