# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The switches of the simulator: every odd form in which a platform may answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Choice:
    default: Any
    others: tuple[Any, ...]

    def problem(self, value: Any) -> str | None:
        allowed = (self.default, *self.others)
        if any(value == one and type(value) is type(one) for one in allowed):
            return None
        return f"must be one of {', '.join(repr(one) for one in allowed)}"


@dataclass(frozen=True, slots=True)
class Number:
    default: float | None

    def problem(self, value: Any) -> str | None:
        if value is None and self.default is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
            return None
        return "must be a number, 0 or more" + (", or null" if self.default is None else "")


@dataclass(frozen=True, slots=True)
class Text:
    """A text, or null."""

    default: str | None

    def problem(self, value: Any) -> str | None:
        return None if value is None or isinstance(value, str) else "must be a text or null"


OFF = Choice(False, (True,))
ON = Choice(True, (False,))

SETTINGS: dict[str, Any] = {
    "latency_ms": Number(0),
    "apio": {
        "auto_id": OFF,
        "auto_id_supplied": Choice("ignored", ("honoured",)),
        "rename_on_phone": OFF,
        "phone_form": Choice("as_given", ("e164",)),
        "empty_form": Choice("documented", ("null", "absent")),
        "error_form": Choice("list", ("details",)),
        "absent_dnis_status": Choice(404, (400,)),
        "active_on_create": ON,
        "create_status": Choice(201, (200,)),
        "igc_active_returned": OFF,
        "bounced_call_unset": Choice("absent", ("shown",)),
        "short_audio_list": Choice("keeps", ("clears",)),
        "session_ttl": Number(None),
        "session_requests": Number(None),
    },
    "ccs": {
        "extensions_return_settings": OFF,
        "total_as_int": OFF,
        "acds_nested": ON,
        "repeated_product": Choice("refused", ("accepted",)),
        "limits_below_use": Choice("accepted", ("refused",)),
        "lost_answers": Choice("guessed", ("bare",)),
        "dial_user": Choice("tenant", ("any",)),
    },
    "o2g": {
        "user_answer": Choice("users", ("bare", "null")),
        "all_users_answer": Choice("null", ("users",)),
        "voicemail_key": Choice("type", ("voicemailtype",)),
        "exception_key": Choice("date", ("day",)),
        "pilot_state": Choice("table", ("example",)),
        "rule_number_as": Choice("string", ("int",)),
        "pbx_node_as": Choice("int", ("string",)),
        "renumber_on_delete": ON,
        "pilot_list_null": OFF,
        "login_key": Choice("loginName", ("login",)),
        "session_form": Choice("table", ("example",)),
        "keep_alive_status": Choice(204, (200,)),
        "absent_user_status": Choice(404, (400,)),
        "agent_form": Choice("table", ("example",)),
        "agent_begins": Choice("ready", ("withdrawn",)),
        "rti_begins": Choice("active", ("inactive",)),
        "statistics_id": Choice("object", ("number",)),
        "report_ends": Choice("formatted", ("error", "cancelled", "never", "cut")),
        "report_rows": Choice("few", ("many",)),
        "phone_form": Choice("table", ("example",)),
        "routing_form": Choice("table", ("example",)),
        "language_form": Choice("supported", ("example",)),
        "no_route": Choice(404, ("empty", "object")),
        "missing_licence": Text(None),
        "call_answer": Choice("location", ("nothing",)),
        "no_answer_after": Number(10),
        "search_polls": Number(2),
        "search_end": Choice("FINISH", ("TIMEOUT",)),
        "comlog_form": Choice("table", ("example",)),
        "voice_counter": Choice("shown", ("absent",)),
        "system_status": Choice("table", ("example",)),
        "handed_out_host": Text(None),
        "pbx_value_as": Choice("list", ("string", "native")),
        "pbx_boolean_as": Choice("true", ("TRUE",)),
        "pbx_list_key": Choice("objectIds", ("instances",)),
        "pbx_list_attributes": Choice("all", ("simple", "none")),
        "pbx_empty_attributes": Choice("shown", ("absent",)),
        "pbx_actions_key": Choice("otherActions", ("actions",)),
        "pbx_model_form": Choice("table", ("example",)),
        "pbx_secrets": Choice("hidden", ("shown",)),
        "pbx_list_items": Choice("refused", ("ignored",)),
        "pbx_conflicts": Number(0),
        "channel_grace": Number(60),
        "keepalive": Number(60),
        "webhook_cookie": Choice("example", ("text",)),
        "session_ttl": Number(1800),
        "session_slack": Number(5),
        "session_requests": Number(None),
    },
}


TRIED = {"ccs": {"extensions_return_settings": True}}
"""What C(make simulator) and C(make demo) change, so that a second run has nothing to do."""


class SettingError(ValueError):
    """A setting that does not exist or cannot have that value."""


def defaults() -> dict[str, Any]:
    return {
        name: {inner: one.default for inner, one in entry.items()} if isinstance(entry, dict) else entry.default
        for name, entry in SETTINGS.items()
    }


def change(current: dict[str, Any], changes: Mapping[str, Any]) -> None:
    """Change settings in place; all of them or, when one is wrong, none."""
    _check(SETTINGS, changes, "")
    for name, value in changes.items():
        if isinstance(current[name], dict):
            current[name].update(value)
        else:
            current[name] = value


def _check(known: Mapping[str, Any], changes: Any, prefix: str) -> None:
    if not isinstance(changes, Mapping):
        raise SettingError(f"{prefix.rstrip('.') or 'settings'} must be an object")
    for name, value in changes.items():
        if name not in known:
            raise SettingError(f"unknown setting {prefix}{name}; known: {', '.join(sorted(known))}")
        if isinstance(known[name], dict):
            _check(known[name], value, f"{name}.")
        elif problem := known[name].problem(value):
            raise SettingError(f"{prefix}{name} {problem}")
