"""The words a contact is found by, and what a typed word may mean: the pure half of storage/search.py.

A word is kept twice where it matters: folded (ru and uk spellings meet) and as its Latin key ("ivanov" meets Иванов);
see crm/folding.py. A username is also kept whole, with its @.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from rapidfuzz.distance import OSA

from crm import folding

WORD_LENGTH = 32
"""Letters of a word that count: no name is longer, and a hostile one must not fill the index."""
WORDS_A_CONTACT = 96
SHORTEST_PART = 3
"""The index of parts holds three letters at a time."""
SHORTEST_MISSPELT = 4
"""A shorter name is not looked for by a misspelling: nearly every short word is one typo from it."""
TYPO_START = 7
"""So many letters of a word are compared by their hashes, the rest by eye: a third fewer hashes for the same words."""
SHORTEST_TAIL = 3
"""Fewer last digits of a phone are no search."""

_NOT_LATIN = re.compile("[^a-z0-9]+")
# How the start of a number is typed at home, and how E.164 writes it; the end of a number is the same in both.
_HOME_STARTS = (("0", "+380"), ("8", "+7"))


@dataclass(frozen=True, slots=True)
class Term:
    """One typed word in every form it may have been stored in. A contact is found when each term meets it."""

    whole: tuple[str, ...]
    """It is a word."""
    starts: tuple[str, ...] = ()
    """It is how a word begins."""
    parts: tuple[str, ...] = ()
    """It is inside a word."""
    misspelt: tuple[str, ...] = ()
    """It is a word with one typo."""
    switched: tuple[str, ...] = ()
    """It is how a word begins, typed in the wrong keyboard layout."""
    tails: tuple[str, ...] = ()
    """The last digits of a phone, backwards."""
    heads: tuple[str, ...] = ()
    """How a phone begins, E.164."""


def of_contact(name: str | None, username: str | None, emails: Iterable[str], fields: dict[str, Any]) -> list[str]:
    """The different words a contact is found by, those of the name first."""
    found: dict[str, None] = {}
    for text in (name or "", f"@{username}" if username else "", *emails, *_texts(fields)):
        if text.startswith("@"):
            found[_handle(text)] = None
        for word in folding.words(text):
            found[word[:WORD_LENGTH]] = None
            if key := _latin(word):
                found[key] = None
    found.pop("", None)
    return list(found)[:WORDS_A_CONTACT]


def username(handle: str) -> Term:
    """The term for a username, with or without its @: the whole or how it begins."""
    whole = _handle(handle if handle.startswith("@") else f"@{handle}")
    return Term(whole=(whole,), starts=(whole,) if len(whole) > 1 else ())


def terms(text: str, digits: str = "") -> Iterator[Term]:
    """The terms of one typed word (two, if its halves are joined by a hyphen or a dot).

    `digits` are those of a word that may be a phone; they find by the phone's end, or by its start.
    """
    words = [word[:WORD_LENGTH] for word in folding.words(text)]
    if len(digits) >= SHORTEST_TAIL:
        # A number typed in groups is one term: its words are pieces of it.
        word = "".join(words)
        yield Term(
            whole=(word,), starts=(word,), parts=_long_enough((word,)), tails=_tails(digits), heads=_heads(digits)
        )
        return
    switched = [word[:WORD_LENGTH] for word in folding.words(folding.layout(text))]
    if len(switched) != len(words):
        # Letters of one layout are signs of the other; then only a single word can be told.
        switched = switched if len(words) == 1 and len(switched) == 1 else []
        if not words and (whole := folding.words(folding.layout(text))):
            yield from (Term(whole=(), switched=(word[:WORD_LENGTH],)) for word in whole)
    for place, word in enumerate(words):
        key = _latin(word)
        # A key that lost letters (анна is ana) begins too many other words.
        faithful = key if len(key) >= len(word) else ""
        yield Term(
            # Who has a word has its key too, and so has who spells it otherwise: one form is enough, and half the work.
            whole=(key or word,),
            # Only a name's п may yet change, before х (Пхакадзе is fakadze): those are looked for as they are written too.
            starts=_unique(faithful or word, word if word.endswith("п") else ""),
            parts=_long_enough(_unique(word, faithful) if word.isascii() else (word,)),
            misspelt=tuple(form for form in _unique(word, key) if _may_be_misspelt(form)),
            switched=_unique(switched[place]) if switched and len(switched[place]) > 1 else (),
        )


def numbers_joined(words: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Typed words with their digits, where short groups of digits next to each other are one number: "45 67"."""
    for grouped, group in groupby(words, key=lambda word: word[0].isdecimal() and len(word[0]) <= 3):
        if grouped:
            number = "".join(folding.digits(typed) for typed, _ in group)
            yield number, number
        else:
            yield from group


def remainders(word: str) -> tuple[int, ...]:
    """The word's start and what is left of it without one letter, hashed: two words one typo apart share one of these.

    Empty for words that are not forgiven a typo: short ones, and those with digits.
    Source: the symmetric delete algorithm (SymSpell, W. Garbe, 2012).
    """
    if len(word) < SHORTEST_MISSPELT or not word.isalpha():
        return ()
    return _remainders(word)


def remainders_typed(word: str) -> tuple[int, ...]:
    """The same for a typed word, which may be one letter shorter than what it misspells."""
    return _remainders(word) if _may_be_misspelt(word) else ()


def different(words: Iterable[str]) -> tuple[str, ...]:
    """The words without those that are another spelling of one before: their keys, since who has a word has its key."""
    return _unique(*(_latin(word) or word for word in words))


def one_typo_apart(one: str, other: str) -> bool:
    """One letter wrong, missing, added, or two neighbours swapped."""
    return int(OSA.distance(one, other, score_cutoff=1)) == 1


# The same names come again and again: four thousand of them are most people's, in a megabyte.
@lru_cache(maxsize=4096)
def _remainders(word: str) -> tuple[int, ...]:
    # A typo further on leaves the start as it is, and one at its very end pushes a letter over it: without the last
    # one, both starts are equal again.
    word = word[:TYPO_START]
    shorter = {word[:place] + word[place + 1 :] for place in range(len(word))}
    # Signed, so that SQLite stores it in four bytes.
    return tuple(sorted({zlib.crc32(form.encode()) - 2**31 for form in (word, *shorter)}))


def _may_be_misspelt(typed: str) -> bool:
    return len(typed) >= SHORTEST_MISSPELT - 1 and typed.isalpha()


def _texts(value: Any) -> Iterator[str]:
    """The texts inside the playbook's own fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _handle(text: str) -> str:
    return "@" + re.sub(r"[^a-z0-9_]", "", text.casefold())[:WORD_LENGTH]


@lru_cache(maxsize=16384)
def _latin(word: str) -> str:
    return _NOT_LATIN.sub("", folding.latin(word))[:WORD_LENGTH]


def _unique(*forms: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in forms if form))


def _long_enough(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(form for form in forms if len(form) >= SHORTEST_PART)


def _tails(digits: str) -> tuple[str, ...]:
    # 8 (916) … and 0 (67) … are said at home; the stored number has the country's code there instead.
    shorter = digits[1:] if len(digits) >= 10 and digits[0] in "08" else ""
    return _unique(digits[::-1], shorter[::-1])


def _heads(digits: str) -> tuple[str, ...]:
    return _unique(f"+{digits}", *(code + digits[1:] for start, code in _HOME_STARTS if digits.startswith(start)))
