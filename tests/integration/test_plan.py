# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans of tenants: what plan.yml writes and tells, and that build.yml does only what was approved."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from plays import Played, connections, inventory, play
from simulator.handle import Simulator

PASSWORD, CODE = "Not-to-be-seen-2", "80417362"
Json = dict[str, Any]


def acme() -> Json:
    """A tenant whose parts wait for each other: announcements for their DNIS, the default for its code."""
    center = {
        "service_user_id": "cc-sales@acme.example",
        "name": "Sales | *all*",
        "service_user_password": PASSWORD,
        "cli_first_name": "Sales",
        "cli_last_name": "Acme",
        "language": "English",
        "time_zone": "Europe/Brussels",
        "type": "Premium",
        "policy": "Circular",
        "queue_length": 25,
    }
    point = {
        "route_point_user_id": "rp-sales@acme.example",
        "dnis": [{"name": "Spring", "phone_number": "025552001", "extension": "2001"}],
        "dnis_announcements": [{"name": "Spring", "audio_message_selection": "File", "audio_file_list": ["Spring"]}],
        "disposition_codes": [{"code": "ORDER"}],
        "disposition_codes_config": {"default_call_disposition_code": {"code": "ORDER", "level": "CallCenter"}},
    }
    apio = {"tenant_id": "acme", "group_id": "brussels", "country": "BE"}
    new, device = {"device_number": "70500"}, {"login_name": "oxe70500", "device_id": "70500"}
    o2g = {
        "node_id": 7,
        "pbx_objects": [
            {"path": "Subscriber/70500/Subscriber_Alias/5", "attributes": {"Annu_Name": "Alias"}},
            {"path": "Subscriber/70500", "attributes": {"Annu_Name": "New", "Secret_Code": CODE}},
        ],
        "users": [new],
        "devices": [{**new, "device_id": "70500", "lock": True}],
        "programmable_keys": [{**device, "position": 1, "number": "70500"}],
    }
    return {"apio": {**apio, "call_centers": [center], "route_points": [point]}, "o2g": o2g}


def ccs(tenant: str) -> Json:
    return {"ccs": {"tenant": tenant, "extensions": [{"extension": "101", "max_chats": 2}]}}


@pytest.fixture
def run(sim: Simulator, tmp_path: Path) -> Any:
    def run(playbook: str, tenants: dict[str, Json], *flags: str, **extra: Any) -> Played:
        sim.clear_journal()
        where = inventory(tmp_path, tenants, **connections(sim))
        return play(playbook, where, *flags, environment={"ANSIBLE_SHOW_CUSTOM_STATS": "1"}, **extra)

    return run


def stats(played: Played) -> Json:
    return json.loads(re.search(r"RUN: ({.*})", played.text, re.DOTALL)[1])["telephony_plan"]


def beside_purging(plan: Json) -> list[str]:
    """The warnings, without those of what a purge would do to others."""
    return [one for one in plan["warnings"] if not re.search("a purge would delete|purging deletes", one)]


def test_plans_tell_of_all_tenants_and_gate_each(sim: Simulator, tmp_path: Path, run: Any) -> None:
    lost = acme()
    lost["apio"]["route_points"][0]["route_point_user_id"] = "rp-none@acme.example"
    lost["o2g"] |= {
        "users": [],
        "agent_skills": [{"device_number": n, "active": [44, 999]} for n in ("70500", "70101")],
    }
    lost["apio"]["route_points"][0]["dnis"] = [{"name": "Spring", "phone_number": "025552003", "extension": "2003"}]
    lost["o2g"] |= {"pbx_objects": []}
    lost["o2g"] |= {"hunting_groups": [{"device_number": "70100", "hunting_group": "60399"}]}
    wrong = {"o2g": {"node_id": 7, "users": [{"device_number": 70110}]}}
    nothing = {"o2g": {"node_id": 7, "users": [{"device_number": "70100"}]}}
    tenants = {"acme": acme(), "lost": {**lost, **ccs("Nobody")}, "nothing": nothing, "wrong": wrong}
    played = run("plan.yml", tenants)
    assert played.failed
    assert not sim.journal(writes=True)
    assert (played.recap["failed"], played.recap["unreachable"], played.recap["changed"]) == (3, 0, 0)
    assert (
        "No fault, but the gate of the plan, which is made. "
        f"There is something to do for acme: 7 to create, 3 to change, 0 to delete. Read {tmp_path}/plans"
        in played.text
    )
    assert "The plan for lost has errors: a build would fail, or do only a part." in played.text
    plans = {name: json.loads((tmp_path / f"plans/{name}.json").read_text()) for name in tenants}
    assert {name: plan["status"] for name, plan in plans.items()} == {
        "acme": "changes",
        "lost": "failed",
        "nothing": "clean",
        "wrong": "failed",
    }
    assert stats(played)["status"] == "failed"
    assert stats(played)["tenants"] == {name: plan["summary"] for name, plan in plans.items()}
    assert beside_purging(plans["acme"]) == []
    assert plans["acme"]["errors"] == []
    lists = plans["lost"]["resources"]
    assert lists["apio.call_centers"]["summary"]["create"] == 1
    failed = {name for name in lists if not name.startswith("o2g")} - {"apio.call_centers"} | {
        "o2g.agent_skills",
        "o2g.hunting_groups",
    }
    assert {name for name, told in lists.items() if told["summary"]["failed"]} == failed
    assert lists["o2g.agent_skills"]["steps"][1]["error"] == "the agent has no skill 999: there are 44, 100, 101"
    (group,) = lists["o2g.hunting_groups"]["steps"]
    assert group["error"] == "'60399' is no hunting group of the node: there are 60301, 60302"
    assert beside_purging(plans["lost"]) == [
        "o2g.devices: 70500 / 70500 needs user '70500' of 7, which this plan does not bring",
        "o2g.programmable_keys: oxe70500 / 70500 / 1 needs user '70500' of 7, which this plan does not bring",
        "o2g.agent_skills: 70500 needs user '70500' of 7, which this plan does not bring",
    ]
    assert plans["acme"]["resources"]["o2g.devices"]["steps"] == [
        {
            "name": "70500 / 70500",
            "key": {"node_id": 7, "device_number": "70500", "device_id": "70500"},
            "action": "update",
            "changes": {"lock": {"before": None, "after": True}},
            "awaits": ["user '70500' of 7"],
        }
    ]
    (failed,) = lists["ccs.extensions"]["steps"]
    assert "no tenant is called 'Nobody'" in failed["error"]
    assert plans["wrong"]["errors"][0].startswith("o2g.users[0].device_number (user '70110'): arrived as the number")
    report = (tmp_path / "plans/acme.md").read_text()
    assert r"name: Sales \| \*all\*" in report
    assert "ORDER" in report
    everything = played.text + "".join(file.read_text() for file in (tmp_path / "plans").iterdir())
    assert PASSWORD not in everything
    assert CODE not in everything


def test_what_objects_of_the_pbx_bring_is_no_fault_of_a_plan(sim: Simulator, tmp_path: Path, run: Any) -> None:
    """A pilot, a second set, a hunting group and a skill, which come with objects that the plan makes."""
    acd = "Application_Configuration/1/ACD2/1"
    skills = [{"Skill_nb": n, "Skill_Level": 1} for n in (44, 100, 101, 999)]
    day = [{"time": "08:30", "rule_number": 1, "mode": "normal"}]
    new = {"device_number": "70100", "device_id": "70900"}
    objects = [
        {"path": f"{acd}/ACD2_Pilot/60999", "attributes": {"Pilot_Name": "New"}},
        {"path": "Subscriber/70900", "attributes": {"Annu_Name": "Second"}},
        {"path": "Subscriber/60399", "attributes": {"Annu_Name": "Group"}},
        {"path": f"{acd}/ACD2_Operator/1/ACD2_Operator_data/70101", "attributes": {"SkillSet": skills}},
    ]
    rest = {
        "devices": [{**new, "lock": True}],
        "programmable_keys": [{**new, "position": 1, "number": "70100"}],
        "soft_keys": [{**new, "position": 1, "number": "70100"}],
        "hunting_groups": [{"device_number": "70100", "hunting_group": "60399"}],
        "agent_skills": [{"device_number": "70101", "active": [999]}],
        "pilots": [{"pilot_number": "60999", "state": "opened"}],
        "pilot_calendars": [{"pilot_number": "60999", "normal": {"monday": day}}],
    }
    shared = {"shared_numbers": ["60999", "70900"]}
    brings = {"o2g": {"node_id": 7, "pbx_objects": objects, **rest}, **shared}
    played = run("plan.yml", {"acme": brings, "lacks": {"o2g": {"node_id": 7, **rest}, **shared}}, plan_gate=False)
    plans = {name: json.loads((tmp_path / f"plans/{name}.json").read_text()) for name in ("acme", "lacks")}
    acme, lacks = (plans[name]["resources"] for name in plans)
    assert (plans["acme"]["status"], plans["acme"]["errors"]) == ("changes", []), played.text
    assert [warning for warning in plans["acme"]["warnings"] if "does not bring" in warning] == []
    assert {name: len(acme[f"o2g.{name}"]["steps"]) for name in rest} == dict.fromkeys(rest, 1)
    assert [acme[f"o2g.{name}"]["steps"][0]["awaits"] for name in rest] == [
        *[["70900 on node 7"]] * 3,
        ["60399 on node 7"],
        ["skill 999 of 70101 on node 7"],
        *[["60999 on node 7"]] * 2,
    ]
    assert plans["lacks"]["status"] == "failed"
    assert [lacks[f"o2g.{name}"]["summary"]["failed"] for name in rest] == [1] * len(rest)
    assert "there is no pilot 60999 on node 7" in " ".join(plans["lacks"]["errors"])


def test_only_what_was_approved_is_built(sim: Simulator, tmp_path: Path, run: Any) -> None:
    tenants = {"acme": acme()}
    approved = {"approved_plan_dir": "approved"}
    played = run("plan.yml", tenants, plan_gate=False, plan_dir="approved")
    assert not played.failed
    assert stats(played)["status"] == "changes"
    # the code has changed since
    tenants["acme"]["apio"]["call_centers"][0]["queue_length"] = 40
    refused = run("build.yml", tenants, **approved)
    assert refused.failed
    assert "Not approved is: to create in apio.call_centers: cc-sales@acme.example" in " ".join(refused.text.split())
    assert not sim.journal(writes=True)
    # it is the approved one again, and fails half-way
    tenants = {"acme": acme()}
    sim.fault("PUT", "/lock", status=500)
    assert run("build.yml", tenants, **approved).failed
    assert sim.journal(writes=True)
    # what is left of it is approved
    built = run("build.yml", tenants, **approved)
    assert not built.failed
    names = re.findall(r"^TASK \[(.+?)\] \*", built.text, re.MULTILINE)
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert sim.journal(writes=True)
    played = run("plan.yml", tenants, "--check")
    assert not played.failed
    assert stats(played)["status"] == "clean"
    # a tenant without an approved plan
    (tmp_path / "approved/acme.json").rename(tmp_path / "approved/globex.json")
    missing = run("build.yml", tenants, **approved)
    assert missing.failed
    told = f"There is no approved plan of acme, and nothing was done: looked for {tmp_path}/approved/acme.json"
    assert told in missing.text
    assert "Plan again" not in missing.text


@pytest.mark.parametrize("playbook", ["plan.yml", "drift.yml"])
def test_no_older_report_is_taken_for_that_of_a_run_that_failed(
    sim: Simulator, tmp_path: Path, run: Any, playbook: str
) -> None:
    folder = tmp_path / playbook.removesuffix(".yml").replace("plan", "plans")
    folder.mkdir()
    for form in ("json", "md"):
        (folder / f"acme.{form}").write_text("from yesterday")
    failed = run(playbook, {"acme": acme()}, apio_connection="no dictionary", tenant_base_dir="/no/such/folder")
    assert failed.failed or (folder / "acme.md").exists()
    assert "from yesterday" not in "".join(file.read_text() for file in folder.iterdir())


def test_a_blank_gate_is_the_default(run: Any) -> None:
    """It stops a tenant with something to do."""
    assert run("plan.yml", {"acme": acme()}, plan_gate="").failed


@pytest.mark.long
def test_any_name_of_a_host_is_that_of_a_tenant(tmp_path: Path, run: Any) -> None:
    names = ["müller", "société générale", "acme/brussels", "acme-be", "acme.be"]
    limits = {"ccs": {"tenant": "Globex", "limits": {"max_agents": 61}}}
    planned = run("plan.yml", dict.fromkeys(names, limits) | {"../acme": limits}, plan_gate=False)
    assert "'../acme' cannot be the name of a tenant" in planned.text
    plans = {path.name.removesuffix(".json") for path in (tmp_path / "plans").glob("*.json")}
    assert plans == {"müller", "société générale", "acme%2Fbrussels", "acme-be", "acme.be", "%2E.%2Facme"}
    for artifact in ("m_fc_ller", "soci_e9_t_e9__20_g_e9_n_e9_rale", "acme_2f_brussels", "acme_2d_be", "acme_2e_be"):
        assert f'"telephony_plan_{artifact}": {{' in planned.text
    built = run("build.yml", dict.fromkeys(names, limits), approved_plan_dir="plans")
    assert not built.failed, built.text[-3000:]
