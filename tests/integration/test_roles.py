# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tenants built and taken down with build.yml and the roles, as a user would."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from plays import Played, connections, inventory, play
from simulator.handle import Simulator

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import expand
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import LISTS

SALES, SUPPORT = "rp-sales@acme.example", "rp-support@acme.example"
ROLES = ("apio_group", "ccs_tenant", "o2g_node", "tenant")
PASSWORD = "Not-to-be-seen-1"
PIN = "83274951"
Json = dict[str, Any]


def test_the_tenant_of_these_tests_has_every_list() -> None:
    told = expand(acme(), ".").data
    missing = [f"{block}.{name}" for block, lists in LISTS.items() for name in lists if not told[block].get(name)]
    assert not missing, "acme() needs an entry for each"


def service(name: str, number: int, **more: Any) -> Json:
    return {
        "service_user_id": f"{name.lower()}@acme.example",
        "name": name,
        "service_user_password": PASSWORD,
        "cli_first_name": name,
        "cli_last_name": "Acme",
        "language": "English",
        "time_zone": "Europe/Brussels",
        "phone_number": f"+322555{number}",
        "extension": f"{number}",
        **more,
    }


def acme() -> Json:
    """A tenant with every list."""
    apio = {
        "tenant_id": "acme",
        "group_id": "brussels",
        "country": "BE",
        "call_centers": [service("Sales", 5110, type="Premium", policy="Circular")],
        "instant_group_calls": [service("Alarm", 5190, destination_phone_numbers=["+3225550001"], active=True)],
        "route_points": [
            {
                "route_point_user_id": SALES,
                "dnis": [{"name": "Spring", "phone_number": "025552001", "extension": "2001"}],
                "dnis_announcements": [
                    {"name": "Spring", "audio_message_selection": "File", "audio_file_list": ["Spring"]}
                ],
                "announcements": {"audio_message_selection": "File", "audio_file_list": ["Welcome"]},
                "overflow": {"action": "Transfer", "transfer_phone_number": "+3225555110"},
                "bounced_call": {"active": True, "number_of_rings_before_bouncing_call": 5},
                "distinctive_ringing": {"distinctive_ringing": True},
                "forced_forwarding": {"active": False, "forward_to_phone_number": "+3225555110"},
                "dnis_config": {"display_dnis_number": True, "display_dnis_name": True},
                "disposition_codes": [{"code": "ORDER"}, {"code": "QUOTE"}],
                "disposition_codes_config": {
                    "enable_call_disposition_codes": True,
                    "force_use_of_call_disposition_codes": True,
                    "default_call_disposition_code": {"code": "ORDER", "level": "CallCenter"},
                },
            }
        ],
    }
    ccs = {
        "tenant": "AcmeContactCenter",
        "limits": {"max_agents": 90},
        "products": [{"product": "ECR,ACP"}],
        "extensions": [{"extension": "101", "max_chats": 3}],
    }
    closed = [{"time": "00:00", "rule_number": 0, "mode": "closed"}]
    new, old = {"device_number": "70500"}, {"login_name": "oxe70110"}
    o2g = {
        "node_id": 7,
        "pbx_objects": [{"path": "Subscriber/70500", "attributes": {"Annu_Name": "New", "Station_Type": "NOE_C_IP"}}],
        "users": [{"device_number": "70110"}, {"device_number": "70111"}, {**new, "profiles": "desk"}],
        "user_preferences": [{**new, "oxe_language": "fr"}],
        "devices": [{**new, "device_id": "70500", "lock": True, "pin": {"pin_number": PIN}}],
        "programmable_keys": [{**new, "device_id": "70500", "position": 1, "number": "70110"}],
        "soft_keys": [{**old, "device_id": "70110", "position": 2, "number": "70500", "mnemonic": "New"}],
        "hunting_groups": [{**new, "hunting_group": "60301", "logged_on": True}],
        "routing": [{**new, "forward": {"type": "busy", "destination": "number", "number": "70110"}}],
        "agent_skills": [{"login_name": "oxe70101", "active": [44, 100], "inactive": [101]}],
        "statistics_scopes": [{"supervisor": "70103", "language": "EN", "agents": ["70101"]}],
        "statistics_contexts": [
            {
                "supervisor": "70103",
                "label": "All",
                "filter": {"agent_filter": {"numbers": ["70101"], "agent_attributes": ["nbPickedUp"]}},
            }
        ],
        "statistics_schedules": [
            {
                "supervisor": "70103",
                "context": "All",
                "name": "Daily",
                "obs_period": {"period_type": "currentDay"},
                "frequency": {"periodicity": "daily"},
                "recipients": ["a@acme.example"],
                "enabled": True,
            }
        ],
        "pilots": [{"pilot_number": "60101", "state": "opened"}],
        "pilot_calendars": [{"pilot_number": "60101", "normal": {"sunday": closed}, "holidays": "year"}],
    }
    shared = {
        "holidays": {"year": {"days": {"2031-01-01": "New Year"}}},
        "profiles": {"desk": {"programmable_keys": [{"position": at, "number": f"7011{at}"} for at in range(1, 4)]}},
    }
    return {"apio": apio, "ccs": ccs, "o2g": o2g, **shared}


def globex() -> Json:
    """A tenant without APIO."""
    ccs = {"tenant": "Globex", "extensions": [{"extension": "101", "max_chats": 2}]}
    return {"ccs": ccs, "o2g": {"node_id": 8, "users": [{"device_number": "80104"}]}}


class Site:
    """An inventory that leads to a simulator, and what its playbooks did there."""

    def __init__(self, sim: Simulator, folder: Path) -> None:
        self.sim = sim
        self.folder = folder
        shown = {"extensions_return_settings": True}
        sim.settings(ccs=shown, apio={"igc_active_returned": True, "bounced_call_unset": "shown"})

    def build(self, tenants: dict[str, Json], *flags: str, playbook: str = "build.yml", **extra: Any) -> Played:
        self.sim.clear_journal()
        where = inventory(self.folder, tenants, **connections(self.sim))
        return play(playbook, where, *flags, **extra)

    def writes(self) -> int:
        return len(self.sim.journal(writes=True))

    def built(self, tenants: dict[str, Json], *flags: str, **extra: Any) -> int:
        """Run a build that must succeed, and return how many modules changed something."""
        played = self.build(tenants, *flags, **extra)
        assert not played.failed, played.text[-3000:]
        assert bool(played.recap["changed"]) == bool(played.changes)
        return played.changes

    def point(self, name: str = SALES) -> Json:
        return self.sim.state()["apio"]["tenants"]["acme"]["groups"]["brussels"]["route_points"][name]

    def names(self, what: str) -> set[str]:
        return set(self.point()[what])


@pytest.fixture
def site(sim: Simulator, tmp_path: Path) -> Site:
    return Site(sim, tmp_path)


def test_a_tenant_is_built_once_and_taken_down_once(site: Site) -> None:
    tenants = {"acme": acme()}
    before = site.sim.state()
    assert site.built(tenants, "--check") == 28
    assert site.writes() == 0
    first = site.build(tenants, "-vvv", "--diff")
    assert first.changes == 28
    device = site.sim.state()["o2g"]["devices"]["70500"]
    assert {at: key["number"] for at, key in device["keys"].items()} == {"1": "70110", "2": "70112", "3": "70113"}
    assert PASSWORD in json.dumps(site.sim.state())
    assert not [secret for secret in (PASSWORD, PIN, "simulator-token") if secret in first.text]
    assert site.built(tenants) == 0
    assert site.writes() == 0
    gone = {"tenant_state": "absent"}
    assert site.built(tenants, "--check", **gone) == 14
    assert site.writes() == 0
    assert site.built(tenants, **gone) == 14
    kinds = [
        re.findall(
            r"disposition_codes_config|disposition_codes|dnis|instant|call_centers|calendar|schedule|ctx|stats|softKeys|programme|"
            r"usermanage|instances",
            e["path"],
        )
        for e in site.sim.journal(writes=True)
        if e["platform"] != "ccs"
    ]
    assert [*dict.fromkeys(kind[-1] for kind in kinds if kind)] == [
        "disposition_codes_config",
        "disposition_codes",
        "dnis",
        "instant",
        "call_centers",
        "calendar",
        "schedule",
        "ctx",
        "stats",
        "softKeys",
        "programme",
        "usermanage",
        "instances",
    ]
    now = site.sim.state()
    group = now["apio"]["tenants"]["acme"]["groups"]["brussels"]
    assert group["call_centers"] == group["instant_group_calls"] == {}
    assert site.names("dnis") == {"Main", "Night"}
    assert site.names("disposition_codes") == {"SALE", "OLD"}
    assert all(now["o2g"][name] == before["o2g"][name] for name in ("nodes", "pbx", "statistics"))
    assert site.built(tenants, **gone) == 0
    assert site.writes() == 0


@pytest.mark.long
def test_codes_and_dnis_go_in_the_order_that_the_platform_needs(site: Site) -> None:
    tenants = {"acme": {"apio": {name: acme()["apio"][name] for name in ("tenant_id", "group_id", "route_points")}}}
    point = tenants["acme"]["apio"]["route_points"][0]
    default = point["disposition_codes_config"]["default_call_disposition_code"]
    site.built(tenants)
    # another code takes over from the default one, which is switched off
    point["disposition_codes"] = [{"code": "ORDER", "active": False}, {"code": "QUOTE"}]
    default["code"] = "QUOTE"
    assert site.built(tenants, "--check") == 2
    assert site.built(tenants) == 2
    assert site.point()["disposition_codes"]["ORDER"]["active"] is False
    # another one takes over from that, and all that is not listed goes; but not by itself, and not too much
    point["dnis"] = point["dnis_announcements"] = []
    point["disposition_codes"] = [{"code": "NEW"}, {"code": "SALE"}]
    default["code"] = "NEW"
    few = site.build(tenants, tenant_purge=True, tenant_max_deletions=2)
    assert few.failed
    assert "3 deletions are more than max_deletions=2 allows" in few.text
    assert site.writes() == 0
    assert site.built(tenants) == 2
    assert site.names("disposition_codes") == {"SALE", "OLD", "ORDER", "QUOTE", "NEW"}
    assert site.names("dnis") == {"Main", "Night", "Spring"}
    assert site.built(tenants, "--check", tenant_purge=True) == 2
    assert site.built(tenants, tenant_purge=True) == 2
    assert site.names("disposition_codes") == {"SALE", "NEW"}
    assert site.names("dnis") == set()
    assert site.built(tenants, tenant_purge=True) == 0
    assert site.writes() == 0


@pytest.mark.long
def test_a_tenant_that_failed_half_way_is_completed_by_running_again(site: Site) -> None:
    tenants = {"acme": acme(), "globex": globex()}
    site.sim.fault("POST", "/dnis/", status=500)
    played = site.build(tenants)
    assert played.failed
    assert played.recap["failed"] == 1
    assert "globex" in played.text.partition("What was done")[2]
    assert site.writes() > 0
    assert site.built(tenants) > 0
    assert "Spring" in site.names("dnis")
    assert site.point()["dnis"]["Spring"]["announcements"]["audioFileList"][0] == "Spring"


def test_what_is_wrong_is_told_before_any_request_and_hinders_no_other_tenant(site: Site) -> None:
    wrong = acme()
    wrong["o2g"]["pilot_calendars"][0]["holidays"] = "yera"
    played = site.build({"acme": wrong, "globex": globex()})
    assert played.failed
    assert "o2g.pilot_calendars[0].holidays" in played.text
    assert {entry["platform"] for entry in site.sim.journal()} == {"ccs", "o2g"}
    assert not any("/60101" in entry["path"] for entry in site.sim.journal())
    assert site.writes() == 1


@pytest.mark.long
def test_two_tenants_of_one_node_purge_only_if_each_says_what_is_its_own(site: Site) -> None:
    def on_node(node: int, *numbers: str, purge: bool = True, **more: Any) -> Json:
        users = [{"device_number": number} for number in numbers]
        return {"o2g": {"node_id": node, "users": users, **more}, "tenant_purge": purge}

    refused = site.build({"acme": on_node(7, "70101"), "beta": on_node(7, "70102")}, "--limit", "acme")
    assert refused.failed
    assert "say in o2g.owns of acme, beta which numbers are its own" in refused.text
    assert site.sim.journal() == []
    apart = {
        "acme": on_node(7, "70101", owns=["70101-70101"]),
        "beta": on_node(7, owns=["70102"]),
        "gamma": on_node(8, purge=False),
        "delta": on_node(8, purge=False),
    }
    played = site.build(apart)
    assert not played.failed, played.text[-3000:]
    assert [(w["method"], w["path"].rpartition("/")[2]) for w in site.sim.journal(writes=True)] == [
        ("DELETE", "oxe70102")
    ]
    assert "say in o2g.owns of gamma which numbers" in " ".join(played.text.split())


def test_check_mode_tells_all_that_is_wrong(site: Site) -> None:
    tenant = acme()
    tenant["apio"]["route_points"][0]["route_point_user_id"] = "rp-none@acme.example"
    tenant["ccs"]["tenant"] = "Nobody"
    tenant["o2g"]["pilot_calendars"][0]["normal"]["sunday"][0]["rule_number"] = 29
    played = site.build({"acme": tenant}, "--check")
    assert played.failed
    assert played.changes == 15
    told = played.text.rpartition("fatal: ")[2]
    for text in ("apio.route_point_dnis: ", "ccs.limits: ", "ccs.extensions: ", "pilot 60101 has no rule 29"):
        assert text in told
    assert site.writes() == 0


@pytest.mark.long
def test_the_examples_of_the_readmes_run(site: Site) -> None:
    """With the simulator as the platforms, each builds something, and a second time nothing."""
    examples = [site.folder / f"{role}.yml" for role in ROLES]
    for role, example in zip(ROLES, examples, strict=True):
        text = (ROOT / "roles" / role / "README.md").read_text()
        example.write_text(re.findall(r"```yaml\n(---\n.*?)```", text, re.DOTALL)[0])
    platforms = {"APIO": ("USERNAME", "PASSWORD"), "CCS": ("TOKEN",), "O2G": ("USERNAME", "PASSWORD")}
    values = {"USERNAME": "admin", "PASSWORD": "simulator", "TOKEN": "simulator-token"}
    environment = {f"{p}_{name}": values[name] for p, names in platforms.items() for name in names}
    environment |= {f"{p}_URL": site.sim.url for p in platforms}
    where = inventory(site.folder, {"acme": {}})
    first, again = (play(str(examples[0]), where, *map(str, examples[1:]), environment=environment) for _run in "12")
    assert not first.failed, first.text[-3000:]
    plays = first.text.split("PLAY [")[1:]
    assert [text.count("changed: [acme]") > 0 for text in plays] == [True] * len(ROLES)
    assert (again.failed, again.recap["changed"]) == (False, 0)


def test_blank_is_the_default_of_a_role_by_itself_too(site: Site) -> None:
    data = {
        "apio": {
            **{"tenant_id": "acme", "group_id": "brussels", "country": "BE"},
            "route_point_dnis": [{"route_point_user_id": SALES, "name": "Spring", "extension": "2001"}],
        },
        "ccs": {"tenant": "Globex", "limits": [{"max_agents": 61}]},
        "o2g": {"node_id": 7, "pilots": [{"pilot_number": "60101", "state": "closed"}]},
    }
    asked = {
        name: ""
        for role in ROLES[:3]
        for name in yaml.safe_load((ROOT / "roles" / role / "defaults/main.yml").read_text())
        if not name.endswith("_data")
    }
    blank = dict.fromkeys(("ca_path", "timeout", "validate_certs", "headers", "in_process"), "")
    to = {name: {**blank, **options} for name, options in connections(site.sim).items()}
    head = {"hosts": "all", "connection": "local", "gather_facts": False}
    roles = [f"voiceops.telephony.{role}" for role in ROLES[:3]]
    (site.folder / "play.yml").write_text(yaml.safe_dump([{**head, "roles": roles}]))
    where = inventory(site.folder, {"acme": data}, **to)
    for flags in (["--check"], []):
        played = play(str(site.folder / "play.yml"), where, *flags, **asked)
        assert (played.failed, played.changes) == (False, 3), played.text[-3000:]
    wrong = play(str(site.folder / "play.yml"), where, o2g_node_state="gone", o2g_connection="")
    assert wrong.failed
    assert "o2g_node_state: must be one of present, absent, not 'gone'" in wrong.text


@pytest.mark.parametrize("role", ROLES)
def test_the_readme_tells_of_all_variables(role: str) -> None:
    """And they have the defaults that defaults/main.yml gives them, unless those are worked out."""
    folder = ROOT / "roles" / role
    options = yaml.safe_load((folder / "meta/argument_specs.yml").read_text())["argument_specs"]["main"]["options"]
    defaults = yaml.safe_load((folder / "defaults/main.yml").read_text())
    readme = (folder / "README.md").read_text()
    assert [name for name in options if f"| `{name}` |" not in readme] == []
    fixed = {name: value for name, value in defaults.items() if "{{" not in str(value)}
    own = {name: option for name, option in options.items() if name.startswith(f"{role}_")}
    assert own.keys() == defaults.keys()
    assert {name: option["default"] for name, option in own.items() if "default" in option} == fixed


def test_a_list_that_does_not_exist_is_refused(site: Site) -> None:
    (site.folder / "play.yml").write_text(
        yaml.safe_dump(
            [
                {
                    "hosts": "all",
                    "connection": "local",
                    "gather_facts": False,
                    "roles": ["voiceops.telephony.apio_group"],
                }
            ]
        )
    )
    where = inventory(site.folder, {"acme": {"apio": {"tenant_id": "acme", "group_id": "b", "call_centres": []}}})
    played = play(str(site.folder / "play.yml"), where)
    assert played.failed
    assert "call_centres" in played.text


def test_validate_makes_no_request(site: Site) -> None:
    tenants = {"acme": acme(), "globex": deepcopy(globex())}
    tenants["globex"]["ccs"]["extensions"].append({"extension": 102})
    played = site.build(tenants, playbook="validate.yml")
    assert played.failed
    assert '"o2g.users": 3' in played.text
    assert "ccs.extensions[1].extension" in played.text
    assert site.sim.journal() == []
