# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""APIO: what may be empty can be emptied and read back, and what members demand of each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from simulator.contract import Contract
from simulator.handle import Simulator

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "contracts"
CONTRACT = Contract.load("apio", FOLDER)
DOCUMENT = yaml.load((FOLDER / "apio.yaml").read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
GROUP = "/tenants/acme/groups/brussels/services"
SALES = f"{GROUP}/route_points/rp-sales@acme.example"
PROFILE = {"name": "Desk", "cliLastName": "Desk", "cliFirstName": "Acme", "password": "s3cret"}
SERVICE = {"serviceUserId": "desk@acme.example", "serviceInstanceProfile": PROFILE}
DNIS = {"useCustomCLIDSettings": False, "useCustomDnisAnnouncementSettings": False, "allowOutgoingACDCall": True}
CLI = {"cliPhoneNumber": "025550199", "cliLastName": "Desk", "cliFirstName": "Acme"}
PLACES = {
    "apioUpdateCallCenter": f"{GROUP}/call_centers/desk@acme.example/",
    "apioUpdateInstantGroupCall": f"{GROUP}/instant_group_calls/all@acme.example/",
    "apioUpdateRoutePointDnis": f"{SALES}/dnis/Main/",
    "apioUpdateAnnouncements": f"{SALES}/announcements/",
    "apioUpdateOverflow": f"{SALES}/overflow/",
    "apioUpdateBouncedCall": f"{SALES}/bounced_call/",
    "apioUpdateDistinctiveRinging": f"{SALES}/distinctive_ringing/",
    "apioUpdateDnisConfig": f"{SALES}/dnis_config/",
    "apioUpdateForcedForwarding": f"{SALES}/forced_forwarding/",
    "apioUpdateDnisAnnouncements": f"{SALES}/dnis_announcements/Main/",
    "apioUpdateDispositionCode": f"{SALES}/disposition_codes/SALE/",
    "apioUpdateDispositionCodesConfig": f"{SALES}/disposition_codes_config/",
}


def properties(operation: str) -> dict[str, Any]:
    """The members that a change takes; those of the profile by themselves."""
    schemas = DOCUMENT["components"]["schemas"]
    for item in DOCUMENT["paths"].values():
        if item.get("put", {}).get("operationId") == operation:
            reference = item["put"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
            return dict(schemas[reference.rpartition("/")[2]]["properties"])
    raise LookupError(operation)


def emptied() -> Iterator[Any]:
    """Each member of each change that may be empty, and what empties it."""
    profile = DOCUMENT["components"]["schemas"]["ProfileUpdate"]["properties"]
    for operation, place in PLACES.items():
        body = CONTRACT.operations[operation].body
        assert body is not None
        changes = [{name: empty} for name in properties(operation) for empty in (None, "", [])]
        if "serviceInstanceProfile" in properties(operation):
            changes += [{"serviceInstanceProfile": {name: empty}} for name in profile for empty in (None, "")]
        for change in changes:
            if body.is_valid(change):
                yield pytest.param(place, change, id=f"{operation} {change}")


@pytest.fixture
def there(apio: Any) -> None:
    assert apio("POST", f"{GROUP}/call_centers/", {**SERVICE, "policy": "Regular"}).status == 201
    call = {**SERVICE, "serviceUserId": "all@acme.example", "answerTimeoutEnabled": True}
    assert apio("POST", f"{GROUP}/instant_group_calls/", call).status == 201


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize(("place", "change"), list(emptied()))
def test_what_may_be_empty_is_emptied_and_read_back(
    sim: Simulator, apio: Any, place: str, change: dict[str, Any]
) -> None:
    assert apio("PUT", place, change).status == 200
    for form in ("documented", "null", "absent"):
        sim.settings(apio={"empty_form": form})
        body = apio("GET", place).body
        found = body.get("callCenterInstance", body)
        for name in change.get("serviceInstanceProfile", ()):
            assert not found["serviceInstanceProfile"].get(name)
        for name in change.keys() - {"serviceInstanceProfile"}:
            assert not found.get(name)
        for listed in (f"{GROUP}/call_centers/", f"{GROUP}/instant_group_calls/", f"{SALES}/dnis/"):
            assert apio("GET", listed).status == 200


def test_all_changes_are_looked_at() -> None:
    changes = {one.id for one in CONTRACT.operations.values() if one.method == "PUT"}
    assert changes - PLACES.keys() == {"apioSetCallCentersActive", "apioSetInstantGroupCallsActive"}


DUE = [
    ("apioUpdateRoutePointDnis", {"useCustomCLIDSettings": True}, CLI),
    ("apioUpdateForcedForwarding", {"active": True}, {"forwardToPhoneNumber": "+3225550100"}),
    ("apioUpdateOverflow", {"action": "Transfer"}, {"transferPhoneNumber": "+3225550100"}),
    ("apioUpdateBouncedCall", {"enableTransfer": True}, {"transferPhoneNumber": "+3225550100"}),
    (
        "apioUpdateDispositionCodesConfig",
        {"forceUseOfCallDispositionCodes": True},
        {"defaultCallDispositionCode": {"code": "SALE", "level": "CallCenter"}},
    ),
    (
        "apioUpdateCallCenter",
        {"agentUnavailableCode": "LUNCH"},
        {"enableAutomaticStateChangeForAgents": True, "agentStateAfterCall": "Unavailable"},
    ),
]
"""A switch, and what it calls for: in the same request, or there already."""


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize(("operation", "switch", "due"), DUE, ids=[one[0] for one in DUE])
def test_what_a_switch_calls_for_is_given_or_there(
    sim: Simulator, apio: Any, operation: str, switch: dict[str, Any], due: dict[str, Any]
) -> None:
    place = PLACES[operation]

    def refused(body: dict[str, Any]) -> bool:
        return bool(apio("PUT", place, body).status == 400)

    assert refused(switch)
    assert sim.violations() == []  # what is there already is not in the request
    for name in due:
        if name not in ("enableAutomaticStateChangeForAgents", "agentStateAfterCall"):
            assert refused({**switch, **due, name: None})
        else:
            assert refused({**switch, **due, name: False if due[name] is True else "Available"})
    assert len(sim.violations()) == len(due)
    sim.clear_journal()
    assert apio("PUT", place, due).status == 200
    assert apio("PUT", place, switch).status == 200
    if operation != "apioUpdateCallCenter":  # a state may change and leave its code behind
        assert refused(dict.fromkeys(due))
    assert sim.violations() == []


@pytest.mark.parametrize(
    ("path", "complete", "due"),
    [
        (f"{SALES}/dnis/", {"name": "Own", **DNIS, "useCustomCLIDSettings": True, **CLI}, tuple(CLI)),
        (
            f"{GROUP}/call_centers/",
            {
                **SERVICE,
                "policy": "Regular",
                "agentUnavailableCode": "LUNCH",
                "enableAutomaticStateChangeForAgents": True,
                "agentStateAfterCall": "Unavailable",
            },
            ("enableAutomaticStateChangeForAgents", "agentStateAfterCall"),
        ),
    ],
)
def test_what_a_creation_calls_for(
    sim: Simulator, apio: Any, path: str, complete: dict[str, Any], due: tuple[str, ...]
) -> None:
    for name in due:
        assert apio("POST", path, {key: value for key, value in complete.items() if key != name}).status == 400
    assert len(sim.violations()) == len(due)
    assert apio("POST", path, complete).status == 201
