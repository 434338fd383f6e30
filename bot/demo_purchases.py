"""What the demo's people bought in the last two years: best customers and lost ones, newcomers and those who never did.

Enough for every status, for groups of recency and frequency, for points and their levels to have somebody in them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from bot.demo_people import Someone
from crm import amounts, currencies, life_cycle, loyalty, pricing
from crm.amounts import Money
from crm.playbook import Playbook
from storage import contacts, events, loyalty_points, purchases, tables
from storage.engine import Tx


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody buys: from how many days ago until how many, about every so many days, so many times the usual sum.
    `every` 0: only what their requests brought."""

    first: int
    last: int
    every: int = 0
    times: int = 1


@dataclass(slots=True)
class Buyer:
    """A person with a card, and what their requests brought: the request's id and when it was closed."""

    contact_id: int
    habit: Habit
    done: list[tuple[int, datetime]] = field(default_factory=list)


BEST: Final = Habit(720, 8, 30, 2)
REGULAR: Final = Habit(640, 30, 80)
WHOLESALE: Final = Habit(500, 25, 60, 6)
SLEEPING: Final = Habit(600, 200, 65)
GONE: Final = Habit(715, 560, 50)
ONCE: Final = Habit(160, 150)
NEW: Final = Habit(80, 60)
NEVER: Final = Habit(120, 60)

_BY_TAG: Final = {"wholesale": WHOLESALE, "vip": BEST, "regular": REGULAR}
_BY_NAME: Final = {
    **dict.fromkeys(("Мар’яна", "Назар", "Роман", "Софія"), NEVER),
    **dict.fromkeys(("Екатерина", "Татьяна"), SLEEPING),
    **dict.fromkeys(("Сергей", "Виктор", "Oliver"), GONE),
    **dict.fromkeys(("Юлія", "Наталья", "Laura"), ONCE),
    **dict.fromkeys(("Катерина", "Emily", "Sofia", "Peter"), NEW),
}
_SOLD: Final = ("service", "course", "doctor", "goods")
"""Questions of the example playbooks whose answers are what one pays for."""
GOODS: Final[dict[str, tuple[str, ...]]] = {
    "ru": ("Набор тарелок", "Льняной плед", "Две кружки", "Полотенца", "Ваза"),
    "uk": ("Набір тарілок", "Лляний плед", "Два горнятка", "Рушники", "Ваза"),
    "en": ("A set of plates", "A linen throw", "Two mugs", "Towels", "A vase"),
}


def habit_of(someone: Someone) -> Habit:
    """How this one buys."""
    tagged = next((habit for tag, habit in _BY_TAG.items() if tag in someone.tags), None)
    return tagged or _BY_NAME.get(someone.first_name, REGULAR)


async def sow(tx: Tx, playbook: Playbook, buyers: Sequence[Buyer], *, manager: int, now: datetime, seed: int) -> None:
    """Writes their purchases down, with points, two refunds, the timeline, and the statuses that follow from it."""
    till = _Till(tx, playbook, manager, now, random.Random(seed))
    for buyer in buyers:
        till.serve(buyer)
    await till.close()
    ids = [buyer.contact_id for buyer in buyers]
    await purchases.recompute(tx, ids)
    await loyalty_points.recompute(tx, ids)
    rules = playbook.life_cycle.rules(10 ** currencies.minor_digits(playbook.money.currency))
    for card in await contacts.get_many(tx, ids):
        facts = life_cycle.Facts(
            card.purchases, card.spent, card.last_purchase_at, card.last_request_at, card.last_in_at
        )
        status = life_cycle.status_of(facts, rules, now)
        await contacts.change(tx, card.id, now=card.last_in_at or now, status=status, status_at=now)


@dataclass(frozen=True, slots=True)
class _Sold:
    contact_id: int
    request_id: int | None
    at: datetime
    what: str
    quote: pricing.Quote


@dataclass
class _Till:
    """Purchases are rung up person by person and written together."""

    tx: Tx
    playbook: Playbook
    manager: int
    now: datetime
    chance: random.Random
    sold: list[_Sold] = field(default_factory=list)

    def __post_init__(self) -> None:
        titles = [
            option.title.say(self.playbook.business.language)
            for step in self.playbook.forms[0].steps
            if step.field in _SOLD
            for option in step.options
            if option.id != "other"
        ]
        self.goods = titles or list(GOODS[self.playbook.business.language])

    def serve(self, buyer: Buyer) -> None:
        """All that one person bought, the oldest first: what points and levels they had then follows."""
        currency = self.playbook.money.currency
        balance = spent = 0
        for place, (at, request_id) in enumerate(sorted(self._visits(buyer), key=lambda visit: visit[0])):
            price = amounts.in_minor(self._price(buyer.habit.times), currency)
            quote = pricing.quote(
                self.playbook.money,
                self.playbook.loyalty,
                None,
                Money(price, currency),
                points=balance if place % 6 == 5 else 0,
                balance=balance,
                spent=spent,
            )
            assert quote is not None
            self.sold.append(_Sold(buyer.contact_id, request_id, at, self.chance.choice(self.goods), quote))
            balance, spent = balance - quote.points + quote.earns, spent + quote.value

    async def close(self) -> None:
        """Writes everything down. Of what cost no points one is given back whole and one by half."""
        returned = dict(
            zip([at for at, one in enumerate(self.sold) if not one.quote.points][10::30], (1, 2), strict=False)
        )
        rows = [
            {
                "contact_id": one.contact_id,
                "request_id": one.request_id,
                "amount": one.quote.paid.minor,
                "currency": one.quote.paid.currency,
                "value": one.quote.value,
                "refunded": one.quote.value // returned[place] if place in returned else 0,
                "what": one.what,
                "points": one.quote.earns,
                "staff_id": self.manager,
                "at": one.at,
                "created_at": one.at,
            }
            for place, one in enumerate(self.sold)
        ]
        statement = tables.purchases.insert().returning(tables.purchases.c.id, sort_by_parameter_order=True)
        ids = [row.id for row in await self.tx.run(statement, rows)]
        moves: list[dict[str, Any]] = []
        for purchase_id, one, row in zip(ids, self.sold, rows, strict=True):
            moves += self._moves(purchase_id, one)
            self._tell(purchase_id, one)
            if row["refunded"]:
                moves += self._refund(purchase_id, one, int(str(row["refunded"])))
        if moves:
            await self.tx.run(tables.point_moves.insert(), moves)

    def _moves(self, purchase_id: int, one: _Sold) -> list[dict[str, Any]]:
        return [
            self._move(purchase_id, one, amount, reason, one.at)
            for amount, reason in ((-one.quote.points, "spent"), (one.quote.earns, "purchase"))
            if amount
        ]

    def _move(self, purchase_id: int, one: _Sold, amount: int, reason: str, at: datetime) -> dict[str, Any]:
        of = {"contact_id": one.contact_id, "purchase_id": purchase_id, "staff_id": self.manager}
        return of | {"amount": amount, "reason": reason, "at": at}

    def _tell(self, purchase_id: int, one: _Sold) -> None:
        """Its line of the timeline."""
        data = {
            "purchase": purchase_id,
            "amount": one.quote.paid.minor,
            "currency": one.quote.paid.currency,
            "points": one.quote.earns,
            "used": one.quote.points,
            "promo": None,
        }
        by, request = self.manager, one.request_id
        events.add(
            self.tx, one.contact_id, "purchase", staff_id=by, request_id=request, text=one.what, data=data, now=one.at
        )

    def _refund(self, purchase_id: int, one: _Sold, value: int) -> list[dict[str, Any]]:
        """Its line of the timeline, and the points that go with it."""
        at = one.at + timedelta(days=2)
        taken = loyalty.taken_back(one.quote.earns, one.quote.value, before=0, now=value)
        data = {"purchase": purchase_id, "amount": value, "currency": one.quote.currency, "points": -taken}
        events.add(self.tx, one.contact_id, "refund", staff_id=self.manager, text=one.what, data=data, now=at)
        return [self._move(purchase_id, one, -taken, "refund", at)] if taken else []

    def _visits(self, buyer: Buyer) -> list[tuple[datetime, int | None]]:
        """When they paid, and by which request."""
        visits: list[tuple[datetime, int | None]] = [(closed, number) for number, closed in buyer.done]
        habit = buyer.habit
        if habit.every:
            day = habit.first - self.chance.randint(0, habit.every)
            while day > habit.last + habit.every // 2:
                visits.append((self._ago(day), None))
                day -= max(habit.every + self.chance.randint(-habit.every // 3, habit.every // 3), 7)
            visits.append((self._ago(habit.last + self.chance.randint(0, 6)), None))
        return visits

    def _price(self, times: int) -> Decimal:
        """A usual sum in hryvnias, or about what it would be elsewhere."""
        price = self.chance.randint(8, 40) * 50 * times
        return Decimal(price if self.playbook.money.currency in ("UAH", "CZK", "KZT", "RUB") else max(price // 40, 1))

    def _ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days, hours=self.chance.randint(1, 9))
