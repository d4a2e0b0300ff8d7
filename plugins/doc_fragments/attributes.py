# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What modules promise."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
attributes:
  check_mode:
    support: full
    description: Can run in check mode, in which it sends no request that changes anything.
  diff_mode:
    support: full
    description: Returns what has changed, or in check mode what would change, per resource.
  idempotent:
    support: full
    description: A second run with the same options changes nothing.
  platform:
    support: full
    platforms: all
    description: Runs where Python can reach the platform's API, usually on the controller.
"""

    INFO = r"""
attributes:
  check_mode:
    support: full
    description: Can run in check mode, in which it does the same, because it only reads.
  diff_mode:
    support: N/A
    description: Returns what has changed.
  idempotent:
    support: full
    description: Only reads.
  platform:
    support: full
    platforms: all
    description: Runs where Python can reach the platform's API, usually on the controller.
"""

    SAVE = r"""
attributes:
  check_mode:
    support: full
    description: Can run in check mode, in which it reads from the platform and leaves the file as it is.
  diff_mode:
    support: none
    description: Returns what has changed.
  idempotent:
    support: full
    description: A second run with the same options changes nothing, unless the platform tells something else by then.
  platform:
    support: full
    platforms: all
    description: Runs where Python can reach the platform's API, usually on the controller. There the file is written.
"""

    TAKE = r"""
attributes:
  check_mode:
    support: full
    description: Can run in check mode, in which it reads nothing, because to read changes what is there.
  diff_mode:
    support: N/A
    description: Returns what has changed.
  idempotent:
    support: none
    description: What was read is not there any more for the next run.
  platform:
    support: full
    platforms: all
    description: Runs where Python can reach the platform's API, usually on the controller.
"""

    ACTION = r"""
attributes:
  check_mode:
    support: full
    description: Can run in check mode, in which it sends no request that changes anything.
    details:
      - Input is checked, and names are looked up. The task is then reported as changed, but whether the platform would
        do what is asked cannot be told.
  diff_mode:
    support: partial
    description: Returns what has changed, or in check mode what would change, per resource.
    details:
      - There is no state to compare, so it returns what is asked for.
  idempotent:
    support: none
    description: A second run with the same options changes nothing.
    details:
      - This is something to do rather than a state to reach. It is done in each run, and each run is reported as
        changed.
      - It is asked for once. If the answer is lost, the entry fails and says so, whatever O(retries) is.
  platform:
    support: full
    platforms: all
    description: Runs where Python can reach the platform's API, usually on the controller.
"""
