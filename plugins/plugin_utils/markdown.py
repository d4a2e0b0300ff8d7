# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values as people read them, also in tables of Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

NOTHING = "(nothing)"


def readable(value: Any, between: str = "; ") -> str:
    """Return a value as a person reads it; C(between) separates the items of a list."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        if value.keys() == {"time", "rule_number", "mode"}:
            return f"{value['time']} {value['mode']}, rule {value['rule_number']}"
        return ", ".join(f"{name}: {readable(inner, between)}" for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return between.join(readable(inner, between) for inner in value)
    return str(value)


def cell(value: Any) -> str:
    """Return a text that Markdown shows as it is, in a table too."""
    text = re.sub(r"([\\`*|<>\[\]{}~#])|(?<!\w)(_)|(_)(?!\w)", r"\\\1\2\3", str(value))
    text = re.sub(r"\s*[\r\n\u2028\u2029]+\s*", "<br>", text.strip())
    return re.sub(r"[\x00-\x1f\x7f]", "\N{REPLACEMENT CHARACTER}", text)
