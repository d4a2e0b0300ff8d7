#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: notify_mail
short_description: Tell somebody by mail
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Sends a mail of plain text. The playbook C(notify) uses it, so that rulebooks can tell somebody without another
    collection.
  - It fails if the server refuses any of the recipients, and says which.
options:
  to:
    description:
      - To whom it goes.
    type: list
    elements: str
    required: true
  sender:
    description:
      - From whom it is.
    type: str
    required: true
  subject:
    description:
      - What it is about, in one line.
    type: str
    required: true
  text:
    description:
      - What it says. If not given, it is the subject.
    type: str
  host:
    description:
      - The mail server.
    type: str
    default: localhost
  port:
    description:
      - Its port. If not given, 465 with V(tls), 587 with V(starttls), else 25.
    type: int
  security:
    description:
      - How the connection is kept secret. With V(starttls), a server that does not offer it is refused.
      - If not given, V(none) for a server on this machine, and V(starttls) for others.
    type: str
    choices: [none, starttls, tls]
  ca_path:
    description:
      - File with the certificates (PEM) that are trusted. If not given, those of the system.
    type: path
  username:
    description:
      - For the log-in, if the server wants one.
    type: str
  password:
    description:
      - The password of O(username). It is not sent without O(security).
    type: str
  timeout:
    description:
      - For how many seconds to wait for the server.
    type: int
    default: 30
attributes:
  check_mode:
    support: full
    description: Can run in check mode, in which it sends nothing.
  diff_mode:
    support: none
    description: There is nothing to compare.
  idempotent:
    support: none
    description: Sends a mail each time.
  platform:
    support: full
    platforms: all
    description: Runs wherever Python does.
"""

EXAMPLES = r"""
- name: Tell the engineers
  voiceops.telephony.notify_mail:
    host: mail.example.com
    username: telephony
    password: "{{ mail_password }}"
    sender: telephony@example.com
    to: [engineers@example.com]
    subject: "CTI link of node 7: down"

- name: A change at night that somebody has to know of in the morning
  block:
    - name: Make it
      ansible.builtin.include_tasks: change.yml
  rescue:
    - name: Tell the engineers what went wrong, and where
      voiceops.telephony.notify_mail:
        host: mail.example.com
        sender: telephony@example.com
        to: [engineers@example.com]
        subject: "The change failed at: {{ ansible_failed_task.name }}"
        text: "{{ ansible_failed_result.msg }}"
"""

RETURN = r"""
to:
  description: To whom it was sent, or in check mode would be.
  returned: success
  type: list
  elements: str
  sample: [engineers@example.com]
"""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from ansible.module_utils.basic import AnsibleModule

PORTS = {"none": 25, "starttls": 587, "tls": 465}
HERE = ("localhost", "127.0.0.1", "::1")


def message(params: dict[str, object]) -> EmailMessage:
    """Return the mail. Raises ValueError where a header would have several lines."""
    mail = EmailMessage()
    mail["From"], mail["To"] = params["sender"], ", ".join(params["to"])
    mail["Subject"], mail["Date"], mail["Message-ID"] = params["subject"], formatdate(localtime=True), make_msgid()
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(f"{params['text'] or params['subject']}\n")
    return mail


def send(mail: EmailMessage, params: dict[str, object], security: str) -> dict[str, object]:
    """Send it; return the recipients that were refused. Raises SMTPException and OSError."""
    where = {"host": params["host"], "port": params["port"] or PORTS[security], "timeout": params["timeout"]}
    trust = None if security == "none" else ssl.create_default_context(cafile=params["ca_path"])
    with smtplib.SMTP_SSL(**where, context=trust) if security == "tls" else smtplib.SMTP(**where) as server:
        if security == "starttls":
            server.starttls(context=trust)
        if params["username"]:
            server.login(params["username"], params["password"])
        return server.send_message(mail)


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "to": {"type": "list", "elements": "str", "required": True},
            "sender": {"type": "str", "required": True},
            "subject": {"type": "str", "required": True},
            "text": {"type": "str"},
            "host": {"type": "str", "default": "localhost"},
            "port": {"type": "int"},
            "security": {"type": "str", "choices": list(PORTS)},
            "ca_path": {"type": "path"},
            "username": {"type": "str"},
            "password": {"type": "str", "no_log": True},
            "timeout": {"type": "int", "default": 30},
        },
        required_together=[["username", "password"]],
        supports_check_mode=True,
    )
    params = module.params
    security = params["security"] or ("none" if params["host"] in HERE else "starttls")
    if not params["to"]:
        module.fail_json(msg="to: must name somebody")
    if params["username"] and security == "none":
        module.fail_json(msg="password: is not sent to a server without security=starttls or tls")
    try:
        mail = message(params)
        refused = {} if module.check_mode else send(mail, params, security)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        module.fail_json(msg=f"{params['host']} did not take the mail: {error}")
    if refused:
        module.fail_json(msg=f"{params['host']} refused {', '.join(refused)}")
    module.exit_json(changed=True, to=params["to"])


if __name__ == "__main__":
    main()
