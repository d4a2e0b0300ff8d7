# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every module promises, asked of each of them on the simulator."""

from __future__ import annotations

import importlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from contracts import contract
from integration.cases import CASES, INFO_MODULES, PLATFORMS, SECRET, Case, Options
from modules import MODULES, Output, argument_spec, run_module
from simulator.handle import Simulator
from tools.register import of_no_platform

from ansible_collections.voiceops.telephony.plugins.module_utils.engine import Run

ROOT = Path(__file__).resolve().parents[2]

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.module)
every_info = pytest.mark.parametrize("info", INFO_MODULES)


def run(sim: Simulator, case: Case, options: Options, **how: Any) -> Output:
    args = {"url": sim.url, "retries": 0, **PLATFORMS[case.platform].login, **case.login, **case.parents, **options}
    return run_module(case.module, args, **how)


def writes(sim: Simulator) -> list[str]:
    return [f"{r['method']} {r['path']}" for r in sim.journal(writes=True)]


def succeeded(output: Output) -> Output:
    assert not output.failed, output["msg"]
    return output


def found_by(info: Output) -> list[dict[str, Any]]:
    """What an info module has found, under whichever name."""
    output = succeeded(info)
    return output["resources"] if "resources" in output else output["objects"]


def without_identity(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Results without what only the server can say: check mode cannot predict it."""
    return [{k: v for k, v in r.items() if k not in ("key", "resource", "answer")} for r in results]


def test_every_module_is_in_the_table() -> None:
    modules = {path.stem for path in (ROOT / "plugins/modules").glob("*.py")}
    assert modules == {case.module for case in CASES} | set(INFO_MODULES) | of_no_platform()


def test_a_module_of_no_platform_has_a_suite_of_its_own() -> None:
    for module in of_no_platform():
        assert (ROOT / f"tests/integration/test_{module}.py").is_file()


def predict_then_do(sim: Simulator, case: Case, options: Options) -> Output:
    """Run in check mode, for real, and again: the prediction must hold and the second run find nothing to do.

    An action is done in the second run as in the first.
    """
    sim.clear_journal()
    predicted = succeeded(run(sim, case, options, check=True))
    assert writes(sim) == []
    done = succeeded(run(sim, case, options))
    written = writes(sim)
    assert written
    assert predicted["changed"]
    assert done["changed"]
    assert predicted["diff"] == done["diff"]
    assert without_identity(predicted["results"]) == without_identity(done["results"])
    if case.once:
        return done
    sim.clear_journal()
    again = succeeded(run(sim, case, options))
    if case.acts:
        assert again["changed"]
        assert writes(sim) == written
    else:
        assert not again["changed"], again["diff"]
        assert again["diff"] == []
        assert writes(sim) == []
    return done


@every_case
def test_create_update_delete(sim: Simulator, case: Case) -> None:
    sim.settings(**case.settings)
    if case.settings:  # a server that shows the settings has some
        succeeded(run(sim, case, {**case.key, **case.second}))
    first = predict_then_do(sim, case, case.one)
    assert first["results"][0]["action"] == case.action
    if case.second:
        second = predict_then_do(sim, case, {**case.key, **case.second})
        assert second["results"][0]["action"] == "update"
    if case.absent:
        gone = predict_then_do(sim, case, {**case.key, "state": "absent"})
        assert gone["results"][0]["action"] == "delete"
        assert gone["results"][0]["resource"]


@every_case
def test_somebody_else_may_be_there_first(sim: Simulator, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another client makes or removes between the read and the write is done, or brought to what is wanted."""
    sim.settings(**case.settings)
    if case.action != "create" or case.once:
        return
    apply = Run._apply

    def raced(ours: Options, *theirs: Options) -> Output:
        def late(own: Run) -> None:
            monkeypatch.setattr(Run, "_apply", apply)
            for options in theirs:
                succeeded(run(sim, case, options))
            apply(own)

        monkeypatch.setattr(Run, "_apply", late)
        return run(sim, case, ours)

    sim.clear_journal()
    same = succeeded(raced(case.one, case.one))
    refused = [entry for entry in sim.journal(writes=True) if entry["status"] >= 400]
    assert (same["changed"], same["results"][0]["action"]) == ((False, "unchanged") if refused else (True, "create"))
    assert refused or case.platform == "o2g"  # which puts most of what it keeps, whatever is there
    again = run(sim, case, case.one)
    assert not again["changed"]
    assert not again.failed or "Say by ctx_id which one is meant" in again["msg"]  # contexts may bear the same name
    if case.second and refused:
        sim.reset()
        sim.settings(**case.settings)
        brought = succeeded(raced(case.one, case.one, {**case.key, **case.second}))
        assert brought["changed"]
        assert brought["results"][0]["action"] == "update"
        assert not succeeded(run(sim, case, case.one))["changed"]
    if case.absent and not again.failed:
        gone = {**case.key, "state": "absent"}
        both = succeeded(raced(gone, gone))
        assert both["results"][0]["action"] == ("unchanged" if not both["changed"] else "delete")
        assert not succeeded(run(sim, case, gone))["changed"]


@every_case
def test_check_mode_knows_what_a_creation_needs(sim: Simulator, case: Case) -> None:
    sim.settings(**case.settings)
    for left_out in case.first:
        wanted = {name: value for name, value in case.one.items() if name != left_out}
        predicted = run(sim, case, wanted, check=True)
        done = run(sim, case, wanted)
        foreseen = predicted.failed == done.failed or "this server does not show" in str(predicted.get("results"))
        assert foreseen, f"without {left_out}: {predicted['msg']} - {done['msg']}"
        sim.reset()
        sim.settings(**case.settings)


@every_case
def test_one_and_many_have_the_same_result(sim: Simulator, case: Case) -> None:
    one = succeeded(run(sim, case, case.one))
    sim.reset()
    many = succeeded(run(sim, case, {"config": [case.one]}))
    assert {k: v for k, v in one.items() if k != "invocation"} == {k: v for k, v in many.items() if k != "invocation"}


@every_case
def test_many_in_one_task_keep_their_order(sim: Simulator, case: Case) -> None:
    config = case.rows(case.other)[:: -1 if case.absent else 1]
    output = succeeded(run(sim, case, {"config": config}))
    for entry, result in zip(config, output["results"], strict=True):
        named = {name: value for name, value in result["key"].items() if name in entry and name not in case.parents}
        assert named or case.alone
        assert named.items() <= entry.items()
    assert output["summary"]["requests"] == len(sim.journal())


@every_case
def test_wrong_input_is_refused_before_any_request(sim: Simulator, case: Case) -> None:
    for wrong, text in case.wrong:
        output = run(sim, case, {**case.one, **wrong})
        assert output.failed
        assert text in output["msg"] or next(iter(wrong)) in output["msg"]
        row = {**case.one, **wrong}
        output = run(sim, case, {"config": [case.other, row]})
        assert output.failed
        assert "config[1]" in output["msg"], output["msg"]
        assert text in output["msg"]
    assert sim.journal() == []


@every_case
def test_all_faults_are_told_at_once(sim: Simulator, case: Case) -> None:
    rows = [{**case.one, **wrong} for wrong, _text in case.wrong]
    output = run(sim, case, {"config": rows})
    assert output.failed
    for n, (_wrong, text) in enumerate(case.wrong):
        assert f"config[{n}]" in output["msg"]
        assert text in output["msg"]
    assert sim.journal() == []


@every_case
def test_the_same_resource_twice_is_refused(sim: Simulator, case: Case) -> None:
    rows = [*case.rows(case.other), case.one]
    output = run(sim, case, {"config": rows})
    assert output.failed
    assert f"config[{len(rows) - 1}]: names the same" in output["msg"]
    assert "config[0]" in output["msg"]
    assert sim.journal() == []


@every_case
def test_config_stands_alone(sim: Simulator, case: Case) -> None:
    if case.acts and not case.first:
        return  # it takes nothing that could not be given for all entries
    output = run(sim, case, {"config": [case.other], **case.one})
    assert output.failed
    assert "cannot stand beside config" in output["msg"]
    assert sim.journal() == []


@every_case
def test_a_missing_key_or_parent_is_named(sim: Simulator, case: Case) -> None:
    output = run(sim, case, {"config": [{}, case.other]})
    assert output.failed
    assert "config[0]" in output["msg"]
    for parent in case.parents:
        output = run(sim, case, {**case.one, parent: None})
        assert output.failed
        assert parent in output["msg"]
    asked = [entry for entry in sim.journal() if entry["kind"] != "session"]  # the session may tell who is meant
    assert asked == []


@every_case
def test_no_secret_in_any_output(sim: Simulator, case: Case) -> None:
    wrong = {**case.one, "config": [{**case.one, "nonsense": 1}]}
    for options in (case.one, {"config": [case.one]}, wrong, {**case.one, "nonsense": 1}):
        for check in (True, False):
            output = run(sim, case, options, check=check, verbosity=4)
            for secret in (SECRET, "simulator-token", *case.login.values()):
                assert secret not in output.text


HIDDEN: dict[str, Options] = {
    "ccs_tenant": {"agent_billing": "Concurrent"},
    "o2g_pbx_object": {
        "path": "Subscriber/70500",
        "attributes": {"Annu_Name": "New", "Secret_Code": "80417362", "Station_Type": "NOE_C_IP"},
    },
}
"""What a server as documented does not show, where the table has nothing of it."""


def keeps_written(module: str) -> bool:
    """Tell whether a module keeps what it writes; the simulator's bounced calls are shown once they are written."""
    return "written_file" in argument_spec(module) and module != "apio_route_point_bounced_call"


@pytest.mark.parametrize("case", [case for case in CASES if keeps_written(case.module)], ids=lambda case: case.module)
def test_what_was_written_last_is_not_written_again(sim: Simulator, case: Case, tmp_path: Path) -> None:
    file = tmp_path / "written/acme.json"
    always = {"update_password": "always"} if "update_password" in argument_spec(case.module) else {}
    wanted = {**case.one, **HIDDEN.get(case.module, {}), **always, "written_file": str(file)}
    assert not succeeded(run(sim, case, wanted, check=True)).get("as_written")
    assert not file.exists()
    succeeded(run(sim, case, wanted))
    text = file.read_text()
    assert SECRET not in text
    assert "80417362" not in text
    sim.clear_journal()
    again = succeeded(run(sim, case, wanted))
    assert not again["changed"], again["diff"]
    assert again["results"][0]["as_written"]
    assert again["results"][0]["unverified"] == []
    assert writes(sim) == []
    assert file.read_text() == text
    assert succeeded(run(sim, case, {**wanted, "written_again": True}, check=True))["changed"]
    # without the file, all is as if there was none
    assert succeeded(run(sim, case, {**wanted, "written_file": None}, check=True))["changed"]


@pytest.mark.parametrize("case", [case for case in CASES if case.info_filter is not None], ids=lambda case: case.module)
def test_info_shows_what_can_be_given_back(sim: Simulator, case: Case) -> None:
    sim.settings(**case.settings)
    succeeded(run(sim, case, case.one))
    args = {"url": sim.url, **PLATFORMS[case.platform].login, **case.parents, **case.info_filter}
    assert len(found_by(run_module(f"{case.module}_info", args))) == 1
    found = found_by(run_module(f"{case.module}_info", {**args, "as_options": True}))
    sim.clear_journal()
    again = succeeded(run(sim, case, {"config": found}))
    assert not again["changed"], again["diff"]
    assert writes(sim) == []


@every_case
def test_purge_removes_what_is_not_listed_and_not_more_than_allowed(sim: Simulator, case: Case) -> None:
    if not case.purge:
        output = run(sim, case, {"config": [case.one], "state": "absent", "purge": True})
        assert output.failed
        return
    succeeded(run(sim, case, {"config": [case.one, case.other]}))
    sim.clear_journal()
    refused = run(sim, case, {"config": [case.one], "purge": True, "max_deletions": 0})
    assert refused.failed
    assert "max_deletions=0" in refused["msg"]
    assert writes(sim) == []
    predicted = succeeded(run(sim, case, {"config": [case.one], "purge": True}, check=True))
    done = succeeded(run(sim, case, {"config": [case.one], "purge": True}))
    assert predicted["summary"]["deleted"] == done["summary"]["deleted"] >= 1
    assert done["results"][0]["action"] == "unchanged"
    again = succeeded(run(sim, case, {"config": [case.one], "purge": True}))
    assert not again["changed"]


OWNED = {"apio": {"extension": "8765"}}
"""What gives the other of a case a number, where it has none."""


@pytest.mark.parametrize("case", [c for c in CASES if "purge_only" in argument_spec(c.module)], ids=lambda c: c.module)
def test_purge_leaves_alone_what_belongs_to_others(sim: Simulator, case: Case) -> None:
    if case.module == "o2g_pbx_object":  # only subscribers have numbers of their own
        case = replace(case, key={"path": "Subscriber/70100"}, first={}, other={"path": "Subscriber/70104"})
    other = {**case.other, **OWNED.get(case.platform, {})}
    succeeded(run(sim, case, {"config": [case.one, other]}))
    named = (other.get(option) for option in ("extension", "device_number", "path"))
    number = next(filter(None, named)).rpartition("/")[2]
    purge = {"config": [case.one], "purge": True}
    wrong = run(sim, case, {**purge, "purge_only": ["7-6"]})
    assert "purge_only[0]: must be a number" in wrong["msg"]
    for nothing in ([], ["99999000-99999999"]):
        assert not succeeded(run(sim, case, {**purge, "purge_only": nothing}))["changed"]
    predicted = succeeded(run(sim, case, {**purge, "purge_only": [f"{number}*"]}, check=True))
    done = succeeded(run(sim, case, {**purge, "purge_only": [f"{number}*"]}))
    assert predicted["summary"]["deleted"] == done["summary"]["deleted"] == 1
    assert [result["action"] for result in done["results"]] == ["unchanged", "delete"]


@pytest.mark.parametrize("case", [c for c in CASES if c.purge and c.absent], ids=lambda case: case.module)
def test_purge_with_an_empty_list_empties_what_is_named(sim: Simulator, case: Case) -> None:
    succeeded(run(sim, case, {"config": [case.one]}))
    sim.clear_journal()
    limited = {"config": [], "purge": True, "max_deletions": 100}
    nowhere = run(sim, replace(case, parents={}), limited)
    assert nowhere.failed
    assert "must be given, to say where to purge" in nowhere["msg"]
    assert sim.journal() == []
    there = {**limited, "purge_in": [case.place or case.parents]}
    predicted = succeeded(run(sim, replace(case, parents={}), there, check=True))
    assert writes(sim) == []
    done = succeeded(run(sim, replace(case, parents={}), there))
    assert predicted["summary"]["deleted"] == done["summary"]["deleted"] >= 1
    assert not succeeded(run(sim, case, there if case.place else limited))["changed"]


@cache
def licences() -> dict[str, str]:
    """What O2G must be licensed for, by operation; nothing where one of several licences suffices."""
    operations = [one for item in contract("o2g")["paths"].values() for one in item.values() if "operationId" in one]
    return {one["operationId"]: one["x-licence"] for one in operations if isinstance(one.get("x-licence"), str)}


@pytest.mark.parametrize(
    "module", [name for name in (*(case.module for case in CASES), *INFO_MODULES) if name[:3] == "o2g"]
)
def test_each_says_which_licence_it_needs(sim: Simulator, module: str) -> None:
    case = next((case for case in CASES if case.module == module), None)
    settings = case.settings if case else {}
    options = {**case.login, **case.parents, **case.one} if case else INFO_MODULES[module]
    args = {"url": sim.url, "retries": 0, **PLATFORMS["o2g"].login, **options}
    sim.settings(**settings)
    succeeded(run_module(module, args))
    needed = {licences()[entry["operationId"]] for entry in sim.journal() if entry["operationId"] in licences()}
    documented = importlib.import_module(f"{MODULES}.{module}").DOCUMENTATION
    for licence in needed:
        assert licence in documented
        sim.reset()
        sim.settings(**settings)
        sim.settings(o2g={"missing_licence": licence})
        output = run_module(module, args)
        assert output.failed
        assert "see whether O2G has the licence" in output["msg"]
        assert licence in output["msg"]
