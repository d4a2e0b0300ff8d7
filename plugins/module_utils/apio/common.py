# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the resource types of APIO have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..fields import Field, Struct, Text

if TYPE_CHECKING:
    from .client import ApioClient

TENANT = Field("tenantId", Text(1, 30, quoted=True), required=True)
GROUP = Field("groupId", Text(1, 30, quoted=True), required=True)
ROUTE_POINT = Field("routePointUserId", Text(1, 161), required=True)

DNIS_NAME = Field("name", Text(1, 40, quoted=True), create_only=True, in_body=False)

GROUP_PATH = "/tenants/{tenant_id}/groups/{group_id}/services"
ROUTE_POINT_PATH = GROUP_PATH + "/route_points/{route_point_user_id}"

EXTENSION = Text(2, 20, "[0-9*#]+", "an extension: 0-9, * and #", quoted=True, bare=True)

DEPARTMENT = Struct(
    (
        TENANT,
        GROUP,
        Field("departmentName", Text(1, 50), required=True),
        Field("fullPathName", Text(), read_only=True),
    ),
    partial=True,
)


def client() -> type[ApioClient]:
    from .client import ApioClient

    return ApioClient
