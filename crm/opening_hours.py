"""When the business is open, as a visit's time is held against it."""

from __future__ import annotations

from datetime import datetime, tzinfo

from crm.playbook_types import Span
from crm.values import Refused


def refusal(at: datetime, hours: Span | None, zone: tzinfo) -> Refused | None:
    """Why nobody would be there at this moment; None where somebody is, or the owner has not said when."""
    if hours is None or at.astimezone(zone).time() in hours:
        return None
    return Refused("date-closed", {"open": f"{hours.start:%H:%M}", "close": f"{hours.end:%H:%M}"})
