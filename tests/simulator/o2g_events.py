# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: subscriptions to events, and what is asked to be sent as events."""

from __future__ import annotations

import secrets
from typing import Any

from .base import NO_BODY, Answer, Area, Call, RefusalError, handles

PACKAGES: dict[str, tuple[str, ...]] = {
    "telephony": (
        "OnCallCreated",
        "OnCallModified",
        "OnCallRemoved",
        "OnUserStateModified",
        "OnDeviceStateModified",
        "OnTelephonyState",
        "OnDynamicStateChanged",
    ),
    "eventSummary": ("OnEventSummaryUpdated",),
    "unifiedComLog": (
        "OnComRecordCreated",
        "OnComRecordModified",
        "OnComRecordsDeleted",
        "OnComRecordsAck",
        "OnComRecordsUnAck",
    ),
    "user": ("OnUserInfoChanged",),
    "userManagement": ("OnUserCreated", "OnUserDeleted", "OnUserInfoChanged"),
    "routingManagement": ("OnRoutingStateChanged",),
    "agent": (
        "OnAgentStateChanged",
        "OnSupervisorHelpRequested",
        "OnSupervisorHelpCancelled",
        "OnAgentSkillChanged",
    ),
    "rsi": ("OnRouteRequest", "OnRouteEnd", "OnToneGeneratedStart", "OnToneGeneratedStop", "OnDigitCollected"),
    "pilot": ("OnPilotCallCreated", "OnPilotCallQueued", "OnPilotCallRemoved"),
    "system": ("OnLicenseExpiration", "OnPbxLoaded", "OnCtiLinkDown", "OnCtiLinkUp"),
    "pbxManagement": (
        "OnPbxObjectInstanceCreated",
        "OnPbxObjectInstanceModified",
        "OnPbxObjectInstanceDeleted",
    ),
    "rti": (
        "OnAgentRtiChanged",
        "OnPilotRtiChanged",
        "OnPGAgentRtiChanged",
        "OnQueueRtiChanged",
        "OnPGOtherRtiChanged",
    ),
    "acdstats": ("OnAcdStatsProgress",),
}
WITHOUT_IDS = ("system", "pbxManagement")


class Events(Area):
    def reset(self, seed: dict[str, Any]) -> None:
        self.subscriptions: dict[str, dict[str, Any]] = {
            name: {"login": "admin", "selectors": [{"names": ["system"]}], "webHookUrl": "https://hook.example.com/o2g"}
            for name in ("SUB-1", "SUB-2")
        }
        self.snapshots: list[str] = []

    def snapshot(self) -> dict[str, Any]:
        return {"subscriptions": self.subscriptions, "snapshots": self.snapshots}

    def _refusal(self, call: Call, selectors: list[dict[str, Any]]) -> str:
        """Why selectors are refused, or nothing."""
        for selector in selectors:
            packages = {
                package
                for name in selector["names"]
                for package, events in PACKAGES.items()
                if name == package or name in events
            }
            if unknown := [n for n in selector["names"] if not any(n == p or n in e for p, e in PACKAGES.items())]:
                return f"unknown event {unknown[0]}"
            if len(packages) > 1 and packages != {"user", "userManagement"}:
                return "names of several packages in one selector"
            if packages & set(WITHOUT_IDS):
                if selector.get("ids"):
                    return "ids do not go with this package"
            elif not selector.get("ids") and call.account["role"] != "user":
                return "ids are missing"
        return "" if selectors else "there is no selector"

    @handles("o2gSubscribe")
    def subscribe(self, call: Call) -> Answer:
        selectors = call.body.get("filter", {}).get("selectors", [])
        if why := self._refusal(call, selectors):
            return Answer(200, {"status": "REFUSED", "message": why})
        key = secrets.token_urlsafe(24)
        hook = call.body.get("webHookUrl")
        self.subscriptions[key] = {"login": call.account["login"], "selectors": selectors, "webHookUrl": hook}
        url = f"{self.platform.host(call)}/OTEvents?subscriptionId={key}"
        polling = {} if hook else {"publicPollingUrl": url, "privatePollingUrl": url}
        mode = {"mode": "WEBHOOK" if hook else "CHUNK", "format": "JSON"}
        return Answer(200, {"subscriptionId": key, "status": "ACCEPTED", "message": "", **polling, **mode})

    @handles("o2gChangeSubscription")
    def change(self, call: Call) -> Answer:
        own = [one for one in self.subscriptions.values() if one["login"] == call.account["login"]]
        if not own:
            raise RefusalError(400, "the account has no subscription")
        selectors = call.body.get("selectors", [])
        if why := self._refusal(call, selectors):
            raise RefusalError(400, why)
        own[-1]["selectors"] = selectors
        return Answer(204)

    @handles("o2gUnsubscribe")
    def unsubscribe(self, call: Call) -> Answer:
        if self.subscriptions.pop(call.parameters["subscriptionId"], None) is None:
            raise RefusalError(400, "there is no such subscription")
        return Answer(204)

    # Snapshots

    def _asked(self, call: Call, what: str) -> Answer:
        login = call.account["login"] if call.account["role"] == "user" else call.query.get("loginName")
        if login:
            self.platform.user_named(login)
        self.snapshots.append(f"{what} {login or '*'}")
        assert call.body is NO_BODY
        return Answer(204)

    @handles("o2gSnapshotTelephony")
    def telephony(self, call: Call) -> Answer:
        return self._asked(call, "telephony")

    @handles("o2gSnapshotRouting")
    def routing(self, call: Call) -> Answer:
        return self._asked(call, "routing")

    @handles("o2gSnapshotAgents")
    def agents(self, call: Call) -> Answer:
        return self._asked(call, "agents")

    @handles("o2gSnapshotRealtime")
    def realtime(self, call: Call) -> Answer:
        return self._asked(call, "realtime")
