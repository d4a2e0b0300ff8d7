# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forge's workflows call targets that the Makefile has, on all versions that are promised."""

from __future__ import annotations

import itertools
import re
from typing import Any

import yaml
from conftest import ROOT


def workflow(name: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text())["jobs"]


def commands(job: dict[str, Any]) -> list[str]:
    """What a job runs, for each row of its matrix."""
    matrix = dict(job.get("strategy", {}).get("matrix", {}))
    rows = matrix.pop("include", None) or [
        dict(zip(matrix, values)) for values in itertools.product(*map(list, matrix.values()))
    ]
    runs = [step["run"] for step in job["steps"] if "run" in step]
    return [
        re.sub(r"\$\{\{ matrix\.(\w+) \}\}", lambda found: row[found[1]], run)  # noqa: B023
        for row in rows
        for run in runs
    ]


def test_every_target_is_one_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text()
    patterns = [
        re.compile(re.escape(target).replace("%", r"[\w.]+"))
        for target in re.findall(r"^([a-z%-]+):", makefile, re.MULTILINE)
    ]
    called = [
        line.split()[1]
        for name in ("ci", "release")
        for job in workflow(name).values()
        for run in commands(job)
        for line in run.splitlines()
        if line.startswith("make ")
    ]
    assert len(called) > 15
    assert [target for target in called if not any(p.fullmatch(target) for p in patterns)] == []


def test_all_versions_that_are_promised_are_tested() -> None:
    required = yaml.safe_load((ROOT / "meta/runtime.yml").read_text())["requires_ansible"]
    lowest = int(re.fullmatch(r">=2\.(\d+)\.0", required)[1])  # type: ignore[index]
    pinned = (ROOT / "tests/requirements/newest.txt").read_text()
    newest = int(re.search(r"^ansible-core==2\.(\d+)\.", pinned, re.MULTILINE)[1])  # type: ignore[index]
    rows = workflow("ci")["cores"]["strategy"]["matrix"]["include"]
    assert {row["core"] for row in rows} == {f"2.{minor}" for minor in range(lowest, newest + 1)}
    table = (ROOT / "MAINTAINERS.md").read_text()
    assert {f"2.{minor}" for minor in range(lowest, newest + 1)} <= set(re.findall(r"2\.\d+(?!\.\d)", table))
