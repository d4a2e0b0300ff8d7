# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the simulator on one port, and on a second one with TLS when asked to."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import gc
import json
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Any

import trustme
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .app import Simulator
from .settings import TRIED, change

CONTRACTS = Path(__file__).resolve().parents[2] / "docs" / "contracts"
PARENT_CHECK_SECONDS = 0.5
CHOICE = "make simulator PORT=9000 (--port 9000 --tls-port 9001)"
BANNER = """\
voiceops.telephony simulator

  APIO  {url}/api/v1/tenants/acme/groups/brussels/
        admin / simulator (group admin), enduser / simulator, token simulator-token
  CCS   {url}/6/v2/api/
        token simulator-token, readonly-token or tenant-token; admin / simulator
  O2G   {url}/api/rest
        admin / simulator, viewer / simulator (reads only), oxe70100 / 1234
{tls}
  Control API  {url}/_sim/health, journal, reset, state, settings, faults, coverage
  Ctrl-C stops it.
"""


class Protocol(HttpToolsProtocol):
    """Lets the application reach the connection, so that it can cut it."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {"transport": self.transport}  # type: ignore[typeddict-item]


class Server(uvicorn.Server):
    """One of several in a process: leaves the signals alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulator", description="Simulates APIO, CCS and O2G.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8765, help="0 picks a free one")
    parser.add_argument("--tls-port", type=int, help="also serve TLS here; 0 picks a free one")
    parser.add_argument("--ca-file", type=Path, help="where to write the CA of the TLS certificate")
    parser.add_argument("--port-file", type=Path, help="where to write the ports and URLs, as JSON, once they answer")
    parser.add_argument("--tried", action="store_true", help="CCS returns the settings of extensions; see README.md")
    parser.add_argument("--contracts", type=Path, default=CONTRACTS, help=argparse.SUPPRESS)
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.tls_port is not None and options.ca_file is None:
        parser.error("--tls-port needs --ca-file, for the CA that clients are to trust")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    options = parse_arguments(arguments)
    try:
        _run(_serve(options))
    except OSError as error:
        print(f"simulator: {error}", file=sys.stderr)
        return 1
    return 0


def _run(work: Coroutine[Any, Any, None]) -> None:
    try:
        import uvloop
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


async def _serve(options: argparse.Namespace) -> None:
    application = Simulator(options.contracts)
    if options.tried:
        change(application.settings, TRIED)
    plain = _listen(options.host, options.port)
    servers = [(Server(_config(application)), plain)]
    where: dict[str, Any] = {"url": _url("http", options.host, plain), "port": plain.getsockname()[1]}
    if options.tls_port is not None:
        secure = _listen(options.host, options.tls_port)
        servers.append((Server(_tls_config(application, options.host, options.ca_file)), secure))
        where |= {
            "tls_url": _url("https", options.host, secure),
            "tls_port": secure.getsockname()[1],
            "ca_file": str(options.ca_file.resolve()),
        }
    # The contracts and validators stay for good: the garbage collector need not look at them again.
    gc.collect()
    gc.freeze()

    def stop(reason: str) -> None:
        print(f"simulator: stops, {reason}", file=sys.stderr, flush=True)
        for server, _socket in servers:
            server.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop, number.name)
    tasks = [asyncio.create_task(server.serve(sockets=[sock])) for server, sock in servers]
    while not all(server.started or task.done() for (server, _socket), task in zip(servers, tasks, strict=True)):
        await asyncio.sleep(0.01)
    if options.port_file:
        _write_whole(options.port_file, json.dumps(where))
    if options.parent is None:
        tls = f"  TLS   {where['tls_url']}, CA in {where['ca_file']}\n" if "tls_url" in where else ""
        print(BANNER.format(url=where["url"], tls=tls), flush=True)
    else:
        tasks.append(asyncio.create_task(_stop_with_parent(options.parent, stop, tasks[0])))
    await asyncio.gather(*tasks)


async def _stop_with_parent(parent: int, stop: Callable[[str], None], server: asyncio.Task[None]) -> None:
    while not server.done():
        if os.getppid() != parent:
            stop("the parent is gone")
            return
        await asyncio.sleep(PARENT_CHECK_SECONDS)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise OSError(
                f"port {port} of {host} is taken: stop what runs there, or choose another, such as {CHOICE}"
            ) from None
        raise


def _url(scheme: str, host: str, sock: socket.socket) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"{scheme}://{shown}:{sock.getsockname()[1]}"


def _config(application: Simulator, **more: Any) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        http=Protocol,
        loop="none",
        ws="wsproto",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
        **more,
    )


def _tls_config(application: Simulator, host: str, ca_file: Path) -> uvicorn.Config:
    authority = trustme.CA()
    certificate = authority.issue_cert(*dict.fromkeys(("localhost", "127.0.0.1", "::1", host)))
    with tempfile.TemporaryDirectory() as folder:
        key, chain = Path(folder, "key.pem"), Path(folder, "chain.pem")
        certificate.private_key_pem.write_to_path(str(key))
        for part in certificate.cert_chain_pems:
            part.write_to_path(str(chain), append=True)
        config = _config(application, ssl_keyfile=key, ssl_certfile=chain)
        config.load()
    _write_whole(ca_file, authority.cert_pem.bytes().decode())
    return config


def _write_whole(path: Path, text: str) -> None:
    """A reader sees nothing or everything."""
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_text(text)
    unfinished.replace(path)
