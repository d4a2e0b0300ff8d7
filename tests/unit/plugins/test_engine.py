# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine's promises, asked with arbitrary entries of a resource type on a platform in memory."""

from __future__ import annotations

import copy
import stat
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.voiceops.telephony.plugins.module_utils import files
from ansible_collections.voiceops.telephony.plugins.module_utils.engine import (
    Options,
    Run,
    plan,
    read_entries,
    read_places,
)
from ansible_collections.voiceops.telephony.plugins.module_utils.errors import AnswerLost, ApiError, Fatal, Faults
from ansible_collections.voiceops.telephony.plugins.module_utils.fields import (
    MASK,
    Choice,
    Field,
    Flag,
    Number,
    Phone,
    Struct,
    Text,
    Values,
)
from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.user import User
from ansible_collections.voiceops.telephony.plugins.module_utils.progress import Teller
from ansible_collections.voiceops.telephony.plugins.module_utils.resource import Collection, Entry, Step

World = dict[str, dict[str, Values]]
"""Place, name and what is there under its wire names."""


class Thing(Collection):
    platform = "memory"
    noun = "thing"
    plural = "things"
    parents = (Field("place", Text(1), required=True),)
    fields = (
        Field("name", Text(1, 9, quoted=True), required=True),
        Field("size", Number(0, 9), required=True),
        Field("note", Text()),
        Field("phoneNumber", Phone()),
        Field("active", Flag()),
        Field("limit", Number(1, 9, empty=0), nullable=True),
        Field("profile.box", Struct((Field("colour", Text()), Field("count", Number(0, 9))))),
        Field("pin", Text(1), secret=True, nullable=False),
        Field("hidden", Flag(), unreadable=True),
        Field("origin", Choice(("here", "there")), create_only=True),
        Field("serial", Text(), fixed=True, in_body=False),
        Field("seen", Number(0, 99), read_only=True),
    )
    identity = (("name",), ("serial",))
    rename = ("name", "new_name")
    path = "{place}"
    item = "/{name}"
    envelope = "things"
    listed = ("name", "size", "serial")


NEVER_SHOWN = {"pin", "hidden", "origin"}


class Memory:
    """A platform: C(effects) says, per write, whether something goes wrong before or after it takes effect."""

    def __init__(self, world: World, retries: int = 0, check_mode: bool = False) -> None:
        self.world = world
        self.options = {"retries": retries, "url": "https://user@memory.example/"}
        self.check_mode = check_mode
        self.log: list[str] = []
        self.writes: list[tuple[str, str, Any]] = []
        self.replays: list[bool] = []
        self.effects: dict[int, tuple[str, Exception]] = {}
        self.reading: Exception | None = None
        self.memory: dict[Any, Any] | None = None
        self.subject = "things"
        self.teller = Teller(None, lambda text: None)

    def recall(self, key: Any) -> Any:
        return (self.memory or {}).get(key)

    def remember(self, key: Any, value: Any) -> None:
        if self.memory is not None:
            self.memory[key] = value

    def forget(self) -> None:
        self.memory = None if self.memory is None else {}

    def map(self, function: Callable[[Any], Any], items: Iterable[Any], progress: Any = None) -> list[Any]:
        def guarded(item: Any) -> Any:
            try:
                return function(item)
            except ApiError as error:
                return error

        return [guarded(item) for item in items]

    def get(self, path: str, where: Mapping[str, Any], *, query: Mapping[str, Any]) -> Any:
        assert not query
        self.log.append("GET")
        if self.reading and self.writes:
            raise self.reading
        place, _slash, name = path.format_map(where).partition("/")
        things = self.world.get(place)
        if things is None or (name and name not in things):
            raise ApiError(f"there is no {name or place}", 404)
        shown = [{k: "" if v is None else v for k, v in t.items() if k not in NEVER_SHOWN} for t in things.values()]
        if name:
            return next(t for t in shown if t["name"] == name)
        return {"things": [{k: t[k] for k in ("name", "size", "serial")} for t in shown]}

    def request(
        self,
        method: str,
        path: str,
        where: Mapping[str, Any],
        *,
        query: Mapping[str, Any],
        body: Any = None,
        replay: bool = True,
    ) -> Any:
        assert not self.check_mode
        assert not query
        self.log.append(method)
        self.replays.append(replay)
        when, error = self.effects.get(len(self.writes), ("", None))
        self.writes.append((method, path.format_map(where), copy.deepcopy(body)))
        if when == "before":
            raise error
        answer = self._take(method, path.format_map(where), body)
        if when == "after":
            raise error
        return answer

    def _take(self, method: str, path: str, body: Any) -> Any:
        place, _slash, name = path.partition("/")
        things = self.world[place]
        if method == "POST":
            if body["name"] in things:
                raise ApiError(f"{body['name']} is there already", 409)
            empty = {"note": "", "phoneNumber": None, "active": False, "limit": 0, "profile": {}, "seen": 1}
            things[body["name"]] = {**empty, **body, "serial": f"s{len(self.writes)}"}
        elif name not in things:
            raise ApiError(f"there is no {name}", 404)
        elif method == "DELETE":
            del things[name]
        else:
            new = body.get("name", name)
            if new != name and new in things:
                raise ApiError(f"{new} is there already", 409)
            things[new] = {**things.pop(name), **body}
        return None


def entries(rows: list[Values], **options: Any) -> list[Entry]:
    return read_entries(Thing, {"config": rows}, {"config": rows}, Options(**options))


def run(memory: Memory, rows: list[Values], kind: type[Thing] = Thing, **options: Any) -> dict[str, Any]:
    rows = [{"place": "p", **row} for row in rows]
    how = Options(check_mode=memory.check_mode, diff=True, **options)
    wanted = entries(rows, **options)
    result = Run(kind, memory, how)(wanted, read_places(kind, {"place": "p"}, how, wanted))
    errors = [r for r in result["results"] if "error" in r]
    assert not options.get("list_unchanged", True) or sum(result["summary"].values()) == len(result["results"])
    assert result["summary"]["failed"] == len(errors)
    assert bool(errors) == result.get("failed", False)
    assert result["changed"] == any(r["changed"] for r in result["results"])
    assert len(result["diff"]) == sum(r["changed"] for r in result["results"])
    return result


def foresee(world: World, rows: list[Values], **options: Any) -> dict[str, Any]:
    return run(Memory(copy.deepcopy(world), check_mode=True), rows, **options)


def steady(world: World) -> Any:
    """The content without what the order of writes decides."""
    return {name: {k: v for k, v in thing.items() if k != "serial"} for name, thing in world["p"].items()}


def one(**values: Any) -> dict[str, Values]:
    full = {"size": 1, "note": "", "phoneNumber": None, "active": False, "limit": 0, "profile": {}, "seen": 1}
    return {values["name"]: {**full, "serial": f"s-{values['name']}", **values}}


def world_of(*names: str, **values: Any) -> World:
    return {"p": {name: thing for n in names for name, thing in one(name=n, **values).items()}}


def actions(result: Mapping[str, Any]) -> list[str]:
    return [r["action"] for r in result["results"]]


@pytest.mark.parametrize("state", ["present", "absent"])
@pytest.mark.parametrize(
    ("live", "written"),
    [
        ("Caf\u00e9", "Cafe\u0301"),
        ("main", "main "),
        ("main", "ma\u200bin"),
        ("a b", "a\u00a0b"),
        ("a-b", "a\u2013b"),
        ("it's", "it\u2019s"),
    ],
)
def test_names_that_look_alike_and_are_not_are_told(live: str, written: str, state: str) -> None:
    result = foresee(
        world_of(live, "other"), [{"name": written, **({"size": 1} if state == "present" else {})}], state=state
    )
    (warning,) = (w for w in result["warnings"] if "looks like" in w)
    assert f"{written!r} of p looks like {live!r}, which is there and is another" in warning
    for name in (live, "else"):
        same = foresee(world_of(live, "other"), [{"name": name, "size": 1}])
        assert not any("looks like" in w for w in same["warnings"])


# Arbitrary worlds and entries

TEXT = st.sampled_from(["", "a", "b"])
BOX = {"colour": st.none() | TEXT, "count": st.integers(0, 2)}
NUMBERS = st.sampled_from(["025126770", "+3225126770", "025126771"])
GIVEN = {
    "size": st.integers(0, 2),
    "note": st.none() | TEXT,
    "phone_number": st.none() | NUMBERS,
    "active": st.booleans(),
    "limit": st.none() | st.integers(1, 3),
    "box": st.none() | st.fixed_dictionaries({}, optional=BOX),
    "origin": st.sampled_from(["here", "there"]),
}
KEPT = {"pin": st.sampled_from(["1111", "2222"]), "hidden": st.booleans()}
NAMES = st.sampled_from("abcde")
THERE = st.builds(
    one,
    name=NAMES,
    size=st.integers(0, 2),
    note=TEXT,
    phoneNumber=st.none() | NUMBERS,
    active=st.booleans(),
    limit=st.integers(0, 3),
    profile=st.sampled_from([{}, {"box": None}, {"box": {"colour": "", "count": 1}}, {"box": {"colour": "a"}}]),
)
WORLDS: st.SearchStrategy[World] = st.lists(THERE, max_size=4).map(
    lambda things: {"p": {name: thing for t in things for name, thing in t.items()}}
)


def rows_of(optional: dict[str, Any]) -> st.SearchStrategy[list[Values]]:
    row = st.fixed_dictionaries({"name": NAMES}, optional=optional)
    return st.lists(row, max_size=5, unique_by=lambda row: row["name"])


RENAMED = {"new_name": st.sampled_from("vwxyz")}
PLAIN_ROWS = rows_of({**GIVEN, "pin": KEPT["pin"]})
ROWS = rows_of({**GIVEN, **KEPT, **RENAMED}).filter(
    lambda rows: len({n for r in rows if (n := r.get("new_name"))}) == sum("new_name" in r for r in rows)
)
HOW = st.fixed_dictionaries(
    {},
    optional={
        "state": st.sampled_from(["present", "absent"]),
        "update_password": st.sampled_from(["always", "on_create"]),
        "write_unreadable": st.sampled_from(["always", "never"]),
        "country": st.sampled_from([None, "BE"]),
        "fail_fast": st.booleans(),
    },
)


@given(WORLDS, PLAIN_ROWS, st.booleans(), st.sampled_from([None, "BE"]))
def test_nothing_is_to_do_after_a_run(world: World, rows: list[Values], purge: bool, country: str | None) -> None:
    run(Memory(world), rows, purge=purge, country=country)
    again = Memory(world)
    second = run(again, rows, purge=purge, country=country)
    assert not second["changed"], second["diff"]
    assert second["diff"] == []
    assert again.writes == []


@given(WORLDS, ROWS, HOW, st.booleans())
def test_check_mode_predicts_the_run(world: World, rows: list[Values], how: dict[str, Any], purge: bool) -> None:
    how["purge"] = purge and how.get("state") != "absent"
    predicted = foresee(world, rows, **how)
    memory = Memory(world)
    done = run(memory, rows, **how)
    assert predicted == done
    assert done["changed"] == bool(memory.writes)


@given(WORLDS, ROWS, HOW, st.randoms(use_true_random=False))
def test_the_order_of_the_entries_does_not_matter(world: World, rows: list[Values], how: Any, random: Any) -> None:
    other, mixed = copy.deepcopy(world), random.sample(rows, len(rows))
    first, second = run(Memory(world), rows, **how), run(Memory(other), mixed, **how)
    assert steady(world) == steady(other)
    assert first["summary"] == second["summary"]
    for row, result in zip(rows, first["results"], strict=True):
        assert result["key"]["name"] in (row["name"], row.get("new_name"))


@given(WORLDS, ROWS, HOW)
def test_only_what_was_given_is_written(world: World, rows: list[Values], how: dict[str, Any]) -> None:
    before = copy.deepcopy(world)
    memory = Memory(world)
    run(memory, rows, **how)
    names = {f.option: f.wire.partition(".")[0] for f in Thing.fields}
    asked = {r["name"]: {names.get(o, "name") for o in r} | ({"name"} if "new_name" in r else set()) for r in rows}
    moved = {r["name"]: r.get("new_name", r["name"]) for r in rows}
    for method, path, body in memory.writes:
        if method == "PUT":
            assert body.keys() <= asked[path.partition("/")[2]]
    for name, thing in before["p"].items():
        now = world["p"].get(name) or world["p"].get(moved.get(name, name))
        if now:
            for member in thing.keys() - asked.get(name, set()):
                assert now[member] == thing[member]
            assert (now["profile"].get("box") or {}).items() >= (
                {} if "profile" in asked.get(name, ()) else thing["profile"].get("box") or {}
            ).items()


@given(WORLDS, ROWS, HOW, st.lists(st.sampled_from(["before", "after", "fine"]), max_size=3))
def test_lost_answers_change_nothing(world: World, rows: list[Values], how: Any, losses: list[str]) -> None:
    calm = copy.deepcopy(world)
    expected = run(Memory(calm), rows, **how)
    memory = Memory(world, retries=len(losses))
    memory.effects = {n: (when, AnswerLost("no answer")) for n, when in enumerate(losses) if when != "fine"}
    result = run(memory, rows, **how)
    assert steady(world) == steady(calm)
    assert result["msg"] == expected["msg"]
    assert result["diff"] == expected["diff"]


@given(WORLDS, PLAIN_ROWS, st.booleans(), st.integers(0, 3), st.sampled_from([ApiError, Fatal, AnswerLost]))
def test_what_failed_is_told_and_the_next_run_picks_up(
    world: World, rows: list[Values], purge: bool, nth: int, error: type[Exception]
) -> None:
    calm = copy.deepcopy(world)
    run(Memory(calm), rows, purge=purge)
    memory = Memory(world)
    memory.effects = {nth: ("before", error("it broke. ..."))}
    result = run(memory, rows, purge=purge)
    hit = len(memory.writes) > nth
    assert result.get("failed", False) >= hit
    assert len([r for r in result["results"] if r["changed"]]) == len(memory.writes) - hit
    for r in result["results"]:
        if "it broke" in r.get("error", ""):
            assert not r["changed"]
    if error is Fatal and hit:
        assert len(memory.writes) == nth + 1
        assert "it broke" in result["msg"]
        unwritten = [r for r in result["results"] if r["action"] != "unchanged" and not r["changed"]]
        assert all("it broke" in r["error"] or "needs" in r["error"] for r in unwritten)
    run(Memory(world), rows, purge=purge)
    assert steady(world) == steady(calm)


# One promise at a time


def test_null_clears_and_leaving_out_leaves_alone() -> None:
    world = world_of("a", note="n", phoneNumber="1", limit=3, profile={"box": {"colour": "red", "count": 2}})
    memory = Memory(world)
    run(memory, [{"name": "a", "note": None, "limit": None, "box": {"colour": None}}])
    body = {"note": None, "limit": None, "profile": {"box": {"colour": None, "count": 2}}}
    assert memory.writes == [("PUT", "p/a", body)]
    assert world["p"]["a"]["phoneNumber"] == "1"


@pytest.mark.parametrize("shown", [{}, {"limit": 0}, {"limit": None}, {"limit": ""}])
def test_clearing_what_the_server_does_not_show_is_nothing_to_do(shown: Values) -> None:
    world = world_of("a")
    del world["p"]["a"]["limit"]
    world["p"]["a"].update(shown)
    assert not run(Memory(world), [{"name": "a", "limit": None}])["changed"]
    assert run(Memory(world), [{"name": "a", "limit": 2}])["changed"]


@pytest.mark.parametrize(("update_password", "bodies"), [("on_create", [{}]), ("always", [{"pin": "s3cret"}])])
def test_passwords(update_password: str, bodies: list[Values]) -> None:
    rows = [{"name": "a", "size": 1, "pin": "s3cret"}, {"name": "b", "size": 1, "pin": "s3cret"}]
    memory = Memory(world_of("a"))
    first = run(memory, rows, update_password=update_password)
    assert [w[2] for w in memory.writes if w[0] == "PUT"] == [b for b in bodies if b]
    assert [w[2]["pin"] for w in memory.writes if w[0] == "POST"] == ["s3cret"]
    again = run(memory, rows, update_password=update_password)
    assert again["changed"] == (update_password == "always")
    assert "s3cret" not in f"{first}{again}"
    assert first["results"][1]["resource"]["pin"] == MASK


def test_unreadable_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"name": "a", "hidden": True}
    for write, changed in (("always", True), ("never", False)):
        memory = Memory(world_of("a"))
        for _time in range(2):
            result = run(memory, [row], write_unreadable=write)
            assert result["changed"] is changed
            assert result["results"][0]["unverified"] == ["hidden"]
        assert [w[2] for w in memory.writes] == [{"hidden": True}] * 2 * changed
    monkeypatch.setattr(f"{__name__}.NEVER_SHOWN", set())
    shown = run(Memory(world_of("a", hidden=True)), [row])
    assert not shown["changed"]
    assert shown["results"][0]["unverified"] == []


# What was last written


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "written" / "acme.json")


SECRET_ROW = {"name": "a", "hidden": True, "pin": "1111"}
ALWAYS = {"update_password": "always"}


def bodies(memory: Memory) -> list[Any]:
    return [body for _method, _path, body in memory.writes]


def test_what_was_written_last_is_not_written_again(file: str) -> None:
    world = world_of("a", "b")
    rows = [SECRET_ROW, {"name": "b", "hidden": False}]
    first = run(Memory(world), rows, written_file=file, **ALWAYS)
    assert actions(first) == ["update", "update"]
    text = Path(file).read_text()
    assert "1111" not in text
    assert "user@" not in text
    assert stat.S_IMODE(Path(file).stat().st_mode) == 0o600
    # the same again, though the entries are in another order
    again = Memory(world)
    second = run(again, rows[::-1], written_file=file, **ALWAYS)
    assert not second["changed"]
    assert again.writes == []
    kept = second["results"][1]
    assert (kept["unverified"], sorted(kept["as_written"])) == ([], ["hidden", "pin"])
    assert kept["as_written"]["pin"][:4] == f"{datetime.now(UTC):%Y}"
    # without the file, or by another key, all is as if there was none
    assert run(Memory(world), rows, **ALWAYS)["summary"]["updated"] == 2
    assert foresee(world, rows, written_file=file, written_key="key", **ALWAYS)["summary"]["updated"] == 2
    # only what is wanted otherwise now
    changed = Memory(world)
    run(changed, [{**SECRET_ROW, "pin": "2222"}, rows[1]], written_file=file, **ALWAYS)
    assert bodies(changed) == [{"pin": "2222"}]
    assert foresee(world, rows, written_file=file, **ALWAYS)["summary"]["updated"] == 1
    # and all, if that is asked for
    everything = Memory(world)
    asked = run(everything, [{**SECRET_ROW, "pin": "2222"}, rows[1]], written_file=file, written_again=True, **ALWAYS)
    assert bodies(everything) == [{"pin": "2222", "hidden": True}, {"hidden": False}]
    assert asked["results"][0]["unverified"] == ["hidden"]


def test_a_field_as_written_is_no_reason_to_leave_another_alone(file: str) -> None:
    world = world_of("a")
    run(Memory(world), [SECRET_ROW], written_file=file)
    memory = Memory(world)
    result = run(memory, [{**SECRET_ROW, "size": 7}], written_file=file)
    assert bodies(memory) == [{"size": 7}]
    assert list(result["results"][0]["as_written"]) == ["hidden"]
    # a password that is only written at creation is not kept
    assert '"pin"' not in Path(file).read_text()


def test_check_mode_and_a_file_that_nothing_is_written_to_leave_no_trace(file: str) -> None:
    foresee(world_of("a"), [SECRET_ROW], written_file=file, **ALWAYS)
    run(Memory(world_of("a")), [{"name": "a", "size": 3}], written_file=file)
    assert not Path(file).parent.exists()


def test_what_somebody_made_anew_is_written_anew(file: str) -> None:
    world = world_of("a")
    run(Memory(world), [SECRET_ROW], written_file=file)
    world["p"]["a"]["serial"] = "s-other"
    memory = Memory(world)
    run(memory, [SECRET_ROW], written_file=file)
    assert bodies(memory) == [{"hidden": True}]
    # gone, and made by this run, and on another server
    gone = Memory({"p": {}})
    run(gone, [{**SECRET_ROW, "size": 1}], written_file=file)
    assert bodies(gone)[0]["hidden"] is True
    elsewhere = Memory(world, check_mode=True)
    elsewhere.options["url"] = "https://other.example"
    assert run(elsewhere, [SECRET_ROW], written_file=file)["changed"]


def test_what_is_renamed_is_known_by_its_new_name(file: str) -> None:
    world = world_of("a")
    run(Memory(world), [SECRET_ROW], written_file=file)
    run(Memory(world), [{"name": "a", "new_name": "z"}], written_file=file)
    assert not run(Memory(world), [{"name": "z", "hidden": True}], written_file=file)["changed"]


def test_what_is_removed_is_forgotten(file: str) -> None:
    world = world_of("a")
    run(Memory(world), [SECRET_ROW], written_file=file)
    run(Memory(world), [{"name": "a"}], written_file=file, state="absent")
    assert run(Memory(world_of("a")), [SECRET_ROW], written_file=file)["changed"]


@pytest.mark.parametrize(
    ("when", "error"),
    [("before", ApiError("no", 400)), ("after", Fatal("gone")), ("after", ApiError("half", 500))],
)
def test_what_may_or_may_not_have_been_written_is_written_again(file: str, when: str, error: Exception) -> None:
    world = world_of("a")
    run(Memory(world), [SECRET_ROW], written_file=file)
    failing = Memory(world)
    failing.effects = {0: (when, error)}
    assert run(failing, [{**SECRET_ROW, "hidden": False}], written_file=file)["failed"]
    # the code is taken back: what stands there is in doubt
    memory = Memory(world)
    run(memory, [SECRET_ROW], written_file=file)
    assert bodies(memory) == [{"hidden": True}]


def test_what_is_sent_a_second_time_after_a_lost_answer_is_kept(file: str) -> None:
    world = world_of("a")
    memory = Memory(world, retries=1)
    memory.effects = {0: ("after", AnswerLost("lost"))}
    run(memory, [SECRET_ROW], written_file=file)
    assert len(memory.writes) == 2
    assert not run(Memory(world), [SECRET_ROW], written_file=file)["changed"]


def test_a_file_that_would_go_on_to_lie_stops_the_run_before_its_first_write(file: str) -> None:
    world = world_of("a")
    run(Memory(world), [SECRET_ROW], written_file=file)
    memory = Memory(world)
    with (
        mock.patch.object(files, "replace", side_effect=ApiError("dest: 'x' cannot be written: Read-only")),
        pytest.raises(Faults, match=r"written_file: .* cannot be written, and nothing was"),
    ):
        run(memory, [{**SECRET_ROW, "hidden": False}], written_file=file)
    assert memory.writes == []


def test_a_file_that_cannot_be_made_is_told_and_no_reason_to_stop(file: str) -> None:
    Path(file).parent.write_text("no folder")
    memory = Memory(world_of("a"))
    (warning,) = run(memory, [SECRET_ROW], written_file=file)["warnings"]
    assert warning.startswith("written_file: ")
    assert bodies(memory) == [{"hidden": True}]


@given(WORLDS, st.lists(ROWS, min_size=2, max_size=4), HOW, st.data())
@settings(max_examples=30, deadline=None)
def test_what_is_called_as_written_is_there(
    world: World, runs: list[list[Values]], how: dict[str, Any], data: Any
) -> None:
    """Whatever was asked for before, and whatever failed: what a field was said to be written as, it is."""
    with TemporaryDirectory() as folder:
        file = f"{folder}/acme.json"
        for rows in runs:
            memory = Memory(world)
            if data.draw(st.booleans()):
                memory.effects = {data.draw(st.integers(0, 3)): ("after", ApiError("half", 500))}
            wanted = {row["name"]: row for row in rows}
            result = run(memory, rows, written_file=file, **how)
            for step in result["results"]:
                for option in step.get("as_written", ()):
                    name = step["key"]["name"]
                    row = next(row for row in wanted.values() if name in (row["name"], row.get("new_name")))
                    assert world["p"][name][option] == row[option]


def test_a_fixed_field_is_checked_and_never_written() -> None:
    memory = Memory(world_of("a"))
    assert not run(memory, [{"name": "a", "serial": "s-a"}])["changed"]
    refused = run(memory, [{"name": "a", "serial": "s-b"}])
    assert "serial is 's-a' and cannot be changed to 's-b'" in refused["msg"]
    assert memory.writes == []


def test_purge_removes_only_what_is_not_listed_and_not_more_than_allowed() -> None:
    world = {**world_of("a", "b", "c"), "q": world_of("d")["p"]}
    with pytest.raises(Faults, match=r"2 deletions .* max_deletions=1 .* Would go: thing 'b' of p, thing 'c'"):
        run(Memory(world), [{"name": "a"}], purge=True, max_deletions=1)
    result = run(Memory(world), [{"name": "a"}, {"name": "e", "size": 1}], purge=True, max_deletions=2)
    assert actions(result) == ["unchanged", "create", "delete", "delete"]
    assert [list(things) for things in world.values()] == [["a", "e"], ["d"]]


def test_purge_spares_what_an_entry_may_have_meant() -> None:
    world = world_of("a", "b", "c")
    world["p"]["b"]["name"] = "a"  # two of one name: nobody knows which one the entry means
    result = run(Memory(world), [{"name": "a"}], purge=True)
    assert "2 things are called 'a'" in result["msg"]
    assert len(world["p"]) == 3
    world = {**world_of("a"), "q": world_of("d")["p"]}
    result = run(Memory(world), [{"place": "nowhere", "name": "a"}, {"place": "q", "name": "e", "size": 1}], purge=True)
    assert "config[0]: there is no nowhere" in result["msg"]
    assert [list(things) for things in world.values()] == [["a"], ["e"]]


def test_fail_fast_stops_and_check_mode_knows_it() -> None:
    rows: list[Values] = [{"name": n, "size": 1} for n in "abc"]
    memory = Memory({"p": {}})
    memory.effects = {1: ("before", ApiError("it broke"))}
    result = run(memory, rows, fail_fast=True)
    assert [r.get("error") for r in result["results"]] == [None, "it broke", "not attempted, because of fail_fast"]
    incomplete = [*rows, {"name": "d"}]
    predicted, done = foresee({"p": {}}, incomplete, fail_fast=True), run(Memory({"p": {}}), incomplete, fail_fast=True)
    assert predicted == done
    assert not done["changed"]


@given(WORLDS, PLAIN_ROWS, st.booleans())
def test_what_is_as_it_shall_be_can_be_left_out(world: World, rows: list[Values], purge: bool) -> None:
    whole, short = (run(Memory(copy.deepcopy(world)), rows, purge=purge, list_unchanged=n) for n in (True, False))
    told = ("error", "unverified", "as_written", "awaits", "missing", "warnings")
    said = [one for one in whole["results"] if one["action"] != "unchanged" or any(one.get(name) for name in told)]
    assert short == {**whole, "results": said}


def test_an_update_whose_thing_has_gone_is_not_turned_into_a_creation() -> None:
    """A server may rename what is written, and the answer that says so may be lost."""
    memory = Memory(world_of("a"), retries=1)

    def renamed(method: str, path: str, body: Any) -> None:
        memory.world["p"]["z"] = {**memory.world["p"].pop("a"), **body, "name": "z"}

    memory._take = renamed
    memory.effects = {0: ("after", AnswerLost("no answer"))}
    result = run(memory, [{"name": "a", "size": 2}])
    assert list(memory.world["p"]) == ["z"]
    assert len(memory.writes) == 1
    assert result["failed"]


class InTwoStages(Thing):
    """A second request per thing, when the first ones have been made."""

    def stages(self, steps: Any) -> Any:
        return [*super().stages(steps), *super().stages(steps)]


@pytest.mark.parametrize("retries", [0, 2])
def test_a_host_that_goes_away_half_way_is_told(retries: int) -> None:
    memory = Memory(world_of("a"), retries)
    memory.effects = {1: ("after", AnswerLost("no answer"))}
    memory.reading = Fatal("cannot be reached")
    result = run(memory, [{"name": "a", "size": 2}], kind=InTwoStages)
    assert result["failed"]
    assert result["changed"]
    assert "no answer" in result["msg"]
    assert "cannot be reached" in result["msg"]


def test_an_answer_that_nobody_foresaw_fails_its_own_entry() -> None:
    memory = Memory({"p": {}})
    memory.effects = {1: ("after", KeyError("serial"))}
    result = run(memory, [{"name": n, "size": 1} for n in "abc"])
    assert result["summary"] == {"created": 2, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 1}
    assert "config[1]: this collection did not foresee an answer of the server: KeyError('serial')" in result["msg"]


def test_a_deletion_whose_answer_was_lost_is_looked_up_and_not_repeated() -> None:
    memory = Memory(world_of("a"))
    memory.effects = {0: ("after", AnswerLost("no answer"))}
    assert actions(run(memory, [{"name": "a"}], state="absent")) == ["delete"]
    assert memory.replays == [False]


def test_many_failures_are_told_briefly() -> None:
    result = run(Memory({"p": {}}), [{"name": f"n{n}"} for n in range(9)])
    assert "config[0]: thing 'n0' of p does not exist yet, and to create it needs size" in result["msg"]
    assert "and 4 more, see results. In all: 9 failed" in result["msg"]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([{"name": "a"}, {"name": "b"}, {"name": "a"}], r"config\[2\]: .* same thing as config\[0\]: name='a'"),
        (
            [{"name": "a", "new_name": "b"}, {"name": "b"}],
            r"config\[1\]: .* same thing as config\[0\]: name='b'",
        ),
        (
            [{"name": "a"}, {"name": "b", "new_name": "a"}],
            r"config\[1\]: .* same thing as config\[0\]: name='a'",
        ),
        ([{"serial": "s-a"}, {"name": "c"}, {"serial": "s-a"}], r"config\[2\]: .* config\[0\]: serial='s-a'"),
        ([{"name": "a"}, {"serial": "s-a"}], r"config\[1\]: is the same resource as config\[0\]"),
    ],
)
def test_the_same_twice_names_both_entries(rows: list[Values], text: str) -> None:
    memory = Memory(world_of("a", "b"))
    with pytest.raises(Faults, match=text):
        run(memory, rows)
    assert memory.writes == []


def test_the_same_name_in_two_places_is_no_double() -> None:
    world: World = {"p": {}, "q": {}}
    result = run(Memory(world), [{"name": "a", "size": 1}, {"name": "a", "size": 1, "place": "q"}])
    assert actions(result) == ["create", "create"]


@pytest.mark.parametrize(
    ("given_", "text"),
    [
        ({"config": [{"name": 5}]}, "config[0].name: arrived as the number 5"),
        ({"config": [{"name": "a", "size": 10}, {"name": "b", "active": "perhaps"}]}, "config[1].active: must be true"),
        ({"config": [{}]}, "config[0]: needs name or serial to say which thing is meant"),
        ({"config": [{"name": "a", "box": {"count": 99}}]}, "config[0].box.count: must be from 0 to 9"),
        ({"config": [{"name": "a", "origin": "nowhere"}]}, "config[0].origin: must be one of 'here' or 'there'"),
        ({"config": [{"name": "a", "size": None}]}, "config[0].size: cannot be empty"),
        ({"config": [{"name": "a", "pin": 12345}]}, "config[0].pin: must be text"),
        ({"config": [{"name": "a"}], "size": 3}, "size: cannot stand beside config"),
        ({"config": ["a"]}, "config[0]: must be a dictionary of options"),
        ({"name": "a", "size": 99}, "size: must be from 0 to 9, not 99"),
    ],
)
def test_faults(given_: Values, text: str) -> None:
    params = {"place": "p", **given_}
    with pytest.raises(Faults) as faults:
        read_entries(Thing, params, params, Options())
    assert text in str(faults.value)
    assert "12345" not in str(faults.value)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (Options(purge=True), "purge: needs config"),
        (Options(purge=True, state="absent"), "purge: goes with state=present only"),
    ],
)
def test_faults_of_a_run(options: Options, text: str) -> None:
    with pytest.raises(Faults, match=text):
        read_entries(Thing, {"place": "p", "name": "a"}, {"place": "p", "name": "a"}, options)


def test_purge_reaches_where_no_entry_leads() -> None:
    world = {"p": one(name="a") | one(name="b"), "q": one(name="c"), "r": one(name="d")}
    memory = Memory(world)
    result = run(memory, [{"name": "a"}], purge=True, purge_in=[{"place": "q"}])
    assert result["summary"] == {"created": 0, "updated": 0, "deleted": 2, "unchanged": 1, "failed": 0}
    assert {place: list(things) for place, things in world.items()} == {"p": ["a"], "q": [], "r": ["d"]}


def test_purge_with_nothing_listed_empties_the_place_given_beside() -> None:
    world = {"p": one(name="a"), "q": one(name="c")}
    assert run(Memory(world), [], purge=True)["summary"]["deleted"] == 1
    assert not world["p"]
    assert world["q"]


def test_a_place_to_purge_that_cannot_be_read_stops_the_run() -> None:
    world = {"p": one(name="a")}
    with pytest.raises(Faults, match=r"purge_in\[0\]: there is no elsewhere"):
        run(Memory(world), [{"name": "b"}], purge=True, purge_in=[{"place": "elsewhere"}])
    assert list(world["p"]) == ["a"]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (Options(purge_in=[{"place": "p"}]), "purge_in: goes with purge=true only"),
        (Options(purge=True), "purge_in.place: must be given, to say where to purge"),
        (Options(purge=True, purge_in=[{}]), r"purge_in\[0\].place: must be given"),
        (Options(purge=True, purge_in=[{"place": 5}]), r"purge_in\[0\].place: must be text"),
        (Options(purge=True, purge_in=[{"place": "p", "name": "a"}]), r"purge_in\[0\].name: is not an option"),
    ],
)
def test_faults_of_places(options: Options, text: str) -> None:
    with pytest.raises(Faults, match=text):
        read_places(Thing, {}, options, [])


def test_a_config_that_came_as_text_counts_too() -> None:
    """Ad hoc, config='{"name": "a"}' is text that Ansible turns into a list of one."""
    params = {"place": "p", "config": [{"name": "a", "size": None}]}
    (entry,) = read_entries(Thing, params, {"place": "p", "config": '{"name": "a"}'}, Options())
    assert entry.values == {"place": "p", "name": "a"}


def test_planning_changes_neither_the_entry_nor_what_is_there() -> None:
    entry = Entry(0, {"place": "p", "name": "a", "box": {"count": 2}})
    current = {"place": "p", "name": "a", "size": 1, "box": {"colour": "red"}}
    before = copy.deepcopy((entry.values, current))
    step: Step = plan(Thing(), entry, current, Options())
    assert step.changes == {"box": {"colour": "red", "count": 2}}
    assert (entry.values, current) == before


def test_a_list_is_read_once_and_details_only_where_they_decide() -> None:
    memory = Memory(world_of("a", "b", "c"))
    run(memory, [{"name": "a", "size": 1}, {"name": "b", "note": ""}, {"name": "z", "note": "x", "size": 1}])
    assert memory.log == ["GET", "GET", "POST"]
    memory.log.clear()
    run(memory, [{"name": "b", "note": "whatever"}], state="absent")
    assert memory.log == ["GET", "DELETE"]


def test_a_creation_leaves_out_what_is_null() -> None:
    memory = Memory({"p": {}})
    run(memory, [{"name": "a", "size": 1, "note": None, "limit": None, "box": None}])
    assert memory.writes == [("POST", "p", {"name": "a", "size": 1})]


def test_thousands_of_users_are_matched_in_no_time() -> None:
    """Names are looked up, not searched for: 20000 users take a second; searched for, this test runs into its limit."""

    class Node:
        check_mode = False

        def get(self, *_where: Any, **_query: Any) -> Values:
            return {"loginNames": [f"oxe{n}" for n in range(20000)]}

    wanted = [Entry(n, {"node_id": 7, "device_number": str(n)}) for n in range(1, 20000)]
    found, others = User().read(Node(), wanted, wanted)
    assert all(found)
    assert others == [{"node_id": 7, "login_name": "oxe0"}]
