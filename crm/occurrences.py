"""Occurrences of a calendar: which one is due when some time has passed, however long that was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from crm.playbook_types import Cron

_LOOK_BACK: Final = tuple(timedelta(days=days) for days in (0.05, 1, 8, 32, 370))


def latest(calendar: Cron, *, after: datetime, until: datetime, zone: ZoneInfo) -> datetime | None:
    """The last occurrence later than `after` and not later than `until`, in UTC; None when there is none.

    However many were missed, it is one: a survey a week late is asked once, not once a week.
    """
    for back in (*_LOOK_BACK, until - after):
        # From nearby first, so that a calendar of every minute is not walked through a whole year.
        found, at = None, _next(calendar, max(after, until - back), zone)
        while at <= until:
            found, at = at, _next(calendar, at, zone)
        if found is not None or until - back <= after:
            return found
    return None


def latest_few(calendar: Cron, *, after: datetime, until: datetime, zone: ZoneInfo, most: int) -> list[datetime]:
    """The last occurrences, so many of them at most, later than `after` and not later than `until`: in UTC, in their
    order."""
    found: list[datetime] = []
    while len(found) < most and (at := latest(calendar, after=after, until=until, zone=zone)) is not None:
        found.append(at)
        until = at - timedelta(microseconds=1)
    return found[::-1]


def _next(calendar: Cron, after: datetime, zone: ZoneInfo) -> datetime:
    # In UTC: two times of one zone are compared by their clocks, which turn back once a year.
    return calendar.next_after(after.astimezone(UTC), zone).astimezone(UTC)
