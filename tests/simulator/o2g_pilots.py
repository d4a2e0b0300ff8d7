# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: which pilots are monitored, and whether calls can be transferred to them."""

from __future__ import annotations

from typing import Any

from .base import Answer, Area, Call, RefusalError, handles


class Pilots(Area):
    def reset(self, seed: dict[str, Any]) -> None:
        self.monitored: dict[str, int] = {}
        """How often each pilot was asked for: it is monitored until the last one asks no more."""

    def snapshot(self) -> dict[str, Any]:
        return {"monitored_pilots": self.monitored}

    def _known(self, call: Call) -> str:
        number: str = call.parameters["pilotNumber"]
        if "nodeId" in call.parameters:
            self.platform.pilot(call)
        elif not any(number in node["pilots"] for node in self.platform.nodes.values()):
            raise RefusalError(404, f"unknown pilot {number}")
        return number

    @handles("o2gStartPilotMonitoringOnNode")
    def start_on_node(self, call: Call) -> Answer:
        return self.start(call)

    @handles("o2gStopPilotMonitoringOnNode")
    def stop_on_node(self, call: Call) -> Answer:
        return self.stop(call)

    @handles("o2gStartPilotMonitoring")
    def start(self, call: Call) -> Answer:
        number = self._known(call)
        self.monitored[number] = self.monitored.get(number, 0) + 1
        return Answer(204)

    @handles("o2gStopPilotMonitoring")
    def stop(self, call: Call) -> Answer:
        number = self._known(call)
        self.monitored[number] = max(0, self.monitored.get(number, 0) - 1)
        return Answer(204)

    @handles("o2gGetPilotFor")
    def get_for(self, call: Call) -> Answer:
        """The pilot for a call of some profile: it waits longer when it asks for skills."""
        pilot = self.platform.pilot_view(self.platform.pilot(call))
        return Answer(200, {**pilot, "waitingTime": self._waiting(call)})

    @handles("o2gGetPilotTransferInfo")
    def transfer_info(self, call: Call) -> Answer:
        self.platform.whose(call)
        pilot = self.platform.pilot(call)
        opened = pilot["state"] == "Opened"
        supervised = bool(call.body.get("supervisedTransfer"))
        common = {"number": pilot["number"], "waitingTime": self._waiting(call), "saturation": False}
        if self.settings["pilot_state"] == "example":
            rules = self.platform.pilot_view(pilot)["rules"]
            state = {"queueState": f"s_{pilot['state']}", "rules": rules, "possibleTransfer": opened}
            return Answer(200, {**common, **state, "supervisedTransfer": supervised})
        info = {"transferPossible": opened, "pilotStatus": "OPEN" if opened else "OTHER"}
        return Answer(200, {**common, "supervisedTransfer": supervised, "transferInfo": info})

    @staticmethod
    def _waiting(call: Call) -> int:
        """Seconds: twelve for each skill that is asked for, none for a transfer with priority."""
        skills = [one for one in call.body.get("skills", {}).get("skills", []) if one.get("acrStatus", True)]
        return 0 if call.body.get("priorityTransfer") else 12 * len(skills)
