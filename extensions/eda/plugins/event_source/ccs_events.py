# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The events of Windstream CCS, for ansible-rulebook; docs/events.md tells all of it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

DOCUMENTATION = r"""
---
short_description: Receive the events of Windstream CCS
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Opens the WebSocket of CCS and hands each message to the rules, untouched, as C(message).
  - What events there are and which fields they have is in a sheet that Windstream does not publish. So C(event) is always
    V(message), C(package) is null, and C(unknown_event) marks them all.
  - The account gets what its permissions allow, which are C(Agent Events), C(Call Events) and C(Inbound Queue Events).
    There is nothing to choose from, so this source has no options C(packages) and C(ids).
  - A socket that breaks is opened again, and the rules are told by an event C(Resubscribed) of the package C(source). What
    happened meanwhile is not sent by the platform.
options:
  url:
    description:
      - Address of the deployment. All options of the connection are those of the modules, and come from the same
        environment variables, such as E(CCS_URL), where they are not given.
    type: str
    required: true
  token:
    description:
      - The token that the platform wants in its first message. The document does not tell how to get one, so ask your
        operator. One that is refused is never tried again.
      - If not given, the environment variable E(CCS_TOKEN) is used.
    type: str
    required: true
  buffer:
    description:
      - How many events may wait for the rules. When there are more, the server has to wait.
    type: int
    default: 10000
  silence:
    description:
      - Seconds between two signs of life (pings) that the server has to answer.
    type: float
    default: 60
requirements:
  - requests >= 2.31
  - aiohttp >= 3.9
"""

EXAMPLES = r"""
- name: Watch the contact center
  hosts: localhost
  sources:
    - voiceops.telephony.ccs_events:
        url: https://ccs.example.com
        token: "{{ ccs_token }}"
  rules:
    - name: Something has happened
      condition: event.message is defined
      action:
        print_event:
"""

try:
    from ansible_collections.voiceops.telephony.plugins.plugin_utils.ccs_events import listen
except ImportError:  # ansible-rulebook runs this file, and does not know where collections are
    sys.path += [
        str(folder.parent) for folder in Path(__file__).absolute().parents if folder.name == "ansible_collections"
    ]
    sys.path += filter(None, os.environ.get("ANSIBLE_COLLECTIONS_PATH", "").split(os.pathsep))
    sys.path += [str(Path("~/.ansible/collections").expanduser()), "/usr/share/ansible/collections"]
    from ansible_collections.voiceops.telephony.plugins.plugin_utils.ccs_events import listen


async def main(queue: Any, args: dict[str, Any]) -> None:
    await listen(queue, args)


class Printer:
    """A queue for a person who watches."""

    async def put(self, event: dict[str, Any]) -> None:
        print(json.dumps(event), flush=True)


if __name__ == "__main__":  # python ccs_events.py
    asyncio.run(main(Printer(), json.loads(" ".join(sys.argv[1:]) or "{}")))
