# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CCS: products, tenants and their extensions."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from .base import Answer, Call, Platform, RefusalError, handles
from .contract import Problem

LIST_FIELDS = (
    "uuid",
    "telco_id",
    "status",
    "silhouette_id",
    "sil_tenant_url",
    "sil_tenant_name",
    "sil_tenant_id",
    "sil_authentication",
    "product_name",
    "product_id",
    "modified_on",
    "created_on",
    "created_by",
)
PERSON_FIELDS = ("uuid", "lastname", "firstname", "extension")
SETTING_DEFAULTS = {
    "is_agent": "false",
    "recording_type": "None",
    "monitor": "false",
    "max_chats": "0",
    "is_multimedia_enabled": "false",
}


class Ccs(Platform):
    name = "ccs"

    def reset(self, seed: dict[str, Any]) -> None:
        seed = copy.deepcopy(seed)
        self.accounts: list[dict[str, Any]] = seed.get("accounts", [])
        self.products: list[dict[str, Any]] = seed.get("products", [])
        self.tenants: dict[str, dict[str, Any]] = {}
        for tenant in seed.get("tenants", []):
            extensions = tenant.pop("extensions", [])
            self.tenants[tenant["uuid"]] = {
                "fields": tenant,
                "extensions": {entry["uuid"]: {**SETTING_DEFAULTS, **entry} for entry in extensions},
            }

    def snapshot(self) -> dict[str, Any]:
        return {"products": self.products, "tenants": self.tenants}

    # Access

    def authenticate(self, call: Call) -> dict[str, Any]:
        for account in self.accounts:
            if call.bearer is not None and call.bearer == account.get("token"):
                return account
            if call.basic is not None and call.basic == (account.get("username"), account.get("password")):
                return account
        raise RefusalError(401, "Unauthorized")

    def authorise(self, call: Call) -> None:
        wanted = call.operation.extras
        level = "tenant" if call.account.get("tenant") else "telco"
        if wanted["user"] != level:
            raise RefusalError(403, f"Only for {wanted['user']} level users")
        held = call.account["permissions"]
        if "API" not in held or not set(wanted["permissions"]) & set(held):
            raise RefusalError(403, f"Insufficient permissions: API and {' or '.join(wanted['permissions'])} needed")

    def expire(self, call: Call) -> Answer:
        return self.error(401, [(None, "Unauthorized")])

    # Errors

    def error(self, status: int, messages: Iterable[tuple[int | None, str]]) -> Answer:
        if status == 401:
            return Answer(401, {"status": 401, "reason": "Unauthorized"})
        reason = "; ".join(message for _code, message in messages)
        # The page prints success true with every 500.
        return Answer(status, {"success": status >= 500, "reason": reason})

    def broken(self, problems: list[Problem]) -> Answer:
        status = {"path": 404, "method": 405}.get(problems[0].kind, 400)
        return self.error(status, [(None, problem.message) for problem in problems])

    # Operations

    @handles("ccsListProducts")
    def list_products(self, call: Call) -> Answer:
        return self._list(self.products)

    @handles("ccsListTenants")
    def list_tenants(self, call: Call) -> Answer:
        items = [
            {
                **{name: tenant["fields"][name] for name in LIST_FIELDS if name in tenant["fields"]},
                "modified_by": [],
                "cross_reference": [],
            }
            for tenant in self.tenants.values()
        ]
        return self._list(items)

    @handles("ccsGetTenant")
    def get_tenant(self, call: Call) -> Answer:
        return Answer(200, {"success": True, **self._tenant(call)["fields"]})

    @handles("ccsListTenantExtensions")
    def list_tenant_extensions(self, call: Call) -> Answer:
        return self._list([self._extension_view(entry) for entry in self._tenant(call)["extensions"].values()])

    @handles("ccsListOwnExtensions")
    def list_own_extensions(self, call: Call) -> Answer:
        tenant = self.tenants.get(call.account["tenant"])
        if tenant is None:
            raise RefusalError(400, "No such tenant")
        return self._list([self._extension_view(entry) for entry in tenant["extensions"].values()])

    @handles("ccsUpdateExtension")
    def update_extension(self, call: Call) -> Answer:
        extension = self._tenant(call)["extensions"].get(call.parameters["extension_uuid"])
        if extension is None:
            raise RefusalError(400, "No such extension")
        extension.update(call.body)
        return Answer(200, {"success": True})

    # Help

    def _tenant(self, call: Call) -> dict[str, Any]:
        tenant = self.tenants.get(call.parameters["tenant_uuid"])
        if tenant is None:
            raise RefusalError(400, "No such tenant")
        return tenant

    def _extension_view(self, extension: dict[str, Any]) -> dict[str, Any]:
        if self.settings["extensions_return_settings"]:
            return extension
        return {name: extension[name] for name in PERSON_FIELDS}

    def _list(self, items: list[dict[str, Any]]) -> Answer:
        total: int | str = len(items) if self.settings["total_as_int"] else str(len(items))
        return Answer(200, {"total": total, "success": True, "items": items})
