# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: real time and statistics. The simulator begins with the scopes and contexts that these cases need."""

from __future__ import annotations

from .base import Case, Options

SUPERVISOR = {"supervisor": "70104"}
CONTEXT = {**SUPERVISOR, "context": "Team"}
TEAM = {"agent_filter": {"numbers": ["70101"], "agent_attributes": ["nbPickedUp"]}}
PILOTS = {"pilot_filter": {"numbers": ["60101", "60102"], "attributes": ["nbCallsOpen"]}}
MONDAY = {"periodicity": "weekly", "days_in_week": ["monday"]}
WEEK = {"period_type": "lastWeeks", "last_nb": 1}

CASES = [
    Case(
        "o2g_realtime_context",
        {},
        {},
        {"obs_period": 30, "filter": {"pilot_filter": {"numbers": ["*"], "attributes": ["ALL"]}}},
        {"notif_frequency": 10, "filter": {"agent_filter": {"numbers": ["70101"], "attributes": ["PhoneState"]}}},
        {"obs_period": 15},
        [
            ({"obs_period": 14}, "obs_period: must be from 15 to 60"),
            ({"notif_frequency": 1}, "notif_frequency: must be from 5 to 2147483647"),
            ({"filter": {"phone_filter": {}}}, "filter.phone_filter: is not an option"),
        ],
        {"filter": {"pilot_filter": {"numbers": ["99999"]}}},
        purge=False,
        alone=True,
    ),
    Case(
        "o2g_statistics_scope",
        {},
        {"supervisor": "70103"},
        {"language": "EN", "agents": ["70101", "70102"]},
        {"agents": ["70102"], "timezone": "+01:00"},
        {"supervisor": "70102", "agents": ["70101"]},
        [
            ({"language": "NL"}, "language"),
            ({"timezone": "+13:00"}, "timezone: must be an offset from -11:00 to +12:00"),
            ({"agents": [70101]}, "agents[0]: arrived as the number 70101"),
        ],
        {"agents": ["99999"]},
        purge=False,
    ),
    Case(
        "o2g_statistics_context",
        SUPERVISOR,
        {"label": "Evening"},
        {"filter": TEAM, "description": "From six"},
        {"filter": PILOTS, "description": None},
        {"label": "Night", "filter": PILOTS},
        [
            ({"filter": {**TEAM, **PILOTS}}, "filter: has agent_filter and pilot_filter, of which there can be one"),
            (
                {"filter": {"agent_filter": {"numbers": [70101]}}},
                "filter.agent_filter.numbers[0]: arrived as the number",
            ),
            ({"filter": None}, "filter: cannot be empty"),
        ],
        {"supervisor": "99999"},
        info_filter={"label": "Evening"},
    ),
    Case(
        "o2g_statistics_schedule",
        CONTEXT,
        {"name": "Weekly"},
        {"obs_period": WEEK, "frequency": MONDAY, "recipients": ["team@acme.example"], "enabled": True},
        {"recipients": ["team@acme.example", "boss@acme.example"], "enabled": False, "file_type": "csv"},
        {"name": "Daily", "obs_period": WEEK, "frequency": {"periodicity": "daily"}, "recipients": ["a@acme.example"]},
        [
            ({"obs_period": {**WEEK, "last_nb": 5}}, "obs_period.last_nb: can be 1 to 4 with lastWeeks"),
            ({"obs_period": {"period_type": "fromDateToDate"}}, "obs_period: needs begin_date and end_date"),
            ({"frequency": {**MONDAY, "day_in_month": 1}}, "frequency.day_in_month: goes with monthly"),
            ({"recipients": None}, "recipients: cannot be empty"),
        ],
        {"context": "Nobody's"},
    ),
]

INFO_MODULES: dict[str, Options] = {
    "o2g_realtime_info": {},
    "o2g_statistics_scope_info": SUPERVISOR,
    "o2g_statistics_context_info": SUPERVISOR,
    "o2g_statistics_report": {**CONTEXT, "date": "2026-11-25"},
}
