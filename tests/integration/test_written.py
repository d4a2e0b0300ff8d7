# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan can be clean though the platform hides what was written; and what it cannot know is told or written again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from plays import Played, connections, inventory, play
from simulator.handle import Simulator
from simulator.seed import ccs_seed

pytestmark = pytest.mark.timeout(600)

PASSWORD = "Not-to-be-seen-2"
Json = dict[str, Any]


def acme(chats: int = 3, password: str = PASSWORD) -> Json:
    center = {
        "service_user_id": "cc-new@acme.example",
        "name": "New",
        "service_user_password": password,
        "cli_first_name": "New",
        "cli_last_name": "Acme",
        "type": "Premium",
        "policy": "Circular",
    }
    extensions = [{"extension": number, "is_agent": True, "max_chats": chats} for number in ("101", "102")]
    return {
        "apio": {"tenant_id": "acme", "group_id": "brussels", "country": "BE", "call_centers": [center]},
        "ccs": {
            "tenant": "AcmeContactCenter",
            "limits": {"max_agents": 100, "agent_billing": "Named"},
            "extensions": extensions,
        },
    }


@pytest.fixture
def run(sim: Simulator, tmp_path: Path) -> Any:
    def run(playbook: str, tenant: Json, *flags: str, **extra: Any) -> Played:
        sim.clear_journal()
        where = inventory(tmp_path, {"acme": tenant}, **connections(sim))
        return play(f"{playbook}.yml", where, *flags, tenant_update_password="always", **extra)

    return run


@pytest.mark.long
def test_a_plan_is_clean_after_a_build(sim: Simulator, tmp_path: Path, run: Any) -> None:
    file = tmp_path / "written/acme.json"
    run("build", acme(), "--check")
    assert not file.parent.exists()
    first = run("build", acme())
    assert (first.failed, first.changes) == (False, 3)
    assert PASSWORD not in file.read_text()
    # nothing is to do, and that is told
    plan = run("plan", acme())
    assert not plan.failed, plan.text[-2000:]
    told = json.loads((tmp_path / "plans/acme.json").read_text())
    assert (told["status"], told["summary"]["unchanged"]) == ("clean", 4)
    assert told["resources"]["ccs.extensions"]["unverified"] == []
    kept = told["resources"]["ccs.extensions"]["as_written"]
    assert [sorted(one["options"]) for one in kept] == [["is_agent", "max_chats"]] * 2
    report = (tmp_path / "plans/acme.md").read_text()
    assert "As written on " in report
    assert f"| {kept[0]['name']}, {kept[1]['name']} | is_agent, max_chats |" in report
    assert "| cc-new@acme.example | service_user_password |" in report
    text = file.read_text()
    again = run("build", acme())
    assert (again.failed, again.changes) == (False, 0)
    assert not sim.journal(writes=True)
    # shipped to another Python, it is the same
    apart = {name: {**how, "in_process": False} for name, how in connections(sim).items()}
    shipped = run("build", acme(), **apart)
    assert (shipped.failed, shipped.changes) == (False, 0)
    assert file.read_text() == text
    # only what is wanted otherwise is written
    other = run("build", acme(chats=4, password="Another-one-3"))
    assert (other.failed, other.changes) == (False, 2)
    assert [request["body"] for request in sim.journal(writes=True) if "extensions" in request["path"]] == [
        {"max_chats": "4"}
    ] * 2
    everything = run("build", acme(chats=4, password="Another-one-3"), written_again=True)
    assert (everything.failed, everything.changes) == (False, 3)


@pytest.mark.long
def test_what_is_made_anew_damaged_or_gone_is_written_again(sim: Simulator, tmp_path: Path, run: Any) -> None:
    tenant = {"ccs": acme()["ccs"]}
    file = tmp_path / "written/acme.json"
    run("build", tenant)
    # somebody has deleted the extensions and made them again: these are others
    content = ccs_seed()
    for n, extension in enumerate(content["tenants"][0]["extensions"]):
        extension["uuid"] = f"az399999-53d6-48e2-85cd-{n:012d}"
    sim.reset({"ccs": content})
    run("plan", tenant)
    plan = json.loads((tmp_path / "plans/acme.json").read_text())
    assert plan["resources"]["ccs.extensions"]["summary"]["update"] == 2
    run("build", tenant)
    assert not run("plan", tenant).failed
    # a damaged file is told in the plan, and changes nothing that it should not
    sound = file.read_text()
    file.write_text(sound[:-40])
    run("plan", tenant)
    plan = json.loads((tmp_path / "plans/acme.json").read_text())
    assert plan["summary"]["update"] == 3
    assert any("acme.json' is damaged: " in warning for warning in plan["warnings"]), plan["warnings"]
    assert file.read_text() == sound[:-40]
    assert not run("build", tenant).failed
    assert not run("plan", tenant).failed
    assert (tmp_path / "written/acme.json.damaged").read_text() == sound[:-40]
    # so is it without the file
    file.unlink()
    assert run("plan", tenant).failed
    assert json.loads((tmp_path / "plans/acme.json").read_text())["summary"]["update"] == 3
