# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.utils.multiprocessing import context

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults, meant
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import missing_library
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import LISTS
from ansible_collections.voiceops.telephony.plugins.plugin_utils import in_process
from ansible_collections.voiceops.telephony.plugins.plugin_utils.ansible_private import unsafe
from ansible_collections.voiceops.telephony.plugins.plugin_utils.light import light
from ansible_collections.voiceops.telephony.plugins.plugin_utils.lists import CHAINS, Step, foreseen, run_block
from ansible_collections.voiceops.telephony.plugins.plugin_utils.modules import ModuleRunner
from ansible_collections.voiceops.telephony.plugins.plugin_utils.packed import lists_of
from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import failures

MOST_TOGETHER = 4
"""With how many hosts at the same time platforms get processes of their own, which take memory."""
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
Go = Callable[[], bool]
Run = Callable[..., Heard | None]


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
        run = partial(self._block, data, asked, task_vars)
        try:
            heard = _worked(self._chains(data, asked), run, asked["go_on"], _apart(task_vars))
        finally:
            in_process.SESSIONS.close()
        lists = {block: said for block, (said, _heard) in heard.items()}
        results = [one for _said, listed in heard.values() for one in listed]
        wrong = failures(lists)
        return {
            "changed": any(one.get("changed") for one in results),
            "lists": unsafe(lists),
            "msg": unsafe("\n".join(wrong or _done(lists))),
            "faults": unsafe(wrong),
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
        answers = {name: boolean(asked[name], strict=False) for name in YES_OR_NO}
        return {**asked, **answers, "foretold": self._task.check_mode}

    def _data(self, asked: Mapping[str, Any], task_vars: Mapping[str, Any]) -> Json:
        """Return the blocks; those of a variable as they are, because thousands of entries are long to template."""
        data = asked["data"]
        if where := str(asked["data_from"]):
            name, *path = where.split(".")
            data = task_vars.get(name)
            data = self._templar.template(data) if isinstance(data, str) else data
            for part in path:
                data = data.get(part) if isinstance(data, Mapping) else None
        if not isinstance(data, Mapping) or not all(isinstance(data.get(b, {}), Mapping | str) for b in LISTS):
            raise Faults([f"{asked['data_from'] or 'data'}: must be a dictionary of blocks, such as apio"])
        return {block: data[block] for block in LISTS if data.get(block)}

    def _chains(self, data: Mapping[str, Any], asked: Mapping[str, Any]) -> list[list[str]]:
        """Return which platforms are worked on one after the other; what is in another chain is so at the same time.

        Where nothing is written none needs another one.
        """
        order = [block for chain in CHAINS for block in chain if data.get(block)]
        if asked["state"] == "absent":
            order.reverse()
        if self._task.check_mode and asked["go_on"]:
            return [[block] for block in order]
        return [blocks for chain in CHAINS if (blocks := [block for block in order if block in chain])]

    def _block(self, data: Json, asked: Json, task_vars: Json, block: str, go: Go | None = None) -> Heard | None:
        """Run the modules of a block once it may C(go), and until then look at what is as it shall be."""
        run, mine = partial(self._module, block, task_vars), lists_of(data, block)
        seen = foreseen(block, mine, asked, partial(run, foresee=True)) if go else []
        return None if go and not go() else run_block(block, mine, asked, run, seen)

    def _module(self, block: str, task_vars: Json, step: Step, foresee: bool = False) -> Json:
        result = self.run_module(block, step.module, step.options, task_vars, foresee)
        if result.get("changed") and not foresee:
            would = "would be " if self._task.check_mode else ""
            in_process.show(f"{task_vars.get('inventory_hostname')}: {block}.{step.name}: {would}{result.get('msg')}")
        return result


def _apart(task_vars: Mapping[str, Any]) -> bool:
    """Tell whether platforms get processes of their own: where that is safe, and not many hosts have theirs already."""
    together = min(len(task_vars.get("ansible_play_hosts") or ()), int(task_vars.get("ansible_forks") or 1))
    return in_process.UNASKED and together <= MOST_TOGETHER


def _worked(chains: Sequence[Sequence[str]], run: Run, go_on: bool, apart: bool) -> dict[str, Heard]:
    """Work on the blocks of each chain one after the other, and on the chains at the same time.

    The first block is worked on here, and where they may be C(apart) each other one in a process of its own.
    """
    heard: dict[str, Heard] = {}
    others = [block for chain in chains for block in chain][1:] if apart else []
    waiting = {block for chain in chains for block in chain[1:]}.intersection(others)
    with _processes(others, waiting, run) as ends:
        for chain in chains:
            going = True
            for block in chain:
                if block in waiting:
                    with suppress(OSError):  # it has ended, which is told below
                        ends[block].send(going)
                if going:
                    heard[block] = _answered(block, ends[block]) if block in ends else run(block)
                    going = go_on or not any(one.get("failed") for one in heard[block][1])
    return heard


@contextmanager
def _processes(blocks: Sequence[str], waiting: Container[str], run: Run) -> Iterator[dict[str, Connection]]:
    """Start a process for each block, and end those that are left when this one is ended."""
    if not blocks:
        yield {}
        return
    ends: dict[str, Connection] = {}
    children: list[Any] = []
    for block in blocks:
        ends[block], end = context.Pipe()
        child = context.Process(target=_child, args=(block, run, end, block in waiting))
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
        yield ends
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


def _child(block: str, run: Run, end: Connection, waits: bool) -> None:
    try:
        said: Heard | list[str] | None = run(block, partial(_told, end, os.getppid()) if waits else None)
    except Faults as faults:
        said = faults.faults
    except Exception:
        said = [f"{block}: {traceback.format_exc()}"]
    finally:
        in_process.SESSIONS.close()
    end.send(said)


def _told(end: Connection, parent: int) -> bool:
    """Wait until it is told whether to go; nobody tells it when the process is gone that would."""
    while not end.poll(1):
        if os.getppid() != parent:
            return False
    return bool(end.recv())


def _answered(block: str, end: Connection) -> Heard:
    try:
        told = end.recv()
    except EOFError:
        told = [f"{block}: its process ended before it said anything"]
    if isinstance(told, list):
        raise Faults(told)
    return told


def _done(lists: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[str]:
    return [f"{block}.{name}: {told.get('msg', '')}" for block, said in lists.items() for name, told in said.items()]


def _gathered(results: Sequence[Mapping[str, Any]], name: str) -> list[Any]:
    told = [result.get(name) or [] for result in results]
    return [one for some in told for one in (some if isinstance(some, list) else [some])]


def _once(told: Sequence[Any]) -> list[Any]:
    return list({repr(one): one for one in told}.values())
