# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong, in the words that users read."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any


class TelephonyError(Exception):
    """Base of all errors that are meant for users."""


class Faults(TelephonyError):
    """Wrong input: all of it at once, each fault with its entry and option."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(self.faults))


class ApiError(TelephonyError):
    """A request that failed, for one entry: what was tried, what the server said, what to do about it.

    C(status) is the HTTP status, C(code) the platform's own error code, both C(None) where there is none.
    """

    def __init__(self, message: str, status: int | None = None, code: int | None = None) -> None:
        self.status = status
        self.code = code
        super().__init__(message)


OF_OBJECTS = ("get", "items", "keys", "values")
"""What only an object can be asked; all else that answers are asked, a text can."""
ASKED: ContextVar[str] = ContextVar("asked", default="a request")
"""The request that this thread has had answered last, for where the parts of its answer are read."""

TAKEN: ContextVar[int] = ContextVar("taken", default=0)
"""How many writes of this thread a platform has accepted."""


def unexpected(what: str, value: Any, expected: str) -> ApiError:
    """Return the error about an answer, or a part of it, in a form that no document describes."""
    came = repr(value)
    came = came if len(came) <= 80 else came[:77] + "..."
    return ApiError(f"{ASKED.get()} answered with {came}{what and f' as {what}'}, where {expected} was expected", 200)


@contextmanager
def answer_understood() -> Iterator[None]:
    """Turn what goes wrong while an answer is taken apart into an ApiError that names the request."""
    try:
        yield
    except AttributeError as error:
        raise unexpected("part of it", error.obj, "an object" if error.name in OF_OBJECTS else "text") from error
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise ApiError(f"{ASKED.get()} answered in a form that is not understood ({error!r})", 200) from error


class Missing(ApiError):
    """What is not there, so that nothing can be done with it.

    C(awaits) says under which names an earlier task of the same play may bring it; empty where none can.
    """

    def __init__(self, message: str, awaits: Iterable[str] = (), status: int | None = None) -> None:
        self.awaits = list(awaits)
        super().__init__(message, status)


class AnswerLost(ApiError):
    """A write that must not be sent again blindly: the server may or may not have carried it out."""


class Outdated(ApiError):
    """A write that was refused because what was read is no longer so: it takes another read, and another plan."""


class Fatal(TelephonyError):
    """Nothing more can work: unreachable host, refused log-in, untrusted certificate."""


class Refused(Fatal):
    """A log-in that was refused. It must not be tried again, however long the work goes on: platforms lock accounts."""


class Untrusted(Fatal):
    """A certificate that is not trusted."""


def meant(wrong: str, names: Iterable[str]) -> str:
    """Return a hint at what may have been meant by an unknown name."""
    known = {str(name).lower(): str(name) for name in names}
    if close := difflib.get_close_matches(wrong.lower(), known, n=1, cutoff=0.6):
        return f"did you mean {known[close[0]]}?"
    return f"there are: {', '.join(known.values())}" if known else "there is none"
