# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All that is set on route points, read for one or many of them: document 001."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

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

    Part: TypeAlias = Callable[[Client, Values], Any]


def _options(resource: type[Resource], values: Values) -> Values:
    return as_options(resource.options(), values)


def _settings(resource: type[Settings]) -> Part:
    return lambda api, where: _options(resource, resource().current(api, where))


def _codes(api: Client, point: Values) -> list[Values]:
    return [_options(DispositionCode, code) for code in DispositionCode().find(api, point, ())]


def _dnis(api: Client, listed: Values) -> Values:
    return _options(Dnis, Dnis().detail(api, listed))


OF_POINT: dict[str, Part] = {
    "announcements": _settings(Announcements),
    "overflow": _settings(Overflow),
    "bounced_call": _settings(BouncedCall),
    "distinctive_ringing": _settings(DistinctiveRinging),
    "forced_forwarding": _settings(ForcedForwarding),
    "dnis_config": _settings(DnisConfig),
    "disposition_codes": _codes,
    "disposition_codes_config": _settings(DispositionCodesConfig),
}
OF_DNIS: dict[str, Part] = {"dnis": _dnis, "dnis_announcements": _settings(DnisAnnouncements)}
PARTS = {**OF_POINT, **OF_DNIS}


class RoutePoint(Resource):
    platform = "apio"
    connect = staticmethod(client)
    noun = "route point"
    plural = "route points"
    parents = (TENANT, GROUP, Field("routePointUserId", ListOf(Text(1, 161)), required=True))
    gatherable = gathered_by_default = tuple(PARTS)
    info_only = True

    def find(self, api: Client, where: Values, gather: Sequence[str]) -> list[Values]:
        """Return each route point with what was asked for, in the form that the module of each part takes."""
        points = [{**where, "route_point_user_id": name} for name in dict.fromkeys(where["route_point_user_id"])]
        lists: list[list[Values]] = [[] for _point in points]
        if OF_DNIS.keys() & set(gather):
            lists = unfailed(api.map(lambda point: Dnis().listing(api, point), points))
        work = [
            (n, part, at)
            for part in gather
            for n, point in enumerate(points)
            for at in (lists[n] if part in OF_DNIS else [point])
        ]
        values = unfailed(api.map(lambda job: PARTS[job[1]](api, job[2]), work))
        found: list[Values] = [{**point, **{part: [] for part in gather}} for point in points]
        for (n, part, _at), value in zip(work, values, strict=True):
            if part in OF_DNIS:
                found[n][part].append(value)
            else:
                found[n][part] = value
        return found
