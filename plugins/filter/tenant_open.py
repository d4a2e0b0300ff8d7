# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_open
short_description: Which pilots of a tenant are open at some time, by their calendars in code
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the pilots whose calendar is in the mode C(normal). Before the first transition of a day, the last one of
    earlier days holds. A day among the exceptions takes the place of the week day. Where only exceptions are written,
    what the week is like is not known.
  - It is the code that is looked at, and no platform is asked. Pilots of which nothing is known are not open.
  - The values of the entries are not checked. See M(voiceops.telephony.tenant_validate).
positional: at, time_zone
options:
  _input:
    description: The tenant's data, as P(voiceops.telephony.tenant_data#filter) returns it.
    type: dict
    required: true
  at:
    description: The time, such as C(received) of an event. If not given, or empty, it is now.
    type: str
    default: ""
  time_zone:
    description:
      - The time zone of the pilots, such as V(Europe/Brussels). If not given, or empty, UTC.
    type: str
    default: ""
seealso:
  - plugin: voiceops.telephony.tenant_data
    plugin_type: filter
  - module: voiceops.telephony.o2g_pilot_calendar
"""

EXAMPLES = r"""
- name: Which pilots are open now
  ansible.builtin.debug:
    msg: "{{ tenant_data | voiceops.telephony.tenant_open(time_zone='Europe/Brussels') }}"

- name: Which were open when something happened
  ansible.builtin.debug:
    msg: "{{ tenant_data | voiceops.telephony.tenant_open(ansible_eda.event.received, 'Europe/Brussels') }}"
"""

RETURN = r"""
_value:
  description: The numbers of the pilots.
  type: list
  elements: str
  sample: ["60101", "60102"]
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import plain
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.hours import Calendar, moment_of, zone_of


def tenant_open(data: Mapping[str, Any], at: str = "", time_zone: str = "") -> list[str]:
    """Return the numbers of the pilots that are open at some time."""
    try:
        zone = zone_of(str(time_zone or ""))
        moment = moment_of(str(at), zone) if at else datetime.now(UTC)
    except ValueError as error:
        raise AnsibleFilterError(str(error)) from error
    calendars = (plain(data).get("o2g") or {}).get("pilot_calendars") or []
    return [str(one["pilot_number"]) for one in calendars if Calendar(one, zone).at(moment).mode == "normal"]


class FilterModule:
    """The filter voiceops.telephony.tenant_open."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_open": tenant_open}
