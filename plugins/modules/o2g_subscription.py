#!/usr/bin/python
# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: o2g_subscription
short_description: Have events of Alcatel-Lucent Enterprise O2G sent to a URL
version_added: 0.2.0
author:
  - voiceops contributors (@voiceops)
description:
  - Subscribes to events, which O2G then sends to a URL, one POST request for each. Changes or ends that, too.
  - No request lists subscriptions. So each run with O(state=present) makes one more, and is reported as changed. Keep
    the id that is returned, since only with it the subscription can be ended.
  - Nothing documents whether a subscription outlives the session in which it was made, and this module closes its
    session at its end. Try it on your O2G before you rely on it.
options:
  subscription_id: &subscription_id
    description:
      - Id of the subscription, as RV(results[].answer) has told it.
      - With O(state=present), the subscription is changed. The request for that does not carry the id, and O2G takes the one
        of the account.
    type: str
  selectors: &selectors
    description:
      - Which events. All names of one selector are of the same package.
    type: list
    elements: dict
    suboptions:
      ids:
        description:
          - Whose events, login names of users, or numbers of pilots and other objects of the call center. Quote them.
            V(*) stands for all.
          - It is left out with V(system) and V(pbxManagement), and may be in the session of a user.
        type: list
        elements: raw
      names:
        description:
          - A package, such as V(telephony), V(agent) or V(pbxManagement), or events of one, such as V(OnCallCreated).
        type: list
        elements: str
  webhook_url: &webhook_url
    description:
      - Where to send the events. It must be given for a new subscription.
      - Each request to it carries the id of the subscription as its cookie, by which you know that it comes from O2G.
    type: str
  state: &state
    description:
      - V(present) subscribes, and is meant if nothing is said. V(absent) ends the subscription.
    type: str
    choices: [present, absent]
  config:
    description:
      - Many subscriptions at once, each with the options of a single one. Cannot stand beside them.
    type: list
    elements: dict
    suboptions:
      subscription_id: *subscription_id
      selectors: *selectors
      webhook_url: *webhook_url
      state: *state
extends_documentation_fragment:
  - voiceops.telephony.o2g
  - voiceops.telephony.connection
  - voiceops.telephony.bulk
  - voiceops.telephony.attributes.action
notes:
  - Needs the licences of the events, such as C(ROXE_API_TEL_ADVANCED) for each user. To end a subscription needs none.
  - A subscription to a URL has no timeout, so O(timeout) is that of requests here.
seealso:
  - module: voiceops.telephony.o2g_snapshot
  - module: voiceops.telephony.o2g_pilot_monitoring
"""

EXAMPLES = r"""
- name: Tell an endpoint of each change in the PBX
  voiceops.telephony.o2g_subscription:
    url: https://o2g.example.com
    username: admin
    password: "{{ o2g_password }}"
    webhook_url: https://events.example.com/o2g
    selectors:
      - names: [pbxManagement]
  register: subscribed

- name: Not any more
  voiceops.telephony.o2g_subscription:
    subscription_id: "{{ subscribed.results[0].answer.subscription_id }}"
    state: absent

- name: No subscription of which nobody knows the id
  block:
    - name: Subscribe
      voiceops.telephony.o2g_subscription:
        webhook_url: https://events.example.com/o2g
        selectors:
          - {ids: ["*"], names: [telephony]}
      register: calls

    - name: Keep the id
      ansible.builtin.copy:
        content: "{{ calls.results[0].answer.subscription_id }}"
        dest: /var/lib/telephony/subscription_id
        mode: "0600"
  rescue:
    - name: End it, if it was made
      voiceops.telephony.o2g_subscription:
        subscription_id: "{{ calls.results[0].answer.subscription_id }}"
        state: absent
      when: calls is succeeded

    - name: Say why there is none
      ansible.builtin.fail:
        msg: "{{ ansible_failed_task.name }}: {{ ansible_failed_result.msg }}"
"""

RETURN = r"""
results:
  description: One entry per subscription, in the order of O(config).
  returned: when the task has reached the platform
  type: list
  elements: dict
  contains:
    key:
      description: The options that name the subscription.
      type: dict
      returned: always
      sample: {}
    action:
      description: Always V(act), since this is something to do.
      type: str
      returned: always
      sample: act
    changed:
      description: Whether that was done, or in check mode would be done.
      type: bool
      returned: always
      sample: true
    resource:
      description: What was asked for.
      type: dict
      returned: always
      sample: {webhook_url: "https://events.example.com/o2g", selectors: [{names: [pbxManagement]}]}
    answer:
      description: What the platform answered.
      type: raw
      returned: always
      sample: {subscription_id: "93231353535373132393"}
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
      sample: "POST /api/rest/1.0/subscriptions answered REFUSED: no licence left"
summary:
  description: How many entries were done or failed, and how many requests that took.
  returned: when the task has reached the platform
  type: dict
  sample: {done: 1, failed: 0, requests: 5}
"""

from ansible_collections.voiceops.telephony.plugins.module_utils.o2g.events import Subscription
from ansible_collections.voiceops.telephony.plugins.module_utils.shell import run


def main() -> None:
    run(Subscription)


if __name__ == "__main__":
    main()
