# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: real time and statistics."""

from __future__ import annotations

from unit.simulator.o2g_steps import Step

FILTER = {"agentFilter": {"numbers": ["*"], "attributes": ["ALL"]}}
SCOPE = {"supervisor": {"identifier": "70104", "language": "EN"}, "agents": [{"number": "70101"}]}
OF = "/acd/stats/scope/70104"
CONTEXT = {"label": "Team", "filter": {"agentFilter": {"numbers": ["70101"], "agentAttributes": ["nbPickedUp"]}}}
SCHEDULE = {
    "name": "Weekly",
    "obsPeriod": {"periodType": "lastWeeks", "lastNb": 1},
    "frequency": {"periodicity": "weekly", "daysInWeek": ["monday"]},
    "recipients": ["team@acme.example"],
}
DAYS = "begindate=2026-11-01%2000:00&enddate=2026-11-02%2000:00"

STEPS: list[Step] = [
    ("o2gListWatchable", "GET", "/acd/rti", None, 200),
    ("o2gListWatchableAgents", "GET", "/acd/rti/agents", None, 200),
    ("o2gListWatchablePilots", "GET", "/acd/rti/pilots", None, 200),
    ("o2gListWatchableQueues", "GET", "/acd/rti/queues", None, 200),
    ("o2gListWatchableAgentGroups", "GET", "/acd/rti/pgAgents", None, 200),
    ("o2gListWatchableOtherGroups", "GET", "/acd/rti/pgOthers", None, 200),
    ("o2gSetRealtimeContext", "POST", "/acd/rti/ctx", {"obsPeriod": 30, "filter": FILTER}, 204),
    ("o2gUpdateRealtimeContext", "PUT", "/acd/rti/ctx", {"notifFrequency": 10}, 204),
    ("o2gGetRealtimeContext", "GET", "/acd/rti/ctx?extended=true", None, 200),
    ("o2gDeleteRealtimeContext", "DELETE", "/acd/rti/ctx", None, 204),
    ("o2gSetStatisticsScope", "POST", "/acd/stats/scope", SCOPE, 200),
    ("o2gGetStatisticsScope", "GET", OF, None, 200),
    ("o2gGetStatisticsFilter", "GET", f"{OF}/filter", None, 200),
    ("o2gCreateStatisticsContext", "POST", f"{OF}/ctx", CONTEXT, 200),
    ("o2gListStatisticsContexts", "GET", f"{OF}/ctx", None, 200),
    ("o2gGetStatisticsContext", "GET", f"{OF}/ctx/11", None, 200),
    ("o2gUpdateStatisticsContext", "PUT", f"{OF}/ctx/11", {**CONTEXT, "description": "Days"}, 204),
    ("o2gGetStatisticsOfDays", "GET", f"{OF}/ctx/11/days/data?{DAYS}&format=csv", None, 200),
    ("o2gGetStatisticsOfDay", "GET", f"{OF}/ctx/11/oneday/data?slotType=anHour", None, 200),
    ("o2gGetStatisticsOfDayAsJson", "GET", f"{OF}/ctx/11/oneday/jdata", None, 200),
    ("o2gCancelStatistics", "DELETE", f"{OF}/data/request", None, 204),
    ("o2gCreateStatisticsSchedule", "POST", f"{OF}/ctx/11/schedule", SCHEDULE, 200),
    ("o2gListStatisticsSchedules", "GET", f"{OF}/ctx/11/schedule", None, 200),
    ("o2gGetStatisticsSchedule", "GET", f"{OF}/ctx/11/schedule/Weekly", None, 200),
    ("o2gUpdateStatisticsSchedule", "PUT", f"{OF}/ctx/11/schedule/Weekly", SCHEDULE, 204),
    ("o2gEnableStatisticsSchedule", "POST", f"{OF}/ctx/11/schedule/Weekly/enable?enable=true", None, 204),
    ("o2gDeleteStatisticsSchedule", "DELETE", f"{OF}/ctx/11/schedule/Weekly", None, 204),
    ("o2gDeleteStatisticsContext", "DELETE", f"{OF}/ctx/11", None, 204),
    ("o2gDeleteStatisticsContexts", "DELETE", f"{OF}/ctx", None, 204),
    ("o2gDeleteStatisticsScope", "DELETE", OF, None, 204),
]
