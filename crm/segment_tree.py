"""What a segment says once it is read: a tree of conditions, as frozen values.

A leaf names its field and holds keys already folded (crm/folding.py), so that whoever answers it, Python or SQL,
compares and never folds. Leaves are about one contact; a field that has no value answers none of them.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeAlias

from crm.segment_fields import Field


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds. No parts: everybody."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The exact complement: who has no value is in `-field:value`."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Word:
    """Free words: found in any one of the searched fields.

    In a text all of `words` are found as its parts, in any order; a quoted phrase is one of them. In an address
    `handle` is found. In a phone `digits` are, unless empty: then it does not look like a phone.
    """

    text: str
    words: tuple[str, ...]
    handle: str
    digits: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The field has a value: `field:*`."""

    field: Field


@dataclass(frozen=True, slots=True)
class Matches:
    """A value is these pieces in this order, with anything between them; one piece: exactly it."""

    field: Field
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contains:
    """The value of a text has all of these words as its parts."""

    field: Field
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resembles:
    """The value of a text has each word as its part, or a word of its own at most one slip of the finger away."""

    field: Field
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """Bounds of a number; None is no bound."""

    field: Field
    low: float | None
    high: float | None
    low_in: bool = True
    high_in: bool = True


@dataclass(frozen=True, slots=True)
class Flag:
    field: Field
    value: bool


@dataclass(frozen=True, slots=True)
class Ago:
    """So long before now. Months and years are those of the calendar, the day held back to the month's last."""

    amount: int
    unit: str
    """One of h d w m y."""

    def before(self, now: datetime, zone: tzinfo) -> datetime:
        """The instant in UTC; the beginning of time when the amount reaches past it."""
        try:
            match self.unit:
                case "h":
                    return now - timedelta(hours=self.amount)
                case "d":
                    return now - timedelta(days=self.amount)
                case "w":
                    return now - timedelta(weeks=self.amount)
                case unit:
                    months = self.amount * (12 if unit == "y" else 1)
                    return _months_before(now.astimezone(zone), months).astimezone(UTC)
        except (OverflowError, ValueError):
            return datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar; `days_ago` from today, unless `on` names it."""

    on: date | None = None
    days_ago: int = 0

    def bounds(self, now: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
        """Its first instant and that of the next day, in UTC."""
        day = self.on or now.astimezone(zone).date() - timedelta(days=self.days_ago)
        return _midnight(day, zone), _midnight(day + timedelta(days=1), zone)


@dataclass(frozen=True, slots=True)
class Period:
    """The value lies between two moments; None is no bound. `never`: no value answers too.

    A `Day` as a bound that counts (`*_in`) is taken whole, otherwise not at all.
    """

    field: Field
    since: Ago | Day | None
    until: Ago | Day | None
    since_in: bool = True
    until_in: bool = True
    never: bool = False

    def interval(self, now: datetime, zone: tzinfo) -> "Interval":
        low, low_in = None, self.since_in
        high, high_in = None, self.until_in
        if isinstance(self.since, Ago):
            low = self.since.before(now, zone)
        elif self.since is not None:
            low, low_in = self.since.bounds(now, zone)[0 if self.since_in else 1], True
        if isinstance(self.until, Ago):
            high = self.until.before(now, zone)
        elif self.until is not None:
            high, high_in = self.until.bounds(now, zone)[1 if self.until_in else 0], False
        return Interval(low, high, low_in, high_in)


@dataclass(frozen=True, slots=True)
class Interval:
    """Instants in UTC; None is no bound."""

    low: datetime | None
    high: datetime | None
    low_in: bool
    high_in: bool


Node: TypeAlias = All | AnyOf | Not | Word | Known | Matches | Contains | Resembles | Number | Flag | Period


@dataclass(frozen=True, slots=True)
class Query:
    """A segment that was read. `text` is what was written, `node` what it means; `mistake` is what was not understood
    and is taken for free words, where that is allowed.
    """

    text: str
    node: Node
    mistake: "SegmentError | None" = None

    @property
    def words(self) -> tuple[Word, ...]:
        """The free words everybody found must have: those at the top level, not negated and not in an OR."""
        return tuple(part for part in self._parts if isinstance(part, Word))

    @property
    def filters(self) -> "Query":
        """The query without its `words`: what is left for the rows that an index of words has found."""
        return Query(self.text, All(tuple(part for part in self._parts if not isinstance(part, Word))))

    @property
    def _parts(self) -> tuple[Node, ...]:
        return self.node.parts if isinstance(self.node, All) else (self.node,)


class SegmentError(ValueError):
    """The text cannot be read. Says where (`position`, `length` in characters), why (`reason`, one of `REASONS`,
    worded in the locales), and what to write in its place: `suggestion`, empty to leave it out, None if nobody knows.
    """

    def __init__(self, text: str, position: int, length: int, reason: str, suggestion: str | None = None) -> None:
        super().__init__(f"{reason} at {position}")
        self.text = text
        self.position = position
        self.length = length
        self.reason = reason
        self.suggestion = suggestion

    @property
    def piece(self) -> str:
        """The part of the text that is meant."""
        return self.text[self.position : self.position + self.length]

    @property
    def corrected(self) -> str | None:
        """The whole text with the suggestion in its place; it may have more mistakes."""
        if self.suggestion is None:
            return None
        return self.text[: self.position] + self.suggestion + self.text[self.position + self.length :]


REASONS = frozenset(
    {
        "unknown-field",
        "unknown-option",
        "unknown-unit",
        "no-value",
        "not-a-number",
        "not-a-time",
        "not-yes-or-no",
        "not-digits",
        "not-comparable",
        "one-value",
        "needs-comparison",
        "empty-range",
        "free-words",
        "nothing-to-find",
        "unclosed-quote",
        "unclosed-bracket",
        "extra-bracket",
        "empty-bracket",
        "dangling-or",
        "too-long",
        "too-deep",
    }
)


def _months_before(moment: datetime, months: int) -> datetime:
    year, month0 = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    last_day = monthrange(year, month0 + 1)[1]
    return moment.replace(year=year, month=month0 + 1, day=min(moment.day, last_day))


def _midnight(day: date, zone: tzinfo) -> datetime:
    # Where midnight is skipped by a change of clocks, fold=0 reads it by the offset before: the day's first instant.
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
