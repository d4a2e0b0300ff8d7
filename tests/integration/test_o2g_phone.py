# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: phone sets, keys, routing, hunting groups, desk sharing, languages and passwords of users."""

from __future__ import annotations

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


# Routing


@pytest.mark.parametrize("form", ["table", "example"])
@pytest.mark.parametrize("none", [404, "empty"])
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
    every = ["state", "remote_extension", "pin", "addons", "keys", "soft_keys"]
    told = run(sim, "o2g_device_info", login_name="oxe70100", gather_subset=every)
    assert [one["device_id"] for one in told["resources"]] == ["70100", "71100", "71101"]
    assert told["resources"][2]["remote_extension_active"] is True
    told = run(sim, "o2g_device_info", **SET, gather_subset=every)
    assert told["resources"][0]["pin"]["pin_number"] == "********"
    assert "11112222" not in told.text
    prefix = {"prefix_type": "Station_Facility_Type", "prefix_value": "Lock"}
    assert found(sim, "o2g_device_info", **SET, **prefix)[0]["prefix"] == "45"


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


@pytest.mark.parametrize("form", ["supported", "example"])
def test_languages_are_compared_and_checked_as_the_system_writes_them(sim: Simulator, form: str) -> None:
    sim.settings(o2g={"language_form": form})
    assert not done(sim, "o2g_user_preferences", **USER, gui_language="en-gb")["changed"]
    output = run(sim, "o2g_user_preferences", **USER, gui_language="de")
    assert output.failed
    assert "gui_language: the system of the user does not know 'de', but en-gb, fr" in output["msg"]
    assert sent(sim) == []


def test_a_refused_password_is_not_tried_again(sim: Simulator) -> None:
    options = {**USER, "old_password": "9999", "new_password": "4321", "retries": 3}
    output = run(sim, "o2g_user_password", **options)
    assert output.failed
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


def test_what_nothing_tells_is_said(sim: Simulator) -> None:
    done(sim, "o2g_desk_sharing", **USER, state="logged_on", dss_device_number="70150")
    off = done(sim, "o2g_desk_sharing", **USER, state="logged_off")
    assert off["results"][0]["unverified"] == ["state"]
    assert sim.state()["o2g"]["desks"] == {}
