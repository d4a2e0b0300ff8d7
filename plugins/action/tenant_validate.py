# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.utils.display import Display

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults, meant
from ansible_collections.voiceops.telephony.plugins.module_utils.fields import with_text_keys
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import missing_library
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.check import Report, check
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.compared import differences
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import TOP, is_list_of_text, plain
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.names import (
    doubles,
    files_of,
    misplaced,
    unusable,
)
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.told import Told
from ansible_collections.voiceops.telephony.plugins.plugin_utils import held, in_process
from ansible_collections.voiceops.telephony.plugins.plugin_utils.ansible_private import origin, unsafe
from ansible_collections.voiceops.telephony.plugins.plugin_utils.light import light
from ansible_collections.voiceops.telephony.plugins.plugin_utils.modules import ModuleRunner
from ansible_collections.voiceops.telephony.plugins.plugin_utils.packed import packed
from ansible_collections.voiceops.telephony.plugins.plugin_utils.rendered import Rendering

KINDS: dict[str, tuple[type | tuple[type, ...], str]] = {
    "tenant": (dict, "a dictionary of the tenant's variables"),
    "base_dir": (str, "a path"),
    "compare_workbook": (str, "the path of an XLSX file"),
    "today": (str, "a date such as 2027-01-31"),
    "pilots": (list, "the resources of o2g_pilot_info"),
    "other_names": (list, "a list of names"),
    "neighbours": (dict, "what the filter tenant_neighbours says of the tenant"),
    "purge": ((bool, str), "true or false"),
    "with_data": ((bool, str), "true or false"),
    "may_be_empty": ((bool, str), "true or false"),
    "read_pilots": ((bool, str), "true or false"),
    "saved": (list, "a list of dictionaries with playbook and file"),
}


class ActionModule(ModuleRunner):
    """Checks a tenant on the controller. What the tenant holds is in no output, unless that is asked for."""

    TRANSFERS_FILES = False
    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result = super().run(tmp, task_vars)
        with light(self):
            return {**result, **self._validated(task_vars or {})}

    def _validated(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        try:
            given = {name: value for name, value in self._task.args.items() if value is not None}
            if "tenant" not in given:
                given["tenant"] = self._declared(task_vars)
            # check makes the tenant plain, which may be large
            args = {n: value if n == "tenant" else plain(with_text_keys(value, n)) for n, value in given.items()}
            return {"changed": False, **self._checked(args, task_vars)}
        except Faults as faults:
            return self._failed(faults.faults)
        except ImportError as error:
            library = str(error.name).partition(".")[0]
            return self._failed([missing_library(library)])

    def _declared(self, task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the variables of the host say, of which Ansible would template and copy all, templates or not."""
        omit = task_vars.get("omit")
        rendered = Rendering(self._templar.template, omit)
        values = {name: rendered(task_vars.get(name), name) for name in TOP}
        if rendered.faults:
            told = Told(task_vars, str(self._task.args.get("base_dir") or ""), origin)
            raise Faults([told(fault) for fault in rendered.faults])
        return {name: value for name, value in values.items() if value and value != omit}

    def _checked(self, args: Mapping[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
        faults = [f"{name}: is not an option; {meant(name, KINDS)}" for name in args if name not in KINDS]
        faults += [
            f"{name}: must be {what}"
            for name, (kind, what) in KINDS.items()
            if name in args and not isinstance(args[name], kind)
        ]
        live = pilots if isinstance(pilots := args.get("pilots"), list) else []
        if not all(isinstance(pilot, dict) and {"node_id", "pilot_number"} <= pilot.keys() for pilot in live):
            faults.append(f"pilots: must be {KINDS['pilots'][1]}")
        saved = kept if isinstance(kept := args.get("saved"), list) else []
        if not all(isinstance(one, dict) and one.get("playbook") in held.SINCE and "file" in one for one in saved):
            faults.append(f"saved: must be {KINDS['saved'][1]}")
        other_names = args.get("other_names", [])
        faults += [] if is_list_of_text(other_names) else [f"other_names: must be {KINDS['other_names'][1]}"]
        try:
            today = date.fromisoformat(args["today"]) if args.get("today") else date.today()
        except (TypeError, ValueError):
            faults += [f"today: must be {KINDS['today'][1]}"]
        if faults:
            return self._failed(list(dict.fromkeys(faults)))
        told = Told(args["tenant"], args.get("base_dir", ""), origin)
        report = check(args["tenant"], args.get("base_dir", ""), today, told)
        report.faults += report.against(args["pilots"]) if "pilots" in args else []
        near = args.get("neighbours", {})
        purging, purges = near.get("purging", []), _yes(args, "purge")
        report.faults += [*near.get("faults", []), *(purging if purges else [])]
        report.warnings += [*([] if purges else purging), *near.get("warnings", [])]
        if "other_names" in args:
            faults, warnings = (
                [_with_line(one, task_vars) for one in told] for told in misplaced(task_vars, other_names)
            )
            report.faults = unusable(str(task_vars.get("inventory_hostname", "-"))) + faults + report.faults
            report.warnings = warnings + _twice_in_files(task_vars) + report.warnings
        differing: list[str] = []
        if back := args.get("compare_workbook"):
            differing, faults = (
                differences(args["tenant"], back, args.get("base_dir", "")) if not report.faults else ([], [])
            )
            report.faults += faults
            report.warnings = differing + report.warnings
        if not (report.counts or report.faults or _yes(args, "may_be_empty", True)):
            host = task_vars.get("inventory_hostname")
            report.faults.append(
                f"{host} declares nothing: none of its variables apio, ccs and o2g has a list. Does Ansible read the "
                f'files of its variables? See "ansible-inventory --host {host}"'
            )
        said: dict[str, Any] = {"counts": report.counts, "differences": differing}
        if _yes(args, "with_data"):
            data, left = held.parted({} if report.faults else report.data, saved)
            said["data"] = unsafe(packed(data))
            report.warnings += left
            for warning in report.warnings:  # the task hides its result
                Display().warning(warning)
        else:
            said["warnings"] = report.warnings
        said["warnings_found"] = report.warnings
        if _yes(args, "read_pilots") and not report.faults and "pilot_calendars" in report.data.get("o2g", {}):
            said |= self._pilots(report, task_vars)
        return {**said, **(self._failed(report.faults) if report.faults else {})}

    def _pilots(self, report: Report, task_vars: dict[str, Any]) -> dict[str, Any]:
        """Return the pilots of the platform, and what is wrong with the tenant in the face of them.

        Where they cannot be read, whatever else reads them comes upon it too, and tells.
        """
        options = {"node_id": report.data["o2g"]["node_id"], "gather_subset": []}
        try:
            read = self.run_module("o2g", "o2g_pilot_info", options, task_vars)
        finally:
            in_process.SESSIONS.close()
        if "resources" not in read:
            return {}
        pilots = read["resources"]
        return {"pilots": unsafe(pilots), "live_faults": unsafe(report.against(pilots))}

    @staticmethod
    def _failed(faults: list[str]) -> dict[str, Any]:
        return {"failed": True, "msg": "\n".join(faults), "faults": faults}


def _yes(args: Mapping[str, Any], name: str, otherwise: bool = False) -> bool:
    return bool(boolean(args.get(name, otherwise), strict=False))


def _with_line(text: str, task_vars: Mapping[str, Any]) -> str:
    """Return what is told of a variable with the place where it stands, if that is known."""
    name, colon, rest = text.partition(":")
    known = origin(task_vars.get(name))
    return f"{name} ({known[0]}, line {known[1]}){colon}{rest}" if known else text


def _twice_in_files(task_vars: Mapping[str, Any]) -> list[str]:
    """Return which keys the files of the host's variables have twice."""
    folders = {str(task_vars[name]) for name in ("inventory_dir", "playbook_dir") if task_vars.get(name)}
    groups = ["all", *map(str, task_vars.get("group_names", ()))]
    files = [f for folder in sorted(folders) for f in files_of(folder, str(task_vars["inventory_hostname"]), groups)]
    return [f"{text}; the last one counts" for file in files for text in doubles(file)]
