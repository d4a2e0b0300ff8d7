# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What users read when something goes wrong, and that nothing is lost or done twice, asked of every module."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from integration.cases import CASES, INFO_MODULES, PLATFORMS, Case, Options
from modules import Output, run_module
from simulator.handle import Simulator

from ansible_collections.voiceops.telephony.plugins.module_utils.session import Client

READING = {**{case.module: case.login | case.parents | case.one for case in CASES}, **INFO_MODULES}
"""Each module with options that make it read first."""

PARENTS = {case.module: case.login | case.parents for case in CASES}

WRITTEN = r"/(services|v2/api|1\.0/(?!sessions))"


@pytest.fixture(autouse=True)
def _no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is tried at once."""
    monkeypatch.setattr("random.uniform", lambda _from, _to: 0.0)


every_module = pytest.mark.parametrize("name", READING)
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.module)


def platform(name: str) -> str:
    return name.partition("_")[0]


def run(sim: Simulator, name: str, options: Options, **how: Any) -> Output:
    """Run a module with its login and its usual options, of which config needs only the parents."""
    usual = PARENTS[name] if "config" in options else READING[name]
    login = PLATFORMS[platform(name)].login if "token" not in options and "username" not in options else {}
    return run_module(name, {"url": sim.url, "retries": 0, **login, **usual, **options}, **how)


def failure(output: Output) -> str:
    assert output.failed
    assert "Traceback" not in output.text
    return output["msg"]


@every_module
def test_unreachable_host(sim: Simulator, name: str) -> None:
    message = failure(run(sim, name, {"url": "http://127.0.0.1:1"}))
    assert f"{platform(name).upper()} at http://127.0.0.1:1 cannot be reached" in message
    assert "refused" in message


@every_module
def test_certificate_that_is_not_trusted_and_one_that_is(sim: Simulator, name: str) -> None:
    message = failure(run(sim, name, {"url": sim.tls_url}))
    assert f"The certificate of {sim.tls_url} is not trusted" in message
    assert "ca_path" in message
    assert not run(sim, name, {"url": sim.tls_url, "ca_path": sim.ca_file}).failed
    sim.reset()
    assert not run(sim, name, {"url": sim.tls_url, "validate_certs": False}).failed
    assert "ca_path: cannot read" in failure(run(sim, name, {"url": sim.tls_url, "ca_path": "/nowhere.pem"}))


@every_module
def test_refused_log_in_is_tried_once(sim: Simulator, name: str) -> None:
    """With the line end that C($(cat file)) leaves, which brings no secret into a message."""
    wrong = {option: f"{value}\n" for option, value in PLATFORMS[platform(name)].wrong_login.items()} | {"retries": 3}
    output = run(sim, name, wrong)
    message = failure(output)
    assert "refused" in message
    assert "wrong-and-secret" not in output.text
    assert any("blanks or line ends around it were left out" in warning for warning in output.warned)
    assert len(sim.journal()) == 1
    assert "hopeless" not in output
    assert message.startswith(run(sim, name, {**wrong, "ask_again": False})["hopeless"].rstrip("."))


@every_case
def test_missing_right(sim: Simulator, case: Case) -> None:
    message = failure(run(sim, case.module, case.weak_login or PLATFORMS[case.platform].weak_login))
    assert "403" in message
    assert "right" in message or "permission" in message


@every_case
def test_unknown_parent(sim: Simulator, case: Case) -> None:
    message = failure(run(sim, case.module, case.unknown))
    assert "404" in message or "400" in message or str(next(iter(case.unknown.values()))) in message


@every_module
def test_server_error(sim: Simulator, name: str) -> None:
    sim.fault(path=first_read(name), status=500, times=None)
    assert "500" in failure(run(sim, name, {}))


@every_module
def test_answer_that_is_not_json(sim: Simulator, name: str) -> None:
    sim.fault(path=first_read(name), not_json=True, times=None)
    message = failure(run(sim, name, {}))
    assert re.search("not (JSON|a [a-z]+ file)", message)
    assert "url" in message


@pytest.mark.long
@every_module
@pytest.mark.parametrize("answer", [[1], '"x"', 5], ids=repr)
def test_an_answer_that_no_document_describes(sim: Simulator, name: str, answer: Any) -> None:
    """Asked of each read that a module sends: it is told with its request, and nothing is written on its strength."""
    run(sim, name, {})
    paths = {r["path"] for r in sim.journal() if r["method"] == "GET" and re.search(first_read(name), r["path"])}
    for path in sorted(paths):
        sim.reset()
        sim.fault("GET", f"^{re.escape(path)}$", status=200, body=answer, times=None)
        if wants_file(name, path):
            continue
        output = run(sim, name, {})
        reached = [r for r in sim.journal() if r["path"] == path and r["method"] == "GET"]
        if not reached:  # another read comes first, and its answer leads elsewhere
            continue
        message = failure(output)
        assert "answered" in message, message
        assert path in message or unquote(path) in message, message
        first = min(r["n"] for r in reached)
        assert [r["path"] for r in sim.journal(writes=True) if r["n"] > first] == []


def wants_file(name: str, path: str) -> bool:
    """Whether the answer is a file, of which any bytes could be one."""
    return path.endswith(("/usages/services", "/usages/licenses")) or "/voicemails/" in path


def members(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of each member of an answer, and of the first of each list."""
    inner = body.items() if isinstance(body, dict) else enumerate(body[:1]) if isinstance(body, list) else ()
    for name, value in inner:
        yield (*path, name)
        yield from members(value, (*path, name))


def with_odd(body: Any, path: tuple[Any, ...]) -> Any:
    """Return an answer with a member of a type that no document knows of it."""
    name, *rest = path
    inner = body[name]
    odd = with_odd(inner, tuple(rest)) if rest else "odd" if isinstance(inner, dict) else {"odd": [1]}
    return {**body, name: odd} if isinstance(body, dict) else [odd, *body[1:]]


@pytest.mark.long
@every_case
def test_a_member_of_a_wrong_type_is_no_reason_to_write(
    sim: Simulator, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked of each member of each answer that a module reads while there is nothing to do."""
    answers: dict[str, Any] = {}
    odd: dict[str, tuple[Any, ...]] = {}
    decoded = Client._decoded

    def read(self: Client, response: Any, what: str) -> Any:
        answers[what] = body = decoded(self, response, what)
        return with_odd(body, odd[what]) if what in odd else body

    run(sim, case.module, {})
    monkeypatch.setattr(Client, "_decoded", read)
    sim.clear_journal()
    again = run(sim, case.module, {})
    if again.failed or sim.journal(writes=True):  # an action, which is done each time
        return
    for what, body in [(what, body) for what, body in answers.items() if what.startswith("GET ")]:
        for path in members(body):
            odd.clear()
            odd[what] = path
            output = run(sim, case.module, {})
            assert sim.journal(writes=True) == [], (what, path)
            assert "Traceback" not in output.text, (what, path)


@every_module
def test_log_in_that_is_not_json(sim: Simulator, name: str) -> None:
    sim.fault(path="", not_json=True, times=None)
    assert "not JSON" in failure(run(sim, name, {}))


def first_read(name: str) -> str:
    return {"apio": "/services/", "ccs": "/v2/api/", "o2g": r"/api/rest/1\.0/(?!sessions)"}[platform(name)]


def reads(sim: Simulator, name: str) -> bool:
    """Whether a module reads anything: an action may know all that it needs."""
    assert not run(sim, name, {}).failed
    read = [r for r in sim.journal() if r["method"] == "GET" and re.search(first_read(name), r["path"])]
    sim.reset()
    return bool(read)


@pytest.mark.long
@every_module
@pytest.mark.parametrize(
    "fault", [{"cut_before": True}, {"status": 503, "headers": {"Retry-After": "0"}}, {"truncated": True}]
)
def test_reading_is_tried_again(sim: Simulator, name: str, fault: Options) -> None:
    if not reads(sim, name):
        return
    sim.fault(method="GET", path=first_read(name), **fault)
    assert not run(sim, name, {"retries": 1}).failed
    sim.reset()
    sim.fault(method="GET", path=first_read(name), times=None, **fault)
    assert failure(run(sim, name, {"retries": 1}))


@every_module
def test_session_that_died_is_renewed(sim: Simulator, name: str) -> None:
    if platform(name) == "ccs":
        return  # there are no sessions: test_refused_log_in_is_tried_once
    sim.fault(method="GET", path=first_read(name), expire_session=True)
    assert not run(sim, name, {}).failed


@pytest.mark.long
@every_case
@pytest.mark.parametrize("retries", [0, 2])
@pytest.mark.parametrize("fault", ["cut_after", "cut_before"])
def test_lost_answer_of_a_write(sim: Simulator, case: Case, fault: str, retries: int) -> None:
    """Whether the write took effect or not: one run, or the next, reaches the state, and never twice."""
    sim.settings(**case.settings)
    rows = case.rows(case.other) if case.absent else [case.one]
    sim.fault(method=case.verb, path=WRITTEN, **{fault: True})
    first = run(sim, case.module, {"config": rows, "retries": retries})
    if case.acts:
        assert "not asked a second time" in failure(first)
        assert not first["changed"]
        assert len(sim.journal(writes=True)) == 1
        return
    if retries:
        assert not first.failed, first["msg"]
        assert first["changed"]
    second = run(sim, case.module, {"config": rows})
    assert not second.failed, second["msg"]
    if not first.failed:
        assert not second["changed"], second["diff"]
    third = run(sim, case.module, {"config": rows})
    assert not third["changed"]


@every_case
def test_a_failing_entry_does_not_stop_the_others(sim: Simulator, case: Case) -> None:
    if not case.absent or case.alone:
        return
    sim.fault(method=case.verb, status=400, path=WRITTEN)
    rows = {"config": [case.one, case.other], "concurrency": 1}
    output = run(sim, case.module, rows)
    if case.module == "o2g_user":  # a refused batch is split, so the refusal does not last
        assert not output.failed
        return
    message = failure(output)
    assert "config[0]" in message
    assert "1 created, 1 failed" in message
    assert [r["action"] for r in output["results"]] == ["create", "create"]
    assert [r["changed"] for r in output["results"]] == [False, True]
    assert output["changed"]
    again = run(sim, case.module, rows)
    assert not again.failed
    assert [r["changed"] for r in again["results"]] == [True, False]


@every_case
def test_what_took_effect_before_a_failure_is_told(sim: Simulator, case: Case) -> None:
    """Asked of each entry that takes several writes, of which the last is refused."""
    sim.settings(**case.settings)
    assert not run(sim, case.module, {**case.one, "concurrency": 1}).failed
    written = [(r["method"], r["path"]) for r in sim.journal(writes=True)]
    if case.acts or len(written) < 2:
        return
    *before, last = written
    sim.reset()
    sim.settings(**case.settings)
    sim.fault(last[0], f"^{re.escape(last[1])}$", skip=before.count(last), status=400, times=None)
    output = run(sim, case.module, {**case.one, "concurrency": 1})
    assert "answered 400" in failure(output)
    assert output["changed"]
    assert output["results"][0]["changed"]


@every_case
def test_fail_fast_stops_at_the_first(sim: Simulator, case: Case) -> None:
    if case.module in ("apio_call_center", "apio_route_point_dnis"):
        sim.fault(method="POST", status=400, path="/services")
        rows = {"config": [case.one, case.other], "concurrency": 1, "fail_fast": True}
        output = run(sim, case.module, rows)
        assert "not attempted, because of fail_fast" in failure(output)
        assert not output["changed"]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"url": "example.com"}, "url: 'example.com' is not an address"),
        ({"username": "admin"}, "auth=session needs username (or APIO_USERNAME) and password (or APIO_PASSWORD)"),
        ({"auth": "token"}, "auth=token needs token (or APIO_TOKEN)"),
        ({"retries": -1}, "retries: must be at least 0"),
        ({"concurrency": 0}, "concurrency: must be at least 1"),
        ({"timeout": 0}, "timeout: must be more than 0"),
        ({"config": None, "name": "..", "state": "absent"}, None),
    ],
)
def test_connection_options_are_checked_first(sim: Simulator, options: Options, text: str | None) -> None:
    output = run(sim, "apio_route_point_dnis", options)
    if text:
        assert text in failure(output)
        assert sim.journal() == []
