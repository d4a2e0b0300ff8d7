# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which pilots are open at some time."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.voiceops.telephony.plugins.filter.tenant_open import tenant_open

DAY = [
    {"time": "17:30", "rule_number": 0, "mode": "closed"},
    {"time": "8:30", "rule_number": 1, "mode": "normal"},
    {"time": "12:00", "rule_number": 2, "mode": "forward"},
    {"time": "13:00", "rule_number": 1, "mode": "normal"},
]
WEEK = {"monday": DAY, "tuesday": DAY, "friday": DAY}
HALF = [{"time": "00:00", "rule_number": 0, "mode": "closed"}, {"time": "10:00", "rule_number": 1, "mode": "normal"}]


def data(**calendar: Any) -> dict[str, Any]:
    return {"o2g": {"node_id": 7, "pilot_calendars": [{"node_id": 7, "pilot_number": "60101", **calendar}]}}


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-30T08:29", False),  # a Monday
        ("2026-11-30T08:30", True),
        ("2026-11-30T12:30", False),
        ("2026-11-30T13:00", True),
        ("2026-11-30T17:30", False),
        ("2026-12-02T09:00", False),  # Wednesday: closed since Tuesday evening
        ("2026-12-04T09:00", False),  # Friday, but a holiday
        ("2026-12-04T10:00", True),
        ("2026-12-06T12:00", True),  # open since then, as nothing closes it
    ],
)
def test_the_last_transition_counts_and_exceptions_are_days_of_their_own(at: str, is_open: bool) -> None:
    tenant = data(normal=WEEK, exceptions={"2026-12-04": HALF})
    assert tenant_open(tenant, f"{at}:00+01:00", "Europe/Brussels") == ["60101"] * is_open


def test_the_time_zone_is_that_of_the_pilots() -> None:
    tenant = data(normal=WEEK)
    assert tenant_open(tenant, "2026-11-30T07:45:00.123+00:00", "Europe/Brussels") == ["60101"]
    assert tenant_open(tenant, "2026-11-30T07:45:00.123+00:00", "Europe/London") == []
    assert tenant_open(tenant, "2026-07-06T06:45:00+00:00", "Europe/Brussels") == ["60101"]  # in summer


def test_what_says_nothing_is_not_open() -> None:
    assert tenant_open(data(normal={}, exceptions={})) == []
    assert tenant_open(data(exceptions={"2026-12-04": HALF}), "2026-12-05 12:00") == []
    assert tenant_open({"o2g": {"node_id": 7}}) == tenant_open({}) == []


@pytest.mark.parametrize(
    ("at", "zone", "told"),
    [("noon", "", "'noon' is not a moment"), ("", "Europe/Bruxelles", "'Europe/Bruxelles' is no time zone")],
)
def test_what_is_wrong_is_told(at: str, zone: str, told: str) -> None:
    with pytest.raises(AnsibleFilterError, match=told):
        tenant_open(data(normal=WEEK), at, zone)
