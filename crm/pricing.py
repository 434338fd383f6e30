"""What a purchase comes to: the price as it was said, less a promo code, less points, in the business's own currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from crm import amounts, loyalty
from crm.amounts import Money
from crm.playbook_sales import Loyalty, MoneyRules, Promo


@dataclass(frozen=True, slots=True)
class Quote:
    """`price` is as it was said, `paid` what of it is left to pay, in the same currency. The rest is in minor units of
    the business's own, `currency`: what the price is there, what the code and the points take off, what is left.
    `usable` is how many points could be used, `points` how many are, `earns` how many come."""

    price: Money
    price_value: int
    discount: int
    usable: int
    points: int
    points_value: int
    paid: Money
    value: int
    earns: int
    currency: str


def value_of(rules: MoneyRules, price: Money) -> int | None:
    """The price in minor units of the business's currency; None without a rate."""
    rates: Mapping[str, Decimal] = rules.rates
    return amounts.converted(price, to=rules.currency, rates=rates)


def quote(
    money: MoneyRules,
    rules: Loyalty | None,
    promo: Promo | None,
    price: Money,
    *,
    points: int,
    balance: int,
    spent: int,
) -> Quote | None:
    """What a price comes to for who has this balance of points and has spent so much before, using at most `points`.

    None for a price that is nothing in the business's currency, or that has no rate. Points pay after the code, and
    never the whole of what is left; they are earned on what is paid in money.
    """
    own = money.currency
    price_value = value_of(money, price)
    if not price_value:
        return None
    discount = loyalty.discount(promo, price_value, own) if promo is not None else 0
    left = max(price_value - discount, 0)
    usable = used = worth = 0
    if rules is not None:
        usable = loyalty.usable(rules, balance, left, own)
        used = min(points, usable)
        worth = loyalty.worth(rules, used, own)
    value = left - worth
    return Quote(
        price=price,
        price_value=price_value,
        discount=discount,
        usable=usable,
        points=used,
        points_value=worth,
        paid=Money(amounts.share(price.minor, value, price_value), price.currency),
        value=value,
        earns=loyalty.earned(rules, value, own, spent=spent) if rules is not None else 0,
        currency=own,
    )


def left(paid: Money, value: int, refunded: int) -> Money:
    """What of a purchase is not refunded, in the currency it was paid in."""
    return paid if not refunded else Money(amounts.share(paid.minor, value - refunded, value), paid.currency)
