# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CCS: tenants with their products, limits and extensions; agents and calls."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Iterable
from typing import Any

from .base import Answer, Call, Platform, RefusalError, handles
from .contract import Operation, Problem

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

SOCKET = "/6/v2/sock"
CUT = object()
"""Told to a WebSocket instead of an event: it is to end."""
READY = {"type": "ready", "name": "Ready"}
COUNTED = {
    "rec_extn_limit": "rec_extn_count",
    "monitor_ext_limit": "monitor_ext_count",
    "max_queues": "max_queues_count",
    "max_agents": "max_agents_count",
    "group_agent_limit": "group_agent_count",
    "chat_licenses": "chat_licenses_count",
    "multimedia_licenses": "multimedia_licenses_count",
}


class Ccs(Platform):
    name = "ccs"

    def reset(self, seed: dict[str, Any]) -> None:
        seed = copy.deepcopy(seed)
        self.accounts: list[dict[str, Any]] = seed.get("accounts", [])
        self.products: list[dict[str, Any]] = seed.get("products", [])
        self.roles: list[dict[str, Any]] = seed.get("roles", [])
        self.tenants: dict[str, dict[str, Any]] = {}
        for tenant in seed.get("tenants", []):
            extensions = tenant.pop("extensions", [])
            states = tenant.pop("agent_states", {})
            parts = {name: tenant.pop(name, []) for name in ("roles", "acds", "presence_options")}
            self.tenants[tenant["uuid"]] = {
                "calls": {call["call_id"]: call for call in tenant.pop("calls", [])},
                "text_count": {"sms_count": "0", "mms_count": "0", **tenant.pop("text_count", {})},
                "agent_billing": tenant.pop("agent_billing", None),
                "fields": tenant,
                "extensions": {entry["uuid"]: {**SETTING_DEFAULTS, **entry} for entry in extensions},
                "agent_states": {entry["uuid"]: _agent_state(states.get(entry["uuid"], {})) for entry in extensions},
                **parts,
            }
        self.made_calls = 0
        for queue in getattr(self, "sockets", ()):
            queue.put_nowait(CUT)
        self.sockets: set[asyncio.Queue[Any]] = set()

    def snapshot(self) -> dict[str, Any]:
        return {"products": self.products, "roles": self.roles, "tenants": self.tenants, "sockets": len(self.sockets)}

    # Events, whose form no document tells

    def tell(self, message: Any) -> int:
        """Send a message to all who listen on the WebSocket; return how many these are."""
        for queue in self.sockets:
            queue.put_nowait(message)
        return len(self.sockets)

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
        anyone = call.operation.id == "ccsDial" and self.settings["dial_user"] == "any"
        if wanted["user"] != level and not anyone:
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

    def finish(self, answer: Answer, operation: Operation) -> Answer:
        if answer.status == 400 and operation.extras.get("success-in-400"):
            answer.body["success"] = True
        return answer

    def broken(self, problems: list[Problem]) -> Answer:
        status = {"path": 404, "method": 405}.get(problems[0].kind, 400)
        return self.error(status, [(None, problem.message) for problem in problems])

    # Operations

    @handles("ccsListProducts")
    def list_products(self, call: Call) -> Answer:
        return self._list(self.products)

    @handles("ccsListRoles")
    def list_roles(self, call: Call) -> Answer:
        return self._list(self.roles)

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

    @handles("ccsAddProduct")
    def add_product(self, call: Call) -> Answer:
        held, product = self._held_products(call), self._product(call)
        if product["uuid"] not in held:
            self._tenant(call)["fields"]["product_id"] = [*held.values(), product]
        elif self.settings["repeated_product"] == "refused":
            raise RefusalError(400, "The tenant has the product already")
        return Answer(200, {"success": True, "uuid": product["uuid"]})

    @handles("ccsDeleteProduct")
    def delete_product(self, call: Call) -> Answer:
        held, product = self._held_products(call), self._product(call)
        if held.pop(product["uuid"], None):
            self._tenant(call)["fields"]["product_id"] = list(held.values())
        elif self.settings["repeated_product"] == "refused":
            raise RefusalError(400, "The tenant does not have the product")
        return Answer(200, {"success": True, "uuid": product["uuid"]})

    @handles("ccsUpdateTenant")
    def update_tenant(self, call: Call) -> Answer:
        tenant, wanted = self._tenant(call), dict(call.body)
        fields = tenant["fields"]
        if self.settings["limits_below_use"] == "refused":
            for limit, count in COUNTED.items():
                if int(wanted.get(limit, fields.get(count, 0))) < fields.get(count, 0):
                    raise RefusalError(400, f"{limit} is below the {fields[count]} in use")
        tenant["agent_billing"] = wanted.pop("agent_billing", tenant["agent_billing"])
        fields.update(wanted)
        return Answer(200, {"success": True, "uuid": fields["uuid"]})

    @handles("ccsListTenantRoles")
    def list_tenant_roles(self, call: Call) -> Answer:
        return self._list(self._tenant(call)["roles"])

    @handles("ccsListOwnAcds")
    def list_own_acds(self, call: Call) -> Answer:
        return self._acds(self._own_tenant(call))

    @handles("ccsListTenantAcds")
    def list_tenant_acds(self, call: Call) -> Answer:
        return self._acds(self._tenant(call))

    @handles("ccsListPresenceOptions")
    def list_presence_options(self, call: Call) -> Answer:
        return self._list(self._tenant(call)["presence_options"])

    @handles("ccsGetTextCount")
    def get_text_count(self, call: Call) -> Answer:
        return self._guessed(self._tenant(call)["text_count"])

    @handles("ccsResetTextCount")
    def reset_text_count(self, call: Call) -> Answer:
        self._tenant(call)["text_count"].update({"sms_count": "0", "mms_count": "0"})
        return self._guessed({})

    @handles("ccsListTenantExtensions")
    def list_tenant_extensions(self, call: Call) -> Answer:
        return self._list([self._extension_view(entry) for entry in self._tenant(call)["extensions"].values()])

    @handles("ccsListOwnExtensions")
    def list_own_extensions(self, call: Call) -> Answer:
        return self._list([self._extension_view(entry) for entry in self._own_tenant(call)["extensions"].values()])

    @handles("ccsUpdateExtension")
    def update_extension(self, call: Call) -> Answer:
        _extension(self._tenant(call), call.parameters["extension_uuid"]).update(call.body)
        return Answer(200, {"success": True})

    # Agents

    @handles("ccsGetAgentState")
    def get_agent_state(self, call: Call) -> Answer:
        tenant, extension = self._tenant(call), call.parameters["extension_uuid"]
        _extension(tenant, extension)
        return Answer(200, {"success": True, **tenant["agent_states"][extension]})

    @handles("ccsUpdateAgentState")
    def update_agent_state(self, call: Call) -> Answer:
        return _set_agent_state(self._tenant(call), call.parameters["extension_uuid"], call.body["name"])

    @handles("ccsUpdateOwnAgentState")
    def update_own_agent_state(self, call: Call) -> Answer:
        return _set_agent_state(self._own_tenant(call), call.parameters["extension_uuid"], call.body["name"])

    @handles("ccsUpdateMyAgentState")
    def update_my_agent_state(self, call: Call) -> Answer:
        extension = call.account.get("extension")
        if extension is None:
            raise RefusalError(400, "The user has no extension")
        return _set_agent_state(self._own_tenant(call), extension, call.body["name"])

    @handles("ccsDial")
    def dial(self, call: Call) -> Answer:
        tenant = self._tenant(call)
        if call.account.get("tenant") not in (None, tenant["fields"]["uuid"]):
            raise RefusalError(400, "No such tenant")
        extension = _extension(tenant, call.parameters["extension_uuid"])
        wanted = call.body.get("outbound_queue_uuid")
        queue = None if wanted is None else _acd(tenant, wanted)
        self.made_calls += 1
        made = {
            "call_id": f"0BS9DD{self.made_calls:02d}DIALED",
            "status": "progress",
            "direction": "outbound",
            "calling_number": extension["extension"],
            "called_number": call.body["target"],
            "queue": queue and {"uuid": queue["uuid"], "name": queue["name"]},
            "start_datetime": "2021-10-07T12:00:00",
        }
        tenant["calls"][made["call_id"]] = made
        return self._guessed({"call_id": made["call_id"]})

    # Calls

    @handles("ccsListCalls")
    def list_calls(self, call: Call) -> Answer:
        return self._call_list(list(self._own_tenant(call)["calls"].values()))

    @handles("ccsFilterCalls")
    def filter_calls(self, call: Call) -> Answer:
        query = call.query
        return self._call_list(
            [
                one
                for one in self._own_tenant(call)["calls"].values()
                if query.get("calling_number") in (None, one["calling_number"])
                and query.get("called_number") in (None, one["called_number"])
                and query.get("from_datetime", "") <= one["start_datetime"]
                and one["start_datetime"] <= query.get("to_datetime", "9999")
            ]
        )

    @handles("ccsGetCall")
    def get_call(self, call: Call) -> Answer:
        return self._guessed(self._call(call))

    @handles("ccsStartSuppression")
    def start_suppression(self, call: Call) -> Answer:
        self._call(call)["suppressed"] = True
        return self._guessed({})

    @handles("ccsStopSuppression")
    def stop_suppression(self, call: Call) -> Answer:
        self._call(call)["suppressed"] = False
        return self._guessed({})

    @handles("ccsKillCall")
    def kill_call(self, call: Call) -> Answer:
        del self._own_tenant(call)["calls"][self._call(call)["call_id"]]
        return self._guessed({})

    @handles("ccsWaitTransfer")
    def wait_transfer(self, call: Call) -> Answer:
        self._waiting_call(call).update({"called_number": call.body["target"], "queue": None})
        return self._guessed({})

    @handles("ccsWaitRedirect")
    def wait_redirect(self, call: Call) -> Answer:
        waiting, target = self._waiting_call(call), _acd(self._own_tenant(call), call.body["target"])
        waiting["queue"] = {"uuid": target["uuid"], "name": target["name"]}
        return self._guessed({})

    @handles("ccsWaitKill")
    def wait_kill(self, call: Call) -> Answer:
        del self._own_tenant(call)["calls"][self._waiting_call(call)["call_id"]]
        return self._guessed({})

    # Help

    def _tenant(self, call: Call) -> dict[str, Any]:
        parameters = call.parameters
        tenant = self.tenants.get(parameters.get("tenant_uuid") or parameters["tenant_id"])
        if tenant is None:
            raise RefusalError(400, "No such tenant")
        return tenant

    def _own_tenant(self, call: Call) -> dict[str, Any]:
        tenant = self.tenants.get(call.account["tenant"])
        if tenant is None:
            raise RefusalError(400, "No such tenant")
        return tenant

    def _held_products(self, call: Call) -> dict[str, dict[str, Any]]:
        return {product["uuid"]: product for product in self._tenant(call)["fields"].get("product_id", [])}

    def _product(self, call: Call) -> dict[str, Any]:
        for product in self.products:
            if product["uuid"] == call.body["product"]:
                return product
        raise RefusalError(400, "No such product")

    def _call(self, call: Call) -> dict[str, Any]:
        found = self._own_tenant(call)["calls"].get(call.parameters["call_id"])
        if found is None:
            raise RefusalError(400, "No such call")
        return found

    def _waiting_call(self, call: Call) -> dict[str, Any]:
        found = self._call(call)
        if found["status"] != "progress":
            raise RefusalError(400, "The call does not wait")
        return found

    def _acds(self, tenant: dict[str, Any]) -> Answer:
        acds = tenant["acds"]
        items = [acds] if self.settings["acds_nested"] else acds
        return Answer(200, {"total": len(acds), "success": True, "items": items})

    def _call_list(self, calls: list[dict[str, Any]]) -> Answer:
        return self._guessed(self._list(calls).body)

    def _guessed(self, members: dict[str, Any]) -> Answer:
        """An answer that the page lost."""
        return Answer(200, {"success": True, **(members if self.settings["lost_answers"] == "guessed" else {})})

    def _extension_view(self, extension: dict[str, Any]) -> dict[str, Any]:
        if self.settings["extensions_return_settings"]:
            return extension
        return {name: extension[name] for name in PERSON_FIELDS}

    def _list(self, items: list[dict[str, Any]]) -> Answer:
        total: int | str = len(items) if self.settings["total_as_int"] else str(len(items))
        return Answer(200, {"total": total, "success": True, "items": items})


def _extension(tenant: dict[str, Any], uuid: str) -> dict[str, Any]:
    extension = tenant["extensions"].get(uuid)
    if extension is None:
        raise RefusalError(400, "No such extension")
    return extension


def _acd(tenant: dict[str, Any], uuid: str) -> dict[str, Any]:
    for acd in tenant["acds"]:
        if acd["uuid"] == uuid:
            return acd
    raise RefusalError(400, "No such queue")


def _agent_state(known: dict[str, Any]) -> dict[str, Any]:
    return {
        "queue_state": {"state": "None", "queue": "", "duration": "0"},
        "phone_state": {"state": "Idle", "duration": "0"},
        "consecutive_missed": 0,
        "agent_state": {"state": {"type": "sign_out", "name": "Sign Out"}, "duration": "0"},
        **known,
    }


def _set_agent_state(tenant: dict[str, Any], uuid: str, name: str) -> Answer:
    _extension(tenant, uuid)
    options = [{"type": option["type"], "name": option["name"]} for option in tenant["presence_options"]]
    for state in (READY, *options):
        if state["name"] == name:
            tenant["agent_states"][uuid]["agent_state"] = {"state": dict(state), "duration": "0"}
            return Answer(200, {"success": True})
    raise RefusalError(400, "No such agent state")
