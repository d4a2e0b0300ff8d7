# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tools.register import ROOT, RUNTIME, action_only, registrations


def test_every_module_is_registered() -> None:
    assert RUNTIME.read_text() == registrations(), "run `make runtime`"


def test_every_action_has_a_module_that_documents_it() -> None:
    assert {path.stem for path in ROOT.glob("plugins/action/*.py")} == action_only()
