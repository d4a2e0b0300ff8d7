# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Phone sets of users, their keys and PINs: document 003, lines 9680-10650."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from ..errors import ApiError, Faults, unexpected
from ..fields import Choice, Field, Flag, Number, Struct, Text, Values, from_wire, settable, to_wire, told
from ..resource import Entry, Found, Resource, Settings, Step, unfailed
from .common import NUMBER, OfUser, OfUsers, of_number

if TYPE_CHECKING:
    from .client import O2gClient

PROGRAMMING = "ROXE_API_PHONESETPROG"
DEVICES = "/users/{login_name}/devices"
DEVICE = DEVICES + "/{device_id}"
DEVICE_ID = Field("deviceId", Text(1, quoted=True), create_only=True, nullable=False)
CONTROLS = ("PIN_Category", "PIN_Restricted_To_Owner_Set", "PIN_Universal_Access", "PIN_Group_Control")
PIN = Struct(
    (
        Field("Pin_Number", Text(1, 16, r"[0-9]+", "digits", quoted=True), "pin_number", secret=True, nullable=False),
        Field("With_Secret_Code", Flag(), "with_secret_code"),
        Field("Pin_Type_Of_Control", Choice(CONTROLS), "pin_type_of_control"),
        Field("Pin_Group", Number(0, 2147483647), "pin_group"),
    )
)
SWITCHES = {"lock": "/lock", "campon": "/campon", "remote_extension_active": "/REActive"}


def _not_cleared(value: Any) -> Any:
    if value in (None, ""):
        raise ValueError("cannot be cleared: the API knows no way to do so. Use the set, or o2g_pbx_object")
    return value


@dataclass(frozen=True, eq=False)
class Associate(Text):
    """The number of an associate, which can be set and not cleared: no request for that is documented (line 9941)."""

    def schema(self) -> Any:
        from pydantic import BeforeValidator

        return Annotated[super().schema(), BeforeValidator(_not_cleared)]


class OfDevice(OfUser):
    """What belongs to a device of a user. The path names the user, also in the session of a user."""

    licence = PROGRAMMING
    identity = (("device_id",),)

    @classmethod
    def place(cls, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return (*super().place(values), values.get("device_id"))

    def query(self, api: O2gClient, values: Values) -> Mapping[str, Any]:
        return {}

    @classmethod
    def _missing(cls, api: O2gClient, entries: Sequence[Entry], found: Sequence[Found]) -> list[Found]:
        told = super()._missing(api, entries, found)
        return [
            of_number(there, e.values["device_id"], e.values.get("node_id")) if isinstance(there, ApiError) else there
            for e, there in zip(entries, told, strict=True)
        ]


class Device(OfDevice, Settings):
    """What is set at one device."""

    noun = "device"
    plural = "devices"
    fields = (
        DEVICE_ID,
        Field("lock", Flag()),
        Field("campon", Flag()),
        Field("associate", Associate(**vars(NUMBER)), nullable=False),
        Field("remoteExtensionActive", Flag()),
        Field("pin", PIN, nullable=False),
    )

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if not values.keys() & {f.option for f in self.fields[1:]}:
            yield "lock", f"must be given, or one of {', '.join(f.option for f in self.fields[2:])}"
        if values.get("pin") == {}:
            yield "pin", f"must have one of {', '.join(f.option for f in PIN.fields)}"

    def current(self, api: O2gClient, values: Values) -> Values:
        """Return what is wanted, each kind in one request."""
        there = self.address_of(values)
        if values.keys() & {"lock", "campon", "associate"}:
            there |= from_wire(self.fields, {"associate": None, **(api.get(DEVICE + "/dynamicState", values) or {})})
        if "remote_extension_active" in values:
            body = api.get(DEVICE + "/REActiveState", values) or {}
            active = body.get("active", body.get("activate"))  # under the second name in the example (line 9872)
            if active is not None:
                there["remote_extension_active"] = Flag().from_wire(active)
        if "pin" in values:
            there["pin"] = PIN.from_wire(api.get(DEVICE + "/pin", values))
        return there

    def update(self, api: O2gClient, step: Step) -> None:
        for option, path in SWITCHES.items():
            if option in step.changes:
                query = {"activate": str(step.changes[option]).lower()}
                api.request("PUT", DEVICE + path, step.values, query=query)
        if "associate" in step.changes:
            api.request("PUT", DEVICE + "/associate", step.values, body={"number": step.changes["associate"]})
        if "pin" in step.changes:
            api.request("PUT", DEVICE + "/pin", step.values, body=PIN.to_wire(step.changes["pin"]))


class DeviceInfo(OfUsers):
    """Devices of users, and what is set at them."""

    noun = "device"
    plural = "devices"
    licence = PROGRAMMING
    also_in_paths = ("device_id",)
    fields = Device.fields
    info_options = (Field("prefixType", Text(1)), Field("prefixValue", Text(1)))
    info_filters = ("device_id",)
    gatherable = ("state", "remote_extension", "pin", "addons", "programmable_keys", "soft_keys")
    gathered_by_default = ("state",)

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        if ("prefix_type" in where) != ("prefix_value" in where):
            raise Faults(["prefix_value: goes with prefix_type, and must be given with it"])
        logins = self.logins(api, where)
        alone = len(logins) == 1

        def of(login: str) -> list[Values]:
            listed = self._devices(api, login, where.get("device_id"), alone)
            devices = unfailed(api.map(lambda one: self._told(api, one, gather), listed))
            if "prefix_type" not in where:
                return devices
            asked = {"type": where["prefix_type"], "value": where["prefix_value"]}
            prefix = api.get("/users/{login_name}/prefixes", {"login_name": login}, query=asked).get("number")
            return [{**one, "prefix": prefix} for one in devices]

        return [one for devices in self.readable(logins, api.map(of, logins)) for one in devices]

    @staticmethod
    def _devices(api: O2gClient, login: str, device: str | None, alone: bool) -> list[Values]:
        """Return the devices of a user, or one of them; of several users, not all have that one."""
        named = {"login_name": login}
        if device:
            try:
                bodies = [api.get(DEVICE, {**named, "device_id": device})]
            except ApiError as error:
                if alone or error.status != 404:
                    raise
                return []
        else:
            bodies = api.get(DEVICES, named).get("devices") or []
        return [
            {**named, "device_id": str(body.get("id")), **{n: v for n, v in told(body).items() if n != "id"}}
            for body in bodies
        ]

    def _told(self, api: O2gClient, device: Values, gather: Sequence[str]) -> Values:
        reads: dict[str, Callable[[], Values]] = {
            "state": lambda: Device().current(api, {**device, "lock": None}),
            "remote_extension": lambda: self._remote(api, device),
            "pin": lambda: Device().current(api, {**device, "pin": None}),
            "addons": lambda: {"addons": (api.get(DEVICE + "/addons", device) or {}).get("addonTypes") or []},
            "programmable_keys": lambda: {"programmable_keys": ProgrammableKey().programmed(api, device)},
            "soft_keys": lambda: {"soft_keys": SoftKey().programmed(api, device)},
        }
        for part in self.gatherable:
            if part in gather:
                device = {**device, **reads[part]()}
        return {**device, "pin": PIN.masked(device["pin"])} if device.get("pin") else device

    @staticmethod
    def _remote(api: O2gClient, device: Values) -> Values:
        """Return whether a remote extension is active; nothing for any other device."""
        if device.get("type") != "MOBILE":
            return {}
        return Device().current(api, {**device, "remote_extension_active": None})


class Keys(Resource):
    """Keys of a device, which are read once for all its entries. A key is there in any case: absent empties it."""

    path: ClassVar[str]
    read_from: ClassVar[str]
    keys: ClassVar[tuple[str, ...]]
    """Under which names an answer may hold them."""

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        given = [f.option for f in settable(self.fields) if f.option in values and not f.create_only]
        if self.state == "present" and not any(values[option] not in (None, "") for option in given):
            yield "number", "must be given, or mnemonic: state=absent empties a key"

    def refusal(self, step: Step) -> Iterable[str]:
        """Refuse to leave a key without number and text: that is an empty one."""
        if step.action in ("create", "update") and not _in_use(step.values):
            yield f"number: must be given, or mnemonic: the {self.noun} is empty. state=absent empties one"

    def rows(self, api: O2gClient, device: Values, path: str) -> list[Values]:
        """Return the keys of a device, in the order of their positions."""
        body = api.get(DEVICE + path, device)
        listed = next((body[name] for name in self.keys if body.get(name)), [])
        if body and not set(self.keys) & body.keys():
            raise unexpected("", body, f"an object with {self.keys[0]}")
        return sorted((from_wire(self.fields, row) for row in listed), key=lambda key: key["position"])

    def programmed(self, api: O2gClient, device: Values) -> list[Values]:
        """Return those keys of a device that are in use, each with what leads to it."""
        where = {name: device[name] for name in ("login_name", "device_id")}
        return [{**where, **key} for key in self.rows(api, device, self.read_from) if _in_use(key)]

    def read(
        self, api: O2gClient, entries: Sequence[Entry], whole: Sequence[Entry]
    ) -> tuple[list[Found], list[Values]]:
        devices = {self.place(e.values): e.values for e in (*entries, *whole)}
        path = self.path if self.state == "present" else self.read_from  # the first tells which positions there are
        wanted = {(self.place(e.values), e.values.get("position")) for e in entries}

        def rows(place: tuple[Any, ...]) -> list[Values]:
            """Return what is of interest: a set has dozens of keys, and most of them are empty."""
            there = self.rows(api, devices[place], path)
            return [key for key in there if (place, key["position"]) in wanted or _in_use(key)]

        lists = dict(zip(devices, api.map(rows, devices), strict=True))
        own = {self.place(e.values) for e in entries}
        if unread := [
            e.fault(str(lists[p]))
            for e in whole
            if isinstance(lists[p := self.place(e.values)], ApiError) and p not in own
        ]:
            raise Faults(unread)
        found: list[Found] = []
        for entry in entries:
            there = lists[self.place(entry.values)]
            found.append(there if isinstance(there, ApiError) else self._found(entry.values, there))
        others = [
            {**self.address_of(devices[place]), **key}
            for place in dict.fromkeys(self.place(e.values) for e in whole)
            if isinstance(lists[place], list)
            for key in lists[place]
            if (place, key["position"]) not in wanted and _in_use(key)
        ]
        return found, others

    def _found(self, values: Values, there: list[Values]) -> Found:
        key = next((key for key in there if key["position"] == values["position"]), None)
        if key is None and self.state == "present":
            return ApiError(f"the device {values['device_id']} has no {self.noun} {values['position']}")
        return {**self.address_of(values), **key} if key and _in_use(key) else None

    def _put(self, api: O2gClient, step: Step) -> None:
        """Send the whole key: its position must stand in the body too (line 10203)."""
        values = {**(step.before or {}), **step.values}
        body = to_wire([f for f in self.fields if values.get(f.option) is not None], values)
        api.request("PUT", DEVICE + self.path + "/{position}", values, body=body)

    def create(self, api: O2gClient, step: Step) -> None:
        self._put(api, step)

    def update(self, api: O2gClient, step: Step) -> None:
        self._put(api, step)

    def delete(self, api: O2gClient, step: Step) -> None:
        api.request("DELETE", DEVICE + self.path + "/{position}", step.address)


def _in_use(key: Values) -> bool:
    return bool(key.get("number") or key.get("mnemonic"))


KEY = (
    Field("position", Number(0, 2147483647), create_only=True),
    Field("number", Text(1, quoted=True)),
    Field("mnemonic", Text(1)),
)
WHERE = (*OfUser.parents, Field("deviceId", Text(1, quoted=True), required=True))


class ProgrammableKey(OfDevice, Keys):
    noun = "key"
    plural = "keys"
    parents = WHERE
    fields = (*KEY, Field("locked", Flag()))
    identity = (("position",),)
    path = "/programmeableKeys"
    read_from = "/programmedKeys"
    keys = ("pkeys",)


class SoftKey(OfDevice, Keys):
    noun = "soft key"
    plural = "soft keys"
    parents = WHERE
    fields = KEY
    identity = (("position",),)
    path = read_from = "/softKeys"
    keys = ("skeys", "softkeys")
    """The first is the table's (line 10647), the second the example's (line 10342)."""
