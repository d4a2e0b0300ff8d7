# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tenants of any size on all three platforms: their variables, what the simulator holds, and what they cost.

python tests/tenants.py --size L --tenants 10 --out DIR writes an inventory and seed.json, to try by hand:
python tests/simulator, then POST seed.json to /_sim/reset.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from contact_center import SETTINGS, Center
from route_points import ONE_EACH, Build
from simulator.seed import apio_seed, ccs_seed, o2g_seed

Entry = dict[str, Any]

__all__ = ["SETTINGS", "SIZES", "Tenant", "seed", "write_inventory"]


@dataclass(frozen=True)
class Size:
    """How many there are of everything."""

    points: int
    dnis: int
    """Of each route point."""
    codes: int
    pilots: int
    extensions: int
    users: int
    products: int
    call_centers: int
    group_calls: int
    objects: int = 0
    """Of the PBX."""
    keys: int = 0
    """Of each user, who then has a forward, too."""


SIZES = {
    "S": Size(points=2, dnis=3, codes=5, pilots=2, extensions=3, users=4, products=2, call_centers=2, group_calls=2),
    "P": Size(1, 2, 3, pilots=1, extensions=2, users=3, products=1, call_centers=1, group_calls=1, objects=3, keys=2),
    "M": Size(20, 20, 60, 30, 150, users=300, products=5, call_centers=5, group_calls=5, objects=300, keys=2),
    "L": Size(150, 20, 400, 200, 1000, users=2000, products=20, call_centers=40, group_calls=20, objects=2000, keys=2),
}
"""P is a small one with phones: objects of the PBX, keys and forwards, as M and L have them."""
OF_EACH = ("dnis", "keys")
SIZES["XL"] = Size(**{name: count if name in OF_EACH else 10 * count for name, count in asdict(SIZES["L"]).items()})
"""Ten times as many of all, to see what grows faster than a tenant does."""

MUSIC_EVERY = 10
FIRST_SUBSCRIBER, FIRST_PILOT, FIRST_OBJECT = 30000, 60000, 800000
FORWARD = {"type": "no_answer", "destination": "voicemail"}
CLOSED = {"time": "00:00", "rule_number": 0, "mode": "closed"}
DAY = [
    {"time": "08:30", "rule_number": 1, "mode": "normal"},
    {"time": "12:00", "rule_number": 2, "mode": "normal"},
    {"time": "13:00", "rule_number": 1, "mode": "normal"},
    {"time": "17:30", "rule_number": 0, "mode": "closed"},
]
OFFICE = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday"), DAY) | {"friday": [DAY[0], DAY[3]]}
HOLIDAYS = {
    "2027-01-01": "New Year's Day",
    "2027-03-29": "Easter Monday",
    "2027-05-01": "Labour Day",
    "2027-05-06": "Ascension Day",
    "2027-05-17": "Whit Monday",
    "2027-07-21": "National Day",
    "2027-08-15": "Assumption Day",
    "2027-11-01": "All Saints' Day",
    "2027-11-11": "Armistice Day",
    "2027-12-25": "Christmas Day",
}


@dataclass(frozen=True)
class Tenant:
    """One of many: C(number) keeps its numbers, its node and its contact center apart from those of the others."""

    size: str = "S"
    name: str = "acme"
    number: int = 0
    nested: bool = True
    """Whether route points are written with their parts inside, or each part as a list of its own."""

    @property
    def counts(self) -> Size:
        return SIZES[self.size]

    @property
    def domain(self) -> str:
        return f"{self.name}.example"

    @cached_property
    def site(self) -> Build:
        sizes = self.counts
        small = sizes.points <= SIZES["L"].points
        first = 5_000_000 + 20_000 * self.number if small else 7_000_000 + 200_000 * self.number
        return Build(sizes.points, sizes.dnis, sizes.codes, MUSIC_EVERY, self.domain, first)

    @cached_property
    def center(self) -> Center:
        name = f"{self.name.capitalize()} Contact Center"
        return Center(self.counts.products, self.counts.extensions, self.number + 1, name)

    @property
    def node(self) -> int:
        return 7 + self.number

    # What the user writes

    def variables(self) -> Entry:
        """The variables of the tenant's host."""
        ccs = self.center.variables(self.center.name.replace(" ", ""))
        return {
            "apio": {
                "tenant_id": self.name,
                "group_id": "brussels",
                "country": "BE",
                "call_centers": [self.call_center(n) for n in range(self.counts.call_centers)],
                "instant_group_calls": [self.group_call(n) for n in range(self.counts.group_calls)],
                **({"route_points": self.route_points()} if self.nested else self.lists()),
            },
            "ccs": {name: ccs[name] for name in ("tenant", "limits", "products", "extensions")},
            "o2g": {
                "node_id": self.node,
                "users": [{"device_number": number} for number in self.numbers()],
                **self.phones(),
                "pilots": [{"pilot_number": p, "state": "opened" if n else "closed"} for n, p in self.pilots()],
                "pilot_calendars": [
                    {"pilot_number": p, "opening_hours": "office", "holidays": "belgium_2027"}
                    for _n, p in self.pilots()
                ],
            },
            "opening_hours": {"office": OFFICE},
            "holidays": {"belgium_2027": {"days": HOLIDAYS}},
        }

    def lists(self) -> Entry:
        return {f"route_point_{part}": entries for part, entries in self.site.variables().items()}

    def route_points(self) -> list[Entry]:
        points: dict[str, Entry] = {name: {"route_point_user_id": name} for name in self.site.names()}
        for part, entries in self.site.variables().items():
            for entry in entries:
                point = points[entry["route_point_user_id"]]
                own = {name: value for name, value in entry.items() if name != "route_point_user_id"}
                if part in ONE_EACH:
                    point[part] = own
                else:
                    point.setdefault(part, []).append(own)
        return list(points.values())

    @property
    def after_lines(self) -> int:
        """The first number after those of the route points."""
        return self.site.first_number + max(15_000, 100 * self.counts.points)

    def call_center(self, n: int) -> Entry:
        number = self.after_lines + n
        return {
            "service_user_id": f"cc-{n:03d}@{self.domain}",
            "name": f"Call center {n}",
            "service_user_password": "Simulator-only-1",
            "cli_first_name": "Acme",
            "cli_last_name": f"Center {n}",
            "phone_number": f"+322{number}",
            "extension": str(number),
            "type": "Premium",
            "policy": "Circular",
            "queue_length": 25,
            "wrap_up_seconds": 20,
            "allow_agent_logoff": True,
            "active": True,
        }

    def group_call(self, n: int) -> Entry:
        number = self.after_lines + 1_000 + n
        return {
            "service_user_id": f"igc-{n:03d}@{self.domain}",
            "name": f"Group call {n}",
            "cli_first_name": "Acme",
            "cli_last_name": f"Group {n}",
            "phone_number": f"+322{number}",
            "answer_timeout_enabled": True,
            "answer_timeout_minutes": 5,
            "destination_phone_numbers": ["+3225126700", "+3225126701"],
        }

    def numbers(self) -> list[str]:
        """Those of the users. A number is a user's on all nodes of a server, so no two tenants share one."""
        first = FIRST_SUBSCRIBER + SIZES["L"].users * self.number
        first += FIRST_PILOT if first >= FIRST_PILOT else 0
        return [str(first + n) for n in range(self.counts.users)]

    def objects(self) -> dict[str, Entry]:
        """Abbreviated numbers of the PBX."""
        return {
            f"Abbreviated_Speed_Dialing/{FIRST_OBJECT + n}": {"Call_Number": f"0032255{n:05d}", "Annu_Name": f"Nr {n}"}
            for n in range(self.counts.objects)
        }

    def phones(self) -> dict[str, list[Entry]]:
        """The lists of objects, keys and forwards, if there are any."""
        lists = {
            "pbx_objects": [{"path": path, "attributes": thing} for path, thing in self.objects().items()],
            "programmable_keys": [
                {"device_number": number, "device_id": number, **key}
                for number in self.numbers()
                for key in self.keys()
            ],
            "routing": [{"device_number": number, "forward": FORWARD} for number in self.routes()],
        }
        return {name: entries for name, entries in lists.items() if entries}

    def keys(self) -> list[Entry]:
        return [
            {"position": at, "number": f"{FIRST_PILOT + at - 1}", "mnemonic": f"Key {at}", "locked": False}
            for at in range(1, self.counts.keys + 1)
        ]

    def pilots(self) -> Iterable[tuple[int, str]]:
        return ((n, str(FIRST_PILOT + n)) for n in range(self.counts.pilots))

    # What the simulator holds

    def group(self, there: bool) -> Entry:
        """The group on APIO."""
        centers = [self.call_center(n) for n in range(self.counts.call_centers)]
        calls = [self.group_call(n) for n in range(self.counts.group_calls)]
        return {
            "domain": self.domain,
            "call_centers": [_service(entry) for entry in centers] if there else [],
            "instant_group_calls": [_service(entry) for entry in calls] if there else [],
            "route_points": self.site.content(there=there),
        }

    def oxe(self, there: bool) -> Entry:
        """The node on O2G."""
        rules = [{"ruleNumber": rule, "name": f"RULE_PIL_{rule}", "active": rule == 0} for rule in range(3)]
        pilots = []
        for n, number in self.pilots():
            pilot = {"number": number, "name": f"Pilot {n}", "rules": rules}
            if there:
                pilot["state"] = "Opened" if n else "Closed"
                pilot["normal"] = {day: [_transition(t) for t in listed] for day, listed in OFFICE.items()}
                pilot["exception"] = {day.replace("-", ""): [_transition(CLOSED)] for day in HOLIDAYS}
            pilots.append(pilot)
        people = [
            {"number": number, "firstName": "An", "lastName": f"Aerts {n}", "user": there}
            for n, number in enumerate(self.numbers())
        ]
        objects = self.objects() if there else {}
        return {
            "fqdn": f"oxe{self.node}.{self.domain}",
            "subscribers": people,
            "pilots": pilots,
            "objects": objects,
        }

    def sets(self) -> Entry:
        """The keys of the users' sets on O2G, by number."""
        keys = {str(key["position"]): {n: v for n, v in key.items() if n != "position"} for key in self.keys()}
        return {number: {"keys": keys} for number in self.numbers()} if keys else {}

    def routes(self) -> Entry:
        """Where the users' calls go on O2G, by number."""
        route = {"forwardType": "NO_ANSWER", "destinations": [{"type": "VOICEMAIL"}]}
        return {number: {"forward": route} for number in self.numbers()} if self.counts.keys else {}

    # What it costs. The fewest requests: one session with APIO, and one with O2G, which takes two requests to open and
    # one to close; look at each thing once, and write it once if it differs.

    @property
    def sessions(self) -> int:
        return 4

    @property
    def details(self) -> int:
        """What lists do not show: each DNIS, call center and instant group call by itself."""
        sizes = self.counts
        return sizes.points * sizes.dnis + sizes.call_centers + sizes.group_calls

    @property
    def lists_read(self) -> int:
        """Call centers and instant group calls; the contact center by its name, itself, its extensions; users, pilots;
        the model of the PBX, and its objects; the calendar of each pilot; and the keys and the forward of each user."""
        sizes = self.counts
        return 2 + 3 + 2 + 2 * bool(sizes.objects) + sizes.pilots + 2 * bool(sizes.keys) * sizes.users

    @property
    def set_by_user(self) -> int:
        """How many things each user has: keys and a forward."""
        return self.counts.keys + bool(self.counts.keys)

    @property
    def reads_again(self) -> int:
        return self.sessions + self.lists_read + self.site.reads + self.details

    @property
    def reads(self) -> int:
        """Of the first run: also the catalogue of products, and each calendar again after it was written."""
        return self.sessions + self.lists_read + 1 + self.site.reads + self.counts.pilots

    @property
    def export_reads(self) -> int:
        """Also the announcements of each DNIS, as nobody says which have any; and of each user the user, the languages,
        the devices, the state and the soft keys of one, and the hunting groups, in two requests."""
        sizes = self.counts
        music = sizes.points * sizes.dnis - sum(1 for _entry in self.site.music())
        return self.reads_again + music + 7 * sizes.users

    @property
    def holiday_requests(self) -> tuple[int, int]:
        """The reads and the writes of a run that puts new holidays onto all pilots: see the pilots, the exceptions of
        each, and those again after they were written."""
        sizes = self.counts
        return 3 + 1 + 2 * sizes.pilots, sizes.pilots * len(HOLIDAYS)

    @property
    def writes(self) -> int:
        """Users go by the hundred, with a request for each key and forward; one pilot is closed; one request makes all
        call centers active."""
        sizes = self.counts
        transitions = sum(len(day) for day in OFFICE.values()) + len(HOLIDAYS)
        o2g = sizes.objects + -(-sizes.users // 100) + self.set_by_user * sizes.users + sizes.pilots * transitions + 1
        apio = self.site.writes + sizes.call_centers + 1 + sizes.group_calls
        return apio + self.center.writes + o2g

    @property
    def resources(self) -> int:
        sizes = self.counts
        return (
            self.site.writes
            + sizes.call_centers
            + sizes.group_calls
            + self.center.writes
            + sizes.objects
            + (1 + self.set_by_user) * sizes.users
            + 2 * sizes.pilots
        )


def seed(tenants: Sequence[Tenant], there: bool = False) -> Entry:
    """The simulator's content: what tenants find when they come, or, if C(there), all that they want."""
    apio, ccs, o2g = apio_seed(), ccs_seed(), o2g_seed()
    apio["tenants"] = {tenant.name: {"groups": {"brussels": tenant.group(there)}} for tenant in tenants}
    catalogues = [tenant.center.catalogue() for tenant in tenants]
    ccs.update(tenants=[tenant.center.content(there) for tenant in tenants], products=max(catalogues, key=len))
    o2g["nodes"] = {str(tenant.node): tenant.oxe(there) for tenant in tenants}
    if there:
        o2g["phones"] = {"devices": {number: one for tenant in tenants for number, one in tenant.sets().items()}}
        o2g["routing"] = {number: one for tenant in tenants for number, one in tenant.routes().items()}
    return {"apio": apio, "ccs": ccs, "o2g": o2g}


NAMES = {
    "name": "name",
    "service_user_password": "password",
    "cli_first_name": "cliFirstName",
    "cli_last_name": "cliLastName",
    "phone_number": "phoneNumber",
    "extension": "extension",
}
"""What a service user has in its profile."""


def _service(entry: Entry) -> Entry:
    """A call center or an instant group call as the simulator holds it."""

    def wire(option: str) -> str:
        first, *rest = option.split("_")
        return first + "".join(word.capitalize() for word in rest)

    own = {wire(option): value for option, value in entry.items() if option not in NAMES}
    return {**own, "serviceInstanceProfile": {NAMES[name]: value for name, value in entry.items() if name in NAMES}}


def _transition(entry: Entry) -> Entry:
    return {"time": entry["time"], "ruleNumber": entry["rule_number"], "mode": entry["mode"]}


# An inventory

CONNECTIONS = {
    "simulator": "{{ lookup('ansible.builtin.env', 'SIMULATOR_URL') | default('http://127.0.0.1:8765', true) }}",
    "apio_connection": {"url": "{{ simulator }}", "username": "admin", "password": "simulator"},
    "ccs_connection": {"url": "{{ simulator }}", "token": "simulator-token"},
    "o2g_connection": {"url": "{{ simulator }}", "username": "admin", "password": "simulator"},
    "ansible_connection": "local",
    "ansible_python_interpreter": "{{ ansible_playbook_python }}",
}


def write_inventory(folder: Path, tenants: Sequence[Tenant]) -> None:
    """Write an inventory as a user has it: a file of YAML per platform and tenant."""
    files: dict[str, Any] = {
        "inventory.yml": {"telephony_tenants": {"hosts": dict.fromkeys(tenant.name for tenant in tenants)}},
        "group_vars/telephony_tenants.yml": CONNECTIONS,
    }
    for tenant in tenants:
        variables = tenant.variables()
        for block in ("apio", "ccs", "o2g"):
            files[f"host_vars/{tenant.name}/{block}.yml"] = {block: variables.pop(block)}
        files[f"host_vars/{tenant.name}/hours.yml"] = variables
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w") as file:
            yaml.dump(content, file, Dumper=_Plain, sort_keys=False, width=1000)


class _Plain(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Without anchors, as people write."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def several(size: str, number: int) -> list[Tenant]:
    return [Tenant(size, f"tenant{n}" if number > 1 else "acme", n) for n in range(number)]


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write an inventory of tenants, and what the simulator has for them.")
    parser.add_argument("--size", choices=SIZES, default="S")
    parser.add_argument("--tenants", type=int, default=1, metavar="N")
    parser.add_argument("--there", action="store_true", help="the simulator has already all that the tenants want")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    options = parser.parse_args(given)
    tenants = several(options.size, options.tenants)
    write_inventory(options.out, tenants)
    (options.out / "seed.json").write_text(json.dumps(seed(tenants, options.there)))
    sample = tenants[0]
    print(f"{len(tenants)} tenants of {sample.resources} resources each, in {options.out}")
    print(f"first build: at least {sample.reads + sample.writes} requests each; to look at it: {sample.reads_again}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
