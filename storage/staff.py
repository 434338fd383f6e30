"""Staff: who may do what. The lists in .env only add to this table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import case, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import staff


@dataclass(frozen=True, slots=True)
class Member:
    """One of the team. `role` is owner, manager or viewer."""

    id: int
    telegram_id: int
    role: str
    name: str
    username: str | None
    language: str | None
    timezone: str | None
    started_at: datetime | None


COLUMNS = [staff.c[field.name] for field in fields(Member)]


async def ensure(tx: Tx, telegram_ids: Iterable[int], role: str, *, now: datetime) -> None:
    """Adds people by their Telegram id. A manager who is named an owner becomes one; nobody is demoted or readmitted."""
    rows = [{"telegram_id": one, "role": role, "added_at": now} for one in telegram_ids]
    if not rows:
        return
    statement = upsert(staff)
    promoted = case((staff.c.role == "owner", "owner"), else_=statement.excluded.role)
    await tx.run(statement.on_conflict_do_update(index_elements=["telegram_id"], set_={"role": promoted}), rows)


async def get(db: Reads, staff_id: int) -> Member | None:
    row = await db.first(select(*COLUMNS).where(staff.c.id == staff_id))
    return None if row is None else Member(*row)


async def active(db: Reads, *roles: str) -> list[Member]:
    """The team as it is now, of these roles (of all when none is named), the earliest first."""
    statement = select(*COLUMNS).where(staff.c.removed_at.is_(None)).order_by(staff.c.id)
    if roles:
        statement = statement.where(staff.c.role.in_(roles))
    return [Member(*row) for row in await db.all(statement)]


_NAMES = select(staff.c.id, staff.c.name)


async def names(db: Reads) -> dict[int, str]:
    """Everyone's name by id, those who left too: cards and timelines still speak of them."""
    return {row.id: row.name for row in await db.all(_NAMES)}


async def change(tx: Tx, staff_id: int, **values: Any) -> None:
    await tx.run(update(staff).where(staff.c.id == staff_id).values(**values))
