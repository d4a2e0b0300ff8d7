# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: subscriptions, of which the simulator begins with one, and snapshots."""

from __future__ import annotations

from unit.simulator.o2g_steps import Step

SYSTEM = {"selectors": [{"names": ["system"]}]}
STEPS: list[Step] = [
    ("o2gSubscribe", "POST", "/subscriptions", {"filter": SYSTEM, "version": "1.0"}, 200),
    ("o2gChangeSubscription", "PUT", "/subscriptions", {"selectors": [{"names": ["OnPbxLoaded"]}]}, 204),
    ("o2gUnsubscribe", "DELETE", "/subscriptions/SUB-1", None, 204),
    ("o2gSnapshotTelephony", "POST", "/telephony/state/snapshot?loginName=oxe70101", None, 204),
    ("o2gSnapshotRouting", "POST", "/routing/state/snapshot", None, 204),
    ("o2gSnapshotAgents", "POST", "/acd/agent/state/snapshot", None, 204),
    ("o2gSnapshotRealtime", "POST", "/acd/rti/snapshot", None, 204),
]
