# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The disposition codes of a route point and their settings: document 001, lines 425-571."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..fields import Choice, Field, Flag, Struct, Text, Values
from ..resource import Collection, Entry, Found, Settings, Step, unfailed
from .common import GROUP, ROUTE_POINT, ROUTE_POINT_PATH, TENANT, client

if TYPE_CHECKING:
    from ..session import Client

CODES_PATH = ROUTE_POINT_PATH + "/disposition_codes/"
CONFIG_PATH = ROUTE_POINT_PATH + "/disposition_codes_config/"
CODE = Text(1, 10, quoted=True)
OWN_LEVEL = "CallCenter"
"""The level of a route point's own codes; the list also shows those of the group or enterprise (line 433)."""

LEVEL = Choice((OWN_LEVEL, "Group", "Enterprise"), read_as={"Queue": OWN_LEVEL})


class DispositionCode(Collection):
    platform = "apio"
    connect = staticmethod(client)
    noun = "disposition code"
    plural = "disposition codes"
    parents = (TENANT, GROUP, ROUTE_POINT)
    fields = (
        Field("code", CODE, fixed=True, required=True),
        Field("active", Flag(), default=True),
        Field("description", Text(1, 40)),
    )
    identity = (("code",),)
    path = CODES_PATH
    item = "{code}/"
    envelope = "disposition_codes"
    listed = ("code", "active", "description")
    info_filters = ("code",)

    def items(self, body: Any) -> list[Mapping[str, Any]]:
        """Only the route point's own codes: those of the group are not its to change."""
        return [code for code in super().items(body) if code.get("level", OWN_LEVEL) in (OWN_LEVEL, "Queue")]

    def read(self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        """Read also which code is the default, where one might go or be switched off."""
        found, others = super().read(api, entries, whole)
        endangered = [
            entry.values
            for entry, there in zip(entries, found, strict=True)
            if isinstance(there, dict)
            and (self.state == "absent" or (there.get("active", True) and not entry.values.get("active", True)))
        ]
        places = {self.place(values): values for values in endangered + others}
        configs = unfailed(api.map(lambda place: api.get(CONFIG_PATH, places[place]), places))
        self.defaults = {
            place: default.get("code")
            for place, config in zip(places, configs, strict=True)
            if (default := (config or {}).get("defaultCallDispositionCode"))
            and default.get("level", OWN_LEVEL) in (OWN_LEVEL, "Queue")
        }
        self.looking_ahead = api.check_mode
        return found, others

    def refusal(self, step: Step) -> Iterable[str]:
        goes = step.action == "delete" or step.changes.get("active") is False
        values = step.values
        if goes and values.get("code") is not None and self.defaults.get(self.place(values)) == values["code"]:
            if self.looking_ahead:  # an earlier task of the same play may make another one the default
                step.entry.awaits.append(DispositionCodesConfig.label(values))
            else:
                yield (
                    f"{self.label(values)} is the default code, which can be neither deleted nor deactivated: "
                    f"change default_call_disposition_code of apio_route_point_disposition_codes_config first"
                )

    def update(self, api: Client, step: Step) -> None:
        """Change a code, and look at it: the answer to the change is empty (line 502)."""
        super().update(api, step)
        self.confirm(step, self.values_of(api.get(self.path + self.item, step.values)))


class DispositionCodesConfig(Settings):
    platform = "apio"
    connect = staticmethod(client)
    noun = "disposition code settings"
    parents = (TENANT, GROUP, ROUTE_POINT)
    path = CONFIG_PATH
    fields = (
        Field("enableCallDispositionCodes", Flag()),
        Field("includeOrganizationCodes", Flag()),
        Field("forceUseOfCallDispositionCodes", Flag()),
        Field(
            "defaultCallDispositionCode",
            Struct((Field("code", CODE, required=True), Field("level", LEVEL, required=True))),
        ),
    )

    def read(self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        """Read also the codes, where another one shall become the default."""
        found, others = super().read(api, entries, whole)
        changing = {
            self.place(entry.values): entry.values
            for entry, there in zip(entries, found, strict=True)
            if isinstance(there, dict)
            and (default := entry.values.get("default_call_disposition_code"))
            and default != there.get("default_call_disposition_code")
        }
        codes = unfailed(api.map(lambda place: api.get(CODES_PATH, changing[place]), changing))
        self.active_codes = {
            place: {
                (code["code"], LEVEL.from_wire(code.get("level", OWN_LEVEL)))
                for code in (body or {}).get("disposition_codes") or []
                if code.get("active")
            }
            for place, body in zip(changing, codes, strict=True)
        }
        self.looking_ahead = api.check_mode
        return found, others

    def refusal(self, step: Step) -> Iterable[str]:
        values = step.values
        default = values.get("default_call_disposition_code")
        concerned = {"force_use_of_call_disposition_codes", "default_call_disposition_code"} & step.changes.keys()
        if concerned and values.get("force_use_of_call_disposition_codes") and not default:
            yield (
                "force_use_of_call_disposition_codes: true needs default_call_disposition_code, given or already there"
            )
        known = self.active_codes.get(self.place(values))
        if known is not None and default and (default["code"], default["level"]) not in known:
            if self.looking_ahead and default["level"] == OWN_LEVEL:  # an earlier task of the same play may make it
                step.entry.awaits.append(DispositionCode.label({**values, "code": default["code"]}))
            else:
                yield (
                    f"default_call_disposition_code: there is no active code {default['code']!r} of level "
                    f"{default['level']} on {values['route_point_user_id']}: create and activate it first"
                )
