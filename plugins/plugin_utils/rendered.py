# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fills in the templates of what somebody wrote, and leaves alone what has none: most of thousands of entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleError

from ..module_utils.fields import identical

MARKS = ("{{", "{%", "{#")
"""What Ansible takes for the beginning of something to fill in."""


def is_template(value: Any) -> bool:
    return isinstance(value, str) and any(mark in value for mark in MARKS)


def has_templates(value: Any) -> bool:
    """Tell whether there is a template anywhere in a value."""
    if isinstance(value, Mapping):
        return any(map(has_templates, value.values()))
    if isinstance(value, list | tuple):
        return any(map(has_templates, value))
    return is_template(value)


class Rendering:
    """Fills in the templates of some values, and gathers what cannot be filled in."""

    def __init__(self, template: Callable[[list[str]], list[Any]], omit: Any) -> None:
        """C(template) is Ansible's; what becomes C(omit) is left out of its list or dictionary."""
        self._template = template
        self._omit = omit
        self.faults: list[str] = []
        """A text for each template that cannot be filled in, with its place."""

    def __call__(self, value: Any, where: str) -> Any:
        """Return a value with its templates filled in, the same object if it has none."""
        if isinstance(value, Mapping):
            members = {name: self(member, f"{where}.{name}") for name, member in value.items()}
            same = identical(members.values(), value.values())
            return value if same else {name: one for name, one in members.items() if not _is(one, self._omit)}
        if isinstance(value, list | tuple):
            items = [self(item, f"{where}[{n}]") for n, item in enumerate(value)]
            return value if identical(items, value) else [item for item in items if not _is(item, self._omit)]
        if not is_template(value):
            return value
        try:
            made = self._template([value])  # by itself, a text to be omitted is an error since ansible-core 2.19
        except AnsibleError as error:
            self.faults.append(f"{where}: {error}")
            return value
        return _without(made[0], self._omit) if made else self._omit


def _without(value: Any, omit: Any) -> Any:
    """Return what a template made, without what is omitted within it; since ansible-core 2.19 there is nothing."""
    if isinstance(value, Mapping):
        return {name: _without(member, omit) for name, member in value.items() if not _is(member, omit)}
    if isinstance(value, list | tuple):
        return [_without(item, omit) for item in value if not _is(item, omit)]
    return value


def _is(value: Any, omit: Any) -> bool:
    return value is omit or (isinstance(omit, str) and isinstance(value, str) and value == omit)
