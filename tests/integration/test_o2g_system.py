# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: state of the server, use, incidents and cost."""

from __future__ import annotations

import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from integration.cases import NODE, PLATFORMS
from modules import Output, run_module
from simulator.handle import Simulator
from simulator.seed import default_seed

FILES = [f"/DHS3dyn/account/TAXA{letter}.DAT" for letter in "AB"]


def run(sim: Simulator, module: str, check: bool = False, **options: Any) -> Output:
    return run_module(module, {"url": sim.url, "retries": 0, **PLATFORMS["o2g"].login, **options}, check=check)


def found(sim: Simulator, module: str, **options: Any) -> list[dict[str, Any]]:
    output = run(sim, module, **options)
    assert not output.failed, output["msg"]
    return output["resources"]


@pytest.mark.parametrize("form", ["table", "example"])
def test_links_and_licences(sim: Simulator, form: str) -> None:
    sim.settings(o2g={"missing_licence": "ROXE_API_MESSAGING", "system_status": form})
    asked = ["ROXE_API_ANALYTICS", "ROXE_API_MESSAGING"]
    [told] = found(sim, "o2g_info", licences=asked, gather_subset=["server", "session", "system", "licences"])
    assert told["licences_present"] == {"ROXE_API_ANALYTICS": True, "ROXE_API_MESSAGING": False}
    assert told["server"]["server_info"]["product_name"] == "O2G Solution"
    assert told["session"]["login"] == "admin"
    assert [pbx["name"] for pbx in told["system"]["pbxs"]] == ["oxe7", "oxe8"]
    by_name = {licence["name"]: licence for licence in told["licences"]}
    assert by_name["ROXE_API_ANALYTICS"]["total"] == 2
    assert "ROXE_API_MESSAGING" not in by_name
    if form == "table":
        assert {pbx["cti_link_state"] for pbx in told["system"]["pbxs"]} == {"CONNECTED_MAIN"}


def test_only_what_is_asked_for_is_read(sim: Simulator) -> None:
    assert found(sim, "o2g_info", gather_subset=[]) == [{}]
    sim.clear_journal()
    [told] = found(sim, "o2g_info", gather_subset=["licences"])
    assert set(told) == {"licences"}
    assert [r["path"] for r in sim.journal() if r["kind"] == "read"] == ["/api/rest/1.0/system/status"]


def test_charging(sim: Simulator) -> None:
    [told] = found(sim, "o2g_charging_info", **NODE, from_date="2026-11-02", to_date="20261104", top=2)
    assert told["nb_charging_files"] == 3
    assert told["from_date"] == "20261102"
    assert len(told["chargings"]) == 2
    assert told["chargings"][0]["cost"] >= told["chargings"][1]["cost"] > 0
    [told] = found(sim, "o2g_charging_info", **NODE, files=FILES, all=True)
    assert told["total_ticket_nb"] == len(told["chargings"]) == 4
    assert told["chargings"][0]["call_type"] == "PublicNetworkCall"
    [told] = found(sim, "o2g_charging_info", **NODE, gather_subset=["files"], from_date="20261129")
    assert [file["date"] for file in told["charging_files"]] == ["11/29/26", "11/30/26"]


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"files": FILES, "from_date": "20261101"}, "files: cannot stand beside from_date and to_date"),
        ({"files": ["x"] * 101}, "files: are 101, and one request can read 100"),
        ({"from_date": "20261102", "to_date": "20261101"}, "to_date: is before from_date"),
        ({"from_date": "20261302"}, "from_date: '20261302' is not a date"),
        ({"top": 0}, "top: "),
    ],
)
def test_what_cannot_be_asked_of_charging_is_refused(sim: Simulator, wrong: dict[str, Any], text: str) -> None:
    output = run(sim, "o2g_charging_info", **NODE, **wrong)
    assert output.failed
    assert text in output["msg"]
    assert sim.journal() == []


def test_incidents_by_severity_and_age(sim: Simulator) -> None:
    seed = default_seed()["o2g"]
    hours = (1, 30)
    moments = [datetime.now() - timedelta(hours=n) for n in hours]
    rows = [
        (f"{m:%d/%m/%y} ", f"{m:%H:%M:%S} ", 2, "0606", f"{n} hours ago", 1)
        for m, n in zip(moments, hours, strict=True)
    ]
    sim.reset({"o2g": {**seed, "system": {"incidents": [*rows, (rows[0][0], rows[0][1], 4, "1", "other", 1)]}}})
    assert len(found(sim, "o2g_incident_info", **NODE)) == 3
    asked = {**NODE, "severity": [0, 1, 2], "max_age": 24, "date_order": "dmy"}
    [incident] = found(sim, "o2g_incident_info", **asked)
    assert incident["type"] == "1 hours ago"
    assert incident["hour"] == f"{moments[0]:%H:%M:%S}"
    output = run(sim, "o2g_incident_info", **NODE, max_age=24)
    assert output.failed
    assert "date_order: must be given with max_age" in output["msg"]


def test_a_date_that_cannot_be_is_told(sim: Simulator) -> None:
    seed = default_seed()["o2g"]
    sim.reset({"o2g": {**seed, "system": {"incidents": [("31/12/26 ", "10:00:00 ", 1, "1", "x", 1)]}}})
    output = run(sim, "o2g_incident_info", **NODE, max_age=24, date_order="mdy")
    assert output.failed
    assert "'31/12/26 10:00:00' is no date and time with date_order=mdy" in output["msg"]


@pytest.mark.parametrize("kind", ["licences", "services"])
def test_a_report_is_saved_once(sim: Simulator, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "report.zip"
    asked = {"kind": kind, "dest": str(file)}
    predicted = run(sim, "o2g_usage_report", check=True, **asked)
    assert predicted["changed"]
    assert not file.exists()
    done = run(sim, "o2g_usage_report", **asked)
    assert done["changed"]
    assert predicted["resources"] == done["resources"]
    assert len(zipfile.ZipFile(file).namelist()) == 2
    assert not run(sim, "o2g_usage_report", **asked)["changed"]
    assert run(sim, "o2g_usage_report", **asked, format="xls")["changed"]
    assert zipfile.ZipFile(file).namelist()[0].endswith(".xls")


def test_the_missing_licence_is_named(sim: Simulator, tmp_path: Path) -> None:
    sim.settings(o2g={"missing_licence": "ROXE_API_ANALYTICS"})
    output = run(sim, "o2g_usage_report", kind="licences", dest=str(tmp_path / "report.zip"))
    assert output.failed
    assert "see whether O2G has the licence ROXE_API_ANALYTICS" in output["msg"]
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_zip_file_is_not_saved(sim: Simulator, tmp_path: Path) -> None:
    sim.fault("GET", "/usages/services", status=200, body={"services": []})
    output = run(sim, "o2g_usage_report", kind="services", dest=str(tmp_path / "report.zip"))
    assert output.failed
    assert "something that is not a zip file" in output["msg"]
    assert list(tmp_path.iterdir()) == []
