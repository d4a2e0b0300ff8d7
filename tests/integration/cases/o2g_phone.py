# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: phone sets and their keys, routing, hunting groups, desk sharing, languages and passwords."""

from __future__ import annotations

from .base import Case, Options

USER = {"login_name": "oxe70101"}
OTHER = {"login_name": "oxe70102"}
SET = {**USER, "device_id": "70101"}
OTHER_SET = {**OTHER, "device_id": "70102"}
NOBODY = {"login_name": "oxe99999"}
PIN = {"pin_number": "83274951", "pin_type_of_control": "PIN_Group_Control", "pin_group": 3}
TO_70110 = {"type": "immediate", "destination": "number", "number": "70110"}
TO_VOICEMAIL = {"type": "busy_no_answer", "destination": "voicemail"}

CASES = [
    Case(
        "o2g_routing",
        {},
        USER,
        {"dnd": True, "forward": TO_70110, "overflow": TO_VOICEMAIL},
        {"dnd": False, "forward": TO_VOICEMAIL, "overflow": None},
        {**OTHER, "forward": TO_70110},
        [
            ({"forward": {**TO_70110, "type": "never"}}, "forward.type"),
            ({"forward": {**TO_70110, "number": None}}, "forward.number: must be given"),
            ({"forward": {**TO_VOICEMAIL, "number": "70110"}}, "forward.number: cannot stand beside voicemail"),
            ({"overflow": {"type": "busy"}}, "overflow.destination: must be given"),
        ],
        NOBODY,
        absent=False,
        purge=False,
        info_filter=USER,
    ),
    Case(
        "o2g_hunting_group",
        {},
        USER,
        {"hunting_group": "60301", "logged_on": True},
        {"hunting_group": "60302", "logged_on": False},
        {**OTHER, "hunting_group": "60301"},
        [
            ({"hunting_group": 60301}, "hunting_group: arrived as the number 60301"),
            ({"hunting_group": "", "logged_on": True}, "logged_on: needs a hunting_group"),
        ],
        NOBODY,
        absent=False,
        purge=False,
        info_filter=USER,
    ),
    Case(
        "o2g_desk_sharing",
        {},
        USER,
        {"state": "logged_on", "dss_device_number": "70150"},
        {"state": "logged_off", "dss_device_number": "70150"},
        {**OTHER, "state": "logged_on", "dss_device_number": "70151"},
        [
            ({"dss_device_number": None}, "dss_device_number: cannot be empty"),
            ({"state": "away"}, "state"),
        ],
        NOBODY,
        absent=False,
        purge=False,
    ),
    Case(
        "o2g_device",
        {},
        SET,
        {"lock": True, "associate": "70110", "pin": PIN},
        {"lock": False, "campon": True, "pin": {"pin_group": 4}},
        {**OTHER_SET, "campon": True},
        [
            ({"associate": ""}, "associate: cannot be cleared"),
            ({"pin": {"pin_type_of_control": "PIN_By_Group"}}, "pin.pin_type_of_control"),
            ({"pin": {}}, "pin: must have one of pin_number, with_secret_code"),
            ({"pin": {"pin_number": None}}, "pin.pin_number: cannot be empty"),
            ({"lock": "perhaps"}, "lock"),
        ],
        NOBODY,
        absent=False,
        purge=False,
        verb="PUT",
        info_filter=SET,
    ),
    Case(
        "o2g_programmable_key",
        SET,
        {"position": 3},
        {"number": "70110", "mnemonic": "An"},
        {"number": "70111", "locked": True},
        {"position": 4, "number": "70112"},
        [
            ({"number": 70110}, "number: arrived as the number 70110"),
            ({"position": -1}, "position: must be"),
            ({"number": None, "mnemonic": None}, "number: must be given, or mnemonic"),
        ],
        NOBODY,
        verb="PUT",
    ),
    Case(
        "o2g_soft_key",
        SET,
        {"position": 3},
        {"number": "70110", "mnemonic": "An"},
        {"mnemonic": "Ann"},
        {"position": 4, "number": "70112"},
        [
            ({"number": 70110}, "number: arrived as the number 70110"),
            ({"locked": True}, "locked"),
        ],
        NOBODY,
        verb="PUT",
    ),
    Case(
        "o2g_user_preferences",
        {},
        USER,
        {"gui_language": "fr", "oxe_language": "nl-be"},
        {"gui_language": "en_GB"},
        {**OTHER, "oxe_language": "de"},
        [
            ({"gui_language": "x"}, "gui_language: should have at least 2 characters"),
            ({"gui_language": None}, "gui_language: cannot be empty"),
        ],
        NOBODY,
        absent=False,
        purge=False,
    ),
    Case(
        "o2g_user_password",
        {},
        USER,
        {"old_password": "1234", "new_password": "8327"},
        {},
        {**OTHER, "old_password": "1234", "new_password": "8328"},
        [
            ({"new_password": "1234"}, "new_password: is the old one"),
            ({"old_password": None}, "old_password: cannot be empty"),
        ],
        NOBODY,
        absent=False,
        purge=False,
        verb="PUT",
        acts=True,
        once=True,
    ),
]

INFO_MODULES: dict[str, Options] = {
    "o2g_routing_info": USER,
    "o2g_hunting_group_info": USER,
    "o2g_device_info": USER,
}
