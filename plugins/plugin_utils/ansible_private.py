# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All that is private to Ansible and that running modules in its process leans on, in one place.

- ``ActionBase._update_module_args(name, args, task_vars)`` adds what Ansible tells each module, such as check mode.
- ``module_utils.basic._ANSIBLE_ARGS`` holds the arguments of a module as JSON, and since ansible-core 2.19
  ``_ANSIBLE_PROFILE`` says how that JSON is written.
- ``ActionBase._parse_returned_data(res)`` reads what a module has printed. Since 2.19 it takes the profile too, and
  since 2.21 it returns an object with ``remove_internal_keys()`` and ``as_result_dict()`` in the place of a dictionary.

- ``ansible._internal._datatag._tags.Origin`` says since 2.19 in which file and line a value was written. Without it,
  faults name entries and no lines.

Seen to be so in ansible-core 2.16 to 2.21. Whether it still is, L(rehearse) finds out before a module runs: where one
of these is not as expected, modules are shipped as usual, and nothing but time is lost.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout, suppress
from typing import TYPE_CHECKING, Any
from unittest import mock

from ansible.module_utils import basic
from ansible.utils.unsafe_proxy import wrap_var

if TYPE_CHECKING:
    from ansible.plugins.action import ActionBase

try:
    from ansible._internal._datatag._tags import Origin
except ImportError:
    Origin = None

PROFILE, UNMARKED = "legacy", "text"
_rehearsed: dict[str, str] = {}
"""Per process, under C(why), what came out of the rehearsal: empty if all is as expected."""


def arguments(action: ActionBase, name: str, task_vars: dict[str, Any]) -> dict[str, Any]:
    """Return the task's options with what Ansible tells each module besides."""
    args = dict(action._task.args)
    action._update_module_args(name, args, task_vars)
    return args


@contextmanager
def running(args: Mapping[str, Any]) -> Iterator[io.StringIO]:
    """Give a module its arguments as if it had been shipped with them, and catch what it prints and that it exits."""
    given = json.dumps({"ANSIBLE_MODULE_ARGS": args}, default=str).encode()
    printed = io.StringIO()
    with (
        mock.patch.object(basic, "_ANSIBLE_ARGS", given),
        mock.patch.object(basic, "_ANSIBLE_PROFILE", PROFILE, create=True),
        redirect_stdout(printed),
        suppress(SystemExit),
    ):
        yield printed


def parsed(action: ActionBase, printed: str) -> dict[str, Any]:
    """Return a module's result, read as Ansible reads that of a module which it has shipped."""
    profile = (PROFILE,) if hasattr(basic, "_ANSIBLE_PROFILE") else ()
    output = {"stdout": printed, "stdout_lines": [], "stderr": "", "rc": 0}
    result: Any = action._parse_returned_data(output, *profile)
    if not isinstance(result, Mapping):
        result.remove_internal_keys()
        result = result.as_result_dict(for_round_trip=True)
    return {name: value for name, value in result.items() if name != "_ansible_parsed"}


def rehearse(action: ActionBase, task_vars: dict[str, Any]) -> str:
    """Return why modules cannot run in this process, or an empty text; tried once per process, on a harmless one."""
    if "why" not in _rehearsed:
        try:
            args = arguments(action, "rehearsal", task_vars)
            internal = {name: value for name, value in args.items() if name.startswith("_ansible_")}
            with running({**internal, "said": "ready"}) as printed:
                module = basic.AnsibleModule({"said": {"type": "str"}}, supports_check_mode=True, no_log=True)
                module.exit_json(changed=False, heard=module.params["said"], check=module.check_mode)
            result = parsed(action, printed.getvalue())
            expected = {"changed": False, "heard": "ready", "check": bool(action._task.check_mode)}
            wrong = {name: result.get(name) for name in expected if result.get(name) != expected[name]}
            _rehearsed["why"] = f"a rehearsal returned {wrong}" if wrong else ""
        except Exception as error:
            _rehearsed["why"] = f"{type(error).__name__}: {error}"
    return _rehearsed["why"]


def unsafe(value: Any) -> Any:
    """Return plain data so marked that nothing in it is templated; since ansible-core 2.19 that is what has no mark."""
    return value if wrap_var(UNMARKED) is UNMARKED else wrap_var(value)


def origin(value: Any) -> tuple[str, int] | None:
    """Return the file and the line in which a value was written, where Ansible knows."""
    try:
        found = Origin.get_tag(value)
        return (found.path, found.line_num) if found.path and found.line_num else None
    except AttributeError:
        return None
