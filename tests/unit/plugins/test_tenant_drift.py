# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan becomes the drift of a tenant, and that becomes reports in which nothing of a platform is taken for markup."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.voiceops.telephony.plugins.filter.tenant_drift import FilterModule, tenant_drift
from ansible_collections.voiceops.telephony.plugins.filter.tenant_drift_report import FilterModule as ReportFilters
from ansible_collections.voiceops.telephony.plugins.filter.tenant_drift_report import tenant_drift_report
from ansible_collections.voiceops.telephony.plugins.plugin_utils.markdown import readable
from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import make_plan

Values = dict[str, Any]


def at(time: str, rule: int, mode: str) -> Values:
    return {"time": time, "rule_number": rule, "mode": mode}


OPEN, LUNCH, CLOSED = at("08:30", 1, "normal"), at("12:00", 2, "forward"), at("17:30", 0, "closed")
CENTERS = "apio.call_centers"


def step(action: str, changes: Values | None = None, name: str = "cc@acme.example", **more: Any) -> Values:
    return {"name": name, "key": {"service_user_id": name}, "action": action, "changes": changes or {}, **more}


def plan(*steps: Values, unchanged: int = 5, **more: Any) -> Values:
    resources = {CENTERS: {"summary": {}, "unverified": [], "steps": list(steps)}}
    summary = {"create": 0, "update": 0, "delete": 0, "unchanged": unchanged, "failed": 0, "requests": 9}
    whole = {"tenant": "acme", "made": "2026-11-23T18:00:00Z", "status": "changes", "summary": summary}
    return {**whole, "warnings": [], "errors": [], "resources": resources, **more}


def pilot(number: str = "60101", **more: Any) -> Values:
    rules = [{"rule_number": 1, "name": "DAY", "active": True}]
    return {"pilot_number": number, "name": "Sales", "state": "opened", "rules": rules, **more}


def calendars(*entries: Values) -> Values:
    return {"o2g": {"node_id": 7, "pilot_calendars": list(entries)}}


# The data


def test_each_action_is_a_kind_of_difference() -> None:
    drift = tenant_drift(
        plan(
            step("create", {"name": {"after": "New"}}),
            step("delete", {"name": {"before": "Old"}}),
            step("update", {"queue_length": {"before": 25, "after": 40}, "language": {"after": "English"}}),
        )
    )
    assert drift["status"] == "drift"
    assert drift["summary"] == {"missing": 1, "added": 1, "changed": 1, "unchanged": 5, "errors": 0}
    assert [(one["kind"], one["fields"]) for one in drift["differences"]] == [
        ("missing", [{"field": "name", "code": "New"}]),
        ("added", [{"field": "name", "live": "Old"}]),
        ("changed", [{"field": "queue_length", "code": 40, "live": 25}, {"field": "language", "code": "English"}]),
    ]
    assert drift["differences"][0]["list"] == CENTERS
    assert drift["differences"][0]["key"] == {"service_user_id": "cc@acme.example"}
    assert json.loads(json.dumps(drift)) == drift


def test_nothing_to_do_is_no_drift() -> None:
    assert tenant_drift(plan())["status"] == "clean"


def test_what_failed_is_an_error_and_no_difference() -> None:
    drift = tenant_drift(plan(step("update", error="no right"), errors=["ccs.limits: cannot be reached"]))
    assert drift["status"] == "failed"
    assert drift["differences"] == []
    assert drift["errors"] == ["ccs.limits: cannot be reached", f"{CENTERS}: cc@acme.example: no right"]


def test_dates_are_written_alike_on_both_sides() -> None:
    changed = step("update", {"exceptions.2027-01-01": {"before": None, "after": [CLOSED]}})
    live = pilot(normal={}, exceptions={"2027-01-01": [CLOSED]})
    code = {"pilot_number": "60101", "exceptions": {"2027-01-01": [CLOSED], "20270102": []}}
    drift = tenant_drift(plan(changed), calendars(code), [live])
    assert drift["differences"][0]["fields"][0]["field"] == "exceptions.2027-01-01"
    (told,) = drift["pilots"]
    assert told["live"]["exceptions"] == told["code"]["exceptions"] == {"2027-01-01": [CLOSED]}
    assert told["differs"] == []
    assert told["code"]["normal"] is None
    assert told["rules"] == {"1": "DAY"}


def test_pilots_are_told_wherever_they_are() -> None:
    live = [pilot("2", normal={"monday": [CLOSED, OPEN]}, exceptions={}), pilot("3", normal={}, exceptions={})]
    code = [{"pilot_number": n, "normal": {"monday": [OPEN]}} for n in ("1", "2")]
    drift = tenant_drift(plan(), calendars(*code), live)
    assert [p["pilot_number"] for p in drift["pilots"]] == ["1", "2", "3"]
    assert [p["differs"] for p in drift["pilots"]] == [[], ["normal"], []]
    assert drift["pilots"][1]["live"]["normal"] == {"monday": [OPEN, CLOSED]}


# The reports

NASTY = "<script>alert('x')</script> & \"quoted\" | `code` *bold* {{ 1 }}\n\u2028<b>"


class Page(HTMLParser):
    """Gathers the elements and texts of a page; void elements need no end."""

    VOID = {"meta", "link", "input", "line", "rect", "circle", "path", "br"}

    def __init__(self, text: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None], str]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), " ".join(self.stack)))
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), " ".join(self.stack)))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        if self.stack[-1:] not in (["script"], ["style"]):
            self.texts.append(data)

    def all(self, tag: str, of: str = "") -> list[dict[str, str | None]]:
        """The attributes of all elements of a name, or of those of a class."""
        found = [attrs for name, attrs, _stack in self.elements if name == tag]
        return [attrs for attrs in found if not of or of in (attrs.get("class") or "").split()]


def page(drift: Values) -> Page:
    return Page(tenant_drift_report(drift))


def test_no_text_of_a_platform_becomes_markup() -> None:
    changed = step("update", {NASTY: {"before": NASTY, "after": [NASTY]}}, name=NASTY)
    live = pilot(normal={"monday": [OPEN]}, exceptions={"2027-01-01": [OPEN]})
    live["name"] = live["rules"][0]["name"] = NASTY
    told = {"tenant": NASTY, "errors": [NASTY], "warnings": [NASTY]}
    drift = tenant_drift(
        plan(changed, **told), calendars({"pilot_number": "60101", "normal": {}, "exceptions": {}}), [live]
    )
    drift["not_compared"] = {NASTY: [NASTY]}
    made = page(drift)
    assert len(made.all("script")) == 1
    assert made.all("b") == []
    assert sum(NASTY in text for text in made.texts) >= 10
    assert any(NASTY in (attrs.get("title") or "") for attrs in made.all("td", "marked"))
    for line in tenant_drift_report(drift, "md").splitlines():
        assert not re.search(r"(?<!\\)<(?!br>)|(?<!\\)`", line)


def test_what_is_alike_is_told_once_and_the_odd_transition_is_marked() -> None:
    friday = {"normal.friday": {"before": [OPEN, LUNCH], "after": [OPEN, CLOSED]}}
    names = [str(60101 + n) for n in range(30)]
    steps = [step("update", friday, name=name) for name in names]
    steps[4] = step("update", {**friday, "normal.monday": {"before": [], "after": [OPEN]}}, name=names[4])
    gone = [step("delete", {"name": {"before": "Old"}}, name=f"old-{n}") for n in range(2)]
    places = {CENTERS: {name: f"pilots.xlsx, row {n}" for n, name in enumerate(names, start=2)}}
    drift = tenant_drift(plan(*steps, *gone), places=places)
    assert drift["summary"]["changed"] == 30
    made = page(drift)
    groups = made.all("tbody", "difference")
    assert [(attrs["data-kind"], attrs["data-count"]) for attrs in groups] == [
        ("added", "2"),
        ("changed", "30"),
        ("changed", "1"),
    ]
    assert [sum(text == name for text in made.texts) for name in names[3:6]] == [1, 2, 1]
    assert "pilots.xlsx, row 31" in made.texts
    assert sum("12:00 forward, rule 2" in text for text in made.texts) == 1
    assert len(made.all("span", "odd")) == 2
    assert tenant_drift_report(drift, "md").count("17:30 closed") == 1


def test_settings_are_told_by_whose_they_are() -> None:
    said = {"ccs": {"limits": {"results": [{"key": {"tenant": "Acme"}, "action": "unchanged", "error": "gone"}]}}}
    assert make_plan(said, "acme", [], [])["resources"]["ccs.limits"]["steps"][0]["name"] == "limits of Acme"


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["create", "update", "delete"]))
def test_any_text_can_be_shown(text: str, action: str) -> None:
    changes = {"name": {"before": text, "after": [text]}}
    drift = tenant_drift(plan(step(action, changes, name=text)), calendars(), [pilot("1", name=text)])
    drift["pilots"][0]["name"] = text
    page(drift)
    table = [line for line in tenant_drift_report(drift, "md").split("\n") if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in table} == {6}


def test_the_page_loads_nothing() -> None:
    drift = tenant_drift(plan(), calendars(), [pilot(normal={"monday": [OPEN]}, exceptions={"2027-01-01": [OPEN]})])
    made = page(drift)
    links = [value for _tag, attrs, _stack in made.elements for name, value in attrs.items() if name in ("src", "href")]
    assert links == ["data:,", "#differences", "#hours"]
    assert "//" not in tenant_drift_report(drift).replace("http://www.w3.org", "")


def spans(made: Page, day: str, side: str = "") -> list[str]:
    """What the chart says of a day."""
    groups = [
        attrs for attrs in made.all("g", "span") if (attrs.get("data-day"), attrs.get("data-side")) == (day, side)
    ]
    return [str(attrs["class"]) for attrs in groups]


def test_a_week_is_drawn_and_goes_on_over_midnight() -> None:
    live = pilot(normal={"monday": [OPEN, LUNCH, CLOSED], "friday": [OPEN]}, exceptions={})
    made = page(tenant_drift(plan(), {}, [live]))
    assert spans(made, "monday") == ["span normal carried", "span normal", "span forward", "span closed"]
    assert spans(made, "tuesday") == spans(made, "thursday") == ["span closed carried"]
    assert spans(made, "friday") == ["span closed carried", "span normal"]
    assert spans(made, "sunday") == ["span normal carried"]
    assert "Monday 08:30 to 12:00: normal, rule 1 (DAY)" in made.texts
    assert "Monday 00:00 to 08:30: normal, rule 1 (DAY), goes on from before" in made.texts
    assert "Week, live only, code does not say" in made.texts
    widths = [float(attrs["width"] or 0) for tag, attrs, stack in made.elements if tag == "rect" and "svg g" in stack]
    assert max(widths) == 720


def test_a_day_that_differs_is_drawn_twice() -> None:
    live = pilot(normal={"monday": [OPEN, CLOSED], "friday": [OPEN]}, exceptions={})
    code = {"pilot_number": "60101", "normal": {"monday": [OPEN, CLOSED], "friday": [OPEN, CLOSED]}}
    made = page(tenant_drift(plan(), calendars(code), [live]))
    assert spans(made, "tuesday") == ["span closed carried"]
    assert spans(made, "friday", "live") == ["span closed carried", "span normal"]
    assert spans(made, "friday", "code") == ["span closed carried", "span normal", "span closed"]
    assert spans(made, "sunday", "live") == ["span normal carried"]
    assert [attrs["data-differs"] for attrs in made.all("article")] == ["yes"]


def test_pilots_with_the_same_calendar_share_a_chart() -> None:
    same = {"normal": {"monday": [OPEN]}, "exceptions": {}}
    live = [pilot("1", **same), pilot("2", **same), pilot("3", normal={}, exceptions={})]
    made = page(tenant_drift(plan(), {}, live))
    assert len(made.all("article")) == 2
    assert len(made.all("svg", "week")) == 1
    assert "No transitions." in made.texts
    assert made.all("svg", "week")[0]["aria-label"] == "Week of 1, 2, live only, code does not say"


def test_the_exceptions_of_a_year_are_a_calendar() -> None:
    live = {"2025-01-01": [CLOSED], "2027-01-01": [CLOSED], "2027-05-01": [OPEN], "2027-12-24": [OPEN, CLOSED]}
    code = {"2025-01-01": [CLOSED], "2027-01-01": [CLOSED], "2027-05-01": [CLOSED], "2027-12-25": [LUNCH]}
    entry = {"pilot_number": "60101", "exceptions": code}
    made = page(tenant_drift(plan(), calendars(entry), [pilot(normal={}, exceptions=live)]))
    marked = {attrs["data-date"]: attrs for attrs in made.all("td", "marked")}
    assert {day: attrs["class"] for day, attrs in marked.items()} == {
        "2027-05-01": "marked m-normal changed",
        "2027-12-24": "marked m-mixed added",
        "2027-12-25": "marked m-forward missing",
    }
    assert marked["2027-12-25"]["title"] == (
        "Saturday 2027-12-25 (in code, not live)\nLive: nothing\nIn code: 12:00 forward, rule 2"
    )
    assert len(made.all("table", "month")) == 2
    assert len(made.all("details", "exceptions")) == 1


def test_a_calendar_in_code_of_a_pilot_that_was_not_read() -> None:
    code = {"pilot_number": "1", "normal": {"monday": [OPEN]}, "exceptions": {"2027-01-01": [CLOSED]}}
    made = page(tenant_drift(plan(errors=["o2g: cannot be reached"]), calendars(code), []))
    assert "Week, in code only" in made.texts
    assert made.all("td", "marked") == []
    assert "2027-01-01" in made.texts


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "(nothing)"),
        ("", "(nothing)"),
        ([], "(nothing)"),
        (False, "no"),
        (True, "yes"),
        (0, "0"),
        ("0123", "0123"),
        ([OPEN, CLOSED], "08:30 normal, rule 1\n17:30 closed, rule 0"),
        ({"code": "1", "level": "Group"}, "code: 1, level: Group"),
    ],
)
def test_values_are_shown_as_people_read_them(value: Any, text: str) -> None:
    assert readable(value, between="\n") == text


def test_markdown_tells_all_differences() -> None:
    drift = tenant_drift(
        plan(
            step("update", {"queue_length": {"before": 25, "after": 40}}),
            step("delete", name="old@acme.example"),
            warnings=["a warning"],
        )
    )
    drift["not_compared"] = {"ccs.extensions": ["is_agent", "monitor"]}
    text = tenant_drift_report(drift, "md")
    assert "| 0 | 1 | 1 | 5 | 0 |" in text
    assert re.search(r"\| changed \| cc@acme\.example \| queue\\?_length \| 40 \| 25 \|", text)
    assert "| added | old@acme.example |  |  | there |" in text
    assert "- a warning" in text
    assert re.search(r"- ccs\.extensions: is\\?_agent, monitor", text)


def test_another_form_is_refused() -> None:
    with pytest.raises(AnsibleFilterError, match="form must be one of html, md, yml, not 'pdf'"):
        tenant_drift_report({}, "pdf")


def test_ansible_finds_the_filters() -> None:
    assert FilterModule().filters() == {"tenant_drift": tenant_drift}
    assert ReportFilters().filters() == {"tenant_drift_report": tenant_drift_report}
