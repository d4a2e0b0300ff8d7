# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_failures
short_description: Tell what the tasks of a tenant failed with, each cause once
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - A refused log-in or a platform out of reach fails all lists of the platform. It is told once, with how many lists it
    concerns.
options:
  _input:
    description:
      - Per block (C(apio), C(ccs), C(o2g)), the results of its lists.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Show what went wrong
  ansible.builtin.debug:
    msg: "{{ tenant_results | voiceops.telephony.tenant_failures }}"
"""

RETURN = r"""
_value:
  description: A text for each cause.
  type: list
  elements: str
  sample: ["o2g: O2G at https://o2g.example refused the log-in of 'admin' (401) (2 lists: users, pilots)"]
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import failures


class FilterModule:
    """Filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_failures": failures}
