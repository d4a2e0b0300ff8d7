# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: a small switch. Calls ring, are answered, held, transferred and released, and look alike from both ends.

A call has parties: subscribers with the devices at which they take part (legs), external numbers, and services such as
the voice mail. What a user sees of a call is made of that: the own legs, and all other parties as participants.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator
from typing import Any

from .base import NO_BODY, Answer, Area, Call, RefusalError, handles
from .o2g_agent import Agents
from .o2g_log import Log, Mailboxes
from .o2g_routing import Routing

NOT_EXPECTED = 1004
NOT_ALLOWED = 1002
MOST_FORWARDS = 5
RINGS, CALLS, ACTIVE, HELD, RELEASING = "RINGING_INCOMING", "RINGING_OUTGOING", "ACTIVE", "HELD", "RELEASING"
TALKING = (ACTIVE, CALLS)
CASES = {
    "IMMEDIATE": ("immediate",),
    "BUSY": ("busy",),
    "NO_ANSWER": ("no_answer",),
    "BUSY_NO_ANSWER": ("busy", "no_answer"),
}
"""When a route of each type leads on."""
ORDER = (ACTIVE, RINGS, CALLS, HELD, RELEASING)
DEFAULT_CALLS = [
    {"from": "+33155667788", "to": "70103"},
    {"from": "70110", "to": "70104"},
    *({"from": f"+3315566770{at}", "to": f"8010{at}", "held_by": f"8010{at}"} for at in range(3)),
    {"from": "80100", "to": "80103"},
    {"from": "80101", "to": "80104"},
    {"from": "80102", "to": "70111"},
]
Party = dict[str, Any]
Exchange = dict[str, Any]


class Calls(Area):
    def reset(self, seed: dict[str, Any]) -> None:
        seed = copy.deepcopy(seed)
        self.calls: dict[str, Exchange] = {}
        self.incoming: dict[str, str] = seed.get("incoming", {"0025126770": "60101"})
        """Numbers outside, as they are dialled inside, and where their calls come in."""
        self.rsi: list[str] = seed.get("rsi", ["65000"])
        """Points that ask an application what to do with a call."""
        self.out_of_service: set[str] = set(seed.get("out_of_service", []))
        self.micro: dict[str, bool] = {}
        self.callbacks: dict[str, list[dict[str, Any]]] = {}
        self.messages: dict[str, list[dict[str, Any]]] = seed.get("mini_messages", self._default_messages())
        self._count = 0
        for one in seed.get("calls", self._default_calls()):
            self._begin(one)
        for entry in seed.get("callbacks", self._default_callbacks()):
            self._ask_back(entry["from"], entry["to"])

    def snapshot(self) -> dict[str, Any]:
        shown = [
            {name: value for name, value in one.items() if name not in ("pending", "since", "began", "records")}
            for one in self.calls.values()
        ]
        return {
            "calls": shown,
            "callbacks": self.callbacks,
            "mini_messages": self.messages,
            "micro": self.micro,
        }

    # The content of the default seed

    def _have(self, *numbers: str) -> bool:
        return all(self.platform.subscriber(number) for number in numbers)

    def _default_calls(self) -> list[dict[str, str]]:
        """One call with outside and one within on node 7; on node 8, three users with a held and an active call."""
        return [one for one in DEFAULT_CALLS if self._have(*(n for n in (one["from"], one["to"]) if n[0] != "+"))]

    def _default_callbacks(self) -> list[dict[str, str]]:
        return [{"from": "70110", "to": "70100"}] if self._have("70110", "70100") else []

    def _default_messages(self) -> dict[str, list[dict[str, Any]]]:
        first = {"sender": "70110", "date": "2026-11-02T07:07:00.000Z", "message": "The meeting begins at ten"}
        return {"70100": [first]} if self._have("70100") else {}

    def _begin(self, wanted: dict[str, Any]) -> None:
        """A call that is under way from the start: answered, or with C(ringing) not yet, or held by a device."""
        one = self._new(wanted["from"], wanted["from"] if self.platform.subscriber(wanted["from"]) else None)
        self._reach(one, wanted["to"])
        if not wanted.get("ringing"):
            self._party_at(one, wanted["to"])["legs"] = {wanted["to"]: ACTIVE}
            self._all_talk(one)
        if "held_by" in wanted:
            self._party_at(one, wanted["held_by"])["legs"][wanted["held_by"]] = HELD

    # Who is who

    def _devices(self, subscriber: dict[str, Any]) -> list[str]:
        return [subscriber["number"], *subscriber.get("secondary", [])]

    # Calls

    def _new(self, number: str, device: str | None) -> Exchange:
        """A call in which one party dials: at a device, or from outside."""
        self._count += 1
        ref = f"{self._count:08x}4a030100"
        subscriber = self.platform.subscriber(number)
        one: Exchange = {
            "ref": ref,
            "parties": [],
            "data": {},
            "records": {},
            "numbers": 0,
            "since": time.monotonic(),
            "began": time.time(),
        }
        self._join(one, subscriber["number"] if subscriber else number, {device: CALLS} if device else {})
        one["caller"] = one["parties"][0]["number"]
        self.calls[ref] = one
        return one

    def _join(self, one: Exchange, number: str, legs: dict[str, str]) -> Party:
        one["numbers"] += 1
        party = {"id": f"{one['ref']}-{one['numbers']}", "number": number, "legs": legs}
        one["parties"].append(party)
        return party

    def _party_at(self, one: Exchange, device: str) -> Party:
        for party in one["parties"]:
            if device in party["legs"]:
                return party
        raise RefusalError(400, f"{device} is no part of the call {one['ref']}", NOT_EXPECTED)

    def _at(self, device: str, *states: str, but: str = "") -> Iterator[tuple[Exchange, Party]]:
        """The calls of a device in one of some states."""
        for one in self.calls.values():
            for party in one["parties"]:
                if one["ref"] != but and party["legs"].get(device) in (states or ORDER):
                    yield one, party

    def _reach(self, one: Exchange, number: str) -> str:
        """Bring a call to a number, as far as it goes; all others hear what becomes of it, which is returned."""
        state = self._ring(one, number, [])
        for party in one["parties"]:
            for device, now in party["legs"].items():
                if now in (CALLS, "DIALING") or (now == ACTIVE and state != ACTIVE and len(one["parties"]) < 3):
                    party["legs"][device] = state
        one["since"] = time.monotonic()
        return state

    def _ring(self, one: Exchange, number: str, forwarded: list[str]) -> str:
        """Let a number ring. Returns what the others hear: it rings, it has answered, or nothing comes of it."""
        data = one["data"]
        pilot = self._pilot(number)
        if pilot is not None:
            data.setdefault("called", number)
            data["pilot"] = number
            if pilot["state"] != "Opened":
                one["guide"] = True
                return RELEASING
            chosen = self._distributed(one, pilot)
            if chosen:
                one["agent"] = self._join(one, chosen[0], {chosen[1]: RINGS})["number"]
            elif self._assigned(pilot):
                one["queue"] = queue_of(number)
            else:
                return RELEASING
            return CALLS
        subscriber = self.platform.subscriber(number)
        data.setdefault("called", number)
        if number in self.rsi:
            one["rsi"] = number
            self._join(one, number, {})
            return ACTIVE
        if subscriber is None:
            if not number.startswith(("0", "+")):
                return RELEASING
            self._join(one, number, {})
            return self._from_outside(one, self.incoming[number]) if number in self.incoming else CALLS
        if any(party["number"] == subscriber["number"] for party in one["parties"]):
            return RELEASING
        if self.platform.area(Routing).routes.get(subscriber["number"], {}).get("dnd"):
            return RELEASING
        free = [device for device in self._ringing_devices(subscriber, number) if not any(self._at(device))]
        forward = self._forward(subscriber, "immediate") or ("" if free else self._forward(subscriber, "busy"))
        if forward and len(forwarded) < MOST_FORWARDS:
            data["redirecting"] = subscriber["number"]
            return self._divert(one, subscriber, forward, [*forwarded, number])
        if not free or forward:
            one["busy"] = subscriber["number"]
            return RELEASING
        self._join(one, subscriber["number"], dict.fromkeys(free, RINGS))
        return CALLS

    def _from_outside(self, one: Exchange, number: str) -> str:
        """Let a call that has gone out come in again, by its number outside: a call of its own for those inside."""
        twin = self._new("+3225126700", None)
        one["twin"], twin["twin"] = twin["ref"], one["ref"]
        return self._reach(twin, number)

    def _ringing_devices(self, subscriber: dict[str, Any], number: str) -> list[str]:
        """A main number rings at all devices of the subscriber, another one at its own."""
        devices = self._devices(subscriber) if number == subscriber["number"] else [number]
        return [device for device in devices if device not in self.out_of_service]

    def _divert(self, one: Exchange, subscriber: dict[str, Any], target: str, forwarded: list[str]) -> str:
        if target != "VOICEMAIL":
            return self._ring(one, target, forwarded)
        if not subscriber.get("voicemail"):
            return RELEASING
        self._join(one, subscriber["voicemail"]["number"], {})
        return ACTIVE

    def _forward(self, subscriber: dict[str, Any], when: str) -> str:
        """Where calls of a subscriber go in a case: a number, VOICEMAIL, or nowhere else.

        An overflow is not looked at while there is a forward (line 6844).
        """
        routes = self.platform.area(Routing).routes.get(subscriber["number"], {})
        name = "forward" if routes.get("forward") else "overflow"
        route = routes.get(name)
        if not route or when not in CASES[route.get(f"{name}Type", "IMMEDIATE")]:
            return ""
        destination = route["destinations"][0]
        return str("VOICEMAIL" if destination["type"] == "VOICEMAIL" else destination.get("number", ""))

    def _pilot(self, number: str) -> dict[str, Any] | None:
        return next(
            (node["pilots"][number] for node in self.platform.nodes.values() if number in node["pilots"]),
            None,
        )

    def _distributed(self, one: Exchange, pilot: dict[str, Any]) -> tuple[str, str] | None:
        """The subscriber and the device to which a pilot leads: an agent who is ready and free.

        Where no agent is in a group, which could wait for one, it leads to a user who is free.
        """
        present = {party["number"] for party in one["parties"]}
        assigned = self._assigned(pilot)
        ready = [
            (number, agent["state"]["proAcdDeviceNumber"])
            for number, agent in assigned.items()
            if agent["state"].get("subState") == "READY"
        ]
        logins = sorted(self._node(pilot)["users"])
        users = [(login.removeprefix("oxe"),) * 2 for login in logins]
        for number, device in ready if assigned else users:
            if number not in present and not any(self._at(device)) and device not in self.out_of_service:
                return number, device
        return None

    def _node(self, pilot: dict[str, Any]) -> dict[str, Any]:
        return next(node for node in self.platform.nodes.values() if pilot["number"] in node["pilots"])

    def _assigned(self, pilot: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """The agents of a pilot's node who are in a group."""
        agents, subscribers = self.platform.area(Agents).agents, self._node(pilot)["subscribers"]
        return {n: agent for n, agent in agents.items() if n in subscribers and "pgNumber" in agent["state"]}

    def queued(self, pilot: str | None = None) -> list[Exchange]:
        """The calls that wait for an agent, the first come first."""
        return [one for one in self.calls.values() if "queue" in one and pilot in (None, one["data"]["pilot"])]

    def are_restless(self) -> bool:
        """Whether some wait to be answered, which need not go on for ever."""
        return any(
            "queue" in one or any(RINGS in party["legs"].values() for party in one["parties"])
            for one in self.calls.values()
        )

    def settle(self) -> None:
        """Give calls that wait to agents who are free by now, and send those on that nobody answers."""
        for one in self.queued():
            pilot = self._pilot(one["data"]["pilot"])
            chosen = self._distributed(one, pilot) if pilot else None
            if chosen:
                del one["queue"]
                one["since"] = time.monotonic()
                one["agent"] = self._join(one, chosen[0], {chosen[1]: RINGS})["number"]
        for one in list(self.calls.values()):
            for party in list(one["parties"]):
                late = time.monotonic() - one["since"] >= self.settings["no_answer_after"]
                if late and "pending" not in one and RINGS in party["legs"].values() and len(one["parties"]) > 1:
                    subscriber = self.platform.subscriber(party["number"])
                    target = self._forward(subscriber, "no_answer") if subscriber else ""
                    if subscriber and target:
                        self._send_on(one, party, target)

    def _send_on(self, one: Exchange, party: Party, target: str) -> None:
        """Let a party that rings go, and bring the call elsewhere in its place."""
        subscriber = self.platform.subscriber(party["number"])
        if target == "VOICEMAIL" and not (subscriber or {}).get("voicemail"):
            raise RefusalError(400, f"{party['number']} has no voice mail", NOT_EXPECTED)
        one["parties"].remove(party)
        one["data"]["redirecting"] = party["number"]
        if target == "VOICEMAIL":
            target = (subscriber or {})["voicemail"]["number"]
            self._join(one, target, {})
            self._all_talk(one)
        else:
            self._reach(one, target)

    def _all_talk(self, one: Exchange) -> None:
        for party in one["parties"]:
            for device, state in party["legs"].items():
                if state == CALLS:
                    party["legs"][device] = ACTIVE
        twin = self.calls.get(one.get("twin", ""))
        if twin and not twin.get("answered"):
            twin["answered"] = True
            self._all_talk(twin)
        one["answered"] = True

    def _answer(self, one: Exchange, party: Party, device: str) -> None:
        party["legs"] = {device: ACTIVE}
        pending = one.pop("pending", None)
        if pending is None:
            self._all_talk(one)
            for each in one["parties"]:
                self._note(one, each, ended=False)
        else:
            party["legs"] = {device: CALLS}
            self._reach(one, pending)

    def _leave(self, one: Exchange, party: Party) -> None:
        """Let a party go; what is no call without it is released."""
        if len(one["parties"]) > 2:
            self._note(one, party)
            one["parties"].remove(party)
        else:
            self._release(one)

    def _release(self, one: Exchange) -> None:
        for party in one["parties"]:
            self._note(one, party)
        del self.calls[one["ref"]]
        twin = self.calls.get(one.get("twin", ""))
        if twin:
            self._release(twin)

    def _note(self, one: Exchange, party: Party, *, ended: bool = True) -> None:
        """Have the log of a user know of a call, and the mailbox of the message of who leaves the voice mail."""
        others = [other["number"] for other in one["parties"] if other is not party]
        subscriber = self.platform.subscriber(party["number"])
        if subscriber is None or not party["legs"]:
            return
        answered = self._state(party) in (ACTIVE, HELD)
        role = "CALLER" if party["number"] == one["caller"] else "CALLEE"
        other = others[0] if others else one["data"].get("called", "")
        if self.platform.is_user(subscriber):
            log, record = self.platform.area(Log), one["records"].get(party["number"])
            if record is None:
                record = log.note(party["number"], other, role, answered, one["began"])
                one["records"][party["number"]] = record
            if ended:
                log.end(party["number"], one["records"].pop(party["number"]))
        if not ended:
            return
        asked = self.platform.subscriber(one["data"].get("redirecting", ""))
        if asked and answered and other == asked.get("voicemail", {}).get("number"):
            self.platform.area(Mailboxes).leave(asked["number"], party["number"])

    def _end_record(self, one: Exchange, number: str) -> None:
        """Have the log of a user know of the end of a call that goes on for others."""
        if number in one["records"]:
            self.platform.area(Log).end(number, one["records"].pop(number))

    # What users see

    def _view(self, one: Exchange, subscriber: dict[str, Any]) -> dict[str, Any]:
        me = self._me(one, subscriber)
        data = one["data"]
        many = len(one["parties"]) > 2
        others = [party for party in one["parties"] if party is not me]
        state = self._state(me)
        more = {
            name: data[name]
            for name in ("anonymous", "recordState", "associateData", "hexaBinaryAssociatedData", "accountInfo")
            if name in data
        }
        if "redirecting" in data:
            more["lastRedirecting"] = self.platform.identity(data["redirecting"])
        if "called" in data:
            more["initialCalled"] = self.platform.identity(data["called"])
        if "pilot" in data:
            more["acdCallData"] = {"pilotNumber": data["pilot"], "queueData": {"waitingTime": 0, "saturated": False}}
        return {
            "callRef": one["ref"],
            "callData": {"deviceCall": False, "state": state, "capabilities": self._can(one, me, state), **more},
            "legs": [self._leg(one, me, device) for device in me["legs"]],
            "participants": [
                {
                    "participantId": party["id"],
                    "identity": self.platform.identity(party["number"]),
                    "anonymous": bool(data.get("anonymous")) and party["number"] == one["caller"],
                    "undroppable": False,
                    **({"state": RINGS if RINGS in party["legs"].values() else ACTIVE} if many else {}),
                }
                for party in others
            ],
        }

    @staticmethod
    def _state(party: Party) -> str:
        return min(party["legs"].values(), key=ORDER.index)

    def _leg(self, one: Exchange, party: Party, device: str) -> dict[str, Any]:
        state = party["legs"][device]
        other = any(self._at(device, *TALKING, but=one["ref"]))
        can = {
            RINGS: ["answer", "drop"],
            CALLS: ["drop"],
            ACTIVE: ["drop", "hold", "mute", "sendDtmf", "switchDevice"],
            HELD: ["retrieve", *(["reconnect"] if other else [])],
            RELEASING: ["drop"],
        }[state]
        rings = {"ringingRemote": True} if state == CALLS else {}
        return {"deviceId": device, "state": state, **rings, "capabilities": dict.fromkeys(can, True)}

    def _can(self, one: Exchange, me: Party, state: str) -> dict[str, bool]:
        device = next(iter(me["legs"]))
        held = any(self._at(device, HELD, but=one["ref"]))
        recording = one["data"].get("recordState")
        can = {
            RINGS: ["redirect", "redirectToVoiceMail", "pickedUp", "reject", "dropMe"],
            CALLS: ["callBack", "overflowToVoiceMail", "dropMe", "terminate", *(["transfer"] if held else [])],
            ACTIVE: [
                *("addParticipant", "blindTransfer", "dropMe", "dropParticipant", "intruded", "park", "terminate"),
                *(["transfer", "merge"] if held else []),
                *{"RECORDING": ["stopRecord", "pauseRecord"], "PAUSED": ["stopRecord", "resumeRecord"]}.get(
                    recording, ["startRecord"]
                ),
            ],
            HELD: ["dropMe", "terminate"],
            RELEASING: ["dropMe", "terminate", *(["callBack", "intrusion"] if one.get("busy") else [])],
        }[state]
        return dict.fromkeys(can, True)

    def _me(self, one: Exchange, subscriber: dict[str, Any]) -> Party:
        party = next((p for p in one["parties"] if p["number"] == subscriber["number"] and p["legs"]), None)
        if party is None:
            raise RefusalError(404, f"oxe{subscriber['number']} has no call {one['ref']}")
        return party

    # Finding what a request means

    def _whose(self, call: Call) -> dict[str, Any]:
        self.settle()
        return self.platform.whose(call)

    def _gone(self, call: Call, ref: str) -> RefusalError:
        return RefusalError(404 if 404 in call.operation.answers else 400, f"there is no call {ref}")

    def _mine(self, call: Call, ref: str | None = None) -> tuple[Exchange, Party]:
        """The call of a request, and the party in it for whom the request is made."""
        subscriber = self._whose(call)
        ref = ref or call.parameters["callRef"]
        one = self.calls.get(ref)
        if one is None or not any(p["number"] == subscriber["number"] for p in one["parties"]):
            raise self._gone(call, ref)
        return one, self._me(one, subscriber)

    def _device(self, call: Call, device: str) -> str:
        """A device that the session may use."""
        self.settle()
        subscriber = self.platform.subscriber(device)
        if subscriber is None:
            raise RefusalError(400, f"unknown device {device}")
        if call.account["role"] == "user" and call.account["login"] != f"oxe{subscriber['number']}":
            raise RefusalError(403, f"{device} is no device of {call.account['login']}", NOT_ALLOWED)
        if device in self.out_of_service:
            raise RefusalError(400, f"{device} is out of service", NOT_EXPECTED)
        return device

    def _by_device(self, call: Call, *states: str, device: str | None = None) -> tuple[Exchange, Party, str]:
        """The call of a request that names a device, which must be in one of some states."""
        device = self._device(call, device or call.body["deviceId"])
        one = self.calls.get(call.parameters["callRef"])
        if one is None:
            raise self._gone(call, call.parameters["callRef"])
        party = self._party_at(one, device)
        if states and party["legs"][device] not in states:
            raise _unfit(device, party["legs"][device], states)
        return one, party, device

    def _in_state(self, party: Party, *states: str) -> str:
        """The device of a party that is in one of some states."""
        for device, state in party["legs"].items():
            if state in states:
                return device
        raise _unfit(party["number"], self._state(party), states)

    def _hold_others(self, device: str, but: str = "") -> None:
        for _one, party in list(self._at(device, ACTIVE, but=but)):
            party["legs"][device] = HELD

    # Making calls

    def _made(self, call: Call, one: Exchange | None) -> Answer:
        """The reference of the call is only in the Location, and not told of a set that is no user's."""
        if one is None or self.settings["call_answer"] == "nothing":
            return Answer(204)
        host = self.platform.host(call).replace("https://", "http://")
        return Answer(201, NO_BODY, [("Location", f"{host}{call.operation.path}/{one['ref']}")])

    def _dial(self, call: Call, callee: str) -> Answer:
        body = call.body
        device = self._device(call, body["deviceId"])
        subscriber = self.platform.subscriber(device) or {}
        if any(self._at(device, *(s for s in (CALLS, RELEASING)))):
            raise RefusalError(400, f"{device} is calling already", NOT_EXPECTED)
        self._hold_others(device)
        one = self._new(device, device)
        data = one["data"]
        names = {"associatedData": "associateData", "hexaBinaryAssociatedData": "hexaBinaryAssociatedData"}
        data.update({name: _ended(sent, body[sent]) for sent, name in names.items() if sent in body})
        for name in ("pin", "businessCode", "callingNumber"):
            if name in body:
                one[name] = body[name]
        if body.get("secretIdentity"):
            data["anonymous"] = True
        if body.get("autoAnswer"):
            self._reach(one, callee)
        else:
            one["parties"][0]["legs"] = {device: RINGS}
            one["pending"] = callee
        return self._made(call, one if self.platform.is_user(subscriber) else None)

    @handles("o2gMakeBasicCall")
    def make_basic_call(self, call: Call) -> Answer:
        return self._dial(call, call.body["callee"])

    @handles("o2gMakeCall")
    def make_call(self, call: Call) -> Answer:
        if call.account["role"] == "user" or "loginName" in call.query:
            subscriber = self._whose(call)
            if call.body["deviceId"] not in self._devices(subscriber):
                raise RefusalError(400, f"{call.body['deviceId']} is no device of oxe{subscriber['number']}")
        acd = call.body.get("acdCall", {})
        return self._dial(call, self._supervisor(call) if acd.get("callToSupervisor") else call.body["callee"])

    def _supervisor(self, call: Call) -> str:
        for number, agent in self.platform.area(Agents).agents.items():
            if agent["type"] == "SUPERVISOR":
                return number
        raise RefusalError(400, "there is no supervisor", NOT_EXPECTED)

    @handles("o2gAnswerBasicCall")
    def answer_basic_call(self, call: Call) -> Answer:
        device = self._device(call, call.body["deviceId"])
        ringing = list(self._at(device, RINGS))
        if not ringing:
            raise RefusalError(400, f"no call rings at {device}", NOT_EXPECTED)
        self._hold_others(device)
        self._answer(*ringing[0], device)
        return Answer(204)

    @handles("o2gDropMeFromBasicCall")
    def drop_me_from_basic_call(self, call: Call) -> Answer:
        subscriber = self._whose(call)
        mine = [one for one in self.calls.values() if any(p["number"] == subscriber["number"] for p in one["parties"])]
        if not mine:
            raise RefusalError(400, f"oxe{subscriber['number']} has no call", NOT_EXPECTED)
        one = min(mine, key=lambda one: ORDER.index(self._state(self._me(one, subscriber))))
        self._leave(one, self._me(one, subscriber))
        return Answer(204)

    # Reading calls

    def listed(self, subscriber: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            self._view(one, subscriber)
            for one in self.calls.values()
            if any(party["number"] == subscriber["number"] and party["legs"] for party in one["parties"])
        ]

    @handles("o2gListCalls")
    def list_calls(self, call: Call) -> Answer:
        return Answer(200, {"calls": self.listed(self._whose(call))})

    def _one(self, call: Call) -> dict[str, Any]:
        one, _party = self._mine(call)
        return self._view(one, self.platform.whose(call))

    @handles("o2gGetCall")
    def get_call(self, call: Call) -> Answer:
        return Answer(200, self._one(call))

    @handles("o2gListCallLegs")
    def list_legs(self, call: Call) -> Answer:
        return Answer(200, {"legs": self._one(call)["legs"]})

    @handles("o2gGetCallLeg")
    def get_leg(self, call: Call) -> Answer:
        return Answer(200, _found(self._one(call)["legs"], "deviceId", call.parameters["legId"]))

    @handles("o2gListCallParticipants")
    def list_participants(self, call: Call) -> Answer:
        return Answer(200, {"participants": self._one(call)["participants"]})

    @handles("o2gGetCallParticipant")
    def get_participant(self, call: Call) -> Answer:
        name = call.parameters["participantId"]
        return Answer(200, _found(self._one(call)["participants"], "participantId", name))

    @handles("o2gGetTelephonicState")
    def get_state(self, call: Call) -> Answer:
        return Answer(200, self.telephonic_state(self._whose(call)))

    def telephonic_state(self, subscriber: dict[str, Any]) -> dict[str, Any]:
        return {"calls": self.listed(subscriber), "deviceCapabilities": self.capabilities(subscriber)}

    def capabilities(self, subscriber: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {
                "deviceId": device,
                "makeCall": device not in self.out_of_service and not any(self._at(device, CALLS, RELEASING)),
                "makeBusinessCall": False,
                "makePrivateCall": False,
                "unParkCall": any(one.get("parked") == device for one in self.calls.values()),
            }
            for device in self._devices(subscriber)
        ]

    def device_states(self, subscriber: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"deviceId": device, "state": "OUT_OF_SERVICE" if device in self.out_of_service else "IN_SERVICE"}
            for device in self._devices(subscriber)
        ]

    @handles("o2gListDeviceStates")
    def list_device_states(self, call: Call) -> Answer:
        return Answer(200, {"deviceStates": self.device_states(self._whose(call))})

    @handles("o2gGetDeviceState")
    def get_device_state(self, call: Call) -> Answer:
        return Answer(200, _found(self.device_states(self._whose(call)), "deviceId", call.parameters["deviceId"]))

    # Acting on calls

    @handles("o2gAnswerCall")
    def answer(self, call: Call) -> Answer:
        one, party, device = self._by_device(call, RINGS)
        self._hold_others(device, one["ref"])
        self._answer(one, party, device)
        return Answer(204)

    @handles("o2gReleaseCall")
    def release(self, call: Call) -> Answer:
        self._release(self._mine(call)[0])
        return Answer(204)

    @handles("o2gDropMeFromCall")
    def drop_me(self, call: Call) -> Answer:
        self._leave(*self._mine(call))
        return Answer(204)

    @handles("o2gDropCallParticipant")
    def drop_participant(self, call: Call) -> Answer:
        one, me = self._mine(call)
        self._in_state(me, ACTIVE)
        for party in one["parties"]:
            if party["id"] == call.parameters["participantId"] and party is not me:
                self._leave(one, party)
                return Answer(204)
        raise RefusalError(400, f"there is no participant {call.parameters['participantId']}")

    @handles("o2gHoldCall")
    def hold(self, call: Call) -> Answer:
        _one, party, device = self._by_device(call, ACTIVE)
        party["legs"][device] = HELD
        return Answer(204)

    @handles("o2gRetrieveCall")
    def retrieve(self, call: Call) -> Answer:
        one, party, device = self._by_device(call, HELD)
        if any(self._at(device, *TALKING, but=one["ref"])):
            raise RefusalError(400, f"{device} has an active call", NOT_EXPECTED)
        party["legs"][device] = ACTIVE
        return Answer(204)

    @handles("o2gAlternateCalls")
    def alternate(self, call: Call) -> Answer:
        _one, party, device = self._by_device(call, HELD)
        active = list(self._at(device, ACTIVE))
        if not active:
            raise RefusalError(400, f"{device} has no active call", NOT_EXPECTED)
        active[0][1]["legs"][device] = HELD
        party["legs"][device] = ACTIVE
        return Answer(204)

    @handles("o2gReconnectCall")
    def reconnect(self, call: Call) -> Answer:
        _one, party, device = self._by_device(call, HELD)
        enquiry = self.calls.get(call.body["enquiryCallRef"])
        if enquiry is None:
            raise self._gone(call, call.body["enquiryCallRef"])
        other = self._party_at(enquiry, device)
        if other["legs"][device] not in (*TALKING, RELEASING):
            raise _unfit(device, other["legs"][device], TALKING)
        self._release(enquiry)
        party["legs"][device] = ACTIVE
        return Answer(204)

    def _both(self, call: Call, *states: str) -> tuple[Exchange, Party, Exchange, Party]:
        """The active call and the held one of a request."""
        active, me = self._mine(call)
        device = self._in_state(me, *states)
        held, self_held = self._mine(call, call.body["heldCallRef"])
        if self._in_state(self_held, HELD) != device:
            raise RefusalError(400, "the calls are not at the same device", NOT_EXPECTED)
        return active, me, held, self_held

    @handles("o2gTransferCall")
    def transfer(self, call: Call) -> Answer:
        """Connect the others; a call that still rings goes on ringing for the one who was held."""
        active, me, held, me_held = self._both(call, *TALKING)
        state = self._state(me)
        for one in (active, held):
            self._end_record(one, me["number"])
        active["records"] |= held["records"]
        active["parties"].remove(me)
        for party in held["parties"]:
            if party is not me_held:
                legs = {device: state if now == ACTIVE else now for device, now in party["legs"].items()}
                self._join(active, party["number"], legs)
        active["data"]["redirecting"] = me["number"]
        active["was"] = held["ref"]
        del self.calls[held["ref"]]
        return Answer(204)

    @handles("o2gMergeCalls")
    def merge(self, call: Call) -> Answer:
        active, _me, held, me_held = self._both(call, ACTIVE)
        for party in held["parties"]:
            if party is not me_held:
                self._join(active, party["number"], party["legs"])
        self._end_record(held, me_held["number"])
        active["records"] |= held["records"]
        active["was"] = held["ref"]
        del self.calls[held["ref"]]
        return Answer(204)

    @handles("o2gBlindTransferCall")
    def blind_transfer(self, call: Call) -> Answer:
        one, me = self._mine(call)
        self._in_state(me, ACTIVE)
        target = call.body["transferTo"]
        if (
            self.platform.subscriber(target) is None
            and self._pilot(target) is None
            and not target.startswith(("0", "+"))
        ):
            raise RefusalError(400, f"unknown number {target}")
        self._end_record(one, me["number"])
        one["parties"].remove(me)
        one["data"]["redirecting"] = me["number"]
        self._reach(one, target)
        return Answer(204)

    @handles("o2gRedirectCall")
    def redirect(self, call: Call) -> Answer:
        one, me = self._mine(call)
        self._in_state(me, RINGS)
        if call.body.get("anonymous"):
            one["data"]["anonymous"] = True
        self._send_on(one, me, call.body["redirectTo"])
        return Answer(204)

    @handles("o2gOverflowCallToVoicemail")
    def overflow_to_voicemail(self, call: Call) -> Answer:
        one, me = self._mine(call)
        self._in_state(me, CALLS)
        ringing = next((party for party in one["parties"] if RINGS in party["legs"].values()), None)
        if ringing is None:
            raise RefusalError(400, "nobody rings", NOT_EXPECTED)
        self._send_on(one, ringing, "VOICEMAIL")
        return Answer(204)

    @handles("o2gMoveCall")
    def move(self, call: Call) -> Answer:
        one, party, device = self._by_device(call, ACTIVE, device=call.parameters["legId"])
        other = self._device(call, call.body["otherDeviceId"])
        if (self.platform.subscriber(other) or {}).get("number") != party["number"]:
            raise RefusalError(400, f"{other} is no device of the same user")
        if any(self._at(other, but=one["ref"])):
            raise RefusalError(400, f"{other} is busy", NOT_EXPECTED)
        party["legs"] = {other: party["legs"][device]}
        return Answer(204)

    @handles("o2gParkCall")
    def park(self, call: Call) -> Answer:
        one, me = self._mine(call)
        device = self._in_state(me, ACTIVE)
        target = (call.body if call.body is not NO_BODY else {}).get("parkTo", device)
        if self.platform.subscriber(target) is None:
            raise RefusalError(400, f"unknown device {target}")
        self._end_record(one, me["number"])
        one["parties"].remove(me)
        one["parked"] = target
        return Answer(204)

    @handles("o2gUnparkCall")
    def unpark(self, call: Call) -> Answer:
        device = self._device(call, call.parameters["deviceId"])
        source = (call.body if call.body is not NO_BODY else {}).get("unParkFrom", device)
        parked = next((one for one in self.calls.values() if one.get("parked") == source), None)
        if parked is None:
            raise RefusalError(400, f"no call is parked at {source}", NOT_EXPECTED)
        self._hold_others(device)
        del parked["parked"]
        self._join(parked, (self.platform.subscriber(device) or {})["number"], {device: ACTIVE})
        return Answer(204)

    @handles("o2gPickUpCall")
    def pick_up(self, call: Call) -> Answer:
        device = self._device(call, call.parameters["deviceId"])
        other = call.body.get("otherPhoneNumber")
        others = [other] if other else self._in_group_with(device)
        ringing = [found for one in others for found in self._at(one, RINGS)]
        if not ringing:
            raise RefusalError(400, f"no call rings at {' or '.join(others) or 'a group of ' + device}", NOT_EXPECTED)
        one, party = ringing[0]
        self._hold_others(device)
        one["data"]["redirecting"] = party["number"]
        one["parties"].remove(party)
        self._answer(one, self._join(one, (self.platform.subscriber(device) or {})["number"], {}), device)
        return Answer(204)

    def _in_group_with(self, device: str) -> list[str]:
        """The other members of the hunting group of a device's subscriber."""
        members = self.platform.area(Routing).members
        number = (self.platform.subscriber(device) or {})["number"]
        return [one for one, group in members.items() if one != number and group == members.get(number)]

    @handles("o2gIntrude")
    def intrude(self, call: Call) -> Answer:
        """Enter the call of the one who is busy: a conference of the three."""
        device = self._device(call, call.parameters["deviceId"])
        for one, party in list(self._at(device, RELEASING)):
            busy = self.platform.subscriber(one.get("busy", ""))
            for theirs, _other in self._at(busy["number"], ACTIVE) if busy else ():
                self._release(one)
                self._join(theirs, party["number"], {device: ACTIVE})
                return Answer(204)
        raise RefusalError(400, f"{device} cannot intrude", NOT_EXPECTED)

    @handles("o2gPressIthMicro")
    def press_ith(self, call: Call) -> Answer:
        device = self._device(call, call.parameters["deviceId"])
        self.micro[device] = not self.micro.get(device, True)
        return Answer(204)

    @handles("o2gRecordCall")
    def record(self, call: Call) -> Answer:
        one, me = self._mine(call)
        self._in_state(me, ACTIVE)
        now = one["data"].get("recordState")
        wanted = call.query["action"]
        allowed = {"start": (None,), "stop": ("RECORDING", "PAUSED"), "pause": ("RECORDING",), "resume": ("PAUSED",)}
        if now not in allowed[wanted]:
            raise RefusalError(400, f"cannot {wanted}: the record state is {now}", NOT_EXPECTED)
        one["data"].pop("recordState", None)
        if wanted != "stop":
            one["data"]["recordState"] = "PAUSED" if wanted == "pause" else "RECORDING"
        return Answer(204)

    @handles("o2gSendDtmf")
    def send_dtmf(self, call: Call) -> Answer:
        one, _party, _device = self._by_device(call, ACTIVE)
        one["dtmf"] = one.get("dtmf", "") + call.body["number"]
        return Answer(204)

    def _of_device(self, call: Call) -> Exchange:
        """The call of a request that may name a device."""
        if "deviceId" in call.body:
            return self._by_device(call)[0]
        one = self.calls.get(call.parameters["callRef"])
        if one is None:
            raise self._gone(call, call.parameters["callRef"])
        return one

    @handles("o2gSendAccountInfo")
    def send_account_info(self, call: Call) -> Answer:
        self._of_device(call)["data"]["accountInfo"] = call.body["accountInfo"]
        return Answer(204)

    @handles("o2gAttachCallData")
    def attach_data(self, call: Call) -> Answer:
        data = self._of_device(call)["data"]
        for name in ("associateData", "hexaBinaryAssociatedData"):
            data.pop(name, None)
        if "associatedData" in call.body:
            data["associateData"] = call.body["associatedData"]
        else:
            name = "hexaBinaryAssociatedData"
            data[name] = _ended(name, call.body[name])
        return Answer(204)

    # Callbacks and mini messages

    def _ask_back(self, asks: str, callee: str) -> None:
        subscriber = self.platform.subscriber(callee)
        if subscriber is None:
            raise RefusalError(400, f"unknown number {callee}")
        self._count += 1
        entry = {"callbackId": f"cb{self._count}", "partyInfo": self.platform.identity(asks)}
        self.callbacks.setdefault(subscriber["number"], []).append(entry)

    @handles("o2gRequestCallback")
    def request_callback(self, call: Call) -> Answer:
        self._ask_back(self._whose(call)["number"], call.body["callee"])
        return Answer(204)

    @handles("o2gRequestCallbackInCall")
    def request_callback_in_call(self, call: Call) -> Answer:
        one, me = self._mine(call)
        self._in_state(me, CALLS, RELEASING)
        self._ask_back(me["number"], one["data"]["called"])
        return Answer(204)

    @handles("o2gListCallbacks")
    def list_callbacks(self, call: Call) -> Answer:
        return Answer(200, {"callbacks": self.callbacks.get(self._whose(call)["number"], [])})

    @handles("o2gDeleteCallbacks")
    def delete_callbacks(self, call: Call) -> Answer:
        self.callbacks.pop(self._whose(call)["number"], None)
        return Answer(204)

    @handles("o2gDeleteCallback")
    def delete_callback(self, call: Call) -> Answer:
        listed = self.callbacks.get(self._whose(call)["number"], [])
        for entry in listed:
            if entry["callbackId"] == call.parameters["callbackId"]:
                listed.remove(entry)
                return Answer(204)
        raise RefusalError(400, f"there is no callback {call.parameters['callbackId']}")

    @handles("o2gSendMiniMessage")
    def send_mini_message(self, call: Call) -> Answer:
        sender, recipient = self._whose(call), self.platform.subscriber(call.body["recipient"])
        if recipient is None:
            raise RefusalError(400, f"unknown number {call.body['recipient']}")
        date = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        message = {"sender": sender["number"], "date": date, "message": call.body["message"]}
        self.messages.setdefault(recipient["number"], []).append(message)
        return Answer(204)

    @handles("o2gTakeMiniMessage")
    def take_mini_message(self, call: Call) -> Answer:
        """The newest first, and each only once."""
        listed = self.messages.get(self._whose(call)["number"])
        if not listed:
            raise RefusalError(400, "there is no message", NOT_EXPECTED)
        return Answer(200, listed.pop())


def queue_of(pilot: str) -> str:
    """The queue of a pilot: the first has the odd ones."""
    return "60131" if int(pilot) % 2 else "60132"


def _ended(name: str, data: str) -> str:
    """The data as the switch keeps it: a byte 00 ends it."""
    if name == "associatedData":
        return data
    kept = bytes.fromhex(data).partition(bytes(1))[0]
    return kept.hex()


def _unfit(who: str, state: str, wanted: tuple[str, ...]) -> RefusalError:
    return RefusalError(400, f"{who} is {state}, and not {' or '.join(wanted)}", NOT_EXPECTED)


def _found(listed: list[dict[str, Any]], name: str, value: str) -> dict[str, Any]:
    for one in listed:
        if one[name] == value:
            return one
    raise RefusalError(404, f"there is no {name} {value}")
