# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of all modules: what the suite in test_modules.py does with each. A module that is not in it fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simulator.seed import ccs_uuid

Options = dict[str, Any]

SECRET = "Xq7-secret-9Zt"
"""The password of a service user, which no output may show."""


@dataclass(frozen=True)
class Platform:
    """How to reach a platform of the simulator, and what goes wrong there in its own way."""

    login: Options
    wrong_login: Options
    weak_login: Options
    """An account that may read and not write."""


PLATFORMS = {
    "apio": Platform(
        {"username": "admin", "password": "simulator"},
        {"username": "admin", "password": "wrong-and-secret"},
        {"username": "enduser", "password": "simulator"},
    ),
    "ccs": Platform({"token": "simulator-token"}, {"token": "wrong-and-secret"}, {"token": "readonly-token"}),
    "o2g": Platform(
        {"username": "admin", "password": "simulator"},
        {"username": "admin", "password": "wrong-and-secret"},
        {"username": "viewer", "password": "simulator"},
    ),
}


@dataclass(frozen=True)
class Case:
    """One module that manages a resource type."""

    module: str
    parents: Options
    key: Options
    first: Options
    """What is wanted at first: a creation, or for what always exists, a change."""
    second: Options
    """What is wanted then: an update, if the resource has anything to update."""
    other: Options
    """The key of a second resource, which may be wanted in the same task."""
    wrong: list[tuple[Options, str]]
    """Options that are refused before any request, and what the message must say."""
    unknown: Options
    """A parent that is not there."""
    absent: bool = True
    """Whether it can be deleted."""
    purge: bool = True
    info_filter: Options | None = None
    """What makes the info module show this one; None if there is no info module for it."""
    verb: str = "POST"
    """Of the first write."""
    settings: Options = field(default_factory=dict)
    """Switches of the simulator that this case needs."""
    acts: bool = False
    """Whether it is something to do, which is done each time, and not a state to reach."""
    login: Options = field(default_factory=dict)
    """The account, where that of the platform will not do."""
    weak_login: Options = field(default_factory=dict)
    """An account without the right to do this, where that of the platform has it."""

    @property
    def action(self) -> str:
        """What the first run does."""
        return "act" if self.acts else "create" if self.absent else "update"

    @property
    def platform(self) -> str:
        return self.module.partition("_")[0]

    @property
    def one(self) -> Options:
        return {**self.key, **self.first}


APIO = {"tenant_id": "acme", "group_id": "brussels"}
ROUTE_POINT = {**APIO, "route_point_user_id": "rp-sales@acme.example"}
SALES = {"route_point_user_id": "rp-sales@acme.example"}
SUPPORT = {"route_point_user_id": "rp-support@acme.example"}
WRONG_AUDIO: list[tuple[Options, str]] = [
    ({"audio_file_list": ["a", "b", "c", "d", "e"]}, "audio_file_list: should have at most 4 items"),
    ({"audio_file_list": ["a", "Unmodify"]}, "audio_file_list[1]: 'Unmodify' is a word of the platform"),
    ({"audio_file_list": ["x" * 81]}, "audio_file_list[0]: should have at most 80 characters"),
    ({"audio_file_list": [{"name": "a"}]}, "audio_file_list[0]: must be text"),
    ({"audio_message_selection": "Default", "audio_file_list": ["a"]}, "goes with audio_message_selection=File"),
    ({"audio_message_selection": "Silence"}, "audio_message_selection"),
]
CCS = {"tenant": "Acme Contact Center"}
ACME_UUID = ccs_uuid("1", 1)
OF_TENANT = {"token": "tenant-token"}
"""An account of a CCS tenant's own level."""
NODE = {"node_id": 7}
PILOT = {**NODE, "pilot_number": "60101"}
MORNING = {"time": "08:00", "rule_number": 0, "mode": "normal"}
EVENING = {"time": "18:00", "rule_number": 1, "mode": "closed"}

CASES = [
    Case(
        "apio_call_center",
        APIO,
        {"service_user_id": "cc-sales@acme.example"},
        {
            "name": "Sales",
            "service_user_password": SECRET,
            "cli_first_name": "Sales",
            "cli_last_name": "Acme",
            "language": "English",
            "time_zone": "Europe/Brussels",
            "department": {"tenant_id": "acme", "group_id": "brussels", "department_name": "Sales"},
            "phone_number": "025126770",
            "extension": "6770",
            "type": "Premium",
            "policy": "Circular",
            "routing_type": "Priority Based",
            "queue_length": 20,
            "wrap_up_seconds": 30,
            "active": True,
        },
        {"queue_length": 30, "policy": "Uniform", "active": False, "wrap_up_seconds": None, "language": "French"},
        {
            "service_user_id": "cc-support@acme.example",
            "name": "Support",
            "policy": "Regular",
            "cli_first_name": "Support",
            "cli_last_name": "Acme",
        },
        [
            ({"queue_length": 526}, "queue_length: should be less than or equal to 525"),
            ({"phone_number": 5549560}, "phone_number: arrived as the number 5549560"),
            ({"name": "x" * 31}, "name: should have at most 30 characters"),
            ({"type": "Gold"}, "type"),
            ({"escape_digit": "11"}, "escape_digit"),
            ({"queue_lenght": 5}, "queue_lenght"),
            ({"service_user_id": "no-domain"}, "service_user_id: must be user@domain"),
            ({"service_user_password": "p" * 61}, "service_user_password: should have at most 60 characters"),
            ({"department": {"department_name": "x" * 51}}, "department.department_name: should have at most 50"),
            ({"queue_length": None}, "queue_length: cannot be empty"),
        ],
        {"group_id": "nowhere"},
        info_filter={"service_user_id": "cc-sales@acme.example"},
    ),
    Case(
        "apio_route_point_dnis",
        ROUTE_POINT,
        {"name": "Line / 1?"},
        {
            "phone_number": "025126771",
            "extension": "6771",
            "use_custom_clid_settings": True,
            "cli_phone_number": "025126770",
            "cli_last_name": "Acme",
            "cli_first_name": "Sales",
        },
        {"allow_outgoing_acd_call": True, "extension": None, "cli_first_name": "Support"},
        {"name": "..."},
        [
            ({"name": "x" * 41}, "name: should have at most 40 characters"),
            ({"extension": "1"}, "extension: should have at least 2 characters"),
            ({"phone_number": 25126770}, "quote it"),
            ({"use_custom_clid_settings": "perhaps"}, "use_custom_clid_settings"),
            ({"fone": "1"}, "fone"),
        ],
        {"route_point_user_id": "rp-nowhere@acme.example"},
        info_filter={"name": "Line / 1?"},
    ),
    Case(
        "apio_instant_group_call",
        APIO,
        {"service_user_id": "igc-fire@acme.example"},
        {
            "name": "Fire brigade",
            "service_user_password": SECRET,
            "cli_first_name": "Alarm",
            "cli_last_name": "Acme",
            "language": "English",
            "time_zone": "Europe/Brussels",
            "department": {"tenant_id": "acme", "group_id": "brussels", "department_name": "Sales"},
            "phone_number": "025126799",
            "extension": "6799",
            "answer_timeout_minutes": 5,
            "answer_timeout_enabled": True,
            "destination_phone_numbers": ["+32471112233", "sip:alarm@acme.example", "6701"],
        },
        {
            "answer_timeout_minutes": None,
            "answer_timeout_enabled": False,
            "destination_phone_numbers": ["6702", "+32471112233"],
            "language": "French",
        },
        {
            "service_user_id": "igc-aid@acme.example",
            "name": "First aid",
            "cli_first_name": "Aid",
            "cli_last_name": "Acme",
        },
        [
            ({"answer_timeout_minutes": 61}, "answer_timeout_minutes: should be less than or equal to 60"),
            ({"destination_phone_numbers": [32471]}, "destination_phone_numbers[0]: arrived as the number 32471"),
            ({"destination_phone_numbers": ["1" * 162]}, "destination_phone_numbers[0]: should have at most 161"),
            ({"destination_phone_numbers": ["6701", "67-01"]}, "'6701' and '67-01' are the same number"),
            ({"name": "x" * 31}, "name: should have at most 30 characters"),
            ({"service_user_id": "no-domain"}, "service_user_id: must be user@domain"),
            ({"active": "perhaps"}, "active"),
            ({"answer_timeout_enabled": None}, "answer_timeout_enabled: cannot be empty"),
        ],
        {"group_id": "nowhere"},
        info_filter={"service_user_id": "igc-fire@acme.example"},
    ),
    Case(
        "apio_route_point_announcements",
        APIO,
        SALES,
        {"audio_message_selection": "File", "audio_file_list": ["Welcome", None, "Music"]},
        {"audio_file_list": ["Music", "Welcome"]},
        {**SUPPORT, "audio_message_selection": "File", "audio_file_list": ["Welcome"]},
        WRONG_AUDIO,
        {"route_point_user_id": "rp-nowhere@acme.example"},
        absent=False,
        purge=False,
        verb="PUT",
    ),
    Case(
        "apio_route_point_overflow",
        APIO,
        SALES,
        {
            "action": "Transfer",
            "transfer_phone_number": "+3225126700",
            "play_announcement_before_overflow_processing": True,
            "overflow_after_timeout": True,
            "timeout_seconds": 0,
            "audio_message_selection": "File",
            "audio_file_list": ["Call again later"],
        },
        {
            "action": "Ringing",
            "transfer_phone_number": None,
            "timeout_seconds": 7200,
            "audio_message_selection": "Default",
        },
        {**SUPPORT, "action": "Ringing"},
        [
            *WRONG_AUDIO,
            ({"action": "Hangup"}, "action"),
            ({"timeout_seconds": 7201}, "timeout_seconds: should be less than or equal to 7200"),
            ({"transfer_phone_number": 3225126700}, "transfer_phone_number: arrived as the number 3225126700"),
        ],
        {"route_point_user_id": "rp-nowhere@acme.example"},
        absent=False,
        purge=False,
        verb="PUT",
    ),
    Case(
        "apio_route_point_bounced_call",
        APIO,
        SALES,
        {
            "active": True,
            "number_of_rings_before_bouncing_call": 4,
            "enable_transfer": True,
            "transfer_phone_number": "+3225126700",
            "bounce_call_when_agent_unavailable": False,
        },
        {"enable_transfer": False, "transfer_phone_number": None, "number_of_rings_before_bouncing_call": 20},
        {**SUPPORT, "active": True},
        [
            ({"number_of_rings_before_bouncing_call": 21}, "should be less than or equal to 20"),
            ({"number_of_rings_before_bouncing_call": 0}, "should be greater than or equal to 1"),
            ({"enable_transfer": "perhaps"}, "enable_transfer"),
        ],
        {"route_point_user_id": "rp-nowhere@acme.example"},
        absent=False,
        purge=False,
        verb="PUT",
    ),
    Case(
        "apio_route_point_distinctive_ringing",
        APIO,
        SALES,
        {
            "distinctive_ringing": True,
            "ring_pattern_for_route_point": "Long-Long",
            "force_delivery_ring_pattern": "Short-Short-Long",
        },
        {"ring_pattern_for_route_point": "Short-Long-Short", "distinctive_ringing": False},
        {**SUPPORT, "ring_pattern_for_route_point": "Long-Long"},
        [({"ring_pattern_for_route_point": "Long-Short"}, "ring_pattern_for_route_point")],
        {"route_point_user_id": "rp-nowhere@acme.example"},
        absent=False,
        purge=False,
        verb="PUT",
    ),
    Case(
        "apio_route_point_forced_forwarding",
        APIO,
        SALES,
        {
            "active": True,
            "forward_to_phone_number": "+3225126700",
            "play_announcement_before_forwarding": True,
            "audio_message_selection": "File",
            "audio_file_list": ["We had to leave"],
        },
        {"active": False, "forward_to_phone_number": None},
        {**SUPPORT, "play_announcement_before_forwarding": True},
        [*WRONG_AUDIO, ({"forward_to_phone_number": 25126700}, "forward_to_phone_number: arrived as the number")],
        {"route_point_user_id": "rp-nowhere@acme.example"},
        absent=False,
        purge=False,
        verb="PUT",
    ),
    Case(
        "apio_route_point_dnis_config",
        APIO,
        SALES,
        {"display_dnis_number": True, "display_dnis_name": True},
        {"display_dnis_number": False},
        {**SUPPORT, "display_dnis_name": True},
        [({"display_dnis_number": "perhaps"}, "display_dnis_number")],
        {"route_point_user_id": "rp-nowhere@acme.example"},
        absent=False,
        purge=False,
        verb="PUT",
    ),
    Case(
        "apio_route_point_dnis_announcements",
        ROUTE_POINT,
        {"name": "Main"},
        {"audio_message_selection": "File", "audio_file_list": [None, "Music"]},
        {"audio_message_selection": "Default"},
        {"name": "Night", "audio_message_selection": "File", "audio_file_list": ["Closed"]},
        [*WRONG_AUDIO, ({"name": "x" * 41}, "name: should have at most 40 characters")],
        {"route_point_user_id": "rp-nowhere@acme.example"},
        absent=False,
        purge=False,
        verb="PUT",
    ),
    Case(
        "apio_route_point_disposition_code",
        ROUTE_POINT,
        {"code": "A/1 ?"},
        {"active": True, "description": "Order placed"},
        {"active": False, "description": None},
        {"code": "..."},
        [
            ({"code": "x" * 11}, "code: should have at most 10 characters"),
            ({"code": 1001}, "code: arrived as the number 1001"),
            ({"description": "x" * 41}, "description: should have at most 40 characters"),
            ({"active": None}, "active: cannot be empty"),
        ],
        {"route_point_user_id": "rp-nowhere@acme.example"},
    ),
    Case(
        "apio_route_point_disposition_codes_config",
        APIO,
        SALES,
        {
            "enable_call_disposition_codes": True,
            "include_organization_codes": True,
            "force_use_of_call_disposition_codes": True,
            "default_call_disposition_code": {"code": "SALE", "level": "CallCenter"},
        },
        {"force_use_of_call_disposition_codes": False, "default_call_disposition_code": None},
        {**SUPPORT, "enable_call_disposition_codes": True},
        [
            ({"default_call_disposition_code": {"code": "SALE"}}, "default_call_disposition_code.level: must be given"),
            (
                {"default_call_disposition_code": {"code": "SALE", "level": "Tenant"}},
                "default_call_disposition_code.level",
            ),
            ({"default_call_disposition_code": {"code": 1, "level": "Group"}}, "code: arrived as the number 1"),
        ],
        {"route_point_user_id": "rp-nowhere@acme.example"},
        absent=False,
        purge=False,
        verb="PUT",
    ),
    Case(
        "ccs_extension",
        CCS,
        {"extension": "101"},
        {"is_agent": True, "recording_type": "On Demand", "monitor": False, "max_chats": 3},
        {"max_chats": 4, "is_multimedia_enabled": True},
        {"extension": "102", "is_agent": True},
        [
            ({"max_chats": 7}, "max_chats: should be less than or equal to 6"),
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
            ({"max_agents": -1}, "max_agents: should be greater than or equal to 0"),
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
    Case(
        "o2g_user",
        NODE,
        {"device_number": "70120"},
        {},
        {},
        {"device_number": "70121"},
        [
            ({"device_number": 70120}, "device_number: arrived as the number 70120"),
            ({"device_number": "7 01 20"}, "device_number: must be a number of digits"),
            ({"node_id": "seven"}, "node_id"),
        ],
        {"node_id": 99},
        info_filter={"device_number": "70120"},
    ),
    Case(
        "o2g_pilot",
        NODE,
        {"pilot_number": "60101"},
        {"state": "closed"},
        {"state": "opened"},
        {"pilot_number": "60102", "state": "closed"},
        [({"state": "ajar"}, "state"), ({"pilot_number": 60101}, "pilot_number: arrived as the number 60101")],
        {"node_id": 99},
        absent=False,
        purge=False,
        info_filter={"pilot_number": "60101"},
    ),
    Case(
        "o2g_pilot_calendar",
        NODE,
        {"pilot_number": "60101"},
        {
            "normal": {"monday": [MORNING, EVENING], "friday": [MORNING, {**EVENING, "time": "17:00"}]},
            "exceptions": {"2027-01-01": [{"time": "00:00", "rule_number": 2, "mode": "closed"}]},
        },
        {"normal": {"friday": [MORNING, {**EVENING, "time": "16:00"}], "monday": []}},
        {"pilot_number": "60102", "normal": {"tuesday": [MORNING]}},
        [
            ({"normal": {"mon": [MORNING]}}, "normal.mon: must be one of 'monday'"),
            ({"normal": {"monday": [{**MORNING, "time": "8h"}]}}, "normal.monday[0].time: must be a time"),
            ({"normal": {"monday": [{**MORNING, "rule_number": 30}]}}, "normal.monday[0].rule_number: should be less"),
            ({"normal": {"monday": [MORNING, MORNING]}}, "normal.monday: 08:00 is there more than once"),
            ({"normal": {"monday": [{"time": "08:00"}]}}, "normal.monday[0].rule_number: must be given"),
            ({"exceptions": {"2027-02-30": []}}, "exceptions.2027-02-30: '2027-02-30' is not a date"),
            (
                {"normal": {"monday": [{**MORNING, "time": f"{n:02d}:00"} for n in range(11)]}},
                "normal.monday: has 11 transitions, and a day can have 10",
            ),
        ],
        {"node_id": 99},
        absent=False,
        purge=False,
        info_filter=None,
    ),
    Case(
        "o2g_pilot_calendar_transition",
        PILOT,
        {"day": "monday", "time": "08:00"},
        {"rule_number": 1, "mode": "normal"},
        {"mode": "forward"},
        {"date": "20271225", "time": "00:00", "rule_number": 0, "mode": "closed"},
        [
            ({"time": "24:00"}, "time: must be a time from 00:00 to 23:59"),
            ({"mode": "asleep"}, "mode"),
            ({"date": "20271225"}, "date: cannot stand beside day"),
        ],
        {"pilot_number": "99999"},
        purge=False,
        info_filter=None,
    ),
]

INFO_MODULES = {
    "apio_call_center_info": APIO,
    "apio_route_point_dnis_info": ROUTE_POINT,
    "apio_instant_group_call_info": APIO,
    "apio_route_point_info": {**APIO, "route_point_user_id": ["rp-sales@acme.example", "rp-support@acme.example"]},
    "ccs_call_info": OF_TENANT,
    "ccs_extension_info": CCS,
    "ccs_info": {},
    "ccs_tenant_info": {},
    "o2g_user_info": NODE,
    "o2g_pilot_info": NODE,
}
"""Each info module with the options that it needs."""
