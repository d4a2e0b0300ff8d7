# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What takes back a step, and the file that holds it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults
from ansible_collections.voiceops.telephony.plugins.module_utils.fields import MASK
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import LISTS
from ansible_collections.voiceops.telephony.plugins.plugin_utils import undo
from ansible_collections.voiceops.telephony.plugins.plugin_utils.reversal import Reversal, reversal

Json = dict[str, Any]
GROUP = {"tenant_id": "acme", "group_id": "brussels"}
POINT = {**GROUP, "route_point_user_id": "rp-sales@acme.example"}
CENTER = {**GROUP, "service_user_id": "cc@acme.example", "name": "Sales"}
PILOT = {"node_id": 7, "pilot_number": "60101"}
CLOSED = [{"time": "00:00", "rule_number": 0, "mode": "closed"}]


def back(where: str, action: str, key: Json, resource: Json, before: Json | None = None, **more: Any) -> Reversal:
    block, name = where.split(".")
    step = {"action": action, "key": key, "resource": {**key, **resource}, **more}
    return reversal(LISTS[block][name], step if before is None else {**step, "before": {**key, **before}})


class TestReversal:
    def test_of_a_change_names_only_what_changed(self) -> None:
        taken = back("apio.call_centers", "update", CENTER, {"queue_length": 40}, {"queue_length": 25, "type": "Basic"})
        assert taken == Reversal(CENTER, {"queue_length": 40}, {"queue_length": 25}, [])

    def test_of_a_calendar_names_only_the_days_that_changed(self) -> None:
        resource = {"normal": {"monday": CLOSED, "sunday": CLOSED}, "exceptions": {"20310101": CLOSED}}
        before = {"normal": {"monday": CLOSED}, "exceptions": {}}
        taken = back("o2g.pilot_calendars", "update", PILOT, resource, before)
        assert taken.left == {"normal": {"sunday": CLOSED}, "exceptions": {"20310101": CLOSED}}
        assert taken.former == {"normal": {"sunday": []}, "exceptions": {"20310101": []}}

    def test_of_a_new_name_leads_from_the_new_one_to_the_old_one(self) -> None:
        key = {**POINT, "name": "New"}
        taken = back("apio.route_point_dnis", "update", key, {}, {"new_name": "Old"})
        assert (taken.key, taken.left, taken.former) == (key, {}, {"new_name": "Old"})

    def test_of_a_creation_is_to_remove_it(self) -> None:
        taken = back("apio.call_centers", "create", CENTER, {"type": "Basic", "service_user_password": MASK})
        assert taken == Reversal(CENTER, {"type": "Basic"}, None, [])

    def test_of_a_deletion_is_to_make_it_again_without_what_nobody_is_told(self) -> None:
        code = {**POINT, "code": "OLD"}
        there = {"active": True, "description": None}
        taken = back("apio.route_point_disposition_codes", "delete", code, there, there)
        assert (taken.key, taken.former, taken.lost) == (code, there, [])
        lost = back("apio.call_centers", "delete", CENTER, {"type": "Basic"}, {"type": "Basic"}).lost
        assert {"service_user_password", "template_name"} <= {*lost}
        assert lost[-1] == "its agents, and what else is set on it"

    def test_of_a_deletion_leaves_out_what_the_platform_makes(self) -> None:
        key = {"supervisor": "70103", "ctx_id": "12", "label": "All"}
        of = {"filter": {"pilot_filter": {"numbers": ["60101"], "attributes": []}}}
        assert back("o2g.statistics_contexts", "delete", key, of, of).key == {"supervisor": "70103", "label": "All"}
        user = {"node_id": 7, "device_number": "70100", "login_name": "oxe70100"}
        assert back("o2g.users", "delete", user, {}, {}).key == {"node_id": 7, "device_number": "70100"}

    def test_secrets_are_lost_wherever_they_are(self) -> None:
        device = {"login_name": "oxe70100", "device_id": "70100"}
        pin = {"with_secret_code": True}
        taken = back("o2g.devices", "update", device, {"pin": {**pin, "pin_number": MASK}}, {"pin": pin})
        assert (taken.former, taken.lost) == ({}, ["pin.pin_number"])
        resource = {"service_user_password": MASK, "queue_length": 40}
        taken = back("apio.call_centers", "update", CENTER, resource, {"queue_length": 25})
        assert (taken.former, taken.lost) == ({"queue_length": 25}, ["service_user_password"])
        subscriber = {"node_id": 7, "path": "Subscriber/70100"}
        written = {"attributes": {"Secret_Code": MASK, "Annu_Name": "New"}}
        taken = back("o2g.pbx_objects", "update", subscriber, written, {"attributes": {"Annu_Name": "Old"}})
        assert (taken.former, taken.lost) == ({"attributes": {"Annu_Name": "Old"}}, ["attributes.Secret_Code"])
        assert MASK not in str(taken)

    def test_what_was_not_shown_or_cannot_be_given_is_lost(self) -> None:
        key = {"tenant": "Acme", "uuid": "1", "extension": "101"}
        taken = back("ccs.extensions", "update", key, {"max_chats": 3}, {}, unverified=["max_chats"])
        assert (taken.former, taken.lost) == ({}, ["max_chats"])
        taken = back("o2g.pilots", "update", PILOT, {"state": "closed"}, {"state": "blocked"})
        assert (taken.former, taken.lost) == ({}, ["state"])
        before = {"policy": "Odd", "queue_length": 25}
        taken = back("apio.call_centers", "update", CENTER, {"policy": "Circular", "queue_length": 40}, before)
        assert (taken.left, taken.former, taken.lost) == ({"queue_length": 40}, {"queue_length": 25}, ["policy"])


def done(action: str, key: Json, resource: Json, before: Json | None = None, **more: Any) -> Json:
    step = {"action": action, "changed": True, "key": key, "resource": {**key, **resource}, **more}
    return step if before is None else {**step, "before": {**key, **before}}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """What a module has done to two DNIS, and another one to a calendar."""
    file = tmp_path / "undo/acme-1.json"
    into = {"file": str(file), "tenant": "acme", "made": "20261127T091500Z", "by": "build"}
    new, gone = ({**POINT, "name": name} for name in ("New", "Gone"))
    there = {"phone_number": "025550001"}
    dnis = [
        done("create", new, there),
        done("delete", gone, there, there),
        {**done("create", gone, {}), "changed": False},
    ]
    undo.keep(into, "apio_route_point_dnis", {"country": "BE"}, {"results": dnis})
    calendar = done("update", PILOT, {"normal": {"sunday": CLOSED}}, {"normal": {}}, error="and then it failed")
    undo.keep(into, "o2g_pilot_calendar", {}, {"results": [calendar]})
    undo.keep(into, "o2g_call", {}, {"results": [calendar]})
    return file


class TestFile:
    def test_holds_what_was_done_in_its_order(self, file: Path) -> None:
        told = undo.read(file.read_text(), "acme")
        assert [(s["action"], s["name"].rpartition(" / ")[2], s["half"]) for s in told["steps"]] == [
            ("delete", "Gone", False),
            ("create", "New", False),
            ("update", "60101", True),
        ]
        assert (told["country"], told["by"], told["collection"]) == (
            "BE",
            "build",
            f"voiceops.telephony {undo.version()}",
        )
        assert file.stat().st_mode & 0o777 == 0o600

    def test_two_changes_of_a_resource_are_one(self, file: Path) -> None:
        into = {"file": str(file), "tenant": "acme", "made": "", "by": "build"}
        again = done("update", PILOT, {"exceptions": {"20310101": CLOSED}}, {"exceptions": {}})
        undo.keep(into, "o2g_pilot_calendar", {}, {"results": [again]})
        _gone, _new, calendar = undo.read(file.read_text(), "acme")["steps"]
        assert calendar["former"] == {"normal": {"sunday": []}, "exceptions": {"20310101": []}}

    def test_is_the_same_whoever_writes_it(self, file: Path) -> None:
        """What another process has written meanwhile is read again; each step has a line of its own."""
        into = {"file": str(file), "tenant": "acme", "made": "", "by": "build"}
        text = file.read_text()

        def written(*, by_another: bool) -> str:
            file.write_text(text)
            for rest in ({"exceptions": {"20310101": CLOSED}}, {"normal": {"monday": CLOSED}}):
                if by_another:
                    undo._LAST.clear()
                undo.keep(into, "o2g_pilot_calendar", {}, {"results": [done("update", PILOT, rest, {})]})
            return file.read_text()

        alone = written(by_another=False)
        assert alone == written(by_another=True)
        assert len(alone.splitlines()) == 2 + len(undo.read(alone, "acme")["steps"])
        assert undo.read(json.dumps(json.loads(alone), indent=2), "acme") == json.loads(alone)

    def test_what_could_not_be_written_is_not_taken_for_written(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        into = {"file": str(file), "tenant": "acme", "made": "", "by": "build"}
        new = {"results": [done("create", {**POINT, "name": "Other"}, {})]}
        with monkeypatch.context() as full:
            full.setattr(undo.files, "replace", mock.Mock(side_effect=OSError("no space left")))
            with pytest.raises(OSError, match="no space left"):
                undo.keep(into, "apio_route_point_dnis", {}, new)
        undo.keep(into, "apio_route_point_dnis", {}, new)
        names = [step["name"].rpartition(" / ")[2] for step in undo.read(file.read_text(), "acme")["steps"]]
        assert names == ["Gone", "New", "60101", "Other"]

    def test_is_refused_where_it_is_not_as_it_was_written(self, file: Path) -> None:
        text, told = file.read_text(), json.loads(file.read_text())
        for wrong, why in {
            text[:-30]: "is damaged: it is no JSON",
            "[]": "is damaged, or was not written by build or undo",
            text.replace("Gone", "Other"): "is damaged: it is not as it was written",
            json.dumps({name: told[name] for name in told if name != "steps"}): "is damaged: steps missing",
            text.replace('"format": 1', '"format": 2'): "wrote it in format 2, and voiceops.telephony",
        }.items():
            with pytest.raises(Faults, match=why):
                undo.read(wrong, "acme")
        with pytest.raises(Faults, match="is of the tenant acme, not of globex"):
            undo.read(text, "globex")

    def test_is_taken_back_from_its_end(self, file: Path) -> None:
        told = undo.read(file.read_text(), "acme")
        phases = undo.phases(told["steps"], told["country"], {})
        assert [(phase["lists"], phase["state"]) for phase in phases] == [
            (["o2g.pilot_calendars"], "present"),
            (["apio.route_point_dnis"], "absent"),
            (["apio.route_point_dnis"], "present"),
        ]
        assert phases[2]["data"]["apio"] == {
            **GROUP,
            "country": "BE",
            "route_point_dnis": [{**POINT, "name": "Gone", "phone_number": "025550001"}],
        }


def test_settings_are_taken_back_together_and_what_depends_is_not() -> None:
    def step(where: str, former: Json | None = None) -> Json:
        return {"list": where, "action": "update" if former else "create", "key": {}, "former": former}

    built = ["users", "devices", "hunting_groups", "statistics_scopes", "statistics_contexts"]
    steps = [step(f"o2g.{name}", {"x": 1} if name in ("devices", "hunting_groups") else None) for name in built]
    assert [phase["lists"] for phase in undo.phases(steps, "", {})] == [
        ["o2g.statistics_contexts", "o2g.statistics_scopes"],
        ["o2g.hunting_groups", "o2g.devices"],
        ["o2g.users"],
    ]
    taken_down = [step(f"apio.{name}", {"x": 1}) for name in ("route_point_dnis", "call_centers")]
    assert [phase["lists"] for phase in undo.phases([{**s, "action": "delete"} for s in taken_down], "", {})] == [
        ["apio.call_centers", "apio.route_point_dnis"]
    ]


class TestJudgement:
    KEY = {"tenant": "Acme"}
    UNCHANGED = {"action": "unchanged", "changed": False, "key": KEY, "resource": {**KEY, "max_agents": 90}}

    def judged(self, left: Json, former: Json) -> Json:
        step = {"list": "ccs.limits", "name": "limits", "action": "update", "key": self.KEY, "lost": [], "half": False}
        told = {"steps": [{**step, "left": {"max_agents": 90}, "former": {"max_agents": 100}}]}
        sides = [{"present": {"ccs": {"limits": {"results": [one]}}}, "absent": {}} for one in (left, former)]
        return undo.judged(told, *sides) | {"told": told}

    def update(self, live: int, wanted: int) -> Json:
        return done("update", self.KEY, {"max_agents": wanted}, {"max_agents": live})

    def test_what_is_as_it_was_left_is_taken_back(self) -> None:
        found = self.judged(self.UNCHANGED, self.update(90, 100))
        assert found["todo"] == {1: "1. ccs.limits: limits: to be set back: max_agents 90 -> 100"}
        assert found["foreign"] == found["wrong"] == {}

    def test_what_is_as_it_was_before_stays(self) -> None:
        found = self.judged(self.update(100, 90), self.UNCHANGED)
        assert found["todo"] == found["foreign"] == found["wrong"] == {}

    def test_what_is_neither_is_of_somebody_else(self) -> None:
        found = self.judged(self.update(95, 90), self.update(95, 100))
        assert found["foreign"] == {1: "1. ccs.limits: limits: max_agents is 95, and was left as 90"}
        for name in ("1", 1, ["1"], " 1,", "ccs.limits: limits"):
            assert undo.chosen(name, found, found["told"]) == [1]
        with pytest.raises(Faults, match=r"undo_anyway: 2, ccs\.products names nothing that"):
            undo.chosen("1,2,ccs.products", found, found["told"])

    def test_what_cannot_be_done_is_told(self) -> None:
        found = self.judged(self.UNCHANGED, {**self.update(90, 100), "error": "max_agents: less than in use"})
        assert found["wrong"] == {1: "1. ccs.limits: limits: max_agents: less than in use"}


def test_what_may_be_lost_is_foreseen_without_a_plan() -> None:
    data = {
        "apio": {**GROUP, "call_centers": [{"service_user_password": "x", "name": "Sales"}]},
        "ccs": {"tenant": "Acme", "extensions": [{"extension": "101", "max_chats": 3}]},
    }
    asked = {"state": "present", "purge": False, "update_password": "on_create", "write_unreadable": "always"}
    extensions = "ccs.extensions: max_chats, where the platform does not show what was there"
    assert undo.foreseen(data, asked) == [extensions]
    assert undo.foreseen(data, {**asked, "write_unreadable": "never"}) == []
    passwords = "apio.call_centers: service_user_password, where the platform does not show what was there"
    assert undo.foreseen(data, {**asked, "update_password": "always"}) == [passwords, extensions]
    gone = "apio.call_centers: of what is deleted, service_user_password, template_name, its agents, and what else"
    assert undo.foreseen(data, {**asked, "purge": True})[0].startswith(gone)
    plan = {"not_undone": [{"list": "o2g.users", "name": name, "options": ["a", "b"]} for name in ("1", "2")]}
    assert undo.foreseen(data, asked, plan) == ["o2g.users: 1, 2: a, b"]
