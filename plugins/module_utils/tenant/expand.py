# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turns what a person writes of a tenant into lists that the modules take, and remembers where each entry came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, tzinfo
from pathlib import Path
from typing import Any

from .. import engine
from ..errors import Faults, meant
from ..fields import Field, Number, Text, Values, identical, settable, with_text_keys
from ..o2g.common import OfUser, number_of
from ..owns import Owns
from ..resource import Resource
from . import workbook
from .call_tests import CallTests
from .hours import iso_date, iso_day, zone_of
from .model import KEYS, LISTS, NAMES, PARENTS, PARTS, TESTS, is_single, places_of
from .sheets import columns_of, read, sources
from .written import Place, Written, in_sheets

TOP = (*LISTS, "opening_hours", "holidays", "profiles", "defaults", "shared_numbers", "workbook", *TESTS)
FROM = "_from"
PURGE_IN = "_purge_in"
HOLIDAY = {"date": Field("date", Text()), "name": Field("name", Text())}
"""The columns of a file of holidays."""
CLOSED = [{"time": "00:00", "rule_number": 0, "mode": "closed"}]
"""What holds on a holiday that says nothing else."""
PLAIN, COLLECTIONS = {str, int, float, bool, type(None)}, {dict, list}
ANY_DAY = "2000-01-01"
"""Stands for each day of a set of holidays."""


@dataclass
class Holidays:
    """A named set of days."""

    days: dict[str, str]
    """Per ISO date, what it is called."""
    transitions: Written
    """In C(exceptions), of C(ANY_DAY)."""


@dataclass
class Expanded:
    """A tenant as lists that the modules take."""

    data: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, list[Written]] = field(default_factory=dict)
    """Per list, such as C(apio.call_centers), what was written, with its place."""
    places: dict[str, list[Written]] = field(default_factory=dict)
    """Per list, where nothing shall be that is not listed, as a C(..._purge_in) says."""
    defaults: dict[str, Written] = field(default_factory=dict)
    weeks: dict[str, Written] = field(default_factory=dict)
    """The named opening hours, in C(normal)."""
    holidays: dict[str, Holidays] = field(default_factory=dict)
    profiles: dict[str, dict[str, list[Written]]] = field(default_factory=dict)
    """The named sets of keys: per list of keys, what each of its devices has."""
    owns: dict[str, Owns] = field(default_factory=dict)
    """Per block, which numbers are the tenant's own."""
    shared: list[str] = field(default_factory=list)
    country: str | None = None
    zone: tzinfo = UTC
    call_tests: list[Written] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def expand(tenant: Mapping[str, Any], base_dir: str) -> Expanded:
    """Return a tenant as lists that the modules take; raise Faults if it has another form than a tenant can have.

    The options of the entries are left to the modules, and to C(check).
    """
    expanded = expanded_with_faults(tenant, base_dir)
    if expanded.faults:
        raise Faults(expanded.faults)
    return expanded


def expanded_with_faults(tenant: Mapping[str, Any], base_dir: str) -> Expanded:
    """Return what can be made of a tenant, and all that is wrong with its form."""
    try:
        return _Expansion(base_dir).of(with_text_keys(tenant))
    except Faults as faults:
        return Expanded(faults=faults.faults)


def plain(value: Any) -> Any:
    """Return a value without the types that Ansible and YAML give it: vaulted, tagged and unsafe text, dates.

    What is plain already is the same object.
    """
    if type(value) in PLAIN:
        return value
    if isinstance(value, Mapping):
        members = {str(name): plain(inner) for name, inner in value.items()}
        same = type(value) in COLLECTIONS and identical(members, value)
        return value if same and identical(members.values(), value.values()) else members
    if isinstance(value, list | tuple):
        items = [plain(inner) for inner in value]
        return value if type(value) in COLLECTIONS and identical(items, value) else items
    for kind in (int, float):
        if isinstance(value, kind):
            return kind(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


class _Expansion:
    def __init__(self, base_dir: str) -> None:
        self.base_dir = base_dir
        self.out = Expanded()
        self.dressed: list[Written] = []
        """What names profiles."""
        self.sheets: Mapping[str, Place] = {}
        """Where the places of the tenant stand in its workbook."""

    def of(self, tenant: Any) -> Expanded:
        known = tenant if isinstance(tenant, Mapping) else self.dictionary(tenant, "tenant")
        tenant = {str(name): value for name, value in known.items()}
        self.known(tenant, TOP, "")
        if tenant.get("workbook") not in (None, ""):
            tenant = self.with_workbook(plain(tenant), plain(tenant["workbook"]))
        given = {name: tenant[name] for name in TOP if tenant.get(name) not in (None, {}, [])}
        given |= {name: plain(value) for name, value in given.items() if name not in LISTS}
        given = {name: value for name, value in given.items() if name not in TESTS or value != ""}
        self.out.shared = self.texts(given.get("shared_numbers", []), "shared_numbers")
        self.read_weeks(self.dictionary(given.get("opening_hours", {}), "opening_hours"))
        self.read_holidays(self.dictionary(given.get("holidays", {}), "holidays"))
        self.read_profiles(self.dictionary(given.get("profiles", {}), "profiles"))
        self.read_defaults(self.dictionary(given.get("defaults", {}), "defaults"))
        for block in LISTS:
            # one after the other, as they may be large, and all else has what it needs of them
            if block in given and (values := self.dictionary(plain(given[block]), block)):
                self.read_block(block, values)
        self.read_call_tests(given)
        self.tell_unused()
        return self.out

    def with_workbook(self, tenant: Mapping[str, Any], file: Any) -> dict[str, Any]:
        """Return a tenant with what its workbook says."""
        if not isinstance(file, str):
            self.fault("workbook", _must_be("the path of an XLSX file", file))
            return {name: value for name, value in tenant.items() if name != "workbook"}
        book = workbook.read(file, self.base_dir)
        self.out.faults += book.faults
        self.out.warnings += book.warnings
        self.sheets = book.places
        both, contradictions = workbook.merge(tenant, book.tenant)
        for path in contradictions:
            self.fault(path, "the variables of the host say something else: leave it out in one of them")
        return both

    # Forms

    def place(self, path: str, inside: str = "") -> Place:
        """Return the place of what a path names, in YAML or in the workbook."""
        known = self.sheets.get(path)
        return replace(known, inside=inside) if known else Place(path, inside=inside, sheets=self.sheets)

    def fault(self, place: str, text: str) -> None:
        place = in_sheets(place, self.sheets)
        self.out.faults.append(f"{place}: {text}" if place else text)

    def dictionary(self, value: Any, place: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.fault(place, _must_be("a dictionary", value))
        return {}

    def listed(self, value: Any, place: str) -> list[tuple[str, Any]]:
        if isinstance(value, list):
            return [(f"{place}[{n}]", one) for n, one in enumerate(value)]
        self.fault(place, _must_be("a list", value))
        return []

    def texts(self, value: Any, place: str) -> list[str]:
        good = []
        for at, one in self.listed(value, place):
            if isinstance(one, str):
                good.append(one)
            else:
                self.fault(at, _must_be("text in quotes", one))
        return good

    def known(self, values: Mapping[str, Any], names: Sequence[str], place: str) -> None:
        for name in values:
            if name not in names:
                self.fault(f"{place}.{name}" if place else name, f"is not known here; {meant(name, names)}")

    # What is shared

    def read_weeks(self, weeks: Mapping[str, Any]) -> None:
        for name, week in weeks.items():
            place = f"opening_hours.{name}"
            entry = Written(self.place(place, "normal"), {"normal": self.dictionary(week, place)})
            self.out.weeks[name] = entry

    def read_holidays(self, named: Mapping[str, Any]) -> None:
        for name, given in named.items():
            place = f"holidays.{name}"
            values = self.dictionary(given, place)
            self.known(values, ("days", "from", "transitions"), place)
            if isinstance(given, dict) and not {"days", "from"} & values.keys():
                self.fault(place, "needs days, from or both")
            days: dict[str, tuple[str, str]] = {}
            for day, called in self.dictionary(values.get("days") or {}, f"{place}.days").items():
                self.add_day(days, day, str(called or ""), f"{place}.days.{day}")
            for row in self.rows(values.get("from"), f"{place}.from", HOLIDAY, "holidays"):
                if "date" in row.values:
                    self.add_day(days, str(row.values["date"]), row.values.get("name", ""), row.place.at("date"))
                else:
                    self.fault(row.place.at(), "needs a date")
            where = self.place(f"{place}.transitions", f"exceptions.{ANY_DAY}")
            transitions = Written(where, {"exceptions": {ANY_DAY: values.get("transitions", CLOSED)}})
            self.out.holidays[name] = Holidays({day: str(called) for day, (called, _at) in days.items()}, transitions)

    def read_profiles(self, named: Mapping[str, Any]) -> None:
        for name, given in named.items():
            place = f"profiles.{name}"
            parts = self.dictionary(given, place)
            self.known(parts, tuple(KEYS), place)
            self.out.profiles[name] = {
                part: self.keys(KEYS[part], parts[part], f"{place}.{part}") for part in KEYS if part in parts
            }

    def keys(self, resource: type[Resource], given: Any, place: str) -> list[Written]:
        """Return the keys of a profile that are right by themselves, each position once."""
        handler, fields, sound = resource(), tuple(settable(resource.fields)), []
        for at, one in self.listed(given, place):
            if not isinstance(one, dict):
                self.fault(at, _must_be("a dictionary of options", one))
                continue
            key = Written(self.place(at), one, len(sound))
            wrong = engine.invalid(fields, key)
            if not wrong and key.values.get("position") is None:
                wrong = [key.fault("must be given", "position")]
            wrong = wrong or [key.fault(text, option) for option, text in handler.faults(key.values)]
            self.out.faults += wrong
            sound += [] if wrong else [key]
        self.out.faults += engine.doubles(resource, sound)
        return sound

    def add_day(self, days: dict[str, tuple[str, str]], day: str, called: str, place: str) -> None:
        iso = iso_date(day)
        if iso is None:
            self.fault(place, f"{day!r} is not a date: write yyyy-mm-dd")
        elif iso in days:
            self.fault(place, f"{iso} is there already, at {days[iso][1]}")
        else:
            days[iso] = (called, place)

    def read_call_tests(self, given: Mapping[str, Any]) -> None:
        try:
            self.out.zone = zone_of(given.get("tenant_time_zone"))
        except ValueError as error:
            self.fault("tenant_time_zone", str(error))
        tests = CallTests(self.out.zone)
        for at, one in self.listed(given.get("call_tests", []), "call_tests"):
            if isinstance(one, dict):
                tests.add(one, Place(at))
            else:
                self.fault(at, _must_be("a dictionary of options", one))
        for row in self.rows(given.get("call_tests_from"), "call_tests_from", tests.columns, "call_tests"):
            tests.add_row(row)
        self.out.call_tests = tests.sound
        self.out.faults += tests.faults

    def read_defaults(self, blocks: Mapping[str, Any]) -> None:
        self.known(blocks, tuple(LISTS), "defaults")
        for block, resources in LISTS.items():
            lists = self.dictionary(blocks.get(block) or {}, f"defaults.{block}")
            self.known(lists, tuple(resources), f"defaults.{block}")
            for name in resources.keys() & lists.keys():
                place = f"defaults.{block}.{name}"
                values = self.dictionary(lists[name] or {}, place)
                extra = _extra(resources[name])
                self.out.defaults[f"{block}.{name}"] = Written(
                    self.place(place),
                    {n: v for n, v in values.items() if n not in extra},
                    uses=self.uses({n: values[n] for n in extra if n in values}, self.place(place)),
                    secrets=_secrets(resources[name]),
                )

    def tell_unused(self) -> None:
        used = {
            (kind, name)
            for entries in (*self.out.entries.values(), self.out.defaults.values())
            for entry in entries
            for kind, names in entry.uses.items()
            for name in names
        }
        used |= {("profiles", name) for entry in self.dressed for name in entry.uses["profiles"]}
        for kind, user in (("opening_hours", "pilot"), ("holidays", "pilot"), ("profiles", "user or device")):
            names = self.shared(kind)
            self.out.warnings += [f"{kind}.{name}: no {user} uses it" for name in names if (kind, name) not in used]

    def shared(self, kind: str) -> Mapping[str, Any]:
        """Return by name what entries can refer to."""
        named = {"opening_hours": self.out.weeks, "holidays": self.out.holidays, "profiles": self.out.profiles}
        return named[kind]

    # Blocks

    def read_block(self, block: str, values: dict[str, Any]) -> None:
        resources = LISTS[block]
        parents = PARENTS[block]
        lists = [name for name, resource in resources.items() if not is_single(resource, parents)]
        single = [name for name in resources if name not in lists]
        extra = ["country", "route_points"] if block == "apio" else []
        names = [f.option for f in parents]
        extra = ["owns", *extra]
        places = [name for name in lists if places_of(block, name)]
        more = [*(name + FROM for name in lists), *(name + PURGE_IN for name in places)]
        self.known(values, [*names, *extra, *resources, *more], block)
        where = self.parents(block, values, parents)
        out = self.out.data[block] = {**where, "purge_in": {}}
        if values.get("country") is not None and block == "apio":
            out["country"] = self.out.country = self.country(values["country"])
        if values.get("owns") is not None:
            out["owns"] = self.owns(block, values["owns"])
        found: dict[str, list[Written]] = {}
        for name in single:
            if name in values and (one := self.dictionary(values[name], f"{block}.{name}")):
                self.add(found, block, name, one, self.place(f"{block}.{name}"), where)
        for name in lists:
            if name in values:
                found.setdefault(name, [])
                for at, one in self.listed(values[name], f"{block}.{name}"):
                    self.add(found, block, name, one, self.place(at), where)
            if values.get(name + FROM, "") is None:
                self.fault(f"{block}.{name}{FROM}", _must_be("a file", None))
            elif values.get(name + FROM, "") != "":
                found.setdefault(name, [])
                columns = columns_of([*resources[name].options(), *_extra_fields(resources[name])])
                for row in self.rows(values[name + FROM], f"{block}.{name}{FROM}", columns, f"{block}.{name}"):
                    self.add(found, block, name, row.values, row.place, where)
        for name in places:
            if values.get(name + PURGE_IN) is not None:
                found.setdefault(name, [])
                out["purge_in"][name] = self.places(block, name, values[name + PURGE_IN], where)
        if "route_points" in extra and "route_points" in values:
            self.read_route_points(values["route_points"], where, found, out["purge_in"])
        if self.dressed:
            self.dress(found, out["purge_in"])
        for name in (n for n in resources if n in found):
            self.out.entries[f"{block}.{name}"] = found[name]
            out[name] = [self.merged(entry) for entry in found[name]]

    def dress(self, found: dict[str, list[Written]], purge_in: dict[str, list[Values]]) -> None:
        """Give each device the keys of its profiles; keys that are written for the device itself win."""
        have = {name: {_key_of(entry.values) for entry in found.get(name, ())} for name in KEYS}
        for entry in sorted(self.dressed, key=lambda entry: "device_id" not in entry.values):
            where = self.device(entry)
            for name in KEYS if where else ():
                profiles = [self.out.profiles[one] for one in reversed(entry.uses["profiles"])]
                keys = [key for profile in profiles for key in profile.get(name, ())]
                if any(name in profile for profile in profiles):
                    listed = found.setdefault(name, [])
                    if not keys and not any(device == _device_of(where) for device, _position in have[name]):
                        purge_in.setdefault(name, []).append(where)
                for key in keys:
                    values = {**where, **key.values}
                    if (own := _key_of(values)) not in have[name]:
                        have[name].add(own)
                        listed.append(Written(key.place, values, len(listed)))

    def device(self, entry: Written) -> Values:
        """Return what leads to the device of an entry, which for a user is the one with the user's number."""
        where = {
            name: entry.values[name]
            for name in (f.option for f in OfUser.parents)
            if entry.values.get(name) is not None
        }
        device = entry.values.get("device_id") or number_of(entry.values)
        if not device:
            self.fault(entry.place.at("profiles"), "needs the device_number of the user, to say whose keys are meant")
            return {}
        return {**where, "device_id": device}

    def places(self, block: str, name: str, given: Any, where: Values) -> list[Values]:
        """Return the places of a list that a C(..._purge_in) names; a bare text is the last of what names one."""
        resource, fields = LISTS[block][name], places_of(block, name)
        written = self.out.places[f"{block}.{name}"] = []
        for at, one in self.listed(given, f"{block}.{name}{PURGE_IN}"):
            if isinstance(one, str) and resource.purge_place:
                one = {fields[-1].option: one}
            if isinstance(one, dict):
                shared = {n: v for n, v in where.items() if n in {f.option for f in fields}}
                written.append(Written(self.place(at), {**shared, **self.located(fields, one)}, len(written)))
            else:
                self.fault(at, _must_be("a dictionary that names a place", one))
        return [place.values for place in written]

    def located(self, fields: Iterable[Field], values: Values) -> Values:
        """Return the values with the paths of files counted from the tenant's folder, like all paths in it."""
        files = [
            f.option for f in fields if f.kind.spec.get("type") == "path" and isinstance(values.get(f.option), str)
        ]
        return {**values, **{name: str(Path(self.base_dir, values[name]).expanduser()) for name in files}}

    def parents(self, block: str, values: Mapping[str, Any], parents: Sequence[Field], at: str = "") -> Values:
        """Return what leads to the resources of a block; where it is wrong, something that may stand for it."""
        at = at or block
        given = {f.option: values[f.option] for f in parents if values.get(f.option) is not None}
        entry = Written(self.place(at), given)
        missing = [f.option for f in parents if f.option not in given]
        self.out.faults += [entry.fault("must be given", option) for option in missing]
        wrong = engine.invalid(tuple(parents), entry)
        self.out.faults += wrong
        stand_in = {f.option: 0 if isinstance(f.kind, Number) else at for f in parents}
        return {**stand_in, **({} if wrong else given)}

    def country(self, given: Any) -> str | None:
        from phonenumbers import SUPPORTED_REGIONS

        if isinstance(given, str) and given.upper() in SUPPORTED_REGIONS:
            return given
        self.fault("apio.country", f"{given!r} is not a two-letter code (ISO 3166), such as BE")
        return None

    def owns(self, block: str, given: Any) -> list[str]:
        """Return which numbers are the tenant's own, where others live in the same section of the platform."""
        listed = self.listed(given, f"{block}.owns")
        owns = self.out.owns[block] = Owns([part for _at, part in listed], self.out.country)
        for index, text in owns.faults:
            self.fault(listed[index][0], text)
        return owns.written

    def read_route_points(
        self, given: Any, where: Values, found: dict[str, list[Written]], purge_in: dict[str, list[Values]]
    ) -> None:
        resources = LISTS["apio"]
        for at, value in self.listed(given, "apio.route_points"):
            point = self.dictionary(value, at)
            if not point:
                continue
            parents = resources["route_point_dnis"].parents
            names = [f.option for f in parents]
            self.known(point, [*names, *PARTS], at)
            leading = self.parents("apio", {**where, **point}, parents, at)
            own = {n: v for n, v in leading.items() if n not in where or where[n] != v}
            for part, name in PARTS.items():
                if part not in point:
                    continue
                single = is_single(resources[name], parents)
                ones = [(f"{at}.{part}", point[part])] if single else self.listed(point[part], f"{at}.{part}")
                if resources[name].purgeable:
                    purge_in.setdefault(name, []).append(own)
                if not single:
                    found.setdefault(name, [])
                for here, one in ones:
                    if single and one == {}:
                        continue
                    self.elsewhere(one, leading, here)
                    self.add(found, "apio", name, one, self.place(here), leading)

    def elsewhere(self, values: Any, leading: Values, place: str) -> None:
        """Refuse a part that says to be of another route point than the one that it stands in."""
        for name, value in leading.items():
            if isinstance(values, dict) and values.get(name, value) != value:
                self.fault(f"{place}.{name}", f"is {values[name]!r} inside of {value!r}: leave it out")

    def add(
        self, found: dict[str, list[Written]], block: str, name: str, values: Any, place: Place, where: Values
    ) -> None:
        """Take over one entry of a list."""
        if not isinstance(values, dict):
            self.fault(place.at(), _must_be("a dictionary of options", values))
            return
        resource, entries = LISTS[block][name], found.setdefault(name, [])
        extra = _extra(resource)
        uses = self.uses({n: values[n] for n in extra if n in values}, place)
        options = {n: v for n, v in values.items() if n not in extra}
        if default := self.out.defaults.get(f"{block}.{name}"):
            options = {**default.values, **options}
            uses = {**default.uses, **uses}
        fields = resource.options()
        known = {f.option for f in fields}
        shared = {n: v for n, v in where.items() if n in known}
        given = self.located(fields, {**shared, **options})
        entry = Written(place, given, len(entries), uses=uses, secrets=_secrets(resource))
        for kind, section in (("opening_hours", "normal"), ("holidays", "exceptions")):
            if uses.get(kind) or values.get(kind):  # what they hold is checked where it was written
                entry.values.setdefault(section, {})
        if uses.get("profiles"):
            self.dressed.append(entry)
            if resource.always_there and not given.keys() - resource.address_options():
                return  # it only says which profiles the device has
        entries.append(entry)

    def uses(self, given: Mapping[str, Any], place: Place) -> dict[str, list[str]]:
        """Return the names of opening hours and holidays that are used, as far as they are known."""
        used = {}
        for kind, value in given.items():
            known = self.shared(kind)
            names = [value] if isinstance(value, str) and value else value or []
            if not is_list_of_text(names) or (kind == "opening_hours" and len(names) > 1):
                form = "a name" if kind == "opening_hours" else "a name or a list of names"
                self.fault(place.at(kind), _must_be(form, value))
                continue
            for name in names:
                if name not in known:
                    self.fault(place.at(kind), f"there are no {kind.replace('_', ' ')} {name!r}; {meant(name, known)}")
            used[kind] = [name for name in names if name in known]
        return used

    def merged(self, entry: Written) -> Values:
        """Return an entry with the opening hours and holidays that it names."""
        if not any(entry.uses.get(kind) for kind in ("opening_hours", "holidays")):
            return entry.values
        normal = {d: v for name in entry.uses.get("opening_hours", ()) for d, v in self.week(name).items()}
        exceptions = {
            day: self.out.holidays[name].transitions.values["exceptions"][ANY_DAY]
            for name in entry.uses.get("holidays", ())
            for day in self.out.holidays[name].days
        }
        values = dict(entry.values)
        for section, days in (("normal", normal), ("exceptions", exceptions)):
            own = values.get(section)
            if section in values and isinstance(own, dict):
                values[section] = {**days, **{iso_day(day): v for day, v in own.items()}}
        return values

    def week(self, name: str) -> Values:
        return self.out.weeks[name].values["normal"]

    def rows(self, given: Any, place: str, columns: Mapping[str, Field], what: str) -> list[Any]:
        """Return the rows of the files that a C(..._from) names."""
        if given is None:
            return []
        try:
            named = sources(given, place)
        except Faults as faults:
            self.out.faults += faults.faults
            return []
        rows = []
        for source in named:
            found = read(source, self.base_dir, columns, what)
            self.out.faults += found.faults
            self.out.warnings += found.warnings
            rows += found.rows
        return rows


def _extra_fields(resource: type[Resource]) -> Iterable[Field]:
    return NAMES.get(resource, ())


def _extra(resource: type[Resource]) -> tuple[str, ...]:
    return tuple(f.option for f in _extra_fields(resource))


def _secrets(resource: type[Resource]) -> tuple[str, ...]:
    return tuple(f.option for f in resource.fields if f.secret)


def _device_of(values: Values) -> tuple[Any, ...]:
    """Return what two entries have in common that are about the same device."""
    whose = number_of(values) or values.get("login_name")
    return tuple(str(one) for one in (values.get("node_id"), whose, values.get("device_id")))


def _key_of(values: Values) -> tuple[Any, ...]:
    return _device_of(values), str(values.get("position"))


def _must_be(what: str, value: Any) -> str:
    if value is None:
        return f"is empty, and must be {what}: leave it out if there is nothing to say"
    return f"must be {what}, not {_shape(value)}"


def _shape(value: Any) -> str:
    if isinstance(value, dict):
        return "a dictionary"
    return "a list" if isinstance(value, list) else "text" if isinstance(value, str) else f"{value!r}"
