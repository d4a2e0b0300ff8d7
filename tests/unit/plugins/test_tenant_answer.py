# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A blank variable means its default, and a wrong one is told by its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.errors import AnsibleFilterError

from ansible_collections.voiceops.telephony.plugins.filter.tenant_answer import FilterModule, tenant_answer

ROLE = Path(__file__).resolve().parents[3] / "roles/tenant"
ANSWERS = yaml.safe_load((ROLE / "vars/main.yml").read_text())["tenant_answers"]
DEFAULTS = yaml.safe_load((ROLE / "defaults/main.yml").read_text())


@pytest.mark.parametrize("blank", ["", " ", None])
@pytest.mark.parametrize("default", [True, False, 10, "present"])
def test_blank_is_the_default(blank: Any, default: Any) -> None:
    assert tenant_answer(blank, "tenant_x", default) is default


@pytest.mark.parametrize(
    ("value", "default", "answer"),
    [
        ("false", True, False),
        (True, False, True),
        ("yes", False, True),
        ("0", 10, 0),
        (0, 10, 0),
        ("absent", "x", "absent"),
    ],
)
def test_what_is_given_counts(value: Any, default: Any, answer: Any) -> None:
    assert tenant_answer(value, "tenant_x", default) == answer
    assert type(tenant_answer(value, "tenant_x", default)) is type(default)


@pytest.mark.parametrize(
    ("value", "default", "told"),
    [
        ("maybe", False, "true or false, not 'maybe'"),
        ("ten", 10, "a whole number, 0 or more, not 'ten'"),
        (-1, 10, "a whole number, 0 or more, not -1"),
        ("gone", "present", "one of present, absent, not 'gone'"),
    ],
)
def test_what_is_wrong_is_told(value: Any, default: Any, told: str) -> None:
    with pytest.raises(AnsibleFilterError, match=f"tenant_x: must be {told}"):
        tenant_answer(value, "tenant_x", default, ["present", "absent"])


def test_each_variable_of_the_role_is_asked_in_this_way() -> None:
    """And its default is that of the role."""
    options = yaml.safe_load((ROLE / "meta/argument_specs.yml").read_text())["argument_specs"]["main"]["options"]
    asked = {name for name in options if name.startswith("tenant_")} - {"tenant_other_names"}
    assert asked == {f"tenant_{name}" for name in ANSWERS}
    for name, template in ANSWERS.items():
        assert f"tenant_{name} | voiceops.telephony.tenant_answer('tenant_{name}', " in template
        assert options[f"tenant_{name}"]["type"] == "raw"
        if name not in ("check", "base_dir"):
            assert yaml.safe_load(re.search(r"', ('\w*'|\w+)", template)[1]) == DEFAULTS[f"tenant_{name}"]


def test_ansible_finds_the_filter() -> None:
    assert FilterModule().filters() == {"tenant_answer": tenant_answer}
