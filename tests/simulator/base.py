# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the three platforms have in common."""

from __future__ import annotations

import base64
import binascii
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
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
        for part in self.headers.get("cookie", "").split(";"):
            key, _equals, value = part.strip().partition("=")
            if key == name:
                return value
        return None

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


Handler = Callable[[Any, Call], Answer]
HandlerType = TypeVar("HandlerType", bound=Handler)


def handles(operation_id: str) -> Callable[[HandlerType], HandlerType]:
    """Marks the method that carries out an operation of the contract."""

    def mark(method: HandlerType) -> HandlerType:
        method.operation_id = operation_id  # type: ignore[attr-defined]
        return method

    return mark


class Platform(ABC):
    """A platform: its state, and one method per operation of its contract."""

    name: ClassVar[str]
    handlers: ClassVar[dict[str, Handler]]

    def __init_subclass__(cls) -> None:
        cls.handlers = {member.operation_id: member for member in vars(cls).values() if hasattr(member, "operation_id")}

    def __init__(self, contract: Contract, settings: dict[str, Any], seed: dict[str, Any]) -> None:
        self.contract = contract
        self.settings = settings
        if differing := set(contract.operations) ^ set(self.handlers):
            raise RuntimeError(f"{self.name}: contract and handlers differ in {', '.join(sorted(differing))}")
        self.reset(seed)

    def carry_out(self, call: Call) -> Answer:
        return self.handlers[call.operation.id](self, call)

    @abstractmethod
    def reset(self, seed: dict[str, Any]) -> None:
        """Forget everything and begin with the seed."""

    @abstractmethod
    def snapshot(self) -> dict[str, Any]:
        """The state, for a test to look at."""

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
