# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The session with APIO: a cookie by log-in, or a token of the user's own, and what its errors mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import Refused
from ..session import Client

SUB_ERRORS = {
    2: "A parameter is not valid for this server: compare it with what the message names",
    9: "Another parameter must be given together with the ones that were sent",
    11: "That name or id is already in use: choose another, or give the existing one's key",
    21: "It is in use as a default: change the configuration that names it first",
}


class ApioClient(Client):
    """Sends requests to APIO's REST API, version 1."""

    platform = "APIO"
    base = "/api/v1"
    auths = {"token": ("token",), "session": ("username", "password")}

    def log_in(self) -> None:
        if self.auth == "token":
            self.session.headers["Authorization"] = f"Bearer {self.options['token']}"
            if self._logins:
                raise Refused(
                    f"APIO at {self.url} refused the token (401). Get a new one, or give username and password."
                )
            return
        self.session.cookies.clear()
        who = {"username": self.options["username"], "password": self.options["password"]}
        path = f"{self.base}/login/"
        status, answer = self.handshake("POST", path, json=who)
        if status == 401:
            raise Refused(
                f"APIO at {self.url} refused the log-in of {who['username']!r} (401). Check username and password."
            )
        body = self.opened(f"POST {path}", status, answer)
        if (body.get("profile") or {}).get("is_first_login"):
            self.warnings.append(
                f"{who['username']!r} has never changed its first password: APIO may refuse requests until that is done"
            )

    def said(self, body: Any) -> tuple[str, int | None]:
        """Read the error forms: C(details), a list of errors with C(code), or one such error."""
        details = body.get("details", body) if isinstance(body, Mapping) else body
        errors = details if isinstance(details, list) else [details]
        texts, codes = [], []
        for error in errors:
            if isinstance(error, Mapping):
                codes.append(error.get("code", error.get("error_code")))
                words = [error.get(n) for n in ("message", "summary", "description", "detail")]
                texts.append(" ".join(str(w) for w in words if w) or str(dict(error)))
            elif error:
                texts.append(str(error))
        code = next((int(c) for c in codes if str(c).isdigit()), None)
        return "; ".join(texts) + (f" (code {code})" if code is not None else ""), code

    def advice(self, status: int, code: int | None) -> str:
        if status == 403:
            return (
                f"{self.options.get('username') or 'The token'} lacks the right: most writes need a group administrator"
            )
        if status == 404:
            return "Check tenant_id, group_id and the ids in the path"
        if status == 207:
            return "It was carried out in part"
        return SUB_ERRORS.get(code or 0, "")
