# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that modules write: what a platform hands out and does not belong into a result."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import ApiError


def replace(dest: str, content: bytes, mode: int, *, check_mode: bool = False) -> bool:
    """Bring a file to some content and return whether it changed, or in check mode would.

    It is written beside its place and then renamed, so that nobody sees half of it. Its directory must be there.
    Raises ApiError where it cannot be written.
    """
    path = Path(dest)
    if path.is_dir():
        raise ApiError(f"dest: {dest!r} is a directory: give the name of a file")
    if not path.parent.is_dir():
        raise ApiError(f"dest: there is no directory {str(path.parent)!r}")
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        if not check_mode:
            descriptor, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(content)
                Path(beside).chmod(mode)
                Path(beside).replace(path)
            except BaseException:
                Path(beside).unlink()
                raise
    except OSError as error:
        raise ApiError(f"dest: {dest!r} cannot be written: {error.strerror}") from None
    return True


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep others that ask for it from changing the files of a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # not all file systems have locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
