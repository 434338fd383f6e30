"""Seasons as a day to begin with: «весной позвонить про ипотеку» is the first of March, and asks for the time."""

from __future__ import annotations

from datetime import date
from typing import Final

from crm import date_words

_MONTHS: Final = {
    word: month
    for month, words in (
        (3, "весной весною навесні spring springtime"),
        (6, "летом влітку улітку summer summertime"),
        (9, "осенью осінню восени autumn fall"),
        (12, "зимой зимою взимку узимку winter wintertime"),
    )
    for word in words.split()
}
_BEFORE: Final = frozenset({"in", "the", "next", "this"})


def read_leading(text: str, *, today: date) -> tuple[date | None, str]:
    """The next first day of the season that the text begins with, and the rest of it. None and the whole text where it
    begins with none. English wants its "in": "fall behind" is no autumn."""
    whole = date_words.normalise(text)
    tokens = date_words.tokens(whole[:60])
    place = 0
    while place < len(tokens) and tokens[place].text in _BEFORE:
        place += 1
    month = _MONTHS.get(tokens[place].text) if place < len(tokens) else None
    if month is None or (tokens[place].text.isascii() and not place):
        return None, text
    first = date(today.year, month, 1)
    day = first if first > today else date(today.year + 1, month, 1)
    return day, whole[tokens[place].end :].lstrip(" \t\n,.;:-–—")
