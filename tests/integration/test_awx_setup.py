# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What awx_setup.yml makes in a controller, with the collection awx.awx itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from controller import TOKEN, Controller, serving
from plays import Played, play
from tools.awx_collection import awx_collection


@pytest.fixture(scope="module")
def controller() -> Iterator[Controller]:
    """One with what users make before: a project with its inventory, and the credentials."""
    controller = Controller()
    controller.add("me")
    organization = controller.add("organizations", name="Voice")
    for table in ("projects", "inventories", "execution_environments", "credentials"):
        controller.add(table, name="Ours", organization=organization)
    with serving(controller):
        yield controller


def set_up(controller: Controller, folder: Path, **more: str) -> Played:
    paths = [os.environ["ANSIBLE_COLLECTIONS_PATH"], str(awx_collection())]
    environment = {"CONTROLLER_HOST": controller.url, "CONTROLLER_OAUTH_TOKEN": TOKEN}
    environment |= {"ANSIBLE_COLLECTIONS_PATH": os.pathsep.join(paths), "ANSIBLE_PIPELINING": "1"}
    environment["ANSIBLE_DEPRECATION_WARNINGS"] = "false"  # awx.awx has its own, on ansible-core 2.21
    names = dict.fromkeys(("awx_project", "awx_inventory", "awx_execution_environment"), "Ours")
    where = folder / "inventory.json"
    where.write_text("{}")
    order = {**names, "awx_organization": "Voice", "awx_credentials": ["Ours"], "awx_slices": 2, **more}
    return play("awx_setup.yml", where, environment=environment, **order)


@pytest.fixture(scope="module")
def made(controller: Controller, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """What a first run makes."""
    first = set_up(controller, tmp_path_factory.mktemp("first"))
    assert not first.failed, first.text
    return first


@pytest.mark.timeout(600)
def test_set_up_once_and_again(controller: Controller, made: Played, tmp_path: Path) -> None:
    assert "WARNING" not in made.text
    writes = len(controller.writes)
    again = set_up(controller, tmp_path)
    assert (again.failed, again.recap["changed"], controller.writes[writes:]) == (False, 0, []), again.text

    credential_type = controller.named("credential_types", "Telephony APIO")
    assert credential_type["injectors"]["env"]["APIO_PASSWORD"] == "{{ password }}"
    plan = controller.named("job_templates", "Telephony plan")
    assert (plan["playbook"], plan["job_slice_count"]) == ("playbooks/plan.yml", 2)
    assert controller.associated[plan["id"], "credentials"] == [controller.named("credentials", "Ours")["id"]]
    divert = controller.named("job_templates", "Telephony divert")
    assert divert["job_slice_count"] == 1
    assert json.loads(divert["extra_vars"])["divert_dir"] == "/var/lib/telephony/divert"
    questions = [question["variable"] for question in controller.surveys[divert["id"]]["spec"]]
    assert questions == ["divert_state", "divert_to", "divert_route_points", "divert_pilots"]
    held = {"divert_dir": "/var/lib/telephony/divert", "maintenance_dir": "/var/lib/telephony/maintenance"}
    assert json.loads(plan["extra_vars"]).items() >= held.items(), "what is diverted or in a window is left alone"
    asked = {"maintenance": ["maintenance_state", "maintenance_reason"], "reports": ["reports_month"]}
    asked |= {"validate": ["compare_workbook"], "undo": ["undo_file", "undo_anyway"]}
    asked |= {"export": ["export_format"], "drift": ["drift_adopt"]}
    asked |= {"call paths": ["call_paths_against", "call_paths_dial", "call_paths_at"]}
    for name in (*asked, "workbook", "dial test", "housekeeping"):
        template = controller.named("job_templates", f"Telephony {name}")
        assert template["playbook"] == f"playbooks/{name.replace(' ', '_')}.yml"
        spec = controller.surveys[template["id"]]["spec"] if template["survey_enabled"] else []
        assert [question["variable"] for question in spec] == asked.get(name, [])
    workflow = controller.named("workflow_job_templates", "Telephony plan, approve, build")
    assert controller.surveys[workflow["id"]]["spec"] == controller.surveys[plan["id"]]["spec"]

    build = controller.named("workflow_job_template_nodes", "build")["unified_job_template"]
    assert json.loads(controller.tables["job_templates"][build]["extra_vars"])["approval_required"] is True
    clean = {"plan": "successful"}
    assert controller.ends(clean) == (["plan"], "successful")
    refused = {"plan": "failed", "approve": "failed"}
    assert controller.ends(refused) == (["plan", "approve"], "failed")
    built = {"plan": "failed", "approve": "successful", "build": "successful"}
    assert controller.ends(built) == (["plan", "approve", "build"], "successful")
    assert controller.ends({**built, "build": "failed"}) == (["plan", "approve", "build"], "failed")


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("made")
def test_what_is_missing_is_told_once_and_first(controller: Controller, tmp_path: Path) -> None:
    """An environment and a project that are not there, a project without playbooks, and types that one may not make."""
    writes = len(controller.writes)
    gone = set_up(controller, tmp_path, awx_execution_environment="gone", awx_project="away")
    assert gone.failed
    for missing in ("execution environment gone", "project away"):
        assert gone.text.count(f'"msg": "Nothing was made: AWX has no {missing}') == 1, gone.text
    (project,) = controller.tables["projects"].values()
    controller.change("projects", project["id"], {"status": "never updated"})
    never = set_up(controller, tmp_path)
    controller.change("projects", project["id"], {"status": "successful"})
    told = (
        '"msg": "Nothing was made: the project Ours has not been synchronised (never updated), so AWX knows none of its'
    )
    assert never.text.count(told) == 1, never.text
    (who,) = controller.tables["me"].values()
    controller.change("me", who["id"], {"is_superuser": False})
    refused = set_up(controller, tmp_path, awx_prefix="Other")
    assert "there is no credential type Other APIO, and AWX lets only a system administrator make one" in " ".join(
        refused.text.split()
    )
    assert len(controller.writes) == writes
    other = set_up(controller, tmp_path, awx_slices="3")
    controller.change("me", who["id"], {"is_superuser": True})
    assert not other.failed, other.text
    assert other.recap["changed"]
