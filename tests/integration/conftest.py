# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator per worker, fresh for each test, that must not have seen a request or an answer outside its contract."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from simulator.handle import Simulator


@pytest.fixture(scope="session")
def running() -> Iterator[Simulator]:
    with Simulator.start(tls=True) as simulator:
        yield simulator


@pytest.fixture
def sim(running: Simulator) -> Iterator[Simulator]:
    running.reset()
    yield running
    assert not running.violations()
