#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_user_info
short_description: Read the users of Alcatel-Lucent Enterprise O2G
version_added: 0.1.0
author:
  - voiceops contributors (@voiceops)
description:
  - Returns the users of a node or of all nodes. Where several options choose among them, users are returned whom all choose.
  - In the session of a user, it returns that user, or the one whom O(company_phone) names.
  - RV(resources[].node_id) and RV(resources[].login_name) are options of M(voiceops.telephony.o2g_user). All else comes
    from the OmniPCX Enterprise and cannot be written.
options:
  node_id:
    description:
      - Number of the OmniPCX Enterprise node, as O2G knows it. Without it, users of all nodes are returned.
    type: int
  device_number:
    description:
      - Return only the user with this main or secondary number. Quote it. If there is none, the list is empty.
    type: raw
  login_name:
    description:
      - Return only the user with this login name, such as V(oxe70120). If there is none, the list is empty.
    type: raw
  company_phone:
    description:
      - Return only the user with this company phone, read in one request. Quote it. If there is none, the list is empty.
    type: raw
    version_added: 0.2.0
  only_acd:
    description:
      - Return only users who are agents or supervisors of the call center. Needs an administrator.
    type: bool
    version_added: 0.2.0
  only_with_external_login:
    description:
      - Return only users who have a valid external login. Needs an administrator.
    type: bool
    version_added: 0.2.0
  gather_subset:
    description:
      - What to read besides the login names.
      - V(details) adds names, numbers, devices and voicemail, at one request per user.
      - V(preferences) adds the languages of each user, at one more.
      - An empty list is the quickest, with one request for all users.
    type: list
    elements: str
    choices: [details, preferences]
    default: [details]
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.as_options
  - voiceops.telephony.attributes.info
notes:
  - Needs O2G 2.7.3, and an administrator for other users than the own. No licence is needed.
seealso:
  - module: voiceops.telephony.o2g_user
"""

EXAMPLES = r"""
- name: All users of a node with their devices
  voiceops.telephony.o2g_user_info:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    node_id: 7
  register: users

- name: Say whose voicemail is on an external system
  ansible.builtin.debug:
    msg: "{{ users.resources | selectattr('voicemail.type', 'defined')
      | selectattr('voicemail.type', 'eq', 'EXTERNAL') | map(attribute='company_phone') }}"

- name: Whose device is this
  voiceops.telephony.o2g_user_info:
    node_id: 7
    device_number: "70124"
  register: owner

- name: Forward the calls of whoever it is
  voiceops.telephony.o2g_routing:
    login_name: "{{ item.login_name }}"
    forward: {type: immediate, destination: number, number: "70110"}
  loop: "{{ owner.resources }}"
  loop_control: {label: "{{ item.first_name }} {{ item.last_name }}"}

- name: The agents of all nodes
  voiceops.telephony.o2g_user_info:
    only_acd: true

- name: Only the login names, in one request
  voiceops.telephony.o2g_user_info:
    node_id: 7
    gather_subset: []
"""

RETURN = r"""
resources:
  description: The users that were found, in the order of the platform.
  returned: success
  type: list
  elements: dict
  contains:
    node_id:
      description: The node that was asked for, or else the one that the user is on.
      type: int
      returned: with O(node_id), or V(details) in O(gather_subset)
      sample: 7
    login_name:
      description: Login name of the user.
      type: str
      returned: always
      sample: oxe70120
    gui_language:
      description: Language of the user's applications.
      type: str
      returned: with V(preferences) in O(gather_subset)
      sample: en
    oxe_language:
      description: Language of the OmniPCX Enterprise for the user.
      type: str
      returned: with V(preferences) in O(gather_subset)
      sample: en
    company_phone:
      description: Main number of the user.
      type: str
      returned: with V(details) in O(gather_subset)
      sample: "70120"
    first_name:
      description: First name of the user.
      type: str
      returned: with V(details) in O(gather_subset)
      sample: An
    last_name:
      description: Last name of the user.
      type: str
      returned: with V(details) in O(gather_subset)
      sample: Peeters
    voicemail:
      description: Number and type of the voicemail, V(VM_4635), V(VM_4645) or V(EXTERNAL).
      type: dict
      returned: with V(details) in O(gather_subset), if the user has one
      sample: {number: "885", type: VM_4645}
    devices:
      description:
        - Devices of the user, each with C(type), C(id), which is its number, C(sub_type) and C(label).
        - The type is V(DECT), V(DESKPHONE), V(MOBILE) or V(SOFTPHONE).
      type: list
      elements: dict
      returned: with V(details) in O(gather_subset), if the account may see them
      sample:
        - {type: DESKPHONE, id: "70120", sub_type: NOE_C_Color_IP, label: POC}
    external_login:
      description: Login of the user outside O2G, if set.
      type: str
      returned: with V(details) in O(gather_subset), since O2G 2.7
      sample: an.peeters@acme.example
    api_rights:
      description: Rights of the user on the API.
      type: list
      elements: str
      returned: with V(details) in O(gather_subset), if the server shows them
      sample: []
    e_mail_address:
      description: Mail address of the user.
      type: str
      returned: with V(details) in O(gather_subset), since O2G 2.7.5
      sample: an.peeters@acme.example
unread:
  description:
    - Users of whom it could not be read, each with the reason, such as a licence that is missing. There is a warning too.
    - If nobody can be read, the module fails.
  returned: if there are any, beside others who could be read
  type: list
  elements: dict
  contains:
    login_name:
      description: Login name of the user.
      type: str
      returned: always
      sample: oxe70101
    error:
      description: Why it could not be read.
      type: str
      returned: always
      sample: GET /routing/state answered 403
summary:
  description: How many users were found, and how many requests that took.
  returned: success
  type: dict
  sample: {found: 1, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.user import User
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run_info


def main() -> None:
    run_info(User)


if __name__ == "__main__":
    main()
