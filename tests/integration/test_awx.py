# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""That what awx_setup.yml sends to AWX fits the modules, the playbooks and the execution environment."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from controller import check_credential_type, check_survey, credential_types, injected
from modules import argument_spec, run_module
from packaging.requirements import Requirement
from simulator.handle import Simulator

READING: dict[str, tuple[str, dict[str, Any]]] = {
    "apio": ("apio_call_center_info", {"tenant_id": "acme", "group_id": "brussels"}),
    "ccs": ("ccs_tenant_info", {}),
    "o2g": ("o2g_pilot_info", {"node_id": 7}),
}
DEFINITIONS = yaml.safe_load((ROOT / "playbooks/vars/awx.yml").read_text())
TYPES = credential_types()
COME_WITH = {"jinja2", "yaml", "urllib3", "aiohttp", "pydantic_core"}
"""What ansible-core, requests and pydantic bring along, and ansible-rulebook, which alone runs event sources."""


@pytest.mark.parametrize("platform", READING)
def test_credentials_lead_to_the_platform(sim: Simulator, platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also with inputs that are left empty; and certificates are verified unless somebody says otherwise."""
    account = {"username": "admin", "password": "simulator"}
    environment = injected(TYPES[platform], {"url": sim.tls_url, **account})
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    module, options = READING[platform]
    assert "is not trusted" in run_module(module, options)["msg"]
    assert not run_module(module, {**options, "ca_path": sim.ca_file}).failed
    monkeypatch.setenv(f"{platform.upper()}_VALIDATE_CERTS", "False")
    assert environment | injected(TYPES[platform], {"url": sim.tls_url, **account, "unverified": True}) != environment
    assert not run_module(module, options).failed


@pytest.mark.parametrize("platform", READING)
def test_credential_type(platform: str) -> None:
    check_credential_type(TYPES[platform])
    known = argument_spec(READING[platform][0])
    read = {name for option in known.values() for name in (option.get("fallback") or (None, []))[1]}
    assert set(TYPES[platform]["injectors"]["env"]) <= read
    secret = {field["id"] for field in TYPES[platform]["inputs"]["fields"] if field.get("secret")}
    assert secret == {name for name in ("password", "token", "headers") if name in known}


@pytest.mark.parametrize("template", DEFINITIONS["awx_job_templates"], ids=lambda template: template["name"])
def test_job_template(template: dict[str, Any]) -> None:
    """Its playbook is there, and takes what the survey asks."""
    text = (ROOT / "playbooks" / template["playbook"]).read_text()
    for more in (ROOT / "playbooks/tasks", ROOT / "roles/tenant/meta"):
        text += "".join(file.read_text() for file in more.glob("*.yml"))
    asked = template.get("ask", [])
    asked = DEFINITIONS["awx_building"] if isinstance(asked, str) else asked
    questions = [DEFINITIONS["awx_questions"][name] for name in asked]
    if questions:
        check_survey({"name": "", "description": "", "spec": questions})
    given = template.get("variables", {})
    if isinstance(given, str):  # those that most have, and maybe more
        given = [*DEFINITIONS["awx_held"], *re.findall(r"'(\w+)':", given)]
    for variable in [question["variable"] for question in questions] + list(given):
        assert re.search(rf"\b{variable}\b", text), variable


def imported(file: Path) -> set[str]:
    """The packages outside of the standard library that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names


def test_execution_environment_has_what_the_plugins_import() -> None:
    definition = yaml.safe_load((ROOT / "meta/execution-environment.yml").read_text())
    assert definition["version"] == 3
    required: set[str] = set()
    for file in definition["dependencies"].values():
        lines = [line.partition("#")[0].strip() for line in (ROOT / file).read_text().splitlines()]
        required |= {Requirement(line).name for line in lines if line}
    needed: set[str] = set().union(*(imported(file) for file in (ROOT / "plugins").rglob("*.py")))
    assert needed - {"ansible", "ansible_collections", *COME_WITH} == required


def test_execution_environment_of_the_documentation() -> None:
    """It has a Python and an ansible-core that the collection works with."""
    text = (ROOT / "docs/awx.md").read_text()
    (block,) = re.findall(r"```yaml\n( *# execution-environment.yml\n.*?)```", text, re.S)
    definition = yaml.safe_load(block)
    assert definition["version"] == 3
    dependencies = definition["dependencies"]
    assert dependencies["python_interpreter"]["package_system"] in ("python3.11", "python3.12", "python3.13")
    core = Requirement(dependencies["ansible_core"]["package_pip"]).specifier
    needed = yaml.safe_load((ROOT / "meta/runtime.yml").read_text())["requires_ansible"]
    assert not core.contains("2.15.99")
    assert core.contains("2.19.5")
    assert needed == ">=2.16.0"
    assert dependencies["galaxy"]["collections"] == ["voiceops.telephony"]
