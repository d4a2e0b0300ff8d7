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
        """Tell of a 2xx answer whether its body says that nothing was done.

        C(success) never makes an error good: the document prints C(success: true) beside 400 and 500 (lines 58 and
        436). It shows no 2xx with C(success: false), so that one is no answer to rely on, and not told as done.
        """
        return isinstance(body, Mapping) and body.get("success") is False

    def said(self, body: Any) -> tuple[str, int | None]:
        return (str(body.get("reason") or ""), None) if isinstance(body, Mapping) else super().said(body)

    def advice(self, status: int, code: int | None) -> str:
        if status == 403:
            return "The account lacks the permission: reads need API and Tenants View, writes API and Tenant Edit"
        if status in (400, 404):
            return "Check that the tenant and the extension exist and that the account may see them"
        return ""

    def items(self, path: str, where: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return what a list answers with; one of them holds its items in a list of their own (line 148)."""
        items = (self.get(path, where) or {}).get("items") or []
        return [item for one in items for item in (one if isinstance(one, list) else [one])]

    def tenants(self) -> list[dict[str, Any]]:
        """Return the tenants that the account sees, as the list shows them; read once."""
        return self.once("tenants", lambda: self.items("/tenants"))

    def tenant_uuid(self, tenant: str) -> str:
        """Return the uuid of a tenant given by uuid or name; names cost one look-up per task.

        The list shows each tenant's name on the voice platform (document 002, line 90). Where that is not the name
        meant, the tenants' details are read as well, which show their own (line 109).
        """
        if UUID_SHAPE.match(tenant):
            return tenant
        listed = [{"uuid": t["uuid"], "name": t.get("sil_tenant_name")} for t in self.tenants()]
        if any(t["name"] == tenant for t in listed):
            return self._named("tenant", tenant, listed)
        details = self.once("details", lambda: unfailed(self.map(self._tenant, listed)))
        return self._named("tenant", tenant, [{"uuid": t["uuid"], "name": t.get("name")} for t in details])

    def _tenant(self, listed: Mapping[str, Any]) -> Mapping[str, Any]:
        return self.get("/tenants/{uuid}", listed) or {}

    def product_uuid(self, product: str) -> str:
        """Return the uuid of a product of the catalogue, given by uuid or name."""
        if UUID_SHAPE.match(product):
            return product
        return self._named("product", product, self.once("products", lambda: self.items("/products/")))

    def queue_uuid(self, queue: str, *tenants: str | None) -> str:
        """Return the uuid of a queue given by uuid or name, looked up as C(listed) says."""
        return queue if UUID_SHAPE.match(queue) else self._named("queue", queue, self.listed("acds", *tenants))

    def extension_uuid(self, values: Mapping[str, Any], *tenants: str | None) -> str:
        """Return the uuid of an extension given by C(uuid), or by C(extension), its number."""
        if values.get("uuid"):
            return values["uuid"]
        there = [{**e, "name": e.get("extension")} for e in self.listed("extensions", *tenants)]
        return self._named("extension", values["extension"], there)

    def listed(self, part: str, *tenants: str | None) -> list[dict[str, Any]]:
        """Return what a tenant has of something, or for C(None) the account's own tenant; read once.

        Of several, the first counts that the account may see: not for all accounts is it known which paths are theirs.
        """
        tenant, *others = tenants
        path, where = f"/{part}", {}
        try:
            if tenant:
                path, where = f"/tenants/{{uuid}}/{part}", {"uuid": self.tenant_uuid(tenant)}
            return self.once((path, *where.values()), lambda: self.items(path, where))
        except ApiError:
            if not others:
                raise
        return self.listed(part, *others)

    @staticmethod
    def _named(noun: str, name: str, there: list[dict[str, Any]]) -> str:
        """Return the uuid of the only one that is called so."""
        found = [one["uuid"] for one in there if one.get("name") == name]
        if len(found) == 1:
            return found[0]
        if found:
            raise ApiError(f"{len(found)} {noun}s are called {name!r}: {', '.join(found)}. Give the uuid")
        names = ", ".join(sorted(str(one.get("name")) for one in there)) or "none"
        raise ApiError(f"no {noun} is called {name!r}; this account sees: {names}")
