# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose an object of the PBX is."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.voiceops.telephony.plugins.filter.tenant_owner import tenant_owner

DATA = {
    "o2g": {
        "node_id": 7,
        "users": [{"device_number": "70101"}, {"device_number": "70102"}],
        "pilots": [{"pilot_number": "60101"}],
        "pbx_objects": [{"path": "Entity/1/Subscriber/70103"}, {"path": "Subscriber/70101"}],
        "purge_in": {"users": []},
    }
}


@pytest.mark.parametrize(
    ("event", "owned"),
    [
        ({"object_name": "Subscriber", "object_id": "70101"}, ["o2g.users 70101", "o2g.pbx_objects Subscriber/70101"]),
        ({"object_name": "Subscriber", "object_id": "70103"}, ["o2g.pbx_objects Entity/1/Subscriber/70103"]),
        (
            {"object_name": "Keys", "object_id": "3", "father": {"object_name": "Subscriber", "object_id": "70102"}},
            ["o2g.users 70102"],
        ),
        ({"object_name": "Subscriber", "object_id": "7010"}, []),
        ({"object_name": None, "object_id": None}, []),
    ],
)
def test_an_object_or_what_it_belongs_to_is_named(event: dict[str, Any], owned: list[str]) -> None:
    assert tenant_owner(DATA, event) == owned
    assert tenant_owner({}, event) == []
