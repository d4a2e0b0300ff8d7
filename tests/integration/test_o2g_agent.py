# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: a whole group of agents goes to lunch and comes back, supervisors move, skills are switched."""

from __future__ import annotations

from typing import Any

import pytest
from integration.cases import PLATFORMS
from modules import Output, run_module
from simulator.handle import Simulator
from simulator.seed import default_seed

AGENT = "oxe70101"
SUPERVISOR = "oxe70104"
READY = {"mainState": "LOG_ON", "subState": "READY", "proAcdDeviceNumber": "70110", "pgNumber": "60201"}


def run(sim: Simulator, module: str, check: bool = False, **options: Any) -> Output:
    return run_module(module, {"url": sim.url, "retries": 0, **PLATFORMS["o2g"].login, **options}, check=check)


def done(sim: Simulator, module: str, **options: Any) -> Output:
    output = run(sim, module, **options)
    assert not output.failed, output["msg"]
    return output


def sent(sim: Simulator) -> list[str]:
    return [f"{r['method']} {r['path'].removeprefix('/api/rest/1.0/acd/agent')}" for r in sim.journal(writes=True)]


def state(sim: Simulator, number: str = "70101") -> dict[str, Any]:
    return sim.state()["o2g"]["agents"][number]["state"]


def many_agents(sim: Simulator, count: int) -> list[str]:
    """Make a node with so many agents, who are ready, in pause or logged off."""
    seed = default_seed()["o2g"]
    numbers = [f"71{n:03d}" for n in range(count)]
    subscribers = [{"number": n, "firstName": "A", "lastName": n, "user": True} for n in numbers]
    states = [READY, {**READY, "subState": "PAUSE"}, {"mainState": "LOG_OFF"}]
    node = {**seed["nodes"]["7"], "subscribers": [*seed["nodes"]["7"]["subscribers"], *subscribers]}
    agents = {n: {"state": states[at % 3]} for at, n in enumerate(numbers)}
    sim.reset({"o2g": {**seed, "nodes": {"7": node}, "agents": agents}})
    return [f"oxe{n}" for n in numbers]


@pytest.mark.parametrize("form", ["table", "example"])
def test_eighty_agents_go_to_lunch_and_come_back(sim: Simulator, form: str) -> None:
    logins = many_agents(sim, 80)
    sim.settings(o2g={"agent_form": form})
    on = [login for at, login in enumerate(logins) if at % 3 != 2]
    before = sim.state()["o2g"]["agents"]
    away = done(
        sim, "o2g_agent", state="withdrawn", withdraw_reason="lunch".title(), config=[{"login_name": n} for n in on]
    )
    assert away["summary"]["updated"] == len(on)
    assert {state(sim, n.removeprefix("oxe"))["withdrawReason"] for n in on} == {1}
    # a read before, the withdrawal, a read after; the reasons once; log-in and log-out
    assert away["summary"]["requests"] == 3 * len(on) + 1 + 3
    again = done(sim, "o2g_agent", state="withdrawn", withdraw_reason="1", config=[{"login_name": n} for n in on])
    assert not again["changed"]
    done(sim, "o2g_agent", config=[result["before"] for result in away["results"]])
    assert sim.state()["o2g"]["agents"] == before


def test_what_the_group_does_not_know_is_told_before_anything_is_sent(sim: Simulator) -> None:
    done(sim, "o2g_agent", login_name=AGENT, state="ready", pro_acd_device_number="70110")
    sim.clear_journal()
    for check in (True, False):
        output = run(sim, "o2g_agent", check, login_name=AGENT, state="withdrawn", withdraw_reason="Tea")
        assert output.failed
        assert (
            "'Tea' is no reason to withdraw from 60201: there are 1 (Lunch), 2 (Meeting), 3 (Training)" in output["msg"]
        )
        output = run(sim, "o2g_agent", check, login_name=AGENT, state="ready", pg_group_number="60999")
        assert output.failed
        assert "'60999' is no processing group of this agent: there are 60201, 60202" in output["msg"]
        output = run(sim, "o2g_agent", check, login_name=AGENT, state="ready", pg_group_number="")
        assert output.failed
        assert "only a supervisor can be in none" in output["msg"]
        output = run(sim, "o2g_agent", check, login_name="oxe70102", state="ready")
        assert output.failed
        assert "pro_acd_device_number must be given to log on" in output["msg"]
        output = run(sim, "o2g_agent", check, device_number="70150", state="ready")
        assert output.failed
        assert "there is no O2G user with the number '70150'" in output["msg"]
    assert sent(sim) == []


def test_an_agent_moves_to_another_set_and_another_group(sim: Simulator) -> None:
    on = {"login_name": AGENT, "state": "ready", "pro_acd_device_number": "70110"}
    done(sim, "o2g_agent", **on)
    assert state(sim) == READY
    sim.clear_journal()
    done(sim, "o2g_agent", **on, pg_group_number="60202")
    assert sent(sim) == ["POST /logoff", "POST /logon"]
    assert state(sim)["pgNumber"] == "60202"
    done(sim, "o2g_agent", **{**on, "pro_acd_device_number": "70111"})
    assert state(sim) == {**READY, "proAcdDeviceNumber": "70111", "pgNumber": "60202"}
    done(sim, "o2g_agent", login_name=AGENT, state="logged_off")
    assert state(sim) == {"mainState": "LOG_OFF"}


def test_a_supervisor_enters_and_leaves_a_group(sim: Simulator) -> None:
    who = {"login_name": SUPERVISOR, "state": "logged_on"}
    assert not done(sim, "o2g_agent", **who)["changed"]
    sim.clear_journal()
    done(sim, "o2g_agent", **who, pg_group_number="60201")
    done(sim, "o2g_agent", **who, pg_group_number="60202")
    done(sim, "o2g_agent", **who, pg_group_number="")
    assert not done(sim, "o2g_agent", **who, pg_group_number="")["changed"]
    assert sent(sim) == ["POST /enterPG", "POST /exitPG", "POST /enterPG", "POST /exitPG"]
    assert state(sim, "70104")["subState"] == "OUT_OF_PG"


@pytest.mark.parametrize("begins", ["ready", "withdrawn"])
def test_who_logs_on_ends_in_the_state_that_is_wanted(sim: Simulator, begins: str) -> None:
    sim.settings(o2g={"agent_begins": begins})
    for wanted in ("ready", "withdrawn", "pause", "wrapup"):
        done(sim, "o2g_agent", login_name=AGENT, state="logged_off")
        output = done(sim, "o2g_agent", login_name=AGENT, state=wanted, pro_acd_device_number="70110", headset=True)
        assert output["results"][0]["resource"]["state"] == wanted
        assert "warnings" not in output["results"][0]
    assert sim.state()["o2g"]["agents"]["70101"]["headset"] is True


def test_an_agent_whose_state_is_not_known_is_left_alone(sim: Simulator) -> None:
    sim.fault("GET", "/acd/agent/state", status=200, body={"mainState": "UNKNOWN"})
    output = run(sim, "o2g_agent", login_name=AGENT, state="logged_off")
    assert output.failed
    assert "the state of the agent is not known" in output["msg"]
    assert sent(sim) == []


def test_agents_of_a_node_as_options(sim: Simulator) -> None:
    everybody = done(sim, "o2g_agent_info", node_id=7, gather_subset=["config"])["resources"]
    assert [one["config"]["type"] for one in everybody] == ["AGENT", "AGENT", "AGENT", "SUPERVISOR"]
    logins = many_agents(sim, 3)
    told = done(sim, "o2g_agent_info", login_name=logins, as_options=True, gather_subset=["state"])["resources"]
    assert [one["state"] for one in told] == ["ready", "pause", "logged_off"]
    told = done(sim, "o2g_agent_info", device_number=["71000"], gather_subset=["withdraw_reasons"])["resources"]
    assert told[0]["withdraw_reasons"]["60202"] == {"1": "Lunch", "2": "Back office"}


def test_skills(sim: Simulator) -> None:
    output = run(sim, "o2g_agent_skill", login_name=AGENT, active=[7])
    assert output.failed
    assert "the agent has no skill 7: there are 44, 100, 101" in output["msg"]
    refused = run(sim, "o2g_agent_skill", login_name=AGENT, active=[100], purge=True, max_deletions=0)
    assert refused.failed
    assert sent(sim) == []
    changed = done(sim, "o2g_agent_skill", login_name=AGENT, active=[100], purge=True)
    assert changed["results"][0]["resource"]["inactive"] == [44, 101]
    assert sent(sim) == ["POST /config/skills/activate", "POST /config/skills/deactivate"]
    assert not done(sim, "o2g_agent_skill", login_name=AGENT, active=[100], purge=True)["changed"]
    done(sim, "o2g_agent_skill", config=[changed["results"][0]["before"]])
    active = [s["number"] for s in sim.state()["o2g"]["agents"]["70101"]["skills"] if s["active"]]
    assert active == [44]


def test_the_mode_of_an_intrusion_is_never_sent_twice(sim: Simulator) -> None:
    done(sim, "o2g_agent", login_name=AGENT, state="ready", pro_acd_device_number="70110")
    done(sim, "o2g_agent_supervision", login_name=SUPERVISOR, action="intrude", agent_number="70101")
    sim.clear_journal()
    sim.fault("PUT", "/intrusion", cut_after=True)
    change = {"login_name": SUPERVISOR, "action": "change_intrusion", "mode": "restricted", "retries": 3}
    assert run(sim, "o2g_agent_supervision", **change).failed
    assert sent(sim) == ["PUT /intrusion"]
    assert sim.state()["o2g"]["agents"]["70104"]["intrusion"]["mode"] == "RESTRICTED"
    done(sim, "o2g_agent_supervision", login_name=SUPERVISOR, action="change_intrusion", mode="stop")
    assert "intrusion" not in sim.state()["o2g"]["agents"]["70104"]


def test_help_and_listening(sim: Simulator) -> None:
    done(sim, "o2g_agent", login_name=AGENT, state="ready", pro_acd_device_number="70110")
    done(sim, "o2g_agent_supervision", login_name=AGENT, action="ask_help")
    done(sim, "o2g_agent_supervision", login_name=SUPERVISOR, action="cancel_help", other="70101")
    done(sim, "o2g_agent_supervision", login_name=SUPERVISOR, action="listen", agent_number="70101")
    done(sim, "o2g_agent_supervision", login_name=SUPERVISOR, action="stop_listening")


def test_the_session_of_a_user_means_that_user(sim: Simulator) -> None:
    seed = default_seed()["o2g"]
    user = {"login": AGENT, "password": "1234", "role": "user"}
    sim.reset({"o2g": {**seed, "accounts": [user]}})
    login = {"username": AGENT, "password": "1234"}
    done(sim, "o2g_agent", **login, state="ready", pro_acd_device_number="70110")
    assert state(sim) == READY
    output = run(sim, "o2g_agent", **login, login_name="oxe70102", state="logged_off")
    assert output.failed
    assert "this is the session of 'oxe70101', which cannot act for 'oxe70102'" in output["msg"]
    sim.reset()
    output = run(sim, "o2g_agent", state="logged_off")
    assert output.failed
    assert "login_name or device_number must be given in the session of an administrator" in output["msg"]
    assert sent(sim) == []
