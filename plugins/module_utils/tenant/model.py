# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a tenant can have: every list of it, and the resource type and module that each is for."""

from __future__ import annotations

from ..apio.call_center import CallCenter
from ..apio.disposition_code import DispositionCode, DispositionCodesConfig
from ..apio.dnis import Dnis
from ..apio.instant_group_call import InstantGroupCall
from ..apio.route_point_settings import (
    Announcements,
    BouncedCall,
    DistinctiveRinging,
    DnisAnnouncements,
    DnisConfig,
    ForcedForwarding,
    Overflow,
)
from ..ccs.extension import Extension
from ..ccs.tenant import Tenant, TenantProduct
from ..fields import Field, ListOf, Text
from ..o2g.account import Preferences
from ..o2g.agent import AgentSkills
from ..o2g.calendar import Calendar
from ..o2g.hunting_group import HuntingGroup
from ..o2g.pbx_object import PbxObject
from ..o2g.phone import Device, Keys, ProgrammableKey, SoftKey
from ..o2g.pilot import Pilot
from ..o2g.routing import Routing
from ..o2g.statistics import Context, Schedule, Scope
from ..o2g.user import User
from ..resource import Resource

LISTS: dict[str, dict[str, type[Resource]]] = {
    "apio": {
        "call_centers": CallCenter,
        "instant_group_calls": InstantGroupCall,
        "route_point_dnis": Dnis,
        "route_point_dnis_announcements": DnisAnnouncements,
        "route_point_announcements": Announcements,
        "route_point_overflow": Overflow,
        "route_point_bounced_call": BouncedCall,
        "route_point_distinctive_ringing": DistinctiveRinging,
        "route_point_forced_forwarding": ForcedForwarding,
        "route_point_dnis_config": DnisConfig,
        "route_point_disposition_codes": DispositionCode,
        "route_point_disposition_codes_config": DispositionCodesConfig,
    },
    "ccs": {"limits": Tenant, "products": TenantProduct, "extensions": Extension},
    "o2g": {
        "pbx_objects": PbxObject,
        "users": User,
        "user_preferences": Preferences,
        "devices": Device,
        "programmable_keys": ProgrammableKey,
        "soft_keys": SoftKey,
        "hunting_groups": HuntingGroup,
        "routing": Routing,
        "agent_skills": AgentSkills,
        "statistics_scopes": Scope,
        "statistics_contexts": Context,
        "statistics_schedules": Schedule,
        "pilot_calendars": Calendar,
        "pilots": Pilot,
    },
}
"""Per block its lists, in the order in which they are built."""

MODULES = {
    "apio.call_centers": "apio_call_center",
    "apio.instant_group_calls": "apio_instant_group_call",
    "apio.route_point_disposition_codes": "apio_route_point_disposition_code",
    "ccs.limits": "ccs_tenant",
    "ccs.products": "ccs_tenant_product",
    "ccs.extensions": "ccs_extension",
    "o2g.pbx_objects": "o2g_pbx_object",
    "o2g.users": "o2g_user",
    "o2g.devices": "o2g_device",
    "o2g.programmable_keys": "o2g_programmable_key",
    "o2g.soft_keys": "o2g_soft_key",
    "o2g.hunting_groups": "o2g_hunting_group",
    "o2g.agent_skills": "o2g_agent_skill",
    "o2g.statistics_scopes": "o2g_statistics_scope",
    "o2g.statistics_contexts": "o2g_statistics_context",
    "o2g.statistics_schedules": "o2g_statistics_schedule",
    "o2g.pilot_calendars": "o2g_pilot_calendar",
    "o2g.pilots": "o2g_pilot",
}
"""The module of a list, where it is not called like the list."""

PARTS = {name.removeprefix("route_point_"): name for name in LISTS["apio"] if name.startswith("route_point_")}
"""What stands inside of a route point, with the list that it is a part of."""

PARENTS = {block: next(iter(lists.values())).parents[: 2 if block == "apio" else 1] for block, lists in LISTS.items()}
"""What a block says once for all of its lists."""

CALENDAR_NAMES = (Field("opening_hours", Text(1)), Field("holidays", ListOf(Text(1))))
PROFILES = Field("profiles", ListOf(Text(1)))
NAMES: dict[type[Resource], tuple[Field, ...]] = {Calendar: CALENDAR_NAMES, User: (PROFILES,), Device: (PROFILES,)}
"""By resource type, what an entry can say besides the options of its module: the names of what tenants share."""

TESTS = ("call_tests", "call_tests_from", "tenant_time_zone")
"""What is for the tests of call paths only."""

KEYS = {name: resource for name, resource in LISTS["o2g"].items() if issubclass(resource, Keys)}
"""What stands in a profile: lists of keys, each without the device."""


def module_of(block: str, name: str) -> str:
    """Return the module that a list is for."""
    return MODULES.get(f"{block}.{name}", f"{block}_{name}")


def is_single(resource: type[Resource], parents: tuple[Field, ...]) -> bool:
    """Tell whether there is only one of it below some parents: settings, which are no list."""
    return resource.identity == ((),) and all(f in parents for f in resource.parents)


def places_of(block: str, name: str) -> tuple[Field, ...]:
    """Return what names a place of a list in which to purge; nothing where the block says it, or nothing is purged."""
    resource = LISTS[block][name]
    fields = (*resource.parents, *resource.purge_place)
    own = any(f.required and f not in PARENTS[block] for f in fields)
    return fields if own and resource.purgeable and resource.lifecycle else ()
