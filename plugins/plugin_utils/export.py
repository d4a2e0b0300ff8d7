# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes the variables of a tenant of what the modules have read, and tells what is not in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from textwrap import wrap
from typing import Any

from ..module_utils.fields import Kind, ListOf, MapOf, Struct, Values, as_options, model
from ..module_utils.o2g.common import NUMBER, OfUser
from ..module_utils.owns import Owns
from ..module_utils.resource import Resource
from ..module_utils.tenant import rules
from ..module_utils.tenant.check import check
from ..module_utils.tenant.expand import expanded_with_faults
from ..module_utils.tenant.model import LISTS, PARTS
from .yaml_text import WIDTH, printable, yaml_text

ROUTE_POINT = "route_point_user_id"
WHERE = {
    "apio": ("tenant_id", "group_id", "country", "owns"),
    "ccs": ("tenant", "owns"),
    "o2g": ("node_id", "owns"),
}
"""The variables of each block that say where the tenant lives, and what is its own there."""
WHY = {"secret": "secret", "create_only": "used at creation only", "unreadable": "not shown"}
"""Why a platform does not give a field back, by the flag of the field."""
MOST_NAMES = 5


class Exported:
    """What a platform's file holds, and what it does not."""

    def __init__(self, platform: str, where: Values) -> None:
        self.platform = platform
        self.where = where
        self.block: Values = dict(where)
        self.owns = Owns(where["owns"], where.get("country")) if "owns" in where else None
        self.logins: set[str] = set()
        """Of the users that are the tenant's own."""
        self.counts: Counter[str] = Counter()
        self.others: Counter[str] = Counter()
        """By list, how many belong to others, as far as their numbers say."""
        self.refused: list[str] = []
        """What is on the platform, and a module would not take."""
        self._lacking: dict[tuple[str, str], dict[str, list[str]]] = {}
        """By list and reason, the options that are not given back, each with the entries that lack it."""

    def entries(self, name: str, resource: type[Resource], found: Iterable[Values], below: str = "") -> list[Values]:
        """Return what was found as the entries of a list. What they stand C(below) is not said again in each."""
        self.counts[name] += 0
        found = list(found)
        own = [values for values in found if self.is_own(resource, values)]
        self.others[name] += len(found) - len(own)
        entries = [self.entry(name, resource, values, below) for values in own]
        return sorted(filter(None, entries), key=lambda e: [str(e.get(o, "")) for o in resource.address_options()])

    def is_own(self, resource: type[Resource], values: Values) -> bool:
        """Tell whether something belongs to the tenant, where it says what does."""
        if self.owns is None:
            return True
        if issubclass(resource, OfUser):
            return values.get("login_name") in self.logins
        supervisor = values.get("supervisor")
        numbers = [supervisor] if supervisor else resource().own_numbers(None, values)
        return numbers is None or any(map(self.owns.has, numbers))

    def entry(self, name: str, resource: type[Resource], found: Values, below: str = "") -> Values:
        """Return one entry; nothing, if the module would not take it."""
        values = as_options(resource.options(), {**found, **self.where})
        if values.get("audio_message_selection") != "File" and not any(values.get("audio_file_list") or ()):
            values.pop("audio_file_list", None)
        label = printable(resource.label(values))
        values, refused = accepted(resource, values, self.where.get("country"))
        self.refuse(name, (f"{label}: {text}" for text in refused))
        if not values:
            return {}
        self.counts[name] += 1
        for f in resource.options():
            hidden = isinstance(f.kind, Struct) and any(part.secret for part in f.kind.fields)
            why = next((why for flag, why in WHY.items() if getattr(f, flag)), WHY["secret"] if hidden else "")
            if why and f.option not in values:
                self._lacking.setdefault((name, why), {}).setdefault(f.option, []).append(label)
        kinds = {f.option: f.kind for f in resource.options() if f.option not in self.where and f.option != below}
        return {option: _ordered(kind, values[option]) for option, kind in kinds.items() if option in values}

    def refuse(self, name: str, texts: Iterable[str]) -> None:
        """Take down why something of a list is not in the file."""
        self.refused += [printable(f"{self.platform}.{name}: {text}") for text in texts]

    def not_given_back(self) -> list[str]:
        """Return what the platform does not tell of the entries, and how many are not the tenant's own."""
        at = self.platform
        lines = [f"{at}.{name}: {count} that are not in owns" for name, count in self.others.items() if count]
        for (name, why), options in self._lacking.items():
            for some, group in groupby(options, key=options.get):
                whose = f" of {_some(some)}" if len(some) < self.counts[name] else ""
                lines.append(f"{at}.{name}: {', '.join(group)}{whose} ({why})")
        return lines


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMES]) + (f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else "")


def _ordered(kind: Kind, value: Any) -> Any:
    return sorted(value) if isinstance(kind, ListOf) and kind.unordered else value


# What a module takes


def accepted(
    resource: type[Resource], values: Values, country: str | None = None, part: bool = False
) -> tuple[Values, list[str]]:
    """Return what the module takes of some values, nothing if that is no entry any more, and what is wrong.

    Of a C(part) of an entry, the rules over all its options tell nothing.
    """
    refused: list[str] = []
    while faults := list(_faults(resource, values, country, part)):
        refused += [text for _path, text in faults]
        for path, _text in faults:
            values = _without(values, path)
        if not resource.names(values) or any(f.required and f.option not in values for f in resource.parents):
            return {}, refused
    return values, refused


def _faults(
    resource: type[Resource], values: Values, country: str | None, part: bool
) -> Iterable[tuple[Sequence[str], str]]:
    """Yield the path of each value that the module would refuse, and why; without a path, it is all of them."""
    from pydantic import ValidationError

    kinds = {f.option: f.kind for f in resource.options()}
    faults = [((option,), f"{option} is not Unicode") for option, value in values.items() if not _is_unicode(value)]
    try:
        model(resource.options()).model_validate(values, context=[])
    except ValidationError as error:
        for detail in error.errors():
            path = tuple(str(part) for part in detail["loc"])
            depth = 2 if isinstance(kinds[path[0]], MapOf) else 1
            faults.append((path[:depth], f"{'.'.join(path)} is {detail['input']!r}: {detail['msg']}"))
    if faults or part:
        return faults
    rules = resource(country=country).faults(values)
    return [
        (option.split(".") if option.partition(".")[0] in values else (), f"{option}: {text}") for option, text in rules
    ]


def _is_unicode(value: Any) -> bool:
    if isinstance(value, Mapping):
        return _is_unicode([*value, *value.values()])
    if isinstance(value, list):
        return all(_is_unicode(member) for member in value)
    return not isinstance(value, str) or not any("\ud800" <= mark <= "\udfff" for mark in value)


def _without(values: Values, path: Sequence[str]) -> Values:
    if not path:
        return {}
    option, *rest = path
    others = {name: value for name, value in values.items() if name != option}
    return {**others, option: _without(values[option], rest)} if rest and option in values else others


# The platforms


def _apio(exported: Exported, found: Values) -> None:
    block = exported.block
    block["call_centers"] = exported.entries(
        "call_centers", LISTS["apio"]["call_centers"], found.get("call_centers", ())
    )
    calls = found.get("instant_group_calls", ())
    block["instant_group_calls"] = exported.entries("instant_group_calls", LISTS["apio"]["instant_group_calls"], calls)
    block["route_points"] = [_route_point(exported, point) for point in found.get("route_points", ())]


def _route_point(exported: Exported, point: Values) -> Values:
    told = {ROUTE_POINT: point[ROUTE_POINT]}
    for part, listed in PARTS.items():
        resource = LISTS["apio"][listed]
        if isinstance(found := point.get(part), list):
            told[part] = exported.entries(listed, resource, found, ROUTE_POINT)
        elif entry := exported.entry(listed, resource, found, ROUTE_POINT) if found else None:
            told[part] = entry
    return told


def _ccs(exported: Exported, found: Values) -> None:
    tenants = found.get("tenants", ())
    block = exported.block
    for tenant in tenants[:1]:
        block["limits"] = exported.entry("limits", LISTS["ccs"]["limits"], tenant)
        names = Counter(product.get("name") for product in tenant.get("products", ()))
        products = [
            {"product": name if (name := product.get("name")) and names[name] == 1 else product["uuid"]}
            for product in tenant.get("products", ())
        ]
        block["products"] = exported.entries("products", LISTS["ccs"]["products"], products)
    numbers = Counter(extension.get("extension") for extension in found.get("extensions", ()))
    extensions = [
        {name: value for name, value in extension.items() if name != "uuid" or numbers[extension["extension"]] > 1}
        if extension.get("extension")
        else extension
        for extension in found.get("extensions", ())
    ]
    block["extensions"] = exported.entries("extensions", LISTS["ccs"]["extensions"], extensions)


def _o2g(exported: Exported, found: Values) -> None:
    block = exported.block
    users = {user["login_name"]: _user(user) for user in found.get("users", ())}
    exported.logins = {login for login, user in users.items() if exported.is_own(LISTS["o2g"]["users"], user)}
    read: Values = found.get("read") or {}

    def add(name: str, resources: Iterable[Values]) -> None:
        block[name] = exported.entries(name, LISTS["o2g"][name], resources)

    sound: dict[str, list[Values]] = {}
    for name, results in read.items():
        failed = [one for one in results if one.get("failed")]
        exported.refuse(name, (f"{one.get('item', 'all of it')}: {one['msg']}" for one in failed))
        unread = [user for one in results for user in one.get("unread") or ()]
        exported.refuse(name, (f"{user['login_name']}: {user['error']}" for user in unread))
        if len(failed) < len(results):
            parts = [one.get("objects", one.get("resources", ())) for one in results if not one.get("failed")]
            sound[name] = [entry for part in parts for entry in part]
    for name in ("pbx_objects", "statistics_scopes"):
        if sound.get(name):
            add(name, sound[name])
    if contexts := sound.get("statistics_contexts"):
        add("statistics_contexts", map(_context, contexts))
        add("statistics_schedules", (one for context in contexts for one in _schedules(context)))
    block["users"] = exported.entries("users", LISTS["o2g"]["users"], users.values())
    if "user_preferences" in sound:
        add("user_preferences", sound["user_preferences"])
    if "devices" in sound:
        add("devices", sound["devices"])
        for keys in ("programmable_keys", "soft_keys"):
            add(keys, (key for device in sound["devices"] for key in device.get(keys, ())))
    if "hunting_groups" in sound:
        add("hunting_groups", sound["hunting_groups"])
    if "routing" in sound:
        add(
            "routing",
            ({n: v for n, v in one.items() if v is not None or n != "remote_extension"} for one in sound["routing"]),
        )
    if "agent_skills" in sound:
        add("agent_skills", map(_skills, sound["agent_skills"]))
    pilots = found.get("pilots", ())
    block["pilots"] = exported.entries("pilots", LISTS["o2g"]["pilots"], pilots)
    block["pilot_calendars"] = exported.entries(
        "pilot_calendars", LISTS["o2g"]["pilot_calendars"], map(_calendar, pilots)
    )


def _calendar(pilot: Values) -> Values:
    """Return the calendar of a pilot. One without exceptions says nothing of them, so that none are forbidden."""
    exceptions = pilot.get("exceptions")
    calendar = {"pilot_number": pilot["pilot_number"], "normal": pilot.get("normal", {})}
    return {**calendar, "exceptions": exceptions} if exceptions else calendar


def _user(found: Values) -> Values:
    """Return a user by the number that it was made for, which is its main number."""
    number = found.get("company_phone")
    if not number or not re.fullmatch(NUMBER.pattern, number):
        return found
    login = {} if found["login_name"] == f"oxe{number}" else {"login_name": found["login_name"]}
    return {"device_number": number, **login}


def _context(context: Values) -> Values:
    """Return a context by its name, which the platform need not give another id."""
    return {name: value for name, value in context.items() if name not in ("ctx_id", "schedules")}


def _schedules(context: Values) -> Iterable[Values]:
    """Return the reports of a context that are sent by mail."""
    where = {"supervisor": context["supervisor"], "context": context["label"]}
    return ({**one, **where} for one in context.get("schedules", ()))


def _skills(agent: Values) -> Values:
    """Return which skills of an agent are active, and which are not."""
    skills = (agent.get("config") or {}).get("skills") or []
    numbers = {on: [skill["number"] for skill in skills if bool(skill.get("active")) is on] for on in (True, False)}
    return {"login_name": agent["login_name"], "active": numbers[True], "inactive": numbers[False]}


PLATFORMS: dict[str, tuple[str, Callable[[Exported, Values], None]]] = {
    "apio": ("APIO", _apio),
    "ccs": ("CCS", _ccs),
    "o2g": ("O2G", _o2g),
}
NOTES = {"apio": ["The platform cannot list its route points: here are those that were asked for."]}


def _file(platform: str, title: str, exported: Exported, name: str) -> str:
    lines = [
        f"Tenant {printable(name)} on {title}, as the playbook voiceops.telephony.export found it.",
        "Applied to the same platform, it changes nothing.",
        *NOTES.get(platform, ()),
    ]
    not_given = ("The platform does not give back:", exported.not_given_back())
    comment = _comment(lines, not_given, ("On the platform, and not in this file:", exported.refused))
    return f"---\n{comment}{yaml_text({platform: exported.block})}"


def _comment(lines: Sequence[str], *sections: tuple[str, Sequence[str]]) -> str:
    lines = list(lines)
    for about, listed in sections:
        if listed:
            lines += ["", about, *(part for line in listed for part in _wrapped(line))]
    return "".join(f"# {line}".rstrip() + "\n" for line in lines)


def _wrapped(line: str) -> list[str]:
    return wrap(
        line, WIDTH - 2, initial_indent="  ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )


# The whole tenant


def _shared_numbers(tenant: Values) -> list[str]:
    """Return the numbers that more than one resource has."""
    expanded = expanded_with_faults(tenant, "")
    sound = rules.Sound(expanded, date.min, entries=expanded.entries)
    owners: dict[str, set[Any]] = {}
    numbers: dict[str, str] = {}
    for owner, entry, option in rules.numbers(sound):
        same = sound.same(entry.values[option])
        owners.setdefault(same, set()).add(owner)
        numbers.setdefault(same, entry.values[option])
    return sorted(numbers[same] for same, found in owners.items() if len(found) > 1)


def _whole(name: str, tenant: Values, pilots: Sequence[Values] | None) -> tuple[str, list[str]]:
    """Return the file of what goes beyond one platform, and what a build would stop at."""
    found = check(tenant, "", date.today())
    faults = [printable(fault) for fault in (*found.faults, *(found.against(pilots) if pilots is not None else []))]
    lines = [
        f"Numbers of tenant {printable(name)} that more than one resource has.",
        "The rule that a number belongs to one resource does not hold for them.",
    ]
    text = _comment(lines, ("A build stops at this, as it would if somebody had written it:", faults))
    return f"---\n{text}{yaml_text({'shared_numbers': tenant['shared_numbers']})}", faults


def export(found: Mapping[str, Any], where: Mapping[str, Any], name: str = "") -> Values:
    """Return a tenant by what was found per platform, its files, and what they do not hold.

    C(where) are the tenant's blocks, which say where it lives on each platform.
    """
    result: Values = {"tenant": {}, "files": {}, "not_exported": {}, "counts": {}, "faults": []}
    tenant = result["tenant"]
    for platform, (title, fill) in PLATFORMS.items():
        if not where.get(platform):
            continue
        leading = {option: where[platform][option] for option in WHERE[platform] if option in where[platform]}
        exported = Exported(platform, leading)
        fill(exported, found.get(platform, {}))
        tenant[platform] = exported.block
        result["files"][f"{platform}.yml"] = _file(platform, title, exported, name)
        result["not_exported"][platform] = exported.not_given_back() + exported.refused
        result["counts"] |= {f"{platform}.{listed}": count for listed, count in exported.counts.items()}
    if tenant:
        pilots = found["o2g"].get("pilots") if "o2g" in tenant else None
        tenant["shared_numbers"] = _shared_numbers(tenant)
        result["files"]["shared_numbers.yml"], result["faults"] = _whole(name, tenant, pilots)
    result["notes"] = [f"Not in this file: {text}" for texts in result["not_exported"].values() for text in texts]
    result["notes"] += [f"A build would stop at this: {text}" for text in result["faults"]]
    return result
