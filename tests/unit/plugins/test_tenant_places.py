# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where in the code that stands, about which a plan has something to say."""

from __future__ import annotations

from pathlib import Path

from ansible_collections.voiceops.telephony.plugins.filter.tenant_places import FilterModule, tenant_places

POINT = {"tenant_id": "acme", "group_id": "brussels", "route_point_user_id": "rp@acme.example"}


def test_places_are_found_by_what_the_key_and_the_entry_both_say(tmp_path: Path) -> None:
    (tmp_path / "dnis.csv").write_text("route_point_user_id,name\nrp@acme.example,Main\nrp@acme.example,Fax\n")
    tenant = {
        "apio": {"tenant_id": "acme", "group_id": "brussels", "route_point_dnis_from": "dnis.csv"},
        "ccs": {"tenant": "Acme", "limits": {"max_agents": 5}, "products": [{"product": "+AG"}]},
        "o2g": {"node_id": 7, "pilot_calendars": [{"pilot_number": n, "normal": {}} for n in ("60101", "60102")]},
    }
    steps = {
        "apio.route_point_dnis": [
            {"name": "Fax", "key": {**POINT, "name": "Fax"}, "action": "update"},
            {"name": "Main", "key": {**POINT, "name": "Main"}, "action": "delete"},
            {"name": "Other", "key": {**POINT, "name": "Other"}, "action": "create"},
        ],
        "ccs.limits": [{"name": "limits of Acme", "key": {"tenant": "Acme"}, "action": "update"}],
        "ccs.products": [{"name": "+AG", "key": {"tenant": "Acme", "product": "+AG", "uuid": "1"}, "action": "create"}],
        "o2g.pilot_calendars": [{"name": "60102", "key": {"node_id": 7, "pilot_number": "60102"}, "action": "update"}],
    }
    plan = {"resources": {name: {"steps": listed} for name, listed in steps.items()}}
    assert tenant_places(tenant, plan, str(tmp_path)) == {
        "apio.route_point_dnis": {"Fax": "dnis.csv, row 3"},
        "ccs.limits": {"limits of Acme": "ccs.limits"},
        "ccs.products": {"+AG": "ccs.products[0]"},
        "o2g.pilot_calendars": {"60102": "o2g.pilot_calendars[1]"},
    }


def test_ansible_finds_the_filter() -> None:
    assert FilterModule().filters() == {"tenant_places": tenant_places}
