# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: agents, their skills, and supervision."""

from __future__ import annotations

from .base import Case, Options

AGENT = {"login_name": "oxe70101"}
OTHER = {"login_name": "oxe70102"}
SUPERVISOR = {"login_name": "oxe70104"}
ON = {"pro_acd_device_number": "70110", "pg_group_number": "60201"}

CASES = [
    Case(
        "o2g_agent",
        {},
        AGENT,
        {"state": "ready", **ON},
        {"state": "withdrawn", "withdraw_reason": "Lunch"},
        {**OTHER, "state": "pause", **ON, "pro_acd_device_number": "70111"},
        [
            ({"state": "asleep"}, "state"),
            ({"state": "logged_off"}, "does not go with state=logged_off"),
            ({"withdraw_reason": "Lunch"}, "withdraw_reason: goes with state=withdrawn only"),
            ({"pg_group_number": 60201}, "pg_group_number: arrived as the number 60201"),
        ],
        {"login_name": "oxe99999"},
        absent=False,
        purge=False,
        info_filter=AGENT,
    ),
    Case(
        "o2g_agent_skill",
        {},
        AGENT,
        {"active": [100]},
        {"active": [101], "inactive": [44]},
        {**OTHER, "active": [100, 101]},
        [
            ({"inactive": [100]}, "inactive: names what active names too: 100"),
            ({"active": ["many"]}, "active"),
            ({"active": None}, "active: cannot be empty"),
        ],
        {"login_name": "oxe99999"},
        absent=False,
        purge=False,
    ),
    Case(
        "o2g_agent_supervision",
        {},
        SUPERVISOR,
        {"action": "intrude", "agent_number": "70104", "mode": "discrete"},
        {},
        {"login_name": "oxe80104", "action": "listen", "agent_number": "70104"},
        [
            ({"mode": "stop"}, "mode: stop goes with action=change_intrusion"),
            ({"other": "70104"}, "other: does not go with action=intrude, but with cancel_help"),
            ({"agent_number": None}, "agent_number"),
        ],
        {"login_name": "oxe99999"},
        absent=False,
        purge=False,
        acts=True,
    ),
]

INFO_MODULES: dict[str, Options] = {"o2g_agent_info": AGENT}
