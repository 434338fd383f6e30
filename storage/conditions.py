"""A segment as a condition over `contacts`: the tree of crm/segments.py in SQL, every value bound.

What is told of contacts by other tables is in storage/behaviour_conditions.py.

It means what crm.segments.evaluate means; a test holds the two together over random queries and bases. What it relies
on: `name_key` is folding.fold of the name, `tags.key` folding.label of the tag, keys of contact points as said there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, Column, Float, Select, and_, false, func, literal, literal_column, or_, select, true
from sqlalchemy.sql import ColumnElement

from crm.segment_kinds import Field, Kind
from crm.segment_matching import one_slip_away
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
    Query,
    Resembles,
    Word,
    born_between,
)
from storage import behaviour_conditions as behaviour
from storage.consents import LAST_WORDS
from storage.tables import contact_points, contact_values, contacts, relatives, segment_members

Condition: TypeAlias = ColumnElement[bool]
Words: TypeAlias = Callable[[Word], Condition]


def _read_over(column: Column[Any]) -> ColumnElement[Any]:
    """A column that leads to no index of its own. Most segments fit a good part of the base, and to go to each of those
    cards from an index of one column takes longer than to read ix_contacts_asked from end to end, which has them all."""
    return literal_column(f"+{column.table.name}.{column.name}", column.type)


_COLUMNS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "name": (contacts.c.name_key,),
    "username": (contacts.c.username,),
    "source": (_read_over(contacts.c.source_first), _read_over(contacts.c.source_last)),
    "language": (_read_over(contacts.c.language),),
    "status": (_read_over(contacts.c.status),),
    "level": (_read_over(contacts.c.level),),
    "purchases": (_read_over(contacts.c.purchases),),
    "spent": (_read_over(contacts.c.spent),),
    "first_purchase": (_read_over(contacts.c.first_purchase_at),),
    "last_purchase": (_read_over(contacts.c.last_purchase_at),),
    "points": (_read_over(contacts.c.points),),
    "rfm": (_read_over(contacts.c.rfm),),
    "abc": (_read_over(contacts.c.abc),),
    "nps": (_read_over(contacts.c.nps),),
    "rating": (_read_over(contacts.c.rating),),
    "last_in": (_read_over(contacts.c.last_in_at),),
    "requests": (_read_over(contacts.c.requests),),
    "open_requests": (_read_over(contacts.c.open_requests),),
    "last_request": (_read_over(contacts.c.last_request_at),),
    "last_survey": (_read_over(contacts.c.last_survey_at),),
    "created": (contacts.c.created_at,),
}
_IN_ANY_CASE = frozenset({"username", "source", "abc"})
"""Columns of labels that are not kept in lower case."""


def condition(
    query: Query,
    *,
    now: datetime,
    zone: tzinfo = UTC,
    words: Words | None = None,
    contact: ColumnElement[int] | None = None,
) -> Condition:
    """Which contacts are in the segment: a WHERE over `contacts`.

    `now` is aware UTC; `zone` is where "today" and calendar months are counted. `words` answers a free word from an
    index; without it the columns are scanned. `contact` is for who has few contacts and asks of each in turn: the
    column that holds its id. Without it SQLite may begin with the segment's tags and phones.
    """
    return _Compiler(now, zone, words, contact).compile(query.node)


class _Compiler:
    """SQL's NULL is "no" here: a filter treats it so, and a negation is `IS NOT TRUE`, the exact complement."""

    def __init__(
        self, now: datetime, zone: tzinfo, words: Words | None, contact: ColumnElement[int] | None = None
    ) -> None:
        self._now = now
        self._zone = zone
        self._words = words or self._scan
        self._contact = contact

    def compile(self, node: Node) -> Condition:
        match node:
            case All(parts):
                return and_(true(), *map(self.compile, parts))
            case AnyOf(parts):
                return or_(false(), *map(self.compile, parts))
            case Not(part):
                return self.compile(part).is_not(true())
            case Word():
                return self._words(node)
            case Known(field) if field.counted:
                return true()
            case Known(field):
                return self._any_value(field, lambda column: _known(field, column))
            case Matches(field, pieces):
                return self._any_value(field, lambda column: _matches(field, column, pieces))
            case Contains(field, words):
                return self._any_value(field, lambda column: and_(*(_part(column, word) for word in words)))
            case Resembles(field, words):
                return self._any_value(field, lambda column: and_(*(_resembles(column, word) for word in words)))
            case Number(field) if field.kind is Kind.AGE:
                first, last = born_between(node, self._now, self._zone)
                return self._any_value(field, lambda column: column.between(first, last))
            case Number(field) if field.counted:
                return self._count(node, lambda column: _between(node, column))
            case Number(field):
                return self._any_value(field, lambda column: _between(node, column))
            case Period(field) if field.kind is Kind.TIME:
                return self._any_value(field, lambda column: self._within(node, column))
            case Period(field):
                return self._on_days(node)
            case Anniversary(field):
                return self._celebrated(field, *node.span(self._now, self._zone))
            case Listed(_, list_id):
                members = select(segment_members.c.contact_id).where(segment_members.c.segment_id == list_id)
                return self._has(members)
            case Flag(field):
                return self._flag(node)

    def _within(self, period: Period, column: ColumnElement[Any]) -> Condition:
        interval = period.interval(self._now, self._zone)
        bounds: list[Condition] = []
        if interval.low is not None:
            bounds.append(column >= interval.low if interval.low_in else column > interval.low)
        if interval.high is not None:
            bounds.append(column <= interval.high if interval.high_in else column < interval.high)
        inside = and_(*bounds)
        return or_(column.is_(None), inside) if period.never else inside

    def _on_days(self, period: Period) -> Condition:
        first, last = period.days(self._now, self._zone)
        # A birthday without its year begins with a hyphen, which comes before every digit.
        inside = self._any_value(period.field, lambda column: column.between(first, last))
        return or_(inside, self.compile(Not(Known(period.field)))) if period.never else inside

    def _celebrated(self, field: Field, low: int, high: int) -> Condition:
        def falls(column: ColumnElement[Any]) -> Condition:
            return column.between(low, high) if low <= high else or_(column >= low, column <= high)

        if field.own:
            return self._has(behaviour.of_card(field.name, falls, contact_values.c.number))
        return self._has(behaviour.of_children(falls, relatives.c.month_day))

    def _flag(self, flag: Flag) -> Condition:
        if flag.field.name == "reachable":
            reached = and_(contacts.c.telegram_id.is_not(None), contacts.c.reachable)
            return reached if flag.value else reached.is_not(true())
        # Only of the card: a form's answers are not looked for here.
        return self._any_value(flag.field, lambda column: column == ("yes" if flag.value else "no"))

    def _count(self, bounds: Number, holds: Callable[[ColumnElement[Any]], Condition]) -> Condition:
        """A count of rows is asked of those who have any: for the others it is 0."""
        name = bounds.field.name.partition(".")[2]
        if not _holds_for_none(bounds):
            return self._has(behaviour.of_count(name, holds))
        return self._has(behaviour.of_count(name, lambda column: holds(column).is_not(true()))).is_not(true())

    def _any_value(self, field: Field, holds: Callable[[ColumnElement[Any]], Condition]) -> Condition:
        """At least one of the contact's values of the field holds."""
        name = field.name
        if name in ("phone", "email"):
            return self._has(_points(name).where(holds(contact_points.c.key)))
        if field.own:
            column = contact_values.c.number if field.kind is Kind.NUMBER else contact_values.c.key
            return self._has(behaviour.of_card(field.source, holds, column))
        match name:
            case "child_birthday" | "child_age":
                return self._has(behaviour.of_children(holds))
            case "abandoned":
                return contacts.c.telegram_id.in_(behaviour.of_abandoned(holds, self._now))
            case "owner":
                return _read_over(contacts.c.owner_id).in_(behaviour.of_manager(holds))
            case "reachable":
                return true()
            case "consent":
                # Its values are the purposes agreed to: each is asked about by its name, where the last word was yes.
                return or_(*(and_(holds(literal(purpose)), _read_over(word)) for purpose, word in LAST_WORDS.items()))
            case _ if name.startswith("score."):
                return self._has(behaviour.of_score(name.partition(".")[2], holds))
            case _ if name in behaviour.BY_FIELD:
                return self._has(behaviour.BY_FIELD[name](holds))
            case _ if name in _COLUMNS:
                return or_(*(holds(column) for column in _COLUMNS[name]))
        raise _not_of_contacts(field)

    def _has(self, owners: Select[int]) -> Condition:
        """The contact is one of these."""
        if self._contact is None:
            # IN and not EXISTS: from a selective tag or phone SQLite then goes to the contacts, not the other way round.
            return contacts.c.id.in_(owners)
        return owners.where(owners.selected_columns[0] == self._contact).exists()

    def _scan(self, word: Word) -> Condition:
        """A free word without an index: every column that may hold it is read."""
        found: list[Condition] = []
        for field in word.fields:
            match field.kind:
                case Kind.TEXT:
                    found.append(
                        self._any_value(field, lambda column: and_(*(_part(column, one) for one in word.words)))
                    )
                case Kind.HANDLE if word.handle:
                    found.append(self._any_value(field, lambda column: _part(func.lower(column), word.handle)))
                case Kind.PHONE if word.digits:
                    found.append(self._any_value(field, lambda column: _part(column, word.digits)))
        return or_(false(), *found)


def _known(field: Field, column: ColumnElement[Any]) -> Condition:
    given = column.is_not(None)
    if field.kind is Kind.AGE:
        return column >= "0"  # a birthday without its year begins with a hyphen, which comes before every digit
    return given if field.kind in (Kind.NUMBER, Kind.MONEY, Kind.TIME) else and_(given, column != "")


def _points(kind: str) -> Select[Any]:
    return select(contact_points.c.contact_id).where(contact_points.c.kind == kind)


def _matches(field: Field, column: ColumnElement[Any], pieces: Sequence[str]) -> Condition:
    if field.kind is Kind.PHONE:
        if len(pieces) == 2 and not pieces[0]:
            # The last digits, read from the end, are a range of an index.
            backwards = pieces[1][::-1]
            return and_(
                contact_points.c.reversed >= backwards, contact_points.c.reversed < _after_all_that_begin(backwards)
            )
        pieces = (f"+{pieces[0]}", *pieces[1:]) if pieces[0] else pieces
    elif field.name in _IN_ANY_CASE:
        # Written by us or by Telegram: ASCII, the only letters that SQLite's lower() knows.
        column = func.lower(column)
    if len(pieces) == 1:
        return column == pieces[0]
    return _like(column, "%".join(map(_escaped, pieces)))


def _holds_for_none(bounds: Number) -> bool:
    above = bounds.low is None or bounds.low < 0 or (bounds.low_in and bounds.low == 0)
    below = bounds.high is None or bounds.high > 0 or (bounds.high_in and bounds.high == 0)
    return above and below


def _between(bounds: Number, column: ColumnElement[Any]) -> Condition:
    limits: list[Condition] = []
    if bounds.low is not None:
        low = _bound(bounds.low)
        limits.append(column >= low if bounds.low_in else column > low)
    if bounds.high is not None:
        high = _bound(bounds.high)
        limits.append(column <= high if bounds.high_in else column < high)
    return and_(*limits)


def _bound(value: float) -> ColumnElement[Any]:
    # Wider than the column: a number that does not fit it is a comparison, not an error.
    return literal(value, BigInteger if isinstance(value, int) else Float)


def _resembles(column: ColumnElement[Any], word: str) -> Condition:
    padded = literal(" ").concat(column).concat(" ")
    slips = (_like(padded, "% " + _escaped(pattern, blanks=True) + " %") for pattern in one_slip_away(word))
    return or_(_part(column, word), *slips)


def _part(column: ColumnElement[Any], text: str) -> Condition:
    return _like(column, f"%{_escaped(text)}%")


def _like(column: ColumnElement[Any], pattern: str) -> Condition:
    return column.like(pattern, escape="\\")


def _escaped(text: str, *, blanks: bool = False) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%")
    return escaped if blanks else escaped.replace("_", "\\_")


def _after_all_that_begin(digits: str) -> str:
    return digits + ":"  # the character after 9


def _not_of_contacts(field: Field) -> ValueError:
    return ValueError(f"{field.name} is no field of contacts: the segment was read with another table of fields")
