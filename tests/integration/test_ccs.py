# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is peculiar to CCS: names and uuids, limits, whose account it is, actions, credentials that may be locked."""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from integration.cases import ACME_UUID, CASES, CCS, OF_TENANT, PLATFORMS, Options
from modules import Output, run_module
from simulator.handle import Simulator
from simulator.seed import ccs_seed, ccs_uuid

from ansible_collections.voiceops.telephony.plugins.module_utils.shell import connection_spec

AGENT = {"token": "agent-token"}
GLOBEX_UUID = ccs_uuid("1", 2)
CAMPAIGN, ECR, AG = (ccs_uuid("9", n) for n in (1, 2, 3))
WAITING, ANSWERED = "0BS9DD01LEMUI", "0BS9DD01LEMVK"
SALES, SUPPORT, OUTBOUND = (ccs_uuid("2", 1000 + n) for n in range(3))
EXTENSION_101, EXTENSION_102 = (ccs_uuid("3", 1000 + n) for n in range(2))
API = "/6/v2/api"
ACME_PATH = f"{API}/tenants/{ACME_UUID}"

ACTIONS = [case for case in CASES if case.acts and case.platform == "ccs"]
every_action = pytest.mark.parametrize("case", ACTIONS, ids=lambda case: case.module)


def run(sim: Simulator, name: str, options: Options, **how: Any) -> Output:
    return run_module(name, {"url": sim.url, "retries": 0, **PLATFORMS["ccs"].login, **options}, **how)


def done(sim: Simulator, name: str, options: Options, **how: Any) -> Output:
    output = run(sim, name, options, **how)
    assert not output.failed, output["msg"]
    return output


def refused(sim: Simulator, name: str, options: Options, **how: Any) -> str:
    output = run(sim, name, options, **how)
    assert output.failed
    assert not output.get("changed")
    assert "Traceback" not in output.text
    return output["msg"]


def found(sim: Simulator, name: str, options: Options) -> list[dict[str, Any]]:
    return done(sim, name, options)["resources"]


def reads(sim: Simulator) -> list[str]:
    return [r["path"].removeprefix(API) for r in sim.journal(writes=False)]


def bodies(sim: Simulator) -> list[Any]:
    return [r["body"] for r in sim.journal(writes=True)]


def tenant(sim: Simulator, uuid: str = ACME_UUID) -> dict[str, Any]:
    return sim.state()["ccs"]["tenants"][uuid]


def changed_seed(**fields: Any) -> dict[str, Any]:
    """Return the usual content with other fields of Acme."""
    seed = ccs_seed()
    seed["tenants"][0].update(fields)
    return {"ccs": seed}


class TestLimits:
    def test_only_what_differs_is_sent_and_as_text(self, sim: Simulator) -> None:
        wanted = {
            **CCS,
            "max_agents": 100,
            "max_queues": 46,
            "chat_licenses": 8,
            "product_name": "Call Center Services",
        }
        done(sim, "ccs_tenant", wanted)
        assert bodies(sim) == [{"max_queues": "46", "chat_licenses": "8"}]
        assert not done(sim, "ccs_tenant", wanted)["changed"]

    def test_values_are_compared_as_what_they_mean(self, sim: Simulator) -> None:
        sim.reset(changed_seed(max_agents="0100", rec_extn_count=7))
        output = done(sim, "ccs_tenant", {**CCS, "config": [{"max_agents": "100"}]})
        assert not output["changed"]
        resource = output["results"][0]["resource"]
        assert (resource["max_agents"], resource["rec_extn_limit"], resource["rec_extn_count"]) == (100, 10, 7)

    @pytest.mark.parametrize("check", [True, False])
    def test_a_limit_below_use_is_refused_with_both_numbers(self, sim: Simulator, check: bool) -> None:
        config = [{**CCS, "max_agents": 7, "max_queues": 28}, {"tenant": "Globex", "max_agents": 90}]
        message = refused(sim, "ccs_tenant", {"config": config}, check=check)
        assert "config[0]: max_queues: 28 is less than the 29 in use (max_queues_count)" in message
        assert "config[0]: max_agents: 7 is less than the 8 in use (max_agents_count)" in message
        assert bodies(sim) == []

    def test_a_limit_can_be_lowered_to_what_is_in_use(self, sim: Simulator) -> None:
        assert done(sim, "ccs_tenant", {**CCS, "max_agents": 8, "max_queues": 29})["changed"]

    def test_a_limit_that_is_below_use_already_can_be_raised_and_not_lowered(self, sim: Simulator) -> None:
        sim.reset(changed_seed(group_agent_limit="0", group_agent_count=5))
        assert done(sim, "ccs_tenant", {**CCS, "group_agent_limit": 3})["changed"]
        message = refused(sim, "ccs_tenant", {**CCS, "group_agent_limit": 2})
        assert "group_agent_limit: 2 is less than the 5 in use" in message

    def test_the_platform_may_refuse_as_well(self, sim: Simulator) -> None:
        sim.reset(changed_seed(group_agent_limit="0", group_agent_count=5))
        sim.settings(ccs={"limits_below_use": "refused"})
        assert "group_agent_limit is below the 5 in use" in refused(sim, "ccs_tenant", {**CCS, "group_agent_limit": 3})

    def test_billing_is_written_each_time_and_said(self, sim: Simulator) -> None:
        wanted = {**CCS, "max_agents": 100, "agent_billing": "Concurrent"}
        for _run in range(2):
            output = done(sim, "ccs_tenant", wanted)
            assert output["changed"]
            assert output["results"][0]["unverified"] == ["agent_billing"]
        assert bodies(sim) == [{"agent_billing": "Concurrent"}] * 2
        assert tenant(sim)["agent_billing"] == "Concurrent"
        output = done(sim, "ccs_tenant", {**wanted, "write_unreadable": "never"})
        assert not output["changed"]
        assert output["results"][0]["unverified"] == ["agent_billing"]

    def test_what_was_before_can_be_given_back(self, sim: Simulator) -> None:
        before = done(sim, "ccs_tenant", {**CCS, "max_agents": 120})["results"][0]["before"]
        done(sim, "ccs_tenant", {"config": [before]})
        assert tenant(sim)["fields"]["max_agents"] == "100"


class TestNames:
    @pytest.mark.parametrize(
        ("name", "fewest"),
        [
            (ACME_UUID, []),
            ("AcmeContactCenter", ["/tenants"]),
            ("Acme Contact Center", ["/tenants", f"/tenants/{ACME_UUID}", f"/tenants/{GLOBEX_UUID}"]),
        ],
    )
    def test_tenants(self, sim: Simulator, name: str, fewest: list[str]) -> None:
        rows = [{"extension": str(n), "is_agent": True} for n in range(101, 113)]
        done(sim, "ccs_extension", {"tenant": name, "config": rows})
        assert sorted(reads(sim)) == sorted([*fewest, f"/tenants/{ACME_UUID}/extensions"])

    def test_tenants_of_several_entries(self, sim: Simulator) -> None:
        rows = [{"tenant": name, "max_agents": 100} for name in ("AcmeContactCenter", "Globex")]
        done(sim, "ccs_tenant", {"config": rows})
        assert reads(sim).count("/tenants") == 1
        assert len(reads(sim)) == 3

    def test_products(self, sim: Simulator) -> None:
        rows = [{"tenant": uuid, "product": name} for uuid in (ACME_UUID, GLOBEX_UUID) for name in ("+AG", "ECR,ACP")]
        assert done(sim, "ccs_tenant_product", {"config": rows})["summary"]["created"] == 4
        assert reads(sim).count("/products/") == 1
        assert len(reads(sim)) == 3

    def test_products_are_looked_up_only_to_be_added(self, sim: Simulator) -> None:
        done(sim, "ccs_tenant_product", {"tenant": ACME_UUID, "product": "Campaign"})
        done(sim, "ccs_tenant_product", {"tenant": ACME_UUID, "product": AG})
        assert "/products/" not in reads(sim)

    def test_extensions_and_queues(self, sim: Simulator) -> None:
        rows = [{"extension": str(n), "target": "102", "outbound_queue": "Outbound"} for n in range(101, 113)]
        done(sim, "ccs_dial", {**OF_TENANT, "tenant": ACME_UUID, "config": rows})
        assert sorted(reads(sim)) == ["/acds", "/extensions"]
        assert {body["outbound_queue_uuid"] for body in bodies(sim)} == {OUTBOUND}

    def test_agents(self, sim: Simulator) -> None:
        rows = [{"extension": str(n), "name": "Lunch Break"} for n in range(101, 113)]
        done(sim, "ccs_agent_state", {"tenant": ACME_UUID, "config": rows})
        assert reads(sim).count(f"/tenants/{ACME_UUID}/extensions") == 1
        assert reads(sim).count(f"/tenants/{ACME_UUID}/presence_options") == 1
        assert len(reads(sim)) == 2 + len(rows)

    def test_a_look_up_that_fails_is_not_tried_for_each_entry(self, sim: Simulator) -> None:
        sim.fault(path="/acds", status=400, times=None)
        rows = [{"call_id": f"call {n}", "request": "wait_redirect", "target": "Support"} for n in range(6)]
        output = run(sim, "ccs_call", {**OF_TENANT, "config": rows})
        assert output["summary"]["failed"] == len(rows)
        assert reads(sim) == ["/acds"]

    @pytest.mark.parametrize(
        ("module", "options", "text"),
        [
            ("ccs_tenant", {"tenant": "Nobody"}, "no tenant is called 'Nobody'; this account sees: Acme Con"),
            ("ccs_tenant", {"tenant": "Acme\u00a0Contact\u200b Center"}, "looks like it: compare blanks"),
            ("ccs_text_counter", {"tenant": "Nobody"}, "this account sees: Acme Contact Center, Globex"),
            ("ccs_tenant_info", {"tenant": "Nobody"}, "this account sees: Acme Contact Center, Globex"),
            (
                "ccs_tenant_product",
                {**CCS, "product": "Campain"},
                "no product is called 'Campain'; this account sees: +AG, Campaign, ECR,ACP",
            ),
            (
                "ccs_agent_state",
                {**CCS, "extension": "999", "name": "Ready"},
                "no extension is called '999'; this account sees: 101, 102, 103",
            ),
            (
                "ccs_call",
                {**OF_TENANT, "call_id": WAITING, "request": "wait_redirect", "target": "Suport"},
                "no queue is called 'Suport'; this account sees: Outbound, Sales, Support",
            ),
            (
                "ccs_dial",
                {**OF_TENANT, "tenant": ACME_UUID, "extension": "101", "target": "1", "outbound_queue": "Out"},
                "no queue is called 'Out'; this account sees: Outbound, Sales, Support",
            ),
        ],
    )
    @pytest.mark.parametrize("check", [True, False])
    def test_an_unknown_name_lists_what_is_there(
        self, sim: Simulator, module: str, options: Options, text: str, check: bool
    ) -> None:
        assert text in refused(sim, module, options, check=check)
        assert bodies(sim) == []

    @pytest.mark.parametrize(
        ("number", "first", "last"), [("1", "100", "119"), ("25099", "241", "260"), ("9", "281", "300")]
    )
    def test_of_many_names_those_next_to_it_are_listed(
        self, sim: Simulator, number: str, first: str, last: str
    ) -> None:
        seed = ccs_seed()
        seed["tenants"][0]["extensions"] = [
            {"uuid": ccs_uuid("3", n), "firstname": "An", "lastname": "Aerts", "extension": str(n)}
            for n in range(100, 301)
        ]
        sim.reset({"ccs": seed})
        message = refused(sim, "ccs_agent_state", {**CCS, "extension": number, "name": "Ready"})
        assert f"this account sees: {first}, " in message
        assert f", {last} and 181 more" in message

    def test_a_name_that_several_have_lists_their_uuids(self, sim: Simulator) -> None:
        seed = ccs_seed()
        seed["tenants"][1].update(name="Acme Contact Center", sil_tenant_name="Other")
        seed["products"][1]["name"] = "+AG"
        seed["tenants"][0]["acds"][2]["name"] = "Support"
        sim.reset({"ccs": seed})
        message = refused(sim, "ccs_tenant", {**CCS, "max_agents": 120})
        assert f"2 tenants are called 'Acme Contact Center': {ACME_UUID}, {GLOBEX_UUID}. Give the uuid" in message
        message = refused(sim, "ccs_tenant_product", {"tenant": ACME_UUID, "product": "+AG"})
        assert f"2 products are called '+AG': {ECR}, {AG}. Give the uuid" in message
        redirect = {**OF_TENANT, "call_id": WAITING, "request": "wait_redirect", "target": "Support"}
        assert f"2 queues are called 'Support': {SUPPORT}, {OUTBOUND}" in refused(sim, "ccs_call", redirect)

    @pytest.mark.parametrize("module", ["ccs_tenant", "ccs_tenant_product", "ccs_extension", "ccs_text_counter"])
    def test_one_tenant_under_two_names_is_refused(self, sim: Simulator, module: str) -> None:
        entry = next(case.one for case in CASES if case.module == module)
        config = [{**entry, "tenant": "Acme Contact Center"}, {**entry, "tenant": ACME_UUID.upper()}]
        message = refused(sim, module, {"config": config})
        assert f"config[1].tenant: '{ACME_UUID.upper()}' is the tenant that config[0] calls 'Acme Contact C" in message
        assert bodies(sim) == []


class TestProducts:
    def names(self, sim: Simulator) -> list[str]:
        return sorted(product["name"] for product in tenant(sim)["fields"]["product_id"])

    def test_the_whole_set_by_name_and_uuid(self, sim: Simulator) -> None:
        wanted = {"tenant": ACME_UUID, "purge": True, "config": [{"product": "ECR,ACP"}, {"product": AG}]}
        predicted = done(sim, "ccs_tenant_product", wanted, check=True)
        output = done(sim, "ccs_tenant_product", wanted)
        assert [r["action"] for r in output["results"]] == ["create", "create", "delete"]
        assert predicted["diff"] == output["diff"]
        assert self.names(sim) == ["+AG", "ECR,ACP"]
        sim.clear_journal()
        for config in (wanted["config"], [{"product": ECR}, {"product": "+AG"}]):
            assert not done(sim, "ccs_tenant_product", {**wanted, "config": config})["changed"]
        assert reads(sim) == [f"/tenants/{ACME_UUID}"] * 2

    def test_not_more_is_taken_away_than_allowed(self, sim: Simulator) -> None:
        wanted = {**CCS, "purge": True, "max_deletions": 0, "config": [{"product": "+AG"}]}
        assert "1 deletions are more than max_deletions=0" in refused(sim, "ccs_tenant_product", wanted)
        assert self.names(sim) == ["Campaign"]

    @pytest.mark.parametrize("products", [("Campaign", CAMPAIGN), ("+AG", AG)])
    def test_one_product_under_two_names_is_refused(self, sim: Simulator, products: tuple[str, str]) -> None:
        config = [{"product": "ECR,ACP"}, *({"product": product} for product in products)]
        assert "config[2]: is the same" in refused(sim, "ccs_tenant_product", {**CCS, "config": config})
        assert bodies(sim) == []

    def test_an_unknown_name_may_mean_what_is_there_so_nothing_is_purged(self, sim: Simulator) -> None:
        config = [
            {"product": "Campain"},
            {"product": "+AG"},
            {"tenant": "Globex", "product": "+AG"},
        ]
        output = run(sim, "ccs_tenant_product", {**CCS, "purge": True, "config": config})
        assert "config[0]: no product is called 'Campain'" in output["msg"]
        assert self.names(sim) == ["+AG", "Campaign"]
        assert [p["name"] for p in tenant(sim, GLOBEX_UUID)["fields"]["product_id"]] == ["+AG"]

    @pytest.mark.parametrize("product", ["Campaign", CAMPAIGN])
    def test_taking_away(self, sim: Simulator, product: str) -> None:
        absent = {**CCS, "product": product, "state": "absent"}
        assert done(sim, "ccs_tenant_product", absent)["changed"]
        assert bodies(sim) == [{"request": "delete_product", "product": CAMPAIGN}]
        assert not done(sim, "ccs_tenant_product", absent)["changed"]
        assert not done(sim, "ccs_tenant_product", {**absent, "product": "Nothing"})["changed"]


class TestInfo:
    PARTS = ("products", "roles", "acds", "presence_options", "extensions", "text_count")

    def test_tenants_with_all_that_can_be_asked_for(self, sim: Simulator) -> None:
        acme, globex = found(sim, "ccs_tenant_info", {"gather_subset": ["details", *self.PARTS]})
        assert (acme["name"], globex["name"]) == ("Acme Contact Center", "Globex")
        assert (acme["max_agents"], acme["max_agents_count"]) == (100, 8)
        assert acme["rec_retention"] == "30"
        assert "success" not in acme
        assert acme["products"] == [{"uuid": CAMPAIGN, "notes": "", "name": "Campaign"}]
        assert [role["name"] for role in acme["roles"]] == ["Voice Help", "Chat Help"]
        assert [acd["name"] for acd in acme["acds"]] == ["Sales", "Support", "Outbound"]
        assert [option["name"] for option in acme["presence_options"]][:2] == ["Sign Out", "Holiday"]
        assert [extension["extension"] for extension in globex["extensions"]] == ["101", "102", "103"]
        assert acme["text_count"] == {"success": True, "sms_count": "42", "mms_count": "7"}
        assert len(reads(sim)) == 1 + 2 * (1 + len(self.PARTS) - 1)

    @pytest.mark.parametrize("part", PARTS)
    def test_only_what_is_asked_for(self, sim: Simulator, part: str) -> None:
        acme, _globex = found(sim, "ccs_tenant_info", {"gather_subset": [part]})
        assert acme[part]
        assert not {"max_agents", *self.PARTS} - {part} & acme.keys()
        assert len(reads(sim)) == (1 if part == "products" else 3)

    def test_one_tenant(self, sim: Simulator) -> None:
        (globex,) = found(sim, "ccs_tenant_info", {"tenant": GLOBEX_UUID})
        assert globex["name"] == "Globex"
        assert reads(sim) == [f"/tenants/{GLOBEX_UUID}"]
        (acme,) = found(sim, "ccs_tenant_info", {**CCS, "gather_subset": ["products"]})
        assert [product["name"] for product in acme["products"]] == ["Campaign"]

    @pytest.mark.parametrize("nested", [True, False])
    def test_queues_in_a_list_of_their_own_or_not(self, sim: Simulator, nested: bool) -> None:
        sim.settings(ccs={"acds_nested": nested})
        queues = [{"gather_subset": ["acds"], **CCS}, {"gather_subset": ["acds"], "level": "tenant", **OF_TENANT}]
        for options in queues:
            (shown,) = found(sim, "ccs_tenant_info", options)
            assert [queue["uuid"] for queue in shown["acds"]] == [SALES, SUPPORT, OUTBOUND]

    def test_the_account_of_a_tenant_sees_its_queues_and_extensions(self, sim: Simulator) -> None:
        own = {**OF_TENANT, "level": "tenant"}
        (shown,) = found(sim, "ccs_tenant_info", {**own, "gather_subset": ["acds", "extensions"]})
        assert (len(shown["acds"]), len(shown["extensions"])) == (3, 12)
        assert reads(sim) == ["/acds", "/extensions"]
        for wrong, text in (
            ({}, "gather_subset: an account of level=tenant can read acds and extensions only"),
            ({"gather_subset": ["roles"]}, "gather_subset"),
            ({"gather_subset": ["acds"], **CCS}, "tenant: an account of level=tenant sees its own tenant only"),
        ):
            assert text in refused(sim, "ccs_tenant_info", {**own, **wrong})
        assert len(found(sim, "ccs_extension_info", OF_TENANT)) == 12
        (one,) = found(sim, "ccs_extension_info", {**OF_TENANT, "extension": "101"})
        assert one["uuid"] == EXTENSION_101

    @pytest.mark.parametrize("as_int", [True, False])
    def test_the_total_does_not_matter(self, sim: Simulator, as_int: bool) -> None:
        sim.settings(ccs={"total_as_int": as_int})
        assert len(found(sim, "ccs_tenant_info", {"gather_subset": []})) == 2

    def test_a_text_count_that_tells_nothing(self, sim: Simulator) -> None:
        sim.settings(ccs={"lost_answers": "bare"})
        (acme,) = found(sim, "ccs_tenant_info", {**CCS, "gather_subset": ["text_count"]})
        assert acme["text_count"] == {"success": True}

    def test_catalogues(self, sim: Simulator) -> None:
        (both,) = found(sim, "ccs_info", {})
        assert [product["name"] for product in both["products"]] == ["Campaign", "ECR,ACP", "+AG"]
        assert [role["name"] for role in both["roles"]] == ["Tenant Admin", "Telco Admin", "API"]
        (roles,) = found(sim, "ccs_info", {"gather_subset": ["roles"]})
        assert list(roles) == ["roles"]
        assert reads(sim) == ["/products/", "/roles/", "/roles/"]


class TestAgentState:
    def state(self, sim: Simulator, uuid: str = EXTENSION_101) -> str:
        return tenant(sim)["agent_states"][uuid]["agent_state"]["state"]["name"]

    @pytest.mark.parametrize("agent", [{"extension": "101"}, {"uuid": EXTENSION_101}])
    def test_by_the_telco(self, sim: Simulator, agent: Options) -> None:
        wanted = {"tenant": ACME_UUID, **agent, "name": "Lunch Break"}
        assert done(sim, "ccs_agent_state", wanted, check=True)["changed"]
        assert self.state(sim) == "Ready"
        output = done(sim, "ccs_agent_state", wanted)
        assert output["results"][0]["before"]["name"] == "Ready"
        assert self.state(sim) == "Lunch Break"
        assert bodies(sim) == [{"request": "updateAgentState", "name": "Lunch Break"}]
        assert sim.journal(writes=True)[0]["path"] == f"{ACME_PATH}/extensions/{EXTENSION_101}"
        sim.clear_journal()
        output = done(sim, "ccs_agent_state", wanted)
        assert not output["changed"]
        assert output["results"][0]["unverified"] == []
        assert len(sim.journal()) == (1 if "uuid" in agent else 2)

    @pytest.mark.parametrize("agent", [{"extension": "101"}, {"uuid": EXTENSION_101}])
    def test_by_the_administrator_of_the_tenant(self, sim: Simulator, agent: Options) -> None:
        wanted = {**OF_TENANT, **agent, "name": "Lunch Break"}
        for _run in range(2):
            output = done(sim, "ccs_agent_state", wanted)
            assert output["changed"]
            assert output["results"][0]["unverified"] == ["name"]
        assert self.state(sim) == "Lunch Break"
        assert {r["path"] for r in sim.journal(writes=True)} == {f"{API}/extensions/{EXTENSION_101}"}
        assert set(reads(sim)) == ({"/extensions"} if "extension" in agent else set())
        assert not done(sim, "ccs_agent_state", {**wanted, "write_unreadable": "never"})["changed"]

    def test_by_the_agent(self, sim: Simulator) -> None:
        output = done(sim, "ccs_agent_state", {**AGENT, "name": "Coffee Break"})
        assert output["results"][0]["unverified"] == ["name"]
        assert self.state(sim) == "Coffee Break"
        (sent,) = sim.journal()
        assert (sent["path"], sent["body"]) == (
            f"{API}/agent_state",
            {"request": "updateAgentState", "name": "Coffee Break"},
        )

    @pytest.mark.parametrize("check", [True, False])
    def test_a_name_that_is_no_state_of_the_tenant_is_refused(self, sim: Simulator, check: bool) -> None:
        rows = [{"extension": "101", "name": "Coffee Break"}, {"extension": "102", "name": "Tea Break"}]
        message = refused(sim, "ccs_agent_state", {**CCS, "config": rows}, check=check)
        assert "config[1]: name: 'Tea Break' is no state of Acme Contact Center; there are: Ready, Sign Out" in message
        assert bodies(sim) == []

    @pytest.mark.parametrize("how", [{**OF_TENANT, "extension": "101"}, AGENT])
    def test_where_the_list_cannot_be_read_the_platform_refuses(self, sim: Simulator, how: Options) -> None:
        assert "answered 400: No such agent state" in refused(sim, "ccs_agent_state", {**how, "name": "Tea Break"})

    def test_without_the_right_to_read_the_list_the_platform_decides(self, sim: Simulator) -> None:
        seed = ccs_seed()
        seed["accounts"].append({"token": "control-token", "permissions": ["API", "Agent Control"]})
        sim.reset({"ccs": seed})
        wanted = {"token": "control-token", "tenant": ACME_UUID, "uuid": EXTENSION_101, "name": "Lunch Break"}
        assert done(sim, "ccs_agent_state", wanted)["changed"]
        assert not done(sim, "ccs_agent_state", wanted)["changed"]
        assert "No such agent state" in refused(sim, "ccs_agent_state", {**wanted, "name": "Tea Break"})

    def test_one_agent_named_in_two_ways_is_refused(self, sim: Simulator) -> None:
        rows = [{"extension": "101", "name": "Lunch Break"}, {"uuid": EXTENSION_101, "name": "Ready"}]
        message = refused(sim, "ccs_agent_state", {**CCS, "config": rows})
        assert "config[1]: is the same resource as config[0]" in message
        assert bodies(sim) == []

    def test_a_lost_answer_is_asked_for_again(self, sim: Simulator) -> None:
        sim.fault(method="POST", path="/agent_state", cut_after=True)
        assert done(sim, "ccs_agent_state", {**AGENT, "name": "Lunch Break", "retries": 1})["changed"]
        assert len(sim.journal(writes=True)) == 2


class TestCalls:
    @pytest.mark.parametrize(
        ("call", "options", "body"),
        [
            (ANSWERED, {"request": "kill"}, {"request": "kill"}),
            (ANSWERED, {"request": "start_suppression"}, {"request": "startSuppression"}),
            (ANSWERED, {"request": "stop_suppression"}, {"request": "stopSuppression"}),
            (WAITING, {"request": "wait_kill"}, {"request": "wait_kill"}),
            (
                WAITING,
                {"request": "wait_transfer", "target": "19735552109"},
                {"request": "wait_transfer", "target": "19735552109"},
            ),
            (
                WAITING,
                {"request": "wait_redirect", "target": "Support"},
                {"request": "wait_redirect", "target": SUPPORT},
            ),
            (WAITING, {"request": "wait_redirect", "target": SUPPORT}, {"request": "wait_redirect", "target": SUPPORT}),
        ],
    )
    @pytest.mark.parametrize("answers", ["guessed", "bare"])
    def test_each_request(self, sim: Simulator, call: str, options: Options, body: Any, answers: str) -> None:
        sim.settings(ccs={"lost_answers": answers})
        output = done(sim, "ccs_call", {**OF_TENANT, "call_id": call, **options})
        assert output["changed"]
        assert output["results"][0]["answer"] == {"success": True}
        (sent,) = sim.journal(writes=True)
        assert (sent["path"], sent["body"]) == (f"{API}/calls/{call}", body)
        assert reads(sim) == (["/acds"] if options.get("target") == "Support" else [])

    @pytest.mark.parametrize("call", ["0BS9/DD 01?x=#é", "..%2F", "a+b&c"])
    def test_ids_stay_one_segment_of_the_path(self, sim: Simulator, call: str) -> None:
        seed = ccs_seed()
        seed["tenants"][0]["calls"][1]["call_id"] = call
        sim.reset({"ccs": seed})
        assert [one["call_id"] for one in found(sim, "ccs_call_info", {**OF_TENANT, "call_id": call})] == [call]
        done(sim, "ccs_call", {**OF_TENANT, "call_id": call, "request": "kill"})
        assert call not in tenant(sim)["calls"]
        assert all(r["path"].removeprefix(f"{API}/calls/").isascii() for r in sim.journal())
        assert all(r["path"].count("/") == API.count("/") + 2 for r in sim.journal())

    def test_all_one_and_some(self, sim: Simulator) -> None:
        def ids(**options: Any) -> list[str]:
            return [call["call_id"] for call in found(sim, "ccs_call_info", {**OF_TENANT, **options})]

        assert ids() == [WAITING, ANSWERED]
        assert ids(call_id=ANSWERED) == [ANSWERED]
        assert ids(calling_number="501") == [WAITING]
        assert ids(called_number="386") == [WAITING, ANSWERED]
        assert ids(called_number="999") == []
        assert ids(from_datetime="2021-10-07T07:22:00", to_datetime="2021-10-07T08:00:00") == [WAITING]
        assert ids(calling_number="501", called_number="386", to_datetime="2021-10-07T07:22:21") == [WAITING]
        queries = [(r["path"].removeprefix(API), dict(parse_qsl(r["query"]))) for r in sim.journal()]
        assert queries[0] == ("/calls", {})
        assert queries[2] == ("/calls/filter", {"calling_number": "501"})
        assert queries[6] == (
            "/calls/filter",
            {
                "calling_number": "501",
                "called_number": "386",
                "to_datetime": "2021-10-07T07:22:21",
                "time_z": "UTC",
            },
        )

    @pytest.mark.parametrize(
        ("options", "text"),
        [
            ({"from_datetime": "2021-10-07 07:22:00"}, "from_datetime: must be a time such as 2026-11-23T14:00:00"),
            ({"call_id": WAITING, "calling_number": "501"}, "call_id: is the id of a call"),
            ({"call_id": "filter"}, "call_id: is the id of a call"),
            ({"calling_number": 501}, "calling_number: arrived as the number 501"),
        ],
    )
    def test_wrong_filters(self, sim: Simulator, options: Options, text: str) -> None:
        assert text in refused(sim, "ccs_call_info", {**OF_TENANT, **options})
        assert sim.journal() == []

    @pytest.mark.parametrize("options", [{}, {"call_id": WAITING}, {"calling_number": "501"}])
    def test_answers_that_tell_nothing(self, sim: Simulator, options: Options) -> None:
        sim.settings(ccs={"lost_answers": "bare"})
        assert found(sim, "ccs_call_info", {**OF_TENANT, **options}) == []

    def test_an_account_of_the_telco_sees_no_calls(self, sim: Simulator) -> None:
        message = refused(sim, "ccs_call_info", {})
        assert "403: Only for tenant level users" in message


class TestDial:
    def test_by_an_account_of_the_tenant(self, sim: Simulator) -> None:
        wanted = {**OF_TENANT, "tenant": ACME_UUID, "extension": "101", "target": "819735552106"}
        (result,) = done(sim, "ccs_dial", wanted)["results"]
        assert result["answer"] == {"success": True, "call_id": "0BS9DD01DIALED"}
        assert bodies(sim) == [{"request": "dial", "target": "819735552106"}]
        assert sim.journal(writes=True)[0]["path"] == f"{ACME_PATH}/extensions/{EXTENSION_101}"

    def test_nothing_is_looked_up_that_is_given_by_uuid(self, sim: Simulator) -> None:
        wanted = {"tenant": ACME_UUID, "uuid": EXTENSION_101, "target": "1", "outbound_queue": OUTBOUND}
        done(sim, "ccs_dial", {**OF_TENANT, **wanted})
        assert reads(sim) == []
        assert bodies(sim) == [{"request": "dial", "target": "1", "outbound_queue_uuid": OUTBOUND}]

    def test_by_an_account_of_the_telco_where_it_may(self, sim: Simulator) -> None:
        sim.settings(ccs={"dial_user": "any"})
        done(sim, "ccs_dial", {**CCS, "extension": "101", "target": "102", "outbound_queue": "Outbound"})
        assert bodies(sim) == [{"request": "dial", "target": "102", "outbound_queue_uuid": OUTBOUND}]

    def test_an_account_of_the_tenant_cannot_look_tenants_up(self, sim: Simulator) -> None:
        wanted = {**OF_TENANT, **CCS, "extension": "101", "target": "102"}
        assert f"GET {API}/tenants answered 403: Only for telco level users" in refused(sim, "ccs_dial", wanted)


class TestActions:
    @every_action
    @pytest.mark.parametrize("fault", [{"cut_after": True}, {"cut_before": True}, {"status": 503}, {"truncated": True}])
    def test_what_may_have_been_done_is_not_done_again(self, sim: Simulator, case: Any, fault: Options) -> None:
        sim.fault(method="POST", path=API, **fault)
        rows = {**case.login, **case.parents, "config": [case.one, case.other], "retries": 3, "concurrency": 1}
        output = run(sim, case.module, rows)
        assert "config[0]" in output["msg"]
        assert "The server may have carried it out, and is not asked a second time" in output["msg"]
        assert "1 done, 1 failed" in output["msg"]
        assert [r["changed"] for r in output["results"]] == [False, True]
        assert output["results"][0]["answer"] is None
        assert len(sim.journal(writes=True)) == 2

    @every_action
    def test_what_was_put_off_is_asked_for_again(self, sim: Simulator, case: Any) -> None:
        sim.fault(method="POST", path=API, status=429, headers={"Retry-After": "0"})
        assert done(sim, case.module, {**case.login, **case.parents, **case.one, "retries": 1})["changed"]
        assert len(sim.journal(writes=True)) == 2

    @every_action
    def test_check_mode_sends_nothing_and_looks_names_up(self, sim: Simulator, case: Any) -> None:
        output = done(sim, case.module, {**case.login, **case.parents, **case.one}, check=True)
        assert output["changed"]
        assert output["results"][0]["answer"] is None
        assert output["summary"]["done"] == 1
        assert bodies(sim) == []
        assert reads(sim)

    def test_the_counter_is_reset_and_the_answer_handed_back(self, sim: Simulator) -> None:
        output = done(sim, "ccs_text_counter", {"config": [{"tenant": ACME_UUID}, {"tenant": "Globex"}]})
        assert [r["answer"] for r in output["results"]] == [{"success": True}] * 2
        assert output["summary"] == {"done": 2, "failed": 0, "requests": 3}
        assert bodies(sim) == [{"request": "reset_counter"}] * 2
        assert tenant(sim)["text_count"] == {"sms_count": "0", "mms_count": "0"}


UPDATE = {"tenant": ACME_UUID, "max_agents": 120}


class TestErrors:
    """The status decides; what a body calls success makes no error good."""

    @pytest.mark.parametrize(
        ("status", "body", "text"),
        [
            (400, {"success": False, "reason": "Too many agents"}, "answered 400: Too many agents"),
            (400, {"success": True, "reason": "Too many agents"}, "answered 400: Too many agents"),
            (500, {"success": True, "reason": "Internal Server Error"}, "answered 500: Internal Server Error"),
            (404, {}, "answered 404"),
            (403, {"success": False, "reason": "No"}, "answered 403: No. The account lacks the permission"),
            (200, {"success": False, "reason": "Not today"}, "answered 200: Not today"),
        ],
    )
    @pytest.mark.parametrize("method", ["GET", "PUT"])
    def test_what_is_an_error(self, sim: Simulator, method: str, status: int, body: Any, text: str) -> None:
        sim.fault(method=method, path="/tenants", status=status, body=body)
        message = refused(sim, "ccs_tenant", UPDATE)
        assert f"{method} {ACME_PATH} {text}" in message

    @pytest.mark.parametrize("body", [{}, {"success": True}, {"success": "true"}, {"success": None}, []])
    def test_what_is_none(self, sim: Simulator, body: Any) -> None:
        sim.fault(method="PUT", path="/tenants", status=200, body=body, after=True)
        assert done(sim, "ccs_tenant", UPDATE)["changed"]
        assert not done(sim, "ccs_tenant", UPDATE)["changed"]

    def test_the_status_of_a_refused_log_in_decides(self, sim: Simulator) -> None:
        sim.fault(path="/tenants", status=401, body={"status": 401, "reason": "Unauthorized", "success": True})
        assert "CCS at" in (message := refused(sim, "ccs_tenant", UPDATE))
        assert "refused the credentials (401, auth=bearer)" in message
        assert len(sim.journal()) == 1


PAIR = b64encode(b"admin:simulator").decode()


class TestCredentials:
    @pytest.mark.parametrize(
        "login",
        [
            {"token": "simulator-token"},
            {"username": "admin", "password": "simulator"},
            {"auth": "basic", "username": "admin", "password": "simulator", "token": "wrong"},
            {"headers": {"Authorization": "Bearer simulator-token"}},
            {"auth": "headers", "headers": {"authorization": f"Basic {PAIR}"}, "token": "wrong"},
            {"token": "simulator-token", "headers": {"X-Operator": "7"}},
        ],
    )
    def test_all_ways_to_log_in(self, sim: Simulator, login: Options) -> None:
        output = run_module("ccs_info", {"url": sim.url, **login}, verbosity=4)
        assert not output.failed, output["msg"]
        for secret in ("simulator-token", PAIR):
            assert secret not in output.text

    @pytest.mark.parametrize(
        ("login", "way"),
        [
            ({"token": "wrong-and-secret"}, "bearer"),
            ({"username": "admin", "password": "wrong-and-secret"}, "basic"),
            ({"headers": {"Authorization": "Bearer wrong-and-secret"}}, "headers"),
        ],
    )
    @pytest.mark.parametrize("module", ["ccs_tenant", "ccs_text_counter", "ccs_tenant_product"])
    def test_refused_ones_are_sent_once_whatever_there_is_to_do(
        self, sim: Simulator, module: str, login: Options, way: str
    ) -> None:
        """Entries are read in parallel: without care, each would be an attempt of its own."""
        sim.settings(latency_ms=20)
        entry = next(case.one for case in CASES if case.module == module)
        config = [{**entry, "tenant": ccs_uuid("1", n)} for n in range(1, 13)]
        output = run_module(
            module, {"url": sim.url, **login, "config": config, "retries": 3, "concurrency": 8}, verbosity=4
        )
        assert output.failed
        assert f"refused the credentials (401, auth={way}). They are not tried again" in output["msg"]
        assert "wrong-and-secret" not in output.text
        assert b64encode(b"admin:wrong-and-secret").decode() not in output.text
        assert len(sim.journal()) == 1

    def test_ones_that_are_refused_half_way_are_not_tried_again(self, sim: Simulator) -> None:
        sim.fault(method="PUT", path="/extensions/", status=401, skip=1)
        rows = [{"extension": str(n), "is_agent": True} for n in range(101, 107)]
        output = run(sim, "ccs_extension", {"tenant": ACME_UUID, "config": rows, "concurrency": 1, "retries": 3})
        assert output.failed
        assert output["summary"] == {
            "created": 0,
            "updated": 1,
            "deleted": 0,
            "unchanged": 0,
            "failed": 5,
            "requests": 3,
        }
        assert "not attempted: CCS at" in output["results"][2]["error"]

    def test_ones_that_are_refused_are_not_tried_for_each_item_of_a_loop(self, sim: Simulator, tmp_path: Path) -> None:
        task = {
            "voiceops.telephony.ccs_text_counter": {
                "url": sim.url,
                "token": "wrong-and-secret",
                "tenant": "{{ item }}",
            },
            "loop": [ACME_UUID, GLOBEX_UUID, "Initech"],
        }
        playbook = tmp_path / "play.json"
        playbook.write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": [task]}]))
        played = subprocess.run(["ansible-playbook", "-vvvv", playbook], capture_output=True, check=False, text=True)
        assert played.returncode
        assert played.stdout.count("refused the credentials") >= 3
        assert "wrong-and-secret" not in played.stdout + played.stderr
        assert len(sim.journal()) == 1

    def test_few_requests_at_a_time(self, sim: Simulator) -> None:
        assert connection_spec("ccs")["concurrency"]["default"] == 3
