# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a PBX consists of: a realistic part of the types that an OmniPCX Enterprise has, with what they allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

DIGITS = "{'0'..'9','*','#'}"
UPPER = "{'0'..'9','A'..'Z','*','#','-','@','_',' '}"
HEX = "{'0'..'9','a'..'f',':'}"


@dataclass(frozen=True, slots=True)
class Attribute:
    name: str
    type: str = "octetString"
    mandatory: bool = False
    multi: bool = False
    allowed: tuple[str, ...] = ()
    length: int | None = None
    default: str = ""
    used_when: str = ""
    filtering: bool = True
    hidden: bool = False
    """Whether no answer shows its value."""
    members: tuple[Attribute, ...] = ()
    """Of a sequence."""


@dataclass(frozen=True, slots=True)
class Type:
    name: str
    attributes: tuple[Attribute, ...] = ()
    objects: tuple[Type, ...] = ()
    hidden: bool = False
    create: bool = True
    delete: bool = True
    set: bool = True
    get: bool = True
    actions: tuple[str, ...] = ()
    id_of: tuple[str, ...] = ()
    """The attributes that make the id, joined by commas; the first mandatory one where nothing is said."""

    @property
    def identifying(self) -> tuple[str, ...]:
        return self.id_of or tuple(one.name for one in self.attributes if one.mandatory)[:1]

    def below(self, name: str) -> Type | None:
        return next((one for one in self.objects if one.name == name), None)

    def named(self, name: str) -> Type | None:
        """This type, or one of that name below it."""
        found = (one.named(name) for one in self.objects)
        return self if self.name == name else next((one for one in found if one), None)

    def paths(self) -> Iterator[str]:
        """The paths of the types below, each past what only holds others."""
        for one in self.objects:
            yield from (f"{one.name}/1/{path}" for path in one.paths()) if one.hidden else (one.name,)


def number(name: str, default: str = "", **more: Any) -> Attribute:
    return Attribute(name, "integer", default=default, **more)


def choice(name: str, *allowed: str, **more: Any) -> Attribute:
    return Attribute(name, "enumerated", allowed=allowed, default=allowed[0], **more)


def flag(name: str, default: str = "false", **more: Any) -> Attribute:
    return Attribute(name, "boolean", default=default, **more)


def holder(name: str, *objects: Type, **more: Any) -> Type:
    """What is there once and only holds others."""
    return Type(name, (number("Instance_Id", "1", mandatory=True),), objects, create=False, delete=False, **more)


NAMES = (Attribute("Annu_Name", length=30), Attribute("Annu_First_Name", length=30))

ALIAS = Type("Subscriber_Alias", (number("Alias_Number", mandatory=True), *NAMES))
TSC = Type(
    "Tsc_IP_subscriber",
    (
        number("Tsc_Number", "1", mandatory=True),
        Attribute("Ethernet_Address", allowed=(HEX,), length=17),
        choice("IP_Quality_of_Service", "0", "1", "2", "3"),
    ),
    create=False,
    delete=False,
)
SUBSCRIBER = Type(
    "Subscriber",
    (
        Attribute("Directory_Number", mandatory=True, allowed=(DIGITS,), length=8),
        *NAMES,
        choice(
            "Station_Type",
            "ANALOG",
            "NOE_B_IP",
            "NOE_C_IP",
            "NOE_C_Color_IP",
            "SIP_Extension",
            "Dect_Set",
            "Remote_Extension",
        ),
        number("Entity_Number", "1"),
        Attribute("Cost_Center_Name", length=10),
        Attribute("Right_Profile_Name", allowed=(UPPER,), length=15),
        Attribute("Secret_Code", "password", length=8, default="0000", filtering=False, hidden=True),
        Attribute("Sip_Key", "password", length=30, filtering=False, hidden=True),
        Attribute("Voice_Mail_Dir_No", allowed=(DIGITS,), length=8),
        flag("Can_Be_Called_By_Name", "true"),
        number("Equipment_Address_Rack", "255"),
        number("Equipment_Address_Board", "255"),
        number("Equipment_Address_Terminal", "255"),
        Attribute("Attached_MultiTandem", multi=True, allowed=(DIGITS,), length=8),
        number("CPCTimer", "0", used_when="Station_Type==ANALOG"),
        choice(
            "Display_Compatibility_Type_of_CLIP_Set",
            "ASCII",
            "UTF8",
            used_when="Station_Type!=SIP_Extension and Station_Type!=Remote_Extension",
        ),
        choice("Hotel_Set_Type", "None", "Room", "Booth", used_when="spadmin(Hotel) > 0"),
    ),
    (ALIAS, TSC),
    actions=("ReinitMemory", "FORCED_DELETE"),
)
COST_CENTER = Type("Cost_Center", (number("Cost_Center_Id", mandatory=True), Attribute("Cost_Center_Name", length=10)))
ENTITY = Type(
    "Entity",
    (
        number("Entity_Number", mandatory=True),
        Attribute("Entity_Name", length=16),
        number("Installation_Number", "0"),
        flag("Night_Service"),
    ),
    (COST_CENTER,),
)
SPEED_DIALING = Type(
    "Abbreviated_Speed_Dialing",
    (
        Attribute("Directory_Number", mandatory=True, allowed=(DIGITS,), length=8),
        Attribute("Call_Number", mandatory=True, allowed=(DIGITS,), length=30),
        *NAMES,
        number("Entity_Number", "1"),
        flag("Private"),
    ),
)
PICKUP_GROUP = Type(
    "Pickup_Group",
    (Attribute("Name", mandatory=True, length=20), Attribute("Members", multi=True, allowed=(DIGITS,), length=8)),
)
RACK = Type(
    "Rack",
    (number("Rack_Number", "0", mandatory=True), Attribute("Rack_Type", default="IP_Rack")),
    create=False,
    delete=False,
    set=False,
)
FREE_RANGE = Type(
    "Free_Range_List",
    (
        Attribute("Name", mandatory=True, length=20),
        number("Begin_Range", mandatory=True),
        number("End_Range", mandatory=True),
    ),
)
SM_LAYOUT = Type(
    "SmLayout",
    (
        number("Submsg_Coupler.Submsg_id", mandatory=True),
        Attribute("Submsg_Coupler.Crystal_Coupler", mandatory=True),
        Attribute("Label", length=20),
    ),
    id_of=("Submsg_Coupler.Submsg_id", "Submsg_Coupler.Crystal_Coupler"),
)
PILOT = Type(
    "ACD2_Pilot",
    (
        Attribute("Directory_Number", mandatory=True, allowed=(DIGITS,), length=8),
        Attribute("Pilot_Name", length=20),
        number("Priority", "0", allowed=("0..9",)),
        Attribute(
            "Welcome",
            "sequence",
            members=(number("Guide", "0"), flag("Active"), choice("Language", "L1", "L2", "L3", "L4")),
        ),
    ),
)
OPERATOR_DATA = Type(
    "ACD2_Operator_data",
    (
        Attribute("Directory_Number", mandatory=True, allowed=(DIGITS,), length=8),
        Attribute(
            "SkillSet",
            "sequence",
            multi=True,
            members=(number("Skill_nb"), number("Skill_Level", "1", allowed=("0..9",)), flag("Skill_Activate")),
        ),
    ),
)
ROOT = Type(
    "Node",
    (number("Network_Node_Number", mandatory=True), Attribute("@Software_Version")),
    (
        SUBSCRIBER,
        ENTITY,
        SPEED_DIALING,
        RACK,
        holder("Group", PICKUP_GROUP, hidden=True),
        holder("System_Parameters", FREE_RANGE, holder("SubMessage", SM_LAYOUT, hidden=True)),
        holder(
            "Application_Configuration",
            holder("ACD2", PILOT, holder("ACD2_Operator", OPERATOR_DATA, hidden=True)),
            hidden=True,
        ),
    ),
    create=False,
    delete=False,
    actions=("Resynchro",),
)


def shown(type_: Type, *, as_example: bool) -> dict[str, Any]:
    """The model as answers write it: as the tables of the document have it, or as its examples."""
    attributes = [one for attribute in type_.attributes for one in _lines(attribute)]
    return {
        "objectName": type_.name,
        "attributes": [_shown_attribute(one, as_example) for one in attributes],
        "objects": [shown(one, as_example=as_example) for one in type_.objects],
        "hidden": type_.hidden,
        "create": type_.create,
        "delete": type_.delete,
        "set": type_.set,
        "get": type_.get,
        "actions" if as_example else "otherActions": list(type_.actions),
    }


def _lines(attribute: Attribute) -> Iterator[Attribute]:
    """An attribute, and after a sequence its members under their full names."""
    yield attribute
    for one in attribute.members:
        yield Attribute(f"{attribute.name}.{one.name}", one.type, allowed=one.allowed, default=one.default)


def _shown_attribute(one: Attribute, as_example: bool) -> dict[str, Any]:
    common = {
        "name": one.name,
        "multiValue": one.multi,
        "defautValue": one.default,
        "filtering": one.filtering,
        **({"usedWhen": one.used_when} if one.used_when else {}),
    }
    if as_example:
        spelt = "lenght" if one.mandatory else "length"  # both stand in the examples
        length = {} if one.length is None else {spelt: str(one.length)}
        kind = one.type[:1].upper() + one.type[1:]
        return {
            **common,
            "optional": not one.mandatory,
            "allowedValues": {"type": kind, **length, "values": list(one.allowed)},
        }
    return {
        **common,
        "mandatory": one.mandatory,
        "typeValue": one.type,
        "allowedValues": list(one.allowed),
        **({} if one.length is None else {"lengthValue": str(one.length)}),
    }
