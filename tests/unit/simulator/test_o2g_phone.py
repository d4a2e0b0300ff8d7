# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G's phone sets, routes and hunting groups: what is written is there, and what cannot be is refused."""

from __future__ import annotations

from typing import Any

import pytest

FOR = "?loginName=oxe70101"
SET = "/users/oxe70101/devices/70101"
BUSY = {"forwardType": "BUSY", "destinations": [{"type": "NUMBER", "number": "70102"}]}


@pytest.mark.parametrize(("form", "status", "body"), [(404, 404, None), ("empty", 204, ""), ("object", 200, {})])
def test_a_forward_comes_and_goes(o2g: Any, sim: Any, form: Any, status: int, body: Any) -> None:
    sim.settings(o2g={"no_route": form})
    path = f"/routing/forwardroute{FOR}"
    none = o2g("GET", path)
    assert none.status == status
    if status != 404:
        assert (none.body or body) == body
    assert o2g("POST", path, {"forwardRoute": BUSY}).status == 204
    assert o2g("GET", path).body == BUSY
    assert o2g("GET", f"/routing/state{FOR}").body["forwardRoutes"] == [BUSY]
    assert o2g("DELETE", path).status == 204
    assert o2g("GET", path).status == status


def test_a_forward_needs_one_destination(o2g: Any) -> None:
    for destinations in ([], [{"type": "NUMBER"}], [{"type": "VOICEMAIL"}] * 2):
        reply = o2g("POST", f"/routing/forwardroute{FOR}", {"forwardRoute": {"destinations": destinations}})
        assert reply.status == 400


def test_the_state_of_the_example_leaves_do_not_disturb_out(o2g: Any, sim: Any) -> None:
    o2g("POST", f"/routing/dnd{FOR}")
    assert o2g("GET", f"/routing/state{FOR}").body["dndState"] == {"activate": True}
    sim.settings(o2g={"routing_form": "example"})
    shown = o2g("GET", f"/routing/state{FOR}").body
    assert "dndState" not in shown
    assert shown["currentDeviceId"]
    assert o2g("GET", f"/routing/dnd{FOR}").body == {"activate": "true"}


def test_a_key_is_emptied_and_stays(o2g: Any) -> None:
    key = {"position": 3, "number": "70110", "mnemonic": "An", "locked": True}
    path = f"{SET}/programmeableKeys"
    assert o2g("PUT", f"{path}/4", key).status == 400
    assert o2g("PUT", f"{path}/99", {**key, "position": 99}).status == 404
    assert o2g("PUT", f"{path}/3", key).status == 204
    assert o2g("GET", f"{SET}/programmedKeys").body["pkeys"] == [key]
    assert o2g("DELETE", f"{path}/3").status == 204
    assert o2g("GET", f"{SET}/programmedKeys").body["pkeys"] == []
    assert len(o2g("GET", path).body["pkeys"]) == 40


def test_a_device_belongs_to_its_user(o2g: Any) -> None:
    assert o2g("GET", "/users/oxe70102/devices/70101").status == 404
    assert o2g("PUT", f"{SET}/REActive?activate=true").status == 400
    assert o2g("PUT", f"{SET}/associate", {"number": "99999"}).status == 400


def test_only_a_member_logs_on_or_off(o2g: Any) -> None:
    on, member = f"/telephony/huntingGroupLogOn{FOR}", "/telephony/huntingGroupMember"
    assert o2g("POST", on).status == o2g("DELETE", on).status == 400
    assert o2g("POST", f"{member}/99999{FOR}").status == 404
    for _twice in range(2):
        assert o2g("POST", f"{member}/60301{FOR}").status == 204
    assert o2g("POST", on).status == 204
    assert o2g("DELETE", f"{member}/60302{FOR}").status == 204
    assert o2g("GET", f"/telephony/huntingGroups{FOR}").body["currentHg"] == "60301"
    assert o2g("DELETE", f"{member}/60301{FOR}").status == 204
    assert o2g("GET", on).body == {"logon": False}


def test_one_user_at_a_shared_set(o2g: Any) -> None:
    desk = {"dssDeviceNumber": "70150"}
    assert o2g("POST", f"/telephony/deskSharing{FOR}", desk).status == 204
    assert "70150" in [device["id"] for device in o2g("GET", "/users/oxe70101/devices").body["devices"]]
    assert o2g("POST", "/telephony/deskSharing?loginName=oxe70102", desk).status == 400
    assert o2g("DELETE", f"/telephony/deskSharing{FOR}").status == 204
    assert o2g("DELETE", f"/telephony/deskSharing{FOR}").status == 400


def test_a_password_takes_the_place_of_the_old_one(o2g: Any) -> None:
    path = "/users/oxe70101/password"
    for old, new, status in (("9999", "4321", 403), ("1234", "long", 400), ("1234", "4321", 204), ("1234", "1", 403)):
        assert o2g("PUT", path, {"oldPassword": old, "newPassword": new}).status == status
