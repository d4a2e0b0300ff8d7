# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages for people: each is reached from the index, links lead somewhere, and what they quote is so."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from tools import site

DOCS = ROOT / "docs"
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted(DOCS.rglob("*.md")),
    *sorted(ROOT.glob("roles/*/README.md")),
    *sorted(ROOT.glob("tests/*/README.md")),
]
CODE = ("plugins/**/*.py", "playbooks/**/*.yml", "roles/**/*.yml")


def prose(page: Path) -> str:
    """The text of a page without its examples."""
    return re.sub(r"^( *)```.*?^\1```", "", page.read_text(), flags=re.DOTALL | re.MULTILINE)


def links(page: Path) -> list[tuple[Path, str]]:
    """The files to which a page links, and the headings in them."""
    found = re.findall(r"\]\(<?([^)\s>]*)>?\)", re.sub(r"`[^`]*`", "", prose(page)))
    split = [link.partition("#") for link in found if not re.match(r"\w+:", link)]
    return [((page.parent / path).resolve() if path else page, heading) for path, _hash, heading in split]


def headings(page: Path) -> set[str]:
    """The anchors that a forge makes of headings."""
    lines = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).strip().replace(" ", "-") for line in lines}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    wrong = [
        f"{path}#{heading}"
        for path, heading in links(page)
        if not path.exists() or (heading and path.suffix == ".md" and heading not in headings(path))
    ]
    assert wrong == []


def test_each_page_is_reached_from_the_index() -> None:
    reached, left = set(), [DOCS / "README.md"]
    while left:
        page = left.pop()
        if page not in reached:
            reached.add(page)
            left += [path for path, _heading in links(page) if path in PAGES]
    assert {str(page.relative_to(ROOT)) for page in {*DOCS.rglob("*.md")} - reached} == set()
    assert (DOCS / "README.md", "") in links(ROOT / "README.md")


@cache
def told() -> list[str]:
    """Per file of the code, its text with what is broken into lines joined."""
    files = [file for pattern in CODE for file in sorted(ROOT.glob(pattern))]
    joined = [re.sub(r"[\"']\s*\n\s*[rf]?[\"']", "", file.read_text()) for file in files]
    return [re.sub(r"\s+", " ", text).replace('\\"', '"') for text in joined]


def quoted() -> list[str]:
    rows = re.findall(r"^\| `(.+?)` \|", (DOCS / "troubleshooting.md").read_text(), re.MULTILINE)
    return [row for row in rows if row != "Message"]


def is_told(message: str) -> bool:
    """Whether all parts of a message stand in one file of the code; … stands for what is different each time."""
    parts = [part.strip() for part in message.split("…")]
    return any(all(part in text for part in parts) for text in told())


def test_the_messages_that_are_explained_are_those_of_the_code() -> None:
    assert len(quoted()) > 50
    assert [message for message in quoted() if not is_told(message)] == []
    assert not is_told("There is something to eat for …")


def test_the_versions_that_are_named_are_those_that_ran() -> None:
    header, *rows = re.findall(
        r"^\| (?:lowest|newest)? *\| (.+) \|$", (DOCS / "install.md").read_text(), re.MULTILINE
    ) or [""]
    names = ["ansible-core", "Python", "requests", "pydantic", "phonenumbers", "openpyxl"]
    text = (DOCS / "install.md").read_text()
    assert f"| | {' | '.join(names)} |" in text, header + str(rows)
    for versions in ("lowest", "newest"):
        row = re.search(rf"^\| {versions} \| (.+) \|$", text, re.MULTILINE)[1].split(" | ")  # type: ignore[index]
        pins = (ROOT / f"tests/requirements/{versions}.txt").read_text()
        wanted = {name: re.search(rf"^{name}==(.+)$", pins, re.MULTILINE) for name in names if name != "Python"}
        assert {n: v for n, v in zip(names, row) if n != "Python"} == {n: v[1] for n, v in wanted.items()}  # type: ignore[index]
    makefile = (ROOT / "Makefile").read_text()
    assert re.search(r"PYTHON\),python3\.11 ", makefile)
    assert re.search(r"NEWEST_PYTHON\),python3\.13 ", makefile)


def test_examples_in_pages_are_yaml() -> None:
    for page in PAGES:
        for text in re.findall(r"^```ya?ml\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE):
            yaml.compose(text)


def test_the_site_has_all_pages_and_its_links_lead_somewhere(tmp_path: Path) -> None:
    (tmp_path / "index.rst").write_text("Modules\n=======\n")
    for module in ROOT.glob("plugins/modules/*.py"):
        (tmp_path / f"{module.stem}_module.rst").touch()
    site.add(tmp_path)
    for place in site.pages().values():
        page = tmp_path / place
        assert [str(path) for path, _heading in links(page) if not path.exists()] == [], place
    trees = re.findall(r"^```\{toctree\}\n(.*?)^```", (tmp_path / "index.md").read_text(), re.DOTALL | re.MULTILINE)
    listed = {line for tree in trees for line in tree.splitlines() if line and not line.startswith(":")}
    assert {*site.pages().values(), site.REFERENCE} - listed == {"index.md"}


def test_each_file_of_code_names_its_licence() -> None:
    files = [file for folder in ("plugins", "extensions", "tests") for file in (ROOT / folder).rglob("*.py")]
    unnamed = [str(file) for file in files if (text := file.read_text()) and "GNU General Public License" not in text]
    assert unnamed == []


def test_readme_has_what_galaxy_s_users_look_for() -> None:
    readme = (ROOT / "README.md").read_text()
    for heading in ("Install", "A first playbook", "Modules", "Support, releases, licence"):
        assert f"\n## {heading}\n" in readme
