# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: what is special about subscriptions and snapshots."""

from __future__ import annotations

from typing import Any

import pytest
from modules import Output, run_module
from simulator.handle import Simulator

ADMIN = {"username": "admin", "password": "simulator"}
HOOK = "https://hook.example.com/o2g"


def run(sim: Simulator, module: str, check: bool = False, **options: Any) -> Output:
    return run_module(f"o2g_{module}", {"url": sim.url, "retries": 0, **ADMIN, **options}, check=check)


def subscriptions(sim: Simulator) -> dict[str, Any]:
    found: dict[str, Any] = sim.state()["o2g"]["subscriptions"]
    return found


def test_a_subscription_is_made_changed_and_ended(sim: Simulator) -> None:
    before = subscriptions(sim)
    made = run(sim, "subscription", webhook_url=HOOK, selectors=[{"ids": ["*"], "names": ["telephony"]}])
    assert not made.failed, made["msg"]
    key = made["results"][0]["answer"]["subscription_id"]
    assert subscriptions(sim)[key]["webHookUrl"] == HOOK
    sent = next(entry for entry in sim.journal() if entry["path"].endswith("/subscriptions"))
    assert sent["body"] == {
        "filter": {"selectors": [{"ids": ["*"], "names": ["telephony"]}]},
        "webHookUrl": HOOK,
        "version": "1.0",
    }

    changed = run(sim, "subscription", subscription_id=key, selectors=[{"names": ["system"]}])
    assert "takes the account's" in changed["results"][0]["warnings"][0]
    assert subscriptions(sim)[key]["selectors"] == [{"names": ["system"]}]

    assert not run(sim, "subscription", subscription_id=key, state="absent").failed
    assert subscriptions(sim) == before


def test_a_subscription_that_is_refused_is_a_failure(sim: Simulator) -> None:
    output = run(sim, "subscription", webhook_url=HOOK, selectors=[{"ids": ["*"], "names": ["telephone"]}])
    assert output.failed
    assert "answered REFUSED: unknown event telephone" in output["msg"]
    assert len(subscriptions(sim)) == 2


@pytest.mark.parametrize(
    ("selectors", "text"),
    [
        ([], "selectors: must name some events"),
        ([{"names": []}], "selectors[0].names: must name a package, or events of one"),
        ([{"ids": ["*"]}], "selectors[0].names: must name a package, or events of one"),
        ([{"ids": ["*"], "names": ["OnPbxLoaded"]}], "selectors[0].ids: does not go with OnPbxLoaded"),
        ([{"ids": [], "names": ["pilot"]}], 'selectors[0].ids: must name some, or ["*"] for all'),
        ([{"ids": [60101], "names": ["pilot"]}], "ids[0]: arrived as the number 60101"),
    ],
)
def test_selectors_that_say_nothing_are_refused(sim: Simulator, selectors: list[Any], text: str) -> None:
    output = run(sim, "subscription", webhook_url=HOOK, selectors=selectors)
    assert output.failed
    assert text in output["msg"]
    assert not sim.journal()


@pytest.mark.parametrize("of", ["telephony", "routing", "agents", "realtime"])
def test_a_snapshot_of_everybody(sim: Simulator, of: str) -> None:
    assert not run(sim, "snapshot", of=of, check=True).failed
    assert sim.state()["o2g"]["snapshots"] == []
    assert not run(sim, "snapshot", of=of).failed
    assert sim.state()["o2g"]["snapshots"] == [f"{of} *"]


def test_a_named_pilot_is_read_by_itself(sim: Simulator) -> None:
    pilot = {"node_id": 7, "gather_subset": []}
    listed = run(sim, "pilot_info", **pilot)["resources"]
    sim.clear_journal()
    assert run(sim, "pilot_info", **pilot, pilot_number="60101")["resources"] == [
        one for one in listed if one["pilot_number"] == "60101"
    ]
    assert [entry["path"].rpartition("/")[2] for entry in sim.journal() if "/pilots" in entry["path"]] == ["60101"]
    assert run(sim, "pilot_info", **pilot, pilot_number="69999")["resources"] == []
    assert "404" in run(sim, "pilot_info", node_id=99, pilot_number="60101")["msg"]


def test_an_answer_about_a_pilot_that_is_none_is_a_failure(sim: Simulator) -> None:
    sim.fault(path="/pilots/60101", body=None, status=200)
    output = run(sim, "pilot_info", node_id=7, gather_subset=[], pilot_number="60101")
    assert output.failed
    assert "the answer about pilot 60101 does not name it" in output["msg"]
