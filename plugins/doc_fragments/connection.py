# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options of the connection that are alike on all platforms."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  validate_certs:
    description:
      - Whether the server's certificate must be valid.
      - Set to V(false) for a test system only.
    type: bool
    default: true
  ca_path:
    description:
      - File or folder with the certificates (PEM) of an authority to trust besides the system's own.
    type: path
  client_cert:
    description:
      - File with the certificate (PEM) that is shown to a server or proxy that asks for one, and those between it and its
        authority.
    type: path
    version_added: 0.2.0
  client_key:
    description:
      - File with the key (PEM) of O(client_cert), where it does not stand in the same file. It must not have a password.
    type: path
    version_added: 0.2.0
  use_proxy:
    description:
      - Whether the proxies that the environment names (E(HTTPS_PROXY), E(HTTP_PROXY), E(NO_PROXY)) are used.
    type: bool
    default: true
    version_added: 0.2.0
  timeout:
    description:
      - Seconds to wait for a connection, and then for each answer.
    type: float
    default: 30
  retries:
    description:
      - How often a request that failed in transit, or was answered with 429, 502, 503 or 504, is tried again.
      - The waits grow, and C(Retry-After) is honoured. What must not be sent twice is read first.
    type: int
    default: 3
  longest_wait:
    description:
      - How many seconds a request may wait before it is tried again. Where the server asks for more, by C(Retry-After), the
        request fails at once and says when to come back.
    type: float
    default: 60
    version_added: 0.2.0
  max_answer_size:
    description:
      - Size in MiB that an answer may have. A longer one is given up.
    type: float
    default: 64
    version_added: 0.2.0
  max_answer_time:
    description:
      - Seconds that an answer may take to arrive once it has begun. One that takes longer is given up.
    type: float
    default: 600
    version_added: 0.2.0
  in_process:
    description:
      - Whether the module may run in Ansible's own worker process instead of a Python of its own, which saves most of
        the time of a small task, and lets all items of a loop share one session and what they listed in the last five
        seconds.
      - It does so where the connection is local, without O(ignore:become), O(ignore:async) and O(ignore:environment),
        and if Ansible's Python has the libraries. Otherwise, the module runs on the target as any other.
      - If not given, the environment variable E(TELEPHONY_IN_PROCESS) is used.
    type: bool
    default: true
  ask_again:
    description:
      - Whether the platform is asked even if it refused the log-in of an earlier task of this run, was not trusted by it, or
        could not be reached. Platforms lock accounts after a few log-ins that are refused, and one that is down keeps
        each task waiting.
      - With V(false), a task fails at once with what that earlier task was told, if it was for the same host and with the
        same connection options and V(false) too. The roles and playbooks of this collection say so.
    type: bool
    default: true
    version_added: 0.2.0
  progress_file:
    description:
      - "File to which a line is appended every two seconds while the work lasts, such as
        C(2026-11-23T18:00:02+01:00 acme: writing DNIS, 1200 of 3000), for you to follow with C(tail -f)."
      - The same lines, without the time, are shown by Ansible where the module runs in its worker process
        (O(in_process)). Work of less than two seconds shows none.
      - If not given, the environment variable E(TELEPHONY_PROGRESS_FILE) is used.
    type: path
requirements:
  - requests >= 2.31
  - pydantic >= 2.5
notes:
  - Each option of the connection can also come from an environment variable that is named after the platform and the
    option, such as E(APIO_CA_PATH), E(CCS_TIMEOUT) or E(O2G_RETRIES).
"""
