"""Moments as a segment writes them: `90d`, `this-week`, `next-7d`, `2026-11`, `08.03`, `march`; in three languages."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from crm.segment_tree import Ago, Dates, Days, Rolling, Turn

Moment: TypeAlias = Ago | Days
YEARS: Final = range(1900, 2101)


def _names(**said: str) -> dict[str, str]:
    return {one: name for name, written in said.items() for one in written.split()}


# "год" is no unit: a year in Russian, an hour in Ukrainian.
UNITS: Final = _names(
    h="h hour hours ч час часа часов година години годин годину",
    d="d day days д дн день дня дней дні днів",
    w="w week weeks н нед неделя недели недель неделю т тиж тиждень тижня тижні тижнів",
    m="m month months м мес месяц месяца месяцев міс місяць місяця місяці місяців",
    y="y year years г р л года лет рік року роки років",
)
_DAYS: Final = {
    **dict.fromkeys(("today", "сегодня", "сьогодні"), 0),
    **dict.fromkeys(("yesterday", "вчера", "вчора"), -1),
    **dict.fromkeys(("tomorrow", "завтра"), 1),
}
_SHIFTS: Final = _names(
    this="this этот эта эту эта этом этой эти цей ця цю цього цьому",
    last="last прошлый прошлая прошлую прошлом прошлой минулий минула минулу минулого минулому минулі прошлые",
    next="next следующий следующая следующую следующем следующей следующие наступний наступна наступну наступного наступному наступні",
)
_UNITS_OF_CALENDAR: Final = {**UNITS, **_names(w="неделе тижні", m="месяце місяці", y="год году році")}
_MONTHS: Final = (
    "january jan январь января янв січень січня січ",
    "february feb февраль февраля фев лютий лютого лют",
    "march mar март марта мар березень березня бер",
    "april apr апрель апреля апр квітень квітня кві",
    "may май мая май травень травня тра",
    "june jun июнь июня июн червень червня чер",
    "july jul июль июля июл липень липня лип",
    "august aug август августа авг серпень серпня сер",
    "september sep сентябрь сентября сен вересень вересня вер",
    "october oct октябрь октября окт жовтень жовтня жов",
    "november nov ноябрь ноября ноя листопад листопада лис",
    "december dec декабрь декабря дек грудень грудня гру",
)
_MONTH_OF: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

_AGO: Final = re.compile(r"([0-9]{1,6})\s*([^\W\d_]+)\.?")
_OF_CALENDAR: Final = re.compile(r"([^\W\d_]+)[-_ ]([^\W\d_]+)")
_ROLLING: Final = re.compile(r"([^\W\d_]+)[-_ ]([0-9]{1,4})\s*([^\W\d_]+)\.?")
_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")
_DATE: Final = re.compile(r"(?:([0-9]{1,2})\.)?([0-9]{1,2})\.([0-9]{4})")
_ISO_OF_EVERY_YEAR: Final = re.compile(r"(?:--)?([0-9]{1,2})-([0-9]{1,2})")
_OF_EVERY_YEAR: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.?")
_A_LEAP_YEAR: Final = 2000


@dataclass(frozen=True, slots=True)
class Unread:
    """No moment: the reason as in SegmentError, and what to write instead, if anybody knows."""

    reason: str
    suggestion: str | None = None


def read(text: str) -> Moment | Unread:
    """What a folded text says: a distance into the past, or days of the calendar."""
    if text in _DAYS:
        return Turn("d", _DAYS[text])
    if ago := _AGO.fullmatch(text):
        amount, unit = ago.groups()
        if unit in UNITS:
            return Ago(int(amount), UNITS[unit])
        # The first letter is often right: 30dayz, 5деней.
        return Unread("unknown-unit", f"{amount}{UNITS.get(unit[0], 'd')}")
    if (rolling := _ROLLING.fullmatch(text)) and rolling[1] in _SHIFTS:
        shift, unit = _SHIFTS[rolling[1]], UNITS.get(rolling[3], "")
        if shift == "this" or unit in ("", "h"):
            return Unread("unknown-unit", f"{'last' if shift == 'this' else shift}-{rolling[2]}d")
        return Rolling(int(rolling[2]), unit, ahead=shift == "next") if int(rolling[2]) else Turn("d")
    if (turn := _OF_CALENDAR.fullmatch(text)) and turn[1] in _SHIFTS:
        unit = _UNITS_OF_CALENDAR.get(turn[2], "")
        shift = _SHIFTS[turn[1]]
        if unit in ("", "h"):
            return Unread("not-a-time", f"{shift}-week")
        return Turn(unit, {"this": 0, "last": -1, "next": 1}[shift])
    if (iso := _ISO.fullmatch(text)) and (iso[2] or iso[1].startswith(("19", "20"))):
        return _dates(iso[1], iso[2], iso[3])
    if written := _DATE.fullmatch(text):
        return _dates(written[3], written[2], written[1])
    return Unread("not-a-time", f"{text[:6] if text.isdecimal() else 30}d")


def of_every_year(text: str) -> tuple[int, int] | None:
    """A day and month, or a month, of no year in particular: its first and last day as MMDD."""
    if text in _MONTH_OF:
        month = _MONTH_OF[text]
        return month * 100 + 1, month * 100 + monthrange(_A_LEAP_YEAR, month)[1]
    if iso := _ISO_OF_EVERY_YEAR.fullmatch(text):
        month, day = int(iso[1]), int(iso[2])
    elif written := _OF_EVERY_YEAR.fullmatch(text):
        day, month = int(written[1]), int(written[2])
    else:
        return None
    if not (1 <= month <= 12 and 1 <= day <= monthrange(_A_LEAP_YEAR, month)[1]):
        return None
    return month * 100 + day, month * 100 + day


def _dates(year_said: str, month_said: str | None, day_said: str | None) -> Dates | Unread:
    year = int(year_said)
    if year not in YEARS:
        return Unread("not-a-time")
    first_month, last_month = (int(month_said), int(month_said)) if month_said else (1, 12)
    if not 1 <= first_month <= 12:
        return Unread("not-a-time")
    last_day = monthrange(year, last_month)[1]
    day = int(day_said) if day_said else None
    if day is not None and not 1 <= day <= last_day:
        return Unread("not-a-time")
    return Dates(date(year, first_month, day or 1), date(year, last_month, day or last_day))
