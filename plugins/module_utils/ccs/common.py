# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the resource types of CCS have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..fields import Field, Text

if TYPE_CHECKING:
    from .client import CcsClient

TENANT = Field("tenant", Text(1, quoted=True), required=True)


def client() -> type[CcsClient]:
    from .client import CcsClient

    return CcsClient
