# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Ansible takes in silence: variables of a host that were meant for the tenant, and keys that a file has twice."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .expand import FROM, PURGE_IN, TOP
from .model import LISTS, PARENTS, PARTS, is_single, places_of

VARIABLES = (
    "agent_logins",
    "agent_pilots",
    "apio_connection",
    "approval_required",
    "approved_plan_dir",
    "awx_undo_dir",
    "call_paths_against",
    "call_paths_at",
    "call_paths_dial",
    "call_paths_dir",
    "call_paths_prefix",
    "call_tests_from",
    "ccs_connection",
    "compare_workbook",
    "divert_dir",
    "divert_override",
    "drift_adopt",
    "drift_dir",
    "drift_gate",
    "housekeeping_mailbox_password",
    "housekeeping_records_days",
    "housekeeping_records_state",
    "housekeeping_users",
    "housekeeping_voicemail_days",
    "housekeeping_voicemail_state",
    "maintenance_dir",
    "maintenance_override",
    "o2g_connection",
    "plan_dir",
    "plan_gate",
    "plan_url",
    "reports_async",
    "reports_date_order",
    "reports_dir",
    "reports_fail_on",
    "reports_format",
    "reports_incident_hours",
    "reports_month",
    "reports_of",
    "reports_severity",
    "reports_statistics",
    "reports_time_limit",
    "tenant_base_dir",
    "tenant_check",
    "tenant_lock_dir",
    "tenant_lock_wait",
    "tenant_max_deletions",
    "tenant_other_names",
    "tenant_purge",
    "tenant_read_deleted",
    "tenant_state",
    "tenant_time_zone",
    "tenant_undo_dir",
    "tenant_update_password",
    "tenant_write_unreadable",
    "undo_anyway",
    "undo_dir",
    "undo_file",
    "workbook_dir",
    "written_again",
    "written_dir",
    "written_key",
)
"""What roles and playbooks take besides the tenant itself."""

OTHERS = ("ansible_", "apio_group_", "ccs_tenant_", "o2g_node_")
"""What the names of variables begin with that are Ansible's and the platform roles'."""

ALIKE = {4: 0.66, 9: 0.8, 99: 0.9}
"""Up to which length of a name what part of it must be the same: in a short one, one wrong letter is much."""


def unusable(host: str) -> list[str]:
    """Return why Ansible would find no variables of a host beside its inventory, or those of something else."""
    why = []
    if host.startswith("/"):
        why = ["begins with a slash"]
    elif odd := [part for part in host.split("/") if part in ("", ".", "..")]:
        why = [f"has the part {odd[0]!r} between slashes"]
    elif any(ord(letter) < 32 or ord(letter) == 127 for letter in host):
        why = ["has a control character"]
    return [f"{host!r} cannot be the name of a tenant: it {reason}, so that it leads to no folder" for reason in why]


def _lists() -> Iterator[tuple[str, str]]:
    """Yield the name of each list, settings and file of a tenant, and where it belongs."""
    for part in PARTS:
        yield part, "an entry of apio.route_points"
    for block, lists in LISTS.items():
        for name, resource in lists.items():
            yield name, block
            if not is_single(resource, PARENTS[block]):
                yield name + FROM, block
            if places_of(block, name):
                yield name + PURGE_IN, block
    yield "route_points", "apio"


INSIDE = dict(_lists())
"""Per name that means nothing among the variables of a host, where it belongs."""


def misplaced(variables: Mapping[str, Any], other_names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return faults and warnings about variables of a host that were meant for the tenant, and are not seen there.

    The values may be templates. C(other_names) are variables for something else.
    """
    faults, warnings = [], []
    for name in sorted({*variables} - {*TOP, *VARIABLES, *other_names}):
        near = None if name.startswith(OTHERS) else _alike(name, _names_for(name, variables[name]))
        if not near or _is_used(name, variables):
            continue
        other = "If it is for something else, add it to tenant_other_names"
        if near == name:
            faults.append(
                f"{name}: stands among the variables of the host, where nothing reads it; it belongs into "
                f"{INSIDE[name]}, indented like what else stands there. {other}"
            )
        else:
            where = f" in {INSIDE[near]}" if near in INSIDE else ""
            warnings.append(f"{name}: nothing reads this variable; did you mean {near}{where}? {other}")
    return faults, warnings


def _names_for(name: str, value: Any) -> tuple[str, ...]:
    """Return what a variable may be meant for, by what it holds."""
    if isinstance(value, (Mapping, list)) or "{{" in str(value):
        return (*VARIABLES, *TOP, *INSIDE)
    return (*VARIABLES, *INSIDE) if name.endswith(FROM) else VARIABLES


def _alike(name: str, names: Iterable[str]) -> str | None:
    """Return the name that is the same, but for the order of letters, or nearly the same."""
    lower, nearest, most = name.lower(), None, 0.0
    letters, same = sorted(lower), difflib.SequenceMatcher(None, b=lower)
    for known in names:
        if len(known) == len(lower) and sorted(known) == letters:
            return known
        least = next(part for length, part in ALIKE.items() if len(known) <= length)
        same.set_seq1(known)
        if same.real_quick_ratio() >= least and same.quick_ratio() >= least and same.ratio() >= max(least, most):
            nearest, most = known, same.ratio()
    return nearest


def _is_used(name: str, variables: Mapping[str, Any]) -> bool:
    """Tell whether the tenant takes a variable by a template, such as C("{{ pilots }}")."""
    templated = re.compile(r"\{[{%].*\b" + re.escape(name) + r"\b", re.DOTALL)
    return any(templated.search(text) for top in TOP for text in _texts(variables.get(top)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def files_of(folder: str, host: str, groups: Iterable[str]) -> list[Path]:
    """Return the files from which Ansible reads the variables of a host beside its inventory."""
    found = []
    for kind, name in (*(("group_vars", group) for group in groups), ("host_vars", host)):
        place = Path(folder, kind, name)
        if place.is_dir():
            found += [file for end in ("yml", "yaml", "json") for file in place.rglob(f"*.{end}")]
        else:
            found += [file for end in ("", ".yml", ".yaml", ".json") if (file := Path(f"{place}{end}")).is_file()]
    return sorted(found)


def doubles(file: Path) -> list[str]:
    """Return which keys a YAML file has more than once in the same place, where Ansible takes the last one."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = file.read_text()
        if not _any_twice(yaml.parse(text, Loader=loader)):  # takes a third of the time, and is nearly always so
            return []
        top = yaml.compose(text, Loader=loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):  # Ansible tells that better
        return []
    return [f"{file}, line {line}: {path} is there already, in line {before}" for path, line, before in _twice(top, "")]


def _any_twice(events: Iterable[Any]) -> bool:
    """Tell whether a mapping has a key more than once."""
    from yaml import events as kinds

    above: list[tuple[set[str] | None, bool]] = []
    seen: set[str] | None = None  # the keys of the mapping that is open, if what is open is one
    key = False  # whether what comes next is a key
    for event in events:
        kind = type(event)
        if kind is kinds.ScalarEvent or kind is kinds.AliasEvent:
            name = event.value if kind is kinds.ScalarEvent else None
            if seen is not None and key and name is not None:
                if name in seen and name != "<<":
                    return True
                seen.add(name)
            key = not key
        elif kind is kinds.MappingStartEvent or kind is kinds.SequenceStartEvent:
            above.append((seen, key))
            seen, key = (set(), True) if kind is kinds.MappingStartEvent else (None, False)
        elif kind is kinds.MappingEndEvent or kind is kinds.SequenceEndEvent:
            seen, key = above.pop()
            key = not key
    return False


def _twice(node: Any, path: str) -> Iterator[tuple[str, int, int]]:
    if hasattr(node, "value") and isinstance(node.value, list):
        seen: dict[str, int] = {}
        for n, one in enumerate(node.value):
            if not isinstance(one, tuple):
                yield from _twice(one, f"{path}[{n}]")
                continue
            key, value = one
            name, line = str(key.value), key.start_mark.line + 1
            where = f"{path}.{name}" if path else name
            if name in seen and name != "<<":
                yield where, line, seen[name]
            seen[name] = line
            yield from _twice(value, where)
