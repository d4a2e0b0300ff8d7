# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write meta/runtime.yml: one action group per platform, with every module of that platform."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    lines = ["---", 'requires_ansible: ">=2.16.0"', "action_groups:"]
    for platform in ("apio", "ccs", "o2g"):
        modules = sorted(path.stem for path in ROOT.glob(f"plugins/modules/{platform}_*.py"))
        lines.append(f"  {platform}:" + ("" if modules else " []"))
        lines += [f"    - {module}" for module in modules]
    (ROOT / "meta/runtime.yml").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
