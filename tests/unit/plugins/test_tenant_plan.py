# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans, reports, and what the roles hand on, from results as the engine makes them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.disposition_code import (
    DispositionCode,
    DispositionCodesConfig,
)
from ansible_collections.voiceops.telephony.plugins.module_utils.apio.dnis import Dnis
from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import (
    beyond,
    digest,
    make_plan,
    merge,
    report,
    undone,
)

GROUP = {"tenant_id": "acme", "group_id": "brussels"}
POINT = {**GROUP, "route_point_user_id": "rp-sales@acme.example"}
Json = dict[str, Any]


def step(action: str, key: Json, resource: Json | None, before: Json | None = None, **more: Any) -> Json:
    told = {"key": key, "action": action, "changed": action != "unchanged", "resource": resource, "unverified": []}
    return told | ({"before": before} if before is not None else {}) | more


def result(*steps: Json, **more: Any) -> Json:
    return {"changed": True, "results": list(steps), "summary": {"requests": 3}, "msg": "as it was", **more}


def plan(results: Json, **more: Any) -> Json:
    return make_plan(results, "acme", more.get("warnings", ()), more.get("errors", ()))


def code(name: str, action: str = "unchanged", **more: Any) -> Json:
    key = {**POINT, "code": name}
    return step(action, key, {**key, "active": True}, **more)


SALES = {**GROUP, "service_user_id": "cc-sales@acme.example", "name": "Sales"}
LONGER = step(
    "update",
    SALES,
    {**SALES, "queue_length": 40, "department": {"department_name": "Sales", "full_path_name": "All / Sales"}},
    {**SALES, "queue_length": 25, "department": {"department_name": "Sales"}},
)


class TestPlan:
    def test_of_nothing_to_do_is_clean(self) -> None:
        told = plan({"apio": {"call_centers": result(step("unchanged", SALES, SALES))}})
        assert told["status"] == "clean"
        assert told["summary"] == {"create": 0, "update": 0, "delete": 0, "unchanged": 1, "failed": 0, "requests": 3}
        assert told["resources"]["apio.call_centers"]["steps"] == []

    def test_counts_what_the_results_leave_out(self) -> None:
        left_out = {"created": 0, "updated": 1, "deleted": 0, "unchanged": 40, "failed": 0, "requests": 3}
        told = plan({"apio": {"call_centers": result(LONGER, summary=left_out)}})
        assert told["summary"] == {"create": 0, "update": 1, "delete": 0, "unchanged": 40, "failed": 0, "requests": 3}
        assert told["resources"]["apio.call_centers"]["summary"]["unchanged"] == 40

    def test_shows_only_what_differs(self) -> None:
        told = plan({"apio": {"call_centers": result(LONGER)}})
        assert told["status"] == "changes"
        (one,) = told["resources"]["apio.call_centers"]["steps"]
        assert one["name"] == "cc-sales@acme.example"
        assert one["changes"] == {"queue_length": {"before": 25, "after": 40}}

    def test_names_what_is_in_a_route_point_with_it(self) -> None:
        key = {**POINT, "name": "Main"}
        told = plan({"apio": {"route_point_dnis": result(step("create", key, {**key, "extension": "100"}))}})
        (one,) = told["resources"]["apio.route_point_dnis"]["steps"]
        assert one["name"] == "rp-sales@acme.example / Main"
        assert one["changes"] == {"extension": {"after": "100"}}

    def test_shows_the_old_name_of_what_is_renamed(self) -> None:
        key = {**POINT, "name": "New"}
        renamed = step("update", key, key, {**key, "new_name": "Old"})
        (one,) = plan({"apio": {"route_point_dnis": result(renamed)}})["resources"]["apio.route_point_dnis"]["steps"]
        assert one["changes"] == {"name": {"before": "Old", "after": "New"}}

    def test_shows_days_by_themselves(self) -> None:
        key = {"node_id": 7, "pilot_number": "60101"}
        closed = [{"time": "00:00", "rule_number": 0, "mode": "closed"}]
        before = {**key, "normal": {"monday": closed, "friday": closed}, "exceptions": {}}
        after = {**key, "normal": {"monday": [], "friday": closed, "sunday": []}, "exceptions": {"2027-01-01": closed}}
        told = plan({"o2g": {"pilot_calendars": result(step("update", key, after, before))}})
        (one,) = told["resources"]["o2g.pilot_calendars"]["steps"]
        assert one["name"] == "60101"
        assert one["changes"] == {
            "normal.monday": {"before": closed, "after": []},
            "exceptions.2027-01-01": {"before": None, "after": closed},
        }

    def test_knows_no_before_of_what_the_platform_hides(self) -> None:
        key = {"tenant": "Acme", "uuid": "az3", "extension": "101"}
        written = step("update", key, {**key, "max_chats": 3}, {**key, "max_chats": None}, unverified=["max_chats"])
        told = plan({"ccs": {"extensions": result(written)}})["resources"]["ccs.extensions"]
        assert told["unverified"] == ["max_chats"]
        assert told["steps"][0]["changes"] == {"max_chats": {"after": 3}}
        assert told["steps"][0]["name"] == "101"  # as people call it, though the key has its uuid too

    def test_lists_apart_what_was_written_last_and_is_hidden(self) -> None:
        keys = [{"tenant": "Acme", "uuid": f"az{n}", "extension": f"10{n}"} for n in range(3)]
        times = (
            {"max_chats": "2026-11-26T18:00:00Z"},
            {"max_chats": "2026-11-26T19:00:00Z"},
            {"monitor": "2026-01-02T00:00:00Z"},
        )
        kept = [step("unchanged", key, key, as_written=at) for key, at in zip(keys, times, strict=True)]
        made = plan({"ccs": {"extensions": result(*kept)}})
        told = made["resources"]["ccs.extensions"]
        assert (made["status"], told["unverified"], told["steps"]) == ("clean", [], [])
        assert told["as_written"][0] == {"name": "100", "options": times[0]}
        assert made["digest"] == plan({"ccs": {"extensions": result(step("unchanged", keys[0], keys[0]))}})["digest"]
        shown = report(made)
        assert "As written on 26 November 2026, not shown by the platform:" in shown
        assert "| 100, 101 | max_chats |" in shown
        assert "As written on 2 January 2026, not shown by the platform:" in shown

    def test_with_a_failed_entry_keeps_the_others(self) -> None:
        broken = step("unchanged", SALES, None, error="404")
        told = plan({"apio": {"call_centers": result(broken, LONGER, failed=True, msg="404")}})
        assert told["status"] == "failed"
        assert told["errors"] == []
        assert [(one["action"], one.get("error")) for one in told["resources"]["apio.call_centers"]["steps"]] == [
            ("unchanged", "404"),
            ("update", None),
        ]

    def test_of_a_module_that_failed_as_a_whole_says_why(self) -> None:
        failed = {"failed": True, "changed": False, "msg": "O2G cannot be reached"}
        told = plan({"o2g": {"users": failed}, "apio": {"call_centers": result(LONGER)}}, errors=["before that"])
        assert told["status"] == "failed"
        assert told["errors"] == ["before that", "o2g.users: O2G cannot be reached"]
        assert told["summary"]["failed"] == 1
        assert told["summary"]["update"] == 1

    def test_does_not_warn_of_what_the_build_makes_first(self) -> None:
        key, other = {**POINT, "name": "Main"}, {**POINT, "name": "Other"}
        results = {
            "route_point_dnis": result(step("create", key, key)),
            "route_point_dnis_announcements": result(
                step("update", key, key, key, awaits=[Dnis.label(key)], warnings=["something else"]),
                step("update", other, other, other, awaits=[Dnis.label(other)]),
            ),
            "route_point_disposition_codes": result(
                code("A", "create"), code("B", "delete", awaits=[DispositionCodesConfig.label(POINT)])
            ),
            "route_point_disposition_codes_config": result(
                step(
                    "update",
                    POINT,
                    {**POINT, "default_call_disposition_code": {"code": "A", "level": "CallCenter"}},
                    {**POINT, "default_call_disposition_code": {"code": "B", "level": "CallCenter"}},
                    awaits=[DispositionCode.label({**POINT, "code": "A"})],
                )
            ),
        }
        assert plan({"apio": results})["warnings"] == [
            "apio.route_point_dnis_announcements: something else",
            "apio.route_point_dnis_announcements: rp-sales@acme.example / Other needs "
            "DNIS 'Other' of rp-sales@acme.example, which this plan does not bring",
        ]

    def test_has_a_digest_of_what_it_does(self) -> None:
        one = plan({"apio": {"call_centers": result(LONGER)}})
        same = plan({"apio": {"call_centers": result(step("unchanged", {**GROUP, "name": "X"}, {}), LONGER)}})
        other = plan({"apio": {"call_centers": result()}})
        assert one["digest"] == same["digest"] == digest("acme", one["resources"])
        assert one["digest"] not in (other["digest"], digest("globex", one["resources"]))


class TestApproval:
    approved = plan({"apio": {"call_centers": result(LONGER, step("create", {**SALES, "name": "New"}, SALES))}})

    def test_covers_the_same_plan_and_what_is_left_of_it(self) -> None:
        left = plan({"apio": {"call_centers": result(LONGER)}})
        assert beyond(self.approved, self.approved) == beyond(left, self.approved) == beyond(plan({}), left) == []

    def test_covers_nothing_else(self) -> None:
        assert beyond(self.approved, plan({"apio": {"call_centers": result(LONGER)}})) == [
            "to create in apio.call_centers: cc-sales@acme.example"
        ]
        longest = {**LONGER, "resource": {**LONGER["resource"], "queue_length": 50}}
        more = plan({"apio": {"call_centers": result(longest)}})
        assert beyond(more, self.approved) == ["to update in apio.call_centers: cc-sales@acme.example"]

    def test_covers_what_was_awaited_and_has_come(self) -> None:
        key = {"node_id": 7, "device_number": "70500", "device_id": "70500"}

        def locked(value: bool, **more: Any) -> Json:
            return plan(
                {
                    "o2g": {
                        "devices": result(
                            step("update", key, {**key, "lock": value}, key | more.pop("was", {}), **more)
                        )
                    }
                }
            )

        approved = locked(True, awaits=["user '70500' of 7"])
        now = {"was": {"login_name": "oxe70500", "lock": False}}
        assert beyond(locked(True, **now), approved) == []
        assert beyond(locked(True, **now), locked(True)) == ["to update in o2g.devices: 70500 / 70500"]
        assert beyond(locked(False, was={"lock": True}), approved) == ["to update in o2g.devices: 70500 / 70500"]

    def test_covers_no_other_tenant_no_forgery_and_no_errors(self) -> None:
        assert beyond({**self.approved, "tenant": "globex"}, self.approved) == ["the approved plan is for 'acme'"]
        forged = {**self.approved, "resources": plan({})["resources"]}
        assert beyond(plan({}), forged) == ["the approved plan is not as it was written"]
        assert beyond(plan({}, errors=["404"]), self.approved) == ["a new plan has errors", "404"]


class TestPbxObjects:
    key: Json = {"node_id": 7, "path": "Subscriber/70500"}

    def test_each_attribute_is_told_by_itself(self) -> None:
        new = {"Annu_Name": "New", "Entity_Number": "1"}
        made = step("create", self.key, {**self.key, "attributes": new})
        changed = step(
            "update",
            self.key,
            {**self.key, "attributes": {**new, "Secret_Code": "********"}},
            {**self.key, "attributes": {**new, "Annu_Name": "Old"}},
            unverified=["attributes.Secret_Code"],
        )
        told = [
            plan({"o2g": {"pbx_objects": result(one)}})["resources"]["o2g.pbx_objects"]["steps"][0]
            for one in (made, changed)
        ]
        assert [one["name"] for one in told] == ["Subscriber/70500"] * 2
        assert told[0]["changes"] == {
            "attributes.Annu_Name": {"after": "New"},
            "attributes.Entity_Number": {"after": "1"},
        }
        assert told[1]["changes"] == {
            "attributes.Annu_Name": {"before": "Old", "after": "New"},
            "attributes.Secret_Code": {"after": "********"},
        }

    def test_brings_whatever_has_its_number(self) -> None:
        group = {"node_id": 7, "device_number": "70100"}
        waits = result(step("update", group, {**group, "hunting_group": "70500"}, group, awaits=["70500 on node 7"]))
        made = result(step("create", self.key, {**self.key, "attributes": {}}))
        assert plan({"o2g": {"pbx_objects": made, "hunting_groups": waits}})["warnings"] == []
        assert plan({"o2g": {"hunting_groups": waits}})["warnings"] == [
            "o2g.hunting_groups: 70100 needs 70500 on node 7, which this plan does not bring"
        ]
        both = {"o2g": {"hunting_groups": result(*waits["results"], *waits["results"])}}
        assert plan(both)["warnings"] == [
            "o2g.hunting_groups: 70100 and 1 more need 70500 on node 7, which this plan does not bring"
        ]

    def test_fails_at_what_is_missing_and_nothing_brings(self) -> None:
        pilot = {"node_id": 7, "pilot_number": "70500"}
        waits = step("update", pilot, {**pilot, "state": "opened"}, pilot, awaits=["70500 on node 7"])
        waits = result({**waits, "missing": "there is no pilot '70500'"})
        made = result(step("create", self.key, {**self.key, "attributes": {}}))
        told = plan({"o2g": {"pbx_objects": made, "pilots": waits}})
        (one,) = told["resources"]["o2g.pilots"]["steps"]
        assert (told["status"], told["warnings"], one["changes"]["state"]["after"]) == ("changes", [], "opened")
        told = plan({"o2g": {"pilots": waits}})
        assert (told["status"], told["warnings"]) == ("failed", [])
        (one,) = told["resources"]["o2g.pilots"]["steps"]
        assert (one["action"], one["error"]) == ("unchanged", "there is no pilot '70500'")

    def test_knows_the_skills_that_an_agent_gets(self) -> None:
        agent = {"node_id": 7, "device_number": "70500"}
        waits = step("update", agent, {**agent, "active": [9]}, agent, awaits=["skill 9 of 70500 on node 7"])
        waits = result({**waits, "missing": "the agent has no skill 9"})
        for skill, status in ((9, "changes"), (8, "failed")):
            data = {**self.key, "attributes": {"SkillSet": [{"Skill_nb": skill, "Skill_Level": 1}]}}
            made = result(step("update", self.key, data, self.key))
            assert plan({"o2g": {"pbx_objects": made, "agent_skills": waits}})["status"] == status


class TestReport:
    def test_puts_errors_and_deletions_first(self) -> None:
        key = {**POINT, "name": "Gone"}
        dnis = result(step("delete", key, {**key, "extension": "100"}, {**key, "extension": "100"}))
        text = report(plan({"apio": {"call_centers": result(LONGER), "route_point_dnis": dnis}}, errors=["bad"]))
        headings = [line for line in text.splitlines() if line.startswith("## ")]
        lost = "## ⚠ What an undo cannot set back"
        assert headings == [
            "## Who notices",
            "## Errors",
            "## ⚠ To delete: 1",
            lost,
            "## apio.call_centers",
            "## All lists",
        ]
        assert "| apio.route_point_dnis | rp-sales@acme.example / Gone | extension: 100 |" in text
        assert "| cc-sales@acme.example | queue_length | 25 | 40 |" in text

    def test_marks_a_day_that_is_emptied(self) -> None:
        key = {"node_id": 7, "pilot_number": "60101"}
        was = {**key, "normal": {"monday": [{"time": "08:00", "rule_number": 1, "mode": "normal"}]}}
        emptied = step("update", key, {**key, "normal": {"monday": []}}, was)
        text = report(plan({"o2g": {"pilot_calendars": result(emptied)}}))
        assert "## ⚠ To empty" in text
        assert "| o2g.pilot_calendars | 60101 | normal.monday | 08:00 normal, rule 1 |" in text

    def test_says_once_what_is_done_to_many(self) -> None:
        keys = [{"tenant": "Acme", "extension": str(n)} for n in range(101, 131)]
        same = [step("update", key, {**key, "max_chats": 3}, key, unverified=["max_chats"]) for key in keys]
        text = report(plan({"ccs": {"extensions": result(*same)}}))
        assert "To write without comparison" in text
        assert "119, 120 and 10 more | max_chats: 3 |" in text

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("a|b", r"a\|b"),
            ("one\ntwo", "one<br>two"),
            ("`code` *bold* [link](x)", r"\`code\` \*bold\* \[link\](x)"),
            ("<script>", r"\<script\>"),
            ("_lead snake_case", r"\_lead snake_case"),
            ("back\\slash", r"back\\slash"),
            ("bell\a", "bell\N{REPLACEMENT CHARACTER}"),
        ],
    )
    def test_shows_names_as_they_are(self, name: str, shown: str) -> None:
        key = {**POINT, "name": name}
        text = report(plan({"apio": {"route_point_dnis": result(step("create", key, key))}}))
        (line,) = [line for line in text.splitlines() if line.startswith("| rp-sales")]
        assert f"| rp-sales@acme.example / {shown} |" in line

    def test_folds_what_is_long(self) -> None:
        keys = [{**POINT, "name": f"Line {n}"} for n in range(40)]
        new = [step("create", key, {**key, "extension": key["name"][5:], "active": True}) for key in keys]
        text = report(plan({"apio": {"route_point_dnis": result(*new)}}))
        assert "<details><summary>40 rows</summary>" in text


class TestMerged:
    def test_tells_of_each_once(self) -> None:
        first = result(code("NEW", "create"), code("OLD"))
        then = result(code("NEW"), code("OLD"), code("GONE", "delete"))
        merged = merge(first, then)
        assert [(s["key"]["code"], s["action"]) for s in merged["results"]] == [
            ("NEW", "create"),
            ("OLD", "unchanged"),
            ("GONE", "delete"),
        ]
        assert merged["summary"] == {
            "created": 1,
            "updated": 0,
            "deleted": 1,
            "unchanged": 1,
            "failed": 0,
            "requests": 6,
        }
        assert merged["msg"] == "1 created, 1 deleted, 1 unchanged"

    def test_of_one_that_was_skipped_is_the_other(self) -> None:
        skipped, ran = {"skipped": True, "changed": False}, result(code("A"))
        assert merge(ran, skipped) == merge(skipped, ran) == ran
        assert merge(skipped, skipped)["skipped"]

    def test_fails_with_the_second_and_keeps_what_the_first_said(self) -> None:
        merged = merge(result(code("NEW", "create")), {"failed": True, "msg": "purge: too many"})
        assert merged["failed"]
        told = plan({"apio": {"route_point_disposition_codes": merged}})
        assert told["errors"] == ["apio.route_point_disposition_codes: purge: too many"]
        assert told["summary"]["create"] == 1

    def test_of_a_first_one_that_failed_in_check_mode_is_the_second(self) -> None:
        first, then = (
            result(code("A", error="404"), failed=True, msg="404"),
            result(code("A", error="404"), failed=True),
        )
        assert merge(first, then) == then
        assert merge(first, {"failed": True, "msg": "no"}) == first


def test_undone_are_the_days_and_the_default_code_and_nothing_else() -> None:
    closed = [{"time": "00:00", "rule_number": 0, "mode": "closed"}]
    calendar = {"node_id": 7, "pilot_number": "60101", "normal": {"monday": closed}, "exceptions": {}}
    default = {"code": "A", "level": "CallCenter"}
    config = {**POINT, "enable_call_disposition_codes": True, "default_call_disposition_code": default}
    of_group = {**config, "default_call_disposition_code": {"code": "G", "level": "Group"}}
    off = {"force_use_of_call_disposition_codes": False, "default_call_disposition_code": None}
    assert undone([calendar]) == [{"node_id": 7, "pilot_number": "60101", "normal": {"monday": []}}]
    assert undone([config, of_group, {**POINT, "include_organization_codes": True}]) == [{**POINT, **off}]
    assert json.loads(json.dumps(calendar)) == calendar
