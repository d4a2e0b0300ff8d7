# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: callbacks, messages, directory, log, voice mail, counters, and pilots that are watched."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir

from .base import Case, Options

NOBODY = {"login_name": "oxe99999"}
MAILBOX_PASSWORD = "1234"
RECORDING = str(Path(gettempdir(), "o2g-voicemail.wav"))
OWN = {"login_name": ["oxe70100"]}

CASES = [
    Case(
        "o2g_callback",
        {},
        {"login_name": "oxe70101"},
        {"state": "requested", "callee": "70102"},
        {},
        {"login_name": "oxe70102", "state": "requested", "callee": "70101"},
        [
            ({"callee": 70102}, "callee: arrived as the number 70102"),
            ({"state": "absent"}, "callee: goes with state=requested only"),
            ({"all": True}, "all: goes with state=absent only"),
            ({"state": "sometimes"}, "state"),
        ],
        NOBODY,
        absent=False,
        purge=False,
        acts=True,
    ),
    Case(
        "o2g_mini_message",
        {},
        {"login_name": "oxe70101", "recipient": "70102"},
        {"mini_message": "hello!"},
        {},
        {"login_name": "oxe70102", "recipient": "70101", "mini_message": "hello!"},
        [
            ({"mini_message": "x" * 129}, "message: should have at most 128 characters"),
            ({"mini_message": None}, "mini_message"),
            ({"recipient": 70102}, "recipient: arrived as the number 70102"),
        ],
        NOBODY,
        absent=False,
        purge=False,
        acts=True,
    ),
    Case(
        "o2g_comm_record",
        {},
        {"login_name": "oxe70100", "record_id": 10000},
        {"acknowledged": True},
        {"acknowledged": False},
        {"login_name": "oxe70101", "unanswered": True, "acknowledged": True},
        [
            ({"record_id": -1}, "record_id"),
            ({"unanswered": True}, "record_id: cannot stand beside unanswered"),
            ({"unanswered": False}, "unanswered: can only be true"),
            ({"before_date": "yesterday"}, "before_date: 'yesterday' is no date and time"),
            ({"acknowledged": None}, "acknowledged"),
        ],
        NOBODY,
        absent=False,
        purge=False,
        verb="PUT",
    ),
    Case(
        "o2g_pilot_monitoring",
        {},
        {"pilot_number": "60101"},
        {"state": "monitored"},
        {},
        {"pilot_number": "60102", "node_id": 7, "state": "unmonitored"},
        [
            ({"pilot_number": 60101}, "pilot_number: arrived as the number 60101"),
            ({"state": "watched"}, "state"),
            ({"state": None}, "state"),
        ],
        {"pilot_number": "99999"},
        absent=False,
        purge=False,
        acts=True,
    ),
]

INFO_MODULES: dict[str, Options] = {
    "o2g_callback_info": OWN,
    "o2g_comm_record_info": OWN,
    "o2g_directory_info": {"filter": {"field": "lastName", "operation": "BEGIN_WITH", "operand": "P"}},
    "o2g_event_summary_info": OWN,
    "o2g_mini_message_info": {"device_number": ["70100"]},
    "o2g_voicemail": {
        "login_name": "oxe70100",
        "mailbox_password": MAILBOX_PASSWORD,
        "voicemail_id": "19002",
        "dest": RECORDING,
    },
    "o2g_voicemail_info": {**OWN, "mailbox_password": MAILBOX_PASSWORD},
}
