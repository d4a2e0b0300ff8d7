#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ccs_extension
short_description: Set up the extensions of a Windstream CCS tenant
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Makes extensions agents, and sets their recording, monitoring and chat, one or hundreds in one task.
  - The API can neither create nor delete extensions. They come from the telephony platform, and one that is not there
    is an error.
  - Only options that are given are written.
  - The documented API takes all settings and returns none of them. They are written in each run and the entry is
    reported as changed, unless O(write_unreadable=never). See RV(results[].unverified).
options:
  tenant: &tenant
    description:
      - The tenant by its uuid, by its name on the voice platform, or by its own name. A name must be unique.
      - A uuid is quickest. A name on the voice platform costs one more request per task, and another name one more per
        tenant that the account sees.
      - Given at the top level, it holds for all entries of O(config) that do not say otherwise.
      - Required, here or in each entry of O(config).
    type: raw
  uuid: &uuid
    description:
      - The extension by its uuid. Either this or O(extension) must be given.
    type: str
  extension: &extension
    description:
      - The extension by its number. Quote it, so that YAML keeps leading zeros.
      - It cannot be changed. Beside O(uuid) it is only checked.
    type: raw
  is_agent: &is_agent
    description:
      - Whether the extension is an agent of the contact center. Agents count against the licences of the tenant.
    type: bool
  recording_type: &recording_type
    description:
      - Whether calls are recorded, V(None) never, V(Mandatory) always, V(On Demand) when the agent asks for it.
      - Recorded extensions count against the limit of the tenant.
    type: str
    choices: [None, Mandatory, On Demand]
  monitor: &monitor
    description:
      - Whether supervisors can listen to the calls. Such extensions count against the limit of the tenant.
    type: bool
  max_chats: &max_chats
    description:
      - How many chats the agent can have at the same time, 0 to 6.
    type: int
  is_multimedia_enabled: &is_multimedia_enabled
    description:
      - Whether the agent gets contacts of other media than voice. It takes a multimedia licence of the tenant.
    type: bool
  config:
    description:
      - Many extensions at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      tenant: *tenant
      uuid: *uuid
      extension: *extension
      is_agent: *is_agent
      recording_type: *recording_type
      monitor: *monitor
      max_chats: *max_chats
      is_multimedia_enabled: *is_multimedia_enabled
extends_documentation_fragment:
  - voiceops.telephony.ccs
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.present
  - voiceops.telephony.bulk.unreadable
  - voiceops.telephony.bulk.written
  - voiceops.telephony.attributes
attributes:
  idempotent:
    support: partial
    description: A second run with the same options changes nothing.
    details:
      - The platform does not return the settings of an extension, so each run writes them and is reported as changed.
      - With O(write_unreadable=never), nothing is written that cannot be compared, and a run only checks that the
        extensions are there.
      - It is idempotent on a server that returns the settings.
      - With O(written_file), what was written there last is not written again.
notes:
  - The account needs the permissions API and Tenant Edit, and must see the tenant.
  - No setting can be cleared with V(null), since each always has a value.
  - In check mode the task says that the settings would be written. It cannot say whether they differ.
seealso:
  - module: voiceops.telephony.ccs_extension_info
"""

EXAMPLES = r"""
- name: One extension becomes an agent with three chats
  voiceops.telephony.ccs_extension:
    url: https://ccs.example.com
    token: "{{ ccs_token }}"
    tenant: Acme Contact Center
    extension: "2001"
    is_agent: true
    max_chats: 3

- name: All agents of a tenant
  voiceops.telephony.ccs_extension:
    tenant: Acme Contact Center
    config:
      - extension: "2001"
        is_agent: true
        recording_type: Mandatory
        monitor: true
      - extension: "2002"
        is_agent: true
        recording_type: On Demand
        max_chats: 6
        is_multimedia_enabled: true
      - uuid: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d
        is_agent: false
        recording_type: None

- name: The connection, said once for all tasks of a play or block
  module_defaults:
    group/voiceops.telephony.ccs:
      url: https://ccs.example.com
      auth: basic
      username: admin
      password: "{{ ccs_password }}"
  block:
    - name: Check that all extensions of the list are there, and write nothing
      voiceops.telephony.ccs_extension:
        tenant: Acme Contact Center
        write_unreadable: never
        config: "{{ agents }}"

    - name: Write only what has changed in the list since it was written last
      voiceops.telephony.ccs_extension:
        tenant: Acme Contact Center
        config: "{{ agents }}"
        written_file: written/acme.json
      register: written

    - name: Whose settings were written
      ansible.builtin.debug:
        msg: "{{ item.key.extension }} {{ item.resource.firstname }} {{ item.resource.lastname }}"
      loop: "{{ written.results | selectattr('changed') }}"
      loop_control: {label: "{{ item.key.extension }}"}

    - name: Agents of a list, of whom some may not be there
      block:
        - name: All of them
          voiceops.telephony.ccs_extension:
            tenant: Acme Contact Center
            config: "{{ agents }}"
      rescue:
        - name: Say who is not, and go on; all others are written
          ansible.builtin.debug:
            msg: "{{ ansible_failed_result.results | default([]) | selectattr('error', 'defined') | map(attribute='error')
              | join('; ') | default(ansible_failed_result.msg, true) }}"
"""

RETURN = r"""
results:
  description: One entry per extension, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the extension.
      type: dict
      returned: always
      sample: {tenant: Acme Contact Center, uuid: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d, extension: "2001"}
    action:
      description: What it needed, V(update) or V(unchanged).
      type: str
      returned: always
      sample: update
    changed:
      description: Whether that was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: The extension under the names of the options, with what was written.
      type: dict
      returned: always
      sample: {tenant: Acme Contact Center, uuid: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d, extension: "2001",
        firstname: An, lastname: Peeters, is_agent: true, max_chats: 3}
    before:
      description: The extension before the change, with those of its options that the platform returns.
      type: dict
      returned: for an update
      sample: {tenant: Acme Contact Center, uuid: 81bf95ea-1f0c-4d3f-9d2e-6a1f0c4d3f9d, extension: "2001"}
    unverified:
      description: Options that could not be compared, because the platform did not return them.
      type: list
      elements: str
      returned: always
      sample: [is_agent, max_chats]
    as_written:
      description:
        - Options that the platform does not return, and that were written last as they are wanted, each with when that
          was. They were left alone.
      type: dict
      returned: with O(written_file), if there is any
      sample: {max_chats: "2026-11-26T18:00:00Z"}
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
      sample: "there is no extension '2001' of Acme Contact Center"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 0, updated: 1, deleted: 0, unchanged: 0, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.ccs.extension import Extension
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Extension)


if __name__ == "__main__":
    main()
