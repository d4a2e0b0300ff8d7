# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""O2G users: document 003, lines 1693-2075."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import AnswerLost, ApiError, Faults
from ..fields import Field, Flag, ListOf, Struct, Text, Values, from_wire
from ..resource import Entry, Found, Job, Resource, Step, unfailed
from .account import PREFERENCES, Preferences
from .common import NODE, NUMBER, client, logins_of, number_of, numbered

if TYPE_CHECKING:
    from .client import O2gClient as Client

BATCH = 100
"""Numbers per create request."""
KINDS = {"only_acd": "onlyACD", "only_with_external_login": "onlyWithExtLogin"}
"""Options that choose among users, and what says so on the wire."""

VOICEMAIL = Struct((Field("number", Text()), Field("type", Text())))
DEVICES = ListOf(Struct((Field("type", Text()), Field("id", Text()), Field("subType", Text()), Field("label", Text()))))


class User(Resource):
    platform = "o2g"
    connect = staticmethod(client)
    noun = "user"
    plural = "users"
    parents = (NODE,)
    fields = (
        Field("deviceNumber", NUMBER, create_only=True),
        Field("loginName", Text(1, quoted=True), fixed=True),
        Field("companyPhone", Text(), read_only=True),
        Field("firstName", Text(), read_only=True),
        Field("lastName", Text(), read_only=True),
        Field("voicemail", VOICEMAIL, read_only=True),
        Field("devices", DEVICES, read_only=True),
        Field("externalLogin", Text(), read_only=True),
        Field("apiRights", ListOf(Text()), read_only=True),
        Field("eMailAddress", Text(), read_only=True),
    )
    identity = (("device_number",), ("login_name",))
    numbered = ("device_number",)
    owned = True
    gatherable = ("details", "preferences")
    gathered_by_default = ("details",)
    info_filters = ("device_number", "login_name")
    info_needs_parents = False
    info_options = (
        Field("companyPhone", NUMBER),
        Field("onlyACD", Flag()),
        Field("onlyWithExternalLogin", Flag()),
    )
    path = "/usermanagement"
    goes_along = "the account's password, preferences and messages"

    def logins(self, api: Client, **query: Any) -> list[str]:
        """Return the login names that a query finds."""
        return (api.get(self.path, query=query) or {}).get("loginNames") or []

    def read(self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        found, others = self.registered(api, entries, whole)
        if api.check_mode and self.state == "present":
            self._await_subscribers(api, [e for e, there in zip(entries, found, strict=True) if there is None])
        return found, others

    @staticmethod
    def _await_subscribers(api: Client, entries: Sequence[Entry]) -> None:
        """Note which numbers a node does not have yet, so that no user can be made of them; each node is asked once.

        Whoever may not list the subscribers of a node, or has no licence for it, is told when the users are made.
        """
        from .pbx_base import listing
        from .pbx_model import Type
        from .pbx_object import SUBSCRIBER

        def numbers(node: int) -> set[str]:
            return set(listing(api, (node, (SUBSCRIBER,)), Type(SUBSCRIBER), ()))

        nodes = dict.fromkeys(e.values["node_id"] for e in entries if e.values.get("device_number"))
        known = dict(zip(nodes, api.map(numbers, nodes), strict=True))
        for entry in entries:
            node, number = entry.values["node_id"], entry.values.get("device_number")
            there = known.get(node)
            if isinstance(there, set) and number not in there:
                entry.awaits.append(numbered(number, node))

    def registered(
        self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]
    ) -> tuple[list[Found], list[Values]]:
        """List the users of each node once; ask further only for numbers that are no user's main number."""
        by_node: dict[int, list[Entry]] = {entry.values["node_id"]: [] for entry in whole}
        for entry in entries:
            by_node.setdefault(entry.values["node_id"], []).append(entry)
        there: dict[int, Found] = {}
        others: list[Values] = []
        for node, wanted in by_node.items():
            try:
                logins = self.logins(api, nodeIds=node)
                owners = self._owners(api, wanted, logins)
            except ApiError as error:
                there.update((entry.index, error) for entry in wanted)
                if not wanted:
                    raise Faults([f"node_id: {error}"]) from None
                continue
            for entry in wanted:
                login = owners.get(entry.index)
                there[entry.index] = {**entry.values, "login_name": login} if login else None
            named = set(owners.values())
            unnamed = [login for login in logins if login not in named]
            others += [{"node_id": node, "login_name": login} for login in unnamed] if whole else []
        return [there[entry.index] for entry in entries], others

    def _owners(self, api: Client, entries: Sequence[Entry], logins: Sequence[str]) -> dict[int, str]:
        """Return, per entry, the login of the user that has its number.

        The login of a main number is derived from it. A secondary number is looked up by itself or among the devices
        of the users that are not claimed yet, whichever takes fewer requests.
        """
        known = set(logins)
        owners = {e.index: login for e in entries if (login := self._login(e.values)) in known}
        rest = [e for e in entries if e.index not in owners and e.values.get("device_number")]
        claimed = set(owners.values())
        unclaimed = [login for login in logins if login not in claimed]
        if not rest or not unclaimed:
            return owners
        devices = self._device_owners(api, unclaimed) if len(unclaimed) <= len(rest) else None
        if devices is None:
            answers = unfailed(api.map(lambda e: self.logins(api, deviceNumber=e.values["device_number"]), rest))
            devices = {e.values["device_number"]: found[0] for e, found in zip(rest, answers, strict=True) if found}
        numbers = {e.index: devices.get(e.values["device_number"]) for e in rest}
        return {**owners, **{index: login for index, login in numbers.items() if login in known}}

    @staticmethod
    def _login(values: Values) -> str:
        return f"oxe{values['device_number']}" if values.get("device_number") else values["login_name"]

    def _device_owners(self, api: Client, logins: Sequence[str]) -> dict[str, str] | None:
        """Return which user has which device; None if the server does not show devices to this account."""
        users = unfailed(api.map(lambda login: self.told(api, {"login_name": login}, self.path), logins))
        if any("devices" not in user for user in users):
            return None
        return {device["id"]: user["login_name"] for user in users for device in user["devices"]}

    def own_numbers(self, api: Client | None, there: Values) -> list[str]:
        """Return the main number, from which the login is made, or else the numbers that the platform tells."""
        if api is None or re.fullmatch(r"oxe\d+", there["login_name"]):
            return [number] if (number := number_of(there)) else []
        user = self.told(api, there, self.path)
        numbers = [user.get("company_phone"), *(device.get("id") for device in user.get("devices") or ())]
        return [number for number in numbers if number]

    def whole(self, api: Client, known: Values) -> Values:
        """Return it with its main number, by which alone it can be made again."""
        number = number_of(known) or self.told(api, known, self.path).get("company_phone")
        return {**known, "device_number": number} if number else known

    @classmethod
    def anew(cls, values: Values) -> Values:
        """The login is made from the number."""
        made = bool(values.get("device_number"))
        return {name: value for name, value in values.items() if not (made and name == "login_name")}

    def refusal(self, step: Step) -> list[str]:
        if step.action == "create" and "device_number" not in step.changes:
            return [f"there is no user {step.changes['login_name']!r}; to create one, give its device_number"]
        return []

    def stages(self, steps: Sequence[Step]) -> list[list[Job]]:
        """Create many users of a node in one request."""
        deletions, updates, creations = super().stages(steps)
        nodes: dict[Any, list[Step]] = {}
        for job in creations:
            nodes.setdefault(job.steps[0].values["node_id"], []).extend(job.steps)
        batches = [steps[n : n + BATCH] for steps in nodes.values() for n in range(0, len(steps), BATCH)]
        return [deletions, updates, [Job(batch, self.create_all) for batch in batches]]

    def create_all(self, api: Client, steps: Sequence[Step]) -> None:
        """Create a batch; if the server refuses it, find out for which number."""
        body = {"nodeId": steps[0].values["node_id"], "deviceNumbers": [s.values["device_number"] for s in steps]}
        try:
            answer = api.request("POST", self.path, body=body, replay=False)
        except AnswerLost:
            raise
        except ApiError as error:
            if len(steps) == 1 or error.status not in (400, 404):
                raise
            half = len(steps) // 2
            for part in (steps[:half], steps[half:]):
                try:
                    self.create_all(api, part)
                except ApiError as part_error:
                    for step in part:
                        step.error = step.error or str(part_error)
            return
        users = answered_users(answer)
        unseen = [step for step in steps if not self._take_over(step, users)]
        if unseen:
            found, _others = self.read(api, [step.entry for step in unseen], ())
            for step, there in zip(unseen, found, strict=True):
                if isinstance(there, dict):
                    step.after = {**(step.after or {}), **there}
                else:
                    step.error = str(there or "the server accepted the request, but there is no such user afterwards")

    def _take_over(self, step: Step, users: Sequence[Values]) -> bool:
        number = step.values["device_number"]
        for user in users:
            if number in (user.get("company_phone"), *(d.get("id") for d in user.get("devices") or [])):
                step.after = {**(step.after or {}), **user}
                return True
        return False

    def delete(self, api: Client, step: Step) -> None:
        try:
            api.request("DELETE", self.path + "/{login_name}", step.address)
        except ApiError as error:
            if error.status != 404:
                raise

    def find(self, api: Client, where: Values, gather: Sequence[str]) -> list[Values]:
        """Return the users whom all options choose, in the order of the platform."""
        node, admin = where.get("node_id"), api.who()[0] is not False
        if not admin and (asked := [name for name in ("device_number", *KINDS) if where.get(name)]):
            raise Faults([f"{name}: can only be given in the session of an administrator" for name in asked])
        there: dict[str, Values] = {}
        chosen: list[list[str]] = []
        if where.get("company_phone"):
            there = {user["login_name"]: user for user in self._by_phone(api, where)}
            if not there:
                return []
            chosen.append(list(there))
        flags = [wire for option, wire in KINDS.items() if where.get(option)]
        if flags or not (admin or chosen):
            chosen.append(logins_of(api, node, *flags))
        if where.get("device_number") or not chosen:
            query = {"nodeIds": node, "deviceNumber": where.get("device_number")}
            chosen.append(self.logins(api, **{name: value for name, value in query.items() if value is not None}))
        if where.get("login_name"):
            chosen.append([where["login_name"]])
        first, others = chosen[0], [set(other) for other in chosen[1:]]
        on = {} if node is None else {"node_id": node}
        known = [{**on, "login_name": login} for login in first if all(login in other for other in others)]
        path = "/users" if flags or not admin else self.path

        def told(one: Values) -> Values:
            if "details" in gather:
                one = there.get(one["login_name"]) or self.told(api, one, path)
            if "preferences" in gather:
                one = {**one, **from_wire(Preferences.fields, api.get(PREFERENCES, one, empty=True) or {})}
            return one

        return self.readable([one["login_name"] for one in known], api.map(told, known)) if gather else known

    def told(self, api: Client, known: Values, path: str) -> Values:
        """Return what the platform tells about a user, with the node where that is not known yet."""
        body = plain(api.get(path + "/{login_name}", known))
        node = {"node_id": NODE.kind.from_wire(body["nodeId"])} if "nodeId" in body else {}
        return {**node, **known, **from_wire(self.fields, body)}

    def _by_phone(self, api: Client, where: Values) -> list[Values]:
        """Return the user with a company phone, if there is one and it is on the node (line 1228)."""
        try:
            body = plain(api.get("/users", query={"companyPhone": where["company_phone"]}))
        except ApiError as error:
            if error.status == 404:
                return []
            raise
        node = NODE.kind.from_wire(body.get("nodeId"))
        wanted = where.get("node_id", node)
        if not body.get("loginName") or node not in (None, wanted):
            return []
        return [{**({} if wanted is None else {"node_id": wanted}), **from_wire(self.fields, body)}]


def plain(user: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a user with the voicemail's type under the name that the table gives it."""
    voicemail = user.get("voicemail")
    if isinstance(voicemail, Mapping) and "voicemailtype" in voicemail:
        user = {**user, "voicemail": {"type": voicemail["voicemailtype"], **voicemail}}
    return user


def answered_users(answer: Any) -> list[Values]:
    """Read the answers to a create: C({"users": [...]}), a user by itself, or nothing."""
    if not isinstance(answer, Mapping):
        return []
    users = answer.get("users") if "users" in answer else [answer]
    return [from_wire(User.fields, plain(user)) for user in users or []]
