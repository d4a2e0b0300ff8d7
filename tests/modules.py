# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module of the collection in this process, exactly as Ansible would call it."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
from typing import Any
from unittest import mock

from ansible.module_utils import basic
from ansible.module_utils.common import warnings
from ansible.module_utils.common.parameters import PASS_VARS

MODULES = "ansible_collections.voiceops.telephony.plugins.modules"


class Output(dict[str, Any]):
    """A module's result; C(text) is all that it printed, to look for secrets in, C(warned) what it warned of."""

    text = ""
    warned: list[str] = []

    @property
    def failed(self) -> bool:
        return bool(self.get("failed"))


def run_module(
    name: str, args: dict[str, Any], *, check: bool = False, diff: bool = True, verbosity: int = 3
) -> Output:
    """Return the result of one module run."""
    internal = {
        "_ansible_check_mode": check,
        "_ansible_diff": diff,
        "_ansible_verbosity": verbosity,
        "_ansible_no_log": False,
        "_ansible_module_name": name,
        **({"_ansible_inject_invocation": True} if "inject_invocation" in PASS_VARS else {}),  # since 2.21, on request
    }
    given = json.dumps({"ANSIBLE_MODULE_ARGS": {**args, **internal}}).encode()
    module = importlib.import_module(f"{MODULES}.{name}")
    printed = io.StringIO()
    warned: list[str] = []
    told = basic.AnsibleModule.warn

    def warn(self: basic.AnsibleModule, warning: str, **options: Any) -> None:
        warned.append(warning)
        told(self, warning, **options)

    for kept in ("_global_warnings", "_global_deprecations"):  # Ansible keeps them for the life of a process
        getattr(warnings, kept).clear()
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.object(basic, "_ANSIBLE_ARGS", given))
        if hasattr(basic, "_ANSIBLE_PROFILE"):
            stack.enter_context(mock.patch.object(basic, "_ANSIBLE_PROFILE", "legacy"))
        stack.enter_context(mock.patch.object(basic.AnsibleModule, "_log_to_syslog"))
        stack.enter_context(mock.patch.object(basic.AnsibleModule, "warn", warn))
        stack.enter_context(contextlib.redirect_stdout(printed))
        with contextlib.suppress(SystemExit):
            module.main()
    output = Output(json.loads(printed.getvalue().strip().splitlines()[-1]))
    output.text = printed.getvalue()
    assert not output.get("deprecations"), output["deprecations"]
    output.warned = warned
    return output


class _CalledError(Exception):
    pass


def argument_spec(name: str) -> dict[str, Any]:
    """Return the argument spec that a module hands to Ansible."""
    module = importlib.import_module(f"{MODULES}.{name}")
    called = mock.patch.object(basic.AnsibleModule, "__init__", side_effect=_CalledError)
    with called as init, contextlib.suppress(_CalledError):
        module.main()
    return init.call_args.kwargs["argument_spec"]
