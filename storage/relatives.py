"""A contact's family: children, a spouse, others, each with a birthday if it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, func, insert, select

from storage.engine import Reads, Tx
from storage.tables import relatives

KINDS: Final = ("child", "spouse", "other")


@dataclass(frozen=True, slots=True)
class Relative:
    """One of the family. `birthday` is 1990-03-08, or --03-08 without the year."""

    id: int
    contact_id: int
    kind: str
    name: str | None
    birthday: str | None


_COLUMNS = (relatives.c.id, relatives.c.contact_id, relatives.c.kind, relatives.c.name, relatives.c.birthday)


_OF_CONTACT = (
    select(*_COLUMNS)
    .where(relatives.c.contact_id == bindparam("contact"))
    .order_by(relatives.c.id)
    .limit(bindparam("most"))
)


async def of_contact(db: Reads, contact_id: int, *, limit: int = 20) -> list[Relative]:
    """The family of a contact, in the order in which it was told."""
    return [Relative(*row) for row in await db.all(_OF_CONTACT, {"contact": contact_id, "most": limit})]


async def count(db: Reads, contact_id: int) -> int:
    return int(await db.scalar(select(func.count()).where(relatives.c.contact_id == contact_id)))


async def add(tx: Tx, contact_id: int, kind: str, *, name: str | None, birthday: str | None, now: datetime) -> int:
    """Adds one; returns its number. `birthday` as `crm.values.birthday` reads it."""
    month_day = int(birthday[-5:-3]) * 100 + int(birthday[-2:]) if birthday else None
    values = {"contact_id": contact_id, "kind": kind, "name": name, "birthday": birthday, "month_day": month_day}
    return int((await tx.run(insert(relatives).values(**values, at=now).returning(relatives.c.id))).scalar_one())


async def remove(tx: Tx, contact_id: int, relative_id: int) -> bool:
    """Takes one off the card. Whether it was there."""
    mine = (relatives.c.id == relative_id, relatives.c.contact_id == contact_id)
    return bool((await tx.run(delete(relatives).where(*mine))).rowcount)
