"""RFM: how recently, how often and for how much a contact bought, each as a score of 1 to 5, and the group that follows.

Scores are quintiles of all buyers (Hughes, Strategic Database Marketing, 1994). Contacts that bought alike are never
parted: equal values share the lowest score any of them would get, so where most people bought once, "once" is a 1
(Miglautsch, Thoughts on RFM scoring, 2000). In figures: the score is 1 + ⌊5 × (buyers with less) ÷ (all buyers)⌋.

The groups are those of the R × FM grid in common use since loyalty programmes went to the web; FM is the mean of F and
M, rounded up. No two groups share a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

QUINTILES: Final = 5

Value = TypeVar("Value", int, float, str)

GROUPS: Final = (
    "champions",
    "loyal",
    "potential_loyal",
    "new",
    "promising",
    "need_attention",
    "about_to_sleep",
    "at_risk",
    "cannot_lose",
    "hibernating",
    "lost",
)
"""From the best to the worst."""

_GRID: Final = {
    5: ("new", "potential_loyal", "potential_loyal", "champions", "champions"),
    4: ("promising", "potential_loyal", "loyal", "loyal", "champions"),
    3: ("about_to_sleep", "about_to_sleep", "need_attention", "loyal", "loyal"),
    2: ("hibernating", "hibernating", "at_risk", "at_risk", "cannot_lose"),
    1: ("lost", "lost", "hibernating", "at_risk", "cannot_lose"),
}


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where the scores begin: a value above the first cut scores 2, above the fourth 5. Recency as a day, YYYY-MM-DD."""

    recency: tuple[str, ...]
    frequency: tuple[int, ...]
    money: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The three scores of a contact, 1 to 5."""

    recency: int
    frequency: int
    money: int

    @property
    def group(self) -> str:
        return group_of(self.recency, self.fm)

    @property
    def fm(self) -> int:
        """Frequency and money as one score."""
        return (self.frequency + self.money + 1) // 2


def cuts_of(counted: Iterable[tuple[Value, int]]) -> tuple[Value, ...]:
    """Where the scores of these values begin, from each value and how many buyers have it: the largest value that still
    scores 1, 2, 3 and 4. Nothing where there are no buyers."""
    ordered: list[tuple[Value, int]] = sorted(counted)
    if not ordered:
        return ()
    buyers = sum(number for _, number in ordered)
    cuts: list[Value] = []
    for place, (_, less) in enumerate(_with_less(ordered)):
        cuts += [ordered[place - 1][0]] * (QUINTILES * less // buyers - len(cuts))
    cuts += [ordered[-1][0]] * (QUINTILES - 1 - len(cuts))
    return tuple(cuts)


def places_of_cuts(buyers: int) -> list[int]:
    """Where, counted from 0 among all values in their order, `cuts_of` finds its cuts."""
    return [-(-step * buyers // QUINTILES) - 1 for step in range(1, QUINTILES)] if buyers else []


def _with_less(ordered: Sequence[tuple[Value, int]]) -> Iterator[tuple[Value, int]]:
    """Each value with how many buyers have less."""
    less = 0
    for value, number in ordered:
        yield value, less
        less += number


def scores(day: str, purchases: int, money: int, cuts: Cuts) -> Scores:
    """The scores of one contact."""
    return Scores(_score(day, cuts.recency), _score(purchases, cuts.frequency), _score(money, cuts.money))


def _score(value: Value, cuts: Sequence[Value]) -> int:
    return 1 + sum(value > cut for cut in cuts)


def group_of(recency: int, fm: int) -> str:
    """The group of a cell of the grid."""
    return _GRID[recency][fm - 1]


def cells_of(group: str) -> tuple[tuple[int, int], ...]:
    """The cells (recency, fm) that make up a group."""
    return tuple((recency, fm) for recency in _GRID for fm in range(1, QUINTILES + 1) if group_of(recency, fm) == group)


@dataclass(frozen=True, slots=True)
class Habit:
    """How one contact buys, as the models of repeat buying describe it (Fader, Hardie, Lee 2005): days are those with a
    purchase. `repeats` is the number of days after the first, `span_days` from the first to the last, `age_days` from
    the first until now, `mean_money` of the days after the first (0 where there are none)."""

    repeats: int
    span_days: int
    age_days: int
    mean_money: float


def habit(purchases: Sequence[tuple[date, float]], today: date) -> Habit | None:
    """The habit behind these purchases (day, money); None without any."""
    if not purchases:
        return None
    by_day: dict[date, float] = {}
    for day, money in purchases:
        by_day[day] = by_day.get(day, 0) + money
    first, last = min(by_day), max(by_day)
    later = [money for day, money in by_day.items() if day != first]
    mean = sum(later) / len(later) if later else 0.0
    return Habit(len(later), (last - first).days, (today - first).days, mean)
