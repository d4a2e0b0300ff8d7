# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What modules return, as text for a spreadsheet."""

from __future__ import annotations

import pytest

from ansible_collections.voiceops.telephony.plugins.filter.tenant_csv import tenant_csv


def test_rows_of_different_members() -> None:
    rows = [{"name": 'Jan "J"; Aerts', "cost": 0.5}, {"name": None, "tags": ["a", "b"]}]
    assert tenant_csv(rows) == 'name;cost;tags\n"Jan ""J""; Aerts";0.5;\n;;"[""a"", ""b""]"\n'
    assert tenant_csv([]) == ""


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-x", "\t=1"])
def test_no_text_is_a_formula(formula: str) -> None:
    assert tenant_csv([{"a": formula}]).splitlines()[1].lstrip('"').startswith("'")


@pytest.mark.parametrize("text", ["+3225550100", "-5", "---", "a=b"])
def test_numbers_stay_what_they_are(text: str) -> None:
    expected = f"'{text}" if text == "---" else text
    assert tenant_csv([{"a": text}]) == f"a\n{expected}\n"
