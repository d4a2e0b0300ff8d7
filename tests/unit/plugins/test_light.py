# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest

from ansible_collections.voiceops.telephony.plugins.plugin_utils.light import light


def of(**task: Any) -> Any:
    given = {"config": [{"name": "a"}], "headers": {"x": "y"}, "url": "https://o2g.example"}
    return SimpleNamespace(_task=SimpleNamespace(**{"args": given, "until": [], "retries": None, **task}))


def test_entries_are_not_sent_back() -> None:
    action = of()
    with light(action):
        assert action._task.args["config"]
    assert action._task.args == {"url": "https://o2g.example"}


@pytest.mark.parametrize("repeated", [{"until": ["done"]}, {"retries": 3}])
def test_a_next_try_has_them_all(repeated: dict[str, Any]) -> None:
    action = of(**repeated)
    with light(action):
        pass
    assert action._task.args == of()._task.args


def test_a_failure_leaves_none_behind_either() -> None:
    action = of()
    with suppress(ValueError), light(action):
        raise ValueError
    assert action._task.args == {"url": "https://o2g.example"}
