# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tenants that share a platform: who purges what, and whose a number is."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.voiceops.telephony.plugins.filter.tenant_neighbours import tenant_neighbours
from ansible_collections.voiceops.telephony.plugins.module_utils.owns import Owns


class HostVars(dict):
    """What Ansible hands to filters: raw variables, and the same templated."""

    templated: list[tuple[str, str]]

    def __init__(self, hosts: dict[str, Any], rendered: dict[str, Any] | None = None) -> None:
        super().__init__(hosts)
        self.templated, self._rendered = [], rendered or {}

    def raw_get(self, host: str) -> Any:
        return dict.__getitem__(self, host)

    def __getitem__(self, host: str) -> Any:
        outer = self

        class Lazy(dict):
            def __getitem__(self, name: str) -> Any:
                outer.templated.append((host, name))
                return outer._rendered[name]

        return Lazy()


def told(**hosts: Any) -> dict[str, Any]:
    return tenant_neighbours(HostVars(hosts), list(hosts))


def node(*numbers: str, purge: bool = True, **more: Any) -> dict[str, Any]:
    url = {"url": more.pop("url", "https://o2g.example:443/")}
    o2g = {"node_id": 7, "users": [{"device_number": n} for n in numbers], **more}
    return {"o2g": o2g, "o2g_connection": url, "tenant_purge": purge}


def test_two_that_purge_the_same_node_are_refused_unless_each_says_what_is_its_own() -> None:
    acme, beta = node("70101"), node("70201", url="https://O2G.example")
    said = told(acme=acme, beta=beta)
    assert [len(said[name]["purging"]) for name in ("acme", "beta")] == [1, 1]
    assert "o2g: node_id 7 of https://o2g.example:443" in said["acme"]["purging"][0]
    assert "say in o2g.owns of acme, beta which numbers" in said["acme"]["purging"][0]
    acme["o2g"]["owns"] = ["701*"]
    said = told(acme=acme, beta=beta)
    assert "say in o2g.owns of beta " in said["acme"]["purging"][0]  # beta's purge would be refused, too
    assert "say in o2g.owns of beta " in said["beta"]["purging"][0]
    beta["o2g"]["owns"] = ["70200-70299"]
    assert told(acme=acme, beta=beta) == {}


def test_who_does_not_purge_need_not_say_it_but_the_other_must() -> None:
    acme, beta = node("70101"), node("70201", purge=False)
    said = told(acme=acme, beta=beta)
    assert "say in o2g.owns of acme which" in said["acme"]["purging"][0]
    acme["o2g"]["owns"] = ["701*"]
    assert set(told(acme=acme, beta=beta)) == {"beta"}  # as a warning, as long as it does not purge


@pytest.mark.parametrize("other", [{"url": "https://o2g.elsewhere.example"}, {"node_id": 8}])
def test_another_platform_or_section_is_no_neighbour(other: dict[str, Any]) -> None:
    assert told(acme=node("70101"), beta=node("70101", **other)) == {}


def test_a_block_without_lists_is_no_neighbour() -> None:
    assert (
        told(acme=node("70101"), beta={"o2g": {"node_id": 7}, "o2g_connection": {"url": "https://o2g.example"}}) == {}
    )


def test_a_number_that_two_have_is_told_like_within_one() -> None:
    said = told(acme=node("70101", owns=["701*"]), beta=node("70102", "70101", "70101", owns=["70102", "70101"]))
    (overlap, twice) = said["acme"]["faults"]
    assert overlap == "o2g.owns: '701*' is also beta's, which says '70102'"
    assert twice.startswith(
        "o2g.users[0].device_number: '70101' is used already, by beta at o2g.users[1].device_number."
    )
    assert "(and 1 more of o2g.users)" in said["beta"]["faults"][1]
    shared = {**node("70101", owns=["70101"]), "shared_numbers": ["70101"]}
    assert "used already" not in str(told(acme=shared, beta=node("70101", owns=["702*"])))


def test_a_phone_number_is_one_on_all_platforms_but_not_in_a_copy_of_them() -> None:
    def group(number: str, url: str, **more: Any) -> dict[str, Any]:
        centers = [{"service_user_id": "cc@acme.example", "phone_number": number, "extension": "5110"}]
        apio = {"tenant_id": "t", "group_id": number, "country": "BE", "call_centers": centers, **more}
        return {"apio": apio, "apio_connection": {"url": url}}

    live, other = group("025550110", "https://apio.example"), group("+3225550110", "https://apio.example", group_id="x")
    (fault,) = told(acme=live, beta=other)["beta"]["faults"]
    assert fault.startswith("apio.call_centers[0].phone_number: '+3225550110' is used already as '025550110', by acme")
    assert told(acme=live, rehearsal=group("025550110", "https://rehearsal.example")) == {}
    pbx = node(pilots=[{"pilot_number": "+3225550110"}])
    assert "by acme at apio.call_centers[0]" in told(acme=live, beta=pbx)["beta"]["faults"][0]


def test_nobody_has_what_is_anothers() -> None:
    pbx = {"pbx_objects": [{"path": "Subscriber/70150"}]}
    said = told(acme=node("70101", owns=["701*"]), beta=node("70201", purge=False, **pbx))
    assert said["beta"]["faults"] == ["o2g.pbx_objects[0].path: '70150' is acme's, according to its o2g.owns"]


def test_what_has_no_number_is_told_apart_by_its_place() -> None:
    def keys(device: str) -> dict[str, Any]:
        own = [{"device_number": device, "device_id": device, "position": 1}]
        return {"o2g": {"node_id": 7, "owns": [device], "programmable_keys": own}}

    (text,) = told(acme=keys("70101"), beta=keys("70101"))["acme"]["purging"]
    assert text.startswith("o2g.programmable_keys: 70101 70101 is what beta names too")
    assert "let one of them" in text
    assert told(acme=keys("70101"), beta=keys("70102")) == {}

    def point(name: str) -> dict[str, Any]:
        points = [{"route_point_user_id": name, "dnis": [], "disposition_codes": []}]
        return {"apio": {"tenant_id": "t", "group_id": "g", "route_points": points}}

    apart = told(acme=point("a@x"), beta=point("b@x"))
    assert [(said["faults"], said["purging"]) for said in apart.values()] == [([], []), ([], [])]
    dnis, codes = told(acme=point("a@x"), beta=point("a@x"))["acme"]["purging"]
    assert "apio.route_point_dnis: g a@x" in dnis
    assert "say in apio.owns of acme" in dnis
    assert "apio.route_point_disposition_codes: g a@x" in codes
    assert "let one of them" in codes


def test_two_in_one_section_that_take_nothing_from_each_other_are_told_until_both_say_what_is_theirs() -> None:
    def group(name: str, number: str, **more: Any) -> dict[str, Any]:
        points = [{"route_point_user_id": name, "dnis": [{"name": "Main", "phone_number": number}]}]
        return {"apio": {"tenant_id": "t", "group_id": "g", "country": "BE", "route_points": points, **more}}

    acme, beta = group("a@x", "025550110"), group("b@x", "025550120")
    (said,) = told(acme=acme, beta=beta)["acme"]["warnings"]
    assert said == (
        "apio: tenant_id t, group_id g is what beta names too: if that is meant, "
        "say in apio.owns of acme, beta which numbers are its own"
    )
    assert told(acme=acme, beta=beta)["acme"]["purging"] == []
    acme["apio"]["owns"] = ["02555011*"]
    assert "owns of beta " in told(acme=acme, beta=beta)["beta"]["warnings"][0]
    beta["apio"]["owns"] = ["02555012*"]
    assert told(acme=acme, beta=beta) == {}


def test_only_what_holds_a_template_is_templated_and_one_that_fails_stops_nobody() -> None:
    beta = {"o2g": "{{ elsewhere }}", "o2g_connection": {"url": "https://o2g.example"}}
    hosts = HostVars({"acme": node("70101"), "beta": beta}, {"o2g": node("70101")["o2g"]})
    assert "used already" in tenant_neighbours(hosts, ["acme", "beta"])["acme"]["faults"][0]
    assert hosts.templated == [("beta", "o2g")]
    failing = HostVars({"acme": node("70101"), "beta": beta})
    assert tenant_neighbours(failing, ["acme", "beta"]) == {
        "acme": {
            "faults": [],
            "purging": ["beta could not be compared with the other tenants: 'o2g'"],
            "warnings": [],
        }
    }


@pytest.mark.parametrize(
    ("written", "country", "has", "has_not"),
    [
        ("70100", None, ["70100", " 701 00"], ["70101", "7010"]),
        ("70100-70199", None, ["70100", "70150", "70199"], ["70200", "7015", "701500"]),
        ("701*", None, ["701", "70199", "7010000"], ["70"]),
        ("025550100-025550199", "BE", ["+3225550150", "02 555 01 50"], ["025550200", "+3125550150"]),
        ("0255*", "BE", ["+3225550150", "025550150"], ["+3225", "255"]),
        ("70*", "BE", ["70123"], ["070123456"]),
    ],
)
def test_what_is_ones_own(written: str, country: str | None, has: list[str], has_not: list[str]) -> None:
    owns = Owns([written], country)
    assert not owns.faults
    assert [n for n in (*has, *has_not) if owns.has(n)] == has


@pytest.mark.parametrize("wrong", [70100, "", "abc", "70199-70100", "701-70199", "*", "70100,70101"])
def test_what_is_no_way_to_say_it(wrong: Any) -> None:
    ((_index, text),) = Owns([wrong]).faults
    assert text.startswith("must be a number")
    assert repr(wrong) in text
