"""The row of headings of a table: where it is, if there is one, and which program writes such headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from crm import columns, day_forms, phone_forms

SEARCHED: Final = 12
"""Rows among which the headings are looked for: titles, dates and empty lines stand above them in sheets kept by hand."""

_PROGRAMS: Final[dict[str, tuple[frozenset[str], ...]]] = {
    "google": (
        frozenset({"Given Name", "Group Membership"}),
        frozenset({"First Name", "Labels", "Phonetic First Name"}),
        frozenset({"E-mail 1 - Value"}),
    ),
    "hubspot": (frozenset({"Record ID", "Contact owner"}), frozenset({"Record ID", "Lifecycle Stage"})),
    "outlook": (
        frozenset({"E-mail Address", "First Name"}),
        frozenset({"Адрес эл. почты", "Имя"}),
        frozenset({"Адреса електронної пошти", "Ім'я"}),
    ),
    "bitrix24": (frozenset({"Рабочий e-mail"}), frozenset({"Робочий e-mail"}), frozenset({"Телефон для SMS-рассылок"})),
    "amocrm": (
        frozenset({"Рабочий email"}),
        frozenset({"Кем создан", "Ответственный"}),
        frozenset({"Полное имя контакта"}),
        frozenset({"Робочий email"}),
    ),
    "sendpulse": (
        frozenset({"Email", "Phone", "Date added"}),
        frozenset({"Email", "Дата добавления"}),
        frozenset({"Email", "Дата додавання"}),
        frozenset({"Telegram Contact ID"}),
        frozenset({"Contact ID", "Subscription date"}),
    ),
}
"""Headings that a program writes and others do not, all of one set together."""
_FIGURES: Final = re.compile(r"[\d\s.,:/+()-]+")


def row_of(rows: Sequence[Sequence[str]]) -> int | None:
    """Which of the first rows holds the headings; None where already the first is about somebody.

    It is the first row with headings that are known and nothing that is a value. Without any such, it is the first row if
    that has a word in every column, each another, and nothing like a phone, an e-mail or a date.
    """
    for index, row in enumerate(rows[:SEARCHED]):
        filled = [cell.strip() for cell in row if cell.strip()]
        if any(map(_is_value, filled)):
            break
        known = sum(map(columns.is_known, filled))
        if known >= 2 or (known and (known * 2 >= len(filled) or len(filled) == 1)):
            return index
    if not rows:
        return None
    first = [cell.strip() for cell in rows[0]]
    widest = max(map(len, rows[:SEARCHED]))
    labels = len(first) > 1 and len(first) == widest and all(first) and len({*first}) == len(first)
    if not labels or any(map(_is_value, first)) or any(map(_FIGURES.fullmatch, first)):
        return None
    # A name beside a city is a row like any other, unless figures below show that only this one is all words.
    below = [cell for row in rows[1:SEARCHED] for cell in row]
    return 0 if any(map(_is_value, below)) else None


def program(headings: Sequence[str]) -> str:
    """Who writes such headings: google, hubspot, outlook, bitrix24, amocrm, sendpulse; empty when nobody in particular."""
    here = set(headings)
    return next((name for name, sets in _PROGRAMS.items() if any(one <= here for one in sets)), "")


def _is_value(cell: str) -> bool:
    return (
        "@" in cell.strip("@") or phone_forms.looks_like_one(cell) or (isinstance(day_forms.read(cell), day_forms.Day))
    )
