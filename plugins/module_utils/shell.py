# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What turns a resource type into an Ansible module: the argument spec, the missing libraries, the exit."""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ansible.module_utils.basic import AnsibleModule, env_fallback, missing_required_lib

from .errors import Fatal, Faults, TelephonyError, answer_understood, meant
from .fields import Field, Kind, Phone, Struct, argument_spec, as_options, masked

if TYPE_CHECKING:
    from .resource import Resource
    from .session import Client

LIBRARIES = ("requests", "pydantic")
VERSIONS = {"requests": "2.31", "pydantic": "2.5", "phonenumbers": "8.13", "openpyxl": "3.1"}
"""The lowest version of each library that some module or filter needs, as in requirements.txt."""

SHOWS_INVOCATION = 3
"""How many C(-v) Ansible wants before it shows with which options a module was called."""

PLATFORMS: dict[str, dict[str, Any]] = {
    "apio": {"auth": ["session", "token"], "concurrency": 8},
    "ccs": {"auth": ["bearer", "basic", "headers"], "concurrency": 3},
    "o2g": {"auth": ["session"], "concurrency": 8},
}


@cache
def connection_spec(platform: str) -> Mapping[str, dict[str, Any]]:
    """Return the connection options of a platform, each with its environment fallback."""
    own = PLATFORMS[platform]
    spec: dict[str, dict[str, Any]] = {
        "url": {"type": "str", "required": True},
        "username": {"type": "str"},
        "password": {"type": "str", "no_log": True},
        "token": {"type": "str", "no_log": True},
        "auth": {"type": "str", "choices": own["auth"]},
        "validate_certs": {"type": "bool", "default": True},
        "ca_path": {"type": "path"},
        "client_cert": {"type": "path"},
        "client_key": {"type": "path"},
        "use_proxy": {"type": "bool", "default": True},
        "headers": {"type": "dict", "no_log": True},
        "timeout": {"type": "float", "default": 30},
        "retries": {"type": "int", "default": 3},
        "concurrency": {"type": "int", "default": own["concurrency"]},
        "longest_wait": {"type": "float", "default": 60},
        "max_answer_size": {"type": "float", "default": 64},
        "max_answer_time": {"type": "float", "default": 600},
    }
    if "token" not in own["auth"] and "bearer" not in own["auth"]:
        del spec["token"]
    for name, option in spec.items():
        option["fallback"] = (env_fallback, [f"{platform.upper()}_{name.upper()}"])
    in_process = {"type": "bool", "default": True, "fallback": (env_fallback, ["TELEPHONY_IN_PROCESS"])}
    progress_file = {"type": "path", "fallback": (env_fallback, ["TELEPHONY_PROGRESS_FILE"])}
    # in_process and ask_again are asked for by the action plugin, before there is a module
    ask_again = {"type": "bool", "default": True}
    return MappingProxyType({**spec, "in_process": in_process, "progress_file": progress_file, "ask_again": ask_again})


def _kinds(fields: Iterable[Field]) -> Iterable[Kind]:
    for f in fields:
        yield f.kind
        if isinstance(f.kind, Struct):
            yield from _kinds(f.kind.fields)


@cache
def bulk_spec(resource: type[Resource]) -> Mapping[str, dict[str, Any]]:
    """Return the options of a run that make sense for a resource type."""
    spec: dict[str, dict[str, Any]] = {
        "config": {"type": "list", "elements": "dict", "options": resource.spec()},
        "fail_fast": {"type": "bool", "default": False},
        "list_unchanged": {"type": "bool", "default": True},
    }
    if resource.lifecycle or resource.always_there:
        states = ["present", "absent"] if resource.lifecycle else ["present"]
        spec["state"] = {"type": "str", "choices": states, "default": "present"}
    if resource.lifecycle:
        spec["read_deleted"] = {"type": "bool", "default": False}
    if resource.purgeable:
        spec["purge"] = {"type": "bool", "default": False}
        if resource.lifecycle:
            spec["purge_in"] = {"type": "list", "elements": "raw" if resource.purge_place else "dict"}
            if resource.owned:
                spec["purge_only"] = {"type": "list", "elements": "raw"}
    if resource.purgeable or resource.cascades:
        spec["max_deletions"] = {"type": "int", "default": 10}
    apart = any(f.kind.apart for f in resource.fields) and not resource.acts
    if apart or (any(f.secret and f.in_body for f in resource.fields) and not resource.acts):
        spec["update_password"] = {
            "type": "str",
            "choices": ["always", "on_create"],
            "default": "on_create",
            "no_log": False,
        }
    if apart or any(f.unreadable for f in resource.fields):
        spec["write_unreadable"] = {"type": "str", "choices": ["always", "never"], "default": "always"}
    if "state" in spec and ("update_password" in spec or "write_unreadable" in spec):  # else it changes by itself
        spec["written_file"] = {"type": "path"}
        spec["written_again"] = {"type": "bool", "default": False}
        spec["written_key"] = {"type": "str", "no_log": True}
    if any(isinstance(kind, Phone) for kind in _kinds(resource.fields)):
        spec["country"] = {"type": "str"}
    return MappingProxyType(spec)


def understood(fields: Iterable[Field], written: dict[str, Any], declared: Mapping[str, Any]) -> None:
    """Give options that are written by a name that may not be declared the name that is."""
    for f in fields:
        if f.also in written and f.also not in declared and f.option not in written:
            written[f.option] = written.pop(f.also)


class TelephonyModule(AnsibleModule):
    """An AnsibleModule that knows what the user wrote, and names the entry of a wrong value."""

    given: Mapping[str, Any] = {}
    """The options as they were written, before Ansible filled in what was not."""
    explain: Callable[[Mapping[str, Any]], None] | None = None
    fields: Iterable[Field] = ()
    """What knows which parts of the options are secret, beside those that Ansible's spec names."""
    platform = ""
    validated = False
    """Whether Ansible has found nothing wrong with the options."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.validated = True

    def _return_formatted(self, kwargs: dict[str, Any]) -> None:
        kwargs.setdefault("invocation", {"module_args": self._shown()})
        super()._return_formatted(kwargs)

    def _log_invocation(self) -> None:
        given, self.params = self.params, self._shown()
        super()._log_invocation()
        self.params = given

    def _shown(self) -> dict[str, Any]:
        """Return the options that have a value; thousands of entries only with C(-vvv), where somebody sees them."""
        hidden = () if self._verbosity >= SHOWS_INVOCATION else ("config",)
        params = {name: value for name, value in self.params.items() if value is not None and name not in hidden}
        veiled = [replace(f, secret=False) for f in self.fields if type(f.kind).masked is not Kind.masked]
        shown, config = masked(veiled, params), params.get("config")
        if veiled and isinstance(config, list):
            shown["config"] = [masked(veiled, row) if isinstance(row, Mapping) else row for row in config]
        return shown

    def _load_params(self) -> None:
        super()._load_params()
        config = self.params.get("config")
        understood(self.fields, self.params, self.argument_spec)
        for row in config if isinstance(config, list) else ():
            if isinstance(row, dict):
                understood(self.fields, row, {})
        self.given = dict(self.params)  # what is inside stays as it is: Ansible fills in a copy

    def let_go(self) -> None:
        """Let go of the entries once the engine has its own of them; there may be thousands, held twice."""
        for options in (self.params, self.given):
            if self._verbosity < SHOWS_INVOCATION and isinstance(config := options.get("config"), list):
                config.clear()

    def fail_json(self, msg: str, **result: Any) -> Any:  # type: ignore[override]
        """Fail; for wrong options with our messages beside Ansible's, which name no entry and guess at nothing."""
        if self.platform and msg.startswith("missing required arguments: ") and msg.endswith(" url"):
            msg += f". Set {self.platform}_connection (its url), or {self.platform.upper()}_URL in the environment"
            msg += "; in a task, the option url"
        if not self.validated:
            self.validated = True
            unknown, explained = self._unknown(), self._explained()
            if (unknown and msg.startswith("Unsupported parameters")) or (explained and "config" in msg):
                msg = ""
            msg = "; ".join(part for part in (*unknown, *explained, msg) if part)
        if "hopeless" in result and self.params["ask_again"]:
            del result["hopeless"]  # nobody asks for it, and it says what msg says
        super().fail_json(msg=msg, **result)

    def _unknown(self) -> list[str]:
        """Return which options there are not, apart from those inside config."""
        known = [name for n, option in self.argument_spec.items() for name in (n, *option.get("aliases", ()))]
        of = self._name.rpartition(".")[2]
        names = [name for name in self.given if name not in known and not name.startswith("_ansible_")]
        return [f"{name}: is not an option of {of}; {meant(name, known)}" for name in names]

    def _explained(self) -> list[str]:
        """Return what is wrong with the entries of config."""
        try:
            if self.explain:
                self.explain(self.given)
        except Faults as faults:
            return faults.faults
        except ImportError:  # told afterwards
            pass
        return []


def missing_library(name: str) -> str:
    """Return that a library is missing, and how to install it with all others that are."""
    missing = [one for one in VERSIONS if one == name or (not sys.modules.get(one) and not find_spec(one))]
    wanted = " ".join(f"'{one}>={VERSIONS[one]}'" for one in missing)
    return f"{missing_required_lib(name)}. This installs all that is missing: {sys.executable} -m pip install {wanted}"


def _require(module: AnsibleModule, libraries: Iterable[str]) -> None:
    for library in libraries:
        try:
            importlib.import_module(library)
        except ImportError:
            module.fail_json(msg=missing_library(library), exception=traceback.format_exc())


def check_bounds(params: Mapping[str, Any]) -> None:
    """Raise Faults for numbers that no run can work with."""
    limits = {"retries": 0, "concurrency": 1, "max_deletions": 0}
    faults = [
        f"{name}: must be at least {low}, not {params[name]}"
        for name, low in limits.items()
        if params.get(name) is not None and params[name] < low
    ]
    faults += [
        f"{name}: must be more than 0{unit}, not {params[name]:g}"
        for name, unit in (("timeout", " seconds"), ("max_answer_size", " MiB"), ("max_answer_time", " seconds"))
        if params[name] <= 0
    ]
    if params["longest_wait"] < 0:
        faults.append(f"longest_wait: must be at least 0, not {params['longest_wait']:g}")
    if params.get("country"):
        from phonenumbers import SUPPORTED_REGIONS

        if params["country"].upper() not in SUPPORTED_REGIONS:
            faults.append(f"country: {params['country']!r} is not a two-letter code (ISO 3166), such as BE")
    if faults:
        raise Faults(faults)


def connected(client: type[Client], options: Mapping[str, Any], check_mode: bool) -> AbstractContextManager[Client]:
    """Return a session for one run. Where one process runs many, this is replaced by sessions that are kept."""
    return client(options, check_mode)


def run(resource: type[Resource]) -> None:
    """Run a module that manages a resource type."""
    spec = {**connection_spec(resource.platform), **bulk_spec(resource), **resource.spec()}

    def explain(given: Mapping[str, Any]) -> None:
        from .engine import Options, read_entries

        if isinstance(given.get("config"), list):
            read_entries(resource, given, given, Options())

    own = {"explain": staticmethod(explain), "fields": resource.options(), "platform": resource.platform}
    module_class = type("Module", (TelephonyModule,), own)
    module = module_class(argument_spec=spec, supports_check_mode=True)
    _require(module, LIBRARIES)
    from .engine import Options, Run, read_entries, read_places

    params = module.params
    if params.get("country"):
        _require(module, ["phonenumbers"])
    asked = {n: params[n] for n in bulk_spec(resource) if n != "config" and params[n] is not None}
    options = Options(check_mode=module.check_mode, diff=module._diff, **asked)
    api = None
    try:
        check_bounds(params)
        entries = read_entries(resource, params, module.given, options)
        whole = read_places(resource, params, options, entries)
        module.let_go()
        with connected(resource.connect(), params, module.check_mode) as api:
            api.subject, api.licence = resource.plural or resource.noun, resource.licence
            work = Run(resource, api, options)
            try:
                result = work(entries, whole)
            finally:
                module.fields = work.resource.fields  # what the platform says is secret, it has said by now
    except TelephonyError as error:
        _fail(module, error, api)
    _exit(module, result, api)


def run_info(resource: type[Resource]) -> None:
    """Run a module that only reads a resource type."""
    fields = [f for f in resource.options() if f in resource.parents or f.option in resource.info_filters]
    fields += resource.info_options
    spec = {**connection_spec(resource.platform), **argument_spec(fields)}
    for f in fields:
        spec[f.option]["required"] = f in resource.parents and f.required and resource.info_needs_parents
    if not resource.info_only:
        spec["as_options"] = {"type": "bool", "default": False}
    if resource.gatherable:
        spec["gather_subset"] = {
            "type": "list",
            "elements": "str",
            "choices": list(resource.gatherable),
            "default": list(resource.gathered_by_default),
        }
    module_class = type("Module", (TelephonyModule,), {"platform": resource.platform})
    module = module_class(argument_spec=spec, supports_check_mode=True)
    _require(module, LIBRARIES)
    from .engine import read_filters

    params, api = module.params, None
    try:
        check_bounds(params)
        where = read_filters(resource, fields, params, module.given)
        with connected(resource.connect(), params, module.check_mode) as api:
            api.subject, api.licence = resource.plural or resource.noun, resource.licence
            with answer_understood():
                reader = resource()
                found = reader.find(api, where, params.get("gather_subset") or [])
    except TelephonyError as error:
        _fail(module, error, api)
    if params.get("as_options"):
        found = [as_options(resource.options(), values) for values in found]
    _exit(
        module,
        {
            "changed": api.saved,
            resource.info_key: found,
            **({"unread": reader.unread} if reader.unread else {}),
            "summary": {"found": len(found)},
            "warnings": _unread(reader.unread),
        },
        api,
    )


def _fail(module: AnsibleModule, error: TelephonyError, api: Client | None) -> None:
    """Fail, and tell whoever runs more tasks whether the platform is worth asking again."""
    for warning in dict.fromkeys(api.warnings if api else ()):
        module.warn(warning)
    module.fail_json(msg=str(error), **({"hopeless": str(error)} if isinstance(error, Fatal) else {}))


def _unread(unread: Iterable[Mapping[str, str]]) -> list[str]:
    """Return a warning for each reason why some users could not be read."""
    whose: dict[str, list[str]] = {}
    for one in unread:
        whose.setdefault(one["error"], []).append(one["login_name"])
    shown = {error: ", ".join(names[:3]) + (", ..." if len(names) > 3 else "") for error, names in whose.items()}
    return [f"Could not be read of {len(whose[error])} users ({names}): {error}" for error, names in shown.items()]


def _exit(module: AnsibleModule, result: dict[str, Any], api: Client) -> None:
    result["summary"]["requests"] = api.requests
    for warning in dict.fromkeys(api.warnings + result.pop("warnings")):
        module.warn(warning)
    if result.pop("failed", False):
        module.fail_json(**result)
    module.exit_json(**result)
