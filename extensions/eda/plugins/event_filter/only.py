# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Only some events, for ansible-rulebook; docs/events.md tells all of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

DOCUMENTATION = r"""
---
short_description: Let only some events go on
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - An event goes on if it fits all options that are given, and each option by one of its values, in which C(*) and C(?)
    stand for any letters. An event that has no node, or no login name, does not fit where nodes or logins are given.
  - What the source says of itself, such as C(Resubscribed), always goes on.
options:
  packages:
    description: Packages, such as V(telephony).
    type: list
    elements: str
  events:
    description: Names of events, such as V(OnPbxObject*).
    type: list
    elements: str
  nodes:
    description: Numbers of nodes.
    type: list
    elements: str
  logins:
    description: Login names of the users whose events these are.
    type: list
    elements: str
"""

EXAMPLES = r"""
- name: Watch the PBX
  hosts: localhost
  sources:
    - voiceops.telephony.o2g_events:
        packages: [pbxManagement, system]
      filters:
        - voiceops.telephony.only:
            nodes: [7]
"""

try:
    from ansible_collections.voiceops.telephony.plugins.plugin_utils.event_filters import only
except ImportError:  # ansible-rulebook runs this file, and does not know where collections are
    sys.path += [
        str(folder.parent) for folder in Path(__file__).absolute().parents if folder.name == "ansible_collections"
    ]
    sys.path += filter(None, os.environ.get("ANSIBLE_COLLECTIONS_PATH", "").split(os.pathsep))
    sys.path += [str(Path("~/.ansible/collections").expanduser()), "/usr/share/ansible/collections"]
    from ansible_collections.voiceops.telephony.plugins.plugin_utils.event_filters import only


def main(event: dict[str, Any], packages: Any = None, events: Any = None, nodes: Any = None, logins: Any = None) -> Any:
    return only(event, packages=packages, events=events, nodes=nodes, logins=logins)
