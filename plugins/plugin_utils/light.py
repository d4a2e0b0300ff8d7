# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps what a task was given out of what its worker process sends back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ansible.plugins.action import ActionBase


@contextmanager
def light(action: ActionBase) -> Iterator[None]:
    """Take the lists and dictionaries out of a task's arguments when its action is done.

    A worker process sends the arguments back beside the result, though nothing reads them: with thousands of entries
    that takes longer than to check them. An action that is repeated (C(until)) gets them again.
    """
    task = action._task
    given = task.args = getattr(action, "_given", None) or task.args
    action._given = given
    try:
        yield
    finally:
        task.args = {name: value for name, value in given.items() if not isinstance(value, list | dict)}
