# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a list shows, kept up to date by all items of a loop."""

from __future__ import annotations

from typing import Any
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.voiceops.telephony.plugins.module_utils import resource
from ansible_collections.voiceops.telephony.plugins.module_utils.fields import Field, Phone, Text, Values, folded
from ansible_collections.voiceops.telephony.plugins.module_utils.resource import Listing

FIELDS = (Field("name", Text(1), required=True), Field("phoneNumber", Phone()))
NAMES = ["a", "b", "a b", "a\u00a0b", "a-b", "a\u2013b", None]
NUMBERS = ["+3225126770", "02 512 67 70", "+3225126771", None]
RESOURCE = st.fixed_dictionaries({"name": st.sampled_from(NAMES), "phone_number": st.sampled_from(NUMBERS)})


def listing(there: list[Values]) -> Listing:
    return Listing(there, FIELDS, "BE")


def shown(there: Listing) -> list[Any]:
    """Return all that can be asked of a listing, in an order that does not tell when something came."""
    numbers = [there.named(("phone_number",), {"phone_number": number}) for number in NUMBERS]
    names = [there.named(("name", "phone_number"), {"name": n, "phone_number": p}) for n in NAMES for p in NUMBERS]
    alike = [there.alike("name", name) for name in NAMES if name]
    return [len(there), *(sorted(map(repr, found)) for found in (there, *numbers, *names, *alike))]


@given(st.lists(RESOURCE, max_size=6), st.lists(st.integers(0, 9) | RESOURCE, max_size=12), st.booleans())
def test_kept_up_to_date_it_tells_what_a_new_one_tells(
    first: list[Values], changes: list[int | Values], asked: bool
) -> None:
    there, now = listing(first), list(first)
    if asked:
        shown(there)
    for change in changes:
        if isinstance(change, dict):
            there.add(change)
            now.append(change)
        elif change < len(now):
            there.drop(now.pop(change))
        if asked:
            assert shown(there) == shown(listing(now))
    assert shown(there) == shown(listing(now))


def test_what_is_added_or_taken_away_has_no_other_looked_at() -> None:
    many = [{"name": f"Line {n}", "phone_number": f"+3225{n:06}"} for n in range(50)]
    there = listing(many)
    there.alike("name", "Line 1")
    with mock.patch.object(resource, "folded", wraps=folded) as looked:
        for n in range(20):
            there.add({"name": f"New {n}", "phone_number": None})
            there.drop(many[n])
            assert there.alike("name", f"New\u00a0{n}") == [f"New {n}"]
    assert looked.call_count == 3 * 20
