# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: objects of a PBX and their model."""

from __future__ import annotations

from unit.simulator.o2g_steps import Step

OBJECTS = "/pbxs/7/instances"
NEW = {
    "attributes": [
        {"name": "Directory_Number", "value": ["70300"]},
        {"name": "Annu_Name", "value": ["Durand"]},
        {"name": "Station_Type", "value": ["NOE_C_IP"]},
    ]
}
RENAMED = {"attributes": [{"name": "Annu_Name", "value": ["Dupont"]}]}

STEPS: list[Step] = [
    ("o2gGetPbxRoot", "GET", OBJECTS, None, 200),
    ("o2gGetPbxModel", "GET", "/pbxs/7/model", None, 200),
    ("o2gGetPbxTypeModel", "GET", "/pbxs/7/model/Subscriber", None, 200),
    ("o2gCreatePbxObject", "POST", f"{OBJECTS}/Subscriber", NEW, 201),
    ("o2gListPbxObjects", "GET", f"{OBJECTS}/Subscriber?filter=Annu_Name==Dur*&attributes=Annu_Name", None, 200),
    ("o2gUpdatePbxObject", "PUT", f"{OBJECTS}/Subscriber/70300", RENAMED, 204),
    ("o2gGetPbxObject", "GET", f"{OBJECTS}/Subscriber/70300", None, 200),
    ("o2gDeletePbxObject", "DELETE", f"{OBJECTS}/Subscriber/70300?force", None, 204),
]
