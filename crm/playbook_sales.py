"""What the playbook says of money: the currency and its rates, how points are earned and spent, promo codes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final, Self, cast

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from crm import currencies, folding
from crm.playbook_types import Id, Part, Text

_PER: Final = re.compile(r"\s*(\d{1,6})\s+per\s+(\d{1,9}(?:\.\d{1,3})?)\s*")
_PERCENT: Final = re.compile(r"\s*(\d{1,3}(?:\.\d{1,2})?)\s*%\s*")
_LARGEST: Final = Decimal(10) ** 9


def _mistake(kind: str, message: str, suggestion: str | None = None) -> PydanticCustomError:
    # The message goes through ctx: pydantic would read braces in it as a template.
    return PydanticCustomError(cast(Any, kind), cast(Any, "{said}"), {"said": message, "suggestion": suggestion})


def _currency(code: object) -> object:
    if not isinstance(code, str) or code not in currencies.CODES:
        raise _mistake("currency", f"no currency has the code {code!r}", "UAH, EUR, USD: the code of ISO 4217")
    return code


def _sum(value: object) -> Decimal:
    """A sum above zero in whole units, such as 500 or 0.1."""
    try:
        read = Decimal(str(value)) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else None
    except InvalidOperation:
        read = None
    if read is None or not read.is_finite() or not 0 < read <= _LARGEST:
        raise _mistake("sum", f"{value!r} is not a sum above zero", "a number without quotes, such as 500 or 0.1")
    return read


def _from_zero(value: object) -> Decimal:
    return Decimal(0) if value == 0 and not isinstance(value, bool) else _sum(value)


def _rates(given: object) -> dict[str, Decimal]:
    if not isinstance(given, dict):
        raise _mistake("rates", "a table of rates is expected", "rates = { USD = 41.5, EUR = 45 }")
    return {str(_currency(code)): _sum(rate) for code, rate in given.items()}


@dataclass(frozen=True)
class Percent:
    """A part of a hundred, as "5%" is written."""

    share: Decimal

    @classmethod
    def parse(cls, text: object) -> Percent:
        """From above 0% to below 100%. Raises PydanticCustomError."""
        if isinstance(text, cls):
            return text
        found = _PERCENT.fullmatch(text) if isinstance(text, str) else None
        share = Decimal(found[1]) / 100 if found else Decimal(0)
        if not 0 < share < 1:
            raise _mistake("percent", f"{text!r} is no part of a whole", 'more than "0%" and less than "100%": "30%"')
        return cls(share)


@dataclass(frozen=True)
class Earning:
    """How points are earned: a share of what was paid comes back in points' worth ("5%"), or so many points for each
    so much of the currency ("1 per 10")."""

    share: Decimal | None
    points: int = 0
    per: Decimal = Decimal(1)

    @classmethod
    def parse(cls, text: object) -> Earning:
        """Raises PydanticCustomError."""
        if isinstance(text, cls):
            return text
        if isinstance(text, str) and _PERCENT.fullmatch(text):
            return cls(Percent.parse(text).share)
        found = _PER.fullmatch(text) if isinstance(text, str) else None
        if found is None or not int(found[1]) or not Decimal(found[2]):
            raise _mistake("earning", f"{text!r} is no way to earn points", '"5%", or "1 per 10"')
        return cls(None, int(found[1]), Decimal(found[2]))


Currency = Annotated[str, BeforeValidator(_currency)]
Sum = Annotated[Decimal, BeforeValidator(_sum)]
Share = Annotated[Percent, BeforeValidator(Percent.parse)]
Code = Annotated[str, StringConstraints(pattern=r"^[^\s,:#\"'()<>&]{2,32}$")]


class MoneyRules(Part):
    """In which currency the business counts, and what others cost in it: one whole unit of theirs, in whole units."""

    currency: Currency = "UAH"
    rates: Annotated[Mapping[str, Decimal], BeforeValidator(_rates)] = Field(default_factory=dict)


class Tier(Part):
    """A level of loyalty: reached when so much was spent; points are earned `times` as fast."""

    id: Id
    title: Text
    since: Annotated[Decimal, BeforeValidator(_from_zero)] = Field(alias="from")
    times: Sum = Decimal(1)


class Loyalty(Part):
    """Points: how they are earned, what one is worth in whole units, how much of a purchase they may pay."""

    earn: Annotated[Earning, BeforeValidator(Earning.parse)]
    worth: Sum = Decimal(1)
    max_share: Share = Percent(Decimal("0.5"))
    tiers: tuple[Tier, ...] = Field(default=(), alias="level")

    @model_validator(mode="after")
    def _levels_rise(self) -> Self:
        if len({tier.id for tier in self.tiers}) < len(self.tiers):
            raise _mistake("levels", "two levels have one id", "each needs a name of its own")
        sums = [tier.since for tier in self.tiers]
        if any(later <= earlier for earlier, later in itertools.pairwise(sums)):
            raise _mistake("levels", "the levels must rise: each begins with a larger `from` than the one before it")
        return self


class Promo(Part):
    """A promo code: a share or a sum off the price. Days are the business's own, the last one included."""

    code: Code
    percent: Share | None = None
    amount: Sum | None = None
    since: date | None = Field(default=None, alias="from")
    until: date | None = None
    max_uses: Annotated[int, Field(ge=1)] | None = None
    per_person: Annotated[int, Field(ge=1)] | None = None

    @property
    def key(self) -> str:
        """Equal for spellings that differ in case only."""
        return folding.label(self.code)

    @model_validator(mode="after")
    def _one_discount(self) -> Self:
        if (self.percent is None) == (self.amount is None):
            raise _mistake("promo", "a code takes off either a share or a sum", 'percent = "10%", or amount = 100')
        if self.since is not None and self.until is not None and self.until < self.since:
            raise _mistake("promo", "it ends before it begins")
        return self


def _each_once(promos: tuple[Promo, ...]) -> tuple[Promo, ...]:
    seen: set[str] = set()
    for promo in promos:
        if promo.key in seen:
            raise _mistake("promos", f"the code {promo.code!r} is given twice", "each needs a name of its own")
        seen.add(promo.key)
    return promos


Promos = Annotated[tuple[Promo, ...], AfterValidator(_each_once)]
