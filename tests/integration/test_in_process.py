# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module that runs in Ansible's worker process cannot be told from one that is shipped, but by its speed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from integration.cases import CASES, NODE, PLATFORMS, ROUTE_POINT, SECRET, Case, Options
from plays import await_journal
from simulator.handle import Simulator

COLLECTION = "voiceops.telephony"
WAYS = (True, False)
EACH = [pytest.param(name, marks=[pytest.mark.long] * (name != "apio")) for name in PLATFORMS]


def task(module: str, options: Options, **keywords: Any) -> dict[str, Any]:
    return {f"{COLLECTION}.{module}": options, "ignore_errors": True, **keywords}


class Playbook:
    """A play on localhost whose tasks' results come back as they were registered."""

    def __init__(self, sim: Simulator, folder: Path, tasks: list[dict[str, Any]], **play: Any) -> None:
        logins = {name: {"url": sim.url, "retries": 0, **p.login} for name, p in PLATFORMS.items()}
        saved = {
            "content": "{{{{ [{}] }}}}".format(", ".join(f"r{n}" for n in range(len(tasks)))),
            "dest": str(folder / "results"),
        }
        head = {
            "hosts": "localhost",
            "gather_facts": False,
            "module_defaults": {f"group/{COLLECTION}.{name}": login for name, login in logins.items()},
            "vars": {"ansible_python_interpreter": sys.executable},
        }
        save = {"ansible.builtin.copy": saved, "check_mode": False}
        body = [*({**one, "register": f"r{n}"} for n, one in enumerate(tasks)), save]
        self.file = folder / "play.yml"
        self.file.write_text(json.dumps([{**head, **play, "tasks": body}]))
        self.saved = folder / "results"
        self.output = ""

    def start(self, *flags: str, **environment: str) -> subprocess.Popen[str]:
        command = ["ansible-playbook", *flags, str(self.file)]
        return subprocess.Popen(
            command,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *flags: str, **environment: str) -> list[dict[str, Any]]:
        process = self.start(*flags, **environment)
        self.output, _nothing = process.communicate(timeout=800)
        assert process.returncode == 0, self.output
        assert "[DEPRECATION WARNING]" not in self.output, self.output
        return json.loads(self.saved.read_text())


def logins(sim: Simulator) -> int:
    return sum(r["path"].startswith(("/api/v1/login", "/api/rest/authenticate")) for r in sim.journal())


def scenario(case: Case) -> list[dict[str, Any]]:
    """What a user does with a module."""
    one = {**case.parents, **case.one}
    both = {**case.parents, "config": [case.one, case.other]}
    tasks = [task(case.module, one, check_mode=True, diff=True), task(case.module, both, diff=True)]
    if case.absent:
        tasks.append(task(case.module, {**case.parents, **case.key, "state": "absent"}))
    return tasks


def mishaps(case: Case) -> list[dict[str, Any]]:
    """What goes wrong with options and the connection, which is alike for all modules of a platform."""
    one = {**case.parents, **case.one}
    wrong, _text = case.wrong[0]
    return [
        task(case.module, {**case.parents, "config": [case.other, {**case.one, **wrong}]}),
        task(case.module, {**one, **PLATFORMS[case.platform].wrong_login}),
        task(case.module, {**one, "url": "http://127.0.0.1:1"}),
        task(case.module, {**one, "url": "nowhere"}),
        task(case.module, {**one, "no_such_option": 1}),
    ]


def comparable(result: dict[str, Any]) -> dict[str, Any]:
    """A result without what tells which way it came, and without what differs from run to run."""
    told = {
        name: value for name, value in result.items() if name not in ("invocation", "exception", "stdout", "stderr")
    }
    arguments = dict(result.get("invocation", {}).get("module_args", {}))
    arguments.pop("in_process", None)
    return {**told, "module_args": arguments}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("platform", EACH)
def test_both_ways_have_the_same_results(sim: Simulator, platform: str, tmp_path: Path) -> None:
    """The whole table of modules, once in the worker and once shipped."""
    cases = [case for case in CASES if case.platform == platform]
    tasks = [one for case in cases for one in scenario(case)] + mishaps(cases[0])
    results, requests = {}, {}
    # one after the other, since the simulator numbers what is made as it comes
    alike = {"PYTHONHASHSEED": "0", "ANSIBLE_PIPELINING": "1", f"{platform.upper()}_CONCURRENCY": "1"}
    for here in WAYS:
        sim.reset()
        for case in cases:
            sim.settings(**case.settings)
        playbook = Playbook(sim, tmp_path, tasks)
        results[here] = [comparable(r) for r in playbook.run("-vvv", TELEPHONY_IN_PROCESS=str(here), **alike)]
        requests[here] = sorted((r["method"], r["path"]) for r in sim.journal())
        for secret in (SECRET, "wrong-and-secret", "simulator-token"):
            assert secret not in playbook.output
    for done, here, apart in zip(tasks, results[True], results[False], strict=True):
        assert here == apart, done
    assert requests[True] == requests[False]


LOOP = [task("o2g_user", {**NODE, "device_number": "{{ item }}"}, loop=[str(n) for n in range(70110, 70120)])]


def test_a_loop_logs_in_once_and_closes_its_session(sim: Simulator, tmp_path: Path) -> None:
    (here,) = Playbook(sim, tmp_path, LOOP).run()
    assert logins(sim) == 1
    assert sim.journal()[-1]["method"] == "DELETE"
    sim.reset()
    (apart,) = Playbook(sim, tmp_path, LOOP).run(TELEPHONY_IN_PROCESS="false")
    assert logins(sim) == 10
    for one, other in zip(here["results"], apart["results"], strict=True):
        one["summary"].pop("requests"), other["summary"].pop("requests")
        assert comparable(one) == comparable(other)


CHANGES: list[Options] = [
    {"name": "a"},
    {"name": "b", "phone_number": "025550001"},
    {"name": "a", "phone_number": "025550002", "extension": "5002"},
    {"name": "a", "phone_number": "025550002"},
    {"name": "b", "new_name": "c"},
    {"name": "b", "new_name": "c"},
    {"name": "c", "allow_outgoing_acd_call": True},
    {"name": "c", "use_custom_clid_settings": True},
    {"name": "a", "state": "absent"},
    {"name": "a", "state": "absent"},
    {"name": "a"},
    {"name": "c", "extension": None, "phone_number": None},
]


def test_items_of_a_loop_see_what_the_ones_before_have_written(sim: Simulator, tmp_path: Path) -> None:
    options = {**ROUTE_POINT, **{n: f"{{{{ item.{n} | default(omit) }}}}" for n in {n for c in CHANGES for n in c}}}
    results = {}
    for here in WAYS:
        sim.reset()
        loop = [task("apio_route_point_dnis", options, loop=CHANGES)]
        (output,) = Playbook(sim, tmp_path, loop).run(TELEPHONY_IN_PROCESS=str(here))
        results[here] = [comparable(item) for item in output["results"]]
    for here, apart in zip(results[True], results[False], strict=True):
        here.get("summary", {}).pop("requests", None), apart.get("summary", {}).pop("requests", None)
        assert here == apart


def story(case: Case) -> list[Options]:
    """What the items of a loop may want of two things that a module manages, one after the other."""
    gone = {**case.key, "state": "absent"}
    again = [gone, gone, case.one] if case.absent else []
    return [case.one, case.other, case.one, {**case.key, **case.second}, case.other, *again]


def in_loops(case: Case, *loops: list[Options]) -> list[dict[str, Any]]:
    names = sorted({name for items in loops for item in items for name in item})
    options = {name: f"{{{{ item.{name} | default(omit) }}}}" for name in names}
    return [task(case.module, {**case.login, **case.parents, **options}, loop=items) for items in loops]


@pytest.mark.parametrize("flags", [(), ("--check", "--diff")], ids=["done", "foreseen"])
@pytest.mark.parametrize("platform", EACH)
def test_a_loop_does_what_a_task_for_each_of_its_items_does(
    sim: Simulator, platform: str, tmp_path: Path, flags: tuple[str, ...]
) -> None:
    """The whole table of modules: what items share must tell them what the ones before have changed."""
    cases = [c for c in CASES if c.platform == platform and not (c.alone or c.acts)]
    done, asked = {}, {}
    in_turn = {f"{platform.upper()}_CONCURRENCY": "1"}
    for apart in (False, True):
        sim.reset()
        for case in cases:
            sim.settings(**case.settings)
        stories = [story(case) for case in cases]
        loops = [[[item] for item in items] if apart else [items] for items in stories]
        tasks = [one for case, items in zip(cases, loops, strict=True) for one in in_loops(case, *items)]
        results = [
            item for output in Playbook(sim, tmp_path, tasks).run(*flags, **in_turn) for item in output["results"]
        ]
        told = [(case.module, item) for case, items in zip(cases, stories, strict=True) for item in items]
        for result in results:
            result.get("summary", {}).pop("requests", None)
        done[apart] = list(zip(told, map(comparable, results), strict=True))
        asked[apart] = [(r["method"], r["path"], r["body"]) for r in sim.journal() if r["write"]], len(sim.journal())
    for one, other in zip(done[False], done[True], strict=True):
        assert one == other
    assert asked[False][0] == asked[True][0]
    assert asked[False][1] < asked[True][1]


def test_keys_that_yaml_makes_dates_and_numbers_are_taken_or_named(sim: Simulator, tmp_path: Path) -> None:
    one = {**NODE, "pilot_number": "60101"}
    closed = [{"time": 510, "rule_number": 0, "mode": "closed"}]
    tasks = [
        task("o2g_pilot_calendar", {**one, "exceptions": {"2027-12-25": closed, "20271226": closed}}),
        task("o2g_pilot_calendar", {**NODE, "config": [{"pilot_number": "60101", "exceptions": {"on": closed}}]}),
    ]
    playbook = Playbook(sim, tmp_path, tasks)
    text = playbook.file.read_text()
    for key in ("2027-12-25", "20271226", "on"):
        text = text.replace(f'"{key}":', f"{key}:")
    playbook.file.write_text(text.replace('"time": 510', '"time": 8:30'))
    for here in WAYS:
        sim.reset()
        taken, named = playbook.run(TELEPHONY_IN_PROCESS=str(here))
        days = taken["results"][0]["resource"]["exceptions"]
        assert {day: days[day][0]["time"] for day in ("2027-12-25", "2027-12-26")} == dict.fromkeys(days, "08:30")
        assert named["msg"].startswith("config[0].exceptions.True: the key True is no text")


CALL_CENTER = {
    **{name: ROUTE_POINT[name] for name in ("tenant_id", "group_id")},
    **{"service_user_id": "{{ item }}@acme.example", "cli_first_name": "A", "cli_last_name": "B", "policy": "Uniform"},
}


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize(
    ("module", "options"), [("apio_route_point_dnis", ROUTE_POINT), ("apio_call_center", CALL_CENTER)]
)
def test_a_loop_takes_as_few_requests_as_a_list(
    sim: Simulator, tmp_path: Path, module: str, options: Options, there: bool
) -> None:
    """Though a list shows what the task does not give; for what it does not show, there is a request per item."""
    loop = [task(module, {**options, "name": "{{ item }}"}, loop=[f"d{n}" for n in range(20)])]
    for _run in range(1 + there):
        sim.clear_journal()
        (output,) = Playbook(sim, tmp_path, loop).run()
        assert not any(item.get("failed") for item in output["results"])
    each = {"apio_call_center": ["GET"]}.get(module, []) if there else ["POST"]
    assert [r["method"] for r in sim.journal()] == ["POST", "GET", *each * 20]


IN_TENANTS = [c for c in CASES if c.platform == "ccs" and "tenant" in {**c.parents, **c.key}]


@pytest.mark.parametrize("case", IN_TENANTS, ids=[case.module for case in IN_TENANTS])
def test_a_loop_looks_up_once_what_it_does_not_write(sim: Simulator, tmp_path: Path, case: Case) -> None:
    sim.settings(**case.settings)
    Playbook(sim, tmp_path, in_loops(case, [case.one, case.other])).run()
    reads = [r["path"] for r in sim.journal() if r["method"] == "GET"]
    others = [path for path in reads if not path.rpartition("/")[0].endswith("/tenants")]
    assert sum(r["write"] for r in sim.journal()) == 2
    assert len(others) == len(set(others)) > 0


def test_the_session_is_closed_when_an_item_fails(sim: Simulator, tmp_path: Path) -> None:
    numbers = ["70110", "99999", "70111"]
    (result,) = Playbook(sim, tmp_path, [{**LOOP[0], "loop": numbers}]).run()
    assert [item.get("failed", False) for item in result["results"]] == [False, True, False]
    assert logins(sim) == 1
    assert sim.journal()[-1]["method"] == "DELETE"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_session_is_closed_when_the_play_is_interrupted(sim: Simulator, tmp_path: Path, number: int) -> None:
    sim.settings(latency_ms=150)
    process = Playbook(sim, tmp_path, LOOP).start()
    await_journal(sim, lambda requests: len(requests) > 6)
    process.send_signal(number)
    process.communicate(timeout=60)
    await_journal(sim, lambda requests: ("DELETE", "/api/rest/1.0/sessions") in requests)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_session_is_closed_when_the_log_in_is_interrupted(sim: Simulator, tmp_path: Path, number: int) -> None:
    sim.settings(latency_ms=1000)
    process = Playbook(sim, tmp_path, [{**LOOP[0], "loop": ["70110", "70111"]}]).start()
    await_journal(sim, lambda requests: ("GET", "/api/rest/authenticate") in requests)
    time.sleep(0.3)  # the session is being opened
    process.send_signal(number)
    process.communicate(timeout=60)
    await_journal(sim, lambda requests: ("DELETE", "/api/rest/1.0/sessions") in requests)
    done = [(r["method"], r["status"]) for r in sim.journal() if r["path"] == "/api/rest/1.0/sessions"]
    assert done[-1] in (("DELETE", 200), ("DELETE", 204)), done


def test_a_session_that_died_between_items_is_renewed(sim: Simulator, tmp_path: Path) -> None:
    sim.fault(path="/usermanagement", skip=6, expire_session=True)
    (result,) = Playbook(sim, tmp_path, LOOP).run()
    assert not any(item.get("failed") for item in result["results"])
    assert logins(sim) == 2


DNIS = {**ROUTE_POINT, "name": "{{ item }}"}
TWICE = {"loop": ["a", "b"]}


@pytest.mark.parametrize(
    ("options", "keywords", "expected"),
    [
        ({}, {}, 1),
        ({}, {"delegate_to": "localhost"}, 1),
        ({"in_process": False}, {}, 2),
        ({}, {"environment": {"SOMETHING": "set"}}, 2),
        ({}, {"async": 60, "poll": 1}, 2),
        ({}, {"become": True}, 2),
    ],
    ids=["local", "delegate_to", "in_process=false", "environment", "async", "become"],
)
def test_where_it_runs(sim: Simulator, tmp_path: Path, options: Options, keywords: Options, expected: int) -> None:
    if "become" in keywords:
        sudo = tmp_path / "sudo"
        sudo.write_text('#!/bin/sh\nwhile [ "$1" != /bin/sh ]; do shift; done\nexec "$@"\n')
        sudo.chmod(0o755)
        keywords = {"become": True, "vars": {"ansible_become_exe": str(sudo)}}
    (result,) = Playbook(sim, tmp_path, [task("apio_route_point_dnis", {**DNIS, **options}, **TWICE, **keywords)]).run()
    assert [item.get("changed") for item in result["results"]] == [True, True], result
    assert logins(sim) == expected


def test_many_hosts_at_once(sim: Simulator, tmp_path: Path) -> None:
    hosts = [f"tenant{n}" for n in range(20)]
    inventory = tmp_path / "hosts.json"
    inventory.write_text(
        json.dumps({"all": {"hosts": {key: {} for key in hosts}, "vars": {"ansible_connection": "local"}}})
    )
    tasks = [
        task("apio_route_point_dnis", {**ROUTE_POINT, "name": "{{ inventory_hostname }} {{ item }}"}, loop=[1, 2, 3])
    ]
    playbook = Playbook(sim, tmp_path, tasks, hosts="all")
    playbook.run("-i", str(inventory), "--forks", "20")
    created = [r["body"]["name"] for r in sim.journal(writes=True)]
    assert sorted(created) == sorted(f"{host} {n}" for host in hosts for n in (1, 2, 3))
    assert logins(sim) == 20


@pytest.mark.parametrize("library", ["requests", "pydantic"])
def test_a_missing_library_is_told_as_ever(sim: Simulator, tmp_path: Path, library: str) -> None:
    missing = tmp_path / "missing"
    missing.mkdir()
    (missing / f"{library}.py").write_text(f"raise ImportError('no {library} here')\n")
    one = [task("apio_route_point_dnis", {**ROUTE_POINT, "name": "a"})]
    (result,) = Playbook(sim, tmp_path, one).run(PYTHONPATH=str(missing))
    assert f"Failed to import the required Python library ({library})" in result["msg"]


BROKEN = """
import sys
if sys.argv[0].endswith("ansible-playbook"):
    from ansible.module_utils import basic
    from ansible.plugins.action import ActionBase
    {change}
"""


@pytest.mark.parametrize(
    "change",
    [
        "del basic._ANSIBLE_ARGS",
        "old = ActionBase._parse_returned_data; ActionBase._parse_returned_data = "
        "lambda self, res, *more: object() if 'heard' in res['stdout'] else old(self, res, *more)",
        "basic.AnsibleModule._load_params = lambda self: setattr(self, 'params', {})",
        "basic.AnsibleModule.exit_json = lambda self, **result: print('done')",
    ],
)
def test_where_ansible_is_not_as_we_know_it_modules_are_shipped(sim: Simulator, tmp_path: Path, change: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(BROKEN.format(change=change))
    tasks = [task("o2g_user", {**NODE, "device_number": "70120"}), task("o2g_user_info", NODE)]
    playbook = Playbook(sim, tmp_path, tasks)
    results = playbook.run(PYTHONPATH=str(tmp_path), PYTHONWARNINGS="default")
    assert [bool(result.get("failed")) for result in results] == [False, False], playbook.output
    assert results[0]["changed"]
    assert results[1]["summary"]["found"] == 6
    said = " ".join(playbook.output.split())
    assert said.count("Modules of voiceops.telephony are shipped, which is slower") == 1, playbook.output


def test_on_macos_modules_are_shipped_unless_asked_otherwise(sim: Simulator, tmp_path: Path) -> None:
    """What asks the system there ends the process at once, as it may do after a fork."""
    asks = "import os, types, urllib.request as r; r._scproxy = sys.modules['_scproxy'] = types.ModuleType('_scproxy')"
    ends = "r.getproxies = r.proxy_bypass = r.getproxies_macosx_sysconf = lambda *a: os._exit(9)"
    change = (
        f"{asks}; {ends}; import pydantic.main, requests.utils as u; u.getproxies = u.proxy_bypass = r.getproxies; "
    )
    (tmp_path / "sitecustomize.py").write_text(BROKEN.format(change=f"{change}sys.platform = 'darwin'"))
    asked = {**NODE, "in_process": True}
    playbook = Playbook(sim, tmp_path, [task("o2g_user_info", NODE), task("o2g_user_info", asked)])
    results = playbook.run(
        PYTHONPATH=str(tmp_path), ANSIBLE_KEEP_REMOTE_FILES="1", ANSIBLE_REMOTE_TMP=str(tmp_path / "shipped")
    )
    assert not any(result.get("failed") for result in results)
    assert len(list((tmp_path / "shipped").glob("*/AnsiballZ_o2g_*"))) == 1, playbook.output


def test_a_task_that_is_repeated_does_the_same_each_time(sim: Simulator, tmp_path: Path) -> None:
    """Each try has all options: the first two fail, and the third does what the first was to do."""
    config = [{"name": name} for name in "abc"]
    again = {"until": "r0 is not failed", "retries": 4, "delay": 0}
    asked = {**ROUTE_POINT, "config": config, "retries": 0}
    for here in WAYS:
        sim.reset()
        sim.fault("GET", path="/dnis", status=503, times=2)
        (output,) = Playbook(sim, tmp_path, [task("apio_route_point_dnis", asked, **again)]).run(
            TELEPHONY_IN_PROCESS=str(here)
        )
        assert output["attempts"] == 3
        assert output["summary"]["created"] == 3
