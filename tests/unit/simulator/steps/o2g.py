# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: session, nodes, users, and the calendars of pilots."""

from __future__ import annotations

from unit.simulator.o2g_steps import Step

PILOT = "/acd/7/pilots/60101"
TRANSITION = {"time": "08:00", "ruleNumber": 1, "mode": "normal"}

STEPS: list[Step] = [
    ("o2gGetSession", "GET", "/sessions", None, 200),
    ("o2gKeepAlive", "POST", "/sessions/keepalive", None, 204),
    ("o2gListPbxs", "GET", "/pbxs", None, 200),
    ("o2gGetPbx", "GET", "/pbxs/7", None, 200),
    ("o2gListUsers", "GET", "/usermanagement?nodeIds=7", None, 200),
    ("o2gCreateUsers", "POST", "/usermanagement", {"nodeId": 7, "deviceNumbers": ["70120"]}, 200),
    ("o2gGetUser", "GET", "/usermanagement/oxe70120", None, 200),
    ("o2gDeleteUser", "DELETE", "/usermanagement/oxe70120", None, 204),
    ("o2gListPilots", "GET", "/acd/7/pilots", None, 200),
    ("o2gGetPilot", "GET", PILOT, None, 200),
    ("o2gClosePilot", "POST", f"{PILOT}/close", None, 204),
    ("o2gOpenPilot", "POST", f"{PILOT}/open", None, 204),
    ("o2gAddNormalTransition", "POST", f"{PILOT}/calendar/normal/monday/transitions", TRANSITION, 204),
    ("o2gUpdateNormalTransition", "PUT", f"{PILOT}/calendar/normal/monday/transitions/1", TRANSITION, 204),
    ("o2gGetPilotNormalCalendar", "GET", f"{PILOT}/calendar/normal", None, 200),
    ("o2gDeleteNormalTransition", "DELETE", f"{PILOT}/calendar/normal/monday/transitions/1", None, 204),
    ("o2gAddExceptionTransition", "POST", f"{PILOT}/calendar/exception/20261225/transitions", TRANSITION, 204),
    ("o2gUpdateExceptionTransition", "PUT", f"{PILOT}/calendar/exception/20261225/transitions/1", TRANSITION, 204),
    ("o2gGetPilotExceptionCalendar", "GET", f"{PILOT}/calendar/exception", None, 200),
    ("o2gGetPilotCalendar", "GET", f"{PILOT}/calendar", None, 200),
    ("o2gDeleteExceptionTransition", "DELETE", f"{PILOT}/calendar/exception/20261225/transitions/1", None, 204),
]
