# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Route points and instant group calls: the platform's rules, what only the server knows, and the fewest requests."""

from __future__ import annotations

from typing import Any

import pytest
from integration.cases import APIO, ROUTE_POINT, SALES, SUPPORT, Options
from integration.test_platforms import done, requests, run
from modules import Output
from simulator.handle import Simulator

SETTINGS = "apio_route_point_"
DEFAULT = {"default_call_disposition_code": {"code": "SALE", "level": "CallCenter"}}
FORCED = {"enable_call_disposition_codes": True, "force_use_of_call_disposition_codes": True, **DEFAULT}
FILES = {"audio_message_selection": "File", "audio_file_list": ["Welcome"]}
CLI = {"cli_phone_number": "025126770", "cli_last_name": "Acme", "cli_first_name": "Sales"}


def sales(sim: Simulator) -> dict[str, Any]:
    group = sim.state()["apio"]["tenants"]["acme"]["groups"]["brussels"]
    return group["route_points"]["rp-sales@acme.example"]


def written(sim: Simulator) -> list[Any]:
    return [entry["body"] for entry in sim.journal(writes=True)]


def refused(output: Output) -> str:
    assert output.failed
    assert "Traceback" not in output.text
    return output["msg"]


class TestRules:
    """What would break a rule of the platform is refused before any write, also that of other entries."""

    @pytest.mark.parametrize("check", [False, True])
    @pytest.mark.parametrize(
        ("part", "before", "wanted", "text"),
        [
            ("overflow", {}, {"action": "Transfer"}, "action: Transfer needs transfer_phone_number"),
            (
                "overflow",
                {"action": "Transfer", "transfer_phone_number": "6700"},
                {"transfer_phone_number": None},
                "action: Transfer needs transfer_phone_number",
            ),
            ("forced_forwarding", {}, {"active": True}, "active: true needs forward_to_phone_number"),
            (
                "forced_forwarding",
                {"active": True, "forward_to_phone_number": "6700"},
                {"forward_to_phone_number": None},
                "active: true needs forward_to_phone_number",
            ),
            ("announcements", {}, {"audio_file_list": ["a"]}, "audio_file_list: needs audio_message_selection=File"),
            (
                "overflow",
                {},
                {"audio_message_selection": "File"},
                "audio_message_selection: File needs audio_file_list",
            ),
            (
                "disposition_codes_config",
                {},
                {"force_use_of_call_disposition_codes": True},
                "force_use_of_call_disposition_codes: true needs default_call_disposition_code",
            ),
            (
                "disposition_codes_config",
                FORCED,
                {"default_call_disposition_code": None},
                "force_use_of_call_disposition_codes: true needs default_call_disposition_code",
            ),
        ],
    )
    def test_settings(
        self, sim: Simulator, part: str, before: Options, wanted: Options, text: str, check: bool
    ) -> None:
        if before:
            done(sim, SETTINGS + part, {**ROUTE_POINT, **before})
        sim.clear_journal()
        good = {"overflow_after_timeout": True} if part == "overflow" else {}
        rows = {"config": [{**SUPPORT, **good}, {**SALES, **wanted}]}
        message = refused(run(sim, SETTINGS + part, {**APIO, **rows}, check=check))
        assert f"config[1]: {text}" in message
        assert requests(sim, "write") == []

    @pytest.mark.parametrize(
        ("code", "level"), [("NONE", "CallCenter"), ("OLD", "CallCenter"), ("SALE", "Group"), ("GRP-1", "CallCenter")]
    )
    def test_a_default_code_must_be_there_and_active(self, sim: Simulator, code: str, level: str) -> None:
        wanted = {"default_call_disposition_code": {"code": code, "level": level}}
        message = refused(run(sim, "apio_route_point_disposition_codes_config", {**ROUTE_POINT, **wanted}))
        assert f"there is no active code '{code}' of level {level} on rp-sales@acme.example" in message
        assert "create and activate it first" in message
        assert requests(sim, "write") == []

    def test_a_code_of_the_group_can_be_the_default(self, sim: Simulator) -> None:
        wanted = {**ROUTE_POINT, "default_call_disposition_code": {"code": "GRP-1", "level": "Group"}}
        done(sim, "apio_route_point_disposition_codes_config", wanted)
        sim.clear_journal()
        assert not done(sim, "apio_route_point_disposition_codes_config", wanted)["changed"]
        assert len(requests(sim, "read")) == 1

    @pytest.mark.parametrize(
        "wanted",
        [
            {"code": "SALE", "state": "absent"},
            {"code": "SALE", "active": False},
            {"config": [{"code": "OLD"}], "purge": True},
        ],
    )
    def test_the_default_code_stays(self, sim: Simulator, wanted: Options) -> None:
        done(sim, "apio_route_point_disposition_codes_config", {**ROUTE_POINT, **DEFAULT})
        sim.clear_journal()
        message = refused(run(sim, "apio_route_point_disposition_code", {**ROUTE_POINT, **wanted}))
        assert "disposition code 'SALE' of rp-sales@acme.example is the default code" in message
        assert "default_call_disposition_code of apio_route_point_disposition_codes_config" in message
        assert requests(sim, "write") == []

    def test_a_code_of_the_group_that_is_the_default_protects_none_of_the_same_name(self, sim: Simulator) -> None:
        code = {**ROUTE_POINT, "code": "GRP-1"}
        done(sim, "apio_route_point_disposition_code", code)
        wanted = {"default_call_disposition_code": {"code": "GRP-1", "level": "Group"}}
        done(sim, "apio_route_point_disposition_codes_config", {**ROUTE_POINT, **wanted})
        assert done(sim, "apio_route_point_disposition_code", {**code, "state": "absent"})["changed"]

    def test_order_of_codes_and_their_settings(self, sim: Simulator) -> None:
        """Create the code, make it the default, make none the default, delete it; each twice."""
        code = {**ROUTE_POINT, "code": "NEW"}
        config = {**ROUTE_POINT, "default_call_disposition_code": {"code": "NEW", "level": "CallCenter"}}
        for module, wanted in (
            ("apio_route_point_disposition_code", code),
            ("apio_route_point_disposition_codes_config", config),
            ("apio_route_point_disposition_codes_config", {**config, "default_call_disposition_code": None}),
            ("apio_route_point_disposition_code", {**code, "state": "absent"}),
        ):
            assert done(sim, module, wanted)["changed"]
            assert not done(sim, module, wanted)["changed"]

    def test_dnis_with_custom_clid_and_no_number(self, sim: Simulator) -> None:
        custom = {"name": "d", "use_custom_clid_settings": True}
        rows = [{"name": "good"}, {**custom, **CLI, "cli_phone_number": None}]
        message = refused(run(sim, "apio_route_point_dnis", {**ROUTE_POINT, "config": rows}))
        assert "config[1]: use_custom_clid_settings: true needs cli_phone_number too" in message
        assert requests(sim, "write") == []


class TestSubErrors:
    """What only the server knows is explained."""

    @pytest.mark.parametrize("form", ["list", "details"])
    @pytest.mark.parametrize(
        ("module", "hidden", "wanted", "said", "advice"),
        [
            (
                "apio_route_point_disposition_codes_config",
                ("/disposition_codes/", {"disposition_codes": [{"code": "X", "active": True, "level": "CallCenter"}]}),
                {"default_call_disposition_code": {"code": "X", "level": "CallCenter"}},
                "Invalid disposition code. (code 2)",
                "compare it with what the message names",
            ),
            (
                "apio_route_point_bounced_call",
                None,
                {"enable_transfer": True},
                "The 'transferPhoneNumber' must be set in order to enable the transfer. (code 9)",
                "Another parameter must be given together",
            ),
            (
                "apio_route_point_disposition_code",
                ("/disposition_codes/", {"disposition_codes": []}),
                {"code": "SALE"},
                "Disposition code name already exists. (code 11)",
                "already in use",
            ),
            (
                "apio_route_point_disposition_code",
                ("/disposition_codes_config/", {}),
                {"code": "SALE", "state": "absent"},
                "It is being used as default code. (code 21)",
                "change the configuration that names it first",
            ),
        ],
    )
    def test_explained(
        self, sim: Simulator, module: str, hidden: Any, wanted: Options, said: str, advice: str, form: str
    ) -> None:
        sim.settings(apio={"error_form": form})
        done(sim, "apio_route_point_disposition_codes_config", {**ROUTE_POINT, **DEFAULT})
        if hidden:
            sim.fault(
                method="GET", path=f"{hidden[0]}$", status=200, body=hidden[1], times=2
            )  # also when it is read again
        message = refused(run(sim, module, {**ROUTE_POINT, **wanted}))
        assert said in message
        assert advice in message

    def test_an_unknown_dnis(self, sim: Simulator) -> None:
        wanted = {**ROUTE_POINT, "name": "none", **FILES}
        assert "DNIS not found" in refused(run(sim, "apio_route_point_dnis_announcements", wanted))
        assert requests(sim, "write") == []


class TestDispositionCodes:
    def test_codes_of_the_group_are_never_touched(self, sim: Simulator) -> None:
        output = done(
            sim, "apio_route_point_disposition_code", {**ROUTE_POINT, "config": [{"code": "SALE"}], "purge": True}
        )
        assert [r["key"]["code"] for r in output["results"]] == ["SALE", "OLD"]
        assert list(sales(sim)["disposition_codes"]) == ["SALE"]
        gone = {**ROUTE_POINT, "code": "GRP-1", "state": "absent"}
        assert not done(sim, "apio_route_point_disposition_code", gone)["changed"]
        codes = done(sim, "apio_route_point_info", {**ROUTE_POINT, "gather_subset": ["disposition_codes"]})
        assert [code["code"] for code in codes["resources"][0]["disposition_codes"]] == ["SALE"]
        assert not [r for r in requests(sim, "write") if "GRP" in r]

    def test_a_code_of_the_same_name_as_one_of_the_group_is_a_new_one(self, sim: Simulator) -> None:
        code = {**ROUTE_POINT, "code": "GRP-1", "active": False}
        assert done(sim, "apio_route_point_disposition_code", code)["results"][0]["action"] == "create"
        assert not done(sim, "apio_route_point_disposition_code", code)["changed"]

    def test_a_change_is_looked_at_because_its_answer_is_empty(self, sim: Simulator) -> None:
        sim.fault(method="GET", path="/disposition_codes/SALE/", status=200, body={"active": True, "description": "X"})
        output = done(sim, "apio_route_point_disposition_code", {**ROUTE_POINT, "code": "SALE", "description": "Y"})
        assert "accepted description='Y' and answered 'X'" in str(output["results"][0]["warnings"])

    def test_the_fewest_requests(self, sim: Simulator) -> None:
        rows = [{**rp, "code": f"C{n}"} for rp in (SALES, SUPPORT) for n in range(5)]
        done(sim, "apio_route_point_disposition_code", {**APIO, "config": rows})
        assert (len(requests(sim, "read")), len(requests(sim, "write"))) == (2, 10)
        sim.clear_journal()
        done(sim, "apio_route_point_disposition_code", {**APIO, "config": rows, "state": "absent"})
        assert (len(requests(sim, "read")), len(requests(sim, "write"))) == (4, 10)


class TestAudioFiles:
    MODULES = ("announcements", "overflow", "forced_forwarding", "dnis_announcements")

    def put(self, sim: Simulator, part: str, wanted: Options) -> Output:
        name = {"name": "Main"} if part == "dnis_announcements" else {}
        return done(sim, SETTINGS + part, {**ROUTE_POINT, **name, **wanted})

    def slots(self, sim: Simulator, part: str) -> list[str | None]:
        point = sales(sim)
        return (point["dnis"]["Main"]["announcements"] if part == "dnis_announcements" else point[part])[
            "audioFileList"
        ]

    @pytest.mark.parametrize("short", ["keeps", "clears"])
    @pytest.mark.parametrize("part", MODULES)
    def test_positions(self, sim: Simulator, part: str, short: str) -> None:
        """The list given is all there is, also on servers that keep what a short list does not name."""
        sim.settings(apio={"short_audio_list": short})
        for files in (["a", "b", "c", "d"], [None, "b"], ["b"], ["b", None, "c"], ["c", "b"]):
            wanted = {"audio_message_selection": "File", "audio_file_list": files}
            assert self.put(sim, part, wanted)["changed"]
            assert self.slots(sim, part) == files + [None] * (4 - len(files))
            assert not self.put(sim, part, wanted)["changed"]
            assert not self.put(sim, part, {"audio_file_list": [*files, None][:4]})["changed"]

    @pytest.mark.parametrize("empty", [None, []])
    @pytest.mark.parametrize("part", MODULES)
    def test_back_to_default(self, sim: Simulator, part: str, empty: Any) -> None:
        self.put(sim, part, FILES)
        wanted = {"audio_message_selection": "Default", "audio_file_list": empty}
        assert self.put(sim, part, wanted)["changed"]
        assert self.slots(sim, part) == [None] * 4
        assert not self.put(sim, part, wanted)["changed"]

    def test_what_is_there_already_counts(self, sim: Simulator) -> None:
        self.put(sim, "announcements", FILES)
        assert self.put(sim, "announcements", {"audio_file_list": ["Music"]})["changed"]
        assert self.put(sim, "announcements", {"audio_message_selection": "Default"})["changed"]


class TestBouncedCalls:
    TRANSFER = {"enable_transfer": False, "transfer_phone_number": "6700", "bounce_call_when_agent_unavailable": False}

    def test_absent_is_not_false(self, sim: Simulator) -> None:
        first = done(sim, "apio_route_point_bounced_call", {**ROUTE_POINT, **self.TRANSFER})
        assert first["changed"]
        assert first["results"][0]["unverified"] == list(self.TRANSFER)
        second = done(sim, "apio_route_point_bounced_call", {**ROUTE_POINT, **self.TRANSFER})
        assert not second["changed"]
        assert second["results"][0]["unverified"] == []

    def test_a_server_that_shows_them(self, sim: Simulator) -> None:
        sim.settings(apio={"bounced_call_unset": "shown"})
        wanted = {**ROUTE_POINT, **self.TRANSFER, "transfer_phone_number": None}
        assert not done(sim, "apio_route_point_bounced_call", wanted)["changed"]

    def test_a_server_that_never_shows_them(self, sim: Simulator) -> None:
        shown = {"active": False, "numberOfRingsBeforeBouncingCall": 5}
        sim.fault(method="GET", path="/bounced_call/", status=200, body=shown, times=None)
        sim.fault(method="PUT", path="/bounced_call/", status=200, body=shown, times=None, after=True)
        for _run in range(2):
            output = done(sim, "apio_route_point_bounced_call", {**ROUTE_POINT, **self.TRANSFER})
            assert output["changed"]
            assert output["results"][0]["unverified"] == list(self.TRANSFER)
        left_alone = {**ROUTE_POINT, **self.TRANSFER, "write_unreadable": "never"}
        output = done(sim, "apio_route_point_bounced_call", left_alone)
        assert not output["changed"]
        assert output["results"][0]["unverified"] == list(self.TRANSFER)
        empty = {**ROUTE_POINT, "transfer_phone_number": None, "active": False}
        assert not done(sim, "apio_route_point_bounced_call", empty)["changed"]


class TestInstantGroupCalls:
    CALL = {"name": "Fire", "cli_first_name": "Alarm", "cli_last_name": "Acme"}

    def rows(self, many: int, **more: Any) -> list[Options]:
        return [
            {**self.CALL, "name": f"IGC {n}", "service_user_id": f"igc{n}@acme.example", **more} for n in range(many)
        ]

    def state(self, sim: Simulator) -> dict[str, Any]:
        return sim.state()["apio"]["tenants"]["acme"]["groups"]["brussels"]["instant_group_calls"]

    def put(self, sim: Simulator, wanted: Options, **how: Any) -> Output:
        return done(sim, "apio_instant_group_call", {**APIO, **wanted}, **how)

    def test_active_where_the_server_returns_it(self, sim: Simulator) -> None:
        sim.settings(apio={"igc_active_returned": True})
        output = self.put(sim, {"config": self.rows(3, active=False)})
        assert written(sim)[0]["active"] is False  # on creation, in its body
        assert output["results"][0]["unverified"] == []
        assert not self.put(sim, {"config": self.rows(3, active=False)})["changed"]
        sim.clear_journal()
        assert self.put(sim, {"config": self.rows(3, active=True)})["summary"]["updated"] == 3
        (bulk,) = sim.journal(writes=True)  # alone, in one request for all
        assert bulk["path"].endswith("/instant_group_calls_active/")
        assert len(bulk["body"]["services"]) == 3
        sim.clear_journal()
        self.put(sim, {"config": self.rows(1, active=False, extension="6799")})
        (update,) = written(sim)  # with other changes, in their body
        assert update == {"serviceInstanceProfile": {"extension": "6799"}, "active": False}
        assert not self.put(sim, {"config": self.rows(1, active=False, extension="6799")})["changed"]

    def test_active_where_the_server_does_not_return_it(self, sim: Simulator) -> None:
        rows = self.rows(3, active=False)
        self.put(sim, {"config": rows})
        assert not any(service["active"] for service in self.state(sim).values())
        for active in (True, True):
            sim.clear_journal()
            output = self.put(sim, {"config": self.rows(3, active=active)})
            assert output["changed"]
            assert [r["unverified"] for r in output["results"]] == [["active"]] * 3
            assert len(requests(sim, "write")) == 1
            assert all(service["active"] for service in self.state(sim).values())
        assert not self.put(sim, {"config": rows, "write_unreadable": "never"})["changed"]

    def test_server_made_id(self, sim: Simulator) -> None:
        sim.settings(apio={"auto_id": True})
        made = self.put(sim, self.CALL)["results"][0]["key"]["service_user_id"]
        assert made.startswith("brussels_igc")
        again = self.put(sim, {**self.CALL, "answer_timeout_minutes": 5})
        assert again["results"][0]["action"] == "update"
        assert again["results"][0]["key"]["service_user_id"] == made
        message = refused(
            run(sim, "apio_instant_group_call", {**APIO, **self.CALL, "service_user_id": "igc@acme.example"})
        )
        assert f"'Fire' exists as {made}" in message

    def test_id_renamed_with_the_number(self, sim: Simulator) -> None:
        sim.settings(apio={"rename_on_phone": True})
        self.put(sim, {**self.CALL, "service_user_id": "igc@acme.example"})
        moved = self.put(
            sim, {**self.CALL, "service_user_id": "igc@acme.example", "phone_number": "025126799", "active": False}
        )
        (new,) = self.state(sim)
        assert new != "igc@acme.example"
        assert moved["results"][0]["key"]["service_user_id"] == new
        assert moved["results"][0]["resource"]["service_user_id"] == new
        assert not self.state(sim)[new]["active"]
        assert not self.put(sim, {**self.CALL, "phone_number": "025126799"})["changed"]

    def test_numbers_are_an_unordered_set_in_either_form(self, sim: Simulator) -> None:
        numbers = ["+32471112233", "025126701", "sip:alarm@acme.example"]
        self.put(sim, {**self.CALL, "service_user_id": "igc@acme.example", "destination_phone_numbers": numbers})
        assert not self.put(sim, {**self.CALL, "destination_phone_numbers": numbers[::-1]})["changed"]
        other = ["sip:Alarm@acme.example", "+32 2 512 67 01", "0471 11 22 33"]
        wanted = {**self.CALL, "destination_phone_numbers": other, "country": "BE"}
        assert not self.put(sim, wanted)["changed"]
        doubled = {**self.CALL, "destination_phone_numbers": ["025126701", "+3225126701"], "country": "BE"}
        message = refused(run(sim, "apio_instant_group_call", {**APIO, **doubled}))
        assert "'025126701' and '+3225126701' are the same number" in message
        assert self.put(sim, {**self.CALL, "destination_phone_numbers": []})["changed"]
        assert not self.put(sim, {**self.CALL, "destination_phone_numbers": None})["changed"]

    def test_info_without_details_takes_one_request(self, sim: Simulator) -> None:
        self.put(sim, {"config": self.rows(3)})
        sim.clear_journal()
        found = done(sim, "apio_instant_group_call_info", {**APIO, "gather_subset": []})["resources"]
        assert sorted(call["name"] for call in found) == ["IGC 0", "IGC 1", "IGC 2"]
        assert len(requests(sim, "read")) == 1


class TestBefore:
    """What was there can be given back."""

    @pytest.mark.parametrize("form", ["documented", "null", "absent"])
    def test_divert_and_restore(self, sim: Simulator, form: str) -> None:
        sim.settings(apio={"empty_form": form})
        module = "apio_route_point_forced_forwarding"
        plain = {**SALES, "forward_to_phone_number": "6700", "audio_message_selection": "File"}
        done(sim, module, {**APIO, **plain, "audio_file_list": [None, "Moved"]})
        found = self.points(sim)
        emergency = {"active": True, "forward_to_phone_number": "+3232126700", **FILES}
        diverted = done(sim, module, {**APIO, "config": [{**rp, **emergency} for rp in (SUPPORT, SALES)]})
        assert [r["changed"] for r in diverted["results"]] == [True, True]
        assert self.points(sim) != found
        back = [r["before"] for r in diverted["results"] if r["changed"]]
        sim.clear_journal()
        assert done(sim, module, {"config": back})["summary"]["updated"] == 2
        assert len(requests(sim, "write")) == 2
        assert self.points(sim) == found
        assert not done(sim, module, {"config": back})["changed"]
        assert not done(sim, module, {"config": []})["changed"]

    def points(self, sim: Simulator) -> Any:
        both = [rp["route_point_user_id"] for rp in (SALES, SUPPORT)]
        wanted = {**APIO, "route_point_user_id": both, "gather_subset": ["forced_forwarding"]}
        return done(sim, "apio_route_point_info", wanted)["resources"]

    def test_it_holds_options_only(self, sim: Simulator) -> None:
        center = {"service_user_id": "cc@acme.example", "name": "CC", "policy": "Regular", "wrap_up_seconds": 9}
        department = {"tenant_id": "acme", "group_id": "brussels", "department_name": "Sales"}
        named = {"cli_first_name": "A", "cli_last_name": "B", "department": department}
        done(sim, "apio_call_center", {**APIO, **center, **named})
        key = {**APIO, "service_user_id": "cc@acme.example"}
        changes = {"wrap_up_seconds": None, "policy": "Uniform", "department": None, "phone_number": "025126770"}
        changed = done(sim, "apio_call_center", {**key, **changes, "active": False, "service_user_password": "secret"})
        before = changed["results"][0]["before"]
        assert before["department"] == department
        assert "call_center_queue_thresholds_is_active" not in before
        assert "service_user_password" not in before
        assert done(sim, "apio_call_center", {"config": [before]})["changed"]
        assert not done(sim, "apio_call_center", {**key, **center, **named, "phone_number": None})["changed"]
        gone = done(sim, "apio_call_center", {**key, "state": "absent"})["results"][0]["before"]
        made = done(sim, "apio_call_center", {"config": [{**gone, **named}]})["results"][0]
        assert made["action"] == "create"
        assert "before" not in made

    def test_it_leads_back_also_after_a_rename(self, sim: Simulator) -> None:
        there = done(sim, "apio_route_point_dnis_info", {**ROUTE_POINT, "name": "Main"})["resources"]
        renamed = {**ROUTE_POINT, "name": "Main", "new_name": "Head office", "extension": None}
        before = done(sim, "apio_route_point_dnis", renamed)["results"][0]["before"]
        assert (before["name"], before["new_name"]) == ("Head office", "Main")
        done(sim, "apio_route_point_dnis", {"config": [before]})
        assert done(sim, "apio_route_point_dnis_info", {**ROUTE_POINT, "name": "Main"})["resources"] == there
        sim.settings(apio={"auto_id": True, "rename_on_phone": True})
        call = {"name": "Fire", "cli_first_name": "Alarm", "cli_last_name": "Acme", "phone_number": "025126798"}
        done(sim, "apio_instant_group_call", {**APIO, **call})
        moved = done(sim, "apio_instant_group_call", {**APIO, **call, "phone_number": "025126799"})
        back = done(sim, "apio_instant_group_call", {"config": [moved["results"][0]["before"]]})
        assert back["summary"]["updated"] == 1
        assert not done(sim, "apio_instant_group_call", {**APIO, **call})["changed"]

    def test_nothing_of_it_where_nothing_changes(self, sim: Simulator) -> None:
        output = done(sim, "apio_route_point_dnis_config", {**ROUTE_POINT, "display_dnis_name": False})
        assert "before" not in output["results"][0]


class TestInfo:
    BOTH = {**APIO, "route_point_user_id": [SALES["route_point_user_id"], SUPPORT["route_point_user_id"]]}

    def test_an_answer_can_be_given_back(self, sim: Simulator) -> None:
        done(sim, "apio_route_point_disposition_codes_config", {**ROUTE_POINT, **FORCED})
        done(sim, "apio_route_point_announcements", {**ROUTE_POINT, **FILES})
        done(sim, "apio_route_point_overflow", {**ROUTE_POINT, "action": "Transfer", "transfer_phone_number": "6700"})
        done(sim, "apio_route_point_bounced_call", {**ROUTE_POINT, "bounce_call_when_agent_unavailable": True})
        done(sim, "apio_route_point_dnis_announcements", {**ROUTE_POINT, "name": "Main", **FILES})
        found = done(sim, "apio_route_point_info", self.BOTH)["resources"]
        parts: dict[str, list[Options]] = {name: [] for name in found[0] if name not in self.BOTH}
        for point in found:
            for name, part in parts.items():
                part += point[name] if isinstance(point[name], list) else [point[name]]
        assert [len(part) for part in parts.values()] == [2] * 10
        modules = {name: SETTINGS + name for name in parts} | {"disposition_codes": "apio_route_point_disposition_code"}
        sim.clear_journal()
        for name, config in parts.items():
            again = done(sim, modules[name], {"config": config})
            assert not again["changed"], again["diff"]
            assert [result["unverified"] for result in again["results"]] == [[]] * 2
        assert requests(sim, "write") == []
        sim.reset()
        for name in ("dnis", "disposition_codes", *parts):
            done(sim, modules[name], {"config": parts[name]})
        assert done(sim, "apio_route_point_info", self.BOTH)["resources"] == found

    def test_the_fewest_requests(self, sim: Simulator) -> None:
        done(sim, "apio_route_point_info", self.BOTH)
        settings, codes, dnis = 7 * 2, 2, 2 + 2 * 2
        assert len(requests(sim, "read")) == settings + codes + dnis
        sim.clear_journal()
        wanted = {**ROUTE_POINT, "gather_subset": ["forced_forwarding", "disposition_codes_config"]}
        (point,) = done(sim, "apio_route_point_info", wanted)["resources"]
        assert sorted(point) == sorted([*ROUTE_POINT, "forced_forwarding", "disposition_codes_config"])
        assert len(requests(sim, "read")) == 2

    def test_a_route_point_twice_and_one_that_is_not_there(self, sim: Simulator) -> None:
        twice = {**APIO, "route_point_user_id": ["rp-sales@acme.example"] * 2, "gather_subset": ["overflow"]}
        assert len(done(sim, "apio_route_point_info", twice)["resources"]) == 1
        unknown = {**APIO, "route_point_user_id": ["rp-sales@acme.example", "rp-nowhere@acme.example"]}
        assert "404" in refused(run(sim, "apio_route_point_info", unknown))


class TestFirstBuildInCheckMode:
    """An earlier task of the same play may be about to make what is not there yet."""

    def test_default_code(self, sim: Simulator) -> None:
        wanted = {**ROUTE_POINT, "default_call_disposition_code": {"code": "NEW", "level": "CallCenter"}}
        output = done(sim, "apio_route_point_disposition_codes_config", wanted, check=True)
        assert output["changed"]
        assert [r.get("awaits") for r in output["results"]] == [["disposition code 'NEW' of rp-sales@acme.example"]]

    def test_announcements_of_a_dnis(self, sim: Simulator) -> None:
        rows = [{**SALES, "name": "Main", **FILES}, {**SALES, "name": "New", **FILES}]
        output = done(sim, "apio_route_point_dnis_announcements", {**APIO, "config": rows}, check=True)
        assert output["summary"]["updated"] == 2
        assert [r.get("awaits") for r in output["results"]] == [None, ["DNIS 'New' of rp-sales@acme.example"]]
        nowhere = [{"route_point_user_id": "rp-nowhere@acme.example", "name": "New", **FILES}]
        message = refused(run(sim, "apio_route_point_dnis_announcements", {**APIO, "config": nowhere}, check=True))
        assert "404" in message

    def test_settings_can_only_be_present(self, sim: Simulator) -> None:
        assert not done(sim, "apio_route_point_dnis_config", {**ROUTE_POINT, "state": "present"})["changed"]
        message = refused(run(sim, "apio_route_point_dnis_config", {**ROUTE_POINT, "state": "absent"}))
        assert "value of state must be one of: present" in message
