# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tells how far long work is: on the screen, where there is one, and in a file for whoever wants to follow it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

EVERY = 2.0
"""Seconds between two lines; what takes less shows none."""

host = ""
"""For which host of the inventory the work is done, where that is known."""


def show(text: str) -> None:
    """Show a line. A module by itself has no screen; where Ansible's is at hand, this is replaced."""


class Teller:
    """Tells how far the work of one session is."""

    def __init__(self, file: str | None, warn: Callable[[str], None]) -> None:
        self.file = file
        self.warn = warn
        self.lock = threading.Lock()
        self.begin_again()

    def begin_again(self) -> None:
        self.last = time.monotonic()

    def is_due(self) -> bool:
        return time.monotonic() - self.last >= EVERY

    def tell(self, text: str) -> None:
        self.last = time.monotonic()
        line = f"{host}: {text}" if host else text
        show(line)
        if self.file:
            try:
                with Path(self.file).open("a", encoding="utf-8") as file:  # one write, which no other gets between
                    file.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {line}\n")
            except OSError as error:  # no reason to stop the work
                self.warn(f"progress_file: cannot write to {self.file!r}: {error.strerror}")
                self.file = None


class Progress:
    """How many of how many are done."""

    def __init__(self, teller: Teller, doing: str, total: int, size: Callable[[Any], int] = lambda item: 1) -> None:
        self.teller = teller
        self.doing = doing
        self.total = total
        self.size = size
        """How many a finished item counts for."""
        self.done = 0
        self.shown = False

    def add(self, count: int) -> None:
        """Count, and tell if it is time; the end is told at once if something was told before."""
        with self.teller.lock:
            self.done += count
            if count and self.total > 1 and (self.teller.is_due() or (self.shown and self.done == self.total)):
                self.shown = True
                self.teller.tell(f"{self.doing}, {self.done} of {self.total}")
