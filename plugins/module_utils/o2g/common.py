# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the resource types of O2G have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from ..errors import ApiError, Faults, Missing
from ..fields import Field, Flag, ListOf, Number, Struct, Text, Values
from ..resource import Entry, Found, Resource

if TYPE_CHECKING:
    from .client import O2gClient

SERVICES = "ROXE_API_CONTACTCENTER_SVCS"
NODE = Field("nodeId", Number(0, 2147483647), required=True)
NUMBER = Text(1, 30, r"\+?[0-9A-D*#]+", "a number of digits: 0-9, A-D, * and #, a + in front", quoted=True, bare=True)
"""A number of the dial plan."""
LOGIN = Field("loginName", Text(1, quoted=True))
SKILLS = ListOf(
    Struct(
        (
            Field("skillNumber", Number(0, 2147483647), required=True),
            Field("acrStatus", Flag()),
            Field("expertEvalLevel", Number(0, 2147483647)),
        )
    )
)
"""Skills that a call needs."""
ANY_NODE = Field("nodeId", Number(0, 2147483647))
"""The node where it only helps to look up a number."""


def client() -> type[O2gClient]:
    from .client import O2gClient

    return O2gClient


def saved_zip(api: O2gClient, what: str, content: Any, dest: str) -> Values:
    """Save a zip file that C(what) was answered with, and return what a module tells about it. Raises ApiError."""
    if not isinstance(content, bytes) or not content.startswith(b"PK"):
        raise ApiError(f"{what} answered with something that is not a zip file. Check that url is the API's address")
    changed = api.save(dest, content)
    digest = hashlib.sha256(content).hexdigest()
    return {"dest": dest, "size": len(content), "checksum": digest, "changed": changed}


def number_of(values: Mapping[str, Any]) -> Any:
    """Return the number by which a user is named, which may be in the login name; None if it is not."""
    login = values.get("login_name")
    derived = login.removeprefix("oxe") if isinstance(login, str) and login.startswith("oxe") else None
    return values.get("device_number") or derived


def numbered(number: str, node: Any) -> str:
    """Return what stands for whatever has a number, where an entry awaits it."""
    return f"{number} on node {node}"


def skill_of(skill: Any, number: str, node: Any) -> str:
    """Return what stands for a skill of an agent, where an entry awaits it."""
    return f"skill {skill} of {numbered(number, node)}"


def of_number(error: ApiError, number: Any, node: Any) -> ApiError:
    """Return the error that something is not there as one that ends when something with that number comes."""
    known = error.status == 404 and number and node is not None and not isinstance(error, Missing)
    return Missing(str(error), [numbered(str(number), node)], error.status) if known else error


class Nobody(ApiError):
    """There is no such user."""


class OfUser(Resource):
    """What belongs to a user: C(login_name), or C(device_number), which is looked up once per task, says whose.

    In the session of a user, neither needs to be given, and another user cannot be meant: the server would take the
    session's own user all the same (lines 2618 and others).
    """

    platform = "o2g"
    connect = staticmethod(client)
    parents = (ANY_NODE, Field("deviceNumber", NUMBER), LOGIN)
    whose_options = ("device_number", "login_name")

    @classmethod
    def place(cls, values: Mapping[str, Any]) -> tuple[Any, ...]:
        if values.get("login_name"):
            return (values["login_name"],)
        return tuple(values.get(f.option) for f in cls.parents)

    def query(self, api: O2gClient, values: Values) -> Mapping[str, Any]:
        """Say whose it is, which only an administrator may."""
        return {} if api.who()[0] is False else {"loginName": values["login_name"]}

    def whose(self, values: Values) -> Values | None:
        """Return what says whose an entry is, C(login_name) or C(device_number); None where it may be nobody's.

        What it concludes from something else is not asked for in the session of a user: it is the own, or refused.
        """
        return values

    def owners(self, api: O2gClient, entries: Sequence[Entry]) -> dict[int, ApiError]:
        """Put the login name into each entry that is somebody's; return, by id of the entry, why that cannot be."""
        meant = []
        for entry in entries:
            whose = self.whose(entry.values)
            if whose is not None and whose is not entry.values and api.who()[0] is False:
                whose = {}
            if whose is not None:
                meant.append((entry, Entry(entry.index, whose, entry.where)))
        errors = owners(api, [asked for _entry, asked in meant])
        for entry, asked in meant:
            if "login_name" in asked.values:
                entry.values["login_name"] = asked.values["login_name"]
        return {id(entry): errors[id(asked)] for entry, asked in meant if id(asked) in errors}

    def read(
        self, api: O2gClient, entries: Sequence[Entry], whole: Sequence[Entry]
    ) -> tuple[list[Found], list[Values]]:
        unknown = self.owners(api, [*entries, *whole])
        ahead = api.check_mode or self.state == "absent"
        if faults := [
            e.fault(str(error))
            for e in whole
            if (error := unknown.get(id(e))) and e not in entries and not (ahead and isinstance(error, Nobody))
        ]:
            raise Faults(faults)
        sound = [entry for entry in entries if id(entry) not in unknown]
        self._refuse_twins(sound)
        places = [e for e in whole if id(e) not in unknown]
        if ahead:
            places = [e for e in places if e in entries or not self._nobody(api, e.values)]
        found, others = super().read(api, sound, places)
        there = {id(entry): one for entry, one in zip(sound, found, strict=True)}
        told = [unknown.get(id(e)) or there.get(id(e)) for e in entries]
        return ([*map(self._ahead, entries, self._missing(api, entries, told))] if ahead else told), others

    @classmethod
    def _missing(cls, api: O2gClient, entries: Sequence[Entry], found: Sequence[Found]) -> list[Found]:
        """Say it where the reason why something cannot be read is that there is no such user."""

        def told(entry: Entry, there: Found) -> Found:
            unread = isinstance(there, ApiError) and not isinstance(there, Nobody)
            return Nobody(str(there)) if unread and cls._nobody(api, entry.values) else there

        return [*map(told, entries, found)]

    @staticmethod
    def _nobody(api: O2gClient, values: Values) -> bool:
        """Tell whether it is certain that a login is no user's. Users of a node are listed once per task."""
        from .user import User

        node, login = values.get("node_id"), values.get("login_name")
        if not login or api.who()[0] is False:
            return False
        query = {} if node is None else {"nodeIds": node}
        try:
            return login not in api.once(("logins", node), lambda: set(User().logins(api, **query)), of_others=True)
        except ApiError:
            return False

    def _ahead(self, entry: Entry, there: Found) -> Found:
        """Take it that there is nothing of a user who is not there: an earlier task of the play may bring the user.

        Which one that may be, the node tells; without it, and of what is to be done at once, the error stands.
        """
        from .user import User

        if not isinstance(there, Nobody) or self.acts:
            return there
        if self.state == "present":
            if entry.values.get("node_id") is None:
                return there
            entry.awaits.append(User.label({**entry.values, "device_number": number_of(entry.values)}))
        return None if self.lifecycle else self.address_of(entry.values)

    def _refuse_twins(self, entries: Sequence[Entry]) -> None:
        from ..engine import doubles

        if faults := doubles(type(self), entries):
            raise Faults(faults)


def owners(api: O2gClient, entries: Sequence[Entry]) -> dict[int, ApiError]:
    """Put the login name into each entry that does not say it; return, by id of the entry, why that cannot be.

    Users of a node are listed once per node; a number by itself is asked for by itself.
    """
    from .user import User

    admin, own = api.who()
    errors: dict[int, ApiError] = {}
    numbers: list[Entry] = []
    for entry in entries:
        login = entry.values.get("login_name")
        number = entry.values.get("device_number")
        if admin is False and login not in (None, own):
            errors[id(entry)] = ApiError(f"this is the session of {own!r}, which cannot act for {login!r}")
        elif not login and number:
            numbers.append(entry)
        elif not login and admin:
            errors[id(entry)] = ApiError("login_name or device_number must be given in the session of an administrator")
        elif not login:
            entry.values["login_name"] = own
    users = User()
    by_node = [Entry(n, e.values, e.where) for n, e in enumerate(numbers) if e.values.get("node_id") is not None]
    found: dict[int, Any] = {}
    if by_node:
        asked = [Entry(e.index, {name: e.values[name] for name in ("node_id", "device_number")}) for e in by_node]
        found = {e.index: one for e, one in zip(asked, users.registered(api, asked, ())[0], strict=True)}
    alone = [n for n, e in enumerate(numbers) if n not in found]
    answers = api.map(lambda n: users.logins(api, deviceNumber=numbers[n].values["device_number"]), alone)
    for n, answer in zip(alone, answers, strict=True):
        found[n] = answer if isinstance(answer, ApiError) else {"login_name": answer[0]} if answer else None
    for n, entry in enumerate(numbers):
        if isinstance(found[n], dict):
            entry.values["login_name"] = found[n]["login_name"]
        else:
            number = entry.values["device_number"]
            errors[id(entry)] = found[n] or Nobody(f"there is no O2G user with the number {number!r}")
    return errors


class OfUsers(Resource):
    """What an info module reads of users: of those who are named, of all of a node, or of the session's own."""

    platform = "o2g"
    connect = staticmethod(client)
    parents = (
        ANY_NODE,
        Field("deviceNumber", ListOf(NUMBER)),
        Field("loginName", ListOf(Text(1, quoted=True))),
    )

    flag: ClassVar[str] = ""
    """What chooses among the users of a node, in the query of the list of logins (line 1154)."""

    def logins(self, api: O2gClient, where: Values) -> list[str]:
        """Return the login names that the options of an info task mean, in their order. Raises ApiError, Faults."""
        from .user import User

        admin, own = api.who()
        named = list(where.get("login_name") or [])
        node = {name: where[name] for name in ("node_id",) if name in where}
        entries = [
            Entry(n, {**node, "device_number": number}) for n, number in enumerate(where.get("device_number") or [])
        ]
        if errors := owners(api, entries):
            raise next(iter(errors.values()))
        named += [entry.values["login_name"] for entry in entries]
        if admin is False and (others := [login for login in named if login != own]):
            raise Faults([f"login_name: this is the session of {own!r}, which cannot read of {', '.join(others)}"])
        if named or admin is False:
            return list(dict.fromkeys(named)) or [own]
        if self.flag:
            return logins_of(api, where.get("node_id"), self.flag)
        return User().logins(api, **({"nodeIds": where["node_id"]} if node else {}))


def logins_of(api: O2gClient, node: int | None, *flags: str) -> list[str]:
    """Return the login names of a node, or of all, that some flags choose, which have no value (line 1154)."""
    query = "&".join([*([] if node is None else [f"nodeIds={node}"]), *flags])
    return ListOf(Text()).from_wire(api.get("/logins", query=query).get("loginNames"))
