# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ansible_collections.voiceops.telephony.plugins.plugin_utils.light import light


def test_entries_are_not_sent_back_and_are_there_again_in_a_second_try() -> None:
    given = {"config": [{"name": "a"}], "headers": {"x": "y"}, "url": "https://o2g.example"}
    action: Any = SimpleNamespace(_task=SimpleNamespace(args=given))
    for _try in range(2):
        with light(action):
            assert action._task.args == given
        assert action._task.args == {"url": "https://o2g.example"}


def test_a_failure_leaves_none_behind_either() -> None:
    action: Any = SimpleNamespace(_task=SimpleNamespace(args={"config": []}))
    try:
        with light(action):
            raise ValueError
    except ValueError:
        assert action._task.args == {}
