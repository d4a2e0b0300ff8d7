# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tools.register import ROOT, registrations


def test_every_module_is_registered() -> None:
    for path, content in registrations().items():
        assert path.read_text() == content, "run `make runtime`"


def test_nothing_else_is_registered() -> None:
    assert set(ROOT.glob("plugins/action/*.py")) < set(registrations())
