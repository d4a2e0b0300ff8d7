# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_data
short_description: The lists of a tenant as the modules take them
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Resolves what a person writes of a tenant into one list per module, which O(ignore:config) of that module takes.
  - Nested route points and profiles become flat lists, files are read, and defaults, opening hours and holidays are
    filled in.
  - Nothing in it is templated again, whatever the files hold.
  - The values of the entries are not checked. See M(voiceops.telephony.tenant_validate).
positional: base_dir
options:
  _input:
    description:
      - The tenant, a dictionary of C(apio), C(ccs), C(o2g), C(opening_hours), C(holidays), C(profiles), C(defaults),
        C(shared_numbers) and C(workbook), each of which can be left out. Tests of call paths are for
        P(voiceops.telephony.tenant_call_paths#filter).
    type: dict
    required: true
  base_dir:
    description:
      - The directory that paths of files are relative to, usually C(inventory_dir).
    type: str
    default: ""
seealso:
  - module: voiceops.telephony.tenant_validate
"""

EXAMPLES = r"""
- name: Build the call centers of a tenant
  voiceops.telephony.apio_call_center:
    config: "{{ ({'apio': apio} | voiceops.telephony.tenant_data(inventory_dir)).apio.call_centers }}"
  no_log: true
"""

RETURN = r"""
_value:
  description:
    - Per block what leads to it, and its lists. Blocks and lists that the tenant does not name are not there.
    - C(owns) holds the numbers that are the tenant's own, if it says so.
    - C(purge_in) holds, per list, where it can be purged though it has no entry there, such as a route point with an
      empty part, or a place that the tenant names in C(<list>_purge_in).
  type: dict
  sample:
    apio:
      tenant_id: acme
      group_id: brussels
      route_point_dnis:
        - {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, name: Main}
      purge_in:
        route_point_dnis:
          - {route_point_user_id: rp-sales@acme.example}
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import missing_library
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import expand


def tenant_data(tenant: Mapping[str, Any], base_dir: str = "") -> Any:
    """Return the lists of a tenant as the modules take them."""
    try:
        return wrap_var(expand(tenant, base_dir).data)
    except Faults as faults:
        raise AnsibleFilterError("\n".join(faults.faults)) from None
    except ImportError as error:
        raise AnsibleFilterError(missing_library(str(error.name).partition(".")[0])) from error


class FilterModule:
    """The filter voiceops.telephony.tenant_data."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_data": tenant_data}
