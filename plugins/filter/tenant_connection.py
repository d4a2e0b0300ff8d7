# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_connection
short_description: Make the connection options of a tenant's tasks from its variable
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Leaves out what is blank, so that it means the default or the environment variable, as if it had not been said.
  - Sees to it that a platform which refuses the log-in, is not trusted or cannot be reached is not asked again by the
    tasks that follow (C(ask_again) is V(false)), unless the variable says otherwise.
positional: name
options:
  _input:
    description:
      - The variable, such as C(o2g_connection). Blank or none for an empty one.
    type: raw
    required: true
  name:
    description:
      - The name of the variable, for an error message.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Read the users
  voiceops.telephony.o2g_user_info:
    node_id: 7
  module_defaults:
    group/voiceops.telephony.o2g: "{{ o2g_connection | voiceops.telephony.tenant_connection('o2g_connection') }}"
"""

RETURN = r"""
_value:
  description: The options.
  type: dict
  sample: {ask_again: false, url: https://o2g.example}
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError


def tenant_connection(given: Any, name: str) -> dict[str, Any]:
    """Return the options that are given, and that the platform is not asked again in vain."""
    if given is None or (isinstance(given, str) and not given.strip()):
        given = {}
    if not isinstance(given, Mapping):
        raise AnsibleFilterError(f"{name}: must be a dictionary of connection options, such as url, not {given!r}")
    said = {option: value for option, value in given.items() if value is not None and str(value).strip()}
    return {"ask_again": False, **said}


class FilterModule:
    """Filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_connection": tenant_connection}
