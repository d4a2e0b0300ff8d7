# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a caller ends up: the way of a call over all platforms of a tenant, at a moment and over a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from heapq import merge
from typing import Any, NamedTuple

from ..fields import Values
from ..o2g.calendar import SECTIONS
from ..o2g.common import number_of
from ..o2g.pbx_base import segments
from ..o2g.pbx_object import SUBSCRIBER
from ..o2g.routing import CONDITIONS, IMMEDIATE
from ..owns import SHORTEST_NUMBER, Owns, same
from .hours import NOTHING, UNKNOWN, Calendar, Change, State

ENDS = ("reached", "closed", "announcement", "forwarded", "unknown")
OUTSIDE = "0"
"""What users of a PBX dial before a number outside, unless somebody says otherwise."""
MOST_HOPS = 20
DEEPEST = 3
"""How many times a path asks what a load would lead to, within what another load leads to."""

LOADS = {
    "full": "the queue is full or the call waits too long",
    "agent": "an agent does not answer",
    "nobody": "nobody answers",
    "user": "the user is busy or does not answer",
}
"""What a path can depend on, whatever the settings are."""

WHEN = {
    "busy": "the user is busy",
    "no_answer": "nobody answers",
    "busy_no_answer": "the user is busy, or nobody answers",
}
"""Per condition of a forward, when it holds."""

FOLLOWED = {
    "apio": (
        "call_centers",
        "instant_group_calls",
        "route_point_dnis",
        "route_point_overflow",
        "route_point_bounced_call",
        "route_point_forced_forwarding",
    ),
    "ccs": ("extensions",),
    "o2g": ("pbx_objects", "users", "devices", "hunting_groups", "routing", "pilot_calendars", "pilots"),
}
"""The lists that decide where a call goes."""

Key = tuple[str, str]
"""What a thing is, and its number or id."""


@dataclass
class Thing:
    """What can have a number: of whichever list of the tenant, with what is known of it."""

    kind: str
    id: str
    name: str
    platform: str
    numbers: list[str] = field(default_factory=list)
    known: Values = field(default_factory=dict)
    """Its options, and of what stands in several lists the entry of each by the list's name."""

    @property
    def key(self) -> Key:
        return (self.kind, self.id)


@dataclass
class Hop:
    """One thing on the way of a call, and why the call came there and goes on."""

    thing: Thing
    why: str
    state: State | None = None

    def told(self) -> Values:
        state = {} if self.state is None else {"mode": self.state.mode, "rule_number": self.state.rule_number}
        return {
            "thing": self.thing.name,
            "kind": self.thing.kind,
            "number": next(iter(self.thing.numbers), self.thing.id),
            **state,
            "why": self.why,
        }


@dataclass
class Path:
    """The way of one call."""

    hops: list[Hop] = field(default_factory=list)
    end: str = "unknown"
    number: str | None = None
    """Where it ends."""
    missing: list[str] = field(default_factory=list)
    """What nobody knows that decides."""
    gap: str = ""
    """C(nobody), C(loop) or C(rule), where what is missing is missing in the tenant itself."""
    circle: list[str] = field(default_factory=list)
    """What a call comes past again and again."""
    load: list[tuple[str, Path]] = field(default_factory=list)
    """What else can happen: when, and what then."""
    under: str = ""
    """The kind of load, one of C(LOADS), that leads to it."""

    @property
    def state(self) -> State | None:
        """What holds for the last pilot on the way."""
        return next((hop.state for hop in reversed(self.hops) if hop.state), None)

    @cached_property
    def brief(self) -> tuple[Any, ...]:
        """What two paths have in common that a caller cannot tell apart; to be asked for once all of it is known."""
        return (*self.main, tuple((when, path.brief) for when, path in self.load))

    @cached_property
    def main(self) -> tuple[Any, ...]:
        """What two paths have in common that a caller cannot tell apart if there is no load."""
        return (self.end, self.last, self.number, self.state[:2] if self.state else None)

    @property
    def last(self) -> Key | None:
        return self.hops[-1].thing.key if self.hops else None

    @property
    def pilots(self) -> set[str]:
        """The pilots that are on the way, or may be."""
        return {hop.thing.id for path in self.ways() for hop in path.hops if hop.thing.kind == "pilot"}

    def ways(self) -> Iterator[Path]:
        """Yield the path itself, and all that a load leads to."""
        yield self
        for _when, path in self.load:
            yield from path.ways()

    def told(self) -> Values:
        """Return the path as plain data."""
        state = self.state
        return {
            "hops": [hop.told() for hop in self.hops],
            "end": self.end,
            "number": self.number,
            "rule_number": state.rule_number if state else None,
            "missing": self.missing,
            "load": [{"when": when, **path.told()} for when, path in self.load],
        }


class Span(NamedTuple):
    """What a path is from one instant to another."""

    start: datetime
    end: datetime
    path: Path


class Paths:
    """The paths of all calls to a tenant.

    C(data) are its lists as the modules take them, in code or C(live). C(pilots) is what was read of the pilots: names,
    rules, states and maybe calendars, and C(read_at) says when that was.
    """

    def __init__(
        self,
        data: Mapping[str, Any],
        zone: tzinfo = UTC,
        pilots: Iterable[Mapping[str, Any]] = (),
        read_at: datetime | None = None,
        live: bool = False,
        outside: str = OUTSIDE,
    ) -> None:
        self.data = data
        self.zone = zone
        self.outside = outside
        self.read_at = read_at
        self.country = (data.get("apio") or {}).get("country")
        self.live = live
        self.pilots = {str(pilot["pilot_number"]): pilot for pilot in pilots}
        self.owns = [Owns(block["owns"], self.country) for block in data.values() if block.get("owns")]
        self._same: dict[str, str] = {}
        self._calendars: dict[str, Calendar] = {}
        self._alike: dict[str, Calendar] = {}
        """The calendars by what is in them, because many pilots have the same."""
        self._changes: dict[tuple[int, datetime, datetime], list[Change]] = {}
        self.things: dict[Key, Thing] = {}
        self._gather()
        self._by_number: dict[str, list[Thing]] = {}
        for thing in self.things.values():
            for number in (*thing.numbers, thing.id):
                having = self._by_number.setdefault(self.same(number), [])
                if thing not in having:
                    having.append(thing)

    # What there is

    def entries(self, block: str, name: str) -> Sequence[Values]:
        return (self.data.get(block) or {}).get(name) or ()

    def same(self, number: str) -> str:
        """Return the form of a number by which two are compared."""
        if number not in self._same:
            self._same[number] = same(number, self.country)
        return self._same[number]

    def _thing(self, kind: str, id_: Any, name: str, platform: str, *numbers: Any) -> Thing:
        thing = self.things.setdefault((kind, str(id_)), Thing(kind, str(id_), name, platform))
        thing.numbers += [str(number) for number in numbers if number and str(number) not in thing.numbers]
        return thing

    def _gather(self) -> None:
        for entry in self.entries("apio", "route_point_dnis"):
            point = self._point(entry)
            id_, name = f"{point.id} / {entry['name']}", f"DNIS {entry['name']}"
            dnis = self._thing("dnis", id_, name, "apio", entry.get("phone_number"), entry.get("extension"))
            dnis.known = {**entry, "point": point}
        for part in ("forced_forwarding", "overflow", "bounced_call"):
            for entry in self.entries("apio", f"route_point_{part}"):
                self._point(entry).known[part] = entry
        for kind, name in (("call_center", "call_centers"), ("instant_group_call", "instant_group_calls")):
            for n, entry in enumerate(self.entries("apio", name)):
                id_ = entry.get("service_user_id") or entry.get("name") or f"{name}[{n}]"
                called = f"{kind.replace('_', ' ')} {entry.get('name') or id_}"
                thing = self._thing(kind, id_, called, "apio", entry.get("phone_number"), entry.get("extension"))
                thing.known = dict(entry)
        for entry in self.entries("ccs", "extensions"):
            if number := entry.get("extension"):
                self._thing("extension", number, f"extension {number} of the contact center", "ccs", number)
        for number, pilot in self.pilots.items():
            self._pilot(number).known["live"] = pilot
        for name in ("pilots", "pilot_calendars"):
            for entry in self.entries("o2g", name):
                self._pilot(entry["pilot_number"]).known[name] = entry
        self._gather_users()

    def _gather_users(self) -> None:
        for entry in self.entries("o2g", "pbx_objects"):
            *_parents, type_, id_ = ["", "", *segments(str(entry.get("path")))]
            if type_ == SUBSCRIBER:
                self._user(id_)
        for name in ("users", "devices", "routing", "hunting_groups"):
            for entry in self.entries("o2g", name):
                if not (number := number_of(entry) or entry.get("login_name")):
                    continue
                user = self._user(number)
                if name == "devices" and entry.get("device_id"):
                    user.numbers += [d for d in [str(entry["device_id"])] if d not in user.numbers]
                elif name == "hunting_groups" and entry.get("hunting_group"):
                    group = entry["hunting_group"]
                    members = self._thing("hunting_group", group, f"hunting group {group}", "o2g", group).known
                    members.setdefault("members", []).append((user, entry.get("logged_on")))
                else:
                    user.known[name] = {**user.known.get(name, {}), **entry}

    def _point(self, entry: Mapping[str, Any]) -> Thing:
        id_ = entry["route_point_user_id"]
        return self._thing("route_point", id_, f"route point {id_}", "apio")

    def _pilot(self, number: Any) -> Thing:
        name = (self.pilots.get(str(number)) or {}).get("name")
        return self._thing("pilot", number, f"pilot {number}" + (f" {name}" if name else ""), "o2g", number)

    def _user(self, number: Any) -> Thing:
        return self._thing("user", number, f"user {number}", "o2g", number)

    def find(self, number: str, platform: str = "") -> list[Thing]:
        """Return what has a number; first what is on the platform from which it is dialled."""
        forms = [number]
        if platform == "o2g" and self.outside and number.startswith(self.outside):
            forms.append(number.removeprefix(self.outside))
        for form in forms:
            if found := self._by_number.get(self.same(form)):
                return sorted(found, key=lambda thing: thing.platform != platform)
        return []

    def numbers(self) -> dict[str, str]:
        """Return each number that something in the tenant has, by the form in which it is compared."""
        return {self.same(n): n for thing in self.things.values() for n in thing.numbers}

    # The way of a call

    def path(self, number: str, moment: datetime) -> Path:
        """Return the way of a call to a number at a moment."""
        return self._path(number, lambda pilot: self.calendar(pilot).at(moment))

    def timeline(self, number: str, start: datetime, end: datetime) -> list[Span]:
        """Return how the way of a call to a number changes from one moment to another."""
        pilots = sorted(self._path(number, lambda _pilot: State("normal", None)).pilots)
        changes = [[(c.instant, n, c.state) for c in self._changes_of(p, start, end)] for n, p in enumerate(pilots)]
        states: dict[str, State] = {}
        paths: dict[tuple[Any, ...], Path] = {}
        points: list[tuple[datetime, Path]] = []
        for instant, n, state in merge(*changes, key=lambda one: one[0]):
            states[pilots[n]] = state
            if len(states) < len(pilots):
                continue
            key = tuple(states[pilot][:2] for pilot in pilots)
            if key not in paths:
                paths[key] = self._path(number, states.__getitem__)
            if points and points[-1][0] == instant:
                points.pop()
            if not points or points[-1][1].brief != paths[key].brief:
                points.append((instant, paths[key]))
        points = points or [(start, self._path(number, lambda pilot: State(NOTHING, None)))]
        ends = [instant for instant, _path in points[1:]] + [end]
        return [Span(since, until, path) for (since, path), until in zip(points, ends, strict=True)]

    def outline(self, number: str) -> tuple[Any, ...]:
        """Return what two timelines have in common that are the same: the things on the way, and their calendars."""
        path = self._path(number, lambda _pilot: State("normal", None))
        calendars = [(pilot, self.calendar(pilot)) for pilot in sorted(path.pilots)]
        return (path.brief, [(pilot, calendar.normal, calendar.exceptions) for pilot, calendar in calendars])

    def rule(self, pilot: str, number: int | None) -> str:
        """Return a rule of a pilot by its number and, if known, its name."""
        rules = (self.pilots.get(pilot) or {}).get("rules") or ()
        return _rule(number, {int(rule["rule_number"]): rule for rule in rules})

    def _changes_of(self, pilot: str, start: datetime, end: datetime) -> list[Change]:
        calendar = self.calendar(pilot)
        key = (id(calendar), start, end)
        if key not in self._changes:
            self._changes[key] = calendar.changes(start, end)
        return self._changes[key]

    def calendar(self, pilot: str) -> Calendar:
        """Return the calendar of a pilot: that of the lists, or else what was read."""
        if pilot not in self._calendars:
            known = self.things["pilot", pilot].known
            sides = (known.get("pilot_calendars") or {}, known.get("live") or {})
            content = {
                name: next((side[name] for side in sides if side.get(name) is not None), None) for name in SECTIONS
            }
            self._calendars[pilot] = self._alike.setdefault(repr(content), Calendar(content, self.zone))
        return self._calendars[pilot]

    def _path(self, number: str, state_of: Any) -> Path:
        path = Path()
        found = self.find(str(number))
        if not found:
            self.nobody(path, str(number), "")
            return path
        whose = f"{number} is its number" if len(found) == 1 else f"{number} is its number, and {_names(found[1:])} too"
        self.follow(path, found[0], whose, state_of, (), 0)
        return path

    def follow(self, path: Path, thing: Thing, why: str, state_of: Any, passed: tuple[Key, ...], deep: int) -> None:
        """Add a thing to a path, and all that the call comes to from there."""
        if thing.key in passed:
            path.hops.append(Hop(thing, why))
            path.missing.append(f"an end: the call comes back to {thing.name}")
            path.gap = "loop"
            path.circle = [self.things[key].name for key in (*passed[passed.index(thing.key) :], thing.key)]
            return
        if len(passed) >= MOST_HOPS:
            path.missing.append(f"an end: the call goes on more than {MOST_HOPS} times")
            return
        step = _Step(self, path, thing, why, state_of, (*passed, thing.key), deep)
        getattr(step, thing.kind)()

    def nobody(self, path: Path, number: str, platform: str) -> None:
        """End a path at a number that nothing in the tenant has."""
        path.number = number
        form = self.same(number)
        own = any(owns.has(number) for owns in self.owns) if form.lstrip("+").isdigit() else False
        if platform and ("@" in number or len(form) >= SHORTEST_NUMBER) and not own:
            path.end = "forwarded"
            return
        path.missing.append(f"who has the number {number}: nothing in this tenant")
        if own or len(form) in self._lengths:
            path.gap = "nobody"

    @cached_property
    def _lengths(self) -> set[int]:
        """How long the short numbers are that something in the tenant has."""
        return {len(form) for form in self.numbers() if len(form) < SHORTEST_NUMBER}


class _Step:
    """What one thing does with a call."""

    def __init__(
        self, paths: Paths, path: Path, thing: Thing, why: str, state_of: Any, passed: tuple[Key, ...], deep: int
    ) -> None:
        self.paths, self.path, self.thing, self.known = paths, path, thing, thing.known
        self.state_of, self.passed, self.deep = state_of, passed, deep
        self.hop = Hop(thing, why)
        path.hops.append(self.hop)

    # What can happen

    def says(self, text: str) -> None:
        self.hop.why += f"; {text}"

    def ends(self, end: str, why: str = "") -> None:
        if why:
            self.says(why)
        self.path.end = end
        self.path.number = next(iter(self.thing.numbers), self.thing.id)

    def lacks(self, what: str, gap: str = "") -> None:
        self.ends("unknown")
        self.path.missing.append(what)
        self.path.gap = gap

    def goes(self, number: Any) -> None:
        """Send the call on to a number."""
        self._on(self.path, str(number), self.deep)

    def _on(self, path: Path, number: str, deep: int) -> None:
        if found := self.paths.find(number, self.thing.platform):
            why = f"{self.thing.name} sends the call to {number}"
            self.paths.follow(path, found[0], why, self.state_of, self.passed, deep)
        else:
            self.paths.nobody(path, number, self.thing.platform)

    def may(self, load: str, when: str, end: str = "", to: Any = None, missing: str = "") -> None:
        """Tell what a load leads to."""
        path = Path(end=end or "unknown", under=load)
        if missing:
            path.missing.append(missing)
        elif to and self.deep >= DEEPEST:
            path.missing.append(f"what {to} does then: there are too many ways")
        elif to:
            self._on(path, str(to), self.deep + 1)
        self.path.load.append((when, path))

    # APIO

    def dnis(self) -> None:
        point = self.known["point"]
        self.paths.follow(self.path, point, "the DNIS belongs to it", self.state_of, self.passed, self.deep)

    def route_point(self) -> None:
        forced = self.known.get("forced_forwarding") or {}
        if forced.get("active"):
            after = f", after {_announcement(forced)}" if forced.get("play_announcement_before_forwarding") else ""
            self.says(f"forced forwarding is on{after}")
            if to := forced.get("forward_to_phone_number"):
                self.goes(to)
            else:
                self.lacks(f"where forced forwarding of {self.thing.name} leads")
            return
        self.ends("reached", "forced forwarding is off" if "active" in forced else "the code does not force forwarding")
        self._overflow(self.known.get("overflow") or {})
        bounced = self.known.get("bounced_call") or {}
        if bounced.get("active"):
            rings = bounced.get("number_of_rings_before_bouncing_call")
            when = f"the agent does not answer{f' {rings} rings' if rings else ''}"
            if bounced.get("enable_transfer") and bounced.get("transfer_phone_number"):
                self.may("agent", when, to=bounced["transfer_phone_number"])
            else:
                self.may("agent", f"{when}, and the call goes back into the queue", "reached")

    def _overflow(self, overflow: Mapping[str, Any]) -> None:
        seconds = overflow.get("timeout_seconds")
        late = f", or the call waits {seconds} s" if overflow.get("overflow_after_timeout") and seconds else ""
        when = f"the queue is full{late}"
        told = (
            f" after {_announcement(overflow)}" if overflow.get("play_announcement_before_overflow_processing") else ""
        )
        action = overflow.get("action")
        if action == "Transfer" and overflow.get("transfer_phone_number"):
            self.may("full", f"{when}{told and ','}{told}", to=overflow["transfer_phone_number"])
        elif action == "Busy":
            self.may("full", f"{when}: busy{told}", "announcement" if told else "closed")
        elif action == "Ringing":
            self.may("full", f"{when}: rings until the caller gives up{told}", "announcement" if told else "closed")
        else:
            self.may("full", when, missing=f"the overflow of {self.thing.name}")

    def call_center(self) -> None:
        if self.known.get("active") is False:
            self.ends("closed", "it is not active")
            return
        self.ends("reached", "its agents answer")
        length = self.known.get("queue_length")
        full = "the queue is full" + (f" ({length} calls)" if length is not None else "")
        self.may("full", full, missing=f"the overflow of {self.thing.name}, which no module reads")

    def instant_group_call(self) -> None:
        if self.known.get("active") is False:
            self.ends("closed", "it is not active")
            return
        targets = [str(number) for number in self.known.get("destination_phone_numbers") or ()]
        if not targets:
            self.lacks(f"whom {self.thing.name} calls")
            return
        self.ends("reached", f"it calls {_some(targets)} at the same time")
        minutes = self.known.get("answer_timeout_minutes")
        if self.known.get("answer_timeout_enabled") and minutes:
            self.may("nobody", f"nobody answers for {minutes} min", "closed")

    # CCS

    def extension(self) -> None:
        self.ends("reached", "it rings there")

    # O2G

    def pilot(self) -> None:
        fixed = self._fixed()
        state = fixed or self.state_of(self.thing.id)
        if not fixed and not self._has_calendar():
            state = State(UNKNOWN, None, "the code has no calendar for it")
        self.hop.state = state
        self.says(state.why)
        rules = {int(r["rule_number"]): r for r in (self.known.get("live") or {}).get("rules") or ()}
        if state.mode == NOTHING:
            active = [n for n, rule in rules.items() if rule.get("active")]
            if len(active) == 1:
                state = self.hop.state = State("normal", active[0], f"rule {active[0]} is active")
                self.says(state.why)
        if state.mode == "closed":
            self.ends("closed", "closed")
        elif state.mode == "forward":
            self.ends("forwarded", f"forwarded by {_rule(state.rule_number, rules)}")
            self.path.number = None
            self.path.missing.append(f"where {_rule(state.rule_number, rules)} forwards: only the PBX knows")
        elif state.mode != "normal":
            self.lacks(f"what {self.thing.name} does: {state.why}", "rule" if state.mode == NOTHING else "")
        elif rules and state.rule_number is not None and state.rule_number not in rules:
            there = ", ".join(map(str, sorted(rules)))
            self.lacks(f"rule {state.rule_number} of {self.thing.name}, which has {there}", "rule")
        else:
            self.ends("reached", f"open by {_rule(state.rule_number, rules)}")
            self.may(
                "full",
                "no agent is free, and the call waits too long",
                missing="what the rule does then: only the PBX knows",
            )

    def _has_calendar(self) -> bool:
        return "pilot_calendars" in self.known or "normal" in (self.known.get("live") or {})

    def _fixed(self) -> State | None:
        """Return what holds whatever the calendar says: somebody has closed the pilot.

        Where the pilot was read while its calendar closed it, that is no more than what the calendar did.
        """
        written = (self.known.get("pilots") or {}).get("state")
        state = written or (self.known.get("live") or {}).get("state")
        if state not in ("closed", "blocked"):
            return None
        read = self.paths.read_at if self.paths.live or not written else None
        by_itself = read and state == "closed" and self._has_calendar()
        if by_itself and self.paths.calendar(self.thing.id).at(read).mode == "closed":
            return None
        return State("closed", None, f"its state is {state}, whatever the calendar says")

    def user(self) -> None:
        routes = self.known.get("routing") or {}
        if routes.get("dnd"):
            self.ends("closed", "do not disturb is on")
            return
        forward = routes.get("forward")
        if forward and forward.get("type") == IMMEDIATE:
            if forward.get("destination") == "voicemail":
                self.ends("announcement", "all calls go to the voice mail")
            else:
                self.says("all calls are forwarded")
                self.goes(forward.get("number"))
            return
        rings = "it rings there, and at the remote extension" if routes.get("remote_extension") else "it rings there"
        known = {"dnd", "forward"} <= routes.keys()
        self.ends("reached", rings if known else f"{rings}; the code does not say all of its forwards")
        route = forward or routes.get("overflow")
        if route and route.get("type") in CONDITIONS:
            when = WHEN[route["type"]]
            if route.get("destination") == "voicemail":
                self.may("user", f"{when}: the voice mail", "announcement")
            else:
                self.may("user", when, to=route.get("number"))

    def hunting_group(self) -> None:
        members = self.known["members"]
        there = [user.id for user, logged_on in members if logged_on is not False]
        if there:
            self.ends("reached", f"it rings at {_some(there)}")
            self.may(
                "nobody",
                "all members are busy, or nobody answers",
                missing="the overflow of the group: only the PBX knows",
            )
        else:
            self.lacks(f"who answers in {self.thing.name}: all members that the code names are logged off")


def _rule(number: int | None, rules: Mapping[int, Mapping[str, Any]]) -> str:
    name = (rules.get(number) or {}).get("name") if number is not None else None
    return f"rule {number}" + (f" {name}" if name else "")


def _announcement(settings: Mapping[str, Any]) -> str:
    files = [name for name in settings.get("audio_file_list") or () if name]
    return f"the announcement {', '.join(files)}" if files else "an announcement"


def _some(numbers: Sequence[str]) -> str:
    more = f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
    return ", ".join(numbers[:3]) + more


def _names(things: Iterable[Thing]) -> str:
    return ", ".join(thing.name for thing in things)
