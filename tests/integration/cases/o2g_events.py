# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: subscriptions, of which the simulator begins with two, and snapshots."""

from __future__ import annotations

from .base import Case

CASES = [
    Case(
        "o2g_subscription",
        {},
        {"subscription_id": "SUB-1"},
        {"state": "absent"},
        {},
        {"subscription_id": "SUB-2", "state": "absent"},
        [
            ({"state": "present"}, "selectors: must be given with state=present"),
            (
                {"webhook_url": "https://hook.example.com"},
                "webhook_url: does not go with state=absent, but with present",
            ),
            ({"state": "gone"}, "state"),
        ],
        {"subscription_id": "SUB-9"},
        absent=False,
        purge=False,
        acts=True,
        once=True,
        verb="DELETE",
    ),
    Case(
        "o2g_snapshot",
        {},
        {"login_name": "oxe70101"},
        {"of": "telephony"},
        {},
        {"device_number": "70102", "of": "routing"},
        [
            ({"of": None}, "of"),
            ({"of": "realtime"}, "login_name: does not go with of=realtime, which sends all that is watched"),
            ({"of": "calls"}, "of"),
        ],
        {"login_name": "oxe99999"},
        absent=False,
        purge=False,
        acts=True,
    ),
]
