"""Days as files hold them: every common form of a date, with or without its time, in three languages.

Unlike what people say in a chat (`crm.dates`), a cell is never a phrase: it is a day in figures, with the month's name at
most, or the number by which a sheet counts days.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from crm import folding

Order = Literal["dmy", "mdy"]
LONGEST: Final = 60
"""Characters of a date in words with its time; a longer cell is none, and would cost more than it is worth."""
_EPOCH: Final = date(1899, 12, 30)
"""Day nought of sheets: they count 1900 as a leap year, so that from March 1900 on this is right."""
_SERIALS: Final = range(3_654, 73_051)
"""From 1910 to 2100, in days of a sheet."""
_SECONDS: Final = range(631_152_000, 4_102_444_800)
"""From 1990 to 2100, in seconds of Unix."""

_MONTHS: Final = {
    1: "янв|січ|jan", 2: "фев|лют|feb", 3: "мар|бер|mar", 4: "апр|кві|apr", 5: "май|мая|тра|may", 6: "июн|чер|jun",
    7: "июл|лип|jul", 8: "авг|сер|aug", 9: "сен|вер|sep", 10: "окт|жов|oct", 11: "ноя|листоп|nov", 12: "дек|гру|dec",
}  # fmt: skip
_PLAIN: Final = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
_NOTHING: Final = re.compile(r"[0\s./\-:]*|-+|n/?a|null|none|нет|немає|не указан[ао]?", re.IGNORECASE)
_TIME: Final = r"(?:[T,\s]+(?:в\s+|о\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?"
_ISO: Final = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})" + _TIME)
_FIGURES: Final = re.compile(
    r"(\d{1,2})\s?([-./])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\s*(?:г|р)?\.?(?:\s*(?:года|року))?" + _TIME
)
_NO_YEAR: Final = re.compile(r"(?:--(\d{2})-?(\d{2})|(\d{1,2})[./](\d{1,2})\.?)")
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?")
_DAY_MONTH: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s\-.,]+([^\W\d_]{3,})\.?,?(?:[\s\-]+(\d{4}|\d{2}))?\s*(?:г|р)?\.?(?:\s*(?:года|року))?"
    + _TIME
)
_MONTH_DAY: Final = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?" + _TIME)


class Day(NamedTuple):
    """A day that exists, in the year that was written or in none; `at` is its time where one was written.

    `offset` is that of its clock from UTC in minutes where the cell names it; otherwise it is the business's own clock.
    """

    month: int
    day: int
    year: int | None = None
    at: time | None = None
    offset: int | None = None
    short_year: bool = False

    def moment(self, zone: ZoneInfo) -> datetime:
        """The moment in UTC; noon of a day without a time, so that it is the same day in all zones nearby.

        Raises ValueError for a day without a year.
        """
        if self.year is None:
            raise ValueError("a day without a year is no moment")
        wall = datetime.combine(date(self.year, self.month, self.day), self.at or time(12))
        if self.offset is None:
            return wall.replace(tzinfo=zone).astimezone(UTC)
        return wall.replace(tzinfo=UTC) - timedelta(minutes=self.offset)


def birthday(year: int | None, month: int, day: int) -> str:
    """1990-03-08, or --03-08 where the year is not known (ISO 8601:2000)."""
    return f"{year:04}-{month:02}-{day:02}" if year is not None else f"--{month:02}-{day:02}"


Unread = Literal["unknown", "impossible", "empty"]


def read(cell: str, order: Order = "dmy") -> Day | Unread:
    """The day of a cell. `order` decides about 03/04/2026 only: where one reading is impossible, the other is meant.

    `empty` is how programs write no date (00.00.0000, 0/0/00); `impossible` a date that no calendar has.
    """
    text = cell.strip()
    return _read(text, order) if len(text) <= LONGEST else "unknown"


@lru_cache(maxsize=16_384)
def _read(text: str, order: Order) -> Day | Unread:
    if plain := _PLAIN.fullmatch(text):
        year, month, day = int(plain[3]), int(plain[2]), int(plain[1])
        if 1000 <= year <= 9998 and 1 <= month <= 12 and 1 <= day <= 28:
            return Day(month, day, year)
    if _NOTHING.fullmatch(text):
        return "empty"
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), found.groups()[3:])
    if found := _FIGURES.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        american = found[2] == "/" and order == "mdy"
        day, month = (second, first) if american else (first, second)
        if month > 12 >= day and found[2] != ".":
            day, month = month, day
        return _day(_year(found[4]), month, day, found.groups()[4:], short=len(found[4]) == 2)
    if found := _NO_YEAR.fullmatch(text):
        if found[1]:
            return _day(None, int(found[1]), int(found[2]))
        first, second = int(found[3]), int(found[4])
        day, month = (second, first) if "/" in text and order == "mdy" else (first, second)
        return _day(None, month, day)
    if text.replace(".", "", 1).isdecimal():
        return _number(text)
    return _worded(text)


def order_of(cell: str) -> Order | None:
    """What a date with slashes or hyphens tells of the order in its column: 25/03 is day first, 03/25 month first."""
    found = _FIGURES.fullmatch(cell.strip())
    if found is None or found[2] == ".":
        return None
    first, second = int(found[1]), int(found[3])
    if first > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= first else None


def _year(written: str) -> int:
    year = int(written)
    if len(written) == 4:
        return year
    # Of two figures: of this century up to 2035. Whoever reads a birthday moves one that is yet to come.
    return 2000 + year if year <= 35 else 1900 + year


def _day(
    year: int | None, month: int, day: int, clock: tuple[str | None, ...] = (), *, short: bool = False
) -> Day | Unread:
    try:
        date(year if year is not None else 2000, month, day)
    except ValueError:
        return "impossible"
    if year is not None and not 1000 <= year <= 9998:
        return "impossible"
    hour, minute, second, half, offset = (*clock, None, None, None, None, None)[:5]
    if hour is None or minute is None:
        return Day(month, day, year, short_year=short)
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half[0] in "Pp" else 0)
    try:
        at = time(hours, int(minute), int(second or 0))
    except ValueError:
        return "impossible"
    minutes = _minutes(offset) if offset else None
    return Day(month, day, year, at, minutes, short)


def _minutes(offset: str) -> int:
    if offset in ("Z", "UTC"):
        return 0
    away = int(offset[1:3]) * 60 + int(offset[-2:])
    return -away if offset[0] == "-" else away


def _number(text: str) -> Day | Unread:
    if found := _COMPACT.fullmatch(text):
        clock = (found[4], found[5], found[6], None, found[7])
        if not isinstance(day := _day(int(found[1]), int(found[2]), int(found[3]), clock), str):
            return day
    whole, _, rest = text.partition(".")
    count = int(whole) if len(whole) <= 13 else 0
    if count in _SERIALS:
        on = _EPOCH + timedelta(days=count)
        seconds = round(float(f"0.{rest or 0}") * 86_400)
        at = time(*_clock(seconds)) if 0 < seconds < 86_400 else None
        return Day(on.month, on.day, on.year, at)
    if count // 1000 in _SECONDS:
        count //= 1000
    if count in _SECONDS:
        then = datetime.fromtimestamp(count, UTC)
        return Day(then.month, then.day, then.year, then.time(), 0)
    return "unknown"


def _clock(seconds: int) -> tuple[int, int, int]:
    return seconds // 3600, seconds // 60 % 60, seconds % 60


@cache
def _months() -> tuple[tuple[str, int], ...]:
    return tuple((folding.fold(stem), number) for number, stems in _MONTHS.items() for stem in stems.split("|"))


def _worded(text: str) -> Day | Unread:
    day_first = _DAY_MONTH.fullmatch(text)
    found = day_first or _MONTH_DAY.fullmatch(text)
    if found is None:
        return "unknown"
    day, word = (found[1], found[2]) if day_first else (found[2], found[1])
    month = next((number for stem, number in _months() if folding.fold(word).startswith(stem)), None)
    if month is None:
        return "unknown"
    year = None if found[3] is None else _year(found[3])
    return _day(year, month, int(day), found.groups()[3:], short=found[3] is not None and len(found[3]) == 2)
