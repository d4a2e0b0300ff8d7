# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each operation of each contract works, in an order that makes sense."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.handle import Simulator
from unit.simulator.o2g_steps import Step, o2g_steps

GROUP = "/tenants/acme/groups/brussels/services"
CENTER = f"{GROUP}/call_centers/desk@acme.example/"
DNIS = f"{GROUP}/route_points/rp-support@acme.example/dnis/"
CALL = f"{GROUP}/instant_group_calls/all@acme.example/"
ROUTE_POINT = f"{GROUP}/route_points/rp-sales@acme.example/"
CODE = f"{ROUTE_POINT}disposition_codes/WON/"
TENANT = "/tenants/az100001-53d6-48e2-85cd-000000000001"
EXTENSION = f"{TENANT}/extensions/az301000-53d6-48e2-85cd-000000001000"
PRODUCT = "az900002-53d6-48e2-85cd-000000000002"
QUEUE = "az201001-53d6-48e2-85cd-000000001001"
WAITING = "/calls/0BS9DD01LEMUI"
AGENT_STATE = {"request": "updateAgentState", "name": "Coffee Break"}

PROFILE = {"name": "Desk", "cliLastName": "Desk", "cliFirstName": "Acme", "password": "s3cret"}
NEW_CENTER = {"serviceUserId": "desk@acme.example", "policy": "Regular", "serviceInstanceProfile": PROFILE}
NEW_CALL = {
    "serviceUserId": "all@acme.example",
    "serviceInstanceProfile": PROFILE,
    "answerTimeoutEnabled": True,
    "destinationPhoneNumbers": ["+3225550111"],
}
FILES = {"audioMessageSelection": "File", "audioFileList": [{"name": "Welcome"}]}
MEDIA = {"mediaOnHoldForQueuedCalls": FILES}
NEW_DNIS = {
    "name": "Night line",
    "useCustomCLIDSettings": False,
    "useCustomDnisAnnouncementSettings": False,
    "allowOutgoingACDCall": True,
}

STEPS: list[Step] = [
    ("apioLogin", "POST", "/login/", {"username": "admin", "password": "simulator"}, 200),
    ("apioCreateCallCenter", "POST", f"{GROUP}/call_centers/", NEW_CENTER, 201),
    ("apioListCallCenters", "GET", f"{GROUP}/call_centers/", None, 200),
    ("apioGetCallCenter", "GET", CENTER, None, 200),
    ("apioUpdateCallCenter", "PUT", CENTER, {"queueLength": 10}, 200),
    (
        "apioSetCallCentersActive",
        "PUT",
        f"{GROUP}/call_centers/active_instance/",
        {"services": [{"serviceUserId": "desk@acme.example", "active": False}]},
        200,
    ),
    ("apioDeleteCallCenter", "DELETE", CENTER, None, 200),
    ("apioCreateRoutePointDnis", "POST", DNIS, NEW_DNIS, 201),
    ("apioListRoutePointDnis", "GET", DNIS, None, 200),
    ("apioGetRoutePointDnis", "GET", f"{DNIS}Night%20line/", None, 200),
    ("apioUpdateRoutePointDnis", "PUT", f"{DNIS}Night%20line/", {"name": "Late line"}, 200),
    ("apioGetDnisAnnouncements", "GET", f"{DNIS[:-1]}_announcements/Late%20line/", None, 200),
    ("apioUpdateDnisAnnouncements", "PUT", f"{DNIS[:-1]}_announcements/Late%20line/", MEDIA, 200),
    ("apioListDnisAgents", "GET", f"{DNIS}Late%20line/agents/", None, 200),
    ("apioDeleteRoutePointDnis", "DELETE", f"{DNIS}Late%20line/", None, 200),
    ("apioCreateInstantGroupCall", "POST", f"{GROUP}/instant_group_calls/", NEW_CALL, 201),
    ("apioListInstantGroupCalls", "GET", f"{GROUP}/instant_group_calls/", None, 200),
    ("apioGetInstantGroupCall", "GET", CALL, None, 200),
    ("apioUpdateInstantGroupCall", "PUT", CALL, {"answerTimeoutMinutes": 3}, 200),
    (
        "apioSetInstantGroupCallsActive",
        "PUT",
        f"{GROUP}/instant_group_calls_active/",
        {"services": [{"serviceUserId": "all@acme.example", "active": False}]},
        200,
    ),
    ("apioDeleteInstantGroupCall", "DELETE", CALL, None, 200),
    ("apioGetAnnouncements", "GET", f"{ROUTE_POINT}announcements/", None, 200),
    ("apioUpdateAnnouncements", "PUT", f"{ROUTE_POINT}announcements/", MEDIA, 200),
    ("apioGetOverflow", "GET", f"{ROUTE_POINT}overflow/", None, 200),
    ("apioUpdateOverflow", "PUT", f"{ROUTE_POINT}overflow/", {"action": "Ringing"}, 200),
    ("apioGetBouncedCall", "GET", f"{ROUTE_POINT}bounced_call/", None, 200),
    ("apioUpdateBouncedCall", "PUT", f"{ROUTE_POINT}bounced_call/", {"active": True}, 200),
    ("apioGetDistinctiveRinging", "GET", f"{ROUTE_POINT}distinctive_ringing/", None, 200),
    ("apioUpdateDistinctiveRinging", "PUT", f"{ROUTE_POINT}distinctive_ringing/", {"distinctiveRinging": True}, 200),
    ("apioGetDnisConfig", "GET", f"{ROUTE_POINT}dnis_config/", None, 200),
    ("apioUpdateDnisConfig", "PUT", f"{ROUTE_POINT}dnis_config/", {"displayDNISName": True}, 200),
    ("apioGetForcedForwarding", "GET", f"{ROUTE_POINT}forced_forwarding/", None, 200),
    ("apioUpdateForcedForwarding", "PUT", f"{ROUTE_POINT}forced_forwarding/", {"active": False}, 200),
    ("apioListDispositionCodes", "GET", f"{ROUTE_POINT}disposition_codes/", None, 200),
    ("apioCreateDispositionCode", "POST", f"{ROUTE_POINT}disposition_codes/", {"code": "WON", "active": True}, 201),
    ("apioGetDispositionCode", "GET", CODE, None, 200),
    ("apioUpdateDispositionCode", "PUT", CODE, {"active": False}, 200),
    ("apioDeleteDispositionCode", "DELETE", CODE, None, 200),
    ("apioGetDispositionCodesConfig", "GET", f"{ROUTE_POINT}disposition_codes_config/", None, 200),
    (
        "apioUpdateDispositionCodesConfig",
        "PUT",
        f"{ROUTE_POINT}disposition_codes_config/",
        {"enableCallDispositionCodes": True},
        200,
    ),
    ("ccsListProducts", "GET", "/products/", None, 200),
    ("ccsListTenants", "GET", "/tenants", None, 200),
    ("ccsGetTenant", "GET", TENANT, None, 200),
    ("ccsListTenantExtensions", "GET", f"{TENANT}/extensions", None, 200),
    ("ccsListOwnExtensions", "GET", "/extensions", None, 200),
    ("ccsUpdateExtension", "PUT", f"{EXTENSION}/", {"max_chats": "3"}, 200),
    ("ccsListRoles", "GET", "/roles/", None, 200),
    ("ccsListTenantRoles", "GET", f"{TENANT}/roles", None, 200),
    ("ccsListTenantAcds", "GET", f"{TENANT}/acds", None, 200),
    ("ccsListOwnAcds", "GET", "/acds", None, 200),
    ("ccsListPresenceOptions", "GET", f"{TENANT}/presence_options", None, 200),
    ("ccsGetTextCount", "GET", f"{TENANT}/text_count", None, 200),
    ("ccsResetTextCount", "POST", f"{TENANT}/text_count", {"request": "reset_counter"}, 200),
    ("ccsAddProduct", "POST", TENANT, {"request": "add_product", "product": PRODUCT}, 200),
    ("ccsDeleteProduct", "POST", TENANT, {"request": "delete_product", "product": PRODUCT}, 200),
    ("ccsUpdateTenant", "PUT", TENANT, {"max_queues": "46"}, 200),
    ("ccsGetAgentState", "GET", f"{EXTENSION}/agent_state", None, 200),
    ("ccsUpdateAgentState", "POST", EXTENSION, AGENT_STATE, 200),
    ("ccsUpdateOwnAgentState", "POST", EXTENSION.removeprefix(TENANT), AGENT_STATE, 200),
    ("ccsUpdateMyAgentState", "POST", "/agent_state", AGENT_STATE, 200),
    ("ccsDial", "POST", EXTENSION, {"request": "dial", "target": "12025550123"}, 200),
    ("ccsListCalls", "GET", "/calls", None, 200),
    ("ccsFilterCalls", "GET", "/calls/filter?calling_number=501", None, 200),
    ("ccsGetCall", "GET", WAITING, None, 200),
    ("ccsStartSuppression", "POST", WAITING, {"request": "startSuppression"}, 200),
    ("ccsStopSuppression", "POST", WAITING, {"request": "stopSuppression"}, 200),
    ("ccsWaitTransfer", "POST", WAITING, {"request": "wait_transfer", "target": "102"}, 200),
    ("ccsWaitRedirect", "POST", WAITING, {"request": "wait_redirect", "target": QUEUE}, 200),
    ("ccsWaitKill", "POST", WAITING, {"request": "wait_kill"}, 200),
    ("ccsKillCall", "POST", "/calls/0BS9DD01LEMVK", {"request": "kill"}, 200),
    *o2g_steps(),
    ("o2gCloseSession", "DELETE", "/sessions", None, 204),
]
AS_TENANT_USER = {
    "ccsListOwnExtensions",
    "ccsListOwnAcds",
    "ccsUpdateOwnAgentState",
    "ccsDial",
    "ccsListCalls",
    "ccsFilterCalls",
    "ccsGetCall",
    "ccsStartSuppression",
    "ccsStopSuppression",
    "ccsWaitTransfer",
    "ccsWaitRedirect",
    "ccsWaitKill",
    "ccsKillCall",
}
TOKENS = {**dict.fromkeys(AS_TENANT_USER, "tenant-token"), "ccsUpdateMyAgentState": "agent-token"}
# the log-in of the fixture does these
BY_LOGIN = {"o2gDescribe", "o2gAuthenticate", "o2gOpenSession"}


def test_every_operation(sim: Simulator, client: Any, apio: Any, ccs: Any, o2g: Callable[..., Any]) -> None:
    clients = {"a": apio, "c": ccs, "o": o2g}
    before = {entry["operationId"]: entry["succeeded"] for entry in sim.coverage()}
    assert client("GET", "/api/rest").status == 200
    for operation_id, method, path, body, status in STEPS:
        sent = () if body is None else (body,)
        more = {"Authorization": f"Bearer {TOKENS[operation_id]}"} if operation_id in TOKENS else {}
        reply = clients[operation_id[0]](method, path, *sent, **more)
        assert reply.status == status, (operation_id, reply.text)
        assert sim.journal()[-1]["operationId"] == operation_id
    after = {entry["operationId"]: entry["succeeded"] for entry in sim.coverage()}
    missing = {name for name in after if after[name] == 0}
    assert missing == set()
    assert {name for name, *_rest in STEPS} | BY_LOGIN == set(after)
    assert all(after[name] == before[name] + 1 for name, *_rest in STEPS)
    assert sim.violations() == []
