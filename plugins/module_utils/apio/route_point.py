# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All that is set on route points, read for one or many of them: document 001."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
"""What a route point has once."""

OF_DNIS: dict[str, Callable[[Client, Values], Values]] = {
    "dnis": lambda api, dnis: options_of(Dnis, Dnis().detail(api, dnis)),
    "dnis_announcements": lambda api, dnis: options_of(DnisAnnouncements, DnisAnnouncements().current(api, dnis)),
}
"""What each DNIS of a route point has."""

CODES = "disposition_codes"


def options_of(resource: type[Resource], values: Values) -> Values:
    return as_options(resource.options(), values)


class RoutePoint(Resource):
    platform = "apio"
    connect = staticmethod(client)
    noun = "route point"
    plural = "route points"
    parents = (TENANT, GROUP, Field("routePointUserId", ListOf(Text(1, 161)), required=True))
    gatherable = gathered_by_default = (*SETTINGS, *OF_DNIS, CODES)
    info_only = True

    def find(self, api: Client, where: Values, gather: Sequence[str]) -> list[Values]:
        """Return each route point with what was asked for, in the form that the module of each part takes."""
        points = [{**where, "route_point_user_id": name} for name in dict.fromkeys(where["route_point_user_id"])]
        own = [(point, part) for part in gather if part not in OF_DNIS for point in points]
        values = unfailed(api.map(lambda work: self.part(api, *work), own))
        of_dnis = [part for part in gather if part in OF_DNIS]
        lists = unfailed(api.map(lambda point: Dnis().listing(api, point), points if of_dnis else []))
        each = [(part, n, dnis) for part in of_dnis for n, there in enumerate(lists) for dnis in there]
        shown = unfailed(api.map(lambda work: OF_DNIS[work[0]](api, work[2]), each))
        found: list[Values] = [{**point, **{part: [] for part in of_dnis}} for point in points]
        for n, ((_point, part), value) in enumerate(zip(own, values, strict=True)):
            found[n % len(points)][part] = value
        for (part, n, _dnis), value in zip(each, shown, strict=True):
            found[n][part].append(value)
        return found

    def part(self, api: Client, point: Values, part: str) -> Any:
        """Return what a route point has once, or its codes."""
        if part == CODES:
            return [options_of(DispositionCode, code) for code in DispositionCode().find(api, point, ())]
        return options_of(SETTINGS[part], SETTINGS[part]().current(api, point))
