# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The calendar of a pilot, and one transition of it: document 003, lines 13566-13985 and 14084-14340.

The API adds, changes and removes one transition of one day by its number. Numbers are not in the order of time, an
added one is not told its number, and whether they close up after a removal is not documented. So transitions are
matched by their time, removed from the highest number down, and numbers are only used right after they were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import ApiError
from ..fields import Choice, Date, Field, Kind, ListOf, MapOf, Number, Struct, Time, Values, read_text
from ..resource import Entry, Found, Job, Resource, Step
from .common import NODE, NUMBER, SERVICES, client, of_number

if TYPE_CHECKING:
    from ..session import Client

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_PER_DAY = 10

PILOT = Field("pilotNumber", NUMBER, required=True)
TIME = Field("time", Time(), required=True)
RULE = Field("ruleNumber", Number(0, 29), required=True)
MODE = Field("mode", Choice(("normal", "closed", "forward")), required=True)
DAY_LIST = ListOf(Struct((TIME, RULE, MODE)), unordered=True, by=lambda transition: transition["time"])

PATH = "/acd/{node_id}/pilots/{pilot_number}/calendar"
SECTIONS = {"normal": ("normal", "normalDays", "day"), "exceptions": ("exception", "exceptionDays", "date")}
"""Per option: the path's segment, the key in the whole calendar, the key of a day."""
DAY_KINDS: dict[str, Kind] = {"normal": Choice(DAYS), "exceptions": Date()}


class Transition(NamedTuple):
    """One transition as the platform has it."""

    number: int
    time: str
    rule_number: int
    mode: str

    def plain(self) -> Values:
        """Return it as users write it."""
        return {"time": self.time, "rule_number": self.rule_number, "mode": self.mode}


Calendars = dict[str, dict[str, list[Transition]]]
"""Per section and day, the transitions in the order of time."""


def read_calendar(api: Client, pilot: Values, sections: Sequence[str]) -> Calendars:
    """Return the sections of a pilot's calendar, in one request."""
    if len(sections) == 1:
        bodies = {sections[0]: api.get(f"{PATH}/{SECTIONS[sections[0]][0]}", pilot)}
    else:
        whole = api.get(PATH, pilot) or {}
        bodies = {section: whole.get(SECTIONS[section][1]) for section in sections}
    return {section: _days((body or {}).get("calendar") or [], section) for section, body in bodies.items()}


def _days(listed: Sequence[Mapping[str, Any]], section: str) -> dict[str, list[Transition]]:
    """Read the days of a section; examples call the date C(day)."""
    kind = DAY_KINDS[section]
    days = {
        kind.from_wire(str(read_text(day.get(SECTIONS[section][2], day.get("day"))))): sorted(
            (
                Transition(
                    int(t["number"]),
                    str(read_text(t["transition"]["time"])),
                    int(t["transition"]["ruleNumber"]),
                    str(read_text(t["transition"]["mode"])),
                )
                for t in day.get("list") or []
            ),
            key=lambda t: (t.time, t.number),
        )
        for day in listed
    }
    order = DAYS.index if section == "normal" else str
    return {day: days[day] for day in sorted(days, key=order) if days[day]}


class Call(NamedTuple):
    """One request that changes a day: C(POST) adds, C(PUT) changes and C(DELETE) removes by number."""

    verb: str
    number: int | None
    transition: Values | None


def day_calls(current: Sequence[Transition], wanted: Sequence[Values]) -> list[Call]:
    """Return the fewest requests that turn a day's transitions into the wanted ones. A pure function."""
    missing = {t["time"]: t for t in wanted}
    calls, spare = [], []
    for there in current:
        want = missing.pop(there.time, None)
        if want is None:
            spare.append(there.number)
        elif want != there.plain():
            calls.append(Call("PUT", there.number, want))
    spare.sort()
    reused = list(zip(spare, missing.values(), strict=False))
    calls += [Call("PUT", number, want) for number, want in reused]
    calls += [Call("DELETE", number, None) for number in reversed(spare[len(reused) :])]
    calls += [Call("POST", None, want) for want in list(missing.values())[len(reused) :]]
    return calls


def write_day(
    api: Client,
    pilot: Values,
    section: str,
    day: str,
    current: Sequence[Transition],
    wanted: Sequence[Values],
    steps: Sequence[Step],
) -> None:
    """Bring one day to its wanted transitions, one request after the other."""
    where = {**pilot, "section": SECTIONS[section][0], "day": DAY_KINDS[section].to_wire(day)}
    for call in day_calls(current, wanted):
        body = (
            None
            if call.transition is None
            else {
                "time": call.transition["time"],
                "ruleNumber": call.transition["rule_number"],
                "mode": call.transition["mode"],
            }
        )
        path = PATH + "/{section}/{day}/transitions" + ("" if call.number is None else "/{number}")
        api.request(call.verb, path, {**where, "number": call.number}, body=body, replay=call.verb == "PUT")
        for step in steps:
            step.written = True


class Calendar(Resource):
    platform = "o2g"
    connect = staticmethod(client)
    noun = "calendar"
    plural = "calendars"
    licence = SERVICES
    parents = (NODE, PILOT)
    fields = (*(Field(section, MapOf(kind, DAY_LIST), nullable=False) for section, kind in DAY_KINDS.items()),)
    numbered = ("pilot_number",)
    lifecycle = False
    always_there = True

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if not any(section in values for section in SECTIONS):
            yield "", "needs normal, exceptions or both"
        for section in SECTIONS:
            for day, transitions in values.get(section, {}).items():
                times = [t["time"] for t in transitions]
                for time in sorted({t for t in times if times.count(t) > 1}):
                    yield f"{section}.{day}", f"{time} is there more than once"
                if len(times) > MOST_PER_DAY:
                    yield f"{section}.{day}", f"has {len(times)} transitions, and a day can have {MOST_PER_DAY}"

    def read(self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        def current(entry: Entry) -> Values:
            try:
                calendars = read_calendar(api, entry.values, [s for s in SECTIONS if s in entry.values])
            except ApiError as error:
                raise of_number(error, entry.values["pilot_number"], entry.values["node_id"]) from error
            self.there[self.place(entry.values)] = calendars
            plain = {
                section: {day: [t.plain() for t in listed] for day, listed in days.items()}
                for section, days in calendars.items()
            }
            return {**{f.option: entry.values[f.option] for f in self.parents}, **plain}

        self.there: dict[tuple[Any, ...], Calendars] = {}
        return list(api.map(current, entries)), []

    def wanted(self, entry: Entry, current: Values | None, purge: bool) -> tuple[Values, int]:
        """With C(purge), the days that a given section does not name are wanted empty."""
        if not purge or current is None:
            return entry.values, 0
        unnamed = {
            section: {day: [] for day in current[section] if day not in entry.values[section]}
            for section in SECTIONS
            if section in entry.values
        }
        values = {**entry.values, **{s: {**entry.values[s], **days} for s, days in unnamed.items()}}
        return values, sum(len(days) for days in unnamed.values())

    def stages(self, steps: Sequence[Step]) -> list[list[Job]]:
        """Write the days at once, each in its own order; then read back."""
        days = [
            self._day_job(step, section, day)
            for step in steps
            for section in step.changes
            for day, wanted in step.changes[section].items()
            if not DAY_LIST.same((step.before or {})[section].get(day), wanted, None)
        ]
        return [days, [Job([step], self.confirm) for step in steps]]

    def _day_job(self, step: Step, section: str, day: str) -> Job:
        current = self.there[self.place(step.values)][section].get(day, [])
        return Job(
            [step],
            lambda api, steps: write_day(api, step.values, section, day, current, step.changes[section][day], steps),
        )

    def confirm(self, api: Client, steps: Sequence[Step]) -> None:
        """Read the calendar back; ApiError if it is not what was written."""
        (there,), _others = self.read(api, [steps[0].entry], ())
        if isinstance(there, ApiError):
            raise there
        wrong = [
            f"{section}.{day}"
            for section, days in steps[0].changes.items()
            for day, wanted in days.items()
            if not DAY_LIST.same(there[section].get(day), wanted, None)
        ]  # type: ignore[index]
        if wrong:
            raise ApiError(
                f"{self.label(steps[0].values)} was written and reads back differently on "
                f"{', '.join(wrong)}. Somebody else may be changing it: run again"
            )


class CalendarTransition(Resource):
    platform = "o2g"
    connect = staticmethod(client)
    noun = "transition"
    plural = "transitions"
    licence = SERVICES
    parents = (NODE, PILOT)
    fields = (
        Field("day", Choice(DAYS), create_only=True),
        Field("date", Date(), create_only=True),
        Field("time", Time(), required=True),
        RULE,
        MODE,
    )
    identity = (("day", "time"), ("date", "time"))
    rename = ("time", "new_time")
    purgeable = False

    @staticmethod
    def where(values: Values) -> tuple[str, str]:
        """Return the section and the day of a transition."""
        return ("exceptions", values["date"]) if values.get("date") else ("normal", values["day"])

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if values.get("day") and values.get("date"):
            yield "date", "cannot stand beside day: a transition belongs to a week day or to a date"

    def read(self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        """Read each pilot's calendar once, and of it only what the entries name."""
        needs: dict[tuple[Any, ...], dict[str, Values]] = {}
        for entry in entries:
            needs.setdefault(self.place(entry.values), {})[self.where(entry.values)[0]] = entry.values
        read = api.map(lambda place: read_calendar(api, next(iter(needs[place].values())), list(needs[place])), needs)
        self.there = dict(zip(needs, read, strict=True))
        return [self._found(entry.values) for entry in entries], []

    def _found(self, values: Values) -> Found:
        calendars = self.there[self.place(values)]
        if isinstance(calendars, ApiError):
            return calendars
        section, day = self.where(values)
        times = {t.time: t for t in calendars[section].get(day, [])}
        old, new = times.get(values["time"]), times.get(values.get("new_time", values["time"]))
        if old and new and old is not new:
            return ApiError(f"{self.label(values)} cannot move to {new.time}: there is a transition already")
        there = old or new
        return {**{n: v for n, v in values.items() if n != "new_time"}, **there.plain()} if there else None

    def by_day(self, steps: Sequence[Step]) -> Iterable[list[Step]]:
        """Return the steps of each day together: their numbers depend on each other."""
        days: dict[Any, list[Step]] = {}
        for step in steps:
            if step.values:
                days.setdefault((self.place(step.values), *self.where(step.values)), []).append(step)
        return days.values()

    def day_of(self, steps: Sequence[Step]) -> tuple[list[Transition], list[Values]]:
        """Return the transitions of the steps' day as they are, and as they shall be."""
        section, day = self.where(steps[0].values)
        current = self.there[self.place(steps[0].values)][section].get(day, [])  # type: ignore[index]
        wanted = {t.time: t.plain() for t in current}
        for step in steps:
            wanted.pop((step.before or {}).get("time", ""), None)
        for step in steps:
            if step.after:
                wanted[step.after["time"]] = {n: step.after[n] for n in ("time", "rule_number", "mode")}
        return current, list(wanted.values())

    def refusals(self, steps: Sequence[Step]) -> Iterable[tuple[Step, str]]:
        for group in self.by_day(steps):
            _current, wanted = self.day_of(group)
            if len(wanted) > MOST_PER_DAY:
                day = self.where(group[0].values)[1]
                yield group[-1], f"{day} would have {len(wanted)} transitions, and a day can have {MOST_PER_DAY}"

    def stages(self, steps: Sequence[Step]) -> list[list[Job]]:
        return [[Job(group, self.write) for group in self.by_day(steps)]]

    def write(self, api: Client, steps: Sequence[Step]) -> None:
        current, wanted = self.day_of(steps)
        section, day = self.where(steps[0].values)
        write_day(api, steps[0].values, section, day, current, wanted, steps)
