#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: tenant_show
short_description: Show a report about a tenant in Ansible's output
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Shows a text line by line, as it is. M(ansible.builtin.debug) shows JSON, with quotes around each line, which nobody likes
    to read in the output of a job.
options:
  text:
    description:
      - What is shown.
    type: str
    required: true
attributes:
  check_mode:
    support: full
    description: Can run in check mode, in which it does the same.
  diff_mode:
    support: none
    description: It changes nothing.
  idempotent:
    support: full
    description: It changes nothing.
  platform:
    support: full
    platforms: all
    description: Runs on the controller.
seealso:
  - module: ansible.builtin.debug
"""

EXAMPLES = r"""
- name: Show what would be done
  voiceops.telephony.tenant_show:
    text: "{{ {} | voiceops.telephony.tenant_plan('acme', {}) | voiceops.telephony.tenant_plan_report }}"
"""

RETURN = r""" # """
