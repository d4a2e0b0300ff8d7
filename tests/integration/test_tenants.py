# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The generated tenants are what they say: the benchmark and other tests rely on it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tenants
import yaml
from integration.cases import PLATFORMS
from modules import Output, run_module
from simulator.handle import Simulator
from tenants import SETTINGS, SIZES, Tenant, seed, several

from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import expand
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.model import LISTS, module_of


def build(sim: Simulator, tenant: Tenant) -> dict[str, Output]:
    """Hand each list of a tenant to its module, codes before what makes one of them the default."""
    data = expand(tenant.variables(), ".").data
    results = {}
    for block, lists in LISTS.items():
        shared = {name: value for name, value in data[block].items() if name not in (*lists, "purge_in", "country")}
        for name in (name for name in lists if name in data[block]):
            options = {"url": sim.url, **PLATFORMS[block].login, **shared, "config": data[block][name]}
            results[f"{block}.{name}"] = run_module(module_of(block, name), options)
    assert not [result["msg"] for result in results.values() if result.failed]
    return results


@pytest.mark.parametrize(("size", "number"), [("S", 0), ("P", 3)])
@pytest.mark.parametrize("nested", [True, False])
def test_what_is_seeded_is_what_is_built(sim: Simulator, nested: bool, size: str, number: int) -> None:
    tenant = Tenant(size, "globex", number, nested)
    sim.reset(seed([tenant]))
    sim.settings(ccs=SETTINGS)
    first = build(sim, tenant)
    assert all(result["changed"] for result in first.values())
    built = content(sim)
    assert len(sim.journal(writes=True)) == tenant.writes

    sim.reset(seed([tenant], there=True))
    sim.settings(ccs=SETTINGS)
    assert content(sim) == built
    again = build(sim, tenant)
    assert not any(result["changed"] for result in again.values())
    assert not sim.journal(writes=True)


def content(sim: Simulator) -> dict[str, Any]:
    """What the platforms hold, without how many sessions there are, who was a user from the start, and which product
    came first."""
    state = sim.state()
    for platform in state.values():
        platform.pop("sessions", None)
    for node in state["o2g"]["nodes"].values():
        for subscriber in node["subscribers"]:
            del subscriber["user"]
    for tenant in state["ccs"]["tenants"].values():
        tenant["fields"]["product_id"].sort(key=lambda product: product["uuid"])
    return state


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES)
def test_there_are_as_many_as_the_size_says(size: str) -> None:
    tenant = Tenant(size)
    counts = tenant.counts
    data = expand(tenant.variables(), ".").data
    assert len(data["apio"]["route_point_announcements"]) == counts.points
    assert len(data["apio"]["route_point_dnis"]) == counts.points * counts.dnis
    assert len(data["apio"]["route_point_disposition_codes"]) == counts.codes
    assert len(data["ccs"]["extensions"]) == counts.extensions
    assert len(data["o2g"]["users"]) == counts.users
    assert len(data["o2g"].get("routing", ())) == bool(counts.keys) * counts.users
    assert len(data["o2g"].get("programmable_keys", ())) == counts.keys * counts.users
    assert len(data["o2g"].get("pbx_objects", ())) == counts.objects
    assert len(data["o2g"]["pilots"]) == len(data["o2g"]["pilot_calendars"]) == counts.pilots
    assert all(len(one["exceptions"]) == len(tenants.HOLIDAYS) for one in data["o2g"]["pilot_calendars"])


def test_tenants_have_nothing_in_common(sim: Simulator) -> None:
    many = several("P", 3)
    sim.reset(seed(many))
    sim.settings(ccs=SETTINGS)
    for tenant in many:
        assert all(result["changed"] for result in build(sim, tenant).values())
    numbers = [d["phone_number"] for one in several("L", 10) for d in one.site.lines()]
    assert len(numbers) == len(set(numbers)) == 30000


def test_an_inventory_to_try_by_hand(tmp_path: Path) -> None:
    command = [sys.executable, tenants.__file__, "--size", "S", "--tenants", "2", "--there", "--out", str(tmp_path)]
    assert "2 tenants" in subprocess.run(command, capture_output=True, check=True, text=True).stdout
    listed = ["ansible-inventory", "-i", str(tmp_path / "inventory.yml"), "--list", "--yaml"]
    hosts = yaml.safe_load(subprocess.run(listed, capture_output=True, check=True, text=True).stdout)
    wanted = {one.name: one.variables() for one in several("S", 2)}
    found = hosts["all"]["children"]["telephony_tenants"]["hosts"]
    assert {name: {key: found[name][key] for key in one} for name, one in wanted.items()} == wanted
    assert json.loads((tmp_path / "seed.json").read_text()) == seed(several("S", 2), there=True)
