# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports of a month, as files."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from typing import Any

from plays import Played, connections, inventory, play
from simulator.handle import Simulator

TEAM = {"supervisor": "70104", "context": "Team"}
ACME = {"o2g": {"node_id": 7}, "reports_statistics": [TEAM]}


def report(sim: Simulator, folder: Path, *flags: str, tenants: Any = None, **extra: Any) -> Played:
    sim.clear_journal()
    where = inventory(folder, tenants or {"acme": ACME}, **connections(sim))
    return play("reports.yml", where, *flags, **extra)


def test_a_month_in_files(sim: Simulator, tmp_path: Path) -> None:
    check = report(sim, tmp_path, "--check", reports_month="2026-11")
    assert not check.failed, check.text
    assert not (tmp_path / "reports").exists()

    run = report(sim, tmp_path, reports_month="2026-11", reports_async=True)
    assert not run.failed, run.text
    folder = tmp_path / "reports/acme/2026-11"
    names = ["charging.csv", "incidents.csv", "licences.zip", "services.zip", "statistics-70104-Team.zip"]
    assert sorted(file.name for file in folder.iterdir()) == names
    assert (folder.stat().st_mode & 0o777, (folder / "incidents.csv").stat().st_mode & 0o777) == (0o700, 0o600)
    with (folder / "charging.csv").open(newline="") as file:
        assert {row["caller"] for row in csv.DictReader(file, delimiter=";")} >= {"70101", "70106"}
    with zipfile.ZipFile(folder / "statistics-70104-Team.zip") as archive:
        lines = archive.read("70104.csv").decode().splitlines()
    assert (lines[1][:10], lines[-1][:10], len(lines)) == ("2026-11-01", "2026-11-30", 31)
    asked = [one["query"] for one in sim.journal() if one["path"].endswith("/usages/charging")]
    assert ["fromDate=20261101" in query and "toDate=20261130" in query for query in asked] == [True]


def test_what_goes_wrong_is_told_and_the_rest_is_written(sim: Simulator, tmp_path: Path) -> None:
    tenants: dict[str, Any] = {
        "month": {**ACME, "reports_month": "last"},
        "kind": {**ACME, "reports_of": "costs"},
        "partly": {**ACME, "reports_statistics": [{**TEAM, "context": "Nobody"}, TEAM], "reports_of": "statistics"},
        "severe": {**ACME, "reports_of": "incidents", "reports_fail_on": "0 1 2 3 4 5", "reports_month": "2024-02"},
    }
    run = report(sim, tmp_path, tenants=tenants)
    text = " ".join(run.text.split())
    assert run.recap["failed"] == len(tenants), run.text
    assert "reports_of some of statistics, charging" in text
    assert "partly: not all reports could be written: 70104 has no context 'Nobody'" in text
    [month] = (tmp_path / "reports/partly").iterdir()
    assert [file.name for file in month.iterdir()] == ["statistics-70104-Team.zip"]
    assert "incidents of severity 0 1 2 3 4 5: see" in text
    assert (tmp_path / "reports/severe/2024-02/incidents.csv").is_file()
