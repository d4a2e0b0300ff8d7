# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.utils.multiprocessing import context
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults, meant
from ansible_collections.voiceops.telephony.plugins.module_utils.fields import with_text_keys
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import missing_library
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import plain
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import LISTS
from ansible_collections.voiceops.telephony.plugins.plugin_utils import in_process
from ansible_collections.voiceops.telephony.plugins.plugin_utils.light import light
from ansible_collections.voiceops.telephony.plugins.plugin_utils.lists import CHAINS, Step, run_block
from ansible_collections.voiceops.telephony.plugins.plugin_utils.modules import ModuleRunner
from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import failures

DEFAULTS: dict[str, Any] = {
    "data": None,
    "data_from": "",
    "state": "present",
    "purge": False,
    "max_deletions": 10,
    "read_deleted": False,
    "update_password": "on_create",
    "write_unreadable": "always",
    "list_unchanged": True,
    "written": {},
    "go_on": False,
}
YES_OR_NO = ("purge", "read_deleted", "list_unchanged", "go_on")

Json = dict[str, Any]
Heard = tuple[Json, list[Mapping[str, Any]]]
Said = dict[str, Heard]


class ActionModule(ModuleRunner):
    """Runs the modules of a tenant's lists in one task: those of a platform one after the other."""

    _supports_check_mode = True
    _supports_async = False
    _requires_connection = True

    def run(self, tmp: str | None = None, task_vars: Json | None = None) -> Json:
        result = super().run(tmp, task_vars)
        with light(self):
            try:
                return {**result, **self._run(task_vars or {})}
            except Faults as faults:
                return {**result, "failed": True, "msg": str(faults), "faults": faults.faults}
            except ImportError as error:
                missing = missing_library(str(error.name).partition(".")[0])
                return {**result, "failed": True, "msg": missing, "faults": [missing]}

    def _run(self, task_vars: Json) -> Json:
        asked = self._asked()
        data = self._data(asked, task_vars)
        runs = {
            " and ".join(chain): partial(
                _one_by_one, {b: partial(self._block, b, data[b], asked, task_vars) for b in chain}, asked["go_on"]
            )
            for chain in self._chains(data, asked)
        }
        try:
            heard = _together(runs) if runs else {}
        finally:
            in_process.SESSIONS.close()
        lists = {block: said for block, (said, _heard) in heard.items()}
        results = [one for _said, listed in heard.values() for one in listed]
        wrong = failures(lists)
        return {
            "changed": any(one.get("changed") for one in results),
            "lists": wrap_var(lists),
            "msg": wrap_var("\n".join(wrong or _done(lists))),
            "faults": wrap_var(wrong),
            **({"failed": True} if wrong else {}),
            **{name: told for name in ("warnings", "deprecations") if (told := _once(_gathered(results, name)))},
            **({"diff": diffs} if (diffs := _gathered(results, "diff")) and self._task.diff else {}),
        }

    def _asked(self) -> Json:
        given = {name: value for name, value in self._task.args.items() if value is not None}
        faults = [f"{name}: is not an option; {meant(name, DEFAULTS)}" for name in given if name not in DEFAULTS]
        if ("data" in given) == bool(given.get("data_from")):
            faults.append("data or data_from: one of them must be given")
        asked = {**DEFAULTS, **given}
        faults += [] if asked["state"] in ("present", "absent") else ["state: must be present or absent"]
        faults += [] if isinstance(asked["written"], Mapping) else ["written: must be a dictionary"]
        if faults:
            raise Faults(faults)
        return {**asked, **{name: boolean(asked[name], strict=False) for name in YES_OR_NO}}

    def _data(self, asked: Mapping[str, Any], task_vars: Mapping[str, Any]) -> Json:
        """Return the blocks; those of a variable as they are, because thousands of entries are long to template."""
        data = asked["data"]
        if where := str(asked["data_from"]):
            name, *path = where.split(".")
            data = task_vars.get(name)
            data = self._templar.template(data) if isinstance(data, str) else data
            for part in path:
                data = data.get(part) if isinstance(data, Mapping) else None
        if not isinstance(data, Mapping) or not all(isinstance(data.get(b, {}), Mapping) for b in LISTS):
            raise Faults([f"{asked['data_from'] or 'data'}: must be a dictionary of blocks, such as apio"])
        return {block: plain(with_text_keys(data[block], block)) for block in LISTS if data.get(block)}

    def _chains(self, data: Mapping[str, Any], asked: Mapping[str, Any]) -> list[list[str]]:
        """Return which platforms are worked on one after the other; what is in another chain is so at the same time.

        Where nothing is written none needs another one, and where a process may not fork there is one chain.
        """
        order = [block for chain in CHAINS for block in chain if data.get(block)]
        if asked["state"] == "absent":
            order.reverse()
        if not in_process.UNASKED:
            return [order] if order else []
        if self._task.check_mode and asked["go_on"]:
            return [[block] for block in order]
        return [blocks for chain in CHAINS if (blocks := [block for block in order if block in chain])]

    def _block(self, block: str, data: Json, asked: Json, task_vars: Json) -> Heard:
        return run_block(block, data, asked, partial(self._module, block, task_vars))

    def _module(self, block: str, task_vars: Json, step: Step) -> Json:
        result = self.run_module(block, step.module, step.options, task_vars)
        if result.get("changed"):
            would = "would be " if self._task.check_mode else ""
            in_process.show(f"{task_vars.get('inventory_hostname')}: {block}.{step.name}: {would}{result.get('msg')}")
        return result


def _together(runs: Mapping[str, Callable[[], Said]]) -> Said:
    """Run all at the same time, each in a process of its own but the first."""
    (_first, here), *others = runs.items()
    with _processes(dict(others)) if others else nullcontext({}) as answers:
        heard = here()
        for blocks, answer in answers.items():
            heard |= _answered(blocks, answer)
    return heard


def _one_by_one(runs: Mapping[str, Callable[[], Heard]], go_on: bool) -> Said:
    heard: Said = {}
    for block, run in runs.items():
        heard[block] = run()
        if not go_on and any(one.get("failed") for one in heard[block][1]):
            break
    return heard


@contextmanager
def _processes(runs: Mapping[str, Callable[[], Said]]) -> Iterator[dict[str, Connection]]:
    """Start a process for each run, and end those that are left when this one is ended."""
    answers: dict[str, Connection] = {}
    children: list[Any] = []
    for blocks, run in runs.items():
        answers[blocks], end = context.Pipe(duplex=False)
        child = context.Process(target=_child, args=(run, end))
        child.start()
        end.close()
        children.append(child)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def ended(number: int, _frame: Any) -> None:
        _end(children)
        signal.signal(number, before[signal.Signals(number)] or signal.SIG_DFL)
        os.kill(os.getpid(), number)

    for number in before:
        signal.signal(number, ended)
    try:
        yield answers
        for child in children:  # each has told all, and ends by itself
            child.join(in_process.GOODBYE_SECONDS)
    finally:
        _end(children)
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _end(children: Sequence[Any]) -> None:
    """End what still runs, and give it the time to log out."""
    for child in children:
        if child.is_alive():
            child.terminate()
    for child in children:
        child.join(in_process.GOODBYE_SECONDS + 1)


def _child(run: Callable[[], Said], end: Connection) -> None:
    try:
        said: Said | str = run()
    except Exception:
        said = traceback.format_exc()
    finally:
        in_process.SESSIONS.close()
    end.send(said)


def _answered(blocks: str, answer: Connection) -> Said:
    try:
        told = answer.recv()
    except EOFError:
        told = "its process ended before it said anything"
    if isinstance(told, str):
        raise Faults([f"{blocks}: {told}"])
    return told


def _done(lists: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[str]:
    return [f"{block}.{name}: {told.get('msg', '')}" for block, said in lists.items() for name, told in said.items()]


def _gathered(results: Sequence[Mapping[str, Any]], name: str) -> list[Any]:
    told = [result.get(name) or [] for result in results]
    return [one for some in told for one in (some if isinstance(some, list) else [some])]


def _once(told: Sequence[Any]) -> list[Any]:
    return list({repr(one): one for one in told}.values())
