# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields: their option names, what they accept, how they look on the wire, and when two values are the same."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from ansible_collections.voiceops.telephony.plugins import module_utils
from ansible_collections.voiceops.telephony.plugins.module_utils import engine
from ansible_collections.voiceops.telephony.plugins.module_utils import fields as f
from ansible_collections.voiceops.telephony.plugins.module_utils.apio.common import EXTENSION
from ansible_collections.voiceops.telephony.plugins.module_utils.ccs.common import TARGET
from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults
from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.common import NUMBER
from ansible_collections.voiceops.telephony.plugins.module_utils.resource import Entry, Resource

for found in pkgutil.walk_packages(module_utils.__path__, f"{module_utils.__name__}."):
    importlib.import_module(found.name)


def resources(parent: type[Resource] = Resource) -> list[type[Resource]]:
    return [c for sub in parent.__subclasses__() for c in ([sub] if sub.fields else []) + resources(sub)]


OURS = [r for r in resources() if r.__module__.startswith(module_utils.__name__)]
NAMES = {
    "active": "active",
    "agentStateAfterCall": "agent_state_after_call",
    "allowCallWaitingForAgents": "allow_call_waiting_for_agents",
    "allowOutgoingACDCall": "allow_outgoing_acd_call",
    "displayDNISNumber": "display_dnis_number",
    "eMailAddress": "e_mail_address",
    "externalPreferredAudioCodec": "external_preferred_audio_codec",
    "is_multimedia_enabled": "is_multimedia_enabled",
    "publicUserIdentity": "public_user_identity",
    "resetCallStatisticsUponEntryInQueue": "reset_call_statistics_upon_entry_in_queue",
    "serviceUserId": "service_user_id",
    "useCustomCLIDSettings": "use_custom_clid_settings",
    "useCustomDnisAnnouncementSettings": "use_custom_dnis_announcement_settings",
}

PAIR = f.Struct((f.Field("firstName", f.Text(1, 5), required=True), f.Field("agentCount", f.Number(0, 9))))
SWITCH = f.Flag(as_text=True)
POLICY = f.Choice(("Priority Based", "Skill Based"), read_as={"Priority": "Priority Based"}, wire={"Skill Based": "S"})
DAYS = f.MapOf(f.Date(), f.ListOf(f.Time(), unordered=True))


def check(kind: f.Kind, value: Any, nullable: bool = False) -> Any:
    return TypeAdapter(f.Field("x", kind, nullable=nullable).schema()).validate_python(value, context=[])


def fault(kind: f.Kind, value: Any) -> str:
    with pytest.raises(ValidationError) as error:
        check(kind, value)
    return "; ".join(e["msg"] for e in error.value.errors())


@pytest.mark.parametrize(("wire", "option"), NAMES.items())
def test_option_names(wire: str, option: str) -> None:
    assert f.snake_case(wire) == option
    assert f.Field(f"some.wrapper.{wire}", f.Text()).option == option


IN_OTHER_WORDS = {"supervisor", "enabled"}
"""Options for C(identifier) and C(enable), which say nothing by themselves."""


@pytest.mark.parametrize("resource", OURS, ids=lambda r: r.__name__)
def test_every_option_is_named_by_its_field_and_only_once(resource: type[Resource]) -> None:
    options = [field.option for field in (*resource.parents, *resource.fields)]
    assert len(set(options)) == len(options)
    for field in resource.fields:
        words = field.wire.rpartition(".")[2].replace("_", "").lower()
        told = field.read_only or field.option in IN_OTHER_WORDS
        assert told or field.option.replace("_", "").endswith(words)  # a noun may go in front
        assert field.option == field.option.lower()
        assert "__" not in field.option


ODD = (
    ("call Bob", "not 'call Bob'"),
    ("02\u00a0512", "which holds NO-BREAK SPACE"),
    ("02\u2013512", "which holds EN DASH"),
    ("\u0662\u0663", "which holds ARABIC-INDIC DIGIT TWO, ARABIC-INDIC DIGIT THREE"),
    ("\u2019025", "which holds RIGHT SINGLE QUOTATION MARK"),
    ("02\u200b5", "which holds ZERO WIDTH SPACE"),
)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (f.Text(2, 4), "a", "at least 2 characters"),
        (f.Text(2, 4), "abcde", "at most 4 characters"),
        (f.Text(quoted=True), 25126770, "arrived as the number 25126770: YAML drops leading zeros and plus signs"),
        (f.Text(quoted=True), 1.5, "quote it; to a template that calculates, add | string"),
        (f.Text(quoted=True), True, "valid string"),
        (f.Phone(), 3225126770, "quote it"),
        (f.Phone(), "", "at least 1 character"),
        (f.Phone(), "1" * 24, "at most 23 characters"),
        (NUMBER, "7 01", "must be a number of digits: 0-9, A-D, * and #, a + in front, not '7 01'"),
        *((kind, odd, text) for kind in (NUMBER, TARGET, EXTENSION, f.Phone(), f.DESTINATION) for odd, text in ODD),
        (EXTENSION, "51-10", "must be an extension: 0-9, * and #, not '51-10'"),
        (f.Phone(), "sip:a@b.example", "must be a phone number: 0-9, * and #, a + in front, and between them blanks"),
        (f.DESTINATION, "a b@c.example", "must be a SIP address, user@domain, or phone number: 0-9, * and #"),
        (f.Number(0, 9), 10, "must be from 0 to 9"),
        (f.Number(0, 9), -1, "must be from 0 to 9"),
        (f.Number(0, 9), "many", "valid integer"),
        (f.Flag(), "perhaps", "valid boolean"),
        (POLICY, "Random", "'Priority Based' or 'Skill Based'"),
        (POLICY, "Priority", "'Priority Based' or 'Skill Based'"),
        (f.Time(), "24:00", "must be a time from 00:00 to 23:59, not '24:00'"),
        (f.Time(), "8:0", "must be a time"),
        (f.Time(), "8:00:30", "must be a time"),
        (f.Time(), "0\u0668:00", "must be a time"),
        (f.Time(), 1440, "valid string"),
        (f.Time(), -1, "valid string"),
        (f.Time(), True, "valid string"),
        (f.Date(), "20270230", "'20270230' is not a date: write yyyy-mm-dd or yyyymmdd"),
        (f.Date(), "2027-1-1", "is not a date"),
        (f.Date(), None, "is not a date"),
        (PAIR, {}, "Field required"),
        (PAIR, {"first_name": "An", "nonsense": 1}, "Extra inputs are not permitted"),
        (f.ListOf(PAIR), [{"first_name": "Angela"}], "at most 5 characters"),
        (DAYS, {"tomorrow": []}, "is not a date"),
        (DAYS, {"20270101": ["8h"]}, "must be a time"),
        (DAYS, {"20270101": [], "2027-01-01": ["08:00"]}, "2 keys are written, which mean only these: 2027-01-01"),
    ],
)
def test_what_is_refused(kind: f.Kind, value: Any, text: str) -> None:
    assert text in fault(kind, value)


@pytest.mark.parametrize(
    ("kind", "value", "same_as"),
    [
        (f.Text(), "", ""),
        (f.Text(2, 4), "abcd", "abcd"),
        (NUMBER, "+32A*#", "+32A*#"),
        (NUMBER, " 701\n", "701"),
        (f.Phone(), "\u00a0+32 (0)2 512.67/70-1 ", "+32 (0)2 512.67/70-1"),
        (f.Phone(), "(02) 512 67 70", "(02) 512 67 70"),
        (f.Phone(), "*21", "*21"),
        (f.DESTINATION, "sip:bob@acme.example:5060", "sip:bob@acme.example:5060"),
        (f.Text(), " kept ", " kept "),
        (f.Number(0, 9), "9", 9),
        (f.Flag(), "yes", True),
        (f.Time(), "23:59", "23:59"),
        (f.Time(), "8:30", "08:30"),
        (f.Time(), " 0:30:00 ", "00:30"),
        (f.Time(), 510, "08:30"),
        (f.Date(), "2027-12-25", "2027-12-25"),
        (f.Date(), 20271225, "2027-12-25"),
        (DAYS, {"2027-12-25": ["08:00"], 20271226: None}, {"2027-12-25": ["08:00"], "2027-12-26": []}),
    ],
)
def test_what_is_accepted(kind: f.Kind, value: Any, same_as: Any) -> None:
    assert check(kind, value) == same_as


@given(st.integers(0, 24 * 60 - 1))
def test_a_time_that_yaml_ruined_is_turned_back_and_told(minutes: int) -> None:
    warnings: list[str] = []
    time = TypeAdapter(f.Time().schema()).validate_python(minutes, context=warnings)
    assert int(time[:2]) * 60 + int(time[3:]) == minutes
    assert len(time) == 5
    assert len(warnings) == 1
    assert time in warnings[0]


def test_only_what_can_be_cleared_takes_null() -> None:
    assert check(f.Text(1), None, nullable=True) is None
    assert check(f.Text(1), "", nullable=True) is None
    for kind in (f.Text(1), f.Number(0, 9), f.Flag(), POLICY):
        assert fault(kind, None)
    assert f.Field("x", f.Text()).nullable
    assert f.Field("x", PAIR).nullable
    assert not f.Field("x", f.Text(), required=True).nullable
    assert not f.Field("x", f.Number(0, 9)).nullable


@pytest.mark.parametrize(
    ("kind", "wire", "value"),
    [
        (f.Text(), "", None),
        (f.Text(), 101, "101"),
        (f.Number(0, 9), "7", 7),
        (f.Number(0, 9), "", None),
        (f.Number(1, 9, empty=0), 0, None),
        (SWITCH, "true", True),
        (SWITCH, "False", False),
        (SWITCH, "", None),
        (SWITCH, True, True),
        (POLICY, "Priority", "Priority Based"),
        (POLICY, "Something New", "Something New"),
        (POLICY, "", None),
        (PAIR, None, None),
        (PAIR, {"firstName": "", "agentCount": None}, {"first_name": None, "agent_count": None}),
        (PAIR, {"firstName": "An", "unknown": 1}, {"first_name": "An"}),
        (f.ListOf(f.Text()), None, []),
    ],
)
def test_reading(kind: f.Kind, wire: Any, value: Any) -> None:
    assert kind.from_wire(wire) == value
    assert type(kind.from_wire(wire)) is type(value)


@pytest.mark.parametrize(
    ("kind", "value", "wire"),
    [
        (SWITCH, True, "true"),
        (SWITCH, False, "false"),
        (f.Number(0, 9, as_text=True), 7, "7"),
        (POLICY, "Skill Based", "S"),
    ],
)
def test_writing(kind: f.Kind, value: Any, wire: Any) -> None:
    assert kind.to_wire(value) == wire


@pytest.mark.parametrize(
    ("country", "one", "other", "same"),
    [
        ("BE", "025126770", "+3225126770", True),
        ("BE", "025126770", "003225126770", True),
        ("be", "025126770", "+3225126770", True),
        ("BE", "02 512.67-70", "(02)5126770", True),
        ("BE", "025126770", "+3225126771", False),
        ("NL", "025126770", "+3225126770", False),
        (None, "025126770", "+3225126770", False),
        (None, "02 512 67 70", "02/512.67.70", True),
        (None, "025126770", "25126770", False),
        ("BE", "Line@Acme.example", "line@acme.EXAMPLE", True),
        ("BE", "*21#", "*21#", True),
        ("BE", "*21#", "*22#", False),
        ("BE", None, "", True),
        ("BE", None, "1", False),
    ],
)
def test_same_phone_number(country: str | None, one: str, other: str, same: bool) -> None:
    assert f.Phone().same(one, other, country) is same
    assert f.Phone().same(other, one, country) is same


@pytest.mark.parametrize(
    ("kind", "current", "wanted", "same"),
    [
        (f.Text(), None, "", True),
        (f.Text(), "a", None, False),
        (f.Number(0, 9), 0, None, False),
        (f.Flag(), False, None, False),
        (PAIR, {"first_name": "An", "agent_count": 3}, {"first_name": "An"}, True),
        (PAIR, {"first_name": "An"}, {"first_name": "Bo"}, False),
        (PAIR, None, None, True),
        (PAIR, None, {}, True),
        (PAIR, {"first_name": None, "agent_count": None}, None, True),
        (PAIR, None, {"first_name": None}, True),
        (PAIR, {"first_name": "An"}, None, False),
        (PAIR, None, {"first_name": "An"}, False),
        (f.ListOf(f.Text()), ["a", "b"], ["b", "a"], False),
        (f.ListOf(f.Text(), unordered=True), ["a", "b"], ["b", "a"], True),
        (f.ListOf(f.Text()), ["a"], ["a", "a"], False),
        (f.ListOf(f.Text()), None, [], True),
        (DAYS, {"20270101": ["08:00", "09:00"], "20270102": ["08:00"]}, {"20270101": ["09:00", "08:00"]}, True),
        (DAYS, None, {"20270101": []}, True),
        (DAYS, None, {"20270101": ["08:00"]}, False),
    ],
)
def test_same_value(kind: f.Kind, current: Any, wanted: Any, same: bool) -> None:
    assert kind.same(current, wanted, None) is same


# Every kind with values that it accepts

VALUES: list[tuple[f.Kind, st.SearchStrategy[Any]]] = [
    (f.Text(0, 9), st.text(max_size=9)),
    (f.Phone(), st.from_regex(r"\+?[0-9]([0-9 ./-]{0,18}[0-9])?", fullmatch=True)),
    (SWITCH, st.booleans()),
    (f.Flag(), st.booleans()),
    (f.Number(1, 9, as_text=True, empty=0), st.integers(1, 9)),
    (
        f.Choice(("Priority Based", "Skill Based"), wire={"Skill Based": "S"}, read_as={"S": "Skill Based"}),
        st.sampled_from(["Priority Based", "Skill Based"]),
    ),
    (f.Time(), st.times().map(lambda t: f"{t:%H:%M}")),
    (f.Date(), st.dates().map(str)),
]
STRUCT = f.Struct(tuple(f.Field(f"member{n}", kind, nullable=True) for n, (kind, _v) in enumerate(VALUES)))
MEMBERS = st.fixed_dictionaries({}, optional={f"member{n}": st.none() | v for n, (_k, v) in enumerate(VALUES)})
VALUES += [(STRUCT, MEMBERS), (f.ListOf(STRUCT), st.lists(MEMBERS.filter(bool), max_size=3))]
FIELDS = tuple(f.Field(f"outer{n % 2}.inner.field{n}", kind, nullable=True) for n, (kind, _v) in enumerate(VALUES))
ENTRIES = st.fixed_dictionaries({}, optional={f"field{n}": st.none() | v for n, (_k, v) in enumerate(VALUES)})


@given(ENTRIES, st.sampled_from([None, "BE", "IT"]))
def test_what_is_written_is_read_back_the_same(values: f.Values, country: str | None) -> None:
    checked = f.model(FIELDS).model_validate(values, context=[]).model_dump(exclude_unset=True)
    assert f.differing(FIELDS, values, checked, country) == []
    wire = f.to_wire(FIELDS, checked)
    assert set(wire) <= {"outer0", "outer1"}
    back = f.from_wire(FIELDS, wire)
    assert back.keys() == checked.keys()
    assert f.differing(FIELDS, back, checked, country) == []
    assert f.from_wire(FIELDS, f.to_wire(FIELDS, back)) == back


@given(ENTRIES, ENTRIES)
def test_what_was_merged_is_there(current: f.Values, wanted: f.Values) -> None:
    for field in FIELDS:
        if field.option in wanted:
            merged = field.kind.merged(current.get(field.option), wanted[field.option])
            assert field.kind.same(merged, wanted[field.option], None)


def test_absent_wrappers_and_odd_ones() -> None:
    assert f.from_wire(FIELDS, {}) == {}
    for odd in (None, "", [], {"inner": None}):
        assert f.from_wire(FIELDS, {"outer0": odd}) == {}
    with pytest.raises(f.ApiError, match="'odd' as member outer0, where an object was expected"):
        f.from_wire(FIELDS, {"outer0": "odd"})
    assert f.from_wire(f.flat(FIELDS), {"field0": "a"}) == {"field0": "a"}


def test_secrets_are_masked() -> None:
    pin = f.Field("pin", f.Text(), secret=True)
    assert f.masked([pin], {"pin": "1234", "x": 1}) == {"pin": f.MASK, "x": 1}
    assert f.masked([pin], {"pin": None}) == {"pin": None}
    assert pin.spec["no_log"] is True
    assert not PAIR.spec.get("no_log")


@pytest.mark.parametrize("key", [True, None, 1.1, (1, 2)])
def test_a_key_that_yaml_has_changed_is_named(key: Any) -> None:
    with pytest.raises(Faults) as error:
        f.with_text_keys({"config": [{"raw": {"a": 1}}, {"raw": {"b": {key: 1}, 7: {key: 2}}}]})
    places = [fault.partition(": the key ")[0] for fault in error.value.faults]
    assert places == [f"config[1].raw.b.{key}"]


def test_keys_become_text_where_it_is_plain_what_was_written() -> None:
    day, moment = date(2027, 12, 25), datetime(2027, 12, 25, 8, 30)
    given = {"a": [{day: {5: [1]}}], "b": ({moment: True},), "c": {"x": None}}
    assert f.with_text_keys(given) == {
        "a": [{"2027-12-25": {"5": [1]}}],
        "b": [{"2027-12-25T08:30:00": True}],
        "c": {"x": None},
    }
    same = {"a": [{"b": 1}]}
    assert f.with_text_keys(same) is same
    with pytest.raises(Faults, match=r"a\.5: this key stands there twice"):
        f.with_text_keys({"a": {5: 1, "5": 2}})


def takes(kind: f.Kind, value: Any) -> bool:
    try:
        check(kind, value)
    except ValidationError:
        return False
    return True


def in_templates(resource: type[Resource]) -> set[str]:
    """The names in braces that stand in some path of the files that a resource type is made of."""
    files = {inspect.getfile(c) for c in resource.__mro__ if c.__module__.startswith(module_utils.__name__)}
    texts = [text for file in files for text in re.findall(r'"[^"\s]*"', Path(file).read_text())]
    paths = [text for text in texts if "/{" in text or text[1:2] == "{"]
    return {name for path in paths for name in re.findall(r"(?<!\{)\{(\w+)\}(?!\})", path)}


@pytest.mark.parametrize("resource", OURS, ids=lambda r: r.__name__)
def test_what_cannot_be_a_segment_of_a_path_is_refused(resource: type[Resource]) -> None:
    """Browsers, proxies and libraries take C(.) and C(..) out of a path."""
    options = {one.option: one for one in (*resource.options(), *resource.info_options)}
    texts = [n for n in in_templates(resource) if n in options and takes(options[n].kind, "..")]
    assert set(texts) <= set(resource.in_paths())
    for name in resource.in_paths():
        for dots in (".", ".."):
            entry = Entry(0, {name: dots})
            assert engine.unaddressable(resource, entry)[0].startswith(f"{name}: cannot be {dots!r}")
