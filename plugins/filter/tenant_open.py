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
    earlier days holds. A day among the exceptions takes the place of the week day.
  - It is the code that is looked at, and no platform is asked. Pilots of which the calendar says nothing are not open.
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
      - The time zone of the pilots, such as V(Europe/Brussels). If not given, or empty, that of the controller.
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
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ansible.errors import AnsibleFilterError

from ansible_collections.voiceops.telephony.plugins.module_utils import engine
from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.calendar import DAYS, Calendar
from ansible_collections.voiceops.telephony.plugins.module_utils.resource import Entry
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import missing_library
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import plain

FAR = 31
"""How many days are gone back for the last transition."""


def mode_at(calendar: Mapping[str, Any], moment: datetime) -> str:
    """Return the mode in which a calendar is, in the time zone of the moment; empty if it does not say."""
    until = f"{moment:%H:%M}"
    for back in range(FAR):
        day = moment.date() - timedelta(days=back)
        exceptions, week = calendar.get("exceptions") or {}, calendar.get("normal") or {}
        listed = exceptions.get(f"{day:%Y%m%d}", week.get(DAYS[day.weekday()], []))
        if past := [one for one in listed if back or one["time"] <= until]:
            return str(max(past, key=lambda one: one["time"])["mode"])
    return ""


def _moment(at: str, time_zone: str) -> datetime:
    try:
        moment = datetime.fromisoformat(at) if at else datetime.now(UTC)
        return moment.astimezone(ZoneInfo(time_zone) if time_zone else None)
    except ZoneInfoNotFoundError as error:
        raise AnsibleFilterError(f"time_zone: there is no {time_zone!r} on this machine") from error
    except ValueError as error:
        raise AnsibleFilterError(f"at: must be a date and time, such as 2026-11-27T09:12:00+01:00: {error}") from error


def tenant_open(data: Mapping[str, Any], at: str = "", time_zone: str = "") -> list[str]:
    """Return the numbers of the pilots that are open at some time."""
    moment, opened = _moment(str(at or ""), str(time_zone or "")), []
    fields = Calendar.options()
    for index, calendar in enumerate((plain(data).get("o2g") or {}).get("pilot_calendars") or []):
        entry = Entry(index, calendar, f"o2g.pilot_calendars[{index}]")
        try:
            faults = engine.entry_faults(Calendar(), fields, entry)
        except ImportError as error:
            raise AnsibleFilterError(missing_library(str(error.name).partition(".")[0])) from error
        if faults:
            raise AnsibleFilterError("\n".join(faults))
        if mode_at(entry.values, moment) == "normal":
            opened.append(str(entry.values["pilot_number"]))
    return opened


class FilterModule:
    """The filter voiceops.telephony.tenant_open."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_open": tenant_open}
