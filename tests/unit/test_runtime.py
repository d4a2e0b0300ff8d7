# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tools.register import ROOT, action_only, registrations


def test_every_module_is_registered() -> None:
    for path, content in registrations().items():
        assert path.read_text() == content, "run `make runtime`"


def test_nothing_else_is_registered() -> None:
    own = {ROOT / f"plugins/action/{module}.py" for module in action_only()}
    assert set(ROOT.glob("plugins/action/*.py")) == own | (registrations().keys() - {ROOT / "meta/runtime.yml"})
