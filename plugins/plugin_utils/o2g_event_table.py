# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The events of O2G that document 003 describes, each with its package, its fields, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass

WHOSE = {
    "pilot": "numbers of pilots",
    "rsi": "numbers of RSI points",
    "rti": "numbers of ACD objects",
    "system": "",
    "pbxManagement": "",
}
"""What the ids of a package are (lines 2100-2105), login names where nothing is said; empty: it goes without ids."""


@dataclass(frozen=True)
class Event:
    """A documented event. Of several about the same thing, the last tells all; not so where C(about) is empty."""

    package: str | None
    fields: tuple[str, ...] | None
    """The names of its fields on the wire; None where no document has them."""
    about: tuple[str, ...] = ()


def _event(package: str | None, fields: str | None, about: str = "") -> Event:
    return Event(package, None if fields is None else tuple(fields.split()), tuple(about.split()))


EVENTS = {
    "OnUserCreated": _event("userManagement", "user"),
    "OnUserDeleted": _event("userManagement", "loginName"),
    "OnUserInfoChanged": _event("user", "loginName user", "loginName"),
    "OnCallCreated": _event(
        "telephony", "loginName callRef cause callData initiator legs participants deviceCapabilities"
    ),
    "OnCallModified": _event(
        "telephony",
        "loginName callRef cause previousCallRef replacedByCallRef callData modifiedLegs addedLegs "
        "removedLegs modifiedParticipants addedParticipants removedParticipantIds deviceCapabilities",
    ),
    "OnCallRemoved": _event("telephony", "loginName callRef cause newDestination deviceCapabilities"),
    "OnDeviceStateModified": _event("telephony", "loginName deviceStates", "loginName"),
    "OnDynamicStateChanged": _event("telephony", "loginName huntingGroupState", "loginName"),
    "OnTelephonyState": _event("telephony", "loginName state", "loginName"),
    "OnUserStateModified": _event("telephony", "loginName state", "loginName"),
    "OnRoutingStateChanged": _event("routingManagement", "loginName routingState", "loginName"),
    "OnComRecordCreated": _event("unifiedComLog", "loginName record"),
    "OnComRecordModified": _event("unifiedComLog", "loginName record"),
    "OnComRecordsAck": _event("unifiedComLog", "loginName recordIds"),
    "OnComRecordsDeleted": _event("unifiedComLog", "loginName recordIds"),
    "OnComRecordsUnAck": _event("unifiedComLog", "loginName recordIds"),
    "OnEventSummaryUpdated": _event("eventSummary", "loginName eventSummary", "loginName"),
    "OnCtiLinkDown": _event("system", "nodeId", "nodeId"),
    "OnCtiLinkUp": _event("system", "nodeId", "nodeId"),
    "OnLicenseExpiration": _event("system", "message nbDays"),
    "OnPbxLoaded": _event("system", "nodeId", "nodeId"),
    "OnServerStart": _event(None, "serverId"),
    "OnPreferencesChanged": _event(None, None),
    "OnChannelInformation": _event(None, "text"),
    "OnPbxObjectInstanceCreated": _event(
        "pbxManagement", "objectName objectId nodeId father", "nodeId father objectName objectId"
    ),
    "OnPbxObjectInstanceDeleted": _event(
        "pbxManagement", "objectName objectId nodeId father", "nodeId father objectName objectId"
    ),
    "OnPbxObjectInstanceModified": _event(
        "pbxManagement", "objectName objectId nodeId father", "nodeId father objectName objectId"
    ),
    "OnAgentSkillChanged": _event("agent", "loginName skills", "loginName"),
    "OnAgentStateChanged": _event("agent", "loginName state", "loginName"),
    "OnSupervisorHelpCancelled": _event("agent", "loginName agentNumber"),
    "OnSupervisorHelpRequested": _event("agent", "loginName agentNumber"),
    "OnPilotCallCreated": _event("pilot", "pilot caller callRef cause callData"),
    "OnPilotCallQueued": _event("pilot", "pilot caller queue callRef cause numberOfQueued"),
    "OnPilotCallRemoved": _event("pilot", "pilot releasingDevice newDestination callRef cause"),
    "OnAgentRtiChanged": _event(
        "rti",
        "name firstName number type logonDate serviceState phoneState pilotName queueName nbOfWithdrawals "
        "serviceStateDate comDate withdrawalsTotalDuration nbOfPrivateCalls privateCallsTotalDuration "
        "nbOfServedACDCalls nbOfOutgoingACDCalls nbOfRefusedACDCalls nbOfInterceptedACDCalls "
        "nbOfTransferedACDCalls currentPG associatedSet withdrawReason",
        "number",
    ),
    "OnPGAgentRtiChanged": _event(
        "rti",
        "name number type state nbOfWidthdrawnAgents nbOfAgentsInPrivateCall nbOfAgentsInACDCall "
        "nbOfAgentsInACDRinging nbOfAgentsInACDConv nbOfAgentsInWrapupAndTransaction nbOfAgentsInPause "
        "nbOfBusyAgents nbOfLoggedOnAgents nbOfFreeAgents nbOfIdleAgents nbOfLoggedOnAndNotWithdrawnAgents "
        "incomingTraffic consolidatedPilotsServiceLevel consolidatedPilotsEfficiency "
        "consolidatedQueuesWaitingTime consolidatedQueuesNbOfWaitingCalls consolidatedQueuesEWT "
        "pilotsWorstServiceLevel pilotsWorstEfficiency pilotsBestServiceLevel pilotsBestEfficiency "
        "queuesLonguestWaitingTime",
        "number",
    ),
    "OnPGOtherRtiChanged": _event("rti", "name number type state nbOfACDCalls incomingTraffic", "number"),
    "OnPilotRtiChanged": _event(
        "rti",
        "name number state nbOfRunningCalls serviceLevel efficiency nbOfWaitingCalls nbOfRingingACDCalls "
        "nbOfMutualAidCalls nbOfDissuadedCalls nbOfCallsInConversation nbOfCallsInGeneralForwarding "
        "nbOfCallsInRemotePG incomingTraffic averageWaitingTime worstServiceLevelInList worstEfficiencyInList "
        "bestServiceLevelInList bestEfficiencyInList",
        "number",
    ),
    "OnQueueRtiChanged": _event(
        "rti",
        "name number type state nbOfAgentsInDistribution incomingTraffic outgoingTraffic nbOfWaitingCalls "
        "currentWaitingTime fillingRate expectedWaitingTime longestWaitingTimeInList",
        "number",
    ),
    "OnAcdStatsProgress": _event(
        "acdstats", "supervisor step nbTotObjects nbProcessedObjects resPath fullResPath xlsfullResPath", "supervisor"
    ),
    "OnRouteRequest": _event("rsi", None),
    "OnRouteEnd": _event("rsi", None),
    "OnToneGeneratedStart": _event("rsi", None),
    "OnToneGeneratedStop": _event("rsi", None),
    "OnDigitCollected": _event("rsi", None),
}
PACKAGES = tuple(dict.fromkeys(event.package for event in EVENTS.values() if event.package))
