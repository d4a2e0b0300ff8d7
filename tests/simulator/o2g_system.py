# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: the state of the server, its licences, and what it tells of use, incidents and cost."""

from __future__ import annotations

import copy
import datetime
import io
import zipfile
from typing import Any

from .base import Answer, Area, Call, RefusalError, handles
from .o2g_calls import Calls
from .o2g_events import Events, Told

LICENCES = {
    "ROXE_API_TEL_BASIC": 1000,
    "ROXE_API_TEL_ADVANCED": 500,
    "ROXE_API_MESSAGING": 100,
    "ROXE_API_DIRECTORY": 100,
    "ROXE_API_MANAGEMENT": 15000,
    "ROXE_API_PHONESETPROG": 100,
    "ROXE_API_EVENTSUMMARY": 100,
    "ROXE_API_ANALYTICS": 2,
    "ROXE_API_CONTACTCENTER": 100,
    "ROXE_API_CONTACTCENTER_RTI": 10,
    "ROXE_API_CONTACTCENTER_SRV": 10,
}
SERVER = "O2G-1"
DISCONNECTED = "DISCONNECTED"
MOST_FILES = 100
FOLDER = "/DHS3dyn/account"
INCIDENTS = (
    ("07/12/26 ", "17:03:09 ", 4, "0606", "002=AFE_AG_CSTA: 11", 9),
    ("07/12/26 ", "16:59:27 ", 4, "4017", "CSTA server : nouvelle creation 3 192.0.2.113", 1),
    ("06/12/26 ", "03:11:02 ", 1, "2019", "Link down", 1),
)
WHERE = {"rack": "---", "board": "--", "equipment": "-", "termination": "---"}


class System(Area):
    def reset(self, seed: dict[str, Any]) -> None:
        system = copy.deepcopy(seed.get("system", {}))
        self.licences: dict[str, int] = {**LICENCES, **system.get("licences", {})}
        self.links: dict[int, str] = {
            number: system.get("links", {}).get(str(number), "CONNECTED_MAIN") for number in self.platform.nodes
        }
        self.loaded = dict.fromkeys(self.links, True)
        self.days_left: int | None = system.get("days_left")
        """Until the licence ends, if it does."""
        self.incidents = {number: system.get("incidents", INCIDENTS) for number in self.platform.nodes}

    def snapshot(self) -> dict[str, Any]:
        return {"licences": self.licences, "links": {str(number): link for number, link in self.links.items()}}

    def happen(self, changes: dict[str, Any]) -> None:
        """Something happens to the server, its nodes or the sets; a RefusalError where that cannot be."""
        known = {"links", "loaded", "days_left", "out_of_service", "server_starts"}
        if unknown := set(changes) - known:
            raise RefusalError(400, f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
        nodes = {node for name in ("links", "loaded") for node in changes.get(name, {})}
        if unknown := nodes - {str(node) for node in self.links}:
            raise RefusalError(400, f"unknown node {', '.join(sorted(unknown))}")
        self.links.update({int(node): link for node, link in changes.get("links", {}).items()})
        self.loaded.update({int(node): loaded for node, loaded in changes.get("loaded", {}).items()})
        self.days_left = changes.get("days_left", self.days_left)
        calls = self.platform.area(Calls)
        calls.out_of_service = set(changes.get("out_of_service", calls.out_of_service))
        if changes.get("server_starts"):
            self.platform.area(Events).tell(Told("OnServerStart", (), {"serverId": SERVER}))

    @handles("o2gTestLicence")
    def test_licence(self, call: Call) -> Answer:
        name = call.query["lic"]
        if not self.licences.get(name) or name == self.settings["missing_licence"]:
            raise RefusalError(403, f"there is no licence {name}")
        return Answer(204)

    @handles("o2gGetSystemStatus")
    def status(self, call: Call) -> Answer:
        address = {"fqdn": "o2g.acme.example", "ip": "192.0.2.10"}
        licences = [
            {"name": name, "total": total, "currentUsed": self._used(name), "expiration": self._expiration()}
            for name, total in self.licences.items()
            if name != self.settings["missing_licence"]
        ]
        if self.settings["system_status"] == "example":  # the document's example is older than its table
            pbxs = [
                {name: one[name] for name in ("name", "mainAddress", "version", "connected", "monitoredUserNumber")}
                | {"secondaryAddress": {}}
                for one in self._pbxs()
            ]
            old = [{n: one[n] for n in ("name", "total", "currentUsed")} for one in licences]
            return Answer(200, {"logicalAddress": address, "pbxs": pbxs, "license": {"lics": old}})
        return Answer(
            200,
            {
                "logicalAddress": address,
                "startDate": "2026-11-01T04:00:00.000Z",
                "ha": False,
                "primary": "o2g.acme.example",
                "primaryVersion": "2.7.4.000",
                "primaryServicesStatus": {
                    "services": [{"name": "tomcat", "status": "Started", "mode": "Active"}],
                    "globalIPAdress": "",
                    "drbd": "",
                },
                "pbxs": self._pbxs(),
                "license": {"type": "FLEXLM", "currentServer": "localhost", "lics": licences},
                "configurationType": "FULL_SERVICES",
                "applicationId": SERVER,
                "subscriberFilter": "A4980",
            },
        )

    def _expiration(self) -> str:
        if self.days_left is None:
            return "permanent"
        return (datetime.date.today() + datetime.timedelta(self.days_left)).isoformat()

    def _pbxs(self) -> list[dict[str, Any]]:
        return [
            {
                "name": node["fqdn"].partition(".")[0],
                "nodeId": number,
                "mainAddress": {"fqdn": node["fqdn"], "ip": f"192.0.2.{number}"},
                "secondaryAddress": {},
                "version": "n2.514.23.c",
                "connected": self.links[number] != DISCONNECTED,
                "loaded": self.loaded[number],
                "ctiLinkState": self.links[number],
                "secured": True,
                "monitoredUserNumber": len(node["users"]),
                "lmsConnectionStatus": True,
            }
            for number, node in self.platform.nodes.items()
        ]

    def _used(self, name: str) -> int:
        if name == "ROXE_API_MANAGEMENT":
            return sum(len(node["subscribers"]) for node in self.platform.nodes.values())
        return 1 if name == "ROXE_API_ANALYTICS" else 0

    # Use, incidents and cost

    @handles("o2gListIncidents")
    def list_incidents(self, call: Call) -> Answer:
        number = self._node(call)
        names = ("date", "hour", "severity", "value", "type", "nbOccurs")
        shown = [
            {**dict(zip(names, one, strict=True)), "node": f"{number:06d}", "main": True, **WHERE}
            for one in self.incidents[number]
        ][: call.query.get("last")]
        severities = [one["severity"] for one in shown]
        return Answer(200, {"incidents": shown, **{f"severity{n}": severities.count(n) for n in range(6)}})

    @handles("o2gListChargingFiles")
    def list_charging_files(self, call: Call) -> Answer:
        begin, end = call.query.get("fromDate", "0"), call.query.get("toDate", "9")
        return Answer(
            200,
            {
                "files": [
                    {"name": name, "date": f"{day[4:6]}/{day[6:]}/{day[2:4]}", "time": "16:02:12"}
                    for name, day in self._files(call).items()
                    if begin <= day <= end
                ]
            },
        )

    @handles("o2gGetCharging")
    def get_charging(self, call: Call) -> Answer:
        every = self._files(call)
        begin, end = call.query.get("fromDate", "0"), call.query.get("toDate", "9")
        if "files" in call.query:
            chosen = call.query["files"].split(",")
            if unknown := [name for name in chosen if name not in every]:
                raise RefusalError(400, f"unknown file {unknown[0]}")
        else:
            chosen = [name for name, day in every.items() if begin <= day <= end]
        if len(chosen) > MOST_FILES:
            raise RefusalError(400, f"more than {MOST_FILES} files")
        node = self.platform.nodes[self._node(call)]
        tickets = [
            self._ticket(subscriber, at, name) for at, name in enumerate(chosen) for subscriber in _two(node, at)
        ]
        shown = tickets if call.query.get("all") == "true" else _totals(tickets)
        if "top" in call.query:
            shown = sorted(shown, key=lambda one: -one["cost"])[: call.query["top"]]
        dates = {name: call.query[name] for name in ("fromDate", "toDate") if name in call.query}
        numbers = {"nbChargingFiles": len(chosen), "totalTicketNb": len(tickets)}
        valuable = sum(ticket["cost"] > 0 for ticket in tickets)
        return Answer(200, {"chargings": shown, **dates, **numbers, "valuableTicketNb": valuable})

    def _files(self, call: Call) -> dict[str, str]:
        """The charging files of a node, with their days: one a day in November 2026."""
        self._node(call)
        return {f"{FOLDER}/TAX{chr(65 + at // 26)}{chr(65 + at % 26)}.DAT": f"202611{at + 1:02d}" for at in range(30)}

    @staticmethod
    def _ticket(subscriber: dict[str, Any], at: int, file: str) -> dict[str, Any]:
        return {
            "caller": subscriber["number"],
            "name": f"{subscriber['lastName']} {subscriber['firstName']}",
            "called": f"0025126{at:03d}",
            "chargingUnits": at % 3,
            "cost": (at % 3) * 0.5,
            "startDate": f"202611{at + 1:02d} 10:00:00",
            "duration": 60 + at,
            "callType": "PublicNetworkCall",
        }

    @handles("o2gGetLicenceReport")
    def licence_report(self, call: Call) -> Answer:
        return self._report(call, "licenses", [f"{name};{total};0;0" for name, total in self.licences.items()])

    @handles("o2gGetServiceReport")
    def service_report(self, call: Call) -> Answer:
        return self._report(call, "services", ["GET /usermanagement;12", "POST /usermanagement;3"])

    def _report(self, call: Call, kind: str, lines: list[str]) -> Answer:
        """A zip with a file a month, the same bytes each time."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for month in ("2026-10", "2026-11"):
                name = f"{kind}_{month}.{call.query.get('format', 'csv')}"
                archive.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 0, 0, 0)), "\n".join(lines))
        headers = [
            ("Content-Type", "application/zip"),
            ("Content-Disposition", f"attachement; filename=/var/data/{kind}_analytics.zip"),
        ]
        return Answer(200, content.getvalue(), headers)

    def _node(self, call: Call) -> int:
        number = int(call.query["nodeId"])
        if number not in self.platform.nodes:
            raise RefusalError(400, f"unknown node {number}")
        return number


def _two(node: dict[str, Any], at: int) -> list[dict[str, Any]]:
    subscribers = list(node["subscribers"].values())
    return [subscribers[n % len(subscribers)] for n in (at, at + 1)]


def _totals(tickets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What each user's calls cost, without those that cost nothing."""
    totals: dict[str, dict[str, Any]] = {}
    for ticket in tickets:
        if ticket["cost"]:
            start = {
                "caller": ticket["caller"],
                "name": ticket["name"],
                "callNumber": 0,
                "chargingUnits": 0,
                "cost": 0.0,
            }
            total = totals.setdefault(ticket["caller"], {**start, "duration": 0})
            total["callNumber"] += 1
            for name in ("chargingUnits", "cost", "duration"):
                total[name] += ticket[name]
    return list(totals.values())
