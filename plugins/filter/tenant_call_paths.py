# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_call_paths
short_description: Tell where callers of a tenant end up
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Follows calls through what a tenant has on all platforms, without any request. Of each test in C(call_tests) it says
    whether its call ends as expected.
  - It also tells what callers would fall into that no test looks at, such as a forward to a number that nobody has.
positional: base_dir
options:
  _input:
    description:
      - The tenant, as for P(voiceops.telephony.tenant_data#filter), with C(call_tests), C(call_tests_from) and
        C(tenant_time_zone).
    type: dict
    required: true
  base_dir:
    description:
      - The directory that paths of files are relative to, usually C(inventory_dir).
    type: str
    default: ""
  name:
    description:
      - What the tenant is called in reports.
    type: str
    default: ""
  live:
    description:
      - What the platforms have, as C(tenant) of P(voiceops.telephony.tenant_export#filter). Without it, the calls go
        through what the code says.
    type: dict
  pilots:
    description:
      - RV(voiceops.telephony.o2g_pilot_info#module:resources), for the names of pilots and rules.
    type: list
    elements: dict
    default: []
  dial:
    description:
      - A number that is asked for besides the tests.
    type: str
    default: ""
  at:
    description:
      - The moment of that call, by default now.
    type: str
    default: ""
  prefix:
    description:
      - What users of the PBX dial before a number outside.
    type: str
    default: "0"
"""

EXAMPLES = r"""
- name: Where does a caller end up on Christmas?
  ansible.builtin.debug:
    msg: "{{ told.asked }}"
  vars:
    told: "{{ {'o2g': o2g} | voiceops.telephony.tenant_call_paths(dial='60101', at='2026-12-25 10:00') }}"
"""

RETURN = r"""
_value:
  description:
    - C(status) is V(passed) or V(failed), C(summary) counts the C(tests), C(passed) and C(failed).
    - C(tests) has for each test C(ok), in what it is C(wrong), and the C(path).
    - C(hops) of a path have the C(thing), and C(why) the call came there. Its C(end) is V(reached), V(closed),
      V(announcement), V(forwarded) or V(unknown), with what is C(missing). C(load) are the ways that it takes when
      something is busy or full.
    - C(asked) has the path of the number that was asked for.
    - C(warnings) tell what callers would fall into within the coming year.
  type: dict
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import missing_library
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import expand, plain
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.hours import moment_of
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.paths import OUTSIDE, Paths
from ansible_collections.voiceops.telephony.plugins.plugin_utils.call_paths import make


def tenant_call_paths(
    tenant: Mapping[str, Any],
    base_dir: str = "",
    name: str = "",
    live: Mapping[str, Any] | None = None,
    pilots: Iterable[Mapping[str, Any]] = (),
    dial: str = "",
    at: str = "",
    prefix: str = OUTSIDE,
) -> Any:
    """Return where callers of a tenant end up."""
    now = datetime.now(UTC)
    try:
        expanded = expand(tenant, base_dir)
        data = expanded.data if live is None else expand(live, "").data
        paths = Paths(data, expanded.zone, plain(list(pilots or ())), now, live is not None, str(prefix))
        local = now.astimezone(expanded.zone).replace(tzinfo=None)
        asked = [{"dial": str(dial), "at": str(at or local.isoformat(" ", "minutes"))}] if dial else []
        for one in asked:
            moment_of(one["at"], expanded.zone)
        return wrap_var(make(str(name), "code" if live is None else "live", expanded, paths, asked, now))
    except Faults as faults:
        raise AnsibleFilterError("\n".join(faults.faults)) from None
    except ValueError as error:
        raise AnsibleFilterError(str(error)) from None
    except ImportError as error:
        raise AnsibleFilterError(missing_library(str(error.name).partition(".")[0])) from error


class FilterModule:
    """The filter voiceops.telephony.tenant_call_paths."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_call_paths": tenant_call_paths}
