# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the three platforms have in common."""

from __future__ import annotations

import base64
import binascii
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from .contract import NO_BODY, Contract, Operation, Problem


@dataclass(slots=True)
class Answer:
    status: int
    body: Any = NO_BODY
    headers: list[tuple[str, str]] = field(default_factory=list)


class RefusalError(Exception):
    """A request that keeps to the contract, but cannot be done."""

    def __init__(self, status: int, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code


def cookie_of(headers: Mapping[str, str], name: str) -> str | None:
    for part in headers.get("cookie", "").split(";"):
        key, _equals, value = part.strip().partition("=")
        if key == name:
            return value
    return None


@dataclass(slots=True)
class Call:
    """A request on its way to a handler."""

    operation: Operation
    headers: dict[str, str]
    origin: str  # scheme and host as the client wrote them
    parameters: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = NO_BODY
    account: dict[str, Any] = field(default_factory=dict)

    def cookie(self, name: str) -> str | None:
        return cookie_of(self.headers, name)

    @property
    def bearer(self) -> str | None:
        scheme, _blank, value = self.headers.get("authorization", "").partition(" ")
        return value.strip() if scheme.lower() == "bearer" else None

    @property
    def basic(self) -> tuple[str, str] | None:
        scheme, _blank, value = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            user, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return (user, password) if colon else None


HandlerType = TypeVar("HandlerType", bound=Callable[[Any, Call], Answer])


def handles(operation_id: str) -> Callable[[HandlerType], HandlerType]:
    """Marks the method that carries out an operation of the contract."""

    def mark(method: HandlerType) -> HandlerType:
        method.operation_id = operation_id  # type: ignore[attr-defined]
        return method

    return mark


def handlers_of(owner: object) -> dict[str, Callable[[Call], Answer]]:
    """The methods of an object that carry out operations, by operation."""
    members = {name: member for one in reversed(type(owner).__mro__) for name, member in vars(one).items()}
    return {
        member.operation_id: getattr(owner, name) for name, member in members.items() if hasattr(member, "operation_id")
    }


class Area:
    """A part of a platform, in a file of its own: its state, and one method per operation on it."""

    def __init__(self, platform: Any) -> None:
        self.platform = platform

    @property
    def settings(self) -> dict[str, Any]:
        return self.platform.settings

    def reset(self, seed: dict[str, Any]) -> None:
        """Begin anew with the seed of the platform, which has been reset itself by then."""

    def snapshot(self) -> dict[str, Any]:
        """What it adds to the state of the platform."""
        return {}


AreaType = TypeVar("AreaType", bound=Area)


class Platform(ABC):
    """A platform: its state, and one method per operation of its contract, here or in one of its areas."""

    name: ClassVar[str]
    areas: ClassVar[tuple[type[Area], ...]] = ()

    def __init__(self, contract: Contract, settings: dict[str, Any], seed: dict[str, Any]) -> None:
        self.contract = contract
        self.settings = settings
        self._areas = {area: area(self) for area in self.areas}
        self._handlers = handlers_of(self)
        for area in self._areas.values():
            self._handlers |= handlers_of(area)
        if differing := set(contract.operations) ^ set(self._handlers):
            raise RuntimeError(f"{self.name}: contract and handlers differ in {', '.join(sorted(differing))}")
        self.begin(seed)

    def carry_out(self, call: Call) -> Answer:
        return self._handlers[call.operation.id](call)

    def area(self, kind: type[AreaType]) -> AreaType:
        """One of the areas, for another that needs what it knows."""
        return self._areas[kind]

    def begin(self, seed: dict[str, Any]) -> None:
        """Forget everything and begin with the seed, the platform first and then its areas."""
        self.reset(seed)
        for area in self._areas.values():
            area.reset(seed)

    def state(self) -> dict[str, Any]:
        """The state of the platform and of all its areas, for a test to look at."""
        return {name: value for one in (self, *self._areas.values()) for name, value in one.snapshot().items()}

    @abstractmethod
    def reset(self, seed: dict[str, Any]) -> None:
        """Forget everything of its own and begin with the seed."""

    @abstractmethod
    def snapshot(self) -> dict[str, Any]:
        """Its own state."""

    @abstractmethod
    def authenticate(self, call: Call) -> dict[str, Any]:
        """The account of a request; a RefusalError without one."""

    @abstractmethod
    def authorise(self, call: Call) -> None:
        """A RefusalError when the account may not do this."""

    @abstractmethod
    def expire(self, call: Call) -> Answer:
        """End the session of a request and answer as if it had ended before."""

    @abstractmethod
    def error(self, status: int, messages: Iterable[tuple[int | None, str]]) -> Answer:
        """An error in the platform's form, of (code, message) pairs."""

    def finish(self, answer: Answer, operation: Operation) -> Answer:
        """The error as this operation has it, where they differ."""
        return answer

    @abstractmethod
    def broken(self, problems: list[Problem]) -> Answer:
        """The answer to a request that breaks the contract."""
