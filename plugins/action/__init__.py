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
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, SourceFileLoader
from pkgutil import iter_modules
from typing import Any

PLUGINS = "ansible_collections.voiceops.telephony.plugins"


class Compiled:
    """Finds what is below this collection's plugins as Python finds any module: compiled once, and kept in __pycache__.

    Ansible's own finder of collections compiles each file in each run, which takes a quarter of a second here. It stays
    in charge of packages, and of whatever is not found.
    """

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, _target: Any = None) -> ModuleSpec | None:
        if not path or not name.startswith(f"{PLUGINS}."):
            return None
        for folder in path:
            found = FileFinder(folder, (SourceFileLoader, SOURCE_SUFFIXES)).find_spec(name)
            if found and found.loader and found.submodule_search_locations is None:
                return found
        return None


sys.meta_path.insert(0, Compiled)
try:
    import_module(f"{PLUGINS}.plugin_utils.in_process")
    for module in iter_modules(import_module(f"{PLUGINS}.filter").__path__, f"{PLUGINS}.filter."):
        import_module(module.name)
finally:
    sys.meta_path.remove(Compiled)
gc.freeze()  # of imports nothing is garbage, and to look for it takes 40 ms


def _settle() -> None:
    """Take what there is out of the garbage collector's sight: a worker that looks through it copies it."""
    gc.collect()
    gc.freeze()


os.register_at_fork(before=_settle)  # what has come by then, too: an inventory may have thousands of entries
