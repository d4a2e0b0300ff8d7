# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The session with O2G: authenticate, open, keep alive, close, and what its errors mean."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Mapping
from typing import Any

from ..errors import ApiError, Fatal, Refused
from ..session import USER_AGENT, Client

INVALID_SESSION = 1001
LAST_PAUSES = (0.0, 0.5, 0.5, 0.5)
"""Seconds before each try to close a session that may be about to open."""
ADVICE = {
    1000: "The server is starting: try again later",
    1002: "The account lacks the right: use an administrator's",
    1003: "Check the node, the number and the login name",
    1005: "This server does not offer it: check its version and licence",
}


class O2gClient(Client):
    """Sends requests to O2G's REST API, version 1.0; the user's URL is used, not the ones that the server hands out."""

    platform = "O2G"
    base = "/api/rest/1.0"
    auths = {"session": ("username", "password")}

    def __init__(self, options: Mapping[str, Any], check_mode: bool = False) -> None:
        super().__init__(options, check_mode)
        self._ended = threading.Event()
        """Set when the session is over, and nothing keeps it alive any more."""
        self._admin: bool | None = None
        self._login = ""

    @classmethod
    def root(cls, url: str) -> str:
        return super().root(url.rstrip("/").removesuffix("/1.0").removesuffix("/api/rest"))

    def log_in(self) -> None:
        self._ended.set()
        self.session.cookies.clear()
        user = self.options["username"]
        path = "/api/rest/authenticate"
        pair = (user.encode(), self.options["password"].encode())  # as UTF-8 (RFC 7617)
        status, answer = self.handshake("GET", path, params={"version": "1.0"}, auth=pair)
        if status in (401, 403):
            raise Refused(f"O2G at {self.url} refused the log-in of {user!r} ({status}). Check username and password.")
        body = self.opened(f"GET {path}", status, answer)
        credential = body.get("credential")
        if credential:
            self.hide(credential)
            if "AlcUserId" not in self.session.cookies:
                self.session.cookies.set("AlcUserId", credential, path="/")
        if str(body.get("expired", "")).lower() == "true":
            self.warnings.append(f"The password of {user!r} has expired: change it soon")
        path = f"{self.base}/sessions"
        self._opening = True
        try:
            status, answer = self.handshake("POST", path, replay=False, json={"applicationName": USER_AGENT})
        finally:
            self._opening = False
        session = self.opened(f"POST {path}", status, answer)
        admin = session.get("admin")
        self._admin = admin if isinstance(admin, bool) else None
        self._login = str(session.get("login") or "")
        self._keep_alive(float(session.get("timeToLive") or 1800) / 2)

    def who(self) -> tuple[bool | None, str]:
        """Return whether the session is an administrator's (None: the server did not say), and its login name."""
        with self._alone_at_first():
            self._ready(0)
        return self._admin, self._login

    def log_out(self) -> None:
        self._ended.set()
        for pause in LAST_PAUSES if self._opening else (0.0,):  # what a signal has cut off may open the session yet
            time.sleep(pause)
            status, _answer = self.handshake("DELETE", f"{self.base}/sessions", replay=False)
            if status != 403:
                break
        if status not in (200, 204, 403):  # 403: it has ended by itself
            raise ApiError(f"DELETE {self.base}/sessions answered {status}")

    def abandon(self) -> None:
        self._ended.set()
        super().abandon()

    def _keep_alive(self, seconds: float) -> None:
        """Restart the session's timer now and then; a session that died all the same is renewed by the next request."""
        ended = self._ended = threading.Event()

        def beat() -> None:
            while not ended.wait(seconds):
                with contextlib.suppress(Fatal):
                    self.handshake("POST", f"{self.base}/sessions/keepalive")

        threading.Thread(target=beat, daemon=True).start()

    def is_dead(self, status: int, body: Any) -> bool:
        return status == 401 or (status == 403 and isinstance(body, Mapping) and body.get("code") == INVALID_SESSION)

    def said(self, body: Any) -> tuple[str, int | None]:
        if not isinstance(body, Mapping):
            return super().said(body)
        texts = [str(body[n]).rstrip(". ") for n in ("innerMessage", "helpMessage") if body.get(n)]
        code = body.get("code")
        return ". ".join(texts) + (f" (code {code})" if code else ""), code

    def advice(self, status: int, code: int | None) -> str:
        advice = ADVICE.get(code or 0, "")
        return (
            f"{advice}, and see whether O2G has the licence {self.licence}" if code == 1002 and self.licence else advice
        )
