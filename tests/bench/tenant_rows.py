# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of whole tenants: the collection's playbooks on an inventory, as users run them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rows import BARE, NOTHING, Row
from tenants import HOLIDAYS, SETTINGS, SIZES, Tenant, seed, several

TENANT = "tenant"
BUILD, AGAIN, PLAN, EXPORT, HOLIDAY_RUN = "first build", "second build", "plan", "export", "holidays"
LATENCY, SLOW_LATENCY = 20, 100
HOLIDAY_CONNECTIONS = 16
"""As playbooks/holidays.yml has it."""
HOLIDAY_FILE = "holidays.csv"
TOGETHER, FLEET = 10, 200


def tenant_rows(quick: bool) -> Iterator[Row]:
    """All are of size S in a quick run, which only sees whether they still work."""

    def size(wanted: str) -> str:
        return "S" if quick else wanted

    for letter in SIZES:
        (tenant,) = several(size(letter), 1)
        at = {"latency": 0 if letter == "S" else LATENCY}  # of the smallest, what the tasks themselves take
        yield _row(f"{TENANT} {letter}", BARE, [tenant], 0, tasks=NOTHING, **at)
        yield _row(f"{TENANT} {letter}", PLAN, [tenant], tenant.reads_again, **at)
    (tenant,) = large = several(size("L"), 1)
    yield _row(f"{TENANT} L", BUILD, large, tenant.reads + tenant.writes, tenant.writes, there=False)
    yield _row(f"{TENANT} L", AGAIN, large, tenant.reads_again)
    yield _row(f"{TENANT} L", EXPORT, large, tenant.export_reads, flags=("-e", "export_dir=export"))
    reads, writes = tenant.holiday_requests
    name, flags = f"{tenant.counts.pilots} pilots", ("-e", f"holidays_file={HOLIDAY_FILE}")
    of_holidays = {"latency": SLOW_LATENCY, "connections": HOLIDAY_CONNECTIONS}
    yield _row(name, HOLIDAY_RUN, large, reads + writes, writes, flags=flags, **of_holidays)
    many = several(size("M"), TOGETHER)
    forks, name = ("--forks", str(TOGETHER)), f"{TOGETHER} tenants M"
    built = sum(one.reads + one.writes for one in many), sum(one.writes for one in many)
    yield _row(name, BUILD, many, *built, there=False, flags=forks)
    yield _row(name, PLAN, many, sum(one.reads_again for one in many), flags=forks)
    fleet = several("S", TOGETHER if quick else FLEET)
    yield _row(f"{FLEET} tenants S", PLAN, fleet, sum(one.reads_again for one in fleet), flags=forks)


PLAYBOOKS = {
    way: f"voiceops.telephony.{name}"
    for way, name in {BUILD: "build", AGAIN: "build", PLAN: "plan", EXPORT: "export", HOLIDAY_RUN: "holidays"}.items()
}


def _row(
    scenario: str, way: str, tenants: list[Tenant], fewest: int, writes: int = 0, there: bool = True, **more: Any
) -> Row:
    return Row(
        scenario,
        way,
        count=sum(one.counts.pilots if way == HOLIDAY_RUN else one.resources for one in tenants),
        fewest=fewest,
        writes=writes,
        seed=seed(tenants, there),
        settings={"ccs": SETTINGS},
        playbook=PLAYBOOKS.get(way, ""),
        tenants=tuple(tenants),
        slow=True,
        **{"tasks": [], "latency": LATENCY, **more},
    )


def holiday_file() -> str:
    """Other days than those that the calendars have."""
    return "date,name\n" + "".join(f"{day.replace('2027', '2028')},{name}\n" for day, name in HOLIDAYS.items())
