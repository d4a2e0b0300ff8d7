# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tenants are exported as workbooks and run from them, whatever program has saved these last."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from plays import connections, inventory, play
from simulator.handle import Simulator
from tenants import SETTINGS, Tenant, seed
from workbooks import everything

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.workbook import read
from ansible_collections.voiceops.telephony.plugins.plugin_utils.workbook import content

pytestmark = pytest.mark.timeout(600)


@pytest.mark.long
def test_a_file_that_libreoffice_has_opened_and_saved_reads_the_same(tmp_path: Path) -> None:
    tenant = everything()
    (tmp_path / "acme.xlsx").write_bytes(content(tenant, "acme"))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", "saved", "acme.xlsx"], cwd=tmp_path, check=True, capture_output=True, timeout=110
    )
    found = read("saved/acme.xlsx", str(tmp_path))
    assert (found.faults, found.warnings) == ([], [])
    assert found.tenant == tenant
    book = openpyxl.load_workbook(tmp_path / "saved/acme.xlsx")
    sheet = book["Call centers"]
    assert sheet.protection.sheet
    assert sheet.auto_filter.ref
    assert any('"true,false"' in str(one.formula1) for one in sheet.data_validations.dataValidation)


def where(tenant: Tenant) -> dict[str, Any]:
    return {
        "apio": {"tenant_id": tenant.name, "group_id": "brussels", "country": "BE"},
        "ccs": {"tenant": tenant.center.name.replace(" ", "")},
        "o2g": {"node_id": tenant.node},
        "export_route_points": tenant.site.names(),
    }


@pytest.mark.long
def test_what_is_exported_as_a_workbook_is_run_from_it_without_a_change(sim: Simulator, tmp_path: Path) -> None:
    tenant = Tenant("S")
    sim.reset(seed([tenant], there=True))
    sim.settings(ccs=SETTINGS)
    file = inventory(tmp_path, {"acme": where(tenant)}, **connections(sim))
    played = play("export.yml", file, export_format="xlsx")
    assert not played.failed, played.text[-3000:]
    assert [path.name for path in (tmp_path / "export").iterdir()] == ["acme.xlsx"]
    book = openpyxl.load_workbook(tmp_path / "export/acme.xlsx")
    assert book["Pilot calendars"]["B2"].value.startswith("0")
    assert "call_centers: service_user_password (secret)" in str([cell.value for cell in book["Read me"]["A"]])
    again = play("export.yml", file, export_format="xlsx")
    assert (again.failed, again.recap["changed"]) == (False, 0), again.text[-3000:]

    file = inventory(tmp_path, {"acme": {"workbook": "export/acme.xlsx"}}, **connections(sim))
    sim.clear_journal()
    drifted = play("drift.yml", file, drift_gate=True)
    assert not drifted.failed, drifted.text[-3000:]
    users = book["Users"]
    users.delete_rows(2)
    book.save(tmp_path / "back.xlsx")
    planned = play("plan.yml", file, compare_workbook="back.xlsx")
    assert not planned.failed, planned.text[-3000:]
    assert "back.xlsx, sheet 'Users': user" in (tmp_path / "plans/acme.md").read_text()
    assert not sim.journal(writes=True)

    book = openpyxl.load_workbook(tmp_path / "export/acme.xlsx")
    centers = book["Call centers"]
    columns = {cell.value: cell for cell in centers[1]}
    centers.cell(2, columns["Queue length"].column).value = "33"
    book.save(tmp_path / "back.xlsx")
    planned = play("plan.yml", file, compare_workbook="back.xlsx")
    assert not planned.failed, planned.text[-3000:]
    cell = "sheet 'Call centers', row 2, column 'Queue length'"
    assert f"back.xlsx, {cell}: is 33, and in the code it is" in (tmp_path / "plans/acme.md").read_text()

    book.save(tmp_path / "export/acme.xlsx")
    planned = play("plan.yml", file)
    assert cell in (tmp_path / "plans/acme.md").read_text(), planned.text[-3000:]
    built = play("build.yml", file, approved_plan_dir="plans")
    assert not built.failed, built.text[-3000:]
    (write,) = sim.journal(writes=True)
    assert "33" in str(write["body"])
    planned = play("plan.yml", file)
    assert not planned.failed, planned.text[-3000:]


def test_code_is_written_as_a_workbook_and_a_platform_is_not_asked(sim: Simulator, tmp_path: Path) -> None:
    code = Tenant("S").variables()
    file = inventory(tmp_path, {"acme": code}, **connections(sim))
    for name in ("workbook", "export"):
        lost = play(f"{name}.yml", file, awx_job_id=7)
        assert "would be gone with this job" in lost.text
        assert lost.failed
    checked = play("workbook.yml", file, "--check")
    assert not checked.failed, checked.text[-3000:]
    assert not (tmp_path / "workbooks").exists()
    played = play("workbook.yml", file)
    assert not played.failed, played.text[-3000:]
    found = read("workbooks/acme.xlsx", str(tmp_path))
    assert found.faults == []
    assert {name: found.tenant[name] for name in ("o2g", "opening_hours", "holidays")} == {
        name: code[name] for name in ("o2g", "opening_hours", "holidays")
    }
    assert not sim.journal()
