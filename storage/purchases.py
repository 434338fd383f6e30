"""Purchases, and what the card sums up of them.

A purchase counts while something of it remains paid: the roll-ups of a card (how many, how much, the first and the
latest) are always those of its purchases whose value exceeds what was refunded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import contacts, purchases

MANY: Final = 500
"""Cards recomputed by one statement: far from the number of values that a statement may have."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """One purchase. `amount` is in minor units of `currency`; `value` and `refunded` are in those of the business's
    own; `points` were earned with it."""

    id: int
    contact_id: int
    request_id: int | None
    amount: int
    currency: str
    value: int
    refunded: int
    what: str | None
    promo: str | None
    points: int
    staff_id: int | None
    at: datetime


COLUMNS = [purchases.c[field.name] for field in fields(Purchase)]
_COUNTS = purchases.c.value > purchases.c.refunded


async def add(
    tx: Tx,
    contact_id: int,
    *,
    key: str,
    amount: int,
    currency: str,
    value: int,
    at: datetime,
    now: datetime,
    request_id: int | None = None,
    what: str | None = None,
    promo: str | None = None,
    points: int = 0,
    staff_id: int | None = None,
) -> Purchase | None:
    """Records a purchase; None when this decision (`key`) has recorded one already. The card's roll-ups follow."""
    statement = (
        upsert(purchases)
        .values(
            key=key,
            contact_id=contact_id,
            request_id=request_id,
            amount=amount,
            currency=currency,
            value=value,
            what=what,
            promo=promo,
            points=points,
            staff_id=staff_id,
            at=at,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(*COLUMNS)
    )
    row = (await tx.run(statement)).first()
    if row is None:
        return None
    await recompute(tx, [contact_id])
    return Purchase(*row)


async def recompute(tx: Tx, contact_ids: Iterable[int]) -> None:
    """Makes the roll-ups of these cards what their purchases say: for whoever writes purchases in bulk, or moves them
    to another card."""
    total = (
        select(
            func.count(),
            func.coalesce(func.sum(purchases.c.value - purchases.c.refunded), 0),
            func.min(purchases.c.at),
            func.max(purchases.c.at),
        )
        .where(purchases.c.contact_id == contacts.c.id, _COUNTS)
        .scalar_subquery()
    )
    rolled = tuple_(contacts.c.purchases, contacts.c.spent, contacts.c.first_purchase_at, contacts.c.last_purchase_at)
    touched = sorted(set(contact_ids))
    for start in range(0, len(touched), MANY):
        ids = touched[start : start + MANY]
        await tx.run(update(contacts).where(contacts.c.id.in_(ids)).values({rolled: total}))


async def get(db: Reads, purchase_id: int) -> Purchase | None:
    row = await db.first(select(*COLUMNS).where(purchases.c.id == purchase_id))
    return None if row is None else Purchase(*row)


async def by_key(db: Reads, key: str) -> Purchase | None:
    """The purchase that this decision recorded."""
    row = await db.first(select(*COLUMNS).where(purchases.c.key == key))
    return None if row is None else Purchase(*row)


async def of_contact(db: Reads, contact_id: int, *, limit: int, offset: int = 0) -> list[Purchase]:
    """A contact's purchases, refunded ones too, the newest first."""
    statement = (
        select(*COLUMNS)
        .where(purchases.c.contact_id == contact_id)
        .order_by(purchases.c.at.desc(), purchases.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [Purchase(*row) for row in await db.all(statement)]


async def of_request(db: Reads, request_id: int) -> list[Purchase]:
    """What was bought by a request, the oldest first."""
    statement = select(*COLUMNS).where(purchases.c.request_id == request_id).order_by(purchases.c.id)
    return [Purchase(*row) for row in await db.all(statement)]


async def refund(tx: Tx, purchase: Purchase, value: int) -> Purchase | None:
    """Takes so much of a purchase's value back, and the card's roll-ups with it; the purchase as it is then.

    None when its refunds are not what `purchase` says any more, or would exceed its value: of two who press at once
    one wins.
    """
    statement = (
        update(purchases)
        .where(
            purchases.c.id == purchase.id,
            purchases.c.refunded == purchase.refunded,
            purchases.c.refunded + value <= purchases.c.value,
        )
        .values(refunded=purchases.c.refunded + value)
        .returning(*COLUMNS)
    )
    row = (await tx.run(statement)).first()
    if row is None:
        return None
    await recompute(tx, [purchase.contact_id])
    return Purchase(*row)


async def uses_of_promo(db: Reads, code: str, *, contact_id: int | None = None) -> int:
    """How often a code was used, overall or by one contact. A purchase given back whole gives its code back."""
    used = select(func.count()).where(purchases.c.promo == code, _COUNTS)
    if contact_id is not None:
        used = used.where(purchases.c.contact_id == contact_id)
    return int(await db.scalar(used))
