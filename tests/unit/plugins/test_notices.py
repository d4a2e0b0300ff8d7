# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who notices a plan: the numbers whose callers end up elsewhere, and when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.calendar import DAYS
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import expand
from ansible_collections.voiceops.telephony.plugins.plugin_utils.notices import MOST_GROUPS, notices, sentences, sides

Json = dict[str, Any]

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
NIGHTLY = datetime(2026, 11, 27, 20, tzinfo=UTC)
OPEN, SHUT = (
    {"time": "08:30", "rule_number": 1, "mode": "normal"},
    {"time": "18:00", "rule_number": 0, "mode": "closed"},
)
NOON, NIGHT = ({**SHUT, "time": time} for time in ("12:00", "00:00"))
OFFICE = {day: [OPEN, SHUT] for day in DAYS[:5]}
POINT = {"tenant_id": "acme", "group_id": "brussels", "route_point_user_id": "rp@acme.example"}
PILOTS = [{"pilot_number": "60101", "rules": [{"rule_number": 0, "name": "Shut"}, {"rule_number": 1, "name": "Day"}]}]


def tenant(exceptions: Json | None = None, **o2g: Any) -> Json:
    point = {
        "route_point_user_id": "rp@acme.example",
        "dnis": [{"name": "Main", "phone_number": "025126780"}],
        "forced_forwarding": {"active": True, "forward_to_phone_number": "60101"},
    }
    calendar = {"pilot_number": "60101", "normal": OFFICE, "exceptions": exceptions or {}}
    return expand(
        {
            "apio": {"tenant_id": "acme", "group_id": "brussels", "country": "BE", "route_points": [point]},
            "o2g": {"node_id": 7, "pilot_calendars": [calendar], **o2g},
        },
        "",
    ).data


def step(action: str, key: Json, **changes: Any) -> Json:
    return {"name": "x", "action": action, "key": key, "changes": {n.replace("__", "."): c for n, c in changes.items()}}


def told(data: Json, now: datetime = NOW, state: str = "opened", **steps: list[Json]) -> list[str]:
    resources = {name.replace("__", "."): {"steps": listed} for name, listed in steps.items()}
    pilots = [{**pilot, "state": state} for pilot in PILOTS]
    return sentences(notices(data, resources, pilots, "Europe/Brussels", now))


PILOT = {"node_id": 7, "pilot_number": "60101"}


def test_two_afternoons_are_one_line_for_all_that_notice() -> None:
    days = {"2026-12-24": [OPEN, NOON], "2026-12-31": [OPEN, NOON]}
    changes = {f"exceptions__{day.replace('-', '')}": {"before": [], "after": listed} for day, listed in days.items()}
    assert told(tenant(days), o2g__pilot_calendars=[step("update", PILOT, **changes)]) == [
        "+32 2 512 67 80, 60101: 24 and 31 December 12:00-18:00: was open (rule 1 Day), will be closed"
    ]


def test_nothing_that_callers_notice() -> None:
    ext = {"ccs__limits": [step("update", {"tenant": "Acme"}, max_agents={"before": 1, "after": 2})]}
    overnight = {"normal__monday": {"before": [OPEN, SHUT, {**SHUT, "time": "20:00"}], "after": [OPEN, SHUT]}}
    assert told(tenant(), **ext) == []
    assert told(tenant(), o2g__pilot_calendars=[step("update", PILOT, **overnight)]) == []
    assert notices({}, {}, [], "no zone") == []


@pytest.mark.parametrize("now", [NOW, NIGHTLY])
def test_a_pilot_that_stays_closed_is_not_noticed(now: datetime) -> None:
    data = tenant(pilots=[{"pilot_number": "60101", "state": "closed"}])
    change = step("update", PILOT, normal__friday={"before": [OPEN, NOON], "after": [OPEN, SHUT]})
    assert told(data, now, "closed", o2g__pilots=[], o2g__pilot_calendars=[change]) == []


def test_a_pilot_that_is_opened_at_night_was_closed_by_its_calendar() -> None:
    data = tenant(pilots=[{"pilot_number": "60101", "state": "opened"}])
    opened = step("update", PILOT, state={"before": "closed", "after": "opened"})
    assert told(data, NIGHTLY, "closed", o2g__pilots=[opened]) == []
    assert told(data, NOW, "closed", o2g__pilots=[opened])[0].startswith("+32 2 512 67 80, 60101: ")


def test_a_regular_change_is_short() -> None:
    data = tenant()
    change = step("update", PILOT, normal__friday={"before": [OPEN, NOON], "after": [OPEN, SHUT]})
    assert told(data, o2g__pilot_calendars=[change]) == [
        "+32 2 512 67 80, 60101: every Friday 12:00-18:00: was closed, will be open (rule 1 Day)"
    ]


def test_another_way_at_all_times_is_one_line() -> None:
    step_ = step("update", POINT, forward_to_phone_number={"before": "+3225129999", "after": "60101"})
    assert told(tenant(), apio__route_point_forced_forwarding=[step_]) == [
        "+32 2 512 67 80: at any time: was forwarded to +3225129999, will be by the hours of pilot 60101"
    ]


def test_what_comes_and_goes() -> None:
    data = tenant(users=[{"device_number": "70110"}])
    new = step("create", {"node_id": 7, "device_number": "70110"})
    gone = step("delete", {"node_id": 7, "login_name": "oxe70111"}, login_name={"before": "oxe70111"})
    assert told(data, o2g__users=[new, gone]) == [
        "70111: at any time: was in use, will be a number that nobody has",
        "70110: at any time: was a number that nobody has, will be in use",
    ]


def test_a_load_is_told_as_such() -> None:
    data = tenant(
        users=[{"device_number": "70110"}, {"device_number": "70111"}],
        routing=[{"device_number": "70110", "forward": {"type": "busy", "destination": "number", "number": "70111"}}],
    )
    key = {"login_name": "oxe70110", "device_number": "70110"}
    changes = {
        "forward__type": {"before": None, "after": "busy"},
        "forward__destination": {"before": None, "after": "number"},
        "forward__number": {"before": None, "after": "70111"},
    }
    assert told(data, o2g__routing=[step("update", key, **changes)]) == [
        "70110: at any time, if the user is busy: was no other way, will be reached at user 70111"
    ]


def test_a_setting_that_load_asks_for_is_told_once() -> None:
    center = {"name": "Sales", "service_user_id": "cc@acme.example", "phone_number": "+3225550110", "queue_length": 40}
    data = expand({"apio": {"tenant_id": "acme", "group_id": "x", "call_centers": [center]}}, "").data
    longer = step("update", {"service_user_id": "cc@acme.example"}, queue_length={"before": 25, "after": 40})
    assert told(data, apio__call_centers=[longer]) == [
        "+3225550110: at any time, if the queue is full or the call waits too long: was so if the queue is full (25 "
        "calls), will be so if the queue is full (40 calls)"
    ]


def test_both_sides_of_a_plan_are_made_from_it() -> None:
    data = tenant(users=[{"device_number": "70110"}], pilots=[{"pilot_number": "60101", "state": "opened"}])
    wrong = {**step("update", PILOT, state={"before": "closed", "after": "opened"}), "error": "refused"}
    purged = step(
        "update", PILOT, normal__saturday={"before": [NIGHT], "after": []}, exceptions__20270101={"after": [NIGHT]}
    )
    was, becomes = sides(
        data, {"o2g.pilots": {"steps": [wrong]}, "o2g.pilot_calendars": {"steps": [purged]}, "o2g.users": {"steps": []}}
    )
    assert was["o2g"]["pilots"] == becomes["o2g"]["pilots"] == data["o2g"]["pilots"]
    assert was["o2g"]["pilot_calendars"][0]["normal"] == OFFICE | {"saturday": [NIGHT]}
    assert becomes["o2g"]["pilot_calendars"][0]["normal"] == OFFICE
    assert becomes["o2g"]["pilot_calendars"][0]["exceptions"] == {"2027-01-01": [NIGHT]}
    assert data["o2g"]["pilot_calendars"][0]["exceptions"] == {}


def test_big_changes_are_short() -> None:
    groups = [
        {"numbers": [str(n) for n in range(30)], "changes": [{"when": "at any time", "was": "a", "becomes": f"b{g}"}]}
        for g in range(MOST_GROUPS + 2)
    ]
    lines = sentences(groups)
    assert len(lines) == MOST_GROUPS + 1
    assert lines[0] == "0, 1, 2, 3, 4, 5, 6, 7 and 22 more: at any time: was a, will be b0"
    assert lines[-1] == "and 60 more numbers, such as 0, 1, 2, 3, 4, 5, 6, 7"
