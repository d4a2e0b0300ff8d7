# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lists of a tenant as runs of their modules, and what is kept of their results."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from conftest import ROOT

from ansible_collections.voiceops.telephony.plugins.action.tenant_lists import DEFAULTS
from ansible_collections.voiceops.telephony.plugins.module_utils.resource import Resource
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import bulk_spec
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import LISTS, PARENTS, module_of
from ansible_collections.voiceops.telephony.plugins.plugin_utils.lists import Step, run_block, steps
from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import said

ALL = [(block, name, resource) for block, lists in LISTS.items() for name, resource in lists.items()]
CODES = "route_point_disposition_codes"


def asked(**more: Any) -> dict[str, Any]:
    return {**DEFAULTS, **more}


def data(block: str, *names: str, **more: Any) -> dict[str, Any]:
    return {**{f.option: f.option for f in PARENTS[block]}, **{name: [{"one": 1}] for name in names}, **more}


def step(action: str, **more: Any) -> dict[str, Any]:
    there = {"name": "Main", "phone_number": "1"}
    return {"key": {"name": "Main"}, "action": action, "changed": action != "unchanged", "resource": there, **more}


def test_what_is_as_it_shall_be_is_told_in_brief() -> None:
    same = step("unchanged", unverified=[])
    hidden = step("unchanged", unverified=["active"])
    brief = {"key": {"name": "Main"}, "action": "unchanged", "changed": False}
    results = said({"dnis": {"msg": "2 unchanged", "results": [same, hidden]}})
    told = {"diff": [1], "warnings": ["w"], "invocation": {}, "changed": True}
    assert said({"dnis": told}) == {"dnis": {"changed": True}}
    assert results == {"dnis": {"msg": "2 unchanged", "results": [brief, {**brief, "unverified": ["active"]}]}}
    assert "resource" in same


def test_what_was_done_or_failed_is_told_in_full() -> None:
    told = [step("create"), step("update", before={"phone_number": "2"}), step("unchanged", error="refused")]
    assert said({"dnis": {"results": told}}) == {"dnis": {"results": told}}


def test_what_a_build_did_is_told_in_brief_where_nobody_asks_for_more() -> None:
    """Each task that follows would have thousands of values. A plan is made of them, and what failed is looked at."""
    failed = step("update", error="refused", changed=False)

    def results(**how: bool) -> Any:
        told = {"changed": True, "results": [step("create", unverified=[]), failed]}
        lists, _heard = run_block("o2g", data("o2g", "users"), asked(**how), lambda _step: told)
        return lists["users"]["results"]

    brief = {"key": {"name": "Main"}, "action": "create", "changed": True}
    assert results(list_unchanged=False, foretold=False) == [brief, failed]
    assert results(list_unchanged=False, foretold=True) == results() == [step("create", unverified=[]), failed]


def test_tasks_that_were_skipped_say_nothing() -> None:
    failed = {"failed": True, "msg": "refused"}
    assert said({"dnis": {"skipped": True, "changed": False}, "users": failed}) == {"users": failed}


@pytest.mark.parametrize(("block", "name", "resource"), ALL)
def test_a_list_gives_its_module_all_that_is_asked_for(block: str, name: str, resource: type[Resource]) -> None:
    more = {"country": "BE", "owns": ["601"], "purge_in": {name: ["there"]}}
    everything = asked(purge=True, read_deleted=True, list_unchanged=False, written={"written_file": "w.json"})
    *_first, step = steps(block, data(block, name, **more), everything)
    assert (step.name, step.module) == (name, module_of(block, name))
    assert (ROOT / f"plugins/modules/{step.module}.py").is_file()
    wanted = {"state", "fail_fast", "written_again", "written_key"}  # as they are by default
    wanted |= {"purge"} if resource.purge_place else set()
    assert {*bulk_spec(resource)} - {*step.options} <= wanted
    assert {f.option for f in PARENTS[block] if f.option in resource.spec()} <= {*step.options}
    assert {*step.options} <= {*bulk_spec(resource), *resource.spec()}


@pytest.mark.parametrize("block", LISTS)
def test_what_is_taken_down_goes_in_reverse(block: str) -> None:
    lists = {name: [{"exceptions": {"2031-01-01": [1]}, "route_point_user_id": "rp"}] for name in LISTS[block]}
    down = list(steps(block, data(block, **lists), asked(state="absent", purge=True, max_deletions=1)))
    assert [step.name for step in down if step.options.get("state") == "absent"] == [
        name for name, resource in reversed(LISTS[block].items()) if resource.lifecycle
    ]
    assert not [step for step in down if step.options.get("purge") or "max_deletions" in step.options]
    calendars = [step.options["config"] for step in down if step.name == "pilot_calendars"]
    assert calendars == [[{"route_point_user_id": "rp", "exceptions": {"2031-01-01": []}}]] * (block == "o2g")


def test_a_list_without_entries_purges_nothing_unless_it_says_where() -> None:
    for name, purged in (("users", True), ("programmable_keys", False), ("pbx_objects", False)):
        (step,) = steps("o2g", data("o2g", **{name: []}), asked(purge=True))
        assert bool(step.options["purge"]) is purged
        (step,) = steps("o2g", data("o2g", **{name: []}, purge_in={name: ["1"]}), asked(purge=True))
        assert (step.options["purge"], step.options["purge_in"]) == (name != "pbx_objects", ["1"])
        (step,) = steps("o2g", data("o2g", **{name: []}, purge_in={name: ["1"]}), asked())
        assert (step.options["purge"], step.options.get("purge_in")) == (False, None)


def test_codes_come_before_the_default_one_is_chosen_and_go_after_that() -> None:
    on, off = {"code": "SALE"}, {"code": "OLD", "active": False}
    lists = {CODES: [on, off], f"{CODES}_config": [{}]}
    told = [(step.name, step.options["config"]) for step in steps("apio", data("apio", **lists), asked())]
    assert told == [(CODES, [on]), (f"{CODES}_config", [{}]), (CODES, [on, off])]
    lists = {CODES: [on], f"{CODES}_config": [{}]}
    assert [step.name for step in steps("apio", data("apio", **lists), asked())] == [CODES, f"{CODES}_config"]
    assert len(list(steps("apio", data("apio", **lists), asked(purge=True)))) == 3


ROLES = {"apio": "apio_group", "ccs": "ccs_tenant", "o2g": "o2g_node"}


@pytest.mark.parametrize(("block", "name"), [(block, name) for block, name, _resource in ALL])
def test_a_list_is_wherever_people_look_for_it(block: str, name: str) -> None:
    """In its platform's role, which refuses what its specification does not name, in documents, and in the export."""
    short = name.removeprefix("route_point_")
    role = ROOT / "roles" / ROLES[block]
    options = yaml.safe_load((role / "meta/argument_specs.yml").read_text())["argument_specs"]["main"]["options"]
    known = {option for one in options.values() for option in one.get("options", {})}
    assert name in known, f"{role.name}/meta/argument_specs.yml: the role refuses {block}.{name} when used by itself"
    pages = {role / "README.md": name, ROOT / "docs/tenant.md": short}
    if short == name:  # what is part of a route point is exported with it
        pages |= {ROOT / "docs/export.md": name, ROOT / "plugins/plugin_utils/export.py": name}
    silent = [str(page.relative_to(ROOT)) for page, word in pages.items() if word not in page.read_text()]
    assert not silent, f"{block}.{name} is not in {', '.join(silent)}"


def test_it_ends_with_what_fails_unless_it_shall_go_on() -> None:
    def run(step: Step) -> dict[str, Any]:
        return {"failed": step.name == "users", "msg": step.name, "changed": False, "results": []}

    two = data("o2g", "users", "pilots")
    assert list(run_block("o2g", two, asked(), run)[0]) == ["users"]
    assert list(run_block("o2g", two, asked(go_on=True), run)[0]) == ["users", "pilots"]
