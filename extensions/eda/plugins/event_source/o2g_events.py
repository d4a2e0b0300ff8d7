# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The events of Alcatel-Lucent Enterprise O2G, for ansible-rulebook; docs/events.md tells all of it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

DOCUMENTATION = r"""
---
short_description: Receive the events of Alcatel-Lucent Enterprise O2G
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Subscribes to events, receives them on a channel or a webhook, and hands each to the rules as a dictionary. It has
    C(event), its name, C(package), C(received), and the fields that the platform has sent, with names such as C(node_id).
  - A channel that breaks is opened again. Where the subscription has ended meanwhile, a new one is made, the rules are told
    by an event C(Resubscribed) of the package C(source), and what is the case now is sent as events.
  - An event or a field that no document has is passed on, and marked by C(unknown_event) or C(unknown_fields).
options:
  url:
    description:
      - Address of the O2G server. All options of the connection and of the log-in are those of the modules, such as
        C(username), C(password), C(validate_certs), C(ca_path), C(headers), C(timeout) and C(retries), and come from
        the same environment variables, such as E(O2G_URL), where they are not given.
    type: str
    required: true
  packages:
    description:
      - What to be told of.
    type: list
    elements: str
    required: true
    choices: [userManagement, user, telephony, routingManagement, unifiedComLog, eventSummary, system, pbxManagement, agent,
      pilot, rti, acdstats, rsi]
  ids:
    description:
      - Whose events. For C(pilot), C(rsi) and C(rti) numbers, for the others login names.
      - If not given, all that the account may see. C(system) and C(pbxManagement) are of nobody, and have none.
    type: list
    elements: str
  snapshot:
    description:
      - Whether to have what is the case sent as events at the beginning too, and not only after events were missed.
    type: bool
    default: false
  levels:
    description:
      - Values to watch, of events that each tell a whole state. Events that carry one get C(level), which is V(high), V(low),
        or null as long as it is not known, C(level_before), and C(level_changed), by which a rule can be brought to fire once
        and not at each event.
    type: list
    elements: dict
    default: []
    suboptions:
      event:
        description: The name of the event, such as V(OnPilotRtiChanged).
        type: str
        required: true
      field:
        description: The field to watch, in snake_case, such as V(nb_of_waiting_calls) or V(state.main_state).
        type: str
        required: true
      high:
        description: From this number on, the level is high, at once.
        type: float
      low:
        description: Up to this number the level is low, if that lasts. Above it, and below O(levels[].high), it stays.
        type: float
      low_values:
        description: Where it is no number, the values that are low, if that lasts. With all others the level is high, at once.
        type: list
        elements: str
      hold:
        description:
          - For how many seconds the value must have been low. An event of its own tells that then, since O2G sends none
            while nothing changes.
        type: float
        default: 300
  debounce:
    description:
      - For how many seconds to wait for more events of the same name about the same thing, which are made one, with their
        number as C(merged). The fields of later ones win. Events of which each counts, such as those of calls, are
        passed on at once.
    type: float
    default: 0
  buffer:
    description:
      - How many events may wait for the rules. When there are more, the server has to wait.
    type: int
    default: 10000
  channel_url:
    description:
      - Where O2G serves its channels, such as V(https://o2g.example.com:8016), if they are found neither on the port that
        O2G names nor at O(url).
    type: str
  silence:
    description:
      - After how many seconds without a sign of life a channel counts as broken. O2G sends one each minute.
    type: float
    default: 150
  webhook:
    description:
      - Have O2G send events here instead of opening a channel. A call without the cookie that only O2G knows is refused.
    type: dict
    suboptions:
      host:
        description: Where to listen.
        type: str
        default: 127.0.0.1
      port:
        description: The port to listen on.
        type: int
        required: true
      path:
        description: The path of the webhook.
        type: str
        default: /o2g
      url:
        description: The address of it for O2G, if that is another one, because of a proxy in between.
        type: str
      certfile:
        description: File with the certificate for TLS (PEM).
        type: path
      keyfile:
        description: File with its key.
        type: path
      max_size:
        description: How many KiB an event may have. A larger one is refused.
        type: int
        default: 256
requirements:
  - requests >= 2.31
  - aiohttp >= 3.9
"""

EXAMPLES = r"""
- name: Watch the PBX
  hosts: localhost
  sources:
    - voiceops.telephony.o2g_events:
        url: https://o2g.example.com
        username: admin
        password: "{{ o2g_password }}"
        packages: [pbxManagement, system]
  rules:
    - name: Somebody has changed an object
      condition: event.event == "OnPbxObjectInstanceModified"
      action:
        debug:
          msg: "{{ event.object_name }} {{ event.object_id }} of node {{ event.node_id }}"
"""

try:
    from ansible_collections.voiceops.telephony.plugins.plugin_utils.o2g_events import listen
except ImportError:  # ansible-rulebook runs this file, and does not know where collections are
    sys.path += [
        str(folder.parent) for folder in Path(__file__).absolute().parents if folder.name == "ansible_collections"
    ]
    sys.path += filter(None, os.environ.get("ANSIBLE_COLLECTIONS_PATH", "").split(os.pathsep))
    sys.path += [str(Path("~/.ansible/collections").expanduser()), "/usr/share/ansible/collections"]
    from ansible_collections.voiceops.telephony.plugins.plugin_utils.o2g_events import listen


async def main(queue: Any, args: dict[str, Any]) -> None:
    await listen(queue, args)


class Printer:
    """A queue for a person who watches."""

    async def put(self, event: dict[str, Any]) -> None:
        print(json.dumps(event), flush=True)


if __name__ == "__main__":  # python o2g_events.py '{"packages": ["system"]}'
    asyncio.run(main(Printer(), json.loads(" ".join(sys.argv[1:]) or "{}")))
