# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan as a page works in a browser: who notices, what is done, and the pilots before and after."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from browser import CONTRASTS, seen
from plays import connections, inventory, play
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from simulator.handle import Simulator
from tenants import SETTINGS, Tenant, seed

pytestmark = pytest.mark.timeout(600)

NASTY = "<script>document.title='broken'</script> {{ 1 }}"


@pytest.fixture(scope="module")
def page(running: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a plan that closes Christmas Eve and Friday afternoons, and deletes and makes this and that."""
    folder = tmp_path_factory.mktemp("plan")
    tenant = Tenant("S")
    content = seed([tenant], there=True)
    group = content["apio"]["tenants"]["acme"]["groups"]["brussels"]
    group["route_points"]["rp-000@acme.example"]["dnis"].append(
        {"name": NASTY, "phoneNumber": "+3225559999", "extension": "9999"}
    )
    node = content["o2g"]["nodes"][str(tenant.node)]
    node["pilots"][1]["name"] = NASTY
    running.reset(content)
    running.settings(ccs=SETTINGS)
    variables: dict[str, Any] = tenant.variables()
    week = variables["opening_hours"]["office"]
    early = {**week, "friday": [week["friday"][0], {"time": "12:00", "rule_number": 0, "mode": "closed"}]}
    variables["opening_hours"]["early"] = early
    variables["holidays"]["eve"] = {"days": {"2027-12-24": "Christmas Eve"}}
    variables["o2g"]["pilot_calendars"][1] |= {"opening_hours": "early", "holidays": ["belgium_2027", "eve"]}
    variables["tenant_time_zone"] = "Europe/Brussels"
    where = inventory(folder, {"acme": variables}, **connections(running))
    more = {"tenant_purge": True, "plan_dir": "kept", "plan_url": "https://plans.example/telephony", "awx_job_id": 1}
    played = play("plan.yml", where, plan_gate=False, **more)
    assert not played.failed, played.text
    assert "The same as a page: https://plans.example/telephony/acme.html" in played.text
    plan = json.loads((folder / "kept/acme.json").read_text())
    assert [group["numbers"] for group in plan["notices"]] == [["+32 2 555 99 99", "9999"], ["60001"]]
    report = (folder / "kept/acme.md").read_text()
    heads = [line for line in report.splitlines() if line.startswith("## ")]
    assert heads[0] == "## Who notices"
    assert "Fridays" in report or "every Friday" in report
    return folder / "kept/acme.html"


@pytest.mark.long
def test_the_page_tells_first_who_notices(browser: Chrome, page: Path) -> None:
    browser.get(page.as_uri())
    assert browser.title == "Plan for acme"
    sections = [one.text for one in seen(browser, "h2")]
    assert sections == ["Who notices", "Changes", "Opening hours of the pilots"]
    noticed = [one.text for one in seen(browser, ".noticed li")]
    assert noticed[0] == "+32 2 555 99 99, 9999: at any time: was in use, will be a number that nobody has"
    assert noticed[1].startswith("60001: ")
    assert "12:00-13:00" in noticed[1] or "12:00-17:30" in noticed[1]
    kinds = [row.get_attribute("data-kind") for row in seen(browser, "tbody.difference")]
    assert sorted(map(str, kinds)) == ["added", "changed"]
    browser.find_element(By.CSS_SELECTOR, "button[data-kind=added]").click()
    assert [row.get_attribute("data-kind") for row in seen(browser, "tbody.difference")] == ["changed"]
    assert browser.find_element(By.TAG_NAME, "output").text == "1 of 2 changes"


def test_the_week_and_the_year_before_and_after(browser: Chrome, page: Path) -> None:
    browser.get(page.as_uri())
    first, second = seen(browser, "article.pilots")
    assert first.find_element(By.TAG_NAME, "h3").text == f"60001 {NASTY}"
    odd = [day.text for day in first.find_elements(By.CSS_SELECTOR, "svg.week text.odd")]
    assert odd == ["Fri ≠ before", "Fri ≠ after"]
    assert len(second.find_elements(By.CSS_SELECTOR, "svg.week text.day")) == 7
    marked = {d.get_attribute("data-date"): d for d in first.find_elements(By.CSS_SELECTOR, "td.marked")}
    assert "After: 00:00 closed, rule 0" in str(marked["2027-12-24"].get_attribute("title"))
    assert marked["2027-12-24"].text == "24\n+"


def test_it_is_printed_and_made_for_everybody(browser: Chrome, page: Path) -> None:
    browser.get(page.as_uri())
    assert base64.b64decode(browser.print_page()).startswith(b"%PDF-")
    contrasts = browser.execute_script(CONTRASTS)
    assert len(contrasts) > 100
    assert [text for text, contrast in contrasts if contrast < 4.5] == []
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert seen(browser, "form.filters") == []
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "screen"})
    size = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
