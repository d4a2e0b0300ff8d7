# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs is found on all platforms, and its page works in a browser."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from browser import CONTRASTS, seen
from plays import Played, connections, inventory, play
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from simulator.handle import Simulator
from tenants import SETTINGS, Tenant, seed

from ansible_collections.voiceops.telephony.plugins.plugin_utils.yaml_text import yaml_text

pytestmark = pytest.mark.timeout(600)

NASTY = "<script>document.title='broken'</script> \"quoted\" & {{ 1 }}"
POINT = "rp-000@acme.example"
KEYED = ("30000", "30001")


def drifted(tenant: Tenant) -> dict[str, Any]:
    """The simulator's content: the tenant as it was built, and then somebody changed this and that by hand."""
    content = seed([tenant], there=True)
    group = content["apio"]["tenants"][tenant.name]["groups"]["brussels"]
    group["call_centers"][0]["queueLength"] = 7
    group["call_centers"][1]["serviceInstanceProfile"]["name"] = NASTY
    del group["instant_group_calls"][0]
    group["route_points"][POINT]["dnis"].append({"name": "By hand", "phoneNumber": "+3225559999", "extension": "9999"})
    node = content["o2g"]["nodes"][str(tenant.node)]
    node["subscribers"].append({"number": "39999", "firstName": "An", "lastName": "Aerts", "user": True})
    keys = {"1": {"number": "7"}, "2": {"number": "8"}}
    content["o2g"]["phones"] = {"devices": {number: {"keys": keys} for number in KEYED}}
    pilot = node["pilots"][0]
    pilot["name"] = NASTY
    pilot["normal"] = {**pilot["normal"], "friday": pilot["normal"]["monday"]}
    pilot["exception"] = {day: listed for day, listed in pilot["exception"].items() if day != "20270517"}
    pilot["exception"]["20271224"] = pilot["exception"]["20270101"]
    return content


def compared(sim: Simulator, folder: Path, tenants: dict[str, dict[str, Any]], *flags: str, **extra: Any) -> Played:
    sim.clear_journal()
    played = play("drift.yml", inventory(folder, tenants, **connections(sim)), *flags, **extra)
    assert not sim.journal(writes=True)
    return played


class Loader(yaml.SafeLoader):
    """Reads what must not be taken for a template."""


Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def merged(code: Any, live: Any) -> Any:
    """What a person makes of an entry: days and members one by one, all else as it is live."""
    if not isinstance(code, dict) or not isinstance(live, dict):
        return live
    names = {re.sub(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", name): value for name, value in code.items()}
    return {**names, **{name: merged(names.get(name), value) for name, value in live.items()}}


def take_over(sim: Simulator, folder: Path, code: dict[str, dict[str, Any]]) -> None:
    """What drift calls the entries that make code of what is live, does so: there is no drift then."""
    played = compared(sim, folder, code, drift_adopt=True, drift_dir="adopted")
    assert not played.failed, played.text[-3000:]
    text = (folder / "adopted/acme.adopt.yml").read_text()
    assert "Simulator-only-1" not in text
    assert "nothing to take over" in (folder / "adopted/globex.adopt.yml").read_text()
    acme = json.loads(json.dumps(code["acme"]))
    for block, lists in yaml.load(text, Loader).items():
        for name, entries in lists.items():
            there = acme[block].setdefault(name, [])
            for live in entries:
                same = (n for n, one in enumerate(there) if any(one.get(o) == live[o] for o in list(live)[:1]))
                keyed = [n for n in same if live.get("position") in (None, there[n].get("position"))]
                if keyed:
                    there[keyed[0]] = merged(there[keyed[0]], live)
                else:
                    there.append(live)
    for name, gone in re.findall(r"^#   apio\.(\w+): (\S+)", text, re.MULTILINE):
        acme["apio"][name] = [one for one in acme["apio"][name] if one["service_user_id"] != gone]
    (folder / "host_vars").mkdir()
    (folder / "host_vars/acme.yml").write_text(yaml_text(acme))
    played = compared(sim, folder, {"acme": {}}, drift_dir="clean")
    left = json.loads((folder / "clean/acme.json").read_text())
    assert (left["errors"], left["summary"]["changed"]) == ([], 1), left["differences"]
    (one,) = left["differences"]  # the name that somebody gave it is longer than the platform's document allows
    assert (one["name"], [told["field"] for told in one["fields"]]) == ("cc-001@acme.example", ["name"])
    assert "# no module takes it: name is " in text
    (folder / "host_vars/acme.yml").unlink()


def test_what_was_changed_by_hand_is_found(sim: Simulator, tmp_path: Path) -> None:
    tenants = [Tenant("S", "acme", 0), Tenant("S", "globex", 1)]
    content, other = drifted(tenants[0]), seed(tenants, there=True)
    content["apio"]["tenants"]["globex"] = other["apio"]["tenants"]["globex"]
    content["ccs"]["tenants"].append(other["ccs"]["tenants"][1])
    content["o2g"]["nodes"]["8"] = other["o2g"]["nodes"]["8"]
    sim.reset(content)
    sim.settings(ccs=SETTINGS)
    code = {tenant.name: tenant.variables() for tenant in tenants}
    first, second = ({"login_name": f"oxe{number}", "device_id": number} for number in KEYED)
    code["acme"]["o2g"] |= {
        "pbx_objects": [{"path": f"Subscriber/{KEYED[0]}", "attributes": {"Annu_Name": "Changed"}}],
        "programmable_keys": [{**first, "position": 1, "number": "70"}],
        "programmable_keys_purge_in": [second],
    }
    played = compared(sim, tmp_path, code, environment={"ANSIBLE_SHOW_CUSTOM_STATS": "true"})
    assert not played.failed, played.text[-3000:]
    assert played.recap["changed"] == 0

    drift = json.loads((tmp_path / "drift/acme.json").read_text())
    found = {(one["kind"], one["list"], one["name"]): one["fields"] for one in drift["differences"]}
    assert sorted(found) == [
        ("added", "apio.route_point_dnis", f"{POINT} / By hand"),
        ("added", "o2g.pilot_calendars", "60000"),
        *(
            ("added", "o2g.programmable_keys", f"oxe{n} / {n} / {at}")
            for n, at in zip((*KEYED, KEYED[1]), (2, 1, 2), strict=True)
        ),
        ("added", "o2g.users", "oxe39999"),
        ("changed", "apio.call_centers", "cc-000@acme.example"),
        ("changed", "apio.call_centers", "cc-001@acme.example"),
        ("changed", "o2g.pbx_objects", f"Subscriber/{KEYED[0]}"),
        ("changed", "o2g.pilot_calendars", "60000"),
        ("changed", "o2g.programmable_keys", f"oxe{KEYED[0]} / {KEYED[0]} / 1"),
        ("missing", "apio.instant_group_calls", "igc-000@acme.example"),
    ]
    assert found["changed", "apio.call_centers", "cc-000@acme.example"] == [
        {"field": "queue_length", "code": 25, "live": 7}
    ]
    assert {f["field"] for f in found["changed", "o2g.pilot_calendars", "60000"]} == {
        "normal.friday",
        "exceptions.2027-05-17",
    }
    (day,) = found["added", "o2g.pilot_calendars", "60000"]
    assert (day["field"], "code" in day, len(day["live"])) == ("exceptions.2027-12-24", False, 1)
    assert drift["status"] == "drift"
    summary = {"added": 6, "changed": 5, "missing": 1, "errors": 0, "unchanged": drift["summary"]["unchanged"]}
    assert drift["summary"] == summary
    assert [pilot["differs"] for pilot in drift["pilots"]] == [["normal", "exceptions"], []]

    assert json.loads((tmp_path / "drift/globex.json").read_text())["status"] == "clean"
    stats = json.loads("{" + played.text.rpartition("RUN: {")[2].rpartition("}")[0] + "}")["telephony_drift"]
    assert stats["status"] == "drift"
    assert stats["tenants"]["acme"] == {**summary, "status": "drift"}
    assert stats["tenants"]["globex"]["status"] == "clean"
    assert "Simulator-only-1" not in played.text + "".join(path.read_text() for path in tmp_path.glob("drift/*"))

    take_over(sim, tmp_path, code)
    gated = compared(sim, tmp_path, code, "--check", drift_gate=True, drift_dir="gate")
    assert gated.failed
    assert gated.recap["failed"] == 1
    assert sorted(path.name for path in (tmp_path / "gate").iterdir()) == [
        f"{tenant}.{form}" for tenant in code for form in ("html", "json", "md")
    ]


def test_settings_that_are_not_shown_are_no_drift(sim: Simulator, tmp_path: Path) -> None:
    tenant = Tenant("S")
    sim.reset(seed([tenant], there=True))
    played = compared(sim, tmp_path, {"acme": tenant.variables()}, drift_gate=True)
    assert not played.failed, played.text[-3000:]
    drift = json.loads((tmp_path / "drift/acme.json").read_text())
    assert drift["status"] == "clean"
    assert "is_agent" in drift["not_compared"]["ccs.extensions"]


def test_what_cannot_be_compared_fails_after_the_reports(sim: Simulator, tmp_path: Path) -> None:
    tenant = Tenant("S")
    sim.reset(drifted(tenant))
    sim.settings(ccs=SETTINGS)
    sim.fault("GET", "/acd/7/pilots", status=500, times=None)
    wrong = {"o2g": {"node_id": 7, "users": [{"device_number": 70100}]}}
    played = compared(sim, tmp_path, {"acme": tenant.variables(), "wrong": wrong, "empty": {}})
    assert played.failed
    assert played.recap["failed"] == 3
    drift = json.loads((tmp_path / "drift/acme.json").read_text())
    assert drift["status"] == "failed"
    assert drift["summary"]["missing"] == 1
    assert any("o2g" in error for error in drift["errors"])
    broken = json.loads((tmp_path / "drift/wrong.json").read_text())
    assert "device_number" in broken["errors"][0]
    assert json.loads((tmp_path / "drift/empty.json").read_text())["errors"][0].startswith("empty declares nothing")


# The page


@pytest.fixture(scope="module")
def report(running: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a tenant on which everything happened."""
    folder = tmp_path_factory.mktemp("report")
    tenant = Tenant("S")
    running.reset(drifted(tenant))
    running.settings(ccs=SETTINGS)
    assert not compared(running, folder, {"acme": tenant.variables()}).failed
    return folder / "drift/acme.html"


def kinds(browser: Chrome) -> list[str | None]:
    return sorted(str(row.get_attribute("data-kind")) for row in seen(browser, "tbody.difference"))


EVERYTHING = ["added", "added", "added", "changed", "changed", "changed", "missing"]


@pytest.mark.long
def test_the_tables_filter(browser: Chrome, report: Path) -> None:
    browser.get(report.as_uri())
    assert browser.title == "Drift of acme"
    assert kinds(browser) == EVERYTHING
    assert browser.find_element(By.TAG_NAME, "output").text == "7 of 7 differences"
    added = browser.find_element(By.CSS_SELECTOR, "button[data-kind=added]")
    added.click()
    assert added.get_attribute("aria-pressed") == "false"
    assert kinds(browser) == ["changed", "changed", "changed", "missing"]
    browser.find_element(By.CSS_SELECTOR, "button[data-list='apio.call_centers']").send_keys(Keys.SPACE)
    assert kinds(browser) == ["changed", "missing"]
    box = browser.find_element(By.ID, "q")
    box.send_keys("IGC-000 Group")
    assert kinds(browser) == ["missing"]
    assert browser.find_element(By.TAG_NAME, "output").text == "1 of 7 differences"
    there = browser.current_url
    box.send_keys(" nowhere")
    assert kinds(browser) == []
    assert "Nothing of this is shown" in browser.find_element(By.CSS_SELECTOR, "p.empty").text
    assert len(seen(browser, "article.pilots")) == 2

    browser.get("about:blank")
    browser.get(there)
    assert kinds(browser) == ["missing"]
    assert browser.find_element(By.ID, "q").get_attribute("value") == "IGC-000 Group"
    browser.find_element(By.CSS_SELECTOR, "button.reset").click()
    assert kinds(browser) == EVERYTHING
    assert "#" not in browser.current_url
    browser.execute_script("location.hash = 'q=60000'")
    assert len(seen(browser, "article.pilots")) == 1
    assert kinds(browser) == ["added", "changed"]


def test_the_charts_and_the_calendar(browser: Chrome, report: Path) -> None:
    browser.get(report.as_uri())
    assert browser.find_element(By.CSS_SELECTOR, "article h3").text.endswith(NASTY)
    first, second = seen(browser, "article.pilots")
    assert len(first.find_elements(By.CSS_SELECTOR, "svg.week text.day")) == 8
    assert len(second.find_elements(By.CSS_SELECTOR, "svg.week text.day")) == 7
    assert [day.text for day in first.find_elements(By.CSS_SELECTOR, "svg.week text.odd")] == [
        "Fri ≠ live",
        "Fri ≠ in code",
    ]
    live, code = (
        [
            span.rect
            for span in first.find_elements(By.CSS_SELECTOR, f"svg.week g[data-side={side}] > rect:first-of-type")
        ]
        for side in ("live", "code")
    )
    assert len(live) == 5
    assert len(code) == 3
    assert abs(sum(r["width"] for r in live) - sum(r["width"] for r in code)) < 1
    assert live[1]["width"] / sum(r["width"] for r in live) == pytest.approx(3.5 / 24, abs=0.01)
    assert len(first.find_elements(By.CSS_SELECTOR, "table.month")) == 2
    marked = {d.get_attribute("data-date"): d for d in first.find_elements(By.CSS_SELECTOR, "td.marked")}
    assert len(marked) == 5
    assert marked["2027-05-17"].text == "17\n\N{MINUS SIGN}"
    assert marked["2027-12-24"].text == "24\n+"
    assert "In code: 00:00 closed, rule 0" in str(marked["2027-05-17"].get_attribute("title"))
    first.find_element(By.CSS_SELECTOR, "details.listed summary").click()
    assert len(first.find_elements(By.CSS_SELECTOR, "table.days tbody tr")) == 11


@pytest.mark.long
def test_it_can_be_printed_and_read_on_a_phone(browser: Chrome, report: Path, tmp_path: Path) -> None:
    browser.get(report.as_uri())
    pdf = base64.b64decode(browser.print_page())
    assert pdf.startswith(b"%PDF-")
    assert 1 <= pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") + pdf.count(b"/Type /Page/") <= 10
    for paper in ({"paperWidth": 8.5, "paperHeight": 11}, {"paperWidth": 8.27, "paperHeight": 11.69}):
        printed = browser.execute_cdp_cmd("Page.printToPDF", {**paper, "printBackground": True})["data"]
        runs = list(texts(base64.b64decode(printed)))
        code, live = (next(start for text, start, _end in runs if text == head) for head in ("In code", "Live"))
        assert code < live
        assert {("25", code), ("7", live)} <= {(text, start) for text, start, _end in runs}
        assert max(end for _text, _start, end in runs) < paper["paperWidth"] * 72 - MARGIN
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert seen(browser, "form.filters") == []
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "screen"})
    size = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    assert len(seen(browser, "tbody.difference")) == 7


MARGIN = 14 / 25.4 * 72
"""Of a printed page, in points."""
DRAWN = re.compile(
    rb"(?P<cm>(?:[-.\d]+ ){6}cm)|(?P<stack>\bq\b|\bQ\b)|/(?P<font>F\d+) [-.\d]+ Tf|"
    rb"(?P<start>(?:[-.\d]+ ){6}Tm)|(?P<step>[-.\d]+) [-.\d]+ Td|<(?P<glyphs>[0-9A-F]+)> Tj|(?P<end>\bET\b)"
)


def texts(pdf: bytes) -> Iterator[tuple[str, float, float]]:
    """Yield each text of a PDF as Chromium writes it, with where it begins and its last glyph stands, in points."""
    objects = {int(n): body for n, body in re.findall(rb"(?<!\d)(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL)}
    for page in (body for body in objects.values() if b"/Type /Page\n" in body):
        fonts = {name: letters(objects, int(n)) for name, n in re.findall(rb"/(F\d+) (\d+) 0 R", page)}
        known: list[tuple[float, float]] = [(1, 0)]
        scale, origin, font, at, run = 1.0, 0.0, b"", 0.0, list[tuple[str, float]]()
        for found in DRAWN.finditer(content(objects[int(re.search(rb"/Contents (\d+)", page)[1])])):
            if found["cm"]:
                a, _b, _c, _d, e, _f = map(float, found["cm"].split()[:6])
                scale, origin = scale * a, origin + scale * e
            elif found["stack"]:
                known, (scale, origin) = (
                    ([*known, (scale, origin)], (scale, origin)) if found["stack"] == b"q" else (known[:-1], known[-1])
                )
            elif found["font"]:
                font = found["font"]
            elif found["start"]:
                at = float(found["start"].split()[4])
            elif found["step"]:
                at += float(found["step"])
            elif found["glyphs"]:
                codes = re.findall(rb"....", found["glyphs"])
                run += [("".join(fonts[font].get(int(code, 16), "?") for code in codes), origin + scale * at)]
            elif run:
                yield "".join(text for text, _at in run), round(run[0][1], 1), run[-1][1]
                run = []


def content(body: bytes) -> bytes:
    return zlib.decompress(body.partition(b"stream\n")[2])


def letters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    """Return what the glyphs of a font stand for."""
    found = re.search(rb"/ToUnicode (\d+)", objects[font])
    known: dict[int, str] = {}
    for first, last, mark in re.findall(
        rb"<(\w{4})> (?:<(\w{4})> )?<(\w{4})>", content(objects[int(found[1])]) if found else b""
    ):
        for n in range(int(last or first, 16) - int(first, 16) + 1):
            known[int(first, 16) + n] = chr(int(mark, 16) + n)
    return known


def test_it_is_made_for_everybody(browser: Chrome, report: Path) -> None:
    """Each control and picture has a name, each table has heads, and text stands out from what is behind it."""
    browser.get(report.as_uri())
    named = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    for role in ("button", "searchbox", "image", "search"):
        names = [node["name"]["value"] for node in named if node.get("role", {}).get("value") == role]
        assert names, role
        assert all(names), role
    for table in browser.find_elements(By.TAG_NAME, "table"):
        assert table.find_elements(By.CSS_SELECTOR, "th[scope=col]")
    contrasts = browser.execute_script(CONTRASTS)
    assert len(contrasts) > 300
    assert [text for text, contrast in contrasts if contrast < 4.5] == []
