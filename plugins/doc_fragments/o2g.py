# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options of the connection with Alcatel-Lucent Enterprise O2G."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  url:
    description:
      - Address of the O2G server, such as V(https://o2g.example.com).
      - Addresses that the server hands out are not used, so that it can be reached through a proxy or another name.
      - If not given, the environment variable E(O2G_URL) is used.
    type: str
    required: true
  username:
    description:
      - Account to log in with. Most operations need an administrator of O2G.
      - If not given, the environment variable E(O2G_USERNAME) is used.
    type: str
  password:
    description:
      - Password of O(username).
      - If not given, the environment variable E(O2G_PASSWORD) is used.
    type: str
  auth:
    description:
      - How to log in. There is one way, to authenticate with O(username) and O(password) and to open a session.
      - The session is closed at the end.
      - If not given, the environment variable E(O2G_AUTH) is used.
    type: str
    choices: [session]
  headers:
    description:
      - HTTP headers that go with each request, such as the key of an API gateway before the platform. They are kept secret.
      - If not given, the environment variable E(O2G_HEADERS) is used. It holds a JSON object.
    type: dict
    version_added: 0.2.0
  concurrency:
    description:
      - How many requests are under way at the same time.
      - If not given, the environment variable E(O2G_CONCURRENCY) is used.
    type: int
    default: 8
attributes:
  action_group:
    support: full
    membership: [voiceops.telephony.o2g]
    description: Use C(group/voiceops.telephony.o2g) in C(module_defaults) to set the connection once.
notes:
  - Options of the connection are best given once, by C(module_defaults) for the action group
    C(voiceops.telephony.o2g), or by environment variables.
"""
