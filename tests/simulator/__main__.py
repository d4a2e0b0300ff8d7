# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``python tests/simulator``: starts the simulator."""

from __future__ import annotations

import sys
from pathlib import Path

if not __package__:
    # Started as a directory: Python put the directory itself on the path, where its modules could hide others.
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from simulator.serve import main

if __name__ == "__main__":
    sys.exit(main())
