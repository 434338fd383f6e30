"""How alike two values are: the comparison levels of a field, from "the same" down to "different".

A kind of field makes its values ready once a record (`prepare`) and tells the level of two of them (`compare`). Levels
are small numbers: 0 says that one side is empty, which is evidence of nothing; 1 is the same, the last is different.
Each level carries how often it is seen of one person (m) and of two strangers (u), which is what the estimate begins
with (crm/linkage.py). Typing errors are counted as Damerau (1964) does, letters of names compared as Winkler (1990).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz.distance import OSA, JaroWinkler

from crm import diminutives, folding

MISSING: Final = 0
SAME: Final = 1
RADIX: Final = 8
"""No column has more levels, so two columns share one number: `first * RADIX + second`."""

Value = Any
Compare = Callable[[Value, Value], int]
Shares = tuple[float, float]
"""(m, u) of a level."""


@dataclass(frozen=True, slots=True)
class Level:
    """A grade of agreement. `m` is its share among pairs that are one person, `u` among strangers, before anything is
    known of a base; `kin` its share among relatives, who are strangers with one surname, home and phone (as `u` where
    it is not said). All are shares of pairs where neither side is empty."""

    name: str
    m: float
    u: float
    kin: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One piece of evidence. `levels` begin with "the same" and end with "different". Where `frequency` is set, a rare
    value that is the same weighs more than a common one (Winkler 1990)."""

    name: str
    levels: tuple[Level, ...]
    frequency: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of field: its columns, how its values are made ready, how two are compared, and which values are counted
    for their frequency (one a column, None where there is none)."""

    columns: tuple[Column, ...]
    prepare: Callable[[Sequence[Any]], Value | None]
    compare: Compare
    counted: Callable[[Value], tuple[Hashable | None, ...]]


def _levels(*of: tuple[str, float, float], kin: Sequence[float] | None = None) -> tuple[Level, ...]:
    return tuple(Level(name, m, u, None if kin is None else kin[place]) for place, (name, m, u) in enumerate(of))


# ------------------------------------------------------------------------------------------------------------- one word

NEAR: Final = 2
LIKE: Final = 3
_WORD_LEVELS = 4
_NEAR_SHARE = 0.8
_LIKE_SHARE = 0.6
_SIGNS = re.compile(r"[^0-9a-z]+")


def compact(value: object) -> str | None:
    """A text as it is compared: Latin letters and digits without anything between them; None when nothing is left."""
    text = "" if value is None else str(value)
    if not text.isascii():
        text = folding.latin(text)
    return _SIGNS.sub("", text.lower()) or None


def word_level(one: str, other: str) -> int:
    """SAME; NEAR: a fifth of the letters wrong at most, swapped neighbours being one error; LIKE: two fifths; else
    different (4)."""
    if one == other:
        return SAME
    share = OSA.normalized_similarity(one, other, score_cutoff=_LIKE_SHARE)
    if share >= _NEAR_SHARE:
        return NEAR
    return LIKE if share else _WORD_LEVELS


def _prepared_word(values: Sequence[Any]) -> str | None:
    return compact(values[0])


def word(name: str, *, same: Shares, kin: Sequence[float] | None = None) -> Kind:
    """A text in which typos are likely: a city, a street. `same` is (m, u) of the first level; of
    the others that are one person most are near."""
    rest = 1 - same[0]
    levels = _levels(
        ("same", *same),
        ("near", rest * 0.6, 0.002),
        ("like", rest * 0.15, 0.02),
        ("different", rest * 0.25, 0.978 - same[1]),
        kin=kin,
    )
    return Kind((Column(name, levels, True),), _prepared_word, word_level, lambda value: (value,))


# ------------------------------------------------------------------------------------- two words that may change places

DIMINUTIVE: Final = 4
INITIAL: Final = 5
CROSSED: Final = 6
_DIFFERENT: Final = 7
_NAME_LIKE = 0.9


def name_level(one: str, other: str) -> int:
    """The level of two given names or two surnames, folded to Latin letters.

    After the typos of `word_level` come: a familiar form of the same name (Саша and Олександр), an initial (О. and
    Олександр), and letters alike in the sense of Winkler (1990).
    """
    if one == other:
        return SAME
    if len(one) == 1 or len(other) == 1:
        return INITIAL if one[0] == other[0] else _DIFFERENT
    if diminutives.one_name(one, other):
        return DIMINUTIVE
    share = OSA.normalized_similarity(one, other, score_cutoff=_LIKE_SHARE)
    if share >= _NEAR_SHARE:
        return NEAR
    if share:
        return LIKE
    return LIKE if JaroWinkler.similarity(one, other, score_cutoff=_NAME_LIKE) else _DIFFERENT


def _text_level(one: str, other: str) -> int:
    level = word_level(one, other)
    return _DIFFERENT if level == _WORD_LEVELS else level


def _twofold(level_of: Compare) -> Compare:
    """Compares (first, second) with (first, second); when neither agrees as it stands, they may have changed places."""

    def compare(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> int:
        first, second = one
        other_first, other_second = other
        straight = level_of(first, other_first) if first and other_first else MISSING
        below = level_of(second, other_second) if second and other_second else MISSING
        if straight in _AGREES or below in _AGREES:
            return straight * RADIX + below
        crossed = bool(first and other_second) and level_of(first, other_second) in _CLOSE
        back = bool(second and other_first) and level_of(second, other_first) in _CLOSE
        if crossed or back:
            return (CROSSED if crossed else straight) * RADIX + (CROSSED if back else below)
        return straight * RADIX + below

    return compare


_AGREES = frozenset({SAME, NEAR, DIMINUTIVE})
_CLOSE = frozenset({SAME, NEAR, DIMINUTIVE})


def _twofold_levels(same: Shares, kin: Sequence[float] | None = None) -> tuple[Level, ...]:
    return _levels(
        ("same", *same),
        ("near", 0.2, 0.0015),
        ("like", 0.06, 0.015),
        ("familiar", 0.03, 0.002),
        ("initial", 0.01, 0.004),
        ("crossed", 0.04, 0.001),
        ("different", 1 - 0.34 - same[0], 1 - 0.0235 - same[1]),
        kin=kin,
    )


def _prepared_two(values: Sequence[Any]) -> tuple[str | None, str | None] | None:
    first, second = compact(values[0]), compact(values[1])
    return (first, second) if first or second else None


def two_words(first: str, second: str, *, same: Shares) -> Kind:
    """Two texts that people fill in one for the other: the two lines of an address."""
    levels = _twofold_levels(same)
    columns = (Column(first, levels, True), Column(second, levels, True))
    return Kind(columns, _prepared_two, _twofold(_text_level), lambda value: value)


def given_and_surname(first: str = "given", second: str = "surname") -> Kind:
    """A person's given name and surname, which may have changed places."""
    columns = (
        Column(first, _twofold_levels((0.6, 0.01), (0.003, 0.003, 0.04, 0.002, 0.01, 0.002, 0.94)), True),
        Column(second, _twofold_levels((0.6, 0.002), (0.7, 0.12, 0.08, 0.001, 0.01, 0.005, 0.084)), True),
    )
    return Kind(columns, _prepared_two, _twofold(name_level), lambda value: value)


def patronymic() -> Kind:
    """A patronymic: the same, its initial, a typo, or another one."""
    levels = _levels(
        ("same", 0.75, 0.03),
        ("near", 0.15, 0.01),
        ("like", 0.02, 0.06),
        ("initial", 0.06, 0.06),
        ("different", 0.02, 0.84),
        kin=(0.3, 0.1, 0.1, 0.06, 0.44),
    )

    def compare(one: str, other: str) -> int:
        level = name_level(one, other)
        return {SAME: 1, NEAR: 2, DIMINUTIVE: 2, LIKE: 3, INITIAL: 4}.get(level, 5)

    return Kind((Column("patronymic", levels, True),), _prepared_word, compare, lambda value: (value,))


# -------------------------------------------------------------------------------------------- digits, dates, the points


def code(name: str, *, same: Shares, slip: Shares = (0.1, 0.02)) -> Kind:
    """What is copied sign by sign: the number of a house, a postcode. One sign wrong, missing, added or two swapped is a
    slip."""
    levels = _levels(("same", *same), ("slip", *slip), ("different", 1 - same[0] - slip[0], 1 - same[1] - slip[1]))

    def compare(one: str, other: str) -> int:
        if one == other:
            return SAME
        return NEAR if min(len(one), len(other)) > 1 and OSA.distance(one, other, score_cutoff=1) <= 1 else 3

    return Kind((Column(name, levels, True),), _prepared_word, compare, lambda value: (value,))


_DATE = re.compile(r"(\d{4})?-{0,2}(\d\d)-?(\d\d)")


def read_date(value: object) -> str | None:
    """YYYYMMDD of a date written 1990-03-08 or 19900308; of a birthday without its year (--03-08) 0000MMDD."""
    found = _DATE.fullmatch(str(value or "").strip())
    return None if found is None else (found[1] or "0000") + found[2] + found[3]


def date_level(one: str, other: str) -> int:
    """The same; a slip (one digit, two digits swapped, day and month changed places); a part (two of year, month and
    day are the same); different. A year that is not known is not compared."""
    if one == other:
        return SAME
    if one[:4] == "0000" or other[:4] == "0000":
        if one[4:] == other[4:]:
            return NEAR
        one, other = one[4:], other[4:]
        return LIKE if OSA.distance(one, other, score_cutoff=1) <= 1 or one == other[2:] + other[:2] else 4
    if OSA.distance(one, other, score_cutoff=1) <= 1 or one == other[:4] + other[6:] + other[4:6]:
        return NEAR
    alike = (one[:4] == other[:4]) + (one[4:6] == other[4:6]) + (one[6:] == other[6:])
    return LIKE if alike == 2 else 4


def date(name: str = "birthday") -> Kind:
    """A day of birth. Birthdays are spread so evenly that no frequency is counted."""
    levels = _levels(
        ("same", 0.9, 0.0001),
        ("slip", 0.04, 0.001),
        ("part", 0.02, 0.003),
        ("different", 0.04, 0.9959),
        kin=(0.02, 0.003, 0.02, 0.957),
    )
    return Kind((Column(name, levels),), lambda values: read_date(values[0]), date_level, lambda value: (None,))


SHORT_NUMBER: Final = 7
"""So many last digits are a number without its country and its operator."""


def phones() -> Kind:
    """All the phones of a person, E.164: one in common, the last seven digits in common, one digit off, or none."""
    levels = _levels(
        ("same", 0.6, 0.000005),
        ("tail", 0.03, 0.00001),
        ("slip", 0.07, 0.0001),
        ("different", 0.3, 0.999885),
        kin=(0.4, 0.02, 0.02, 0.56),
    )

    def compare(some: tuple[str, ...], others: tuple[str, ...]) -> int:
        if some == others or not set(some).isdisjoint(others):
            return SAME
        level = 4
        for one in some:
            for other in others:
                if one[-SHORT_NUMBER:] == other[-SHORT_NUMBER:]:
                    return NEAR
                if OSA.distance(one, other, score_cutoff=1) <= 1:
                    level = LIKE
        return level

    return Kind((Column("phone", levels, True),), _prepared_many, compare, lambda value: (value[0],))


_DIGITS = re.compile(r"\d+")


def is_slip(one: str, other: str) -> bool:
    """Whether two addresses differ by a typing error. Other digits are another address: ivanov.12@ and ivanov.13@."""
    if OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    return _DIGITS.findall(one) == _DIGITS.findall(other)


def handle(name: str) -> Kind:
    """A username: the same, a typing error, or another one."""
    levels = _levels(("same", 0.75, 0.000002), ("slip", 0.03, 0.0002), ("different", 0.22, 0.999798))

    def compare(one: str, other: str) -> int:
        if one == other:
            return SAME
        return NEAR if is_slip(one, other) else 3

    return Kind((Column(name, levels, True),), _prepared_handle, compare, lambda value: (value,))


def _prepared_handle(values: Sequence[Any]) -> str | None:
    return str(values[0]).strip(" @").casefold() or None if values[0] else None


def emails() -> Kind:
    """All the e-mails of a person, in lower case: one in common, the same before the @, one typo, or none."""
    levels = _levels(
        ("same", 0.6, 0.000005),
        ("local", 0.08, 0.0001),
        ("slip", 0.07, 0.0001),
        ("different", 0.25, 0.999795),
        kin=(0.15, 0.02, 0.02, 0.81),
    )

    def compare(some: tuple[str, ...], others: tuple[str, ...]) -> int:
        if some == others or not set(some).isdisjoint(others):
            return SAME
        level = 4
        for one in some:
            local = one.partition("@")[0]
            for other in others:
                if local == other.partition("@")[0]:
                    return NEAR
                if is_slip(one, other):
                    level = LIKE
        return level

    return Kind((Column("email", levels, True),), _prepared_many, compare, lambda value: (value[0],))


def _prepared_many(values: Sequence[Any]) -> tuple[str, ...] | None:
    return tuple(values[0]) or None if values[0] else None
