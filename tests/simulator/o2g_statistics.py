# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: statistics of agents and pilots: scopes of supervisors, contexts, schedules and data."""

from __future__ import annotations

import copy
import datetime
import io
import random
import zipfile
from typing import Any

from .base import Answer, Area, Call, RefusalError, handles
from .o2g_events import Events, Told
from .o2g_realtime import Realtime

AGENT_ATTRIBUTES = ["nbRotating", "nbPickedUp", "nbRingAcd", "convAcdTDur"]
AGENT_PILOT_ATTRIBUTES = ["nbCallsReceived", "nbCallsServed"]
PILOT_ATTRIBUTES = ["nbCallsOpen", "nbCallsServedByAgent", "nbAbandons"]
SLOTS = {"aQuarterOfAnHour": 15, "halfAnHour": 30, "anHour": 60}
MOST_DAYS = 31
SCOPES: dict[str, Any] = {
    "70104": {
        "supervisor": {"identifier": "70104", "language": "EN", "timezone": "+01:00"},
        "agents": [{"number": "70101"}, {"number": "70102"}],
        "contexts": {
            "11": {
                "ctxId": "11",
                "supervisorId": "70104",
                "label": "Team",
                "filter": {"agentFilter": {"numbers": ["70101"], "agentAttributes": ["nbPickedUp"]}},
                "schedules": {},
            }
        },
    }
}
"""The scope of the supervisor, with a context."""
FORM = "%Y-%m-%d %H:%M"
FILES = "/acdstats/"
"""Where the files of asynchronous reports are; the document names their paths, and not in which folder they are."""


class Statistics(Area):
    def reset(self, seed: dict[str, Any]) -> None:
        known = self._known("agents")
        self.scopes: dict[str, dict[str, Any]] = {
            supervisor: copy.deepcopy(scope)
            for supervisor, scope in seed.get("statistics", SCOPES).items()
            if all(agent["number"] in known for agent in scope["agents"])
        }
        self.last_id = 11
        self.files: dict[str, bytes] = {}
        self.running: set[str] = set()
        """The supervisors who have a report made that does not end."""

    def snapshot(self) -> dict[str, Any]:
        return {"statistics": self.scopes, "running_reports": sorted(self.running)}

    # Scopes

    def _scope(self, call: Call) -> dict[str, Any]:
        supervisor = call.parameters["supervisorId"]
        if supervisor not in self.scopes:
            raise RefusalError(404, f"there is no scope of {supervisor}")
        return self.scopes[supervisor]

    def _known(self, kind: str) -> dict[str, dict[str, str]]:
        return {one["number"]: one for one in self.platform.area(Realtime).watchable()[kind]}

    @handles("o2gSetStatisticsScope")
    def set_scope(self, call: Call) -> Answer:
        supervisor, agents = call.body["supervisor"], call.body.get("agents", [])
        known = self._known("agents")
        if unknown := [agent["number"] for agent in agents if agent["number"] not in known]:
            raise RefusalError(400, f"unknown agent {unknown[0]}")
        scope = self.scopes.setdefault(supervisor["identifier"], {"contexts": {}})
        scope |= {"supervisor": supervisor, "agents": agents}
        kept = {agent["number"] for agent in agents}
        for number, context in list(scope["contexts"].items()):
            if part := context["filter"].get("agentFilter"):
                part["numbers"] = [n for n in part["numbers"] if n in kept]
                if not part["numbers"]:
                    del scope["contexts"][number]
        return Answer(200, {})

    @handles("o2gGetStatisticsScope")
    def get_scope(self, call: Call) -> Answer:
        return Answer(200, self._scope(call)["supervisor"])

    @handles("o2gDeleteStatisticsScope")
    def delete_scope(self, call: Call) -> Answer:
        self._scope(call)
        del self.scopes[call.parameters["supervisorId"]]
        return Answer(204)

    @handles("o2gGetStatisticsFilter")
    def get_filter(self, call: Call) -> Answer:
        scope = self._scope(call)

        def extended(names: list[str], prefix: str) -> list[dict[str, str]]:
            return [{"dto": name, "ref": f"{prefix}{at:03d}", "transl": name} for at, name in enumerate(names, start=1)]

        return Answer(
            200,
            {
                "agentFilter": {
                    "agentsDetails": scope["agents"],
                    "agentAttrExts": extended(AGENT_ATTRIBUTES, "AC"),
                    "pilotAttrExts": extended(AGENT_PILOT_ATTRIBUTES, "AC"),
                },
                "pilotFilter": {
                    "pilots": [
                        {"number": one["number"], "name": one["name"]} for one in self._known("pilots").values()
                    ],
                    "attrExts": extended(PILOT_ATTRIBUTES, "PC"),
                },
            },
        )

    # Contexts

    def _context(self, call: Call) -> dict[str, Any]:
        number = call.parameters["ctxId"]
        contexts = self._scope(call)["contexts"]
        if number not in contexts:
            raise RefusalError(404, f"there is no context {number}")
        return contexts[number]

    def _view(self, context: dict[str, Any]) -> dict[str, Any]:
        shown = {name: value for name, value in context.items() if name != "schedules"}
        return {**shown, "isScheduled": bool(context["schedules"])}

    def _checked(self, call: Call, body: dict[str, Any]) -> dict[str, Any]:
        """The members that a request sets; ids are ignored."""
        wanted = {name: body[name] for name in ("label", "description", "filter") if name in body}
        part = wanted.get("filter", {})
        if set(part) >= {"agentFilter", "pilotFilter"} and part["agentFilter"] and part["pilotFilter"]:
            raise RefusalError(400, "agentFilter and pilotFilter exclude each other")
        agents = {agent["number"] for agent in self._scope(call)["agents"]}
        for name, known in (("agentFilter", agents), ("pilotFilter", set(self._known("pilots")))):
            if unknown := [n for n in (part.get(name) or {}).get("numbers") or [] if n not in known]:
                raise RefusalError(400, f"{name}: {unknown[0]} is not in the scope")
        return wanted

    def _answer(self, number: str) -> Answer:
        return Answer(200, int(number) if self.settings["statistics_id"] == "number" else {"id": number})

    @handles("o2gCreateStatisticsContext")
    def create_context(self, call: Call) -> Answer:
        wanted = self._checked(call, call.body)
        self.last_id += 1
        number = str(self.last_id)
        self._scope(call)["contexts"][number] = {
            "ctxId": number,
            "supervisorId": call.parameters["supervisorId"],
            **wanted,
            "schedules": {},
        }
        return self._answer(number)

    @handles("o2gListStatisticsContexts")
    def list_contexts(self, call: Call) -> Answer:
        return Answer(200, {"contexts": [self._view(one) for one in self._scope(call)["contexts"].values()]})

    @handles("o2gDeleteStatisticsContexts")
    def delete_contexts(self, call: Call) -> Answer:
        self._scope(call)["contexts"].clear()
        return Answer(204)

    @handles("o2gGetStatisticsContext")
    def get_context(self, call: Call) -> Answer:
        return Answer(200, self._view(self._context(call)))

    @handles("o2gUpdateStatisticsContext")
    def update_context(self, call: Call) -> Answer:
        self._context(call).update(self._checked(call, call.body))
        return Answer(204)

    @handles("o2gDeleteStatisticsContext")
    def delete_context(self, call: Call) -> Answer:
        del self._scope(call)["contexts"][self._context(call)["ctxId"]]
        return Answer(204)

    # Schedules, whose name is their id

    def _schedule(self, call: Call) -> dict[str, Any]:
        name = call.parameters["scheduleId"]
        schedules = self._context(call)["schedules"]
        if name not in schedules:
            raise RefusalError(404, f"there is no schedule {name}")
        return schedules[name]

    @handles("o2gCreateStatisticsSchedule")
    def create_schedule(self, call: Call) -> Answer:
        schedules = self._context(call)["schedules"]
        if call.body["name"] in schedules:
            raise RefusalError(400, f"there is a schedule {call.body['name']} already")
        schedules[call.body["name"]] = {**call.body, "enable": False, "state": "Not_executed"}
        return Answer(200, {"id": call.body["name"]})

    @handles("o2gListStatisticsSchedules")
    def list_schedules(self, call: Call) -> Answer:
        return Answer(200, {"schedules": list(self._context(call)["schedules"].values())})

    @handles("o2gGetStatisticsSchedule")
    def get_schedule(self, call: Call) -> Answer:
        return Answer(200, self._schedule(call))

    @handles("o2gUpdateStatisticsSchedule")
    def update_schedule(self, call: Call) -> Answer:
        there = self._schedule(call)
        kept = {name: there[name] for name in ("state", "lastExecDate") if name in there}
        schedules = self._context(call)["schedules"]
        del schedules[there["name"]]
        schedules[call.body["name"]] = {"enable": False, **call.body, **kept}
        return Answer(204)

    @handles("o2gDeleteStatisticsSchedule")
    def delete_schedule(self, call: Call) -> Answer:
        del self._context(call)["schedules"][self._schedule(call)["name"]]
        return Answer(204)

    @handles("o2gEnableStatisticsSchedule")
    def enable_schedule(self, call: Call) -> Answer:
        self._schedule(call)["enable"] = call.query.get("enable", "true") == "true"
        return Answer(204)

    # Data, the same for the same question

    @handles("o2gGetStatisticsOfDays")
    def data_of_days(self, call: Call) -> Answer:
        begin, end = _moment(call.query["begindate"]), _moment(call.query["enddate"])
        if not 0 <= (end - begin).days < MOST_DAYS:
            raise RefusalError(400, f"at most {MOST_DAYS} days")
        days = [begin + datetime.timedelta(n) for n in range((end - begin).days + 1)]
        period = {"periodType": "onSeveralDays", "beginDate": _iso(begin), "endDate": _iso(end)}
        return self._data(call, period, days)

    @handles("o2gGetStatisticsOfDay")
    def data_of_day(self, call: Call) -> Answer:
        return self._day(call)

    @handles("o2gGetStatisticsOfDayAsJson")
    def data_as_json(self, call: Call) -> Answer:
        return self._day(call)

    def _day(self, call: Call) -> Answer:
        day = _moment(call.query["date"]) if "date" in call.query else datetime.datetime(2026, 11, 26)
        slot = call.query.get("slotType", "aQuarterOfAnHour")
        step = SLOTS[slot]
        moments = [day + datetime.timedelta(minutes=n * step) for n in range(24 * 60 // step)]
        return self._data(call, {"periodType": "oneDay", "slotType": slot, "beginDate": _iso(day)}, moments)

    def _data(self, call: Call, period: dict[str, Any], moments: list[datetime.datetime]) -> Answer:
        context = self._context(call)
        part = context["filter"].get("agentFilter")
        kind, key = ("agentsStats", "agentFilter") if part else ("pilotsStats", "pilotFilter")
        part = part or context["filter"].get("pilotFilter") or {}
        attributes = part.get("agentAttributes" if kind == "agentsStats" else "attributes") or []
        every = AGENT_ATTRIBUTES if kind == "agentsStats" else PILOT_ATTRIBUTES
        names = [name for name in (every if "ALL" in attributes else attributes) if name.startswith("nb")]
        rows = [
            {
                "date": _iso(moment),
                ("number" if kind == "agentsStats" else "pilotNumber"): number,
                **{name: random.Random(f"{number}{name}{moment}").randrange(50) for name in names},
            }
            for number in part.get("numbers") or []
            for moment in moments
        ]
        form = call.query.get("format", "json")
        supervisor = call.parameters["supervisorId"]
        stats = {"timeSlot": period["beginDate"], "selectedPeriod": period, "rows": rows}
        whole = {"supervisor": supervisor, kind: [stats] if key else []}
        total = len(part.get("numbers") or [])
        if call.query.get("async") == "true":
            self._make(call, total, {} if form == "json" else self._files(supervisor, form, rows))
            return Answer(204)
        self._tell(call, *self._collected(total), {"step": "PROCESSED"}, {"step": "FORMATED"})
        if form == "json":
            return Answer(200, whole)
        return Answer(200, _zip(f"{supervisor}.{form}", rows), [("Content-Type", "application/zip")])

    def _files(self, supervisor: str, form: str, rows: list[dict[str, Any]]) -> dict[str, bytes]:
        """The files of a report, by the members that name them."""
        name = f"{supervisor}.{form}"
        if self.settings["report_rows"] == "few":
            return {"resPath": _zip(name, rows)}
        whole = "xlsfullResPath" if form == "xls" else "fullResPath"
        return {"resPath": _zip(name, rows[:1]), whole: _zip(name, rows)}

    def _collected(self, total: int) -> list[dict[str, Any]]:
        """Ten objects at a time are collected."""
        steps = [*range(10, total, 10), total]
        return [{"step": "COLLECT", "nbTotObjects": total, "nbProcessedObjects": at} for at in steps]

    def _make(self, call: Call, total: int, files: dict[str, bytes]) -> None:
        """Make a report in the background, as far as it is to come."""
        ends, begun = self.settings["report_ends"], self._collected(total)
        if ends == "formatted":
            named = {member: f"{FILES}{len(self.files) + n}.zip" for n, member in enumerate(files)}
            self.files |= {named[member]: content for member, content in files.items()}
            self._tell(call, *begun, {"step": "PROCESSED"}, {"step": "FORMATED", **named})
            return
        self._tell(call, *begun[: len(begun) // 2 or 1])
        if ends == "cut":
            self.platform.area(Events).cut(end=False)
        elif ends == "never":
            self.running.add(call.parameters["supervisorId"])
        else:
            self._tell(call, {"step": ends.upper()})

    def _tell(self, call: Call, *steps: dict[str, Any]) -> None:
        login, about = call.account["login"], {"supervisor": call.parameters["supervisorId"]}
        for fields in steps:
            self.platform.area(Events).tell(Told("OnAcdStatsProgress", (login,), {**about, **fields}))

    @handles("o2gCancelStatistics")
    def cancel(self, call: Call) -> Answer:
        self._scope(call)
        if call.parameters["supervisorId"] in self.running:
            self.running.remove(call.parameters["supervisorId"])
            self._tell(call, {"step": "CANCELLED"})
        return Answer(204)

    def file(self, path: str, cookie: str | None) -> Answer:
        """A file that an event has named; it is no operation of the contract."""
        if self.platform.sessions.use(cookie) is None:
            return Answer(403)
        content = self.files.get(path)
        return Answer(404) if content is None else Answer(200, content, [("Content-Type", "application/zip")])


def _zip(name: str, rows: list[dict[str, Any]]) -> bytes:
    lines = [";".join(rows[0])] + [";".join(map(str, row.values())) for row in rows] if rows else []
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 0, 0, 0)), "\n".join(lines))
    return content.getvalue()


def _moment(text: str) -> datetime.datetime:
    try:
        return datetime.datetime.strptime(text, FORM)
    except ValueError:
        raise RefusalError(400, f"{text} is not a date (yyyy-MM-dd HH:mm)") from None


def _iso(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")
