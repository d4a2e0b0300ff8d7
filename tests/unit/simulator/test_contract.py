# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contracts are valid OpenAPI and complete; the simulator serves every operation in them."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from simulator.app import PLATFORMS
from simulator.contract import METHODS, NO_BODY, Contract
from simulator.seed import default_seed
from simulator.settings import defaults

from ansible_collections.voiceops.telephony.plugins.plugin_utils.o2g_event_table import EVENTS, WHOSE

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "contracts"
NAMES = ("apio", "ccs", "o2g")


@functools.cache
def document(name: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((FOLDER / f"{name}.yaml").read_text(), Loader=loader)


def operations() -> Iterator[Any]:
    for name in NAMES:
        for path, item in document(name)["paths"].items():
            for method in METHODS:
                if method in item:
                    yield pytest.param(name, path, item, item[method], id=f"{name} {method.upper()} {path}")


@pytest.mark.parametrize("name", NAMES)
def test_is_valid_openapi(name: str) -> None:
    validator = pytest.importorskip("openapi_spec_validator")
    assert document(name)["openapi"].startswith("3.1")
    validator.validate(document(name))


@pytest.mark.parametrize(("name", "path", "item", "operation"), list(operations()))
def test_operation_is_described(name: str, path: str, item: dict[str, Any], operation: dict[str, Any]) -> None:
    assert operation["operationId"].startswith(name)
    assert operation["summary"]
    assert "x-source" in operation or "Not in the numbered documents" in operation["description"]
    for answer in operation["responses"].values():
        assert "$ref" in answer or answer["description"]
    assert any(status.startswith("4") for status in operation["responses"])
    parameters = document(name)["components"]["parameters"]
    entries = [*item.get("parameters", []), *operation.get("parameters", [])]
    for entry in entries:
        entry = parameters[entry["$ref"].rpartition("/")[2]] if "$ref" in entry else entry
        assert entry["description"]
        assert entry["schema"]


@pytest.mark.parametrize(("name", "path", "item", "operation"), list(operations()))
def test_request_body_takes_no_unknown_field(
    name: str, path: str, item: dict[str, Any], operation: dict[str, Any]
) -> None:
    body = operation.get("requestBody")
    if body is None:
        return
    schemas = document(name)["components"]["schemas"]
    schema = schemas[body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]]
    for one in schema.get("oneOf", [None]):
        part = schema if one is None else schemas[one["$ref"].rpartition("/")[2]]
        assert part["additionalProperties"] is False


@pytest.mark.parametrize(("name", "path", "item", "operation"), list(operations()))
def test_requests_that_share_a_path_are_told_apart(
    name: str, path: str, item: dict[str, Any], operation: dict[str, Any]
) -> None:
    requests = operation.get("x-requests")
    if requests is None:
        return
    schemas = document(name)["components"]["schemas"]
    schema = schemas[operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]]
    mapping = schema["discriminator"]["mapping"]
    assert schema["discriminator"]["propertyName"] == "request"
    assert set(mapping) == set(requests)
    assert sorted(mapping.values()) == sorted(one["$ref"] for one in schema["oneOf"])
    for request, reference in mapping.items():
        assert schemas[reference.rpartition("/")[2]]["properties"]["request"]["const"] == request
        assert requests[request]["operationId"].startswith(name)
        assert requests[request]["summary"]
        assert requests[request]["x-source"]


def test_events_are_described() -> None:
    """The contract and the collection, two readings of the document, have the same events with the same fields."""
    schemas = document("o2g")["components"]["schemas"]
    read = {}
    for name, item in document("o2g")["webhooks"].items():
        event = item["post"]
        assert event["summary"]
        assert event["x-source"] == schemas[name]["x-source"]
        fields = [field for field in schemas[name]["properties"] if field != "eventName"]
        described = not schemas[name]["additionalProperties"]
        packages = event["x-packages"]
        read[name] = (packages[-1] if packages else None, tuple(fields) if described else None)
        assert ("x-ids" in event) == (WHOSE.get(packages[-1], "login names") != "" if packages else False)
    assert read == {name: (event.package, event.fields) for name, event in EVENTS.items()}


def test_examples_of_events_keep_to_the_contract() -> None:
    contract = Contract.load("o2g", FOLDER)
    for name, item in document("o2g")["webhooks"].items():
        example = item["post"]["requestBody"]["content"]["application/json"]["example"]
        assert example["eventName"] == name
        assert contract.events[name].problem(example) == ""
        assert contract.events[name].problem({**example, "eventName": "OnSomething"})
    assert "'nodeName' was unexpected" in contract.events["OnCtiLinkUp"].problem(
        {"eventName": "OnCtiLinkUp", "nodeId": "7", "nodeName": "oxe7"}
    )


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_defined_in_vain(name: str) -> None:
    text = (FOLDER / f"{name}.yaml").read_text()
    for kind in ("parameters", "responses", "schemas"):
        for part in document(name)["components"][kind]:
            assert f"#/components/{kind}/{part}'" in text, f"{kind}/{part} is not used"


def documented() -> Iterator[Any]:
    """Each documented operation, and the operation of the contract that it is."""
    with (FOLDER / "operations.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for name in NAMES:
        base = Contract(name, document(name)).base
        for path, item in document(name)["paths"].items():
            forms = {_bare(base + form) for form in (path, item.get("x-also-as")) if form}
            for row in rows:
                if row["platform"] == name and _bare(row["path"]) in forms and row["method"].lower() in item:
                    operation = item[row["method"].lower()]
                    own = operation.get("x-requests", {}).get(row["request"], {})
                    yield row, document(name)["components"]["responses"], {**operation, **own}


def _bare(path: str) -> str:
    """A path whose parameters have no names."""
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def _assumed(responses: dict[str, Any], operation: dict[str, Any]) -> set[str]:
    """The statuses of an operation that are marked as an assumption."""
    named = {status: answer.get("$ref", "").rpartition("/")[2] for status, answer in operation["responses"].items()}
    marked = {status for status, name in named.items() if "x-assumption" in responses.get(name, {})}
    return marked | operation.get("x-assumption", {}).keys()


def test_all_documented_statuses_and_no_others_but_assumptions() -> None:
    seen = list(documented())
    assert len({tuple(row.values()) for row, _responses, _operation in seen}) == 277
    for row, responses, operation in seen:
        wanted, there = set(row["statuses"].split()), set(operation["responses"])
        where = " ".join((row["method"], row["path"], row["request"]))
        assert wanted - there == set(), f"{where}: documented and not in the contract"
        assert there - wanted <= _assumed(responses, operation), f"{where}: neither documented nor an assumption"


def test_licences_are_the_documented_ones() -> None:
    for row, _responses, operation in documented():
        named = operation.get("x-licence", [])
        assert row["licence"].split() == (named if isinstance(named, list) else [named]), row["path"]


def test_who_may_do_what_is_documented_or_an_assumption() -> None:
    for row, _responses, operation in documented():
        for name, none in {"apio": [("x-minimum-level", "0")], "ccs": [("x-user", "")]}.get(row["platform"], []):
            told = row["user"] or ("" if name in operation.get("x-assumption", {}) else none)
            assert told in ("", str(operation.get(name, none))), f"{row['method']} {row['path']}: {name}"
            assert told or name in operation["x-assumption"]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_operation_has_a_handler(platform: Any) -> None:
    contract, own = Contract.load(platform.name, FOLDER), defaults()[platform.name]
    assert platform(contract, own, default_seed()[platform.name])
    contract.operations.popitem()
    with pytest.raises(RuntimeError, match="contract and handlers differ"):
        platform(contract, own, default_seed()[platform.name])


def test_a_fixed_segment_goes_before_a_parameter() -> None:
    contract = Contract.load("apio", FOLDER)
    base = "/api/v1/tenants/t/groups/g/services/call_centers"
    assert contract.find("PUT", f"{base}/active_instance/")[0].id == "apioSetCallCentersActive"  # type: ignore[union-attr]
    operation, parameters, problem = contract.find("PUT", f"{base}/a%2Fb@x/")
    assert operation is not None
    assert operation.id == "apioUpdateCallCenter"
    assert parameters == {"tenant_id": "t", "group_id": "g", "call_center_name": "a/b@x"}
    assert problem is None


def test_an_answer_outside_the_contract_is_noticed() -> None:
    operation = Contract.load("ccs", FOLDER).operations["ccsUpdateExtension"]
    assert operation.answer_problem(200, {"success": True}) is None
    assert "not documented" in str(operation.answer_problem(299, {"success": True}))
    assert "'password' was unexpected" in str(operation.answer_problem(200, {"success": True, "password": "x"}))
    assert operation.answer_problem(200, NO_BODY) is not None
    report = Contract.load("o2g", FOLDER).operations["o2gGetLicenceReport"]
    assert report.answer_problem(200, b"PK") is None
    assert "comes with a file" in str(report.answer_problem(200, {}))
    assert "comes with no file" in str(report.answer_problem(403, b"PK"))
    closing = Contract.load("o2g", FOLDER).operations["o2gCloseSession"]
    assert closing.answer_problem(204, NO_BODY) is None
    assert closing.answer_problem(204, {}) is not None
