# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A running simulator, and a plain client for each platform."""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from simulator.handle import Simulator

NOTHING = object()


@dataclass
class Reply:
    status: int
    body: Any
    headers: http.client.HTTPMessage
    text: str


@dataclass
class Client:
    """Sends what it is told to, however wrong, over one connection."""

    url: str
    base: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)

    def __call__(self, method: str, path: str, body: Any = NOTHING, **headers: str) -> Reply:
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        data = None
        if body is not NOTHING:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        self.connection.request(method, self.base + path, data, sent)
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")  # a file is no text
        is_json = (answer.getheader("Content-Type") or "").startswith("application/json")
        return Reply(answer.status, json.loads(text) if text and is_json else None, answer.headers, text)


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@pytest.fixture(scope="session")
def running() -> Iterator[Simulator]:
    with Simulator.start(tls=True) as simulator:
        yield simulator


@pytest.fixture
def sim(running: Simulator) -> Iterator[Simulator]:
    """Fresh for each test; must never have broken a contract itself."""
    running.reset()
    yield running
    assert [entry for entry in running.violations() if entry["answer_violation"]] == []
    assert running.log == ""


@pytest.fixture
def client(sim: Simulator) -> Client:
    """Without credentials, for any path."""
    return Client(sim.url)


@pytest.fixture
def apio(sim: Simulator) -> Client:
    return Client(sim.url, "/api/v1", {"Authorization": "Bearer simulator-token"})


@pytest.fixture
def ccs(sim: Simulator) -> Client:
    return Client(sim.url, "/6/v2/api", {"Authorization": "Bearer simulator-token"})


@pytest.fixture
def o2g_login(sim: Simulator) -> Callable[..., Client]:
    def login(user: str = "admin", password: str = "simulator", **request: Any) -> Client:
        client = Client(sim.url, "/api/rest")
        reply = client("GET", "/authenticate?version=1.0", Authorization=basic(user, password))
        assert reply.status == 200
        session = Client(sim.url, "/api/rest/1.0", {"Cookie": f"AlcUserId={reply.body['credential']}"})
        assert session("POST", "/sessions", {"applicationName": "tests", **request}).status == 200
        return session

    return login


@pytest.fixture
def o2g(o2g_login: Callable[..., Client]) -> Client:
    return o2g_login()
