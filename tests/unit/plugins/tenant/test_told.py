# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fault says what stands at the places that it names."""

from __future__ import annotations

import pytest

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.told import Told

DNIS = {"name": "Main", "phone_number": "025552001"}
TENANT = {
    "apio": {
        "tenant_id": "acme",
        "route_points": [{"route_point_user_id": "rp@a", "dnis": [DNIS], "overflow": {"action": "Busy"}}, None],
        "route_point_dnis": [{**DNIS, "route_point_user_id": "rp@b"}],
        "call_centers": ["a text"],
    },
    "ccs": {"limits": {"max_agents": 5}},
    "o2g": {"pilot_calendars": [{"pilot_number": 1, "exceptions": {"2027-12-24": [{"time": "8"}]}}]},
    "opening_hours": {"o.f": {"monday": [{}]}, "o": {}},
}


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("apio.route_points[0]", "rp@a"),
        ("apio.route_points[0].nothing.here", "rp@a"),
        ("apio.route_points[0].dnis[0].name", "DNIS 'Main' of rp@a"),
        ("apio.route_points[0].dnis[7].name", "rp@a"),
        ("apio.route_points[0].overflow.action", "overflow of rp@a"),
        ("apio.route_points[1].dnis[0]", ""),
        ("apio.route_point_dnis[0].name", "DNIS 'Main' of rp@b"),
        ("apio.call_centers[0]", ""),
        ("apio.tenant_id", ""),
        ("ccs.limits.max_agents", ""),
        ("o2g.pilot_calendars[0].exceptions.2027-12-24[0].time", "calendar of 1"),
        ("opening_hours.o.f.monday[0].time", ""),
    ],
)
def test_places_and_entries(place: str, told: str) -> None:
    expected = f"{place} ({told})" if told else place
    assert (
        Told(TENANT, "")(f"{place}: is used already at {place}. So.")
        == f"{expected}: is used already at {expected}. So."
    )


def test_lines_are_those_of_what_is_innermost_and_known() -> None:
    lines = {
        "o2g": ("/code/host_vars/acme/o2g.yml", 1),
        "Main": ("/code/host_vars/acme.yml", 9),
        "8": ("/other.yml", 5),
    }
    told = Told(TENANT, "/code", lambda value: lines.get("o2g" if value is TENANT["o2g"] else str(value)))
    assert told("apio.route_points[0].dnis[0].name") == (
        "apio.route_points[0].dnis[0].name (DNIS 'Main' of rp@a, host_vars/acme.yml, line 9)"
    )
    assert told("o2g.pilots") == "o2g.pilots (host_vars/acme/o2g.yml, line 1)"
    assert told("o2g.pilot_calendars[0].exceptions.2027-12-24[0].time").endswith("(calendar of 1, /other.yml, line 5)")
