# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: calls, callbacks, messages, and what pilots tell of transfers. References are counted, so they are known."""

from __future__ import annotations

from unit.simulator.o2g_steps import Step

T = "/telephony"
DEVICE = {"deviceId": "70101"}
PILOT = "/acd/7/pilots/60101"
SKILLS = {"skills": {"skills": [{"skillNumber": 1, "acrStatus": True, "expertEvalLevel": 2}]}}


def ref(number: int) -> str:
    return f"{number:08x}4a030100"


def of(number: int) -> str:
    return f"{T}/calls/{ref(number)}"


def me(number: int) -> str:
    return f"?loginName=oxe{number}"


def held(number: int) -> dict[str, str]:
    return {"heldCallRef": ref(number)}


STEPS: list[Step] = [
    # 70101's set rings, then 70100's, and the voice mail answers
    ("o2gMakeCall", "POST", f"{T}/calls{me(70101)}", {**DEVICE, "callee": "70100"}, 201),
    ("o2gAnswerCall", "POST", f"{of(10)}/answer", DEVICE, 204),
    ("o2gOverflowCallToVoicemail", "POST", f"{of(10)}/overflowToVoiceMail{me(70101)}", None, 204),
    ("o2gReleaseCall", "DELETE", f"{of(10)}{me(70101)}", None, 204),
    # 70101 calls 70102, the call travels, and ends in that of 70103, who is busy
    ("o2gMakeBasicCall", "POST", f"{T}/basicCall", {**DEVICE, "callee": "70102"}, 201),
    ("o2gAnswerBasicCall", "POST", f"{T}/basicCall/answer", DEVICE, 204),
    ("o2gRequestCallbackInCall", "POST", f"{of(11)}/callback{me(70101)}", None, 204),
    ("o2gRedirectCall", "POST", f"{of(11)}/redirect{me(70102)}", {"redirectTo": "70100"}, 204),
    ("o2gPickUpCall", "POST", f"{T}/devices/70102/pickup", {"otherPhoneNumber": "70100"}, 204),
    ("o2gHoldCall", "POST", f"{of(11)}/hold", {"deviceId": "70102"}, 204),
    ("o2gRetrieveCall", "POST", f"{of(11)}/retrieve", {"deviceId": "70102"}, 204),
    ("o2gParkCall", "POST", f"{of(11)}/park{me(70102)}", None, 204),
    ("o2gUnparkCall", "POST", f"{T}/devices/71100/unpark", {"unParkFrom": "70102"}, 204),
    ("o2gMoveCall", "POST", f"{of(11)}/deviceLegs/71100", {"otherDeviceId": "70100"}, 204),
    ("o2gBlindTransferCall", "POST", f"{of(11)}/blindtransfer{me(70100)}", {"transferTo": "70103"}, 204),
    ("o2gIntrude", "POST", f"{T}/devices/70101/intrusion", None, 204),
    ("o2gListCalls", "GET", f"{T}/calls{me(70103)}", None, 200),
    ("o2gGetCall", "GET", f"{of(1)}{me(70103)}", None, 200),
    ("o2gListCallParticipants", "GET", f"{of(1)}/participants{me(70103)}", None, 200),
    ("o2gGetCallParticipant", "GET", f"{of(1)}/participants/{ref(1)}-3{me(70103)}", None, 200),
    ("o2gDropCallParticipant", "DELETE", f"{of(1)}/participants/{ref(1)}-3{me(70103)}", None, 204),
    ("o2gListCallLegs", "GET", f"{of(1)}/deviceLegs{me(70103)}", None, 200),
    ("o2gGetCallLeg", "GET", f"{of(1)}/deviceLegs/70103{me(70103)}", None, 200),
    ("o2gRecordCall", "POST", f"{of(1)}/recording{me(70103)}&action=start", None, 204),
    ("o2gSendDtmf", "POST", f"{of(1)}/sendDtmf", {"deviceId": "70103", "number": "12*#"}, 204),
    ("o2gSendAccountInfo", "POST", f"{of(1)}/sendaccountinfo", {"deviceId": "70103", "accountInfo": "123"}, 204),
    ("o2gAttachCallData", "POST", f"{of(1)}/attachdata", {"deviceId": "70103", "associatedData": "a ticket"}, 204),
    # two calls at a device
    ("o2gMergeCalls", "POST", f"{of(6)}/merge{me(80100)}", held(3), 204),
    ("o2gDropMeFromCall", "POST", f"{of(6)}/dropme{me(80100)}", None, 204),
    ("o2gAlternateCalls", "POST", f"{of(4)}/alternate", {"deviceId": "80101"}, 204),
    ("o2gTransferCall", "POST", f"{of(4)}/transfer{me(80101)}", held(7), 204),
    (
        "o2gReconnectCall",
        "POST",
        f"{of(5)}/reconnect{me(80102)}",
        {"deviceId": "80102", "enquiryCallRef": ref(8)},
        204,
    ),
    ("o2gDropMeFromBasicCall", "POST", f"{T}/basicCall/dropme{me(80102)}", None, 204),
    ("o2gListDeviceStates", "GET", f"{T}/devices{me(70100)}", None, 200),
    ("o2gGetDeviceState", "GET", f"{T}/devices/71100{me(70100)}", None, 200),
    ("o2gGetTelephonicState", "GET", f"{T}/state{me(70103)}", None, 200),
    ("o2gPressIthMicro", "PUT", f"{T}/devices/70100/ithmicro", None, 204),
    ("o2gRequestCallback", "POST", f"{T}/outgoingCallbacks{me(70102)}", {"callee": "70100"}, 204),
    ("o2gListCallbacks", "GET", f"{T}/incomingCallbacks{me(70100)}", None, 200),
    ("o2gDeleteCallback", "DELETE", f"{T}/incomingCallbacks/cb9{me(70100)}", None, 204),
    ("o2gDeleteCallbacks", "DELETE", f"{T}/incomingCallbacks{me(70100)}", None, 204),
    ("o2gSendMiniMessage", "POST", f"{T}/miniMessages{me(70102)}", {"recipient": "70100", "message": "hello!"}, 204),
    ("o2gTakeMiniMessage", "GET", f"{T}/miniMessages{me(70100)}", None, 200),
    ("o2gGetPilotTransferInfo", "POST", f"{T}/pilots/7/60101/transferInfo{me(70101)}", SKILLS, 200),
    ("o2gGetPilotFor", "POST", PILOT, SKILLS, 200),
    ("o2gStartPilotMonitoring", "POST", "/acd/pilotmonitoring/60101", None, 204),
    ("o2gStopPilotMonitoring", "DELETE", "/acd/pilotmonitoring/60101", None, 204),
    ("o2gStartPilotMonitoringOnNode", "POST", "/acd/pilotmonitoring/7/60101", None, 204),
    ("o2gStopPilotMonitoringOnNode", "DELETE", "/acd/pilotmonitoring/7/60101", None, 204),
]
