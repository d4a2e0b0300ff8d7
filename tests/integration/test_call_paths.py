# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where callers end up is told by a playbook, from the code and from what is live."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import ROOT
from documents import write
from plays import Played, connections, inventory, play
from simulator.handle import Simulator
from tenants import Tenant, seed

pytestmark = pytest.mark.timeout(600)

DOCUMENT = ROOT / "docs/call_paths.md"


def ran(where: Path, *flags: str, **extra: Any) -> Played:
    return play("call_paths.yml", where, *flags, environment={"ANSIBLE_SHOW_CUSTOM_STATS": "true"}, **extra)


def reports(folder: Path) -> tuple[str, dict[str, Any], ElementTree.Element]:
    """The reports of acme: for people, for machines, and for those who read JUnit."""
    files = [folder / f"call_paths/acme.{form}" for form in ("md", "json", "xml")]
    return files[0].read_text(), json.loads(files[1].read_text()), ElementTree.parse(files[2]).getroot()


def test_the_documented_example(tmp_path: Path) -> None:
    write(DOCUMENT, tmp_path)
    played = ran(tmp_path / "inventory.yml")
    assert played.failed
    assert "1 of 6 calls end elsewhere" in played.text
    printed = re.search(r"\n\n((?:    (?:ok|FAILED) .*\n)+\n(?:    .*\n)+)", DOCUMENT.read_text())
    assert printed
    shown = played.text.splitlines()
    assert [line for line in textwrap.dedent(printed[1]).splitlines() if line not in shown] == []

    page, told, junit = reports(tmp_path)
    assert (told["status"], told["summary"]) == ("failed", {"tests": 6, "passed": 5, "failed": 1})
    assert "## Christmas Eve: should be closed, but is reached" in page
    suite = junit.find("testsuite")
    assert suite is not None
    assert suite.attrib | {"tests": "6", "failures": "1", "errors": "0"} == suite.attrib
    failures = [(case.get("name"), case.find("failure")) for case in suite if len(case)]
    assert [name for name, _failure in failures] == ["Christmas Eve"]
    assert "3. pilot 60101: route point rp-main@acme.example sends the call to 60101" in str(failures[0][1].text)
    assert re.search(r'"failures": \[\s*"Christmas Eve"\s*\]', played.text)

    tenant = tmp_path / "host_vars/acme/tenant.yml"
    edited = tenant.read_text().replace(
        '      "2026-12-25": Christmas Day', '      "2026-12-25": Christmas Day\n      "2026-12-24": Christmas Eve'
    )
    tenant.write_text(edited.replace("2026-12-24 11:00", "2026-12-23 11:00"))
    played = ran(tmp_path / "inventory.yml", call_paths_dial="2002", call_paths_at="2026-12-24 11:00")
    assert not played.failed, played.text
    _page, told, junit = reports(tmp_path)
    (asked,) = told["asked"]
    assert (asked["path"]["end"], [way["number"] for way in asked["path"]["load"]]) == ("reached", ["025550120"])
    assert junit.get("failures") == "0"


def test_what_is_wrong_with_a_test_is_told_before(tmp_path: Path) -> None:
    good = {"dial": "025552001", "at": "2027-06-01 10:00", "expect": "closed"}
    (tmp_path / "calls.csv").write_text("dial,at,expect,rule_number\n60101,2027-06-01 10:00,shut,1\n")
    variables = {
        "o2g": {"node_id": 7, "pilots": []},
        "tenant_time_zone": "Europe/Brussel",
        "call_tests": [
            good,
            {**good, "expct": "closed"},
            {**good, "at": "2027-06-31 10:00"},
            {**good, "expect": {"end": "closed", "rule_numbr": 1}},
        ],
        "call_tests_from": "calls.csv",
        "call_test": [good],
    }
    played = ran(inventory(tmp_path, {"acme": variables}))
    text = " ".join(played.text.split())
    assert played.failed
    for fault in (
        "tenant_time_zone: 'Europe/Brussel' is no time zone that this machine knows",
        "call_tests[1].expct",
        "did you mean expect?",
        "call_tests[2].at: '2027-06-31 10:00' is not a moment",
        "call_tests[3].expect.rule",
        "did you mean rule_number?",
        "calls.csv, row 2, column 'expect'",
        "call_test: nothing reads this variable; did you mean call_tests?",
    ):
        assert fault in text, (fault, text)
    assert not (tmp_path / "call_paths").exists()


def test_the_platforms_are_asked_what_is_live(sim: Simulator, tmp_path: Path) -> None:
    tenant = Tenant("S")
    content = seed([tenant], there=True)
    node = content["o2g"]["nodes"][str(tenant.node)]
    node["pilots"][0]["state"] = "Blocked"  # which no calendar does, whatever the hour is in which the test runs
    node["pilots"][1]["exception"]["20271224"] = node["pilots"][1]["exception"]["20270101"]  # by hand
    content["o2g"]["routing"] = {"30001": {"forward": {"destinations": [{"type": "NUMBER", "number": "60001"}]}}}
    sim.reset(content)
    variables = tenant.variables() | {
        "call_tests": [
            {"name": "Pilot", "dial": "60001", "at": "2027-12-24 10:00", "expect": "closed"},
            {"name": "User", "dial": "30001", "at": "2027-12-23 10:00", "expect": {"end": "reached", "hop": "60001"}},
            {
                "name": "DNIS",
                "dial": "025000000",
                "at": "2027-12-23 10:00",
                "expect": {"end": "reached", "hop": "rp-000"},
            },
            {"name": "By hand", "dial": "60000", "at": "2027-12-23 10:00", "expect": "closed"},
        ]
    }
    where = inventory(tmp_path, {"acme": variables}, **connections(sim))
    live = ran(where, "--check", call_paths_against="live")
    assert not live.failed, live.text
    assert not sim.journal(writes=True)
    _page, told, _junit = reports(tmp_path)
    assert (told["against"], told["status"], told["warnings"]) == ("live", "passed", [])
    path = told["tests"][1]["path"]
    assert [hop["thing"] for hop in path["hops"]] == ["user 30001", "pilot 60001 Pilot 1"]
    assert path["hops"][-1]["why"].endswith("open by rule 1 RULE_PIL_1")
    sim.clear_journal()
    code = ran(where)
    assert code.failed
    assert not sim.journal()
    assert [test["name"] for test in reports(tmp_path)[1]["tests"] if not test["ok"]] == ["Pilot", "User"]
    wrong = ran(where, call_paths_against="lve")
    assert wrong.failed
    assert "call_paths_against" in wrong.text
