# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of a route point, one resource type per page of document 001; ranges from BroadWorks' OCI schema."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from ..errors import ApiError
from ..fields import DESTINATION, Choice, Field, Flag, Kind, Number, Text, Values, read_text
from ..resource import Entry, Found, Settings, Step
from .common import DNIS_NAME, GROUP, ROUTE_POINT, ROUTE_POINT_PATH, TENANT, client
from .dnis import Dnis

if TYPE_CHECKING:
    from ..session import Client

SLOTS = 4
KEEP = "Unmodify"
"""What the platform takes for "leave this slot alone" (line 68); it must never become the name of a file."""


@dataclass(frozen=True, eq=False)
class AudioFiles(Kind):
    """The announcements of the four slots, by name and in order; C(null) is an empty slot, or for all of it four."""

    spec = {"type": "list", "elements": "raw"}
    blank = True

    def schema(self) -> Any:
        from pydantic import AfterValidator, BeforeValidator
        from pydantic import Field as Limits

        def no_keyword(name: str) -> str:
            if name == KEEP:
                raise ValueError(f"{KEEP!r} is a word of the platform, not the name of an announcement")
            return name

        name = Annotated[Text(1, 80, quoted=True).schema(), AfterValidator(no_keyword)]
        return Annotated[list[name | None], Limits(max_length=SLOTS), BeforeValidator(lambda value: value or [])]

    def to_wire(self, value: list[str | None]) -> list[dict[str, str] | None]:
        filled = [{"name": name} if name else None for name in value]
        return filled + [None] * (SLOTS - len(filled))

    def from_wire(self, value: Any) -> list[str | None]:
        return [read_text(slot.get("name")) if slot else None for slot in value or []]

    def comparable(self, value: Any, country: str | None) -> Any:
        names = [name or None for name in value or []]
        return names + [None] * (SLOTS - len(names))


def announcement(wrapper: str = "") -> tuple[Field, Field]:
    """Return the fields of an announcement: the platform's own, or files."""
    return (
        Field(f"{wrapper}audioMessageSelection", Choice(("Default", "File"))),
        Field(f"{wrapper}audioFileList", AudioFiles(), nullable=False),
    )


class RoutePointSettings(Settings):
    platform = "apio"
    connect = staticmethod(client)
    parents = (TENANT, GROUP, ROUTE_POINT)
    needs: ClassVar[tuple[str, Any, str]] = ("", None, "")
    """An option, a value of it, and the option that the platform wants with that value."""

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if values.get("audio_message_selection") == "Default" and values.get("audio_file_list"):
            yield "audio_file_list", "goes with audio_message_selection=File"

    def refusal(self, step: Step) -> Iterable[str]:
        selection, files = step.values.get("audio_message_selection"), step.values.get("audio_file_list")
        if "audio_file_list" in step.changes and any(files or ()) and selection != "File":
            yield "audio_file_list: needs audio_message_selection=File, given or already there"
        if "audio_message_selection" in step.changes and selection == "File" and not any(files or ()):
            yield "audio_message_selection: File needs audio_file_list, given or already there"
        option, value, other = self.needs
        if {option, other} & step.changes.keys() and step.values.get(option) == value and not step.values.get(other):
            text = f"{option}: {str(value).lower() if value is True else value} needs {other}, given or already there"
            shown = other in step.values or not any(f.unreadable for f in self.fields if f.option == other)
            if shown:
                yield text
            else:
                step.warnings.append(f"{self.label(step.values)}: {text}, which this server does not show")


class Announcements(RoutePointSettings):
    noun = "announcements"
    path = ROUTE_POINT_PATH + "/announcements/"
    fields = announcement("mediaOnHoldForQueuedCalls.")


class Overflow(RoutePointSettings):
    noun = "overflow"
    path = ROUTE_POINT_PATH + "/overflow/"
    fields = (
        Field("action", Choice(("Busy", "Transfer", "Ringing"))),
        Field("transferPhoneNumber", DESTINATION),
        Field("playAnnouncementBeforeOverflowProcessing", Flag()),
        Field("overflowAfterTimeout", Flag()),
        Field("timeoutSeconds", Number(0, 7200)),
        *announcement(),
    )
    needs = ("action", "Transfer", "transfer_phone_number")


class BouncedCall(RoutePointSettings):
    noun = "bounced call settings"
    path = ROUTE_POINT_PATH + "/bounced_call/"
    fields = (
        Field("active", Flag()),
        Field("numberOfRingsBeforeBouncingCall", Number(1, 20)),
        Field("enableTransfer", Flag(), unreadable=True),
        Field("transferPhoneNumber", DESTINATION, unreadable=True),
        Field("bounceCallWhenAgentUnavailable", Flag(), unreadable=True),
    )
    """The example of an answer (line 95) leaves the last three out: absent is not false."""
    needs = ("enable_transfer", True, "transfer_phone_number")


RING_PATTERN = Choice(("Normal", "Long-Long", "Short-Short-Long", "Short-Long-Short"))


class DistinctiveRinging(RoutePointSettings):
    noun = "distinctive ringing"
    path = ROUTE_POINT_PATH + "/distinctive_ringing/"
    fields = (
        Field("distinctiveRinging", Flag()),
        Field("ringPatternForRoutePoint", RING_PATTERN),
        Field("forceDeliveryRingPattern", RING_PATTERN),
    )


class ForcedForwarding(RoutePointSettings):
    noun = "forced forwarding"
    path = ROUTE_POINT_PATH + "/forced_forwarding/"
    fields = (
        Field("active", Flag()),
        Field("forwardToPhoneNumber", DESTINATION),
        Field("playAnnouncementBeforeForwarding", Flag()),
        *announcement(),
    )
    needs = ("active", True, "forward_to_phone_number")


class DnisConfig(RoutePointSettings):
    noun = "DNIS display"
    path = ROUTE_POINT_PATH + "/dnis_config/"
    fields = (Field("displayDNISNumber", Flag()), Field("displayDNISName", Flag()))


class DnisAnnouncements(RoutePointSettings):
    noun = "announcements of the DNIS"
    path = ROUTE_POINT_PATH + "/dnis_announcements/{name}/"
    fields = (DNIS_NAME, *announcement("mediaOnHoldForQueuedCalls."))
    identity = (("name",),)

    def read(self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        """Read the announcements; in check mode, an earlier task of the same play may be about to make the DNIS."""
        found, others = super().read(api, entries, whole)
        if api.check_mode:
            failed = [n for n, there in enumerate(found) if isinstance(there, ApiError)]
            places = {self.place(entries[n].values): entries[n].values for n in failed}
            lists = dict(zip(places, api.map(lambda where: Dnis().listing(api, where), places.values()), strict=True))
            for n in failed:
                values = entries[n].values
                there = lists[self.place(values)]
                if not isinstance(there, ApiError) and values["name"] not in [dnis["name"] for dnis in there]:
                    entries[n].awaits.append(Dnis.label(values))
                    found[n] = {name: values[name] for name in self.address_options()}
        return found, others
