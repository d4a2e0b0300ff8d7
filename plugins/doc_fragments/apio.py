# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options of the connection with Netaxis APIO."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  url:
    description:
      - Address of APIO, such as V(https://apio.example.com).
      - If not given, the environment variable E(APIO_URL) is used.
    type: str
    required: true
  username:
    description:
      - Account to log in with. Most writes need a group administrator.
      - If not given, the environment variable E(APIO_USERNAME) is used.
    type: str
  password:
    description:
      - Password of O(username).
      - If not given, the environment variable E(APIO_PASSWORD) is used.
    type: str
  token:
    description:
      - Bearer token that stands for the log-in.
      - If not given, the environment variable E(APIO_TOKEN) is used.
    type: str
  auth:
    description:
      - How to log in.
      - By default V(token) if O(token) is given, else V(session).
      - V(session) opens a cookie session with O(username) and O(password); V(token) sends O(token) as a bearer token.
      - If not given, the environment variable E(APIO_AUTH) is used.
    type: str
    choices: [session, token]
  headers:
    description:
      - HTTP headers that go with each request, such as the key of an API gateway before the platform. They are kept secret.
      - If not given, the environment variable E(APIO_HEADERS) is used. It holds a JSON object.
    type: dict
    version_added: 0.2.0
  concurrency:
    description:
      - How many requests are under way at the same time.
      - If not given, the environment variable E(APIO_CONCURRENCY) is used.
    type: int
    default: 8
attributes:
  action_group:
    support: full
    membership: [voiceops.telephony.apio]
    description: Use C(group/voiceops.telephony.apio) in C(module_defaults) to set the connection once.
notes:
  - Options of the connection are best given once, by C(module_defaults) for the action group
    C(voiceops.telephony.apio), or by environment variables.
"""
