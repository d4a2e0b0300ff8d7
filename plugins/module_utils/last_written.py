# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was last written into fields that a platform does not show: a file of dates and salted digests, without a value.

Whatever is in doubt is forgotten, and what is forgotten is written again. So a file that is lost, old or damaged costs
requests and nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from . import files
from .errors import ApiError, Faults

Kept = dict[str, dict[str, Any]]
"""Of one resource, by field, when it was written (C(at)) and the C(digest) of what."""

ABOUT = "What was last written where the platform does not show it. Dates and salted digests, no values."
FORMAT = 1
CONFLICT = re.compile(r"^<{7}.*?^>{7}[^\n]*\n?", re.DOTALL | re.MULTILINE)
"""What git leaves of lines that two have changed."""
QUICK, SLOW = "hmac-sha256", "scrypt-14-8-1"
"""How fields are digested, and how secrets, whose few possible values could be tried one after the other."""


def digest(value: Any, secret: bool = False, key: str = "", like: str = "") -> str:
    """Return the salted digest of a value, with the salt of the digest that it may be C(like).

    Empty for a secret, where this Python has no way to keep it from being guessed.
    """
    salt = b64decode(like.split(":")[1]) if like else os.urandom(16)
    text = json.dumps(value, sort_keys=True, default=repr).encode()
    text = hmac.digest(key.encode(), text, "sha256") if key else text
    if not secret:
        way, made = QUICK, hmac.digest(salt, text, "sha256")
    else:
        try:
            way, made = SLOW, hashlib.scrypt(text, salt=salt, n=1 << 14, r=8, p=1, dklen=32)
        except (AttributeError, ValueError):  # OpenSSL without it, as where only FIPS is allowed
            return ""
    return f"{way}:{b64encode(salt).decode()}:{b64encode(made).decode()}"


class LastWritten:
    """The file of one task. Without a file, nothing is known and nothing is kept."""

    def __init__(self, file: str | None = None, url: str = "", again: bool = False, key: str | None = None) -> None:
        self.path = Path(file) if file else None
        self.key = key or ""
        self.again = again
        """Whether all is written again, whatever is known."""
        self.warnings: list[str] = []
        parts = urlsplit(url)
        self.server = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"
        self._kept, self._damage = self._read()
        if self._damage:
            self.warnings.append(f"written_file: {file!r} {self._damage}. What it told is written again")

    def name(self, noun: str, address: Mapping[str, Any]) -> str:
        """Return under which name something is kept: what leads to it, and on which server."""
        return f"{noun} {', '.join(f'{n}={v}' for n, v in address.items())} on {self.server}"

    def when(self, name: str, option: str, value: Any, secret: bool) -> str:
        """Return when a value was written, if it is what was written last, and else nothing."""
        kept = {} if self.again else self._kept.get(name, {}).get(option, {})
        like = str(kept.get("digest", ""))
        same = like and hmac.compare_digest(like, digest(value, secret, self.key, like))
        return str(kept["at"]) if same else ""

    def forget(self, doubts: Mapping[str, Mapping[str, Any] | None]) -> None:
        """Forget, before it is written, what is about to be: by name the options, or None for all of it.

        Raises Faults where the file would go on telling what then is true no more.
        """
        known = {name: options for name, options in doubts.items() if name in self._kept}
        if known:
            try:
                self._amend(lambda kept: [_without(kept, name, options) for name, options in known.items()])
            except (OSError, ApiError) as error:
                raise Faults(
                    [f"written_file: {str(self.path)!r} cannot be written, and nothing was: {_why(error)}"]
                ) from None

    def keep(self, written: Mapping[str, Mapping[str, tuple[Any, bool]]], moved: Mapping[str, str]) -> None:
        """Take note of what was written: by name the options, each with its value and whether that is a secret.

        C(moved) leads from old names to new ones.
        """
        moved = {old: new for old, new in moved.items() if old in self._kept}
        if not written and not moved:
            return
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        made = {
            name: {
                option: {"at": at, "digest": digest(value, secret, self.key)} for option, (value, secret) in of.items()
            }
            for name, of in written.items()
        }

        def amend(kept: dict[str, Kept]) -> None:
            for old, new in moved.items():
                kept[new] = {**kept.pop(old, {}), **kept.get(new, {})}
            for name, options in made.items():
                kept[name] = {**kept.get(name, {}), **{o: one for o, one in options.items() if one["digest"]}}

        try:
            self._amend(amend)
        except (OSError, ApiError) as error:
            self.warnings.append(f"written_file: {_why(error)}. What was written now is written again in the next run")

    # The file

    def _read(self) -> tuple[dict[str, Kept], str]:
        """Return what the file tells, and what is wrong with it."""
        if not self.path or not self.path.exists():
            return {}, ""
        try:
            text = self.path.read_text(encoding="utf-8")
            sound = CONFLICT.sub("", text)
            told = json.loads(sound)
            kept = {name: of for name, of in told.items() if isinstance(of, dict)}
            if told.get("format") != FORMAT:
                return {}, f"is of the format {told.get('format')!r}, and this collection knows {FORMAT}"
            if not all(isinstance(one, dict) and _is_sound(one) for of in kept.values() for one in of.values()):
                return {}, "is damaged: it has digests of a form that nobody writes"
        except OSError as error:
            return {}, f"cannot be read: {error.strerror}"
        except (ValueError, AttributeError) as error:
            return {}, f"is damaged: {error}"
        if sound == text:
            return kept, ""
        line = text[: CONFLICT.search(text).start()].count("\n") + 1  # type: ignore[union-attr]
        return kept, f"has conflicts of a merge from line {line} on, and the lines within them count for nothing"

    def _amend(self, amend: Callable[[dict[str, Kept]], Any]) -> None:
        """Change the file as it is now, of which another task may have changed other parts."""
        if self.path is None:
            raise ApiError("there is no file")
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with files.locked(self.path.parent):
            self._kept, damage = self._read()
            amend(self._kept)
            if damage and self.path.is_file():  # for whoever wants to see what it was
                files.replace(f"{self.path}.damaged", self.path.read_bytes(), 0o600)
            files.replace(str(self.path), _text(self._kept).encode(), 0o600)


def _why(error: Exception) -> str:
    return str(error).removeprefix("dest: ")


def _is_sound(one: Mapping[str, Any]) -> bool:
    return bool(
        re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]+Z", str(one.get("at")))
        and re.fullmatch(rf"({QUICK}|{SLOW}):[\w+/]{{22}}==:[\w+/]{{43}}=", str(one.get("digest")), re.ASCII)
    )


def _without(kept: dict[str, Kept], name: str, options: Mapping[str, Any] | None) -> None:
    left = {} if options is None else {o: one for o, one in kept.get(name, {}).items() if o not in options}
    kept.pop(name, None)
    if left:
        kept[name] = left


def _text(kept: Mapping[str, Kept]) -> str:
    """Return the file: a line for each resource, so that git merges what two have changed in different ones."""
    lines = {"about": ABOUT, **{name: kept[name] for name in sorted(kept) if kept[name]}, "format": FORMAT}
    inner = ",\n".join(f"{json.dumps(name)}: {json.dumps(one, sort_keys=True)}" for name, one in lines.items())
    return f"{{\n{inner}\n}}\n"
