"""The other Telegram accounts of a person whose cards were merged: what they write reaches the one card.

A card speaks to one account, its main one (`contacts.telegram_id`): the one the person wrote from last, or was chosen
when the cards were merged. The others wait here, so that none is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from storage import search
from storage.engine import Reads, Tx
from storage.tables import contacts, telegram_aliases


@dataclass(frozen=True, slots=True)
class Alias:
    """One account beside the main one. `reachable`: it has not blocked the bot, as far as is known."""

    telegram_id: int
    username: str | None
    reachable: bool


async def of_contact(db: Reads, contact_id: int) -> list[Alias]:
    """The accounts beside the main one, those that can be reached first, the newest first."""
    statement = (
        select(telegram_aliases.c.telegram_id, telegram_aliases.c.username, telegram_aliases.c.reachable)
        .where(telegram_aliases.c.contact_id == contact_id)
        .order_by(telegram_aliases.c.reachable.desc(), telegram_aliases.c.at.desc(), telegram_aliases.c.telegram_id)
    )
    return [Alias(row[0], row[1], bool(row[2])) for row in await db.all(statement)]


async def add(
    tx: Tx, contact_id: int, telegram_id: int, *, username: str | None, reachable: bool, now: datetime
) -> None:
    """What this account writes reaches the card from now on."""
    await tx.run(
        insert(telegram_aliases).values(
            telegram_id=telegram_id, contact_id=contact_id, username=username, reachable=reachable, at=now
        )
    )


async def prefer(tx: Tx, contact_id: int, telegram_id: int, *, now: datetime) -> bool:
    """Makes one of the card's other accounts its main one; the one that was waits in its place. False where the card
    has no such other account."""
    chosen = await tx.first(
        select(telegram_aliases.c.username, telegram_aliases.c.reachable).where(
            telegram_aliases.c.contact_id == contact_id, telegram_aliases.c.telegram_id == telegram_id
        )
    )
    if chosen is None:
        return False
    was = await tx.first(
        select(contacts.c.telegram_id, contacts.c.username, contacts.c.reachable).where(contacts.c.id == contact_id)
    )
    await tx.run(delete(telegram_aliases).where(telegram_aliases.c.telegram_id == telegram_id))
    await tx.run(
        update(contacts)
        .where(contacts.c.id == contact_id)
        .values(
            telegram_id=telegram_id,
            username=chosen.username,
            reachable=bool(chosen.reachable),
            updated_at=now,
            version=contacts.c.version + 1,
        )
    )
    if was.telegram_id is not None:
        await add(tx, contact_id, was.telegram_id, username=was.username, reachable=bool(was.reachable), now=now)
    await search.index(tx, contact_id)
    return True


async def set_reachable(tx: Tx, telegram_id: int, reachable: bool) -> bool:
    """Notes whether this other account takes messages. False where it is nobody's other account."""
    statement = (
        update(telegram_aliases).where(telegram_aliases.c.telegram_id == telegram_id).values(reachable=reachable)
    )
    return bool((await tx.run(statement)).rowcount)
