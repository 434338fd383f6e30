"""Conditions on one field: from the sign and the value that were written to a leaf of the tree, by the field's kind."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from crm import folding
from crm.segment_fields import NO, YES, Field, Kind
from crm.segment_tree import (
    Ago,
    Contains,
    Day,
    Flag,
    Known,
    Matches,
    Node,
    Not,
    Number,
    Period,
    Resembles,
)

# The Ukrainian "год" (an hour) is the Russian "год" (a year), and their "г" too: neither is guessed.
UNITS = {
    **dict.fromkeys(("h", "ч"), "h"),
    **dict.fromkeys(("d", "д"), "d"),
    **dict.fromkeys(("w", "н", "т"), "w"),
    **dict.fromkeys(("m", "м"), "m"),
    **dict.fromkeys(("y", "р", "л"), "y"),
}
DAYS_AGO = {
    **dict.fromkeys(("today", "сегодня", "сьогодні"), 0),
    **dict.fromkeys(("yesterday", "вчера", "вчора"), 1),
}
NEVER = frozenset({"never", "никогда", "ніколи"})
YEARS = range(1900, 2101)

_STARS = re.compile(r"\*+")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
_AGO = re.compile(r"([0-9]{1,6})\s*([^\W\d_]+)")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DATE = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
# Any moment does: it only decides which of two distances is the longer.
_SOME_NOW = datetime(2026, 1, 31, tzinfo=UTC)

Condition = Callable[["Written"], Node]


@dataclass(frozen=True, slots=True)
class Written:
    """What stands after a field: the sign, and one value. `quoted`: nothing in it is special."""

    field: Field
    sign: str
    text: str
    quoted: bool

    @property
    def is_equality(self) -> bool:
        return self.sign in (":", "=")


class Unreadable(Exception):
    """The value cannot be this field's; `reason` as in SegmentError.

    `suggestion` is another value; with a `sign`, the sign before it is to be changed too.
    """

    def __init__(self, reason: str, suggestion: str | None = None, sign: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.suggestion = suggestion
        self.sign = sign


def condition(written: Written) -> Node:
    """The leaf that one written value means. Raises `Unreadable`."""
    if written.is_equality and written.text.strip("*") == "" and written.text and not written.quoted:
        return Known(written.field)
    return _READERS[written.field.kind](written)


def nearest(called: str, known: Iterable[str]) -> str | None:
    """Of the known names the one that is probably meant; None when none is near."""
    from rapidfuzz import fuzz, process  # here, because only a mistake needs it

    found = process.extractOne(called, list(known), scorer=fuzz.ratio, processor=folding.fold, score_cutoff=60)
    return str(found[0]) if found else None


def _text(written: Written) -> Node:
    if written.sign == "=" or ("*" in written.text and not written.quoted and written.sign == ":"):
        return Matches(written.field, _pieces(written, folding.fold))
    _refuse_comparison(written)
    words = tuple(folding.words(written.text))
    if not words:
        raise Unreadable("nothing-to-find")
    return Resembles(written.field, words) if written.sign == "~" else Contains(written.field, words)


def _label(written: Written) -> Node:
    _refuse_comparison(written)
    pieces = _pieces(written, folding.label)
    if written.field.options and len(pieces) == 1 and written.sign != "~":
        pieces = (_option(written, pieces[0]),)
    return Matches(written.field, _around(written, pieces))


def _handle(written: Written) -> Node:
    _refuse_comparison(written)
    return Matches(written.field, _around(written, _pieces(written, handle)))


def _phone(written: Written) -> Node:
    _refuse_comparison(written)
    pieces = tuple(folding.digits(piece) for piece in _split(written))
    if not any(pieces):
        raise Unreadable("not-digits")
    if len(pieces) == 1 and not (written.sign == "=" or written.text.lstrip().startswith("+")):
        pieces = ("", phone_tail(pieces[0]))
    return Matches(written.field, _around(written, pieces))


def _number(written: Written) -> Node:
    field = written.field
    low_text, dots, high_text = written.text.partition("..")
    if written.is_equality and dots:
        low, high = _read_bound(low_text), _read_bound(high_text)
        if low is None and high is None:
            raise Unreadable("not-a-number", "1..5")
        if low is not None and high is not None and low > high:
            raise Unreadable("empty-range", f"{high_text}..{low_text}")
        return Number(field, low, high)
    value = _read_number(written.text)
    match written.sign:
        case ":" | "=":
            return Number(field, value, value)
        case ">" | ">=":
            return Number(field, value, None, low_in=written.sign == ">=")
        case "<" | "<=":
            return Number(field, None, value, high_in=written.sign == "<=")
        case _:
            raise Unreadable("not-comparable", written.text, sign=":")


def _time(written: Written) -> Node:
    field, text = written.field, folding.label(written.text)
    low_text, dots, high_text = text.partition("..")
    if written.is_equality and dots:
        return _period(field, low_text, high_text)
    if text in NEVER:
        if not written.is_equality:
            raise Unreadable("not-comparable", written.text, sign=":")
        return Not(Known(field))
    moment = _read_moment(text)
    included = written.sign.endswith("=")
    match written.sign, moment:
        case ((":" | "="), Day()):
            return Period(field, moment, moment)
        case ((":" | "="), Ago()):
            raise Unreadable("needs-comparison", written.text, sign="<")
        # "More than 90 days ago" is meant by who asks for it, and who was never asked belongs there.
        case ((">" | ">="), Ago()):
            return Period(field, None, moment, until_in=included, never=True)
        case (("<" | "<="), Ago()):
            return Period(field, moment, None, since_in=included)
        case ((">" | ">="), Day()):
            return Period(field, moment, None, since_in=included)
        case (("<" | "<="), Day()):
            return Period(field, None, moment, until_in=included)
        case _:
            raise Unreadable("not-comparable", written.text, sign="<")


def _flag(written: Written) -> Node:
    text = folding.label(written.text)
    if not written.is_equality:
        raise Unreadable("not-comparable", written.text, sign=":")
    if text not in YES | NO:
        raise Unreadable("not-yes-or-no", "yes")
    return Flag(written.field, text in YES)


_READERS: dict[Kind, Condition] = {
    Kind.TEXT: _text,
    Kind.CHOICE: _label,
    Kind.TAGS: _label,
    Kind.HANDLE: _handle,
    Kind.PHONE: _phone,
    Kind.NUMBER: _number,
    Kind.TIME: _time,
    Kind.FLAG: _flag,
}


def handle(text: str) -> str:
    """The key of a username or an e-mail: lower case, without the sign before it."""
    return folding.visible(text).lower().removeprefix("@")


def phone_tail(digits: str) -> str:
    """The digits that are the same however a whole number was written: 8 916… and +7 916…, 0 67… and +380 67…"""
    return digits[-10:] if len(digits) > 10 else digits


def _refuse_comparison(written: Written) -> None:
    if written.sign not in (":", "=", "~"):
        raise Unreadable("not-comparable", written.text, sign=":")


def _split(written: Written) -> tuple[str, ...]:
    return (written.text,) if written.quoted or written.sign == "~" else tuple(_STARS.split(written.text))


def _pieces(written: Written, key: Callable[[str], str]) -> tuple[str, ...]:
    pieces = tuple(key(piece) for piece in _split(written))
    if not any(pieces):
        raise Unreadable("nothing-to-find")
    return pieces


def _around(written: Written, pieces: tuple[str, ...]) -> tuple[str, ...]:
    return ("", *pieces, "") if written.sign == "~" else pieces


def _option(written: Written, key: str) -> str:
    known: dict[str, str] = {}
    for option in written.field.options:
        for called in (option.id, *option.aliases):
            known.setdefault(folding.label(called), option.id)
    if key in known:
        return folding.label(known[key])
    near = nearest(key, known) or next(iter(known))
    raise Unreadable("unknown-option", known[near])


def _read_number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        guess = folding.digits(text)[:15]
        raise Unreadable("not-a-number", guess or None)
    return float(text) if "." in text else int(text)


def _read_bound(text: str) -> float | None:
    return _read_number(text) if text else None


def _period(field: Field, low_text: str, high_text: str) -> Node:
    low = _read_moment(low_text) if low_text else None
    high = _read_moment(high_text) if high_text else None
    match low, high:
        case None, None:
            raise Unreadable("not-a-time", "30d..90d")
        case ((Ago() | None), (Ago() | None)):
            # Distances grow into the past: the nearer one is where the period ends.
            if low and high and low.before(_SOME_NOW, UTC) < high.before(_SOME_NOW, UTC):
                low, high = high, low
            return Period(field, since=high, until=low)
        case ((Day() | None), (Day() | None)):
            if low and high and low.bounds(_SOME_NOW, UTC) > high.bounds(_SOME_NOW, UTC):
                raise Unreadable("empty-range", f"{high_text}..{low_text}")
            return Period(field, since=low, until=high)
        case _:
            raise Unreadable("not-a-time", "30d..90d")


def _read_moment(text: str) -> Ago | Day:
    if text in DAYS_AGO:
        return Day(days_ago=DAYS_AGO[text])
    if ago := _AGO.fullmatch(text):
        amount, unit = ago.groups()
        if unit not in UNITS:
            # The first letter is often right: 30days, 5дней.
            guess = UNITS.get(unit[0], "y" if unit[0] == "г" else "d")
            raise Unreadable("unknown-unit", f"{amount}{guess}")
        return Ago(int(amount), UNITS[unit])
    if iso := _ISO_DATE.fullmatch(text):
        year, month, day = map(int, iso.groups())
    elif written := _DATE.fullmatch(text):
        day, month, year = map(int, written.groups())
    else:
        raise Unreadable("not-a-time", f"{folding.digits(text)[:6] or 30}d")
    if year not in YEARS:
        raise Unreadable("not-a-time")
    try:
        return Day(date(year, month, day))
    except ValueError as impossible:
        raise Unreadable("not-a-time") from impossible
