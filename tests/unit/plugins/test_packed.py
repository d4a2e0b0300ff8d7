# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody wrote is filled in where it has a template, and goes from task to task as text."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleError

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.expand import plain
from ansible_collections.voiceops.telephony.plugins.plugin_utils.packed import lists_of, packed, unpacked
from ansible_collections.voiceops.telephony.plugins.plugin_utils.rendered import Rendering, has_templates

OMIT = object()
FILLED: dict[str, Any] = {"{{ a }}": 1, "{% if b %}": "b", "{# c #}": "", "{{ omit }}": OMIT}
FILLED["{{ both }}"] = {"users": ["b", "c"], "name": "b"}


def fill(texts: list[str]) -> list[Any]:
    """As Ansible since 2.19 does it."""
    try:
        return [FILLED[text] for text in texts if FILLED[text] is not OMIT]
    except KeyError as unknown:
        raise AnsibleError(f"{unknown} is undefined") from None


def test_only_what_has_a_template_is_made_anew() -> None:
    users = [{"number": "30000"}, {"number": "{{ a }}", "name": "{# c #}", "key": "{{ omit }}"}, "{{ omit }}"]
    node = {"users": users, "pilots": [{"number": "60000"}], "also": ("{% if b %}",)}
    made = Rendering(fill, OMIT)(node, "o2g")
    assert made == {"users": [{"number": "30000"}, {"number": 1, "name": ""}], "pilots": node["pilots"], "also": ["b"]}
    assert made["users"][0] is users[0]
    assert made["pilots"] is node["pilots"]
    assert Rendering(fill, OMIT)(node["pilots"], "o2g") is node["pilots"]
    assert has_templates(node)
    assert not has_templates(node["pilots"])


def test_what_ansible_before_2_19_takes_for_omitted_is_so() -> None:
    assert Rendering(fill, "b")(["{% if b %}", "{# c #}", "{{ both }}"], "o2g") == ["", {"users": ["c"]}]


def test_what_cannot_be_filled_in_is_told_with_its_place() -> None:
    rendered = Rendering(fill, OMIT)
    rendered({"users": [{}, {"number": "{{ z }}", "name": "{{ a }}"}, "{{ y }}"]}, "o2g")
    assert rendered.faults == ["o2g.users[1].number: '{{ z }}' is undefined", "o2g.users[2]: '{{ y }}' is undefined"]


def test_data_comes_through_as_it_was() -> None:
    data = {"o2g": {"node_id": 7, "users": [{"number": "é{{ 1 }}", "on": True, "off": None}]}, "ccs": {}}
    assert unpacked(packed(data)) == data
    assert unpacked(data) == data
    assert unpacked(None) == {}
    assert lists_of(packed(data), "apio") == {}


@pytest.mark.parametrize("lists", ["users", "[]", 5])
def test_what_is_no_block_is_refused(lists: Any) -> None:
    with pytest.raises(Faults) as told:
        unpacked({"o2g": lists})
    assert told.value.faults == ["o2g: must be a dictionary of lists"]


class Tagged(str):
    """Text as Ansible marks it."""


def test_what_is_plain_already_is_not_copied() -> None:
    node = {"users": [{"number": "30000", "keys": 3}], "on": True, "nothing": None}
    assert plain(node) is node
    for marked in ({"users": [{Tagged("number"): "30000"}]}, {"users": [{"number": Tagged("30000")}]}, {"a": ("b",)}):
        made = plain(marked)
        assert made == {name: list(value) for name, value in marked.items()}
        assert made is not marked
        assert all(type(one) in (str, dict) for value in made.values() for one in value)
