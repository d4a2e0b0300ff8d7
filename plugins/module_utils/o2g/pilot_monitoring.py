# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whose events the platform tells of pilots: document 003, lines 14340-14505."""

from __future__ import annotations

from dataclasses import replace

from ..fields import Choice, Field, Values
from ..resource import Deed, Deeds
from .common import ANY_NODE, NUMBER, client

PATH = "/acd/pilotmonitoring"
DEEDS = {
    "monitored": Deed("POST", PATH + "/{pilot_number}"),
    "unmonitored": Deed("DELETE", PATH + "/{pilot_number}"),
}


class PilotMonitoring(Deeds):
    """Asked for, or not any more. Nothing shows whether a pilot is monitored, so it is asked each time."""

    platform = "o2g"
    connect = staticmethod(client)
    noun = "pilot"
    plural = "pilots"
    licence = "ROXE_API_CONTACTCENTER_SVCS"
    parents = (ANY_NODE,)
    fields = (
        Field("pilotNumber", NUMBER, nullable=False),
        Field("state", Choice(tuple(DEEDS))),
    )
    identity = (("pilot_number",),)
    top_level = ("state",)
    deeds = DEEDS
    chooser = "state"

    def deed(self, values: Values) -> Deed:
        """Return the request, in the deprecated form where the node is given."""
        deed = super().deed(values)
        on_node = values.get("node_id") is not None
        return replace(deed, path=PATH + "/{node_id}/{pilot_number}") if on_node else deed
