# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: users as accounts, phone sets, routing, hunting groups and desk sharing."""

from __future__ import annotations

from unit.simulator.o2g_steps import Step

USER = "/users/oxe70101"
SET = f"{USER}/devices/70101"
REMOTE = "/users/oxe70100/devices/71101"
FOR = "?loginName=oxe70101"
FORWARD = {"forwardRoute": {"forwardType": "BUSY", "destinations": [{"type": "NUMBER", "number": "70102"}]}}
OVERFLOW = {"overflowRoutes": [{"overflowType": "BUSY", "destinations": [{"type": "VOICEMAIL"}]}]}
MOBILE = {"presentationRoutes": [{"destinations": [{"type": "MOBILE", "selected": True}]}]}
KEY = {"position": 3, "number": "70110", "mnemonic": "An", "locked": False}
SOFT_KEY = {"position": 3, "number": "70110", "mnemonic": "An"}
PASSWORDS = {"oldPassword": "1234", "newPassword": "4321"}
PREFIX = "type=Station_Facility_Type&value=Lock"

STEPS: list[Step] = [
    ("o2gListLogins", "GET", "/logins?nodeIds=7&onlyACD", None, 200),
    ("o2gFindUser", "GET", "/users?companyPhone=70101", None, 200),
    ("o2gGetAccount", "GET", USER, None, 200),
    ("o2gChangePassword", "PUT", f"{USER}/password", PASSWORDS, 204),
    ("o2gGetSupportedLanguages", "GET", f"{USER}/preferences/supportedLanguages", None, 200),
    ("o2gSetPreferences", "POST", f"{USER}/preferences", {"guiLanguage": "fr"}, 204),
    ("o2gGetPreferences", "GET", f"{USER}/preferences", None, 200),
    ("o2gListDevices", "GET", f"{USER}/devices", None, 200),
    ("o2gGetDevice", "GET", SET, None, 200),
    ("o2gGetAddons", "GET", f"{SET}/addons", None, 200),
    ("o2gSetLock", "PUT", f"{SET}/lock?activate=true", None, 204),
    ("o2gSetCampon", "PUT", f"{SET}/campon?activate=true", None, 204),
    ("o2gSetAssociate", "PUT", f"{SET}/associate", {"number": "70110"}, 204),
    ("o2gGetDynamicState", "GET", f"{SET}/dynamicState", None, 200),
    ("o2gSetRemoteExtensionActive", "PUT", f"{REMOTE}/REActive?activate=true", None, 204),
    ("o2gGetRemoteExtensionActive", "GET", f"{REMOTE}/REActiveState", None, 200),
    ("o2gSetPin", "PUT", f"{SET}/pin", {"Pin_Number": "4321", "Pin_Group": 1}, 204),
    ("o2gGetPin", "GET", f"{SET}/pin", None, 200),
    ("o2gSetKey", "PUT", f"{SET}/programmeableKeys/3", KEY, 204),
    ("o2gListKeys", "GET", f"{SET}/programmeableKeys", None, 200),
    ("o2gListProgrammedKeys", "GET", f"{SET}/programmedKeys", None, 200),
    ("o2gEmptyKey", "DELETE", f"{SET}/programmeableKeys/3", None, 204),
    ("o2gSetSoftKey", "PUT", f"{SET}/softKeys/3", SOFT_KEY, 204),
    ("o2gListSoftKeys", "GET", f"{SET}/softKeys", None, 200),
    ("o2gEmptySoftKey", "DELETE", f"{SET}/softKeys/3", None, 204),
    ("o2gGetPrefix", "GET", f"{USER}/prefixes?{PREFIX}", None, 200),
    ("o2gDeskSharingLogOn", "POST", f"/telephony/deskSharing{FOR}", {"dssDeviceNumber": "70150"}, 204),
    ("o2gDeskSharingLogOff", "DELETE", f"/telephony/deskSharing{FOR}", None, 204),
    ("o2gListHuntingGroups", "GET", f"/telephony/huntingGroups{FOR}", None, 200),
    ("o2gJoinHuntingGroup", "POST", f"/telephony/huntingGroupMember/60301{FOR}", None, 204),
    ("o2gHuntingGroupLogOn", "POST", f"/telephony/huntingGroupLogOn{FOR}", None, 204),
    ("o2gGetHuntingGroupLogOn", "GET", f"/telephony/huntingGroupLogOn{FOR}", None, 200),
    ("o2gHuntingGroupLogOff", "DELETE", f"/telephony/huntingGroupLogOn{FOR}", None, 204),
    ("o2gLeaveHuntingGroup", "DELETE", f"/telephony/huntingGroupMember/60301{FOR}", None, 204),
    ("o2gGetRoutingCapabilities", "GET", f"/routing{FOR}", None, 200),
    ("o2gSetRoutes", "POST", "/routing?loginName=oxe70100", MOBILE, 204),
    ("o2gSetDnd", "POST", f"/routing/dnd{FOR}", None, 204),
    ("o2gGetDnd", "GET", f"/routing/dnd{FOR}", None, 200),
    ("o2gCancelDnd", "DELETE", f"/routing/dnd{FOR}", None, 204),
    ("o2gSetForward", "POST", f"/routing/forwardroute{FOR}", FORWARD, 204),
    ("o2gGetForward", "GET", f"/routing/forwardroute{FOR}", None, 200),
    ("o2gSetOverflow", "POST", f"/routing/overflowroute{FOR}", OVERFLOW, 204),
    ("o2gGetOverflow", "GET", f"/routing/overflowroute{FOR}", None, 200),
    ("o2gGetRoutingState", "GET", f"/routing/state{FOR}", None, 200),
    ("o2gCancelForward", "DELETE", f"/routing/forwardroute{FOR}", None, 204),
    ("o2gCancelOverflow", "DELETE", f"/routing/overflowroute{FOR}", None, 204),
]
