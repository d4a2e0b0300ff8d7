# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was read becomes files that Ansible reads back as the same values, and what is left out is told."""

from __future__ import annotations

import copy
from tempfile import NamedTemporaryFile
from typing import Any

import pytest
import yaml
from ansible import template
from ansible.parsing.dataloader import DataLoader
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.voiceops.telephony.plugins.filter.tenant_export import FilterModule, tenant_export
from ansible_collections.voiceops.telephony.plugins.plugin_utils.yaml_text import printable, quoted, yaml_text

AWKWARD = [
    "{{ x }}",
    "{% raw %}",
    "{# note #}",
    "}}",
    "a # b",
    "a: b",
    "yes",
    "null",
    "~",
    "",
    "0123",
    "1e3",
    "0x1F",
    "+32",
    "12:30",
    "2026-11-23",
    "!unsafe x",
    "!vault |",
    "%TAG",
    "@at",
    "`tick`",
    "&anchor *alias",
    "- dash",
    "? question",
    "[list]",
    "{a: b}",
    " leading and trailing ",
    "two\nlines\n",
    "carriage\r\nreturn",
    "tab\there",
    "'single' \"double\"",
    "back\\slash \\n",
    "\u2028\u2029\u0085\ufeff",
    "\x00\x07\x1b\x7f\x80",
    "\U0001f4de caf\u00e9",
    "---",
    "...",
    "<<",
    "=",
]

TEXT = st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(exclude_categories=["Cs"])))
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), TEXT)
NAMES = st.one_of(st.from_regex(r"[a-z][a-z0-9_]*", fullmatch=True), st.dates().map(str), st.sampled_from(AWKWARD))
KEYS = st.one_of(NAMES, st.text(st.characters(exclude_categories=["Cs"]), max_size=50))


def members(keys: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=30)


@given(st.dictionaries(KEYS, members(KEYS), min_size=1))
def test_ansible_reads_back_what_was_written(value: dict[str, Any]) -> None:
    assert plain(DataLoader().load(yaml_text(value))) == value


@given(members(st.sampled_from(["monday", "2026-01-01"])))
def test_nothing_is_taken_for_a_template(value: Any) -> None:
    loader = DataLoader()
    tenant = as_variables(loader, yaml_text({"tenant": [value]}))
    expression = getattr(template, "trust_as_template", str)("{{ tenant }}")
    assert plain(template.Templar(loader=loader, variables=tenant).template(expression)) == [value]


def as_variables(loader: DataLoader, text: str) -> Any:
    """Read a file as one of host_vars, in which newer versions of Ansible allow templates, and elsewhere not."""
    trust = {"trusted_as_template": True} if hasattr(template, "trust_as_template") else {}
    with NamedTemporaryFile("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        return loader.load_from_file(file.name, cache="none" if trust else False, **trust)


def test_what_is_not_marked_is_taken_for_a_template() -> None:
    """The test above can see a template."""
    loader = DataLoader()
    variables = as_variables(loader, "tenant: [\"{{ 'a' + 'b' }}\"]")
    expression = getattr(template, "trust_as_template", str)("{{ tenant }}")
    assert template.Templar(loader=loader, variables=variables).template(expression) == ["ab"]


def plain(value: Any) -> Any:
    """Without the types that Ansible gives to what it loads, which are equal but compare in one direction only."""
    if isinstance(value, dict):
        return {str(name): plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [plain(member) for member in value]
    return str(value) if isinstance(value, str) else value


@given(TEXT)
def test_text_is_one_printable_line(text: str) -> None:
    assert len(printable(text).splitlines()) <= 1
    assert yaml.safe_load(quoted(text)) == text


def test_what_is_short_stands_on_one_line() -> None:
    transitions = [{"time": "08:30", "rule_number": 1, "mode": "normal"}]
    tenant = {"o2g": {"node_id": 7, "users": [], "normal": {"monday": transitions}, "2027-01-01": None, "on": True}}
    assert yaml_text(tenant) == (
        "o2g:\n"
        "  node_id: 7\n"
        "  users: []\n"
        "  normal:\n"
        "    monday:\n"
        '      - {time: "08:30", rule_number: 1, mode: "normal"}\n'
        '  "2027-01-01": null\n'
        '  "on": true\n'
    )


def test_what_is_long_stands_on_many() -> None:
    assert yaml_text({"files": ["x" * 60, "y" * 60]}) == f'files:\n  - "{"x" * 60}"\n  - "{"y" * 60}"\n'
    assert yaml_text({"one": {"a_name": "x" * 120}}) == f'one:\n  a_name: "{"x" * 120}"\n'


def test_a_value_that_no_answer_has_is_an_error() -> None:
    with pytest.raises(TypeError, match=r"no way to write float 0\.5"):
        yaml_text({"half": 0.5})


# The filter

NODE = {"o2g": {"node_id": 7}}
GROUP = {"apio": {"tenant_id": "acme", "group_id": "brussels", "country": "BE", "call_centers": [{"name": "old"}]}}
DAY = [{"time": "08:00", "rule_number": 1, "mode": "normal"}]


def exported(found: dict[str, Any], tenant: dict[str, Any]) -> tuple[dict[str, Any], list[str], str]:
    """Return the block that the file holds, what is told not to be in it, and the file."""
    (platform,) = tenant
    made = tenant_export({platform: found}, tenant, name="acme")
    text = made["files"][f"{platform}.yml"]
    assert list(made["files"]) == [f"{platform}.yml", "shared_numbers.yml"]
    return yaml.safe_load(text)[platform], made["not_exported"][platform], text


def test_a_platform_without_variables_gets_no_file() -> None:
    found: dict[str, Any] = {"apio": {}, "ccs": {}, "o2g": {}}
    assert [*tenant_export(found, {"apio": {}, **NODE})["files"]] == ["o2g.yml", "shared_numbers.yml"]
    assert not tenant_export(found, {})["files"]


def test_the_old_lists_are_not_kept() -> None:
    block, _left_out, text = exported({}, GROUP)
    assert block == {
        "tenant_id": "acme",
        "group_id": "brussels",
        "country": "BE",
        "call_centers": [],
        "instant_group_calls": [],
        "route_points": [],
    }
    assert "# The platform cannot list its route points" in text


def test_a_user_is_known_by_the_number_that_makes_it() -> None:
    users = [
        {"node_id": 7, "login_name": "oxe70101", "company_phone": "70101", "first_name": "An"},
        {"node_id": 7, "login_name": "an.peeters", "company_phone": "70100"},
        {"node_id": 7, "login_name": "oxe70102"},
        {"node_id": 7, "login_name": "odd", "company_phone": "7 01"},
    ]
    block, left_out, text = exported({"users": users}, NODE)
    assert block["users"] == [
        {"login_name": "odd"},
        {"login_name": "oxe70102"},
        {"device_number": "70100", "login_name": "an.peeters"},
        {"device_number": "70101"},
    ]
    assert left_out == ["o2g.users: device_number of user 'oxe70102' of 7, user 'odd' of 7 (used at creation only)"]
    assert f"#   {left_out[0]}\n" in text


def test_a_pilot_that_is_blocked_keeps_its_calendar() -> None:
    pilots = [
        {"node_id": 7, "pilot_number": "60102", "state": "blocked", "normal": {}, "exceptions": {"2027-01-01": DAY}},
        {"node_id": 7, "pilot_number": "60101", "state": "closed", "normal": {"monday": DAY}, "exceptions": {}},
    ]
    block, left_out, _text = exported({"pilots": pilots}, NODE)
    assert block["pilots"] == [{"pilot_number": "60101", "state": "closed"}]
    assert block["pilot_calendars"] == [
        {"pilot_number": "60101", "normal": {"monday": DAY}},
        {"pilot_number": "60102", "normal": {}, "exceptions": {"2027-01-01": DAY}},
    ]
    assert [line for line in left_out if line.startswith("o2g.pilots: pilot '60102' of 7: state is 'blocked'")]


def test_a_day_that_the_module_would_refuse_is_told_and_the_others_stay() -> None:
    many = [{"time": f"{hour:02}:00", "rule_number": 1, "mode": "normal"} for hour in range(11)]
    odd = [{"time": "8h", "rule_number": 1, "mode": "normal"}]
    normal = {"monday": many, "tuesday": odd, "friday": DAY}
    pilot = {
        "node_id": 7,
        "pilot_number": "60101",
        "state": "opened",
        "normal": normal,
        "exceptions": {"nonsense": DAY},
    }
    before = copy.deepcopy(pilot)
    block, left_out, _text = exported({"pilots": [pilot]}, NODE)
    assert block["pilot_calendars"] == [{"pilot_number": "60101", "normal": {"friday": DAY}, "exceptions": {}}]
    assert any("normal.tuesday.0.time is '8h'" in line for line in left_out)
    assert any("normal.monday: has 11 transitions" in line for line in left_out)
    assert any("nonsense" in line for line in left_out)
    assert pilot == before


def test_text_that_no_file_can_hold_is_told() -> None:
    center = {"service_user_id": "cc@acme.example", "name": "half \ud83d", "policy": "Regular"}
    block, left_out, text = exported({"call_centers": [center]}, GROUP)
    assert block["call_centers"] == [{"service_user_id": "cc@acme.example", "policy": "Regular"}]
    assert "apio.call_centers: call center 'cc@acme.example' of brussels: name is not Unicode" in left_out
    text.encode()


def test_an_entry_that_cannot_be_named_is_told() -> None:
    block, left_out, _text = exported({"pilots": [{"node_id": 7, "pilot_number": "x y", "state": "opened"}]}, NODE)
    assert block["pilots"] == block["pilot_calendars"] == []
    assert any("pilot_number is 'x y'" in line for line in left_out)


def test_passwords_and_templates_are_told_and_not_invented() -> None:
    centers = [{"service_user_id": f"cc{n}@acme.example", "name": f"CC {n}", "active": True} for n in (2, 1)]
    calls = [{"service_user_id": "igc1@acme.example", "name": "A", "destination_phone_numbers": ["+322", "+321"]}]
    calls.append({"service_user_id": "igc2@acme.example", "name": "B", "active": False})
    block, left_out, _text = exported({"call_centers": centers, "instant_group_calls": calls}, GROUP)
    assert [center["name"] for center in block["call_centers"]] == ["CC 1", "CC 2"]
    assert block["instant_group_calls"][0]["destination_phone_numbers"] == ["+321", "+322"]
    assert left_out == [
        "apio.call_centers: service_user_password (secret)",
        "apio.call_centers: template_name (used at creation only)",
        "apio.instant_group_calls: service_user_password (secret)",
        "apio.instant_group_calls: template_name (used at creation only)",
        "apio.instant_group_calls: active of instant group call 'igc1@acme.example' of brussels (not shown)",
    ]


def test_route_points_are_nested_and_say_nothing_twice() -> None:
    where = {"tenant_id": "acme", "group_id": "brussels", "route_point_user_id": "rp@acme.example"}
    point = {
        **where,
        "dnis": [{**where, "name": "b", "phone_number": "+322"}, {**where, "name": "a", "phone_number": None}],
        "dnis_announcements": [{**where, "name": "a", "audio_message_selection": "Default"}],
        "announcements": {**where, "audio_message_selection": "Default", "audio_file_list": [None, None]},
        "overflow": {**where, "action": "Busy", "audio_message_selection": "Default", "audio_file_list": ["Left over"]},
        "disposition_codes": [],
    }
    block, left_out, _text = exported({"route_points": [point]}, GROUP)
    assert block["route_points"] == [
        {
            "route_point_user_id": "rp@acme.example",
            "dnis": [{"name": "a", "phone_number": None}, {"name": "b", "phone_number": "+322"}],
            "dnis_announcements": [{"name": "a", "audio_message_selection": "Default"}],
            "announcements": {"audio_message_selection": "Default"},
            "overflow": {"action": "Busy", "audio_message_selection": "Default"},
            "disposition_codes": [],
        }
    ]
    assert left_out == [
        "apio.route_point_overflow: overflow of rp@acme.example: audio_file_list: goes with "
        "audio_message_selection=File"
    ]


def test_products_and_extensions_are_named_as_people_do_where_that_is_clear() -> None:
    products = [{"uuid": "u1", "name": "Chat"}, {"uuid": "u2", "name": "Twice"}, {"uuid": "u3", "name": "Twice"}]
    extensions = [
        {"uuid": "e1", "extension": "101", "is_agent": True},
        {"uuid": "e2", "extension": "102"},
        {"uuid": "e3", "extension": "102"},
        {"uuid": "e4"},
    ]
    tenants = [{"uuid": "t", "name": "x", "max_agents": 5, "agent_billing": "odd", "products": products}]
    block, left_out, _text = exported({"tenants": tenants, "extensions": extensions}, {"ccs": {"tenant": "Acme"}})
    assert block["limits"] == {"max_agents": 5}
    assert [product["product"] for product in block["products"]] == ["Chat", "u2", "u3"]
    assert block["extensions"] == [
        {"extension": "101", "is_agent": True},
        {"uuid": "e2", "extension": "102"},
        {"uuid": "e3", "extension": "102"},
        {"uuid": "e4"},
    ]
    assert any("limits of Acme: agent_billing is 'odd'" in line for line in left_out)
    assert any(line.startswith("ccs.extensions: is_agent of extension '102' of Acme, ") for line in left_out)


def test_a_long_list_of_names_is_cut_and_lines_are_wrapped() -> None:
    users = [{"login_name": f"somebody.{n}"} for n in range(20)] + [{"login_name": "oxe1", "company_phone": "1"}]
    _block, left_out, text = exported({"users": users}, NODE)
    assert left_out[0].endswith(" and 15 more (used at creation only)")
    assert max(map(len, text.splitlines())) <= 120


def test_an_odd_name_stays_in_its_comment() -> None:
    text = tenant_export({"o2g": {}}, NODE, name="acme\no2g: broken")["files"]["o2g.yml"]
    assert yaml.safe_load(text)["o2g"]["node_id"] == 7


def test_numbers_that_several_have_are_named_and_what_stops_a_build_is_told() -> None:
    centers = [{"service_user_id": f"cc{n}@acme.example", "extension": "0101", "policy": "Regular"} for n in (1, 2)]
    centers += [{"service_user_id": "cc3@acme.example", "extension": "77", "phone_number": "025126770"}]
    pilots = [{"node_id": 7, "pilot_number": "60101", "state": "opened", "rules": [], "normal": {"monday": DAY}}]
    point = {"route_point_user_id": "rp@acme.example", "dnis": [{"name": "x", "use_custom_clid_settings": True}]}
    found = {
        "apio": {"call_centers": centers, "route_points": [point]},
        "ccs": {"extensions": [{"uuid": "e1", "extension": "+3225126770"}, {"uuid": "e2", "extension": "102"}]},
        "o2g": {"users": [{"login_name": "oxe102", "company_phone": "102"}], "pilots": pilots},
    }
    made = tenant_export(found, {**GROUP, **NODE, "ccs": {"tenant": "Acme"}}, name="acme")
    text = made["files"]["shared_numbers.yml"]
    assert yaml.safe_load(text) == {"shared_numbers": ["0101", "025126770", "102"]}
    assert len(made["faults"]) == 2
    for fault, beginning in zip(made["faults"], ("apio.route_points[0].dnis[0].use_custom", "o2g.pilot_"), strict=True):
        assert fault.startswith(beginning)
        assert " ".join(fault.split()[:3]) in text


def test_ansible_finds_the_filter() -> None:
    assert FilterModule().filters() == {"tenant_export": tenant_export}
