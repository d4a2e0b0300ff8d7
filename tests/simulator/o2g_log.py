# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: the directory, the log of communications, voice mail, and the counters of all that."""

from __future__ import annotations

import calendar
import copy
import io
import math
import time
import wave
from collections.abc import Callable, Iterator
from typing import Any

from .base import NO_BODY, Answer, Area, Call, RefusalError, handles

NOT_EXPECTED = 1004
NOT_ALLOWED = 1002
MOST_OF_A_SESSION = 5
MOST_SEARCHES = 100
KEPT = 60.0
"""Seconds for which a search that nobody reads is kept."""
PAGE = 10
MOST_RECORDS = 100
KEYS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999", strict=True))
COMPARED: dict[str, Callable[[str, str], bool]] = {
    "EQUAL_IGNORE_CASE": lambda value, text: value == text,
    "BEGIN_WITH": lambda value, text: value.startswith(text),
    "CONTAIN": lambda value, text: text in value,
    "END_WITH": lambda value, text: value.endswith(text),
}


class Directory(Area):
    def reset(self, seed: dict[str, Any]) -> None:
        self.searches: list[dict[str, Any]] = []

    def snapshot(self) -> dict[str, Any]:
        return {"searches": len(self.searches)}

    def _entries(self) -> Iterator[dict[str, Any]]:
        for node in self.platform.nodes.values():
            for one in node["subscribers"].values():
                login = f"oxe{one['number']}"
                named = {"loginName": login} if login in node["users"] else {}
                yield {
                    "id": {**named, "phoneNumber": one["number"]},
                    "firstName": one["firstName"],
                    "lastName": one["lastName"],
                }

    def _begin(self, call: Call, fits: Callable[[dict[str, Any]], bool]) -> Answer:
        if "loginName" in call.query:
            self.platform.whose(call)
        now = time.monotonic()
        self.searches = [one for one in self.searches if now - one["used"] < KEPT]
        session = call.cookie("AlcUserId")
        if (
            len(self.searches) >= MOST_SEARCHES
            or sum(o["session"] == session for o in self.searches) >= MOST_OF_A_SESSION
        ):
            raise RefusalError(403, "there are too many searches", NOT_EXPECTED)
        found = [entry for entry in self._entries() if fits(entry)][: call.body.get("limit", 100)]
        polls = int(self.settings["search_polls"])
        self.searches.append({"session": session, "used": now, "polls": polls, "found": found})
        return Answer(201, NO_BODY, [("Location", f"{self.platform.host(call)}/api/rest/1.0/directory/search/")])

    @handles("o2gStartSearch")
    def start(self, call: Call) -> Answer:
        return self._begin(call, lambda entry: _meets(entry, call.body["filter"]))

    @handles("o2gStartDtmfSearch")
    def start_dtmf(self, call: Call) -> Answer:
        wanted = {name: call.body[name] for name in ("lastName", "firstName") if name in call.body}
        return self._begin(call, lambda entry: all(_keys(entry[n]).startswith(keys) for n, keys in wanted.items()))

    @handles("o2gGetSearchResults")
    def results(self, call: Call) -> Answer:
        """Of the session's newest search: which one is meant is not documented."""
        mine = [one for one in self.searches if one["session"] == call.cookie("AlcUserId")]
        if not mine:
            raise RefusalError(400, "there is no search", NOT_EXPECTED)
        search = mine[-1]
        search["used"] = time.monotonic()
        if search["polls"]:
            search["polls"] -= 1
            return Answer(200, {"resultCode": "NOK"})
        page, search["found"] = search["found"][:PAGE], search["found"][PAGE:]
        if page:
            return Answer(200, {"resultCode": "OK", "resultElements": [{"contacts": page}]})
        return Answer(200, {"resultCode": self.settings["search_end"]})

    @handles("o2gStopSearch")
    def stop(self, call: Call) -> Answer:
        mine = [one for one in self.searches if one["session"] == call.cookie("AlcUserId")]
        if mine:
            self.searches.remove(mine[-1])
        return Answer(204)


def _meets(entry: dict[str, Any], criterion: dict[str, Any]) -> bool:
    if criterion["operation"] in ("AND", "OR"):
        joined = all if criterion["operation"] == "AND" else any
        return joined(_meets(entry, one) for one in criterion["operand"])
    value: Any = entry
    for name in criterion["field"].split("."):
        value = value.get(name, "")
    return COMPARED[criterion["operation"]](value.lower(), criterion["operand"].lower())


def _keys(name: str) -> str:
    return "".join(KEYS.get(letter, "") for letter in name.upper())


class Log(Area):
    """The records are made by the server itself: of the seed, and of each call that ends."""

    def reset(self, seed: dict[str, Any]) -> None:
        self.records: dict[str, list[dict[str, Any]]] = {}
        self._count = 9999
        for entry in copy.deepcopy(seed.get("com_records", DEFAULT_RECORDS)):
            if self.platform.subscriber(entry["of"]):
                self._add(**entry)

    def snapshot(self) -> dict[str, Any]:
        return {"com_records": self.records}

    def _add(self, of: str, other: str, role: str, answered: bool, began: str, lasted: int | None = 30) -> int:
        self._count += 1
        missed = role == "CALLEE" and not answered
        talked = {"convDate": began} if answered else {}
        record = {
            "recordId": self._count,
            "comRef": f"{self._count:08X}JP4J3J4987CLKVAC1JB5",
            "acknowledged": not missed,
            "participants": [
                {"role": role, "answered": answered, "identity": self.platform.identity(of), "anonymous": False},
                {"identity": self.platform.identity(other), "anonymous": False},
            ],
            "beginDate": began,
            **({} if lasted is None else {"endDate": _later(began, lasted)}),
            **talked,
            "medias": ["AUDIO"],
            "extensions": [],
        }
        listed = self.records.setdefault(of, [])
        listed.append(record)
        del listed[:-MOST_RECORDS]
        return self._count

    def note(self, of: str, other: str, role: str, answered: bool, began: float) -> int:
        """Write down a call of a user, which has not ended yet; return the id of the record."""
        return self._add(of, other, role, answered, _moment(began), None)

    def end(self, of: str, record_id: int) -> None:
        """Write down the end of a call, unless the record is there no more."""
        for record in self.records[of]:
            if record["recordId"] == record_id:
                record["endDate"] = _moment(time.time())

    def missed(self, number: str) -> int:
        return sum(not record["acknowledged"] for record in self.records.get(number, []))

    def _listed(self, call: Call) -> list[dict[str, Any]]:
        return self.records.setdefault(self.platform.whose(call)["number"], [])

    def _chosen(self, call: Call) -> list[dict[str, Any]]:
        """The records that a query means: all, without filters."""
        records, query = self._listed(call), call.query
        if "recordIdList" in query:
            ids = query["recordIdList"].split(",")
            return [record for record in records if str(record["recordId"]) in ids]
        return [record for record in records if self._passes(record, query)]

    @staticmethod
    def _passes(record: dict[str, Any], query: dict[str, Any]) -> bool:
        me, *others = record["participants"]
        return all(
            (
                query.get("unanswered") != "true" or (me["role"] == "CALLEE" and not me["answered"]),
                query.get("unacknowledged") != "true" or not record["acknowledged"],
                query.get("afterDate", "") <= record["beginDate"],
                "beforeDate" not in query or record["beginDate"] < query["beforeDate"],
                query.get("role", me["role"]) == me["role"],
                query.get("comRef", record["comRef"]) == record["comRef"],
                "remotePartyId" not in query
                or any(query["remotePartyId"] in other["identity"]["id"].values() for other in others),
            )
        )

    def _view(self, record: dict[str, Any]) -> dict[str, Any]:
        if self.settings["comlog_form"] == "table":
            return record
        names = {"comRef": "comref", "acknowledged": "acknowledge"}
        return {
            **{names.get(name, name): value for name, value in record.items()},
            "archived": False,
            "attachments": [],
        }

    @handles("o2gListComRecords")
    def list_records(self, call: Call) -> Answer:
        chosen = sorted(self._chosen(call), key=lambda record: record["beginDate"], reverse=True)
        offset, limit = call.query.get("offset", 0), call.query.get("limit", 0)
        page = chosen[offset : offset + limit if limit else None]
        records = [self._view(record) for record in page]
        return Answer(200, {"comHistoryRecords": records, "offset": offset, "limit": limit, "totalCount": len(chosen)})

    @handles("o2gListComRecordIds")
    def list_ids(self, call: Call) -> Answer:
        return Answer(200, {"recordIds": [record["recordId"] for record in self._listed(call)]})

    @handles("o2gAcknowledgeComRecords")
    def acknowledge(self, call: Call) -> Answer:
        for record in self._listed(call):
            me = record["participants"][0]
            if record["recordId"] in call.body["recordIds"] and me["role"] == "CALLEE" and not me["answered"]:
                record["acknowledged"] = call.query["acknowledge"] == "true"
        return Answer(204)

    @handles("o2gDeleteComRecords")
    def delete_records(self, call: Call) -> Answer:
        listed = self._listed(call)
        for record in self._chosen(call):
            listed.remove(record)
        return Answer(204)

    def _one(self, call: Call, status: int) -> dict[str, Any]:
        for record in self._listed(call):
            if str(record["recordId"]) == call.parameters["recordId"]:
                return record
        raise RefusalError(status, f"there is no record {call.parameters['recordId']}")

    @handles("o2gGetComRecord")
    def get_record(self, call: Call) -> Answer:
        return Answer(200, self._view(self._one(call, 404)))

    @handles("o2gDeleteComRecord")
    def delete_record(self, call: Call) -> Answer:
        self._listed(call).remove(self._one(call, 400))
        return Answer(204)


class Mailboxes(Area):
    def reset(self, seed: dict[str, Any]) -> None:
        self.messages: dict[str, list[dict[str, Any]]] = {}
        self.passwords: dict[str, str] = seed.get("mailbox_passwords", {})
        self._connected: set[tuple[str | None, str]] = set()
        self._count = 19000
        for entry in copy.deepcopy(seed.get("voicemails", DEFAULT_MESSAGES)):
            if (self.platform.subscriber(entry["to"]) or {}).get("voicemail"):
                self.leave(**entry)

    def snapshot(self) -> dict[str, Any]:
        return {"voicemails": self.messages}

    def leave(
        self,
        to: str,
        sender: str,
        date: str | None = None,
        duration: int = 2,
        unread: bool = True,
        urgent: bool = False,
    ) -> None:
        """Leave a message in somebody's mailbox."""
        self._count += 1
        card = {name: value for name, value in self.platform.identity(sender).items() if name != "type"}
        message = {
            "voicemailId": str(self._count),
            "from": card,
            "duration": duration,
            "date": date or _moment(time.time()),
            "unread": unread,
            "highPriority": urgent,
        }
        self.messages.setdefault(to, []).append(message)

    def unread(self, number: str) -> int:
        return sum(message["unread"] for message in self.messages.get(number, []))

    def _mailbox(self, call: Call, *, connected: bool = True) -> dict[str, Any]:
        subscriber = self.platform.whose(call)
        name = call.parameters["mailboxId"]
        if not subscriber.get("voicemail") or name != _mailbox_id(subscriber):
            raise RefusalError(400, f"oxe{subscriber['number']} has no mailbox {name}")
        if connected and (call.cookie("AlcUserId"), name) not in self._connected:
            raise RefusalError(400, f"the mailbox {name} is not connected", NOT_EXPECTED)
        return subscriber

    @handles("o2gListMailboxes")
    def list_mailboxes(self, call: Call) -> Answer:
        subscriber = self.platform.whose(call)
        if not subscriber.get("voicemail"):
            return Answer(200, {"mailboxes": []})
        can = ("listMessages", "getMessages", "getRecord", "resume", "send", "events")
        cannot = ("play", "pause", "hangup", "record", "cancel", "forward", "callback")
        capabilities = {**dict.fromkeys(can, True), **dict.fromkeys(cannot, False)}
        box = {"id": _mailbox_id(subscriber), "name": "Embedded", "capabilities": capabilities}
        return Answer(200, {"mailboxes": [box]})

    @handles("o2gConnectMailbox")
    def connect(self, call: Call) -> Answer:
        subscriber = self._mailbox(call, connected=False)
        number = subscriber["number"]
        password = self.passwords.get(number, "1234")
        if "withUserPwd" in call.query:
            accounts = {one["login"]: one["password"] for one in self.platform.accounts}
            given = accounts.get(f"oxe{number}", password)
        elif call.body is NO_BODY or "password" not in call.body:
            raise RefusalError(400, "the password is missing")
        else:
            given = call.body["password"]
        if given != password:
            raise RefusalError(403, "the password of the mailbox is wrong", NOT_ALLOWED)
        self._connected.add((call.cookie("AlcUserId"), call.parameters["mailboxId"]))
        total = len(self.messages.get(number, []))
        return Answer(200, {"totalVoiceMsg": total, "newVoiceMsg": self.unread(number), "storageUsage": -1})

    @handles("o2gListVoicemails")
    def list_voicemails(self, call: Call) -> Answer:
        listed = self.messages.get(self._mailbox(call)["number"], [])
        if call.query.get("newOnly") == "true":
            listed = [message for message in listed if message["unread"]]
        offset, limit = call.query.get("offset", 0), call.query.get("limit", -1)
        return Answer(200, {"voicemails": listed[offset : None if limit < 0 else offset + limit]})

    @handles("o2gDeleteVoicemails")
    def delete_voicemails(self, call: Call) -> Answer:
        """Unknown ids are no error; without ids all go."""
        listed = self.messages.get(self._mailbox(call)["number"], [])
        ids = call.query.get("msgIds", "").replace(";", ",").split(",")
        listed[:] = [m for m in listed if "msgIds" in call.query and m["voicemailId"] not in ids]
        return Answer(204)

    def _message(self, call: Call) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        listed = self.messages.get(self._mailbox(call)["number"], [])
        for message in listed:
            if message["voicemailId"] == call.parameters["voicemailId"]:
                return listed, message
        raise RefusalError(400, f"there is no message {call.parameters['voicemailId']}")

    @handles("o2gGetVoicemail")
    def get_voicemail(self, call: Call) -> Answer:
        """The recording; to hear it is to have read it."""
        _listed, message = self._message(call)
        message["unread"] = False
        headers = [
            ("Content-Type", "application/octet-stream"),
            ("Content-Disposition", "attachment; filename=voicefile0_132234.wav"),
        ]
        return Answer(200, recording(message["voicemailId"], message["duration"]), headers)

    @handles("o2gDeleteVoicemail")
    def delete_voicemail(self, call: Call) -> Answer:
        listed, message = self._message(call)
        listed.remove(message)
        return Answer(204)


def recording(name: str, seconds: int) -> bytes:
    """A wav file that is as long as it should be: a tone whose pitch depends on the name."""
    rate, pitch = 8000, 200 + int(name) % 400
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        period = bytes(128 + round(90 * math.sin(2 * math.pi * pitch * at / rate)) for at in range(rate))
        sound.writeframes(period * seconds)
    return file.getvalue()


def _mailbox_id(subscriber: dict[str, Any]) -> str:
    return f"{subscriber['number']}-{subscriber['node']}-MAILBOX"


def _moment(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(seconds))


def _later(moment: str, seconds: int) -> str:
    return _moment(calendar.timegm(time.strptime(moment, "%Y-%m-%dT%H:%M:%S.000Z")) + seconds)


DEFAULT_RECORDS = [
    {"of": number, "other": other, "role": role, "answered": answered, "began": began}
    for number in ("70100", "70101", "70102")
    for other, role, answered, began in (
        ("+33155667788", "CALLEE", False, "2026-08-03T09:12:00.000Z"),
        ("70110", "CALLER", True, "2026-09-14T10:30:00.000Z"),
        ("70111", "CALLEE", True, "2026-10-05T15:45:00.000Z"),
        ("70110", "CALLEE", False, "2026-11-20T16:01:00.000Z"),
    )
]
DEFAULT_MESSAGES = [
    {"to": number, **message}
    for number in ("70100", "70103")
    for message in (
        {"sender": "70110", "date": "2026-08-03T09:13:00.000Z", "unread": False},
        {"sender": "+33155667788", "date": "2026-09-14T10:31:00.000Z", "duration": 3},
        {"sender": "70111", "date": "2026-11-20T16:02:00.000Z", "urgent": True},
    )
]
