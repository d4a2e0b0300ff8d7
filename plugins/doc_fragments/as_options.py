# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options of modules that only read."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  as_options:
    description:
      - Return only what the module of the same resource takes as options, so that the answer can be given back to it
        as its option C(config).
      - By default everything that the platform tells is returned.
    type: bool
    default: false
"""
