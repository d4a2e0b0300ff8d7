# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

from ansible.plugins.action import ActionBase
from ansible.utils.display import Display


class ActionModule(ActionBase):
    """Shows a text as it is, where debug shows it as JSON."""

    TRANSFERS_FILES = False
    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result = super().run(tmp, task_vars)
        text = self._task.args.get("text")
        if set(self._task.args) != {"text"} or not isinstance(text, str):
            return {**result, "failed": True, "msg": "text: must be given, as a text, and is the only option"}
        Display().display(str(text).rstrip("\n"))
        return {**result, "changed": False}
