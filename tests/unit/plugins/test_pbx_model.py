# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attributes of PBX objects are judged by the model of the PBX, and compared, in whatever form either is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import ApiError
from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.pbx_filter import parsed
from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.pbx_model import (
    Attribute,
    Attributes,
    Edit,
    Judged,
    Model,
    Type,
    from_file,
    is_secret,
    same,
    taken_away,
)

CHARACTERS = "{'0'..'9','A'..'Z','*','#','-','@','_',' '}"
TABLE = [
    {"name": "Directory_Number", "mandatory": True, "typeValue": "octetString", "lengthValue": "8"},
    {"name": "Right_Profile_Name", "typeValue": "octetString", "lengthValue": "15", "allowedValues": [CHARACTERS]},
    {
        "name": "Station_Type",
        "typeValue": "enumerated",
        "allowedValues": ["ANALOG", "NOE_C_IP"],
        "defautValue": "ANALOG",
    },
    {"name": "Entity_Number", "typeValue": "integer", "defautValue": "1"},
    {"name": "Level", "typeValue": "integer", "allowedValues": ["0..9"]},
    {"name": "Private", "typeValue": "boolean", "multiValue": False},
    {"name": "Secret_Code", "typeValue": "octetString", "lengthValue": "4"},
    {"name": "Attached", "typeValue": "octetString", "multiValue": True},
    {"name": "CPCTimer", "typeValue": "integer", "defautValue": "0", "usedWhen": "Station_Type==ANALOG"},
    {"name": "SkillSet", "typeValue": "sequence", "multiValue": True},
    {"name": "SkillSet.Skill_nb", "typeValue": "integer"},
    {"name": "SkillSet.Active", "typeValue": "boolean"},
    {"name": "Coupler.Id", "typeValue": "integer"},
]
EXAMPLE = [
    {
        "name": "Directory_Number",
        "allowedValues": {"type": "OctetString", "lenght": "8"},
        "optional": False,
        "defautValue": "",
    },
    {
        "name": "Right_Profile_Name",
        "allowedValues": {"type": "OctetString", "length": "15", "values": [CHARACTERS]},
        "optional": True,
    },
]
SUBSCRIBER = Type.told({"objectName": "Subscriber", "attributes": TABLE})


def faults(**attributes: Any) -> list[str]:
    return [f"{name}: {text}" for name, text in SUBSCRIBER.faults(attributes)]


@pytest.mark.parametrize("attributes", [TABLE, EXAMPLE])
def test_both_forms_of_a_model(attributes: list[dict[str, Any]]) -> None:
    number, profile = (Attribute.told(one) for one in attributes[:2])
    assert (number.mandatory, number.length, number.type) == (True, 8, "octetstring")
    assert (profile.mandatory, profile.length, profile.allowed) == (False, 15, (CHARACTERS,))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Right_Profile_Name", "ABC *#-@_9"),
        ("Right_Profile_Name", ""),
        ("Station_Type", "NOE_C_IP"),
        ("Station_Type", None),
        ("Entity_Number", 3),
        ("Entity_Number", "3"),
        ("Entity_Number", ["3"]),
        ("Level", 9),
        ("Private", True),
        ("Private", "TRUE"),
        ("Attached", "70100"),
        ("Attached", ["70100", "70101"]),
        ("Attached", {"add": ["70100"], "remove": "70101"}),
        ("SkillSet", [{"Skill_nb": 1, "Active": True}]),
        ("SkillSet", {"remove": [{"Skill_nb": 1}]}),
        ("Coupler", {"Id": 1}),
        ("Coupler.Id", 1),
    ],
)
def test_sound_values(name: str, value: Any) -> None:
    assert faults(**{name: value}) == []


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("Station_Tipe", "x", "there is no such attribute; did you mean Station_Type?"),
        ("station_type", "ANALOG", "there is no such attribute; did you mean Station_Type?"),
        ("Right_Profile_Name", "abc", "has 'a', 'b', 'c', which is not allowed here; allowed are {'0'..'9',"),
        ("Right_Profile_Name", "X" * 16, "has 16 characters, and can have 15"),
        (
            "Directory_Number",
            70100,
            "arrived as the number 70100: YAML drops leading zeros and plus signs, so quote it",
        ),
        ("Station_Type", "NOE_IP", "must be one of ANALOG, NOE_C_IP, not 'NOE_IP'; did you mean NOE_C_IP?"),
        ("Entity_Number", "1.5", "must be a whole number, not '1.5'"),
        ("Level", 10, "must be within one of 0..9, not '10'"),
        ("Private", 2, "must be true or false, not '2'"),
        ("Private", ["true", "false"], "takes one value, not 2"),
        ("Private", {"add": ["true"]}, "is not a list: give its value"),
        ("Entity_Number", {"Member": 1}, "takes a plain value, not members"),
        ("SkillSet", [{"Skill_nr": 1}], "has no member Skill_nr; did you mean Skill_nb?"),
        ("SkillSet", [{"Active": "x"}], "Active must be true or false, not 'x'"),
        ("SkillSet", {"add": [{"Skill_nb": "x"}]}, "Skill_nb must be a whole number, not 'x'"),
    ],
)
def test_wrong_values(name: str, value: Any, text: str) -> None:
    assert [fault for fault in faults(**{name: value}) if text in fault], faults(**{name: value})


def test_no_fault_shows_a_secret() -> None:
    assert faults(Secret_Code="98765") == ["Secret_Code: has 5 characters, and can have 4"]
    assert "98765" not in str(faults(Secret_Code=98765))


def test_what_is_not_understood_is_left_to_the_pbx() -> None:
    odd = Type.told(
        {"objectName": "X", "attributes": [{"name": "A", "allowedValues": ["{anything goes}"]}, {"name": "B"}]}
    )
    assert list(odd.faults({"A": "x", "B": {"c": [1, 2]}})) == []
    assert list(Type.told({"name": "Named_Only"}).faults({"A": "x"})) == []


@pytest.mark.parametrize(
    "shown",
    [
        {"value": ["3"]},
        {"value": "3"},
        {"value": 3},
        {"value": [3]},
        {"value": "03"},
    ],
)
def test_a_number_is_the_same_however_it_is_written(shown: dict[str, Any]) -> None:
    there = SUBSCRIBER.shown([{"name": "Entity_Number", **shown}])
    for wanted in (3, "3", ["3"], [3]):
        assert same(SUBSCRIBER.wanted({"Entity_Number": wanted})["Entity_Number"], there["Entity_Number"])


@pytest.mark.parametrize("shown", [True, "true", "TRUE", ["TRUE"], [True]])
@pytest.mark.parametrize("name", ["Private", "Unknown"])
def test_a_boolean_is_the_same_however_it_is_written(name: str, shown: Any) -> None:
    there = SUBSCRIBER.shown([{"name": name, "value": shown}])
    for wanted in (True, "true", "TRUE"):
        assert same(SUBSCRIBER.wanted({name: wanted})[name], there[name])
    assert not same(SUBSCRIBER.wanted({name: False})[name], there[name])


@pytest.mark.parametrize("shown", [{"value": []}, {"value": ""}, {"value": [""]}, {"value": None}, {}])
def test_nothing_is_the_same_however_it_is_written(shown: dict[str, Any]) -> None:
    there = SUBSCRIBER.shown([{"name": "Right_Profile_Name", **shown}])
    assert all(same(wanted, there["Right_Profile_Name"]) for wanted in (None, "", []))
    assert not same("x", there["Right_Profile_Name"])


def test_sequences_are_read_nested_or_flat_and_compared_by_the_members_that_are_given() -> None:
    item = [{"name": "Skill_nb", "value": ["1"]}, {"name": "Active", "value": ["TRUE"]}]
    there = SUBSCRIBER.shown([{"name": "SkillSet", "complexValue": [{"name": "SkillSet", "attributes": item}]}])
    assert there == {"SkillSet": [{"Skill_nb": "1", "Active": "true"}]}
    assert same(SUBSCRIBER.wanted({"SkillSet": [{"Skill_nb": 1}]})["SkillSet"], there["SkillSet"])
    assert not same(SUBSCRIBER.wanted({"SkillSet": [{"Skill_nb": 2}]})["SkillSet"], there["SkillSet"])
    flat = SUBSCRIBER.shown([{"name": "Coupler.Id", "value": ["2"]}])
    assert flat == SUBSCRIBER.wanted({"Coupler": {"Id": 2}}) == SUBSCRIBER.wanted({"Coupler.Id": "2"})
    assert SUBSCRIBER.wire(flat) == [{"name": "Coupler.Id", "value": ["2"]}]


def test_what_requests_write() -> None:
    wanted = SUBSCRIBER.wanted(
        {"Private": True, "Entity_Number": 3, "Attached": ["1", "2"], "SkillSet": [{"Skill_nb": 1, "Active": False}]}
    )
    assert SUBSCRIBER.wire(wanted) == [
        {"name": "Private", "value": ["true"]},
        {"name": "Entity_Number", "value": ["3"]},
        {"name": "Attached", "value": ["1", "2"]},
        {
            "name": "SkillSet",
            "complexValue": [
                {
                    "name": "SkillSet",
                    "attributes": [{"name": "Skill_nb", "value": ["1"]}, {"name": "Active", "value": ["false"]}],
                }
            ],
        },
    ]
    assert SUBSCRIBER.wire({"Attached": [], "SkillSet": [], "Right_Profile_Name": None}) == [
        {"name": "Attached", "value": []},
        {"name": "SkillSet", "complexValue": []},
        {"name": "Right_Profile_Name", "value": []},
    ]


PLAIN = st.one_of(st.booleans(), st.integers(), st.text(max_size=5))
ANY_VALUE = st.one_of(
    PLAIN, st.lists(PLAIN, max_size=3), st.dictionaries(st.text("abc", min_size=1), PLAIN, max_size=3)
)


@given(st.dictionaries(st.sampled_from(["A", "B", "C"]), ANY_VALUE))
def test_what_was_written_is_what_is_there(attributes: dict[str, Any]) -> None:
    any_type = Type("X")
    wanted = {n: v.applied([]) if isinstance(v, Edit) else v for n, v in any_type.wanted(attributes).items()}
    there = any_type.shown(any_type.wire(wanted))
    assert all(same(value, there.get(name)) for name, value in wanted.items())


@given(
    st.lists(st.sampled_from("abcd"), unique=True), st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd"))
)
def test_an_edit_sends_only_what_makes_a_difference(there: list[str], add: list[str], remove: list[str]) -> None:
    edit = Edit(add, remove)
    after = edit.applied(there)
    assert set(after) == (set(there) - set(remove)) | set(add)
    assert set(edit.present(there)) == set(there) & set(remove)
    assert not set(edit.missing(edit.kept(there))) & set(edit.kept(there))
    again = Edit(add, [one for one in remove if one not in add])
    assert same(again.applied(after), after)


@pytest.mark.parametrize(
    ("expression", "known", "refused"),
    [
        ("Station_Type==ANALOG", {"Station_Type": "NOE_C_IP"}, True),
        ("Station_Type==ANALOG", {"Station_Type": "ANALOG"}, False),
        ("Station_Type!=ANALOG", {}, True),  # the default of what is created
        ("Station_Type=='ANALOG' or Level=ge=5", {"Station_Type": "NOE_C_IP", "Level": "4"}, True),
        ("Station_Type==ANALOG or Level=ge=5", {"Station_Type": "NOE_C_IP", "Level": "5"}, False),
        ("Station_Type==ANALOG and Private==true", {"Private": "false"}, True),
        ("Station_Type==ANALOG and Level==5", {"Station_Type": "ANALOG"}, False),  # nobody knows the level
        ("Station_Type==NOE*", {"Station_Type": "ANALOG"}, True),
        ("Station_Type==ROTARY", {"Station_Type": "ANALOG"}, False),  # no value that the model knows
        ("Nobody_Knows==1", {"Station_Type": "ANALOG"}, False),
        ("spadmin(94) > 0", {"Station_Type": "NOE_C_IP"}, False),
        ("(Station_Type==ANALOG)", {"Station_Type": "NOE_C_IP"}, False),
        ("Station_Type=ANALOG", {"Station_Type": "NOE_C_IP"}, False),
        ("not Station_Type==ANALOG", {"Station_Type": "ANALOG"}, False),
    ],
)
def test_used_when_is_judged_where_it_reads_like_a_filter(
    expression: str, known: dict[str, str], refused: bool
) -> None:
    attributes = [{**one, "usedWhen": expression} if one["name"] == "CPCTimer" else one for one in TABLE]
    type_ = Type.told({"objectName": "Subscriber", "attributes": attributes})
    found = list(type_.misused({"CPCTimer": "5"}, {**known, "CPCTimer": "5"}, creation=True))
    assert bool(found) == refused
    assert not list(type_.misused({"CPCTimer": "0"}, known, creation=True))  # the default is no use of it
    assert not refused or found[0][1].startswith(f"is used only when {expression}, and ")


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("A==1", [["A==1"]]),
        ("A==1 and B!=x* or C=ge=2", [["A==1", "B!=x*"], ["C=ge=2"]]),
        ("Annu_Name==De Smet", [["Annu_Name==De Smet"]]),
        ("A", None),
        ("A==", None),
        ("A==1 and", None),
        ("A==1 and and B==2", None),
        ("A>1", None),
    ],
)
def test_filters(text: str, ways: list[list[str]] | None) -> None:
    found = parsed(text)
    told = found and [[f"{one.name}{one.operator}{one.value}" for one in way] for way in found]
    assert told == ways


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("Password", True),
        ("User_Password_2", True),
        ("Secret_Code", True),
        ("secretCode", True),
        ("Pin", True),
        ("SIP.Password", True),
        ("PIN_Number", True),
        ("With_Secret_Code", False),
        ("Pin_Group", False),
        ("Pinned", False),
        ("Secretary", False),
        ("Annu_Name", False),
    ],
)
def test_secrets_by_name(name: str, secret: bool) -> None:
    assert is_secret(name) == secret


def test_the_model_knows_better_than_the_name() -> None:
    told = [
        {"name": "Code", "typeValue": "password"},
        {"name": "Password", "typeValue": "boolean"},
        {"name": "Pin", "allowedValues": ["None", "Some"]},
    ]
    type_ = Type.told({"objectName": "X", "attributes": told})
    assert type_.secrets == {"Code"}
    assert type_.readable({"Code": "1", "Password": True, "Other": 2}) == {"Password": True, "Other": 2}
    wanted = Judged({"Code": "1", "Password": "true", "Pin": "None"}, type_.secrets)
    assert [f.option for f in Attributes().parts(wanted) if f.secret] == ["Code"]


def test_what_may_be_secret_is_masked_at_any_depth() -> None:
    shown = Attributes({"Code"}).masked(
        {"Code": "1", "Pin": None, "In": {"Secret_Code": "2"}, "On": [{"Pin": 3}], "A": 4}
    )
    masked = "********"
    assert shown == {"Code": masked, "Pin": None, "In": {"Secret_Code": masked}, "On": [{"Pin": masked}], "A": 4}


@pytest.mark.parametrize(
    ("given", "id_", "filled"),
    [
        ({}, "8001", "Number"),
        ({"Call": "0123"}, "8001", "Number"),
        ({"Number": "8001"}, "8001", None),
        ({"Number": "8009"}, "8001", None),
        ({"Call": "8001"}, "8001", None),  # it may be this one that the id is of
    ],
)
def test_the_id_of_the_path_is_filled_in_where_that_is_certain(
    given: dict[str, str], id_: str, filled: str | None
) -> None:
    attributes = [{"name": name, "mandatory": True} for name in ("Number", "Call")]
    type_ = Type.told({"objectName": "X", "attributes": attributes})
    assert type_.identifying(given, id_) == filled


def test_whether_attributes_make_an_id() -> None:
    attributes = [{"name": name, "mandatory": True} for name in ("Sub", "Coupler")]
    type_ = Type.told({"objectName": "X", "attributes": attributes})
    assert type_.identified({"Sub": "0", "Coupler": "6-0"}, "0,6-0")
    assert type_.identified({"Sub": "5"}, "5")
    assert not type_.identified({"Sub": "5", "Coupler": "x"}, "6")


def test_types_are_found_along_their_path(tmp_path: Path) -> None:
    entity = {"objectName": "Entity", "attributes": [], "objects": [{"objectName": "Cost_Center"}]}
    tree = Model([{"objectName": "Node", "objects": [entity]}])
    single = Model([entity])
    for model in (tree, single):
        assert model.find(["Entity", "Cost_Center"]).name == "Cost_Center"
        assert model.find(["Cost_Center"]) is None
    assert "there is no type 'Entiti'; did you mean Entity?" in tree.unknown(["Entiti"])
    assert "below Entity there is no type 'Cost'" in tree.unknown(["Entity", "Cost"])
    file = tmp_path / "model.json"
    file.write_text(json.dumps(entity))
    assert from_file(str(file)).find(["Entity"]).name == "Entity"
    for text, problem in (("{", "is not JSON"), ("[1]", "is no model of a PBX"), ("{}", "is no model of a PBX")):
        file.write_text(text + " " * len(problem))
        with pytest.raises(ApiError, match=problem):
            from_file(str(file))
    with pytest.raises(ApiError, match="cannot be read"):
        from_file(str(tmp_path / "none.json"))


def test_what_an_upgrade_takes_away() -> None:
    def model(attributes: list[dict[str, Any]], **more: Any) -> Type:
        return Type.told({"objectName": "Node", "objects": [{"objectName": "X", "attributes": attributes, **more}]})

    values = ["a", "b"]
    old = model(
        [{"name": "A", "lengthValue": "20", "typeValue": "t"}, {"name": "B", "allowedValues": values}, {"name": "C"}]
    )
    new = model(
        [
            {"name": "A", "lengthValue": "10", "typeValue": "u"},
            {"name": "B", "allowedValues": ["a"], "mandatory": True},
            {"name": "D", "mandatory": True},
        ],
        delete=False,
    )
    assert [f"{one['object_name']} {one.get('attribute')} {one['change']}" for one in taken_away(old, new)] == [
        "Node/X None cannot be deleted any more",
        "Node/X A is of type u, not t any more",
        "Node/X A can have 10 characters, not 20 any more",
        "Node/X B has become mandatory",
        "Node/X B does not take b any more",
        "Node/X C is not there any more",
        "Node/X D is new and mandatory",
    ]
    assert list(taken_away(old, old)) == []
    gone = Type.told({"objectName": "Node"})
    assert list(taken_away(old, gone)) == [{"object_name": "Node/X", "change": "is not there any more"}]
