"""What the playbook says of when the bot keeps silent and how much is too much: `[policy]`, and the topics a person may
refuse: `[[topic]]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Final, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from crm.playbook_types import Duration, Id, Part, Span, Text, Written, mistaken
from crm.purposes import Purpose

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LEAP_YEAR: Final = 2000
"""A day of every year may be the 29th of February."""


class Cap(Part):
    """At most `max` messages in any window of `per`, and at least `gap` between two."""

    max: Annotated[int, Field(ge=0, le=1000)]
    per: Annotated[Duration, Field(gt=timedelta(0))]
    gap: Duration = timedelta(0)


def _several(written: object) -> object:
    """One cap or a list of them; none is no cap."""
    if written is None:
        return ()
    return (written,) if isinstance(written, dict | Cap) else written


Caps = Annotated[tuple[Cap, ...], BeforeValidator(_several)]


@dataclass(frozen=True)
class Weekdays(Written):
    """Days of the week, Monday is 0: `mon-sat`, `mon,wed-fri`."""

    days: frozenset[int]

    @classmethod
    def parse(cls, text: object) -> Self:
        """Raises PydanticCustomError."""
        if isinstance(text, cls):
            return text
        found: set[int] = set()
        for piece in str(text).lower().split(",") if isinstance(text, str) else ("",):
            first, _, last = (part.strip() for part in piece.partition("-"))
            if first not in WEEKDAYS or (last and last not in WEEKDAYS):
                raise mistaken(
                    "weekdays", f"{text!r} names no days of the week", 'write them as "mon-sat" or "mon,wed"'
                )
            begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
            # "sat-mon" goes round the end of the week.
            found |= {day % 7 for day in range(begin, end + 1 if end >= begin else end + 8)}
        return cls(frozenset(found))


def _day(text: str) -> str:
    """A date, or a day of every year. Raises PydanticCustomError for a day there is not."""
    try:
        date.fromisoformat(text if len(text) > len("12-31") else f"{_LEAP_YEAR}-{text}")
    except ValueError:
        raise mistaken("day", f"{text!r} is no day", 'write it as "2026-12-31", or "12-31" for every year') from None
    return text


Day = Annotated[str, StringConstraints(pattern=re.compile(r"^(\d{4}-)?\d\d-\d\d$")), AfterValidator(_day)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]


class Policy(Part):
    """When the bot keeps silent and how much is too much. Hours and days are in the contact's own time zone.

    `overall` (in the file: `all`) counts what nobody asked for together: marketing and surveys.
    """

    quiet_hours: Span | None = Span.parse("21:00-09:00")
    overall: Caps = Field(
        default=(
            Cap.model_construct(max=1, per=timedelta(days=1)),
            Cap.model_construct(max=3, per=timedelta(days=7)),
            Cap.model_construct(max=8, per=timedelta(days=30)),
        ),
        alias="all",
    )
    service: Caps = ()
    marketing: Caps = (Cap.model_construct(max=3, per=timedelta(days=30), gap=timedelta(days=3)),)
    survey: Caps = (Cap.model_construct(max=1, per=timedelta(days=30)),)
    country: Country | None = None
    holidays_off: bool = False
    working_days: Weekdays = Weekdays(frozenset(range(7)))
    closed: tuple[Day, ...] = ()

    def caps(self, purpose: Purpose) -> Caps:
        """The caps of a purpose by itself; answers and alerts to staff never have one."""
        return {Purpose.SERVICE: self.service, Purpose.MARKETING: self.marketing, Purpose.SURVEY: self.survey}.get(
            purpose, ()
        )


class Topic(Part):
    """What a message is about, so that a person can refuse one subject and keep the others."""

    id: Id
    title: Text
