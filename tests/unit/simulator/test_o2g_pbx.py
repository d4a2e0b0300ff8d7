# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects of a PBX: paths of any depth, what the model allows, and the odd forms of answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from simulator.contract import Contract
from simulator.handle import Simulator

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "contracts"
OBJECTS = "/pbxs/7/instances"
ANN = f"{OBJECTS}/Subscriber/70100"
RANGES = f"{OBJECTS}/System_Parameters/1/Free_Range_List"
OPERATORS = f"{OBJECTS}/Application_Configuration/1/ACD2/1/ACD2_Operator/1/ACD2_Operator_data"


def body(**values: Any) -> dict[str, Any]:
    """A body with the attributes, each a text or a list of texts."""
    return {
        "attributes": [
            {"name": name, "value": value if isinstance(value, list) else [value]} for name, value in values.items()
        ]
    }


def skills(*items: dict[str, str]) -> dict[str, Any]:
    parts = [[{"name": name, "value": [value]} for name, value in item.items()] for item in items]
    value = [{"name": "SkillSet", "attributes": attributes} for attributes in parts]
    return {"attributes": [{"name": "SkillSet", "complexValue": value}]}


def shown(reply: Any) -> dict[str, Any]:
    return {entry["name"]: entry.get("value", entry.get("complexValue")) for entry in reply.body["attributes"]}


@pytest.mark.parametrize(
    ("path", "operation", "segments"),
    [
        ("Subscriber", "o2gListPbxObjects", ["Subscriber"]),
        ("Subscriber/70100", "o2gGetPbxObject", ["Subscriber", "70100"]),
        ("A/1/B/0%2C6-0/C/a%2Fb%20c", "o2gGetPbxObject", ["A", "1", "B", "0,6-0", "C", "a/b c"]),
        ("A/1/B/2/C", "o2gListPbxObjects", ["A", "1", "B", "2", "C"]),
    ],
)
def test_paths_of_any_depth(path: str, operation: str, segments: list[str]) -> None:
    found, parameters, problem = Contract.load("o2g", FOLDER).find("GET", f"/api/rest/1.0{OBJECTS}/{path}")
    assert problem is None
    assert found is not None
    assert found.id == operation
    assert segments in parameters.values()


@pytest.mark.parametrize("path", ["Subscriber/", "Subscriber//x", "Subscriber/..", "Subscriber/%2E%2E", "A/1/./2"])
def test_paths_that_lead_nowhere_or_climb(path: str) -> None:
    found, _parameters, problem = Contract.load("o2g", FOLDER).find("GET", f"/api/rest/1.0{OBJECTS}/{path}")
    assert found is None
    assert problem is not None
    assert problem.kind == "path"


def test_a_list_cannot_be_deleted(sim: Simulator, o2g: Any) -> None:
    assert o2g("DELETE", f"{OBJECTS}/Subscriber").status == 405


def test_a_subscriber_can_become_a_user(sim: Simulator, o2g: Any) -> None:
    assert o2g("POST", f"{OBJECTS}/Subscriber", body(Directory_Number="70300", Annu_Name="Durand")).status == 201
    assert o2g("POST", "/usermanagement", {"nodeId": 7, "deviceNumbers": ["70300"]}).status == 200
    assert o2g("PUT", f"{OBJECTS}/Subscriber/70300", body(Annu_Name="Dupont")).status == 204
    assert o2g("GET", "/usermanagement/oxe70300").body["lastName"] == "Dupont"
    assert o2g("DELETE", f"{OBJECTS}/Subscriber/70300").status == 204
    assert o2g("GET", "/usermanagement/oxe70300").status == 404
    assert o2g("GET", f"{OBJECTS}/Subscriber/70300").status == 404


def test_an_object_has_what_is_below_it(sim: Simulator, o2g: Any) -> None:
    assert o2g("POST", f"{ANN}/Subscriber_Alias", body(Alias_Number="5", Annu_Name="An")).status == 201
    assert o2g("GET", f"{ANN}/Subscriber_Alias").body["objectIds"] == ["5"]
    assert o2g("GET", ANN).body["objectNames"] == ["Subscriber_Alias", "Tsc_IP_subscriber"]
    assert "Group/1/Pickup_Group" in o2g("GET", OBJECTS).body["objectNames"]
    assert o2g("POST", f"{OBJECTS}/Subscriber/99999/Subscriber_Alias", body(Alias_Number="5")).status == 404
    assert o2g("DELETE", ANN).status == 204
    assert o2g("GET", f"{ANN}/Subscriber_Alias").status == 404


def test_ids_of_all_kinds(sim: Simulator, o2g: Any) -> None:
    for name in ("a/b", "0,6-0", "Häuser 1 & 2", "a..b"):
        assert o2g("POST", RANGES, body(Name=name, Begin_Range="1", End_Range="2")).status == 201
    assert o2g("GET", f"{RANGES}/a%2Fb").status == 200
    layout = body(**{"Submsg_Coupler.Submsg_id": "2", "Submsg_Coupler.Crystal_Coupler": "6-0"})
    layouts = f"{OBJECTS}/System_Parameters/1/SubMessage/1/SmLayout"
    assert o2g("POST", layouts, layout).status == 201
    assert o2g("GET", layouts).body["objectIds"] == ["2,6-0"]


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("POST", f"{OBJECTS}/Subscriber", body(Annu_Name="x"), 400),  # what is mandatory is missing
        ("POST", f"{OBJECTS}/Subscriber", body(Directory_Number="70100"), 409),
        ("POST", f"{OBJECTS}/Subscriber", body(Directory_Number="70400", Entity_Number="9"), 400),
        ("POST", f"{OBJECTS}/Rack", body(Rack_Number="5"), 405),
        ("PUT", f"{OBJECTS}/Rack/0", body(Rack_Type="x"), 405),
        ("PUT", ANN, body(Nonsense="1"), 400),
        ("PUT", ANN, body(Station_Type="ROTARY"), 400),
        ("PUT", ANN, body(Entity_Number="one"), 400),
        ("PUT", ANN, body(Right_Profile_Name="lower"), 400),
        ("PUT", ANN, body(Cost_Center_Name="elevenchars"), 400),
        ("PUT", ANN, body(Annu_Name=["a", "b"]), 400),
        ("PUT", ANN, body(CPCTimer="5"), 400),  # used with ANALOG only
        ("PUT", ANN, body(Hotel_Set_Type="Room"), 204),  # an expression that nobody understands holds
        ("PUT", ANN, body(Directory_Number="70999"), 400),
        ("PUT", f"{ANN}?action=ReinitMemory", {}, 204),
        ("PUT", f"{ANN}?action=Dance", {}, 400),
        ("DELETE", f"{OBJECTS}/Entity/1", None, 400),  # has subscribers
        ("DELETE", f"{OBJECTS}/Entity/2?force", None, 405),
        ("DELETE", f"{OBJECTS}/Entity/2", None, 204),
        ("GET", "/pbxs/7/model/Nonsense", None, 400),
        ("GET", "/pbxs/99/model", None, 404),
    ],
)
def test_what_the_model_allows(sim: Simulator, o2g: Any, method: str, path: str, sent: Any, status: int) -> None:
    assert o2g(method, path, *([] if sent is None else [sent])).status == status
    assert sim.violations() == []


def test_lists_are_replaced_or_edited(sim: Simulator, o2g: Any) -> None:
    def devices() -> Any:
        return shown(o2g("GET", ANN))["Attached_MultiTandem"]

    assert o2g("PUT", ANN, body(Attached_MultiTandem=["70125", "70126"])).status == 204
    assert o2g("PUT", f"{ANN}?action=add", body(Attached_MultiTandem=["70127"])).status == 204
    assert o2g("PUT", f"{ANN}?action=add", body(Attached_MultiTandem=["70127"])).status == 400
    assert o2g("PUT", f"{ANN}?action=delete", body(Attached_MultiTandem=["70125"])).status == 204
    assert devices() == ["70126", "70127"]
    assert o2g("PUT", ANN, body(Attached_MultiTandem=[])).status == 204
    assert devices() == []


def test_sequences(sim: Simulator, o2g: Any) -> None:
    assert o2g("POST", OPERATORS, body(Directory_Number="70025")).status == 201
    operator = f"{OPERATORS}/70025"
    one, two = ({"Skill_nb": nb, "Skill_Level": "1", "Skill_Activate": "true"} for nb in "12")
    assert o2g("PUT", operator, skills(one)).status == 204
    assert o2g("PUT", f"{operator}?action=add", skills(two)).status == 204
    assert o2g("PUT", f"{operator}?action=delete", skills({"Skill_nb": "1"})).status == 204
    assert shown(o2g("GET", operator))["SkillSet"] == skills(two)["attributes"][0]["complexValue"]
    assert o2g("PUT", operator, skills({"Skill_nb": "x"})).status == 400
    assert o2g("PUT", operator, skills({"Nonsense": "1"})).status == 400
    pilot = f"{OBJECTS}/Application_Configuration/1/ACD2/1/ACD2_Pilot/60101"
    assert o2g("PUT", pilot, body(**{"Welcome.Guide": "5", "Welcome.Active": "true"})).status == 204
    assert len(shown(o2g("GET", pilot))["Welcome"][0]["attributes"]) == 2


def test_who_read_it_before_another_changed_it_reads_again(sim: Simulator, o2g_login: Callable[..., Any]) -> None:
    one, other = o2g_login(), o2g_login()
    one("GET", ANN)
    assert other("PUT", ANN, body(Annu_Name="Theirs")).status == 204
    assert one("PUT", ANN, body(Annu_First_Name="Ours")).status == 409
    assert shown(one("GET", ANN))["Annu_Name"] == ["Theirs"]
    assert one("PUT", ANN, body(Annu_First_Name="Ours")).status == 204
    sim.settings(o2g={"pbx_conflicts": 1})
    assert one("PUT", ANN, body(Annu_First_Name="Again")).status == 409
    one("GET", f"{OBJECTS}/Subscriber?attributes=Annu_First_Name")  # a list is not enough
    assert one("PUT", ANN, body(Annu_First_Name="Again")).status == 409
    one("GET", ANN)
    assert one("PUT", ANN, body(Annu_First_Name="Again")).status == 204


@pytest.mark.parametrize(
    ("filter_", "count"),
    [
        ("Annu_Name==Dev*", 6),
        ("Annu_Name==*vos and Annu_First_Name==Dirk", 1),
        ("Directory_Number=ge=70150", 10),
        ("Directory_Number=le=70101 or Directory_Number==70105", 3),
        ("Annu_Name!=Devos", 54),
        ("Station_Type==ANALOG", 0),
        ("Nonsense==1", 0),
    ],
)
def test_filters(sim: Simulator, o2g: Any, filter_: str, count: int) -> None:
    query = filter_.replace(" ", "%20").replace("*", "%2A")
    assert len(o2g("GET", f"{OBJECTS}/Subscriber?filter={query}").body["objectIds"]) == count


def test_a_filter_that_is_none(sim: Simulator, o2g: Any) -> None:
    assert o2g("GET", f"{OBJECTS}/Subscriber?filter=Annu_Name").status == 400


def test_odd_forms(sim: Simulator, o2g: Any) -> None:
    names = "attributes=Annu_Name,Entity_Number,Can_Be_Called_By_Name,Secret_Code,Voice_Mail_Dir_No"
    assert shown(o2g("GET", f"{ANN}?{names}")) == {
        "Annu_Name": ["Aerts"],
        "Entity_Number": ["1"],
        "Can_Be_Called_By_Name": ["true"],
        "Voice_Mail_Dir_No": [],
    }
    sim.settings(o2g={"pbx_value_as": "string", "pbx_boolean_as": "TRUE", "pbx_empty_attributes": "absent"})
    assert shown(o2g("GET", f"{ANN}?{names}")) == {
        "Annu_Name": "Aerts",
        "Entity_Number": "1",
        "Can_Be_Called_By_Name": "TRUE",
    }
    sim.settings(o2g={"pbx_value_as": "native", "pbx_secrets": "shown"})
    assert shown(o2g("GET", f"{ANN}?{names}")) == {
        "Annu_Name": "Aerts",
        "Entity_Number": 1,
        "Can_Be_Called_By_Name": True,
        "Secret_Code": "0000",
    }
    sim.settings(o2g={"pbx_list_key": "instances", "pbx_list_attributes": "none"})
    assert set(o2g("GET", f"{OBJECTS}/Subscriber?{names}").body) == {"objectName", "instances"}
    sim.settings(o2g={"pbx_model_form": "example", "pbx_actions_key": "actions"})
    model = o2g("GET", "/pbxs/7/model/Subscriber").body
    assert model["attributes"][0]["allowedValues"]["lenght"] == "8"
    assert model["actions"] == o2g("GET", ANN).body["actions"] == ["ReinitMemory", "FORCED_DELETE"]


def test_a_seed_with_objects(sim: Simulator, o2g: Any) -> None:
    objects = {"Entity/5": {"Entity_Name": "Store"}, "Subscriber/70300": {"Annu_Name": "Durand", "Entity_Number": 5}}
    sim.reset(
        {
            "o2g": {
                "accounts": [{"login": "a", "password": "b", "role": "admin"}],
                "nodes": {"7": {"fqdn": "x", "objects": objects}},
            }
        }
    )
    there = sim.state()["o2g"]
    assert there["pbx"]["7"]["Subscriber/70300"]["Entity_Number"] == "5"
    assert there["nodes"]["7"]["subscribers"][0]["lastName"] == "Durand"
