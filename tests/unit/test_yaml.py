# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML files say what they look like: what no linter sees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, TemplateSyntaxError

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("changelogs", "docs", "extensions", "meta", "playbooks", "plugins", "roles", "tests")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def members(text: str) -> Iterator[tuple[yaml.MappingNode, yaml.Node, yaml.Node]]:
    """Yield each member of each mapping of a file: the mapping, the key and the value."""
    nodes = [node for node in yaml.compose_all(text, Loader=LOADER) if node]
    while nodes:
        node = nodes.pop(0)
        if isinstance(node, yaml.MappingNode):
            yield from ((node, key, value) for key, value in node.value)
            nodes += [value for _key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value


def empty_members(text: str) -> list[str]:
    """The keys without a value in flow mappings: what stood behind a comma in a text without quotes has become one."""
    return [
        f"{key.value} (line {key.start_mark.line + 1})"
        for mapping, key, value in members(text)
        if mapping.flow_style and isinstance(value, yaml.ScalarNode) and value.value == "" and not value.style
    ]


def odd_paragraphs(text: str) -> list[int]:
    """The lines of descriptions that are no text: a colon in one without quotes has made it a mapping."""
    return [
        line.start_mark.line + 1
        for _mapping, key, value in members(text)
        if key.value == "description" and isinstance(value, yaml.SequenceNode)
        for line in value.value
        if not isinstance(line, yaml.ScalarNode)
    ]


def test_a_comma_in_a_text_makes_no_member() -> None:
    assert empty_members("a: {description: Names, one by one, type: string}") == ["one by one (line 1)"]
    assert empty_members("a: [{b: }]") == ["b (line 1)"]
    assert empty_members("a: {description: 'Names, one by one', b: null, c: ''}\nd:") == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_flow_mappings_have_no_empty_members(folder: str) -> None:
    files = [*(ROOT / folder).rglob("*.yml"), *(ROOT / folder).rglob("*.yaml")]
    found = {str(file.relative_to(ROOT)): empty_members(file.read_text()) for file in files}
    assert {file: members for file, members in found.items() if members} == {}


def test_a_colon_in_a_text_makes_no_mapping() -> None:
    assert odd_paragraphs("a:\n  description:\n    - The own ones: numbers.\n    - b\n") == [3]


def test_each_paragraph_of_a_role_s_documentation_is_text() -> None:
    files = (ROOT / "roles").rglob("argument_specs.yml")
    found = {str(file.relative_to(ROOT)): odd_paragraphs(file.read_text()) for file in files}
    assert len(found) >= 4
    assert {file: lines for file, lines in found.items() if lines} == {}


CONDITIONS = ("when", "that", "until", "changed_when", "failed_when")


def unreadable_conditions(text: str) -> list[str]:
    """The conditions that ansible-core 2.16 cannot read: an inline if without brackets, as it puts an if before."""
    wrong = []
    for _mapping, key, value in members(text):
        if key.value in CONDITIONS:
            for one in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                try:
                    Environment().parse(f"{{% if {one.value} %}}{{% endif %}}")
                except TemplateSyntaxError as error:
                    wrong.append(f"line {one.start_mark.line + 1}: {error}")
    return wrong


def test_an_inline_if_needs_brackets_in_a_condition() -> None:
    assert len(unreadable_conditions("when: a if b else c")) == 1
    assert unreadable_conditions("when: (a if b else c)\nthat: [a, b or c]") == []


@pytest.mark.parametrize("folder", ["playbooks", "roles", "extensions"])
def test_conditions_are_read_by_all_cores(folder: str) -> None:
    files = [*(ROOT / folder).rglob("*.yml")]
    assert files
    found = {str(file.relative_to(ROOT)): unreadable_conditions(file.read_text()) for file in files}
    assert {file: lines for file, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "file", sorted((ROOT / "plugins").glob("*/*.py")), ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_documentation_of_plugins_is_yaml(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text())):
        names = [target.id for target in getattr(node, "targets", ()) if isinstance(target, ast.Name)]
        if isinstance(node, ast.Assign) and {"DOCUMENTATION", "EXAMPLES", "RETURN"} & {*names}:
            assert isinstance(node.value, ast.Constant)
            yaml.load(node.value.value, Loader=LOADER)
