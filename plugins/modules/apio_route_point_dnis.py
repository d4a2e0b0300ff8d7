#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_route_point_dnis
short_description: Manage the DNIS of BroadWorks route points through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Creates, changes, renames and deletes the DNIS of route points, one or thousands in one task.
  - Only options that are given are compared and written. An option that is V(null) is cleared, where that is possible.
options:
  tenant_id: &tenant_id
    description:
      - The tenant, a service provider or enterprise in BroadWorks.
      - Given at the top level, it holds for all entries of O(config) that do not say otherwise.
      - Required, here or in each entry of O(config).
    type: raw
  group_id: &group_id
    description:
      - The group of the tenant. Can be given at the top level for all entries.
      - Required, here or in each entry of O(config).
    type: raw
  route_point_user_id: &route_point_user_id
    description:
      - User id of the route point, such as V(rp-sales@acme.example). Can be given at the top level for all entries.
      - Required, here or in each entry of O(config).
    type: str
  name: &name
    description:
      - Name of the DNIS, 1 to 40 characters, unique in its route point. It is what identifies the DNIS.
      - Required, here or in each entry of O(config).
    type: raw
  new_name: &new_name
    description:
      - Rename the DNIS to this. A DNIS that already has the new name, and none that has the old one, is left as it is.
    type: raw
  phone_number: &phone_number
    description:
      - Number on which the DNIS is called, up to 23 characters. Quote it, so that YAML keeps leading zeros and C(+).
    type: raw
  extension: &extension
    description:
      - Extension of the DNIS, 2 to 20 characters. Quote it.
    type: raw
  use_custom_clid_settings: &use_custom_clid_settings
    description:
      - Whether the agents' calls show the calling line identity of this DNIS.
      - V(true) needs O(cli_phone_number), O(cli_last_name) and O(cli_first_name), given or already there.
    type: bool
  cli_phone_number: &cli_phone_number
    description:
      - Number of the calling line identity, up to 23 characters. Quote it.
    type: raw
  cli_last_name: &cli_last_name
    description:
      - Last name of the calling line identity, up to 30 characters.
    type: str
  cli_first_name: &cli_first_name
    description:
      - First name of the calling line identity, up to 30 characters.
    type: str
  use_custom_dnis_announcement_settings: &use_custom_dnis_announcement_settings
    description:
      - Whether the DNIS has announcements of its own, which M(voiceops.telephony.apio_route_point_dnis_announcements)
        sets.
    type: bool
  allow_outgoing_acd_call: &allow_outgoing_acd_call
    description:
      - Whether agents can choose this DNIS for their outgoing ACD calls.
    type: bool
  config:
    description:
      - Many DNIS at once, each with the options of a single one. Cannot stand beside them.
      - Fields that are not given when a DNIS is created are left to the platform, and flags are V(false).
    type: list
    elements: dict
    suboptions:
      tenant_id: *tenant_id
      group_id: *group_id
      route_point_user_id: *route_point_user_id
      name: *name
      new_name: *new_name
      phone_number: *phone_number
      extension: *extension
      use_custom_clid_settings: *use_custom_clid_settings
      cli_phone_number: *cli_phone_number
      cli_last_name: *cli_last_name
      cli_first_name: *cli_first_name
      use_custom_dnis_announcement_settings: *use_custom_dnis_announcement_settings
      allow_outgoing_acd_call: *allow_outgoing_acd_call
extends_documentation_fragment:
  - voiceops.telephony.apio
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.state
  - voiceops.telephony.bulk.purge
  - voiceops.telephony.bulk.owned
  - voiceops.telephony.bulk.country
  - voiceops.telephony.attributes
seealso:
  - module: voiceops.telephony.apio_route_point_dnis_info
  - module: voiceops.telephony.apio_route_point_dnis_announcements
  - module: voiceops.telephony.apio_route_point_info
"""

EXAMPLES = r"""
- name: One DNIS
  voiceops.telephony.apio_route_point_dnis:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
    name: Main number
    phone_number: "025126770"
    extension: "6770"

- name: All DNIS of two route points; those that are not listed are deleted
  voiceops.telephony.apio_route_point_dnis:
    tenant_id: acme
    group_id: brussels
    country: BE
    purge: true
    config:
      - route_point_user_id: rp-sales@acme.example
        name: Main number
        phone_number: "+3225126770"
        use_custom_clid_settings: true
        cli_phone_number: "+3225126770"
        cli_last_name: Acme
        cli_first_name: Sales
      - route_point_user_id: rp-support@acme.example
        name: Support
        phone_number: "+3225126780"

- name: Rename a DNIS
  voiceops.telephony.apio_route_point_dnis:
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
    name: Main number
    new_name: Head office

- name: Delete a DNIS
  voiceops.telephony.apio_route_point_dnis:
    tenant_id: acme
    group_id: brussels
    route_point_user_id: rp-sales@acme.example
    name: Head office
    state: absent

- name: Each site has a file of its numbers; one task per site, over one session
  voiceops.telephony.apio_route_point_dnis:
    tenant_id: acme
    group_id: "{{ item }}"
    country: BE
    config: "{{ lookup('ansible.builtin.file', item ~ '.yml') | from_yaml }}"
  loop: [brussels, antwerp]
  register: numbers

- name: Say what was done per site
  ansible.builtin.debug:
    msg: "{{ item.item }}: {{ item.msg }}"
  loop: "{{ numbers.results }}"
  loop_control: {label: "{{ item.item }}"}

- name: Numbers of which some are refused
  block:
    - name: All of them
      voiceops.telephony.apio_route_point_dnis:
        tenant_id: acme
        group_id: brussels
        route_point_user_id: rp-sales@acme.example
        config: "{{ wanted }}"
  rescue:
    - name: Which were refused, and why; the others are done
      ansible.builtin.debug:
        msg: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') | map(attribute='error') }}"
"""

RETURN = r"""
results:
  description: One entry per DNIS, in the order of O(config), and after them what was purged.
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the DNIS.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, name: Main number}
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
      description: The DNIS under the names of the options, as far as it was read or written.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, name: Main number,
        phone_number: "025126770", extension: "6770"}
    before:
      description:
        - The DNIS before the change, as options that can be given back.
        - Before a deletion, only what the platform's list shows is known.
        - After a rename, C(name) is the new name and C(new_name) the old one.
      type: dict
      returned: for an update or a deletion
      sample: {tenant_id: acme, group_id: brussels, route_point_user_id: rp-sales@acme.example, name: Main number,
        phone_number: "025126779", extension: null}
    unverified:
      description: Options that could not be compared, because the platform did not return them.
      type: list
      elements: str
      returned: always
      sample: []
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
      sample: "DNIS 'Main number' of rp-sales@acme.example: the platform refused it"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 1, updated: 0, deleted: 0, unchanged: 0, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.dnis import Dnis
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Dnis)


if __name__ == "__main__":
    main()
