"""What a phrase about time can turn out to be: a moment, a question, half of a moment, or nothing."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

Want = Literal["datetime", "date", "time"]
Part = Literal["morning", "midday", "afternoon", "evening", "night"]
Why = Literal["unknown", "past", "impossible", "range", "empty"]
Question = Literal[
    "hour", "hour_or_day", "duration_or_time", "which_day", "day_or_month_first", "which_midnight", "clock_change",
    "weekday_mismatch", "deadline", "approximate", "outside_hours",
]  # fmt: skip

# The results have fields named date and time, which hide the types of those names.
_Date = date
_Time = time


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase understood. `at` is in UTC and None where no time (or, when only a time is wanted, no day) was said.

    `date` and `time` are on the wall clock of the zone. `relative` is True for a length of time from now.
    """

    at: datetime | None
    date: _Date | None
    time: _Time | None
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """More than one meaning, or one that must be confirmed; `choices` may be offered as buttons, the soonest first."""

    choices: tuple[Reading, ...]
    reason: Question


@dataclass(frozen=True, slots=True)
class Incomplete:
    """Understood, and half of what is wanted: ask for what is missing and keep the rest."""

    missing: Literal["time", "date"]
    date: _Date | None = None
    time: _Time | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """Not a moment, and why."""

    reason: Why


Result = Reading | Doubt | Incomplete | Unread
