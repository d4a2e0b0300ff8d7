# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the vendors' documents print as requests and answers keeps to the contracts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from simulator.contract import Contract

CONTRACTS = Path(__file__).resolve().parents[3] / "docs" / "contracts"
AGAINST_THE_TABLE = {
    "003:12558": "the table has RESTRICTED",
    "003:13047": "the table has an integer",
}
"""Requests follow the table; these examples do not."""


def examples(kind: str) -> Iterator[Any]:
    """Each documented request, or answer, with its operation. ``source`` is document:line, as in the contracts."""
    for platform in ("apio", "ccs", "o2g"):
        operations = Contract.load(platform, CONTRACTS).operations
        for one in json.loads((Path(__file__).parent / "examples" / f"{platform}.json").read_text()):
            if kind in one:
                yield pytest.param(operations[one["operation"]], one, id=f"{one['operation']} {one['source']}")


@pytest.mark.parametrize(("operation", "example"), list(examples("answer")))
def test_documented_answers_keep_to_the_contract(operation: Any, example: dict[str, Any]) -> None:
    assert operation.answer_problem(example["status"], example["answer"]) is None


@pytest.mark.parametrize(("operation", "example"), list(examples("request")))
def test_documented_requests_keep_to_the_contract(operation: Any, example: dict[str, Any]) -> None:
    _value, problems = operation.read_body(json.dumps(example["request"]).encode(), "application/json")
    assert bool(problems) is (example["source"] in AGAINST_THE_TABLE), problems
