# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Statistics of agents and pilots: document 003, lines 15664-18490."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..errors import ApiError, Faults
from ..fields import Choice, Field, Flag, ListOf, Number, Struct, Text, Values, from_wire, read_text, to_wire, told
from ..progress import Progress
from ..resource import Collection, Entry, Job, Resource, Settings, Step, unfailed
from .channel import Late, subscribed
from .common import NUMBER, SERVICES, client, saved_zip
from .realtime import NAMES

if TYPE_CHECKING:
    from .client import O2gClient

SCOPES = "/acd/stats/scope"
TIME_LIMIT = 3600
PROGRESS = "OnAcdStatsProgress"
MOST_DAYS = 31
"""Days that a report can span (line 15690)."""
SUPERVISOR = Field("supervisorId", NUMBER, "supervisor", required=True)
AGENTS = ListOf(NUMBER, unordered=True)
OFFSET = r"-(0\d|1[01]):[0-5]\d|\+(0\d|1[0-2]):[0-5]\d"


HIT = ("contexts_lost", "contexts_cut")
"""What current adds for wanted: the contexts that lose agents with a scope."""


class Scope(Settings):
    """Whose statistics a supervisor may see. One request makes it or replaces it (line 15721)."""

    platform = "o2g"
    connect = staticmethod(client)
    noun = "statistics scope"
    plural = "statistics scopes"
    licence = SERVICES
    fields = (
        Field("supervisor.identifier", NUMBER, "supervisor", create_only=True),
        Field("supervisor.language", Choice(("EN", "FR", "DE"))),
        Field("supervisor.timezone", Text(pattern=OFFSET, like="an offset from -11:00 to +12:00, such as +01:00")),
        Field("agents", AGENTS, nullable=False),
    )
    identity = (("supervisor",),)
    lifecycle = True
    always_there = False
    cascades = True
    goes_along = "the supervisor's contexts and their schedules"
    info_filters = ("supervisor",)
    path = SCOPES + "/{supervisor}"

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        """Return the scope of a supervisor, in a list; an empty one for whom has none."""
        if not where.get("supervisor"):
            raise Faults(["supervisor: must be given"])
        there = self.current(api, {**where, "agents": []})
        return [{name: value for name, value in there.items() if name not in HIT}] if there else []

    def current(self, api: O2gClient, values: Values) -> Values | None:  # type: ignore[override]
        """Return the scope, and which contexts would go or shrink with the agents that are taken out."""
        try:
            about = api.get(self.path, values)
        except ApiError as error:
            if error.status == 404:
                return None
            raise
        there: Values = {"supervisor": values["supervisor"], **from_wire(self.fields, {"supervisor": about or {}})}
        if "agents" not in values and self.state == "present" and not self._differs(values, there):
            return there
        details = ((api.get(self.path + "/filter", values) or {}).get("agentFilter") or {}).get("agentsDetails") or []
        there["agents"] = [str(read_text(agent["number"])) for agent in details]
        if "agents" in values and (gone := set(there["agents"]) - set(values["agents"])):
            there["contexts_lost"], there["contexts_cut"] = self._hit(api, values, gone)
        return there

    def _differs(self, values: Values, there: Values) -> bool:
        return any(f.option in values and values[f.option] != there.get(f.option) for f in self.fields)

    def _hit(self, api: O2gClient, values: Values, gone: set[str]) -> tuple[list[str], list[str]]:
        """Return the labels of the contexts that have none but agents that go, and of those that have some of them."""
        lost, cut = [], []
        for context in contexts(api, values["supervisor"]):
            numbers = set(((context.get("filter") or {}).get("agent_filter") or {}).get("numbers") or [])
            if numbers & gone:
                (lost if numbers <= gone else cut).append(str(context.get("label") or context.get("ctx_id")))
        return lost, cut

    def wanted(self, entry: Entry, current: Values | None, purge: bool) -> tuple[Values, int]:
        """Count the contexts that the platform deletes with their agents (line 15700) as deletions."""
        lost, cut = (current or {}).pop("contexts_lost", []), (current or {}).pop("contexts_cut", [])
        if lost:
            entry.warnings.append(
                entry.fault(f"the platform deletes these contexts with their agents: {', '.join(lost)}")
            )
        if cut:
            entry.warnings.append(entry.fault(f"the platform takes agents out of these contexts: {', '.join(cut)}"))
        return entry.values, len(lost)

    def _put(self, api: O2gClient, values: Values) -> None:
        """Send the whole scope: what is left out of it would be lost."""
        body = to_wire([f for f in self.fields if values.get(f.option) is not None], values)
        body["agents"] = [{"number": number} for number in values.get("agents") or []]
        api.request("POST", SCOPES, body=body, replay=True)

    def create(self, api: O2gClient, step: Step) -> None:
        self._put(api, step.values)

    def update(self, api: O2gClient, step: Step) -> None:
        self._put(api, step.values)

    def delete(self, api: O2gClient, step: Step) -> None:
        _delete(api, self.path, step.values)


@dataclass(frozen=True, eq=False)
class OneOf(Struct):
    """An object with one of its members: where another one is there, it gives way."""

    def same(self, current: Any, wanted: Any, country: str | None) -> bool:
        others = [f for f in self.fields if f.option not in (wanted or {}) and (current or {}).get(f.option)]
        return not others and super().same(current, wanted, country)

    def merged(self, current: Any, wanted: Any) -> Any:
        return {name: {**((current or {}).get(name) or {}), **value} for name, value in wanted.items() if value}


NUMBERS = ListOf(NUMBER, unordered=True)
FILTER = OneOf(
    (
        Field(
            "agentFilter",
            Struct((Field("numbers", NUMBERS), Field("agentAttributes", NAMES), Field("pilotAttributes", NAMES))),
        ),
        Field("pilotFilter", Struct((Field("numbers", NUMBERS), Field("attributes", NAMES)))),
    )
)


class Context(Collection):
    """What a supervisor wants to know: of which agents or pilots, and which figures."""

    platform = "o2g"
    connect = staticmethod(client)
    noun = "statistics context"
    plural = "statistics contexts"
    licence = SERVICES
    parents = (SUPERVISOR,)
    fields = (
        Field("ctxId", Text(1, quoted=True), create_only=True, in_body=False, nullable=False),
        Field("label", Text(1), nullable=False),
        Field("description", Text()),
        Field("filter", FILTER, required=True),
        Field("isScheduled", Flag(), read_only=True),
    )
    identity = (("ctx_id",), ("label",))
    path = SCOPES + "/{supervisor}/ctx"
    item = "/{ctx_id}"
    envelope = "contexts"
    listed = ("ctx_id", "label", "description", "filter", "is_scheduled")
    info_filters = ("label", "ctx_id")
    gatherable = ("schedules",)
    goes_along = "its schedules"

    @classmethod
    def anew(cls, values: Values) -> Values:
        """A new one gets an id of its own."""
        return {name: value for name, value in values.items() if name != "ctx_id"}

    def gathered(self, api: O2gClient, there: list[Values], gather: Sequence[str]) -> list[Values]:
        def scheduled(context: Values) -> Values:
            where = {name: context[name] for name in ("supervisor", "ctx_id")}
            found = Schedule().listing(api, where)
            return {**context, "schedules": [{n: v for n, v in one.items() if n not in where} for one in found]}

        return unfailed(api.map(scheduled, there)) if "schedules" in gather else there

    def above(self, parents: Values, error: ApiError) -> str:
        return Scope.label(parents) if error.status == 404 else ""

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if len([part for part in (values.get("filter") or {}).values() if part]) > 1:
            yield "filter", "has agent_filter and pilot_filter, of which there can be one"

    def refusal(self, step: Step) -> Iterable[str]:
        if step.action == "create" and ("ctx_id" in step.entry.values or "label" not in step.changes):
            yield f"there is no {self.label(step.entry.values)}; a new one is named by its label, and gets its id"

    def values_of(self, body: Any) -> Values:
        """Read the answer to a creation too: an object, or the bare id (line 15906)."""
        if isinstance(body, (int, str)):
            return {"ctx_id": str(body)}
        return {"ctx_id": str(body["id"])} if isinstance(body, Mapping) and "id" in body else super().values_of(body)

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        if "ctx_id" not in where:
            return super().find(api, where, gather)
        try:
            found = self.detail(api, where)
        except ApiError as error:
            if error.status == 404:
                return []
            raise
        chosen = [] if where.get("label") not in (None, found.get("label")) else [found]
        return self.gathered(api, chosen, gather)

    def body(self, step: Step) -> dict[str, Any]:
        """Return all of the context: its table asks for the filter in each request, and knows no null (line 18237)."""
        names = ("label", "description", "filter")
        whole = {name: step.values.get(name) for name in names if name in step.changes or step.values.get(name)}
        return to_wire(self.fields, {name: "" if value is None else value for name, value in whole.items()})

    def stages(self, steps: Sequence[Step]) -> list[list[Job]]:
        """Where all contexts of a supervisor go, one request removes them."""
        deletions, *others = super().stages(steps)
        by_place: dict[Any, list[Step]] = {}
        for job in deletions:
            by_place.setdefault(self.place(job.steps[0].address), []).extend(job.steps)
        jobs: list[Job] = []
        for place, group in by_place.items():
            every = len(group) > 1 and len(group) == len(self.lists.get(place, ()))
            jobs += [Job(group, self._delete_all)] if every else [self._job(step) for step in group]
        return [jobs, *others]

    def _delete_all(self, api: O2gClient, steps: Sequence[Step]) -> None:
        _delete(api, self.path, steps[0].address)


class NoContext(ApiError):
    """There is no such context."""


def contexts(api: O2gClient, supervisor: str) -> list[Values]:
    """Return the contexts of a supervisor, read once per task."""
    listed = Context()
    return api.once(("contexts", supervisor), lambda: listed.listing(api, {"supervisor": supervisor}))


def context_id(api: O2gClient, values: Values) -> str:
    """Return the id of a context that is named by its label or its id. Raises ApiError if there is none."""
    if values.get("ctx_id"):
        return str(values["ctx_id"])
    found = [one for one in contexts(api, values["supervisor"]) if one.get("label") == values["context"]]
    if len(found) != 1:
        ids = ", ".join(str(one["ctx_id"]) for one in found)
        which = f"{len(found)} contexts are called {values['context']!r}: {ids}. Say by ctx_id which one is meant"
        raise ApiError(which) if found else NoContext(f"{values['supervisor']} has no context {values['context']!r}")
    return str(found[0]["ctx_id"])


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PERIODS = {
    "currentDay": None,
    "currentWeek": None,
    "currentMonth": None,
    "lastDays": 31,
    "lastWeeks": 4,
    "lastMonth": 1,
    "fromDateToDate": None,
}
"""Periods of a report, each with the most of its units (line 17859)."""
MOMENT = Text(16, 16, r"\d{4}-\d\d-\d\dT\d\d:\d\d", "a time such as 2026-11-01T00:00", quoted=True)
CONTEXT = (Field("context", Text(1)), Field("ctxId", Text(1, quoted=True)))


class Schedule(Collection):
    """A report that is sent by mail, now and then."""

    platform = "o2g"
    connect = staticmethod(client)
    noun = "statistics schedule"
    plural = "statistics schedules"
    licence = SERVICES
    parents = (*CONTEXT, SUPERVISOR)
    fields = (
        Field("name", Text(1)),
        Field("description", Text()),
        Field(
            "obsPeriod",
            Struct(
                (
                    Field("periodType", Choice(tuple(PERIODS)), required=True),
                    Field("lastNb", Number(1, 31)),
                    Field("beginDate", MOMENT),
                    Field("endDate", MOMENT),
                )
            ),
            required=True,
        ),
        Field(
            "frequency",
            Struct(
                (
                    Field("periodicity", Choice(("once", "daily", "weekly", "monthly")), required=True),
                    Field("daysInWeek", ListOf(Choice(DAYS), unordered=True)),
                    Field("dayInMonth", Number(0, 31)),
                )
            ),
            required=True,
        ),
        Field("recipients", ListOf(Text(3), unordered=True), required=True),
        Field("fileType", Choice(("csv", "xls"))),
        Field("enable", Flag(), "enabled", in_body=False),
        Field("state", Text(), "execution_state", read_only=True),
        Field("lastExecDate", Text(), read_only=True),
    )
    identity = (("name",),)
    path = SCOPES + "/{supervisor}/ctx/{ctx_id}/schedule"
    item = "/{name}"
    envelope = "schedules"
    listed = tuple(f.option for f in fields)

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if len([name for name in ("context", "ctx_id") if values.get(name)]) != 1:
            yield "context", "must be given, or ctx_id, to say of which context"
        period, frequency = values.get("obs_period") or {}, values.get("frequency") or {}
        kind = period.get("period_type")
        most = PERIODS.get(kind or "")
        if period.get("last_nb") and not most:
            yield "obs_period.last_nb", "goes with lastDays, lastWeeks and lastMonth"
        elif most and period.get("last_nb", 1) > most:
            yield "obs_period.last_nb", f"can be 1 to {most} with {kind}"
        dates = [name for name in ("begin_date", "end_date") if period.get(name)]
        if kind == "fromDateToDate":
            if len(dates) < 2:
                yield "obs_period", "needs begin_date and end_date with fromDateToDate"
            elif fault := _span(period["begin_date"], period["end_date"], "%Y-%m-%dT%H:%M"):
                yield "obs_period.end_date", fault
        elif dates:
            yield f"obs_period.{dates[0]}", "goes with fromDateToDate"
        if frequency.get("days_in_week") and frequency["periodicity"] != "weekly":
            yield "frequency.days_in_week", "goes with weekly"
        if frequency.get("day_in_month") is not None and frequency["periodicity"] != "monthly":
            yield "frequency.day_in_month", "goes with monthly"

    def above(self, parents: Values, error: ApiError) -> str:
        missing = isinstance(error, NoContext) or error.status == 404
        return Context.label({**parents, "label": parents.get("context")}) if missing else ""

    def path_values(self, api: O2gClient, values: Values) -> Mapping[str, Any]:
        return {**values, "ctx_id": context_id(api, values)}

    def create(self, api: O2gClient, step: Step) -> None:
        where = self.path_values(api, step.values)
        api.request("POST", self.path, where, body=self.body(step), replay=False)
        if step.changes.get("enabled"):
            self._enable(api, step, True)
        self._seen(api, step)

    def update(self, api: O2gClient, step: Step) -> None:
        if any(f.option in step.changes for f in self.fields if f.in_body):
            whole = to_wire(
                [f for f in self.fields if f.in_body], {k: v for k, v in step.values.items() if v is not None}
            )
            enabled = (step.before or {}).get("enabled")
            where = self.path_values(api, step.address)
            api.request("PUT", self.path + self.item, where, body={**whole, "enable": bool(enabled)})
        if "enabled" in step.changes:
            self._enable(api, step, step.changes["enabled"])
        self._seen(api, step)

    def _seen(self, api: O2gClient, step: Step) -> None:
        """Read what is there now: a new schedule is not enabled whatever it says, and has a state of its own."""
        named = [f.option for f in (*self.parents, *self.fields[:1]) if f.option in step.values]
        now = self.detail(api, {name: step.values[name] for name in named})
        self.confirm(step, now)
        step.after = {**(step.after or {}), **now}

    def _enable(self, api: O2gClient, step: Step, enabled: bool) -> None:
        query = {"enable": str(enabled).lower()}
        where = self.path_values(api, step.values)
        api.request("POST", self.path + self.item + "/enable", where, query=query, replay=True)


def _span(begin: str, end: str, form: str) -> str:
    """Return what is wrong with a period, or an empty text."""
    try:
        days = (datetime.strptime(end, form) - datetime.strptime(begin, form)).days
    except ValueError:
        return f"{begin!r} or {end!r} is no day of the calendar"
    if days < 0:
        return "is before the begin"
    return f"is more than {MOST_DAYS} days after the begin" if days >= MOST_DAYS else ""


DAY = Text(10, 16, r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", "a day such as 2026-11-01", quoted=True)


class Report(Resource):
    """Figures of a context: of several days, or of one day by time slots."""

    platform = "o2g"
    connect = staticmethod(client)
    noun = "statistics report"
    licence = SERVICES
    parents = (SUPERVISOR,)
    also_in_paths = ("ctx_id",)
    fields = (
        *CONTEXT,
        Field("beginDate", DAY),
        Field("endDate", DAY),
        Field("date", DAY),
        Field("slotType", Choice(("aQuarterOfAnHour", "halfAnHour", "anHour"))),
        Field("format", Choice(("json", "csv", "xls"))),
        Field("dest", Text(1)),
        Field("jdata", Flag()),
        Field("asyncReport", Flag()),
        Field("timeLimit", Number(1, 86400)),
        Field("channelUrl", Text(1)),
    )
    info_only = True
    info_filters = tuple(field.option for field in fields)
    path = SCOPES + "/{supervisor}/ctx/{ctx_id}"

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        self._check(where)
        several = "begin_date" in where
        form = where.get("format", "json")
        query = {"begindate": _at(where, "begin_date"), "enddate": _at(where, "end_date")} if several else {}
        if not several:
            query = {
                name: value
                for name, value in (("date", _at(where, "date")), ("slotType", where.get("slot_type")))
                if value
            }
        if form != "json":
            query["format"] = form
        path = self.path + ("/days/data" if several else "/oneday/jdata" if where.get("jdata") else "/oneday/data")
        named = {**where, "ctx_id": context_id(api, where)}

        def cancel() -> None:
            api.request("DELETE", SCOPES + "/{supervisor}/data/request", where)

        # in check mode nothing is subscribed to, and nothing cancelled
        with nullcontext() if api.check_mode else api.at_the_end(cancel, _unanswered):
            if where.get("async_report") and not api.check_mode:
                answer = self._collected(api, path, named, query)
            else:
                answer = api.get(path, named, query=query, binary=form != "json")
        about: Values = {name: where[name] for name in ("supervisor", "context") if name in where}
        about |= {"ctx_id": named["ctx_id"], "format": form}
        if form == "json":
            return [{**about, "statistics": told(answer or {})}]
        return [{**about, **saved_zip(api, f"GET {api.base}{path.format_map(named)}", answer, where["dest"])}]

    def _collected(self, api: O2gClient, path: str, where: Values, query: Mapping[str, str]) -> Any:
        """Have a report made, follow how far it is by events, and fetch the file that the last one names."""
        limit = where.get("time_limit", TIME_LIMIT)
        end = time.monotonic() + limit
        done = 0
        with subscribed(api, "acdstats", where.get("channel_url")) as channel:
            api.request("GET", path, where, query={**query, "async": "true"})
            progress = Progress(api.teller, "collecting statistics", 0)
            try:
                for event in channel.until(end):
                    of = str(event.get("supervisor"))
                    if event.get("eventName") != PROGRESS or (of.isdecimal() and of != where["supervisor"]):
                        continue  # a report of another supervisor, unless it is his name that stands there
                    progress.total = event.get("nbTotObjects") or progress.total
                    progress.add((event.get("nbProcessedObjects") or progress.done) - progress.done)
                    done = progress.done
                    if event.get("step") in ("ERROR", "CANCELLED"):
                        what = "failed" if event["step"] == "ERROR" else "was cancelled on the platform"
                        raise ApiError(f"The report {what}, {done} of {progress.total} collected. Run again", 200)
                    if event.get("step") == "FORMATED":
                        return self._file(api, event, query["format"])
            except Late:
                raise ApiError(
                    f"The report was not ready after time_limit={limit} s, {done} of {progress.total} collected. "
                    f"It was cancelled on the platform. Raise time_limit, or ask for fewer days or agents"
                ) from None
        raise AssertionError("unreachable")

    @staticmethod
    def _file(api: O2gClient, event: Mapping[str, Any], form: str) -> Any:
        """Fetch the file of a report: the whole one, where there are several (line 17196)."""
        names = (*(("xlsfullResPath",) if form == "xls" else ()), "fullResPath", "resPath")
        path = next((str(event[name]) for name in names if event.get(name)), "")
        if not path:
            raise ApiError(f"The report is ready, but O2G names no file of it: {sorted(event)}", 200)
        path = "/" + urlsplit(path).path.lstrip("/").replace("{", "{{").replace("}", "}}")
        return api.request("GET", path, base="", binary=True)

    @staticmethod
    def _check(where: Values) -> None:
        faults = []
        if len([name for name in ("context", "ctx_id") if where.get(name)]) != 1:
            faults.append("context: must be given, or ctx_id")
        days = [name for name in ("begin_date", "end_date") if where.get(name)]
        if len(days) == 1:
            faults.append(
                "end_date: goes with begin_date" if days == ["end_date"] else "end_date: must be given with begin_date"
            )
        elif days and (fault := _span(where["begin_date"][:10], where["end_date"][:10], "%Y-%m-%d")):
            faults.append(f"end_date: {fault}")
        if days and (alone := [name for name in ("date", "slot_type") if where.get(name)]):
            faults.append(f"{alone[0]}: is for one day, and cannot stand beside begin_date and end_date")
        if where.get("jdata") and (days or where.get("format", "json") != "json"):
            faults.append("jdata: is one day as json only")
        if where.get("format", "json") != "json" and not where.get("dest"):
            faults.append("dest: must be given with csv and xls")
        if where.get("format", "json") == "json" and where.get("dest"):
            faults.append("dest: goes with csv and xls")
        if where.get("async_report"):
            if where.get("format", "json") == "json":
                faults.append("async_report: goes with csv and xls")
        else:
            faults += [f"{name}: goes with async_report" for name in ("time_limit", "channel_url") if where.get(name)]
        if faults:
            raise Faults(faults)


def _unanswered(error: BaseException | None) -> bool:
    """Tell whether the platform may still be at work: an answer of its own has ended it."""
    return error is not None and not (isinstance(error, ApiError) and error.status is not None)


def _at(where: Values, option: str) -> str | None:
    """Return a day as the query writes it, with a time."""
    day = where.get(option)
    return day if day is None or len(day) > 10 else f"{day} 00:00"


def _delete(api: O2gClient, path: str, where: Values) -> None:
    try:
        api.request("DELETE", path, where)
    except ApiError as error:
        if error.status != 404:
            raise
