# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the documentation of the modules says of their options, for those who do not read ansible-doc."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

MODULES = "ansible_collections.voiceops.telephony.plugins.modules"


def prose(description: Any) -> str:
    """Return a description without Ansible's markup."""
    lines = [description] if isinstance(description, str) else description or []
    lines = [line for line in lines if not line.startswith("Required, here or")]
    text = " ".join(str(line) for line in lines)
    text = re.sub(r"\b[MP]\(voiceops\.telephony\.(\w+)(?:#\w+)?\)", r"\1", text)
    return re.sub(r"\b(?:[CVOEIB]|RV)\(([^()]*)\)", r"\1", text)


@cache
def options_of(module: str) -> dict[str, Any]:
    """Return the documentation of a module's options."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(import_module(f"{MODULES}.{module}").DOCUMENTATION, Loader=loader)["options"]


def description_of(module: str, option: str) -> str:
    """Return what is said of an option; dots lead into dictionaries, of which only the outer may be documented."""
    documented: Mapping[str, Any] = {}
    options = options_of(module) if module else {}
    for name in option.split("."):
        if name not in options:
            break
        documented = options[name]
        options = documented.get("suboptions") or {}
    return prose(documented.get("description"))
