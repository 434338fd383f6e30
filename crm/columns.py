"""Columns of a file that somebody brings: what each is taken for, by its heading and by what lies in it.

A heading is looked up in `crm.column_words`, whole, then without the words that change nothing, then by its stems, then
with a letter wrong. What lies in the column confirms it, overrules it (a column of e-mails is one, whatever it is
called), and speaks for columns without a heading. A column that nothing is known of is left out, and says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, Literal

from crm import column_words, day_forms, folding, phone_forms

IGNORE: Final = "ignore"
TARGETS: Final = (
    "name", "first_name", "last_name", "middle_name", "phone", "email", "birthday", "city", "organisation", "position",
    "sex", "tags", "note", "source", "created", "status", "owner", "language", "username", "telegram_id",
    "amount", "currency", "bought_at", "what", "order", IGNORE,
)  # fmt: skip
"""What a column may be taken for, beside `field:<id>`, a field of the owner's own."""
OWN: Final = "field:"
PURCHASE_TARGETS: Final = frozenset({"amount", "currency", "bought_at", "what", "order"})
SAMPLE: Final = 200
"""Rows that are looked at: more tell nothing new."""

By = Literal["heading", "content", "both", "hand", "none"]
DayOrder = Literal["dmy", "mdy"]
Row = Sequence[str]

_SURE: Final = 1.0
_CLOSE: Final = 0.9
_STEM: Final = 0.75
_MISSPELT: Final = 0.7
_FORM: Final = 0.6
_MOST: Final = 0.7
"""The share of a column's filled cells that makes it what they are."""

_GAP: Final = re.compile(r"[^0-9a-zа-яґ№@]+")
_CAMEL: Final = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")
_NUMBER: Final = re.compile(r"(?<![a-zа-я])[0-9]+(?![a-zа-я])")
_BRACKETS: Final = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_EMAIL: Final = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;]{2,}")
_USERNAME: Final = re.compile(r"(?:@|(?:https?://)?t\.me/)[A-Za-z]\w{3,31}/?")
_NAME: Final = re.compile(r"[A-ZА-ЯЁІЇЄҐ][\w'’ʼ\-]*(?:\s+[A-ZА-ЯЁІЇЄҐ][\w'’ʼ\-]*\.?){1,3}")
_AMOUNT: Final = re.compile(r"[^\d\-]{0,4}-?\d[\d\s'’\u00a0]*(?:[.,]\d+)*\s*[^\d]{0,6}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `confidence` runs from 0 to 1; `day_order` is how its dates with slashes read; `family_first`: its
    names begin with the family's."""

    index: int
    heading: str
    target: str = IGNORE
    confidence: float = 0.0
    by: By = "none"
    day_order: DayOrder = "dmy"
    family_first: bool = False

    @property
    def title(self) -> str:
        """The heading, or the letter a sheet would give the column."""
        return self.heading or letter(self.index)


@dataclass(frozen=True, slots=True)
class Columns:
    """What all columns of a file are taken for."""

    columns: tuple[Column, ...]

    @property
    def kind(self) -> Literal["contacts", "purchases"]:
        """A file with sums is one of purchases."""
        return "purchases" if any(column.target == "amount" for column in self.columns) else "contacts"

    @property
    def tells_who(self) -> bool:
        """Whether its rows can be told apart as people: by a phone, an e-mail, a Telegram or at least a name."""
        known = {"phone", "email", "username", "telegram_id", "name", "first_name", "last_name"}
        return any(column.target in known for column in self.columns)

    def of(self, target: str) -> list[Column]:
        """The columns taken for one thing, in their order."""
        return [column for column in self.columns if column.target == target]

    def changed(self, index: int, target: str) -> Columns:
        """The same with one column taken for something else, as a person said. Raises IndexError."""
        one = replace(self.columns[index], target=target, confidence=1.0, by="hand")
        return Columns((*self.columns[:index], one, *self.columns[index + 1 :]))

    def to_json(self) -> list[dict[str, Any]]:
        """A JSON-able form, to be kept."""
        return [
            {
                "heading": column.heading,
                "target": column.target,
                "confidence": column.confidence,
                "by": column.by,
                "day_order": column.day_order,
                "family_first": column.family_first,
            }
            for column in self.columns
        ]

    @classmethod
    def from_json(cls, kept: Iterable[Mapping[str, Any]]) -> Columns:
        """What `to_json` made."""
        return cls(tuple(Column(index, **one) for index, one in enumerate(kept)))


def letter(index: int) -> str:
    """The name a sheet gives a column: A, B, … Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def key(heading: str) -> str:
    """A heading as headings are compared: folded, its numbers and signs gone, words apart."""
    seen = folding.visible(heading[:200])
    apart = seen if seen.isupper() else _CAMEL.sub(" ", seen)
    folded = folding.fold(apart.replace("-", " ").replace("_", " "))
    return " ".join(_GAP.sub(" ", _NUMBER.sub(" ", _GAP.sub(" ", folded))).split())


def signature(headings: Sequence[str]) -> str:
    """SHA-256 of the headings: files with the same one are of the same make. Empty for a file without headings."""
    if not any(heading.strip() for heading in headings):
        return ""
    titles = (heading.strip() or letter(index) for index, heading in enumerate(headings))
    return hashlib.sha256("\x1f".join(map(folding.label, titles)).encode()).hexdigest()


def is_known(heading: str) -> bool:
    """Whether a cell reads as a heading that is known for sure: so the row of headings is found."""
    return len(heading) <= 60 and bool(key(heading)) and _by_heading(heading, {})[1] >= _CLOSE


def recognise(
    headings: Sequence[str], rows: Sequence[Row], *, own: Mapping[str, Sequence[str]] | None = None
) -> Columns:
    """What each column is taken for. `rows` are the first of the file, `own` the titles of the owner's own fields by id."""
    titles = {key(title): OWN + field for field, every in (own or {}).items() for title in every}
    latin = all(heading.isascii() for heading in headings)
    sample = rows[:SAMPLE]
    found = []
    for index, heading in enumerate(headings):
        cells = [cell for row in sample if index < len(row) and (cell := row[index].strip())]
        found.append(_column(index, heading, cells, titles, latin=latin))
    return Columns(tuple(_together(found, sample)))


# ------------------------------------------------------------------------------------------------------------ headings


@cache
def _words() -> dict[str, str]:
    return {
        word: target
        for target, listed in column_words.HEADINGS.items()
        for one in listed.split("|")
        if (word := key(one))
    }


@cache
def _stems() -> tuple[tuple[str, str], ...]:
    return tuple((key(stem), target) for target, stems in column_words.STEMS.items() for stem in stems)


@cache
def _keys(which: str) -> frozenset[str]:
    return frozenset(map(key, getattr(column_words, which)))


def _by_heading(heading: str, titles: Mapping[str, str]) -> tuple[str, float]:
    whole = key(heading)
    if not whole:
        return IGNORE, _SURE if heading.strip() else 0.0
    words = _words()
    if found := titles.get(whole) or words.get(whole):
        return found, _SURE
    if any(f" {word}" in f" {whole}" for word in _keys("NOT_VALUES")):
        return IGNORE, _CLOSE
    for shorter in (_BRACKETS.sub("", heading), re.split(r"[:>]", heading)[-1], re.split(r"[:,(]", heading)[0]):
        if found := titles.get(key(shorter)) or words.get(key(shorter)):
            return found, _CLOSE
    bare = " ".join(word for word in whole.split() if word not in _keys("OF_WHOM"))
    if bare and (found := titles.get(bare) or words.get(bare)):
        return found, _CLOSE
    for stem, target in _stems():
        if f" {stem}" in f" {whole}":
            return target, _STEM
    return _misspelt(whole, words)


def _misspelt(whole: str, words: Mapping[str, str]) -> tuple[str, float]:
    if len(whole) < 6:
        return IGNORE, 0.0
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = process.extractOne(whole, list(words), scorer=OSA.distance, score_cutoff=1 if len(whole) < 9 else 2)
    return (words[near[0]], _MISSPELT) if near and len(near[0]) >= 6 else (IGNORE, 0.0)


# ------------------------------------------------------------------------------------------------------------- content


@cache
def named(which: Literal["SEXES", "LANGUAGES", "STATUSES"]) -> dict[str, str]:
    """Words of a list of `crm.column_words`, as `key` makes them or as they are written, and what they stand for."""
    listed: dict[str, str] = getattr(column_words, which)
    out = {}
    for value, words in listed.items():
        for word in words.split("|"):
            out[word.strip()] = value
            out[key(word) or word.strip()] = value
    return out


def _is_birthday(cell: str) -> bool:
    day = day_forms.read(cell)
    return isinstance(day, day_forms.Day) and (day.year is None or 1910 <= day.year <= 2015)


def _is_day(cell: str) -> bool:
    return isinstance(day_forms.read(cell), day_forms.Day) and not cell.isdigit()


_FORMS: Final[dict[str, Callable[[str], bool]]] = {
    "email": lambda cell: _EMAIL.search(cell) is not None,
    "username": lambda cell: _USERNAME.fullmatch(cell) is not None,
    "phone": lambda cell: any(map(phone_forms.looks_like_one, re.split(r":::|[,;/\n]", cell))),
    "birthday": lambda cell: not cell.isdigit() and _is_birthday(cell),
    "created": _is_day,
    "sex": lambda cell: key(cell) in named("SEXES") and not cell.isdigit(),
    "name": lambda cell: _NAME.fullmatch(cell) is not None,
}
"""How the cells of a column look that has no heading, the surest first."""
_CHECKED: Final[dict[str, Callable[[str], bool]]] = {
    "name": lambda cell: any(map(str.isalpha, cell)),
    "email": _FORMS["email"],
    "phone": lambda cell: sum(map(str.isdigit, cell)) >= 7 and "@" not in cell,
    "amount": lambda cell: _AMOUNT.fullmatch(cell) is not None,
    "birthday": lambda cell: any(map(str.isdigit, cell)),
    "created": lambda cell: any(map(str.isdigit, cell)),
    "bought_at": lambda cell: any(map(str.isdigit, cell)),
    "sex": lambda cell: key(cell) in named("SEXES"),
    "language": lambda cell: key(cell) in named("LANGUAGES"),
    "status": lambda cell: key(cell) in named("STATUSES"),
    "telegram_id": str.isdigit,
}
"""What cells must be for a heading to be believed."""


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells)


def _column(index: int, heading: str, cells: list[str], titles: Mapping[str, str], *, latin: bool) -> Column:
    target, confidence = _by_heading(heading, titles)
    by: By = "heading" if confidence else "none"
    if cells:
        target, confidence, by = _confirmed(target, confidence, cells)
    return Column(
        index,
        heading.strip(),
        target,
        round(confidence, 2),
        by,
        _day_order(cells, latin=latin) if target in _DAYS else "dmy",
        _is_family_first(heading),
    )


_DAYS: Final = frozenset({"birthday", "created", "bought_at"})


def _day_order(cells: Sequence[str], *, latin: bool) -> DayOrder:
    """As the dates tell that can be read one way only; else the American order under English headings, as programs
    write it with slashes."""
    said = {order for cell in cells if (order := day_forms.order_of(cell)) is not None}
    if len(said) == 1:
        return said.pop()
    return "mdy" if latin and not said else "dmy"


def _confirmed(target: str, confidence: float, cells: Sequence[str]) -> tuple[str, float, By]:
    """The heading's word against the cells': `_CHECKED` is what they must be, `_FORMS` what they are."""
    test = _CHECKED.get(target)
    if confidence and test is None:
        return target, confidence, "heading"
    if confidence and test is not None:
        share = _share(cells, test)
        if share >= 0.5:
            return target, confidence, "both"
        if share and len(cells) < 3:  # too few to say that the heading is wrong
            return target, confidence, "heading"
    for form, is_one in _FORMS.items():
        share = _share(cells, is_one)
        if share >= _MOST:
            return form, _FORM + 0.3 * share, "content"
    return IGNORE, 0.0, "none"


def _is_family_first(heading: str) -> bool:
    return key(heading).startswith(("фио", "пиб", "ф и о", "п и б", "фамил", "призвище", "last", "file as"))


# ----------------------------------------------------------------------------------------------------- columns together


def _together(found: list[Column], sample: Sequence[Row]) -> list[Column]:
    """What columns mean beside each other: «Имя» beside «Фамилия» is the first name only; sums make a file of purchases."""
    targets = {column.target for column in found}
    sold = "amount" in targets and bool(targets & {"bought_at", "order", "what", "created"})
    named_by_heading = bool({"name", "first_name", "last_name"} & {c.target for c in found if c.by != "content"})
    out, names = [], 0
    for column in found:
        target = column.target
        if target == "name" and "last_name" in targets and "first_name" not in targets and not names:
            target = "first_name"
            names += 1
        elif target == "name" and column.by == "content":
            # One column of capitalised words is the name; a second one is anything: a street, a product.
            target = IGNORE if named_by_heading or names else "name"
            names += 1
        elif target in PURCHASE_TARGETS and not sold:
            target = IGNORE
        elif target == "created" and sold and "bought_at" not in targets:
            target = "bought_at"
        elif target in ("birthday", "created") and column.by == "content" and len(_others(found, column)):
            target = IGNORE
        out.append(column if target == column.target else replace(column, target=target))
    return out


def _others(found: Sequence[Column], column: Column) -> list[Column]:
    return [other for other in found if other.target == column.target and other.index < column.index]
