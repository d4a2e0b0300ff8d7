# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All lists of a tenant in one task: what it does, tells and refuses, and how it ends."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from plays import Played, await_journal, connections, inventory, play
from simulator.handle import Simulator

from ansible_collections.voiceops.telephony.plugins.action.tenant_lists import DEFAULTS, _apart
from ansible_collections.voiceops.telephony.plugins.modules.tenant_lists import DOCUMENTATION

Json = dict[str, Any]
POINT = "rp-sales@acme.example"
LISTS: Json = {
    "apio": {
        "tenant_id": "acme",
        "group_id": "brussels",
        "country": "BE",
        "route_point_dnis": [{"route_point_user_id": POINT, "name": "Spring", "extension": "2001"}],
    },
    "ccs": {"tenant": "Globex", "limits": [{"max_agents": 61}]},
    "o2g": {
        "node_id": 7,
        "users": [{"device_number": "70110"}],
        "pilots": [{"pilot_number": "60101", "state": "closed"}],
    },
}
PLATFORMS = tuple(LISTS)
Run = Callable[..., Played]


def task(sim: Simulator, defaults: bool = True, **options: Any) -> Json:
    given = {f"group/voiceops.telephony.{p}": connections(sim)[f"{p}_connection"] for p in PLATFORMS}
    return {
        "name": "All lists",
        "voiceops.telephony.tenant_lists": options,
        "module_defaults": given if defaults else {},
        "register": "ran",
    }


@pytest.fixture
def run(sim: Simulator, tmp_path: Path) -> Run:
    """Run the task, and tell what it returned as JSON."""

    def run(*flags: str, environment: dict[str, str] | None = None, **options: Any) -> Played:
        told = {"ansible.builtin.copy": {"content": "{{ ran | to_json }}", "dest": str(tmp_path / "ran.json")}}
        head = {"hosts": "all", "connection": "local", "gather_facts": False, "vars": {"kept": {"data": LISTS}}}
        tasks = [{**task(sim, **options), "ignore_errors": True}, {**told, "check_mode": False}]
        (tmp_path / "play.yml").write_text(yaml.safe_dump([{**head, "tasks": tasks}]))
        sim.clear_journal()
        where = inventory(tmp_path, {"acme": {}})
        played = play(str(tmp_path / "play.yml"), where, *flags, environment=environment)
        assert not played.failed, played.text[-3000:]
        return played

    return run


@pytest.fixture
def returned(tmp_path: Path) -> Callable[[], Json]:
    return lambda: json.loads((tmp_path / "ran.json").read_text())


def logins(sim: Simulator) -> dict[str, int]:
    """How many sessions were opened on the platforms that have any."""
    paths = {"apio": "/api/v1/login", "o2g": "/api/rest/authenticate"}
    asked = [r["path"] for r in sim.journal()]
    return {platform: sum(path.startswith(start) for path in asked) for platform, start in paths.items()}


@pytest.mark.parametrize("in_process", ["true", "false"])
def test_it_is_done_once_and_foretold(sim: Simulator, run: Run, returned: Callable[[], Json], in_process: str) -> None:
    environment = {"TELEPHONY_IN_PROCESS": in_process}
    foretold = run("--check", "--diff", data_from="kept.data", go_on=True, environment=environment)
    assert (foretold.changes, sim.journal(writes=True)) == (4, [])
    assert "acme: o2g.users: would be 1 created" in foretold.text
    assert returned()["lists"]["o2g"]["pilots"]["summary"]["updated"] == 1
    assert [r["status"] for r in sim.journal() if r["method"] == "DELETE"] == [204] * logins(sim)["o2g"]
    done = run(data_from="kept.data", environment=environment)
    assert (done.changes, done.recap["changed"]) == (4, 2)  # and the task that keeps what it returned
    assert "acme: o2g.users: 1 created" in done.text
    if in_process == "true":
        assert logins(sim) == {"apio": 1, "o2g": 1}
    assert returned()["msg"].splitlines()[0] == "o2g.users: 1 created"
    again = run(data=LISTS, environment=environment)
    assert (again.changes, sim.journal(writes=True), returned()["changed"]) == (0, [], False)
    gone = run(data=LISTS, state="absent", environment=environment)
    assert gone.changes == 2
    assert [r["path"].strip("/").rpartition("/")[2] for r in sim.journal(writes=True) if r["method"] == "DELETE"] == [
        "Spring",
        "oxe70110",
    ]


def test_what_fails_ends_it_or_is_told_beside_all_else(sim: Simulator, run: Run, returned: Callable[[], Json]) -> None:
    sim.fault("GET", "/pilots", status=500, times=None)
    run("--check", data=LISTS, go_on=True)
    told = returned()
    assert told["failed"]
    assert [fault.partition(":")[0] for fault in told["faults"]] == ["o2g.pilots"]
    assert {block: list(lists) for block, lists in told["lists"].items()} == {
        "o2g": ["users", "pilots"],
        "apio": ["route_point_dnis"],
        "ccs": ["limits"],
    }
    run(data=LISTS)
    assert {block: list(lists) for block, lists in returned()["lists"].items()} == {
        "o2g": ["users", "pilots"],
        "ccs": ["limits"],  # which is built beside them
    }
    assert not [r for r in sim.journal(writes=True) if r["platform"] == "apio"]


def test_a_refused_log_in_is_tried_once_per_platform(sim: Simulator, run: Run, returned: Callable[[], Json]) -> None:
    wrong = {f"{p.upper()}_{name}": "wrong" for p in PLATFORMS for name in ("USERNAME", "PASSWORD", "TOKEN")}
    urls = {f"{p.upper()}_URL": sim.url for p in PLATFORMS}
    run("--check", data=LISTS, go_on=True, defaults=False, environment=wrong | urls)
    faults = returned()["faults"]
    assert len(faults) == 3
    assert "o2g: " in faults[0]
    assert "(2 lists: users, pilots)" in faults[0]
    assert len(sim.journal()) == 3


@pytest.mark.parametrize(("hosts", "forks", "apart"), [(1, 5, True), (4, 5, True), (50, 4, True), (50, 5, False)])
def test_many_tenants_at_once_take_one_process_each(hosts: int, forks: int, apart: bool) -> None:
    assert _apart({"ansible_play_hosts": ["host"] * hosts, "ansible_forks": forks}) == apart


def test_its_options_are_those_of_its_documentation() -> None:
    documented = yaml.safe_load(DOCUMENTATION)["options"]
    assert {name: option.get("default") for name, option in documented.items()} == DEFAULTS


def test_a_task_that_could_not_ask_is_no_clean_answer(sim: Simulator, tmp_path: Path) -> None:
    """In the role tenant, where what lists fail with in check mode is told at the end."""
    include = {"name": "voiceops.telephony.tenant", "tasks_from": "platforms"}
    given = {"tenant_data_from": "nowhere", "tenant_asked": {**DEFAULTS, "check": True}}
    head = {"hosts": "all", "connection": "local", "gather_facts": False}
    tasks = [{"ansible.builtin.include_role": include, "vars": given}]
    (tmp_path / "play.yml").write_text(yaml.safe_dump([{**head, "tasks": tasks}]))
    played = play(str(tmp_path / "play.yml"), inventory(tmp_path, {"acme": {}}, **connections(sim)), "--check")
    assert played.failed
    assert "nowhere: must be a dictionary of blocks" in played.text


@pytest.mark.parametrize("one", [0, 1])
def test_no_block_or_one_is_as_good_as_all(run: Run, returned: Callable[[], Json], one: int) -> None:
    run("--check", data={"ccs": LISTS["ccs"]} if one else {}, go_on=True)
    assert (list(returned()["lists"]), returned()["faults"]) == (["ccs"] * one, [])


@pytest.mark.long
@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({}, "data or data_from: one of them must be given"),
        ({"data": LISTS, "data_from": "kept"}, "data or data_from: one of them must be given"),
        ({"data": LISTS, "stat": "absent"}, "stat: is not an option; did you mean state?"),
        ({"data": LISTS, "state": "gone"}, "state: must be present or absent"),
        ({"data_from": "nowhere.data"}, "nowhere.data: must be a dictionary of blocks"),
        ({"data": {"o2g": []}}, "data: must be a dictionary of blocks"),
        ({"data": LISTS, "written": "there"}, "written: must be a dictionary"),
    ],
)
def test_wrong_options_are_told_before_any_request(
    sim: Simulator, run: Run, returned: Callable[[], Json], options: Json, text: str
) -> None:
    run(**options)
    assert returned()["failed"]
    assert text in returned()["msg"]
    assert sim.journal() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("state", ["present", "absent"])  # O2G is the first of all, and the last
def test_an_end_by_a_signal_leaves_no_session(sim: Simulator, tmp_path: Path, state: str, number: int) -> None:
    """In check mode, all platforms are asked at the same time, and all but the first in processes of their own."""
    sim.settings(latency_ms=300)
    head = {"hosts": "all", "connection": "local", "gather_facts": False}
    tasks = [task(sim, data=LISTS, go_on=True, state=state)]
    (tmp_path / "play.yml").write_text(yaml.safe_dump([{**head, "tasks": tasks}]))
    command = ["ansible-playbook", "-i", str(inventory(tmp_path, {"acme": {}})), str(tmp_path / "play.yml"), "--check"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    await_journal(sim, lambda _requests: logins(sim) == {"apio": 1, "o2g": 1})
    process.send_signal(number)
    process.wait(30)
    await_journal(sim, lambda requests: ("DELETE", "/api/rest/1.0/sessions") in requests)
    asked = len(sim.journal())
    time.sleep(1)
    assert len(sim.journal()) == asked  # no process is left that goes on
