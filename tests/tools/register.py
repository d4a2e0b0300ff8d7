# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Register every module: in the action group of its platform, and as an action that runs it in Ansible's process."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ACTION = '''\
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.voiceops.telephony.plugins.plugin_utils.in_process import InProcessAction


class ActionModule(InProcessAction):
    """Runs the module of the same name."""
'''


def action_only() -> set[str]:
    """Return the modules that are documentation, and whose action does the work on the controller."""
    return {path.stem for path in ROOT.glob("plugins/modules/*.py") if "def main(" not in path.read_text()}


def registrations() -> dict[Path, str]:
    """Return the files that register the modules, with their contents."""
    lines = ["---", 'requires_ansible: ">=2.16.0"', "action_groups:"]
    files = {}
    for platform in ("apio", "ccs", "o2g"):
        modules = sorted({path.stem for path in ROOT.glob(f"plugins/modules/{platform}_*.py")} - action_only())
        lines += [f"  {platform}:", *(f"    - {module}" for module in modules)]
        files |= {ROOT / f"plugins/action/{module}.py": ACTION for module in modules}
    return {ROOT / "meta/runtime.yml": "\n".join(lines) + "\n", **files}


def main() -> None:
    for path, content in registrations().items():
        path.write_text(content)


if __name__ == "__main__":
    main()
