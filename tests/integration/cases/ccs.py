# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CCS."""

from __future__ import annotations

from simulator.seed import ccs_uuid

from .base import Case

CCS = {"tenant": "Acme Contact Center"}
ACME_UUID = ccs_uuid("1", 1)
OF_TENANT = {"token": "tenant-token"}
"""An account of a CCS tenant's own level."""

CASES = [
    Case(
        "ccs_extension",
        CCS,
        {"extension": "101"},
        {"is_agent": True, "recording_type": "On Demand", "monitor": False, "max_chats": 3},
        {"max_chats": 4, "is_multimedia_enabled": True},
        {"extension": "102", "is_agent": True},
        [
            ({"max_chats": 7}, "max_chats: must be from 0 to 6, not 7"),
            ({"recording_type": "Sometimes"}, "recording_type"),
            ({"extension": 101}, "extension: arrived as the number 101"),
        ],
        {"tenant": "Nobody"},
        absent=False,
        purge=False,
        info_filter={"extension": "101"},
        verb="PUT",
        settings={"ccs": {"extensions_return_settings": True}},
    ),
    Case(
        "ccs_tenant",
        {},
        CCS,
        {"product_name": "New Product", "max_agents": 120, "chat_licenses": 8, "rec_extn_limit": 7},
        {"max_agents": 60, "group_agent_limit": 2},
        {"tenant": "Globex", "max_queues": 50},
        [
            ({"max_agents": -1}, "max_agents: must be from 0 to "),
            ({"max_queues": "many"}, "max_queues: must be a whole number"),
            ({"chat_licenses": None}, "chat_licenses: cannot be empty"),
            ({"agent_billing": "Yearly"}, "agent_billing"),
            ({"tenant": 500900351}, "tenant: arrived as the number 500900351"),
        ],
        {"tenant": "Nobody"},
        absent=False,
        purge=False,
        verb="PUT",
    ),
    Case(
        "ccs_tenant_product",
        CCS,
        {"product": "+AG"},
        {},
        {},
        {"product": ccs_uuid("9", 2)},
        [({"product": 7}, "product: arrived as the number 7"), ({"produkt": "+AG"}, "produkt")],
        {"tenant": "Nobody"},
    ),
    Case(
        "ccs_agent_state",
        {},
        {**CCS, "extension": "101"},
        {"name": "Lunch Break"},
        {"name": "Ready"},
        {**CCS, "extension": "102", "name": "Coffee Break"},
        [
            ({"name": None}, "name: cannot be empty"),
            ({"extension": 101}, "extension: arrived as the number 101"),
            ({"extension": None}, "extension: must be given with a tenant"),
        ],
        {"tenant": "Nobody"},
        absent=False,
        purge=False,
    ),
    Case(
        "ccs_text_counter",
        {},
        CCS,
        {},
        {},
        {"tenant": "Globex"},
        [({"tenant": 5}, "tenant: arrived as the number 5"), ({"counter": "sms"}, "counter")],
        {"tenant": "Nobody"},
        absent=False,
        purge=False,
        acts=True,
        weak_login={"token": "agent-token"},
    ),
    Case(
        "ccs_call",
        {},
        {"call_id": "0BS9DD01LEMUI"},
        {"request": "wait_redirect", "target": "Support"},
        {},
        {"call_id": "0BS9DD01LEMVK", "request": "start_suppression"},
        [
            ({"request": "hold"}, "request"),
            ({"request": None}, "request"),
            ({"target": 102}, "target: arrived as the number 102"),
            ({"target": None}, "target: must be given with wait_redirect"),
            ({"request": "kill"}, "target: goes with wait_transfer and wait_redirect only"),
            ({"call_id": "filter"}, "call_id: 'filter' is not the id of a call"),
        ],
        {"call_id": "0BS9DD99NOBODY"},
        absent=False,
        purge=False,
        acts=True,
        login=OF_TENANT,
    ),
    Case(
        "ccs_dial",
        {"tenant": ACME_UUID},
        {"extension": "101"},
        {"target": "819735552106", "outbound_queue": "Outbound"},
        {},
        {"uuid": ccs_uuid("3", 1001), "target": "102"},
        [
            ({"target": 819735552106}, "target: arrived as the number 819735552106"),
            ({"target": None}, "target"),
            ({"outbound_queue": 3}, "outbound_queue: arrived as the number 3"),
        ],
        {"tenant": ccs_uuid("1", 99)},
        absent=False,
        purge=False,
        acts=True,
        login=OF_TENANT,
    ),
]

INFO_MODULES = {
    "ccs_call_info": OF_TENANT,
    "ccs_extension_info": CCS,
    "ccs_info": {},
    "ccs_tenant_info": {},
}
