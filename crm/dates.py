"""Dates and times as people write them in Russian, Ukrainian and English: a phrase in, a moment or a question out.

A phrase that two people could understand in two ways is answered with the choices, never with a guess. The rules:

* A bare hour is of the morning or of the evening. `hours`, the business's day, decide: «в 5» is 17:00 where 05:00 is more
  than two hours before opening. Where both could be meant («завтра в 8»), both are offered. 24-hour digits decide by
  themselves in ru and uk («8:30»), and a part of the day or am/pm everywhere.
* A time without a day is the next such time; a date without a year is the next such date.
* «В пятницу» said on a Friday is today or in a week: both are offered, unless today's time has passed. "This friday" is
  today.
* "Next friday" is for some the nearest Friday and for others the Friday of the next calendar week (Monday to Sunday):
  both are offered where the two differ.
* 03/04 is the third of April in ru and uk; in English both orders are offered. 03.04 is day first everywhere.
* Midnight of a named day is its beginning or its end: both are offered. A time that the clock change skips is impossible,
  one that it repeats is offered twice.
* A span («с 10 до 12»), a bound («после 18») and a bare week or month are no moment; a deadline («до пятницы») is offered as
  the day it names.
"""

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from crm import date_grammar, date_words
from crm.date_meaning import Moment, Refused
from crm.date_results import Doubt, Incomplete, Part, Question, Reading, Result, Unread, Want, Why

__all__ = [
    "Doubt",
    "Incomplete",
    "Part",
    "Question",
    "Reading",
    "Result",
    "Unread",
    "Want",
    "Why",
    "read",
    "read_leading",
]

LONGEST_PHRASE: Final = 200
_LEADING_WINDOW: Final = 120
_BELOW_NOTHING: Final = re.compile(r"\s*[-\u2212\u2013\u2014]\s*\d+(?:[.,]\d+)?\s*")
"""A number with a minus is no day of any month: a slip, to be asked about."""


def read(
    text: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    want: Want = "datetime",
    hours: tuple[int, int] = (8, 21),
    language: str | None = None,
    past: bool = False,
) -> Result:
    """What a whole text says about a moment.

    `now` is aware. `hours` are the business's first and last hour on the wall clock. `language` (ru, uk, en) is the
    reader's; the letters of the text overrule it. `past` allows days that have passed (a birthday). Raises ValueError
    for a naive `now`, and nothing for any text.
    """
    if len(text) > LONGEST_PHRASE:
        return Unread("unknown")
    if _BELOW_NOTHING.fullmatch(text):
        return Unread("unknown")
    result, _ = _read(text, Moment(now, zone, want, hours, past), language, leading=False)
    return result


def read_leading(
    text: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    want: Want = "datetime",
    hours: tuple[int, int] = (8, 21),
    language: str | None = None,
    past: bool = False,
) -> tuple[Result, str]:
    """What the beginning of a text says about a moment, and the rest of the text: «завтра в 15 | позвонить Анне».

    Stricter than `read`: no misspellings and no courtesies, lest it eat words of the message. When nothing is read, the
    rest is the whole text. Raises ValueError for a naive `now`.
    """
    return _read(text, Moment(now, zone, want, hours, past), language, leading=True)


def _read(text: str, moment: Moment, language: str | None, *, leading: bool) -> tuple[Result, str]:
    whole = date_words.normalise(text)
    tokens = date_words.tokens(whole[:_LEADING_WINDOW] if leading else whole)
    if not tokens:
        return Unread("empty"), text
    if instant := _instant(whole.strip(), moment):
        return instant, ""
    language = _language(whole, language)
    reader = date_grammar.Reader(tokens, language=language, want=moment.want, leading=leading)
    end = reader.read()
    if reader.said.refusals:
        reason: Why = "past" if "past" in reader.said.refusals and not moment.past else "range"
        return Unread(reason), text
    if not end:
        return Unread("unknown"), text
    try:
        result = moment.result(reader.said, language)
    except Refused as refused:
        result = Unread(refused.reason)
    except OverflowError:
        result = Unread("impossible")
    if isinstance(result, Unread) and result.reason == "unknown":
        return result, text
    return result, whole[tokens[end - 1].end :].lstrip(" \t\n,.;:-–—")


def _language(text: str, given: str | None) -> str | None:
    """The language of the letters; which of the two Cyrillic ones, only the reader's settings and «і», «ї», «є» tell."""
    lowered = text.lower()
    if any("а" <= letter <= "ґ" for letter in lowered):
        if any(letter in "іїєґ" for letter in lowered):
            return "uk"
        return given if given in {"ru", "uk"} else "ru"
    # One letter is the T of an ISO date.
    return "en" if sum("a" <= letter <= "z" for letter in lowered) > 1 else given


def _instant(text: str, moment: Moment) -> Result | None:
    """An ISO 8601 moment with its own offset, as programs write it."""
    if len(text) < 17 or "T" not in text or not (text.endswith("Z") or "+" in text):
        return None
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            return None
        if at < moment.now and not moment.past:
            return Unread("past")
        return moment.reading(at.astimezone(UTC))
    except (ValueError, OverflowError):
        return None
