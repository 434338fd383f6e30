"""Is the difference more than chance? Shares compared in plain statistics, without a library.

Two shares are compared by Fisher's exact test where a cell is small and by the two-proportion z-test with the pooled
share elsewhere (Fisher, "The Logic of Inductive Inference", 1935; Fleiss, Levin, Paik, "Statistical Methods for Rates
and Proportions", 3rd ed., 3.1). Of several variants a winner is one that beats each of the others; the level is divided
by the number of pairs (Bonferroni), so that with no difference at all a winner is named in at most `LEVEL` of tests.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LEVEL: Final = 0.05
"""How often a winner may be named where there is none."""
SMALL: Final = 5.0
"""An expected count below this is too small for the normal approximation (Cochran, 1954)."""
_SLACK: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    did: int
    of: int

    @property
    def rate(self) -> float:
        return self.did / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """`winner` is the variant that is better than each other beyond chance; None: no winner (yet). `leader` has the
    highest share, and `p` is how often chance alone would show as much between it and its nearest rival."""

    winner: str | None
    leader: str | None
    p: float


def p_value(one: Share, other: Share) -> float:
    """How often chance alone gives two shares that differ at least so much, either way; 1.0 where nothing can be told."""
    if not one.of or not other.of:
        return 1.0
    pooled = (one.did + other.did) / (one.of + other.of)
    least = min(one.of, other.of) * min(pooled, 1 - pooled)
    return _fisher(one, other) if least < SMALL else _z(one, other, pooled)


def verdict(shares: Mapping[str, Share]) -> Verdict:
    """Which of the variants has won."""
    if not shares:
        return Verdict(None, None, 1.0)
    ranked = sorted(shares, key=lambda name: (-shares[name].rate, name))
    leader, rivals = ranked[0], ranked[1:]
    if not rivals or not shares[leader].did:
        return Verdict(None, None, 1.0)
    p = max(p_value(shares[leader], shares[rival]) for rival in rivals)
    pairs = len(shares) * (len(shares) - 1) // 2
    return Verdict(leader if p < LEVEL / pairs else None, leader, p)


def _z(one: Share, other: Share, pooled: float) -> float:
    error = math.sqrt(pooled * (1 - pooled) * (1 / one.of + 1 / other.of))
    return math.erfc(abs(one.rate - other.rate) / error / math.sqrt(2))


def _fisher(one: Share, other: Share) -> float:
    """The chances of all tables with these margins that are no likelier than the one seen."""
    did, total = one.did + other.did, one.of + other.of

    def log_chance(k: int) -> float:
        return _log_choose(one.of, k) + _log_choose(other.of, did - k) - _log_choose(total, did)

    seen = log_chance(one.did)
    among = range(max(0, did - other.of), min(did, one.of) + 1)
    return min(1.0, sum(math.exp(chance) for k in among if (chance := log_chance(k)) <= seen + _SLACK))


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
