# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant in a workbook is the same tenant, whatever its values look like."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbooks import AWKWARD, everything

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults
from ansible_collections.voiceops.telephony.plugins.module_utils.fields import (
    Choice,
    Field,
    Flag,
    Kind,
    ListOf,
    MapOf,
    Number,
    Struct,
    Time,
    settable,
)
from ansible_collections.voiceops.telephony.plugins.module_utils.resource import Resource
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.check import check
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.compared import differences
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import expand
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import (
    KEYS,
    LISTS,
    NAMES,
    PARENTS,
    PARTS,
    is_single,
)
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.sheets import Cell, Sheet
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.workbook import of_sheets, read, tables_of
from ansible_collections.voiceops.telephony.plugins.plugin_utils.places import cells
from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import make_plan, report
from ansible_collections.voiceops.telephony.plugins.plugin_utils.workbook import content

TEXTS = st.sampled_from(AWKWARD) | st.text(st.characters(codec=None), max_size=12)
NAMED = st.sampled_from([text for text in AWKWARD if text.strip()]) | st.text(max_size=8).filter(str.strip)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=4,
)


def fitting(kind: Kind) -> st.SearchStrategy[Any]:
    """Return values as a kind wants them."""
    if isinstance(kind, Struct):
        return options(kind.fields)
    if isinstance(kind, ListOf):
        return st.lists(fitting(kind.kind), max_size=3)
    if isinstance(kind, MapOf):
        return st.dictionaries(fitting(kind.key) | TEXTS, fitting(kind.kind) | st.none(), max_size=3)
    if kind.apart:
        return st.dictionaries(
            st.from_regex(r"[A-Za-z0-9_]{1,9}", fullmatch=True).filter(is_open) | NAMED.filter(is_open), ANY, max_size=3
        )
    if isinstance(kind, Flag):
        return st.booleans()
    if isinstance(kind, Number):
        return st.integers(kind.low, kind.high)
    if isinstance(kind, Choice):
        return st.sampled_from(kind.allowed)
    if isinstance(kind, Time):
        return st.from_regex(Time.pattern, fullmatch=True)
    return TEXTS


def is_open(name: str) -> bool:
    return not LISTS["o2g"]["pbx_objects"].fields[1].kind.hides(name)


def options(fields: Iterable[Field]) -> st.SearchStrategy[dict[str, Any]]:
    """Return some options, most of them as they should be. Secrets are in no workbook."""
    open_fields = [f for f in settable(fields) if not f.secret]
    return st.fixed_dictionaries({}, optional={f.option: fitting(f.kind) | st.none() | PLAIN for f in open_fields})


PLAIN = st.booleans() | st.integers(-5, 5) | TEXTS | st.just([]) | st.just({}) | st.just([{}])


def entry(resource: type[Resource], without: Iterable[str] = ()) -> st.SearchStrategy[dict[str, Any]]:
    fields = [*resource.options(), *NAMES.get(resource, ())]
    return options([f for f in fields if f.option not in without])


def sheets_of(tenant: Mapping[str, Any]) -> dict[str, Sheet]:
    """Return the sheets of a tenant as they are read, without a file between."""
    sheets = {}
    for table in tables_of(tenant):
        lines = [[one.header for one in table.used]]
        lines += [[row.get(one.option) for one in table.used] for row in table.rows]
        sheets[table.title] = Sheet(table.title, [[Cell(text) for text in line] for line in lines])
    return sheets


def back(tenant: Mapping[str, Any]) -> dict[str, Any]:
    found = of_sheets("acme.xlsx", sheets_of(tenant))
    assert (found.faults, found.warnings) == ([], [])
    return found.tenant


ALL = [(block, name) for block, lists in LISTS.items() for name in lists]


@pytest.mark.parametrize(("block", "name"), ALL)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_every_list_comes_back_as_it_was(block: str, name: str, data: st.DataObject) -> None:
    resource = LISTS[block][name]
    one = entry(resource)
    value = data.draw(one if is_single(resource, PARENTS[block]) else st.lists(one, max_size=3))
    assert back({block: {name: value}}) == {block: {name: value}}


@pytest.mark.parametrize("part", PARTS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_route_points_come_back_as_they_were(part: str, data: st.DataObject) -> None:
    resource = LISTS["apio"][PARTS[part]]
    parents = LISTS["apio"]["route_point_dnis"].parents
    one = entry(resource, [f.option for f in parents]) | entry(resource)
    value = one if is_single(resource, parents) else st.lists(one, max_size=3)
    point = st.fixed_dictionaries(
        {"route_point_user_id": NAMED}, optional={part: value | PLAIN | st.none(), "group_id": TEXTS}
    )
    points = data.draw(st.lists(point, max_size=3))
    assert back({"apio": {"route_points": points}}) == {"apio": {"route_points": points}}


TODAY = date(2026, 11, 27)
DAYS = fitting(LISTS["o2g"]["pilot_calendars"].fields[0].kind.kind)
WEEK = st.dictionaries(st.sampled_from(["monday", "sunday"]), DAYS | st.none(), max_size=2)
HOLIDAYS = st.fixed_dictionaries(
    {}, optional={"days": st.dictionaries(NAMED, TEXTS | st.none(), max_size=3), "from": ANY, "transitions": DAYS}
)
SHARED = {
    "opening_hours": st.dictionaries(NAMED, WEEK, min_size=1, max_size=2),
    "holidays": st.dictionaries(NAMED, HOLIDAYS, min_size=1, max_size=2),
    "profiles": st.dictionaries(
        NAMED,
        st.fixed_dictionaries({}, optional={n: st.lists(options(r.fields), max_size=2) for n, r in KEYS.items()}),
        min_size=1,
        max_size=2,
    ),
    "shared_numbers": st.lists(TEXTS, min_size=1, max_size=3),
    "call_tests": st.lists(st.dictionaries(NAMED, ANY), min_size=1, max_size=2),
    "tenant_time_zone": NAMED,
    "defaults": st.sampled_from(ALL).flatmap(
        lambda one: entry(LISTS[one[0]][one[1]]).map(lambda values: {one[0]: {one[1]: values}})
    ),
    "apio": st.fixed_dictionaries(
        {"tenant_id": TEXTS}, optional={"country": TEXTS, "owns": st.lists(TEXTS), "call_centers_from": ANY}
    ),
    "o2g": st.fixed_dictionaries({"node_id": ANY}, optional={"pbx_objects_purge_in": ANY, "owns": st.lists(TEXTS)}),
}


@pytest.mark.parametrize("name", SHARED)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_what_is_no_list_comes_back_as_it_was(name: str, data: st.DataObject) -> None:
    value = data.draw(SHARED[name])
    assert back({name: value}) == {name: value}


def test_a_file_holds_everything_and_leaves_nothing_to_a_program_to_calculate(tmp_path: Path) -> None:
    tenant = everything()
    (tmp_path / "acme.xlsx").write_bytes(content(tenant, "acme", ["=1+1", "\x07"]))
    found = read("acme.xlsx", str(tmp_path))
    assert (found.faults, found.warnings) == ([], [])
    assert found.tenant == tenant
    with zipfile.ZipFile(tmp_path / "acme.xlsx") as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in part for part in parts)
    book = openpyxl.load_workbook(tmp_path / "acme.xlsx")
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any(cell.value == "=1+1" for cell in cells)


DAY = [{"time": "08:30", "rule_number": 1, "mode": "normal"}, {"time": "17:30", "rule_number": 0, "mode": "closed"}]
TENANT: dict[str, Any] = {
    "apio": {
        "tenant_id": "acme",
        "group_id": "brussels",
        "country": "BE",
        "call_centers": [
            {
                "name": "Sales",
                "cli_first_name": "Sales",
                "policy": "Circular",
                "queue_length": 25,
                "phone_number": "0251",
            },
            {"name": "Support", "cli_first_name": "Support", "policy": "Uniform", "department": {"group_id": "b"}},
        ],
        "route_points": [
            {
                "route_point_user_id": "rp@acme.example",
                "dnis": [{"name": "Main", "phone_number": "025552001"}, {"name": "Web", "extension": "2002"}],
                "overflow": {"action": "Transfer", "transfer_phone_number": "025559999"},
            }
        ],
    },
    "o2g": {
        "node_id": 7,
        "pbx_objects": [{"path": "Subscriber/70110", "attributes": {"Annu_Name": "Devos", "Entity_Number": 1}}],
        "users": [{"device_number": "70110", "profiles": ["sales"]}, {"device_number": "70111"}],
        "devices": [{"device_number": "70110", "device_id": "70110", "pin": {"pin_number": "4711", "pin_group": 1}}],
        "pilot_calendars": [
            {"pilot_number": "60101", "opening_hours": "office"},
            {"pilot_number": "60102", "normal": {"monday": DAY}, "exceptions": {"2027-12-24": DAY}},
        ],
    },
    "opening_hours": {"office": {"monday": DAY, "friday": []}},
    "holidays": {"be": {"days": {"2027-12-25": "Christmas"}}},
    "profiles": {"sales": {"programmable_keys": [{"position": 2, "number": "60102"}]}},
    "defaults": {"apio": {"call_centers": {"cli_last_name": "Acme", "service_user_password": "Made-up-1"}}},
    "shared_numbers": ["60102"],
}


def written(folder: Path) -> openpyxl.Workbook:
    """Write the tenant as acme.xlsx, and return what can be changed in it."""
    (folder / "acme.xlsx").write_bytes(content(TENANT, "acme"))
    return openpyxl.load_workbook(folder / "acme.xlsx")


def put(book: openpyxl.Workbook, title: str, row: int, header: str, value: Any) -> None:
    sheet = book[title]
    column = next((cell.column for cell in sheet[1] if cell.value == header), sheet.max_column + 1)
    sheet.cell(1, column).value = header
    sheet.cell(row, column).value = value


def test_people_find_what_they_need_and_ids_are_locked(tmp_path: Path) -> None:
    sheet = written(tmp_path)["Call centers"]
    heads = {cell.value: cell for cell in sheet[1]}
    assert "User id of the call center" in heads["Service user ID"].comment.text
    assert "Department.group ID" in heads
    assert "Service user password" not in heads
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:2], sheet.protection.sheet) == ("C2", "A1", True)
    assert not sheet.protection.password
    row = {name: sheet.cell(2, head.column) for name, head in heads.items()}
    assert {name for name, cell in row.items() if cell.protection.locked} == {"Name"}
    assert {cell.number_format for cell in row.values()} == {"@"}
    lists = {one.formula1: str(one.sqref) for one in sheet.data_validations.dataValidation}
    column = heads["Policy"].column_letter
    assert lists['"Circular,Regular,Simultaneous,Uniform,Weighted"'] == f"{column}2:{column}503"
    assert not sheet.column_dimensions["A"].protection.locked
    hours = openpyxl.load_workbook(tmp_path / "acme.xlsx")["Opening hours"]
    assert [cell.value for cell in hours[2]][:3] == ["office", "08:30 rule 1 normal\n17:30 rule 0 closed", None]
    assert hours["F2"].value == "none"


def test_the_same_tenant_is_the_same_file_and_holds_no_secret() -> None:
    one = content(TENANT, "acme", ["a note"])
    assert one == content(TENANT, "acme", ["a note"])
    assert one != content(TENANT, "globex", ["a note"])
    sheets = tables_of(
        {**TENANT, "o2g": {**TENANT["o2g"], "pbx_objects": [{"path": "a", "attributes": {"Password": "4711"}}]}}
    )
    assert not {"4711", "Made-up-1"} & {text for table in sheets for row in table.rows for text in row.values()}


def test_a_tenant_is_run_from_its_workbook_and_from_its_variables(tmp_path: Path) -> None:
    written(tmp_path)
    beside = {"defaults": TENANT["defaults"], "apio": {"tenant_id": "acme"}, "workbook": "acme.xlsx"}
    own = {**TENANT, "o2g": {**TENANT["o2g"], "devices": [{**TENANT["o2g"]["devices"][0], "pin": {"pin_group": 1}}]}}
    assert expand(beside, str(tmp_path)).data == expand(own, str(tmp_path)).data
    for wrong, told in (
        (
            {"apio": {"tenant_id": "globex"}},
            "acme.xlsx, sheet 'Settings', row 2, column 'Value': the variables of the host say",
        ),
        (
            {"opening_hours": {"office": {"monday": []}}},
            "acme.xlsx, sheet 'Opening hours', row 2, column 'Monday': the",
        ),
    ):
        with pytest.raises(Faults, match=told):
            expand({"workbook": "acme.xlsx", **wrong}, str(tmp_path))


def test_faults_name_sheet_row_and_column(tmp_path: Path) -> None:
    book = written(tmp_path)
    put(book, "Call centers", 2, "Queue length", "many")
    put(book, "Call centers", 3, "Department.group ID", "json {")
    put(book, "DNIS", 2, "Phone number", 25552001)
    put(book, "DNIS", 3, "Route point user ID", "rp@acme.exampel")
    put(book, "Opening hours", 2, "Monday", "08:30 rule x normal")
    put(book, "Pilot calendars", 3, "Exceptions", "2027-13-24: 08:30 rule 1 normal")
    put(book, "Users", 3, "Colour", "red")
    put(book, "Settings", 5, "Setting", "o2g.nodeid")
    put(book, "Defaults", 2, "Option", "cli_lastname")
    put(book, "Overflow", 3, "Route point user ID", "rp@acme.example")
    book["PBX objects"].merge_cells("A1:A2")
    book.create_sheet("Notes")
    book.save(tmp_path / "acme.xlsx")
    report = check({"workbook": "acme.xlsx", "o2g": {"node_id": 7}}, str(tmp_path), TODAY)
    for told in (
        "'Call centers', row 2, column 'Queue length': must be a whole number, not 'many'",
        "'Call centers', row 3, column 'Department.group ID': begins with 'json', and what follows is no JSON",
        "'DNIS', row 2, column 'Phone number': is the number 25552001: format the column as text",
        "'DNIS', row 3, column 'Route point user ID': 'rp@acme.exampel' is not in the sheet 'Route points'",
        "'Opening hours', row 2, column 'Monday': '08:30 rule x normal' is no transition: write '08:30 rule",
        "'Pilot calendars', row 3, column 'Exceptions': 2027-13-24: '2027-13-24' is not a date",
        "'Users', column D ('Colour'): is not an option of o2g.users",
        "'Settings', row 5, column 'Value': is not known here; did you mean node_id?",
        "'Defaults', row 2, column 'Option': is not known; did you mean cli_last_name?",
        "'Overflow', row 3: overflow of rp@acme.example is there already",
        "'PBX objects', cells A1:A2: are merged",
    ):
        where = f"acme.xlsx, sheet {told}"
        assert [fault for fault in report.faults if fault.startswith(where)], (told, report.faults)
    assert len(report.faults) == 12, "\n".join(report.faults)
    assert report.warnings[0].startswith("acme.xlsx: the sheet 'Notes' is no list of a tenant, and was not read")


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("none.xlsx", "workbook: none.xlsx is not there: looked for "),
        ("bad.xlsx", "workbook: bad.xlsx cannot be read as XLSX"),
        (["a"], "workbook: must be the path of an XLSX file, not a list"),
        ("other.xlsx", "other.xlsx: none of its sheets is a list of a tenant"),
    ],
)
def test_what_is_no_workbook_of_a_tenant_is_told(tmp_path: Path, file: Any, told: str) -> None:
    (tmp_path / "bad.xlsx").write_text("no zip")
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    assert check({"workbook": file}, str(tmp_path), TODAY).faults[0].startswith(told)


def test_what_came_back_is_compared_with_the_code(tmp_path: Path) -> None:
    book = written(tmp_path)
    assert differences(TENANT, "acme.xlsx", str(tmp_path)) == ([], [])
    put(book, "DNIS", 2, "Phone number", "+32 2 555 20 01")
    put(book, "DNIS", 3, "Extension", "2012")
    put(book, "Opening hours", 2, "Monday", "09:00 rule 1 normal")
    put(book, "Pilot calendars", 3, "Exceptions", None)
    put(book, "Users", 4, "Device number", "70112")
    put(book, "Call centers", 2, "CLI last name", "ACME")
    put(book, "Profile programmable keys", 2, "Number", "60199")
    put(book, "Settings", 4, "Value", "NL")
    put(book, "Holiday days", 2, "Name", "Xmas")
    put(book, "Defaults", 2, "Value", "Acme Inc")
    book["Call centers"].delete_rows(3)
    book.save(tmp_path / "back.xlsx")
    told, faults = differences(TENANT, "back.xlsx", str(tmp_path))
    assert faults == []
    expected = [
        "'Opening hours', row 2, column 'Monday': is 09:00 rule 1 normal, and in the code it is 08:30 rule 1 normal, "
        "17:30 rule 0 closed",
        "'Holiday days', row 2, column 'Name': is 'Xmas', and in the code it is 'Christmas'",
        "'Profile programmable keys', row 2, column 'Number': is '60199', and in the code it is '60102'",
        "'Defaults', row 2, column 'Value': is 'Acme Inc', and in the code it is 'Acme'",
        "'Settings', row 4, column 'Value': is 'NL', and in the code it is 'BE'",
        "'Call centers', row 2, column 'CLI last name': is 'ACME', and in the code it is 'Acme' (call center 'Sales' "
        "of brussels)",
        "'Call centers': call center 'Support' of brussels is not there, and is in the code",
        "'DNIS', row 3, column 'Extension': is '2012', and in the code it is '2002' (DNIS 'Web' of rp@acme.example)",
        "'Users', row 4: user '70112' of 7 is new",
        "'Profile programmable keys', row 2, column 'Number': is '60199', and in the code it is '60102' (key '2' "
        "of 70110)",
        "'Pilot calendars', row 3, column 'Exceptions': 2027-12-24: says nothing, and in the code it is 08:30 rule 1 "
        "normal, 17:30 rule 0 closed (calendar of 60102)",
    ]
    assert told == [f"back.xlsx, sheet {one}" for one in expected]
    assert differences(TENANT, "none.xlsx", str(tmp_path))[1][0].startswith("compare_workbook: none.xlsx is not there")


def test_a_plan_names_the_cells_of_what_it_changes(tmp_path: Path) -> None:
    tenant = {**TENANT, "o2g": {**TENANT["o2g"], "pilot_calendars": [dict(TENANT["o2g"]["pilot_calendars"][0])]}}
    tenant["o2g"]["pilot_calendars"][0] |= {"holidays": "be", "normal": {"friday": DAY}}
    (tmp_path / "acme.xlsx").write_bytes(content(tenant, "acme"))
    where = {"tenant_id": "acme", "group_id": "brussels"}
    point = {**where, "route_point_user_id": "rp@acme.example"}

    def step(action: str, key: dict[str, Any], *options: str) -> dict[str, Any]:
        return {
            "name": str([*key.values()][-1]),
            "key": key,
            "action": action,
            "changes": {option: {} for option in options},
        }

    resources = {
        "apio.call_centers": {"steps": [step("update", {**where, "name": "Sales"}, "queue_length", "policy")]},
        "apio.route_point_dnis": {
            "steps": [step("create", {**point, "name": "Web"}, "extension"), step("delete", {**point, "name": "Old"})]
        },
        "o2g.pilot_calendars": {
            "steps": [
                step(
                    "update",
                    {"node_id": "7", "pilot_number": "60101"},
                    "normal.monday",
                    "normal.friday",
                    "exceptions.20271225",
                )
            ]
        },
    }
    told = cells({"workbook": "acme.xlsx"}, resources, str(tmp_path))
    assert [one["place"].removeprefix("acme.xlsx, sheet ") for one in told] == [
        "'Call centers', row 2, column 'Queue length'",
        "'Call centers', row 2, column 'Policy'",
        "'DNIS', row 3",
        "'Opening hours', row 2, column 'Monday'",
        "'Pilot calendars', row 2, column 'Friday'",
        "'Holidays', row 2, column 'Transitions'",
    ]
    plan = make_plan({}, "acme", [], [], declared={"workbook": "acme.xlsx"}, base_dir=str(tmp_path))
    assert "Where that stands in the workbook" not in report(plan)
    assert "| acme.xlsx, sheet 'DNIS', row 3 | apio.route_point_dnis | Web |" in report({**plan, "cells": told})
