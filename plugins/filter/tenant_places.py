# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_places
short_description: Where in the code that stands, about which a plan has something to say
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Finds the entries of a tenant that the steps of a plan are about.
positional: plan, base_dir
options:
  _input:
    description:
      - The tenant, as for P(voiceops.telephony.tenant_data#filter).
    type: dict
    required: true
  plan:
    description:
      - The plan, as P(voiceops.telephony.tenant_plan#filter) makes it.
    type: dict
    required: true
  base_dir:
    description:
      - The directory that paths of files are relative to, usually C(inventory_dir).
    type: str
    default: ""
"""

EXAMPLES = r"""
- name: Say where the changes stand
  ansible.builtin.debug:
    msg: "{{ {'apio': apio} | voiceops.telephony.tenant_places(plan, inventory_dir) }}"
"""

RETURN = r"""
_value:
  description:
    - Per list, the place of each step by its name. It is the file, sheet and row, or the path of the variable, with
      ansible-core 2.19 or later also its file and line.
  type: dict
  sample: {apio.route_point_dnis: {"rp-sales@acme.example / Main": "dnis.csv, row 7"}}
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import expanded_with_faults, plain
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.told import Told
from ansible_collections.voiceops.telephony.plugins.plugin_utils.ansible_private import origin
from ansible_collections.voiceops.telephony.plugins.plugin_utils.places import entries_of


def tenant_places(tenant: Mapping[str, Any], plan: Mapping[str, Any], base_dir: str = "") -> dict[str, Any]:
    """Return where that stands about which a plan has something to say."""
    told = Told(tenant, base_dir, origin)
    places: dict[str, dict[str, str]] = {}
    for where, step, entry in entries_of(expanded_with_faults(tenant, base_dir), plain(plan)["resources"]):
        places.setdefault(where, {})[step["name"]] = told.line_of(entry.place.at())
    return wrap_var(places)


class FilterModule:
    """Filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_places": tenant_places}
