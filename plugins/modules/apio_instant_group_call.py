#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: apio_instant_group_call
short_description: Manage BroadWorks instant group calls through APIO
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Creates, changes, deletes and activates instant group calls, by which one call reaches a group of numbers at once,
    one or hundreds in one task.
  - Only options that are given are compared and written. An option that is V(null) is cleared, where it says so.
  - To create an instant group call, O(name), O(cli_last_name) and O(cli_first_name) are needed. Most servers also want
    O(service_user_id) unless they make the ids themselves.
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
  service_user_id: &service_user_id
    description:
      - User id of the instant group call with its domain, such as V(igc-fire@acme.example), up to 161 characters.
      - It cannot be changed. If it is left out, an existing instant group call is found by O(name).
      - Leave it out to create an instant group call if the server makes the ids itself.
      - If the server has renamed the id, because it is built from a phone number that was changed, the new one is in
        RV(results[].resource).
    type: str
  name: &name
    description:
      - Name of the instant group call, 1 to 30 characters. Needed to create one.
      - Without O(service_user_id) it identifies the instant group call. If several have the name, the task fails and
        lists their ids.
      - With O(service_user_id) it can be changed.
    type: raw
  service_user_password: &service_user_password
    description:
      - Password of the instant group call's own account, 1 to 60 characters, by the password rules of the group. Quote
        it.
      - The platform never returns it. When it is written is up to O(update_password).
    type: raw
  department: &department
    description:
      - The department that the instant group call belongs to. V(null) takes it out.
      - Only the members that are given are compared, and the others are kept. Where there is no department yet, all of
        them are needed.
    type: dict
    suboptions:
      tenant_id:
        description: Tenant of the department, 1 to 30 characters.
        type: raw
      group_id:
        description: Group of the department, 1 to 30 characters.
        type: raw
      department_name:
        description: Name of the department, 1 to 50 characters.
        type: str
  cli_first_name: &cli_first_name
    description:
      - First name of the calling line identity, 1 to 30 characters. Needed to create an instant group call.
    type: str
  cli_last_name: &cli_last_name
    description:
      - Last name of the calling line identity, 1 to 30 characters. Needed to create an instant group call.
    type: str
  cli_phone_number: &cli_phone_number
    description:
      - Number of the calling line identity, up to 23 characters. Quote it. V(null) clears it.
    type: raw
  language: &language
    description:
      - Language of the announcements, 1 to 40 characters, such as V(English). The server must have it.
    type: str
  time_zone: &time_zone
    description:
      - Time zone by its IANA name, 1 to 127 characters, such as V(Europe/Brussels).
    type: str
  phone_number: &phone_number
    description:
      - Number that starts the group call, up to 23 characters. It must be assigned to the group and free.
      - Quote it, so that YAML keeps leading zeros and C(+). V(null) clears it.
    type: raw
  extension: &extension
    description:
      - Extension of the instant group call, 2 to 20 characters. Quote it. V(null) clears it.
    type: raw
  public_user_identity: &public_user_identity
    description:
      - SIP identity of the instant group call, 1 to 161 characters. V(null) clears it.
    type: str
  answer_timeout_minutes: &answer_timeout_minutes
    description:
      - After how many minutes those who have not answered are no longer rung, 1 to 60. V(null) clears it.
    type: int
  answer_timeout_enabled: &answer_timeout_enabled
    description:
      - Whether O(answer_timeout_minutes) holds. V(false) for a new one unless this says otherwise.
    type: bool
  destination_phone_numbers: &destination_phone_numbers
    description:
      - All numbers and SIP addresses that are called, each up to 161 characters. Quote them. The order does not count.
      - The list is complete. What is not in it is removed, and V([]) or V(null) removes all.
    type: list
    elements: raw
  template_name: &template_name
    description:
      - Template from which the server fills in what is not given.
      - Used when an instant group call is created, and ignored for one that exists.
    type: str
  active: &active
    description:
      - Whether the instant group call is in service.
      - Few servers return it. On the others it cannot be compared, and is written in each run. See
        O(write_unreadable).
      - Where nothing else is to be changed, one request serves all instant group calls of a group.
    type: bool
  config:
    description:
      - Many instant group calls at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      tenant_id: *tenant_id
      group_id: *group_id
      service_user_id: *service_user_id
      name: *name
      service_user_password: *service_user_password
      department: *department
      cli_first_name: *cli_first_name
      cli_last_name: *cli_last_name
      cli_phone_number: *cli_phone_number
      language: *language
      time_zone: *time_zone
      phone_number: *phone_number
      extension: *extension
      public_user_identity: *public_user_identity
      answer_timeout_minutes: *answer_timeout_minutes
      answer_timeout_enabled: *answer_timeout_enabled
      destination_phone_numbers: *destination_phone_numbers
      template_name: *template_name
      active: *active
extends_documentation_fragment:
  - voiceops.telephony.apio
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.bulk.state
  - voiceops.telephony.bulk.purge
  - voiceops.telephony.bulk.owned
  - voiceops.telephony.bulk.password
  - voiceops.telephony.bulk.unreadable
  - voiceops.telephony.bulk.written
  - voiceops.telephony.bulk.country
  - voiceops.telephony.attributes
attributes:
  idempotent:
    support: partial
    description: A second run with the same options changes nothing.
    details:
      - With O(update_password=always) and a password, each run writes the password.
      - If the server does not return O(active), each run that gives it writes it, unless O(write_unreadable=never).
      - A server may accept an option and ignore it. The task warns of each such option, and the next run writes it
        again.
      - With O(written_file), what was written there last is not written again.
notes:
  - An id that is given and does not exist, while another instant group call has the O(name), is refused before the
    first write. This is what happens when the server has made an id of its own.
seealso:
  - module: voiceops.telephony.apio_instant_group_call_info
  - module: voiceops.telephony.apio_call_center
"""

EXAMPLES = r"""
- name: One instant group call
  voiceops.telephony.apio_instant_group_call:
    url: https://apio.example.com
    username: admin
    password: "{{ apio_password }}"
    tenant_id: acme
    group_id: brussels
    service_user_id: igc-fire@acme.example
    name: Fire brigade
    cli_last_name: Acme
    cli_first_name: Alarm
    phone_number: "025126799"
    extension: "6799"
    answer_timeout_enabled: true
    answer_timeout_minutes: 5
    destination_phone_numbers: ["+32471112233", "+32471112244", "6701"]

- name: All instant group calls of two groups; those that are not listed are deleted, but never more than two
  voiceops.telephony.apio_instant_group_call:
    tenant_id: acme
    country: BE
    purge: true
    max_deletions: 2
    config:
      - group_id: brussels
        service_user_id: igc-fire@acme.example
        name: Fire brigade
        destination_phone_numbers: ["0471112233", "0471112244"]
      - group_id: antwerp
        service_user_id: igc-first-aid@acme.example
        name: First aid
        cli_last_name: Acme
        cli_first_name: First aid
        destination_phone_numbers: ["0471112255"]

- name: Take two out of service, in one request per group
  voiceops.telephony.apio_instant_group_call:
    tenant_id: acme
    config:
      - {group_id: brussels, name: Fire brigade, active: false}
      - {group_id: antwerp, name: First aid, active: false}

- name: Create one on a server that makes the ids itself
  voiceops.telephony.apio_instant_group_call:
    tenant_id: acme
    group_id: brussels
    name: Crisis team
    cli_last_name: Acme
    cli_first_name: Crisis
    template_name: basic
  register: crisis_team

- name: Whom it calls, set by the id that it got
  voiceops.telephony.apio_instant_group_call:
    tenant_id: acme
    group_id: brussels
    service_user_id: "{{ crisis_team.results[0].resource.service_user_id }}"
    destination_phone_numbers: "{{ members_of_the_crisis_team }}"

- name: The fire brigade has other numbers
  block:
    - name: Write them
      voiceops.telephony.apio_instant_group_call:
        tenant_id: acme
        group_id: brussels
        service_user_id: igc-fire@acme.example
        destination_phone_numbers: "{{ fire_brigade }}"
  rescue:
    - name: Tell the safety officer that an alarm still calls the old ones
      voiceops.telephony.notify_mail:
        host: mail.example.com
        sender: telephony@example.com
        to: [safety@example.com]
        subject: An alarm still calls the old numbers of the fire brigade
        text: "{{ ansible_failed_result.msg }}"

- name: Delete one
  voiceops.telephony.apio_instant_group_call:
    tenant_id: acme
    group_id: brussels
    service_user_id: igc-fire@acme.example
    state: absent
"""

RETURN = r"""
results:
  description: One entry per instant group call, in the order of O(config), and after them what was purged.
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the instant group call.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, service_user_id: igc-fire@acme.example, name: Fire brigade}
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
      description:
        - The instant group call under the names of the options, as far as it was read or written. Passwords are masked.
      type: dict
      returned: always
      sample: {tenant_id: acme, group_id: brussels, service_user_id: igc-fire@acme.example, name: Fire brigade,
        phone_number: "025126799", extension: "6799", answer_timeout_enabled: true, answer_timeout_minutes: 5,
        destination_phone_numbers: ["+32471112233"], service_user_password: "********"}
    before:
      description:
        - The instant group call before the change, as options that can be given back.
        - Before a deletion, only what the platform's list shows is known.
      type: dict
      returned: for an update or a deletion
      sample: {tenant_id: acme, group_id: brussels, service_user_id: igc-fire@acme.example, name: Fire brigade,
        phone_number: "025126799", extension: null, answer_timeout_enabled: false, answer_timeout_minutes: null,
        destination_phone_numbers: ["+32471112233"]}
    unverified:
      description: Options that could not be compared, because the platform did not return them.
      type: list
      elements: str
      returned: always
      sample: [active]
    as_written:
      description:
        - Options that the platform does not return, and that were written last as they are wanted, each with when that
          was. They were left alone.
      type: dict
      returned: with O(written_file), if there is any
      sample: {active: "2026-11-26T18:00:00Z"}
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
      sample: "instant group call 'igc-fire@acme.example' of brussels: the platform refused it"
summary:
  description: How many entries were created, updated, deleted, unchanged or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {created: 1, updated: 0, deleted: 0, unchanged: 0, failed: 0, requests: 3}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.apio.instant_group_call import InstantGroupCall
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(InstantGroupCall)


if __name__ == "__main__":
    main()
