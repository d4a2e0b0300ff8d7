# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""O2G users: document 003, lines 1693-2075."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import AnswerLost, ApiError
from ..fields import Field, ListOf, Struct, Text, Values, from_wire
from ..resource import Entry, Found, Job, Resource, Step, unfailed
from .common import NODE, NUMBER, client

if TYPE_CHECKING:
    from ..http import Client

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
    path = "/usermanagement"

    def logins(self, api: Client, **query: Any) -> list[str]:
        """Return the login names that a query finds."""
        return (api.get(self.path, query=query) or {}).get("loginNames") or []

    def read(self, api: Client, entries: Sequence[Entry], everything: bool) -> tuple[list[Found], list[Values]]:
        """List each node once; ask by number only for those that are not there as a main number."""
        nodes = list(dict.fromkeys(entry.values["node_id"] for entry in entries))
        lists = dict(zip(nodes, api.map(lambda node: self.logins(api, nodeIds=node), nodes), strict=True))
        found: list[Found] = list(api.map(lambda e: self._found(api, e.values, lists[e.values["node_id"]]), entries))
        taken = {there["login_name"] for there in found if isinstance(there, dict)}
        others = (
            [
                {"node_id": node, "login_name": login}
                for node, logins in lists.items()
                if not isinstance(logins, ApiError)
                for login in logins
                if login not in taken
            ]
            if everything
            else []
        )
        return found, others

    def _found(self, api: Client, values: Values, logins: list[str] | ApiError) -> Values | None:
        if isinstance(logins, ApiError):
            raise logins
        number, login = values.get("device_number"), values.get("login_name")
        if number:
            login = f"oxe{number}"
            if logins and login not in logins:  # it may be a secondary number of one of them
                login = next(iter(self.logins(api, deviceNumber=number)), None)
        return {**values, "login_name": login} if login in logins else None

    def refusals(self, step: Step) -> list[str]:
        if step.action == "create" and "device_number" not in step.changes and not step.error:
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
            found, _others = self.read(api, [step.entry for step in unseen], False)
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
        query = {"nodeIds": where["node_id"]}
        if where.get("device_number"):
            query["deviceNumber"] = where["device_number"]
        logins = [n for n in self.logins(api, **query) if where.get("login_name") in (None, n)]
        there = [{"node_id": where["node_id"], "login_name": login} for login in logins]
        if "details" in gather:
            bodies = unfailed(api.map(lambda user: api.get(self.path + "/{login_name}", user), there))
            there = [
                {**known, **from_wire(self.fields, plain(body or {}))}
                for known, body in zip(there, bodies, strict=True)
            ]
        return there


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
