# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person writes of a tenant becomes the lists that the modules take."""

from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import AnsibleUnsafeText

from ansible_collections.voiceops.telephony.plugins.filter.tenant_data import FilterModule
from ansible_collections.voiceops.telephony.plugins.module_utils.apio.route_point import PARTS as READ_PARTS
from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import expand, plain
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import LISTS, PARTS, module_of

MODULES = "ansible_collections.voiceops.telephony.plugins.modules"
APIO = {"tenant_id": "acme", "group_id": "brussels"}
SALES = {"route_point_user_id": "rp-sales@acme.example"}
MORNING = {"time": "08:00", "rule_number": 1, "mode": "normal"}
CLOSED = {"time": "00:00", "rule_number": 0, "mode": "closed"}


def data(tenant: dict[str, Any], folder: Path | str = "") -> dict[str, Any]:
    return expand(tenant, str(folder)).data


def faults(tenant: dict[str, Any], folder: Path | str = "") -> list[str]:
    with pytest.raises(Faults) as error:
        expand(tenant, str(folder))
    return error.value.faults


@pytest.mark.parametrize(("block", "name"), [(block, name) for block, lists in LISTS.items() for name in lists])
def test_each_list_is_for_a_module(block: str, name: str) -> None:
    module = importlib.import_module(f"{MODULES}.{module_of(block, name)}")
    assert getattr(module, LISTS[block][name].__name__) is LISTS[block][name]
    assert LISTS[block][name].platform == block


def test_route_points_have_the_form_in_which_they_are_read() -> None:
    assert PARTS.keys() == READ_PARTS.keys()


def test_only_what_is_named_is_there() -> None:
    assert data({}) == {}
    assert data({"apio": {}, "ccs": None}) == {}
    assert data({"apio": {**APIO, "country": "BE", "call_centers": []}}) == {
        "apio": {**APIO, "country": "BE", "purge_in": {}, "call_centers": []}
    }


def test_entries_carry_what_the_block_says() -> None:
    given = {"ccs": {"tenant": "Acme", "limits": {"max_agents": 5}, "products": [{"product": "+AG"}]}}
    assert data(given) == {
        "ccs": {
            "tenant": "Acme",
            "purge_in": {},
            "limits": [{"tenant": "Acme", "max_agents": 5}],
            "products": [{"tenant": "Acme", "product": "+AG"}],
        }
    }
    there = data({"o2g": {"node_id": 7, "users": [{"device_number": "1", "node_id": 8}]}})
    assert there["o2g"]["users"] == [{"device_number": "1", "node_id": 8}]


def test_lists_are_in_the_order_in_which_they_are_built() -> None:
    given = {name: [] for name in reversed(LISTS["apio"])}
    assert [name for name in data({"apio": {**APIO, **given}})["apio"] if name in LISTS["apio"]] == list(LISTS["apio"])


def test_route_points_become_flat_lists() -> None:
    point = {
        **APIO,
        **SALES,
        "dnis": [{"name": "Main"}, {**APIO, **SALES, "name": "Night"}],
        "overflow": {"action": "Busy"},
        "announcements": {},
        "disposition_codes": [],
    }
    flat = [{**SALES, "name": "First"}]
    there = data({"apio": {**APIO, "route_points": [point], "route_point_dnis": flat}})["apio"]
    assert there == {
        **APIO,
        "purge_in": {"route_point_dnis": [SALES], "route_point_disposition_codes": [SALES]},
        "route_point_dnis": [{**APIO, **SALES, "name": name} for name in ("First", "Main", "Night")],
        "route_point_overflow": [{**APIO, **SALES, "action": "Busy"}],
        "route_point_disposition_codes": [],
    }


def test_a_route_point_of_another_group_keeps_it() -> None:
    point = {**SALES, "group_id": "ghent", "dnis": [{"name": "Main"}]}
    there = data({"apio": {**APIO, "route_points": [point]}})["apio"]
    assert there["route_point_dnis"][0]["group_id"] == "ghent"
    assert there["purge_in"]["route_point_dnis"] == [{**SALES, "group_id": "ghent"}]


def test_defaults_give_way_to_what_an_entry_says() -> None:
    entries = [{"name": "A"}, {"name": "B", "queue_length": 5}, {"name": "C", "wrap_up_seconds": None}]
    given = {
        "apio": {**APIO, "call_centers": entries},
        "defaults": {"apio": {"call_centers": {"queue_length": 25, "wrap_up_seconds": 9}}, "o2g": None},
    }
    assert [(e["queue_length"], e["wrap_up_seconds"]) for e in data(given)["apio"]["call_centers"]] == [
        (25, 9),
        (5, 9),
        (25, None),
    ]


def test_calendars_take_over_the_names_that_they_use(tmp_path: Path) -> None:
    (tmp_path / "be.csv").write_text("Date;Name\n2027-12-25;Christmas\n20270101;New Year\n")
    noon = [{**CLOSED, "time": "12:00"}]
    given = {
        "o2g": {
            "node_id": 7,
            "pilot_calendars": [
                {"pilot_number": "1", "opening_hours": "office", "holidays": "be"},
                {"pilot_number": "2", "opening_hours": "office", "normal": {"monday": []}, "holidays": ["be", "own"]},
                {"pilot_number": "3", "holidays": "be", "exceptions": {"20271225": noon, "2027-06-01": noon}},
                {"pilot_number": "4", "normal": {"friday": [MORNING]}},
                {"pilot_number": "5", "holidays": None, "opening_hours": None},
            ],
        },
        "opening_hours": {"office": {"monday": [MORNING], "friday": [MORNING]}},
        "holidays": {
            "be": {"from": "be.csv"},
            "own": {"days": {date(2027, 12, 25): None, "2027-12-24": ""}, "transitions": noon},
        },
    }
    one, two, three, four, five = data(given, tmp_path)["o2g"]["pilot_calendars"]
    holidays = {"2027-12-25": [CLOSED], "2027-01-01": [CLOSED]}
    assert one["normal"] == {"monday": [MORNING], "friday": [MORNING]}
    assert one["exceptions"] == holidays
    assert two["normal"] == {"monday": [], "friday": [MORNING]}
    assert two["exceptions"] == {**holidays, "2027-12-25": noon, "2027-12-24": noon}
    assert three["exceptions"] == {**holidays, "2027-12-25": noon, "2027-06-01": noon}
    assert four == {"node_id": 7, "pilot_number": "4", "normal": {"friday": [MORNING]}}
    assert five == {"node_id": 7, "pilot_number": "5"}


def test_names_can_be_defaults() -> None:
    given = {
        "o2g": {"node_id": 7, "pilot_calendars": [{"pilot_number": "1"}, {"pilot_number": "2", "opening_hours": None}]},
        "opening_hours": {"office": {"monday": [MORNING]}},
        "defaults": {"o2g": {"pilot_calendars": {"opening_hours": "office"}}},
    }
    expanded = expand(given, "")
    assert expanded.data["o2g"]["pilot_calendars"] == [
        {"node_id": 7, "pilot_number": "1", "normal": {"monday": [MORNING]}},
        {"node_id": 7, "pilot_number": "2"},
    ]
    assert expanded.warnings == []


def o2g(**lists: Any) -> dict[str, Any]:
    return {"node_id": 7, **lists}


def test_entries_carry_only_what_their_module_takes(tmp_path: Path) -> None:
    (tmp_path / "skills.csv").write_text("login_name,active\noxe1,44;100\n")
    there = data(
        {
            "o2g": o2g(
                statistics_scopes=[{"supervisor": "1", "agents": []}],
                pbx_objects=[{"path": "Entity/1", "model_file": "oxe.json"}],
                agent_skills_from="skills.csv",
            )
        },
        tmp_path,
    )["o2g"]
    assert there["statistics_scopes"] == [{"supervisor": "1", "agents": []}]
    assert there["pbx_objects"] == [{"node_id": 7, "path": "Entity/1", "model_file": str(tmp_path / "oxe.json")}]
    assert there["agent_skills"] == [{"node_id": 7, "login_name": "oxe1", "active": ["44", "100"]}]


def test_places_are_named_in_which_to_purge() -> None:
    device = {"device_number": "1", "device_id": "1"}
    there = data(
        {"o2g": o2g(pbx_objects_purge_in=["Entity", {"path": "Pilot", "node_id": 8}], soft_keys_purge_in=[device])}
    )["o2g"]
    assert there["pbx_objects"] == there["soft_keys"] == []
    assert there["purge_in"] == {
        "pbx_objects": [{"node_id": 7, "path": "Entity"}, {"node_id": 8, "path": "Pilot"}],
        "soft_keys": [{"node_id": 7, **device}],
    }
    wrong = {"users_purge_in": [], "soft_keys_purge_in": ["1"]}
    assert [fault.partition(":")[0] for fault in faults({"o2g": o2g(**wrong)})] == [
        "o2g.users_purge_in",
        "o2g.soft_keys_purge_in[0]",
    ]


def test_devices_have_the_keys_of_their_profiles() -> None:
    """What is written for the device wins, then what the device has, then the user; of several profiles the later."""
    profiles = {
        "desk": {"programmable_keys": [{"position": n, "number": f"10{n}"} for n in (1, 2, 3)]},
        "boss": {
            "programmable_keys": [{"position": 2, "number": "202"}],
            "soft_keys": [{"position": 1, "number": "9"}],
        },
        "bare": {"soft_keys": []},
    }
    there = data(
        {
            "o2g": o2g(
                users=[
                    {"device_number": "1", "profiles": "desk"},
                    {"login_name": "oxe2", "profiles": ["desk", "boss"]},
                ],
                devices=[
                    {"login_name": "oxe1", "device_id": "1", "profiles": ["boss"]},
                    {"device_number": "3", "device_id": "33", "lock": True, "profiles": "bare"},
                ],
                programmable_keys=[{"login_name": "oxe1", "device_id": "1", "position": 3, "mnemonic": "Own"}],
            ),
            "profiles": profiles,
        }
    )["o2g"]
    keys = {
        (key.get("device_number") or key["login_name"], key["position"]): key.get("number")
        for key in there["programmable_keys"]
    }
    assert keys == {
        ("oxe1", 3): None,
        ("oxe1", 2): "202",
        ("1", 1): "101",
        ("oxe2", 1): "101",
        ("oxe2", 2): "202",
        ("oxe2", 3): "103",
    }
    assert all(
        key["device_id"] == (key.get("device_number") or key["login_name"])[-1] for key in there["programmable_keys"]
    )
    assert len(there["soft_keys"]) == 2
    assert there["users"] == [{"node_id": 7, "device_number": "1"}, {"node_id": 7, "login_name": "oxe2"}]
    assert there["devices"] == [{"node_id": 7, "device_number": "3", "device_id": "33", "lock": True}]
    assert there["purge_in"] == {"soft_keys": [{"node_id": 7, "device_number": "3", "device_id": "33"}]}


def test_profiles_are_checked_where_they_are_written() -> None:
    keys = [{"position": 1, "number": 70100}, {"position": 2}, {"number": "1"}, {"position": 4, "number": "1"}, 5]
    wrong = {
        "profiles": {"a": {"programmable_keys": [*keys, {"position": 4, "locked": True, "number": "2"}], "keys": []}},
        "o2g": o2g(users=[{"login_name": "an", "profiles": "a"}, {"device_number": "1", "profiles": "b"}]),
    }
    assert [fault.partition(":")[0] for fault in faults(wrong)] == [
        "profiles.a.keys",
        *(f"profiles.a.programmable_keys[{n}]{option}" for n, option in ((0, ".number"), (1, ".number"))),
        "profiles.a.programmable_keys[2].position",
        "profiles.a.programmable_keys[4]",
        "profiles.a.programmable_keys[5]",
        "o2g.users[1].profiles",
        "o2g.users[0].profiles",
    ]
    assert expand({"profiles": {"a": {}}}, "").warnings == ["profiles.a: no user or device uses it"]


def test_rows_of_files_are_added(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,route_point_user_id\nB,rp@a\n")
    (tmp_path / "p.csv").write_text("pilot_number,opening_hours,holidays\n0601,office,a;b\n")
    given = {
        "apio": {**APIO, "route_point_dnis": [{"name": "A", **SALES}], "route_point_dnis_from": ["a.csv", "a.csv"]},
        "o2g": {"node_id": 7, "pilot_calendars_from": "p.csv"},
        "opening_hours": {"office": {"monday": [MORNING]}},
        "holidays": {"a": {"days": {"2027-01-01": ""}}, "b": {"days": {"2027-01-02": ""}}},
    }
    there = data(given, tmp_path)
    assert [e["name"] for e in there["apio"]["route_point_dnis"]] == ["A", "B", "B"]
    (calendar,) = there["o2g"]["pilot_calendars"]
    assert calendar["pilot_number"] == "0601"
    assert list(calendar["exceptions"]) == ["2027-01-01", "2027-01-02"]


def test_wrong_forms_are_told_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "h.csv").write_text("date,name\n1/2/2027,A\n,B\n2027-01-01,C\n")
    given = {
        "apoi": {},
        "apio": {
            "tenant_id": 5,
            "country": "Belgium",
            "cal_centers": [],
            "call_centers": {},
            "instant_group_calls": None,
            "route_point_dnis": ["Main"],
            "route_point_overflow_from": None,
            "route_points": [
                5,
                {"dnis": [None], "overflow": [], "over": {}},
                {**SALES, "dnis": [{"name": "A", "route_point_user_id": "rp-other@a"}]},
            ],
        },
        "ccs": {"tenant": "Acme", "limits": [], "limits_from": "a.csv"},
        "o2g": {"pilot_calendars": [{"opening_hours": "ofice", "holidays": {"a": 1}}, {"opening_hours": ["a", "b"]}]},
        "opening_hours": {"office": []},
        "holidays": {"a": {}, "b": {"day": {}}, "c": {"days": {"2027-02-30": "", "2027-01-01": ""}, "from": "h.csv"}},
        "defaults": {"apio": {"call_center": {}}, "o2": {}, "ccs": 5},
        "shared_numbers": [5],
    }
    assert faults(given, tmp_path) == [
        "apoi: is not known here; did you mean apio?",
        "shared_numbers[0]: must be text in quotes, not 5",
        "opening_hours.office: must be a dictionary, not a list",
        "holidays.a: needs days, from or both",
        "holidays.b.day: is not known here; did you mean days?",
        "holidays.b: needs days, from or both",
        "holidays.c.days.2027-02-30: '2027-02-30' is not a date: write yyyy-mm-dd",
        "h.csv, row 2, column 'date': '1/2/2027' is not a date: write yyyy-mm-dd",
        "h.csv, row 3: needs a date",
        "h.csv, row 4, column 'date': 2027-01-01 is there already, at holidays.c.days.2027-01-01",
        "defaults.o2: is not known here; did you mean o2g?",
        "defaults.apio.call_center: is not known here; did you mean call_centers?",
        "defaults.ccs: must be a dictionary, not 5",
        "apio.cal_centers: is not known here; did you mean call_centers?",
        "apio.group_id: must be given",
        "apio.tenant_id: arrived as the number 5: YAML drops leading zeros and plus signs, so quote it; "
        "to a template that calculates, add | string",
        "apio.country: 'Belgium' is not a two-letter code (ISO 3166), such as BE",
        "apio.call_centers: must be a list, not a dictionary",
        "apio.instant_group_calls: is empty, and must be a list: leave it out if there is nothing to say",
        "apio.route_point_dnis[0]: must be a dictionary of options, not text",
        "apio.route_point_overflow_from: is empty, and must be a file: leave it out if there is nothing to say",
        "apio.route_points[0]: must be a dictionary, not 5",
        "apio.route_points[1].over: is not known here; did you mean overflow?",
        "apio.route_points[1].route_point_user_id: must be given",
        "apio.route_points[1].dnis[0]: is empty, and must be a dictionary of options: leave it out if there is nothing "
        "to say",
        "apio.route_points[1].overflow: must be a dictionary of options, not a list",
        "apio.route_points[2].dnis[0].route_point_user_id: is 'rp-other@a' inside of 'rp-sales@acme.example': "
        "leave it out",
        "ccs.limits_from: is not known here; did you mean limits?",
        "ccs.limits: must be a dictionary, not a list",
        "o2g.node_id: must be given",
        "o2g.pilot_calendars[0].opening_hours: there are no opening hours 'ofice'; did you mean office?",
        "o2g.pilot_calendars[0].holidays: must be a name or a list of names, not a dictionary",
        "o2g.pilot_calendars[1].opening_hours: must be a name, not a list",
    ]


def test_types_of_ansible_and_yaml_become_plain() -> None:
    class Vaulted:  # Ansible's is no text either
        def __str__(self) -> str:
            return "secret"

    told = plain({1: Vaulted(), date(2027, 1, 2): (AnsibleUnsafeText("a"), True, 0, 1.5, None, date(2027, 1, 2))})
    assert told == {"1": "secret", "2027-01-02": ["a", True, 0, 1.5, None, "2027-01-02"]}
    assert [type(one) for one in told["2027-01-02"]] == [str, bool, int, float, type(None), str]


def test_the_filter_gives_nothing_to_template() -> None:
    tenant_data = FilterModule().filters()["tenant_data"]
    there = tenant_data({"apio": {**APIO, "call_centers": [{"name": "{{ 7 * 7 }}", "queue_length": 5}]}})
    assert there["apio"]["call_centers"] == [{**APIO, "name": "{{ 7 * 7 }}", "queue_length": 5}]
    with pytest.raises(AnsibleFilterError, match=r"apio\.tenant_id: must be given\napio\.group_id: must"):
        tenant_data({"apio": {"call_centers": []}}, "")


def test_the_filter_tells_of_a_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "phonenumbers", None)
    with pytest.raises(AnsibleFilterError, match=r"Python library \(phonenumbers\)"):
        FilterModule().filters()["tenant_data"]({"apio": {**APIO, "country": "BE"}})
