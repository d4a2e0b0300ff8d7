# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: users, pilots and their calendars."""

from __future__ import annotations

from .base import Case

NODE = {"node_id": 7}
PILOT = {**NODE, "pilot_number": "60101"}
MORNING = {"time": "08:00", "rule_number": 0, "mode": "normal"}
EVENING = {"time": "18:00", "rule_number": 1, "mode": "closed"}

CASES = [
    Case(
        "o2g_user",
        NODE,
        {"device_number": "70120"},
        {},
        {},
        {"device_number": "70121"},
        [
            ({"device_number": 70120}, "device_number: arrived as the number 70120"),
            ({"device_number": "7 01 20"}, "device_number: must be a number of digits"),
            ({"node_id": "seven"}, "node_id"),
        ],
        {"node_id": 99},
        info_filter={"device_number": "70120"},
    ),
    Case(
        "o2g_pilot",
        NODE,
        {"pilot_number": "60101"},
        {"state": "closed"},
        {"state": "opened"},
        {"pilot_number": "60102", "state": "closed"},
        [({"state": "ajar"}, "state"), ({"pilot_number": 60101}, "pilot_number: arrived as the number 60101")],
        {"node_id": 99},
        absent=False,
        purge=False,
        info_filter={"pilot_number": "60101"},
    ),
    Case(
        "o2g_pilot_calendar",
        NODE,
        {"pilot_number": "60101"},
        {
            "normal": {"monday": [MORNING, EVENING], "friday": [MORNING, {**EVENING, "time": "17:00"}]},
            "exceptions": {"2027-01-01": [{"time": "00:00", "rule_number": 2, "mode": "closed"}]},
        },
        {"normal": {"friday": [MORNING, {**EVENING, "time": "16:00"}], "monday": []}},
        {"pilot_number": "60102", "normal": {"tuesday": [MORNING]}},
        [
            ({"normal": {"mon": [MORNING]}}, "normal.mon: must be one of 'monday'"),
            ({"normal": {"monday": [{**MORNING, "time": "8h"}]}}, "normal.monday[0].time: must be a time"),
            (
                {"normal": {"monday": [{**MORNING, "rule_number": 30}]}},
                "normal.monday[0].rule_number: must be from 0 to 29, not 30",
            ),
            ({"normal": {"monday": [MORNING, MORNING]}}, "normal.monday: 08:00 is there more than once"),
            ({"normal": {"monday": [{"time": "08:00"}]}}, "normal.monday[0].rule_number: must be given"),
            ({"exceptions": {"2027-02-30": []}}, "exceptions.2027-02-30: '2027-02-30' is not a date"),
            (
                {"normal": {"monday": [{**MORNING, "time": f"{n:02d}:00"} for n in range(11)]}},
                "normal.monday: has 11 transitions, and a day can have 10",
            ),
        ],
        {"node_id": 99},
        absent=False,
        purge=False,
        info_filter=None,
    ),
    Case(
        "o2g_pilot_calendar_transition",
        PILOT,
        {"day": "monday", "time": "08:00"},
        {"rule_number": 1, "mode": "normal"},
        {"mode": "forward"},
        {"date": "2027-12-25", "time": "00:00", "rule_number": 0, "mode": "closed"},
        [
            ({"time": "24:00"}, "time: must be a time from 00:00 to 23:59"),
            ({"mode": "asleep"}, "mode"),
            ({"date": "2027-12-25"}, "date: cannot stand beside day"),
        ],
        {"pilot_number": "99999"},
        purge=False,
        info_filter=None,
    ),
]

INFO_MODULES = {
    "o2g_user_info": NODE,
    "o2g_pilot_info": NODE,
}
