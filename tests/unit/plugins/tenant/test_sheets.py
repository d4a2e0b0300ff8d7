# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people keep in spreadsheets arrives as they see it there, or is refused with row and column."""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults
from ansible_collections.voiceops.telephony.plugins.module_utils.fields import Values
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import CALENDAR_NAMES, LISTS
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.sheets import columns_of, read, sources

DNIS = columns_of(LISTS["apio"]["route_point_dnis"].options())
CALL_CENTERS = columns_of(LISTS["apio"]["call_centers"].options())
GROUP_CALLS = columns_of(LISTS["apio"]["instant_group_calls"].options())

NUMBERS = st.from_regex(r"\+?0{0,3}[0-9]{2,15}", fullmatch=True)
NAMES = st.text("Aé0;,\"'\t {}=+-#\n", min_size=1, max_size=20).map(str.strip).filter(bool)


def read_all(given: Any, folder: Path, known: Any = None) -> tuple[list[Values], list[str]]:
    rows, faults = [], []
    for source in sources(given, "dnis_from"):
        found = read(source, str(folder), known or DNIS, "apio.route_point_dnis")
        rows += [row.values for row in found.rows]
        faults += found.faults
    return rows, faults


def workbook(folder: Path, *lines: Any, title: str = "DNIS", file: str = "dnis.xlsx") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = title
    for line in lines:
        book.active.append(line)
    book.save(folder / file)
    return book


@given(rows=st.lists(st.tuples(NAMES, NUMBERS), min_size=1, max_size=5), separator=st.sampled_from(",;\t"))
def test_csv_round_trip(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], separator: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    with (folder / "dnis.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=separator).writerows([("name", "phone_number"), *rows])
    assert read_all("dnis.csv", folder) == ([{"name": n, "phone_number": p} for n, p in rows], [])


@given(rows=st.lists(st.tuples(NAMES.filter(lambda n: n[0] != "="), NUMBERS), min_size=1, max_size=5))
def test_xlsx_round_trip(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    folder = tmp_path_factory.getbasetemp()
    workbook(folder, ("name", "phone_number"), *rows)
    assert read_all("dnis.xlsx", folder) == ([{"name": n, "phone_number": p} for n, p in rows], [])


@pytest.mark.parametrize("first", ["sep=;\n", "\ufeffsep=;\r\n", '"sep=;"\n', "SEP=;\n", ""])
def test_excel_may_say_in_the_first_line_what_separates(tmp_path: Path, first: str) -> None:
    (tmp_path / "a.csv").write_text(first + "name;phone_number\nA, B, C;025\n", newline="")
    assert read_all("a.csv", tmp_path) == ([{"name": "A, B, C", "phone_number": "025"}], [])


def test_headers_are_found_however_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Service-User ID,Name,Department.Group ID,Queue Length\nx@a,Sales,g,25\n")
    values = {"service_user_id": "x@a", "name": "Sales", "department": {"group_id": "g"}, "queue_length": "25"}
    assert read_all("a.csv", tmp_path, CALL_CENTERS) == ([values], [])


def test_columns_give_headers_their_meaning(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Benaming;Nummer;Opmerking\nSales;0255;hello\n")
    columns = {"Benaming": "name", "nummer": "phone_number", "Opmerking": None}
    assert read_all({"file": "a.csv", "columns": columns}, tmp_path) == (
        [{"name": "Sales", "phone_number": "0255"}],
        [],
    )
    _rows, faults = read_all({"file": "a.csv", "columns": {"Bename": "name", "Benaming": "nam"}}, tmp_path)
    assert faults == [
        "a.csv, column A ('Benaming'): nam is not an option of apio.route_point_dnis; did you mean name?",
        "a.csv, column B ('Nummer'): nummer is not an option of apio.route_point_dnis; did you mean name?",
        "a.csv, column C ('Opmerking'): opmerking is not an option of apio.route_point_dnis; there are: "
        + ", ".join(DNIS),
        "a.csv: there is no column 'bename', which columns names",
    ]


def test_an_empty_cell_says_nothing_and_an_empty_row_is_no_entry(tmp_path: Path) -> None:
    workbook(tmp_path, ("name", None, "extension"), ("A", None, " "), (None, "", None), (), ("B", None, "20"))
    assert read_all("dnis.xlsx", tmp_path) == ([{"name": "A"}, {"name": "B", "extension": "20"}], [])


def test_the_items_of_a_list_are_separated(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,destination_phone_numbers\nA,0255; +3255 ;\n")
    values = {"name": "A", "destination_phone_numbers": ["0255", "+3255"]}
    assert read_all("a.csv", tmp_path, GROUP_CALLS) == ([values], [])


def test_slots_can_be_empty(tmp_path: Path) -> None:
    overflow = columns_of(LISTS["apio"]["route_point_overflow"].options())
    workbook(tmp_path, ("route_point_user_id", "audio_file_list"), ("rp@a", "Music;;Closed"))
    assert read_all("dnis.xlsx", tmp_path, overflow) == (
        [{"route_point_user_id": "rp@a", "audio_file_list": ["Music", None, "Closed"]}],
        [],
    )


def test_what_no_cell_can_hold_has_no_column() -> None:
    calendars = columns_of([*LISTS["o2g"]["pilot_calendars"].options(), *CALENDAR_NAMES])
    assert list(calendars) == ["node_id", "pilot_number", "opening_hours", "holidays"]


def test_attributes_of_the_platform_are_columns_as_they_are_written(tmp_path: Path) -> None:
    objects = columns_of(LISTS["o2g"]["pbx_objects"].options())
    (tmp_path / "a.csv").write_text("Path,Attributes.Annu_Name,Naam,attributes.\nSubscriber/1,An,B,\n")
    columns = {"Naam": "attributes.Tsc.Timer"}
    values = {"path": "Subscriber/1", "attributes": {"Annu_Name": "An", "Tsc": {"Timer": "B"}}}
    rows, faults = read_all({"file": "a.csv", "columns": columns}, tmp_path, objects)
    assert rows == [values]
    assert [fault.partition(":")[0] for fault in faults] == ["a.csv, column D ('attributes.')"]


def test_a_list_among_the_attributes_says_that_it_is_one(tmp_path: Path) -> None:
    objects = columns_of(LISTS["o2g"]["pbx_objects"].options())
    (tmp_path / "a.csv").write_text(
        'Path,attributes.Annu_Name,Devices,attributes.Sets.Ids[]\n1,A;B,70125; 70126;,x\n2,C,;,"x, y;z"\n3,D,,\n'
    )
    given = {"file": "a.csv", "columns": {"Devices": "attributes.Attached_MultiTandem[]"}}
    rows, faults = read_all({**given, "values": {"attributes.Both[]": "{path};{path}0"}}, tmp_path, objects)
    assert (faults, [row["attributes"].pop("Both") for row in rows]) == ([], [["1", "10"], ["2", "20"], ["3", "30"]])
    assert [row["attributes"] for row in rows] == [
        {"Annu_Name": "A;B", "Attached_MultiTandem": ["70125", "70126"], "Sets": {"Ids": ["x"]}},
        {"Annu_Name": "C", "Attached_MultiTandem": [], "Sets": {"Ids": ["x, y", "z"]}},
        {"Annu_Name": "D"},
    ]
    workbook(tmp_path, ("path", "attributes.Attached_MultiTandem[]"), ("Subscriber/1", 70125))
    assert read_all("dnis.xlsx", tmp_path, objects)[0][0]["attributes"] == {"Attached_MultiTandem": [70125]}


def test_one_sheet_is_for_many_lists(tmp_path: Path) -> None:
    workbook(tmp_path, ("Nr", "Key 1", "Name"), ("70", "60", "An"), ("71", None, "Bo"), ("", "61", "Cy"))
    keys = columns_of(LISTS["o2g"]["programmable_keys"].options())
    values = {
        "device_number": "{nr}",
        "device_id": "{Nr}",
        "position": 1,
        "number": "{key 1}",
        "mnemonic": "K{nr}-{name}",
    }
    source = {"file": "dnis.xlsx", "columns": {"*": None}, "values": values, "only_with": "Key 1"}
    rows, faults = read_all(source, tmp_path, keys)
    assert faults == []
    assert rows == [
        {"device_number": "70", "device_id": "70", "position": 1, "number": "60", "mnemonic": "K70-An"},
        {"position": 1, "number": "61"},
    ]
    values |= {"nummer": "{nr}", "locked": "{key 2}"}
    _rows, faults = read_all(
        {**source, "values": values, "only_with": ["Key 3"], "columns": {"nr": "device_number"}}, tmp_path, keys
    )
    assert [fault.partition(";")[0] for fault in faults] == [
        "dnis.xlsx, sheet 'DNIS': there is no column 'key_2', which values names",
        "dnis.xlsx, sheet 'DNIS': there is no column 'key_3', which only_with names",
        "dnis_from.values.device_number: there is a column for it already",
        "dnis_from.values.nummer: is not an option of apio.route_point_dnis",
    ]
    workbook(tmp_path, ("Nr",), (70,))
    assert (
        "is the number 70: format the column as text"
        in read_all({"file": "dnis.xlsx", "values": {"number": "{nr}"}}, tmp_path, keys)[1][0]
    )


def test_numbers_in_a_list_of_numbers_lose_nothing(tmp_path: Path) -> None:
    skills = columns_of(LISTS["o2g"]["agent_skills"].options())
    workbook(tmp_path, ("login_name", "active"), ("oxe1", 44), ("oxe2", "44;100"))
    rows, faults = read_all("dnis.xlsx", tmp_path, skills)
    assert [row["active"] for row in rows] == [["44"], ["44", "100"]]
    assert faults == []


def test_types_of_cells(tmp_path: Path) -> None:
    known = columns_of(LISTS["apio"]["call_centers"].options())
    header = ("queue_length", "active", "cli_last_name", "cli_first_name", "time_zone", "language")
    workbook(tmp_path, header, (25.0, True, time(8, 5), date(2027, 1, 2), datetime(2027, 1, 2, 3, 4), 7))
    assert read_all("dnis.xlsx", tmp_path, known) == (
        [
            {
                "queue_length": 25,
                "active": True,
                "cli_last_name": "08:05",
                "cli_first_name": "2027-01-02",
                "time_zone": "2027-01-02 03:04",
                "language": 7,
            }
        ],
        [],
    )


def test_numbers_are_refused_unless_the_cell_shows_their_zeros(tmp_path: Path) -> None:
    book = workbook(tmp_path, ("name", "phone_number", "extension"), ("A", 25552001, 5110), ("B", 25552002.0, 5.5))
    sheet = book.active
    sheet["B2"].number_format = sheet["B3"].number_format = "000000000"
    sheet["C2"].number_format = "0"
    book.save(tmp_path / "dnis.xlsx")
    rows, faults = read_all("dnis.xlsx", tmp_path)
    assert [row["phone_number"] for row in rows] == ["025552001", "025552002"]
    text = "format the column as text, numbers lose leading zeros"
    assert faults == [
        f"dnis.xlsx, sheet 'DNIS', row 2, column 'extension': is the number 5110: {text}",
        f"dnis.xlsx, sheet 'DNIS', row 3, column 'extension': is the number 5.5: {text}",
    ]


def test_a_password_is_never_told(tmp_path: Path) -> None:
    workbook(tmp_path, ("name", "service_user_password"), ("A", 987654))
    _rows, (fault,) = read_all("dnis.xlsx", tmp_path, CALL_CENTERS)
    assert "is a number: format" in fault
    assert "987654" not in fault


def test_formulas(tmp_path: Path) -> None:
    workbook(tmp_path, ("name", "extension"), ("A", '=CONCATENATE("2","0")'), ("B", "#REF!"))
    _rows, faults = read_all("dnis.xlsx", tmp_path)
    assert faults == [
        "dnis.xlsx, sheet 'DNIS', row 2, column 'extension': holds a formula without a result: open the file in Excel "
        "and save it",
        "dnis.xlsx, sheet 'DNIS', row 3, column 'extension': is the error #REF!",
    ]
    calculated(tmp_path / "dnis.xlsx", b"<v></v>", b"<v>20</v>")
    rows, faults = read_all("dnis.xlsx", tmp_path)
    assert rows[0] == {"name": "A", "extension": "20"}
    assert len(faults) == 1


def calculated(path: Path, before: bytes, after: bytes) -> None:
    """Fill in what Excel would have calculated: openpyxl does not calculate."""
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    start = sheet.index(b'<c r="B2"')
    cell, rest = sheet[start:].split(b"</c>", 1)
    text = b'<c r="B2" t="str">' + cell.partition(b">")[2].replace(before, after).replace(b"<v />", after)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, sheet[:start] + text + b"</c>" + rest if name.endswith("sheet1.xml") else part)


def test_the_sheet_can_be_chosen(tmp_path: Path) -> None:
    book = workbook(tmp_path, ("name",), ("A",), title="Numbers")
    book.create_sheet("More").append(("name",))
    book["More"].append(("B",))
    book.save(tmp_path / "dnis.xlsx")
    assert read_all(["dnis.xlsx", {"file": "dnis.xlsx", "sheet": "More"}], tmp_path)[0] == [
        {"name": "A"},
        {"name": "B"},
    ]
    _rows, faults = read_all({"file": "dnis.xlsx", "sheet": "Mor"}, tmp_path)
    assert faults == ["dnis_from: dnis.xlsx has no sheet 'Mor'; did you mean More?"]


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.csv", "name\n\xe9\n".encode("latin-1"), 'a.csv is not UTF-8 text: save it as "CSV UTF-8"'),
        ("a.csv", b'name\n"A\n', "a.csv cannot be read as CSV"),
        ("a.csv", b"", "a.csv: the first row must hold the names of the columns"),
        ("a.csv", b"name,,name\nA,B,C\n", "a.csv, column C ('name'): there is a column for name already"),
        ("a.csv", b"name\nA,B\n", "a.csv, row 2, column B: has no header"),
        ("a.csv", b"sep=;\nname\nA;B\n", "a.csv, row 3, column B: has no header"),
        ("a.csv", b"sep=;\n", "a.csv: the first row must hold the names of the columns"),
        ("a.csv", b"Our DNIS\n\nName;Phone number\nA;1\n", "which stand in row 3: take out what is above"),
        ("a.csv", b"List of January,\nname\nA\n", "which stand in row 2: take out what is above"),
        ("a.csv", b"nam\nextension of A,phone_number\n", "a.csv, column A ('nam'): nam is not an option"),
        ("a.xlsx", b"no zip", "a.xlsx cannot be read as XLSX"),
        ("a.xlsx", b"PK\x05\x06" + bytes(18), "a.xlsx cannot be read as XLSX"),
        ("a.pdf", b"", "a.pdf is neither a CSV file"),
        ("a.XLS", b"", "a.XLS is a .xls file, which cannot be read: save it as .xlsx"),
        ("b.csv", None, "b.csv is not there: looked for "),
        (".csv", None, "cannot be read"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, content: bytes | None, text: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    (tmp_path / "d.csv").mkdir()
    _rows, faults = read_all("d.csv" if name == ".csv" else name, tmp_path)
    assert text in "\n".join(faults)


def test_merged_cells_are_named_where_they_hide_what_rows_say(tmp_path: Path) -> None:
    book = workbook(tmp_path, ("name", "phone_number"), ("A", "0251"), ("B", None), ("C", "0253"), (), ("note", None))
    book.active.merge_cells("B2:B3")
    book.active.merge_cells("D1:E9")
    book.save(tmp_path / "dnis.xlsx")
    assert read_all("dnis.xlsx", tmp_path)[1] == [
        "dnis.xlsx, sheet 'DNIS', cells B2:B3: are merged, so that only the first says something: unmerge them, and "
        "fill in each"
    ]


def test_a_title_in_merged_cells_is_named_as_such(tmp_path: Path) -> None:
    book = workbook(tmp_path, ("Our numbers",), (), ("name", "phone_number"), ("A", "0251"))
    book.active.merge_cells("A1:B2")
    book.save(tmp_path / "dnis.xlsx")
    assert read_all("dnis.xlsx", tmp_path)[1] == [
        "dnis.xlsx, sheet 'DNIS': the first row must hold the names of the columns, which stand in row 3: take out "
        "what is above, a title in merged cells A1:B2"
    ]


def test_what_nobody_sees_or_asked_for_is_a_warning(tmp_path: Path) -> None:
    book = workbook(tmp_path, ("name", "phone_number", "extension"), *((f"A{n}", f"025{n}", None) for n in range(15)))
    for row in (3, 5, 30):
        book.active.row_dimensions[row].hidden = True
    for column in "BCH":
        book.active.column_dimensions[column].hidden = True
    book.create_sheet("Notes").append(("name",))
    book.active.sheet_state = "hidden"
    book.active = 1
    book.save(tmp_path / "dnis.xlsx")
    hidden = [
        "dnis.xlsx, sheet 'DNIS': is hidden, and is read all the same",
        "dnis.xlsx, sheet 'DNIS': rows 3, 5 are hidden, and count all the same",
        "dnis.xlsx, sheet 'DNIS': columns B, C are hidden, and count all the same",
    ]
    asked = "dnis_from: dnis.xlsx has 2 sheets, and the first, 'DNIS', was taken: say which with sheet"
    for source, told in (
        ("dnis.xlsx", [hidden[0], asked, *hidden[1:]]),
        ({"file": "dnis.xlsx", "sheet": "DNIS"}, hidden),
    ):
        found = read(sources(source, "dnis_from")[0], str(tmp_path), DNIS, "apio.route_point_dnis")
        assert (len(found.rows), found.faults, found.warnings) == (15, [], told)
    for row in range(2, 17):
        book["DNIS"].row_dimensions[row].hidden = True
    book.save(tmp_path / "dnis.xlsx")
    found = read(sources("dnis.xlsx", "dnis_from")[0], str(tmp_path), DNIS, "apio.route_point_dnis")
    assert "rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 5 more are hidden" in found.warnings[2]


def test_what_names_a_file_is_checked() -> None:
    wrong: list[object] = [
        5,
        {"file": ""},
        {"file": "a.csv", "shet": 1},
        {"file": "a.csv", "sheet": 1},
        {"file": "a", "columns": 1},
    ]
    wrong += [{"file": "a", "columns": {"A": 1}}, {"file": "a", "columns": {"*": "name"}}]
    wrong += [{"file": "a", "values": {"name": ["A"]}}, {"file": "a", "only_with": [1]}]
    with pytest.raises(Faults) as error:
        sources(wrong, "here")
    assert error.value.faults == [
        "here[0]: must be the path of a file, or a dictionary of file, sheet, columns, values, only_with",
        "here[1].file: must be the path of a CSV or XLSX file",
        "here[2].shet: is not known here; did you mean sheet?",
        "here[3].sheet: must be the name of a sheet",
        "here[4].columns: must be a dictionary of headers and options",
        "here[5].columns: must be a dictionary of headers and options",
        "here[6].columns.*: stands for all other columns, which can only be left out: null",
        "here[7].values: must be a dictionary of options and what they are, such as {header}",
        "here[8].only_with: must be a header or a list of headers",
    ]
