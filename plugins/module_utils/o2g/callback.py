# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests to call back, and short messages between users: document 003, lines 4206-4430."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import ApiError
from ..fields import Choice, Field, Flag, Text, Values, to_wire, told
from ..resource import Action, Entry, Found, Job, Resource, Step
from .call import TELEPHONY, party_of
from .common import NUMBER, OfUser, OfUsers

if TYPE_CHECKING:
    from .client import O2gClient

CALLBACKS = "/telephony/incomingCallbacks"


def callbacks_of(body: Any) -> list[Values]:
    """Read the requests to call back, each with the card of the one who asks."""
    listed = (body or {}).get("callbacks") or []
    return [{"callback_id": one.get("callbackId"), "party_info": party_of(one.get("partyInfo"))} for one in listed]


class Callbacks(Resource):
    """How requests to call back are read and removed. To ask for one is something to do, which nothing shows."""

    lifecycle = purgeable = False

    def does(self, values: Values) -> bool:
        return values.get("state") == "requested"

    def read(
        self, api: O2gClient, entries: Sequence[Entry], whole: Sequence[Entry]
    ) -> tuple[list[Found], list[Values]]:
        queries = {e.values["login_name"]: self.query(api, e.values) for e in entries if not self.does(e.values)}
        lists = dict(
            zip(queries, api.map(lambda q: callbacks_of(api.get(CALLBACKS, query=q)), queries.values()), strict=True)
        )
        return [self._found(e.values, lists.get(e.values["login_name"])) for e in entries], []

    def _found(self, values: Values, there: list[Values] | ApiError | None) -> Found:
        if isinstance(there, ApiError) or there is None:
            return there if isinstance(there, ApiError) else {**values, "state": "absent"}
        ids = [str(one["callback_id"]) for one in there]
        meant = ids if values.get("all") else [one for one in ids if one == values["callback_id"]]
        return {**values, "state": "requested" if meant else "absent", "callback_ids": meant}

    def stages(self, steps: Sequence[Step]) -> list[list[Job]]:
        return [[self._job(step) for step in steps]]

    def act(self, api: O2gClient, step: Step) -> None:
        body = {"callee": step.values["callee"]}
        step.answer = api.request(
            "POST", "/telephony/outgoingCallbacks", query=self.query(api, step.values), body=body, replay=False
        )

    def update(self, api: O2gClient, step: Step) -> None:
        path = CALLBACKS if step.values.get("all") else CALLBACKS + "/{callback_id}"
        api.request("DELETE", path, step.values, query=self.query(api, step.values), replay=False)


class Callback(OfUser, Callbacks):
    noun = "callback"
    plural = "callbacks"
    licence = TELEPHONY
    fields = (
        Field("state", Choice(("requested", "absent"))),
        Field("callee", NUMBER, nullable=False),
        Field("callbackId", Text(1), nullable=False),
        Field("all", Flag(), in_body=False),
    )
    identity = (("callback_id",), ("callee",), ())

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        state = values.get("state")
        if not state:
            yield "state", "must be given: requested or absent"
        elif state == "requested":
            if not values.get("callee"):
                yield "callee", "must be given with state=requested"
            yield from ((name, "goes with state=absent only") for name in ("callback_id", "all") if name in values)
        else:
            if "callee" in values:
                yield "callee", "goes with state=requested only"
            if bool(values.get("all")) == ("callback_id" in values):
                yield "callback_id", "or all=true must be given with state=absent, and not both"


class CallbackInfo(OfUsers):
    noun = "callback"
    plural = "callbacks"
    licence = TELEPHONY
    info_only = True

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        def of(login: str) -> list[Values]:
            query = OfUser().query(api, {"login_name": login})
            return [{"login_name": login, **one} for one in callbacks_of(api.get(CALLBACKS, query=query))]

        logins = self.logins(api, where)
        return [one for listed in self.readable(logins, api.map(of, logins)) for one in listed]


# Short messages

MESSAGES = "/telephony/miniMessages"


class MiniMessage(OfUser, Action):
    """A short message to somebody's phone."""

    noun = "message"
    licence = TELEPHONY
    fields = (
        Field("recipient", NUMBER, nullable=False),
        Field("message", Text(1, 128), "mini_message", nullable=False, also="message"),
    )
    identity = (("recipient",),)

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if not values.get("mini_message"):
            yield "mini_message", "must be given"

    def act(self, api: O2gClient, step: Step) -> None:
        body = to_wire(self.fields, step.values)
        step.answer = api.request("POST", MESSAGES, query=self.query(api, step.values), body=body, replay=False)


class MiniMessageInfo(OfUsers):
    """The newest message of a user: to read it erases it (line 4331), so it is no read that may be tried again."""

    noun = "message"
    plural = "messages"
    licence = TELEPHONY
    info_only = True

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        logins = self.logins(api, where)
        if api.check_mode:
            api.warnings.append("In check mode no message was read, because that would erase it")
            return []
        return [one for one in self.readable(logins, api.map(lambda login: self._newest(api, login), logins)) if one]

    @staticmethod
    def _newest(api: O2gClient, login: str) -> Values | None:
        query = OfUser().query(api, {"login_name": login})
        try:
            body = api.request("GET", MESSAGES, query=query, read=False, replay=False)
        except ApiError as error:
            if error.status != 400:
                raise
            api.get(
                "/telephony/state", query=query
            )  # 400 also means that there is none; this fails where it is not that
            return None
        return {"login_name": login, **told(body)} if body else None
