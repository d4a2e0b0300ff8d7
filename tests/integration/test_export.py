# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is exported and applied again changes nothing, whatever is on the platforms."""

from __future__ import annotations

import re
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import yaml
from plays import Played, connections, inventory, play
from simulator.handle import Simulator
from tenants import SETTINGS, Tenant, seed

pytestmark = pytest.mark.timeout(600)

AWKWARD = (
    "{{ 7 * 6 }}",
    "{% raw %}",
    "{# note #}",
    "yes",
    "0123",
    "12:30",
    "a: b # c",
    "'single' \"double\"",
    "back\\slash",
    "\U0001f4de caf\u00e9",
    "!unsafe x",
    "%TAG &a *b",
    "2027-01-01",
    "[list] {a: b}",
    "null",
)
"""Texts that YAML or a template would make something else of."""


def awkward(tenant: Tenant) -> dict[str, Any]:
    """The simulator's content: all that the tenant wants is there, and wherever names are free they are odd."""
    content = seed([tenant], there=True)
    texts = cycle(AWKWARD)
    group = content["apio"]["tenants"][tenant.name]["groups"]["brussels"]
    for service in (*group["call_centers"], *group["instant_group_calls"]):
        profile = service["serviceInstanceProfile"]
        profile.update(name=next(texts), cliFirstName=next(texts), cliLastName=next(texts), language=next(texts))
    for point in group["route_points"].values():
        for dnis in point["dnis"]:
            dnis.update(name=next(texts), cliLastName=next(texts), cliFirstName=next(texts))
        for code in point["disposition_codes"]:
            code["description"] = next(texts)
        point["announcements"] = {
            "audioMessageSelection": "File",
            "audioFileList": [next(texts), None, next(texts), None],
        }
    ccs = content["ccs"]["tenants"][0]
    ccs["product_name"] = next(texts)
    for product in ccs["product_id"]:
        product["name"] = next(texts)
    for extension in ccs["extensions"][:2]:
        extension["extension"] = f"00{extension['extension']}"
    group["call_centers"][0]["serviceInstanceProfile"]["extension"] = "00101"
    node = content["o2g"]["nodes"][str(tenant.node)]
    blocked = {**node["pilots"][0], "number": "69999", "name": next(texts), "state": "Blocked"}
    node["pilots"].append(blocked)
    people = [one["number"] for one in node["subscribers"]]
    keys = {str(at): {"position": at, "number": f"0{at}", "mnemonic": next(texts), "locked": at == 1} for at in (1, 2)}
    content["o2g"]["phones"] = {"devices": {people[0]: {"keys": keys}}}
    content["o2g"]["routing"] = {
        people[0]: {"forward": {"destinations": [{"type": "NUMBER", "number": "0032470#*"}]}},
        people[1]: {"dnd": True, "overflow": {"overflowType": "BUSY", "destinations": [{"type": "VOICEMAIL"}]}},
    }
    node["objects"] = {
        "Entity/9": {"Entity_Name": "{{ 7 * 6 }}"},
        "Entity/9/Cost_Center/1": {"Cost_Center_Name": "0123"},
    }
    return content


def exported(sim: Simulator, folder: Path, tenants: dict[str, dict[str, Any]], *flags: str, **extra: Any) -> Played:
    sim.clear_journal()
    played = play("export.yml", inventory(folder, tenants, **connections(sim)), *flags, **extra)
    assert not sim.journal(writes=True)
    return played


def where(tenant: Tenant) -> dict[str, Any]:
    """What a tenant's variables must say before anything is known of it."""
    return {
        "apio": {
            "tenant_id": tenant.name,
            "group_id": "brussels",
            "country": "BE",
            "route_points": [{"route_point_user_id": name} for name in tenant.site.names()],
        },
        "ccs": {"tenant": tenant.center.name.replace(" ", "")},
        "o2g": {"node_id": tenant.node},
        "export_pbx_objects": ["Entity", "Subscriber"],
    }


def assert_nothing_to_do(sim: Simulator, folder: Path, *names: str) -> None:
    """Apply what was exported."""
    sim.clear_journal()
    built = play("build.yml", inventory(folder / "export", {name: {} for name in names}, **connections(sim)))
    assert not built.failed, built.text[-3000:]
    assert built.recap["changed"] == 0, built.text[-3000:]
    assert not sim.journal(writes=True)
    assert len(sim.journal()) > 10


def read(folder: Path, tenant: str, platform: str) -> tuple[dict[str, Any], str]:
    """The block of an exported file as Ansible's users see it, and the comment above it."""
    text = (folder / f"export/host_vars/{tenant}/{platform}.yml").read_text()
    return yaml.load(text, Loader)[platform], "\n".join(line for line in text.splitlines() if line.startswith("#"))


class Loader(yaml.SafeLoader):
    """Reads !unsafe as the text that it is."""


Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


@pytest.mark.parametrize("settings_shown", [True, False])
def test_what_is_there_is_exported_and_applied_without_a_change(
    sim: Simulator, tmp_path: Path, settings_shown: bool
) -> None:
    tenant = Tenant("S")
    sim.reset(awkward(tenant))
    sim.settings(ccs={"extensions_return_settings": settings_shown})
    played = exported(sim, tmp_path, {"acme": where(tenant)})
    assert not played.failed, played.text[-3000:]

    apio, about_apio = read(tmp_path, "acme", "apio")
    ccs, about_ccs = read(tmp_path, "acme", "ccs")
    o2g, about_o2g = read(tmp_path, "acme", "o2g")
    assert len(apio["call_centers"]) == len(apio["instant_group_calls"]) == len(apio["route_points"]) == 2
    assert all(apio["route_points"][0].values())
    assert apio["call_centers"][0]["name"] == AWKWARD[0]
    assert len(o2g["users"]) == tenant.counts.users
    assert [pilot["state"] for pilot in o2g["pilots"]] == ["closed", "opened"]
    assert [pilot["pilot_number"] for pilot in o2g["pilot_calendars"]] == ["60000", "60001", "69999"]
    assert len(o2g["pbx_objects"]) > tenant.counts.users
    assert {"path": "Entity/9/Cost_Center/1", "attributes": {"Cost_Center_Id": "1", "Cost_Center_Name": "0123"}} in o2g[
        "pbx_objects"
    ]
    assert [key["position"] for key in o2g["programmable_keys"]] == [1, 2]
    assert o2g["routing"][0]["forward"] == {"type": "immediate", "destination": "number", "number": "0032470#*"}
    assert o2g["routing"][1]["overflow"] == {"type": "busy", "destination": "voicemail"}
    assert len(o2g["devices"]) == len(o2g["user_preferences"]) == len(o2g["hunting_groups"]) == tenant.counts.users
    assert ccs["extensions"][0]["extension"] == "00101"
    assert ("is_agent" in ccs["extensions"][0]) == settings_shown
    assert ("extensions: is_agent" in about_ccs) != settings_shown
    for told, listed in (
        (about_apio, "apio.call_centers: service_user_password (secret)"),
        (about_apio, "apio.call_centers: template_name (used at creation only)"),
        (about_o2g, "o2g.pilots: pilot '69999' of 7: state is 'blocked'"),
        (about_o2g, "o2g.devices: pin (secret)"),
    ):
        assert listed in told
        assert listed in played.text
    assert '"00101"' in (tmp_path / "export/host_vars/acme/shared_numbers.yml").read_text()
    assert "Simulator-only-1" not in played.text + about_apio

    assert_nothing_to_do(sim, tmp_path, "acme")
    again = exported(sim, tmp_path, {"acme": where(tenant)})
    assert again.recap["changed"] == 0


@pytest.mark.long
def test_what_was_built_from_code_is_exported_for_the_tenants_in_scope(sim: Simulator, tmp_path: Path) -> None:
    tenants = [Tenant("S", "acme", 0), Tenant("S", "globex", 1)]
    sim.reset(seed(tenants))
    sim.settings(ccs=SETTINGS)
    code = {tenant.name: tenant.variables() for tenant in tenants}
    built = play("build.yml", inventory(tmp_path, code, **connections(sim)))
    assert not built.failed, built.text[-3000:]
    played = exported(sim, tmp_path, code, "--limit", "globex")
    assert not played.failed, played.text[-3000:]
    assert [path.name for path in (tmp_path / "export/host_vars").iterdir()] == ["globex"]
    assert_nothing_to_do(sim, tmp_path, "globex")


@pytest.mark.long
@pytest.mark.parametrize(
    "settings",
    [
        {
            "apio": {
                "empty_form": "null",
                "phone_form": "e164",
                "bounced_call_unset": "shown",
                "igc_active_returned": True,
            }
        },
        {"apio": {"empty_form": "absent"}, "o2g": {"pilot_state": "example", "exception_key": "day"}},
    ],
)
def test_however_a_platform_writes_what_is_not_set(
    sim: Simulator, tmp_path: Path, settings: dict[str, dict[str, Any]]
) -> None:
    """Nothing is set on the route points of the default content, nor on its extensions."""
    sim.reset()
    center = {"service_user_id": "cc@acme.example", "name": "Plain", "policy": "Regular", "phone_number": "025126770"}
    variables = {
        "apio": {
            "tenant_id": "acme",
            "group_id": "brussels",
            "country": "BE",
            "call_centers": [{**center, "cli_first_name": "A", "cli_last_name": "B"}],
            "route_point_dnis": [{"route_point_user_id": "rp-sales@acme.example", "name": "Main"}],
        },
        "ccs": {"tenant": "AcmeContactCenter"},
        "o2g": {"node_id": 7},
    }
    sim.settings(**settings)
    assert not play("build.yml", inventory(tmp_path, {"acme": variables}, **connections(sim))).failed
    played = exported(
        sim, tmp_path, {"acme": variables}, export_route_points=["rp-support@acme.example", "rp-sales@acme.example"]
    )
    assert not played.failed, played.text[-3000:]
    assert_nothing_to_do(sim, tmp_path, "acme")


def test_what_cannot_be_read_is_told_and_the_rest_is_exported(sim: Simulator, tmp_path: Path) -> None:
    sim.settings(o2g={"missing_licence": "ROXE_API_PHONESETPROG"})
    sim.fault("GET", "/routing/state", status=403)  # one user has no licence
    lists = {"export_o2g_lists": ["devices", "soft_keys", "routing", "pbx_objects"]}
    where = {"o2g": {"node_id": 7}, "export_pbx_objects": ["Entity", "Nonsense"]}
    played = exported(sim, tmp_path, {"acme": where}, **lists)
    assert not played.failed, played.text[-3000:]
    o2g, about = read(tmp_path, "acme", "o2g")
    assert list(o2g) == ["node_id", "pbx_objects", "users", "routing", "pilots", "pilot_calendars"]
    (unread,) = re.findall(r"routing: (oxe\d+): GET", " ".join(about.replace("#", "").split()))
    assert unread.removeprefix("oxe") in {user["device_number"] for user in o2g["users"]}
    assert unread not in {one["login_name"] for one in o2g["routing"]}
    for text in ("devices: all of it: ", "ROXE_API_PHONESETPROG", "pbx_objects: Nonsense: "):
        assert text in about
        assert text in played.text


@pytest.mark.long
def test_statistics_of_supervisors_are_exported_and_applied_without_a_change(sim: Simulator, tmp_path: Path) -> None:
    schedule = {
        "name": "Weekly",
        "obs_period": {"period_type": "lastWeeks", "last_nb": 1},
        "frequency": {"periodicity": "weekly", "days_in_week": ["monday"]},
        "recipients": ["team@acme.example"],
        "enabled": True,
    }
    of = {"supervisor": "70104", "context": "Team"}
    tenant = {"o2g": {"node_id": 7, "statistics_schedules": [{**of, **schedule}]}}
    built = play("build.yml", inventory(tmp_path, {"acme": tenant}, **connections(sim)))
    assert not built.failed, built.text[-3000:]
    where = {"o2g": {"node_id": 7}, "export_supervisors": ["70104", "70103"]}
    lists = ["statistics_scopes", "statistics_contexts", "statistics_schedules"]
    played = exported(sim, tmp_path, {"acme": where}, export_o2g_lists=lists)
    assert not played.failed, played.text[-3000:]
    o2g, _about = read(tmp_path, "acme", "o2g")
    assert [scope["supervisor"] for scope in o2g["statistics_scopes"]] == ["70104"]
    assert "Team" in [context["label"] for context in o2g["statistics_contexts"]]
    assert [entry for entry in o2g["statistics_schedules"] if entry["name"] == "Weekly"] == [
        {**of, **schedule}
        | {n: v for n, v in o2g["statistics_schedules"][0].items() if n in ("description", "file_type")}
    ]
    assert_nothing_to_do(sim, tmp_path, "acme")


def test_check_mode_says_what_it_would_write(sim: Simulator, tmp_path: Path) -> None:
    played = exported(sim, tmp_path, {"acme": {"o2g": {"node_id": 7}}}, "--check")
    assert not played.failed, played.text[-3000:]
    assert played.recap["changed"] == 1
    assert re.search(r'"files that changed": \[\s+"o2g.yml",\s+"shared_numbers.yml"\s+\]', played.text)
    assert not (tmp_path / "export").exists()


@pytest.mark.long
def test_it_says_that_what_is_diverted_will_not_stay_so(sim: Simulator, tmp_path: Path) -> None:
    (tmp_path / "divert").mkdir()
    (tmp_path / "divert/acme.json").write_text("{}")
    played = exported(sim, tmp_path, {"acme": {"o2g": {"node_id": 7}}, "beta": {"ccs": {"tenant": "Globex"}}})
    assert not played.failed, played.text[-3000:]
    assert played.text.count("acme is diverted: what is exported of forwarding and pilots is how it is now") == 2
    assert "beta is diverted" not in played.text


@pytest.mark.long
def test_a_tenant_that_is_on_one_platform_only(sim: Simulator, tmp_path: Path) -> None:
    tenants = {"nodes": {"o2g": {"node_id": 7}}, "center": {"ccs": {"tenant": "Globex"}}, "none": {}}
    played = exported(sim, tmp_path, tenants, export_dir="else/where")
    assert not played.failed, played.text[-3000:]
    written = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.yml"))
    folder = "else/where/host_vars"
    assert written == [
        f"{folder}/{name}.yml" for name in ("center/ccs", "center/shared_numbers", "nodes/o2g", "nodes/shared_numbers")
    ]


@pytest.mark.long
def test_the_inventory_of_the_run_is_overwritten_only_if_that_is_said(sim: Simulator, tmp_path: Path) -> None:
    tenants = {"acme": {"o2g": {"node_id": 7}}}
    file = tmp_path / "host_vars/acme/o2g.yml"
    for _again in range(2):
        assert not exported(sim, tmp_path, tenants, export_dir=".").failed
    file.write_text(edited := file.read_text().replace("70100", "70109"))
    for flag in ((), ("--check",)):
        played = exported(sim, tmp_path, tenants, *flag, export_dir=".")
        assert played.failed
        assert f"{file} belongs to an inventory of this run" in re.sub(r"\s+", " ", played.text)
        assert file.read_text() == edited
    assert not exported(sim, tmp_path, tenants, export_dir=".", export_overwrite=True).failed
    assert "70100" in file.read_text()


def test_a_platform_that_does_not_answer_leaves_no_files(sim: Simulator, tmp_path: Path) -> None:
    sim.fault("GET", "/acd/7/pilots", status=500, times=None)
    played = exported(sim, tmp_path, {"acme": {"o2g": {"node_id": 7}}})
    assert played.failed
    assert not (tmp_path / "export").exists()
