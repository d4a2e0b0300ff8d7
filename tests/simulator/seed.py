# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the platforms contain at the start, unless a reset brings something else."""

from __future__ import annotations

from typing import Any

FIRST_NAMES = ("An", "Bart", "Chloe", "Dirk", "Elke", "Filip", "Greet", "Hugo", "Ines", "Jan", "Karen", "Luc")
LAST_NAMES = ("Aerts", "Bogaert", "Claes", "Devos", "Evrard", "Fontaine", "Goossens", "Hermans", "Jacobs", "Lambert")


def default_seed() -> dict[str, Any]:
    return {"apio": apio_seed(), "ccs": ccs_seed(), "o2g": o2g_seed()}


def apio_seed() -> dict[str, Any]:
    agent = {
        "userId": "an.aerts@acme.example",
        "firstName": "An",
        "lastName": "Aerts",
        "phoneNumber": "+3225551001",
        "extension": "1001",
        "department": {
            "tenantId": "acme",
            "groupId": "brussels",
            "departmentName": "Sales",
            "fullPathName": "Commercial \\ Sales",
        },
        "emailAddress": "",
    }
    main_number = {
        "name": "Main",
        "phoneNumber": "025550100",
        "extension": "0100",
        "useCustomCLIDSettings": False,
        "useCustomDnisAnnouncementSettings": False,
        "allowOutgoingACDCall": True,
        "agents": [agent],
    }
    night = {
        "name": "Night",
        "phoneNumber": "025550101",
        "extension": "0101",
        "useCustomCLIDSettings": False,
        "useCustomDnisAnnouncementSettings": True,
        "allowOutgoingACDCall": False,
    }
    own_codes = [
        {"code": "SALE", "active": True, "description": "Sold"},
        {"code": "OLD", "active": False, "description": "No longer used"},
    ]
    return {
        "domain": "acme.example",
        "country_code": "32",
        "users": [
            {"username": "admin", "password": "simulator", "level": 8, "tenant_id": "acme", "group_id": "brussels"},
            {
                "username": "enduser",
                "password": "simulator",
                "level": 0,
                "tenant_id": "acme",
                "group_id": "brussels",
                "user_id": "an.aerts@acme.example",
            },
        ],
        "tokens": [{"token": "simulator-token", "level": 8}],
        "tenants": {
            "acme": {
                "groups": {
                    "brussels": {
                        "domain": "acme.example",
                        "call_centers": [],
                        "instant_group_calls": [],
                        "disposition_codes": [{"code": "GRP-1", "active": True, "description": "Code of the group"}],
                        "route_points": {
                            "rp-sales@acme.example": {"dnis": [main_number, night], "disposition_codes": own_codes},
                            "rp-support@acme.example": {"dnis": []},
                        },
                    },
                },
            },
        },
    }


def ccs_seed() -> dict[str, Any]:
    acds = ["Voice IQs View", "Voice OQs View", "Conditional Routes View", "VRQs View"]
    calls = ["Calls Listing View", "Calls View", "Call Control"]
    everything = ["API", "Tenant Edit", "Tenants View", "Agent Control", *acds, *calls]
    acme = ccs_tenant(1, "Acme Contact Center", 12)
    globex = ccs_tenant(2, "Globex", 3)
    return {
        "accounts": [
            {"token": "simulator-token", "permissions": everything},
            {"username": "admin", "password": "simulator", "permissions": everything},
            {"token": "readonly-token", "permissions": ["API", "Tenants View"]},
            {"token": "tenant-token", "permissions": everything, "tenant": acme["uuid"]},
            {
                "token": "agent-token",
                "permissions": ["API", "Agent Control"],
                "tenant": acme["uuid"],
                "extension": acme["extensions"][0]["uuid"],
            },
        ],
        "products": [
            {"uuid": ccs_uuid("9", 1), "notes": "", "name": "Campaign"},
            {"uuid": ccs_uuid("9", 2), "notes": "", "name": "ECR,ACP"},
            {"uuid": ccs_uuid("9", 3), "notes": "R7.3 Feature", "name": "+AG"},
        ],
        "roles": [
            {"uuid": ccs_uuid("8", 1), "name": "Tenant Admin"},
            {"uuid": ccs_uuid("8", 2), "name": "Telco Admin"},
            {"uuid": ccs_uuid("8", 3), "name": "API"},
        ],
        "tenants": [acme, globex],
    }


def ccs_uuid(kind: str, number: int) -> str:
    """Uuids in the manner of the platform, which do not keep to RFC 4122."""
    return f"az{kind}{number:05d}-53d6-48e2-85cd-{number:012d}"


def ccs_parts(number: int) -> dict[str, Any]:
    """What a tenant has besides its fields and extensions."""
    queues = [
        {
            "uuid": ccs_uuid("2", number * 1000 + at),
            "type": kind,
            "tenant_id": ccs_uuid("1", number),
            "name": name,
            "extension": str(386 + at),
            "alternate_extensions": ["486"] if at == 0 else [],
        }
        for at, (name, kind) in enumerate(
            [("Sales", "voice_queues"), ("Support", "voice_queues"), ("Outbound", "outbound_queues")]
        )
    ]
    options = [("Sign Out", "sign_out"), ("Holiday", "sign_out"), ("Coffee Break", "away"), ("Lunch Break", "away")]
    first, second = (ccs_uuid("3", number * 1000 + at) for at in range(2))
    sales = {"uuid": queues[0]["uuid"], "name": queues[0]["name"]}
    waiting = {
        "call_id": f"0BS9DD0{number}LEMUI",
        "status": "progress",
        "direction": "inbound",
        "calling_number": "501",
        "called_number": "386",
        "queue": sales,
        "start_datetime": "2021-10-07T07:22:21",
        "waiting": "00:00:42",
    }
    answered = {
        "call_id": f"0BS9DD0{number}LEMVK",
        "status": "answered",
        "direction": "inbound",
        "calling_number": "12025550123",
        "called_number": "386",
        "queue": sales,
        "start_datetime": "2021-10-07T07:20:03",
        "answered_by": {"uuid": second, "extension": "102"},
        "talking": "00:02:11",
        "suppressed": False,
    }
    return {
        "roles": [
            {"uuid": ccs_uuid("4", number * 1000 + at), "name": name}
            for at, name in enumerate(("Voice Help", "Chat Help"))
        ],
        "acds": queues,
        "presence_options": [
            {"uuid": ccs_uuid("0", number * 1000 + at), "type": kind, "name": name}
            for at, (name, kind) in enumerate(options)
        ],
        "text_count": {"sms_count": "42", "mms_count": "7"},
        "agent_states": {
            first: {
                "phone_state": {"state": "Idle", "duration": "117:11:18"},
                "agent_state": {"state": {"type": "ready", "name": "Ready"}, "duration": "117:56:46"},
            },
            second: {
                "queue_state": {"state": "Busy", "queue": "Sales", "duration": "00:02:11"},
                "phone_state": {"state": "Busy", "duration": "00:02:11"},
                "consecutive_missed": 1,
                "agent_state": {"state": {"type": "ready", "name": "Ready"}, "duration": "03:10:00"},
            },
        },
        "calls": [waiting, answered],
    }


def ccs_tenant(number: int, name: str, extensions: int) -> dict[str, Any]:
    return {
        "uuid": ccs_uuid("1", number),
        "name": name,
        "status": "enable",
        "sid": f"50090035{number}",
        "timezone": "US/Eastern",
        "site_ip_address": "192.0.2.10",
        "service_extension": "536",
        "default_outgoing_clid": "2025550100",
        "default_signin_method": "Phone",
        "telco_id": {"uuid": ccs_uuid("7", 1), "name": "Broadview"},
        "default_gateway_id": {"uuid": ccs_uuid("6", 1), "name": "Metaswitch"},
        "silhouette_id": {"uuid": ccs_uuid("5", 1), "name": "lab-1"},
        "sil_tenant_name": name.replace(" ", ""),
        "sil_tenant_id": f"50090035{number}",
        "sil_tenant_url": f"/ccs{number:02d}",
        "sil_authentication": True,
        "sil_auth_editable": True,
        "sil_crplatform_enabled": True,
        "product_name": "Call Center Services",
        "product_id": [{"uuid": ccs_uuid("9", 1), "notes": "", "name": "Campaign"}],
        "rec_down_limit": "100",
        "rec_extn_limit": "10",
        "rec_extn_count": 7,
        "rec_retention": "30",
        "rec_quality": "mono",
        "cdr_retention": "365",
        "library_limit": "600",
        "campaign_size": "99",
        "chat_licenses": "6",
        "chat_licenses_count": 5,
        "multimedia_licenses": "6",
        "multimedia_licenses_count": 5,
        "monitor_ext_limit": "3",
        "monitor_ext_count": 2,
        "max_agents": "100",
        "max_agents_count": 8,
        "max_queues": "45",
        "max_queues_count": 29,
        "group_agent_limit": "1",
        "group_agent_count": 1,
        "ve_ivr": "true",
        "nightly_call_details": True,
        "sftp_export": False,
        "sftp_dir_configured": True,
        "cleanup_sftp": False,
        "modified_on": "2021-03-12 07:23:02 AM",
        "created_on": "2020-04-17 01:48:02 AM",
        "created_by": "root",
        **ccs_parts(number),
        "extensions": [
            {
                "uuid": ccs_uuid("3", number * 1000 + at),
                "firstname": FIRST_NAMES[at % len(FIRST_NAMES)],
                "lastname": LAST_NAMES[at % len(LAST_NAMES)],
                "extension": str(101 + at),
            }
            for at in range(extensions)
        ],
    }


def o2g_seed() -> dict[str, Any]:
    return {
        "accounts": [
            {"login": "admin", "password": "simulator", "role": "admin"},
            {"login": "viewer", "password": "simulator", "role": "viewer"},
            {"login": "oxe70100", "password": "1234", "role": "user"},
        ],
        "nodes": {
            "7": {
                "fqdn": "oxe7.acme.example",
                "subscribers": [o2g_subscriber(70100 + at) for at in range(60)],
                "pilots": [
                    o2g_pilot(60101 + at, name) for at, name in enumerate(("Sales", "Support", "Billing", "Night"))
                ],
            },
            "8": {"fqdn": "oxe8.acme.example", "subscribers": [o2g_subscriber(80100 + at) for at in range(5)]},
        },
    }


def o2g_subscriber(number: int) -> dict[str, Any]:
    """Every tenth has two more devices, of which one is a remote extension, every third a voice mail.

    The first five are users from the start.
    """
    at = number % 100
    subscriber: dict[str, Any] = {
        "number": str(number),
        "firstName": FIRST_NAMES[at % len(FIRST_NAMES)],
        "lastName": LAST_NAMES[at % len(LAST_NAMES)],
        "user": at < 5,
    }
    if at % 10 == 0:
        subscriber["secondary"] = [str(number + 1000), str(number + 1001)]
        subscriber["remote"] = str(number + 1001)
    if at % 3 == 0:
        subscriber["voicemail"] = {"number": "885", "type": "VM_4645"}
    return subscriber


def o2g_pilot(number: int, name: str) -> dict[str, Any]:
    rules = [{"ruleNumber": rule, "name": f"RULE_PIL_{rule}", "active": rule == 0} for rule in range(4)]
    return {"number": str(number), "name": name, "rules": rules}
