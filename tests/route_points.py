# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many route points with all their settings, as integration/route_points.yml builds them, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from simulator.seed import apio_seed

PLAYBOOK = Path(__file__).with_name("integration") / "route_points.yml"
CODES = 4
ONE_EACH = (
    "announcements",
    "overflow",
    "bounced_call",
    "distinctive_ringing",
    "forced_forwarding",
    "dnis_config",
    "disposition_codes_config",
)

ODD_NAMES = {"use_custom_dnis_announcement_settings": "useCustomDnisAnnouncementSettings"}
ABBREVIATIONS = ("acd", "clid", "dnis")

Entry = dict[str, Any]


def wire(entry: Entry) -> Entry:
    """The entry as the simulator holds it."""

    def name(option: str) -> str:
        first, *rest = option.split("_")
        return first + "".join(word.upper() if word in ABBREVIATIONS else word.capitalize() for word in rest)

    held = {ODD_NAMES.get(o) or name(o): value for o, value in entry.items() if o != "route_point_user_id"}
    if "audioFileList" in held:
        held["audioFileList"] = (held["audioFileList"] + [None] * 4)[:4]
    return held


@dataclass(frozen=True)
class Build:
    """So many route points with so many DNIS each."""

    points: int = 50
    dnis: int = 20
    codes_in_all: int = 0
    """Where that is not CODES each; at least two each, of which one is the default."""
    music_every: int = 1
    """One DNIS of so many has announcements of its own."""
    domain: str = "acme.example"
    first_number: int = 5_000_000

    # What goes in

    def seed(self, *, there: bool = False) -> dict[str, Any]:
        seed = apio_seed()
        seed["tenants"]["acme"]["groups"]["brussels"]["route_points"] = self.content(there=there)
        return {"apio": seed}

    def content(self, *, there: bool) -> dict[str, dict[str, Any]]:
        """The simulator's content: route points on which nothing is set, or, if C(there), everything."""
        points: dict[str, dict[str, Any]] = {name: {"dnis": [], "disposition_codes": []} for name in self.names()}
        if there:
            for n, point in enumerate(points.values()):
                point.update({part: wire(self.settings(part, n)) for part in ONE_EACH})
            for code in self.codes():
                points[code["route_point_user_id"]]["disposition_codes"].append({**wire(code), "active": True})
            music = {(one["route_point_user_id"], one["name"]): wire(one) for one in self.music()}
            for line in self.lines():
                dnis, place = wire(line), line["route_point_user_id"]
                if played := music.get((place, line["name"])):
                    dnis["announcements"] = {name: value for name, value in played.items() if name != "name"}
                points[place]["dnis"].append(dnis)
        return points

    def variables(self) -> dict[str, Any]:
        """What the playbook wants: per task, its entries."""
        return {
            **{part: [self.settings(part, n) for n in range(self.points)] for part in ONE_EACH},
            "disposition_codes": list(self.codes()),
            "dnis": list(self.lines()),
            "dnis_announcements": list(self.music()),
        }

    def play(self) -> Entry:
        return yaml.safe_load(PLAYBOOK.read_text())[0]

    def names(self) -> list[str]:
        return [f"rp-{n:03d}@{self.domain}" for n in range(self.points)]

    def settings(self, part: str, n: int) -> Entry:
        files = {"audio_message_selection": "File", "audio_file_list": [f"Welcome {n}", None, "Music"]}
        settings: dict[str, Entry] = {
            "announcements": files,
            "overflow": {
                "action": "Transfer",
                "transfer_phone_number": "+3225126700",
                "play_announcement_before_overflow_processing": True,
                "overflow_after_timeout": True,
                "timeout_seconds": 60 + n,
                **files,
            },
            "bounced_call": {
                "active": True,
                "number_of_rings_before_bouncing_call": 1 + n % 20,
                "enable_transfer": True,
                "transfer_phone_number": "+3225126700",
                "bounce_call_when_agent_unavailable": False,
            },
            "distinctive_ringing": {
                "distinctive_ringing": True,
                "ring_pattern_for_route_point": "Long-Long",
                "force_delivery_ring_pattern": "Short-Long-Short",
            },
            "forced_forwarding": {
                "active": False,
                "forward_to_phone_number": "+3225126701",
                "play_announcement_before_forwarding": True,
                **files,
            },
            "dnis_config": {"display_dnis_number": True, "display_dnis_name": True},
            "disposition_codes_config": {
                "enable_call_disposition_codes": True,
                "include_organization_codes": True,
                "force_use_of_call_disposition_codes": True,
                "default_call_disposition_code": {"code": f"{n}-1", "level": "CallCenter"},
            },
        }
        return {"route_point_user_id": self.names()[n], **settings[part]}

    def codes(self) -> Iterator[Entry]:
        names = self.names()
        for at in range(self.codes_in_all or CODES * self.points):
            code, n = divmod(at, self.points)
            yield {"route_point_user_id": names[n], "code": f"{n}-{code}", "description": f"Reason {code}"}

    def lines(self) -> Iterator[Entry]:
        for n, name in enumerate(self.names()):
            for line in range(self.dnis):
                number = self.first_number + 100 * n + line
                yield {
                    "route_point_user_id": name,
                    "name": f"Line {line}",
                    "phone_number": f"+322{number}",
                    "extension": f"{number}",
                    "use_custom_clid_settings": True,
                    "cli_phone_number": f"+322{number}",
                    "cli_last_name": "Acme",
                    "cli_first_name": f"Line {line}",
                    "use_custom_dnis_announcement_settings": line % self.music_every == 0,
                    "allow_outgoing_acd_call": True,
                }

    def music(self) -> Iterator[Entry]:
        for line in (one for one in self.lines() if one["use_custom_dnis_announcement_settings"]):
            named = {option: line[option] for option in ("route_point_user_id", "name")}
            yield {**named, "audio_message_selection": "File", "audio_file_list": [line["name"], "Music"]}

    # What it costs. The fewest requests: one log-in, look at each thing once, and write it once if it differs.

    @property
    def tasks(self) -> int:
        return len(self.variables())

    @property
    def writes(self) -> int:
        entries = (self.codes(), self.lines(), self.music())
        return self.points * len(ONE_EACH) + sum(1 for listed in entries for _entry in listed)

    @property
    def reads(self) -> int:
        """Of the first run: what each route point has once, two lists, and the music of each DNIS that was made."""
        return self.points * (len(ONE_EACH) + 2) + sum(1 for _entry in self.music())

    @property
    def reads_again(self) -> int:
        """Of the second run: each DNIS too, because the list does not show all of it."""
        return self.reads + self.points * self.dnis

    @property
    def rules(self) -> int:
        """Reads of the first run that only make sure of a rule: that a default code is there and active."""
        return self.points
