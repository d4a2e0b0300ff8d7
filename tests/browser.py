# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages in a browser without a window: nothing is loaded but the page itself, and nothing goes wrong in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

BROWSER, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,1000",
)


@contextmanager
def browsing(folder: Path) -> Iterator[Chrome]:
    """A browser that keeps its files in a folder."""
    for program in (BROWSER, DRIVER):
        assert program.exists(), f"{program} is missing: apt-get install chromium chromium-driver"
    options = ChromeOptions()
    options.binary_location = str(BROWSER)
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = Chrome(options, Service(str(DRIVER)))
    try:
        yield chrome
        console = chrome.get_log("browser")
        events = [json.loads(entry["message"])["message"] for entry in chrome.get_log("performance")]
    finally:
        chrome.quit()
    assert console == []
    requests = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    urls = {r["request"]["url"] for r in requests if r["documentURL"].startswith("file:")}  # not those of an empty tab
    assert any(url.startswith("file:") for url in urls)
    assert not [url for url in urls if not url.startswith(("file:", "data:"))]


def seen(browser: Chrome, selector: str) -> list[WebElement]:
    return [element for element in browser.find_elements(By.CSS_SELECTOR, selector) if element.is_displayed()]


CONTRASTS = """
const light = colour => {
  const [r, g, b] = colour.map(c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
  return .2126 * r + .7152 * g + .0722 * b;
};
const numbers = text => text.match(/[\\d.]+/g).map(Number);
const behind = element => {
  for (let e = element; e; e = e.parentElement) {
    const [r, g, b, a = 1] = numbers(getComputedStyle(e).backgroundColor);
    if (a > 0) return [r, g, b];
  }
  return [255, 255, 255];
};
return [...document.querySelectorAll("body *")].filter(e => !e.closest("svg, script, style, .sr") && e.offsetParent
  && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).map(e => {
  const [one, two] = [numbers(getComputedStyle(e).color).slice(0, 3), behind(e)].map(light).sort((a, b) => b - a);
  return [e.outerHTML.slice(0, 80), (one + .05) / (two + .05)];
});
"""
