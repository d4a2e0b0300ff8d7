# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is peculiar to each platform: the odd forms of answers, and the fewest requests."""

from __future__ import annotations

from typing import Any

import pytest
from integration.cases import APIO, CCS, EVENING, MORNING, NODE, PILOT, PLATFORMS, ROUTE_POINT, SECRET, Options
from modules import Output, run_module
from simulator.handle import Simulator

CENTER = {"name": "Sales", "policy": "Regular", "cli_first_name": "Sales", "cli_last_name": "Acme"}


def run(sim: Simulator, name: str, options: Options, **how: Any) -> Output:
    login = PLATFORMS[name.partition("_")[0]].login
    return run_module(name, {"url": sim.url, "retries": 0, **login, **options}, **how)


def done(sim: Simulator, name: str, options: Options, **how: Any) -> Output:
    output = run(sim, name, options, **how)
    assert not output.failed, output["msg"]
    return output


def requests(sim: Simulator, kind: str) -> list[str]:
    return [f"{r['method']} {r['path']}" for r in sim.journal() if r["kind"] == kind]


class TestCallCenters:
    def test_server_made_id_is_returned_and_found_by_name(self, sim: Simulator) -> None:
        sim.settings(apio={"auto_id": True})
        made = done(sim, "apio_call_center", {**APIO, **CENTER})["results"][0]["resource"]["service_user_id"]
        assert made.startswith("brussels_cc")
        again = done(sim, "apio_call_center", {**APIO, **CENTER})
        assert not again["changed"]
        assert again["results"][0]["key"]["service_user_id"] == made
        changed = done(sim, "apio_call_center", {**APIO, **CENTER, "queue_length": 7})
        assert changed["results"][0]["action"] == "update"

    def test_id_that_the_server_ignored_makes_no_second_one(self, sim: Simulator) -> None:
        sim.settings(apio={"auto_id": True})
        wanted = {**APIO, **CENTER, "service_user_id": "cc@acme.example"}
        made = done(sim, "apio_call_center", wanted)["results"][0]["resource"]["service_user_id"]
        again = run(sim, "apio_call_center", wanted)
        assert again.failed
        assert f"'Sales' exists as {made}" in again["msg"]

    def test_double_name_lists_the_ids(self, sim: Simulator) -> None:
        for n in (1, 2):
            done(
                sim,
                "apio_call_center",
                {**APIO, "config": [{**CENTER, "service_user_id": f"cc{i}@acme.example"} for i in range(1, n + 1)]},
            )
        output = run(sim, "apio_call_center", {**APIO, **CENTER})
        assert output.failed
        assert "2 call centers are called 'Sales': cc1@acme.example, cc2@acme.example" in output["msg"]
        assert "service_user_id" in output["msg"]

    def test_renamed_id_is_returned(self, sim: Simulator) -> None:
        sim.settings(apio={"rename_on_phone": True})
        key = {**APIO, **CENTER, "service_user_id": "cc@acme.example"}
        done(sim, "apio_call_center", key)
        moved = done(sim, "apio_call_center", {**key, "phone_number": "025126770", "active": False})
        new = moved["results"][0]["resource"]["service_user_id"]
        assert new != "cc@acme.example"
        by_name = done(sim, "apio_call_center", {**APIO, **CENTER, "phone_number": "025126770", "active": False})
        assert not by_name["changed"]

    def test_active_is_one_request_for_all_that_need_it(self, sim: Simulator) -> None:
        rows = [
            {**CENTER, "name": f"CC {n}", "service_user_id": f"cc{n}@acme.example", "active": False} for n in range(5)
        ]
        done(sim, "apio_call_center", {**APIO, "config": rows})
        sim.clear_journal()
        rows = [{**row, "active": n < 3} for n, row in enumerate(rows)]
        done(sim, "apio_call_center", {**APIO, "config": rows})
        (put,) = sim.journal(writes=True)
        assert put["path"].endswith("/call_centers/active_instance/")
        assert [s["serviceUserId"] for s in put["body"]["services"]] == [f"cc{n}@acme.example" for n in range(3)]

    def test_password_follows_update_password(self, sim: Simulator) -> None:
        wanted = {**APIO, **CENTER, "service_user_id": "cc@acme.example", "service_user_password": SECRET}
        done(sim, "apio_call_center", wanted)
        assert not done(sim, "apio_call_center", wanted)["changed"]
        always = done(sim, "apio_call_center", {**wanted, "update_password": "always"})
        assert always["changed"]
        assert always["diff"][0]["after"]["service_user_password"] == "********"
        assert SECRET not in always.text

    def test_template_is_used_on_create_only(self, sim: Simulator) -> None:
        wanted = {**APIO, **CENTER, "service_user_id": "cc@acme.example", "template_name": "basic"}
        done(sim, "apio_call_center", wanted)
        assert sim.journal(writes=True)[0]["body"]["templateName"] == "basic"
        assert not done(sim, "apio_call_center", {**wanted, "template_name": "other"})["changed"]

    def test_list_fields_take_one_request_beside_the_log_in(self, sim: Simulator) -> None:
        rows = [{**CENTER, "name": f"CC {n}", "service_user_id": f"cc{n}@acme.example"} for n in range(5)]
        done(sim, "apio_call_center", {**APIO, "config": rows})
        sim.clear_journal()
        listed = [{"service_user_id": row["service_user_id"], "name": row["name"]} for row in rows]
        assert not done(sim, "apio_call_center", {**APIO, "config": listed})["changed"]
        assert len(sim.journal()) == 2


class TestRoutePointDnis:
    @pytest.mark.parametrize("form", ["documented", "null", "absent"])
    def test_every_form_of_empty_is_the_same(self, sim: Simulator, form: str) -> None:
        sim.settings(apio={"empty_form": form})
        wanted = {**ROUTE_POINT, "name": "d", "phone_number": "025126771", "cli_last_name": None, "extension": ""}
        done(sim, "apio_route_point_dnis", wanted)
        assert not done(sim, "apio_route_point_dnis", wanted)["changed"]

    def test_national_and_e164_are_the_same_where_the_country_is_known(self, sim: Simulator) -> None:
        sim.settings(apio={"phone_form": "e164"})
        wanted = {**ROUTE_POINT, "name": "d", "phone_number": "02 512 67 71"}
        done(sim, "apio_route_point_dnis", {**wanted, "phone_number": "025126771", "country": "BE"})
        assert not done(sim, "apio_route_point_dnis", {**wanted, "country": "BE"})["changed"]
        assert not done(sim, "apio_route_point_dnis", {**wanted, "phone_number": "+3225126771"})["changed"]
        assert done(sim, "apio_route_point_dnis", {**wanted, "phone_number": "025126772", "country": "BE"})["changed"]

    def test_rename_and_again(self, sim: Simulator) -> None:
        done(sim, "apio_route_point_dnis", {**ROUTE_POINT, "name": "old"})
        rename = {**ROUTE_POINT, "name": "old", "new_name": "new"}
        assert done(sim, "apio_route_point_dnis", rename, check=True)["changed"]
        assert done(sim, "apio_route_point_dnis", rename)["results"][0]["key"]["name"] == "new"
        assert not done(sim, "apio_route_point_dnis", rename)["changed"]

    def test_custom_clid_needs_its_fields_given_or_there(self, sim: Simulator) -> None:
        done(sim, "apio_route_point_dnis", {**ROUTE_POINT, "name": "d"})
        sim.clear_journal()
        output = run(sim, "apio_route_point_dnis", {**ROUTE_POINT, "name": "d", "use_custom_clid_settings": True})
        assert output.failed
        assert "needs cli_phone_number, cli_last_name, cli_first_name" in output["msg"]
        assert requests(sim, "write") == []
        fields = {"cli_phone_number": "025126770", "cli_last_name": "A", "cli_first_name": "B"}
        done(sim, "apio_route_point_dnis", {**ROUTE_POINT, "name": "d", **fields})
        done(sim, "apio_route_point_dnis", {**ROUTE_POINT, "name": "d", "use_custom_clid_settings": True})

    def test_info_adds_agents(self, sim: Simulator) -> None:
        found = done(sim, "apio_route_point_dnis_info", {**ROUTE_POINT, "gather_subset": ["agents"]})["resources"]
        assert found[0]["agents"][0]["user_id"] == "an.aerts@acme.example"
        assert found[0]["agents"][0]["department"]["full_path_name"] == "Commercial \\ Sales"

    def test_two_route_points_in_one_task(self, sim: Simulator) -> None:
        group = {n: ROUTE_POINT[n] for n in ("tenant_id", "group_id")}
        rows = [{"route_point_user_id": f"rp-{rp}@acme.example", "name": "d"} for rp in ("sales", "support")]
        assert done(sim, "apio_route_point_dnis", {**group, "config": rows})["summary"]["created"] == 2

    def test_a_token_needs_no_log_in(self, sim: Simulator) -> None:
        args = {"url": sim.url, "token": "simulator-token", **ROUTE_POINT, "name": "d"}
        assert not run_module("apio_route_point_dnis", args).failed
        assert requests(sim, "session") == []


class TestCcsExtensions:
    SETTINGS = {"is_agent": True, "max_chats": 3}

    def test_what_is_not_returned_is_written_and_said(self, sim: Simulator) -> None:
        for _run in range(2):
            output = done(sim, "ccs_extension", {**CCS, "extension": "101", **self.SETTINGS})
            assert output["changed"]
            assert output["results"][0]["unverified"] == ["is_agent", "max_chats"]
        assert sim.journal(writes=True)[0]["body"] == {"is_agent": "true", "max_chats": "3"}

    def test_write_unreadable_never(self, sim: Simulator) -> None:
        output = done(sim, "ccs_extension", {**CCS, "extension": "101", **self.SETTINGS, "write_unreadable": "never"})
        assert not output["changed"]
        assert output["results"][0]["unverified"] == ["is_agent", "max_chats"]
        assert requests(sim, "write") == []

    def test_extensions_cannot_be_created(self, sim: Simulator) -> None:
        output = run(sim, "ccs_extension", {**CCS, "extension": "999", **self.SETTINGS})
        assert output.failed
        assert "there is no extension '999' of Acme Contact Center" in output["msg"]
        assert "neither create nor delete" in output["msg"]

    @pytest.mark.parametrize("how", ["uuid", "name"])
    def test_names_resolve_once_for_all_entries(self, sim: Simulator, how: str) -> None:
        acme = next(iter(sim.state()["ccs"]["tenants"].values()))["fields"]
        name = acme["uuid"] if how == "uuid" else acme["sil_tenant_name"]
        rows = [{"extension": str(n), **self.SETTINGS} for n in range(101, 111)]
        done(sim, "ccs_extension", {"tenant": name, "config": rows})
        assert len(requests(sim, "read")) == (1 if how == "uuid" else 2)

    def test_uuid_and_number_that_do_not_belong_together(self, sim: Simulator) -> None:
        uuid = done(sim, "ccs_extension_info", {**CCS, "extension": "101"})["resources"][0]["uuid"]
        output = run(sim, "ccs_extension", {**CCS, "uuid": uuid, "extension": "102", **self.SETTINGS})
        assert output.failed
        assert "extension is '101' and cannot be changed to '102'" in output["msg"]


class TestO2gUsers:
    @pytest.mark.parametrize("answer", ["users", "bare", "null"])
    @pytest.mark.parametrize("numbers", [["70120"], ["70120", "70121"], ["71120"]])
    def test_every_form_of_the_answer(self, sim: Simulator, answer: str, numbers: list[str]) -> None:
        sim.settings(o2g={"user_answer": answer})
        config = [{"device_number": number} for number in numbers]
        output = done(sim, "o2g_user", {**NODE, "config": config})
        mains = ["oxe70120" if n == "71120" else f"oxe{n}" for n in numbers]
        assert [r["resource"]["login_name"] for r in output["results"]] == mains
        assert len(requests(sim, "write")) == 1
        assert not done(sim, "o2g_user", {**NODE, "config": config})["changed"]

    def test_one_unknown_number_does_not_keep_the_others_out(self, sim: Simulator) -> None:
        numbers = ["70120", "99999", "70121", "70122"]
        output = run(sim, "o2g_user", {**NODE, "config": [{"device_number": n} for n in numbers]})
        assert output.failed
        assert "config[1]" in output["msg"]
        assert [r["changed"] for r in output["results"]] == [True, False, True, True]

    def test_check_mode_knows_which_numbers_a_node_lacks(self, sim: Simulator) -> None:
        config = [{"device_number": n} for n in ("70120", "99999", "99998", "70100")]
        output = done(sim, "o2g_user", {**NODE, "config": config}, check=True)
        assert [one.get("awaits") for one in output["results"]] == [
            None,
            ["99999 on node 7"],
            ["99998 on node 7"],
            None,
        ]
        asked = requests(sim, "read")
        assert asked.count("GET /api/rest/1.0/pbxs/7/instances/Subscriber") == 1
        done(sim, "o2g_user", {**NODE, "config": config[3:]}, check=True)
        done(sim, "o2g_user", {**NODE, "config": config[:1]})
        assert requests(sim, "read").count("GET /api/rest/1.0/pbxs/7/instances/Subscriber") == 1
        sim.fault("GET", "/instances/Subscriber", status=403, body={"code": 1002})
        output = done(sim, "o2g_user", {**NODE, "config": config}, check=True)
        assert [one.get("awaits") for one in output["results"]] == [None] * 4

    def test_unchanged_users_take_one_request(self, sim: Simulator) -> None:
        config = [{"device_number": str(n)} for n in range(70100, 70105)]
        assert not done(sim, "o2g_user", {**NODE, "config": config})["changed"]
        assert len(requests(sim, "read")) == 1

    def test_session_is_closed_also_on_failure(self, sim: Simulator) -> None:
        sim.fault(path="/usermanagement", status=500)
        assert run(sim, "o2g_user", {**NODE, "device_number": "70120"}).failed
        assert requests(sim, "session")[-1] == "DELETE /api/rest/1.0/sessions"

    @pytest.mark.parametrize(("key", "form"), [("loginName", "table"), ("login", "example")])
    def test_forms_of_the_log_in(self, sim: Simulator, key: str, form: str) -> None:
        sim.settings(o2g={"login_key": key, "session_form": form, "handed_out_host": "https://o2g.invalid"})
        assert (
            done(sim, "o2g_user_info", {**NODE, "login_name": "oxe70100"})["resources"][0]["company_phone"] == "70100"
        )

    def test_voicemail_under_both_names(self, sim: Simulator) -> None:
        shown = []
        for key in ("type", "voicemailtype"):
            sim.settings(o2g={"voicemail_key": key})
            shown.append(done(sim, "o2g_user_info", {**NODE, "login_name": "oxe70100"})["resources"][0]["voicemail"])
        assert shown[0] == shown[1] == {"number": "885", "type": "VM_4645"}

    def test_a_long_run_keeps_its_session_alive(self, sim: Simulator) -> None:
        sim.settings(o2g={"session_ttl": 1, "session_slack": 0, "keep_alive_status": 200})
        sim.fault(method="GET", path="/usermanagement", delay_ms=1300)
        done(sim, "o2g_user_info", {**NODE, "gather_subset": ["details"]})
        assert "POST /api/rest/1.0/sessions/keepalive" in requests(sim, "session")
        assert sum("authenticate" in r for r in requests(sim, "session")) == 1


class TestPilots:
    @pytest.mark.parametrize("form", ["table", "example"])
    def test_both_forms_of_the_state(self, sim: Simulator, form: str) -> None:
        sim.settings(o2g={"pilot_state": form})
        wanted = {**NODE, "state": "closed", "config": [{"pilot_number": f"6010{n}"} for n in range(1, 5)]}
        assert done(sim, "o2g_pilot", wanted)["summary"]["updated"] == 4
        sim.clear_journal()
        assert not done(sim, "o2g_pilot", wanted)["changed"]
        assert len(requests(sim, "read")) == 1

    def test_info_has_rules_state_and_calendar(self, sim: Simulator) -> None:
        done(sim, "o2g_pilot_calendar", {**PILOT, "normal": {"monday": [MORNING]}})
        (pilot,) = done(sim, "o2g_pilot_info", PILOT)["resources"]
        assert pilot["state"] == "opened"
        assert pilot["rules"][0] == {"rule_number": 0, "name": "RULE_PIL_0", "active": True}
        assert pilot["normal"] == {"monday": [MORNING]}
        assert pilot["exceptions"] == {}

    def test_no_pilots_at_all(self, sim: Simulator) -> None:
        sim.settings(o2g={"pilot_list_null": True})
        assert done(sim, "o2g_pilot_info", {"node_id": 8})["resources"] == []


class TestCalendars:
    def calendar(self, sim: Simulator) -> dict[str, Any]:
        (pilot,) = done(sim, "o2g_pilot_info", PILOT)["resources"]
        return {name: pilot[name] for name in ("normal", "exceptions")}

    @pytest.mark.parametrize("renumber", [True, False])
    @pytest.mark.parametrize("key", ["date", "day"])
    def test_the_end_state_is_reached_and_read_back(self, sim: Simulator, key: str, renumber: bool) -> None:
        sim.settings(o2g={"exception_key": key, "renumber_on_delete": renumber})
        many = [{"time": f"{hour:02d}:00", "rule_number": hour % 4, "mode": "normal"} for hour in range(8, 18)]
        done(sim, "o2g_pilot_calendar", {**PILOT, "normal": {"monday": many}, "exceptions": {"20271225": many[:3]}})
        few = [{**many[1], "mode": "forward"}, many[4], {**many[7], "time": "20:30"}]
        wanted = {"normal": {"monday": few}, "exceptions": {"2027-12-25": few}}
        done(sim, "o2g_pilot_calendar", {**PILOT, **wanted})
        assert self.calendar(sim) == wanted
        assert not done(sim, "o2g_pilot_calendar", {**PILOT, **wanted})["changed"]

    def test_the_fewest_calls(self, sim: Simulator) -> None:
        done(sim, "o2g_pilot_calendar", {**PILOT, "normal": {"monday": [MORNING, EVENING]}})
        sim.clear_journal()
        wanted = {"monday": [MORNING, {**EVENING, "time": "17:00"}], "tuesday": []}
        done(sim, "o2g_pilot_calendar", {**PILOT, "normal": wanted})
        assert [r.partition(" ")[0] for r in requests(sim, "write")] == ["PUT"]
        assert len(requests(sim, "read")) == 2

    def test_days_not_named_are_left_alone_unless_purged(self, sim: Simulator) -> None:
        done(
            sim,
            "o2g_pilot_calendar",
            {**PILOT, "normal": {"monday": [MORNING], "tuesday": [MORNING]}, "exceptions": {"20271225": [EVENING]}},
        )
        wanted = {"normal": {"monday": [MORNING]}}
        assert not done(sim, "o2g_pilot_calendar", {**PILOT, **wanted})["changed"]
        refused = run(sim, "o2g_pilot_calendar", {**PILOT, **wanted, "purge": True, "max_deletions": 0})
        assert "1 deletions are more than max_deletions=0" in refused["msg"]
        assert done(sim, "o2g_pilot_calendar", {**PILOT, **wanted, "purge": True})["changed"]
        assert self.calendar(sim) == {**wanted, "exceptions": {"2027-12-25": [EVENING]}}

    def test_unquoted_time_is_turned_back_with_a_warning(self, sim: Simulator) -> None:
        output = done(sim, "o2g_pilot_calendar", {**PILOT, "normal": {"monday": [{**MORNING, "time": 750}]}})
        assert any("'12:30'" in warning for warning in output["results"][0]["warnings"])
        assert self.calendar(sim)["normal"]["monday"][0]["time"] == "12:30"

    def test_transitions_of_one_day_in_one_task(self, sim: Simulator) -> None:
        day = {"day": "monday"}
        rows = [{**day, **MORNING}, {**day, **EVENING}, {"date": "2027-12-25", **EVENING}]
        done(sim, "o2g_pilot_calendar_transition", {**PILOT, "config": rows})
        assert self.calendar(sim) == {"normal": {"monday": [MORNING, EVENING]}, "exceptions": {"2027-12-25": [EVENING]}}
        moved = {**PILOT, **day, "time": "18:00", "new_time": "17:30"}
        assert done(sim, "o2g_pilot_calendar_transition", moved)["changed"]
        assert not done(sim, "o2g_pilot_calendar_transition", moved)["changed"]
        assert self.calendar(sim)["normal"]["monday"][1]["time"] == "17:30"

    def test_a_move_onto_another_transition_is_refused(self, sim: Simulator) -> None:
        done(sim, "o2g_pilot_calendar", {**PILOT, "normal": {"monday": [MORNING, EVENING]}})
        move = {**PILOT, "day": "monday", "time": "08:00", "new_time": "18:00"}
        for check in (True, False):
            output = run(sim, "o2g_pilot_calendar_transition", move, check=check)
            assert "cannot move to 18:00: there is a transition already" in output["msg"]
        assert self.calendar(sim)["normal"]["monday"] == [MORNING, EVENING]

    def test_the_most_per_day_is_checked_before_any_write(self, sim: Simulator) -> None:
        rows = [{**MORNING, "day": "monday", "time": f"{hour:02d}:00"} for hour in range(11)]
        for check in (True, False):
            output = run(sim, "o2g_pilot_calendar_transition", {**PILOT, "config": rows}, check=check)
            assert "monday would have 11 transitions, and a day can have 10" in output["msg"]
        assert requests(sim, "write") == []
