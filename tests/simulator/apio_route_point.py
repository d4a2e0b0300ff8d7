# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""APIO: the settings and the disposition codes of route points, and what they demand of each other."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from .apio_errors import EXISTS, INVALID, MISSING, NOT_DELETED
from .base import RefusalError

PLACES = 4
UNMODIFY = "Unmodify"
OWN_LEVEL = "CallCenter"  # of a route point's codes too

AUDIO: dict[str, Any] = {"audioMessageSelection": "Default", "audioFileList": [None] * PLACES}
SETTINGS: dict[str, dict[str, Any]] = {
    "announcements": AUDIO,
    "overflow": {
        "action": "Busy",
        "transferPhoneNumber": None,
        "playAnnouncementBeforeOverflowProcessing": False,
        "overflowAfterTimeout": False,
        "timeoutSeconds": 30,
        **AUDIO,
    },
    "bounced_call": {
        "active": False,
        "numberOfRingsBeforeBouncingCall": 5,
        "enableTransfer": None,
        "transferPhoneNumber": None,
        "bounceCallWhenAgentUnavailable": None,
    },
    "distinctive_ringing": {
        "distinctiveRinging": False,
        "ringPatternForRoutePoint": "Normal",
        "forceDeliveryRingPattern": "Normal",
    },
    "dnis_config": {"displayDNISNumber": False, "displayDNISName": False},
    "forced_forwarding": {
        "active": False,
        "forwardToPhoneNumber": None,
        "playAnnouncementBeforeForwarding": False,
        **AUDIO,
    },
    "disposition_codes_config": {
        "enableCallDispositionCodes": False,
        "includeOrganizationCodes": False,
        "forceUseOfCallDispositionCodes": False,
        "defaultCallDispositionCode": None,
    },
}


def from_seed(seed: Mapping[str, Any]) -> dict[str, Any]:
    """The settings and codes of a route point; a seed names what differs from the defaults."""
    state: dict[str, Any] = {
        name: {**copy.deepcopy(defaults), **seed.get(name, {})} for name, defaults in SETTINGS.items()
    }
    state["disposition_codes"] = codes_from_seed(seed.get("disposition_codes", []))
    return state


def codes_from_seed(codes: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {entry["code"]: code(entry) for entry in codes}


def code(wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {"active": wanted["active"], "description": wanted.get("description") or None}


# Audio files


def with_audio(audio: Mapping[str, Any], wanted: Mapping[str, Any], *, short_list: str) -> dict[str, Any]:
    """The settings after a request for others, of which the files go by place."""
    changed = {**audio, **wanted}
    if "audioFileList" in wanted:
        changed["audioFileList"] = _files(audio["audioFileList"], wanted["audioFileList"], short_list)
        if changed["audioMessageSelection"] != "File" and any(wanted["audioFileList"]):
            raise RefusalError(400, "audioFileList goes only with the audioMessageSelection File", INVALID)
    if changed["audioMessageSelection"] == "File" and not any(changed["audioFileList"]):
        raise RefusalError(400, "The audioMessageSelection File needs an audioFileList", MISSING)
    return changed


def _files(current: list[str | None], wanted: list[dict[str, str] | None], short_list: str) -> list[str | None]:
    rest = current[len(wanted) :] if short_list == "keeps" else [None] * (PLACES - len(wanted))
    named = [entry and entry["name"] for entry in wanted]
    return [old if new == UNMODIFY else new for old, new in zip(current, named, strict=False)] + rest


def audio_view(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as shown: files only with the selection File, and without the empty places at the end."""
    shown = dict(settings)
    files = shown.pop("audioFileList")
    if shown["audioMessageSelection"] == "File":
        while files and files[-1] is None:
            files = files[:-1]
        shown["audioFileList"] = [name and {"name": name} for name in files]
    return shown


# What the settings demand of each other


def check_overflow(overflow: Mapping[str, Any]) -> None:
    if overflow["action"] == "Transfer" and not overflow["transferPhoneNumber"]:
        raise RefusalError(400, "The 'transferPhoneNumber' must be set for the action Transfer.", MISSING)


def check_bounced_call(bounced_call: Mapping[str, Any]) -> None:
    if bounced_call["enableTransfer"] and not bounced_call["transferPhoneNumber"]:
        raise RefusalError(400, "The 'transferPhoneNumber' must be set in order to enable the transfer.", MISSING)


def check_forced_forwarding(forwarding: Mapping[str, Any]) -> None:
    if forwarding["active"] and not forwarding["forwardToPhoneNumber"]:
        message = "The 'forwardToPhoneNumber' must be set in order to enable forwarding of the call."
        raise RefusalError(400, message, MISSING)


def check_codes_config(
    config: Mapping[str, Any], wanted: Mapping[str, Any], codes_by_level: Mapping[str, Mapping[str, Any]]
) -> None:
    default = wanted.get("defaultCallDispositionCode")
    if default is not None:
        known = codes_by_level.get(default["level"], {}).get(default["code"])
        if known is None or not known["active"]:
            raise RefusalError(400, "Invalid disposition code.", INVALID)
    if config["forceUseOfCallDispositionCodes"] and config["defaultCallDispositionCode"] is None:
        message = 'When "forceUseOfCallDispositionCodes" is enabled, a default call disposition code must be provided.'
        raise RefusalError(400, message, MISSING)


# Disposition codes


def is_default(route_point: Mapping[str, Any], name: str) -> bool:
    default = route_point["disposition_codes_config"]["defaultCallDispositionCode"]
    return default == {"code": name, "level": OWN_LEVEL}


def keep_default(route_point: Mapping[str, Any], name: str) -> None:
    """Refuse to delete or switch off the default code."""
    if is_default(route_point, name):
        message = "Cannot delete or deactivate the disposition code. It is being used as default code."
        raise RefusalError(400, message, NOT_DELETED)


def add_code(route_point: dict[str, Any], wanted: Mapping[str, Any]) -> None:
    if wanted["code"] in route_point["disposition_codes"]:
        raise RefusalError(400, "Disposition code name already exists.", EXISTS)
    route_point["disposition_codes"][wanted["code"]] = code(wanted)
