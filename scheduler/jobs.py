"""Housekeeping: the jobs of time that concern no person."""

from __future__ import annotations

from datetime import timedelta

from scheduler.office import Office
from storage import inbox

# Telegram keeps an update for 24 hours: past that it cannot come again.
HANDLED_UPDATES_KEPT = timedelta(days=2)
PRUNED_AT_ONCE = 2_000


async def look_around(office: Office) -> None:
    """Wakes the worker and the sender for what has become due unnoticed: a retry, a machine that slept, a clock that
    was set."""
    office.wake_work()
    office.wake_delivery()


async def prune(office: Office) -> None:
    """Forgets handled updates that can no longer come again, a few thousand a transaction."""
    before = office.now() - HANDLED_UPDATES_KEPT
    while await office.database.write(lambda tx: inbox.prune(tx, handled_before=before, limit=PRUNED_AT_ONCE)):
        continue
