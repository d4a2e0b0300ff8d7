# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_neighbours
short_description: What is wrong between the tenants of an inventory
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Compares tenants with each other, before any request. Where two of them name the same section of a platform, such
    as a node of O2G, the purge of one would delete what is the other's; and a number belongs to one of them.
  - Only what the variables of the hosts say is looked at, which is the inventory's and the command line's, also of
    hosts that C(--limit) leaves out.
positional: hosts
options:
  _input:
    description: The magic variable C(hostvars).
    type: dict
    required: true
  hosts:
    description: The hosts that are tenants.
    type: list
    elements: str
    required: true
seealso:
  - plugin: voiceops.telephony.tenant_data
    plugin_type: filter
"""

EXAMPLES = r"""
- name: What is wrong between all tenants
  ansible.builtin.debug:
    msg: "{{ hostvars | voiceops.telephony.tenant_neighbours(groups.telephony_tenants) }}"
"""

RETURN = r"""
_value:
  description:
    - Per host of which there is something to tell, C(faults), which stop a build, C(purging), which stop a build
      that purges and are to be known in any other, and C(warnings).
  type: dict
"""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import TESTS, TOP, expanded_with_faults
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import LISTS
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.neighbours import Tenant, address, compare
from ansible_collections.voiceops.telephony.plugins.plugin_utils.rendered import has_templates

FOLDERS = ("tenant_base_dir", "inventory_dir", "playbook_dir")


class Variables:
    """The variables of a host; only those with a template cost one."""

    def __init__(self, hostvars: Mapping[str, Any], host: str) -> None:
        self._hostvars, self._host = hostvars, host
        self._raw = hostvars.raw_get(host) if hasattr(hostvars, "raw_get") else hostvars[host]

    def get(self, name: str) -> Any:
        value = self._raw.get(name)
        return self._hostvars[self._host][name] if has_templates(value) else value


def _shown(value: Any) -> Any:
    """Return a value in which nothing is encrypted: what is, has no number in it, and its key may not be there."""
    if isinstance(value, Mapping):
        return {name: _shown(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_shown(inner) for inner in value]
    return "" if hasattr(value, "_ciphertext") else value


def _tenant(hostvars: Mapping[str, Any], host: str) -> Tenant:
    variables = Variables(hostvars, host)
    names = [name for name in TOP if name not in TESTS]
    declared = {name: _shown(value) for name in names if (value := variables.get(name)) not in (None, "", {}, [])}
    folder = next((str(value) for name in FOLDERS if (value := variables.get(name))), "")
    urls = {}
    for block in LISTS.keys() & declared.keys():
        connection = variables.get(f"{block}_connection")
        url = connection.get("url") if isinstance(connection, Mapping) else None
        urls[block] = address(url or os.environ.get(f"{block.upper()}_URL"))
    deletes = str(variables.get("tenant_purge")).lower() in ("true", "yes", "on", "1")
    return Tenant(host, expanded_with_faults(declared, folder), urls, deletes)


def tenant_neighbours(hostvars: Mapping[str, Any], hosts: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    tenants, unknown = [], {}
    names = sorted(set(map(str, hosts)))
    for host in names if len(names) > 1 else ():  # whoever is alone has no neighbours
        try:
            tenants.append(_tenant(hostvars, host))
        except Exception as error:  # a template that fails is told where the host itself is worked on
            unknown[host] = str(error)
    compare(tenants)
    blind = [f"{host} could not be compared with the other tenants: {error}" for host, error in unknown.items()]
    told = {t.name: {"faults": t.faults, "purging": [*t.purging, *blind], "warnings": t.beside} for t in tenants}
    return {name: said for name, said in told.items() if any(said.values())}


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_neighbours": tenant_neighbours}
