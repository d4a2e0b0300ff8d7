# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""YAML that people read and edit, and that Ansible reads back as the very same values.

A YAML library writes C(0123), C(12:30) or C(yes) without quotes where its own rules allow it, and knows nothing of
templates. Here every string is in double quotes, and what looks like a template is C(!unsafe).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

WIDTH = 118
TEMPLATE_MARKS = ("{{", "{%", "{#")
_BARE_KEY = re.compile(r"[a-z][a-z0-9_]+")
_SPECIAL_WORDS = {"yes", "no", "on", "off", "true", "false", "null"}
_NAMED = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
_UNPRINTABLE = re.compile(r"[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def quoted(text: str) -> str:
    """Return a string in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{printable(escaped)}"'


def printable(text: str) -> str:
    """Return a text in one line, with a number for each character that YAML cannot hold as it is."""
    return _UNPRINTABLE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _NAMED.get(match[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def yaml_text(value: Any) -> str:
    """Return a value as YAML, in as many lines as make it readable."""
    return "\n".join(_lines(value, WIDTH)) + "\n"


def _lines(value: Any, room: int) -> Iterable[str]:
    """Return the lines of a value. What has no members that have members is one line, where there is room."""
    if not _has_members(value):
        yield _one_line(value)
    elif isinstance(value, Mapping):
        for name, member in value.items():
            key = f"{_key(name)}:"
            if _fits(member, room - len(key) - 1):
                yield f"{key} {_one_line(member)}"
            else:
                yield key
                yield from (f"  {line}" for line in _lines(member, room - 2))
    else:
        for member in value:
            lines = [_one_line(member)] if _fits(member, room - 2) else _lines(member, room - 2)
            yield from (f"{'  ' if n else '- '}{line}" for n, line in enumerate(lines))


def _fits(value: Any, room: int) -> bool:
    if not _has_members(value):
        return True
    members = value.values() if isinstance(value, Mapping) else value
    return not any(_has_members(member) for member in members) and len(_one_line(value)) <= room


def _has_members(value: Any) -> bool:
    return isinstance(value, (Mapping, list)) and bool(value)


def _one_line(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(name)}: {_one_line(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_one_line(member) for member in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(int(value))
    if not isinstance(value, str):
        raise TypeError(f"no way to write {type(value).__name__} {value!r}")
    unsafe = "!unsafe " if any(mark in value for mark in TEMPLATE_MARKS) else ""
    return unsafe + quoted(value)


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) and name not in _SPECIAL_WORDS else quoted(name)
