"""Claim links: one-time links by which a person joins their Telegram to the card that an import made of them.

Of the link only a hash is kept: who reads this table cannot claim anybody's card.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from storage import search
from storage.engine import Reads, Tx
from storage.tables import claims, contacts


@dataclass(frozen=True, slots=True)
class Claim:
    """One link that was given out."""

    token_hash: str
    contact_id: int
    staff_id: int | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


async def add(
    tx: Tx, token_hash: str, contact_id: int, *, staff_id: int | None, expires_at: datetime, now: datetime
) -> None:
    """A new link; those that were given out before and not used lead nowhere any more."""
    await tx.run(delete(claims).where(claims.c.contact_id == contact_id, claims.c.used_at.is_(None)))
    values = {"contact_id": contact_id, "staff_id": staff_id, "created_at": now, "expires_at": expires_at}
    await tx.run(insert(claims).values(token_hash=token_hash, **values))


async def get(db: Reads, token_hash: str) -> Claim | None:
    columns = (claims.c.token_hash, claims.c.contact_id, claims.c.staff_id, claims.c.created_at)
    statement = select(*columns, claims.c.expires_at, claims.c.used_at).where(claims.c.token_hash == token_hash)
    row = await db.first(statement)
    return None if row is None else Claim(*row)


async def use(tx: Tx, token_hash: str, *, now: datetime) -> bool:
    """Uses the link up. False when it was used before."""
    unused = (claims.c.token_hash == token_hash) & claims.c.used_at.is_(None)
    return bool((await tx.run(update(claims).where(unused).values(used_at=now))).rowcount)


async def give_way(tx: Tx, contact_id: int) -> None:
    """Takes away the card of somebody who has just come, which holds nothing: their Telegram joins another."""
    await tx.run(delete(contacts).where(contacts.c.id == contact_id))
    await search.index(tx, contact_id)
