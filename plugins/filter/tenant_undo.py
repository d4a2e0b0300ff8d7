# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_undo
short_description: Read what a build has done, and how to take it back
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Reads a file that the playbook C(build) or C(undo) has written, and refuses one that is damaged, in another format,
    or of another tenant.
positional: tenant, blocks
options:
  _input:
    description:
      - The text of the file.
    type: str
    required: true
  tenant:
    description:
      - The name of the tenant that is meant.
    type: str
    required: true
  blocks:
    description:
      - The tenant's variables C(apio), C(ccs) and C(o2g). They say where the tenant lives, if the file does not.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Show what can be undone
  ansible.builtin.debug:
    msg: "{{ lookup('ansible.builtin.file', undo_file) | voiceops.telephony.tenant_undo('acme') }}"
"""

RETURN = r"""
_value:
  description:
    - C(fault) says why the file is refused, and is empty if it is not.
    - C(told) is what the file holds, C(lost) what of it cannot be set back.
    - C(left) and C(former) are the tenant's data, as the platform roles take them, of what the run has left behind and
      of what was there before, each for the states C(present) and C(absent).
  type: dict
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults
from ansible_collections.voiceops.telephony.plugins.plugin_utils import undo


def tenant_undo(text: str, tenant: str, blocks: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what a file holds, and what to ask of the platforms."""
    try:
        told = undo.read(str(text), str(tenant))
    except Faults as faults:
        return {"fault": str(faults)}
    sides = {side: undo.data(told["steps"], side, told["country"], blocks or {}) for side in ("left", "former")}
    return {"fault": "", "told": told, "lost": undo.lost(told), **sides}


class FilterModule:
    """Filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_undo": tenant_undo}
