# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: phone sets, keys, routing, hunting groups, desk sharing, languages and passwords of users."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from integration.cases import NODE, PLATFORMS
from modules import Output, run_module
from simulator.handle import Simulator
from simulator.seed import default_seed

USER = {"login_name": "oxe70101"}
SET = {**USER, "device_id": "70101"}
BASE = "/api/rest/1.0"
PIN = "83274951"


def run(sim: Simulator, module: str, check: bool = False, **options: Any) -> Output:
    return run_module(module, {"url": sim.url, "retries": 0, **PLATFORMS["o2g"].login, **options}, check=check)


def done(sim: Simulator, module: str, **options: Any) -> Output:
    output = run(sim, module, **options)
    assert not output.failed, output["msg"]
    return output


def found(sim: Simulator, module: str, **options: Any) -> list[dict[str, Any]]:
    return done(sim, module, **options)["resources"]


def sent(sim: Simulator) -> list[str]:
    return [f"{r['method']} {r['path'].removeprefix(BASE)}" for r in sim.journal(writes=True)]


def read(sim: Simulator) -> list[str]:
    return [f"{r['path'].removeprefix(BASE)}" for r in sim.journal() if r["kind"] == "read"]


def to(number: str, kind: str = "immediate") -> dict[str, Any]:
    return {"type": kind, "destination": "number", "number": number}


def users(sim: Simulator, count: int) -> list[str]:
    """Make so many users, beside those who are there."""
    seed = default_seed()["o2g"]
    more = [{"number": f"71{n:03d}", "firstName": "A", "lastName": "B", "user": True} for n in range(count)]
    seed["nodes"]["7"]["subscribers"] += more
    sim.reset({"o2g": seed})
    return [f"oxe{one['number']}" for one in more]


# What cannot be read of some


@pytest.mark.parametrize(
    ("module", "path", "options"),
    [
        ("agent", "/acd/agent/state", {}),
        ("call", "/telephony/calls", {}),
        ("callback", "/telephony/incomingCallbacks", {}),
        ("comm_record", "/comlog/records", {}),
        ("device", "/users/oxe7010[12]/devices$", {}),
        ("event_summary", "/eventSummary", {}),
        ("hunting_group", "/telephony/huntingGroups", {}),
        ("routing", "/routing/state", {}),
        ("user", "/users/oxe7010[12]/preferences", {"gather_subset": ["preferences"]}),
        ("voicemail", "/messaging/mailboxes", {}),
    ],
)
def test_who_cannot_be_read_does_not_hide_the_others(
    sim: Simulator, module: str, path: str, options: dict[str, Any]
) -> None:
    names = ["oxe70101", "oxe70102"]
    who = dict(NODE) if module == "user" else {"login_name": names}
    sim.fault("GET", path, status=403)
    output = done(sim, f"o2g_{module}_info", **who, **options)
    [unread] = output["unread"]
    assert unread["login_name"] in names
    assert "403" in unread["error"]
    assert unread["login_name"] not in {one["login_name"] for one in output["resources"]}
    assert output.warned == [f"Could not be read of 1 users ({unread['login_name']}): {unread['error']}"]
    sim.fault("GET", path, status=403, times=99)
    alone = {"login_name": "oxe70101" if module == "user" else ["oxe70101"]}
    assert "403" in run(sim, f"o2g_{module}_info", **alone, **options)["msg"]


# Routing


@pytest.mark.parametrize("form", ["table", "example"])
@pytest.mark.parametrize("none", [404, "empty", "object"])
def test_each_form_of_an_answer_is_understood(sim: Simulator, form: str, none: Any) -> None:
    sim.settings(o2g={"routing_form": form, "no_route": none})
    who = {"login_name": "oxe70100"}
    for wanted in (
        {"dnd": True},
        {"forward": to("70110")},
        {"overflow": {"type": "busy", "destination": "voicemail"}},
        {"remote_extension": True},
        {"forward": None},
        {"overflow": None},
        {"dnd": False, "remote_extension": False},
    ):
        assert done(sim, "o2g_routing", **who, **wanted)["changed"], wanted
        assert not done(sim, "o2g_routing", **who, **wanted)["changed"], wanted
    [told] = found(sim, "o2g_routing_info", **who, gather_subset=["state", "capabilities"])
    assert told["capabilities"] == {"dnd": True, "forward": True, "overflow": True, "remote_extension": True}
    assert told["remote_extension"] is False
    assert told["forward"] is None


def test_one_read_for_each_user_tells_whether_anything_differs(sim: Simulator) -> None:
    logins = users(sim, 30)
    rows = [{"login_name": login, "dnd": False, "forward": to("70110", "busy")} for login in logins]
    done(sim, "o2g_routing", config=rows)
    sim.clear_journal()
    again = done(sim, "o2g_routing", config=rows)
    assert not again["changed"]
    assert sorted(read(sim)) == ["/routing/state"] * 30
    sim.clear_journal()
    done(sim, "o2g_routing", config=[{"login_name": login, "dnd": False} for login in logins])
    assert sorted(read(sim)) == ["/routing/dnd"] * 30


def test_a_forward_in_a_circle_is_told_before_it_is_made(sim: Simulator) -> None:
    rows = [{"login_name": "oxe70101", "forward": to("70102")}, {"login_name": "oxe70102", "forward": to("70101")}]
    for check in (True, False):
        output = run(sim, "o2g_routing", check, config=rows)
        assert output.failed
        assert "forward: would lead calls in a circle: 70101 -> 70102 -> 70101" in output["msg"]
    assert sent(sim) == []
    done(sim, "o2g_routing", login_name="oxe70103", forward=to("70104"))
    done(sim, "o2g_routing", login_name="oxe70104", forward=to("70102", "busy"))
    output = run(sim, "o2g_routing", login_name="oxe70104", forward=to("70103"))
    assert output.failed
    assert "70104 -> 70103 -> 70104" in output["msg"]
    broken = [{"login_name": "oxe70103", "forward": None}, {"login_name": "oxe70104", "forward": to("70103")}]
    done(sim, "o2g_routing", config=broken)


def test_forwards_that_are_live_and_not_in_the_task_are_followed(sim: Simulator) -> None:
    done(sim, "o2g_routing", login_name="oxe70101", forward=to("70102"))
    rows = [{"login_name": "oxe70101", "dnd": True}, {"login_name": "oxe70102", "forward": to("70101")}]
    output = run(sim, "o2g_routing", config=rows)
    assert "config[1]: forward: would lead calls in a circle: 70102 -> 70101 -> 70102" in output["msg"]
    assert [result["changed"] for result in output["results"]] == [True, False]


def test_a_circle_that_depends_on_who_is_busy_is_a_warning(sim: Simulator) -> None:
    done(sim, "o2g_routing", login_name="oxe70101", forward=to("70102", "busy"))
    for check in (True, False):
        output = run(sim, "o2g_routing", check, login_name="oxe70102", forward=to("70101"))
        assert output["changed"]
        text = "forward: may lead calls in a circle: 70102 -> 70101 -> 70102"
        assert output["results"][0]["warnings"] == [text]


def test_a_long_way_is_no_circle_and_each_number_is_looked_at_once(sim: Simulator) -> None:
    logins = users(sim, 30)
    numbers = [login.removeprefix("oxe") for login in logins]
    way = [{"login_name": f"oxe{a}", "forward": to(b)} for a, b in pairwise(numbers[:15])]
    done(sim, "o2g_routing", config=way[1:])
    done(sim, "o2g_routing", config=way[:1])
    sim.clear_journal()
    done(sim, "o2g_routing", config=[{"login_name": login, "forward": to(numbers[12])} for login in logins[15:]])
    assert len([path for path in read(sim) if path == "/routing/forwardroute"]) == 15 + len(numbers[12:15])


def test_a_way_that_cannot_be_seen_is_not_taken(sim: Simulator) -> None:
    rows = [{"login_name": "oxe70101", "forward": to("70110")}, {"login_name": "oxe70102", "dnd": True}]
    sim.fault("GET", "/routing/forwardroute", skip=1, status=500, times=None)
    output = run(sim, "o2g_routing", config=rows, concurrency=1)
    assert "config[0]: forward: whether it leads in a circle cannot be told" in output["msg"]
    assert sent(sim) == ["POST /routing/dnd"]


def test_a_user_without_a_remote_extension(sim: Simulator) -> None:
    output = run(sim, "o2g_routing", **USER, remote_extension=True)
    assert output.failed
    assert "the user has no remote extension" in output["msg"]
    assert sent(sim) == []


# Phone sets and keys


@pytest.mark.parametrize("form", ["table", "example"])
def test_devices_are_told_and_set_in_each_form(sim: Simulator, form: str) -> None:
    sim.settings(o2g={"phone_form": form})
    pin = {"pin_number": PIN, "with_secret_code": True, "pin_group": 3}
    first = done(sim, "o2g_device", **SET, pin=pin)
    assert first["changed"]
    assert PIN not in first.text
    assert not done(sim, "o2g_device", **SET, pin=pin)["changed"]
    changed = done(sim, "o2g_device", **SET, pin={"pin_number": "11112222"})
    assert changed["changed"]
    assert "11112222" not in changed.text
    assert sim.state()["o2g"]["devices"]["70101"]["pin"]["Pin_Group"] == 3
    remote = {"login_name": "oxe70100", "device_id": "71101", "remote_extension_active": True}
    assert done(sim, "o2g_device", **remote)["changed"]
    assert not done(sim, "o2g_device", **remote)["changed"]
    done(sim, "o2g_soft_key", **SET, position=2, number="70110")
    assert not done(sim, "o2g_soft_key", **SET, position=2, number="70110")["changed"]
    every = ["state", "remote_extension", "pin", "addons", "programmable_keys", "soft_keys"]
    told = run(sim, "o2g_device_info", login_name="oxe70100", gather_subset=every)
    assert [one["device_id"] for one in told["resources"]] == ["70100", "71100", "71101"]
    assert told["resources"][2]["remote_extension_active"] is True
    told = run(sim, "o2g_device_info", **SET, gather_subset=every)
    assert told["resources"][0]["pin"]["pin_number"] == "********"
    assert "11112222" not in told.text
    prefix = {"prefix_type": "Station_Facility_Type", "prefix_value": "Lock"}
    assert found(sim, "o2g_device_info", **SET, **prefix)[0]["prefix"] == "45"


def test_what_info_tells_of_devices_can_be_given_back(sim: Simulator) -> None:
    done(sim, "o2g_device", **SET, pin={"pin_number": PIN, "pin_group": 3})
    for gathered in (["state"], ["state", "pin"], ["remote_extension", "state"]):
        told = found(sim, "o2g_device_info", login_name="oxe70101", gather_subset=gathered, as_options=True)
        assert not done(sim, "o2g_device", config=told)["changed"]
    keys = [{"position": 3, "number": "70110"}, {"position": 4, "number": "70111", "mnemonic": "Bart"}]
    for module, name in (("o2g_programmable_key", "programmable_keys"), ("o2g_soft_key", "soft_keys")):
        done(sim, module, **SET, config=keys)
        [told] = found(sim, "o2g_device_info", **SET, gather_subset=[name])
        assert [key["position"] for key in told[name]] == [3, 4]
        again = done(sim, module, config=told[name], purge=True)
        assert (again["changed"], len(again["results"])) == (False, 2)


def test_an_associate_cannot_be_cleared(sim: Simulator) -> None:
    done(sim, "o2g_device", **SET, associate="70110")
    sim.clear_journal()
    for empty in ("", None):
        output = run(sim, "o2g_device", config=[{**SET, "associate": empty}])
        assert "config[0].associate: cannot be cleared: the API knows no way to do so" in output["msg"]
    assert sim.journal() == []


def test_devices_of_several_users(sim: Simulator) -> None:
    both = {"login_name": ["oxe70101", "oxe70102"], "gather_subset": []}
    assert [one["device_id"] for one in found(sim, "o2g_device_info", **both)] == ["70101", "70102"]
    assert [one["login_name"] for one in found(sim, "o2g_device_info", **both, device_id="70102")] == ["oxe70102"]
    assert "404" in run(sim, "o2g_device_info", **USER, device_id="70102")["msg"]


def test_a_user_sets_the_own_phone_and_no_other(sim: Simulator) -> None:
    own = {"username": "oxe70100", "password": "1234"}
    device = {**own, "device_id": "70100"}
    for module, options in (
        ("o2g_routing", {**own, "forward": to("70110")}),
        ("o2g_device", {**device, "lock": True}),
        ("o2g_programmable_key", {**device, "position": 3, "number": "70110"}),
        ("o2g_soft_key", {**device, "position": 3, "number": "70110"}),
        ("o2g_user_preferences", {**own, "oxe_language": "fr"}),
        ("o2g_hunting_group", {**own, "hunting_group": "60301", "logged_on": True}),
        ("o2g_desk_sharing", {**own, "state": "logged_on", "dss_device_number": "70150"}),
    ):
        assert done(sim, module, **options)["changed"], module
        assert not done(sim, module, **options)["changed"], module
        other = run(sim, module, **options, **USER)
        assert "this is the session of 'oxe70100', which cannot act for 'oxe70101'" in other["msg"]
    assert [r for r in sim.journal() if "oxe70101" in r["path"] + str(r["query"])] == []


def test_only_what_is_given_is_read(sim: Simulator) -> None:
    done(sim, "o2g_device", **SET, lock=False)
    assert read(sim) == ["/users/oxe70101/devices/70101/dynamicState"]


def test_keys_of_a_device_are_read_once_and_only_those_that_differ_are_written(sim: Simulator) -> None:
    rows = [{"position": n, "number": f"7011{n}", "mnemonic": f"Key {n}"} for n in range(1, 10)]
    done(sim, "o2g_programmable_key", **SET, config=rows)
    sim.clear_journal()
    rows[4]["mnemonic"] = "Fifth"
    changed = done(sim, "o2g_programmable_key", **SET, config=rows)
    assert changed["summary"]["updated"] == 1
    assert sent(sim) == ["PUT /users/oxe70101/devices/70101/programmeableKeys/5"]
    assert len(read(sim)) == 1
    emptied = done(sim, "o2g_programmable_key", **SET, config=rows[:7], purge=True)
    assert emptied["summary"]["deleted"] == 2
    keys = sim.state()["o2g"]["devices"]["70101"]["keys"]
    assert sorted(int(position) for position in keys) == list(range(1, 8))


def test_a_position_that_the_set_does_not_have(sim: Simulator) -> None:
    for check in (True, False):
        output = run(sim, "o2g_programmable_key", check, **SET, position=99, number="70110")
        assert output.failed
        assert "the device 70101 has no key 99" in output["msg"]
    assert sent(sim) == []
    assert not done(sim, "o2g_programmable_key", **SET, position=99, state="absent")["changed"]


def test_a_key_is_locked_and_an_empty_one_is_not(sim: Simulator) -> None:
    done(sim, "o2g_programmable_key", **SET, position=3, number="70110", mnemonic="An")
    assert done(sim, "o2g_programmable_key", **SET, position=3, locked=True)["changed"]
    keys = sim.state()["o2g"]["devices"]["70101"]["keys"]
    assert keys["3"] == {"number": "70110", "mnemonic": "An", "locked": True}
    sim.clear_journal()
    for check in (True, False):
        output = run(sim, "o2g_programmable_key", check, **SET, position=4, locked=True)
        assert "number: must be given, or mnemonic: the key is empty" in output["msg"]
        output = run(sim, "o2g_programmable_key", check, **SET, config=[{"position": 3, "number": "", "mnemonic": ""}])
        assert "config[0].number: must be given, or mnemonic" in output["msg"]
    assert sent(sim) == []


# Users


def test_users_by_company_phone_and_by_kind(sim: Simulator) -> None:
    seed = default_seed()["o2g"]
    seed["nodes"]["7"]["subscribers"][1]["externalLogin"] = "an@acme.example"
    sim.reset({"o2g": seed})
    [user] = found(sim, "o2g_user_info", **NODE, company_phone="70102")
    assert user["login_name"] == "oxe70102"
    assert found(sim, "o2g_user_info", node_id=8, company_phone="70102") == []
    assert found(sim, "o2g_user_info", **NODE, company_phone="99999") == []
    agents = found(sim, "o2g_user_info", **NODE, only_acd=True)
    assert [one["login_name"] for one in agents] == ["oxe70101", "oxe70102", "oxe70103", "oxe70104"]
    assert agents[0]["first_name"]
    both = found(sim, "o2g_user_info", **NODE, only_acd=True, only_with_external_login=True, gather_subset=[])
    assert [one["login_name"] for one in both] == ["oxe70101"]


def test_users_whom_all_options_choose(sim: Simulator) -> None:
    [user] = found(sim, "o2g_user_info", company_phone="70102")
    assert (user["node_id"], user["login_name"]) == (7, "oxe70102")
    sim.clear_journal()
    assert [one["login_name"] for one in found(sim, "o2g_user_info", only_acd=True, **USER)] == ["oxe70101"]
    assert [r["query"] for r in sim.journal() if r["path"].endswith("/logins")] == ["onlyACD"]
    assert found(sim, "o2g_user_info", only_acd=True, device_number="70110") == []
    [agent] = found(sim, "o2g_user_info", only_acd=True, device_number="70103")
    assert (agent["node_id"], agent["company_phone"]) == (7, "70103")
    everybody = found(sim, "o2g_user_info", gather_subset=[])
    assert everybody == found(sim, "o2g_user_info", only_acd=False, gather_subset=[])
    assert len(everybody) == sum(len(node["users"]) for node in sim.state()["o2g"]["nodes"].values())


def test_a_user_is_told_of_the_own_account_and_may_look_others_up(sim: Simulator) -> None:
    own = {"username": "oxe70100", "password": "1234"}
    [told] = found(sim, "o2g_user_info", **own)
    assert (told["login_name"], told["node_id"]) == ("oxe70100", 7)
    assert found(sim, "o2g_user_info", **own, company_phone="70102")[0]["login_name"] == "oxe70102"
    output = run(sim, "o2g_user_info", **own, only_acd=True, device_number="70102")
    assert "device_number: can only be given in the session of an administrator" in output["msg"]
    assert "only_acd: can only be given" in output["msg"]


@pytest.mark.parametrize("form", ["supported", "example"])
def test_languages_are_compared_and_checked_as_the_system_writes_them(sim: Simulator, form: str) -> None:
    sim.settings(o2g={"language_form": form})
    assert not done(sim, "o2g_user_preferences", **USER, gui_language="en-gb")["changed"]
    output = run(sim, "o2g_user_preferences", **USER, gui_language="de")
    assert output.failed
    assert "gui_language: the system of the user does not know 'de', but en-gb, fr" in output["msg"]
    assert sent(sim) == []


def test_a_node_is_asked_once_for_its_languages(sim: Simulator) -> None:
    numbers = [login.removeprefix("oxe") for login in users(sim, 20)]
    config = [{"node_id": 7, "device_number": number, "oxe_language": "fr"} for number in numbers]
    assert done(sim, "o2g_user_preferences", config=config)["summary"]["updated"] == 20
    assert len([path for path in read(sim) if path.endswith("/supportedLanguages")]) == 1
    sim.clear_journal()
    assert not done(sim, "o2g_user_preferences", config=config)["changed"]
    assert len(read(sim)) == 1 + 20


def test_a_language_that_is_not_told_is_written_and_said_to_be_unverified(sim: Simulator) -> None:
    sim.settings(o2g={"language_form": "example"})
    written = done(sim, "o2g_user_preferences", **USER, oxe_language="fr")
    assert written["results"][0]["unverified"] == ["oxe_language"]
    assert sim.state()["o2g"]["preferences"] == {"oxe70101": {"oxeLanguage": "fr"}}


def test_a_refused_password_is_not_tried_again(sim: Simulator) -> None:
    options = {**USER, "old_password": "9999", "new_password": "4321", "retries": 3}
    output = run(sim, "o2g_user_password", **options)
    assert output.failed
    assert "Or old_password is not the present one" in output["msg"]
    assert len(sent(sim)) == 1
    assert "9999" not in output.text.replace('"retries": 3', "")
    done(sim, "o2g_user_password", **{**options, "old_password": "1234"})
    assert sim.state()["o2g"]["passwords"] == {"oxe70101": "4321"}


# Hunting groups and desk sharing


def test_a_user_changes_the_hunting_group(sim: Simulator) -> None:
    done(sim, "o2g_hunting_group", **USER, hunting_group="60301", logged_on=True)
    sim.clear_journal()
    done(sim, "o2g_hunting_group", **USER, hunting_group="60302", logged_on=True)
    member = "/telephony/huntingGroupMember"
    assert sent(sim) == [f"DELETE {member}/60301", f"POST {member}/60302", "POST /telephony/huntingGroupLogOn"]
    output = run(sim, "o2g_hunting_group", **USER, hunting_group="60399")
    assert output.failed
    assert "'60399' is no hunting group of the node: there are 60301, 60302" in output["msg"]
    done(sim, "o2g_hunting_group", **USER, hunting_group="")
    [told] = found(sim, "o2g_hunting_group_info", **USER)
    assert (told["hunting_group"], told["logged_on"]) == (None, False)


def test_only_a_member_logs_on_and_off(sim: Simulator) -> None:
    for check in (True, False):
        output = run(sim, "o2g_hunting_group", check, **USER, logged_on=True)
        assert "logged_on: the user is in no hunting group" in output["msg"]
    assert sent(sim) == []
    assert not done(sim, "o2g_hunting_group", **USER, logged_on=False)["changed"]
    done(sim, "o2g_hunting_group", **USER, hunting_group="60301", logged_on=True)
    sim.clear_journal()
    done(sim, "o2g_hunting_group", **USER, hunting_group="", logged_on=False)
    assert sent(sim) == ["DELETE /telephony/huntingGroupLogOn", "DELETE /telephony/huntingGroupMember/60301"]


def test_what_nothing_tells_is_said(sim: Simulator) -> None:
    done(sim, "o2g_desk_sharing", **USER, state="logged_on", dss_device_number="70150")
    off = done(sim, "o2g_desk_sharing", **USER, state="logged_off")
    assert off["results"][0]["unverified"] == ["state"]
    assert sim.state()["o2g"]["desks"] == {}
