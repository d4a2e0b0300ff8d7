# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""O2G users: document 003, lines 1693-2075."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import AnswerLost, ApiError, Faults
from ..fields import Field, Flag, ListOf, Struct, Text, Values, from_wire
from ..resource import Entry, Found, Job, Resource, Step, unfailed
from .common import NODE, NUMBER, client

if TYPE_CHECKING:
    from ..session import Client

BATCH = 100
"""Numbers per create request."""

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
    gatherable = gathered_by_default = ("details",)
    info_filters = ("device_number", "login_name")
    info_options = (
        Field("companyPhone", NUMBER),
        Field("onlyACD", Flag()),
        Field("onlyWithExternalLogin", Flag()),
    )
    path = "/usermanagement"

    def logins(self, api: Client, **query: Any) -> list[str]:
        """Return the login names that a query finds."""
        return (api.get(self.path, query=query) or {}).get("loginNames") or []

    def read(self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        """List each node once; ask further only for numbers that are no user's main number."""
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
        users = unfailed(api.map(lambda login: self.user(api, {"login_name": login}), logins))
        if any("devices" not in user for user in users):
            return None
        return {device["id"]: user["login_name"] for user in users for device in user["devices"]}

    def user(self, api: Client, known: Values) -> Values:
        """Return what the platform tells about a user."""
        return {**known, **from_wire(self.fields, plain(api.get(self.path + "/{login_name}", known) or {}))}

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
        if where.get("company_phone"):
            return self._by_phone(api, where)
        flags = {"onlyACD": where.get("only_acd"), "onlyWithExtLogin": where.get("only_with_external_login")}
        if any(flags.values()):
            return self._chosen(api, where, [name for name, said in flags.items() if said], gather)
        query = {"nodeIds": where["node_id"]}
        if where.get("device_number"):
            query["deviceNumber"] = where["device_number"]
        logins = [n for n in self.logins(api, **query) if where.get("login_name") in (None, n)]
        there = [{"node_id": where["node_id"], "login_name": login} for login in logins]
        if "details" in gather:
            there = unfailed(api.map(lambda known: self.user(api, known), there))
        return there

    def _by_phone(self, api: Client, where: Values) -> list[Values]:
        """Return the user with a company phone, if there is one and it is on the node (line 1228)."""
        try:
            body = api.get("/users", query={"companyPhone": where["company_phone"]}) or {}
        except ApiError as error:
            if error.status == 404:
                return []
            raise
        user = from_wire(self.fields, plain(body))
        same = str(body.get("nodeId", where["node_id"])) == str(where["node_id"])
        return [{"node_id": where["node_id"], **user}] if user.get("login_name") and same else []

    def _chosen(self, api: Client, where: Values, flags: Sequence[str], gather: Sequence[str]) -> list[Values]:
        """Return the users of a node for whom all of some flags hold; they have no value (line 1154)."""
        listed = unfailed(
            api.map(lambda flag: api.get("/logins", query={"nodeIds": where["node_id"], flag: ""}) or {}, flags)
        )
        logins = [body.get("loginNames") or [] for body in listed]
        there = [login for login in logins[0] if all(login in others for others in logins[1:])]
        users = [{"node_id": where["node_id"], "login_name": login} for login in there]
        if "details" not in gather:
            return users

        def told(known: Values) -> Values:
            return {**known, **from_wire(self.fields, plain(api.get("/users/{login_name}", known) or {}))}

        return unfailed(api.map(told, users))


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
