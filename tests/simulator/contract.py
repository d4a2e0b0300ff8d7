# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Contracts: which operations a platform has, and whether a request or an answer keeps to them.

The OpenAPI files are read once and every schema is compiled once, so that checking costs microseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import jsonschema_rs
import orjson
import yaml

METHODS = ("get", "put", "post", "delete", "patch")
JSON = "application/json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST_PROBLEMS = 5


class NoBody:
    """The absence of a body, which is not the same as a null in it."""

    def __repr__(self) -> str:
        return "NO_BODY"


NO_BODY = NoBody()


@dataclass(frozen=True, slots=True)
class Problem:
    """One way in which something breaks a contract. ``kind``: path, method, content_type, json, missing or value."""

    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    required: bool
    integer: bool
    validator: jsonschema_rs.Validator

    def read(self, text: str) -> tuple[Any, Problem | None]:
        """The value in its own type, and what is wrong with it."""
        value: Any = int(text) if self.integer and text.lstrip("-").isdecimal() else text
        for error in self.validator.iter_errors(value):
            return value, Problem("value", f"{self.name}: {error.message}")
        return value, None


@dataclass(frozen=True, slots=True)
class Operation:
    """One that is several has them in ``requests``, told apart by ``request`` in the body."""

    id: str
    method: str
    path: str  # as documented, with the base path
    segments: tuple[tuple[int, str], ...]  # where in the path its parameters are
    request: str | None  # what its body must have as `request`, if anything
    requests: Mapping[str, Operation]
    kind: str  # read, write or session
    security: tuple[str, ...]
    extras: Mapping[str, Any]  # the x- members, without the x-
    path_parameters: Mapping[str, Parameter]
    query_parameters: Mapping[str, Parameter]
    body: jsonschema_rs.Validator | None
    body_required: bool
    answers: Mapping[int, jsonschema_rs.Validator | None]
    files: frozenset[int]  # the statuses whose body may be a file, of whatever bytes

    def meant(self, body: bytes) -> Operation:
        """The operation that the body asks for; this one itself when it is only one, or the body does not tell."""
        if not self.requests:
            return self
        try:
            return self.requests.get(orjson.loads(body)["request"], self)
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return self

    def read_parameters(self, segments: Mapping[str, str | list[str]]) -> tuple[dict[str, Any], list[Problem]]:
        """The values in their own types, a list for what takes many segments, and what is wrong with them."""
        values: dict[str, Any] = {}
        problems: list[Problem | None] = []
        for name, text in segments.items():
            read = [self.path_parameters[name].read(one) for one in ([text] if isinstance(text, str) else text)]
            values[name] = read[0][0] if isinstance(text, str) else [value for value, _problem in read]
            problems += [problem for _value, problem in read]
        return values, [problem for problem in problems if problem]

    def read_query(self, query: str) -> tuple[dict[str, Any], list[Problem]]:
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, text in parse_qsl(query, keep_blank_values=True) if query else ():
            parameter = self.query_parameters.get(name)
            if parameter is None:
                problems.append(Problem("value", f"unknown query parameter {name!r}"))
                continue
            if name in values:
                problems.append(Problem("value", f"query parameter {name!r} is given twice"))
            values[name], problem = parameter.read(text)
            if problem:
                problems.append(problem)
        problems += [
            Problem("missing", f"query parameter {name!r} is required")
            for name, parameter in self.query_parameters.items()
            if parameter.required and name not in values
        ]
        return values, problems

    def read_body(self, body: bytes, content_type: str) -> tuple[Any, list[Problem]]:
        if not body:
            return NO_BODY, [Problem("json", "a JSON body is required")] if self.body_required else []
        if self.body is None:
            return NO_BODY, [Problem("value", "this request takes no body")]
        if content_type.partition(";")[0].strip().lower() != "application/json":
            return NO_BODY, [Problem("content_type", f"Content-Type is {content_type!r}, not application/json")]
        try:
            value = orjson.loads(body)
        except orjson.JSONDecodeError:
            return NO_BODY, [Problem("json", "the body is not JSON")]
        return value, list(schema_problems(self.body, value))

    def answer_problem(self, status: int, body: Any) -> str | None:
        """Why an answer may not be given, or None."""
        if status not in self.answers:
            return f"status {status} is not documented"
        if isinstance(body, bytes):
            return None if status in self.files else f"status {status} comes with no file"
        validator = self.answers[status]
        if validator is None and status in self.files:
            return f"status {status} comes with a file"
        if validator is None:
            return None if body is NO_BODY else f"status {status} comes without a body"
        if body is NO_BODY:
            return f"status {status} comes with a body"
        if validator.is_valid(body):
            return None
        return "; ".join(problem.message for problem in schema_problems(validator, body))


def schema_problems(validator: jsonschema_rs.Validator, value: Any) -> Iterator[Problem]:
    if validator.is_valid(value):
        return
    for number, error in enumerate(validator.iter_errors(value)):
        if number == MOST_PROBLEMS:
            return
        where = ".".join(str(part) for part in error.instance_path)
        kind = "missing" if error.kind.name == "required" else "value"
        yield Problem(kind, f"{where}: {error.message}" if where else error.message)


@dataclass(frozen=True, slots=True)
class Event:
    """What a platform sends by itself."""

    packages: tuple[str, ...]
    ids: str  # what the ids of a selector are, if there are any
    schema: jsonschema_rs.Validator

    def problem(self, sent: Mapping[str, Any]) -> str:
        """Why an event may not be sent like this, or nothing."""
        return "; ".join(problem.message for problem in schema_problems(self.schema, sent))


@dataclass(slots=True)
class Route:
    """One path template, split into segments: a text for a fixed one, None for a parameter.

    The last parameter of a ``deep`` one takes many segments, an odd or an even number of them.
    """

    fixed: tuple[str | None, ...]
    deep: str = ""
    operations: dict[str, Operation] = field(default_factory=dict)

    @property
    def order(self) -> tuple[bool, ...]:
        """Fixed segments go first, from the left."""
        return tuple(text is None for text in self.fixed)

    def matches(self, segments: list[str]) -> bool:
        if self.deep and not self._is_deep(segments[len(self.fixed) - 1 :]):
            return False
        for text, segment in zip(self.fixed, segments, strict=not self.deep):
            if text is None:
                if not segment:
                    return False
            elif text != segment:
                return False
        return True

    def _is_deep(self, rest: list[str]) -> bool:
        return len(rest) % 2 == ("even", "odd").index(self.deep) and not {"", ".", ".."} & set(rest) and bool(rest)

    def values(self, operation: Operation, segments: list[str]) -> dict[str, str | list[str]]:
        """The parameters of a path that matches."""
        found: dict[str, str | list[str]] = {name: segments[at] for at, name in operation.segments}
        if self.deep:
            at, name = operation.segments[-1]
            found[name] = segments[at:]
        return found


class Contract:
    """All operations of one platform, and the events that it sends."""

    def __init__(self, name: str, document: Mapping[str, Any]) -> None:
        self.name = name
        self.base = urlsplit(document["servers"][0]["url"].replace("{host}", "host")).path
        self.operations: dict[str, Operation] = {}
        self._document = document
        self._compiled: dict[bytes, jsonschema_rs.Validator] = {}
        self._routes: dict[int, list[Route]] = {}
        self._deep: list[Route] = []
        for path, item in document["paths"].items():
            self._add_path(path, item)
        for routes in self._routes.values():
            routes.sort(key=lambda route: route.order)
        self.events = {name: self._event(item["post"]) for name, item in document.get("webhooks", {}).items()}

    @classmethod
    def load(cls, name: str, folder: Path) -> Contract:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return cls(name, yaml.load((folder / f"{name}.yaml").read_bytes(), Loader=loader))

    def find(self, method: str, raw_path: str) -> tuple[Operation | None, dict[str, str | list[str]], Problem | None]:
        """The operation of a request and its path parameters, or what is wrong with the path or the method."""
        segments = [unquote(segment) for segment in raw_path.split("/")]
        for route in (*self._routes.get(len(segments), ()), *self._deep):
            if not route.matches(segments):
                continue
            operation = route.operations.get(method)
            if operation is None:
                return None, {}, Problem("method", f"{method} is not among {', '.join(sorted(route.operations))}")
            return operation, route.values(operation, segments), None
        return None, {}, Problem("path", self._why_unknown(segments))

    def _why_unknown(self, segments: list[str]) -> str:
        with_slash = [*segments, ""]
        if any(route.matches(with_slash) for route in self._routes.get(len(with_slash), ())):
            return "unknown path: the trailing slash is missing"
        if segments[-1] == "" and any(
            route.matches(segments[:-1]) for route in self._routes.get(len(segments) - 1, ())
        ):
            return "unknown path: there is a trailing slash too many"
        return "unknown path"

    def _add_path(self, path: str, item: Mapping[str, Any]) -> None:
        operations = {
            method.upper(): self._operation(method.upper(), path, item, item[method])
            for method in METHODS
            if method in item
        }
        for operation in operations.values():
            self.operations.update({one.id: one for one in operation.requests.values() or (operation,)})
        for template in (path, item.get("x-also-as")):
            if template:
                self._route(self.base + template, item).operations.update(operations)

    def _route(self, template: str, item: Mapping[str, Any]) -> Route:
        parts = template.split("/")
        fixed = tuple(None if part.startswith("{") else part for part in parts)
        parameters = [self._resolve(entry) for entry in item.get("parameters", ())]
        deep = next((entry["x-segments"] for entry in parameters if "x-segments" in entry), "")
        routes = self._deep if deep else self._routes.setdefault(len(parts), [])
        for route in routes:
            if (route.fixed, route.deep) == (fixed, deep):
                return route
        routes.append(Route(fixed, deep))
        return routes[-1]

    def _operation(self, method: str, path: str, item: Mapping[str, Any], spec: Mapping[str, Any]) -> Operation:
        parameters = [self._resolve(entry) for entry in [*item.get("parameters", ()), *spec.get("parameters", ())]]
        body = self._resolve(spec.get("requestBody", {}))
        schema = self._resolve(body["content"]["application/json"]["schema"]) if body else {}
        security = spec.get("security", self._document.get("security", ()))
        extras = {name[2:]: value for name, value in spec.items() if name.startswith("x-")}
        return Operation(
            id=spec["operationId"],
            method=method,
            path=self.base + path,
            segments=tuple(
                (at, part[1:-1]) for at, part in enumerate((self.base + path).split("/")) if part.startswith("{")
            ),
            request=schema.get("properties", {}).get("request", {}).get("const"),
            requests={
                request: self._operation(method, path, item, self._one_of(spec, schema, request))
                for request in spec.get("x-requests", ())
            },
            kind=extras.get("kind", "read" if method == "GET" else "write"),
            security=tuple(name for entry in security for name in entry),
            extras=extras,
            path_parameters={entry["name"]: self._parameter(entry) for entry in parameters if entry["in"] == "path"},
            query_parameters={entry["name"]: self._parameter(entry) for entry in parameters if entry["in"] == "query"},
            body=self._json_validator(body),
            body_required=bool(body.get("required")),
            answers={
                int(status): self._json_validator(self._resolve(answer)) for status, answer in spec["responses"].items()
            },
            files=frozenset(
                int(status)
                for status, answer in spec["responses"].items()
                if set(self._resolve(answer).get("content", ())) - {JSON}
            ),
        )

    def _event(self, spec: Mapping[str, Any]) -> Event:
        schema = self._validator(spec["requestBody"]["content"][JSON]["schema"])
        return Event(tuple(spec["x-packages"]), spec.get("x-ids", ""), schema)

    def _one_of(self, spec: Mapping[str, Any], schema: Mapping[str, Any], request: str) -> dict[str, Any]:
        """One of the operations that share a method and a path, as if it stood alone."""
        body = {"$ref": schema["discriminator"]["mapping"][request]}
        shared = {name: value for name, value in spec.items() if name != "x-requests"}
        return {
            **shared,
            **spec["x-requests"][request],
            "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        }

    def _parameter(self, entry: Mapping[str, Any]) -> Parameter:
        schema = entry["schema"]
        return Parameter(
            name=entry["name"],
            required=bool(entry.get("required")),
            integer=self._resolve(schema).get("type") == "integer",
            validator=self._validator(schema),
        )

    def _json_validator(self, holder: Mapping[str, Any]) -> jsonschema_rs.Validator | None:
        content = holder.get("content", {})
        return self._validator(content[JSON]["schema"]) if JSON in content else None

    def _validator(self, schema: Mapping[str, Any]) -> jsonschema_rs.Validator:
        key = orjson.dumps(schema, option=orjson.OPT_SORT_KEYS)
        if key not in self._compiled:
            whole = {**schema, "$schema": DIALECT, "components": self._document["components"]}
            # The mask keeps values, and so passwords, out of the messages.
            self._compiled[key] = jsonschema_rs.validator_for(whole, mask="value")
        return self._compiled[key]

    def _resolve(self, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        reference = entry.get("$ref")
        if reference is None:
            return entry
        found: Any = self._document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        return found
