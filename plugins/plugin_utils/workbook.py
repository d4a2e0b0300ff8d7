# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes a file of a tenant's sheets that people can edit: every cell is text, and what is data is never a formula."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any

from ..module_utils.fields import Choice, Field, Flag
from ..module_utils.tenant.cells import is_day
from ..module_utils.tenant.workbook import README, Column, Table, tables_of
from .described import description_of
from .yaml_text import printable

TEXT = "@"
SPARE_ROWS = 500
"""How many rows below the last one have drop-down lists, too."""
LONGEST_LIST = 255
"""How many characters spreadsheet programs allow for the words of a drop-down list."""
NARROWEST, WIDEST = 10, 60
YEAR_ZERO = (1980, 1, 1, 0, 0, 0)
"""The time of each part in the file, so that the same tenant is the same file."""
HELP = {
    "setting": "What is set: what leads to the tenant on each platform, and what is no list.",
    "opening_hours": "A name in the sheet Opening hours. Days that are filled in here override it.",
    "holidays": "Names in the sheet Holidays. Days in Exceptions override them.",
    "profiles": "Names in the sheet Profiles, whose keys the device has.",
    "transitions": "What holds on each of these days. If empty, rule 0 closes all day.",
    "date": "A day, such as 2027-12-25.",
    "list": "The list whose entries have this unless they say otherwise, such as apio.call_centers.",
}
A_DAY = "In each line a time, a rule and a mode: 08:30 rule 1 normal. none is a day without any."
DAYS = "In each line a date and its transitions: 2027-12-24: 08:30 rule 1 normal, 12:00 rule 0 closed. none is no day."
ABOUT = """\
A tenant, as a sheet per list. Each row is an entry, each column an option: the note at its head tells what it means.
An empty cell says nothing: what is there stays, or the default holds. A new entry is a new row below the others.
All cells are text, so that zeros and plus signs stay: 025551234, 08:30, 2027-12-25.
Locked cells tell entries apart. To take a row out, or to rename an entry, lift the protection, which has no password.
Several values in one cell stand between semicolons: 70101; 70102.
A day of a calendar has a line per change: 08:30 rule 1 normal. The word none is a day without any change.
What no plain text can say begins with the word json: json null clears what is there, json "" is an empty text.
Passwords and PINs are in no workbook: they stay in Ansible Vault."""


def content(tenant: Mapping[str, Any], name: str = "", notes: Iterable[str] = ()) -> bytes:
    """Return the XLSX file of a tenant. Raises Faults if a cell cannot hold something."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    tables = tables_of(tenant)
    _read_me(book, name, tables, notes)
    for table in tables:
        _sheet(book, table)
    file = io.BytesIO()
    book.save(file)
    return _steady(file.getvalue())


def _read_me(book: Any, name: str, tables: Sequence[Table], notes: Iterable[str]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet(README)
    lines = [f"Tenant {name}".strip(), "", *ABOUT.splitlines(), "", "Sheets"]
    heads = {1, len(lines)}
    lines += [f"{table.title}: {len(table.rows)} {'row' if len(table.rows) == 1 else 'rows'}" for table in tables]
    if notes := list(notes):
        lines += ["", "Notes", *notes]
        heads.add(len(lines) - len(notes))
    for row, line in enumerate(lines, start=1):
        cell = sheet.cell(row, 1)
        _say(cell, printable(line))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if row in heads:
            cell.font = Font(bold=True)
    sheet.column_dimensions["A"].width = 110
    sheet.protection.sheet = True


def _sheet(book: Any, table: Table) -> None:
    from openpyxl.utils import get_column_letter

    sheet, columns, styles = book.create_sheet(table.title), table.used, _Styles(book)
    for n, column in enumerate(columns, start=1):
        head, letter = sheet.cell(1, n), get_column_letter(n)
        _say(head, column.header)
        head._style = copy(styles.head)
        if about := _about(table, column):
            head.comment = _comment(about)
        texts = [row[column.option] for row in table.rows if column.option in row]
        longest = max((len(line) for text in (column.header, *texts) for line in text.splitlines()), default=0)
        dimension = sheet.column_dimensions[letter]
        dimension.width = min(max(longest + 4, NARROWEST), WIDEST)
        dimension._style = copy(styles.free)
        style = styles.locked if column.locked else styles.free
        for number, row in enumerate(table.rows, start=2):
            cell = sheet.cell(number, n)
            cell._style = copy(style if column.option in row else styles.free)
            if column.option in row:
                _say(cell, row[column.option])
    _choices(sheet, columns, len(table.rows) + 1 + SPARE_ROWS)
    locked = next((n for n, column in enumerate(columns) if not column.locked), len(columns))
    sheet.freeze_panes = sheet.cell(2, locked + 1)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(table.rows) + 1}"
    _protect(sheet)


class _Styles:
    """How cells look, worked out once."""

    def __init__(self, book: Any) -> None:
        from openpyxl.cell import Cell
        from openpyxl.styles import Alignment, Font, PatternFill, Protection

        def style(locked: bool, colour: str = "", bold: bool = False) -> Any:
            cell = Cell(book.worksheets[0], 1, 1)
            cell.number_format = TEXT
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.protection = Protection(locked=locked)
            if colour:
                cell.fill = PatternFill("solid", fgColor=colour)
            if bold:
                cell.font = Font(bold=True)
            return cell._style

        self.head = style(True, "D9E2F3", bold=True)
        self.locked = style(True, "F2F2F2")
        self.free = style(False)


def _say(cell: Any, text: str) -> None:
    """Put a text into a cell, as text whatever it looks like."""
    cell.value = text
    cell.data_type = "s"


def _comment(text: str) -> Any:
    from openpyxl.comments import Comment

    return Comment(text, "voiceops.telephony", width=420, height=40 + 20 * (len(text) // 55 + text.count("\n") + 1))


def _about(table: Table, column: Column) -> str:
    """Return what people should know of a column."""
    kind = column.field.kind
    about = description_of(table.module, column.option) or HELP.get(column.option, "")
    form = A_DAY if is_day(kind) else DAYS if is_day(getattr(kind, "kind", kind)) else ""
    return "\n".join(part for part in (about, form) if part)


def _words(known: Field) -> str:
    """Return what a drop-down list offers; empty if there is none."""
    words = known.kind.allowed if isinstance(known.kind, Choice) else ("true", "false")
    text = ",".join(words) if isinstance(known.kind, Choice | Flag) else ""
    fits = len(text) <= LONGEST_LIST and not any('"' in word or "," in word for word in words)
    return text if fits else ""


def _choices(sheet: Any, columns: Iterable[Column], last: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for n, column in enumerate(columns, start=1):
        if words := _words(column.field):
            choice = DataValidation("list", f'"{words}"', allow_blank=True, errorStyle="warning")
            choice.error = f"There are: {words.replace(',', ', ')}"[:LONGEST_LIST]
            letter = get_column_letter(n)
            choice.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(choice)


def _protect(sheet: Any) -> None:
    """Protect what is locked, without a password; all else can be done."""
    sheet.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)


def _steady(content: bytes) -> bytes:
    """Return a file that does not tell when it was made, so that the same tenant is the same file."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", part)
            new.writestr(zipfile.ZipInfo(name, YEAR_ZERO), part, zipfile.ZIP_DEFLATED)
    return file.getvalue()
