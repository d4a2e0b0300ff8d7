# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody is told by mail, with and without TLS, by the module and by the playbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import trustme
from letters import post
from modules import run_module
from plays import play

SECRET = "hush-hush-1"
LETTER: dict[str, Any] = {
    "to": ["an@acme.example", "bart@acme.example"],
    "sender": "Téléphonie <telephony@acme.example>",
    "subject": "Lien CTI coupé",
    "text": "Nœud 7\n.\nà bientôt",
}


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate of this machine with its key, and whom to trust for it."""
    folder, authority = tmp_path_factory.mktemp("trust"), trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(folder / "own.pem"))
    return str(folder / "own.pem"), str(folder / "ca.pem")


def test_a_mail_arrives_as_it_was_written() -> None:
    with post() as server:
        where = {"host": "127.0.0.1", "port": server.port}
        assert run_module("notify_mail", {**LETTER, **where}, check=True)["changed"]
        assert server.letters == []
        result = run_module("notify_mail", {**LETTER, **where})
    assert (result["changed"], result["to"]) == (True, LETTER["to"])
    (letter,) = server.letters
    assert (letter["From"], letter["To"]) == (LETTER["sender"], ", ".join(LETTER["to"]))
    assert (letter["Subject"], letter["Auto-Submitted"]) == (LETTER["subject"], "auto-generated")
    assert letter.get_content().splitlines() == LETTER["text"].splitlines()


def test_a_log_in_needs_tls_and_its_password_is_told_nowhere(trust: tuple[str, str]) -> None:
    certificate, authority = trust
    with post(certificate, SECRET) as server:
        account = {"host": "127.0.0.1", "port": server.port, "username": "an", "password": SECRET}
        plain = run_module("notify_mail", {**LETTER, **account})
        assert "not sent to a server without security" in plain["msg"]
        starttls = {**LETTER, **account, "security": "starttls"}
        assert "CERTIFICATE_VERIFY_FAILED" in run_module("notify_mail", starttls)["msg"]
        wrong = run_module("notify_mail", {**starttls, "ca_path": authority, "password": "wrong-one-1"})
        assert "who are you?" in wrong["msg"]
        assert "wrong-one-1" not in wrong.text
        assert server.letters == []
        done = run_module("notify_mail", {**starttls, "ca_path": authority})
    assert not done.failed, done["msg"]
    assert SECRET not in plain.text + done.text
    assert server.users == ["an"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"to": []}, "to: must name somebody"),
        ({"to": ["an@acme.example", "nobody@acme.example"]}, "refused nobody@acme.example"),
        ({"subject": "two\nlines"}, "did not take the mail"),
        ({"security": "starttls"}, "STARTTLS extension not supported"),
    ],
)
def test_what_cannot_be_sent_is_told(more: dict[str, Any], told: str) -> None:
    with post() as server:
        result = run_module("notify_mail", {**LETTER, "host": "127.0.0.1", "port": server.port, **more})
    assert result.failed
    assert told in result["msg"]


def test_the_playbook_tells_by_mail_and_says_what_failed(tmp_path: Path) -> None:
    where = tmp_path / "hosts.json"
    where.write_text(json.dumps({"all": {"hosts": {"localhost": {}}}}))
    with post() as server:
        mail = {"to": "an@acme.example", "sender": "t@acme.example", "host": "127.0.0.1", "port": server.port}
        order: dict[str, Any] = {"notify_text": "Two lines,\nof which one is the subject", "notify_mail": mail}
        run = play("notify.yml", where, "--check", notify_url="http://127.0.0.1:9/", **order)
        assert not run.failed, run.text
        run = play("notify.yml", where, **order)
        assert not run.failed, run.text
        run = play("notify.yml", where, notify_url="http://127.0.0.1:9/secret-hook", **order)
        assert "127.0.0.1 did not take it: -1" in run.text
        assert "secret-hook" not in run.text
    assert [(one["Subject"], one.get_content().count("\n")) for one in server.letters] == [("Two lines,", 2)] * 2
    run = play("notify.yml", where, **order)
    assert run.failed
    assert "127.0.0.1 did not take the mail: [Errno 111] Connection refused" in run.text
    assert "notify_text must be given" in play("notify.yml", where).text
