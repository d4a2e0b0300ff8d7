# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What call centers and instant group calls have in common: they are service users of a group.

Documents 000 (lines 5-236) and 004: the server may make their ids, may rename them with the phone number, and sets
C(active) for many in one request.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from ..fields import Field, Phone, Text, Values
from ..resource import Collection, Entry, Found, Job, Step
from .common import DEPARTMENT, EXTENSION, GROUP, TENANT, client

if TYPE_CHECKING:
    from ..session import Client

SERVICE_USER_ID = Field("serviceUserId", Text(1, 161, "[^@]+@[^@]+", "user@domain"), create_only=True)
NAME = Field("serviceInstanceProfile.name", Text(1, 30, quoted=True), required=True)
PASSWORD = Field(
    "serviceInstanceProfile.password",
    Text(1, 60, quoted=True),
    "service_user_password",
    secret=True,
    nullable=False,
)
PROFILE = (
    SERVICE_USER_ID,
    NAME,
    PASSWORD,
    Field("serviceInstanceProfile.department", DEPARTMENT),
    Field("serviceInstanceProfile.cliFirstName", Text(1, 30), required=True),
    Field("serviceInstanceProfile.cliLastName", Text(1, 30), required=True),
    Field("serviceInstanceProfile.cliPhoneNumber", Phone()),
    Field("serviceInstanceProfile.language", Text(1, 40), nullable=False),
    Field("serviceInstanceProfile.timeZone", Text(1, 127), nullable=False),
    Field("serviceInstanceProfile.phoneNumber", Phone()),
    Field("serviceInstanceProfile.extension", EXTENSION),
    Field("serviceInstanceProfile.publicUserIdentity", Text(1, 161)),
)
"""Documents 000 (lines 14-101) and 004 (lines 50-113); ranges from BroadWorks' OCI schema."""


class ServiceUsers(Collection):
    platform = "apio"
    connect = staticmethod(client)
    parents = (TENANT, GROUP)
    identity = (("service_user_id",), ("name",))
    numbered = ("phone_number", "extension")
    owned = True
    item = "{service_user_id}/"
    gatherable = gathered_by_default = ("details",)
    info_filters = ("service_user_id", "name")
    active_path: ClassVar[str]
    """Where C(active) is set for many."""

    def read(self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        self.claimed = {entry.values.get("service_user_id") for entry in entries}
        self.looking_ahead = api.check_mode
        return super().read(api, entries, whole)

    def refusals(self, steps: Sequence[Step]) -> Iterable[tuple[Step, str]]:
        """Warn in check mode of what only some servers create: none can be asked whether it makes ids itself."""
        nameless = [s for s in steps if s.action == "create" and not s.values.get("service_user_id")]
        if nameless and self.looking_ahead:
            names = ", ".join(repr(s.values["name"]) for s in nameless[:3])
            more = f" and {len(nameless) - 3} more" if len(nameless) > 3 else ""
            nameless[0].warnings.append(
                f"{names}{more} would be created without service_user_id, which needs a server that makes its own ids"
            )
        return super().refusals(steps)

    def refusal(self, step: Step) -> Iterable[str]:
        """Refuse to create a second one of a name, which is what a server that makes its own ids would do each time."""
        values = step.values
        if step.action == "create" and values.get("service_user_id"):
            same = self.lists[self.place(values)].named(("name",), values)
            others = [r["service_user_id"] for r in same if r["service_user_id"] not in self.claimed]
            if others:
                yield (
                    f"service_user_id: there is no {values['service_user_id']}, but {values['name']!r} exists as "
                    f"{', '.join(others)}. If the server makes its own ids, leave service_user_id out"
                )

    def renames(self, step: Step) -> bool:
        """A server may build the id from the phone number (document 000, lines 228-236)."""
        return "phone_number" in step.changes

    def stages(self, steps: Sequence[Step]) -> list[list[Job]]:
        """Set C(active) last, for all of a group in one request."""
        groups: dict[tuple[str, ...], list[Step]] = {}
        for step in steps:
            if self.sets_active_apart(step):
                groups.setdefault(self.place(step.values), []).append(step)
        return [*super().stages(steps), [Job(group, self.activate) for group in groups.values()]]

    def sets_active_apart(self, step: Step) -> bool:
        """Tell whether C(active) is not part of the step's own create or update."""
        return "active" in step.changes

    def activate(self, api: Client, steps: Sequence[Step]) -> None:
        services = [{"serviceUserId": s.values["service_user_id"], "active": s.changes["active"]} for s in steps]
        api.request("PUT", self.active_path, steps[0].values, body={"services": services})
