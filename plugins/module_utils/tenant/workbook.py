# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant as the sheets of a workbook, and back: a sheet per list, a row per entry, a column per option.

docs/workbooks.md tells people what stands where. What makes a file of it is C(plugin_utils/workbook).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import Faults, meant
from ..fields import Choice, Field, ListOf, MapOf, Phone, Struct, Text, Values, settable
from ..o2g.calendar import DAY_LIST, DAYS
from .cells import same, text_of, value_of
from .model import KEYS, LISTS, NAMES, PARENTS, PARTS, TESTS, is_single, module_of
from .sheets import Cell, Sheet, Workbook, folded, is_empty, letter, merged, put, reason, unseen
from .written import Place

README = "Read me"
LONGEST_TITLE = 31
"""How many letters spreadsheet programs allow in the name of a sheet."""
ABBREVIATIONS = {
    one.lower(): one for one in ("ACD", "CLI", "CLID", "DND", "DNIS", "GUI", "ID", "OXE", "PBX", "PIN", "UUID")
}
ATTRIBUTE = re.compile(r"[A-Za-z0-9_]+")
ROUTE_POINT = "route_point_user_id"


def words(option: str) -> str:
    """Return what people call an option: C(CLI phone number), C(Department.group ID)."""
    said = [ABBREVIATIONS.get(word, word) for word in re.split(r"_|(\.)", option) if word]
    text = " ".join(said).replace(" . ", ".")
    return text[:1].upper() + text[1:]


@dataclass
class Column:
    """One column of a sheet: an option, or a part of one."""

    option: str
    field: Field
    header: str
    shown: bool = True
    """Whether it is there though no row says anything in it."""
    locked: bool = False
    """Whether what stands in it is not to be changed, as it tells one entry from another."""


Columns = dict[str, Column]


def columns_of(
    fields: Iterable[Field], ids: Iterable[str] = (), hidden: Iterable[str] = (), prefix: str = ""
) -> Columns:
    """Return the columns of some options; those of C(hidden) are only there where something is in them."""
    found: Columns = {}
    for f in fields:
        option, kind = prefix + f.option, f.kind
        shown = not f.secret and f.option not in hidden
        parts: Columns = {}
        if isinstance(kind, Struct):
            parts = columns_of(settable(kind.fields), prefix=f"{option}.")
        elif isinstance(kind, MapOf) and isinstance(kind.key, Choice):
            days = {f"{option}.{key}": Field(key, kind.kind, key) for key in kind.key.allowed}
            parts = {name: Column(name, day, words(day.option)) for name, day in days.items()}
        whole = Column(option, f, words(option), shown and not parts and not kind.apart, f.option in ids)
        found |= {option: whole, **parts}
    return found


@dataclass
class Table:
    """A sheet of a tenant."""

    title: str
    what: str
    """What stands in it, such as the list C(apio.call_centers)."""
    columns: Columns
    module: str = ""
    """Whose documentation tells of its options."""
    single: bool = False
    """Whether there is one for all, or one for each that its rows stand below."""
    below: str = ""
    """The option that says below what of another sheet a row stands."""
    rows: list[dict[str, str]] = field(default_factory=list)
    """Per row, the texts of its cells by option."""

    def __post_init__(self) -> None:
        self.title = self.title[:LONGEST_TITLE]

    @property
    def used(self) -> list[Column]:
        """The columns that are to be seen."""
        said = {option for row in self.rows for option in row}
        return [column for column in self.columns.values() if column.shown or column.option in said]

    def add(self, values: Mapping[str, Any], where: str) -> None:
        """Add a row; ValueError if a value fits into no cell."""
        self.rows.append(dict(self._cells(values, where, "")))

    def _cells(self, values: Mapping[str, Any], where: str, prefix: str) -> Iterator[tuple[str, str]]:
        for name, value in values.items():
            option = prefix + name
            if option not in self.columns:
                raise ValueError(f"{where}.{option}: is not known, and has no column")
            known = self.columns[option].field
            if known.secret:
                continue
            value = without_secrets(known, value)
            inner = isinstance(value, Mapping) and value
            if inner and known.kind.apart and all(map(ATTRIBUTE.fullmatch, value)):
                self.columns |= {one.option: one for one in (self.part(option, name) for name in value)}
            if inner and all(f"{option}.{one}" in self.columns for one in value):
                yield from self._cells(value, where, f"{option}.")
                continue
            try:
                yield option, text_of(known.kind, value)
            except ValueError as error:
                raise ValueError(f"{where}.{option}: {error}") from None

    def part(self, option: str, name: str) -> Column:
        """Return the column of what only the platform knows, which has the platform's name."""
        known = self.columns[option].field.kind.parts({name: None})[0]
        return self.columns.get(f"{option}.{name}") or Column(f"{option}.{name}", known, f"{words(option)}.{name}")

    def named(self, header: str) -> Column | None:
        """Return the column that a header names."""
        seen = folded(header)
        for column in self.columns.values():
            if seen in (folded(column.header), column.option):
                return column
        outer, dot, name = header.partition(".")
        whole = self.columns.get(folded(outer))
        return self.part(whole.option, name) if dot and name and whole and whole.field.kind.apart else None


def without_secrets(known: Field, value: Any) -> Any:
    """Return a value of a field without the secrets in it, which are in no workbook."""
    if not isinstance(value, Mapping):
        return value
    fields = known.kind.fields if isinstance(known.kind, Struct) else known.kind.parts(value)
    secret = {f.option for f in fields if f.secret}
    return {name: one for name, one in value.items() if name not in secret} if secret else value


def layout() -> dict[str, Table]:
    """Return all sheets that there can be, in their order, by what stands in them."""

    def texts(*names: str) -> list[Field]:
        return [Field(name, Text(), name) for name in names]

    points = LISTS["apio"]["route_point_dnis"].parents
    days = [Field(day, DAY_LIST, day) for day in DAYS]
    parents = {block: [f.option for f in fields] for block, fields in PARENTS.items()}
    tables = [Table("Settings", "settings", columns_of(texts("setting", "value"), ["setting"]))]
    for block, lists in LISTS.items():
        for name, resource in lists.items():
            ids = resource.address_options()
            options = sorted([*resource.options(), *NAMES.get(resource, ())], key=lambda f: f.option not in ids)
            columns = columns_of(options, ids, parents[block])
            single = is_single(resource, PARENTS[block])
            tables.append(Table(words(name), f"{block}.{name}", columns, module_of(block, name), single))
    parts = columns_of([*reversed(points), *texts(*PARTS)], [ROUTE_POINT], [*parents["apio"], *PARTS])
    tables.append(Table("Route points", "apio.route_points", parts))
    for part, name in PARTS.items():
        resource = LISTS["apio"][name]
        ids = resource.address_options()
        options = sorted(resource.options(), key=lambda f: (f.option != ROUTE_POINT, f.option not in ids))
        columns, single = columns_of(options, ids, parents["apio"]), is_single(resource, points)
        what, module = f"apio.route_points.{part}", module_of("apio", name)
        tables.append(Table(words(part), what, columns, module, single, ROUTE_POINT))
    tables.append(Table("Opening hours", "opening_hours", columns_of([*texts("name"), *days], ["name"])))
    sets = columns_of(
        [*texts("name", "from"), Field("transitions", DAY_LIST), *texts("days")], ["name"], ["from", "days"]
    )
    tables.append(Table("Holidays", "holidays", sets))
    dates = columns_of(texts("holidays", "date", "name"), ["holidays", "date"])
    tables.append(Table("Holiday days", "holidays.days", dates, below="holidays"))
    tables.append(Table("Profiles", "profiles", columns_of(texts("name", *KEYS), ["name"], KEYS)))
    for name, resource in KEYS.items():
        columns = columns_of([*texts("profile"), *settable(resource.fields)], ["profile", "position"])
        module = module_of("o2g", name)
        tables.append(Table(words(f"profile_{name}"), f"profiles.{name}", columns, module, below="profile"))
    options = columns_of(texts("list", "option", "value"), ["list", "option"])
    tables.append(Table("Defaults", "defaults", options))
    return {table.what: table for table in tables}


def _settings() -> dict[str, Field]:
    """Return what stands in no list, and how it is written."""
    known = {f"{block}.{f.option}": f for block, parents in PARENTS.items() for f in parents}
    numbers = ListOf(Phone())
    known |= {f"{block}.owns": Field("owns", numbers) for block in LISTS}
    known |= {name: Field(name, Text(), name) for name in TESTS}
    return known | {"apio.country": Field("country", Text()), "shared_numbers": Field("shared_numbers", numbers)}


SETTINGS = _settings()
ANYTHING = Field("anything", Text())


# A tenant to sheets


def tables_of(tenant: Mapping[str, Any]) -> list[Table]:
    """Return the sheets of a tenant, without its secrets. Raises Faults if a cell cannot hold something."""
    return _Writing(tenant).tables()


class _Writing:
    def __init__(self, tenant: Mapping[str, Any]) -> None:
        self.all = layout()
        self.there = {"settings"}
        self.faults: list[str] = []
        for name, value in tenant.items():
            if name == "workbook" or value in (None, "", {}, []):
                continue
            if isinstance(value, Mapping) and (name in LISTS or name in NAMED):
                getattr(self, f"add_{name if name in NAMED else 'block'}")(name, value)
            else:
                self.set(name, value)

    def tables(self) -> list[Table]:
        if self.faults:
            raise Faults(self.faults)
        return [table for what, table in self.all.items() if what in self.there]

    def add(self, what: str, values: Mapping[str, Any], where: str) -> None:
        self.there.add(what)
        try:
            self.all[what].add(values, where)
        except ValueError as error:
            self.faults.append(str(error))

    def set(self, name: str, value: Any) -> None:
        try:
            text = text_of(SETTINGS.get(name, ANYTHING).kind, value)
        except ValueError as error:
            self.faults.append(f"{name}: {error}")
        else:
            self.all["settings"].rows.append({"setting": name, "value": text})

    def add_block(self, block: str, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            what = f"{block}.{name}"
            table = self.all.get(what)
            listed = [one for one in [value] if one != {}] if table and table.single else value
            if not table or not isinstance(listed, list) or not all(map(_has_a_row, listed)):
                self.set(what, value)
                continue
            self.there.add(what)
            for n, one in enumerate(listed):
                if what == "apio.route_points":
                    self.add_parent(what, one, one.get(ROUTE_POINT), PARTS, f"{what}[{n}]", listed)
                else:
                    self.add(what, one, what if table.single else f"{what}[{n}]")

    def add_parent(
        self, what: str, values: Values, named: Any, parts: Iterable[str], where: str, others: Iterable[Any] = ()
    ) -> None:
        """Add what has parts with sheets of their own; a part that fits into none is a cell of JSON."""
        own = dict(values)
        alone = isinstance(named, str) and [one.get(ROUTE_POINT) for one in others].count(named) < 2
        for part in parts:
            table = self.all[f"{what}.{part}"]
            if part not in own or not alone:
                continue
            listed = [own[part]] if table.single else own[part]
            if (
                isinstance(listed, list)
                and listed
                and all(isinstance(one, dict) and table.below not in one for one in listed)
            ):
                del own[part]
                for n, one in enumerate(listed):
                    at = f"{where}.{part}" if table.single else f"{where}.{part}[{n}]"
                    self.add(table.what, {table.below: named, **one}, at)
        self.add(what, own, where)

    def add_opening_hours(self, kind: str, named: Mapping[str, Any]) -> None:
        for name, week in named.items():
            self.add_named(kind, name, week, {})

    def add_holidays(self, kind: str, named: Mapping[str, Any]) -> None:
        for name, given in named.items():
            days = given.get("days") if isinstance(given, Mapping) else None
            rows = days if isinstance(days, Mapping) and "name" not in given else {}
            self.add_named(kind, name, given, {"days"} if rows else {})
            for day, called in rows.items():
                said = {} if called is None else {"name": called}
                self.add(f"{kind}.days", {"holidays": name, "date": day, **said}, f"{kind}.{name}.days.{day}")

    def add_profiles(self, kind: str, named: Mapping[str, Any]) -> None:
        for name, parts in named.items():
            if isinstance(parts, Mapping) and "name" not in parts:
                self.add_parent(kind, {"name": name, **parts}, name, KEYS, f"{kind}.{name}")
            else:
                self.add_named(kind, name, parts, {})

    def add_named(self, kind: str, name: str, values: Any, without: Iterable[str]) -> None:
        if isinstance(values, Mapping) and "name" not in values:
            own = {option: value for option, value in values.items() if option not in without}
            self.add(kind, {"name": name, **own}, f"{kind}.{name}")
        else:
            self.faults.append(f"{kind}.{name}: has a form that no row can hold")

    def add_defaults(self, kind: str, blocks: Mapping[str, Any]) -> None:
        self.there.add(kind)
        for block, lists in blocks.items():
            for name, values in lists.items() if isinstance(lists, Mapping) and lists else [("", lists)]:
                what = f"{block}.{name}" if name else block
                known = self.all.get(what)
                if not known or not isinstance(values, Mapping) or not values:
                    self.add(kind, {"list": what, "value": values}, f"{kind}.{what}")
                    continue
                row = Table("", what, dict(known.columns))
                try:
                    row.add(values, f"{kind}.{what}")
                except ValueError as error:
                    self.faults.append(str(error))
                for option, text in row.rows[0].items() if row.rows else ():
                    self.all[kind].rows.append({"list": what, "option": option, "value": text})


NAMED = ("opening_hours", "holidays", "profiles", "defaults")
"""What tenants have besides their blocks that consists of named things."""


def _has_a_row(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value)


# Sheets to a tenant


@dataclass
class Read:
    """What a workbook says."""

    tenant: Values = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    """Per place of the tenant, such as C(apio.call_centers[3]), where it stands in the workbook."""
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass
class _Row:
    cells: dict[str, Cell]
    """By option."""
    place: Place

    def text(self, option: str) -> str:
        cell = self.cells.get(option)
        try:
            return str(value_of(ANYTHING, cell)) if cell else ""
        except ValueError:
            return ""


def read(file: str, base_dir: str, where: str = "workbook") -> Read:
    """Return the tenant that a workbook holds, and what is wrong with it. C(where) is what names the file."""
    try:
        path = Path(base_dir, file).expanduser()
        book = Workbook(path.read_bytes())
        sheets = {title: book.sheet(title, f"{file}, sheet {title!r}") for title in book.names if title != README}
    except (ValueError, OSError) as error:
        return Read(faults=[f"{where}: {file} {reason(error)}"])
    return of_sheets(file, sheets)


def of_sheets(file: str, sheets: Mapping[str, Sheet]) -> Read:
    """Return the tenant that some sheets hold, by their titles, and what is wrong with them."""
    return _Reading(file, sheets).out


class _Reading:
    def __init__(self, file: str, sheets: Mapping[str, Sheet]) -> None:
        self.out = Read()
        self.all = layout()
        self.parents: dict[str, dict[str, tuple[str, Values]]] = {}
        """Per sheet whose rows others stand below, by what these say, where it is and its values."""
        titles = {folded(table.title): table.what for table in self.all.values()}
        given = {titles.get(folded(title), title): sheet for title, sheet in sheets.items()}
        for title in given.keys() - titles.values():
            near = meant(folded(title), titles)
            self.out.warnings.append(f"{file}: the sheet {title!r} is no list of a tenant, and was not read; {near}")
        if not given.keys() & {*titles.values()}:
            self.out.faults.append(f"{file}: none of its sheets is a list of a tenant")
        for what, table in self.all.items():
            if what in given:
                self.read(table, given[what])

    def read(self, table: Table, sheet: Sheet) -> None:
        rows = list(self.rows(table, sheet))
        if table.what == "settings":
            self.read_settings(rows)
        elif table.what == "defaults":
            self.read_defaults(rows)
        elif table.what == "holidays.days":
            self.read_days(table, rows)
        elif table.below:
            self.read_below(table, rows)
        elif table.what in NAMED:
            self.read_named(table, rows)
        else:
            self.read_list(table, rows)

    # Rows

    def rows(self, table: Table, sheet: Sheet) -> Iterator[_Row]:
        """Yield the rows of a sheet in which anything stands."""
        head, *body = sheet.lines or [[]]
        columns: dict[int, Column] = {}
        for n, cell in enumerate(head):
            if is_empty(cell):
                continue
            header, at = str(cell.value).strip(), f"{sheet.name}, column {letter(n)} ({str(cell.value).strip()!r})"
            column = table.named(header)
            if not column:
                near = meant(folded(header), [one.option for one in table.columns.values()])
                self.out.faults.append(f"{at}: is not an option of {table.what}; {near}")
            elif column.option in [one.option for one in columns.values()]:
                self.out.faults.append(f"{at}: there is a column for {column.option} already")
            else:
                columns[n] = column
                table.columns.setdefault(column.option, column)
        if not columns:
            self.out.faults.append(f"{sheet.name}: the first row must hold the names of the columns")
        self.out.faults += merged(sheet, columns)
        self.out.warnings += sheet.warnings + unseen(sheet, columns)
        headers = {column.option: str(head[n].value).strip() for n, column in columns.items()}
        for number, line in enumerate(body, start=2):
            filled = {n: cell for n, cell in enumerate(line) if not is_empty(cell)}
            place = Place(f"{sheet.name}, row {number}", headers)
            lacking = [n for n in filled if n >= len(head) or is_empty(head[n])]
            self.out.faults += [f"{place.text}, column {letter(n)}: has no header" for n in lacking]
            cells = {columns[n].option: cell for n, cell in filled.items() if n in columns}
            if cells:
                yield _Row(cells, place)

    def values(self, table: Table, row: _Row, without: Iterable[str] = ()) -> Values:
        """Return what the cells of a row say."""
        values: Values = {}
        for option in sorted(row.cells.keys() - {*without}, key=lambda option: (option.count("."), option)):
            self.put(values, option, table.columns[option].field, row.cells[option], row.place.at(option))
        return values

    def put(self, values: Values, option: str, known: Field, cell: Cell, at: str) -> None:
        try:
            put(values, option, value_of(known, cell))
        except ValueError as error:
            self.out.faults.append(f"{at}: {error}")

    # Sheets

    def read_settings(self, rows: Iterable[_Row]) -> None:
        for row in rows:
            name = row.text("setting")
            if name not in SETTINGS and name.partition(".")[0] not in LISTS:
                self.out.faults.append(f"{row.place.at('setting')}: {name!r} is not known; {meant(name, SETTINGS)}")
            elif name in self.out.places:
                self.out.faults.append(f"{row.place.at('setting')}: {name!r} is there already")
            elif "value" in row.cells:
                self.put(self.out.tenant, name, SETTINGS.get(name, ANYTHING), row.cells["value"], row.place.at("value"))
                self.out.places[name] = Place(row.place.at("value"), {})

    def read_list(self, table: Table, rows: Sequence[_Row]) -> None:
        block, name = table.what.split(".")
        entries = [self.values(table, row) for row in rows]
        if name in self.out.tenant.setdefault(block, {}):
            self.out.faults.append(f"{self.out.places[table.what].text}: there is a sheet {table.title!r} already")
        elif table.single:
            self.out.faults += [f"{row.place.text}: there is a row already, and it is no list" for row in rows[1:]]
            self.out.tenant[block][name] = entries[0] if entries else {}
        else:
            self.out.tenant[block][name] = entries
        for n, (row, values) in enumerate(zip(rows, entries, strict=True)):
            at = table.what if table.single else f"{table.what}[{n}]"
            self.out.places[at] = row.place
            if table.what == "apio.route_points":
                self.be_parent(table, row.text(ROUTE_POINT), at, values)

    def read_named(self, table: Table, rows: Iterable[_Row]) -> None:
        named = self.out.tenant.setdefault(table.what, {})
        for row in rows:
            name = row.text("name")
            if not name or name in named:
                why = "is there already" if name else "must be given"
                self.out.faults.append(f"{row.place.at('name')}: {why}")
                continue
            named[name] = self.values(table, row, ["name"])
            self.out.places[f"{table.what}.{name}"] = row.place
            self.be_parent(table, name, f"{table.what}.{name}", named[name])

    def be_parent(self, table: Table, name: str, at: str, values: Values) -> None:
        self.parents.setdefault(table.what, {}).setdefault(name, (at, values))

    def parent(self, table: Table, row: _Row) -> tuple[str, Values] | None:
        """Return what a row stands below."""
        outer, _dot, _part = table.what.rpartition(".")
        known, name = self.parents.get(outer, {}), row.text(table.below)
        if name not in known:
            where = f"the sheet {self.all[outer].title!r}"
            self.out.faults.append(f"{row.place.at(table.below)}: {name!r} is not in {where}; {meant(name, known)}")
        return known.get(name)

    def read_below(self, table: Table, rows: Iterable[_Row]) -> None:
        _outer, _dot, part = table.what.rpartition(".")
        own: set[int] = set()
        for row in rows:
            if not (found := self.parent(table, row)):
                continue
            at, parent = found
            values = self.values(table, row, [table.below])
            if part in parent and (table.single or id(parent) not in own):
                self.out.faults.append(f"{row.place.text}: {part} of {row.text(table.below)} is there already")
            elif table.single:
                parent[part] = values
                self.out.places[f"{at}.{part}"] = row.place
            else:
                own.add(id(parent))
                self.out.places[f"{at}.{part}[{len(parent.setdefault(part, []))}]"] = row.place
                parent[part].append(values)

    def read_days(self, table: Table, rows: Iterable[_Row]) -> None:
        for row in rows:
            if not (found := self.parent(table, row)):
                continue
            at, parent = found
            days, date = parent.setdefault("days", {}), row.text("date")
            if not date or not isinstance(days, dict) or date in days:
                self.out.faults.append(f"{row.place.at('date')}: {'is there already' if date else 'must be given'}")
                continue
            days[date] = self.values(table, row, ["holidays", "date"]).get("name")
            self.out.places[f"{at}.days.{date}"] = Place(row.place.at("name"), {})

    def read_defaults(self, rows: Iterable[_Row]) -> None:
        defaults = self.out.tenant.setdefault("defaults", {})
        for row in rows:
            what, option = row.text("list"), row.text("option")
            table = self.all.get(what)
            column = table.named(option) if table and option else None
            if what.partition(".")[0] not in LISTS or (option and not column):
                near = meant(option, table.columns) if table else meant(what, self.all)
                self.out.faults.append(f"{row.place.at('option' if table else 'list')}: is not known; {near}")
            elif "value" in row.cells:
                at = f"{what}.{column.option}" if column else what
                known = column.field if column else ANYTHING
                self.put(defaults, at, known, row.cells["value"], row.place.at("value"))
                self.out.places[f"defaults.{at}"] = Place(row.place.at("value"), {})


# Both


def merge(own: Mapping[str, Any], book: Mapping[str, Any]) -> tuple[Values, list[str]]:
    """Return a tenant that is partly in variables and partly in a workbook, and where they contradict each other."""
    contradictions: list[str] = []

    def merged_in(ours: Mapping[str, Any], theirs: Mapping[str, Any], where: str) -> Values:
        both = dict(ours)
        for name, value in theirs.items():
            at = f"{where}.{name}" if where else name
            if name not in ours or (not where and ours[name] in (None, "", {}, [])):
                both[name] = value
            elif isinstance(ours[name], Mapping) and isinstance(value, Mapping):
                both[name] = merged_in(ours[name], value, at)
            elif not same(ours[name], value):
                contradictions.append(at)
        return both

    return merged_in(own, book, ""), contradictions
