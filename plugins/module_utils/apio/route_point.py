# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All that is set on route points, read for one or many of them: document 001."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..fields import Field, ListOf, Text, Values, as_options
from ..resource import Resource, Settings, unfailed
from .common import GROUP, TENANT, client
from .disposition_code import DispositionCode, DispositionCodesConfig
from .dnis import Dnis
from .route_point_settings import (
    Announcements,
    BouncedCall,
    DistinctiveRinging,
    DnisAnnouncements,
    DnisConfig,
    ForcedForwarding,
    Overflow,
)

if TYPE_CHECKING:
    from ..session import Client

SETTINGS: dict[str, type[Settings]] = {
    "announcements": Announcements,
    "overflow": Overflow,
    "bounced_call": BouncedCall,
    "distinctive_ringing": DistinctiveRinging,
    "forced_forwarding": ForcedForwarding,
    "dnis_config": DnisConfig,
    "disposition_codes_config": DispositionCodesConfig,
}
LISTS = ("dnis", "dnis_announcements", "disposition_codes")


class RoutePoint(Resource):
    platform = "apio"
    connect = staticmethod(client)
    noun = "route point"
    plural = "route points"
    parents = (TENANT, GROUP)
    fields = (Field("routePointUserId", ListOf(Text(1, 161)), required=True, nullable=False),)
    info_filters = ("route_point_user_id",)
    gatherable = gathered_by_default = (*SETTINGS, *LISTS)

    def find(self, api: Client, where: Values, gather: Sequence[str]) -> list[Values]:
        """Return each route point with what was asked for, in the form that the module of each part takes."""
        group = {name: where[name] for name in ("tenant_id", "group_id")}
        points = [{**group, "route_point_user_id": name} for name in dict.fromkeys(where["route_point_user_id"])]
        parts = [(point, part) for point in points for part in gather]
        read = unfailed(api.map(lambda work: self.part(api, *work), parts))
        shown: dict[str, Values] = {point["route_point_user_id"]: dict(point) for point in points}
        for (point, part), value in zip(parts, read, strict=True):
            shown[point["route_point_user_id"]][part] = value
        return list(shown.values())

    def part(self, api: Client, point: Values, part: str) -> Any:
        """Return one part of a route point: an object for what it has once, a list for what it has many of."""
        if part in SETTINGS:
            return self.options_of(SETTINGS[part], SETTINGS[part]().current(api, point))
        return {"dnis": self.dnis, "dnis_announcements": self.dnis_announcements, "disposition_codes": self.codes}[
            part
        ](api, point)

    @staticmethod
    def options_of(resource: type[Resource], values: Values) -> Values:
        return as_options(resource.options(), values)

    def dnis(self, api: Client, point: Values) -> list[Values]:
        return [self.options_of(Dnis, found) for found in Dnis().find(api, point, ("details",))]

    def dnis_announcements(self, api: Client, point: Values) -> list[Values]:
        return [
            self.options_of(DnisAnnouncements, DnisAnnouncements().current(api, {**point, "name": dnis["name"]}))
            for dnis in Dnis().listing(api, point)
        ]

    def disposition_codes(self, api: Client, point: Values) -> list[Values]:
        return [self.options_of(DispositionCode, found) for found in DispositionCode().find(api, point, ())]
