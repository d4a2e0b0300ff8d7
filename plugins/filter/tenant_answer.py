# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_answer
short_description: The value of a variable, or its default if it is blank
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - A question of AWX that nobody answered, and C(-e tenant_purge=), are empty text. That means the default.
  - The value is held against the kind of the default, and a wrong one is refused by the name of its variable.
positional: name, default, choices
options:
  _input:
    description:
      - The value.
    type: raw
    required: true
  name:
    description:
      - The name of the variable.
    type: str
    required: true
  default:
    description:
      - What a blank value means. Its kind, a boolean, a whole number or text, is that of the answer.
    type: raw
    required: true
  choices:
    description:
      - The texts that are allowed; empty for any.
    type: list
    elements: str
    default: []
"""

EXAMPLES = r"""
- name: Say whether to purge
  ansible.builtin.debug:
    msg: "{{ tenant_purge | voiceops.telephony.tenant_answer('tenant_purge', false) }}"
"""

RETURN = r"""
_value:
  description: The value, of the kind of the default.
  type: raw
"""

from collections.abc import Callable, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.module_utils.parsing.convert_bool import boolean


def tenant_answer(value: Any, name: str, default: Any, choices: Sequence[str] = ()) -> Any:
    """Return the value of a variable, or its default."""
    if value is None or not str(value).strip():
        return default
    what = f"one of {', '.join(choices)}"
    if isinstance(default, bool):
        what = "true or false"
    elif isinstance(default, int):
        what = "a whole number, 0 or more"
    try:
        if isinstance(default, bool):
            return boolean(value)
        if isinstance(default, int) and str(value).strip().isdecimal():
            return int(str(value))
        if isinstance(default, int) or (choices and value not in choices):
            raise TypeError(value)
    except TypeError as error:
        raise AnsibleFilterError(f"{name}: must be {what}, not {value!r}") from error
    return value


class FilterModule:
    """Filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"tenant_answer": tenant_answer}
