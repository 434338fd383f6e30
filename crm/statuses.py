"""Statuses: the places of the life cycle that a contact can have, in the order in which most go through them."""

from __future__ import annotations

from typing import Final

POTENTIAL: Final = "potential"
STATUSES: Final = (POTENTIAL, "active", "repeat", "vip", "sleeping", "gone")
"""potential: has not bought · active: has · repeat: more than once · vip: one of the best · sleeping: not for long
· gone: will not come back."""
