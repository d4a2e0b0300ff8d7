# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: calls. Users 70103 and 70104 are in one from the start."""

from __future__ import annotations

from .base import Case, Options

NOBODY = {"login_name": "oxe99999"}

CASES = [
    Case(
        "o2g_dial",
        {},
        {"login_name": "oxe70101", "device_id": "70101"},
        {"callee": "70102"},
        {},
        {"login_name": "oxe70102", "device_id": "70102", "callee": "70101"},
        [
            ({"callee": None}, "callee: cannot be empty"),
            ({"callee": 70102}, "callee: arrived as the number 70102"),
            ({"pin": "0122"}, "pin: and secret_code must be given together"),
            ({"secret_identity": True}, "secret_identity: goes with calling_number only"),
            ({"associated_data": "x", "business_code": "998811"}, "associated_data: cannot stand beside business_code"),
            ({"hexa_binary_associated_data": "f100"}, "hexa_binary_associated_data: must be bytes in hexadecimal"),
            ({"acd_call": {"call_to_supervisor": True}}, "callee: cannot stand beside acd_call.call_to_supervisor"),
            ({"basic": True, "calling_number": "1"}, "calling_number: does not go with basic=true"),
        ],
        {"login_name": "oxe99999"},
        absent=False,
        purge=False,
        acts=True,
    ),
    Case(
        "o2g_call",
        {},
        {"login_name": "oxe70103"},
        {"action": "send_dtmf", "number": "12*#"},
        {},
        {"device_number": "70104", "action": "attach_data", "associated_data": "a ticket"},
        [
            ({"action": "sing"}, "action"),
            ({"number": "x"}, "number: must be keys of a phone"),
            ({"transfer_to": "70101"}, "transfer_to: does not go with action=send_dtmf, but with blind_transfer"),
            ({"action": "record"}, "record_action: must be given with action=record"),
            ({"basic": True}, "basic: goes with action=answer and action=drop_me only"),
            ({"action": "attach_data", "number": None}, "number"),
        ],
        NOBODY,
        absent=False,
        purge=False,
        acts=True,
    ),
    Case(
        "o2g_device_action",
        {},
        {"device_id": "70101"},
        {"login_name": "oxe70101", "action": "press_ith"},
        {},
        {"device_number": "70102", "action": "press_ith"},
        [
            ({"un_park_from": "70102"}, "un_park_from: does not go with action=press_ith, but with unpark"),
            ({"device_id": 70101}, "device_id: arrived as the number 70101"),
            ({"action": None}, "action"),
        ],
        {"device_id": "99999"},
        absent=False,
        purge=False,
        acts=True,
        verb="PUT",
    ),
]

INFO_MODULES: dict[str, Options] = {"o2g_call_info": {"login_name": ["oxe70103"]}}
