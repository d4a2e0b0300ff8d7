# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_plan
short_description: Make a tenant's plan from what its modules said
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Makes one plan from the results that the role P(voiceops.telephony.tenant#role) leaves in C(tenant_results).
  - In check mode it tells what would be done. After a run it tells what was done.
  - Secrets are masked, as they are in the results.
positional: tenant
options:
  _input:
    description:
      - Per block (C(apio), C(ccs), C(o2g)), the results of its lists.
    type: dict
    required: true
  tenant:
    description:
      - The name of the tenant.
    type: str
    required: true
  warnings:
    description:
      - What the plan shall warn of besides what the modules warned of.
    type: list
    elements: str
    default: []
  errors:
    description:
      - What is wrong besides what the modules failed with.
    type: list
    elements: str
    default: []
  data:
    description:
      - The tenant as P(voiceops.telephony.tenant_data#filter) returns it, or M(voiceops.telephony.tenant_validate), to
        tell who notices.
    type: dict
    default: {}
    version_added: 0.2.0
  pilots:
    description:
      - RV(voiceops.telephony.o2g_pilot_info#module:resources), for the names and rules of pilots.
    type: list
    elements: dict
    default: []
    version_added: 0.2.0
  time_zone:
    description:
      - The time zone of the tenant's calendars, such as V(Europe/Brussels). By default UTC.
    type: str
    default: ""
    version_added: 0.2.0
  declared:
    description:
      - The tenant's variables. If given, C(cells) tells in which cells of its sheets that stands which is changed.
    type: dict
    version_added: 0.2.0
  base_dir:
    description:
      - The directory that paths of files are relative to.
    type: str
    default: ""
    version_added: 0.2.0
"""

EXAMPLES = r"""
- name: Show the plan
  ansible.builtin.debug:
    msg: "{{ tenant_results | voiceops.telephony.tenant_plan(inventory_hostname) }}"
"""

RETURN = r"""
_value:
  description:
    - The plan. C(status) is V(clean), V(changes) or V(failed). C(resources) has per list (C(apio.call_centers)) its
      C(summary) and its C(steps), with the name, the key, the action and the changes of each.
    - C(not_undone) names what an undo could not set back.
    - C(notices) tells how the paths of callers change over the coming year, for groups of C(numbers) that change alike.
      Each of C(changes) says C(when), C(if) it is only so under a load, and what the path C(was) and C(becomes).
    - C(calendars) has the calendars of pilots before and after, each once for all that have it.
    - C(digest) is the same for two plans only if they do the same.
  type: dict
  sample:
    tenant: acme
    made: "2026-11-23T18:00:00Z"
    status: changes
    digest: 6f1c9f0ad27b5c9c1dd2b1c0b8f2c5a4e3d6f7089a1b2c3d4e5f60718293a4b5
    summary: {create: 0, update: 1, delete: 0, unchanged: 2, failed: 0, requests: 4}
    warnings: []
    errors: []
    not_undone: []
    notices: []
    calendars: []
    resources:
      apio.call_centers:
        summary: {create: 0, update: 1, delete: 0, unchanged: 2, failed: 0}
        unverified: []
        steps:
          - name: cc-sales@acme.example
            key: {tenant_id: acme, group_id: brussels, service_user_id: cc-sales@acme.example, name: Sales}
            action: update
            changes: {queue_length: {before: 25, after: 40}}
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.voiceops.telephony.plugins.module_utils.shell import missing_library
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import plain
from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import make_plan


def tenant_plan(
    results: Mapping[str, Mapping[str, Any]],
    tenant: str,
    warnings: Iterable[str] = (),
    errors: Iterable[str] = (),
    data: Mapping[str, Any] | None = None,
    pilots: Iterable[Mapping[str, Any]] = (),
    time_zone: str = "",
    declared: Mapping[str, Any] | None = None,
    base_dir: str = "",
) -> dict[str, Any]:
    try:
        known = data or {}, plain(list(pilots or ())), str(time_zone or ""), declared, base_dir
        return make_plan(plain(results), tenant, warnings, errors, *known)
    except ImportError as error:
        raise AnsibleFilterError(missing_library(str(error.name).partition(".")[0])) from error


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_plan": tenant_plan}
