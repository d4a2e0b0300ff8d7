# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: state of the server, use, incidents and cost."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir

from .o2g import NODE

REPORT = str(Path(gettempdir(), "o2g-usage-report.zip"))

INFO_MODULES = {
    "o2g_info": {},
    "o2g_charging_info": NODE,
    "o2g_incident_info": NODE,
    "o2g_usage_report": {"kind": "services", "dest": REPORT},
}
