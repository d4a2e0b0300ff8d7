# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast the collection is: real ansible-playbook processes against the simulator. C(--help) tells the options."""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import yaml
from ansible.release import __version__ as ansible_version
from memory import Peak
from rows import BARE, CONCURRENCY, CONFIG, EMPTY, LOOP, ONE, OURS, SAME_LOOP, SHIPPED, THEIRS, URI, Row, rows
from simulator.handle import Simulator
from tenant_rows import (
    AGAIN,
    BUILD,
    FLEET,
    HOLIDAY_FILE,
    HOLIDAY_RUN,
    PLAN,
    TENANT,
    TOGETHER,
    holiday_file,
    tenant_rows,
)
from tenants import write_inventory

ROOT = Path(__file__).resolve().parents[2]
COLLECTIONS = ROOT / ".cache/collections"
LATENCIES = (0, 20, 100)
MANY, SAMPLE, RUNS = 1000, 50, 3
QUICK = {"latency": [20], "sample": 2, "runs": 1}
LONGEST_RUN = 3600

AS_FAST, AT = 150, 20
WITHIN = {20: 1.5, 100: 1.3}
ONE_WITHIN = 1.0
LOOP_MS, LOOP_FASTER, LOOP_WITHIN = 8, 30, 1.75
TENANT_WITHIN = {PLAN: 1.3, AGAIN: 1.3, BUILD: 1.5}
START = 3.3
"""How many playbooks that do nothing a plan of the smallest tenant may take."""
SECONDS = {HOLIDAY_RUN: 25, f"{TOGETHER} tenants M": 100, f"{FLEET} tenants S": 250}
MEGABYTES = {f"{TENANT} XL": 1500, f"{TOGETHER} tenants M": 700}
TEN_TIMES, IN_LINE = 12, 1.25
"""How many times as long ten times as much may take, and how many times as long one request of a larger tenant."""


class BenchError(Exception):
    """A row did not do what it is there to do."""


# Measuring


@dataclass(frozen=True)
class Taken:
    """What one run took."""

    seconds: float
    processor: float
    requests: int
    megabytes: float


class Bench:
    """Runs rows as a user would: a play on localhost, in a process of its own."""

    def __init__(self, simulator: Simulator, folder: Path, collections: Path = COLLECTIONS) -> None:
        folder.mkdir(exist_ok=True)
        self.simulator = simulator
        self.folder = folder
        self._environment = _environment(folder, collections)

    def run(self, row: Row, latency: int) -> Taken:
        """Run a row once, and make sure that it did what it is there to do."""
        command = self._command(row)
        self.simulator.reset(row.seed or None)
        self.simulator.settings(latency_ms=latency, **row.settings)
        self.simulator.clear_journal()
        output = self.folder / "output"
        with output.open("wb") as file:
            processor = _processor_seconds()
            started = time.perf_counter()
            process = subprocess.Popen(
                [str(Path(sys.executable).with_name("ansible-playbook")), *command],
                cwd=self.folder,
                env=self._environment | {"SIMULATOR_URL": self.simulator.url},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
            with Peak(process.pid) as peak:
                code = process.wait(LONGEST_RUN)
            seconds = time.perf_counter() - started
        if code:
            raise BenchError(f"{row.name}: ansible-playbook ended with {code}:\n{_tail(output)}")
        if row.way == AGAIN and (hosts := _changed(output)):
            raise BenchError(f"{row.name}: something changed on {hosts}")
        return Taken(seconds, _processor_seconds() - processor, self._requests(row), peak.megabytes)

    def _command(self, row: Row) -> list[str]:
        if not row.tenants:
            return ["-i", "localhost,", str(self._play(row, "localhost"))]
        folder = self.folder / f"inventory of {row.scenario}"
        if not folder.exists():
            write_inventory(folder, row.tenants)
            (folder / HOLIDAY_FILE).write_text(holiday_file())
        return ["-i", str(folder / "inventory.yml"), row.playbook or str(self._play(row, "all")), *row.flags]

    def _play(self, row: Row, hosts: str) -> Path:
        stem = "".join(character if character.isalnum() else "_" for character in row.name)
        path, variables = self.folder / f"{stem}.yml", self.folder / f"{stem}_vars.json"
        if not path.exists():
            play = {"hosts": hosts, "connection": "local", "gather_facts": False}
            play["vars"] = {"ansible_python_interpreter": sys.executable, "url": self.simulator.url}
            if row.variables:
                variables.write_text(json.dumps(row.variables))
                play["vars_files"] = [str(variables)]
            path.write_text(yaml.safe_dump([{**play, "tasks": row.tasks}], sort_keys=False))
        return path

    def _requests(self, row: Row) -> int:
        entries = self.simulator.journal()
        wrong = self.simulator.violations()
        if wrong:
            raise BenchError(f"{row.name}: {len(wrong)} requests break the contract, the first: {wrong[0]}")
        writes = sum(entry["write"] for entry in entries)
        if writes != row.writes:
            raise BenchError(f"{row.name}: {writes} writes instead of {row.writes}")
        return len(entries)


def _environment(folder: Path, collections: Path) -> dict[str, str]:
    """Return what ansible-playbook is started with: nothing of the user's own settings."""
    settings = folder / "ansible.cfg"
    settings.touch()
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("ANSIBLE_", "APIO_", "CCS_", "PYTHON"))}
    return {
        **kept,
        "ANSIBLE_COLLECTIONS_PATH": str(collections),
        "ANSIBLE_CONFIG": str(settings),
        "ANSIBLE_HOME": str(folder / "home"),
        "ANSIBLE_LOCALHOST_WARNING": "0",
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_REMOTE_TMP": str(folder / "remote"),
    }


def _processor_seconds() -> float:
    """Return what the processes that have ended used, and theirs; the simulator runs, so it is not among them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _changed(output: Path) -> list[str]:
    """Return the hosts on which something changed, according to the recap."""
    recap = output.read_text(errors="replace").rpartition("PLAY RECAP")[2]
    return [line.split()[0] for line in recap.splitlines() if "changed=" in line and "changed=0" not in line]


def _tail(path: Path, lines: int = 15) -> str:
    return "\n".join(line[:400] for line in path.read_text(errors="replace").splitlines()[-lines:])


@dataclass
class Measured:
    """A row at one latency: what its runs took."""

    row: Row
    latency: int
    empty: Measured | None
    """What does nothing at the same latency, on the same inventory; C(None) for that one itself."""
    runs: list[Taken] = field(default_factory=list)

    @cached_property
    def wall(self) -> float:
        return statistics.median(self.seconds)

    @property
    def seconds(self) -> list[float]:
        return [run.seconds for run in self.runs]

    @property
    def processor(self) -> float:
        return statistics.median(run.processor for run in self.runs)

    @property
    def megabytes(self) -> float:
        return max(run.megabytes for run in self.runs)

    @property
    def requests(self) -> int:
        return max(run.requests for run in self.runs)

    @property
    def net(self) -> float:
        """What it takes beside an empty task. Less than nothing, where the machine was busier during the other."""
        return self.wall - self.empty.wall if self.empty else 0.0

    @property
    def each(self) -> float:
        return self.net / self.row.count

    @property
    def total(self) -> float:
        """What the whole takes; measured, unless C(row.extrapolated)."""
        return self.wall + self.each * (self.row.whole - self.row.count) if self.row.extrapolated else self.wall

    @property
    def limit(self) -> float:
        """Faster than this is not possible with so many connections, whatever the program does."""
        start = self.empty.wall if self.empty else self.wall
        return start + self.row.fewest * self.latency / 1000 / self.row.connections

    def as_json(self) -> dict[str, Any]:
        row = {name: getattr(self.row, name) for name in ("scenario", "way", "count", "whole", "fewest", "writes")}
        mine = {name: getattr(self, name) for name in ("latency", "requests", "seconds", "megabytes")}
        told = {name: round(getattr(self, name), 6) for name in ("wall", "processor", "net", "each", "total", "limit")}
        return {**row, **mine, **told, "extrapolated": self.row.extrapolated}


def measure(bench: Bench, chosen: Sequence[Row], latencies: Iterable[int], runs: int, loop_runs: int) -> list[Measured]:
    """Run every row at every latency.

    Short rows take turns, so that a busy minute does not hit one row alone. Loops come after them, so that their
    minutes do not part what is compared with an empty task.
    """
    results: list[Measured] = []
    bench.run(chosen[0], 0)  # the first process of all compiles and fills caches
    for latency in latencies:
        empty = Measured(chosen[0], latency, None)
        rest = [row for row in chosen[1:] if row.latency in (None, latency)]
        bare = {row.scenario: Measured(row, latency, None) for row in rest if row.way == BARE}
        rest = [row for row in rest if row.way != BARE]
        here = [empty, *bare.values(), *(Measured(row, latency, bare.get(row.scenario, empty)) for row in rest)]
        _take_turns(bench, [m for m in here if not (m.row.extrapolated or m.row.slow)], runs)
        _take_turns(bench, [m for m in here if m.row.extrapolated or m.row.slow], loop_runs)
        results += here
    return results


def _take_turns(bench: Bench, here: Sequence[Measured], turns: int) -> None:
    for turn in range(1, turns + 1):
        for measured in here:
            measured.runs += [bench.run(measured.row, measured.latency) for _run in range(measured.row.often)]
            took = f"{measured.row.name} {measured.seconds[-1]:.1f} s"
            _progress(f"{measured.latency} ms, turn {turn} of {turns}: {took}")


def _progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def compare(ours: Bench, theirs: Bench, chosen: Sequence[Row], latencies: Iterable[int], runs: int) -> Iterator[Line]:
    """Run each row in this tree and in the other one by turns, so that a busy minute hits both."""
    for latency in latencies:
        for row in chosen:
            if row.latency not in (None, latency):
                continue
            taken: list[tuple[Taken, Taken]] = []
            try:
                for _turn in range(runs * row.often):
                    taken.append((theirs.run(row, latency), ours.run(row, latency)))
            except BenchError as error:
                _progress(f"left out: {error}")
                continue
            _progress(f"{latency} ms, {row.name}")
            pairs = [(b.seconds, o.seconds, b.processor, o.processor, b.requests, o.requests) for b, o in taken]
            yield (latency, row.name, *(statistics.median(column) for column in zip(*pairs)))


Line = tuple[Any, ...]
SLOWER = 1.1
"""By how much more processor time is told as slower: the same commit against itself stays below."""


def comparison(lines: Iterable[Line]) -> str:
    """Return the rows of two trees side by side, and mark what has become slower."""
    cells = [("ms", "row", "wall s", "now", "ratio", "cpu s", "now", "ratio", "requests", "now", "")]
    for latency, name, wall, wall_now, cpu, cpu_now, requests, requests_now in lines:
        seconds = (f"{wall:.2f}", f"{wall_now:.2f}", f"{wall_now / wall:.2f}")
        processor = (f"{cpu:.2f}", f"{cpu_now:.2f}", f"{cpu_now / cpu:.2f}")
        told = "SLOWER" if cpu_now / cpu > SLOWER else "faster" if cpu / cpu_now > SLOWER else ""
        cells.append((str(latency), name, *seconds, *processor, f"{requests:.0f}", f"{requests_now:.0f}", told))
    return _aligned(cells, (1, len(cells[0]) - 1))


# Telling

COLUMNS = ("ms", "scenario", "way", "count", "requests", "fewest", "wall s", "spread", "limit s", "wall/limit")
COLUMNS += ("cpu s", "each ms", "total s", "peak MB")


def table(results: Iterable[Measured]) -> str:
    """Return the results as text, a row a line."""
    return _aligned([COLUMNS, *(_cells(measured) for measured in results)], (1, 2))


def _aligned(lines: Sequence[Sequence[str]], left: Sequence[int]) -> str:
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    told = ((c.ljust(w) if at in left else c.rjust(w) for at, (c, w) in enumerate(zip(line, widths))) for line in lines)
    return "\n".join("  ".join(cells).rstrip() for cells in told)


def _cells(measured: Measured) -> tuple[str, ...]:
    row = measured.row
    total = f"~{measured.total:.1f}" if row.extrapolated else f"{measured.total:.2f}"
    start = (str(measured.latency), row.scenario, row.way, str(row.count), str(measured.requests), str(row.fewest))
    spread = f"{min(measured.seconds):.2f}-{max(measured.seconds):.2f}"
    against = (f"{measured.limit:.2f}", f"{measured.wall / measured.limit:.2f}")
    processor = f"{measured.processor:.2f}"
    memory = f"{measured.megabytes:.0f}"
    return (*start, f"{measured.wall:.2f}", spread, *against, processor, f"{measured.each * 1000:.2f}", total, memory)


@dataclass(frozen=True)
class Target:
    """Something to reach, and how far we are."""

    text: str
    figure: float | None
    """C(None) where the runs do not tell."""
    goal: float
    least: bool = False
    """Whether the goal is the least that will do; else the most."""

    @property
    def reached(self) -> bool | None:
        if self.figure is None:
            return None
        return self.figure >= self.goal if self.least else self.figure <= self.goal

    def __str__(self) -> str:
        bound = f"{'at least' if self.least else 'at most'} {self.goal:g}"
        if self.figure is None:
            return f"?    {self.text}: the machine was too busy to tell ({bound})"
        return f"{'yes' if self.reached else 'NO':3}  {self.text}: {self.figure:.2f} ({bound})"


def _ratio(above: float, below: float) -> float | None:
    """Return how often one time beside an empty task is in another; a busy machine can make either negative."""
    return above / below if above > 0 and below > 0 else None


def targets(results: Iterable[Measured]) -> list[Target]:
    """Return the targets that the rows measured say something about."""
    by_name = {(m.latency, m.row.scenario, m.row.way): m for m in results}
    found: list[Target] = []
    for (latency, scenario, way), ours in by_name.items():
        where = f"{latency} ms, {scenario}"
        if way == CONFIG:
            theirs = by_name.get((latency, scenario, URI))
            if theirs and latency == AT:
                text = f"{where}: times faster per resource than the uri loop"
                found.append(Target(text, _ratio(theirs.each, ours.each), AS_FAST, least=True))
            if latency in WITHIN:
                found.append(Target(f"{where}: wall time / limit", ours.wall / ours.limit, WITHIN[latency]))
            if scenario == "unchanged":
                found.append(Target(f"{where}: requests beside the log-in", ours.requests - 1, 1))
        elif way == LOOP and scenario != "one field":
            shipped = by_name.get((latency, scenario, SHIPPED))
            if latency == 0:
                found.append(Target(f"{where}: ms per item of a loop", ours.each * 1000, LOOP_MS))
            if alone := by_name.get((latency, scenario, SAME_LOOP)):
                text = f"{where}: an item of a loop / one of set_fact with the same options"
                found.append(Target(text, _ratio(ours.each, alone.each), LOOP_WITHIN))
            if shipped:
                text = f"{where}: times faster per item of a loop than shipped"
                found.append(
                    Target(text, _ratio(shipped.each, ours.each), LOOP_FASTER if latency == 0 else 1, least=True)
                )
        elif (scenario, way) == (ONE, OURS) and (theirs := by_name.get((latency, ONE, THEIRS))):
            found.append(Target(f"{where}: the whole play / one with a uri task", ours.wall / theirs.wall, ONE_WITHIN))
            found.append(Target(f"{where}: the task alone / a uri task", _ratio(ours.net, theirs.net), ONE_WITHIN))
            text = f"{where}: the whole play / one with a uri task, by processor time"
            found.append(Target(text, ours.processor / theirs.processor, ONE_WITHIN))
        found += _of_tenants(ours, by_name)
    return found


def _of_tenants(ours: Measured, by_name: Mapping[tuple[int, str, str], Measured]) -> Iterator[Target]:
    latency, row = ours.latency, ours.row
    where = f"{latency} ms, {row.name}"
    if row.scenario == f"{TENANT} L" and row.way in TENANT_WITHIN:
        yield Target(f"{where}: wall time / limit", ours.wall / ours.limit, TENANT_WITHIN[row.way])
    if row.name == f"{TENANT} S, {PLAN}" and ours.empty:
        yield Target(f"{where}: playbooks that do nothing", ours.wall / ours.empty.wall, START)
    if goal := SECONDS.get(row.way) or SECONDS.get(row.scenario):
        yield Target(f"{where}: seconds", ours.wall, goal)
    if (goal := MEGABYTES.get(row.scenario)) and row.way != BARE:
        yield Target(f"{where}: MB at most", ours.megabytes, goal)
    plans = {size: by_name.get((latency, f"{TENANT} {size}", PLAN)) for size in ("M", "L", "XL")}
    if row.name == f"{TENANT} XL, {PLAN}" and plans["L"]:
        yield Target(f"{where}: times as long as L", ours.wall / plans["L"].wall, TEN_TIMES)
    if row.name == f"{TENANT} L, {PLAN}" and plans["M"]:
        large, middle = (1000 * plan.net / plan.requests for plan in (ours, plans["M"]))
        yield Target(f"{where}: ms a request, L / M", _ratio(large, middle), IN_LINE)


def machine() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "ansible_core": ansible_version,
        "processors": os.cpu_count(),
        "load": os.getloadavg(),
    }


# Starting


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the collection against the simulator.")
    parser.add_argument("--quick", action="store_true", help="one run at 20 ms with small loops: does it still work?")
    parser.add_argument("--runs", type=int, help=f"repetitions of every row (default {RUNS})")
    parser.add_argument("--loop-runs", type=int, help="repetitions of rows that are extrapolated (default as --runs)")
    parser.add_argument("--latency", type=int, nargs="+", metavar="MS", help=f"default {LATENCIES}")
    parser.add_argument("--tenants", action="store_true", help="only the rows of whole tenants: some ten minutes")
    parser.add_argument("--only", nargs="+", metavar="TEXT", help="rows whose name has one of these texts in it")
    parser.add_argument("--count", type=int, default=MANY, help=f"resources in one task (default {MANY})")
    parser.add_argument("--sample", type=int, help=f"resources in a loop, extrapolated to --count (default {SAMPLE})")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything measured to this file too")
    parser.add_argument("--against", type=Path, metavar="DIR", help="compare with the collection below this folder")
    parser.add_argument("--list", action="store_true", help="print the names of the rows, and end")
    options = parser.parse_args(given)
    usual = {"latency": LATENCIES, "sample": SAMPLE, "runs": RUNS}
    for name, value in (QUICK if options.quick else usual).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    options.loop_runs = options.loop_runs or options.runs
    if min(options.runs, options.loop_runs, options.count, options.sample) < 1 or min(options.latency) < 0:
        parser.error("numbers must be positive")
    return options


def main(given: Sequence[str] | None = None) -> int:
    options = arguments(given)
    everything = rows(options.count, options.sample)
    everything = [everything[0]] if options.tenants else everything
    everything += tenant_rows(options.quick)
    wanted = [row for row in everything if not options.only or any(text in row.name for text in options.only)]
    needed = {(EMPTY, everything[0].scenario), *((BARE, row.scenario) for row in wanted)}
    chosen = [row for row in everything if row in wanted or (row.way, row.scenario) in needed]
    if options.list:
        print("\n".join(row.name for row in chosen))
        return 0
    started = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, Simulator.start() as simulator:
            ours = Bench(simulator, Path(folder))
            if options.against:
                theirs = Bench(simulator, Path(folder) / "other", options.against.resolve())
                print(comparison(list(compare(ours, theirs, chosen, options.latency, options.runs))))
                return 0
            results = measure(ours, chosen, options.latency, options.runs, options.loop_runs)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    reached = targets(results)
    about = machine()
    print(f"\nansible-core {about['ansible_core']}, Python {about['python']}, {about['processors']} processors")
    runs = f"{options.runs} runs ({options.loop_runs} of loops)"
    print(f"medians of {runs}, concurrency {CONCURRENCY}, {time.monotonic() - started:.0f} s in all\n")
    print(table(results))
    print("\n~ extrapolated from the runs with so many resources as count says\n")
    print("\n".join(str(target) for target in reached))
    if options.json:
        whole = {"machine": about, "rows": [measured.as_json() for measured in results]}
        whole["targets"] = [{**asdict(target), "reached": target.reached} for target in reached]
        options.json.write_text(json.dumps(whole, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
