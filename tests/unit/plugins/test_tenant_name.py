# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any name that Ansible takes as that of a host stands for one tenant, in names of files and of variables."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.voiceops.telephony.plugins.filter.tenant_name import tenant_name
from ansible_collections.voiceops.telephony.plugins.module_utils.tenant.names import unusable

NAMES = st.lists(st.text("aA1_-./%é \\2d") | st.text(), min_size=2, max_size=2, unique=True)


@given(NAMES)
def test_no_two_tenants_share_a_name(names: list[str]) -> None:
    for form in ("file", "variable"):
        one, other = (tenant_name(name, form) for name in names)
        assert one != other
    assert not re.search(r"[/\\\0]|^\.", tenant_name(names[0], "file"))
    assert f"telephony_plan_{tenant_name(names[0], 'variable')}".isascii()
    assert f"telephony_plan_{tenant_name(names[0], 'variable')}".isidentifier()


@pytest.mark.parametrize("name", ["acme", "Acme1", "acme.be", "acme-be", "müller", "société générale"])
def test_a_file_is_called_like_its_tenant_where_it_can_be(name: str) -> None:
    assert tenant_name(name, "file") == name


def test_nothing_else_is_made_of_the_name_of_a_host() -> None:
    """In paths and in names of variables; what people read has the name as it is."""
    for file in (*ROOT.glob("playbooks/**/*.yml"), *ROOT.glob("roles/*/*/*.yml")):
        for line in file.read_text().splitlines():
            if file.name != "export.yml" and re.search(r"/ *\{\{ *inventory_hostname|_' ~ inventory_hostname", line):
                assert "inventory_hostname | voiceops.telephony.tenant_name(" in line, f"{file}: {line}"


@pytest.mark.parametrize(
    ("name", "why"), [("/acme", "begins with a slash"), ("a/../b", "'..'"), ("a\nb", "control character"), ("a/", "''")]
)
def test_a_name_whose_variables_ansible_cannot_find_is_refused(name: str, why: str) -> None:
    (fault,) = unusable(name)
    assert why in fault


@pytest.mark.parametrize("name", ["acme", "acme/brussels", "société générale", "acme..be"])
def test_any_other_name_will_do(name: str) -> None:
    assert unusable(name) == []
