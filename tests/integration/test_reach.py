# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A platform that refuses the log-in, is not trusted or is out of reach is asked once in a run, and told once."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from integration.cases import NODE
from integration.test_in_process import Playbook, logins, task
from plays import Played, connections, inventory, play
from simulator.handle import Simulator

Json = dict[str, Any]
WRONG = "wrong-and-secret"
FOLDER = {"plan.yml": "plans", "drift.yml": "drift"}


def acme() -> Json:
    point = {"route_point_user_id": "rp-sales@acme.example"}
    center = {"service_user_id": "cc-sales@acme.example", "name": "Sales", "type": "Premium", "policy": "Circular"}
    center |= {"cli_first_name": "Sales", "cli_last_name": "Acme", "service_user_password": "Simulator-only-1"}
    return {
        "apio": {
            **{"tenant_id": "acme", "group_id": "brussels", "country": "BE", "call_centers": [center]},
            "route_point_dnis": [{**point, "name": "Spring", "extension": "2001"}],
            "route_point_overflow": [{**point, "action": "Ringing"}],
        },
        "ccs": {"tenant": "Globex", "limits": {"max_agents": 61}, "products": []},
        "o2g": {
            "node_id": 7,
            "users": [{"device_number": "70100"}],
            "devices": [{"device_number": "70100", "device_id": "70100", "lock": False}],
            "pilots": [{"pilot_number": "60101", "state": "opened"}],
            "pilot_calendars": [{"pilot_number": "60101", "normal": {"monday": []}}],
        },
    }


def run(sim: Simulator, folder: Path, playbook: str, wrong: Json, **environment: str) -> tuple[Played, Json, str]:
    """Run a playbook, and return what it printed, and the report for machines and that for people."""
    there = connections(sim)
    there |= {name: {**there[name], **options} for name, options in wrong.items()}
    played = play(playbook, inventory(folder, {"acme": acme()}, **there), environment=environment)
    report = folder / FOLDER[playbook] / "acme.json"
    return played, json.loads(report.read_text()), report.with_suffix(".md").read_text()


def asked(sim: Simulator) -> Counter[str]:
    """How many requests each platform had."""
    names = {"/api/v1": "apio", "/6/v2": "ccs", "/api/rest": "o2g"}
    return Counter(name for r in sim.journal() for path, name in names.items() if r["path"].startswith(path))


@pytest.mark.parametrize(("playbook", "here"), [("plan.yml", "true"), ("plan.yml", "false"), ("drift.yml", "true")])
def test_wrong_credentials_are_tried_once_on_each_platform(
    sim: Simulator, tmp_path: Path, playbook: str, here: str
) -> None:
    credentials = {"password": f"{WRONG}\n", "retries": 3}
    wrong = {"apio_connection": credentials, "o2g_connection": credentials, "ccs_connection": {"token": f"{WRONG}\n"}}
    played, plan, report = run(sim, tmp_path, playbook, wrong, TELEPHONY_IN_PROCESS=here)
    assert asked(sim) == {"apio": 1, "ccs": 1, "o2g": 1}
    assert len(plan["errors"]) == 3, plan["errors"]
    o2g, apio, ccs = plan["errors"]
    assert re.match(
        r"o2g: O2G at \S+ refused the log-in of .*\(4 lists: users, devices, pilot_calendars, pilots\)", o2g
    )
    assert re.match(r"apio: APIO at \S+ refused the log-in of .*\(3 lists: call_centers, ", apio)
    assert re.match(r"ccs: CCS at \S+ refused the credentials .*\(2 lists: limits, products\)", ccs)
    assert report.count(f" at {sim.url} refused the") == 3
    for text in (played.text, *(file.read_text() for file in (tmp_path / FOLDER[playbook]).iterdir())):
        assert WRONG not in text


@pytest.mark.parametrize("playbook", FOLDER)
def test_the_other_platforms_go_on(sim: Simulator, tmp_path: Path, playbook: str) -> None:
    _played, plan, _report = run(sim, tmp_path, playbook, {"o2g_connection": {"password": WRONG}})
    assert asked(sim)["o2g"] == 1
    (error,) = plan["errors"]
    assert error.startswith("o2g: ")
    steps = [(one["list"], one["kind"]) for one in plan.get("differences", ())]
    steps += [(name, step["action"]) for name, told in plan.get("resources", {}).items() for step in told["steps"]]
    assert set(steps) & {("apio.call_centers", "create"), ("apio.call_centers", "missing")}, steps
    assert set(steps) & {("ccs.limits", "update"), ("ccs.limits", "changed")}, steps


@contextmanager
def hanging_up() -> Iterator[tuple[str, list[int]]]:
    """An address that nobody serves: each connection is closed at once, and counted."""
    heard: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            while True:
                try:
                    connection, where = server.accept()
                except OSError:
                    return
                heard.append(where[1])
                connection.close()

        threading.Thread(target=hang_up, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", heard
        server.shutdown(socket.SHUT_RDWR)


def test_a_platform_that_does_not_answer_is_waited_for_once(sim: Simulator, tmp_path: Path) -> None:
    with hanging_up() as (url, heard):
        _played, plan, _report = run(sim, tmp_path, "plan.yml", {"o2g_connection": {"url": url, "retries": 1}})
    assert len(heard) == 2
    assert len(plan["errors"]) == 1
    assert plan["resources"]["apio.call_centers"]["summary"]["failed"] == 0


def test_a_certificate_that_is_not_trusted_is_told_once(sim: Simulator, tmp_path: Path) -> None:
    _played, plan, _report = run(sim, tmp_path, "plan.yml", {"o2g_connection": {"url": sim.tls_url}})
    (error,) = plan["errors"]
    assert re.match(rf"o2g: The certificate of {sim.tls_url} is not trusted: .*\(4 lists: ", error)


@pytest.mark.parametrize("here", [True, False], ids=["in process", "shipped"])
def test_tasks_ask_again_unless_told_otherwise(sim: Simulator, tmp_path: Path, here: bool) -> None:
    """The same host with the same credentials is not asked again, whatever the module and in a loop too."""
    tried = {**NODE, "password": WRONG, "ask_again": False}
    tasks = [
        task("o2g_user", {**tried, "device_number": "{{ item }}"}, loop=["70110", "70111"]),
        task("o2g_user_info", tried),
        task("o2g_user_info", {**tried, "password": "simulator"}),
        task("o2g_user_info", {**tried, "ask_again": True}),
        task("o2g_user_info", tried, delegate_to="localhost"),
    ]
    loop, later, right, again, last = Playbook(sim, tmp_path, tasks).run(TELEPHONY_IN_PROCESS=str(here))
    first, second = loop["results"]
    assert "refused the log-in" in first["msg"]
    assert second["msg"] == later["msg"] == last["msg"] == f"Not asked again in this run: {first['msg']}"
    assert not right.get("failed")
    assert "refused the log-in" in again["msg"]
    assert logins(sim) == 3


def test_each_host_asks_for_itself(sim: Simulator, tmp_path: Path) -> None:
    hosts = tmp_path / "hosts.json"
    hosts.write_text(json.dumps({"all": {"hosts": {"a": {}, "b": {}}, "vars": {"ansible_connection": "local"}}}))
    tried = {**NODE, "password": WRONG, "ask_again": False}
    Playbook(sim, tmp_path, [task("o2g_user_info", tried)] * 2, hosts="all").run("-i", str(hosts))
    assert logins(sim) == 2
