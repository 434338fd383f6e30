"""What comes back by itself: every two weeks on Monday, on the 31st, on 29 February.

A rule keeps the time of the day and the day it counts from, so that putting one occurrence off moves no other. Days are
days of the wall clock: 09:00 stays 09:00 when the clocks change; a time that a change skips comes the same distance
after the gap, and one that a change repeats comes once. Where a month has no such day, its last day stands in, and the
next month has its own again; 29 February is 28 February in a common year.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Final, Literal, Self, cast
from zoneinfo import ZoneInfo

from crm import zones

Unit = Literal["d", "w", "m", "y"]
LAST_DAY: Final = 32
"""Of a month, however long it is."""
WORKDAYS: Final = (0, 1, 2, 3, 4)
WEEKEND: Final = (5, 6)
MOST: Final = {"d": 366, "w": 53, "m": 36, "y": 10}
MOST_DAYS: Final = 4
"""Days of a month that one rule may name: a rule is kept in forty characters."""

_WRITTEN: Final = re.compile(
    r"(?P<every>[0-9]{1,3})(?P<unit>[dwmy])(?::(?P<days>[0-9]{1,4}(?:,[0-9]{1,4}){0,6}))?"
    r"(?:@(?P<clock>[0-9]{2}:[0-9]{2}))?(?:/(?P<since>[0-9]{4}-[0-9]{2}-[0-9]{2}))?"
)


@dataclass(frozen=True, slots=True)
class Repeat:
    """Every so many units. `days` are weekdays (Monday is 0), days of the month (`LAST_DAY`: the last one), or month and
    day of the year as 1231; none are those of the first occurrence. Without `clock` and `since` it is not settled yet."""

    every: int
    unit: Unit
    days: tuple[int, ...] = ()
    clock: time | None = None
    since: date | None = None

    @classmethod
    def from_text(cls, text: str) -> Self:
        """`2w:0,3@09:00/2026-11-23`. Raises ValueError for anything else."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is no rule of repeating")
        unit = cast(Unit, found["unit"])
        every = int(found["every"])
        if not 1 <= every <= MOST[unit]:
            raise ValueError(f"{text!r} repeats too rarely, or not at all")
        return cls(
            every,
            unit,
            tuple(int(day) for day in found["days"].split(",")) if found["days"] else (),
            time.fromisoformat(found["clock"]) if found["clock"] else None,
            date.fromisoformat(found["since"]) if found["since"] else None,
        )

    def to_text(self) -> str:
        """As it is kept: at most forty characters."""
        days = ":" + ",".join(map(str, self.days)) if self.days else ""
        clock = f"@{self.clock:%H:%M}" if self.clock else ""
        since = f"/{self.since.isoformat()}" if self.since else ""
        return f"{self.every}{self.unit}{days}{clock}{since}"

    def settled(self, first: datetime, zone: ZoneInfo) -> Repeat:
        """The rule that counts from this occurrence, by the wall clock of the zone."""
        local = first.astimezone(zone)
        own = {"d": (), "w": (local.weekday(),), "m": (local.day,), "y": (local.month * 100 + local.day,)}[self.unit]
        return replace(
            self, days=self.days or own, clock=local.time().replace(second=0, microsecond=0), since=local.date()
        )

    def begun(self, at: datetime, zone: ZoneInfo) -> tuple[Repeat, datetime]:
        """The settled rule and its first occurrence: the first one at that time of the day and not earlier than `at`."""
        rule = self.settled(at, zone)
        first = rule.next_after(at - timedelta(microseconds=1), zone)
        return replace(rule, since=first.astimezone(zone).date()), first

    def next_after(self, after: datetime, zone: ZoneInfo) -> datetime:
        """The first occurrence later than `after`, in UTC. Raises ValueError for a rule that is not settled."""
        if self.clock is None or self.since is None:
            raise ValueError("a rule without its time has no occurrences")
        # A day early: a time that a change of the clocks moved past midnight is not overlooked.
        for day in self._days_from(max(self.since, after.astimezone(zone).date() - timedelta(days=1)), self.since):
            at = zones.to_utc(datetime.combine(day, self.clock), zone)
            if at > after:
                return at
        raise AssertionError("the days of a rule do not end")

    def _days_from(self, day: date, since: date) -> Iterator[date]:
        """Its days, not earlier than `day`, in their order."""
        if self.unit == "d":
            behind = (since - day).days % self.every
            yield from (day + timedelta(days=behind + self.every * n) for n in count())
        for number in count(self._periods_before(day, since)):
            yield from (one for one in self._days_of(number, since) if one >= max(day, since))

    def _periods_before(self, day: date, since: date) -> int:
        """How many whole periods of the rule lie before the one with this day."""
        if self.unit == "w":
            passed = (_monday(day) - _monday(since)).days // 7
        elif self.unit == "m":
            passed = (day.year - since.year) * 12 + day.month - since.month
        else:
            passed = day.year - since.year
        return passed // self.every

    def _days_of(self, number: int, since: date) -> list[date]:
        """The days of its period with this number."""
        if self.unit == "w":
            monday = _monday(since) + timedelta(weeks=number * self.every)
            return [monday + timedelta(days=weekday) for weekday in sorted(self.days)]
        if self.unit == "m":
            months = since.year * 12 + since.month - 1 + number * self.every
            return sorted({_day_of(months // 12, months % 12 + 1, day) for day in self.days})
        year = since.year + number * self.every
        return sorted({_day_of(year, day // 100, day % 100) for day in self.days})


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _day_of(year: int, month: int, day: int) -> date:
    """That day; the last one of a month that is shorter."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
