# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options of modules that manage one resource or many."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  fail_fast:
    description:
      - Stop at the first entry that fails. By default the others are still brought to their state, and the task fails
        at the end and says what was done.
    type: bool
    default: false
  list_unchanged:
    description:
      - Whether RV(ignore:results) lists entries for which there was nothing to do and nothing to tell, too. With thousands of
        them it is faster not to. The counts in RV(ignore:summary) are the same.
    type: bool
    default: true
    version_added: 0.2.0
"""

    STATE = r"""
options:
  state:
    description:
      - Whether the resources shall be there.
    type: str
    choices: [present, absent]
    default: present
  read_deleted:
    description:
      - Read each resource by itself before it is deleted, so that RV(results[].before) tells all that the platform
        tells of it. This takes up to one more request for each.
      - By default it tells what had to be read to find the resource.
    type: bool
    default: false
    version_added: 0.2.0
"""

    PRESENT = r"""
options:
  state:
    description:
      - Always V(present), because this can be neither created nor deleted.
    type: str
    choices: [present]
    default: present
"""

    PURGE = r"""
options:
  purge:
    description:
      - Delete what exists and is not listed in O(config), in those parents that O(config) names.
      - With an empty O(config) and no O(purge_in), these are the parents given beside it.
      - Goes with O(config) and O(state=present).
    type: bool
    default: false
  purge_in:
    description:
      - Further parents in which O(purge) deletes what is not listed, also where O(config) has no entry for them.
      - Each is a dictionary of the options that say where the resources are; those given beside O(config) need not be
        repeated.
    type: list
    elements: dict
  max_deletions:
    description:
      - Refuse the whole run, before its first write, if O(purge) would delete more than this.
    type: int
    default: 10
"""

    OWNED = r"""
options:
  purge_only:
    description:
      - Numbers, ranges or prefixes, such as V(70100), V(70100-70199) or V(701*), of what belongs to you, where others
        live on the same platform too.
      - Purging deletes nothing else, and what has no number within them, or none at all, stays.
      - What O(config) lists is brought to its state all the same.
      - By default it is everything.
    type: list
    elements: raw
"""

    PASSWORD = r"""
options:
  update_password:
    description:
      - A password cannot be read back, so it cannot be compared.
      - V(on_create) writes it only when the resource is created; V(always) writes it in each run, which then is
        reported as changed.
    type: str
    choices: [always, on_create]
    default: on_create
"""

    UNREADABLE = r"""
options:
  write_unreadable:
    description:
      - What to do with options that the platform does not return, so that they cannot be compared.
      - V(always) writes them in each run, reports the entry as changed and names them in RV(results[].unverified).
      - V(never) leaves them alone and names them in RV(results[].unverified) too.
      - If the server does return them, they are compared like all others.
    type: str
    choices: [always, never]
    default: always
"""

    WRITTEN = r"""
options:
  written_file:
    description:
      - A file in which the task keeps what it writes into options that the platform does not show, passwords with
        C(update_password=always) among them. It has dates and salted digests, no values.
      - What is wanted and was written last is named in RV(results[].as_written), and neither written again nor counted
        as a change. All else is written as without this option.
      - The file is made by the first run that writes something into such an option. In check mode it is only read. It
        is on the host that runs the module, and several tasks can share it.
      - The platform cannot tell whether somebody else has changed it since. O(written_again) writes it all again.
      - Where a file is damaged or older, what it does not tell any more is written again.
    type: path
    version_added: 0.2.0
  written_again:
    description:
      - Whether options that the platform does not show are written whatever O(written_file) tells, and kept there.
    type: bool
    default: false
    version_added: 0.2.0
  written_key:
    description:
      - A secret that goes into all digests of O(written_file), so that nobody can find out a short password or PIN by
        trying all of them with the file alone. With another one, all is written again.
    type: str
    version_added: 0.2.0
"""

    COUNTRY = r"""
options:
  country:
    description:
      - Two-letter code (ISO 3166) of the country whose national numbers are meant, such as V(BE).
      - With it, C(025126770) and C(+3225126770) are the same number; without it, they differ.
      - Needs the Python library C(phonenumbers).
    type: str
"""
