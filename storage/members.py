"""Members of a segment who can be written to: read in chunks, so that a base of any size fits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import select

from crm.segment_tree import Query
from storage import conditions
from storage.engine import Reads
from storage.tables import contacts


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where to write to a contact, and how to address them."""

    contact_id: int
    chat_id: int
    language: str
    name: str | None


COLUMNS = (contacts.c.id, contacts.c.telegram_id, contacts.c.language, contacts.c.name)
"""What a `Recipient` is made of, in its order."""
CAN_BE_WRITTEN_TO = (contacts.c.telegram_id.is_not(None), contacts.c.reachable, contacts.c.spam_at.is_(None))


async def chunk(
    db: Reads, query: Query | None, *, after: int, limit: int, now: datetime, zone: tzinfo
) -> list[Recipient]:
    """Up to `limit` members with ids greater than `after`, in their order. `query` None is everybody."""
    statement = select(*COLUMNS).where(contacts.c.id > after, *CAN_BE_WRITTEN_TO)
    if query is not None:
        statement = statement.where(conditions.condition(query, now=now, zone=zone))
    return [Recipient(*row) for row in await db.all(statement.order_by(contacts.c.id).limit(limit))]


async def find(db: Reads, contact_id: int, query: Query | None, *, now: datetime, zone: tzinfo) -> Recipient | None:
    """The contact, if it is a member that can be written to."""
    statement = select(*COLUMNS).where(contacts.c.id == contact_id, *CAN_BE_WRITTEN_TO)
    if query is not None:
        statement = statement.where(conditions.condition(query, now=now, zone=zone))
    row = await db.first(statement)
    return None if row is None else Recipient(*row)
