# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One holiday file onto many pilots."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from modules import run_module
from plays import Played, connections, inventory, play
from simulator.handle import Simulator

ACME = {
    "o2g": {
        "node_id": 7,
        "pilots": [{"pilot_number": "60101", "state": "opened"}],
        "pilot_calendars": [{"pilot_number": "60102", "exceptions": {"2030-05-01": []}}],
    }
}
NO_PILOTS = {"ccs": {"tenant": "AcmeContactCenter"}}
OTHER_DAY = {"2030-07-21": [{"time": "08:00", "rule_number": 1, "mode": "normal"}]}
CLOSED = [{"time": "00:00", "rule_number": 0, "mode": "closed"}]
FILE = {"2030-01-01": CLOSED, "2030-12-25": CLOSED}


class Site:
    """A folder with holiday files, and a pilot that has an exception already."""

    def __init__(self, sim: Simulator, folder: Path) -> None:
        self.sim = sim
        self.folder = folder
        (folder / "days.csv").write_text("date,name\n2030-01-01,New Year's Day\n2030-12-25,Christmas Day\n")
        options = {"node_id": 7, "pilot_number": "60101", "normal": {"monday": CLOSED}, "exceptions": OTHER_DAY}
        assert not run_module("o2g_pilot_calendar", {**connections(sim)["o2g_connection"], **options}).failed

    def run(self, *flags: str, tenants: dict[str, dict[str, Any]] | None = None, **extra: Any) -> Played:
        self.sim.clear_journal()
        where = inventory(self.folder, tenants or {"acme": ACME, "globex": NO_PILOTS}, **connections(self.sim))
        return play("holidays.yml", where, *flags, **extra)

    def exceptions(self) -> dict[str, dict[str, Any]]:
        """Per pilot, the exceptions that the platform has."""
        account = connections(self.sim)["o2g_connection"]
        pilots = run_module("o2g_pilot_info", {**account, "node_id": 7})["resources"]
        return {pilot["pilot_number"]: pilot["exceptions"] for pilot in pilots}

    def writes(self) -> int:
        return len(self.sim.journal(writes=True))


@pytest.fixture
def site(sim: Simulator, tmp_path: Path) -> Site:
    return Site(sim, tmp_path)


def test_pilots_that_the_tenants_name(site: Site) -> None:
    before = site.exceptions()
    predicted = site.run("--check", "--diff", holidays_file="days.csv")
    assert (predicted.failed, predicted.recap["changed"], site.writes()) == (False, 1, 0), predicted.text
    assert '+        "2030-12-25": [' in predicted.text
    assert site.exceptions() == before

    done = site.run(holidays_file="days.csv")
    assert (done.failed, done.recap["changed"], site.writes()) == (False, 1, 4)
    assert site.exceptions() == {**before, "60101": {**OTHER_DAY, **FILE}, "60102": FILE}

    again = site.run(holidays_file="days.csv")
    assert (again.failed, again.recap["changed"], site.writes()) == (False, 0, 0)


def test_all_pilots_of_a_node_that_two_tenants_share(site: Site) -> None:
    book = openpyxl.Workbook()
    for row in (["Date", "Name"], [datetime(2030, 1, 1), "New Year's Day"], ["2020-12-25", "Christmas Day"]):
        book.active.append(row)
    book.save(site.folder / "days.xlsx")
    late = [{"time": "10:00", "rule_number": 2, "mode": "normal"}]
    order = {"holidays_file": "days.xlsx", "holidays_pilots": "all", "holidays_transitions": late}
    run = site.run("--forks", "2", tenants={"acme": ACME, "branch": ACME}, **order)
    assert (run.failed, run.recap["changed"], site.writes()) == (False, 1, 8), run.text
    assert "2020-12-25 Christmas Day is in the past" in run.text
    days = {"2030-01-01": late, "2020-12-25": late}
    assert site.exceptions() == {**dict.fromkeys(("60102", "60103", "60104"), days), "60101": {**OTHER_DAY, **days}}


def test_refused_before_the_first_write(site: Site) -> None:
    (site.folder / "wrong.csv").write_text("date,name\n2030-02-30,Nobody's Day\n2030-12-25,A\n2030-12-25,B\n")
    offline = {
        "none": ({}, "holidays_file: must be given"),
        "missing": ({"holidays_file": "nowhere.csv"}, "nowhere.csv is not there"),
        "wrong": ({"holidays_file": "wrong.csv"}, "'2030-02-30' is not a date"),
    }
    live = {
        "rule": ({"holidays_transitions": [{"time": "00:00", "rule_number": 9, "mode": "normal"}]}, "has no rule 9"),
        "pilot": ({"holidays_pilots": "60101,60199"}, "there is no pilot 60199 on node 7"),
        "at-once": ({"holidays_concurrency": 0}, "concurrency: must be at least 1"),
    }
    for orders, file in ((offline, {}), (live, {"holidays_file": "days.csv"})):
        run = site.run(tenants={name: {**ACME, **file, **order} for name, (order, _text) in orders.items()})
        assert run.recap["failed"] == len(orders), run.text
        for _order, text in orders.values():
            assert text in run.text
        assert len(site.sim.journal(writes=True if file else None)) == 0


@pytest.mark.long
def test_what_was_exported_before_the_holidays_came_does_not_differ_for_ever(site: Site) -> None:
    """What a build leaves alone is no change, and a pilot without exceptions had said nothing of them."""
    nodes = {"acme": {"o2g": {"node_id": 7}}}
    where = inventory(site.folder, nodes, **connections(site.sim))
    assert not play("export.yml", where).failed
    assert not site.run(holidays_file="days.csv", holidays_pilots="60102", tenants=nodes).failed
    where = inventory(site.folder / "export", {"acme": {}}, **connections(site.sim))
    built = play("build.yml", where)
    assert (built.failed, built.recap["changed"]) == (False, 0), built.text[-3000:]
    told = play("drift.yml", where, drift_gate=True)
    assert not told.failed, told.text[-3000:]
