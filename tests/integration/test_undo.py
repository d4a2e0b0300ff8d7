# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a build has done is taken back by undo.yml, and nothing of what others have done since."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from integration.test_roles import PASSWORD, PIN, SALES, acme
from plays import Played, connections, inventory, play
from simulator.handle import Simulator

Json = dict[str, Any]
CLOSED = [{"time": "00:00", "rule_number": 0, "mode": "closed"}]


def small() -> Json:
    """A tenant with something on each platform."""
    point = {
        "route_point_user_id": SALES,
        "dnis": [{"name": "Spring", "phone_number": "025552001", "extension": "2001"}],
        "dnis_announcements": [{"name": "Spring", "audio_message_selection": "File", "audio_file_list": ["Spring"]}],
        "disposition_codes": [{"code": "ORDER"}],
    }
    apio = {"tenant_id": "acme", "group_id": "brussels", "country": "BE", "route_points": [point]}
    ccs = {"tenant": "AcmeContactCenter", "limits": {"max_agents": 90}, "products": [{"product": "ECR,ACP"}]}
    calendar = {"pilot_number": "60101", "normal": {"sunday": CLOSED}, "exceptions": {"20310101": CLOSED}}
    return {"apio": apio, "ccs": ccs, "o2g": {"node_id": 7, "pilot_calendars": [calendar]}}


class Site:
    """A tenant on the simulator, and the files of what was done to it."""

    def __init__(self, sim: Simulator, folder: Path) -> None:
        self.sim = sim
        self.folder = folder
        shown = {"extensions_return_settings": True}
        sim.settings(ccs=shown, apio={"igc_active_returned": True, "bounced_call_unset": "shown"})

    def run(self, playbook: str, tenant: Json, *flags: str, **extra: Any) -> Played:
        self.sim.clear_journal()
        return play(playbook, inventory(self.folder, {"acme": tenant}, **connections(self.sim)), *flags, **extra)

    def build(self, tenant: Json, fails: bool = False, **extra: Any) -> tuple[Path, Played]:
        """Build the tenant, and return the file of what was done."""
        played = self.run("build.yml", tenant, **extra)
        assert played.failed == fails, played.text[-3000:]
        return self.newest(), played

    def undo(
        self, file: Path | str, *flags: str, refused: bool = False, tenant: Json | None = None, **extra: Any
    ) -> str:
        played = self.run("undo.yml", tenant or small(), *flags, undo_file=str(file), **extra)
        assert played.failed == refused, played.text[-6000:]
        assert not refused or not self.sim.journal(writes=True)
        return " ".join(played.text.split())

    def newest(self) -> Path:
        return max(self.folder.rglob("undo/acme-*.json"), key=lambda file: file.stat().st_mtime_ns)

    def content(self) -> Json:
        """What the platforms hold, apart from their sessions, and from what the simulator has of each that is asked."""
        state = self.sim.state()
        for platform in state.values():
            platform.pop("sessions", None)
        return state


def differences(one: Any, other: Any, at: str = "") -> list[str]:
    """Where two values differ."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return [] if one == other else [f"{at}: {one} | {other}"]
    return [text for key in {**one, **other} for text in differences(one.get(key), other.get(key), f"{at}/{key}")]


@pytest.fixture
def site(sim: Simulator, tmp_path: Path) -> Site:
    return Site(sim, tmp_path)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_tenant_with_every_list_is_undone_and_that_is_undone_too(site: Site) -> None:
    before = site.content()
    file, played = site.build(acme())
    built = site.content()
    told = json.loads(file.read_text())
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert (told["collection"], told["tenant"], told["by"]) == ("voiceops.telephony 0.1.0", "acme", "build")
    assert len({step["list"] for step in told["steps"]}) == 28
    assert not [one for one in (PASSWORD, PIN, "simulator-token") if one in file.read_text() + played.text]
    assert f"undo_file={file}" in played.text

    undone = site.undo(file, tenant=acme())
    assert "devices: 70500 / 70500: pin.pin_number" in undone
    left = differences(before, site.content())
    assert all(PIN in one for one in left if "/70500" in one and "/devices" in one), left
    assert [
        one for one in left if "/devices/" not in one and "/preferences/" not in one and "/routing/" not in one
    ] == []
    again = site.newest()
    assert (again != file, json.loads(again.read_text())["by"]) == (True, "undo")

    site.undo(again, tenant=acme())
    new = ("/profile/password: ", "/contexts/", "/devices/70500/pin")
    assert [one for one in differences(built, site.content()) if not any(part in one for part in new)] == []


@pytest.mark.long
@pytest.mark.timeout(900)
def test_what_was_deleted_comes_back_and_what_does_not_is_told_before(site: Site) -> None:
    tenant = small()
    tenant["apio"] |= {"call_centers": []}
    tenant["o2g"] |= {"users": [{"device_number": "70101"}]}
    before = site.content()
    planned = site.run("plan.yml", tenant, plan_gate=False, tenant_purge=True)
    assert not planned.failed, planned.text[-3000:]
    lost = json.loads((site.folder / "plans/acme.json").read_text())["not_undone"]
    assert [(one["list"], one["name"]) for one in lost if one["list"] == "apio.route_point_dnis"] == [
        ("apio.route_point_dnis", f"{SALES} / Main"),
        ("apio.route_point_dnis", f"{SALES} / Night"),
    ]
    report = (site.folder / "plans/acme.md").read_text()
    assert f"| apio.route_point_dnis | {SALES} / Main, {SALES} / Night | its announcements, and which agents" in report
    file, played = site.build(tenant, tenant_purge=True)
    told_first, done, _rest = played.text.partition("changed: [acme]")
    assert done
    assert "apio.call_centers: of what is deleted, service_user_password, template_name" in told_first
    assert "apio.route_point_dnis: of what is deleted, its announcements" in told_first

    text = site.undo(file, tenant=tenant)
    assert f"{SALES} / Main: its announcements, and which agents use it" in text
    (left,) = differences(before, site.content())
    assert left.startswith(f"/apio/tenants/acme/groups/brussels/route_points/{SALES}/dnis/Main/agents: ")


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_build_that_failed_half_way_is_undone(site: Site) -> None:
    before = site.content()
    site.sim.fault("POST", "/disposition_codes/", status=500, times=None)
    file, _played = site.build(small(), fails=True)
    assert {step["list"] for step in json.loads(file.read_text())["steps"]} == {
        "o2g.pilot_calendars",
        "apio.route_point_dnis",
        "apio.route_point_dnis_announcements",
        "ccs.products",  # which are built beside them
        "ccs.limits",
    }
    assert site.content() != before
    site.undo(file)
    assert differences(before, site.content()) == []


@pytest.mark.long
@pytest.mark.timeout(900)
def test_what_somebody_has_changed_since_is_named_and_kept(site: Site) -> None:
    before = site.content()
    file, _played = site.build(small())
    others = small()
    others["ccs"]["limits"] = {"max_agents": 95}
    others["o2g"]["pilot_calendars"][0]["normal"] = {"sunday": [], "saturday": CLOSED}
    others["apio"]["route_points"][0]["dnis"][0]["extension"] = "2009"
    site.build(others, undo_dir="others/undo")
    changed = site.content()

    refused = site.undo(file, refused=True)
    steps = json.loads(file.read_text())["steps"]
    numbers = {step["list"]: str(n) for n, step in enumerate(steps, start=1)}
    limits, dnis = numbers["ccs.limits"], numbers["apio.route_point_dnis"]
    told = refused.partition("Somebody has changed since: ")[2].partition(". Say with undo_anyway")[0].split("; ")
    assert told == [
        f"{dnis}. apio.route_point_dnis: {SALES} / Spring: extension is 2009, and was left as 2001",
        f"{limits}. ccs.limits: limits of AcmeContactCenter: max_agents is 95, and was left as 90",
    ]
    assert "undo_anyway: 99 names nothing that" in site.undo(file, refused=True, undo_anyway=f"{limits},99")
    anyway = ["ccs.limits: limits of AcmeContactCenter", int(dnis)]
    foretold = site.undo(file, "--check", undo_anyway=anyway)
    assert "ccs.limits: limits of AcmeContactCenter: to be set back: max_agents 95 -> 100" in foretold
    assert (site.sim.journal(writes=True), site.content()) == ([], changed)
    site.undo(file, undo_anyway=anyway)
    after = site.content()
    (kept,) = differences(before, after)
    assert "saturday" in kept, "what somebody else has done besides stays"
    assert "Nothing: all is as it was before" in site.undo(file)
    assert not site.sim.journal(writes=True)


def test_a_file_that_is_not_sound_is_refused(site: Site) -> None:
    file = site.folder / "acme-1.json"
    file.write_text('{"format": 1, "steps": [')
    assert f"undo_file: {file} is damaged: it is no JSON" in site.undo(file, refused=True)
    assert "there is no file" in site.undo(site.folder / "none.json", refused=True)
    assert "undo_file: must be the file of one run" in site.undo("", refused=True)
    assert not site.sim.journal()
