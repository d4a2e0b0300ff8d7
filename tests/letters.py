# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail server that keeps what it is given (RFC 5321, with STARTTLS and AUTH PLAIN)."""

from __future__ import annotations

import base64
import email
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default


class _Talk(socketserver.StreamRequestHandler):
    server: Post

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def handle(self) -> None:
        tls = self.server.tls
        user = ""
        self.say("220 post")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "EHLO":
                offers = ["post", *(["STARTTLS"] if tls else []), *(["AUTH PLAIN"] if self.server.password else [])]
                for offer in offers[:-1]:
                    self.say(f"250-{offer}")
                self.say(f"250 {offers[-1]}")
            elif verb == "STARTTLS" and tls:
                self.say("220 go on")
                self.connection, tls = tls.wrap_socket(self.connection, server_side=True), None
                self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)
            elif verb == "AUTH":
                _none, user, password = base64.b64decode(line.split()[2]).decode().split("\0")
                self.say("235 welcome" if password == self.server.password else "535 who are you?")
            elif verb == "RCPT" and "nobody" in line:
                self.say("550 no such mailbox")
            elif verb == "DATA":
                self.say("354 go on")
                text = b""
                while (line_of_text := self.rfile.readline()) != b".\r\n":
                    text += line_of_text.removeprefix(b".")
                letter = email.message_from_bytes(text, policy=default)
                assert isinstance(letter, EmailMessage)
                self.server.letters.append(letter)
                self.server.users.append(user)
                self.say("250 taken")
            else:
                self.say("221 bye" if verb == "QUIT" else "250 fine")
                if verb == "QUIT":
                    return


class Post(socketserver.ThreadingTCPServer):
    """The server, on a port of this machine."""

    daemon_threads = True

    def __init__(self, certificate: str = "", password: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[EmailMessage] = []
        self.users: list[str] = []
        self.password = password
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
        if self.tls:
            self.tls.load_cert_chain(certificate)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def post(certificate: str = "", password: str = "") -> Iterator[Post]:
    """Run a mail server."""
    with Post(certificate, password) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
