# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was requested of the documented operations: as the simulator counts it, and as make api-coverage tells it."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from simulator.handle import Simulator
from tools import api_coverage
from tools.api_coverage import Operation

TENANT = "/tenants/az100001-53d6-48e2-85cd-000000000001"
ADD = {"request": "add_product", "product": "az900002-53d6-48e2-85cd-000000000002"}
DELETE = {**ADD, "request": "delete_product"}
MODULE = {"User-Agent": "voiceops.telephony/1.0"}


def entries(sim: Simulator) -> dict[str, dict[str, Any]]:
    return {entry["operationId"]: entry for entry in sim.coverage()}


def counted(sim: Simulator, operation_id: str) -> tuple[int, int, int]:
    entry = entries(sim)[operation_id]
    return entry["seen"], entry["succeeded"], entry["by_modules"]


# The list


def test_all_documented_operations_are_listed_once_and_in_order() -> None:
    listed = list(api_coverage.documented())
    assert Counter(operation.platform for operation in listed) == {"apio": 39, "ccs": 30, "o2g": 208}
    assert listed == sorted(listed, key=lambda one: (one.platform, one.path, one.method, one.request))
    assert sum(bool(operation.request) for operation in listed) == 13
    assert api_coverage.DOCUMENTED.read_text().count("\n") == 278


def test_contracts_and_list_name_the_same_operations(sim: Simulator) -> None:
    documented = api_coverage.documented()
    for entry in sim.coverage():
        name = Operation(entry["platform"], entry["method"], entry["path"], entry["request"] or "")
        assert (name in documented) is (entry["source"] is not None), name
        if entry["platform"] in ("apio", "ccs"):
            assert entry["source"] == documented.get(name), name


@pytest.mark.parametrize("platform", ["apio", "ccs"])
def test_contract_is_complete(sim: Simulator, platform: str) -> None:
    described = {(entry["method"], entry["path"], entry["request"] or "") for entry in sim.coverage()}
    assert [name for name in api_coverage.documented() if name.platform == platform and name[1:] not in described] == []


# The count


def test_requests_that_share_a_path_are_counted_one_by_one(sim: Simulator, ccs: Any) -> None:
    before = {name: counted(sim, name) for name in ("ccsAddProduct", "ccsDeleteProduct")}
    ccs("POST", TENANT, ADD)
    ccs("POST", TENANT, ADD)
    ccs("POST", TENANT, {"request": "nothing"})
    seen, succeeded, by_modules = before["ccsAddProduct"]
    assert counted(sim, "ccsAddProduct") == (seen + 2, succeeded + 1, by_modules)
    assert counted(sim, "ccsDeleteProduct") == before["ccsDeleteProduct"]
    assert entries(sim)["ccsDeleteProduct"]["path"] == "/6/v2/api/tenants/{tenant_uuid}"
    assert entries(sim)["ccsDeleteProduct"]["request"] == "delete_product"
    assert entries(sim)["ccsGetTenant"]["request"] is None
    assert "ccsTenantRequest" not in entries(sim)


def test_only_success_of_a_module_counts_as_by_modules(sim: Simulator, ccs: Any) -> None:
    before = counted(sim, "ccsDeleteProduct")[2]
    ccs("POST", TENANT, DELETE, **MODULE)
    ccs("POST", TENANT, ADD)
    assert counted(sim, "ccsDeleteProduct")[2] == before
    ccs("POST", TENANT, DELETE, **MODULE)
    assert counted(sim, "ccsDeleteProduct")[2] == before + 1


# The tool


def save(folder: Path, worker: str, run: str, *names: Operation, by_modules: int = 1, workers: int = 1) -> None:
    operations = [{**name._asdict(), "request": name.request or None, "by_modules": by_modules} for name in names]
    (folder / f"{worker}.json").write_text(
        json.dumps({"run": run, "workers": workers, "tests": 7, "operations": operations})
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(api_coverage, "SAVED", tmp_path)
    return tmp_path


def test_workers_add_up_and_older_runs_do_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second, third, fourth, *_rest = api_coverage.documented()
    save(folder, "gw2", "old", third)
    save(folder, "gw0", "new", first, Operation("apio", "POST", "/api/v1/login/", ""))
    save(folder, "gw1", "new", first, second)
    save(folder, "gw3", "new", fourth, by_modules=0)
    for age, worker in enumerate(("gw3", "gw1", "gw0", "gw2")):
        stamp = 1_700_000_000 - age
        os.utime(folder / f"{worker}.json", (stamp, stamp))
    assert api_coverage.main([]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0][-2:] == ["(7", "tests)"]
    assert [line[:4] for line in lines[1:]] == [
        ["apio", "2", "of", "39"],
        ["ccs", "0", "of", "30"],
        ["o2g", "0", "of", "208"],
        ["all", "2", "of", "277"],
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_result_of_some_of_the_workers_is_called_too_low(
    folder: Path, capsys: pytest.CaptureFixture[str], workers: int
) -> None:
    save(folder, "gw0", "1", next(iter(api_coverage.documented())), workers=workers)
    assert api_coverage.main([]) == 0
    assert ("Too low: 1 of 2 workers" in capsys.readouterr().err) is (workers == 2)


def test_missing_operations_are_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documented = api_coverage.documented()
    left_out = Operation("ccs", "POST", "/6/v2/api/tenants/{tenant_uuid}", "delete_product")
    save(folder, "main", "1", *(name for name in documented if name != left_out))
    assert api_coverage.main(["--missing"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:] == [
        "apio   39 of  39  100%",
        "ccs    29 of  30   96%",
        "    POST   /6/v2/api/tenants/{tenant_uuid} delete_product  (002:261)",
        "o2g   208 of 208  100%",
        "all   276 of 277   99%",
    ]


def test_tests_are_run_when_there_is_no_result(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs: list[list[str]] = []

    def run(command: list[str], cwd: Path) -> int:
        runs.append(command)
        if len(runs) > 1:
            save(folder, "main", "1", next(iter(api_coverage.documented())))
        return int(len(runs) == 1)

    monkeypatch.setattr(api_coverage.subprocess, "call", run)
    assert api_coverage.main([]) == 1
    output = capsys.readouterr().err
    assert "failed" in output
    assert "no result" in output
    assert "run first" in output
    assert api_coverage.main([]) == 0
    assert capsys.readouterr().err == "The integration tests run first, some ten minutes\n"
    assert api_coverage.main([]) == 0
    assert len(runs) == 2
    assert api_coverage.main(["--run"]) == 0
    assert len(runs) == 3
    assert runs[0][-1] == "tests/integration"
