# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: what waits for a user, counted."""

from __future__ import annotations

from typing import Any

from .base import Answer, Area, Call, handles
from .o2g_calls import Calls
from .o2g_log import Log, Mailboxes


class Counters(Area):
    @handles("o2gGetEventSummary")
    def summary(self, call: Call) -> Answer:
        return Answer(200, self.of(self.platform.whose(call)["number"]))

    def of(self, number: str) -> dict[str, Any]:
        """The counters of a user; one that the server does not know is absent."""
        calls = self.platform.area(Calls)
        counters = {
            "missedCallsNb": self.platform.area(Log).missed(number),
            "voiceMessagesNb": self.platform.area(Mailboxes).unread(number),
            "callBackRequestsNb": len(calls.callbacks.get(number, [])),
            "newTextNb": len(calls.messages.get(number, [])),
        }
        if self.settings["voice_counter"] == "absent" or not self.platform.subscriber(number).get("voicemail"):
            del counters["voiceMessagesNb"]
        return {**counters, "faxNb": 0, "eventWaiting": any(counters.values())}
