# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What objects of a PBX can be made to do: document 003, lines 10963 and 11005."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from ..errors import ApiError
from ..fields import Field, Text, Values
from ..resource import Action, Entry, Found, Step
from .pbx_base import ATTRIBUTES, MODEL_FILE, PATH, OfModel, Want, address, whole_object
from .pbx_model import FORCED, meant

if TYPE_CHECKING:
    from ..session import Client

ELSEWHERE = {
    FORCED: "state=absent and force=true",
    "add": "attributes with add",
    "delete": "attributes with remove",
}
"""Actions that lead to a state, and how o2g_pbx_object is asked for it."""


class PbxAction(OfModel, Action):
    noun = "action on a PBX object"
    plural = "actions on PBX objects"
    fields = (replace(PATH, create_only=False), Field("action", Text(1), nullable=False), ATTRIBUTES, MODEL_FILE)
    identity = (("path", "action"),)
    top_level = ("action", "model_file")

    def __init__(self, state: str = "present", country: str | None = None) -> None:
        super().__init__(state, country)
        self._wants: dict[int, Want | ApiError] = {}

    def faults(self, values: Values) -> Iterable[tuple[str, str]]:
        if values["action"] in ELSEWHERE:
            yield "action", f"leads to a state: use o2g_pbx_object with {ELSEWHERE[values['action']]}"
        yield from super().faults(values)

    def judged(self, want: Want, values: Values) -> Iterable[tuple[str, str]]:
        yield from super().judged(want, values)
        action, known = values["action"], want.type.actions
        if known is not None and action not in known:
            listed = ", ".join(one for one in known if one != FORCED) or "none"
            yield "action", f"is none of {want.type.name}: {action!r}{meant(action, known)}; the model has: {listed}"

    def read(self, api: Client, entries: Sequence[Entry], whole: Sequence[Entry]) -> tuple[list[Found], list[Values]]:
        self._wants = self.wants(api, entries)
        return list(api.map(lambda entry: self._there(api, entry), entries)), []

    def _there(self, api: Client, entry: Entry) -> Values:
        want = self._wants[id(entry)]
        if isinstance(want, ApiError):
            raise want
        if whole_object(api, (entry.values["node_id"], want.parts)) is None:
            raise ApiError(f"there is no {self.label(entry.values)}")
        return {}

    def wanted(self, entry: Entry, current: Values | None, purge: bool) -> tuple[Values, int]:
        return {name: value for name, value in entry.values.items() if name != "model_file"}, 0

    def act(self, api: Client, step: Step) -> None:
        want = cast(Want, self._wants[id(step.entry)])
        path, where = address(step.values["node_id"], want.parts)
        body: Mapping[str, Any] = {"attributes": want.type.wire(want.attributes)} if want.attributes else {}
        query = {"action": step.values["action"]}
        step.answer = api.request("PUT", path, where, body=body, query=query, replay=False)
