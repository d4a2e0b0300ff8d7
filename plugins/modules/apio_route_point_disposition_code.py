#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_route_point_disposition_code
short_description: Manage the call disposition codes of BroadWorks route points through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Creates, changes and deletes the codes by which agents say what a call was about, one or thousands in one task.
  - Only the route point's own codes are managed. Those of the group and the enterprise, which the platform lists with
    them, are never changed or deleted, also not by O(purge).
  - Only options that are given are compared and written. An option that is V(null) is cleared, where that is possible.
options:
  tenant_id: &tenant_id
    description:
      - The tenant, a service provider or enterprise in BroadWorks, 1 to 30 characters.
      - Given at the top level, it holds for all entries of O(config) that do not say otherwise.
      - Required, here or in each entry of O(config).
    type: raw
  group_id: &group_id
    description:
      - The group of the tenant, 1 to 30 characters. Can be given at the top level for all entries.
      - Required, here or in each entry of O(config).
    type: raw
  route_point_user_id: &route_point_user_id
    description:
      - User id of the route point, such as V(rp-sales@acme.example), up to 161 characters. Can be given at the top
        level for all entries.
      - Required, here or in each entry of O(config).
    type: str
  code: &code
    description:
      - The code, 1 to 10 characters, unique in its route point. Quote it. It cannot be changed.
      - Required, here or in each entry of O(config).
    type: raw
  active: &active
    description:
      - Whether agents can use the code. A new code is active unless this says otherwise.
    type: bool
  description: &description
    description:
      - What the code means, 1 to 40 characters. V(null) clears it.
    type: str
  config:
    description:
      - Many codes at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      tenant_id: *tenant_id
      group_id: *group_id
      route_point_user_id: *route_point_user_id
      code: *code
      active: *active
      description: *description
extends_documentation_fragment:
  - voiceops.telephony.apio
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.state
  - voiceops.telephony.bulk.purge
  - voiceops.telephony.attributes
notes:
  - The default code of a route point can be neither deleted nor deactivated. A task that would do so is refused before
    its first write.
seealso:
  - module: voiceops.telephony.apio_route_point_disposition_codes_config
  - module: voiceops.telephony.apio_route_point_info
"""

EXAMPLES = r"""
- name: One code
  voiceops.telephony.apio_route_point_disposition_code:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
    code: "1001"
    description: Order placed

- name: All codes of two route points; those that are not listed are deleted, but those of the group stay
  voiceops.telephony.apio_route_point_disposition_code:
    tenant_id: acme
    group_id: brussels
    purge: true
    config:
      - {route_point_user_id: rp-sales@acme.example, code: "1001", description: Order placed}
      - {route_point_user_id: rp-sales@acme.example, code: "1002", description: Order changed}
      - {route_point_user_id: rp-support@acme.example, code: "2001", description: Solved}
  register: codes

- name: A list of them for the agents
  ansible.builtin.copy:
    content: |
      {% for code in codes.results | rejectattr('action', 'eq', 'delete') | map(attribute='resource') %}
      {{ code.route_point_user_id }} {{ code.code }} {{ code.description }}
      {% endfor %}
    dest: codes.txt
    mode: "0644"

- name: A code goes, also if it is the default
  block:
    - name: Delete it
      voiceops.telephony.apio_route_point_disposition_code:
        tenant_id: acme
        group_id: brussels
        route_point_user_id: rp-sales@acme.example
        code: "1001"
        state: absent
  rescue:
    - name: End here if it was refused for another reason
      ansible.builtin.fail:
        msg: "{{ ansible_failed_result.msg }}"
      when: "'is the default code' not in ansible_failed_result.msg"

    - name: Make another one the default
      voiceops.telephony.apio_route_point_disposition_codes_config:
        tenant_id: acme
        group_id: brussels
        route_point_user_id: rp-sales@acme.example
        default_call_disposition_code: {code: "1002", level: CallCenter}

    - name: Delete it now
      voiceops.telephony.apio_route_point_disposition_code:
        tenant_id: acme
        group_id: brussels
        route_point_user_id: rp-sales@acme.example
        code: "1001"
        state: absent
"""

RETURN = r"""
results:
  description: One entry per code, in the order of O(config), and after them what was purged.
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the code.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, code: "1001"}
    action:
      description: What it needed, V(create), V(update), V(delete) or V(unchanged).
      type: str
      returned: always
      sample: create
    changed:
      description: Whether that was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: The code under the names of the options, as far as it was read or written.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, code: "1001", active:
        true, description: Order placed}
    before:
      description: The code before the change, as options that can be given back.
      type: dict
      returned: for an update or a deletion
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, code: "1001", active:
        true, description: Order}
    unverified:
      description: Options that could not be compared, because the platform did not return them.
      type: list
      elements: str
      returned: always
      sample: []
    awaits:
      description: What an earlier task of the same play has to change first, because the code is the default.
      type: list
      elements: str
      returned: in check mode, if there is any
      sample: ["disposition code settings of rp-sales@acme.example"]
    warnings:
      description: What should be looked at, though nothing failed.
      type: list
      elements: str
      returned: if there is any
      sample: []
    error:
      description: Why this entry failed.
      type: str
      returned: when it failed
      sample: "disposition code '1001' of rp-sales@acme.example: the platform refused it"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 1, updated: 0, deleted: 0, unchanged: 0, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.disposition_code import DispositionCode
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(DispositionCode)


if __name__ == "__main__":
    main()
