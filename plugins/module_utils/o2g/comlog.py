# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The log of users' communications: document 003, lines 7777-8640."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import ApiError, Faults
from ..fields import Choice, Field, Flag, Moment, Number, Text, Values, snake_case, to_wire, told
from ..resource import Entry, Found, Resource, Step
from .call import TELEPHONY, if_there, party_of
from .common import OfUser, OfUsers

if TYPE_CHECKING:
    from .client import O2gClient

RECORDS = "/comlog/records"
RECORD = RECORDS + "/{record_id}"
BATCH = 100
"""Ids in one request."""
MOST = 9223372036854775807

RECORD_ID = Field("recordId", Number(0, MOST), nullable=False)
FILTERS = (
    Field("unanswered", Flag()),
    Field("unacknowledged", Flag()),
    Field("afterDate", Moment()),
    Field("beforeDate", Moment()),
    Field("role", Choice(("CALLER", "CALLEE"))),
    Field("comRef", Text(1), nullable=False),
    Field("remotePartyId", Text(1, quoted=True), nullable=False),
)
"""What chooses records; all must fit."""
NAMES = tuple(f.option for f in FILTERS)


def as_query(fields: Iterable[Field], values: Values) -> dict[str, Any]:
    """Return what of some values goes into a query, booleans as words."""
    asked = to_wire(fields, values)
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in asked.items()}


def record_of(record: Mapping[str, Any]) -> Values:
    """Read a record, in the table's form or the example's (line 7914). Its owner's part also stands at the top."""
    aliases = {"comref": "com_ref", "acknowledge": "acknowledged"}
    values = {aliases.get(name, snake_case(name)): told(value) for name, value in record.items()}
    values["participants"] = [
        {
            **told({name: value for name, value in one.items() if name not in ("identity", "initialCalled")}),
            **(party_of(one.get("identity")) or {}),
            **({"initial_called": party_of(one["initialCalled"])} if one.get("initialCalled") else {}),
        }
        for one in record.get("participants") or []
    ]
    owner = next((one for one in values["participants"] if "role" in one), {})
    return {**values, "role": owner.get("role"), "answered": owner.get("answered")}


def records_of(body: Any) -> list[Values]:
    return [record_of(one) for one in (body or {}).get("comHistoryRecords") or []]


class Records(Resource):
    """Records that exist: one, those that filters choose, or all. They are read first, and then named by their ids."""

    purgeable = False

    def read(
        self, api: O2gClient, entries: Sequence[Entry], whole: Sequence[Entry]
    ) -> tuple[list[Found], list[Values]]:
        return list(api.map(lambda entry: self._there(api, entry.values), entries)), []

    def _there(self, api: O2gClient, values: Values) -> Values | None:
        """Return which records an entry means, and what they have in common."""
        query = self.query(api, values)
        if "record_id" in values:
            found = if_there(lambda: api.get(RECORD, values, query=query))
            there = [record_of(found)] if found else []
            if not there and self.state == "present":
                raise ApiError(f"there is no {self.label(values)}")
        elif values.get("all") and self.state == "absent":
            ids = (api.get(RECORDS + "/recordIds", query=query) or {}).get("recordIds") or []
            there = [{"record_id": one} for one in ids]
        else:
            there = records_of(api.get(RECORDS, query={**query, **as_query(FILTERS, values)}))
        current = {**values, "record_ids": [one["record_id"] for one in there]}
        if self.state == "absent":
            return current if there else None
        return {**current, **self._acknowledged(there, values)}

    def _acknowledged(self, there: Sequence[Values], values: Values) -> Values:
        """Return whether the missed calls are acknowledged, and which are not as they shall be."""
        wanted = values["acknowledged"]
        missed = [one for one in there if one["role"] == "CALLEE" and not one["answered"]]
        if "record_id" in values and not missed and not wanted:
            raise ApiError(f"{self.label(values)} is of no missed call, and so cannot be unacknowledged")
        other = [one["record_id"] for one in missed if bool(one.get("acknowledged")) is not wanted]
        return {"acknowledged": not wanted if other else wanted, "record_ids": other}

    def update(self, api: O2gClient, step: Step) -> None:
        query = {**self.query(api, step.values), "acknowledge": str(step.changes["acknowledged"]).lower()}
        for ids in batches(step):
            api.request("PUT", RECORDS, query=query, body={"recordIds": ids})

    def delete(self, api: O2gClient, step: Step) -> None:
        """Delete by ids, so that nothing goes that was not seen: without filters the platform would delete all."""
        query = self.query(api, step.values)
        if "record_id" in step.values:
            api.request("DELETE", RECORD, step.values, query=query, replay=False)
            return
        for ids in batches(step):
            listed = ",".join(str(one) for one in ids)
            api.request("DELETE", RECORDS, query={**query, "recordIdList": listed})  # unknown ids are no error


def batches(step: Step) -> Iterable[list[int]]:
    ids = (step.before or {})["record_ids"]
    return (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))


class CommRecord(OfUser, Records):
    noun = "communication record"
    plural = "communication records"
    licence = TELEPHONY
    fields = (RECORD_ID, Field("all", Flag()), *FILTERS, Field("acknowledged", Flag()))
    identity = (("record_id",), ())

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        for name in ("unanswered", "unacknowledged"):
            if values.get(name) is False:
                yield name, "can only be true: false does not choose anything, and means all records"
        filters = [name for name in NAMES if name in values]
        ways = [way for way, given in (("record_id", "record_id" in values), ("all", values.get("all"))) if given]
        ways += [f"{filters[0]}"] if filters else []
        if not ways:
            yield "record_id", f"must be given, or one of {', '.join(NAMES)}, or all=true"
        if len(ways) > 1:
            yield ways[0], f"cannot stand beside {ways[1]}"
        if self.state == "present" and "acknowledged" not in values:
            yield "acknowledged", "must be given with state=present"
        if self.state == "absent" and "acknowledged" in values:
            yield "acknowledged", "goes with state=present only: unacknowledged=true chooses records"


class CommRecordInfo(OfUsers):
    noun = "communication record"
    plural = "communication records"
    licence = TELEPHONY
    fields = (
        RECORD_ID,
        *FILTERS,
        Field("offset", Number(0, 2147483647)),
        Field("limit", Number(0, 2147483647)),
        Field("optimized", Flag()),
    )
    info_only = True
    info_filters = ("record_id", *NAMES, "offset", "limit", "optimized")

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        asked = [f for f in self.fields if f is not RECORD_ID]
        if "record_id" in where and (beside := [f.option for f in asked if f.option in where]):
            raise Faults([f"record_id: cannot stand beside {', '.join(beside)}"])

        def of(login: str) -> list[Values]:
            query = OfUser().query(api, {"login_name": login})
            if "record_id" in where:
                found = if_there(lambda: api.get(RECORD, where, query=query))
                there = [record_of(found)] if found else []
            else:
                there = records_of(api.get(RECORDS, query={**query, **as_query(asked, where)}))
            return [{"login_name": login, **one} for one in there]

        logins = self.logins(api, where)
        return [one for listed in self.readable(logins, api.map(of, logins)) for one in listed]
