# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Few events instead of a burst, for ansible-rulebook; docs/events.md tells all of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

DOCUMENTATION = r"""
---
short_description: Make few events of a burst
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - The first event about something goes on at once. Those that follow within O(seconds) are made one, with their number
    as C(merged), in which the fields of later ones win. It goes on with the first event, of whatever kind, that comes
    when that time is over.
  - A filter acts only when an event comes. Where the last of a burst must not wait for that, use the option C(debounce) of
    the source instead, which holds the first back too.
  - Events of which each counts, such as those of calls, go on at once, and so does what the source says of itself.
options:
  seconds:
    description: For how long.
    type: float
    required: true
  by:
    description:
      - The fields that tell what an event is about, whatever its name is.
      - If not given, what the documents say of O2G's events. Others all go on.
    type: list
    elements: str
"""

EXAMPLES = r"""
- name: At most one run a minute for each node
  hosts: localhost
  sources:
    - voiceops.telephony.o2g_events:
        packages: [pbxManagement]
      filters:
        - voiceops.telephony.debounce:
            seconds: 60
            by: [node_id]
"""

try:
    from ansible_collections.voiceops.telephony.plugins.plugin_utils.event_filters import Burst
except ImportError:  # ansible-rulebook runs this file, and does not know where collections are
    sys.path += [
        str(folder.parent) for folder in Path(__file__).absolute().parents if folder.name == "ansible_collections"
    ]
    sys.path += filter(None, os.environ.get("ANSIBLE_COLLECTIONS_PATH", "").split(os.pathsep))
    sys.path += [str(Path("~/.ansible/collections").expanduser()), "/usr/share/ansible/collections"]
    from ansible_collections.voiceops.telephony.plugins.plugin_utils.event_filters import Burst

_burst = Burst()


def main(event: dict[str, Any], seconds: Any, by: Any = None) -> Any:
    return _burst(event, seconds, by)
