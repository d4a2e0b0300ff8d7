# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""APIO: the sub-codes of a 400."""

INVALID = 2
MISSING = 9
EXISTS = 11
NOT_DELETED = 21
