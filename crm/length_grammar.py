"""Lengths of time as people say them: «полтора часа», «дві з половиною години», "2 hrs 30 min", "a couple of days"."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crm import date_words
from crm.clock_grammar import kind_at, number_at, text_at
from crm.date_words import Token

# In minutes, exact; and in days and months, which are counted on the calendar.
CLOCK_UNITS: Final = {"minute": 1, "hour": 60, "full_day": 24 * 60}
DATE_UNITS: Final = {"day": (1, 0), "week": (7, 0), "fortnight": (14, 0), "month": (0, 1), "year": (0, 12)}


@dataclass(frozen=True, slots=True)
class Length:
    """Minutes are exact; days and months are those of the calendar."""

    minutes: int
    days: int
    months: int

    @property
    def in_minutes(self) -> int:
        """The length with its days taken as twenty-four hours."""
        return self.minutes + self.days * 24 * 60


Found = tuple[Length, int]


def length_at(said: Sequence[Token], place: int, *, language: str | None, leading: bool) -> Found | None:
    """«2 часа 15 минут», «полтора часа», "an hour and a half", and the place after.

    When reading a leading part, a number without a unit is left to the words that follow.
    """
    minutes = days = months = 0
    end: int | None = None
    while True:
        start = place
        if end is not None and text_at(said, start) in {"и", "і", "та", "й", "and"}:
            start += 1
        piece = _measure(said, start, language)
        if piece is None:
            break
        sixtieths, unit, place = piece
        if unit in CLOCK_UNITS:
            minutes += sixtieths * CLOCK_UNITS[unit] // 60
        else:
            each_days, each_months = DATE_UNITS[unit]
            if sixtieths * each_days % 60 or sixtieths * each_months % 60:
                return None
            days += sixtieths * each_days // 60
            months += sixtieths * each_months // 60
        end = place
        if unit == "hour" and not leading and (rest := _minutes_without_unit(said, place)):
            return Length(minutes + rest[0], days, months), rest[1]
    return (Length(minutes, days, months), end) if end is not None else None


def _minutes_without_unit(said: Sequence[Token], place: int) -> tuple[int, int] | None:
    """«Через час двадцать», at the end of a phrase."""
    found = number_at(said, place)
    if found is None or not 10 <= found[0] <= 59 or found[1] < len(said):
        return None
    return found


def _measure(said: Sequence[Token], place: int, language: str | None) -> tuple[int, str, int] | None:
    """One amount of one unit, the amount in sixtieths."""
    joined = date_words.HALF_UNITS.get(text_at(said, place))
    if joined:
        return (30, "hour", place + 1) if joined == "half_hour" else (360, "month", place + 1)
    amount, after = _amount(said, place)
    unit = date_words.UNITS.get(text_at(said, after))
    if unit is None:
        return None
    # «2 год» is two hours, abbreviated in Ukrainian; two years would be «2 года».
    if text_at(said, after) == "год" and after > place and (amount != 60 or language == "uk"):
        unit = "hour"
    after += 1
    if text_at(said, after) == "." and len(text_at(said, after - 1)) <= 4:
        after += 1
    if half := _and_a_half(said, after):
        return amount + 30, unit, half
    return amount, unit, after


def _amount(said: Sequence[Token], place: int) -> tuple[int, int]:
    """How many, in sixtieths, and the place of the unit; nothing said is one."""
    if text_at(said, place) in {"a", "an"}:
        place += 1
    text = text_at(said, place)
    if text in date_words.ONE_AND_A_HALF:
        return 90, place + 1
    if text in date_words.HALVES:
        return 30, place + 2 if text_at(said, place + 1) in {"a", "an", "-"} else place + 1
    if text in date_words.QUARTERS:
        return 15, place + 3 if text_at(said, place + 1) == "of" else place + 1
    if text in date_words.COUPLE:
        return 120, place + 2 if text_at(said, place + 1) == "of" else place + 1
    if kind_at(said, place) == "pair" and any(sign in text for sign in ".,"):
        whole, _, part = text.replace(",", ".").partition(".")
        return int(whole) * 60 + int(part) * 60 // 10 ** len(part), place + 1
    found = number_at(said, place)
    if found is None:
        return 60, place
    with_half = _and_a_half(said, found[1])
    return (found[0] * 60 + 30, with_half) if with_half else (found[0] * 60, found[1])


def _and_a_half(said: Sequence[Token], place: int) -> int | None:
    first, second = text_at(said, place), text_at(said, place + 1)
    if first in {"с", "з", "із"} and second in {"половиной", "половиною", "гаком"}:
        return place + 2
    if first == "and" and second == "a" and text_at(said, place + 2) == "half":
        return place + 3
    return place + 2 if first == "and" and second == "half" else None
