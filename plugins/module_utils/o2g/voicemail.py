# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Voice mail, messages and their recordings: document 003, lines 9205-9700."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import files
from ..errors import ApiError
from ..fields import Field, Flag, Moment, Text, Values, told
from ..resource import Entry, Found, Resource, Step
from .call import granted, party_of
from .common import OfUser, OfUsers

if TYPE_CHECKING:
    from .client import O2gClient

MESSAGING = "ROXE_API_MESSAGING"
MAILBOXES = "/messaging/mailboxes"
MAILBOX = MAILBOXES + "/{mailbox_id}"
MESSAGES = MAILBOX + "/voicemails"
MESSAGE = MESSAGES + "/{voicemail_id}"
BATCH = 100
"""Ids in one request."""
NO_SPACE_TOLD = -1
"""The use of the storage where it is not known (line 9330)."""

MAILBOX_ID = Field("mailboxId", Text(1, quoted=True), nullable=False)
PASSWORD = Field(
    "password",
    Text(1, quoted=True),
    "mailbox_password",
    secret=True,
    nullable=False,
    in_body=False,
    also="password",
)
USER_PASSWORD = Field("withUserPwd", Flag(), in_body=False)


def mailbox_of(box: Mapping[str, Any]) -> Values:
    return {"mailbox_id": box.get("id"), "name": box.get("name"), "capabilities": granted(box.get("capabilities"))}


def mailboxes(api: O2gClient, query: Mapping[str, Any]) -> list[Values]:
    """Return the mailboxes of a user."""
    return [mailbox_of(box) for box in (api.get(MAILBOXES, query=query) or {}).get("mailboxes") or []]


def connect(api: O2gClient, at: Values, query: Mapping[str, Any]) -> Values:
    """Connect to a mailbox, which must go before all else, and return its counters. Raises ApiError."""
    by_user = at.get("with_user_pwd")
    body = None if by_user else {"password": at.get("mailbox_password", "")}
    query = {**query, "withUserPwd": ""} if by_user else query
    try:
        told_of = told(api.request("POST", MAILBOX, at, query=query, body=body, read=True) or {})
    except ApiError as error:
        if error.status not in (400, 403):
            raise
        raise ApiError(f"the mailbox {at['mailbox_id']} cannot be connected. Check its password. {error}") from None
    if told_of.get("storage_usage") == NO_SPACE_TOLD:
        told_of["storage_usage"] = None
    return told_of


def messages(api: O2gClient, at: Values, query: Mapping[str, Any]) -> list[Values]:
    """Return the messages of a mailbox that is connected."""
    listed = (api.get(MESSAGES, at, query=query) or {}).get("voicemails") or []
    return [{**told(one), "from": party_of(one.get("from"))} for one in listed]


def way_in(values: Values) -> Iterable[tuple[str, str]]:
    """Yield what is wrong with how a mailbox shall be opened."""
    if bool(values.get("with_user_pwd")) == ("mailbox_password" in values):
        yield "mailbox_password", "or with_user_pwd=true must be given, and not both"


FILTERS = (Field("beforeDate", Moment()), Field("afterDate", Moment()), Field("unread", Flag()))
"""What chooses messages; all must fit. The server knows no such filters: they choose among what was listed."""
NAMES = tuple(f.option for f in FILTERS)


class Messages(Resource):
    """Messages that exist: one, those that filters choose, or all. One can also be fetched into a file."""

    purgeable = False

    def __init__(self, state: str = "present", country: str | None = None) -> None:
        super().__init__(state, country)
        self.recordings: dict[tuple[Any, ...], bytes] = {}
        """What was read, by user, mailbox and message: too much for a result."""

    def read(
        self, api: O2gClient, entries: Sequence[Entry], whole: Sequence[Entry]
    ) -> tuple[list[Found], list[Values]]:
        boxes: dict[tuple[Any, ...], list[Entry]] = {}
        for entry in entries:
            boxes.setdefault((entry.values["login_name"], entry.values.get("mailbox_id")), []).append(entry)
        opened = dict(zip(boxes, api.map(lambda some: self._opened(api, some[0].values), boxes.values()), strict=True))
        found: dict[int, Found] = {}
        for key, some in boxes.items():
            there = opened[key]
            if isinstance(there, ApiError):
                found |= {id(entry): there for entry in some}
            else:
                results = api.map(lambda entry, box=there: self._there(api, entry.values, *box), some)
                found |= {id(entry): one for entry, one in zip(some, results, strict=True)}
        return [found[id(entry)] for entry in entries], []

    def _opened(self, api: O2gClient, values: Values) -> tuple[str, list[Values]]:
        """Return the id of a mailbox, connected, and its messages."""
        query = self.query(api, values)
        name = values.get("mailbox_id")
        if not name:
            there = [box["mailbox_id"] for box in mailboxes(api, query)]
            if len(there) != 1:
                listed = f": {', '.join(there)}. Say which by mailbox_id" if there else ""
                raise ApiError(f"{values['login_name']} has {len(there) or 'no'} mailboxes{listed}")
            name = there[0]
        at = {**values, "mailbox_id": name}
        connect(api, at, query)
        return name, messages(api, at, query)

    def _there(self, api: O2gClient, values: Values, box: str, listed: Sequence[Values]) -> Values | None:
        """Return which messages an entry means, and whether its file has the recording."""
        values = {**values, "mailbox_id": box}
        if "voicemail_id" in values:
            meant = [one for one in listed if str(one["voicemail_id"]) == values["voicemail_id"]]
        else:
            meant = [one for one in listed if fits(one, values)]
        if self.state == "absent":
            ids = [str(one["voicemail_id"]) for one in meant]
            return {**values, "voicemail_ids": ids} if ids else None
        if not meant:
            known = ", ".join(str(one["voicemail_id"]) for one in listed) or "none"
            raise ApiError(f"there is no {self.label(values)}: there are {known}")
        there = {**values, **meant[0], "voicemail_id": values["voicemail_id"], "dest": None}
        if api.check_mode and not Path(values["dest"]).exists():
            files.replace(values["dest"], b"", 0o600, check_mode=True)  # whether it could be written
            return there  # there is nothing to compare, and to fetch a message may mark it as read
        content = api.get(MESSAGE, values, query=self.query(api, values), binary=True)
        if not isinstance(content, bytes) or not content.startswith(b"RIFF"):
            raise ApiError(f"the recording of {self.label(values)} is not a wav file")
        self.recordings[self._named(values)] = content
        differs = files.replace(values["dest"], content, 0o600, check_mode=True)
        return {
            **values,
            **meant[0],
            "voicemail_id": values["voicemail_id"],
            "dest": None if differs else values["dest"],
        }

    @staticmethod
    def _named(values: Values) -> tuple[Any, ...]:
        return values["login_name"], values["mailbox_id"], values["voicemail_id"]

    def update(self, api: O2gClient, step: Step) -> None:
        api.save(step.changes["dest"], self.recordings[self._named(step.values)])

    def delete(self, api: O2gClient, step: Step) -> None:
        """Delete by ids, so that nothing goes that was not seen: without ids the platform would delete all."""
        query, ids = self.query(api, step.values), (step.before or {})["voicemail_ids"]
        if "voicemail_id" in step.values:
            api.request("DELETE", MESSAGE, step.address, query=query, replay=False)
            return
        for at in range(0, len(ids), BATCH):  # unknown ids are no error
            some = ",".join(ids[at : at + BATCH])
            api.request("DELETE", MESSAGES, step.address, query={**query, "msgIds": some})


def fits(message: Values, values: Values) -> bool:
    """Tell whether a message is among those that an entry means."""
    date = str(message.get("date") or "")
    return bool(
        ("before_date" not in values or "" < date < values["before_date"])
        and ("after_date" not in values or date >= values["after_date"])
        and ("unread" not in values or bool(message.get("unread")) is values["unread"])
    )


class Voicemail(OfUser, Messages):
    noun = "voice message"
    plural = "voice messages"
    licence = MESSAGING
    also_in_paths = ("mailbox_id",)
    fields = (
        MAILBOX_ID,
        PASSWORD,
        USER_PASSWORD,
        Field("voicemailId", Text(1, quoted=True), nullable=False),
        Field("all", Flag(), in_body=False),
        *FILTERS,
        Field("dest", Text(1), nullable=False),
    )
    identity = (("voicemail_id",), ())
    top_level = ("mailbox_password", "with_user_pwd")

    @classmethod
    def place(cls, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return (*super().place(values), values.get("mailbox_id"))

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        yield from way_in(values)
        filters = [name for name in NAMES if name in values]
        if self.state == "present":
            if "voicemail_id" not in values:
                yield "voicemail_id", "must be given with state=present"
            if "dest" not in values:
                yield "dest", "must be given with state=present"
            yield from ((name, "goes with state=absent only") for name in ("all", *filters) if name in values)
            return
        if "dest" in values:
            yield "dest", "goes with state=present only"
        ways = [way for way, given in (("voicemail_id", "voicemail_id" in values), ("all", values.get("all"))) if given]
        ways += filters[:1]
        if not ways:
            yield "voicemail_id", f"must be given, or one of {', '.join(NAMES)}, or all=true"
        if len(ways) > 1:
            yield ways[0], f"cannot stand beside {ways[1]}"


class VoicemailInfo(OfUsers):
    """Mailboxes, and what is in those that can be opened."""

    noun = "mailbox"
    plural = "mailboxes"
    licence = MESSAGING
    also_in_paths = ("mailbox_id",)
    fields = (MAILBOX_ID, PASSWORD, USER_PASSWORD, Field("newOnly", Flag()))
    info_only = True
    info_filters = ("mailbox_id", "mailbox_password", "with_user_pwd", "new_only")

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        opens = where.get("with_user_pwd") or "mailbox_password" in where

        def of(login: str) -> list[Values]:
            query = OfUser().query(api, {"login_name": login})
            there = [box for box in mailboxes(api, query) if where.get("mailbox_id") in (None, box["mailbox_id"])]
            if opens:
                news = {"newOnly": "true"} if where.get("new_only") else {}
                for box in there:
                    at = {**where, "mailbox_id": box["mailbox_id"]}
                    box |= connect(api, at, query)
                    box["voicemails"] = messages(api, at, {**query, **news})
            return [{"login_name": login, **box} for box in there]

        logins = self.logins(api, where)
        return [one for listed in self.readable(logins, api.map(of, logins)) for one in listed]
