# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The extensions of a tenant: document 002, sections 4.8 and 4.14."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..fields import Choice, Field, Flag, Number, Text, Values, from_wire
from ..resource import Collection
from .common import TARGET, OfTenant

if TYPE_CHECKING:
    from .client import CcsClient


class Extension(OfTenant, Collection):
    noun = "extension"
    plural = "extensions"
    fields = (
        Field("uuid", Text(1), fixed=True, in_body=False),
        Field("extension", TARGET, fixed=True, in_body=False),
        Field("firstname", Text(), read_only=True),
        Field("lastname", Text(), read_only=True),
        Field("is_agent", Flag(as_text=True), unreadable=True),
        Field("recording_type", Choice(("None", "Mandatory", "On Demand")), unreadable=True),
        Field("monitor", Flag(as_text=True), unreadable=True),
        Field("max_chats", Number(0, 6, as_text=True), unreadable=True),
        Field("is_multimedia_enabled", Flag(as_text=True), unreadable=True),
    )
    identity = (("uuid",), ("extension",))
    numbered = ("extension",)
    lifecycle = purgeable = False
    always_there = True
    comes_with = "extensions come from the telephony platform, this API can neither create nor delete them"
    path = "/tenants/{tenant_uuid}/extensions"
    item = "/{uuid}"
    info_needs_parents = False
    listed = tuple(f.option for f in fields)
    info_filters = ("uuid", "extension")

    def listing(self, api: CcsClient, parents: Values) -> list[Values]:
        """Without a tenant, those that an account of the tenant's own level sees."""
        if parents.get("tenant"):
            listed = api.items(self.path, self.path_values(api, parents))
        else:
            listed = api.items("/extensions")
        return [{**parents, **from_wire(self.fields, item)} for item in listed]

    def values_of(self, body: Any) -> Values:
        """A write's answer is C(success) and says nothing of the extension."""
        return {}
