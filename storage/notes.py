"""Notes: what the team wrote down about a contact, for itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select

from storage.engine import Reads, Tx
from storage.tables import notes


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `staff_id` is who wrote it; empty: somebody who is no longer known."""

    id: int
    staff_id: int | None
    text: str
    at: datetime


async def add(tx: Tx, contact_id: int, text: str, *, staff_id: int, now: datetime) -> int:
    """Keeps a note; returns its id."""
    statement = insert(notes).values(contact_id=contact_id, staff_id=staff_id, text=text, at=now).returning(notes.c.id)
    return int((await tx.run(statement)).scalar_one())


_OF_CONTACT = (
    select(notes.c.id, notes.c.staff_id, notes.c.text, notes.c.at)
    .where(notes.c.contact_id == bindparam("contact"))
    .order_by(notes.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("past"))
)
_COUNT = select(func.count()).where(notes.c.contact_id == bindparam("contact"))


async def of_contact(db: Reads, contact_id: int, *, limit: int, offset: int = 0) -> list[Note]:
    """The contact's notes, the newest first."""
    rows = await db.all(_OF_CONTACT, {"contact": contact_id, "most": limit, "past": offset})
    return [Note(*row) for row in rows]


async def count(db: Reads, contact_id: int) -> int:
    return int(await db.scalar(_COUNT, {"contact": contact_id}))
