# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds the guides to what antsibull-docs has made of the modules and roles, for one site: site.py FOLDER.

The pages stay as a forge shows them; here only their links are made to fit. docs/README.md is the start page.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SOURCES = "https://github.com/voiceops/voiceops.telephony/blob/main"
REFERENCE = "reference.rst"
LINK = re.compile(r"(\]\(<?)([^)\s>]+)(>?\))")


def pages() -> dict[Path, str]:
    """Return per page its place on the site."""
    found = {page: str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")}
    found[DOCS / "README.md"] = "index.md"
    found |= {ROOT / f"{name}.md": f"{name.lower()}.md" for name in ("CONTRIBUTING", "MAINTAINERS", "SECURITY")}
    found |= {page: f"role_{page.parent.name}.md" for page in ROOT.glob("roles/*/README.md")}
    found |= {page: f"{page.parent.name}.md" for page in ROOT.glob("tests/*/README.md")}
    return {**found, ROOT / "README.md": "collection.md"}


def address(page: Path, link: str, places: dict[Path, str]) -> str:
    """Return where a link of a page leads on the site: to a page, a picture or a module, or to the sources."""
    path, hash_, heading = link.partition("#")
    if re.match(r"\w+:", link) or not path:
        return link
    target = (page.parent / path).resolve()
    here = Path(places[page]).parent
    if target in places:
        place = places[target]
    elif target.suffix in (".svg", ".png") and target.is_relative_to(DOCS):
        place = str(target.relative_to(DOCS))
    elif target.parent == ROOT / "plugins/modules":
        place = f"{target.stem}_module.rst"
    else:
        return f"{SOURCES}/{target.relative_to(ROOT)}"
    return os.path.relpath(place, here) + hash_ + heading


def contents(index: str, all_pages: Iterable[str]) -> str:
    """Return the tables of contents of the start page: one per heading, with the pages that are listed below it.

    Pages that only others lead to come last.
    """
    trees, left = [], [*all_pages]
    for title, section in re.findall(r"^## (.+)\n((?:(?!## ).*\n?)*)", index, re.MULTILINE):
        listed = [link for _open, link, _close in LINK.findall(section) if link.endswith((".md", ".rst"))]
        listed = [link for link in dict.fromkeys(listed) if "#" not in link]
        if title == "Reference":
            listed.append(REFERENCE)
        left = [page for page in left if page not in listed]
        trees += [_tree(title, listed)] if listed else []
    return "\n".join([*trees, _tree("More", left)] if left else trees)


def _tree(title: str, listed: Iterable[str]) -> str:
    return "\n".join(["```{toctree}", ":hidden:", f":caption: {title}", "", *listed, "```", ""])


def add(folder: Path) -> None:
    """Write the pages into a folder of reStructuredText, which antsibull-docs has filled."""
    if (folder / "index.rst").exists():
        (folder / "index.rst").rename(folder / REFERENCE)
    places = pages()
    for page, place in places.items():
        text = LINK.sub(lambda found: found[1] + address(page, found[2], places) + found[3], page.read_text())  # noqa: B023
        if place == "index.md":
            text += f"\n{contents(text, sorted({*places.values()} - {place}))}"
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text)
    for picture in [*DOCS.rglob("*.svg"), *DOCS.rglob("*.png")]:
        copy = folder / picture.relative_to(DOCS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, copy)


if __name__ == "__main__":
    add(Path(sys.argv[1]))
