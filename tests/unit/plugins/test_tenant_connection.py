# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of the variable that leads to a platform, and how what went wrong there is told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from conftest import ROOT

from ansible_collections.voiceops.telephony.plugins.filter.tenant_connection import tenant_connection
from ansible_collections.voiceops.telephony.plugins.plugin_utils.plan import failures


@pytest.mark.parametrize("blank", [None, "", " ", {}])
def test_blank_means_that_the_environment_says_it(blank: Any) -> None:
    assert tenant_connection(blank, "o2g_connection") == {"ask_again": False}


def test_blank_options_are_left_out() -> None:
    given = {"url": "https://o2g.example", "password": "", "timeout": " ", "ca_path": None, "retries": 0}
    kept = {"ask_again": False, "url": "https://o2g.example", "retries": 0}
    assert tenant_connection(given, "o2g_connection") == kept
    assert tenant_connection({"ask_again": True}, "o2g_connection") == {"ask_again": True}


def test_what_is_no_connection_is_refused_by_the_name_of_its_variable() -> None:
    with pytest.raises(AnsibleFilterError, match="o2g_connection: must be a dictionary"):
        tenant_connection("https://o2g.example", "o2g_connection")


def test_every_role_and_playbook_takes_it_that_way() -> None:
    files = [*ROOT.glob("roles/*/tasks/*.yml"), *ROOT.glob("playbooks/**/*.yml")]
    for file in set(files) - set(ROOT.glob("playbooks/inventory/**/*.yml")):
        for name, rest in re.findall(r"{{.*?\b((?:apio|ccs|o2g)_connection)\b(?!')(.{0,90})", file.read_text()):
            assert rest.startswith(f" | default({{}}) | voiceops.telephony.tenant_connection('{name}')"), file


def test_one_cause_is_told_once() -> None:
    results = {
        "o2g": {
            "users": {"failed": True, "msg": "refused.", "hopeless": "refused."},
            "pilots": {"failed": True, "msg": "Not asked again in this run: refused.", "hopeless": "refused."},
            "devices": {"failed": True, "msg": "[0]: wrong"},
            "routing": {"changed": False},
        },
        "ccs": {"limits": {"failed": True, "msg": "refused."}},
    }
    assert failures(results) == [
        "o2g: refused (2 lists: users, pilots)",
        "o2g.devices: [0]: wrong",
        "ccs.limits: refused.",
    ]
