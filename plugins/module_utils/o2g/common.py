# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the resource types of O2G have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..fields import Field, Number, Text

if TYPE_CHECKING:
    from .client import O2gClient

NODE = Field("nodeId", Number(0, 2147483647), required=True)
NUMBER = Text(1, 30, r"\+?[0-9A-D*#]+", "a number of digits", quoted=True)
"""A number of the dial plan."""


def client() -> type[O2gClient]:
    from .client import O2gClient

    return O2gClient
