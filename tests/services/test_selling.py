"""Sales and refunds in any order: the card always says what a recount of the rows says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from services import rewarding, selling
from services.refusals import Refused
from services.workplace import Place
from storage import contacts, purchases, staff, tables
from storage.engine import Database, Tx
from storage.staff import Member
from tests.clocks import NOON
from tests.places import make_place, make_playbook
from tests.storage.makers import make_contact, make_purchase, make_staff

Step = tuple[str, int, int]

SAID = ("1 500,50 грн стрижка", "$20", "700 promo:ЛЁН10", "90 promo:СВЯТО", "20 eur крем", "0,01", "900 <b>", "12 млн")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["sale", "sale", "points sale", "refund", "refund", "part", "import", "gift", "again"]),
        st.integers(0, 1000),
        st.integers(0, 900),
    ),
    max_size=14,
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_sold_and_given_back_the_card_says_what_the_rows_say(
    database_path: Path, steps: list[Step]
) -> None:
    """Roll-ups equal a recount, points equal the sum of their moves, and what was given back whole leaves no trace of
    either."""
    asyncio.run(_story(database_path, steps))


async def test_two_at_the_same_moment_record_one_purchase(database: Database) -> None:
    """Their units of work may share a transaction: one is recorded, the other hears who has done it."""
    olga = await make_contact(database, purchases=0)
    await make_staff(database, role="manager", name="Bob")
    async with database.read() as db:
        (bob,) = await staff.active(db)
    place = make_place(make_playbook())
    draft = selling.Draft(olga, minor=50000, currency="UAH", what="Стрижка")

    async def unit(tx: Tx) -> Any:
        return await selling.record(tx, place, bob, draft, key="message:1:2", now=NOON)

    first, *others = await asyncio.gather(*(database.write(unit) for _ in range(3)), return_exceptions=True)
    assert isinstance(first, selling.Sold)
    for one in others:
        assert isinstance(one, Refused)
        assert (one.key, one.values) == ("refused-sale-twice", {"name": "Bob"})
    await _agrees(database, olga)


async def _story(path: Path, steps: list[Step]) -> None:
    database = Database(f"sqlite+aiosqlite:///{path}", synchronous="OFF")
    await database.open()
    try:
        olga = await make_contact(database)
        async with database.read() as db:
            team = await staff.active(db)
        member_id = team[0].id if team else await make_staff(database, role="manager")
        async with database.read() as db:
            member = await staff.get(db, member_id)
        assert member is not None
        business = _Business(make_place(make_playbook()), member, olga, NOON)
        for kind, number, days in steps:
            business.now = NOON + timedelta(days=days)
            await _try(database, business.unit(kind, number))
            await _agrees(database, olga)
        await _all_back(database, business)
    finally:
        await database.close()


class _Business:
    """One manager and one customer."""

    def __init__(self, place: Place, member: Member, olga: int, now: datetime) -> None:
        self.place, self.member, self.olga, self.now = place, member, olga, now
        self._keys = count()

    def unit(self, kind: str, number: int) -> Callable[[Tx], Awaitable[Any]]:
        async def unit(tx: Tx) -> None:
            match kind:
                case "sale" | "points sale" | "again":
                    await self._sell(tx, number, points=kind == "points sale", again=kind == "again")
                case "refund" | "part":
                    await self.refund(tx, number, part=kind == "part")
                case "import":
                    await make_purchase(tx, self.olga, number, at=self.now)
                case "gift":
                    said = f"{'+' if number % 2 else '-'}{number} reason"
                    await rewarding.correct(tx, self.place, self.member, self.olga, said, now=self.now)

        return unit

    async def _sell(self, tx: Tx, number: int, *, points: bool, again: bool) -> None:
        draft = selling.Draft(self.olga)
        draft = await selling.read(tx, self.place, draft, SAID[number % len(SAID)], now=self.now)
        assert draft.problem is None
        contact = await contacts.get(tx, self.olga)
        assert contact is not None
        draft = selling.Draft(**draft.to_json() | {"points": selling.quote(self.place, contact, draft).usable * points})
        key = f"{self.olga}:{0 if again else next(self._keys) + 1}"
        await selling.record(tx, self.place, self.member, draft, key=key, now=self.now)

    async def refund(self, tx: Tx, number: int, *, part: bool) -> None:
        bought = await purchases.of_contact(tx, self.olga, limit=100)
        if bought:
            one = bought[number % len(bought)]
            value = (one.value - one.refunded) // (3 if part else 1)
            await selling.refund(tx, self.place, self.member, one.id, value, seen=one.refunded, now=self.now)


async def _try(database: Database, unit: Callable[[Tx], Awaitable[Any]]) -> None:
    # Pressed twice, a spent code, nothing left to give back: nothing of it may have been done.
    with suppress(Refused):
        await database.write(unit)


async def _agrees(database: Database, contact_id: int) -> None:
    async with database.read() as db:
        card = await contacts.get(db, contact_id)
        bought = await db.all(select(tables.purchases).where(tables.purchases.c.contact_id == contact_id))
        moves = await db.all(select(tables.point_moves).where(tables.point_moves.c.contact_id == contact_id))
    assert card is not None
    kept = [one for one in bought if one.value > one.refunded]
    assert card.purchases == len(kept)
    assert card.spent == sum(one.value - one.refunded for one in kept)
    assert card.first_purchase_at == min((one.at for one in kept), default=None)
    assert card.last_purchase_at == max((one.at for one in kept), default=None)
    assert card.points == sum(move.amount for move in moves)
    assert all(0 <= one.refunded <= one.value for one in bought)


async def _all_back(database: Database, business: _Business) -> None:
    """Everything is given back: of purchases and of their points nothing is left but what was given by hand."""
    async with database.read() as db:
        bought = await purchases.of_contact(db, business.olga, limit=100)
    for place in range(len(bought)):

        async def unit(tx: Tx, place: int = place) -> None:
            await business.refund(tx, place, part=False)

        await _try(database, unit)
    await _agrees(database, business.olga)
    moves = tables.point_moves.c
    async with database.read() as db:
        card = await contacts.get(db, business.olga)
        by_hand = await db.all(
            select(moves.amount).where(moves.contact_id == business.olga, moves.reason.in_(["gift", "correction"]))
        )
    assert card is not None
    assert (card.purchases, card.spent, card.last_purchase_at) == (0, 0, None)
    assert card.points == sum(row.amount for row in by_hand)
