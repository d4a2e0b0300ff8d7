# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the resource types of APIO have in common: their parents and the profile of a service user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..fields import Field, Phone, Struct, Text

if TYPE_CHECKING:
    from .client import ApioClient

TENANT = Field("tenantId", Text(1, 30, quoted=True), required=True)
GROUP = Field("groupId", Text(1, 30, quoted=True), required=True)
ROUTE_POINT = Field("routePointUserId", Text(1, 161), required=True)

GROUP_PATH = "/tenants/{tenant_id}/groups/{group_id}/services"
ROUTE_POINT_PATH = GROUP_PATH + "/route_points/{route_point_user_id}"

SERVICE_USER_ID = Field("serviceUserId", Text(1, 161, "[^@]+@[^@]+", "user@domain"), create_only=True)
EXTENSION = Text(2, 20, quoted=True)

DEPARTMENT = Struct(
    (
        Field("tenantId", Text(1, 30, quoted=True)),
        Field("groupId", Text(1, 30, quoted=True)),
        Field("departmentName", Text(1, 50)),
        Field("fullPathName", Text(), read_only=True),
    )
)

PROFILE = (
    Field("serviceInstanceProfile.name", Text(1, 30, quoted=True), required=True),
    Field(
        "serviceInstanceProfile.password",
        Text(1, 60, quoted=True),
        "service_user_password",
        secret=True,
        nullable=False,
    ),
    Field("serviceInstanceProfile.department", DEPARTMENT),
    Field("serviceInstanceProfile.cliFirstName", Text(1, 30), nullable=False),
    Field("serviceInstanceProfile.cliLastName", Text(1, 30), nullable=False),
    Field("serviceInstanceProfile.cliPhoneNumber", Phone()),
    Field("serviceInstanceProfile.language", Text(1, 40), nullable=False),
    Field("serviceInstanceProfile.timeZone", Text(1, 127), nullable=False),
    Field("serviceInstanceProfile.phoneNumber", Phone()),
    Field("serviceInstanceProfile.extension", EXTENSION),
    Field("serviceInstanceProfile.publicUserIdentity", Text(1, 161)),
)
"""The profile of a service user: documents 000 (lines 14-101) and 004; ranges from BroadWorks' OCI schema."""


def client() -> type[ApioClient]:
    from .client import ApioClient

    return ApioClient
