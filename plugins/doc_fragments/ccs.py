# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options of the connection with Windstream CCS."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  url:
    description:
      - Address of the deployment, such as V(https://ccs.example.com).
      - If not given, the environment variable E(CCS_URL) is used.
    type: str
    required: true
  username:
    description:
      - Account for O(auth=basic).
      - If not given, the environment variable E(CCS_USERNAME) is used.
    type: str
  password:
    description:
      - Password of O(username). A refused one is never tried again.
      - If not given, the environment variable E(CCS_PASSWORD) is used.
    type: str
  token:
    description:
      - Bearer token.
      - If not given, the environment variable E(CCS_TOKEN) is used.
    type: str
  auth:
    description:
      - How to log in. The scheme is not published, so ask your operator.
      - By default the first of V(bearer), V(basic) and V(headers) whose options are given.
      - V(bearer) sends O(token), V(basic) sends O(username) and O(password), V(headers) sends O(headers).
      - If not given, the environment variable E(CCS_AUTH) is used.
    type: str
    choices: [bearer, basic, headers]
  headers:
    description:
      - HTTP headers that carry the credentials, for O(auth=headers), or further headers that your operator wants.
      - If not given, the environment variable E(CCS_HEADERS) is used. It holds a JSON object.
    type: dict
  concurrency:
    description:
      - How many requests are under way at the same time.
      - Low on purpose, because the platform may lock accounts or refuse many requests at once.
      - If not given, the environment variable E(CCS_CONCURRENCY) is used.
    type: int
    default: 3
attributes:
  action_group:
    support: full
    membership: [voiceops.telephony.ccs]
    description: Use C(group/voiceops.telephony.ccs) in C(module_defaults) to set the connection once.
notes:
  - Options of the connection are best given once, by C(module_defaults) for the action group
    C(voiceops.telephony.ccs), or by environment variables.
"""
