# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant is checked by ansible-playbook, and whatever is wrong reads well."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
from ansible.release import __version__ as ansible_core
from integration.cases import PLATFORMS, SECRET
from packaging.version import Version
from plays import play
from simulator.handle import Simulator

VALIDATE = "voiceops.telephony.tenant_validate"
APIO = {"tenant_id": "acme", "group_id": "brussels", "country": "BE"}
OPEN = {"time": "08:00", "rule_number": 1, "mode": "normal"}
SHUT = {"time": "18:00", "rule_number": 0, "mode": "closed"}
RIGHT: dict[str, Any] = {
    "apio": {**APIO, "call_centers": [{"name": "Sales", "service_user_password": SECRET}]},
    "o2g": {"node_id": 7, "pilot_calendars": [{"pilot_number": "60101", "opening_hours": "office"}]},
    "opening_hours": {"office": {"monday": [OPEN, SHUT]}},
}


class Run:
    """A play of some tasks: what it said, and what each of them returned."""

    def __init__(self, folder: Path, tasks: list[dict[str, Any]], *flags: str, **environment: str) -> None:
        names = [f"told_{n}" for n in range(len(tasks))]
        body = [{**task, "register": name, "ignore_errors": True} for task, name in zip(tasks, names, strict=True)]
        results = {"content": f"{{{{ [{', '.join(names)}] | to_json }}}}", "dest": str(folder / "told.json")}
        play = {
            "hosts": "localhost",
            "gather_facts": False,
            "vars": {"ansible_python_interpreter": sys.executable},
            "tasks": [*body, {"ansible.builtin.copy": results, "check_mode": False}],
        }
        (folder / "play.yml").write_text(json.dumps([play]))
        done = subprocess.run(
            ["ansible-playbook", *flags, str(folder / "play.yml")],
            env=os.environ | {"ANSIBLE_NOCOLOR": "1", "COLUMNS": "1000"} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            text=True,
        )
        self.output = done.stdout
        assert done.returncode == 0, self.output
        self.results = json.loads((folder / "told.json").read_text())
        self.told = self.results[-1]


def task(folder: Path, **options: Any) -> dict[str, Any]:
    return {VALIDATE: {"base_dir": str(folder), "today": "2027-03-01", **options}}


def validate(folder: Path, *flags: str, **options: Any) -> Run:
    return Run(folder, [task(folder, **options)], *flags)


def changed(**changes: Any) -> dict[str, Any]:
    """Return a tenant that is right but for some of its variables."""
    return {**RIGHT, **changes}


def test_a_tenant_that_is_right(tmp_path: Path) -> None:
    run = validate(tmp_path, "-vvv", "--check", tenant=RIGHT)
    assert not run.told["failed"]
    assert not run.told["changed"]
    assert run.told["counts"] == {"apio.call_centers": 1, "o2g.pilot_calendars": 1}
    assert run.told["warnings_found"] == []
    assert SECRET not in run.output


def test_warnings_are_listed(tmp_path: Path) -> None:
    run = validate(tmp_path, tenant=changed(holidays={"be": {"days": {"2026-12-25": "Christmas"}}}))
    assert not run.told["failed"]
    warnings = ["holidays.be: no pilot uses it", "holidays.be: 2026-12-25 Christmas is in the past"]
    assert run.told["warnings_found"] == warnings
    for warning in warnings:
        assert f"[WARNING]: {warning}" in run.output


DNIS = {"route_point_user_id": "rp-sales@acme.example", "name": "Main", "phone_number": "025552001"}


POINT = """\
apio:
  tenant_id: acme
  group_id: brussels
  country: BE
  route_points:
    - route_point_user_id: rp-sales@acme.example
      dnis:
        - {name: Main, phone_number: "025552001"}
        - {name: Web site, phone_number: 25552002}
        - {nam: Shop}
      overflow:
        action: Transfr
"""

MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"apoi": {}}, "apoi: is not known here; did you mean apio?"),
    ({"apio": {"tenant_id": "acme"}}, "apio.group_id: must be given"),
    ({"apio": {**APIO, "call_centers": {}}}, "apio.call_centers: must be a list, not a dictionary"),
    (
        {"apio": {**APIO, "call_centers": [{"name": "A", "queue_length": 999}]}},
        "apio.call_centers[0].queue_length (call center 'A'): must be from 0 to 525, not 999",
    ),
    (
        {"apio": {**APIO, "call_centers": [{"name": "A", "service_user_password": 987654}]}},
        "apio.call_centers[0].service_user_password (call center 'A'): arrived as the number ********: YAML drops",
    ),
    (
        {"apio": {**APIO, "route_point_dnis": [DNIS, {**DNIS, "name": "B", "phone_number": "+3225552001"}]}},
        "apio.route_point_dnis[1].phone_number (DNIS 'B' of rp-sales@acme.example): '+3225552001' is used already as "
        "'025552001', at apio.route_point_dnis[0].phone_number (DNIS 'Main' of rp-sales@acme.example)",
    ),
    (
        {"apio": {**APIO, "route_point_dnis": [{**DNIS, "use_custom_clid_settings": True}]}},
        "apio.route_point_dnis[0].use_custom_clid_settings (DNIS 'Main' of rp-sales@acme.example): true needs "
        "cli_phone_number, cli_last_name",
    ),
    (
        {
            "apio": {
                **APIO,
                "route_points": [
                    {
                        "route_point_user_id": "rp@acme.example",
                        "dnis": [{"name": "Main", "phone_number": "025552001"}],
                        "overflow": {"action": "Transfer", "transfer_phone_number": "025552001"},
                    }
                ],
            }
        },
        "apio.route_points[0].overflow.transfer_phone_number (overflow of rp@acme.example): '025552001' is the DNIS "
        "'Main' of rp@acme.example itself: the calls would come back",
    ),
    (
        {"opening_hours": {"office": {"monday": [SHUT, OPEN]}}},
        "opening_hours.office.monday: 08:00 stands after 18:00: write the transitions of a day in the order of",
    ),
    (
        {"opening_hours": {"office": {"monday": [OPEN, OPEN]}}},
        "opening_hours.office.monday: 08:00 is there more than once",
    ),
    (
        {"opening_hours": {"offices": {}}},
        "o2g.pilot_calendars[0].opening_hours (calendar of 60101): there are no opening hours 'office'; did you "
        "mean offices?",
    ),
    (
        {"apio": {**APIO, "route_point_dnis_from": {"file": "dnis.xlsx", "sheet": "DNIS"}}},
        "dnis.xlsx, sheet 'DNIS', row 2, column 'Phone number': is the number 25552001: format the column as text",
    ),
    (
        {"holidays": {"be": {"from": "be.csv"}}},
        "be.csv, row 3, column 'date': '25/12/2027' is not a date: write yyyy-mm-dd",
    ),
    ({"holidays": {"be": {"from": "nl.csv"}}}, "holidays.be.from: nl.csv is not there: looked for "),
]


def test_each_mistake_reads_well(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "DNIS"
    for row in (("route point user id", "name", "Phone number"), ("rp@a", "Main", 25552001)):
        book.active.append(row)
    book.save(tmp_path / "dnis.xlsx")
    (tmp_path / "be.csv").write_text("date;name\n2027-12-24;Eve\n25/12/2027;Christmas\n")
    run = Run(tmp_path, [task(tmp_path, tenant=changed(**wrong)) for wrong, _fault in MISTAKES], "-vvv")
    for told, (_wrong, fault) in zip(run.results, MISTAKES, strict=True):
        assert told["failed"]
        assert told["faults"][0].startswith(fault)
        assert told["faults"][1:] == []
        assert told["msg"] == told["faults"][0]
        assert told["msg"] in run.output.replace('\\"', '"')
    for secret in (SECRET, "987654"):
        assert secret not in run.output


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    centers = [{"name": "A", "queue_length": 999}, {"name": "B", "policy": "Random"}]
    tenant = changed(apio={**APIO, "call_centers": centers}, holidays={"be": {}})
    lines = validate(tmp_path, tenant=tenant).told["msg"].splitlines()
    assert [line.partition(":")[0].partition(" ")[0] for line in lines] == [
        "holidays.be",
        "apio.call_centers[0].queue_length",
        "apio.call_centers[1].policy",
    ]


def test_a_fault_names_the_entry_and_where_ansible_knows_it_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "inventory.yml").write_text("telephony_tenants:\n  hosts:\n    acme:\n")
    variables = tmp_path / "host_vars/acme/apio.yml"
    variables.parent.mkdir(parents=True)
    variables.write_text(POINT)
    run = play("validate.yml", tmp_path / "inventory.yml")
    assert run.failed
    known = Version(ansible_core) >= Version("2.19")
    line = ", host_vars/acme/apio.yml, line {}" if known else ""
    for option, entry, at in (
        ("dnis[1].phone_number", "DNIS 'Web site'", 9),
        ("dnis[2].nam", "DNIS", 10),
        ("overflow.action", "overflow", 12),
    ):
        told = f"apio.route_points[0].{option} ({entry} of rp-sales@acme.example{line.format(at)}): "
        assert run.text.count(told) == 1, run.text
        assert re.search(rf'^ +"{re.escape(told)}.*",?$', run.text, re.MULTILINE), run.text
    assert "acme has 3 faults, listed above, and nothing was done" in run.text
    assert run.recap["changed"] == 0


def test_rules_of_live_pilots(sim: Simulator, tmp_path: Path) -> None:
    rules = {"monday": [OPEN, {**OPEN, "time": "12:00", "rule_number": 7}, SHUT]}
    calendars = [{"pilot_number": "60101", "normal": rules}, {"pilot_number": "69999", "normal": {"monday": []}}]
    read = {"url": sim.url, **PLATFORMS["o2g"].login, "node_id": 7, "gather_subset": []}
    check = {"tenant": {"o2g": {"node_id": 7, "pilot_calendars": calendars}}, "pilots": "{{ told_0.resources }}"}
    run = Run(tmp_path, [{"voiceops.telephony.o2g_pilot_info": read}, {VALIDATE: check}])
    wrong = [
        "o2g.pilot_calendars[0] (calendar of 60101): pilot 60101 has no rule 7 (normal.monday 12:00); its rules are "
        "0, 1, 2, 3",
        "o2g.pilot_calendars[1].pilot_number (calendar of 69999): there is no pilot 69999 on node 7",
    ]
    assert run.told["faults"] == wrong

    def itself(url: str) -> dict[str, Any]:
        defaults = {"group/voiceops.telephony.o2g": {"url": url, **PLATFORMS["o2g"].login, "retries": 0}}
        return {VALIDATE: {"tenant": check["tenant"], "read_pilots": True}, "module_defaults": defaults}

    sim.reset()
    (offline, live) = Run(tmp_path, [itself("http://127.0.0.1:9"), itself(sim.url)]).results
    assert not offline["failed"]
    assert not {"live_faults", "pilots", "faults"} & offline.keys()
    assert (live["failed"], live["live_faults"]) == (False, wrong)
    assert {pilot["pilot_number"] for pilot in live["pilots"]} > {"60101"}
    last = sim.journal()[-1]
    assert (last["method"], last["path"].rpartition("/")[2]) == ("DELETE", "sessions")  # logged out


def test_a_tenant_that_declares_nothing_may_be_a_fault(tmp_path: Path) -> None:
    allowed, refused = Run(tmp_path, [task(tmp_path, tenant={}), task(tmp_path, tenant={}, may_be_empty=False)]).results
    assert not allowed["failed"]
    assert refused["msg"].startswith("localhost declares nothing: none of its variables apio, ccs and o2g has a list")


WRONG_OPTIONS: list[tuple[dict[str, Any], str]] = [
    ({"tenant": []}, "tenant: must be a dictionary of the tenant's variables"),
    ({"tenant": {}, "today": "1/2/2027"}, "today: must be a date such as 2027-01-31"),
    ({"tenant": {}, "today": [5]}, "today: must be a date such as 2027-01-31"),
    ({"tenant": {}, "pilots": 5}, "pilots: must be the resources of o2g_pilot_info"),
    ({"tenant": {}, "pilots": [{}]}, "pilots: must be the resources of o2g_pilot_info"),
    ({"tenant": {}, "base": ""}, "base: is not an option; did you mean base_dir?"),
    ({"tenant": {}, "other_names": [5]}, "other_names: must be a list of names"),
]


def test_wrong_options_are_told(tmp_path: Path) -> None:
    run = Run(tmp_path, [task(tmp_path, **options) for options, _fault in WRONG_OPTIONS])
    assert [told["faults"] for told in run.results] == [[fault] for _options, fault in WRONG_OPTIONS]


def test_a_missing_library_is_told(tmp_path: Path) -> None:
    (tmp_path / "phonenumbers.py").write_text("raise ModuleNotFoundError('gone', name='phonenumbers')")
    run = Run(tmp_path, [{VALIDATE: {"tenant": RIGHT}}], PYTHONPATH=str(tmp_path))
    assert "Failed to import the required Python library (phonenumbers)" in run.told["msg"]


VAULTED = """\
- hosts: localhost
  gather_facts: false
  vars:
    apio:
      tenant_id: acme
      group_id: brussels
      call_centers:
        - name: Sales
          {vaulted}
        - {{name: !unsafe "{{{{ 7 * 7 }}}}", service_user_password: "{{{{ other }}}}"}}
    other: "{{{{ 'made' ~ 'up' }}}}"
    data: "{{{{ {{'apio': apio}} | voiceops.telephony.tenant_data }}}}"
  tasks:
    - {validate}: {{tenant: {{apio: "{{{{ apio }}}}"}}, with_data: true}}
      register: templated
    - {validate}: {{with_data: true}}
      register: looked_up
    - ansible.builtin.assert: {{that: looked_up.data.apio == templated.data.apio}}
    - ansible.builtin.copy: {{content: "{{{{ data.apio.call_centers | to_json }}}}", dest: "{folder}/data.json"}}
"""


def test_vaulted_and_unsafe_values_pass_through(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("vault password")
    vault = ["--vault-password-file", str(tmp_path / "password")]
    encrypt = ["ansible-vault", "encrypt_string", *vault, "--name", "service_user_password", SECRET + "{{ 1 }}"]
    vaulted = subprocess.run(encrypt, capture_output=True, check=True, text=True).stdout
    vaulted = vaulted.replace("\n", "\n          ").strip()
    (tmp_path / "play.yml").write_text(VAULTED.format(vaulted=vaulted, validate=VALIDATE, folder=tmp_path))
    subprocess.run(["ansible-playbook", *vault, str(tmp_path / "play.yml")], check=True)
    assert [(e["name"], e["service_user_password"]) for e in json.loads((tmp_path / "data.json").read_text())] == [
        ("Sales", SECRET + "{{ 1 }}"),
        ("{{ 7 * 7 }}", "madeup"),
    ]


HALF = """\
- hosts: localhost
  gather_facts: false
  vars:
    apio: "{{ group | combine({'call_centers': centers}) }}"
    group: {tenant_id: acme, group_id: brussels}
    centers: [{name: Sales, cli_first_name: "A", cli_last_name: "{{ last | default(omit) }}", type: "{# none #}Basic"}]
    holidays: ""
    o2g: {node_id: 7, users: ["{{ {'device_number': '30000'} }}", "{{ other | default(omit) }}"]}
  tasks:
    - voiceops.telephony.tenant_validate: {with_data: true}
      register: told
    - ansible.builtin.copy: {content: "{{ told | to_json }}", dest: "FOLDER/told.json"}
    - voiceops.telephony.tenant_validate:
      vars:
        o2g: {node_id: 7, users: [{device_number: "30000"}, {device_number: "{{ nobody.number }}"}, "{{ noone }}"]}
"""


def test_what_the_host_says_is_taken_unless_a_tenant_is_given(tmp_path: Path) -> None:
    (tmp_path / "play.yml").write_text(HALF.replace("FOLDER", str(tmp_path)))
    done = subprocess.run(["ansible-playbook", str(tmp_path / "play.yml")], capture_output=True, check=False, text=True)
    told = json.loads((tmp_path / "told.json").read_text())
    assert told["counts"] == {"apio.call_centers": 1, "o2g.users": 1}
    group = {"tenant_id": "acme", "group_id": "brussels"}
    center = {**group, "name": "Sales", "cli_first_name": "A", "type": "Basic"}
    assert json.loads(told["data"]["apio"])["call_centers"] == [center]
    assert json.loads(told["data"]["o2g"])["users"] == [{"node_id": 7, "device_number": "30000"}]
    assert done.returncode == 2
    entry = r"o2g\.users\[1\]\.device_number \(user '\{\{ nobody\.number \}\}"
    assert re.search(rf"{entry}.*\): 'nobody' is undefined", done.stdout + done.stderr)
    assert re.search(r"o2g\.users\[2\].*: 'noone' is undefined", done.stdout + done.stderr)
