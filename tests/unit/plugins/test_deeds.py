# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions of one module: each with its options, and with its own request."""

from __future__ import annotations

from typing import Any

from ansible_collections.voiceops.telephony.plugins.module_utils.fields import Choice, Field, Flag, Text
from ansible_collections.voiceops.telephony.plugins.module_utils.resource import Deed, Deeds, Entry, Step

DEEDS = {
    "answer": Deed("POST", "/calls/{call_ref}/answer", needs=("device_id",)),
    "record": Deed("POST", "/calls/{call_ref}/recording", query={"action": "start"}),
    "redirect": Deed("POST", "/calls/{call_ref}/redirect", needs=("redirect_to",), takes=("anonymous",)),
    "drop": Deed("DELETE", "/calls/{call_ref}/participants/{participant_id}", needs=("participant_id",)),
    "help": Deed("DELETE", "/help", needs=("other",), asks=("other",)),
}


class Call(Deeds):
    noun = "call"
    fields = (
        Field("callRef", Text(1)),
        Field("action", Choice(tuple(DEEDS))),
        Field("deviceId", Text(1)),
        Field("redirectTo", Text(1)),
        Field("anonymous", Flag()),
        Field("participantId", Text(1)),
        Field("other", Flag()),
    )
    identity = (("call_ref",),)
    deeds = DEEDS


class Api:
    def __init__(self) -> None:
        self.sent: list[Any] = []

    def request(self, method: str, path: str, where: Any, **sent: Any) -> None:
        self.sent.append((method, path.format_map(where), sent["body"], sent["query"], sent["replay"]))


def sent(**values: Any) -> Any:
    api = Api()
    Call().act(api, Step(Entry(0, values), "act", None, values))  # type: ignore[arg-type]
    return api.sent[0]


def test_each_has_its_own_request_and_is_never_sent_twice() -> None:
    assert sent(call_ref="1", action="answer", device_id="7") == (
        "POST",
        "/calls/1/answer",
        {"deviceId": "7"},
        {},
        False,
    )
    assert sent(call_ref="1", action="record") == ("POST", "/calls/1/recording", None, {"action": "start"}, False)
    body = {"redirectTo": "VOICEMAIL", "anonymous": True}
    assert sent(call_ref="1", action="redirect", redirect_to="VOICEMAIL", anonymous=True)[2] == body
    assert sent(call_ref="1", action="drop", participant_id="p")[1:3] == ("/calls/1/participants/p", None)
    assert sent(call_ref="1", action="help", other=True)[2:4] == (None, {"other": "true"})


def test_options_go_with_their_action() -> None:
    def faults(**values: Any) -> list[tuple[str, str]]:
        return list(Call().faults({"call_ref": "1", **values}))

    assert faults(action="redirect", redirect_to="1", anonymous=False) == []
    assert faults(action="answer") == [("device_id", "must be given with action=answer")]
    assert faults(action="record", anonymous=True) == [
        ("anonymous", "does not go with action=record, but with redirect")
    ]
    assert faults()[0][0] == "action"
