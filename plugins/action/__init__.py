# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Loads what modules and filters need before Ansible forks its workers, once for all tasks of a run.

Ansible first looks in this package for an action with the name of the task, in the process that forks, and imports the
package to do so. The action that meta/runtime.yml leads to is loaded by each worker itself, and where a template names
a filter, so are all filters of the collection: without this, every task would pay for the imports again (0.2 s).
"""

from __future__ import annotations

import gc
from importlib import import_module
from pkgutil import iter_modules

PLUGINS = "ansible_collections.voiceops.telephony.plugins"

import_module(f"{PLUGINS}.plugin_utils.in_process")
for found in iter_modules(import_module(f"{PLUGINS}.filter").__path__, f"{PLUGINS}.filter."):
    import_module(found.name)
gc.freeze()  # no worker looks through all of this for garbage, which would copy it, too
