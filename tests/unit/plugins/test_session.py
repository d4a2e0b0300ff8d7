# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP clients, against a server that answers what it is told to."""

from __future__ import annotations

import base64
import json
import ssl
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
import requests
import trustme
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.voiceops.telephony.plugins.module_utils import session
from ansible_collections.voiceops.telephony.plugins.module_utils.apio.client import ApioClient
from ansible_collections.voiceops.telephony.plugins.module_utils.ccs.client import CcsClient
from ansible_collections.voiceops.telephony.plugins.module_utils.errors import AnswerLost, ApiError, Fatal, Faults
from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.client import O2gClient
from ansible_collections.voiceops.telephony.plugins.module_utils.session import Client, environment_proxies, segment

WRITINGS = [
    "Tok3nVerySecret\n",
    " Tok3nVerySecret ",
    "Tok3n/Very+Secret=",
    'Tok3n"Very\\Secret',
]
PASSWORD = "Xq7-secret"
TOKEN = "tok-3n-secret"
CLIENTS = {"apio": ApioClient, "ccs": CcsClient, "o2g": O2gClient}
ABOUT = {"username": "admin", "password": PASSWORD, "timeout": 5, "retries": 2, "concurrency": 8}


class Plain(Client):
    """A platform without a log-in."""

    platform = "PLAIN"
    base = "/api"
    auths = {"none": ()}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.server.lock:
            self.server.seen.append((self.command, self.path))
            self.server.bodies.append(body)
            self.server.headers.append(dict(self.headers))
            path = self.path.partition("?")[0]
            script = self.server.script.get(f"{self.command} {path}", self.server.script.get("", []))
            step = script.pop(0) if len(script) > 1 else script[0] if script else {}
        if callable(step):
            step = step(self)
        if step == "cut":
            self.close_connection = True
            return
        status, headers, content = (
            step if isinstance(step, tuple) else (step, {}, {}) if isinstance(step, int) else (200, {}, step)
        )
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.close_connection = "Content-Length" in headers  # which then is more than what follows
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *_arguments: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    """C(script) maps method and path to answers, of which the last one stays; the key C("") is for all others."""

    daemon_threads = True

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        if context:
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.url = f"http{'s' if context else ''}://127.0.0.1:{self.server_port}"
        self.lock = threading.Lock()
        self.seen: list[tuple[str, str]] = []
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.script: dict[str, list[Any]] = {}

    def handle_error(self, *_arguments: Any) -> None:
        pass

    def __enter__(self) -> Server:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.shutdown()
        self.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits between attempts, which tests do not wait."""
    waited: list[float] = []
    monkeypatch.setattr(session.time, "sleep", waited.append)
    return waited


def client(server: Server | str, kind: type[Client] = Plain, check_mode: bool = False, **options: Any) -> Client:
    url = server if isinstance(server, str) else server.url
    return kind({**ABOUT, "url": url, "validate_certs": True, **options}, check_mode)


# Addresses


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1))
def test_a_value_stays_in_its_segment(value: str) -> None:
    try:
        text = segment(value)
    except ApiError:
        assert value in (".", "..")
        return
    assert unquote(text) == value
    assert text.isascii()
    assert not set(text) & set("/?#\\; ")
    assert text not in ("", ".", "..")


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("a/b", "/api/x/a%2Fb/y"),
        ("a?b#c", "/api/x/a%3Fb%23c/y"),
        ("%2e%2e", "/api/x/%252e%252e/y"),
        ("../..", "/api/x/..%2F../y"),
        ("...", "/api/x/.../y"),
        ("é €", "/api/x/%C3%A9%20%E2%82%AC/y"),
        ("a@b", "/api/x/a@b/y"),
        (7, "/api/x/7/y"),
    ],
)
def test_paths_as_they_are_sent(server: Server, value: Any, path: str) -> None:
    client(server).get("/x/{name}/y", {"name": value, "not_asked_for": None})
    assert server.seen == [("GET", path)]


@pytest.mark.parametrize("value", ["", ".", "..", None])
def test_values_that_no_path_can_hold(server: Server, value: Any) -> None:
    with pytest.raises(ApiError, match="cannot be part of an address"):
        client(server).get("/x/{name}", {"name": value})
    assert server.seen == []


@pytest.mark.parametrize(
    ("kind", "written", "root"),
    [
        (ApioClient, "https://h", "https://h"),
        (ApioClient, "https://h/", "https://h"),
        (ApioClient, "https://h/api/v1/", "https://h"),
        (ApioClient, "https://h:8443/proxy/api/v1", "https://h:8443/proxy"),
        (CcsClient, "http://h/6/v2/api", "http://h"),
        (O2gClient, "https://h/api/rest", "https://h"),
        (O2gClient, "https://h/api/rest/1.0/", "https://h"),
    ],
)
def test_url_forms(kind: type[Client], written: str, root: str) -> None:
    assert kind.root(written) == root


@pytest.mark.parametrize(
    "url",
    ["h", "h:8443", "//h", "ftp://h", "https://", "", "https://h?x=1", "https://h#x", "https://[::1", "https://h:x"],
)
def test_urls_that_are_none(url: str) -> None:
    with pytest.raises(Faults, match=r"url: .* is not an address: write https://host"):
        Plain.root(url)


def test_credentials_in_the_url_are_refused_and_not_repeated() -> None:
    with pytest.raises(Faults, match=r"url: .*username and password") as fault:
        client(f"https://admin:{PASSWORD}@h")
    assert PASSWORD not in str(fault.value)


# Retries


@pytest.mark.parametrize("trouble", ["cut", 429, 502, 503, 504, (200, {"Content-Length": "99"}, b"{")])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_what_may_be_sent_twice_is(server: Server, waits: list[float], method: str, trouble: Any) -> None:
    server.script[""] = [trouble, trouble, {"ok": True}]
    assert client(server).request(method, "/x") == {"ok": True}
    assert len(server.seen) == 3
    assert 0.25 <= waits[0] <= 0.5 <= waits[1] <= 1.0


@pytest.mark.parametrize("trouble", ["cut", 502, 503, 504, (200, {"Content-Length": "99"}, b"{")])
@pytest.mark.parametrize("retries", [0, 2])
@pytest.mark.parametrize(("method", "replay"), [("POST", None), ("PUT", False)])
def test_a_write_whose_answer_was_lost_is_not_sent_again(
    server: Server, method: str, replay: bool | None, retries: int, trouble: Any
) -> None:
    server.script[""] = [trouble, {"ok": True}]
    with pytest.raises(AnswerLost, match="may have carried it out"):
        client(server, retries=retries).request(method, "/x", body={}, replay=replay)
    assert len(server.seen) == 1


def test_half_an_answer_is_told_as_it_is(server: Server) -> None:
    server.script[""] = [(200, {"Content-Length": "99"}, b"{")]
    with pytest.raises(ApiError, match=r"got no answer: .*1 bytes read, 98 more expected"):
        client(server).get("/x")


def test_429_is_a_refusal_so_all_is_sent_again(server: Server) -> None:
    server.script[""] = [429, 429, {"ok": True}]
    assert client(server).request("POST", "/x", body={"a": 1}) == {"ok": True}
    assert server.bodies == [b'{"a": 1}'] * 3


def test_attempts_come_to_an_end(server: Server) -> None:
    server.script[""] = [503]
    with pytest.raises(ApiError, match="GET /api/x answered 503"):
        client(server).get("/x")
    assert len(server.seen) == 3
    server.script[""] = ["cut"]
    with pytest.raises(ApiError, match=r"got no answer: .* \(3 attempts\)"):
        client(server).get("/x")
    assert len(server.seen) == 6


@pytest.mark.parametrize(
    ("asked", "low", "high"),
    [
        ("7", 7, 7),
        ("0", 0, 0),
        ("45", 45, 45),
        ("soon", 0.25, 0.5),
        ("\u00b2", 0.25, 0.5),
        ("-1", 0.25, 0.5),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
    ],
)
def test_retry_after(server: Server, waits: list[float], asked: str, low: float, high: float) -> None:
    server.script[""] = [(503, {"Retry-After": asked}, {}), {}]
    client(server).get("/x")
    assert len(waits) == 1
    assert low <= waits[0] <= high


def test_a_date_is_waited_for(server: Server, waits: list[float]) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    server.script[""] = [(429, {"Retry-After": when}, {}), {}]
    client(server).get("/x")
    assert 18 <= waits[0] <= 20


def test_a_wait_that_is_too_long_ends_at_once_and_says_when_to_come_back(server: Server, waits: list[float]) -> None:
    server.script[""] = [(429, {"Retry-After": "3600"}, {})]
    with pytest.raises(ApiError, match=r"asks to wait 3600 s, .*longest_wait=60 allows. Run again at \d\d:\d\d:\d\d"):
        client(server).get("/x")
    assert len(server.seen) == 1
    assert waits == []
    client_that_waits = client(server, longest_wait=3600, retries=1)
    with pytest.raises(ApiError, match=r"answered 429.*2 attempts were made. Lower concurrency \(now 8\), or raise"):
        client_that_waits.get("/x")
    assert waits == [3600]


@pytest.mark.parametrize("length", [True, False])
def test_an_answer_that_does_not_end_is_given_up(server: Server, length: bool) -> None:
    def endless(handler: Handler) -> str:
        handler.send_response(200)
        handler.send_header(*(("Content-Length", "9999999999") if length else ("Connection", "close")))
        handler.end_headers()
        with suppress(OSError):
            while True:
                handler.wfile.write(b"x" * 1000)
        return "cut"

    server.script[""] = [endless]
    with pytest.raises(ApiError, match=r"the answer is longer than 0\.5 MiB: see max_answer_size"):
        client(server, max_answer_size=0.5).get("/x")
    assert len(server.seen) == 1
    with pytest.raises(AnswerLost, match="max_answer_size"):
        client(server, max_answer_size=0.5).request("POST", "/x", replay=False)


def test_an_answer_that_drips_is_given_up(server: Server) -> None:
    def drip(handler: Handler) -> str:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        with suppress(OSError):
            for _byte in range(1000):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                threading.Event().wait(0.02)
        return "cut"

    server.script[""] = [drip]
    with pytest.raises(ApiError, match=r"the answer takes longer than 0\.2 s: see max_answer_time"):
        client(server, max_answer_time=0.2).get("/x")


def test_a_proxy_that_refuses_is_out_of_reach_like_the_platform(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://user:proxy-secret@127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(Fatal, match="cannot be reached") as caught:
        client("http://o2g.example.com").request("POST", "/x", replay=False)
    assert "Tried was o2g.example.com, port 80, through the proxy 127.0.0.1:1" in str(caught.value)
    assert "proxy-secret" not in str(caught.value)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unreachable_host_is_fatal_and_nothing_was_sent(method: str) -> None:
    with pytest.raises(Fatal, match=r"PLAIN at http://127.0.0.1:1 cannot be reached: .*refused.* \(3 attempts\)"):
        client("http://127.0.0.1:1").request(method, "/x")


def test_a_slow_server_is_left(server: Server) -> None:
    server.script[""] = [lambda _handler: threading.Event().wait(0.5) or {}]
    with pytest.raises(ApiError, match=r"got no answer: .*timed out"):
        client(server, timeout=0.05, retries=0).get("/x")


def test_a_redirect_is_not_followed(server: Server) -> None:
    server.script[""] = [(302, {"Location": f"https://elsewhere/?token={TOKEN}"}, {})]
    with pytest.raises(Fatal, match=r"302, a redirect to https://elsewhere.* Set url to the address") as error:
        client(server, token=TOKEN).get("/x")
    assert TOKEN not in str(error.value)
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("content", "text"), [(b"<html>hello</html>", "not JSON: '<html>hello"), (b"\xff\xfe", "not JSON")]
)
def test_an_answer_that_is_not_json(server: Server, content: bytes, text: str) -> None:
    server.script[""] = [(200, {}, content)]
    with pytest.raises(ApiError, match="not JSON"):
        client(server).get("/x")
    server.script[""] = [(500, {}, content)]
    with pytest.raises(ApiError, match="GET /api/x answered 500"):
        client(server).get("/x")


def test_an_empty_answer_is_none(server: Server) -> None:
    server.script[""] = [(204, {}, b"")]
    assert client(server).request("DELETE", "/x") is None


# Check mode


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_check_mode_locks_every_write(server: Server, method: str) -> None:
    with pytest.raises(RuntimeError, match="check mode must not send"):
        client(server, check_mode=True).request(method, "/x")
    assert server.seen == []
    client(server, check_mode=True).get("/x")
    client(server, check_mode=True).request("POST", "/search", read=True)
    assert server.seen == [("GET", "/api/x"), ("POST", "/api/search")]


# The session

LOGINS = {"apio": "/api/v1/login/", "o2g": "/api/rest/authenticate"}
O2G_ENDED = (403, {}, {"code": 1001, "innerMessage": "no session"})


def log_ins(server: Server, platform: str) -> int:
    return sum(path.partition("?")[0] == LOGINS[platform] for _method, path in server.seen)


@pytest.mark.parametrize("platform", LOGINS)
def test_many_threads_log_in_once(server: Server, platform: str) -> None:
    with client(server, CLIENTS[platform]) as api:
        assert api.map(lambda n: api.get(f"/x{n}"), range(50)) == [{}] * 50
        assert log_ins(server, platform) == 1
        assert api.requests == len(server.seen)


@pytest.mark.parametrize(("platform", "ended"), [("apio", 401), ("o2g", O2G_ENDED), ("o2g", 401)])
def test_a_dead_session_is_renewed_once_for_all_threads(server: Server, platform: str, ended: Any) -> None:
    valid = {"log_ins": 1}

    def x(handler: Handler) -> Any:
        return ended if log_ins(server, platform) <= valid["log_ins"] else {"ok": True}

    server.script[""] = [{}]
    with client(server, CLIENTS[platform]) as api:
        api.get("/before")
        server.script |= {f"POST {api.base}/x{n}": [x] for n in range(20)}
        assert api.map(lambda n: api.request("POST", f"/x{n}", body={}), range(20)) == [{"ok": True}] * 20
    assert log_ins(server, platform) == 2
    assert len([p for _m, p in server.seen if "/x" in p]) <= 40


@pytest.mark.parametrize("platform", LOGINS)
def test_a_session_may_die_more_than_once(server: Server, platform: str) -> None:
    with client(server, CLIENTS[platform]) as api:
        server.script[f"GET {api.base}/x"] = [401, {}, 401, {}, 401, {"a": 1}]
        assert api.get("/x") == {}
        assert api.get("/x") == {}
        assert api.get("/x") == {"a": 1}
    assert log_ins(server, platform) == 4


@pytest.mark.parametrize("platform", LOGINS)
def test_a_session_that_stays_dead_is_an_error(server: Server, platform: str) -> None:
    with client(server, CLIENTS[platform]) as api:
        server.script[f"GET {api.base}/x"] = [401]
        with pytest.raises(ApiError, match="answered 401"):
            api.get("/x")
    assert log_ins(server, platform) == 2


def test_what_an_o2g_account_may_not_do_is_not_a_dead_session(server: Server) -> None:
    server.script["GET /api/rest/1.0/x"] = [(403, {}, {"code": 1002, "innerMessage": "no"})]
    with client(server, O2gClient) as api, pytest.raises(ApiError, match=r"answered 403: no .code 1002.*administrator"):
        api.get("/x")
    assert log_ins(server, "o2g") == 1


@pytest.mark.parametrize(
    ("platform", "credentials", "script"),
    [
        ("apio", {}, {"POST /api/v1/login/": [401]}),
        ("apio", {}, {"POST /api/v1/login/": [(400, {}, {"details": f"bad {PASSWORD}"})]}),
        ("apio", {"token": TOKEN}, {"": [401]}),
        ("ccs", {"token": TOKEN}, {"": [401]}),
        ("ccs", {}, {"": [401]}),
        ("ccs", {"headers": {"X-Key": TOKEN}, "auth": "headers"}, {"": [401]}),
        ("o2g", {}, {"GET /api/rest/authenticate": [401]}),
        ("o2g", {}, {"GET /api/rest/authenticate": [403]}),
    ],
)
def test_a_refused_log_in_is_never_repeated(server: Server, platform: str, credentials: Any, script: Any) -> None:
    """Platforms lock accounts."""
    server.script = script
    with client(server, CLIENTS[platform], **credentials) as api:
        for _time in range(3):
            with pytest.raises(Fatal) as error:
                api.get("/x")
            assert PASSWORD not in str(error.value)
            assert TOKEN not in str(error.value)
    assert len(server.seen) == 1


def test_a_refused_log_in_is_not_repeated_by_other_threads(server: Server) -> None:
    server.script["POST /api/v1/login/"] = [401]
    with client(server, ApioClient) as api, pytest.raises(Fatal, match="refused the log-in of 'admin'"):
        api.map(lambda n: api.get(f"/x{n}"), range(50))
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("platform", "options", "way"),
    [
        ("apio", {}, "session"),
        ("apio", {"token": TOKEN}, "token"),
        ("apio", {"token": TOKEN, "auth": "session"}, "session"),
        ("ccs", {}, "basic"),
        ("ccs", {"token": TOKEN}, "bearer"),
        ("ccs", {"username": None, "headers": {"X-Key": TOKEN}}, "headers"),
        ("o2g", {}, "session"),
    ],
)
def test_the_way_to_log_in(platform: str, options: dict[str, Any], way: str) -> None:
    assert client("https://h", CLIENTS[platform], **options).auth == way


@pytest.mark.parametrize(
    ("platform", "options", "text"),
    [
        ("apio", {"password": ""}, "auth=session needs username (or APIO_USERNAME) and password (or APIO_PASSWORD)"),
        ("apio", {"auth": "token"}, "auth=token needs token (or APIO_TOKEN)"),
        ("ccs", {"username": ""}, "auth=bearer needs token (or CCS_TOKEN) or auth=basic needs username"),
        ("o2g", {"password": None}, "password (or O2G_PASSWORD)"),
    ],
)
def test_missing_credentials_are_named(platform: str, options: dict[str, Any], text: str) -> None:
    with pytest.raises(Faults) as fault:
        client("https://h", CLIENTS[platform], **options)
    assert text in str(fault.value)


def test_what_is_sent_as_credentials(server: Server) -> None:
    client(server, CcsClient, token=TOKEN).get("/x")
    client(server, CcsClient).get("/x")
    client(server, CcsClient, auth="headers", headers={"X-Key": TOKEN}).get("/x")
    client(server, ApioClient, token=TOKEN).get("/x")
    sent = [h.get("Authorization") or h.get("X-Key") for h in server.headers]
    assert sent == [f"Bearer {TOKEN}", "Basic YWRtaW46WHE3LXNlY3JldA==", TOKEN, f"Bearer {TOKEN}"]


def test_a_netrc_and_its_credentials_are_left_alone(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login other password other")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    client(server).get("/x")
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize("platform", CLIENTS)
def test_secrets_are_scrubbed_from_messages(server: Server, platform: str) -> None:
    cookie = {"Set-Cookie": "AlcUserId=c00kie-secret; Path=/"}
    server.script["POST /api/v1/login/"] = [(200, cookie, {})]
    server.script["GET /api/rest/authenticate"] = [(200, {}, {"credential": "c00kie-secret"})]
    secrets = [PASSWORD, TOKEN] + (["YWRtaW46WHE3LXNlY3JldA=="] if platform == "ccs" else ["c00kie-secret"])
    said = {"code": 2, **dict.fromkeys(("reason", "innerMessage", "details"), " ".join(secrets))}
    text = " ".join(secrets).encode()
    with client(server, CLIENTS[platform], token=TOKEN, auth="basic" if platform == "ccs" else "session") as api:
        for status, body in ((400, said), (500, said), (500, b"}" + text), (200, b"}" + text)):
            server.script[f"GET {api.base}/x"] = [(status, {}, body)]
            with pytest.raises(ApiError, match=r"\*{8}") as error:
                api.get("/x")
            assert not [secret for secret in secrets if secret in str(error.value)]


def test_the_session_of_o2g_is_kept_alive_and_closed(server: Server) -> None:
    server.script["POST /api/rest/1.0/sessions"] = [{"timeToLive": 0.04}]
    beats = [("POST", "/api/rest/1.0/sessions/keepalive")]
    with client(server, O2gClient) as api:
        api.get("/x")
        deadline = time.monotonic() + 5
        while server.seen.count(beats[0]) < 3 and time.monotonic() < deadline:
            threading.Event().wait(0.01)
        assert server.seen.count(beats[0]) >= 3
    assert ("DELETE", "/api/rest/1.0/sessions") in server.seen
    threading.Event().wait(0.1)
    quiet = len(server.seen)
    threading.Event().wait(0.2)
    assert len(server.seen) == quiet


def test_a_beat_under_way_at_the_end_is_the_last(server: Server) -> None:
    begun = threading.Event()

    def slow(_handler: Handler) -> Any:
        begun.set()
        threading.Event().wait(0.1)
        return {}

    server.script["POST /api/rest/1.0/sessions"] = [{"timeToLive": 0.02}]
    server.script["POST /api/rest/1.0/sessions/keepalive"] = [slow]
    with client(server, O2gClient) as api:
        api.get("/x")
        assert begun.wait(5)
    threading.Event().wait(0.15)
    quiet = len(server.seen)
    threading.Event().wait(0.2)
    assert len(server.seen) == quiet


def test_a_session_that_cannot_be_closed_is_a_warning(server: Server) -> None:
    server.script["DELETE /api/rest/1.0/sessions"] = [500]
    with client(server, O2gClient) as api:
        api.get("/x")
    assert api.warnings[-1].startswith("The session could not be closed")


def test_what_is_left_to_do_is_done_once_before_the_session_ends(server: Server) -> None:
    deed = ("DELETE", "/api/rest/1.0/x")
    end = ("DELETE", "/api/rest/1.0/sessions")
    with client(server, O2gClient) as api, api.at_the_end(lambda: api.request("DELETE", "/x")):
        api.get("/x")
        api.__exit__()  # as when a worker is told to end
    assert [one for one in server.seen if one in (deed, end)][:2] == [deed, end]
    assert server.seen.count(deed) == 1
    with client(server, O2gClient) as api, api.at_the_end(lambda: api.request("DELETE", "/y"), lambda error: False):
        api.get("/x")
    assert ("DELETE", "/api/rest/1.0/y") not in server.seen


def test_plain_http_to_another_host_is_a_warning() -> None:
    assert "not encrypted" in client("http://h").warnings[0]
    assert client("http://localhost").warnings == []
    assert client("https://h").warnings == []


# Work in parallel


def test_results_keep_their_order_and_errors_take_their_place(server: Server) -> None:
    server.script["GET /api/x3"] = [404]
    with client(server) as api:
        results = api.map(lambda n: api.map(lambda m: api.get(f"/x{n}") and (n, m), [1, 2]), range(20))
        single = api.map(lambda n: api.get(f"/x{n}"), [3])
    assert len(results) == 20
    assert all(isinstance(r, ApiError) for r in [*results[3], *single])
    assert len(server.seen) == 41


def test_no_more_requests_at_once_than_allowed(server: Server) -> None:
    """Three come together at the barrier, again and again; a fourth one beside them would be counted."""
    now, most = [0], [0]
    together = threading.Barrier(3)

    def slow(_handler: Handler) -> Any:
        with server.lock:
            now[0] += 1
            most[0] = max(now[0], most[0])
        together.wait(10)
        with server.lock:
            now[0] -= 1
        together.wait(10)
        return {}

    with client(server, concurrency=3) as api:
        api.get("/first")
        server.script[""] = [slow]
        api.map(lambda n: api.get(f"/x{n}"), range(30))
    assert most == [3]


def test_what_is_known_is_asked_once(server: Server) -> None:
    with client(server) as api:
        api.map(lambda n: api.once("tenants", lambda: api.get("/tenants")), range(50))
    assert len(server.seen) == 1


# TLS


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secure(authority: trustme.CA) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with Server(context) as running:
        yield running


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return tmp_path / "ca.pem"


def test_trusted_only_with_its_authority(secure: Server, ca_file: Path) -> None:
    with pytest.raises(Fatal, match=r"certificate of https://127.0.0.1.* is not trusted: .*ca_path"):
        client(secure).get("/x")
    assert client(secure, ca_path=str(ca_file)).get("/x") == {}
    assert client(secure, validate_certs=False).get("/x") == {}
    assert client(secure, ca_path=str(ca_file), validate_certs=False).get("/x") == {}


def test_a_certificate_of_another_host_is_refused(authority: trustme.CA, ca_file: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("elsewhere.example").configure_cert(context)
    with Server(context) as server, pytest.raises(Fatal, match=r"is not trusted: .*127.0.0.1"):
        client(server, ca_path=str(ca_file)).get("/x")


def test_an_environment_cannot_switch_validation_off(
    secure: Server, monkeypatch: pytest.MonkeyPatch, ca_file: Path
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.setenv("CURL_CA_BUNDLE", "")
    with pytest.raises(Fatal, match=r"is not trusted: .*Asked were the usual authorities \(/"):
        client(secure).get("/x")
    with pytest.raises(Fatal, match=r"Asked were /.* \(ca_path\) and the usual authorities"):
        client(secure, ca_path=requests.certs.where()).get("/x")


def test_authorities_are_those_that_requests_would_take(
    secure: Server, monkeypatch: pytest.MonkeyPatch, ca_file: Path
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(ca_file))
    assert client(secure).get("/x") == {}
    with pytest.raises(Fatal, match=r"Asked were /.* \(ca_path\)"):
        client(secure, ca_path=requests.certs.where()).get("/x")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    with pytest.raises(Faults, match=r"REQUESTS_CA_BUNDLE: cannot read certificates from '/nowhere\.pem'"):
        client(secure)


def test_a_ca_path_that_is_not_there() -> None:
    with pytest.raises(Faults, match=r"ca_path: cannot read certificates from '/nowhere.pem'"):
        client("https://h", ca_path="/nowhere.pem")


@pytest.fixture
def asking(authority: trustme.CA) -> Iterator[Server]:
    """A server that talks only to those who show a certificate of its authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.verify_mode = ssl.CERT_REQUIRED
    context.maximum_version = ssl.TLSVersion.TLSv1_2  # with 1.3, the refusal may be lost in the end of the connection
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.configure_trust(context)
    with Server(context) as running:
        yield running


def test_a_server_may_ask_for_a_certificate(
    asking: Server, authority: trustme.CA, ca_file: Path, tmp_path: Path
) -> None:
    own, cert, key = authority.issue_cert("me"), tmp_path / "cert.pem", tmp_path / "key.pem"
    own.private_key_pem.write_to_path(str(key))
    cert.write_bytes(b"".join(blob.bytes() for blob in own.cert_chain_pems))
    assert client(asking, ca_path=str(ca_file), client_cert=str(cert), client_key=str(key)).get("/x") == {}
    both = tmp_path / "both.pem"
    both.write_bytes(cert.read_bytes() + key.read_bytes())
    assert client(asking, ca_path=str(ca_file), client_cert=str(both)).get("/x") == {}
    with pytest.raises(Fatal, match=r"handshake failure.*, and whether it asks for a client_cert\."):
        client(asking, ca_path=str(ca_file)).get("/x")
    required = session.SSLError("[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required")
    assert "asks for a client_cert: " in str(client(asking)._untrusted(required))
    stranger = trustme.CA().issue_cert("me").private_key_and_cert_chain_pem
    stranger.write_to_path(str(both))
    with pytest.raises(Fatal, match=r"refused the certificate in '.*both\.pem' \(client_cert\)"):
        client(asking, ca_path=str(ca_file), client_cert=str(both)).get("/x")
    assert len(asking.seen) == 2


def test_a_certificate_that_cannot_be_shown_is_refused_before_a_request(authority: trustme.CA, tmp_path: Path) -> None:
    own, cert = authority.issue_cert("me"), tmp_path / "cert.pem"
    own.cert_chain_pems[0].write_to_path(str(cert))
    with pytest.raises(Faults, match=r"client_cert: cannot read .* from '.*cert\.pem': "):
        client("https://h", client_cert=str(cert))
    locked = serialization.load_pem_private_key(own.private_key_pem.bytes(), None).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"never asked for"),
    )
    (tmp_path / "key.pem").write_bytes(locked)
    with pytest.raises(Faults, match=r"without a password, from '.*cert\.pem' and '.*key\.pem'"):
        client("https://h", client_cert=str(cert), client_key=str(tmp_path / "key.pem"))
    with pytest.raises(Faults, match=r"client_key: give client_cert too"):
        client("https://h", client_key=str(cert))
    with pytest.raises(Faults, match=r"client_cert: http://localhost is not https"):
        client("http://localhost", client_cert=str(cert))


def test_headers_go_with_each_request_and_are_never_shown(server: Server) -> None:
    server.script[""] = [(500, {}, {"seen": "Gateway-Key-1"})]
    api = client(server, headers={"X-Api-Key": "Gateway-Key-1", "X-Tenant": " acme "}, retries=0)
    with pytest.raises(ApiError) as error:
        api.get("/x")
    assert "Gateway-Key-1" not in str(error.value)
    assert [(h["X-Api-Key"], h["X-Tenant"]) for h in server.headers] == [("Gateway-Key-1", "acme")]


def test_proxies_are_left_out_on_wish(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(Fatal, match=r"through the proxy 127\.0\.0\.1:9"):
        client(server, retries=0).get("/x")
    assert client(server, use_proxy=False).get("/x") == {}


def test_a_connection_cut_under_tls_is_tried_again(secure: Server, ca_file: Path) -> None:
    secure.script[""] = ["cut", {"ok": True}]
    with client(secure, ca_path=str(ca_file)) as api:
        assert api.get("/x") == {"ok": True}
        secure.script[""] = ["cut", {"ok": True}]
        with pytest.raises(AnswerLost):
            api.request("POST", "/x")


def test_an_eof_within_tls_is_a_lost_answer_and_no_matter_of_trust(secure: Server, ca_file: Path) -> None:
    eof = ssl.SSLEOFError(8, "EOF occurred in violation of protocol (_ssl.c:2406)")
    lost = session.SSLError(session.urllib3.exceptions.SSLError(eof))
    with client(secure, ca_path=str(ca_file)) as api:
        real = api.session.request
        failures = [lost]
        api.session.request = lambda *a, **k: real(*a, **k) if not failures else (x for x in ()).throw(failures.pop())
        assert api.get("/x") == {}
        failures.append(lost)
        with pytest.raises(AnswerLost, match="EOF occurred"):
            api.request("POST", "/x")


def test_https_to_a_port_without_it_is_told_as_it_is(server: Server) -> None:
    with pytest.raises(Fatal, match="TLS") as error:
        client(server.url.replace("http://", "https://")).get("/x")
    assert "certificate" not in str(error.value)


def test_what_a_location_leads_to(server: Server) -> None:
    """A reference may be told by the address of what was made only."""
    at = {"Location": "http://elsewhere/api/calls/49b%20fa/"}
    server.script["POST /api/calls"] = [(201, at, b""), (204, {}, b""), (200, {}, {"ref": 7}), (400, at, {})]
    with Plain({"url": server.url, **ABOUT}) as api:
        found = [api.request("POST", "/calls", located=True) for _n in range(3)]
        assert found == ["49b fa", None, {"ref": 7}]
        with pytest.raises(ApiError, match="answered 400"):
            api.request("POST", "/calls", located=True)


@pytest.mark.parametrize(
    ("no_proxy", "url", "direct"),
    [
        ("", "https://o2g.example.com", False),
        ("example.com", "https://o2g.example.com", True),
        ("o2g.example.com:8443", "https://o2g.example.com:8443", True),
        ("o2g.example.com:8443", "https://o2g.example.com", False),
        ("*", "https://o2g.example.com", True),
        ("10.0.0.0/8, localhost", "https://10.1.2.3", True),
        ("10.0.0.0/8", "https://11.1.2.3", False),
        ("10.0.0.0/8", "https://o2g.example.com", False),
        ("fd00::/8", "https://[fd00::7]", True),
        ("no/network", "https://10.1.2.3", False),
    ],
)
def test_proxies_come_from_the_environment_alone(
    monkeypatch: pytest.MonkeyPatch, no_proxy: str, url: str, direct: bool
) -> None:
    def asked(*_arguments: object) -> object:
        raise AssertionError("the system was asked")

    for owner in (urllib.request, requests.utils):
        for name in ("getproxies", "proxy_bypass", "get_environ_proxies", "should_bypass_proxies"):
            monkeypatch.setattr(owner, name, asked, raising=False)
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.com:3128")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    expected = {} if direct else {"https": "http://proxy.example.com:3128"}
    assert environment_proxies(url) == expected


# Secrets


@pytest.mark.parametrize("name", ["password", "token"])
@pytest.mark.parametrize("secret", WRITINGS)
def test_a_secret_is_masked_in_every_writing(server: Server, name: str, secret: str) -> None:
    api = client(server, **{name: secret})
    bare = secret.strip()
    forms = {
        secret,
        bare,
        repr(secret)[1:-1],
        repr(f"Bearer {secret}".encode()),
        json.dumps(secret),
        quote(bare),
        quote(bare, safe=""),
        base64.b64encode(bare.encode()).decode(),
        base64.b64encode(f"admin:{bare}".encode()).decode(),
    }
    for form in forms:
        server.script[""] = [(400, {}, {"message": f"<{form}>"})]
        with pytest.raises(ApiError) as caught:
            api.get("/x")
        for leaked in (bare, form.strip("\"'b"), bare[3:]):
            assert leaked not in str(caught.value), form


@pytest.mark.parametrize("name", ["username", "password", "token"])
def test_blanks_around_credentials_are_left_out_and_told(server: Server, name: str) -> None:
    api = client(server, **{name: "s3cret-thing\n"})
    assert api.options[name] == "s3cret-thing"
    assert [w for w in api.warnings if w.startswith(f"{name}: blanks or line ends around it were left out")]


@pytest.mark.parametrize("token", ["tok\u20acn", "to\nken", "to\x00ken"])
def test_a_token_that_no_header_can_carry_is_refused(server: Server, token: str) -> None:
    with pytest.raises(Faults, match="token: holds characters that no header can carry") as caught:
        client(server, token=token)
    assert token not in str(caught.value)


@pytest.mark.parametrize(("platform", "name"), [("o2g", "authorization"), ("ccs", "authorization")])
def test_basic_log_in_is_sent_as_utf8(server: Server, platform: str, name: str) -> None:
    with client(server, CLIENTS[platform], password="p\u00e4\u20acword", token=None, auth=AUTHS[platform]) as api:
        api.get("/x")
    sent = [{k.lower(): v for k, v in headers.items()}.get(name, "") for headers in server.headers]
    assert f"Basic {base64.b64encode('admin:pä€word'.encode()).decode()}" in sent


AUTHS = {"o2g": "session", "ccs": "basic"}


PAGE = (404, {}, b"<h1>No such page</h1>")


@pytest.mark.parametrize("answer", [PAGE, (200, {}, b"<h1>Welcome</h1>"), (302, {"Location": "/login"}, b"")])
@pytest.mark.parametrize("kind", [Plain, *CLIENTS.values()])
def test_a_path_that_the_url_should_not_have_is_told(server: Server, kind: type[Client], answer: Any) -> None:
    server.script[""] = [answer]
    options = {"token": TOKEN, "auth": "bearer"} if kind is CcsClient else {}
    with client(f"{server.url}/portal/", kind, **options) as api, pytest.raises((ApiError, Fatal)) as raised:
        api.get("/things")
    assert f" /portal{server.seen[0][1].removeprefix('/portal').partition('?')[0]} answered " in str(raised.value)
    assert f"The url has the path /portal: give {server.url} alone, unless a gateway needs the path" in str(
        raised.value
    )


def test_a_path_below_which_the_platform_answers_is_right(server: Server) -> None:
    server.script = {"GET /gate/api/there": [{"a": 1}], "": [(404, {}, {})]}
    with client(f"{server.url}/gate") as api:
        api.get("/there")
        with pytest.raises(ApiError) as raised:
            api.get("/gone")
    assert str(raised.value).startswith("GET /gate/api/gone answered 404")
    assert "The url has the path" not in str(raised.value)
