# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Only what is new, for ansible-rulebook; docs/events.md tells all of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

DOCUMENTATION = r"""
---
short_description: Leave out events that repeat what is known
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - An event goes on if it tells something else than the last one about the same thing, such as the routes of a user.
  - An event that only tells that something has happened, such as a change of an object, always goes on. So do events of
    which each counts, such as those of calls, and what the source says of itself.
options:
  merge:
    description:
      - Whether events of real time, which have only what has changed, get all that is known by now, and C(changed) with the
        names of what is new.
      - What has not been told since the start is not known. The option C(snapshot) of the source has all told at the start.
    type: bool
    default: false
  by:
    description:
      - The fields that tell what an event is about, whatever its name is.
      - If not given, what the documents say of O2G's events. Others all go on.
    type: list
    elements: str
"""

EXAMPLES = r"""
- name: Queues, with all that is known of them
  hosts: localhost
  sources:
    - voiceops.telephony.o2g_events:
        packages: [rti]
        snapshot: true
      filters:
        - voiceops.telephony.changed:
            merge: true
"""

try:
    from ansible_collections.voiceops.telephony.plugins.plugin_utils.event_filters import Known
except ImportError:  # ansible-rulebook runs this file, and does not know where collections are
    sys.path += [
        str(folder.parent) for folder in Path(__file__).absolute().parents if folder.name == "ansible_collections"
    ]
    sys.path += filter(None, os.environ.get("ANSIBLE_COLLECTIONS_PATH", "").split(os.pathsep))
    sys.path += [str(Path("~/.ansible/collections").expanduser()), "/usr/share/ansible/collections"]
    from ansible_collections.voiceops.telephony.plugins.plugin_utils.event_filters import Known

_known = Known()


def main(event: dict[str, Any], merge: Any = False, by: Any = None) -> Any:
    return _known(event, merge, by)
