# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calls: seen, made, and acted on. Document 003, lines 2400-6500."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import AnswerLost, ApiError
from ..fields import Choice, Field, Flag, Struct, Text, Values, snake_case, to_wire, told
from ..resource import Action, Deed, Deeds, Entry, Step
from .common import NUMBER, SKILLS, OfUser, OfUsers, owners

if TYPE_CHECKING:
    from .client import O2gClient

TELEPHONY = "ROXE_API_TEL_ADVANCED"
CALLS = "/telephony/calls"
CALL = CALLS + "/{call_ref}"
RINGING, CALLING, ACTIVE, HELD = "RINGING_INCOMING", "RINGING_OUTGOING", "ACTIVE", "HELD"
RELEASING, DIALING = "RELEASING", "DIALING"
SOME_CALL = (ACTIVE, CALLING, DIALING, RINGING, HELD, RELEASING)

REF = Field("callRef", Text(1, quoted=True), nullable=False)
DEVICE = Field("deviceId", NUMBER, nullable=False)
MOST_BYTES = 32
DATA = Field("associatedData", Text(1), nullable=False)
BINARY_DATA = Field(
    "hexaBinaryAssociatedData",
    Text(2, 64, r"(0[1-9a-fA-F]|[1-9a-fA-F][0-9a-fA-F])+", "bytes in hexadecimal such as f1a203, none of them 00"),
    nullable=False,
)


# What is told of a call


def granted(capabilities: Any) -> list[str]:
    """Return the names of what is allowed, of an object of flags."""
    return [snake_case(name) for name, allowed in (capabilities or {}).items() if Flag().from_wire(allowed)]


def party_of(party: Any) -> Values | None:
    """Read the card of a party: its identifier and its type lie flat in it, the main type under C(type)."""
    if not isinstance(party, Mapping):
        return None
    rest = {name: value for name, value in party.items() if name not in ("id", "type")}
    kind = told(party.get("type") or {})
    shown = {**told(party.get("id") or {}), **told(rest)}
    return {**shown, **({"type": kind.pop("main", None), **kind} if kind else {})}


def leg_of(leg: Mapping[str, Any]) -> Values:
    """Read a device of the user that is part of a call."""
    return {"state": None, **told(leg), "capabilities": granted(leg.get("capabilities"))}


def participant_of(participant: Mapping[str, Any]) -> Values:
    """Read another party of a call."""
    rest = {name: value for name, value in participant.items() if name != "identity"}
    return {**(party_of(participant.get("identity")) or {}), **told(rest)}


def call_of(body: Mapping[str, Any]) -> Values:
    """Read a call of a user. Its data, which the document writes in two ways (line 4983), is C(associated_data)."""
    data = dict(body.get("callData") or {})
    capabilities = data.pop("capabilities", None)
    parties = {snake_case(name): party_of(data.pop(name, None)) for name in ("initialCalled", "lastRedirecting")}
    if "associateData" in data:
        data["associatedData"] = data.pop("associateData")
    return {
        "call_ref": body.get("callRef"),
        "state": None,
        **told(data),
        **parties,
        "capabilities": granted(capabilities),
        "legs": [leg_of(leg) for leg in body.get("legs") or []],
        "participants": [participant_of(one) for one in body.get("participants") or []],
    }


def calls_of(body: Any) -> list[Values]:
    return [call_of(one) for one in (body or {}).get("calls") or []]


def described(call: Values) -> str:
    """Return what a person calls a call: C(0000000a4a030100 (ACTIVE with 70103))."""
    others = [str(one.get("phone_number") or one.get("display_name") or "?") for one in call["participants"]]
    return f"{call['call_ref']} ({call['state']}{' with ' + ', '.join(others) if others else ''})"


class CallInfo(OfUsers):
    """The calls of users, and their devices."""

    noun = "call"
    plural = "calls"
    licence = TELEPHONY
    also_in_paths = ("call_ref", "device_id", "participant_id")
    fields = (REF, DEVICE, Field("participantId", Text(1), nullable=False))
    info_only = True
    info_filters = ("call_ref", "device_id", "participant_id")
    gatherable = ("calls", "legs", "participants", "devices", "capabilities")
    gathered_by_default = ("calls",)

    def find(self, api: O2gClient, where: Values, gather: Sequence[str]) -> list[Values]:
        logins = self.logins(api, where)
        return self.readable(logins, api.map(lambda login: self._told(api, login, where, gather), logins))

    def _told(self, api: O2gClient, login: str, where: Values, gather: Sequence[str]) -> Values:
        query = OfUser().query(api, {"login_name": login})
        user: Values = {"login_name": login}
        if "capabilities" in gather:
            state = api.get("/telephony/state", query=query) or {}
            capabilities = [granted_to(device) for device in state.get("deviceCapabilities") or []]
            user |= {"device_capabilities": capabilities, "user_state": state.get("userState")}
        if {"calls", "legs", "participants"} & set(gather):
            user["calls"] = [
                self._parts(api, call, where, query, gather) for call in self._calls(api, where, query, gather)
            ]
        if "devices" in gather:
            user["devices"] = self._devices(api, where, query)
        return user

    @staticmethod
    def _calls(api: O2gClient, where: Values, query: Mapping[str, Any], gather: Sequence[str]) -> list[Values]:
        if "call_ref" not in where:
            return calls_of(api.get(CALLS, query=query))
        found = if_there(lambda: api.get(CALL, where, query=query))
        return [call_of(found)] if found else []

    @staticmethod
    def _parts(api: O2gClient, call: Values, where: Values, query: Mapping[str, Any], gather: Sequence[str]) -> Values:
        """Ask for the legs or the participants by themselves, for all of them or the one that is named."""
        at = {**where, "call_ref": call["call_ref"]}
        legs, participants = CALL + "/deviceLegs", CALL + "/participants"
        if "device_id" in where:
            leg = if_there(lambda: api.get(legs + "/{device_id}", at, query=query))
            call["legs"] = [leg_of(leg)] if leg else []
        elif "legs" in gather:
            call["legs"] = [leg_of(leg) for leg in (api.get(legs, at, query=query) or {}).get("legs") or []]
        if "participant_id" in where:
            one = if_there(lambda: api.get(participants + "/{participant_id}", at, query=query))
            call["participants"] = [participant_of(one)] if one else []
        elif "participants" in gather:
            listed = (api.get(participants, at, query=query) or {}).get("participants") or []
            call["participants"] = [participant_of(one) for one in listed]
        return call

    @staticmethod
    def _devices(api: O2gClient, where: Values, query: Mapping[str, Any]) -> list[Values]:
        if "device_id" in where:
            return [told(api.get("/telephony/devices/{device_id}", where, query=query) or {})]
        return told((api.get("/telephony/devices", query=query) or {}).get("deviceStates") or [])


def granted_to(device: Mapping[str, Any]) -> Values:
    """Read what a device can do."""
    rest = {name: value for name, value in device.items() if name != "deviceId"}
    return {"device_id": device.get("deviceId"), "capabilities": granted(rest)}


def if_there(read: Any) -> Any:
    """Return what is read, or None where the platform says that there is no such thing."""
    try:
        return read()
    except ApiError as error:
        if error.status != 404:
            raise
        return None


def too_long(values: Values) -> Iterable[tuple[str, str]]:
    """Yield a fault for data of more bytes than there is room for."""
    size = len(values.get("associated_data", "").encode())
    if size > MOST_BYTES:
        yield "associated_data", f"has {size} bytes, and {MOST_BYTES} are the most"


# Making calls

ACD_CALL = Struct(
    (
        Field("supervisedTransfer", Flag()),
        Field("skills.skills", SKILLS, nullable=False),
        Field("callToSupervisor", Flag()),
    )
)
BASIC = ("device_id", "callee", "auto_answer")
"""What a basic call knows (line 5355)."""
PRIVATE, WITH_DATA = ("pin", "secret_code"), ("associated_data", "hexa_binary_associated_data")
APART = (
    (PRIVATE, ("business_code", *WITH_DATA, "acd_call")),
    (("business_code",), (*WITH_DATA, "acd_call")),
    (("associated_data",), ("hexa_binary_associated_data",)),
)
"""What cannot stand beside what (lines 5384-5406)."""


class Dial(OfUser, Action):
    """A call from a device; its reference is in the answer where the server tells it."""

    noun = "device"
    licence = TELEPHONY
    fields = (
        DEVICE,
        Field("callee", NUMBER, nullable=False),
        Field("autoAnswer", Flag()),
        Field("inhibitProgressTone", Flag()),
        DATA,
        BINARY_DATA,
        Field("pin", Text(1, quoted=True), secret=True, nullable=False),
        Field("secretCode", Text(1, quoted=True), secret=True, nullable=False),
        Field("businessCode", Text(1, quoted=True), secret=True, nullable=False),
        Field("callingNumber", NUMBER, nullable=False),
        Field("secretIdentity", Flag()),
        Field("acdCall", ACD_CALL, nullable=False),
        Field("basic", Flag(), in_body=False),
    )
    identity = (("device_id",), ("device_number",))

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        to_supervisor = (values.get("acd_call") or {}).get("call_to_supervisor")
        if not values.get("callee") and not to_supervisor:
            yield "callee", "must be given, unless acd_call has call_to_supervisor=true"
        if values.get("callee") and to_supervisor:
            yield "callee", "cannot stand beside acd_call.call_to_supervisor: the supervisor is called"
        if values.get("basic"):
            for f in self.fields:
                if f.in_body and f.option in values and f.option not in BASIC:
                    yield f.option, "does not go with basic=true"
        if any(name in values for name in PRIVATE) and not all(values.get(name) for name in PRIVATE):
            yield "pin", "and secret_code must be given together"
        for some, others in APART:
            first = next((name for name in some if name in values), None)
            for name in others:
                if first and name in values:
                    yield name, f"cannot stand beside {first}"
        yield from too_long(values)
        if "secret_identity" in values and "calling_number" not in values:
            yield "secret_identity", "goes with calling_number only"

    def whose(self, values: Values) -> Values | None:
        return None if values.get("basic") else by_device(values)

    def act(self, api: O2gClient, step: Step) -> None:
        values = {**step.values, "device_id": step.values.get("device_id") or step.values["device_number"]}
        body = to_wire([f for f in self.fields if f.in_body], values)
        path, query = ("/telephony/basicCall", {}) if values.get("basic") else (CALLS, self.query(api, values))
        ref = api.request("POST", path, query=query, body=body, replay=False, located=True)
        step.answer = {"call_ref": ref if isinstance(ref, str) and ref else None}


def by_device(values: Values) -> Values:
    """Return what says whose an entry is: by itself the device does, too."""
    named = any(values.get(name) for name in ("login_name", "device_number"))
    return values if named or not values.get("device_id") else {**values, "device_number": values["device_id"]}


# Acting on calls

DEEDS = {
    "answer": Deed("POST", CALL + "/answer", takes=("device_id",)),
    "release": Deed("DELETE", CALL),
    "drop_me": Deed("POST", CALL + "/dropme"),
    "drop_participant": Deed("DELETE", CALL + "/participants/{participant_id}", needs=("participant_id",)),
    "hold": Deed("POST", CALL + "/hold", takes=("device_id",)),
    "retrieve": Deed("POST", CALL + "/retrieve", takes=("device_id",)),
    "alternate": Deed("POST", CALL + "/alternate", takes=("device_id",)),
    "transfer": Deed("POST", CALL + "/transfer", takes=("held_call_ref",)),
    "blind_transfer": Deed("POST", CALL + "/blindtransfer", needs=("transfer_to",), takes=("anonymous",)),
    "merge": Deed("POST", CALL + "/merge", takes=("held_call_ref",)),
    "reconnect": Deed("POST", CALL + "/reconnect", takes=("device_id", "enquiry_call_ref")),
    "redirect": Deed("POST", CALL + "/redirect", needs=("redirect_to",), takes=("anonymous",)),
    "overflow_to_voicemail": Deed("POST", CALL + "/overflowToVoiceMail"),
    "park": Deed("POST", CALL + "/park", takes=("park_to",)),
    "callback": Deed("POST", CALL + "/callback"),
    "record": Deed("POST", CALL + "/recording", needs=("record_action",), asks=("record_action",)),
    "send_dtmf": Deed("POST", CALL + "/sendDtmf", needs=("number",), takes=("device_id",)),
    "send_account_info": Deed("POST", CALL + "/sendaccountinfo", needs=("account_info",), takes=("device_id",)),
    "attach_data": Deed("POST", CALL + "/attachdata", takes=("device_id", *WITH_DATA)),
    "move_to_device": Deed("POST", CALL + "/deviceLegs/{device_id}", needs=("other_device_id",), takes=("device_id",)),
}
BASIC_DEEDS = {
    "answer": Deed("POST", "/telephony/basicCall/answer", needs=("device_id",)),
    "drop_me": Deed("POST", "/telephony/basicCall/dropme"),
}
FITTING = {
    "answer": (RINGING,),
    "hold": (ACTIVE,),
    "retrieve": (HELD,),
    "alternate": (HELD,),
    "transfer": (ACTIVE, CALLING),
    "reconnect": (HELD,),
    "redirect": (RINGING,),
    "overflow_to_voicemail": (CALLING,),
    "callback": (CALLING, RELEASING),
    "release": SOME_CALL,
    "drop_me": SOME_CALL,
    "send_account_info": (ACTIVE, RINGING),
    "attach_data": (ACTIVE, RINGING),
}
"""In which states a call can be acted on; all other actions are for an active call."""
OTHER_CALL = {"held_call_ref": (HELD,), "enquiry_call_ref": (ACTIVE, CALLING, RELEASING)}
"""What else may be left to the module: the second call, which is in one of these states."""
BY_DEVICE = (
    "answer",
    "hold",
    "retrieve",
    "alternate",
    "send_dtmf",
    "send_account_info",
    "attach_data",
    "move_to_device",
)
"""Actions whose device says whose they are: these take no login name (lines 2840, 2871, 2903 and others)."""


class NoFitting(ApiError):
    """No call, or no device, is in a state that allows an action."""


class CallAction(OfUser, Deeds):
    """Something to do with a call: with the one that is named, or with the user's only one that can be meant."""

    noun = "call"
    licence = TELEPHONY
    also_in_paths = ("device_id", "participant_id")
    fields = (
        REF,
        Field("action", Choice(tuple(DEEDS))),
        Field("basic", Flag(), in_body=False),
        DEVICE,
        Field("participantId", Text(1), nullable=False),
        Field("heldCallRef", Text(1, quoted=True), nullable=False),
        Field("enquiryCallRef", Text(1, quoted=True), nullable=False),
        Field("transferTo", NUMBER, nullable=False),
        Field(
            "redirectTo",
            Text(1, 30, r"VOICEMAIL|\+?[0-9A-D*#]+", "a number of digits, or VOICEMAIL", quoted=True),
            nullable=False,
        ),
        Field("anonymous", Flag()),
        Field("parkTo", NUMBER, nullable=False),
        Field("action", Choice(("start", "stop", "pause", "resume")), "record_action"),
        Field(
            "number", Text(1, None, "[0-9*#A-D]+", "keys of a phone, 0-9, *, # and A-D", quoted=True), nullable=False
        ),
        Field("accountInfo", Text(1, None, "[0-9]+", "a number of digits", quoted=True), nullable=False),
        DATA,
        BINARY_DATA,
        Field("otherDeviceId", NUMBER, nullable=False),
    )
    identity = (("call_ref",), ())
    deeds = DEEDS

    def deed(self, values: Values) -> Deed:
        return BASIC_DEEDS[values["action"]] if values.get("basic") else super().deed(values)

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if values.get("basic") and values.get("action") not in BASIC_DEEDS:
            yield "basic", f"goes with action={' and action='.join(BASIC_DEEDS)} only"
            return
        if values.get("basic") and "call_ref" in values:
            yield "call_ref", "does not go with basic=true, which takes the call that there is"
        yield from super().faults(values)
        given = [name for name in WITH_DATA if name in values]
        if values.get("action") == "attach_data" and len(given) != 1:
            yield "associated_data", "or hexa_binary_associated_data must be given, and not both"
        yield from too_long(values)

    @classmethod
    def own(cls) -> tuple[str, ...]:
        return ("basic", *super().own())

    def whose(self, values: Values) -> Values | None:
        """Return what says whose a call is; nobody needs to know who has a call that is named with its device."""
        whose = by_device(values)
        if (
            values["action"] in BY_DEVICE
            and values.get("device_id")
            and (values.get("call_ref") or values.get("basic"))
        ):
            return whose if whose is values else None
        return whose

    def query(self, api: O2gClient, values: Values) -> Mapping[str, Any]:
        return {} if values["action"] in BY_DEVICE else super().query(api, values)

    def known(self, api: O2gClient, entry: Entry) -> Values:
        """Return the values; in check mode, the call may be one that an earlier task would have made."""
        try:
            return super().known(api, entry)
        except NoFitting:
            if not api.check_mode:
                raise
            entry.awaits.append(f"a call of {entry.values['login_name']} for action={entry.values['action']}")
            return entry.values

    def resolved(self, api: O2gClient, values: Values) -> Values:
        """Return the values with the call, the device and the other call, as far as they are not named."""
        deed = self.deed(values)
        missing = [name for name in ("device_id", *OTHER_CALL) if name in deed.takes and name not in values]
        if values.get("basic") or ("call_ref" in values and not missing):
            return values
        there = calls_of(api.get(CALLS, query=super().query(api, values)))
        states = FITTING.get(values["action"], (ACTIVE,))
        values = dict(values)
        call = self._chosen(there, states, values, values.get("call_ref"))
        values["call_ref"] = call["call_ref"]
        if "device_id" in missing:
            values["device_id"] = self._device(call, states, values)
        for name in missing:
            if name in OTHER_CALL:
                rest = [one for one in there if one is not call]
                values[name] = self._chosen(rest, OTHER_CALL[name], values, None, f" beside {described(call)}")[
                    "call_ref"
                ]
        return values

    @staticmethod
    def _chosen(
        there: Sequence[Values], states: Sequence[str], values: Values, ref: str | None, beside: str = ""
    ) -> Values:
        """Return the only call that can be meant. Raises NoFitting."""
        login = values["login_name"]
        listed = ", ".join(described(one) for one in there) or "none"
        if ref:
            if named := [one for one in there if one["call_ref"] == ref]:
                return named[0]
            raise NoFitting(f"{login} has no call {ref} any more: there are {listed}")
        fitting = [one for one in there if legs_in(one, states, values.get("device_id"))]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            listed = ", ".join(described(one) for one in fitting)
            raise ApiError(
                f"{login} has {len(fitting)} calls that can be meant{beside}: {listed}. Say which by call_ref"
            )
        at = f" at {values['device_id']}" if values.get("device_id") else ""
        raise NoFitting(f"{login} has no call{at} that is {' or '.join(states)}{beside}: there are {listed}")

    @staticmethod
    def _device(call: Values, states: Sequence[str], values: Values) -> str:
        """Return the only device of the user at which a call can be acted on. Raises NoFitting."""
        legs = legs_in(call, states, None)
        mine = [leg for leg in legs if leg["device_id"] == values.get("device_number")] or legs
        if len(mine) == 1:
            return str(mine[0]["device_id"])
        shown = ", ".join(f"{leg['device_id']} ({leg['state']})" for leg in call["legs"]) or "none"
        if mine:
            raise ApiError(f"the call {described(call)} is at several devices: {shown}. Say which by device_id")
        raise NoFitting(f"the call {described(call)} is at no device that is {' or '.join(states)}: there are {shown}")

    def act(self, api: O2gClient, step: Step) -> None:
        try:
            super().act(api, step)
        except AnswerLost:
            raise
        except ApiError as error:
            if error.status in (400, 404) and self._is_gone(api, step.values):
                ref = step.values["call_ref"]
                raise ApiError(
                    f"there is no call {ref} any more: it has ended, or is with somebody else by now", error.status
                ) from None
            raise

    def _is_gone(self, api: O2gClient, values: Values) -> bool:
        """Tell whether a call that could not be acted on is not there any more."""
        if "call_ref" not in values:
            return False
        if api.who()[0] is not False:
            values = by_device(values)
            if owners(api, [Entry(0, values)]):
                return False
        try:
            return if_there(lambda: api.get(CALL, values, query=super(CallAction, self).query(api, values))) is None
        except ApiError:
            return False


def legs_in(call: Values, states: Sequence[str], device: str | None) -> list[Values]:
    """Return the user's devices that take part in a call in one of some states."""
    return [leg for leg in call["legs"] if leg["state"] in states and device in (None, leg["device_id"])]


# Acting with devices

DEVICE_PATH = "/telephony/devices/{device_id}"
DEVICE_DEEDS = {
    "pickup": Deed(
        "POST",
        DEVICE_PATH + "/pickup",
        takes=("other_phone_number", "other_call_ref", "auto_answer"),
        empty=True,
    ),
    "unpark": Deed("POST", DEVICE_PATH + "/unpark", takes=("un_park_from",)),
    "intrude": Deed("POST", DEVICE_PATH + "/intrusion"),
    "press_ith": Deed("PUT", DEVICE_PATH + "/ithmicro"),
}


class DeviceAction(OfUser, Deeds):
    """Something to do with a device."""

    noun = "device"
    licence = TELEPHONY
    fields = (
        DEVICE,
        Field("action", Choice(tuple(DEVICE_DEEDS))),
        Field("otherPhoneNumber", NUMBER, nullable=False),
        Field("otherCallRef", Text(1, quoted=True), nullable=False),
        Field("autoAnswer", Flag()),
        Field("unParkFrom", NUMBER, nullable=False),
    )
    identity = (("device_id",), ("device_number",))
    deeds = DEVICE_DEEDS

    @classmethod
    def own(cls) -> tuple[str, ...]:
        return ("device_number", *super().own())

    def whose(self, values: Values) -> Values | None:
        """Return whose the device is only where that is said: the requests do not want to know."""
        return values if values.get("login_name") else None

    def query(self, api: O2gClient, values: Values) -> Mapping[str, Any]:
        return {}

    def path_values(self, api: O2gClient, values: Values) -> Mapping[str, Any]:
        return {**values, "device_id": values.get("device_id") or values["device_number"]}
