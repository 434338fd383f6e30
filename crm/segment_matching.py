"""Whether a segment holds for one set of values: the meaning of the language, stated in Python.

Answers branches of forms, and is what the SQL of storage/conditions.py is compared with.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo

from crm import folding, segment_values
from crm.segment_kinds import NO, YES, Field, Kind
from crm.segment_tree import (
    All,
    Anniversary,
    AnyOf,
    Contains,
    Flag,
    Known,
    Listed,
    Matches,
    Node,
    Not,
    Number,
    Period,
    Resembles,
    Word,
    born_between,
)

MIN_LENGTH_TO_FORGIVE = 4
"""Shorter words differ from too many others by one letter."""

_KEYS: dict[Kind, Callable[[str], str]] = {
    Kind.TEXT: folding.fold,
    Kind.CHOICE: folding.label,
    Kind.TAGS: folding.label,
    Kind.HANDLE: segment_values.handle,
    Kind.PHONE: folding.digits,
}


def holds(node: Node, values: Mapping[str, object], now: datetime, zone: tzinfo) -> bool:
    match node:
        case All(parts):
            return all(holds(part, values, now, zone) for part in parts)
        case AnyOf(parts):
            return any(holds(part, values, now, zone) for part in parts)
        case Not(part):
            return not holds(part, values, now, zone)
        case Word(fields=fields):
            return any(_has_word(node, field, key) for field in fields for key in _keys(field, values))
        case Known(field):
            return any(_is_known(field, value) for value in _present(field, values))
        case Matches(field, pieces):
            return any(matches(pieces, key) for key in _keys(field, values))
        case Contains(field, words):
            return any(all(word in key for word in words) for key in _keys(field, values))
        case Resembles(field, words):
            return any(all(resembles(word, key) for word in words) for key in _keys(field, values))
        case Flag(field, wanted):
            return any(_truth(value) is wanted for value in _present(field, values))
        case Number(field) if field.kind is Kind.AGE:
            first, last = born_between(node, now, zone)
            return any(first <= str(value) <= last for value in _present(field, values) if _is_known(field, value))
        case Number(field):
            return any(_in_bounds(node, value) for value in _present(field, values))
        case Period(field) if field.kind is Kind.TIME:
            return _in_period(node, list(_present(field, values)), now, zone)
        case Period(field):
            first, last = node.days(now, zone)
            days = [str(value) for value in _present(field, values)]
            return (node.never and not days) or any(first <= day <= last for day in days if has_year(day))
        case Anniversary(field):
            low, high = node.span(now, zone)
            return any(_falls(_month_day(str(value)), low, high) for value in _present(field, values))
        case Listed(field, list_id):
            return list_id in _present(field, values)


def has_year(day: str) -> bool:
    """Whether a birthday has one: --03-08 has not, and is neither before nor after any day."""
    return day[:1].isdigit()


def matches(pieces: tuple[str, ...], key: str) -> bool:
    """Whether the key is the pieces in their order, anything between them."""
    if len(pieces) == 1:
        return key == pieces[0]
    first, *middle, last = pieces
    if not key.startswith(first) or not key.endswith(last) or len(key) < len(first) + len(last):
        return False
    at, end = len(first), len(key) - len(last)
    for piece in middle:
        found = key.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def one_slip_away(word: str) -> tuple[str, ...]:
    """Patterns of the words one slip of the finger from this one; `_` is any one letter, a space too.

    A wrong letter, a missing or an extra one, two neighbours swapped. None for short words.
    """
    if len(word) < MIN_LENGTH_TO_FORGIVE or "_" in word:
        return ()
    places = range(len(word))
    wrong = {word[:at] + "_" + word[at + 1 :] for at in places}
    extra = {word[:at] + word[at + 1 :] for at in places}
    missing = {word[:at] + "_" + word[at:] for at in range(1, len(word))}
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in places[:-1]}
    return tuple(sorted((wrong | extra | missing | swapped) - {word}))


def resembles(word: str, key: str) -> bool:
    """Whether the word is a part of the key, or one slip away from a whole word of it."""
    if word in key:
        return True
    padded = f" {key} "
    return any(_like(f" {pattern} ", padded) for pattern in one_slip_away(word))


def _like(pattern: str, text: str) -> bool:
    before, blank, after = pattern.partition("_")
    if not blank:
        return pattern in text
    at = text.find(before)
    while at >= 0:
        rest = at + len(before) + 1
        if rest <= len(text) and text.startswith(after, rest):
            return True
        at = text.find(before, at + 1)
    return False


def _has_word(word: Word, field: Field, key: str) -> bool:
    match field.kind:
        case Kind.PHONE:
            return bool(word.digits) and word.digits in key
        case Kind.HANDLE:
            return bool(word.handle) and word.handle in key
        case _:
            return all(part in key for part in word.words)


def _is_known(field: Field, value: object) -> bool:
    return field.kind is not Kind.AGE or has_year(str(value))


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    said = folding.label(str(value))
    return True if said in YES else False if said in NO else None


def _month_day(birthday: str) -> int:
    return int(birthday[-5:-3]) * 100 + int(birthday[-2:])


def _falls(month_day: int, low: int, high: int) -> bool:
    return low <= month_day <= high if low <= high else month_day >= low or month_day <= high


def _in_bounds(bounds: Number, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    above = bounds.low is None or value > bounds.low or (bounds.low_in and value == bounds.low)
    below = bounds.high is None or value < bounds.high or (bounds.high_in and value == bounds.high)
    return above and below


def _in_period(period: Period, present: list[object], now: datetime, zone: tzinfo) -> bool:
    if not present:
        return period.never
    interval = period.interval(now, zone)
    for value in present:
        if not isinstance(value, datetime):
            continue
        at = value.astimezone(UTC)
        late = interval.low is None or at > interval.low or (interval.low_in and at == interval.low)
        early = interval.high is None or at < interval.high or (interval.high_in and at == interval.high)
        if late and early:
            return True
    return False


def _present(field: Field, values: Mapping[str, object]) -> Iterator[object]:
    value = values.get(field.source, 0 if field.counted else None)
    several = value if isinstance(value, list | tuple | set | frozenset) else (value,)
    return (one for one in several if one is not None and one != "")


def _keys(field: Field, values: Mapping[str, object]) -> Iterator[str]:
    key = _KEYS[field.kind]
    return (key(str(one)) for one in _present(field, values))
