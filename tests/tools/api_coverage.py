# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tell how many of the documented API operations a module has carried out in the integration tests.

Reads what the newest run of those tests left in .cache/api-coverage, and runs them when there is nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTED = ROOT / "docs/contracts/operations.csv"
SAVED = ROOT / ".cache/api-coverage"


class Operation(NamedTuple):
    platform: str
    method: str
    path: str
    request: str


def documented() -> dict[Operation, str]:
    """All documented operations, each with its place in the documents."""
    with DOCUMENTED.open(newline="") as file:
        return {Operation(*(row[name] for name in Operation._fields)): row["source"] for row in csv.DictReader(file)}


def newest_run(folder: Path) -> list[Path]:
    """The files that the workers of the newest run saved: those of earlier runs may lie beside them."""
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
    return [file for file in files if _read(file)["run"] == _read(files[-1])["run"]]


def carried_out(files: Sequence[Path]) -> Iterator[Operation]:
    """The operations that a module has requested with success."""
    for file in files:
        for entry in _read(file)["operations"]:
            if entry["by_modules"]:
                yield Operation(entry["platform"], entry["method"], entry["path"], entry["request"] or "")


def report(sources: dict[Operation, str], done: set[Operation], *, missing: bool) -> Iterator[str]:
    for platform in sorted({operation.platform for operation in sources}):
        wanted = {operation: source for operation, source in sources.items() if operation.platform == platform}
        yield _count(platform, len(wanted.keys() & done), len(wanted))
        for operation, source in wanted.items() if missing else ():
            if operation not in done:
                yield f"    {operation.method:<6} {' '.join(filter(None, operation[2:]))}  ({source})"
    yield _count("all", len(sources.keys() & done), len(sources))


def _count(name: str, done: int, wanted: int) -> str:
    return f"{name:<5}{done:>4} of {wanted:>3}  {done * 100 // wanted:>3}%"


def _read(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missing", action="store_true", help="also list the operations that no module requests")
    parser.add_argument("--run", action="store_true", help="run the integration tests, also when there is a result")
    options = parser.parse_args(arguments)
    if options.run or not newest_run(SAVED):
        print("The integration tests run first, some ten minutes", file=sys.stderr)
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "tests/integration"]
        if subprocess.call(command, cwd=ROOT):
            print("Some integration tests failed; what they requested counts nevertheless", file=sys.stderr)
    files = newest_run(SAVED)
    if not files:
        print("The integration tests left no result", file=sys.stderr)
        return 1
    newest = _read(files[-1])
    if len(files) < newest["workers"]:
        print(f"Too low: {len(files)} of {newest['workers']} workers left a result; use --run", file=sys.stderr)
    when = datetime.fromtimestamp(files[-1].stat().st_mtime).isoformat(" ", "minutes")
    print(f"Operations that modules carried out in the run of {when} ({newest['tests']} tests)")
    print("\n".join(report(documented(), set(carried_out(files)), missing=options.missing)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
