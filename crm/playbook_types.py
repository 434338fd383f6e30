"""The small values a playbook is written in: texts in several languages, durations, spans of hours, calendars."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Annotated, Any, Final, Literal, Self, cast, get_args
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    RootModel,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
LONGEST: Final = timedelta(days=3660)
TEXT_LIMIT: Final = 3000
"""Telegram takes 4,096 characters; the rest is left to the step's number, the hint and a re-ask."""

Event = Literal["request_created", "request_done", "request_lost", "visit"]
EVENTS: Final[tuple[str, ...]] = get_args(Event)

NICKNAMES: Final = {
    "weekly": "0 12 * * 1",
    "monthly": "0 12 1 * *",
    "quarterly": "0 12 1 1,4,7,10 *",
    "yearly": "0 12 1 1 *",
}


def mistaken(kind: str, message: str, suggestion: str | None = None) -> PydanticCustomError:
    """An error to raise where a value is read: what is wrong, and what to write instead."""
    # The message goes through ctx: pydantic would read braces in it as a template.
    return PydanticCustomError(cast(Any, kind), cast(Any, "{said}"), {"said": message, "suggestion": suggestion})


class Text(RootModel[dict[str, str]]):
    """What is said, by language. Plain text, never markup: `crm.placeholders.fill` escapes it whole.

    The business's first language comes first; it is what people hear whose language the business does not speak.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _in_the_languages_of_the_business(cls, data: object, info: ValidationInfo) -> object:
        languages: tuple[str, ...] = (info.context or {}).get("languages", ())
        if isinstance(data, str):
            if len(languages) > 1:
                by_key = ", ".join(f".{language}" for language in languages)
                raise mistaken(
                    "text_languages", f"this business speaks {', '.join(languages)}: give each text as {by_key}"
                )
            data = {languages[0] if languages else "": data}
        if not isinstance(data, dict):
            raise mistaken("text_type", "a text is expected, in quotes")
        for language, said in data.items():
            if languages and language not in languages:
                raise mistaken(
                    "text_language",
                    f"language {language!r} is not among this business's languages ({', '.join(languages)})",
                    "add it to business.languages or remove the text",
                )
            if not isinstance(said, str) or not said.strip():
                raise mistaken("text_empty", "a text must not be empty")
            if len(said) > TEXT_LIMIT:
                raise mistaken("text_long", f"{len(said)} characters are too many: at most {TEXT_LIMIT}")
        missing = [language for language in languages if language not in data]
        if missing:
            raise mistaken("text_missing", f"no text in: {', '.join(missing)}", f'add .{missing[0]} = "…"')
        order = languages or tuple(data)
        return {language: str(data[language]).strip() for language in order}

    def say(self, language: str) -> str:
        """The text in this language, or in the business's first one."""
        return self.root.get(language) or next(iter(self.root.values()))

    def every(self) -> tuple[str, ...]:
        """The texts of all languages: what checks go through and typed titles are compared with."""
        return tuple(self.root.values())

    def __hash__(self) -> int:
        return hash(tuple(self.root.items()))


def same_in_every_language(value: object, info: ValidationInfo) -> object:
    """A name given once holds for every language."""
    languages: tuple[str, ...] = (info.context or {}).get("languages", ())
    if isinstance(value, str) and languages:
        return dict.fromkeys(languages, value)
    return value


# Ids travel in callback data (64 bytes in all), so they are short and plain.
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,23}$")]
# Names of fields are words of the segment language, where a hyphen means "not".
FieldId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,23}$")]
Tag = Annotated[str, StringConstraints(pattern=r"^[^\s,:#\"'()<>&]{1,32}$")]
Region = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$", max_length=500)]
# A name is a name in every language, so one string is enough for it.
Name = Annotated[Text, BeforeValidator(same_in_every_language)]


class Part(BaseModel):
    """One table of the file. An unknown key is an error: a misspelt setting must not be silently ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


def duration(text: object) -> timedelta:
    """`30m`, `2h`, `7d`, `2w`, or several in a row: `1d 12h`. Raises PydanticCustomError."""
    if isinstance(text, timedelta):
        return text
    if not isinstance(text, str) or not re.fullmatch(r"\s*(\d{1,5}\s*[mhdw]\s*)+", text):
        raise mistaken("duration", f"{text!r} is not a duration", 'write a number and a unit: "30m", "2h", "7d", "2w"')
    parts = re.findall(r"(\d+)\s*([mhdw])", text)
    total = sum((timedelta(**{UNITS[unit]: int(number)}) for number, unit in parts), timedelta(0))
    if total > LONGEST:
        raise mistaken("duration", f"{text!r} is more than ten years")
    return total


Duration = Annotated[timedelta, BeforeValidator(duration)]


class Written:
    """A value the owner writes as one string; pydantic reads it with the class's own `parse`."""

    @classmethod
    def parse(cls, text: object) -> Self:
        """The value of a text; each class has its own. Raises PydanticCustomError."""
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse)


@dataclass(frozen=True)
class Span(Written):
    """Hours of a day, `start` included and `end` not; it may run over midnight."""

    start: time
    end: time

    @classmethod
    def parse(cls, text: object) -> Self:
        """`21:00-09:00`. Raises PydanticCustomError."""
        if isinstance(text, cls):
            return text
        found = (
            re.fullmatch(r"\s*(\d{1,2}):(\d\d)\s*[-\u2013]\s*(\d{1,2}):(\d\d)\s*", text)
            if isinstance(text, str)
            else None
        )
        try:
            if found is None:
                raise ValueError
            first, first_minute, last, last_minute = map(int, found.groups())
            start, end = time(first, first_minute), time(last % 24 if last_minute == 0 else last, last_minute)
        except ValueError:
            raise mistaken("span", f"{text!r} is not a span of hours", 'write it as "21:00-09:00"') from None
        if start == end:
            raise mistaken("span", f"{text!r} begins where it ends")
        return cls(start, end)

    def __contains__(self, moment: time) -> bool:
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end

    @property
    def hours(self) -> tuple[int, int]:
        """First and last whole hour, for reading a bare "at 5" (see `crm.dates`)."""
        return self.start.hour, self.end.hour or 24


@dataclass(frozen=True)
class After(Written):
    """An event and how long after it: `request_done + 2h`."""

    event: Event
    delay: timedelta

    @classmethod
    def parse(cls, text: object) -> Self:
        """Raises PydanticCustomError."""
        if isinstance(text, cls):
            return text
        event, plus, delay = text.partition("+") if isinstance(text, str) else ("", "", "")
        if event.strip() not in EVENTS:
            raise mistaken(
                "after", f"{text!r} names no known event", f'one of: {", ".join(EVENTS)}, e.g. "request_done + 2h"'
            )
        return cls(cast(Event, event.strip()), duration(delay.strip()) if plus else timedelta(0))


@dataclass(frozen=True)
class Cron(Written):
    """Minutes of a calendar, as crontab writes them (Sunday is 0 or 7), in the business's time zone."""

    text: str
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool

    @classmethod
    def parse(cls, text: object) -> Self:
        """Five fields, or weekly, monthly, quarterly, yearly (the first day of it, at noon). Raises PydanticCustomError."""
        if isinstance(text, cls):
            return text
        hint = f'one of: {", ".join(NICKNAMES)}, or five fields such as "0 12 1 * *" (minute hour day month weekday)'
        parts = NICKNAMES.get(text.strip(), text).split() if isinstance(text, str) else []
        if len(parts) != 5:
            raise mistaken("cron", f"{text!r} is not a calendar", hint)
        bounds = {"minute": (0, 59), "hour": (0, 23), "day": (1, 31), "month": (1, 12), "weekday": (0, 7)}
        sets = []
        for part, (name, (low, high)) in zip(parts, bounds.items(), strict=True):
            numbers = _numbers(part, low, high)
            if numbers is None:
                raise mistaken("cron", f"{part!r} is not a {name} (from {low} to {high})", hint)
            sets.append(numbers)
        minutes, hours, days, months, weekdays = sets
        # As in crontab: when both days are given, either is enough.
        either = parts[2] != "*" and parts[4] != "*"
        if not either and not any(day <= _longest(month) for month in months for day in days):
            raise mistaken("cron", f"{text!r} never happens: no such day in that month")
        return cls(str(text), minutes, hours, days, months, frozenset(day % 7 for day in weekdays), either)

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The first occurrence later than `moment` (aware), as an aware time in `zone`.

        An hour that the clock skips in spring happens at the next one there is.
        """
        local = moment.astimezone(zone)
        day = local.date()
        # Eight years hold a 29 February even across a century's missing one.
        for _ in range(366 * 8 + 2):
            if self._on(day.day, day.month, (day.weekday() + 1) % 7):
                for hour in sorted(self.hours):
                    for minute in sorted(self.minutes):
                        there = datetime.combine(day, time(hour, minute), zone)
                        exact = datetime.fromtimestamp(there.timestamp(), zone)
                        if exact > moment:
                            return exact
            day += timedelta(days=1)
        raise ValueError(f"{self.text!r} never happens")

    def _on(self, day: int, month: int, weekday: int) -> bool:
        if month not in self.months:
            return False
        if self.either_day:
            return day in self.days or weekday in self.weekdays
        return day in self.days and weekday in self.weekdays


def _longest(month: int) -> int:
    return 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def _numbers(part: str, low: int, high: int) -> frozenset[int] | None:
    """The numbers a crontab field means, or None if it means nothing."""
    found: set[int] = set()
    for piece in part.split(","):
        shape = re.fullmatch(r"(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?", piece)
        if shape is None:
            return None
        first, last, step = shape.groups()
        begin = low if first is None else int(first)
        end = high if first is None or (last is None and step) else int(last or first)
        if not low <= begin <= end <= high or step == "0":
            return None
        found.update(range(begin, end + 1, int(step or 1)))
    return frozenset(found)
