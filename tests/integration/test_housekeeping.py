# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Housekeeping: what is old goes, by age and state, and never all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from plays import Played, connections, inventory, play
from simulator.handle import Simulator
from simulator.seed import default_seed

ACME = {"o2g": {"node_id": 7}}
OLD, NEW = "2020-01-01T10:00:00.000Z", "2999-01-01T10:00:00.000Z"
MESSAGES = [
    {"to": "70100", "sender": "70110", "date": date, "unread": unread}
    for date in (OLD, NEW)
    for unread in (False, True)
]
RECORDS = [
    {"of": "70101", "other": "70110", "role": "CALLEE", "answered": answered, "began": date}
    for date in (OLD, NEW)
    for answered in (False, True)
]


class Node:
    """Messages and records, old and new, read and unread, answered and missed."""

    def __init__(self, sim: Simulator, folder: Path) -> None:
        sim.reset({"o2g": {**default_seed()["o2g"], "voicemails": MESSAGES, "com_records": RECORDS}})
        self.sim = sim
        self.folder = folder

    def run(self, *flags: str, **extra: Any) -> Played:
        self.sim.clear_journal()
        return play(
            "housekeeping.yml", inventory(self.folder, {"acme": ACME}, **connections(self.sim)), *flags, **extra
        )

    def left(self) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
        """What is there: of messages date and whether unread, of records date and whether answered."""
        state = self.sim.state()["o2g"]
        messages = [(one["date"], one["unread"]) for one in state["voicemails"]["70100"]]
        records = [(one["beginDate"], one["participants"][0]["answered"]) for one in state["com_records"]["70101"]]
        return messages, records


@pytest.fixture
def node(sim: Simulator, tmp_path: Path) -> Node:
    return Node(sim, tmp_path)


def test_what_is_old_goes_by_age_and_state(node: Node) -> None:
    before = node.left()
    asked = {
        "housekeeping_voicemail_days": 30,
        "housekeeping_records_days": "90",
        "housekeeping_records_state": "missed",
    }
    check = node.run("--check", **asked, housekeeping_mailbox_password="1234")
    assert not check.failed, check.text
    assert (node.left(), node.sim.journal(writes=True)) == (before, [])
    assert '"voice messages": "1"' in check.text or '"voice messages": 1' in check.text

    run = node.run(**asked, housekeeping_mailbox_password="1234")
    assert not run.failed, run.text
    messages, records = node.left()
    assert messages == [(OLD, True), (NEW, False), (NEW, True)]
    assert len(records) == 3
    assert sum(date.startswith("2020") for date, _answered in records) == 1

    everything = node.run(
        housekeeping_voicemail_days=1,
        housekeeping_voicemail_state="all",
        housekeeping_records_days=1,
        housekeeping_users="oxe70100 oxe70101",
        housekeeping_mailbox_password="1234",
    )
    assert not everything.failed, everything.text
    messages, records = node.left()
    assert [date for date, _unread in messages] == [NEW, NEW]
    assert all(date.startswith("2999") for date, _answered in records)


def test_nothing_goes_by_an_order_that_is_not_clear_and_what_failed_is_told(node: Node) -> None:
    wrong: list[dict[str, Any]] = [
        {},
        {"housekeeping_voicemail_days": 0},
        {"housekeeping_voicemail_days": "a month"},
        {"housekeeping_records_days": -1},
        {"housekeeping_records_days": 30, "housekeeping_records_state": "old"},
    ]
    closed = {
        "housekeeping_voicemail_days": 30,
        "housekeeping_records_days": 30,
        "housekeeping_mailbox_password": "0000",
    }
    tenants = {f"unclear{n}": {**ACME, **one} for n, one in enumerate(wrong)} | {"closed": {**ACME, **closed}}
    run = play("housekeeping.yml", inventory(node.folder, tenants, **connections(node.sim)))
    text = " ".join(run.text.split())
    assert run.recap["failed"] == len(tenants), run.text
    for n in range(len(wrong)):
        assert f"unclear{n} must say o2g.node_id. Nothing was removed" in text
    assert "closed: not all that is old could be removed: " in text
    assert "0000" not in text
    messages, records = node.left()
    assert len(messages) == 4
    assert [date for date, _answered in records] == [NEW, NEW]
