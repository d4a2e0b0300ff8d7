# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The O2G server, its licences, and what it tells of use, incidents and cost: document 003, lines 39-100, 678-740,
8748-9220 and 11740-12300."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ..errors import ApiError, Faults
from ..fields import Choice, Date, Field, Flag, ListOf, Number, Text, Values, told
from ..resource import Resource, unfailed
from .common import NODE, client, saved_zip

if TYPE_CHECKING:
    from .client import O2gClient

ANALYTICS = "ROXE_API_ANALYTICS"
MOST_FILES = 100
"""Charging files that one request may read (line 11764)."""


class Server(Resource):
    """The server itself, its session, the state of its nodes, and its licences."""

    platform = "o2g"
    connect = staticmethod(client)
    noun = "O2G server"
    fields = (Field("licences", ListOf(Text(1))),)
    info_only = True
    info_filters = ("licences",)
    gatherable = ("server", "session", "system", "licences")
    gathered_by_default = ("server", "system", "licences")

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        reads: dict[str, Callable[[], Any]] = {
            "server": lambda: told(api.get("/api/rest", base="")),
            "session": lambda: told(api.get("/sessions")),
            "status": lambda: told(api.get("/system/status")),
        }
        parts = [part for part in ("server", "session") if part in gather]
        parts += ["status"] if {"system", "licences"} & set(gather) else []
        known = dict(zip(parts, unfailed(api.map(lambda part: reads[part](), parts)), strict=True))
        status = known.pop("status", {})
        licence = status.pop("license", None) or {}
        if "system" in gather:
            known["system"] = {**status, "license": {name: value for name, value in licence.items() if name != "lics"}}
        if "licences" in gather:
            known["licences"] = licence.get("lics") or []
        if names := where.get("licences"):
            there = unfailed(api.map(lambda name: self._has(api, name), names))
            known["licences_present"] = dict(zip(names, there, strict=True))
        return [known]

    @staticmethod
    def _has(api: O2gClient, name: str) -> bool:
        """Return whether O2G has a licence: it answers 204 or 403 (lines 8791, 8809)."""
        try:
            api.get("/system/licenses", query={"lic": name}, empty=True)
        except ApiError as error:
            if error.status == 403:
                return False
            raise
        return True


class OfNode(Resource):
    """What O2G tells of a node by query."""

    platform = "o2g"
    connect = staticmethod(client)
    parents = (NODE,)
    info_only = True
    licence = ANALYTICS


class Charging(OfNode):
    """What the calls of a node cost, per user or call by call, and the files that it keeps this in."""

    noun = "charging"
    fields = (
        Field("fromDate", Date()),
        Field("toDate", Date()),
        Field("files", ListOf(Text(1))),
        Field("top", Number(1, 2147483647)),
        Field("all", Flag()),
    )
    info_filters = ("from_date", "to_date", "files", "top", "all")
    gatherable = ("charging", "files")
    gathered_by_default = ("charging",)

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        self._check(where)
        asked: dict[str, Any] = {"nodeId": where["node_id"]}
        dates = {f.wire: f.kind.to_wire(where[f.option]) for f in self.fields[:2] if f.option in where}
        result: Values = {"node_id": where["node_id"]}
        if "charging" in gather:
            files = {"files": ",".join(where["files"])} if where.get("files") else {}
            more = {"top": where["top"]} if "top" in where else {}
            every = {"all": "true"} if where.get("all") else {}
            result |= told(api.get("/usages/charging", query={**asked, **dates, **files, **more, **every}) or {})
        if "files" in gather:
            body = api.get("/usages/charging/files", query={**asked, **dates}) or {}
            result["charging_files"] = told(body.get("files") or [])
        return [result]

    @staticmethod
    def _check(where: Values) -> None:
        faults = []
        files = where.get("files") or []
        if files and {"from_date", "to_date"} & where.keys():
            faults.append("files: cannot stand beside from_date and to_date, which would not count")
        if len(files) > MOST_FILES:
            faults.append(f"files: are {len(files)}, and one request can read {MOST_FILES}: ask for them in parts")
        faults += [f"files: {name!r} has a comma, which stands between files" for name in files if "," in name]
        if where.get("from_date", "") > where.get("to_date", "9"):
            faults.append("to_date: is before from_date")
        if faults:
            raise Faults(faults)


class Incidents(OfNode):
    """What has gone wrong on a node since its last shutdown."""

    noun = "incident"
    plural = "incidents"
    fields = (
        Field("last", Number(1, 2147483647)),
        Field("severity", ListOf(Number(0, 5))),
        Field("maxAge", Number(1, 2147483647)),
        Field("dateOrder", Choice(("dmy", "mdy"))),
    )
    info_filters = ("last", "severity", "max_age", "date_order")

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        if "max_age" in where and "date_order" not in where:
            raise Faults(["date_order: must be given with max_age: the platform's dates do not say which is the month"])
        last = {"last": where["last"]} if "last" in where else {}
        body = api.get("/usages/incidents", query={"nodeId": where["node_id"], **last}) or {}
        there = [{"node_id": where["node_id"], **_stripped(told(one))} for one in body.get("incidents") or []]
        if "severity" in where:
            there = [one for one in there if one.get("severity") in where["severity"]]
        if "max_age" in where:
            since = datetime.now() - timedelta(hours=where["max_age"])
            there = [one for one in there if _moment(one, where["date_order"]) >= since]
        return there


def _stripped(values: Mapping[str, Any]) -> Values:
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _moment(incident: Values, order: str) -> datetime:
    """Return when an incident was, in the local time of its node. Raises ApiError for a date in another form."""
    form = {"dmy": "%d/%m/%y", "mdy": "%m/%d/%y"}[order]
    text = f"{incident.get('date')} {incident.get('hour')}"
    try:
        return datetime.strptime(text, f"{form} %H:%M:%S")
    except ValueError:
        raise ApiError(f"incident: {text!r} is no date and time with date_order={order}") from None


class UsageReport(Resource):
    """How licences or operations of O2G were used, as a zip file with a file per month."""

    platform = "o2g"
    connect = staticmethod(client)
    noun = "usage report"
    fields = (
        Field("kind", Choice(("licences", "services"))),
        Field("format", Choice(("csv", "xls"))),
        Field("dest", Text(1)),
    )
    info_only = True
    info_filters = ("kind", "format", "dest")
    licence = ANALYTICS
    paths = {"licences": "/usages/licenses", "services": "/usages/services"}

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        if missing := [f"{name}: must be given" for name in ("kind", "dest") if not where.get(name)]:
            raise Faults(missing)
        query = {"format": "xls"} if where.get("format") == "xls" else {}
        path = self.paths[where["kind"]]
        content = api.get(path, query=query, binary=True)
        saved = saved_zip(api, f"GET {api.base}{path}", content, where["dest"])
        return [{**where, "format": where.get("format", "csv"), **saved}]
