# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("platform", ["apio", "ccs", "o2g"])
def test_module_defaults_reach_every_module_of_the_platform(platform: str) -> None:
    groups = yaml.safe_load((ROOT / "meta/runtime.yml").read_text())["action_groups"]
    modules = sorted(path.stem for path in ROOT.glob(f"plugins/modules/{platform}_*.py"))
    assert groups[platform] == modules, "run `make runtime`"
