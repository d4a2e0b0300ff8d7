# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: agents and supervisors."""

from __future__ import annotations

from unit.simulator.o2g_steps import Step

AGENT = "?loginName=oxe70101"
SUPERVISOR = "?loginName=oxe70104"
ON = {"proAcdDeviceNumber": "70110", "pgGroupNumber": "60201"}
OTHER = {"agentNumber": "70101"}

STEPS: list[Step] = [
    ("o2gGetAgentConfig", "GET", f"/acd/agent/config{AGENT}", None, 200),
    ("o2gLogOnAgent", "POST", f"/acd/agent/logon{AGENT}", ON, 204),
    ("o2gGetAgentState", "GET", f"/acd/agent/state{AGENT}", None, 200),
    ("o2gPauseAgent", "POST", f"/acd/agent/pause{AGENT}", None, 204),
    ("o2gWrapUpAgent", "POST", f"/acd/agent/wrapUp{AGENT}", None, 204),
    ("o2gListWithdrawReasons", "GET", f"/acd/agent/withdrawReasons{AGENT}&pgNumber=60201", None, 200),
    ("o2gWithdrawAgent", "POST", f"/acd/agent/withdraw{AGENT}", {"reasonIndex": 1}, 204),
    ("o2gReadyAgent", "POST", f"/acd/agent/ready{AGENT}", None, 204),
    ("o2gActivateSkills", "POST", f"/acd/agent/config/skills/activate{AGENT}", {"skills": [100]}, 204),
    ("o2gDeactivateSkills", "POST", f"/acd/agent/config/skills/deactivate{AGENT}", {"skills": [100, 44]}, 204),
    ("o2gAskHelp", "POST", f"/acd/agent/supervisorHelp{AGENT}", None, 204),
    ("o2gCancelHelp", "DELETE", f"/acd/agent/supervisorHelp{SUPERVISOR}&other=70101", None, 204),
    ("o2gListenToAgent", "POST", f"/acd/agent/permanentListening{SUPERVISOR}", OTHER, 204),
    ("o2gStopListening", "DELETE", f"/acd/agent/permanentListening{SUPERVISOR}", None, 204),
    ("o2gIntrudeAgent", "POST", f"/acd/agent/intrusion{SUPERVISOR}", {**OTHER, "mode": "DISCRETE"}, 204),
    ("o2gChangeIntrusion", "PUT", f"/acd/agent/intrusion{SUPERVISOR}", {"mode": "NORMAL"}, 204),
    ("o2gEnterGroup", "POST", f"/acd/agent/enterPG{SUPERVISOR}", {"pgGroupNumber": "60201"}, 204),
    ("o2gExitGroup", "POST", f"/acd/agent/exitPG{SUPERVISOR}", {"pgGroupNumber": "60201"}, 204),
    ("o2gLogOffAgent", "POST", f"/acd/agent/logoff{AGENT}", None, 204),
]
