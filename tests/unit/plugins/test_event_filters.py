# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event filters, loaded and called as ansible-rulebook does it."""

from __future__ import annotations

import runpy
from typing import Any

import pytest
import yaml
from conftest import LINK

from ansible_collections.voiceops.telephony.plugins.module_utils.errors import Faults
from ansible_collections.voiceops.telephony.plugins.plugin_utils.event_filters import Burst
from ansible_collections.voiceops.telephony.plugins.plugin_utils.o2g_events import as_event

FOLDER = LINK / "extensions/eda/plugins/event_filter"
Event = dict[str, Any]


def event(called: str, /, **fields: Any) -> Event:
    return as_event({"eventName": called, **fields}, "2026-11-27T09:12:00.000+00:00")[0]


def through(name: str, events: list[Event], /, **options: Any) -> list[Event]:
    """What a fresh filter lets through."""
    main = runpy.run_path(str(FOLDER / f"{name}.py"))["main"]
    return [going for one in events for going in main(one, **options)]


LINK_DOWN = event("OnCtiLinkDown", nodeId="7")
ROUTES = event("OnRoutingStateChanged", loginName="oxe70101", routingState={"presentationRoutes": []})
DIVERTED = event("OnRoutingStateChanged", loginName="oxe70101", routingState={"forwardRoutes": [{}]})
OF_ANOTHER = event("OnRoutingStateChanged", loginName="oxe80101", routingState={"presentationRoutes": []})
NEW_USER = event("OnUserCreated", user={"loginName": "oxe70120", "nodeId": "7"})
CALL = event("OnCallRemoved", loginName="oxe70101", callRef="1")
OBJECT = event("OnPbxObjectInstanceModified", objectName="Entity", objectId="1", nodeId="7")
FUTURE = event("OnSomethingNew", nodeId="7", value=1)
MISSED = {"event": "Resubscribed", "package": "source", "received": "", "since": "", "reason": ""}
EVERY = [LINK_DOWN, ROUTES, OF_ANOTHER, NEW_USER, CALL, OBJECT, FUTURE, MISSED]


@pytest.mark.parametrize("name", ["only", "debounce", "changed"])
def test_what_is_documented_is_what_it_takes(name: str) -> None:
    loaded = runpy.run_path(str(FOLDER / f"{name}.py"))
    documented = yaml.safe_load(loaded["DOCUMENTATION"])["options"]
    taken = loaded["main"].__code__.co_varnames[1 : loaded["main"].__code__.co_argcount]
    assert list(documented) == list(taken)
    (source,) = yaml.safe_load(loaded["EXAMPLES"])[0]["sources"]
    assert set(source["filters"][0][f"voiceops.telephony.{name}"]) <= set(taken)


@pytest.mark.parametrize(
    ("options", "going"),
    [
        ({"packages": "system"}, [LINK_DOWN]),
        ({"packages": ["system", "telephony"]}, [LINK_DOWN, CALL]),
        ({"events": ["OnPbx*", "OnSomethingNew"]}, [OBJECT, FUTURE]),
        ({"nodes": 7}, [LINK_DOWN, NEW_USER, OBJECT, FUTURE]),
        ({"nodes": ["7"], "packages": ["pbxManagement"]}, [OBJECT]),
        ({"logins": ["oxe701*"]}, [ROUTES, NEW_USER, CALL]),
        ({"nodes": ["8"]}, []),
    ],
)
def test_only(options: dict[str, Any], going: list[Event]) -> None:
    assert through("only", EVERY, **options) == [*going, MISSED]


@pytest.mark.parametrize(
    ("name", "options", "text"),
    [
        ("only", {}, "must be told what to let through: packages, events, nodes, logins"),
        ("only", {"nodes": []}, "nodes: must name some"),
        ("only", {"nodes": {"7": True}}, "nodes: must name some"),
        ("debounce", {"seconds": 0}, "seconds: must be a number above 0"),
        ("debounce", {"seconds": "5"}, "seconds: must be a number above 0"),
        ("debounce", {"seconds": 5, "by": []}, "by: must name some"),
        ("changed", {"merge": "yes"}, "merge: must be true or false"),
        ("changed", {"by": [""]}, "by: must name some"),
    ],
)
def test_options_that_say_nothing_are_refused(name: str, options: dict[str, Any], text: str) -> None:
    with pytest.raises(Faults, match=text):
        through(name, [LINK_DOWN], **options)


def test_changed_leaves_out_what_repeats_what_is_known() -> None:
    later = {**ROUTES, "received": "2026-11-27T10:00:00.000+00:00"}
    assert through("changed", [ROUTES, later, OF_ANOTHER, DIVERTED, DIVERTED, ROUTES]) == [
        ROUTES,
        OF_ANOTHER,
        DIVERTED,
        ROUTES,
    ]
    happened = [LINK_DOWN, OBJECT, CALL, NEW_USER, FUTURE, MISSED]
    assert through("changed", happened * 2) == happened * 2
    assert through("changed", [FUTURE, FUTURE, {**FUTURE, "value": 2}], by=["node_id"]) == [
        FUTURE,
        {**FUTURE, "value": 2},
    ]


def queue(**fields: Any) -> Event:
    return event("OnQueueRtiChanged", name="Queue 1", number="60131", type="Normal", **fields)


def test_events_in_parts_are_made_whole() -> None:
    parts = [
        queue(state="Opened", nbOfWaitingCalls=1),
        queue(nbOfWaitingCalls=2),
        queue(nbOfWaitingCalls=2),  # known
        queue(state="Opened"),  # known too, though the last event did not have it
        {**queue(nbOfWaitingCalls=2), "level": "high", "level_changed": True},
        {**queue(nbOfWaitingCalls=3), "level": "high"},
    ]
    assert through("changed", parts) == [parts[0], parts[1], parts[4], parts[5]]
    first, second, third, fourth = through("changed", parts, merge=True)
    assert first == {**parts[0], "changed": ["name", "number", "type", "state", "nb_of_waiting_calls"]}
    assert second == {**parts[1], "state": "Opened", "changed": ["nb_of_waiting_calls"]}
    assert third == {**parts[4], "state": "Opened", "changed": ["level"]}
    assert fourth == {**parts[5], "state": "Opened", "changed": ["nb_of_waiting_calls"]}
    assert through("changed", [ROUTES], merge=True) == [ROUTES]  # it was whole already


def test_debounce_makes_few_events_of_many() -> None:
    now = [0.0]
    burst = Burst(lambda: now[0])
    one, two, three = (queue(nbOfWaitingCalls=count) for count in (1, 2, 3))
    assert burst(one, 10) == [one]
    now[0] = 1
    assert burst(queue(state="Blocked"), 10) == []
    assert burst(two, 10) == []
    assert burst(CALL, 10) == [CALL]  # of these, each counts
    assert burst(MISSED, 10) == [MISSED]
    assert burst(ROUTES, 10) == [ROUTES]  # about something else
    now[0] = 10
    assert burst(LINK_DOWN, 10) == [{**two, "state": "Blocked", "merged": 2}, LINK_DOWN]
    assert burst(three, 10) == []  # the last went on just now
    now[0] = 20
    assert burst(one, 10) == [{**one, "merged": 2}]
    now[0] = 60
    assert burst(three, 10) == [three]
    assert burst._held == {}
    assert len(burst._since) == 1  # what is over is forgotten


def test_debounce_by_fields() -> None:
    other = event("OnPbxObjectInstanceDeleted", objectName="Entity", objectId="2", nodeId="7")
    far = event("OnPbxObjectInstanceDeleted", objectName="Entity", objectId="2", nodeId="8")
    assert through("debounce", [OBJECT, other, FUTURE, far, CALL], seconds=60, by=["node_id"]) == [OBJECT, far, CALL]
    assert through("debounce", [OBJECT, OBJECT, other, far, CALL, CALL], seconds=60) == [OBJECT, other, far, CALL, CALL]
