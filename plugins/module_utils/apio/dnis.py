# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The DNIS of a route point: document 001, lines 205-374."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..fields import Field, Flag, ListOf, Phone, Struct, Text, Values
from ..resource import Collection, Step, unfailed
from .common import DEPARTMENT, EXTENSION, GROUP, ROUTE_POINT, ROUTE_POINT_PATH, TENANT, client

if TYPE_CHECKING:
    from ..session import Client

AGENTS = ListOf(
    Struct(
        (
            Field("userId", Text()),
            Field("firstName", Text()),
            Field("lastName", Text()),
            Field("phoneNumber", Phone()),
            Field("extension", EXTENSION),
            Field("department", DEPARTMENT),
            Field("emailAddress", Text()),
        )
    )
)
"""Document 001, line 369."""

CLI = ("cli_phone_number", "cli_last_name", "cli_first_name")


class Dnis(Collection):
    platform = "apio"
    connect = staticmethod(client)
    noun = plural = "DNIS"
    parents = (TENANT, GROUP, ROUTE_POINT)
    fields = (
        Field("name", Text(1, 40, quoted=True), required=True),
        Field("phoneNumber", Phone()),
        Field("extension", EXTENSION),
        Field("useCustomCLIDSettings", Flag(), default=False),
        Field("cliPhoneNumber", Phone()),
        Field("cliLastName", Text(1, 30)),
        Field("cliFirstName", Text(1, 30)),
        Field("useCustomDnisAnnouncementSettings", Flag(), default=False),
        Field("allowOutgoingACDCall", Flag(), default=False),
    )
    identity = (("name",),)
    numbered = ("phone_number", "extension")
    owned = True
    rename = ("name", "new_name")
    goes_along = "its announcements, and which agents use it"
    path = ROUTE_POINT_PATH + "/dnis/"
    item = "{name}/"
    envelope = "dnis"
    listed = ("name", "phone_number", "extension")
    gatherable = ("details", "agents")
    gathered_by_default = ("details",)
    info_filters = ("name",)

    def refusal(self, step: Step) -> Iterable[str]:
        missing = [name for name in CLI if not step.values.get(name)]
        concerned = {"use_custom_clid_settings", *CLI} & step.changes.keys()
        if missing and concerned and step.values.get("use_custom_clid_settings"):
            yield f"use_custom_clid_settings: true needs {', '.join(missing)} too, given or already there"

    def gathered(self, api: Client, there: list[Values], gather: Sequence[str]) -> list[Values]:
        there = super().gathered(api, there, gather)
        if "agents" in gather:
            agents = unfailed(api.map(lambda d: api.get(self.path + self.item + "agents/", d), there))
            there = [
                {**dnis, "agents": AGENTS.from_wire((body or {}).get("agents"))}
                for dnis, body in zip(there, agents, strict=True)
            ]
        return there
