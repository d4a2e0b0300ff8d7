# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads lists from CSV and XLSX files: leading zeros and plus signs survive, each value knows its row and column."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import Faults, meant
from ..fields import Field, ListOf, MapOf, Number, Struct, Text, Values
from .written import Place

SEPARATORS = ",;\t"
TOLD = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
"""The first line in which Excel says what separates the columns."""
DEEP = 10
"""In how many rows a header is looked for, to tell that it is not in the first."""
MOST = 10
"""How many rows are named, of those about which there is something to tell."""
ITEMS = ";"
"""What stands between the items of a list in one cell."""
LIST = "[]"
"""What a column ends with that holds a list, where only the platform knows which options are lists."""
WORKBOOKS = (".xlsx", ".xlsm")
TEXTS = (".csv", ".tsv", ".txt")
OTHER_SHEETS = (".xls", ".xlsb", ".ods", ".numbers")
"""Files of spreadsheet programs, which can save them as another kind."""


class Cell(NamedTuple):
    """What a cell holds, and what would be wrong with using it."""

    value: Any
    number_format: str = ""
    fault: str = ""


class Row(NamedTuple):
    """What one row says, and where that stands."""

    values: Values
    place: Place


class Area(NamedTuple):
    """Cells that are merged, counted from 0."""

    ref: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """The cells of a file or of one of its sheets, and what a person does not see of them."""

    name: str
    lines: Sequence[Sequence[Cell]]
    first: int = 1
    """The number of the row in which they begin."""
    merged: Sequence[Area] = ()
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    warnings: list[str] = field(default_factory=list)


class Found(NamedTuple):
    """What a file says."""

    rows: list[Row]
    faults: list[str]
    warnings: list[str]


class Source(NamedTuple):
    """What was written in C(..._from), and where."""

    file: str
    sheet: str | None
    columns: Mapping[str, str | None]
    where: str
    values: Mapping[str, Any] = {}
    """What each row says besides, in which C({header}) stands for a cell."""
    only_with: Sequence[str] = ()
    """Headers of what must be filled in, or a row is none of this list."""

    @property
    def used(self) -> dict[str, str]:
        """The headers that are used besides as options, by how they are compared, and where."""
        filled = {header: "values" for text in self.values.values() for header in CELL.findall(str(text))}
        return {
            folded(header): where for header, where in (filled | dict.fromkeys(self.only_with, "only_with")).items()
        }


SOURCE = ("file", "sheet", "columns", "values", "only_with")
CELL = re.compile(r"\{([^{}]+)\}")
MERGED = re.compile(r"<(?:\w+:)?mergeCell\b[^>]*\bref=\"([^\"]+)\"")
OTHERS = "*"
"""Stands in C(columns) for all that it does not name."""


def sources(given: Any, where: str) -> list[Source]:
    """Return the files that C(given) names: a path, a dictionary or a list of these. Raises Faults."""
    listed = given if isinstance(given, list) else [given]
    found, faults = [], []
    for n, one in enumerate(listed):
        at = f"{where}[{n}]" if isinstance(given, list) else where
        one = {"file": one} if isinstance(one, str) else one
        if not isinstance(one, Mapping):
            faults.append(f"{at}: must be the path of a file, or a dictionary of {', '.join(SOURCE)}")
            continue
        unknown = [name for name in one if name not in SOURCE]
        faults += [f"{at}.{name}: is not known here; {meant(name, SOURCE)}" for name in unknown]
        file, sheet, columns = one.get("file"), one.get("sheet"), one.get("columns") or {}
        values, only_with = one.get("values") or {}, one.get("only_with") or []
        only_with = [only_with] if isinstance(only_with, str) else only_with
        if not isinstance(file, str) or not file:
            faults.append(f"{at}.file: must be the path of a CSV or XLSX file")
        elif sheet is not None and not isinstance(sheet, str):
            faults.append(f"{at}.sheet: must be the name of a sheet")
        elif not isinstance(columns, Mapping) or not all(isinstance(v, str | None) for v in columns.values()):
            faults.append(f"{at}.columns: must be a dictionary of headers and options")
        elif columns.get(OTHERS) is not None:
            faults.append(f"{at}.columns.*: stands for all other columns, which can only be left out: null")
        elif not isinstance(values, Mapping) or not all(isinstance(v, str | int) for v in values.values()):
            faults.append(f"{at}.values: must be a dictionary of options and what they are, such as {{header}}")
        elif not isinstance(only_with, list) or not all(isinstance(header, str) for header in only_with):
            faults.append(f"{at}.only_with: must be a header or a list of headers")
        else:
            found.append(Source(file, sheet, columns, at, values, only_with))
    if faults:
        raise Faults(faults)
    return found


def columns_of(fields: Iterable[Field], prefix: str = "") -> dict[str, Field]:
    """Return what columns there can be for some fields: dots lead into dictionaries.

    A name that ends with a dot stands for whatever a column names after it.
    """
    known: dict[str, Field] = {}
    for f in fields:
        if isinstance(f.kind, Struct):
            known |= columns_of([inner for inner in f.kind.fields if not inner.read_only], f"{prefix}{f.option}.")
        elif f.kind.apart:
            known[f"{prefix}{f.option}."] = f
        elif not isinstance(f.kind, MapOf) and not (isinstance(f.kind, ListOf) and isinstance(f.kind.kind, Struct)):
            known[prefix + f.option] = f
    return known


def read(source: Source, base_dir: str, known: Mapping[str, Field], what: str) -> Found:
    """Return the rows of a file and what is wrong with it. C(what) names what its columns are options of."""
    try:
        path = Path(base_dir, source.file).expanduser()
        if path.suffix.lower() in WORKBOOKS:
            sheet = _workbook(path, source)
        elif path.suffix.lower() in TEXTS:
            sheet = Sheet(source.file, *_text(path, _names(source, known)))
        elif path.suffix.lower() in OTHER_SHEETS:
            raise ValueError(f"is a {path.suffix.lower()} file, which cannot be read: save it as .xlsx")
        else:
            raise ValueError(f"is neither a CSV file ({', '.join(TEXTS)}) nor an XLSX file ({', '.join(WORKBOOKS)})")
    except (ValueError, OSError) as error:
        return Found([], [f"{source.where}: {source.file} {reason(error)}"], [])
    return _rows(sheet, source, known, what)


def reason(error: ValueError | OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"is not there: looked for {error.filename}"
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}"
    return str(error)


# Files to cells


def _text(path: Path, names: Collection[str]) -> tuple[list[list[Cell]], int]:
    """Return the cells of a CSV file, and the number of the row in which they begin.

    C(names) are headers that there may be: in such a line, above which there may be a title, stands what separates.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError('is not UTF-8 text: save it as "CSV UTF-8"') from None
    first = text.partition("\n")[0]
    if said := TOLD.fullmatch(first.strip('"\r')):
        separator, text = said[1], text[len(first) + 1 :]
    else:
        told = [re.sub(r'"[^"]*"', "", line) for line in text.splitlines()[:DEEP]]
        header = [line for line in told if any(folded(cell) in names for cell in re.split(f"[{SEPARATORS}]", line))]
        separator = max(SEPARATORS, key=[*header, *told, ""][0].count)
    try:
        lines = list(csv.reader(io.StringIO(text, ""), delimiter=separator, strict=True))
    except (csv.Error, ValueError) as error:
        raise ValueError(f"cannot be read as CSV: {error}") from None
    return [[Cell(v) for v in line] for line in lines], 2 if said else 1


def _workbook(path: Path, source: Source) -> Sheet:
    book = Workbook(path.read_bytes())
    names = book.names
    title = source.sheet if source.sheet is not None else names[0]
    if title not in names:
        raise ValueError(f"has no sheet {title!r}; {meant(title, names)}")
    sheet = book.sheet(title, f"{source.file}, sheet {title!r}")
    if source.sheet is None and len(names) > 1:
        sheet.warnings.append(
            f"{source.where}: {source.file} has {len(names)} sheets, and the first, {title!r}, was taken: say which "
            "with sheet"
        )
    return sheet


class Workbook:
    """The sheets of an XLSX file. Of formulas there are the last results, and nothing is calculated."""

    def __init__(self, content: bytes) -> None:
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException

        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
                self._parts = {name: archive.read(name) for name in names}
            self._book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            formulas = any(re.search(rb"<f[ >/]", part) for part in self._parts.values())
            self._formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True) if formulas else None
        except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
            raise ValueError(f"cannot be read as XLSX: {error}") from None

    @property
    def names(self) -> list[str]:
        return [sheet.title for sheet in self._book.worksheets]

    def sheet(self, title: str, name: str) -> Sheet:
        """Return a sheet; C(name) is what faults call it."""
        sheet = self._book[title]
        sheet.reset_dimensions()
        lines = [[_cell(cell) for cell in line] for line in sheet.iter_rows()]
        if self._formulas:
            _without_result(self._formulas[title], lines)
        part = self._parts.get(sheet._worksheet_path.lstrip("/"), b"").decode("utf-8", "replace")
        warnings = [f"{name}: is hidden, and is read all the same"] if sheet.sheet_state != "visible" else []
        merged = [_area(ref) for ref in MERGED.findall(part)]
        return Sheet(name, lines, 1, merged, *_hidden(part), warnings)


def _area(ref: str) -> Area:
    """Return the cells that a reference such as C(A1:D2) means."""
    ends = [re.fullmatch(r"([A-Z]+)([0-9]+)", end) for end in ref.split(":")]
    (left, top), (right, bottom) = [(_column_of(end[1]), int(end[2]) - 1) for end in (ends[0], ends[-1]) if end]
    return Area(ref, top, left, bottom, right)


def _hidden(part: str) -> tuple[set[int], set[int]]:
    """Return which rows and columns of a sheet nobody sees, counted from 0."""
    rows, columns = set(), set()
    for kind, attributes in re.findall(r"<(?:\w+:)?(row|col)\b([^>]*\bhidden=\"(?:1|true)\"[^>]*)", part):
        given = dict(re.findall(r"\b(r|min|max)=\"([0-9]+)\"", attributes))
        if kind == "row" and "r" in given:
            rows.add(int(given["r"]) - 1)
        elif kind == "col":
            columns.update(range(int(given["min"]) - 1, int(given["max"])))
    return rows, columns


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return Cell(None)
    if cell.data_type == "e":
        return Cell(value, fault=f"is the error {value}")
    return Cell(value, str(cell.number_format or ""))


def _without_result(sheet: Any, lines: list[list[Cell]]) -> None:
    """Mark the cells whose formula has never been calculated."""
    sheet.reset_dimensions()
    for line, formulas in zip(lines, sheet.iter_rows(), strict=False):
        for n, cell in enumerate(formulas):
            if cell.data_type == "f" and n < len(line) and line[n].value is None:
                line[n] = Cell("", fault="holds a formula without a result: open the file in Excel and save it")


# Cells to values


def _rows(sheet: Sheet, source: Source, known: Mapping[str, Field], what: str) -> Found:
    name, first = sheet.name, sheet.first
    head, *body = sheet.lines or [[]]
    if below := _header_below(sheet.lines, source, known):
        across = [area.ref for area in sheet.merged if area.top < below]
        title = f"a title in merged cells {across[0]}" if across else "a title"
        fault = (
            f"{name}: the first row must hold the names of the columns, which stand in row "
            f"{first + below}: take out what is above, {title}"
        )
        return Found([], [fault], sheet.warnings)
    options, faults = _header(name, head, source, known, what)
    cells = {folded(str(cell.value)): n for n, cell in enumerate(head) if not is_empty(cell)}
    faults += [f"{name}: there is no column {h!r}, which {w} names" for h, w in source.used.items() if h not in cells]
    faults += _values_faults(source, options, known, what)
    besides = {option: text for option, text in source.values.items() if _is_known(option, known)}
    headers = {option: str(head[n].value) for n, option in options.items() if option}
    rows = []
    for number, line in enumerate(body, start=first + 1):
        there = {header: line[n] for header, n in cells.items() if n < len(line) and not is_empty(line[n])}
        if all(is_empty(cell) for cell in line) or any(folded(h) not in there for h in source.only_with):
            continue
        place = Place(f"{name}, row {number}", headers)
        values: Values = {}
        for n, cell in enumerate(line):
            option = options.get(n)
            if is_empty(cell) or (n in options and not option):
                continue
            if option is None:
                faults.append(f"{place.text}, column {letter(n)}: has no header")
                continue
            try:
                _take(values, option, cell, known)
            except ValueError as error:
                faults.append(f"{place.at(option)}: {error}")
        for option, text in besides.items():
            try:
                if (filled := _filled(text, there)) is not None:
                    _take(values, option, Cell(filled), known)
            except ValueError as error:
                faults.append(f"{place.at(option)}: {error}")
        rows.append(Row(values, place))
    used = [n for n, option in options.items() if option] + list(cells.values())
    return Found(rows, faults + merged(sheet, used), sheet.warnings + unseen(sheet, used))


def merged(sheet: Sheet, used: Collection[int]) -> list[str]:
    """Return which cells are merged, of which only one says anything."""
    return [
        f"{sheet.name}, cells {area.ref}: are merged, so that only the first says something: unmerge them, and "
        f"fill in each"
        for area in sheet.merged
        if any(area.left <= n <= area.right for n in used) and _is_filled(sheet, area.top, area.left)
    ]


def unseen(sheet: Sheet, used: Iterable[int]) -> list[str]:
    """Return which rows and columns count, though nobody sees them."""
    rows = [n for n in sorted(sheet.hidden_rows) if any(_is_filled(sheet, n, c) for c in used)]
    columns = sorted({*used} & {*sheet.hidden_columns})
    told = [("rows", [str(n + sheet.first) for n in rows]), ("columns", [letter(n) for n in columns])]
    return [
        f"{sheet.name}: {what} {', '.join(some[:MOST])}{f' and {len(some) - MOST} more' if some[MOST:] else ''} are "
        f"hidden, and count all the same"
        for what, some in told
        if some
    ]


def _is_filled(sheet: Sheet, row: int, column: int) -> bool:
    line = sheet.lines[row] if row < len(sheet.lines) else ()
    return column < len(line) and not is_empty(line[column])


def _values_faults(
    source: Source, options: Mapping[int, str | None], known: Mapping[str, Field], what: str
) -> list[str]:
    """Return what is wrong with the options to which C(values) gives a value."""
    faults = []
    for option in source.values:
        at = f"{source.where}.values.{option}"
        if not _is_known(option, known):
            faults.append(f"{at}: is not an option of {what}; {meant(option, known)}")
        elif option in options.values():
            faults.append(f"{at}: there is a column for it already")
    return faults


def _filled(text: Any, there: Mapping[str, Cell]) -> Any:
    """Return a text with the cells of a row in it, or None if one of them is empty."""
    if not isinstance(text, str):
        return text
    parts = []
    for n, part in enumerate(CELL.split(text)):
        if n % 2 and folded(part) not in there:
            return None
        parts.append(_shown(there[folded(part)]) if n % 2 else part)
    return "".join(parts)


def _shown(cell: Cell) -> str:
    """Return the text of a cell; ValueError if it does not say how many zeros it begins with."""
    if cell.fault:
        raise ValueError(cell.fault)
    value = bare(cell)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return digits(value, cell.number_format, False) if number else str(value)


def _names(source: Source, known: Mapping[str, Field]) -> set[str]:
    """Return the headers that there may be."""
    return {*known, *source.used, *(folded(header) for header in source.columns)}


def _header_below(lines: Sequence[Sequence[Cell]], source: Source, known: Mapping[str, Field]) -> int:
    """Return how far below a title the header is; 0 if the first row may be meant as one."""
    names = _names(source, known)
    filled = [[folded(str(cell.value)) for cell in line if not is_empty(cell)] for line in lines[:DEEP]]
    fitting = [len(names.intersection(line)) for line in filled]
    best = fitting.index(max(fitting)) if any(fitting) else 0
    return best if best and not fitting[0] and fitting[best] >= min(2, len(filled[best])) else 0


def _header(
    name: str, head: Sequence[Cell], source: Source, known: Mapping[str, Field], what: str
) -> tuple[dict[int, str | None], list[str]]:
    """Return per column its option, None for one that is not used, and what is wrong with the header."""
    chosen = {folded(header): option for header, option in source.columns.items() if header != OTHERS}
    used = source.used
    options: dict[int, str | None] = {}
    faults = []
    for n, cell in enumerate(head):
        if is_empty(cell):
            continue
        header, at = str(cell.value).strip(), f"{name}, column {letter(n)} ({str(cell.value).strip()!r})"
        natural: str | None = None if OTHERS in source.columns else _named(header, known)
        if natural and folded(header) in used and not _is_known(natural, known):
            natural = None
        option = chosen.pop(folded(header), natural)
        if option and not _is_known(option, known):
            faults.append(f"{at}: {option} is not an option of {what}; {meant(option, known)}")
            option = None
        elif option and option in options.values():
            faults.append(f"{at}: there is a column for {option} already")
            option = None
        options[n] = option
    faults += [f"{name}: there is no column {header!r}, which columns names" for header in chosen]
    if not options:
        faults.append(f"{name}: the first row must hold the names of the columns")
    return options, faults


def _column(option: str, known: Iterable[str]) -> str:
    """Return the column that an option is in, which may be one for all that begin alike."""
    return next((name for name in known if name.endswith(".") and option.startswith(name) and option != name), option)


def _is_known(option: str, known: Iterable[str]) -> bool:
    return not option.endswith(".") and _column(option, known) in known


def _named(header: str, known: Iterable[str]) -> str:
    """Return the option that a header names; what only the platform knows is left as it is written."""
    seen = folded(header)
    begin = _column(seen, known)
    return seen if begin == seen else begin + header[len(begin) :]


def folded(header: str) -> str:
    return re.sub(r"[\s\-]+", "_", str(header).strip().lower())


def letter(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _column_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def is_empty(cell: Cell) -> bool:
    return not cell.fault and (cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()))


def _take(values: Values, option: str, cell: Cell, known: Mapping[str, Field]) -> None:
    """Put what a cell says of an option into the values; ValueError if it says something else than it shows."""
    column = _column(option, known)
    value = _value(known[column], cell)
    if column != option and option.endswith(LIST):
        value = [item.strip() for item in value.split(ITEMS) if item.strip()] if isinstance(value, str) else [value]
        option = option.removesuffix(LIST)
    put(values, option, value)


def put(values: Values, option: str, value: Any) -> None:
    *outer, name = option.split(".")
    for one in outer:
        values = values.setdefault(one, {})
        if not isinstance(values, dict):
            raise ValueError(f"is a member of {one}, which has a value of its own")
    values[name] = value


def _value(known: Field, cell: Cell) -> Any:
    """Return what a cell says of an option; ValueError if it says something else than it shows."""
    if cell.fault:
        raise ValueError(cell.fault)
    listed = known.spec["type"] == "list"
    value = bare(cell)
    numbers = isinstance(known.kind, ListOf) and isinstance(known.kind.kind, Number)
    texts = (listed and not numbers) or _is_text(known)
    if isinstance(value, int | float) and not isinstance(value, bool) and texts:
        value = digits(value, cell.number_format, known.secret)
    if not listed:
        return value
    items = [item.strip() for item in str(value).split(ITEMS)]
    return [item for item in items if item] if isinstance(known.kind, ListOf) else [item or None for item in items]


def _is_text(known: Field) -> bool:
    return isinstance(known.kind, Text) and known.kind.quoted


def digits(value: float, number_format: str, secret: bool) -> str:
    """Return the digits that a cell shows, if its format says how many."""
    if isinstance(value, int) and value >= 0 and re.fullmatch("00+", number_format):
        return str(value).zfill(len(number_format))
    number = "a number" if secret else f"the number {value}"
    raise ValueError(f"is {number}: format the column as text, numbers lose leading zeros")


def bare(cell: Cell) -> Any:
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else value
