"""Long work: rows written with the decision, claimed like the outbox, done outside transactions."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import work


class Job(NamedTuple):
    """One piece of work this process has claimed."""

    id: int
    kind: str
    payload: dict[str, Any]
    attempts: int


_ADD = upsert(work).on_conflict_do_nothing(index_elements=["key"])


def add(tx: Tx, kind: str, key: str, payload: dict[str, Any], *, now: datetime) -> None:
    """Writes the work with the transaction that decided on it; once for a key."""
    tx.later(_ADD, {"kind": kind, "key": key, "payload": payload, "due_at": now, "created_at": now})
    tx.announce("work")


async def claim(tx: Tx, *, by: str, now: datetime) -> Job | None:
    """The piece that has been due longest, claimed for this process; None when nothing is due."""
    oldest = (
        select(work.c.id)
        .where(work.c.state == "pending", work.c.due_at <= now)
        .order_by(work.c.due_at, work.c.id)
        .limit(1)
        .scalar_subquery()
    )
    statement = (
        update(work)
        .where(work.c.id == oldest)
        .values(state="running", claimed_by=by, attempts=work.c.attempts + 1)
        .returning(work.c.id, work.c.kind, work.c.payload, work.c.attempts)
    )
    row = (await tx.run(statement)).first()
    return None if row is None else Job(*row)


async def finish(tx: Tx, job_id: int, state: str, *, now: datetime, error: str | None = None) -> None:
    """done or failed, and why."""
    await tx.run(update(work).where(work.c.id == job_id).values(state=state, error=error, claimed_by=None, done_at=now))


async def retry(tx: Tx, job_id: int, *, at: datetime, error: str) -> None:
    await tx.run(
        update(work).where(work.c.id == job_id).values(state="pending", claimed_by=None, due_at=at, error=error)
    )


async def take_back(tx: Tx, *, me: str) -> int:
    """At the start: what a dead process was doing is due again."""
    orphaned = (work.c.state == "running") & or_(work.c.claimed_by.is_(None), work.c.claimed_by != me)
    return int((await tx.run(update(work).where(orphaned).values(state="pending", claimed_by=None))).rowcount)


async def next_due(db: Reads) -> datetime | None:
    """When the next piece is due; None when there is none."""
    return await db.scalar(select(func.min(work.c.due_at)).where(work.c.state == "pending"))  # type: ignore[no-any-return]
