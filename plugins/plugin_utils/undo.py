# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a build has done to a tenant, kept in a file from which it can be undone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from ..module_utils import files
from ..module_utils.errors import Faults
from ..module_utils.fields import Field
from ..module_utils.resource import Resource
from ..module_utils.tenant.model import LISTS, PARENTS, module_of
from .lists import CHAINS
from .markdown import readable
from .packed import unpacked
from .plan import lost as lost_in_plan
from .plan import make_plan, name_of
from .reversal import reversal

Json = dict[str, Any]

FORMAT = 1
"""Of the file; raised when an older version of the collection would misread it."""
PLACES = {module_of(block, name): f"{block}.{name}" for block, lists in LISTS.items() for name in lists}
CHAIN_OF = {block: n for n, chain in enumerate(CHAINS) for block in chain}
"""Steps of platforms that are built at the same time do not stand between each other."""
ORDER = ("delete", "update", "create")
"""In which order a module does what it does."""
MEMBERS = {"format": int, "collection": str, "tenant": str, "made": str, "by": str, "country": str, "steps": list}
OF_STEP = {"list": str, "name": str, "action": str, "key": dict, "lost": list, "half": bool}


def version() -> str:
    """Return the version of this collection, as it is installed or checked out."""
    root = Path(__file__).resolve().parents[2]
    manifest = root / "MANIFEST.json"
    if manifest.is_file():
        return str(json.loads(manifest.read_text())["collection_info"]["version"])
    return str(yaml.safe_load((root / "galaxy.yml").read_text())["version"])


# What is written


def keep(into: Mapping[str, Any], module: str, args: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    """Keep what a module has done on a list of a tenant.

    C(into) says in which file, and what else stands in it. Raises ApiError or OSError where it cannot be written.
    """
    where, country = PLACES.get(module), str(args.get("country") or "")
    steps = _taken_back(where, country, result) if where else []
    if steps:
        _write(Path(into["file"]), {name: into[name] for name in ("tenant", "made", "by")}, steps, country)


def _taken_back(where: str, country: str, result: Mapping[str, Any]) -> list[Json]:
    """Return what was done, each step with what takes it back."""
    block, name = where.split(".")
    resource = LISTS[block][name]
    done = [s for s in result.get("results") or () if s.get("changed") and s["action"] in ORDER]
    steps = []
    for step in sorted(done, key=lambda one: ORDER.index(one["action"])):
        back = reversal(resource, step, country or None)
        named = name_of(block, resource, back.key)
        told = {"list": where, "name": named, "action": step["action"], "key": back.key, "lost": back.lost}
        steps.append({**told, "left": back.left, "former": back.former, "half": bool(step.get("error"))})
    return json.loads(json.dumps(steps))  # plain data, whatever Ansible tagged it with


def _write(path: Path, about: Mapping[str, Any], steps: Sequence[Json], country: str) -> None:
    """Add steps to a file, which is made with the first of them; platforms that are built at the same time wait."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with files.locked(path.parent):
        _add(path, about, steps, country)


def _add(path: Path, about: Mapping[str, Any], steps: Sequence[Json], country: str) -> None:
    head, kept = _written(path)
    if not head:
        collection = f"voiceops.telephony {version()}"
        head = json.loads(json.dumps({"format": FORMAT, "collection": collection, **about, "country": ""}))
    head["country"] = head["country"] or country
    updated = {step["list"] for step in steps if step["action"] == "update"}
    known = {
        (step["list"], _key(step)): n
        for n, (step, _line) in enumerate(kept)
        if step["list"] in updated and step["action"] != "delete"
    }
    for step in steps:
        n = known.get((step["list"], _key(step))) if step["action"] == "update" else None
        if n is None:
            kept.append((step, json.dumps(step)))
        else:
            earlier, _line = kept[n]
            _joined(earlier, step)
            kept[n] = earlier, json.dumps(earlier)
    kept.sort(key=lambda one: CHAIN_OF[one[0]["list"].partition(".")[0]])
    lines = [line for _step, line in kept]
    start, body, digest = json.dumps(head)[:-1], ",\n".join(lines), _digest(head, lines)
    files.replace(str(path), f'{start}, "steps": [\n{body}\n], "digest": "{digest}"}}\n'.encode(), 0o600)
    _LAST[path] = (_stamp(path), head, kept)


Kept = list[tuple[Json, str]]
"""Steps, each with the line that it is in a file."""

_LAST: dict[Path, tuple[Any, Json, Kept]] = {}
"""Per file what this process has written into it."""


def _written(path: Path) -> tuple[Json, Kept]:
    """Return what a file says of itself, and its steps; it is read only if another process has written it.

    Who changes them writes the file: what could not be written is not remembered either.
    """
    if not path.is_file():
        return {}, []
    stamp, head, kept = _LAST.pop(path, (None, {}, []))
    if stamp == _stamp(path):
        return head, kept
    told = json.loads(path.read_text())
    return _head(told), [(step, json.dumps(step)) for step in told["steps"]]


def _stamp(path: Path) -> Any:
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def _joined(earlier: Json, step: Json) -> None:
    """Make one step of two updates of a resource, or of its creation and an update."""
    earlier["left"] = {**earlier["left"], **step["left"]}
    if earlier["action"] == "update":
        earlier["former"] = {**step["former"], **earlier["former"]}
    earlier["lost"] = [*dict.fromkeys(earlier["lost"] + step["lost"])]
    earlier["half"] = step["half"]


def _head(told: Mapping[str, Any]) -> Json:
    return {name: told[name] for name in told if name not in ("steps", "digest")}


def _digest(head: Mapping[str, Any], lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join([json.dumps(head), *lines]).encode()).hexdigest()


# What is read


def read(text: str, tenant: str) -> Json:
    """Return what a file holds. Raises Faults for one that is damaged, of another version, or of another tenant."""
    try:
        told = json.loads(text)
    except ValueError as error:
        raise Faults([f"is damaged: it is no JSON ({error})"]) from None
    if not isinstance(told, dict) or not isinstance(told.get("format"), int):
        raise Faults(["is damaged, or was not written by build or undo: it does not say in which format it is"])
    if told["format"] != FORMAT:
        whose = f"{told.get('collection') or 'an unknown version'} wrote it in format {told['format']}"
        raise Faults([f"{whose}, and voiceops.telephony {version()} knows format {FORMAT} only"])
    wrong = [name for name, kind in MEMBERS.items() if not isinstance(told.get(name), kind)]
    whole = not wrong and told.get("digest") == _digest(_head(told), map(json.dumps, told["steps"]))
    if not whole or not all(map(_sound, told["steps"])):
        what = f"{', '.join(wrong)} missing" if wrong else "it is not as it was written"
        raise Faults([f"is damaged: {what}"])
    if told["tenant"] != tenant:
        raise Faults([f"is of the tenant {told['tenant']}, not of {tenant}"])
    return told


def _sound(step: Any) -> bool:
    return (
        isinstance(step, dict)
        and all(isinstance(step.get(name), kind) for name, kind in OF_STEP.items())
        and step["list"] in PLACES.values()
        and step["action"] in ORDER
    )


def numbered(told: Mapping[str, Any]) -> dict[int, Json]:
    """Return the steps of a file by the numbers by which people name them."""
    return dict(enumerate(told["steps"], start=1))


def lost(told: Mapping[str, Any]) -> list[str]:
    """Return what cannot be set back, per step."""
    return [f"{label(n, step)}: {', '.join(step['lost'])}" for n, step in numbered(told).items() if step["lost"]]


def label(number: int, step: Mapping[str, Any]) -> str:
    return f"{number}. {step['list']}: {step['name']}"


# What is asked of the platforms


def data(steps: Iterable[Mapping[str, Any]], side: str, country: str, places: Mapping[str, Any]) -> Json:
    """Return steps as a tenant's data, for each state what is to be there or not, C(left) or C(former).

    C(places) is what the tenant's own blocks say, for what the steps do not tell of where it lives.
    """
    states: Json = {"present": {}, "absent": {}}
    for step in steps:
        options = step[side]
        if _irrevocable(step):
            continue
        block, name = step["list"].split(".")
        of = states["absent" if options is None else "present"].setdefault(block, {})
        for place in PARENTS[block]:
            own = (places.get(block) or {}).get(place.option)
            of.setdefault(place.option, step["key"].get(place.option, own))
        if country and block == "apio":
            of["country"] = country
        of.setdefault(name, []).append({**step["key"], **(options or {})})
    return states


def phases(steps: Sequence[Json], country: str, places: Mapping[str, Any]) -> list[Json]:
    """Return in which order to take steps back: the last one first, so that all that they need is still there.

    What the tasks of a platform role do in this order anyway is one phase. The order of settings does not matter.
    """
    found: list[tuple[str, list[Json]]] = []
    for step in reversed(steps):
        state = "absent" if step["former"] is None else "present"
        if not found or found[-1][0] != state or not _follows(found[-1][1][-1]["list"], step["list"], state):
            found.append((state, []))
        found[-1][1].append(step)
    return [
        {
            "lists": [*dict.fromkeys(step["list"] for step in group)],
            "state": state,
            "data": data(group, "former", country, places)[state],
        }
        for state, group in found
    ]


def _follows(first: str, then: str, state: str) -> bool:
    """Tell whether a role does what is to be done to a list after what is to be done to another one."""
    (block, one), (other_block, other) = (where.split(".") for where in (first, then))
    if block != other_block:
        return False
    order = [*LISTS[block]] if state == "present" else [*reversed(LISTS[block])]
    settings = not any(LISTS[block][name].lifecycle for name in (one, other))
    return settings or order.index(one) <= order.index(other)


Results = Mapping[str, Mapping[str, Any]]


def judged(told: Mapping[str, Any], left: Mapping[str, Results], former: Mapping[str, Results]) -> Json:
    """Return what an undo would do, and what somebody has changed since: per step, by its number.

    C(left) and C(former) are, per state, what the platform roles said in check mode of what the run has left behind,
    and of what was there before. An option is as it should be if its live value is one or the other.
    """
    errors: list[str] = []
    sides = {"left": left, "former": former}
    said = {side: {state: _said(one, errors) for state, one in results.items()} for side, results in sides.items()}
    live, goal = (_matched(told, side, said[side]) for side in sides)
    brought = {
        text
        for n, step in numbered(told).items()
        if goal.get(n, {}).get("action", "unchanged") not in ("unchanged", "delete")
        for text in _resource(step).brings(goal[n]["key"])
    }
    found: Json = {"todo": {}, "foreign": {}, "wrong": {}, "errors": errors}
    for n, step in numbered(told).items():
        if _irrevocable(step):
            continue
        wanted = goal.get(n) or {"error": "it is not known whether that can be done, see the errors"}
        if wanted.get("error"):
            found["wrong"][n] = f"{label(n, step)}: {wanted['error']}"
        elif missing := [one for one in wanted.get("awaits", ()) if one not in brought]:
            if wanted["action"] != "update":  # what is set on something goes with it
                found["wrong"][n] = f"{label(n, step)}: it needs a change of {', '.join(missing)} first"
        elif wanted["action"] != "unchanged":
            found["todo"][n] = f"{label(n, step)}: {_told(wanted)}"
            if text := _foreign(step, live.get(n), wanted):
                found["foreign"][n] = f"{label(n, step)}: {text}"
    return found


def _resource(step: Mapping[str, Any]) -> type[Resource]:
    block, name = step["list"].split(".")
    return LISTS[block][name]


def _irrevocable(step: Mapping[str, Any]) -> bool:
    """Tell whether nothing of a step can be compared or set back."""
    return step["action"] == "update" and not step["former"]


def _said(results: Results, errors: list[str]) -> dict[str, list[Json]]:
    """Return per list what would be done with each of its entries, unchanged ones included."""
    plan = make_plan(results, "", (), ())
    errors += [error for error in plan["errors"] if error not in errors]
    said: dict[str, list[Json]] = {}
    for where, told in plan["resources"].items():
        block, _dot, name = where.partition(".")
        steps = {_key(step): step for step in told["steps"]}
        keys = json.loads(json.dumps([{"key": step["key"]} for step in results[block][name].get("results") or ()]))
        said[where] = [steps.get(_key(one), {**one, "action": "unchanged", "changes": {}}) for one in keys]
    return said


def _matched(told: Mapping[str, Any], side: str, said: Mapping[str, Mapping[str, list[Json]]]) -> dict[int, Json]:
    """Return by the number of each step what was said of its resource: under its key, or under the one that it gets."""
    asked: dict[tuple[str, str], dict[int, Json]] = {}
    for n, step in numbered(told).items():
        if not _irrevocable(step):
            state = "absent" if step[side] is None else "present"
            asked.setdefault((state, step["list"]), {})[n] = step
    matched: dict[int, Json] = {}
    for (state, where), steps in asked.items():
        answers = list(said[state].get(where, ()))
        known = {_key(answer): answer for answer in answers}
        here = {n: known[_key(step)] for n, step in steps.items() if _key(step) in known}
        found = {id(answer) for answer in here.values()}
        rest = [answer for answer in answers if id(answer) not in found]
        others = [n for n in steps if n not in here]
        matched |= here | (dict(zip(others, rest, strict=True)) if len(others) == len(rest) else {})
    return matched


def _key(step: Mapping[str, Any]) -> str:
    return json.dumps(step["key"], sort_keys=True)


def _foreign(step: Mapping[str, Any], live: Mapping[str, Any] | None, goal: Mapping[str, Any]) -> str:
    """Return what somebody has changed since of what the step left and the undo would change, or an empty text."""
    if goal.get("awaits"):  # what is not there yet, nobody has changed
        return ""
    if live is None or live.get("error"):
        return (live or {}).get("error") or "what is there now cannot be told"
    if step["action"] == "delete":
        return "is there again, and not as it was" if live["action"] == "delete" else ""
    if step["action"] == "update" and "create" in (live["action"], goal["action"]):
        return "is not there any more"
    if step["action"] == "create" and step["half"]:
        return ""
    changes = {o: c for o, c in live["changes"].items() if "before" in c}
    if step["action"] == "update":
        changes = {option: change for option, change in changes.items() if option in goal["changes"]}
    words = (
        "{} is {}, and was left as {}".format(o, *map(_shown, (c["before"], c.get("after"))))
        for o, c in changes.items()
    )
    return "; ".join(words)


def _shown(value: Any) -> str:
    return readable(value, ", ")


def _told(step: Mapping[str, Any]) -> str:
    """Return what would be done, as a person reads it."""
    if step["action"] == "delete":
        return "to be removed"
    created = step["action"] == "create"
    values = [
        f"{option} {'' if created else _shown(change.get('before')) + ' -> '}{_shown(change.get('after'))}"
        for option, change in step["changes"].items()
    ]
    return f"{'to be made again' if created else 'to be set back'}: {', '.join(values)}"


def chosen(names: Any, judgement: Mapping[str, Any], told: Mapping[str, Any]) -> list[int]:
    """Return the numbers of steps that are named by number or by list and name. Raises Faults for any other."""
    known = {str(n): n for n in judgement["foreign"]}
    known |= {label(n, numbered(told)[n]).partition(" ")[2]: n for n in judgement["foreign"]}
    given = [names] if isinstance(names, str | int) else list(names)
    given = [part for one in given for part in ([one] if str(one) in known else str(one).split(","))]
    wanted = [part for one in given if (part := str(one).strip())]
    if unknown := [one for one in wanted if one not in known]:
        raise Faults([f"undo_anyway: {', '.join(unknown)} names nothing that somebody has changed since"])
    return [known[one] for one in wanted]


# What is told before a build


def foreseen(data: Mapping[str, Any], asked: Mapping[str, Any], plan: Mapping[str, Any] | None = None) -> list[str]:
    """Return what an undo could not set back of what a plan does, or without one, should a build write or delete it."""
    if plan:
        return [": ".join(row) for row in lost_in_plan(plan)]
    data, told = unpacked(data), []
    for block, lists in LISTS.items():
        for name in (name for name in lists if name in (data.get(block) or {})):
            resource, entries = lists[name], data[block][name] or []
            given = {option for entry in entries for option in entry}
            hidden = [f.option for f in resource.options() if f.option in given and _is_hidden(f, asked)]
            if asked["state"] == "present" and hidden:
                told.append(f"{block}.{name}: {', '.join(hidden)}, where the platform does not show what was there")
            if resource.lifecycle and (asked["state"] == "absent" or (asked["purge"] and resource.purgeable)):
                gone = [f.option for f in resource.options() if f.secret or _is_made_once(resource, f)]
                gone += [resource.goes_along] if resource.goes_along else []
                told += [f"{block}.{name}: of what is deleted, {', '.join(gone)}"] if gone else []
    return told


def _is_hidden(f: Field, asked: Mapping[str, Any]) -> bool:
    secret = f.secret or f.kind.apart
    return (secret and asked["update_password"] == "always") or (f.unreadable and asked["write_unreadable"] == "always")


def _is_made_once(resource: type[Resource], f: Field) -> bool:
    return f.create_only and f.option not in (*resource.address_options(), *resource.rename)
