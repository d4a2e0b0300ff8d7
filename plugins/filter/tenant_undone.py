# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_undone
short_description: Turn entries into those that take them back
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - For what stays on its platform when a tenant goes, and shall not keep what the tenant said of it.
  - The days of calendars become empty. A disposition code of the route point's own is no longer the default one.
  - Entries that need nothing of this kind are left out.
options:
  _input:
    description:
      - Entries of M(voiceops.telephony.o2g_pilot_calendar) or
        M(voiceops.telephony.apio_route_point_disposition_codes_config).
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Empty the days that the tenant declares
  voiceops.telephony.o2g_pilot_calendar:
    node_id: 7
    config: "{{ o2g.pilot_calendars | voiceops.telephony.tenant_undone }}"
"""

RETURN = r"""
_value:
  description: Entries of the same module.
  type: list
  elements: dict
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import undone


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_undone": undone}
