# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all playbooks over tenants have in common: how they begin, and what an unusual inventory does to them."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from conftest import ROOT
from plays import PLAYBOOKS, connections, inventory, play
from simulator.handle import Simulator

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.names import VARIABLES

HOSTS = re.compile("hosts:.*telephony_tenants")
OVER_TENANTS = [file.name for file in sorted(PLAYBOOKS.glob("*.yml")) if HOSTS.search(file.read_text())]
ORDERS: dict[str, dict[str, Any]] = {
    "divert.yml": {"divert_state": "diverted", "divert_to": "+3225550199"},
    "holidays.yml": {"holidays_file": "days.csv", "holidays_pilots": "60101"},
    "housekeeping.yml": {"housekeeping_voicemail_days": "90"},
    "maintenance.yml": {"maintenance_state": "begun"},
    "plan.yml": {"plan_gate": "false"},
    "export.yml": {"export_dir": "exported"},
    "queue_divert.yml": {
        "ansible_eda": {"event": {"number": "60101", "level": "high"}},
        "queue_divert_to": "+3225550199",
        "divert_state": "diverted",  # it says these two itself, and nobody is asked for them
        "divert_to": "+3225550199",
    },
    "agent_logged_off.yml": {
        "ansible_eda": {"event": {"login_name": "oxe70101", "received": ""}},
        "agent_logins": "oxe70101",
    },
    "pbx_changed.yml": {"ansible_eda": {"event": {"event": "x", "object_name": "x", "object_id": "1", "node_id": "7"}}},
}
ACME = {
    "apio": {"tenant_id": "acme", "group_id": "brussels", "country": "BE", "call_centers": []},
    "o2g": {"node_id": 7, "pilots": [{"pilot_number": "60101", "state": "opened"}]},
}
ASKS = {"undo.yml": "undo_file: must be the file of one run, such as undo/acme-"}
"""What has no default."""
BLANK = dict.fromkeys({name for name in VARIABLES if not name.endswith("_connection")}, "") | {
    name: ""
    for file in sorted((ROOT / "docs").glob("*.md"))
    for row in re.findall(r"^\| (`.*?`) \|", file.read_text(), re.MULTILINE)
    for name in re.findall(
        r"`((?:plan|drift|export|call_paths|divert|holidays|housekeeping|maintenance|reports|dial_test)_[a-z0-9_]+)`",
        row,
    )
}
"""What the playbooks can be asked for."""


def written(folder: Path, groups: dict[str, Any]) -> Path:
    file = folder / "inventory.json"
    file.write_text(json.dumps(groups))
    return file


@pytest.mark.parametrize("playbook", OVER_TENANTS)
def test_nothing_to_work_on_is_a_failure(sim: Simulator, tmp_path: Path, playbook: str) -> None:
    other = {"hosts": {"other": {}}}
    order = ORDERS.get(playbook, {})
    cases: list[tuple[dict[str, Any], list[str], str]] = [
        ({"telephony_tenants": {"hosts": {}}}, [], "No host is in the group telephony_tenants, and nothing was done"),
        ({"tenants": other}, [], "No host is in the group telephony_tenants, and nothing was done"),
        (
            {"telephony_tenants": {"hosts": {"acme": ACME}}, "others": other},
            ["--limit", "other"],
            "--limit other leaves no host of the group telephony_tenants, and nothing was done. There are acme",
        ),
        ({"telephony_tenants": {"hosts": {"acme": ACME}}}, ["--tags", "apio"], "Tags (apio) choose nothing here"),
        ({"telephony_tenants": {"hosts": {"acme": ACME}}}, ["--skip-tags", "o2g"], "Tags (o2g) choose nothing here"),
    ]
    every = playbook == OVER_TENANTS[0]  # they begin in the same way, which each of them must import
    for groups, flags, told in cases if every else cases[-1:]:
        run = play(playbook, written(tmp_path, groups), *flags, **connections(sim), **order)
        assert run.failed, run.text
        assert told in " ".join(run.text.split()), run.text
    assert not sim.journal()


@pytest.mark.parametrize("playbook", OVER_TENANTS)
def test_an_inventory_for_other_machines_changes_nothing(sim: Simulator, tmp_path: Path, playbook: str) -> None:
    """Its ways to reach them, and to become somebody there, do not count: all is done on the controller.

    All that can be asked is answered blank, as AWX does it for what nobody answers: that is the default.
    """
    (tmp_path / "days.csv").write_text("date,name\n2030-01-01,New Year\n")
    shared = {
        "ansible_connection": "ssh",
        "ansible_become": True,
        "ansible_become_method": "su",
        "ansible_host": "x.invalid",
    }
    where = inventory(tmp_path, {"acme": ACME}, **connections(sim), **shared)
    run = play(playbook, where, "--check", "--limit", "acme", **(BLANK | ORDERS.get(playbook, {})))
    assert run.failed == (playbook in ASKS), run.text
    assert ASKS.get(playbook, "") in run.text
    assert not sim.journal(writes=True)


@pytest.mark.long
@pytest.mark.parametrize("playbook", OVER_TENANTS)
def test_no_playbook_tells_a_secret_with_a_line_end(sim: Simulator, tmp_path: Path, playbook: str) -> None:
    """As C($(cat file)) gives it: neither what is printed nor any file has it, though it is refused."""
    (tmp_path / "days.csv").write_text("date,name\n2030-01-01,New Year\n")
    planted = "Tok3nVery/Secret"
    there = connections(sim)
    for name, connection in there.items():
        connection["token" if name == "ccs_connection" else "password"] = f"{planted}\n"
    acme = {**ACME, "ccs": {"tenant": "Globex", "limits": {"max_agents": 5}}}
    where = inventory(tmp_path, {"acme": acme}, **there)
    run = play(playbook, where, "-v", **ORDERS.get(playbook, {}))
    files = [file.read_text(errors="replace") for file in tmp_path.rglob("*") if file.is_file() and file != where]
    for text in (run.text, *files):
        assert not re.search("Tok3n|Secret|VG9rM25WZXJ5", text), text


@pytest.mark.long
@pytest.mark.parametrize(
    "playbook",
    [n for n in OVER_TENANTS if n not in ("call_paths.yml", "validate.yml", "dial_test.yml", "workbook.yml", *ASKS)],
)
def test_a_missing_address_tells_where_it_belongs(tmp_path: Path, playbook: str) -> None:
    (tmp_path / "days.csv").write_text("date,name\n2030-01-01,New Year\n")
    run = play(playbook, inventory(tmp_path, {"acme": {"o2g": ACME["o2g"]}}), **ORDERS.get(playbook, {}))
    told = "missing required arguments: url. Set o2g_connection (its url), or O2G_URL in the environment"
    assert told in " ".join(run.text.split()), run.text
    assert run.failed or playbook == "plan.yml"


def test_a_first_mistake_is_answered(sim: Simulator, tmp_path: Path) -> None:
    """No inventory, an empty one, a host without blocks, and no account: what to write is said, and the play fails."""
    (tmp_path / "empty.yml").write_text("")
    (tmp_path / "hosts.yml").write_text("telephony_tenants: {hosts: {acme: {}}}")
    limits = {"ccs": {"tenant": "Globex", "limits": {"max_agents": 5}}}
    (tmp_path / "blocks.yml").write_text(json.dumps({"telephony_tenants": {"hosts": {"acme": limits}}}))
    none = (
        "Each tenant must be a host of that group, such as telephony_tenants: {hosts: {acme: }}, in the inventory. Read"
    )
    account = (
        "auth=headers needs headers (or CCS_HEADERS). Of a tenant, ccs_connection has them; of a task, its options"
    )
    for inventory_file, told in (
        ("", f"{none} was /etc/ansible/hosts; -i names another one"),
        ("empty.yml", f"{none} was {tmp_path}/empty.yml; -i names another one"),
        ("hosts.yml", "acme declares nothing: none of its variables apio, ccs and o2g has a list"),
        ("blocks.yml", account),
    ):
        command = ["ansible-playbook", *(["-i", inventory_file] if inventory_file else []), PLAYBOOKS / "build.yml"]
        environment = {**os.environ, "CCS_URL": sim.url, "ANSIBLE_NOCOLOR": "1"}
        run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, text=True)
        assert run.returncode != 0
        assert told in " ".join(run.stdout.split()), run.stdout
    assert not sim.journal(writes=True)


def test_what_ansible_takes_in_silence_is_told(sim: Simulator, tmp_path: Path) -> None:
    """Indentation, misspelt names, a key that is there twice, and a tenant that declares nothing."""
    left = {**ACME, "route_points": [{"route_point_user_id": "rp@acme.example"}], "tenant_prge": True}
    other = {**ACME, "users": [{"name": "root"}], "tenant_other_names": "users groups", "pilots": []}
    other["o2g"] = {"node_id": 7, "pilots": "{{ pilots }}"}
    tenants = {"left": left, "nothing": {"apoi": ACME["apio"]}, "other": other}
    (tmp_path / "host_vars").mkdir()
    (tmp_path / "host_vars/other.yml").write_text("opening_hours:\n  a: {}\n  a: {}\n")
    where = inventory(tmp_path, tenants, **connections(sim))
    for playbook, failed in (("validate.yml", 1), ("build.yml", 2)):
        run = play(playbook, where)
        text = " ".join(run.text.split())
        assert run.recap["failed"] == failed, run.text
        assert "route_points: stands among the variables of the host, where nothing reads it" in text
        assert "tenant_prge: nothing reads this variable; did you mean tenant_purge?" in text
        assert "apoi: nothing reads this variable; did you mean apio?" in text
        twice = f"{tmp_path}/host_vars/other.yml, line 3: opening_hours.a is there already, in line 2"
        assert twice.replace(" ", "") in text.replace(" ", "")  # some cores break the lines of warnings
        assert ("nothing declares nothing: none of its variables" in text) == (playbook == "build.yml")
        assert "users: " not in text
    assert not sim.journal()


def test_all_plays_work_on_the_controller() -> None:
    files = [*PLAYBOOKS.glob("*.yml"), *PLAYBOOKS.glob("common/*.yml")]
    plays = {file: [one for one in DataLoader().load_from_file(str(file)) if "hosts" in one] for file in files}
    assert all(plays.values())
    for one in [one for each in plays.values() for one in each]:
        assert (one["vars"]["ansible_connection"], one["vars"]["ansible_become"]) == ("local", False), one["name"]
