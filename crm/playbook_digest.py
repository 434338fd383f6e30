"""What the playbook says of the team's morning: `[digest]`."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from crm.playbook_types import Duration, Part


class Digest(Part):
    """When each of the team is told what the day holds, in the business's time zone and on its working days; and how
    long a request may wait to be taken before it is named there."""

    at: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "09:00"
    late_after: Annotated[Duration, Field(gt=timedelta(0))] = timedelta(hours=4)

    @property
    def clock(self) -> time:
        return time.fromisoformat(self.at)
