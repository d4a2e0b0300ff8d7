# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The session with CCS: bearer, basic or the operator's own headers, and what its errors mean."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from ..errors import ApiError, Fatal
from ..resource import unfailed
from ..session import Client

UUID_SHAPE = re.compile(r"^[0-9a-z]{8}(-[0-9a-z]{4}){3}-[0-9a-z]{12}$", re.IGNORECASE)


class CcsClient(Client):
    """Sends requests to the REST API of Contact Center Services, version 2."""

    platform = "CCS"
    base = "/6/v2/api"
    auths = {"bearer": ("token",), "basic": ("username", "password"), "headers": ("headers",)}

    def log_in(self) -> None:
        """Set the headers that carry the credentials; the platform has no log-in of its own."""
        if self._logins:
            raise Fatal(
                f"CCS at {self.url} refused the credentials (401, auth={self.auth}). They are not tried again, "
                f"because the platform may lock the account. Check them, and which scheme your operator uses."
            )
        if self.auth == "bearer":
            self.session.headers["Authorization"] = f"Bearer {self.options['token']}"
        elif self.auth == "basic":
            pair = b64encode(f"{self.options['username']}:{self.options['password']}".encode()).decode()
            self.hide(pair)
            self.session.headers["Authorization"] = f"Basic {pair}"
        for name, value in (self.options.get("headers") or {}).items():
            self.hide(str(value))
            self.session.headers[name] = str(value)

    def failed_anyway(self, body: Any) -> bool:
        return isinstance(body, Mapping) and body.get("success") is False

    def said(self, body: Any) -> tuple[str, int | None]:
        return (str(body.get("reason") or ""), None) if isinstance(body, Mapping) else super().said(body)

    def advice(self, status: int, code: int | None) -> str:
        if status == 403:
            return "The account lacks the permission: reads need API and Tenants View, writes API and Tenant Edit"
        if status in (400, 404):
            return "Check that the tenant and the extension exist and that the account may see them"
        return ""

    def tenant_uuid(self, tenant: str) -> str:
        """Return the uuid of a tenant given by uuid or name; names cost one look-up per task.

        The list shows each tenant's name on the voice platform (document 002, line 90). Where that is not the name
        meant, the tenants' details are read as well, which show their own (line 109).
        """
        if UUID_SHAPE.match(tenant):
            return tenant
        tenants = self.once("tenants", lambda: (self.get("/tenants") or {}).get("items") or [])
        found = [t["uuid"] for t in tenants if tenant == t.get("sil_tenant_name")]
        if not found:
            details = self.once(
                "details", lambda: unfailed(self.map(lambda t: self.get("/tenants/{uuid}", t), tenants))
            )
            found = [t["uuid"] for t in details if tenant == t.get("name")]
            tenants = details
        if len(found) != 1:
            names = ", ".join(sorted(str(t.get("name") or t.get("sil_tenant_name")) for t in tenants)) or "none"
            problem = f"{len(found)} tenants are" if found else "no tenant is"
            raise ApiError(
                f"{problem} called {tenant!r}; this account sees: {names}"
                + (f". Give the uuid: {', '.join(found)}" if found else "")
            )
        return found[0]

    def _tenant(self, listed: Mapping[str, Any]) -> Mapping[str, Any]:
        return self.get("/tenants/{uuid}", listed) or {}
