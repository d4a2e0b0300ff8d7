# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The session with CCS: bearer, basic or the operator's own headers, and what its errors mean."""

from __future__ import annotations

import re
from base64 import b64encode
from bisect import bisect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from ..errors import ApiError, Refused
from ..fields import folded, read_text
from ..resource import unfailed
from ..session import Client

SHOWN_NAMES = 20
Uuids: TypeAlias = "dict[str, list[str]]"
"""Each name, with the uuids of those that bear it."""

UUID_SHAPE = re.compile(r"^[0-9a-z]{8}(-[0-9a-z]{4}){3}-[0-9a-z]{12}$", re.IGNORECASE)


class CcsClient(Client):
    """Sends requests to the REST API of Contact Center Services, version 2."""

    platform = "CCS"
    base = "/6/v2/api"
    auths = {"bearer": ("token",), "basic": ("username", "password"), "headers": ("headers",)}

    def log_in(self) -> None:
        """Set the headers that carry the credentials; the platform has no log-in of its own."""
        if self._logins:
            raise Refused(
                f"CCS at {self.url} refused the credentials (401, auth={self.auth}). They are not tried again, "
                f"because the platform may lock the account. Check them, and which scheme your operator uses."
            )
        if self.auth == "bearer":
            self.session.headers["Authorization"] = f"Bearer {self.options['token']}"
        elif self.auth == "basic":
            pair = b64encode(f"{self.options['username']}:{self.options['password']}".encode()).decode()
            self.hide(pair)
            self.session.headers["Authorization"] = f"Basic {pair}"

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
            return "The account lacks the permission, or is not of the level (telco or tenant) that the module asks for"
        if status in (400, 404):
            return "Check that what is named exists and that the account may see it"
        return ""

    def items(self, path: str, where: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return what a list answers with; one of them holds its items in a list of their own (line 148)."""
        items = (self.get(path, where) or {}).get("items") or []
        return [item for one in items for item in (one if isinstance(one, list) else [one])]

    def tenants(self) -> list[dict[str, Any]]:
        """Return the tenants that the account sees, as the list shows them, to look names up; read once."""
        return self.once("tenants", lambda: self.items("/tenants"), of_others=True)

    def _names(self, key: Any, read: Callable[[], Uuids]) -> Uuids:
        """Return names that no module changes, read once."""
        return self.once(key, read, of_others=True)

    def tenant_uuid(self, tenant: str) -> str:
        """Return the uuid of a tenant given by uuid or name; names cost one look-up per task.

        The list shows each tenant's name on the voice platform (document 002, line 90). Where that is not the name
        meant, the tenants' details are read as well, which show their own (line 109).
        """
        if UUID_SHAPE.match(tenant):
            return tenant
        listed = self._names("names on the voice platform", lambda: _by_name(self.tenants(), "sil_tenant_name"))
        if tenant in listed:
            return _only("tenant", tenant, listed)
        return _only("tenant", tenant, self._names("own names", lambda: _by_name(self._details())))

    def _details(self) -> list[dict[str, Any]]:
        return unfailed(self.map(lambda listed: self.get("/tenants/{uuid}", listed) or {}, self.tenants()))

    def product_uuid(self, product: str) -> str:
        """Return the uuid of a product of the catalogue, given by uuid or name."""
        if UUID_SHAPE.match(product):
            return product
        return _only("product", product, self._names("products", lambda: _by_name(self.items("/products/"))))

    def queue_uuid(self, queue: str, *tenants: str | None) -> str:
        """Return the uuid of a queue given by uuid or name, looked up as C(names) says."""
        return queue if UUID_SHAPE.match(queue) else _only("queue", queue, self.names("acds", "name", *tenants))

    def extension_uuid(self, values: Mapping[str, Any], *tenants: str | None) -> str:
        """Return the uuid of an extension given by C(uuid), or by C(extension), its number."""
        if values.get("uuid"):
            return values["uuid"]
        return _only("extension", values["extension"], self.names("extensions", "extension", *tenants))

    def names(self, part: str, name: str, *tenants: str | None) -> Uuids:
        """Return the names of what a tenant has of something, or for C(None) the account's own tenant; read once.

        Of several, the first counts that the account may see: not for all accounts is it known which paths are theirs.
        """
        tenant, *others = tenants
        path, where = f"/{part}", {}
        try:
            if tenant:
                path, where = f"/tenants/{{uuid}}/{part}", {"uuid": self.tenant_uuid(tenant)}
            return self._names((path, *where.values()), lambda: _by_name(self.items(path, where), name))
        except ApiError as error:
            if not others or error.status not in (400, 403, 404):
                raise
        return self.names(part, name, *others)


def _by_name(items: Iterable[Mapping[str, Any]], name: str = "name") -> Uuids:
    uuids: Uuids = {}
    for item in items:
        if item.get(name):
            uuids.setdefault(str(read_text(item[name])), []).append(str(read_text(item["uuid"])))
    return uuids


def _only(noun: str, name: str, uuids: Uuids) -> str:
    """Return the uuid of the only one that is called so."""
    found = uuids.get(name, [])
    if len(found) == 1:
        return found[0]
    if found:
        raise ApiError(f"{len(found)} {noun}s are called {name!r}: {', '.join(found)}. Give the uuid")
    if alike := [other for other in uuids if folded(other) == folded(name)]:
        raise ApiError(f"no {noun} is called {name!r}, but {alike[0]!r} looks like it: compare blanks and accents")
    names = sorted(uuids)
    start = max(0, min(bisect(names, name) - SHOWN_NAMES // 2, len(names) - SHOWN_NAMES))
    shown = names[start : start + SHOWN_NAMES]  # of many, those that come next to it
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    raise ApiError(f"no {noun} is called {name!r}; this account sees: {', '.join(shown) or 'none'}{more}")
