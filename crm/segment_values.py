"""Conditions on one field: from the sign and the value that were written to a leaf of the tree, by the field's kind."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from crm import folding, segment_cities, segment_moments
from crm.segment_kinds import NO, YES, Field, Kind
from crm.segment_moments import Moment
from crm.segment_tree import (
    Ago,
    Anniversary,
    AnyOf,
    Contains,
    Dates,
    Flag,
    Known,
    Matches,
    Node,
    Not,
    Number,
    Period,
    Resembles,
    Turn,
)

NEVER = frozenset({"never", "никогда", "ніколи"})

_STARS = re.compile(r"\*+")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
_TODAY = Turn("d")
# Any moment does: it only decides which of two distances is the longer.
_SOME_NOW = datetime(2026, 1, 31, tzinfo=UTC)
_A_DISTANCE = "30d..90d"

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
    if written.field.name == "city" and len(names := segment_cities.spellings(written.text)) > 1:
        return AnyOf(tuple(_words(replace(written, text=name)) for name in names))
    return _words(written)


def _words(written: Written) -> Node:
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
        low, high = _read_bound(low_text, field), _read_bound(high_text, field)
        if low is None and high is None:
            raise Unreadable("not-a-number", "1..5")
        if low is not None and high is not None and low > high:
            raise Unreadable("empty-range", f"{high_text}..{low_text}")
        return Number(field, low, high)
    value = _read_number(written.text, field)
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
    moment = _read_moment(text, field)
    included = written.sign.endswith("=")
    match written.sign, moment:
        case ((":" | "="), Ago()):
            raise Unreadable("needs-comparison", written.text, sign="<")
        case ((":" | "="), days):
            return Period(field, days, days)
        # "More than 90 days ago" is meant by who asks for it, and who was never asked belongs there.
        case ((">" | ">="), Ago()):
            return Period(field, None, moment, until_in=included, never=True)
        case (("<" | "<="), Ago()):
            # What is a day may also be one to come, and that is not within the last so many.
            return Period(field, moment, _TODAY if field.kind is Kind.DATE else None, since_in=included)
        case ((">" | ">="), days):
            return Period(field, days, None, since_in=included)
        case (("<" | "<="), days):
            return Period(field, None, days, until_in=included)
        case _:
            raise Unreadable("not-comparable", written.text, sign="<")


def _birthday(written: Written) -> Node:
    field, text = written.field, folding.label(written.text)
    if not written.is_equality:
        days = segment_moments.read(text)
        if written.sign == "~" or not isinstance(days, Dates):
            raise Unreadable("not-comparable", written.text, sign=":")
        included = written.sign.endswith("=")
        if written.sign[0] == ">":
            return Period(field, days, None, since_in=included)
        return Period(field, None, days, until_in=included)
    low_text, dots, high_text = text.partition("..")
    low = segment_moments.of_every_year(low_text)
    high = segment_moments.of_every_year(high_text) if dots else low
    if low and high:
        return Anniversary(field, low=low[0], high=high[1])
    if dots:
        period = _period(field, low_text, high_text)
        if isinstance(period.since, Dates | None) and isinstance(period.until, Dates | None):
            return period
        raise Unreadable("not-a-birthday", "03-01..03-31")
    days = _read_moment(text, field)
    if isinstance(days, Ago):
        raise Unreadable("not-a-birthday", f"next-{text}")
    return Period(field, days, days) if isinstance(days, Dates) else Anniversary(field, days)


def _segment(written: Written) -> Node:
    # The builder of the tree knows the saved ones; what comes here could not be one.
    raise Unreadable("not-comparable", written.text, sign=":")


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
    Kind.MONEY: _number,
    Kind.AGE: _number,
    Kind.TIME: _time,
    Kind.DATE: _time,
    Kind.BIRTHDAY: _birthday,
    Kind.FLAG: _flag,
    Kind.SEGMENT: _segment,
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
    if written.field.open:
        return key
    near = nearest(key, known) or next(iter(known))
    raise Unreadable("unknown-option", known[near])


def _read_number(text: str, field: Field) -> float:
    """The number as the field keeps it."""
    if not _NUMBER.fullmatch(text):
        guess = folding.digits(text)[:15]
        raise Unreadable("not-a-number", guess or None)
    value = Decimal(text) * field.scale
    return int(value) if value == value.to_integral_value() else float(value)


def _read_bound(text: str, field: Field) -> float | None:
    return _read_number(text, field) if text else None


def _period(field: Field, low_text: str, high_text: str) -> Period:
    low = _read_moment(low_text, field) if low_text else None
    high = _read_moment(high_text, field) if high_text else None
    match low, high:
        case None, None:
            raise Unreadable("not-a-time", _A_DISTANCE)
        case ((Ago() | None), (Ago() | None)):
            # Distances grow into the past: the nearer one is where the period ends.
            if low and high and low.before(_SOME_NOW, UTC) < high.before(_SOME_NOW, UTC):
                low, high = high, low
            return Period(field, since=high, until=low)
        case (Ago(), _) | (_, Ago()):
            raise Unreadable("not-a-time", _A_DISTANCE)
        case _:
            if _begins(low, default=date.min) > _begins(high, default=date.max):
                raise Unreadable("empty-range", f"{high_text}..{low_text}")
            return Period(field, since=low, until=high)


def _begins(days: Moment | None, *, default: date) -> date:
    return default if days is None or isinstance(days, Ago) else days.days(_SOME_NOW.date())[0]


def _read_moment(text: str, field: Field) -> Moment:
    moment = segment_moments.read(text)
    if isinstance(moment, segment_moments.Unread):
        if field.kind is Kind.BIRTHDAY:
            raise Unreadable("not-a-birthday")
        raise Unreadable(moment.reason, moment.suggestion)
    if isinstance(moment, Ago) and moment.unit == "h" and field.kind is not Kind.TIME:
        raise Unreadable("unknown-unit", f"{max(1, moment.amount // 24)}d")
    return moment
