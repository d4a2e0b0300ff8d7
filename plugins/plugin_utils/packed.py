# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant's data on its way from task to task: per block one text, which Ansible neither looks through nor copies.

Thousands of entries take it longer than a plan takes to look at them, and several times the memory.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from ..module_utils.errors import Faults
from ..module_utils.fields import with_text_keys
from ..module_utils.tenant.expand import plain

Json = dict[str, Any]


def packed(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the blocks of a tenant, each as JSON."""
    return {block: json.dumps(lists) for block, lists in data.items()}


def unpacked(data: Mapping[str, Any] | None) -> Json:
    """Return the blocks of a tenant as plain data."""
    return {block: lists_of(data, block) for block in data or ()}


def lists_of(data: Mapping[str, Any] | None, block: str) -> Json:
    """Return the lists of a block, packed or not, as plain data; raise Faults if it is something else."""
    written = lists = (data or {}).get(block) or {}
    if isinstance(written, str):
        with suppress(ValueError):
            lists = json.loads(written)
    if not isinstance(lists, Mapping):
        raise Faults([f"{block}: must be a dictionary of lists"])
    return plain(with_text_keys(lists, block)) if lists is written else dict(lists)
