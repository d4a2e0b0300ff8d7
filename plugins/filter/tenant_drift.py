# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_drift
short_description: Tell how a tenant on the platforms differs from the tenant in code
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Makes the drift of a tenant from a plan that would delete what is not in code, as C(playbooks/drift.yml) does.
  - What the plan would create is missing on the platforms, what it would delete is there in addition, and what it would
    update is changed.
positional: data, pilots, places
options:
  _input:
    description:
      - The plan, as P(voiceops.telephony.tenant_plan#filter) makes it.
    type: dict
    required: true
  data:
    description:
      - The tenant in code, as P(voiceops.telephony.tenant_data#filter) returns it, or
        M(voiceops.telephony.tenant_validate).
    type: dict
    default: {}
  pilots:
    description:
      - RV(voiceops.telephony.o2g_pilot_info#module:resources) with the calendars.
    type: list
    elements: dict
    default: []
  places:
    description:
      - Where things stand in the code, as P(voiceops.telephony.tenant_places#filter) tells.
    type: dict
    default: {}
    version_added: 0.2.0
"""

EXAMPLES = r"""
- name: Tell how the tenant differs
  ansible.builtin.debug:
    msg: "{{ plan | voiceops.telephony.tenant_drift(tenant_data, pilots.resources) }}"
"""

RETURN = r"""
_value:
  description:
    - C(status) is V(clean), V(drift) or V(failed). C(summary) counts what is C(missing), C(added), C(changed) and
      C(unchanged), and the C(errors).
    - C(differences) has for each resource its C(kind), C(list), C(name), C(key) and C(fields), each with its value in
      C(code) and C(live); and C(where) it stands in the code, if that is known.
    - C(notices) tells what callers would notice, as P(voiceops.telephony.tenant_plan#filter) does. C(was) is live, and
      C(becomes) is in code.
    - C(not_compared) lists per list the fields that the platform does not show.
    - C(pilots) has the calendars of the pilots, live and in code.
  type: dict
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import plain
from ansible_collections.voiceops.telephony.plugins.plugin_utils.drift import make_drift
from ansible_collections.voiceops.telephony.plugins.plugin_utils.packed import unpacked


def tenant_drift(
    plan: Mapping[str, Any],
    data: Mapping[str, Any] | None = None,
    pilots: Iterable[Mapping[str, Any]] = (),
    places: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Any]:
    """Return how what is live differs from what is in code."""
    return wrap_var(make_drift(plain(plan), unpacked(data), plain(list(pilots or ())), plain(places or {})))


class FilterModule:
    """Filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_drift": tenant_drift}
