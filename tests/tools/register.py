# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Register every module: in the action group of its platform, and with the action that runs it in Ansible's process."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "meta/runtime.yml"
ACTION = "voiceops.telephony.in_process"


def action_only() -> set[str]:
    """Return the modules that are documentation, and whose action does the work on the controller."""
    return {path.stem for path in ROOT.glob("plugins/modules/*.py") if "def main(" not in path.read_text()}


def of_no_platform() -> set[str]:
    """Return the modules that send nothing to a platform: each has a suite of its own."""
    return action_only() | {"notify_mail"}


def registrations() -> str:
    """Return what meta/runtime.yml has to say."""
    lines = ["---", 'requires_ansible: ">=2.16.0"', "action_groups:"]
    routes = ["plugin_routing:", "  modules:"]
    for platform in ("apio", "ccs", "o2g"):
        modules = sorted({path.stem for path in ROOT.glob(f"plugins/modules/{platform}_*.py")} - action_only())
        lines += [f"  {platform}:", *(f"    - {module}" for module in modules)]
        routes += [line for module in modules for line in (f"    {module}:", f"      action_plugin: {ACTION}")]
    return "\n".join([*lines, *routes]) + "\n"


def main() -> None:
    RUNTIME.write_text(registrations())


if __name__ == "__main__":
    main()
