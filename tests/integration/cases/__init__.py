# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of all modules: what the suite in test_modules.py does with each. A module that is not in it fails.

Each file of this folder brings its CASES, and the INFO_MODULES with the options that each needs.
"""

from __future__ import annotations

import importlib
import pkgutil

from .apio import APIO, ROUTE_POINT, SALES, SUPPORT
from .base import PLATFORMS, SECRET, Case, Options
from .ccs import ACME_UUID, CCS, OF_TENANT
from .o2g import EVENING, MORNING, NODE, PILOT

__all__ = [
    "ACME_UUID",
    "APIO",
    "CASES",
    "CCS",
    "EVENING",
    "INFO_MODULES",
    "MORNING",
    "NODE",
    "OF_TENANT",
    "PILOT",
    "PLATFORMS",
    "ROUTE_POINT",
    "SALES",
    "SECRET",
    "SUPPORT",
    "Case",
    "Options",
]

_TABLES = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
CASES: list[Case] = [case for table in _TABLES for case in getattr(table, "CASES", [])]
INFO_MODULES: dict[str, Options] = {
    name: options for table in _TABLES for name, options in getattr(table, "INFO_MODULES", {}).items()
}
