# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What roles keep of the results of their tasks."""

from __future__ import annotations

from typing import Any

from ansible_collections.voiceops.telephony.plugins.filter.tenant_said import FilterModule


def said(results: dict[str, Any]) -> dict[str, Any]:
    return FilterModule().filters()["tenant_said"](results)


def step(action: str, **more: Any) -> dict[str, Any]:
    there = {"name": "Main", "phone_number": "1"}
    return {"key": {"name": "Main"}, "action": action, "changed": action != "unchanged", "resource": there, **more}


def test_what_is_as_it_shall_be_is_told_in_brief() -> None:
    same = step("unchanged", unverified=[])
    hidden = step("unchanged", unverified=["active"])
    brief = {"key": {"name": "Main"}, "action": "unchanged", "changed": False}
    results = said({"dnis": {"msg": "2 unchanged", "results": [same, hidden]}})
    assert results == {"dnis": {"msg": "2 unchanged", "results": [brief, {**brief, "unverified": ["active"]}]}}
    assert "resource" in same


def test_what_was_done_or_failed_is_told_in_full() -> None:
    told = [step("create"), step("update", before={"phone_number": "2"}), step("unchanged", error="refused")]
    assert said({"dnis": {"results": told}}) == {"dnis": {"results": told}}


def test_tasks_that_were_skipped_say_nothing() -> None:
    failed = {"failed": True, "msg": "refused"}
    assert said({"dnis": {"skipped": True, "changed": False}, "users": failed}) == {"users": failed}
