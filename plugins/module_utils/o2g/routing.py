# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the calls of users go: document 003, lines 6830-7760."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import ApiError
from ..fields import Choice, Field, Flag, Struct, Values, read_text
from ..resource import Entry, Found, Settings, Step
from .common import NUMBER, OfUser, OfUsers

if TYPE_CHECKING:
    from .client import O2gClient

ADVANCED = "ROXE_API_TEL_ADVANCED"
PATH = "/routing"
CONDITIONS = {"busy": "BUSY", "no_answer": "NO_ANSWER", "busy_no_answer": "BUSY_NO_ANSWER"}
IMMEDIATE = "immediate"
"""A forward without a condition has no type on the wire (line 7576)."""
PARTS = ("dnd", "forward", "overflow", "remote_extension")


@dataclass(frozen=True, eq=False)
class Route(Struct):
    """Where calls go, as a whole: a new one takes the place of an old one."""

    def merged(self, current: Any, wanted: Any) -> Any:
        return wanted


def _route(conditions: Iterable[str]) -> Route:
    return Route(
        (
            Field("type", Choice(tuple(conditions)), required=True),
            Field("destination", Choice(("number", "voicemail")), required=True),
            Field("number", NUMBER),
        )
    )


class Routing(OfUser, Settings):
    """What a user has set of it."""

    noun = "routing"
    plural = "routings"
    licence = ADVANCED
    fields = (
        Field("dnd", Flag()),
        Field("forward", _route((IMMEDIATE, *CONDITIONS))),
        Field("overflow", _route(CONDITIONS)),
        Field("remoteExtension", Flag()),
    )

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if not set(PARTS) & values.keys():
            yield "dnd", f"must be given, or one of {', '.join(PARTS[1:])}"
        for name in ("forward", "overflow"):
            route = values.get(name)
            if route and (route["destination"] == "number") != bool(route.get("number")):
                text = "must be given" if route["destination"] == "number" else "cannot stand beside voicemail"
                yield f"{name}.number", text

    def read(
        self, api: O2gClient, entries: Sequence[Entry], whole: Sequence[Entry]
    ) -> tuple[list[Found], list[Values]]:
        found, others = super().read(api, entries, whole)
        circles = self._circles(api, entries, found)
        return [circles.get(id(entry), there) for entry, there in zip(entries, found, strict=True)], others

    def current(self, api: O2gClient, values: Values) -> Values:
        """Return those parts that are wanted: one by itself, or all at once, in one request."""
        query = self.query(api, values)
        wanted = [part for part in PARTS if part in values]
        own: dict[str, Callable[[], Values]] = {
            "dnd": lambda: read_dnd(api, query),
            "forward": lambda: {"forward": read_forward(_one(api, f"{PATH}/forwardroute", query))},
            "overflow": lambda: {"overflow": read_overflow(_one(api, f"{PATH}/overflowroute", query))},
        }
        if len(wanted) == 1 and wanted[0] in own:
            there = own[wanted[0]]()
        else:
            there = read_state(api, query, "dnd" in wanted)
            if "remote_extension" in wanted and there["remote_extension"] is None:
                raise ApiError("the user has no remote extension")
        return {**self.address_of(values), **there}

    def _circles(self, api: O2gClient, entries: Sequence[Entry], found: Sequence[Found]) -> dict[int, ApiError]:
        """Return, by id of the entry, which new forward of all calls would lead back to where it began.

        Followed are the forwards that this task would make, and beyond them those that are live. Where some of them
        depend on whether somebody is busy or answers, calls may go in a circle, and the entry is warned of it.
        """
        routes: dict[str, Any] = {}
        new: list[tuple[Entry, str]] = []
        for entry, there in zip(entries, found, strict=True):
            if not isinstance(there, dict):
                continue
            number = str(there.get("login_name") or there.get("device_number") or "").removeprefix("oxe")
            wanted = entry.values.get("forward", there.get("forward"))
            if "forward" in entry.values or "forward" in there:
                routes[number] = wanted
            if "forward" in entry.values and target(wanted) and not self._same(there.get("forward"), wanted):
                new.append((entry, number))
        unknown = {target(routes[number]) for _entry, number in new} - routes.keys()
        while unknown:  # each hop of all chains at once, and each number once
            ahead = sorted(unknown)
            routes.update(zip(ahead, api.map(lambda number: self._live(api, number), ahead), strict=True))
            unknown = {target(routes[number]) for number in ahead} - routes.keys() - {""}
        errors = {}
        for entry, number in new:
            chain = way(routes, number)
            if isinstance(failed := routes.get(chain[-1]), ApiError):
                errors[id(entry)] = ApiError(f"forward: whether it leads in a circle cannot be told: {failed}")
            if chain.index(chain[-1]) == len(chain) - 1:
                continue
            shown = " -> ".join(chain)
            if always(routes, chain):
                errors[id(entry)] = ApiError(f"forward: would lead calls in a circle: {shown}")
            elif (text := f"forward: may lead calls in a circle: {shown}") not in entry.warnings:
                entry.warnings.append(text)
        return errors

    def _same(self, current: Any, wanted: Any) -> bool:
        return self.fields[1].kind.same(current, wanted, self.country)

    def _live(self, api: O2gClient, number: str) -> Values | None:
        """Return the forward of a number that this task leaves alone; none if it is no user's, or not to be seen."""
        if api.who()[0] is False:
            return None
        try:
            return read_forward(_one(api, f"{PATH}/forwardroute", {"loginName": f"oxe{number}"}))
        except ApiError as error:
            if error.status in (400, 403):  # the number is no user's
                return None
            raise

    def update(self, api: O2gClient, step: Step) -> None:
        query, changes = self.query(api, step.values), step.changes

        def send(method: str, path: str, body: Any = None) -> None:
            api.request(method, PATH + path, query=query, body=body, replay=True)

        if "dnd" in changes:
            send("POST" if changes["dnd"] else "DELETE", "/dnd")
        if "forward" in changes:
            route = changes["forward"]
            send("POST", "/forwardroute", {"forwardRoute": _wire("forwardType", route)}) if route else send(
                "DELETE", "/forwardroute"
            )
        if "overflow" in changes:
            route = changes["overflow"]
            send("POST", "/overflowroute", {"overflowRoutes": [_wire("overflowType", route)]}) if route else send(
                "DELETE", "/overflowroute"
            )
        if "remote_extension" in changes:
            mobile = {"type": "MOBILE", "selected": changes["remote_extension"]}
            send("POST", "", {"presentationRoutes": [{"destinations": [mobile]}]})


class RoutingInfo(OfUsers):
    """What users have set, and what they may set."""

    noun = "routing"
    plural = "routings"
    licence = ADVANCED
    fields = Routing.fields
    gatherable = ("state", "capabilities")
    gathered_by_default = ("state",)

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        logins = self.logins(api, where)
        return self.readable(logins, api.map(lambda login: self._told(api, login, gather), logins))

    @staticmethod
    def _told(api: O2gClient, login: str, gather: Sequence[str]) -> Values:
        query = OfUser().query(api, {"login_name": login})
        user: Values = {"login_name": login}
        if "state" in gather:
            user |= read_state(api, query)
        if "capabilities" in gather:
            body = api.get(PATH, query=query) or {}
            names = {"dnd": "dnd", "forward": "forwardRoute", "overflow": "overflowRoute"}
            may = {name: _flag(body.get(wire)) for name, wire in names.items()}
            user["capabilities"] = {**may, "remote_extension": _flag(body.get("presentationRoute"))}
        return user


def _flag(value: Any) -> bool | None:
    """Read a boolean, which the examples have as text (lines 6985, 7046)."""
    return Flag().from_wire(value)


def _one(api: O2gClient, path: str, query: Mapping[str, Any]) -> Any:
    """Return a route; None where there is none, which is told by 404, an empty body or an empty object (T 7137)."""
    try:
        return api.get(path, query=query, empty=True) or None
    except ApiError as error:
        if error.status == 404:
            return None
        raise


def _read(route: Any, key: str) -> Values | None:
    destinations = (route or {}).get("destinations") or []
    if not destinations:
        return None
    kind = read_text(route.get(key)) or ""
    known = {wire: name for name, wire in CONDITIONS.items()} | ({"": IMMEDIATE} if key == "forwardType" else {})
    first = destinations[0]
    voicemail = read_text(first.get("type")) == "VOICEMAIL"
    return {
        "type": known.get(kind, kind.lower()),
        "destination": "voicemail" if voicemail else "number",
        **({} if voicemail else {"number": read_text(first.get("number"))}),
    }


def read_forward(route: Any) -> Values | None:
    """Read a forward as options; None if there is none."""
    return _read(route, "forwardType")


def read_overflow(route: Any) -> Values | None:
    """Read an overflow as options; None if there is none."""
    return _read(route, "overflowType")


def read_dnd(api: O2gClient, query: Mapping[str, Any]) -> Values:
    """Read whether a user is not to be disturbed; nothing if the platform does not say."""
    told = _flag(api.get(f"{PATH}/dnd", query=query).get("activate"))
    return {} if told is None else {"dnd": told}


def read_state(api: O2gClient, query: Mapping[str, Any], dnd: bool = True) -> Values:
    """Read all routes of a user; C(remote_extension) is None for a user who has none.

    With C(dnd) it is asked for by itself where the answer leaves it out, as the example does (line 7446).
    """
    body = api.get(f"{PATH}/state", query=query)
    presented = [d for route in body.get("presentationRoutes") or [] for d in route.get("destinations") or []]
    mobile = [_flag(d.get("selected")) for d in presented if d.get("type") == "MOBILE"]
    disturb = _flag((body.get("dndState") or {}).get("activate"))
    return {
        **({"dnd": disturb} if disturb is not None else read_dnd(api, query) if dnd else {}),
        "forward": read_forward(next(iter(body.get("forwardRoutes") or []), None)),
        "overflow": read_overflow(next(iter(body.get("overflowRoutes") or []), None)),
        "remote_extension": bool(mobile[0]) if mobile else None,
    }


def _wire(key: str, route: Values) -> Values:
    number = {"type": "NUMBER", "number": route.get("number")}
    destination = {"type": "VOICEMAIL"} if route["destination"] == "voicemail" else number
    kind = {} if route["type"] == IMMEDIATE else {key: CONDITIONS[route["type"]]}
    return {**kind, "destinations": [destination]}


def target(forward: Any) -> str:
    """Return the number to which calls go, or an empty text."""
    return str(forward.get("number") or "") if isinstance(forward, dict) else ""


def way(routes: Mapping[str, Any], number: str) -> list[str]:
    """Return the numbers through which forwards lead; the last stands in it twice where they lead in a circle."""
    chain, passed, at = [number], {number}, number
    while ahead := target(routes.get(at)):
        chain.append(ahead)
        if ahead in passed:
            break
        passed.add(ahead)
        at = ahead
    return chain


def always(routes: Mapping[str, Any], chain: Sequence[str]) -> bool:
    """Tell whether all calls take the circle in which a way ends, whoever is busy or answers."""
    return all(routes[at]["type"] == IMMEDIATE for at in chain[chain.index(chain[-1]) : -1])
