# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a caller ends up: each hop with its reason, at a moment and over a year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tenants import Tenant

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.calendar import DAYS
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import expand
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.gaps import easter, gaps, next_year
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.hours import coming_year, in_words, moment_of
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.paths import Path, Paths

Entry = dict[str, Any]

BRUSSELS = ZoneInfo("Europe/Brussels")
APIO = {"tenant_id": "acme", "group_id": "brussels", "country": "BE"}
MONDAY = "2027-03-01 10:00"


def t(time: str, rule: int = 1, mode: str = "normal") -> Entry:
    return {"time": time, "rule_number": rule, "mode": mode}


SHUT = t("17:30", 0, "closed")
OFFICE = {day: [t("08:30"), SHUT] for day in DAYS[:5]}


def paths(apio: Entry | None = None, o2g: Entry | None = None, ccs: Entry | None = None, **more: Any) -> Paths:
    tenant = {
        **({"apio": {**APIO, **apio}} if apio else {}),
        **({"o2g": {"node_id": 7, **o2g}} if o2g else {}),
        **({"ccs": {"tenant": "Acme", **ccs}} if ccs else {}),
    }
    return Paths(expand(tenant, "").data, more.pop("zone", BRUSSELS), **more)


def point(number: str = "025552001", user: str = "rp@acme.example", **parts: Any) -> Entry:
    return {"route_point_user_id": user, "dnis": [{"name": "Main", "phone_number": number}], **parts}


def forced(number: str) -> Entry:
    return {"forced_forwarding": {"active": True, "forward_to_phone_number": number}}


def pilot(number: str = "60101", **calendar: Any) -> Entry:
    return {"pilot_calendars": [{"pilot_number": number, **(calendar or {"normal": OFFICE})}]}


def routed(number: str, **routing: Any) -> Entry:
    return {"device_number": number, **routing}


def to(number: str, kind: str = "immediate") -> Entry:
    return {"type": kind, "destination": "number", "number": number}


def call(model: Paths, number: str, at: str = MONDAY) -> Path:
    return model.path(number, moment_of(at, model.zone))


def way(path: Path) -> list[str]:
    return [hop.thing.id for hop in path.hops]


# One moment


def test_each_hop_has_its_reason_on_all_platforms() -> None:
    o2g = {**pilot(), "pilots": [{"pilot_number": "60101", "state": "opened"}]}
    model = paths({"route_points": [point(**forced("60101"))]}, o2g, pilots=[])
    path = call(model, "+32 2 555 20 01")
    assert [(hop.thing.kind, hop.why) for hop in path.hops] == [
        ("dnis", "+32 2 555 20 01 is its number"),
        ("route_point", "the DNIS belongs to it; forced forwarding is on"),
        ("pilot", "route point rp@acme.example sends the call to 60101; monday, from 08:30; open by rule 1"),
    ]
    assert (path.end, path.number, path.state and path.state.rule_number) == ("reached", "60101", 1)
    assert path.brief == call(model, "025552001").brief
    assert [(when, then.end, bool(then.missing)) for when, then in path.load] == [
        ("no agent is free, and the call waits too long", "unknown", True)
    ]
    assert call(model, "025552001", "2027-03-01 08:29").end == "closed"


@pytest.mark.parametrize(
    ("parts", "end", "number", "loads"),
    [
        ({}, "reached", "rp@acme.example", {"the queue is full": "unknown"}),
        (forced("+3225559999"), "forwarded", "+3225559999", {}),
        (forced("somebody@other.example"), "forwarded", "somebody@other.example", {}),
        (forced("1234"), "unknown", "1234", {}),
        ({"overflow": {"action": "Busy"}}, "reached", "rp@acme.example", {"the queue is full: busy": "closed"}),
        (
            {
                "overflow": {
                    "action": "Transfer",
                    "transfer_phone_number": "025550120",
                    "overflow_after_timeout": True,
                    "timeout_seconds": 60,
                }
            },
            "reached",
            "rp@acme.example",
            {"the queue is full, or the call waits 60 s": "reached"},
        ),
        (
            {
                "overflow": {"action": "Ringing", "play_announcement_before_overflow_processing": True},
                "bounced_call": {"active": True, "number_of_rings_before_bouncing_call": 3},
            },
            "reached",
            "rp@acme.example",
            {
                "the queue is full: rings until the caller gives up after an announcement": "announcement",
                "the agent does not answer 3 rings, and the call goes back into the queue": "reached",
            },
        ),
    ],
)
def test_a_route_point(parts: Entry, end: str, number: str, loads: dict[str, str]) -> None:
    centers = [{"name": "Night", "phone_number": "+3225550120", "policy": "Circular", "queue_length": 5}]
    path = call(paths({"route_points": [point(**parts)], "call_centers": centers}), "025552001")
    assert (path.end, path.number) == (end, number)
    assert {when: then.end for when, then in path.load} == loads
    assert bool(path.missing) == (end == "unknown")


@pytest.mark.parametrize(
    ("routing", "end", "passes", "loads"),
    [
        ({}, "reached", ["70110"], {}),
        ({"dnd": True, "forward": to("70111")}, "closed", ["70110"], {}),
        ({"dnd": False, "forward": to("70111")}, "reached", ["70110", "70111"], {}),
        ({"forward": to("025552001")}, "reached", ["70110", "rp@acme.example / Main", "rp@acme.example"], {}),
        ({"forward": to("0025552001")}, "reached", ["70110", "rp@acme.example / Main", "rp@acme.example"], {}),
        ({"forward": to("0025559999")}, "forwarded", ["70110"], {}),
        ({"forward": {"type": "immediate", "destination": "voicemail"}}, "announcement", ["70110"], {}),
        (
            {"forward": to("70111", "busy"), "overflow": {"type": "no_answer", "destination": "voicemail"}},
            "reached",
            ["70110"],
            {"the user is busy": "reached"},
        ),
        (
            {"forward": None, "overflow": {"type": "no_answer", "destination": "voicemail"}},
            "reached",
            ["70110"],
            {"nobody answers: the voice mail": "announcement"},
        ),
    ],
)
def test_a_user(routing: Entry, end: str, passes: list[str], loads: dict[str, str]) -> None:
    o2g = {
        "users": [{"device_number": "70110"}, {"device_number": "70111"}],
        "routing": [routed("70110", **routing)] if routing else [],
    }
    path = call(paths({"route_points": [point()]}, o2g), "70110")
    assert (path.end, way(path)) == (end, passes)
    assert {when: then.end for when, then in path.load if passes == ["70110"]} == loads


@pytest.mark.parametrize(
    ("number", "end"),
    [
        ("5110", "reached"),
        ("025550130", "closed"),
        ("5900", "reached"),
        ("60301", "reached"),
        ("60302", "unknown"),
        ("101", "reached"),
        ("71110", "reached"),
        ("70120", "reached"),
        ("60102", "closed"),
        ("60103", "unknown"),
        ("99999", "unknown"),
    ],
)
def test_all_that_has_a_number(number: str, end: str) -> None:
    whose = {"device_number": "70110"}
    apio = {
        "call_centers": [
            {"name": "Sales", "extension": "5110", "policy": "Circular"},
            {"name": "Old", "phone_number": "+3225550130", "active": False, "policy": "Circular"},
        ],
        "instant_group_calls": [{"name": "Fire", "extension": "5900", "destination_phone_numbers": ["5110"]}],
    }
    o2g = {
        "pbx_objects": [{"path": "Subscriber/70120", "attributes": {}}, {"path": "Entity/1", "attributes": {}}],
        "devices": [{**whose, "device_id": "71110", "lock": False}],
        "hunting_groups": [
            {**whose, "hunting_group": "60301", "logged_on": True},
            {"device_number": "70111", "hunting_group": "60302", "logged_on": False},
        ],
        "pilots": [{"pilot_number": "60102", "state": "closed"}, {"pilot_number": "60103", "state": "opened"}],
        **pilot("60102"),
    }
    path = call(paths(apio, o2g, {"extensions": [{"extension": "101"}]}), number)
    assert path.end == end
    assert bool(path.missing) == (end == "unknown")


def test_a_pilot_that_was_read_while_its_calendar_closed_it_is_not_closed_by_hand() -> None:
    live = [{"pilot_number": "60101", "name": "Sales", "state": "closed", "rules": [{"rule_number": 1, "name": "DAY"}]}]
    night, noon = (moment_of(f"2027-03-01 {time}", BRUSSELS) for time in ("22:00", "12:00"))
    state = {"pilots": [{"pilot_number": "60101", "state": "closed"}]}
    for code, read_at, is_live, end in (
        ({}, night, False, "reached"),
        ({}, noon, False, "closed"),
        (state, night, False, "closed"),
        (state, night, True, "reached"),
        (state, noon, True, "closed"),
    ):
        model = paths(o2g={**pilot(), **code}, pilots=live, read_at=read_at, live=is_live)
        path = call(model, "60101")
        assert path.end == end, (code, read_at, is_live)
        assert path.hops[0].thing.name == "pilot 60101 Sales"
    blocked = [{**live[0], "state": "blocked"}]
    assert call(paths(o2g=pilot(), pilots=blocked, read_at=night), "60101").end == "closed"


def test_modes_and_rules_of_a_pilot() -> None:
    live = [{"pilot_number": "60101", "rules": [{"rule_number": 1, "name": "DAY", "active": True}]}]
    week = {"monday": [t("00:00", 1), t("12:00", 5), t("13:00", 1, "forward"), t("14:00", 0, "closed")]}
    model = paths(o2g=pilot(normal=week), pilots=live)
    ends = {at: call(model, "60101", f"2027-03-01 {at}") for at in ("11:59", "12:00", "13:00", "14:00")}
    assert [path.end for path in ends.values()] == ["reached", "unknown", "forwarded", "closed"]
    assert ends["11:59"].hops[0].why.endswith("open by rule 1 DAY")
    assert ends["12:00"].missing == ["rule 5 of pilot 60101, which has 1"]
    assert ends["13:00"].missing == ["where rule 1 DAY forwards: only the PBX knows"]
    assert call(paths(o2g=pilot(normal={}), pilots=live), "60101").hops[0].why.endswith("open by rule 1 DAY")
    assert call(paths(o2g=pilot(normal={})), "60101").gap == "rule"
    assert call(paths(o2g=pilot(exceptions={"2027-12-25": [SHUT]})), "60101").end == "unknown"


def test_a_circle_ends() -> None:
    model = paths(
        {"route_points": [point(**forced("70110")), point("025552002", "rp2@acme.example", **forced("60301"))]},
        {"routing": [routed("70110", forward=to("0025552001")), routed("70111", forward=to("70112", "busy"))]}
        | {"users": [{"device_number": "70112"}]},
    )
    path = call(model, "025552001")
    assert (path.end, path.gap, path.missing) == (
        "unknown",
        "loop",
        ["an end: the call comes back to DNIS Main"],
    )
    busy = paths(
        o2g={"routing": [routed("70110", forward=to("70111", "busy")), routed("70111", forward=to("70110", "busy"))]}
    )
    path = call(busy, "70110")
    assert path.end == "reached"
    assert [then.gap for then in path.ways()] == ["", "", "loop"]


def test_what_depends_on_load_is_not_followed_for_ever() -> None:
    numbers = [str(70000 + n) for n in range(50)]
    routing = [routed(number, forward=to(after, "busy")) for number, after in pairwise(numbers)]
    path = call(paths(o2g={"routing": routing}), numbers[0])
    assert len(list(path.ways())) < 10
    immediate = [{**one, "forward": {**one["forward"], "type": "immediate"}} for one in routing]
    assert call(paths(o2g={"routing": immediate}), numbers[0]).end == "unknown"


# Moments


@pytest.mark.parametrize(
    ("at", "fault"),
    [
        ("2027-03-28 02:30", "does not exist: the clock leaps over it"),
        ("2027-02-29 10:00", "is not a moment"),
        ("2027-02-28", "is not a moment"),
        ("tomorrow", "is not a moment"),
    ],
)
def test_a_moment_that_is_none(at: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        moment_of(at, BRUSSELS)


def test_moments_are_local_or_say_their_distance() -> None:
    summer = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)
    assert moment_of("2027-07-01 10:00", BRUSSELS) == summer
    assert moment_of("2027-07-01T10:00+02:00", UTC) == summer
    assert moment_of("2027-10-31 02:30", BRUSSELS) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_midnight_leap_day_and_the_day_of_a_time_change() -> None:
    week = {"friday": [t("22:00", 2)], "sunday": [t("02:30", 3)]}
    leap = {"2028-02-29": [t("00:00", 0, "closed")]}
    model = paths(o2g=pilot(normal=week, exceptions=leap))

    def rule(at: str) -> int | None:
        state = call(model, "60101", at).state
        return state and state.rule_number

    assert [rule(f"2027-03-05 {at}") for at in ("21:59", "22:00", "23:59")] == [3, 2, 2]
    assert [rule(f"2027-03-06 {at}") for at in ("00:00", "23:59")] == [2, 2]  # over midnight, and a day without any
    assert [rule(f"2027-03-28 {at}") for at in ("01:59", "03:00")] == [2, 3]  # leapt over
    fall = [datetime(2027, 10, 31, hour, minute, tzinfo=UTC) for hour, minute in ((0, 29), (0, 30), (1, 15))]
    states = [model.path("60101", moment).state for moment in fall]
    assert [state and state.rule_number for state in states] == [2, 3, 3]  # and not back when the clock goes back
    assert [rule(f"2028-02-{at}") for at in ("28 23:59", "29 00:00", "29 23:59")] == [3, 0, 0]
    assert rule("2028-03-01 00:00") == 0
    assert coming_year(moment_of("2028-02-29 10:00", BRUSSELS), BRUSSELS)[1] == moment_of("2029-02-28 00:00", BRUSSELS)


TIMES = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))
TRANSITIONS = st.dictionaries(
    TIMES, st.tuples(st.integers(0, 3), st.sampled_from(["normal", "closed", "forward"])), max_size=3
)
DAY = TRANSITIONS.map(lambda times: [t(time, *state) for time, state in times.items()])
DATES = st.dates(datetime(2026, 12, 1).date(), datetime(2028, 3, 31).date()).map(str)
CHANGES = ["2027-03-28", "2027-10-31", "2028-02-29", "2028-03-26", "2027-01-01"]
ZONES = ["Europe/Brussels", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Beirut", "UTC"]
MOMENTS = st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 31)) | st.sampled_from(CHANGES).flatmap(
    lambda day: st.integers(-60, 26 * 60).map(lambda minutes: datetime.fromisoformat(day) + timedelta(minutes=minutes))
)


@given(
    normal=st.dictionaries(st.sampled_from(DAYS), DAY, max_size=7) | st.none(),
    exceptions=st.dictionaries(DATES | st.sampled_from(CHANGES), DAY, max_size=4),
    zone=st.sampled_from(ZONES),
    moments=st.lists(MOMENTS, min_size=1, max_size=8),
)
def test_the_timeline_agrees_with_the_path(
    normal: Entry | None, exceptions: Entry, zone: str, moments: list[datetime]
) -> None:
    calendar = {**({} if normal is None else {"normal": normal}), "exceptions": exceptions}
    o2g = {**pilot(**calendar), "routing": [routed("70110", forward=to("60101", "busy"))]}
    model = paths({"route_points": [point(**forced("60101"))]}, o2g, zone=ZoneInfo(zone))
    start, end = datetime(2026, 12, 31, 7, tzinfo=UTC), datetime(2028, 4, 2, tzinfo=UTC)
    for number in ("025552001", "70110"):
        spans = model.timeline(number, start, end)
        assert (spans[0].start, spans[-1].end) == (start, end)
        assert all(a.end == b.start and a.path.brief != b.path.brief for a, b in pairwise(spans))
        edges = [edge + timedelta(seconds=s) for span in spans[:20] for edge in span[:2] for s in (-1, 0, 1)]
        for moment in (*(one.replace(tzinfo=UTC) for one in moments), *edges):
            for span in spans:
                if span.start <= moment < span.end:
                    assert model.path(number, moment).brief == span.path.brief, (number, moment)


# Words


@pytest.mark.parametrize(
    ("intervals", "words"),
    [
        (
            [("2027-12-24 12:00", "2027-12-24 18:00"), ("2027-12-31 12:00", "2027-12-31 18:00")],
            "24 and 31 December 12:00-18:00",
        ),
        ([("2027-12-25 00:00", "2027-12-26 00:00")], "25 December, all day"),
        ([("2027-12-24 00:00", "2027-12-27 00:00")], "24 December to 26 December"),
        ([("2027-12-24 17:30", "2027-12-26 08:30")], "24 December 17:30 to 26 December 08:30"),
        (
            [("2027-05-01 09:00", "2027-05-01 10:00"), ("2027-06-02 09:00", "2027-06-02 10:00")],
            "1 May and 2 June 09:00-10:00",
        ),
        ([("2027-01-01 00:00", "2028-01-01 00:00")], "at any time"),
    ],
)
def test_times_in_words(intervals: list[tuple[str, str]], words: str) -> None:
    whole = (moment_of("2027-01-01 00:00", BRUSSELS), moment_of("2028-01-01 00:00", BRUSSELS))
    assert in_words([(moment_of(a, BRUSSELS), moment_of(b, BRUSSELS)) for a, b in intervals], BRUSSELS, whole) == words


def test_what_is_regular_is_said_so() -> None:
    start, end = coming_year(datetime(2027, 1, 1, tzinfo=UTC), UTC)
    spans = paths(o2g=pilot(), zone=UTC).timeline("60101", start, end)
    opened = [(span.start, span.end) for span in spans if span.path.end == "reached"]
    days = "every Monday to Friday 08:30-17:30"
    assert in_words(opened, UTC, (start, end)) == days
    assert in_words(opened[1:], UTC, (start, end)).startswith(
        "260 days from 4 January to 31 December (Mondays to Fridays) "
    )


# Gaps


def test_gaps_are_found_without_a_test() -> None:
    now = moment_of("2027-03-01 10:00", BRUSSELS)
    o2g = {
        **pilot(normal=OFFICE | {"saturday": [t("09:00", 7)], "sunday": [t("00:00", 0, "closed")]}),
        "routing": [
            routed("70110", forward=to("70111", "busy")),
            routed("70111", forward=to("70110")),
            routed("70112", forward=to("70199")),
            routed("70113", forward=to("0025559999")),
            routed("70114", forward=to("112")),
        ],
    }
    rules = [{"pilot_number": "60101", "rules": [{"rule_number": 0}, {"rule_number": 1}]}]
    model = paths({"owns": ["0255520*"], "route_points": [point(**forced("025552099"))]}, o2g, pilots=rules)
    assert gaps(model, *coming_year(now, BRUSSELS)) == [
        "calls to 025552001 may come to 025552099, and nothing in this tenant has that number",
        "calls to 60101 come to a pilot without a rule: nobody knows rule 7 of pilot 60101, which has 0, 1, every "
        "Saturday 09:00-24:00",
        "calls to 70110, 70111 may go in a circle: user 70110 -> user 70111 -> user 70110",
        "calls to 70112 may come to 70199, and nothing in this tenant has that number",
    ]


def test_a_holiday_that_came_last_year_only() -> None:
    closed = [t("00:00", 0, "closed")]
    days = ["2026-04-06", "2026-05-01", "2026-12-25", "2026-12-26", "2027-01-01", "2027-12-25"]
    half = {"2026-12-24": [t("12:00", 0, "closed"), t("13:00")]}
    model = paths(o2g=pilot(normal=OFFICE, exceptions=dict.fromkeys(days, closed) | half))
    told = gaps(model, *coming_year(moment_of("2027-03-01 10:00", BRUSSELS), BRUSSELS))
    assert told == [
        "Monday, 29 March 2027: nothing closes pilot 60101, closed on the same holiday a year before, 2026-04-06",
    ]


def test_easter() -> None:
    assert [str(easter(year)) for year in (2026, 2027, 2028, 2038)] == [
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2038-04-25",
    ]
    assert next_year(datetime(2028, 2, 29).date()) is None


def test_a_large_tenant_has_a_path_for_each_number() -> None:
    tenant = Tenant("M")
    model = Paths(expand(tenant.variables(), "").data, BRUSSELS)
    start, end = coming_year(datetime(2027, 1, 1, tzinfo=UTC), BRUSSELS)
    found = model.numbers()
    assert len(found) > 1000
    assert all(span.path.end != "unknown" for number in found.values() for span in model.timeline(number, start, end))
    assert gaps(model, start, end) == []
