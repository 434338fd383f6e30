"""What a segment says once it is read: a tree of conditions, as frozen values.

A leaf names its field and holds keys already folded (crm/folding.py), so that whoever answers it, Python or SQL,
compares and never folds. Leaves are about one contact; a field that has no value answers none of them.
"""

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from math import ceil, floor
from typing import Final, Protocol, TypeAlias

from crm.segment_kinds import Field

_OLDEST: Final = 999
"""Years that no age reaches."""


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

    def day_before(self, today: date) -> date:
        """The day so long before this one, where days are all that counts."""
        if self.unit in ("m", "y"):
            return _months_from(today, -self.amount * (12 if self.unit == "y" else 1))
        return _days_from(today, -self.amount * (7 if self.unit == "w" else 1))


@dataclass(frozen=True, slots=True)
class Dates:
    """These days of the calendar, both included."""

    first: date
    last: date

    def days(self, today: date) -> tuple[date, date]:
        """The first and the last of them; `today` is for those that depend on it."""
        return self.first, self.last


@dataclass(frozen=True, slots=True)
class Turn:
    """The day, week (from Monday, ISO 8601), month or year that lies `shift` of them from the one of today."""

    unit: str
    """One of d w m y."""
    shift: int = 0

    def days(self, today: date) -> tuple[date, date]:
        match self.unit:
            case "d":
                day = _days_from(today, self.shift)
                return day, day
            case "w":
                monday = _days_from(today, 7 * self.shift - today.weekday())
                return monday, _days_from(monday, 6)
            case unit:
                length = 12 if unit == "y" else 1
                first = today.replace(day=1, month=1 if unit == "y" else today.month)
                first = _months_from(first, length * self.shift)
                return first, _days_from(_months_from(first, length), -1)


@dataclass(frozen=True, slots=True)
class Rolling:
    """So many units with today as the first day of them, or as the last: those to come, or those that passed."""

    amount: int
    unit: str
    """One of d w m y."""
    ahead: bool

    def days(self, today: date) -> tuple[date, date]:
        amount = self.amount if self.ahead else -self.amount
        if self.unit in ("d", "w"):
            other = _days_from(today, amount * (7 if self.unit == "w" else 1))
        else:
            other = _months_from(today, amount * (12 if self.unit == "y" else 1))
        return (today, _days_from(other, -1)) if self.ahead else (_days_from(other, 1), today)


Days: TypeAlias = Dates | Turn | Rolling


@dataclass(frozen=True, slots=True)
class Period:
    """The value lies between two moments; None is no bound. `never`: no value answers too.

    `Days` as a bound that counts (`*_in`) are taken whole, otherwise not at all.
    """

    field: Field
    since: Ago | Days | None
    until: Ago | Days | None
    since_in: bool = True
    until_in: bool = True
    never: bool = False

    def interval(self, now: datetime, zone: tzinfo) -> "Interval":
        """The same as instants, for values that are instants."""
        low, low_in = None, self.since_in
        high, high_in = None, self.until_in
        if isinstance(self.since, Ago):
            low = self.since.before(now, zone)
        elif self.since is not None:
            low, low_in = _bounds(self.since, now, zone)[0 if self.since_in else 1], True
        if isinstance(self.until, Ago):
            high = self.until.before(now, zone)
        elif self.until is not None:
            high, high_in = _bounds(self.until, now, zone)[1 if self.until_in else 0], False
        return Interval(low, high, low_in, high_in)

    def days(self, now: datetime, zone: tzinfo) -> tuple[str, str]:
        """The same as the first and the last day, YYYY-MM-DD, for values that are days; they compare as text."""
        today = now.astimezone(zone).date()
        low, high = date.min, date.max
        if self.since is not None:
            first, last = self._of(self.since, today)
            low = first if self.since_in else _days_from(last, 1)
        if self.until is not None:
            first, last = self._of(self.until, today)
            high = last if self.until_in else _days_from(first, -1)
        return low.isoformat(), high.isoformat()

    @staticmethod
    def _of(bound: Ago | Days, today: date) -> tuple[date, date]:
        if not isinstance(bound, Ago):
            return bound.days(today)
        return (day := bound.day_before(today)), day


@dataclass(frozen=True, slots=True)
class Anniversary:
    """The day and month of a birthday lie in `when`, whatever the year; or, without it, from `low` to `high`, each
    MMDD, through the New Year where `low` is the later.

    Who was born on 29 February has their birthday on the 28th of a common year.
    """

    field: Field
    when: Days | None = None
    low: int = 101
    high: int = 1231

    def span(self, now: datetime, zone: tzinfo) -> tuple[int, int]:
        """The first and the last as MMDD."""
        if self.when is None:
            return self.low, self.high
        first, last = self.when.days(now.astimezone(zone).date())
        if (last - first).days >= 365:
            return 101, 1231
        end = _month_day(last)
        return _month_day(first), 229 if end == 228 and not isleap(last.year) else end


@dataclass(frozen=True, slots=True)
class Listed:
    """On the list that was saved under this number."""

    field: Field
    id: int


def born_between(ages: Number, now: datetime, zone: tzinfo) -> tuple[str, str]:
    """The first and the last day of birth, YYYY-MM-DD as text, of those whose full years are within these bounds. Nobody
    where the first is the later."""
    today = now.astimezone(zone).date()
    youngest, oldest = 0, _OLDEST
    if ages.low is not None:
        youngest = max(youngest, ceil(ages.low) if ages.low_in or ages.low != int(ages.low) else int(ages.low) + 1)
    if ages.high is not None:
        oldest = min(oldest, floor(ages.high) if ages.high_in or ages.high != int(ages.high) else int(ages.high) - 1)
    # Compared as text, 29 February needs no care: it comes after the 28th and before 1 March of any year.
    month_day = today.isoformat()[4:]
    last = f"{max(today.year - min(youngest, _OLDEST + 1), 0):04}{month_day}"
    return f"{today.year - max(oldest, -1) - 1:04}{month_day}~", last


@dataclass(frozen=True, slots=True)
class Interval:
    """Instants in UTC; None is no bound."""

    low: datetime | None
    high: datetime | None
    low_in: bool
    high_in: bool


Node: TypeAlias = (
    All | AnyOf | Not | Word | Known | Matches | Contains | Resembles | Number | Flag | Period | Anniversary | Listed
)


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


class Saved(Protocol):
    """A segment that was saved: its number, and its text; None: a list, whose members were put there by hand."""

    @property
    def id(self) -> int: ...

    @property
    def query(self) -> str | None: ...


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
        "not-a-birthday",
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
        "unknown-segment",
        "segment-cycle",
        "broken-segment",
    }
)


def _months_before(moment: datetime, months: int) -> datetime:
    year, month0 = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    last_day = monthrange(year, month0 + 1)[1]
    return moment.replace(year=year, month=month0 + 1, day=min(moment.day, last_day))


def _months_from(day: date, months: int) -> date:
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    return day.replace(year=year, month=month0 + 1, day=min(day.day, monthrange(year, month0 + 1)[1]))


def _days_from(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def _month_day(day: date) -> int:
    return day.month * 100 + day.day


def _bounds(days: Days, now: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """Their first instant and that of the day after them, in UTC."""
    first, last = days.days(now.astimezone(zone).date())
    return _midnight(first, zone), _midnight(_days_from(last, 1), zone)


def _midnight(day: date, zone: tzinfo) -> datetime:
    # Where midnight is skipped by a change of clocks, fold=0 reads it by the offset before: the day's first instant.
    try:
        return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return datetime.combine(day, time.min, tzinfo=UTC)
