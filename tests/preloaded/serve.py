# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs ansible-playbook in forks of a process that has imported it: most of what a small play takes are imports.

It listens on the socket that it is handed for what ask.py wants. What runs is Ansible's own main function
with the caller's arguments, environment, folder and files, so that a test cannot tell but by the time. Who wants other
settings than those that Ansible has read here is sent to the real one.
"""

from __future__ import annotations

import atexit
import gc
import os
import selectors
import socket
import sys
import tempfile
import warnings
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import NoReturn

PLUGINS = "ansible_collections.voiceops.telephony.plugins"
USED = """
cli.playbook executor.module_common executor.playbook_executor executor.process.worker inventory.manager parsing.vault
plugins.action.assert plugins.action.debug plugins.action.normal plugins.action.set_fact plugins.callback.default
plugins.connection.local plugins.filter.core plugins.filter.mathstuff plugins.filter.urls plugins.inventory.ini
plugins.inventory.yaml plugins.shell.sh plugins.strategy.linear
"""
READ = ("ANSIBLE_", "PYTHON", "LC_", "LANG", "HOME")
"""How the variables begin that Ansible or Python reads when it is imported."""
NOT_READ = ("ANSIBLE_NOCOLOR", "ANSIBLE_SHOW_CUSTOM_STATS")
"""Of these, what is read only when it is needed, or changes nothing: there is no color but on a terminal."""


def imported() -> None:
    """Import what a play of the collection imports, and make the models that it makes of its resources."""
    for name in USED.split():
        import_module(f"ansible.{name}")
    from ansible.plugins.loader import init_plugin_loader

    init_plugin_loader()
    warnings.filterwarnings("ignore", "AnsibleCollectionFinder has already been configured")
    for package in ("action", "modules"):  # the first imports the filters
        found = import_module(f"{PLUGINS}.{package}")
        for module in iter_modules(found.__path__, f"{found.__name__}."):
            import_module(module.name)
    from ansible_collections.voiceops.telephony.plugins.module_utils.fields import model
    from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import LISTS

    for resource in (resource for lists in LISTS.values() for resource in lists.values()):
        model(resource.options())
    gc.freeze()


def settings(environment: Mapping[str, str]) -> dict[str, str]:
    return {n: v for n, v in environment.items() if n.startswith(READ) and n not in NOT_READ}


class Order:
    """What somebody wants ansible-playbook to do."""

    def __init__(self, connection: socket.socket) -> None:
        head, self.files, _flags, _address = socket.recv_fds(connection, 8, 3)
        with connection.makefile("rb") as stream:
            message = stream.read(int.from_bytes(head, "big"))
        self.folder, count, *rest = message.decode(errors="surrogateescape").split("\0")
        self.arguments = rest[: int(count)]
        self.environment = dict(pair.split("=", 1) for pair in rest[int(count) :])

    def can_be_done_here(self) -> bool:
        own_file = Path(self.folder, "ansible.cfg").exists()
        return not own_file and settings(self.environment) == settings(os.environ)

    def run(self) -> NoReturn:
        """Be ansible-playbook, in a fork."""
        from ansible import constants
        from ansible.cli.playbook import main
        from ansible.utils.path import cleanup_tmp_file

        ours = Path(constants.DEFAULT_LOCAL_TMP)
        constants.DEFAULT_LOCAL_TMP = tempfile.mkdtemp(prefix=f"ansible-local-{os.getpid()}", dir=ours.parent)
        atexit.unregister(cleanup_tmp_file)
        atexit.register(cleanup_tmp_file, constants.DEFAULT_LOCAL_TMP, warn=True)
        for number, file in enumerate(self.files):
            os.dup2(file, number)
            os.close(file)
        os.chdir(self.folder)
        os.environ.clear()
        os.environ.update(self.environment)
        sys.argv = [str(Path(sys.executable).with_name("ansible-playbook")), *self.arguments]
        sys.exit(main())


def serve(listening: socket.socket) -> None:
    """Do what is asked, until whoever started this closes its standard input."""
    imported()
    waiting = selectors.DefaultSelector()
    waiting.register(sys.stdin, selectors.EVENT_READ)
    waiting.register(listening, selectors.EVENT_READ)
    while True:
        for key, _events in waiting.select():
            if key.fileobj is sys.stdin:
                return
            if key.data:
                process, connection = key.data
                waiting.unregister(key.fd)
                os.close(key.fd)
                with connection:
                    connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
                continue
            connection, _address = listening.accept()
            order = Order(connection)
            process = os.fork() if order.can_be_done_here() else -1
            if not process:
                waiting.close()
                listening.close()
                connection.close()
                order.run()
            for file in order.files:
                os.close(file)
            connection.sendall(b"%d\n" % max(process, 0))
            if process > 0:
                waiting.register(os.pidfd_open(process), selectors.EVENT_READ, (process, connection))
            else:
                connection.close()


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
