# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Variables of a host that were meant for the tenant are told, and those of other things are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import TOP
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import LISTS, PARTS
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.names import (
    INSIDE,
    VARIABLES,
    doubles,
    files_of,
    misplaced,
)

ROOT = Path(__file__).resolve().parents[4]
ROWS = [{"name": "Main"}]


def test_all_lists_of_the_model_are_known() -> None:
    lists = {name for block in LISTS.values() for name in block}
    assert lists | {*PARTS} | {"route_points", "users_from", "route_point_dnis_from"} <= INSIDE.keys()
    assert INSIDE["users"] == "o2g"
    assert INSIDE["dnis"] == "an entry of apio.route_points"


@pytest.mark.parametrize("name", INSIDE)
def test_a_list_among_the_variables_of_a_host_is_a_fault(name: str) -> None:
    value = "rows.csv" if name.endswith("_from") else ROWS
    (fault,), warnings = misplaced({name: value, "apio": {}}, ())
    assert fault.startswith(f"{name}: stands among the variables of the host")
    assert INSIDE[name] in fault
    assert warnings == []
    assert misplaced({name: value}, [name]) == ([], [])
    assert misplaced({name: value, "o2g": {"users": f"{{{{ base + {name} | sort }}}}"}}, ()) == ([], [])


@pytest.mark.parametrize("name", [*TOP, *VARIABLES, *INSIDE])
def test_a_name_that_nearly_has_that_of_something_is_a_warning(name: str) -> None:
    """Two letters change places, and one is left out."""
    middle = len(name) // 2
    for wrong in (name[: middle - 1] + name[middle] + name[middle - 1] + name[middle + 1 :], name[:-1]):
        if wrong in (*TOP, *VARIABLES, *INSIDE):
            continue
        faults, (warning,) = misplaced({wrong: ROWS}, ())
        assert faults == []
        assert warning.startswith(f"{wrong}: nothing reads this variable; did you mean ")
    assert name in (*INSIDE,) or misplaced({name: ROWS}, ()) == ([], [])


def test_the_names_of_the_issue() -> None:
    said = misplaced({"apoi": {"tenant_id": "acme"}, "tenant_prge": True, "holiday": ROWS}, ())[1]
    assert [text.partition(" If ")[0] for text in said] == [
        "apoi: nothing reads this variable; did you mean apio?",
        "holiday: nothing reads this variable; did you mean holidays?",
        "tenant_prge: nothing reads this variable; did you mean tenant_purge?",
    ]


def test_variables_of_other_things_are_left_alone() -> None:
    """Text is neither a list nor a block."""
    others = {"user": "root", "users": "root", "limits": 5, "pilot": "Ann", "office_day": ROWS, "acme_password": "x"}
    assert misplaced({**others, "ansible_user": "root", "timezone": {}, "sites": ROWS}, ()) == ([], [])


def test_what_roles_and_playbooks_set_themselves_is_not_taken_for_a_mistake() -> None:
    own = {name for file in (ROOT / "roles").rglob("*.yml") for name in _set_in(yaml.safe_load(file.read_text()))}
    for file in (ROOT / "playbooks").rglob("*.yml"):
        own |= set(_set_in(yaml.load(file.read_text(), Loader=yaml.BaseLoader)))
    assert len(own) > 100
    faults, warnings = misplaced(dict.fromkeys(own, ROWS), INSIDE)
    assert (faults, warnings) == ([], [])


def _set_in(content: Any) -> Iterator[str]:
    """Yield the names of variables that tasks register or set, and those of plays, blocks and files of variables."""
    if isinstance(content, list):
        for inner in content:
            yield from _set_in(inner)
    elif isinstance(content, dict):
        if not content.keys() & {"hosts", "name", "argument_specs", "galaxy_info"}:
            yield from content
        for name, inner in content.items():
            if name in ("vars", "ansible.builtin.set_fact"):
                yield from inner
            elif name == "register":
                yield inner
            elif isinstance(inner, list):
                yield from _set_in(inner)


def test_each_variable_of_the_role_is_known() -> None:
    spec = yaml.safe_load((ROOT / "roles/tenant/meta/argument_specs.yml").read_text())["argument_specs"]
    assert {name for entry in spec.values() for name in entry["options"]} <= {*VARIABLES}


def test_a_key_that_stands_twice_is_found_with_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "tenant.yml"
    file.write_text(
        "apio:\n  call_centers: []\n  route_points:\n    - {a: 1, b: 2, a: 3}\n  call_centers: []\nx: !vault |\n  1\n"
    )
    assert doubles(file) == [
        f"{file}, line 4: apio.route_points[0].a is there already, in line 4",
        f"{file}, line 5: apio.call_centers is there already, in line 2",
    ]
    for text, number in (
        ("a: &x {q: 1}\nb:\n  <<: *x\n  <<: *x\nc: [a, a, {a: 1}]\n", 0),
        ("a: {b: 1}\nc: {b: 1}\n? [x]\n: a\nd: a\n", 0),
        ("a: {b: [{c: 1}, {d: 1, c: 2}]}\nb: 1\na: 2\n", 1),
        ("- x: {y: 1}\n  z: &k [x, z]\n  w: *k\n  x: 3\n", 1),
    ):
        file.write_text(text)
        assert len(doubles(file)) == number, text
    file.write_text("$ANSIBLE_VAULT;1.1;AES256\n6162\n")
    assert doubles(file) == []
    file.write_text("a: [\n")
    assert doubles(file) == []


def test_the_files_of_a_host_are_those_that_ansible_reads(tmp_path: Path) -> None:
    names = ["host_vars/acme/a.yml", "host_vars/acme/b/c.yaml", "group_vars/all.yml", "group_vars/europe.json"]
    others = ["host_vars/acme/dnis.csv", "host_vars/acme.yml", "host_vars/globex.yml", "group_vars/asia.yml"]
    for name in (*names, *others):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert files_of(str(tmp_path), "acme", ["all", "europe"]) == sorted(tmp_path / name for name in names)
