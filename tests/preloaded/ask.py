# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands before ansible-playbook in PATH, and has it run by serve.py, which has already imported it.

It imports as little as it can: it takes the place of what takes half a second.
"""

import os
import signal
import socket
import sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bin")  # noqa: PTH100, PTH118, PTH120


def become_the_real_one() -> None:
    """Go on to the next ansible-playbook in PATH."""
    for folder in os.environ["PATH"].split(os.pathsep):
        path = os.path.join(folder, "ansible-playbook")  # noqa: PTH118
        if os.path.abspath(folder) != HERE and os.access(path, os.X_OK):  # noqa: PTH100
            os.execv(path, [path, *sys.argv[1:]])
    sys.exit("There is no ansible-playbook")


def ended(server: socket.socket) -> int:
    """Return how the one that serve.py runs has ended: its exit status, or less than nothing for a signal."""
    arguments = sys.argv[1:]
    variables = [f"{name}={value}" for name, value in os.environ.items()]
    words = [os.getcwd(), str(len(arguments)), *arguments, *variables]  # noqa: PTH109
    message = "\0".join(words).encode(errors="surrogateescape")
    socket.send_fds(server, [len(message).to_bytes(8, "big")], [0, 1, 2])
    server.sendall(message)
    answers = server.makefile()
    process = int(answers.readline())
    if not process:
        become_the_real_one()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: os.kill(process, number))
    return int(answers.readline())


def main() -> None:
    if "PRELOADED_ANSIBLE" not in os.environ:
        become_the_real_one()
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(os.environ["PRELOADED_ANSIBLE"])
        status = ended(server)
    if status < 0:
        signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    sys.exit(status)


main()
