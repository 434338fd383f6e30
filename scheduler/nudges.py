"""Nudges: forms left half-way are looked for, and who left them is reminded once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from crm.playbook import Form
from scheduler.office import Office
from services import nudging
from storage import conversations
from storage.engine import Tx

CHUNK: Final = 200


async def nudge(office: Office) -> None:
    """Plans a reminder for each form that its owner wants reminded of and that has been silent long enough."""
    now = office.now()
    for form, after in nudging.wanted_forms(office.place.playbooks.current):
        while await _chunk(office, form, after, now=now) == CHUNK:
            office.wake_delivery()
        office.wake_delivery()


async def _chunk(office: Office, form: Form, after: timedelta, *, now: datetime) -> int:
    async def unit(tx: Tx) -> int:
        left = await conversations.abandoned(
            tx, form.id, silent_since=now - after, but_not_before=now - after - nudging.OF_USE, limit=CHUNK
        )
        for conversation in left:
            await nudging.nudge(tx, office.place, form, conversation, now=now)
        return len(left)

    return await office.database.write(unit)
