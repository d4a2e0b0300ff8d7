# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: state of the server, use, incidents and cost."""

from __future__ import annotations

from unit.simulator.o2g_steps import Step

STEPS: list[Step] = [
    ("o2gTestLicence", "GET", "/system/licenses?lic=ROXE_API_ANALYTICS", None, 204),
    ("o2gGetSystemStatus", "GET", "/system/status", None, 200),
    ("o2gListIncidents", "GET", "/usages/incidents?nodeId=7&last=1", None, 200),
    ("o2gListChargingFiles", "GET", "/usages/charging/files?nodeId=7&fromDate=20261101", None, 200),
    ("o2gGetCharging", "GET", "/usages/charging?nodeId=7&top=3", None, 200),
    ("o2gGetLicenceReport", "GET", "/usages/licenses", None, 200),
    ("o2gGetServiceReport", "GET", "/usages/services?format=xls", None, 200),
]
