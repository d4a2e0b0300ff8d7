# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON Schema and the documentation of a tenant say what the code does."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from documents import blocks, write
from jsonschema import Draft202012Validator
from tools.schema import EXAMPLE, FILE, text

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.check import check
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import LISTS, PARTS

DOCS = FILE.with_name("tenant.md")
INVENTORY = FILE.parents[1] / "playbooks/inventory"
VALIDATOR = Draft202012Validator(json.loads(FILE.read_text()))
AT = {"time": "08:00", "rule_number": 1, "mode": "normal"}
APIO = {"tenant_id": "acme", "group_id": "brussels"}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """The tenant of docs/tenant.md, without the other variables of its host, and with its files."""
    folder = tmp_path_factory.mktemp("inventory")
    write(DOCS, folder)
    variables = yaml.safe_load((folder / "host_vars/acme/tenant.yml").read_text())
    return {name: variables[name] for name in VALIDATOR.schema["properties"] if name in variables}, folder


def test_the_schema_is_up_to_date() -> None:
    assert FILE.read_text() == text(), "run tests/tools/schema.py"


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(VALIDATOR.schema)
    VALIDATOR.validate(EXAMPLE)
    assert VALIDATOR.schema["examples"] == [EXAMPLE]


def test_the_documented_example_is_right(example: tuple[dict[str, Any], Path]) -> None:
    tenant, folder = example
    VALIDATOR.validate(tenant)
    told = check(tenant, str(folder), date(2027, 1, 1))
    assert told.faults == []
    assert told.warnings == []
    assert told.counts["apio.route_point_dnis"] == 3


def test_the_documented_example_has_every_key(example: tuple[dict[str, Any], Path]) -> None:
    tenant, _folder = example
    assert {*tenant, "workbook"} == VALIDATOR.schema["properties"].keys()  # which can hold all others
    for block in ("ccs", "o2g"):
        assert LISTS[block].keys() <= tenant[block].keys()
    page = DOCS.read_text()
    for name in PARTS:
        assert f"`{name}`" in page


@pytest.mark.parametrize("language", ["yaml", "json"])
def test_the_other_examples_are_of_its_form(language: str) -> None:
    for block in (example for kind, _file, example in blocks(DOCS) if kind == language):
        read = yaml.safe_load(block) or {}
        VALIDATOR.validate(read)


@pytest.mark.parametrize("path", sorted(INVENTORY.glob("*_vars/**/*.yml")), ids=lambda path: path.name)
def test_the_inventory_is_right(path: Path) -> None:
    VALIDATOR.validate(yaml.safe_load(path.read_text()))


@pytest.mark.parametrize(
    "tenant",
    [
        {"apio": {"tenant_id": "acme"}},
        {"apio": {**APIO, "call_center": []}},
        {"apio": {**APIO, "call_centers": [{"queue_length": 5}]}},
        {"apio": {**APIO, "call_centers": [{"name": "A", "queue_length": 526}]}},
        {"apio": {**APIO, "call_centers": [{"name": "A", "queue_length": "many"}]}},
        {"apio": {**APIO, "call_centers": [{"name": "A", "policy": "Random"}]}},
        {"apio": {**APIO, "call_centers": [{"name": "A", "phone_number": 25551234}]}},
        {"apio": {**APIO, "call_centers": [{"name": "A", "department": {"group": "x"}}]}},
        {"apio": {**APIO, "call_centers": {"name": "A"}}},
        {"apio": {**APIO, "route_points": [{"dnis": []}]}},
        {"apio": {**APIO, "route_points": [{"route_point_user_id": "rp@a", "overflow": []}]}},
        {"apio": {**APIO, "route_point_dnis_from": {"file": "a.csv", "shet": "x"}}},
        {"ccs": {"tenant": "Acme", "limits": {"max_agents": -1}}},
        {"o2g": {"node_id": 7, "users": [{"device_number": "7 01 20"}]}},
        {"o2g": {"node_id": 7, "pilot_calendars": [{"pilot_number": "1", "normal": {"mon": []}}]}},
        {"opening_hours": {"office": {"monday": [{**AT, "time": "8h"}]}}},
        {"opening_hours": {"office": {"monday": [{"time": "08:00"}]}}},
        {"holidays": {"be": {"days": {"1/1/2027": "New Year"}}}},
        {"holidays": {"be": {}}},
        {"defaults": {"apio": {"call_center": {}}}},
        {"shared_numbers": [5110]},
        {"call_tests": [{"dial": "025552001", "at": "2027-01-01 10:00"}]},
        {"call_tests": [{"dial": "025552001", "at": "2027-01-01 10:00", "expect": "shut"}]},
        {"call_tests": [{"dial": "025552001", "at": "2027-01-01 10:00", "expect": {"rule_number": 1}}]},
        {"call_tests": [{"dail": "025552001", "at": "2027-01-01 10:00", "expect": "closed"}]},
        {"call_tests": [{"dial": 25552001, "at": "2027-01-01 10:00", "expect": "closed"}]},
        {"tenant_time_zone": 1},
    ],
)
def test_schema_and_check_refuse_the_same(tenant: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(tenant)
    assert check(tenant, "", date(2027, 1, 1)).faults


@pytest.mark.parametrize(
    "tenant",
    [
        {"apio": "{{ apio_of_acme }}"},
        {"apio": {**APIO, "call_centers": "{{ a + b }}"}},
        {
            "apio": {
                **APIO,
                "call_centers": ["{{ a }}", {"name": "A", "queue_length": "{{ 5 }}", "active": "{{ b }}"}],
            }
        },
        {"opening_hours": {"office": "{{ office }}", "other": {"monday": "{{ day }}", "friday": ["{{ morning }}"]}}},
        {"holidays": {"be": {"days": {"2027-01-01": "{{ name }}"}, "transitions": "{{ closed }}"}}},
        {"some_other_variable": 1},
    ],
)
def test_templates_and_other_variables_are_allowed(tenant: dict[str, Any]) -> None:
    VALIDATOR.validate(tenant)
