# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields of which each part is compared by itself, what another has changed meanwhile, and places that are purged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ansible_collections.voiceops.telephony.plugins.module_utils.engine import (
    CONFLICTS,
    Options,
    Run,
    plan,
    read_entries,
    read_places,
)
from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults, Outdated
from ansible_collections.voiceops.telephony.plugins.module_utils.fields import MASK, Field, Number, Text, Values, masked
from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.pbx_model import Attributes
from ansible_collections.voiceops.telephony.plugins.module_utils.progress import Teller
from ansible_collections.voiceops.telephony.plugins.module_utils.resource import Entry, Found, Resource, Step


class Form(Resource):
    platform = "memory"
    noun = "form"
    plural = "forms"
    parents = (Field("place", Number(0, 9), required=True),)
    fields = (Field("name", Text(1), create_only=True), Field("attributes", Attributes()))
    identity = (("name",),)
    purge_place = (Field("list", Text(1), required=True),)

    def read(self, api: Memory, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        there = api.there
        return [there and {"place": 1, "name": "a", "attributes": dict(there)} for _entry in entries], []

    def update(self, api: Memory, step: Step) -> None:
        api.write(step.changes["attributes"])


class Memory:
    """A platform with one form, which others change before the first writes."""

    check_mode = False
    memory = None
    subject = "forms"

    def __init__(self, there: Values, conflicts: int = 0) -> None:
        self.there = there
        self.conflicts = conflicts
        self.written: list[Values] = []
        self.options = {"retries": 0}
        self.teller = Teller(None, lambda text: None)

    def map(self, function: Any, items: Any, progress: Any = None) -> list[Any]:
        return [function(item) for item in items]

    def forget(self) -> None:
        pass

    def write(self, changes: Values) -> None:
        self.written.append(changes)
        if len(self.written) <= self.conflicts:
            self.there = {**self.there, "theirs": str(len(self.written))}
            raise Outdated("PUT answered 409", 409)
        self.there = {**self.there, **changes}


def planned(there: Values, wanted: Values, **options: Any) -> Step:
    current = {"place": 1, "name": "a", "attributes": there}
    entry = Entry(0, {"place": 1, "name": "a", "attributes": wanted})
    return plan(Form(), entry, current, Options(**options))


def run(memory: Memory, wanted: Values) -> dict[str, Any]:
    params = {"place": 1, "name": "a", "attributes": wanted}
    return Run(Form, memory, Options())(read_entries(Form, params, params, Options()))


def test_only_the_parts_that_differ_are_written() -> None:
    step = planned({"A": "1", "B": "2", "C": "3"}, {"A": "1", "B": "9"})
    assert step.changes == {"attributes": {"B": "9"}}
    assert step.after is not None
    assert step.after["attributes"] == {"A": "1", "B": "9", "C": "3"}
    assert planned({"A": "1"}, {"A": "1"}).action == "unchanged"


def test_a_secret_part_is_written_by_update_password_and_masked() -> None:
    assert planned({"A": "1"}, {"A": "1", "Pin": "1234"}).action == "unchanged"
    step = planned({"A": "1"}, {"A": "1", "Pin": "1234"}, update_password="always")
    assert step.changes == {"attributes": {"Pin": "1234"}}
    assert masked(Form.fields, step.after or {})["attributes"] == {"A": "1", "Pin": MASK}


def test_a_part_that_is_not_shown_is_unverified() -> None:
    step = planned({}, {"A": "1"})
    assert (step.action, step.unverified) == ("update", ["attributes.A"])
    step = planned({}, {"A": "1"}, write_unreadable="never")
    assert (step.action, step.unverified) == ("unchanged", ["attributes.A"])
    assert planned({}, {"A": None}).action == "unchanged"


@pytest.mark.parametrize("conflicts", range(CONFLICTS + 1))
def test_what_another_changed_meanwhile_is_read_planned_and_written_again(conflicts: int) -> None:
    memory = Memory({"mine": "old"}, conflicts)
    result = run(memory, {"mine": "new"})
    assert not result.get("failed")
    assert result["changed"]
    assert memory.there["mine"] == "new"
    assert memory.there.get("theirs", "0") == str(conflicts)
    assert memory.written == [{"mine": "new"}] * (conflicts + 1)


def test_conflicts_without_end_are_told() -> None:
    memory = Memory({"mine": "old"}, conflicts=99)
    result = run(memory, {"mine": "new"})
    assert len(memory.written) == CONFLICTS + 1
    assert not result["changed"]
    assert f"409. It was read and tried again {CONFLICTS} times" in result["msg"]


def test_what_another_has_brought_about_meanwhile_is_not_claimed() -> None:
    memory = Memory({"mine": "old"}, conflicts=1)
    write = memory.write

    def theirs(changes: Values) -> None:
        memory.there = {"mine": "new"}
        write(changes)

    memory.write = theirs  # type: ignore[method-assign]
    result = run(memory, {"mine": "new"})
    assert not result.get("failed")
    assert not result["changed"]


def test_places_of_their_own_are_all_that_is_purged() -> None:
    params = {"place": 1, "config": [{"name": "a"}]}
    options = Options(purge_in=["here", {"place": 2, "list": "there"}])
    entries = read_entries(Form, params, params, options)
    places = read_places(Form, params, options, entries)
    assert [place.values for place in places] == [{"place": 1, "list": "here"}, {"place": 2, "list": "there"}]
    assert read_places(Form, params, Options(purge=True), entries) == entries
    assert read_places(Form, params, Options(), entries) == []


@pytest.mark.parametrize(
    ("given", "options", "text"),
    [
        ({}, Options(purge_in=["here"]), r"purge_in\[0\].place: must be given"),
        ({"place": 1}, Options(purge_in=["here"], state="absent"), "purge_in: goes with state=present only"),
        ({"place": 1}, Options(purge_in=[""]), r"purge_in\[0\].list"),
        ({"place": 1}, Options(purge_in=[{"nonsense": 1}]), r"purge_in\[0\].nonsense: is not an option"),
    ],
)
def test_faults_of_such_places(given: Values, options: Options, text: str) -> None:
    with pytest.raises(Faults, match=text):
        read_places(Form, given, options, [])
