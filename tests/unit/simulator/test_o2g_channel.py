# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: the channel on which events are sent, one a line, and the subscription that it belongs to."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from simulator.handle import Simulator

from .conftest import Client

ROUTING = {"selectors": [{"names": ["routingManagement"], "ids": ["oxe70101"]}, {"names": ["system"]}]}
OPENED = {"eventName": "OnChannelInformation", "text": "Chunk started"}


@contextmanager
def channel(sim: Simulator, key: str) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(sim.url.removeprefix("http://"), timeout=10)
    connection.request("POST", f"/OTEvents?subscriptionId={key}")
    try:
        yield connection.getresponse()
    finally:
        connection.close()


def next_event(answer: http.client.HTTPResponse) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(answer.readline())
    return event


def subscribe(o2g: Client, **more: Any) -> str:
    reply = o2g("POST", "/subscriptions", {"filter": ROUTING, "version": "1.0", **more})
    assert reply.body["status"] == "ACCEPTED"
    key: str = reply.body["subscriptionId"]
    return key


def test_events_are_kept_until_there_is_a_channel_and_while_it_is_cut(sim: Simulator, o2g: Client) -> None:
    key = subscribe(o2g)
    sim.emit("OnRoutingStateChanged", ["oxe70101"], loginName="oxe70101")
    sim.emit("OnRoutingStateChanged", ["oxe70102"], loginName="oxe70102")  # somebody else's
    sim.emit("OnAgentStateChanged", ["oxe70101"], loginName="oxe70101")  # of another package
    with channel(sim, key) as answer:
        assert (answer.status, next_event(answer)) == (200, OPENED)
        assert next_event(answer) == {"eventName": "OnRoutingStateChanged", "loginName": "oxe70101"}
        assert sim.cut_channels() == 1
        with pytest.raises((OSError, http.client.HTTPException, ValueError)):
            next_event(answer)
    sim.emit("OnCtiLinkDown", nodeId="7")
    with channel(sim, key) as answer:
        assert [next_event(answer)["eventName"] for _each in range(2)] == ["OnChannelInformation", "OnCtiLinkDown"]
        assert o2g("DELETE", f"/subscriptions/{key}").status == 204
        with pytest.raises((OSError, http.client.HTTPException, ValueError)):
            next_event(answer)


def test_a_subscription_ends_without_a_channel(sim: Simulator, o2g: Client) -> None:
    key = subscribe(o2g)
    sim.settings(o2g={"channel_grace": 0})
    with channel(sim, key) as answer:
        assert answer.status == 404
    assert set(sim.state()["o2g"]["subscriptions"]) == {"SUB-1", "SUB-2"}


def test_silence_is_broken_now_and_then(sim: Simulator, o2g: Client) -> None:
    sim.settings(o2g={"keepalive": 0.01})
    with channel(sim, subscribe(o2g)) as answer:
        assert [next_event(answer)["text"] for _each in range(2)] == ["Chunk started", "keepalive"]
