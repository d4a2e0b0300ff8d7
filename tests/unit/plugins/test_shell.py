# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shell: what a module says of itself is what it is, and what it says when something is missing."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from modules import MODULES, argument_spec, run_module
from tools.register import of_no_platform

from ansible_collections.voiceops.telephony.plugins.module_utils.shell import VERSIONS, connection_spec, missing_library

ROOT = Path(__file__).resolve().parents[3]
NAMES = sorted({path.stem for path in (ROOT / "plugins/modules").glob("*.py")} - of_no_platform())
PLATFORMS = ("apio", "ccs", "o2g")
MATTERS = ("type", "elements", "choices", "default", "required", "suboptions")
CONNECTION = {name for platform in PLATFORMS for name in connection_spec(platform)}
OF_A_RUN = {
    "config",
    "state",
    "purge",
    "purge_in",
    "purge_only",
    "max_deletions",
    "read_deleted",
    "fail_fast",
    "list_unchanged",
    "update_password",
    "write_unreadable",
    "written_file",
    "written_again",
    "written_key",
    "country",
}
RESULT = {
    "changed",
    "failed",
    "msg",
    "results",
    "resources",
    "summary",
    "diff",
    "warnings",
    "deprecations",
    "invocation",
}

every_module = pytest.mark.parametrize("name", NAMES)


def documented(name: str) -> dict[str, Any]:
    """The options that a module and its fragments document."""
    module = importlib.import_module(f"{MODULES}.{name}")
    doc = yaml.safe_load(module.DOCUMENTATION)
    options: dict[str, Any] = {}
    for fragment in doc.get("extends_documentation_fragment", []):
        file, _dot, part = fragment.removeprefix("voiceops.telephony.").partition(".")
        fragments = importlib.import_module(f"{MODULES.replace('modules', 'doc_fragments')}.{file}")
        text = getattr(fragments.ModuleDocFragment, (part or "documentation").upper())
        options |= yaml.safe_load(text).get("options", {})
    return {**options, **doc.get("options", {})}


def told(options: dict[str, Any]) -> dict[str, Any]:
    """What matters of documented options, in one form with what a spec says."""
    return {name: matter(option, option.get("suboptions")) for name, option in options.items()}


def specified(spec: dict[str, Any]) -> dict[str, Any]:
    return {name: matter(option, option.get("options")) for name, option in spec.items()}


def matter(option: dict[str, Any], inner: dict[str, Any] | None) -> dict[str, Any]:
    said = {key: option[key] for key in MATTERS if option.get(key) not in (None, False, [])}
    if option.get("default") is False:
        said["default"] = False
    if inner:
        said["suboptions"] = told(inner) if "description" in next(iter(inner.values())) else specified(inner)
    return {"type": "str", **said}


@every_module
def test_the_documentation_is_the_argument_spec(name: str) -> None:
    assert told(documented(name)) == specified(argument_spec(name))


def test_ansible_shows_every_fragment() -> None:
    """A file of fragments that is called like a part of another one would silently take its place."""
    command = ["ansible-doc", "--json", *(f"voiceops.telephony.{name}" for name in NAMES)]
    shown = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    for name in NAMES:
        doc = shown[f"voiceops.telephony.{name}"]["doc"]
        assert set(doc["options"]) == set(documented(name))
        assert set(doc["attributes"]) == {"action_group", "check_mode", "diff_mode", "idempotent", "platform"}


@every_module
def test_every_option_is_explained(name: str) -> None:
    def explained(options: dict[str, Any]) -> None:
        for option in options.values():
            assert option["description"]
            explained(option.get("suboptions") or {})

    explained(documented(name))


@every_module
def test_config_has_the_options_of_a_single_resource(name: str) -> None:
    spec = argument_spec(name)
    if "run_info(" in (ROOT / f"plugins/modules/{name}.py").read_text():
        assert "config" not in spec
        return
    options = spec["config"]["options"]
    single = spec.keys() - CONNECTION - (OF_A_RUN - options.keys())
    assert set(options) == single
    for option in single:
        assert options[option] == spec[option]
        assert "default" not in spec[option], "a default would be written over what is there"
        assert not spec[option].get("required"), "config may say it"


@every_module
def test_no_option_has_two_meanings(name: str) -> None:
    spec = argument_spec(name)
    options = spec.get("config", {}).get("options", {})
    assert not options.keys() & (CONNECTION | OF_A_RUN - {"state"})
    if "state" in options:  # a field of that name is the state that is managed, so there is no other
        assert spec["state"]["choices"] == options["state"]["choices"]
    assert not {*spec, *options} & RESULT
    assert not [option for option in {*spec, *options} if not option.isidentifier() or option.startswith("_ansible")]


@every_module
def test_secrets_are_not_logged(name: str) -> None:
    def walk(spec: dict[str, Any]) -> None:
        for option, said in spec.items():
            if said["type"] != "bool" and any(
                word in option for word in ("password", "token", "headers", "pin_code", "secret")
            ):
                assert said.get("no_log") is (option != "update_password"), option
            walk(said.get("options") or {})

    walk(argument_spec(name))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_each_connection_option_can_come_from_the_environment(platform: str) -> None:
    spec = dict(connection_spec(platform))
    del spec["ask_again"]  # roles and playbooks say it, and nobody else
    for name, option in spec.items():
        (variable,) = option["fallback"][1]
        assert variable in (f"{platform.upper()}_{name.upper()}", f"TELEPHONY_{name.upper()}")
        assert not variable.startswith("ANSIBLE_")


@every_module
def test_the_environment_fills_in(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{name.partition('_')[0].upper()}_URL", "no address")
    needed = {option: "7" for option, said in argument_spec(name).items() if said.get("required") and option != "url"}
    assert run_module(name, {**needed, "retries": -1}).get("invocation", {})["module_args"]["url"] == "no address"


WITHOUT = """
import contextlib, json, runpy, sys
from ansible.module_utils import basic
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == sys.argv[1]:
            raise ImportError(f"No module named {name!r}")
sys.meta_path.insert(0, Block())
basic._ANSIBLE_PROFILE = "legacy"
for name, args in json.loads(sys.argv[2]).items():
    basic._ANSIBLE_ARGS = json.dumps({"ANSIBLE_MODULE_ARGS": args}).encode()
    with contextlib.suppress(SystemExit):
        runpy.run_module(name, run_name="__main__")
"""


def run_without(library: str, args: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Run modules where a library is missing; return what each answers."""
    needed = {
        f"{MODULES}.{name}": {
            "url": "https://h",
            **{option: "7" for option, said in argument_spec(name).items() if said.get("required") and option != "url"},
            **options,
        }
        for name, options in args.items()
    }
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT, library, json.dumps(needed)],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / ".cache/collections"), "HOME": "/nonexistent"},
        check=True,
    )
    return dict(zip(args, map(json.loads, ran.stdout.split("\n\n")), strict=True))


@pytest.mark.parametrize("library", ["requests", "pydantic"])
def test_a_missing_library_is_named(library: str) -> None:
    for name, output in run_without(library, {name: {} for name in NAMES}).items():
        assert output["failed"], name
        assert f"Failed to import the required Python library ({library})" in output["msg"], name


def test_a_library_is_missed_only_where_it_is_needed() -> None:
    (output,) = run_without("phonenumbers", {"apio_call_center": {"country": "BE"}}).values()
    assert "Failed to import the required Python library (phonenumbers)" in output["msg"]
    (output,) = run_without("phonenumbers", {"apio_call_center": {}}).values()
    assert "group_id: must be given" in output["msg"]
    (output,) = run_without("pydantic", {"apio_call_center": {"config": [{"nonsense": 1}]}}).values()
    assert "nonsense" in output["msg"]


def test_all_missing_libraries_are_installed_by_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    required = (ROOT / "requirements.txt").read_text().splitlines()
    assert [f"{name}>={version}" for name, version in VERSIONS.items()] == [x for x in required if x[0] != "#"]
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert f"{sys.executable} -m pip install 'pydantic>=2.5' 'openpyxl>=3.1'" in missing_library("pydantic")


def test_a_country_that_is_none_is_refused() -> None:
    output = run_module("apio_call_center", {"url": "https://h", "country": "Belgium", "name": "a"})
    assert output.failed
    assert "country: 'Belgium' is not" in output["msg"]


@pytest.mark.parametrize("row", ["a", 5, None, ["a"], {"name": {}}])
def test_entries_of_a_wrong_type_are_named(row: Any) -> None:
    output = run_module("apio_call_center", {"url": "https://h", "config": [{"name": "a"}, row]})
    assert output.failed
    assert "config" in output["msg"]


@every_module
def test_a_misspelt_option_is_told_with_what_was_meant(name: str) -> None:
    """Beside faults in config, and whatever else is missing: as it comes from module_defaults, too."""
    spec = argument_spec(name)
    wrong: dict[str, Any] = {"urll": "https://p.example"}
    wrong |= {"config": [{"nonsense": 1}], "fail_fsat": True} if "config" in spec else {}
    told = run_module(name, wrong)["msg"]
    assert f"urll: is not an option of {name}; did you mean url?" in told
    assert re.search(r"missing required arguments: .*\burl\. Set", told)
    if "config" in spec:
        assert f"fail_fsat: is not an option of {name}; did you mean fail_fast?" in told
        assert "config[0].nonsense: is not an option; there are: " in told
    assert "Supported parameters include" not in told
