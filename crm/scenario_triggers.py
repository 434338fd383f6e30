"""What begins a scenario: something that happened, or a day that comes, and how long before or after it.

`first_purchase + 7d`, `visit - 24h`, `birthday`, `silence 90d`, `03-08 - 3d`, `0 12 1 * * - 2d`. A trigger is read once with
the playbook; here is also when its occurrence is due, which is counted where the person lives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from crm import zones
from crm.playbook_types import NICKNAMES, Cron, duration

HAPPENINGS: Final = frozenset(
    {"first_purchase", "last_purchase", "purchase", "request_created", "request_done", "request_lost"}
)
NAMED: Final = {
    "tag": "tag:vip",
    "status": "status:sleeping",
    "anniversary": "anniversary:since",
    "date": "date:expires",
}
"""Kinds that say of what, each with an example."""
FORMS: Final = frozenset({"request_created", "request_done", "request_lost", "form_abandoned"})
"""Kinds that may say of which form: `request_done:booking`."""
YEARLY: Final = frozenset({"birthday", "child_birthday", "anniversary", "holiday"})
DAILY: Final = YEARLY | {"date"}
"""Kinds whose occurrence is a day, not a moment."""
HOLIDAYS: Final = {
    "new-year": (1, 1),
    "valentine": (2, 14),
    "womens-day": (3, 8),
    "knowledge-day": (9, 1),
    "christmas": (12, 25),
}
"""Days of the year that have a name; every other is written as MM-DD."""
HOUR: Final = time(11)
"""When a day's message leaves, where the owner says nothing."""

_SPLIT: Final = re.compile(r"(?P<event>.+?)(?:\s*\+\s*(?P<after>\d.*)|\s+[-\u2212\u2013]\s*(?P<before>\d.*))?")
_EXAMPLES: Final = '"first_purchase + 7d", "visit - 24h", "birthday", "silence 90d", "03-08", "0 12 1 * *"'
_DAY: Final = timedelta(days=1)


def _mistake(message: str, suggestion: str | None = None) -> PydanticCustomError:
    # The message goes through ctx: pydantic would read braces in it as a template.
    return PydanticCustomError(
        cast(Any, "trigger"), cast(Any, "{said}"), {"said": message, "suggestion": suggestion or _EXAMPLES}
    )


@dataclass(frozen=True)
class Trigger:
    """What begins a scenario. `what` is the tag, the status, the field or the form it is about; `offset` is below zero
    for what comes before; `length` is that of a silence; `month_day` is a holiday's."""

    text: str
    kind: str
    what: str = ""
    offset: timedelta = timedelta(0)
    length: timedelta = timedelta(0)
    month_day: tuple[int, int] | None = None
    calendar: Cron | None = None

    @classmethod
    def parse(cls, text: object) -> Trigger:
        """Raises PydanticCustomError."""
        if isinstance(text, cls):
            return text
        if not isinstance(text, str) or not text.strip():
            raise _mistake("a trigger is expected, in quotes")
        said = text.strip()
        found = _SPLIT.fullmatch(said)
        assert found is not None
        after, before = found["after"], found["before"]
        offset = duration(after) if after else -duration(before) if before else timedelta(0)
        read = cls._event(said, found["event"].strip())
        if read.kind in DAILY and offset % _DAY:
            raise _mistake(f"{text!r}: {read.kind} is a day, so the offset is in whole days", f'"{read.kind} - 3d"')
        if offset < timedelta(0) and read.kind not in DAILY | {"visit", "calendar"}:
            raise _mistake(
                f"{text!r}: nobody knows before it happens", 'before are a visit, a day and the calendar: "visit - 24h"'
            )
        if read.kind == "form_abandoned" and offset < timedelta(minutes=15):
            raise _mistake(f"{text!r}: who is still writing has abandoned nothing", '"form_abandoned + 2h"')
        return cls(said, read.kind, read.what, offset, read.length, read.month_day, read.calendar)

    @classmethod
    def _event(cls, said: str, event: str) -> Trigger:
        if event in NICKNAMES or (len(event.split()) == 5 and event[0] in "*0123456789"):
            return cls(said, "calendar", calendar=Cron.parse(event))
        kind, _, what = (part.strip() for part in event.partition(":"))
        if kind in NAMED:
            if not what:
                raise _mistake(f"{said!r} does not say which {kind}", f'"{NAMED[kind]}"')
            return cls(said, kind, what)
        if what and kind not in FORMS:
            raise _mistake(f"{said!r}: nothing can follow {kind!r} after a colon")
        if kind in HAPPENINGS or kind in ("form_abandoned", "birthday", "child_birthday", "visit"):
            return cls(said, kind, what)
        if event in HOLIDAYS:
            return cls(said, "holiday", month_day=HOLIDAYS[event])
        if silence := re.fullmatch(r"silence\s+(.+)", event):
            length = duration(silence[1])
            if length < _DAY:
                raise _mistake(f"{said!r}: a silence lasts a day at least", '"silence 90d"')
            return cls(said, "silence", length=length)
        if day := re.fullmatch(r"(\d\d)-(\d\d)", event):
            try:
                date(2024, int(day[1]), int(day[2]))  # a leap year: 02-29 is a day
            except ValueError:
                raise _mistake(f"{event!r} is no day of the year", 'month and day, such as "03-08"') from None
            return cls(said, "holiday", month_day=(int(day[1]), int(day[2])))
        raise _mistake(f"{said!r} names nothing that can begin a scenario")

    @property
    def delay(self) -> timedelta:
        """How long after what is found in the base the occurrence is: the offset, and a silence's length."""
        return self.offset + self.length


def due_after(trigger: Trigger, at: datetime, hour: time | None, zone: ZoneInfo) -> datetime:
    """When what happened at `at` (aware) is to be answered: so long after it, at the hour where the person lives.

    Days are counted by the wall clock. An hour of the day on which it happened that is over already is the next day's.
    """
    local = at.astimezone(zone).replace(tzinfo=None) + trigger.delay
    if hour is None:
        return zones.to_utc(local, zone) if not trigger.delay % _DAY else at + trigger.delay
    due = zones.to_utc(datetime.combine(local.date(), hour), zone)
    if due < at and trigger.offset >= timedelta(0) and trigger.kind != "visit":
        due = zones.to_utc(datetime.combine(local.date() + _DAY, hour), zone)
    return due


def due_on(trigger: Trigger, day: date, hour: time | None, zone: ZoneInfo) -> datetime:
    """When a day is to be marked: so many days before or after it, at the hour where the person lives."""
    return zones.to_utc(datetime.combine(day + trigger.offset, hour or HOUR), zone)


def celebrated(month: int, day: int, year: int) -> date:
    """A day of the year in one year. Who was born on 29 February is greeted on the 28th where there is no 29th: on the
    last day of the month, never in March."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, 2, 28)


def days_between(trigger: Trigger, after: datetime, upto: datetime) -> Iterator[date]:
    """The days whose messages may be due between two moments, in whatever zone: a day more on either side."""
    day = (after - _DAY).date() - trigger.offset
    last = (upto + _DAY).date() - trigger.offset
    while day <= last:
        yield day
        day += _DAY


def month_days(days: Iterator[date]) -> dict[int, date]:
    """Which of the year's days (MMDD) are celebrated on these: 29 February on the 28th where there is no other."""
    found: dict[int, date] = {}
    for day in days:
        found[day.month * 100 + day.day] = day
        if (day.month, day.day) == (2, 28) and celebrated(2, 29, day.year) == day:
            found[229] = day
    return found
