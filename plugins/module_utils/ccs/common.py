# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the resource types of CCS have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..fields import Field, Text, Values
from ..resource import Resource

if TYPE_CHECKING:
    from .client import CcsClient

TENANT = Field("tenant", Text(1, quoted=True), required=True)


def client() -> type[CcsClient]:
    from .client import CcsClient

    return CcsClient


class OfTenant(Resource):
    """What lives in a tenant, which is given by uuid or name."""

    platform = "ccs"
    connect = staticmethod(client)
    parents = (TENANT,)

    def path_values(self, api: CcsClient, values: Values) -> Mapping[str, Any]:
        return {**values, "tenant_uuid": api.tenant_uuid(values["tenant"])}
