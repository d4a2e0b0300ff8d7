# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The phone book, and the counters of what waits for a user: document 003, lines 6497-6840 and 8643-8730."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from ..errors import ApiError, Faults
from ..fields import Choice, Field, Kind, Number, Text, Values, to_wire
from ..resource import Resource
from .call import TELEPHONY, party_of
from .common import LOGIN, OfUser, OfUsers, client

if TYPE_CHECKING:
    from .client import O2gClient

PAUSE = 0.5
"""Seconds between two looks for results, as the document recommends (line 6566)."""
SEARCH = "/directory/search"
COMPARING = ("EQUAL_IGNORE_CASE", "BEGIN_WITH", "CONTAIN", "END_WITH")
JOINING = ("AND", "OR")
NAMES = ("lastName", "firstName", "id.phoneNumber", "id.loginName")
MOST = 100
"""Results that a search gives when it has no limit (line 6811)."""


def _criterion(value: Any, *, where: str = "") -> Any:
    """Check a criterion and those within it; ValueError says which one is wrong."""
    at = f"{where}: " if where else ""
    if not isinstance(value, Mapping):
        raise ValueError(f"{at}must be a dictionary with operation and operand")
    operation, operand = value.get("operation"), value.get("operand")
    if operation in JOINING:
        if not isinstance(operand, list) or not operand:
            raise ValueError(f"{at}operand must be a list of criteria with operation={operation}")
        known = {"operation", "operand"}
        operand = [_criterion(one, where=f"{where}.operand[{n}]".lstrip(".")) for n, one in enumerate(operand)]
    elif operation in COMPARING:
        if value.get("field") not in NAMES:
            raise ValueError(f"{at}field must be one of {', '.join(NAMES)}")
        if not isinstance(operand, str) or not operand:
            raise ValueError(f"{at}operand must be text, so quote numbers")
        known = {"field", "operation", "operand"}
    else:
        raise ValueError(f"{at}operation must be one of {', '.join(COMPARING + JOINING)}")
    if unknown := value.keys() - known:
        raise ValueError(f"{at}{', '.join(sorted(unknown))} does not go with operation={operation}")
    return {**value, "operand": operand}


@dataclass(frozen=True, eq=False)
class Criterion(Kind):
    """What a search asks for: a field that is compared, or criteria that are joined."""

    spec = {"type": "dict"}

    def schema(self) -> Any:
        from pydantic import BeforeValidator

        return Annotated[dict[str, Any], BeforeValidator(_criterion)]


KEYS = Text(1, None, "[0-9]+", "keys of a phone", quoted=True)


class Directory(Resource):
    """A search in the phone book. It is read bit by bit until it ends, and stopped whatever happens.

    Each session has room for five, and does not say which one it reads from (lines 6513, 6530): so one at a time.
    """

    platform = "o2g"
    connect = staticmethod(client)
    noun = "contact"
    plural = "contacts"
    licence = TELEPHONY
    parents = (LOGIN,)
    fields = (
        Field("filter", Criterion()),
        Field("lastName", KEYS),
        Field("firstName", KEYS),
        Field("keyboardType", Choice(("CCITT", "ITU"))),
        Field("limit", Number(1, MOST)),
    )
    info_only = True
    info_filters = ("filter", "last_name", "first_name", "keyboard_type", "limit")

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        by_keys = {name for name in ("last_name", "first_name", "keyboard_type") if name in where}
        if ("filter" in where) == bool(by_keys):
            raise Faults(["filter: must be given, or last_name and keyboard_type, and not both"])
        if by_keys and not {"last_name", "keyboard_type"} <= by_keys:
            raise Faults(["last_name: and keyboard_type must be given together"])
        query = {} if "login_name" not in where or api.who()[0] is False else {"loginName": where["login_name"]}
        path = SEARCH if "filter" in where else SEARCH + "bydtmf"
        body = to_wire(self.fields, where)
        try:
            found = self._searched(api, path, query, body)
        except ApiError as error:
            if error.status != 400:
                raise
            found = self._searched(api, path, query, body)  # a search goes with its session, and that may have died
        limit = where.get("limit", MOST)
        if len(found) >= limit:
            api.warnings.append(f"As many contacts were found as the search may have, {limit}: there may be more")
        return found

    def _searched(self, api: O2gClient, path: str, query: Mapping[str, Any], body: Values) -> list[Values]:
        api.request("POST", path, query=query, body=body, read=True, located=True)
        try:
            return self._results(api, query)
        finally:
            try:
                api.request("DELETE", SEARCH, query=query, read=True)
            except ApiError as error:
                api.warnings.append(f"The search could not be stopped, and takes a place for a minute: {error}")

    @staticmethod
    def _results(api: O2gClient, query: Mapping[str, Any]) -> list[Values]:
        """Return what a search finds. Raises ApiError where it does not end in time."""
        found: list[Values] = []
        end = time.monotonic() + api.options["timeout"]
        while True:
            body = api.get(SEARCH, query=query) or {}
            code = body.get("resultCode")
            for element in body.get("resultElements") or []:
                found += [party_of(contact) or {} for contact in element.get("contacts") or []]
            if code == "TIMEOUT":
                api.warnings.append("The server has ended the search because it took too long: contacts may be missing")
            if code in ("FINISH", "TIMEOUT"):
                return found
            if code not in ("OK", "NOK"):
                raise ApiError(f"GET {api.base}{SEARCH} answered with the unknown resultCode {code!r}")
            if time.monotonic() >= end:
                seconds = api.options["timeout"]
                raise ApiError(
                    f"the search has not ended within {seconds:g} seconds (timeout), with {len(found)} found"
                )
            if code == "NOK":
                time.sleep(PAUSE)


COUNTERS = {
    "missed_calls_nb": "missedCallsNb",
    "voice_messages_nb": "voiceMessagesNb",
    "call_back_requests_nb": "callBackRequestsNb",
    "fax_nb": "faxNb",
    "new_text_nb": "newTextNb",
    "old_text_nb": "oldTextNb",
    "event_waiting": "eventWaiting",
}


class EventSummary(OfUsers):
    """What waits for users, counted. A counter that is absent is unknown, and so null and not 0 (line 8705)."""

    noun = "summary"
    plural = "summaries"
    licence = TELEPHONY
    info_only = True

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        def of(login: str) -> Values:
            body = api.get("/eventSummary", query=OfUser().query(api, {"login_name": login})) or {}
            return {"login_name": login, **{name: body.get(wire) for name, wire in COUNTERS.items()}}

        logins = self.logins(api, where)
        return self.readable(logins, api.map(of, logins))
