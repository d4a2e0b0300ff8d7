# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of the documentation, as they stand there, in the files that it names."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

BLOCK = re.compile(
    r"(?P<before>[^\n]*(?:\n[^\n]+)*)\n\n(?P<indent> *)```(?P<language>\w+)\n(?P<text>.*?)\n *```", re.DOTALL
)
FILE = r"[\w./-]+\.(?:yml|csv|json)"


def blocks(document: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the language, the file and the text of each example; the file is empty where none is named.

    Its name stands last in the paragraph before the example, or in its first line as a comment.
    """
    for block in BLOCK.finditer(document.read_text()):
        text = textwrap.dedent(f"{block['text']}\n")
        comment = re.match(f"# ({FILE})", text)
        before = re.findall(f"`({FILE})`[^`]*$", block["before"].strip())
        yield block["language"], comment[1] if comment else before[0] if before else "", text


def write(document: Path, folder: Path) -> list[Path]:
    """Write the examples of a document to the files that it names, and return these."""
    written = []
    for _language, name, text in blocks(document):
        if name:
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            written.append(file)
    return written
