# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A large contact center, as integration/contact_center.yml builds it, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from simulator.seed import ccs_seed, ccs_tenant, ccs_uuid

PLAYBOOK = Path(__file__).with_name("integration") / "contact_center.yml"
TENANT = ccs_uuid("1", 1)
SETTINGS = {"extensions_return_settings": True}
"""Only a server that shows the settings of extensions lets a second run find nothing to do."""
LIMITS = {"max_agents": 500, "max_queues": 60, "rec_extn_limit": 250, "monitor_ext_limit": 250, "chat_licenses": 500}

Entry = dict[str, Any]


@dataclass(frozen=True)
class Center:
    """A tenant with so many products and extensions."""

    products: int = 20
    extensions: int = 500
    number: int = 1
    name: str = "Acme Contact Center"

    # What goes in

    def seed(self, there: bool = False) -> Entry:
        seed = ccs_seed()
        seed.update(tenants=[self.content(there), ccs_tenant(2, "Globex", 3)], products=self.catalogue())
        return {"ccs": seed}

    def catalogue(self) -> list[Entry]:
        """The products that a server has to offer."""
        return [{"uuid": ccs_uuid("9", n), "notes": "", "name": f"Product {n}"} for n in range(self.products)]

    def content(self, there: bool) -> Entry:
        """The simulator's content: the extensions, on which nothing is set; or if C(there), all that the play wants."""
        tenant = ccs_tenant(self.number, self.name, self.extensions)
        tenant["product_id"] = self.catalogue() if there else []
        if there:
            tenant.update({name: str(limit) for name, limit in LIMITS.items()})
            for extension, entry in zip(tenant["extensions"], self.agents(), strict=True):
                extension.update({name: _wire(value) for name, value in entry.items()})
        return tenant

    def variables(self, tenant: str = TENANT) -> Entry:
        """What the playbook wants. Every second product is given by its uuid."""
        products = [{"product": ccs_uuid("9", n) if n % 2 else f"Product {n}"} for n in range(self.products)]
        return {"tenant": tenant, "limits": LIMITS, "products": products, "extensions": self.agents()}

    def agents(self) -> list[Entry]:
        return [
            {
                "extension": str(101 + n),
                "is_agent": True,
                "recording_type": ("Mandatory", "On Demand")[n % 2],
                "monitor": n % 2 == 0,
                "max_chats": 1 + n % 6,
                "is_multimedia_enabled": n % 3 == 0,
            }
            for n in range(self.extensions)
        ]

    def play(self) -> Entry:
        return yaml.safe_load(PLAYBOOK.read_text())[0]

    # What it costs. The fewest requests: look at each thing once, and write it once if it differs.

    @property
    def tasks(self) -> int:
        return 3

    @property
    def writes(self) -> int:
        return 1 + self.products + self.extensions

    @property
    def reads(self) -> int:
        """Of the first run: per task what the tenant has, and the catalogue, which has the uuids of products."""
        return self.tasks + 1

    @property
    def reads_again(self) -> int:
        return self.tasks


def _wire(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
