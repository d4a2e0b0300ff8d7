# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions that end after a while, or after a number of requests."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Session:
    account: dict[str, Any]
    opened: bool = True
    ttl: float | None = None  # its own, instead of the one in the settings
    created: float = field(default_factory=time.time)
    last_used: float = field(default_factory=time.monotonic)
    requests: int = 0


class Sessions:
    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._all: dict[str, Session] = {}

    def __len__(self) -> int:
        return len(self._all)

    def open(self, account: dict[str, Any], *, opened: bool = True) -> str:
        key = secrets.token_urlsafe(24)
        self._all[key] = Session(account, opened)
        return key

    def get(self, key: str) -> Session | None:
        """The session as it is; does not count as a use."""
        return self._all.get(key)

    def use(self, key: str | None) -> Session | None:
        """The session, which this use keeps alive; None when there is none, or no longer."""
        session = self._all.get(key) if key else None
        if key is None or session is None:
            return None
        now = time.monotonic()
        if self._is_over(session, now):
            del self._all[key]
            return None
        session.last_used = now
        session.requests += 1
        return session

    def close(self, key: str | None) -> None:
        if key:
            self._all.pop(key, None)

    def others(self, key: str, account: dict[str, Any]) -> list[tuple[str, Session]]:
        now = time.monotonic()
        return [
            (other, session)
            for other, session in self._all.items()
            if other != key and session.opened and not self._is_over(session, now)
            if session.account["login"] == account["login"]
        ]

    def time_to_live(self, session: Session) -> float | None:
        return session.ttl if session.ttl is not None else self._settings["session_ttl"]

    def _is_over(self, session: Session, now: float) -> bool:
        ttl = self.time_to_live(session)
        limit = self._settings["session_requests"]
        if limit is not None and session.requests >= limit:
            return True
        return ttl is not None and now - session.last_used >= ttl + self._settings.get("session_slack", 0)
