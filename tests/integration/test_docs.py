# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of the documentation do what it says, as they stand, in the files that it names."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import yaml
from conftest import ROOT
from documents import blocks, write
from simulator.handle import Simulator
from simulator.settings import TRIED

SIMULATOR = "http://127.0.0.1:8765"

ENVIRONMENT = dict(re.findall(r"\b([A-Z0-9]+_(?:USERNAME|PASSWORD|TOKEN))=(\S+)", (ROOT / "README.md").read_text()))
"""As the README says it."""


class Shell:
    """A folder with the examples of a document, and what a person does there."""

    def __init__(self, sim: Simulator, folder: Path, document: str) -> None:
        self.sim = sim
        self.folder = folder
        self.text = (ROOT / document).read_text()
        write(ROOT / document, folder)

    def commands(self) -> list[str]:
        """The playbooks that the document runs, in their order."""
        return [line.partition("#")[0] for line in re.findall(r"^ {4,}(ansible-playbook .+)$", self.text, re.MULTILINE)]

    def run(self, command: str, succeeds: bool = True) -> str:
        """Run a command that must succeed, or fail, and return what it prints."""
        urls = {f"{platform}_URL": self.sim.url for platform in ("APIO", "CCS", "O2G")}
        done = subprocess.run(
            command,
            shell=True,
            cwd=self.folder,
            env=os.environ | {"ANSIBLE_NOCOLOR": "1"} | ENVIRONMENT | urls,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            text=True,
        )
        assert (done.returncode == 0) == succeeds, done.stdout
        return done.stdout

    def play(self, name: str, *flags: str) -> str:
        return self.run(" ".join(["ansible-playbook -i inventory.yml", f"voiceops.telephony.{name}", *flags]))


@pytest.mark.long
def test_the_example_tenant(sim: Simulator, tmp_path: Path) -> None:
    shell = Shell(sim, tmp_path, "docs/tenant.md")
    assert "'apio.route_point_dnis': 3" in re.sub('"', "'", shell.play("validate"))
    shell.play("plan", "-e plan_gate=false")
    assert '"status": "changes"' in (tmp_path / "plans/acme.json").read_text()
    assert "changed=0" not in shell.play("build", "-e approved_plan_dir=plans")
    assert "changed=0" in shell.play("build", "-e tenant_write_unreadable=never")


@pytest.mark.long
def test_a_spreadsheet_as_a_tenant(sim: Simulator, tmp_path: Path) -> None:
    shell = Shell(sim, tmp_path, "docs/pbx.md")
    people = tmp_path / "people.csv"
    more = (f"{70503 + n},Name {n},First {n},NOE_C_IP,1,Sales,,,70500,70500,\n" for n in range(497))
    people.write_text(people.read_text() + "".join(more))
    shell.play("plan", "-e plan_gate=false")
    plan = json.loads((tmp_path / "plans/acme.json").read_text())
    assert (plan["status"], plan["errors"], plan["warnings"]) == ("changes", [], [])
    shell.play("build", "-e approved_plan_dir=plans")
    assert "changed=0" in shell.play("build")
    state = sim.state()["o2g"]
    made = [path for path in state["pbx"]["7"] if re.fullmatch(r"Subscriber/70[5-9]\d\d", path)]
    assert len(made) == 500
    active = {
        number: [skill["number"] for skill in state["agents"][number]["skills"] if skill["active"]]
        for number in ("70501", "70502")
    }
    assert active == {"70501": [44, 100], "70502": [101]}
    keys = state["devices"]["70500"]["keys"]
    assert {at: (key["number"], key["mnemonic"]) for at, key in keys.items()} == {
        "1": ("70501", "Secretary"),
        "2": ("70500", "An"),
        "3": ("70502", "Chloé"),
    }
    assert state["preferences"] == {"oxe70500": {"oxeLanguage": "fr"}, "oxe70502": {"oxeLanguage": "nl-be"}}
    forwards = {
        number: one["forward"]["destinations"][0]["number"]
        for number, one in state["routing"].items()
        if one["forward"]
    }
    assert forwards == {str(number): "70500" for number in range(70501, 71000)}
    sim.clear_journal()
    people.write_text(people.read_text().replace("44;100", "44;101"))
    assert "changed=1 " in shell.play("build")
    assert [request["body"] for request in sim.journal(writes=True) if "/skills/" in request["path"]] == [
        {"skills": [101]}
    ]


@pytest.mark.long
def test_what_was_written_last(sim: Simulator, tmp_path: Path) -> None:
    shell = Shell(sim, tmp_path, "docs/written.md")
    build, plan, again = shell.commands()
    shell.run(build)
    shell.run(plan)
    day = f"{datetime.now(UTC):%-d %B %Y}"
    shown = next(text for language, _file, text in blocks(ROOT / "docs/written.md") if language == "markdown")
    assert shown.replace("26 November 2026", day) in (tmp_path / "plans/acme.md").read_text()
    assert "changed=1 " in shell.run(again)
    file = tmp_path / "inventory.yml"
    file.write_text(file.read_text().replace("max_chats: 3", "max_chats: 4", 1))
    shell.run(plan, succeeds=False)
    (step,) = json.loads((tmp_path / "plans/acme.json").read_text())["resources"]["ccs.extensions"]["steps"]
    assert step["changes"] == {"max_chats": {"after": 4}}


@pytest.mark.long
def test_adopting_a_tenant_step_by_step(sim: Simulator, tmp_path: Path) -> None:
    shell = Shell(sim, tmp_path, "docs/export.md")
    export, *others = [command for command in shell.commands() if "awx" not in command]
    shell.run(export)
    (tmp_path / "export/host_vars").rename(tmp_path / "inventory/host_vars")
    for command in others:
        shell.run(command)
    assert not sim.journal(writes=True)


@pytest.mark.long
def test_a_tenant_goes_through_a_workbook(sim: Simulator, tmp_path: Path) -> None:
    sim.settings(**TRIED)
    shell = Shell(sim, tmp_path, "docs/workbooks.md")
    (tmp_path / "host_vars/acme.yml").rename(tmp_path / "later.yml")
    export, validate, plan, workbook, compare = shell.commands()
    shell.run(export)
    (tmp_path / "later.yml").rename(tmp_path / "host_vars/acme.yml")
    shell.run(validate)
    shell.run(plan)
    assert "Nothing to do" in (tmp_path / "plans/acme.md").read_text()
    shell.run(workbook)
    (tmp_path / "workbooks").rename(tmp_path / "back")
    book = openpyxl.load_workbook(tmp_path / "back/acme.xlsx")
    column = next(cell.column for cell in book["DNIS"][1] if cell.value == "Phone number")
    book["DNIS"].cell(2, column).value = "025552009"
    book.save(tmp_path / "back/acme.xlsx")
    told = shell.run(compare)
    assert "back/acme.xlsx, sheet 'DNIS', row 2, column 'Phone number': is '025552009', and in the code it is" in told
    assert not sim.journal(writes=True)


@pytest.mark.timeout(400)
def test_the_walk_of_the_readme(sim: Simulator, tmp_path: Path) -> None:
    """From the first command to a plan with nothing to do, in order, on what make simulator serves."""
    sim.settings(**TRIED)
    shell = Shell(sim, tmp_path, "README.md")
    for file in tmp_path.glob("*.yml"):
        file.write_text(file.read_text().replace(SIMULATOR, sim.url))
    walk = shell.text[shell.text.index("\n## Ad hoc") : shell.text.index("\n| Playbook |")].replace("\\\n", "")
    for line in re.findall(r"^    +(ansible(?:-playbook)? .+)$", walk, re.MULTILINE):
        if "telephony.validate" in line:  # the edit that this step tells
            old, new = re.search(
                r'`(extension: "\d+")` of \*Website\* in `apio.yml` to `("\d+")`', " ".join(walk.split())
            ).groups()
            exported = tmp_path / "host_vars/acme/apio.yml"
            assert exported.read_text().count(old) == 1
            exported.write_text(exported.read_text().replace(old, f"extension: {new}"))
            sim.clear_journal()
        refused = "telephony.plan" in line and not sim.journal(writes=True)
        told = shell.run(line, succeeds=not refused)
        assert not refused or "0 to create, 1 to change, 0 to delete" in told
        assert refused or "telephony.plan" not in line or "changed=0 " in told
        assert "telephony.validate" not in line or "changed=0 " in told
    assert "Nothing to do" in (tmp_path / "plans/acme.md").read_text()
    assert [request["method"] for request in sim.journal(writes=True)] == ["PUT"]


def test_the_address_of_make_simulator_is_the_one_in_the_readme() -> None:
    printed = set(re.findall(r"http://127\.0\.0\.1:\d+", (ROOT / "README.md").read_text()))
    assert printed == {SIMULATOR}
    assert f"PORT := {SIMULATOR.rpartition(':')[2]}\n" in (ROOT / "Makefile").read_text()


SKELETON = ROOT / "docs/skeleton"


def jobs(pipeline: str) -> dict[str, list[str]]:
    """The playbooks that each job of a pipeline runs."""
    content = yaml.safe_load((SKELETON / pipeline).read_text())
    listed = content.get("jobs", content)
    scripts = {
        name: job["script"] if "script" in job else [step.get("run", "") for step in job["steps"]]
        for name, job in listed.items()
        if isinstance(job, dict) and ("script" in job or "steps" in job)
    }
    return {name: [line for line in lines if line.startswith("ansible-playbook")] for name, lines in scripts.items()}


@pytest.mark.long
@pytest.mark.timeout(300)
def test_the_repository_to_start_from(sim: Simulator, tmp_path: Path) -> None:
    """Its README as it is printed; then one edit goes through the pipeline."""
    shutil.copytree(SKELETON, tmp_path, dirs_exist_ok=True)
    shell = Shell(sim, tmp_path, "docs/skeleton/README.md")
    for command in shell.commands():
        told = shell.run(command)
    assert "changed=0 " in told
    assert "Nothing to do" in (tmp_path / "plans/acme.md").read_text()
    calendars = tmp_path / "inventory/host_vars/acme/apio.yml"
    calendars.write_text(calendars.read_text().replace('extension: "0101"', 'extension: "0109"'))
    sim.clear_journal()
    pipeline = jobs(".gitlab-ci.yml")
    assert [*pipeline] == ["validate", "plan", "build", "drift"]
    for name, commands in pipeline.items():
        for command in commands:
            shell.run(command)
        assert len(sim.journal(writes=True)) == (name in ("build", "drift"))
    assert json.loads((tmp_path / "drift/acme.json").read_text())["status"] == "clean"


def test_both_pipelines_run_the_same_playbooks() -> None:
    pipelines = (jobs(name) for name in (".gitlab-ci.yml", ".github/workflows/telephony.yml"))
    gitlab, github = ([command for listed in each.values() for command in listed] for each in pipelines)
    assert gitlab == github


@pytest.mark.long
@pytest.mark.timeout(600)
def test_undoing_the_example(sim: Simulator, tmp_path: Path) -> None:
    before = sim.state()["ccs"]
    shell = Shell(sim, tmp_path, "docs/undo.md")
    build, check, undo = shell.commands()
    shell.run(build)
    (file,) = (tmp_path / "undo").glob("acme-*.json")
    steps = json.loads(file.read_text())["steps"]
    assert json.loads(re.search(r"```json\n(.+?)```", shell.text, re.DOTALL)[1]) == steps[2]
    named = re.search(r"undo/acme-\w+\.json", undo)[0]
    told = shell.run(check.replace(named, str(file)))
    assert all(line in told for line in re.search(r"```text\n(.+?)```", shell.text, re.DOTALL)[1].splitlines())
    sim.clear_journal()
    shell.run(undo.replace(named, str(file)))
    assert [(one["platform"], one["method"]) for one in sim.journal(writes=True)] == [
        ("ccs", "PUT"),
        ("apio", "DELETE"),
        ("o2g", "DELETE"),
    ]
    assert sim.state()["ccs"]["tenants"] == before["tenants"]


@pytest.mark.long
def test_the_quickstart_of_each_platform(sim: Simulator, tmp_path: Path) -> None:
    shell = Shell(sim, tmp_path, "docs/quickstart.md")
    books = sorted(tmp_path.glob("*.yml"))
    assert [book.stem for book in books] == ["quickstart-apio", "quickstart-ccs", "quickstart-o2g"]
    for book in books:
        assert "changed=1 " in shell.run(f"ansible-playbook {book.name}")
        assert "changed=0 " in shell.run(f"ansible-playbook {book.name}")


def test_the_tasks_of_the_recipes(sim: Simulator, tmp_path: Path) -> None:
    """All of them in one play, in their order: some need what those before have made."""
    tasks = [task for _language, _file, text in blocks(ROOT / "docs/recipes.md") for task in yaml.safe_load(text)]
    play = {"name": "Recipes", "hosts": "localhost", "gather_facts": False, "tasks": tasks}
    shell = Shell(sim, tmp_path, "docs/recipes.md")
    (tmp_path / "recipes.yml").write_text(yaml.safe_dump([play], sort_keys=False))
    told = shell.run("ansible-playbook recipes.yml")
    assert f"ok={len(tasks)} " in told
    assert sim.journal(writes=True)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_the_commands_of_the_recipes(sim: Simulator, tmp_path: Path) -> None:
    shutil.copytree(SKELETON, tmp_path, dirs_exist_ok=True)
    shell = Shell(sim, tmp_path, "docs/recipes.md")
    (tmp_path / "vault").write_text("made-up")
    commands = re.findall(r"^ {4}((?:[A-Z_]+=\S+ )?ansible-.+)$", shell.text, re.MULTILINE)
    assert len(commands) + len(list(blocks(ROOT / "docs/recipes.md"))) >= 30
    for command in commands:
        typed = "printf secret | ANSIBLE_VAULT_PASSWORD_FILE=vault " if command.startswith("ansible-vault") else ""
        told = shell.run(typed + command)
        assert ("secret" not in told and "!vault" in told) if typed else "failed=0 " in told
