# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: what is watched in real time, and statistics for supervisors."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from integration.cases import PLATFORMS
from modules import Output, run_module
from simulator.handle import Simulator

SUPERVISOR = {"supervisor": "70104"}
TEAM = {**SUPERVISOR, "context": "Team"}


def run(sim: Simulator, module: str, check: bool = False, **options: Any) -> Output:
    return run_module(module, {"url": sim.url, "retries": 0, **PLATFORMS["o2g"].login, **options}, check=check)


def done(sim: Simulator, module: str, **options: Any) -> Output:
    output = run(sim, module, **options)
    assert not output.failed, output["msg"]
    return output


def sent(sim: Simulator) -> list[str]:
    return [f"{r['method']} {r['path'].removeprefix('/api/rest/1.0/acd')}" for r in sim.journal(writes=True)]


@pytest.mark.parametrize("begins", ["active", "inactive"])
def test_a_context_is_brought_into_use(sim: Simulator, begins: str) -> None:
    sim.settings(o2g={"rti_begins": begins})
    output = done(sim, "o2g_realtime_context", obs_period=15, active=True)
    assert output["results"][0]["resource"]["active"]
    assert len(sent(sim)) == (1 if begins == "active" else 2)
    assert not done(sim, "o2g_realtime_context", active=True)["changed"]
    refused = run(sim, "o2g_realtime_context", active=False)
    assert refused.failed
    assert "active: a context cannot be stopped and kept: state=absent removes it" in refused["msg"]


def test_one_list_of_what_can_be_watched(sim: Simulator) -> None:
    sim.clear_journal()
    [told] = done(sim, "o2g_realtime_info", gather_subset=["pilots", "pg_others"])["resources"]
    assert [pilot["number"] for pilot in told["pilots"]] == ["60101", "60102", "60103", "60104"]
    assert set(told) == {"pilots", "pg_others"}
    for part in ("agents", "queues", "pg_agents"):
        assert done(sim, "o2g_realtime_info", gather_subset=[part])["resources"][0][part]
    sim.clear_journal()
    [told] = done(sim, "o2g_realtime_info")["resources"]
    assert told["agents"][0]["first_name"]
    assert [r["path"] for r in sim.journal() if r["kind"] == "read"] == ["/api/rest/1.0/acd/rti"]


def test_contexts_that_go_with_their_agents_are_told_and_counted(sim: Simulator) -> None:
    refused = run(sim, "o2g_statistics_scope", **SUPERVISOR, agents=["70102"], max_deletions=0)
    assert refused.failed
    assert "1 deletions are more than max_deletions=0 allows" in refused["msg"]
    assert sent(sim) == []
    predicted = run(sim, "o2g_statistics_scope", **SUPERVISOR, agents=["70102"], check=True)
    told = predicted["results"][0]["warnings"]
    assert told == ["the platform deletes these contexts with their agents: Team"]
    done(sim, "o2g_statistics_scope", **SUPERVISOR, agents=["70102"])
    assert sim.state()["o2g"]["statistics"]["70104"]["contexts"] == {}


def test_a_change_of_the_language_keeps_the_agents(sim: Simulator) -> None:
    done(sim, "o2g_statistics_scope", **SUPERVISOR, language="DE")
    scope = sim.state()["o2g"]["statistics"]["70104"]
    assert [agent["number"] for agent in scope["agents"]] == ["70101", "70102"]
    assert scope["supervisor"] == {"identifier": "70104", "language": "DE", "timezone": "+01:00"}


@pytest.mark.parametrize("form", ["object", "number"])
def test_the_id_of_a_new_context_is_the_servers(sim: Simulator, form: str) -> None:
    sim.settings(o2g={"statistics_id": form})
    pilots = {"pilot_filter": {"numbers": ["60101"], "attributes": ["ALL"]}}
    made = done(sim, "o2g_statistics_context", **SUPERVISOR, label="Pilots", filter=pilots)
    number = made["results"][0]["key"]["ctx_id"]
    assert number == "12"
    renamed = done(sim, "o2g_statistics_context", **SUPERVISOR, ctx_id=number, label="All pilots")
    assert renamed["results"][0]["action"] == "update"
    [found] = done(sim, "o2g_statistics_context_info", **SUPERVISOR, ctx_id=number)["resources"]
    assert found["label"] == "All pilots"
    assert done(sim, "o2g_statistics_context_info", **SUPERVISOR, ctx_id="99")["resources"] == []
    unknown = run(sim, "o2g_statistics_context", **SUPERVISOR, ctx_id="99", label="X", filter=pilots)
    assert unknown.failed
    assert "a new one is named by its label, and gets its id" in unknown["msg"]


def test_all_contexts_go_in_one_request(sim: Simulator) -> None:
    pilots = {"pilot_filter": {"numbers": ["60101"], "attributes": ["ALL"]}}
    done(sim, "o2g_statistics_context", **SUPERVISOR, label="Pilots", filter=pilots)
    sim.clear_journal()
    done(sim, "o2g_statistics_context", **SUPERVISOR, config=[], purge=True)
    assert sent(sim) == ["DELETE /stats/scope/70104/ctx"]


def test_figures_of_days_and_of_one_day(sim: Simulator, tmp_path: Path) -> None:
    days = {"begin_date": "2026-11-01", "end_date": "2026-11-03"}
    [told] = done(sim, "o2g_statistics_report", **TEAM, **days)["resources"]
    rows = told["statistics"]["agents_stats"][0]["rows"]
    assert [row["date"] for row in rows] == ["2026-11-01T00:00", "2026-11-02T00:00", "2026-11-03T00:00"]
    assert rows[0]["nb_picked_up"] >= 0
    for jdata in (False, True):
        asked = {"date": "2026-11-25", "slot_type": "anHour", "jdata": jdata}
        [told] = done(sim, "o2g_statistics_report", **TEAM, **asked)["resources"]
        assert len(told["statistics"]["agents_stats"][0]["rows"]) == 24
    file = tmp_path / "report.zip"
    for form in ("csv", "xls"):
        output = done(sim, "o2g_statistics_report", **TEAM, **days, format=form, dest=str(file))
        assert output["changed"]
        assert zipfile.ZipFile(file).namelist() == [f"70104.{form}"]
    assert not done(sim, "o2g_statistics_report", **TEAM, **days, format="xls", dest=str(file))["changed"]


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"context": None}, "context: must be given, or ctx_id"),
        ({"begin_date": "2026-11-01"}, "end_date: must be given with begin_date"),
        ({"begin_date": "2026-11-02", "end_date": "2026-11-01"}, "end_date: is before the begin"),
        ({"begin_date": "2026-10-01", "end_date": "2026-11-01"}, "end_date: is more than 31 days after the begin"),
        ({"begin_date": "2026-11-01", "end_date": "2026-11-02", "date": "2026-11-01"}, "date: is for one day"),
        ({"format": "csv"}, "dest: must be given with csv and xls"),
        ({"dest": "/tmp/x.zip"}, "dest: goes with csv and xls"),
        ({"async_report": True}, "async_report: goes with csv and xls"),
        ({"time_limit": 5}, "time_limit: goes with async_report"),
        ({"date": "1 November"}, "date: must be a day such as 2026-11-01"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(sim: Simulator, wrong: dict[str, Any], text: str) -> None:
    output = run(sim, "o2g_statistics_report", **{**TEAM, **wrong})
    assert output.failed
    assert text in output["msg"]
    assert sim.journal() == []


def test_a_report_that_takes_too_long_is_cancelled(sim: Simulator) -> None:
    sim.fault("GET", "/oneday/data", delay_ms=1000)
    output = run(sim, "o2g_statistics_report", **TEAM, timeout=0.3)
    assert output.failed
    assert sent(sim) == ["DELETE /stats/scope/70104/data/request"]
    while not any(entry["path"].endswith("/oneday/data") for entry in sim.journal()):
        time.sleep(0.05)  # the simulator still has it on its hands, and the next test shall not


DAYS = {"begin_date": "2026-11-01", "end_date": "2026-11-03"}
CANCEL = "DELETE /stats/scope/70104/data/request"


def subscriptions(sim: Simulator) -> list[str]:
    return [one["method"] for one in sim.journal() if "/subscriptions" in one["path"]]


@pytest.mark.parametrize("form", ["csv", "xls"])
@pytest.mark.parametrize("rows", ["few", "many"])
def test_a_report_is_made_in_the_background(sim: Simulator, tmp_path: Path, rows: str, form: str) -> None:
    sim.settings(o2g={"report_rows": rows, "handed_out_host": "https://o2g.invalid"})
    file = str(tmp_path / "report.zip")
    wanted = {**TEAM, **DAYS, "format": form, "dest": file}
    assert done(sim, "o2g_statistics_report", **wanted, async_report=True)["changed"]
    assert subscriptions(sim) == ["POST", "DELETE"]
    assert CANCEL not in sent(sim)
    assert not done(sim, "o2g_statistics_report", **wanted)["changed"], "the same as what is asked for at once"
    sim.clear_journal()
    assert not run(sim, "o2g_statistics_report", check=True, **wanted, async_report=True)["changed"]
    assert sent(sim) == []


@pytest.mark.parametrize(
    ("ends", "text", "cancelled"),
    [
        ("error", "The report failed, 1 of 1 collected. Run again", False),
        ("cancelled", "The report was cancelled on the platform, 1 of 1 collected", False),
        ("cut", "the channel of events ended", True),
        ("never", "The report was not ready after time_limit=1 s, 1 of 1 collected. It was cancelled", True),
    ],
)
def test_a_report_that_ends_half_way(sim: Simulator, tmp_path: Path, ends: str, text: str, cancelled: bool) -> None:
    sim.settings(o2g={"report_ends": ends})
    wanted = {**TEAM, **DAYS, "format": "csv", "dest": str(tmp_path / "report.zip")}
    output = run(sim, "o2g_statistics_report", **wanted, async_report=True, time_limit=1)
    assert output.failed
    assert text in output["msg"]
    assert (CANCEL in sent(sim)) is cancelled
    assert sim.state()["o2g"]["running_reports"] == []
    assert subscriptions(sim) == ["POST", "DELETE"]
    assert not (tmp_path / "report.zip").exists()


@pytest.mark.parametrize("where", ["/OTEvents", "/subscriptions", "/days/data"])
def test_a_report_that_cannot_be_begun(sim: Simulator, tmp_path: Path, where: str) -> None:
    sim.fault(path=where, status=404)
    output = run(
        sim, "o2g_statistics_report", **TEAM, **DAYS, format="csv", dest=str(tmp_path / "r.zip"), async_report=True
    )
    assert output.failed
    assert "channel_url" in output["msg"] if where == "/OTEvents" else "answered 404" in output["msg"]
    assert subscriptions(sim) == (["POST"] if where == "/subscriptions" else ["POST", "DELETE"])


def test_an_interrupted_report_is_cancelled(sim: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Any, end: float) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(
        "ansible_collections.voiceops.telephony.plugins.module_utils.o2g.channel.Channel.until", interrupted
    )
    wanted = {**TEAM, **DAYS, "format": "csv", "dest": str(tmp_path / "report.zip")}
    with pytest.raises(KeyboardInterrupt):
        run(sim, "o2g_statistics_report", **wanted, async_report=True)
    assert CANCEL in sent(sim)
    assert subscriptions(sim) == ["POST", "DELETE"]


def test_a_schedule_is_enabled_by_a_request_of_its_own(sim: Simulator) -> None:
    week = {"period_type": "lastWeeks"}
    wanted = {
        **TEAM,
        "name": "Weekly",
        "obs_period": week,
        "frequency": {"periodicity": "daily"},
        "recipients": ["a@b.example"],
    }
    made = done(sim, "o2g_statistics_schedule", **wanted, enabled=True)
    assert made["results"][0]["resource"]["enabled"]
    assert made["results"][0]["resource"]["execution_state"] == "Not_executed"
    assert "ctx_id" not in made["results"][0]["resource"]  # the context was named by its label
    assert [path.rpartition("/")[2] for path in sent(sim)] == ["schedule", "enable?enable=true"] or len(sent(sim)) == 2
    sim.clear_journal()
    done(sim, "o2g_statistics_schedule", **TEAM, name="Weekly", description="Each week")
    assert sim.state()["o2g"]["statistics"]["70104"]["contexts"]["11"]["schedules"]["Weekly"]["enable"]
    output = run(sim, "o2g_statistics_schedule", **{**wanted, "context": "Nobody"})
    assert "'70104' has no context 'Nobody'" in output["msg"] or "70104 has no context 'Nobody'" in output["msg"]
