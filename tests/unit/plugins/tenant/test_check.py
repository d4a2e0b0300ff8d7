# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with a tenant is told before any request, all at once and with its place."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.check import Report, check
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import LISTS, PARENTS, PARTS, is_single

TODAY = date(2027, 3, 1)
APIO = {"tenant_id": "acme", "group_id": "brussels", "country": "BE"}
SALES = "rp-sales@acme.example"
CLI = {"cli_phone_number": "0255", "cli_last_name": "A", "cli_first_name": "B"}


def at(time: str, rule: int = 1, mode: str = "normal") -> dict[str, Any]:
    return {"time": time, "rule_number": rule, "mode": mode}


def report(tenant: dict[str, Any], folder: Path | str = "", **more: Any) -> Report:
    return check(tenant, str(folder), TODAY, **more)


def apio(**lists: Any) -> dict[str, Any]:
    return {"apio": {**APIO, **lists}}


def point(**parts: Any) -> dict[str, Any]:
    return apio(route_points=[{"route_point_user_id": SALES, **parts}])


def calendars(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"o2g": {"node_id": 7, "pilot_calendars": list(entries)}, **more}


def test_what_is_right_is_counted() -> None:
    tenant = {
        **point(dnis=[{"name": "Main", "phone_number": "0255"}], overflow={"action": "Busy"}, disposition_codes=[]),
        "ccs": {"tenant": "Acme", "limits": {"max_agents": 5}},
    }
    assert report(tenant) == Report(
        counts={
            "apio.route_point_dnis": 1,
            "apio.route_point_overflow": 1,
            "apio.route_point_disposition_codes": 0,
            "ccs.limits": 1,
        }
    )


def test_entries_are_checked_as_their_modules_do() -> None:
    centers = [
        {"name": "A", "queue_length": 526, "active": "yes", "cli_last_name": 5},
        {"name": 5, "department": {"department_name": 7, "full_path_name": "x"}},
        {"queue_length": "5"},
        {"name": "B"},
        {"name": "B"},
        {"name": "C", "service_user_password": 987654},
    ]
    assert report(apio(call_centers=centers)).faults == [
        "apio.call_centers[0].queue_length: must be from 0 to 525, not 526",
        "apio.call_centers[1].name: arrived as the number 5: YAML drops leading zeros and plus signs, so quote it; "
        "to a template that calculates, add | string",
        "apio.call_centers[1].department.full_path_name: is not an option; there are: tenant_id, group_id, "
        "department_name",
        "apio.call_centers[2]: needs service_user_id or name to say which call center is meant",
        "apio.call_centers[5].service_user_password: arrived as the number ********: YAML drops leading zeros and plus "
        "signs, so quote it; to a template that calculates, add | string",
        "apio.call_centers[4]: names the same call center as apio.call_centers[3]: name='B'",
    ]


def test_what_belongs_to_a_user_says_to_whom_and_no_secret_is_told() -> None:
    device = {"device_number": "70100", "device_id": "70100"}
    lists = {
        "hunting_groups": [{"logged_on": True}],
        "devices": [{**device, "pin": {"pin_number": 83274951}}],
        "soft_keys_purge_in": [{"device_number": "70100"}],
        "pbx_objects_purge_in": ["Subscriber/1"],
        "statistics_contexts": [{"label": "A"}],
    }
    told = report({"o2g": {"node_id": 7, **lists}})
    assert [fault.partition(":")[0] for fault in told.faults] == [
        "o2g.devices[0].pin.pin_number",
        "o2g.hunting_groups[0].device_number",
        "o2g.statistics_contexts[0].supervisor",
        "o2g.pbx_objects_purge_in[0].path",
        "o2g.soft_keys_purge_in[0].device_id",
    ]
    assert "83274951" not in str(told)


def test_settings_of_a_route_point_are_there_once() -> None:
    tenant = point(overflow={"action": "Busy"})
    tenant["apio"]["route_point_overflow"] = [{"route_point_user_id": SALES, "action": "Ringing"}]
    (fault,) = report(tenant).faults
    assert fault.startswith("apio.route_points[0].overflow: names the same overflow as apio.route_point_overflow[0]")


def test_a_fault_in_defaults_is_told_once() -> None:
    tenant = apio(call_centers=[{"name": "A"}, {"name": "B"}, {"name": "C", "queue_length": 999}])
    tenant["defaults"] = {"apio": {"call_centers": {"queue_length": 526, "active": "perhaps"}}}
    assert report(tenant).faults == [
        "defaults.apio.call_centers.queue_length: must be from 0 to 525, not 526",
        "defaults.apio.call_centers.active: must be true or false, not 'perhaps'",
        "apio.call_centers[2].queue_length: must be from 0 to 525, not 999",
    ]


def test_faults_of_rows_name_sheet_row_and_column(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Sales"
    rows = [
        ("route point user id", "Naam", "Phone number", "Extension"),
        (SALES, "A", "025552001", None),
        (SALES, "x" * 41, "025552002", None),
        (None, "C", "025552003", None),
        (SALES, "A", "025552004", None),
        (SALES, "D", "+3225552001", None),
        (SALES, "E", None, "1"),
    ]
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "dnis.xlsx")
    source = {"file": "dnis.xlsx", "columns": {"Naam": "name"}}
    at = "dnis.xlsx, sheet 'Sales', row"
    assert report(apio(route_point_dnis_from=source), tmp_path).faults == [
        f"{at} 3, column 'Naam': should have at most 40 characters, not '{'x' * 41}'",
        f"{at} 4, column 'route point user id': must be given",
        f"{at} 7, column 'Extension': should have at least 2 characters, not '1'",
        f"{at} 5: names the same DNIS as {at} 2: name='A'",
        f"{at} 6, column 'Phone number': '+3225552001' is used already as '025552001', at {at} 2, column "
        "'Phone number'. If both shall have it, add it to shared_numbers",
    ]


# Numbers


def everywhere(number: str) -> dict[str, Any]:
    return {
        "apio": {
            **APIO,
            "call_centers": [{"name": "A", "phone_number": number}],
            "instant_group_calls": [{"name": "A", "extension": number}],
            "route_point_dnis": [{"route_point_user_id": SALES, "name": "A", "extension": number}],
        },
        "ccs": {"tenant": "Acme", "extensions": [{"extension": number}]},
        "o2g": {
            "node_id": 7,
            "users": [{"device_number": number}],
            "pilots": [{"pilot_number": number, "state": "opened"}],
            "pilot_calendars": [{"pilot_number": number, "normal": {"monday": [at("08:00")]}}],
        },
    }


def test_a_number_is_used_once_on_all_platforms() -> None:
    places = [
        "apio.instant_group_calls[0].extension",
        "apio.route_point_dnis[0].extension",
        "ccs.extensions[0].extension",
        "o2g.users[0].device_number",
        "o2g.pilot_calendars[0].pilot_number",
        "o2g.pilots[0].pilot_number",
    ]
    text = (
        "'70110' is used already, at apio.call_centers[0].phone_number. If both shall have it, add it to shared_numbers"
    )
    assert report(everywhere("70110")).faults == [f"{place}: {text}" for place in places]
    assert report({**everywhere("70110"), "shared_numbers": ["70110"]}).faults == []


def test_what_a_tenant_has_is_among_what_it_says_is_its_own() -> None:
    tenant = everywhere("70110")
    for block in tenant.values():
        block["owns"] = ["70100-70199"]
    assert report({**tenant, "shared_numbers": ["70110"]}).faults == []
    o2g = {**tenant["o2g"], "owns": ["702*"], "pbx_objects": [{"path": "Subscriber/70110"}, {"path": "Entity/7"}]}
    text = "'70110' is not among what is the tenant's own, o2g.owns"
    assert report({"o2g": o2g, "shared_numbers": ["70110"]}).faults == [
        f"o2g.{place}: {text}"
        for place in (
            "pbx_objects[0].path",
            "users[0].device_number",
            "pilot_calendars[0].pilot_number",
            "pilots[0].pilot_number",
        )
    ]
    one_of_both = {**APIO, "call_centers": [{"name": "A", "phone_number": "025550110", "extension": "5110"}]}
    assert report({"apio": {**one_of_both, "owns": ["51*"]}}).faults == []
    (fault,) = report({"apio": {**one_of_both, "owns": ["51*", 5110]}}).faults
    assert fault.startswith("apio.owns[1]: must be a number")


def test_a_pilot_and_its_calendar_are_one() -> None:
    tenant = everywhere("70110")
    assert report({"o2g": {**tenant["o2g"], "users": []}}).faults == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("025552001", "+32 2 555 20 01", True),
        ("025552001", "0032 2 555 20 01", True),
        ("025552001", "+33225552001", False),
        ("5110", "+325110", False),
        ("5110", "05110", False),
        ("5110", "5110", True),
    ],
)
def test_numbers_that_are_the_same(one: str, other: str, same: bool) -> None:
    dnis = [{"name": "A", "phone_number": one}, {"name": "B", "phone_number": other}]
    assert len(report(point(dnis=dnis)).faults) == same


def test_a_dnis_that_shows_its_clid_says_which() -> None:
    dnis = [
        {"name": "A", "use_custom_clid_settings": True, **CLI},
        {"name": "B", "use_custom_clid_settings": True, **CLI, "cli_last_name": None},
        {"name": "C", "use_custom_clid_settings": False},
        {"name": "D", "cli_last_name": "A"},
    ]
    (fault,) = report(point(dnis=dnis)).faults
    assert fault == (
        "apio.route_points[0].dnis[1].use_custom_clid_settings: true needs cli_last_name too: give all of them, "
        "or leave it out"
    )
    tenant = point(dnis=[{"name": "A", "use_custom_clid_settings": True}])
    assert report({**tenant, "defaults": {"apio": {"route_point_dnis": CLI}}}).faults == []


FORWARDING = {
    "forced_forwarding": "forward_to_phone_number",
    "overflow": "transfer_phone_number",
    "bounced_call": "transfer_phone_number",
}


@pytest.mark.parametrize(("part", "option"), FORWARDING.items())
@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("+32 2 555 20 01", "is the DNIS 'Main' of"),
        ("2001", "is the DNIS 'Main' of"),
        ("RP-Sales@acme.example", "is its user id of"),
        ("025552002", ""),
        (None, ""),
    ],
)
def test_nothing_is_forwarded_to_itself(part: str, option: str, target: str | None, text: str) -> None:
    dnis = [{"name": "Main", "phone_number": "025552001", "extension": "2001"}]
    faults = report(point(dnis=dnis, **{part: {option: target}})).faults
    if not text:
        assert faults == []
    else:
        assert faults == [
            f"apio.route_points[0].{part}.{option}: {target!r} {text} {SALES} itself: the calls would come back"
        ]


def test_another_route_point_may_be_the_target() -> None:
    tenant = point(dnis=[{"name": "Main", "phone_number": "025552001"}])
    other = {"route_point_user_id": "rp-support@a", "forced_forwarding": {"forward_to_phone_number": "025552001"}}
    tenant["apio"]["route_points"].append(other)
    assert report(tenant).faults == []


def test_a_group_call_does_not_ring_itself() -> None:
    call = {"name": "A", "phone_number": "025552001", "destination_phone_numbers": ["0471", "+3225552001"]}
    assert report(apio(instant_group_calls=[call])).faults == [
        "apio.instant_group_calls[0].destination_phone_numbers: '+3225552001' is the instant group call itself: "
        "it would call itself"
    ]


# Calendars


def people(**lists: Any) -> dict[str, Any]:
    return {"o2g": {"node_id": 7, "users": [{"device_number": str(n)} for n in (701, 702, 703)], **lists}}


def to(number: str, kind: str = "immediate") -> dict[str, Any]:
    return {"type": kind, "destination": "number", "number": number}


def test_what_belongs_to_a_user_belongs_to_one_of_the_tenant() -> None:
    lists = {
        "routing": [{"device_number": "799", "dnd": True}, {"login_name": "oxe702", "dnd": True}],
        "hunting_groups": [
            {"device_number": "799", "logged_on": False},
            {"device_number": "701", "node_id": 8, "logged_on": False},
        ],
        "user_preferences": [{"login_name": "an", "gui_language": "fr"}],
    }
    told = report(people(**lists))
    assert told.faults == []
    why = "a wrong number, or missing there, so that a purge would delete it"
    assert told.warnings == [
        f"o2g.user_preferences[0].login_name: 'an' is none of o2g.users: {why}",
        f"o2g.hunting_groups[0].device_number: '799' is none of o2g.users (and 1 more): {why}",
        f"o2g.hunting_groups[1].device_number: '701' is none of o2g.users: {why}",
    ]
    assert report({"o2g": {"node_id": 7, **lists}}).warnings == []
    odd = [{"device_number": wrong, "login_name": wrong, "node_id": wrong} for wrong in ([1], 70100, {}, None)]
    assert len(report({"o2g": {"node_id": 7, **lists, "users": odd}}).faults) > 4


def test_keys_and_forwards_lead_to_a_number_that_somebody_has() -> None:
    device = {"device_number": "701", "device_id": "711"}
    there = ["701", "711", "604", "800", "901", "42", "025551234", "*21"]
    lists = {
        "pbx_objects": [{"path": "Hunting_Group/604"}],
        "hunting_groups": [{"device_number": "701", "hunting_group": "800"}],
        "programmable_keys": [{**device, "position": n, "number": number} for n, number in enumerate([*there, "788"])],
        "soft_keys": [{**device, "position": 1, "number": "788"}],
        "routing": [{"device_number": "702", "forward": to("789", "busy"), "overflow": None}],
        "pilots": [{"pilot_number": "901", "state": "opened"}],
    }
    told = report(people(**lists))
    assert told.faults == []
    assert told.warnings == [
        "o2g.programmable_keys[8].number and 1 more: nothing in this tenant has the number '788'",
        "o2g.routing[0].forward.number: nothing in this tenant has the number '789'",
    ]
    assert report({"o2g": {"node_id": 7, **lists}}).warnings == []


def test_forwards_do_not_lead_in_a_circle() -> None:
    def told(*ways: tuple[str, dict[str, Any]]) -> tuple[list[str], list[str]]:
        found = report(people(routing=[{"login_name": f"oxe{number}", "forward": forward} for number, forward in ways]))
        return found.faults, found.warnings

    circle = "o2g.routing[1].forward: forwards {} calls in a circle: 702 -> 703 -> 702"
    before = ("701", to("702"))
    assert told(before, ("702", to("703")), ("703", to("702"))) == ([circle.format("lead")], [])
    assert told(before, ("702", to("703")), ("703", to("702", "busy"))) == ([], [circle.format("may lead")])
    assert told(before, ("702", to("703"))) == ([], [])
    assert told(("701", to("701")))[0] == ["o2g.routing[0].forward: forwards lead calls in a circle: 701 -> 701"]


def test_transitions_are_in_order_and_not_doubled() -> None:
    wrong = [at("17:00"), at("08:00")]
    own = {"normal": {"friday": wrong}, "exceptions": {"2027-12-24": wrong, "2027-12-25": [at("08:00"), at("08:00")]}}
    tenant = calendars(
        {"pilot_number": "1", **own},
        {"pilot_number": "2", "opening_hours": "office", "holidays": "be"},
        {"pilot_number": "3", "opening_hours": "twice", "exceptions": {"2027-12-24": wrong}},
        opening_hours={"office": {"monday": wrong}, "twice": {"monday": [at("08:00"), at("08:00")]}},
        holidays={"be": {"days": {"2027-12-25": ""}, "transitions": wrong}},
    )
    text = "08:00 stands after 17:00: write the transitions of a day in the order of time"
    assert report(tenant).faults == [
        "opening_hours.twice.monday: 08:00 is there more than once",
        "o2g.pilot_calendars[0].exceptions.2027-12-25: 08:00 is there more than once",
        f"opening_hours.office.monday: {text}",
        f"holidays.be.transitions: {text}",
        f"o2g.pilot_calendars[2].exceptions.2027-12-24: {text}",
    ]


def test_what_is_shared_is_checked_where_it_is_written() -> None:
    tenant = calendars(
        *({"pilot_number": str(n), "opening_hours": "office", "holidays": "be"} for n in range(5)),
        opening_hours={"office": {"monday": [at("8h")], "mon": [], "friday": [{"time": "08:00"}]}},
        holidays={"be": {"days": {"2027-12-25": ""}, "transitions": [at("08:00", 30)]}},
    )
    days = "'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'"
    assert report(tenant).faults == [
        "opening_hours.office.monday[0].time: must be a time from 00:00 to 23:59, not '8h'",
        f"opening_hours.office.mon: must be one of {days} or 'sunday', not 'mon'",
        "opening_hours.office.friday[0].rule_number: must be given",
        "opening_hours.office.friday[0].mode: must be given",
        "holidays.be.transitions[0].rule_number: must be from 0 to 29, not 30",
    ]


def test_times_without_quotes_are_told() -> None:
    tenant = calendars(
        {"pilot_number": "1", "opening_hours": "office", "exceptions": {"2027-12-24": [{**at(""), "time": 990}]}},
        opening_hours={"office": {"monday": [{**at(""), "time": 510}]}},
    )
    text = "YAML turned a time without quotes into the number {}; it was read as {!r}. Quote times."
    assert report(tenant).warnings == [
        "opening_hours.office: " + text.format(510, "08:30"),
        "o2g.pilot_calendars[0]: " + text.format(990, "16:30"),
    ]


def test_a_holiday_in_the_past_is_told() -> None:
    own = {"exceptions": {"2026-12-24": [at("08:00")], "2027-02-28": [], "2027-03-01": [at("08:00")]}}
    tenant = calendars(
        {"pilot_number": "1", "holidays": "be"},
        {"pilot_number": "2", **own},
        {"pilot_number": "3", **own},
        holidays={
            "be": {"days": {"2027-01-01": "New Year's Day", "2027-12-25": "Christmas"}},
            "old": {"days": {f"2026-01-{n:02d}": "" for n in range(1, 6)}},
        },
    )
    told = report(tenant)
    assert told.faults == []
    assert told.warnings == [
        "holidays.old: no pilot uses it",
        "holidays.be: 2027-01-01 New Year's Day is in the past",
        "holidays.old: 2026-01-01, 2026-01-02, 2026-01-03 and 2 more are in the past",
        "o2g.pilot_calendars[1].exceptions and 1 more: 2026-12-24 is in the past",
    ]


def test_a_tenant_that_declares_nothing_is_told() -> None:
    for nothing in ({}, {"o2g": {"node_id": 7}, "opening_hours": {}}):
        assert report(nothing).warnings == ["the tenant declares nothing: none of apio, ccs and o2g has a list"]
    assert report(apio(call_centers=[])).warnings == []


@pytest.mark.parametrize("name", [f"{block}.{name}" for block, lists in LISTS.items() for name in lists])
def test_a_blank_file_is_none(name: str) -> None:
    """Not even an empty list, in which a build could purge."""
    block, _dot, listed = name.partition(".")
    where = {"apio": APIO, "ccs": {"tenant": "Acme"}, "o2g": {"node_id": 7}}[block]
    told = report({block: {**where, f"{listed}_from": ""}})
    assert told.counts == {}
    assert told.faults == [] or is_single(LISTS[block][listed], PARENTS[block])


def test_names_that_nobody_uses_are_told() -> None:
    unused = {"opening_hours": {"office": {}}, "holidays": {"be": {"days": {}}}}
    assert report({**apio(call_centers=[]), **unused}).warnings == [
        "opening_hours.office: no pilot uses it",
        "holidays.be: no pilot uses it",
    ]


LIVE = [
    {"node_id": 7, "pilot_number": "1", "rules": [{"rule_number": 1}, {"rule_number": 2}]},
    {"node_id": 7, "pilot_number": "2", "rules": []},
    {"node_id": 7, "pilot_number": "3"},
]


def test_rules_are_those_of_the_live_pilot() -> None:
    tenant = calendars(
        {
            "pilot_number": "1",
            "opening_hours": "office",
            "normal": {"friday": [at("08:00", 4)], "sunday": [at("08:00")]},
        },
        {"pilot_number": "2", "normal": {"friday": [at("08:00", 0, "closed")]}},
        {"pilot_number": "4", "node_id": 8, "holidays": "be", "exceptions": {"20271225": [at("00:00", 0, "closed")]}},
        {"pilot_number": "3", "normal": {"friday": [at("08:00", 9)]}},
        opening_hours={"office": {day: [at("08:00", 3), at("09:00", 3)] for day in ("monday", "tuesday", "sunday")}},
        holidays={"be": {"days": {"2027-12-25": "", "2027-12-26": ""}, "transitions": [at("00:00", 5, "closed")]}},
    )
    tenant["o2g"]["pilots"] = [{"pilot_number": "9", "state": "opened"}]
    assert report(tenant).faults == []
    assert report(tenant).against([*LIVE, {"node_id": "8", "pilot_number": "4", "rules": []}]) == [
        "o2g.pilots[0].pilot_number: there is no pilot 9 on node 7",
        "o2g.pilot_calendars[0]: pilot 1 has no rule 4 (normal.friday 08:00); its rules are 1, 2",
        "o2g.pilot_calendars[0]: pilot 1 has no rule 3 (monday of opening_hours.office 08:00, "
        "monday of opening_hours.office 09:00, tuesday of opening_hours.office 08:00 and 1 more); its rules are 1, 2",
        "o2g.pilot_calendars[2]: pilot 4 has no rule 5 (holidays.be 00:00); it has none",
    ]


# Whatever is written

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
TOP = ["apio", "ccs", "o2g", "opening_hours", "holidays", "profiles", "defaults", "shared_numbers"]
CLOSED = [at("00:00", 0, "closed")]


def test_a_holiday_that_closed_last_year_only_is_told() -> None:
    week = {"friday": [at("08:00")], "saturday": [at("08:00")]}
    days = {"2026-12-25": CLOSED, "2027-01-01": CLOSED, "2026-05-14": CLOSED, "2027-12-24": CLOSED}
    told = report(calendars({"pilot_number": "60101", "normal": week, "exceptions": days}))
    assert [warning for warning in told.warnings if "nothing closes" in warning] == [
        f"o2g.pilot_calendars: Saturday, {day}: nothing closes pilot 60101, closed on the same holiday a year before, "
        f"{last}"
        for day, last in (("25 December 2027", "2026-12-25"), ("1 January 2028", "2027-01-01"))
    ]


TOP += ["call_tests", "call_tests_from", "tenant_time_zone"]
INNER = [
    *LISTS["apio"],
    *LISTS["ccs"],
    *LISTS["o2g"],
    "route_points",
    "route_point_dnis_from",
    "pbx_objects_purge_in",
    "office",
    "days",
    "from",
]
TENANTS = st.dictionaries(
    st.sampled_from(TOP),
    JUNK
    | st.dictionaries(
        st.sampled_from([*INNER, *(f.option for fields in PARENTS.values() for f in fields)]),
        JUNK
        | st.lists(st.dictionaries(st.sampled_from([*PARTS, "name", "opening_hours", "holidays", "profiles"]), JUNK)),
    ),
)


@given(tenant=TENANTS)
def test_nothing_that_can_be_written_is_a_traceback(tenant: dict[str, Any]) -> None:
    told = check(tenant, "", TODAY)
    assert json.dumps([told.faults, told.warnings, told.counts, told.against([])])
