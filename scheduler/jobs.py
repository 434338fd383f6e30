"""Housekeeping: the jobs of time that concern no person."""

from __future__ import annotations

from datetime import timedelta

from scheduler.office import Office
from storage import inbox

# Telegram keeps an update for 24 hours: past that it cannot come again.
HANDLED_UPDATES_KEPT = timedelta(days=2)


async def look_for_work(office: Office) -> None:
    """Wakes the worker for what became due while it slept (a retry)."""
    office.wake_work()


async def prune(office: Office) -> None:
    """Forgets handled updates that can no longer come again."""
    now = office.now()
    await office.database.write(lambda tx: inbox.prune(tx, handled_before=now - HANDLED_UPDATES_KEPT))
