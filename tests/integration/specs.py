# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The argument spec that a module really hands to Ansible."""

from __future__ import annotations

import importlib
from typing import Any
from unittest import mock

from ansible.module_utils import basic
from modules import MODULES


class _Called(Exception):
    pass


def argument_spec(name: str) -> dict[str, Any]:
    module = importlib.import_module(f"{MODULES}.{name}")
    with mock.patch.object(basic.AnsibleModule, "__init__", side_effect=_Called) as init:
        try:
            module.main()
        except _Called:
            return init.call_args.kwargs["argument_spec"]
    raise AssertionError(f"{name} made no AnsibleModule")
