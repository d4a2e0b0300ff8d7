# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One HTTP session for a whole task: TLS, time-outs, retries, pool, log-in, and the lock of check mode.

A platform's client derives from L(Client) and says how to log in, how to tell a dead session, and what an error means.
"""

from __future__ import annotations

import ipaddress
import json
import os
import random
import ssl
import threading
import time
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, quote_plus, unquote, urlsplit
from urllib.request import getproxies_environment, proxy_bypass_environment

from . import files
from .errors import (
    ASKED,
    TAKEN,
    AnswerLost,
    ApiError,
    Fatal,
    Faults,
    TelephonyError,
    Untrusted,
    answer_understood,
    unexpected,
)
from .fields import MASK
from .progress import Progress, Teller

try:
    import requests
    import urllib3
    from requests.adapters import HTTPAdapter
    from requests.exceptions import ChunkedEncodingError, ConnectTimeout, RequestException, SSLError, Timeout
    from requests.exceptions import ConnectionError as Unconnected
except ImportError:  # the shell has told the user by the time that a client is made
    HTTPAdapter = object
    RequestException = Exception

T = TypeVar("T")
R = TypeVar("R")

TRY_AGAIN = frozenset({429, 502, 503, 504})
CHUNK = 65536
MOST_DEATHS = 5
"""How often a session may die of one request: more often, it is the request that is refused."""
MOMENT = 5.0
"""Seconds for which the items of a loop share what was listed."""
CA_BUNDLE = "REQUESTS_CA_BUNDLE"
"""The variable by which people who know requests name their authorities."""
USER_AGENT = "voiceops.telephony"


class _Adapter(HTTPAdapter):
    """Shares one TLS context among all connections of the pool."""

    def __init__(self, context: ssl.SSLContext, connections: int) -> None:
        self._context = context
        super().__init__(pool_connections=1, pool_maxsize=connections)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **options)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        return super().proxy_manager_for(proxy, ssl_context=self._context, **options)

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
        host, _options = super().build_connection_pool_key_attributes(request, verify, cert)
        return host, {}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave it to the context, so that no connection loads the certificates again."""


def certificates(ca_path: str | None) -> tuple[str, str]:
    """Return the file or folder of authorities beside the usual ones, and who named it; empty texts for none."""
    if ca_path:
        return ca_path, "ca_path"
    return os.environ.get(CA_BUNDLE, ""), CA_BUNDLE if os.environ.get(CA_BUNDLE) else ""


def usual_certificates() -> str:
    """Return a text for where the usual authorities come from."""
    usual = ssl.get_default_verify_paths()
    return os.environ.get(usual.openssl_cafile_env) or usual.cafile or usual.capath or usual.openssl_cafile


def _unasked() -> str:
    """Stand in for the password of a key, for which OpenSSL would ask at the terminal."""
    return ""


def _tls_context(options: Mapping[str, Any]) -> ssl.SSLContext:
    path, named = certificates(options.get("ca_path"))
    cert, key = options.get("client_cert"), options.get("client_key")
    try:
        context = ssl.create_default_context()
        if path and Path(path).resolve() != Path(usual_certificates()).resolve():
            context.load_verify_locations(**{"capath" if Path(path).is_dir() else "cafile": path})
    except (OSError, ssl.SSLError) as error:
        raise Faults([f"{named}: cannot read certificates from {path!r}: {error}"]) from None
    if cert:
        try:
            context.load_cert_chain(cert, key, password=_unasked)
        except (OSError, ssl.SSLError) as error:
            files = " and ".join(map(repr, filter(None, (cert, key))))
            text = f"client_cert: cannot read a certificate and its key, without a password, from {files}: {error}"
            raise Faults([text]) from None
    if not options["validate_certs"]:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    return context


def segment(value: Any) -> str:
    """Return a value percent-encoded, so that it stays one segment of a path."""
    text = quote("" if value is None else str(value), safe="@")
    if text in ("", ".", ".."):
        raise ApiError(f"{value!r} cannot be part of an address")
    return text


class _Segments(dict[str, Any]):
    """The values of a path template, each encoded when the template asks for it."""

    def __getitem__(self, name: str) -> str:
        return segment(super().__getitem__(name))


def writings(secret: str, *more: str) -> tuple[str, ...]:
    """Return how a secret may stand in a text: as it is, escaped by Python or JSON, in an address, in base64."""
    forms = (
        secret,
        secret.strip(),
        repr(secret)[1:-1],
        ascii(secret)[1:-1],
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        b64encode(secret.encode()).decode(),
        *more,
    )
    return tuple(form for form in dict.fromkeys(forms) if form)


def environment_proxies(url: str) -> dict[str, str]:
    """Return the proxies that the environment names for an address.

    The system is not asked: on macOS, a forked process that does so may die of it (cpython#75999).
    """
    proxies = getproxies_environment()
    parts = urlsplit(url)
    host = parts.hostname or ""
    bypassed = proxy_bypass_environment(f"{host}:{parts.port}" if parts.port else host, proxies)
    networks = [entry.strip() for entry in proxies.pop("no", "").split(",") if "/" in entry]
    with suppress(ValueError):  # the host is a name, or an entry is no network
        address = ipaddress.ip_address(host)
        bypassed = bypassed or any(address in ipaddress.ip_network(network, strict=False) for network in networks)
    return {} if bypassed else proxies


def retry_after(text: str) -> float | None:
    """Return for how many seconds a server asks to wait, in seconds or as a date; None if it does not say."""
    if text.strip().isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(0.0, (moment - datetime.now(moment.tzinfo)).total_seconds())


def _never_sent(error: Exception) -> bool:
    """Tell whether a connection failed before the request went out."""
    if isinstance(error, ConnectTimeout):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ProxyError))


def _cut_off(error: Exception) -> bool:
    """Tell whether a connection under TLS just ended, which has nothing to do with trust."""
    return "EOF occurred" in str(error)


class EndlessError(RequestException):
    """An answer that does not end, or not in time."""


class Client:
    """A logged-in HTTP session with one platform."""

    platform = ""
    base = ""
    """What every path hangs on, after the user's URL."""
    auths: Mapping[str, tuple[str, ...]] = {}
    """Ways to log in, each with the connection options that it needs; the first whose options are given is taken."""

    def __init__(self, options: Mapping[str, Any], check_mode: bool = False) -> None:
        self.warnings: list[str] = []
        self.options = options = self._tidied(options)
        self.check_mode = check_mode
        self.concurrency: int = options["concurrency"]
        self.requests = 0
        self.subject = ""
        """What the work is about, in the plural; for whoever waits for it."""
        self.licence = ""
        """What the platform must be licensed for to do the work."""
        self.saved = False
        """Whether a file was written, or in check mode would be."""
        self._left: list[Callable[[], Any]] = []
        """What is left to be done on the platform before the session ends."""
        self.teller = Teller(options.get("progress_file"), self.warn)
        self.auth = self.chosen_auth(options)
        self.url = self.root(options["url"])
        self.outer_path = urlsplit(self.url).path
        """What the user's URL has before the platform's own paths: a gateway may need it, most need none."""
        self._found = False
        """Whether the platform has answered below it."""
        self._lock = threading.RLock()
        self._reading = threading.RLock()
        self._first = threading.RLock()
        self._accepted = False
        self._hopeless: Fatal | None = None
        self._worker = threading.local()
        self._logins = 0
        self._opening = False
        """Whether a log-in was sent to whose end nobody may come, because a signal has cut it off."""
        self._counting = threading.Lock()
        self._served = 0
        """The number of the last log-in under which a request was served."""
        self._refused: Fatal | None = None
        self._known: dict[Any, Any] = {}
        self._looked_up: dict[Any, float] = {}
        """When what others own was read."""
        self._lasting: dict[Any, Any] = {}
        self.memory: dict[Any, tuple[float, Any]] | None = None
        """What runs that share this session share as well; None where there is only one."""
        self._pool: ThreadPoolExecutor | None = None
        self._hidden: dict[str, tuple[str, ...]] = {}
        """The writings of each secret."""
        for name in ("password", "token"):
            self.hide(str(options.get(name) or ""))
        for value in (options.get("headers") or {}).values():
            self.hide(str(value))
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.proxies = environment_proxies(self.url) if options.get("use_proxy", True) else {}
        self.session.headers.update({"User-Agent": USER_AGENT, "Accept": "application/json"})
        self.session.headers.update(options.get("headers") or {})
        address = urlsplit(self.url)
        if options.get("client_key") and not options.get("client_cert"):
            raise Faults(["client_key: give client_cert too, the certificate that the key belongs to"])
        if options.get("client_cert") and address.scheme != "https":
            raise Faults([f"client_cert: {self.url} is not https, so no certificate can be shown to it"])
        self.tls: ssl.SSLContext | None = None
        if address.scheme == "https":
            self.tls = _tls_context(options)
            self.session.mount("https://", _Adapter(self.tls, self.concurrency))
        else:
            self.session.mount("http://", HTTPAdapter(pool_connections=1, pool_maxsize=self.concurrency))
        if address.scheme == "http" and address.hostname not in ("localhost", "127.0.0.1", "::1"):
            self.warnings.append(f"{self.url} is not encrypted: credentials can be read on the way. Use https.")

    def _tidied(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Return the options without the blanks and line ends that a file or a secret store leaves around credentials.

        Raises Faults for what no header can carry.
        """
        tidied = dict(options)
        for name in ("username", "password", "token"):
            value = options.get(name)
            if isinstance(value, str) and value != value.strip():
                tidied[name] = value.strip()
                self.warnings.append(
                    f"{name}: blanks or line ends around it were left out. Take them out where it is kept."
                )
        headers = {name: str(value).strip() for name, value in (options.get("headers") or {}).items()}
        tidied |= {"headers": headers} if headers else {}
        carried = {"token": tidied.get("token") or "", **{f"headers.{name}": value for name, value in headers.items()}}
        if odd := [name for name, value in carried.items() if not value.isascii() or not value.isprintable()]:
            raise Faults([f"{name}: holds characters that no header can carry" for name in odd])
        return tidied

    def warn(self, text: str) -> None:
        """Have the user told at the end."""
        self.warnings.append(text)

    # What a platform says about itself

    @classmethod
    def chosen_auth(cls, options: Mapping[str, Any]) -> str:
        """Return the way to log in: C(auth) if given, else the first one that the other options suffice for."""
        prefix = cls.platform.upper()
        ways = [options["auth"]] if options.get("auth") else list(cls.auths)
        for way in ways:
            if all(options.get(name) for name in cls.auths[way]):
                return way
        raise Faults(
            [
                " or ".join(
                    f"auth={way} needs " + " and ".join(f"{n} (or {prefix}_{n.upper()})" for n in cls.auths[way])
                    for way in ways
                )
                + f". Of a tenant, {cls.platform.lower()}_connection has them; of a task, its options"
            ]
        )

    @classmethod
    def root(cls, url: str) -> str:
        """Return the user's URL without the part of it that every path begins with."""
        root = url.rstrip("/").removesuffix(cls.base)
        try:
            parts = urlsplit(root)
            sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            sound = False
        if "@" in root:
            raise Faults(["url: give username and password as options of their own"])
        if not sound or parts.query or parts.fragment:
            raise Faults([f"url: {url!r} is not an address: write https://host or https://host:port"])
        return root

    def log_in(self) -> None:
        """Make the session ready for requests; called once, and again when the session has died."""

    def log_out(self) -> None:
        """Close what log_in opened."""

    def is_dead(self, status: int, body: Any) -> bool:
        """Tell whether an answer means that the session has ended."""
        return status == 401

    def said(self, body: Any) -> tuple[str, int | None]:
        """Return the text and the platform's code of an error answer."""
        return ("" if body is None else str(body)), None

    def advice(self, status: int, code: int | None) -> str:
        """Return what to do about an error."""
        return ""

    def failed_anyway(self, body: Any) -> bool:
        """Tell whether the body of a 2xx answer means failure."""
        return False

    # Requests

    def get(self, path: str, where: Mapping[str, Any] | None = None, *, empty: bool = False, **options: Any) -> Any:
        """Read an object, or with C(binary) a file; C(empty) where an empty answer means something."""
        answer = self.request("GET", path, where, **options)
        if options.get("binary") or isinstance(answer, Mapping) or (answer is None and empty):
            return answer
        raise unexpected("", self._shown(answer), "an object")

    def _shown(self, answer: Any) -> Any:
        """Return an answer, or a text for it without secrets."""
        text = repr(answer)
        return answer if (shown := self.scrubbed(text)) == text else shown

    def request(
        self,
        method: str,
        path: str,
        where: Mapping[str, Any] | None = None,
        *,
        body: Any = None,
        query: Mapping[str, Any] | str | None = None,
        read: bool | None = None,
        replay: bool | None = None,
        binary: bool = False,
        located: bool = False,
        base: str | None = None,
    ) -> Any:
        """Send one request and return the decoded body (C(None) if empty), or with C(binary) the bytes of a file.

        With C(located) it is what the answer's Location leads to, its last segment, if the answer has one.

        C(path) is a template below C(base), by default the platform's, filled with the values of C(where).
        C(query) is a text where it is a flag without a value.
        C(read) marks a request that changes nothing, C(replay) one that may be sent twice; both default to what the
        verb says. Raises ApiError for this request, AnswerLost where the outcome is unknown, Fatal for everything.
        """
        read = method == "GET" if read is None else read
        if self.check_mode and not read:
            raise RuntimeError(f"check mode must not send {method} {path}: this is a fault of the collection")
        replay = read or (method in ("PUT", "DELETE") if replay is None else replay)
        path = (self.base if base is None else base) + path.format_map(_Segments(where or {}))
        sending = {"json": body, "params": query, "binary": binary, "located": located}
        with self._alone_at_first():
            login = self._ready(0)
            status, answer = self._exchange(method, path, replay, **sending)
            for _death in range(MOST_DEATHS):
                if not self.is_dead(status, answer):
                    break
                if login > 1 and login > self._served:
                    break  # nothing came of the last log-in: another one would lead no further
                login = self._ready(login)
                status, answer = self._exchange(method, path, replay, **sending)
            if not self.is_dead(status, answer):
                self._served = max(self._served, login)
            self._accepted = True
        ASKED.set(f"{method} {self.outer_path}{path}")
        if not 200 <= status < 300 or status == 207 or self.failed_anyway(answer):
            raise self.error(method, path, status, answer)
        self._found = True
        if not read:
            TAKEN.set(TAKEN.get() + 1)
        return answer

    def error(self, method: str, path: str, status: int, answer: Any) -> ApiError:
        """Return the error that an answer means."""
        text, code = self.said(answer)
        text = self.scrubbed(text)
        advice = self.advice(status, code)
        if status == 429:
            attempts = self.options["retries"] + 1
            advice = f"{attempts} attempts were made. Lower concurrency (now {self.concurrency}), or raise retries"
        advice = self.path_advice(status) or advice
        message = f"{method} {self.outer_path}{path} answered {status}" + (f": {text}" if text else "")
        return ApiError(message.rstrip(". ") + (f". {advice}" if advice else ""), status, code)

    def path_advice(self, status: int) -> str:
        """Return what may be wrong with the path of the user's URL, if nothing has answered below it yet."""
        if status not in (404, 405) or not self.outer_path or self._found:
            return ""
        address = self.url.removesuffix(self.outer_path)
        return f"The url has the path {self.outer_path}: give {address} alone, unless a gateway needs the path"

    def handshake(self, method: str, path: str, *, replay: bool = True, **options: Any) -> tuple[int, Any]:
        """Send one request of the session itself (log-in, keep-alive, log-out) below the user's URL.

        Whatever prevents an answer is Fatal; the status is the caller's to judge.
        """
        try:
            return self._exchange(method, path, replay, **options)
        except ApiError as error:
            raise Fatal(str(error)) from None

    def opened(self, what: str, status: int, body: Any) -> Mapping[str, Any]:
        """Return the body of a successful answer to a log-in; raise Fatal for any other."""
        if not 200 <= status < 300:
            text = self.scrubbed(self.said(body)[0])
            advice = self.path_advice(status) or "No session could be opened"
            where = what.replace(" ", f" {self.outer_path}", 1)
            raise Fatal(f"{where} answered {status}" + (f": {text}" if text else "") + f". {advice}.")
        self._found = True
        return body if isinstance(body, Mapping) else {}

    def _send(self, method: str, url: str, **options: Any) -> requests.Response:
        with self._counting:  # not the lock of the log-in, which one that is cut off holds for ever
            self.requests += 1
        response = self.session.request(
            method, url, timeout=self.options["timeout"], allow_redirects=False, stream=True, **options
        )
        with response:
            response._content = self._whole(response)
        return response

    def _whole(self, response: requests.Response) -> bytes:
        """Return the body of an answer. Raises EndlessError for one that is too long, in bytes or in time."""
        largest = float(self.options.get("max_answer_size", 64)) * 2**20
        longest = float(self.options.get("max_answer_time", 600))
        end = time.monotonic() + longest
        read = getattr(
            response.raw, "read1", response.raw.read
        )  # the first returns what has come, and waits for no more
        body = bytearray()
        try:
            while chunk := read(CHUNK, decode_content=True):
                body += chunk
                if len(body) > largest:
                    raise EndlessError(f"the answer is longer than {largest / 2**20:g} MiB: see max_answer_size")
                if time.monotonic() > end:
                    raise EndlessError(f"the answer takes longer than {longest:g} s: see max_answer_time")
        except EndlessError:
            raise
        except urllib3.exceptions.ReadTimeoutError as error:
            raise Unconnected(error) from None
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise ChunkedEncodingError(error) from None
        return bytes(body)

    def _exchange(
        self, method: str, path: str, replay: bool, *, binary: bool = False, located: bool = False, **options: Any
    ) -> tuple[int, Any]:
        """Send until there is an answer that counts; return its status and decoded body."""
        attempts = self.options["retries"] + 1
        what = f"{method} {self.outer_path}{path}"
        for attempt in range(1, attempts + 1):
            try:
                response = self._send(method, self.url + path, **options)
            except RequestException as error:
                if isinstance(error, SSLError) and not _cut_off(error):
                    raise self._untrusted(error) from None
                sent = not _never_sent(error)
                known = isinstance(error, (Unconnected, Timeout, ChunkedEncodingError))
                if not known and not (isinstance(error, EndlessError) and not replay):
                    raise ApiError(f"{what} failed: {self.reason(error)}") from None
                if sent and not replay:
                    raise AnswerLost(
                        f"{what} got no answer: {self.reason(error)}. The server may have carried it out"
                    ) from None
                if attempt == attempts:
                    text = f"{self.reason(error)} ({attempts} attempts)"
                    if sent:
                        raise ApiError(f"{what} got no answer: {text}. Run again, what is done will be seen") from None
                    raise Fatal(f"{self.platform} at {self.url} cannot be reached: {text}. {self._way()}") from None
                self._wait(attempt, None, what)
                continue
            if response.status_code in TRY_AGAIN:
                if not replay and response.status_code != 429:  # 429: refused before anything was done
                    if attempt < attempts:
                        self._wait(attempt, response, what)
                    text = self.scrubbed(self.said(self._decoded(response, what))[0])
                    raise AnswerLost(
                        f"{what} answered {response.status_code}{text and f': {text}'}. "
                        f"The server may have carried it out",
                        response.status_code,
                    )
                if attempt < attempts:
                    self._wait(attempt, response, what)
                    continue
            if binary and response.ok and not response.is_redirect:
                return response.status_code, response.content or None
            if located and response.ok and (where := urlsplit(response.headers.get("Location", "")).path.rstrip("/")):
                return response.status_code, unquote(where.rpartition("/")[2])
            return response.status_code, self._decoded(response, what)
        raise AssertionError("unreachable")

    def _decoded(self, response: requests.Response, what: str) -> Any:
        if response.is_redirect:
            where = self.scrubbed(response.headers["Location"]).partition("?")[0]
            raise Fatal(
                f"{what} answered {response.status_code}, a redirect to {where}. "
                f"{self.path_advice(404) or 'Set url to the address of the API itself'}."
            )
        if not response.content:
            return None
        try:
            return response.json()
        except ValueError:
            start = self.scrubbed(" ".join(response.text.split())[:120])
            if response.ok:
                raise ApiError(
                    f"{what} answered {response.status_code} with something that is not JSON: {start!r}. "
                    f"{self.path_advice(404) or 'Check that url is the address of the API'}",
                    response.status_code,
                ) from None
            return start

    def _wait(self, attempt: int, response: requests.Response | None, what: str) -> None:
        """Wait before the next attempt, as long as the server asks for. Raises ApiError if that is too long."""
        asked = retry_after(response.headers.get("Retry-After", "")) if response is not None else None
        longest = float(self.options.get("longest_wait", 60))
        if asked is not None and response is not None and asked > longest:
            when = (datetime.now().astimezone() + timedelta(seconds=asked)).strftime("%H:%M:%S %Z")
            raise ApiError(
                f"{what} answered {response.status_code}, and asks to wait {asked:.0f} s, which is more than "
                f"longest_wait={longest:g} allows. Run again at {when}",
                response.status_code,
            )
        backoff = random.uniform(0.5, 1.0) * 0.5 * 2 ** (attempt - 1)
        time.sleep(asked if asked is not None else min(backoff, longest))

    def _stores(self) -> str:
        """Return which authorities were asked."""
        path, named = certificates(self.options.get("ca_path"))
        own = f"{path} ({named}) and " if path else ""
        return f"were {own}the usual authorities ({usual_certificates()})"

    def _way(self) -> str:
        """Return where the requests go, for a person who looks for what is in the way."""
        parts = urlsplit(self.url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        through = urlsplit(self.session.proxies.get(parts.scheme) or self.session.proxies.get("all") or "")
        proxy = (
            f", through the proxy {through.hostname}:{through.port or 80}" if through.hostname else ", without a proxy"
        )
        return f"Tried was {parts.hostname}, port {port}{proxy}. Check url, the network and the proxy settings."

    def _untrusted(self, error: Exception) -> Fatal:
        reason = self.reason(error)
        if "ALERT" in str(error) and any(word in str(error) for word in ("CERTIFICATE", "UNKNOWN_CA")):
            cert = self.options.get("client_cert")
            shown = f"refused the certificate in {cert!r} (client_cert)" if cert else "asks for a client_cert"
            return Fatal(f"{self.url} {shown}: {reason}. Ask its operator for a certificate and key that it takes.")
        if "CERTIFICATE_VERIFY_FAILED" not in str(error):
            hint = ", and whether it asks for a client_cert" if "HANDSHAKE_FAILURE" in str(error) else ""
            return Untrusted(f"TLS with {self.url} failed: {reason}. Check the scheme and the port of url{hint}.")
        return Untrusted(
            f"The certificate of {self.url} is not trusted: {reason}. Asked {self._stores()}. Give the authority's "
            f"certificate as ca_path, or, for a test system only, set validate_certs to false."
        )

    def reason(self, error: Exception) -> str:
        """Return the innermost cause of a connection error, short enough to read."""
        cause: Any = error
        while True:
            inner = (
                getattr(cause, "reason", None)
                or cause.__cause__
                or next((a for a in getattr(cause, "args", ()) if isinstance(a, BaseException)), None)
            )
            if not isinstance(inner, BaseException):
                break
            cause = inner
        last = cause.args[-1] if getattr(cause, "args", ()) else None
        text = last if isinstance(last, str) else str(cause)
        return self.scrubbed(text.rpartition(": ")[2] if "object at 0x" in text else text)

    # The session

    def hide(self, secret: str) -> None:
        """Keep a secret out of every message, in whatever writing."""
        if secret and secret not in self._hidden:
            user = str(self.options.get("username") or "")
            self._hidden[secret] = writings(secret, b64encode(f"{user}:{secret}".encode()).decode())

    def scrubbed(self, text: str) -> str:
        """Return the text without passwords, tokens and cookies."""
        for cookie in self.session.cookies:
            self.hide(cookie.value or "")
        found = {writing for each in self._hidden.values() for writing in each if writing in text}
        for writing in sorted(found, key=len, reverse=True):
            text = text.replace(writing, MASK)
        return text

    def _ready(self, seen: int) -> int:
        """Log in unless that was done since log-in number C(seen); return the number of the valid log-in."""
        with self._lock:
            if self._refused:
                raise self._refused
            if self._logins <= seen:
                try:
                    self.log_in()
                except Fatal as error:
                    self._refused = error  # a refused log-in is never tried again: platforms lock accounts
                    raise
                self._logins += 1
            return self._logins

    @contextmanager
    def _alone_at_first(self) -> Iterator[None]:
        """Let nothing else out until a first request was answered.

        Refused credentials that several requests carry at the same time would count as so many attempts.
        """
        if not self._accepted:
            with self._first:
                if not self._accepted:
                    if self._hopeless:
                        raise self._hopeless
                    try:
                        yield
                    except Fatal as error:
                        self._hopeless = error
                        raise
                    return
        yield

    def once(self, key: Any, read: Callable[[], T], of_others: bool = False) -> T:
        """Return what C(read) returned the first time it was called for this key, or raise what it raised.

        What is C(of_others), so that no write of this resource type changes it, the next items of a loop take as well.
        """
        with self._reading:
            if key not in self._known:
                try:
                    self._known[key] = read()
                    if of_others:
                        self._looked_up[key] = time.monotonic()
                except ApiError as error:
                    self._known[key] = error
            if isinstance(self._known[key], ApiError):
                raise self._known[key]
            return self._known[key]

    def lasting(self, key: Any, read: Callable[[], T]) -> T:
        """Return what C(read) returned the first time in this session: for what stays while the server runs."""
        with self._reading:
            if key not in self._lasting:
                self._lasting[key] = read()
            return self._lasting[key]

    def map(
        self, function: Callable[[T], R], items: Iterable[T], progress: Progress | None = None
    ) -> list[R | ApiError]:
        """Call a function for each item, in parallel; an item's ApiError takes the place of its result.

        What is called within such a call goes one after the other: its workers may all be busy waiting for it.
        Nor is it counted; C(progress) counts the outermost items, by itself those that are read.
        """
        work = list(items)
        within = getattr(self._worker, "busy", False)
        progress = progress or Progress(self.teller, f"reading {self.subject}", len(work))

        def guarded(item: T) -> R | ApiError:
            try:
                with answer_understood():
                    return function(item)
            except ApiError as error:
                return error
            finally:
                if self.subject and not within:
                    progress.add(progress.size(item))

        if len(work) < 2 or within:
            return [guarded(item) for item in work]
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self.concurrency, initializer=lambda: setattr(self._worker, "busy", True))
        results: dict[int, R | ApiError] = {}
        left = enumerate(work)  # of which each worker takes the next, as thousands of futures would take memory

        def take(_worker: int) -> None:
            try:
                for n, item in left:
                    results[n] = guarded(item)
            finally:
                deque(left, 0)  # after an error nobody goes on

        try:
            deque(self._pool.map(take, range(min(self.concurrency, len(work)))), 0)
        finally:
            deque(left, 0)
        return [results[n] for n in range(len(work))]

    @contextmanager
    def at_the_end(
        self, deed: Callable[[], Any], needed: Callable[[BaseException | None], bool] = lambda error: True
    ) -> Iterator[None]:
        """Have something done on the platform after what is within, if it is C(needed) after an error, or after none.

        An interruption may end the process without unwinding: then the end of the session does it.
        """
        self._left.append(deed)
        error: BaseException | None = None
        try:
            yield
        except BaseException as failed:
            error = failed
            raise
        finally:
            if deed in self._left:
                self._left.remove(deed)
                if needed(error):
                    with suppress(TelephonyError):
                        deed()

    def save(self, dest: str, content: bytes, mode: int = 0o600) -> bool:
        """Bring a file to some content; return whether it changed, or in check mode would. Raises ApiError."""
        changed = files.replace(dest, content, mode, check_mode=self.check_mode)
        self.saved = self.saved or changed
        return changed

    def recall(self, key: Any) -> Any:
        """Return what was remembered under a key a moment ago, or None."""
        moment, value = (self.memory or {}).get(key, (0.0, None))
        return value if time.monotonic() - moment < MOMENT else None

    def remember(self, key: Any, value: Any) -> None:
        """Keep what was read for the next run of this session, where it is kept for several."""
        if self.memory is not None:
            self.memory[key] = (time.monotonic(), value)

    def forget(self) -> None:
        """Have everything read anew."""
        if self.memory is not None:
            self.memory.clear()

    def begin_again(self, check_mode: bool) -> None:
        """Make a session that is kept for several runs like new for the next: only the log-in stays."""
        self.check_mode = check_mode
        self.requests = 0
        self.warnings = []
        self.teller.begin_again()
        recent = time.monotonic() - MOMENT
        kept = [] if self.memory is None else [key for key, moment in self._looked_up.items() if moment > recent]
        self._known = {key: self._known[key] for key in kept}
        self._looked_up = {key: self._looked_up[key] for key in kept}
        self._hopeless = None
        self.saved = False

    @property
    def logins(self) -> int:
        """How many times the session has been opened."""
        return self._logins

    def abandon(self) -> None:
        """Forget a session that cannot be closed, because nothing answers."""
        self.session.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_exception: Any) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        while self._left:
            with suppress(TelephonyError):
                self._left.pop()()
        try:
            if self._logins or self._opening:
                self.log_out()
        except (Fatal, ApiError) as error:
            self.warnings.append(f"The session could not be closed: {error}")
        finally:
            self.session.close()
