# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of the benchmark: what a play does, on what content, and what it should need.

A further row is one more Row: add it to one of the lists below, or write a function like these and call it in C(rows).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import contact_center
from contact_center import Center
from route_points import Build
from simulator.seed import apio_seed, o2g_seed
from tenants import Tenant

Tasks = list[dict[str, Any]]

CONFIG, LOOP, SHIPPED, URI = "a config", "b loop", "b shipped", "c uri loop"
SAME_LOOP = "d set_fact loop"
EMPTY = "empty task"
BARE = "empty playbook"
"""On the inventory of a tenant: what Ansible takes to read it."""
ONE = "one resource"
OURS, THEIRS = "our module", "uri"
SITE, CENTER = "route points", "contact center"
CREATE, UNCHANGED = "first build", "second build"
PBX, ONE_FIELD = "PBX objects", "one attribute each"
SUBSCRIBERS = 500
NOTHING: Tasks = [{"ansible.builtin.debug": {"msg": "nothing"}}]
KEYS, ROUTES = "keys of phone sets", "routing"
ALONE = "Ansible alone"
USERS, KEYS_EACH = 2000, 10

CONCURRENCY, CCS_CONCURRENCY = 8, 3
ROUTE_POINT = "rp-sales@acme.example"
DNIS_PATH = f"/api/v1/tenants/acme/groups/brussels/services/route_points/{ROUTE_POINT}/dnis/"
LOG_IN = {"username": "admin", "password": "simulator"}
PARENTS = {"tenant_id": "acme", "group_id": "brussels", "route_point_user_id": ROUTE_POINT}
MODULE = "voiceops.telephony.apio_route_point_dnis"
URI_MODULE = "ansible.builtin.uri"
FLAGS = {"useCustomCLIDSettings": False, "useCustomDnisAnnouncementSettings": False, "allowOutgoingACDCall": False}
"""What a create has to say."""


@dataclass(frozen=True)
class Row:
    """One line of the table. Plays find the simulator in the variable C(url)."""

    scenario: str
    way: str
    tasks: Tasks
    count: int = 1
    """How many resources it brings to their wanted state."""
    fewest: int = 0
    """The fewest requests that can do that, worked out by hand."""
    writes: int = 0
    """How many writes the platform must see; another number means that the row measures something else."""
    seed: dict[str, Any] = field(default_factory=dict)
    """What the simulator holds before each run, per platform."""
    variables: dict[str, Any] = field(default_factory=dict)
    """What the play reads from a JSON file."""
    whole: int = 0
    """For how many resources the total is told, where that is not C(count)."""
    often: int = 1
    """How many times as many runs: short rows are cheap, and need them."""
    settings: dict[str, Any] = field(default_factory=dict)
    """Switches of the simulator."""
    connections: int = CONCURRENCY
    playbook: str = ""
    """Where it is one of the collection's, and not tasks; its hosts are C(tenants)."""
    tenants: tuple[Tenant, ...] = ()
    flags: tuple[str, ...] = ()
    latency: int | None = None
    """Where it is of interest with this one only."""
    slow: bool = False
    """Whether minutes pass, and it comes after the short rows."""

    @property
    def extrapolated(self) -> bool:
        return self.whole > self.count

    @property
    def name(self) -> str:
        return f"{self.scenario}, {self.way}"


def rows(many: int, sample: int) -> list[Row]:
    """Return all rows: C(many) resources in one task, and C(sample) where that is too slow."""
    empty = Row("start", EMPTY, NOTHING, often=2)
    with_data = Row("start", "reading data", NOTHING, count=many, variables={"dnis": _wanted(many)})
    sites = [*_route_points(sample), *_contact_center(sample)]
    pbx = [*_subscribers(min(many, SUBSCRIBERS)), *_users(min(2 * many, USERS))]
    return [empty, with_data, *_one_resource(), *_dnis(many, sample), *sites, *pbx]


# One resource in one task, with a token, so that both send one request


def _one_resource() -> Iterator[Row]:
    there = _wanted(1)
    ours = {"url": "{{ url }}", "token": "simulator-token", **PARENTS, **there[0]}
    theirs = {
        "url": "{{ url }}" + DNIS_PATH + "{{ 'Line 00000' | urlencode }}/",
        "headers": {"Authorization": "Bearer simulator-token"},
    }
    yield Row(ONE, OURS, [{MODULE: ours}], fewest=1, seed=_content(there), often=2)
    yield Row(ONE, THEIRS, [{URI_MODULE: theirs}], fewest=1, seed=_content(there), often=2)


# Route points with all their settings and 20 DNIS each, in ten tasks


def _route_points(most: int) -> Iterator[Row]:
    build = Build(points=min(Build.points, most))
    play = build.play()
    tasks = [{"module_defaults": play["module_defaults"], "block": play["tasks"]}]
    first, again = 1 + build.reads + build.writes, 1 + build.reads_again
    there = {"seed": build.seed(there=True), "variables": build.variables(), "count": build.points}
    yield Row(SITE, CREATE, tasks, fewest=first, writes=build.writes, **{**there, "seed": build.seed()})
    yield Row(SITE, UNCHANGED, tasks, fewest=again, **there)


# A contact center with its limits, products and extensions, with few connections at a time, as is usual there


def _contact_center(sample: int) -> Iterator[Row]:
    """The sample of a quick run is a small contact center."""
    center = Center() if sample >= Center.products else Center(products=sample, extensions=sample)
    play = center.play()
    tasks = [{"module_defaults": play["module_defaults"], "block": play["tasks"]}]
    what = {
        "settings": {"ccs": contact_center.SETTINGS},
        "variables": center.variables(),
        "count": center.writes,
        "connections": CCS_CONCURRENCY,
    }
    first = center.reads + center.writes
    yield Row(CENTER, CREATE, tasks, fewest=first, writes=center.writes, seed=center.seed(), **what)
    yield Row(CENTER, UNCHANGED, tasks, fewest=center.reads_again, seed=center.seed(there=True), **what)


# Subscribers as objects of the PBX, from a spreadsheet


def _subscribers(n: int) -> Iterator[Row]:
    """Beside the writes: three requests of the session, the model and a list."""

    def wanted(**more: str) -> dict[str, dict[str, Any]]:
        common = {"Station_Type": "NOE_C_IP", "Entity_Number": "1", "Cost_Center_Name": "Sales"}
        return {
            f"Subscriber/{70500 + at}": {"Annu_Name": f"Name {at}", "Annu_First_Name": f"First {at}", **common, **more}
            for at in range(n)
        }

    def row(way: str, writes: int, there: dict[str, Any], objects: dict[str, dict[str, Any]]) -> Row:
        options = {"url": "{{ url }}", **LOG_IN, "concurrency": CONCURRENCY, "node_id": 7, "config": "{{ objects }}"}
        entries = [{"path": path, "attributes": attributes} for path, attributes in objects.items()]
        return Row(
            PBX,
            way,
            [{"voiceops.telephony.o2g_pbx_object": options}],
            count=n,
            fewest=5 + writes,
            writes=writes,
            seed={"o2g": {**o2g_seed(), "nodes": {"7": {"fqdn": "oxe7.acme.example", "objects": there}}}},
            variables={"objects": entries},
        )

    yield row(CREATE, n, {}, wanted())
    yield row(UNCHANGED, 0, wanted(), wanted())
    yield row(ONE_FIELD, n, wanted(), wanted(Cost_Center_Name="Support"))


# Users with their keys and routes, of which each user takes one read


def _users(n: int) -> Iterator[Row]:
    """Beside the reads and writes: three requests of the session."""
    numbers = [str(20_000 + at) for at in range(n)]
    people = [{"number": number, "firstName": "An", "lastName": "Aerts", "user": True} for number in numbers]
    keys = [
        {"position": at, "number": f"{70_100 + at}", "mnemonic": f"Key {at}", "locked": False}
        for at in range(1, KEYS_EACH + 1)
    ]
    sets = {number: {"keys": {str(key["position"]): key for key in keys}} for number in numbers}
    forward = {"type": "no_answer", "destination": "voicemail"}
    route = {"forwardType": "NO_ANSWER", "destinations": [{"type": "VOICEMAIL"}]}
    node = {"7": {"fqdn": "oxe7.acme.example", "subscribers": people}}

    def row(scenario: str, way: str, module: str, entries: Tasks, writes: int = 0, **there: Any) -> Row:
        options = {"url": "{{ url }}", **LOG_IN, "concurrency": CONCURRENCY, "config": "{{ entries }}"}
        return Row(
            scenario,
            way,
            [{f"voiceops.telephony.{module}": options}],
            count=len(entries),
            fewest=3 + n + writes,
            writes=writes,
            seed={"o2g": {**o2g_seed(), "nodes": node, **there}},
            variables={"entries": entries},
        )

    wanted = [{"login_name": f"oxe{n}", "device_id": n, **key} for n in numbers for key in keys]
    routes = [{"login_name": f"oxe{number}", "dnd": False, "forward": forward} for number in numbers]
    alone: Tasks = [{"ansible.builtin.set_fact": {"wanted": "{{ entries }}"}}]
    yield Row(KEYS, ALONE, alone, count=len(wanted), variables={"entries": wanted})
    yield row(KEYS, UNCHANGED, "o2g_programmable_key", wanted, phones={"devices": sets})
    yield row(ROUTES, CREATE, "o2g_routing", routes, writes=n)
    yield row(ROUTES, UNCHANGED, "o2g_routing", routes, routing={number: {"forward": route} for number in numbers})


# DNIS


@dataclass(frozen=True)
class Scenario:
    """What changes. Reads and writes are those for C(n) DNIS, beside one log-in and one list."""

    name: str
    there: bool = True
    """Whether the DNIS exist before."""
    changed: int = 0
    """How many of them get another phone number."""
    detailed: bool = False
    """Whether entries give a field that the list does not show."""
    ways: tuple[str, ...] = (CONFIG, LOOP, SHIPPED, URI)

    def wanted(self, n: int) -> list[dict[str, Any]]:
        entries = _wanted(n)
        if self.detailed:
            entries = [{**entry, "allow_outgoing_acd_call": True} for entry in entries]
        for entry in entries[n // 2 : n // 2 + self.changed]:
            entry["phone_number"] = "+3229999999"
        return entries

    def present(self, n: int) -> list[dict[str, Any]]:
        details = {"allowOutgoingACDCall": True} if self.detailed else {}
        return [{**entry, **details} for entry in _wanted(n)] if self.there else []

    def writes(self, n: int) -> int:
        return self.changed if self.there else n

    def fewest(self, n: int) -> int:
        return 2 + self.writes(n) + (n if self.detailed else 0)


SCENARIOS = (
    Scenario("create", there=False),
    Scenario("unchanged"),
    Scenario("one field", changed=1),
    Scenario("unchanged, details", detailed=True, ways=(CONFIG,)),
)


def _dnis(many: int, sample: int) -> Iterator[Row]:
    tasks = {CONFIG: _config_tasks, LOOP: _loop_tasks, SHIPPED: _shipped_tasks, URI: _uri_tasks}
    for scenario in SCENARIOS:
        for way in scenario.ways:
            n = many if way in (CONFIG, LOOP) else min(many, sample)
            yield Row(
                scenario.name,
                way,
                tasks[way](),
                count=n,
                fewest=scenario.fewest(n),
                writes=scenario.writes(n),
                seed=_content(scenario.present(n)),
                variables={"dnis": scenario.wanted(n)},
                whole=many,
            )
    yield Row("unchanged", SAME_LOOP, _set_fact_tasks(), count=many, variables={"dnis": _wanted(many)}, latency=0)


def _wanted(n: int) -> list[dict[str, Any]]:
    """Return entries with the fields that the list shows."""
    return [
        {"name": f"Line {at:05d}", "phone_number": f"+322{5_000_000 + at}", "extension": f"{10_000 + at}"}
        for at in range(n)
    ]


def _content(dnis: list[dict[str, Any]]) -> dict[str, Any]:
    names = {"phone_number": "phoneNumber"}
    seed = apio_seed()
    group = seed["tenants"]["acme"]["groups"]["brussels"]
    group["route_points"][ROUTE_POINT]["dnis"] = [
        {names.get(name, name): value for name, value in entry.items()} for entry in dnis
    ]
    return {"apio": seed}


def _config_tasks() -> Tasks:
    options = {"url": "{{ url }}", **LOG_IN, "concurrency": CONCURRENCY, **PARENTS, "config": "{{ dnis }}"}
    return [{MODULE: options}]


def _shipped_tasks() -> Tasks:
    """The loop, with each item shipped to a Python of its own."""
    (loop,) = _loop_tasks()
    return [{**loop, MODULE: {**loop[MODULE], "in_process": False}}]


def _set_fact_tasks() -> Tasks:
    """The loop with a task that asks nobody."""
    (loop,) = _loop_tasks()
    return [{"ansible.builtin.set_fact" if name == MODULE else name: value for name, value in loop.items()}]


def _loop_tasks() -> Tasks:
    options = ("name", "phone_number", "extension")
    entry = {name: f"{{{{ item.{name} }}}}" for name in options}
    return [
        {
            MODULE: {"url": "{{ url }}", **LOG_IN, **PARENTS, **entry},
            "loop": "{{ dnis }}",
            "loop_control": {"label": "{{ item.name }}"},
        }
    ]


def _uri_tasks() -> Tasks:
    """Log in once; then look at each DNIS, create what is not there, and change what differs."""

    def body(entry: str) -> dict[str, Any]:
        names = {"name": "name", "phoneNumber": "phone_number", "extension": "extension"}
        return {wire: f"{{{{ {entry}.{name} }}}}" for wire, name in names.items()}

    def each(over: str, label: str, method: str, **more: Any) -> dict[str, Any]:
        return {
            URI_MODULE: {"method": method, "headers": {"Cookie": "{{ session.cookies_string }}"}, **more},
            "loop": f"{{{{ {over} }}}}",
            "loop_control": {"label": f"{{{{ {label}.name }}}}"},
        }

    path = "{{ url }}" + DNIS_PATH
    log_in = {"url": "{{ url }}/api/v1/login/", "method": "POST", "body_format": "json", "body": LOG_IN}
    with_json = {"body_format": "json"}
    absent = "found.results | selectattr('status', 'equalto', 404) | map(attribute='item')"
    present = "found.results | selectattr('status', 'equalto', 200)"
    item = "{{ item.name | urlencode }}/"
    look = each("dnis", "item", "GET", url=path + item, status_code=[200, 404])
    create = each(absent, "item", "POST", url=path, status_code=[201], body={**body("item"), **FLAGS}, **with_json)
    update_url = path + "{{ item.item.name | urlencode }}/"
    update = each(present, "item.item", "PUT", url=update_url, body=body("item.item"), **with_json)
    differs = "item.json.phoneNumber != item.item.phone_number or item.json.extension != item.item.extension"
    return [
        {URI_MODULE: log_in, "register": "session"},
        {**look, "register": "found"},
        {**create, "changed_when": True},
        {**update, "when": differs, "changed_when": True},
    ]
