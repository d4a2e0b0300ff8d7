# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""O2G: users as accounts, their languages and passwords, and their phone sets with keys and PINs."""

from __future__ import annotations

import copy
from typing import Any

from .base import Answer, Area, Call, RefusalError, handles

NOT_ALLOWED = 1002
KEYS = range(1, 41)
SOFT_KEYS = range(1, 11)
LANGUAGES = ["en-gb", "fr", "de", "nl-be"]
GUI_LANGUAGES = ["en-gb", "fr"]
NO_KEY = {"number": "", "mnemonic": "", "locked": False}
PREFIXES = {
    ("Station_Facility_Type", "Do_not_disturb"): "42",
    ("Station_Facility_Type", "Lock"): "45",
    ("Station_Facility_Type", "Immediate_forwarding"): "51",
}
PASSWORD = "1234"


class Phones(Area):
    def reset(self, seed: dict[str, Any]) -> None:
        phones = copy.deepcopy(seed.get("phones", {}))
        self.passwords: dict[str, str] = phones.get("passwords", {})
        self.preferences: dict[str, dict[str, str]] = {}
        self.devices: dict[str, dict[str, Any]] = {}
        for number, device in phones.get("devices", {}).items():
            keys = {int(position): {**NO_KEY, **key} for position, key in device.pop("keys", {}).items()}
            self._device(number).update({**device, "keys": {**self._device(number)["keys"], **keys}})
        self.desks: dict[str, str] = {}
        """Desk sharing: login to the set on which the user is."""

    def snapshot(self) -> dict[str, Any]:
        return {
            "devices": {
                number: {
                    **one,
                    **{
                        name: {str(at): key for at, key in one[name].items() if key["number"] or key["mnemonic"]}
                        for name in ("keys", "soft_keys")
                    },
                }
                for number, one in self.devices.items()
            },
            "preferences": self.preferences,
            "passwords": self.passwords,
            "desks": self.desks,
        }

    def _device(self, number: str) -> dict[str, Any]:
        """A device, which nobody has touched before the first time."""
        fresh = {
            "lock": False,
            "campon": False,
            "associate": None,
            "active": False,
            "pin": {"With_Secret_Code": False, "Pin_Type_Of_Control": "PIN_Category"},
            "keys": {},
            "soft_keys": {},
        }
        return self.devices.setdefault(number, fresh)

    # Users as accounts

    @handles("o2gListLogins")
    def list_logins(self, call: Call) -> Answer:
        if call.account["role"] == "user":
            return Answer(200, {"loginNames": [call.account["login"]]})
        from .o2g_agent import Agents

        nodes = call.query.get("nodeIds")
        wanted = {int(number) for number in nodes.split(",")} if nodes else set(self.platform.nodes)
        agents = self.platform.area(Agents).agents
        logins = []
        for number in wanted & set(self.platform.nodes):
            node = self.platform.nodes[number]
            for login in sorted(node["users"]):
                subscriber = node["subscribers"][login.removeprefix("oxe")]
                if "onlyACD" in call.query and subscriber["number"] not in agents:
                    continue
                if "onlyWithExtLogin" in call.query and not subscriber.get("externalLogin"):
                    continue
                logins.append(login)
        return Answer(200, {"loginNames": logins})

    @handles("o2gFindUser")
    def find_user(self, call: Call) -> Answer:
        number = call.query["companyPhone"]
        return Answer(200, self.platform.user_view(self.platform.user_named(f"oxe{number}")))

    @handles("o2gGetAccount")
    def get_account(self, call: Call) -> Answer:
        return Answer(200, self.platform.user_view(self._owner(call)))

    def _owner(self, call: Call) -> dict[str, Any]:
        """The subscriber that the path names; a user may name no other."""
        login = call.parameters["loginName"]
        if call.account["role"] == "user" and login != call.account["login"]:
            raise RefusalError(403, f"only for {login}", NOT_ALLOWED)
        return self.platform.user_named(login, 404 if 404 in call.operation.answers else 400)

    @handles("o2gChangePassword")
    def change_password(self, call: Call) -> Answer:
        login = f"oxe{self._owner(call)['number']}"
        account = next((one for one in self.platform.accounts if one["login"] == login), None)
        if call.body["oldPassword"] != (account or {}).get("password", self.passwords.get(login, PASSWORD)):
            raise RefusalError(403, "the old password is wrong", NOT_ALLOWED)
        if not (call.body["newPassword"].isdecimal() and len(call.body["newPassword"]) == 4):
            raise RefusalError(400, "the new password must have 4 digits")
        self.passwords[login] = call.body["newPassword"]
        if account:
            account["password"] = call.body["newPassword"]
        return Answer(204)

    @handles("o2gGetPreferences")
    def get_preferences(self, call: Call) -> Answer:
        login = f"oxe{self._owner(call)['number']}"
        shown = {"guiLanguage": "en-gb", "oxeLanguage": "en-gb", **self.preferences.get(login, {})}
        if self.settings["language_form"] == "example":
            language, _dash, country = shown["guiLanguage"].partition("-")
            shown = {"guiLanguage": f"{language}_{country.upper()}" if country else language}
        return Answer(200, shown)

    @handles("o2gSetPreferences")
    def set_preferences(self, call: Call) -> Answer:
        login = f"oxe{self._owner(call)['number']}"
        for name, known in (("guiLanguage", GUI_LANGUAGES), ("oxeLanguage", LANGUAGES)):
            if call.body.get(name, known[0]) not in known:
                raise RefusalError(400, f"{name}: unknown language {call.body[name]}")
        self.preferences.setdefault(login, {}).update(call.body)
        return Answer(204)

    @handles("o2gGetSupportedLanguages")
    def supported_languages(self, call: Call) -> Answer:
        self._owner(call)
        return Answer(200, {"supportedLanguages": LANGUAGES, "supportedGuiLanguages": GUI_LANGUAGES})

    # Devices

    def _shown(self, subscriber: dict[str, Any]) -> list[dict[str, Any]]:
        """The devices of a user, a shared set among them."""
        devices = self.platform.user_view(subscriber)["devices"]
        desk = self.desks.get(f"oxe{subscriber['number']}")
        return [*devices, {"type": "DESKPHONE", "id": desk, "subType": "NOE_C_Color_IP"}] if desk else devices

    def _of(self, call: Call) -> dict[str, Any]:
        """The device that the path names, which must be the user's."""
        subscriber, number = self._owner(call), call.parameters["deviceId"]
        if number not in [device["id"] for device in self._shown(subscriber)]:
            raise RefusalError(404, f"{number} is no device of {call.parameters['loginName']}")
        return self._device(number)

    @handles("o2gListDevices")
    def list_devices(self, call: Call) -> Answer:
        return Answer(200, {"devices": self._shown(self._owner(call))})

    @handles("o2gGetDevice")
    def get_device(self, call: Call) -> Answer:
        self._of(call)
        return Answer(200, next(d for d in self._shown(self._owner(call)) if d["id"] == call.parameters["deviceId"]))

    @handles("o2gGetAddons")
    def get_addons(self, call: Call) -> Answer:
        self._of(call)
        return Answer(200, {"addonTypes": ["ADDON_40_KEYS"]})

    @handles("o2gGetDynamicState")
    def get_dynamic_state(self, call: Call) -> Answer:
        device = self._of(call)
        state = {"lock": device["lock"], "campon": device["campon"]}
        return Answer(200, state if device["associate"] is None else {**state, "associate": device["associate"]})

    def _switch(self, call: Call, name: str) -> Answer:
        self._of(call)[name] = call.query["activate"] == "true"
        return Answer(204)

    @handles("o2gSetLock")
    def set_lock(self, call: Call) -> Answer:
        return self._switch(call, "lock")

    @handles("o2gSetCampon")
    def set_campon(self, call: Call) -> Answer:
        return self._switch(call, "campon")

    def _remote(self, call: Call) -> dict[str, Any]:
        device = self._of(call)
        if call.parameters["deviceId"] != self._owner(call).get("remote"):
            raise RefusalError(400, "the device is no remote extension")
        return device

    @handles("o2gSetRemoteExtensionActive")
    def set_active(self, call: Call) -> Answer:
        self._remote(call)["active"] = call.query["activate"] == "true"
        return Answer(204)

    @handles("o2gGetRemoteExtensionActive")
    def get_active(self, call: Call) -> Answer:
        name = "activate" if self.settings["phone_form"] == "example" else "active"
        return Answer(200, {name: self._remote(call)["active"]})

    @handles("o2gSetAssociate")
    def set_associate(self, call: Call) -> Answer:
        device = self._of(call)
        number = call.body.get("number")
        if not any(number in node["main_numbers"] for node in self.platform.nodes.values()):
            raise RefusalError(400, f"unknown number {number}")
        device["associate"] = number
        return Answer(204)

    @handles("o2gGetPin")
    def get_pin(self, call: Call) -> Answer:
        pin = dict(self._of(call)["pin"])
        if self.settings["phone_form"] == "example":
            pin["With_Secret_Code"] = str(pin["With_Secret_Code"]).upper()
            pin |= {"Pin_Group": str(pin["Pin_Group"])} if "Pin_Group" in pin else {}
        return Answer(200, pin)

    @handles("o2gSetPin")
    def set_pin(self, call: Call) -> Answer:
        self._of(call)["pin"].update(call.body)
        return Answer(204)

    # Keys

    def _keys(self, call: Call, name: str, positions: range) -> list[dict[str, Any]]:
        keys = self._of(call)[name]
        return [{"position": at, **NO_KEY, **keys.get(at, {})} for at in positions]

    @handles("o2gListKeys")
    def list_keys(self, call: Call) -> Answer:
        return Answer(200, {"pkeys": self._keys(call, "keys", KEYS)})

    @handles("o2gListProgrammedKeys")
    def list_programmed_keys(self, call: Call) -> Answer:
        keys = self._keys(call, "keys", KEYS)
        return Answer(200, {"pkeys": [key for key in keys if key["number"] or key["mnemonic"]]})

    @handles("o2gListSoftKeys")
    def list_soft_keys(self, call: Call) -> Answer:
        name = "softkeys" if self.settings["phone_form"] == "example" else "skeys"
        keys = self._keys(call, "soft_keys", SOFT_KEYS)
        return Answer(200, {name: [{n: v for n, v in key.items() if n != "locked"} for key in keys]})

    def _set_key(self, call: Call, name: str, positions: range, key: dict[str, Any] | None) -> Answer:
        keys, at = self._of(call)[name], call.parameters["position"]
        if at not in positions:
            raise RefusalError(404, f"there is no key {at}")
        if key is None:
            keys.pop(at, None)
            return Answer(204)
        if key.get("position") != at:
            raise RefusalError(400, "the position of the body is another one than that of the path")
        keys[at] = {**NO_KEY, **{n: v for n, v in key.items() if n != "position"}}
        return Answer(204)

    @handles("o2gSetKey")
    def set_key(self, call: Call) -> Answer:
        return self._set_key(call, "keys", KEYS, call.body)

    @handles("o2gEmptyKey")
    def empty_key(self, call: Call) -> Answer:
        return self._set_key(call, "keys", KEYS, None)

    @handles("o2gSetSoftKey")
    def set_soft_key(self, call: Call) -> Answer:
        return self._set_key(call, "soft_keys", SOFT_KEYS, call.body)

    @handles("o2gEmptySoftKey")
    def empty_soft_key(self, call: Call) -> Answer:
        return self._set_key(call, "soft_keys", SOFT_KEYS, None)

    @handles("o2gGetPrefix")
    def get_prefix(self, call: Call) -> Answer:
        self._owner(call)
        number = PREFIXES.get((call.query["type"], call.query["value"]))
        if number is None:
            raise RefusalError(404, "there is no such prefix")
        return Answer(200, {"value": call.query["value"], "number": number})

    # Desk sharing

    @handles("o2gDeskSharingLogOn")
    def desk_log_on(self, call: Call) -> Answer:
        login = f"oxe{self.platform.whose(call)['number']}"
        desk = call.body["dssDeviceNumber"]
        if desk in self.desks.values() or login in self.desks:
            raise RefusalError(400, "the user or the set is in use")
        if not any(desk in node["main_numbers"] for node in self.platform.nodes.values()):
            raise RefusalError(400, f"unknown set {desk}")
        self.desks[login] = desk
        return Answer(204)

    @handles("o2gDeskSharingLogOff")
    def desk_log_off(self, call: Call) -> Answer:
        if self.desks.pop(f"oxe{self.platform.whose(call)['number']}", None) is None:
            raise RefusalError(400, "the user is on no set")
        return Answer(204)
