"""Points of loyalty: every move is a row, and the card keeps their sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import func, insert, select, update

from storage.engine import Reads, Tx
from storage.tables import contacts, point_moves

Reason = Literal["purchase", "refund", "spent", "gift", "correction"]

MANY: Final = 500


@dataclass(frozen=True, slots=True)
class Move:
    """Points that came (above zero) or went, and why."""

    id: int
    purchase_id: int | None
    amount: int
    reason: Reason
    note: str | None
    staff_id: int | None
    at: datetime


COLUMNS = [point_moves.c[field.name] for field in fields(Move)]


async def move(
    tx: Tx,
    contact_id: int,
    amount: int,
    reason: Reason,
    *,
    purchase_id: int | None = None,
    note: str | None = None,
    staff_id: int | None = None,
    now: datetime,
) -> int:
    """Moves points of a contact; returns the balance. Nothing is written for no points."""
    if amount:
        values = {"contact_id": contact_id, "purchase_id": purchase_id, "amount": amount, "reason": reason}
        await tx.run(insert(point_moves).values(**values, note=note, staff_id=staff_id, at=now))
        changed = contacts.c.points + amount
        await tx.run(update(contacts).where(contacts.c.id == contact_id).values(points=changed))
    return int(await tx.scalar(select(contacts.c.points).where(contacts.c.id == contact_id)))


async def recompute(tx: Tx, contact_ids: Iterable[int]) -> None:
    """Makes the balances of these cards what their moves add up to."""
    total = (
        select(func.coalesce(func.sum(point_moves.c.amount), 0))
        .where(point_moves.c.contact_id == contacts.c.id)
        .scalar_subquery()
    )
    touched = sorted(set(contact_ids))
    for start in range(0, len(touched), MANY):
        ids = touched[start : start + MANY]
        await tx.run(update(contacts).where(contacts.c.id.in_(ids)).values(points=total))


async def latest(db: Reads, contact_id: int, *, limit: int) -> list[Move]:
    """The newest moves first."""
    statement = (
        select(*COLUMNS).where(point_moves.c.contact_id == contact_id).order_by(point_moves.c.id.desc()).limit(limit)
    )
    return [Move(*row) for row in await db.all(statement)]


async def paid_with(db: Reads, purchase_id: int) -> int:
    """How many points paid for a purchase when it was made."""
    spent = select(func.coalesce(func.sum(-point_moves.c.amount), 0)).where(
        point_moves.c.purchase_id == purchase_id, point_moves.c.reason == "spent"
    )
    return int(await db.scalar(spent))
