# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant's plan: what the modules said in check mode, as data for machines and as Markdown for people."""

from __future__ import annotations

import hashlib
import json
from calendar import month_name
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ..module_utils.apio.disposition_code import OWN_LEVEL
from ..module_utils.engine import ACTIONS as COUNTED
from ..module_utils.engine import TOLD_OF_UNCHANGED, summed_up
from ..module_utils.fields import Field, as_options
from ..module_utils.resource import Resource
from ..module_utils.tenant.model import LISTS, PARENTS
from .markdown import cell, readable
from .notices import calendars, notices, sentences
from .places import cells
from .reversal import reversal

Json = dict[str, Any]

NOTHING = (None, [], {})
TOLD_BY_THE_TASK = ("diff", "warnings", "deprecations", "invocation", "exception")
"""What the task that runs all lists tells once for them, and what is Ansible's own."""
FOLDED_FROM = 30
"""How many rows of a table make it one that is folded."""
MOST_NAMES = 20
"""How many resources a row names for which the same is to be done."""


def said(results: Mapping[str, Mapping[str, Any]], foretold: bool = True) -> Json:
    """Return the results of the tasks that ran; of resources that are as they shall be, only which they are.

    The same of those that were changed, unless that is C(foretold): a plan needs the values.
    All that a fact holds is worked through by Ansible again and again.
    """
    return {name: _brief(result, foretold) for name, result in results.items() if "skipped" not in result}


def _brief(result: Mapping[str, Any], foretold: bool) -> Json:
    shown = ("key", "action", "changed", *TOLD_OF_UNCHANGED)
    results = [
        {name: step[name] for name in shown if step.get(name) not in NOTHING}
        if (step["action"] == "unchanged" or not foretold) and not step.get("error")
        else step
        for step in result.get("results") or ()
    ]
    kept = {name: value for name, value in result.items() if name not in TOLD_BY_THE_TASK}
    return {**kept, "results": results} if results else kept


# The plan


def make_plan(
    results: Mapping[str, Mapping[str, Any]],
    tenant: str,
    warnings: Iterable[str],
    errors: Iterable[str],
    data: Mapping[str, Any] | None = None,
    pilots: Sequence[Mapping[str, Any]] = (),
    time_zone: str = "",
    declared: Mapping[str, Any] | None = None,
    base_dir: str = "",
) -> Json:
    """Return the plan: per list of the tenant what would be done, who notices, and all that is wrong.

    C(data) is the tenant in the form that the modules take, and C(pilots) is what was read of the pilots.
    With C(declared), what the tenant's variables say, it tells in which cells of its workbook that stands.
    """
    said = {
        f"{block}.{name}": (LISTS[block][name], result)
        for block, lists in results.items()
        for name, result in lists.items()
    }
    brought = _brought(said.values())
    said = {where: (resource, _foretold(result, brought)) for where, (resource, result) in said.items()}
    resources = {where: _of_list(block_of(where), resource, result) for where, (resource, result) in said.items()}
    silent = {
        block: {name: result for name, result in lists.items() if _said_nothing(result)}
        for block, lists in results.items()
    }
    counts: Counter[str] = Counter()
    for told in resources.values():
        counts.update(told["summary"])
    summary = {name: counts[name] for name in COUNTED}
    summary["requests"] = sum(result.get("summary", {}).get("requests", 0) for _resource, result in said.values())
    errors = [*errors, *failures(silent)]
    plan = {
        "tenant": tenant,
        "made": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "status": _status(summary, errors),
        "digest": digest(tenant, resources),
        "summary": summary,
        "warnings": [*dict.fromkeys([*warnings, *_warnings(said, brought)])],
        "errors": errors,
        "not_undone": [
            one for where, (resource, result) in said.items() for one in _not_undone(where, resource, result)
        ],
        "notices": notices(data or {}, resources, pilots, time_zone),
        "calendars": calendars(data or {}, resources, pilots),
        "resources": resources,
    }
    if declared:
        plan["cells"] = cells(declared, resources, base_dir)
    return json.loads(json.dumps(plan))  # plain data, whatever Ansible tagged it with


def digest(tenant: str, resources: Mapping[str, Json]) -> str:
    """Return what two plans have in common only if they do the same."""
    steps = {where: told["steps"] for where, told in resources.items() if told["steps"]}
    text = json.dumps([tenant, steps], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def beyond(plan: Mapping[str, Any], approved: Mapping[str, Any]) -> list[str]:
    """Return why a plan must not be carried out where another one was approved: all that it does besides."""
    if approved.get("tenant") != plan["tenant"]:
        return [f"the approved plan is for {approved.get('tenant')!r}"]
    if approved["digest"] != digest(approved["tenant"], approved["resources"]):
        return ["the approved plan is not as it was written"]
    if plan["status"] == "failed":
        return ["a new plan has errors", *plan["errors"]]
    may = {where: {_said(step) for step in told["steps"]} for where, told in approved["resources"].items()}
    awaited = {
        (where, step["name"]): step
        for where, told in approved["resources"].items()
        for step in told["steps"]
        if step.get("awaits")
    }
    return [
        f"to {step['action']} in {where}: {step['name']}"
        for where, told in plan["resources"].items()
        for step in told["steps"]
        if _said(step) not in may.get(where, ()) and not _foreseen(step, awaited.get((where, step["name"])))
    ]


def _foreseen(step: Mapping[str, Any], awaiting: Mapping[str, Any] | None) -> bool:
    """Tell whether a step is what was approved when something was yet to come on which it depends, and now is there."""
    if awaiting is None or step["action"] == "delete":
        return False
    return all(
        option in awaiting["changes"] and awaiting["changes"][option].get("after") == change.get("after")
        for option, change in step["changes"].items()
    )


def _said(step: Mapping[str, Any]) -> str:
    return json.dumps(step, sort_keys=True)


def block_of(where: str) -> str:
    return where.partition(".")[0]


def _status(summary: Mapping[str, int], errors: Sequence[str]) -> str:
    if errors or summary["failed"]:
        return "failed"
    return "changes" if summary["create"] + summary["update"] + summary["delete"] else "clean"


def _said_nothing(result: Mapping[str, Any]) -> bool:
    """Tell whether a module failed as a whole, and not at some of its entries."""
    return bool(result.get("failed")) and not any(step.get("error") for step in result.get("results") or ())


def _of_list(block: str, resource: type[Resource], result: Mapping[str, Any]) -> Json:
    told = result.get("results") or []
    steps = [_step(block, resource, step) for step in told if step["action"] != "unchanged" or step.get("error")]
    counts = Counter("failed" if step.get("error") else step["action"] for step in told)
    counts["failed"] += _said_nothing(result)
    counts["unchanged"] += max(
        0, sum(n for name, n in result.get("summary", {}).items() if name != "requests") - len(told)
    )  # not listed
    return {
        "summary": {name: counts[name] for name in COUNTED},
        "unverified": sorted({name for step in told for name in step.get("unverified") or ()}),
        "as_written": [
            {"name": name_of(block, resource, step["key"]), "options": step["as_written"]}
            for step in told
            if step.get("as_written")
        ],
        "steps": steps,
    }


def _step(block: str, resource: type[Resource], step: Mapping[str, Any]) -> Json:
    key = step["key"]
    told = {"name": name_of(block, resource, key), "key": key, "action": step["action"]}
    if step["action"] != "unchanged":
        told["changes"] = _changes(resource, step)
    if "kept" in step:
        kept = _changes(resource, {**step, "resource": step["kept"]})
        told["purged"] = [option for option in told["changes"] if option not in kept]
    return told | {name: step[name] for name in ("unverified", "awaits", "error") if step.get(name)}


def _not_undone(where: str, resource: type[Resource], result: Mapping[str, Any]) -> Iterable[Json]:
    """Yield what an undo could not set back of what is to be changed and deleted."""
    for step in result.get("results") or ():
        if step["action"] in ("update", "delete") and not step.get("error") and (lost := reversal(resource, step).lost):
            yield {"list": where, "name": name_of(block_of(where), resource, step["key"]), "options": lost}


def name_of(block: str, resource: type[Resource], key: Mapping[str, Any]) -> str:
    """Return what a person calls a resource within its tenant: C(rp-sales@acme.example / Main)."""
    parents = [f.option for f in resource.parents if f.option not in {p.option for p in PARENTS[block]}]
    whose = next((name for name in resource.whose_options if key.get(name)), "")
    parents = [name for name in parents if name == whose or name not in resource.whose_options]
    own = resource.naming(key)
    return " / ".join(str(key[name]) for name in (*parents, *own) if name in key) or " of ".join(
        [resource.noun, *map(str, key.values())][:2]
    )


def _changes(resource: type[Resource], step: Mapping[str, Any]) -> Json:
    """Return the options that a step changes, each with its value before and after, as far as they are known."""
    options = resource.options()
    address = {*(f.option for f in resource.parents), *next(iter(resource.names(step["key"])), ())}
    unseen = {*(step.get("unverified") or ()), *(f.option for f in options if f.secret)}
    before = dict(step.get("before") or {})
    after = as_options(options, step["resource"] or {})
    if step["action"] in ("create", "delete"):
        before, after = (_in_parts(options, side) for side in (before, after))
    if step["action"] == "delete":
        return {name: {"before": value} for name, value in (before or after).items() if name not in address}
    if step["action"] == "create":
        return {name: {"after": value} for name, value in after.items() if name not in address}
    if resource.rename and resource.rename[1] in before:
        before[resource.rename[0]] = before.pop(resource.rename[1])
    changes: Json = {}
    for name in [f.option for f in options if f.option in after]:
        was, becomes = before.get(name), after[name]
        if any(isinstance(value, Mapping) for value in (was, becomes)):
            old, new = was or {}, becomes or {}
            pairs = {f"{name}.{inner}": (old.get(inner), new.get(inner)) for inner in dict.fromkeys([*old, *new])}
        else:
            pairs = {name: (was, becomes)}
        for option, (old, new) in pairs.items():
            if unseen & {name, option}:
                changes[option] = {"after": new}
            elif old != new and not (old in NOTHING and new in NOTHING):
                changes[option] = {"before": old, "after": new}
    return changes


def _in_parts(options: Iterable[Field], values: Json) -> Json:
    """Return the values with those of fields that have parts which stand by themselves each under its own name."""
    apart = {f.option for f in options if f.kind.apart}
    return {name: value for name, value in values.items() if name not in apart} | {
        f"{name}.{inner}": value for name in apart & values.keys() for inner, value in (values[name] or {}).items()
    }


Said = tuple[type[Resource], Mapping[str, Any]]
"""A resource type, and what its module said."""


def _brought(said: Iterable[Said]) -> set[str]:
    """Return what entries of this plan may await, since others of it make or change something."""
    return {
        label
        for resource, result in said
        for step in result.get("results") or ()
        if step["action"] in ("create", "update")
        for label in resource.brings({**(step.get("resource") or {}), **step["key"]})
    }


def _foretold(result: Mapping[str, Any], brought: set[str]) -> Mapping[str, Any]:
    """Return what a module said, with an error where what is missing is brought by nothing in this plan."""

    def told(step: Mapping[str, Any]) -> Mapping[str, Any]:
        lacks = step.get("missing") and not brought.issuperset(step["awaits"])
        kept = {name: value for name, value in step.items() if name not in ("awaits", "missing")}
        return {**kept, "action": "unchanged", "error": step["missing"]} if lacks else step

    return {**result, "results": [*map(told, result["results"])]} if result.get("results") else result


def _warnings(said: Mapping[str, Said], brought: set[str]) -> Iterable[str]:
    """Yield what the modules warned of; of what they await, only what this plan does not bring."""
    for where, (resource, result) in said.items():
        lacking: dict[str, list[str]] = {}
        for step in result.get("results") or ():
            yield from (f"{where}: {warning}" for warning in step.get("warnings") or ())
            for label in step.get("awaits") or ():
                if label not in brought:
                    lacking.setdefault(label, []).append(name_of(block_of(where), resource, step["key"]))
        for label, names in lacking.items():
            need = f"and {len(names) - 1} more need" if len(names) > 1 else "needs"
            yield f"{where}: {names[0]} {need} {label}, which this plan does not bring"


# What the roles hand on


def failures(results: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[str]:
    """Return what the lists of each block failed with; a platform out of reach is told once, with how many lists."""
    causes: dict[tuple[str, str, str], list[str]] = {}
    for block, lists in results.items():
        for name, result in lists.items():
            if result.get("failed"):
                cause = ("", str(result["hopeless"])) if result.get("hopeless") else (name, str(result["msg"]))
                causes.setdefault((block, *cause), []).append(name)
    return [
        f"{block}.{names[0]}: {cause}"
        if len(names) == 1
        else f"{block}: {cause.rstrip('. ')} ({len(names)} lists: {', '.join(names)})"
        for (block, _list, cause), names in causes.items()
    ]


def merge(first: Mapping[str, Any], then: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the results of two tasks on one list as those of one; the first speaks for what both were given."""
    if then.get("skipped") or first.get("skipped"):
        return first if then.get("skipped") else then
    if first.get("failed"):  # in check mode, where the second was given all entries
        return then if then.get("results") else first
    if _said_nothing(then):
        return {**first, "failed": True, "msg": then["msg"]}
    keys = [step["key"] for step in first["results"]]
    told = {json.dumps(key, sort_keys=True) for key in keys}
    more = [step for step in then["results"] if json.dumps(step["key"], sort_keys=True) not in told]
    results = [*first["results"], *more]
    summary, done = summed_up("failed" if step.get("error") else step["action"] for step in results)
    return {
        **then,
        "changed": bool(first["changed"] or then["changed"]),
        "results": results,
        "summary": {**summary, "requests": first["summary"]["requests"] + then["summary"]["requests"]},
        "msg": then["msg"] if then.get("failed") else done,
    }


def undone(entries: Iterable[Mapping[str, Any]]) -> list[Json]:
    """Return the entries that take back what these entries say of something that stays when its tenant goes.

    The days of calendars are emptied, and a disposition code of the route point's own is the default no longer.
    """
    taken_back = []
    for entry in entries:
        default = entry.get("default_call_disposition_code") or {}
        calendar = {name: entry[name] for name in ("normal", "exceptions") if entry.get(name)}
        address = {name: value for name, value in entry.items() if name.endswith(("_id", "_number"))}
        if default.get("level") == OWN_LEVEL:
            off = {"force_use_of_call_disposition_codes": False, "default_call_disposition_code": None}
            taken_back.append({**address, **off})
        if calendar:
            taken_back.append({**address, **{name: {day: [] for day in days} for name, days in calendar.items()}})
    return taken_back


# The report

ACTIONS = {"create": "To create", "update": "To change", "delete": "To delete"}
PART_KNOWN = "- What the errors below hide is not in this."
NOBODY_NOTICES = "Nobody who calls, within a year: no call takes another way, as far as the data of the tenant tells."
STATUS = {
    "clean": "**Nothing to do.**",
    "changes": "**There is something to do.** Approve it only if all of it is meant.",
    "failed": "**This plan has errors.** A build would fail, or do only a part.",
}


def report(plan: Mapping[str, Any]) -> str:
    """Return a plan as Markdown, with what needs most attention first."""
    summary, resources = plan["summary"], plan["resources"]
    words = {"create": "to create", "update": "to change", "delete": "to delete", "unchanged": "as they should be"}
    counts = [f"{summary[name]} {word}" for name, word in words.items()] + [f"{summary['failed']} with an error"]
    lines = [f"# Plan for {cell(plan['tenant'])}", "", STATUS[plan["status"]], ""]
    lines += [f"{', '.join(counts)}.", ""]
    lines += [f"Made {plan['made']} with {summary['requests']} requests, none of which changed anything.", ""]
    lines += [f"Digest: `{plan['digest']}`", ""]
    if plan["status"] != "clean":
        noticed = [f"- {cell(one)}" for one in sentences(plan.get("notices", []))]
        in_part = [PART_KNOWN] if plan["status"] == "failed" else []
        lines += _section("Who notices", [*noticed, *in_part] or [NOBODY_NOTICES])
    steps = {where: told["steps"] for where, told in resources.items()}
    failed = [(where, step) for where in steps for step in steps[where] if step.get("error")]
    errors = [*plan["errors"], *(f"{where}, {step['name']}: {step['error']}" for where, step in failed)]
    lines += _section("Errors", [f"- {cell(error)}" for error in errors])
    gone = [(where, step) for where in steps for step in _sound(steps[where], "delete")]
    lines += _section(
        f"⚠ To delete: {len(gone)}",
        _table(
            ("List", "Name", "What is there now"),
            [(where, step["name"], _values(step["changes"], "before")) for where, step in gone],
            fold=False,
        ),
    )
    emptied = [
        (where, step["name"], option, readable(change["before"]))
        for where in steps
        for step in _sound(steps[where], "update")
        for option, change in step["changes"].items()
        if change["after"] in NOTHING and change.get("before") not in NOTHING
    ]
    lines += _section("⚠ To empty", _table(("List", "Name", "Option", "What is there now"), emptied, fold=False))
    lines += _section("⚠ What an undo cannot set back", _table(("List", "Name", "What"), lost(plan)))
    lines += _section("Warnings", [f"- {cell(warning)}" for warning in plan["warnings"]])
    for where, told in resources.items():
        lines += _list_section(where, told)
    written = [(one["place"], one["list"], one["name"]) for one in plan.get("cells", ())]
    lines += _section("Where that stands in the workbook", _table(("Cell or row", "List", "Name"), written))
    rows = [(where, *(told["summary"][name] for name in COUNTED)) for where, told in resources.items()]
    heads = ("List", "To create", "To change", "To delete", "As it should be", "With an error")
    lines += _section("All lists", _table(heads, rows, fold=False))
    return "\n".join(lines).rstrip() + "\n"


def _list_section(where: str, told: Mapping[str, Any]) -> list[str]:
    new = _sound(told["steps"], "create")
    shared = _shared([step["changes"] for step in new])
    created = [(s["name"], _values({o: c for o, c in s["changes"].items() if o not in shared}, "after")) for s in new]
    create_title = "To create" + (f", each with {cell(_values(shared, 'after'))}" if shared else "")
    changed, unseen = [], []
    for step in _sound(told["steps"], "update"):
        shown = {option: change for option, change in step["changes"].items() if "before" in change}
        hidden = {option: change for option, change in step["changes"].items() if "before" not in change}
        for option, change in shown.items():
            changed.append((step["name"], option, readable(change["before"]), readable(change["after"])))
        if hidden:
            unseen.append((step["name"], _values(hidden, "after")))
    unseen_title = "To write without comparison, because the platform does not show what is there"
    body = [
        *_titled("To change", _table(("Name", "Option", "Before", "After"), grouped(changed))),
        *_titled(create_title, _table(("Name", "With"), grouped(created))),
        *_titled(unseen_title, _table(("Name", "Written"), grouped(unseen))),
    ]
    kept: dict[str, list[tuple[str, str]]] = {}
    for one in told.get("as_written", ()):
        for option, at in one["options"].items():
            kept.setdefault(f"As written on {_day(at)}, not shown by the platform", []).append((one["name"], option))
    for title, pairs in kept.items():
        together = grouped((name, ", ".join(options)) for name, options in _options(pairs))
        body += _titled(title, _table(("Name", "Options"), together))
    if told["unverified"] and not unseen:
        body += ["", f"Not compared, because the platform does not show it: {', '.join(told['unverified'])}."]
    return _section(where, body[1:])


def _options(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, list[str]]]:
    options: dict[str, list[str]] = {}
    for name, option in pairs:
        options.setdefault(name, []).append(option)
    return options.items()


def _day(moment: str) -> str:
    """Return the day of a moment, as people write it: C(26 November 2026)."""
    day = datetime.fromisoformat(moment)
    return f"{day.day} {month_name[day.month]} {day.year}"


def _shared(changes: Sequence[Json]) -> Json:
    """Return what all of several have in common."""
    first, *others = changes or [{}]
    return {o: c for o, c in first.items() if all(other.get(o) == c for other in others)} if others else {}


def lost(plan: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return what an undo of a plan cannot set back: list, names and options, once for all that have it in common."""
    rows = [(one["name"], one["list"], ", ".join(one["options"])) for one in plan.get("not_undone", ())]
    return [(where, names, what) for names, where, what in grouped(rows)]


def grouped(rows: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return one row for all names that have the rest in common."""
    names: dict[tuple[str, ...], list[str]] = {}
    for name, *rest in rows:
        names.setdefault(tuple(rest), []).append(name)
    return [(_shortened(together), *rest) for rest, together in names.items()]


def _shortened(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _titled(title: str, table: Sequence[str]) -> list[str]:
    return ["", f"{title}:", "", *table] if table else []


def _sound(steps: Iterable[Mapping[str, Any]], action: str) -> list[Mapping[str, Any]]:
    return [step for step in steps if step["action"] == action and not step.get("error")]


def _section(title: str, body: Sequence[str]) -> list[str]:
    return [f"## {title}", "", *body, ""] if body else []


def _table(heads: Sequence[str], rows: Sequence[Sequence[Any]], fold: bool = True) -> list[str]:
    if not rows:
        return []
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    if fold and len(rows) >= FOLDED_FROM:
        return [f"<details><summary>{len(rows)} rows</summary>", "", *lines, "", "</details>"]
    return lines


def _values(changes: Mapping[str, Any], side: str) -> str:
    return "; ".join(f"{option}: {readable(change[side])}" for option, change in changes.items())
