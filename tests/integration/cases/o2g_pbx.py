# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: objects of a PBX."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from simulator.o2g_pbx_model import ROOT, shown

from .base import Case, Options

NODE = {"node_id": 7}
DIALING = "Abbreviated_Speed_Dialing"

_folder = tempfile.TemporaryDirectory()
MODEL_FILE = str(Path(_folder.name) / "model.json")
Path(MODEL_FILE).write_text(json.dumps(shown(ROOT, as_example=False)))


def judged(**attributes: object) -> Options:
    """Attributes that are judged by the model in a file, before any request."""
    return {"attributes": attributes, "model_file": MODEL_FILE}


CASES = [
    Case(
        "o2g_pbx_object",
        NODE,
        {"path": f"{DIALING}/8001"},
        {"attributes": {"Call_Number": "003225551001", "Annu_Name": "Taxi", "Private": False}},
        {"attributes": {"Annu_Name": "Cab", "Private": True}},
        {"path": f"{DIALING}/8002", "attributes": {"Call_Number": "003225551002"}},
        [
            ({"path": DIALING}, "path: must end with the id of an object"),
            ({"path": f"{DIALING}/.."}, "path: has the part '..'"),
            ({"path": f"{DIALING}/%2E%2E/x/y"}, "path: has the part '..'"),
            ({"path": f"{DIALING}//8001"}, "path: has an empty part"),
            ({"attributes": {"Private": [[1]]}}, "attributes: Private has a list in a list"),
            ({"path": "Abreviated_Speed_Dialing/8001", "model_file": MODEL_FILE}, f"did you mean {DIALING}?"),
            (judged(Anu_Name="Taxi"), "attributes.Anu_Name: there is no such attribute; did you mean Annu_Name?"),
            (judged(Call_Number=3225551001), "attributes.Call_Number: arrived as the number 3225551001"),
            (judged(Call_Number="tel:1"), "attributes.Call_Number: has ':', 'e', 'l', 't', which is not allowed here"),
            (judged(Annu_Name="x" * 31), "attributes.Annu_Name: has 31 characters, and can have 30"),
            (judged(Private="perhaps"), "attributes.Private: must be true or false, not 'perhaps'"),
            (judged(Entity_Number="one"), "attributes.Entity_Number: must be a whole number, not 'one'"),
            (judged(Annu_Name=["a", "b"]), "attributes.Annu_Name: takes one value, not 2"),
            (judged(Annu_Name={"add": ["a"]}), "attributes.Annu_Name: is not a list: give its value"),
            (
                {"path": "Subscriber/70300", **judged(Directory_Number="70301")},
                "attributes.Directory_Number: is '70301', and the path names '70300'",
            ),
            ({"model_file": "/nowhere.json"}, "model_file: '/nowhere.json' cannot be read"),
        ],
        {"node_id": 99},
        place={**NODE, "path": DIALING},
        info_filter={"path": f"{DIALING}/8001"},
    ),
    Case(
        "o2g_pbx_action",
        NODE,
        {"path": "Subscriber/70101"},
        {"action": "ReinitMemory"},
        {},
        {"path": "Subscriber/70102", "action": "ReinitMemory"},
        [
            ({"path": "Subscriber"}, "path: must end with the id of an object"),
            ({"action": "FORCED_DELETE"}, "action: leads to a state: use o2g_pbx_object with state=absent"),
            ({"action": "ReinitMemry", "model_file": MODEL_FILE}, "did you mean ReinitMemory?"),
        ],
        {"node_id": 99},
        absent=False,
        purge=False,
        verb="PUT",
        acts=True,
    ),
]

INFO_MODULES: dict[str, Options] = {
    "o2g_pbx_info": {},
    "o2g_pbx_object_info": {**NODE, "path": "Entity"},
    "o2g_pbx_model_info": NODE,
}
