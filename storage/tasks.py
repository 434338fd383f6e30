"""Tasks: what one of the team wants to be reminded of. The reminder itself is a row of the outbox."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from storage.engine import Reads, Tx
from storage.tables import outbox, staff, tasks


@dataclass(frozen=True, slots=True)
class Task:
    """One task of one of the team; `contact_id` is whom it is about, if anybody; `repeat` how it comes back
    (crm/repeats.py); `created_by` who of the team handed it over."""

    id: int
    staff_id: int
    contact_id: int | None
    text: str
    due_at: datetime
    repeat: str | None
    created_by: int | None
    created_at: datetime
    done_at: datetime | None


COLUMNS = [tasks.c[field.name] for field in fields(Task)]


async def add(
    tx: Tx,
    staff_id: int,
    text: str,
    *,
    contact_id: int | None = None,
    due_at: datetime,
    repeat: str | None = None,
    created_by: int | None = None,
    now: datetime,
) -> Task:
    values = {"staff_id": staff_id, "contact_id": contact_id, "text": text, "due_at": due_at, "created_at": now}
    statement = insert(tasks).values(**values, repeat=repeat, created_by=created_by).returning(*COLUMNS)
    return Task(*(await tx.run(statement)).one())


async def get(db: Reads, task_id: int) -> Task | None:
    row = await db.first(select(*COLUMNS).where(tasks.c.id == task_id))
    return None if row is None else Task(*row)


async def open_ones(db: Reads, staff_id: int, *, limit: int, offset: int = 0) -> list[Task]:
    """What one of the team still has to do, the soonest first."""
    statement = (
        select(*COLUMNS)
        .where(tasks.c.staff_id == staff_id, tasks.c.done_at.is_(None))
        .order_by(tasks.c.due_at, tasks.c.id)
        .limit(limit)
        .offset(offset)
    )
    return [Task(*row) for row in await db.all(statement)]


async def due_between(
    db: Reads, staff_id: int, low: datetime | None, high: datetime, *, limit: int
) -> tuple[list[Task], int]:
    """What one of the team has to do from then (from ever) and before then, the soonest first, and how much it is."""
    due = [tasks.c.staff_id == staff_id, tasks.c.done_at.is_(None), tasks.c.due_at < high]
    if low is not None:
        due.append(tasks.c.due_at >= low)
    statement = select(*COLUMNS, func.count().over()).where(*due).order_by(tasks.c.due_at, tasks.c.id).limit(limit)
    rows = await db.all(statement)
    return [Task(*row[:-1]) for row in rows], rows[0][-1] if rows else 0


async def count_open(db: Reads, staff_id: int) -> int:
    return int(await db.scalar(select(func.count()).where(tasks.c.staff_id == staff_id, tasks.c.done_at.is_(None))))


async def finish(tx: Tx, task_id: int, *, now: datetime) -> bool:
    """It is done. False when it was done before."""
    statement = update(tasks).where(tasks.c.id == task_id, tasks.c.done_at.is_(None)).values(done_at=now)
    return bool((await tx.run(statement)).rowcount)


async def put_off(tx: Tx, task_id: int, *, until: datetime) -> bool:
    """It is due later. False when it is done."""
    statement = update(tasks).where(tasks.c.id == task_id, tasks.c.done_at.is_(None)).values(due_at=until)
    return bool((await tx.run(statement)).rowcount)


async def change(tx: Tx, task_id: int, **values: Any) -> None:
    await tx.run(update(tasks).where(tasks.c.id == task_id).values(**values))


async def of_the_removed(db: Reads, *, limit: int) -> list[Task]:
    """Open tasks of those who are not of the team any more, the soonest first."""
    gone = select(staff.c.id).where(staff.c.removed_at.is_not(None))
    statement = (
        select(*COLUMNS)
        .where(tasks.c.staff_id.in_(gone), tasks.c.done_at.is_(None))
        .order_by(tasks.c.due_at, tasks.c.id)
        .limit(limit)
    )
    return [Task(*row) for row in await db.all(statement)]


async def forget_ringing(tx: Tx, key: str) -> None:
    """The row of the outbox that was to ring is gone as if it had never been written, so that the same time may be
    chosen again. One that is on its way, or has rung, stays."""
    unsent = outbox.c.state.in_(["pending", "cancelled"]), outbox.c.sent_revision == 0
    await tx.run(delete(outbox).where(outbox.c.key == key, *unsent))
