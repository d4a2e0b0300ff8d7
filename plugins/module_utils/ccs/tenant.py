# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants, their limits, products and text counter: document 002, sections 4.1 to 4.13."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import ApiError, Faults
from ..fields import Choice, Field, Number, Text, Values, from_wire
from ..resource import Action, Collection, Entry, Found, Listing, Resource, Settings, Step, unfailed
from .common import OfTenant, client

if TYPE_CHECKING:
    from .client import CcsClient

MOST = 2147483647
USED = {
    "rec_extn_limit": "rec_extn_count",
    "monitor_ext_limit": "monitor_ext_count",
    "max_queues": "max_queues_count",
    "max_agents": "max_agents_count",
    "group_agent_limit": "group_agent_count",
    "chat_licenses": "chat_licenses_count",
    "multimedia_licenses": "multimedia_licenses_count",
}
"""Each limit with the count of what is in use (line 109)."""

TENANT_PATH = "/tenants/{tenant_uuid}"
OWN = ("acds", "extensions")
"""What an account of a tenant's own level can list of it (lines 139 and 178)."""


class Tenant(OfTenant, Settings):
    noun = "limits"
    path = TENANT_PATH
    fields = (
        Field("product_name", Text(1), nullable=False),
        *(Field(name, Number(0, MOST, as_text=True)) for name in USED),
        Field("agent_billing", Choice(("Named", "Concurrent")), unreadable=True),
        *(Field(name, Number(0, MOST), read_only=True) for name in USED.values()),
    )

    def refusal(self, step: Step) -> Iterable[str]:
        """Refuse a limit below what is in use, where it is lowered."""
        before = step.before or {}
        for limit, count in USED.items():
            if limit in step.changes:
                wanted, now, used = step.changes[limit], before.get(limit), before.get(count)
                if used is not None and wanted < used and (now is None or wanted < now):
                    yield f"{limit}: {wanted} is less than the {used} in use ({count})"

    def confirm(self, step: Step, values: Values) -> None:
        """A write's answer names a uuid and nothing of the tenant (line 297)."""


class TenantProduct(OfTenant, Collection):
    noun = "product"
    plural = "products"
    fields = (
        Field("product", Text(1, quoted=True), create_only=True),
        Field("uuid", Text(), read_only=True),
        Field("name", Text(), read_only=True),
        Field("notes", Text(), read_only=True),
    )
    identity = (("product",),)
    path = TENANT_PATH
    envelope = "product_id"
    listed = ("product", "uuid", "name", "notes")

    def listing(self, api: CcsClient, parents: Values) -> list[Values]:
        return [{**product, "product": product["name"]} for product in super().listing(api, parents)]

    def match(self, values: Values, there: Listing) -> Values | None:
        """Return the one of that uuid or name."""
        found = [product for product in there if values["product"] in (product["uuid"], product["name"])]
        if len(found) > 1:
            ids = ", ".join(product["uuid"] for product in found)
            raise ApiError(f"{len(found)} products are called {values['product']!r}: {ids}. Give the uuid")
        return found[0] if found else None

    def read(
        self, api: CcsClient, entries: Sequence[Entry], whole: Sequence[Entry]
    ) -> tuple[list[Found], list[Values]]:
        """Find out also what those are that shall be added, so that check mode tells of an unknown one."""
        found, others = super().read(api, entries, whole)
        self.uuids: dict[str, str] = {}
        added: dict[tuple[Any, str], Entry] = {}
        unclear = set()
        for n, entry in enumerate(entries):
            if found[n] is None and self.state == "present":
                place = self.place(entry.values)
                try:
                    uuid = api.product_uuid(entry.values["product"])
                except ApiError as error:
                    found[n] = error
                    unclear.add(place)
                    continue
                first = added.setdefault((place, uuid), entry)
                if first is not entry:
                    raise Faults([entry.fault(f"is the same product as {first.where}")])
                self.uuids[entry.values["product"]] = uuid
        return found, [other for other in others if self.place(other) not in unclear]

    def create(self, api: CcsClient, step: Step) -> None:
        self._change(api, step, "add_product", self.uuids[step.values["product"]])

    def delete(self, api: CcsClient, step: Step) -> None:
        self._change(api, step, "delete_product", step.values["uuid"])

    def _change(self, api: CcsClient, step: Step, request: str, uuid: str) -> None:
        body = {"request": request, "product": uuid}
        api.request("POST", TENANT_PATH, self.path_values(api, step.values), body=body, replay=False)


class TextCounter(OfTenant, Action):
    noun = "text counter"
    path = TENANT_PATH + "/text_count"
    request = "reset_counter"


class TenantInfo(OfTenant):
    """Tenants as the platform tells of them; what it lists for each can be added."""

    noun = "tenant"
    plural = "tenants"
    fields = (Field("level", Choice(("telco", "tenant"))),)
    info_only = True
    info_needs_parents = False
    info_filters = ("level",)
    gatherable = ("details", "products", "roles", "acds", "presence_options", "extensions", "text_count")
    gathered_by_default = ("details",)

    def find(self, api: CcsClient, where: Values, gather: Sequence[str]) -> list[Values]:
        if where.get("level") == "tenant":
            if where.get("tenant"):
                raise Faults(["tenant: an account of level=tenant sees its own tenant only, so leave it out"])
            if not set(gather) <= set(OWN):
                raise Faults([f"gather_subset: an account of level=tenant can read {' and '.join(OWN)} only"])
            return [{part: api.items(f"/{part}") for part in gather}]
        tenants = [{"uuid": api.tenant_uuid(where["tenant"])}] if where.get("tenant") else api.items("/tenants")
        return unfailed(api.map(lambda tenant: self.told(api, tenant, gather), tenants))

    def told(self, api: CcsClient, tenant: Values, gather: Sequence[str]) -> Values:
        """Return one tenant with what was asked for."""
        told = dict(tenant)
        if "details" in gather or ("products" in gather and "product_id" not in tenant):
            body = api.get("/tenants/{uuid}", tenant) or {}
            told |= {**{k: v for k, v in body.items() if k != "success"}, **from_wire(Tenant.fields, body)}
        if "products" in gather:
            told["products"] = told.get("product_id") or []
        lists = [part for part in ("roles", "acds", "presence_options", "extensions") if part in gather]
        told |= {part: api.items(f"/tenants/{{uuid}}/{part}", tenant) for part in lists}
        if "text_count" in gather:
            told["text_count"] = api.get("/tenants/{uuid}/text_count", tenant)
        return told


class Catalogue(Resource):
    """What the platform offers to all tenants: document 002, sections 4.1 and 4.2."""

    platform = "ccs"
    connect = staticmethod(client)
    noun = "catalogue"
    info_only = True
    gatherable = gathered_by_default = ("products", "roles")

    def find(self, api: CcsClient, where: Values, gather: Sequence[str]) -> list[Values]:
        return [{part: api.items(f"/{part}/") for part in gather}]
