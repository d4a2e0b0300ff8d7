# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is live as entries of code; tests/integration/test_drift.py takes them over, and finds no drift."""

from __future__ import annotations

from typing import Any

import yaml
from conftest import ROOT
from documents import blocks

from ansible_collections.voiceops.telephony.plugins.plugin_utils.adopt import adopted

CENTER = {"tenant_id": "acme", "group_id": "brussels", "service_user_id": "cc@acme.example"}


def difference(kind: str, name: str, key: dict[str, Any], *fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": kind, "list": name, "name": "one", "key": key, "fields": list(fields), **more}


def text_of(*differences: dict[str, Any]) -> str:
    return adopted({"tenant": "acme", "made": "2026-11-23T18:00:00Z", "differences": differences})


def test_the_example_of_the_documentation() -> None:
    (drift,) = [text for _language, _file, text in blocks(ROOT / "docs/drift.md") if text.startswith("tenant:")]
    (shown,) = [text for _language, _file, text in blocks(ROOT / "docs/drift.md") if text.startswith("---")]
    assert adopted(yaml.safe_load(drift)) == shown


def test_of_no_drift_there_is_nothing_to_take_over() -> None:
    text = text_of()
    assert "# There is nothing to take over." in text
    assert yaml.safe_load(text) == {}


def test_what_is_not_live_is_to_be_removed() -> None:
    text = text_of(difference("missing", "apio.call_centers", CENTER, where="cc.csv, row 7"))
    assert "#   apio.call_centers: one (cc.csv, row 7)" in text
    assert yaml.safe_load(text) == {}


def test_days_stand_one_by_one_and_what_is_added_within_is_with_them() -> None:
    key = {"node_id": 7, "pilot_number": "60101"}
    closed = [{"time": "00:00", "rule_number": 0, "mode": "closed"}]
    changed = difference(
        "changed", "o2g.pilot_calendars", key, {"field": "exceptions.2027-05-17", "code": closed, "live": None}
    )
    added = difference("added", "o2g.pilot_calendars", key, {"field": "exceptions.2027-12-24", "live": closed})
    assert yaml.safe_load(text_of(changed, added)) == {
        "o2g": {"pilot_calendars": [{"pilot_number": "60101", "exceptions": {"2027-05-17": [], "2027-12-24": closed}}]}
    }


def test_settings_are_no_list() -> None:
    limits = difference("changed", "ccs.limits", {"tenant": "Acme"}, {"field": "max_agents", "code": 9, "live": 8})
    assert yaml.safe_load(text_of(limits)) == {"ccs": {"limits": {"max_agents": 8}}}


def test_what_code_cannot_say_is_told() -> None:
    pilot = difference(
        "changed",
        "o2g.pilots",
        {"node_id": 7, "pilot_number": "60101"},
        {"field": "state", "code": "opened", "live": "blocked"},
    )
    number = difference(
        "changed",
        "apio.call_centers",
        CENTER,
        {"field": "queue_length", "code": 3, "live": None},
        {"field": "service_user_password", "code": "x", "live": "********"},
    )
    text = text_of(pilot, number)
    assert "# no module takes it: state is 'blocked': Input should be 'opened' or 'closed'" in text
    assert "# leave out, since it has no value there: queue_length" in text
    assert "# a secret, which no platform tells: service_user_password" in text
    assert yaml.safe_load(text) == {"o2g": {"pilots": []}, "apio": {"call_centers": []}}
