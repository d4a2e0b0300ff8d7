# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a case is, and how to reach each platform."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Options = dict[str, Any]

SECRET = "Xq7-secret-9Zt"
"""The password of a service user, which no output may show."""


@dataclass(frozen=True)
class Platform:
    """How to reach a platform of the simulator, and what goes wrong there in its own way."""

    login: Options
    wrong_login: Options
    weak_login: Options
    """An account that may read and not write."""


PLATFORMS = {
    "apio": Platform(
        {"username": "admin", "password": "simulator"},
        {"username": "admin", "password": "wrong-and-secret"},
        {"username": "enduser", "password": "simulator"},
    ),
    "ccs": Platform({"token": "simulator-token"}, {"token": "wrong-and-secret"}, {"token": "readonly-token"}),
    "o2g": Platform(
        {"username": "admin", "password": "simulator"},
        {"username": "admin", "password": "wrong-and-secret"},
        {"username": "viewer", "password": "simulator"},
    ),
}


@dataclass(frozen=True)
class Case:
    """One module that manages a resource type."""

    module: str
    parents: Options
    key: Options
    first: Options
    """What is wanted at first: a creation, or for what always exists, a change."""
    second: Options
    """What is wanted then: an update, if the resource has anything to update."""
    other: Options
    """The key of a second resource, which may be wanted in the same task."""
    wrong: list[tuple[Options, str]]
    """Options that are refused before any request, and what the message must say."""
    unknown: Options
    """A parent that is not there."""
    absent: bool = True
    """Whether it can be deleted."""
    purge: bool = True
    place: Options = field(default_factory=dict)
    """What C(purge_in) names, where the parents do not suffice."""
    info_filter: Options | None = None
    """What makes the info module show this one; None if there is no info module for it."""
    verb: str = "POST"
    """Of the first write."""
    settings: Options = field(default_factory=dict)
    """Switches of the simulator that this case needs."""
    once: bool = False
    """Whether it is an action that cannot be done twice with the same options."""
    alone: bool = False
    """Whether there is only one for an account, so that a task cannot want two."""
    acts: bool = False
    """Whether it is something to do, which is done each time, and not a state to reach."""
    login: Options = field(default_factory=dict)
    """The account, where that of the platform will not do."""
    weak_login: Options = field(default_factory=dict)
    """An account without the right to do this, where that of the platform has it."""

    @property
    def action(self) -> str:
        """What the first run does."""
        return "act" if self.acts else "create" if self.absent else "update"

    @property
    def platform(self) -> str:
        return self.module.partition("_")[0]

    def rows(self, *more: Options) -> list[Options]:
        """Entries of a task: this one, and those that may stand beside it."""
        return [self.one] if self.alone else [self.one, *more]

    @property
    def one(self) -> Options:
        return {**self.key, **self.first}
