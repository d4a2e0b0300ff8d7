# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run ansible-test from a checkout at any path: run_ansible_test.py sanity [options]."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import ansible_test

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
VENV = Path(sys.prefix).name
HOME = CACHE / "home" / VENV

# ansible-test downloads get-pip.py from a host that closed networks do not reach: this copies our pip instead
GET_PIP = f"""\
import pathlib, shutil, sysconfig
for folder in pathlib.Path({sysconfig.get_path("purelib")!r}).glob("pip*"):
    shutil.copytree(folder, pathlib.Path(sysconfig.get_path("purelib"), folder.name))
"""


def copy_collection() -> Path:
    """Copy what git does not ignore: ansible-test insists on the path, wants git, and follows no symlink."""
    target = CACHE / "ansible-test" / VENV / "ansible_collections/voiceops/telephony"
    shutil.rmtree(target, ignore_errors=True)
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in filter(None, subprocess.check_output(listing, cwd=ROOT, text=True).split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name, follow_symlinks=False)
    leave_out_routing(target / "meta/runtime.yml")
    subprocess.check_call(["git", "init", "--quiet"], cwd=target)
    return target


def leave_out_routing(runtime: Path) -> None:
    """Leave routing out where ansible-test is older than the check of C(action_plugin) in it, which ansible-core knows.

    The check of ansible-core 2.16 refuses that key. All else in the file is checked there, and routing by newer ones.
    """
    check = Path(ansible_test.__file__).with_name("_util") / "controller/sanity/code-smell/runtime-metadata.py"
    if "action_plugin" not in check.read_text():
        rest, found, _routing = runtime.read_text().partition("plugin_routing:\n")
        if not found:
            sys.exit(f"{runtime} has no plugin_routing")
        runtime.write_text(rest)


def write_pip_configuration() -> None:
    """ansible-test passes no PIP_* variable on: hand the user's pip settings over as a file."""
    settings = subprocess.check_output([sys.executable, "-m", "pip", "config", "list"], text=True)
    lines = ["[global]", "quiet = 1"]
    for name, value in (line.split("=", 1) for line in settings.splitlines()):
        if name.startswith(("global.", ":env:.")):
            lines.append(f"{name.rpartition('.')[2]} = {' '.join(ast.literal_eval(value).split())}")
    configuration = HOME / ".config/pip/pip.conf"
    configuration.parent.mkdir(parents=True, exist_ok=True)
    configuration.write_text("\n".join(dict.fromkeys(lines)) + "\n")


def write_get_pip() -> None:
    source = Path(ansible_test.__file__).with_name("_internal") / "python_requirements.py"
    cache = HOME / ".ansible/test/cache"
    cache.mkdir(parents=True, exist_ok=True)
    for version in re.findall(r"pip='([\d.]+)'", source.read_text()):
        (cache / f"get_pip_{version.replace('.', '_')}.py").write_text(GET_PIP)


def main() -> int:
    write_pip_configuration()
    write_get_pip()
    tools = Path(sys.executable).parent
    # pyenv's shims answer for every Python, installed or not
    path = [folder for folder in os.environ["PATH"].split(os.pathsep) if not folder.endswith("/shims")]
    environment = os.environ | {"HOME": str(HOME), "PATH": os.pathsep.join([str(tools), *path])}
    version = f"3.{sys.version_info.minor}"
    command = [sys.executable, tools / "ansible-test", *sys.argv[1:], "--local", "--python", version]
    return subprocess.call(command, cwd=copy_collection(), env=environment)


if __name__ == "__main__":
    sys.exit(main())
