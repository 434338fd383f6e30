"""Local time and instants: one rule for the two nights a year when they do not match."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a naive local time. A time that happens twice is its first; one that does not happen (the gap in
    spring) is the same distance after the gap's beginning, as PEP 495 reads fold=0."""
    aware = local.replace(tzinfo=zone, fold=0)
    return aware.astimezone(UTC)


def next_after(after: datetime, local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a naive local time that is later than `after`: of a time that happens twice the second, when the
    first is over."""
    first = to_utc(local, zone)
    return first if first > after else local.replace(tzinfo=zone, fold=1).astimezone(UTC)


def next_local(after: datetime, zone: ZoneInfo, *, hour: int, minute: int = 0) -> datetime:
    """The next instant, later than `after`, at which the clocks of the zone show this time: once a day, always."""
    day = after.astimezone(zone).date()
    while True:
        at = to_utc(datetime(day.year, day.month, day.day, hour, minute), zone)  # noqa: DTZ001 - it is local by intent
        if at > after:
            return at
        day += timedelta(days=1)
