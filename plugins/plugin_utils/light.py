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
    that takes longer than to check them. A task that may be repeated needs them for its next try.
    """
    task = action._task
    given = task.args
    try:
        yield
    finally:
        if not task.until and not task.retries:
            task.args = {name: value for name, value in given.items() if not isinstance(value, list | dict)}
