"""Points of loyalty and promo codes: what is earned, what may be spent, what a refund takes back.

Sums are in minor units of the business's currency. Points are whole: halves are never given, so that their sum is
always what the moves add up to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from crm import amounts, folding
from crm.playbook_sales import Loyalty, Promo, Tier

MOST_POINTS: Final = 10**9
"""No balance and no correction is larger: a slip of the finger."""

Closed = Literal["early", "over", "spent"]
PromoProblem = Literal["unknown", Closed, "yours-spent", "whole"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands: their level, the next one, and what is still to be spent to reach it."""

    tier: Tier | None
    next: Tier | None
    missing: int


def standing(rules: Loyalty, spent: int, currency: str) -> Standing:
    """The level of who has spent so much. Before the first level there is none."""
    reached = [tier for tier in rules.tiers if amounts.in_minor(tier.since, currency) <= spent]
    ahead = rules.tiers[len(reached)] if len(reached) < len(rules.tiers) else None
    missing = amounts.in_minor(ahead.since, currency) - spent if ahead is not None else 0
    return Standing(reached[-1] if reached else None, ahead, missing)


def earned(rules: Loyalty, value: int, currency: str, *, spent: int) -> int:
    """The points that a purchase of this value earns, by the level its buyer had before it."""
    paid = amounts.in_major(value, currency)
    tier = standing(rules, spent, currency).tier
    times = tier.times if tier is not None else Decimal(1)
    if rules.earn.share is not None:
        return min(int(paid * rules.earn.share * times / rules.worth), MOST_POINTS)
    return min(int(paid * rules.earn.points * times / rules.earn.per), MOST_POINTS)


def worth(rules: Loyalty, points: int, currency: str) -> int:
    """What so many points pay."""
    return int(amounts.in_minor(Decimal(1), currency) * rules.worth * points)


def usable(rules: Loyalty, balance: int, value: int, currency: str) -> int:
    """The most points of a balance that may pay for a purchase of this value."""
    one = amounts.in_minor(Decimal(1), currency) * rules.worth
    return max(min(balance, int(value * rules.max_share.share / one)), 0)


def taken_back(points: int, value: int, *, before: int, now: int) -> int:
    """How many of the points that a purchase earned go when its refunds grow from `before` to `now`: in the end, what
    remains is the whole points that the remaining value would have earned at the same pace."""
    return _remaining(points, value, before) - _remaining(points, value, now)


def given_back(points: int, value: int, *, before: int, now: int) -> int:
    """How many of the points that paid for a purchase come back with the refund: the same share of them as of the
    money, all of them with the last of it."""
    return points * now // value - points * before // value


def _remaining(points: int, value: int, refunded: int) -> int:
    return points * (value - refunded) // value


def promo_named(promos: Sequence[Promo], code: str) -> Promo | None:
    """The promo with this code, whatever the case it is typed in."""
    key = folding.label(code)
    return next((promo for promo in promos if promo.key == key), None)


def discount(promo: Promo, value: int, currency: str) -> int:
    """What a code takes off a price of this value."""
    if promo.percent is not None:
        return amounts.rounded(value * promo.percent.share)
    return amounts.in_minor(promo.amount or Decimal(0), currency)


def promo_closed(promo: Promo, *, today: date, used: int) -> Closed | None:
    """Why nobody can use a code on this day, whatever they buy; None when somebody can. `used` is how often it was."""
    if promo.since is not None and today < promo.since:
        return "early"
    if promo.until is not None and today > promo.until:
        return "over"
    return "spent" if promo.max_uses is not None and used >= promo.max_uses else None


def promo_problem(
    promo: Promo | None, value: int, currency: str, *, today: date, used: int, used_by_them: int
) -> PromoProblem | None:
    """Why a code cannot be used for this price on this day; None when it can."""
    if promo is None:
        return "unknown"
    if (closed := promo_closed(promo, today=today, used=used)) is not None:
        return closed
    if promo.per_person is not None and used_by_them >= promo.per_person:
        return "yours-spent"
    return "whole" if discount(promo, value, currency) >= value else None
