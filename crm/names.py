"""A person's name as people type it, read into its parts: given name, surname, patronymic, in any order.

What is read is for comparing only (crm/likeness.py) and never shown: a guess that is wrong costs a comparison, because
a given name is also compared with the other's surname.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from crm import diminutives, folding

_SIGNS = re.compile(r"[^a-z]+")
# Иванович, Кузьмич, Ильинична, Іванівна, Сергіївна, as crm/folding.py writes them in Latin letters.
_PATRONYMIC = re.compile(r".{2,}(?:ovich|evich|iovich|ich|ovna|evna|ivna|iivna|ichna|inichna|ogli|kizi)$")
# What stands before a name and is no part of it.
_TITLES: Final = frozenset(("mr", "mrs", "ms", "dr", "prof", "doktor", "gospodin", "gospoja", "pan", "pani", "tov"))
LONGEST: Final = 4
"""Words of a name that are read; what follows is a remark ("Оля маникюр подруга Кати")."""


class Name(NamedTuple):
    """The parts, in Latin letters. A part that is not there is None; a single unknown word is taken for a given name."""

    given: str | None
    surname: str | None
    patronymic: str | None


NOBODY: Final = Name(None, None, None)


@lru_cache(maxsize=200_000)
def key(word: str) -> str:
    """One word in the Latin letters all its spellings share; kept, because names repeat."""
    return _SIGNS.sub("", folding.latin(word))


def read(text: str | None) -> Name:
    """The parts of a name: "Иван Петров", "Петров Иван Сергеевич", "Петров И. С.", "ivan petrov"."""
    # "И.С." is two words; the halves of a double surname are one, because they are left out or kept at will.
    spread = re.sub(r"[.,()/]", " ", text or "")
    words = [found for word in spread.split() if (found := _key_of(word)) and found not in _TITLES][:LONGEST]
    if not words:
        return NOBODY
    if len(words) == 1:
        return Name(words[0], None, None)
    father = _patronymic(words)
    rest = [word for place, word in enumerate(words) if place != father]
    known = next((place for place, word in enumerate(rest) if diminutives.groups(word)), None)
    if known is None:
        # Иванченко О.: the initial is the given name. Otherwise people name themselves, then their family.
        known = next((place for place, word in enumerate(rest) if len(word) == 1), 0)
    elif known > 0 and len(rest) > 1 and diminutives.groups(rest[0]):
        known = 0
    given = rest.pop(known)
    surname = max(rest, key=len) if rest else None
    patronymic = words[father] if father is not None else None
    if patronymic is None and len(rest) > 1 and min(map(len, rest)) == 1:
        patronymic = min(rest, key=len)
    return Name(given, surname, patronymic)


def _key_of(word: str) -> str:
    """A name such as Анна-Мария is compared by its first half: the other is left out at will."""
    if not any(letter.isalpha() for letter in word):
        return ""
    first, hyphen, _ = word.partition("-")
    if hyphen and diminutives.groups(half := key(first)):
        return half
    return key(word)


def _patronymic(words: list[str]) -> int | None:
    """The place of the patronymic: right after the given name, or last. Петрович Иван is a surname and a name."""
    for place in range(len(words) - 1, 0, -1):
        if _PATRONYMIC.match(words[place]) and (len(words) > 2 or diminutives.groups(words[place - 1])):
            return place
    return None
