# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for the API of an AWX controller, as far as playbooks/awx_setup.yml needs it.

What AWX 24 refuses, this refuses too; what it ignores, fills in or derives is ignored, filled in and derived here.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import uvicorn
import yaml
from conftest import ROOT
from jinja2 import StrictUndefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TOKEN = "controller-token"
VERSION = {"X-API-Product-Name": "AWX", "X-API-Product-Version": "24.6.1"}
Row = dict[str, Any]

ASKS = {f"ask_{what}_on_launch": False for what in ("limit", "diff_mode", "variables", "inventory", "job_type")}
FIELDS: dict[str, Row] = {
    "organizations": {"name": "", "description": ""},
    "projects": {"name": "", "organization": None, "status": "successful", "scm_revision": ""},
    "me": {"username": "admin", "is_superuser": True},
    "inventories": {"name": "", "organization": None},
    "execution_environments": {"name": "", "organization": None},
    "credentials": {"name": "", "credential_type": None, "organization": None},
    "credential_types": {"name": "", "description": "", "kind": "", "inputs": {}, "injectors": {}, "managed": False},
    "job_templates": {
        **{"name": "", "description": "", "job_type": "run", "inventory": None, "project": None, "playbook": ""},
        **{"forks": 0, "limit": "", "extra_vars": "", "execution_environment": None, "organization": None},
        **{"survey_enabled": False, "job_slice_count": 1, **ASKS},
    },
    "workflow_job_templates": {
        **{"name": "", "description": "", "organization": None, "extra_vars": "", "survey_enabled": False},
        **{"allow_simultaneous": False, **ASKS},
    },
    "workflow_job_template_nodes": {
        **{"identifier": "", "workflow_job_template": None, "unified_job_template": None, "extra_data": {}},
        **{"all_parents_must_converge": False},
    },
    "workflow_approval_templates": {"name": "", "description": "", "timeout": 0},
}
"""Per list, the members that are taken over, with their defaults."""

UNIFIED = ("job_templates", "workflow_job_templates", "projects", "workflow_approval_templates")
LINKS = ("success_nodes", "failure_nodes", "always_nodes")
ASSOCIATED = {"job_templates": ("credentials",), "workflow_job_template_nodes": LINKS}
QUESTIONS: dict[str, type] = {"text": str, "textarea": str, "password": str, "integer": int, "multiplechoice": str}


class _Yaml(yaml.SafeLoader):
    """Reads !unsafe as the text that it marks."""


_Yaml.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def credential_types() -> dict[str, Row]:
    """Return what awx_setup.yml says of credential types, by platform."""
    (play,) = yaml.load((ROOT / "playbooks/awx_setup.yml").read_text(), _Yaml)
    made = [task["awx.awx.credential_type"] for task in play["tasks"] if "awx.awx.credential_type" in task]
    return {one["name"].split()[-1].lower(): one for one in made}


class RefusedError(Exception):
    """What becomes a 400."""


class Controller:
    """The content, and the requests that changed it."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[int, Row]] = {name: {} for name in FIELDS}
        self.surveys: dict[int, Row] = {}
        self.associated: dict[tuple[int, str], list[int]] = {}
        self.writes: list[str] = []
        self.url = ""

    def add(self, table: str, **values: Any) -> int:
        """Create something, and return its id."""
        number = sum(len(rows) for rows in self.tables.values()) + 1
        row = {"id": number, "type": table.removesuffix("s"), "url": f"/api/v2/{table}/{number}/"}
        self.tables[table][number] = {**row, **FIELDS[table]}
        try:
            self.change(table, number, values)
        except RefusedError:
            del self.tables[table][number]
            raise
        return number

    def change(self, table: str, number: int, values: Mapping[str, Any]) -> None:
        row = {**self.tables[table][number], **{n: v for n, v in values.items() if n in FIELDS[table]}}
        checks = {"credential_types": check_credential_type, "job_templates": self.check_job_template}
        checks.get(table, lambda row: None)(row)
        self.tables[table][number] = row

    def check_job_template(self, row: Row) -> None:
        for needed in ("project", "inventory", "playbook"):
            if not row[needed]:
                raise RefusedError(f"{needed}: This field is required.")
        row["organization"] = self.tables["projects"][row["project"]]["organization"]

    def shown(self, table: str, number: int) -> Row:
        row = self.tables[table][number]
        related = {"survey_spec": f"{row['url']}survey_spec/"} if table.endswith("job_templates") else {}
        if row.get("unified_job_template"):
            (of,) = (name for name in UNIFIED if row["unified_job_template"] in self.tables[name])
            related["unified_job_template"] = f"/api/v2/{of}/{row['unified_job_template']}/"
        return {**row, "related": related}

    def found(self, table: str, wanted: Mapping[str, str]) -> Row:
        tables = UNIFIED[:3] if table == "unified_job_templates" else (table,)
        rows = [self.shown(name, number) for name in tables for number in self.tables[name]]
        either = {n.removeprefix("or__"): v for n, v in wanted.items() if n.startswith("or__")}
        every = {n: v for n, v in wanted.items() if not n.startswith("or__")}
        rows = [row for row in rows if all(str(row.get(n)) == v for n, v in every.items())]
        rows = [row for row in rows if not either or any(str(row.get(n)) == v for n, v in either.items())]
        return {"count": len(rows), "next": None, "previous": None, "results": rows}

    def associate(self, table: str, number: int, what: str, wanted: Row) -> None:
        there = self.associated.setdefault((number, what), [])
        if wanted.get("disassociate"):
            there.remove(wanted["id"])
        elif wanted["id"] not in self.tables[table if what in LINKS else what]:
            raise RefusedError(f"there is no {what} {wanted['id']}")
        else:
            there.append(wanted["id"])

    # what users see of it

    def named(self, table: str, name: str) -> Row:
        (row,) = (row for row in self.tables[table].values() if name in (row.get("name"), row.get("identifier")))
        return row

    def ends(self, outcomes: Mapping[str, str]) -> tuple[list[str], str]:
        """Return which nodes run, in order, and how the workflow ends, if its nodes end as said.

        As AWX decides it: a failure that no failure or always link follows fails the workflow.
        """
        nodes = self.tables["workflow_job_template_nodes"]
        behind = {child for (_parent, what), there in self.associated.items() if what in LINKS for child in there}
        ready = [number for number in nodes if number not in behind]
        ran, end = [], "successful"
        while ready:
            number = ready.pop(0)
            name = nodes[number]["identifier"]
            failed = outcomes[name] == "failed"
            ran.append(name)
            follow = self.associated.get((number, "always_nodes"), [])
            follow = follow + self.associated.get((number, "failure_nodes" if failed else "success_nodes"), [])
            if failed and not follow:
                end = "failed"
            ready += follow
        return ran, end


def check_credential_type(row: Row) -> None:
    """Refuse what AWX refuses, and fill in the type that was left out."""
    names = set()
    for field in row["inputs"].get("fields", []):
        if not {"id", "label"} <= field.keys() or not re.fullmatch(r"[a-zA-Z_]\w*", field["id"]):
            raise RefusedError(f"inputs: {field}")
        unknown = field.keys() - {"id", "label", "type", "help_text", "secret", "multiline", "default", "choices"}
        if unknown or field["id"] in names or (field.get("secret") and field.get("type") == "boolean"):
            raise RefusedError(f"inputs: {field}")
        field.setdefault("type", "string")
        names.add(field["id"])
    if not set(row["inputs"].get("required", [])) <= names or row["injectors"].keys() - {"env", "extra_vars"}:
        raise RefusedError("inputs.required or injectors")
    for name, template in row["injectors"].get("env", {}).items():
        if name.startswith("ANSIBLE_"):
            raise RefusedError(f"Environment variable {name} may affect Ansible configuration")
        try:
            strict = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
            strict.from_string(template).render(dict.fromkeys(names, "EXAMPLE"))
        except UndefinedError as error:
            raise RefusedError(f"{name} uses an undefined field ({error})") from error


def injected(credential_type: Row, inputs: Mapping[str, Any]) -> dict[str, str]:
    """Return the environment variables that AWX makes of a credential."""
    empty = {f["id"]: False for f in credential_type["inputs"]["fields"] if f.get("type") == "boolean"}
    loose = ImmutableSandboxedEnvironment()
    templates = credential_type["injectors"]["env"]
    return {name: loose.from_string(text).render({**empty, **inputs}) for name, text in templates.items()}


def check_survey(survey: Row) -> None:
    if not all(isinstance(survey.get(name), kind) for name, kind in (("name", str), ("description", str))):
        raise RefusedError("name or description is missing from survey spec")
    seen = set()
    for question in survey["spec"] or [{}]:
        kind = QUESTIONS.get(question.get("type", ""))
        if not kind or not question.get("question_name") or not isinstance(question.get("required"), bool):
            raise RefusedError(f"survey question {question}")
        if question["variable"] in seen or not isinstance(question.get("default", ""), (kind, str)):
            raise RefusedError(f"survey question {question}")
        if any(not isinstance(question.get(limit, 0), int) for limit in ("min", "max")):
            raise RefusedError(f"limits of survey question {question}")
        if question["type"] == "multiplechoice" and question.get("default") not in question["choices"]:
            raise RefusedError(f"choices of survey question {question}")
        seen.add(question["variable"])


def application(controller: Controller) -> Starlette:
    async def answer(request: Request) -> Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return JSONResponse({"detail": "Authentication credentials were not provided."}, 401, VERSION)
        if request.method != "GET":
            (who,) = controller.tables["me"].values() or ({"is_superuser": True},)
            if "credential_types" in request.url.path and not who["is_superuser"]:
                return JSONResponse({"detail": "You do not have permission to perform this action."}, 403, VERSION)
            controller.writes.append(f"{request.method} {request.url.path}")
        try:
            return await handled(request)
        except RefusedError as error:
            return JSONResponse({"__all__": [str(error)]}, 400, VERSION)
        except KeyError:
            return JSONResponse({"detail": "Not found."}, 404, VERSION)

    async def handled(request: Request) -> Response:
        table, number, what = (request.path_params.get(name) for name in ("table", "number", "what"))
        body = await request.json() if request.method != "GET" else {}
        if number is None:
            if request.method == "GET":
                return JSONResponse(controller.found(table, request.query_params), headers=VERSION)
            return JSONResponse(controller.shown(table, controller.add(table, **body)), 201, VERSION)
        row = controller.shown(table, number)
        if what is None:
            if request.method == "PATCH":
                controller.change(table, number, body)
            return JSONResponse(controller.shown(table, number), headers=VERSION)
        if what == "survey_spec" and "survey_spec" in row["related"]:
            if request.method == "POST":
                check_survey(body)
                controller.surveys[number] = body
            return JSONResponse(controller.surveys.get(number, {}), headers=VERSION)
        if what == "create_approval_template" and table == "workflow_job_template_nodes":
            made = controller.add("workflow_approval_templates", **body)
            controller.change(table, number, {"unified_job_template": made})
            return JSONResponse(controller.shown("workflow_approval_templates", made), 201, VERSION)
        if what not in ASSOCIATED.get(table, ()):
            raise KeyError(what)
        if request.method == "POST":
            controller.associate(table, number, what, body)
            return Response(status_code=204, headers=VERSION)
        there = controller.associated.get((number, what), [])
        rows = [controller.shown(table if what in LINKS else what, one) for one in there]
        return JSONResponse({"count": len(rows), "next": None, "results": rows}, headers=VERSION)

    methods = ["GET", "POST", "PATCH"]
    paths = ("/api/v2/{table}/", "/api/v2/{table}/{number:int}/", "/api/v2/{table}/{number:int}/{what}/")
    return Starlette(routes=[Route(path, answer, methods=methods) for path in paths])


@contextmanager
def serving(controller: Controller) -> Iterator[Controller]:
    """Serve it on a free port of this machine."""
    server = uvicorn.Server(uvicorn.Config(application(controller), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
        assert thread.is_alive(), "the controller did not start"
    try:
        controller.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        yield controller
    finally:
        server.should_exit = True
        thread.join()
