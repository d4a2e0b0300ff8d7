# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Agents and what is done from an extension: document 002, sections 4.15 to 4.18 and 4.28.

An agent is addressed in one of three ways: in a tenant, by an account of the telco; in the account's own tenant, by its
administrator; or, with nothing said, the account itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import ApiError
from ..fields import Field, Text, Values, read_text
from ..resource import Action, Entry, Found, Resource, Step, refuse_twins
from .common import TARGET, OfTenant, client

if TYPE_CHECKING:
    from .client import CcsClient

TENANT_IF_TELCO = Field("tenant", Text(1, quoted=True))
UUID = Field("uuid", Text(1), create_only=True)
NUMBER = Field("extension", TARGET, create_only=True)
READY = "Ready"
"""The state that is not one of the presence options (line 357)."""

EXTENSION_PATH = "/tenants/{tenant_uuid}/extensions/{uuid}"


class AgentState(Resource):
    platform = "ccs"
    connect = staticmethod(client)
    noun = "agent state"
    parents = (TENANT_IF_TELCO,)
    fields = (UUID, NUMBER, Field("name", Text(1), required=True, unreadable=True))
    identity = (("uuid",), ("extension",), ())
    lifecycle = purgeable = False

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if not values.get("name"):
            yield "name", f"must be given: {READY} or a presence option of the tenant"
        if values.get("tenant") and not (values.get("uuid") or values.get("extension")):
            yield "extension", "must be given with a tenant, or uuid"

    def read(
        self, api: CcsClient, entries: Sequence[Entry], whole: Sequence[Entry]
    ) -> tuple[list[Found], list[Values]]:
        """Read states where the account may, in a tenant that is given; and what they can become, where they shall."""
        found = list(api.map(lambda entry: self.current(api, entry.values), entries))
        one: dict[str, Found] = {}
        refuse_twins(
            entries, [one.setdefault(t["uuid"], t) if isinstance(t, dict) and "uuid" in t else t for t in found]
        )
        tenants = list(
            dict.fromkeys(
                entry.values["tenant"]
                for entry, there in zip(entries, found, strict=True)
                if isinstance(there, dict) and there.get("tenant") and there.get("name") != entry.values["name"]
            )
        )
        self.allowed = dict(zip(tenants, api.map(lambda tenant: self.presence(api, tenant), tenants), strict=True))
        hidden = (400, 403, 404)  # an account that may not see the states may set them all the same
        unclear = {n: e for n, e in self.allowed.items() if isinstance(e, ApiError) and e.status not in hidden}
        return [unclear.get(e.values.get("tenant"), there) for e, there in zip(entries, found, strict=True)], []

    def current(self, api: CcsClient, values: Values) -> Values:
        address = {name: values[name] for name in ("tenant", "uuid", "extension") if values.get(name)}
        if address.keys() <= {"tenant"}:
            return address
        address["uuid"] = api.extension_uuid(values, values.get("tenant"))
        if not values.get("tenant"):
            return address
        told = api.get(EXTENSION_PATH + "/agent_state", self.path_values(api, address)) or {}
        state = (told.get("agent_state") or {}).get("state") or {}
        name = read_text(state.get("name"))
        return {**address, **({"name": name} if name else {})}

    def presence(self, api: CcsClient, tenant: str) -> list[str]:
        """Return the states that an agent of a tenant can be brought to."""
        uuid = api.tenant_uuid(tenant)

        def told() -> list[str]:
            return [READY, *(one["name"] for one in api.items("/tenants/{uuid}/presence_options", {"uuid": uuid}))]

        return api.once(("presence options", uuid), told, of_others=True)

    def refusal(self, step: Step) -> Iterable[str]:
        allowed = self.allowed.get(step.values.get("tenant"))
        name = step.changes.get("name")
        if isinstance(allowed, list) and name and name not in allowed:
            yield f"name: {name!r} is no state of {step.values['tenant']}; there are: {', '.join(allowed)}"

    def path_values(self, api: CcsClient, values: Values) -> Mapping[str, Any]:
        tenant = {"tenant_uuid": api.tenant_uuid(values["tenant"])} if values.get("tenant") else {}
        return {**values, **tenant}

    def update(self, api: CcsClient, step: Step) -> None:
        values = step.values
        path = (
            EXTENSION_PATH if values.get("tenant") else "/extensions/{uuid}" if values.get("uuid") else "/agent_state"
        )
        body = {"request": "updateAgentState", "name": values["name"]}
        api.request("POST", path, self.path_values(api, values), body=body, replay=True)


class Dial(OfTenant, Action):
    noun = "call"
    fields = (
        UUID,
        NUMBER,
        Field("target", TARGET, required=True),
        Field("outboundQueue", Text(1, quoted=True)),
    )
    identity = (("uuid",), ("extension",))
    path = EXTENSION_PATH

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if not values.get("target"):
            yield "target", "must be given: the number to call"

    def resolved(self, api: CcsClient, values: Values) -> Values:
        """Look names up as an account of the tenant's own level does, whose call this is by line 633.

        The path is that of a telco's account (line 635), so its way of looking up is tried after that.
        """
        levels = (None, values["tenant"])
        queue = values.get("outbound_queue")
        uuid = {"outbound_queue_uuid": api.queue_uuid(queue, *levels)} if queue else {}
        return {**values, **uuid, "uuid": api.extension_uuid(values, *levels)}

    def body(self, values: Values) -> dict[str, Any]:
        return {
            "request": "dial",
            **{name: values[name] for name in ("target", "outbound_queue_uuid") if values.get(name)},
        }
