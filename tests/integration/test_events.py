# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event sources in a real ansible-rulebook, with Java's rule engine inside its process."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import LINK, ROOT
from documents import write
from letters import post
from plays import connections, inventory
from rulebooks import own_subscriptions, running_rulebook
from simulator.handle import Simulator
from tenants import Tenant, seed

POINT = {"route_point_user_id": "rp-sales@acme.example", "dnis": []}
PLAYBOOK = """\
- hosts: localhost
  gather_facts: false
  tasks:
    - ansible.builtin.copy:
        content: "{{ ansible_eda.event | to_json }}"
        dest: "{{ folder }}/fired.json"
        mode: "0600"
"""


def said(rule: str, condition: str) -> dict[str, object]:
    return {
        "name": rule,
        "condition": condition,
        "action": {"debug": {"msg": f"{rule} {{{{ event.object_id | default('') }}}}"}},
    }


def test_rules_fire_through_cuts_and_nothing_is_left_open(sim: Simulator, tmp_path: Path) -> None:
    (tmp_path / "fired.yml").write_text(PLAYBOOK)
    runs = {"name": "fired.yml", "extra_vars": {"folder": str(tmp_path)}}
    rulebook = [
        {
            "name": "PBX",
            "hosts": "localhost",
            "sources": [
                {
                    "voiceops.telephony.o2g_events": {"packages": ["pbxManagement", "routingManagement"]},
                    "filters": [
                        {"voiceops.telephony.only": {"events": ["On*Modified", "On*Deleted", "OnRouting*"]}},
                        {"voiceops.telephony.changed": {}},
                        {"voiceops.telephony.debounce": {"seconds": 60}},
                    ],
                }
            ],
            "rules": [
                {
                    "name": "deleted",
                    "condition": 'event.event == "OnPbxObjectInstanceDeleted"',
                    "action": {"run_playbook": runs},
                },
                said("modified", 'event.event == "OnPbxObjectInstanceModified"'),
                said("created", 'event.event == "OnPbxObjectInstanceCreated"'),
                said("resubscribed", 'event.event == "Resubscribed"'),
                said("routes", 'event.event == "OnRoutingStateChanged"'),
            ],
        }
    ]
    about = {"objectName": "Subscriber", "nodeId": "7"}
    with running_rulebook(sim, tmp_path, rulebook) as running:
        sim.emit("OnPbxObjectInstanceDeleted", **about, objectId="70101")
        running.until((tmp_path / "fired.json").exists, "the playbook")
        assert sim.cut_channels() == 1
        for number in (70102, 70103):
            sim.emit("OnPbxObjectInstanceModified", **about, objectId=str(number))
        running.until_said("modified 7010", 2)
        assert sim.cut_channels(end=True) == 1
        running.until_said("resubscribed")
        running.until_said("routes")
        assert sim.state()["o2g"]["snapshots"] == ["routing *"]
        sim.emit("OnPbxObjectInstanceCreated", **about, objectId="80101")  # which a filter leaves out
        for _twice in range(2):  # within a minute
            sim.emit("OnPbxObjectInstanceModified", **about, objectId="70104")
        sim.emit("OnPbxObjectInstanceModified", **about, objectId="70105")
        running.until_said("modified 70105")
        assert [running.output.count(f"modified 7010{n}") for n in (2, 3, 4)] == [1, 1, 1]
        assert "created 80101" not in running.output
        assert running.end(signal.SIGTERM) == 0
        assert "Traceback" not in running.output
    event = json.loads((tmp_path / "fired.json").read_text())
    assert (event["object_id"], event["node_id"], event["package"]) == ("70101", "7", "pbxManagement")
    assert own_subscriptions(sim) == []
    assert sim.state()["o2g"]["sessions"] == 0


def test_an_object_that_is_changed_by_hand_has_the_drift_of_its_tenant_reported(sim: Simulator, tmp_path: Path) -> None:
    tenants = [Tenant("S", "acme", 0), Tenant("S", "globex", 1)]
    content = seed(tenants, there=True)
    del content["o2g"]["nodes"]["7"]["subscribers"][0]
    sim.reset(content)
    where = tmp_path / "inventory"
    where.mkdir()
    code = {one.name: {k: v for k, v in one.variables().items() if k not in ("apio", "ccs")} for one in tenants}
    inventory(where, code, **connections(sim))
    number = tenants[0].variables()["o2g"]["users"][0]["device_number"]
    reports = tmp_path / "reports"
    with running_rulebook(
        sim, tmp_path, "voiceops.telephony.pbx_drift", "--inventory", str(where), drift_dir=str(reports)
    ) as running:
        sim.emit("OnPbxObjectInstanceDeleted", objectName="Subscriber", objectId=number, nodeId="7")
        sim.emit("OnPbxObjectInstanceCreated", objectName="Subscriber", objectId="1", nodeId="7")
        running.until_said("PLAY RECAP")
        assert running.end(signal.SIGTERM) == 0
    said = " ".join(running.output.split())
    assert f"Subscriber {number} of node 7 (OnPbxObjectInstanceDeleted): acme has it in o2g.users {number}" in said
    assert "Subscriber 1 of node 7 (OnPbxObjectInstanceCreated): not named by acme" in said
    assert [file.name for file in reports.glob("*.json")] == ["acme.json"]
    (found,) = json.loads((reports / "acme.json").read_text())["differences"]
    assert (found["kind"], found["list"], found["name"]) == ("missing", "o2g.users", number)


def test_a_queue_that_is_too_long_diverts_its_tenant_until_it_is_calm(sim: Simulator, tmp_path: Path) -> None:
    where = tmp_path / "inventory"
    where.mkdir()
    acme = {"apio": {"tenant_id": "acme", "group_id": "brussels", "country": "BE", "route_points": [POINT]}}
    other = {"o2g": {"node_id": 7, "pilots": [{"pilot_number": "60102", "state": "opened"}]}}
    acme |= {"queue_divert_to": "+3225550199"}
    acme |= {"o2g": {"node_id": 7, "pilots": [{"pilot_number": "60101", "state": "opened"}]}}
    inventory(where, {"acme": acme, "other": other}, **connections(sim))
    folder = tmp_path / "divert"

    def state() -> tuple[Any, Any]:
        now = sim.state()
        point = now["apio"]["tenants"]["acme"]["groups"]["brussels"]["route_points"][POINT["route_point_user_id"]]
        pilots = now["o2g"]["nodes"]["7"]["pilots"]
        return point["forced_forwarding"]["active"], [pilots[number]["state"] for number in ("60101", "60102")]

    before = state()
    with running_rulebook(
        sim,
        tmp_path,
        "voiceops.telephony.queue_divert",
        "--inventory",
        str(where),
        divert_dir=str(folder),
        queue_pilots=["60101", "60102"],
        queue_hold=1,
    ) as running:
        for waiting in (3, 12, 15, 9):
            sim.emit("OnPilotRtiChanged", ["60101"], number="60101", nbOfWaitingCalls=waiting)
        running.until_said("PLAY RECAP")
        assert state() == (True, ["Closed", "Opened"])
        assert json.loads((folder / "acme.queue.json").read_text()) == {"numbers": ["60101"], "done": True}
        sim.emit("OnPilotRtiChanged", ["60101"], number="60101", nbOfWaitingCalls=1)
        running.until_said("PLAY RECAP", 2)
        assert state() == before
        assert not (folder / "acme.queue.json").exists()
        assert running.end(signal.SIGTERM) == 0
    assert "acme is diverted" in running.output
    assert "acme is restored" in running.output
    assert "failed=1" not in running.output


class Chat(BaseHTTPRequestHandler):
    """Keeps what is told to it."""

    def do_POST(self) -> None:
        self.server.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()


@pytest.fixture
def chat() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Chat) as server:
        server.told = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_link_that_goes_down_is_told(sim: Simulator, tmp_path: Path, chat: Any) -> None:
    url = f"http://127.0.0.1:{chat.server_port}/secret-hook"
    mail = {"to": ["duty@acme.example"], "sender": "telephony@acme.example", "host": "127.0.0.1"}
    with (
        post() as server,
        running_rulebook(
            sim,
            tmp_path,
            "voiceops.telephony.system_notify",
            notify_url=url,
            notify_mail={**mail, "port": server.port},
        ) as running,
    ):
        sim.emit("OnCtiLinkDown", nodeId="7")
        running.until(lambda: chat.told, "a message")
        running.until_said("PLAY RECAP")
        assert running.end(signal.SIGTERM) == 0
    (message,) = chat.told
    assert message["text"] == "CTI link of node 7: down"
    assert message["event"]["node_id"] == "7"
    assert "secret-hook" not in running.output
    (letter,) = server.letters
    assert (letter["From"], letter["To"]) == ("telephony@acme.example", "duty@acme.example")
    assert letter["Subject"] == letter.get_content().strip() == "CTI link of node 7: down"


def state_of_agent(sim: Simulator, login: str, state: str) -> None:
    sim.emit("OnAgentStateChanged", [login], loginName=login, state={"mainState": state})


def test_an_agent_who_is_logged_off_while_it_is_open_is_told(sim: Simulator, tmp_path: Path, chat: Any) -> None:
    where = tmp_path / "inventory"
    where.mkdir()

    def tenant(agent: str, pilot: str, mode: str) -> dict[str, Any]:
        week = {"monday": [{"time": "00:00", "rule_number": 1, "mode": mode}]}
        calendar = {"pilot_number": pilot, "normal": week}
        return {"o2g": {"node_id": 7, "users": [{"device_number": agent}], "pilot_calendars": [calendar]}}

    tenants = {"acme": tenant("70101", "60101", "normal"), "closed": tenant("70102", "60102", "closed")}
    inventory(where, tenants, **connections(sim))
    with running_rulebook(
        sim,
        tmp_path,
        "voiceops.telephony.agent_logged_off",
        "--inventory",
        str(where),
        agent_hold=1,
        notify_url=f"http://127.0.0.1:{chat.server_port}/",
    ) as running:
        for state in ("LOG_ON", "LOG_OFF", "LOG_ON"):  # at another set
            state_of_agent(sim, "oxe70103", state)
        for login in ("oxe70102", "oxe70101"):  # who was logged off from the start is not told of
            state_of_agent(sim, login, "LOG_ON")
            state_of_agent(sim, login, "LOG_OFF")
        running.until(lambda: chat.told, "a message")
        running.until_said("PLAY RECAP", 2)
        assert running.end(signal.SIGTERM) == 0
    (message,) = chat.told
    assert message["text"] == "Logged off while acme is open (60101): oxe70101"
    assert message["event"]["login_name"] == "oxe70101"
    assert running.output.count("PLAY RECAP") == 2
    assert "failed=1" not in running.output


def test_the_example_of_the_documentation_ends_with_an_interrupt(sim: Simulator, tmp_path: Path) -> None:
    assert write(ROOT / "docs/events.md", tmp_path)
    rulebook = yaml.safe_load((tmp_path / "watch.yml").read_text().replace("voiceops.telephony.", ""))
    with running_rulebook(sim, tmp_path, rulebook, "-S", str(LINK / "extensions/eda/plugins/event_source")) as running:
        sim.emit("OnCtiLinkDown", nodeId="7")
        running.until_said("'event': 'OnCtiLinkDown'")
        assert running.end(signal.SIGINT) == 0
        assert "Traceback" not in running.output
    assert own_subscriptions(sim) == []
    assert sim.state()["o2g"]["sessions"] == 0
