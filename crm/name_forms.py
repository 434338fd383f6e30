"""Names as files hold them, in one cell or in three, brought to the order in which a person is spoken to.

Given name first, so that a message may begin with it: «Петрова Анна Ивановна» and «Петрова, Анна» are Анна. Where the
words do not tell, they stay as they are written.
"""

from __future__ import annotations

import re
from typing import Final

from crm import diminutives, folding, names

PARTS: Final = ("first_name", "middle_name", "last_name")
_PATRONYMIC: Final = re.compile(r"\w+(?:вич|вна|ична|ївна|ьич|ьїч|кызы|оглы)", re.IGNORECASE)
# Endings that surnames have and hardly any given name.
_SURNAMES: Final = (
    "ов", "ова", "ев", "ева", "єв", "єва", "ёв", "ёва", "ський", "ська", "цький", "цька", "ский", "ская", "цкий", "цкая",
    "енко", "чук", "щук", "юк", "ян", "дзе", "швили", "их", "ых",
)  # fmt: skip
# Most names: capitalised words, one space apart. Nothing of them is to be repaired.
_TIDY: Final = re.compile("[А-ЯЁІЇЄҐA-Z][а-яёіїєґa-z'’]+(?: [А-ЯЁІЇЄҐA-Z][а-яёіїєґa-z'’]+){0,3}")
_GIVEN_LIKE: Final = frozenset({"лев", "яков", "ян", "мирослава", "ева", "єва", "стас", "вячеслав", "станислав"})


def one(cell: str, *, family_first: bool = False) -> str | None:
    """The name of one cell; None when nothing in it is a letter. `family_first`: the heading says that surnames lead."""
    if _TIDY.fullmatch(cell) and len(cell) <= folding.NAME_LENGTH:
        return _turned(cell, family_first=family_first)
    name = folding.name(cell)
    if not any(map(str.isalpha, name)):
        return None
    family, comma, given = name.partition(",")
    if comma and given.strip() and "," not in given and len(family.split()) <= 2 and any(map(str.isalpha, given)):
        return f"{given.strip()} {family.strip()}"
    return _turned(name, family_first=family_first)


def spoken(name: str) -> str:
    """What a person is called by who writes to them: the given name, with the patronymic where they gave it. «Олена
    Коваль» is Олена, «Петрова Анна Ивановна» Анна Ивановна. Where no given name is known among the words, all of
    them: rather stiff than wrong."""
    words = name.split()
    for place, word in enumerate(words):
        if diminutives.groups(names.key(word.partition("-")[0])):
            follows = words[place + 1] if place + 1 < len(words) else ""
            return f"{word} {follows}" if _PATRONYMIC.fullmatch(follows) else word
    return name


def _turned(name: str, *, family_first: bool) -> str:
    words = name.split(" ")
    if len(words) == 3 and _PATRONYMIC.fullmatch(words[2]):
        return f"{words[1]} {words[2]} {words[0]}"
    if len(words) == 2 and family_first and _is_surname(words[0]) and not _is_surname(words[1]):
        return f"{words[1]} {words[0]}"
    return name


def whole(name: str | None, first: str | None, middle: str | None, last: str | None) -> str | None:
    """The name of a row that has it in one cell, in several, or in both: the fuller of the two."""
    parts = " ".join(part for part in (first, middle, last) if part)
    if not name or len(parts.split()) > len(name.split()):
        return parts or name
    return name


def _is_surname(word: str) -> bool:
    lowered = word.lower()
    return lowered.endswith(_SURNAMES) and lowered not in _GIVEN_LIKE
