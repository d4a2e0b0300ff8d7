# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call centers: document 000; ranges from BroadWorks' OCI schema."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..fields import Choice, Field, Flag, Number, Text, Values, flat
from ..resource import Collection, Entry, Found, Job, Step
from .common import GROUP, GROUP_PATH, PROFILE, SERVICE_USER_ID, TENANT, client

if TYPE_CHECKING:
    from ..session import Client

CODEC = Choice(("None", "G711", "G722", "G729", "G726", "AMR", "AMR-WB", "OPUS", "EVRC0", "EVRCNW", "EVRCNW0"))
ROUTING = Choice(("Priority Based", "Skill Based"), read_as={"Priority": "Priority Based", "Skill": "Skill Based"})
LISTED = ("service_user_id", "name", "phone_number", "extension", "department", "active", "policy", "type")


class CallCenter(Collection):
    platform = "apio"
    connect = staticmethod(client)
    noun = "call center"
    plural = "call centers"
    parents = (TENANT, GROUP)
    fields = (
        SERVICE_USER_ID,
        *PROFILE,
        Field("type", Choice(("Basic", "Standard", "Premium"))),
        Field("policy", Choice(("Circular", "Regular", "Simultaneous", "Uniform", "Weighted")), required=True),
        Field("routingType", ROUTING),
        Field("queueLength", Number(0, 525)),
        Field("enableReporting", Flag()),
        Field("allowCallerToDialEscapeDigit", Flag()),
        Field("escapeDigit", Choice(tuple("0123456789*#"))),
        Field("resetCallStatisticsUponEntryInQueue", Flag()),
        Field("allowAgentLogoff", Flag()),
        Field("allowCallWaitingForAgents", Flag()),
        Field("allowCallsToAgentsInWrapUp", Flag()),
        Field("overrideAgentWrapUpTime", Flag()),
        Field("wrapUpSeconds", Number(1, 3600, empty=0), nullable=True),
        Field("forceDeliveryOfCalls", Flag()),
        Field("forceDeliveryWaitTimeSeconds", Number(1, 10, empty=0), nullable=True),
        Field("enableAutomaticStateChangeForAgents", Flag()),
        Field("agentStateAfterCall", Choice(("Available", "Unavailable", "Wrap-Up"))),
        Field("agentUnavailableCode", Text(1, 10, quoted=True)),
        Field("externalPreferredAudioCodec", CODEC),
        Field("internalPreferredAudioCodec", CODEC),
        Field("playRingingWhenOfferingCall", Flag()),
        Field("callCenterQueueThresholdsIsActive", Flag(), read_only=True),
        Field("networkClassOfService", Text(1, 40), nullable=False),
        Field("templateName", Text(1), create_only=True),
        Field("active", Flag(), in_body=False),
    )
    identity = (("service_user_id",), ("name",))
    path = GROUP_PATH + "/call_centers/"
    item = "{service_user_id}/"
    envelope = "call_centers"
    wrapper = "callCenterInstance"
    listed = LISTED
    list_fields = flat(f for f in fields if f.option in LISTED)
    gatherable = gathered_by_default = ("details",)
    info_filters = ("service_user_id", "name")

    def read(self, api: Client, entries: Sequence[Entry], everything: bool) -> tuple[list[Found], list[Values]]:
        self.claimed = {entry.values.get("service_user_id") for entry in entries}
        return super().read(api, entries, everything)

    def refusal(self, step: Step) -> Iterable[str]:
        values = step.values
        if step.changes.get("agent_unavailable_code") and not (
            values.get("enable_automatic_state_change_for_agents")
            and values.get("agent_state_after_call") == "Unavailable"
        ):
            yield (
                "agent_unavailable_code: needs enable_automatic_state_change_for_agents=true "
                "and agent_state_after_call=Unavailable, given or already there"
            )
        if step.action == "create" and values.get("service_user_id"):
            others = [
                r["service_user_id"]
                for r in self.lists.get(self.place(values), ())
                if r.get("name") == values["name"] and r["service_user_id"] not in self.claimed
            ]
            if others:
                yield (
                    f"service_user_id: there is no {values['service_user_id']}, but {values['name']!r} exists as "
                    f"{', '.join(others)}. If the server makes its own ids, leave service_user_id out"
                )

    def renames(self, step: Step) -> bool:
        """A server may build the id from the phone number (document 000, lines 228-236)."""
        return "phone_number" in step.changes

    def stages(self, steps: Sequence[Step]) -> list[list[Job]]:
        """Set C(active) last, for all call centers of a group in one request."""
        groups: dict[tuple[str, ...], list[Step]] = {}
        for step in steps:
            if "active" in step.changes:
                groups.setdefault(self.place(step.values), []).append(step)
        return [*super().stages(steps), [Job(group, self.activate) for group in groups.values()]]

    def activate(self, api: Client, steps: Sequence[Step]) -> None:
        services = [{"serviceUserId": s.values["service_user_id"], "active": s.changes["active"]} for s in steps]
        api.request("PUT", self.path + "active_instance/", steps[0].values, body={"services": services})
