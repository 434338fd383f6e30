"""Who is the same person: probabilistic linkage after Fellegi and Sunter (1969), estimated on the base itself.

Every level of agreement weighs log2(m / u): m is its share among pairs that are one person, u among strangers. The
weights of all fields and of the odds that any two records are one person add up to a score; `probability` is what the
score says. The estimate is made by expectation maximisation over the patterns of agreement of the compared pairs
(Dempster, Laird and Rubin 1977; Winkler 1988): u is counted on pairs drawn blindly, less the pairs that are one
person, m and the odds are maximised. What a base is too small to say comes from the levels' own shares, which count as
`PRIOR_PAIRS` pairs. A rare value that agrees weighs more than a common one (Winkler 1990).

Beside strangers there are relatives, who share a surname, a home and often a phone: a mixture of two kinds of pairs
takes them for one person. Where the levels say how relatives agree (`Level.kin`), they are a third kind of pairs, whose
odds are estimated with the others, and the score is against strangers and relatives together.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from crm.likeness import MISSING, RADIX, Kind

PRIOR_PAIRS: Final = 40
PRIOR_SHARE: Final = 0.01
PRIOR_BASE: Final = 1_000
"""Of the records of a base nothing is known of, so many have a double, in a base of so many records."""
LEAST_PART: Final = 4
"""No share of strangers is taken for less than this part of the level's own: rare luck is not seen in a small sample."""
BLIND_PAIRS: Final = 10_000
ROUNDS: Final = 25
SETTLED: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the records: its kind, and the record's values it is made of."""

    kind: Kind
    sources: tuple[str, ...]


Prepared = tuple[Any, ...]
Pattern = tuple[int, ...]


def probability(score: float) -> float:
    """What a score in bits says: the odds, as a share of one."""
    return 1 / (1 + 2 ** -max(-60.0, min(60.0, score)))


class Model:
    """The fields of a base and what their agreement weighs. Begins with the levels' own shares; `learn` improves them."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self.fields = tuple(fields)
        self._columns = [column for field in self.fields for column in field.kind.columns]
        self._m = [[level.m for level in column.levels] for column in self._columns]
        self._u = [[level.u for level in column.levels] for column in self._columns]
        self._kin = [
            [level.u if level.kin is None else level.kin for level in column.levels] for column in self._columns
        ]
        self._with_kin = any(level.kin is not None for column in self._columns for level in column.levels)
        self._odds = 2 * PRIOR_SHARE / PRIOR_BASE
        self._kin_odds = self._odds / 2
        self._rare: list[_Rarity | None] = [None] * len(self._columns)
        self._weigh()

    # ------------------------------------------------------------------------------------------------------- comparing

    def prepare(self, record: Mapping[str, Any]) -> Prepared:
        """The record as it is compared, a value a field; None where there is nothing."""
        return tuple(field.kind.prepare([record.get(source) for source in field.sources]) for field in self.fields)

    def pattern(self, one: Prepared, other: Prepared) -> Pattern:
        """The level of each field of two prepared records."""
        return tuple(
            [
                MISSING if a is None or b is None else field.kind.compare(a, b)
                for field, a, b in zip(self.fields, one, other, strict=True)
            ]
        )

    def score(self, one: Prepared, other: Prepared, pattern: Pattern | None = None) -> float:
        """log2 of the odds that two prepared records are one person."""
        seen = self.pattern(one, other) if pattern is None else pattern
        extra = 0.0
        for place, kind, first in self._counted:
            if seen[place] != MISSING:
                values, others = kind.counted(one[place]), kind.counted(other[place])
                for offset, value in enumerate(values):
                    rare = self._rare[first + offset]
                    if rare is not None and value is not None and value == others[offset]:
                        extra += rare.beyond(value)
        person, kin = self._sums(seen)
        return _against(person + extra, kin + extra) if self._with_kin else person + extra

    def _sums(self, pattern: Pattern) -> tuple[float, float]:
        """log2 of the odds against strangers: that it is one person, that these are relatives."""
        person, kin = self._base, self._kin_base
        for table, level in zip(self._tables, pattern, strict=True):
            one, other = table[level]
            person += one
            kin += other
        return person, kin

    def agreement(self, pattern: Pattern) -> dict[str, str]:
        """The pattern in the names of its levels, by column: what agrees, what differs. What is empty is left out."""
        said: dict[str, str] = {}
        for field, seen in zip(self.fields, pattern, strict=True):
            for offset, level in enumerate(_split(seen, len(field.kind.columns))):
                column = field.kind.columns[offset]
                if level != MISSING:
                    said[column.name] = column.levels[level - 1].name
        return said

    # -------------------------------------------------------------------------------------------------------- learning

    def learn(self, records: Sequence[Prepared], patterns: Iterable[Pattern], *, across: int = 0) -> None:
        """Estimates the weights on a base: its prepared records, and the patterns of the pairs that are worth comparing.

        `across`: the first so many records are one file, the rest another, and pairs are made across only.
        """
        size = len(records)
        total = across * (size - across) if across else size * (size - 1) // 2
        if not total:
            return
        seen = Counter(patterns)
        draws = min(BLIND_PAIRS, total)
        blind = self._blind(records, across, draws)
        self._count_values(records)
        for _ in range(ROUNDS):
            before = self._odds
            self._maximise(self._expect(seen), blind, draws, total)
            if abs(self._odds - before) <= SETTLED * before:
                break

    def _blind(self, records: Sequence[Prepared], across: int, draws: int) -> list[list[float]]:
        """How often each level is seen of pairs drawn blindly, which are strangers but for one in thousands."""
        rng = random.Random(0)
        size = len(records)
        seen: Counter[Pattern] = Counter()
        for _ in range(draws):
            one, other = int(rng.random() * (across or size)), across + int(rng.random() * (size - across))
            if one != other:
                seen[self.pattern(records[one], records[other])] += 1
        counts = [[0.0] * len(column.levels) for column in self._columns]
        for pattern, often in seen.items():
            self._add(counts, pattern, often)
        return counts

    def _expect(self, seen: Mapping[Pattern, int]) -> list[list[float]]:
        """The E step: how often each level is seen of pairs that are one person, as the present weights have it. The
        last row holds the number of these pairs, and of pairs of relatives."""
        counts = [[0.0] * len(column.levels) for column in self._columns]
        pairs = relatives = 0.0
        for pattern, often in seen.items():
            person, kin = self._sums(pattern)
            if self._with_kin:
                relatives += often * probability(_against(kin, person))
                person = _against(person, kin)
            share = often * probability(person)
            if share > 1e-9:
                pairs += share
                self._add(counts, pattern, share)
        return [*counts, [pairs, relatives]]

    def _maximise(self, matched: list[list[float]], blind: list[list[float]], draws: int, total: int) -> None:
        """The M step: the shares that make what was seen likeliest, leaning on the levels' own as `PRIOR_PAIRS` would."""
        pairs, relatives = matched[-1]
        for place, column in enumerate(self._columns):
            together = sum(matched[place])
            # Of the pairs drawn blindly those that are one person are taken away.
            drawn = [
                max(seen - one * draws / total, 0.0) for seen, one in zip(blind[place], matched[place], strict=True)
            ]
            rare = self._rare[place]
            for grade, level in enumerate(column.levels):
                self._m[place][grade] = (matched[place][grade] + PRIOR_PAIRS * level.m) / (together + PRIOR_PAIRS)
                if grade == 0 and rare is not None and rare.pairs > PRIOR_PAIRS:
                    # Counted, not drawn: of all pairs that agree, less those that are one person.
                    strangers = max(rare.agreeing - matched[place][0], 0.0)
                    share = (strangers + PRIOR_PAIRS * level.u) / (rare.pairs + PRIOR_PAIRS)
                else:
                    share = (drawn[grade] + PRIOR_PAIRS * level.u) / (sum(drawn) + PRIOR_PAIRS)
                self._u[place][grade] = max(share, level.u / LEAST_PART)
        known = 2 * PRIOR_SHARE / PRIOR_BASE
        self._odds = (pairs + 1) / (total + 1 / known)
        self._kin_odds = (relatives + 1) / (total + 1 / known)
        self._weigh()

    def _count_values(self, records: Sequence[Prepared]) -> None:
        for place, kind, first in self._counted:
            counts: list[Counter[Hashable]] = [Counter() for _ in kind.columns]
            for record in records:
                if record[place] is not None:
                    for counter, value in zip(counts, kind.counted(record[place]), strict=True):
                        if value is not None:
                            counter[value] += 1
            for offset, (counter, column) in enumerate(zip(counts, kind.columns, strict=True)):
                if column.frequency:
                    self._rare[first + offset] = _Rarity(counter)

    def _add(self, counts: list[list[float]], pattern: Pattern, share: float) -> None:
        for field, level, first in zip(self.fields, pattern, self._first, strict=True):
            for offset, one in enumerate(_split(level, len(field.kind.columns))):
                if one != MISSING:
                    counts[first + offset][one - 1] += share

    def _weigh(self) -> None:
        """Makes the tables the pairs are scored by out of the shares."""
        self._base, self._kin_base = math.log2(self._odds), math.log2(self._kin_odds)
        self._first: list[int] = []
        self._tables: list[dict[int, tuple[float, float]]] = []
        self._counted: list[tuple[int, Kind, int]] = []
        first = 0
        for place, field in enumerate(self.fields):
            columns = field.kind.columns
            weights = [
                [(0.0, 0.0), *((math.log2(m / u), math.log2(kin / u)) for m, u, kin in self._shares(at))]
                for at in range(first, first + len(columns))
            ]
            if len(columns) == 1:
                self._tables.append(dict(enumerate(weights[0])))
            else:
                self._tables.append(
                    {
                        one * RADIX + other: (above[0] + below[0], above[1] + below[1])
                        for one, above in enumerate(weights[0])
                        for other, below in enumerate(weights[1])
                    }
                )
            self._first.append(first)
            if any(column.frequency for column in columns):
                self._counted.append((place, field.kind, first))
            first += len(columns)

    def _shares(self, column: int) -> Iterator[tuple[float, float, float]]:
        kin = self._kin[column] if self._with_kin else self._u[column]
        return zip(self._m[column], self._u[column], kin, strict=True)

    # --------------------------------------------------------------------------------------------------------- keeping

    def shares(self) -> dict[str, Any]:
        """What was learnt, fit for JSON: of levels only, nothing of any person."""
        return {
            "odds": self._odds,
            "kin": self._kin_odds,
            "columns": {
                column.name: {"m": self._m[place], "u": self._u[place]} for place, column in enumerate(self._columns)
            },
        }

    def take(self, shares: Mapping[str, Any]) -> None:
        """Goes on from what was learnt before; columns that have changed since begin anew."""
        learnt = shares.get("columns", {})
        for place, column in enumerate(self._columns):
            kept = learnt.get(column.name)
            if kept and len(kept["m"]) == len(kept["u"]) == len(column.levels):
                self._m[place], self._u[place] = list(kept["m"]), list(kept["u"])
        self._odds = float(shares.get("odds", self._odds))
        self._kin_odds = float(shares.get("kin", self._kin_odds))
        self._weigh()


class _Rarity:
    """How common each value of a column is: what its agreement weighs beyond the average one's."""

    def __init__(self, counts: Counter[Hashable]) -> None:
        held = sum(counts.values())
        self.pairs = held * (held - 1) / 2
        self.agreeing = sum(often * (often - 1) for often in counts.values()) / 2
        # The expected agreement of two strangers is the mean over the values, each by its own share (Winkler 1990).
        # One of the two records is left out, so that a pair does not count as its own proof of being common.
        average = (
            max(sum((often / held) * max(often - 1, 1) / held for often in counts.values()), 1e-9) if held else 1.0
        )
        self._extra = {
            value: math.log2(average / (max(often - 1, 1) / held)) for value, often in counts.items() if often > 1
        }
        self._unseen = math.log2(average * held) if held else 0.0

    def beyond(self, value: Hashable) -> float:
        return self._extra.get(value, self._unseen)


def _against(score: float, other: float) -> float:
    """The odds of one against both others together: strangers, and what `other` is the score of."""
    return score - (math.log2(1 + 2**other) if other < 60 else other)


def _split(level: int, columns: int) -> tuple[int, ...]:
    return (level,) if columns == 1 else divmod(level, RADIX)
