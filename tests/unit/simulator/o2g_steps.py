# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests that together carry out each operation of O2G: each file in steps/ brings its STEPS."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from unit.simulator import steps

Step = tuple[str, str, str, Any, int]
"""Operation, method, path below the base, body (None: none), and the status of its answer."""


def o2g_steps() -> list[Step]:
    """The steps of all files; each file's own are in an order that makes sense."""
    names = [found.name for found in pkgutil.iter_modules(steps.__path__)]
    tables = [importlib.import_module(f"{steps.__name__}.{name}") for name in names]
    return [step for table in tables for step in table.STEPS]
