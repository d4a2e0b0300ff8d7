# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: directory, log, voice mail, counters."""

from __future__ import annotations

from unit.simulator.o2g_steps import Step

ME = "?loginName=oxe70100"
RECORDS = "/comlog/records"
BOX = "/messaging/mailboxes/70100-7-MAILBOX"
MESSAGES = f"{BOX}/voicemails"

STEPS: list[Step] = [
    (
        "o2gStartSearch",
        "POST",
        f"/directory/search{ME}",
        {"filter": {"field": "lastName", "operation": "BEGIN_WITH", "operand": "L"}},
        201,
    ),
    ("o2gGetSearchResults", "GET", f"/directory/search{ME}", None, 200),
    ("o2gStopSearch", "DELETE", f"/directory/search{ME}", None, 204),
    ("o2gStartDtmfSearch", "POST", f"/directory/searchbydtmf{ME}", {"keyboardType": "ITU", "lastName": "5"}, 201),
    ("o2gListComRecords", "GET", f"{RECORDS}{ME}&unanswered=true&offset=0&limit=100", None, 200),
    ("o2gListComRecordIds", "GET", f"{RECORDS}/recordIds{ME}", None, 200),
    ("o2gGetComRecord", "GET", f"{RECORDS}/10000{ME}", None, 200),
    ("o2gAcknowledgeComRecords", "PUT", f"{RECORDS}{ME}&acknowledge=true", {"recordIds": [10000]}, 204),
    ("o2gDeleteComRecord", "DELETE", f"{RECORDS}/10000{ME}", None, 204),
    ("o2gDeleteComRecords", "DELETE", f"{RECORDS}{ME}&recordIdList=10001,10002", None, 204),
    ("o2gListMailboxes", "GET", f"/messaging/mailboxes{ME}", None, 200),
    ("o2gConnectMailbox", "POST", f"{BOX}{ME}", {"password": "1234"}, 200),
    ("o2gListVoicemails", "GET", f"{MESSAGES}{ME}", None, 200),
    ("o2gGetVoicemail", "GET", f"{MESSAGES}/19001{ME}", None, 200),
    ("o2gDeleteVoicemail", "DELETE", f"{MESSAGES}/19001{ME}", None, 204),
    ("o2gDeleteVoicemails", "DELETE", f"{MESSAGES}{ME}&msgIds=19002,18946", None, 204),
    ("o2gGetEventSummary", "GET", f"/eventSummary{ME}", None, 200),
]
