# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Languages and passwords of users: document 003, lines 1319-1534."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import ApiError
from ..fields import Field, Text, Values, from_wire
from ..resource import Action, Settings, Step
from .common import OfUser

if TYPE_CHECKING:
    from .client import O2gClient

PREFERENCES = "/users/{login_name}/preferences"


@dataclass(frozen=True, eq=False)
class Language(Text):
    """A language such as C(en-gb), which the platform also writes as C(en_GB) (lines 1383, 1454)."""

    low: int = 2
    blank = False

    def comparable(self, value: Any, country: str | None) -> str | None:
        return str(value).lower().replace("_", "-") if value else None


class OfAccount(OfUser):
    """What the path names by the login, so that nobody else can be meant."""

    def query(self, api: O2gClient, values: Values) -> Mapping[str, Any]:
        return {}


class Preferences(OfAccount, Settings):
    noun = "preferences"
    fields = (
        Field("guiLanguage", Language(), nullable=False),
        Field("oxeLanguage", Language(), nullable=False),
    )
    path = PREFERENCES

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if not {"gui_language", "oxe_language"} & values.keys():
            yield "gui_language", "must be given, or oxe_language"

    def current(self, api: O2gClient, values: Values) -> Values:
        there = self.address_of(values)
        there |= from_wire(self.fields, api.get(self.path, values) or {})
        new = [
            f
            for f in self.fields
            if f.option in values and not f.kind.same(there.get(f.option), values[f.option], None)
        ]
        if new:
            known = self._known(api, values)
            every = known.get("supportedLanguages") or []
            lists = {"gui_language": known.get("supportedGuiLanguages") or every, "oxe_language": every}
            for f in new:
                values[f.option] = self._supported(f, values[f.option], lists[f.option])
        return there

    def _known(self, api: O2gClient, values: Values) -> Mapping[str, Any]:
        """Return the languages of the user's system, which is asked once where it is known to be the same."""

        def told() -> Mapping[str, Any]:
            return api.get(self.path + "/supportedLanguages", values)

        looked_up = {"node_id", "device_number"} <= values.keys()  # so that the user is on that node
        return api.once(("languages", values["node_id"]), told, of_others=True) if looked_up else told()

    @staticmethod
    def _supported(f: Field, wanted: str, known: list[str]) -> str:
        """Return a language as the system writes it. Raises ApiError for one that it does not know."""
        found = [one for one in known if f.kind.same(one, wanted, None)]
        if known and not found:
            raise ApiError(f"{f.option}: the system of the user does not know {wanted!r}, but {', '.join(known)}")
        return found[0] if found else wanted

    def update(self, api: O2gClient, step: Step) -> None:
        body = {f.wire: step.changes[f.option] for f in self.fields if f.option in step.changes}
        api.request("POST", self.path, step.values, body=body, replay=True)


class Password(OfAccount, Action):
    """A new password in the place of the old one; no read shows either."""

    noun = "password"
    fields = (
        Field("oldPassword", Text(1, quoted=True), secret=True, nullable=False),
        Field("newPassword", Text(1, quoted=True), secret=True, nullable=False),
    )
    path = "/users/{login_name}/password"

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        for f in self.fields:
            if not values.get(f.option):
                yield f.option, "must be given"
        if values.get("old_password") and values.get("old_password") == values.get("new_password"):
            yield "new_password", "is the old one"

    def act(self, api: O2gClient, step: Step) -> None:
        given = step.entry.values
        for f in self.fields:
            api.hide(given[f.option])
        body = {f.wire: given[f.option] for f in self.fields}
        try:
            step.answer = api.request("PUT", self.path, step.values, body=body, replay=False)
        except ApiError as error:
            if error.status == 403:
                text = f"{str(error).rstrip('.')}. Or old_password is not the present one"
                raise ApiError(text, 403, error.code) from None
            raise
