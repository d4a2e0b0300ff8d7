# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_name
short_description: What stands for a tenant in names of files and variables
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - A tenant has the name of its host, which may hold what a file or a variable cannot have in its name.
  - No two tenants get the same. A plain name, such as C(acme), stays as it is.
positional: form
options:
  _input:
    description: The name of the host.
    type: str
    required: true
  form:
    description:
      - For a V(file), slashes and the like are percent-encoded, and so is a dot at the beginning.
      - For a V(variable), what is no letter of ASCII and no digit stands as its code point in hexadecimal digits
        between underscores, and an underscore is doubled.
    type: str
    choices: [file, variable]
    required: true
"""

EXAMPLES = r"""
- name: acme%2Fbrussels.json
  ansible.builtin.debug:
    msg: "{{ 'acme/brussels' | voiceops.telephony.tenant_name('file') }}.json"

- name: telephony_plan_acme_2d_be, while acme.be is telephony_plan_acme_2e_be
  ansible.builtin.debug:
    msg: "telephony_plan_{{ 'acme-be' | voiceops.telephony.tenant_name('variable') }}"
"""

RETURN = r"""
_value:
  description: The name, or a part of one.
  type: str
"""

import re
from collections.abc import Callable

NO_FILE = re.compile(r'^\.|[\x00-\x1f\x7f/\\%:*?"<>|]')
NO_VARIABLE = re.compile("[^A-Za-z0-9]")
FORMS = {
    "file": lambda name: NO_FILE.sub(lambda found: f"%{ord(found[0]):02X}", name),
    "variable": lambda name: NO_VARIABLE.sub(lambda found: "__" if found[0] == "_" else f"_{ord(found[0]):x}_", name),
}


def tenant_name(name: str, form: str) -> str:
    return FORMS[form](str(name))


class FilterModule:
    def filters(self) -> dict[str, Callable[..., str]]:
        return {"tenant_name": tenant_name}
