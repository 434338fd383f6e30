"""Purchases and points as rows: whatever happens, the card sums up what the rows say."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from storage import loyalty_points, purchases, tables
from storage.engine import Database, Tx
from tests.storage.makers import NOW, make_contact, make_request


async def card(database: Database, contact_id: int) -> tuple[Any, ...]:
    c = tables.contacts.c
    async with database.read() as db:
        row = await db.first(
            select(c.purchases, c.spent, c.first_purchase_at, c.last_purchase_at).where(c.id == contact_id)
        )
    return tuple(row)


async def buy(tx: Tx, contact_id: int, value: int, *, key: str, at: datetime = NOW, **more: Any) -> Any:
    return await purchases.add(
        tx, contact_id, key=key, amount=value, currency="UAH", value=value, at=at, now=NOW, **more
    )


async def test_the_card_sums_up_its_purchases(database: Database) -> None:
    olga = await make_contact(database)
    week = timedelta(days=7)
    first = await database.write(lambda tx: buy(tx, olga, 10000, key="a", at=NOW - week))
    await database.write(lambda tx: buy(tx, olga, 5000, key="b"))
    assert await card(database, olga) == (2, 15000, NOW - week, NOW)
    part = await database.write(lambda tx: purchases.refund(tx, first, 4000))
    assert await card(database, olga) == (2, 11000, NOW - week, NOW)
    assert part is not None
    await database.write(lambda tx: purchases.refund(tx, part, 6000))
    assert await card(database, olga) == (1, 5000, NOW, NOW)


async def test_a_decision_records_one_purchase(database: Database) -> None:
    olga = await make_contact(database)
    first = await database.write(lambda tx: buy(tx, olga, 10000, key="a"))
    assert await database.write(lambda tx: buy(tx, olga, 10000, key="a")) is None
    assert await card(database, olga) == (1, 10000, NOW, NOW)
    async with database.read() as db:
        assert await purchases.by_key(db, "a") == first


async def test_of_two_who_refund_at_once_one_wins(database: Database) -> None:
    """And never more than was paid."""
    olga = await make_contact(database)
    bought = await database.write(lambda tx: buy(tx, olga, 10000, key="a"))
    assert await database.write(lambda tx: purchases.refund(tx, bought, 10001)) is None
    assert await database.write(lambda tx: purchases.refund(tx, bought, 10000)) is not None
    assert await database.write(lambda tx: purchases.refund(tx, bought, 10000)) is None
    assert await card(database, olga) == (0, 0, None, None)


async def test_recomputing_mends_a_card(database: Database) -> None:
    """Of as many cards as there are; the others are left alone."""
    people = [await make_contact(database, purchases=9, spent=9, points=9) for _ in range(3)]

    async def unit(tx: Tx) -> None:
        await buy(tx, people[0], 700, key="a")
        await loyalty_points.move(tx, people[0], 5, "gift", now=NOW)
        await purchases.recompute(tx, people[:2])
        await loyalty_points.recompute(tx, people[:2])

    await database.write(unit)
    c = tables.contacts.c
    async with database.read() as db:
        rows = await db.all(select(c.purchases, c.spent, c.points).order_by(c.id))
    assert [tuple(row) for row in rows] == [(1, 700, 5), (0, 0, 0), (9, 9, 9)]


async def test_a_code_is_used_up_by_what_was_kept(database: Database) -> None:
    """A purchase given back whole gives its code back."""
    olga, ivan = await make_contact(database), await make_contact(database)

    async def unit(tx: Tx) -> list[int]:
        kept = await buy(tx, olga, 100, key="a", promo="SPRING")
        back = await buy(tx, ivan, 100, key="b", promo="SPRING")
        await buy(tx, ivan, 100, key="c", promo="OTHER")
        counts = [await purchases.uses_of_promo(tx, "SPRING")]
        await purchases.refund(tx, back, 100)
        await purchases.refund(tx, kept, 50)
        counts += [await purchases.uses_of_promo(tx, "SPRING", contact_id=one) for one in (olga, ivan)]
        return [*counts, await purchases.uses_of_promo(tx, "SPRING")]

    assert await database.write(unit) == [2, 1, 0, 1]


async def test_what_was_bought_is_read_by_contact_and_by_request(database: Database) -> None:
    olga = await make_contact(database)
    request = await make_request(database, olga)

    async def unit(tx: Tx) -> None:
        await buy(tx, olga, 1, key="a", at=NOW - timedelta(days=1))
        await buy(tx, olga, 2, key="b", at=NOW, request_id=request, what="Стрижка")

    await database.write(unit)
    async with database.read() as db:
        assert [one.value for one in await purchases.of_contact(db, olga, limit=5)] == [2, 1]
        assert [one.value for one in await purchases.of_contact(db, olga, limit=5, offset=1)] == [1]
        (bought,) = await purchases.of_request(db, request)
        assert await purchases.get(db, bought.id) == bought
        assert bought.what == "Стрижка"


async def test_points_move_with_their_reasons(database: Database) -> None:
    olga = await make_contact(database)

    async def unit(tx: Tx) -> list[int]:
        bought = await buy(tx, olga, 100, key="a")
        return [
            await loyalty_points.move(tx, olga, 50, "gift", note="День рождения", now=NOW),
            await loyalty_points.move(tx, olga, -20, "spent", purchase_id=bought.id, now=NOW),
            await loyalty_points.move(tx, olga, 0, "correction", now=NOW),
            await loyalty_points.paid_with(tx, bought.id),
        ]

    assert await database.write(unit) == [50, 30, 30, 20]
    async with database.read() as db:
        moves = await loyalty_points.latest(db, olga, limit=5)
    assert [(one.amount, one.reason, one.note) for one in moves] == [
        (-20, "spent", None),
        (50, "gift", "День рождения"),
    ]
