# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks as jobs of AWX: run by ansible-runner, with injected credentials, surveys' answers and slices."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import ansible_runner
import pytest
from controller import credential_types, injected
from integration.cases import PLATFORMS as ACCOUNTS
from integration.test_in_process import task
from integration.test_progress import DNIS, LINE, MANY, SLOW, rises, shown
from simulator.handle import Simulator
from tenants import SETTINGS, Tenant, seed, several

SECRET = "Injected-and-hidden-1"
TENANTS = several("S", 4)
SURVEY = {"tenant_purge": "false", "tenant_max_deletions": 10, "tenant_update_password": "on_create"}
SETTLED = {"runner_on_ok", "runner_on_failed", "runner_on_skipped", "runner_on_start"}


PLATFORMS = (("apio",), ("ccs",), ("o2g",), ("apio", "o2g"))
"""What each of them has."""


def hosts() -> dict[str, dict[str, Any]]:
    """Per tenant its variables: a few resources, of which one is secret."""
    python = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    return {tenant.name: {**python, **small(tenant, blocks)} for tenant, blocks in zip(TENANTS, PLATFORMS, strict=True)}


def small(tenant: Tenant, blocks: Iterable[str]) -> dict[str, Any]:
    variables = replace(tenant, nested=False).variables()
    lists = ("call_centers", "route_point_dnis", "extensions", "pilots")
    return {
        block: {n: v for n, v in variables[block].items() if not isinstance(v, list | dict) or n in lists}
        for block in blocks
    }


class Job:
    """A job that has ended."""

    def __init__(self, runner: ansible_runner.Runner, folder: Path) -> None:
        self.ended = runner.status
        self.events = list(runner.events)
        self.text = (folder / "stdout").read_text()
        self.folder = folder
        self.check()

    def check(self) -> None:
        """What AWX shows of each task is there, and nothing that must not be seen."""
        started = [e["event_data"] for e in self.events if e["event"] == "playbook_on_task_start"]
        settled = {e["event_data"].get("task_uuid") for e in self.events if e["event"] in SETTLED}
        assert started
        assert {one["task_uuid"] for one in started} <= settled
        for one in started:
            assert f"TASK [{one['name']}]".partition(" : ")[0] in self.text
        for file in self.folder.rglob("*"):  # AWX hides the environment itself, which runner keeps in "command"
            if file.is_file() and file.name != "command":
                assert SECRET not in file.read_text()
                assert "Simulator-only-1" not in file.read_text()

    @property
    def stats(self) -> dict[str, Any]:
        return self.events[-1]["event_data"]

    @property
    def artifacts(self) -> dict[str, Any]:
        """What set_stats hands on."""
        return self.stats["artifact_data"]


class Controller:
    """Makes for each job what AWX makes for it: an inventory script, the environment, the answers, the project."""

    def __init__(self, sim: Simulator, folder: Path) -> None:
        self.folder = folder
        self.jobs = 0
        self.kept = folder / "kept"
        self.kept.mkdir()
        account = {"url": sim.url, "username": "admin", "password": SECRET}
        self.environment = {"ANSIBLE_COLLECTIONS_PATH": os.environ["ANSIBLE_COLLECTIONS_PATH"]}
        for credential_type in credential_types().values():
            self.environment |= injected(credential_type, account)

    def job(self, playbook: str, number: int = 1, of: int = 1, **extra: Any) -> Job:
        """Run a playbook for one slice of the tenants: of their names in order, every so many-th."""
        self.jobs += 1
        private = self.folder / str(self.jobs)
        chosen = dict(sorted(hosts().items())[number - 1 :: of])
        listed = {
            "all": {"children": ["telephony_tenants"]},
            "telephony_tenants": {"hosts": list(chosen)},
            "_meta": {"hostvars": chosen},
        }
        project = private / "project"
        files = {
            private / "inventory/hosts": f"#!/usr/bin/env python3\nprint({json.dumps(listed)!r})\n",
            project / f"{playbook}.yml": f"- ansible.builtin.import_playbook: voiceops.telephony.{playbook}\n",
            project / "inventory/days.csv": "date,name\n2030-01-01,New Year's Day\n",
            private / "env/envvars": json.dumps(self.environment),
            private / "env/extravars": json.dumps(
                {"awx_job_id": self.jobs, "tenant_base_dir": str(project / "inventory"), **extra}
            ),
        }
        for file, text in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        (private / "inventory/hosts").chmod(0o700)
        runner = ansible_runner.run(private_data_dir=str(private), playbook=f"{playbook}.yml", quiet=True)
        return Job(runner, private / "artifacts" / runner.config.ident)


def handed_on(jobs: Iterable[Job]) -> dict[str, Any]:
    """What the jobs after a sliced one get: the last slice wins."""
    return {name: value for job in jobs for name, value in job.artifacts.items()}


@pytest.fixture
def controller(sim: Simulator, tmp_path: Path) -> Controller:
    content = seed(TENANTS)
    points = content["apio"]["tenants"]["tenant0"]["groups"]["brussels"]["route_points"]
    next(iter(points.values()))["dnis"].append(
        {"name": "Not declared", "phoneNumber": "025550100", "extension": "0100"}
    )
    accounts = [content["apio"]["users"][0], content["ccs"]["accounts"][1], content["o2g"]["accounts"][0]]
    for account in accounts:
        account["password"] = SECRET
    sim.reset(content)
    sim.settings(ccs=SETTINGS)
    return Controller(sim, tmp_path)


@pytest.mark.timeout(300)
def test_plan_approve_build_in_slices(controller: Controller, sim: Simulator) -> None:
    plans = [controller.job("plan", number, of=2, **SURVEY) for number in (1, 2)]
    assert [plan.ended for plan in plans] == ["failed", "failed"]
    assert [sorted(plan.stats["failures"]) for plan in plans] == [["tenant0", "tenant2"], ["tenant1", "tenant3"]]
    assert "There is something to do for tenant0" in plans[0].text
    report = plans[0].artifacts["telephony_plan_tenant0"]["report"]
    assert "queue_length" in report
    assert report in "\n".join(plans[0].text.splitlines()) + "\n"  # line by line, since its file is gone with the job
    assert not sim.journal(writes=True)
    handed = handed_on(plans)
    assert list(handed["telephony_plan"]["tenants"]) == ["tenant1", "tenant3"]
    assert {name for name, plan in handed.items() if plan["status"] == "changes"} == {
        "telephony_plan",
        *(f"telephony_plan_{tenant.name}" for tenant in TENANTS),
    }

    approved = {**SURVEY, **handed, "approval_required": True}
    lost = {**approved, "telephony_plan_tenant0": {"status": "failed"}}
    partly = controller.job("build", 1, of=2, **lost)
    assert (partly.ended, list(partly.stats["failures"])) == ("failed", ["tenant0"])
    assert "this workflow has made no sound plan of it" in partly.text
    assert controller.job("build", 1, of=2, **approved).ended == "successful"
    assert not [request for request in sim.journal(writes=True) if request["method"] == "DELETE"]

    drift = controller.job("drift", 1, of=2)
    assert drift.ended == "successful"
    tenants = drift.artifacts["telephony_drift"]["tenants"]
    assert {name: (found["missing"], found["added"], found["changed"]) for name, found in tenants.items()} == {
        "tenant0": (0, 1, 0),  # a survey's "false" is not true: what is not declared is still there
        "tenant2": (0, 0, 0),
    }
    assert "\n# Drift of tenant0" in drift.text.replace("\r", "")
    assert "Not declared" in drift.text


@pytest.mark.timeout(300)
def test_holidays_and_divert(controller: Controller, sim: Simulator) -> None:
    holidays = controller.job("holidays", 3, of=4, holidays_file="days.csv", holidays_pilots="")
    assert (holidays.ended, holidays.stats["changed"]) == ("successful", {"tenant2": 1})
    assert holidays.artifacts["telephony_holidays"]["tenant2"]["updated"] == 2
    order = {"divert_dir": str(controller.kept), "divert_route_points": "", "divert_pilots": ""}
    diverted = controller.job("divert", 4, of=4, divert_state="diverted", divert_to="+3225550199", **order)
    assert (diverted.ended, list(controller.kept.iterdir())) == ("successful", [controller.kept / "tenant3.json"])
    assert diverted.artifacts["telephony_divert"] == {"tenant3": {"state": "diverted", "not_done": []}}


def test_long_work_is_followed_event_by_event(sim: Simulator, tmp_path: Path) -> None:
    sim.settings(latency_ms=SLOW)
    one = task("apio_route_point_dnis", {"url": sim.url, **ACCOUNTS["apio"].login, **DNIS})
    play = {"hosts": "all", "gather_facts": False, "connection": "local", "tasks": [one]}
    done = ansible_runner.run(private_data_dir=str(tmp_path), playbook=[play], inventory="acme", quiet=True)
    assert done.status == "successful"
    events = [event for event in done.events if LINE.search(event["stdout"])]
    lines = shown("\n".join(event["stdout"] for event in events))
    assert rises(lines[f"writing DNIS of {MANY}"], MANY)
    assert {event["event"] for event in events} == {"verbose"}
