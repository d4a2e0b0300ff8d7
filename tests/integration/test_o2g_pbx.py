# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects of a PBX: fewest requests, parents and children, edits, conflicts, odd answers, what the model refuses."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from integration.cases.o2g_pbx import MODEL_FILE
from modules import Output, run_module
from simulator.handle import Simulator

BASE = "/api/rest/1.0/pbxs/7"
OPERATOR = "Application_Configuration/1/ACD2/1/ACD2_Operator/1/ACD2_Operator_data/70025"
RANGES = "System_Parameters/1/Free_Range_List"
DIALING = "Abbreviated_Speed_Dialing"
LOG_IN_AND_OUT = 3
Options = dict[str, Any]


def run(sim: Simulator, name: str = "o2g_pbx_object", *, check: bool = False, **options: Any) -> Output:
    """Run a module on node 7, with an empty journal."""
    sim.clear_journal()
    login = {"url": sim.url, "username": "admin", "password": "simulator", "retries": 0}
    return run_module(name, {**login, "node_id": 7, **options}, check=check)


def done(sim: Simulator, name: str = "o2g_pbx_object", **options: Any) -> Output:
    output = run(sim, name, **options)
    assert not output.failed, output["msg"]
    return output


def refused(sim: Simulator, **options: Any) -> str:
    """What a refusal says: nothing may have been written."""
    output = run(sim, **options)
    assert output.failed
    assert writes(sim) == []
    return output["msg"]


def requests(sim: Simulator) -> Counter[str]:
    """How often what was asked for, beside the session."""
    return Counter(r["operationId"].removeprefix("o2g") for r in sim.journal() if r["kind"] != "session")


def writes(sim: Simulator) -> list[str]:
    return [f"{r['method']} {r['path'].removeprefix(BASE + '/instances/')}" for r in sim.journal(writes=True)]


def bodies(sim: Simulator) -> list[dict[str, Any]]:
    """What each write said of attributes."""
    return [
        {a["name"]: a.get("value", a.get("complexValue")) for a in (r["body"] or {}).get("attributes", [])}
        for r in sim.journal(writes=True)
    ]


def objects(sim: Simulator) -> dict[str, dict[str, Any]]:
    return sim.state()["o2g"]["pbx"]["7"]


def subscribers(many: int = 500, **more: Any) -> list[Options]:
    """What a spreadsheet says of many subscribers."""
    return [
        {
            "path": f"Subscriber/{70500 + n}",
            "attributes": {
                "Annu_Name": f"Name {n}",
                "Annu_First_Name": f"First {n}",
                "Station_Type": ("NOE_C_IP", "SIP_Extension")[n % 2],
                "Entity_Number": 1 + n % 2,
                "Cost_Center_Name": ("Sales", "Support")[n % 2],
                **more,
            },
        }
        for n in range(many)
    ]


def test_a_migration_takes_the_fewest_requests(sim: Simulator) -> None:
    rows = subscribers()
    predicted = run(sim, config=rows, check=True)
    assert requests(sim) == {"GetPbxTypeModel": 1, "ListPbxObjects": 1}
    first = done(sim, config=rows)
    assert requests(sim) == {"GetPbxTypeModel": 1, "ListPbxObjects": 1, "CreatePbxObject": 500}
    assert first["summary"]["created"] == predicted["summary"]["created"] == 500
    assert first["diff"] == predicted["diff"]
    assert first["results"] == predicted["results"]
    again = done(sim, config=rows)
    assert not again["changed"]
    assert requests(sim) == {"GetPbxTypeModel": 1, "ListPbxObjects": 1}
    assert again["summary"]["requests"] == LOG_IN_AND_OUT + 2
    changed = [{**row, "attributes": {**row["attributes"], "Annu_First_Name": "New"}} for row in rows[:20]] + rows[20:]
    third = done(sim, config=changed)
    assert (third["summary"]["updated"], third["summary"]["unchanged"]) == (20, 480)
    assert requests(sim) == {"GetPbxTypeModel": 1, "ListPbxObjects": 1, "UpdatePbxObject": 20}
    assert bodies(sim) == [{"Annu_First_Name": ["New"]}] * 20
    assert objects(sim)["Subscriber/70501"]["Annu_Name"] == "Name 1"
    gone = done(sim, config=[{"path": row["path"]} for row in rows], state="absent")
    assert gone["summary"]["deleted"] == 500
    assert requests(sim) == {"GetPbxTypeModel": 1, "ListPbxObjects": 1, "DeletePbxObject": 500}


def test_one_object_is_read_by_itself(sim: Simulator) -> None:
    done(sim, path="Subscriber/70100", attributes={"Annu_Name": "Devos"})
    assert requests(sim) == {"GetPbxTypeModel": 1, "GetPbxObject": 1, "UpdatePbxObject": 1}


def test_subscribers_become_users(sim: Simulator) -> None:
    done(sim, config=subscribers(3))
    users = [{"device_number": str(number)} for number in (70500, 70501, 70502)]
    assert done(sim, "o2g_user", config=users)["summary"]["created"] == 3


FAMILY: list[Options] = [
    {"path": "Entity/9/Cost_Center/1", "attributes": {"Cost_Center_Name": "Parts"}},
    {"path": "Subscriber/70600/Subscriber_Alias/5", "attributes": {"Annu_Name": "Alias"}},
    {"path": "Entity/9", "attributes": {"Entity_Name": "Store"}},
    {"path": "Subscriber/70600", "attributes": {"Annu_Name": "Lambert", "Entity_Number": 9}},
    {"path": "Subscriber/70601", "attributes": {"Annu_Name": "Jacobs", "Entity_Number": 9}},
]


def test_parents_come_before_their_children_and_go_after_them(sim: Simulator) -> None:
    predicted = run(sim, config=FAMILY, check=True)
    assert requests(sim) == {
        "GetPbxModel": 1,
        "GetPbxObject": 1,
        "ListPbxObjects": 1,
    }  # nothing below what is not there
    assert not predicted.failed
    assert "warnings" not in predicted
    made = done(sim, config=FAMILY)
    assert made["results"] == predicted["results"]
    assert made["diff"] == predicted["diff"]
    order = writes(sim)
    assert order[0] == "POST Entity"
    assert order[1] == "POST Entity/9/Cost_Center"
    assert order[2:4] == ["POST Subscriber"] * 2
    assert order[4] == "POST Subscriber/70600/Subscriber_Alias"
    assert not done(sim, config=FAMILY)["changed"]
    paths = [{"path": row["path"]} for row in FAMILY]
    run(sim, config=paths[:1] + paths[2:3], state="absent")  # the entity has subscribers, and stays
    assert objects(sim)["Entity/9"]["Entity_Name"] == "Store"
    gone = done(sim, config=[paths[1], *paths[3:]], state="absent")
    assert gone["summary"]["deleted"] == 3
    assert writes(sim)[0] == "DELETE Subscriber/70600/Subscriber_Alias/5"
    assert done(sim, config=paths, state="absent")["summary"]["deleted"] == 1


def test_a_parent_that_nobody_makes(sim: Simulator) -> None:
    child = FAMILY[0]
    output = run(sim, config=[child, FAMILY[4] | {"attributes": {"Annu_Name": "Jacobs"}}])
    assert "config[0]: there is no Entity/9 on node 7 to hold it" in output["msg"]
    assert output["summary"] | {"requests": 0} == {
        "created": 1, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 1, "requests": 0,
    }  # fmt: skip
    awaiting = run(sim, **child, check=True)
    assert not awaiting.failed
    assert awaiting["results"][0]["action"] == "create"
    assert awaiting["results"][0]["awaits"] == ["Entity/9 on node 7"]
    assert not done(sim, path=child["path"], state="absent")["changed"]


@pytest.mark.parametrize("name", ["a,b-c", "a/b", "Häuser & 1+1", "a..b", "100%", "50%2F", "x?y#z", "'q' \"r\""])
def test_ids_of_all_kinds(sim: Simulator, name: str) -> None:
    path = f"{RANGES}/{name.replace('%2F', '%252F').replace('/', '%2F')}"
    attributes = {"Begin_Range": 2000, "End_Range": 3000}
    made = done(sim, path=path, attributes=attributes)
    assert f"{RANGES}/{name}" in objects(sim)
    assert made["results"][0]["key"]["path"] == path
    assert not done(sim, path=path, attributes=attributes)["changed"]
    (found,) = done(sim, "o2g_pbx_object_info", path=RANGES, attributes=["Begin_Range"])["objects"]
    assert found["path"] == path
    assert found["object_id"] == name
    assert done(sim, path=found["path"], state="absent")["changed"]


@pytest.mark.parametrize("path", ["Subscriber/..", "Subscriber/%2e%2E", "../x/Subscriber/70100", "Subscriber/./x/y"])
@pytest.mark.parametrize("module", ["o2g_pbx_object", "o2g_pbx_object_info", "o2g_pbx_action"])
def test_no_path_climbs(sim: Simulator, module: str, path: str) -> None:
    action = {"action": "ReinitMemory"} if module == "o2g_pbx_action" else {}
    assert "path: has the part '.." in run(sim, module, path=path, **action)["msg"].replace("'.'", "'..'")
    assert sim.journal() == []


ODD_FORMS: list[Options] = [
    {"pbx_value_as": "string", "pbx_boolean_as": "TRUE"},
    {"pbx_value_as": "native"},
    {"pbx_list_key": "instances"},
    {"pbx_list_attributes": "simple"},
    {"pbx_list_attributes": "none"},
    {"pbx_empty_attributes": "absent"},
    {"pbx_model_form": "example", "pbx_actions_key": "actions"},
    {"pbx_secrets": "shown"},
    {"pbx_list_items": "ignored"},
]


@pytest.mark.parametrize("settings", ODD_FORMS, ids=str)
@pytest.mark.parametrize("many", [1, 2])
def test_odd_forms_of_answers(sim: Simulator, settings: Options, many: int) -> None:
    sim.settings(o2g=settings)
    rows = subscribers(many, Can_Be_Called_By_Name=False, Attached_MultiTandem=["70125", "70126"], Secret_Code="4711")
    rows += [
        {"path": OPERATOR, "attributes": {"SkillSet": [{"Skill_nb": 1, "Skill_Level": 5, "Skill_Activate": True}]}},
        {"path": OPERATOR[:-1] + "6", "attributes": {"SkillSet": []}},
    ]
    done(sim, config=rows)
    again = done(sim, config=rows)
    assert not again["changed"], again["diff"]
    rows[0] = {
        "path": "Subscriber/70500",
        "attributes": {"Attached_MultiTandem": {"add": ["70126"], "remove": ["70125"]}},
    }
    assert done(sim, config=rows)["summary"]["updated"] == 1
    assert objects(sim)["Subscriber/70500"]["Attached_MultiTandem"] == "70126"
    assert not done(sim, config=rows)["changed"]


def test_what_a_list_leaves_out_is_read_from_the_object(sim: Simulator) -> None:
    rows = [{"path": f"{OPERATOR[:-1]}{n}", "attributes": {"SkillSet": [{"Skill_nb": n}]}} for n in range(5)]
    done(sim, config=rows)
    done(sim, config=rows)
    assert requests(sim) == {"GetPbxTypeModel": 1, "ListPbxObjects": 1}
    sim.settings(o2g={"pbx_list_attributes": "simple"})
    assert not done(sim, config=rows)["changed"]
    assert requests(sim) == {"GetPbxTypeModel": 1, "ListPbxObjects": 1, "GetPbxObject": 5}


def test_what_the_pbx_does_not_show_is_unverified(sim: Simulator) -> None:
    sim.settings(o2g={"pbx_empty_attributes": "absent"})
    row = {"path": "Subscriber/70100", "attributes": {"Annu_Name": "Aerts", "Voice_Mail_Dir_No": "885"}}
    predicted = run(sim, **row, write_unreadable="never", check=True)
    assert predicted["results"][0]["unverified"] == ["attributes.Voice_Mail_Dir_No"]
    assert not predicted["changed"]
    assert done(sim, **row)["changed"]
    assert bodies(sim) == [{"Voice_Mail_Dir_No": ["885"]}]
    assert not done(sim, **row)["changed"]


def test_lists_are_edited_by_what_makes_a_difference(sim: Simulator) -> None:
    def edit(path: str, name: str, **how: Any) -> list[tuple[str, Any]]:
        done(sim, path=path, attributes={name: how})
        sent = [(r["query"].removeprefix("action="), b[name]) for r, b in zip(sim.journal(writes=True), bodies(sim))]
        assert not done(sim, path=path, attributes={name: how})["changed"]
        return sent

    devices = ("Subscriber/70100", "Attached_MultiTandem")
    assert edit(*devices, add=["70125", "70126"]) == [("add", ["70125", "70126"])]
    assert edit(*devices, add=["70126", "70127"], remove=["70125", "70199"]) == [
        ("delete", ["70125"]),
        ("add", ["70127"]),
    ]
    skills = (OPERATOR, "SkillSet")
    done(sim, path=OPERATOR, attributes={"SkillSet": {"add": [{"Skill_nb": n, "Skill_Level": 1} for n in (1, 2)]}})
    edit(*skills, remove=[{"Skill_nb": 1}])
    edit(*skills, add=[{"Skill_nb": 2}, {"Skill_nb": 3, "Skill_Level": 2}])
    assert [item["Skill_nb"] for item in objects(sim)[OPERATOR]["SkillSet"]] == [["2"], ["3"]]


def test_members_are_written_over_those_that_are_there(sim: Simulator) -> None:
    pilot = {"path": "Application_Configuration/1/ACD2/1/ACD2_Pilot/60101"}
    done(sim, **pilot, attributes={"Welcome": {"Guide": 5, "Active": True, "Language": "L2"}})
    done(sim, **pilot, attributes={"Welcome.Guide": "6"})
    assert objects(sim)[pilot["path"]]["Welcome"] == {"Guide": ["6"], "Active": ["true"], "Language": ["L2"]}
    assert not done(sim, **pilot, attributes={"Welcome": {"Guide": 6, "Active": "TRUE"}})["changed"]
    layout = {"path": "System_Parameters/1/SubMessage/1/SmLayout/2,6-0"}
    parts = {"Submsg_id": 2, "Crystal_Coupler": "6-0"}
    assert done(sim, **layout, attributes={"Submsg_Coupler": parts})["changed"]
    assert [*bodies(sim)[0]] == ["Submsg_Coupler.Submsg_id", "Submsg_Coupler.Crystal_Coupler"]
    assert not done(sim, **layout, attributes={"Submsg_Coupler": parts})["changed"]
    assert "would create another one" in refused(
        sim, path=layout["path"].replace("2,", "3,"), attributes={"Submsg_Coupler": parts}
    )


@pytest.mark.parametrize("conflicts", [1, 3])
def test_what_another_changes_meanwhile_is_read_and_written_again(sim: Simulator, conflicts: int) -> None:
    sim.settings(o2g={"pbx_conflicts": conflicts})
    rows = [{**row, "path": f"Subscriber/{70100 + n}"} for n, row in enumerate(subscribers(2))]
    output = done(sim, config=rows, concurrency=1)
    assert output["summary"]["updated"] == 2
    assert requests(sim)["UpdatePbxObject"] == 2 + conflicts
    assert requests(sim)["GetPbxObject"] >= 1
    assert not done(sim, config=rows)["changed"]


def test_conflicts_without_end_are_told(sim: Simulator) -> None:
    sim.settings(o2g={"pbx_conflicts": 99})
    output = run(sim, path="Subscriber/70100", attributes={"Annu_Name": "New"})
    assert "answered 409" in output["msg"]
    assert "tried again 3 times" in output["msg"]
    assert not output["changed"]
    assert len(writes(sim)) == 4


def test_purge_in_names_all_that_is_purged(sim: Simulator) -> None:
    dial = [{"path": f"{DIALING}/800{n}", "attributes": {"Call_Number": f"012{n}"}} for n in range(5)]
    done(sim, config=dial)
    rows = [*dial[:2], {"path": "Subscriber/70100"}, {"path": "Entity/2/Cost_Center/1"}]
    purge = {"config": rows, "purge_in": [DIALING, "Entity"]}
    assert "3 deletions are more than max_deletions=2" in refused(sim, **purge, max_deletions=2).replace(
        "4 del", "3 del"
    )
    predicted = run(sim, **purge, check=True)
    assert "refused" not in predicted
    output = run(sim, **purge)
    # Entity 1 has subscribers, and Entity 2 stays for the sake of the cost center below it
    assert Counter(writes(sim)) == Counter([f"DELETE {DIALING}/800{n}" for n in (2, 3, 4)] + ["DELETE Entity/1"])
    assert output["summary"]["deleted"] == 3
    assert predicted["summary"]["deleted"] == 4
    assert f"{DIALING}/8000" in objects(sim)
    assert done(sim, config=[], purge_in=[{"path": DIALING}])["summary"]["deleted"] == 2
    assert "purge_in: goes with state=present only" in refused(sim, config=rows, purge_in=[DIALING], state="absent")
    assert "purge_in[0]: the model of the PBX says that no Rack can be deleted" in refused(
        sim, config=[], purge_in=["Rack"]
    )
    assert "purge_in[0].path: must end with a type" in refused(sim, config=[], purge_in=["Entity/1"])


def test_force_deletes_what_the_model_lets_be_forced(sim: Simulator) -> None:
    done(sim, path="Subscriber/70100", state="absent", force=True)
    assert [r["query"] for r in sim.journal(writes=True)] == ["force"]
    assert "force: the model of the PBX has no FORCED_DELETE for a Entity" in refused(
        sim, path="Entity/2", state="absent", force=True
    )
    purge = {"config": [], "purge_in": [{"path": "Subscriber/70101/Subscriber_Alias", "force": True}]}
    assert "purge_in[0].force: the model of the PBX has no FORCED_DELETE" in refused(sim, **purge)


def test_a_purge_by_force_whose_answer_is_lost_is_looked_up_and_repeated_by_force(sim: Simulator) -> None:
    sim.fault("DELETE", "/Subscriber/70103", cut_before=True)
    wanted = [{"path": f"Subscriber/{70100 + n}"} for n in range(60) if n != 3]
    done(sim, config=wanted, purge_in=[{"path": "Subscriber", "force": True}], retries=1)
    assert [r["query"] for r in sim.journal(writes=True)] == ["force", "force"]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"path": "Subscribers/1"}, "path: the model of the PBX does not know it: there is no type 'Subscribers'; did"),
        ({"path": "Subscriber/70100/Subscriber_Alais/1"}, "below Subscriber there is no type 'Subscriber_Alais'; did"),
        (
            {"path": "Rack/5"},
            "Rack/5 on node 7 would have to be created, and the model of the PBX says that no Rack can",
        ),
        (
            {"path": "Rack/0", "attributes": {"Rack_Type": "x"}},
            "and the model of the PBX says that no Rack can be changed",
        ),
        ({"path": "Rack/0", "state": "absent"}, "and the model of the PBX says that no Rack can be deleted"),
        ({"path": f"{DIALING}/8001"}, "does not exist yet, and to create it needs Call_Number"),
        ({"path": "Subscriber/70100/Subscriber_Alias/05"}, "path: ends with '05', which the PBX writes as '5'"),
        ({"path": "Subscriber/abc"}, "Directory_Number has 'a', 'b', 'c', which is not allowed here"),
        (
            {"path": "Subscriber/70100", "attributes": {"CPCTimer": 5}},
            "CPCTimer is used only when Station_Type==ANALOG, and Station_Type is 'NOE_C_Color_IP'",
        ),
        (
            {"path": "Subscriber/70900", "attributes": {"Station_Type": "SIP_Extension", "CPCTimer": 5}},
            "Subscriber/70900 on node 7 cannot be: CPCTimer is used only when Station_Type==ANALOG",
        ),
    ],
)
def test_what_the_model_refuses_is_not_written(sim: Simulator, options: Options, text: str) -> None:
    assert text in refused(sim, **options)
    assert text in refused(sim, **options, check=True)


def test_what_nobody_understands_is_left_to_the_pbx(sim: Simulator) -> None:
    """The condition of this attribute is no filter."""
    assert done(sim, path="Subscriber/70100", attributes={"Hotel_Set_Type": "Room"})["changed"]


def test_an_attribute_that_is_not_in_use_may_have_its_default(sim: Simulator) -> None:
    assert not done(sim, path="Subscriber/70100", attributes={"CPCTimer": 0})["changed"]
    ready = {"Station_Type": "ANALOG", "CPCTimer": 5}
    assert done(sim, path="Subscriber/70100", attributes=ready)["changed"]


def test_with_a_model_in_a_file_the_pbx_is_not_asked_for_it(sim: Simulator) -> None:
    rows = subscribers(3)
    done(sim, config=rows, model_file=MODEL_FILE)
    assert requests(sim) == {"ListPbxObjects": 1, "CreatePbxObject": 3}
    more = {"config": rows[:2], "purge_in": [DIALING], "model_file": MODEL_FILE}
    assert not done(sim, **more)["changed"]
    assert requests(sim) == {"ListPbxObjects": 2}
    done(sim, "o2g_pbx_action", path="Subscriber/70500", action="ReinitMemory", model_file=MODEL_FILE)
    assert requests(sim) == {"GetPbxObject": 1, "UpdatePbxObject": 1}
    found = done(sim, "o2g_pbx_object_info", path="Subscriber", attributes=["Annu_Name"], model_file=MODEL_FILE)
    assert len(found["objects"]) == 63
    assert requests(sim) == {"ListPbxObjects": 1}


def test_the_model_goes_to_a_file_and_is_compared_with_it(sim: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    assert run(sim, "o2g_pbx_model_info", dest=str(file), check=True)["changed"]
    assert not file.exists()
    whole = done(sim, "o2g_pbx_model_info", dest=str(file))
    assert whole["changed"]
    assert whole["resources"][0]["objects"][0]["object_name"] == "Subscriber"
    assert not done(sim, "o2g_pbx_model_info", dest=str(file), compare_with=str(file))["changed"]
    older = json.loads(file.read_text())
    older["objects"][0]["attributes"].append({"name": "Old_Attribute"})
    file.write_text(json.dumps(older))
    compared = done(sim, "o2g_pbx_model_info", compare_with=str(file))["resources"][0]
    lost = {"object_name": "Node/Subscriber", "attribute": "Old_Attribute", "change": "is not there any more"}
    assert compared["taken_away"] == [lost]
    one = done(sim, "o2g_pbx_model_info", object_name="Subscriber", dest=str(tmp_path / "one.json"))["resources"][0]
    assert one["attributes"][0]["name"] == "Directory_Number"
    assert one["other_actions"] == ["ReinitMemory", "FORCED_DELETE"]
    assert not done(sim, config=subscribers(2), model_file=str(tmp_path / "one.json")).failed
    assert (
        "compare_with: holds Node, not Subscriber"
        in run(sim, "o2g_pbx_model_info", object_name="Subscriber", compare_with=str(file))["msg"]
    )


@pytest.mark.parametrize("shown", ["hidden", "shown"])
def test_secrets_are_shown_nowhere_and_written_when_that_is_asked_for(sim: Simulator, shown: str) -> None:
    sim.settings(o2g={"pbx_secrets": shown})
    row = {"path": "Subscriber/70900", "attributes": {"Annu_Name": "A", "Secret_Code": "47118", "Sip_Key": "k3y-91827"}}

    def clean(output: Output) -> Output:
        assert not output.failed, output["msg"]
        assert "47118" not in output.text
        assert "k3y-91827" not in output.text
        return output

    made = clean(run(sim, **row))
    assert made["results"][0]["resource"]["attributes"]["Secret_Code"] == "********"
    assert made["diff"][0]["after"]["Sip_Key"] == "********"
    assert made["invocation"]["module_args"]["attributes"]["Sip_Key"] == "********"
    assert objects(sim)["Subscriber/70900"]["Sip_Key"] == "k3y-91827"
    changed = {**row, "attributes": {**row["attributes"], "Secret_Code": "98765"}}
    assert not clean(run(sim, **changed))["changed"]
    assert clean(run(sim, config=[changed], update_password="always"))["changed"]
    assert objects(sim)["Subscriber/70900"]["Secret_Code"] == "98765"
    (found,) = clean(run(sim, "o2g_pbx_object_info", path="Subscriber/70900"))["objects"]
    assert "Secret_Code" not in found["attributes"]
    clean(run(sim, path=row["path"], state="absent"))
    wrong = run(sim, path="Subscriber/70900", attributes={**row["attributes"], "Secret_Code": "471184711"})
    assert "Secret_Code: has 9 characters, and can have 8" in wrong["msg"]
    assert "471184711" not in wrong.text
    assert "k3y-91827" not in wrong.text


def test_objects_are_read_with_all_below_them_and_given_back(sim: Simulator) -> None:
    done(sim, config=[*FAMILY, {"path": OPERATOR, "attributes": {"SkillSet": [{"Skill_nb": 1}, {"Skill_nb": 2}]}}])
    everything: list[Options] = []
    for path in ("Subscriber", "Entity", "Group/1", "Application_Configuration/1", "System_Parameters/1"):
        found = done(sim, "o2g_pbx_object_info", path=path, recurse=True, as_options=True)["objects"]
        everything += found
    paths = [one["path"] for one in everything]
    hidden = {"Rack/0", "Application_Configuration/1/ACD2/1/ACD2_Operator/1", "System_Parameters/1/SubMessage/1"}
    assert set(paths) == set(objects(sim)) - hidden
    assert paths.index("Subscriber/70600") + 1 == paths.index("Subscriber/70600/Subscriber_Alias/5")
    again = done(sim, config=everything)
    assert not again["changed"], again["diff"]
    together = Counter(path.rpartition("/")[0] for path in paths)
    assert requests(sim)["GetPbxObject"] == sum(many == 1 for many in together.values())
    assert requests(sim)["ListPbxObjects"] == sum(many > 1 for many in together.values())
    sim.reset()
    new = [one for one in everything if one["path"] not in objects(sim)]
    (terminal,) = [one for one in new if one["path"] == "Subscriber/70600/Tsc_IP_subscriber/1"]
    terminal["attributes"]["Ethernet_Address"] = "00:80:9f:00:00:01"  # it comes with its subscriber
    assert done(sim, config=new)["summary"]["created"] == len(new) == 8
    assert "PUT Subscriber/70600/Tsc_IP_subscriber/1" in writes(sim)
    assert not done(sim, config=everything)["changed"]


def test_objects_are_found_by_filter(sim: Simulator) -> None:
    asked = {"path": "Subscriber", "filter": "Annu_Name==De* and Annu_First_Name!=Dirk"}
    found = done(sim, "o2g_pbx_object_info", **asked, attributes=["Annu_Name"])["objects"]
    assert {one["attributes"]["Annu_Name"] for one in found} == {"Devos"}
    assert [*found[0]] == ["node_id", "path", "object_name", "object_id", "attributes"]
    assert requests(sim) == {"GetPbxTypeModel": 1, "ListPbxObjects": 1}
    assert done(sim, "o2g_pbx_object_info", **asked)["objects"][0]["attributes"]["Station_Type"] == "NOE_C_Color_IP"
    assert done(sim, "o2g_pbx_object_info", path="Subscriber/99")["objects"] == []
    assert len(done(sim, "o2g_pbx_object_info", path="Subscriber", attributes=[])["objects"]) == 60
    assert requests(sim) == {"ListPbxObjects": 1}


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"filter": "Annu_Name"}, "filter: 'Annu_Name' is no filter"),
        ({"filter": "Anu_Name==x"}, "filter: Subscriber has no attribute 'Anu_Name'; did you mean Annu_Name?"),
        ({"filter": "Secret_Code==1"}, "filter: the model of the PBX says that Secret_Code cannot be in a filter"),
        ({"attributes": ["Anu_Name"]}, "attributes: Subscriber has no attribute 'Anu_Name'"),
        ({"path": "Subscriber/70100", "filter": "Annu_Name==x"}, "filter: goes with a path that ends with a type"),
        ({"path": "Subscribr"}, "path: the model of the PBX does not know it: there is no type 'Subscribr'; did you"),
    ],
)
def test_what_an_info_module_refuses(sim: Simulator, options: Options, text: str) -> None:
    output = run(sim, "o2g_pbx_object_info", **{"path": "Subscriber", **options})
    assert output.failed
    assert text in output["msg"]


def test_nodes_and_their_types(sim: Simulator) -> None:
    nodes = done(sim, "o2g_pbx_info", node_id=None)["resources"]
    assert nodes == [
        {"node_id": 7, "fqdn": "oxe7.acme.example"},
        {"node_id": 8, "fqdn": "oxe8.acme.example"},
    ]
    (top,) = done(sim, "o2g_pbx_info", gather_subset=["tree"])["resources"]
    assert "Group/1/Pickup_Group" in top["tree"]
    assert top["actions"] == ["Resynchro"]
    assert top["software_version"] == "R101_1_n2"
    (one,) = done(sim, "o2g_pbx_info", gather_subset=["tree"], path="Subscriber/70100")["resources"]
    assert one["tree"] == ["Subscriber_Alias", "Tsc_IP_subscriber"]
    assert "there is no Subscriber/99" in run(sim, "o2g_pbx_info", gather_subset=["tree"], path="Subscriber/99")["msg"]


def test_actions_are_those_of_the_model_and_of_what_is_there(sim: Simulator) -> None:
    done(sim, "o2g_pbx_action", path="Subscriber/70100", action="ReinitMemory")
    assert sim.state()["o2g"]["pbx_actions"] == [{"node": "7", "path": "Subscriber/70100", "action": "ReinitMemory"}]
    assert (
        "there is no Subscriber/99"
        in run(sim, "o2g_pbx_action", path="Subscriber/99", action="ReinitMemory", check=True)["msg"]
    )
    assert (
        "action: is none of Entity: 'ReinitMemory'; the model has: none"
        in run(sim, "o2g_pbx_action", path="Entity/1", action="ReinitMemory")["msg"]
    )


def test_the_missing_licence_is_named(sim: Simulator) -> None:
    sim.settings(o2g={"missing_licence": "ROXE_API_MANAGEMENT"})
    assert "licence ROXE_API_MANAGEMENT" in run(sim, path="Subscriber/70100")["msg"]


def test_objects_of_several_nodes_in_one_task(sim: Simulator) -> None:
    rows = [{"node_id": node, "path": f"Subscriber/{node}0100", "attributes": {"Annu_Name": "X"}} for node in (7, 8)]
    output = done(sim, config=[*rows, {"path": "Subscriber/70101"}])
    assert output["summary"]["updated"] == 2
    failed = run(sim, config=[*rows, {**rows[0], "node_id": 99}])
    assert failed["summary"]["failed"] == 1
    assert failed["summary"]["unchanged"] == 2
    assert "config[2]" in failed["msg"]


# The page "The PBX as code"

PAGE = (ROOT / "docs/pbx.md").read_text()


class Site:
    """A folder with what the page shows, and the environment that it says."""

    def __init__(self, sim: Simulator, folder: Path) -> None:
        self.sim = sim
        self.folder = folder
        login = {"O2G_URL": sim.url, "O2G_USERNAME": "admin", "O2G_PASSWORD": "simulator", "ANSIBLE_NOCOLOR": "1"}
        python = {"ANSIBLE_PYTHON_INTERPRETER": sys.executable}
        self.environment = os.environ | login | python
        for name, content in re.findall(r"^`([\w.]+)`:\n\n```\w+\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE):
            (folder / name).write_text(content)

    def run(self, *command: str, failing: bool = False) -> str:
        self.sim.clear_journal()
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, check=False, text=True
        )
        assert (done.returncode != 0) == failing, done.stdout + done.stderr
        return done.stdout

    def play(self, *flags: str, **how: bool) -> str:
        return self.run("ansible-playbook", "subscribers.yml", *flags, **how)


def shown(kind: str) -> str:
    """The output of some kind that the page shows, with all blanks alike."""
    (text,) = re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    return " ".join(text.split())


@pytest.mark.long
def test_the_migration_of_the_page(sim: Simulator, tmp_path: Path) -> None:
    site = Site(sim, tmp_path)
    sheet = tmp_path / "subscribers.csv"
    more = "".join(f"{70503 + n},Name {n},First {n},NOE_C_IP,1,Sales\n" for n in range(497))
    right = sheet.read_text() + more
    sheet.write_text(right.replace("SIP_Extension", "SIP_Extention"))
    told = " ".join(site.play("--check", "--diff", failing=True).split())
    assert shown("text") in told
    assert writes(sim) == []
    sheet.write_text(right)
    assert "500 created" in site.play("--check")
    assert writes(sim) == []
    assert "500 created" in site.play()
    assert requests(sim) == {"GetPbxTypeModel": 1, "ListPbxObjects": 1, "CreatePbxObject": 500}
    assert "500 unchanged" in site.play()
    assert requests(sim) == {"GetPbxTypeModel": 1, "ListPbxObjects": 1}
    sheet.write_text(right.replace("De Smet", "De Smedt").replace("NOE_C_IP,1,Support", "NOE_C_IP,1,Sales"))
    output = site.play("--diff")
    assert "1 updated, 499 unchanged" in output
    assert shown("diff") in " ".join(output.split())
    assert requests(sim) == {"GetPbxTypeModel": 1, "ListPbxObjects": 1, "UpdatePbxObject": 1}
    assert objects(sim)["Subscriber/70502"]["Annu_First_Name"] == "Chloé"


@pytest.mark.long
def test_the_other_examples_of_the_page(sim: Simulator, tmp_path: Path) -> None:
    site = Site(sim, tmp_path)
    done(sim, path="Subscriber/70500")
    done(sim, path=OPERATOR)
    plays = re.findall(r"(?<!`:\n\n)^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert len(plays) == 3
    for play in plays:
        (tmp_path / "play.yml").write_text(play)
        site.run("ansible-playbook", "play.yml")
        assert "changed=0" in site.run("ansible-playbook", "play.yml")
    commands = re.findall(r"^    (ansible localhost .*?)$(?!\n      -a)", PAGE.replace("\\\n     ", ""), re.MULTILINE)
    assert len(commands) == 5
    for command in commands:
        assert "SUCCESS" in site.run(*shlex.split(command))


def test_the_model_is_read_once_for_the_items_of_a_loop(sim: Simulator, tmp_path: Path) -> None:
    site = Site(sim, tmp_path)
    options = {"node_id": 7, "path": "Subscriber/{{ item }}", "attributes": {"Annu_Name": "Loop"}}
    tasks = [{"voiceops.telephony.o2g_pbx_object": options, "loop": [str(70100 + n) for n in range(5)]}]
    (tmp_path / "play.yml").write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]))
    site.run("ansible-playbook", "play.yml")
    assert requests(sim) == {"GetPbxTypeModel": 1, "GetPbxObject": 5, "UpdatePbxObject": 5}
