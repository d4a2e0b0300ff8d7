# Copyright: (c) 2026, voiceops contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.voiceops.telephony.plugins.plugin_utils.in_process import InProcessAction


class ActionModule(InProcessAction):
    """Runs each module that meta/runtime.yml leads here."""
