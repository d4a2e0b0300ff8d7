# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is live against what is in code: made from a plan that would delete what is not in code, and shown to people."""

from __future__ import annotations

import json
from calendar import Calendar, month_name
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..module_utils.o2g.calendar import DAYS, SECTIONS
from ..module_utils.tenant.hours import iso_day
from .markdown import cell, readable
from .notices import sentences
from .plan import NOTHING

KINDS = {"create": "missing", "delete": "added", "update": "changed"}
"""Of an action, how what is live differs from what is in code."""
MINUTES = 24 * 60
TEMPLATES = Path(__file__).resolve().parents[2] / "playbooks" / "templates"

Values = dict[str, Any]
Week = Mapping[str, Sequence[Values]]
"""Per day, its transitions."""


# The data


def make_drift(
    plan: Mapping[str, Any],
    data: Mapping[str, Any],
    pilots: Iterable[Mapping[str, Any]],
    places: Mapping[str, Mapping[str, str]] | None = None,
) -> Values:
    """Return how what is live differs from what is in code.

    C(data) is the tenant in the form that the modules take, C(pilots) is what was read of all pilots, and C(places)
    says of each list and name where it stands in the code.
    """
    differences, errors = [], list(plan["errors"])
    for name, resource in plan["resources"].items():
        for step in resource["steps"]:
            if step.get("error"):
                errors.append(f"{name}: {step['name']}: {step['error']}")
            else:
                where = (places or {}).get(name, {}).get(step["name"])
                differences += [one | ({"where": where} if where else {}) for one in _differences(name, step)]
    counts = Counter(difference["kind"] for difference in differences)
    summary = {kind: counts[kind] for kind in KINDS.values()}
    summary |= {"unchanged": plan["summary"]["unchanged"], "errors": len(errors)}
    return {
        "tenant": plan["tenant"],
        "made": plan["made"],
        "status": "failed" if errors else "drift" if differences else "clean",
        "summary": summary,
        "errors": errors,
        "warnings": list(plan["warnings"]),
        "differences": differences,
        "notices": plan.get("notices", []),
        "not_compared": {name: unseen for name, told in plan["resources"].items() if (unseen := _unseen(told))},
        "pilots": _pilots(data, pilots),
    }


def _unseen(told: Mapping[str, Any]) -> list[str]:
    """Return what the platform does not show, be it as it was written last or not."""
    as_written = {option for one in told.get("as_written", ()) for option in one["options"]}
    return sorted({*(told.get("unverified") or ()), *as_written})


def _differences(name: str, step: Mapping[str, Any]) -> Iterable[Values]:
    """Yield a step of the plan as a difference: what a build would change is live, what it would write is in code.

    What only purging would take away from within is there in addition, such as a day of a calendar.
    """
    kinds: dict[str, list[Values]] = {}
    purged = step.get("purged") or ()
    for field, change in step["changes"].items():
        kind = KINDS["delete"] if field in purged else KINDS[step["action"]]
        sides = {side: change[word] for side, word in (("code", "after"), ("live", "before")) if word in change}
        if field in purged and sides["code"] in NOTHING:
            del sides["code"]
        kinds.setdefault(kind, []).append({"field": field, **sides})
    for kind, fields in (kinds or {KINDS[step["action"]]: []}).items():
        yield {"kind": kind, "list": name, "name": step["name"], "key": step["key"], "fields": fields}


def _pilots(data: Mapping[str, Any], found: Iterable[Mapping[str, Any]]) -> list[Values]:
    """Return each pilot with its calendar, live and in code; what one of them does not tell is null."""
    block = data.get("o2g", {})
    code = {str(entry["pilot_number"]): _calendar(entry) for entry in block.get("pilot_calendars", ())}
    live = {str(pilot["pilot_number"]): pilot for pilot in found}
    pilots = []
    for number in sorted({*code, *live}):
        pilot = live.get(number, {})
        sides = {"live": _calendar(pilot), "code": code.get(number, _calendar({}))}
        pilots.append(
            {
                "pilot_number": number,
                "name": pilot.get("name"),
                "state": pilot.get("state"),
                "rules": {str(rule["rule_number"]): rule.get("name") for rule in pilot.get("rules") or ()},
                **sides,
                "differs": [section for section in SECTIONS if _differ(sides["live"][section], sides["code"][section])],
            }
        )
    return pilots


def _calendar(entry: Mapping[str, Any]) -> Values:
    """Return the sections of a calendar, without days on which nothing happens; null for a section that is not told."""
    return {
        section: None
        if entry.get(section) is None
        else {
            iso_day(str(day)): sorted(({**t} for t in listed), key=lambda t: t["time"])
            for day, listed in sorted(entry[section].items(), key=lambda item: _place(str(item[0])))
            if listed
        }
        for section in SECTIONS
    }


def _place(day: str) -> tuple[int, str]:
    return (DAYS.index(day), "") if day in DAYS else (len(DAYS), iso_day(day))


def _differ(live: Week | None, code: Week | None) -> bool:
    return code is not None and live is not None and live != code


# What people are shown

MINUS = "\N{MINUS SIGN}"

DRIFT: Values = {
    "by": "drift",
    "small": "Drift report",
    "title": "Drift of",
    "made": "Compared",
    "differences": "differences",
    "kinds": {kind: kind for kind in KINDS.values()},
    "marks": {"missing": MINUS, "added": "+", "changed": "≠"},
    "new": "added",
    "gone": "missing",
    "says": {"missing": "in code, not live", "added": "live, not in code", "changed": "differs", "same": "the same"},
    "sides": {"code": "In code", "live": "Live"},
    "order": ["code", "live"],
    "weeks": {"code": "in code only", "live": "live only, code does not say", "both": "live and in code"},
    "was": ("live", "in code"),
    "notices_first": False,
    "notices": "How the paths of callers would be others within a year, if what is in code were live.",
    "states": {
        "clean": "No drift: what is live is what is in code",
        "drift": "What is live differs from what is in code",
        "failed": "Not all of it could be compared",
    },
    "counts": {
        "missing": "in code, not live",
        "added": "live, not in code",
        "changed": "live and in code, not alike",
        "unchanged": "as in code",
        "errors": "could not be compared",
    },
    "to_do": [
        ("errors", "What could not be read may differ too: put right what the errors tell, and run drift again."),
        (
            "changed",
            "Was it meant? Take it into the code: export writes what is live. Was it not? A build puts it back.",
        ),
        ("added", "Was it meant? Take it into the code. Was it not? A build with tenant_purge=true takes it away."),
        ("missing", "A build makes it. If it shall be gone, take it out of the code."),
    ],
    "then": "Before a build, see what it would do:",
    "play": "plan",
    "nothing": "Nothing was found to differ.",
    "nothing_else": "Nothing that could be compared differs.",
    "hidden": "differ",
    "footer": "Missing is in code and not live. Added is live and not in code.",
}
"""The words of a page that compares what is live with what is in code."""

PLAN: Values = {
    **DRIFT,
    "by": "plan",
    "small": "Plan",
    "title": "Plan for",
    "made": "Made",
    "differences": "changes",
    "kinds": {"missing": "create", "added": "delete", "changed": "change"},
    "marks": {"missing": "+", "added": MINUS, "changed": "≠"},
    "new": "missing",
    "gone": "added",
    "says": {"missing": "to come", "added": "to go", "changed": "to change", "same": "the same"},
    "sides": {"code": "After", "live": "Before"},
    "order": ["live", "code"],
    "weeks": {"code": "after", "live": "before", "both": "before and after"},
    "was": ("was", "will be"),
    "notices_first": True,
    "notices": "How the paths of callers change within a year.",
    "states": {
        "clean": "Nothing to do",
        "drift": "There is something to do: approve it only if all of it is meant",
        "failed": "This plan has errors: a build would fail, or do only a part",
    },
    "counts": {
        "missing": "to be made",
        "added": "to be taken away",
        "changed": "to be written",
        "unchanged": "as they should be",
        "errors": "could not be planned",
    },
    "to_do": [
        ("errors", "Put right what the errors tell, and plan again. A build refuses what has no sound plan."),
        ("added", "What is deleted is gone with all that belongs to it: look at each."),
    ],
    "then": "If all of it is meant:",
    "play": "build",
    "nothing": "Nothing is to be done.",
    "nothing_else": "Nothing that could be planned is to be done.",
    "hidden": "change: some are written in each build",
    "footer": "What was before and after is told as far as the platforms show it.",
}
"""The words of a page on which what is live is before a build, and what is in code after it."""


def report(drift: Mapping[str, Any], form: str) -> str:
    """Return the report as Markdown (C(md)) or as a page (C(html))."""
    template = {"md": "drift.md.j2", "html": "page.html.j2"}[form]
    return _environment().get_template(template).render(drift=drift, words=DRIFT, **_view(drift, DRIFT))


def plan_page(plan: Mapping[str, Any]) -> str:
    """Return a plan as a page for the person who approves: what is live is before, and what is in code after."""
    lost = [
        f"An undo could not set back {', '.join(map(str, one['options']))} of {one['list']} {one['name']}"
        for one in plan.get("not_undone", ())
    ]
    told = make_drift(plan, {}, ()) | {"pilots": [*_pilots_of_plan(plan)], "warnings": [*plan["warnings"], *lost]}
    return _environment().get_template("page.html.j2").render(drift=told, words=PLAN, **_view(told, PLAN))


def _pilots_of_plan(plan: Mapping[str, Any]) -> Iterable[Values]:
    for group in plan.get("calendars", ()):
        live, code = (_calendar(group[side]) for side in ("before", "after"))
        differs = [section for section in SECTIONS if live[section] != code[section]]
        shared = {"state": None, "rules": group["rules"], "live": live, "code": code, "differs": differs}
        yield from ({**pilot, **shared} for pilot in group["pilots"])


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: bool(name) and ".html" in name,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(shown=partial(readable, between="\n"), cell=cell)
    return environment


def _view(drift: Mapping[str, Any], words: Values) -> Values:
    lists = Counter(difference["list"] for difference in drift["differences"])
    kinds = [*KINDS.values()]
    pilots = {pilot["pilot_number"]: pilot["name"] for pilot in drift["pilots"]}
    named = [one | {"called": _called(one, pilots)} for one in drift["differences"]]
    groups = sorted(_groups(named), key=lambda group: kinds.index(group["kind"]))
    calendars: dict[str, Values] = {}
    for pilot in drift["pilots"]:
        same = repr([pilot[name] for name in ("live", "code", "rules")])
        calendars.setdefault(same, {**_calendar_view(pilot, drift["made"][:4], words), "pilots": []})["pilots"].append(
            pilot
        )
    return {
        "lists": dict(lists),
        "groups": groups,
        "noticed": sentences(drift["notices"], *words["was"]),
        "calendars": sorted(calendars.values(), key=lambda view: not view["differs"]),
    }


def _called(difference: Mapping[str, Any], pilots: Mapping[str, str | None]) -> str:
    """Return the name that people know, where the resource has a number or an id for its name."""
    key = difference["key"]
    called = str(key.get("name") or pilots.get(str(key.get("pilot_number"))) or "")
    return "" if called in difference["name"] else called


def _groups(differences: Iterable[Values]) -> list[Values]:
    """Return the differences, each once for all that have it: of what is changed field by field, else as a whole."""
    alike: dict[str, Values] = {}
    for one in differences:
        for fields in [[told] for told in one["fields"]] if one["kind"] == "changed" else [one["fields"]]:
            same = json.dumps([one["kind"], one["list"], fields], sort_keys=True)
            group = alike.setdefault(same, {**one, "fields": fields, "whose": {}})
            group["whose"].setdefault(json.dumps(one["key"], sort_keys=True), one)
    whole: dict[str, Values] = {}
    for group in alike.values():
        same = json.dumps([group["kind"], group["list"], [*group["whose"]]])
        if group["kind"] == "changed" and same in whole:
            whole[same]["fields"] = [*whole[same]["fields"], *group["fields"]]
        else:
            whole[same if group["kind"] == "changed" else f"{same} {len(whole)}"] = group
    return [{**group, "whose": [*group["whose"].values()], "fields": _shown(group)} for group in whole.values()]


def _shown(group: Values) -> list[Values]:
    """Return the fields of a group with the lines that are shown of each side; odd are those that the other has not."""
    fields = group["fields"] or [{"missing": {"code": "there"}, "added": {"live": "there"}}.get(group["kind"], {})]
    shown = []
    for told in fields:
        sides = {side: told[side] for side in ("code", "live") if side in told}
        lines = {side: _lines(value, sides.get("live" if side == "code" else "code")) for side, value in sides.items()}
        shown.append({"field": told.get("field", ""), **sides, "lines": lines})
    return shown


def _lines(value: Any, other: Any) -> list[Values]:
    """Return the lines of a value; of a list, an item that is not on the other side is odd."""
    if not isinstance(value, list) or not value:
        return [{"text": readable(value, between="\n"), "odd": False}]
    others = other if isinstance(other, list) and other else value
    return [{"text": readable(item), "odd": item not in others} for item in value]


def _calendar_view(pilot: Mapping[str, Any], year: str, words: Values) -> Values:
    """Return what is drawn of a pilot: its week, twice where code differs, and the exceptions of each year."""
    (live, exceptions), (code, exceptions_in_code) = ([pilot[side][s] for s in SECTIONS] for side in ("live", "code"))
    days = _exceptions(exceptions, exceptions_in_code, pilot["rules"])
    years = sorted({day["date"][:4] for day in days if day["kind"] != "same"})
    return {
        "differs": pilot["differs"],
        "kinds": _kinds_of_days(pilot, days),
        "title": words["weeks"]["code" if live is None else "live" if code is None else "both"],
        "week": _rows(live, code, pilot["rules"]) if live or code else [],
        "exceptions": days,
        "years": [{"year": y, "past": y < year, "months": _months(int(y), days)} for y in years],
    }


def _kinds_of_days(pilot: Mapping[str, Any], exceptions: Iterable[Values]) -> list[str]:
    """Return how the days of a calendar differ: changed is what a build would change."""
    live, code = pilot["live"]["normal"], pilot["code"]["normal"]
    kinds = {day["kind"] for day in exceptions} - {"same"}
    if live is not None and code is not None:
        kinds |= {"changed" if day in code else "added" for day in DAYS if live.get(day) != code.get(day)}
    return [kind for kind in KINDS.values() if kind in {"changed" if kind == "missing" else kind for kind in kinds}]


def _rows(live: Week | None, code: Week | None, rules: Mapping[str, str | None]) -> list[Values]:
    """Return a row per day, and two where the day is not the same live and in code."""
    sides = {"live": live, "code": code}
    spans = {side: {day: _spans(week, day, rules) for day in DAYS} for side, week in sides.items() if week is not None}
    rows = []
    for day in DAYS:
        odd = len(spans) == 2 and spans["live"][day] != spans["code"][day]
        for side in spans if odd else [*spans][:1]:
            rows.append({"day": day, "side": side if odd else "", "spans": spans[side][day]})
    return rows


def _spans(week: Week, day: str, rules: Mapping[str, str | None]) -> list[Values]:
    """Return a day's spans of time. Until its first transition, the last one of a day before goes on."""
    earlier = [DAYS[(DAYS.index(day) - back) % 7] for back in range(1, 8)]
    last = next((week[other][-1] for other in earlier if week.get(other)), None)
    points = [(_minute(t["time"]), t, "") for t in week.get(day, ())]
    if last and (not points or points[0][0] > 0):
        points.insert(0, (0, last, ", goes on from before"))
    ends = [start for start, _t, _why in points[1:]] + [MINUTES] * bool(points)
    return [
        {
            "start": start,
            "minutes": end - start,
            "mode": t["mode"],
            "rule": t["rule_number"],
            "carried": bool(why),
            "says": f"{day.capitalize()} {_clock(start)} to {_clock(end)}: {_says(t, rules)}{why}",
        }
        for (start, t, why), end in zip(points, ends, strict=True)
        if end > start
    ]


def _minute(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _says(transition: Values, rules: Mapping[str, str | None]) -> str:
    name = rules.get(str(transition["rule_number"]))
    return f"{transition['mode']}, rule {transition['rule_number']}" + (f" ({name})" if name else "")


def _exceptions(live: Week | None, code: Week | None, rules: Mapping[str, str | None]) -> list[Values]:
    """Return each day that is an exception, how it differs, and what it says on either side."""
    days = []
    for day in sorted({*(live or {}), *(code or {})}):
        there, wanted = (live or {}).get(day), (code or {}).get(day)
        kind = "missing" if not there else "added" if not wanted else "changed" if there != wanted else "same"
        if live is None or code is None:
            kind = "same"
        both = ((there or [], wanted or []), (wanted or [], there or []))
        says = [
            [{"text": f"{t['time']} {_says(t, rules)}", "odd": bool(theirs) and t not in theirs} for t in side]
            for side, theirs in both
        ]
        modes = {t["mode"] for t in there or wanted or ()}
        days.append(
            {
                "date": day,
                "weekday": date.fromisoformat(day).strftime("%A"),
                "kind": kind,
                "mode": modes.pop() if len(modes) == 1 else "mixed",
                "live": says[0],
                "code": None if code is None else says[1],
            }
        )
    return days


def _months(year: int, exceptions: Iterable[Values]) -> list[Values]:
    """Return the months of a year in which something differs, each as weeks of days; other months' days are empty."""
    marked = {day["date"]: day for day in exceptions}
    odd = {day["date"][:7] for day in marked.values() if day["kind"] != "same"}
    return [
        {
            "name": month_name[month],
            "weeks": [
                [
                    {"day": day.day, "exception": marked.get(day.isoformat())} if day.month == month else None
                    for day in week
                ]
                for week in Calendar().monthdatescalendar(year, month)
            ],
        }
        for month in range(1, 13)
        if f"{year}-{month:02}" in odd
    ]
