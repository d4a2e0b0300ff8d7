# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults: rules that make chosen requests go wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FLAGS = ("after", "cut_before", "cut_after", "not_json", "truncated", "expire_session")
EFFECTS = ("status", "cut_before", "cut_after", "not_json", "truncated", "delay_ms", "expire_session")


class FaultError(ValueError):
    """A fault rule that cannot work."""


@dataclass(slots=True)
class Fault:
    """Applies to ``times`` requests (null: for ever), after letting ``skip`` matching ones pass."""

    id: int
    method: str | None = None
    path: str = ""
    times: int | None = 1
    skip: int = 0
    status: int | None = None
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    after: bool = False
    cut_before: bool = False
    cut_after: bool = False
    not_json: bool = False
    truncated: bool = False
    delay_ms: float = 0
    expire_session: bool = False
    used: int = 0

    def matches(self, method: str, path: str) -> bool:
        return (self.method is None or self.method == method) and re.search(self.path, path) is not None

    @property
    def spent(self) -> bool:
        return self.times is not None and self.times <= 0

    @property
    def label(self) -> str:
        return " ".join(f"{name}={value}" for name in EFFECTS if (value := getattr(self, name)))

    def describe(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


class Faults:
    def __init__(self) -> None:
        self._next_id = 1
        self.rules: list[Fault] = []

    def clear(self) -> None:
        self.rules.clear()

    def add(self, wanted: Mapping[str, Any]) -> Fault:
        rule = Fault(id=self._next_id, **_checked(wanted))
        self._next_id += 1
        self.rules.append(rule)
        return rule

    def pick(self, method: str, path: str) -> Fault | None:
        """The rule for this request, if any; counts it."""
        for rule in self.rules:
            if rule.spent or not rule.matches(method, path):
                continue
            if rule.skip:
                rule.skip -= 1
                continue
            rule.used += 1
            if rule.times is not None:
                rule.times -= 1
            return rule
        return None


def _checked(wanted: Any) -> dict[str, Any]:
    if not isinstance(wanted, Mapping):
        raise FaultError("a fault is an object")
    allowed = set(Fault.__slots__) - {"id", "used"}
    if unknown := set(wanted) - allowed:
        raise FaultError(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(sorted(allowed))}")
    rule = dict(wanted)
    if not any(rule.get(name) for name in EFFECTS):
        raise FaultError(f"does nothing; needs one of {', '.join(EFFECTS)}")
    for name in FLAGS:
        _demand(isinstance(rule.get(name, False), bool), f"{name} must be true or false")
    times = rule.get("times", 1)
    _demand(times is None or _is_count(times, 1), "times must be 1 or more, or null for ever")
    _demand(_is_count(rule.get("skip", 0), 0), "skip must be 0 or more")
    status = rule.get("status")
    _demand(status is None or (_is_count(status, 200) and status <= 599), "status must be 200 to 599")
    delay = rule.get("delay_ms", 0)
    _demand(isinstance(delay, int | float) and delay >= 0, "delay_ms must be 0 or more")
    headers = rule.get("headers") or {}
    _demand(isinstance(headers, Mapping), "headers must be an object")
    rule["headers"] = {str(name): str(value) for name, value in headers.items()}
    if rule.get("method") in (None, "", "*"):
        rule["method"] = None
    else:
        rule["method"] = str(rule["method"]).upper()
    try:
        re.compile(rule.setdefault("path", ""))
    except (re.error, TypeError) as error:
        raise FaultError(f"path is not a regular expression: {error}") from error
    return rule


def _is_count(value: Any, lowest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= lowest


def _demand(condition: bool, message: str) -> None:
    if not condition:
        raise FaultError(message)
