# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call centers: document 000; ranges from BroadWorks' OCI schema."""

from __future__ import annotations

from collections.abc import Iterable

from ..fields import Choice, Field, Flag, Number, Text, flat
from ..resource import Step
from .common import GROUP_PATH
from .service_user import PROFILE, ServiceUsers

CODEC = Choice(("None", "G711", "G722", "G729", "G726", "AMR", "AMR-WB", "OPUS", "EVRC0", "EVRCNW", "EVRCNW0"))
ROUTING = Choice(("Priority Based", "Skill Based"), read_as={"Priority": "Priority Based", "Skill": "Skill Based"})
LISTED = ("service_user_id", "name", "phone_number", "extension", "department", "active", "policy", "type")


class CallCenter(ServiceUsers):
    noun = "call center"
    plural = "call centers"
    goes_along = "its agents, and what else is set on it"
    fields = (
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
    path = GROUP_PATH + "/call_centers/"
    active_path = path + "active_instance/"
    envelope = "call_centers"
    wrapper = "callCenterInstance"
    listed = LISTED
    list_fields = flat(f for f in fields if f.option in LISTED)

    def refusal(self, step: Step) -> Iterable[str]:
        yield from super().refusal(step)
        values = step.values
        if step.changes.get("agent_unavailable_code") and not (
            values.get("enable_automatic_state_change_for_agents")
            and values.get("agent_state_after_call") == "Unavailable"
        ):
            yield (
                "agent_unavailable_code: needs enable_automatic_state_change_for_agents=true "
                "and agent_state_after_call=Unavailable, given or already there"
            )
