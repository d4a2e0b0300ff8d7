# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the resource types of CCS have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import ApiError, Faults
from ..fields import Field, Text, Values
from ..resource import Entry, Found, Resource

if TYPE_CHECKING:
    from .client import CcsClient

TENANT = Field("tenant", Text(1, quoted=True), required=True)
TARGET = Text(1, None, r"\+?[0-9*#]+", "an extension or a number: 0-9, * and #, a + in front", quoted=True, bare=True)


def client() -> type[CcsClient]:
    from .client import CcsClient

    return CcsClient


class OfTenant(Resource):
    """What lives in a tenant, which is given by uuid or name."""

    platform = "ccs"
    connect = staticmethod(client)
    parents = (TENANT,)

    def read(
        self, api: CcsClient, entries: Sequence[Entry], whole: Sequence[Entry]
    ) -> tuple[list[Found], list[Values]]:
        """Refuse one tenant under two names: each would have a set of its own, and a purge of one empty the other."""
        named = {entry.values["tenant"]: entry for entry in reversed((*entries, *whole))}
        first: dict[str, Entry] = {}
        faults = []
        for tenant, entry in reversed(named.items()) if len(named) > 1 else ():
            try:
                same = first.setdefault(api.tenant_uuid(tenant).lower(), entry)
            except ApiError:
                continue  # each of its entries says so
            if same is not entry:
                text = f"{tenant!r} is the tenant that {same.where} calls {same.values['tenant']!r}: call it so always"
                faults.append(entry.fault(text, "tenant"))
        if faults:
            raise Faults(faults)
        return super().read(api, entries, whole)

    def path_values(self, api: CcsClient, values: Values) -> Mapping[str, Any]:
        return {**values, "tenant_uuid": api.tenant_uuid(values["tenant"])}
