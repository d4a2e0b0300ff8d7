# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Instant group calls: document 004; ranges from BroadWorks' OCI schema."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..fields import DESTINATION, Field, Flag, ListOf, Number, Text, Values, dialled, flat
from ..resource import Step
from .common import GROUP_PATH
from .service_user import PROFILE, ServiceUsers

if TYPE_CHECKING:
    from ..session import Client

LISTED = ("service_user_id", "name", "phone_number", "extension", "department")


class InstantGroupCall(ServiceUsers):
    noun = "instant group call"
    plural = "instant group calls"
    fields = (
        *PROFILE,
        Field("answerTimeoutMinutes", Number(1, 60, empty=0), nullable=True),
        Field("answerTimeoutEnabled", Flag(), default=False),
        Field("destinationPhoneNumbers", ListOf(DESTINATION, unordered=True)),
        Field("templateName", Text(1), create_only=True),
        Field("active", Flag(), unreadable=True),
    )
    path = GROUP_PATH + "/instant_group_calls/"
    active_path = GROUP_PATH + "/instant_group_calls_active/"
    envelope = "instantGroupCalls"
    listed = LISTED
    list_fields = flat(f for f in fields if f.option in LISTED)

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        seen: dict[str | None, str] = {}
        for number in values.get("destination_phone_numbers") or ():
            same = dialled(number, self.country)
            if same in seen:
                yield "destination_phone_numbers", f"{seen[same]!r} and {number!r} are the same number"
            seen[same] = number

    def sets_active_apart(self, step: Step) -> bool:
        """C(active) goes along with other changes; where it is the only one, one request serves many."""
        return step.action == "update" and set(step.changes) == {"active"}

    def update(self, api: Client, step: Step) -> None:
        if not self.sets_active_apart(step):
            super().update(api, step)
            if self.renames(step):
                self.find_renamed(api, step)

    def find_renamed(self, api: Client, step: Step) -> None:
        """Look up the id after a change of the phone number: the answer to an update does not tell it."""
        there = self.listing(api, {f.option: step.values[f.option] for f in self.parents})
        ids = {r["service_user_id"] for r in there}
        named = [r for r in there if r["name"] == step.values["name"]]
        if step.values["service_user_id"] not in ids and len(named) == 1:
            step.after = {**step.values, "service_user_id": named[0]["service_user_id"]}
