# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where callers end up, for people and machines: lines for the terminal, Markdown and JUnit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ..module_utils.tenant.call_tests import tried
from ..module_utils.tenant.expand import Expanded
from ..module_utils.tenant.gaps import gaps
from ..module_utils.tenant.hours import coming_year
from ..module_utils.tenant.paths import Paths
from .markdown import cell

Json = dict[str, Any]

VERDICTS = {True: "ok", False: "FAILED", None: ""}
HEADS = ("", "Test", "Dialled", "At", "Ends", "Number", "Rule")


def make(tenant: str, against: str, expanded: Expanded, paths: Paths, asked: Iterable[Json], now: datetime) -> Json:
    """Return how the calls went that a tenant's tests describe, and what is wrong besides."""
    tests = [tried(paths, test.values) for test in expanded.call_tests]
    failed = sum(not test["ok"] for test in tests)
    return {
        "tenant": tenant,
        "made": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "against": against,
        "time_zone": str(paths.zone),
        "status": "failed" if failed else "passed",
        "summary": {"tests": len(tests), "passed": len(tests) - failed, "failed": failed},
        "tests": tests,
        "asked": [tried(paths, one) for one in asked],
        "warnings": gaps(paths, *coming_year(now, paths.zone)),
    }


# The way of a call in words


def story(path: Mapping[str, Any]) -> Iterator[str]:
    """Yield a path hop by hop, then its end, what is missing, and what else can happen."""
    for n, hop in enumerate(path["hops"], start=1):
        yield f"{n}. {hop['thing']}: {hop['why']}"
    yield f"=> {ending(path)}"
    for way in path["load"]:
        yield f"or, if {way['when']}:"
        yield from (f"   {line}" for line in story(way))


def ending(path: Mapping[str, Any]) -> str:
    """Return the end of a path in a few words."""
    number = f" at {path['number']}" if path["number"] and path["end"] != "forwarded" else ""
    to = f" to {path['number']}" if path["number"] and path["end"] == "forwarded" else ""
    missing = f"; missing: {'; '.join(path['missing'])}" if path["missing"] else ""
    return f"{path['end']}{number}{to}{missing}"


def wanted(expect: Mapping[str, Any]) -> str:
    """Return what a test expects."""
    others = [
        f"{name.replace('_', ' ')} {expect[name]}" for name in expect if name != "end" and expect[name] is not None
    ]
    return ", ".join([expect["end"], *others])


def _row(test: Mapping[str, Any]) -> tuple[str, ...]:
    path = test["path"]
    rule = "" if path["rule_number"] is None else str(path["rule_number"])
    return (VERDICTS[test["ok"]], test["name"], test["dial"], test["at"], path["end"], path["number"] or "", rule)


def _to_tell(told: Mapping[str, Any]) -> list[Json]:
    """Return those whose way is told hop by hop."""
    return [*(test for test in told["tests"] if not test["ok"]), *told["asked"]]


# Forms


def text(told: Mapping[str, Any]) -> str:
    """Return a table for the terminal, and the ways of the calls that went elsewhere."""
    rows = [_row(test) for test in (*told["tests"], *told["asked"])]
    table = [HEADS, *rows] if rows else []
    widths = [max(len(row[n]) for row in table) for n in range(len(HEADS))] if table else []
    shown = ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in table]
    for test in _to_tell(told):
        shown += ["", *_headed(test), *(f"  {line}" for line in story(test["path"]))]
    shown += ["", "Warnings:", *(f"- {warning}" for warning in told["warnings"])] if told["warnings"] else []
    return "\n".join(map(_printable, shown or ["There are no call_tests, and nothing is asked"])) + "\n"


def _headed(test: Mapping[str, Any]) -> list[str]:
    if test["ok"] is None:
        return [f"{test['dial']} at {test['at']}:"]
    return [f"{test['name']}: should be {wanted(test['expect'])}, but {' and '.join(test['wrong'])}:"]


def markdown(told: Mapping[str, Any]) -> str:
    """Return the report as Markdown."""
    counts = told["summary"]
    where = "code" if told["against"] == "code" else "what is live"
    lines = [f"# Call paths of {cell(told['tenant'])}", ""]
    lines += [f"{counts['tests']} tests against {where}: {counts['passed']} passed, **{counts['failed']} failed**.", ""]
    lines += [f"Made {told['made']}. Times are those of {cell(told['time_zone'])}.", ""]
    for test in _to_tell(told):
        title, *others = _headed(test)
        lines += [f"## {cell(title.rstrip(':'))}", "", *others]
        lines += [*(f"    {_printable(line)}" for line in story(test["path"])), ""]
    if told["warnings"]:
        lines += ["## Warnings", "", *(f"- {cell(warning)}" for warning in told["warnings"]), ""]
    if told["tests"]:
        lines += ["## All tests", "", "| " + " | ".join(HEADS) + " |", "|" + " --- |" * len(HEADS)]
        lines += ["| " + " | ".join(cell(value) for value in _row(test)) + " |" for test in told["tests"]] + [""]
    return "\n".join(lines).rstrip() + "\n"


def junit(told: Mapping[str, Any]) -> str:
    """Return the tests as JUnit has them, one test case per test."""
    counts, name = told["summary"], _attribute(f"call paths of {told['tenant']}")
    size = f'tests="{counts["tests"]}" failures="{counts["failed"]}" errors="0" skipped="0"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name={name} {size} time="0">']
    lines += [f'  <testsuite name={name} {size} time="0" timestamp="{told["made"].rstrip("Z")}">']
    for test in told["tests"]:
        case = f'    <testcase classname={_attribute(told["tenant"])} name={_attribute(test["name"])} time="0"'
        way = escape(_printable("\n".join(story(test["path"]))))
        if test["ok"]:
            lines += [f"{case}/>"]
        else:
            why = _attribute(f"should be {wanted(test['expect'])}, but {' and '.join(test['wrong'])}")
            lines += [f"{case}>", f'      <failure type="path" message={why}>{way}</failure>', "    </testcase>"]
    return "\n".join([*lines, "  </testsuite>", "</testsuites>", ""])


def _attribute(text: str) -> str:
    return quoteattr(_printable(text))


def _printable(text: str) -> str:
    """Return a text without what XML 1.0 cannot hold, nor a terminal should."""
    return re.sub(
        "[^\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\N{REPLACEMENT CHARACTER}", text
    )


FORMS: dict[str, Callable[[Mapping[str, Any]], str]] = {"txt": text, "md": markdown, "xml": junit}
